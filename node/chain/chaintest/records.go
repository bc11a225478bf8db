package chaintest

import (
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// records age: what was paid counts half after every epoch, everywhere the chain says how a worker stands.
func records(w *world) {
	w.register(2)
	a := w.as[1]
	recent := func() uint64 {
		st := w.standing(a)
		require.NotNil(w.t, st.Recent)
		return *st.Recent
	}
	later := func(epochs poc.Millis) { w.Skip(w.t, epochs*w.Epoch-poc.Millis(w.Now())%w.Epoch+3_000) }
	drawn := func(j job) uint64 {
		b, err := a.Beacon(w.ctx, j.id, j.award, j.seating)
		require.NoError(w.t, err)
		return b.Standings[0].Record()
	}
	require.Nil(w.t, w.standing(a).Recent, "nothing was paid yet")
	later(1)
	j := w.open(1, 5, 1, 2, 2, 1000)
	for task := range uint32(5) {
		w.must(a, j.claim(w.certificate(j, task, result(1), 1)))
	}
	require.EqualValues(w.t, 5, recent())
	later(1)
	require.EqualValues(w.t, 2, recent())
	j = w.open(2, 2, 1, 2, 2, 1000)
	w.must(a, j.claim(w.certificate(j, 0, result(1), 1)))
	require.EqualValues(w.t, 3, recent())
	require.EqualValues(w.t, 2, drawn(j), "at its height, not now")
	w.must(a, market.Register{Peer: peer(1), Stake: 2 * w.MinStake})
	require.EqualValues(w.t, 3, recent(), "more stake makes no record younger")
	later(2)
	require.Zero(w.t, recent())
	require.Zero(w.t, drawn(w.open(3, 1, 1, 2, 2, 1000)))
	require.EqualValues(w.t, 6, w.standing(a).Completed, "what was paid stays")
	require.Nil(w.t, w.standing(w.as[2]).Recent)
}

// slashTwice convicts of two signed results of one task before anything is claimed, once.
func slashTwice(w *world) {
	w.register(3)
	j := w.open(1, 2, 2, 3, 3, 1000)
	treasury := w.balance(w.Treasury)
	for _, kind := range []poc.StatementKind{poc.Revealed, poc.Attested} {
		w.refused(chain.ErrRefused, w.as[1], w.twice(kind, j, 0, 3, result(1), result(1))) // attested: of whom one more was late
		w.refused(chain.ErrRefused, w.as[1], w.twice(kind, j, 0, 6, result(1), result(2))) // not a worker
		for _, change := range []func(*poc.Twice){
			func(t *poc.Twice) { t.Account = w.as[2].Account() },
			func(t *poc.Twice) { t.Account = "nobody" },
			func(t *poc.Twice) { t.Task++ },
			func(t *poc.Twice) { t.Kind = poc.Revealed + poc.Attested - t.Kind },
			func(t *poc.Twice) { t.Kind = 0 },
			func(t *poc.Twice) { t.Said[1].Digest = result(3).Digest() },
			func(t *poc.Twice) { t.Said[0].Agreed++ },
			func(t *poc.Twice) { t.Said[1].Signature = t.Said[1].Signature[1:] },
			func(t *poc.Twice) { t.Said[1].Signature = t.Said[0].Signature },
		} {
			bad := w.twice(kind, j, 0, 3, result(1), result(2))
			change(&bad.Twice)
			w.refused(chain.ErrRefused, w.as[1], bad)
		}
	}
	lie := w.twice(poc.Revealed, j, 0, 3, result(1), result(2))
	r := w.must(w.stranger(), lie)
	taken := (w.MinStake*market.Amount(w.SlashBps) + market.FeeBase - 1) / market.FeeBase
	reward := taken * market.Amount(w.RewardBps) / market.FeeBase
	require.Equal(w.t, taken, r.Amount)
	require.Equal(w.t, []uint32{0}, r.Tasks)
	w.epochAgrees()
	require.Equal(w.t, w.Tokens+reward, w.balance(w.stranger().Account()))
	require.Equal(w.t, treasury+taken-reward, w.balance(w.Treasury))
	w.again(w.stranger(), lie)
	w.again(w.as[1], w.twice(poc.Attested, j, 0, 3, result(1), result(2))) // once per task
	w.must(w.as[1], w.twice(poc.Attested, j, 1, 3, result(1), result(2)))
	require.Equal(w.t, uint64(2), w.standing(w.as[3]).Faults)

	w.must(w.as[1], j.claim(w.certificate(j, 0, result(1), 1, 2)))
	w.again(w.as[1], w.slash(j, 0, 3, result(2))) // nor for the reveal alone
	h, err := w.stranger().History(w.ctx, j.id)
	require.NoError(w.t, err)
	require.Equal(w.t, market.Entry{Kind: "slash", Account: w.as[3].Account(), Receipt: r}, h[2])
}
