package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"connectrpc.com/connect"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/jobfile"
	"gpumesh/poc"
	"gpumesh/testnet"
	"gpumesh/testnet/jobs"
)

// ownJob is a kernel as a newcomer would write it: y = 3x + 1, and a sum over all tasks.
const ownJob = `name: own
inputs:
  x: {type: u32, shape: [N]}
let: {TASKS: 4}
programs:
  triple:
    wgsl: |
      @group(0) @binding(0) var<uniform> params: vec4<u32>;
      @group(0) @binding(1) var<storage, read> x: array<u32>;
      @group(0) @binding(2) var<storage, read_write> y: array<u32>;
      @compute @workgroup_size(64)
      fn main(@builtin(global_invocation_id) id: vec3<u32>) {
        if (id.x < N) { y[id.x] = 3u * x[id.x] + params.z; }
      }
    consts: {N: N}
    buffers:
      y: {kind: output, type: u32, shape: [N]}
    step:
      - {dispatch: main, threads: [N]}
tasks:
  - {name: triple, program: triple, repeat: TASKS}
outputs:
  y: {task: triple, file: y.bin}
`

func writeJob(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "job.yaml")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func writeWords(t *testing.T, n int) string {
	t.Helper()
	var b []byte
	for i := range n {
		b = binary.LittleEndian.AppendUint32(b, uint32(i))
	}
	path := filepath.Join(t.TempDir(), "x.bin")
	require.NoError(t, os.WriteFile(path, b, 0o600))
	return path
}

// checkOwn compares the result of ownJob with what Go computes.
func checkOwn(t *testing.T, dir string, n, tasks int) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "y.bin"))
	require.NoError(t, err)
	require.Len(t, b, 4*n*tasks)
	for k := range tasks {
		for i := range n {
			require.Equal(t, uint32(3*i+k), binary.LittleEndian.Uint32(b[4*(k*n+i):]))
		}
	}
}

// One network with one liar serves several tests, one after the other or side by side.
func TestLiarAndEverydayJobs(t *testing.T) {
	t.Parallel()
	const liar = 4
	n := startNetWith(t, testnet.Options{Nodes: 5, Device: "auto", Faults: map[int]string{liar: "lie"}, Network: func(m *market.Network) {
		awardsSoon(m)
		m.BidTimeout = 20_000 // refusals take as long
	}})
	x := writeWords(t, 100)
	own := writeJob(t, ownJob)
	examples := t.TempDir()
	require.NoError(t, jobs.Extract(examples))

	t.Run("the liar is found out", func(t *testing.T) {
		// The seats are drawn, so the liar may be lucky for a while: bid until it was not.
		slashed := false
		for round := 0; !slashed && round < 5; round++ {
			r := n.submit(t, 1, own, jobfile.Options{Inputs: map[string]string{"x": x}, Set: map[string]int64{"TASKS": 12}})
			checkOwn(t, n.finish(t, r), 100, 12)
			_, receipt, err := r.client.Receipt(testContext(t), r.id)
			require.NoError(t, err)
			drawn := false
			for _, w := range receipt.Workers {
				if w.Peer.String() == n.Node(liar).Endpoint.Peer {
					require.Zero(t, w.Paid, "the liar is not paid")
				}
			}
			for _, h := range n.await(t, n.client(t, 2), r.id, "node 2's end", over).History {
				drawn = drawn || h.Kind == "slash"
			}
			if drawn || n.checkBooks(t).Slashed > 0 {
				require.NoError(t, r.awaitSlash(testContext(t), n.Node(liar).Endpoint.Peer))
				slashed = true
			}
		}
		require.True(t, slashed, "the liar was drawn and convicted")
		s, err := n.chain.Standing(testContext(t), poc.Account(n.Node(liar).Endpoint.Account))
		require.NoError(t, err)
		require.Less(t, s.Stake, 100*market.NLOV)
		require.Positive(t, s.Faults)
	})

	t.Run("two nodes bid at once", func(t *testing.T) {
		var wg sync.WaitGroup
		runs := []*jobRun{
			n.submit(t, 1, own, jobfile.Options{Inputs: map[string]string{"x": x}}),
			n.submit(t, 2, own, jobfile.Options{Inputs: map[string]string{"x": x}}),
		}
		require.NotEqual(t, runs[0].id, runs[1].id)
		for _, r := range runs {
			wg.Go(func() { checkOwn(t, n.finish(t, r), 100, 4) })
		}
		wg.Wait()
	})

	t.Run("many tasks and a sum", func(t *testing.T) {
		tasks := int64(19)
		if os.Getenv("GPUMESH_LONG") != "" {
			tasks = 99
		}
		r := n.submit(t, 3, filepath.Join(examples, "pi.yaml"), jobfile.Options{Set: map[string]int64{"TASKS": tasks, "THREADS": 256, "SAMPLES": 64}})
		b, err := os.ReadFile(filepath.Join(n.finish(t, r), "counts.csv"))
		require.NoError(t, err)
		var inside, high, points, pointsHigh uint64
		_, err = fmt.Sscanf(strings.ReplaceAll(string(b), "\n", " "), "%d %d %d %d", &inside, &high, &points, &pointsHigh)
		require.NoError(t, err)
		require.Equal(t, uint64(tasks*256*64), points)
		require.InDelta(t, 3.14159, 4*float64(inside)/float64(points), 0.02)
	})

	// Side by side, and not after the other tests that are parallel: the network runs.
	var both sync.WaitGroup
	both.Go(func() { t.Run("what commands do", func(t *testing.T) { n.testCommands(t, own, x, examples) }) })
	both.Go(func() { t.Run("what the network refuses", func(t *testing.T) { n.testRefusals(t, own, x) }) })
	both.Wait()
	n.checkBooks(t)
}

