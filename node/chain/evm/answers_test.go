package evm_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/bindings"
)

// Each part of an answer is looked at: an answer to a doubt about what is right is refused when any of it is of something else, and
// taken when all of it is right.
func TestBatchAnswers(t *testing.T) {
	b := newBatcher(t)
	ids, rewards := b.certified(2, 2)
	empty := b.locked(1) // a job that pays nobody
	ids = append(ids, empty)
	batch := b.build(rewards, ids)
	id := b.post(batch)
	wrong := bindings.BatchesWrongRewardErrorID()

	at := uint32(1) // of one that has all four neighbours
	for r := batch.Opening(at).Reward; r.Prev == 1<<32-1 || r.Next == 1<<32-1; r = batch.Opening(at).Reward {
		at++
	}
	msg, err := evm.DoubtReward(id, at)
	require.NoError(t, b.bring(5, deposit, msg, err))
	n := b.challenged()
	self := batch.Opening(at)
	seats, cert, err := evm.Proof(b.seating, b.claims[self.Reward.Job][self.Reward.Task])
	require.NoError(t, err)
	around := batch.Around(at)
	answer := func(self bindings.BatchesOpening, around []bindings.BatchesOpening, seats []byte, cert bindings.MarketplaceCertificate) error {
		return b.raw.send(4, b.c.Batches, bat.PackAnswer(n, self, around, seats, cert))
	}
	b.refused(wrong, b.answer(n, batch, at+1))
	for i := range around { // before it, after it, and in its job's list
		for k := range uint32(batch.Len()) {
			if o := batch.Opening(k); k != around[i].Index && (k == at || o.Reward.Job == self.Reward.Job) {
				others := slices.Clone(around)
				others[i] = o
				b.refused(wrong, answer(self, others, seats, cert))
			}
		}
		err := answer(self, around[:i], seats, cert)
		require.Error(t, err)
		require.Equal(t, "0x4e487b71", revertID(t, err), "one is not there")
	}
	for name, change := range map[string]func(c *bindings.MarketplaceCertificate){
		"of a share":      func(c *bindings.MarketplaceCertificate) { c.Share = 1 },
		"timed":           func(c *bindings.MarketplaceCertificate) { c.Timed = true },
		"of another task": func(c *bindings.MarketplaceCertificate) { c.Task ^= 1 },
	} {
		other := cert
		change(&other)
		t.Log(name)
		b.refused(wrong, answer(self, around, seats, other))
	}
	few := cert
	few.Signatures = cert.Signatures[:73]
	b.refused(bindings.MarketplaceNoQuorumErrorID(), answer(self, around, seats, few))
	b.refused(wrong, answer(self, around, seats[:2+32*int(self.Reward.Seat)], cert))
	b.refused(wrong, b.raw.send(4, b.c.Batches, bat.PackAnswerMissing(n, self)))
	require.NoError(t, answer(self, around, seats, cert))

	// That a reward is there is answered by it, and by none of another job, task or seat.
	msg, err = evm.Missing(b.seating, b.claims[ids[1]][1], 1)
	require.NoError(t, b.bring(5, deposit, msg, err))
	n = b.challenged()
	for k := range uint32(batch.Len()) {
		err := b.raw.send(4, b.c.Batches, bat.PackAnswerMissing(n, batch.Opening(k)))
		if r := batch.Opening(k).Reward; r.Job == ids[1] && r.Task == 1 && r.Seat == 1 {
			require.NoError(t, err)
			break
		} else {
			b.refused(wrong, err)
		}
	}
	// A job that pays nobody has no sum to doubt, and nobody to miss; that its task is missing is true.
	msg, err = evm.DoubtJob(empty)
	b.refused(bindings.BatchesNotInBatchErrorID(), b.bring(5, deposit, msg, err))
	msg, err = evm.MissingTask(empty, 0)
	require.NoError(t, b.bring(5, deposit, msg, err))
	b.refused(wrong, b.raw.send(4, b.c.Batches, bat.PackAnswerMissing(b.challenged(), batch.Opening(0))))
	b.void(id, ids)

	// What a job is charged and its last reward belong together.
	for _, e := range []struct {
		pay  uint64
		last uint32
	}{{0, 0}, {1, 1<<32 - 1}, {1, uint32(batch.Len())}} {
		bad := b.build(rewards, ids)
		bad.Charge(2, e.pay, e.last)
		msg, err := bad.Post("")
		b.refused(bindings.BatchesBadBatchErrorID(), b.bring(4, bond, msg, err))
	}
}
