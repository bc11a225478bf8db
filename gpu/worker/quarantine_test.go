package worker

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

// Kernels that end the worker three times in a row wait; a good run clears them, and other kernels are not concerned.
func TestQuarantine(t *testing.T) {
	p := newPool(t, "child", nil)
	crash := func(code gpu.Code) { fails(t, p, task(t, seedExit), code) }
	crash(gpu.WorkerDied)
	crash(gpu.WorkerDied)
	runs(t, p, "a")
	for range maxStrikes {
		crash(gpu.WorkerDied)
	}
	crash(gpu.Unsupported)
	q := task(t, 1)
	q.Tenant = "b"
	require.ErrorContains(t, fails(t, p, q, gpu.Unsupported), "ended the worker process 3 times in a row")
	require.Len(t, p.suspects, 1)
	for _, s := range p.suspects {
		s.Until = time.Now()
	}
	crash(gpu.WorkerDied)
	crash(gpu.Unsupported)
	for _, s := range p.suspects {
		s.Until = time.Now()
	}
	runs(t, p, "a")
	require.Empty(t, p.suspects)
}

func TestQuarantineIsBounded(t *testing.T) {
	q, now := make(quarantine), time.Unix(1, 0)
	died := gpu.Errorf(gpu.WorkerDied, "it died")
	for i := range 2 * maxSuspects {
		q.judge([32]byte{byte(i), byte(i >> 8), 1}, died, now.Add(time.Duration(i)))
	}
	require.Len(t, q, maxSuspects)
	k := [32]byte{9}
	for range 40 {
		q.judge(k, died, now)
	}
	require.Equal(t, now.Add(maxQuarantine), q[k].Until)
	for _, err := range []error{gpu.Errorf(gpu.Timeout, "late"), gpu.Errorf(gpu.Canceled, "no"), gpu.Errorf(gpu.InvalidInput, "bad")} {
		q.judge(k, err, now)
		require.Error(t, q.refuse(k, now), "what says nothing about the kernels changes nothing")
	}
	q.judge(k, nil, now)
	require.NoError(t, q.refuse(k, now))
}

// What a pool learned about kernels outlives it, and the list can be read.
func TestQuarantineOutlivesThePool(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quarantine")
	open := func() *Pool { return newPool(t, "child", func(c *Config) { c.Quarantine = path }) }
	p := open()
	for range maxStrikes {
		fails(t, p, task(t, seedExit), gpu.WorkerDied)
	}
	require.NoError(t, p.Close())
	now := time.Now()
	list, err := ReadQuarantine(path, now)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, maxStrikes, list[0].Strikes)
	require.Equal(t, gpu.WorkerDied, list[0].Cause)
	require.True(t, list[0].Refused(now))
	require.False(t, list[0].Refused(now.Add(firstQuarantine)))

	p = open()
	require.ErrorContains(t, fails(t, p, task(t, 1), gpu.Unsupported), "ended the worker process 3 times in a row (worker-died at last)")
	for _, s := range p.suspects {
		s.Until = time.Now()
	}
	runs(t, p, "a")
	list, err = ReadQuarantine(path, now)
	require.NoError(t, err)
	require.Empty(t, list, "a good run clears them")

	for _, damage := range []string{"{", `[{"kernels": "00", "strikes": 1}]`, `[{"kernels": "` + strings.Repeat("00", 32) + `"}]`, strings.Repeat(" ", maxListFile+1)} {
		require.NoError(t, os.WriteFile(path, []byte(damage), 0o600))
		_, err := ReadQuarantine(path, now)
		require.ErrorContains(t, err, path)
		runs(t, open(), "a")
	}
	list, err = ReadQuarantine(filepath.Join(t.TempDir(), "absent"), now)
	require.NoError(t, err)
	require.Empty(t, list)
}

// What one submission or compiling may take is the node's own bound, so a program that exceeds it is suspect; the caller's deadline says nothing.
func TestOverrunsAreSuspect(t *testing.T) {
	q, now, k := make(quarantine), time.Unix(1, 0), [32]byte{1}
	require.True(t, q.judge(k, &gpu.Error{Code: gpu.Timeout, Overrun: true, Reason: "late"}, now))
	require.False(t, q.judge(k, gpu.Errorf(gpu.Timeout, "late"), now))
	require.Equal(t, 1, q[k].Strikes)
	require.Len(t, q.list(now.Add(forgetAfter)), 1)
	require.Empty(t, q.list(now.Add(firstQuarantine+forgetAfter)), "it is forgotten")
}

// Kernels that hang are put aside, whether the driver can still be asked or not even returns; deadlines and bounds of the caller do not count.
func TestKernelsThatHangAreSuspect(t *testing.T) {
	for name, seed := range map[string]uint64{"waited for in vain": seedStuck, "stuck in the driver": seedHang} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPool(t, "child", func(c *Config) { c.Device = "card" })
			q := task(t, seed)
			q.Timeout = 100 * time.Millisecond
			fails(t, p, q, gpu.Timeout)
			q = task(t, 1)
			q.MaxBusy = time.Nanosecond
			fails(t, p, q, gpu.Timeout)
			require.Empty(t, p.suspects)
			for range maxStrikes {
				require.ErrorContains(t, fails(t, p, task(t, seed), gpu.Timeout), "took longer than "+gpu.LongestDispatch(gpu.Discrete).String())
			}
			require.ErrorContains(t, fails(t, p, task(t, 1), gpu.Unsupported), "ended the worker process 3 times in a row (timeout at last)")
		})
	}
}
