package node

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"
	"golang.org/x/sync/errgroup"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// How claims of rewards are checked, and how what shows them stays to be had while their authors are away.

const (
	rewardName = "reward"

	inspectAtOnce = 16          // others' claims in one look, drawn from those that are open
	inspectTime   = time.Minute // to fetch what shows one of them; an arbiter takes twice as long
	inspectShare  = 64          // of the open claims whose documents this node does not keep, so many on average are looked at
	maxKept       = 256         // others' claims whose documents this node keeps
	// keptWait is how long a claim that somebody wants kept may take to be on chain.
	keptWait poc.Millis = 600_000
)

// rewardMailConfig bounds what peers may send: a capability, or the name of a claim.
var rewardMailConfig = p2p.HandlerConfig{MaxRequest: 8 << 10, MaxResponse: 1, Timeout: 10 * time.Second, Rate: 10, Burst: 50, Concurrent: 16}

// rewardMail is what a provider sends its witnesses: either what they vouched for, or which claim's documents they are asked to keep.
type rewardMail struct {
	Capability []byte      `cbor:"capability,omitempty"`
	Account    poc.Account `cbor:"account,omitempty"`
	Number     uint32      `cbor:"number,omitempty"`
}

// keptClaim is another's claim as it is stored.
type keptClaim struct {
	Account  poc.Account `cbor:"account"`
	Number   uint32      `cbor:"number"`
	Peer     poc.PeerID  `cbor:"peer"` // that asked
	Document poc.Hash    `cbor:"document"`
	Have     bool        `cbor:"have"`
	Until    poc.Time    `cbor:"until"` // then it is forgotten
}

// CheckedClaim is what this node found of another's open claim.
type CheckedClaim struct {
	Account poc.Account   `json:"account"`
	Number  uint32        `json:"number"`
	Amount  market.Amount `json:"amount"`
	Final   bool          `json:"final"` // it is right, or it is false
	Result  string        `json:"result"`
	doubted bool          // in the look before: an endpoint may lag for one
}

func refOf(a poc.Account, number uint32) string { return fmt.Sprintf("%s/%d", a, number) }

// errUnshown says that a document cannot be had now.
var errUnshown = errors.New("nobody shows what the claim is for")

// keepers are the peers that keep what shows a claim: those who would be the witnesses of its author in its last epoch.
func (r *rewards) keepers(ctx context.Context, through uint64, author poc.PeerID) ([]poc.PeerID, error) {
	number, ok := r.terms.EpochAt(through)
	if !ok {
		return nil, nil
	}
	e, err := r.node.challenges.past(ctx, number)
	if err != nil {
		return nil, err
	}
	return e.Roster.Witnesses(e.Beacon, number, author, int(r.terms.Terms.Cohort)), nil
}

// sources are the peers that may have what shows a claim.
func (r *rewards) sources(ctx context.Context, k chain.PoolClaim, from []poc.PeerID) ([]poc.PeerID, error) {
	st, err := r.node.settlement.Standing(ctx, k.Account)
	if err != nil {
		return nil, err
	}
	keepers, err := r.keepers(ctx, k.Through, st.Peer)
	return slices.Concat([]poc.PeerID{st.Peer}, from, keepers), err
}

// block fetches a document of a claim.
func (r *rewards) block(ctx context.Context, digest poc.Hash, from []peer.ID) ([]byte, error) {
	limited, cancel := context.WithTimeout(ctx, r.fetch)
	defer cancel()
	b, err := r.node.host.Content().GetBlock(limited, evidenceOf(digest), poc.MaxDocument, from...)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err() // this node stops, or takes too long: that says nothing of the claim
	case errors.Is(err, p2p.ErrTooLarge):
		return nil, &notProven{reason: "a document of the claim is too large"}
	case err != nil:
		return nil, fmt.Errorf("%w: %w", errUnshown, err)
	}
	return b, nil
}

// examine says why a claim is false, and nothing if it is right. With an error it cannot be said now: errUnshown if that is because nobody
// shows within a time what it is for. How long the chain takes to be read is not its author's fault.
func (r *rewards) examine(ctx context.Context, k chain.PoolClaim, from []poc.PeerID, within time.Duration) (why string, err error) {
	peers, err := r.sources(ctx, k, from)
	if err != nil {
		return "", err
	}
	fetching, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	c, err := r.documents(fetching, k.Document, hostIDs(peers, r.node.self))
	switch {
	case err == nil:
		err = r.verify(ctx, k, c)
	case ctx.Err() == nil && fetching.Err() != nil: // who shows its documents slowly must not be safe by it; what came is here the next time
		err = fmt.Errorf("%w within %v", errUnshown, within)
	}
	if bad, ok := errors.AsType[*notProven](err); ok {
		return bad.reason, nil
	}
	return "", err
}

