package node

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"
	"golang.org/x/sync/semaphore"

	"gpumesh/gpu"
	"gpumesh/gpu/wgsl"
	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// When workers differ, the reference evaluator says who is right: after a task has failed because no quorum agreed, and before
// this node has anybody convicted whose floats were computed in the reproducible form.

const (
	disputeName = "dispute"

	maxDisputes     = 64               // that wait or are under way
	disputeTime     = 10 * time.Minute // for all of one
	refereeTime     = 2 * time.Minute  // for the evaluator
	refereeLimit    = 1 << 34          // estimated operations that the evaluator is asked for
	disputeAsk      = 10 * time.Second // for one peer's answer
	disputeRounds   = 5                // of questions, a while apart, as the others' tasks end a little later
	disputeRequest  = 64               // bytes
	disputeResponse = 1 << 20
	maxSide         = 8 << 10 // bytes of one signed result
)

var disputeConfig = p2p.HandlerConfig{
	MaxRequest: disputeRequest, MaxResponse: disputeResponse, Timeout: disputeAsk, Rate: 5, Burst: 50, Concurrent: 8,
}

// Dispute is what came of one, about a task that is a unit of its own.
type Dispute struct {
	Task     uint32    `json:"task" cbor:"task"`
	Computed *poc.Hash `json:"computed,omitempty" cbor:"computed"` // digest of what the reference evaluator computes
	Reason   string    `json:"reason,omitempty" cbor:"reason"`     // why nobody was found wrong, else empty
	Sides    []Side    `json:"sides" cbor:"sides"`                 // in rank order
}

// Side is one worker's signed answer.
type Side struct {
	Peer    poc.PeerID  `json:"peer" cbor:"peer"`
	Account poc.Account `json:"account" cbor:"account"`
	Digest  poc.Hash    `json:"digest" cbor:"digest"`
	Wrong   bool        `json:"wrong" cbor:"wrong"`
	Reveal  []byte      `json:"reveal" cbor:"reveal"` // the signed message
	// Fault convicts with two Merkle paths, if the worker showed its trace and that differs: a poc.FaultProof in DAG-CBOR.
	Fault []byte `json:"fault,omitempty" cbor:"fault"`
}

// disputeAnswer is what a node says of a task that is over.
type disputeAnswer struct {
	Reveals [][]byte `cbor:"reveals"` // signed results that it was shown, as messages
	Trace   []byte   `cbor:"trace"`   // leaves of its own run, if it kept them
}

// disputes settles them, one after the other. It is safe for concurrent use.
type disputes struct {
	node *Node
	log  *slog.Logger

	ctx   context.Context
	tasks sync.WaitGroup
	turn  *semaphore.Weighted

	mu struct {
		sync.Mutex
		open    map[poc.TaskRef]bool // looked at since the start, or waiting to be
		waiting int
		settled map[poc.TaskRef]Dispute
		closed  bool
	}
}

func newDisputes(n *Node) (*disputes, error) {
	d := &disputes{node: n, log: n.log, ctx: n.ctx, turn: semaphore.NewWeighted(1)}
	d.mu.open, d.mu.settled = map[poc.TaskRef]bool{}, map[poc.TaskRef]Dispute{}
	var gone []string
	err := n.store.each(tableVerdict, func(name string, value []byte) error {
		var v Dispute
		ref, ok := parseRef(name)
		if _, known := n.loop.machine.Spec(ref.Job); !ok || !known || poc.Decode(value, &v) != nil {
			gone = append(gone, name)
			return nil
		}
		d.mu.open[ref], d.mu.settled[ref] = true, v
		return nil
	})
	if err == nil && len(gone) > 0 {
		b := n.store.batch()
		for _, name := range gone {
			b.del(tableVerdict + name)
		}
		err = b.commit(false)
	}
	return d, err
}

