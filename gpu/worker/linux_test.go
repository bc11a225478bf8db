package worker

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"gpumesh/gpu"
)

func crash() { _ = syscall.Kill(os.Getpid(), syscall.SIGSEGV); select {} }

// reopen tries to get more out of a task's open files than they were opened for.
func reopen() {
	var inputs, others int
	for fd := range 64 {
		var s unix.Stat_t
		if unix.Fstat(fd, &s) != nil || s.Mode&unix.S_IFMT != unix.S_IFREG {
			continue
		}
		for _, flags := range []int{os.O_RDONLY, os.O_RDWR, os.O_RDWR | os.O_TRUNC} {
			if f, err := os.OpenFile(fmt.Sprint("/proc/self/fd/", fd), flags, 0); err == nil {
				panic("opened again: " + f.Name())
			}
		}
		flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFL, 0)
		if err != nil {
			panic(err)
		}
		if flags&unix.O_ACCMODE != unix.O_RDONLY {
			others++
			continue
		}
		inputs++
		if _, err := unix.Pwrite(fd, []byte("x"), 0); err == nil {
			panic("wrote to an input")
		}
		if unix.Ftruncate(fd, 0) == nil || unix.Fchmod(fd, 0o777) == nil {
			panic("changed an input")
		}
		if _, err := unix.Mmap(fd, 0, 1, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED); err == nil {
			panic("mapped an input for writing")
		}
	}
	if inputs < 3 || others < 3 {
		panic(fmt.Sprint("there are ", inputs, " inputs and ", others, " outputs"))
	}
}

// orphan is a parent that starts a child, tells its pid and waits to be killed.
func orphan() {
	exe, _ := os.Executable()
	p, err := New(Config{Command: []string{exe}, Env: []string{modeEnv + "=child"}, Device: "fake"})
	if err != nil {
		os.Exit(1)
	}
	if _, err := p.Info(context.Background()); err != nil {
		os.Exit(1)
	}
	fmt.Println(p.child.cmd.Process.Pid)
	select {}
}

// The descriptors that a child was handed are good for what they were opened for, sealed or not.
func TestDescriptorsAreWhatTheyAre(t *testing.T) {
	if landlockABI() == 0 {
		t.Skip("this kernel has no Landlock")
	}
	for _, loose := range []bool{false, true} {
		p := newPool(t, "child", nil)
		p.loose = loose
		_, err := p.Run(t.Context(), task(t, seedReopen))
		require.NoError(t, err)
	}
}

func TestNoChildOutlivesItsParent(t *testing.T) {
	exe, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), modeEnv+"=parent")
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	pid := strings.TrimSpace(line)
	require.True(t, running(pid))
	require.NoError(t, cmd.Process.Kill())
	_ = cmd.Wait() // it was killed
	require.Eventually(t, func() bool { return !running(pid) }, time.Minute, 5*time.Millisecond)
}

// A child that exits is told as one that died wherever it is touched first, also where the end of the process has not been noticed yet.
func TestChildThatExitedUnnoticed(t *testing.T) {
	exe, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), modeEnv+"=exit")
	require.Error(t, cmd.Run())
	require.NoError(t, limitChild(cmd, 1<<30))

	p := newPool(t, "child", func(c *Config) { c.Device = "eval" })
	touch := map[string]func(c *process, q Request) error{
		"next": func(c *process, _ Request) error {
			dir := interrupted(t, 6)
			require.NoError(t, os.Rename(filepath.Join(dir, CheckpointFile), filepath.Join(dir, partFile)))
			f, err := os.Open(filepath.Join(dir, partFile))
			require.NoError(t, err)
			k := &keeper{c: &Checkpoints{Dir: dir}, bound: 1 << 20, part: f, next: c.next, log: quiet()}
			defer k.stop()
			return k.saved(6)
		},
		"run":    func(_ *process, q Request) error { _, err := p.Run(t.Context(), q); return err },
		"replay": func(_ *process, q Request) error { _, err := p.Replay(t.Context(), q, 1, 0, ""); return err },
	}
	for name, touch := range touch {
		runs(t, p, "a")
		c := p.child
		require.NoError(t, c.cmd.Process.Kill())
		<-c.done
		c.done = make(chan struct{}) // as if it had not been waited for yet
		err := touch(c, task(t, 1))
		close(c.done)
		require.Equal(t, gpu.WorkerDied, gpu.CodeOf(err), "%s: %v", name, err)
	}
}

