package gputest

import (
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

// party is one who ran Program and can run parts of it again.
type party struct {
	t      *testing.T
	device func() gpu.Device
	saved  Saved
}

const disputeSeed = 1<<40 + 5

func newParty(t *testing.T, device func() gpu.Device) *party {
	return &party{t, device, SaveAll(t, device(), Program(), Inputs(), disputeSeed, nil)}
}

// marks runs the segment of a leaf again, from the state that agreed has before it, and returns its marks.
func (p *party) marks(agreed *party, leaf int, part *gpu.Part, each func(m *gpu.Mark)) []*gpu.Mark {
	var list []*gpu.Mark
	task := gpu.Task{Inputs: Inputs(), Seed: disputeSeed, Record: &gpu.Record{Leaf: leaf, Part: part, Mark: func(m *gpu.Mark) error {
		list = append(list, m)
		if each != nil {
			each(m)
		}
		return nil
	}}}
	if leaf > 0 {
		c, err := gpu.ReadCheckpoint(bytes.NewReader(agreed.saved.Checkpoints[min(uint32(leaf)*Program().Segment, Program().Steps)]))
		require.NoError(p.t, err)
		task.Resume = c
	}
	got, err := gpu.Segment(p.t.Context(), p.device(), Program(), task)
	require.NoError(p.t, err)
	require.Equal(p.t, p.saved.Result.Leaves[leaf], got, "the segment alone gives the leaf of the whole run")
	require.ErrorContains(p.t, list[0].WriteBuffer(io.Discard, 3), "the run has gone on")
	return list
}

func firstDifference(a, b []*gpu.Mark) int {
	return gpu.FirstDifference(len(a), func(i int) bool { return a[i].Hash() == b[i].Hash() })
}

// testDispute has the device tell the truth and a fake lie in one command. The marks of both lead to that command, and
// running it alone shows who is right.
func testDispute(t *testing.T, s *suite) {
	honest := newParty(t, func() gpu.Device { return s.d })
	for _, c := range []struct {
		kernel  string
		call    int // which call of the kernel is wrong
		leaf    int
		part    gpu.Part
		command int
	}{
		{"churn", 0, 0, gpu.Part{List: "step", Step: 0}, 1},
		{"add", 9, 1, gpu.Part{List: "step", Step: 4}, 2},
		{"churn", 6, 2, gpu.Part{List: "step", Step: 6}, 1},
		{"add", 14, 3, gpu.Part{List: "final"}, 0},
		{"churn", 7, 3, gpu.Part{List: "final"}, 1},
	} {
		// A liar lies in every run, also in one that starts later, so it goes by what it sees and not by counting.
		calls, wrong := 0, []byte(nil)
		lie := func(arm bool) gpu.Device {
			kernels := FakeKernels()
			right := kernels[c.kernel]
			kernels[c.kernel] = func(grid [3]uint32, bind [][]byte) error {
				before := bytes.Join(bind, nil)
				if err := right(grid, bind); err != nil {
					return err
				}
				if arm && calls == c.call {
					wrong = before
				}
				if calls++; bytes.Equal(before, wrong) {
					bind[len(bind)-1][5] ^= 0x40
				}
				return nil
			}
			return &gpu.Fake{Kernels: kernels}
		}
		first := true
		liar := newParty(t, func() gpu.Device { d := lie(first); first = false; return d })

		leaf := gpu.FirstDifference(len(honest.saved.Result.Leaves), func(i int) bool { return honest.saved.Result.Leaves[i] == liar.saved.Result.Leaves[i] })
		require.Equal(t, c.leaf, leaf)
		parts, theirs := honest.marks(honest, leaf, nil, nil), liar.marks(honest, leaf, nil, nil)
		part := parts[firstDifference(parts, theirs)].Part
		require.Equal(t, c.part, part)
		commands, lies := honest.marks(honest, leaf, &part, nil), liar.marks(honest, leaf, &part, nil)
		at := firstDifference(commands, lies)
		require.Equal(t, c.command, commands[at].Command)

		memory := make(map[int][]byte) // what the buffers hold before the command, from either of them
		liar.marks(honest, leaf, &part, func(m *gpu.Mark) {
			for i, b := range Program().Buffers {
				if m.Command == c.command-1 && (b.Kind == gpu.State || b.Kind == gpu.Temp || b.Kind == gpu.Output) {
					var content bytes.Buffer
					require.NoError(t, m.WriteBuffer(&content, i))
					memory[i] = content.Bytes()
				}
			}
		})
		x := gpu.Dispute{
			Program: Program(), Inputs: Inputs(), Seed: disputeSeed, Part: part, Command: c.command, Before: commands[at-1].Roots,
			Content: func(buffer int) (io.Reader, error) { return bytes.NewReader(memory[buffer]), nil },
		}
		right, err := x.Decide(s.ctx, s.d)
		require.NoError(t, err)
		require.Equal(t, commands[at].Hash(), right.Hash(), "%+v", c)
		require.NotEqual(t, lies[at].Hash(), right.Hash(), "%+v", c)

		// The same with replays from the beginning, which need no state of anybody.
		p, own, others := Program(), honest.saved.Result.Leaves, liar.saved.Result.Leaves
		replay := func(d gpu.Device, at int, memory io.Writer) *gpu.Replay {
			r, err := gpu.ReplaySegment(s.ctx, d, p, gpu.Task{Inputs: Inputs(), Seed: disputeSeed}, leaf, at, memory)
			require.NoError(t, err)
			return r
		}
		var begin [32]byte
		if leaf > 0 {
			begin = own[leaf-1]
		}
		one, two := replay(s.d, 0, nil), replay(liar.device(), 0, nil)
		require.NoError(t, p.CheckReplay(leaf, one, begin, own[leaf]))
		require.NoError(t, p.CheckReplay(leaf, two, begin, others[leaf]))
		require.Error(t, p.CheckReplay(leaf, two, begin, own[leaf]))
		require.Equal(t, leaf == 0, p.CheckReplay(leaf, one, [32]byte{1}, own[leaf]) == nil)
		i, found := p.FirstMark(one, two)
		require.True(t, found)
		places, err := p.Marks(leaf)
		require.NoError(t, err)
		require.Equal(t, gpu.Mark{Part: c.part, Command: c.command}, places[i])
		var content bytes.Buffer
		replay(liar.device(), i, &content)
		size, err := p.MemorySize(places[i])
		require.NoError(t, err)
		require.EqualValues(t, size, content.Len())
		for _, m := range []gpu.Mark{places[0], {Part: gpu.Part{List: "another"}}, {Part: c.part, Command: 1 << 20}} {
			_, err := p.MemorySize(m)
			require.Equal(t, gpu.InvalidInput, gpu.CodeOf(err))
		}
		task := gpu.Task{Inputs: Inputs(), Seed: disputeSeed}
		roots, err := gpu.DecideMark(s.ctx, s.d, p, task, leaf, i, one.Mark(p, i-1), bytes.NewReader(content.Bytes()))
		require.NoError(t, err)
		require.Equal(t, one.Mark(p, i), roots)
		require.NotEqual(t, two.Mark(p, i), roots)
		for k, m := range places { // where a part begins, nothing has to run
			if m.Command < 0 {
				roots, err := gpu.DecideMark(s.ctx, nil, p, task, leaf, k, one.Mark(p, max(0, k-1)), nil)
				require.NoError(t, err)
				require.Equal(t, one.Mark(p, k), roots, "mark %d of leaf %d", k, leaf)
			}
		}

		for i := range memory {
			memory[i][0] ^= 1
		}
		_, err = x.Decide(s.ctx, s.d)
		require.ErrorContains(t, err, "does not have the root that was agreed on")
	}
	testDecidable(t, s, honest)
}

// testDecidable decides every command of one step, also copies and swaps.
func testDecidable(t *testing.T, s *suite, honest *party) {
	part := gpu.Part{List: "step", Step: 4}
	var before map[int][]byte
	var last *gpu.Mark
	honest.marks(honest, 1, &part, func(m *gpu.Mark) {
		if m.Command >= 0 {
			x := gpu.Dispute{
				Program: Program(), Inputs: Inputs(), Seed: disputeSeed, Part: part, Command: m.Command, Before: last.Roots,
				Content: func(buffer int) (io.Reader, error) { return bytes.NewReader(before[buffer]), nil },
			}
			right, err := x.Decide(s.ctx, &gpu.Fake{Kernels: FakeKernels()})
			require.NoError(t, err)
			require.Equal(t, m.Hash(), right.Hash(), "command %d", m.Command)
		}
		before = make(map[int][]byte)
		for i := 3; i < len(Program().Buffers); i++ {
			var content bytes.Buffer
			require.NoError(t, m.WriteBuffer(&content, i))
			before[i] = content.Bytes()
		}
		last = m
	})
	for _, x := range []gpu.Dispute{
		{Part: gpu.Part{List: "step", Step: 7}}, {Part: gpu.Part{List: "init", Step: 1}}, {Part: gpu.Part{List: "x"}}, {Part: part, Command: 5}, {Part: part, Command: -1}, {Part: part},
	} {
		x.Program = Program()
		_, err := x.Decide(s.ctx, s.d)
		require.Equal(t, gpu.InvalidInput, gpu.CodeOf(err), "%v", err)
	}
}
