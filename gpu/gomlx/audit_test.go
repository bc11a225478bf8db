package gomlx_test

import (
	"bytes"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/audit"
	"gpumesh/gpu/audit/audittest"
	"gpumesh/gpu/diloco"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gomlx"
	"gpumesh/gpu/gomlx/zoo"
	"gpumesh/gpu/gputest"
	"gpumesh/gpu/wgsl"
)

// localRun is the first round of a shard of a training of digits, as gpu/diloco makes it from a compiled model; with reproducible every
// module that can be is in the reproducible form, which is all but the one that packs the delta.
func localRun(t *testing.T, spec zoo.Spec, batch, steps, segment int, reproducible bool) (work audit.Work, weights []string) {
	m, err := zoo.Build(spec)
	require.NoError(t, err)
	c, err := gomlx.CompileTrain(gomlx.Train{Model: m, Optimizer: adam, Batch: batch, Steps: steps, Segment: segment})
	require.NoError(t, err)
	shared := &diloco.Model{Program: c.Program}
	content, moments := make(map[string][]byte), make(map[string][]byte)
	for _, w := range c.Weights {
		if w.Moment {
			continue
		}
		shared.Weights = append(shared.Weights, w.Buffer)
		content[w.Buffer] = c.Inputs[w.Buffer]
	}
	o := diloco.Options{Bits: 8}
	flat, inner, err := shared.Layouts()
	require.NoError(t, err)
	for _, i := range inner.Tensors {
		moments[i.Name] = c.Inputs[i.Name]
		if moments[i.Name] == nil {
			moments[i.Name] = make([]byte, 4*i.Len)
		}
	}
	p, err := shared.Local(o)
	require.NoError(t, err)
	for i := range p.Modules {
		parsed, err := wgsl.Parse(p.Modules[i].WGSL)
		require.NoError(t, err)
		if _, err := parsed.Reproducible(); err == nil && reproducible {
			p.Modules[i].Float = gpu.Reproducible1
		}
	}
	first, err := flat.Pack(content)
	require.NoError(t, err)
	own, err := inner.Pack(moments)
	require.NoError(t, err)
	in := map[string][]byte{"weights": first, "inner": own, "update": make([]byte, flat.PackedSize(o.Bits))}
	for name, b := range samples(c, batch*steps, 10) {
		in[name] = b
	}
	work = audit.Work{Program: p, Task: gpu.Task{Seed: 5, Inputs: make(map[string]gpu.Input), Learned: new(gpu.Learned)}}
	for i := range p.Buffers {
		b := &p.Buffers[i]
		content := in[b.Name]
		if content == nil {
			content = c.Inputs[b.Name]
		}
		if content != nil && (b.Kind != gpu.State || b.Name == "weights" || b.Name == "inner") {
			work.Task.Inputs[b.Name] = bytes.NewReader(content)
		}
	}
	return work, shared.Weights
}

// TestAudit trains digits on the driver as a shard of a DiLoCo training does, honestly and not. Every claim is audited in full on the
// evaluator, bit by bit, and drawn from at 10 %.
func TestAudit(t *testing.T) {
	d := driver(t)
	list := []zoo.Spec{{Name: "mlp", Sizes: map[string]int{"inputs": 64, "hidden": 16, "layers": 1}}}
	if *long {
		list = append(list, zoo.Spec{Name: "cnn", Sizes: map[string]int{"side": 8, "filters": 2, "hidden": 8}})
	}
	for _, spec := range list {
		const steps, segment, rounds = 12, 2, 1000
		work, weights := localRun(t, spec, 8, steps, segment, true)
		n := work.Program.Leaves()
		auditor := &audit.Auditor{Device: eval.Open(), Class: "evaluator"}
		for _, c := range []struct {
			name           string
			deed           audittest.Deed
			cheated, wrong []int
		}{
			{"honest", audittest.Honest, nil, nil},
			{"skips steps", audittest.Skip, []int{1, 2, 4}, []int{1, 2, 4}},
			{"trains on other data", audittest.OtherData, []int{0, 4}, []int{0, 4}},
			{"perturbs the weights", audittest.Perturb, []int{3}, []int{3}},
			{"makes up a leaf", audittest.Fabricate, []int{3}, []int{3, 4}},
		} {
			if !*long && (c.deed == audittest.OtherData || c.deed == audittest.Fabricate) {
				continue // which gpu/audit has with other programs
			}
			w := &audittest.Worker{Device: d, Class: "driver", Work: work, Other: audittest.Shift(work.Task.Inputs, "x", 256), Weights: weights}
			w.Run(t, func(k int) audittest.Deed {
				if slices.Contains(c.cheated, k) {
					return c.deed
				}
				return audittest.Honest
			})
			var wrong []int
			for k := range n {
				f := w.Check(t, auditor, work, k)
				byNorm, err := auditor.ByNorm(work.Program, w.Claim, k)
				require.NoError(t, err)
				require.False(t, byNorm, "every kernel of the run has a reproducible form")
				require.Nil(t, f.Norms)
				if f.Verdict != audit.Agrees {
					wrong = append(wrong, k)
				}
			}
			require.Equal(t, c.wrong, wrong, c.name)
			caught := 0
			for i := range rounds {
				drawn := audit.Select([32]byte{byte(i), byte(i >> 8)}, n, audit.DefaultRate)
				if slices.ContainsFunc(drawn, func(k int) bool { return slices.Contains(wrong, k) }) {
					caught++
				}
			}
			p := audit.Detection(n, len(wrong), audit.DefaultRate.Of(n))
			t.Logf("%s %s: wrong in %v of %d segments; audited at 100 %%: caught; at 10 %%: in %d of %d draws, %.3f by the formula", spec.Name, c.name, wrong, n, caught, rounds, p)
			require.InDelta(t, p, float64(caught)/rounds, 4*math.Sqrt(p*(1-p)/rounds))
		}
	}
}

