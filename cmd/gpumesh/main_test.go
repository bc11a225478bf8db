package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"connectrpc.com/connect"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu/worker"
	"gpumesh/market"
	"gpumesh/node/api"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm"
	"gpumesh/node/jobfile"
	"gpumesh/testnet"
)

// TestMain lets the test binary be gpumesh: that is what the testnets of these tests, and the commands under test, start.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && !strings.HasPrefix(os.Args[1], "-test.") {
		if os.Args[1] == workerCommand && os.Getenv(brokenAdapter) != "" {
			os.Exit(worker.ChildWith(breakFirst(worker.Devices())))
		}
		os.Exit(start(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// deadline bounds everything that a test waits for.
const deadline = 4 * time.Minute

func testContext(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), deadline)
	t.Cleanup(cancel)
	return ctx
}

// net is a running testnet with what tests ask of it.
type net struct {
	*testnet.Testnet
	chain *evm.Client
}

// startNet starts a testnet and waits until every node knows all others' offers, as far as they are to advertise.
func startNet(t *testing.T, nodes int, device string, faults map[int]string) *net {
	t.Helper()
	return startNetWith(t, testnet.Options{Nodes: nodes, Faults: faults, Device: device})
}

// startNetWith is startNet with more options. Dir is filled in; Binary is what comes before this program. The network waits longer for those who are there, and
// only slow, than local ones do. Where somebody is not there any more, see leavesAreSeen.
func startNetWith(t *testing.T, opts testnet.Options) *net {
	t.Helper()
	ctx := testContext(t)
	binary, err := self()
	require.NoError(t, err)
	dir, nodes := t.TempDir(), opts.Nodes
	opts.Dir, opts.Binary = dir, append(opts.Binary, binary...)
	change := opts.Network
	opts.Network = func(m *market.Network) {
		m.OfferWindow, m.Poc.SealTimeout, m.Poc.RevealTimeout, m.Poc.AttestGrace = 10_000, 60_000, 60_000, 10_000
		m.LockTimeout, m.BidTimeout, m.AwardTimeout, m.LeaseTTL, m.StallTimeout, m.AdTTL = 60_000, 60_000, 60_000, 30_000, 60_000, 30_000
		if change != nil {
			change(m)
		}
	}
	tn, err := testnet.Start(ctx, opts)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, tn.Close())
		if t.Failed() {
			logs, _ := filepath.Glob(filepath.Join(dir, "*.log"))
			for _, l := range logs {
				b, _ := os.ReadFile(l)
				t.Logf("%s:\n%s", filepath.Base(l), b[max(0, len(b)-2000):])
			}
		}
	})
	c, err := tn.Settlement(ctx)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, c.Close()) })
	n := &net{tn, c}
	for i := range nodes {
		_, err := providers(ctx, tn.Node(i+1), nodes-1)
		require.NoError(t, err)
	}
	n.checkBooks(t)
	return n
}

// leavesAreSeen is for networks in which nodes are killed: they do not wait long for those who are gone.
func leavesAreSeen(m *market.Network) {
	l := market.LocalNetwork()
	m.LeaseTTL, m.AdTTL, m.Poc.AttestGrace = l.LeaseTTL, l.AdTTL, l.Poc.AttestGrace
	m.Poc.SealTimeout, m.Poc.RevealTimeout = 10_000, 10_000
}

// awardsSoon is for networks in which somebody is convicted, and many jobs bid then: who has no stake left does not answer a bid.
func awardsSoon(m *market.Network) { m.OfferWindow = 2_500 }

func (n *net) client(t *testing.T, number int) *api.Client {
	t.Helper()
	c, err := n.Node(number).Client()
	require.NoError(t, err)
	t.Cleanup(c.Close)
	return c
}

// checkBooks compares the chain's sums: nothing is made and nothing is lost.
func (n *net) checkBooks(t *testing.T) chain.Totals {
	t.Helper()
	s, err := n.chain.Totals(testContext(t))
	require.NoError(t, err)
	require.Equal(t, s.Locked, s.Held+s.Paid+s.Fees+s.Refunded)
	require.Equal(t, market.Amount(n.Size())*100*market.NLOV, s.Staked+s.Slashed)
	return s
}

// submit loads a job file and submits it through a node.
func (n *net) submit(t *testing.T, number int, path string, opts jobfile.Options) *jobRun {
	t.Helper()
	job, err := jobfile.Load(path, opts)
	require.NoError(t, err)
	r := &jobRun{app: &app{streams: streams{nil, discardWriter{}, discardWriter{}}}, client: n.client(t, number), job: job}
	require.NoError(t, r.submit(testContext(t)))
	return r
}

