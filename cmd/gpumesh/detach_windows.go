package main

import (
	"os/exec"
	"syscall"
)

// detach lets a child outlive this process and its console.
func detach(cmd *exec.Cmd) {
	const detachedProcess = 0x8
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: detachedProcess}
}