// TestAuditBetweenClasses compares by norm what the driver and the evaluator compute from the text as written.
func TestAuditBetweenClasses(t *testing.T) {
	d := driver(t)
	const steps, segment, bad = 12, 4, 2
	list := []zoo.Spec{{Name: "mlp", Sizes: map[string]int{"inputs": 64, "hidden": 16, "layers": 1}}}
	if *long {
		list = append(list, zoo.Spec{Name: "cnn", Sizes: map[string]int{"side": 8, "filters": 2, "hidden": 8}})
	}
	for _, spec := range list {
		work, weights := localRun(t, spec, 8, steps, segment, false)
		n := work.Program.Leaves()
		auditor := &audit.Auditor{Device: eval.Open(), Class: "evaluator"}
		for name, what := range map[string]audittest.Deed{
			"honest": audittest.Honest, "skips": audittest.Skip, "extrapolates": audittest.Extrapolate, "other data": audittest.OtherData, "perturbs": audittest.Perturb,
		} {
			w := &audittest.Worker{Device: d, Class: "driver", Work: work, Other: audittest.Shift(work.Task.Inputs, "x", 256), Weights: weights}
			w.Run(t, func(k int) audittest.Deed {
				if k == bad {
					return what
				}
				return audittest.Honest
			})
			var rounding, lie audit.Compare
			byNorm := 0
			for k := range n {
				f := w.Check(t, auditor, work, k)
				worst := &rounding
				if want := audit.Agrees; k == bad && what != audittest.Honest {
					require.Equal(t, audit.Differs, f.Verdict, "%s %s: %s", spec.Name, name, f.Reason)
					worst = &lie
				} else {
					require.Equal(t, want, f.Verdict, "%s %s, segment %d: %s", spec.Name, name, k, f.Reason)
				}
				for _, c := range f.Norms {
					worst.Relative, worst.Largest, worst.Change = max(worst.Relative, c.Relative), max(worst.Largest, c.Largest), max(worst.Change, c.Change)
				}
				if f.Norms != nil {
					byNorm++
				}
				if k == bad && what == audittest.Honest { // what is claimed to follow is needed, and must be what was claimed
					s := w.Hand(k)
					s.After = nil
					f, err := auditor.Check(t.Context(), work, w.Claim, k, s)
					require.NoError(t, err)
					require.Equal(t, audit.StateMissing, f.Verdict)
					s = w.Hand(k)
					s.After = bytes.NewReader(w.Served[k])
					f, err = auditor.Check(t.Context(), work, w.Claim, k, s)
					require.NoError(t, err)
					require.Equal(t, audit.StateMismatch, f.Verdict)
				}
			}
			require.Positive(t, byNorm, "the two are of one class as far as this program goes, and nothing was compared by norm")
			t.Logf("%s %s: %d of %d segments by norm; rounding at most %.1e, %.1e, %.1e; the lie %.1e, %.1e, %.1e (of the norm, of the largest, of the change)", spec.Name, name, byNorm, n,
				rounding.Relative, rounding.Largest, rounding.Change, lie.Relative, lie.Largest, lie.Change)
		}
	}
}

// TestAuditCost measures what an audit at 10 % costs beside the run. Each time is the lesser of two.
func TestAuditCost(t *testing.T) {
	if !*long {
		t.Skip("it takes a whole training; run with -long")
	}
	d := driver(t)
	least := func(f func()) (took time.Duration) {
		for i := range 2 {
			start := time.Now()
			f()
			if x := time.Since(start); i == 0 || x < took {
				took = x
			}
		}
		return took
	}
	spec := zoo.Spec{Name: "mlp", Sizes: map[string]int{"inputs": 256}}
	for _, segment := range []int{20, 160} {
		steps := 10 * segment
		work, _ := localRun(t, spec, 32, steps, segment, true)
		n := work.Program.Leaves()
		var saved [][]byte
		var res *gpu.Result
		run := func() {
			task := work.Task
			var emitted map[string]*bytes.Buffer
			emitted, task.Outputs = gputest.Collect()
			saved = [][]byte{nil}
			task.Checkpoint = func(c *gpu.Checkpoint) error {
				for i := range c.Rows {
					c.Rows[i].Content = bytes.NewReader(emitted[c.Rows[i].Name].Bytes())
				}
				var b bytes.Buffer
				_, err := c.WriteTo(&b)
				saved = append(saved, b.Bytes())
				return err
			}
			var err error
			res, err = gpu.Run(t.Context(), d, work.Program, task)
			require.NoError(t, err)
		}
		whole := least(run)
		w := &audittest.Worker{Device: d, Class: "driver", Work: work, Claim: audit.NewClaim(res, "driver"), Served: saved}
		var took time.Duration
		var fetched int64
		drawn := audit.Select([32]byte{1}, n, audit.DefaultRate)
		auditor := &audit.Auditor{Device: d, Class: "driver"}
		for _, k := range drawn {
			var f *audit.Finding
			took += least(func() { f = w.Check(t, auditor, work, k) })
			fetched += f.Fetched
			require.Equal(t, audit.Agrees, f.Verdict, f.Reason)
		}
		t.Logf("segments of %d steps: run %v with checkpoints of %d bytes, of which checking and compiling %v; segments %v of %d audited in %v, %.0f %% of the run; %d bytes fetched",
			segment, whole, len(saved[1]), res.Timings.Check+res.Timings.Compile, drawn, n, took, 100*took.Seconds()/whole.Seconds(), fetched)
		require.LessOrEqual(t, fetched, int64(len(drawn)*len(saved[n-1])))
	}
}
