package chaintest

import (
	"slices"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// courtOf is the court of account i.
func (w *world) courtOf(i int) chain.Court {
	w.t.Helper()
	c, ok := w.as[i].(chain.Court)
	require.True(w.t, ok, "the settlement has no arbiters")
	return c
}

func (w *world) courtTerms() chain.CourtTerms {
	w.t.Helper()
	terms, err := w.courtOf(0).CourtTerms(w.ctx)
	require.NoError(w.t, err)
	return terms
}

func (w *world) convictions() []chain.Conviction {
	w.t.Helper()
	all, err := w.courtOf(0).Convictions(w.ctx)
	require.NoError(w.t, err)
	return all
}

// final ends all convictions that are not final when nobody has appealed against them.
func (w *world) final() {
	w.t.Helper()
	w.Skip(w.t, w.courtTerms().Window)
	for _, v := range w.convictions() {
		w.endsConviction(v.ID)
	}
	require.Empty(w.t, w.convictions())
}

// endsConviction ends a conviction, whoever asks.
func (w *world) endsConviction(id uint64) {
	w.t.Helper()
	require.NoError(w.t, w.courtOf(Accounts-1).EndConviction(w.ctx, id))
	w.conserved()
}

func (w *world) endRefused(want error, id uint64) {
	w.t.Helper()
	before := w.sums()
	require.ErrorIs(w.t, w.courtOf(Accounts-1).EndConviction(w.ctx, id), want)
	require.Equal(w.t, before, w.sums(), "nothing moved")
}

// seats makes arbiters. They bring their own stake, so the sums begin anew.
func (w *world) seats() {
	w.t.Helper()
	w.jurors = w.Jurors(w.t)
	totals, err := w.as[0].Totals(w.ctx)
	require.NoError(w.t, err)
	w.supply, w.staked = w.sums().everything(), totals.Staked+totals.Slashed
}

// appeal has account i appeal against its conviction.
func (w *world) appeal(i int, v chain.Conviction) (id uint64) {
	w.t.Helper()
	id, err := w.tryAppeal(i, v.ID, v, hash(88))
	require.NoError(w.t, err)
	w.conserved()
	return id
}

func (w *world) tryAppeal(i int, id uint64, v chain.Conviction, evidence poc.Hash) (uint64, error) {
	w.t.Helper()
	sig, err := w.as[i].Sign(poc.Statement{Kind: poc.Revealed, Job: v.Ref.Job, Task: v.Ref.Task, Digest: v.Digest})
	require.NoError(w.t, err)
	return w.courtOf(i).Appeal(w.ctx, id, evidence, "ipfs://evidence", sig)
}

func (w *world) caseOf(id uint64) chain.Case {
	w.t.Helper()
	all, err := w.courtOf(0).Cases(w.ctx)
	require.NoError(w.t, err)
	i := slices.IndexFunc(all, func(k chain.Case) bool { return k.ID == id })
	require.GreaterOrEqual(w.t, i, 0, "the case is open")
	return all[i]
}

// draw draws the committee of a case.
func (w *world) draw(id uint64) {
	w.t.Helper()
	w.Skip(w.t, 1) // the block that draws, and one more
	w.Skip(w.t, 1)
	require.NoError(w.t, w.courtOf(Accounts-1).DrawCommittee(w.ctx, id))
}

// judge has a drawn committee give its verdict.
func (w *world) judge(id uint64, guilty bool) {
	w.t.Helper()
	w.draw(id)
	said := map[poc.Account][]byte{}
	for _, a := range w.caseOf(id).Committee {
		i := slices.IndexFunc(w.jurors, func(j chain.Court) bool { return j.(chain.Settlement).Account() == a })
		require.GreaterOrEqual(w.t, i, 0)
		sig, err := w.jurors[i].SignVerdict(id, guilty)
		require.NoError(w.t, err)
		said[a] = sig
	}
	require.NoError(w.t, w.courtOf(Accounts-1).Decide(w.ctx, id, guilty, said))
	w.conserved()
}

// held3 is a job of which workers 1 and 2 certified a result, and what worker 3 was convicted of.
func (w *world) held3() (j job, v chain.Conviction) {
	w.t.Helper()
	w.register(5)
	j = w.open(1, 2, 2, 5, 5, 1000)
	w.must(w.as[1], j.claim(w.certificate(j, 0, result(1), 1, 2)))
	w.must(w.as[1], w.slash(j, 0, 3, result(2)))
	return j, w.convictions()[0]
}

func (w *world) taken() market.Amount {
	return (w.MinStake*market.Amount(w.SlashBps) + market.FeeBase - 1) / market.FeeBase
}

func (w *world) reward(taken market.Amount) market.Amount {
	return taken * market.Amount(w.RewardBps) / market.FeeBase
}

// held: what a certificate takes is held for a window, and then paid to the reporter and the treasury, whoever asks.
func held(w *world) {
	require.Empty(w.t, w.convictions())
	terms := w.courtTerms()
	w.register(3)
	j := w.open(1, 2, 2, 3, 3, 1000)
	w.must(w.as[1], j.claim(w.certificate(j, 0, result(1), 1, 2)))
	before, earned, treasury, court := w.Now(), w.balance(w.as[1].Account()), w.balance(w.Treasury), w.balance(w.Court)
	lie := w.slash(j, 0, 3, result(2))
	r := w.must(w.as[1], lie)
	require.Equal(w.t, w.taken(), r.Amount)
	require.Equal(w.t, []market.Amount{earned, treasury, court + w.taken()}, []market.Amount{w.balance(w.as[1].Account()), w.balance(w.Treasury), w.balance(w.Court)})
	require.Equal(w.t, []any{w.MinStake - w.taken(), uint64(1)}, []any{w.standing(w.as[3]).Stake, w.standing(w.as[3]).Faults}, "at once")
	all := w.convictions()
	require.Len(w.t, all, 1)
	v := all[0]
	require.GreaterOrEqual(w.t, v.Until, before.Add(terms.Window))
	require.LessOrEqual(w.t, v.Until, w.Now().Add(terms.Window))
	require.Equal(w.t, chain.Conviction{
		ID: 1, Ref: lie.Ref, Account: lie.Account, Reporter: w.as[1].Account(), Digest: lie.Digest, Amount: w.taken(), Until: v.Until,
	}, v)
	truth, err := w.courtOf(0).Truth(w.ctx, lie.Ref)
	require.NoError(w.t, err)
	require.True(w.t, truth.IsZero())

	w.endRefused(chain.ErrTooEarly, 1)
	w.endRefused(chain.ErrNoConviction, 2)
	w.again(w.as[2], lie)
	w.again(w.as[2], w.twice(poc.Revealed, j, 0, 3, result(1), result(2))) // as it is convicted of the task already
	_, err = w.courtOf(2).Accuse(w.ctx, chain.Accusation{Ref: lie.Ref, Account: lie.Account, Digest: lie.Digest, Signature: lie.Signature, Evidence: hash(5)})
	require.ErrorIs(w.t, err, chain.ErrRefused, "nor can it be accused of it")
	w.Skip(w.t, terms.Window)
	w.endsConviction(1)
	require.Equal(w.t, []market.Amount{earned + w.reward(w.taken()), treasury + w.taken() - w.reward(w.taken()), court},
		[]market.Amount{w.balance(w.as[1].Account()), w.balance(w.Treasury), w.balance(w.Court)})
	w.endRefused(chain.ErrNoConviction, 1)
	require.Empty(w.t, w.convictions())
	w.again(w.as[1], lie)
	require.Equal(w.t, uint64(1), w.standing(w.as[3]).Faults)
}

// heldNothing: who has nothing to lose is convicted, and acquitted, all the same.
func heldNothing(w *world) {
	w.seats()
	w.register(2)
	w.must(w.as[3], market.Register{Peer: peer(3)})
	j := w.open(1, 2, 2, 3, 3, 1000)
	for task := range uint32(2) {
		w.must(w.as[1], j.claim(w.certificate(j, task, result(1), 1, 2)))
		require.Zero(w.t, w.must(w.as[1+task], w.slash(j, task, 3, result(2))).Amount)
	}
	require.Equal(w.t, uint64(2), w.standing(w.as[3]).Faults)
	all := w.convictions()
	w.judge(w.appeal(3, all[1]), false)
	require.Equal(w.t, uint64(1), w.standing(w.as[3]).Faults)
	w.Skip(w.t, w.courtTerms().Window)
	w.endsConviction(all[0].ID)
	require.Equal(w.t, uint64(1), w.standing(w.as[3]).Faults)
}

// reporters: whoever convicts by a certificate answers for it with a stake of its own.
func reporters(w *world) {
	w.register(3)
	j := w.open(1, 1, 2, 3, 3, 1000)
	w.must(w.as[1], j.claim(w.certificate(j, 0, result(1), 1, 2)))
	lie := w.slash(j, 0, 3, result(2))
	w.refused(chain.ErrRefused, w.stranger(), lie)
	w.must(w.as[4], market.Register{Peer: peer(4), Stake: w.MinStake - 1})
	w.refused(chain.ErrRefused, w.as[4], lie)
	w.refused(chain.ErrRefused, w.as[3], lie) // itself
	w.must(w.as[4], market.Register{Peer: peer(4), Stake: w.MinStake})
	w.must(w.as[4], lie)
}

// appealLost: the conviction is final with the verdict, and the deposit is the arbiters'.
func appealLost(w *world) {
	w.seats()
	_, v := w.held3()
	before, earned, court := w.balance(w.as[3].Account()), w.balance(w.as[1].Account()), w.balance(w.Court)
	terms := w.courtTerms()
	id := w.appeal(3, v)
	k := w.caseOf(id)
	require.Equal(w.t, chain.Case{
		ID: id, Accuser: v.Account, Accused: v.Account, Ref: v.Ref, Evidence: hash(88), Until: k.Until, Conviction: v.ID, Digest: v.Digest,
	}, k)
	require.Equal(w.t, id, w.convictions()[0].Appeal)
	require.Equal(w.t, []market.Amount{before - terms.Deposit, court + terms.Deposit}, []market.Amount{w.balance(w.as[3].Account()), w.balance(w.Court)})
	w.endRefused(chain.ErrTooEarly, v.ID)
	w.judge(id, true)
	require.Empty(w.t, w.convictions())
	require.Equal(w.t, earned+w.reward(v.Amount), w.balance(w.as[1].Account()))
	require.Equal(w.t, []any{w.MinStake - v.Amount, uint64(1)}, []any{w.standing(w.as[3]).Stake, w.standing(w.as[3]).Faults})
	var paid market.Amount
	for _, j := range w.jurors {
		n, err := j.CollectFees(w.ctx)
		require.NoError(w.t, err)
		paid += n
	}
	require.Equal(w.t, terms.Deposit, paid)
	require.Zero(w.t, w.balance(w.Court))
	w.endRefused(chain.ErrNoConviction, v.ID)
}

// appealWon: everything comes back, the reporter pays, and from then on what was right counts instead of the certificate.
func appealWon(w *world) {
	w.seats()
	j, v := w.held3()
	deposit, before, treasury := w.courtTerms().Deposit, w.balance(w.as[3].Account()), w.balance(w.Treasury)
	w.judge(w.appeal(3, v), false)
	w.epochAgrees()
	require.Equal(w.t, []any{w.MinStake, uint64(0)}, []any{w.standing(w.as[3]).Stake, w.standing(w.as[3]).Faults})
	require.Equal(w.t, []any{w.MinStake - w.taken(), uint64(1)}, []any{w.standing(w.as[1]).Stake, w.standing(w.as[1]).Faults}, "the reporter")
	require.Equal(w.t, before+w.reward(w.taken()), w.balance(w.as[3].Account()), "the reward, and what the appeal cost")
	require.Equal(w.t, treasury+w.taken()-w.reward(w.taken())-deposit, w.balance(w.Treasury))
	require.Empty(w.t, w.convictions())
	convicted, err := w.courtOf(0).Convicted(w.ctx, v.Ref, v.Account)
	require.NoError(w.t, err)
	require.False(w.t, convicted)
	truth, err := w.courtOf(0).Truth(w.ctx, v.Ref)
	require.NoError(w.t, err)
	require.Equal(w.t, v.Digest, truth)
	h, err := w.owner().History(w.ctx, j.id)
	require.NoError(w.t, err)
	require.Equal(w.t, []string{"slash", "restore"}, []string{h[3].Kind, h[4].Kind})
	require.Equal(w.t, []any{v.Account, v.Amount, []uint32{0}}, []any{h[4].Account, h[4].Receipt.Amount, h[4].Receipt.Tasks})

	// Who revealed what was certified can be convicted now; and who was right cannot any more, by whatever.
	w.refused(chain.ErrRefused, w.as[4], w.slash(j, 0, 3, result(2)))
	_, err = w.courtOf(4).Accuse(w.ctx, chain.Accusation{
		Ref: v.Ref, Account: v.Account, Digest: v.Digest, Signature: w.slash(j, 0, 3, result(2)).Signature, Evidence: hash(5),
	})
	require.ErrorIs(w.t, err, chain.ErrRefused)
	w.must(w.as[4], w.slash(j, 0, 2, result(1)))
	require.Equal(w.t, w.as[2].Account(), w.convictions()[0].Account)
	w.final()
	require.Equal(w.t, uint64(1), w.standing(w.as[2]).Faults)
	w.refused(chain.ErrTooEarly, w.as[4], w.slash(j, 1, 2, result(1))) // the other task
	// But for two results.
	w.must(w.as[4], w.twice(poc.Revealed, j, 0, 3, result(2), result(3)))
	require.Equal(w.t, uint64(1), w.standing(w.as[3]).Faults)
}

// appealRefused: only the convicted appeals, once, in time, for the deposit.
func appealRefused(w *world) {
	_, v := w.held3()
	refused := func(want error, i int, id uint64, v chain.Conviction, evidence poc.Hash) {
		w.t.Helper()
		before := w.sums()
		_, err := w.tryAppeal(i, id, v, evidence)
		require.ErrorIs(w.t, err, want)
		require.Equal(w.t, before, w.sums(), "nothing moved")
	}
	refused(chain.ErrRefused, 2, v.ID, v, hash(88)) // another's
	refused(chain.ErrRefused, 3, v.ID+1, v, hash(88))
	refused(chain.ErrRefused, 3, v.ID, v, poc.Hash{})
	other := v
	other.Digest = result(3).Digest()
	refused(chain.ErrRefused, 3, v.ID, other, hash(88)) // signed for another result
	id := w.appeal(3, v)
	refused(chain.ErrRefused, 3, v.ID, v, hash(88)) // once
	w.Skip(w.t, w.courtTerms().Window)
	require.NoError(w.t, w.courtOf(4).LapseCase(w.ctx, id))

	w.must(w.as[3], market.Register{Peer: peer(3), Stake: w.MinStake})
	j := w.open(2, 1, 2, 5, 5, 1000)
	w.must(w.as[1], j.claim(w.certificate(j, 0, result(1), 1, 2)))
	w.must(w.as[1], w.slash(j, 0, 3, result(2)))
	v = w.convictions()[0]
	w.Skip(w.t, w.courtTerms().Window)
	refused(chain.ErrRefused, 3, v.ID, v, hash(88)) // too late
}

// appealLapses: an appeal that was drawn and not judged leaves a doubt, which is the account's. Nobody else pays for that.
func appealLapses(w *world) {
	w.seats()
	j, v := w.held3()
	before, reporter, treasury := w.balance(w.as[3].Account()), w.balance(w.as[1].Account()), w.balance(w.Treasury)
	id := w.appeal(3, v)
	w.draw(id)
	require.NotContains(w.t, w.caseOf(id).Committee, v.Reporter)
	require.ErrorIs(w.t, w.courtOf(4).LapseCase(w.ctx, id), chain.ErrTooEarly)
	w.Skip(w.t, w.courtTerms().Window)
	w.endRefused(chain.ErrTooEarly, v.ID)
	require.NoError(w.t, w.courtOf(4).LapseCase(w.ctx, id))
	w.conserved()
	w.epochAgrees()
	require.Equal(w.t, []any{w.MinStake, uint64(0)}, []any{w.standing(w.as[3]).Stake, w.standing(w.as[3]).Faults})
	require.Equal(w.t, []any{w.MinStake, uint64(0)}, []any{w.standing(w.as[1]).Stake, w.standing(w.as[1]).Faults})
	require.Equal(w.t, []market.Amount{before, reporter, treasury}, []market.Amount{w.balance(w.as[3].Account()), w.balance(w.as[1].Account()), w.balance(w.Treasury)})
	truth, err := w.courtOf(0).Truth(w.ctx, v.Ref)
	require.NoError(w.t, err)
	require.True(w.t, truth.IsZero())
	w.refused(chain.ErrRefused, w.as[4], w.slash(j, 0, 3, result(2))) // by the same certificate never again
	w.refused(chain.ErrRefused, w.as[4], w.slash(j, 0, 3, result(3)))
	w.must(w.as[4], w.twice(poc.Revealed, j, 0, 3, result(2), result(3)))
}

// appealUndrawn: whoever appeals and has no committee drawn has its deposit back, and no more.
func appealUndrawn(w *world) {
	_, v := w.held3()
	before, earned := w.balance(w.as[3].Account()), w.balance(w.as[1].Account())
	id := w.appeal(3, v)
	w.Skip(w.t, w.courtTerms().Window)
	require.NoError(w.t, w.courtOf(4).LapseCase(w.ctx, id))
	w.conserved()
	require.Equal(w.t, []market.Amount{before, earned + w.reward(v.Amount)}, []market.Amount{w.balance(w.as[3].Account()), w.balance(w.as[1].Account())})
	require.Equal(w.t, uint64(1), w.standing(w.as[3]).Faults)
	require.Empty(w.t, w.convictions())
}

// threeHeld has workers 3 and 4 convicted of the same result, and worker 5 of another one.
func (w *world) threeHeld() (j job, all []chain.Conviction) {
	w.t.Helper()
	j, _ = w.held3()
	w.must(w.as[2], w.slash(j, 0, 4, result(2)))
	w.must(w.as[2], w.slash(j, 0, 5, result(3)))
	return j, w.convictions()
}

// truthUndoes: once somebody was acquitted, others who found the same have their stakes back without a case, also while one is open.
func truthUndoes(w *world) {
	w.seats()
	j, all := w.threeHeld()
	require.Len(w.t, all, 3)
	before := w.balance(w.as[4].Account())
	id := w.appeal(4, all[1])
	w.judge(w.appeal(3, all[0]), false)
	w.endRefused(chain.ErrTooEarly, all[2].ID) // that is still another result
	w.endsConviction(all[1].ID)
	w.epochAgrees()
	require.Equal(w.t, []any{w.MinStake, uint64(0)}, []any{w.standing(w.as[4]).Stake, w.standing(w.as[4]).Faults})
	require.Equal(w.t, []any{w.MinStake - w.taken(), uint64(1)}, []any{w.standing(w.as[2]).Stake, w.standing(w.as[2]).Faults}, "its reporter")
	require.Equal(w.t, before+w.reward(w.taken()), w.balance(w.as[4].Account()), "with the deposit")
	cases, err := w.courtOf(0).Cases(w.ctx)
	require.NoError(w.t, err)
	require.Empty(w.t, cases)
	require.ErrorIs(w.t, w.courtOf(0).LapseCase(w.ctx, id), chain.ErrRefused)
	w.endsConviction(all[2].ID) // its reporter was wrong
	require.Equal(w.t, []any{w.MinStake, uint64(0)}, []any{w.standing(w.as[5]).Stake, w.standing(w.as[5]).Faults})
	w.must(w.as[2], market.Register{Peer: peer(2), Stake: w.MinStake})
	w.must(w.as[2], w.slash(j, 0, 5, result(3)))
	w.Skip(w.t, w.courtTerms().Window)
	w.endsConviction(w.convictions()[0].ID)
	require.Equal(w.t, uint64(1), w.standing(w.as[5]).Faults)
}

// voidReports: what else a reporter has reported that was wrong once counts for nothing, and others can report it.
func voidReports(w *world) {
	w.seats()
	w.register(5)
	j := w.open(1, 2, 2, 5, 5, 1000)
	for task := range uint32(2) {
		w.must(w.as[1], j.claim(w.certificate(j, task, result(1), 1, 2)))
	}
	for i := 3; i <= 5; i++ {
		w.must(w.as[2], w.slash(j, uint32(i/4), i, result(2)))
	}
	all := w.convictions()
	before := w.balance(w.as[4].Account())
	w.appeal(4, all[1])
	undrawn := w.appeal(5, all[2])
	w.judge(w.appeal(3, all[0]), false)
	for _, v := range w.convictions() {
		require.True(w.t, v.Void)
	}
	w.endsConviction(all[1].ID)
	require.Equal(w.t, before, w.balance(w.as[4].Account()), "the deposit")
	require.Equal(w.t, []any{w.MinStake, uint64(0)}, []any{w.standing(w.as[4]).Stake, w.standing(w.as[4]).Faults})
	require.Equal(w.t, uint64(1), w.standing(w.as[2]).Faults, "it is convicted once")
	w.must(w.as[1], w.slash(j, 1, 4, result(2)))
	w.Skip(w.t, w.courtTerms().Window)
	require.NoError(w.t, w.courtOf(0).LapseCase(w.ctx, undrawn))
	require.Equal(w.t, []any{w.MinStake, uint64(0)}, []any{w.standing(w.as[5]).Stake, w.standing(w.as[5]).Faults})
	left := w.convictions()
	require.Len(w.t, left, 1)
	require.False(w.t, left[0].Void)
	w.endsConviction(left[0].ID)
	require.Equal(w.t, uint64(1), w.standing(w.as[4]).Faults)
}

// truthOnce: another digest that arbiters find right as well frees who was convicted of it, and nobody is convicted for that.
func truthOnce(w *world) {
	w.seats()
	_, all := w.threeHeld()
	w.judge(w.appeal(3, all[0]), false)
	before, deposit := w.balance(w.as[5].Account()), w.courtTerms().Deposit
	w.judge(w.appeal(5, all[2]), false)
	require.Equal(w.t, []any{w.MinStake, uint64(0)}, []any{w.standing(w.as[5]).Stake, w.standing(w.as[5]).Faults})
	require.Equal(w.t, before-deposit, w.balance(w.as[5].Account()))
	require.Zero(w.t, w.standing(w.as[2]).Faults)
	truth, err := w.courtOf(0).Truth(w.ctx, all[0].Ref)
	require.NoError(w.t, err)
	require.Equal(w.t, all[0].Digest, truth)

	// Nor does a verdict against one who was right.
	id := w.appeal(4, all[1])
	w.judge(id, true)
	require.Equal(w.t, []any{w.MinStake, uint64(0)}, []any{w.standing(w.as[4]).Stake, w.standing(w.as[4]).Faults})
}

// truthEndsLapsed: an appeal that nobody judged ends as the truth says.
func truthEndsLapsed(w *world) {
	w.seats()
	_, all := w.threeHeld()
	id := w.appeal(4, all[1])
	w.judge(w.appeal(3, all[0]), false)
	w.Skip(w.t, w.courtTerms().Window)
	require.NoError(w.t, w.courtOf(0).LapseCase(w.ctx, id))
	w.conserved()
	require.Equal(w.t, []any{w.MinStake, uint64(0)}, []any{w.standing(w.as[4]).Stake, w.standing(w.as[4]).Faults})
	require.Equal(w.t, uint64(1), w.standing(w.as[2]).Faults)
}

// poolWaits: claims on the pool wait for a conviction that is not final, and fall with it, also when another one was undone since they were made.
func poolWaits(w *world) {
	terms := w.poolTerms()
	w.seats()
	w.fund(0, 100)
	j, v := w.held3()
	w.must(w.as[3], market.Register{Peer: peer(3), Stake: w.MinStake})
	w.claims(3, w.poolClaim(3, 0, 20))
	_, err := w.poolOf(4).EndClaim(w.ctx, v.Account, 0)
	require.ErrorIs(w.t, err, chain.ErrTooEarly, "it was convicted before, and not for good")
	w.judge(w.appeal(3, v), false)
	_, err = w.poolOf(4).EndClaim(w.ctx, v.Account, 0)
	require.ErrorIs(w.t, err, chain.ErrTooEarly)
	w.Skip(w.t, terms.Delay)
	require.Equal(w.t, market.Amount(20), w.ends(4, 3, 0))

	// One that is undone hides none that is final.
	w.must(w.as[2], j.claim(w.certificate(j, 1, result(1), 2, 4)))
	w.must(w.as[2], w.slash(j, 1, 3, result(2)))
	held := w.convictions()[0]
	w.must(w.as[3], market.Register{Peer: peer(3), Stake: 2 * w.MinStake})
	w.claims(3, w.poolClaim(3, 1, 30))
	w.must(w.as[4], w.twice(poc.Revealed, j, 0, 3, result(2), result(3)))
	w.judge(w.appeal(3, held), false)
	require.Equal(w.t, uint64(1), w.standing(w.as[3]).Faults, "as many as when it claimed")
	require.Zero(w.t, w.ends(4, 3, 1))

	// One that is final later drops what was claimed before or since.
	w.must(w.as[3], market.Register{Peer: peer(3), Stake: 3 * w.MinStake})
	w.claims(3, w.poolClaim(3, 2, 5))
	again := w.open(2, 1, 2, 5, 5, 1000)
	w.must(w.as[2], again.claim(w.certificate(again, 0, result(1), 4, 5)))
	w.Skip(w.t, terms.Delay-w.courtTerms().Window/2)
	w.must(w.as[5], w.slash(again, 0, 3, result(2)))
	w.Skip(w.t, w.courtTerms().Window/2)
	_, err = w.poolOf(4).EndClaim(w.ctx, v.Account, 2)
	require.ErrorIs(w.t, err, chain.ErrTooEarly, "its delay is over, and it waits")
	w.final()
	require.Zero(w.t, w.ends(4, 3, 2))
	w.pools(80, 0)
}
