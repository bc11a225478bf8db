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

// draw draws the committee of a case.
func (m *modelCourt) draw(id uint64) string {
	m.pass()
	real := m.real[0].(*evm.Client)
	name := sameAnswer(m.t, "case drawn", m.fake[0].(chain.Court).DrawCommittee(testContext(m.t), id), real.DrawCommittee(testContext(m.t), id))
	for name == "case drawn" { // if the chain has forgotten the block that draws, another one does, and nobody is drawn yet
		k, err := real.Case(testContext(m.t), id)
		require.NoError(m.t, err)
		if k.Committee != nil {
			break
		}
		m.pass()
		require.NoError(m.t, real.DrawCommittee(testContext(m.t), id))
	}
	return name
}

// pass makes the block that draws a committee, and one more.
func (m *modelCourt) pass() {
	for range 2 {
		require.NoError(m.t, dev.Skip(testContext(m.t), 1))
	}
}

// withdraw withdraws what an account has earned, if there is anything: a claim may pay it and fine it as much.
func (r raw) withdraw(who int, market common.Address) {
	r.t.Helper()
	if err := r.send(who, market, mkt.PackWithdrawEarned(addressOf(who))); err != nil {
		require.Equal(r.t, bindings.MarketplaceNothingToWithdrawErrorID().Hex()[:10], revertID(r.t, err))
	}
}

// step does one thing at random and says what.
func (m *modelCourt) step() string {
	ctx := testContext(m.t)
	who := m.rng.IntN(len(m.real))
	all, err := m.fake[who].(chain.Court).Convictions(ctx)
	require.NoError(m.t, err)
	cases, err := m.fake[who].(chain.Court).Cases(ctx)
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
		return m.appeal(who, v, poc.Hash{byte(m.rng.IntN(6))})
	case p < 10:
		return m.draw(k.ID)
	case p < 14:
		if k.Committee == nil {
			if name := m.draw(k.ID); name != "case drawn" {
				return name
			}
		}
		return m.judge(who, k.ID, m.rng.IntN(3) == 0)
	case p < 16:
		return m.lapse(who, k.ID)
	}
	return m.end(who, v.ID)
}

// appeal appeals against a conviction of what the account revealed.
func (m *modelCourt) appeal(who int, v chain.Conviction, evidence poc.Hash) string {
	ctx := testContext(m.t)
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
}

// judge has the committee of a case judge it.
func (m *modelCourt) judge(who int, id uint64, guilty bool) string {
	ctx, said := testContext(m.t), map[poc.Account][]byte{}
	if c, err := m.real[0].(*evm.Client).Case(ctx, id); err == nil {
		said = signVerdicts(m.t, m.jurors, id, guilty, c.Committee)
	}
	return sameAnswer(m.t, "judged", m.model.Judge(id, guilty), m.real[who].(chain.Court).Decide(ctx, id, guilty, said))
}

// lapse ends a case that nobody judged in time.
func (m *modelCourt) lapse(who int, id uint64) string {
	ctx := testContext(m.t)
	return sameAnswer(m.t, "case lapsed", m.fake[who].(chain.Court).LapseCase(ctx, id), m.real[who].(chain.Court).LapseCase(ctx, id))
}

// end makes a conviction final, or undoes it.
func (m *modelCourt) end(who int, id uint64) string {
	ctx := testContext(m.t)
	return sameAnswer(m.t, "conviction ended", m.fake[who].(chain.Court).EndConviction(ctx, id), m.real[who].(chain.Court).EndConviction(ctx, id))
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
