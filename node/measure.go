package node

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/natefinch/atomic"

	"gpumesh/gpu"
	"gpumesh/gpu/guard"
	"gpumesh/market"
)

// What a device can do is measured, kept by device in a file of the node's directory, and advertised.

const (
	benchFile = "bench.json"
	// believedFor is how long a measurement is advertised by nodes that start, before it is made anew: drivers and coolers change.
	believedFor = 7 * 24 * time.Hour
	farBelow    = 70   // percent of the best that was measured of the device: less is told, and not believed for long
	busyOthers  = 0.25 // part of the device's time that others use, from which on a measurement says more about them
	mostDevices = 64
)

// Measurement is what was measured of a device.
type Measurement struct {
	gpu.Benchmark
	At   int64  `json:"at"`   // milliseconds since the epoch
	Best uint64 `json:"best"` // the most f32 operations per second that were ever measured of it
	Note string `json:"note"` // why it may say too little, in one sentence; empty: nothing is against it
}

// KeepMeasurement keeps what was measured of a device for the nodes of a directory that start from now on, with what it says compared with earlier ones.
// others is the part of the device's time that other programs used meanwhile, as far as it is known.
func KeepMeasurement(dir string, info gpu.Info, b gpu.Benchmark, others guard.Measure, now time.Time) (Measurement, error) {
	all, err := readMeasurements(dir)
	if err != nil {
		return Measurement{}, err
	}
	key := info.Class + "/" + info.Name
	best := all[key].Best
	m := Measurement{Benchmark: b, At: now.UnixMilli(), Best: max(best, b.F32Ops)}
	switch {
	case others.Known && others.Value > busyOthers:
		m.Note = fmt.Sprintf("other programs used %s of the device meanwhile: measure again when it is idle", guard.Others.Format(others.Value))
	case float64(b.F32Ops) < float64(best)/100*farBelow:
		m.Note = fmt.Sprintf("that is %.0f %% of the most that was measured of this device: if the machine is busy, measure again when it is idle", 100*float64(b.F32Ops)/float64(best))
	}
	if _, known := all[key]; !known && len(all) >= mostDevices { // a machine has a few
		clear(all)
	}
	all[key] = m
	raw, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return m, err
	}
	return m, atomic.WriteFile(filepath.Join(dir, benchFile), bytes.NewReader(append(raw, '\n')))
}

// readMeasurements returns what is kept in a directory, by device. What cannot be understood is measured again.
func readMeasurements(dir string) (map[string]Measurement, error) {
	all := map[string]Measurement{}
	raw, err := os.ReadFile(filepath.Join(dir, benchFile))
	if errors.Is(err, fs.ErrNotExist) {
		return all, nil
	}
	if err == nil && json.Unmarshal(raw, &all) != nil {
		clear(all)
	}
	return all, err
}

// measure returns what a device can do: as measured before, or now, by bench. A measurement that is old, or that may say too little, is made again.
func (n *Node) measure(ctx context.Context, info gpu.Info, within limits) (Measurement, error) {
	all, err := readMeasurements(n.cfg.Dir)
	if err != nil {
		return Measurement{}, err
	}
	old, ok := all[info.Class+"/"+info.Name]
	if age := time.Since(time.UnixMilli(old.At)); ok && old.Note == "" && old.I32Ops > 0 && age >= 0 && age < believedFor {
		return old, nil
	}
	return n.bench(ctx, info, within) // status says why it waits
}

// limits runs something when the machine's limits allow it, and ends it when they do not any more.
type limits func(ctx context.Context, run func(context.Context) error) error

// patient is the limits that all work keeps to. It waits for them for so long; 0: without an end.
func (n *Node) patient(patience time.Duration) limits {
	return func(ctx context.Context, run func(context.Context) error) error {
		return n.runs.within(ctx, 0, patience, run)
	}
}

// bench measures the device.
func (n *Node) bench(ctx context.Context, info gpu.Info, within limits) (Measurement, error) {
	var b gpu.Benchmark
	err := within(ctx, func(ctx context.Context) (err error) { // measuring is work, too
		b, err = n.config.runner.Bench(ctx)
		return err
	})
	if err != nil {
		return Measurement{}, err
	}
	r, _, _ := n.warden.state()
	m, err := KeepMeasurement(n.cfg.Dir, info, b, r[guard.Others], time.Now())
	if err == nil && m.Note != "" {
		n.log.Warn("The device may be worth more than was measured", "f32Ops", b.F32Ops, "why", m.Note)
	}
	return m, err
}

