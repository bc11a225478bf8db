package audit_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/audit"
	"gpumesh/gpu/audit/audittest"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gputest"
)

// regression is a worker's order: a training with n segments of steps each, the last of which is Final, on data of the shard.
func regression(n, steps, columns uint32, shard uint64) audit.Work {
	const rows, far = 4, 3
	p := gputest.Regression((n-1)*steps, rows, columns, far, 0.01)
	p.Segment = steps
	rng := rand.New(rand.NewPCG(shard, 11))
	data := func(n uint32) gpu.Input {
		var b []byte
		for range n {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(rng.NormFloat64())))
		}
		return bytes.NewReader(b)
	}
	all := p.Steps * rows
	return audit.Work{Program: p, Task: gpu.Task{Seed: shard, Learned: new(gpu.Learned), Inputs: map[string]gpu.Input{"x": data(all * columns), "y": data(all), "far": data(far * columns)}}}
}

func onEvaluator(work audit.Work) *audittest.Worker {
	return &audittest.Worker{Device: eval.Open(), Class: "evaluator", Work: work, Other: audittest.Shift(work.Task.Inputs, "x", 64), Weights: []string{"w", "c"}}
}

func evaluator() *audit.Auditor { return &audit.Auditor{Device: eval.Open(), Class: "evaluator"} }

func at(d audittest.Deed, segments ...int) func(int) audittest.Deed {
	return func(k int) audittest.Deed {
		for _, s := range segments {
			if s == k {
				return d
			}
		}
		return audittest.Honest
	}
}

// TestVerdicts audits every segment of claims with one deed, and finds it there and nowhere else.
func TestVerdicts(t *testing.T) {
	const n, bad = 6, 2
	work := regression(n, 3, 5, 1)
	for name, c := range map[string]struct {
		deed audittest.Deed
		want map[int]audit.Verdict
	}{
		"honest":           {audittest.Honest, nil},
		"skips":            {audittest.Skip, map[int]audit.Verdict{bad: audit.Differs}},
		"extrapolates":     {audittest.Extrapolate, map[int]audit.Verdict{bad: audit.Differs}},
		"other data":       {audittest.OtherData, map[int]audit.Verdict{bad: audit.Differs}},
		"perturbs":         {audittest.Perturb, map[int]audit.Verdict{bad: audit.Differs}},
		"fabricates":       {audittest.Fabricate, map[int]audit.Verdict{bad: audit.Differs, bad + 1: audit.StateMismatch}},
		"serves a forgery": {audittest.ForgeState, map[int]audit.Verdict{bad + 1: audit.StateMismatch}},
	} {
		t.Run(name, func(t *testing.T) {
			w := onEvaluator(work).Run(t, at(c.deed, bad))
			for k := range n {
				want := audit.Agrees
				if v, ok := c.want[k]; ok {
					want = v
				}
				f := w.Check(t, evaluator(), work, k)
				require.Equal(t, want, f.Verdict, "segment %d: %s", k, f.Reason)
				require.Equal(t, want == audit.Agrees, f.Reason == "")
			}
		})
	}
}

// TestWholeClaims audits claims that belong to another work, of which every segment is wrong.
func TestWholeClaims(t *testing.T) {
	const n = 6
	work, neighbour := regression(n, 3, 5, 1), regression(n, 3, 5, 2)
	w := onEvaluator(neighbour).Run(t, at(audittest.Honest))
	for k := range n {
		require.Equal(t, audit.Agrees, w.Check(t, evaluator(), neighbour, k).Verdict)
		f := w.Check(t, evaluator(), work, k)
		require.Equal(t, audit.Differs, f.Verdict, "segment %d", k)
		require.NotEqual(t, f.Claimed, f.Computed)
	}

	mine := onEvaluator(work).Run(t, at(audittest.Honest))
	for k := 1; k < n; k++ {
		stale := mine.Hand(k)
		stale.Before = bytes.NewReader(w.Served[k])
		f, err := evaluator().Check(t.Context(), work, mine.Claim, k, stale)
		require.NoError(t, err)
		require.Equal(t, audit.StateMismatch, f.Verdict, "a checkpoint of another run")
		if k > 1 {
			stale.Before = bytes.NewReader(mine.Served[k-1])
			f, err = evaluator().Check(t.Context(), work, mine.Claim, k, stale)
			require.NoError(t, err)
			require.Equal(t, audit.StateMismatch, f.Verdict, "an earlier checkpoint of this run")
		}
	}
}

