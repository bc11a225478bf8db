package webgpu

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"strings"
	"time"

	"github.com/rajveermalviya/go-webgpu/wgpu"

	"gpumesh/gpu"
)

const (
	chunk        = 16 << 20 // bytes copied at once
	piece        = 8 << 20  // bytes of a read-back that are used while the next are copied; a multiple of gpu.ChunkSize
	portion      = 4 << 20  // bytes of a write that are copied while the next are filled
	trailer      = 16       // bytes of nonce behind the data of every read-back
	maxUnflushed = 64 << 20 // bytes written before they are forced to the device
	large        = 1 << 20  // bytes from which on a write goes through a buffer that is kept
	maxGroups    = 8192     // cached bind groups
	maxModules   = 64       // cached shader modules

	bufferUsage = wgpu.BufferUsage_Storage | wgpu.BufferUsage_Uniform | wgpu.BufferUsage_CopySrc | wgpu.BufferUsage_CopyDst
)

type device struct {
	inst    *wgpu.Instance
	adapter *wgpu.Adapter
	dev     *wgpu.Device
	queue   *wgpu.Queue
	errors  errorSink
	info    gpu.Info

	nextID    uint64
	total     uint64
	unflushed uint64
	groups    map[string]*wgpu.BindGroup
	modules   map[string]*wgpu.ShaderModule
	key       []byte // scratch for the keys of groups

	nonce   *wgpu.Buffer
	counter uint64 // distinguishes read-backs
	salt    uint64
	staging [2]*wgpu.Buffer // of read-backs; nil before they are needed
	upload  [2]*wgpu.Buffer // of large writes; nil before they are needed
	fill    *filler

	patience time.Duration // of a write without progress

	busy   bool // something was submitted and not waited for
	stuck  bool // a wait was given up; releasing would block
	closed bool
}

type kernel struct {
	d        *device
	id       uint64
	layout   *wgpu.BindGroupLayout
	pipeline *wgpu.ComputePipeline
}

type memory struct {
	d    *device
	id   uint64
	size uint64
	buf  *wgpu.Buffer
}

// prepare makes what every submission needs, and runs the canary.
func (d *device) prepare(ctx context.Context) error {
	d.patience = time.Minute
	d.groups = make(map[string]*wgpu.BindGroup)
	d.modules = make(map[string]*wgpu.ShaderModule)
	var salt [8]byte
	rand.Read(salt[:])
	d.salt = binary.LittleEndian.Uint64(salt[:])
	var err error
	if d.nonce, err = d.create(trailer, wgpu.BufferUsage_CopySrc|wgpu.BufferUsage_CopyDst); err != nil {
		return err
	}
	if d.fill, err = newFiller(ctx, d); err != nil {
		return err
	}
	return d.loopCanary(ctx)
}

func (d *device) Info() gpu.Info { return d.info }

func (d *device) Kernel(ctx context.Context, wgsl, entry string, bindings []gpu.Access) (gpu.Kernel, error) {
	if err := ctx.Err(); err != nil {
		return nil, contextError(ctx)
	}
	if strings.TrimSpace(wgsl) == "" || strings.IndexByte(wgsl, 0) >= 0 || entry == "" || strings.IndexByte(entry, 0) >= 0 {
		return nil, gpu.Errorf(gpu.InvalidProgram, "a kernel needs a WGSL source and an entry point") // an empty source crashes wgpu-native
	}
	module := d.modules[wgsl]
	if module == nil {
		m, err := d.dev.CreateShaderModule(&wgpu.ShaderModuleDescriptor{WGSLDescriptor: &wgpu.ShaderModuleWGSLDescriptor{Code: wgsl}})
		if err := d.compiled(ctx, err); err != nil {
			return nil, err
		}
		if len(d.modules) >= maxModules {
			d.dropModules()
		}
		d.modules[wgsl] = m
		module = m
	}
	entries := make([]wgpu.BindGroupLayoutEntry, len(bindings))
	for i, a := range bindings {
		t, ok := bindingType(a)
		if !ok {
			return nil, gpu.Errorf(gpu.InvalidProgram, "binding %d: access %q is not known", i, a)
		}
		entries[i] = wgpu.BindGroupLayoutEntry{
			Binding:    uint32(i),
			Visibility: wgpu.ShaderStage_Compute,
			Buffer:     wgpu.BufferBindingLayout{Type: t},
		}
	}
	layout, err := d.dev.CreateBindGroupLayout(&wgpu.BindGroupLayoutDescriptor{Entries: entries})
	if err := d.compiled(ctx, err); err != nil {
		return nil, err
	}
	pl, err := d.dev.CreatePipelineLayout(&wgpu.PipelineLayoutDescriptor{BindGroupLayouts: []*wgpu.BindGroupLayout{layout}})
	if err := d.compiled(ctx, err); err != nil {
		layout.Release()
		return nil, err
	}
	defer pl.Release()
	pipeline, err := d.dev.CreateComputePipeline(&wgpu.ComputePipelineDescriptor{
		Layout:  pl,
		Compute: wgpu.ProgrammableStageDescriptor{Module: module, EntryPoint: entry},
	})
	if err := d.compiled(ctx, err); err != nil {
		layout.Release()
		return nil, err
	}
	d.nextID++
	return &kernel{d: d, id: d.nextID, layout: layout, pipeline: pipeline}, nil
}

