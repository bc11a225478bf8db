// Package chaintest is the contract of chain.Settlement as tests. Every implementation must pass Run.
package chaintest

import (
	"context"
	"encoding/binary"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// Accounts is how many accounts an Env must offer. The suite uses the first as the owner of jobs and the last as somebody
// who has nothing to do with them.
const Accounts = 7

// Env is a fresh settlement layer: no job, no worker.
type Env struct {
	// Open connects as account i < Accounts, which holds Tokens and can pay the chain's own fees. It may be called again.
	Open   func(t *testing.T, i int) chain.Settlement
	Tokens market.Amount

	Now  func() poc.Time                   // the chain's clock
	Skip func(t *testing.T, ms poc.Millis) // moves it forward

	MinStake            market.Amount
	SlashBps, RewardBps uint32
	Term                poc.Millis // from the lock of a job to its expiry; zero: an hour
	TopUp               poc.Millis // from a claim of the last task to the refund, if the claim left somebody out
	Epoch               poc.Millis // after which a record counts half; at least an hour
	Treasury            poc.Account

	Forget func(t *testing.T) // makes so many blocks that the chain knows no hash of those before; where it cannot, it skips the rest of the test

	Verify func(t *testing.T, a poc.Account, verified bool) // what the network's verifier does

	Court  poc.Account                      // holds what convictions took and is not final, and deposits
	Jurors func(t *testing.T) []chain.Court // makes at least five arbiters, once; nil: the chain has none

	// Convict has arbiters find somebody guilty that account i accuses.
	Convict func(t *testing.T, i int, a chain.Accusation)
}

const deadline = 5 * time.Minute // of any one call: far above what it takes

const hour = poc.Millis(3_600_000)

// world is an Env under test: it checks after every operation that no token appeared or vanished.
type world struct {
	Env
	t      *testing.T
	ctx    context.Context
	as     []chain.Settlement
	feeBps uint32
	supply market.Amount
	staked market.Amount // ever put in
	jurors []chain.Court
}

func newWorld(t *testing.T, open func(t *testing.T) Env) *world {
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Minute)
	t.Cleanup(cancel)
	w := &world{Env: open(t), t: t, ctx: ctx}
	if w.Term == 0 {
		w.Term = hour
	}
	for i := range Accounts {
		s := w.Open(t, i)
		t.Cleanup(func() { require.NoError(t, s.Close()) })
		w.as = append(w.as, s)
	}
	fee, err := w.as[0].FeeBps(ctx)
	require.NoError(t, err)
	w.feeBps = fee
	w.supply = w.sums().everything()
	require.Equal(t, w.Tokens*Accounts, w.supply, "the accounts start with their tokens and nothing else")
	w.conserved()
	return w
}

func (w *world) owner() chain.Settlement    { return w.as[0] }
func (w *world) stranger() chain.Settlement { return w.as[Accounts-1] }

// sums is who has what.
type sums struct {
	totals   chain.Totals
	balances []market.Amount // of the accounts, in their order, of the treasury, of the arbiters and of the pool
}

func (w *world) sums() (s sums) {
	w.t.Helper()
	var err error
	s.totals, err = w.as[0].Totals(w.ctx)
	require.NoError(w.t, err)
	for _, a := range w.as {
		s.balances = append(s.balances, w.balance(a.Account()))
	}
	s.balances = append(s.balances, w.balance(w.Treasury), w.balance(w.Court))
	if p, ok := w.as[0].(chain.Pool); ok {
		state, err := p.PoolState(w.ctx)
		require.NoError(w.t, err)
		s.balances = append(s.balances, state.Holds)
	}
	return s
}

// everything is what there is, with what is in escrow and staked.
func (s sums) everything() market.Amount {
	sum := s.totals.Held + s.totals.Staked
	for _, n := range s.balances {
		sum += n
	}
	return sum
}

// conserved checks that no token appeared or vanished, and returns who has what.
func (w *world) conserved() sums {
	w.t.Helper()
	s := w.sums()
	require.Equal(w.t, s.totals.Locked, s.totals.Held+s.totals.Paid+s.totals.Fees+s.totals.Refunded, "escrow is conserved: %+v", s.totals)
	require.Equal(w.t, w.staked, s.totals.Staked+s.totals.Slashed, "stake is conserved: %+v", s.totals)
	require.Equal(w.t, w.supply, s.everything(), "tokens are conserved")
	return s
}

