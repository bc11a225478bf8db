package node

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"
	"golang.org/x/sync/errgroup"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// Court says what a node does about wrong results that no certificate contradicts: arbiters, drawn on chain, judge them.
type Court struct {
	Arbiter bool `json:"arbiter" yaml:"arbiter"` // offers itself as one: it must be verified, and its role is core then
	Accuse  bool `json:"accuse" yaml:"accuse"`   // brings what it knows to be wrong before them, for the network's deposit
}

const (
	verdictName = "verdict"

	courtEvery            = 15 * time.Second // between two looks at the cases
	courtTime             = 2 * time.Minute  // for all that one look does, but for judging
	maxCases              = 64               // of this node's, of each kind, that are not over
	openTime   poc.Millis = 3_600_000        // to open a case
	keepCases  poc.Millis = 7 * 86_400_000   // after its end, for people to see
)

var verdictConfig = p2p.HandlerConfig{
	MaxRequest: 16, MaxResponse: 256, Timeout: 5 * time.Second, Rate: 5, Burst: 50, Concurrent: 8,
}

// court brings wrong results before the arbiters, and judges as one. What is under way is in the store or on the chain, so it
// goes on after a restart at any point. There is no coordinator: whoever has a quorum of a committee's signatures submits them.
type court struct {
	node  *Node
	chain chain.Court
	cfg   Court
	log   *slog.Logger
	every time.Duration
	fetch time.Duration // what it takes to judge an appeal, in one look

	ctx    context.Context
	cancel context.CancelFunc
	tasks  sync.WaitGroup
	terms  atomic.Pointer[chain.CourtTerms] // nil before the first look

	mu struct {
		sync.Mutex
		cases        map[string]courtCase
		busy         map[string]bool // cases about which something is computed
		contradicted []poc.TaskRef   // results of this node that are to be kept
		problem      string          // why this node is no arbiter although it is to be one
	}
	wake chan struct{} // capacity 1
}

func newCourt(n *Node, c chain.Court) (*court, error) {
	t := &court{node: n, chain: c, cfg: n.cfg.Court, log: n.log, every: courtEvery, fetch: disputeTime, wake: make(chan struct{}, 1)}
	t.ctx, t.cancel = context.WithCancel(n.ctx)
	t.mu.cases, t.mu.busy = map[string]courtCase{}, map[string]bool{}
	return t, n.store.each(tableCase, func(name string, value []byte) error {
		var k courtCase
		if err := poc.Decode(value, &k); err != nil {
			return err
		}
		t.mu.cases[name] = k
		return nil
	})
}

// accuse makes durable that somebody's signed result, which this node's own evaluator contradicts, is to be judged. turn is this node's
// place among those who know it too: most often one case is enough.
func (c *court) accuse(ctx context.Context, r poc.Reveal, step *stepProof, turn int) {
	if c == nil || !c.cfg.Accuse || r.Account == c.node.settlement.Account() {
		return
	}
	k := courtCase{State: CaseWaiting, Accusation: chain.Accusation{Ref: r.Ref(), Account: r.Account}}
	if _, known := c.get(k.key()); known {
		return
	}
	err := errors.New("too many accusations are under way")
	if c.live(isAccusation) < maxCases {
		k.Accusation, err = c.prepareEvidence(ctx, r, step)
	}
	if err == nil {
		now := c.node.now()
		k.Due, k.Until = now.Add(poc.Millis(turn)*c.node.cfg.Network.ClaimTurn), now.Add(openTime)
		err = c.put(k)
	}
	if err != nil {
		c.log.Warn("Nobody is accused", "task", r.Ref(), "account", r.Account, "err", err)
		return
	}
	signal(c.wake)
}

// accuseClaim is accuse for a claim on the pool of rewards, of whose document the digest is signed like a result.
func (c *court) accuseClaim(ctx context.Context, claim chain.PoolClaim, turn int) error {
	k := courtCase{State: CaseWaiting, Accusation: chain.Accusation{
		Ref: poc.TaskRef{Task: claim.Number}, Account: claim.Account, Digest: claim.Document, Signature: claim.Signature,
		Evidence: claim.Document, Where: claim.Where,
	}}
	if _, known := c.get(k.key()); known {
		return nil
	}
	if c.live(isAccusation) >= maxCases {
		return errors.New("too many accusations are under way")
	}
	if root := evidenceOf(claim.Document); c.node.host.Content().Has(root) { // the arbiters may have it of this node
		if err := c.node.host.Content().Pin(ctx, evidencePin(claim.Document), root); err != nil {
			return err
		}
	}
	now := c.node.now()
	k.Due, k.Until = now.Add(poc.Millis(turn)*c.node.cfg.Network.ClaimTurn), now.Add(openTime)
	if err := c.put(k); err != nil {
		return err
	}
	signal(c.wake)
	return nil
}

