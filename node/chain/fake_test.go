package chain_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/chaintest"
	"gpumesh/poc"
)

func account(i int) poc.Account { return poc.Account(fmt.Sprintf("fake-account-%d", i)) }

func juror(i int) poc.Account { return poc.Account(fmt.Sprintf("fake-juror-%d", i)) }

func fakeEnv(slashBps uint32) func(*testing.T) chaintest.Env {
	return func(*testing.T) chaintest.Env { return fakeWith(slashBps) }
}

func fakeWith(slashBps uint32) chaintest.Env {
	f, skip := newFake(slashBps)
	return chaintest.Env{
		Open:   func(t *testing.T, i int) chain.Settlement { return f.As(account(i)) },
		Tokens: 1000 * market.NLOV,
		Now:    skip.now, Skip: func(t *testing.T, ms poc.Millis) { skip.at = skip.at.Add(ms) },
		Forget:   func(*testing.T) { f.Pass(memory + 1) },
		MinStake: 100*market.NLOV + 1, TopUp: topUp, Epoch: epoch, SlashBps: slashBps, RewardBps: 2_000, Treasury: "fake-treasury",
		Verify: func(t *testing.T, a poc.Account, verified bool) { f.SetVerified(a, verified) },
		Court:  chain.FakeCourt,
		Jurors: func(t *testing.T) (out []chain.Court) {
			for i := range jurors {
				s := f.As(juror(i))
				_, err := s.Submit(t.Context(), market.Register{Peer: poc.PeerID{byte(i + 1)}, Stake: 100*market.NLOV + 1})
				require.NoError(t, err)
				c := s.(chain.Court)
				require.ErrorIs(t, c.JoinArbiters(t.Context()), chain.ErrRefused, "not verified")
				f.SetVerified(juror(i), true)
				require.NoError(t, c.JoinArbiters(t.Context()))
				out = append(out, c)
			}
			return out
		},
	}
}

const (
	jurors = 6
	topUp  = 2_000
	epoch  = 3_600_000
	memory = 100 // blocks
)

type clock struct{ at poc.Time }

func (c *clock) now() poc.Time { return c.at }

func newFake(slashBps uint32) (*chain.Fake, *clock) {
	c := &clock{1_700_000_000_000}
	balances := map[poc.Account]market.Amount{}
	for i := range chaintest.Accounts {
		balances[account(i)] = 1000 * market.NLOV
	}
	for i := range jurors {
		balances[juror(i)] = 1000 * market.NLOV
	}
	return chain.NewFake(chain.FakeConfig{
		FeeBps: 100, MinStake: 100*market.NLOV + 1, TopUp: topUp, Epoch: epoch, SlashBps: slashBps, RewardBps: 2_000, Treasury: "fake-treasury", Balances: balances, Now: c.now, Memory: memory,
		Pool: chain.PoolTerms{Delay: 60_000, Most: 100 * market.NLOV}, Court: chain.CourtTerms{Window: 25_000, Deposit: 5 * market.NLOV, Quorum: 4},
	}), c
}

func TestFake(t *testing.T) { chaintest.Run(t, fakeEnv(5_000)) }

func TestFakeTakesAll(t *testing.T) { chaintest.Convictions(t, fakeEnv(market.FeeBase)) }

func TestFakeFaults(t *testing.T) {
	f, _ := newFake(5_000)
	s := f.As(account(0))
	ctx := context.Background()
	op := market.Register{Peer: poc.PeerID{1}, Stake: 5}
	boom := errors.New("boom")

	f.FailNext(chain.Fault{Err: boom}, chain.Fault{Err: boom, After: true})
	_, err := s.Submit(ctx, op)
	require.ErrorIs(t, err, boom)
	st, err := s.Standing(ctx, s.Account())
	require.NoError(t, err)
	require.False(t, st.Registered, "failed before it took effect")

	_, err = s.Submit(ctx, op)
	require.ErrorIs(t, err, boom)
	st, err = s.Standing(ctx, s.Account())
	require.NoError(t, err)
	require.True(t, st.Registered, "took effect, and the answer was lost")

	r, err := s.Submit(ctx, op)
	require.NoError(t, err)
	require.Empty(t, r.Tx)
}

func TestFakeGate(t *testing.T) {
	f, _ := newFake(5_000)
	s := f.As(account(0))
	gate := make(chan struct{})
	f.Gate(gate)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() {
		_, err := s.Submit(ctx, market.Register{Peer: poc.PeerID{1}, Stake: 5})
		done <- err
	}()
	select {
	case err := <-done:
		t.Fatal("the gate let it through:", err)
	case gate <- struct{}{}:
	}
	require.NoError(t, <-done)

	go func() {
		_, err := s.Submit(ctx, market.Register{Peer: poc.PeerID{1}, Stake: 6})
		done <- err
	}()
	cancel()
	require.ErrorIs(t, <-done, context.Canceled)
}

// Two ledgers that see the same operations say the same.
func TestFakeIsDeterministic(t *testing.T) {
	var beacons []market.Beacon
	for range 2 {
		f, c := newFake(5_000)
		s := f.As(account(0))
		terms := market.Terms{Tasks: 1, Quorum: 1, Replicas: 1, MaxPrice: 10, Budget: 20, Expiry: c.at + 1}
		seating := market.Seating{Seats: []market.Seat{{Account: account(1), Ask: 10, Weight: 1}}, Candidates: 1}
		_, err := s.Submit(context.Background(), market.LockEscrow{Job: poc.Hash{1}, Terms: terms})
		require.NoError(t, err)
		_, err = s.Submit(context.Background(), market.AnchorAward{Job: poc.Hash{1}, Award: poc.Hash{2}, Seating: seating})
		require.NoError(t, err)
		b, err := s.Beacon(context.Background(), poc.Hash{1}, poc.Hash{2}, seating)
		require.NoError(t, err)
		beacons = append(beacons, b)
	}
	require.Equal(t, beacons[0], beacons[1])
}

// TestRecordsAge: what a worker was paid for counts half after every epoch, and everybody who asks in one epoch is told the same.
func TestRecordsAge(t *testing.T) {
	c := &clock{1_700_000_000_000}
	f := chain.NewFake(chain.FakeConfig{
		MinStake: 1, Epoch: 1_000, Balances: map[poc.Account]market.Amount{account(0): 100}, Now: c.now,
	})
	s := f.As(account(0))
	standing := func() market.Standing {
		st, err := s.Standing(context.Background(), s.Account())
		require.NoError(t, err)
		return st
	}
	_, err := s.Submit(context.Background(), market.Register{Peer: poc.PeerID{1}, Stake: 5})
	require.NoError(t, err)
	require.Nil(t, standing().Recent)
	f.Credit(account(0), 101)
	require.Equal(t, uint64(101), standing().Record())
	c.at = c.at.Add(999)
	require.Equal(t, uint64(101), standing().Record())
	c.at = c.at.Add(1)
	require.Equal(t, uint64(50), standing().Record())
	f.Credit(account(0), 3)
	require.Equal(t, uint64(53), standing().Record())
	c.at = c.at.Add(3_000)
	require.Equal(t, uint64(6), standing().Record())
	require.Equal(t, uint64(104), standing().Completed, "what was paid stays")
	_, err = s.Submit(context.Background(), market.Register{Peer: poc.PeerID{1}, Stake: 50})
	require.NoError(t, err)
	require.Equal(t, uint64(6), standing().Record(), "more stake makes no record younger")
	c.at = c.at.Add(1_000_000)
	require.Zero(t, standing().Record())
}