// Bench measures this node's device anew. A provider advertises what comes out from its next ad on, which advertised says.
func (n *Node) Bench(ctx context.Context) (info gpu.Info, m Measurement, advertised bool, err error) {
	if n.config.runner == nil {
		return info, m, false, errors.New("this node runs no programs")
	}
	if info, err = n.config.runner.Info(ctx); err != nil {
		return info, m, false, err
	}
	if m, err = n.bench(ctx, info, n.patient(n.runs.patience)); err != nil {
		return info, m, false, err
	}
	if _, advertises := n.knownDevice(); !advertises { // it has not come to that yet, and takes what is kept then
		return info, m, false, nil
	}
	_, err = n.advertise(ctx, info, m.Benchmark)
	return info, m, err == nil, err
}

// RunningMemory is what running a program takes of a device besides the program's own buffers, in bytes.
const RunningMemory = 64 << 20

// evaluatorMemory bounds what is lent of the evaluator's: its buffers are its process's own memory, which has a bound; see worker.Config.
const evaluatorMemory = 4 << 30

// DeviceMemory is how much of a device's memory one task may take, in bytes: what the owner's setting says, but no more than there is. Without a
// setting, 0, it is all that the sensors say that the device has but an eighth, which screens and drivers need; of a software device, whose
// memory is the host's, a quarter of that and half of what is free at most. Where no sensor tells it, it is no more than what the adapter gives a single buffer.
func DeviceMemory(info gpu.Info, r *guard.Reading, setting uint64) uint64 {
	bytes := func(m guard.Measure) uint64 {
		if m.Known && m.Value >= 0 && m.Value < 1<<62 {
			return uint64(m.Value)
		}
		return 0
	}
	others := r.With(0)
	total, free := bytes(r[guard.MemoryTotal]), bytes(others.Free())
	most := total
	switch software := info.Type == gpu.CPU || info.Type == gpu.Reference; {
	case total == 0:
		most = info.Limits.MaxBuffer
	case setting == 0 && software:
		if most = total / 4; free > 0 {
			most = min(most, free/2)
		}
	case setting == 0:
		most = total - total/8
	}
	if info.Type == gpu.Reference && setting == 0 {
		most = min(most, evaluatorMemory)
	}
	if setting > 0 {
		most = min(most, setting)
	}
	return min(most, info.Limits.MaxTotal)
}

// lends is how many bytes of device memory a task may take here; 0: the device is not known yet.
func (n *Node) lends() uint64 {
	n.provider.mu.Lock()
	defer n.provider.mu.Unlock()
	return n.provider.mu.lends
}

// advertise has the machine advertise a device and what was measured of it, from the next ad on, and returns it with the limits that programs
// are held to here.
func (n *Node) advertise(ctx context.Context, info gpu.Info, b gpu.Benchmark) (gpu.Info, error) {
	confined, err := n.config.runner.Confined(ctx)
	if err != nil {
		return info, err
	}
	r := n.warden.sense(ctx)
	lends := DeviceMemory(info, &r, n.cfg.Provider.MaxMemory)
	info.Limits.MaxDispatch = gpu.MaxDispatch(info.Type, max(b.F32Ops, b.I32Ops))
	info.Limits.MaxTotal = min(info.Limits.MaxTotal, lends+RunningMemory)
	n.device.Store(&info)
	n.provider.mu.Lock()
	n.provider.mu.bench, n.provider.mu.lends = &b, lends
	n.provider.mu.Unlock()
	ad := market.Ad{
		Class: info.Class, Adapter: clipText(info.Name, 64), AdapterType: clipText(string(info.Type), 64),
		F32: b.F32Ops, I32: b.I32Ops, Bandwidth: b.MemoryBps, Memory: lends,
		Version: clipText(Version(), 64), Sandbox: "degraded", Data: n.holdings.names(),
	}
	if confined {
		ad.Sandbox = "full"
	}
	if ecc := r[guard.ECC]; ecc.Known {
		ad.ECC = guard.ECC.Format(ecc.Value)
	}
	return info, n.loop.step(ctx, market.Measured{Ad: ad})
}
