package node

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"

	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/peer"
	"golang.org/x/sync/semaphore"

	"gpumesh/gpu"
	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// comparePerPeer bounds the comparisons with one peer's results under way: each holds two chunks in memory. Who does not serve what it
// showed keeps nobody else waiting.
const comparePerPeer = 4

// comparisons looks at results of others where honest devices may differ in the last bits, or where they are checked. What cannot be had in time, or is not
// what was committed to, counts as different. It is safe for concurrent use.
type comparisons struct {
	content  *p2p.Content
	programs *programs
	runs     *executions
	checking *semaphore.Weighted // of products: each uses all cores
	prover   prover              // prove, unless the node is faulty
	loop     *loop
	self     poc.PeerID
	now      func() poc.Time
	log      *slog.Logger

	ctx   context.Context
	tasks sync.WaitGroup

	mu struct {
		sync.Mutex
		peers map[poc.PeerID]*turns
	}
}

// turns are those of one peer's comparisons.
type turns struct {
	*semaphore.Weighted
	users int // that hold or wait for one
}

// turn waits for one of a peer's turns.
func (c *comparisons) turn(ctx context.Context, p poc.PeerID) (release func(), err error) {
	c.mu.Lock()
	t := c.mu.peers[p]
	if t == nil {
		t = &turns{Weighted: semaphore.NewWeighted(comparePerPeer)}
		c.mu.peers[p] = t
	}
	t.users++
	c.mu.Unlock()
	leave := func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if t.users--; t.users == 0 {
			delete(c.mu.peers, p)
		}
	}
	if err := t.Acquire(ctx, 1); err != nil {
		leave()
		return nil, err
	}
	return func() { t.Release(1); leave() }, nil
}

// start compares, and does not wait. The machine bounds how many there are: at most two for each other seat of a task.
func (c *comparisons) start(q market.Compare) {
	if c.ctx.Err() != nil {
		return
	}
	c.tasks.Go(func() {
		ctx, cancel := context.WithTimeout(c.ctx, millis(poc.Millis(q.By-c.now())))
		defer cancel()
		d, err := c.compare(ctx, q)
		if c.ctx.Err() != nil {
			return // asked again after the restart
		}
		if err != nil {
			d = poc.Difference(fmt.Sprintf("its result could not be had: %v", err))
		}
		c.log.Debug("Results compared", "task", q.Ref, "peer", q.Peer, "whole", q.Whole, "difference", d)
		_ = c.loop.post(c.ctx, input{event: market.Compared{Ref: q.Ref, Compared: poc.Compared{Peer: q.Peer, Whole: q.Whole, Difference: d}}}) // fails only when the node stops
	})
}

// serve lets members fetch a result that this node has shown to them. Who was not shown it does not know its links.
func (c *comparisons) serve(link poc.Link) {
	if c.ctx.Err() != nil {
		return
	}
	c.tasks.Go(func() {
		if err := c.content.Publish(c.ctx, link.Cid); err != nil && c.ctx.Err() == nil {
			c.log.Warn("Result not served to the others", "cid", link, "err", err)
		}
	})
}

// wait returns when nothing is under way any more; the context must have ended.
func (c *comparisons) wait() { c.tasks.Wait() }

// compare says how another's result differs. The machine has seen that both have the same outputs.
func (c *comparisons) compare(ctx context.Context, q market.Compare) (poc.Difference, error) {
	release, err := c.turn(ctx, q.Peer)
	if err != nil {
		return "", err
	}
	defer release()
	report, err := c.programs.analyse(ctx, q.Program)
	if err != nil {
		return "", err
	}
	if len(report.Results) != len(q.Own.Outputs) || len(q.Theirs.Outputs) != len(q.Own.Outputs) {
		return "it has another number of outputs than the program emits", nil
	}
	from := hostIDs(q.From, c.self)
	for i, own := range q.Own.Outputs {
		theirs := q.Theirs.Outputs[i]
		if own.File == theirs.File && !q.Whole {
			continue
		}
		g := q.Comparator.Gauge(report.Results[i].Type == gpu.F32)
		var d poc.Difference
		if q.Whole {
			d, err = c.whole(ctx, g, theirs, own, from)
		} else {
			d, err = c.sample(ctx, g, q, theirs, own, from)
		}
		if err == nil && d == "" {
			d = g.Verdict()
		}
		if err != nil {
			return "", fmt.Errorf("output %q: %w", own.Name, err)
		}
		if d != "" {
			return poc.Difference(fmt.Sprintf("output %q: %s", own.Name, d)), nil
		}
	}
	if q.Whole {
		return "", c.keep(ctx, q.Ref, q.Theirs)
	}
	return "", nil
}

// keep pins a result that may stand for all, as who signs it has it.
func (c *comparisons) keep(ctx context.Context, ref poc.TaskRef, r poc.Result) error {
	doc, err := c.content.PutBlock(ctx, poc.MustEncode(r), cid.DagCBOR, p2p.Withheld)
	if err != nil {
		return err
	}
	return c.content.Pin(ctx, heldPin(ref, r.Digest()), doc)
}

// whole compares all of an output, which is here afterwards.
func (c *comparisons) whole(ctx context.Context, g *poc.Gauge, theirs, own poc.Output, from []peer.ID) (d poc.Difference, err error) {
	if n, err := c.content.Fetch(ctx, theirs.File.Cid, int64(theirs.Size), from...); err != nil {
		return "", err
	} else if n != int64(theirs.Size) {
		return poc.Difference(fmt.Sprintf("it has %d bytes and not %d", n, theirs.Size)), nil
	}
	a, err := c.content.Open(ctx, theirs.File.Cid, int64(theirs.Size))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	b, err := c.content.Open(ctx, own.File.Cid, int64(own.Size))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	read := func(r io.Reader) func([]byte) error {
		return func(b []byte) error { _, err := io.ReadFull(r, b); return err }
	}
	return g.AddAll(own.Size, read(a), read(b))
}

// sample compares some chunks of an output, and tells the gauge of the rest of this node's own.
func (c *comparisons) sample(ctx context.Context, g *poc.Gauge, q market.Compare, theirs, own poc.Output, from []peer.ID) (d poc.Difference, err error) {
	chunks := p2p.Chunks(int64(own.Size))
	picks := poc.Sample(outputSeed(q.Seed, own.Name), q.Ref, chunks, poc.Samples)
	for i, next := 0, 0; i < chunks; i++ {
		mine, err := c.content.Chunk(ctx, own.File.Cid, int64(own.Size), i)
		if err != nil {
			return "", err
		}
		if next == len(picks) || picks[next] != i {
			if err := g.Rest(mine); err != nil {
				return "", err
			}
			continue
		}
		next++
		chunk, err := c.content.Chunk(ctx, theirs.File.Cid, int64(theirs.Size), i, from...)
		if err != nil {
			return "", err
		}
		if d, err := g.Add(chunk, mine); d != "" || err != nil {
			return d, err
		}
	}
	return "", nil
}

// outputSeed draws other chunks of every output.
func outputSeed(seed poc.Hash, output string) poc.Hash {
	return poc.Leaf(bytes.Join([][]byte{seed[:], []byte(output)}, nil))
}

func newComparisons(n *Node) *comparisons {
	c := &comparisons{content: n.host.Content(), programs: n.programs, runs: n.runs, checking: semaphore.NewWeighted(1), loop: n.loop, self: n.self, now: n.now, log: n.log, ctx: n.ctx}
	c.prover = n.faults.proves(c.prove)
	c.mu.peers = map[poc.PeerID]*turns{}
	return c
}