func TestResultsBelongToTheLastSegment(t *testing.T) {
	work := regression(4, 2, 5, 1)
	w := onEvaluator(work).Run(t, at(audittest.Honest))
	w.Claim.Results["w"] = [32]byte{1}
	f := w.Check(t, evaluator(), work, 3)
	require.Equal(t, audit.Differs, f.Verdict)
	require.Equal(t, `the result "w" is not what the last segment gives`, f.Reason)
	require.Equal(t, audit.Agrees, w.Check(t, evaluator(), work, 2).Verdict)
}

func TestWhatIsMissing(t *testing.T) {
	work := regression(4, 2, 5, 1)
	w := onEvaluator(work).Run(t, at(audittest.Honest))
	f, err := evaluator().Check(t.Context(), work, w.Claim, 1, audit.States{})
	require.NoError(t, err)
	require.Equal(t, audit.StateMissing, f.Verdict)
	for _, torn := range [][]byte{nil, []byte("hello"), w.Served[1][:len(w.Served[1])-1], append([]byte{'x'}, w.Served[1]...)} {
		f, err = evaluator().Check(t.Context(), work, w.Claim, 1, audit.States{Before: bytes.NewReader(torn)})
		require.NoError(t, err)
		require.Equal(t, audit.StateMismatch, f.Verdict)
		require.NotEmpty(t, f.Reason)
	}
	for name := range work.Task.Inputs {
		less := work
		less.Task.Inputs = audittest.Shift(work.Task.Inputs, name, 0)
		delete(less.Task.Inputs, name)
		require.Equal(t, audit.InputMissing, w.Check(t, evaluator(), less, 1).Verdict)
		less.Task.Inputs[name] = bytes.NewReader(make([]byte, 4))
		_, err := evaluator().Check(t.Context(), less, w.Claim, 1, w.Hand(1))
		require.Equal(t, gpu.InvalidInput, gpu.CodeOf(err))
	}
}

type broken struct{ gpu.Input }

func (broken) ReadAt([]byte, int64) (int, error) { return 0, errors.New("the disk is gone") }

// TestTheAuditorsTrouble is never held against the worker.
func TestTheAuditorsTrouble(t *testing.T) {
	work := regression(4, 2, 5, 1)
	w := onEvaluator(work).Run(t, at(audittest.Honest))
	_, err := evaluator().Check(t.Context(), work, w.Claim, 1, audit.States{Before: broken{bytes.NewReader(w.Served[1])}})
	require.ErrorContains(t, err, "the disk is gone")
	for name, in := range work.Task.Inputs {
		bad := work
		bad.Task.Inputs = audittest.Shift(work.Task.Inputs, name, 0)
		bad.Task.Inputs[name] = broken{in}
		for k := range 4 {
			f, err := evaluator().Check(t.Context(), bad, w.Claim, k, w.Hand(k))
			require.ErrorContains(t, err, "the disk is gone", "input %q, segment %d: %v", name, k, f)
		}
	}
}

func TestClaimsThatCannotBe(t *testing.T) {
	work := regression(4, 2, 5, 1)
	w := onEvaluator(work).Run(t, at(audittest.Honest))
	for want, c := range map[string]*audit.Claim{
		"the claim has 0 leaves; the program has 4":       {},
		"the claim does not say what the result \"w\" is": {Leaves: make([][32]byte, 4)},
		"the claim has 4 results; the program has 3":      {Leaves: make([][32]byte, 4), Results: map[string][32]byte{"w": {}, "loss": {}, "guess": {}, "more": {}}},
	} {
		_, err := evaluator().Check(t.Context(), work, c, 0, audit.States{})
		require.ErrorContains(t, err, want)
	}
	for _, k := range []int{-1, 4} {
		_, err := evaluator().Check(t.Context(), work, w.Claim, k, audit.States{})
		require.ErrorContains(t, err, "the claim has no segment")
	}
}
