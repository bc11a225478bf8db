package sim

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPrices: under load what providers ask rises step by step to its bound, and falls again when there is little to do; an owner that floods
// the market does not keep others waiting; and what is urgent comes before what its owner submitted earlier, and pays for that.
func TestPrices(t *testing.T) {
	t.Parallel()
	s, err := Load("scenarios/prices.yaml")
	require.NoError(t, err)
	r, err := Run(s) // which asserts that each step is an eighth at most, and within the bounds
	require.NoError(t, err)
	require.Equal(t, r.Tasks, r.Certified)
	t.Log("\n" + r.Table())

	peak := 0
	for i, m := range r.Minutes {
		if m.Most > r.Minutes[peak].Most {
			peak = i
		}
	}
	require.InDelta(t, 1, r.Minutes[0].Most, 0.01)
	require.InDelta(t, 4, r.Minutes[peak].Most, 0.01)
	require.Greater(t, peak, 9, "twelve steps of an eighth make four times the price")
	last := r.Minutes[len(r.Minutes)-2]
	for _, m := range r.Minutes {
		if m.Most > 0 {
			last = m
		}
	}
	require.InDelta(t, 1, last.Most, 0.01)

	by := map[string]Brought{}
	for _, b := range r.Loads {
		require.Equal(t, b.Jobs, b.Done, b.Name)
		by[b.Name] = b
	}
	require.Less(t, by["small"].Worst, by["flood"].Median/2, "a flood of another's is not in the way")
	require.Less(t, by["urgent"].Worst, by["large"].Worst/2, "it was submitted later, by the same owner")
	require.Greater(t, by["urgent"].Paid, 3*by["large"].Paid)

	// What the small jobs take beside the flood is little more than what they take alone.
	alone := s
	alone.Jobs.Loads = nil
	alone.Jobs.Count = 0
	for _, l := range s.Jobs.Loads {
		if l.Name == "small" || l.Name == "probe" {
			alone.Jobs.Loads = append(alone.Jobs.Loads, l)
			alone.Jobs.Count += l.Jobs
		}
	}
	require.NoError(t, alone.Validate())
	quiet, err := Run(alone)
	require.NoError(t, err)
	require.Less(t, by["small"].Median, quiet.Loads[0].Median+Duration(30e9).millis(), "what runs is not interrupted, and takes 30 s")

	var table, svg bytes.Buffer
	require.NoError(t, WriteTable(&table, []Result{r}))
	require.Contains(t, table.String(), "| urgent | 2 | urgent | 2 of 2 |")
	require.NoError(t, WriteSVG(&svg, r))
	require.Contains(t, svg.String(), "What providers ask")
	for d := xml.NewDecoder(strings.NewReader(svg.String())); ; {
		if _, err := d.Token(); err == io.EOF {
			break
		} else {
			require.NoError(t, err)
		}
	}
}

// TestPricesAreChecked: a provider that asks more than demand gives, or more than it said is the most, is found.
func TestPricesAreChecked(t *testing.T) {
	t.Parallel()
	for says, change := range map[string]func(*world){
		"times its price after": func(w *world) {
			w.s.Jobs.Seconds, w.s.Market.Surge = 30, 100_000
			w.nodes[5].asked.level = 0.1
			w.nodes[5].asked.at = epoch
		},
		"its bounds are 1 and 2": func(w *world) { w.s.Market.Surge = 200 },
	} {
		s, err := Load("scenarios/prices.yaml")
		require.NoError(t, err)
		w, err := newWorld(s)
		require.NoError(t, err)
		change(w)
		require.ErrorContains(t, w.run(), says)
	}
}
