package sim

import (
	"encoding/xml"
	"errors"
	"io"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/poc"
)

// TestPercentiles: of a thousand tasks that took 1 to 1,000 s half were certified later than after 500 s, and one in a hundred later than after 990 s.
func TestPercentiles(t *testing.T) {
	w, err := newWorld(small())
	require.NoError(t, err)
	for _, i := range rand.New(rand.NewPCG(1, 1)).Perm(1000) {
		w.tally.latencies = append(w.tally.latencies, poc.Millis(i+1)*1000)
	}
	r := w.result()
	require.Equal(t, []poc.Millis{501_000, 991_000}, []poc.Millis{r.P50, r.P99})
	require.Contains(t, r.Table(), "certified p50 s              501.0\ncertified p99 s              991.0\n")
	require.Equal(t, poc.Millis(7), percentile([]poc.Millis{7}, 0.99))
	require.Zero(t, percentile(nil, 0.5))
}

// TestFairness: what honest providers of equal speed are paid is compared, and nothing else.
func TestFairness(t *testing.T) {
	require.InDelta(t, 0.25, jain([]float64{4, 0, 0, 0}), 1e-12)
	require.InDelta(t, 0.9, jain([]float64{1, 2}), 1e-12)
	require.InDelta(t, 1, jain([]float64{3, 3, 3}), 1e-12)
	require.InDelta(t, 1, jain([]float64{0, 0}), 0, "nobody has less than another")

	s := small()
	s.Nodes, s.Jobs.Owners, s.Strategies = 10, 1, map[string]float64{"liar": 20, "isolated": 20}
	w, err := newWorld(s)
	require.NoError(t, err)
	var honest []*node
	for _, n := range w.nodes {
		if n.income = 1000 * market.NLOV; !n.owner() && !n.dishonest() && !n.eclipsed {
			honest = append(honest, n)
		}
	}
	require.Len(t, honest, 5)
	for i, x := range []struct {
		speed  float64 // of the median
		income market.Amount
	}{{1, 4}, {1.9, 0}, {4, 3}, {7.9, 1}, {64, 100}} { // two classes of two, with 1/2 and 4/5, and one that is alone
		honest[i].speed, honest[i].income = x.speed*medianSpeed, x.income
	}
	require.InDelta(t, (0.5+0.8)/2, w.result().Fairness, 1e-12)
	honest[4].speed = medianSpeed // a class of three: 104 squared of three times 10,016
	require.InDelta(t, (104.*104/(3*10_016)*3+0.8*2)/5, w.result().Fairness, 1e-12)
	require.InDelta(t, 1, fairness(map[int][]float64{1: {3}, 2: {4}}), 0, "nothing to compare")
}

// TestOverview: the picture of an experiment has a bar for each strategy of each run, as long as what a node made says, and red for a loss.
func TestOverview(t *testing.T) {
	s := small()
	run := func(name string, profits ...Profit) Result {
		r := Result{Scenario: s, Profits: profits}
		r.Scenario.Name = name
		return r
	}
	var b strings.Builder
	require.NoError(t, WriteOverviewSVG(&b, s, []Result{
		run("small-5", Profit{Strategy: "honest", Nodes: 20, Income: 16}, Profit{Strategy: "liar", Nodes: 1, Slashed: 9}),
		run("small-10", Profit{Strategy: "honest", Nodes: 19, Income: 5, Cost: 1}, Profit{Strategy: "<liar>", Nodes: 2, Income: 1}),
	}))
	d := xml.NewDecoder(strings.NewReader(b.String()))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else {
			require.NoError(t, err)
		}
	}
	found := regexp.MustCompile(`<rect [^>]*width="([\d.]+)" height="[\d.]+" fill="(#\w+)"/><line .*?/><text [^>]*>([^<]*)</text><text [^>]*>([^<]*)</text>`).FindAllStringSubmatch(b.String(), -1)
	require.Len(t, found, 4)
	var rows []string
	var widths []float64
	for _, f := range found {
		rows = append(rows, strings.Join(f[2:], " "))
		width, err := strconv.ParseFloat(f[1], 64)
		require.NoError(t, err)
		widths = append(widths, width)
	}
	require.Equal(t, []string{"#2ca02c 5: honest (20) 16.0", "#d62728 5: liar (1) -9.0", "#2ca02c 10: honest (19) 4.0", "#ff9d1c 10: &lt;liar&gt; (2) 1.0"}, rows)
	for i, root := range []float64{4, 3, 2, 1} { // the scale is the square root, from -3 to 4
		require.InDelta(t, root*560/7, widths[i], 0.1)
	}
}

// TestChecked: tables say what of a run was looked at, and how often, once for all runs of which it is the same.
func TestChecked(t *testing.T) {
	s := small()
	s.Check = Check{Restore: 0.0005, Crash: 0.002}
	every := "timers after every step, everybody's balance after every operation, of steps that write, one in 2000 compared with a restored machine, one in 500 ended by a crash"
	require.Equal(t, every, s.checked())
	large := s
	large.Name, large.Nodes, large.Check = "large", fewNodes+1, Check{Restore: 0.001}
	some := "timers after every 64th step, everybody's balance after every 256th operation, of steps that write, one in 1000 compared with a restored machine, none ended by a crash"
	server := s
	server.Name, server.Scheme = "server", "boinc"
	var table, csv strings.Builder
	all := []Result{{Scenario: s}, {Scenario: large}, {Scenario: s}, {Scenario: server}}
	all[2].Scenario.Name = "other"
	require.NoError(t, WriteTable(&table, all))
	require.True(t, strings.HasSuffix(table.String(), "\n\nChecked (`small`, `other`): "+every+".\n\nChecked (`large`): "+some+".\n"), table.String())
	require.NoError(t, WriteCSV(&csv, all))
	require.Equal(t, 2, strings.Count(csv.String(), every))
	require.Contains(t, all[1].Table(), some)
}
