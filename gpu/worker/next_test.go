package worker

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

// A device that is given up is passed over for the next one, as when the pool was opened, and what was meant for it does not run on that.
func TestNextAdapter(t *testing.T) {
	open := func(device, list string) (*Pool, gpu.Info) {
		p := newPool(t, "child", func(c *Config) {
			c.Device, c.StartTimeout, c.Spare, c.Env = device, 30*time.Second, true, append(c.Env, cardsEnv+"="+list)
		})
		info, err := p.Info(t.Context())
		require.NoError(t, err)
		require.Equal(t, "card 0 (good)", info.Name)
		runs(t, p, "a")
		return p, info
	}
	lost := gpu.Errorf(gpu.DeviceLost, "it was lost six times")
	for _, device := range []string{"webgpu", "auto"} {
		p, old := open(device, "good,wrong,faulty,good")
		q := task(t, 1)
		q.Class = old.Class
		_, err := p.Run(t.Context(), q)
		require.NoError(t, err)
		info, err := p.Next(t.Context(), old.Class, lost)
		require.NoError(t, err)
		require.Equal(t, "card 3 (good)", info.Name)
		require.NotEqual(t, old.Class, info.Class)
		for _, why := range []string{"card 0 (good): it was lost six times", "a wrong result", "card 2 (faulty)"} {
			require.Contains(t, info.Note, why)
		}
		now, err := p.Info(t.Context())
		require.NoError(t, err)
		require.Equal(t, info, now)
		runs(t, p, "a")
		runs(t, p, "b")
		q = task(t, 1)
		q.Class = old.Class
		require.ErrorContains(t, fails(t, p, q, gpu.Unsupported), "another one has taken its place")
		q.Class = info.Class
		_, err = p.Run(t.Context(), q)
		require.NoError(t, err)

		now, err = p.Next(t.Context(), old.Class, lost)
		require.NoError(t, err)
		require.Equal(t, info, now, "it was given up before")
	}

	p, old := open("auto", "good")
	info, err := p.Next(t.Context(), old.Class, lost)
	require.NoError(t, err)
	require.Equal(t, gpu.Reference, info.Type)
	require.Contains(t, info.Note, "it was lost six times")
	runs(t, p, "a")
	_, err = p.Next(t.Context(), info.Class, lost)
	require.ErrorContains(t, err, "there is no other device")
	runs(t, p, "a")

	p, old = open("webgpu", "good,crash")
	_, err = p.Next(t.Context(), old.Class, lost)
	require.ErrorContains(t, err, "it was lost six times")
	require.ErrorContains(t, err, "card 1 (crash)")
	again, err := p.Info(t.Context())
	require.NoError(t, err, "it begins with the best again")
	require.Equal(t, old.Name, again.Name)
	runs(t, p, "b")
}
