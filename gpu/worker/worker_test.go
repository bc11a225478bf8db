package worker

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gputest"
)

// modeEnv makes the test binary play another process.
const modeEnv = "GPUMESH_WORKER_TEST_MODE"

func TestMain(m *testing.M) {
	switch os.Getenv(modeEnv) {
	case "child":
		devices := Devices()
		devices["fake"] = openFake
		devices["faulty"] = func(context.Context, Opening) (gpu.Device, string, error) {
			return &gpu.Fake{Inject: func(int) gpu.Fault { return gpu.FaultSilent }}, "", nil
		}
		devices["card"] = func(ctx context.Context, o Opening) (gpu.Device, string, error) {
			d, _, err := openFake(ctx, o)
			return discrete{d.(*gpu.Fake)}, "", err
		}
		devices["roomy"] = func(context.Context, Opening) (gpu.Device, string, error) {
			return &gpu.Fake{Kernels: gputest.FakeKernels(), Limits: gpu.Limits{MaxBuffer: gpu.MaxBuffer, MaxTotal: gpu.MaxBuffer, MaxBindings: 8, MaxWorkgroup: 1024, MaxShared: 32 << 10}}, "", nil
		}
		devices["stuck compiler"] = func(context.Context, Opening) (gpu.Device, string, error) {
			return stuckCompiler{&gpu.Fake{Kernels: gputest.FakeKernels()}}, "", nil
		}
		addProbes(devices)
		addCards(devices)
		os.Exit(ChildWith(devices))
	case "garbage":
		os.Stdout.WriteString("GET / HTTP/1.1\r\n\r\n")
		select {} // until killed
	case "huge":
		os.Stdout.Write([]byte{0xff, 0xff, 0xff, 0xff})
		select {}
	case "mute":
		select {}
	case "exit":
		os.Exit(7)
	case "parent":
		orphan()
	}
	gputest.Parallel(8) // they wait for what hangs
	os.Exit(m.Run())
}

// Seeds that make the fake's churn kernel misbehave.
const (
	seedHang uint64 = 1000 + iota
	seedExit
	seedSegfault
	seedAllocate
	seedPanic
	seedLost
	seedSilent
	seedGarbage
	seedStuck
	seedReopen
)

func openFake(context.Context, Opening) (gpu.Device, string, error) {
	f := &gpu.Fake{Kernels: gputest.FakeKernels()}
	churn := f.Kernels["churn"]
	faults := map[uint64]gpu.Fault{seedLost: gpu.FaultLost, seedSilent: gpu.FaultSilent, seedGarbage: gpu.FaultGarbage, seedStuck: gpu.FaultHang}
	f.Kernels["churn"] = func(grid [3]uint32, bind [][]byte) error {
		seed := binary.LittleEndian.Uint64(bind[0][8:])
		misbehave(seed)
		if fault := faults[seed]; fault != gpu.NoFault {
			f.Inject = func(int) gpu.Fault { return fault } // from the next submission on
		}
		return churn(grid, bind)
	}
	return f, "a test", nil
}

// discrete has the bounds of a graphics card.
type discrete struct{ *gpu.Fake }

func (d discrete) Info() gpu.Info {
	i := d.Fake.Info()
	i.Type, i.Name = gpu.Discrete, "Test card (rev/1)"
	return i
}

// stuckCompiler compiles what examines a device, and nothing else.
type stuckCompiler struct{ *gpu.Fake }

func (d stuckCompiler) Kernel(ctx context.Context, wgsl, entry string, bindings []gpu.Access) (gpu.Kernel, error) {
	if d.Kernels[entry] != nil || entry == "product" {
		select {}
	}
	return d.Fake.Kernel(ctx, wgsl, entry, bindings)
}

var hoard [][]byte

