package worker

import (
	"crypto/sha256"
	"time"

	"gpumesh/gpu"
)

// Kernels that end the worker process again and again are not run again for a while: each time costs the node a process, its
// tenant's warm device, and perhaps a driver's reset. One death may be chance, an operator or the host's memory.
const (
	maxStrikes      = 3                // deaths in a row
	firstQuarantine = 10 * time.Minute // doubled by every further death
	maxQuarantine   = 24 * time.Hour
	maxSuspects     = 1024 // kernels that are remembered
)

// suspect is what is known of kernels that ended a worker and have not run well since.
type suspect struct {
	strikes int
	until   time.Time // not before
}

// quarantine remembers suspects by the hash of their kernels. The Pool's turn guards it.
type quarantine map[[32]byte]*suspect

// kernelsOf is the hash of a program's kernels, whatever its buffers, counts and names are.
func kernelsOf(p *gpu.Program) [32]byte {
	h := sha256.New()
	for _, m := range p.Modules {
		sum := sha256.Sum256([]byte(m.WGSL))
		h.Write(sum[:])
	}
	return [32]byte(h.Sum(nil))
}

func (q quarantine) refuse(kernels [32]byte, now time.Time) error {
	s := q[kernels]
	if s == nil || s.strikes < maxStrikes || !now.Before(s.until) {
		return nil
	}
	return gpu.Errorf(gpu.Unsupported, "these kernels ended the worker process %d times in a row and are not run here for another %v", s.strikes, s.until.Sub(now).Round(time.Second))
}

// judge counts the end of a run of the kernels. What the caller caused says nothing about them.
func (q quarantine) judge(kernels [32]byte, err error, now time.Time) {
	switch code := gpu.CodeOf(err); {
	case err == nil || code == gpu.Paused:
		delete(q, kernels)
	case code == gpu.WorkerDied || code == gpu.DeviceLost || code == gpu.OutOfMemory:
		s := q[kernels]
		if s == nil {
			q.makeRoom()
			s = new(suspect)
			q[kernels] = s
		}
		s.strikes++
		s.until = now.Add(min(firstQuarantine<<min(max(s.strikes-maxStrikes, 0), 10), maxQuarantine))
	}
}

// makeRoom forgets the suspect whose time ends first.
func (q quarantine) makeRoom() {
	if len(q) < maxSuspects {
		return
	}
	var first [32]byte
	for k, s := range q {
		if f := q[first]; f == nil || s.until.Before(f.until) {
			first = k
		}
	}
	delete(q, first)
}
