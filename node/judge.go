package node

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"slices"

	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/mr-tron/base58"

	"gpumesh/gpu"
	"gpumesh/gpu/wgsl"
	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// What an accuser publishes, and how an arbiter judges it: everything that it needs is named by hashes that the case, the job's id and
// the chain fix, so it has to trust nobody.

// evidence is the document of an accusation. Its links lead to all that is needed to compute the task again.
type evidence struct {
	Version uint16     `cbor:"version"`        // 1
	Spec    poc.Link   `cbor:"spec"`           // of the job, whose id it gives
	Reveal  []byte     `cbor:"reveal"`         // the signed message that is wrong
	Basis   []basis    `cbor:"basis"`          // what the task's inputs are of, as the chain settled it
	Step    *stepProof `cbor:"step,omitempty"` // one command of what the accused told is wrong; nil: all of the task is computed
}

type basis struct {
	Task   uint32     `cbor:"task"`
	Result poc.Result `cbor:"result"`
}

// notProven is a reason to decide against who brings a case, that every arbiter finds alike: what it shows is not what it says. Any other error keeps an
// arbiter from judging.
type notProven struct {
	reason string
	limit  bool // nothing is wrong with what is shown: it cannot be judged, and who is accused is acquitted
}

func (e *notProven) Error() string { return e.reason }

func unproven(format string, args ...any) error {
	return &notProven{fmt.Sprintf(format, args...), false}
}

func limited(format string, args ...any) error { return &notProven{fmt.Sprintf(format, args...), true} }

func isLimit(err error) bool {
	e, ok := errors.AsType[*notProven](err)
	return ok && e.limit
}

// maxBasis bounds the results that a task's inputs are of.
const maxBasis = 1024

// prepareEvidence makes the evidence against a reveal, and keeps it where everybody can fetch it.
func (c *court) prepareEvidence(ctx context.Context, r poc.Reveal, step *stepProof) (chain.Accusation, error) {
	ref := r.Ref()
	a := chain.Accusation{Ref: ref, Account: r.Account, Digest: r.Result.Digest(), Signature: r.Signature}
	e := evidence{Version: 1, Spec: poc.HashLink(ref.Job), Basis: []basis{}, Step: step}
	var results map[uint32]poc.Result
	known := false
	if err := c.node.loop.ask(ctx, func(m *market.Machine) { results, known = m.Basis(ref) }); err != nil {
		return a, err
	}
	if !known {
		return a, errors.New("the job is forgotten, or an earlier result of it")
	}
	for task, res := range results {
		e.Basis = append(e.Basis, basis{task, res})
	}
	var err error
	if e.Reveal, err = poc.MarshalMessage(r); err != nil {
		return a, err
	}
	doc, err := poc.Encode(e)
	if err != nil && step != nil { // too long; without it all of the task is judged
		e.Step, step = nil, nil
		doc, err = poc.Encode(e)
	}
	if err != nil {
		return a, err
	}
	content := c.node.host.Content()
	root, err := content.PutBlock(ctx, doc, cid.DagCBOR, p2p.Shared)
	if err != nil {
		return a, err
	}
	if step != nil && step.Memory != nil { // of one that is away when it is judged
		if _, err := content.Fetch(ctx, step.Memory.File.Cid, int64(step.Memory.Size), hostIDs([]poc.PeerID{step.Peer}, c.node.self)...); err != nil {
			return a, err
		}
	}
	a.Evidence, a.Where = poc.BlockHash(doc), rewardsScheme+root.String()
	return a, content.Pin(ctx, evidencePin(a.Evidence), root)
}

func evidencePin(h poc.Hash) string { return "evidence/" + base58.Encode(h[:]) }

// judge says whether an accused is guilty, and why. With an error it cannot be said now.
func (c *court) judge(ctx context.Context, k chain.Case) (guilty bool, why string, err error) {
	ctx, cancel := context.WithTimeout(ctx, disputeTime)
	defer cancel()
	var from []poc.PeerID
	if s, err := c.node.settlement.Standing(ctx, k.Accuser); err == nil && s.Peer != (poc.PeerID{}) {
		from = append(from, s.Peer)
	}
	r, step, runs, err := c.examine(ctx, k, from)
	if err == nil && step != nil {
		if wrong, stepErr := c.checkStep(ctx, r, step, runs, from); stepErr != nil { // then all of the unit is computed
			c.log.Info("One command does not decide a case", "case", k.ID, "err", stepErr)
		} else if wrong {
			return true, "the reference evaluator finds another state after one command than the accused told", nil
		}
	}
	if err == nil {
		var computed poc.Result
		if computed, err = c.node.disputes.evaluateUnit(ctx, runs, r.Result, from); err == nil {
			if computed.Digest() == r.Result.Digest() {
				return false, "the reference evaluator computes what the accused signed", nil
			}
			return true, "the reference evaluator computes something else than the accused signed", nil
		}
	}
	if acquit, ok := errors.AsType[*notProven](err); ok {
		return false, acquit.reason, nil
	}
	return false, "", err
}

