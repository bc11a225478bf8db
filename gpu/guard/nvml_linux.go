//go:build cgo

package guard

import (
	"errors"
	"math"
	"strings"
	"time"

	"github.com/NVIDIA/go-nvml/pkg/nvml"
)

// nvmlDevice is an NVIDIA device, as the driver's library tells. Devices of one library share it.
type nvmlDevice struct {
	nvml.Device
	procs *processes
	last  uint64       // time of the newest sample of the processes' use, in microseconds
	share func() error // ends the use of the library; nil but for one device
}

func openNVML(adapter string, procs *processes) []source {
	return nvmlDevices(nvml.New(), adapter, procs)
}

// nvmlDevices returns the devices with the adapter's name, or all if none has it.
func nvmlDevices(lib nvml.Interface, adapter string, procs *processes) []source {
	if ret := lib.Init(); ret != nvml.SUCCESS {
		why := "NVIDIA's driver does not answer: " + lib.ErrorString(ret)
		if ret == nvml.ERROR_LIBRARY_NOT_FOUND {
			why = "libnvidia-ml.so.1, which comes with NVIDIA's driver, is not installed"
		}
		return []source{missing{why}}
	}
	end := func() error {
		if ret := lib.Shutdown(); ret != nvml.SUCCESS {
			return errors.New("shut down NVML: " + lib.ErrorString(ret))
		}
		return nil
	}
	n, ret := lib.DeviceGetCount()
	if ret != nvml.SUCCESS || n == 0 {
		why := "NVIDIA's driver shows no device"
		if err := end(); err != nil {
			why += "; " + err.Error()
		}
		return []source{missing{why}}
	}
	var named, all []source
	for i := range min(n, 64) {
		d, ret := lib.DeviceGetHandleByIndex(i)
		if ret != nvml.SUCCESS {
			continue
		}
		x := &nvmlDevice{Device: d, procs: procs}
		all = append(all, x)
		if name, ret := d.GetName(); ret == nvml.SUCCESS && name != "" && (strings.Contains(adapter, name) || strings.Contains(name, adapter)) {
			named = append(named, x)
		}
	}
	if len(named) > 0 {
		all = named
	}
	if len(all) == 0 {
		return []source{missing{"NVIDIA's driver shows no device that this user may read"}}
	}
	all[0].(*nvmlDevice).share = end
	return all
}

func (d *nvmlDevice) close() error {
	if d.share == nil {
		return nil
	}
	return d.share()
}

func (d *nvmlDevice) read(_ time.Time, r *Reading) {
	tell := func(q Quantity, v float64, ret nvml.Return) {
		switch ret {
		case nvml.SUCCESS:
			r[q] = known(v)
		case nvml.ERROR_NOT_SUPPORTED:
			r[q] = absent("NVIDIA's driver does not tell it for this device")
		default:
			r[q] = absent("NVIDIA's driver says: %s", nvml.ErrorString(ret))
		}
	}
	t, ret := d.GetTemperature(nvml.TEMPERATURE_GPU)
	tell(Temperature, float64(t), ret)
	mw, ret := d.GetPowerUsage()
	tell(Power, float64(mw)/1000, ret)
	limit, ret := d.GetEnforcedPowerLimit()
	tell(PowerLimit, float64(limit)/1000, ret)
	use, ret := d.GetUtilizationRates()
	tell(Busy, float64(use.Gpu)/100, ret)
	mem, ret := d.GetMemoryInfo()
	tell(MemoryTotal, float64(mem.Total), ret)
	tell(MemoryUsed, float64(mem.Used), ret)
	fan, ret := d.GetFanSpeed()
	tell(Fan, float64(fan)/100, ret)
	ecc, _, ret := d.GetEccMode()
	tell(ECC, float64(ecc), ret)
	r[Others], r[MemoryOwn] = d.others(), d.own()
}

// own adds up what this node's processes have of the device's memory.
func (d *nvmlDevice) own() Measure {
	if err := d.procs.visible(); err != nil {
		return absent("who uses the device's memory is not told: %v", err)
	}
	family, err := d.procs.family()
	if err != nil {
		return absent("who uses the device's memory is not told: %v", err)
	}
	used := map[uint32]uint64{} // a process that draws and computes is in both lists
	for _, list := range []func() ([]nvml.ProcessInfo, nvml.Return){d.GetComputeRunningProcesses, d.GetGraphicsRunningProcesses} {
		all, ret := list()
		if ret != nvml.SUCCESS {
			return absent("NVIDIA's driver does not tell who uses this device's memory: %s", nvml.ErrorString(ret))
		}
		for _, p := range all[:min(len(all), maxEntries)] {
			if _, own := family[int(p.Pid)]; !own {
				continue
			}
			if p.UsedGpuMemory == math.MaxUint64 {
				return absent("NVIDIA's driver does not tell how much of this device's memory a process uses")
			}
			used[p.Pid] = max(used[p.Pid], p.UsedGpuMemory)
		}
	}
	var sum float64
	for _, bytes := range used {
		sum += float64(bytes)
	}
	return known(sum)
}

// others adds up what processes other than this node's used since the last time.
func (d *nvmlDevice) others() Measure {
	if err := d.procs.visible(); err != nil {
		return absent("who uses the device is not told: %v", err)
	}
	family, err := d.procs.family()
	if err != nil {
		return absent("who uses the device is not told: %v", err)
	}
	samples, ret := d.GetProcessUtilization(d.last)
	if ret == nvml.ERROR_NOT_FOUND { // nobody used it
		return known(0)
	}
	if ret != nvml.SUCCESS {
		return absent("NVIDIA's driver does not tell who uses this device: %s", nvml.ErrorString(ret))
	}
	sum, count := map[uint32]float64{}, map[uint32]float64{}
	for _, s := range samples[:min(len(samples), maxEntries)] {
		if s.TimeStamp == 0 || s.TimeStamp <= d.last {
			continue
		}
		sum[s.Pid] += float64(max(s.SmUtil, s.EncUtil, s.DecUtil))
		count[s.Pid]++
	}
	for _, s := range samples {
		d.last = max(d.last, s.TimeStamp)
	}
	var others float64
	for pid := range sum {
		if _, own := family[int(pid)]; !own {
			others += sum[pid] / count[pid] / 100
		}
	}
	return known(min(others, 1))
}
