package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"connectrpc.com/connect"

	"gpumesh/node"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/training"
)

// trainingRun is a training on the network, from its plan to its weights.
type trainingRun struct {
	*jobRun
	plan    *training.Training
	rounds  int
	steps   int    // of one local run
	samples int    // of one local run
	unit    string // of them: samples or tokens
	loss    string // result of a local run with one f32 per step
	out     string // directory; the curve is drawn there

	// test tells the loss and the share of right answers of an evaluation after a round. Where it is set the curve is of these, as
	// local runs tell nobody their losses.
	test    func(answers []byte) (loss, right float64)
	answers string // result of an evaluation that test takes
	right   float64
	last    int // round that right is of

	losses  curve
	seen    map[uint32]bool // tasks whose losses are in the curve
	weights map[int]string  // CIDs of the flat weights with which rounds began
	started time.Time
	before  int // tasks seen by then, when it was submitted earlier
}

// follow shows the training as its local runs are certified, until the job is over.
func (r *trainingRun) follow(ctx context.Context) error {
	stream, err := r.client.Watch(ctx, connect.NewRequest(&nodepb.WatchRequest{Job: r.id}))
	if err != nil {
		return r.client.Explain(err)
	}
	defer func() { _ = stream.Close() }() // read to its end, or ctx is over
	r.started, r.seen, r.weights = time.Now(), make(map[uint32]bool), make(map[int]string)
	p := &progress{w: r.err, bar: terminal(r.err), start: r.started}
	var job *nodepb.Job
	certified, first := uint32(0), true
	for stream.Receive() {
		job = stream.Msg().Job
		if job.Certified > certified {
			certified = job.Certified
			if err := r.collect(ctx); err != nil {
				return err
			}
			if first {
				r.before = len(r.seen)
			}
			if len(r.seen) > 0 {
				if _, err := r.picture(); err != nil { // so that it can be looked at meanwhile
					return err
				}
			}
		}
		first = false
		p.show(job, r.describe(job))
	}
	p.end()
	switch {
	case job != nil && job.Over && job.State == "done" && job.Failure == nil:
		for _, why := range job.Explain {
			if strings.Contains(why, " went on without ") {
				fmt.Fprintln(r.err, why)
			}
		}
		if !job.GetEscrow().GetClosed() {
			fmt.Fprintf(r.err, "what was not paid of the escrow comes back when it expires\n")
		}
		return nil
	case job != nil && job.Over:
		return failure(job)
	case ctx.Err() != nil || errors.Is(stream.Err(), context.Canceled):
		fmt.Fprintf(r.err, "the training goes on without you; repeat this command with --resume %s\n", short(r.id))
		return context.Canceled
	}
	return fmt.Errorf("the node at %s has stopped; the training goes on, and once the node is back repeat this command with --resume %s", r.client.URL(), short(r.id))
}

// collect adds the losses of the local runs that were certified since it was last called.
func (r *trainingRun) collect(ctx context.Context) error {
	_, receipt, err := r.client.Receipt(ctx, r.id)
	if err != nil {
		return err
	}
	if r.test != nil {
		return r.collectTests(ctx, receipt)
	}
	for _, t := range receipt.Tasks {
		at, ok := r.plan.Local[t.Index]
		if !ok || r.seen[t.Index] || len(t.Result) == 0 {
			continue
		}
		b, err := r.values(ctx, t, r.loss)
		if err != nil {
			return err
		}
		r.losses.add(at.Round*r.steps, floatsOf(b[:min(len(b), 4*r.steps)]))
		r.seen[t.Index] = true
		for _, f := range t.Result {
			if f.Name == "weights" {
				r.weights[at.Round] = f.CID
			}
		}
	}
	return nil
}

// collectTests adds the losses of the evaluations that were certified since it was last called.
func (r *trainingRun) collectTests(ctx context.Context, receipt *node.Receipt) error {
	for _, t := range receipt.Tasks {
		round, ok := r.plan.Tests[t.Index]
		if !ok || r.seen[t.Index] || len(t.Result) == 0 {
			continue
		}
		b, err := r.values(ctx, t, r.answers)
		if err != nil {
			return err
		}
		loss, right := r.test(b)
		r.losses.add(round, []float64{loss})
		if r.seen[t.Index] = true; round >= r.last {
			r.last, r.right = round, right
		}
		for _, f := range t.Result {
			if f.Name == "weights" {
				r.weights[round+1] = f.CID
			}
		}
	}
	return nil
}

// values is a result of a task.
func (r *trainingRun) values(ctx context.Context, t node.TaskReceipt, name string) ([]byte, error) {
	for _, f := range t.Result {
		if f.Name != name {
			continue
		}
		body, size, err := r.client.Cat(ctx, f.CID)
		if err != nil {
			return nil, err
		}
		defer func() { _ = body.Close() }() // read only
		b, err := io.ReadAll(io.LimitReader(body, size))
		if err != nil {
			return nil, fmt.Errorf("result %q of task %d: %w", name, t.Index, err)
		}
		return b, nil
	}
	return nil, fmt.Errorf("task %d has no result %q", t.Index, name)
}

// describe is how far the training is: the loss of the last round, the pace, what was paid so far, and when it would end.
func (r *trainingRun) describe(job *nodepb.Job) string {
	if len(r.seen) == 0 {
		return ""
	}
	total, right := len(r.plan.Local), ""
	if r.test != nil {
		total, right = len(r.plan.Tests), fmt.Sprintf("  %.1f %% right", 100*r.right)
	}
	elapsed, since := time.Since(r.started), len(r.seen)-r.before
	last := len(r.losses.sums)
	line := fmt.Sprintf("loss %.4g%s  %s", r.losses.mean(last-r.steps, last), right, r.losses.line(12))
	if since > 0 {
		line += fmt.Sprintf("  %.0f %s/s", float64(since*r.samples)/elapsed.Seconds(), r.unit)
	}
	line += fmt.Sprintf("  %s paid", tokens(job.GetEscrow().GetPaid()+job.GetEscrow().GetFees()))
	if since > 0 && total > len(r.seen) { // else what is left is not training
		line += fmt.Sprintf("  about %v left", (elapsed * time.Duration(total-len(r.seen)) / time.Duration(since)).Round(time.Second))
	}
	return line
}

// picture draws the losses known so far.
func (r *trainingRun) picture() (string, error) {
	path := filepath.Join(r.out, "loss.png")
	return path, r.losses.draw(path, r.job.Name, "loss")
}
