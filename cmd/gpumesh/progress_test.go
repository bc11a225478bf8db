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
