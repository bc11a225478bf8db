package node

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/peer"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/p2p"
	"gpumesh/poc"
)

const (
	batchLook  = 30 * time.Second // between two looks at the batches
	batchTime  = 5 * time.Minute  // for all that one look does
	batchFetch = 30 * time.Second // for rewards
	// maxBatches bounds the batches that a node looks after; it comes to others when it is through with one.
	maxBatches = 64
	maxRewards = 1 << 20 // bytes of the rewards of a batch
	// keepRewards is how long a node keeps the rewards of a batch that is over: who was away needs them to withdraw.
	keepRewards poc.Millis = 30 * 86_400_000
)

// tended is a batch that a node looks after, as it is stored.
type tended struct {
	Poster poc.Account `cbor:"poster"`
	Where  string      `cbor:"where"` // its rewards are published; empty: not known yet
	Over   poc.Time    `cbor:"over"`  // since when there is nothing left to be done; zero: there is
}

// rewardStore keeps and fetches published rewards.
type rewardStore interface {
	publish(ctx context.Context, rewards []byte) (where string, err error)
	fetch(ctx context.Context, where string, from poc.Account) ([]byte, error)
	keep(ctx context.Context, batch uint64, where string) error // once they are here
	drop(ctx context.Context, batch uint64) error
}

// batches settles jobs together whose claims are not worth their gas each, and looks after every batch that a job of this node is
// in: its own, whose doubts it answers, and others', which it checks against the certificates that it holds. It is safe for
// concurrent use.
type batches struct {
	chain   chain.Batcher
	store   *store
	rewards rewardStore
	thrift  *thrift
	// known tells of the given jobs those whose tasks are all over, and of nil all that were awarded and are not settled.
	known func(ctx context.Context, jobs []poc.Hash) ([]chain.KnownJob, error)
	now   func() poc.Time
	log   *slog.Logger

	mu struct {
		sync.Mutex
		waiting map[poc.Hash]bool // jobs whose claims wait until they are worth their gas
		open    map[uint64]tended
	}
}

func newBatches(c chain.Batcher, s *store, r rewardStore, t *thrift, known func(context.Context, []poc.Hash) ([]chain.KnownJob, error), now func() poc.Time, log *slog.Logger) (*batches, error) {
	b := &batches{chain: c, store: s, rewards: r, thrift: t, known: known, now: now, log: log}
	b.mu.waiting, b.mu.open = map[poc.Hash]bool{}, map[uint64]tended{}
	return b, s.each(tableBatch, func(name string, value []byte) error {
		id, err := strconv.ParseUint(name, 10, 64)
		if err != nil {
			return fmt.Errorf("the stored batch %q has no number", name)
		}
		var t tended
		if err := poc.Decode(value, &t); err != nil {
			return err
		}
		b.mu.open[id] = t
		return nil
	})
}

// held says that a job is in a batch and so cannot be claimed, and looks after that batch from now on. When the chain does not answer it
// says nothing: trying will show what is wrong.
func (b *batches) held(ctx context.Context, op market.Op) string {
	claim, ok := op.(market.Claim)
	if !ok || b == nil {
		return ""
	}
	id, open := b.find(ctx, claim.Job)
	if !open {
		return ""
	}
	return fmt.Sprintf("the job is in batch %d, which pays or is void in time", id)
}

// find returns the batch that a job is or was in, or zero, and whether that keeps it from being claimed. It looks after that batch from
// now on: it may be wrong, or hold pay of this node that was not withdrawn.
func (b *batches) find(ctx context.Context, job poc.Hash) (id uint64, open bool) {
	if b == nil {
		return 0, false
	}
	ctx, cancel := context.WithTimeout(ctx, claimLook)
	defer cancel()
	id, open, err := b.chain.BatchOf(ctx, job)
	if err != nil || id == 0 {
		return 0, false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.mu.waiting, job)
	if _, ok := b.mu.open[id]; ok {
		return id, open
	}
	live := 0
	for _, t := range b.mu.open {
		if t.Over == 0 {
			live++
		}
	}
	if live >= maxBatches {
		b.log.Warn("Too many batches to look after", "batch", id)
		return id, open
	}
	if err := b.put(id, tended{}); err != nil {
		b.log.Error("Batch cannot be stored", "batch", id, "err", err)
	}
	return id, open
}

