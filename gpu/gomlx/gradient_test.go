package gomlx_test

import (
	"encoding/binary"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu/gomlx"
	"gpumesh/gpu/gomlx/zoo"
)

// In every step of a training both backends compute gradients from the same weights, so nothing adds up: those of each layer differ by
// rounding only, also where pools choose pixels.
func TestGradients(t *testing.T) {
	if raced {
		t.Skip("the other backend's matrix product forms pointers beyond its slices, which the race detector's checks end")
	}
	side, filters, batch, steps := 8, 4, 8, 6
	if *long {
		side, filters, batch, steps = 28, 16, 16, 100
	}
	const rate = 0.05
	d := driver(t)
	m, err := zoo.Build(zoo.Spec{Name: "cnn", Sizes: map[string]int{"side": side, "filters": filters, "hidden": 32}})
	require.NoError(t, err)
	plan := gomlx.Train{Model: m, Batch: batch, Steps: 1, Seed: 1, Optimizer: gomlx.Optimizer{Method: gomlx.SGD, Schedule: gomlx.Schedule{Rate: 1}}}
	c, err := gomlx.CompileTrain(plan)
	require.NoError(t, err)
	theirs, free, err := gomlx.ReferenceStep(plan, c)
	require.NoError(t, err)
	defer free()
	all := samples(c, steps*batch, 10)
	worst := 0.0
	for step := range steps {
		data := make(map[string][]byte)
		for name, b := range all {
			each := len(b) / steps
			data[name] = b[step*each : (step+1)*each]
		}
		mine, _ := run(t, d, c, data, 1)
		other, err := theirs(c.Inputs, data)
		require.NoError(t, err)
		next := maps.Clone(c.Inputs)
		for _, w := range c.Weights {
			now, a, b := gomlx.Floats(c.Inputs[w.Buffer]), gomlx.Floats(mine[w.Buffer]), gomlx.Floats(other[w.Buffer])
			difference, size := 0.0, 0.0
			next[w.Buffer] = nil
			for i := range a {
				difference += (a[i] - b[i]) * (a[i] - b[i])
				size += (a[i] - now[i]) * (a[i] - now[i])
				next[w.Buffer] = binary.LittleEndian.AppendUint32(next[w.Buffer], math.Float32bits(float32(now[i]+rate*(a[i]-now[i]))))
			}
			apart := math.Sqrt(difference / size)
			require.Less(t, apart, 1e-5, "step %d, %s", step, w.Buffer)
			worst = max(worst, apart)
		}
		c.Inputs = next
	}
	t.Logf("%d steps of %d x %d pixels, %d filters, batch %d: gradients differ by at most %.2g of a layer's norm", steps, side, side, filters, batch, worst)
}

// TestDeparture compares how far the losses of a large network are from those of GoMLX's own backend with how far they are from those of
// the same program when it begins with weights whose last bits are drawn anew: a training in which so little grows can follow no other
// order of summation more closely.
func TestDeparture(t *testing.T) {
	if !*long || raced {
		t.Skip("it takes minutes; run with -long")
	}
	d := driver(t)
	const steps, batch, nudges = 200, 16, 4
	for _, o := range []gomlx.Optimizer{adam, {Method: gomlx.SGD, Schedule: gomlx.Schedule{Rate: 0.05}}} {
		m, err := zoo.Build(zoo.Spec{Name: "cnn"})
		require.NoError(t, err)
		plan := gomlx.Train{Model: m, Batch: batch, Steps: steps, Seed: 1, Optimizer: o}
		c, err := gomlx.CompileTrain(plan)
		require.NoError(t, err)
		data := samples(c, steps*batch, 10)
		out, _ := run(t, d, c, data, 1)
		mine := gomlx.Floats(out["loss"])
		compare := func(name string, other []float64) (worst float64) {
			first := 0
			for i := range mine {
				apart := math.Abs(mine[i]-other[i]) / mine[i]
				if worst = max(worst, apart); first == 0 && worst > 1e-5 {
					first = i + 1
				}
			}
			t.Logf("%s, loss %.3f to %.3f: %s is more than 1e-5 away from step %d on (0: never), at most %.2g", o.Method, mine[0], mine[steps-1], name, first, worst)
			return worst
		}
		theirs, _, err := gomlx.Reference(plan, c, data)
		require.NoError(t, err)
		far, near := compare("GoMLX's backend", theirs), 0.0
		for seed := range nudges {
			rng := rand.New(rand.NewPCG(uint64(seed), 1))
			nudged := *c
			nudged.Inputs = maps.Clone(c.Inputs)
			for _, w := range c.Weights {
				if w.Moment {
					continue
				}
				b := slices.Clone(c.Inputs[w.Buffer])
				for i := 0; i < len(b); i += 4 {
					b[i] ^= byte(rng.IntN(2))
				}
				nudged.Inputs[w.Buffer] = b
			}
			out, _ := run(t, d, &nudged, data, 1)
			near = max(near, compare("itself with other last bits", gomlx.Floats(out["loss"])))
		}
		require.Less(t, far, 10*near, "%s", o.Method)
	}
}
