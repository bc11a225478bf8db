package worker

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

// A required sandbox that is not there refuses, and a driver that is only found outside Landlock runs outside, and is told.
func TestSandboxFallback(t *testing.T) {
	if !confinable() {
		t.Skip("this kernel has no Landlock")
	}
	far := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(far, "driver"), nil, 0o600))
	change := func(require bool) func(*Config) {
		return func(c *Config) {
			c.Device, c.RequireSandbox = "far", require
			c.Env = append(c.Env, farEnv+"="+far)
		}
	}
	p := newPool(t, "child", change(false))
	s, err := p.Sandbox(t.Context())
	require.NoError(t, err)
	require.False(t, s.Landlock)
	require.Equal(t, landlockABI() > 0 && auditArch != 0, s.Seccomp)
	require.Contains(t, s.String(), "not confined: files (Landlock); the driver of fake is not found under Landlock")
	p.drop()
	require.NoError(t, p.take(t.Context()))
	_, err = p.ready(t.Context(), "")
	p.give()
	require.NoError(t, err)
	require.False(t, p.sandbox.Landlock, "the decision stays")

	p = newPool(t, "child", func(c *Config) { change(false)(c); c.KeepLandlock = true })
	_, err = p.Info(t.Context())
	require.Equal(t, gpu.Unsupported, gpu.CodeOf(err), "%v", err)
	require.ErrorContains(t, err, "the driver of fake is found outside Landlock only")

	p = newPool(t, "child", change(true))
	_, err = p.Info(t.Context())
	require.Equal(t, gpu.Unsupported, gpu.CodeOf(err), "%v", err)
}

const farEnv = "GPUMESH_WORKER_TEST_FAR"

func openFar(context.Context, Opening) (gpu.Device, string, error) {
	if _, err := os.ReadDir(os.Getenv(farEnv)); err != nil {
		return nil, "", gpu.Errorf(gpu.Unsupported, "no driver: %v", err)
	}
	return &gpu.Fake{}, "", nil
}

// openShy finds its driver under Landlock from the second start on, and always outside.
func openShy(context.Context, Opening) (gpu.Device, string, error) {
	mark := filepath.Join(os.Getenv("LD_LIBRARY_PATH"), "started")
	if _, err := os.ReadDir("/"); err == nil {
		if err := os.WriteFile(mark, nil, 0o600); err != nil {
			return nil, "", err
		}
	} else if _, err := os.Stat(mark); err != nil {
		return nil, "", gpu.Errorf(gpu.WorkerDied, "no driver: %v", err)
	}
	return &gpu.Fake{}, "", nil
}

// A start that fails by chance does not lead out of the sandbox, and what was told of it holds for all later children.
func TestSandboxIsNotLostLater(t *testing.T) {
	if !confinable() || auditArch == 0 {
		t.Skip("this kernel cannot")
	}
	p := newPool(t, "child", func(c *Config) {
		c.Device = "shy"
		c.Env = append(c.Env, "LD_LIBRARY_PATH="+t.TempDir())
	})
	s, err := p.Sandbox(t.Context())
	require.NoError(t, err)
	require.True(t, s.Full(), "%v", s)

	far := t.TempDir()
	require.NoError(t, p.take(t.Context()))
	p.drop()
	p.forget() // as after a lost device
	p.cfg.Device, p.cfg.Env = "far", append(p.cfg.Env, farEnv+"="+far)
	p.give()
	fails(t, p, task(t, 1), gpu.Unsupported)
	require.Empty(t, p.open)

	p.open = "by mistake"
	require.ErrorContains(t, fails(t, p, task(t, 1), gpu.Unsupported), "the sandbox was full, and now it is degraded")
}
