package report

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/rajveermalviya/go-webgpu/wgpu"

	"gpumesh/gpu"
	"gpumesh/gpu/worker"
)

// churn keeps a device busy for about as long as count says and has a small result.
const churn = `
@group(0) @binding(0) var<uniform> params: vec4<u32>;
@group(0) @binding(1) var<storage, read_write> x: array<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  var v = id.x ^ params.x;
  for (var i = 0u; i < COUNTu; i = i + 1u) { v = v * 1664525u + 1013904223u; v = v ^ (v >> 15u); }
  x[id.x] = x[id.x] + v;
}
`

const (
	churnResult   = 4 << 14    // bytes that are read
	churnElements = 1 << 14    // one for each invocation, at least
	churnMost     = 64 * 65535 // that a grid of one dimension has
	churnLoop     = 60000      // iterations, at most: drivers end loops after 65535
)

// load is how much a churn does.
type load struct{ count, elements int }

// toward is the load that comes nearer to 50 ms after so long a run, and whether that was near enough. Loops grow first, so that results stay small; a
// device that is done with the longest ones too soon gets more invocations.
func (l load) toward(took time.Duration) (_ load, near bool) {
	if took > 45*time.Millisecond {
		return l, true
	}
	more := min(50e6/float64(max(took, 1)), 4)
	next := load{min(int(float64(l.count)*more), churnLoop), l.elements}
	if l.count == churnLoop {
		next.elements = min(int(float64(l.elements)*more)/64*64, churnMost)
	}
	return next, next == l
}

func (l load) source() string { return strings.ReplaceAll(churn, "COUNT", fmt.Sprint(l.count)) }

// churnProgram runs it in a number of steps, with a trace leaf, and so a submission, after each. Of more elements than the result has, it is the
// first ones.
func churnProgram(l load, steps uint32) *gpu.Program {
	p := &gpu.Program{
		Version: gpu.ProgramVersion, Steps: steps, Segment: 1,
		Modules: []gpu.Module{{Name: "churn", WGSL: l.source()}},
		Buffers: []gpu.Buffer{
			{Name: "params", Kind: gpu.Params, Type: gpu.U32, Len: gpu.ParamsSize}, {Name: "x", Kind: gpu.Output, Type: gpu.U32, Len: churnResult},
		},
		Step: []gpu.Command{{Op: gpu.Dispatch, Entry: "main", Bind: []gpu.Binding{{Buffer: 0}, {Buffer: 1}}, Grid: [3]uint32{uint32(l.elements) / 64, 1, 1}}},
	}
	if l.elements > churnElements {
		p.Buffers = append(p.Buffers, gpu.Buffer{Name: "all", Kind: gpu.Temp, Type: gpu.U32, Len: 4 * uint64(l.elements)})
		p.Step[0].Bind[1].Buffer = 2
		p.Step = append(p.Step, gpu.Command{Op: gpu.Copy, Bind: []gpu.Binding{{Buffer: 2, Len: churnResult}, {Buffer: 1}}})
	}
	return p
}

// runtime compares gpu.Run with the same done by bare calls of the GPU library.
func (b *bench) runtime() error {
	raw, err := openRaw(b.Device.Name)
	if err != nil {
		return err
	}
	defer raw.close()
	l, near := load{256, churnElements}, false
	for range 16 {
		took, err := b.turns(b.clock, 4, func() error { return raw.run(l, 1, churnResult) })
		if err != nil {
			return err
		}
		if l, near = l.toward(time.Duration(float64(took.time(0)) / b.parallel())); near {
			break
		}
	}
	p := churnProgram(l, 1)
	run := func(s *gpu.Learned) func() error {
		return func() error {
			_, err := gpu.Run(b.ctx, b.d, p, gpu.Task{Learned: s})
			return err
		}
	}
	contenders := []func() error{func() error { return raw.run(l, 1, churnResult) }, run(new(gpu.Learned)), run(nil)}
	took, err := b.turns(b.clock, 12*b.o.Turns, contenders...)
	if err != nil {
		return err
	}
	walls, err := b.turns(wallClock, 4*b.o.Turns, contenders...)
	if err != nil {
		return err
	}
	for i, name := range []string{"gpu.Run beyond bare calls, whole program", "the same the first time in a process"} {
		b.add(Line{
			Name: name, Value: 100 * (took.ratio(1+i, 0) - 1), Unit: "%", Target: atMost, Limit: 5,
			Detail: fmt.Sprintf("%.1f and %.1f ms from source text to result; %.1f and %.1f ms on the wall clock", ms(took.time(1+i)), ms(took.time(0)), ms(walls.time(1+i)), ms(walls.time(0))),
		})
	}
	return b.launches(raw)
}