func misbehave(seed uint64) {
	switch seed {
	case seedHang:
		select {}
	case seedExit:
		os.Exit(0)
	case seedSegfault:
		crash()
	case seedReopen:
		reopen()
	case seedPanic:
		panic("a bug in the worker")
	case seedAllocate:
		for {
			b := make([]byte, 64<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			hoard = append(hoard, b)
		}
	}
}

func newPool(t *testing.T, mode string, change func(*Config)) *Pool {
	t.Helper()
	exe, err := os.Executable()
	require.NoError(t, err)
	log := &testLog{t: t}
	t.Cleanup(log.end)
	cfg := Config{
		Command: []string{exe},
		Env:     []string{modeEnv + "=" + mode},
		Device:  "fake",
		Log:     slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	if change != nil {
		change(&cfg)
	}
	p, err := New(cfg)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, p.Close()) })
	return p
}

// testLog is a test's log until the test has ended: the last lines of a process that was killed may come later.
type testLog struct {
	mu   sync.Mutex
	t    *testing.T
	over bool
}

func (l *testLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.over {
		l.t.Log(string(bytes.TrimSpace(p)))
	}
	return len(p), nil
}

func (l *testLog) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.over = true
}

// task is gputest's program as a request.
func task(t *testing.T, seed uint64) Request {
	t.Helper()
	b, err := gputest.Program().Encode()
	require.NoError(t, err)
	return Request{Tenant: "a", Program: b, Inputs: inputFiles(t), OutDir: t.TempDir(), Seed: seed, Timeout: 10 * time.Minute}
}

// inputFiles are the inputs of gputest's program as files.
func inputFiles(t testing.TB) map[string]string {
	t.Helper()
	dir := t.TempDir()
	paths := make(map[string]string)
	for name, in := range gputest.Inputs() {
		p := make([]byte, in.Size())
		_, err := in.ReadAt(p, 0)
		require.NoError(t, err)
		paths[name] = filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(paths[name], p, 0o600))
	}
	return paths
}

// runs checks that the pool executes a task correctly.
func runs(t *testing.T, p *Pool, tenant string) {
	t.Helper()
	q := task(t, 1<<40+5)
	q.Tenant = tenant
	var last uint32
	q.Progress = func(done, total uint32) {
		require.Equal(t, uint32(7), total)
		require.GreaterOrEqual(t, done, last)
		last = done
	}
	res, err := p.Run(t.Context(), q)
	require.NoError(t, err)
	require.Equal(t, gputest.TraceRoot, fmt.Sprintf("%x", res.TraceRoot))
	require.Equal(t, uint32(7), last)
	want := gputest.Want(q.Seed)
	require.Len(t, res.Outputs, len(want))
	for name, content := range want {
		got, err := os.ReadFile(filepath.Join(q.OutDir, name))
		require.NoError(t, err)
		require.Equal(t, content, got, name)
	}
}

func fails(t *testing.T, p *Pool, q Request, code gpu.Code) error {
	t.Helper()
	_, err := p.Run(t.Context(), q)
	require.Equal(t, code, gpu.CodeOf(err), "%v", err)
	left, err2 := os.ReadDir(q.OutDir)
	require.NoError(t, err2)
	require.Empty(t, left, "no result of a failed task may stay")
	return err
}

func TestRun(t *testing.T) {
	p := newPool(t, "child", nil)
	info, err := p.Info(t.Context())
	require.NoError(t, err)
	require.Equal(t, gpu.FakeType, info.Type)
	runs(t, p, "a")
}

// A device that fails canaries is named, with what it fails, and computes nothing.
func TestFaultyDeviceRunsNothing(t *testing.T) {
	p := newPool(t, "child", func(c *Config) { c.Device = "faulty" })
	info, err := p.Info(t.Context())
	require.NoError(t, err)
	require.Contains(t, info.Faults, "integers: a wrong result")
	require.ErrorContains(t, fails(t, p, task(t, 1), gpu.BadDriver), "fake (fake 1) fails its canaries")
}

