package gpu

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// Checkpoint is a run between two steps, or between the last one and Final: what the rest of the run needs besides the
// program, its inputs and the seed. Any device can go on from it; for a program of the exact tier, and for one of the
// reproducible tier on devices of one class, the trace is then the same as that of an unbroken run.
//
// Where a segment has just ended, the last of Leaves is over the state and the rows of that segment, so a checkpoint proves itself against a trace: Run
// refuses a state that does not give that leaf. The leaves before it, and the inputs, are the caller's to compare. Inside a segment no trace
// says what the state is: Within does, so that damage shows, and who goes on from there has to trust whoever wrote it.
type Checkpoint struct {
	Program   [32]byte      `cbor:"program"` // SHA-256 of the encoded Program
	Seed      uint64        `cbor:"seed"`
	Step      uint32        `cbor:"step"`            // steps that are done
	Leaves    [][32]byte    `cbor:"leaves"`          // one per segment that is done
	Within    [32]byte      `cbor:"within,omitzero"` // inside a segment: what its leaf would be if it ended here
	Rows      []EmittedRows `cbor:"rows"`            // one per Output with Every, in program order
	StateSize uint64        `cbor:"stateSize"`
	State     io.Reader     `cbor:"-"` // StateSize bytes: the State and Output buffers in program order
}

// EmittedRows are the rows of an Output with Every up to a checkpoint.
type EmittedRows struct {
	Name    string    `cbor:"name"`
	Size    uint64    `cbor:"size"`    // bytes
	Root    [32]byte  `cbor:"root"`    // of all of them, as OutputInfo.Root
	Segment [32]byte  `cbor:"segment"` // SHA-256 of those of the last segment, as in its leaf; inside a segment, of those of that one so far
	Content io.Reader `cbor:"-"`       // Size bytes; may be nil while there are none
}

const (
	checkpointMagic  = "gpumesh/checkpoint/2\n"
	checkpointPrefix = len(checkpointMagic) + 4 + sha256.Size
	maxCheckpoint    = 4 << 20 // bytes of a header: MaxSegments leaves and MaxBuffers rows fit
)

var checkpointDecoder = must(cbor.DecOptions{
	DupMapKey:         cbor.DupMapKeyEnforcedAPF,
	IndefLength:       cbor.IndefLengthForbidden,
	TagsMd:            cbor.TagsForbidden,
	UTF8:              cbor.UTF8RejectInvalid,
	ExtraReturnErrors: cbor.ExtraDecErrorUnknownField,
	MaxNestedLevels:   4,
	MaxArrayElements:  MaxSegments,
	MaxMapPairs:       16,
}.DecMode())

// WriteTo writes the whole checkpoint, as ReadCheckpoint reads it: a header with its own hash, the state, and the content of
// the rows. A caller that sees it called back by Run must have set the rows' Content before, to what it got as output.
func (c *Checkpoint) WriteTo(w io.Writer) (int64, error) {
	head, err := programEncoder.Marshal(c)
	if err != nil {
		return 0, err
	}
	if len(head) > maxCheckpoint {
		return 0, fmt.Errorf("the checkpoint's header has %d bytes; at most %d are allowed", len(head), maxCheckpoint)
	}
	sum := sha256.Sum256(head)
	b := binary.BigEndian.AppendUint32([]byte(checkpointMagic), uint32(len(head)))
	b = append(append(b, sum[:]...), head...)
	k, err := w.Write(b)
	n := int64(k)
	if err != nil {
		return n, err
	}
	part := func(what string, r io.Reader, size uint64) error {
		if size == 0 {
			return nil
		}
		if r == nil {
			return fmt.Errorf("%s is missing", what)
		}
		m, err := io.CopyN(w, r, int64(size))
		n += m
		if errors.Is(err, io.EOF) {
			return fmt.Errorf("%s ends after %d of %d bytes", what, m, size)
		}
		return err
	}
	if err := part("the state", c.State, c.StateSize); err != nil {
		return n, err
	}
	for _, r := range c.Rows {
		if err := part("the rows of "+r.Name, r.Content, r.Size); err != nil {
			return n, err
		}
	}
	return n, nil
}

