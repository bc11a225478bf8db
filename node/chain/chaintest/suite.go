package chaintest

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

type part struct {
	name string
	run  func(*world)
}

// Run runs the suite. open returns a fresh Env; what it started it ends with t.Cleanup.
func Run(t *testing.T, open func(t *testing.T) Env) {
	runAll(t, open, slices.Concat(parts, convictions))
}

// Convictions runs the parts of the suite in which somebody is convicted.
func Convictions(t *testing.T, open func(t *testing.T) Env) { runAll(t, open, convictions) }

func runAll(t *testing.T, open func(t *testing.T) Env, all []part) {
	for _, p := range all {
		t.Run(p.name, func(t *testing.T) { p.run(newWorld(t, open)) })
	}
}

var (
	parts = []part{
		{"Signatures", signatures},
		{"Register", register},
		{"Lock", lock},
		{"LockBounds", lockBounds},
		{"Anchor", anchor},
		{"Beacon", beacon},
		{"BeaconWaits", beaconWaits},
		{"Epochs", epochs},
		{"Claim", claim},
		{"ClaimBadSigners", claimBadSigners},
		{"ClaimPaysAtMostReplicas", claimAtMostReplicas},
		{"ClaimPaysWhoAgreed", claimPaysWhoAgreed},
		{"ClaimNeedsNames", claimNeedsNames},
		{"ClaimTopUp", claimTopUp},
		{"ClaimGraded", claimGraded},
		{"ClaimFined", claimFined},
		{"ClaimFinesAndPays", claimFinesAndPays},
		{"ClaimOverfined", claimOverfined},
		{"ClaimVerified", claimVerified},
		{"AnchorDraws", anchorDraws},
		{"ClaimDrawn", claimDrawn},
		{"ClaimLike", claimLike},
		{"ClaimSmallPanel", claimSmallPanel},
		{"KeepBeacon", keepBeacon},
		{"DrawnTopUp", drawnTopUp},
		{"SpendPay", spendPay},
		{"ClaimBatch", claimBatch},
		{"ClaimNeedsAward", claimNeedsAward},
		{"RefundBeforeAward", refundBeforeAward},
		{"RefundAfterExpiry", refundAfterExpiry},
		{"Pool", pool},
		{"PoolRefuses", poolRefuses},
		{"PoolBounds", poolBounds},
		{"PoolDrained", poolDrained},
		{"History", history},
		{"Reopen", reopen},
		{"Concurrent", concurrent},
		{"Canceled", canceled},
	}

	convictions = []part{
		{"ClaimWithFallenWorker", claimFallenWorker},
		{"Slash", slash},
		{"SlashTwice", slashTwice},
		{"Held", held},
		{"HeldNothing", heldNothing},
		{"Reporters", reporters},
		{"AppealLost", appealLost},
		{"AppealWon", appealWon},
		{"AppealRefused", appealRefused},
		{"AppealLapses", appealLapses},
		{"AppealUndrawn", appealUndrawn},
		{"TruthUndoes", truthUndoes},
		{"VoidReports", voidReports},
		{"TruthIsFoundOnce", truthOnce},
		{"TruthEndsLapsed", truthEndsLapsed},
		{"PoolWaits", poolWaits},
		{"Records", records},
		{"PoolConvicts", poolConvicts},
	}
)

