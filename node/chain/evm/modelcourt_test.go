package evm_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

// modelCourt appeals against convictions, has the appeals judged or not, and ends convictions, on the contracts and on the in-memory ledger.
type modelCourt struct {
	t          *testing.T
	rng        *rand.Rand
	model      *chain.Fake
	jurors     map[poc.Account]*evm.Client
	real, fake []chain.Settlement
	raw        raw
	market     common.Address
	at         poc.Account // of the arbiters' contract
	stakes     market.Amount
}

// join has the arbiters of the contracts join the ledger too.
func (m *modelCourt) join() {
	ctx := testContext(m.t)
	for _, a := range slices.Sorted(maps.Keys(m.jurors)) {
		st, err := m.jurors[a].Standing(ctx, a)
		require.NoError(m.t, err)
		_, err = m.model.As(a).Submit(ctx, market.Register{Peer: st.Peer, Stake: st.Stake})
		require.NoError(m.t, err)
		m.model.SetVerified(a, true)
		require.NoError(m.t, m.model.As(a).(chain.Court).JoinArbiters(ctx))
		m.stakes += st.Stake
	}
}

func (m *modelCourt) draw(id uint64) string {
	ctx := testContext(m.t)
	for range 2 {
		require.NoError(m.t, dev.Skip(ctx, 1))
	}
	return sameAnswer(m.t, "case drawn", m.fake[0].(chain.Court).DrawCommittee(ctx, id), m.real[0].(chain.Court).DrawCommittee(ctx, id))
}

// withdraw withdraws what an account has earned, if there is anything: a claim may pay it and fine it as much.
func (r raw) withdraw(who int, market common.Address) {
	r.t.Helper()
	if err := r.send(who, market, mkt.PackWithdrawEarned(addressOf(who))); err != nil {
		require.Equal(r.t, bindings.MarketplaceNothingToWithdrawErrorID().Hex()[:10], revertID(r.t, err))
	}
}

// step does one thing and says what.
func (m *modelCourt) step() string {
	ctx := testContext(m.t)
	who := m.rng.IntN(len(m.real))
	real, fake := m.real[who].(chain.Court), m.fake[who].(chain.Court)
	all, err := fake.Convictions(ctx)
	require.NoError(m.t, err)
	cases, err := fake.Cases(ctx)
	require.NoError(m.t, err)
	v := chain.Conviction{ID: 1 + m.rng.Uint64N(9)}
	if len(all) > 0 && m.rng.IntN(9) > 0 {
		v = all[m.rng.IntN(len(all))]
	}
	k := chain.Case{ID: 1 + m.rng.Uint64N(9)}
	if len(cases) > 0 && m.rng.IntN(9) > 0 {
		k = cases[m.rng.IntN(len(cases))]
	}
	switch p := m.rng.IntN(20); {
	case p < 8:
		if i := slices.IndexFunc(m.real, func(s chain.Settlement) bool { return s.Account() == v.Account }); i >= 0 && m.rng.IntN(6) > 0 {
			who = i
		}
		evidence := poc.Hash{byte(m.rng.IntN(6))}
		appeal := func(s chain.Settlement) (uint64, error) {
			sig, err := s.Sign(poc.Statement{Kind: poc.Revealed, Job: v.Ref.Job, Task: v.Ref.Task, Digest: v.Digest})
			require.NoError(m.t, err)
			return s.(chain.Court).Appeal(ctx, v.ID, evidence, "", sig)
		}
		want, wantErr := appeal(m.fake[who])
		got, gotErr := appeal(m.real[who])
		require.Equal(m.t, want, got, "%v, %v", wantErr, gotErr)
		if gotErr != nil { // its client may have withdrawn for the deposit what it had earned: both have it withdrawn
			a := m.real[who].Account()
			had, _, err := m.fake[0].Balance(ctx, a)
			require.NoError(m.t, err)
			require.NoError(m.t, m.model.Transfer(a, a, had))
			m.raw.withdraw(who, m.market)
		}
		return sameAnswer(m.t, "appealed", wantErr, gotErr)
	case p < 10:
		return m.draw(k.ID)
	case p < 14:
		if k.Committee == nil {
			if name := m.draw(k.ID); name != "case drawn" {
				return name
			}
		}
		guilty := m.rng.IntN(3) == 0
		said := map[poc.Account][]byte{}
		if c, err := m.real[0].(*evm.Client).Case(ctx, k.ID); err == nil {
			said = signVerdicts(m.t, m.jurors, k.ID, guilty, c.Committee)
		}
		return sameAnswer(m.t, "judged", m.model.Judge(k.ID, guilty), real.Decide(ctx, k.ID, guilty, said))
	case p < 16:
		return sameAnswer(m.t, "case lapsed", fake.LapseCase(ctx, k.ID), real.LapseCase(ctx, k.ID))
	}
	return sameAnswer(m.t, "conviction ended", fake.EndConviction(ctx, v.ID), real.EndConviction(ctx, v.ID))
}

// check compares what the court holds in both, which it returns; and now and then what is not final.
func (m *modelCourt) check() market.Amount {
	ctx := testContext(m.t)
	want, _, err := m.fake[0].Balance(ctx, chain.FakeCourt)
	require.NoError(m.t, err)
	got, _, err := m.real[0].Balance(ctx, m.at)
	require.NoError(m.t, err)
	require.Equal(m.t, want, got)
	if m.rng.IntN(8) > 0 {
		return got
	}
	real, fake := m.real[0].(chain.Court), m.fake[0].(chain.Court)
	wants, err := fake.Convictions(ctx)
	require.NoError(m.t, err)
	gots, err := real.Convictions(ctx)
	require.NoError(m.t, err)
	require.Len(m.t, gots, len(wants))
	for i, w := range wants {
		w.Until = gots[i].Until
		require.Equal(m.t, w, gots[i])
		truth, err := fake.Truth(ctx, w.Ref)
		require.NoError(m.t, err)
		found, err := real.Truth(ctx, w.Ref)
		require.NoError(m.t, err)
		require.Equal(m.t, truth, found)
	}
	open, err := fake.Cases(ctx)
	require.NoError(m.t, err)
	seen, err := real.Cases(ctx)
	require.NoError(m.t, err)
	require.Len(m.t, seen, len(open))
	for i, w := range open {
		require.Equal(m.t, len(w.Committee), len(seen[i].Committee))
		w.Until, w.Committee = seen[i].Until, seen[i].Committee
		require.Equal(m.t, w, seen[i])
	}
	return got
}