// testCommands goes through the command line as a user would.
func (n *net) testCommands(t *testing.T, own, x, examples string) {
	node1 := []string{"--dir", n.Node(1).Dir}
	ok := func(args ...string) string {
		t.Helper()
		r := command(t, append(args, node1...)...)
		require.Zero(t, r.code, "gpumesh %v: %s", args, r.err)
		return r.out
	}
	out := t.TempDir()
	text := ok("run", own, "-i", "x="+x, "-o", out)
	checkOwn(t, out, 100, 4)
	for _, want := range []string{"price: about ", "result   " + filepath.Join(out, "y.bin"), "proof    task 0 (triple/0): certificate bafy", "reward   ", "escrow   "} {
		require.Contains(t, text, want)
	}
	var receipt struct {
		Job   poc.Hash `json:"job"`
		Tasks []struct {
			Result []struct {
				CID string `json:"cid"`
			} `json:"result"`
		} `json:"tasks"`
	}
	b, err := os.ReadFile(filepath.Join(out, "receipt.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &receipt))
	require.Len(t, receipt.Tasks, 4)

	id := receipt.Job.String()
	require.Contains(t, ok("jobs", "ls"), id[:8])
	require.Contains(t, ok("jobs", "show", id[:8]), id)
	require.Contains(t, ok("jobs", "explain", id), "every certified task is settled")
	require.Contains(t, ok("market", "ls"), "PER SECOND")
	require.Contains(t, ok("status"), "providers ")
	require.True(t, json.Valid([]byte(ok("status", "--json"))))
	require.True(t, json.Valid([]byte(ok("jobs", "ls", "--json"))))
	require.True(t, json.Valid([]byte(ok("market", "ls", "--json"))))

	// Who did not wait comes back for the results, with the file that says what they are.
	var detached struct {
		Job string `json:"job"`
	}
	said := json.NewDecoder(strings.NewReader(ok("run", own, "-i", "x="+x, "--detach", "--json")))
	var told map[string]announcement // before the bid goes out
	require.NoError(t, said.Decode(&told))
	require.NotZero(t, told["estimate"].Budget)
	require.NoError(t, said.Decode(&detached))
	before := ok("jobs", "ls", "--json")
	require.NoError(t, json.Unmarshal([]byte(ok("run", own, "-i", "x="+x, "--dry-run", "--json")), &told))
	require.Contains(t, ok("run", own, "-i", "x="+x, "--dry-run"), "go into escrow")
	require.Equal(t, strings.Count(before, `"id":`), strings.Count(ok("jobs", "ls", "--json"), `"id":`), "a dry run submits nothing")
	later := t.TempDir()
	ok("run", own, "-i", "x="+x, "-o", later, "--resume", detached.Job[:8])
	checkOwn(t, later, 100, 4)

	// A result can be had from any node, and what is added at one node from the others.
	part := filepath.Join(t.TempDir(), "part")
	ok("get", receipt.Tasks[0].Result[0].CID, "-o", part)
	b, err = os.ReadFile(part)
	require.NoError(t, err)
	require.Len(t, b, 400)
	added := strings.TrimSpace(ok("add", x))
	want, err := os.ReadFile(x)
	require.NoError(t, err)
	r := command(t, "cat", added, "--dir", n.Node(5).Dir)
	require.Zero(t, r.code, r.err)
	require.Equal(t, string(want), r.out)

	picture := t.TempDir()
	ok("run", filepath.Join(examples, "render.yaml"), "--set", "WIDTH=64", "--set", "HEIGHT=48", "--set", "BANDS=4", "-o", picture)
	f, err := os.Open(filepath.Join(picture, "picture.png"))
	require.NoError(t, err)
	defer f.Close()
	m, err := png.Decode(f)
	require.NoError(t, err)
	require.Equal(t, 64, m.Bounds().Dx())
	require.Equal(t, 48, m.Bounds().Dy())

	unknown := strings.Repeat("0", 64)
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"jobs", "show", unknown}, "this node knows no such job: " + unknown},
		{[]string{"jobs", "explain", "zz"}, `the node knows no job that starts with "zz"; see gpumesh jobs ls`},
		{[]string{"jobs", "cancel", id}, "the job is past the point where this matters"},
		{[]string{"run", own, "-i", "x=" + x, "-o", x}, "the output directory: mkdir " + x + ": not a directory"},
		{[]string{"run", own, "-i", "x=" + x, "-o", out, "--set", "TASKS=5", "--resume", id}, `job ` + id[:8] + ` is "own" with 4 tasks, and the file describes "own" with 5; give the file and the --set that it was submitted with`},
		{[]string{"node", "--api", "127.0.0.1:0"}, "another node is running in " + n.Node(1).Dir + "; every node needs a directory of its own"},
		{[]string{"cat", "nonsense"}, `"nonsense" is not a CID`},
		{[]string{"add", "/nonexistent"}, "/nonexistent cannot be read: no such file or directory"},
	} {
		r := command(t, append(c.args, node1...)...)
		require.Equal(t, 1, r.code, "%v", c.args)
		require.Equal(t, "gpumesh: "+c.want+"\n", r.err)
	}
}

