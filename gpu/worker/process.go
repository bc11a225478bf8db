package worker

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"gpumesh/gpu"
)

const (
	maxLogLines = 200 // of a child's stderr
	maxLogLine  = 512 // bytes
	reapTime    = 5 * time.Second
	lastWords   = 20 * time.Millisecond // between the end of a child's output and its own
)

// process is a running child. Its methods are called by one goroutine at a time.
type process struct {
	cmd     *exec.Cmd
	in      *os.File
	channel *os.File      // hands files to the child; nil where that is not possible
	replies chan reply    // closed when the child's output has ended
	done    chan struct{} // closed when the child has been reaped
	stop    chan struct{} // closed by kill: nobody reads replies any more
	killed  sync.Once
	silent  chan struct{} // closed when the child's stderr has ended
	log     *slog.Logger

	readErr error    // set before replies is closed
	waitErr error    // set before done is closed
	cause   gpu.Code // set before silent is closed

	tenant  string
	served  bool
	info    gpu.Info
	adapter string // as the child named it; empty: it named none

	sandbox Sandbox
}

// opening is how a child is started.
type opening struct {
	device   string   // as Config.Device
	skip     []string // adapters that are passed over
	landlock bool     // its files are confined
	seal     bool     // it gives up all paths where its device allows
}

// failedAdapter is why a child does not serve with the adapter that it had named.
type failedAdapter struct {
	adapter string
	error
}

func (f *failedAdapter) Unwrap() error { return f.error }

// start starts a child and waits for its device. The error is a *failedAdapter once an adapter was named.
func start(ctx context.Context, cfg *Config, o opening) (*process, error) {
	inR, inW, err := os.Pipe()
	if err != nil {
		return nil, gpu.Errorf(gpu.Internal, "no pipe to a worker: %v", err)
	}
	outR, outW, err := os.Pipe()
	if err != nil {
		return nil, errors.Join(gpu.Errorf(gpu.Internal, "no pipe to a worker: %v", err), inR.Close(), inW.Close())
	}
	errR, errW, err := os.Pipe()
	if err != nil {
		return nil, errors.Join(gpu.Errorf(gpu.Internal, "no pipe to a worker: %v", err), inR.Close(), inW.Close(), outR.Close(), outW.Close())
	}
	ours, theirs, err := newChannel()
	if err != nil {
		return nil, errors.Join(gpu.Errorf(gpu.Internal, "no channel to a worker: %v", err), inR.Close(), inW.Close(), outR.Close(), outW.Close(), errR.Close(), errW.Close())
	}
	cmd := exec.Command(cfg.Command[0], cfg.Command[1:]...)
	cmd.Env = environment(cfg.Env)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = inR, outW, errW
	if theirs != nil {
		cmd.ExtraFiles = []*os.File{theirs}
	}
	isolate(cmd)
	p := &process{
		cmd: cmd, in: inW, channel: ours, log: cfg.Log,
		replies: make(chan reply), done: make(chan struct{}), stop: make(chan struct{}), silent: make(chan struct{}),
	}
	started := make(chan error, 1)
	go func() {
		// The kernel sends the parent-death signal when the thread that started the child ends, so the thread stays. It is
		// confined with the child, so it ends with this goroutine, which never unlocks it.
		runtime.LockOSThread()
		err := startConfined(cmd, o.landlock, cfg.Private)
		started <- err
		if err == nil {
			p.waitErr = cmd.Wait()
			close(p.done)
		}
	}()
	err = <-started
	_ = errors.Join(inR.Close(), outW.Close(), errW.Close(), theirs.Close()) // the child's ends
	if err != nil {
		_ = errors.Join(inW.Close(), outR.Close(), errR.Close(), ours.Close())
		return nil, gpu.Errorf(gpu.WorkerDied, "the worker process cannot be started: %v", err)
	}
	go p.readReplies(outR)
	go p.readStderr(errR)

	ctx, cancel := context.WithTimeout(ctx, cfg.StartTimeout)
	defer cancel()
	if err := limitChild(cmd, cfg.Memory); err != nil {
		p.end()
		return nil, gpu.Errorf(gpu.Internal, "the worker process cannot be limited: %v", err)
	}
	a, err := p.call(ctx, request{Op: opHello, Device: o.device, Skip: o.skip, Memory: cfg.DeviceMemory, Seal: o.seal}, events{
		trying: func(adapter string) { p.adapter = adapter },
	})
	if err == nil && a.Info == nil {
		err = gpu.Errorf(gpu.WorkerDied, "the worker's greeting names no device")
	}
	if err != nil {
		p.end()
		return nil, p.failed(err)
	}
	p.info, p.sandbox = *a.Info, a.Sandbox
	p.log.Info("gpu worker started", "pid", cmd.Process.Pid, "device", p.info.Name, "type", p.info.Type, "driver", p.info.Driver, "note", a.Note, "sandbox", p.sandbox)
	return p, nil
}