func (w *world) balance(a poc.Account) market.Amount {
	tokens, _, err := w.as[0].Balance(w.ctx, a)
	require.NoError(w.t, err)
	return tokens
}

func (w *world) submit(s chain.Settlement, op market.Op) (market.Receipt, sums, error) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, deadline)
	defer cancel()
	_, registers := op.(market.Register)
	if registers {
		w.staked -= w.standing(s).Stake
	}
	r, err := s.Submit(ctx, op)
	if registers {
		w.staked += w.standing(s).Stake
	}
	return r, w.conserved(), err
}

// must submits an operation that takes effect in a transaction of its own.
func (w *world) must(s chain.Settlement, op market.Op) market.Receipt {
	w.t.Helper()
	r, _, err := w.submit(s, op)
	require.NoError(w.t, err)
	require.NotEmpty(w.t, r.Tx)
	require.NotZero(w.t, r.Height)
	return r
}

// again submits an operation whose effect is there already: nothing happens.
func (w *world) again(s chain.Settlement, op market.Op) {
	w.t.Helper()
	before := w.sums()
	r, after, err := w.submit(s, op)
	require.NoError(w.t, err)
	require.Empty(w.t, r.Tx, "nothing is left to do")
	require.Equal(w.t, before, after, "nothing moved")
}

// refused submits an operation that must fail with the given sentinel, and change nothing.
func (w *world) refused(want error, s chain.Settlement, op market.Op) {
	w.t.Helper()
	before := w.sums()
	_, after, err := w.submit(s, op)
	require.ErrorIs(w.t, err, want)
	require.Equal(w.t, before, after, "nothing moved")
}

func (w *world) standing(s chain.Settlement) market.Standing {
	w.t.Helper()
	st, err := w.as[0].Standing(w.ctx, s.Account())
	require.NoError(w.t, err)
	require.Equal(w.t, s.Account(), st.Account)
	return st
}

func (w *world) escrow(job poc.Hash) market.Escrow {
	w.t.Helper()
	e, err := w.stranger().Escrow(w.ctx, job)
	require.NoError(w.t, err)
	return e
}

func (w *world) settled(job poc.Hash, tasks uint32) []poc.Hash {
	w.t.Helper()
	s, err := w.stranger().Settled(w.ctx, job, tasks)
	require.NoError(w.t, err)
	return s
}

// certified checks what the chain says of a job's tasks; the zero result is none.
func (w *world) certified(j job, want ...poc.Result) {
	w.t.Helper()
	for i, d := range w.settled(j.id, uint32(len(want))) {
		if want[i].Outputs == nil {
			require.True(w.t, d.IsZero(), "task %d", i)
		} else {
			require.True(w.t, chain.SameDigest(d, want[i].Digest()), "task %d", i)
		}
	}
}

// job is a locked and anchored job with workers 1..n as its seats.
type job struct {
	id      poc.Hash
	terms   market.Terms
	award   poc.Hash
	seating market.Seating
	workers []chain.Settlement
}

func hash(n uint64) (h poc.Hash) {
	h[0] = 0xab
	binary.BigEndian.PutUint64(h[24:], n)
	return h
}

func peer(n int) (p poc.PeerID) { p[0], p[31] = 0xed, byte(n+1); return p }

func (w *world) terms(tasks, quorum, replicas uint32, price market.Amount) market.Terms {
	t := market.Terms{Tasks: tasks, Quorum: quorum, Replicas: replicas, MaxPrice: price, Expiry: w.Now().Add(w.Term)}
	cost, ok := market.MaxCost(t, w.feeBps)
	require.True(w.t, ok)
	t.Budget = cost
	return t
}

// register stakes the least stake for workers 1..n.
func (w *world) register(n int) {
	w.t.Helper()
	for i := 1; i <= n; i++ {
		w.must(w.as[i], market.Register{Peer: peer(i), Stake: w.MinStake})
	}
}

