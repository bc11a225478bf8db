package node

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/poc"
)

// seated reports whether an account is in a job's panel, and its place.
func seated(v market.View, a poc.Account) bool {
	return slices.ContainsFunc(v.Seats, func(s market.SeatView) bool { return s.Account == a })
}

func state(s market.State) func(market.View) bool {
	return func(v market.View) bool { return v.State >= s }
}

// everybody makes all four providers of a five-node cluster compute every task, so that a bad one is always among them.
func everybody(s market.Spec) market.Spec {
	s.Policy = poc.Policy{Replicas: 4, Quorum: 3, MaxReplicas: 4}
	return s
}

func TestLiarIsUnpaidAndSlashed(t *testing.T) {
	t.Parallel()
	for _, fault := range []Fault{FaultLie, FaultGarbage} {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			c := newCluster(t, 5, func(i int, tn *testNode) {
				if i == 4 {
					tn.cfg.Fault = fault
				}
			})
			owner := c.nodes[0]
			s, want := owner.draft(2)
			id := c.submit(owner, everybody(s))
			v := owner.wait(id, "its end", over)
			c.check(owner, v, want)
			pays := c.paid(v)
			require.Zero(t, pays[account(4)])
			for _, honest := range []int{1, 2, 3} {
				require.NotZero(t, pays[account(honest)])
			}
			c.until(func() bool {
				st, err := c.fake.As(treasury).Standing(t.Context(), account(4))
				require.NoError(t, err)
				return st.Faults == 2
			}, "the slash of both lies")
			r, err := owner.Receipt(t.Context(), id)
			require.NoError(t, err)
			require.NotEmpty(t, r.Tasks[0].Certificate.Block)
		})
	}
}

// Work that comes after the time at which a job says that it is due is paid less, as the certificates say, and the receipt shows it.
func TestLateWorkIsPaidLess(t *testing.T) {
	t.Parallel()
	c := newCluster(t, 5, nil)
	owner := c.nodes[0]
	s, want := owner.draft(2)
	s = everybody(s)
	s.Due, s.LateBps = 1, 2_500 // before it began: nobody is in time
	id := c.submit(owner, s)
	v := owner.wait(id, "its end", over)
	c.check(owner, v, want)
	pays := c.paid(v)
	r, err := owner.Receipt(t.Context(), id)
	require.NoError(t, err)
	require.Len(t, r.Workers, 4)
	for _, w := range r.Workers {
		require.Equal(t, w.Tasks, w.Late)
		require.Equal(t, market.Amount(w.Tasks)*w.Ask.Graded(true, 0, 2_500), pays[w.Account])
		require.Equal(t, w.Paid, pays[w.Account])
	}
	require.Equal(t, r.Escrow.Locked, r.Escrow.Paid+r.Escrow.Fees+r.Escrow.Refunded)
	require.Contains(t, strings.Join(v.Explain, "\n"), "is paid 25 % less")
}

func TestCopierEarnsNothing(t *testing.T) {
	t.Parallel()
	c := newCluster(t, 5, func(i int, tn *testNode) {
		tn.cfg.Network.Poc.SealTimeout = 3_000 // what it commits to counts for nobody
		if i == 4 {
			tn.cfg.Fault = FaultCopy
		}
	})
	owner := c.nodes[0]
	s, want := owner.draft(2)
	id := c.submit(owner, everybody(s))
	v := owner.wait(id, "its end", over)
	c.check(owner, v, want)
	require.Zero(t, c.paid(v)[account(4)])
}

func TestWithheldRevealEarnsNothing(t *testing.T) {
	t.Parallel()
	c := newCluster(t, 5, func(i int, tn *testNode) {
		tn.cfg.Network.Poc.RevealTimeout = 5_000
		if i == 4 {
			tn.cfg.Fault = FaultNoReveal
		}
	})
	owner := c.nodes[0]
	s, want := owner.draft(1)
	id := c.submit(owner, everybody(s))
	v := owner.wait(id, "its end", over)
	c.check(owner, v, want)
	require.Zero(t, c.paid(v)[account(4)])
}

