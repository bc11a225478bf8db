package gomlx_test

import (
	"bytes"
	"math"
	"math/bits"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gomlx"
	"gpumesh/gpu/gomlx/zoo"
)

// peak estimates the f32 operations per second of all cores with two fused multiply-add units of 256 bits each, from the clock
// rate of a chain of rotations and additions, which take a cycle each.
func peak() float64 {
	const rounds = 5_000_000
	x := uint64(rounds)
	start := time.Now()
	for range rounds {
		x = bits.RotateLeft64(x, 7) + 0x9e3779b9
		x = bits.RotateLeft64(x, 9) + 0x9e3779b9
		x = bits.RotateLeft64(x, 11) + 0x9e3779b9
		x = bits.RotateLeft64(x, 13) + 0x9e3779b9
		x = bits.RotateLeft64(x, 15) + 0x9e3779b9
	}
	clock := 10 * rounds / time.Since(start).Seconds()
	runtime.KeepAlive(x)
	return clock * 2 * 2 * 8 * float64(runtime.GOMAXPROCS(0))
}

// clocks are what steps are measured by: time as it passes, and that of all threads on processors, which other load disturbs less.
var clocks = []func() time.Duration{func() time.Duration { return time.Since(opened) }, processorTime}

var opened = time.Now()

// BenchmarkTrain measures a train step of each model against GoMLX's own Go backend, in turns in one run, best of each.
func BenchmarkTrain(b *testing.B) {
	d := driver(b)
	for _, m := range studied {
		b.Run(m.spec.Name, func(b *testing.B) {
			built, err := zoo.Build(m.spec)
			require.NoError(b, err)
			const steps = 24
			plan := gomlx.Train{Model: built, Optimizer: m.optimizer, Batch: m.batch, Steps: steps, Batches: 4, Seed: 1}
			begin := time.Now()
			c, err := gomlx.CompileTrain(plan)
			require.NoError(b, err)
			compile := time.Since(begin)
			data := samples(c, 4*m.batch, m.classes)
			mine, theirs := []time.Duration{math.MaxInt64, math.MaxInt64}, []time.Duration{math.MaxInt64, math.MaxInt64}
			first, top := time.Duration(0), 0.0
			turn := plan
			turn.Steps = 4
			for b.Loop() {
				for range 4 {
					each, start := stepTime(b, d, c, data)
					first = max(first, start)
					_, ref, err := gomlx.Reference(turn, c, data, clocks...)
					require.NoError(b, err)
					for i := range clocks {
						mine[i], theirs[i] = min(mine[i], each[i]), min(theirs[i], ref[i])
					}
					top = max(top, peak())
				}
			}
			var ops uint64
			for _, cmd := range c.Program.Step {
				if cmd.Entry != "" && bytes.HasPrefix([]byte(cmd.Entry), []byte("product")) {
					ops += cmd.Cost
				}
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(mine[0].Microseconds())/1e3, "ms/step")
			b.ReportMetric(float64(theirs[0].Microseconds())/1e3, "go-ms/step")
			b.ReportMetric(float64(theirs[0])/float64(mine[0]), "x-go")
			b.ReportMetric(float64(mine[1].Microseconds())/1e3, "cpu-ms/step")
			b.ReportMetric(float64(theirs[1].Microseconds())/1e3, "go-cpu-ms/step")
			b.ReportMetric(float64(theirs[1])/float64(mine[1]), "x-go-cpu")
			b.ReportMetric(float64(ops)/float64(mine[0].Nanoseconds()), "GFLOPS")
			b.ReportMetric(100*float64(ops)/mine[0].Seconds()/top, "%peak")
			b.ReportMetric(float64(len(c.Program.Step)), "commands")
			b.ReportMetric(float64(first.Milliseconds()), "first-ms")
			b.ReportMetric(float64(compile.Milliseconds()), "compile-ms")
		})
	}
}

// stepTime is the time of a step, by each clock, over the later three quarters of a run, and the time until the first steps were done.
func stepTime(b *testing.B, d gpu.Device, c *gomlx.Compiled, data map[string][]byte) (each []time.Duration, first time.Duration) {
	task := gpu.Task{Inputs: make(map[string]gpu.Input)}
	for name, p := range c.Inputs {
		task.Inputs[name] = bytes.NewReader(p)
	}
	for _, p := range c.Data {
		task.Inputs[p.Name] = bytes.NewReader(data[p.Name])
	}
	begin := time.Now()
	warm, last := make([]time.Duration, len(clocks)), make([]time.Duration, len(clocks))
	var from, done uint32
	task.Progress = func(p gpu.Progress) {
		if p.Phase != gpu.Running || p.Done == done {
			return
		}
		if done == 0 {
			first = time.Since(begin)
		}
		done = p.Done
		for i, now := range clocks {
			last[i] = now()
		}
		if from == 0 && done >= p.Total/4 {
			copy(warm, last)
			from = done
		}
	}
	_, err := gpu.Run(b.Context(), d, c.Program, task)
	require.NoError(b, err)
	require.Greater(b, done, from)
	for i := range clocks {
		each = append(each, (last[i]-warm[i])/time.Duration(done-from))
	}
	return each, first
}