func signatures(w *world) {
	a, b := w.as[1], w.as[2]
	s := poc.Statement{Kind: poc.Attested, Job: hash(1), Task: 3, Digest: hash(2)}
	sig, err := a.Sign(s)
	require.NoError(w.t, err)
	require.LessOrEqual(w.t, len(sig), poc.MaxSignature)
	require.LessOrEqual(w.t, len(a.Account()), poc.MaxAccount)
	same, err := w.Open(w.t, 1).Sign(s)
	require.NoError(w.t, err)
	require.Equal(w.t, sig, same, "signing is deterministic")
	require.NoError(w.t, b.Verify(a.Account(), s, sig))
	require.Error(w.t, b.Verify(b.Account(), s, sig), "another account")
	require.Error(w.t, b.Verify("nobody", s, sig))
	for name, other := range map[string]poc.Statement{
		"kind":   {Kind: poc.Revealed, Job: s.Job, Task: s.Task, Digest: s.Digest},
		"job":    {Kind: s.Kind, Job: hash(9), Task: s.Task, Digest: s.Digest},
		"task":   {Kind: s.Kind, Job: s.Job, Task: 4, Digest: s.Digest},
		"digest": {Kind: s.Kind, Job: s.Job, Task: s.Task, Digest: hash(9)},
		"agreed": {Kind: s.Kind, Job: s.Job, Task: s.Task, Digest: s.Digest, Agreed: 1},
		"late":   {Kind: s.Kind, Job: s.Job, Task: s.Task, Digest: s.Digest, Agreed: s.Agreed, Late: 1},
		"share":  {Kind: s.Kind, Job: s.Job, Task: s.Task, Digest: s.Digest, Agreed: s.Agreed, Share: 1},
	} {
		require.Error(w.t, b.Verify(a.Account(), other, sig), "another %s", name)
	}
	for i := range sig {
		bad := slices.Clone(sig)
		bad[i] ^= 0x10
		require.Error(w.t, b.Verify(a.Account(), s, bad), "byte %d changed", i)
	}
	require.Error(w.t, b.Verify(a.Account(), s, nil))
	require.Error(w.t, b.Verify(a.Account(), s, append(slices.Clone(sig), 0)))
	_, err = a.Sign(poc.Statement{Kind: 7})
	require.Error(w.t, err)
	_, err = a.Sign(poc.Statement{Kind: poc.Revealed, Agreed: 1})
	require.Error(w.t, err, "a reveal names nobody")
	_, err = a.Sign(poc.Statement{Kind: poc.Revealed, Late: 1})
	require.Error(w.t, err, "a reveal is not late")
	_, err = a.Sign(poc.Statement{Kind: poc.Revealed, Share: 1})
	require.Error(w.t, err, "a reveal is whole")
	wide := s
	wide.Agreed = 1 << 63
	sig, err = a.Sign(wide)
	require.NoError(w.t, err)
	require.NoError(w.t, b.Verify(a.Account(), wide, sig))
}

func register(w *world) {
	a := w.as[1]
	require.Equal(w.t, market.Standing{Account: a.Account()}, w.standing(a))
	w.must(a, market.Register{Peer: peer(1), Stake: 10})
	require.Equal(w.t, market.Standing{Account: a.Account(), Peer: peer(1), Registered: true, Stake: 10}, w.standing(a))
	w.again(a, market.Register{Peer: peer(1), Stake: 10})
	w.again(a, market.Register{Peer: peer(1), Stake: 7})
	w.must(a, market.Register{Peer: peer(1), Stake: 25})
	require.Equal(w.t, w.Tokens-25, w.balance(a.Account()))
	w.must(a, market.Register{Peer: peer(2), Stake: 25})
	require.Equal(w.t, peer(2), w.standing(a).Peer, "a worker may change its peer")
	w.refused(chain.ErrRefused, w.as[2], market.Register{Stake: 5})
	w.refused(chain.ErrFunds, a, market.Register{Peer: peer(2), Stake: w.Tokens + 1})
}

func lock(w *world) {
	_, err := w.owner().Escrow(w.ctx, hash(1))
	require.ErrorIs(w.t, err, chain.ErrNoEscrow)
	terms := w.terms(4, 2, 3, 1000)
	op := market.LockEscrow{Job: hash(1), Terms: terms}
	require.Equal(w.t, terms.Budget, w.must(w.owner(), op).Amount)
	require.Equal(w.t, market.Escrow{Job: op.Job, Owner: w.owner().Account(), Terms: terms}, w.escrow(op.Job))
	require.Equal(w.t, w.Tokens-terms.Budget, w.balance(w.owner().Account()))
	w.again(w.owner(), op)

	other := op
	other.Terms.Budget++
	w.refused(chain.ErrRefused, w.owner(), other)
	w.refused(chain.ErrRefused, w.stranger(), op)

	poor := market.LockEscrow{Job: hash(2), Terms: terms}
	poor.Terms.Budget = w.Tokens + 1
	w.refused(chain.ErrFunds, w.owner(), poor)
	_, err = w.owner().Escrow(w.ctx, hash(2))
	require.ErrorIs(w.t, err, chain.ErrNoEscrow)
}

