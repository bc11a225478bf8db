package gpu_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gputest"
)

func fake() *gpu.Fake { return &gpu.Fake{Kernels: gputest.FakeKernels()} }

func TestRunReleasesEverything(t *testing.T) {
	f := fake()
	_, err := gpu.Run(t.Context(), f, gputest.Program(), gpu.Task{Inputs: gputest.Inputs()})
	require.NoError(t, err)
	require.Zero(t, f.Live())
	// Also when it fails halfway.
	f.Kernels["churn"] = func([3]uint32, [][]byte) error { return gpu.Errorf(gpu.OutOfMemory, "test") }
	_, err = gpu.Run(t.Context(), f, gputest.Program(), gpu.Task{Inputs: gputest.Inputs()})
	require.Equal(t, gpu.OutOfMemory, gpu.CodeOf(err))
	require.Zero(t, f.Live())
}

func TestFaultsAreTyped(t *testing.T) {
	for name, c := range map[string]struct {
		fault gpu.Fault
		code  gpu.Code
	}{
		"silent no-op": {gpu.FaultSilent, gpu.BadDriver},
		"garbage":      {gpu.FaultGarbage, gpu.BadDriver},
		"lost":         {gpu.FaultLost, gpu.DeviceLost},
		"hang":         {gpu.FaultHang, gpu.Canceled},
	} {
		for at := range 3 {
			ctx, cancel := context.WithCancel(t.Context())
			f := fake()
			f.Inject = func(n int) gpu.Fault {
				if n < at {
					return gpu.NoFault
				}
				if c.fault == gpu.FaultHang {
					cancel()
				}
				return c.fault
			}
			_, err := gpu.Run(ctx, f, gputest.Program(), gpu.Task{Inputs: gputest.Inputs()})
			require.Equal(t, c.code, gpu.CodeOf(err), "%s at submission %d: %v", name, at, err)
			cancel()
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 1)
	defer cancel()
	_, err := gpu.Run(ctx, fake(), gputest.Program(), gpu.Task{Inputs: gputest.Inputs()})
	require.Equal(t, gpu.Timeout, gpu.CodeOf(err), "%v", err)
}

// Where canaries fail, the device says which.
func TestExamine(t *testing.T) {
	info, err := gpu.Examine(t.Context(), fake())
	require.NoError(t, err)
	require.Empty(t, info.Faults)
	require.Regexp(t, "^fake-[0-9a-f]{16}$", info.Class)

	silent := fake()
	silent.Inject = func(int) gpu.Fault { return gpu.FaultSilent }
	bad, err := gpu.Examine(t.Context(), silent)
	require.NoError(t, err)
	require.Contains(t, bad.Faults, "integers: a wrong result")
	require.Contains(t, bad.Faults, "outside: a read outside of a buffer reached other memory")
	require.NotEqual(t, info.Class, bad.Class)

	moody := fake()
	moody.Inject = func(n int) gpu.Fault { return []gpu.Fault{gpu.NoFault, gpu.FaultSilent}[n] }
	bad, err = gpu.Examine(t.Context(), moody)
	require.NoError(t, err)
	require.Contains(t, bad.Faults, "atomics: two runs gave different results")

	lost := fake()
	lost.Inject = func(int) gpu.Fault { return gpu.FaultLost }
	_, err = gpu.Examine(t.Context(), lost)
	require.Equal(t, gpu.DeviceLost, gpu.CodeOf(err), "%v", err)
	require.Zero(t, lost.Live())
}

func TestInputsAreChecked(t *testing.T) {
	run := func(change func(m map[string]gpu.Input)) error {
		in := gputest.Inputs()
		change(in)
		_, err := gpu.Run(t.Context(), fake(), gputest.Program(), gpu.Task{Inputs: in})
		return err
	}
	for reason, change := range map[string]func(m map[string]gpu.Input){
		`input "bias" is missing`:                                       func(m map[string]gpu.Input) { delete(m, "bias") },
		`input "bias" has 508 bytes; the program needs 512`:             func(m map[string]gpu.Input) { m["bias"] = bytes.NewReader(make([]byte, 508)) },
		`input "x" has 516 bytes; the program takes exactly 512`:        func(m map[string]gpu.Input) { m["x"] = bytes.NewReader(make([]byte, 516)) },
		`input "table" has 2048 bytes; the program needs 2304`:          func(m map[string]gpu.Input) { m["table"] = bytes.NewReader(make([]byte, 2048)) },
		`input "z" is not an input of this program`:                     func(m map[string]gpu.Input) { m["z"] = bytes.NewReader(nil) },
		`input "rows" is not an input of this program`:                  func(m map[string]gpu.Input) { m["rows"] = bytes.NewReader(nil) },
		`input "bias" cannot be read at byte 0: the disk is on fire`:    func(m map[string]gpu.Input) { m["bias"] = broken{512} },
		`input "table" cannot be read at byte 256: the disk is on fire`: func(m map[string]gpu.Input) { m["table"] = broken{2304} },
	} {
		err := run(change)
		require.ErrorContains(t, err, reason)
		require.Equal(t, gpu.InvalidInput, gpu.CodeOf(err))
	}
	require.NoError(t, run(func(m map[string]gpu.Input) { delete(m, "x") }), "a state buffer starts as zeros")
}

type broken struct{ size int64 }

func (b broken) Size() int64                     { return b.size }
func (broken) ReadAt([]byte, int64) (int, error) { return 0, errors.New("the disk is on fire") }
func (broken) Write([]byte) (int, error)         { return 0, errors.New("the disk is full") }

// There is progress after every submission.
func TestProgress(t *testing.T) {
	f := fake()
	submissions, told := 0, 0
	f.OnSubmit = func([]gpu.Work) { submissions++ }
	var phases []gpu.Phase
	done := uint32(0)
	_, err := gpu.Run(t.Context(), f, gputest.Program(), gpu.Task{Inputs: gputest.Inputs(), Progress: func(p gpu.Progress) {
		if len(phases) == 0 || phases[len(phases)-1] != p.Phase {
			phases = append(phases, p.Phase)
		} else {
			told++
			require.Equal(t, submissions, told)
		}
		require.GreaterOrEqual(t, p.Done, done)
		done = p.Done
	}})
	require.NoError(t, err)
	require.Equal(t, []gpu.Phase{gpu.Compiling, gpu.Uploading, gpu.Running}, phases)
	require.Equal(t, submissions, told)
}

func TestOutputErrors(t *testing.T) {
	_, err := gpu.Run(t.Context(), fake(), gputest.Program(), gpu.Task{Inputs: gputest.Inputs(),
		Outputs: func(string, int64) (io.Writer, error) { return broken{}, nil }})
	require.ErrorContains(t, err, "the disk is full")
	_, err = gpu.Run(t.Context(), fake(), gputest.Program(), gpu.Task{Inputs: gputest.Inputs(),
		Outputs: func(string, int64) (io.Writer, error) { return nil, errors.New("no") }})
	require.ErrorContains(t, err, `output "x" cannot be written: no`)
}

// streamer is a gpu.Streamer whose pieces are small.
type streamer struct{ *gpu.Fake }

const streamPiece = 2 * gpu.ChunkSize

func (d streamer) WriteFrom(m gpu.Memory, off, n uint64, fill func([]byte) error) error {
	p := make([]byte, streamPiece)
	for end := off + n; off < end; off += streamPiece {
		p = p[:min(end-off, streamPiece)]
		if err := fill(p); err != nil {
			return err
		}
		if err := d.Write(m, off, p); err != nil {
			return err
		}
	}
	return nil
}

func (d streamer) ReadTo(ctx context.Context, m gpu.Memory, off, n uint64, use func([]byte) error) error {
	p := make([]byte, streamPiece)
	for end := off + n; off < end; off += streamPiece {
		p = p[:min(end-off, streamPiece)]
		if err := d.Read(ctx, m, off, p); err != nil {
			return err
		}
		if err := use(p); err != nil {
			return err
		}
	}
	return nil
}

// Inputs and results cross in pieces: they arrive whole and in order, and when one cannot be read or written, that is the error.
func TestPieces(t *testing.T) {
	for _, size := range []uint64{4, gpu.ChunkSize, 2 * gpu.ChunkSize, 3*gpu.ChunkSize + 4, 17<<20 + 8} {
		p := &gpu.Program{
			Version: gpu.ProgramVersion, Steps: 1, Segment: 1,
			Buffers: []gpu.Buffer{{Name: "x", Kind: gpu.Const, Type: gpu.U32, Len: size}, {Name: "y", Kind: gpu.Output, Type: gpu.U32, Len: size}},
			Step:    []gpu.Command{{Op: gpu.Copy, Bind: []gpu.Binding{{Buffer: 0}, {Buffer: 1}}}},
		}
		x := make([]byte, size)
		_, _ = rand.NewChaCha8([32]byte{byte(size)}).Read(x) // never fails
		var y bytes.Buffer
		task := gpu.Task{Inputs: map[string]gpu.Input{"x": bytes.NewReader(x)}, Outputs: func(string, int64) (io.Writer, error) { return &y, nil }}
		for _, d := range []gpu.Device{&gpu.Fake{}, streamer{&gpu.Fake{}}} {
			y.Reset()
			res, err := gpu.Run(t.Context(), d, p, task)
			require.NoError(t, err)
			require.True(t, bytes.Equal(x, y.Bytes()), size)
			require.Equal(t, gputest.Root(x), res.Outputs[0].Root)
			pieces := 1 + (size-1)/(16<<20)
			if _, ok := d.(gpu.Streamer); ok && size >= 1<<20 {
				pieces = 1 + (size-1)/streamPiece
			}
			for _, room := range []uint64{0, 1, pieces - 1, pieces} {
				short := task
				short.Outputs = func(string, int64) (io.Writer, error) { return &full{room: int(room)}, nil }
				_, err := gpu.Run(t.Context(), d, p, short)
				if room < pieces {
					require.ErrorContains(t, err, "no room", "%d bytes, %d writes", size, room)
				} else {
					require.NoError(t, err)
				}
			}
			cut := task
			cut.Inputs = map[string]gpu.Input{"x": cutInput{bytes.NewReader(x[:size-4]), int64(size)}}
			_, err = gpu.Run(t.Context(), d, p, cut)
			require.ErrorContains(t, err, fmt.Sprintf(`input "x" cannot be read at byte %d`, size-4))
		}
	}
}

// cutInput says that it is longer than it is, as a file that shrinks.
type cutInput struct {
	*bytes.Reader
	size int64
}

func (c cutInput) Size() int64 { return c.size }

// full takes so many writes and no more.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if f.room--; f.room < 0 {
		return 0, errors.New("no room")
	}
	return len(p), nil
}

