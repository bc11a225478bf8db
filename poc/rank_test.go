package poc

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func candidates(weights ...uint64) []Candidate {
	cs := make([]Candidate, len(weights))
	for i, w := range weights {
		cs[i] = Candidate{testWorker(i), w}
	}
	return cs
}

// TestRankGolden pins the order: nodes of different versions must agree on it.
func TestRankGolden(t *testing.T) {
	var got []string
	for _, w := range Rank(testHash("beacon"), testRef, candidates(1, 2, 3, 4, 5, 1<<39, 0, math.MaxUint64)) {
		got = append(got, strings.TrimPrefix(string(w.Account), "account-"))
	}
	require.Equal(t, goldenRank, strings.Join(got, " "))
}

func TestRankDependsOnNothingElse(t *testing.T) {
	cs := candidates(5, 1, 7, 7, 2, 900)
	want := Rank(testHash("beacon"), testRef, cs)
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		rng.Shuffle(len(cs), func(i, j int) { cs[i], cs[j] = cs[j], cs[i] })
		before := slices.Clone(cs)
		require.Equal(t, want, Rank(testHash("beacon"), testRef, cs))
		require.Equal(t, before, cs, "the input was changed")
	}
	require.NotEqual(t, want, Rank(testHash("another beacon"), testRef, cs))
	require.Empty(t, Rank(testHash("beacon"), testRef, nil))
}

// TestRankRespectsWeights compares the first two places with their exact probabilities, within five standard deviations.
func TestRankRespectsWeights(t *testing.T) {
	weights := []uint64{1, 2, 3, 4, 10}
	const draws, total = 20_000, 20.0
	var first, second [5]float64
	for n := range draws {
		r := Rank(testHash("beacon %d", n), testRef, candidates(weights...))
		for i := range weights {
			if r[0] == testWorker(i) {
				first[i]++
			}
			if r[1] == testWorker(i) {
				second[i]++
			}
		}
	}
	near := func(got, p float64) {
		t.Helper()
		require.InDelta(t, draws*p, got, 5*math.Sqrt(draws*p*(1-p)))
	}
	for i, w := range weights {
		near(first[i], float64(w)/total)
		p := 0.0
		for j, x := range weights {
			if j != i {
				p += float64(x) / total * float64(w) / (total - float64(x))
			}
		}
		near(second[i], p)
	}
}

// TestBelowIsUnbiased uses a range in which a plain remainder would return low numbers twice as often as high ones.
func TestBelowIsUnbiased(t *testing.T) {
	const n = math.MaxUint64/3*2 + 1
	d := newDraws(testHash("beacon"), testRef)
	low := 0
	for range 10_000 {
		if d.below(n) < n/2 {
			low++
		}
	}
	require.InDelta(t, 5_000, low, 250) // with a remainder: 6,667
	require.Zero(t, newDraws(Hash{}, testRef).below(1))
}

func BenchmarkRank64(b *testing.B) {
	weights := make([]uint64, 64)
	for i := range weights {
		weights[i] = uint64(i * i)
	}
	cs := candidates(weights...)
	for b.Loop() {
		Rank(testHash("beacon"), testRef, cs)
	}
}
