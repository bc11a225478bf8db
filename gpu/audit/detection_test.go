package audit_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu/audit"
	"gpumesh/gpu/audit/audittest"
)

var rates = []audit.Rate{2, 5, 10, 20, 50}

// TestDetectionRates makes one claim of 50 segments for each way of cheating, audits all its segments for real, and then draws
// 1,000 beacons for each audit rate: a round detects the cheat if a drawn segment was found to be wrong. So verdicts are real and
// the draws are simulated. TestDetectionInRealRounds does both for real. The long form has 100 segments and 4,000 beacons.
func TestDetectionRates(t *testing.T) {
	n, rounds := 100, 4000
	if os.Getenv("GPUMESH_LONG") == "" {
		n, rounds = 50, 1000
	}
	work := regression(uint32(n), 1, 5, 1)
	var table strings.Builder
	table.WriteString("| worker | segments cheated in | found wrong |")
	for _, r := range rates {
		fmt.Fprintf(&table, " %d %% |", r)
	}
	table.WriteString("\n|-|-|-|-|-|-|-|-|\n")
	shuffled := rand.New(rand.NewPCG(1, 3)).Perm(n - 1)
	shuffled = slices.DeleteFunc(shuffled, func(k int) bool { return k == 0 }) // before which there is no state to leave as it is
	some := func(count int) []int { return shuffled[:count] }
	spread := make([]int, 5) // apart from each other
	for i := range spread {
		spread[i] = (7 + 19*i) * n / 100
	}
	for _, c := range []struct {
		name     string
		segments []int
		deed     audittest.Deed
		shard    uint64
		wrong    int
	}{
		{"honest", nil, audittest.Honest, 1, 0},
		{"skips steps", some(n / 5), audittest.Skip, 1, n / 5},
		{"extrapolates", some(10), audittest.Extrapolate, 1, 10},
		{"returns a stale checkpoint", some(10), audittest.Stale, 1, 10},
		{"trains on other data", some(10), audittest.OtherData, 1, 10},
		{"perturbs the weights by 1e-4", some(1), audittest.Perturb, 1, 1},
		{"perturbs the weights by 1e-4", spread, audittest.Perturb, 1, 5},
		{"makes up leaves", spread, audittest.Fabricate, 1, 10}, // each is also no state that the next segment could begin with
		{"serves other states than it claims", spread, audittest.ForgeState, 1, 5},
		{"copies another shard's claim", nil, audittest.Honest, 2, n},
	} {
		ordered := work
		if c.shard != 1 {
			ordered = regression(uint32(n), 1, 5, c.shard)
		}
		w := onEvaluator(ordered).Run(t, at(c.deed, c.segments...))
		auditor, wrong, count := evaluator(), make([]bool, n), 0
		for k := range n {
			v := w.Check(t, auditor, work, k).Verdict
			if wrong[k] = v != audit.Agrees; wrong[k] {
				count++
			}
		}
		require.Equal(t, c.wrong, count, c.name)
		cheated := len(c.segments)
		if c.shard != 1 {
			cheated = n
		}
		fmt.Fprintf(&table, "| %s | %d | %d |", c.name, cheated, count)
		for i, percent := range rates {
			rate := percent * audit.Percent
			caught := 0
			for round := range rounds {
				for _, k := range audit.Select(beacon(round*len(rates)+i), n, rate) {
					if wrong[k] {
						caught++
						break
					}
				}
			}
			p := audit.Detection(n, count, rate.Of(n))
			measured := float64(caught) / float64(rounds)
			require.InDelta(t, p, measured, 4*math.Sqrt(p*(1-p)/float64(rounds)), "%s at %d %%", c.name, percent)
			fmt.Fprintf(&table, " %.3f (%.3f, %.3f) |", measured, p, 1-math.Pow(1-float64(percent)/100, float64(count)))
		}
		table.WriteByte('\n')
	}
	t.Logf("measured (1-C(n-c,m)/C(n,m), 1-(1-a)^c), %d segments, %d rounds each\n%s", n, rounds, table.String())
}

// TestDetectionStakes prints what must be at stake, in units of what an undetected cheat brings.
func TestDetectionStakes(t *testing.T) {
	const n = 100
	var table strings.Builder
	table.WriteString("| segments cheated in, of 100 | 2 % | 5 % | 10 % | 20 % | 50 % |\n|-|-|-|-|-|-|\n")
	for _, c := range []int{1, 2, 5, 10, 20, 50, 100} {
		fmt.Fprintf(&table, "| %d |", c)
		last := math.Inf(1)
		for _, percent := range rates {
			rate := percent * audit.Percent
			p := audit.Detection(n, c, rate.Of(n))
			stake := audit.Stake(1, p)
			require.LessOrEqual(t, stake, last, "more audits never ask for more stake")
			require.InDelta(t, 0, (1-p)-p*stake, 1e-9, "with this stake cheating brings nothing on average")
			last = stake
			fmt.Fprintf(&table, " %.3g |", stake)
		}
		table.WriteByte('\n')
	}
	t.Log("\n" + table.String())
}

// TestDetectionInRealRounds runs rounds in which nothing is simulated: a worker that cheats in one to four of ten segments, a
// claim, a beacon, and a real audit of each segment that it draws at 20 %. The long form has 1,000 rounds.
func TestDetectionInRealRounds(t *testing.T) {
	const n = 10
	rounds := 1000
	if os.Getenv("GPUMESH_LONG") == "" {
		rounds = 60
	}
	rate := 20 * audit.Percent
	deeds := []audittest.Deed{audittest.Honest, audittest.Skip, audittest.Extrapolate, audittest.Stale, audittest.OtherData, audittest.Perturb, audittest.ForgeState}
	rng := rand.New(rand.NewPCG(5, 6))
	expected, variance, caught, honestRounds, audited := 0., 0., 0, 0, 0
	auditor := evaluator()
	for round := range rounds {
		d := deeds[rng.IntN(len(deeds))]
		c := 1 + rng.IntN(4)
		if d == audittest.Honest {
			c = 0
			honestRounds++
		}
		work := regression(n, 1, 3, uint64(round%7))
		// Neither the first segment, before which there is no state to leave unchanged, nor Final.
		var segments []int
		for _, s := range rng.Perm(n - 3)[:c] {
			segments = append(segments, s+2)
		}
		if d == audittest.ForgeState { // seen where the state is handed over
			for i := range segments {
				segments[i]--
			}
		}
		w := onEvaluator(work).Run(t, at(d, segments...))
		found := false
		for _, k := range audit.Select(beacon(round), n, rate) {
			audited++
			f := w.Check(t, auditor, work, k)
			found = found || f.Verdict != audit.Agrees
		}
		p := audit.Detection(n, c, rate.Of(n))
		expected += p
		variance += p * (1 - p)
		if found {
			require.NotEqual(t, audittest.Honest, d, "a false alarm in round %d", round)
			caught++
		}
	}
	t.Logf("%d rounds, %d honest without a false alarm, %d segments audited; %d caught, %.1f expected, standard deviation %.1f",
		rounds, honestRounds, audited, caught, expected, math.Sqrt(variance))
	require.InDelta(t, expected, float64(caught), 4*math.Sqrt(variance))
}
