package webgpu

import (
	"context"
	"encoding/binary"

	"github.com/rajveermalviya/go-webgpu/wgpu"

	"gpumesh/gpu"
)

func (d *device) Write(m gpu.Memory, off uint64, p []byte) error {
	if len(p) >= large {
		return d.WriteFrom(m, off, uint64(len(p)), func(to []byte) error {
			p = p[copy(to, p):]
			return nil
		})
	}
	r, err := d.resolve(gpu.Range{Memory: m, Off: off, Len: uint64(len(p))})
	if err != nil {
		return err
	}
	if err := d.failure(d.queue.WriteBuffer(r.buf, off, p), gpu.Internal); err != nil {
		return err
	}
	// wgpu-native keeps a copy until a later submission has finished.
	if d.unflushed += uint64(len(p)); d.unflushed < maxUnflushed {
		return nil
	}
	return d.patient(d.Wait)
}

// WriteFrom is a gpu.Streamer's. It writes in pieces through two mapped buffers, which are made once: wgpu-native makes a new one for every
// write, whose pages the kernel has to clear first. While a piece is filled, the device copies the one before.
func (d *device) WriteFrom(m gpu.Memory, off, n uint64, fill func(p []byte) error) error {
	dst, err := d.resolve(gpu.Range{Memory: m, Off: off, Len: n})
	if err != nil {
		return err
	}
	if err := d.patient(d.idle); err != nil {
		return err
	}
	side := 0
	for end := off + n; off < end; side = 1 - side {
		k := min(end-off, portion)
		if err := d.writePiece(dst.buf, off, k, side, fill); err != nil {
			return err
		}
		off += k
	}
	return nil
}

// patient has a write wait until the device has taken what came before, for a bounded time. What fills a piece is not the device, and however
// much is written there is no bound on all of it.
func (d *device) patient(wait func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), d.patience)
	defer cancel()
	return wait(ctx)
}

// writePiece fills n bytes of one of the buffers for writes, as soon as the device has copied what was there before, and submits their copy.
func (d *device) writePiece(dst *wgpu.Buffer, off, n uint64, side int, fill func(p []byte) error) (err error) {
	if d.upload[side] == nil {
		if d.upload[side], err = d.create(portion, wgpu.BufferUsage_MapWrite|wgpu.BufferUsage_CopySrc); err != nil {
			return err
		}
	}
	from := d.upload[side]
	mapped, err := startMap(from, wgpu.MapMode_Write, n)
	if err != nil {
		return err
	}
	if err := d.patient(func(ctx context.Context) error { return d.await(ctx, mapped) }); err != nil {
		d.upload[side] = nil // the map may still be pending: give the buffer up
		return err
	}
	filled := fill(from.GetMappedRange(0, uint(n)))
	if err := d.failure(from.Unmap(), gpu.DeviceLost); err != nil {
		return err
	}
	if filled != nil {
		return filled
	}
	enc, err := d.dev.CreateCommandEncoder(nil)
	if err := d.failure(err, gpu.Internal); err != nil {
		return err
	}
	err = enc.CopyBufferToBuffer(from, 0, dst, off, n)
	var cmd *wgpu.CommandBuffer
	if err == nil {
		cmd, err = enc.Finish(nil)
	}
	enc.Release()
	if err := d.failure(err, gpu.Internal); err != nil {
		return err
	}
	d.queue.Submit(cmd)
	d.busy, d.unflushed = true, 0
	cmd.Release()
	return nil
}

func (d *device) Read(ctx context.Context, m gpu.Memory, off uint64, p []byte) error {
	if _, err := d.resolve(gpu.Range{Memory: m, Off: off, Len: uint64(len(p))}); err != nil {
		return err
	}
	for len(p) > 0 {
		n := min(len(p), chunk)
		if err := d.readChunk(ctx, m.(*memory).buf, off, p[:n]); err != nil {
			return err
		}
		p, off = p[n:], off+uint64(n)
	}
	return nil
}

// ReadTo is a gpu.Streamer's: while a piece is used, where it is mapped, the device copies the next one to the other staging buffer.
func (d *device) ReadTo(ctx context.Context, m gpu.Memory, off, n uint64, use func(p []byte) error) error {
	src, err := d.resolve(gpu.Range{Memory: m, Off: off, Len: n})
	if err != nil {
		return err
	}
	if err := d.idle(ctx); err != nil {
		return err
	}
	start := func(side int) (*readBack, error) {
		k := min(n, piece)
		r, err := d.startRead(ctx, src.buf, off, k, side)
		off, n = off+k, n-k
		return r, err
	}
	r, err := start(0)
	for err == nil && r != nil {
		if err := d.awaitRead(ctx, r); err != nil {
			return err
		}
		var next *readBack
		if n > 0 {
			next, err = start(1 - r.side)
		}
		if uerr := d.take(r, use); uerr != nil {
			if next != nil { // it must not stay mapped
				_ = d.awaitRead(ctx, next)
				_ = d.take(next, func([]byte) error { return nil })
			}
			return uerr
		}
		r = next
	}
	return err
}

func (d *device) Wait(ctx context.Context) error { return d.readChunk(ctx, nil, 0, nil) }

