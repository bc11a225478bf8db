package node

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/peer"

	"gpumesh/gpu"
	"gpumesh/gpu/wgsl"
	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

const (
	maxPrograms   = 64 // distinct programs of one job
	readParallel  = 32 // jobs whose documents are looked at side by side
	fetchParallel = 8  // jobs whose inputs are fetched side by side
	fetchShare    = 2  // of either, those of one account
	fetchWaiting  = 256
	readTime      = 15 * time.Second // for the documents of a job, which are small, and their analysis
)

// errClosed ends a fetch that nobody waits for any more.
var errClosed = errors.New("the bid closed before the inputs were here")

// refusal is why this node does not offer on a job.
type refusal struct {
	code   market.DeclineCode
	reason string
}

func (r *refusal) Error() string { return r.reason }

func refuse(code market.DeclineCode, format string, args ...any) error {
	return &refusal{code, fmt.Sprintf(format, args...)}
}

// fetcher gets a job's spec, programs and inputs and looks at them before this node offers. What it got stays: when the time
// of one offer round is too short for large inputs, the next round finds them here.
type fetcher struct {
	content  *p2p.Content
	programs *programs
	network  market.Network
	provider Provider
	device   func() (gpu.Info, bool) // of this node, once known
	speed    func() uint64           // of it, in i32 operations per second, as advertised
	holdings *holdings
	admit    func(memory uint64) error // of device memory: refuses while the machine must not, or cannot, take on more
	loop     *loop
	now      func() poc.Time
	log      *slog.Logger

	ctx      context.Context
	tasks    sync.WaitGroup
	reading  *slots // of documents
	fetching *slots // of inputs

	mu struct {
		sync.Mutex
		jobs   map[poc.Hash]*fetch
		closed bool
	}
}

// fetch is one job's that is under way. Its fields but job are guarded by the fetcher's mu.
type fetch struct {
	job   market.Fetch
	end   time.Time   // when nobody waits for the inputs any more
	timer *time.Timer // ends the fetch of the inputs; nil before that
}

// start begins to fetch. A fetch of the same job that is under way answers for both.
func (f *fetcher) start(job market.Fetch) {
	// A job that is short of offers bids again as soon as its bid has closed, and its escrow is looked at before it comes here.
	end := time.Now().Add(min(millis(poc.Millis(job.Closes-f.now())+f.network.OfferWindow), millis(f.network.BidTimeout)))
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.mu.closed {
		return
	}
	if busy := f.mu.jobs[job.Job]; busy != nil {
		if busy.end = end; busy.timer != nil {
			busy.timer.Reset(time.Until(end))
		}
		return
	}
	work := &fetch{job: job, end: end}
	full := len(f.mu.jobs) >= fetchWaiting
	if !full {
		f.mu.jobs[job.Job] = work
	}
	f.tasks.Go(func() {
		done := market.Fetched{Job: job.Job, Code: market.DeclineBusy, Reason: "too many jobs are being fetched"}
		if !full {
			start := time.Now()
			var err error
			done, err = f.get(work)
			f.log.Debug("Job looked at", "job", job.Job.Short(), "code", done.Code, "reason", done.Reason, "took", time.Since(start))
			f.mu.Lock()
			delete(f.mu.jobs, job.Job)
			f.mu.Unlock()
			if errors.Is(err, errClosed) { // the machine knows, and may be looking at the next bid
				return
			}
		}
		_ = f.loop.post(f.ctx, input{event: done}) // fails only when the node stops
	})
}

// wait returns when nothing is being fetched any more; the context must have ended.
func (f *fetcher) wait() {
	f.mu.Lock()
	f.mu.closed = true
	f.mu.Unlock()
	f.tasks.Wait()
}

