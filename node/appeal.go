package node

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// A certificate may be wrong: a quorum of those whom its owner seated made it. So a node that signed another result keeps what shows that its own is
// right. When somebody has it convicted by that certificate, it computes the unit once more, and if it was right it appeals. Once arbiters have
// acquitted it, it reports those who revealed what was certified.

const (
	maxOwn                 = 1024 // results of this node that a certificate contradicts
	keepOnce               = 64   // of them that are prepared in one look
	keepTime    poc.Millis = 30 * 86_400_000
	bringTime   poc.Millis = 3_600_000 // to report the others after an acquittal
	keptShare              = 4         // a quarter of the store: what the inputs take at most that are kept for it
	keptReveals            = 64        // of others, for each
	appealName             = "appeal/"

	reasonUndone       = "arbiters found that what this node signed is right, and it has its stake back"
	reasonVoid         = "it was undone without a verdict, and this node has its stake back"
	reasonTooLate      = "the conviction stands: there was no appeal in time: %s"
	reasonCheap        = "the conviction stands: it took %v, an appeal costs %v, and the stake of who reported this node does not make that good"
	reasonRival        = "it waits for the verdict about case %d, which may undo all that %s has reported"
	reasonForgotten    = "the conviction stands: this node keeps nothing that shows what it signed"
	reasonOtherDigest  = "the conviction stands: this node signed another result than the one that it keeps"
	reasonNotConfirmed = "the conviction stands: computed once more, the unit gives something else than this node signed"
)

var (
	errForgotten = errors.New("this node signed no result of the unit, or has forgotten it")
	errNotOver   = errors.New("the unit is not over here yet")
)

// appeal is what a courtCase is besides, if it is about this node's own result.
type appeal struct {
	Conviction uint64   `cbor:"conviction"` // zero: nobody has this node convicted yet
	Checked    bool     `cbor:"checked"`    // it was computed once more, and is right
	Acquitted  bool     `cbor:"acquitted"`  // the others are to be reported
	Others     [][]byte `cbor:"others"`     // their signed results of the unit, as messages
	Inputs     uint64   `cbor:"inputs"`     // bytes of what is kept of the job
}

func appealKey(ref poc.TaskRef) string { return appealName + refName(ref) }

// contradicted notes units of which another result was certified than this node signed. It does not wait.
func (c *court) contradicted(refs []poc.TaskRef) {
	if c == nil || len(refs) == 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, ref := range refs {
		if _, known := c.mu.cases[appealKey(ref)]; !known && !slices.Contains(c.mu.contradicted, ref) && len(c.mu.contradicted) < maxOwn {
			c.mu.contradicted = append(c.mu.contradicted, ref)
			signal(c.wake)
		}
	}
}

// recall has noted what an earlier run may have died before keeping.
func (c *court) recall(ctx context.Context) error {
	var refs []poc.TaskRef
	err := c.node.loop.ask(ctx, func(m *market.Machine) {
		for _, job := range m.Jobs() {
			refs = append(refs, m.Contradicted(job)...)
		}
	})
	c.contradicted(refs)
	return err
}

// keep prepares what shows that this node's results are right which certificates contradict.
func (c *court) keep(ctx context.Context) error {
	c.mu.Lock()
	refs := slices.Clone(c.mu.contradicted[:min(keepOnce, len(c.mu.contradicted))])
	c.mu.Unlock()
	for _, ref := range refs {
		if err := c.keepOne(ctx, ref); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			c.log.Warn("What a certificate contradicts cannot be kept", "task", ref, "err", err)
		}
		c.mu.Lock()
		c.mu.contradicted = slices.DeleteFunc(c.mu.contradicted, func(r poc.TaskRef) bool { return r == ref })
		c.mu.Unlock()
	}
	return nil
}

func (c *court) keepOne(ctx context.Context, ref poc.TaskRef) error {
	if _, known := c.get(appealKey(ref)); known {
		return nil
	}
	own, others, err := c.revealed(ctx, ref)
	if err != nil {
		return err
	}
	var spec market.Spec
	state := market.Declined
	if err := c.node.loop.ask(ctx, func(m *market.Machine) {
		spec, _ = m.Spec(ref.Job)
		state, _ = m.StateOf(ref.Job)
	}); err != nil {
		return err
	}
	switch {
	case own == nil && !state.Terminal():
		return errNotOver
	case own == nil:
		return errForgotten
	}
	bytes, room, n := inputBytes(spec), uint64(c.node.cfg.Storage)/keptShare, 0
	jobs := map[poc.Hash]uint64{ref.Job: bytes}
	for _, k := range c.all() {
		if k.Appeal != nil {
			n++
			jobs[k.Accusation.Ref.Job] = k.Appeal.Inputs
		}
	}
	for _, b := range jobs {
		room -= min(room, b)
	}
	if n >= maxOwn || room == 0 {
		return errors.New("too much of that kind is kept already")
	}
	a, err := c.prepareEvidence(ctx, *own, nil)
	if err != nil {
		return err
	}
	return c.put(courtCase{
		Accusation: a, State: CaseKept, Until: c.node.chainTime(ctx).Add(keepTime), Appeal: &appeal{Others: others, Inputs: bytes},
	})
}