func lockBounds(w *world) {
	good := w.terms(4, 2, 3, 1000)
	for name, change := range map[string]func(*market.Terms){
		"no tasks":          func(t *market.Terms) { t.Tasks = 0 },
		"too many tasks":    func(t *market.Terms) { t.Tasks, t.MaxPrice = 4097, 0 },
		"no quorum":         func(t *market.Terms) { t.Quorum = 0 },
		"quorum > replicas": func(t *market.Terms) { t.Quorum = 4 },
		"many replicas":     func(t *market.Terms) { t.Replicas, t.MaxPrice = 33, 1 },
		"huge replicas":     func(t *market.Terms) { t.Replicas, t.MaxPrice = 1<<16+3, 0 },
		"more than all":     func(t *market.Terms) { t.LateBps = market.FeeBase + 1 },
		"expired":           func(t *market.Terms) { t.Expiry = w.Now() },
		"no expiry":         func(t *market.Terms) { t.Expiry = 0 },
		"negative expiry":   func(t *market.Terms) { t.Expiry = -1 },
		"far expiry":        func(t *market.Terms) { t.Expiry = w.Now().Add(400 * 24 * hour) },
		"small budget":      func(t *market.Terms) { t.Budget-- },
		"huge price":        func(t *market.Terms) { t.MaxPrice = 1 << 63 },
	} {
		w.t.Log(name)
		op := market.LockEscrow{Job: hash(1), Terms: good}
		change(&op.Terms)
		w.refused(chain.ErrRefused, w.owner(), op)
	}
	w.refused(chain.ErrRefused, w.owner(), market.LockEscrow{Terms: good}) // the zero job
	free := w.terms(1, 1, 1, 0)
	w.must(w.owner(), market.LockEscrow{Job: hash(1), Terms: free}) // work for nothing is allowed
	w.again(w.owner(), market.LockEscrow{Job: hash(1), Terms: free})
}

func anchor(w *world) {
	terms := w.terms(1, 2, 3, 1000)
	seats := []market.Seat{{Account: w.as[1].Account(), Ask: 1000}, {Account: w.as[2].Account(), Ask: 3}}
	seating := seated(seats...)
	op := market.AnchorAward{Job: hash(1), Award: hash(2), Seating: seating}
	w.refused(chain.ErrTooEarly, w.owner(), op)
	w.must(w.owner(), market.LockEscrow{Job: op.Job, Terms: terms})
	w.refused(chain.ErrRefused, w.stranger(), op)

	few, high, zero := op, op, op
	few.Seating = seated(seats[0])
	w.refused(chain.ErrRefused, w.owner(), few)
	high.Seating = seated(seats[0], market.Seat{Account: seats[1].Account, Ask: 1001})
	w.refused(chain.ErrRefused, w.owner(), high)
	zero.Award = poc.Hash{}
	w.refused(chain.ErrRefused, w.owner(), zero)
	many := op
	for len(many.Seating.Seats) <= 64 {
		many.Seating.Seats = append(slices.Clone(many.Seating.Seats), seats[0])
	}
	w.refused(chain.ErrRefused, w.owner(), many)

	w.must(w.owner(), op)
	require.Equal(w.t, op.Award, w.escrow(op.Job).Award)
	w.again(w.owner(), op)
	other, reordered := op, op
	other.Award = hash(3)
	w.refused(chain.ErrRefused, w.owner(), other)
	reordered.Seating = seated(seats[1], seats[0])
	w.refused(chain.ErrRefused, w.owner(), reordered)
	require.Equal(w.t, op.Award, w.escrow(op.Job).Award)

	late := market.AnchorAward{Job: hash(5), Award: hash(2), Seating: seating}
	w.must(w.owner(), market.LockEscrow{Job: late.Job, Terms: w.terms(1, 2, 3, 1000)})
	w.Skip(w.t, w.Term+1)
	w.refused(chain.ErrRefused, w.owner(), late)
}

