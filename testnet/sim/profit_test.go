package sim

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
)

var profitSeeds = flag.Int("profitseeds", 1, "with how many seeds TestNoStrategyEarnsMore runs every strategy")

// equals is a market of equal devices with equal records and stakes, in which everybody has done enough at the end to lie late: two jobs of twelve units
// of five tasks, which all are audited, five errors in a hundred accepted. A fifth of the providers follow one strategy.
func equals(strategy string) Scenario {
	s := small()
	s.Name, s.Known, s.SpeedSpread = strategy, 1000, 1
	s.Jobs.Count, s.Jobs.Owners, s.Jobs.Tasks, s.Jobs.Batch, s.Policy = 2, 2, 60, 5, Policy{MaxError: 0.05, Dishonest: 0.2, Panel: 20}
	s.Strategies = map[string]float64{strategy: 20}
	switch {
	case strategies[strategy].owner:
		s.Strategies = map[string]float64{strategy: 50, "cartel": 20}
		if strategies[strategy].poison { // job after job; a cartel would be paid by it for what nobody can compute
			s.Jobs.Tasks, s.Strategies = 20, map[string]float64{strategy: 50}
		}
	case strategy == "scattered" || strategy == "divided": // ten identities are one device
		s.Nodes, s.Strategies[strategy] = 42, 25
	case strategy == "milker": // which does fifteen tasks before it lies
		s.Jobs.Tasks = 120
	case strategy == "spammer": // one is a flood
		s.Strategies[strategy] = 4
	case slices.Contains([]string{"liar", "cartel", "accomplice", "equivocator", "copier", "staller", "boaster", "isolated", "shy"}, strategy): // one job shows it
		s.Jobs.Count = 1
	case strategy == "pool": // several compute what nobody is known for
		s.Known = 0
	case strategy == "usurper": // of 17 candidates, of whom nine are a quorum, it never is one here; of five it is
		s.Jobs.Batch, s.Policy = 1, Policy{Replicas: 5, Quorum: 3, MaxReplicas: 5, Panel: 20}
	case strategies[strategy].ring:
		s.Strategies["ringleader"] = 50
		s.Policy = Policy{Replicas: 5, Quorum: 3, MaxReplicas: 5, Panel: 20}
	}
	return s
}

