package evm_test

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/devchain"
	"gpumesh/poc"
)

// modelTest does the same operations on the contracts and on the in-memory ledger, and compares every answer and every balance.
type modelTest struct {
	t         *testing.T
	ctx       context.Context
	rng       *rand.Rand
	cfg       evm.DeployConfig
	contracts evm.Contracts
	model     *chain.Fake
	names     []poc.Account
	raw       raw

	real, fake []chain.Settlement // by account
	jobs       [4]modelJob
	batches    *modelBatches
	pool       *modelPool
	court      *modelCourt

	outcomes map[string]int
	before   chain.Totals  // of the step
	fines    market.Amount // of the step

	// What was paid stays paid: by job, the seats of each task, and the sum.
	paidSeats map[poc.Hash][]uint64
	paidSum   map[poc.Hash]market.Amount
}

// modelJob is one of a row of jobs: when it is closed the next one takes its place.
type modelJob struct {
	id      poc.Hash
	round   byte
	terms   market.Terms   // of the newest attempt to lock
	seating market.Seating // of the newest terms, or of the award
	draws   uint64         // the block that draws its candidates, until that is kept
}

// modelWealth leaves no wallet short ever: for an operation that is refused then, a client has withdrawn what it earned, and the ledger has not.
const modelWealth = 100 * tokens

func newModelTest(t *testing.T) *modelTest {
	ctx := testContext(t)
	cfg := dev.DeployConfig()
	cfg.Rewards.Most, cfg.TopUp = 100, 250_000 // far from what passes between two steps, on either side, as the other delays
	contracts, err := evm.Deploy(ctx, endpoint, dev.FaucetKey(), cfg)
	require.NoError(t, err)
	require.NoError(t, evm.Fund(ctx, endpoint, dev.FaucetKey(), contracts, accounts(), modelWealth, big.NewInt(1e18)))
	balances := map[poc.Account]market.Amount{}
	for _, a := range accounts() {
		balances[a] = modelWealth
	}
	jurors := arbitersOf(t, contracts, 6)
	for a := range jurors {
		balances[a] = tokens
	}
	m := &modelTest{
		t: t, ctx: ctx, rng: rand.New(rand.NewPCG(20260101, 0)), cfg: cfg, contracts: contracts, names: accounts(), raw: newRaw(t),
		outcomes: map[string]int{}, paidSeats: map[poc.Hash][]uint64{}, paidSum: map[poc.Hash]market.Amount{},
	}
	m.model = chain.NewFake(chain.FakeConfig{
		Court:  chain.CourtTerms{Window: cfg.Arbiters.Window, Deposit: cfg.Arbiters.Deposit, Quorum: 4},
		FeeBps: uint32(cfg.FeeBps), MinStake: cfg.MinStake, TopUp: cfg.TopUp, Epoch: cfg.Epoch, SlashBps: uint32(cfg.SlashBps), RewardBps: uint32(cfg.RewardBps),
		Pool:     chain.PoolTerms{Delay: cfg.Rewards.Delay, Most: 100},
		Treasury: evm.AccountOf(devchain.Treasury), Balances: balances, Now: m.now,
	})
	for i, a := range m.names {
		m.real, m.fake = append(m.real, open(t, endpoint, contracts, i)), append(m.fake, m.model.As(a))
	}
	m.batches = &modelBatches{t: t, rng: m.rng, raw: m.raw, model: m.model, contracts: contracts, batch: cfg.Batch, real: m.real[0].(*evm.Client), verifier: verifier(t, contracts)}
	m.pool = &modelPool{t: t, rng: m.rng, raw: m.raw, model: m.model, at: contracts.Marketplace, real: m.real, fake: m.fake}
	m.court = &modelCourt{t: t, rng: m.rng, model: m.model, jurors: jurors, real: m.real, fake: m.fake, raw: m.raw, market: contracts.Marketplace, at: evm.AccountOf(contracts.Arbiters)}
	m.court.join()
	for k := range m.jobs {
		m.next(k)
	}
	return m
}

