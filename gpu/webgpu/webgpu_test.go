package webgpu

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gputest"
)

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "gpumesh-xdg-")
	if err != nil {
		panic(err)
	}
	os.Setenv("XDG_RUNTIME_DIR", dir)
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// open skips only where there is no driver at all.
func open(t *testing.T) gpu.Device {
	t.Helper()
	d, err := Open(t.Context(), Options{})
	if gpu.CodeOf(err) == gpu.Unsupported {
		t.Skip(err)
	}
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	return d
}

func TestDevice(t *testing.T) { gputest.TestDevice(t, open) }

func TestAdapters(t *testing.T) {
	open(t) // skips where there is none
	infos, err := Adapters()
	require.NoError(t, err)
	for _, i := range infos {
		require.NotEqual(t, "opengl", i.Backend)
		require.NotZero(t, i.Limits.MaxBuffer)
	}
	_, err = Open(t.Context(), Options{Adapter: "no such adapter"})
	require.ErrorContains(t, err, "no such adapter")
}

// A dispatch of seconds: the wait must not end before it, and giving up must be typed.
func TestWaitsForLongWork(t *testing.T) {
	const source = `
@group(0) @binding(0) var<storage, read_write> io: array<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  var x = io[0];
  for (var i = 0u; i < 60000u; i = i + 1u) { x = x * 1664525u + 1013904223u; x = x ^ (x >> 15u); }
  if (id.x == 0u && id.y == 0u) { io[1] = x; }
}`
	d := open(t)
	k, err := d.Kernel(t.Context(), source, "main", []gpu.Access{gpu.ReadWrite})
	require.NoError(t, err)
	m, err := d.Alloc(8)
	require.NoError(t, err)
	require.NoError(t, d.Write(m, 0, []byte{9, 0, 0, 0, 0, 0, 0, 0}))
	work := gpu.Work{Op: gpu.Dispatch, Kernel: k, Bind: []gpu.Range{{Memory: m, Len: 8}}, Grid: [3]uint32{64, 32, 1}}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	require.NoError(t, d.Submit(t.Context(), []gpu.Work{work}))
	require.Equal(t, gpu.Timeout, gpu.CodeOf(d.Wait(ctx)), "a wait that was given up is no success")

	var p [8]byte
	require.NoError(t, d.Read(t.Context(), m, 0, p[:]))
	require.Equal(t, canaryValue(9, 60000), binary.LittleEndian.Uint32(p[4:]))
}

// Callbacks of wgpu-native must not touch memory that Go has collected.
func TestSurvivesGarbageCollection(t *testing.T) {
	d := open(t)
	stop := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			default:
				runtime.GC()
			}
		}
	}()
	for range 50 {
		res, err := gpu.Run(t.Context(), d, gputest.Program(), gpu.Task{Inputs: gputest.Inputs(), Seed: 1<<40 + 5})
		require.NoError(t, err)
		require.Equal(t, gputest.TraceRoot, hex.EncodeToString(res.TraceRoot[:]))
	}
	close(stop)
	<-done
}

func TestErrorsAreOneSentence(t *testing.T) {
	d := open(t)
	_, err := d.Kernel(t.Context(), "@compute @workgroup_size(1) fn main() { let x: u32 = 1.5; }", "main", nil)
	require.Equal(t, gpu.InvalidProgram, gpu.CodeOf(err))
	require.NotContains(t, err.Error(), "\n")
	require.NotContains(t, err.Error(), "wgpu.(")
	t.Log(err)
}
