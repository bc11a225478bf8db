package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gputest"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/jobfile"
	"gpumesh/node/verify"
	"gpumesh/poc"
	"gpumesh/testnet/jobs"
)

// All who compute a task in stages are killed in the middle of it. Others go on from the last certified stage, the result is that of the task
// in one piece, and those who left are paid for the stages that they have finished.
func TestWorkersLeaveBetweenStages(t *testing.T) {
	examples := t.TempDir()
	require.NoError(t, jobs.Extract(examples))
	example, err := os.ReadFile(filepath.Join(examples, "patterns.yaml"))
	require.NoError(t, err)
	path := writeJob(t, string(example)+"policy: {replicas: 2, quorum: 2, maxReplicas: 4}\n")
	opts := jobfile.Options{Set: map[string]int64{"SIZE": 32, "STEPS": 2048, "STAGES": 8}}

	opts.Whole = true
	whole, err := jobfile.Load(path, opts)
	require.NoError(t, err)
	p, err := gpu.DecodeProgram(whole.Programs[0].Block)
	require.NoError(t, err)
	out, sink := gputest.Collect()
	_, err = gpu.Run(t.Context(), eval.Open(), p, gpu.Task{Seed: 7, Outputs: sink})
	require.NoError(t, err)
	want, err := whole.Outputs[0].Write(t.TempDir(), bytes.NewReader(out["film"].Bytes()))
	require.NoError(t, err)

	n := startNet(t, 6, "eval", nil)
	before := n.balances(t)
	opts.Whole = false
	r := n.submit(t, 1, path, opts)
	n.await(t, r.client, r.id, "two certified stages", func(j *nodepb.Job) bool { return j.Certified >= 2 })
	_, receipt, err := r.client.Receipt(testContext(t), r.id)
	require.NoError(t, err)
	left := map[poc.PeerID]int{}
	for _, task := range receipt.Tasks {
		for _, f := range task.Result { // which those who are killed may be the only others to have
			body, _, err := r.client.Cat(testContext(t), f.CID)
			require.NoError(t, err)
			_, err = io.Copy(io.Discard, body)
			require.NoError(t, err)
			require.NoError(t, body.Close())
		}
		for _, peer := range task.Signers {
			left[peer] = 0
		}
	}
	require.GreaterOrEqual(t, len(left), 2)
	for i := 2; i <= 6; i++ {
		var p poc.PeerID
		require.NoError(t, p.UnmarshalText([]byte(n.Node(i).Endpoint.Peer)))
		if _, worked := left[p]; worked {
			left[p] = i
			n.Kill(i)
		}
	}
	got, err := os.ReadFile(filepath.Join(n.finish(t, r), "film.png"))
	require.NoError(t, err)
	film, err := os.ReadFile(want)
	require.NoError(t, err)
	require.Equal(t, film, got)

	_, receipt, err = r.client.Receipt(testContext(t), r.id)
	require.NoError(t, err)
	report := verify.Receipt(testContext(t), receipt, verify.Options{})
	require.True(t, report.OK, "%v", report.Checks)
	after := n.balances(t)
	for _, w := range receipt.Workers {
		i, gone := left[w.Peer]
		if !gone {
			continue
		}
		stages := uint64(w.Paid / w.Ask)
		t.Logf("node %d is paid for %d of 8 stages", i, stages)
		require.Positive(t, stages)
		require.Less(t, stages, uint64(8))
		require.Equal(t, before[i]+w.Paid, after[i], "paid on chain, though it is gone")
	}
	for _, peer := range receipt.Tasks[7].Signers {
		require.NotContains(t, left, peer, "the last stage was computed by others")
	}
}