// judgeAppeal says whether what a convicted account signed is not what the task gives. The account has to show it, so who shows nothing in half of the time is
// guilty. What neither the reference evaluator nor a device of this node's can compute is not judged.
func (c *court) judgeAppeal(ctx context.Context, k chain.Case) (guilty bool, why string, err error) {
	var from []poc.PeerID
	if s, err := c.node.settlement.Standing(ctx, k.Accuser); err == nil && s.Peer != (poc.PeerID{}) {
		from = append(from, s.Peer)
	}
	guilty, why, err = c.tryAppeal(ctx, k, from)
	e, final := errors.AsType[*notProven](err)
	switch {
	case err == nil || ctx.Err() != nil || final && e.limit:
		return guilty, why, err
	case final:
		return true, "nothing shows that it is right: " + e.reason, nil
	case errors.Is(err, errMissing) && c.node.chainTime(ctx) >= k.Until.Add(-c.terms.Load().Window/2):
		return true, "nobody shows what it takes to compute the unit", nil
	}
	return false, "", err
}

func (c *court) tryAppeal(ctx context.Context, k chain.Case, from []poc.PeerID) (guilty bool, why string, err error) {
	fetching, cancel := context.WithTimeout(ctx, c.fetch)
	defer cancel()
	r, _, runs, err := c.examine(fetching, k, from)
	if err != nil {
		return false, "", err
	}
	signed := r.Result.Digest()
	if signed != k.Digest {
		return false, "", unproven("it shows another signed result than the one that the account was convicted for")
	}
	if err := c.node.runs.have(fetching, runs, from); err != nil { // before anything is computed, for which others wait
		return false, "", err
	}
	settled, err := c.node.settlement.Settled(ctx, k.Ref.Job, k.Ref.Task+1)
	if err != nil {
		return false, "", err
	}
	by, first := "the reference evaluator", poc.Hash{}
	for {
		computed, byDevice, err := c.node.disputes.findUnit(ctx, runs, r.Result, from)
		if err != nil {
			return false, "", err
		}
		found := computed.Digest()
		if byDevice {
			by = "this arbiter's device"
		}
		switch {
		case found == signed:
			return false, by + " computes what the account signed", nil
		case !byDevice || found == first || chain.SameDigest(settled[k.Ref.Task], found):
			return true, by + " computes something else than the account signed", nil
		case !first.IsZero():
			return false, "", errors.New("this node's device computes something else each time")
		}
		first = found // neither side's: a device that errs now and then is not to convict anybody
	}
}

// judgeClaim says whether a claim for rewards is false. What its author signed is on chain, so the accuser's word is not needed; and who can show nothing
// in half of the time of the case has nothing to show.
func (c *court) judgeClaim(ctx context.Context, k chain.Case) (guilty bool, why string, err error) {
	ctx, cancel := context.WithTimeout(ctx, disputeTime)
	defer cancel()
	r := c.node.rewards
	if r == nil {
		return false, "the network has no rewards, and so no claims for them", nil
	}
	open, err := r.pool.OpenClaims(ctx)
	if err != nil {
		return false, "", err
	}
	i := slices.IndexFunc(open, func(o chain.PoolClaim) bool { return o.Account == k.Accused && o.Number == k.Ref.Task })
	if i < 0 {
		return false, "the account has no open claim of that number", nil
	}
	var from []poc.PeerID
	if s, err := c.node.settlement.Standing(ctx, k.Accuser); err == nil && s.Peer != (poc.PeerID{}) {
		from = append(from, s.Peer)
	}
	why, err = r.examine(ctx, open[i], from, 2*inspectTime)
	switch {
	case ctx.Err() != nil:
		return false, "", ctx.Err() // this node stops, or its endpoint is too slow, which says nothing of the claim
	case errors.Is(err, errUnshown) && c.node.chainTime(ctx) >= k.Until.Add(-c.terms.Load().Window/2):
		return true, "nobody shows what the claim is for", nil
	case err != nil:
		return false, "", err
	case why != "":
		return true, why, nil
	}
	return false, "the claim is right", nil
}