// The trace may depend on the program, its inputs and the seed, not on how it was cut.
func TestSegmentsChangeLeavesNotResults(t *testing.T) {
	results := make(map[uint32][]gpu.OutputInfo)
	for _, segment := range []uint32{1, 2, 7} {
		p := gputest.Program()
		p.Segment = segment
		res, err := gpu.Run(t.Context(), fake(), p, gpu.Task{Inputs: gputest.Inputs(), Seed: 3})
		require.NoError(t, err)
		require.Len(t, res.Leaves, p.Leaves())
		results[segment] = res.Outputs
	}
	require.Equal(t, results[1], results[2])
	require.Equal(t, results[1], results[7])
}

// Many steps share a submission once their cost is known, and every one still sees its own parameters and window.
func TestBatchesAndStaging(t *testing.T) {
	const steps = 1000
	for name, window := range map[string]uint64{"staged": 8, "direct": 9 << 20} {
		t.Run(name, func(t *testing.T) {
			n := uint32(steps)
			if name == "direct" {
				n = 3
			}
			f := fake()
			submissions := 0
			f.OnSubmit = func([]gpu.Work) { submissions++ }
			f.Kernels["churn"] = func(_ [3]uint32, b [][]byte) error { // out[0] += step * window[0]
				v := binary.LittleEndian.Uint32(b[1]) + binary.LittleEndian.Uint32(b[0])*7
				binary.LittleEndian.PutUint32(b[1], v)
				return nil
			}
			f.Kernels["add"] = func(_ [3]uint32, b [][]byte) error {
				binary.LittleEndian.PutUint32(b[2], binary.LittleEndian.Uint32(b[0])+binary.LittleEndian.Uint32(b[1]))
				return nil
			}
			p := &gpu.Program{
				Version: gpu.ProgramVersion,
				Modules: []gpu.Module{{Name: "a", WGSL: gputest.Source}, {Name: "c", WGSL: gputest.Source3}},
				Buffers: []gpu.Buffer{
					{Name: "params", Kind: gpu.Params, Type: gpu.U32, Len: 16},
					{Name: "w", Kind: gpu.Slice, Type: gpu.U32, Len: window, Stride: 4, Period: window + 64},
					{Name: "t", Kind: gpu.Temp, Type: gpu.U32, Len: 4},
					{Name: "s", Kind: gpu.State, Type: gpu.U32, Len: 4, Keep: true},
					{Name: "o", Kind: gpu.Output, Type: gpu.U32, Len: 4, Every: 1},
				},
				Step: []gpu.Command{
					{Op: gpu.Dispatch, Module: 1, Entry: "churn", Bind: []gpu.Binding{{Buffer: 0}, {Buffer: 2}}, Grid: [3]uint32{1, 1, 1}},            // t = 7 step
					{Op: gpu.Dispatch, Module: 0, Entry: "add", Bind: []gpu.Binding{{Buffer: 1}, {Buffer: 2}, {Buffer: 4}}, Grid: [3]uint32{1, 1, 1}}, // o = w + t
					{Op: gpu.Copy, Bind: []gpu.Binding{{Buffer: 4}, {Buffer: 3}}},
				},
				Steps: n, Segment: n,
			}
			in := make([]byte, 2*window+128)
			for i := 0; i < len(in); i += 4 {
				binary.LittleEndian.PutUint32(in[i:], uint32(i*i))
			}
			out, sink := gputest.Collect()
			res, err := gpu.Run(t.Context(), f, p, gpu.Task{Inputs: map[string]gpu.Input{"w": bytes.NewReader(in)}, Outputs: sink})
			require.NoError(t, err)
			var want []byte
			for s := range n {
				off := int(uint64(4*s) % (window + 64))
				want = binary.LittleEndian.AppendUint32(want, uint32(off*off)+7*s)
			}
			require.Equal(t, want, out["o"].Bytes())
			require.Equal(t, want[len(want)-4:], out["s"].Bytes())
			require.Equal(t, gputest.Root(want), res.Outputs[1].Root)
			require.Equal(t, uint32(submissions), res.Timings.Submissions)
			require.Less(t, submissions, 100)
		})
	}
}

