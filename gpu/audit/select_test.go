package audit_test

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu/audit"
)

// beacon is the i-th of a series that nobody could know.
func beacon(i int) [32]byte {
	return sha256.Sum256(binary.BigEndian.AppendUint64([]byte("beacon of the tests"), uint64(i)))
}

func TestRate(t *testing.T) {
	for _, c := range []struct {
		rate audit.Rate
		n    int
		want int
	}{
		{0, 0, 0}, {audit.DefaultRate, 0, 0}, {0, 7, 1}, {audit.Percent, 50, 1}, {audit.Percent, 100, 1}, {audit.Percent, 101, 2},
		{audit.DefaultRate, 9, 1}, {audit.DefaultRate, 11, 2}, {50 * audit.Percent, 3, 2}, {100 * audit.Percent, 65537, 65537}, {math.MaxUint32, 3, 3},
	} {
		require.Equal(t, c.want, c.rate.Of(c.n), "%d of %d", c.rate, c.n)
	}
}

// TestSelect pins what every node must draw, and sees that the draw is even.
func TestSelect(t *testing.T) {
	require.Equal(t, []int{3, 12, 31, 36, 41, 67, 68, 83, 84, 98}, audit.Select(beacon(0), 100, audit.DefaultRate))
	require.Equal(t, []int{0}, audit.Select(beacon(0), 1, 0))
	require.Empty(t, audit.Select(beacon(0), 0, audit.DefaultRate))
	const n, rounds = 7, 7000
	single, pairs := make([]int, n), make(map[[2]int]int)
	for i := range rounds {
		list := audit.Select(beacon(i), n, 40*audit.Percent)
		require.Len(t, list, 3)
		require.True(t, slices.IsSorted(list))
		require.Len(t, slices.Compact(slices.Clone(list)), 3)
		for a, x := range list {
			single[x]++
			for _, y := range list[a+1:] {
				pairs[[2]int{x, y}]++
			}
		}
	}
	for k, count := range single {
		require.InDelta(t, rounds*3/n, count, 5*math.Sqrt(rounds*3./7*4/7), "segment %d", k)
	}
	require.Len(t, pairs, n*(n-1)/2)
	for pair, count := range pairs {
		require.InDelta(t, rounds/7, count, 5*math.Sqrt(rounds/7.*6/7), "%v", pair)
	}
	all := audit.Select(beacon(1), n, 100*audit.Percent)
	require.Equal(t, []int{0, 1, 2, 3, 4, 5, 6}, all)
}

func TestDetection(t *testing.T) {
	require.InDelta(t, 0.1, audit.Detection(10, 1, 1), 1e-12)
	require.InDelta(t, 1-8./10*7/9, audit.Detection(10, 2, 2), 1e-12)
	require.Equal(t, 1., audit.Detection(10, 10, 1))
	require.Equal(t, 1., audit.Detection(10, 1, 10))
	require.Equal(t, 1., audit.Detection(10, 9, 2))
	require.Zero(t, audit.Detection(10, 0, 10))
	require.Zero(t, audit.Detection(10, 3, 0))
	require.InDelta(t, 9, audit.Stake(1, 0.1), 1e-12)
	require.Zero(t, audit.Stake(1, 1))
	require.True(t, math.IsInf(audit.Stake(1, 0), 1))
}