// testRefusals shows that what cannot be done is said in one sentence, and costs nothing.
func (n *net) testRefusals(t *testing.T, own, x string) {
	const number = 2
	owner := n.Node(number).Endpoint.Account
	many := writeJob(t, strings.Replace(ownJob, "outputs:", "policy: {replicas: 5, quorum: 3, maxReplicas: 5}\noutputs:", 1))
	var all sync.WaitGroup
	defer all.Wait()
	for _, c := range []struct {
		name string
		args []string
		want []string
		bids bool
	}{
		{"insufficient balance", []string{own, "--max-price", "5000"}, []string{"account " + owner + " has ", " and the job needs 101000 NLOV"}, false},
		{"budget too small", []string{own, "--budget", "0.01"}, []string{"the budget"}, false},
		{"price too low", []string{own, "--max-price", "0.000001"}, []string{"failed: ", "price-too-low"}, true},
		{"no eligible provider", []string{many, "--max-price", "1"}, []string{"failed: ", "5"}, true},
	} {
		check := func(t *testing.T) {
			r := command(t, append([]string{"run", "-i", "x=" + x, "-o", t.TempDir(), "--dir", n.Node(number).Dir}, c.args...)...)
			lines := strings.Split(strings.TrimSpace(r.err), "\n")
			t.Log(lines[len(lines)-1])
			require.Equal(t, 1, r.code, r.err)
			for _, want := range c.want {
				require.Contains(t, lines[len(lines)-1], want)
			}
			job := regexp.MustCompile(`see gpumesh jobs explain ([0-9a-f]{64})$`).FindStringSubmatch(lines[len(lines)-1])
			require.Equal(t, c.bids, job != nil, "whether a bid went out")
			if c.bids {
				var id poc.Hash
				require.NoError(t, id.UnmarshalText([]byte(job[1])))
				e, err := n.chain.Escrow(testContext(t), id)
				require.NoError(t, err)
				require.True(t, e.Closed)
				require.Equal(t, []market.Amount{e.Terms.Budget, 0, 0}, []market.Amount{e.Refunded, e.Paid, e.Fees}, "nothing was lost")
			}
		}
		all.Go(func() { t.Run(c.name, check) })
	}
}