// put makes durable what is known of a batch. It must be called under mu.
func (b *batches) put(id uint64, t tended) error {
	b.mu.open[id] = t
	value, err := poc.Encode(t)
	if err != nil {
		return err
	}
	w := b.store.batch()
	w.put(tableBatch+strconv.FormatUint(id, 10), value)
	return w.commit(true)
}

// offer notes that a job's claim is not worth its gas now: it may be settled in a batch.
func (b *batches) offer(job poc.Hash) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mu.waiting[job] = true // of the machine's jobs, so there are not many
}

// run looks at the batches now and then.
func (b *batches) run(ctx context.Context) error {
	t := time.NewTicker(batchLook)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
			b.look(ctx)
		}
	}
}

// look does what is to be done for each batch, and posts one if that is worth it.
func (b *batches) look(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, batchTime)
	defer cancel()
	if known, err := b.known(ctx, nil); err == nil {
		for _, k := range known { // of what still runs nothing else asks
			b.find(ctx, k.ID)
		}
	}
	b.mu.Lock()
	open := maps.Clone(b.mu.open)
	b.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(open)) {
		if err := b.tend(ctx, id, open[id]); err != nil && ctx.Err() == nil {
			b.log.Warn("Batch not looked after", "batch", id, "err", err)
		}
	}
	if err := b.post(ctx); err != nil && ctx.Err() == nil {
		b.log.Warn("No batch posted", "err", err)
	}
}

