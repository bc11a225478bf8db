package node

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/guard"
)

// What is advertised is what the device is, and no setting makes it more.
func TestAdvertisedMemory(t *testing.T) {
	l := gpu.Limits{MaxBuffer: 1 << 30, MaxTotal: 64 << 30}
	require.Equal(t, uint64(8<<30), deviceMemory(l, 8<<30))
	require.Equal(t, l.MaxTotal, deviceMemory(l, 80<<30), "less may be allowed than there is")
	require.Equal(t, l.MaxBuffer, deviceMemory(l, 0), "nothing tells it")

	w := newWarden(guard.Defaults(), nil, func(int) {}, discard())
	close(w.sensed)
	require.Zero(t, w.memory(t.Context()))
	for value, want := range map[float64]uint64{8 << 30: 8 << 30, -1: 0, math.Inf(1): 0, math.NaN(): 0} {
		w.mu.reading[guard.MemoryTotal] = guard.Measure{Known: true, Value: value}
		require.Equal(t, want, w.memory(t.Context()), value)
	}
}