// A disk that has no room for a result is found before anything runs, and what was reserved of it is given back. The disk is one in memory, which refuses at
// once what is more than all of it: a real one would be full for a moment, for all who write to it.
func TestFullDisk(t *testing.T) {
	dir, err := os.MkdirTemp("/dev/shm", "full")
	if err != nil {
		t.Skip("there is no file system in memory: ", err)
	}
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	var disk unix.Statfs_t
	require.NoError(t, unix.Statfs(dir, &disk))
	if disk.Type != unix.TMPFS_MAGIC || disk.Blocks == 0 {
		t.Skip("/dev/shm is no file system in memory with a bound")
	}
	p := newPool(t, "child", func(c *Config) { c.Device = "roomy" })
	size := disk.Blocks*uint64(disk.Bsize) + 1<<30
	prog := &gpu.Program{
		Version: gpu.ProgramVersion, Steps: 1, Segment: 1,
		Buffers: []gpu.Buffer{{Name: "x", Kind: gpu.Output, Type: gpu.U32, Len: 4 << 20}, {Name: "y", Kind: gpu.Output, Type: gpu.U32, Len: size}},
		Step:    []gpu.Command{{Op: gpu.Fill, Bind: []gpu.Binding{{Buffer: 0}}}},
	}
	run := func() error {
		_, err := p.Run(t.Context(), Request{Tenant: "a", Program: encoded(t, prog), OutDir: dir, Timeout: time.Minute})
		return err
	}
	require.ErrorContains(t, run(), `output "y" cannot be written: no space left on device`)
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left)
	prog.Buffers[1].Len = 4 << 20
	require.NoError(t, run())
	for _, name := range []string{"x", "y"} {
		s, err := os.Stat(filepath.Join(dir, name))
		require.NoError(t, err)
		require.EqualValues(t, 4<<20, s.Size())
		require.LessOrEqual(t, s.Sys().(*syscall.Stat_t).Blocks, int64(4<<20/512+16), "no more is reserved than it takes")
	}
}

// What a software driver allocates for large buffers is of large pages where the kernel gives them to who asks.
func TestLargeBuffersHaveLargePages(t *testing.T) {
	mode, err := os.ReadFile("/sys/kernel/mm/transparent_hugepage/enabled")
	if err != nil || !strings.Contains(string(mode), "[madvise]") {
		t.Skip("this kernel gives large pages to nobody, or to everybody")
	}
	version, err := exec.Command("getconf", "GNU_LIBC_VERSION").Output()
	var major, minor int
	if _, serr := fmt.Sscanf(string(version), "glibc %d.%d", &major, &minor); err != nil || serr != nil || major == 2 && minor < 35 {
		t.Skip("there is no glibc from 2.35 on")
	}
	p := newPool(t, "child", func(c *Config) { c.Device = "webgpu" })
	info, err := p.Info(t.Context())
	if err != nil && gpu.CodeOf(err) == gpu.Unsupported || info.Type != gpu.CPU {
		t.Skip("there is no software driver")
	}
	require.NoError(t, err)
	prog := &gpu.Program{
		Version: gpu.ProgramVersion, Steps: 1, Segment: 1,
		Buffers: []gpu.Buffer{{Name: "x", Kind: gpu.Output, Type: gpu.U32, Len: 8 << 20}},
		Step:    []gpu.Command{{Op: gpu.Fill, Bind: []gpu.Binding{{Buffer: 0}}}},
	}
	_, err = p.Run(t.Context(), Request{Tenant: "a", Program: encoded(t, prog), OutDir: t.TempDir(), Timeout: time.Minute})
	require.NoError(t, err)
	maps, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps", p.child.cmd.Process.Pid)) // it keeps what results are read through
	require.NoError(t, err)
	require.True(t, regexp.MustCompile(`(?m)^VmFlags:.* hg\b`).Match(maps), "no memory of the child is advised")
}

// running reports whether a process exists and is no zombie.
func running(pid string) bool {
	stat, err := os.ReadFile("/proc/" + pid + "/stat")
	if err != nil {
		return false
	}
	_, rest, ok := strings.Cut(string(stat), ") ")
	return ok && !strings.HasPrefix(rest, "Z") && !strings.HasPrefix(rest, "X")
}
