package node

import (
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/guard"
	"gpumesh/market"
)

// eccSensors tell whether memory corrects errors.
type eccSensors struct{ testSensors }

func (s *eccSensors) Read(now time.Time) guard.Reading {
	r := s.testSensors.Read(now)
	r[guard.ECC] = guard.Measure{Value: 1, Known: true}
	return r
}

// What others read in a signed ad is what was measured: of the device, its sandbox and its memory. A new measurement is in the next ad, and a node that
// starts again knows it.
func TestAdsSayWhatWasMeasured(t *testing.T) {
	slower := new(atomic.Bool)
	c := newCluster(t, 3, func(i int, tn *testNode) {
		switch i {
		case 1:
			tn.sensors = func(gpu.Info) Sensors { return &eccSensors{} }
			tn.runner.slower = slower
		case 2:
			tn.runner.loose = true
		}
	})
	ad := func(of int) market.Ad {
		ads, err := c.nodes[0].Market(t.Context())
		require.NoError(t, err)
		for _, a := range ads {
			if a.Peer == c.nodes[of].self {
				return a.Ad
			}
		}
		t.Fatal("no ad")
		return market.Ad{}
	}
	require.Equal(t, "full", ad(1).Sandbox)
	require.Equal(t, "on", ad(1).ECC)
	require.Equal(t, "degraded", ad(2).Sandbox)
	require.Empty(t, ad(2).ECC, "nothing tells it")
	require.Equal(t, uint64(1e9), ad(1).F32)
	require.Equal(t, uint64(1<<30), ad(1).Memory)

	slower.Store(true)
	info, m, advertised, err := c.nodes[1].Bench(t.Context())
	require.NoError(t, err)
	require.True(t, advertised)
	require.Equal(t, "test-1", info.Class)
	require.Equal(t, "that is 50 % of the most that was measured of this device: if the machine is busy, measure again when it is idle", m.Note)
	c.until(func() bool { return ad(1).F32 == 5e8 && ad(1).I32 == 6e8 }, "the new measurement in an ad")
	require.Equal(t, "on", ad(1).ECC)
	b, known := c.nodes[1].benchmark()
	require.True(t, known)
	require.Equal(t, uint64(6e8), b.I32Ops, "prices and bounds go by it, too")

	slower.Store(false)
	c.nodes[1].stop()
	c.nodes[1].start()
	c.until(func() bool { return ad(1).F32 == 1e9 }, "a measurement that was doubted to be made again")
}

// A measurement is believed for a week, unless something is against it.
func TestMeasurementsAreKept(t *testing.T) {
	dir := t.TempDir()
	now := time.Now()
	info := gpu.Info{Name: "card", Class: "c-1"}
	idle, busy := guard.Measure{Known: true, Value: 0.1}, guard.Measure{Known: true, Value: 0.6}
	n := &Node{log: discard(), warden: newWarden(guard.Defaults(), nil, func(int) {}, discard())}
	n.runs = &executions{node: n}
	n.cfg.Dir, n.config.runner = dir, testRunner{}
	fresh := func() bool { // it is measured anew
		m, err := n.measure(t.Context(), info, n.patient(0))
		require.NoError(t, err)
		return m.F32Ops == 1e9
	}
	keep := func(f32 uint64, others guard.Measure, at time.Time) string {
		m, err := KeepMeasurement(dir, info, gpu.Benchmark{F32Ops: f32, I32Ops: 7}, others, at)
		require.NoError(t, err)
		return m.Note
	}
	require.Empty(t, keep(100, guard.Measure{}, now))
	require.False(t, fresh())
	require.Empty(t, keep(70, idle, now), "nearly as much")
	require.False(t, fresh())
	require.Contains(t, keep(69, idle, now), "69 % of the most")
	require.True(t, fresh())

	require.NoError(t, os.Remove(filepath.Join(dir, benchFile)))
	require.Equal(t, "other programs used 60 % of the device meanwhile: measure again when it is idle", keep(100, busy, now))
	require.True(t, fresh())
	require.NoError(t, os.Remove(filepath.Join(dir, benchFile)))
	keep(100, idle, now.Add(-believedFor-time.Minute))
	require.True(t, fresh())
	keep(1e9-1, idle, now)
	require.False(t, fresh())
	info.Class = "c-2"
	require.True(t, fresh(), "the same card computes something else with another driver")
	require.NoError(t, os.WriteFile(filepath.Join(dir, benchFile), []byte("nonsense"), 0o600))
	require.True(t, fresh())
	for i := range 2 * mostDevices {
		info.Name = string(rune('a' + i))
		keep(1, idle, now)
	}
	all, err := readMeasurements(dir)
	require.NoError(t, err)
	require.LessOrEqual(t, len(all), mostDevices)
}
