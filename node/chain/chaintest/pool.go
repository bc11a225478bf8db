package chaintest

import (
	"strings"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// poolOf returns account i's view of the pool, or skips the test.
func (w *world) poolOf(i int) chain.Pool {
	w.t.Helper()
	p, ok := w.as[i].(chain.Pool)
	if !ok {
		w.t.Skip("this settlement layer has no pool of rewards")
	}
	return p
}

func (w *world) poolTerms() chain.PoolTerms {
	w.t.Helper()
	terms, err := w.poolOf(0).PoolTerms(w.ctx)
	require.NoError(w.t, err)
	return terms
}

// pools checks what the pool holds, and how much of it is claimed.
func (w *world) pools(holds, claimed market.Amount) {
	w.t.Helper()
	s, err := w.poolOf(0).PoolState(w.ctx)
	require.NoError(w.t, err)
	require.Equal(w.t, chain.PoolState{Holds: holds, Claimed: claimed, Free: holds - claimed}, s)
	open, err := w.poolOf(0).OpenClaims(w.ctx)
	require.NoError(w.t, err)
	var sum market.Amount
	for _, c := range open {
		sum += c.Amount
	}
	require.Equal(w.t, claimed, sum, "the open claims are what is claimed")
	w.conserved()
}

func (w *world) height() uint64 {
	w.t.Helper()
	h, err := w.as[0].(chain.Epochs).Height(w.ctx)
	require.NoError(w.t, err)
	return h
}

// poolClaim is account i's, signed, through the newest block.
func (w *world) poolClaim(i int, number uint32, amount market.Amount) chain.PoolClaim {
	w.t.Helper()
	c := chain.PoolClaim{
		Account: w.as[i].Account(), Number: number, Through: w.height(), Amount: amount, Document: hash(uint64(1000*i) + uint64(number)), Where: "ipfs://document",
	}
	return w.signedClaim(i, c)
}

func (w *world) signedClaim(i int, c chain.PoolClaim) chain.PoolClaim {
	w.t.Helper()
	var err error
	c.Signature, err = w.as[i].Sign(c.Statement())
	require.NoError(w.t, err)
	return c
}

func (w *world) fund(i int, amount market.Amount) {
	w.t.Helper()
	before := w.balance(w.as[i].Account())
	r, err := w.poolOf(i).FundPool(w.ctx, amount)
	require.NoError(w.t, err)
	require.NotEmpty(w.t, r.Tx)
	require.Equal(w.t, []market.Amount{amount, before - amount}, []market.Amount{r.Amount, w.balance(w.as[i].Account())})
	w.conserved()
}

// claims makes a claim of account i that takes effect.
func (w *world) claims(i int, c chain.PoolClaim) {
	w.t.Helper()
	r, err := w.poolOf(i).ClaimPool(w.ctx, c)
	require.NoError(w.t, err)
	require.NotEmpty(w.t, r.Tx)
	require.Equal(w.t, c.Amount, r.Amount)
	next, through, err := w.poolOf(0).Claimed(w.ctx, c.Account)
	require.NoError(w.t, err)
	require.Equal(w.t, []any{c.Number + 1, c.Through}, []any{next, through})
	w.conserved()
}

// claimRefused makes a claim that changes nothing.
func (w *world) claimRefused(want error, says string, i int, c chain.PoolClaim) {
	w.t.Helper()
	before := w.sums()
	_, err := w.poolOf(i).ClaimPool(w.ctx, c)
	require.ErrorIs(w.t, err, want, says)
	require.ErrorContains(w.t, err, says)
	require.Equal(w.t, before, w.sums(), "nothing moved")
}

// ends ends a claim, whoever asks, and returns what was paid.
func (w *world) ends(who, i int, number uint32) market.Amount {
	w.t.Helper()
	before := w.balance(w.as[i].Account())
	paid, err := w.poolOf(who).EndClaim(w.ctx, w.as[i].Account(), number)
	require.NoError(w.t, err)
	require.Equal(w.t, before+paid, w.balance(w.as[i].Account()))
	w.conserved()
	return paid
}

// convicts has arbiters convict an account of a statement, which account 5 accuses it of.
func (w *world) convicts(i int, s poc.Statement) {
	w.t.Helper()
	if w.jurors == nil {
		w.seats()
	}
	sig, err := w.as[i].Sign(s)
	require.NoError(w.t, err)
	before := w.standing(w.as[i])
	id, err := w.courtOf(5).Accuse(w.ctx, chain.Accusation{
		Ref: poc.TaskRef{Job: s.Job, Task: s.Task}, Account: w.as[i].Account(), Digest: s.Digest, Signature: sig, Evidence: hash(77), Where: "ipfs://evidence",
	})
	require.NoError(w.t, err)
	w.judge(id, true)
	after := w.standing(w.as[i])
	require.Equal(w.t, before.Faults+1, after.Faults)
	require.Equal(w.t, before.Stake-(before.Stake*market.Amount(w.SlashBps)+market.FeeBase-1)/market.FeeBase, after.Stake, "rounded up")
}

// pool: what anybody gives is claimed and, after the delay, paid once, whoever asks.
func pool(w *world) {
	terms := w.poolTerms()
	require.Positive(w.t, terms.Delay)
	w.register(2)
	w.pools(0, 0)
	next, through, err := w.poolOf(1).Claimed(w.ctx, w.as[1].Account())
	require.NoError(w.t, err)
	require.Equal(w.t, []any{uint32(0), uint64(0)}, []any{next, through})
	w.fund(0, 100)
	w.fund(6, 23)
	w.pools(123, 0)

	first := w.poolClaim(1, 0, 40)
	w.claims(1, first)
	w.pools(123, 40)
	r, err := w.poolOf(1).ClaimPool(w.ctx, first)
	require.NoError(w.t, err)
	require.Empty(w.t, r.Tx, "nothing is left to do")
	w.claims(2, w.poolClaim(2, 0, 7))
	second := w.poolClaim(1, 1, 76)
	w.claims(1, second)
	w.pools(123, 123)

	open, err := w.poolOf(3).OpenClaims(w.ctx)
	require.NoError(w.t, err)
	require.Len(w.t, open, 3)
	for i, want := range []chain.PoolClaim{first, w.signedClaim(2, open[1]), second} {
		require.Greater(w.t, open[i].Until, w.Now())
		require.LessOrEqual(w.t, open[i].Until, w.Now().Add(terms.Delay))
		want.Until = open[i].Until
		if i == 2 {
			want.After = first.Through
		}
		require.Equal(w.t, want, open[i])
		require.NoError(w.t, w.as[3].Verify(open[i].Account, open[i].Statement(), open[i].Signature))
	}

	_, err = w.poolOf(3).EndClaim(w.ctx, w.as[1].Account(), 0)
	require.ErrorIs(w.t, err, chain.ErrTooEarly)
	_, err = w.poolOf(3).EndClaim(w.ctx, w.as[1].Account(), 2)
	require.ErrorIs(w.t, err, chain.ErrRefused, "never made")
	w.pools(123, 123)
	w.Skip(w.t, terms.Delay)
	require.Equal(w.t, market.Amount(40), w.ends(1, 1, 0))
	require.Equal(w.t, market.Amount(7), w.ends(3, 2, 0), "a stranger asks")
	require.Zero(w.t, w.ends(1, 1, 0), "once")
	w.pools(76, 76)
	open, err = w.poolOf(3).OpenClaims(w.ctx)
	require.NoError(w.t, err)
	require.Equal(w.t, first.Through, open[0].After, "also when the claim before is paid")
	r, err = w.poolOf(1).ClaimPool(w.ctx, first)
	require.NoError(w.t, err)
	require.Empty(w.t, r.Tx, "it was made, and has ended")
	require.Equal(w.t, market.Amount(76), w.ends(2, 1, 1))
	w.pools(0, 0)
	w.fund(0, 5)
	w.claims(2, w.poolClaim(2, 1, 5))
	w.pools(5, 5)
}

// poolRefuses: each rule of claims has its sentence.
func poolRefuses(w *world) {
	terms := w.poolTerms()
	w.register(1)
	w.fund(0, 100)
	_, err := w.poolOf(3).FundPool(w.ctx, w.Tokens+1)
	require.ErrorIs(w.t, err, chain.ErrFunds)
	w.pools(100, 0)
	w.claims(1, w.poolClaim(1, 0, 10))

	with := func(change func(*chain.PoolClaim)) chain.PoolClaim {
		c := w.poolClaim(1, 1, 10)
		change(&c)
		return w.signedClaim(1, c)
	}
	for _, bad := range []struct {
		want   error
		says   string
		change func(*chain.PoolClaim)
	}{
		{chain.ErrRefused, "by its author", func(c *chain.PoolClaim) { c.Account = w.as[2].Account() }},
		{chain.ErrRefused, "next", func(c *chain.PoolClaim) { c.Number = 2 }},
		{chain.ErrRefused, "next", func(c *chain.PoolClaim) { c.Number = 0 }},
		{chain.ErrRefused, "no block yet", func(c *chain.PoolClaim) { c.Through += 1000 }},
		{chain.ErrRefused, "not after block", func(c *chain.PoolClaim) { _, c.Through, _ = w.poolOf(1).Claimed(w.ctx, c.Account) }},
		{chain.ErrRefused, "for something", func(c *chain.PoolClaim) { c.Amount = 0 }},
		{chain.ErrRefused, "at most for", func(c *chain.PoolClaim) { c.Amount = terms.Most + 1 }},
		{chain.ErrRefused, "256 bytes", func(c *chain.PoolClaim) { c.Where = strings.Repeat("x", chain.MaxWhere+1) }},
		{chain.ErrFunds, "not claimed", func(c *chain.PoolClaim) { c.Amount = 91 }},
	} {
		w.claimRefused(bad.want, bad.says, 1, with(bad.change))
	}
	for _, spoil := range []func(*chain.PoolClaim){
		func(c *chain.PoolClaim) { c.Document = hash(99) },
		func(c *chain.PoolClaim) { c.Signature = c.Signature[:len(c.Signature)-1] },
		func(c *chain.PoolClaim) { c.Signature = nil },
	} {
		c := w.poolClaim(1, 1, 10)
		spoil(&c)
		w.claimRefused(chain.ErrRefused, "not signed", 1, c)
	}
	w.claimRefused(chain.ErrRefused, "stake", 2, w.poolClaim(2, 0, 10))
	w.must(w.as[2], market.Register{Peer: peer(2), Stake: w.MinStake - 1})
	w.claimRefused(chain.ErrRefused, "stake", 2, w.poolClaim(2, 0, 10))
	w.claims(1, with(func(c *chain.PoolClaim) { c.Amount, c.Where = 90, strings.Repeat("x", chain.MaxWhere) }))
	w.pools(100, 100)

	// What is open of an account's claims is for no more than a conviction takes of its stake.
	a := w.as[2].Account()
	w.must(w.as[2], market.Register{Peer: peer(2), Stake: w.MinStake})
	w.fund(0, w.MinStake)
	w.claims(2, w.poolClaim(2, 0, 3))
	open, err := w.poolOf(2).OpenClaims(w.ctx)
	require.NoError(w.t, err)
	room := terms.Room(a, w.MinStake, open)
	require.Equal(w.t, w.MinStake*market.Amount(w.SlashBps)/market.FeeBase-3, room)
	w.claimRefused(chain.ErrFunds, "does not stand behind", 2, w.poolClaim(2, 1, room+1))
	w.claims(2, w.poolClaim(2, 1, room))
	w.claimRefused(chain.ErrFunds, "does not stand behind", 2, w.poolClaim(2, 2, 1))
	w.pools(100+w.MinStake, 103+room)
	require.Equal(w.t, terms.Most, terms.Room(a, 100*terms.Most, nil))
}

// poolConvicts: a conviction drops every claim that the account has open, and keeps it from making the one that it was convicted of.
func poolConvicts(w *world) {
	terms := w.poolTerms()
	w.register(2)
	w.fund(0, 100)
	w.claims(1, w.poolClaim(1, 0, 10))
	lie := w.poolClaim(1, 1, 20)
	w.claims(1, lie)
	w.claims(2, w.poolClaim(2, 0, 30))
	_, err := w.poolOf(3).EndClaim(w.ctx, w.as[1].Account(), 0)
	require.ErrorIs(w.t, err, chain.ErrTooEarly)
	w.convicts(1, lie.Statement())
	w.pools(100, 60)
	require.Zero(w.t, w.ends(3, 1, 0), "dropped at once")
	w.pools(100, 50)
	w.claimRefused(chain.ErrRefused, "stake", 1, w.poolClaim(1, 2, 5))
	w.must(w.as[1], market.Register{Peer: peer(1), Stake: w.MinStake})
	w.claims(1, w.poolClaim(1, 2, 5))

	// Who signs a claim, is convicted, and makes it then would have one that nobody could be convicted of any more.
	early := w.poolClaim(2, 1, 10)
	w.convicts(2, early.Statement())
	w.must(w.as[2], market.Register{Peer: peer(2), Stake: w.MinStake})
	w.claimRefused(chain.ErrRefused, "convicted", 2, early)
	early.Document = hash(98)
	w.claimRefused(chain.ErrRefused, "convicted", 2, w.signedClaim(2, early))
	w.pools(100, 55)

	w.Skip(w.t, terms.Delay)
	for number, want := range []market.Amount{0, 0, 5} {
		require.Equal(w.t, want, w.ends(3, 1, uint32(number)), "claim %d", number)
	}
	require.Zero(w.t, w.ends(3, 2, 0))
	w.pools(95, 0)
}

// poolBounds: an account has a bounded number of open claims.
func poolBounds(w *world) {
	terms := w.poolTerms()
	w.register(1)
	w.fund(0, 100)
	for n := range uint32(chain.MaxOpenClaims) {
		w.claims(1, w.poolClaim(1, n, 1))
	}
	one := w.poolClaim(1, chain.MaxOpenClaims, 1)
	w.claimRefused(chain.ErrTooEarly, "one has to end first", 1, one)
	w.pools(100, chain.MaxOpenClaims)
	w.Skip(w.t, terms.Delay)
	require.Equal(w.t, market.Amount(1), w.ends(1, 1, 5))
	w.claims(1, one)
	w.claimRefused(chain.ErrTooEarly, "one has to end first", 1, w.poolClaim(1, chain.MaxOpenClaims+1, 1))
	w.pools(99, chain.MaxOpenClaims)
}

// poolDrained: who has its own panel take its stake as a fine, which is no conviction, loses what it claimed.
func poolDrained(w *world) {
	w.register(1)
	w.fund(0, 100)
	w.claims(1, w.poolClaim(1, 0, 20))
	j := job{id: hash(1), terms: w.terms(1, 1, 1, w.MinStake), award: hash(2), workers: w.as[1:2], seating: seated(market.Seat{Account: w.as[1].Account(), Ask: w.MinStake})}
	j.terms.LateBps = market.FeeBase
	w.must(w.owner(), market.LockEscrow{Job: j.id, Terms: j.terms})
	w.must(w.owner(), market.AnchorAward{Job: j.id, Award: j.award, Seating: j.seating})
	w.must(w.owner(), j.claim(w.graded(j, 0, 0, 0)))
	w.fund(1, w.balance(w.as[1].Account())) // what it earned is spent
	_, err := w.poolOf(3).EndClaim(w.ctx, w.as[1].Account(), 0)
	require.ErrorIs(w.t, err, chain.ErrTooEarly)
	treasury := w.balance(w.Treasury)
	require.Equal(w.t, []market.Pay{{Account: w.as[1].Account()}}, w.must(w.owner(), j.claim(w.graded(j, 0, 0, 1))).Fines)
	require.Equal(w.t, treasury+w.MinStake, w.balance(w.Treasury))
	require.Equal(w.t, []any{market.Amount(0), uint64(0)}, []any{w.standing(w.as[1]).Stake, w.standing(w.as[1]).Faults})
	require.Zero(w.t, w.ends(3, 1, 0))
	w.must(w.as[2], market.Register{Peer: peer(2), Stake: w.MinStake})
	w.claims(2, w.poolClaim(2, 0, 20))
}
