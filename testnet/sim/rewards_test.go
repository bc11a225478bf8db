package sim

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
)

// TestChallengeRewards: for uptime a device gets what it shows, in whatever parts; for being a witness one gets what one stakes, unseen
// or not. Frauds get nothing for uptime, but for the one device that they share.
func TestChallengeRewards(t *testing.T) {
	s, err := Load("scenarios/challenge.yaml")
	require.NoError(t, err)
	s.Nodes, s.Challenge.Epochs, s.Challenge.Away, s.SpeedSpread = 140, 3, 0, 1
	s.Challenge.Frauds = map[string]int{"guess": 4, "phantom": 4, "shared4": 4, "split10": 10, "lazy": 6, "idle": 6, "rich": 3}
	r, err := RunChallenge(s)
	require.NoError(t, err)
	t.Log(r.Table())
	rows := map[string]Earnings{}
	for _, row := range r.Rows {
		rows[row.Kind] = row.Rewards
	}
	honest := rows["honest"]
	require.InDelta(t, 1, honest.PerSpeed, 0.03)
	require.Greater(t, r.Fairness, 0.98)
	require.InDelta(t, honest.PerSpeed, rows["split10"].PerSpeed, 0.03)
	require.LessOrEqual(t, rows["shared4"].PerSpeed, 1.0)
	require.Zero(t, rows["guess"].PerSpeed)
	for _, kind := range []string{"guess", "phantom", "shared4", "idle"} {
		require.LessOrEqual(t, rows[kind].Device, honest.Device, kind)
	}
	for _, kind := range []string{"lazy", "idle", "split10"} {
		require.InDelta(t, honest.Participation, rows[kind].Participation, 0.2*honest.Participation, kind)
	}
	require.InDelta(t, rows["rich"].Device, rows["split10"].Device, 0.2*rows["rich"].Device, "as much stake, and as much of a device")

	// With less for an epoch than the device is worth, its parts get more than all of it: the parameter says how large devices are paid for.
	s.Rewards.UptimeMost, s.Challenge.Epochs = 100*s.Rewards.Uptime, 1
	r, err = RunChallenge(s)
	require.NoError(t, err)
	for _, row := range r.Rows {
		if row.Kind == "split10" {
			require.Greater(t, row.Rewards.PerSpeed, 5*r.Rows[0].Rewards.PerSpeed)
		}
	}
}

// TestWashing: owners that seat their own workers lose what of the fee does not come back.
func TestWashing(t *testing.T) {
	s := small()
	s.Jobs.Owners, s.Policy = 2, Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 2, Panel: 6}
	s.Strategies = map[string]float64{"washer": 50, washed: 40}
	s.Rewards = Rewards{Fee: 0.02, Completion: 0.5}
	require.NoError(t, s.Validate())
	r := run(t, s)
	t.Log(r.Table())
	require.Equal(t, r.Tasks, r.Certified)
	require.Positive(t, r.Ring.Back)
	require.LessOrEqual(t, r.Ring.Back, r.Ring.Fees/2)
	require.InDelta(t, 0.02*r.Ring.Paid, r.Ring.Fees, 0.001)
	require.Positive(t, r.Rewards)
	require.LessOrEqual(t, r.Rewards, r.Fees/2)

	// A withholder is paid for nothing, and gets none of the fee.
	s.Strategies = map[string]float64{"withholder": 20}
	r = run(t, s)
	for _, p := range r.Profits {
		require.Equal(t, p.Strategy == "honest", p.Rewards > 0, "%+v", p)
	}

	again(t, s)
	w, err := newWorld(s)
	require.NoError(t, err)
	w.tally.funds++
	require.ErrorContains(t, w.run(), "funds are not conserved")
}

func TestRewardsValidate(t *testing.T) {
	s := small()
	s.Rewards = Rewards{Fee: 0.5, Completion: 2, Uptime: 2, UptimeMost: 1, Participation: 2_000_000 * market.NLOV}
	err := s.Validate()
	for _, field := range []string{"fee is 0.5", "completion is 2", "uptimeMost, 0.000000001 NLOV", "need the experiment with challenges", "at most 1000000 NLOV"} {
		require.ErrorContains(t, err, field)
	}
	s.Rewards = Rewards{Completion: 0.5}
	require.ErrorContains(t, s.Validate(), "of no fee")
	c, err := Load("scenarios/challenge.yaml")
	require.NoError(t, err)
	c.Rewards.Fee = 0.01
	require.ErrorContains(t, c.Validate(), "need jobs")
	s.Rewards, s.Scheme = Rewards{Fee: 0.1}, "boinc"
	require.ErrorContains(t, s.Validate(), "a server pays none")
}
