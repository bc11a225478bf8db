package gpu

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"sync"
	"time"
)

// maxSpeeds bounds the kernels that are remembered; all are forgotten when there are more.
const maxSpeeds = 1024

// Speeds is what runs have measured of kernels, so that a later one with the same kernel knows from the beginning what is to be cut, and what
// may share a submission. It belongs to one device, and to one owner: who can measure can mislead. The zero value is ready, and nil knows nothing.
type Speeds struct {
	mu   sync.Mutex
	list map[kernelID]eachOf
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
	s := e.t.Speeds
	if s == nil {
		return 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.list[e.kernelID(c)]
}

// learn replaces what was known: the newest run is the best guess at the next one.
func (s *Speeds) learn(known map[kernelID]eachOf) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.list == nil || len(s.list)+len(known) > maxSpeeds {
		s.list = make(map[kernelID]eachOf)
	}
	maps.Copy(s.list, known)
}

// expect tells the scheduler what earlier runs measured of dispatches that are not cut.
func (e *executor) expect() {
	for li, l := range e.p.lists() {
		for i := range l.commands {
			if c := &l.commands[i]; c.Op == Dispatch {
				if each := e.each(c); each > 0 && !e.mayTakeLong(place{li, i}, c) {
					e.sched.cost[place{li, i}] = max(time.Duration(float64(each)*float64(groups(c.Grid))*float64(time.Second)), time.Microsecond)
				}
			}
		}
	}
}

// remember keeps what this run measured. Of a kernel with several dispatches the slowest counts, and of one that was cut its slowest slice.
func (e *executor) remember() {
	if e.t.Speeds == nil {
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
	e.t.Speeds.learn(known)
}