// balances are what the nodes' accounts hold, by node number.
func (n *net) balances(t *testing.T) map[int]market.Amount {
	t.Helper()
	out := map[int]market.Amount{}
	for i := 1; i <= n.Size(); i++ {
		b, _, err := n.chain.Balance(testContext(t), poc.Account(n.Node(i).Endpoint.Account))
		require.NoError(t, err)
		out[i] = b
	}
	return out
}

// checkPay compares what the nodes have now with what they had and what the receipt says. Nobody was slashed.
func (n *net) checkPay(t *testing.T, r *jobRun, before map[int]market.Amount, unpaid ...int) {
	t.Helper()
	_, receipt, err := r.client.Receipt(testContext(t), r.id)
	require.NoError(t, err)
	require.Empty(t, receipt.Slashed)
	want := map[int]market.Amount{}
	for i, b := range before {
		want[i] = b
		for _, w := range receipt.Workers {
			if w.Peer.String() == n.Node(i).Endpoint.Peer {
				want[i] += w.Paid
			}
		}
	}
	want[1] -= receipt.Escrow.Paid + receipt.Escrow.Fees
	require.Equal(t, want, n.balances(t), "the owner pays, and each worker is paid once")
	for _, i := range unpaid {
		require.Equal(t, before[i], want[i], "node %d earned nothing", i)
	}
}

// sealsSoon has nobody wait long for the commitments of those who copy.
func sealsSoon(m *market.Network) {
	leavesAreSeen(m)
	m.Poc.SealTimeout = 3_000
}

// Of the workers one copies, and one vanishes in the middle of its first task. The copier leaves its partner in a seal without a quorum, and the
// next in rank may be the one that has gone. Both earn nothing.
func TestCopierAndVanishedWorker(t *testing.T) {
	t.Parallel()
	const copier, vanisher = 2, 3
	n := startNetWith(t, testnet.Options{Nodes: 6, Device: "eval", Faults: map[int]string{copier: "copy", vanisher: "vanish"}, Network: sealsSoon})
	before := n.balances(t)
	x := writeWords(t, 64)
	opts := jobfile.Options{Inputs: map[string]string{"x": x}, Set: map[string]int64{"TASKS": 12}}
	r := n.submit(t, 1, writeJob(t, ownJob), opts)
	checkOwn(t, n.finish(t, r), 64, 12)
	require.False(t, n.Node(vanisher).Alive(), "it has gone in the middle of its first task")
	n.checkPay(t, r, before, copier, vanisher)

	// It comes back honest, and can have work done for itself. The copier earns nothing from that either.
	require.NoError(t, n.Restart(testContext(t), vanisher, ""))
	_, err := providers(testContext(t), n.Node(vanisher), 5)
	require.NoError(t, err)
	before = n.balances(t)
	again := n.submit(t, vanisher, writeJob(t, ownJob), opts)
	checkOwn(t, n.finish(t, again), 64, 12)
	require.Equal(t, before[copier], n.balances(t)[copier])
}

