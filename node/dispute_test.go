package node

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/bits"
	"strings"
	"sync"
	"testing"

	"github.com/ipfs/go-cid"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/wgsl"
	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// floatDraft makes a job of one task in the reproducible tier.
func (tn *testNode) floatDraft(p poc.Policy) market.Spec {
	t := tn.t()
	prog, _ := testProgram(t)
	prog.Modules[0].WGSL = strings.NewReplacer("u32>;", "f32>;", "2u *", "1.5 + 2.5 *").Replace(prog.Modules[0].WGSL)
	prog.Modules[0].Float = gpu.Reproducible1
	prog.Buffers[0].Type, prog.Buffers[1].Type = gpu.F32, gpu.F32
	report, err := gpu.Check(prog)
	require.NoError(t, err)
	require.Equal(t, wgsl.Reproducible, report.Tier)
	block, err := prog.Encode()
	require.NoError(t, err)
	link, err := tn.Content().PutBlock(t.Context(), block, cid.DagCBOR, p2p.Shared)
	require.NoError(t, err)
	file, _, err := tn.Content().Add(t.Context(), bytes.NewReader(make([]byte, 256)), 1<<20, p2p.Shared)
	require.NoError(t, err)
	return market.Spec{
		Name: "floats", Policy: p, MaxPrice: market.NLOV, Deadline: testDeadline(),
		Tasks: []market.Task{{
			Name: "floats", Program: poc.Link{Cid: link}, Timeout: 60,
			Inputs:  []market.Input{{Name: "x", Parts: []market.Part{{File: &poc.Link{Cid: file}, Size: 256}}}},
			Outputs: []market.OutSpec{{Name: "y", Size: 256}},
		}},
	}
}

// chainDraft makes a job of one task that doubles and adds, again and again: 2 commands in each of 20 steps, 3 of them in a segment.
func (tn *testNode) chainDraft(p poc.Policy) market.Spec {
	t := tn.t()
	s := tn.floatDraft(p)
	prog, _ := testProgram(t)
	prog.Modules[0].WGSL = strings.NewReplacer("y[id.x] = 2u *", "y[id.x] = y[id.x] + 2u *").Replace(prog.Modules[0].WGSL)
	prog.Buffers = append(prog.Buffers, gpu.Buffer{Name: "z", Kind: gpu.State, Type: gpu.U32, Len: 256})
	prog.Step = []gpu.Command{
		{Op: gpu.Dispatch, Entry: "main", Bind: []gpu.Binding{{Buffer: 0}, {Buffer: 2}}, Grid: [3]uint32{1, 1, 1}},
		{Op: gpu.Dispatch, Entry: "main", Bind: []gpu.Binding{{Buffer: 2}, {Buffer: 1}}, Grid: [3]uint32{1, 1, 1}},
	}
	prog.Steps, prog.Segment = 20, 3
	report, err := gpu.Check(prog)
	require.NoError(t, err)
	require.Equal(t, wgsl.Exact, report.Tier)
	block, err := prog.Encode()
	require.NoError(t, err)
	link, err := tn.Content().PutBlock(t.Context(), block, cid.DagCBOR, p2p.Shared)
	require.NoError(t, err)
	s.Name, s.Tasks[0].Program = "chain", poc.Link{Cid: link}
	return s
}

// unitDraft makes a job of two units of four tasks each, of which task 6, in the second, is that of chainDraft, and the others are those of floatDraft.
func (tn *testNode) unitDraft(p poc.Policy) market.Spec {
	s, chain := tn.floatDraft(p), tn.chainDraft(p).Tasks[0]
	for i := range 8 {
		if i > 0 {
			s.Tasks = append(s.Tasks, s.Tasks[0])
		}
		if i == 6 {
			s.Tasks[i] = chain
		}
		s.Tasks[i].Name = fmt.Sprint("task", i)
	}
	s.Batch = 4
	return s
}

// differing makes a node whose device lies in a dispatch, if it is not 0.
func differing(tn *testNode, wrong int) {
	tn.instead, tn.referee = evalRunner{wrong: wrong}, evalRunner{}
}

// Two workers differ and both must agree, so nothing is certified. Everybody, the owner too, descends their traces to one command, runs that
// one, and so finds out who is wrong, and can prove it.
func TestDisputeNamesWhoIsWrong(t *testing.T) {
	t.Parallel()
	for name, job := range map[string]struct {
		draft func(tn *testNode, p poc.Policy) market.Spec
		unit  uint32
		said  string
		task  *poc.Member
	}{
		"a task":            {(*testNode).chainDraft, 0, "task 0 is settled: the reference evaluator agrees with 1 of the 2 replicas; wrong are %s in segment 2 of 7, at command 1 of step 7", nil},
		"a unit of several": {(*testNode).unitDraft, 1, "unit 1 is settled: the reference evaluator agrees with 1 of the 2 replicas; wrong are %s in task 6, in segment 2 of 7, at command 1 of step 7", &poc.Member{Task: 2, Tasks: 4}},
	} {
		t.Run(name, func(t *testing.T) { testDispute(t, job.draft, job.unit, job.said, job.task) })
	}
}