// run looks at the cases now and then.
func (c *court) run(ctx context.Context) error {
	defer c.tasks.Wait()
	defer c.cancel()
	t := time.NewTicker(c.every)
	defer t.Stop()
	if err := c.recall(ctx); err != nil {
		return nil // the node stops
	}
	for {
		if err := c.look(ctx); err != nil && ctx.Err() == nil {
			c.log.Warn("Cases not looked at", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-c.wake:
		case <-t.C:
		}
	}
}

// look does what is to be done about each case.
func (c *court) look(ctx context.Context) error {
	if !c.cfg.Arbiter && !c.cfg.Accuse && !c.node.cfg.Provider.Enabled && len(c.all()) == 0 {
		return nil
	}
	quick, cancel := context.WithTimeout(ctx, courtTime)
	defer cancel()
	if c.cfg.Arbiter {
		c.join(quick)
	}
	terms, err := c.chain.CourtTerms(quick)
	if err != nil {
		return err
	}
	c.terms.Store(&terms)
	open, err := c.chain.Cases(quick)
	if err != nil {
		return err
	}
	now := c.node.chainTime(quick)
	held, err := c.convictions(quick, open, now)
	errs := []error{err}
	for _, k := range c.all() {
		if k.Appeal == nil {
			errs = append(errs, c.follow(quick, k, open, now))
		}
	}
	for _, k := range open {
		reporter := poc.Account("")
		if i := slices.IndexFunc(held, func(v chain.Conviction) bool { return v.ID == k.Conviction }); i >= 0 {
			reporter = held[i].Reporter
		}
		errs = append(errs, c.advance(quick, k, reporter, now))
	}
	for _, k := range open {
		if slices.Contains(k.Committee, c.node.settlement.Account()) && now < k.Until {
			errs = append(errs, c.sit(k))
		}
	}
	return errors.Join(errs...)
}

func (c *court) join(ctx context.Context) {
	_, err := c.node.settlement.Submit(ctx, market.Register{Peer: c.node.self, Stake: c.node.cfg.Stake})
	if err == nil {
		err = c.chain.JoinArbiters(ctx)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.mu.problem = ""
	if err != nil {
		c.mu.problem = "This node is no arbiter: " + err.Error()
	}
}

// problem says why this node is no arbiter although it is to be one.
func (c *court) trouble() string {
	if c == nil {
		return ""
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.mu.problem
}

// follow brings what this node knows of its own case up to what the chain shows.
func (c *court) follow(ctx context.Context, k courtCase, open []chain.Case, now poc.Time) error {
	a := k.Accusation
	i := slices.IndexFunc(open, func(o chain.Case) bool { return o.ID == k.ID })
	switch {
	case i >= 0 && k.State == CaseOver: // an endpoint that was behind did not show it
		k.State, k.Until, k.Reason = CaseOpen, open[i].Until, ""
		return c.put(k)
	case k.State == CaseOver:
		if now < k.Until.Add(keepCases) {
			return nil
		}
		return c.forget(ctx, k)
	case k.State == CaseWaiting:
		return c.open(ctx, k, open, now)
	case i >= 0: // it goes on
		return nil
	}
	convicted, err := c.chain.Convicted(ctx, a.Ref, a.Account)
	if err != nil {
		return err
	}
	switch {
	case convicted:
		k.end(now, "the accused is convicted")
	case now >= k.Until:
		k.end(now, "nobody judged it in time, and the accuser has its deposit back")
	default:
		k.end(now, "the accused is acquitted")
	}
	if k.Arbiter {
		paid, err := c.chain.CollectFees(ctx)
		if err != nil {
			return err
		}
		if paid > 0 {
			c.log.Info("Paid for judging", "case", k.ID, "amount", paid)
		}
	}
	c.log.Info("A case is over", "case", k.ID, "accused", a.Account, "outcome", k.Reason)
	return c.put(k)
}

// open opens a case when its turn has come, unless somebody else has. One that an earlier run opened is found on the chain.
func (c *court) open(ctx context.Context, k courtCase, open []chain.Case, now poc.Time) error {
	a := k.Accusation
	convicted, err := c.chain.Convicted(ctx, a.Ref, a.Account)
	if err != nil {
		return err
	}
	if convicted {
		k.end(now, "the accused is convicted already")
		return c.put(k)
	}
	for _, o := range open {
		if o.Ref != a.Ref || o.Accused != a.Account || now >= o.Until {
			continue
		}
		if o.Accuser == c.node.settlement.Account() {
			k.ID, k.State, k.Until, k.Reason = o.ID, CaseOpen, o.Until, ""
			return c.put(k)
		}
		if k.Other == o.ID {
			return nil
		}
		k.Other, k.Until, k.Reason = o.ID, max(k.Until, o.Until.Add(openTime)), fmt.Sprintf("case %d is about the same", o.ID)
		return c.put(k)
	}
	switch {
	case k.Other != 0:
		k.end(now, "case %d, which was about the same, ended without a conviction", k.Other)
		return c.put(k)
	case now >= k.Until:
		k.end(now, "no case could be opened in time: %s", k.Reason)
		return c.put(k)
	case now < k.Due:
		return nil
	}
	id, err := c.chain.Accuse(ctx, a)
	switch {
	case err == nil:
		k.ID, k.State, k.Until, k.Reason = id, CaseOpen, now.Add(c.terms.Load().Window), ""
		c.log.Info("Opened a case", "case", id, "accused", a.Account, "task", a.Ref)
	case errors.Is(err, chain.ErrRefused):
		k.end(now, "%s", err)
	default:
		k.Reason = err.Error() // it is tried again: money may come
	}
	return errors.Join(err, c.put(k))
}

// advance does for a case on chain what anybody may do. Who opened it begins; when half of the time is over, the arbiters do it. The accused
// has the committee drawn too: if nobody did for long, another block would draw another one, and the accuser could wait for that. Of
// an appeal the reporter does, too, and brings its end.
func (c *court) advance(ctx context.Context, k chain.Case, reporter poc.Account, now poc.Time) error {
	self := c.node.settlement.Account()
	opener, arbiter := k.Accuser == self, slices.Contains(k.Committee, self)
	side := opener || reporter == self
	late := now >= k.Until.Add(-c.terms.Load().Window/2)
	var err error
	switch {
	case now >= k.Until:
		if side {
			err = c.chain.LapseCase(ctx, k.ID)
		}
	case k.Committee == nil:
		if side || k.Accused == self || c.cfg.Arbiter && late && k.Conviction == 0 {
			err = c.chain.DrawCommittee(ctx, k.ID)
		}
	case side || arbiter && late:
		leaves := []bool{} // verdicts, to others
		if side {
			leaves = append(leaves, k.Conviction != 0 && opener)
		}
		err = c.decide(ctx, k, leaves)
	}
	if errors.Is(err, chain.ErrTooEarly) || errors.Is(err, chain.ErrNoCase) {
		return nil // it comes with another block; or somebody else was first
	}
	return err
}

// decide asks the committee for its verdicts, and submits the one that a quorum has signed. Each side leaves what it does not like to others.
func (c *court) decide(ctx context.Context, k chain.Case, leaves []bool) error {
	said := [2]map[poc.Account][]byte{{}, {}}
	var mu sync.Mutex
	var g errgroup.Group
	for _, a := range k.Committee {
		g.Go(func() error {
			v, err := c.ask(ctx, k.ID, a)
			if err != nil {
				c.log.Debug("No verdict of an arbiter", "case", k.ID, "arbiter", a, "err", err)
				return nil
			}
			mu.Lock()
			defer mu.Unlock()
			if v.Guilty {
				said[1][a] = v.Signature
			} else {
				said[0][a] = v.Signature
			}
			return nil
		})
	}
	_ = g.Wait() // who says nothing does not count
	for i, guilty := range []bool{false, true} {
		if len(said[i]) < c.terms.Load().Quorum || slices.Contains(leaves, guilty) {
			continue
		}
		err := c.chain.Decide(ctx, k.ID, guilty, said[i])
		if err == nil {
			c.log.Info("Brought a verdict", "case", k.ID, "guilty", guilty, "arbiters", len(said[i]))
		}
		return err
	}
	return nil
}

// verdict is what an arbiter says when it is asked.
type verdict struct {
	Guilty    bool   `cbor:"guilty"`
	Signature []byte `cbor:"signature"`
}

// ask returns the verdict of a member of a committee, whose signature is right.
func (c *court) ask(ctx context.Context, id uint64, a poc.Account) (v verdict, err error) {
	if a == c.node.settlement.Account() {
		k, ok := c.get((&courtCase{Arbiter: true, ID: id}).key())
		if !ok || k.Signature == nil {
			return v, errors.New("not judged yet")
		}
		return verdict{k.Guilty, k.Signature}, nil
	}
	s, err := c.node.settlement.Standing(ctx, a)
	if err != nil {
		return v, err
	}
	to, err := hostID(s.Peer)
	if err != nil {
		return v, err
	}
	ctx, cancel := context.WithTimeout(ctx, disputeAsk)
	defer cancel()
	raw, err := c.node.host.Request(ctx, to, verdictName, poc.MustEncode(id))
	if err != nil {
		return v, err
	}
	if err := poc.Decode(raw, &v); err != nil {
		return v, err
	}
	return v, c.chain.VerifyVerdict(a, id, v.Guilty, v.Signature)
}

// answer tells whoever asks what this node found as an arbiter.
func (c *court) answer(_ context.Context, _ peer.ID, req []byte) ([]byte, error) {
	var id uint64
	if err := poc.Decode(req, &id); err != nil {
		return nil, p2p.BadRequest("the request is not the number of a case")
	}
	k, ok := c.get((&courtCase{Arbiter: true, ID: id}).key())
	if !ok || k.Signature == nil {
		return nil, p2p.Unavailable("this node has no verdict in that case")
	}
	return poc.Encode(verdict{k.Guilty, k.Signature})
}

// sit begins to judge a case as a member of its committee, once. The verdict is durable before anybody is shown it.
func (c *court) sit(o chain.Case) error {
	k, known := c.get((&courtCase{Arbiter: true, ID: o.ID}).key())
	if !known {
		if c.live(isJudged) >= maxCases {
			return fmt.Errorf("case %d is not judged: too many are under way", o.ID)
		}
		k = courtCase{
			Arbiter: true, ID: o.ID, Accusation: chain.Accusation{Ref: o.Ref, Account: o.Accused, Evidence: o.Evidence}, State: CaseOpen, Until: o.Until,
			Reason: "it is being judged",
		}
		if err := c.put(k); err != nil {
			return err
		}
	}
	if k.Signature != nil {
		return nil
	}
	c.later(k.key(), func(ctx context.Context) error { return c.rule(ctx, o) })
	return nil
}

// later does what takes long beside the looks, once at a time for each case.
func (c *court) later(key string, do func(context.Context) error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.mu.busy[key] || c.ctx.Err() != nil {
		return
	}
	c.mu.busy[key] = true
	c.tasks.Go(func() {
		if err := do(c.ctx); err != nil && c.ctx.Err() == nil {
			c.log.Warn("A case is not looked into", "case", key, "err", err)
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.mu.busy, key)
	})
}

// rule finds this node's verdict and signs it.
func (c *court) rule(ctx context.Context, o chain.Case) error {
	judge := c.judge
	switch {
	case o.Ref.Job.IsZero():
		judge = c.judgeClaim
	case o.Conviction != 0:
		judge = c.judgeAppeal
	}
	guilty, why, err := judge(ctx, o)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	k, known := c.get((&courtCase{Arbiter: true, ID: o.ID}).key())
	if !known || k.State != CaseOpen || k.Signature != nil { // it ended meanwhile
		return nil
	}
	if err != nil {
		c.log.Debug("Not judged yet", "case", o.ID, "err", err)
		k.Reason = "not judged yet: " + clipText(strings.ReplaceAll(err.Error(), "\n", "; "), 500)
		return c.put(k)
	}
	if k.Signature, err = c.chain.SignVerdict(o.ID, guilty); err != nil {
		return err
	}
	k.Guilty, k.Reason = guilty, "acquitted, as "+why
	if guilty {
		k.Reason = "found guilty, as " + why
	}
	c.log.Info("Judged a case", "case", o.ID, "guilty", guilty, "why", why)
	return c.put(k)
}
