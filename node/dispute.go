package node

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
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
	disputeRequest  = 128              // bytes
	disputeResponse = 1 << 20
	maxSide         = 8 << 10 // bytes of one signed result
)

var disputeConfig = p2p.HandlerConfig{
	MaxRequest: disputeRequest, MaxResponse: disputeResponse, Timeout: disputeAsk, Rate: 5, Burst: 50, Concurrent: 8,
}

// Dispute is what came of one.
type Dispute struct {
	Task     uint32    `json:"task" cbor:"task"`                       // the task, or the unit of several
	Tasks    int       `json:"tasks,omitempty" cbor:"tasks,omitempty"` // of such a unit
	Computed *poc.Hash `json:"computed,omitempty" cbor:"computed"`     // digest of what the reference evaluator computes
	Reason   string    `json:"reason,omitempty" cbor:"reason"`         // why nobody was found wrong, else empty
	Sides    []Side    `json:"sides" cbor:"sides"`                     // in rank order
}

// Side is one worker's signed answer.
type Side struct {
	Peer    poc.PeerID  `json:"peer" cbor:"peer"`
	Account poc.Account `json:"account" cbor:"account"`
	Digest  poc.Hash    `json:"digest" cbor:"digest"`
	Wrong   bool        `json:"wrong" cbor:"wrong"`
	Reveal  []byte      `json:"reveal" cbor:"reveal"`         // the signed message
	Where   string      `json:"where,omitempty" cbor:"where"` // the first command that is wrong
	// Fault convicts with Merkle paths, if the dispute was descended against this worker: a poc.FaultProof in DAG-CBOR.
	Fault []byte `json:"fault,omitempty" cbor:"fault"`

	step *stepProof // the same for one command
}

// disputeQuestion is what a node is asked of a task that is over.
type disputeQuestion struct {
	Ref   poc.TaskRef `cbor:"ref"` // of the task; askReveals and askUnit: of the unit
	What  asked       `cbor:"what"`
	First int         `cbor:"first"` // of a subtree; else the number of a segment
	Size  int         `cbor:"size"`  // of a subtree; askMemory: a mark of the segment
}

type asked uint8

const (
	askReveals  asked = iota // signed results that it was shown
	askChildren              // of a node of its own trace
	askSegment               // command by command, as it runs here, and the leaf before it
	askMemory                // before one of its commands
	askUnit                  // the results of a unit's tasks
)

// disputeAnswer is what it says.
type disputeAnswer struct {
	Reveals   [][]byte    `cbor:"reveals,omitempty"`   // as messages
	Nodes     []poc.Hash  `cbor:"nodes,omitempty"`     // two children; or the leaf before a segment and its path
	Replay    []byte      `cbor:"replay,omitempty"`    // a gpu.Replay
	Signature []byte      `cbor:"signature,omitempty"` // over it
	Memory    *poc.Output `cbor:"memory,omitempty"`
	Unit      []byte      `cbor:"unit,omitempty"` // a market.BatchDoc
}

// disputes settles them, one after the other. It is safe for concurrent use.
type disputes struct {
	node *Node
	log  *slog.Logger

	answerTime poc.Millis // for one answer, as a segment may have to be run again from the beginning
	limit      uint64     // estimated operations that the evaluator is asked for

	ctx   context.Context
	tasks sync.WaitGroup
	turn  *semaphore.Weighted

	mu struct {
		sync.Mutex
		open    map[poc.TaskRef]bool // looked at since the start, or waiting to be
		waiting int
		settled map[poc.TaskRef]Dispute
		replays map[replayKey]*replayed
		closed  bool
	}
}

