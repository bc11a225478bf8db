package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/kernels"
	"gpumesh/gpu/webgpu"
	"gpumesh/gpu/worker"
	"gpumesh/node/api/nodepb"
)

// A job's kernels are shaped for the providers that advertise, and for what was measured here when they are like this device.
func TestVariantsFor(t *testing.T) {
	params := map[string]int64{"M": 64, "N": 64, "K": 64}
	here := gpu.Info{Name: "llvmpipe", Driver: "1", Type: gpu.CPU}
	key, err := kernels.Key(here, "matmul-f32", params)
	require.NoError(t, err)
	other := gpu.Info{Name: "other card", Driver: "1", Type: gpu.Discrete}
	tuning := tunings{
		tuningKey(here): {Device: here, Choices: kernels.Choices{key: "tile-8x8"}}, tuningKey(other): {Device: other},
	}
	cpu := &nodepb.Ad{Peer: "a", Adapter: "llvmpipe", AdapterType: "cpu"}
	card := &nodepb.Ad{Peer: "b", Adapter: "card", AdapterType: "discrete"}
	for _, c := range []struct {
		ads   []*nodepb.Ad
		owner string
		want  string
	}{
		{[]*nodepb.Ad{cpu}, "z", "tile-8x8"},
		{[]*nodepb.Ad{card}, "z", "double-8x8"},
		{[]*nodepb.Ad{cpu, card}, "z", "packed-8x8"},
		{[]*nodepb.Ad{cpu, card}, "a", "double-8x8"},
		{nil, "z", "packed-8x8"},
	} {
		require.Equal(t, c.want, variantsFor(c.ads, c.owner, tuning)("matmul-f32", params))
	}
}

// What is measured without arguments is all that has variants.
func TestTunedShapesHaveVariants(t *testing.T) {
	for name, shapes := range tunedShapes {
		require.NotNil(t, kernels.Variants(name), "%s has nothing to choose from", name)
		for _, with := range shapes {
			_, err := kernels.Key(gpu.Info{}, name, with)
			require.NoError(t, err)
		}
	}
	for _, k := range kernels.Names() {
		require.True(t, kernels.Variants(k.Name) == nil || tunedShapes[k.Name] != nil, "%s is not measured", k.Name)
	}
}

func TestBenchKernels(t *testing.T) {
	d, err := webgpu.Open(t.Context(), webgpu.Options{})
	if gpu.CodeOf(err) == gpu.Unsupported {
		t.Skip(err)
	}
	require.NoError(t, err)
	info := d.Info()
	require.NoError(t, d.Close())
	dir := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", dir)
	t.Setenv("HOME", dir)
	t.Setenv("LocalAppData", dir)
	require.Empty(t, loadTuning(), "there is no file")
	other := kernels.Tuning{Device: gpu.Info{Name: "other", Driver: "2"}, Choices: kernels.Choices{"a": "b"}}
	require.NoError(t, saveTuning(tunings{tuningKey(other.Device): other}))
	var out strings.Builder
	a := &app{json: true, streams: streams{nil, &out, discardWriter{}}}
	with := map[string]int64{"N": 3001}
	require.NoError(t, a.benchKernels(t.Context(), "", map[string][]map[string]int64{"scan-u32": {with}}))
	var told struct{ Kernels []tuned }
	require.NoError(t, json.Unmarshal([]byte(out.String()), &told))
	require.Len(t, told.Kernels, 1)
	require.Equal(t, other, loadTuning().of("other"), "another device's measurements stay")
	kept := loadTuning().of(info.Name)
	require.Equal(t, info.Name, kept.Device.Name)
	require.Len(t, kept.Choices, 1)
	require.Equal(t, told.Kernels[0].Variant, kept.Shared([]gpu.Info{info}, "scan-u32", with))
	require.ErrorContains(t, a.benchKernels(t.Context(), "", map[string][]map[string]int64{"gelu-f32": {{"N": 8}}}), "no variants")
	require.ErrorContains(t, a.benchKernels(t.Context(), "", map[string][]map[string]int64{"scan-i32": {with}, "softmax-none": {with}}), "softmax-none")
	require.Len(t, loadTuning().of(info.Name).Choices, 2, "what was measured before something fails is kept")
	path, err := tuningFile()
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(path, dir), filepath.Dir(path))
	require.NoError(t, os.WriteFile(path, []byte("{"), 0o600))
	require.Empty(t, loadTuning(), "a file that cannot be read counts as none")
}

// brokenAdapter, where it is set, has a worker's first adapter end the process once it is chosen.
const brokenAdapter = "GPUMESH_WORKER_TEST_BROKEN"

func breakFirst(devices map[string]worker.Opener) map[string]worker.Opener {
	open := devices["webgpu"]
	devices["webgpu"] = func(ctx context.Context, o worker.Opening) (gpu.Device, string, error) {
		chosen := o.Chosen
		o.Chosen = func(adapter string) {
			chosen(adapter)
			if len(o.Skip) == 0 {
				os.Exit(9)
			}
		}
		return open(ctx, o)
	}
	return devices
}

// An adapter that ends a process is passed over, as a node does, and said; where none is left, that is said.
func TestBenchKernelsPassesOverABadAdapter(t *testing.T) {
	var icds []string
	for _, path := range []string{"/usr/share/vulkan/icd.d/lvp_icd.x86_64.json", "/usr/share/vulkan/icd.d/lvp_icd.json", "/usr/lib/chromium/vk_swiftshader_icd.json"} {
		if _, err := os.Stat(path); err == nil {
			icds = append(icds, path)
		}
	}
	t.Setenv("VK_ICD_FILENAMES", strings.Join(icds, ":"))
	t.Setenv("VK_DRIVER_FILES", strings.Join(icds, ":"))
	adapters, err := webgpu.Adapters()
	if err != nil {
		t.Skip(err)
	}
	t.Setenv(brokenAdapter, "yes")
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	var said, out strings.Builder
	a := &app{json: true, streams: streams{nil, &out, &said}}
	err = a.benchKernels(t.Context(), "", map[string][]map[string]int64{"scan-u32": {{"N": 3001}}})
	if len(adapters) < 2 {
		require.ErrorContains(t, err, adapters[0].Name)
		require.ErrorContains(t, err, "the worker process died")
		return
	}
	require.NoError(t, err)
	var told struct{ Device gpu.Info }
	require.NoError(t, json.Unmarshal([]byte(out.String()), &told))
	require.Equal(t, adapters[1].Name, told.Device.Name)
	require.Contains(t, said.String(), "passed over: "+adapters[0].Name)
}
