package evm_test

import (
	"slices"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/chaintest"
	"gpumesh/node/chain/evm"
	"gpumesh/poc"
)

// history is all that the random steps may miss, each thing once: what it comes to is certain, as nothing in it depends on what is drawn.
func (m *modelTest) history() {
	m.poolHistory()
	m.claimHistory()
	m.courtHistory()
	m.batchHistory()
	for k := range m.jobs {
		m.next(k)
	}
}

// happens checks what became of a step, and compares.
func (m *modelTest) happens(want, got string) {
	m.t.Helper()
	require.Equal(m.t, want, got)
	m.check(got)
}

// poolHistory has all accounts registered, a claim paid, and one dropped as its author is convicted of it.
func (m *modelTest) poolHistory() {
	for who := range chaintest.Accounts {
		m.happens("register", m.register(who, 1, 10*m.cfg.MinStake))
	}
	m.happens("register again", m.register(1, 1, m.cfg.MinStake))
	m.happens("register refused", m.register(1, 0, 10*m.cfg.MinStake))

	claim := func(who int, number uint32, amount market.Amount) string {
		return m.pool.claim(who, chain.PoolClaim{Account: m.names[who], Number: number, Through: m.pool.height(), Amount: amount, Document: poc.Hash{9}})
	}
	m.happens("pool funded", m.pool.fund(0, 5_000))
	m.happens("claimed", claim(1, 0, 50))
	m.happens("claimed", claim(2, 0, 60))
	m.happens("claimed refused", claim(3, 0, 101))
	m.happens("claim ended refused", m.pool.end(0, m.names[1], 0))
	m.happens("convicted", m.pool.convict(2, 0))
	m.happens("convicted refused", m.pool.convict(2, 0))
	m.happens("claim dropped", m.pool.end(0, m.names[2], 0))
	m.happens("skip", m.skip())
	m.happens("claim paid", m.pool.end(0, m.names[1], 0))
	m.happens("claim ended again", m.pool.end(0, m.names[1], 0))
}

// plain are the terms of a job of two tasks.
func (m *modelTest) plain(lateBps uint32) market.Terms {
	tm := market.Terms{Tasks: 2, Quorum: 2, Replicas: 3, MaxPrice: 900, LateBps: lateBps, Expiry: m.now().Add(3_600_000)}
	tm.Budget, _ = market.MaxCost(tm, uint32(m.cfg.FeeBps))
	return tm
}

// cert is one by accounts, whose seats it names; late are seats.
func cert(task uint32, late uint64, accounts ...int) modelCert {
	c := modelCert{task: task, res: result(0), signers: accounts, lies: -1}
	var agreed uint64
	for _, i := range accounts {
		agreed |= 1 << (i - 1)
	}
	c.agreed, c.late = slices.Repeat([]uint64{agreed}, len(accounts)), slices.Repeat([]uint64{late}, len(accounts))
	return c
}

// claimHistory settles the first job: worker 1 was late for both tasks, and gives back what it earned, then some of its stake.
func (m *modelTest) claimHistory() {
	j := &m.jobs[0]
	m.happens("refund refused", m.refund(0, 0))
	j.terms = m.plain(5_000)
	m.happens("lock", m.lock(0, 0))
	m.happens("lock again", m.lock(0, 0))
	m.happens("lock refused", m.lock(0, 1))
	s := market.Seating{Candidates: 5, Seats: m.seats(900)}
	m.happens("anchor", m.anchor(0, 0, 0, s))
	m.happens("anchor again", m.anchor(0, 0, 0, s))
	m.happens("anchor refused", m.anchor(0, 0, 1, s))
	m.happens("claim", m.claim(0, 1, false, cert(0, 0, 1, 2)))
	m.happens("claim again", m.claim(0, 1, false, cert(0, 0, 1, 2)))
	m.happens("claim refused", m.claim(0, 1, false, cert(2, 0, 1, 2)))
	m.happens("claim", m.claim(0, 1, false, cert(0, 1, 1, 2, 3)))
	require.Equal(m.t, 1, m.outcomes["fined"])
	require.Zero(m.t, m.outcomes["fined of its stake"])
	m.happens("claim", m.claim(0, 1, true, cert(1, 0, 1, 2)))
	m.happens("claim", m.claim(0, 1, false, cert(1, 1, 1, 2, 3)))
	require.Equal(m.t, 1, m.outcomes["fined of its stake"])
	m.happens("refund refused", m.refund(0, 0))
	m.happens("skip", m.skip())
	m.happens("refund", m.refund(0, 6))
	m.happens("refund again", m.refund(0, 6))
}

