package gputest

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

// TestDevice runs the contract against devices that open returns, a fresh one per test; open registers their Close.
func TestDevice(t *testing.T, open func(t *testing.T) gpu.Device) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, s *suite)
	}{
		{"info", testInfo},
		{"alloc is zero", testZero},
		{"write and read", testWriteRead},
		{"writes keep their place in the queue", testQueueOrder},
		{"streams", testStreams},
		{"copy and fill", testCopyFill},
		{"add", testAdd},
		{"two dimensions", testMatmul},
		{"workgroup memory and barriers", testReduce},
		{"atomics", testHistogram},
		{"uniform parameters and loops", testChurn},
		{"bound ranges", testRanges},
		{"uniform windows", testWindow},
		{"out of bounds stays inside", testOutOfBounds},
		{"bad arguments", testBadArguments},
		{"bad kernels", testBadKernels},
		{"cancel", testCancel},
		{"a program", testProgram},
		{"checkpoints", testCheckpoints},
		{"awkward programs", testAwkward},
		{"stages", testStages},
		{"empty steps", testEmptySteps},
		{"class", testClass},
		{"disputes", testDispute},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
			defer cancel()
			c.test(t, &suite{t: t, ctx: ctx, d: open(t), rng: rand.New(rand.NewPCG(1, 2))})
		})
	}
}

// testStreams writes and reads without buffers of its own, in more pieces than one, and breaks off in each of them.
func testStreams(t *testing.T, s *suite) {
	d, ok := s.d.(gpu.Streamer)
	if !ok {
		t.Skip("the device hands out no memory")
	}
	const size, off, n = 40<<20 + 64, 12, 40<<20 + 20
	m := s.alloc(size)
	want := make([]byte, size)
	var seed [32]byte
	broken := errors.New("broken off")
	write := func(pieces int) (taken int, err error) {
		seed[0]++
		rng := rand.NewChaCha8(seed)
		at := off
		err = d.WriteFrom(m, off, n, func(p []byte) error {
			if taken == pieces {
				return broken
			}
			if _, err := rng.Read(p); err != nil {
				return err
			}
			taken++
			require.True(t, len(p)%gpu.ChunkSize == 0 || at+len(p) == off+n)
			at += copy(want[at:off+n], p)
			return nil
		})
		return taken, err
	}
	read := func(pieces int) (taken int, err error) {
		at := off
		err = d.ReadTo(s.ctx, m, off, n, func(p []byte) error {
			if taken == pieces {
				return broken
			}
			taken++
			require.True(t, len(p)%gpu.ChunkSize == 0 || at+len(p) == off+n)
			require.True(t, bytes.Equal(want[at:at+len(p)], p), "from byte %d", at)
			at += len(p)
			return nil
		})
		return taken, err
	}
	all, err := write(-1)
	require.NoError(t, err)
	require.Greater(t, all, 1)
	pieces, err := read(-1)
	require.NoError(t, err)
	require.Greater(t, pieces, 2)
	for i := range max(all, pieces) {
		if i < all {
			_, err = write(i)
			require.ErrorIs(t, err, broken)
		}
		if i < pieces {
			_, err = read(i)
			require.ErrorIs(t, err, broken)
		}
	}
	require.True(t, bytes.Equal(want, s.read(m, 0, size)), "and nothing around it")
	none := func([]byte) error { t.Error("nothing is to be had"); return nil }
	require.Error(t, d.WriteFrom(m, 64, size, none))
	require.Error(t, d.ReadTo(s.ctx, m, 2, 4, none))
	ctx, cancel := context.WithCancel(s.ctx)
	cancel()
	require.Error(t, d.ReadTo(ctx, m, 0, size, none))
	_, err = read(-1)
	require.NoError(t, err)
}

type suite struct {
	t   *testing.T
	ctx context.Context
	d   gpu.Device
	rng *rand.Rand
}