// TestAgainstModel goes through a history in which everything happens once, and then takes random steps. Their choices are those of a seed; what
// they meet is not, as the hashes of blocks draw candidates and committees.
func TestAgainstModel(t *testing.T) {
	m := newModelTest(t)
	m.history()
	steps := 4_000
	if os.Getenv("GPUMESH_LONG") == "" {
		steps = 600
	}
	for range steps {
		m.random()
	}
	t.Log(m.outcomes)
	for i, a := range m.names {
		want, err := m.fake[i].Standing(m.ctx, a)
		require.NoError(t, err)
		got, err := m.real[i].Standing(m.ctx, a)
		require.NoError(t, err)
		require.Equal(t, []uint64{want.Completed, want.Record(), want.Faults}, []uint64{got.Completed, got.Record(), got.Faults}, "account %d", i)
	}
}

func (m *modelTest) now() poc.Time { return poc.Time(dev.Now().UnixMilli()) }

// next has another job take the place of the one at k.
func (m *modelTest) next(k int) {
	j := &m.jobs[k]
	j.round++
	j.id, j.draws = poc.Hash{byte(k + 1), 5: j.round, 31: 7}, 0
	m.fresh(k)
	m.seat(k)
}

// fresh draws the terms of a job.
func (m *modelTest) fresh(k int) {
	rng := m.rng
	tm := market.Terms{
		Tasks: 1 + rng.Uint32N(3), Quorum: 1 + rng.Uint32N(2), Replicas: 1 + rng.Uint32N(4), MaxPrice: market.Amount(rng.IntN(1000)), Expiry: m.now().Add(3_600_000),
	}
	tm.Verified = rng.IntN(5) == 0
	if rng.IntN(3) == 0 { // such jobs are in no batch
		tm.LateBps = 1 + rng.Uint32N(market.FeeBase)
	}
	tm.Budget, _ = market.MaxCost(tm, uint32(m.cfg.FeeBps))
	tm.Budget += market.Amount(rng.IntN(6)) - 1 // also one too little
	m.jobs[k].terms = tm
}

// seats are those of accounts 1 to 5.
func (m *modelTest) seats(price market.Amount) (out []market.Seat) {
	for i := 1; i < 6; i++ {
		out = append(out, market.Seat{Account: m.names[i], Ask: price / market.Amount(i), Weight: 1 + m.rng.Uint32N(5)})
	}
	return out
}

// seat draws the seating of a job.
func (m *modelTest) seat(k int) {
	rng, terms := m.rng, m.jobs[k].terms
	s := market.Seating{Candidates: 5, Seats: m.seats(terms.MaxPrice)}
	if rng.IntN(2) == 0 { // candidates are drawn
		s.Candidates = 2 + rng.Uint32N(3)
		for range rng.IntN(2) * int(terms.Tasks) {
			d := market.Draw(rng.Uint32N(terms.Tasks))
			if rng.IntN(3) == 0 {
				d = market.Pinned | market.Draw(rng.IntN(5))
			}
			s.Draws = append(s.Draws, d)
		}
	}
	m.jobs[k].seating = s
}

// submit submits an operation to both, with the signatures that the accounts of each make, and returns what became of it. Those who are paid by it
// may withdraw that at once: fines find none of it then.
func (m *modelTest) submit(who int, name string, withdraw bool, op func(s []chain.Settlement) market.Op) string {
	m.t.Helper()
	want, wantErr := m.fake[who].Submit(m.ctx, op(m.fake))
	got, gotErr := m.real[who].Submit(m.ctx, op(m.real))
	answer := sameAnswer(m.t, name, wantErr, gotErr)
	require.Equal(m.t, want.Tx == "", got.Tx == "", name)
	require.Equal(m.t, []any{want.Pays, want.Fines, want.Amount, want.Tasks}, []any{got.Pays, got.Fines, got.Amount, got.Tasks}, name)
	for _, f := range got.Fines {
		m.fines += f.Amount
	}
	if len(got.Fines) > 0 {
		m.outcomes["fined"]++
	}
	for _, p := range got.Pays {
		if withdraw {
			m.withdraw(p.Account)
		}
	}
	if gotErr == nil && got.Tx == "" {
		return name + " again"
	}
	return answer
}