// look settles the dispute about a task that failed because no quorum agreed, once. It does not wait.
func (d *disputes) look(ref poc.TaskRef) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.node.config.referee == nil || d.mu.closed || d.mu.open[ref] || d.mu.waiting >= maxDisputes {
		return
	}
	d.mu.open[ref] = true
	d.mu.waiting++
	d.tasks.Go(func() {
		ctx, cancel := context.WithTimeout(d.ctx, disputeTime)
		defer cancel()
		v, err := d.settle(ctx, ref)
		d.mu.Lock()
		d.mu.waiting--
		d.mu.Unlock()
		if err != nil {
			d.log.Info("Dispute not settled", "task", ref, "err", err)
			return
		}
		d.keep(ref, v)
	})
}

// wait returns when nothing is under way any more; the context must have ended.
func (d *disputes) wait() {
	d.mu.Lock()
	d.mu.closed = true
	d.mu.Unlock()
	d.tasks.Wait()
}

// keep makes a verdict durable and tells the machine whom not to believe.
func (d *disputes) keep(ref poc.TaskRef, v Dispute) {
	d.accuse(ref, v) // again after a restart, if this node dies before the verdict is stored
	value, err := poc.Encode(v)
	if err == nil {
		b := d.node.store.batch()
		b.put(tableVerdict+refName(ref), value)
		err = b.commit(true)
	}
	if err != nil {
		d.log.Error("Verdict not stored", "task", ref, "err", err)
		return
	}
	d.mu.Lock()
	d.mu.settled[ref] = v
	d.mu.Unlock()
	for _, s := range v.Sides {
		if s.Wrong {
			_ = d.node.loop.step(d.ctx, market.Caught{Ref: ref, Peer: s.Peer}) // the job may be forgotten by now
		}
	}
}

// accuse brings those who are wrong before the arbiters, as nothing was certified that contradicts them.
func (d *disputes) accuse(ref poc.TaskRef, v Dispute) {
	for _, s := range v.Sides {
		m, err := poc.UnmarshalMessage(s.Reveal)
		if r, ok := m.(poc.Reveal); err == nil && ok && s.Wrong {
			d.node.court.accuse(d.ctx, r, d.turnOf(ref))
		}
	}
}

// turnOf is this node's place among those who know what came of a dispute: the task's candidates in their order, then others.
func (d *disputes) turnOf(ref poc.TaskRef) (turn int) {
	_ = d.node.loop.ask(d.ctx, func(m *market.Machine) { // fails only when the node stops
		for _, w := range m.Candidates(ref) {
			if w.Peer == d.node.self {
				break
			}
			turn++
		}
	})
	return turn
}

// of returns what came of the disputes of a job, in the order of its tasks.
func (d *disputes) of(v market.View) (list []Dispute) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, t := range v.Tasks {
		if one, ok := d.mu.settled[poc.TaskRef{Job: v.ID, Task: t.Index}]; ok {
			list = append(list, one)
		}
	}
	return list
}

// String says in one sentence what came of it.
func (v Dispute) String() string {
	if v.Reason != "" {
		return fmt.Sprintf("the dispute about task %d is open: %s", v.Task, v.Reason)
	}
	right, wrong := 0, ""
	for _, s := range v.Sides {
		if !s.Wrong {
			right++
			continue
		}
		wrong += ", " + s.Peer.Short()
		var p poc.FaultProof
		if s.Fault != nil && poc.Decode(s.Fault, &p) == nil {
			wrong += fmt.Sprintf(" from segment %d of %d on", p.Segment, p.Segments)
		}
	}
	return fmt.Sprintf("the dispute about task %d is settled: the reference evaluator computes what %d of the %d replicas say; wrong are%s",
		v.Task, right, len(v.Sides), wrong[min(1, len(wrong)):])
}