func beacon(w *world) {
	w.register(2)
	j := w.open(1, 1, 2, 3, 3, 1000)
	first, err := w.owner().Beacon(w.ctx, j.id, j.award, j.seating)
	require.NoError(w.t, err)
	require.Equal(w.t, j.award, first.Award)
	require.False(w.t, first.Random.IsZero())
	require.Equal(w.t, []market.Standing{
		{Account: w.as[1].Account(), Peer: peer(1), Registered: true, Stake: w.MinStake},
		{Account: w.as[2].Account(), Peer: peer(2), Registered: true, Stake: w.MinStake},
		{Account: w.as[3].Account()},
	}, first.Standings)

	// What happens later changes nothing, for anybody.
	w.must(w.as[3], market.Register{Peer: peer(3), Stake: w.MinStake})
	for _, s := range w.as {
		b, err := s.Beacon(w.ctx, j.id, j.award, j.seating)
		require.NoError(w.t, err)
		require.Equal(w.t, first, b)
	}
	hist, err := w.owner().History(w.ctx, j.id)
	require.NoError(w.t, err)
	require.Greater(w.t, first.Height, hist[len(hist)-1].Receipt.Height, "the beacon is younger than the award")

	_, err = w.as[1].Beacon(w.ctx, j.id, hash(77), j.seating)
	require.ErrorIs(w.t, err, chain.ErrAwardMismatch)
	fewer := j.seating
	fewer.Seats = fewer.Seats[:2]
	_, err = w.as[1].Beacon(w.ctx, j.id, j.award, fewer)
	require.ErrorIs(w.t, err, chain.ErrAwardMismatch)

	second := w.open(2, 1, 2, 3, 3, 1000)
	b, err := w.as[1].Beacon(w.ctx, second.id, second.award, second.seating)
	require.NoError(w.t, err)
	require.NotEqual(w.t, first.Random, b.Random)
}

func beaconWaits(w *world) {
	terms := w.terms(1, 1, 1, 1000)
	seating := seated(market.Seat{Account: w.as[1].Account(), Ask: 5})
	w.must(w.owner(), market.LockEscrow{Job: hash(1), Terms: terms})
	type answer struct {
		b   market.Beacon
		err error
	}
	got := make(chan answer, 1)
	go func() {
		b, err := w.as[1].Beacon(w.ctx, hash(1), hash(2), seating)
		got <- answer{b, err}
	}()
	w.must(w.owner(), market.AnchorAward{Job: hash(1), Award: hash(2), Seating: seating})
	a := <-got
	require.NoError(w.t, a.err)
	require.Equal(w.t, hash(2), a.b.Award)

	w.must(w.owner(), market.LockEscrow{Job: hash(3), Terms: terms})
	w.must(w.owner(), market.Refund{Job: hash(3)})
	_, err := w.as[1].Beacon(w.ctx, hash(3), hash(2), seating)
	require.ErrorIs(w.t, err, chain.ErrRefused, "there will never be one")
}

func refundBeforeAward(w *world) {
	w.refused(chain.ErrTooEarly, w.owner(), market.Refund{Job: hash(1)})
	terms := w.terms(1, 1, 1, 1000)
	w.must(w.owner(), market.LockEscrow{Job: hash(1), Terms: terms})
	w.refused(chain.ErrRefused, w.stranger(), market.Refund{Job: hash(1)})
	r := w.must(w.owner(), market.Refund{Job: hash(1)})
	require.Equal(w.t, terms.Budget, r.Amount)
	require.Equal(w.t, w.Tokens, w.balance(w.owner().Account()))
	e := w.escrow(hash(1))
	require.True(w.t, e.Closed)
	require.Equal(w.t, terms.Budget, e.Refunded)
	w.again(w.owner(), market.Refund{Job: hash(1)})
	w.again(w.stranger(), market.Refund{Job: hash(1)})
	w.refused(chain.ErrRefused, w.owner(), market.AnchorAward{Job: hash(1), Award: hash(2), Seating: seated(market.Seat{Account: w.as[1].Account()})})
	w.again(w.owner(), market.LockEscrow{Job: hash(1), Terms: terms}) // a job has one escrow, ever
}