func bindingType(a gpu.Access) (wgpu.BufferBindingType, bool) {
	switch a {
	case gpu.Read:
		return wgpu.BufferBindingType_ReadOnlyStorage, true
	case gpu.ReadWrite:
		return wgpu.BufferBindingType_Storage, true
	case gpu.Uniform:
		return wgpu.BufferBindingType_Uniform, true
	}
	return 0, false
}

func (d *device) Alloc(size uint64) (gpu.Memory, error) {
	l := d.info.Limits
	switch {
	case size == 0 || size%4 != 0:
		return nil, gpu.Errorf(gpu.Internal, "a buffer of %d bytes: the size must be a positive multiple of 4", size)
	case size > l.MaxBuffer:
		return nil, gpu.Errorf(gpu.TooLarge, "a buffer of %d bytes: this device allows %d", size, l.MaxBuffer)
	case size > l.MaxTotal-d.total:
		return nil, gpu.Errorf(gpu.TooLarge, "%d bytes more than the %d in use: at most %d may be used", size, d.total, l.MaxTotal)
	}
	buf, err := d.create(size, bufferUsage)
	if err != nil {
		return nil, err
	}
	d.total += size
	d.nextID++
	return &memory{d: d, id: d.nextID, size: size, buf: buf}, nil
}

func (d *device) create(size uint64, usage wgpu.BufferUsage) (*wgpu.Buffer, error) {
	buf, err := d.dev.CreateBuffer(&wgpu.BufferDescriptor{Size: size, Usage: usage})
	if err := d.failure(err, gpu.TooLarge); err != nil {
		return nil, err
	}
	return buf, nil
}

// resolve checks a range and returns its memory.
func (d *device) resolve(r gpu.Range) (*memory, error) {
	m, ok := r.Memory.(*memory)
	if !ok || m.d != d || m.buf == nil {
		return nil, gpu.Errorf(gpu.Internal, "the memory does not belong to this device or was released")
	}
	if r.Len == 0 || r.Len%4 != 0 || r.Off%4 != 0 || r.Off > m.size || r.Len > m.size-r.Off {
		return nil, gpu.Errorf(gpu.Internal, "bytes %d to %d of a buffer of %d bytes", r.Off, r.Off+r.Len, m.size)
	}
	return m, nil
}

// idle waits until what Submit has submitted is done. Some drivers block in a submission while an earlier one runs; waiting
// first keeps the read-back's from doing so, and with it the context's deadline.
func (d *device) idle(ctx context.Context) error {
	if !d.busy {
		return nil
	}
	p, err := startIdle(d.queue)
	if err != nil {
		return err
	}
	if err := d.await(ctx, p); err != nil {
		return err
	}
	d.busy = false
	return nil
}

// await polls until the callback has come. It never blocks in wgpu-native: its own waiting gives up after 5 s with success.
func (d *device) await(ctx context.Context, p pending) error {
	start := time.Now()
	for {
		if done, ok := p.done(d.dev, time.Since(start)); done {
			if !ok {
				return gpu.Errorf(gpu.DeviceLost, "the device did not finish its work")
			}
			return d.failure(nil, gpu.Internal)
		}
		if err := d.failure(nil, gpu.Internal); err != nil {
			return err
		}
		if ctx.Err() != nil {
			d.stuck = true
			return contextError(ctx)
		}
	}
}