// launches compares batches of one small dispatch on the device as tasks get it with the same by bare calls. What gpu.Run does for a
// batch is to frame it with guard kernels over a nonce and to wait until that has come back, so the bare one reads as much.
func (b *bench) launches(raw *rawDevice) error {
	const batches, result = 200, churnResult
	once := load{1, churnElements}
	d := worker.ForTasks(b.d)
	k, err := d.Kernel(b.ctx, once.source(), "main", []gpu.Access{gpu.Uniform, gpu.ReadWrite})
	if err != nil {
		return err
	}
	defer k.Release()
	w := gpu.Work{Op: gpu.Dispatch, Kernel: k, Grid: [3]uint32{churnElements / 64, 1, 1}}
	for _, size := range []uint64{gpu.ParamsSize, result} {
		m, err := d.Alloc(size)
		if err != nil {
			return err
		}
		defer m.Release()
		w.Bind = append(w.Bind, gpu.Range{Memory: m, Len: size})
	}
	run := func(steps uint32) func() error {
		p, learned := churnProgram(once, steps), new(gpu.Learned)
		return func() error {
			_, err := gpu.Run(b.ctx, d, p, gpu.Task{Learned: learned})
			return err
		}
	}
	guarded := func(n int) func() error {
		return func() error { _, err := gpu.Launches(b.ctx, d, []gpu.Work{w}, n); return err }
	}
	bare := func(batches int, read uint64) func() error {
		return func() error { return raw.run(once, batches, read) }
	}
	took, err := b.turns(wallClock, 4*b.o.Turns,
		guarded(1), guarded(1+batches), bare(1, gpu.NonceSize), bare(1+batches, gpu.NonceSize), run(1), run(1+batches), bare(1, result), bare(1+batches, result))
	if err != nil {
		return err
	}
	each := func(i int) float64 { // us
		return took.median(func(t []time.Duration) float64 { return (t[i+1] - t[i]).Seconds() * 1e6 / batches })
	}
	beyond := func(i, j int) float64 {
		return took.median(func(t []time.Duration) float64 { return (t[i+1] - t[i] - t[j+1] + t[j]).Seconds() * 1e6 / batches })
	}
	b.add(Line{
		Name: "guarded launch beyond bare calls, each batch", Value: beyond(0, 2), Unit: "us", Target: atMost, Limit: 200,
		Detail: fmt.Sprintf("%.0f and %.0f us from submitting the same dispatch to knowing that it has run; both read %d bytes", each(0), each(2), gpu.NonceSize),
	})
	b.add(Line{
		Name: "segment of one batch beyond bare calls", Value: beyond(4, 6), Unit: "us",
		Detail: fmt.Sprintf("%.0f and %.0f us, with %d kB of result read, here also hashed and traced", each(4), each(6), result>>10),
	})
	return nil
}

// rawDevice is the GPU library, used directly.
type rawDevice struct {
	instance *wgpu.Instance
	adapter  *wgpu.Adapter
	device   *wgpu.Device
	queue    *wgpu.Queue
}