// Every child's device has the class that an examination found; a device that misbehaved is examined anew.
func TestDeviceClass(t *testing.T) {
	classes := make(map[string]bool)
	for _, device := range []string{"eval", "webgpu"} {
		p := newPool(t, "child", func(c *Config) { c.Device = device })
		info, err := p.Info(t.Context())
		if device == "webgpu" && err != nil && gpu.CodeOf(err) == gpu.Unsupported {
			t.Skip(err)
		}
		require.NoError(t, err)
		require.Empty(t, info.Faults)
		require.False(t, classes[info.Class], "another device is of another class")
		classes[info.Class] = true
		for _, anew := range []bool{false, true} {
			p.drop()
			if anew {
				p.info = nil
			}
			runs(t, p, "a")
			again, err := p.Info(t.Context())
			require.NoError(t, err)
			require.Equal(t, info, again)
			require.Equal(t, info, p.child.info)
		}
	}
}

func TestTenantsDoNotShareAProcess(t *testing.T) {
	p := newPool(t, "child", nil)
	runs(t, p, "a")
	first := p.child.cmd.Process.Pid
	runs(t, p, "a")
	require.Equal(t, first, p.child.cmd.Process.Pid, "a warm child is kept for its tenant")
	runs(t, p, "b")
	require.NotEqual(t, first, p.child.cmd.Process.Pid)
}

func TestEndlessWorkTimesOutAndTheNextTaskRuns(t *testing.T) {
	p := newPool(t, "child", nil)
	q := task(t, seedHang)
	q.Timeout = 300 * time.Millisecond
	fails(t, p, q, gpu.Timeout)
	runs(t, p, "a")
}

// Compiling has a deadline of the node's, in whatever it is done for, and kernels that miss it again and again are not tried.
func TestCompilingHasADeadline(t *testing.T) {
	p := newPool(t, "child", func(c *Config) { c.Device, c.CompileTimeout = "stuck compiler", 50*time.Millisecond })
	q := task(t, 1)
	require.ErrorContains(t, fails(t, p, q, gpu.Timeout), "compiling the program took longer than 50ms")
	for name, try := range map[string]func() error{
		"replay": func() error { _, err := p.Replay(t.Context(), q, 1, 0, ""); return err },
		"decide": func() error {
			prog := gputest.Program()
			r, err := gpu.ReplaySegment(t.Context(), &gpu.Fake{Kernels: gputest.FakeKernels()}, prog, gpu.Task{Inputs: gputest.Inputs(), Seed: q.Seed}, 1, 0, nil)
			require.NoError(t, err)
			marks, err := prog.Marks(1)
			require.NoError(t, err)
			at := slices.IndexFunc(marks, func(m gpu.Mark) bool { return m.Command >= 0 })
			memory := filepath.Join(t.TempDir(), "memory")
			f, err := os.Create(memory)
			require.NoError(t, err)
			_, err = gpu.ReplaySegment(t.Context(), &gpu.Fake{Kernels: gputest.FakeKernels()}, prog, gpu.Task{Inputs: gputest.Inputs(), Seed: q.Seed}, 1, at, f)
			require.NoError(t, err)
			require.NoError(t, f.Close())
			_, err = p.Decide(t.Context(), q, 1, at, r.Mark(prog, at-1), memory)
			return err
		},
	} {
		require.ErrorContains(t, try(), "compiling the program took longer than 50ms", name)
		require.Nil(t, p.child, name)
	}
	_, err := p.Replay(t.Context(), q, 1, 0, "")
	require.ErrorContains(t, err, "ended the worker process 3 times in a row (timeout at last)")
}

func TestMeasuringHasADeadline(t *testing.T) {
	p := newPool(t, "child", func(c *Config) { c.Device, c.BenchTimeout = "stuck compiler", 50*time.Millisecond })
	_, err := p.Bench(t.Context())
	require.Equal(t, gpu.Timeout, gpu.CodeOf(err), "%v", err)
	require.Nil(t, p.child)
}

// The bound on the device's time reaches the child.
func TestDeviceTimeIsBounded(t *testing.T) {
	p := newPool(t, "child", nil)
	q := task(t, 1)
	q.MaxBusy = time.Nanosecond
	require.ErrorContains(t, fails(t, p, q, gpu.Timeout), "1ns of the device's time")
	_, err := p.Replay(t.Context(), q, 1, 0, "")
	require.ErrorContains(t, err, "1ns of the device's time")
	var used time.Duration
	q.MaxBusy, q.Used = time.Hour, func(busy time.Duration) { used = busy }
	_, err = p.Run(t.Context(), q)
	require.NoError(t, err)
	require.Positive(t, used)
}

