package webgpu

import (
	"context"
	"encoding/binary"
	"errors"

	"github.com/rajveermalviya/go-webgpu/wgpu"

	"gpumesh/gpu"
)

// Submit records the work in one command buffer; dispatches that follow each other share a compute pass, in which
// wgpu-native inserts the barriers that their bindings need.
func (d *device) Submit(ctx context.Context, work []gpu.Work) error {
	enc, err := d.record(ctx, work)
	if err != nil {
		return err
	}
	defer enc.Release()
	cmd, err := enc.Finish(nil)
	if err := d.failure(err, gpu.InvalidProgram); err != nil {
		return err
	}
	d.queue.Submit(cmd)
	d.busy = true
	cmd.Release()
	d.unflushed = 0
	return d.failure(nil, gpu.Internal)
}

// SubmitRead is a gpu.SubmitReader's: the copy that reads is in the same command buffer as the work.
func (d *device) SubmitRead(ctx context.Context, work []gpu.Work, m gpu.Memory, p []byte) error {
	from, err := d.resolve(gpu.Range{Memory: m, Len: uint64(len(p))})
	if err != nil {
		return err
	}
	if len(p) > chunk {
		return gpu.Errorf(gpu.Internal, "%d bytes are too many to be read with a submission", len(p))
	}
	if err := d.idle(ctx); err != nil {
		return err
	}
	enc, err := d.record(ctx, work)
	if err != nil {
		return err
	}
	defer enc.Release()
	return d.readBehind(ctx, enc, from.buf, 0, p, unchecked)
}

// record returns an encoder that holds the work.
func (d *device) record(ctx context.Context, work []gpu.Work) (*wgpu.CommandEncoder, error) {
	if ctx.Err() != nil {
		return nil, contextError(ctx)
	}
	enc, err := d.dev.CreateCommandEncoder(nil)
	if err := d.failure(err, gpu.Internal); err != nil {
		return nil, err
	}
	r := recorder{d: d, enc: enc}
	for i := range work {
		if err := r.record(&work[i]); err != nil {
			r.endPass()
			enc.Release()
			d.fill.forget()
			return nil, err
		}
	}
	if err := errors.Join(r.endPass(), d.fill.flush(d)); err != nil {
		enc.Release()
		return nil, err
	}
	return enc, nil
}

type recorder struct {
	d    *device
	enc  *wgpu.CommandEncoder
	pass *wgpu.ComputePassEncoder
	last *kernel // the pipeline that is set in pass
}

func (r *recorder) record(w *gpu.Work) error {
	switch w.Op {
	case gpu.Dispatch:
		k, ok := w.Kernel.(*kernel)
		if !ok || k.d != r.d || k.pipeline == nil {
			return gpu.Errorf(gpu.Internal, "the kernel does not belong to this device or was released")
		}
		return r.dispatch(k, w.Bind, w.Grid)
	case gpu.Copy:
		if len(w.Bind) != 2 || w.Bind[0].Len != w.Bind[1].Len {
			return gpu.Errorf(gpu.Internal, "copy takes two ranges of equal length")
		}
		from, err := r.d.resolve(w.Bind[0])
		if err != nil {
			return err
		}
		to, err := r.d.resolve(w.Bind[1])
		if err != nil {
			return err
		}
		if from == to {
			return gpu.Errorf(gpu.Internal, "copy inside one buffer")
		}
		if err := r.endPass(); err != nil {
			return err
		}
		return r.d.failure(r.enc.CopyBufferToBuffer(from.buf, w.Bind[0].Off, to.buf, w.Bind[1].Off, w.Bind[0].Len), gpu.Internal)
	case gpu.Fill:
		if len(w.Bind) != 1 {
			return gpu.Errorf(gpu.Internal, "fill takes one range")
		}
		m, err := r.d.resolve(w.Bind[0])
		if err != nil {
			return err
		}
		if w.Value != 0 {
			return r.fill(w.Bind[0], w.Value)
		}
		if err := r.endPass(); err != nil {
			return err
		}
		return r.d.failure(r.enc.ClearBuffer(m.buf, w.Bind[0].Off, w.Bind[0].Len), gpu.Internal)
	}
	return gpu.Errorf(gpu.Internal, "op %q is not a device command", w.Op)
}

func (r *recorder) dispatch(k *kernel, bind []gpu.Range, grid [3]uint32) error {
	g, err := r.d.group(k, bind)
	if err != nil {
		return err
	}
	if r.pass == nil {
		r.pass = r.enc.BeginComputePass(nil)
	}
	if r.last != k {
		r.pass.SetPipeline(k.pipeline)
		r.last = k
	}
	r.pass.SetBindGroup(0, g, nil)
	r.pass.DispatchWorkgroups(grid[0], grid[1], grid[2])
	return nil
}

func (r *recorder) endPass() error {
	if r.pass == nil {
		return nil
	}
	err := r.d.failure(r.pass.End(), gpu.InvalidProgram)
	r.pass.Release()
	r.pass, r.last = nil, nil
	return err
}

// group returns the bind group of a kernel and its ranges. Programs repeat the same ones every step, so they are kept until
// a kernel or memory is released.
func (d *device) group(k *kernel, bind []gpu.Range) (*wgpu.BindGroup, error) {
	d.key = binary.LittleEndian.AppendUint64(d.key[:0], k.id)
	entries := make([]wgpu.BindGroupEntry, len(bind))
	for i, b := range bind {
		m, err := d.resolve(b)
		if err != nil {
			return nil, err
		}
		entries[i] = wgpu.BindGroupEntry{Binding: uint32(i), Buffer: m.buf, Offset: b.Off, Size: b.Len}
		d.key = binary.LittleEndian.AppendUint64(d.key, m.id)
		d.key = binary.LittleEndian.AppendUint64(d.key, b.Off)
		d.key = binary.LittleEndian.AppendUint64(d.key, b.Len)
	}
	if g := d.groups[string(d.key)]; g != nil {
		return g, nil
	}
	g, err := d.dev.CreateBindGroup(&wgpu.BindGroupDescriptor{Layout: k.layout, Entries: entries})
	if err := d.failure(err, gpu.InvalidProgram); err != nil {
		return nil, err
	}
	if len(d.groups) >= maxGroups {
		d.dropGroups()
	}
	d.groups[string(d.key)] = g
	return g, nil
}