// ReadCheckpoint reads what WriteTo wrote. It reads the header only; the state and the rows are read from in, and checked,
// by Run. A checkpoint that was not written completely is an InvalidInput error.
func ReadCheckpoint(in Input) (*Checkpoint, error) {
	size := in.Size()
	prefix := make([]byte, checkpointPrefix)
	if size < int64(len(prefix)) {
		return nil, Errorf(InvalidInput, "the checkpoint is torn: it has %d bytes, which is less than any checkpoint", size)
	}
	if err := readInput(in, "checkpoint", prefix, 0); err != nil {
		return nil, err
	}
	rest, ok := bytes.CutPrefix(prefix, []byte(checkpointMagic))
	if !ok {
		return nil, Errorf(InvalidInput, "this is no checkpoint of a run, or it is one of another version")
	}
	n := int64(binary.BigEndian.Uint32(rest))
	if n > maxCheckpoint {
		return nil, Errorf(InvalidInput, "the checkpoint's header has %d bytes; at most %d are allowed", n, maxCheckpoint)
	}
	at := int64(len(prefix))
	if size-at < n {
		return nil, Errorf(InvalidInput, "the checkpoint is torn: it ends inside its header")
	}
	head := make([]byte, n)
	if err := readInput(in, "checkpoint", head, uint64(at)); err != nil {
		return nil, err
	}
	if sha256.Sum256(head) != [32]byte(rest[4:]) {
		return nil, Errorf(InvalidInput, "the checkpoint is torn: its header does not have the hash that it was written with")
	}
	c := new(Checkpoint)
	if err := checkpointDecoder.Unmarshal(head, c); err != nil {
		return nil, Errorf(InvalidInput, "not a checkpoint's header: %v", err)
	}
	if len(c.Rows) > MaxBuffers {
		return nil, Errorf(InvalidInput, "the checkpoint has rows of %d outputs; at most %d are allowed", len(c.Rows), MaxBuffers)
	}
	at += n
	want := satAdd(uint64(at), c.StateSize)
	for _, r := range c.Rows {
		want = satAdd(want, r.Size)
	}
	if uint64(size) != want {
		return nil, Errorf(InvalidInput, "the checkpoint is torn: it has %d bytes instead of %d", size, want)
	}
	c.State = io.NewSectionReader(in, at, int64(c.StateSize))
	at += int64(c.StateSize)
	for i := range c.Rows {
		r := &c.Rows[i]
		r.Content = io.NewSectionReader(in, at, int64(r.Size))
		at += int64(r.Size)
	}
	return c, nil
}

// checkResume compares a checkpoint with what is to be run, before anything is compiled.
func (e *executor) checkResume() error {
	c, p := e.t.Resume, e.p
	id, err := programID(p)
	if err != nil {
		return err
	}
	switch {
	case c.Program != id:
		return Errorf(InvalidInput, "the checkpoint is of another program")
	case c.Seed != e.t.Seed:
		return Errorf(InvalidInput, "the checkpoint is of a run with seed %d, not %d", c.Seed, e.t.Seed)
	case c.Step == 0 || c.Step > p.Steps:
		return Errorf(InvalidInput, "the checkpoint is at step %d, which is none that this program goes on from", c.Step)
	case c.Step == p.Steps && len(p.Final) == 0:
		return Errorf(InvalidInput, "the checkpoint is at the end of the run, after which nothing is left to do")
	case len(c.Leaves) != p.segmentsAt(c.Step):
		return Errorf(InvalidInput, "the checkpoint is at step %d and has %d leaves", c.Step, len(c.Leaves))
	case c.StateSize != e.rep.StateBytes:
		return Errorf(InvalidInput, "the checkpoint has %d bytes of state; the program has %d", c.StateSize, e.rep.StateBytes)
	}
	n := 0
	for i := range p.Buffers {
		b := &p.Buffers[i]
		if b.Every == 0 {
			continue
		}
		if n == len(c.Rows) || c.Rows[n].Name != b.Name || c.Rows[n].Size != b.Len*uint64(c.Step/b.Every) {
			return Errorf(InvalidInput, "the checkpoint does not have the rows of %q up to step %d", b.Name, c.Step)
		}
		n++
	}
	if n != len(c.Rows) {
		return Errorf(InvalidInput, "the checkpoint has rows of an output that the program does not have")
	}
	return nil
}