// courtHistory convicts of lies about the first job. Of four who lied one is found guilty, one waits in vain for a verdict, one accepts it, and one
// is found right, for which its reporter answers, and what that one reported besides is void.
func (m *modelTest) courtHistory() {
	const reporter = 1
	lied := func(liar int, task uint32, lie byte) chain.Conviction {
		m.happens("slash", m.slash(0, reporter, liar, task, result(lie)))
		all, err := m.fake[0].(chain.Court).Convictions(m.ctx)
		require.NoError(m.t, err)
		return all[len(all)-1]
	}
	appealed := func(liar int, v chain.Conviction) uint64 {
		m.happens("appealed", m.court.appeal(liar, v, poc.Hash{1}))
		open, err := m.fake[0].(chain.Court).Cases(m.ctx)
		require.NoError(m.t, err)
		m.happens("case drawn", m.court.draw(open[len(open)-1].ID))
		return open[len(open)-1].ID
	}
	m.happens("slash refused", m.slash(0, reporter, 3, 0, result(0)))
	v := lied(3, 0, 5)
	m.happens("slash again", m.slash(0, reporter, 3, 0, result(5)))
	m.happens("conviction ended refused", m.court.end(0, v.ID))
	m.happens("appealed refused", m.court.appeal(3, v, poc.Hash{}))
	m.happens("judged", m.court.judge(0, appealed(3, v), true))
	m.happens("case drawn refused", m.court.draw(99))

	lapsed := appealed(4, lied(4, 0, 5))
	m.happens("case lapsed refused", m.court.lapse(0, lapsed))
	v = lied(5, 0, 5)
	m.happens("skip", m.skip())
	m.happens("judged refused", m.court.judge(0, lapsed, true))
	m.happens("case lapsed", m.court.lapse(0, lapsed))
	m.happens("conviction ended", m.court.end(0, v.ID))

	id, void := appealed(6, lied(6, 1, 6)), lied(4, 1, 5)
	m.happens("judged", m.court.judge(0, id, false))
	m.happens("conviction ended", m.court.end(0, void.ID))

	two := poc.Twice{TaskRef: poc.TaskRef{Task: 1}, Kind: poc.Revealed, Said: [2]poc.Said{{Digest: result(1).Digest()}, {Digest: result(2).Digest()}}}
	m.happens("slash twice", m.slashTwice(0, 0, 5, two))
	m.happens("slash twice again", m.slashTwice(0, 0, 5, two))
	two.Said[1] = two.Said[0]
	m.happens("slash twice refused", m.slashTwice(0, 0, 4, two))
}

// batchHistory has a batch become final and one void. The candidates of the latter's job are drawn.
func (m *modelTest) batchHistory() {
	m.happens("verified", m.batches.verify(m.names[1], true))
	for i, candidates := range []uint32{5, 3} {
		k := i + 1
		m.jobs[k].terms = m.plain(0)
		m.happens("lock", m.lock(k, 0))
		m.happens("anchor", m.anchor(k, 0, 0, market.Seating{Candidates: candidates, Seats: m.seats(900)}))
	}
	post := func(k int) string {
		j := m.jobs[k]
		return m.batches.post([]evm.Reward{m.batches.reward(j, 0, 0), m.batches.reward(j, 0, 1), m.batches.reward(j, 1, 1)}, []poc.Hash{j.id})
	}
	m.happens("batch posted", post(1))
	m.happens("claim refused", m.claim(1, 1, false, cert(0, 0, 1, 2)))
	m.happens("batch final", m.batches.end(m.names[2], false))
	m.happens("batch refused", post(1))

	require.Equal(m.t, 1, m.outcomes["drawn"])
	drawn := m.jobs[2].seating
	m.happens("keep refused", m.keep(2, 0, m.jobs[1].seating))
	m.happens("keep", m.keep(2, 0, drawn))
	m.happens("keep again", m.keep(2, 0, drawn))
	m.happens("batch posted", post(2))
	m.happens("batch void", m.batches.end(m.names[2], true))
	b, err := m.fake[0].Beacon(m.ctx, m.jobs[2].id, poc.Hash{1}, drawn)
	require.NoError(m.t, err)
	var candidates []int
	for seat := range drawn.Seats {
		if drawn.Of(poc.TaskRef{Job: m.jobs[2].id}, b.Random)>>seat&1 != 0 {
			candidates = append(candidates, seat+1)
		}
	}
	m.happens("claim", m.claim(2, 1, false, cert(0, 0, candidates...)))
}
