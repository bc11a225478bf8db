package poc

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// drawCollusion draws a task's candidates and witnesses from a population of which a share is one cartel that answers alike,
// lies wherever it gains by it and knows its own shares of every draw. It reports whether a wrong result is accepted, as the
// rules of Task decide, in the worst order: every member of the cartel first shows what helps it most.
func drawCollusion(rng *rand.Rand, p Policy, dishonest float64, credit Credit) (wrong bool) {
	n := p.Candidates()
	bad := make([]bool, n)
	liars := 0
	for i := range bad {
		if bad[i] = rng.Float64() < dishonest; bad[i] {
			liars++
		}
	}
	if liars >= int(p.Quorum) { // it signs whatever it likes
		return true
	}
	right, lies, need := 0, 0, int(Need(p.MaxError))
	for i, drawn := 0, 0; i < n && drawn < int(p.MaxReplicas); i++ {
		if drawn++; bad[i] {
			lies++
		} else {
			right++
		}
		weight := int(credit)
		if right > 0 && lies > 0 { // records contradict each other
			weight = int(NewcomerCredit)
		}
		if (lies-right)*weight >= need {
			if drawn >= Team(p.MaxError) {
				return true
			}
			for w := n - p.Witnesses(); w < n; w++ { // believed for its record, it lies where it knows that no audit comes
				if !bad[w] {
					return false
				}
			}
			return true
		}
		if (right-lies)*weight >= need {
			return false
		}
	}
	return false
}

// TestCollusion lets a third, or a fifth, of the workers collude: newcomers, and such with a record. What the owner said to
// accept is not exceeded.
func TestCollusion(t *testing.T) {
	for _, c := range []struct {
		maxError  uint32
		dishonest int
		credit    Credit
	}{
		{1_000, 200, NewcomerCredit}, {1_000, 200, 5 * Bit}, {1_000, 200, 12 * Bit},
		{10_000, 333, NewcomerCredit}, {10_000, 333, 12 * Bit}, {1_000, 50, 12 * Bit},
	} {
		p, err := ForRisk(c.maxError, c.dishonest)
		require.NoError(t, err)
		rng := rand.New(rand.NewPCG(7, 7))
		const tasks = 200_000
		wrong := 0
		for range tasks {
			if drawCollusion(rng, p, float64(c.dishonest)/1000, c.credit) {
				wrong++
			}
		}
		bound := tasks * int(c.maxError) / MaxErrorUnit
		t.Logf("%d of a thousand dishonest, credit %d: %d wrong of %d tasks, the bound is %d", c.dishonest, c.credit, wrong, tasks, bound)
		require.LessOrEqual(t, wrong, bound)
	}
}
