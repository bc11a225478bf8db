//go:build linux && cgo

package guard

import (
	"math"
	"os"
	"testing"

	"github.com/NVIDIA/go-nvml/pkg/nvml"
	"github.com/NVIDIA/go-nvml/pkg/nvml/mock"
	"github.com/stretchr/testify/require"
)

// card3060 is a device as the driver's library shows it.
func card3060(own int) *mock.Device {
	const ok = nvml.SUCCESS
	return &mock.Device{
		GetNameFunc:               func() (string, nvml.Return) { return "NVIDIA GeForce RTX 3060", ok },
		GetTemperatureFunc:        func(nvml.TemperatureSensors) (uint32, nvml.Return) { return 67, ok },
		GetPowerUsageFunc:         func() (uint32, nvml.Return) { return 151_500, ok },
		GetEnforcedPowerLimitFunc: func() (uint32, nvml.Return) { return 170_000, ok },
		GetUtilizationRatesFunc:   func() (nvml.Utilization, nvml.Return) { return nvml.Utilization{Gpu: 88}, ok },
		GetMemoryInfoFunc: func() (nvml.Memory, nvml.Return) {
			return nvml.Memory{Total: 12 << 30, Used: 3 << 30, Free: 9 << 30}, ok
		},
		GetFanSpeedFunc: func() (uint32, nvml.Return) { return 55, ok },
		GetEccModeFunc: func() (nvml.EnableState, nvml.EnableState, nvml.Return) {
			return nvml.FEATURE_DISABLED, nvml.FEATURE_DISABLED, nvml.ERROR_NOT_SUPPORTED
		},
		GetComputeRunningProcessesFunc: func() ([]nvml.ProcessInfo, nvml.Return) {
			return []nvml.ProcessInfo{{Pid: uint32(own), UsedGpuMemory: 2 << 30}, {Pid: 999_999, UsedGpuMemory: 1 << 30}}, ok
		},
		GetGraphicsRunningProcessesFunc: func() ([]nvml.ProcessInfo, nvml.Return) {
			return []nvml.ProcessInfo{{Pid: uint32(own), UsedGpuMemory: 2 << 30}}, ok
		},
		GetProcessUtilizationFunc: func(since uint64) ([]nvml.ProcessUtilizationSample, nvml.Return) {
			if since >= 3000 {
				return nil, nvml.ERROR_NOT_FOUND
			}
			return []nvml.ProcessUtilizationSample{
				{Pid: uint32(own), TimeStamp: 1000, SmUtil: 60}, {Pid: uint32(own), TimeStamp: 2000, SmUtil: 64},
				{Pid: 999_999, TimeStamp: 1000, SmUtil: 10}, {Pid: 999_999, TimeStamp: 3000, SmUtil: 30, EncUtil: 40},
				{}, // what the library leaves unused
			}, ok
		},
	}
}

func library(devices ...nvml.Device) *mock.Interface {
	return &mock.Interface{
		InitFunc:                   func() nvml.Return { return nvml.SUCCESS },
		ShutdownFunc:               func() nvml.Return { return nvml.SUCCESS },
		ErrorStringFunc:            func(nvml.Return) string { return "an error" },
		DeviceGetCountFunc:         func() (int, nvml.Return) { return len(devices), nvml.SUCCESS },
		DeviceGetHandleByIndexFunc: func(i int) (nvml.Device, nvml.Return) { return devices[i], nvml.SUCCESS },
	}
}

func TestNVML(t *testing.T) {
	f := newFixture(t, "radeon")
	require.NoError(t, os.MkdirAll(f.dir+"/proc/self/ns", 0o755))
	require.NoError(t, os.Symlink(initNamespace, f.dir+"/proc/self/ns/pid"))
	procs := &processes{tree: tree{os.DirFS(f.dir)}, self: 4242}
	other := card3060(4250)
	other.GetNameFunc = func() (string, nvml.Return) { return "NVIDIA T400", nvml.SUCCESS }
	lib := library(other, card3060(4250))
	s := &Sensors{device: nvmlDevices(lib, "NVIDIA GeForce RTX 3060", procs)}
	require.Len(t, s.device, 1, "the other one has another name")
	r := s.Read(start)
	got := text(r)
	delete(got, "idle")
	delete(got, "battery")
	require.Equal(t, map[string]string{
		"temperature": "67 °C", "power": "152 W", "powerLimit": "170 W", "busy": "88 %", "others": "25 %", "fan": "55 %",
		"memoryUsed": "3.0 GiB", "memoryTotal": "12.0 GiB", "memoryOwn": "2.0 GiB", "ecc": "? NVIDIA's driver does not tell it for this device",
	}, got)
	require.Equal(t, "0 %", text(s.Read(start))["others"], "no sample is counted twice")
	require.NoError(t, s.Close())
	require.Len(t, lib.ShutdownCalls(), 1)

	require.NoError(t, os.Remove(f.dir+"/proc/self/ns/pid"))
	require.NoError(t, os.Symlink("pid:[4026532001]", f.dir+"/proc/self/ns/pid"))
	s = &Sensors{device: nvmlDevices(library(card3060(4250)), "NVIDIA GeForce RTX 3060", procs)}
	require.Equal(t, "? who uses the device is not told: this node runs in a container, where process ids are others than the driver's", text(s.Read(start))["others"])
	require.Contains(t, text(s.Read(start))["memoryOwn"], "in a container")
	require.NoError(t, os.Remove(f.dir+"/proc/self/ns/pid"))
	require.NoError(t, os.Symlink(initNamespace, f.dir+"/proc/self/ns/pid"))
	silent := card3060(4250)
	silent.GetGraphicsRunningProcessesFunc = func() ([]nvml.ProcessInfo, nvml.Return) {
		return []nvml.ProcessInfo{{Pid: 4250, UsedGpuMemory: math.MaxUint64}}, nvml.SUCCESS
	}
	s = &Sensors{device: nvmlDevices(library(silent), "NVIDIA GeForce RTX 3060", procs)}
	require.Equal(t, "? NVIDIA's driver does not tell how much of this device's memory a process uses", text(s.Read(start))["memoryOwn"])

	for state, want := range map[nvml.EnableState]string{nvml.FEATURE_ENABLED: "on", nvml.FEATURE_DISABLED: "off"} {
		d := card3060(4250)
		d.GetEccModeFunc = func() (nvml.EnableState, nvml.EnableState, nvml.Return) { // what is pending is the other
			return state, nvml.FEATURE_ENABLED - state, nvml.SUCCESS
		}
		s := &Sensors{device: nvmlDevices(library(d), "NVIDIA GeForce RTX 3060", procs)}
		require.Equal(t, want, text(s.Read(start))["ecc"])
	}

	for want, lib := range map[string]*mock.Interface{
		"libnvidia-ml.so.1, which comes with NVIDIA's driver, is not installed": {
			InitFunc: func() nvml.Return { return nvml.ERROR_LIBRARY_NOT_FOUND }, ErrorStringFunc: func(nvml.Return) string { return "" },
		},
		"NVIDIA's driver does not answer: an error": {
			InitFunc: func() nvml.Return { return nvml.ERROR_DRIVER_NOT_LOADED }, ErrorStringFunc: func(nvml.Return) string { return "an error" },
		},
		"NVIDIA's driver shows no device": library(),
	} {
		s := &Sensors{device: nvmlDevices(lib, "NVIDIA GeForce RTX 3060", procs)}
		require.Equal(t, "? "+want, text(s.Read(start))["temperature"])
		require.NoError(t, s.Close())
	}
}
