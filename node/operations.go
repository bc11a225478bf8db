package node

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// opsParallel bounds the settlement operations of different jobs that are under way.
const opsParallel = 8

// opRecord is an operation as it is stored. Exactly one field is set.
type opRecord struct {
	Lock   *market.LockEscrow  `cbor:"lock,omitempty"`
	Anchor *market.AnchorAward `cbor:"anchor,omitempty"`
	Keep   *market.KeepBeacon  `cbor:"keep,omitempty"`
	Claim  *market.Claim       `cbor:"claim,omitempty"`
	Slash  *market.Slash       `cbor:"slash,omitempty"`
	Twice  *market.SlashTwice  `cbor:"twice,omitempty"`
	Refund *market.Refund      `cbor:"refund,omitempty"`
}

func encodeOp(op market.Op) ([]byte, error) {
	var r opRecord
	switch op := op.(type) {
	case market.LockEscrow:
		r.Lock = &op
	case market.AnchorAward:
		r.Anchor = &op
	case market.KeepBeacon:
		r.Keep = &op
	case market.Claim:
		r.Claim = &op
	case market.Slash:
		r.Slash = &op
	case market.SlashTwice:
		r.Twice = &op
	case market.Refund:
		r.Refund = &op
	default:
		return nil, fmt.Errorf("a %T cannot be stored", op)
	}
	return poc.Encode(r)
}

func decodeOp(b []byte) (market.Op, error) {
	var r opRecord
	if err := poc.Decode(b, &r); err != nil {
		return nil, err
	}
	switch {
	case r.Lock != nil:
		return *r.Lock, nil
	case r.Anchor != nil:
		return *r.Anchor, nil
	case r.Keep != nil:
		return *r.Keep, nil
	case r.Claim != nil:
		return *r.Claim, nil
	case r.Slash != nil:
		return *r.Slash, nil
	case r.Twice != nil:
		return *r.Twice, nil
	case r.Refund != nil:
		return *r.Refund, nil
	}
	return nil, errors.New("an operation of an unknown kind")
}

// operations brings settlement operations to the chain: each is in the store from the step that asked for it until the step
// that learns what came of it. Those of one job are begun in order, those of different jobs are done side by side.
type operations struct {
	store      *store
	settlement chain.Settlement
	loop       *loop
	log        *slog.Logger
	metrics    *metrics
	thrift     *thrift                                                  // nil: no claim waits
	batches    *batches                                                 // nil: there are none
	defend     func(context.Context, market.Op) (why string, err error) // why nobody is convicted, asked before a slash; nil: never

	ctx   context.Context
	tasks sync.WaitGroup
	slots *semaphore.Weighted

	mu struct {
		sync.Mutex
		lines  map[string][]market.Submission // by job; the first is under way
		snags  map[string]map[string]string   // by job and kind: what came of the last try, one sentence, where it did not succeed
		closed bool
	}
}

func newOperations(ctx context.Context, s *store, c chain.Settlement, l *loop, m *metrics, log *slog.Logger) *operations {
	o := &operations{store: s, settlement: c, loop: l, log: log, metrics: m, ctx: ctx, slots: semaphore.NewWeighted(opsParallel)}
	o.mu.lines, o.mu.snags = map[string][]market.Submission{}, map[string]map[string]string{}
	return o
}

// maxSnags bounds the jobs of which snags are kept.
const maxSnags = 1024

// note keeps what came of a try for people to see, until one of its kind succeeds.
func (o *operations) note(k market.OpKey, done market.OpDone, err error) {
	kind, _, _ := strings.Cut(string(k), "/")
	text := ""
	switch {
	case err != nil:
		text = fmt.Sprintf("the %s is not on the chain yet and is tried again: %v", kind, err)
	case done.Held:
		text = fmt.Sprintf("the %s waits: %s", kind, done.Refused)
	case done.Refused != "":
		text = fmt.Sprintf("the last %s was not done: %s", kind, done.Refused)
	}
	line := lineOf(k)
	o.mu.Lock()
	defer o.mu.Unlock()
	kinds := o.mu.snags[line]
	if text == "" {
		if delete(kinds, kind); len(kinds) == 0 {
			delete(o.mu.snags, line)
		}
		return
	}
	if kinds == nil {
		for old := range o.mu.snags { // any: what still waits is tried, and noted, again
			if len(o.mu.snags) >= maxSnags {
				delete(o.mu.snags, old)
			}
		}
		kinds = map[string]string{}
		o.mu.snags[line] = kinds
	}
	kinds[kind] = text
}

// snagsOf are the operations of a job that wait or were refused when they were tried last, one sentence each.
func (o *operations) snagsOf(job poc.Hash) (out []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	kinds := o.mu.snags[job.String()]
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		out = append(out, kinds[kind])
	}
	return out
}

// stage writes an operation into the batch.
func (o *operations) stage(b batch, s market.Submission) {
	raw, err := encodeOp(s.Op)
	if err != nil { // the machine makes no such operation
		o.log.Error("Operation cannot be stored", "key", s.Key, "err", err)
		return
	}
	b.put(tableOp+string(s.Key), raw)
}

// load takes over what an earlier run left.
func (o *operations) load() error {
	return o.store.each(tableOp, func(name string, value []byte) error {
		op, err := decodeOp(value)
		if err != nil {
			return err
		}
		o.add(market.Submission{Key: market.OpKey(name), Op: op})
		return nil
	})
}