// settle brings the signed answers together, computes the task and compares.
func (d *disputes) settle(ctx context.Context, ref poc.TaskRef) (v Dispute, err error) {
	v.Task = ref.Task
	sides, traces, err := d.gather(ctx, ref)
	if err != nil {
		return v, err
	}
	var reveals []poc.Reveal
	for _, s := range sides {
		m, err := poc.UnmarshalMessage(s.Reveal)
		r, ok := m.(poc.Reveal)
		if err != nil || !ok {
			return v, fmt.Errorf("a signed result cannot be read: %w", err)
		}
		reveals = append(reveals, r)
	}
	v.Sides = sides
	computed, leaves, err := d.referee(ctx, ref)
	if err != nil {
		if ctx.Err() == nil {
			v.Reason = reasonOf(err)
			return v, nil
		}
		return v, err
	}
	digest := computed.Digest()
	v.Computed = &digest
	for i := range v.Sides {
		s := &v.Sides[i]
		if s.Wrong = s.Digest != digest; s.Wrong && reveals[i].Result.Trace != computed.Trace {
			s.Fault = prove(reveals[i], traces[s.Peer], leaves)
		}
	}
	return v, nil
}

// prove makes the compact proof, nil if the worker did not show the trace that it signed.
func prove(r poc.Reveal, trace []poc.Hash, right [][32]byte) []byte {
	for k := range trace {
		if k < len(right) && trace[k] == poc.Hash(right[k]) {
			continue
		}
		p, err := poc.ProveFault(r, trace, k, poc.Hash{}) // the first state follows from the inputs, which the spec names
		if err != nil {
			return nil
		}
		b, err := poc.Encode(p)
		if err != nil {
			return nil
		}
		return b
	}
	return nil
}

// gather returns the signed answers in rank order, and the traces that their authors show. A member of the panel was shown the
// answers; others, as the owner, ask for them.
func (d *disputes) gather(ctx context.Context, ref poc.TaskRef) ([]Side, map[poc.PeerID][]poc.Hash, error) {
	var candidates []poc.Worker
	var reveals []poc.Reveal
	err := d.node.loop.ask(ctx, func(m *market.Machine) { candidates, reveals = m.Candidates(ref), m.Reveals(ref) })
	if err != nil {
		return nil, nil, err
	}
	signed := map[poc.Account][]byte{}
	differ := map[poc.Hash]bool{}
	add := func(r poc.Reveal) {
		raw, err := poc.MarshalMessage(r)
		if err == nil && len(raw) <= maxSide && signed[r.Account] == nil {
			signed[r.Account], differ[r.Result.Digest()] = raw, true
		}
	}
	for _, r := range reveals {
		add(r)
	}
	traces := map[poc.PeerID][]poc.Hash{}
	retry := backoff{min: 500 * time.Millisecond, max: 4 * time.Second}
	for round := range disputeRounds {
		if round > 0 && !retry.wait(ctx, nil) {
			return nil, nil, ctx.Err()
		}
		missing := false
		for _, w := range candidates {
			if traces[w.Peer] != nil {
				continue
			}
			a, err := d.ask(ctx, w.Peer, ref)
			if err != nil {
				missing = true
				d.log.Debug("No answer in a dispute", "peer", w.Peer, "task", ref, "err", err)
				continue
			}
			traces[w.Peer] = a.trace
			for _, r := range a.reveals {
				add(r)
			}
		}
		if len(differ) > 1 && !missing {
			break
		}
	}
	if len(differ) < 2 {
		return nil, nil, errors.New("no two signed results that differ could be had")
	}
	var sides []Side
	for _, w := range candidates {
		if raw := signed[w.Account]; raw != nil {
			m, err := poc.UnmarshalMessage(raw)
			if err != nil {
				return nil, nil, err
			}
			sides = append(sides, Side{Peer: w.Peer, Account: w.Account, Digest: m.(poc.Reveal).Result.Digest(), Reveal: raw})
		}
	}
	return sides, traces, nil
}

// checkedAnswer is an answer whose signatures are right.
type checkedAnswer struct {
	reveals []poc.Reveal
	trace   []poc.Hash
}

