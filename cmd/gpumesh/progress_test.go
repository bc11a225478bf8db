package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/node/api/nodepb"
)

// TestProgress: on a terminal what is shown stays in its place and no line is longer than it; elsewhere a line comes when the job's state
// changes, not when a pace does.
func TestProgress(t *testing.T) {
	job := &nodepb.Job{State: "running", Tasks: make([]*nodepb.Task, 5)}
	for i := range job.Tasks {
		job.Tasks[i] = new(nodepb.Task)
	}
	show := func(bar bool) string {
		var b bytes.Buffer
		p := &progress{w: &b, bar: bar, start: time.Now()}
		p.show(job, "")
		p.show(job, "loss 3")
		p.show(job, "loss 2 "+strings.Repeat("█", 100))
		p.end()
		return b.String()
	}
	require.Equal(t, 1, strings.Count(show(false), "\n"))
	shown := show(true)
	require.Equal(t, 1, strings.Count(shown, "\x1b[1A"), "the second line is written over")
	for _, line := range strings.FieldsFunc(shown, func(r rune) bool { return r == '\r' || r == '\n' }) {
		require.Less(t, len([]rune(strings.TrimSuffix(line, "\x1b[K"))), 80)
	}
}

// TestFailedTasksAreTold: while the rest of an escrow is waited for, what failed is said, and until when.
func TestFailedTasksAreTold(t *testing.T) {
	job := &nodepb.Job{State: "settling", Settled: 1, Until: time.Date(2026, 1, 2, 3, 4, 5, 0, time.Local).UnixMilli(), Tasks: []*nodepb.Task{
		{}, {Failure: &nodepb.Failure{Code: "no-workers"}}, {Failure: &nodepb.Failure{Code: "deadline"}},
	}}
	require.Equal(t, "settling: 1 of 3 tasks paid on chain, 2 failed (no-workers); what is left of the escrow comes back after 03:04:05", describe(job))
	job.Tasks = job.Tasks[:1]
	require.Equal(t, "settling: 1 of 1 tasks paid on chain", describe(job))
}
