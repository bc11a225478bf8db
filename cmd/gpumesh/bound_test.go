package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/jobfile"
)

// TestBoundIsShown: an owner that accepts an error where results are compared within bounds sees what follows from it, before it pays.
func TestBoundIsShown(t *testing.T) {
	path := filepath.Join(t.TempDir(), "job.yaml")
	require.NoError(t, os.WriteFile(path, []byte(`name: j
tier: tolerance
programs:
  p:
    wgsl: |
      @group(0) @binding(0) var<storage, read_write> y: array<f32>;
      @compute @workgroup_size(4)
      fn main(@builtin(global_invocation_id) id: vec3<u32>) { y[id.x] = exp(f32(id.x)); }
    buffers: {y: {kind: output, type: f32, shape: [4]}}
    step: [{dispatch: main, threads: [4]}]
tasks: [{name: t, program: p}]
policy: {maxError: 1%}
`), 0o600))
	job, err := jobfile.Load(path, jobfile.Options{})
	require.NoError(t, err)
	var out bytes.Buffer
	r := &jobRun{app: &app{streams: streams{err: &out, out: &out}}, job: job}
	require.NoError(t, r.show(&nodepb.EstimateResponse{Expected: 6, Least: 6, Most: 12}))
	require.Contains(t, out.String(), "redundancy: at most 1 % wrong results; 6 replicas of each, 6 must agree, of 10 candidates, all of whom compute when they do not\n"+
		"risk: 6 of 10 candidates certify a result: if 20 % of all providers collude, they can settle a wrong one in 0.637 % of the tasks; the policy's maxError is 1 %\n")

	out.Reset()
	r.json, r.job.Budget = true, 12
	require.NoError(t, r.show(&nodepb.EstimateResponse{Expected: 6, Least: 5, Most: 12}))
	require.Equal(t, 1, strings.Count(out.String(), "\n"), "one line")
	var told map[string]announcement
	require.NoError(t, json.Unmarshal(out.Bytes(), &told))
	e := told["estimate"]
	require.Equal(t, []market.Amount{6, 5, 12, 12}, []market.Amount{e.Expected, e.Least, e.Most, e.Budget})
	require.Equal(t, job.Policy, e.Policy)
	require.Equal(t, "class-exact", e.Tier)
}