// questions is a log that notes what a node asks in disputes: each question once, however often it had to be repeated.
type questions struct {
	slog.Handler
	asked *sync.Map
}

func (questions) Enabled(context.Context, slog.Level) bool { return true }

func (q questions) Handle(ctx context.Context, r slog.Record) error {
	if r.Message == "Question in a dispute" {
		told := map[string]any{}
		r.Attrs(func(a slog.Attr) bool {
			told[a.Key] = a.Value.Any()
			return true
		})
		what := asked(told["what"].(int64))
		q.asked.Store(questionTo{what, told["first"].(int64), told["size"].(int64), told["of"].(poc.PeerID)}, true)
	}
	if !q.Handler.Enabled(ctx, r.Level) {
		return nil
	}
	return q.Handler.Handle(ctx, r)
}

func (q questions) WithAttrs(as []slog.Attr) slog.Handler {
	return questions{q.Handler.WithAttrs(as), q.asked}
}

type questionTo struct {
	what        asked
	first, size int64
	of          poc.PeerID
}

// rounds is how often a node asked both sides about their traces, of which each asks about a part of the one before, and then about one segment.
func rounds(t *testing.T, all *sync.Map) int {
	sides := map[questionTo]int{} // without of
	all.Range(func(k, _ any) bool {
		if q := k.(questionTo); q.what == askChildren || q.what == askSegment {
			q.of = poc.PeerID{}
			sides[q]++
		}
		return true
	})
	for q, n := range sides {
		require.Equal(t, 2, n, "%+v is asked of %d peers", q, n)
	}
	return len(sides)
}

func testDispute(t *testing.T, draft func(tn *testNode, p poc.Policy) market.Spec, unit uint32, said string, task *poc.Member) {
	t.Parallel()
	const wrong = 2
	c := newCluster(t, 3, func(i int, tn *testNode) {
		differing(tn, 0)
		if i == wrong {
			differing(tn, 2*7+2) // the second command of step 7
		}
		tn.referee = decider{evalRunner{}}
		tn.asked = new(sync.Map)
	})
	owner := c.nodes[0]
	id := c.submit(owner, draft(owner, poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 2}))
	for _, tn := range c.nodes {
		c.until(func() bool {
			v, err := tn.Job(t.Context(), id)
			return err == nil && len(tn.disputes.of(v)) == 1
		}, "a verdict at "+string(tn.account))
		v, err := tn.Job(t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, fmt.Sprintf("the dispute about "+said, c.nodes[wrong].Peer().Short()), v.Explain[len(v.Explain)-1])
		const segments = 7
		n := rounds(t, tn.asked)
		require.True(t, 2 <= n && n <= bits.Len(segments-1)+1, "%d rounds of questions about %d segments", n, segments)
	}
	r, err := owner.Receipt(t.Context(), id)
	require.NoError(t, err)
	b, err := json.Marshal(r)
	require.NoError(t, err)
	r = Receipt{}
	require.NoError(t, json.Unmarshal(b, &r))
	require.Len(t, r.Disputes, 1)
	require.Equal(t, unit, r.Disputes[0].Task)
	for _, s := range r.Disputes[0].Sides {
		require.Equal(t, s.Account == account(wrong), s.Wrong)
		if !s.Wrong {
			require.Nil(t, s.Fault)
			continue
		}
		var p poc.FaultProof
		require.NoError(t, poc.Decode(s.Fault, &p))
		require.NoError(t, p.Check(poc.Hash{}, c.fake.As(treasury)))
		require.Equal(t, account(wrong), p.Reveal.Account)
		require.Equal(t, 2, p.Segment)
		require.Equal(t, poc.TaskRef{Job: id, Task: unit}, p.Reveal.Ref())
		if require.Equal(t, task == nil, p.Member == nil); task != nil {
			require.Equal(t, [2]int{task.Task, task.Tasks}, [2]int{p.Member.Task, p.Member.Tasks})
		}
		p.After[0] ^= 1
		require.Error(t, p.Check(poc.Hash{}, c.fake.As(treasury)))
	}
	// It is still known after a restart.
	c.crash(owner)
	owner.start()
	v, err := owner.Job(t.Context(), id)
	require.NoError(t, err)
	require.Len(t, owner.disputes.of(v), 1)
}

