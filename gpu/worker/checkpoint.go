package worker

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"gpumesh/gpu"
)

// Checkpoints says where a run saves its state, and from where it goes on. The zero value does neither.
type Checkpoints struct {
	Dir    string            // existing directory; the newest checkpoint is its file CheckpointFile, complete at any time; "": saves none
	Every  time.Duration     // at least so long between two, and longer where saving takes long; 0: 30 s; less than 0: at every end of a segment, and inside for a pause only
	Resume string            // path of a checkpoint to go on from, of any device; "": from the beginning
	Saved  func(step uint32) // called when a checkpoint is durable; may be nil

	// Pause, once closed, makes the run save its state after the step that it is in and end with a Paused error; the caller
	// resumes it from CheckpointFile whenever it likes, on any device. How long a step takes is the
	// program's choice, so a caller that cannot wait cancels the context after a while and loses what was not
	// saved. A run that is in its last step, or in Final, finishes. It needs Dir.
	Pause <-chan struct{}
}

const defaultSaveEvery = 30 * time.Second

// keeper publishes the checkpoints of a run, in the parent.
type keeper struct {
	c     *Checkpoints
	bound uint64            // bytes of a checkpoint
	part  *os.File          // what the child writes next
	next  func(files) error // tells the child
	log   *slog.Logger
}

// saved is called when the child says that a checkpoint is written. The child then waits for the next file, or for the word
// that there is none. A checkpoint that cannot be made durable ends the saving and not the run; one that is not what the
// child says ends the child.
func (k *keeper) saved(step uint32) error {
	if k.part == nil {
		return gpu.Errorf(gpu.WorkerDied, "the worker process reported a checkpoint that it was not asked for")
	}
	s, err := k.part.Stat()
	if err == nil && uint64(s.Size()) > k.bound {
		return gpu.Errorf(gpu.WorkerDied, "the worker process wrote a checkpoint of %d bytes; at most %d are possible", s.Size(), k.bound)
	}
	if err == nil {
		c, cerr := gpu.ReadCheckpoint(io.NewSectionReader(k.part, 0, s.Size()))
		if cerr != nil || c.Step != step {
			return gpu.Errorf(gpu.WorkerDied, "the worker process wrote a checkpoint that is none")
		}
		err = k.publish()
	}
	if err != nil {
		k.log.Warn("no more checkpoints of this run: the last cannot be saved", "dir", k.c.Dir, "error", err)
		k.stop()
	} else if k.c.Saved != nil {
		k.c.Saved(step)
	}
	var next files
	if k.part != nil {
		next = files{k.part}
	}
	if err := k.next(next); err != nil {
		return gpu.Errorf(gpu.WorkerDied, "the worker process does not take the file for its next checkpoint")
	}
	return nil
}

func (k *keeper) publish() error {
	err := errors.Join(k.part.Sync(), k.part.Close())
	k.part = nil
	if err != nil {
		return err
	}
	part := filepath.Join(k.c.Dir, partFile)
	if err := os.Rename(part, filepath.Join(k.c.Dir, CheckpointFile)); err != nil {
		return err
	}
	if err := syncDir(k.c.Dir); err != nil {
		return err
	}
	f, err := create(part)
	if err != nil {
		return err
	}
	k.part = f
	return nil
}

// stop ends the saving. The file in progress is removed.
func (k *keeper) stop() {
	if k.c.Dir != "" {
		os.Remove(filepath.Join(k.c.Dir, partFile)) // most often it is there and empty
	}
	if k.part != nil {
		k.part.Close()
		k.part = nil
	}
}

// saver writes checkpoints, in the child.
type saver struct {
	out     io.Writer // to the parent
	f       *os.File  // nil: the parent takes no more
	next    func() (*os.File, error)
	every   time.Duration
	paused  func() bool
	outputs map[string]*output
	last    time.Time
	began   time.Time     // inside a segment, where the state has to be hashed first
	took    time.Duration // to save the last one
}

// atMost bounds the share of the time that goes into saving: a twentieth.
const atMost = 20

// inside is a gpu.Task's Save.
func (s *saver) inside() bool {
	if !s.paused() && (s.f == nil || s.every <= 0 || !s.due()) {
		return false
	}
	s.began = time.Now()
	return true
}

// due reports whether so long has passed since the last one that it is time for another.
func (s *saver) due() bool { return s.every <= 0 || time.Since(s.last) >= max(s.every, atMost*s.took) }

// save is a gpu.Task's Checkpoint.
func (s *saver) save(c *gpu.Checkpoint) error {
	if !s.paused() && !s.due() {
		return nil
	}
	start := cmp.Or(s.began, time.Now())
	s.began = time.Time{}
	if err := s.write(c); err != nil {
		return err
	}
	s.last = time.Now()
	s.took = s.last.Sub(start)
	if s.paused() { // before, or while it was written
		return gpu.Errorf(gpu.Paused, "the run was paused after step %d", c.Step)
	}
	return nil
}

func (s *saver) write(c *gpu.Checkpoint) error {
	if s.f == nil {
		return nil
	}
	for i := range c.Rows {
		r := &c.Rows[i]
		o := s.outputs[r.Name]
		if err := o.w.Flush(); err != nil {
			return err
		}
		r.Content = io.NewSectionReader(o.f, 0, int64(r.Size))
	}
	w := bufio.NewWriterSize(s.f, 1<<20)
	_, err := c.WriteTo(w)
	if err = errors.Join(err, w.Flush(), s.f.Close()); err != nil {
		// A lost device ends the run whatever is returned here; a full disk shall not.
		s.f = nil
		fmt.Fprintln(os.Stderr, "no more checkpoints of this run:", err)
		return nil
	}
	s.f = nil
	if err := writeFrame(s.out, reply{Saved: c.Step}); err != nil {
		return err
	}
	s.f, err = s.next()
	return err
}

func (s *saver) close() {
	if s.f != nil {
		s.f.Close() // nothing was written to it
	}
}
