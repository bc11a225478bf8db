package node

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"

	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// What shows others which units of a job were audited, and who was to confirm them, is the secret of each member that its shares in the draws came from. Once a job
// is over its members tell it to whoever asks, and those who keep its receipt ask. It is a secret of that job only.

const (
	lotsName = "lots"

	lotsTime = 10 * time.Minute // for all members of a job: it may be over here a while before it is there
	maxLots  = 64               // jobs whose members are being asked
)

var lotsConfig = p2p.HandlerConfig{
	MaxRequest: 64, MaxResponse: 64, Timeout: 5 * time.Second, Rate: 5, Burst: 50, Concurrent: 8,
}

// lots gathers them. It is safe for concurrent use.
type lots struct {
	node  *Node
	log   *slog.Logger
	ctx   context.Context
	tasks sync.WaitGroup

	mu struct {
		sync.Mutex
		secrets map[poc.Hash][]poc.Hash // by seat
		asking  map[poc.Hash][]poc.Hash // what was said so far
		closed  bool
	}
}

func newLots(n *Node) (*lots, error) {
	l := &lots{node: n, log: n.log, ctx: n.ctx}
	l.mu.secrets, l.mu.asking = map[poc.Hash][]poc.Hash{}, map[poc.Hash][]poc.Hash{}
	var gone []string
	err := n.store.each(tableLots, func(name string, value []byte) error {
		var job poc.Hash
		var secrets []poc.Hash
		err := job.UnmarshalText([]byte(name))
		if _, known := n.loop.machine.Spec(job); err != nil || !known || poc.Decode(value, &secrets) != nil {
			gone = append(gone, name)
			return nil
		}
		l.mu.secrets[job] = secrets
		return nil
	})
	if err == nil && len(gone) > 0 {
		b := n.store.batch()
		for _, name := range gone {
			b.del(tableLots + name)
		}
		err = b.commit(false)
	}
	if err == nil {
		for _, job := range n.loop.machine.Jobs() {
			l.look(n.loop.machine, job)
		}
	}
	return l, err
}

// look asks the members of a job that is over, once. It does not wait, and is called by the loop.
func (l *lots) look(m *market.Machine, job poc.Hash) {
	own, over := m.Secret(job)
	l.mu.Lock()
	defer l.mu.Unlock()
	if !over || l.mu.secrets[job] != nil || l.mu.asking[job] != nil || l.mu.closed || len(l.mu.asking) >= maxLots {
		return
	}
	var gone []poc.Hash // jobs that this node has forgotten meanwhile
	for known := range l.mu.secrets {
		if _, ok := m.Spec(known); !ok {
			gone = append(gone, known)
			delete(l.mu.secrets, known)
		}
	}
	v, _ := m.View(job)
	secrets := make([]poc.Hash, len(v.Seats))
	l.mu.asking[job] = secrets
	l.tasks.Go(func() {
		l.gather(job, v.Seats, secrets, own)
		if l.ctx.Err() != nil { // it is done again
			return
		}
		value, err := poc.Encode(secrets)
		if err == nil {
			b := l.node.store.batch()
			b.put(tableLots+job.String(), value)
			for _, old := range gone {
				b.del(tableLots + old.String())
			}
			err = b.commit(true)
		}
		if err != nil {
			l.log.Error("The secrets of a job's members cannot be stored", "job", job.Short(), "err", err)
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.mu.asking, job)
		l.mu.secrets[job] = secrets
	})
}

// gather fills in the secrets of a job's members, by seat; zero: it could not be had.
func (l *lots) gather(job poc.Hash, seats []market.SeatView, secrets []poc.Hash, own poc.Hash) {
	ctx, cancel := context.WithTimeout(l.ctx, lotsTime)
	defer cancel()
	said := func(seat int, secret poc.Hash) {
		l.mu.Lock()
		defer l.mu.Unlock()
		secrets[seat] = secret
	}
	var g sync.WaitGroup
	for i, s := range seats {
		if s.Peer == l.node.self {
			said(i, own)
			continue
		}
		g.Go(func() {
			id, err := hostID(s.Peer)
			retry := backoff{min: 250 * time.Millisecond, max: 30 * time.Second}
			for err == nil {
				raw, failed := l.node.host.Request(ctx, id, lotsName, job[:])
				if failed == nil && len(raw) == len(own) {
					said(i, poc.Hash(raw))
					return
				}
				if !retry.wait(ctx, nil) {
					err = ctx.Err()
				}
			}
			l.log.Debug("A member of a job does not show what it drew by", "job", job.Short(), "peer", s.Peer, "err", err)
		})
	}
	g.Wait()
}

// of returns the secrets of a job's members as far as they are known, by seat.
func (l *lots) of(job poc.Hash) []poc.Hash {
	l.mu.Lock()
	defer l.mu.Unlock()
	if asking := l.mu.asking[job]; asking != nil {
		return slices.Clone(asking)
	}
	return slices.Clone(l.mu.secrets[job])
}

// answer tells this node's own, once nothing of the job can be drawn any more.
func (l *lots) answer(ctx context.Context, _ peer.ID, req []byte) ([]byte, error) {
	if len(req) != len(poc.Hash{}) {
		return nil, p2p.BadRequest("the request is no job")
	}
	var own poc.Hash
	over := false
	if err := l.node.loop.ask(ctx, func(m *market.Machine) { own, over = m.Secret(poc.Hash(req)) }); err != nil {
		return nil, p2p.Unavailable("stopping")
	}
	if !over {
		return nil, p2p.Unavailable("the job is not over here")
	}
	return own[:], nil
}

// wait returns when nobody is asked any more; the context must have ended.
func (l *lots) wait() {
	l.mu.Lock()
	l.mu.closed = true
	l.mu.Unlock()
	l.tasks.Wait()
}
