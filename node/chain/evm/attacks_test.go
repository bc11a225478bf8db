package evm_test

import (
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/node/chain/evm/devchain"
	"gpumesh/poc"
)

// Whoever sends nothing in another's name, which every token allows, speaks for nobody: it neither binds others to peers nor locks
// their jobs.
func TestNobodySpeaksForOthers(t *testing.T) {
	c := bootstrap(t)
	s := newSettlement(t, c)
	s.register()
	r := newRaw(t)
	victim := addressOf(1)
	inTheNameOf := func(data []byte) error {
		return r.send(6, c.Token, tok.PackTransferFromAndCall(victim, c.Marketplace, new(big.Int), data))
	}
	stolen := func(data []byte) {
		t.Helper()
		err := inTheNameOf(data)
		require.Error(t, err)
		require.Equal(t, bindings.MarketplaceOnlyTokenErrorID().Hex()[:10], revertID(t, err))
	}
	word := func(n uint64) []byte { return common.BigToHash(new(big.Int).SetUint64(n)).Bytes() }
	stolen(slices.Concat(common.LeftPadBytes([]byte{9}, 32), word(uint64(100*market.NLOV))))
	st, err := s.as[0].Standing(r.ctx, s.as[1].Account())
	require.NoError(t, err)
	require.Equal(t, poc.PeerID{1}, st.Peer)

	// The victim is about to lock a job: its commitment is there, and everybody sees its lock.
	id := poc.Hash{7}
	require.NoError(t, r.send(1, c.Marketplace, mkt.PackCommit(crypto.Keccak256Hash(make([]byte, 12), victim[:], id[:]))))
	require.NoError(t, dev.Skip(r.ctx, 1))
	stolen(slices.Concat(id[:], word(1), word(1), word(1), word(0), word(uint64(s.expiry)), word(0), word(0)))
	terms := market.Terms{Tasks: 1, Quorum: 1, Replicas: 1, MaxPrice: market.NLOV, Budget: 2 * market.NLOV, Expiry: s.expiry}
	s.submit(1, market.LockEscrow{Job: id, Terms: terms})
}

// A batch that nobody doubts, as nobody else has a job in it, pays what its own job holds and no more: the money of other batches, the
// bonds and the deposits stay.
func TestBatchTakesNothingOfOthers(t *testing.T) {
	b := newBatcher(t)
	ids, rewards := b.certified(2, 1)
	honest := b.build(rewards[:3], ids[:1])
	first := b.post(honest)
	false1 := b.build(rewards[3:], ids[1:])
	thief := false1.Opening(0).Reward.Account
	false1.Spoil(func(r []bindings.BatchesReward) uint32 {
		r[0].Total = uint64(4*market.NLOV) / 10 // more than the job is charged, less than the contract has
		return 0
	})
	second := b.post(false1)
	b.skip(window())
	require.NoError(t, b.raw.send(4, b.c.Batches, bat.PackFinalize(first)))
	require.NoError(t, b.raw.send(4, b.c.Batches, bat.PackFinalize(second)))
	o, ok := false1.Last(thief)
	require.True(t, ok)
	b.refused(bindings.BatchesOverdrawnErrorID(), b.raw.send(5, b.c.Batches, bat.PackWithdraw(second, o)))
	for i := 1; i <= 3; i++ {
		o, ok := honest.Last(addressOf(i))
		require.True(t, ok)
		require.NoError(t, b.raw.send(i, b.c.Batches, bat.PackWithdraw(first, o)))
	}
	b.conserved()
	left, _, err := b.as[0].Balance(b.raw.ctx, evm.AccountOf(b.c.Batches))
	require.NoError(t, err)
	require.Equal(t, 3*market.NLOV/10, left, "the false batch's own")
}

