package audit_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/audit"
	"gpumesh/gpu/eval"
)

func onEvaluator(work audit.Work) *worker {
	return &worker{device: eval.Open(), class: "evaluator", work: work, other: shift(work.Task.Inputs, "x", 64), weights: []string{"w", "c"}}
}

func evaluator() *audit.Auditor { return &audit.Auditor{Device: eval.Open(), Class: "evaluator"} }

func at(d deed, segments ...int) func(int) deed {
	return func(k int) deed {
		for _, s := range segments {
			if s == k {
				return d
			}
		}
		return honest
	}
}

// TestVerdicts audits every segment of claims with one deed, and finds it there and nowhere else.
func TestVerdicts(t *testing.T) {
	const n, bad = 6, 2
	work := regression(n, 3, 5, 1)
	for name, c := range map[string]struct {
		deed deed
		want map[int]audit.Verdict
	}{
		"honest":           {honest, nil},
		"skips":            {skip, map[int]audit.Verdict{bad: audit.Differs}},
		"extrapolates":     {extrapolate, map[int]audit.Verdict{bad: audit.Differs}},
		"other data":       {otherData, map[int]audit.Verdict{bad: audit.Differs}},
		"perturbs":         {perturb, map[int]audit.Verdict{bad: audit.Differs}},
		"fabricates":       {fabricate, map[int]audit.Verdict{bad: audit.Differs, bad + 1: audit.StateMismatch}},
		"serves a forgery": {forgeState, map[int]audit.Verdict{bad + 1: audit.StateMismatch}},
	} {
		t.Run(name, func(t *testing.T) {
			w := onEvaluator(work).run(t, at(c.deed, bad))
			for k := range n {
				want := audit.Agrees
				if v, ok := c.want[k]; ok {
					want = v
				}
				f := w.check(t, evaluator(), work, k)
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
	w := onEvaluator(neighbour).run(t, at(honest))
	for k := range n {
		require.Equal(t, audit.Agrees, w.check(t, evaluator(), neighbour, k).Verdict)
		f := w.check(t, evaluator(), work, k)
		require.Equal(t, audit.Differs, f.Verdict, "segment %d", k)
		require.NotEqual(t, f.Claimed, f.Computed)
	}

	mine := onEvaluator(work).run(t, at(honest))
	for k := 1; k < n; k++ {
		stale := mine.hand(k)
		stale.Before = bytes.NewReader(w.served[k])
		f, err := evaluator().Check(t.Context(), work, mine.claim, k, stale)
		require.NoError(t, err)
		require.Equal(t, audit.StateMismatch, f.Verdict, "a checkpoint of another run")
		if k > 1 {
			stale.Before = bytes.NewReader(mine.served[k-1])
			f, err = evaluator().Check(t.Context(), work, mine.claim, k, stale)
			require.NoError(t, err)
			require.Equal(t, audit.StateMismatch, f.Verdict, "an earlier checkpoint of this run")
		}
	}
}

func TestResultsBelongToTheLastSegment(t *testing.T) {
	work := regression(4, 2, 5, 1)
	w := onEvaluator(work).run(t, at(honest))
	w.claim.Results["w"] = [32]byte{1}
	f := w.check(t, evaluator(), work, 3)
	require.Equal(t, audit.Differs, f.Verdict)
	require.Equal(t, `the result "w" is not what the last segment gives`, f.Reason)
	require.Equal(t, audit.Agrees, w.check(t, evaluator(), work, 2).Verdict)
}

func TestWhatIsMissing(t *testing.T) {
	work := regression(4, 2, 5, 1)
	w := onEvaluator(work).run(t, at(honest))
	f, err := evaluator().Check(t.Context(), work, w.claim, 1, audit.States{})
	require.NoError(t, err)
	require.Equal(t, audit.StateMissing, f.Verdict)
	for _, torn := range [][]byte{nil, []byte("hello"), w.served[1][:len(w.served[1])-1], append([]byte{'x'}, w.served[1]...)} {
		f, err = evaluator().Check(t.Context(), work, w.claim, 1, audit.States{Before: bytes.NewReader(torn)})
		require.NoError(t, err)
		require.Equal(t, audit.StateMismatch, f.Verdict)
		require.NotEmpty(t, f.Reason)
	}
	for name := range work.Task.Inputs {
		less := work
		less.Task.Inputs = shift(work.Task.Inputs, name, 0)
		delete(less.Task.Inputs, name)
		require.Equal(t, audit.InputMissing, w.check(t, evaluator(), less, 1).Verdict)
		less.Task.Inputs[name] = bytes.NewReader(make([]byte, 4))
		_, err := evaluator().Check(t.Context(), less, w.claim, 1, w.hand(1))
		require.Equal(t, gpu.InvalidInput, gpu.CodeOf(err))
	}
}

type broken struct{ gpu.Input }

func (broken) ReadAt([]byte, int64) (int, error) { return 0, errors.New("the disk is gone") }

// TestTheAuditorsTrouble is never held against the worker.
func TestTheAuditorsTrouble(t *testing.T) {
	work := regression(4, 2, 5, 1)
	w := onEvaluator(work).run(t, at(honest))
	_, err := evaluator().Check(t.Context(), work, w.claim, 1, audit.States{Before: broken{bytes.NewReader(w.served[1])}})
	require.ErrorContains(t, err, "the disk is gone")
	for name, in := range work.Task.Inputs {
		bad := work
		bad.Task.Inputs = shift(work.Task.Inputs, name, 0)
		bad.Task.Inputs[name] = broken{in}
		for k := range 4 {
			f, err := evaluator().Check(t.Context(), bad, w.claim, k, w.hand(k))
			require.ErrorContains(t, err, "the disk is gone", "input %q, segment %d: %v", name, k, f)
		}
	}
}

func TestClaimsThatCannotBe(t *testing.T) {
	work := regression(4, 2, 5, 1)
	w := onEvaluator(work).run(t, at(honest))
	for want, c := range map[string]*audit.Claim{
		"the claim has 0 leaves; the program has 4":       {},
		"the claim does not say what the result \"w\" is": {Leaves: make([][32]byte, 4)},
		"the claim has 4 results; the program has 3":      {Leaves: make([][32]byte, 4), Results: map[string][32]byte{"w": {}, "loss": {}, "guess": {}, "more": {}}},
	} {
		_, err := evaluator().Check(t.Context(), work, c, 0, audit.States{})
		require.ErrorContains(t, err, want)
	}
	for _, k := range []int{-1, 4} {
		_, err := evaluator().Check(t.Context(), work, w.claim, k, audit.States{})
		require.ErrorContains(t, err, "the claim has no segment")
	}
}