func (b *batches) tend(ctx context.Context, id uint64, t tended) (err error) {
	if t.Over != 0 {
		if b.now() < t.Over.Add(keepRewards) {
			return nil
		}
		b.mu.Lock()
		delete(b.mu.open, id)
		b.mu.Unlock()
		w := b.store.batch()
		w.del(tableBatch + strconv.FormatUint(id, 10))
		return errors.Join(b.rewards.drop(ctx, id), w.commit(false))
	}
	if t.Where == "" {
		if t.Poster, t.Where, err = b.chain.BatchSource(ctx, id); err != nil {
			return err
		}
	}
	rewards, err := b.rewards.fetch(ctx, t.Where, t.Poster)
	if err == nil {
		err = b.rewards.keep(ctx, id, t.Where)
	}
	if err != nil {
		b.log.Info("Rewards of a batch not had", "batch", id, "where", t.Where, "err", err)
	}
	known, err := b.known(ctx, nil)
	if err != nil {
		return err
	}
	did, over, err := b.chain.TendBatch(ctx, id, rewards, known)
	if len(did) > 0 {
		b.log.Info("Looked after a batch", "batch", id, "did", strings.Join(did, ", "))
	}
	if over && err == nil {
		t.Over = b.now()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return errors.Join(err, b.put(id, t))
}

// show returns what shows what a batch paid for a job that is over, and nothing for a job that was in none.
func (b *batches) show(ctx context.Context, job poc.Hash) ([]byte, error) {
	if b == nil {
		return nil, nil
	}
	id, _, err := b.chain.BatchOf(ctx, job)
	if err != nil || id == 0 {
		return nil, err
	}
	b.mu.Lock()
	t := b.mu.open[id]
	b.mu.Unlock()
	if t.Where == "" {
		if t.Poster, t.Where, err = b.chain.BatchSource(ctx, id); err != nil {
			return nil, err
		}
	}
	rewards, err := b.rewards.fetch(ctx, t.Where, t.Poster)
	if err != nil {
		return nil, fmt.Errorf("nobody shows the rewards of batch %d: %w", id, err)
	}
	return b.chain.ShowPays(rewards, job)
}

// post posts a batch of the jobs that wait, if together they are worth its gas.
func (b *batches) post(ctx context.Context) error {
	b.mu.Lock()
	waiting := slices.Collect(maps.Keys(b.mu.waiting))
	b.mu.Unlock()
	if len(waiting) == 0 {
		return nil
	}
	slices.SortFunc(waiting, func(x, y poc.Hash) int { return bytes.Compare(x[:], y[:]) })
	known, err := b.known(ctx, waiting)
	if err != nil {
		return err
	}
	b.mu.Lock()
	for _, job := range waiting { // what is settled, or whose tasks are under way again, will be offered again if it waits
		if !slices.ContainsFunc(known, func(k chain.KnownJob) bool { return k.ID == job }) {
			delete(b.mu.waiting, job)
		}
	}
	b.mu.Unlock()
	draft, err := b.chain.DraftBatch(ctx, known)
	if err != nil || len(draft.Jobs) == 0 || b.thrift.least(draft.Cost).Cmp(new(big.Int).SetUint64(uint64(draft.Pay))) > 0 {
		return err
	}
	where, err := b.rewards.publish(ctx, draft.Rewards)
	if err != nil {
		return fmt.Errorf("publish the rewards: %w", err)
	}
	id, err := b.chain.PostDraft(ctx, draft, where)
	if err != nil {
		return err
	}
	b.log.Info("Posted a batch", "batch", id, "jobs", len(draft.Jobs), "pay", draft.Pay, "where", where)
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, job := range draft.Jobs {
		delete(b.mu.waiting, job)
	}
	return b.put(id, tended{}) // whose rewards are pinned at the next look
}

// knownJobs returns what this node knows of jobs that are not settled: of the given ones those whose tasks are all over, or, of all,
// those that were awarded. Somebody may put into a batch what still runs.
func (l *loop) knownJobs(ctx context.Context, of []poc.Hash) (out []chain.KnownJob, err error) {
	err = l.ask(ctx, func(m *market.Machine) {
		ids := of
		if ids == nil {
			ids = m.Jobs()
		}
		for _, id := range ids {
			if s, _ := m.StateOf(id); s != market.Settling && (of != nil || s != market.Running) {
				continue
			}
			v, _ := m.View(id)
			k := chain.KnownJob{ID: id, Seating: v.Seating}
			for _, c := range certificates(v) {
				k.Certificates = append(k.Certificates, *c)
			}
			out = append(out, k)
		}
	})
	return out, err
}

// contentRewards publishes rewards as content, under ipfs://<CID>.
type contentRewards struct {
	content *p2p.Content
	// peerOf returns the peer of a registered account.
	peerOf func(ctx context.Context, a poc.Account) (poc.PeerID, error)
}

const (
	rewardsScheme = "ipfs://"
	draftPin      = "batch/draft"
)

func batchPin(id uint64) string { return fmt.Sprintf("batch/%d", id) }

func (c contentRewards) publish(ctx context.Context, rewards []byte) (string, error) {
	root, _, err := c.content.Add(ctx, bytes.NewReader(rewards), maxRewards, p2p.Shared)
	if err != nil {
		return "", err
	}
	return rewardsScheme + root.String(), c.content.Pin(ctx, draftPin, root)
}

func (c contentRewards) root(where string) (cid.Cid, error) {
	id, ok := strings.CutPrefix(where, rewardsScheme)
	if !ok {
		return cid.Undef, fmt.Errorf("%q is not where a node publishes rewards", clipText(where, 100))
	}
	return cid.Decode(id)
}

func (c contentRewards) fetch(ctx context.Context, where string, from poc.Account) ([]byte, error) {
	root, err := c.root(where)
	if err != nil {
		return nil, err
	}
	var peers []peer.ID
	if !c.content.Has(root) {
		if p, err := c.peerOf(ctx, from); err == nil && p != (poc.PeerID{}) {
			if id, err := hostID(p); err == nil {
				peers = append(peers, id)
			}
		}
	}
	ctx, cancel := context.WithTimeout(ctx, batchFetch)
	defer cancel()
	var out bytes.Buffer
	_, err = c.content.Export(ctx, root, &out, maxRewards, peers...)
	return out.Bytes(), err
}

func (c contentRewards) keep(ctx context.Context, batch uint64, where string) error {
	root, err := c.root(where)
	if err != nil || c.content.Pins()[batchPin(batch)] == root {
		return err
	}
	return c.content.Pin(ctx, batchPin(batch), root)
}

func (c contentRewards) drop(ctx context.Context, batch uint64) error {
	return c.content.Unpin(ctx, batchPin(batch))
}
