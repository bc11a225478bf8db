package audit_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/audit"
	"gpumesh/gpu/gputest"
)

// deed is what a worker does in one segment.
type deed int

const (
	honest      deed = iota
	skip             // the state is claimed to be unchanged
	extrapolate      // the state is claimed to have moved as in the segment before
	otherData        // trained on other data
	perturb          // trained, and then every weight changed by 1e-4 of itself
	fabricate        // the leaf is made up, and no state belongs to it
	forgeState       // all is honest but the checkpoint that is served
)

// worker makes claims, segment by segment, and keeps what an audit may ask for.
type worker struct {
	device  gpu.Device
	class   string
	work    audit.Work
	other   map[string]gpu.Input // inputs for otherData
	weights []string

	claim   *audit.Claim
	leaves  [][32]byte // of the states that it really had
	states  [][]byte   // checkpoint at the beginning of each segment
	served  [][]byte   // what it hands over as these
	results map[string][]byte
}

// memory is a checkpoint's content.
type memory struct {
	state []byte
	rows  []gpu.EmittedRows
	emits [][]byte
}

func (m memory) clone() memory {
	m.state, m.rows, m.emits = slices.Clone(m.state), slices.Clone(m.rows), slices.Clone(m.emits)
	return m
}

// buffers calls use with each piece of the state.
func (m memory) buffers(p *gpu.Program, use func(b *gpu.Buffer, content []byte)) {
	rest := m.state
	for i := range p.Buffers {
		if b := &p.Buffers[i]; b.Kind == gpu.State || b.Kind == gpu.Output {
			use(b, rest[:b.Len])
			rest = rest[b.Len:]
		}
	}
}

// leaf computes what the trace would have after segment k, independently of package gpu but for the trees.
func (m memory) leaf(p *gpu.Program, k int) [32]byte {
	h := sha256.New()
	io.WriteString(h, "gpumesh/trace/1\n")
	h.Write(binary.BigEndian.AppendUint32(nil, uint32(k)))
	m.buffers(p, func(_ *gpu.Buffer, content []byte) {
		var tree gpu.MerkleTree
		for chunk := range slices.Chunk(content, gpu.ChunkSize) {
			tree.AddData(chunk)
		}
		root := tree.Root()
		h.Write(root[:])
	})
	for _, r := range m.rows {
		h.Write(r.Segment[:])
	}
	return [32]byte(h.Sum(nil))
}

// emit appends rows that a segment claims to have emitted.
func (m *memory) emit(i int, rows []byte) {
	m.emits[i] = append(slices.Clone(m.emits[i]), rows...)
	m.rows[i].Size, m.rows[i].SHA256, m.rows[i].Segment = uint64(len(m.emits[i])), sha256.Sum256(m.emits[i]), sha256.Sum256(rows)
}

func (w *worker) save(t testing.TB, m memory, k int) []byte {
	p := w.work.Program
	encoded, err := p.Encode()
	require.NoError(t, err)
	c := gpu.Checkpoint{
		Program: sha256.Sum256(encoded), Seed: w.work.Task.Seed, Step: min(uint32(k+1)*p.Segment, p.Steps), Leaves: w.leaves[:k+1],
		Rows: slices.Clone(m.rows), StateSize: uint64(len(m.state)), State: bytes.NewReader(m.state),
	}
	for i := range c.Rows {
		c.Rows[i].Content = bytes.NewReader(m.emits[i])
	}
	var b bytes.Buffer
	_, err = c.WriteTo(&b)
	require.NoError(t, err)
	return b.Bytes()
}

// advance computes segment k from the claimed state before it. After the last one it returns no memory.
func (w *worker) advance(t testing.TB, k int, inputs map[string]gpu.Input) (m memory, res *gpu.Result) {
	task := gpu.Task{Inputs: inputs, Seed: w.work.Task.Seed}
	if k > 0 {
		c, err := gpu.ReadCheckpoint(bytes.NewReader(w.states[k]))
		require.NoError(t, err)
		task.Resume = c
	}
	emitted, sink := gputest.Collect()
	task.Outputs = sink
	task.Checkpoint = func(c *gpu.Checkpoint) (err error) {
		m.rows = c.Rows
		for _, r := range c.Rows {
			m.emits = append(m.emits, slices.Clone(emitted[r.Name].Bytes()))
		}
		if m.state, err = io.ReadAll(c.State); err != nil {
			return err
		}
		return gpu.Errorf(gpu.Paused, "one segment at a time")
	}
	res, err := gpu.Run(t.Context(), w.device, w.work.Program, task)
	if gpu.CodeOf(err) == gpu.Paused {
		return m, nil
	}
	require.NoError(t, err)
	w.results = make(map[string][]byte)
	for name, b := range emitted {
		w.results[name] = b.Bytes()
	}
	return memory{}, res
}

