package node

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/guard"
	"gpumesh/market"
)

// twoCards is a machine whose better card breaks once it is told to.
type twoCards struct {
	testRunner
	mu      sync.Mutex
	broken  bool
	second  bool // the other card has taken its place
	classes []string
}

func (r *twoCards) Info(ctx context.Context) (gpu.Info, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	info, err := r.testRunner.Info(ctx)
	if r.second {
		info.Name, info.Class = "second", "test-2"
	} else if r.broken {
		return gpu.Info{}, gpu.Errorf(gpu.DeviceLost, "it is gone")
	}
	return info, err
}

func (r *twoCards) Bench(ctx context.Context) (gpu.Benchmark, error) {
	b, err := r.testRunner.Bench(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.second {
		b.F32Ops /= 2
	}
	return b, err
}

func (r *twoCards) Next(ctx context.Context, class string, why error) (gpu.Info, error) {
	r.mu.Lock()
	r.second = class == "test-1" && gpu.CodeOf(why) == gpu.DeviceLost
	r.mu.Unlock()
	return r.Info(ctx)
}

func (r *twoCards) RunFrom(ctx context.Context, x Execution, c Checkpoints) (*gpu.Result, error) {
	r.mu.Lock()
	r.classes = append(r.classes, x.Class)
	r.mu.Unlock()
	return r.testRunner.RunFrom(ctx, x, c)
}

// When a device does not come back the next one is measured and advertised, without a restart, and computes what is awarded from then on.
func TestTheNextDeviceTakesThePlace(t *testing.T) {
	r := &twoCards{}
	c := newCluster(t, 5, func(i int, tn *testNode) {
		if i == 2 {
			tn.instead = r
		}
	})
	owner, n := c.nodes[1], c.nodes[2]
	ad := func() market.Ad {
		ads, err := owner.Market(t.Context())
		require.NoError(t, err)
		at := slices.IndexFunc(ads, func(a market.AdView) bool { return a.Peer == n.self })
		require.GreaterOrEqual(t, at, 0)
		return ads[at].Ad
	}
	require.Equal(t, "test-1", ad().Class)
	n.deviceRetry = backoff{min: time.Millisecond, max: time.Millisecond}
	r.mu.Lock()
	r.broken = true
	r.mu.Unlock()
	n.examineAgain(t.Context())
	info, known := n.knownDevice()
	require.True(t, known)
	require.Equal(t, "second", info.Name)
	c.until(func() bool { a := ad(); return a.Class == "test-2" && a.Adapter == "second" && a.F32 == 5e8 }, "an ad of the other device")
	c.until(func() bool { return n.warden.admit(0) == nil }, "its working again, which is decided a moment later")

	s, want := owner.draft(1)
	s.Policy.Replicas, s.Policy.Quorum, s.Policy.MaxReplicas = 4, 4, 4 // all but the owner
	c.check(owner, owner.wait(c.submit(owner, s), "its end", over), want)
	require.Equal(t, []string{"test-2"}, slices.Compact(r.classes))
}

// While a device is measured that takes the place of one that failed nothing else runs, and the limits of the machine hold.
func TestMeasuringDespiteAFault(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sensors := heat(90)
		w := startWarden(t, heatLimits(), sensors)
		w.fault("the device failed: it is gone")
		done := make(chan error)
		began := make(chan struct{})
		go func() {
			done <- w.despite(t.Context(), func(ctx context.Context) error {
				close(began)
				<-ctx.Done()
				return ctx.Err()
			})
		}()
		<-time.After(time.Hour)
		select {
		case <-began:
			t.Fatal("it is too hot")
		default:
		}
		sensors.celsius.Store(40)
		<-began
		require.Error(t, w.admit(0))
		require.Equal(t, gpu.Paused, gpu.CodeOf(w.wait(t.Context(), 0, time.Minute, false)))
		sensors.celsius.Store(90)
		require.ErrorIs(t, <-done, context.Canceled)
	})
}

// The sensors are those of the device that works.
func TestSensorsOfTheNextDevice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		opened := map[string]*testSensors{"first": heat(40), "second": heat(90)}
		w := newWarden(heatLimits(), func(i gpu.Info) Sensors { return opened[i.Name] }, func(int) {}, discard())
		done := make(chan error)
		go func() {
			done <- w.run(ctx, func(context.Context) (gpu.Info, error) { return gpu.Info{Name: "first"}, nil })
		}()
		synctest.Wait()
		require.NoError(t, w.admit(0))
		w.moved(gpu.Info{Name: "second"})
		synctest.Wait()
		require.True(t, opened["first"].closed.Load())
		require.False(t, opened["second"].closed.Load())
		r, _, _ := w.state()
		require.Equal(t, 90.0, r[guard.Temperature].Value)
		require.ErrorContains(t, w.admit(0), "too hot")
		cancel()
		require.NoError(t, <-done)
		require.True(t, opened["second"].closed.Load())
	})
}