// failed names the adapter beside an error, where it is known.
func (p *process) failed(err error) error {
	if p.adapter == "" {
		return err
	}
	return &failedAdapter{p.adapter, err}
}

// events are told while a call lasts, and their errors end it.
type events struct {
	progress func(gpu.Progress) error
	saved    func(step uint32) error
	trying   func(adapter string)
	pause    <-chan struct{} // passed on; may be nil
}

// call sends a request and returns the answer, or the error that it carries. On any error but one in an answer the child
// must be ended.
func (p *process) call(ctx context.Context, q request, on events) (*reply, error) {
	sent := make(chan error, 1)
	go func() { sent <- writeFrame(p.in, q) }() // ends at the latest when end closes the pipe's other side
	for {
		switch err := ctx.Err(); { // first: once the context has ended, nothing that the child says counts
		case errors.Is(err, context.DeadlineExceeded):
			return nil, gpu.Errorf(gpu.Timeout, "the worker did not finish within the deadline and was ended")
		case err != nil:
			return nil, gpu.Errorf(gpu.Canceled, "the task was canceled and its worker ended")
		}
		select {
		case <-ctx.Done():
		case err := <-sent:
			if err != nil {
				return nil, p.died()
			}
			sent = nil
		case a, ok := <-p.replies:
			switch {
			case !ok:
				return nil, p.died()
			case a.Progress != nil:
				if on.progress != nil {
					if err := on.progress(*a.Progress); err != nil {
						return nil, err
					}
				}
			case a.Saved != 0 && on.saved != nil:
				if err := on.saved(a.Saved); err != nil {
					return nil, err
				}
			case a.Trying != "" && on.trying != nil:
				on.trying(a.Trying)
			case a.Code != "":
				return nil, &gpu.Error{Code: a.Code, Reason: a.Reason, Overrun: a.Overrun && a.Code == gpu.Timeout}
			default:
				return &a, nil
			}
		}
	}
}

// next answers a reply with Saved: with the file for the next checkpoint, or without one.
func (p *process) next(list files) error {
	if err := send(p.channel, list); err != nil {
		return err
	}
	// Not waited for: the child takes it before it goes on, or is ended.
	go func() { _ = writeFrame(p.in, request{Op: opNext, Save: len(list) > 0, Paths: list.paths()}) }()
	return nil
}

func (p *process) readReplies(r *os.File) {
	defer r.Close()
	defer close(p.replies)
	b := bufio.NewReader(r)
	for {
		var a reply
		if err := readFrame(b, &a); err != nil {
			p.readErr = err
			return
		}
		select {
		case p.replies <- a:
		case <-p.stop:
			p.readErr = io.EOF
			return
		}
	}
}

// A child's last words that tell why it died.
var (
	memoryWords = []string{"out of memory", "bad_alloc", "cannot allocate memory", "memory allocation of", "not enough memory", "failed to allocate"}
	lostWords   = []string{"device lost", "device is lost", "device was lost"}
)

// readStderr logs what the child and its drivers say, within bounds, and looks for a cause of death in it.
func (p *process) readStderr(r *os.File) {
	defer close(p.silent)
	defer r.Close()
	b := bufio.NewReaderSize(r, maxLogLine)
	for n := 0; ; {
		line, err := b.ReadSlice('\n')
		if text := strings.TrimSpace(strings.ToValidUTF8(string(line), "?")); text != "" {
			if n++; n <= maxLogLines {
				p.log.Debug("gpu worker says", "pid", p.cmd.Process.Pid, "line", text)
			}
			lower := strings.ToLower(text)
			if p.cause == "" && containsAny(lower, memoryWords) {
				p.cause = gpu.OutOfMemory
			}
			if p.cause == "" && containsAny(lower, lostWords) {
				p.cause = gpu.DeviceLost
			}
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return
		}
	}
}

func containsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// died explains a child that broke off. It ends the child first, so that its exit status and last words are known.
func (p *process) died() error {
	select {
	case <-p.done:
	case <-time.After(lastWords): // it only broke off
	}
	p.end()
	how := "it does not react"
	select {
	case <-p.done:
		how = fmt.Sprint(p.waitErr)
		if p.waitErr == nil {
			how = "exit status 0"
		}
	default:
	}
	select {
	case _, more := <-p.replies:
		if !more && p.readErr != nil && !errors.Is(p.readErr, io.EOF) && !errors.Is(p.readErr, io.ErrUnexpectedEOF) {
			return gpu.Errorf(gpu.WorkerDied, "the worker process sent garbage and was ended")
		}
	default:
	}
	var cause gpu.Code
	select {
	case <-p.silent:
		cause = p.cause
	case <-time.After(reapTime): // something that the child started holds its stderr
	}
	switch cause {
	case gpu.OutOfMemory:
		return gpu.Errorf(cause, "the worker process ran out of memory (%s)", how)
	case gpu.DeviceLost:
		return gpu.Errorf(cause, "the driver lost the device (%s)", how)
	}
	return gpu.Errorf(gpu.WorkerDied, "the worker process died (%s)", how)
}

// kill kills the child and everything that it started, and waits for nothing.
func (p *process) kill() {
	p.killed.Do(func() {
		close(p.stop)
		if p.alive() { // only a live child has a process group of its own that can be signalled
			kill(p.cmd)
		}
		p.in.Close()
		p.channel.Close()
		go func() {
			select {
			case <-p.done:
			case <-time.After(reapTime):
				p.log.Warn("gpu worker does not die", "pid", p.cmd.Process.Pid)
			}
		}()
	})
}

// end kills the child and waits until it is reaped, for a bounded time: a process inside a broken driver may not die.
func (p *process) end() {
	p.kill()
	select {
	case <-p.done:
	case <-time.After(reapTime):
	}
}

// alive reports whether the child is still there.
func (p *process) alive() bool {
	select {
	case <-p.done:
		return false
	default:
		return true
	}
}

// environment is what a child needs to find its drivers, and nothing that might be a secret.
func environment(extra []string) []string {
	prefixes := []string{"VK_", "MESA_", "LP_", "GALLIUM_", "RADV_", "AMD_", "ANV_", "INTEL_", "DRI_", "NVIDIA_", "__NV", "__GL", "WGPU_", "LD_LIBRARY_PATH=",
		"XDG_", "PATH=", "HOME=", "LANG=", "TMPDIR=", "TMP=", "TEMP=", "USERPROFILE=", "SystemRoot=", "SYSTEMROOT=", "LOCALAPPDATA=", "GPUMESH_WORKER_"}
	var env []string
	for _, e := range os.Environ() {
		for _, p := range prefixes {
			if strings.HasPrefix(e, p) {
				env = append(env, e)
				break
			}
		}
	}
	if os.Getenv("XDG_RUNTIME_DIR") == "" {
		env = append(env, "XDG_RUNTIME_DIR="+cmp.Or(os.Getenv("TMPDIR"), filepath.Clean(os.TempDir()))) // Vulkan loaders complain without
	}
	// Software drivers keep buffers in what malloc returns, and a new buffer costs mostly its first touch: pages of 2 MiB take a quarter of
	// the time of small ones. glibc asks the kernel for them from 2.35 on; others do not know the variable.
	env = append(env, "GLIBC_TUNABLES=glibc.malloc.hugetlb=1")
	// A shader cache that outlives a tenant's process would carry code from one tenant to the next.
	env = append(env, "MESA_SHADER_CACHE_DISABLE=true", "MESA_GLSL_CACHE_DISABLE=true", "__GL_SHADER_DISK_CACHE=0")
	return append(env, extra...)
}
