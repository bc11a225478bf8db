package node

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/devchain"
	"gpumesh/poc"
)

// memoryRewards are published where everybody of a test sees them.
type memoryRewards struct {
	published map[string][]byte
	kept      map[uint64]string
}

func (m memoryRewards) publish(_ context.Context, rewards []byte) (string, error) {
	where := fmt.Sprintf("memory://%d", len(m.published))
	m.published[where] = rewards
	return where, nil
}

func (m memoryRewards) fetch(_ context.Context, where string, _ poc.Account) ([]byte, error) {
	if r, ok := m.published[where]; ok {
		return r, nil
	}
	return nil, errors.New("nobody has it")
}

func (m memoryRewards) keep(_ context.Context, id uint64, where string) error {
	m.kept[id] = where
	return nil
}

func (m memoryRewards) drop(_ context.Context, id uint64) error {
	delete(m.kept, id)
	return nil
}

// batchWorld is a dev chain with an owner and three workers, and the jobs that they have done.
type batchWorld struct {
	t       *testing.T
	ctx     context.Context
	dev     *devchain.Chain
	window  time.Duration
	owner   *evm.Client
	workers []*evm.Client
	seating market.Seating
	rewards memoryRewards
	jobs    []chain.KnownJob
	now     poc.Time
}

func newBatchWorld(t *testing.T) *batchWorld {
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	t.Cleanup(cancel)
	dev, err := devchain.Start(ctx, devchain.Config{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, dev.Close()) })
	cfg := dev.DeployConfig()
	w := &batchWorld{t: t, ctx: ctx, dev: dev, window: time.Hour, now: 1, rewards: memoryRewards{map[string][]byte{}, map[uint64]string{}}}
	cfg.Batch.Window = poc.Millis(w.window.Milliseconds()) // its clock goes on while the test works
	cfg.Unbonding = 3 * cfg.Batch.Window
	cfg.Governance.Timelock = 2 * cfg.Unbonding
	contracts, err := evm.Deploy(ctx, dev.WSURL(), dev.FaucetKey(), cfg)
	require.NoError(t, err)
	var keys []*ecdsa.PrivateKey
	var accounts []poc.Account
	for range 4 {
		k, err := crypto.GenerateKey()
		require.NoError(t, err)
		keys, accounts = append(keys, k), append(accounts, evm.AccountOf(crypto.PubkeyToAddress(k.PublicKey)))
	}
	require.NoError(t, evm.Fund(ctx, dev.WSURL(), dev.FaucetKey(), contracts, accounts, 1000*market.NLOV, big.NewInt(1e18)))
	for i, k := range keys {
		c, err := evm.Dial(ctx, evm.Config{URL: dev.WSURL(), Key: k, Contracts: contracts})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, c.Close()) })
		if i == 0 {
			w.owner = c
			continue
		}
		w.submit(c, market.Register{Peer: poc.PeerID{byte(i)}, Stake: 100 * market.NLOV})
		w.workers = append(w.workers, c)
		w.seating.Seats = append(w.seating.Seats, market.Seat{Account: accounts[i], Ask: market.NLOV, Weight: 1})
		w.seating.Candidates++ // all are
	}
	return w
}

func (w *batchWorld) submit(c *evm.Client, op market.Op) market.Receipt {
	w.t.Helper()
	r, err := c.Submit(w.ctx, op)
	require.NoError(w.t, err)
	return r
}

// work makes jobs that the three workers have done, of two tasks each.
func (w *batchWorld) work(jobs int) (ids []poc.Hash) {
	w.t.Helper()
	for range jobs {
		k := chain.KnownJob{ID: poc.Hash{1, byte(len(w.jobs)), 31: 1}, Seating: w.seating}
		terms := market.Terms{Tasks: 2, Quorum: 2, Replicas: 3, MaxPrice: market.NLOV, Budget: 7 * market.NLOV, Expiry: poc.Time(w.dev.Now().Add(24 * time.Hour).UnixMilli())}
		w.submit(w.owner, market.LockEscrow{Job: k.ID, Terms: terms})
		w.submit(w.owner, market.AnchorAward{Job: k.ID, Award: poc.Hash{2}, Seating: k.Seating})
		for task := range uint32(2) {
			cert := poc.Certificate{Version: 1, Job: k.ID, Task: task, Result: poc.Result{Outputs: []poc.Output{}, Trace: poc.Hash{byte(task)}}}
			for _, c := range w.workers {
				a := poc.Attestation{Account: c.Account(), Agreed: 7}
				var err error
				a.Signature, err = c.Sign(cert.Statement(a))
				require.NoError(w.t, err)
				cert.Attestations = append(cert.Attestations, a)
			}
			k.Certificates = append(k.Certificates, cert)
		}
		w.jobs, ids = append(w.jobs, k), append(ids, k.ID)
	}
	return ids
}

