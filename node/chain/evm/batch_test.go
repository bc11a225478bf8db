package evm_test

import (
	"encoding/binary"
	"math"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

// batcher is a market whose jobs are settled in batches: account 0 owns, 1 to 3 work, 4 posts, 5 challenges.
type batcher struct {
	*settlement
	raw
	c      evm.Contracts
	claims map[poc.Hash][]poc.Certificate
}

var (
	bat = bindings.NewBatches()
	mkt = bindings.NewMarketplace()
	tok = bindings.NewToken()
	prm = bindings.NewParameters()
)

func addressOf(i int) common.Address { return crypto.PubkeyToAddress(key(i).PublicKey) }

func newBatcher(t *testing.T) *batcher {
	c := bootstrap(t)
	b := &batcher{settlement: newSettlement(t, c), raw: newRaw(t), c: c, claims: map[poc.Hash][]poc.Certificate{}}
	b.register()
	return b
}

// jobs locks and anchors n jobs of the given number of tasks, all of whose tasks are certified by workers 1 and 2, which
// name all three.
func (b *batcher) certified(n int, tasks uint32) (ids []poc.Hash, rewards []evm.Reward) {
	b.t.Helper()
	for range n {
		id := b.locked(tasks)
		ids = append(ids, id)
		for task := range tasks {
			cert := poc.Certificate{Version: 1, Job: id, Task: task, Result: result(1)}
			for _, i := range []int{1, 2} {
				sig, err := b.as[i].Sign(poc.Statement{Kind: poc.Attested, Job: id, Task: task, Digest: cert.Result.Digest(), Agreed: 7})
				require.NoError(b.t, err)
				cert.Attestations = append(cert.Attestations, poc.Attestation{Account: b.as[i].Account(), Agreed: 7, Signature: sig})
			}
			b.claims[id] = append(b.claims[id], cert)
			for seat, s := range b.seating.Seats {
				rewards = append(rewards, evm.Reward{Account: common.HexToAddress(string(s.Account)), Job: id, Task: uint16(task), Seat: uint8(seat), Amount: s.Ask})
			}
		}
	}
	return ids, rewards
}

// bring sends the batches contract tokens with a message.
func (b *batcher) bring(who int, amount market.Amount, msg []byte, err error) error {
	b.t.Helper()
	require.NoError(b.t, err)
	return b.raw.send(who, b.c.Token, tok.PackTransferAndCall0(b.c.Batches, new(big.Int).SetUint64(uint64(amount)), msg))
}

const (
	bond    = 100 * market.NLOV // of devchain.DeployConfig
	deposit = 10 * market.NLOV
)

func (b *batcher) post(batch *evm.Batch) (id uint64) {
	b.t.Helper()
	msg, err := batch.Post("ipfs://rewards")
	require.NoError(b.t, b.bring(4, bond, msg, err))
	n, err := bat.UnpackBatchCount(b.call(b.c.Batches, bat.PackBatchCount()))
	require.NoError(b.t, err)
	return n
}

func (b *batcher) build(rewards []evm.Reward, ids []poc.Hash) *evm.Batch {
	b.t.Helper()
	batch, err := evm.NewBatch(rewards, ids)
	require.NoError(b.t, err)
	return batch
}

func (b *batcher) challenged() uint64 {
	n, err := bat.UnpackChallengeCount(b.call(b.c.Batches, bat.PackChallengeCount()))
	require.NoError(b.t, err)
	return n
}

func (b *batcher) state(id uint64) uint8 {
	batch, err := bat.UnpackBatchOf(b.call(b.c.Batches, bat.PackBatchOf(id)))
	require.NoError(b.t, err)
	return batch.State
}

// answer answers a doubt about a reward as an honest poster would; for a job that has no certificate, with one of another.
func (b *batcher) answer(challenge uint64, batch *evm.Batch, index uint32) error {
	b.t.Helper()
	self := batch.Opening(index)
	var certificate poc.Certificate
	for id, certs := range b.claims {
		if id == self.Reward.Job || certificate.Job.IsZero() {
			certificate = certs[min(int(self.Reward.Task), len(certs)-1)]
		}
		if id == self.Reward.Job {
			break
		}
	}
	seats, cert, err := evm.Proof(b.seating, certificate)
	require.NoError(b.t, err)
	return b.raw.send(4, b.c.Batches, bat.PackAnswer(challenge, self, batch.Around(index), seats, cert))
}

func (b *batcher) refused(id common.Hash, err error) {
	b.t.Helper()
	require.Error(b.t, err)
	require.Equal(b.t, id.Hex()[:10], revertID(b.t, err))
}

func (b *batcher) conserved() {
	b.t.Helper()
	t, err := b.as[0].Totals(b.settlement.ctx)
	require.NoError(b.t, err)
	require.Equal(b.t, t.Locked, t.Held+t.Paid+t.Fees+t.Refunded, "%+v", t)
}

func (b *batcher) skip(d time.Duration) { require.NoError(b.t, dev.Skip(b.raw.ctx, d)) }

// An honest batch survives every doubt, and pays everybody once.
func TestBatch(t *testing.T) {
	b := newBatcher(t)
	ids, rewards := b.certified(3, 3)
	batch := b.build(rewards, ids)
	before, _, err := b.as[0].Balance(b.raw.ctx, b.as[1].Account())
	require.NoError(t, err)
	id := b.post(batch)
	b.refused(bindings.BatchesTooEarlyErrorID(), b.raw.send(1, b.c.Batches, bat.PackFinalize(id)))
	b.refused(bindings.BatchesNotFinalErrorID(), b.raw.send(1, b.c.Batches, bat.PackFinish([][32]byte{ids[0]})))
	last, ok := batch.Last(addressOf(1))
	require.True(t, ok)
	b.refused(bindings.BatchesNotFinalErrorID(), b.raw.send(1, b.c.Batches, bat.PackWithdraw(id, last)))
	// What is in a batch is not claimed one by one, nor refunded, nor put into another.
	_, err = b.as[1].Submit(b.settlement.ctx, market.Claim{Job: ids[0], Seating: b.seating, Certificates: b.claims[ids[0]]})
	require.ErrorContains(t, err, "batch")
	b.refused(bindings.MarketplaceJobBatchedErrorID(), b.raw.send(0, b.c.Marketplace, mkt.PackRefund(ids[0])))
	msg, err := batch.Post("")
	b.refused(bindings.MarketplaceJobBatchedErrorID(), b.bring(4, bond, msg, err))

	// Every reward and every job can be doubted and is answered.
	for i := range uint32(batch.Len()) {
		msg, err := evm.DoubtReward(id, i)
		require.NoError(t, b.bring(5, deposit, msg, err))
		require.NoError(t, b.answer(b.challenged(), batch, i))
	}
	for _, job := range ids {
		msg, err := evm.DoubtJob(job)
		require.NoError(t, b.bring(5, deposit, msg, err))
		for i := range uint32(batch.Len()) {
			if o := batch.Opening(i); o.Reward.Job == job && o.Reward.Next == 1<<32-1 {
				require.NoError(t, b.answer(b.challenged(), batch, i))
			}
		}
	}
	msg, err = evm.Missing(b.seating, b.claims[ids[1]][2], 2)
	require.NoError(t, b.bring(5, deposit, msg, err))
	b.refused(bindings.BatchesWrongRewardErrorID(), b.raw.send(4, b.c.Batches, bat.PackAnswerMissing(b.challenged(), batch.Opening(0))))
	b.refused(bindings.BatchesWrongRewardErrorID(), b.answer(b.challenged(), batch, 0))
	for i := range uint32(batch.Len()) {
		if r := batch.Opening(i).Reward; r.Job == ids[1] && r.Task == 2 && r.Seat == 2 {
			b.refused(bindings.BatchesTooEarlyErrorID(), b.raw.send(4, b.c.Batches, bat.PackVoidBatch(b.challenged())))
			require.NoError(t, b.raw.send(4, b.c.Batches, bat.PackAnswerMissing(b.challenged(), batch.Opening(i))))
		}
	}
	b.refused(bindings.BatchesNotOpenErrorID(), b.raw.send(4, b.c.Batches, bat.PackVoidBatch(b.challenged())))
	// Whether a task is paid at all any of its rewards answers, and none of another's.
	msg, err = evm.MissingTask(ids[2], 1)
	require.NoError(t, b.bring(5, deposit, msg, err))
	of := func(task uint16) bindings.BatchesOpening {
		for i := range uint32(batch.Len()) {
			if o := batch.Opening(i); o.Reward.Job == ids[2] && o.Reward.Task == task {
				return o
			}
		}
		t.Fatal("the task is not in the batch")
		return bindings.BatchesOpening{}
	}
	b.refused(bindings.BatchesWrongRewardErrorID(), b.raw.send(4, b.c.Batches, bat.PackAnswerMissing(b.challenged(), of(0))))
	require.NoError(t, b.raw.send(4, b.c.Batches, bat.PackAnswerMissing(b.challenged(), of(1))))
	msg, err = evm.Missing(b.seating, b.claims[ids[1]][2], 9)
	b.refused(bindings.BatchesNotOmittedErrorID(), b.bring(5, deposit, msg, err))
	open, err := bat.UnpackChallengeOf(b.call(b.c.Batches, bat.PackChallengeOf(b.challenged())))
	require.NoError(t, err)
	require.Zero(t, open.Challenger, "it was answered")
	b.conserved()

	b.skip(window())
	msg, err = evm.DoubtReward(id, 0)
	b.refused(bindings.BatchesTooLateErrorID(), b.bring(5, deposit, msg, err))
	b.refused(bindings.BatchesNotOpenErrorID(), b.raw.send(1, b.c.Batches, bat.PackFree(ids[0])))
	require.NoError(t, b.raw.send(1, b.c.Batches, bat.PackFinalize(id)))
	b.refused(bindings.BatchesNotOpenErrorID(), b.raw.send(1, b.c.Batches, bat.PackFinalize(id)))
	b.conserved()
	for i := 1; i <= 3; i++ {
		o, ok := batch.Last(addressOf(i))
		require.True(t, ok)
		if i == 1 { // to its payout address
			require.NoError(t, b.raw.send(1, b.c.Marketplace, mkt.PackSetPayout(addressOf(1), addressOf(6))))
		}
		require.NoError(t, b.raw.send(6, b.c.Batches, bat.PackWithdraw(id, o)), "whoever asks")
		b.refused(bindings.BatchesAlreadyWithdrawnErrorID(), b.raw.send(i, b.c.Batches, bat.PackWithdraw(id, o)))
	}
	after, _, err := b.as[0].Balance(b.raw.ctx, evm.AccountOf(addressOf(6)))
	require.NoError(t, err)
	require.Equal(t, tokens+9*b.seating.Seats[0].Ask, after)
	unpaid, _, err := b.as[0].Balance(b.raw.ctx, b.as[1].Account())
	require.NoError(t, err)
	require.Equal(t, before, unpaid)
	require.False(t, batch.Opening(0).Reward.Last)
	b.refused(bindings.BatchesNotLastErrorID(), b.raw.send(1, b.c.Batches, bat.PackWithdraw(id, batch.Opening(0))))
	_, ok = batch.Last(common.Address{7})
	require.False(t, ok)
	forged := last
	forged.Reward.Total++
	b.refused(bindings.BatchesBadProofErrorID(), b.raw.send(1, b.c.Batches, bat.PackWithdraw(id, forged)))
	forged = last
	forged.Proof = forged.Proof[1:]
	b.refused(bindings.BatchesBadProofErrorID(), b.raw.send(1, b.c.Batches, bat.PackWithdraw(id, forged)))

	require.NoError(t, b.raw.send(6, b.c.Batches, bat.PackFinish([][32]byte{ids[0], ids[1], ids[2]})))
	b.refused(bindings.MarketplaceJobClosedErrorID(), b.raw.send(6, b.c.Batches, bat.PackFinish([][32]byte{ids[0]})))
	b.conserved()
	for _, job := range ids {
		e, err := b.as[0].Escrow(b.raw.ctx, job)
		require.NoError(t, err)
		require.True(t, e.Closed)
		require.Equal(t, []market.Amount{9 * b.seating.Seats[0].Ask, e.Terms.Budget}, []market.Amount{e.Paid, e.Paid + e.Fees + e.Refunded})
	}
	b.shows(batch, ids)
}

// Every lie that a batch can tell is one that nobody can answer for: it is void, and its jobs are claimed one by one.
func TestBatchFraud(t *testing.T) {
	b := newBatcher(t)
	for name, lie := range map[string]struct {
		tell func(ids []poc.Hash, rewards []evm.Reward) (spoiled []evm.Reward, index func(*evm.Batch) uint32)
		id   common.Hash
	}{
		"an amount that nobody asked": {func(ids []poc.Hash, rewards []evm.Reward) ([]evm.Reward, func(*evm.Batch) uint32) {
			rewards[4].Amount--
			return rewards, at(rewards[4])
		}, bindings.BatchesWrongRewardErrorID()},
		"an account without the seat": {func(ids []poc.Hash, rewards []evm.Reward) ([]evm.Reward, func(*evm.Batch) uint32) {
			rewards[4].Account = addressOf(5)
			return rewards, at(rewards[4])
		}, bindings.BatchesWrongRewardErrorID()},
		"a task that the certificate is not about": {func(ids []poc.Hash, rewards []evm.Reward) ([]evm.Reward, func(*evm.Batch) uint32) {
			delete(b.claims, ids[1])
			for range 2 { // certificates of another job
				b.claims[ids[1]] = append(b.claims[ids[1]], b.claims[ids[0]]...)
			}
			return rewards, at(rewards[len(rewards)-1])
		}, bindings.MarketplaceNoQuorumErrorID()},
	} {
		t.Log(name)
		ids, rewards := b.certified(2, 2)
		honest := slices.Clone(b.claims[ids[1]])
		spoiled, index := lie.tell(ids, rewards)
		batch := b.build(spoiled, ids)
		id := b.post(batch)
		msg, err := evm.DoubtReward(id, index(batch))
		require.NoError(t, b.bring(5, deposit, msg, err))
		b.refused(lie.id, b.answer(b.challenged(), batch, index(batch)))
		b.claims[ids[1]] = honest
		b.void(id, ids)
	}
}

// inList finds the reward at a place in the list of the first reward's job.
func inList(r []bindings.BatchesReward, place int) uint32 {
	for i := range r {
		if r[i].Job != r[0].Job || r[i].Prev != 1<<32-1 {
			continue
		}
		for at := uint32(i); ; at = r[at].Next {
			if place--; place < 0 {
				return at
			}
		}
	}
	panic("the list has no such place")
}

// Lies in the running sums and the lists, which NewBatch does not tell.
func TestBatchWrongSums(t *testing.T) {
	b := newBatcher(t)
	b.expiry = b.expiry.Add(40 * poc.Millis(window().Milliseconds())) // it outlasts many windows
	ids, rewards := b.certified(2, 2)
	for name, spoil := range map[string]func(r []bindings.BatchesReward) uint32{
		"the account's sum":    func(r []bindings.BatchesReward) uint32 { r[1].Total++; return 1 },
		"the account's number": func(r []bindings.BatchesReward) uint32 { r[1].Number++; return 1 },
		"the job's sum":        func(r []bindings.BatchesReward) uint32 { r[1].Sum++; return 1 },
		"the order":            func(r []bindings.BatchesReward) uint32 { r[0], r[1] = r[1], r[0]; return 1 },
		"twice":                func(r []bindings.BatchesReward) uint32 { r[1] = r[0]; return 1 },
		"an early end":         func(r []bindings.BatchesReward) uint32 { r[1].Last = true; return 1 },
		"an early end, next":   func(r []bindings.BatchesReward) uint32 { r[1].Last = true; return 2 },
		"no end":               func(r []bindings.BatchesReward) uint32 { r[3].Last = false; return 3 },
		"no end at all":        func(r []bindings.BatchesReward) uint32 { r[len(r)-1].Last = false; return uint32(len(r) - 1) },
		"a list of its own":    func(r []bindings.BatchesReward) uint32 { r[1].Prev, r[1].Next = 1<<32-1, 1<<32-1; return 1 },
		"the order, next": func(r []bindings.BatchesReward) uint32 {
			r[1], r[2] = r[2], r[1]
			r[1].Total = 2 * r[1].Amount
			return 1
		},
		"a job of no batch": func(r []bindings.BatchesReward) uint32 { r[3].Job = poc.Hash{0xff}; return 3 },
		"a fork": func(r []bindings.BatchesReward) uint32 {
			i := inList(r, 2)
			r[i].Prev = r[r[i].Prev].Prev
			return i
		},
		"a previous one of another job": func(r []bindings.BatchesReward) uint32 {
			i, o := inList(r, 1), other(r)
			r[i].Prev, r[o].Next = o, i
			return i
		},
		"a list that goes back": func(r []bindings.BatchesReward) uint32 {
			i := inList(r, 1)
			r[i].Prev = r[i].Next
			r[r[i].Next].Next = i
			return i
		},
		"a next one of another job": func(r []bindings.BatchesReward) uint32 {
			i, o := inList(r, 1), other(r)
			r[i].Next, r[o].Prev = o, i
			return i
		},
		"a next one that knows another": func(r []bindings.BatchesReward) uint32 {
			i := inList(r, 1)
			r[r[i].Next].Prev = r[i].Prev
			return i
		},
		"an end before the end": func(r []bindings.BatchesReward) uint32 { i := inList(r, 1); r[i].Next = 1<<32 - 1; return i },
	} {
		t.Log(name)
		batch := b.build(rewards, ids)
		index := batch.Spoil(spoil)
		id := b.post(batch)
		msg, err := evm.DoubtReward(id, index)
		require.NoError(t, b.bring(5, deposit, msg, err))
		b.refused(bindings.BatchesWrongRewardErrorID(), b.answer(b.challenged(), batch, index))
		b.void(id, ids)
	}
	// Too much charged to a job: its list ends with less.
	batch := b.build(rewards[1:], ids) // the first reward's pay is what the budget leaves for it
	pay, last := batch.Charged(0)
	batch.Charge(0, pay+1, last)
	id := b.post(batch)
	msg, err := evm.DoubtJob(ids[0])
	require.NoError(t, b.bring(5, deposit, msg, err))
	b.refused(bindings.BatchesWrongRewardErrorID(), b.answer(b.challenged(), batch, last))
	b.void(id, ids)

	// A job whose last reward is said to be another one, which goes on, and one of another job; both are questions about the job.
	for _, index := range []func(*evm.Batch) uint32{
		func(batch *evm.Batch) uint32 {
			return batch.Spoil(func(r []bindings.BatchesReward) uint32 { return inList(r, 1) })
		},
		func(batch *evm.Batch) uint32 { return batch.Spoil(other) },
	} {
		batch := b.build(rewards, ids)
		last := index(batch)
		job := slices.Index(ids, poc.Hash(batch.Opening(0).Reward.Job))
		pay, _ := batch.Charged(job)
		batch.Charge(job, pay, last)
		id := b.post(batch)
		msg, err := evm.DoubtJob(ids[job])
		require.NoError(t, b.bring(5, deposit, msg, err))
		b.refused(bindings.BatchesWrongRewardErrorID(), b.answer(b.challenged(), batch, last))
		b.void(id, ids)
	}

	// A reward left out, which a certificate shows. Two challenges: the second one's deposit comes back.
	batch = b.build(rewards[1:], ids)
	id = b.post(batch)
	msg, err = evm.Missing(b.seating, b.claims[ids[0]][0], 0)
	require.NoError(t, b.bring(5, deposit, msg, err))
	require.NoError(t, b.bring(6, deposit, msg, err))
	second := b.challenged()
	b.refused(bindings.BatchesNotOpenErrorID(), b.raw.send(6, b.c.Batches, bat.PackTakeBack(second)))
	for i := range uint32(batch.Len()) {
		b.refused(bindings.BatchesWrongRewardErrorID(), b.raw.send(4, b.c.Batches, bat.PackAnswerMissing(second-1, batch.Opening(i))))
	}
	b.skip(window())
	b.refused(bindings.BatchesTooLateErrorID(), b.raw.send(4, b.c.Batches, bat.PackAnswerMissing(second, batch.Opening(0))))
	require.NoError(t, b.raw.send(5, b.c.Batches, bat.PackVoidBatch(second-1)))
	b.refused(bindings.BatchesNotOpenErrorID(), b.raw.send(5, b.c.Batches, bat.PackVoidBatch(second)))
	b.refused(bindings.BatchesNotOpenErrorID(), b.raw.send(4, b.c.Batches, bat.PackAnswerMissing(second, batch.Opening(0))))
	require.NoError(t, b.raw.send(6, b.c.Batches, bat.PackTakeBack(second)))
	b.refused(bindings.BatchesNotOpenErrorID(), b.raw.send(6, b.c.Batches, bat.PackTakeBack(second)))
	got, _, err := b.as[0].Balance(b.raw.ctx, evm.AccountOf(addressOf(6)))
	require.NoError(t, err)
	require.Equal(t, tokens, got)
	b.refused(bindings.BatchesNotFinalErrorID(), b.raw.send(6, b.c.Batches, bat.PackFinish([][32]byte{ids[0]})))

	// Messages that are none.
	for name, bad := range map[string]struct {
		amount market.Amount
		msg    []byte
		id     common.Hash
	}{
		"bond":       {bond - 1, must(b.build(rewards, ids).Post("")), bindings.BatchesBadDepositErrorID()},
		"kind":       {deposit, append(append(common.LeftPadBytes([]byte{5}, 32), common.LeftPadBytes([]byte{64}, 32)...), make([]byte, 32)...), bindings.BatchesBadMessageErrorID()},
		"no reward":  {deposit, must(evm.DoubtReward(id, 999)), bindings.BatchesNotInBatchErrorID()},
		"no batch":   {deposit, must(evm.DoubtReward(999, 0)), bindings.BatchesNotInBatchErrorID()},
		"void":       {deposit, must(evm.DoubtReward(id, 0)), bindings.BatchesNotOpenErrorID()},
		"no job":     {deposit, must(evm.DoubtJob(poc.Hash{9})), bindings.BatchesNotInBatchErrorID()},
		"no task":    {deposit, must(evm.MissingTask(ids[0], 4096)), bindings.BatchesNotInBatchErrorID()},
		"no job 3":   {deposit, must(evm.MissingTask(poc.Hash{9}, 0)), bindings.BatchesNotInBatchErrorID()},
		"no job two": {deposit, must(evm.Missing(b.seating, poc.Certificate{Job: poc.Hash{9}}, 0)), bindings.BatchesNotInBatchErrorID()},
	} {
		err := b.bring(5, bad.amount, bad.msg, nil)
		require.Error(t, err, name)
		require.Equal(t, bad.id.Hex()[:10], revertID(t, err), name)
	}
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

// at finds where a reward came to lie.
func at(r evm.Reward) func(*evm.Batch) uint32 {
	return func(b *evm.Batch) uint32 {
		for i := range uint32(b.Len()) {
			if o := b.Opening(i).Reward; o.Account == r.Account && o.Job == r.Job && o.Task == r.Task && o.Seat == r.Seat {
				return i
			}
		}
		panic("the reward is not in the batch")
	}
}

// void ends a batch whose newest challenge was not answered, and shows that its jobs go on one by one.
func (b *batcher) void(id uint64, ids []poc.Hash) {
	b.t.Helper()
	before, _, err := b.as[0].Balance(b.raw.ctx, evm.AccountOf(addressOf(5)))
	require.NoError(b.t, err)
	b.skip(window())
	b.refused(bindings.BatchesNotOpenErrorID(), b.raw.send(4, b.c.Batches, bat.PackFinalize(id)))
	require.NoError(b.t, b.raw.send(5, b.c.Batches, bat.PackVoidBatch(b.challenged())))
	require.Equal(b.t, uint8(3), b.state(id))
	after, _, err := b.as[0].Balance(b.raw.ctx, evm.AccountOf(addressOf(5)))
	require.NoError(b.t, err)
	require.Equal(b.t, before+deposit+bond/2, after)
	for _, job := range ids {
		require.NoError(b.t, b.raw.send(5, b.c.Batches, bat.PackFree(job)))
		b.refused(bindings.BatchesNotOpenErrorID(), b.raw.send(5, b.c.Batches, bat.PackFree(job)))
	}
	b.conserved()
	require.NoError(b.t, evm.Fund(b.raw.ctx, endpoint, dev.FaucetKey(), b.c, []poc.Account{evm.AccountOf(addressOf(4))}, bond, new(big.Int)))
}

func TestNewBatchRefuses(t *testing.T) {
	r := evm.Reward{Account: addressOf(1), Job: poc.Hash{1}, Amount: 5}
	for name, bad := range map[string]struct {
		rewards []evm.Reward
		jobs    []poc.Hash
	}{
		"1 to 1048576 rewards":                            {nil, []poc.Hash{{1}}},
		"in the batch twice":                              {[]evm.Reward{r, r}, []poc.Hash{{1}}},
		"1 jobs that are not in it":                       {[]evm.Reward{r}, []poc.Hash{{2}}},
		"gets in the batch is more than an amount can be": {[]evm.Reward{{Account: r.Account, Job: poc.Hash{1}, Amount: math.MaxUint64}, {Account: r.Account, Job: poc.Hash{2}, Amount: 1}}, []poc.Hash{{1}, {2}}},
		"pays in the batch is more than an amount can be": {[]evm.Reward{{Account: r.Account, Job: poc.Hash{1}, Amount: math.MaxUint64}, {Account: addressOf(2), Job: poc.Hash{1}, Amount: 1}}, []poc.Hash{{1}}},
	} {
		_, err := evm.NewBatch(bad.rewards, bad.jobs)
		require.ErrorContains(t, err, name)
	}
	_, err := evm.NewBatch([]evm.Reward{r, {Account: r.Account, Job: r.Job, Seat: 1, Amount: math.MaxUint64 - r.Amount}, {Account: addressOf(2), Job: poc.Hash{2}, Amount: 1}}, []poc.Hash{{1}, {2}})
	require.NoError(t, err)
}

// What a reward costs in a batch of 65,536, with every worker withdrawing once and every escrow closed.
func batchGas(t *testing.T) (perReward, withdraw float64) {
	const jobs, tasks, workers, seats = 256, 128, 512, 64
	c := bootstrap(t)
	r := newRaw(t)
	ctx := r.ctx
	owner, err := evm.Dial(ctx, evm.Config{URL: endpoint, Key: key(0), Contracts: c})
	require.NoError(t, err)
	defer owner.Close()
	accounts := make([]common.Address, workers)
	for i := range accounts {
		accounts[i] = common.BytesToAddress(crypto.Keccak256(binary.BigEndian.AppendUint32(nil, uint32(i))))
	}
	var ids []poc.Hash
	var rewards []evm.Reward
	g, _ := errgroup.WithContext(ctx)
	g.SetLimit(8)
	for k := range jobs {
		id := poc.Hash{1, 2, 3, 30: byte(k >> 8), 31: byte(k)}
		ids = append(ids, id)
		terms := market.Terms{Tasks: tasks, Quorum: 2, Replicas: 2, MaxPrice: 1_000, Expiry: poc.Time(dev.Now().UnixMilli()).Add(3_600_000)}
		terms.Budget, _ = market.MaxCost(terms, 100)
		op := market.AnchorAward{Job: id, Award: poc.BlockHash(id[:]), Seating: market.Seating{Candidates: seats}}
		for s := range seats {
			op.Seating.Seats = append(op.Seating.Seats, market.Seat{Account: evm.AccountOf(accounts[(k*seats+s)%workers]), Ask: 1_000, Weight: 1})
		}
		for task := range tasks {
			for s := range 2 {
				seat := (2*task + s) % seats
				rewards = append(rewards, evm.Reward{Account: accounts[(k*seats+seat)%workers], Job: id, Task: uint16(task), Seat: uint8(seat), Amount: 1_000})
			}
		}
		g.Go(func() error {
			if _, err := owner.Submit(ctx, market.LockEscrow{Job: id, Terms: terms}); err != nil {
				return err
			}
			_, err := owner.Submit(ctx, op)
			return err
		})
	}
	require.NoError(t, g.Wait())
	require.Len(t, rewards, 65_536)
	batch, err := evm.NewBatch(rewards, ids)
	require.NoError(t, err)
	msg, err := batch.Post("ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi")
	require.NoError(t, err)
	total := r.used(4, c.Token, tok.PackTransferAndCall0(c.Batches, new(big.Int).SetUint64(uint64(bond)), msg))
	require.NoError(t, dev.Skip(ctx, window()))
	total += r.used(4, c.Batches, bat.PackFinalize(1))
	withdrawn := uint64(0)
	for _, a := range accounts {
		o, ok := batch.Last(a)
		require.True(t, ok)
		withdrawn += r.used(5, c.Batches, bat.PackWithdraw(1, o))
	}
	for first := 0; first < jobs; first += 64 {
		var some [][32]byte
		for _, id := range ids[first : first+64] {
			some = append(some, id)
		}
		total += r.used(5, c.Batches, bat.PackFinish(some))
	}
	t.Logf("batch: %d for posting and closing, %d for %d withdrawals", total, withdrawn, workers)
	return float64(total+withdrawn) / float64(len(rewards)), float64(withdrawn) / workers
}

// What is left of the refusals: a batch that a job would not outlive, a challenge that nobody made, and a reward that its
// certificate does not pay.
func TestBatchRefusesWhatIsNotPaid(t *testing.T) {
	b := newBatcher(t)
	id := b.locked(1)
	cert := poc.Certificate{Version: 1, Job: id, Result: result(1)}
	for _, i := range []int{1, 2} {
		sig, err := b.as[i].Sign(poc.Statement{Kind: poc.Attested, Job: id, Digest: cert.Result.Digest(), Agreed: 3})
		require.NoError(t, err)
		cert.Attestations = append(cert.Attestations, poc.Attestation{Account: b.as[i].Account(), Agreed: 3, Signature: sig})
	}
	b.claims[id] = []poc.Certificate{cert}
	var rewards []evm.Reward
	for seat, s := range b.seating.Seats {
		rewards = append(rewards, evm.Reward{Account: common.HexToAddress(string(s.Account)), Job: id, Seat: uint8(seat), Amount: s.Ask})
	}
	batch := b.build(rewards, []poc.Hash{id})
	n := b.post(batch)
	b.refused(bindings.BatchesNotOpenErrorID(), b.raw.send(4, b.c.Batches, bat.PackAnswerMissing(999, batch.Opening(0))))
	answered := 0
	for i := range uint32(len(rewards)) {
		msg, err := evm.DoubtReward(n, i)
		require.NoError(t, b.bring(6, deposit, msg, err))
		if batch.Opening(i).Reward.Seat < 2 {
			require.NoError(t, b.answer(b.challenged(), batch, i))
			answered++
			continue
		}
		b.refused(bindings.BatchesWrongRewardErrorID(), b.answer(b.challenged(), batch, i))
	}
	require.Equal(t, 2, answered)

	ids, more := b.certified(1, 1)
	msg, err := b.build(more, ids).Post("ipfs://rewards")
	require.NoError(t, err)
	b.skip(time.UnixMilli(int64(b.expiry)).Sub(dev.Now()) - time.Second)
	b.refused(bindings.MarketplaceJobExpiredErrorID(), b.bring(4, bond, msg, nil))
}