func TestOwnerLeavesAfterAward(t *testing.T) {
	t.Parallel()
	hold := make(chan struct{})
	c := newCluster(t, 5, func(i int, tn *testNode) { tn.runner.hold = hold })
	owner := c.nodes[0]
	s, _ := owner.draft(3)
	id := c.submit(owner, s)
	worker := c.nodes[1]
	owner.wait(id, "running", state(market.Running))
	c.until(func() bool {
		v, err := worker.Job(t.Context(), id)
		return err == nil && v.State >= market.Running
	}, "the worker to run")
	owner.stop()
	close(hold)
	v := worker.wait(id, "its end", over)
	require.Equal(t, market.Done, v.State, "%v", v.Explain)
	require.NotEmpty(t, c.paid(v))
}

func TestWorkerVanishesMidTask(t *testing.T) {
	t.Parallel()
	c := newCluster(t, 5, func(i int, tn *testNode) {
		tn.cfg.Network.LeaseTTL = 8_000
		if i == 4 {
			tn.cfg.Fault = FaultVanish
		}
	})
	owner := c.nodes[0]
	s, want := owner.draft(1)
	s.Policy = poc.Policy{Replicas: 3, Quorum: 3, MaxReplicas: 4, Standby: 1}
	// Whether the vanishing worker is drawn for a task is chance, three in four, so bid until it was.
	for range 30 {
		id := c.submit(owner, s)
		v := owner.wait(id, "running", state(market.Running))
		require.True(t, seated(v, account(4)))
		if slices.Contains(v.Tasks[0].Holders, c.nodes[4].Peer()) {
			<-c.nodes[4].exits
			c.nodes[4].stop()
			v = owner.wait(id, "its end", over)
			c.check(owner, v, want)
			require.Zero(t, c.paid(v)[account(4)])
			return
		}
		c.check(owner, owner.wait(id, "its end", over), want)
	}
	t.Fatal("the worker was drawn in none of 30 jobs")
}

func TestSlowWorkerIsReplaced(t *testing.T) {
	t.Parallel()
	c := newCluster(t, 5, func(i int, tn *testNode) {
		tn.cfg.Network.LeaseTTL = 8_000
		if i == 4 {
			tn.cfg.Fault = FaultSlow
		}
	})
	owner := c.nodes[0]
	s, want := owner.draft(4)
	s.Policy = poc.Policy{Replicas: 3, Quorum: 3, MaxReplicas: 4, Standby: 1}
	id := c.submit(owner, s)
	v := owner.wait(id, "its end", over)
	c.check(owner, v, want)
	require.Zero(t, c.paid(v)[account(4)])
}

// TestEveryNodeCrashes crashes all nodes at once, at several points of a job's life, and loses what was not synced.
func TestEveryNodeCrashes(t *testing.T) {
	for _, p := range []struct {
		name string
		hold bool // no program ends before the crash
		at   func(market.View) bool
	}{
		{"locking", true, state(market.Locking)},
		{"bidding", true, state(market.Bidding)},
		{"anchoring", true, state(market.Anchoring)},
		{"running", true, state(market.Running)},
		{"certified", false, func(v market.View) bool { return v.Certified > 0 }},
		{"settling", false, state(market.Settling)},
	} {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			c := newCluster(t, 4, func(_ int, tn *testNode) {
				if p.hold {
					tn.runner.hold = make(chan struct{})
				}
			})
			owner := c.nodes[0]
			s, want := owner.draft(3)
			s.Policy = poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 3}
			id := c.submit(owner, s)
			owner.wait(id, p.name, p.at)
			c.crash(c.nodes...)
			for i, tn := range c.nodes {
				tn.runner.hold = nil
				if i > 0 {
					tn.cfg.Bootstrap = c.nodes[0].Addrs()
				}
				tn.start()
			}
			v := owner.wait(id, "its end", over)
			c.check(owner, v, want)
			c.paid(v)
		})
	}
}

