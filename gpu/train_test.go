package gpu_test

import (
	"bytes"
	"embed"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gputest"
	"gpumesh/gpu/webgpu"
	"gpumesh/gpu/wgsl"
)

// The training of a small network as one Program: weights and Adam's moments are State, images, labels and rates are
// Slices, the seed comes in Params, an epoch is a segment, and Final classifies images that were never trained on.

const (
	pixels  = gputest.Side * gputest.Side
	classes = 10
	batch   = 32
	train   = 64 * batch // images, each seen once per epoch
	held    = 512        // images
	epochs  = 6
)

var layers = [][2]uint32{{pixels, 64}, {64, 32}, {32, classes}}

//go:embed testdata/mlp
var mlpFS embed.FS

func mlpSource(t *testing.T, constants, file string) string {
	t.Helper()
	b, err := mlpFS.ReadFile("testdata/mlp/" + file + ".wgsl")
	require.NoError(t, err)
	return constants + "\n" + string(b)
}

// network is a program under construction.
type network struct {
	t *testing.T
	p *gpu.Program
}

func (n *network) buffer(b gpu.Buffer) uint32 {
	if b.Type == "" {
		b.Type = gpu.F32
	}
	n.p.Buffers = append(n.p.Buffers, b)
	return uint32(len(n.p.Buffers) - 1)
}

func (n *network) module(name, constants, file string) uint16 {
	n.p.Modules = append(n.p.Modules, gpu.Module{Name: name, WGSL: mlpSource(n.t, constants, file)})
	return uint16(len(n.p.Modules) - 1)
}

func run(module uint16, entry string, x, y uint32, buffers ...uint32) gpu.Command {
	c := gpu.Command{Op: gpu.Dispatch, Module: module, Entry: entry, Grid: [3]uint32{x, y, 1}}
	for _, b := range buffers {
		c.Bind = append(c.Bind, gpu.Binding{Buffer: b})
	}
	return c
}

func groups(n, size uint32) uint32 { return (n + size - 1) / size }