// ends reports whether a segment ends after so many steps.
func (p *Program) ends(steps uint32) bool { return steps%p.Segment == 0 || steps == p.Steps }

// segmentsAt is how many segments are done after so many steps.
func (p *Program) segmentsAt(steps uint32) int {
	n := int(steps / p.Segment)
	if steps%p.Segment != 0 && p.ends(steps) {
		n++
	}
	return n
}

// MaxCheckpoint bounds the bytes of a checkpoint of a valid program.
func (p *Program) MaxCheckpoint() uint64 {
	n := uint64(checkpointPrefix + maxCheckpoint)
	for i := range p.Buffers {
		if b := &p.Buffers[i]; b.Kind.kept() {
			n = satAdd(n, satAdd(b.Len, b.resultSize(p.Steps)))
		}
	}
	return n
}

func programID(p *Program) ([32]byte, error) {
	b, err := p.Encode()
	return sha256.Sum256(b), err
}

// resume brings the state to the device and the rows to the outputs, and checks both against the last leaf, or what stands for one.
func (e *executor) resume(ctx context.Context) error {
	c := e.t.Resume
	k, want, inside := len(c.Leaves), c.Within, !e.p.ends(c.Step)
	if !inside {
		k, want = k-1, c.Leaves[k-1]
	}
	h := newLeafHash(uint32(k))
	for i := range e.p.Buffers {
		b := &e.p.Buffers[i]
		if !b.Kind.kept() {
			continue
		}
		var tree MerkleTree
		off := uint64(0)
		err := e.readPart(ctx, "state", c.State, b.Len, func(p []byte) error {
			tree.Write(p)
			err := e.d.Write(e.mem[i], off, p)
			off += uint64(len(p))
			return err
		})
		if err != nil {
			return err
		}
		h.add(tree.Root())
	}
	n := 0
	for i, r := range e.results {
		if r == nil || r.rows == nil {
			continue
		}
		rows := &c.Rows[n]
		n++
		name := e.p.Buffers[i].Name
		before := e.p.Buffers[i].Len * uint64(uint32(len(c.Leaves))*e.p.Segment/e.p.Buffers[i].Every) // bytes, of segments that are done
		err := e.readPart(ctx, "rows", rows.Content, rows.Size, func(p []byte) error {
			r.tree.Write(p)
			if n := uint64(len(p)); before >= n {
				before -= n
			} else if inside {
				r.rows.Write(p[before:])
				before = 0
			}
			return r.write(name, p)
		})
		if err != nil {
			return err
		}
		if r.tree.Root() != rows.Root || inside && [32]byte(r.rows.Sum(nil)) != rows.Segment {
			return Errorf(InvalidInput, "the checkpoint's rows of %q do not have their hash", name)
		}
		h.add(rows.Segment)
	}
	if h.sum() != want && inside {
		return Errorf(InvalidInput, "the checkpoint's state at step %d does not have its hash", c.Step)
	} else if h.sum() != want {
		return Errorf(InvalidInput, "the checkpoint's state does not give the leaf of its last segment")
	}
	e.leaves = append(e.leaves, c.Leaves...)
	e.done = c.Step
	return nil
}