// inputBytes is how much the files are that a job names.
func inputBytes(s market.Spec) (n uint64) {
	seen := map[poc.Link]bool{}
	for _, t := range s.Tasks {
		for _, in := range t.Inputs {
			for _, p := range in.Parts {
				if p.File != nil && !seen[*p.File] {
					seen[*p.File] = true
					n += p.Size
				}
			}
		}
	}
	return n
}

// revealed returns this node's own signed result of a unit, and those of others that it was shown, as messages.
func (c *court) revealed(ctx context.Context, ref poc.TaskRef) (own *poc.Reveal, others [][]byte, err error) {
	others = [][]byte{}
	var all []poc.Reveal
	if err := c.node.loop.ask(ctx, func(m *market.Machine) { all = m.Reveals(ref) }); err != nil {
		return nil, nil, err
	}
	for _, r := range all {
		if r.Account == c.node.settlement.Account() {
			own = &r
			continue
		}
		if b, err := poc.MarshalMessage(r); err == nil && len(b) <= maxSide && len(others) < keptReveals {
			others = append(others, b)
		}
	}
	return own, others, nil
}

// convictions looks at those that are not final.
func (c *court) convictions(ctx context.Context, open []chain.Case, now poc.Time) (held []chain.Conviction, err error) {
	if held, err = c.chain.Convictions(ctx); err != nil {
		return nil, err
	}
	self := c.node.settlement.Account()
	errs := []error{c.keep(ctx)}
	for _, v := range held {
		if v.Void && v.Account == self {
			errs = append(errs, c.end(ctx, v))
			continue
		}
		if _, known := c.get(appealKey(v.Ref)); known || v.Account != self {
			continue
		}
		err := c.keepOne(ctx, v.Ref)
		if errors.Is(err, errNotOver) { // others were certain and reported this node before it has heard of the certificate
			continue
		}
		if errors.Is(err, errForgotten) {
			k := courtCase{Accusation: chain.Accusation{Ref: v.Ref, Account: self}, Appeal: &appeal{Conviction: v.ID, Others: [][]byte{}}}
			k.end(now, reasonForgotten)
			err = c.put(k)
		}
		errs = append(errs, err)
	}
	for _, k := range c.all() {
		if k.Appeal != nil {
			errs = append(errs, c.followAppeal(ctx, k, open, held, now))
		}
	}
	for _, v := range held {
		if v.Reporter == self && v.Appeal == 0 && now >= v.Until {
			errs = append(errs, c.end(ctx, v))
		}
	}
	return held, errors.Join(errs...)
}

// end ends a conviction, or finds that it is over.
func (c *court) end(ctx context.Context, v chain.Conviction) error {
	err := c.chain.EndConviction(ctx, v.ID)
	if errors.Is(err, chain.ErrNoConviction) || errors.Is(err, chain.ErrTooEarly) {
		return nil
	}
	if err == nil {
		c.log.Info("Ended a conviction", "conviction", v.ID, "account", v.Account, "task", v.Ref)
	}
	return err
}

// followAppeal does what is to be done about one result of this node's.
func (c *court) followAppeal(ctx context.Context, k courtCase, open []chain.Case, held []chain.Conviction, now poc.Time) error {
	ref, digest := k.Accusation.Ref, k.Accusation.Digest
	var v *chain.Conviction
	if i := slices.IndexFunc(held, func(v chain.Conviction) bool { return v.Ref == ref && v.Account == k.Accusation.Account }); i >= 0 {
		v = &held[i]
	}
	switch {
	case k.Appeal.Acquitted && k.State == CaseOpen:
		return c.bring(ctx, k, held, now)
	case k.State == CaseOver && v != nil && v.ID != k.Appeal.Conviction, k.State == CaseKept && v != nil:
		return c.convicted(k, *v, now)
	case k.State == CaseOver && v != nil && v.Appeal == k.ID && k.ID != 0: // an endpoint that was behind did not show it
		k.State, k.Until, k.Reason = CaseOpen, now.Add(c.terms.Load().Window), ""
		return c.put(k)
	case k.State == CaseOver && now >= k.Until.Add(keepCases):
		return c.forget(ctx, k)
	case k.State == CaseOver:
		return nil
	case k.State == CaseKept:
		if known, err := c.watch(&k, open); err != nil || !known {
			if err == nil && now >= k.Until {
				return c.forget(ctx, k)
			}
			return err
		}
	}
	truth, err := c.chain.Truth(ctx, ref)
	switch right := truth == digest && !truth.IsZero(); {
	case err != nil:
		return err
	case right && v != nil:
		return c.end(ctx, *v) // the next look finds it undone
	case right:
		k.Appeal.Acquitted, k.State, k.Until, k.Reason = true, CaseOpen, now.Add(bringTime), reasonUndone
		return c.put(k)
	case k.State == CaseKept:
		k.Other = 0
		return c.put(k)
	case v == nil:
		return c.ended(ctx, k, now)
	case k.State == CaseWaiting:
		return c.mayAppeal(ctx, k, *v, held, now)
	}
	return nil
}

