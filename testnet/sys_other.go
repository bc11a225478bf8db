//go:build !linux

package testnet

import (
	"os/exec"
	"syscall"
)

func sysProcAttr(bool) *syscall.SysProcAttr { return &syscall.SysProcAttr{} }

func startPinned(cmd *exec.Cmd, _ bool) error { return cmd.Start() }