// ask gets one peer's answer.
func (d *disputes) ask(ctx context.Context, from poc.PeerID, ref poc.TaskRef) (out checkedAnswer, err error) {
	var raw []byte
	if from == d.node.self {
		raw, err = d.answerFor(ctx, ref)
	} else {
		var id peer.ID
		if id, err = hostID(from); err != nil {
			return out, err
		}
		ctx, cancel := context.WithTimeout(ctx, disputeAsk)
		defer cancel()
		raw, err = d.node.host.Request(ctx, id, disputeName, poc.MustEncode(ref))
	}
	if err != nil {
		return out, err
	}
	var a disputeAnswer
	if err := poc.Decode(raw, &a); err != nil {
		return out, err
	}
	if len(a.Reveals) > poc.MaxSealed || len(a.Trace)%32 != 0 || len(a.Trace) > 32*maxTrace {
		return out, errors.New("the answer is too long")
	}
	for _, b := range a.Reveals {
		m, err := poc.UnmarshalMessage(b)
		if err == nil {
			_, err = poc.Validate(m, d.node.settlement)
		}
		r, ok := m.(poc.Reveal)
		if err != nil || !ok || r.Ref() != ref {
			return out, fmt.Errorf("a signed result of the answer is none: %w", err)
		}
		out.reveals = append(out.reveals, r)
	}
	out.trace = []poc.Hash{}
	for k := 0; k < len(a.Trace); k += 32 {
		out.trace = append(out.trace, poc.Hash(a.Trace[k:k+32]))
	}
	return out, nil
}

// answer serves the signed results of a task that is over here, and this node's own trace of it.
func (d *disputes) answer(ctx context.Context, _ peer.ID, req []byte) ([]byte, error) {
	var ref poc.TaskRef
	if err := poc.Decode(req, &ref); err != nil {
		return nil, p2p.BadRequest("the request is not a task")
	}
	return d.answerFor(ctx, ref)
}

func (d *disputes) answerFor(ctx context.Context, ref poc.TaskRef) ([]byte, error) {
	var reveals []poc.Reveal
	if err := d.node.loop.ask(ctx, func(m *market.Machine) { reveals = m.Reveals(ref) }); err != nil {
		return nil, p2p.Unavailable("stopping")
	}
	if len(reveals) == 0 {
		return nil, p2p.Unavailable("there is nothing to show")
	}
	var a disputeAnswer
	for _, r := range reveals {
		b, err := poc.MarshalMessage(r)
		if err != nil {
			return nil, err
		}
		if len(b) <= maxSide {
			a.Reveals = append(a.Reveals, b)
		}
	}
	content := d.node.host.Content()
	if id, ok := content.Pins()[tracePin(ref)]; ok {
		b, err := content.GetBlock(ctx, id, 32*maxTrace)
		if err != nil {
			return nil, err
		}
		a.Trace = b
	}
	return poc.Encode(a)
}

// referee computes a task on the reference evaluator.
func (d *disputes) referee(ctx context.Context, ref poc.TaskRef) (res poc.Result, leaves [][32]byte, err error) {
	var r market.Run
	known := false
	if err := d.node.loop.ask(ctx, func(m *market.Machine) { r, known = m.Execution(ref) }); err != nil {
		return res, nil, err
	}
	if !known {
		return res, nil, errors.New("the task is in a unit with others, or its inputs are gone")
	}
	return d.evaluate(ctx, r, nil)
}

// reasonOf is an error as one sentence, without its class.
func reasonOf(err error) string {
	if bad, ok := errors.AsType[*gpu.Error](err); ok {
		return bad.Reason
	}
	return err.Error()
}

