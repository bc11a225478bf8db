package gpu

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"sync"
	"time"
)

// maxLearned bounds the kernels that are remembered, and maxReports the programs; all are forgotten when there are more.
const maxLearned, maxReports = 1024, 16

// Learned is what earlier runs found out: of programs what Check says, and of kernels how long they take, so that a later run knows from the
// beginning what is to be cut, and what may share a submission. It belongs to one device, and to one owner: who can measure can mislead. The
// zero value is ready, and nil knows nothing.
type Learned struct {
	mu      sync.Mutex
	list    map[kernelID]eachOf
	reports map[[sha256.Size]byte]*Report // by the hash of the encoded program; what is in them does not change
}

// check is Check, done once for a program.
func (s *Learned) check(p *Program) (*Report, error) {
	if s == nil {
		return Check(p)
	}
	block, err := p.Encode()
	if err != nil {
		return nil, err
	}
	id := sha256.Sum256(block)
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.reports[id]; r != nil {
		return r, nil
	}
	r, err := Check(p)
	if err != nil {
		return nil, err
	}
	if s.reports == nil || len(s.reports) == maxReports {
		s.reports = make(map[[sha256.Size]byte]*Report)
	}
	s.reports[id] = r
	return r, nil
}

// kernelID stands for an entry point of a text.
type kernelID [sha256.Size]byte

func (e *executor) kernelID(c *Command) kernelID {
	key := fmt.Sprint(c.Module, c.Entry)
	id, known := e.ids[key]
	if !known {
		id = sha256.Sum256([]byte(c.Entry + "\x00" + e.rep.source(c.Module)))
		e.ids[key] = id
	}
	return id
}

// each is what earlier runs measured of a dispatch's kernel.
func (e *executor) each(c *Command) eachOf {
	s := e.t.Learned
	if s == nil {
		return 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.list[e.kernelID(c)]
}

// learn replaces what was known: the newest run is the best guess at the next one.
func (s *Learned) learn(known map[kernelID]eachOf) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.list == nil || len(s.list)+len(known) > maxLearned {
		s.list = make(map[kernelID]eachOf)
	}
	maps.Copy(s.list, known)
}

// expect tells the scheduler what earlier runs measured of short dispatches.
func (e *executor) expect() {
	for li, l := range e.p.lists() {
		for i := range l.commands {
			if c := &l.commands[i]; c.Op == Dispatch {
				if each := e.each(c); each > 0 && groups(c.Grid) <= each.most(e.sched.brief()) {
					e.sched.cost[place{li, i}] = max(time.Duration(float64(each)*float64(groups(c.Grid))*float64(time.Second)), time.Microsecond)
				}
			}
		}
	}
}

// remember keeps what this run measured. Of a kernel with several dispatches the slowest counts, and of one that was cut its slowest slice.
func (e *executor) remember() {
	if e.t.Learned == nil {
		return
	}
	known := make(map[kernelID]eachOf)
	for li, l := range e.p.lists() {
		for i := range l.commands {
			c, at := &l.commands[i], place{li, i}
			cost, measured := e.sched.cost[at]
			if c.Op != Dispatch || !measured {
				continue
			}
			each := eachOf(cost.Seconds() / float64(groups(c.Grid)))
			if s := e.slicings[at]; s != nil {
				each = max(each, s.slowest[1])
			}
			id := e.kernelID(c)
			known[id] = max(known[id], each)
		}
	}
	e.t.Learned.learn(known)
}
