package node

import (
	"context"
	"errors"
	"fmt"

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
	Version uint16   `cbor:"version"` // 1
	Spec    poc.Link `cbor:"spec"`    // of the job, whose id it gives
	Reveal  []byte   `cbor:"reveal"`  // the signed message that is wrong
	Basis   []basis  `cbor:"basis"`   // what the task's inputs are of, as the chain settled it
}

type basis struct {
	Task   uint32     `cbor:"task"`
	Result poc.Result `cbor:"result"`
}

// notProven is a reason to acquit that every arbiter finds alike. Any other error keeps an arbiter from judging.
type notProven struct{ reason string }

func (e *notProven) Error() string { return e.reason }

func unproven(format string, args ...any) error { return &notProven{fmt.Sprintf(format, args...)} }

// maxBasis bounds the results that a task's inputs are of.
const maxBasis = 1024

// prepareEvidence makes the evidence against a reveal, and keeps it where everybody can fetch it.
func (c *court) prepareEvidence(ctx context.Context, r poc.Reveal) (chain.Accusation, error) {
	ref := r.Ref()
	a := chain.Accusation{Ref: ref, Account: r.Account, Digest: r.Result.Digest(), Signature: r.Signature}
	e := evidence{Version: 1, Spec: poc.HashLink(ref.Job), Basis: []basis{}}
	var results map[uint32]poc.Result
	known := false
	if err := c.node.loop.ask(ctx, func(m *market.Machine) { results, known = m.Basis(ref) }); err != nil {
		return a, err
	}
	if !known {
		return a, errors.New("the job is forgotten, or the task is in a unit with others")
	}
	for task, res := range results {
		e.Basis = append(e.Basis, basis{task, res})
	}
	var err error
	if e.Reveal, err = poc.MarshalMessage(r); err != nil {
		return a, err
	}
	doc, err := poc.Encode(e)
	if err != nil {
		return a, err
	}
	content := c.node.host.Content()
	root, err := content.PutBlock(ctx, doc, cid.DagCBOR, p2p.Shared)
	if err != nil {
		return a, err
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
	r, run, err := c.examine(ctx, k, from)
	if err == nil {
		var computed poc.Result
		if computed, _, err = c.node.disputes.evaluate(ctx, run, from); err == nil {
			computed.Without = r.Result.Without
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

// examine fetches the evidence of a case and checks it against the case, the job and the chain. It returns what the accused signed, and
// what to run.
func (c *court) examine(ctx context.Context, k chain.Case, from []poc.PeerID) (r poc.Reveal, run market.Run, err error) {
	content := c.node.host.Content()
	peers := hostIDs(from, c.node.self)
	doc, err := content.GetBlock(ctx, poc.HashLink(k.Evidence).Cid, poc.MaxDocument, peers...)
	if err != nil {
		return r, run, fmt.Errorf("the evidence cannot be had: %w", err)
	}
	var e evidence
	if poc.Decode(doc, &e) != nil || e.Version != 1 || len(e.Basis) > maxBasis {
		return r, run, unproven("the evidence cannot be read")
	}
	msg, err := poc.UnmarshalMessage(e.Reveal)
	if err == nil {
		_, err = poc.Validate(msg, c.node.settlement)
	}
	r, ok := msg.(poc.Reveal)
	if err != nil || !ok || r.Ref() != k.Ref || r.Account != k.Accused {
		return r, run, unproven("the evidence is no signed result of the accused for this task")
	}
	spec, err := c.specOf(ctx, k.Ref, peers)
	if err != nil {
		return r, run, err
	}
	settled := []poc.Hash{}
	if len(e.Basis) > 0 {
		if settled, err = c.node.settlement.Settled(ctx, k.Ref.Job, uint32(len(spec.Tasks))); err != nil {
			return r, run, err
		}
	}
	results := map[uint32]poc.Result{}
	for _, b := range e.Basis {
		switch {
		case int(b.Task) >= len(settled) || b.Result.Validate() != nil:
			return r, run, unproven("the evidence names an earlier result that is none")
		case settled[b.Task].IsZero():
			return r, run, fmt.Errorf("task %d, which this one needs, is not settled on chain yet", b.Task)
		case !chain.SameDigest(settled[b.Task], b.Result.Digest()):
			return r, run, unproven("the evidence names another result of task %d than the chain", b.Task)
		}
		results[b.Task] = b.Result
	}
	run, ok = spec.Run(k.Ref, r.Result.Without, func(task uint32) (poc.Result, bool) { res, ok := results[task]; return res, ok })
	if !ok {
		return r, run, unproven("the evidence lacks a result that the task needs")
	}
	return r, run, nil
}

// specOf fetches a job that can be judged, by its id.
func (c *court) specOf(ctx context.Context, ref poc.TaskRef, from []peer.ID) (s market.Spec, err error) {
	doc, err := c.node.host.Content().GetBlock(ctx, poc.HashLink(ref.Job).Cid, poc.MaxDocument, from...)
	if err != nil {
		return s, fmt.Errorf("the job cannot be had: %w", err)
	}
	if poc.Decode(doc, &s) != nil || s.Validate(c.node.cfg.Network) != nil || int(ref.Task) >= len(s.Tasks) {
		return s, unproven("the job is none of this network, or has no such task")
	}
	if why := s.Judgeable(); why != "" {
		return s, unproven("%s", why)
	}
	return s, nil
}

// Bounds of what the evaluator is asked for.
const refereeMemory = 2 << 30 // bytes of a program's buffers

// evaluate computes a task on the reference evaluator.
func (d *disputes) evaluate(ctx context.Context, r market.Run, from []poc.PeerID) (res poc.Result, leaves [][32]byte, err error) {
	n := d.node
	if n.config.referee == nil {
		return res, nil, errors.New("this node has no reference evaluator")
	}
	if err := d.turn.Acquire(ctx, 1); err != nil {
		return res, nil, err
	}
	defer d.turn.Release(1)
	report, err := n.programs.analyse(ctx, r.Program, hostIDs(append(from, r.Owner), n.self)...)
	if code := gpu.CodeOf(err); code == gpu.InvalidProgram || code == gpu.Unsupported {
		return res, nil, unproven("the program cannot be run: %v", err)
	}
	if err != nil {
		return res, nil, err
	}
	switch {
	case report.Tier == wgsl.ClassExact:
		err = unproven("it computes floats as each driver does, so honest devices may differ and nobody is wrong")
	case report.Operations > refereeLimit:
		err = unproven("the task takes %d operations, and the reference evaluator is asked for %d at most", report.Operations, uint64(refereeLimit))
	case report.Bytes > refereeMemory:
		err = unproven("the task takes %d bytes of memory, and the reference evaluator is given %d at most", report.Bytes, refereeMemory)
	default:
		res, leaves, err = n.runs.recompute(ctx, r, n.config.referee, from)
		if code := gpu.CodeOf(err); code == gpu.InvalidInput || code == gpu.InvalidProgram {
			err = unproven("the task cannot be run: %v", err)
		}
	}
	return res, leaves, err
}
