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
	"gpumesh/node"
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

// The doctor names a device that computes wrongly, why another one serves, and the sandbox that the owner asks for.
func TestDoctorTellsTheDevice(t *testing.T) {
	f := describeDevice(gpu.Info{Name: "card", Type: gpu.Discrete, Driver: "vendor 1", Class: "gpu-1"})
	require.Equal(t, finding{Check: "device", OK: true, Detail: "card (discrete, vendor 1), class gpu-1"}, f)
	f = describeDevice(gpu.Info{Name: "card", Type: gpu.Discrete, Driver: "vendor 1", Faults: []string{"integers: a wrong result"}})
	require.False(t, f.OK)
	require.Contains(t, f.Detail, "card (discrete, vendor 1); it fails the canaries integers: a wrong result")
	f = describeDevice(gpu.Info{Name: "llvmpipe", Type: gpu.CPU, Driver: "mesa", Note: "bad-driver: card computed a wrong result"})
	require.True(t, f.OK)
	require.Contains(t, f.Detail, "nothing better serves: bad-driver: card computed a wrong result")

	f = describeSandbox(worker.Sandbox{NoNewPrivs: true}, node.SandboxBest)
	require.True(t, f.OK)
	require.NotEmpty(t, f.Fix)
	require.Contains(t, f.Detail, "degraded")
	require.Contains(t, f.Detail, "provider.sandbox: best")

	for level, want := range map[node.Sandbox]worker.Config{
		node.SandboxBest: {KeepLandlock: true}, node.SandboxFull: {KeepLandlock: true, RequireSandbox: true}, node.SandboxAny: {},
	} {
		require.Equal(t, want, confine(worker.Config{}, level), level)
	}
}

// The doctor tells a clock that others' messages do not agree with.
func TestDoctorTellsTheClock(t *testing.T) {
	now := time.Now()
	f := checkClock(now, now.Add(-50*time.Second))
	require.True(t, f.OK)
	require.Empty(t, f.Fix)
	f = checkClock(now, now.Add(10*time.Minute))
	require.False(t, f.OK)
	require.Contains(t, f.Detail, "clock is 10m0s behind the chain's newest block, and nodes tolerate 1m0s")
	f = checkClock(now, now.Add(-10*time.Minute))
	require.True(t, f.OK, "the chain may have made no block")
	require.Contains(t, f.Detail, "newest block is 10m0s old by this computer's clock: either the chain makes no blocks, or the clock is ahead")
	require.NotEmpty(t, f.Fix)
}