func mlpProgram(t *testing.T, steps uint32) *gpu.Program {
	n := &network{t, &gpu.Program{Version: gpu.ProgramVersion, Steps: steps, Segment: min(steps, train/batch)}}
	params := n.buffer(gpu.Buffer{Name: "params", Kind: gpu.Params, Type: gpu.U32, Len: 16})
	images := n.buffer(gpu.Buffer{Name: "images", Kind: gpu.Slice, Len: 4 * batch * pixels, Stride: 4 * batch * pixels, Period: 4 * train * pixels})
	labels := n.buffer(gpu.Buffer{Name: "labels", Kind: gpu.Slice, Type: gpu.U32, Len: 4 * batch, Stride: 4 * batch, Period: 4 * train})
	rates := n.buffer(gpu.Buffer{Name: "rates", Kind: gpu.Slice, Len: 16, Stride: 16, Period: 16 * uint64(steps)})
	unseen := n.buffer(gpu.Buffer{Name: "unseen", Kind: gpu.Const, Len: 4 * held * pixels})
	loss := n.buffer(gpu.Buffer{Name: "loss", Kind: gpu.Output, Len: 4, Every: 1})
	logits := n.buffer(gpu.Buffer{Name: "logits", Kind: gpu.Output, Len: 4 * held * classes})

	type layer struct {
		in, out            uint32 // sizes
		constants          string
		x, w, m, v, dw     uint32 // buffers
		y, dy, far, farOut uint32
	}
	list := make([]layer, len(layers))
	x, far := images, unseen
	for i, size := range layers {
		l, last := &list[i], i == len(layers)-1
		l.in, l.out, l.x, l.far = size[0], size[1], x, far
		l.constants = fmt.Sprintf("const IN = %du; const OUT = %du; const BATCH = %du; const RELU = %t; const LIMIT = %.9f;",
			l.in, l.out, batch, !last, math.Sqrt(6/float64(l.in)))
		add := func(name string, kind gpu.Kind, elements uint32) uint32 {
			return n.buffer(gpu.Buffer{Name: fmt.Sprint(name, i), Kind: kind, Len: 4 * uint64(elements), Keep: name == "w"})
		}
		weights := (l.in + 1) * l.out
		l.w, l.m, l.v, l.dw = add("w", gpu.State, weights), add("m", gpu.State, weights), add("v", gpu.State, weights), add("dw", gpu.Temp, weights)
		l.y, l.dy = add("y", gpu.Temp, batch*l.out), add("dy", gpu.Temp, batch*l.out)
		if l.farOut = logits; !last {
			l.farOut = add("far", gpu.Temp, held*l.out)
		}
		x, far = l.y, l.farOut
	}

	p := n.p
	for i, l := range list {
		dense := n.module(fmt.Sprint("dense", i), l.constants, "dense")
		p.Init = append(p.Init, run(n.module(fmt.Sprint("start", i), l.constants, "start"), "start", groups(l.in*l.out, 64), 1, params, l.w))
		p.Step = append(p.Step, run(dense, "forward", groups(l.out, 8), groups(batch, 8), l.x, l.w, l.y))
		p.Final = append(p.Final, run(dense, "forward", groups(l.out, 8), groups(held, 8), l.far, l.w, l.farOut))
	}
	top := list[len(list)-1]
	cross := n.module("loss", fmt.Sprintf("const CLASSES = %du; const BATCH = %du;", classes, batch), "loss")
	p.Step = append(p.Step, run(cross, "loss", 1, 1, top.y, labels, top.dy, loss))
	for i, l := range slices.Backward(list) {
		gradient := n.module(fmt.Sprint("gradient", i), l.constants, "gradient")
		p.Step = append(p.Step, run(gradient, "gradient", groups(l.out, 8), groups(l.in+1, 8), l.x, l.dy, l.dw))
		if i > 0 {
			backward := n.module(fmt.Sprint("backward", i), l.constants, "backward")
			p.Step = append(p.Step, run(backward, "backward", groups(l.in, 8), groups(batch, 8), l.dy, l.w, l.x, list[i-1].dy))
		}
	}
	adam := n.module("adam", "", "adam")
	for _, l := range list {
		p.Step = append(p.Step, run(adam, "adam", groups((l.in+1)*l.out, 64), 1, rates, l.dw, l.w, l.m, l.v))
	}
	return p
}

// mlpInputs are the inputs of mlpProgram and the labels of the unseen images.
func mlpInputs(steps uint32) (in map[string]gpu.Input, unseen []byte) {
	images, labels := gputest.Digits(train, 1)
	far, unseen := gputest.Digits(held, 2)
	var rates []byte
	for t := range steps {
		n := float64(t + 1)
		for _, v := range []float64{0.002 / (1 - math.Pow(0.9, n)), 1 / (1 - math.Pow(0.999, n)), 0, 0} {
			rates = binary.LittleEndian.AppendUint32(rates, math.Float32bits(float32(v)))
		}
	}
	return map[string]gpu.Input{
		"images": bytes.NewReader(images), "labels": bytes.NewReader(labels), "rates": bytes.NewReader(rates), "unseen": bytes.NewReader(far),
	}, unseen
}

func floats(b []byte) []float64 {
	list := make([]float64, len(b)/4)
	for i := range list {
		list[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:])))
	}
	return list
}

// accuracy is the share of images whose largest logit is that of their label.
func accuracy(logits []float64, labels []byte) float64 {
	right := 0
	for i := range len(labels) / 4 {
		row := logits[i*classes : (i+1)*classes]
		if row[binary.LittleEndian.Uint32(labels[4*i:])] == slices.Max(row) {
			right++
		}
	}
	return float64(right) / float64(len(labels)/4)
}

func openDriver(t *testing.T) gpu.Device {
	t.Helper()
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	d, err := webgpu.Open(t.Context(), webgpu.Options{})
	if err != nil && gpu.CodeOf(err) == gpu.Unsupported {
		t.Skip(err)
	}
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	return d
}

const mlpSeed = 1<<33 + 7

