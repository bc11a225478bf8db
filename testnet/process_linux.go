package testnet

import (
	"os/exec"
	"syscall"
)

// isolate gives the child a process group, so that a signal reaches what it started, and lets it die with this process. (The
// kernel watches the thread that started it. Go ends a thread only with a goroutine that is locked to it; none here is.)
func isolate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

func (p *process) signal(s syscall.Signal) {
	if s == syscall.SIGKILL {
		_ = syscall.Kill(-p.cmd.Process.Pid, s) // fails when it has ended
		return
	}
	_ = p.cmd.Process.Signal(s) // the same; children are its own business
}
