package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"connectrpc.com/connect"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/api"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/api/nodepb/nodepbconnect"
	"gpumesh/node/jobfile"
)

// planJob has tasks that can be put together into units.
const planJob = `name: planned
let: {N: 4}
programs:
  p:
    wgsl: |
      @group(0) @binding(0) var<storage, read_write> y: array<u32>;
      @compute @workgroup_size(4)
      fn main(@builtin(global_invocation_id) id: vec3<u32>) { y[id.x] = id.x; }
    buffers: {y: {kind: output, type: u32, shape: [4]}}
    step: [{dispatch: main, threads: [4]}]
tasks: [{name: t, program: p, repeat: N}]
`

// pricing is a node that answers estimates only.
type pricing struct {
	nodepbconnect.UnimplementedNodeHandler
	answer *nodepb.EstimateResponse
}

func (pricing) Status(context.Context, *connect.Request[nodepb.StatusRequest]) (*connect.Response[nodepb.StatusResponse], error) {
	return connect.NewResponse(&nodepb.StatusResponse{FeeBps: 100, Limits: &nodepb.NetworkLimits{MaxBatch: 256}}), nil
}

func (p pricing) Estimate(context.Context, *connect.Request[nodepb.EstimateRequest]) (*connect.Response[nodepb.EstimateResponse], error) {
	return connect.NewResponse(p.answer), nil
}

// plan is what is told of a job before a bid goes out, in words and as data.
func plan(t *testing.T, text string, tasks int64, e *nodepb.EstimateResponse, change func(r *jobRun)) (string, announcement) {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle(nodepbconnect.NewNodeHandler(pricing{answer: e}))
	server := httptest.NewServer(mux)
	defer server.Close()
	client, err := api.Dial(server.URL, "")
	require.NoError(t, err)
	defer client.Close()
	tell := func(asJSON bool) string {
		job, err := jobfile.Load(writeJob(t, text), jobfile.Options{Set: map[string]int64{"N": tasks}})
		require.NoError(t, err)
		var out bytes.Buffer
		r := &jobRun{app: &app{streams: streams{out: &out, err: &out}, json: asJSON}, client: client, job: job, dry: true}
		if change != nil {
			change(r)
		}
		require.NoError(t, r.submit(t.Context()))
		return out.String()
	}
	var told map[string]announcement
	require.NoError(t, json.Unmarshal([]byte(tell(true)), &told))
	return tell(false), told["estimate"]
}

// TestPlanTellsRisk: whatever the policy, an owner sees before it pays how many certify, what share of dishonest providers is assumed, and how often these
// are enough to settle a wrong result.
func TestPlanTellsRisk(t *testing.T) {
	e := &nodepb.EstimateResponse{MaxPrice: 1000, Replicas: 3.5, LeastReplicas: 3, MostReplicas: 7}
	for _, c := range []struct {
		more  string
		tasks int64
		want  []string
		data  announcement // of which candidates, dishonest, collusion and audits count
	}{
		{"", 4, []string{
			"redundancy: 3 replicas of each, 2 must agree, up to 5 compute when they do not\n",
			"risk: 2 of 6 candidates certify a result: if 20 % of all providers collude, they can settle a wrong one in 34.464 % of the tasks; maxError in the policy bounds that\n",
		}, announcement{Candidates: 6, Dishonest: 200_000, Collusion: 344_640}},
		{"policy: {maxError: 1%, dishonest: 10%}\n", 4, []string{
			"redundancy: at most 1 % wrong results, if no more than 10 % of all providers are dishonest; 3 to 7 replicas of each are needed, 3.5 expected from the records of those who advertise; " +
				"in a job of fewer than 56 units too few could be audited, so records are not enough: 5 workers with good records must agree, or 7 newcomers; ",
			"risk: 7 of 13 candidates certify a result: if 10 % of all providers collude, they can settle a wrong one in 0.01 % of the tasks; the policy's maxError is 1 %\n",
		}, announcement{Candidates: 13, Dishonest: 100_000, Collusion: 100}},
		{"policy: {maxError: 1%}\nbatch: 1\n", 100, []string{
			"if no more than 20 % of all providers are dishonest; ", "; of 100 units about 56, whose workers are believed for their records, are audited by one more replica; ",
		}, announcement{Candidates: 21, Dishonest: 200_000, Collusion: 970, Audits: 56}},
	} {
		text, told := plan(t, planJob+c.more, c.tasks, e, nil)
		for _, want := range c.want {
			require.Contains(t, text, want)
		}
		require.Equal(t, c.data, announcement{Candidates: told.Candidates, Dishonest: told.Dishonest, Collusion: told.Collusion, Audits: told.Audits}, c.more)
		require.EqualValues(t, 3.5, told.Replicas)
	}
}

// TestPlanTellsTerms: what an owner asks of workers and of time is in the plan, if it asks for it.
func TestPlanTellsTerms(t *testing.T) {
	e := &nodepb.EstimateResponse{MaxPrice: 1000}
	text, told := plan(t, planJob, 4, e, nil)
	require.Contains(t, text, "deadline: 10m0s after the submission; what is not certified by then has failed, and is not paid\n")
	for _, absent := range []string{"lateness:", "priority:", "least speed:", "device class:"} {
		require.NotContains(t, text, absent)
	}
	require.Equal(t, []any{int64(600_000), "normal", uint64(0), "", int64(0)}, []any{told.DeadlineMs, told.Priority, told.MinSpeed, told.Class, told.LateMs})

	text, told = plan(t, planJob+"deadline: 20m\nlate: {after: 5m, less: 12.5%}\n", 4, e, func(r *jobRun) {
		r.priority, r.minSpeed, r.class = market.High, 5_000_000, "abc"
	})
	for _, want := range []string{
		"deadline: 20m0s after the submission;", "lateness: results that come more than 5m0s after the submission are paid 12.5 % less, if 2 workers attest it\n",
		"priority: high, which pays 2 times the ask\n", "least speed: workers' devices do at least 5000000 i32 operations per second\n", "device class: workers' devices are of class abc\n",
	} {
		require.Contains(t, text, want)
	}
	require.Equal(t, []any{int64(1_200_000), "high", uint64(5_000_000), "abc", int64(300_000), uint32(1250)},
		[]any{told.DeadlineMs, told.Priority, told.MinSpeed, told.Class, told.LateMs, told.LateBps})
}

