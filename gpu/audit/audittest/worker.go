// Package audittest has workers that cheat, for tests of audits: they make a claim segment by segment, do in each what they are told,
// and hand over what an audit asks for.
package audittest

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/audit"
	"gpumesh/gpu/gputest"
)

// Deed is what a worker does in one segment.
type Deed int

const (
	Honest      Deed = iota
	Skip             // the state is claimed to be unchanged
	Extrapolate      // the state is claimed to have moved as in the segment before
	Stale            // the state is claimed to be that of one segment earlier: a checkpoint that was kept
	OtherData        // trained on other data
	Perturb          // trained, and then every weight changed by 1e-4 of itself
	Fabricate        // the leaf is made up, and no state belongs to it
	ForgeState       // all is Honest but the checkpoint that is served
)

// Worker makes claims, segment by segment, and keeps what an audit may ask for.
type Worker struct {
	Device  gpu.Device
	Class   string
	Work    audit.Work
	Other   map[string]gpu.Input // inputs for OtherData
	Weights []string             // State buffers that Perturb and ForgeState change

	Claim   *audit.Claim
	Served  [][]byte // checkpoints at the beginning of each segment, as it hands them over
	Results map[string][]byte

	leaves  [][32]byte // of the states that it really had
	states  [][]byte   // checkpoints of them
	learned gpu.Learned
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
		tree.Write(content)
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
	var tree gpu.MerkleTree
	tree.Write(m.emits[i])
	m.rows[i].Size, m.rows[i].Root, m.rows[i].Segment = uint64(len(m.emits[i])), tree.Root(), sha256.Sum256(rows)
}

func (w *Worker) save(t testing.TB, m memory, k int) []byte {
	p := w.Work.Program
	encoded, err := p.Encode()
	require.NoError(t, err)
	c := gpu.Checkpoint{
		Program: sha256.Sum256(encoded), Seed: w.Work.Task.Seed, Step: min(uint32(k+1)*p.Segment, p.Steps), Leaves: w.leaves[:k+1],
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
func (w *Worker) advance(t testing.TB, k int, inputs map[string]gpu.Input) (m memory, res *gpu.Result) {
	task := gpu.Task{Inputs: inputs, Seed: w.Work.Task.Seed, Learned: &w.learned}
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
	res, err := gpu.Run(t.Context(), w.Device, w.Work.Program, task)
	if gpu.CodeOf(err) == gpu.Paused {
		return m, nil
	}
	require.NoError(t, err)
	w.Results = make(map[string][]byte)
	for name, b := range emitted {
		w.Results[name] = b.Bytes()
	}
	return memory{}, res
}

// Run makes the claim; what tells what is done in a segment. The last segment is always honest.
func (w *Worker) Run(t testing.TB, what func(k int) Deed) *Worker {
	p := w.Work.Program
	n := p.Leaves()
	w.Claim, w.leaves, w.states, w.Served = &audit.Claim{Class: w.Class}, nil, [][]byte{nil}, [][]byte{nil}
	var now, before memory
	for k := range n - 1 {
		d := what(k)
		var next memory
		switch inputs := w.Work.Task.Inputs; {
		case k > 0 && (d == Skip || d == Extrapolate || d == Stale):
			next = now.clone()
			for i := range next.rows {
				size := p.Buffers[slices.IndexFunc(p.Buffers, func(b gpu.Buffer) bool { return b.Name == next.rows[i].Name })].Len
				steps := min(p.Segment, p.Steps-uint32(k)*p.Segment)
				next.emit(i, bytes.Repeat(now.emits[i][len(now.emits[i])-int(size):], int(steps)))
			}
			if d == Extrapolate && before.state != nil {
				past := floats(before.state)
				next.edit(p, nil, func(i int, v float32) float32 { return v + (v - past[i]) })
			}
			if d == Stale && before.state != nil {
				next.state = slices.Clone(before.state)
			}
		case d == OtherData:
			next, _ = w.advance(t, k, w.Other)
		default:
			next, _ = w.advance(t, k, inputs)
		}
		if d == Perturb {
			next.edit(p, w.Weights, func(_ int, v float32) float32 { return v * (1 + 1e-4) })
		}
		claimed := next.leaf(p, k)
		w.leaves = append(w.leaves, claimed)
		w.states = append(w.states, w.save(t, next, k))
		w.Served = append(w.Served, w.states[k+1])
		if d == ForgeState {
			forged := next.clone()
			forged.edit(p, w.Weights, func(_ int, v float32) float32 { return v + 1 })
			w.Served[k+1] = w.save(t, forged, k)
		}
		if d == Fabricate {
			claimed = sha256.Sum256(claimed[:])
		}
		w.Claim.Leaves = append(w.Claim.Leaves, claimed)
		before, now = now, next
	}
	_, res := w.advance(t, n-1, w.Work.Task.Inputs)
	w.Claim.Leaves = append(w.Claim.Leaves, res.Leaves[n-1])
	w.Claim.Results = audit.NewClaim(res, w.Class).Results
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

// Hand is what the worker hands over for an audit of segment k.
func (w *Worker) Hand(k int) audit.States {
	s := audit.States{Results: make(map[string]gpu.Input)}
	if k > 0 {
		s.Before = bytes.NewReader(w.Served[k])
	}
	if k+1 < len(w.Served) {
		s.After = bytes.NewReader(w.Served[k+1])
	}
	for name, b := range w.Results {
		s.Results[name] = bytes.NewReader(b)
	}
	return s
}

// Check audits segment k of the worker's claim as one about work.
func (w *Worker) Check(t testing.TB, a *audit.Auditor, work audit.Work, k int) *audit.Finding {
	f, err := a.Check(t.Context(), work, w.Claim, k, w.Hand(k))
	require.NoError(t, err)
	return f
}

// Shift returns the same inputs, but for the one of the name, which is read from another place.
func Shift(inputs map[string]gpu.Input, name string, by int64) map[string]gpu.Input {
	out := maps.Clone(inputs)
	in := out[name]
	b := make([]byte, in.Size())
	in.ReadAt(b, 0)
	out[name] = bytes.NewReader(append(slices.Clone(b[by:]), b[:by]...))
	return out
}
