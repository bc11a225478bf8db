package node

import (
	"context"
	"math/rand/v2"
	"time"
)

// backoff spaces out retries: each wait is twice the last one, within bounds, with a random quarter taken off so that nodes
// that failed together do not return together.
type backoff struct {
	min, max time.Duration
	last     time.Duration
}

func (b *backoff) next() time.Duration {
	b.last = min(max(2*b.last, b.min), b.max)
	return b.last - time.Duration(rand.Int64N(int64(b.last)/4+1))
}

func (b *backoff) reset() { b.last = 0 }

// wait waits for the next retry, or until wake or ctx. It reports whether to go on.
func (b *backoff) wait(ctx context.Context, wake <-chan struct{}) bool {
	t := time.NewTimer(b.next())
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-wake:
		return true
	case <-ctx.Done():
		return false
	}
}
