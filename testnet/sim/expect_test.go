package sim

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/poc"
)

// experiment runs all of a scenario and judges each run.
func experiment(t *testing.T, s Scenario) (rs []Result) {
	require.NoError(t, s.Validate())
	for _, x := range s.Expand() {
		r := run(t, x)
		_ = r.Judge(rs)
		rs = append(rs, r)
	}
	return rs
}

// TestExpectationsCanFail: each measure is met by a run in which it should be, and not by one in which it should not; of what no run of a moment shows the
// figures are made up.
func TestExpectationsCanFail(t *testing.T) {
	t.Parallel()
	for measure, x := range map[string]struct {
		setup       func(*Scenario)
		kept, fails float64
	}{
		"redundancy": {kept: 3.5, fails: 1.15},
		"makespan":   {kept: 120, fails: 0.5},
		"p99":        {kept: 120, fails: 0.5},
		"wall":       {kept: 600, fails: 0},
		"memory":     {kept: 64, fails: 0.001},
		"makespanRatio": {kept: 100, fails: 1, setup: func(s *Scenario) {
			s.Strategies = map[string]float64{"staller": 30}
		}},
		"p99Ratio": {kept: 100, fails: 1, setup: func(s *Scenario) {
			s.Strategies = map[string]float64{"staller": 30}
		}},
		"wrong": {kept: 1, fails: 0.001, setup: func(s *Scenario) {
			s.Strategies = map[string]float64{"cartel": 60}
		}},
		"unsettled": {kept: 1, fails: 0, setup: func(s *Scenario) {
			s.Strategies = map[string]float64{"liar": 80}
		}},
		"griefed": {kept: 100, fails: 0, setup: func(s *Scenario) {
			s.Strategies = map[string]float64{"poisoner": 50}
		}},
		"unpaid": {kept: 5, fails: 0, setup: func(s *Scenario) {
			s.Strategies = map[string]float64{"poisoner": 50}
		}},
	} {
		t.Run(measure, func(t *testing.T) {
			s := small()
			if x.setup != nil {
				x.setup(&s)
			}
			s.Expect = Expect{measure: x.kept}
			rs := experiment(t, s)
			r := rs[len(rs)-1]
			require.NoError(t, r.Failed)
			r.Scenario.Expect = Expect{measure: x.fails}
			require.ErrorContains(t, r.Judge(rs), measure+" is ")
			require.Contains(t, r.Table(), measure+" is ")
			var csv, table strings.Builder
			require.NoError(t, WriteCSV(&csv, []Result{r}))
			require.NoError(t, WriteTable(&table, []Result{r}))
			require.Contains(t, csv.String(), measure+" is ")
			require.Contains(t, table.String(), "**failed: ")
		})
	}

	s := small()
	s.Expect = Expect{"faults": 0, "copied": 0, "washing": 0, "healing": 0, "excused": 0}
	made := Result{Scenario: s}
	require.NoError(t, made.Judge(nil))
	made.Excused, made.Healing, made.Faults, made.Profits, made.Ring = 1, 1000, 1, []Profit{{Strategy: "copier", Nodes: 1, Income: 1}}, Ring{Back: 2, Fees: 1}
	for measure := range s.Expect {
		require.ErrorContains(t, made.Judge(nil), measure+" is 1, and expected is 0 at most")
	}
	var csv strings.Builder
	require.NoError(t, WriteCSV(&csv, []Result{made}))
	require.Contains(t, csv.String(), "unpaid replicas excused")
	require.Regexp(t, `unpaid replicas excused +1\n`, made.Table())
}

// TestNothingIsSkipped: what was not measured, or cannot be compared, is not kept.
func TestNothingIsSkipped(t *testing.T) {
	s := small()
	s.Strategies, s.Expect = map[string]float64{"staller": 20}, Expect{"makespanRatio": 2, "p99Ratio": 2, "healing": 60}
	s.Network.Partitions = []Partition{{At: 1, For: 1, Share: 0.5}}
	x := s.Expand()[1]
	r := Result{Scenario: x, Tasks: 20, Certified: 20, Healing: -1}
	err := r.Judge(nil)
	require.ErrorContains(t, err, "makespanRatio is NaN")
	require.ErrorContains(t, err, "p99Ratio is NaN")
	require.ErrorContains(t, err, "healing is +Inf")
	r.spans = []poc.Millis{1000, never}
	require.True(t, math.IsInf(r.stalled(), 1), "one of two jobs did not end")

	r.Scenario.Policy = Policy{MaxError: 0.01, Dishonest: 0.1}
	require.NotEmpty(t, r.Scenario.Beyond())
	require.NoError(t, r.Judge(nil), "nothing is promised")
	require.Empty(t, r.Expected)
}

// TestUncaughtFrauds: a kind of fraud that is vouched for too often is found, and none that only shares or is idle.
func TestUncaughtFrauds(t *testing.T) {
	s, err := Load("scenarios/challenge.yaml")
	require.NoError(t, err)
	r := ChallengeResult{Scenario: s, Rows: []ChallengeRow{{Kind: "honest", Tried: 100, Vouched: 100}, {Kind: "split2", Tried: 100, Vouched: 100}, {Kind: "memory", Tried: 100, Vouched: 1}}}
	require.NoError(t, r.Judge())
	r.Rows[2].Vouched = 2
	require.ErrorContains(t, r.Judge(), "uncaught is 0.02")
}

func TestSelect(t *testing.T) {
	s := small()
	s.Strategies, s.Percents, s.Alone = map[string]float64{"liar": 1, "staller": 1}, []float64{10, 20}, true
	s.May = map[string]string{"liar": "it is a test"}
	s.Expect = Expect{"makespanRatio": 2}
	require.NoError(t, s.Validate())
	names := func(only string) (out []string) {
		runs, err := s.Select(only)
		require.NoError(t, err)
		for _, r := range runs {
			require.NoError(t, r.Validate())
			out = append(out, r.Name)
		}
		return out
	}
	require.Equal(t, []string{"small-none", "small-liar-10", "small-liar-20", "small-staller-10", "small-staller-20"}, names(""))
	require.Equal(t, []string{"small-none", "small-liar-20"}, names("small-liar-20"))
	require.Equal(t, []string{"small-none"}, names("small-none"))
	s.Expect = nil
	require.Equal(t, []string{"small-staller-10"}, names("small-staller-10"))
	_, err := s.Select("small-cartel-10")
	require.ErrorContains(t, err, "there are small-liar-10, small-liar-20")

	s.Expect = Expect{"makespanRatio": 2, "luck": 1, "wrong": -1, "healing": 60}
	s.Strategies, s.May = nil, nil
	err = s.Validate()
	for _, says := range []string{`"luck" is unknown`, "wrong is -1", "no strategies", "no partition"} {
		require.ErrorContains(t, err, says)
	}
}
