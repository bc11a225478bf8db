package chaintest

import (
	"slices"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

func claim(w *world) {
	w.register(3)
	j := w.open(1, 2, 2, 3, 3, 1_000_003)
	require.Equal(w.t, []poc.Hash{{}, {}}, w.settled(j.id, 2))
	c := w.certificate(j, 1, result(1), 3, 1) // in no order
	before := w.balance(w.as[1].Account())
	r := w.must(w.stranger(), j.claim(c))
	require.Equal(w.t, []uint32{1}, r.Tasks)
	require.Equal(w.t, sortPays([]market.Pay{{Account: w.as[1].Account(), Amount: 1_000_003}, {Account: w.as[3].Account(), Amount: 1_000_001}}), sortPays(r.Pays))
	require.Equal(w.t, before+1_000_003, w.balance(w.as[1].Account()))
	require.Equal(w.t, w.Tokens, w.balance(w.stranger().Account()), "who claims gains nothing")
	fee := w.fee(2_000_004)
	require.NotZero(w.t, fee, "the suite needs a fee")
	require.Equal(w.t, fee, w.balance(w.Treasury))
	e := w.escrow(j.id)
	require.Equal(w.t, []any{uint32(1), market.Amount(2_000_004), fee, market.Amount(0), false}, []any{e.Settled, e.Paid, e.Fees, e.Refunded, e.Closed})
	w.certified(j, poc.Result{}, result(1))
	require.Equal(w.t, uint64(1), w.standing(w.as[1]).Completed)
	require.Equal(w.t, uint64(0), w.standing(w.as[2]).Completed)

	// A second claim pays nobody, neither by the same signatures nor by others, nor for another result.
	w.again(w.stranger(), j.claim(c))
	w.again(w.as[2], j.claim(w.certificate(j, 1, result(1), 1)))
	w.again(w.as[2], j.claim(w.certificate(j, 1, result(2), 2, 3)))
	w.certified(j, poc.Result{}, result(1))

	// The last task closes the escrow; the rest goes back by itself.
	r = w.must(w.as[1], j.claim(w.certificate(j, 0, result(9), 1, 2, 3)))
	e = w.escrow(j.id)
	require.True(w.t, e.Closed)
	require.Equal(w.t, e.Terms.Budget, e.Paid+e.Fees+e.Refunded)
	require.Equal(w.t, e.Refunded, r.Amount)
	require.NotZero(w.t, e.Refunded)
	require.Equal(w.t, w.Tokens-e.Paid-e.Fees, w.balance(w.owner().Account()))
	w.again(w.owner(), market.Refund{Job: j.id})
	w.again(w.as[1], j.claim(w.certificate(j, 0, result(9), 1, 2, 3)))
}

// claimTopUp pays later whom the first claim left out, once, and keeps the escrow open for it for a while.
func claimTopUp(w *world) {
	w.register(4)
	j := w.open(1, 2, 2, 3, 5, 1000) // seat 5 is not registered
	narrow := w.result(j, 0, result(1))
	narrow.Attestations = []poc.Attestation{w.attestation(narrow, 1, 1, 2), w.attestation(narrow, 2, 1, 2, 3, 5)}
	wide := w.result(j, 0, result(1))
	wide.Attestations = append(slices.Clone(narrow.Attestations), w.attestation(wide, 3, 1, 2, 3, 5))

	require.Len(w.t, w.must(w.as[1], j.claim(narrow)).Pays, 2)
	w.again(w.as[1], j.claim(narrow))
	// The other task leaves nobody out; with the first one alone the escrow would close now.
	w.must(w.as[1], j.claim(w.certificate(j, 1, result(1), 1, 2)))
	e := w.escrow(j.id)
	require.Equal(w.t, []any{uint32(2), false}, []any{e.Settled, e.Closed}, "somebody may still be paid")
	w.refused(chain.ErrTooEarly, w.owner(), market.Refund{Job: j.id})

	forged := wide
	forged.Attestations = slices.Clone(wide.Attestations)
	forged.Attestations[2].Agreed |= 8
	w.again(w.stranger(), j.claim(forged)) // two signatures hold, and they name nobody new
	other := w.certificate(j, 0, result(2), 3, 4)
	w.again(w.stranger(), j.claim(other))
	alone := w.result(j, 0, result(1))
	alone.Attestations = []poc.Attestation{w.attestation(alone, 3, 1, 2, 3), w.attestation(alone, 4, 3, 4)}
	alone.Attestations[1].Signature = alone.Attestations[0].Signature
	w.refused(chain.ErrRefused, w.stranger(), j.claim(alone)) // no quorum

	r := w.must(w.stranger(), j.claim(wide))
	require.Equal(w.t, []market.Pay{{Account: w.as[3].Account(), Amount: j.seating.Seats[2].Ask}}, r.Pays)
	require.Empty(w.t, r.Tasks, "nothing is settled anew")
	require.Equal(w.t, uint64(1), w.standing(w.as[3]).Completed)
	w.again(w.as[1], j.claim(wide))

	// No more than replicas, whoever vouches.
	more := w.result(j, 0, result(1))
	more.Attestations = []poc.Attestation{w.attestation(more, 3, 3, 4), w.attestation(more, 4, 3, 4)}
	w.again(w.as[4], j.claim(more))
	// The same worker for the other task: it is another replica.
	r = w.must(w.as[4], j.claim(w.certificate(j, 1, result(1), 2, 4)))
	require.Equal(w.t, []market.Pay{{Account: w.as[4].Account(), Amount: j.seating.Seats[3].Ask}}, r.Pays)

	h, err := w.stranger().History(w.ctx, j.id)
	require.NoError(w.t, err)
	require.Equal(w.t, market.Entry{Kind: "claim", Receipt: r}, h[len(h)-1])
	w.Skip(w.t, w.TopUp+3000) // an implementation may count in steps of seconds
	w.must(w.stranger(), market.Refund{Job: j.id})
	w.again(w.as[4], j.claim(w.certificate(j, 1, result(1), 2, 3)))
	e = w.escrow(j.id)
	require.True(w.t, e.Closed)
	require.Equal(w.t, e.Terms.Budget, e.Paid+e.Fees+e.Refunded)
	w.again(w.as[4], j.claim(w.certificate(j, 1, result(1), 2, 3)))
}

// claimGraded pays for part of the work, as a quorum says that signs the same part, and less to whom a quorum calls late.
func claimGraded(w *world) {
	w.register(3)
	j := job{id: hash(1), terms: w.terms(5, 2, 3, 1_000_003), award: hash(2), workers: w.as[1:4], seating: seated()}
	j.terms.LateBps = 2_500
	for i, s := range j.workers {
		j.seating.Seats = append(j.seating.Seats, market.Seat{Account: s.Account(), Ask: 1_000_003 - market.Amount(i), Weight: 1})
	}
	w.must(w.owner(), market.LockEscrow{Job: j.id, Terms: j.terms})
	require.Equal(w.t, j.terms, w.escrow(j.id).Terms)
	w.must(w.owner(), market.AnchorAward{Job: j.id, Award: j.award, Seating: j.seating})
	signed := func(task uint32, share uint16, late ...uint64) poc.Certificate {
		return w.graded(j, task, share, late...)
	}
	pays := func(r market.Receipt) (out []market.Amount) {
		for _, p := range r.Pays {
			out = append(out, p.Amount)
		}
		return out
	}
	const half = poc.Shares / 2
	c := signed(0, half, 0, 0)
	for _, share := range []uint16{0, half + 1} {
		other := c
		other.Share = share
		w.refused(chain.ErrRefused, w.as[1], j.claim(other))
	}
	forged := signed(0, half, 0, 0)
	forged.Attestations[0].Late = 1
	w.refused(chain.ErrRefused, w.as[1], j.claim(forged))
	mixed := c
	mixed.Attestations = []poc.Attestation{c.Attestations[0], signed(0, 0, 0, 0).Attestations[1]}
	w.refused(chain.ErrRefused, w.as[1], j.claim(mixed)) // no quorum for either share
	fee := w.escrow(j.id).Fees
	require.Equal(w.t, []market.Amount{500_001, 500_001, 500_000}, pays(w.must(w.as[1], j.claim(c))))
	require.Equal(w.t, w.fee(1_500_002), w.escrow(j.id).Fees-fee)
	w.again(w.as[1], j.claim(c))
	w.again(w.as[1], j.claim(signed(0, 0, 0, 0))) // nothing is paid twice, whatever the grade

	// Two of three call the second late, whatever else they say; one alone is not heard.
	require.Equal(w.t, []market.Amount{1_000_003, 750_001, 1_000_001}, pays(w.must(w.as[2], j.claim(signed(1, 0, 2, 0, 6)))))
	require.Equal(w.t, []market.Amount{15, 11, 11}, pays(w.must(w.as[2], j.claim(signed(2, 1, 6, 6)))))
	require.Equal(w.t, []market.Amount{1_000_003, 1_000_002, 1_000_001}, pays(w.must(w.as[2], j.claim(signed(3, 0, 2, 0, 4)))))
	r := w.must(w.as[2], j.claim(signed(4, 0xffff, 0, 0, 0)))
	require.Equal(w.t, []market.Amount{999_987, 999_986, 999_985}, pays(r))
	require.False(w.t, w.escrow(j.id).Closed, "somebody may show who was late")

	// Whoever claimed without the signatures against it pays back once they are shown, once, and the owner has it.
	paid := w.escrow(j.id).Paid
	before := w.balance(w.as[2].Account())
	full := signed(3, 0, 2, 2, 4)
	w.again(w.owner(), j.claim(signed(3, 0, 2, 0, 4))) // one alone is not heard
	forged = signed(3, 0, 2, 2)
	forged.Attestations[1].Signature = forged.Attestations[0].Signature
	w.refused(chain.ErrRefused, w.owner(), j.claim(forged))
	r = w.must(w.owner(), j.claim(full))
	require.Equal(w.t, []market.Pay{{Account: w.as[2].Account(), Amount: 250_001}}, r.Fines)
	require.Empty(w.t, r.Pays)
	require.Equal(w.t, before-250_001, w.balance(w.as[2].Account()))
	require.Equal(w.t, paid-250_001, w.escrow(j.id).Paid)
	w.again(w.owner(), j.claim(full))
	w.again(w.owner(), j.claim(signed(1, 0, 2, 2, 6))) // it was paid less at once
	w.refused(chain.ErrTooEarly, w.owner(), market.Refund{Job: j.id})
	w.Skip(w.t, w.TopUp+3000)
	w.must(w.owner(), market.Refund{Job: j.id})
	e := w.escrow(j.id)
	require.True(w.t, e.Closed, "what is not paid is the owner's")
	require.Equal(w.t, e.Terms.Budget, e.Paid+e.Fees+e.Refunded)
}

// graded is a certificate of workers 1, 2, ..., each of whom names all seats and says who was late.
func (w *world) graded(j job, task uint32, share uint16, late ...uint64) poc.Certificate {
	w.t.Helper()
	c := w.result(j, task, result(1))
	c.Share = share
	for n, l := range late {
		a := poc.Attestation{Peer: peer(n + 1), Account: w.as[n+1].Account(), Agreed: 1<<len(j.seating.Seats) - 1, Late: l}
		sig, err := w.as[n+1].Sign(c.Statement(a))
		require.NoError(w.t, err)
		a.Signature = sig
		c.Attestations = append(c.Attestations, a)
	}
	return c
}

// claimFined: what a late worker has withdrawn by the time it is fined costs it stake, as a conviction does: the treasury has it, and neither
// the job nor its owner. Or whoever is about to be slashed could take its stake out before, by a job of its own.
func claimFined(w *world) {
	w.register(3)
	const ask = market.Amount(1_000_000)
	j := job{id: hash(1), terms: w.terms(2, 2, 3, ask), award: hash(2), workers: w.as[1:4], seating: seated()}
	j.terms.LateBps = market.FeeBase
	for _, s := range j.workers {
		j.seating.Seats = append(j.seating.Seats, market.Seat{Account: s.Account(), Ask: ask, Weight: 1})
	}
	w.must(w.owner(), market.LockEscrow{Job: j.id, Terms: j.terms})
	w.must(w.owner(), market.AnchorAward{Job: j.id, Award: j.award, Seating: j.seating})
	w.must(w.as[3], j.claim(w.graded(j, 0, 0, 0, 0)))
	w.must(w.as[3], market.Register{Peer: peer(3), Stake: w.standing(w.as[3]).Stake + w.balance(w.as[3].Account())})
	w.must(w.as[3], j.claim(w.graded(j, 1, poc.Shares/4, 0, 0))) // what it has not spent

	stake, treasury, paid := w.standing(w.as[3]).Stake, w.balance(w.Treasury), w.escrow(j.id).Paid
	totals, err := w.owner().Totals(w.ctx)
	require.NoError(w.t, err)
	fined := func(task uint32, share uint16, back, bond market.Amount) {
		w.t.Helper()
		r := w.must(w.owner(), j.claim(w.graded(j, task, share, 4, 4)))
		require.Equal(w.t, []market.Pay{{Account: w.as[3].Account(), Amount: back}}, r.Fines)
		require.Empty(w.t, r.Pays)
		stake, treasury, paid = stake-bond, treasury+bond, paid-back
		require.Equal(w.t, stake, w.standing(w.as[3]).Stake)
		require.Equal(w.t, treasury, w.balance(w.Treasury))
		require.Equal(w.t, paid, w.escrow(j.id).Paid)
		require.Zero(w.t, w.balance(w.as[3].Account()))
		totals.Paid, totals.Held = totals.Paid-back, totals.Held+back
		totals.Staked, totals.Slashed = totals.Staked-bond, totals.Slashed+bond
		got, err := w.owner().Totals(w.ctx)
		require.NoError(w.t, err)
		require.Equal(w.t, totals, got)
		w.epochAgrees()
		h, err := w.owner().History(w.ctx, j.id)
		require.NoError(w.t, err)
		require.Equal(w.t, market.Entry{Kind: "claim", Receipt: r}, h[len(h)-1])
		w.again(w.owner(), j.claim(w.graded(j, task, share, 4, 4)))
	}
	fined(0, 0, ask/4, ask-ask/4)
	fined(1, poc.Shares/4, 0, ask/4)
	require.Zero(w.t, w.standing(w.as[3]).Faults, "a fine is no conviction")

	w.Skip(w.t, w.TopUp+3000)
	w.must(w.owner(), market.Refund{Job: j.id})
	e := w.escrow(j.id)
	require.Equal(w.t, 3*ask+2*(ask/4), e.Paid, "what it withdrew it was paid")
	require.Equal(w.t, w.Tokens-e.Paid-e.Fees, w.balance(w.owner().Account()), "and the owner has none of its stake")
	require.Equal(w.t, e.Terms.Budget, e.Paid+e.Fees+e.Refunded)
}

// punctual awards a job of so many tasks to two workers, who lose a share of what they ask for when they are late.
func (w *world) punctual(tasks uint32, ask market.Amount, lateBps uint32) job {
	w.t.Helper()
	w.register(2)
	j := job{id: hash(1), terms: w.terms(tasks, 1, 2, ask), award: hash(2), workers: w.as[1:3], seating: seated()}
	j.terms.LateBps = lateBps
	for _, s := range j.workers {
		j.seating.Seats = append(j.seating.Seats, market.Seat{Account: s.Account(), Ask: ask, Weight: 1})
	}
	w.must(w.owner(), market.LockEscrow{Job: j.id, Terms: j.terms})
	w.must(w.owner(), market.AnchorAward{Job: j.id, Award: j.award, Seating: j.seating})
	return j
}

// claimFinesAndPays: a certificate that only fines says nothing of what the next one in the claim pays.
func claimFinesAndPays(w *world) {
	const ask = market.Amount(1_000_000)
	j := w.punctual(2, ask, market.FeeBase/4)
	w.must(w.as[1], j.claim(w.graded(j, 0, 0, 0)))
	r := w.must(w.owner(), j.claim(w.graded(j, 0, 0, 2), w.graded(j, 1, 0, 0)))
	require.Equal(w.t, []market.Pay{{Account: w.as[2].Account(), Amount: ask / 4}}, r.Fines)
	require.Equal(w.t, []market.Pay{{Account: w.as[1].Account(), Amount: ask}, {Account: w.as[2].Account(), Amount: ask}}, r.Pays)
	h, err := w.owner().History(w.ctx, j.id)
	require.NoError(w.t, err)
	require.Equal(w.t, market.Entry{Kind: "claim", Receipt: r}, h[len(h)-1])
}

// claimOverfined: who was paid for a part of the work and is called late for all of it cannot give back more than the job has paid. Such a claim is refused as
// a whole, with whatever else is in it.
func claimOverfined(w *world) {
	const ask = market.Amount(1_000_000)
	j := w.punctual(3, ask, market.FeeBase/2)
	other := w.open(2, 1, 1, 2, 2, 3*ask) // they have earned what they could give back
	w.must(w.as[1], other.claim(w.certificate(other, 0, result(1), 1, 2)))
	w.must(w.as[1], j.claim(w.graded(j, 0, 1, 0)))
	before, records := w.escrow(j.id), []market.Standing{w.standing(w.as[1]), w.standing(w.as[2])}
	require.Equal(w.t, 2*(ask/poc.Shares), before.Paid)

	small, more, whole := w.graded(j, 1, 2, 0), w.graded(j, 2, 0, 0), w.graded(j, 0, 0, 3)
	w.refused(chain.ErrRefused, w.owner(), j.claim(whole))
	w.refused(chain.ErrRefused, w.owner(), j.claim(small, whole))
	w.refused(chain.ErrRefused, w.owner(), j.claim(whole, more))
	require.Equal(w.t, before, w.escrow(j.id))
	require.Equal(w.t, records, []market.Standing{w.standing(w.as[1]), w.standing(w.as[2])})
	w.certified(j, result(1), poc.Result{}, poc.Result{})
	w.epochAgrees()
	require.Len(w.t, w.must(w.owner(), j.claim(small)).Pays, 2)
	require.Len(w.t, w.must(w.owner(), j.claim(more, whole)).Fines, 2)
}

// claimVerified counts and pays verified workers only, where a job asks for it.
func claimVerified(w *world) {
	w.register(3)
	w.Verify(w.t, w.as[1].Account(), true)
	w.Verify(w.t, w.as[2].Account(), true)
	j := job{id: hash(1), terms: w.terms(2, 2, 3, 1000), award: hash(2), workers: w.as[1:4], seating: seated()}
	j.terms.Verified = true
	for _, s := range j.workers {
		j.seating.Seats = append(j.seating.Seats, market.Seat{Account: s.Account(), Ask: 1000, Weight: 1})
	}
	w.must(w.owner(), market.LockEscrow{Job: j.id, Terms: j.terms})
	require.Equal(w.t, j.terms, w.escrow(j.id).Terms)
	w.must(w.owner(), market.AnchorAward{Job: j.id, Award: j.award, Seating: j.seating})
	w.refused(chain.ErrRefused, w.as[1], j.claim(w.certificate(j, 0, result(1), 1, 3)))
	require.Len(w.t, w.must(w.as[1], j.claim(w.certificate(j, 0, result(1), 1, 2, 3))).Pays, 2)
	w.Verify(w.t, w.as[2].Account(), false)
	w.refused(chain.ErrRefused, w.as[1], j.claim(w.certificate(j, 1, result(1), 1, 2)))
	w.Verify(w.t, w.as[3].Account(), true)
	require.Len(w.t, w.must(w.as[1], j.claim(w.certificate(j, 1, result(1), 1, 3))).Pays, 2)
}

// Pay can be spent at once.
func spendPay(w *world) {
	w.register(2)
	j := w.open(1, 1, 2, 2, 2, 1_000_000)
	w.must(w.as[1], j.claim(w.certificate(j, 0, result(1), 1, 2)))
	has := w.balance(w.as[1].Account())
	require.Equal(w.t, w.Tokens-w.MinStake+1_000_000, has)
	w.must(w.as[1], market.Register{Peer: peer(1), Stake: w.MinStake + has})
	require.Zero(w.t, w.balance(w.as[1].Account()))
	w.refused(chain.ErrFunds, w.as[1], market.Register{Peer: peer(1), Stake: w.MinStake + has + 1})
}

func claimBadSigners(w *world) {
	w.register(3)
	w.must(w.as[4], market.Register{Peer: peer(4), Stake: w.MinStake - 1})
	j := w.open(1, 2, 2, 3, 5, 1000) // seat 4 has too little stake, seat 5 is not registered
	good := w.certificate(j, 0, result(1), 1, 2)

	bad := func(name string, c poc.Certificate) {
		w.t.Helper()
		w.t.Log(name)
		w.refused(chain.ErrRefused, w.as[1], j.claim(c))
		require.True(w.t, w.settled(j.id, 1)[0].IsZero())
	}
	bad("no quorum", w.certificate(j, 0, result(1), 1))
	bad("no signature", w.certificate(j, 0, result(1)))
	bad("the same signer twice", w.certificate(j, 0, result(1), 1, 1))
	bad("a signer without a seat", w.certificate(j, 0, result(1), 1, 6))
	bad("a signer with too little stake", w.certificate(j, 0, result(1), 1, 4))
	bad("a signer who is not registered", w.certificate(j, 0, result(1), 1, 5))

	edit := func(f func(*poc.Certificate)) poc.Certificate {
		c := good
		c.Attestations = slices.Clone(good.Attestations)
		f(&c)
		return c
	}
	bad("a broken signature", edit(func(c *poc.Certificate) {
		c.Attestations[1].Signature = slices.Clone(c.Attestations[1].Signature)
		c.Attestations[1].Signature[5] ^= 1
	}))
	bad("a short signature", edit(func(c *poc.Certificate) { c.Attestations[1].Signature = c.Attestations[1].Signature[:10] }))
	bad("no signature bytes", edit(func(c *poc.Certificate) { c.Attestations[1].Signature = nil }))
	bad("one's signature in another's name", edit(func(c *poc.Certificate) { c.Attestations[1].Signature = c.Attestations[0].Signature }))
	bad("a signature over another digest", edit(func(c *poc.Certificate) {
		c.Attestations[1] = w.certificate(j, 0, result(2), 2).Attestations[0]
	}))
	bad("a signature over another task", edit(func(c *poc.Certificate) {
		c.Attestations[1] = w.certificate(j, 1, result(1), 2).Attestations[0]
	}))
	bad("a reveal in place of an attestation", edit(func(c *poc.Certificate) {
		c.Attestations[1].Signature = w.slash(j, 0, 2, result(1)).Signature
	}))
	bad("another result under the same signatures", edit(func(c *poc.Certificate) { c.Result = result(2) }))
	bad("no such task", w.certificate(j, 2, result(1), 1, 2))

	other := j.claim(good)
	other.Seating.Seats = slices.Clone(j.seating.Seats)
	other.Seating.Seats[0].Ask++
	w.refused(chain.ErrRefused, w.as[1], other)
	foreign := j
	foreign.id = hash(99)
	w.refused(chain.ErrRefused, w.as[1], j.claim(w.certificate(foreign, 0, result(1), 1, 2)))

	// Signatures that do not count do no harm, and earn nothing.
	r := w.must(w.as[1], j.claim(edit(func(c *poc.Certificate) {
		wrong := w.certificate(j, 0, result(2), 3).Attestations[0]
		c.Attestations = append(c.Attestations, wrong, w.certificate(j, 0, result(1), 4).Attestations[0], w.certificate(j, 0, result(1), 6).Attestations[0])
	})))
	require.Len(w.t, r.Pays, 2)
}

func claimAtMostReplicas(w *world) {
	w.register(5)
	j := w.open(1, 1, 2, 3, 5, 1000)
	r := w.must(w.as[1], j.claim(w.certificate(j, 0, result(1), 1, 2, 3, 4, 5)))
	require.Len(w.t, r.Pays, 3)
	e := w.escrow(j.id)
	var sum market.Amount
	for _, p := range r.Pays {
		sum += p.Amount
	}
	require.Equal(w.t, sum, e.Paid)
}

// claimPaysWhoAgreed pays those whom a quorum names, whether or not they signed, and nobody else.
func claimPaysWhoAgreed(w *world) {
	w.register(5)
	j := w.open(1, 6, 2, 4, 5, 1000)
	paid := func(task uint32, named map[int][]int) []int {
		w.t.Helper()
		c := w.result(j, task, result(1))
		for i := 1; i <= 5; i++ {
			if named[i] != nil {
				c.Attestations = append(c.Attestations, w.attestation(c, i, named[i]...))
			}
		}
		before := make([]uint64, 6)
		for i := 1; i <= 5; i++ {
			before[i] = w.standing(w.as[i]).Completed
		}
		r := w.must(w.stranger(), j.claim(c))
		var got []int
		var pays []market.Pay
		for i := 1; i <= 5; i++ {
			if w.standing(w.as[i]).Completed > before[i] {
				got = append(got, i)
				pays = append(pays, market.Pay{Account: w.as[i].Account(), Amount: j.seating.Seats[i-1].Ask})
			}
		}
		require.Equal(w.t, sortPays(pays), sortPays(r.Pays))
		return got
	}
	w.t.Log("a free rider signs what others agreed on")
	require.Equal(w.t, []int{1, 2}, paid(0, map[int][]int{1: {1, 2}, 2: {1, 2}, 3: {1, 2, 3}}))
	w.t.Log("whoever claims leaves a signature out")
	require.Equal(w.t, []int{1, 2, 3}, paid(1, map[int][]int{1: {1, 2, 3}, 2: {1, 2, 3}}))
	w.t.Log("a reveal reached one of two in time")
	require.Equal(w.t, []int{1, 2}, paid(2, map[int][]int{1: {1, 2, 3}, 2: {1, 2}}))
	w.t.Log("and of three")
	require.Equal(w.t, []int{1, 2, 3}, paid(3, map[int][]int{1: {1, 2, 3}, 2: {1, 2}, 3: {1, 2, 3}}))
	w.t.Log("more are named than are paid")
	require.Equal(w.t, []int{1, 2, 3, 4}, paid(4, map[int][]int{4: {1, 2, 3, 4, 5}, 5: {1, 2, 3, 4, 5}}))
	w.t.Log("one of two names only itself")
	require.Equal(w.t, []int{3}, paid(5, map[int][]int{1: {1, 2, 3}, 3: {3}}))
	require.False(w.t, w.escrow(j.id).Closed, "some were named and not paid")
}

// claimNeedsNames refuses signatures whose names do not hold.
func claimNeedsNames(w *world) {
	w.register(4)
	j := w.open(1, 1, 2, 4, 5, 1000) // seat 5 is not registered
	claim := func(named map[int][]int) market.Claim {
		c := w.result(j, 0, result(1))
		for i := 1; i <= 5; i++ {
			if named[i] != nil {
				c.Attestations = append(c.Attestations, w.attestation(c, i, named[i]...))
			}
		}
		return j.claim(c)
	}
	for name, named := range map[string]map[int][]int{
		"a signer that does not name itself":               {1: {1, 2}, 2: {1}},
		"a signer that names a seat that is none":          {1: {1, 2}, 2: {1, 2, 6}},
		"a signer that names the last seat there could be": {1: {1, 2}, 2: {1, 2, 64}},
		"signers that name nobody in common":               {1: {1, 2}, 3: {3, 4}},
	} {
		w.t.Log(name)
		w.refused(chain.ErrRefused, w.as[1], claim(named))
	}
	w.t.Log("names that the signature is not over")
	c := claim(map[int][]int{1: {1, 2}, 2: {1, 2}})
	c.Certificates[0].Attestations[1].Agreed |= 4
	w.refused(chain.ErrRefused, w.as[1], c)
	w.t.Log("a named worker that is not registered is not paid, and harms nobody")
	r := w.must(w.as[1], claim(map[int][]int{1: {1, 2, 5}, 2: {1, 2, 5}}))
	require.Len(w.t, r.Pays, 2)
}

func claimBatch(w *world) {
	w.register(3)
	const tasks = 20
	j := w.open(1, tasks, 2, 3, 3, 1000)
	w.must(w.as[1], j.claim(w.certificate(j, 3, result(3), 1, 2)))
	var all []poc.Certificate
	for i := range uint32(tasks) {
		switch i {
		case 5:
			all = append(all, w.certificate(j, i, result(uint64(i)), 1)) // no quorum: passed over
		case 6:
			all = append(all, w.certificate(j, i, result(uint64(i)), 1, 2), w.certificate(j, i, result(uint64(i)), 2, 3)) // twice in one claim
		default:
			all = append(all, w.certificate(j, i, result(uint64(i)), 1, 2, 3))
		}
	}
	r := w.must(w.as[2], j.claim(all...))
	require.Len(w.t, r.Tasks, tasks-2)
	require.NotContains(w.t, r.Tasks, uint32(3))
	require.NotContains(w.t, r.Tasks, uint32(5))
	require.Len(w.t, r.Pays, 3, "one pay per worker, however many tasks")
	require.Equal(w.t, uint32(tasks-1), w.escrow(j.id).Settled)
	require.Equal(w.t, uint64(tasks-1), w.standing(w.as[1]).Completed)
	require.Equal(w.t, uint64(tasks-1), w.standing(w.as[3]).Completed, "topped up for task 3, and for task 6 within the claim")
	settled := w.settled(j.id, tasks)
	for i, d := range settled {
		require.Equal(w.t, i == 5, d.IsZero())
	}
	w.must(w.as[2], j.claim(w.certificate(j, 5, result(5), 2, 3)))
	require.True(w.t, w.escrow(j.id).Closed)
	require.Error(w.t, func() error { _, err := w.as[1].Settled(w.ctx, j.id, 5000); return err }())
	var many []poc.Certificate
	for range 65 {
		many = append(many, all[0])
	}
	w.refused(chain.ErrRefused, w.as[2], j.claim(many...))
}

// A worker that was slashed below the least stake is passed over; the others are paid.
func claimFallenWorker(w *world) {
	w.register(3)
	j := w.open(1, 3, 2, 3, 3, 1000)
	w.must(w.as[1], j.claim(w.certificate(j, 0, result(1), 1, 2)))
	w.must(w.as[1], w.slash(j, 0, 3, result(2)))
	require.Less(w.t, w.standing(w.as[3]).Stake, w.MinStake)
	r := w.must(w.as[1], j.claim(w.certificate(j, 1, result(1), 1, 2, 3)))
	require.Len(w.t, r.Pays, 2)
	w.refused(chain.ErrRefused, w.as[1], j.claim(w.certificate(j, 2, result(1), 1, 3)))
	w.must(w.as[3], market.Register{Peer: peer(3), Stake: w.MinStake})
	r = w.must(w.as[1], j.claim(w.certificate(j, 2, result(1), 1, 3)))
	require.Len(w.t, r.Pays, 2)
}

func claimNeedsAward(w *world) {
	w.register(2)
	j := job{id: hash(1), award: hash(2), terms: w.terms(1, 1, 1, 10), seating: seated(market.Seat{Account: w.as[1].Account(), Ask: 1})}
	c := j.claim(w.certificate(j, 0, result(1), 1))
	w.refused(chain.ErrTooEarly, w.as[1], c)
	w.must(w.owner(), market.LockEscrow{Job: j.id, Terms: j.terms})
	w.refused(chain.ErrTooEarly, w.as[1], c)
	w.must(w.owner(), market.Refund{Job: j.id})
	w.refused(chain.ErrRefused, w.as[1], c)
}