func (d *device) Close() error {
	if d.closed || d.stuck {
		return nil // releasing a busy device blocks for seconds or for ever; the process ends soon
	}
	d.closed = true
	d.dropGroups()
	d.dropModules()
	if d.fill != nil {
		d.fill.release()
	}
	for _, b := range []*wgpu.Buffer{d.nonce, d.staging[0], d.staging[1], d.upload[0], d.upload[1]} {
		if b != nil {
			b.Release()
		}
	}
	d.queue.Release()
	d.dev.Release()
	d.adapter.Release()
	d.inst.Release()
	return nil
}

func (d *device) dropGroups() {
	for _, g := range d.groups {
		g.Release()
	}
	clear(d.groups)
}

func (d *device) dropModules() {
	for _, m := range d.modules {
		m.Release()
	}
	clear(d.modules)
}

func (k *kernel) Release() {
	if k.pipeline == nil || k.d.closed {
		return
	}
	k.d.dropGroups()
	k.pipeline.Release()
	k.layout.Release()
	k.pipeline, k.layout = nil, nil
}

func (m *memory) Size() uint64 { return m.size }

func (m *memory) Release() {
	if m.buf == nil || m.d.closed {
		return
	}
	m.d.dropGroups()
	m.d.total -= m.size
	m.buf.Destroy()
	m.buf.Release()
	m.buf = nil
}

// failure turns a call's error, or else the first uncaptured error since the last call, into a typed one. A validation
// error gets the code of the caller.
func (d *device) failure(err error, validation gpu.Code) error {
	t, msg := d.errors.take()
	switch {
	case t == wgpu.ErrorType_OutOfMemory:
		return gpu.Errorf(gpu.OutOfMemory, "the device is out of memory: %s", sentence(msg))
	case t == wgpu.ErrorType_DeviceLost:
		return gpu.Errorf(gpu.DeviceLost, "the device was lost: %s", sentence(msg))
	case err != nil:
		return gpu.Errorf(validation, "%s", sentence(err.Error()))
	case t != wgpu.ErrorType_NoError:
		return gpu.Errorf(validation, "%s", sentence(msg))
	}
	return nil
}

// What wgpu-native says at the end of a report when the cause is not the program.
const (
	saysLost   = "Parent device is lost"
	saysMemory = "Not enough memory left"
)

// compiled is failure for the calls that make a kernel. The binding does not tell the type of their errors, and wgpu-native calls
// a device lost when its driver returns something unknown, too: a lost one does not do the next thing either.
func (d *device) compiled(ctx context.Context, err error) error {
	failed := d.failure(err, gpu.InvalidProgram)
	if err == nil || gpu.CodeOf(failed) != gpu.InvalidProgram {
		return failed
	}
	return blame(failed, err.Error(), func() error { return d.Wait(ctx) })
}

// blame gives an error of a kernel that was not made the code of its cause. The text of a program cannot make up a whole line.
func blame(failed error, report string, wait func() error) error {
	report = strings.TrimSpace(report)
	switch strings.TrimSpace(report[strings.LastIndexByte(report, '\n')+1:]) {
	case saysMemory:
		return gpu.Errorf(gpu.OutOfMemory, "the device has no memory left for a kernel")
	case saysLost:
		switch err := wait(); {
		case err == nil:
		case gpu.CodeOf(err) == gpu.Canceled || gpu.CodeOf(err) == gpu.Timeout:
			return err
		default:
			return gpu.Errorf(gpu.DeviceLost, "the device was lost while a kernel was made: %v", err)
		}
	}
	return failed
}

// sentence puts wgpu-native's indented reports on one line of bounded length.
func sentence(s string) string {
	if i := strings.LastIndex(s, "(): "); i >= 0 {
		s = s[i+len("(): "):] // the binding's prefix
	}
	s = strings.Join(strings.Fields(s), " ")
	s = strings.TrimPrefix(s, "Validation Error Caused by: ")
	if len(s) > 400 {
		s = strings.ToValidUTF8(s[:400], "") + "..."
	}
	return s
}

func contextError(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return gpu.Errorf(gpu.Timeout, "the deadline passed before the device had finished")
	}
	return gpu.Errorf(gpu.Canceled, "canceled before the device had finished")
}