func (s *suite) alloc(size int) gpu.Memory {
	s.t.Helper()
	m, err := s.d.Alloc(uint64(size))
	require.NoError(s.t, err)
	require.Equal(s.t, uint64(size), m.Size())
	return m
}

func (s *suite) write(m gpu.Memory, off int, p []byte) {
	s.t.Helper()
	require.NoError(s.t, s.d.Write(m, uint64(off), p))
}

func (s *suite) read(m gpu.Memory, off, n int) []byte {
	s.t.Helper()
	p := bytes.Repeat([]byte{0xEE}, n)
	require.NoError(s.t, s.d.Read(s.ctx, m, uint64(off), p))
	return p
}

func (s *suite) kernel(source, entry string, a ...gpu.Access) gpu.Kernel {
	s.t.Helper()
	k, err := s.d.Kernel(s.ctx, source, entry, a)
	require.NoError(s.t, err)
	return k
}

func (s *suite) submit(w ...gpu.Work) {
	s.t.Helper()
	require.NoError(s.t, s.d.Submit(s.ctx, w))
}

func (s *suite) random(n int) []byte {
	p := make([]byte, n)
	for i := range p {
		p[i] = byte(s.rng.Uint32())
	}
	return p
}

// with returns memory that holds p.
func (s *suite) with(p []byte) gpu.Memory {
	s.t.Helper()
	m := s.alloc(len(p))
	s.write(m, 0, p)
	return m
}

func whole(m gpu.Memory) gpu.Range { return gpu.Range{Memory: m, Len: m.Size()} }

func dispatch(k gpu.Kernel, x, y uint32, bind ...gpu.Range) gpu.Work {
	return gpu.Work{Op: gpu.Dispatch, Kernel: k, Grid: [3]uint32{x, y, 1}, Bind: bind}
}

func copyWork(from, to gpu.Range) gpu.Work {
	return gpu.Work{Op: gpu.Copy, Bind: []gpu.Range{from, to}}
}

func fill(r gpu.Range, v uint32) gpu.Work {
	return gpu.Work{Op: gpu.Fill, Bind: []gpu.Range{r}, Value: v}
}

func u32(p []byte, i int) uint32 { return binary.LittleEndian.Uint32(p[4*i:]) }

func pack(v ...uint32) []byte {
	var p []byte
	for _, x := range v {
		p = binary.LittleEndian.AppendUint32(p, x)
	}
	return p
}

func testInfo(t *testing.T, s *suite) {
	i := s.d.Info()
	require.NotEmpty(t, i.Name)
	require.NotEmpty(t, i.Type)
	require.NotEmpty(t, i.Backend)
	require.GreaterOrEqual(t, i.Limits.MaxBuffer, uint64(1<<20))
	require.GreaterOrEqual(t, i.Limits.MaxTotal, i.Limits.MaxBuffer)
	require.GreaterOrEqual(t, i.Limits.MaxBindings, uint32(4))
	require.GreaterOrEqual(t, i.Limits.MaxWorkgroup, uint32(64))
	require.GreaterOrEqual(t, i.Limits.MaxShared, uint32(1024))
}

// testClass expects no fault, and the same class however often and after whatever else.
func testClass(t *testing.T, s *suite) {
	first, err := gpu.Examine(s.ctx, s.d)
	require.NoError(t, err)
	require.Empty(t, first.Faults)
	require.NotEmpty(t, first.Class)
	testReduce(t, s)
	again, err := gpu.Examine(s.ctx, s.d)
	require.NoError(t, err)
	require.Equal(t, first, again)
	t.Log(first.Class)
}

func testZero(t *testing.T, s *suite) {
	// Memory of another program may be handed out again, so it is dirtied first.
	for range 3 {
		m := s.alloc(1 << 20)
		require.Equal(t, make([]byte, 1<<20), s.read(m, 0, 1<<20))
		s.submit(fill(whole(m), 0xdeadbeef))
		require.Equal(t, uint32(0xdeadbeef), u32(s.read(m, 1<<20-4, 4), 0))
		m.Release()
	}
}

