package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gputest"
	"gpumesh/gpu/wgsl"
	"gpumesh/gpu/wgsl/wgslgen"
)

func TestMain(m *testing.M) {
	if os.Getenv(childMark) != "" {
		os.Exit(serve())
	}
	dir, err := os.MkdirTemp("", "gpumesh-xdg-")
	if err != nil {
		panic(err)
	}
	os.Setenv("XDG_RUNTIME_DIR", dir)
	code := m.Run()
	closeAll(all.have)
	os.RemoveAll(dir)
	os.Exit(code)
}

// all are the stacks of the machine, which are opened once for all tests.
var all struct {
	sync.Once
	have    []opened
	missing []string
	err     error
}

// here is what the machine has. With one stack there is nothing to compare.
func here(t *testing.T) []opened {
	t.Helper()
	all.Do(func() { all.have, all.missing, all.err = openAll(context.Background(), nil) })
	require.NoError(t, all.err)
	for _, line := range all.missing {
		t.Log(line)
	}
	if len(all.have) < 2 {
		t.Skip("only the evaluator is here")
	}
	return all.have
}

// TestExact is the promise: programs of the exact tier give the same bytes on every stack. go run ./cmd/dev stacks makes the
// same comparison with more kernels.
func TestExact(t *testing.T) {
	have := here(t)
	jobs, err := libraryJobs(false)
	require.NoError(t, err)
	exact := 0
	jobs = append(jobs, generatedJobs(0, 20, wgslgen.Options{})...)
	for i := range jobs {
		j := &jobs[i]
		if !j.Exact {
			continue
		}
		exact++
		o := compare(runAll(t.Context(), have, j))
		o.names = newMatrix(have).names
		require.False(t, o.wrong, "%s: %s", j.Name, o.detail())
	}
	require.Greater(t, exact, 35)
}

// TestReproducible is the other promise: every float kernel of the library, and generated ones, give the same bytes on every
// stack in the reproducible form. As they are written some do not, so the test can fail. Chromium compiles the path tracer for minutes,
// which only the long form waits for.
func TestReproducible(t *testing.T) {
	have := here(t)
	library, err := libraryJobs(false)
	require.NoError(t, err)
	same, refused := reproducible(library)
	require.Empty(t, refused, "every kernel of the library has the form")
	require.Greater(t, len(same), 10)
	written, more := floatJobs(0, 8, false)
	require.Len(t, more, 8)
	quick := slices.DeleteFunc(slices.Clone(have), func(s opened) bool { return s.name == "chromium" })
	for _, j := range slices.Concat(same, more) {
		on := have
		if j.Name == "path-trace" && os.Getenv("GPUMESH_LONG") == "" {
			on = quick
		}
		o := compare(runAll(t.Context(), on, &j))
		o.names = newMatrix(on).names
		require.False(t, o.wrong, "%s: %s", j.Name, o.detail())
	}
	require.True(t, slices.ContainsFunc(slices.Concat(written, library), func(j job) bool {
		return !j.Exact && j.Name != "path-trace" && compare(runAll(t.Context(), have, &j)).wrong
	}))
}

// TestIdentities: what a compiler can find out about an operand does not change the result. As written, it does.
func TestIdentities(t *testing.T) {
	have := here(t)
	written, same := identityJobs(19)
	require.Greater(t, len(same), 12)
	require.Len(t, same, len(written))
	for _, j := range same {
		o := compare(runAll(t.Context(), have, &j))
		o.names = newMatrix(have).names
		require.False(t, o.wrong, "%s: %s %q", j.Name, o, o.expressions(&j))
	}
	differ := 0
	for _, j := range written[:6] {
		if compare(runAll(t.Context(), have, &j)).wrong {
			differ++
		}
	}
	require.NotZero(t, differ)
}

func TestChromiumIsADevice(t *testing.T) {
	d, err := newChromium(t.Context())
	if err != nil {
		t.Skip(err)
	}
	defer d.Close()
	gputest.TestDevice(t, func(t *testing.T) gpu.Device { return d })
}

// broken is a stack that computes one job wrong, fails in another, and is right otherwise.
type broken struct{ runner }

func (b broken) Run(ctx context.Context, j *job) result {
	r := b.runner.Run(ctx, j)
	switch j.Name {
	case "wrong":
		for _, p := range r.Outputs {
			p[4] ^= 1
		}
	case "failing":
		return result{Err: "the driver ended the process"}
	}
	return r
}

func TestMatrix(t *testing.T) {
	have := []opened{{"a", local{eval.Open()}}, {"b", local{eval.Open()}}, {"c", broken{local{eval.Open()}}}}
	m := newMatrix(have)
	for _, name := range []string{"right", "wrong", "failing"} {
		j := generatedJobs(3, 1, wgslgen.Options{})[0]
		j.Name = name
		o := m.add(&j, runAll(t.Context(), have, &j))
		require.Equal(t, map[string]string{"right": "a = b = c", "wrong": "a = b | c", "failing": "a = b | c failed: the driver ended the process"}[name], o.String())
		require.Equal(t, name != "right", o.wrong)
		require.Equal(t, name == "wrong", strings.Contains(o.detail(), "[1]: c "))
	}
	var b bytes.Buffer
	m.print(&b)
	require.Equal(t, 2, m.wrong)
	require.Contains(t, b.String(), "generated, exact: 3 kernels, equal on all stacks: 1\n")
	require.Regexp(t, `c\s+1/2\s+1/2\s+2/2\s+1`, b.String())
}