func TestTraining(t *testing.T) {
	d := openDriver(t)
	const steps = epochs * train / batch
	p := mlpProgram(t, steps)
	in, labels := mlpInputs(steps)
	whole := gputest.SaveAll(t, d, p, in, mlpSeed, nil)
	losses := floats(whole.Outputs["loss"])
	require.Len(t, losses, steps)
	got := accuracy(floats(whole.Outputs["logits"]), labels)
	t.Logf("%d steps in %v; loss from %.3f to %.4f; %.1f%% of %d unseen images", steps, whole.Result.Timings.Run, losses[0], losses[steps-1], 100*got, held)
	require.Greater(t, got, 0.95)
	require.Greater(t, losses[0], 1.5)
	require.Less(t, losses[steps-1], 0.2)
	require.Len(t, whole.Result.Leaves, epochs+1)
	require.Len(t, whole.Checkpoints, epochs)

	again := gputest.SaveAll(t, d, p, in, mlpSeed, nil)
	require.Equal(t, whole.Result.Leaves, again.Result.Leaves, "the same on the same device, bit for bit")
	require.Equal(t, whole.Result.Outputs, again.Result.Outputs)

	middle := uint32(steps / 2)
	resumed := gputest.SaveAll(t, d, p, in, mlpSeed, whole.Checkpoints[middle])
	require.Equal(t, whole.Result.TraceRoot, resumed.Result.TraceRoot, "resumed in the middle of the training")
	require.Equal(t, whole.Result.Leaves, resumed.Result.Leaves)
	require.Equal(t, whole.Outputs, resumed.Outputs)
}

// The evaluator, which rounds each operation on its own, takes the same first steps.
func TestTrainingOnTheEvaluator(t *testing.T) {
	const steps = 4
	p := mlpProgram(t, steps)
	in, _ := mlpInputs(steps)
	exact := gputest.SaveAll(t, eval.Open(), p, in, mlpSeed, nil)
	losses := floats(exact.Outputs["loss"])
	t.Logf("losses %.4f", losses)
	require.Less(t, losses[steps-1], losses[0])
	again := gputest.SaveAll(t, eval.Open(), p, in, mlpSeed, nil)
	require.Equal(t, exact.Result.TraceRoot, again.Result.TraceRoot)

	driver := gputest.SaveAll(t, openDriver(t), p, in, mlpSeed, nil)
	require.InDeltaSlice(t, losses, floats(driver.Outputs["loss"]), 1e-4)
	require.InDeltaSlice(t, floats(exact.Outputs["logits"]), floats(driver.Outputs["logits"]), 1e-2)
}

// In the reproducible form the driver and the evaluator train to the same bits, and a training that is broken off after any
// segment goes on on the other device to the same trace.
func TestReproducibleTrainingMovesBetweenDevices(t *testing.T) {
	const steps = 4
	p := mlpProgram(t, steps)
	p.Segment = 2
	for i := range p.Modules {
		p.Modules[i].Float = gpu.Reproducible1
	}
	in, _ := mlpInputs(steps)
	rep, err := gpu.Check(p)
	require.NoError(t, err)
	require.Equal(t, wgsl.Reproducible, rep.Tier, "%v", rep.Reasons)
	driver := openDriver(t)
	whole := gputest.SaveAll(t, driver, p, in, mlpSeed, nil)
	exact := gputest.SaveAll(t, eval.Open(), p, in, mlpSeed, nil)
	require.Equal(t, exact.Result.Leaves, whole.Result.Leaves, "equal bits on both")
	require.Equal(t, exact.Outputs, whole.Outputs)
	require.Equal(t, exact.Checkpoints, whole.Checkpoints)
	require.Len(t, whole.Checkpoints, steps/2)
	for step, saved := range whole.Checkpoints {
		for _, d := range []gpu.Device{driver, eval.Open()} {
			resumed := gputest.SaveAll(t, d, p, in, mlpSeed, saved)
			require.Equal(t, whole.Result.TraceRoot, resumed.Result.TraceRoot, "resumed at step %d", step)
			require.Equal(t, whole.Outputs, resumed.Outputs)
		}
	}
}