// examine fetches the evidence of a case and checks it against the case, the job and the chain. It returns what the accused signed, and
// what to run.
func (c *court) examine(ctx context.Context, k chain.Case, from []poc.PeerID) (r poc.Reveal, step *stepProof, runs []market.Run, err error) {
	content := c.node.host.Content()
	peers := hostIDs(from, c.node.self)
	doc, err := content.GetBlock(ctx, poc.HashLink(k.Evidence).Cid, poc.MaxDocument, peers...)
	if err != nil {
		return r, nil, nil, fmt.Errorf("%w: the evidence cannot be had: %w", errMissing, err)
	}
	var e evidence
	if poc.Decode(doc, &e) != nil || e.Version != 1 || len(e.Basis) > maxBasis {
		return r, nil, nil, unproven("the evidence cannot be read")
	}
	msg, err := poc.UnmarshalMessage(e.Reveal)
	if err == nil {
		_, err = poc.Validate(msg, c.node.settlement)
	}
	r, ok := msg.(poc.Reveal)
	if err != nil || !ok || r.Ref() != k.Ref || r.Account != k.Accused {
		return r, nil, nil, unproven("the evidence is no signed result of the accused for this task")
	}
	spec, err := c.specOf(ctx, k.Ref, peers)
	if err != nil {
		return r, nil, nil, err
	}
	settled := []poc.Hash{}
	if len(e.Basis) > 0 {
		if settled, err = c.node.settlement.Settled(ctx, k.Ref.Job, uint32(spec.Units())); err != nil {
			return r, nil, nil, err
		}
	}
	results := map[uint32]poc.Result{}
	for _, b := range e.Basis {
		switch {
		case int(b.Task) >= len(settled) || b.Result.Validate() != nil:
			return r, nil, nil, unproven("the evidence names an earlier result that is none")
		case settled[b.Task].IsZero():
			return r, nil, nil, fmt.Errorf("task %d, which this one needs, is not settled on chain yet", b.Task)
		case !chain.SameDigest(settled[b.Task], b.Result.Digest()):
			return r, nil, nil, unproven("the evidence names another result of task %d than the chain", b.Task)
		}
		results[b.Task] = b.Result
	}
	runs, ok = spec.Runs(k.Ref, r.Result.Without, func(task uint32) (poc.Result, bool) { res, ok := results[task]; return res, ok })
	if !ok {
		return r, nil, nil, unproven("the evidence lacks a result that the task needs")
	}
	return r, e.Step, runs, nil
}

// checkStep reports whether one command, which the accused told with its peer's key and whose segment is in the trace that it signed, gives
// something else. An error says that it proves nothing.
func (c *court) checkStep(ctx context.Context, r poc.Reveal, s *stepProof, runs []market.Run, from []poc.PeerID) (bool, error) {
	var p poc.FaultProof
	if err := poc.Decode(s.Fault, &p); err != nil {
		return false, err
	}
	if err := p.Check(poc.Hash{}, c.node.settlement); err != nil {
		return false, err
	}
	if p.Reveal.Ref() != r.Ref() || p.Reveal.Account != r.Account || p.Reveal.Result.Digest() != r.Result.Digest() {
		return false, errors.New("it is about another result")
	}
	run, err := memberRun(p.Member, runs)
	if err != nil {
		return false, err
	}
	accused, err := c.node.settlement.Standing(ctx, r.Account)
	if err != nil {
		return false, err
	}
	if s.Peer != accused.Peer || !ed25519.Verify(s.Peer[:], told(run.Ref, p.Segment, s.Replay), s.Signature) {
		return false, errors.New("the accused's peer has not told it")
	}
	var replay gpu.Replay
	if err := poc.Decode(s.Replay, &replay); err != nil {
		return false, err
	}
	block, err := c.node.host.Content().GetBlock(ctx, run.Program.Cid, gpu.MaxProgram, hostIDs(append(from, run.Owner), c.node.self)...)
	if err != nil {
		return false, err
	}
	prog, err := gpu.DecodeProgram(block)
	if err != nil {
		return false, err
	}
	if _, err := gpu.Check(prog); err != nil {
		return false, err
	}
	if p.Segments != prog.Leaves() {
		return false, errors.New("the trace is not as long as the program")
	}
	if err := prog.CheckReplay(p.Segment, &replay, p.Before, p.After); err != nil {
		return false, err
	}
	marks, err := prog.Marks(p.Segment)
	if err != nil {
		return false, err
	}
	if s.Mark < 0 || s.Mark >= len(marks) {
		return false, errors.New("there is no such command")
	}
	m := marks[s.Mark]
	if m.Command >= 0 {
		size, err := prog.MemorySize(m)
		if err != nil {
			return false, err
		}
		if s.Memory == nil || s.Memory.Size != size || size > maxMemory {
			return false, errors.New("the memory before the command is missing")
		}
	}
	memory := s.Memory
	if m.Command < 0 {
		memory = nil
	}
	roots, err := c.node.disputes.decideMark(ctx, run, p.Segment, s.Mark, replay.Mark(prog, max(0, s.Mark-1)), memory, from)
	if err != nil {
		return false, err
	}
	return !slices.Equal(roots, replay.Mark(prog, s.Mark)), nil
}

