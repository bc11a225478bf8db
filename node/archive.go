package node

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/mr-tron/base58"
	"golang.org/x/sync/errgroup"

	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

const (
	// unpinGrace is how long a worker keeps a job that is over for those who are late.
	unpinGrace poc.Millis = 3_600_000
	// ownGrace is how long the results and the receipt of one's own job stay that the machine has forgotten for newer ones.
	ownGrace poc.Millis = 30 * 24 * 3_600_000
	// inspectEvery spaces out looks at one job.
	inspectEvery = 100 * time.Millisecond
	// viewShare is one over the part of the loop's time that views for such looks at a large job may take.
	viewShare = 20
	// collectRetry is how soon a result that could not be fetched is tried again.
	collectRetry = 2 * time.Second
	// collectTimeout bounds one try.
	collectTimeout  = 30 * time.Second
	collectParallel = 8
)

// Names of pins. They are short, so the job is in base58.
func jobPins(job poc.Hash) string           { return "job/" + base58.Encode(job[:]) + "/" }
func specPin(job poc.Hash) string           { return jobPins(job) + "spec" }
func runPin(ref poc.TaskRef) string         { return fmt.Sprintf("%srun/%d", jobPins(ref.Job), ref.Task) }
func taskPin(job poc.Hash, i uint32) string { return fmt.Sprintf("%stask/%d", jobPins(job), i) }
func heldPin(ref poc.TaskRef, digest poc.Hash) string {
	return fmt.Sprintf("%sheld/%d/%s", jobPins(ref.Job), ref.Task, digest.Short())
}
func tracePin(ref poc.TaskRef) string { return fmt.Sprintf("%strace/%d", jobPins(ref.Job), ref.Task) }
func unitPin(unit poc.TaskRef) string { return fmt.Sprintf("%sunit/%d", jobPins(unit.Job), unit.Task) }

// archive looks after what comes out of jobs: results that may be seen are published; the owner gets a copy of each; the
// certificates and the award become documents that anybody can fetch; and what nobody needs any more is let go.
type archive struct {
	content  *p2p.Content
	store    *store
	holdings *holdings
	loop     *loop
	receipt  func(ctx context.Context, job poc.Hash) error // keeps that of a job that is over
	now      func() poc.Time
	self     poc.PeerID
	log      *slog.Logger
	wake     chan struct{} // capacity 1
	ready    chan struct{} // capacity 1: links

	kept map[poc.Hash]*keeping // belongs to the goroutine of run

	mu struct {
		sync.Mutex
		links []poc.Link             // to be published
		looks map[poc.Hash]time.Time // jobs to be inspected, and when
		due   map[poc.Hash]poc.Time  // jobs to be let go, and when
	}
}

// keeping is what is done for a job already.
type keeping struct {
	next    time.Time    // when it may be inspected again
	came    int          // what the job had come to; see market.Machine.Results
	state   market.State // and its state
	again   bool         // something could not be kept
	award   bool
	results map[uint32]bool // the owner has the outputs
	tasks   map[uint32]bool // the certificate is stored, by unit
}

func newArchive(n *Node) *archive {
	a := &archive{
		content: n.host.Content(), store: n.store, holdings: n.holdings, loop: n.loop, receipt: n.keepReceipt, now: n.now, self: n.self, log: n.log,
		wake: make(chan struct{}, 1), ready: make(chan struct{}, 1), kept: map[poc.Hash]*keeping{},
	}
	a.mu.looks, a.mu.due = map[poc.Hash]time.Time{}, map[poc.Hash]poc.Time{}
	return a
}

// load takes over what an earlier run left: jobs to let go, and certified results that it may not have got to publish.
func (a *archive) load(m *market.Machine) error {
	for _, id := range m.Jobs() {
		v, ok := m.View(id)
		if !ok || v.State != market.Running && v.State != market.Settling && !v.Mine {
			continue
		}
		for _, t := range v.Tasks {
			if t.Result == nil {
				continue
			}
			for _, o := range t.Result.Outputs {
				a.release(o.File)
			}
		}
		for _, u := range v.Units {
			if u.Result != nil {
				a.release(u.Result.Outputs[0].File.AsBlock())
			}
		}
		a.look(id)
	}
	return a.store.each(tableUnpin, func(name string, value []byte) error {
		var job poc.Hash
		if err := job.UnmarshalText([]byte(name)); err != nil {
			return err
		}
		due, _, err := getTime(value)
		a.mu.due[job] = due
		return err
	})
}