// miscompiled is a stack whose result is wrong for kernels that hold a word.
type miscompiled struct{ runner }

func (b miscompiled) Run(ctx context.Context, j *job) result {
	r := b.runner.Run(ctx, j)
	if strings.Contains(j.Program.Modules[0].WGSL, "reverseBits(") && r.Err == "" {
		r.Outputs["out"][0] ^= 1
	}
	return r
}

func TestShrinkFindsTheCause(t *testing.T) {
	have := []opened{{"good", local{eval.Open()}}, {"bad", miscompiled{local{eval.Open()}}}}
	for seed := uint64(0); ; seed++ {
		k := wgslgen.New(wgslgen.Options{Seed: seed})
		if !strings.Contains(k.Source(), "reverseBits(") {
			continue
		}
		small := shrunk(t.Context(), have, k, false)
		require.Contains(t, small.Source(), "reverseBits(")
		require.Less(t, len(small.Source()), len(k.Source())/2)
		_, err := wgsl.Parse(small.Source())
		require.NoError(t, err)
		return
	}
}

// TestChildSurvivesTheDriver ends a child in the middle: its job fails, and the next one runs in a new child.
func TestChildSurvivesTheDriver(t *testing.T) {
	c, err := startChild(t.Context(), nil)
	if err != nil {
		t.Skip("no adapter: ", err)
	}
	defer c.Close()
	j := generatedJobs(0, 1, wgslgen.Options{})[0]
	want := c.Run(t.Context(), &j)
	require.Empty(t, want.Err)
	require.NoError(t, c.cmd.Process.Kill())
	require.Contains(t, c.Run(t.Context(), &j).Err, "ended the process")
	require.Equal(t, want, c.Run(t.Context(), &j))
}

func TestRun(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, run(t.Context(), &b, []string{"-on", "eval", "-n", "2", "-v", "-identities=false"}))
	require.Regexp(t, `library, exact: (\d\d) kernels, equal on all stacks: \d\d\n`, b.String())
	require.Contains(t, b.String(), "generated, reproducible/1: 2 kernels, equal on all stacks: 2\n")
	require.Contains(t, b.String(), "integer seed 1")
	err := run(t.Context(), &b, []string{"-on", "evil"})
	require.ErrorContains(t, err, `"evil"`)
	require.False(t, errors.Is(err, errDiffer))
}

// faults are constructs that a stack computes wrong, with the cause. gpu/wgsl tells authors of the first two; the others use
// floats, which are not exact anyway.
var faults = map[string]string{
	"division and remainder at the edges": "wgpu-native 0.17 leaves division by zero and of the most negative number to the driver",
	"bits beyond a word":                  "wgpu-native 0.17 leaves extractBits and insertBits beyond bit 32 to the driver",
	"conversions of floats out of range":  "wgpu-native 0.17 leaves the conversion of a float out of range to the driver",
	"packing of floats":                   "lavapipe of Mesa 22.3 does not clamp in pack4x8snorm and loses the second half in unpack2x16float",
}

// TestSubset runs the constructs of the compute subset everywhere. wgpu-native 0.17 refuses or even ends its process for some
// of them; what it computes is right, but for the faults above.
func TestSubset(t *testing.T) {
	have := here(t)
	for _, c := range gputest.Subset() {
		if c.Refused != "" {
			continue
		}
		p := &gpu.Program{Version: gpu.ProgramVersion, Modules: []gpu.Module{{Name: "main", WGSL: c.Source()}}, Steps: 1, Segment: 1}
		p.Buffers = []gpu.Buffer{{Name: "out", Kind: gpu.State, Type: gpu.U32, Len: 64, Keep: true}}
		j := job{Name: c.Name, Program: p, Inputs: map[string][]byte{"out": numbers(16)}}
		cmd := gpu.Command{Op: gpu.Dispatch, Entry: "main", Grid: [3]uint32{1, 1, 1}, Bind: []gpu.Binding{{}}}
		for i := uint32(1); i < 3 && strings.Contains(c.WGSL, fmt.Sprintf("@binding(%d)", i)); i++ {
			name := fmt.Sprint("in", i)
			p.Buffers = append(p.Buffers, gpu.Buffer{Name: name, Kind: gpu.Const, Type: gpu.U32, Len: 128})
			cmd.Bind = append(cmd.Bind, gpu.Binding{Buffer: i})
			j.Inputs[name] = numbers(32)
		}
		p.Step = []gpu.Command{cmd}
		want := numbers(16)
		for i, w := range c.Want {
			binary.LittleEndian.PutUint32(want[4*i:], w)
		}
		for _, s := range have {
			native := s.Info().Backend != "eval" && s.Info().Backend != "dawn"
			r := s.Run(t.Context(), &j)
			if native && (r.Err != "" || faults[c.Name] != "") {
				continue
			}
			require.Empty(t, r.Err, "%s on %s", c.Name, s.name)
			require.Equal(t, want, r.Outputs["out"], "%s on %s", c.Name, s.name)
		}
	}
}

// numbers are the words 0 to n-1.
func numbers(n int) []byte {
	var p []byte
	for i := range n {
		p = binary.LittleEndian.AppendUint32(p, uint32(i))
	}
	return p
}
