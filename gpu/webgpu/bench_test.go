package webgpu

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

func TestMeasure(t *testing.T) {
	b, err := gpu.Measure(t.Context(), open(t))
	require.NoError(t, err)
	t.Logf("%+v", b)
	for name, n := range map[string]uint64{
		"f32": b.F32Ops, "i32": b.I32Ops, "memory": b.MemoryBps, "upload": b.UploadBps, "readback": b.ReadBps, "launch": b.LaunchNs, "took": b.TookNs,
	} {
		require.NotZero(t, n, name)
	}
}

// Large writes go through another buffer than small ones. What was written last holds, wherever pieces end.
func TestLargeWrites(t *testing.T) {
	d := open(t)
	const size = 2*chunk + large + 12
	m, err := d.Alloc(size)
	require.NoError(t, err)
	defer m.Release()
	want := make([]byte, size)
	write := func(off, n int, b byte) {
		p := bytes.Repeat([]byte{b, b + 1, b + 2}, n/3+1)[:n]
		require.NoError(t, d.Write(m, uint64(off), p))
		copy(want[off:], p)
		clear(p) // the device has a copy
	}
	for round := range byte(2) { // with a mapped buffer that is new, and one that was used
		write(0, size, 10+round)
		write(chunk-8, 16, 20)
		write(4, large, 30)
		write(8, 12, 40)
		write(chunk-large, 2*large, 50+round)
		got := make([]byte, size)
		require.NoError(t, d.Read(t.Context(), m, 0, got))
		require.True(t, bytes.Equal(want, got))
	}
}

func BenchmarkWrite(b *testing.B) {
	const size = 64 << 20
	d := open(b)
	p := bytes.Repeat([]byte{1, 2, 3, 4}, size/4)
	write := func(m gpu.Memory) {
		require.NoError(b, d.Write(m, 0, p))
		require.NoError(b, d.(*device).Wait(b.Context()))
	}
	b.Run("new buffer", func(b *testing.B) {
		b.SetBytes(size)
		for b.Loop() {
			m, err := d.Alloc(size)
			require.NoError(b, err)
			write(m)
			m.Release()
		}
	})
	b.Run("same buffer", func(b *testing.B) {
		b.SetBytes(size)
		m, err := d.Alloc(size)
		require.NoError(b, err)
		defer m.Release()
		for b.Loop() {
			write(m)
		}
	})
}
