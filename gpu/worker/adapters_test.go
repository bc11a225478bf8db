package worker

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gputest"
	"gpumesh/gpu/webgpu"
)

// cardsEnv lists what the adapters of a child's machine do, the best first, and brokenEnv what the first real one does.
const cardsEnv, brokenEnv = "GPUMESH_WORKER_TEST_CARDS", "GPUMESH_WORKER_TEST_BROKEN"

// addCards makes a child's adapters those of cardsEnv, if it is set.
func addCards(devices map[string]Opener) {
	if cards := os.Getenv(cardsEnv); cards != "" {
		devices["webgpu"] = openCards(strings.Split(cards, ","))
		devices["auto"] = orEval(devices["webgpu"])
	}
	if how := os.Getenv(brokenEnv); how != "" {
		open := devices["webgpu"]
		devices["webgpu"] = func(ctx context.Context, o Opening) (gpu.Device, string, error) {
			chosen := o.Chosen
			o.Chosen = func(adapter string) {
				chosen(adapter)
				if len(o.Skip) == 0 {
					breakDown(how)
				}
			}
			return open(ctx, o)
		}
	}
}

// breakDown does not return.
func breakDown(how string) {
	if how == "hang" {
		select {}
	}
	crash()
}

func openCards(cards []string) Opener {
	return func(_ context.Context, o Opening) (gpu.Device, string, error) {
		for i, kind := range cards {
			name := fmt.Sprint("card ", i, " (", kind, ")")
			if slices.Contains(o.Skip, name) {
				continue
			}
			if kind == "nameless" {
				crash()
			}
			o.Chosen(name)
			f := &gpu.Fake{Kernels: gputest.FakeKernels()}
			switch kind {
			case "hang", "crash":
				breakDown(kind)
			case "slow":
				return nil, "", gpu.Errorf(gpu.Timeout, "the loop canary did not end")
			case "wrong":
				return nil, "", gpu.Errorf(gpu.BadDriver, "a wrong result")
			case "lost":
				return nil, "", gpu.Errorf(gpu.DeviceLost, "it is gone")
			case "refused":
				return nil, "", gpu.Errorf(gpu.Unsupported, "it gives no device")
			case "faulty":
				f.Inject = func(int) gpu.Fault { return gpu.FaultSilent }
			case "hangs later", "crashes later":
				return brittle{f, strings.TrimSuffix(kind, "s later")}, "", nil
			}
			return card{f, name}, "", nil
		}
		return nil, "", gpu.Errorf(gpu.Unsupported, "no adapter is left")
	}
}

type card struct {
	*gpu.Fake
	name string
}

func (c card) Info() gpu.Info {
	i := c.Fake.Info()
	i.Name = c.name
	return i
}

// brittle breaks down when it is examined.
type brittle struct {
	*gpu.Fake
	how string
}

func (b brittle) Kernel(context.Context, string, string, []gpu.Access) (gpu.Kernel, error) {
	breakDown(b.how)
	return nil, nil
}

// Whatever an adapter does when it is opened or examined, the next one serves, and at last the evaluator; what was passed over is named, with the reason.
func TestBrokenAdaptersArePassedOver(t *testing.T) {
	for kind, why := range map[string]string{
		"hang": "did not finish within the deadline", "crash": "the worker process died", "slow": "the loop canary did not end", "wrong": "a wrong result",
		"lost": "it is gone", "refused": "it gives no device", "faulty": "integers: a wrong result", "hang later": "did not finish", "crash later": "died",
	} {
		kind = strings.Replace(strings.Replace(kind, "hang later", "hangs later", 1), "crash later", "crashes later", 1)
		t.Run(kind, func(t *testing.T) {
			hangs := strings.HasPrefix(kind, "hang")
			if hangs {
				t.Parallel() // it waits
			}
			open := func(t *testing.T, device, cards string) *Pool {
				p := newPool(t, "child", func(c *Config) { c.Device, c.Env = device, append(c.Env, cardsEnv+"="+cards) })
				if hangs {
					t.Parallel()
					inHaste(p, 5*time.Second)
				}
				return p
			}
			named := "card 0 (" + kind + ")"
			for _, device := range []string{"webgpu", "auto"} {
				t.Run("the next/"+device, func(t *testing.T) {
					p := open(t, device, kind+",good,good")
					info, err := p.Info(t.Context())
					require.NoError(t, err)
					require.Equal(t, "card 1 (good)", info.Name)
					require.Empty(t, info.Faults)
					require.Contains(t, info.Note, named)
					require.Contains(t, info.Note, why)
					runs(t, p, "a")
					runs(t, p, "b")
					require.Equal(t, info, p.child.info, "it stays with the one that it told of")
				})
			}
			t.Run("the evaluator", func(t *testing.T) {
				p := open(t, "auto", kind)
				info, err := p.Info(t.Context())
				require.NoError(t, err)
				require.Equal(t, gpu.Reference, info.Type)
				require.Contains(t, info.Note, named)
				require.Contains(t, info.Note, why)
				runs(t, p, "a")
			})
			t.Run("none", func(t *testing.T) {
				p := open(t, "webgpu", kind)
				for range 2 { // each start begins with the best one
					_, err := p.Info(t.Context())
					require.ErrorContains(t, err, named)
					require.ErrorContains(t, err, why)
					require.Empty(t, p.passed)
					if hangs {
						break
					}
				}
			})
		})
	}
}

// inHaste gives a pool's starts little time until an adapter was passed over, so that one that hangs costs no more, and the next one has time.
func inHaste(p *Pool, timeout time.Duration) {
	p.cfg.StartTimeout = timeout
	p.cfg.Log = slog.New(whenPassed{p.cfg.Log.Handler(), func() { p.cfg.StartTimeout = time.Minute }})
}