func newDisputes(n *Node) (*disputes, error) {
	d := &disputes{node: n, log: n.log, answerTime: 150_000, limit: refereeLimit, ctx: n.ctx, turn: semaphore.NewWeighted(1)}
	d.mu.open, d.mu.settled, d.mu.replays = map[poc.TaskRef]bool{}, map[poc.TaskRef]Dispute{}, map[replayKey]*replayed{}
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

// look settles the dispute about a unit that failed because no quorum agreed, once. It does not wait.
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
			d.node.court.accuse(d.ctx, r, s.step, d.turnOf(ref))
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

// of returns what came of the disputes of a job, in the order of its units.
func (d *disputes) of(v market.View) (list []Dispute) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i := range v.Tasks { // there are no more units than tasks
		if one, ok := d.mu.settled[poc.TaskRef{Job: v.ID, Task: uint32(i)}]; ok {
			list = append(list, one)
		}
	}
	return list
}

// String says in one sentence what came of it.
func (v Dispute) String() string {
	about := fmt.Sprintf("the dispute about task %d", v.Task)
	if v.Tasks > 1 {
		about = fmt.Sprintf("the dispute about unit %d", v.Task)
	}
	if v.Reason != "" {
		return about + " is open: " + v.Reason
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
			if p.Member != nil {
				wrong += fmt.Sprintf(" in task %d,", v.Task*uint32(v.Tasks)+uint32(p.Member.Task))
			}
			wrong += fmt.Sprintf(" in segment %d of %d, %s", p.Segment, p.Segments, s.Where)
		}
	}
	if wrong == "" {
		return about + " is settled: the reference evaluator agrees with all replicas"
	}
	return fmt.Sprintf("%s is settled: the reference evaluator agrees with %d of the %d replicas; wrong are%s", about, right, len(v.Sides), wrong[min(1, len(wrong)):])
}

// settle brings the signed answers together, and descends each that differs against the one that stands so far.
func (d *disputes) settle(ctx context.Context, ref poc.TaskRef) (v Dispute, err error) {
	v.Task = ref.Task
	answers, err := d.gather(ctx, ref, &v)
	if err != nil {
		return v, err
	}
	var runs []market.Run
	known, checked := false, false
	if err := d.node.loop.ask(ctx, func(m *market.Machine) { runs, known = m.Executions(ref); checked = m.Checked(ref.Job) }); err != nil {
		return v, err
	}
	switch {
	case checked && known:
		return v, d.compute(ctx, runs, &v)
	case checked: // the reason is below
	case len(answers) < 2:
		return v, errors.New("no two signed results that differ could be had")
	}
	if !known {
		v.Reason = "the task's inputs are gone"
		return v, nil
	}
	if len(runs) > 1 {
		v.Tasks = len(runs)
	}
	d.open(ctx, ref, len(runs), answers)
	stands := 0
	for next := 1; next < len(answers); next++ {
		pair := [2]sameAnswer{answers[stands], answers[next]}
		var f finding
		task, err := firstDiffering(pair)
		if err == nil {
			f, err = d.descend(ctx, runs[task], task, pair)
		}
		if ctx.Err() != nil {
			return v, ctx.Err()
		}
		if err != nil || f.silent { // equal traces of different results, differences in rows, or nobody tells: all of the unit decides
			d.log.Info("A dispute is not descended", "task", ref, "err", err, "silent", f.silent)
			return v, d.compute(ctx, runs, &v)
		}
		for s, a := range pair {
			if f.loses[s] {
				v.blame(a.reveal, f.fault[s], f.where, f.step)
			}
		}
		if f.loses[0] {
			stands = next
		}
	}
	return v, nil
}

// compute computes all of a unit on the reference evaluator and compares.
func (d *disputes) compute(ctx context.Context, runs []market.Run, v *Dispute) error {
	computed, err := d.evaluateUnit(ctx, runs, poc.Result{}, nil)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		v.Reason = reasonOf(err)
		for i := range v.Sides {
			v.Sides[i].Wrong = false
		}
		return nil
	}
	for i := range v.Sides {
		s := &v.Sides[i]
		m, err := poc.UnmarshalMessage(s.Reveal)
		if err != nil {
			return err
		}
		if len(runs) == 1 {
			computed.Without = m.(poc.Reveal).Result.Without
		}
		s.Wrong = s.Digest != computed.Digest()
	}
	digest := computed.Digest()
	v.Computed = &digest
	return nil
}

