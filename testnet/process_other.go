//go:build !linux

package testnet

import (
	"os/exec"
	"syscall"
)

// isolate does nothing: children end when they are told to.
func isolate(*exec.Cmd) {}

func (p *process) signal(s syscall.Signal) {
	if s == syscall.SIGKILL {
		_ = p.cmd.Process.Kill() // fails when it has ended
		return
	}
	_ = p.cmd.Process.Signal(s) // the same
}