// whenPassed calls a function when an adapter is passed over, while the pool's turn is held.
type whenPassed struct {
	slog.Handler
	call func()
}

func (w whenPassed) Handle(ctx context.Context, r slog.Record) error {
	if r.Message == "gpu adapter passed over" {
		w.call()
	}
	return w.Handler.Handle(ctx, r)
}

// Several are passed over, each in its turn, and the note tells of all.
func TestSeveralAdaptersArePassedOver(t *testing.T) {
	p := newPool(t, "child", func(c *Config) { c.Device, c.Env = "auto", append(c.Env, cardsEnv+"=wrong,crash,faulty,good") })
	info, err := p.Info(t.Context())
	require.NoError(t, err)
	require.Equal(t, "card 3 (good)", info.Name)
	for _, name := range []string{"card 0 (wrong)", "card 1 (crash)", "card 2 (faulty)"} {
		require.Equal(t, 1, strings.Count(info.Note, name), info.Note)
	}
}

// A driver that crashes where adapters are looked for cannot be told from the others: nothing but the evaluator is left, and only on auto.
func TestDriversThatCrashWithoutAName(t *testing.T) {
	open := func(device string) *Pool {
		return newPool(t, "child", func(c *Config) { c.Device, c.Env = device, append(c.Env, cardsEnv+"=nameless,good") })
	}
	p := open("auto")
	info, err := p.Info(t.Context())
	require.NoError(t, err)
	require.Equal(t, gpu.Reference, info.Type)
	require.Contains(t, info.Note, "a driver that could not even be asked for its name: the worker process died")
	runs(t, p, "a")
	_, err = open("webgpu").Info(t.Context())
	require.Equal(t, gpu.WorkerDied, gpu.CodeOf(err), "%v", err)
}

// After the first child took tasks nothing is passed over: others rely on what was told of the device. The next pool begins anew.
func TestTheDeviceStaysWhatItWas(t *testing.T) {
	cards := func(list string) func(*Config) {
		return func(c *Config) { c.Device, c.Env = "auto", append(c.Env, cardsEnv+"="+list) }
	}
	p := newPool(t, "child", cards("good,good"))
	runs(t, p, "a")
	require.NoError(t, p.take(t.Context()))
	p.drop()
	p.forget() // as after a lost device
	env := p.cfg.Env
	p.cfg.Env = append(slices.Clone(env), cardsEnv+"=wrong,good")
	p.give()
	fails(t, p, task(t, 1), gpu.BadDriver)
	_, err := p.Info(t.Context())
	require.Equal(t, gpu.BadDriver, gpu.CodeOf(err), "what it was is told no more: %v", err)
	p.cfg.Env = append(slices.Clone(env), cardsEnv+"=faulty,good") // computes something else now
	require.ErrorContains(t, fails(t, p, task(t, 1), gpu.BadDriver), "card 0 (faulty)")
	info, err := newPool(t, "child", cards("wrong,good")).Info(t.Context())
	require.NoError(t, err)
	require.Equal(t, "card 1 (good)", info.Name)

	p = newPool(t, "child", cards("good"))
	runs(t, p, "a")
	require.NoError(t, p.take(t.Context()))
	p.drop()
	p.forget()
	p.class = "another"
	p.give()
	require.ErrorContains(t, fails(t, p, task(t, 1), gpu.BadDriver), "does not compute as it did when it was first examined")
}

// A caller's deadline is no adapter's fault.
func TestCallersDeadlinesPassNothingOver(t *testing.T) {
	p := newPool(t, "child", func(c *Config) { c.Device, c.Env = "auto", append(c.Env, cardsEnv+"=hang,good") })
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	require.NoError(t, p.take(t.Context()))
	_, err := p.ready(ctx, "")
	p.give()
	require.Equal(t, gpu.Timeout, gpu.CodeOf(err), "%v", err)
	require.Empty(t, p.passed)
}

// On real drivers: the first adapter breaks down once it is named, and the second one serves.
func TestTheNextRealAdapter(t *testing.T) {
	driverPool(t) // skips where there is no driver
	icds := slices.DeleteFunc([]string{"/usr/share/vulkan/icd.d/lvp_icd.x86_64.json", "/usr/share/vulkan/icd.d/lvp_icd.json", "/usr/lib/chromium/vk_swiftshader_icd.json"}, func(path string) bool {
		_, err := os.Stat(path)
		return err != nil
	})
	list := strings.Join(icds, ":")
	t.Setenv("VK_ICD_FILENAMES", list)
	t.Setenv("VK_DRIVER_FILES", list)
	adapters, err := webgpu.Adapters()
	if err != nil || len(adapters) < 2 {
		t.Skipf("it takes two adapters: %v, %v", adapters, err)
	}
	for how, why := range map[string]string{"crash": "died", "hang": "did not finish within the deadline"} {
		t.Run(how, func(t *testing.T) {
			p := newPool(t, "child", func(c *Config) { c.Device, c.Env = "webgpu", append(c.Env, brokenEnv+"="+how) })
			if how == "hang" {
				inHaste(p, 10*time.Second)
			}
			info, err := p.Info(t.Context())
			require.NoError(t, err)
			require.Equal(t, adapters[1].Name, info.Name)
			require.Empty(t, info.Faults)
			require.Contains(t, info.Note, adapters[0].Name)
			require.Contains(t, info.Note, why)
			runs(t, p, "a")
			t.Log(info.Note)
		})
	}
}