// withdraw has an account withdraw what it earned, in both.
func (m *modelTest) withdraw(a poc.Account) {
	had, _, err := m.fake[0].Balance(m.ctx, a)
	require.NoError(m.t, err)
	require.NoError(m.t, m.model.Transfer(a, a, had))
	m.raw.withdraw(slices.Index(m.names, a), m.contracts.Marketplace)
}

// always is an operation without signatures.
func always(op market.Op) func([]chain.Settlement) market.Op {
	return func([]chain.Settlement) market.Op { return op }
}

func (m *modelTest) register(who int, peer byte, stake market.Amount) string {
	return m.submit(who, "register", false, always(market.Register{Peer: poc.PeerID{peer}, Stake: stake}))
}

func (m *modelTest) lock(k, who int) string {
	return m.submit(who, "lock", false, always(market.LockEscrow{Job: m.jobs[k].id, Terms: m.jobs[k].terms}))
}

func (m *modelTest) anchor(k, who int, award byte, s market.Seating) string {
	j := &m.jobs[k]
	name := m.submit(who, "anchor", false, always(market.AnchorAward{Job: j.id, Award: poc.Hash{1, award}, Seating: s}))
	if name == "anchor" {
		b, err := m.real[0].Beacon(m.ctx, j.id, poc.Hash{1, award}, s)
		require.NoError(m.t, err)
		m.model.SetRandom(j.id, b.Random)
		if j.seating = s; s.Drawn() {
			m.outcomes["drawn"]++
			j.draws = b.Height
		}
	}
	return name
}

func (m *modelTest) keep(k, who int, s market.Seating) string {
	return m.submit(who, "keep", false, always(market.KeepBeacon{Job: m.jobs[k].id, Seating: s}))
}

// modelCert is a certificate before it is signed.
type modelCert struct {
	task         uint32
	res          poc.Result
	signers      []int
	agreed, late []uint64 // by signer
	lies         int      // the signer of this place signs something else
	share        uint16
}

func (m *modelTest) claim(k, who int, withdraw bool, certs ...modelCert) string {
	j := m.jobs[k]
	name := m.submit(who, "claim", withdraw, func(s []chain.Settlement) market.Op {
		o := market.Claim{Job: j.id, Seating: j.seating}
		for _, c := range certs {
			cert := poc.Certificate{Version: 1, Job: j.id, Task: c.task, Result: c.res, Share: c.share}
			for x, i := range c.signers {
				a := poc.Attestation{Account: m.names[i], Agreed: c.agreed[x], Late: c.late[x]}
				st := cert.Statement(a)
				if x == c.lies {
					st.Digest = result(99).Digest()
				}
				a.Signature = m.signed(s, i, st)
				cert.Attestations = append(cert.Attestations, a)
			}
			o.Certificates = append(o.Certificates, cert)
		}
		return o
	})
	if got, err := m.real[0].Totals(m.ctx); err == nil && got.Slashed > m.before.Slashed {
		m.outcomes["fined of its stake"]++
	}
	return name
}

func (m *modelTest) signed(s []chain.Settlement, i int, st poc.Statement) []byte {
	sig, err := s[i].Sign(st)
	require.NoError(m.t, err)
	return sig
}

func (m *modelTest) slash(k, who, liar int, task uint32, res poc.Result) string {
	st := poc.Statement{Kind: poc.Revealed, Job: m.jobs[k].id, Task: task, Digest: res.Digest()}
	return m.submit(who, "slash", false, func(s []chain.Settlement) market.Op {
		return market.Slash{Ref: poc.TaskRef{Job: st.Job, Task: task}, Account: m.names[liar], Digest: st.Digest, Signature: m.signed(s, liar, st)}
	})
}