// watch reports whether an appeal of somebody else about the same unit is over: then it may be known what is right.
func (c *court) watch(k *courtCase, open []chain.Case) (over bool, err error) {
	i := slices.IndexFunc(open, func(o chain.Case) bool { return o.Conviction != 0 && o.Ref == k.Accusation.Ref })
	switch {
	case i < 0:
		return k.Other != 0, nil
	case k.Other == open[i].ID:
		return false, nil
	}
	k.Other, k.Until = open[i].ID, max(k.Until, open[i].Until.Add(bringTime))
	return false, c.put(*k)
}

// convicted takes note that somebody has this node convicted.
func (c *court) convicted(k courtCase, v chain.Conviction, now poc.Time) error {
	if c.live(isAppeal) >= maxCases { // it comes later
		return nil
	}
	k.ID, k.Appeal.Conviction, k.Appeal.Checked, k.Appeal.Acquitted = 0, v.ID, false, false
	k.State, k.Until, k.Reason = CaseWaiting, v.Until, "the unit is computed once more before this node appeals"
	if v.Digest != k.Accusation.Digest {
		k.end(now, reasonOtherDigest)
	}
	c.log.Warn("This node is convicted", "conviction", v.ID, "task", v.Ref, "amount", v.Amount, "reporter", v.Reporter)
	return c.put(k)
}

// mayAppeal appeals, if that is right and worth it. One that an earlier run opened is found on the chain. As long as there is time it waits for another's appeal
// against the same reporter, whose acquittal has this node's conviction undone for nothing.
func (c *court) mayAppeal(ctx context.Context, k courtCase, v chain.Conviction, held []chain.Conviction, now poc.Time) error {
	if v.Void { // it is undone
		return nil
	}
	terms := c.terms.Load()
	cheap := false
	if v.Amount <= terms.Deposit {
		reporter, err := c.node.settlement.Standing(ctx, v.Reporter)
		if err != nil {
			return err
		}
		cheap = c.node.cfg.Network.Taken(reporter.Stake) < terms.Deposit
	}
	rival := slices.IndexFunc(held, func(o chain.Conviction) bool { return o.Reporter == v.Reporter && o.Appeal != 0 && o.ID != v.ID })
	switch {
	case v.Appeal != 0:
		k.ID, k.State, k.Until, k.Reason = v.Appeal, CaseOpen, now.Add(terms.Window), ""
	case now >= v.Until:
		k.end(now, reasonTooLate, k.Reason)
	case rival >= 0 && now < v.Until.Add(-terms.Window/2):
		why := fmt.Sprintf(reasonRival, held[rival].Appeal, v.Reporter)
		if k.Reason == why {
			return nil
		}
		k.Reason = why
	case cheap:
		k.end(now, reasonCheap, v.Amount, terms.Deposit)
	case !k.Appeal.Checked:
		c.later(k.key(), func(ctx context.Context) error { return c.recheck(ctx, k.key()) })
		return nil
	default:
		id, err := c.chain.Appeal(ctx, v.ID, k.Accusation.Evidence, k.Accusation.Where, k.Accusation.Signature)
		switch {
		case err == nil:
			k.ID, k.State, k.Until, k.Reason = id, CaseOpen, now.Add(terms.Window), ""
			c.log.Info("Appealed", "case", id, "conviction", v.ID, "task", v.Ref)
		case errors.Is(err, chain.ErrRefused):
			k.end(now, "the conviction stands: %s", err)
		default:
			k.Reason = err.Error() // it is tried again: money may come
		}
		return errors.Join(err, c.put(k))
	}
	return c.put(k)
}