// documents fetches a claim and the evidence of its jobs, and returns the claim. It fails with a notProven if they are none.
func (r *rewards) documents(ctx context.Context, document poc.Hash, from []peer.ID) (*market.RewardClaim, error) {
	doc, err := r.block(ctx, document, from)
	if err != nil {
		return nil, err
	}
	c, err := market.DecodeRewardClaim(doc)
	if err != nil {
		return nil, &notProven{reason: err.Error()}
	}
	size := 0
	for _, l := range c.Jobs {
		digest, _ := l.Digest() // DecodeRewardClaim has looked
		block, err := r.block(ctx, digest, from)
		if err != nil {
			return nil, err
		}
		if size += len(block); size > market.MaxRewardEvidence {
			return nil, unproven("the evidence of its jobs has more than %d bytes", market.MaxRewardEvidence)
		}
	}
	return c, nil
}

// verify returns a notProven if a claim is false whose documents are here.
func (r *rewards) verify(ctx context.Context, k chain.PoolClaim, c *market.RewardClaim) error {
	if c.Account != k.Account || c.Number != k.Number || c.From != k.After || c.Through != k.Through || c.Amount != k.Amount {
		return unproven("its document is of another claim: number %d of %s, for %v after block %d and through %d", c.Number, c.Account, c.Amount, c.From, c.Through)
	}
	numbers, err := c.Epochs(r.node.cfg.Network)
	if err != nil {
		return &notProven{reason: err.Error()}
	}
	f := market.RewardFacts{Jobs: map[poc.Hash]market.RewardJob{}}
	if f.Epochs, err = r.epochs(ctx, numbers); err != nil {
		return err
	}
	var unknown error // of jobs
	for _, l := range c.Jobs {
		digest, _ := l.Digest()
		block, err := r.block(ctx, digest, nil)
		if err != nil {
			return err
		}
		j, err := r.job(ctx, block)
		if err != nil && !errors.Is(err, errUnread) {
			return err
		}
		f.Jobs[digest], unknown = j, errors.Join(unknown, err)
	}
	if unknown == nil {
		_, err = c.Check(r.node.cfg.Network, r.node.settlement, f)
	} else {
		err = c.CheckBound(r.node.cfg.Network, f)
	}
	if err != nil {
		return &notProven{reason: err.Error()}
	}
	return unknown
}

// inspect checks open claims of others, and accuses whoever made a false one.
func (r *rewards) inspect(ctx context.Context, terms chain.PoolTerms, open []chain.PoolClaim, now poc.Time) {
	t := r.node.court
	if t == nil || !t.cfg.Accuse {
		return
	}
	r.mu.Lock()
	before := r.mu.checked
	r.mu.checked = map[string]CheckedClaim{}
	var todo []chain.PoolClaim
	for _, k := range open {
		name := refOf(k.Account, k.Number)
		if known, ok := before[name]; ok {
			r.mu.checked[name] = known
		}
		if !before[name].Final && k.Account != r.node.settlement.Account() && now < k.Until && r.drawn(k, len(open)) {
			todo = append(todo, k)
		}
	}
	r.mu.Unlock()
	rand.Shuffle(len(todo), func(i, j int) { todo[i], todo[j] = todo[j], todo[i] })
	var g errgroup.Group
	g.SetLimit(4)
	for _, k := range todo[:min(len(todo), inspectAtOnce)] {
		g.Go(func() error { r.check(ctx, terms, k, now); return nil })
	}
	_ = g.Wait() // each says what it found
}

// drawn reports whether this node looks at a claim: it keeps its documents, or the claim is one of its share. All nodes draw apart. r.mu is held.
func (r *rewards) drawn(k chain.PoolClaim, open int) bool {
	if open <= inspectShare || r.mu.kept[refOf(k.Account, k.Number)].Have {
		return true
	}
	h := poc.BlockHash(append(r.node.self[:], refOf(k.Account, k.Number)...))
	return binary.BigEndian.Uint64(h[:8])%uint64(open) < inspectShare
}

