package worker

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

// Two nodes of a machine are never on one GPU: who comes second waits until the first has let go of it, and else says who has it.
func TestTwoPoolsDoNotShareACard(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("nothing keeps a device for a process here")
	}
	dir := t.TempDir()
	open := func(change func(*Config)) *Pool {
		return newPool(t, "child", func(c *Config) {
			c.Device, c.Locks, c.LockTimeout, c.Spare, c.IdleTimeout = "card", dir, time.Millisecond, true, time.Hour
			if change != nil {
				change(c)
			}
		})
	}
	first := open(nil)
	runs(t, first, "a")
	runs(t, first, "b") // another process of the same pool
	second := open(nil)
	_, err := second.Info(t.Context())
	require.Equal(t, gpu.Canceled, gpu.CodeOf(err), "%v", err)
	require.ErrorContains(t, err, fmt.Sprintf("Test card (rev/1) is used by another node of this machine (process %d), and two are never on one device", os.Getpid()))
	impatient, cancel := context.WithCancel(t.Context())
	patient := open(func(c *Config) { c.LockTimeout = time.Hour })
	time.AfterFunc(50*time.Millisecond, cancel)
	_, err = patient.Info(impatient)
	require.Error(t, err, "whoever asks may give up")

	waits := make(chan error, 1)
	go func() {
		_, err := patient.Info(t.Context())
		waits <- err
	}()
	runs(t, first, "b")
	select {
	case err := <-waits:
		t.Fatal("the card is taken", err)
	default:
	}
	require.NoError(t, first.Close())
	require.NoError(t, <-waits)
	_, err = second.Info(t.Context())
	require.Error(t, err)

	// A pool that is idle lets go as well.
	require.NoError(t, patient.Close())
	idle := open(func(c *Config) { c.IdleTimeout = time.Millisecond })
	runs(t, idle, "a")
	third := open(func(c *Config) { c.LockTimeout = time.Minute })
	runs(t, third, "a")

	// What is a process's own, and who asks for no locks, need not wait.
	for _, change := range []func(*Config){func(c *Config) { c.Device = "eval" }, func(c *Config) { c.Device = "fake" }, func(c *Config) { c.Locks = "" }} {
		_, err := open(change).Info(t.Context())
		require.NoError(t, err)
	}
}