// Whoever keeps a job of its own ready, in which it calls itself late, saves no stake from a conviction: what it was paid and withdrew
// there costs it as much stake, and the treasury has that.
func TestFineSavesNoStake(t *testing.T) {
	const thief = 3
	s := newSettlement(t, bootstrap(t))
	s.register()
	r := newRaw(t)
	treasury := evm.AccountOf(devchain.Treasury)
	balance := func(a poc.Account) market.Amount {
		t.Helper()
		n, _, err := s.as[0].Balance(s.ctx, a)
		require.NoError(t, err)
		return n
	}
	stake := func() market.Amount {
		t.Helper()
		st, err := s.as[0].Standing(s.ctx, s.as[thief].Account())
		require.NoError(t, err)
		return st.Stake
	}
	bond := stake()
	wealth := balance(s.as[thief].Account()) + bond

	own, terms := s.job(2) // of which one task is never claimed, so it stays open
	terms.Quorum, terms.Replicas, terms.MaxPrice, terms.LateBps = 1, 1, bond, market.FeeBase
	terms.Budget, _ = market.MaxCost(terms, 100)
	seating := market.Seating{Seats: []market.Seat{{Account: s.as[thief].Account(), Ask: bond, Weight: 1}}, Candidates: 1}
	s.submit(thief, market.LockEscrow{Job: own, Terms: terms})
	s.submit(thief, market.AnchorAward{Job: own, Award: poc.BlockHash(own[:]), Seating: seating})
	pay := func(late uint64) market.Receipt {
		t.Helper()
		c := poc.Certificate{Version: 1, Job: own, Result: result(1)}
		a := poc.Attestation{Account: s.as[thief].Account(), Agreed: 1, Late: late}
		var err error
		a.Signature, err = s.as[thief].Sign(c.Statement(a))
		require.NoError(t, err)
		c.Attestations = []poc.Attestation{a}
		return s.submit(thief, market.Claim{Job: own, Seating: seating, Certificates: []poc.Certificate{c}})
	}
	pay(0)
	require.NoError(t, r.send(thief, s.as[thief].Contracts().Marketplace, mkt.PackWithdrawEarned(addressOf(thief))))

	// It lies in another's job, and sees its conviction on its way.
	id := s.locked(1)
	s.submit(1, s.claim(id, 0, 1, 1, 2))
	lie, err := s.as[thief].Sign(poc.Statement{Kind: poc.Revealed, Job: id, Digest: result(2).Digest()})
	require.NoError(t, err)
	had := balance(treasury)
	require.Equal(t, []market.Pay{{Account: s.as[thief].Account()}}, pay(1).Fines)
	require.Equal(t, had+bond, balance(treasury))
	require.Zero(t, stake())
	s.submit(1, market.Slash{Ref: poc.TaskRef{Job: id}, Account: s.as[thief].Account(), Digest: result(2).Digest(), Signature: lie})
	require.NoError(t, dev.Skip(s.ctx, time.Hour))
	s.submit(thief, market.Refund{Job: own})
	require.Equal(t, wealth-bond-bond/100, balance(s.as[thief].Account())+stake(), "all that was staked, and the fee")
	totals, err := s.as[0].Totals(s.ctx)
	require.NoError(t, err)
	require.Equal(t, []market.Amount{2 * bond, bond}, []market.Amount{totals.Staked, totals.Slashed})
}

// An account of which no more faults can be counted is still slashed for the next ones.
func TestFaultsStopAtTheirMaximum(t *testing.T) {
	s := newSettlement(t, bootstrap(t))
	s.register()
	r := newRaw(t)
	at := s.as[1].Contracts().Marketplace
	const most = 1<<24 - 1

	// The worker's second slot: the stake is its lowest 8 bytes, and the faults are 3 bytes from bit 224 on.
	slot := new(big.Int).SetBytes(crypto.Keccak256(common.LeftPadBytes(addressOf(1).Bytes(), 32), common.LeftPadBytes([]byte{1}, 32)))
	key := common.BigToHash(slot.Add(slot, big.NewInt(1)))
	is, err := r.eth.StorageAt(r.ctx, at, key, nil)
	require.NoError(t, err)
	word := new(big.Int).SetBytes(is)
	require.Equal(t, uint64(100*market.NLOV), word.Uint64())
	word.Add(word, new(big.Int).Lsh(big.NewInt(most-1), 224))

	convict := func(task uint32) ethereum.CallMsg {
		var digests [2][32]byte
		var said [2][]byte
		for k := range digests {
			digests[k] = [32]byte{byte(k + 1)}
			sig, err := s.as[1].Sign(poc.Statement{Kind: poc.Attested, Task: task, Digest: digests[k], Agreed: 1})
			require.NoError(t, err)
			said[k] = slices.Concat(words(1)[24:], make([]byte, 12), sig)
		}
		return ethereum.CallMsg{From: addressOf(2), To: &at, Data: mkt.PackSlashTwice(poc.Hash{}, task, addressOf(1), digests, said)}
	}
	look := ethereum.CallMsg{To: &at, Data: mkt.PackWorkers([]common.Address{addressOf(1)})}
	// What arbiters give back takes no fault from so many: nobody knows how many there were.
	restore := ethereum.CallMsg{From: s.as[1].Contracts().Arbiters, To: &at, Data: mkt.PackRestore([32]byte{}, 1, addressOf(1), uint64(25*market.NLOV))}
	blocks, err := r.eth.SimulateV1(r.ctx, ethclient.SimulateOptions{BlockStateCalls: []ethclient.SimulateBlock{{
		StateOverrides: map[common.Address]ethereum.OverrideAccount{at: {StateDiff: map[common.Hash]common.Hash{key: common.BigToHash(word)}}},
		Calls:          []ethereum.CallMsg{look, convict(0), look, convict(1), look, restore, look},
	}}}, nil)
	require.NoError(t, err)
	for i, want := range map[int]struct {
		faults uint32
		stake  market.Amount
	}{0: {most - 1, 100 * market.NLOV}, 2: {most, 50 * market.NLOV}, 4: {most, 25 * market.NLOV}, 6: {most, 50 * market.NLOV}} {
		got, err := mkt.UnpackWorkers(blocks[0].Calls[i].ReturnValue)
		require.NoError(t, err)
		require.Equal(t, uint64(want.faults), got[0].Faults.Uint64(), "call %d", i)
		require.Equal(t, uint64(want.stake), got[0].Stake, "call %d", i)
	}
	for _, c := range blocks[0].Calls {
		require.Equal(t, uint64(1), c.Status)
	}
}
