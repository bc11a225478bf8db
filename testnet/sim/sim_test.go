package sim

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/poc"
)

// small is a network that runs in a moment.
func small() Scenario {
	s := DefaultScenario()
	s.Name = "small"
	s.Nodes, s.Jobs.Count, s.Jobs.Tasks, s.Jobs.Owners, s.Policy.Panel = 25, 4, 5, 2, 10
	return s
}

// unbounded are the scenarios that do not say how many honest replicas may be accepted and not paid: what they show was not measured with the newest rules.
var unbounded = strings.Fields(`framers framers-shy known-cheats known-cheats-quorum known-cheats-small lazy million mixed mixed-proof near near-class near-mixed proof rewards strangers third wash`)

func TestEveryScenarioFileIsValid(t *testing.T) {
	files, err := filepath.Glob("scenarios/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		s, err := Load(f)
		require.NoError(t, err)
		require.Equal(t, strings.TrimSuffix(filepath.Base(f), ".yaml"), s.Name)
		require.NotEmpty(t, s.About, f)
		require.NotEmpty(t, s.Expect, "%s: a run that expects nothing shows nothing", f)
		_, bounded := s.Expect["excused"]
		require.Equal(t, s.Challenge == nil && !slices.Contains(unbounded, s.Name), bounded, "%s: either there is a bound on excused replicas, or it is among those without", f)
		if s.Name == "alone" || s.Name == "churn" {
			require.Positive(t, s.Check.Crash, "%s: nodes die after steps", f)
		}
	}
}

func TestSameSeedSameRun(t *testing.T) {
	s := small()
	s.Strategies = map[string]float64{"liar": 20}
	s.Network.Loss = 0.05
	a, err := Run(s)
	require.NoError(t, err)
	b, err := Run(s)
	require.NoError(t, err)
	a.Wall, b.Wall, a.Memory, b.Memory = 0, 0, 0, 0
	require.Equal(t, a, b)
	s.Seed++
	c, err := Run(s)
	require.NoError(t, err)
	require.NotEqual(t, a.times, c.times)
}

// TestStrategies runs every strategy alone: no invariant breaks. What is kept is restored after each step in the long form, and after every fifth here.
func TestStrategies(t *testing.T) {
	t.Parallel()
	restore, least := 0.2, 100
	if os.Getenv("GPUMESH_LONG") != "" {
		restore, least = 1, 500
	}
	for _, name := range strategyNames() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := small()
			s.Jobs.Count, s.Strategies = 2, map[string]float64{name: 20}
			switch {
			case strategies[name].owner:
				s.Strategies[name] = 50
			case name == "spammer": // one is a flood
				s.Strategies[name] = 4
			}
			s.Check = Check{Restore: restore, Replay: true}
			r := run(t, s)
			require.NotZero(t, r.Certified)
			require.Greater(t, r.Restores, least)
			require.NotZero(t, r.Replays)
			require.Equal(t, name == "forger", r.Refused > 0)
			t.Log("\n" + r.Table())
		})
	}
}

// TestCrashes: nodes that die after they have written a step go on from that, owners and providers, whichever
// tier: no rule breaks, and what was asked for is done, but for tasks whose candidates are too few by then.
func TestCrashes(t *testing.T) {
	t.Parallel()
	for tier, policy := range map[string]Policy{
		"quorum":    DefaultScenario().Policy,
		"priced":    {MaxError: 0.05, Dishonest: 0.2, Panel: 20},
		"proof":     {Compare: "proof", MaxError: 0.01, Dishonest: 0.2, Panel: 20},
		"tolerance": {Compare: "tolerance", Replicas: 5, Quorum: 4, MaxReplicas: 7, Standby: 2, Panel: 20},
	} {
		t.Run(tier, func(t *testing.T) {
			t.Parallel()
			s := small()
			s.Jobs.Count, s.Jobs.Tasks, s.Policy = 2, 6, policy
			s.Check = Check{Restore: 0.1, Crash: 0.01}
			if tier == "priced" {
				s.Jobs.Batch = 2
			}
			r := run(t, s)
			require.Greater(t, r.Crashes, 10)
			require.Greater(t, r.Restores, 100)
			require.Zero(t, r.Wrong)
			require.GreaterOrEqual(t, r.Certified, r.Tasks-2)
		})
	}
}

