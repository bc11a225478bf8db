package gpu

import (
	"context"
	"encoding/binary"
)

// maxSlots bounds the steps whose parameters and windows are staged together.
const maxSlots = 256

// loader brings the parameters and the input windows of each step to the device. Small ones are staged for many steps at
// once, so that a submission can span steps: the step starts with copies from its slot. Large ones are written directly,
// after everything before has been submitted.
type loader struct {
	e      *executor
	params int   // buffer index, -1 for none
	slices []int // buffer indexes
	slot   uint64
	slots  uint32 // 0: write directly
	first  uint32 // step of slot 0
	count  uint32 // slots that hold steps
	stage  Memory
	host   []byte
}

func newLoader(e *executor) (*loader, error) {
	l := &loader{e: e, params: -1}
	for i := range e.p.Buffers {
		switch b := &e.p.Buffers[i]; b.Kind {
		case Params:
			l.params = i
			l.slot = satAdd(l.slot, ParamsSize)
		case Slice:
			l.slices = append(l.slices, i)
			l.slot = satAdd(l.slot, b.Len)
		}
	}
	if l.slot == 0 || l.slot > ioChunk/2 {
		return l, nil
	}
	l.slots = uint32(min(ioChunk/l.slot, maxSlots, uint64(e.p.Steps)))
	size := uint64(l.slots) * l.slot
	var err error
	if l.stage, err = e.d.Alloc(size); err != nil {
		return nil, err
	}
	l.host = make([]byte, size)
	return l, nil
}

// step returns the copies that a step starts with.
func (l *loader) step(ctx context.Context, step uint32) ([]Work, error) {
	if l.slot == 0 {
		return nil, nil
	}
	if l.slots == 0 {
		return nil, l.direct(ctx, step, step)
	}
	if step >= l.first+l.count {
		if err := l.refill(ctx, step); err != nil {
			return nil, err
		}
	}
	at := uint64(step-l.first) * l.slot
	work := make([]Work, 0, 1+len(l.slices)+len(l.e.temps[1]))
	copyTo := func(buffer int) {
		n := l.e.p.Buffers[buffer].Len
		work = append(work, Work{Op: Copy, Bind: []Range{{l.stage, at, n}, {l.e.mem[buffer], 0, n}}})
		at += n
	}
	if l.params >= 0 {
		copyTo(l.params)
	}
	for _, i := range l.slices {
		copyTo(i)
	}
	return work, nil
}

// refill stages the steps from step on. What was staged before may still be waiting in the batch, so that goes first.
func (l *loader) refill(ctx context.Context, step uint32) error {
	if err := l.e.sched.flush(ctx); err != nil {
		return err
	}
	l.first, l.count = step, min(l.slots, l.e.p.Steps-step)
	p := l.host[:0]
	for s := step; s < step+l.count; s++ {
		if l.params >= 0 {
			p = l.appendParams(p, s)
		}
		for _, i := range l.slices {
			b := &l.e.p.Buffers[i]
			w := p[len(p) : uint64(len(p))+b.Len]
			if err := readInput(l.e.t.Inputs[b.Name], b.Name, w, b.window(s)); err != nil {
				return err
			}
			p = p[:len(p)+len(w)]
		}
	}
	return l.e.d.Write(l.stage, 0, p)
}

// direct writes the parameters of one step and the windows of another. Init sees step 0 and its windows; Final sees a step
// number equal to Steps and the windows of the last step.
func (l *loader) direct(ctx context.Context, step, window uint32) error {
	if err := l.e.sched.flush(ctx); err != nil {
		return err
	}
	if l.params >= 0 {
		if err := l.e.d.Write(l.e.mem[l.params], 0, l.appendParams(nil, step)); err != nil {
			return err
		}
	}
	for _, i := range l.slices {
		b := &l.e.p.Buffers[i]
		if err := l.e.copyIn(ctx, l.e.mem[i], l.e.t.Inputs[b.Name], b.Name, b.window(window), b.Len); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) appendParams(p []byte, step uint32) []byte {
	return appendParams(p, step, l.e.p.Steps, l.e.t.Seed)
}

// appendParams is the content of a Params buffer.
func appendParams(p []byte, step, steps uint32, seed uint64) []byte {
	p = binary.LittleEndian.AppendUint32(p, step)
	p = binary.LittleEndian.AppendUint32(p, steps)
	return binary.LittleEndian.AppendUint64(p, seed)
}