// lineOf is the job of an operation: the second part of its key.
func lineOf(k market.OpKey) string {
	parts := strings.SplitN(string(k), "/", 3)
	if len(parts) < 2 {
		return string(k)
	}
	return parts[1]
}

// add begins an operation that is durable.
func (o *operations) add(s market.Submission) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.mu.closed {
		return // the next run loads it
	}
	line := lineOf(s.Key)
	o.mu.lines[line] = append(o.mu.lines[line], s)
	if len(o.mu.lines[line]) == 1 {
		o.tasks.Go(func() { o.work(line) })
	}
}

// own stores and begins an operation that no machine asked for, unless one with its key is under way.
func (o *operations) own(s market.Submission) error {
	o.mu.Lock()
	known := slices.ContainsFunc(o.mu.lines[lineOf(s.Key)], func(l market.Submission) bool { return l.Key == s.Key })
	o.mu.Unlock()
	if known {
		return nil
	}
	raw, err := encodeOp(s.Op)
	if err != nil {
		return err
	}
	b := o.store.batch()
	b.put(tableOp+string(s.Key), raw)
	if err := b.commit(true); err != nil {
		return err
	}
	o.add(s)
	return nil
}

// waiting returns the number of operations that are not done.
func (o *operations) waiting() (n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, l := range o.mu.lines {
		n += len(l)
	}
	return n
}

// wait returns when nothing is under way any more; the context must have ended.
func (o *operations) wait() {
	o.mu.Lock()
	o.mu.closed = true
	o.mu.Unlock()
	o.tasks.Wait()
}

// work does the operations of one job until none is left.
func (o *operations) work(line string) {
	retry := backoff{min: 100 * time.Millisecond, max: 15 * time.Second}
	for o.ctx.Err() == nil {
		o.mu.Lock()
		s := o.mu.lines[line][0]
		o.mu.Unlock()

		done, err := o.attempt(s)
		if o.ctx.Err() == nil {
			o.note(s.Key, done, err)
		}
		if err == nil && o.finish(s, done) != nil {
			return // the loop has ended; the next run does it again, which is harmless
		}
		o.mu.Lock()
		queue := o.mu.lines[line][1:]
		if err != nil {
			queue = append(queue, s) // what it waits for may be behind it, and it must not keep a refund from the chain
		}
		o.mu.lines[line] = queue
		if len(queue) == 0 {
			delete(o.mu.lines, line)
			o.mu.Unlock()
			return
		}
		o.mu.Unlock()
		if err == nil {
			retry.reset()
			continue
		}
		o.log.Debug("Settlement operation not done yet", "key", s.Key, "err", err)
		if !retry.wait(o.ctx, nil) {
			return
		}
	}
}

// attempt tries an operation once. An error means that it is to be tried again.
func (o *operations) attempt(s market.Submission) (market.OpDone, error) {
	done := market.OpDone{Key: s.Key}
	if err := o.slots.Acquire(o.ctx, 1); err != nil {
		return done, err
	}
	defer o.slots.Release(1)
	kind, _, _ := strings.Cut(string(s.Key), "/")
	why := o.batches.held(o.ctx, s.Op)
	if why == "" && kind != topUpKind { // which was worth it to this node when it was made
		if why = o.thrift.held(o.ctx, s.Op); why != "" {
			o.batches.offer(s.Op.(market.Claim).Job)
		}
	}
	if why != "" {
		// The machine makes another claim after a turn, with what is certified by then.
		done.Refused, done.Held = why, true
		o.metrics.operations.WithLabelValues(kind, "held").Inc()
		o.log.Info("Claim waits", "job", lineOf(s.Key), "why", why)
		return done, nil
	}
	if o.defend != nil {
		why, err := o.defend(o.ctx, s.Op)
		if err != nil {
			return done, err
		}
		if why != "" {
			done.Refused = why
			o.metrics.operations.WithLabelValues(kind, "defended").Inc()
			o.log.Info("Nobody is convicted", "job", lineOf(s.Key), "why", why)
			return done, nil
		}
	}
	receipt, err := o.settlement.Submit(o.ctx, s.Op)
	switch {
	case err == nil:
		done.Receipt = receipt
		o.metrics.operations.WithLabelValues(kind, "ok").Inc()
		o.log.Info("Settled on chain", "operation", kind, "job", lineOf(s.Key), "tx", receipt.Tx, "height", receipt.Height)
	case errors.Is(err, chain.ErrRefused) || errors.Is(err, chain.ErrFunds) && kind == "lock":
		// Money for a claim or a slash may still come: it is worth waiting for.
		done.Refused = err.Error()
		o.metrics.operations.WithLabelValues(kind, "refused").Inc()
		o.log.Info("Refused by the chain", "operation", kind, "job", lineOf(s.Key), "err", err)
	default:
		o.metrics.operations.WithLabelValues(kind, "again").Inc()
		return done, err
	}
	return done, nil
}

// finish tells the machine, and forgets the operation in the same write.
func (o *operations) finish(s market.Submission, done market.OpDone) error {
	outcome := make(chan error, 1)
	err := o.loop.post(o.ctx, input{
		event: done, drop: []string{tableOp + string(s.Key)}, done: func(err error) { outcome <- err },
	})
	if err != nil {
		return err
	}
	// The machine's own opinion, such as that the job is over, changes nothing here; only that it is durable counts.
	if err := o.loop.await(o.ctx, outcome); errors.Is(err, ErrStopped) || o.ctx.Err() != nil {
		return ErrStopped
	}
	return nil
}