// node is what a worker's node does about batches, over a store that it keeps when it is started again.
func (w *batchWorld) node(i int, s *store) *batches {
	w.t.Helper()
	known := func(_ context.Context, of []poc.Hash) (out []chain.KnownJob, _ error) {
		for _, k := range w.jobs {
			if of == nil || slices.Contains(of, k.ID) {
				out = append(out, k)
			}
		}
		return out, nil
	}
	thrift := &thrift{Claims{Worth: 10, Native: 1_000_000_000 * market.NLOV}, w.workers[i], 0, nil}
	b, err := newBatches(w.workers[i], s, w.rewards, thrift, known, func() poc.Time { return w.now }, discard())
	require.NoError(w.t, err)
	return b
}

func (w *batchWorld) skip(d time.Duration) { require.NoError(w.t, w.dev.Skip(w.ctx, d)) }

func (w *batchWorld) balance(i int) market.Amount {
	w.t.Helper()
	n, _, err := w.owner.Balance(w.ctx, w.workers[i].Account())
	require.NoError(w.t, err)
	return n
}

// live counts the batches that a node looks after.
func (w *batchWorld) live(b *batches) (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, t := range b.mu.open {
		if t.Over == 0 {
			n++
		}
	}
	return n
}

// Jobs whose claims are not worth their gas are settled together by one of the nodes, once that is worth its gas; the others look after
// the batch, and everybody has its pay. Both may be restarted at any point.
func TestNodeSettlesInBatches(t *testing.T) {
	w := newBatchWorld(t)
	ids := w.work(3)
	stores := []*store{tempStore(t), tempStore(t)}
	poster, other := w.node(0, stores[0]), w.node(1, stores[1])
	claim := market.Claim{Job: ids[0], Seating: w.seating, Certificates: w.jobs[0].Certificates}
	require.Empty(t, poster.held(w.ctx, claim))
	for _, id := range ids {
		poster.offer(id)
	}
	poster.look(w.ctx)
	require.Empty(t, w.rewards.published, "not worth it while gas is so dear")
	poster.thrift.Native = 1
	poster.look(w.ctx)
	require.Len(t, w.rewards.published, 1)
	poster.look(w.ctx)
	require.Len(t, w.rewards.published, 1)

	require.Contains(t, poster.held(w.ctx, claim), "batch 1")
	require.Contains(t, other.held(w.ctx, claim), "batch 1")
	other.look(w.ctx)
	require.Equal(t, "memory://0", w.rewards.kept[1])
	p, err := w.owner.Batch(w.ctx, 1)
	require.NoError(t, err)
	require.Zero(t, p.Doubts, "there is nothing wrong with it")

	// Somebody doubts the truth: the poster answers, after a restart.
	msg, err := evm.ParseBatch(w.rewards.published["memory://0"])
	require.NoError(t, err)
	narrow := slices.Clone(w.jobs)
	narrow[0].Certificates = narrow[0].Certificates[:1]
	doubts, err := w.workers[2].CheckBatch(w.ctx, 1, msg, narrow)
	require.NoError(t, err)
	require.NoError(t, w.workers[2].Challenge(w.ctx, doubts[0]))
	poster = w.node(0, stores[0])
	require.Equal(t, 1, w.live(poster))
	before := []market.Amount{w.balance(0), w.balance(1)}
	poster.look(w.ctx)
	p, err = w.owner.Batch(w.ctx, 1)
	require.NoError(t, err)
	require.Zero(t, p.Doubts)
	require.Equal(t, before[0]+10*market.NLOV, w.balance(0), "the deposit of who was wrong")

	w.skip(w.window)
	poster.look(w.ctx)
	require.Equal(t, before[0]+(10+100+6)*market.NLOV, w.balance(0), "its bond, and its pay")
	other = w.node(1, stores[1])
	other.look(w.ctx)
	require.Equal(t, before[1]+6*market.NLOV, w.balance(1))
	for _, id := range ids {
		e, err := w.owner.Escrow(w.ctx, id)
		require.NoError(t, err)
		require.True(t, e.Closed)
		require.Equal(t, 6*market.NLOV, e.Paid)
		require.Equal(t, e.Terms.Budget, e.Paid+e.Fees+e.Refunded)
		h, err := w.owner.History(w.ctx, id)
		require.NoError(t, err)
		require.Len(t, h, 3)
		require.Equal(t, []any{"batch", e.Refunded}, []any{h[2].Kind, h[2].Receipt.Amount})
	}
	require.Empty(t, other.held(w.ctx, claim), "a claim says that it is settled")
	require.Empty(t, w.submit(w.workers[1], claim).Tx)
	for i, b := range []*batches{poster, other} {
		require.Zero(t, w.live(b))
		b.look(w.ctx)
		require.Zero(t, w.live(w.node(i, stores[i])), "over for good")
	}
	w.now = w.now.Add(keepRewards)
	other.look(w.ctx)
	require.Empty(t, w.rewards.kept)
	require.Empty(t, w.node(1, stores[1]).mu.open)
}