// TestPriced: known workers compute alone but for audits, one conspiracy of newcomers gains nothing, and a server with adaptive
// replication runs on the same nodes.
func TestPriced(t *testing.T) {
	t.Parallel()
	s := small()
	s.Known, s.Jobs.Tasks, s.Jobs.Batch, s.Policy = 5000, 40, 2, Policy{MaxError: 0.1, Dishonest: 0.1, Panel: 16}
	s.Check = Check{Restore: 0.005}
	r := run(t, s)
	require.Equal(t, r.Tasks, r.Certified)
	require.InDelta(t, 1.3, r.Redundancy, 0.1, "6 of 20 units are audited")
	require.Zero(t, r.Wrong)

	s.Jobs.Batch, s.Policy.MaxError = 4, 0.01
	r = run(t, s)
	require.Equal(t, r.Tasks, r.Certified)
	require.InDelta(t, 5, r.Redundancy, 0.1, "10 units are too few for audits, and so five must agree")

	s.Known, s.Strategies, s.Policy.Panel = 0, map[string]float64{"cartel": 10}, 20
	r = run(t, s)
	require.Zero(t, r.Wrong)
	for _, p := range r.Profits {
		require.Equal(t, p.Strategy == "honest", p.Net() > 0, "%+v", p)
	}

	s.Scheme, s.Jobs.Batch, s.Policy = "boinc", 1, DefaultScenario().Policy
	r = run(t, s)
	require.Equal(t, r.Tasks, r.Certified)
	require.NotZero(t, r.Wrong, "fast cheats come to be trusted")
}

// TestKnownCheats: a fifth of the workers has clean records and lies from now on. What is believed for a record waits for the audits of
// its job, and the first that meets a lie has all of it done again.
func TestKnownCheats(t *testing.T) {
	t.Parallel()
	s := small()
	s.Seed, s.Nodes, s.Known, s.SpeedSpread = 3, 34, 5000, 1
	s.Jobs.Count, s.Jobs.Owners, s.Jobs.Tasks, s.Policy = 1, 1, 40, Policy{MaxError: 0.01, Dishonest: 0.2, Panel: 33}
	s.Strategies = map[string]float64{"cartel": 20}
	s.Check.Restore = 0.0005
	r := run(t, s)
	require.Equal(t, r.Tasks, r.Certified)
	require.Zero(t, r.Wrong)
	require.NotZero(t, r.Restores)
	for _, p := range r.Profits {
		require.Equal(t, p.Strategy == "honest", p.Net() > 0, "%+v", p)
	}
}

// TestBoundInSmallJobs: a fifth of the workers has clean records, is one cartel and lies from now on, as is best for it: always; always,
// and shows its lies only to its like; only where the next in rank would audit it. The job has no more units than its audits need.
func TestBoundInSmallJobs(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"accomplice", "cartel", "shy"} {
		wrong, tasks := 0, 0
		for seed := range uint64(3) {
			s := small()
			s.Seed, s.Nodes, s.Known, s.SpeedSpread = seed+1, 26, 5000, 1
			s.Jobs.Count, s.Jobs.Owners, s.Jobs.Tasks, s.Policy = 1, 1, 14, Policy{MaxError: 0.05, Dishonest: 0.2, Panel: 20}
			s.Strategies = map[string]float64{name: 20}
			r := run(t, s)
			require.Equal(t, r.Tasks, r.Certified)
			wrong, tasks = wrong+r.Wrong, tasks+r.Tasks
		}
		require.LessOrEqual(t, float64(wrong), 0.05*float64(tasks), name)
	}
}

// TestTiers: results that are looked at, or checked, are right although a fifth of the workers lies; and honest ones are paid.
func TestTiers(t *testing.T) {
	t.Parallel()
	for tier, policy := range map[string]Policy{
		"proof":     {Compare: "proof", MaxError: 0.01, Dishonest: 0.2, Panel: 20},
		"tolerance": {Compare: "tolerance", Replicas: 5, Quorum: 4, MaxReplicas: 7, Standby: 2, Panel: 20},
	} {
		for _, name := range []string{"cartel", "liar", "hoarder", "lazy"} {
			s := small()
			s.Jobs.Count, s.Policy, s.Strategies, s.Check.Restore = 2, policy, map[string]float64{name: 20}, 0.01
			r := run(t, s)
			require.GreaterOrEqual(t, r.Certified, r.Tasks-1, "%s, %s", tier, name) // there may be too few honest ones for a quorum
			require.Zero(t, r.Wrong)
			require.NotZero(t, r.Restores)
			for _, p := range r.Profits {
				if p.Strategy == "honest" {
					require.Positive(t, p.Net())
				} else if name == "cartel" || name == "liar" {
					require.LessOrEqual(t, p.Net(), 0.0)
				}
			}
			if tier == "proof" {
				require.Less(t, r.Redundancy, 2.0)
				if name == "lazy" {
					require.Positive(t, r.Unseen)
					require.Zero(t, r.Fooled, "nobody else lies")
				}
			}
		}
	}
}

