package evm_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm"
	"gpumesh/poc"
)

func (b *batcher) known(ids []poc.Hash) (out []evm.KnownJob) {
	for _, id := range ids {
		out = append(out, evm.KnownJob{ID: id, Seating: b.seating, Certificates: b.claims[id]})
	}
	return out
}

// One posts what many jobs pay, answers who doubts it, and everybody withdraws once.
func TestNodesSettleABatch(t *testing.T) {
	b := newBatcher(t)
	ctx := b.raw.ctx
	ids, rewards := b.certified(3, 2)
	known := b.known(ids)
	poster, worker := open(t, endpoint, b.c, 4), b.as[3]
	batch, err := poster.PlanBatch(ctx, known)
	require.NoError(t, err)
	require.Equal(t, len(rewards), batch.Len())
	require.Equal(t, b.build(rewards, ids).Root(), batch.Root())
	id, err := poster.PostBatch(ctx, batch, "ipfs://rewards")
	require.NoError(t, err)
	_, err = poster.PostBatch(ctx, batch, "ipfs://rewards")
	require.ErrorIs(t, err, chain.ErrTooEarly, "these jobs are in a batch")

	published, err := evm.ParseBatch(batch.Encode())
	require.NoError(t, err)
	doubts, err := worker.CheckBatch(ctx, id, published, known)
	require.NoError(t, err)
	require.Empty(t, doubts)
	other := b.build(rewards[1:], ids)
	_, err = worker.CheckBatch(ctx, id, other, known)
	require.ErrorIs(t, err, evm.ErrOtherRewards)

	// Whoever doubts the truth pays for it; a certificate that is narrower than the poster's is no reason.
	narrow := b.known(ids)
	narrow[1].Certificates = slices.Clone(narrow[1].Certificates)
	narrow[1].Certificates[0].Attestations = narrow[1].Certificates[0].Attestations[:1]
	doubts, err = worker.CheckBatch(ctx, id, published, narrow)
	require.NoError(t, err)
	require.Empty(t, doubts)
	narrow[1].Certificates = narrow[1].Certificates[1:]
	doubts, err = worker.CheckBatch(ctx, id, published, narrow)
	require.NoError(t, err)
	require.Len(t, doubts, 3, "a task that this one never saw certified")
	for _, d := range doubts[:2] {
		require.NoError(t, worker.Challenge(ctx, d))
	}
	answered, err := poster.AnswerChallenges(ctx, id, batch, known)
	require.NoError(t, err)
	require.Equal(t, 2, answered)
	answered, err = poster.AnswerChallenges(ctx, id, batch, known)
	require.NoError(t, err)
	require.Zero(t, answered)

	did, err := worker.AdvanceBatch(ctx, id, published)
	require.NoError(t, err)
	require.Empty(t, did, "there is time for doubts")
	b.skip(window())
	before, _, err := worker.Balance(ctx, worker.Account())
	require.NoError(t, err)
	for i, want := range [][]string{{"finalized", "closed"}, {"withdrawn"}, nil} {
		did, err = []*evm.Client{poster, worker, worker}[i].AdvanceBatch(ctx, id, published)
		require.NoError(t, err)
		require.Equal(t, want, did)
	}
	after, _, err := worker.Balance(ctx, worker.Account())
	require.NoError(t, err)
	require.Equal(t, before+6*market.NLOV/10, after)
	p, err := worker.Batch(ctx, id)
	require.NoError(t, err)
	require.Equal(t, []any{evm.BatchFinal, poster.Account(), 18 * market.NLOV / 10}, []any{p.State, p.Poster, p.Pay})
	_, err = poster.PlanBatch(ctx, known)
	require.ErrorIs(t, err, chain.ErrRefused, "all is settled")
	b.conserved()
}

// Whom a batch leaves out finds that and voids it, and is paid by a claim.
func TestNodesVoidABatch(t *testing.T) {
	b := newBatcher(t)
	ctx := b.raw.ctx
	poster, worker := open(t, endpoint, b.c, 4), b.as[3]
	out := addressOf(3)
	for name, lie := range map[string]struct {
		rewards func([]evm.Reward) []evm.Reward
		doubts  int
		why     string
	}{
		"left out": {func(rs []evm.Reward) []evm.Reward {
			return slices.DeleteFunc(rs, func(r evm.Reward) bool { return r.Account == out })
		}, 4, "is missing"},
		"too little":   {func(rs []evm.Reward) []evm.Reward { rs[5].Amount--; return rs }, 1, "is not what the seat asked"},
		"not its seat": {func(rs []evm.Reward) []evm.Reward { rs[5].Account = addressOf(4); return rs }, 1, "a seat that the account does not have"},
	} {
		t.Log(name)
		ids, rewards := b.certified(2, 2)
		known := b.known(ids)
		batch := b.build(lie.rewards(rewards), ids)
		id, err := poster.PostBatch(ctx, batch, "")
		require.NoError(t, err)
		doubts, err := worker.CheckBatch(ctx, id, batch, known)
		require.NoError(t, err)
		require.Len(t, doubts, lie.doubts)
		require.Contains(t, doubts[0].Why, lie.why)
		require.NoError(t, worker.Challenge(ctx, doubts[0]))
		answered, err := poster.AnswerChallenges(ctx, id, batch, known)
		require.Error(t, err)
		require.Zero(t, answered)
		did, err := worker.AdvanceBatch(ctx, id, batch)
		require.NoError(t, err)
		require.Empty(t, did)
		b.skip(window())
		did, err = worker.AdvanceBatch(ctx, id, batch)
		require.NoError(t, err)
		require.Equal(t, []string{"voided", "freed", "freed"}, did)
		did, err = poster.AdvanceBatch(ctx, id, batch)
		require.NoError(t, err)
		require.Empty(t, did)
		for _, job := range ids {
			r, err := worker.Submit(ctx, market.Claim{Job: job, Seating: b.seating, Certificates: b.claims[job]})
			require.NoError(t, err)
			require.Len(t, r.Pays, 3)
		}
		b.conserved()
	}
}

func TestParseBatchRefuses(t *testing.T) {
	r := evm.Reward{Account: addressOf(1), Job: poc.Hash{1}, Amount: 5}
	b, err := evm.NewBatch([]evm.Reward{r}, []poc.Hash{{1}, {2}})
	require.NoError(t, err)
	good := b.Encode()
	_, err = evm.ParseBatch(good)
	require.NoError(t, err)
	for cut := range good {
		_, err := evm.ParseBatch(good[:cut])
		require.Error(t, err, cut)
	}
	for name, change := range map[string]func(b []byte){
		"version": func(b []byte) { b[0]++ }, "many jobs": func(b []byte) { b[1] = 0xff }, "many rewards": func(b []byte) { b[5+64] = 0xff },
		"a foreign job": func(b []byte) { b[5+64+4+20+3] = 2 }, "a job twice": func(b []byte) { copy(b[5+32:5+64], b[5:5+32]) },
	} {
		bad := slices.Clone(good)
		change(bad)
		_, err := evm.ParseBatch(bad)
		require.Error(t, err, name)
	}
	_, err = evm.ParseBatch(append(slices.Clone(good), 0))
	require.Error(t, err)
}
