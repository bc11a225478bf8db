package gomlx_test

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gomlx"
	"gpumesh/gpu/gomlx/zoo"
	"gpumesh/gpu/wgsl"
)

var profiled = flag.String("profile", "", "measure every kernel of this model of the zoo")

// TestProfile prints where the time of a step goes; -profile names the model.
func TestProfile(t *testing.T) {
	if *profiled == "" {
		t.Skip("-profile names no model")
	}
	d := driver(t)
	for _, m := range studied {
		if m.spec.Name != *profiled {
			continue
		}
		built, err := zoo.Build(m.spec)
		require.NoError(t, err)
		c, err := gomlx.CompileTrain(gomlx.Train{Model: built, Optimizer: m.optimizer, Batch: m.batch, Steps: 4, Seed: 1})
		require.NoError(t, err)
		profile(t, d, c.Program)
	}
}

func profile(t *testing.T, d gpu.Device, p *gpu.Program) {
	type cost struct {
		name          string
		grid          [3]uint32
		count         int
		each, compile time.Duration
		ops           uint64
	}
	seen := make(map[string]*cost)
	mem := make([]gpu.Memory, len(p.Buffers))
	for i, b := range p.Buffers {
		var err error
		mem[i], err = d.Alloc(b.Len)
		require.NoError(t, err)
	}
	modules := make([]*wgsl.Module, len(p.Modules))
	for i, m := range p.Modules {
		var err error
		modules[i], err = wgsl.Parse(m.WGSL)
		require.NoError(t, err)
	}
	for _, cmd := range p.Step {
		if cmd.Op != gpu.Dispatch {
			continue
		}
		key := fmt.Sprint(cmd.Module, cmd.Entry, cmd.Grid)
		if s := seen[key]; s != nil {
			s.count++
			continue
		}
		s := &cost{name: fmt.Sprintf("%s.%s", p.Modules[cmd.Module].Name, cmd.Entry), grid: cmd.Grid, count: 1, each: math.MaxInt64, ops: cmd.Cost}
		seen[key] = s
		access := make([]gpu.Access, len(cmd.Bind))
		e, _ := modules[cmd.Module].Entry(cmd.Entry)
		for _, b := range e.Bindings {
			access[b.Index] = gpu.Access(b.Access)
		}
		begin := time.Now()
		k, err := d.Kernel(t.Context(), modules[cmd.Module].Portable, cmd.Entry, access)
		require.NoError(t, err)
		w := gpu.Work{Op: gpu.Dispatch, Kernel: k, Grid: cmd.Grid}
		for _, b := range cmd.Bind {
			n := b.Len
			if n == 0 {
				n = p.Buffers[b.Buffer].Len - b.Off
			}
			w.Bind = append(w.Bind, gpu.Range{Memory: mem[b.Buffer], Off: b.Off, Len: n})
		}
		once := func(n int) time.Duration {
			start := time.Now()
			require.NoError(t, d.Submit(t.Context(), slices.Repeat([]gpu.Work{w}, n)))
			require.NoError(t, d.Wait(t.Context()))
			return time.Since(start) / time.Duration(n)
		}
		once(1)
		s.compile = time.Since(begin)
		for range 3 {
			s.each = min(s.each, once(8))
		}
	}
	list := slices.SortedFunc(maps.Values(seen), func(a, b *cost) int { return cmp.Compare(b.each*time.Duration(b.count), a.each*time.Duration(a.count)) })
	var total, compile time.Duration
	for _, s := range list {
		total += s.each * time.Duration(s.count)
		compile += s.compile
	}
	t.Logf("%d kernels, compile %v, step %v", len(list), compile, total)
	for _, s := range list[:min(len(list), 40)] {
		t.Logf("%-14s %4d x %9v = %5.1f %%  grid %v  %.1f Gop/s  compile %v", s.name, s.count, s.each, 100*float64(s.each)*float64(s.count)/float64(total), s.grid, float64(s.ops)/float64(s.each.Nanoseconds()), s.compile)
	}
}