func TestExpand(t *testing.T) {
	s := small()
	s.Strategies, s.Percents, s.Alone = map[string]float64{"liar": 1, "cartel": 3}, []float64{10, 20}, true
	runs := s.Expand()
	require.Len(t, runs, 4)
	require.Equal(t, "small-liar-20", runs[3].Name)
	require.Equal(t, map[string]float64{"liar": 20}, runs[3].Strategies)
	s.Alone = false
	runs = s.Expand()
	require.Len(t, runs, 2)
	require.Equal(t, map[string]float64{"liar": 2.5, "cartel": 7.5}, runs[0].Strategies)

	s.Strategies["isolated"], s.Policy = 2, Policy{MaxError: 0.01, Dishonest: 0.2, Panel: 20}
	runs = s.Expand()
	require.Equal(t, map[string]float64{"liar": 5, "cartel": 15, "isolated": 20}, runs[1].Strategies, "who is deceived is counted beside who deceives")
	require.Empty(t, runs[1].Beyond())
	s.Percents = []float64{51}
	require.ErrorContains(t, s.Validate(), "percents holds 51, want over 0 to 50")
}

func TestApportion(t *testing.T) {
	require.Equal(t, map[string]int{"a": 1, "b": 2, "c": 1}, apportion(map[string]float64{"a": 1, "b": 2, "c": 1}, 100))
	require.Equal(t, map[string]int{"a": 1, "b": 1, "c": 0}, apportion(map[string]float64{"a": 0.6, "b": 0.8, "c": 0.5}, 100))
	require.Equal(t, map[string]int{"a": 1, "b": 3}, apportion(map[string]float64{"a": 0.2, "b": 3.7}, 100), "each is there where there is room")
	for _, name := range []string{"mixed", "mixed-proof"} {
		s, err := Load("scenarios/" + name + ".yaml")
		require.NoError(t, err)
		require.Equal(t, []float64{5, 10, 20, 33}, s.Percents)
		for i, run := range s.Expand() {
			w, err := newWorld(run)
			require.NoError(t, err)
			count, names, percent := map[bool]int{}, map[string]bool{}, map[bool]float64{}
			for _, n := range w.nodes {
				if n.name != "" {
					count[n.owner()]++
					names[n.name] = true
				}
			}
			for strategy, share := range run.Strategies {
				percent[strategies[strategy].owner] += share
				require.True(t, names[strategy], "%s has no %s", run.Name, strategy)
			}
			require.InDelta(t, s.Percents[i], percent[false], 1e-9)
			require.Equal(t, int(math.Round(percent[false]/100*float64(run.Nodes-run.Jobs.Owners))), count[false], run.Name)
			require.Equal(t, int(math.Round(percent[true]/100*float64(run.Jobs.Owners))), count[true], run.Name)
		}
	}
}

// TestIdle: a run in which a strategy never does otherwise than the program says is found, but for those that the scenario names.
func TestIdle(t *testing.T) {
	s := small()
	s.Strategies = map[string]float64{"liar": 20, "lazy": 20, "bystander": 20}
	r, err := Run(s)
	require.NoError(t, err)
	for _, p := range r.Profits {
		require.Equal(t, p.Strategy == "liar", p.Acted > 0, p.Strategy)
	}
	require.EqualError(t, r.Idle(), "lazy never acted: the 5 nodes that follow it did what the program says")
	r.Scenario.Idle = map[string]string{"lazy": "nothing is checked where results are exact"}
	require.NoError(t, r.Scenario.Validate())
	require.NoError(t, r.Idle())
	s.Idle = map[string]string{"lazy": "", "copier": "it is not there"}
	require.ErrorContains(t, s.Validate(), "idle: copier is none of the strategies")
	require.ErrorContains(t, s.Validate(), "does not say why lazy may")
}

// TestLimit: what a run rules out, by the quantiles of the Poisson distribution.
func TestLimit(t *testing.T) {
	r := Result{Scenario: small(), Certified: 1000}
	require.InDelta(t, 0.002996, r.limit(), 1e-6)
	r.Wrong = 2
	require.InDelta(t, 0.006296, r.limit(), 1e-6)
	r.Scenario.Jobs.Batch = 2
	require.InDelta(t, 0.009488, r.limit(), 1e-6, "one of 500")
	r.Certified = 0
	require.Equal(t, 1.0, r.limit())
}

func TestExceeds(t *testing.T) {
	r := Result{Scenario: small(), Certified: 1000, Wrong: 20}
	require.NoError(t, r.Exceeds(), "nothing is promised")
	r.Scenario.Policy = Policy{MaxError: 0.01, Dishonest: 0.2}
	require.NoError(t, r.Exceeds(), "20 instead of 10: three in a thousand")
	r.Wrong = 30
	require.ErrorContains(t, r.Exceeds(), "30 of 1000")
	r.Scenario.Strategies = map[string]float64{"cartel": 33}
	require.NoError(t, r.Exceeds(), "more are dishonest than assumed")
}

