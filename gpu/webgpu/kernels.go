package webgpu

import (
	"context"
	"encoding/binary"
	"time"

	"gpumesh/gpu"
)

// WebGPU clears buffers to zero only, so other values are written by a kernel.
const fillSource = `
@group(0) @binding(0) var<storage, read_write> target_: array<u32>;
@group(0) @binding(1) var<storage, read> value: array<u32, 1>;

@compute @workgroup_size(64)
fn fill(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) n: vec3<u32>) {
  let i = id.y * n.x * 64u + id.x;
  if (i < arrayLength(&target_)) { target_[i] = value[0]; }
}
`

// maxFills bounds the different fill values of one submission; gpu.Run puts no more commands into one.
const maxFills = 4096

// filler holds the values that the fills of a submission write, each in a place that can be bound. The next submission has others
// there: what it writes to them comes behind the last one's work.
type filler struct {
	kernel *kernel
	values *memory // nil before the first fill
	places map[uint32]uint64
	room   []byte
}

func newFiller(ctx context.Context, d *device) (*filler, error) {
	k, err := d.Kernel(ctx, fillSource, "fill", []gpu.Access{gpu.ReadWrite, gpu.Read})
	if err != nil {
		return nil, err
	}
	return &filler{kernel: k.(*kernel), places: make(map[uint32]uint64)}, nil
}

func (f *filler) release() {
	if f.values != nil {
		f.values.buf.Release()
	}
	f.kernel.pipeline.Release()
	f.kernel.layout.Release()
}

// place returns where the value is in this submission.
func (f *filler) place(d *device, value uint32) (gpu.Range, error) {
	if f.values == nil {
		b, err := d.create(maxFills*gpu.BindAlign, bufferUsage)
		if err != nil {
			return gpu.Range{}, err
		}
		d.nextID++
		f.values = &memory{d: d, id: d.nextID, size: maxFills * gpu.BindAlign, buf: b}
	}
	off, ok := f.places[value]
	if !ok {
		if len(f.places) == maxFills {
			return gpu.Range{}, gpu.Errorf(gpu.Internal, "a submission with more than %d different fill values", maxFills)
		}
		off = uint64(len(f.room))
		f.places[value] = off
		f.room = append(binary.LittleEndian.AppendUint32(f.room, value), make([]byte, gpu.BindAlign-4)...)
	}
	return gpu.Range{Memory: f.values, Off: off, Len: 4}, nil
}

// flush writes the values of a submission, in front of it.
func (f *filler) flush(d *device) error {
	if len(f.room) == 0 {
		return nil
	}
	defer f.forget()
	return d.failure(d.queue.WriteBuffer(f.values.buf, 0, f.room), gpu.Internal)
}

// forget ends a submission.
func (f *filler) forget() {
	f.room = f.room[:0]
	clear(f.places)
}

func (r *recorder) fill(to gpu.Range, value uint32) error {
	m, err := r.d.fill.place(r.d, value)
	if err != nil {
		return err
	}
	// A range that is too long to be bound is filled in parts.
	part := r.d.info.Limits.MaxBinding &^ (gpu.BindAlign - 1)
	for ; to.Len > part; to.Off, to.Len = to.Off+part, to.Len-part {
		if err := r.fillPart(gpu.Range{Memory: to.Memory, Off: to.Off, Len: part}, m); err != nil {
			return err
		}
	}
	return r.fillPart(to, m)
}

func (r *recorder) fillPart(to, value gpu.Range) error {
	const perGroup = 64 * 4
	groups := (to.Len + perGroup - 1) / perGroup
	x := min(groups, gpu.MaxGrid)
	y := (groups + x - 1) / x
	if y > gpu.MaxGrid {
		return gpu.Errorf(gpu.TooLarge, "fill of %d bytes", to.Len)
	}
	return r.dispatch(r.d.fill.kernel, []gpu.Range{to, value}, [3]uint32{uint32(x), uint32(y), 1})
}

const (
	canaryIterations = 70_000
	mesaLoopLimit    = 65_535 // Mesa before 23 ends loops there, without an error

	canarySource = `
@group(0) @binding(0) var<storage, read_write> io: array<u32, 4>;

@compute @workgroup_size(1)
fn canary() {
  var x = io[0];
  var i = 0u;
  loop {
    if (i >= io[1]) { break; }
    x = x * 1664525u + 1013904223u;
    x = x ^ (x >> 15u);
    i = i + 1u;
  }
  io[2] = x;
  io[3] = i;
}
`
)

func canaryValue(seed uint32, n int) uint32 {
	x := seed
	for range n {
		x = x*1664525 + 1013904223
		x ^= x >> 15
	}
	return x
}

// loopCanary runs one loop of 70,000 iterations. A driver that ends it at Mesa's limit gets that limit in its Info; any
// other wrong result disqualifies the driver.
func (d *device) loopCanary(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	k, err := d.Kernel(ctx, canarySource, "canary", []gpu.Access{gpu.ReadWrite})
	if err != nil {
		return gpu.Errorf(gpu.BadDriver, "the driver refused the canary kernel: %v", err)
	}
	defer k.Release()
	m, err := d.Alloc(16)
	if err != nil {
		return err
	}
	defer m.Release()
	seed := uint32(d.salt)
	in := make([]byte, 16)
	binary.LittleEndian.PutUint32(in, seed)
	binary.LittleEndian.PutUint32(in[4:], canaryIterations)
	if err := d.Write(m, 0, in); err != nil {
		return err
	}
	work := gpu.Work{Op: gpu.Dispatch, Kernel: k, Bind: []gpu.Range{{Memory: m, Len: 16}}, Grid: [3]uint32{1, 1, 1}}
	if err := d.Submit(ctx, []gpu.Work{work}); err != nil {
		return err
	}
	if err := d.Read(ctx, m, 0, in); err != nil {
		return err
	}
	x, n := binary.LittleEndian.Uint32(in[8:]), binary.LittleEndian.Uint32(in[12:])
	switch {
	case n == canaryIterations && x == canaryValue(seed, canaryIterations):
		return nil
	case n == mesaLoopLimit && x == canaryValue(seed, mesaLoopLimit):
		d.info.Limits.MaxLoopIterations = mesaLoopLimit
		return nil
	}
	return gpu.Errorf(gpu.BadDriver, "it computed a wrong result in the loop canary")
}
