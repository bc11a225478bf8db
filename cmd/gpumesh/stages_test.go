package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"connectrpc.com/connect"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gputest"
	"gpumesh/node"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/jobfile"
	"gpumesh/node/verify"
	"gpumesh/poc"
	"gpumesh/testnet"
	"gpumesh/testnet/jobs"
)

// patterns is the example, small, in so many stages, or if that is zero in as many as it is cut into by default, and its film when it is
// computed in one piece.
func patterns(t *testing.T, stages int64) (path string, opts jobfile.Options, film []byte) {
	t.Helper()
	examples := t.TempDir()
	require.NoError(t, jobs.Extract(examples))
	example, err := os.ReadFile(filepath.Join(examples, "patterns.yaml"))
	require.NoError(t, err)
	text := string(example) + "policy: {replicas: 2, quorum: 2, maxReplicas: 4}\n"
	opts = jobfile.Options{Set: map[string]int64{"SIZE": 32, "STEPS": 2048, "STAGES": stages}, Whole: true}
	if stages == 0 {
		require.Contains(t, text, ", stages: STAGES")
		text = strings.Replace(text, ", stages: STAGES", "", 1)
		delete(opts.Set, "STAGES")
	}
	path = writeJob(t, text)
	whole, err := jobfile.Load(path, opts)
	require.NoError(t, err)
	p, err := gpu.DecodeProgram(whole.Programs[0].Block)
	require.NoError(t, err)
	out, sink := gputest.Collect()
	_, err = gpu.Run(t.Context(), eval.Open(), p, gpu.Task{Seed: 7, Outputs: sink})
	require.NoError(t, err)
	want, err := whole.Outputs[0].Write(t.TempDir(), bytes.NewReader(out["film"].Bytes()))
	require.NoError(t, err)
	film, err = os.ReadFile(want)
	require.NoError(t, err)
	opts.Whole = false
	return path, opts, film
}

// killSigners kills all who have signed a task of a job so far, and returns them with their numbers.
func (n *net) killSigners(t *testing.T, receipt node.Receipt) map[poc.PeerID]int {
	t.Helper()
	left := map[poc.PeerID]int{}
	for i := 2; i <= n.Size(); i++ {
		var p poc.PeerID
		require.NoError(t, p.UnmarshalText([]byte(n.Node(i).Endpoint.Peer)))
		if slices.ContainsFunc(receipt.Tasks, func(task node.TaskReceipt) bool { return slices.Contains(task.Signers, p) }) {
			left[p] = i
			n.Kill(i)
		}
	}
	require.GreaterOrEqual(t, len(left), 2)
	return left
}

// A task that takes longer than a stage may is cut into eight, and all who compute it are killed in the middle of it. Others go on from the last
// certified stage, the result is that of the task in one piece, and those who left are paid for the stages that they have finished.
func TestWorkersLeaveBetweenStages(t *testing.T) {
	t.Parallel()
	path, opts, want := patterns(t, 0)
	n := startNetWith(t, testnet.Options{Nodes: 6, Device: "eval", Network: leavesAreSeen})
	before := n.balances(t)
	client := n.client(t, 1)
	require.NoError(t, pace(testContext(t), client, &opts, 0, ""))
	whole, err := jobfile.Load(path, opts)
	require.NoError(t, err)
	require.Equal(t, 1, whole.Tasks(), "ten minutes are enough for it")
	require.Positive(t, whole.Takes)
	opts.Stage = whole.Takes/8 + 1
	job, err := jobfile.Load(path, opts)
	require.NoError(t, err)
	var told bytes.Buffer
	r := &jobRun{app: &app{streams: streams{nil, &told, discardWriter{}}}, client: client, job: job}
	require.NoError(t, r.submit(testContext(t)))
	require.Regexp(t, `react: 8 stages of 256 steps, as it is estimated to take \S+, a stage about \S+ \(stages: 1 in the job file leaves it whole\); each is certified and paid by itself, and who`, told.String())
	n.await(t, r.client, r.id, "two certified stages", func(j *nodepb.Job) bool { return j.Certified >= 2 })
	_, receipt, err := r.client.Receipt(testContext(t), r.id)
	require.NoError(t, err)
	for _, task := range receipt.Tasks {
		for _, f := range task.Result { // which those who are killed may be the only others to have
			body, _, err := r.client.Cat(testContext(t), f.CID)
			require.NoError(t, err)
			_, err = io.Copy(io.Discard, body)
			require.NoError(t, err)
			require.NoError(t, body.Close())
		}
	}
	left := n.killSigners(t, *receipt)
	dir := n.Node(1).Dir
	require.Regexp(t, `react: [2-7] of 8 stages are certified, and who takes over from a worker that leaves starts with stage [3-8]\n`, command(t, "jobs", "explain", r.id, "--dir", dir).out)
	got, err := os.ReadFile(filepath.Join(n.finish(t, r), "film.png"))
	require.NoError(t, err)
	require.Equal(t, want, got)
	again := t.TempDir()
	late := command(t, "run", path, "--set", "SIZE=32", "--set", "STEPS=2048", "--resume", r.id, "-o", again, "--dir", dir)
	require.Zero(t, late.code, late.err)
	got, err = os.ReadFile(filepath.Join(again, "film.png"))
	require.NoError(t, err)
	require.Equal(t, want, got, "resumed, it is cut as it was")

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

// The owner and all who have the certified stages are gone at once. Those who take over compute again what nobody can give them, and when
// the owner is back it has the whole film.
func TestStagesThatNobodyHasAnyMore(t *testing.T) {
	t.Parallel()
	path, opts, want := patterns(t, 4)
	n := startNetWith(t, testnet.Options{Nodes: 6, Device: "eval", Network: leavesAreSeen})
	r := n.submit(t, 1, path, opts)
	n.await(t, r.client, r.id, "a certified stage", func(j *nodepb.Job) bool { return j.Certified >= 1 })
	_, receipt, err := r.client.Receipt(testContext(t), r.id)
	require.NoError(t, err)
	n.Kill(1)
	left := n.killSigners(t, *receipt)
	again := 0
	for i := 2; i <= 6; i++ {
		if !n.Node(i).Alive() {
			continue
		}
		c := n.client(t, i)
		if _, err := c.Job(testContext(t), connect.NewRequest(&nodepb.JobRequest{Job: r.id})); err != nil {
			continue // it was too slow to offer
		}
		require.Equal(t, "done", n.await(t, c, r.id, "the end", over).State)
		log, err := os.ReadFile(n.Node(i).LogFile())
		require.NoError(t, err)
		if bytes.Contains(log, []byte("so it is computed again")) {
			again++
		}
	}
	require.Positive(t, again, "of those who are left: who looks later has it from who computed it")
	require.NoError(t, n.Restart(testContext(t), 1, ""))
	r.client = n.client(t, 1)
	got, err := os.ReadFile(filepath.Join(n.finish(t, r), "film.png"))
	require.NoError(t, err)
	require.Equal(t, want, got)
	for _, i := range left {
		require.False(t, n.Node(i).Alive())
	}
}
