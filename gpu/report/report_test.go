package report

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTable(t *testing.T) {
	r := Report{Processor: "a processor", Cores: 2, Clock: cpuTime, Lines: []Line{
		{Name: "fast", Value: 25.04, Unit: "x", Target: atLeast, Limit: 20, Detail: "how"},
		{Name: "slow", Value: 6.5, Unit: "%", Target: atMost, Limit: 6},
		{Name: "absent", Unit: "x", Target: atLeast, Limit: 0.6, Missing: "nothing is at hand"},
		{Name: "rate", Value: 1234, Unit: "Mop/s"},
	}}
	var text strings.Builder
	n, err := r.WriteTo(&text)
	require.NoError(t, err)
	require.Equal(t, int64(text.Len()), n)
	lines := strings.Split(text.String(), "\n")
	for i, want := range []string{"fast 25 x at least 20 x pass how", "slow 6.5 % at most 6 % FAIL", "absent - at least 0.6 x not measured nothing is at hand", "rate 1.23e+03 Mop/s"} {
		require.Equal(t, want, strings.Join(strings.Fields(lines[3+i]), " "))
	}
	require.True(t, r.Lines[0].Met())
	require.False(t, r.Lines[1].Met())
	require.False(t, r.Lines[2].Met(), "what was not measured is not met")
	require.True(t, r.Lines[3].Met(), "it has no target")
}

// Contenders take turns, the first turn is not counted, and the best one is.
func TestBest(t *testing.T) {
	b := &bench{ctx: t.Context()}
	now, order := time.Duration(0), ""
	contender := func(name string, times ...time.Duration) func() error {
		return func() error {
			now += times[strings.Count(order, name)]
			order += name
			return nil
		}
	}
	took, err := b.best(func() time.Duration { return now }, 3, contender("a", 1, 9, 7, 8), contender("b", 2, 5, 5, 6))
	require.NoError(t, err)
	require.Equal(t, "abababab", order)
	require.Equal(t, []time.Duration{7, 5}, took)
}

// The loops really do the operations that they are said to do.
func TestPeaks(t *testing.T) {
	for _, l := range peaks(1) {
		require.Equal(t, float64(24<<20*12*2*l.bits/32), l.ops)
		start := processorTime()
		require.NoError(t, l.run())
		require.Positive(t, processorTime()-start)
	}
}