func testWriteRead(t *testing.T, s *suite) {
	m := s.alloc(4096)
	p := s.random(4096)
	s.write(m, 0, p)
	require.Equal(t, p, s.read(m, 0, 4096))
	s.write(m, 100, []byte{1, 2, 3, 4})
	copy(p[100:], []byte{1, 2, 3, 4})
	require.Equal(t, p[96:112], s.read(m, 96, 16))
	require.Equal(t, p, s.read(m, 0, 4096))
	big := s.random(5<<20 + 12)
	require.Equal(t, big, s.read(s.with(big), 0, len(big)))
}

func testQueueOrder(t *testing.T, s *suite) {
	src, dst := s.alloc(4), s.alloc(64)
	for i := range 16 {
		s.write(src, 0, pack(uint32(i)*3))
		s.submit(copyWork(whole(src), gpu.Range{Memory: dst, Off: uint64(4 * i), Len: 4}))
	}
	got := s.read(dst, 0, 64)
	for i := range 16 {
		require.Equal(t, uint32(i)*3, u32(got, i), "a write must not overtake an earlier submission")
	}
	require.NoError(t, s.d.Wait(s.ctx))
}

func testCopyFill(t *testing.T, s *suite) {
	p := s.random(2048)
	a, b := s.with(p), s.alloc(2048)
	s.submit(
		copyWork(gpu.Range{Memory: a, Off: 512, Len: 256}, gpu.Range{Memory: b, Off: 1024, Len: 256}),
		fill(gpu.Range{Memory: b, Off: 0, Len: 260}, 0x01020304),
		fill(gpu.Range{Memory: a, Off: 256, Len: 256}, 0),
		fill(gpu.Range{Memory: b, Off: 256, Len: 256}, 9),
	)
	want := make([]byte, 2048)
	copy(want[1024:], p[512:768])
	copy(want, bytes.Repeat(pack(0x01020304), 64))
	copy(want[256:], bytes.Repeat(pack(9), 64))
	require.Equal(t, want, s.read(b, 0, 2048))
	clear(p[256:512])
	require.Equal(t, p, s.read(a, 0, 2048))
}

func testAdd(t *testing.T, s *suite) {
	k := s.kernel(Source, "add", gpu.Read, gpu.Read, gpu.ReadWrite)
	const n = 1000 // not a multiple of the workgroup
	pa, pb := s.random(4*n), s.random(4*n)
	a, b, c := s.with(pa), s.with(pb), s.alloc(4*n)
	s.submit(dispatch(k, (n+63)/64, 1, whole(a), whole(b), whole(c)))
	got := s.read(c, 0, 4*n)
	for i := range n {
		require.Equal(t, u32(pa, i)+u32(pb, i), u32(got, i), i)
	}
	// A chain in one submission: each dispatch sees the one before.
	d := s.alloc(4 * n)
	s.submit(
		dispatch(k, (n+63)/64, 1, whole(c), whole(b), whole(d)),
		dispatch(k, (n+63)/64, 1, whole(d), whole(b), whole(c)),
	)
	got = s.read(c, 0, 4*n)
	for i := range n {
		require.Equal(t, u32(pa, i)+3*u32(pb, i), u32(got, i), i)
	}
}

func testMatmul(t *testing.T, s *suite) {
	k := s.kernel(Source, "matmul", gpu.Read, gpu.Read, gpu.ReadWrite)
	pa, pb := s.random(4*144), s.random(4*144)
	c := s.alloc(4 * 144)
	s.submit(dispatch(k, 2, 2, whole(s.with(pa)), whole(s.with(pb)), whole(c)))
	got := s.read(c, 0, 4*144)
	for i := range 144 {
		want := uint32(0)
		for k := range 12 {
			want += u32(pa, i/12*12+k) * u32(pb, k*12+i%12)
		}
		require.Equal(t, want, u32(got, i), i)
	}
}