func refundAfterExpiry(w *world) {
	w.register(2)
	j := w.open(1, 2, 1, 2, 2, 1000)
	w.refused(chain.ErrRefused, w.owner(), market.Refund{Job: j.id})
	w.refused(chain.ErrRefused, w.stranger(), market.Refund{Job: j.id})
	w.must(w.as[1], j.claim(w.certificate(j, 0, result(1), 1)))
	w.Skip(w.t, w.Term+1)
	w.refused(chain.ErrRefused, w.as[1], j.claim(w.certificate(j, 1, result(1), 1)))
	r := w.must(w.stranger(), market.Refund{Job: j.id})
	e := w.escrow(j.id)
	require.True(w.t, e.Closed)
	require.Equal(w.t, e.Terms.Budget-e.Paid-e.Fees, r.Amount)
	require.Equal(w.t, w.Tokens-e.Paid-e.Fees, w.balance(w.owner().Account()), "the owner gets it, whoever asks")
	require.Equal(w.t, w.Tokens, w.balance(w.stranger().Account()))
	w.again(w.owner(), market.Refund{Job: j.id})
	w.refused(chain.ErrRefused, w.as[1], j.claim(w.certificate(j, 1, result(1), 1)))
}

func slash(w *world) {
	w.register(3)
	j := w.open(1, 2, 2, 3, 3, 1000)
	lie := w.slash(j, 0, 3, result(2))
	w.refused(chain.ErrTooEarly, w.as[1], lie) // nothing is certified yet
	w.must(w.as[1], j.claim(w.certificate(j, 0, result(1), 1, 2)))
	treasury := w.balance(w.Treasury)

	w.refused(chain.ErrRefused, w.as[1], w.slash(j, 0, 2, result(1))) // agrees with the certified result
	forged := lie
	forged.Account = w.as[2].Account()
	w.refused(chain.ErrRefused, w.as[1], forged)
	attest := lie
	attest.Signature = w.certificate(j, 0, result(2), 3).Attestations[0].Signature
	w.refused(chain.ErrRefused, w.as[1], attest)
	short := lie
	short.Signature = lie.Signature[:9]
	w.refused(chain.ErrRefused, w.as[1], short)
	w.refused(chain.ErrTooEarly, w.as[1], w.slash(j, 1, 3, result(2))) // the other task is not certified
	w.refused(chain.ErrRefused, w.as[1], w.slash(j, 0, 6, result(2)))  // not a worker

	reporter := w.balance(w.as[1].Account())
	r := w.must(w.as[1], lie)
	taken := (w.MinStake*market.Amount(w.SlashBps) + market.FeeBase - 1) / market.FeeBase
	reward := taken * market.Amount(w.RewardBps) / market.FeeBase
	require.Equal(w.t, taken, r.Amount)
	require.Equal(w.t, []uint32{0}, r.Tasks)
	w.epochAgrees()
	w.final()
	require.Equal(w.t, reporter+reward, w.balance(w.as[1].Account()))
	require.Equal(w.t, treasury+taken-reward, w.balance(w.Treasury))
	st := w.standing(w.as[3])
	require.Equal(w.t, w.MinStake-taken, st.Stake)
	require.Equal(w.t, uint64(1), st.Faults)
	w.again(w.stranger(), lie)
	w.again(w.as[1], w.slash(j, 0, 3, result(3))) // once per task, whatever else it said
	require.Equal(w.t, uint64(1), w.standing(w.as[3]).Faults)
}