// memberRun is the task of a unit that a proof is about.
func memberRun(m *poc.Member, runs []market.Run) (market.Run, error) {
	switch {
	case m == nil && len(runs) == 1:
		return runs[0], nil
	case m == nil || len(runs) == 1 || m.Tasks != len(runs) || m.Task < 0 || m.Task >= len(runs):
		return market.Run{}, errors.New("it does not say which of the unit's tasks it is about")
	}
	return runs[m.Task], nil
}

// specOf fetches a job that can be judged, by its id.
func (c *court) specOf(ctx context.Context, ref poc.TaskRef, from []peer.ID) (s market.Spec, err error) {
	doc, err := c.node.host.Content().GetBlock(ctx, poc.HashLink(ref.Job).Cid, poc.MaxDocument, from...)
	if err != nil {
		return s, fmt.Errorf("%w: the job cannot be had: %w", errMissing, err)
	}
	if poc.Decode(doc, &s) != nil || s.Validate(c.node.cfg.Network) != nil || int(ref.Task) >= s.Units() {
		return s, unproven("the job is none of this network, or has no such task")
	}
	if why := s.Judgeable(); why != "" {
		return s, limited("%s", why)
	}
	return s, nil
}

// errMissing says that what it takes to judge cannot be had now.
var errMissing = errors.New("not shown")

var errNoReferee = errors.New("this node has no reference evaluator")

var errAnyFloats = limited("it computes floats as each driver does, so honest devices may differ and nobody is wrong")

// Bounds of what the evaluator is asked for.
const refereeMemory = 2 << 30 // bytes of a program's buffers

// judgeable returns how many operations a task takes, if the reference evaluator can say what comes out of it within its bounds.
func (d *disputes) judgeable(ctx context.Context, r market.Run, from []poc.PeerID) (uint64, error) {
	report, err := d.node.programs.analyse(ctx, r.Program, hostIDs(append(from, r.Owner), d.node.self)...)
	if code := gpu.CodeOf(err); code == gpu.InvalidProgram || code == gpu.Unsupported {
		return 0, unproven("the program cannot be run: %v", err)
	}
	switch {
	case err != nil:
		return 0, err
	case r.Held != nil:
		return 0, limited("it runs on data that one provider has and shows to nobody")
	case report.Tier == wgsl.ClassExact:
		return 0, errAnyFloats
	case report.Operations > d.limit:
		return 0, limited("the task takes %d operations, and the reference evaluator is asked for %d at most", report.Operations, d.limit)
	case report.Bytes > refereeMemory:
		return 0, limited("the task takes %d bytes of memory, and the reference evaluator is given %d at most", report.Bytes, refereeMemory)
	}
	return report.Operations, nil
}

// evaluate computes a task on the reference evaluator.
func (d *disputes) evaluate(ctx context.Context, r market.Run, from []poc.PeerID) (res poc.Result, err error) {
	n := d.node
	if n.config.referee == nil {
		return res, errNoReferee
	}
	if err := d.turn.Acquire(ctx, 1); err != nil {
		return res, err
	}
	defer d.turn.Release(1)
	res, err = n.runs.recompute(ctx, r, from, func(x Execution) (ran *gpu.Result, err error) {
		err = n.runs.within(ctx, 0, n.runs.patience, func(ctx context.Context) (err error) {
			ran, err = n.config.referee.RunFrom(ctx, x, Checkpoints{})
			return err
		})
		return ran, err
	})
	if code := gpu.CodeOf(err); code == gpu.InvalidInput || code == gpu.InvalidProgram {
		err = unproven("the task cannot be run: %v", err)
	}
	return res, err
}
