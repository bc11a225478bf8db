package worker

import (
	"context"
	"time"
)

// spare is a child that starts beside the one that runs tasks, so that it is there when that one has to go. It has served
// nobody and holds nothing of anybody.
type spare struct {
	stop    context.CancelFunc
	started chan struct{} // closed when the rest is set
	c       *process      // nil: it did not start
}

// prepare starts a spare, unless there is one or the pool shall have none. It is started as the last child was.
func (p *Pool) prepare() {
	if !p.cfg.Spare || p.spare != nil {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &spare{stop: stop, started: make(chan struct{})}
	p.spare = s
	o := p.opening(p.open == "")
	go func() {
		defer close(s.started)
		c, err := start(ctx, &p.cfg, o)
		if err != nil {
			p.cfg.Log.Debug("no spare gpu worker", "error", err) // the next start says it to somebody
			return
		}
		s.c = c
	}()
}

// adopt returns the spare, which is then no spare any more, or nil when there is none that will do.
func (p *Pool) adopt(ctx context.Context) *process {
	s := p.spare
	if s == nil {
		return nil
	}
	begin := time.Now()
	select {
	case <-s.started:
	case <-ctx.Done():
		return nil // whoever asks next waits on
	}
	p.spare = nil
	s.stop()
	p.traced("spare", begin)
	if s.c == nil {
		return nil
	}
	begin = time.Now()
	if s.c.alive() && p.fit(s.c) == nil && p.examine(ctx, s.c) == nil {
		p.traced("examine", begin)
		return s.c
	}
	s.c.end()
	return nil
}

// dropSpare ends the spare.
func (p *Pool) dropSpare() {
	s := p.spare
	if s == nil {
		return
	}
	p.spare = nil
	s.stop()
	<-s.started // its start is broken off at once
	if s.c != nil {
		s.c.end()
	}
}
