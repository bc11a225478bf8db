package node

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/poc"
)

// heard is how many messages the nodes of a cluster have stepped.
func (c *cluster) heard() (n int) {
	for _, tn := range c.nodes {
		for _, outcome := range []string{"ok", "refused"} {
			n += int(testutil.ToFloat64(tn.metrics.steps.WithLabelValues("Received", outcome)))
		}
	}
	return n
}

// TestUnits runs 256 tasks in units of 64: every task's result arrives at the owner, workers are paid per unit, and the receipt
// proves each task through its unit's document.
func TestUnits(t *testing.T) {
	c := newCluster(t, 5, patient)
	owner := c.nodes[0]
	const tasks, batch = 256, 64
	s, want := owner.draft(tasks)
	s.Batch, s.MaxPrice = batch, market.NLOV
	before, start := c.heard(), time.Now()
	id := c.submit(owner, s)
	v := owner.wait(id, "its end", over)
	n := c.heard() - before
	t.Logf("%d tasks in units of %d took %v and %d messages, %.2f per task", tasks, batch, time.Since(start), n, float64(n)/tasks)
	c.check(owner, v, want)
	require.Len(t, v.Units, tasks/batch)
	settled, err := c.fake.As(treasury).Settled(t.Context(), id, tasks/batch)
	require.NoError(t, err)
	for i, d := range settled {
		require.Equal(t, v.Units[i].Result.Digest(), d, "unit %d", i)
	}

	r, err := owner.Receipt(t.Context(), id)
	require.NoError(t, err)
	file, err := json.Marshal(r)
	require.NoError(t, err)
	r = Receipt{}
	require.NoError(t, json.Unmarshal(file, &r))
	require.Len(t, r.Proofs(), tasks/batch)
	for i, u := range r.Units {
		cert, err := poc.DecodeCertificate(u.Certificate.Block)
		require.NoError(t, err)
		results, err := market.UnpackBatch(cert.Result, u.Document.Block, batch)
		require.NoError(t, err)
		for k, one := range results {
			require.Equal(t, one.Digest(), *r.Tasks[i*batch+k].Digest)
		}
	}
	certified := 0
	for _, w := range r.Workers {
		require.Equal(t, market.Amount(w.Tasks)*w.Ask, w.Paid)
		certified += w.Tasks
	}
	require.GreaterOrEqual(t, certified, 2*tasks/batch)

	// Who asks a worker for a task's output finds it, as the unit's document leads to it.
	worker := c.nodes[1]
	for i := 2; i < len(c.nodes) && worker.Peer() != r.Units[0].Signers[0]; i++ {
		worker = c.nodes[i]
	}
	require.Equal(t, want[3], readOutput(t, worker, v, 3))
}

// TestMessagesOfUnits compares what a task costs in messages alone and in a unit of 64.
func TestMessagesOfUnits(t *testing.T) {
	c := newCluster(t, 5, patient)
	owner := c.nodes[0]
	const tasks = 64
	perJob := map[uint32]int{}
	for _, batch := range []uint32{1, tasks} {
		s, want := owner.draft(tasks)
		s.Batch = batch
		before := c.heard()
		v := owner.wait(c.submit(owner, s), "its end", over)
		perJob[batch] = c.heard() - before
		c.check(owner, v, want)
		t.Logf("in units of %d: %d messages, %.2f per task", batch, perJob[batch], float64(perJob[batch])/tasks)
	}
	require.Less(t, 8*perJob[tasks], perJob[1])
}

// TestUnitsSurviveCrashes crashes all nodes while a job in units runs, and once more before the owner has unpacked it.
func TestUnitsSurviveCrashes(t *testing.T) {
	t.Parallel()
	for name, at := range map[string]func(market.View) bool{
		"running":   state(market.Running),
		"certified": func(v market.View) bool { return v.Certified > 0 },
		"done":      over,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCluster(t, 4, nil)
			owner := c.nodes[0]
			s, want := owner.draft(16)
			s.Policy = poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 3}
			s.Batch = 8
			id := c.submit(owner, s)
			owner.wait(id, name, at)
			c.crash(c.nodes...)
			for i, tn := range c.nodes {
				if i > 0 {
					tn.cfg.Bootstrap = c.nodes[0].Addrs()
				}
				tn.start()
			}
			v := owner.wait(id, "its end", func(v market.View) bool { return over(v) && v.Units[0].Unpacked && v.Units[1].Unpacked })
			c.check(owner, v, want)
			r, err := owner.Receipt(t.Context(), id)
			require.NoError(t, err)
			require.NotNil(t, r.Units[1].Document)
		})
	}
}