// Nodes are killed without warning, at every stage of a job, and the job completes.
func TestKilledNodes(t *testing.T) {
	t.Parallel()
	n := startNetWith(t, testnet.Options{Nodes: 5, Device: "eval", Network: leavesAreSeen})
	x := writeWords(t, 64)
	own := writeJob(t, ownJob)
	opts := func(tasks int64) jobfile.Options {
		return jobfile.Options{Inputs: map[string]string{"x": x}, Set: map[string]int64{"TASKS": tasks}}
	}
	awarded := func(j *nodepb.Job) bool { return j.State == "drawing" || j.State == "running" || j.State == "settling" }

	t.Run("the owner right after the award, for good", func(t *testing.T) {
		r := n.submit(t, 1, own, opts(24))
		n.await(t, r.client, r.id, "the award", awarded)
		n.Kill(1)
		done := 0
		for i := 2; i <= 5; i++ {
			c := n.client(t, i)
			if _, err := c.Job(testContext(t), connect.NewRequest(&nodepb.JobRequest{Job: r.id})); err != nil {
				continue // it was too slow to offer
			}
			if n.await(t, c, r.id, fmt.Sprintf("the end at node %d", i), over).State == "done" {
				done++
			}
		}
		require.GreaterOrEqual(t, done, 3, "the panel ended the job without its owner")
		var id poc.Hash
		require.NoError(t, id.UnmarshalText([]byte(r.id)))
		e, err := n.chain.Escrow(testContext(t), id)
		require.NoError(t, err)
		require.True(t, e.Closed, "every task was claimed, and the rest went back")
		require.Equal(t, uint32(24), e.Settled)
		require.Positive(t, e.Paid)
		history, err := n.chain.History(testContext(t), id)
		require.NoError(t, err)
		var paid market.Amount
		claimed := map[uint32]int{}
		for _, h := range history {
			for _, p := range h.Receipt.Pays {
				paid += p.Amount
			}
			for _, task := range h.Receipt.Tasks {
				claimed[task]++
			}
		}
		require.Equal(t, e.Paid, paid)
		for task, times := range claimed {
			require.Equal(t, 1, times, "task %d is paid once", task)
		}
		n.checkBooks(t)

		// Should it come back after all, its result is waiting.
		require.NoError(t, n.Restart(testContext(t), 1, ""))
		r.client = n.client(t, 1)
		checkOwn(t, n.finish(t, r), 64, 24)
	})

	_, err := providers(testContext(t), n.Node(1), 4)
	require.NoError(t, err)
	for _, c := range []struct {
		name string
		kill int
		when func(*nodepb.Job) bool
	}{
		{"the owner while it bids", 1, func(j *nodepb.Job) bool { return j.State != "locking" }},
		{"the owner while tasks run", 1, func(j *nodepb.Job) bool { return j.Certified > 0 }},
		{"the owner while it settles", 1, func(j *nodepb.Job) bool { return j.State == "settling" || j.Over }},
		{"a worker after the award", 3, awarded},
		{"a worker while tasks run", 4, func(j *nodepb.Job) bool { return j.Certified > 0 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := n.submit(t, 1, own, opts(16))
			n.await(t, r.client, r.id, "the moment to kill", c.when)
			n.Kill(c.kill)
			require.NoError(t, n.Restart(testContext(t), c.kill, ""))
			r.client = n.client(t, 1)
			checkOwn(t, n.finish(t, r), 64, 16)
			_, err := providers(testContext(t), n.Node(1), 4)
			require.NoError(t, err)
		})
	}
}
