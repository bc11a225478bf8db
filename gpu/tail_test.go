package gpu_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gputest"
)

// tailed is the size of the memory of a State or Output buffer of gputest's program: 512 bytes and its tail.
const tailed = 512 + gpu.NonceSize

// Memory that was lost between two submissions, while all of them ran to their ends, is noticed, whichever buffer it is.
func TestLostMemoryIsNoticed(t *testing.T) {
	var list []gpu.Memory
	submissions := 0
	f := fake()
	run := func() error {
		_, err := gpu.Run(t.Context(), f, gputest.Program(), gpu.Task{Inputs: gputest.Inputs()})
		return err
	}
	look := func(work []gpu.Work) {
		for _, w := range work {
			for _, r := range w.Bind {
				if r.Memory.Size() == tailed && !slices.Contains(list, r.Memory) {
					list = append(list, r.Memory)
				}
			}
		}
	}
	f.OnSubmit = func(work []gpu.Work) {
		submissions++
		look(work)
	}
	require.NoError(t, run())
	require.Len(t, list, 4, "x, y, rows and sum")
	require.Greater(t, submissions, 2)
	for at := range submissions {
		for lost := range list {
			n := 0
			list = nil
			f.OnSubmit = func(work []gpu.Work) {
				look(work)
				if n++; n > at && lost < len(list) {
					require.NoError(t, f.Write(list[lost], 0, make([]byte, tailed)))
					lost = len(list) + 1 // once
				}
			}
			err := run()
			require.Equal(t, gpu.BadDriver, gpu.CodeOf(err), "buffer %d at submission %d: %v", lost, at, err)
			require.Regexp(t, `the device's memory of "(x|y|rows|sum)" is not what its work left there`, err.Error())
		}
	}
}

// late is a device whose read-backs of one size leave what they should write as it is, and report success.
type late struct {
	*gpu.Fake
	size uint64
}

func (l late) Read(ctx context.Context, m gpu.Memory, off uint64, p []byte) error {
	if m.Size() == l.size {
		return l.Wait(ctx)
	}
	return l.Fake.Read(ctx, m, off, p)
}

// A read-back that was never written is noticed.
func TestReadBacksThatWereNotWritten(t *testing.T) {
	for size, code := range map[uint64]gpu.Code{tailed: gpu.BadDriver, gpu.NonceSize: gpu.BadDriver, 1: ""} {
		_, err := gpu.Run(t.Context(), late{fake(), size}, gputest.Program(), gpu.Task{Inputs: gputest.Inputs()})
		if code == "" {
			require.NoError(t, err)
			continue
		}
		require.Equal(t, code, gpu.CodeOf(err), "%d: %v", size, err)
	}
}

// A buffer as large as the device allows has no room for a tail, and gives the same.
func TestNoRoomForATail(t *testing.T) {
	p := gputest.Program()
	p.Buffers = append(p.Buffers, gpu.Buffer{Name: "big", Kind: gpu.State, Type: gpu.U32, Len: 4096, Keep: true})
	p.Init = append(p.Init, gpu.Command{Op: gpu.Fill, Bind: []gpu.Binding{{Buffer: 8}}, Value: 7})
	var roots [][32]byte
	for _, most := range []uint64{4096, 4095 + gpu.NonceSize, 4096 + gpu.NonceSize} {
		f := fake()
		f.Limits = f.Info().Limits
		f.Limits.MaxBuffer = most &^ 3
		largest := uint64(0)
		f.OnSubmit = func(work []gpu.Work) {
			for _, w := range work {
				for _, r := range w.Bind {
					largest = max(largest, r.Memory.Size())
				}
			}
		}
		res, err := gpu.Run(t.Context(), f, p, gpu.Task{Inputs: gputest.Inputs()})
		require.NoError(t, err)
		require.Equal(t, most == 4096+gpu.NonceSize, largest > 4096)
		roots = append(roots, res.TraceRoot)
	}
	require.Equal(t, roots[0], roots[1])
	require.Equal(t, roots[0], roots[2])
}