func openRaw(name string) (*rawDevice, error) {
	r := &rawDevice{instance: wgpu.CreateInstance(nil)}
	for _, a := range r.instance.EnumerateAdapters(nil) {
		if r.adapter == nil && strings.TrimSpace(a.GetProperties().Name) == name {
			r.adapter = a
			continue
		}
		a.Release()
	}
	if r.adapter == nil {
		r.instance.Release()
		return nil, gpu.Errorf(gpu.Unsupported, "the GPU library does not list %q", name)
	}
	d, err := r.adapter.RequestDevice(nil)
	if err != nil {
		r.adapter.Release()
		r.instance.Release()
		return nil, err
	}
	r.device, r.queue = d, d.GetQueue()
	return r, nil
}

func (r *rawDevice) close() {
	r.device.Release()
	r.adapter.Release()
	r.instance.Release()
}

// run does what a plain program would for churn: compile, make buffers, and for each batch record, submit, wait and read so much
// of the result.
func (r *rawDevice) run(l load, batches int, read uint64) error {
	module, err := r.device.CreateShaderModule(&wgpu.ShaderModuleDescriptor{WGSLDescriptor: &wgpu.ShaderModuleWGSLDescriptor{Code: l.source()}})
	if err != nil {
		return err
	}
	defer module.Release()
	pipeline, err := r.device.CreateComputePipeline(&wgpu.ComputePipelineDescriptor{Compute: wgpu.ProgrammableStageDescriptor{Module: module, EntryPoint: "main"}})
	if err != nil {
		return err
	}
	defer pipeline.Release()
	size := 4 * uint64(l.elements)
	var list []*wgpu.Buffer
	for _, d := range []wgpu.BufferDescriptor{
		{Size: gpu.ParamsSize, Usage: wgpu.BufferUsage_Uniform | wgpu.BufferUsage_CopyDst},
		{Size: size, Usage: wgpu.BufferUsage_Storage | wgpu.BufferUsage_CopySrc},
		{Size: read, Usage: wgpu.BufferUsage_MapRead | wgpu.BufferUsage_CopyDst},
	} {
		buffer, err := r.device.CreateBuffer(&d)
		if err != nil {
			return err
		}
		defer buffer.Release()
		list = append(list, buffer)
	}
	group, err := r.device.CreateBindGroup(&wgpu.BindGroupDescriptor{Layout: pipeline.GetBindGroupLayout(0), Entries: []wgpu.BindGroupEntry{
		{Binding: 0, Buffer: list[0], Size: gpu.ParamsSize}, {Binding: 1, Buffer: list[1], Size: size},
	}})
	if err != nil {
		return err
	}
	defer group.Release()
	result := make([]byte, read)
	for step := range batches {
		if err := r.queue.WriteBuffer(list[0], 0, append([]byte{byte(step), byte(step >> 8)}, make([]byte, gpu.ParamsSize-2)...)); err != nil {
			return err
		}
		encoder, err := r.device.CreateCommandEncoder(nil)
		if err != nil {
			return err
		}
		pass := encoder.BeginComputePass(nil)
		pass.SetPipeline(pipeline)
		pass.SetBindGroup(0, group, nil)
		pass.DispatchWorkgroups(uint32(l.elements)/64, 1, 1)
		err = errors.Join(pass.End(), encoder.CopyBufferToBuffer(list[1], 0, list[2], 0, read))
		pass.Release()
		if err != nil {
			return err
		}
		commands, err := encoder.Finish(nil)
		if err != nil {
			return err
		}
		r.queue.Submit(commands)
		commands.Release()
		encoder.Release()
		done := false
		if err := list[2].MapAsync(wgpu.MapMode_Read, 0, read, func(wgpu.BufferMapAsyncStatus) { done = true }); err != nil {
			return err
		}
		for !done {
			r.device.Poll(true, nil) // which is right for what takes less than 5 s
		}
		copy(result, list[2].GetMappedRange(0, uint(read)))
		if err := list[2].Unmap(); err != nil {
			return err
		}
	}
	if bytes.Equal(result, make([]byte, read)) {
		return errors.New("the bare calls computed nothing")
	}
	return nil
}