// recompute runs a task on another device than this node's own, keeps nothing and returns what comes out.
func (e *executions) recompute(ctx context.Context, r market.Run, with Runner, from []poc.PeerID) (res poc.Result, leaves [][32]byte, err error) {
	if e.node.cfg.Provider.Enabled { // else nothing measures the machine, as nobody's programs run on its device
		if err := e.node.warden.wait(ctx, e.patience); err != nil {
			return res, nil, err
		}
	}
	dir, err := os.MkdirTemp(e.scratch, "dispute-"+strconv.Itoa(int(r.Ref.Task))+"-")
	if err != nil {
		return res, nil, err
	}
	defer func() { // a directory that stays is removed at the next start
		if rmErr := os.RemoveAll(dir); rmErr != nil {
			e.log.Warn("Scratch directory not removed", "dir", dir, "err", rmErr)
		}
	}()
	x := Execution{
		Tenant: r.Owner.String(), Inputs: map[string]string{}, OutDir: filepath.Join(dir, "out"), Seed: r.Seed,
		Timeout: refereeTime, MaxBusy: refereeTime, Progress: func(uint32, uint32) {},
	}
	if err := os.Mkdir(x.OutDir, 0o700); err != nil {
		return res, nil, err
	}
	if err := e.gather(ctx, r, dir, &x, from...); err != nil {
		return res, nil, err
	}
	ran, err := with.RunFrom(ctx, x, Checkpoints{})
	if err != nil {
		return res, nil, err
	}
	for _, want := range r.Outputs {
		if !filepath.IsLocal(want.Name) {
			return res, nil, fmt.Errorf("the output %q is no name of a file", want.Name)
		}
		f, err := os.Open(filepath.Join(x.OutDir, want.Name))
		if err != nil {
			return res, nil, err
		}
		id, err := p2p.FileCID(f)
		_ = f.Close() // read only
		if err != nil {
			return res, nil, err
		}
		res.Outputs = append(res.Outputs, poc.Output{Name: want.Name, File: poc.Link{Cid: id}, Size: want.Size})
	}
	res.Trace = ran.TraceRoot
	return res, ran.Leaves, nil
}

// defend says why a conviction is not asked for, if it must not be: the accused differs from what was certified, and the reference
// evaluator does not compute the latter. It is asked for what honest devices could have computed differently, floats; what it
// cannot decide is left to the chain.
func (d *disputes) defend(ctx context.Context, op market.Op) (string, error) {
	s, ok := op.(market.Slash)
	if !ok || d.node.config.referee == nil {
		return "", nil
	}
	var certified poc.Hash
	var reveals []poc.Reveal
	var r market.Run
	known := false
	err := d.node.loop.ask(ctx, func(m *market.Machine) {
		certified, reveals = m.Certified(s.Ref), m.Reveals(s.Ref)
		r, known = m.Execution(s.Ref)
	})
	if err != nil || !known || certified.IsZero() {
		return "", err
	}
	report, err := d.node.programs.analyse(ctx, r.Program)
	if err != nil || report.Tier == wgsl.Exact {
		return "", nil // equal bytes everywhere: a difference is a lie
	}
	if report.Tier == wgsl.ClassExact {
		return "honest devices may differ in its floats", nil
	}
	ctx, cancel := context.WithTimeout(ctx, disputeTime)
	defer cancel()
	computed, _, err := d.referee(ctx, s.Ref)
	switch {
	case d.ctx.Err() != nil:
		return "", d.ctx.Err()
	case err != nil:
		d.log.Info("A conviction is not checked", "task", s.Ref, "err", err)
		return "", nil
	case computed.Digest() == certified:
		return "", nil
	}
	// The certificate is wrong, so to contradict it convicts nobody. Arbiters can judge those who made it.
	for _, reveal := range reveals {
		if reveal.Result.Digest() != computed.Digest() {
			d.node.court.accuse(d.ctx, reveal, d.turnOf(s.Ref))
		}
	}
	if computed.Digest() == s.Digest {
		return "the reference evaluator computes what the accused does, and not what was certified", nil
	}
	return "the reference evaluator computes neither what the accused does nor what was certified", nil
}
