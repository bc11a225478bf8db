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

// Contenders take turns in both orders, the first turn is not counted, and what counts is the median of what turns say.
func TestTurns(t *testing.T) {
	b := &bench{ctx: t.Context()}
	now, order := time.Duration(0), ""
	contender := func(name string, times ...time.Duration) func() error {
		return func() error {
			now += times[strings.Count(order, name)]
			order += name
			return nil
		}
	}
	took, err := b.turns(func() time.Duration { return now }, 4, contender("a", 1, 9, 70, 8, 7), contender("b", 2, 18, 35, 2, 4))
	require.NoError(t, err)
	require.Equal(t, "abbaabbaab", order)
	require.Equal(t, turns{{9, 18}, {70, 35}, {8, 2}, {7, 4}}, took)
	require.Equal(t, []time.Duration{8, 11}, []time.Duration{took.time(0), took.time(1)})
	require.InDelta(t, (0.5+4./7)/2, took.ratio(1, 0), 1e-9)
	require.Equal(t, turns{{3, 18}, {23, 35}, {2, 2}, {2, 4}}, took.per(3, 1))
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
