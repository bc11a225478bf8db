package node

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"

	"gpumesh/gpu"
	"gpumesh/gpu/wgsl"
	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// Two answers whose traces differ are descended to one command: by the children of their trees to the first segment that differs, then by
// what both tell of that segment to the first command of it. This node runs that one on the reference evaluator.

const (
	maxMemory  = 256 << 20 // bytes before one command
	maxReplays = 16        // segments that this node has run again, for those who ask
	toldDomain = "gpumesh/told/1\n"
)

// finding is what came of descending two answers.
type finding struct {
	loses  [2]bool
	fault  [2][]byte // the compact proof
	step   *stepProof
	where  string // the command, for people
	silent bool   // nobody ran anything: a side did not answer
}

// stepProof convicts the author of a signed result of one command: it told with its peer's key what the command does, and that is wrong.
type stepProof struct {
	Fault     []byte      `cbor:"fault"` // a poc.FaultProof: the segment, between two leaves of the trace that it signed
	Replay    []byte      `cbor:"replay"`
	Signature []byte      `cbor:"signature"` // over the replay, by the peer
	Peer      poc.PeerID  `cbor:"peer"`
	Mark      int         `cbor:"mark"`
	Memory    *poc.Output `cbor:"memory"` // before the command; nil: nothing runs, as a part begins there
}

// told is what a worker signs with its peer's key when it tells a segment.
func told(ref poc.TaskRef, segment int, replay []byte) []byte {
	return append(append([]byte(toldDomain), poc.MustEncode(struct {
		Ref     poc.TaskRef `cbor:"ref"`
		Segment int         `cbor:"segment"`
	}{ref, segment})...), replay...)
}

// descent is one under way.
type descent struct {
	d       *disputes
	run     market.Run
	task    int // of the unit
	prog    *gpu.Program
	answers [2]sameAnswer
	state   *poc.Dispute

	teller  [2]poc.PeerID // who told the segment
	replay  [2]*gpu.Replay
	raw     [2][]byte // the same, as it is signed
	signed  [2][]byte
	fault   [2][]byte
	segment int
}

// descend finds the first command about which two answers differ in a task of their unit, and who is wrong. The error is one sentence: why nobody was found to be.
func (d *disputes) descend(ctx context.Context, run market.Run, task int, answers [2]sameAnswer) (f finding, err error) {
	block, err := d.node.host.Content().GetBlock(ctx, run.Program.Cid, gpu.MaxProgram)
	if err != nil {
		return f, err
	}
	x := &descent{d: d, run: run, task: task, answers: answers}
	if x.prog, err = gpu.DecodeProgram(block); err != nil {
		return f, err
	}
	x.state, err = poc.NewDispute(d.node.now(), run.Ref, answers[0].results[task].Trace, answers[1].results[task].Trace, x.prog.Leaves(), d.answerTime)
	if err != nil {
		return f, err
	}
	for x.state.Phase() != poc.Decided {
		if ctx.Err() != nil {
			return f, ctx.Err()
		}
		if x.state.Phase() == poc.Refereeing {
			return x.referee(ctx)
		}
		if x.state.Phase() == poc.Telling {
			x.segment, _, _ = x.state.Bisection().Found()
		}
		if err := x.round(ctx); err != nil {
			return f, err
		}
	}
	if f.loses = x.state.Loses; f.loses == [2]bool{} {
		return f, errors.New(x.state.Why)
	}
	f.silent = true
	return f, nil
}

// round asks both sides what they are to say next. Who has said nothing in time is silent.
func (x *descent) round(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, millis(poc.Millis(max(1, x.state.Until()-x.d.node.now()))))
	defer cancel()
	phase, asked := x.state.Phase(), x.state.Bisection()
	events := make([]poc.DisputeEvent, 2)
	done := make(chan error, 2)
	for s := range events {
		go func() {
			var err error
			events[s], err = x.event(ctx, s, phase)
			done <- err
		}()
	}
	failed := errors.Join(<-done, <-done)
	for _, ev := range events {
		if ev == nil || x.state.Phase() != phase || x.state.Bisection() != asked {
			continue
		}
		if _, err := x.state.Step(x.d.node.now(), ev); err != nil && !errors.Is(err, poc.ErrNotAsked) {
			return err
		}
	}
	if failed == nil || x.state.Phase() != phase {
		return nil
	}
	x.d.log.Debug("No answer in a dispute", "task", x.run.Ref, "err", failed)
	_, err := x.state.Step(x.state.Until(), poc.Elapsed{})
	return err
}