func history(w *world) {
	h, err := w.owner().History(w.ctx, hash(1))
	require.NoError(w.t, err)
	require.Empty(w.t, h)
	w.register(3)
	j := w.open(1, 2, 2, 3, 3, 1000)
	claimed := w.must(w.as[1], j.claim(w.certificate(j, 0, result(1), 1, 2)))
	slashed := w.must(w.as[1], w.slash(j, 0, 3, result(2)))
	w.Skip(w.t, w.Term+1)
	refunded := w.must(w.stranger(), market.Refund{Job: j.id})
	h, err = w.stranger().History(w.ctx, j.id)
	require.NoError(w.t, err)
	require.Len(w.t, h, 5)
	require.Equal(w.t, []string{"lock", "anchor"}, []string{h[0].Kind, h[1].Kind})
	require.Equal(w.t, j.terms.Budget, h[0].Receipt.Amount)
	require.Equal(w.t, market.Entry{Kind: "claim", Receipt: claimed}, h[2])
	require.Equal(w.t, market.Entry{Kind: "slash", Account: w.as[3].Account(), Receipt: slashed}, h[3])
	require.Equal(w.t, market.Entry{Kind: "refund", Receipt: refunded}, h[4])
}

// A client that is closed and opened again finds everything on the chain.
func reopen(w *world) {
	w.register(2)
	j := w.open(1, 1, 1, 2, 2, 1000)
	before, err := w.as[1].Beacon(w.ctx, j.id, j.award, j.seating)
	require.NoError(w.t, err)
	fresh := w.Open(w.t, 1)
	b, err := fresh.Beacon(w.ctx, j.id, j.award, j.seating)
	require.NoError(w.t, err)
	require.Equal(w.t, before, b)
	c := j.claim(w.certificate(j, 0, result(1), 1))
	w.must(fresh, c)
	require.NoError(w.t, fresh.Close())
	w.again(w.Open(w.t, 1), c)
}

// One account submits from many goroutines at once.
func concurrent(w *world) {
	w.register(2)
	const n = 12
	ctx, cancel := context.WithTimeout(w.ctx, deadline)
	defer cancel()
	errs := make(chan error, 2*n)
	terms := w.terms(1, 1, 1, 1000)
	for i := range uint64(n) {
		// Each lock twice: one of them finds the other's work, or both try and one loses the race.
		for range 2 {
			go func() {
				_, err := w.owner().Submit(ctx, market.LockEscrow{Job: hash(i), Terms: terms})
				errs <- err
			}()
		}
	}
	for range 2 * n {
		require.NoError(w.t, <-errs)
	}
	w.conserved()
	require.Equal(w.t, w.Tokens-n*terms.Budget, w.balance(w.owner().Account()))

	// Two workers claim the same task at the same time: both succeed, and it is paid once.
	j := w.open(100, 1, 2, 2, 2, 1000)
	c := j.claim(w.certificate(j, 0, result(1), 1, 2))
	receipts := make(chan market.Receipt, 4)
	for i := range 4 {
		go func() {
			r, err := w.as[1+i%2].Submit(ctx, c)
			errs <- err
			receipts <- r
		}()
	}
	paid := 0
	for range 4 {
		require.NoError(w.t, <-errs)
		if r := <-receipts; r.Tx != "" {
			paid++
		}
	}
	require.Equal(w.t, 1, paid)
	w.conserved()
	require.Equal(w.t, market.Amount(1999), w.escrow(j.id).Paid)
}

func canceled(w *world) {
	ctx, cancel := context.WithCancel(w.ctx)
	cancel()
	_, err := w.owner().Submit(ctx, market.LockEscrow{Job: hash(1), Terms: w.terms(1, 1, 1, 10)})
	require.ErrorIs(w.t, err, context.Canceled)
	_, err = w.owner().Escrow(w.ctx, hash(1))
	require.ErrorIs(w.t, err, chain.ErrNoEscrow)
	_, err = w.owner().Beacon(ctx, hash(1), hash(2), seated(market.Seat{Account: w.as[1].Account()}))
	require.ErrorIs(w.t, err, context.Canceled)
}
