package worker

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func crash() { _ = syscall.Kill(os.Getpid(), syscall.SIGSEGV); select {} }

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
	require.Eventually(t, func() bool { return !running(pid) }, 10*time.Second, 5*time.Millisecond)
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
