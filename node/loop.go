package node

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"gpumesh/market"
	"gpumesh/poc"
)

const (
	queueSize = 1024 // events waiting for the loop; whoever brings more waits
	maxBatch  = 256  // events that become durable in one write
)

// ErrStopped is returned by methods of a node that has stopped.
var ErrStopped = errors.New("the node has stopped")

// input is one entry of the loop's queue: an event for the machine, or a look at it.
type input struct {
	event market.Event
	drop  []string              // keys that are deleted together with what the event changes
	done  func(error)           // told of the event's outcome once it is durable; it must not block; may be nil
	look  func(*market.Machine) // instead of an event; runs in the loop once everything before it is durable
}

// loop owns the machine. All its fields but the queue belong to the goroutine of run.
type loop struct {
	node    *Node
	machine *market.Machine
	queue   chan input
	ended   chan struct{} // closed when run has returned, or never will begin
	endOnce sync.Once

	watchers map[poc.Hash]map[*watcher]struct{}
}

func newLoop(n *Node, m *market.Machine) *loop {
	return &loop{
		node: n, machine: m, queue: make(chan input, queueSize), ended: make(chan struct{}), watchers: map[poc.Hash]map[*watcher]struct{}{},
	}
}

// post queues an input. It waits while the queue is full.
func (l *loop) post(ctx context.Context, in input) error {
	select {
	case <-l.ended:
		return ErrStopped
	default:
	}
	select {
	case l.queue <- in:
		return nil
	case <-l.ended:
		return ErrStopped
	case <-ctx.Done():
		return ctx.Err()
	}
}

// step hands an event to the machine and returns its outcome once that is durable.
func (l *loop) step(ctx context.Context, ev market.Event) error {
	outcome := make(chan error, 1)
	if err := l.post(ctx, input{event: ev, done: func(err error) { outcome <- err }}); err != nil {
		return err
	}
	return l.await(ctx, outcome)
}

// ask runs f in the loop. f must copy what it takes away.
func (l *loop) ask(ctx context.Context, f func(*market.Machine)) error {
	outcome := make(chan error, 1)
	if err := l.post(ctx, input{look: func(m *market.Machine) { f(m); outcome <- nil }}); err != nil {
		return err
	}
	return l.await(ctx, outcome)
}

func (l *loop) await(ctx context.Context, outcome <-chan error) error {
	select {
	case err := <-outcome:
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-l.ended:
		select { // it may have been the last thing done
		case err := <-outcome:
			return err
		default:
			return ErrStopped
		}
	}
}

// run steps the machine until ctx ends, or until something cannot be made durable: then the node must not go on.
// first are the effects of restoring the machine.
func (l *loop) run(ctx context.Context, first market.Effects) error {
	defer l.end()
	timer := time.NewTimer(0)
	defer timer.Stop()
	if err := l.commit([]market.Effects{first}, nil); err != nil {
		return err
	}
	for {
		var ins []input
		select {
		case <-ctx.Done():
			return nil
		case in := <-l.queue:
			ins = append(ins, in)
		case <-timer.C:
			ins = append(ins, input{event: market.Tick{}})
		}
		for len(ins) < maxBatch {
			select {
			case in := <-l.queue:
				ins = append(ins, in)
				continue
			default:
			}
			break
		}
		if err := l.batch(ins); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return nil
		}
		if next := l.machine.NextDeadline(); next == 0 {
			timer.Stop()
		} else {
			timer.Reset(time.Duration(max(0, next-l.node.now())) * time.Millisecond)
		}
	}
}

// end lets go of everybody who waits for the loop.
func (l *loop) end() {
	l.endOnce.Do(func() {
		for job := range l.watchers {
			l.unwatch(job)
		}
		close(l.ended)
	})
}

// batch steps the machine through the inputs, and tells their authors once the outcome is durable.
func (l *loop) batch(ins []input) error {
	effects := make([]market.Effects, 0, len(ins))
	outcomes := make([]error, len(ins))
	for i, in := range ins {
		if in.event == nil {
			continue
		}
		fx, err := l.machine.Step(l.node.now(), in.event)
		outcomes[i] = err
		l.count(in.event, err)
		effects = append(effects, fx)
	}
	l.node.metrics.batch.Observe(float64(len(ins)))
	if err := l.commit(effects, ins); err != nil {
		return err
	}
	for i, in := range ins {
		switch {
		case in.look != nil:
			in.look(l.machine)
		case in.done != nil:
			in.done(outcomes[i])
		}
	}
	return nil
}