// blame notes who gave an answer that is wrong.
func (v *Dispute) blame(r poc.Reveal, fault []byte, where string, step *stepProof) {
	for i := range v.Sides {
		if s := &v.Sides[i]; s.Digest == r.Result.Digest() {
			s.Wrong, s.Where = true, where
			if s.Account == r.Account {
				s.Fault = fault
				if s.Peer == step.Peer {
					s.step = step
				}
			}
		}
	}
}

// gather brings together the signed answers in rank order, those that are alike as one. A member of the panel was shown them; others,
// as the owner, ask for them.
func (d *disputes) gather(ctx context.Context, ref poc.TaskRef, v *Dispute) ([]sameAnswer, error) {
	var candidates []poc.Worker
	var reveals []poc.Reveal
	err := d.node.loop.ask(ctx, func(m *market.Machine) { candidates, reveals = m.Candidates(ref), m.Reveals(ref) })
	if err != nil {
		return nil, err
	}
	signed := map[poc.Account]poc.Reveal{}
	differ := map[poc.Hash]bool{}
	add := func(r poc.Reveal) {
		raw, err := poc.MarshalMessage(r)
		if _, known := signed[r.Account]; err == nil && len(raw) <= maxSide && !known {
			signed[r.Account], differ[r.Result.Digest()] = r, true
		}
	}
	for _, r := range reveals {
		add(r)
	}
	asked := map[poc.PeerID]bool{}
	retry := backoff{min: 500 * time.Millisecond, max: 4 * time.Second}
	for round := range disputeRounds {
		if round > 0 && !retry.wait(ctx, nil) {
			return nil, ctx.Err()
		}
		missing := false
		for _, w := range candidates {
			if _, known := signed[w.Account]; known || asked[w.Peer] {
				continue
			}
			answers, err := d.ask(ctx, w.Peer, ref)
			if err != nil {
				missing = true
				d.log.Debug("No answer in a dispute", "peer", w.Peer, "task", ref, "err", err)
				continue
			}
			asked[w.Peer] = true
			for _, r := range answers {
				add(r)
			}
		}
		if len(differ) > 1 && !missing {
			break
		}
	}
	if len(differ) == 0 {
		return nil, errors.New("no signed result could be had")
	}
	var answers []sameAnswer
	for _, w := range candidates {
		r, ok := signed[w.Account]
		if !ok {
			continue
		}
		raw, err := poc.MarshalMessage(r)
		if err != nil {
			return nil, err
		}
		v.Sides = append(v.Sides, Side{Peer: w.Peer, Account: w.Account, Digest: r.Result.Digest(), Reveal: raw})
		i := slices.IndexFunc(answers, func(a sameAnswer) bool { return a.reveal.Result.Digest() == r.Result.Digest() })
		if i < 0 {
			i, answers = len(answers), append(answers, sameAnswer{reveal: r})
		}
		answers[i].peers = append(answers[i].peers, w.Peer)
	}
	return answers, nil
}

// ask gets the signed results that one peer knows.
func (d *disputes) ask(ctx context.Context, from poc.PeerID, ref poc.TaskRef) (out []poc.Reveal, err error) {
	a, err := d.question(ctx, from, disputeQuestion{Ref: ref, What: askReveals})
	if err != nil {
		return nil, err
	}
	if len(a.Reveals) > poc.MaxSealed {
		return nil, errors.New("the answer is too long")
	}
	for _, b := range a.Reveals {
		m, err := poc.UnmarshalMessage(b)
		if err == nil {
			_, err = poc.Validate(m, d.node.settlement)
		}
		r, ok := m.(poc.Reveal)
		if err != nil || !ok || r.Ref() != ref {
			return nil, fmt.Errorf("a signed result of the answer is none: %w", err)
		}
		out = append(out, r)
	}
	return out, nil
}