// TestWorkersCrashInTurn crashes each worker once while a job with many tasks runs; the others are there all the time.
func TestWorkersCrashInTurn(t *testing.T) {
	c := newCluster(t, 5, nil)
	owner := c.nodes[0]
	s, want := owner.draft(60)
	id := c.submit(owner, s)
	for i, tn := range c.nodes[1:] {
		owner.wait(id, "some certificates", func(v market.View) bool { return v.Certified > 5*i || v.State > market.Running })
		c.crash(tn)
		tn.cfg.Bootstrap = owner.Addrs()
		tn.start()
	}
	v := owner.wait(id, "its end", over)
	c.check(owner, v, want)
	c.paid(v)
}

func TestHundredTasksAndAnotherJobAtOnce(t *testing.T) {
	c := newCluster(t, 5, nil)
	owner, other := c.nodes[0], c.nodes[1]
	s, want := owner.draft(100)
	s2, want2 := other.draft(5)
	start := time.Now()
	id, id2 := c.submit(owner, s), c.submit(other, s2)
	v2 := other.wait(id2, "its end", over)
	v := owner.wait(id, "its end", over)
	t.Logf("100 tasks took %v, certified after %d ms", time.Since(start), v.Times.Certified-v.Times.Submitted)
	c.check(owner, v, want)
	c.check(other, v2, want2)
	c.paid(v)
	c.paid(v2)
}

func TestTasksThatNeedOthers(t *testing.T) {
	t.Parallel()
	c := newCluster(t, 4, nil)
	owner := c.nodes[0]
	s, _ := owner.draft(3)
	s.Policy = poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 3}
	for i := 1; i < 3; i++ {
		s.Tasks[i].Inputs[0].Parts = []market.Part{{From: &market.From{Task: uint32(i - 1), Output: "y"}, Size: 256}}
	}
	id := c.submit(owner, s)
	v := owner.wait(id, "its end", over)
	require.Equal(t, market.Done, v.State, "%v", v.Explain)
	prog, block := testProgram(t)
	in := append([]byte{}, readOutput(t, owner, v, 0)...)
	for i := 1; i < 3; i++ {
		out, err := compute(prog, block, uint64(i), func(string) ([]byte, error) { return in, nil })
		require.NoError(t, err)
		require.Equal(t, out["y"], readOutput(t, owner, v, i))
		in = out["y"]
	}
}

func TestSubmitRefusesInOneSentence(t *testing.T) {
	c := newCluster(t, 1, nil)
	owner := c.nodes[0]
	ctx := t.Context()
	for name, tc := range map[string]struct {
		change func(*market.Spec)
		want   string
	}{
		"balance": {func(s *market.Spec) { s.MaxPrice = testFunds / 4 }, "has 999900 NLOV and the job needs"},
		"budget":  {func(s *market.Spec) { s.Budget = 1 }, "and the job can cost"},
		"input":   {func(s *market.Spec) { s.Tasks[0].Inputs = nil }, `input "x" is missing`},
		"size":    {func(s *market.Spec) { s.Tasks[0].Inputs[0].Parts[0].Size = 128 }, "has 128 bytes; the program needs 256"},
		"output":  {func(s *market.Spec) { s.Tasks[0].Outputs[0].Name = "z" }, `the program emits "y"`},
		"program": {func(s *market.Spec) { s.Tasks[0].Program = poc.BlockLink([]byte("nothing")) }, "is not in this node's content store"},
	} {
		s, _ := owner.draft(1)
		tc.change(&s)
		_, err := owner.Submit(ctx, s)
		require.ErrorContains(t, err, tc.want, name)
	}
	vs, err := owner.Jobs(ctx)
	require.NoError(t, err)
	require.Empty(t, vs)
	_, err = owner.Job(ctx, poc.Hash{1})
	require.True(t, errors.Is(err, ErrUnknownJob))
}
