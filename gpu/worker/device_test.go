package worker

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

// noDriver makes the Vulkan loader find nothing.
var noDriver = []string{"VK_ICD_FILENAMES=/nonexistent.json", "VK_DRIVER_FILES=/nonexistent.json"}

func TestWithoutADriverTheEvaluatorRuns(t *testing.T) {
	p := newPool(t, "child", func(c *Config) { c.Device, c.Env = "auto", append(c.Env, noDriver...) })
	info, err := p.Info(t.Context())
	require.NoError(t, err)
	require.Equal(t, gpu.Reference, info.Type)
	runs(t, p, "a")
}

func TestWithoutADriverWebGPUSaysWhatToDo(t *testing.T) {
	p := newPool(t, "child", func(c *Config) { c.Device, c.Env = "webgpu", append(c.Env, noDriver...) })
	_, err := p.Info(t.Context())
	require.Equal(t, gpu.Unsupported, gpu.CodeOf(err), "%v", err)
	require.ErrorContains(t, err, "apt-get install mesa-vulkan-drivers")
}

// An adapter can be named, and why a device is not a better one is told.
func TestAdapterByName(t *testing.T) {
	info, err := driverPool(t).Info(t.Context())
	require.NoError(t, err)
	p := newPool(t, "child", func(c *Config) { c.Device = AdapterPrefix + info.Name[:3] })
	same, err := p.Info(t.Context())
	require.NoError(t, err)
	require.Equal(t, info.Name, same.Name)
	p = newPool(t, "child", func(c *Config) { c.Device = AdapterPrefix + "no such card" })
	_, err = p.Info(t.Context())
	require.ErrorContains(t, err, `no adapter's name contains "no such card"`)

	p = newPool(t, "child", func(c *Config) { c.Device, c.Env = "auto", append(c.Env, noDriver...) })
	info, err = p.Info(t.Context())
	require.NoError(t, err)
	require.Contains(t, info.Note, "no Vulkan driver was found")
}

func TestBench(t *testing.T) {
	for name, p := range map[string]*Pool{
		"driver":    driverPool(t),
		"evaluator": newPool(t, "child", func(c *Config) { c.Device = "eval" }),
	} {
		b, err := p.Bench(t.Context())
		require.NoError(t, err, name)
		require.NotZero(t, b.F32Ops, name)
		require.NotZero(t, b.I32Ops, name)
		t.Logf("%s: %+v", name, b)
		runs(t, p, "a")
	}
}
