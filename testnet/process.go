package testnet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

const (
	maxReady  = 64 << 10         // bytes of a readiness document
	stopGrace = 10 * time.Second // between SIGTERM and SIGKILL
	logTail   = 4 << 10          // bytes of a log quoted when a process fails
)

// process is one child. Its methods are safe for concurrent use.
type process struct {
	name string
	log  string
	cmd  *exec.Cmd
	done chan struct{} // closed once it has been reaped
	once sync.Once
}

// spawn starts the binary with args, its output appended to a log file, and decodes its readiness document into ready.
// Unless it is detached it dies with this process.
func spawn(ctx context.Context, binary []string, env []string, name, dir string, detach bool, ready any, args ...string) (*process, error) {
	logPath := filepath.Join(dir, name+".log")
	out, err := os.OpenFile(logPath, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	argv := append(append([]string{}, binary...), args...)
	argv = append(argv, "--ready-fd", "3")
	p := &process{name: name, log: logPath, cmd: exec.Command(argv[0], argv[1:]...), done: make(chan struct{})}
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.Stdout, p.cmd.Stderr, p.cmd.ExtraFiles = out, out, []*os.File{w}
	p.cmd.SysProcAttr = sysProcAttr(detach)
	err = startPinned(p.cmd, detach)
	w.Close()
	if err != nil {
		return nil, fmt.Errorf("starting %s: %w", name, err)
	}
	go func() {
		_ = p.cmd.Wait() // how it ended stands in its log
		close(p.done)
	}()
	doc := make(chan []byte, 1)
	go func() {
		b, _ := io.ReadAll(io.LimitReader(r, maxReady)) // a broken pipe reads as no document
		doc <- b
	}()
	select {
	case b := <-doc:
		if len(bytes.TrimSpace(b)) == 0 {
			p.kill()
			return nil, fmt.Errorf("%s did not start; the end of %s says:\n%s", name, logPath, tail(logPath))
		}
		if err := json.Unmarshal(b, ready); err != nil {
			p.kill()
			return nil, fmt.Errorf("%s: unreadable readiness document: %w", name, err)
		}
		return p, nil
	case <-ctx.Done():
		p.kill()
		return nil, fmt.Errorf("%s was not ready in time: %w; the end of %s says:\n%s", name, ctx.Err(), logPath, tail(logPath))
	}
}

// kill ends the process at once and waits until it is gone.
func (p *process) kill() {
	_ = p.cmd.Process.Kill() // it may have ended
	<-p.done
}

// stop asks the process to end, and ends it when it does not.
func (p *process) stop() error {
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // it may have ended
	select {
	case <-p.done:
		return nil
	case <-time.After(stopGrace):
		p.kill()
		return fmt.Errorf("%s did not stop within %v and was killed; see %s", p.name, stopGrace, p.log)
	}
}

func (p *process) running() bool {
	select {
	case <-p.done:
		return false
	default:
		return true
	}
}

func tail(path string) string {
	b, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	if len(b) > logTail {
		b = b[len(b)-logTail:]
	}
	return strings.TrimSpace(string(b))
}

// alive reports whether pid is a process that was started for dir: process ids are used again.
func alive(pid int, dir string) bool {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		return errors.Is(err, os.ErrPermission)
	}
	return bytes.Contains(b, []byte(dir))
}