// TestNoStrategyEarnsMore: each strategy alone earns no more than honest work beside it, for each device, after work and stake lost
// (Result.Profiteers, which says what chance may explain). What is certain needs no chance: who lies loses, and who does not do the
// work that others are paid for has less. Copiers and stallers sign nothing that is wrong, so there is nothing to convict them of: they are paid nothing. Shy ones are
// convicted of what an honest node was shown, and lose their pay, which is all that can be asserted.
func TestNoStrategyEarnsMore(t *testing.T) {
	t.Parallel()
	const (
		asMuch   = iota // honest work besides, of which the draw gives more or less
		perStake        // as much for each identity, and so for each stake
		less
		nothing // and has less: it does no work, and is paid for none
		loses
	)
	for name, most := range map[string]int{
		"liar": loses, "cartel": loses, "milker": loses, "oneshot": loses, "selective": loses, "accomplice": loses, "equivocator": loses, "sinker": loses, "withholder": loses,
		"framer": loses, "shyframer": loses,
		"rusher": loses, "undercutter": loses, "usurper": asMuch, "pool": asMuch, "ghost": nothing,
		"copier": nothing, "staller": nothing, "shy": less, "sybil": asMuch, "spammer": asMuch, "boaster": asMuch,
		"scattered": perStake, "divided": perStake, "isolated": asMuch, "biased": less, "griefer": less, "canceler": less, "poisoner": less, "eclipsed": asMuch,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range *profitSeeds {
				s := equals(name)
				s.Seed += uint64(seed)
				r := run(t, s)
				if most == perStake {
					for i := range r.Profits {
						r.Profits[i].Devices = 0
					}
				}
				require.NoError(t, errors.Join(r.Profiteers(), r.Idle()), "seed %d\n%s", s.Seed, r.Table())
				rows := map[string]Profit{}
				for _, p := range append(r.Profits, r.Owners...) {
					rows[p.Strategy] = p
				}
				honest := rows["honest"].Net()
				if strategies[name].owner {
					require.True(t, rows["cartel"].Net() < 0 || strategies[name].poison, "whom it lets lie")
					honest = rows["owner"].Net()
				}
				require.True(t, honest > 0 || strategies[name].ring, "who is framed computes for nothing") // and pays deposits
				switch got := rows[name].PerDevice(); most {
				case loses:
					require.Negative(t, got, "seed %d\n%s", s.Seed, r.Table())
				case nothing:
					require.Zero(t, rows[name].Income, "seed %d\n%s", s.Seed, r.Table())
					require.LessOrEqual(t, got, 0.0)
				case less:
					require.Less(t, got, honest, "seed %d\n%s", s.Seed, r.Table())
				}
			}
		})
	}
	for standby, most := range []uint32{3, 7} { // what is not defended: two fellows among the candidates are a quorum, and settle what they like
		t.Run(fmt.Sprintf("usurper where two of %d candidates must agree", 3+6*standby), func(t *testing.T) {
			t.Parallel()
			s := equals("usurper")
			s.Policy = Policy{Replicas: 3, Quorum: 2, MaxReplicas: most, Standby: uint32(6 * standby), Panel: 20}
			r := run(t, s)
			t.Log("\n" + r.Table())
			require.ErrorContains(t, r.Profiteers(), "usurper earned")
			s.May = map[string]string{"usurper": "a plain quorum is no bound on colluders"}
			r.Scenario = s
			require.NoError(t, errors.Join(r.Profiteers(), r.Idle()))
		})
	}
	for _, name := range []string{"accomplice", "cartel", "shy"} {
		for audited, units := range map[string]int{"three units in ten": 20, "one unit in ten": 60} {
			if name == "cartel" && units == 60 { // which the first audit finds, as with fewer units
				continue
			}
			t.Run(name+" where "+audited+" are audited", func(t *testing.T) {
				t.Parallel()
				s := equals(name)
				s.Nodes, s.Repeat = 21, 2**profitSeeds
				s.Jobs.Count, s.Jobs.Owners, s.Jobs.Tasks, s.Jobs.Batch, s.Policy = 1, 1, units, 1, Policy{MaxError: 0.1, Dishonest: 0.2, Panel: 16}
				r := run(t, s)
				t.Log("\n" + r.Table())
				require.NoError(t, errors.Join(r.Profiteers(), r.Idle(), r.Exceeds()))
			})
		}
	}
}

// TestProfitIsSeen: without what stands against it a strategy earns more than honest work, and that is found; with it the same run finds nothing.
func TestProfitIsSeen(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		strategy string
		share    float64
		broken   func(*world)
	}{
		"nobody is slashed": {"cartel", 40, func(w *world) {
			w.lens = func(_ *node, s chain.Settlement) chain.Settlement { return lenient{s} }
		}},
		"answers are known before they are committed": {"copier", 20, func(w *world) {
			var tell func()
			tell = func() {
				for _, n := range w.nodes {
					for ref, r := range w.truth {
						n.memory[ref] = r
					}
				}
				w.after(100, tell)
			}
			w.after(0, tell)
		}},
		"one place has many seats": {"sybil", 30, func(w *world) {
			for i, n := range w.nodes {
				n.subnet = string(rune('a' + i))
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, broken := range []bool{false, true} {
				s := equals(x.strategy)
				s.Known, s.Jobs.Batch, s.Policy = 0, 1, Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 4, Panel: 20}
				s.Strategies = map[string]float64{x.strategy: x.share}
				var r Result
				for range 8 { // whether it gains, where it can, depends on the draw
					again(t, s)
					w, err := newWorld(s)
					require.NoError(t, err)
					if broken {
						x.broken(w)
					}
					require.NoError(t, w.run())
					if r = w.result(); !broken || r.Profiteers() != nil {
						break
					}
					s.Seed++
				}
				t.Log("\n" + r.Table())
				if broken {
					require.ErrorContains(t, r.Profiteers(), x.strategy+" earned")
					s.May = map[string]string{x.strategy: "the world is broken"}
					r.Scenario = s
				}
				require.NoError(t, r.Profiteers())
			}
		})
	}
}

