package node

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/poc"
)

// TestPricedByRisk runs a job among newcomers, of whom all must compute everything, and then the same among those who have a
// record by then, of whom one does but for audits. Everything is certified by a quorum of the candidates, who need not compute.
func TestPricedByRisk(t *testing.T) {
	t.Parallel()
	c := newCluster(t, 5, patient)
	owner := c.nodes[0]
	policy, err := poc.ForRisk(100_000, 0)
	require.NoError(t, err)
	require.Equal(t, 4, policy.Candidates())
	const tasks = 24
	replicas := func() (n int) {
		s, want := owner.draft(tasks)
		s.Policy = policy
		id := c.submit(owner, s)
		v := owner.wait(id, "its end", over)
		c.check(owner, v, want)
		c.paid(v)
		r, err := owner.Receipt(t.Context(), id)
		require.NoError(t, err)
		for _, w := range r.Workers {
			require.Equal(t, market.Amount(w.Tasks)*w.Ask, w.Paid)
			n += w.Tasks
		}
		for _, k := range r.Tasks {
			require.GreaterOrEqual(t, len(k.Signers), int(policy.Quorum))
		}
		return n
	}
	require.Equal(t, tasks*4, replicas(), "newcomers count one bit each")

	ads, err := owner.Market(t.Context())
	require.NoError(t, err)
	credits, err := owner.Backed(t.Context(), ads)
	require.NoError(t, err)
	require.Len(t, credits, 4, "not its own")
	for _, credit := range credits {
		require.GreaterOrEqual(t, credit, poc.Need(policy.MaxError), "one of them is enough")
	}
	n := replicas()
	t.Logf("%d tasks took %d replicas of newcomers and %d of known workers", tasks, 4*tasks, n)
	require.GreaterOrEqual(t, n, tasks)
	require.Less(t, n, 2*tasks, "a quarter is audited")

	// Once it is over everybody finds from the members' secrets which units were audited, after a restart as well.
	jobs, err := owner.Jobs(t.Context())
	require.NoError(t, err)
	id := jobs[1].ID
	for range 2 {
		for _, tn := range c.nodes {
			c.until(func() bool {
				r, err := tn.Receipt(t.Context(), id)
				return err == nil && len(r.Secrets) == 4 && !slices.Contains(r.Secrets, poc.Hash{})
			}, "the secrets of all members at "+string(tn.account))
			rep, err := tn.Reputation(t.Context())
			require.NoError(t, err)
			audited := 0
			for _, r := range rep.Records {
				audited += int(r.Audited)
			}
			require.Equal(t, n-tasks, audited)
		}
		owner.stop()
		owner.start()
	}
	_, err = c.nodes[1].lots.answer(t.Context(), "", make([]byte, 32))
	require.Error(t, err, "a job that is not over, or unknown")

	// What was said of jobs that are forgotten goes with the next one.
	old, l := poc.Hash{1}, owner.lots
	l.mu.Lock()
	l.mu.secrets[old] = []poc.Hash{{2}}
	l.mu.Unlock()
	replicas()
	c.until(func() bool { return l.of(old) == nil }, "that it is forgotten")
}

// TestNobodyAgrees: all workers answer at random. The owner, who sees no answer, learns of it from them and not by its deadline.
func TestNobodyAgrees(t *testing.T) {
	c := newCluster(t, 4, func(i int, tn *testNode) {
		if i > 0 {
			tn.cfg.Fault = FaultGarbage
		}
	})
	owner := c.nodes[0]
	s, _ := owner.draft(1)
	s.Policy = poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 3, Standby: 1}
	v := owner.wait(c.submit(owner, s), "the failure of its task", func(v market.View) bool { return len(v.Tasks) > 0 && v.Tasks[0].Failure != nil })
	require.Equal(t, poc.FailNoQuorum, v.Tasks[0].Failure.Code)
	require.Contains(t, v.Tasks[0].Failure.Reason, "of the 3 replicas that answered say that their results do not agree")
	require.Contains(t, strings.Join(v.Explain, "\n"), "say that their results do not agree")
	require.Less(t, poc.Time(time.Now().UnixMilli()), s.Deadline, "long before")
}

// A liar among newcomers is outweighed and earns nothing.
func TestPricedLiar(t *testing.T) {
	t.Parallel()
	c := newCluster(t, 6, func(i int, tn *testNode) {
		if i == 5 {
			tn.cfg.Fault = FaultLie
		}
	})
	owner := c.nodes[0]
	// Four honest newcomers outweigh one liar, as odds of 7 to 1 take less than 3 bits.
	policy := poc.Policy{Replicas: 1, Quorum: 4, MaxReplicas: 5, Standby: 4, MaxError: 126_000}
	s, want := owner.draft(4)
	s.Policy = policy
	v := owner.wait(c.submit(owner, s), "its end", over)
	c.check(owner, v, want)
	require.Zero(t, c.paid(v)[account(5)])
}
