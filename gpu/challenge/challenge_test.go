package challenge

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gputest"
	"gpumesh/gpu/webgpu/webgputest"
	"gpumesh/gpu/wgsl"
)

// small is a challenge that tests can afford. Its fill is cut into parts, its regions are several, and its walkers read several blocks.
var small = Spec{Seed: 0x1234567890abcdef, Regions: 6, Blocks: 1 << 9, Walkers: 1 << 7, Rounds: 8}

func answer(t testing.TB, d gpu.Device, p *gpu.Program, seed uint64) []byte {
	t.Helper()
	out, sink := gputest.Collect()
	_, err := gpu.Run(t.Context(), d, p, gpu.Task{Seed: seed, Outputs: sink})
	require.NoError(t, err)
	return out[Output].Bytes()
}

func program(t testing.TB, s Spec) *gpu.Program {
	t.Helper()
	p, err := s.Program()
	require.NoError(t, err)
	return p
}

// all draws every walker.
func all(s Spec) []uint32 {
	draw := make([]uint32, s.Walkers)
	for i := range draw {
		draw[i] = uint32(i)
	}
	return draw
}

// TestAnswer compares devices with the text in Go, walker by walker.
func TestAnswer(t *testing.T) {
	devices := map[string]gpu.Device{"evaluator": eval.Open()}
	if d := webgputest.Open(t); d != nil {
		devices["driver"] = d
	}
	for name, d := range devices {
		got := answer(t, d, program(t, small), small.Seed)
		require.NoError(t, small.Check(t.Context(), got, all(small)), name)
		other := small
		other.Seed++
		require.Error(t, other.Check(t.Context(), got, []uint32{5}), "another peer's")
	}
}

// TestWalkersSpread: walkers meet all memory, and do not run into each other, which would have one way answer for many.
func TestWalkersSpread(t *testing.T) {
	met, words := map[[2]uint32]bool{}, map[uint32]bool{}
	for i := range small.Walkers {
		w, err := small.walk(t.Context(), i, func(region, index uint32) { met[[2]uint32{region, index}] = true })
		require.NoError(t, err)
		words[w] = true
	}
	require.Len(t, words, int(small.Walkers))
	require.Greater(t, len(met), int(small.Regions*small.Blocks)*999/1000, "reads are sixteen times the blocks: a part of e^-16 is not met")
}

// isWalk tells the dispatches that walk: their modules are the last.
func isWalk(c gpu.Command) bool { return c.Op == gpu.Dispatch && c.Module > 2 }

// forgetful makes the program of a cheat that keeps so many blocks of each region, and makes the others whenever it meets them.
func forgetful(s Spec, kept uint32) *gpu.Program {
	text := strings.NewReplacer("KEPT", fmt.Sprint(kept))
	keeps := strings.Replace(fillText, "if (i >= BLOCKSu / PARTSu) { return; }", "if (i >= BLOCKSu / PARTSu || place[0] % PARTSu * (BLOCKSu / PARTSu) + i >= KEPTu) { return; }", 1)
	p := s.program(text.Replace(keeps), func(r int) string {
		m := fmt.Sprint("memory", r)
		return text.Replace(fmt.Sprintf("    if (at / 4u < KEPTu) { s = met(s, %s[at], %s[at + 1u], %s[at + 2u], %s[at + 3u]); } else {\n"+
			"      let m = block(seed.zw, place[0] / PARTSu + %du, at / 4u);\n      s = met(s, m.a, m.b, m.c, m.d);\n    }\n", m, m, m, m, r))
	})
	parts := fmt.Sprint(s.parts())
	for i := 3; i < len(p.Modules); i++ {
		n := strings.Count(p.Modules[i].WGSL, "var<storage, read>")
		p.Modules[i].WGSL = strings.NewReplacer("PARTS", parts, "ROUNDS", fmt.Sprint(s.Rounds)).Replace(p.Modules[i].WGSL + blockText +
			fmt.Sprintf("@group(0) @binding(%d) var<uniform> seed: vec4<u32>;\n@group(0) @binding(%d) var<storage, read> place: array<u32>;\n", n+1, n+2))
	}
	var steps []gpu.Command
	for _, c := range p.Step {
		if isWalk(c) {
			steps = append(steps, gpu.Command{Op: gpu.Fill, Bind: []gpu.Binding{{Buffer: regionBuffer}}, Value: (c.Bind[1].Buffer - firstRegion) * s.parts()})
			c.Bind = append(c.Bind, gpu.Binding{Buffer: seedBuffer}, gpu.Binding{Buffer: regionBuffer})
		}
		steps = append(steps, c)
	}
	p.Step = steps
	return p
}

