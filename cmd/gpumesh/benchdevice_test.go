package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"connectrpc.com/connect"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/market"
	"gpumesh/node"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/home"
	"gpumesh/testnet"
)

// bench has a running node measure, whose ads then say what came out. Where none runs it measures itself, and says what becomes of it.
func TestBench(t *testing.T) {
	bench := func(args ...string) (m measured) {
		t.Helper()
		r := command(t, append([]string{"bench", "--json"}, args...)...)
		require.Zero(t, r.code, r.err)
		require.NoError(t, json.Unmarshal([]byte(r.out), &m))
		require.Positive(t, m.Benchmark.F32Ops)
		require.Equal(t, gpu.Reference, m.Device.Type)
		require.NotEmpty(t, m.Device.Class)
		return m
	}
	dir := t.TempDir()
	m := bench("--dir", dir, "--device", "eval")
	require.False(t, m.ByNode)
	require.Contains(t, m.Ad, "no node is set up in "+dir)
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, entries)

	network := market.LocalNetwork()
	network.Chain = "evm:1:0x0"
	require.NoError(t, home.WriteNetwork(dir, network))
	require.NoError(t, os.WriteFile(filepath.Join(dir, home.ConfigFile), []byte("device: eval\n"), 0o600))
	m = bench("--dir", dir)
	require.False(t, m.ByNode)
	require.Equal(t, "this command measured; a node that starts in "+dir+" on this device advertises it", m.Ad)
	raw, err := os.ReadFile(filepath.Join(dir, "bench.json"))
	require.NoError(t, err)
	kept := map[string]node.Measurement{}
	require.NoError(t, json.Unmarshal(raw, &kept))
	require.Equal(t, m.Benchmark, kept[m.Device.Class+"/"+m.Device.Name].Benchmark)

	n := startNetWith(t, testnet.Options{Nodes: 3, Device: "eval"})
	_, err = providers(testContext(t), n.Node(1), 2)
	require.NoError(t, err)
	m = bench("--dir", n.Node(2).Dir)
	require.True(t, m.ByNode)
	require.Equal(t, "the node at "+n.Node(2).Endpoint.API+" measured, and its next ads say it", m.Ad)
	until(t, "an ad that says it", func() bool {
		answer, err := n.client(t, 1).Market(testContext(t), connect.NewRequest(&nodepb.MarketRequest{}))
		require.NoError(t, err)
		for _, ad := range answer.Msg.Ads {
			if ad.Peer == n.Node(2).Endpoint.Peer {
				return ad.F32Ops == m.Benchmark.F32Ops
			}
		}
		return false
	})
	require.Contains(t, command(t, "status", "--dir", n.Node(2).Dir).out, "memory    a task may take ")
}
