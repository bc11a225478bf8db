package node

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"gpumesh/gpu"
	"gpumesh/market"
	"gpumesh/poc"
)

// checkpointFile is what a Runner names the newest checkpoint of a run.
const checkpointFile = "checkpoint"

// maxCrashes bounds how often a run goes on after its worker process died; between two such deaths it must have saved something.
const maxCrashes = 3

// checkpoints keeps the state of unfinished executions on disk, one directory per task, so that a pause, a crash of the worker
// process or a restart of the node costs no more than what was computed since.
type checkpoints struct {
	dir   string
	room  uint64 // bytes that those of one execution may take up
	every time.Duration
	log   *slog.Logger
}

// openCheckpoints keeps what wanted says is unfinished, the newest of it and no more than slots. Some may be left over
// from a node that died.
func openCheckpoints(dir string, slots uint32, s Saving, wanted func(poc.TaskRef) bool, log *slog.Logger) (*checkpoints, error) {
	c := &checkpoints{dir: dir, room: uint64(s.Room) / uint64(max(slots, 1)), every: s.Every, log: log}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	type kept struct {
		path string
		at   time.Time
	}
	var keep []kept
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		info, err := os.Stat(filepath.Join(path, checkpointFile))
		if ref, ok := parseRef(e.Name()); err == nil && ok && wanted(ref) && uint64(info.Size()) <= c.room {
			keep = append(keep, kept{path, info.ModTime()})
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(keep, func(a, b kept) int { return cmp.Or(b.at.Compare(a.at), strings.Compare(a.path, b.path)) })
	for _, k := range keep[min(len(keep), int(slots)):] {
		if err := os.RemoveAll(k.path); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func refName(r poc.TaskRef) string {
	return r.Job.String() + "-" + strconv.FormatUint(uint64(r.Task), 10)
}

func parseRef(name string) (r poc.TaskRef, ok bool) {
	job, task, _ := strings.Cut(name, "-")
	n, err := strconv.ParseUint(task, 10, 32)
	if err != nil || r.Job.UnmarshalText([]byte(job)) != nil {
		return r, false
	}
	r.Task = uint32(n)
	return r, refName(r) == name
}

// unfinished reports whether this node's market still waits for a result of a task.
func unfinished(m *market.Machine) func(poc.TaskRef) bool {
	return func(r poc.TaskRef) bool {
		v, ok := m.View(r.Job)
		return ok && v.State == market.Running && int(r.Task) < len(v.Tasks) && v.Tasks[r.Task].Phase == poc.Computing.String()
	}
}

// open returns the directory of an execution's checkpoints, and where it goes on; empty: nowhere is anything kept, or there
// is nothing yet.
func (c *checkpoints) open(ref poc.TaskRef, prog *gpu.Program) (dir, newest string, err error) {
	if 2*prog.MaxCheckpoint() > c.room { // one is written while another is kept
		return "", "", nil
	}
	dir = filepath.Join(c.dir, refName(ref))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", "", err
	}
	newest = filepath.Join(dir, checkpointFile)
	if _, err := os.Stat(newest); errors.Is(err, fs.ErrNotExist) {
		newest = ""
	} else if err != nil {
		return "", "", err
	}
	return dir, newest, nil
}

// drop deletes the checkpoints of an execution that is over. Those that stay are removed at the next start.
func (c *checkpoints) drop(ref poc.TaskRef) {
	if err := os.RemoveAll(filepath.Join(c.dir, refName(ref))); err != nil {
		c.log.Warn("Checkpoints not removed", "task", ref, "err", err)
	}
}

// stepOf returns the step of a checkpoint; 0: the file holds none.
func stepOf(path string) uint32 {
	f, err := os.Open(path)
	if err != nil {
		return 0
	}
	defer func() { _ = f.Close() }() // read only
	s, err := f.Stat()
	if err != nil {
		return 0
	}
	c, err := gpu.ReadCheckpoint(sized{f, s.Size()})
	if err != nil {
		return 0
	}
	return c.Step
}

// usedFile is beside a checkpoint and says how much of the device's time its steps took.
const usedFile = "used"

// usedBefore is what the steps before a checkpoint took of the device.
func usedBefore(checkpoint string) time.Duration {
	if checkpoint == "" {
		return 0
	}
	f, err := os.Open(filepath.Join(filepath.Dir(checkpoint), usedFile))
	if err != nil {
		return 0
	}
	defer func() { _ = f.Close() }() // read only
	var text [64]byte
	n, err := io.ReadFull(f, text[:])
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0
	}
	d, err := time.ParseDuration(string(text[:n]))
	if err != nil {
		return 0
	}
	return max(d, 0)
}

func writeUsed(dir string, d time.Duration) error {
	return os.WriteFile(filepath.Join(dir, usedFile), []byte(d.String()), 0o600)
}

// sized is a gpu.Input.
type sized struct {
	*os.File
	size int64
}

func (s sized) Size() int64 { return s.size }

// errGrace ends a run that did not come to the end of a segment soon enough after the machine needed a pause.
var errGrace = errors.New("no end of a segment came in time")

// compute runs a program to its end: through pauses, and after crashes from the newest checkpoint. The time in which it is
// paused does not count towards its timeout.
func (e *executions) compute(ctx context.Context, ref poc.TaskRef, x Execution) (*gpu.Result, error) {
	prog, err := gpu.DecodeProgram(x.Program)
	if err != nil {
		return nil, err
	}
	limit, progress := x.Timeout, x.Progress
	left, device := limit, x.MaxBusy
	var used time.Duration // of the device
	for crashes, first := 0, true; ; first = false {
		if err := e.node.warden.wait(ctx, e.patience); err != nil {
			return nil, err
		}
		c := Checkpoints{Every: e.checkpoints.every}
		if c.Dir, c.Resume, err = e.checkpoints.open(ref, prog); err != nil {
			return nil, err
		}
		if first {
			used = usedBefore(c.Resume) // by this node before it was started again
		}
		if c.Resume != "" {
			e.log.Info("Task goes on from a checkpoint", "task", ref, "step", stepOf(c.Resume), "steps", prog.Steps)
		}
		pause := e.node.warden.pause()
		if c.Dir != "" {
			c.Pause = pause
		}
		var began time.Time // on the goroutine of RunFrom, as saved
		saved := false
		var busy time.Duration
		x.Used = func(d time.Duration) { busy = d }
		if device > 0 {
			x.MaxBusy = max(device-used, 1)
		}
		x.Timeout, x.Progress = left, func(done, total uint32) {
			if began.IsZero() {
				began = time.Now()
			}
			progress(done, total)
		}
		c.Saved = func(step uint32) {
			saved = true
			if err := writeUsed(c.Dir, used+busy); err != nil {
				e.log.Warn("What a task used of the device is not kept", "task", ref, "err", err)
			}
			e.log.Debug("Checkpoint saved", "task", ref, "step", step)
		}
		run, stop := context.WithCancelCause(ctx)
		go e.endAfter(run, stop, pause)
		res, err := e.node.config.runner.RunFrom(run, x, c)
		late := context.Cause(run) == errGrace
		stop(nil)
		if err == nil {
			return res, nil
		}
		used += busy
		if !began.IsZero() {
			left -= time.Since(began)
		}
		code := gpu.CodeOf(err)
		if gpu.IsFatal(err) {
			go e.node.examineAgain(e.ctx)
		}
		switch {
		case ctx.Err() != nil:
			return nil, err
		case code == gpu.Paused || late:
			e.node.metrics.interrupted.WithLabelValues("paused").Inc()
			e.log.Info("Task is paused", "task", ref, "saved", code == gpu.Paused)
		case code == gpu.InvalidInput && c.Resume != "": // torn, or not this program's: it cannot be had again
			e.node.metrics.interrupted.WithLabelValues("checkpoint-refused").Inc()
			e.log.Warn("Checkpoint refused, the task begins anew", "task", ref, "err", err)
			e.checkpoints.drop(ref)
		case (code == gpu.WorkerDied || code == gpu.DeviceLost) && saved && crashes < maxCrashes:
			crashes++
			e.node.metrics.interrupted.WithLabelValues("crashed").Inc()
			e.log.Warn("Worker died in the middle of a task", "task", ref, "err", err)
		default:
			return nil, err
		}
		if left <= 0 {
			return nil, gpu.Errorf(gpu.Timeout, "the program did not end within %v", limit)
		}
	}
}

// endAfter ends a run that has not ended by itself some time after a pause was needed.
func (e *executions) endAfter(run context.Context, stop context.CancelCauseFunc, pause <-chan struct{}) {
	select {
	case <-pause:
	case <-run.Done():
		return
	}
	timer := time.NewTimer(e.grace)
	defer timer.Stop()
	select {
	case <-timer.C:
		stop(errGrace)
	case <-run.Done():
	}
}