func TestCancel(t *testing.T) {
	p := newPool(t, "child", nil)
	ctx, cancel := context.WithCancel(t.Context())
	q := task(t, seedHang)
	q.Progress = func(uint32, uint32) { cancel() }
	_, err := p.Run(ctx, q)
	require.Equal(t, gpu.Canceled, gpu.CodeOf(err), "%v", err)
	runs(t, p, "a")
}

func TestCrashesAreTyped(t *testing.T) {
	p := newPool(t, "child", func(c *Config) { c.Memory = 1 << 30 })
	cases := map[string]struct {
		seed uint64
		code gpu.Code
	}{
		"exit":     {seedExit, gpu.WorkerDied},
		"segfault": {seedSegfault, gpu.WorkerDied},
		"panic":    {seedPanic, gpu.WorkerDied},
	}
	if runtime.GOOS == "linux" {
		cases["out of memory"] = struct {
			seed uint64
			code gpu.Code
		}{seedAllocate, gpu.OutOfMemory}
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			fails(t, p, task(t, c.seed), c.code)
			runs(t, p, "a")
		})
	}
}

func TestBadChildren(t *testing.T) {
	for mode, code := range map[string]gpu.Code{
		"garbage": gpu.WorkerDied, "huge": gpu.WorkerDied, "exit": gpu.WorkerDied, "mute": gpu.Timeout,
	} {
		t.Run(mode, func(t *testing.T) {
			p := newPool(t, mode, func(c *Config) {
				if code == gpu.Timeout {
					c.StartTimeout = 500 * time.Millisecond
				}
			})
			_, err := p.Info(t.Context())
			require.Equal(t, code, gpu.CodeOf(err), "%v", err)
			require.Nil(t, p.child)
			require.Equal(t, 1, p.failures)
		})
	}
	t.Run("no such binary", func(t *testing.T) {
		p := newPool(t, "child", func(c *Config) { c.Command = []string{filepath.Join(t.TempDir(), "absent")} })
		_, err := p.Info(t.Context())
		require.Equal(t, gpu.WorkerDied, gpu.CodeOf(err), "%v", err)
	})
	t.Run("no such device", func(t *testing.T) {
		p := newPool(t, "child", func(c *Config) { c.Device = "abacus" })
		_, err := p.Info(t.Context())
		require.Equal(t, gpu.Unsupported, gpu.CodeOf(err), "%v", err)
	})
}

func TestRecoversWhenChildrenStartAgain(t *testing.T) {
	p := newPool(t, "exit", nil)
	for range 2 {
		_, err := p.Info(t.Context())
		require.Error(t, err)
	}
	require.Equal(t, 2, p.failures)
	p.cfg.Env = []string{modeEnv + "=child"}
	runs(t, p, "a")
	require.Zero(t, p.failures)
}

// The waits between starts that fail grow, and end with the caller's patience.
func TestBackOff(t *testing.T) {
	p := newPool(t, "exit", nil)
	p.failures = 20
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	require.NoError(t, p.take(t.Context()))
	_, err := p.ready(ctx, "")
	p.give()
	require.Equal(t, gpu.Timeout, gpu.CodeOf(err), "%v", err)
	require.ErrorContains(t, err, "failed to start 20 times in a row")
	require.Equal(t, 20, p.failures, "no start was tried")
	for n, want := range map[int]time.Duration{1: firstBackoff, 2: 2 * firstBackoff, 5: 16 * firstBackoff, 8: lastBackoff, 1000: lastBackoff} {
		require.Equal(t, want, backoff(n))
	}
}

func TestIdleChildIsEnded(t *testing.T) {
	p := newPool(t, "child", func(c *Config) { c.IdleTimeout = 10 * time.Millisecond })
	_, err := p.Info(t.Context())
	require.NoError(t, err)
	require.NoError(t, p.take(t.Context()))
	c := p.child
	p.give()
	if c != nil { // else it has been ended already
		select {
		case <-c.done:
		case <-time.After(time.Minute):
			t.Fatal("the idle child still runs")
		}
	}
	runs(t, p, "a")
}