func testReduce(t *testing.T, s *suite) {
	k := s.kernel(Source, "reduce", gpu.Read, gpu.Read, gpu.ReadWrite)
	pa := s.random(4 * 64 * 10)
	c := s.alloc(40)
	s.submit(dispatch(k, 10, 1, whole(s.with(pa)), whole(s.with(pack(0x5a5a))), whole(c)))
	got := s.read(c, 0, 40)
	for g := range 10 {
		want := uint32(0)
		for l := range 64 {
			want += u32(pa, g*64+l) ^ 0x5a5a
		}
		require.Equal(t, want, u32(got, g), g)
	}
}

func testHistogram(t *testing.T, s *suite) {
	k := s.kernel(Source2, "histogram", gpu.ReadWrite, gpu.Read)
	keys := s.random(4 * 3000)
	bins := s.alloc(64)
	s.submit(dispatch(k, (3000+31)/32, 1, whole(bins), whole(s.with(keys))))
	var want [16]uint32
	for i := range 3000 {
		want[u32(keys, i)%16]++
	}
	require.Equal(t, pack(want[:]...), s.read(bins, 0, 64))
}

func testChurn(t *testing.T, s *suite) {
	k := s.kernel(Source3, "churn", gpu.Uniform, gpu.ReadWrite)
	px := s.random(4 * 200)
	x, params := s.with(px), s.with(pack(3, 9, 77, 5))
	s.submit(dispatch(k, 4, 1, whole(params), whole(x)))
	got := s.read(x, 0, 4*200)
	for i := range 200 {
		require.Equal(t, Churn(u32(px, i), 3, 9, 77|5<<32), u32(got, i), i)
	}
}

func testRanges(t *testing.T, s *suite) {
	k := s.kernel(Source, "add", gpu.Read, gpu.Read, gpu.ReadWrite)
	pa := s.random(1024)
	a, c := s.with(pa), s.with(bytes.Repeat(pack(5), 256))
	s.submit(dispatch(k, 16, 1,
		gpu.Range{Memory: a, Off: 256, Len: 128}, gpu.Range{Memory: a, Off: 512, Len: 128}, gpu.Range{Memory: c, Off: 256, Len: 128}))
	got := s.read(c, 0, 1024)
	for i := range 256 {
		want := uint32(5)
		if i >= 64 && i < 96 {
			want = u32(pa, i) + u32(pa, i+64)
		}
		require.Equal(t, want, u32(got, i), "element %d: arrayLength is that of the bound range", i)
	}
}

// A uniform is a part of memory that the same submission has written. Nothing around it can be seen.
func testWindow(t *testing.T, s *suite) {
	add := s.kernel(Source, "add", gpu.Read, gpu.Read, gpu.ReadWrite)
	peek := s.kernel(Source5, "peek", gpu.Uniform, gpu.Read, gpu.ReadWrite)
	const secret, mark = 0x77777777, 0x01000000
	content := bytes.Repeat(pack(secret), 3*gpu.MaxUniform/4)
	for i := range gpu.MaxUniform / 4 {
		binary.LittleEndian.PutUint32(content[gpu.MaxUniform+4*i:], mark+uint32(i))
	}
	far := []uint32{4096, 4097, 8191, 1 << 16, 1 << 28, 1<<28 - 1, 0xffff_f000, 0xffff_ffff}
	at := append(far, 0, 1, 2047, 4095)
	for len(at) < 64 {
		at = append(at, s.rng.Uint32N(4096))
	}
	memory, seen := s.alloc(len(content)), s.alloc(16*64)
	s.submit(
		dispatch(add, uint32(len(content)/256), 1, whole(s.with(content)), whole(s.alloc(len(content))), whole(memory)),
		dispatch(peek, 1, 1, gpu.Range{Memory: memory, Off: gpu.MaxUniform, Len: gpu.MaxUniform}, whole(s.with(pack(at...))), whole(seen)),
	)
	p := s.read(seen, 0, 16*64)
	for i, index := range at {
		for j := range 4 {
			v := u32(p, 4*i+j)
			if i >= len(far) {
				require.Equal(t, mark+4*index+uint32(j), v)
			} else { // a device may also clamp the index
				require.True(t, v == 0 || v >= mark && v < mark+gpu.MaxUniform/4, "%#x at %#x: not of the window", v, index)
			}
		}
	}
}

