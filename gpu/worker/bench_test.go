package worker

import (
	"log/slog"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gputest"
)

// BenchmarkTask runs a trivial program: in this process, in a warm child, and in a child that is started for it.
func BenchmarkTask(b *testing.B) {
	b.Setenv("XDG_RUNTIME_DIR", b.TempDir())
	exe, err := os.Executable()
	require.NoError(b, err)
	program, err := gputest.Program().Encode()
	require.NoError(b, err)
	for _, device := range []string{"eval", "webgpu"} {
		b.Run(device+"/in-process", func(b *testing.B) {
			d, _, err := Devices()[device](b.Context(), 0)
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