func (l *loop) count(ev market.Event, err error) {
	name := strings.TrimPrefix(fmt.Sprintf("%T", ev), "market.")
	outcome := "ok"
	if err != nil {
		outcome = "refused"
		l.node.log.Debug("Event refused", "event", name, "err", err)
	}
	l.node.metrics.steps.WithLabelValues(name, outcome).Inc()
}

// outgoing is a staged message: it waits for the batch that it is part of.
type outgoing struct {
	to      poc.PeerID
	letter  letter
	subject string // of an unreliable message; else empty
}

// commit makes the durable part of effects durable, and then carries out the rest in the order of the steps.
func (l *loop) commit(effects []market.Effects, ins []input) error {
	n := l.node
	b := n.store.batch()
	var mail []outgoing
	for _, fx := range effects {
		b.records(fx.Persist)
		for _, s := range fx.Send {
			mail = append(mail, n.stage(b, s)...)
		}
		for _, s := range fx.Submit {
			n.ops.stage(b, s)
		}
		for _, f := range fx.Fetch { // what is fetched goes again even if this node dies before it offers
			n.archive.stage(b, f.Job, 2*n.cfg.Network.BidTimeout)
		}
		for _, job := range fx.Forget {
			n.archive.stage(b, job, l.grace(job))
		}
	}
	for _, in := range ins {
		for _, key := range in.drop {
			b.del(key)
		}
	}
	for _, fx := range effects {
		for _, s := range fx.Store { // it must be there as soon as this node stands by it
			if err := n.archive.storeUnit(n.ctx, s); err != nil && n.ctx.Err() == nil {
				return fmt.Errorf("the results of a unit cannot be written: %w", err)
			}
		}
	}
	if err := b.commit(true); err != nil {
		return fmt.Errorf("the node's state cannot be written: %w", err)
	}
	for _, m := range mail {
		if m.subject == "" {
			n.outbox.add(m.to, m.letter)
		} else {
			n.outbox.addLatest(m.to, m.subject, m.letter)
		}
	}
	for _, fx := range effects {
		l.carry(fx)
	}
	return nil
}

// grace is how long the content of a job stays that the machine has no use for: one that this node declined may be bid for
// again, one that it worked on may be asked for by those who are late, and its owner may not have looked at the results of one of its own.
func (l *loop) grace(job poc.Hash) poc.Millis {
	if state, _ := l.machine.StateOf(job); state != market.Declined {
		return unpinGrace
	}
	if kept, err := l.node.store.get(tableReceipt + job.String()); err == nil && kept != nil {
		return ownGrace
	}
	return l.node.cfg.Network.BidTimeout
}

// carry starts everything that need not be durable. Nothing here waits: slow work runs elsewhere and completes as an event.
func (l *loop) carry(fx market.Effects) {
	n := l.node
	for _, s := range fx.Submit {
		n.ops.add(s)
	}
	for _, p := range fx.Publish {
		n.publish(p)
	}
	for _, f := range fx.Fetch {
		n.fetcher.start(f)
	}
	for _, job := range fx.CheckEscrow {
		n.watch.escrow(job)
	}
	for _, w := range fx.WatchBeacon {
		n.watch.beacon(w)
	}
	for _, job := range fx.CheckSettlement {
		if spec, ok := l.machine.Spec(job); ok {
			n.watch.settlementOf(job, uint32(spec.Units()))
		}
	}
	for _, r := range fx.Run {
		n.runs.start(r)
	}
	for _, link := range fx.Serve {
		n.compare.serve(link)
	}
	for _, q := range fx.Compare {
		n.compare.start(q)
	}
	for _, q := range fx.Prove {
		n.compare.check(q)
	}
	for _, ref := range fx.CancelRun {
		n.runs.cancel(ref)
	}
	for _, h := range fx.Bring {
		n.runs.bring(h)
	}
	for _, u := range fx.Unpack {
		n.archive.look(u.Unit.Job)
	}
	for _, link := range fx.Announce {
		n.archive.release(link)
	}
	for _, job := range fx.Notify {
		n.archive.look(job)
		for _, ref := range l.machine.Disputed(job) {
			n.disputes.look(ref)
		}
		n.court.contradicted(l.machine.Contradicted(job))
		n.lots.look(l.machine, job)
		l.notify(job)
	}
}
