package evm_test

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

// randomBatch is a batch of some jobs, of each of which all tasks are paid, to whichever accounts.
func randomBatch(t *testing.T, rng *rand.Rand, jobs int) (*evm.Batch, [][]market.BatchPay) {
	var ids []poc.Hash
	var rewards []evm.Reward
	want := make([][]market.BatchPay, jobs)
	for k := range jobs {
		ids = append(ids, poc.Hash{1, byte(k)})
		for task := range 1 + rng.IntN(6) {
			for seat := range 1 + rng.IntN(3) {
				r := evm.Reward{Account: common.Address{byte(rng.IntN(5))}, Job: ids[k], Task: uint16(task), Seat: uint8(seat), Amount: market.Amount(1 + rng.IntN(100))}
				rewards = append(rewards, r)
				want[k] = append(want[k], market.BatchPay{Unit: uint32(task), Seat: uint8(seat), Account: evm.AccountOf(r.Account), Amount: r.Amount})
			}
		}
	}
	rng.Shuffle(len(rewards), func(i, j int) { rewards[i], rewards[j] = rewards[j], rewards[i] })
	b, err := evm.NewBatch(rewards, ids)
	require.NoError(t, err)
	return b, want
}

// What a batch pays for a job can be shown in one way only, whatever the others in it are.
func TestShownPays(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for jobs := range 8 {
		b, want := randomBatch(t, rng, 1+jobs)
		for k := range 1 + jobs {
			shown, err := b.Show(poc.Hash{1, byte(k)})
			require.NoError(t, err)
			pays, err := b.PaysOf(k, shown)
			require.NoError(t, err)
			require.Equal(t, want[k], pays)
			for other := range 1 + jobs {
				if other != k {
					pays, err := b.PaysOf(other, shown)
					require.NoError(t, err)
					require.Empty(t, pays)
				}
			}
			for range 40 {
				i := rng.IntN(len(shown))
				bad := bytes.Clone(shown)
				bad[i] ^= 1 << rng.IntN(8)
				for _, bad := range [][]byte{bad, shown[:i]} {
					pays, err := b.PaysOf(k, bad)
					require.NoError(t, err)
					require.Empty(t, pays, "byte %d", i)
				}
			}
			pays, err = b.PaysOf(k, append(bytes.Clone(shown), 0))
			require.NoError(t, err)
			require.Empty(t, pays)
		}
		_, err := b.Show(poc.Hash{9})
		require.ErrorContains(t, err, "pays nothing for job")
	}
}

// Nobody doubts what a poster says of its own jobs. What a tree says that is wrong in itself shows nothing: above all no sums that are more than the job paid.
func TestShownPaysOfFalseBatches(t *testing.T) {
	for name, spoil := range map[string]func(r []bindings.BatchesReward) uint32{
		"sums that go round": func(r []bindings.BatchesReward) uint32 {
			i := inList(r, 0)
			n := r[i].Next
			r[i].Amount, r[i].Sum = r[i].Amount+1<<63, r[i].Sum+1<<63
			r[n].Amount += 1 << 63
			return i
		},
		"a wrong sum": func(r []bindings.BatchesReward) uint32 { i := inList(r, 1); r[i].Sum++; return i },
		"a list that begins later": func(r []bindings.BatchesReward) uint32 {
			i := inList(r, 1)
			r[i].Prev = 1<<32 - 1
			return i
		},
		"a list that goes round": func(r []bindings.BatchesReward) uint32 {
			i := inList(r, 0)
			r[i].Prev = r[i].Next
			return i
		},
		"more than it is charged": func(r []bindings.BatchesReward) uint32 { i := inList(r, 0); r[i].Amount++; return i },
	} {
		rng := rand.New(rand.NewPCG(3, 4))
		b, _ := randomBatch(t, rng, 4)
		job := int(b.Opening(0).Reward.Job[1])
		shown, err := b.Show(poc.Hash{1, byte(job)})
		require.NoError(t, err)
		pays, err := b.PaysOf(job, shown)
		require.NoError(t, err)
		require.Greater(t, len(pays), 2, "the list has places to spoil")
		b.Spoil(spoil)
		if name != "a list that goes round" { // which has no beginning to show
			shown, err = b.Show(poc.Hash{1, byte(job)})
			require.NoError(t, err)
		}
		pays, err = b.PaysOf(job, shown)
		require.NoError(t, err)
		require.Empty(t, pays, name)
	}
}

// shows checks what a final batch shows of jobs of three tasks, of which all three workers did each.
func (b *batcher) shows(batch *evm.Batch, ids []poc.Hash) {
	t := b.t
	for _, job := range ids {
		shown, err := b.as[0].ShowPays(batch.Encode(), job)
		require.NoError(t, err)
		pays, err := b.as[2].BatchPays(b.raw.ctx, job, shown)
		require.NoError(t, err)
		require.Len(t, pays, 9)
		for i, p := range pays {
			require.Equal(t, market.BatchPay{Unit: uint32(i / 3), Seat: uint8(i % 3), Account: b.seating.Seats[i%3].Account, Amount: b.seating.Seats[i%3].Ask}, p)
		}
		pays, err = b.as[2].BatchPays(b.raw.ctx, ids[0], shown)
		require.NoError(t, err)
		require.Equal(t, job == ids[0], len(pays) > 0, "of another job it shows nothing")
	}

	award := b.award(ids[0])
	beacon, err := b.as[1].Beacon(b.raw.ctx, ids[0], award.Award, award.Seating)
	require.NoError(t, err)
	other := beacon
	other.Height++
	for _, is := range []struct {
		job    poc.Hash
		beacon market.Beacon
		same   bool
	}{{ids[0], beacon, true}, {ids[1], beacon, false}, {ids[0], other, false}} {
		same, err := b.as[2].SameBeacon(b.raw.ctx, is.job, is.beacon)
		require.NoError(t, err)
		require.Equal(t, is.same, same)
	}

	// A reveal alone convicts nobody: what the tasks gave is not on chain.
	told, err := b.as[2].Sign(poc.Statement{Kind: poc.Revealed, Job: ids[0], Digest: poc.Hash{1}})
	require.NoError(t, err)
	require.Equal(t, bindings.ArbitersNotSettledErrorID().Hex()[:10],
		revertID(t, b.raw.send(1, b.c.Arbiters, bindings.NewArbiters().PackSlash(ids[0], 0, addressOf(2), poc.Hash{1}, told))))

	// A conviction after the end does not hide what the end was.
	var lie [2][]byte
	for i := range lie {
		sig, err := b.as[3].Sign(poc.Statement{Kind: poc.Attested, Job: ids[0], Digest: poc.Hash{byte(1 + i)}, Agreed: 4})
		require.NoError(t, err)
		lie[i] = append(append(binary.BigEndian.AppendUint64(nil, 4), make([]byte, 12)...), sig...)
	}
	require.NoError(t, b.raw.send(6, b.c.Marketplace, mkt.PackSlashTwice(ids[0], 0, addressOf(3), [2][32]byte{{1}, {2}}, lie)))
	h, err := b.as[0].History(b.raw.ctx, ids[0])
	require.NoError(t, err)
	require.Equal(t, []string{"batch", "slash"}, []string{h[len(h)-2].Kind, h[len(h)-1].Kind})
}

// other finds a reward of another job than the first one's.
func other(r []bindings.BatchesReward) uint32 {
	return uint32(slices.IndexFunc(r, func(o bindings.BatchesReward) bool { return o.Job != r[0].Job }))
}