// release publishes a result that is stored here. It does not wait.
func (a *archive) release(link poc.Link) {
	if !a.content.Has(link.Cid) {
		return // somebody else's, or a lie
	}
	a.mu.Lock()
	a.mu.links = append(a.mu.links, link)
	a.mu.Unlock()
	signal(a.ready)
}

// look has a job inspected soon. It does not wait.
func (a *archive) look(job poc.Hash) { a.lookAt(job, time.Now()) }

func (a *archive) lookAt(job poc.Hash, at time.Time) {
	a.mu.Lock()
	if _, ok := a.mu.looks[job]; !ok {
		a.mu.looks[job] = at
	}
	a.mu.Unlock()
	signal(a.wake)
}

// stage notes that the content of a job can go after a while.
func (a *archive) stage(b batch, job poc.Hash, after poc.Millis) {
	a.mu.Lock()
	due := max(a.now().Add(after), a.mu.due[job]) // never sooner than was said before
	b.put(tableUnpin+job.String(), putTime(due))
	a.mu.due[job] = due
	a.mu.Unlock()
	signal(a.wake)
}

// run works until ctx ends.
func (a *archive) run(ctx context.Context) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-a.wake:
		case <-timer.C:
		}
		jobs, gone, next := a.take()
		for _, job := range jobs {
			if again := a.inspect(ctx, job); again > 0 {
				a.lookAt(job, time.Now().Add(again))
			}
		}
		for _, job := range gone {
			a.letGo(ctx, job)
		}
		timer.Reset(next)
	}
}

// announce publishes results until ctx ends. Other nodes' tasks may wait for them, so it does not wait for what this node
// fetches for itself.
func (a *archive) announce(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-a.ready:
		}
		a.mu.Lock()
		links := a.mu.links
		a.mu.links = nil
		a.mu.Unlock()
		for _, l := range links {
			a.publish(ctx, l)
		}
	}
}

// take returns what is due now, and how long nothing else is.
func (a *archive) take() (jobs, gone []poc.Hash, next time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	next = time.Hour
	for job, at := range a.mu.looks {
		if k := a.kept[job]; k != nil && at.Before(k.next) {
			at = k.next
		}
		if wait := time.Until(at); wait > 0 {
			next = min(next, wait)
			continue
		}
		jobs = append(jobs, job)
		delete(a.mu.looks, job)
	}
	for job, due := range a.mu.due {
		if wait := due - a.now(); wait > 0 {
			next = min(next, millis(poc.Millis(wait)))
			continue
		}
		gone = append(gone, job)
		delete(a.mu.due, job)
	}
	return jobs, gone, next
}

func (a *archive) publish(ctx context.Context, l poc.Link) {
	err := a.content.Publish(ctx, l.Cid)
	if err == nil {
		err = a.content.Provide(ctx, l.Cid)
	}
	if err != nil && ctx.Err() == nil {
		a.log.Warn("Result not published", "cid", l, "err", err)
	}
}

// inspect stores what a job has produced since the last look, and returns when to look again although nothing changes; 0 is
// never.
func (a *archive) inspect(ctx context.Context, job poc.Hash) time.Duration {
	k := a.kept[job]
	if k == nil {
		k = &keeping{results: map[uint32]bool{}, tasks: map[uint32]bool{}}
	}
	var v market.View
	var state market.State
	var came int
	var took time.Duration
	news := false
	err := a.loop.ask(ctx, func(m *market.Machine) {
		begun := time.Now()
		state, _ = m.StateOf(job)
		if came = m.Results(job); came > 0 && (came != k.came || state != k.state || k.again) {
			v, news = m.View(job)
		}
		took = time.Since(begun)
	})
	switch {
	case err != nil || came == 0:
		delete(a.kept, job)
		return 0
	case !news:
		return 0
	}
	a.kept[job] = k
	k.came, k.state, k.next = came, state, time.Now().Add(max(inspectEvery, viewShare*took))
	err = a.keepDocuments(ctx, v, k)
	if v.Mine {
		err = errors.Join(err, a.unpack(ctx, v), a.collect(ctx, v, k))
		if err == nil && Over(v) {
			err = a.receipt(ctx, job)
		}
	}
	k.again = err != nil
	switch {
	case ctx.Err() != nil:
		return 0
	case err != nil:
		a.log.Debug("Results of a job not kept yet", "job", job.Short(), "err", err)
		return collectRetry
	case v.State.Terminal():
		delete(a.kept, job)
	}
	return 0
}

