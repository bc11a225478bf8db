package evm_test

import (
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/params"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

// drawnJob is a job of which two of three workers are candidates of each task, who certified it.
type drawnJob struct {
	id     poc.Hash
	height uint64 // of the block that draws
	random poc.Hash
	sets   []uint64 // by task
}

func (s *settlement) drawnJob(tasks uint32) drawnJob {
	s.tb.Helper()
	s.seating.Candidates = 2
	j := drawnJob{id: s.locked(tasks)}
	b, err := s.as[0].Beacon(s.ctx, j.id, s.award(j.id).Award, s.seating)
	require.NoError(s.tb, err)
	j.height, j.random = b.Height, b.Random
	for task := range tasks {
		j.sets = append(j.sets, s.seating.Of(poc.TaskRef{Job: j.id, Task: task}, b.Random))
	}
	return j
}

// of returns the account numbers of a task's candidates, and of the one who is none.
func (j drawnJob) of(task uint32) (in []int, out int) {
	for i := 1; i <= 3; i++ {
		if j.sets[task]>>(i-1)&1 != 0 {
			in = append(in, i)
		} else {
			out = i
		}
	}
	return in, out
}

// ask calls a contract at a block, past what is there: by the given overrides of state and block.
func (r raw) ask(to common.Address, from common.Address, data []byte, block any, overrides ...any) (hexutil.Bytes, error) {
	var out hexutil.Bytes
	msg := map[string]any{"from": from, "to": to, "input": hexutil.Bytes(data)}
	return out, r.eth.Client().CallContext(r.ctx, &out, "eth_call", append([]any{msg, block}, overrides...)...)
}

// The beacon's block draws once it has a hash that contracts see, in the block after it, for as long as they do: 256 blocks, or 8191 where the chain has the
// contract of EIP-2935.
func TestBeaconBlocks(t *testing.T) {
	c := bootstrap(t)
	s := newSettlement(t, c)
	s.register()
	r := newRaw(t)
	j := s.drawnJob(1)
	require.NoError(t, dev.Skip(r.ctx, 1))
	in, _ := j.of(0)
	seating, cert, err := evm.Proof(s.seating, s.claim(j.id, 0, 1, in...).Certificates[0])
	require.NoError(t, err)
	claim := mkt.PackClaim(j.id, seating, []bindings.MarketplaceCertificate{cert})
	keep := drw.PackKeep(c.Marketplace, j.id)
	number := func(n uint64) map[string]any { return map[string]any{"number": hexutil.Uint64(n)} }
	is := func(id common.Hash, err error) {
		t.Helper()
		require.Error(t, err)
		require.Equal(t, id.Hex()[:10], revertID(t, err))
	}
	// Of the chain's history only what the test gives it.
	none := map[string]any{params.HistoryStorageAddress.Hex(): map[string]any{"code": "0x"}}
	slot := common.BigToHash(new(big.Int).SetUint64(j.height % params.HistoryServeWindow)).Hex()
	young := map[string]any{params.HistoryStorageAddress.Hex(): map[string]any{"code": hexutil.Bytes(params.HistoryStorageCode), "stateDiff": map[string]any{slot: common.Hash{}}}}
	head, err := r.eth.HeaderByNumber(r.ctx, new(big.Int).SetUint64(j.height))
	require.NoError(t, err)
	history := map[string]any{params.HistoryStorageAddress.Hex(): map[string]any{
		"code": hexutil.Bytes(params.HistoryStorageCode), "stateDiff": map[string]any{slot: head.Hash()},
	}}
	for _, call := range []struct {
		to   common.Address
		data []byte
	}{{c.Marketplace, claim}, {c.Draws, keep}} {
		at := func(block any, overrides ...any) error {
			_, err := r.ask(call.to, addressOf(5), call.data, block, overrides...)
			return err
		}
		is(bindings.DrawsBeaconTooEarlyErrorID(), at(hexutil.Uint64(j.height-1)))
		is(bindings.DrawsBeaconTooEarlyErrorID(), at(hexutil.Uint64(j.height)))
		require.NoError(t, at(hexutil.Uint64(j.height+1)))
		require.NoError(t, at("latest", none, number(j.height+256)))
		is(bindings.DrawsBeaconLostErrorID(), at("latest", none, number(j.height+257)))
		is(bindings.DrawsBeaconLostErrorID(), at("latest", young, number(j.height+257)))
		require.NoError(t, at("latest", history, number(j.height+257)))
		require.NoError(t, at("latest", history, number(j.height+params.HistoryServeWindow)))
		is(bindings.DrawsBeaconLostErrorID(), at("latest", history, number(j.height+params.HistoryServeWindow+1)))
	}
	// By the history the same are drawn.
	out, err := r.ask(c.Draws, c.Marketplace, drw.PackCandidates(j.id, new(big.Int).SetUint64(j.height-1), new(big.Int), seating), "latest", history, number(j.height+1000))
	require.NoError(t, err)
	require.Equal(t, j.sets[0], new(big.Int).SetBytes(out).Uint64())

	_, err = r.ask(c.Draws, addressOf(5), keep, hexutil.Uint64(j.height))
	require.ErrorIs(t, evm.Explain(err), chain.ErrTooEarly)
	_, err = r.ask(c.Draws, addressOf(5), keep, "latest", none, number(j.height+257))
	require.ErrorIs(t, evm.Explain(err), chain.ErrRefused)
}

// What is kept is what the chain says of the marketplace that it is kept for, whoever asks, and for no other.
func TestKeep(t *testing.T) {
	c, other := bootstrap(t), bootstrap(t)
	s := newSettlement(t, c)
	s.register()
	r := newRaw(t)
	j := s.drawnJob(1)
	require.NoError(t, dev.Skip(r.ctx, 1))
	kept := func(marketplace common.Address) poc.Hash {
		t.Helper()
		h, err := drw.UnpackKept(r.call(c.Draws, drw.PackKept(marketplace, j.id)))
		require.NoError(t, err)
		return h
	}
	require.Equal(t, bindings.DrawsNotAnchoredErrorID().Hex()[:10], revertID(t, r.send(5, c.Draws, drw.PackKeep(other.Marketplace, j.id))))
	require.Error(t, r.send(5, c.Draws, drw.PackKeep(c.Token, j.id)), "no marketplace")
	require.Zero(t, kept(c.Marketplace))
	receipt, err := r.receipt(5, c.Draws, drw.PackKeep(c.Marketplace, j.id))
	require.NoError(t, err)
	require.Len(t, receipt.Logs, 1)
	ev, err := drw.UnpackKeptEvent(receipt.Logs[0])
	require.NoError(t, err)
	require.Equal(t, bindings.DrawsKept{Marketplace: c.Marketplace, Job: j.id, Random: j.random, Raw: receipt.Logs[0]}, *ev)
	require.Equal(t, j.random, kept(c.Marketplace))
	require.Zero(t, kept(other.Marketplace))
	again, err := r.receipt(6, c.Draws, drw.PackKeep(c.Marketplace, j.id))
	require.NoError(t, err)
	require.Empty(t, again.Logs)

	// A copy of the job on another marketplace has a draw of its own.
	two := newSettlement(t, other)
	two.register()
	copied := two.drawnJob(1)
	require.Equal(t, j.id, copied.id)
	require.NoError(t, dev.Skip(r.ctx, 1))
	require.NotEqual(t, j.random, copied.random)
	in, _ := copied.of(0)
	two.submit(1, two.claim(copied.id, 0, 1, in...))
}

// certify has the candidates of each task certify it, and returns what that pays.
func (b *batcher) certify(j drawnJob) (rewards []evm.Reward) {
	b.t.Helper()
	for task := range uint32(len(j.sets)) {
		in, _ := j.of(task)
		b.claims[j.id] = append(b.claims[j.id], b.claim(j.id, task, 1, in...).Certificates...)
		for _, i := range in {
			rewards = append(rewards, evm.Reward{Account: addressOf(i), Job: j.id, Task: uint16(task), Seat: uint8(i - 1), Amount: b.seating.Seats[i-1].Ask})
		}
	}
	return rewards
}

// A job with a drawn panel that is in a batch is answered for as long as it takes: posting keeps what draws it. What nobody kept in time is in no batch.
func TestBatchOfDrawnJobs(t *testing.T) {
	b := newBatcher(t)
	ctx := b.raw.ctx
	j, lost := b.drawnJob(2), b.drawnJob(1)
	rewards, more := b.certify(j), b.certify(lost)
	known := b.known([]poc.Hash{j.id, lost.id})
	poster, worker := open(t, endpoint, b.c, 4), b.as[1]
	b.skip(1)

	// Pay for a seat that was not drawn, with the certificate of others: nobody can answer for it.
	_, out := j.of(1)
	thief := evm.Reward{Account: addressOf(out), Job: j.id, Task: 1, Seat: uint8(out - 1), Amount: b.seating.Seats[out-1].Ask}
	bad := b.build(append(rewards[:len(rewards):len(rewards)], thief), []poc.Hash{j.id})
	id := b.post(bad)
	doubts, err := worker.CheckBatch(ctx, id, bad, known)
	require.NoError(t, err)
	require.Len(t, doubts, 1)
	require.Contains(t, doubts[0].Why, "no candidate")
	require.NoError(t, open(t, endpoint, b.c, 5).Challenge(ctx, doubts[0]))
	for index := range uint32(bad.Len()) {
		if r := bad.Opening(index).Reward; r.Task == 1 && r.Seat == uint8(out-1) {
			b.refused(bindings.BatchesWrongRewardErrorID(), b.answer(b.challenged(), bad, index))
		}
	}
	b.void(id, []poc.Hash{j.id})

	d, err := poster.DraftBatch(ctx, known)
	require.NoError(t, err)
	require.Equal(t, []poc.Hash{j.id, lost.id}, d.Jobs)
	forget(t)
	d, err = poster.DraftBatch(ctx, known)
	require.NoError(t, err)
	require.Equal(t, []poc.Hash{j.id}, d.Jobs, "the other cannot be paid any more")
	msg, err := b.build(more, []poc.Hash{lost.id}).Post("")
	b.refused(bindings.DrawsBeaconLostErrorID(), b.bring(4, bond, msg, err))

	id, err = poster.PostDraft(ctx, d, "")
	require.NoError(t, err)
	batch := b.build(rewards, []poc.Hash{j.id})
	doubts, err = worker.CheckBatch(ctx, id, batch, known)
	require.NoError(t, err)
	require.Empty(t, doubts)
	for index := range uint32(batch.Len()) {
		msg, err := evm.DoubtReward(id, index)
		require.NoError(t, b.bring(5, deposit, msg, err))
	}
	n, err := poster.AnswerChallenges(ctx, id, batch, known)
	require.NoError(t, err)
	require.Equal(t, batch.Len(), n)
	in, out := j.of(0)
	msg, err = evm.Missing(b.seating, b.claims[j.id][0], uint8(out-1))
	b.refused(bindings.BatchesNotOmittedErrorID(), b.bring(5, deposit, msg, err))
	colluding := b.claim(j.id, 0, 1, out, in[0]).Certificates[0]
	msg, err = evm.Missing(b.seating, colluding, uint8(out-1))
	b.refused(bindings.MarketplaceNoQuorumErrorID(), b.bring(5, deposit, msg, err))
	b.skip(window())
	_, err = poster.AdvanceBatch(ctx, id, batch)
	require.NoError(t, err)
	_, err = worker.AdvanceBatch(ctx, id, batch)
	require.NoError(t, err)
	e, err := worker.Escrow(ctx, j.id)
	require.NoError(t, err)
	require.True(t, e.Closed)
	require.Equal(t, 4*b.seating.Seats[0].Ask, e.Paid)
	b.conserved()
	_, err = worker.Submit(ctx, market.Claim{Job: lost.id, Seating: b.seating, Certificates: b.claims[lost.id]})
	require.ErrorIs(t, err, chain.ErrRefused)
	require.ErrorContains(t, err, "forgotten")
}
