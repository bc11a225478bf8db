package sim

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRepeat: networks that share nothing show together what each shows by itself with its seed.
func TestRepeat(t *testing.T) {
	s := small()
	s.Strategies, s.Repeat = map[string]float64{"liar": 20}, 3
	got := run(t, s)
	var sum Result
	var executions, net float64
	nodes := 0
	for i := range 3 {
		one := s
		one.Seed, one.Repeat = s.Seed+uint64(i), 1
		r := run(t, one)
		sum.Tasks, sum.Certified, sum.Slashes = sum.Tasks+r.Tasks, sum.Certified+r.Certified, sum.Slashes+r.Slashes
		executions += r.Redundancy * float64(r.Certified)
		sum.times, sum.P99 = append(sum.times, r.times...), max(sum.P99, r.P99)
		for _, p := range r.Profits {
			if p.Strategy == "liar" {
				require.InDelta(t, p.Net()-r.Profits[0].Net(), got.more["liar"][i], 1e-9)
				net, nodes = net+p.Net()*float64(p.Nodes), nodes+p.Nodes
			}
		}
	}
	require.Equal(t, []int{sum.Tasks, sum.Certified, sum.Slashes}, []int{got.Tasks, got.Certified, got.Slashes})
	require.InEpsilon(t, executions/float64(sum.Certified), got.Redundancy, 1e-9)
	require.ElementsMatch(t, sum.times, got.times)
	require.LessOrEqual(t, got.P99, sum.P99)
	require.Positive(t, got.P50)
	require.Equal(t, "liar", got.Profits[1].Strategy)
	require.Equal(t, nodes, got.Profits[1].Nodes)
	require.InEpsilon(t, net/float64(nodes), got.Profits[1].Net(), 1e-9)
	require.InDelta(t, 1-float64(got.Certified)/float64(got.Tasks), got.Unsettled, 1e-9)

	s.Repeat = 0
	require.ErrorContains(t, s.Validate(), "repeat is 0")
	s.Repeat, s.Rewards.Fee = 2, 0.1
	require.ErrorContains(t, s.Validate(), "of one network")
}