// keepDocuments stores the award and the certificates as documents. A certificate links to the result, so pinning it keeps the outputs that
// are here.
func (a *archive) keepDocuments(ctx context.Context, v market.View, k *keeping) error {
	if !k.award {
		doc, err := a.store.get(tableMachine + "award/" + v.ID.String())
		if err != nil {
			return err
		}
		if err := a.keep(ctx, doc, jobPins(v.ID)+"award"); err != nil {
			return err
		}
		k.award = true
	}
	for _, c := range certificates(v) {
		if k.tasks[c.Task] {
			continue
		}
		doc, err := c.Encode()
		if err != nil {
			return err
		}
		if err := a.keep(ctx, doc, taskPin(v.ID, c.Task)); err != nil {
			return err
		}
		k.tasks[c.Task] = true
	}
	return nil
}

// certificates returns those of a job, one for each unit that has one.
func certificates(v market.View) (cs []*poc.Certificate) {
	for _, u := range v.Units {
		if u.Certificate != nil {
			cs = append(cs, u.Certificate)
		}
	}
	for _, t := range v.Tasks {
		if t.Certificate != nil && v.Batch == 1 {
			cs = append(cs, t.Certificate)
		}
	}
	return cs
}

// keep stores, pins and offers one document.
func (a *archive) keep(ctx context.Context, doc []byte, pin string) error {
	id, err := a.content.PutBlock(ctx, doc, cid.DagCBOR, p2p.Shared)
	if err != nil {
		return err
	}
	if err := a.content.Pin(ctx, pin, id); err != nil {
		return err
	}
	return a.content.Provide(ctx, id)
}

// collect gets the owner a copy of every certified output.
func (a *archive) collect(ctx context.Context, v market.View, k *keeping) error {
	var missing []market.TaskView
	for _, t := range v.Tasks {
		if t.Result != nil && !k.results[t.Index] {
			missing = append(missing, t)
		}
	}
	var g errgroup.Group
	g.SetLimit(collectParallel)
	from := resultSources(v, a.self)
	errs := make([]error, len(missing))
	for i, t := range missing {
		g.Go(func() error {
			ctx, cancel := context.WithTimeout(ctx, collectTimeout)
			defer cancel()
			for _, o := range t.Result.Outputs {
				if _, errs[i] = a.content.Fetch(ctx, o.File.Cid, int64(o.Size), from(t)...); errs[i] != nil {
					return nil // the others go on
				}
				if v.Batch > 1 {
					continue // the unit's document is provided, and leads to them
				}
				if errs[i] = a.content.Provide(ctx, o.File.Cid); errs[i] != nil {
					return nil
				}
			}
			return nil
		})
	}
	_ = g.Wait() // every task has an error of its own
	for i, t := range missing {
		k.results[t.Index] = errs[i] == nil
	}
	return errors.Join(errs...)
}

// resultSources returns for each task of a job the peers that have its outputs, the likeliest first.
func resultSources(v market.View, self poc.PeerID) func(market.TaskView) []peer.ID {
	var seats []poc.PeerID
	for _, s := range v.Seats {
		seats = append(seats, s.Peer)
	}
	return func(t market.TaskView) []peer.ID {
		return hostIDs(append(append(signers([]market.TaskView{t}), t.Holders...), seats...), self)
	}
}

// letGo unpins a job, unless this node has a part in it again.
func (a *archive) letGo(ctx context.Context, job poc.Hash) {
	active := false
	err := a.loop.ask(ctx, func(m *market.Machine) {
		state, _ := m.StateOf(job)
		active = !state.Terminal()
	})
	if err == nil && !active {
		err = errors.Join(a.content.Unpin(ctx, jobPins(job)), a.holdings.forget(job))
	}
	if err == nil {
		b := a.store.batch()
		b.del(tableUnpin + job.String())
		if !active {
			b.del(tableReceipt + job.String())
		}
		err = b.commit(false)
	}
	if err != nil && ctx.Err() == nil {
		a.log.Error("Job not let go", "job", job.Short(), "err", err)
	}
}