// TestPlanPricesTasks: the price that an owner states is that of a replica of a task. The bid has that of a unit, and the plan tells both, as it does of
// the market's.
func TestPlanPricesTasks(t *testing.T) {
	e := &nodepb.EstimateResponse{MaxPrice: 1_000_000_001}
	for _, c := range []struct {
		more       string
		unit, task market.Amount
		want       string
	}{
		{"price: {perReplica: 0.001}\n", 64 * market.NLOV / 1000, market.NLOV / 1000, "at most 0.064 NLOV per replica of a unit of 64 tasks (0.001 NLOV per task) and 1.2928 NLOV in all"},
		{"price: {perReplica: 0.001}\nbatch: 32\n", 32 * market.NLOV / 1000, market.NLOV / 1000, "at most 0.032 NLOV per replica of a unit of 32 tasks (0.001 NLOV per task) and 1.2928 NLOV in all"},
		{"price: {perReplica: 0.001}\nbatch: 1\n", market.NLOV / 1000, market.NLOV / 1000, "at most 0.001 NLOV per replica of a task and 1.2928 NLOV in all"},
		{"", 1_000_000_001, 15_625_001, "at most 1.000000001 NLOV per replica of a unit of 64 tasks (0.015625001 NLOV per task) and "},
	} {
		text, told := plan(t, planJob+c.more, 256, e, nil)
		require.Contains(t, text, c.want)
		require.Equal(t, []market.Amount{c.unit, c.task}, []market.Amount{told.MaxPrice, told.PerReplica}, c.more)
	}

	const dear = "note: providers ask 0.0064 NLOV per replica of a unit of 64 tasks (0.0001 NLOV per task) now, which is more than the bid offers; the job waits until enough ask less\n"
	asking := &nodepb.EstimateResponse{MaxPrice: 8_000_000, Ask: 6_400_000}
	text, told := plan(t, planJob+"price: {perReplica: 0.00009}\n", 256, asking, nil)
	require.Contains(t, text, dear)
	require.EqualValues(t, 6_400_000, told.Ask)
	text, _ = plan(t, planJob+"price: {perReplica: 0.0001}\n", 256, asking, nil)
	require.NotContains(t, text, "note: providers ask")

	job, err := jobfile.Load(writeJob(t, planJob), jobfile.Options{Set: map[string]int64{"N": 256}})
	require.NoError(t, err)
	job.PerReplica = ^market.Amount(0) / 63
	mux := http.NewServeMux()
	mux.Handle(nodepbconnect.NewNodeHandler(pricing{answer: e}))
	server := httptest.NewServer(mux)
	defer server.Close()
	client, err := api.Dial(server.URL, "")
	require.NoError(t, err)
	defer client.Close()
	err = (&jobRun{app: &app{streams: streams{nil, discardWriter{}, discardWriter{}}}, client: client, job: job}).submit(t.Context())
	require.ErrorContains(t, err, "more than there are tokens for a unit of 64 tasks; lower perReplica")
}

// TestJobIsShown: who looks at a job sees what its policy is worth, when it ends, and what its price is for.
func TestJobIsShown(t *testing.T) {
	for want, p := range map[string]*nodepb.Policy{
		"policy    3 replicas of each, up to 5 when they do not agree; 2 of 6 candidates certify a result: if 20 % of all providers collude, they can settle a wrong one in 34.464 % of the tasks; ": {
			Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 3,
		},
		"policy    at most 1 % wrong results; how many compute follows from workers' records, up to 13; 7 of 13 candidates certify a result: ": {
			Replicas: 1, Quorum: 7, MaxReplicas: 13, Standby: 12, MaxError: 10_000,
		},
		"policy    1 of 5 candidates computes each, and the others check; 3 of 5 candidates certify a result: ": {Replicas: 1, Quorum: 3, MaxReplicas: 3, Standby: 4, Tier: "proof"},
	} {
		mux := http.NewServeMux()
		mux.Handle(nodepbconnect.NewNodeHandler(showing{job: &nodepb.Job{Id: strings.Repeat("0", 64), Policy: p, Deadline: 1_790_000_000_000, MaxPrice: 64_000_000, Batch: 64}}))
		server := httptest.NewServer(mux)
		client, err := api.Dial(server.URL, "")
		require.NoError(t, err)
		var out bytes.Buffer
		a := &app{streams: streams{out: &out}}
		require.NoError(t, a.showJob(t.Context(), client, strings.Repeat("0", 64)))
		client.Close()
		server.Close()
		require.Contains(t, out.String(), want)
		require.Contains(t, out.String(), "\ndeadline  2026-09-21 14:13:20 UTC\n")
		require.Contains(t, out.String(), "at most 0.064 NLOV per replica of a unit of 64 tasks (0.001 NLOV per task)\n")
	}
}

// showing is a node that knows one job.
type showing struct {
	nodepbconnect.UnimplementedNodeHandler
	job *nodepb.Job
}

func (s showing) Job(context.Context, *connect.Request[nodepb.JobRequest]) (*connect.Response[nodepb.JobResponse], error) {
	return connect.NewResponse(&nodepb.JobResponse{Job: s.job}), nil
}
