package worker

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/unix"
)

// isolate puts the child in a process group of its own and ties its life to the parent's thread that starts it.
func isolate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// tryLock locks a file for as long as it is open, unless another has it locked.
func tryLock(f *os.File) (bool, error) {
	err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}

// kill ends the child and everything that it started.
func kill(cmd *exec.Cmd) {
	if err := unix.Kill(-cmd.Process.Pid, unix.SIGKILL); err != nil {
		_ = cmd.Process.Kill() // it has ended already
	}
}

// takeStdout returns the pipe to the parent and points descriptor 1 at stderr, where drivers may print what they like.
func takeStdout() (*os.File, error) {
	fd, err := unix.FcntlInt(1, unix.F_DUPFD_CLOEXEC, 3)
	if err != nil {
		return nil, err
	}
	if err := unix.Dup3(2, 1, 0); err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), "parent"), nil
}

// limitChild bounds what a child can take from the host. memory limits private writable memory (RLIMIT_DATA), where
// compilers' and software drivers' allocations go; the address space is not limited, because GPU drivers map far more of it
// than they use. 0 means no limit. Shared memory, in which drivers may keep buffers, escapes every rlimit, so that when the
// host runs out of memory the child is the first to go. The parent sets all this, because the child may not change it.
// A child that has exited meanwhile is no error here: the first message to it tells, and why.
func limitChild(cmd *exec.Cmd, memory uint64) error {
	_ = os.WriteFile(fmt.Sprintf("/proc/%d/oom_score_adj", cmd.Process.Pid), []byte("1000"), 0) // where that cannot be had, the kernel chooses
	limits := map[int]uint64{unix.RLIMIT_CORE: 0, unix.RLIMIT_MSGQUEUE: 0, unix.RLIMIT_NOFILE: 2 * maxFiles}
	if memory > 0 {
		limits[unix.RLIMIT_DATA] = memory
	}
	for what, n := range limits {
		var old unix.Rlimit
		err := unix.Prlimit(cmd.Process.Pid, what, nil, &old)
		if err == nil {
			n = min(n, old.Max)
			err = unix.Prlimit(cmd.Process.Pid, what, &unix.Rlimit{Cur: n, Max: n}, nil)
		}
		if errors.Is(err, unix.ESRCH) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// hostMemory is the machine's memory in bytes, 0 when it cannot be told.
func hostMemory() uint64 {
	var s unix.Sysinfo_t
	if unix.Sysinfo(&s) != nil {
		return 0
	}
	return uint64(s.Totalram) * uint64(s.Unit)
}

// limitFiles bounds the size of every file that a child writes. It can be raised for the next task; a child cannot raise
// it by itself.
func limitFiles(cmd *exec.Cmd, size uint64) error {
	return unix.Prlimit(cmd.Process.Pid, unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: size, Max: unix.RLIM_INFINITY}, nil)
}

// reserve sets room on the disk aside for so many bytes of a file, which stays empty: a full disk shows before anything is computed, and
// writing takes less. Where the file system cannot, nothing is reserved.
func reserve(f *os.File, size uint64) error {
	err := unix.Fallocate(int(f.Fd()), unix.FALLOC_FL_KEEP_SIZE, 0, int64(size))
	if errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) {
		return err
	}
	return nil
}

// syncDir makes the entries of a directory durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// startConfined starts the child under what the kernel offers. The calling goroutine is locked to its thread, which
// is confined with the child, and ends with it.
func startConfined(cmd *exec.Cmd, landlock bool, private []string) error {
	var paths map[string]uint64
	if landlock && cmd.Err == nil {
		binary, err := filepath.EvalSymlinks(cmd.Path)
		if err != nil {
			return err
		}
		if binary, err = filepath.Abs(binary); err != nil {
			return err
		}
		paths = allowed(binary, cmd.Env, private)
	}
	if _, err := restrictThread(paths); err != nil {
		return err
	}
	return cmd.Start()
}

// confineSelf is what the child adds to that.
func confineSelf() error {
	if err := filterCalls(); err != nil {
		return fmt.Errorf("system calls are not filtered: %w", err)
	}
	return nil
}

// sealSelf is what the child adds when its device needs no file any more.
func sealSelf() error { return sealCalls() }

// confinable reports whether the parent can confine files at all.
func confinable() bool { return landlockABI() > 0 }
