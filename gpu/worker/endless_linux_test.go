package worker

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

// Loops that never end or take long really run where the driver has no bound on loops, as SwiftShader, and unlike lavapipe 22.3 on which the other tests of
// hostile programs may run. Each ends by its deadline, in a typed error, and the next task runs. Only what ends by itself may be a result.
func TestEndlessOnEveryDriver(t *testing.T) {
	found := drivers(t)
	if len(found) == 0 {
		t.Skip("there is no driver for processors here: apt-get install mesa-vulkan-drivers chromium")
	}
	const atomics = "@group(0) @binding(0) var<storage, read_write> out: array<atomic<u32>>;\n@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) { "
	rows := []struct {
		name, source string
		grid         uint32
		ends         bool // by itself, within the deadline, on some driver
	}{
		{"inf_sideeffect", body(endless), 1, false},
		{"inf_counter", body("for (var i = id.x * 2u + 1u; i != 0u; i += 2u) { out[2u + id.x % 1000u] = i; }"), 1, false},
		{"spinlock", atomics + "while (atomicLoad(&out[7]) == 0u) { } atomicStore(&out[id.x % 1024u], 1u); }", 1, false},
		{"long_8s", body("var x = id.x; for (var i = 0u; i < 60000u; i++) { x = x * 1664525u + 1013904223u + (x >> 7u); } out[id.x % 1024u] = x;"), 16, true},
		{"long_big", body("var x = id.x; for (var i = 0u; i < 60000000u; i++) { x = x * 1664525u + 1013904223u + (x >> 7u); } out[id.x % 1024u] = x;"), 16, false},
	}
	const deadline = time.Second / 2
	stopped := []gpu.Code{gpu.Timeout, gpu.Unsupported} // Unsupported: the driver has a bound on loops, and is given none that may exceed it
	for driver, env := range found {
		t.Run(driver, func(t *testing.T) {
			p := newPool(t, "child", func(c *Config) { c.Device, c.Env, c.Spare, c.Log = "webgpu", append(c.Env, env...), true, quiet() })
			info, err := p.Info(t.Context())
			require.NoError(t, err)
			runs(t, p, "next")
			for _, row := range rows {
				_, err := p.Run(t.Context(), hostile(t, row.source, row.grid, deadline))
				if !row.ends || err != nil {
					require.Contains(t, stopped, gpu.CodeOf(err), "%s: %v", row.name, err)
				}
				if row.name == "inf_sideeffect" && info.Limits.MaxLoopIterations == 0 {
					require.Equal(t, gpu.Timeout, gpu.CodeOf(err), "it really ran: %v", err)
				}
				runs(t, p, "next")
			}
			for _, f := range families {
				if info.Limits.MaxLoopIterations != 0 { // TestAttacks has them there
					break
				}
				if f.name != "endless loop" && f.name != "long work" {
					continue
				}
				for k := range 11 {
					q := f.make(t, k, rand.New(rand.NewPCG(1, uint64(k)))).q
					q.Timeout = deadline
					if _, err := p.Run(t.Context(), q); err != nil {
						require.Contains(t, append(stopped, gpu.InvalidProgram, gpu.TooLarge), gpu.CodeOf(err), "%s %d: %v", f.name, k, err)
					}
					runs(t, p, fmt.Sprint("next", k%2))
				}
			}
		})
	}
}
