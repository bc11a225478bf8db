package jobfile

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/wgsl"
	"gpumesh/market"
	"gpumesh/poc"
)

// productJob is a job of one product of side x side matrices.
func productJob(t *testing.T, kind gpu.Type, side int64, more string) (*Job, error) {
	text := strings.ReplaceAll(`name: product
inputs:
  a: {type: TYPE, shape: [M, K]}
  b: {type: TYPE, shape: [K, N]}
programs:
  multiply: {builtin: matmul-TYPE, with: {M: M, N: N, K: K}}
tasks:
  - {name: product, program: multiply}
outputs:
  c: {task: product, file: c.npy, shape: [M, N]}
`, "TYPE", string(kind)) + more
	dir := t.TempDir()
	x := write(t, dir, "x.npy", npyFile(kind, side, side))
	return Load(write(t, dir, "job.yaml", []byte(text)), Options{Inputs: map[string]string{"a": x, "b": x}})
}

func TestProducts(t *testing.T) {
	proof := poc.Comparator{Tier: poc.Proof}
	asked := poc.Policy{Replicas: 1, Quorum: 3, MaxReplicas: 3, Standby: 4, Compare: proof}
	replicas := poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 3}
	rounded := asked
	rounded.Compare.Rounded = true
	for name, c := range map[string]struct {
		kind gpu.Type
		side int64
		more string
		want poc.Policy
		tier wgsl.Tier
	}{
		"not asked for":      {gpu.I32, 64, "", replicas, wgsl.Exact},
		"asked for":          {gpu.I32, 32, "policy: {compare: proof}", asked, wgsl.Exact},
		"not wanted":         {gpu.I32, 64, "policy: {compare: replicas}", replicas, wgsl.Exact},
		"stated otherwise":   {gpu.I32, 64, "policy: {replicas: 3}", replicas, wgsl.Exact},
		"floats, not asked":  {gpu.F32, 64, "", replicas, wgsl.Reproducible},
		"floats":             {gpu.F32, 64, "policy: {compare: proof}", rounded, wgsl.ClassExact},
		"reproducible":       {gpu.F32, 64, "tier: reproducible\npolicy: {compare: proof}", rounded, wgsl.Reproducible},
		"few":                {gpu.I32, 64, "policy: {compare: proof, quorum: 2}", poc.Policy{Replicas: 1, Quorum: 2, MaxReplicas: 2, Standby: 2, Compare: proof}, wgsl.Exact},
		"many":               {gpu.I32, 64, "policy: {compare: proof, quorum: 4}", poc.Policy{Replicas: 1, Quorum: 4, MaxReplicas: 4, Standby: 6, Compare: proof}, wgsl.Exact},
		"for an error":       {gpu.I32, 64, "policy: {compare: proof, maxError: 0.1%}", poc.Policy{Replicas: 1, Quorum: 9, MaxReplicas: 9, Standby: 13, Compare: proof}, wgsl.Exact},
		"floats, an error":   {gpu.F32, 64, "policy: {compare: proof, maxError: 10%, dishonest: 10%}", poc.Policy{Replicas: 1, Quorum: 2, MaxReplicas: 2, Standby: 2, Compare: rounded.Compare}, wgsl.ClassExact},
		"two and no standby": {gpu.I32, 64, "policy: {compare: proof, quorum: 2, replicas: 2, standby: 0}", poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 2, Compare: proof}, wgsl.Exact},
	} {
		j, err := productJob(t, c.kind, c.side, c.more)
		require.NoError(t, err, name)
		require.Equal(t, c.want, j.Policy, name)
		tier, _ := j.Tier()
		require.Equal(t, c.tier, tier, name)
		require.InDelta(t, 51/float64(c.side), j.CheckShare(), 1e-9, name) // 34 x 3 elements for 2 x side operations
		n := market.LocalNetwork()
		n.Chain = "test"
		spec, err := j.Spec(map[string]poc.Link{"a": poc.HashLink(poc.Hash{1}), "b": poc.HashLink(poc.Hash{2})}, market.NLOV, 10*market.NLOV, time.UnixMilli(1000))
		require.NoError(t, err)
		spec.Version, spec.Network, spec.Account = 1, n.ID(), "0x1"
		require.NoError(t, spec.Validate(n), name)
		require.Equal(t, j.Policy.Panel(), spec.Seats())
		require.Equal(t, 1, j.Units(256))
	}
	for says, more := range map[string]string{
		`compare is "best"`:       "policy: {compare: best}",
		"leave one of them out":   "tier: tolerance\npolicy: {compare: proof}",
		"leave batch out":         "batch: 1\npolicy: {compare: proof}",
		"follows from maxError":   "policy: {compare: proof, maxError: 0.1%, quorum: 2}",
		"dishonest goes with":     "policy: {compare: proof, dishonest: 10%}",
		"accept more":             "policy: {compare: proof, maxError: 0.1%, dishonest: 49%}",
		"belong to other tiers":   "policy: {compare: proof, relative: 1e-5}",
		"quorum is 1":             "policy: {compare: proof, quorum: 1}",
		"more than half of the 6": "policy: {compare: proof, quorum: 3, standby: 5}",
	} {
		_, err := productJob(t, gpu.I32, 64, more)
		require.ErrorContains(t, err, says)
		require.ErrorContains(t, err, "job.yaml:")
	}
	sort := write(t, "", "sort.yaml", []byte("name: sort\ninputs: {x: {type: i32, shape: [M, N]}}\nprograms: {sort: {builtin: sort-u32, with: {N: M * N}}}\ntasks: [{name: sort, program: sort}]\npolicy: {compare: proof}\n"))
	_, err := Load(sort, Options{Inputs: map[string]string{"x": write(t, "", "x.npy", npyFile(gpu.I32, 8, 8))}})
	require.ErrorContains(t, err, "is no product of matrices of the kernel library")
	_, err = productJob(t, gpu.F32, 64, "tier: exact\npolicy: {compare: proof}")
	require.ErrorContains(t, err, "the program is not exact")
	x := write(t, "", "x.npy", npyFile(gpu.I32, 64, 64))
	opts := Options{Inputs: map[string]string{"a": x, "b": x}}
	_, err = Load(filepath.Join(examples, "product.yaml"), opts)
	require.NoError(t, err)
	own, err := Load(filepath.Join(examples, "matmul-i32.yaml"), opts)
	require.NoError(t, err)
	require.Equal(t, replicas, own.Policy, "a kernel of one's own is no product that anybody can be sure of")
	require.Zero(t, own.CheckShare())
}
