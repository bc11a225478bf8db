// Package webgpu is the gpu.Device on wgpu-native: Vulkan, Metal or Direct3D 12 through github.com/rajveermalviya/go-webgpu.
//
// wgpu-native ends the process on a lost device and on some driver faults, and a hostile shader can hang or crash a driver's
// compiler. So strangers' programs are run on it only inside the process that gpu/worker starts; see that package.
//
// Facts about wgpu-native 0.17 that this package is built around: Poll(wait) returns after 5 s even when nothing has
// finished, so waiting is done by polling without blocking until the map callback has really run; the zero map status means
// success, so a status starts as something else; an empty shader source crashes; an error that no error scope catches ends
// the process unless a handler is installed (shim.c).
package webgpu

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"github.com/rajveermalviya/go-webgpu/wgpu"

	"gpumesh/gpu"
)

// Hint is what to tell a person on whose Linux machine Open finds no driver.
const Hint = "no Vulkan driver was found; on Debian or Ubuntu run: apt-get install mesa-vulkan-drivers"

// Options choose and bound a device. The zero value takes the best adapter.
type Options struct {
	Adapter  string               // substring of the adapter's name, without regard to case; empty: the best by type
	Skip     []string             // adapters that are passed over, as Chosen named them; of equal ones, one for each time that it is there
	Chosen   func(adapter string) // is told the name and the driver of the adapter before anything runs on it; may be nil
	MaxTotal uint64               // bytes over all buffers of a program; 0: DefaultMaxTotal (WebGPU does not tell how much memory there is)
}

// frontEnd is the version of wgpu-native in the binding, and of the naga in that.
const frontEnd = "wgpu-native 0.17 (naga 0.13)"

// DefaultMaxTotal is the memory a program may use when Options do not say.
const DefaultMaxTotal = 4 << 30

// OpenGL is left out: its drivers crash on out-of-bounds workgroup indexes and block in Submit.
const backends = wgpu.InstanceBackend_Vulkan | wgpu.InstanceBackend_Metal | wgpu.InstanceBackend_DX12

// Adapters lists the usable adapters, the best first. MaxLoopIterations is not known before Open. No adapter is an
// Unsupported error with Hint, or with why those that there are take no strangers' programs.
func Adapters() ([]gpu.Info, error) {
	inst := wgpu.CreateInstance(&wgpu.InstanceDescriptor{Backends: backends})
	defer inst.Release()
	found, err := enumerate(inst)
	if err != nil {
		return nil, err
	}
	infos := make([]gpu.Info, len(found))
	for i, f := range found {
		infos[i] = f.info
		f.adapter.Release()
	}
	return infos, nil
}

// Open opens the best adapter, discrete before integrated before CPU, with the limits that it really has, and runs a canary
// on it. Errors, which name the adapter once there is one: Unsupported when there is none or it gives no device, BadDriver when the canary
// computes a wrong result, Timeout when it does not end. What to do then is the caller's: after a hang only a fresh process is trustworthy.
func Open(ctx context.Context, o Options) (gpu.Device, error) {
	wgpu.SetLogLevel(wgpu.LogLevel_Error)
	inst := wgpu.CreateInstance(&wgpu.InstanceDescriptor{Backends: backends})
	found, err := enumerate(inst)
	if err != nil {
		inst.Release()
		return nil, err
	}
	names := make([]string, len(found))
	for i := range found {
		names[i] = found[i].id()
	}
	at, err := choose(names, o.Adapter, o.Skip)
	for i := range found {
		if i != at {
			found[i].adapter.Release()
		}
	}
	if err != nil {
		inst.Release()
		return nil, err
	}
	if o.Chosen != nil {
		o.Chosen(names[at])
	}
	d, err := openOne(ctx, inst, &found[at], cmp.Or(o.MaxTotal, DefaultMaxTotal))
	if err != nil {
		return nil, gpu.Errorf(gpu.CodeOf(err), "%s: %s", names[at], gpu.ReasonOf(err))
	}
	return d, nil
}