// Whoever leaves a worker out of a batch, puts a job in that still runs, or shows no rewards is challenged by that worker's node within the time, and
// once the batch is void the worker is paid by a claim.
func TestNodeChallengesALyingBatch(t *testing.T) {
	for name, lie := range map[string]struct {
		lie           func(w *batchWorld, k chain.KnownJob) chain.KnownJob
		hide, running bool
	}{
		"a worker left out": {lie: func(w *batchWorld, k chain.KnownJob) chain.KnownJob {
			c := k.Certificates[1]
			c.Attestations = nil
			for _, w := range w.workers[:2] {
				a := poc.Attestation{Account: w.Account(), Agreed: 3}
				a.Signature, _ = w.Sign(c.Statement(a)) // never fails
				c.Attestations = append(c.Attestations, a)
			}
			k.Certificates = []poc.Certificate{k.Certificates[0], c}
			return k
		}},
		"a task that still runs": {lie: func(_ *batchWorld, k chain.KnownJob) chain.KnownJob {
			k.Certificates = k.Certificates[:1]
			return k
		}, running: true},
		"hidden": {hide: true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newBatchWorld(t)
			ids := w.work(2)
			told := slices.Clone(w.jobs)
			if lie.lie != nil {
				told[1] = lie.lie(w, told[1])
			}
			done := w.jobs
			if lie.running { // nobody has the other certificate yet
				w.jobs = told
			}
			liar := w.workers[0]
			posted, err := liar.PlanBatch(w.ctx, told)
			require.NoError(t, err)
			where := "memory://nowhere"
			if !lie.hide {
				where, err = w.rewards.publish(w.ctx, posted.Encode())
				require.NoError(t, err)
			}
			id, err := liar.PostBatch(w.ctx, posted, where)
			require.NoError(t, err)

			s := tempStore(t)
			victim := w.node(1, s)
			claim := market.Claim{Job: ids[1], Seating: w.seating, Certificates: done[1].Certificates}
			require.Contains(t, victim.held(w.ctx, claim), "batch 1")
			victim.look(w.ctx)
			if lie.hide {
				w.skip(w.window / 2)
				victim.look(w.ctx)
			}
			p, err := w.owner.Batch(w.ctx, id)
			require.NoError(t, err)
			require.Equal(t, 1, p.Doubts)
			victim = w.node(1, s)
			victim.look(w.ctx)
			third := w.node(2, tempStore(t))
			batch, open := third.find(w.ctx, ids[1])
			require.Equal(t, []any{id, true}, []any{batch, open})
			third.look(w.ctx)
			p, err = w.owner.Batch(w.ctx, id)
			require.NoError(t, err)
			want := 1 // who would challenge the same thing does not
			if lie.hide {
				want = 2 // another's pay is another thing
			}
			require.Equal(t, want, p.Doubts)

			w.jobs = done
			w.skip(w.window)
			before := w.balance(1) + w.balance(2)
			victim.look(w.ctx)
			third.look(w.ctx)
			p, err = w.owner.Batch(w.ctx, id)
			require.NoError(t, err)
			require.Equal(t, evm.BatchVoid, p.State)
			require.Equal(t, before+market.Amount(want)*10*market.NLOV+50*market.NLOV, w.balance(1)+w.balance(2), "the deposits, and half of the bond")
			require.Empty(t, victim.held(w.ctx, claim))
			require.Zero(t, w.live(victim))
			r := w.submit(w.workers[1], claim)
			require.Len(t, r.Pays, 3)
			require.Equal(t, 2*market.NLOV, r.Pays[1].Amount)
		})
	}
}

func tempStore(t *testing.T) *store {
	s := testStore(t, vfs.NewMem())
	t.Cleanup(func() { require.NoError(t, s.close()) })
	return s
}