// await watches a job at a node until cond holds. The books are checked at every change.
func (n *net) await(t *testing.T, c *api.Client, id string, what string, cond func(*nodepb.Job) bool) *nodepb.Job {
	t.Helper()
	stream, err := c.Watch(testContext(t), connect.NewRequest(&nodepb.WatchRequest{Job: id}))
	require.NoError(t, err)
	defer stream.Close()
	job := &nodepb.Job{}
	for stream.Receive() {
		job = stream.Msg().Job
		n.checkBooks(t)
		if cond(job) {
			return job
		}
	}
	for i := 1; i <= n.Size(); i++ {
		if !n.Node(i).Alive() {
			continue
		}
		if answer, err := n.client(t, i).Job(t.Context(), connect.NewRequest(&nodepb.JobRequest{Job: id})); err == nil {
			t.Logf("node %d (%s) says: %v", i, last(n.Node(i).Endpoint.Peer), answer.Msg.Job.Explain)
		}
	}
	require.FailNow(t, "waiting in vain", "for %s: %v; last seen: %s %v", what, stream.Err(), describe(job), job.GetExplain())
	return nil
}

func over(j *nodepb.Job) bool { return j.Over }

// finish waits for the end of a job, fetches its outputs, and checks who was paid: its ask for each task, once, and nobody
// anything else. The certificates that the owner closed may name a slow replica that the claim's do not, and the other way
// round; a quorum is paid for every task.
func (n *net) finish(t *testing.T, r *jobRun) (dir string) {
	t.Helper()
	final := n.await(t, r.client, r.id, "the end", over)
	require.NoError(t, failure(final))
	dir = t.TempDir()
	require.NoError(t, r.finish(testContext(t), dir))
	_, receipt, err := r.client.Receipt(testContext(t), r.id)
	require.NoError(t, err)
	var sum market.Amount
	var replicas uint64
	for _, w := range receipt.Workers {
		require.LessOrEqual(t, uint64(w.Paid/w.Ask), uint64(len(receipt.Tasks)), "worker %s is paid once per task", w.Peer)
		require.Zero(t, w.Paid%w.Ask)
		replicas += uint64(w.Paid / w.Ask)
		sum += w.Paid
	}
	require.GreaterOrEqual(t, replicas, uint64(r.job.Policy.Quorum)*uint64(len(receipt.Tasks)))
	require.LessOrEqual(t, replicas, uint64(r.job.Policy.MaxReplicas)*uint64(len(receipt.Tasks)))
	require.Equal(t, sum, receipt.Escrow.Paid)
	require.Equal(t, receipt.Escrow.Locked, receipt.Escrow.Paid+receipt.Escrow.Fees+receipt.Escrow.Refunded)
	require.True(t, receipt.Escrow.Closed)
	for _, task := range receipt.Tasks {
		require.GreaterOrEqual(t, len(task.Signers), int(r.job.Policy.Quorum))
	}
	n.checkBooks(t)
	return dir
}

// result is a command's outcome.
type result struct {
	code     int
	out, err string
}

// command runs one command in this process, as if from a shell.
func command(t *testing.T, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), deadline)
	defer cancel()
	var out, errs bytes.Buffer
	if args == nil {
		args = []string{} // nil would stand for the arguments of the test
	}
	code := execute(ctx, args, streams{strings.NewReader(""), &out, &errs})
	require.NotErrorIs(t, ctx.Err(), context.DeadlineExceeded, "gpumesh %v", args)
	return result{code, out.String(), errs.String()}
}

