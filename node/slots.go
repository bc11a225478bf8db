package node

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"

	"gpumesh/poc"
)

// slots are shared by accounts, so that none takes all of them. It is safe for concurrent use.
type slots struct {
	all  *semaphore.Weighted
	each int64

	mu struct {
		sync.Mutex
		accounts map[poc.Account]*share
	}
}

// share is what one account has of the slots.
type share struct {
	slots *semaphore.Weighted
	users int // that hold or await one
}

func newSlots(all, each int64) *slots {
	s := &slots{all: semaphore.NewWeighted(all), each: each}
	s.mu.accounts = map[poc.Account]*share{}
	return s
}

// use calls f with a slot of the account's. The error is the context's, or f's.
func (s *slots) use(ctx context.Context, account poc.Account, f func() error) error {
	s.mu.Lock()
	own := s.mu.accounts[account]
	if own == nil {
		own = &share{slots: semaphore.NewWeighted(s.each)}
		s.mu.accounts[account] = own
	}
	own.users++
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if own.users--; own.users == 0 {
			delete(s.mu.accounts, account)
		}
	}()
	if err := own.slots.Acquire(ctx, 1); err != nil { // who waits for its own share holds nothing of others
		return err
	}
	defer own.slots.Release(1)
	if err := s.all.Acquire(ctx, 1); err != nil {
		return err
	}
	defer s.all.Release(1)
	return f()
}