// decider runs one command at a time, and never a task.
type decider struct{ evalRunner }

func (decider) RunFrom(context.Context, Execution, Checkpoints) (*gpu.Result, error) {
	return nil, gpu.Errorf(gpu.Unsupported, "this runs single commands only")
}

// Who says nothing when it is asked is found wrong by computing all of the task, and so is who signs other results than those of its trace.
func TestDisputeWithoutDescent(t *testing.T) {
	t.Parallel()
	for name, job := range map[string]struct {
		change   func(tn *testNode)
		draft    func(tn *testNode, p poc.Policy) market.Spec
		disputes int
	}{
		"silent":                       {func(tn *testNode) { tn.instead = silent{evalRunner{wrong: 3}} }, (*testNode).chainDraft, 1},
		"silent about a unit":          {func(tn *testNode) { tn.instead = silent{evalRunner{wrong: 2*7 + 2}} }, (*testNode).unitDraft, 1},
		"other results than its trace": {func(tn *testNode) { tn.cfg.Fault = FaultLie }, (*testNode).chainDraft, 1},
		"other results in units":       {func(tn *testNode) { tn.cfg.Fault = FaultLie }, (*testNode).unitDraft, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const wrong = 2
			c := newCluster(t, 3, func(i int, tn *testNode) {
				differing(tn, 0)
				if i == wrong {
					job.change(tn)
				}
			})
			owner := c.nodes[0]
			for _, tn := range c.nodes {
				tn.disputes.answerTime = 3_000
			}
			id := c.submit(owner, job.draft(owner, poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 2}))
			c.until(func() bool {
				v, err := owner.Job(t.Context(), id)
				return err == nil && len(owner.disputes.of(v)) == job.disputes
			}, "a verdict")
			v, err := owner.Job(t.Context(), id)
			require.NoError(t, err)
			for _, d := range owner.disputes.of(v) {
				require.Empty(t, d.Reason)
				for _, s := range d.Sides {
					require.Equal(t, s.Account == account(wrong), s.Wrong)
				}
			}
		})
	}
}

// silent tells nobody what it did.
type silent struct{ evalRunner }

func (silent) Replay(context.Context, Execution, int, int, string) (*gpu.Replay, error) {
	return nil, gpu.Errorf(gpu.Internal, "this is not told")
}

// A majority whose devices compute floats wrongly certifies what it found, and still does not convict the one that is right.
func TestHonestMinorityIsNotConvicted(t *testing.T) {
	t.Parallel()
	right, wrong := func(i int) bool { return i != 4 }, func(i int) bool { return i == 4 } // the minority is
	for name, job := range map[string]struct {
		off    func(i int) bool
		draft  func(tn *testNode, p poc.Policy) market.Spec
		faults int // of the minority
	}{
		"the minority is right":          {right, (*testNode).floatDraft, 0},
		"the minority is wrong":          {wrong, (*testNode).floatDraft, 1},
		"the minority is right in units": {right, (*testNode).unitDraft, 0},
		"the minority is wrong in units": {wrong, (*testNode).unitDraft, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCluster(t, 5, func(i int, tn *testNode) {
				differing(tn, 0)
				if job.off(i) {
					differing(tn, 1)
				}
			})
			owner := c.nodes[0]
			id := c.submit(owner, job.draft(owner, poc.Policy{Replicas: 4, Quorum: 3, MaxReplicas: 4}))
			for _, tn := range c.nodes { // it is over when every conviction is in, or refused
				tn.wait(id, "its end", over)
			}
			st, err := c.fake.As(treasury).Standing(t.Context(), account(4))
			require.NoError(t, err)
			require.EqualValues(t, job.faults, st.Faults)
		})
	}
}

// heldRunner runs nothing before it is opened.
type heldRunner struct {
	Runner
	open chan struct{}
}

func (r *heldRunner) RunFrom(ctx context.Context, x Execution, c Checkpoints) (*gpu.Result, error) {
	select {
	case <-r.open:
		return r.Runner.RunFrom(ctx, x, c)
	case <-ctx.Done():
		return nil, gpu.Errorf(gpu.Canceled, "the run was canceled")
	}
}

func (r *heldRunner) Decide(ctx context.Context, x Execution, leaf, at int, before [][32]byte, memory string) ([][32]byte, error) {
	select {
	case <-r.open:
		return r.Runner.Decide(ctx, x, leaf, at, before, memory)
	case <-ctx.Done():
		return nil, gpu.Errorf(gpu.Canceled, "the run was canceled")
	}
}