func (r *rewards) check(ctx context.Context, terms chain.PoolTerms, k chain.PoolClaim, now poc.Time) {
	why, err := r.examine(ctx, k, nil, inspectTime)
	if ctx.Err() != nil {
		return
	}
	found := CheckedClaim{Account: k.Account, Number: k.Number, Amount: k.Amount, Final: err == nil, Result: "it is right"}
	late := now >= k.Until.Add(-2*terms.Delay/3)
	switch {
	case err == nil && why != "":
		found.Result = "it is false: " + why
	case errors.Is(err, errUnshown) && late:
		why = "nobody shows what it is for"
		found.Final, found.Result = true, why
	case err != nil:
		found.Result = "not known yet: " + inOneLine(err)
	}
	name := refOf(k.Account, k.Number)
	if why != "" {
		r.mu.Lock()
		again := r.mu.checked[name].doubted
		r.mu.Unlock()
		if found.doubted = true; !again {
			found.Final = false
		} else {
			r.log.Warn("A claim of rewards is false", "account", k.Account, "number", k.Number, "amount", k.Amount, "why", why)
			if err := r.accuse(ctx, k, now); err != nil {
				found.Final, found.Result = false, found.Result+"; nobody is accused: "+err.Error()
			}
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.mu.checked[name] = found
}

// accuse brings a false claim before the arbiters. Its witnesses have their turns one after the other, and everybody else after them.
func (r *rewards) accuse(ctx context.Context, k chain.PoolClaim, now poc.Time) error {
	terms, err := r.node.court.chain.CourtTerms(ctx)
	if err != nil {
		return err
	}
	if now >= k.Until.Add(-terms.Window) {
		return errors.New("the claim may be paid before a verdict, and of a claim that is over there is none")
	}
	peers, err := r.sources(ctx, k, nil)
	if err != nil {
		return err
	}
	turn := slices.Index(peers[1:], r.node.self)
	if turn < 0 {
		turn = len(peers) - 1
	}
	return r.node.court.accuseClaim(ctx, k, turn)
}

// receive takes what a provider sends one of its witnesses.
func (r *rewards) receive(ctx context.Context, from peer.ID, req []byte) ([]byte, error) {
	var m rewardMail
	if err := poc.Decode(req, &m); err != nil {
		return nil, p2p.BadRequest("the request is no mail about rewards")
	}
	sender, err := peerID(from)
	if err != nil {
		return nil, p2p.BadRequest(err.Error())
	}
	if m.Capability != nil {
		return r.take(sender, m.Capability)
	}
	if len(m.Account) == 0 || len(m.Account) > poc.MaxAccount {
		return nil, p2p.BadRequest("the request names no claim")
	}
	if r.node.challenges.account(sender) != m.Account {
		return nil, p2p.BadRequest("the sender is not the provider of that account") // else anybody could fill the table, or take another's place in it
	}
	k := keptClaim{Account: m.Account, Number: m.Number, Peer: sender, Until: r.node.now().Add(keptWait)}
	r.mu.Lock()
	defer r.mu.Unlock()
	known, ok := r.mu.kept[refOf(k.Account, k.Number)]
	of := 0
	for _, o := range r.mu.kept {
		if o.Peer == sender {
			of++
		}
	}
	switch {
	case ok && known.Have:
		return []byte{mailDone}, nil
	case ok:
		return []byte{mailAgain}, nil
	case len(r.mu.kept) >= maxKept || of >= chain.MaxOpenClaims:
		return nil, p2p.Unavailable("too many claims are kept here")
	}
	if err := r.saveKept(k); err != nil {
		return nil, p2p.Unavailable("the claim cannot be stored")
	}
	return []byte{mailAgain}, nil
}

// take keeps a capability in which this node's own vouch is.
func (r *rewards) take(sender poc.PeerID, doc []byte) ([]byte, error) {
	k, err := poc.DecodeCapability(doc)
	if err != nil || k.Peer != sender {
		return nil, p2p.BadRequest("the capability is none of the sender's")
	}
	e, again := r.node.challenges.recent(k.Epoch)
	if again {
		return []byte{mailAgain}, nil
	}
	if e == nil || !r.cfg.Claim {
		return []byte{mailDone}, nil // it comes too late
	}
	if err := k.Verify(r.node.network, e.beacon, e.roster, r.terms.Terms); err != nil {
		return nil, p2p.BadRequest(err.Error())
	}
	if !k.Names(e.beacon, e.roster, r.terms.Terms, r.node.self) {
		return nil, p2p.BadRequest("this node's vouch is not in the capability")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	key := otherKey(*k)
	if _, known := r.mu.others[key]; known {
		return []byte{mailDone}, nil
	}
	if len(r.mu.others) >= market.MaxRewardVouches {
		first := slices.Min(slices.Collect(maps.Keys(r.mu.others)))
		delete(r.mu.others, first)
		b := r.node.store.batch()
		b.del(tableReward + first)
		_ = b.commit(false) // it is read again and dropped again
	}
	if err := r.save(key, k); err != nil {
		return nil, p2p.Unavailable("the capability cannot be stored")
	}
	r.mu.others[key] = *k
	return []byte{mailDone}, nil
}

// saveKept must be called under mu.
func (r *rewards) saveKept(k keptClaim) error {
	err := r.save(rewardKept+refOf(k.Account, k.Number), k)
	if err == nil {
		r.mu.kept[refOf(k.Account, k.Number)] = k
	}
	return err
}

// keep fetches what others want kept, and lets go of what is not needed any more.
func (r *rewards) keep(ctx context.Context, terms chain.PoolTerms, open []chain.PoolClaim, now poc.Time) {
	r.mu.Lock()
	kept := maps.Clone(r.mu.kept)
	r.mu.Unlock()
	fetched := 0
	for _, name := range slices.Sorted(maps.Keys(kept)) {
		k := kept[name]
		at := slices.IndexFunc(open, func(o chain.PoolClaim) bool { return o.Account == k.Account && o.Number == k.Number })
		var err error
		switch {
		case now >= k.Until:
			err = r.letGo(ctx, k)
		case !k.Have && at >= 0 && fetched < inspectAtOnce:
			fetched++
			err = r.fetchKept(ctx, terms, k, open[at])
		}
		if err != nil && ctx.Err() == nil {
			r.log.Info("Documents of a claim not kept", "account", k.Account, "number", k.Number, "err", err)
		}
	}
}

func (r *rewards) letGo(ctx context.Context, k keptClaim) error {
	b := r.node.store.batch()
	b.del(tableReward + rewardKept + refOf(k.Account, k.Number))
	if err := b.commit(false); err != nil {
		return err
	}
	r.mu.Lock()
	delete(r.mu.kept, refOf(k.Account, k.Number))
	r.mu.Unlock()
	if !k.Have {
		return nil
	}
	return r.node.host.Content().Unpin(ctx, rewardPin(k.Document))
}

// fetchKept gets the documents of a claim from its author. A case about it may begin at the end of its delay, and takes less than that.
func (r *rewards) fetchKept(ctx context.Context, terms chain.PoolTerms, k keptClaim, on chain.PoolClaim) error {
	st, err := r.node.settlement.Standing(ctx, k.Account)
	if err != nil {
		return err
	}
	keepers, err := r.keepers(ctx, on.Through, st.Peer)
	if err != nil {
		return err
	}
	if st.Peer != k.Peer || !slices.Contains(keepers, r.node.self) {
		return r.letGo(ctx, k) // it is another's, or others keep it
	}
	_, err = r.documents(ctx, on.Document, hostIDs([]poc.PeerID{k.Peer}, r.node.self))
	if _, bad := errors.AsType[*notProven](err); bad {
		return r.letGo(ctx, k) // it convicts its author without it
	}
	if err != nil {
		return err
	}
	k.Document, k.Have, k.Until = on.Document, true, on.Until.Add(terms.Delay)
	if err := r.node.host.Content().Pin(ctx, rewardPin(k.Document), evidenceOf(k.Document)); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.saveKept(k)
}

// spread asks those who keep documents to keep those of an open claim of this node.
func (r *rewards) spread(ctx context.Context, k ownClaim) {
	keepers, err := r.keepers(ctx, k.Claim.Through, r.node.self)
	if err != nil {
		r.log.Info("Nobody keeps the documents of a claim yet", "number", k.Claim.Number, "err", err)
		return
	}
	raw := poc.MustEncode(rewardMail{Account: k.Claim.Account, Number: k.Claim.Number})
	var mu sync.Mutex
	var g errgroup.Group
	g.SetLimit(8)
	n := 0
	for _, p := range keepers {
		name := refOf(poc.Account(p.String()), k.Claim.Number)
		mu.Lock()
		told := r.told[name]
		if told {
			n++
		}
		mu.Unlock()
		if told {
			continue
		}
		g.Go(func() error {
			ctx, cancel := context.WithTimeout(ctx, disputeAsk)
			defer cancel()
			to, err := hostID(p)
			if err != nil {
				return nil
			}
			if answer, err := r.node.host.Request(ctx, to, rewardName, raw); err == nil && len(answer) == 1 && answer[0] == mailDone {
				mu.Lock()
				defer mu.Unlock()
				r.told[name] = true
				n++
			}
			return nil
		})
	}
	_ = g.Wait() // who does not answer is asked again
	r.mu.Lock()
	defer r.mu.Unlock()
	if now := r.mu.claims[k.Claim.Number]; now.State == RewardOpen {
		now.Reason = fmt.Sprintf("%d of %d witnesses keep what shows it", n, len(keepers))
		r.mu.claims[k.Claim.Number] = now
	}
}
