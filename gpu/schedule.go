package gpu

import (
	"context"
	"fmt"
	"time"
)

// Submissions are cut by measured time: a desktop stays usable, a driver's watchdog (2 s on Windows) never fires, and
// progress can be told. A dispatch that may take longer is cut, too: see slice.go.
const (
	targetTime  = 250 * time.Millisecond
	screenTime  = 40 * time.Millisecond // targetTime on a GPU: what draws its screen waits for a submission, and so has 25 frames a second or more
	maxWork     = 4096                  // commands in one submission
	maxGuessOps = 20 << 20              // estimated operations that may share a submission before they were measured
	stuckTime   = time.Second           // after the bound on a submission, in which a driver that can be polled returns
)

// LongestDispatch is the most time that one submission, and so what cannot be cut, a workgroup, may take on devices of a kind: a GPU draws the
// owner's screen and has a watchdog. Software draws nobody's screen and has none, and compiles within the first submission, which takes seconds.
// 0: no bound, for the evaluator, which ends at once when told to.
func LongestDispatch(t AdapterType) time.Duration {
	switch t {
	case Discrete, Integrated:
		return time.Second
	case CPU:
		return 30 * time.Second
	}
	return 0
}

// targetFor is the time that submissions to devices of a kind are cut towards.
func targetFor(t AdapterType) time.Duration {
	if t == Discrete || t == Integrated {
		return screenTime
	}
	return targetTime
}

// MaxDispatch is the limit of a device of a kind that does so many operations per second at its best. What it refuses cannot be in time,
// whatever the estimate left out.
func MaxDispatch(t AdapterType, rate uint64) uint64 {
	return satMul(rate, uint64(LongestDispatch(t)/time.Second))
}

// InTime says why a device would take too long for a workgroup of the program, or for a dispatch that cannot be cut; nil when nothing is
// known against it.
func (r *Report) InTime(d Info) error {
	most := d.Limits.MaxDispatch
	for _, list := range r.uncut {
		for _, ops := range list {
			if most > 0 && ops > most {
				return Errorf(TooLarge, "what cannot be cut of a dispatch has some %d operations; the device %q does at most %d in the %v that this may take: use more and smaller workgroups", ops, d.Name, most, LongestDispatch(d.Type))
			}
		}
	}
	return nil
}

// place identifies a command over the steps: its list and index. The work at the start of a list has index -1.
type place struct{ list, index int }

// scheduler collects device work and submits it in batches. The first time that a command of unknown or large cost comes
// by, it gets a submission of its own; later ones are planned with what was measured then, corrected by every batch.
type scheduler struct {
	d       Device
	guard   *guard
	flushed func()        // called after every verified submission; may be nil
	share   func() int    // percent; may be nil
	rest    time.Duration // of the device, owed before the next submission
	limit   time.Duration // of busy; 0: none
	target  time.Duration // of a submission
	most    time.Duration // that one submission may take; 0: no bound
	stuck   func(error)   // called from another goroutine when a submission does not even return by then and some more; may be nil
	now     func() time.Time

	batch    []Work
	items    []item
	expected time.Duration
	guesses  uint64 // sum of the guesses of unmeasured items in batch
	cost     map[place]time.Duration

	submissions uint32
	busy        time.Duration // from submit to verified
	longest     time.Duration
}

type item struct {
	at    place
	guess uint64
	known bool
}

func newScheduler(d Device, g *guard) *scheduler {
	s := &scheduler{d: d, guard: g, target: targetTime, now: time.Now, cost: make(map[place]time.Duration)}
	if d != nil {
		s.target = targetFor(d.Info().Type)
	}
	return s
}