// stale is a device that hands out what it read before as soon as it is asked, once.
type stale struct {
	*gpu.Fake
	after int // submissions
	last  []byte
}

func (d *stale) SubmitRead(ctx context.Context, work []gpu.Work, m gpu.Memory, p []byte) error {
	if err := d.Submit(ctx, work); err != nil {
		return err
	}
	if d.after--; d.after == 0 {
		copy(p, d.last)
		return nil
	}
	err := d.Read(ctx, m, 0, p)
	d.last = bytes.Clone(p)
	return err
}

// What a submission leaves is never what an earlier one left, so that a driver that maps memory before it is written is found out.
func TestStaleNonces(t *testing.T) {
	run := func(after int) error {
		_, err := gpu.Run(t.Context(), &stale{Fake: fake(), after: after}, gputest.Program(), gpu.Task{Inputs: gputest.Inputs()})
		return err
	}
	require.NoError(t, run(0))
	for after := 1; after <= 3; after++ {
		require.Equal(t, gpu.BadDriver, gpu.CodeOf(run(after)), "submission %d", after)
	}
}

// A content has the same root in whatever pieces it comes, and more may follow after a root was asked for.
func TestMerkleTreeInPieces(t *testing.T) {
	content := make([]byte, 5*gpu.ChunkSize+1000)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(content) // never fails
	for _, piece := range []int{999, gpu.ChunkSize - 1, gpu.ChunkSize, gpu.ChunkSize + 1, 3*gpu.ChunkSize + 7, len(content)} {
		var tree gpu.MerkleTree
		done := 0
		for p := range slices.Chunk(content, piece) {
			n, err := tree.Write(p)
			require.NoError(t, err)
			require.Equal(t, len(p), n)
			done += n
			require.Equal(t, gputest.Root(content[:done]), tree.Root(), "%d bytes, %d at a time", done, piece)
		}
	}
}

func TestMerkleTree(t *testing.T) {
	// Against the recursive definition of RFC 6962.
	var def func(leaves [][32]byte) [32]byte
	def = func(leaves [][32]byte) [32]byte {
		if len(leaves) == 1 {
			return leaves[0]
		}
		k := 1
		for 2*k < len(leaves) {
			k *= 2
		}
		l, r := def(leaves[:k]), def(leaves[k:])
		return sha256.Sum256(append(append([]byte{1}, l[:]...), r[:]...))
	}
	var leaves [][32]byte
	require.Equal(t, sha256.Sum256(nil), gpu.TraceRoot(nil))
	for i := range byte(70) {
		leaves = append(leaves, sha256.Sum256([]byte{0, i}))
		var tree gpu.MerkleTree
		for j := range i + 1 {
			tree.AddData([]byte{j})
		}
		require.Equal(t, def(leaves), tree.Root())
		require.Equal(t, def(leaves), gpu.TraceRoot(leaves))
	}
}
