package node

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/guard"
	"gpumesh/market"
)

// What is advertised is what the device is, and no setting makes it more.
func TestAdvertisedMemory(t *testing.T) {
	const gib = 1 << 30
	tell := func(total, used float64) (r guard.Reading) {
		r[guard.MemoryTotal], r[guard.MemoryUsed] = guard.Measure{Known: true, Value: total}, guard.Measure{Known: true, Value: used}
		return r
	}
	unused := tell(8*gib, gib)
	small := tell(8*gib, 5*gib)
	own := small
	own[guard.MemoryOwn] = guard.Measure{Known: true, Value: 3 * gib}
	huge := tell(64*gib, 0)
	for _, c := range []struct {
		kind    gpu.AdapterType
		reading guard.Reading
		setting uint64
		total   uint64 // that the device gives
		want    uint64
	}{
		{gpu.Discrete, unused, 0, 1 << 46, 7 * gib},
		{gpu.Discrete, unused, 4 * gib, 1 << 46, 4 * gib},
		{gpu.Discrete, unused, 80 * gib, 1 << 46, 8 * gib}, // no setting makes it more
		{gpu.Discrete, unused, 0, 2 * gib, 2 * gib},
		{gpu.Discrete, guard.Reading{}, 0, 1 << 46, gib}, // nothing tells it
		{gpu.Discrete, guard.Reading{}, 4 * gib, 1 << 46, gib},
		{gpu.Discrete, tell(-1, 0), 0, 1 << 46, gib},
		{gpu.Discrete, tell(math.Inf(1), 0), 0, 1 << 46, gib},
		{gpu.CPU, unused, 0, 1 << 46, 2 * gib},
		{gpu.CPU, small, 0, 1 << 46, 3 * gib / 2}, // half of what is free
		{gpu.CPU, own, 0, 1 << 46, 2 * gib},       // what this node's programs have will be free
		{gpu.CPU, small, 6 * gib, 1 << 46, 6 * gib},
		{gpu.CPU, huge, 0, 1 << 46, 16 * gib},
		{gpu.Reference, huge, 0, 1 << 46, 4 * gib},
	} {
		info := gpu.Info{Type: c.kind, Limits: gpu.Limits{MaxBuffer: gib, MaxTotal: c.total}}
		require.Equal(t, c.want, DeviceMemory(info, &c.reading, c.setting), c)
	}
}

// A device that computes wrongly is not offered to anybody, and its owner is told why.
func TestAFaultyDeviceIsNotAdvertised(t *testing.T) {
	c := newCluster(t, 2, func(i int, tn *testNode) {
		if i == 1 {
			tn.runner.faults = []string{"integers: a wrong result"}
		}
	})
	c.until(func() bool {
		s, err := c.nodes[1].Status(t.Context())
		require.NoError(t, err)
		return strings.Contains(strings.Join(s.Problems, "\n"), "test (test 1) fails its canaries and takes no work: integers: a wrong result")
	}, "the owner to be told")
	require.Nil(t, c.nodes[1].device.Load())
	ads, err := c.nodes[1].Market(t.Context())
	require.NoError(t, err)
	for _, ad := range ads {
		require.NotEqual(t, c.nodes[1].self, ad.Peer)
	}
}

// What the owner asks of the sandbox, and which device, is said in words that are known.
func TestDeviceSettings(t *testing.T) {
	for device, ok := range map[string]bool{"auto": true, "webgpu": true, "eval": true, "webgpu:radeon": true, "webgpu:": false, "cuda": false, "": false} {
		c := Defaults()
		c.Device = device
		err := c.Validate()
		require.Equal(t, !ok, strings.Contains(fmt.Sprint(err), "device is"), "%s: %v", device, err)
	}
	for level, ok := range map[Sandbox]bool{SandboxBest: true, SandboxFull: true, SandboxAny: true, "none": false, "": false} {
		c := Defaults()
		c.Provider.Enabled, c.Provider.Sandbox = true, level
		err := c.Validate()
		require.Equal(t, !ok, strings.Contains(fmt.Sprint(err), "provider.sandbox is"), "%s: %v", level, err)
	}
	require.Equal(t, SandboxBest, Defaults().Provider.Sandbox)
}

// A program with a workgroup that takes the device too long is declined before it is run.
func TestLongWorkgroupsAreDeclined(t *testing.T) {
	c := newCluster(t, 1, nil)
	tn := c.nodes[0]
	s, _ := tn.draft(1)
	info, err := tn.runner.Info(t.Context())
	require.NoError(t, err)
	judge := func() error {
		_, err := tn.programs.judge(t.Context(), s, func() (gpu.Info, bool) { return info, true })
		return err
	}
	require.NoError(t, judge())
	info.Type, info.Limits.MaxDispatch = gpu.Discrete, 1
	r, ok := errors.AsType[*refusal](judge())
	require.True(t, ok)
	require.Equal(t, market.DeclineUnable, r.code)
	require.Contains(t, r.reason, "in the 1s that this may take")
}

// moody is a device that changes.
type moody struct {
	testRunner
	infos []func() (gpu.Info, error) // the last one stays
}

func (m *moody) Info(context.Context) (gpu.Info, error) {
	next := m.infos[0]
	if len(m.infos) > 1 {
		m.infos = m.infos[1:]
	}
	return next()
}

// A device that fails, computes wrongly or computes otherwise after a run failed on it gets no work until it is again what others were told.
func TestAFailedDeviceStaysOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		told, err := testRunner{}.Info(ctx)
		require.NoError(t, err)
		n := &Node{log: discard(), warden: newWarden(guard.Defaults(), nil, func(int) {}, discard())}
		var heard []market.Condition
		n.warden.tell = func(c market.Condition) { heard = append(heard, c) }
		go func() { _ = n.warden.run(ctx, func(context.Context) (gpu.Info, error) { return told, nil }) }()
		synctest.Wait()
		require.NoError(t, n.warden.admit(0))
		problem := func() string {
			synctest.Wait()
			_, p := n.warden.status()
			if p != "" {
				var refused *refusal
				require.ErrorAs(t, n.warden.admit(0), &refused)
				require.Equal(t, market.DeclinePaused, refused.code)
				require.ErrorContains(t, refused, "its device failed")
				require.Equal(t, gpu.Paused, gpu.CodeOf(n.warden.wait(ctx, 0, time.Hour, false)), "a task does not wait for it")
			}
			return p
		}
		var seen []string
		look := func(info gpu.Info, err error) func() (gpu.Info, error) {
			return func() (gpu.Info, error) {
				seen = append(seen, problem())
				return info, err
			}
		}
		faulty, other := told, told
		faulty.Faults, other.Class = []string{"integers: a wrong result"}, "another"
		n.config.runner = &moody{infos: []func() (gpu.Info, error){
			look(gpu.Info{}, gpu.Errorf(gpu.DeviceLost, "it is gone")), look(faulty, nil), look(other, nil), look(told, nil),
		}}
		n.examineAgain(ctx)
		require.Empty(t, seen, "nobody was told of a device")
		n.device.Store(&told)
		n.examineAgain(ctx)
		require.Len(t, seen, 4)
		require.Empty(t, seen[0])
		require.Contains(t, seen[1], "it is gone")
		require.Contains(t, seen[2], "integers: a wrong result")
		require.Contains(t, seen[3], "does not compute as it did when others were told of it")
		require.Empty(t, problem())
		require.NoError(t, n.warden.admit(0))
		require.Len(t, heard, 3)
		require.Equal(t, []market.Health{market.Healthy, market.Paused, market.Healthy}, []market.Health{heard[0].State, heard[1].State, heard[2].State})
	})
}