// TestBeyond: a run with more dishonest providers than the policy assumes says so in its tables, and is held to no bound on wrong results; but nobody may earn by it.
func TestBeyond(t *testing.T) {
	s := equals("milker")
	s.Percents = []float64{20, 33}
	s.Strategies["griefer"] = 50 // of the owners, of whom nothing is assumed
	var runs []Result
	for _, run := range s.Expand() {
		runs = append(runs, Result{Scenario: run, Certified: 120, Tasks: 120, Wrong: 100, Profits: []Profit{{Strategy: "honest", Nodes: 18, Income: 5}, {Strategy: "milker", Nodes: 5, Income: 50}}})
	}
	require.ErrorContains(t, runs[0].Exceeds(), "20 of 24 units are wrong")
	require.ErrorContains(t, runs[0].Profiteers(), "milker earned 50.00")
	require.NoError(t, runs[1].Exceeds())
	require.ErrorContains(t, runs[1].Profiteers(), "milker earned 50.00", "whatever owners assume")
	var table, csv strings.Builder
	require.NoError(t, WriteTable(&table, runs))
	require.NoError(t, WriteCSV(&csv, runs))
	const says = "more dishonest than assumed: 33 % instead of 20 %"
	for _, text := range []string{table.String(), csv.String()} {
		require.Equal(t, 1, strings.Count(text, says))
	}
	require.Contains(t, runs[1].Table(), says)
	require.NotContains(t, runs[0].Table(), "assumed")

	s = equals("copier")
	s.May = map[string]string{"liar": "", "copier": ""}
	require.ErrorContains(t, s.Validate(), "may: liar is none of the strategies")
	require.ErrorContains(t, s.Validate(), "does not say why copier may")
}

// lenient is a ledger that convicts nobody.
type lenient struct{ chain.Settlement }

func (l lenient) Submit(ctx context.Context, op market.Op) (market.Receipt, error) {
	switch op.(type) {
	case market.Slash, market.SlashTwice:
		return market.Receipt{}, chain.ErrRefused
	}
	return l.Settlement.Submit(ctx, op)
}

// TestProfitOfNetworks: what a strategy earns more in each of many networks is found where nodes of one network earn so unlike that none of them shows it, and what it earns
// more in some and less in others is chance.
func TestProfitOfNetworks(t *testing.T) {
	network := func(liar float64) Result {
		return Result{Profits: []Profit{{Strategy: "honest", Nodes: 16, Income: 100, Error: 5}, {Strategy: "liar", Nodes: 4, Income: liar}}}
	}
	networks := func(n int, liar func(int) float64) (all []Result) {
		for i := range n {
			all = append(all, network(liar(i)))
		}
		return all
	}
	s := small()
	steady := networks(manyNetworks, func(i int) float64 { return 108 + float64(i%2) })
	for _, r := range steady {
		require.NoError(t, r.Profiteers())
	}
	require.ErrorContains(t, merge(s, steady).Profiteers(), "liar earned 8.50 more with each device than who is honest, the mean of 10 networks")
	few := merge(s, steady[:manyNetworks-1])
	few.more = nil
	require.Equal(t, few.Profiteers(), merge(s, steady[:manyNetworks-1]).Profiteers(), "so few say too little")
	require.NoError(t, merge(s, networks(manyNetworks, func(i int) float64 { return 101 + 20*float64(i%2*2-1) })).Profiteers())
	s.May = map[string]string{"liar": "it is a test"}
	require.NoError(t, merge(s, steady).Profiteers())

	require.InDelta(t, 8.025, quantile(6), 0.02, "of tables, for one case in ten thousand")
	require.InEpsilon(t, 3.72, quantile(100_000), 0.01)
}
