package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node"
	"gpumesh/testnet"
)

// nearJob squares floats; ownJob's shape with what results are compared by.
func nearJob(tier, policy string) string {
	return strings.Replace(squareJob, "name: floats\n", "name: floats\ntier: "+tier+"\npolicy: "+policy+"\ninputs:\n  x: {type: f32, shape: [64]}\noutputs:\n  y: {task: square, file: y.bin}\n", 1)
}

// nearNet is a network in which node 3 differs in last bits and node 4 lies by more than any bounds, the input of the jobs here, how to name its
// node 1, and how to run a job there.
func nearNet(t *testing.T) (n *net, x string, dir []string, run func(t *testing.T, job string) (node.Receipt, string, result)) {
	n = startNetWith(t, testnet.Options{
		Nodes: 5, Device: "eval", Faults: map[int]string{3: string(node.FaultPerturb), 4: string(node.FaultDistort)},
		// Each of the jobs needs the offers of all, and a quorum needs all who are right: nobody is missed when the waits are short for node 4,
		// which never agrees, and for node 3 while it starts again.
		Network: func(m *market.Network) { m.OfferWindow, m.Poc.SealTimeout, m.Poc.AttestGrace = 2_500, 5_000, 2_000 },
	})
	var content []byte
	for i := range 64 {
		content = append(content, f32Bytes(float64(i)/7)...)
	}
	x = filepath.Join(t.TempDir(), "x.bin")
	require.NoError(t, os.WriteFile(x, content, 0o600))
	dir = []string{"--dir", n.Node(1).Dir}
	return n, x, dir, func(t *testing.T, job string) (node.Receipt, string, result) {
		out := t.TempDir()
		r := command(t, append([]string{"run", writeJob(t, job), "-i", "x=" + x, "-o", out}, dir...)...)
		require.Zero(t, r.code, r.err)
		path := filepath.Join(out, "receipt.json")
		b, err := os.ReadFile(path)
		require.NoError(t, err)
		var receipt node.Receipt
		require.NoError(t, json.Unmarshal(b, &receipt))
		require.Empty(t, receipt.Slashed, "to differ convicts nobody")
		for _, w := range receipt.Workers {
			if w.Peer.String() == n.Node(4).Endpoint.Peer {
				require.Zero(t, w.Paid, "who is outside the bounds is not paid")
			}
		}
		return receipt, path, r
	}
}

// Workers that differ in last bits certify floats within bounds or within a class, and one that lies by more is neither paid nor
// slashed. What was certified verifies, on a device more.
func TestResultsThatAreNear(t *testing.T) {
	t.Parallel()
	n, x, dir, runJob := nearNet(t)
	run := func(t *testing.T, tier, policy string) (node.Receipt, string, result) {
		return runJob(t, strings.Replace(nearJob(tier, policy), "program: square}", "program: square, inputs: {x: {input: x}}}", 1))
	}
	paid := func(receipt node.Receipt, number int) bool {
		for _, w := range receipt.Workers {
			if w.Peer.String() == n.Node(number).Endpoint.Peer {
				return w.Paid > 0
			}
		}
		return false
	}

	t.Run("tolerance", func(t *testing.T) {
		receipt, path, r := run(t, "tolerance", "{replicas: 4, quorum: 3, maxReplicas: 4, standby: 0, relative: 1e-5}")
		require.Contains(t, r.out, "tier: tolerance: floats are computed as each driver does")
		require.Contains(t, r.out, "within 10000 parts in 10^9 of the Euclidean norm")
		require.True(t, paid(receipt, 2) && paid(receipt, 3) && paid(receipt, 5), "who differs in last bits is paid")
		v := command(t, append([]string{"verify", path, "--rerun", "1"}, dir...)...)
		require.Zero(t, v.code, v.err)
		require.Contains(t, v.out, "results were compared as tolerance")
		require.Contains(t, v.out, "computed again on the reference evaluator: floats within 10000 parts")
		j := command(t, append([]string{"jobs", "explain", receipt.Job.String()}, dir...)...)
		require.Zero(t, j.code, j.err)
	})
	t.Run("class-exact", func(t *testing.T) {
		receipt, path, r := run(t, "class-exact", "{replicas: 3, quorum: 2, maxReplicas: 4, standby: 1}")
		require.Contains(t, r.out, "among devices of class ")
		require.True(t, paid(receipt, 2) && paid(receipt, 5))
		require.False(t, paid(receipt, 3), "other bits are another result within a class")
		v := command(t, append([]string{"verify", path}, dir...)...)
		require.Zero(t, v.code, v.err)
		require.Contains(t, v.out, "results were compared as class-exact")
	})
	t.Run("too few of a class", func(t *testing.T) {
		job := strings.Replace(nearJob("class-exact", "{replicas: 5, quorum: 3, maxReplicas: 5}"), "program: square}", "program: square, inputs: {x: {input: x}}}", 1)
		r := command(t, append([]string{"run", writeJob(t, job), "-i", "x=" + x, "-o", t.TempDir()}, dir...)...)
		require.Equal(t, 1, r.code)
		require.Contains(t, r.err, "takes 5 providers of one, and the largest class here has 4")
	})
	t.Run("a product that is checked", func(t *testing.T) { n.testProduct(t, x, dir, runJob) })
	n.checkBooks(t)
}

// testProduct: a product is computed by one, of four of whom one lies, and checked by the others. Bits that node 3 changed would not be those of
// its trace, and two of four that hand in what does not hold leave no quorum of three: it is honest from here on.
func (n *net) testProduct(t *testing.T, x string, dir []string, runJob func(t *testing.T, job string) (node.Receipt, string, result)) {
	require.NoError(t, n.Stop(3))
	require.NoError(t, n.Restart(testContext(t), 3, ""))
	const product = `name: product
inputs:
  x: {type: f32, shape: [8, 8]}
programs:
  square: {builtin: matmul-f32, with: {M: 8, N: 8, K: 8}}
tasks:
  - {name: square, program: square, inputs: {a: {input: x}, b: {input: x}}}
policy: {compare: proof, quorum: 3, standby: 3}
outputs:
  c: {task: square, file: y.bin}
`
	receipt, path, r := runJob(t, product)
	require.Contains(t, r.out, "1 of 4 candidates computes each, and the others check")
	workers := 0
	for _, w := range receipt.Workers {
		if w.Paid > 0 {
			workers++
		}
	}
	require.True(t, workers == 1 || workers == 2, "who checks is not paid, nor who is drawn first and lies; a second may have stepped in")
	v := command(t, append([]string{"verify", path, "--rerun", "1"}, dir...)...)
	require.Zero(t, v.code, v.err)
	require.Contains(t, v.out, "results were compared as proof")
	require.Contains(t, v.out, "a product of 8 x 8 by 8 x 8 of f32, checked with secret random vectors")
	r = command(t, "tiers", writeJob(t, product), "-i", "x="+x, "--device", "eval")
	require.Zero(t, r.code, r.err)
	require.Contains(t, r.out, "square  proof: a product of 8 x 8 by 8 x 8 of f32; one computes it, and a check takes each of the others about")
}