func (m *modelTest) slashTwice(k, who, liar int, two poc.Twice) string {
	two.Job, two.Account = m.jobs[k].id, m.names[liar]
	return m.submit(who, "slash twice", false, func(s []chain.Settlement) market.Op {
		for i := range two.Said {
			two.Said[i].Signature = m.signed(s, liar, two.Statement(i))
		}
		return market.SlashTwice{Twice: two}
	})
}

func (m *modelTest) refund(k, who int) string {
	return m.submit(who, "refund", false, always(market.Refund{Job: m.jobs[k].id}))
}

func (m *modelTest) skip() string {
	require.NoError(m.t, dev.Skip(m.ctx, 10*time.Minute))
	return "skip"
}

// check compares all that both hold, after a step that did what its name says.
func (m *modelTest) check(name string) {
	m.t.Helper()
	m.outcomes[name]++
	at := fmt.Sprintf("after %q, of %v", name, m.outcomes)
	want, err := m.fake[0].Totals(m.ctx)
	require.NoError(m.t, err)
	got, err := m.real[0].Totals(m.ctx)
	require.NoError(m.t, err)
	require.Equal(m.t, want, got, at)
	require.Equal(m.t, got.Locked, got.Held+got.Paid+got.Fees+got.Refunded)
	sum := got.Held + got.Staked + m.pool.check() + m.court.check()
	for _, a := range append(m.names, evm.AccountOf(devchain.Treasury)) {
		want, _, err := m.fake[0].Balance(m.ctx, a)
		require.NoError(m.t, err)
		got, _, err := m.real[0].Balance(m.ctx, a)
		require.NoError(m.t, err)
		require.Equal(m.t, want, got, "%s: balance of %s", at, a)
		sum += got
	}
	inBatch, _, err := m.fake[0].Balance(m.ctx, inBatches)
	require.NoError(m.t, err)
	require.Equal(m.t, modelWealth*market.Amount(len(m.names))+m.court.stakes, sum+inBatch, "%s: tokens are conserved", at)
	for k := range m.jobs {
		m.checkJob(k, at)
	}
	m.before, m.fines = got, 0
	for k, j := range m.jobs {
		if j.draws != 0 && dev.Height() > j.draws+128 { // the chain forgets what draws its candidates, and the ledger does not
			m.jobs[k].draws = 0
			for _, s := range []chain.Settlement{m.fake[0], m.real[0]} {
				_, err := s.Submit(m.ctx, market.KeepBeacon{Job: j.id, Seating: j.seating})
				require.NoError(m.t, err, at)
			}
		}
	}
}

// checkJob compares the escrow of a job, and who is paid.
func (m *modelTest) checkJob(k int, at string) {
	id := m.jobs[k].id
	e, err := m.fake[0].Escrow(m.ctx, id)
	got, gotErr := m.real[0].Escrow(m.ctx, id)
	require.Equal(m.t, errors.Is(err, chain.ErrNoEscrow), errors.Is(gotErr, chain.ErrNoEscrow), at)
	if err != nil {
		return
	}
	require.NoError(m.t, gotErr)
	require.Equal(m.t, e, got)
	require.GreaterOrEqual(m.t, got.Paid+m.fines, m.paidSum[id], at)
	paid, fined, err := m.real[0].(chain.Payer).PaidSeats(m.ctx, id, e.Terms.Tasks)
	require.NoError(m.t, err)
	wantPaid, wantFined, err := m.fake[0].(chain.Payer).PaidSeats(m.ctx, id, e.Terms.Tasks)
	require.NoError(m.t, err)
	require.Equal(m.t, [][]uint64{wantPaid, wantFined}, [][]uint64{paid, fined}, at)
	for i, before := range m.paidSeats[id] {
		require.Zero(m.t, before&^paid[i], "%s: a seat is not paid any more", at)
	}
	m.paidSeats[id], m.paidSum[id] = paid, got.Paid
}
