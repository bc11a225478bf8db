package jobfile

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/poc"
)

// TestUnitPrice: a stated price is that of a task, however many tasks make a unit.
func TestUnitPrice(t *testing.T) {
	const text = `name: j
programs:
  p:
    wgsl: |
      @group(0) @binding(0) var<storage, read_write> y: array<u32>;
      @compute @workgroup_size(4)
      fn main(@builtin(global_invocation_id) id: vec3<u32>) { y[id.x] = id.x; }
    buffers: {y: {kind: output, type: u32, shape: [4]}}
    step: [{dispatch: main, threads: [4]}]
tasks: [{name: t, program: p, repeat: 256}]
`
	load := func(more string) *Job {
		path := filepath.Join(t.TempDir(), "job.yaml")
		require.NoError(t, os.WriteFile(path, []byte(text+more), 0o600))
		j, err := Load(path, Options{})
		require.NoError(t, err)
		return j
	}
	const price = "price: {perReplica: 0.001}\n"
	for more, batch := range map[string]int{"": 64, "batch: 1\n": 1, "batch: 128\n": 128} {
		j := load(price + more)
		units := j.Units(256)
		require.Equal(t, 256/batch, units)
		unit, ok := j.UnitPrice()
		require.True(t, ok)
		require.Equal(t, market.NLOV/1000*market.Amount(batch), unit, more)
		require.Equal(t, market.NLOV/1000*256, unit*market.Amount(units), "%q: the same file costs the same", more)
		require.Equal(t, DefaultDishonest, j.Dishonest)
	}
	none := load("")
	none.Units(256)
	unit, ok := none.UnitPrice()
	require.True(t, ok && unit == 0, "it is not stated")

	for text, fits := range map[string]bool{"144115188.075855871": true, "144115188.075855872": false} { // 2^57 base units x 128 are too many
		j := load("batch: 128\nprice: {perReplica: " + text + "}\n")
		j.Units(256)
		_, ok := j.UnitPrice()
		require.Equal(t, fits, ok, text)
	}
}

// TestRisk: every kind of policy says in one sentence how many certify, and how often so many collude.
func TestRisk(t *testing.T) {
	near, err := poc.ForQuorum(poc.Tolerance, 10_000, 200)
	require.NoError(t, err)
	priced, assumed, err := Priced("1%", "10%")
	require.NoError(t, err)
	require.Equal(t, 100, assumed)
	_, usual, err := Priced("1%", "")
	require.NoError(t, err)
	require.Equal(t, DefaultDishonest, usual)
	for _, c := range []struct {
		policy    poc.Policy
		dishonest int
		want      string
	}{
		{poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 3}, 200,
			"2 of 6 candidates certify a result: if 20 % of all providers collude, they can settle a wrong one in 34.464 % of the tasks; maxError in the policy bounds that"},
		{poc.Policy{Replicas: 1, Quorum: 3, MaxReplicas: 3, Standby: 4, Compare: poc.Comparator{Tier: poc.Proof}}, 200,
			"3 of 5 candidates certify a result: if 20 % of all providers collude, or sign without checking, they can settle a wrong one in 5.792 % of the tasks; maxError in the policy bounds that"},
		{near, 200, "6 of 10 candidates certify a result: if 20 % of all providers collude, they can settle a wrong one in 0.637 % of the tasks; the policy's maxError is 1 %"},
		{priced, assumed, "7 of 13 candidates certify a result: if 10 % of all providers collude, they can settle a wrong one in 0.01 % of the tasks; the policy's maxError is 1 %"},
		{poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 2}, 0, "2 of 2 candidates certify a result; the policy assumes that no providers collude"},
	} {
		require.Equal(t, c.want, Risk(c.policy, c.dishonest))
	}
}
