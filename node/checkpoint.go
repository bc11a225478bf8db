package node

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"

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

	mu struct {
		sync.Mutex
		unkept map[poc.TaskRef]string // sentences about what runs and has no room
	}
}

// freeShare is the part of the free disk that checkpoints may take up where no setting says how much.
const freeShare = 4

// roomOn returns how many bytes checkpoints may take up in a directory.
func roomOn(dir string, s Saving) (uint64, error) {
	if s.Room > 0 {
		return uint64(s.Room), nil
	}
	usage, err := vfs.Default.GetDiskUsage(dir)
	if err != nil {
		return 0, err
	}
	free := usage.AvailBytes
	err = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error { // what is there already may stay
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			free += uint64(info.Size())
		}
		return err
	})
	return free / freeShare, err
}

// openCheckpoints keeps what wanted says is unfinished, the newest of it and no more than slots. Some may be left over
// from a node that died.
func openCheckpoints(dir string, slots uint32, s Saving, wanted func(poc.TaskRef) bool, log *slog.Logger) (*checkpoints, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	room, err := roomOn(dir, s)
	if err != nil {
		return nil, err
	}
	c := &checkpoints{dir: dir, room: room / uint64(max(slots, 1)), every: s.Every, log: log}
	c.mu.unkept = map[poc.TaskRef]string{}
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

// whenPaused is longer than any execution.
const whenPaused = 365 * 24 * time.Hour

// often is how long there is between two checkpoints of a program; 0: there is room for none. One is written while the one before it is kept:
// where there is room for one only, it is that of a pause.
func (c *checkpoints) often(prog *gpu.Program) time.Duration {
	size := prog.MaxCheckpoint()
	switch {
	case size > c.room:
		return 0
	case 2*size > c.room:
		return whenPaused
	}
	return c.every
}

// begin tells the owner of the machine once what an execution loses by a pause or a crash, if not everything is saved as it should be. end must
// be called when it is over.
func (c *checkpoints) begin(ref poc.TaskRef, prog *gpu.Program) (end func()) {
	size := prog.MaxCheckpoint()
	switch c.often(prog) {
	case whenPaused:
		c.log.Info("Task has room for one checkpoint and is saved when it is paused only", "task", ref, "bytes", size, "room", c.room)
	case 0:
		c.log.Warn("Task has no room for a checkpoint: a pause or a crash costs all that it computed", "task", ref, "bytes", size, "room", c.room)
		c.mu.Lock()
		defer c.mu.Unlock()
		c.mu.unkept[ref] = fmt.Sprintf("task %d of job %s begins anew after a pause or a crash: its state takes up to %d bytes on disk, and checkpoints.room is %d",
			ref.Task, ref.Job.Short(), size, c.room)
	}
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.mu.unkept, ref)
	}
}

// problems are sentences about what runs and is not kept.
func (c *checkpoints) problems() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Sorted(maps.Values(c.mu.unkept))
}

// spend deletes the checkpoint that a run has gone on from, to make room for the next.
func (c *checkpoints) spend(ref poc.TaskRef, path string) {
	if err := errors.Join(os.Truncate(path, 0), os.Remove(path)); err != nil { // the worker process may have it open for longer
		c.log.Warn("Checkpoint not removed", "task", ref, "err", err)
	}
}

// open returns the directory of an execution's checkpoints, and where it goes on; empty: nowhere is anything kept, or there
// is nothing yet.
func (c *checkpoints) open(ref poc.TaskRef, prog *gpu.Program) (dir, newest string, err error) {
	if c.often(prog) == 0 {
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

// compute runs a program to its end: through pauses, and after crashes from the newest checkpoint. The time in which it is
// paused does not count towards its timeout.
func (e *executions) compute(ctx context.Context, ref poc.TaskRef, x Execution) (*gpu.Result, error) {
	prog, err := gpu.DecodeProgram(x.Program)
	if err != nil {
		return nil, err
	}
	need := uint64(0)
	if report, err := gpu.Check(prog); err == nil { // else the run says why
		need = report.Bytes
	}
	defer e.checkpoints.begin(ref, prog)()
	limit, progress := x.Timeout, x.Progress
	left, device := limit, x.MaxBusy
	var used time.Duration // of the device
	for crashes, first := 0, true; ; first = false {
		if err := e.node.warden.wait(ctx, need, e.patience, !first); err != nil {
			return nil, err
		}
		c := Checkpoints{Every: e.checkpoints.often(prog)}
		if c.Dir, c.Resume, err = e.checkpoints.open(ref, prog); err != nil {
			return nil, err
		}
		if first {
			used = usedBefore(c.Resume) // by this node before it was started again
		}
		if c.Resume != "" {
			e.log.Info("Task goes on from a checkpoint", "task", ref, "step", stepOf(c.Resume), "steps", prog.Steps)
		}
		if c.Dir != "" {
			c.Pause = e.node.warden.pause()
		}
		spend, from := c.Every == whenPaused && c.Resume != "", stepOf(c.Resume)
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
			if spend && done > from { // it has read all of it
				spend = false
				e.checkpoints.spend(ref, c.Resume)
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
		run, end := e.node.warden.begin(ctx, need)
		res, err := e.node.config.runner.RunFrom(run, x, c)
		late := context.Cause(run) == errGrace
		end()
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
