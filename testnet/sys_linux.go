package testnet

import (
	"os/exec"
	"runtime"
	"syscall"
)

func sysProcAttr(detach bool) *syscall.SysProcAttr {
	if detach {
		return &syscall.SysProcAttr{Setsid: true}
	}
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// startPinned starts a child. Linux sends the death signal when the thread that started the child ends, so that thread
// must live as long as this process: a goroutine that never returns keeps it.
func startPinned(cmd *exec.Cmd, detach bool) error {
	if detach {
		return cmd.Start()
	}
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		started <- cmd.Start()
		select {} // deliberately for ever: see above
	}()
	return <-started
}
