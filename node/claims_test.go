package node

import (
	"context"
	"errors"
	"math/big"
	"math/bits"
	"slices"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/semaphore"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// gasChain is a chain on which a claim has a price.
type gasChain struct {
	chain.Settlement
	terms  market.Terms
	cost   *big.Int
	broken error
	claims int
	at     poc.Time // zero: it says no time
}

func (c *gasChain) Time(context.Context) (poc.Time, error) {
	if c.at == 0 {
		return 0, errors.New("no time")
	}
	return c.at, nil
}

func (c *gasChain) Escrow(context.Context, poc.Hash) (market.Escrow, error) {
	return market.Escrow{Terms: c.terms}, c.broken
}

func (c *gasChain) ClaimCost(context.Context, market.Claim) (*big.Int, error) {
	return new(big.Int).Set(c.cost), c.broken
}

func (c *gasChain) Submit(context.Context, market.Op) (market.Receipt, error) {
	c.claims++
	return market.Receipt{Tx: "0x1"}, nil
}

// seatingOf seats a, b, c and so on, which ask for so much; all are candidates.
func seatingOf(asks ...market.Amount) market.Seating {
	s := market.Seating{Candidates: uint32(len(asks))}
	for i, ask := range asks {
		s.Seats = append(s.Seats, market.Seat{Account: poc.Account(rune('a' + i)), Ask: ask, Weight: 1})
	}
	return s
}

// claimOf is a claim for tasks, each of which two of three seats are paid for: 3 NLOV.
func claimOf(tasks uint32) market.Claim {
	c := market.Claim{Job: poc.Hash{1}, Seating: seatingOf(market.NLOV, 2*market.NLOV, 4*market.NLOV)}
	for i := range tasks {
		cert := poc.Certificate{Job: c.Job, Task: i}
		for _, a := range []poc.Account{"a", "b"} {
			cert.Attestations = append(cert.Attestations, poc.Attestation{Account: a, Agreed: 0b011})
		}
		c.Certificates = append(c.Certificates, cert)
	}
	return c
}

// A claim waits while its gas is dear, and until it is worth that: more tasks, cheaper gas, or an escrow that ends soon.
func TestClaimsWaitUntilWorthTheirGas(t *testing.T) {
	gwei := big.NewInt(1_000_000_000)
	gas := func(n int64) *big.Int { return new(big.Int).Mul(big.NewInt(n), gwei) } // in gwei
	const now, grace = poc.Time(1_000_000), poc.Millis(600_000)
	c := &gasChain{terms: market.Terms{Quorum: 2, Expiry: now.Add(2 * grace)}}
	m, err := newMetrics(prometheus.NewRegistry())
	require.NoError(t, err)
	o := &operations{settlement: c, log: discard(), metrics: m, ctx: t.Context(), slots: semaphore.NewWeighted(1)}
	// One unit of the currency is worth 10,000 NLOV, and a claim is to pay ten times its gas: 3 NLOV pay 30,000 gwei.
	o.thrift = &thrift{Claims{Worth: 10, Native: 10_000 * market.NLOV}, c, grace, func() poc.Time { return now }}
	for _, x := range []struct {
		name  string
		tasks uint32
		cost  *big.Int
		claim bool
		alter func()
	}{
		{"just worth it", 1, gas(30_000), true, nil},
		{"too dear", 1, gas(30_001), false, nil},
		{"more tasks", 2, gas(60_000), true, nil},
		{"dear again", 2, gas(60_001), false, nil},
		{"the escrow ends soon", 1, gas(1_000_000_000), true, func() { c.terms.Expiry = now.Add(grace / 2) }},
		{"not so soon", 1, gas(1_000_000_000), false, func() { c.terms.Expiry = now.Add(grace/2 + 1) }},
		{"so it does by the chain's clock, and this one is 10 minutes behind", 1, gas(1_000_000_000), true, func() { c.at = now.Add(grace) }},
		{"it does not by the chain's clock", 1, gas(1_000_000_000), false, func() { c.at, c.terms.Expiry = now.Add(-grace), now.Add(grace/2) }},
		{"the chain does not answer", 1, gas(1_000_000_000), true, func() { c.broken = errors.New("down") }},
		{"nobody cares", 1, gas(1_000_000_000), true, func() { c.broken, o.thrift.Worth = nil, 0 }},
	} {
		t.Run(x.name, func(t *testing.T) {
			if x.alter != nil {
				x.alter()
			}
			c.cost, c.claims = x.cost, 0
			done, err := o.attempt(market.Submission{Key: "claim/x/1", Op: claimOf(x.tasks)})
			require.NoError(t, err)
			if x.claim {
				require.Equal(t, 1, c.claims)
				require.Empty(t, done.Refused)
			} else {
				require.Zero(t, c.claims)
				require.Contains(t, done.Refused, "10 times its gas")
			}
		})
	}
	o.thrift.Worth = 10
	done, err := o.attempt(market.Submission{Key: "refund/x", Op: market.Refund{}})
	require.NoError(t, err)
	require.Empty(t, done.Refused, "only claims wait")
}

func TestClaimsConfig(t *testing.T) {
	c := Defaults()
	require.Zero(t, c.Claims)
	c.Claims.Worth = 3
	require.ErrorContains(t, c.Validate(), "claims.worth is 3 and claims.native is 0")
	c.Claims = Claims{Worth: 2_000_000, Native: 1}
	require.ErrorContains(t, c.Validate(), "claims.worth is 2000000")
}

// A node claims for itself what a narrow claim left out, once, and only where its own pay is worth the gas.
func TestTopUpOf(t *testing.T) {
	seating := claimOf(0).Seating
	terms := market.Terms{Quorum: 2, Replicas: 2}
	cert := func(task uint32, result byte, agreed ...uint64) poc.Certificate {
		c := poc.Certificate{Job: poc.Hash{1}, Task: task, Result: poc.Result{Outputs: []poc.Output{}, Trace: poc.Hash{result}}}
		for i, a := range agreed {
			c.Attestations = append(c.Attestations, poc.Attestation{Account: seating.Seats[i].Account, Agreed: a})
		}
		return c
	}
	kept := cert(0, 7).Result.Digest()
	clear(kept[24:]) // as a chain may keep it
	for _, x := range []struct {
		name    string
		account poc.Account
		cert    poc.Certificate
		settled poc.Hash
		paid    uint64
		own     market.Amount
	}{
		{"left out", "b", cert(0, 7, 0b11, 0b11), kept, 0b001, 2 * market.NLOV},
		{"paid", "b", cert(0, 7, 0b11, 0b11), kept, 0b010, 0},
		{"nobody else to be paid", "b", cert(0, 7, 0b11, 0b11), kept, 0b101, 0},
		{"not settled", "b", cert(0, 7, 0b11, 0b11), poc.Hash{}, 0, 0},
		{"settled with another result", "b", cert(0, 8, 0b11, 0b11), kept, 0b001, 0},
		{"no quorum names it", "c", cert(0, 7, 0b11, 0b111), kept, 0b001, 0},
		{"no seat", "d", cert(0, 7, 0b11, 0b11), kept, 0b001, 0},
		{"no such task", "b", cert(1, 7, 0b11, 0b11), kept, 0b001, 0},
	} {
		claim, own := topUpOf(x.account, seating, []poc.Certificate{x.cert, x.cert}, terms, []poc.Hash{x.settled}, []uint64{x.paid})
		require.Equal(t, x.own, own, x.name)
		require.Len(t, claim.Certificates, int(min(own, 1)), x.name)
	}

	// Signatures of accounts that have lost their stake make no quorum.
	certs := []poc.Certificate{cert(0, 7, 0b11, 0b11)}
	require.Equal(t, []poc.Account{"a", "b"}, signersOf(append(certs, certs...)))
	for _, stands := range []bool{true, false} {
		standings := []market.Standing{{Account: "b", Registered: true, Stake: 10}, {Account: "a", Registered: true, Stake: 9}}
		if stands {
			standings[1].Stake = 10
		}
		claim, own := topUpOf("b", seating, counting(certs, standings, 10), terms, []poc.Hash{kept}, []uint64{0b001})
		require.Equal(t, stands, own > 0)
		require.Equal(t, stands, len(claim.Certificates) == 1)
	}
	require.Len(t, certs[0].Attestations, 2)
	c := &gasChain{cost: big.NewInt(30_000_000_000_000)}
	thrift := &thrift{Claims{Worth: 10, Native: 10_000 * market.NLOV}, c, 0, nil}
	require.True(t, thrift.worth(t.Context(), market.Claim{}, 3*market.NLOV))
	require.False(t, thrift.worth(t.Context(), market.Claim{}, 3*market.NLOV-1))
	thrift.Worth = 0
	require.True(t, thrift.worth(t.Context(), market.Claim{}, 1))
}

// A top-up is stored until the chain has it, and pays whom a narrow claim left out.
func TestTopUpIsClaimed(t *testing.T) {
	n := newCluster(t, 1, nil).nodes[0]
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	const start = poc.Time(1_000_000)
	balances := map[poc.Account]market.Amount{"owner": 1000, "a": 10, "b": 10}
	ledger := chain.NewFake(chain.FakeConfig{MinStake: 10, TopUp: 1000, Balances: balances, Now: func() poc.Time { return start }})
	job := poc.Hash{9}
	terms := market.Terms{Tasks: 2, Quorum: 1, Replicas: 2, MaxPrice: 5, Budget: 20, Expiry: start.Add(10_000)}
	seating := seatingOf(5, 5)
	submit := func(a poc.Account, op market.Op) {
		_, err := ledger.As(a).Submit(ctx, op)
		require.NoError(t, err)
	}
	submit("a", market.Register{Peer: poc.PeerID{1}, Stake: 10})
	submit("b", market.Register{Peer: poc.PeerID{2}, Stake: 10})
	submit("owner", market.LockEscrow{Job: job, Terms: terms})
	submit("owner", market.AnchorAward{Job: job, Award: poc.Hash{8}, Seating: seating})
	cert := poc.Certificate{Version: 1, Job: job, Award: poc.HashLink(poc.Hash{8}), Result: poc.Result{Outputs: []poc.Output{}, Trace: poc.Hash{7}}}
	attest := func(a poc.Account, agreed uint64) poc.Attestation {
		s := poc.Statement{Kind: poc.Attested, Job: job, Digest: cert.Result.Digest(), Agreed: agreed}
		sig, err := ledger.As(a).Sign(s)
		require.NoError(t, err)
		return poc.Attestation{Account: a, Agreed: agreed, Signature: sig}
	}
	narrow, wide := cert, cert
	narrow.Attestations = []poc.Attestation{attest("a", 0b01)}
	wide.Attestations = []poc.Attestation{attest("a", 0b01), attest("b", 0b11)}
	submit("a", market.Claim{Job: job, Seating: seating, Certificates: []poc.Certificate{narrow}})

	b := ledger.As("b")
	payer := b.(chain.Payer)
	settled, err := b.Settled(ctx, job, 1)
	require.NoError(t, err)
	paid, _, err := payer.PaidSeats(ctx, job, 1)
	require.NoError(t, err)
	require.Equal(t, []uint64{0b01}, paid)
	claim, own := topUpOf("b", seating, []poc.Certificate{wide}, terms, settled, paid)
	require.Equal(t, market.Amount(5), own)

	o := newOperations(ctx, n.store, b, n.loop, n.metrics, discard())
	gate := make(chan struct{})
	ledger.Gate(gate)
	require.NoError(t, o.own(market.Submission{Key: topUpKey(claim), Op: claim}))
	require.NoError(t, o.own(market.Submission{Key: topUpKey(claim), Op: claim}), "once at a time")
	require.Equal(t, 1, o.waiting())
	stored := 0
	require.NoError(t, n.store.each(tableOp, func(name string, value []byte) error {
		op, err := decodeOp(value)
		require.NoError(t, err)
		require.Equal(t, claim.Job, op.(market.Claim).Job)
		stored++
		return nil
	}))
	require.Equal(t, 1, stored)
	close(gate)
	require.Eventually(t, func() bool { return o.waiting() == 0 }, testTimeout, 5*time.Millisecond)
	paid, _, err = payer.PaidSeats(ctx, job, 1)
	require.NoError(t, err)
	require.Equal(t, []uint64{0b11}, paid)
	tokens, _, err := b.Balance(ctx, "b")
	require.NoError(t, err)
	require.Equal(t, market.Amount(5), tokens)
	require.NoError(t, n.store.each(tableOp, func(string, []byte) error { return errors.New("still stored") }))
	cancel()
	o.wait()
}

// flatterer is the account of a worker that claims with signatures of its choice: those of two accounts that call nobody late.
type flatterer struct {
	chain.Settlement
	fake  *chain.Fake
	ready <-chan struct{} // it claims when this is closed
}

func (f flatterer) Submit(ctx context.Context, op market.Op) (market.Receipt, error) {
	claim, ok := op.(market.Claim)
	if !ok {
		return f.Settlement.Submit(ctx, op)
	}
	select {
	case <-f.ready:
	case <-ctx.Done():
		return market.Receipt{}, ctx.Err()
	}
	for i, c := range claim.Certificates {
		named := uint64(0)
		for _, seat := range c.Payees(2) {
			named |= 1 << seat
		}
		c.Attestations = nil
		for _, seat := range claim.Certificates[i].Payees(2)[:2] {
			a := poc.Attestation{Account: claim.Seating.Seats[seat].Account, Agreed: named}
			var err error
			if a.Signature, err = f.fake.As(a.Account).Sign(c.Statement(a)); err != nil {
				return market.Receipt{}, err
			}
			c.Attestations = append(c.Attestations, a)
		}
		claim.Certificates[i] = c
	}
	return f.Settlement.Submit(ctx, claim)
}

// Late workers claim first, with signatures that do not call them late, and are paid in full. The owner's node brings the
// certificates that it holds, by itself, and has back what lateness costs.
func TestOwnerFinesWhoClaimedFirst(t *testing.T) {
	ready := make(chan struct{})
	c := newCluster(t, 4, func(i int, tn *testNode) {
		patient(i, tn)
		if i > 0 {
			tn.settlement = flatterer{tn.settlement, tn.c.fake, ready}
		}
	})
	owner := c.nodes[0]
	s, want := owner.draft(2)
	s.Policy = poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 3}
	s.Due, s.LateBps = 1, 2_500 // before it began: nobody is in time
	id := c.submit(owner, s)
	v := owner.wait(id, "certificates that call all workers late", func(v market.View) bool {
		return !slices.ContainsFunc(v.Tasks, func(t market.TaskView) bool {
			return t.Certificate == nil || len(t.Certificate.Payees(2)) < 3 || bits.OnesCount64(t.Certificate.Late(2)) < 3
		})
	})
	close(ready)
	c.check(owner, owner.wait(id, "its end", over), want)

	var full, less market.Amount
	for _, seat := range v.Seats {
		full += 2 * seat.Ask
		less += 2 * seat.Ask.Graded(true, 0, s.LateBps)
	}
	history, err := c.fake.As(treasury).History(t.Context(), id)
	require.NoError(t, err)
	var pays, fines market.Amount
	for _, e := range history {
		for _, p := range e.Receipt.Pays {
			pays += p.Amount
		}
		for _, p := range e.Receipt.Fines {
			fines += p.Amount
		}
	}
	require.Equal(t, []market.Amount{full, full - less}, []market.Amount{pays, fines})
	e, err := c.fake.As(treasury).Escrow(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, []any{less, true}, []any{e.Paid, e.Closed})
	paid, fined, err := c.fake.As(treasury).(chain.Payer).PaidSeats(t.Context(), id, 2)
	require.NoError(t, err)
	require.Equal(t, []uint64{7, 7, 7, 7}, append(paid, fined...))
}