// get gets everything and judges it. Documents are small and have a short time, so that those of other owners need not wait for anybody's
// inputs, nor for documents that nobody has.
func (f *fetcher) get(work *fetch) (market.Fetched, error) {
	job := work.job
	done := market.Fetched{Job: job.Job}
	err := f.read(job, &done)
	if err == nil {
		err = f.fill(work, &done)
	}
	if r, ok := errors.AsType[*refusal](err); ok {
		done.Code, done.Reason = r.code, r.reason
	} else if err != nil {
		done.Code, done.Reason = market.DeclineFetch, err.Error()
	}
	return done, err
}

// read gets the documents of a job.
func (f *fetcher) read(job market.Fetch, done *market.Fetched) error {
	ctx, cancel := context.WithTimeout(f.ctx, min(readTime, millis(f.network.BidTimeout)))
	defer cancel()
	return f.reading.use(ctx, job.Account, func() (err error) {
		done.Spec, done.Work, err = f.look(ctx, job)
		return err
	})
}

// fill gets the inputs, and keeps all of the job.
func (f *fetcher) fill(work *fetch, done *market.Fetched) error {
	owner, err := hostID(work.job.From)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(f.ctx)
	defer cancel(nil)
	f.mu.Lock()
	work.timer = time.AfterFunc(time.Until(work.end), func() { cancel(errClosed) })
	f.mu.Unlock()
	defer work.timer.Stop()
	err = f.fetching.use(ctx, work.job.Account, func() error {
		if err := f.inputs(ctx, done.Spec, owner); err != nil {
			return err
		}
		if err := f.admit(done.Work.Memory); err != nil { // fetching took its time
			return err
		}
		// The spec links to its programs and inputs, so this keeps all of them.
		if err := f.content.Pin(ctx, specPin(work.job.Job), poc.HashLink(work.job.Job).Cid); err != nil {
			return refuse(market.DeclineFetch, "this provider cannot store the job: %v", err)
		}
		return nil
	})
	if err != nil && context.Cause(ctx) == errClosed {
		return errClosed
	}
	return err
}

// look gets the spec and the programs and judges them.
func (f *fetcher) look(ctx context.Context, job market.Fetch) (spec market.Spec, work market.Work, err error) {
	owner, err := hostID(job.From)
	if err != nil {
		return spec, work, err
	}
	if err := f.admit(0); err != nil { // before anything is fetched for it
		return spec, work, err
	}
	root := poc.HashLink(job.Job)
	block, err := f.content.GetBlock(ctx, root.Cid, poc.MaxDocument, owner)
	if err != nil {
		return spec, work, refuse(market.DeclineFetch, "the job spec cannot be fetched: %v", err)
	}
	if err := poc.Decode(block, &spec); err != nil {
		return spec, work, refuse(market.DeclineSpec, "the job spec is malformed: %v", err)
	}
	if err := spec.Validate(f.network); err != nil {
		return spec, work, refuse(market.DeclineSpec, "%v", err)
	}
	if err := f.holdings.admit(job.Job, spec); err != nil {
		return spec, work, err
	}
	if work, err = f.programs.judge(ctx, spec, f.device, owner); err != nil {
		return spec, work, err
	}
	seconds, err := f.programs.unbounded(ctx, spec, owner)
	work.Operations = max(work.Operations, uint64(seconds)*f.speed())
	return spec, work, err
}

// unbounded is for how many seconds a task may run that has a loop of which nobody knows how often it turns: its price is that of all this time.
// Zero: there is none.
func (p *programs) unbounded(ctx context.Context, spec market.Spec, from ...peer.ID) (seconds uint32, err error) {
	for _, t := range spec.Tasks {
		report, err := p.analyse(ctx, t.Program, from...)
		if err != nil {
			return 0, err
		}
		if report.Unbounded != "" {
			seconds = max(seconds, t.Timeout)
		}
	}
	return seconds, nil
}