// readPart reads n bytes of a checkpoint in pieces that start at multiples of ChunkSize.
func (e *executor) readPart(ctx context.Context, what string, r io.Reader, n uint64, use func(p []byte) error) error {
	if n > 0 && r == nil {
		return Errorf(InvalidInput, "the checkpoint comes without its %s", what)
	}
	e.grow(n)
	for n > 0 {
		if ctx.Err() != nil {
			return contextError(ctx)
		}
		p := e.buf[:min(n, ioChunk)]
		if k, err := io.ReadFull(r, p); err != nil {
			return Errorf(InvalidInput, "the checkpoint's %s cannot be read: %d bytes are missing (%v)", what, n-uint64(k), err)
		}
		if err := use(p); err != nil {
			return err
		}
		n -= uint64(len(p))
	}
	return nil
}

// within offers a checkpoint inside a segment, where the caller wants one.
func (e *executor) within(ctx context.Context) error {
	if e.t.Checkpoint == nil || e.t.Save == nil || !e.t.Save() {
		return nil
	}
	h, err := e.hash(ctx, false)
	if err != nil {
		return err
	}
	return e.offerCheckpoint(ctx, h)
}

// offerCheckpoint tells the caller that the run is between two segments, or inside the one that within is of.
func (e *executor) offerCheckpoint(ctx context.Context, within [32]byte) error {
	if e.t.Checkpoint == nil {
		return nil
	}
	start, read := time.Now(), e.times.Readback
	defer func() { e.times.Save += time.Since(start) - (e.times.Readback - read) }()
	id, err := programID(e.p)
	if err != nil {
		return err
	}
	state := &stateReader{ctx: ctx, e: e}
	c := &Checkpoint{Program: id, Seed: e.t.Seed, Step: e.done, Leaves: append([][32]byte(nil), e.leaves...), Within: within, StateSize: e.rep.StateBytes, State: state}
	for i, r := range e.results {
		if r != nil && r.rows != nil {
			b := &e.p.Buffers[i]
			c.Rows = append(c.Rows, EmittedRows{Name: b.Name, Size: b.Len * uint64(e.done/b.Every), Root: r.tree.Root(), Segment: r.segment})
		}
	}
	err = e.t.Checkpoint(c)
	state.e = nil
	switch ge, ok := errors.AsType[*Error](err); {
	case state.err != nil:
		return state.err
	case ok:
		return ge
	case err != nil:
		return Errorf(Internal, "the checkpoint at step %d cannot be saved: %v", e.done, err)
	}
	return nil
}

// stateReader reads the State and Output buffers from the device, one after the other.
type stateReader struct {
	ctx    context.Context
	e      *executor // nil once the run goes on
	buffer int
	off    uint64
	ready  []byte // read from the device and not yet from here
	err    error  // of the device
}

func (s *stateReader) Read(p []byte) (int, error) {
	if s.e == nil {
		return 0, errors.New("the run has gone on; the state can be read only while Task.Checkpoint is called")
	}
	for len(s.ready) == 0 {
		if s.err != nil {
			return 0, s.err
		}
		if s.buffer == len(s.e.p.Buffers) {
			return 0, io.EOF
		}
		b := &s.e.p.Buffers[s.buffer]
		if !b.Kind.kept() || s.off == b.Len {
			s.buffer, s.off = s.buffer+1, 0
			continue
		}
		n := min(b.Len-s.off, ioChunk)
		s.e.grow(n)
		start := time.Now()
		s.err = s.e.d.Read(s.ctx, s.e.mem[s.buffer], s.off, s.e.buf[:n])
		s.e.times.Readback += time.Since(start)
		if s.err == nil {
			s.ready, s.off = s.e.buf[:n], s.off+n
		}
	}
	n := copy(p, s.ready)
	s.ready = s.ready[n:]
	return n, nil
}
