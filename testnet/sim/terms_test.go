package sim

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
)

// due is a run of the scenario of terms with a few jobs, in which a fifth of the providers are slow and say so, or not.
func dueRun(t *testing.T, strategy string) Scenario {
	s, err := Load("scenarios/terms.yaml")
	require.NoError(t, err)
	s.Alone, s.Nodes, s.Jobs.Count, s.Policy.Panel = false, 28, 4, 20
	s.Strategies = map[string]float64{strategy: 20}
	return s
}

// TestTerms: who commits late is paid as much less as the terms say, who is in time is not, and to promise a speed that the device has not does not pay.
func TestTerms(t *testing.T) {
	t.Parallel()
	for _, strategy := range []string{"slow", "tardy"} {
		s := dueRun(t, strategy)
		w, err := newWorld(s)
		require.NoError(t, err)
		require.NoError(t, w.run())
		r := w.result()
		t.Log("\n" + r.Table())
		require.Equal(t, r.Tasks, r.Certified)
		require.Zero(t, r.Kept.InTimeLess)
		require.Equal(t, r.Kept.Late, r.Kept.LateLess)
		require.NotZero(t, r.Kept.InTime)

		// Every income is the asks of the paid seats, less the stated part where they were late, by arithmetic of its own.
		income := map[*node]market.Amount{}
		for _, j := range w.order {
			for _, u := range j.units {
				for seat, x := range j.seating.Seats {
					if u.paid>>seat&1 != 0 {
						pay := x.Ask
						if u.fined>>seat&1 != 0 {
							pay = x.Ask * (market.FeeBase - 8_000) / market.FeeBase
						}
						income[w.byAcc[x.Account]] += pay
					}
				}
			}
		}
		for _, n := range w.nodes {
			require.Equal(t, income[n], n.income, "node %d", n.index)
		}

		for _, p := range r.Profits {
			switch p.Strategy {
			case "honest":
				require.Positive(t, p.Net())
			case "slow":
				require.Zero(t, p.Executed, "it declines")
			case "tardy":
				require.NotZero(t, r.Kept.Late)
				require.Negative(t, p.Net())
			}
		}
	}
}

// TestTermsAreChecked: a ledger that pays the late in full is found, and so is an honest worker that is paid less although it was in time.
func TestTermsAreChecked(t *testing.T) {
	w, err := newWorld(dueRun(t, "tardy"))
	require.NoError(t, err)
	w.claims(func(c market.Claim, r *market.Receipt) {
		if c.Certificates[0].Late(w.jobs[c.Job].spec.Policy.Quorum) != 0 {
			for i := range r.Pays {
				r.Pays[i].Amount = 5 * r.Pays[i].Amount
			}
		}
	})
	require.ErrorContains(t, w.run(), "and due was")

	w, err = newWorld(dueRun(t, "slow"))
	require.NoError(t, err)
	require.NoError(t, w.run())
	fined := false
	for _, j := range w.order {
		for _, u := range j.units {
			fined = fined || u.paid != 0
			u.fined = u.paid
		}
	}
	require.True(t, fined)
	w.kept()
	require.ErrorContains(t, w.tally.broken, "before it was due, and is paid less")
}