func TestBadRequests(t *testing.T) {
	p := newPool(t, "child", nil)
	q := task(t, 1)
	q.Program = append([]byte{0}, q.Program...)
	fails(t, p, q, gpu.InvalidProgram)

	q = task(t, 1)
	delete(q.Inputs, "bias")
	require.ErrorContains(t, fails(t, p, q, gpu.InvalidInput), `input "bias" is missing`)

	q = task(t, 1)
	q.Inputs["bias"] = filepath.Join(t.TempDir(), "absent")
	fails(t, p, q, gpu.InvalidInput)

	q = task(t, 1)
	q.Inputs["bias"] = t.TempDir()
	require.ErrorContains(t, fails(t, p, q, gpu.InvalidInput), "not a regular file")

	q = task(t, 1)
	q.OutDir = filepath.Join(q.OutDir, "absent")
	_, err := p.Run(t.Context(), q)
	require.Error(t, err)
	runs(t, p, "a")
}

func TestClosedPool(t *testing.T) {
	p := newPool(t, "child", nil)
	require.NoError(t, p.Close())
	_, err := p.Info(t.Context())
	require.Equal(t, gpu.Canceled, gpu.CodeOf(err))
}

func TestVerifyRefusesAnswersThatDoNotFit(t *testing.T) {
	prog := gputest.Program()
	dir := t.TempDir()
	good := func() *gpu.Result {
		r := &gpu.Result{Leaves: make([][32]byte, prog.Leaves())}
		r.TraceRoot = gpu.TraceRoot(r.Leaves)
		for _, s := range prog.Results() {
			r.Outputs = append(r.Outputs, gpu.OutputInfo{Name: s.Name, Type: s.Type, Size: s.Size})
			require.NoError(t, os.WriteFile(filepath.Join(dir, s.Name), make([]byte, s.Size), 0o600))
		}
		return r
	}
	require.NoError(t, verify(good(), prog, dir))
	for name, spoil := range map[string]func(*gpu.Result){
		"output missing": func(r *gpu.Result) { r.Outputs = r.Outputs[1:] },
		"other size":     func(r *gpu.Result) { r.Outputs[0].Size++ },
		"other name":     func(r *gpu.Result) { r.Outputs[0].Name = "z" },
		"leaf missing":   func(r *gpu.Result) { r.Leaves = r.Leaves[1:] },
		"other root":     func(r *gpu.Result) { r.TraceRoot[0] ^= 1 },
		"no file":        func(r *gpu.Result) { require.NoError(t, os.Remove(filepath.Join(dir, r.Outputs[0].Name))) },
	} {
		r := good()
		spoil(r)
		require.Error(t, verify(r, prog, dir), name)
	}
	require.Error(t, verify(nil, prog, dir))
}

func FuzzFrame(f *testing.F) {
	var b bytes.Buffer
	if err := writeFrame(&b, reply{Code: gpu.Timeout, Reason: "late"}); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, p []byte) {
		var a reply
		if readFrame(bytes.NewReader(p), &a) != nil {
			return
		}
		var again bytes.Buffer
		if err := writeFrame(&again, a); err != nil {
			t.Fatal(err)
		}
	})
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// Whatever the owner's environment says, no driver of a child keeps code on disk, where the next tenant's would load it.
func TestShaderCachesAreOff(t *testing.T) {
	want := map[string]string{"MESA_SHADER_CACHE_DISABLE": "true", "MESA_GLSL_CACHE_DISABLE": "true", "__GL_SHADER_DISK_CACHE": "0"}
	for name := range want {
		t.Setenv(name, "else")
	}
	cmd := exec.Cmd{Env: environment(nil)}
	for _, e := range cmd.Environ() { // the last of each name
		if name, value, _ := strings.Cut(e, "="); want[name] != "" {
			require.Equal(t, want[name], value, name)
			delete(want, name)
		}
	}
	require.Empty(t, want)
}