// judge analyses the programs of a job. Refusals are sentences for the owner.
func (p *programs) judge(ctx context.Context, spec market.Spec, device func() (gpu.Info, bool), from ...peer.ID) (work market.Work, err error) {
	distinct := map[cid.Cid]bool{}
	for _, t := range spec.Tasks {
		if distinct[t.Program.Cid] = true; len(distinct) > maxPrograms {
			return work, refuse(market.DeclineSpec, "the job has more than %d different programs", maxPrograms)
		}
	}
	for i, t := range spec.Tasks {
		report, err := p.analyse(ctx, t.Program, from...)
		if bad, ok := errors.AsType[*gpu.Error](err); ok {
			return work, refuse(market.DeclineProgram, "task %d (%q): %s", i, t.Name, bad.Reason)
		}
		if err != nil {
			return work, refuse(market.DeclineFetch, "the program of task %d (%q) cannot be fetched: %v", i, t.Name, err)
		}
		if err := fits(t, report); err != nil {
			return work, refuse(market.DeclineProgram, "task %d (%q): %v", i, t.Name, err)
		}
		if q := spec.Policy; report.Tier == wgsl.ClassExact && q.Compare.Tier == poc.Exact && (q.Quorum != q.MaxReplicas || q.MaxError > 0) {
			// Else a provider could lose stake for what its driver makes of a sum.
			return work, refuse(market.DeclineProgram, "task %d (%q) computes floats as each driver does, so honest devices may differ: all replicas must agree on such work (quorum = maxReplicas), or ask for the tier reproducible", i, t.Name)
		}
		if err := p.provable(ctx, t.Program, spec.Policy.Compare); err != nil {
			return work, refuse(market.DeclineProgram, "task %d (%q): %v", i, t.Name, err)
		}
		if info, known := device(); known {
			if bad, ok := errors.AsType[*gpu.Error](cmp.Or(report.Fits(info), report.InTime(info))); ok {
				return work, refuse(market.DeclineUnable, "task %d (%q): %s", i, t.Name, bad.Reason)
			}
		}
		work.Operations = max(work.Operations, report.Operations)
		work.Traffic = max(work.Traffic, report.Traffic)
		work.Memory = max(work.Memory, report.Bytes)
	}
	return work, nil
}

// inputs fetches every distinct file that the job starts from.
func (f *fetcher) inputs(ctx context.Context, spec market.Spec, owner peer.ID) error {
	sizes := map[cid.Cid]uint64{}
	var total uint64
	for i, t := range spec.Tasks {
		var space uint64 // that the inputs take up on disk while the task runs, whatever they have in common
		for _, in := range t.Inputs {
			for _, part := range in.Parts {
				if space += part.Size; space > f.provider.MaxInput {
					return refuse(market.DeclineCapacity, "the inputs of task %d (%q) are over this provider's limit of %d bytes", i, t.Name, f.provider.MaxInput)
				}
				file := part.Stored()
				if file == nil {
					continue
				}
				if size, seen := sizes[file.Cid]; seen {
					if size != part.Size {
						return refuse(market.DeclineSpec, "the spec gives two sizes for file %s", file)
					}
					continue
				}
				sizes[file.Cid] = part.Size
				if total += part.Size; total > f.provider.MaxInput {
					return refuse(market.DeclineCapacity, "the inputs of the job are over this provider's limit of %d bytes", f.provider.MaxInput)
				}
			}
		}
	}
	for file, size := range sizes {
		n, err := f.content.Fetch(ctx, file, int64(size), owner)
		switch {
		case errors.Is(err, p2p.ErrTooLarge) || errors.Is(err, p2p.ErrLayout):
			return refuse(market.DeclineSpec, "file %s is not what the spec says: %v", file, err)
		case err != nil:
			return refuse(market.DeclineFetch, "file %s cannot be fetched: %v", file, err)
		case uint64(n) != size:
			return refuse(market.DeclineSpec, "file %s has %d bytes and the spec says %d", file, n, size)
		}
	}
	return nil
}