func testOutOfBounds(t *testing.T, s *suite) {
	k := s.kernel(Source4, "trespass", gpu.ReadWrite, gpu.Read)
	guard := bytes.Repeat(pack(0x77777777), 4096)
	for _, far := range []uint32{200, 1 << 12, 1 << 20, 1 << 29, 0xffff_ff00} {
		t.Run(fmt.Sprint(far), func(t *testing.T) {
			s.t = t
			before, own, after := s.with(guard), s.alloc(1024), s.with(guard)
			s.submit(dispatch(k, 4, 1, whole(own), whole(s.with(pack(far)))))
			require.Equal(t, guard, s.read(before, 0, len(guard)))
			require.Equal(t, guard, s.read(after, 0, len(guard)))
			for i, p := 0, s.read(own, 0, 1024); i < 256; i++ {
				v := u32(p, i) // 0, or what an invocation has computed: a device may also clamp the index
				require.True(t, v%7 == 0 && v < 7*4096, "%#x: no other buffer's content may be seen", v)
			}
		})
	}
}

func testBadArguments(t *testing.T, s *suite) {
	_, err := s.d.Alloc(0)
	require.Error(t, err)
	_, err = s.d.Alloc(6)
	require.Error(t, err)
	_, err = s.d.Alloc(s.d.Info().Limits.MaxBuffer + 4)
	require.Equal(t, gpu.TooLarge, gpu.CodeOf(err), "%v", err)
	m := s.alloc(64)
	require.Error(t, s.d.Write(m, 64, make([]byte, 4)))
	require.Error(t, s.d.Write(m, 2, make([]byte, 4)))
	require.Error(t, s.d.Write(m, 0, make([]byte, 3)))
	require.Error(t, s.d.Write(m, ^uint64(3), make([]byte, 8)))
	require.Error(t, s.d.Read(s.ctx, m, 0, make([]byte, 68)))
	require.Error(t, s.d.Submit(s.ctx, []gpu.Work{{Op: gpu.Swap}}))
	require.Error(t, s.d.Submit(s.ctx, []gpu.Work{copyWork(whole(m), gpu.Range{Memory: s.alloc(64), Len: 32})}))
	// The device is still fine.
	s.write(m, 0, pack(42))
	require.Equal(t, pack(42), s.read(m, 0, 4))
	released := s.alloc(64)
	released.Release()
	released.Release()
	require.Error(t, s.d.Write(released, 0, pack(1)))
}

func testBadKernels(t *testing.T, s *suite) {
	for name, c := range map[string]struct{ source, entry string }{
		"no such entry": {Source, "subtract"},
		"empty source":  {"", "nothing"},
		"not WGSL":      {"this is not WGSL", "nothing"},
		"type error":    {"@compute @workgroup_size(1) fn wrong() { let x: u32 = 1.5; }", "wrong"},
	} {
		_, err := s.d.Kernel(s.ctx, c.source, c.entry, []gpu.Access{gpu.Read, gpu.Read, gpu.ReadWrite})
		require.Equal(t, gpu.InvalidProgram, gpu.CodeOf(err), "%s: %v", name, err)
	}
	testAdd(t, s)
}

func testCancel(t *testing.T, s *suite) {
	m := s.alloc(64)
	ctx, cancel := context.WithCancel(s.ctx)
	cancel()
	k := s.kernel(Source3, "churn", gpu.Uniform, gpu.ReadWrite)
	err := s.d.Submit(ctx, []gpu.Work{dispatch(k, 1, 1, whole(s.alloc(16)), whole(m))})
	require.Equal(t, gpu.Canceled, gpu.CodeOf(err), "%v", err)
}
