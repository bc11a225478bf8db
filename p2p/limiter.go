package p2p

import (
	"context"
	"math"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/libp2p/go-libp2p/core/peer"
	"golang.org/x/time/rate"
)

// trackedPeers bounds every table below. A peer that falls out starts anew, which costs an attacker one fresh identity and
// one connection each time.
const trackedPeers = 4096

// limiter holds one token bucket per peer.
type limiter struct {
	limit rate.Limit
	burst int
	mu    struct {
		sync.Mutex
		buckets *lru.Cache[peer.ID, *rate.Limiter]
	}
}

// newLimiter admits perSecond events of each peer, and burst of them at once.
func newLimiter(perSecond float64, burst int) *limiter {
	l := &limiter{limit: rate.Limit(perSecond), burst: burst}
	l.mu.buckets = newLRU[peer.ID, *rate.Limiter](trackedPeers)
	return l
}

func (l *limiter) allow(p peer.ID) bool {
	l.mu.Lock()
	b, ok := l.mu.buckets.Get(p)
	if !ok {
		b = rate.NewLimiter(l.limit, l.burst)
		l.mu.buckets.Add(p, b)
	}
	l.mu.Unlock()
	return b.Allow()
}

// newLRU panics only on a size that is not positive; sizes are constants or validated.
func newLRU[K comparable, V any](size int) *lru.Cache[K, V] {
	c, err := lru.New[K, V](size)
	if err != nil {
		panic(err)
	}
	return c
}

// penalties holds one number per peer that halves every half-life.
type penalties struct {
	halfLife time.Duration
	now      func() time.Time
	mu       struct {
		sync.Mutex
		of *lru.Cache[peer.ID, penalty]
	}
}

type penalty struct {
	value float64
	at    time.Time
}

func newPenalties(halfLife time.Duration) *penalties {
	t := &penalties{halfLife: halfLife, now: time.Now}
	t.mu.of = newLRU[peer.ID, penalty](trackedPeers)
	return t
}

func (t *penalties) add(p peer.ID, value float64) {
	now := t.now()
	t.mu.Lock()
	defer t.mu.Unlock()
	old, _ := t.mu.of.Get(p)
	t.mu.of.Add(p, penalty{value: t.decayed(old, now) + value, at: now})
}

func (t *penalties) get(p peer.ID) float64 {
	now := t.now()
	t.mu.Lock()
	defer t.mu.Unlock()
	old, ok := t.mu.of.Peek(p)
	if !ok {
		return 0
	}
	return t.decayed(old, now)
}

func (t *penalties) decayed(old penalty, now time.Time) float64 {
	if old.value == 0 {
		return 0
	}
	return old.value * math.Exp2(-float64(now.Sub(old.at))/float64(t.halfLife))
}

// peerSlots bounds how much one peer does at once. Only peers that do something have an entry.
type peerSlots struct {
	perPeer int
	mu      *struct {
		sync.Mutex
		of map[peer.ID]*slots
	}
}

type slots struct {
	places chan struct{}
	users  int // running or waiting
}

func newPeerSlots(perPeer int) peerSlots {
	s := peerSlots{perPeer: perPeer, mu: new(struct {
		sync.Mutex
		of map[peer.ID]*slots
	})}
	s.mu.of = make(map[peer.ID]*slots)
	return s
}

// acquire waits for one of the peer's places.
func (s peerSlots) acquire(ctx context.Context, p peer.ID) error {
	s.mu.Lock()
	e := s.mu.of[p]
	if e == nil {
		e = &slots{places: make(chan struct{}, s.perPeer)}
		s.mu.of[p] = e
	}
	e.users++
	s.mu.Unlock()
	select {
	case e.places <- struct{}{}:
		return nil
	case <-ctx.Done():
		s.drop(p, e)
		return ctx.Err()
	}
}

func (s peerSlots) release(p peer.ID) {
	s.mu.Lock()
	e := s.mu.of[p]
	s.mu.Unlock()
	<-e.places
	s.drop(p, e)
}

func (s peerSlots) drop(p peer.ID, e *slots) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e.users--; e.users == 0 {
		delete(s.mu.of, p)
	}
}