// open locks and anchors a job whose seats are workers 1..n; worker i asks price-i+1.
func (w *world) open(id uint64, tasks, quorum, replicas uint32, n int, price market.Amount) job {
	w.t.Helper()
	j := job{id: hash(id), terms: w.terms(tasks, quorum, replicas, price), award: hash(id + 1_000_000), workers: w.as[1 : n+1]}
	for i, s := range j.workers {
		j.seating.Seats = append(j.seating.Seats, market.Seat{Account: s.Account(), Ask: price - market.Amount(i), Weight: 1})
	}
	j.seating.Candidates = most
	w.must(w.owner(), market.LockEscrow{Job: j.id, Terms: j.terms})
	w.must(w.owner(), market.AnchorAward{Job: j.id, Award: j.award, Seating: j.seating})
	return j
}

// most is how many candidates a task can have: with so many, all seats are.
const most = 64

// seated has everybody be a candidate of every task.
func seated(seats ...market.Seat) market.Seating {
	for i := range seats {
		seats[i].Weight = 1
	}
	return market.Seating{Seats: seats, Candidates: most}
}

// result is a result that differs by n.
func result(n uint64) poc.Result { return poc.Result{Outputs: []poc.Output{}, Trace: hash(n)} }

// certificate is signed by the given workers of the job, each of which names them all.
func (w *world) certificate(j job, task uint32, res poc.Result, signers ...int) poc.Certificate {
	w.t.Helper()
	c := w.result(j, task, res)
	for _, i := range signers {
		c.Attestations = append(c.Attestations, w.attestation(c, i, signers...))
	}
	return c
}

// result is a certificate without signatures.
func (w *world) result(j job, task uint32, res poc.Result) poc.Certificate {
	return poc.Certificate{Version: 1, Job: j.id, Task: task, Award: poc.HashLink(j.award), Result: res}
}

// attestation is worker i's, naming the given workers. Worker n has seat n-1.
func (w *world) attestation(c poc.Certificate, i int, named ...int) poc.Attestation {
	w.t.Helper()
	s := poc.Statement{Kind: poc.Attested, Job: c.Job, Task: c.Task, Digest: c.Result.Digest()}
	for _, n := range named {
		s.Agreed |= 1 << (n - 1)
	}
	sig, err := w.as[i].Sign(s)
	require.NoError(w.t, err)
	return poc.Attestation{Peer: peer(i), Account: w.as[i].Account(), Agreed: s.Agreed, Signature: sig}
}

func (j job) claim(cs ...poc.Certificate) market.Claim {
	return market.Claim{Job: j.id, Seating: j.seating, Certificates: cs}
}

// slash is the evidence that worker i revealed res for a task.
func (w *world) slash(j job, task uint32, i int, res poc.Result) market.Slash {
	w.t.Helper()
	sig, err := w.as[i].Sign(poc.Statement{Kind: poc.Revealed, Job: j.id, Task: task, Digest: res.Digest()})
	require.NoError(w.t, err)
	return market.Slash{Ref: poc.TaskRef{Job: j.id, Task: task}, Account: w.as[i].Account(), Digest: res.Digest(), Signature: sig}
}

// twice is the proof that worker i signed two results for a task.
func (w *world) twice(kind poc.StatementKind, j job, task uint32, i int, a, b poc.Result) market.SlashTwice {
	w.t.Helper()
	t := poc.Twice{TaskRef: poc.TaskRef{Job: j.id, Task: task}, Account: w.as[i].Account(), Kind: kind}
	for k, res := range []poc.Result{a, b} {
		t.Said[k].Digest = res.Digest()
		if kind == poc.Attested {
			t.Said[k].Agreed, t.Said[k].Late = 7, uint64(k)
		}
		sig, err := w.as[i].Sign(t.Statement(k))
		require.NoError(w.t, err)
		t.Said[k].Signature = sig
	}
	return market.SlashTwice{Twice: t}
}

func (w *world) fee(pay market.Amount) market.Amount {
	return pay * market.Amount(w.feeBps) / market.FeeBase
}

func sortPays(ps []market.Pay) []market.Pay {
	return slices.SortedFunc(slices.Values(ps), func(a, b market.Pay) int {
		switch {
		case a.Account < b.Account:
			return -1
		case a.Account > b.Account:
			return 1
		}
		return 0
	})
}
