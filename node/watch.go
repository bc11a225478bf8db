package node

import (
	"context"
	"errors"
	"fmt"

	"gpumesh/market"
	"gpumesh/poc"
)

// ErrUnknownJob means that the node has no part in a job.
var ErrUnknownJob = errors.New("this node knows no such job")

// watcher receives the newest view of a job. Only the loop sends.
type watcher struct{ views chan market.View } // capacity 1

// Watch returns a channel with the newest view of a job: the one of now, and then one after changes; views that nobody took
// in time are replaced. The channel is closed when nothing more will change, when ctx ends, or when the node stops.
func (n *Node) Watch(ctx context.Context, job poc.Hash) (<-chan market.View, error) {
	w := &watcher{make(chan market.View, 1)}
	known := false
	err := n.loop.ask(ctx, func(m *market.Machine) {
		v, ok := m.View(job)
		if known = ok; !ok {
			return
		}
		w.views <- v
		if Over(v) {
			close(w.views)
			return
		}
		if n.loop.watchers[job] == nil {
			n.loop.watchers[job] = map[*watcher]struct{}{}
		}
		n.loop.watchers[job][w] = struct{}{}
		context.AfterFunc(ctx, func() {
			// Fails only when the loop has ended, which closes the channel too.
			_ = n.loop.post(context.Background(), input{look: func(*market.Machine) { n.loop.drop(job, w) }})
		})
	})
	if err != nil {
		return nil, err
	}
	if !known {
		return nil, fmt.Errorf("%w: %s", ErrUnknownJob, job)
	}
	return w.views, nil
}

// Over reports whether nothing of a job will change any more: it is terminal, and what is left of its escrow is back.
func Over(v market.View) bool {
	if !v.State.Terminal() {
		return false
	}
	escrowed := v.Mine && v.State == market.Failed && v.Times.Locked != 0
	return !escrowed || v.Escrow != nil && v.Escrow.Closed
}

// notify shows a job's watchers how it stands. It runs in the loop.
func (l *loop) notify(job poc.Hash) {
	ws := l.watchers[job]
	if len(ws) == 0 {
		return
	}
	v, ok := l.machine.View(job)
	if !ok {
		l.unwatch(job)
		return
	}
	for w := range ws {
		select {
		case <-w.views: // nobody took it: it is old now
		default:
		}
		w.views <- v
	}
	if Over(v) {
		l.unwatch(job)
	}
}

// unwatch ends all watches of a job.
func (l *loop) unwatch(job poc.Hash) {
	for w := range l.watchers[job] {
		close(w.views)
	}
	delete(l.watchers, job)
}

// drop ends one watch.
func (l *loop) drop(job poc.Hash, w *watcher) {
	if _, ok := l.watchers[job][w]; !ok {
		return
	}
	close(w.views)
	delete(l.watchers[job], w)
	if len(l.watchers[job]) == 0 {
		delete(l.watchers, job)
	}
}