// add appends the work of one command. guess is a small number of operations when that is a safe upper estimate, and more
// than maxGuessOps otherwise.
func (s *scheduler) add(ctx context.Context, at place, guess uint64, work ...Work) error {
	if len(work) == 0 {
		return nil
	}
	guess = min(guess, maxGuessOps+1)
	cost, known := s.cost[at]
	full := len(s.batch)+len(work) > maxWork
	if known {
		full = full || s.expected+cost > s.target
	} else {
		full = full || s.guesses+guess > maxGuessOps
	}
	if full {
		if err := s.flush(ctx); err != nil {
			return err
		}
	}
	s.batch = append(s.batch, work...)
	s.items = append(s.items, item{at, guess, known})
	if known {
		s.expected += cost
		return nil
	}
	s.guesses += guess
	if guess > maxGuessOps {
		return s.flush(ctx)
	}
	return nil
}

// flush submits the batch, waits until it has really run, and learns from its time.
func (s *scheduler) flush(ctx context.Context) error {
	if len(s.batch) == 0 {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return contextError(ctx)
	}
	if err := s.breathe(ctx); err != nil {
		return err
	}
	elapsed, err := s.run(ctx)
	if err != nil {
		return err
	}
	s.learn(elapsed)
	s.submissions++
	s.busy += elapsed
	s.longest = max(s.longest, elapsed)
	s.rest = elapsed
	s.batch, s.items, s.expected, s.guesses = s.batch[:0], s.items[:0], 0, 0
	if s.flushed != nil {
		s.flushed()
	}
	if s.limit > 0 && s.busy > s.limit {
		return Errorf(Timeout, "the program used more than the %v of the device's time that it was given", s.limit)
	}
	return nil
}

// alone submits work by itself, behind an empty batch, and returns how long it took.
func (s *scheduler) alone(ctx context.Context, w Work) (time.Duration, error) {
	s.batch = append(s.batch, w)
	err := s.flush(ctx)
	return s.rest, err
}

// run runs the batch within the time that one submission may take. What is not cut below that is a single workgroup, or a dispatch
// that cannot be cut or was not expected to be long.
func (s *scheduler) run(ctx context.Context) (time.Duration, error) {
	if s.most == 0 {
		return s.guard.run(ctx, s.batch, s.now)
	}
	late := &Error{Code: Timeout, Overrun: true, Reason: fmt.Sprintf("a dispatch of the program, or a workgroup of one, took longer than %v, which is the most on this device", s.most)}
	bound, cancel := context.WithTimeout(ctx, s.most)
	defer cancel()
	if s.stuck != nil {
		defer time.AfterFunc(s.most+stuckTime, func() { s.stuck(late) }).Stop()
	}
	elapsed, err := s.guard.run(bound, s.batch, s.now)
	if over := CodeOf(err) == Timeout && ctx.Err() == nil; err != nil && !over || err == nil && elapsed <= s.most {
		return elapsed, err
	}
	return 0, late
}

// percent is the part of the time that the device may be busy, 1 to 100.
func (s *scheduler) percent() int {
	if s.share == nil {
		return 100
	}
	if p := s.share(); p > 0 {
		return min(p, 100)
	}
	return 100 // nobody has said
}

// breathe leaves the device alone for its part of the time since the last submission.
func (s *scheduler) breathe(ctx context.Context) error {
	percent := s.percent()
	if percent == 100 || s.rest == 0 {
		return nil
	}
	t := time.NewTimer(s.rest * time.Duration(100-percent) / time.Duration(percent))
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return contextError(ctx)
	}
}

func (s *scheduler) learn(elapsed time.Duration) {
	// Unmeasured items share what the measured ones leave, by their guesses.
	left := max(elapsed-s.expected, 0)
	ratio := 1.0
	if s.guesses == 0 && s.expected > 0 {
		ratio = min(max(float64(elapsed)/float64(s.expected), 0.25), 8)
	}
	seen := make(map[place]bool, len(s.items))
	for _, it := range s.items {
		if seen[it.at] { // a command of several steps
			continue
		}
		seen[it.at] = true
		if it.known {
			s.cost[it.at] = max(time.Duration(float64(s.cost[it.at])*ratio), time.Microsecond)
			continue
		}
		share := float64(it.guess+1) / float64(s.guesses+uint64(len(s.items)))
		s.cost[it.at] = max(time.Duration(float64(left)*share), time.Microsecond)
	}
}
