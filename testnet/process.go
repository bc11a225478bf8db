package testnet

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

const (
	startTimeout = 60 * time.Second
	stopTimeout  = 15 * time.Second // from SIGTERM to SIGKILL
	maxReady     = 64 << 10         // bytes of the line that says that a process is ready
)

// process is a child that says it is ready with one line of JSON on its standard output. What else it writes goes to its log.
type process struct {
	name string
	cmd  *exec.Cmd
	log  string        // path
	done chan struct{} // closed when it has ended
	err  error         // how it ended; read it after done
}

// spawn starts argv and decodes its ready line into ready.
func spawn(ctx context.Context, name string, argv, env []string, log string, ready any) (*process, error) {
	f, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // the child has its own
	p := &process{name: name, log: log, done: make(chan struct{})}
	p.cmd = exec.Command(argv[0], argv[1:]...)
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.Stderr = f
	isolate(p.cmd)
	// A plain pipe, so that Wait does not wait for grandchildren that hold it.
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	p.cmd.Stdout = w
	err = p.cmd.Start()
	_ = w.Close() // the child has its own
	if err != nil {
		_ = r.Close() // nothing was read
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.done)
	}()
	line := make(chan []byte, 1)
	go p.readOutput(r, line)

	timeout, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	select {
	case b, ok := <-line:
		if !ok {
			<-p.done
			return nil, fmt.Errorf("%s ended before it was ready: %w", name, p.why())
		}
		if err := json.Unmarshal(b, ready); err != nil {
			p.kill()
			return nil, fmt.Errorf("%s says something else than that it is ready: %s", name, bytes.TrimSpace(b))
		}
		return p, nil
	case <-timeout.Done():
		p.kill()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%s was not ready after %v; see %s", name, startTimeout, log)
	}
}

// readOutput sends the first line, and moves the rest to the log.
func (p *process) readOutput(r *os.File, line chan<- []byte) {
	defer func() { _ = r.Close() }() // read only
	buf := bufio.NewReaderSize(r, maxReady)
	b, err := buf.ReadSlice('\n')
	if err != nil {
		close(line)
		return
	}
	line <- bytes.Clone(b)
	f, err := os.OpenFile(p.log, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		_, _ = io.Copy(io.Discard, buf) // the child must not block
		return
	}
	defer func() { _ = f.Close() }() // a log
	_, _ = io.Copy(f, buf)           // ends when the child does
}

// why is how the process ended, with the last line that it wrote.
func (p *process) why() error {
	last := lastLine(p.log)
	switch {
	case last != "":
		return errors.New(last)
	case p.err != nil:
		return p.err
	}
	return errors.New("it said nothing")
}

func lastLine(path string) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer func() { _ = f.Close() }() // read only
	if s, err := f.Stat(); err == nil && s.Size() > 4<<10 {
		_, _ = f.Seek(-4<<10, io.SeekEnd) // else the whole file is read, up to the limit
	}
	b, _ := io.ReadAll(io.LimitReader(f, 4<<10))
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	return lines[len(lines)-1]
}

// kill ends the process and its children at once.
func (p *process) kill() {
	p.signal(syscall.SIGKILL)
	<-p.done
}

// stop asks the process to end, and makes it after a while.
func (p *process) stop() error {
	p.signal(syscall.SIGTERM)
	timer := time.NewTimer(stopTimeout)
	defer timer.Stop()
	select {
	case <-p.done:
		return p.err
	case <-timer.C:
		p.kill()
		return fmt.Errorf("%s did not stop within %v and was killed", p.name, stopTimeout)
	}
}

// alive reports whether the process runs.
func (p *process) alive() bool {
	select {
	case <-p.done:
		return false
	default:
		return true
	}
}