// event is what one side answers in a phase.
func (x *descent) event(ctx context.Context, s int, phase poc.DisputePhase) (poc.DisputeEvent, error) {
	b := x.state.Bisection()
	side := poc.Side(s)
	if phase == poc.Telling {
		return x.tell(ctx, s)
	}
	first, size := b.Question()
	var ev poc.DisputeEvent
	_, err := x.ask(ctx, s, disputeQuestion{Ref: x.run.Ref, What: askChildren, First: first, Size: size}, func(a disputeAnswer) error {
		if len(a.Nodes) != 2 {
			return errors.New("these are not two nodes of a tree")
		}
		ev = poc.Children{Side: side, Left: a.Nodes[0], Right: a.Nodes[1]}
		return b.Fits(side, a.Nodes[0], a.Nodes[1])
	})
	return ev, err
}

// tell asks a side what happens in the segment and what was before it, which is the compact proof of where its trace has it, too.
func (x *descent) tell(ctx context.Context, s int) (ev poc.DisputeEvent, err error) {
	b, side := x.state.Bisection(), poc.Side(s)
	segment, after, _ := b.Found()
	p := poc.FaultProof{
		Reveal: x.answers[s].reveal, Member: x.answers[s].member(x.task), Segments: x.prog.Leaves(), Segment: segment, After: after[s], AfterPath: b.Path(side),
	}
	x.teller[s], err = x.ask(ctx, s, disputeQuestion{Ref: x.run.Ref, What: askSegment, First: segment}, func(a disputeAnswer) error {
		if p.Before, p.BeforePath = (poc.Hash{}), nil; segment > 0 && len(a.Nodes) > 0 {
			p.Before, p.BeforePath = a.Nodes[0], a.Nodes[1:]
		}
		if err := x.state.Begins(side, p.Before, p.BeforePath); err != nil {
			return err
		}
		replay := new(gpu.Replay)
		if err := poc.Decode(a.Replay, replay); err != nil {
			return err
		}
		x.replay[s], x.raw[s], x.signed[s] = replay, a.Replay, a.Signature
		return x.prog.CheckReplay(segment, replay, p.Before, p.After)
	})
	if err != nil {
		return nil, err
	}
	if x.fault[s], err = poc.Encode(p); err != nil {
		return nil, err
	}
	marks, err := x.prog.Marks(segment)
	if err != nil {
		return nil, err
	}
	told := poc.Told{Side: side, Before: p.Before, Path: p.BeforePath}
	for i, m := range marks {
		m.Roots = x.replay[s].Mark(x.prog, i)
		told.Marks = append(told.Marks, m.Hash())
	}
	return told, nil
}

// referee runs the one command that is left.
func (x *descent) referee(ctx context.Context) (f finding, err error) {
	q := x.state.Question()
	marks, err := x.prog.Marks(x.segment)
	if err != nil {
		return f, err
	}
	m := marks[q.Mark]
	before := x.replay[0].Mark(x.prog, max(0, q.Mark-1))
	var roots [][32]byte
	var memory *poc.Output
	if m.Command < 0 {
		roots, err = x.d.decideMark(ctx, x.run, x.segment, q.Mark, before, nil, nil)
	} else {
		var size uint64
		if size, err = x.prog.MemorySize(m); err != nil {
			return f, err
		}
		for s := range 2 { // both agree on it; one may be away, or hand over something else
			var from poc.PeerID
			from, err = x.ask(ctx, s, disputeQuestion{Ref: x.run.Ref, What: askMemory, First: x.segment, Size: q.Mark}, func(a disputeAnswer) error {
				if memory = a.Memory; memory == nil || memory.Size != size || memory.Size > maxMemory {
					return errors.New("this is not the memory before the command")
				}
				return nil
			})
			if err == nil {
				roots, err = x.d.decideMark(ctx, x.run, x.segment, q.Mark, before, memory, []poc.PeerID{from})
			}
			if err == nil {
				break
			}
		}
	}
	if err != nil {
		return f, fmt.Errorf("the command in dispute cannot be run: %s", reasonOf(err))
	}
	m.Roots = roots
	if _, err := x.state.Step(x.d.node.now(), poc.Ruled{After: m.Hash()}); err != nil {
		return f, err
	}
	f.loses = x.state.Loses
	f.where = fmt.Sprintf("at command %d of %s", m.Command, m.Part.List)
	if m.Command < 0 {
		f.where = "where " + m.Part.List + " begins"
	}
	if m.Part.List == "step" {
		f.where += " " + strconv.Itoa(int(m.Part.Step))
	}
	for s, lost := range f.loses {
		if lost {
			f.fault[s] = x.fault[s]
			f.step = &stepProof{x.fault[s], x.raw[s], x.signed[s], x.teller[s], q.Mark, memory}
		}
	}
	return f, nil
}