// answer serves what this node knows of a task that is over here.
func (d *disputes) answer(ctx context.Context, from peer.ID, req []byte) ([]byte, error) {
	var q disputeQuestion
	if err := poc.Decode(req, &q); err != nil {
		return nil, p2p.BadRequest("the request is no question about a task")
	}
	p, err := peerID(from)
	if err != nil {
		return nil, p2p.BadRequest("the peer has no Ed25519 key")
	}
	return d.answerFor(ctx, p, q)
}

func (d *disputes) answerFor(ctx context.Context, from poc.PeerID, q disputeQuestion) ([]byte, error) {
	var reveals []poc.Reveal
	unit := q.Ref
	err := d.node.loop.ask(ctx, func(m *market.Machine) {
		if q.What != askReveals && q.What != askUnit {
			unit, _, _ = m.UnitOf(q.Ref)
		}
		reveals = m.Reveals(unit)
	})
	if err != nil {
		return nil, p2p.Unavailable("stopping")
	}
	if len(reveals) == 0 {
		return nil, p2p.Unavailable("there is nothing to show")
	}
	var a disputeAnswer
	switch q.What {
	case askReveals:
		for _, r := range reveals {
			b, err := poc.MarshalMessage(r)
			if err != nil {
				return nil, err
			}
			if len(b) <= maxSide {
				a.Reveals = append(a.Reveals, b)
			}
		}
	case askChildren:
		leaves, err := d.trace(ctx, q.Ref)
		if err != nil {
			return nil, err
		}
		left, right, ok := poc.MerkleChildren(leaves, q.First, q.Size)
		if !ok {
			return nil, p2p.BadRequest("the trace has no such node")
		}
		a.Nodes = []poc.Hash{left, right}
	case askSegment, askMemory, askUnit:
		if err = d.admits(ctx, from, unit); err == nil && q.What == askUnit {
			a.Unit, err = d.document(ctx, unit)
		} else if err == nil {
			err = d.tells(ctx, q, &a)
		}
		if err != nil {
			return nil, err
		}
	default:
		return nil, p2p.BadRequest("this is asked of nobody")
	}
	return poc.Encode(a)
}

// trace is what this node's own run of a task left.
func (d *disputes) trace(ctx context.Context, ref poc.TaskRef) (leaves []poc.Hash, err error) {
	content := d.node.host.Content()
	id, ok := content.Pins()[tracePin(ref)]
	if !ok {
		return nil, p2p.Unavailable("this node has no trace of the task")
	}
	b, err := content.GetBlock(ctx, id, 32*maxTrace)
	for k := 0; k+32 <= len(b); k += 32 {
		leaves = append(leaves, poc.Hash(b[k:k+32]))
	}
	return leaves, err
}

// reasonOf is an error as one sentence, without its class.
func reasonOf(err error) string {
	if bad, ok := errors.AsType[*gpu.Error](err); ok {
		return bad.Reason
	}
	return err.Error()
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
	var runs []market.Run
	known := false
	err := d.node.loop.ask(ctx, func(m *market.Machine) {
		certified, reveals = m.Certified(s.Ref), m.Reveals(s.Ref)
		runs, known = m.Executions(s.Ref)
	})
	if err != nil || !known || certified.IsZero() {
		return "", err
	}
	exact := true
	for _, r := range runs {
		report, err := d.node.programs.analyse(ctx, r.Program)
		if err == nil && report.Tier == wgsl.ClassExact {
			return "honest devices may differ in its floats", nil
		}
		exact = exact && (err != nil || report.Tier == wgsl.Exact)
	}
	if exact {
		return "", nil // equal bytes everywhere: a difference is a lie
	}
	ctx, cancel := context.WithTimeout(ctx, disputeTime)
	defer cancel()
	computed, err := d.evaluateUnit(ctx, runs, poc.Result{}, nil)
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
			d.node.court.accuse(d.ctx, reveal, nil, d.turnOf(s.Ref))
		}
	}
	if computed.Digest() == s.Digest {
		return "the reference evaluator computes what the accused does, and not what was certified", nil
	}
	return "the reference evaluator computes neither what the accused does nor what was certified", nil
}