// refilling makes the program of a cheat that keeps so many whole groups of regions, and fills the same memory with one of the others
// whenever it is walked over. The regions are whole groups.
func refilling(s Spec, kept uint32) *gpu.Program {
	p := s.program(fillText, reading)
	place := func(b *gpu.Binding) { // where the cheat has what the honest have there
		if r := b.Buffer - firstRegion; b.Buffer >= firstRegion && r >= kept*group {
			b.Buffer = firstRegion + kept*group + r%group
		}
	}
	n := 2 * s.parts() * group // commands that fill a group
	var steps []gpu.Command
	fills := p.Step[:n*s.Regions/group]
	for i := range fills {
		for j := range fills[i].Bind {
			place(&fills[i].Bind[j])
		}
	}
	steps = append(steps, fills[:n*kept]...)
	for _, c := range p.Step[len(fills):] {
		if g := (c.Bind[len(c.Bind)-1].Buffer - firstRegion) / group; isWalk(c) && g >= kept {
			steps = append(steps, fills[n*g:n*(g+1)]...)
		}
		for j := range c.Bind {
			place(&c.Bind[j])
		}
		steps = append(steps, c)
	}
	p.Step, p.Buffers = steps, p.Buffers[:firstRegion+(kept+1)*group]
	return p
}

// TestCheats: who keeps a part and makes the rest again is right. What it costs is BenchmarkChallenge's to say.
func TestCheats(t *testing.T) {
	whole := small
	whole.Regions = 3 * group
	require.NoError(t, whole.Check(t.Context(), answer(t, eval.Open(), refilling(whole, 1), whole.Seed), []uint32{0, 1, 77}))
	for _, p := range []*gpu.Program{forgetful(small, small.Blocks/2)} {
		require.NoError(t, small.Check(t.Context(), answer(t, eval.Open(), p, small.Seed), all(small)))
	}
}

func TestCheckRefuses(t *testing.T) {
	got := answer(t, eval.Open(), program(t, small), small.Seed)
	rng := rand.New(rand.NewPCG(1, 2))
	caught := 0
	for range 200 {
		bad := append([]byte(nil), got...)
		for i := range small.Walkers { // half of them guessed
			if rng.IntN(2) == 0 {
				binary.LittleEndian.PutUint32(bad[4*i:], rng.Uint32())
			}
		}
		draw := make([]uint32, Samples)
		for i := range draw {
			draw[i] = rng.Uint32N(small.Walkers)
		}
		if err := small.Check(t.Context(), bad, draw); err != nil {
			require.Equal(t, gpu.InvalidInput, gpu.CodeOf(err))
			caught++
		}
	}
	require.Greater(t, caught, 120, "three of four")
	require.Equal(t, gpu.InvalidInput, gpu.CodeOf(small.Check(t.Context(), got[1:], nil)))
	require.Error(t, small.Check(t.Context(), got, []uint32{small.Walkers}))
	require.Error(t, Spec{}.Check(t.Context(), got, nil))
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, small.Check(ended, got, []uint32{1}), context.Canceled)
}