// ask puts a question to a side.
func (x *descent) ask(ctx context.Context, s int, q disputeQuestion, take func(disputeAnswer) error) (poc.PeerID, error) {
	return x.d.askAny(ctx, x.answers[s].peers, q, take)
}

// askAny puts a question to peers that say the same, until one has answered and take has accepted it, or ctx ends.
func (d *disputes) askAny(ctx context.Context, peers []poc.PeerID, q disputeQuestion, take func(disputeAnswer) error) (poc.PeerID, error) {
	retry := backoff{min: 100 * time.Millisecond, max: 4 * time.Second}
	for {
		var err error
		for _, p := range peers {
			var a disputeAnswer
			if a, err = d.question(ctx, p, q); err == nil {
				err = take(a)
			}
			if err == nil {
				return p, nil
			}
		}
		if !retry.wait(ctx, nil) {
			return poc.PeerID{}, err
		}
	}
}

// question asks one peer.
func (d *disputes) question(ctx context.Context, of poc.PeerID, q disputeQuestion) (a disputeAnswer, err error) {
	d.log.Debug("Question in a dispute", "task", q.Ref, "of", of, "what", int(q.What), "first", q.First, "size", q.Size)
	var raw []byte
	if of == d.node.self {
		raw, err = d.answerFor(ctx, d.node.self, q)
	} else {
		var id peer.ID
		if id, err = hostID(of); err != nil {
			return a, err
		}
		ctx, cancel := context.WithTimeout(ctx, disputeAsk)
		defer cancel()
		raw, err = d.node.host.Request(ctx, id, disputeName, poc.MustEncode(q))
	}
	if err == nil {
		err = poc.Decode(raw, &a)
	}
	return a, err
}

// decideMark has the reference evaluator run one command of a task, or find what a part begins with.
func (d *disputes) decideMark(ctx context.Context, r market.Run, segment, mark int, before [][32]byte, memory *poc.Output, from []poc.PeerID) (roots [][32]byte, err error) {
	n := d.node
	if n.config.referee == nil {
		return nil, errNoReferee
	}
	report, err := n.programs.analyse(ctx, r.Program, hostIDs(append(from, r.Owner), n.self)...)
	if err != nil {
		return nil, err
	}
	if report.Tier == wgsl.ClassExact {
		return nil, errAnyFloats
	}
	if err := d.turn.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer d.turn.Release(1)
	dir, x, err := n.runs.prepare(ctx, r, from)
	if err != nil {
		return nil, err
	}
	defer n.runs.clean(dir)
	path := ""
	if memory != nil {
		path = filepath.Join(dir, "memory")
		size, err := n.host.Content().ExportFile(ctx, memory.File.Cid, path, int64(memory.Size), hostIDs(from, n.self)...)
		if err != nil {
			return nil, err
		}
		if uint64(size) != memory.Size {
			return nil, gpu.Errorf(gpu.InvalidInput, "the memory has %d bytes and not %d", size, memory.Size)
		}
	}
	err = n.runs.within(ctx, 0, n.runs.patience, func(ctx context.Context) (err error) {
		roots, err = n.config.referee.Decide(ctx, x, segment, mark, before, path)
		return err
	})
	return roots, err
}

// replayed is a segment that this node runs again, or has.
type replayed struct {
	done   chan struct{}
	replay []byte // as it is signed
	memory *poc.Output
	err    error
}