// run makes the claim; what tells what is done in a segment. The last segment is honest.
func (w *worker) run(t testing.TB, what func(k int) deed) *worker {
	p := w.work.Program
	n := p.Leaves()
	w.claim, w.leaves, w.states, w.served = &audit.Claim{Class: w.class}, nil, [][]byte{nil}, [][]byte{nil}
	var now, before memory
	for k := range n - 1 {
		d := what(k)
		var next memory
		switch inputs := w.work.Task.Inputs; {
		case k > 0 && (d == skip || d == extrapolate):
			next = now.clone()
			for i := range next.rows {
				size := p.Buffers[slices.IndexFunc(p.Buffers, func(b gpu.Buffer) bool { return b.Name == next.rows[i].Name })].Len
				steps := min(p.Segment, p.Steps-uint32(k)*p.Segment)
				next.emit(i, bytes.Repeat(now.emits[i][len(now.emits[i])-int(size):], int(steps)))
			}
			if d == extrapolate && before.state != nil {
				past := floats(before.state)
				next.edit(p, nil, func(i int, v float32) float32 { return v + (v - past[i]) })
			}
		case d == otherData:
			next, _ = w.advance(t, k, w.other)
		default:
			next, _ = w.advance(t, k, inputs)
		}
		if d == perturb {
			next.edit(p, w.weights, func(_ int, v float32) float32 { return v * (1 + 1e-4) })
		}
		claimed := next.leaf(p, k)
		w.leaves = append(w.leaves, claimed)
		w.states = append(w.states, w.save(t, next, k))
		w.served = append(w.served, w.states[k+1])
		if d == forgeState {
			forged := next.clone()
			forged.edit(p, w.weights, func(_ int, v float32) float32 { return v + 1 })
			w.served[k+1] = w.save(t, forged, k)
		}
		if d == fabricate {
			claimed = sha256.Sum256(claimed[:])
		}
		w.claim.Leaves = append(w.claim.Leaves, claimed)
		before, now = now, next
	}
	_, res := w.advance(t, n-1, w.work.Task.Inputs)
	w.claim.Leaves = append(w.claim.Leaves, res.Leaves[n-1])
	w.claim.Results = audit.NewClaim(res, w.class).Results
	return w
}

// edit changes the named f32 buffers, or all; i counts elements of the whole state.
func (m memory) edit(p *gpu.Program, names []string, change func(i int, v float32) float32) {
	at := 0
	m.buffers(p, func(b *gpu.Buffer, content []byte) {
		for i := 0; i < len(content); i += 4 {
			if b.Type == gpu.F32 && (names == nil || slices.Contains(names, b.Name)) {
				v := math.Float32frombits(binary.LittleEndian.Uint32(content[i:]))
				binary.LittleEndian.PutUint32(content[i:], math.Float32bits(change(at, v)))
			}
			at++
		}
	})
}

func floats(b []byte) []float32 {
	list := make([]float32, len(b)/4)
	for i := range list {
		list[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return list
}

// hand is what the worker hands over for an audit of segment k.
func (w *worker) hand(k int) audit.States {
	s := audit.States{Results: make(map[string]gpu.Input)}
	if k > 0 {
		s.Before = bytes.NewReader(w.served[k])
	}
	if k+1 < len(w.served) {
		s.After = bytes.NewReader(w.served[k+1])
	}
	for name, b := range w.results {
		s.Results[name] = bytes.NewReader(b)
	}
	return s
}

// check audits segment k of the worker's claim as one about work.
func (w *worker) check(t testing.TB, a *audit.Auditor, work audit.Work, k int) *audit.Finding {
	f, err := a.Check(t.Context(), work, w.claim, k, w.hand(k))
	require.NoError(t, err)
	return f
}

// regression is a worker's order: a training with n segments of steps each, the last of which is Final, on data of the shard.
func regression(n, steps, columns uint32, shard uint64) audit.Work {
	const rows, far = 4, 3
	p := gputest.Regression((n-1)*steps, rows, columns, far, 0.01)
	p.Segment = steps
	rng := rand.New(rand.NewPCG(shard, 11))
	data := func(n uint32) gpu.Input {
		var b []byte
		for range n {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(rng.NormFloat64())))
		}
		return bytes.NewReader(b)
	}
	all := p.Steps * rows
	return audit.Work{Program: p, Task: gpu.Task{Seed: shard, Inputs: map[string]gpu.Input{"x": data(all * columns), "y": data(all), "far": data(far * columns)}}}
}

// shift returns the same inputs, but for the one of the name, which is read from another place.
func shift(inputs map[string]gpu.Input, name string, by int64) map[string]gpu.Input {
	out := maps.Clone(inputs)
	in := out[name]
	b := make([]byte, in.Size())
	in.ReadAt(b, 0)
	out[name] = bytes.NewReader(append(slices.Clone(b[by:]), b[:by]...))
	return out
}
