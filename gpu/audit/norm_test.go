package audit_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/audit"
	"gpumesh/gpu/audit/audittest"
	"gpumesh/gpu/eval"
)

// otherClass is an evaluator that rounds otherwise: each error of the regression comes out one unit in the last place or so larger.
type otherClass struct{ gpu.Device }

func (d otherClass) Kernel(ctx context.Context, source, entry string, bindings []gpu.Access) (gpu.Kernel, error) {
	source = strings.ReplaceAll(source, "e[r] = sum - y[r];", "e[r] = (sum - y[r]) * 1.0000001;")
	source = strings.ReplaceAll(source, "guess[id.x] = sum;", "guess[id.x] = sum * 1.0000001;")
	return d.Device.Kernel(ctx, source, entry, bindings)
}

func inOtherClass(work audit.Work) *audittest.Worker {
	w := onEvaluator(work)
	w.Device, w.Class = otherClass{eval.Open()}, "other"
	return w
}

// TestByNorm audits a worker of another class, whose leaves all differ from those computed here.
func TestByNorm(t *testing.T) {
	const n, bad = 6, 3
	work := regression(n, 3, 40, 1)
	for _, what := range []audittest.Deed{audittest.Honest, audittest.Skip, audittest.Extrapolate, audittest.OtherData, audittest.Perturb} {
		w := inOtherClass(work).Run(t, at(what, bad))
		for k := range n {
			f := w.Check(t, evaluator(), work, k)
			require.NotEqual(t, f.Claimed, f.Computed)
			require.NotEmpty(t, f.Norms)
			want := audit.Agrees
			if k == bad && what != audittest.Honest {
				want = audit.Differs
			}
			require.Equal(t, want, f.Verdict, "deed %d, segment %d: %s %v", what, k, f.Reason, f.Norms)

			same := evaluator()
			same.Class = "other"
			require.Equal(t, audit.Differs, w.Check(t, same, work, k).Verdict, "within a class bits are compared")
		}
	}
}

// TestLateLaziness leaves a segment out when all of it changes the weights by less than rounding is allowed to.
func TestLateLaziness(t *testing.T) {
	const n, bad = 6, 3
	work := regression(n, 3, 40, 1)
	slow := strings.NewReplacer("const RATE = 0.0100000000;", "const RATE = 0.000000100000000;")
	for i := range work.Program.Modules {
		m := &work.Program.Modules[i]
		m.WGSL = slow.Replace(m.WGSL)
	}
	require.Contains(t, work.Program.Modules[2].WGSL, "0.000000100000000")
	w := inOtherClass(work).Run(t, at(audittest.Skip, bad))
	require.Equal(t, audit.Agrees, w.Check(t, evaluator(), work, bad-1).Verdict)
	f := w.Check(t, evaluator(), work, bad)
	require.Equal(t, audit.Differs, f.Verdict)
	i := slices.IndexFunc(f.Norms, func(c audit.Compare) bool { return c.Buffer == "w" })
	require.Less(t, f.Norms[i].Relative, audit.DefaultBound.Relative)
	require.Less(t, f.Norms[i].Largest, audit.DefaultBound.Largest)
	require.InDelta(t, 1, f.Norms[i].Change, 1e-3)
}

// TestResultsByNorm compares what the last segment emits.
func TestResultsByNorm(t *testing.T) {
	work := regression(4, 2, 40, 1)
	w := inOtherClass(work).Run(t, at(audittest.Honest))
	last := 3
	hand := func(name string, content []byte) audit.States {
		s := w.Hand(last)
		if delete(s.Results, name); content != nil {
			s.Results[name] = bytes.NewReader(content)
		}
		return s
	}
	for _, c := range []struct {
		why     string
		content []byte
		want    audit.Verdict
	}{
		{"as it is", w.Results["guess"], audit.Agrees},
		{"not handed over", nil, audit.StateMissing},
		{"too short", w.Results["guess"][:4], audit.StateMismatch},
		{"too long", append([]byte("more"), w.Results["guess"]...), audit.StateMismatch},
		{"another", make([]byte, len(w.Results["guess"])), audit.StateMismatch},
	} {
		f, err := evaluator().Check(t.Context(), work, w.Claim, last, hand("guess", c.content))
		require.NoError(t, err)
		require.Equal(t, c.want, f.Verdict, "%s: %s", c.why, f.Reason)
	}
	_, err := evaluator().Check(t.Context(), work, w.Claim, last, audit.States{
		Before: bytes.NewReader(w.Served[last]), Results: map[string]gpu.Input{"guess": broken{bytes.NewReader(w.Results["guess"])}},
	})
	require.ErrorContains(t, err, "the disk is gone")
}
