package worker

import (
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
		s.until = time.Now()
	}
	crash(gpu.WorkerDied)
	crash(gpu.Unsupported)
	for _, s := range p.suspects {
		s.until = time.Now()
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
	require.Equal(t, now.Add(maxQuarantine), q[k].until)
	for _, err := range []error{gpu.Errorf(gpu.Timeout, "late"), gpu.Errorf(gpu.Canceled, "no"), gpu.Errorf(gpu.InvalidInput, "bad")} {
		q.judge(k, err, now)
		require.Error(t, q.refuse(k, now), "what says nothing about the kernels changes nothing")
	}
	q.judge(k, nil, now)
	require.NoError(t, q.refuse(k, now))
}