type replayKey struct {
	ref           poc.TaskRef
	segment, mark int // mark: whose memory is wanted; 0: none
}

// again returns what a segment is when it is run again on this node's device; until that is known it is unavailable.
func (d *disputes) again(k replayKey) (*replayed, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	r := d.mu.replays[k]
	if r == nil && !d.mu.closed {
		if len(d.mu.replays) >= maxReplays {
			for old, r := range d.mu.replays {
				select {
				case <-r.done:
					delete(d.mu.replays, old)
				default:
				}
			}
		}
		if len(d.mu.replays) >= maxReplays {
			return nil, p2p.Unavailable("too many segments are being run again")
		}
		r = &replayed{done: make(chan struct{})}
		d.mu.replays[k] = r
		d.tasks.Go(func() {
			ctx, cancel := context.WithTimeout(d.ctx, disputeTime)
			defer cancel()
			r.err = d.rerun(ctx, k, r)
			close(r.done)
		})
	}
	if r == nil {
		return nil, p2p.Unavailable("stopping")
	}
	select {
	case <-r.done:
	default:
		return nil, p2p.Unavailable("the segment is being run again")
	}
	if r.err != nil {
		d.log.Info("A segment cannot be told", "task", k.ref, "segment", k.segment, "err", r.err)
		return nil, p2p.Unavailable("the segment cannot be run again here")
	}
	return r, nil
}

func (d *disputes) rerun(ctx context.Context, k replayKey, out *replayed) error {
	n := d.node
	var runs []market.Run
	index, known := 0, false
	err := n.loop.ask(ctx, func(m *market.Machine) {
		unit, i, ok := m.UnitOf(k.ref)
		index = i
		runs, known = m.Executions(unit)
		known = known && ok
	})
	if err != nil {
		return err
	}
	if !known || n.config.runner == nil {
		return errors.New("the task cannot be run here")
	}
	r := runs[index]
	dir, x, err := n.runs.prepare(ctx, r, nil)
	if err != nil {
		return err
	}
	defer n.runs.clean(dir)
	x.Timeout = time.Duration(r.Timeout) * time.Second
	x.MaxBusy = n.runs.deviceTime(ctx, r)
	path := ""
	if k.mark > 0 {
		path = filepath.Join(dir, "memory")
	}
	report, err := n.programs.analyse(ctx, r.Program)
	if err != nil {
		return err
	}
	var replay *gpu.Replay
	err = n.runs.within(ctx, report.Bytes, n.runs.patience, func(ctx context.Context) (err error) {
		replay, err = n.config.runner.Replay(ctx, x, k.segment, k.mark, path)
		return err
	})
	if err != nil {
		return err
	}
	if out.replay, err = poc.Encode(replay); err != nil || path == "" {
		return err
	}
	content := n.host.Content()
	file, size, err := content.AddFile(ctx, path, maxMemory, p2p.Shared)
	if err != nil {
		return err
	}
	out.memory = &poc.Output{Name: "memory", File: poc.Link{Cid: file}, Size: uint64(size)}
	return content.Pin(ctx, memoryPin(k.ref), file)
}

func memoryPin(ref poc.TaskRef) string { return fmt.Sprintf("%smemory/%d", jobPins(ref.Job), ref.Task) }

// tells is this node's own word about a segment.
func (d *disputes) tells(ctx context.Context, q disputeQuestion, a *disputeAnswer) error {
	leaves, err := d.trace(ctx, q.Ref)
	if err != nil {
		return err
	}
	if q.First < 0 || q.First >= len(leaves) {
		return p2p.BadRequest("the trace has no such segment")
	}
	k := replayKey{q.Ref, q.First, 0}
	if q.What == askMemory {
		k.mark = q.Size
	}
	r, err := d.again(k)
	if err != nil {
		return err
	}
	if a.Memory = r.memory; q.What == askSegment {
		a.Replay, a.Signature = r.replay, ed25519.Sign(d.node.key, told(q.Ref, q.First, r.replay))
		if q.First > 0 {
			a.Nodes = append([]poc.Hash{leaves[q.First-1]}, poc.MerklePath(leaves, q.First-1)...)
		}
	}
	return nil
}