// readChunk copies src to the staging buffer, behind everything submitted before, and maps that.
func (d *device) readChunk(ctx context.Context, src *wgpu.Buffer, off uint64, p []byte) error {
	if ctx.Err() != nil {
		return contextError(ctx)
	}
	if err := d.idle(ctx); err != nil {
		return err
	}
	enc, err := d.dev.CreateCommandEncoder(nil)
	if err := d.failure(err, gpu.Internal); err != nil {
		return err
	}
	defer enc.Release()
	return d.readBehind(ctx, enc, src, off, p, checked)
}

// readBehind submits what enc holds and a copy of src behind it, and waits for both.
func (d *device) readBehind(ctx context.Context, enc *wgpu.CommandEncoder, src *wgpu.Buffer, off uint64, p []byte, check check) error {
	r, err := d.submitRead(enc, src, off, uint64(len(p)), 0, check)
	if err != nil {
		return err
	}
	if err := d.awaitRead(ctx, r); err != nil {
		return err
	}
	return d.take(r, func(view []byte) error {
		copy(p, view)
		return nil
	})
}

// check says whether a fresh nonce travels through the device with what is read. The device writes it to where the data end, before the data,
// which have to replace it there, and behind them afterwards: mapped memory that does not hold it was not written by this copy, and a copy of data that was left
// out or broken off shows, too. Writing it takes as long as a small dispatch.
type check bool

const (
	checked   check = true
	unchecked check = false
)

// readBack is a copy to a staging buffer that was submitted.
type readBack struct {
	check  check
	side   int // of device.staging
	size   uint64
	want   [trailer]byte
	mapped pending
}

// written reports whether mapped memory is what the copy should have left there.
func (r *readBack) written(view []byte) bool {
	return [trailer]byte(view[r.size:]) == r.want && (r.size < trailer || [trailer]byte(view[r.size-trailer:]) != r.want)
}

// startRead submits a copy of n bytes of src to a staging buffer.
func (d *device) startRead(ctx context.Context, src *wgpu.Buffer, off, n uint64, side int) (*readBack, error) {
	if ctx.Err() != nil {
		return nil, contextError(ctx)
	}
	enc, err := d.dev.CreateCommandEncoder(nil)
	if err := d.failure(err, gpu.Internal); err != nil {
		return nil, err
	}
	defer enc.Release()
	return d.submitRead(enc, src, off, n, side, checked)
}

// submitRead submits what enc holds and a copy of n bytes of src to a staging buffer behind it.
func (d *device) submitRead(enc *wgpu.CommandEncoder, src *wgpu.Buffer, off, n uint64, side int, check check) (*readBack, error) {
	staging := d.staging[side]
	if staging == nil || staging.GetSize() < n+trailer {
		if staging != nil {
			staging.Release()
			d.staging[side] = nil
		}
		size := uint64(64 << 10)
		for size < n {
			size *= 2
		}
		var err error
		if staging, err = d.create(size+trailer, wgpu.BufferUsage_MapRead|wgpu.BufferUsage_CopyDst); err != nil {
			return nil, err
		}
		d.staging[side] = staging
	}
	r := &readBack{check: check, side: side, size: n}
	if check {
		d.counter++
		binary.LittleEndian.PutUint64(r.want[:], d.salt)
		binary.LittleEndian.PutUint64(r.want[8:], d.counter)
		if err := d.failure(d.queue.WriteBuffer(d.nonce, 0, r.want[:]), gpu.Internal); err != nil {
			return nil, err
		}
		if n >= trailer {
			if err := d.failure(enc.CopyBufferToBuffer(d.nonce, 0, staging, n-trailer, trailer), gpu.Internal); err != nil {
				return nil, err
			}
		}
	}
	if src != nil {
		if err := d.failure(enc.CopyBufferToBuffer(src, off, staging, 0, n), gpu.Internal); err != nil {
			return nil, err
		}
	}
	if check {
		if err := d.failure(enc.CopyBufferToBuffer(d.nonce, 0, staging, n, trailer), gpu.Internal); err != nil {
			return nil, err
		}
	}
	cmd, err := enc.Finish(nil)
	if err := d.failure(err, gpu.InvalidProgram); err != nil {
		return nil, err
	}
	d.queue.Submit(cmd)
	d.busy, d.unflushed = true, 0
	cmd.Release()
	r.mapped, err = startMap(staging, wgpu.MapMode_Read, n+trailer)
	return r, err
}

// awaitRead waits until what was copied is mapped.
func (d *device) awaitRead(ctx context.Context, r *readBack) error {
	if err := d.await(ctx, r.mapped); err != nil {
		d.staging[r.side] = nil // the map may still be pending: give the buffer up
		return err
	}
	d.busy = false
	return nil
}

// take has what is mapped used, and unmaps it.
func (d *device) take(r *readBack, use func(p []byte) error) error {
	staging := d.staging[r.side]
	view := staging.GetMappedRange(0, uint(r.size+trailer))
	var used error
	if r.check == checked && !r.written(view) {
		used = gpu.Errorf(gpu.BadDriver, "the driver mapped a read-back that the device had not written")
	} else {
		used = use(view[:r.size:r.size])
	}
	if err := d.failure(staging.Unmap(), gpu.DeviceLost); err != nil {
		return err
	}
	return used
}