// recheck computes a unit once more from what arbiters will be shown, before this node puts a deposit on it.
func (c *court) recheck(ctx context.Context, key string) error {
	k, ok := c.get(key)
	if !ok || k.State != CaseWaiting {
		return nil
	}
	a := k.Accusation
	fetching, cancel := context.WithTimeout(ctx, c.fetch)
	defer cancel()
	r, _, runs, err := c.examine(fetching, chain.Case{Ref: a.Ref, Accused: a.Account, Evidence: a.Evidence}, nil)
	if err == nil {
		err = c.node.runs.have(fetching, runs, nil)
	}
	found := r.Result
	if err == nil && !c.node.faults.standsBy() {
		found, err = c.node.disputes.recheck(ctx, runs, r.Result)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if k, ok = c.get(key); !ok || k.State != CaseWaiting {
		return nil
	}
	_, final := errors.AsType[*notProven](err)
	switch {
	case final:
		k.end(c.node.chainTime(ctx), "the conviction stands: this node cannot show that it was right: %s", reasonOf(err))
	case err != nil:
		k.Reason = "not computed once more yet: " + clipText(reasonOf(err), 500)
	case found.Digest() != a.Digest:
		k.end(c.node.chainTime(ctx), reasonNotConfirmed)
	default:
		k.Appeal.Checked, k.Reason = true, ""
	}
	if err := c.put(k); err != nil {
		return err
	}
	if k.Appeal.Checked {
		signal(c.wake)
	}
	return nil
}

// ended says what became of an appeal that is over.
func (c *court) ended(ctx context.Context, k courtCase, now poc.Time) error {
	stands, err := c.chain.Convicted(ctx, k.Accusation.Ref, k.Accusation.Account)
	switch {
	case err != nil:
		return err
	case k.State == CaseWaiting && now < k.Until && stands: // an endpoint that is behind does not show it
		return nil
	case !stands:
		k.end(now, reasonVoid)
	case k.State == CaseWaiting:
		k.end(now, reasonTooLate, k.Reason)
	case now >= k.Until:
		k.end(now, "the conviction stands: no arbiters judged it in time")
	default:
		k.end(now, "the conviction stands: the arbiters found that what this node signed is wrong")
	}
	c.log.Info("An appeal is over", "case", k.ID, "task", k.Accusation.Ref, "outcome", k.Reason)
	return c.put(k)
}

// bring reports those who revealed something else than what arbiters found, and has others' convictions undone that were right as this node was.
func (c *court) bring(ctx context.Context, k courtCase, held []chain.Conviction, now poc.Time) error {
	ref, digest := k.Accusation.Ref, k.Accusation.Digest
	_, others, err := c.revealed(ctx, ref) // some may have come later; none is known any more of a job that is forgotten
	if err != nil {
		return err
	}
	var errs []error
	told := map[poc.Account]bool{}
	for _, b := range append(others, k.Appeal.Others...) {
		m, err := poc.UnmarshalMessage(b)
		r, ok := m.(poc.Reveal)
		if err != nil || !ok || told[r.Account] || r.Result.Digest() == digest {
			continue
		}
		told[r.Account] = true
		_, err = c.node.settlement.Submit(ctx, market.Slash{Ref: ref, Account: r.Account, Digest: r.Result.Digest(), Signature: r.Signature})
		if !errors.Is(err, chain.ErrRefused) {
			errs = append(errs, err)
		}
	}
	for _, v := range held {
		if v.Ref == ref && v.Digest == digest {
			errs = append(errs, c.end(ctx, v))
		}
	}
	if err := errors.Join(errs...); err != nil && now < k.Until {
		return err // again at the next look
	}
	if err := c.node.loop.ask(ctx, func(m *market.Machine) {
		if spec, known := m.Spec(ref.Job); known { // its history is another one now
			c.node.watch.settlementOf(ref.Job, uint32(spec.Units()))
		}
	}); err != nil {
		return err
	}
	k.end(now, reasonUndone)
	c.log.Info("This node is acquitted", "case", k.ID, "task", ref)
	return c.put(k)
}

// ofAppeal is String for a result of this node that a certificate contradicts.
func (v CaseView) ofAppeal() string {
	what := fmt.Sprintf("what this node signed for task %d", v.Task)
	switch {
	case v.State == CaseKept:
		return what + " is not what was certified: it keeps what arbiters need to judge it, in case somebody has it convicted"
	case v.ID != 0:
		what = fmt.Sprintf("case %d, this node's appeal about %s,", v.ID, what)
	default:
		what = fmt.Sprintf("the conviction of this node for %s", what)
	}
	s := fmt.Sprintf("%s is %s", what, v.State)
	if v.Reason != "" {
		s += ": " + v.Reason
	}
	return s
}
