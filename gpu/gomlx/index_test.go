package gomlx

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// number evaluates a linear form.
func (l linear) number(values map[*variable]int) int {
	sum := l.c
	for _, t := range l.terms {
		v, ok := values[t.v]
		if !ok {
			v = t.v.of.number(values)
			if t.v.mod {
				v = modFloor(v, t.v.by)
			} else {
				v = divFloor(v, t.v.by)
			}
		}
		sum += t.coef * v
	}
	return sum
}

// factors cuts n into a random shape.
func factors(rng *rand.Rand, n int) []int {
	var dims []int
	for n > 1 && len(dims) < 4 {
		var list []int
		for d := 2; d <= n; d++ {
			if n%d == 0 {
				list = append(list, d)
			}
		}
		d := list[rng.IntN(len(list))]
		dims = append(dims, d)
		n /= d
	}
	if n > 1 {
		dims = append(dims, n)
	}
	return dims
}

// Coordinates that went through reshapes and transpositions are what arithmetic says, and a reshape there and back is nothing.
func TestIndexes(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		var s vars
		n := []int{24, 32, 36, 48, 60, 64, 72, 96, 120}[rng.IntN(9)]
		var root linear
		values := make(map[*variable]int)
		count := n
		if rng.IntN(2) == 0 {
			i, lane := s.fresh("i", n/4, 0), s.fresh("", 4, 0)
			lane.lane = true
			root = of(i).times(4).plus(of(lane), 1)
			values[i], values[lane] = rng.IntN(n/4), rng.IntN(4)
		} else {
			i := s.fresh("i", n, 0)
			root = of(i)
			values[i] = rng.IntN(count)
		}
		want := root.number(values)
		at := root
		for range 1 + rng.IntN(3) {
			dims := factors(rng, n)
			coords := s.coords(at, dims)
			rest := want
			perm := rng.Perm(len(dims))
			got := make([]int, len(dims))
			for i := len(dims) - 1; i >= 0; i-- {
				require.Equal(t, rest%dims[i], coords[i].number(values), "%v of %v", i, dims)
				low, high := coords[i].bounds()
				require.True(t, low >= 0 && high < n)
				got[i] = rest % dims[i]
				rest /= dims[i]
			}
			require.True(t, s.flat(coords, dims).equal(at), "%v", dims)
			turned, turnedCoords := make([]int, len(dims)), make([]linear, len(dims))
			want = 0
			for i, p := range perm {
				turned[i], turnedCoords[i] = dims[p], coords[p]
				want = want*dims[p] + got[p]
			}
			at = s.flat(turnedCoords, turned)
			require.Equal(t, want, at.number(values))
			for lane := range 4 {
				single := s.at(at, lane)
				require.False(t, single.laned())
				all := make(map[*variable]int)
				for v, x := range values {
					all[v] = x
					if v.lane {
						all[v] = lane
					}
				}
				require.Equal(t, at.number(all), single.number(all))
			}
		}
	}
}