func TestUsageErrors(t *testing.T) {
	t.Setenv("GPUMESH_DIR", t.TempDir())
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"rnu"}, `gpumesh has no command "rnu"; did you mean run; see gpumesh --help`},
		{[]string{"jobs", "list"}, `gpumesh jobs has no command "list"; did you mean ls; see gpumesh jobs --help`},
		{[]string{"jobs", "show"}, "JOB is missing: gpumesh jobs show JOB [flags]"},
		{[]string{"run"}, "JOB.yaml is missing: gpumesh run JOB.yaml [flags]"},
		{[]string{"run", "a", "b"}, `"b" is one argument too many: gpumesh run JOB.yaml [flags]`},
		{[]string{"run", "a", "-i", "x"}, "-i x: an input is given as NAME=FILE"},
		{[]string{"run", "a", "--set", "N=many"}, "--set N=many: a value is given as NAME=NUMBER"},
		{[]string{"run", "a", "--budget", "much"}, `invalid argument "much" for "--budget" flag: "much" is not an amount such as 1.5 or "1.5 NLOV" (at most 9 decimals); see gpumesh run --help`},
		{[]string{"run", "--colour"}, "unknown flag: --colour; see gpumesh run --help"},
		{[]string{"node", "--log-level", "loud"}, `--log-level is "loud"; it must be debug, info, warn or error`},
		{[]string{"testnet", "up", "--nodes", "0"}, "--nodes is 0; it must be 1 to 64"},
		{[]string{"testnet", "up", "--fault", "9=lie"}, "--fault 9=lie: it is given as NUMBER=FAULT, with a number from 1 to 5"},
		{[]string{"bench", "market", "--jobs", "0"}, "--jobs is 0; it must be 1 to 1000"},
		{[]string{"bench", "--device", "cuda"}, `--device is "cuda"; it must be auto, webgpu, eval, or webgpu:NAME`},
		{[]string{"network", "create"}, "--rpc is missing; it is the JSON-RPC URL of the chain, such as ws://127.0.0.1:8546"},
		{[]string{"network", "create", "--rpc", "x", "--max-tasks", "4097"}, "--max-tasks 4097: a job of a network has 1 to 4096 tasks at most"},
		{[]string{"network", "create", "--rpc", "x", "--uptime", "1"}, "--uptime, --participation and --completion need --challenges: what is not vouched for cannot be told from words"},
		{[]string{"network", "create", "--rpc", "x", "--challenges", "9", "--completion", "10001"}, "--completion 10001 is more than all of the fee, 10000"},
		{[]string{"network", "create", "--rpc", "x", "--challenges", "9", "--participation", "1000001"}, "--uptime and --participation are at most 1000000 NLOV each"},
		{[]string{"wallet", "rewards", "x"}, `"x" is one argument too many: gpumesh wallet rewards [flags]`},
	} {
		r := command(t, c.args...)
		require.Equal(t, 2, r.code, "%v: %s", c.args, r.err)
		require.Equal(t, "gpumesh: "+c.want+"\n", r.err)
		require.Empty(t, r.out)
	}
}

func TestFailuresAreOneSentence(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("GPUMESH_DIR", dir)
	job := filepath.Join(dir, "job.yaml")
	require.NoError(t, os.WriteFile(job, []byte(trivialJob), 0o600))
	stopped := filepath.Join(dir, "testnet") // of a testnet that was stopped, its nodes and their logs stay
	require.NoError(t, os.MkdirAll(filepath.Join(stopped, "node1"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(stopped, "node1.log"), nil, 0o600))
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"run", job}, "no node is running in " + dir + "; start one with gpumesh node or gpumesh testnet up, or give --node or --dir"},
		{[]string{"run", job, "--node", "http://127.0.0.1:1", "--token", "x"}, "no node answers at http://127.0.0.1:1; start one with gpumesh node or gpumesh testnet up"},
		{[]string{"run", job, "--node", "http://127.0.0.1:1"}, "the token of the node at http://127.0.0.1:1 is not known here; give --dir with its directory, or --token"},
		{[]string{"run", job, "--node", "localhost", "--token", "x"}, `"localhost" is not the URL of a node, such as http://127.0.0.1:7741`},
		{[]string{"run", filepath.Join(dir, "none.yaml")}, filepath.Join(dir, "none.yaml") + ": the file does not exist"},
		{[]string{"node"}, dir + " holds no network.json, so the node belongs to no network; copy network.json and chain.json from a node of the network to join, or start a local one with gpumesh testnet up"},
		{[]string{"wallet", "rewards"}, "no node is running in " + dir + "; start one with gpumesh node or gpumesh testnet up, or give --node or --dir"},
		{[]string{"testnet", "status"}, "no testnet is running in " + filepath.Join(dir, "testnet") + "; start one with gpumesh testnet up"},
		{[]string{"testnet", "down"}, "no testnet is running in " + filepath.Join(dir, "testnet") + "; start one with gpumesh testnet up"},
	} {
		r := command(t, c.args...)
		require.Equal(t, 1, r.code, "%v", c.args)
		require.Equal(t, "gpumesh: "+c.want+"\n", r.err)
	}
}

func TestVersion(t *testing.T) {
	require.Contains(t, command(t, "version").out, "gpumesh ")
	require.Contains(t, command(t, "version", "--json").out, `"version": `)
	r := command(t)
	require.Zero(t, r.code)
	require.Contains(t, r.out, "gpumesh demo")
}

func TestErrorKinds(t *testing.T) {
	err := usagef("a %s", "mistake")
	require.EqualError(t, err, "a mistake")
	require.ErrorIs(t, err, errUsage)
	require.EqualError(t, oneLine(errors.Join(errors.New("a"), errors.New("b"))), "a; b")
}
