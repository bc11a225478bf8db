package evm_test

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/devchain"
	"gpumesh/poc"
)

// modelBatches posts and ends batches on the contracts and on the in-memory ledger, and marks workers as verified. What a batch holds is
// random: nobody doubts it by what is in it, but some are challenged and not answered.
type modelBatches struct {
	t         *testing.T
	rng       *rand.Rand
	raw       raw
	model     *chain.Fake
	contracts evm.Contracts
	batch     evm.BatchConfig
	real      *evm.Client
	verifier  *evm.Client

	open    *evm.Batch // at most one, so that the others of the test's jobs go on
	id      uint64
	charges map[poc.Hash]market.Amount
	pays    map[poc.Account]market.Amount
}

// inBatches is the account of the contract, on the ledger.
const inBatches poc.Account = "batches"

// step does one thing at random and says what.
func (m *modelBatches) step(names []poc.Account, jobs []modelJob) string {
	switch {
	case m.rng.IntN(4) == 0:
		return m.verify(names[m.rng.IntN(len(names))], m.rng.IntN(3) > 0)
	case m.open == nil:
		var rewards []evm.Reward
		var in []poc.Hash
		for _, j := range jobs {
			// Most often one that can be in it, as a single other one has all refused.
			e, err := m.model.As(m.real.Account()).Escrow(testContext(m.t), j.id)
			fits := err == nil && !e.Award.IsZero() && !e.Closed && e.Settled == 0 && !e.Terms.Verified && e.Terms.LateBps == 0
			if !fits && m.rng.IntN(30) > 0 || m.rng.IntN(4) == 0 {
				continue
			}
			in = append(in, j.id)
			for task := range uint16(1 + m.rng.IntN(2)) {
				for seat := range j.seating.Seats {
					if m.rng.IntN(2) > 0 {
						rewards = append(rewards, m.reward(j, task, seat))
					}
				}
			}
		}
		if len(rewards) == 0 {
			return "no batch"
		}
		return m.post(rewards, in)
	case m.rng.IntN(3) > 0: // and so other operations meet its jobs
		return "batch waits"
	}
	return m.end(names[2], m.rng.IntN(2) == 0)
}

// verify marks a worker as verified, or not.
func (m *modelBatches) verify(a poc.Account, yes bool) string {
	ctx := testContext(m.t)
	st, err := m.model.As(a).Standing(ctx, a)
	require.NoError(m.t, err)
	if !st.Registered {
		return "not verified"
	}
	require.NoError(m.t, m.verifier.SetVerified(ctx, a, yes))
	m.model.SetVerified(a, yes)
	return "verified"
}

// reward is one for a seat of a job.
func (m *modelBatches) reward(j modelJob, task uint16, seat int) evm.Reward {
	s := j.seating.Seats[seat]
	account, err := evm.ParseAccount(s.Account)
	require.NoError(m.t, err)
	return evm.Reward{Account: account, Job: j.id, Task: task, Seat: uint8(seat), Amount: s.Ask/4 + 1} // an ask may be nothing
}

// post posts a batch of jobs.
func (m *modelBatches) post(rewards []evm.Reward, jobs []poc.Hash) string {
	ctx, poster, bond := testContext(m.t), m.real, m.batch.Bond
	m.charges, m.pays = map[poc.Hash]market.Amount{}, map[poc.Account]market.Amount{}
	for _, id := range jobs {
		m.charges[id] = 0
	}
	for _, r := range rewards {
		m.charges[r.Job] += r.Amount
		m.pays[evm.AccountOf(r.Account)] += r.Amount
	}
	b, err := evm.NewBatch(rewards, jobs)
	require.NoError(m.t, err)
	require.NoError(m.t, dev.Skip(ctx, 1)) // the blocks that draw candidates are known
	wantErr := m.model.Transfer(poster.Account(), inBatches, bond)
	if wantErr == nil {
		if wantErr = m.model.Reserve(m.charges, 3*m.batch.Window); wantErr != nil { // it keeps what draws the jobs for good, so it is last
			require.NoError(m.t, m.model.Transfer(inBatches, poster.Account(), bond))
		}
	}
	id, gotErr := poster.PostBatch(ctx, b, "")
	require.Equal(m.t, wantErr == nil, gotErr == nil, "model says %v, contracts say %v", wantErr, gotErr)
	if wantErr != nil {
		return "batch refused"
	}
	m.open, m.id = b, id
	return "batch posted"
}

// end has the batch become void by a challenge that nobody answers, or final, once the windows are over.
func (m *modelBatches) end(challenger poc.Account, void bool) string {
	ctx := testContext(m.t)
	bond, deposit, window := m.batch.Bond, m.batch.Deposit, m.batch.Window
	b, id := m.open, m.id
	m.open = nil
	msg, err := evm.DoubtReward(id, 0)
	require.NoError(m.t, err)
	if void {
		st := m.model.Transfer(challenger, inBatches, deposit)
		p, err := m.real.Batch(ctx, id)
		require.NoError(m.t, err)
		if void = st == nil && poc.Time(dev.Now().UnixMilli()) < p.Until.Add(-window/4); void {
			require.NoError(m.t, m.raw.send(2, m.contracts.Token, tok.PackTransferAndCall0(m.contracts.Batches, new(big.Int).SetUint64(uint64(deposit)), msg)))
		} else if st == nil {
			require.NoError(m.t, m.model.Transfer(inBatches, challenger, deposit))
		}
	}
	require.NoError(m.t, dev.Skip(ctx, ms(window)))
	did, err := m.real.AdvanceBatch(ctx, id, b)
	require.NoError(m.t, err, did)
	if void {
		m.model.Release(m.charges)
		require.NoError(m.t, m.model.Transfer(inBatches, challenger, deposit+bond/2))
		require.NoError(m.t, m.model.Transfer(inBatches, evm.AccountOf(devchain.Treasury), bond-bond/2))
		return "batch void"
	}
	for account := range m.pays { // the poster's own is out already, if it has any
		address, err := evm.ParseAccount(account)
		require.NoError(m.t, err)
		o, ok := b.Last(address)
		require.True(m.t, ok)
		err = m.raw.send(5, m.contracts.Batches, bat.PackWithdraw(id, o))
		require.Equal(m.t, account == m.real.Account(), err != nil, "%v", err)
		require.Error(m.t, m.raw.send(5, m.contracts.Batches, bat.PackWithdraw(id, o)), "twice")
	}
	require.NoError(m.t, m.model.Transfer(inBatches, m.real.Account(), bond))
	m.model.Settle(m.charges, m.pays)
	return "batch final"
}
