package worker

import (
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/sys/unix"
)

// isolate puts the child in a process group of its own and ties its life to the parent's thread that starts it.
func isolate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
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

// limitProcess bounds what the process can take from the host. memory limits private writable memory (RLIMIT_DATA), where
// compilers' and software drivers' allocations go; the address space is not limited, because GPU drivers map far more of it
// than they use. 0 means no limit.
func limitProcess(memory uint64) error {
	limits := map[int]uint64{unix.RLIMIT_CORE: 0, unix.RLIMIT_NOFILE: 1024}
	if memory > 0 {
		limits[unix.RLIMIT_DATA] = memory
	}
	for what, n := range limits {
		var old unix.Rlimit
		if err := unix.Getrlimit(what, &old); err != nil {
			return err
		}
		n = min(n, old.Max)
		if err := unix.Setrlimit(what, &unix.Rlimit{Cur: n, Max: n}); err != nil {
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