func TestBadNetwork(t *testing.T) {
	s := small()
	s.Network.Loss, s.Network.Skew = 0.1, Duration(600e9)
	s.Network.Partitions = []Partition{{At: Duration(10e9), For: Duration(60e9), Share: 0.3}}
	s.Churn = Churn{Session: Duration(300e9), Shape: 1.5, Away: Duration(60e9)}
	s.Check.Restore = 0.01
	r := run(t, s)
	require.NotZero(t, r.Certified)
	require.Zero(t, r.Slashes)
	require.Zero(t, r.Wrong)
}

// TestPaidOnBadNetworks: whoever honest was accepted is paid, whatever the network does, but for the causes that checkOwed names.
func TestPaidOnBadNetworks(t *testing.T) {
	t.Parallel()
	for name, worsen := range map[string]func(*Scenario){
		"churn": func(s *Scenario) {
			s.Jobs.Seconds, s.Churn = 10, Churn{Session: Duration(300e9), Shape: 1.5, Away: Duration(60e9)}
		},
		"partition": func(s *Scenario) {
			s.Network.Partitions = []Partition{{At: Duration(10e9), For: Duration(60e9), Share: 0.3}}
		},
		"loss": func(s *Scenario) {
			s.Network.Loss, s.Strategies = 0.05, map[string]float64{"liar": 20}
		},
	} {
		for seed := range uint64(3) {
			s := small()
			s.Name, s.Seed, s.Check.Restore = name, seed+1, 0.01
			worsen(&s)
			r := run(t, s)
			require.NotZero(t, r.Certified)
		}
	}
}

// TestPartitionHeals: who was cut off and had given tasks up learns the results that the others have certified.
func TestPartitionHeals(t *testing.T) {
	s := small()
	s.Seed, s.Network.Latency = 3, Duration(80e6)
	s.Jobs = Jobs{Count: 8, Tasks: 4, Batch: 1, Owners: 2, Every: Duration(60e9), Deadline: Duration(2 * 3600e9), Seconds: 60}
	s.Network.Partitions = []Partition{{At: Duration(240e9), For: Duration(20 * 60e9), Share: 0.4}}
	r := run(t, s)
	require.Zero(t, r.Wrong)
	require.Equal(t, r.Tasks, r.Certified)
	require.Positive(t, r.Healing)
	require.LessOrEqual(t, r.Healing, poc.Millis(60_000))
}

func TestScenarioValidation(t *testing.T) {
	s := small()
	s.Nodes, s.Jobs.Every, s.Network.Loss, s.Strategies = 1, 0, 1, map[string]float64{"saint": 1}
	err := s.Validate()
	for _, field := range []string{"nodes", "jobs.every", "network.loss", "saint"} {
		require.ErrorContains(t, err, field)
	}
	_, err = Load("sim_test.go")
	require.Error(t, err)
}

func TestReports(t *testing.T) {
	r, err := Run(small())
	require.NoError(t, err)
	var rows, svg bytes.Buffer
	require.NoError(t, WriteCSV(&rows, []Result{r, r}))
	lines, err := csv.NewReader(&rows).ReadAll() // which wants as many fields in each
	require.NoError(t, err)
	require.Len(t, lines, 3)
	names := lines[0]
	slices.Sort(names)
	require.Equal(t, names, slices.Compact(slices.Clone(names)))
	var table bytes.Buffer
	require.NoError(t, WriteTable(&table, []Result{r, r}))
	require.Equal(t, 6, strings.Count(table.String(), "\n")) // below it what was checked
	require.NoError(t, WriteSVG(&svg, r))
	d := xml.NewDecoder(&svg)
	for {
		if _, err := d.Token(); err == io.EOF {
			break
		} else {
			require.NoError(t, err)
		}
	}
}

// TestEquivocatorsLoseTheirStake: whoever signs two results for two peers is convicted of it wherever they come together, or of the one
// that contradicts the certificate, where redundancy is priced and where it is not.
func TestEquivocatorsLoseTheirStake(t *testing.T) {
	t.Parallel()
	for _, priced := range []bool{false, true} {
		s := small()
		s.Strategies = map[string]float64{"equivocator": 20}
		if priced {
			s.Policy.MaxError, s.Policy.Dishonest, s.Policy.Panel = 0.05, 0.2, 20
		}
		again(t, s)
		w, err := newWorld(s)
		require.NoError(t, err)
		require.NoError(t, w.run())
		require.Zero(t, w.tally.wrong)
		lost := 0
		for _, n := range w.nodes {
			if n.dishonest() && n.executed > 0 {
				require.Positive(t, n.convicted, "node %d", n.index)
				require.Greater(t, w.lostStake(n), n.income)
				lost++
			}
		}
		require.Greater(t, lost, 2)
		require.True(t, priced || w.tally.twice > 0, "two attestations need no certificate")
	}
}