// choose is the index of the first adapter whose name has a part and that is not to be passed over.
func choose(names []string, part string, skip []string) (int, error) {
	left, found := slices.Clone(skip), false
	for i, name := range names {
		if !strings.Contains(strings.ToLower(name), strings.ToLower(part)) {
			continue
		}
		found = true
		at := slices.Index(left, name)
		if at < 0 {
			return i, nil
		}
		left = slices.Delete(left, at, at+1)
	}
	if found {
		return -1, gpu.Errorf(gpu.Unsupported, "no adapter is left")
	}
	return -1, gpu.Errorf(gpu.Unsupported, "no adapter's name contains %q", part)
}

// openOne makes a device of an adapter. It owns both.
func openOne(ctx context.Context, inst *wgpu.Instance, chosen *candidate, memory uint64) (*device, error) {
	d := &device{inst: inst, adapter: chosen.adapter, info: chosen.info}
	d.info.Limits.MaxTotal = memory
	limits := chosen.limits
	// The binding reads this field from uninitialised memory.
	limits.MaxPushConstantSize = 0
	var err error
	d.dev, err = d.adapter.RequestDevice(&wgpu.DeviceDescriptor{RequiredLimits: &wgpu.RequiredLimits{Limits: limits}})
	if err != nil || d.dev == nil || refOf(d.dev) == nil {
		d.adapter.Release()
		inst.Release()
		return nil, gpu.Errorf(gpu.Unsupported, "it gives no device")
	}
	if d.errors, err = installErrorSink(d.dev); err != nil {
		return nil, err
	}
	d.queue = d.dev.GetQueue()
	if err := d.prepare(ctx); err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

type candidate struct {
	adapter *wgpu.Adapter
	info    gpu.Info
	limits  wgpu.Limits
}

// id tells an adapter from others for people and for who passes it over.
func (c *candidate) id() string {
	if c.info.Driver == "" {
		return c.info.Name
	}
	return c.info.Name + " (" + c.info.Driver + ")"
}

func enumerate(inst *wgpu.Instance) ([]candidate, error) {
	var found []candidate
	var refused []string
	for _, a := range inst.EnumerateAdapters(&wgpu.InstanceEnumerateAdapterOptons{Backends: backends}) {
		info, why := describe(a.GetProperties())
		if why != "" {
			refused = append(refused, why)
			a.Release()
			continue
		}
		l := a.GetLimits().Limits
		info.Limits = gpu.Limits{
			MaxBuffer:        l.MaxBufferSize &^ 3,
			MaxBinding:       min(uint64(l.MaxStorageBufferBindingSize), l.MaxBufferSize) &^ 3,
			MaxTotal:         DefaultMaxTotal,
			MaxBindings:      min(l.MaxStorageBuffersPerShaderStage, l.MaxBindingsPerBindGroup),
			MaxWorkgroup:     l.MaxComputeInvocationsPerWorkgroup,
			MaxWorkgroupSize: [3]uint32{l.MaxComputeWorkgroupSizeX, l.MaxComputeWorkgroupSizeY, l.MaxComputeWorkgroupSizeZ},
			MaxShared:        l.MaxComputeWorkgroupStorageSize,
		}
		if n := uint64(l.MaxUniformBufferBindingSize); n < gpu.MaxUniform {
			info.Limits.MaxUniform = n
		}
		found = append(found, candidate{a, info, l})
	}
	if len(found) == 0 {
		return nil, gpu.Errorf(gpu.Unsupported, "%s", cmp.Or(strings.Join(refused, "; "), Hint))
	}
	for i := range found {
		if found[i].info.Type != gpu.Discrete {
			found[i].info.Note = strings.Join(refused, "; ")
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return rank(a.info.Type) - rank(b.info.Type) })
	return found, nil
}

func rank(t gpu.AdapterType) int {
	switch t {
	case gpu.Discrete:
		return 0
	case gpu.Integrated:
		return 1
	case gpu.CPU:
		return 2
	}
	return math.MaxInt32
}

func adapterType(t wgpu.AdapterType) gpu.AdapterType {
	switch t {
	case wgpu.AdapterType_DiscreteGPU:
		return gpu.Discrete
	case wgpu.AdapterType_CPU:
		return gpu.CPU
	case wgpu.AdapterType_IntegratedGPU:
		return gpu.Integrated
	}
	return ""
}

func backendName(t wgpu.BackendType) string {
	switch t {
	case wgpu.BackendType_Vulkan:
		return "vulkan"
	case wgpu.BackendType_Metal:
		return "metal"
	case wgpu.BackendType_D3D12:
		return "dx12"
	}
	return ""
}
