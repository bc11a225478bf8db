package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/worker"
)

// The doctor names the kernels that the node refuses because they ended its worker, and a list that it cannot read.
func TestDoctorTellsTheQuarantine(t *testing.T) {
	dir, now := t.TempDir(), time.Now()
	_, ok := checkQuarantine(dir, now)
	require.False(t, ok, "there is nothing to tell")

	write := func(list []worker.Suspect) {
		b, err := json.Marshal(list)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, quarantineFile), b, 0o600))
	}
	suspect := func(digit string, strikes int, until time.Time) worker.Suspect {
		return worker.Suspect{Kernels: strings.Repeat(digit, 64), Strikes: strikes, Cause: gpu.WorkerDied, Until: until}
	}
	write([]worker.Suspect{suspect("a", 1, now.Add(time.Hour)), suspect("b", 9, now.Add(-time.Hour))})
	_, ok = checkQuarantine(dir, now)
	require.False(t, ok, "once is chance, and time heals")

	var list []worker.Suspect
	for _, digit := range strings.Split("123456789", "") {
		list = append(list, suspect(digit, 3, now.Add(time.Hour)))
	}
	write(list)
	f, ok := checkQuarantine(dir, now)
	require.True(t, ok)
	require.True(t, f.OK)
	require.Contains(t, f.Detail, "(ended the worker 3 times, worker-died at last; until ")
	require.Contains(t, f.Detail, " and 4 more")
	require.Equal(t, 5, strings.Count(f.Detail, "times"))

	require.NoError(t, os.WriteFile(filepath.Join(dir, quarantineFile), []byte("{"), 0o600))
	f, ok = checkQuarantine(dir, now)
	require.True(t, ok)
	require.False(t, f.OK)
	require.Contains(t, f.Detail, "is damaged")
}