// TestFor: whoever claims more has more to do in the same time, and what no program can try is refused.
func TestFor(t *testing.T) {
	const work = 8_000
	for _, c := range []struct {
		name          string
		memory, speed uint64
		ok            bool
	}{
		{"a processor", 512 << 20, 20e9, true},
		{"a small card", 4 << 30, 1e12, true},
		{"a large card", 80 << 30, 30e12, true},
		{"not one unit", Unit - 1, 1e12, false},
		{"more than a program has buffers for", 961 * Unit, 1e12, false},
		{"slow, with much memory", 64 << 30, 1e9, false},
		{"fast, with none", Unit, 300e12, false},
		{"faster than anything", Unit, ^uint64(0), false},
	} {
		s, err := For(7, c.memory, c.speed, work, Unit)
		memory, speed := Fit(c.memory, c.speed, work, Unit)
		if !c.ok {
			require.ErrorIs(t, err, ErrClaim, c.name)
			require.True(t, memory < c.memory || speed < c.speed, c.name)
			if memory > 0 {
				_, err = For(7, memory, speed, work, Unit)
				require.NoError(t, err, c.name)
			}
			continue
		}
		require.Equal(t, [2]uint64{c.memory, c.speed}, [2]uint64{memory, speed}, c.name)
		require.NoError(t, err, c.name)
		require.NoError(t, s.Validate(), c.name)
		took := float64(s.Operations()) / float64(c.speed) * 1000
		require.LessOrEqual(t, took, float64(work), c.name)
		require.Greater(t, took, 0.85*work, c.name)
		rep, err := gpu.Check(program(t, s))
		require.NoError(t, err, c.name)
		require.Equal(t, wgsl.Exact, rep.Tier, c.name)
		b, err := program(t, s).Encode()
		require.NoError(t, err, c.name)
		require.Less(t, len(b), gpu.MaxProgram)
	}
	require.Error(t, Spec{Regions: 1, Blocks: 100, Walkers: 64, Rounds: 1}.Validate())
	memory, _ := Fit(1<<30, Least(work, Unit), work, Unit)
	require.Equal(t, uint64(Unit), memory)
	memory, _ = Fit(1<<30, Least(work, Unit)-2, work, Unit)
	require.Zero(t, memory)
	for _, unit := range []uint64{0, LeastUnit / 2, LeastUnit + 4, 2 * Unit} {
		_, err := For(7, 1<<30, 1e12, work, unit)
		require.Error(t, err)
	}
	s, err := For(7, 5*LeastUnit+1, 1e8, 4_000, LeastUnit)
	require.NoError(t, err)
	require.Equal(t, Spec{Seed: 7, Regions: 5, Blocks: 512, Walkers: 64, Rounds: 100}, Spec{s.Seed, s.Regions, s.Blocks, s.Walkers, 100})
	_, err = Spec{}.Program()
	require.Error(t, err)
}

// BenchmarkChallenge measures, in turns on one device, the honest program and those of cheats that have room for a part of the memory.
func BenchmarkChallenge(b *testing.B) {
	d := webgputest.Open(b)
	if d == nil {
		b.Skip("there is no driver")
	}
	s := Spec{Seed: 1, Regions: 8 * group, Blocks: 1 << 16, Walkers: 1 << 13, Rounds: 96}
	runs := map[string]*gpu.Program{"honest": program(b, s)}
	for _, eighths := range []uint32{7, 6, 4} {
		runs[fmt.Sprintf("refills-%d/8", 8-eighths)] = refilling(s, eighths-1)
	}
	best := map[string]time.Duration{}
	for b.Loop() {
		for name, p := range runs {
			start := time.Now()
			answer(b, d, p, s.Seed)
			if took := time.Since(start); best[name] == 0 || took < best[name] {
				best[name] = took
			}
		}
	}
	b.ReportMetric(float64(s.Operations())/best["honest"].Seconds()/1e9, "Gops/s")
	for name, took := range best {
		b.ReportMetric(float64(took)/float64(best["honest"]), "x-"+name)
	}
}

// BenchmarkWalk measures a check of one walker.
func BenchmarkWalk(b *testing.B) {
	s, err := For(1, 8<<30, 1e12, 8_000, Unit)
	require.NoError(b, err)
	i := uint32(0)
	for b.Loop() {
		_, err := s.Walk(b.Context(), i)
		require.NoError(b, err)
		i++
	}
	b.ReportMetric(float64(s.Operations())*Passes/Walkers*float64(b.N)/b.Elapsed().Seconds()/1e9, "Gops/s")
}
