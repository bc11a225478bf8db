package worker

import (
	"crypto/sha256"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gputest"
)

// BenchmarkTransfer moves what a task takes and gives as the worker does, through descriptors of the parent's files, in
// whose pages both processes see the same memory, and compares that with copying in one process.
func BenchmarkTransfer(b *testing.B) {
	const size, piece = 256 << 20, 16 << 20
	from, to := make([]byte, size), make([]byte, piece)
	_, _ = rand.NewChaCha8([32]byte{}).Read(from) // never fails
	path := filepath.Join(b.TempDir(), "in")
	f, err := create(path)
	require.NoError(b, err)
	defer f.Close()
	write := func(f *os.File) {
		for off := 0; off < size; off += piece {
			_, err := f.WriteAt(from[off:off+piece], int64(off))
			require.NoError(b, err)
		}
	}
	write(f)
	measure := func(name string, move func()) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size)
			for b.Loop() {
				move()
			}
		})
	}
	measure("memcpy", func() {
		for off := 0; off < size; off += piece {
			copy(to, from[off:])
		}
	})
	measure("input", func() {
		in, err := section(f)
		require.NoError(b, err)
		for off := 0; off < size; off += piece {
			_, err := in.ReadAt(to, int64(off))
			require.NoError(b, err)
		}
	})
	measure("output/written again", func() { write(f) })
	measure("output/new pages", func() {
		require.NoError(b, f.Truncate(0))
		write(f)
	})
	measure("hash", func() { sha256.Sum256(from) })
}

// BenchmarkTask runs a trivial program: in this process, in a warm child, and in a child that is started for it.
func BenchmarkTask(b *testing.B) {
	b.Setenv("XDG_RUNTIME_DIR", b.TempDir())
	exe, err := os.Executable()
	require.NoError(b, err)
	program, err := gputest.Program().Encode()
	require.NoError(b, err)
	for _, device := range []string{"eval", "webgpu"} {
		b.Run(device+"/in-process", func(b *testing.B) {
			d, _, err := Devices()[device](b.Context(), Opening{Chosen: func(string) {}})
			if err != nil && gpu.CodeOf(err) == gpu.Unsupported {
				b.Skip(err)
			}
			require.NoError(b, err)
			defer d.Close()
			for b.Loop() {
				_, err := gpu.Run(b.Context(), d, gputest.Program(), gpu.Task{Inputs: gputest.Inputs(), Seed: 5})
				require.NoError(b, err)
			}
		})
		for name, cold := range map[string]bool{"warm": false, "cold": true} {
			b.Run(device+"/"+name, func(b *testing.B) {
				p, err := New(Config{Command: []string{exe}, Env: []string{modeEnv + "=child"}, Device: device, Log: slog.New(slog.DiscardHandler)})
				require.NoError(b, err)
				defer p.Close()
				if _, err := p.Info(b.Context()); err != nil && gpu.CodeOf(err) == gpu.Unsupported {
					b.Skip(err)
				}
				q := Request{Tenant: "a", Program: program, Inputs: inputFiles(b), OutDir: b.TempDir(), Seed: 5, Timeout: time.Minute}
				for b.Loop() {
					if cold {
						p.drop()
					}
					_, err := p.Run(b.Context(), q)
					require.NoError(b, err)
				}
			})
		}
	}
}
