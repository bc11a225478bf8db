package evm_test

import (
	"math/big"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/node/chain/evm/devchain"
	"gpumesh/poc"
)

// convictedCourt is a court in which a certificate contradicts what account 3 revealed for each task of a job of so many, and account 2 reports the first.
func convictedCourt(t *testing.T, arbiters int, tasks uint32) *court {
	k := newCourt(t, arbiters)
	k.job = k.locked(tasks)
	k.submit(1, k.claim(k.job, 0, tasks, 1, 2))
	k.submit(2, k.reveal(k.as[3], 0, k.lie))
	return k
}

// reveal is the evidence that an account revealed a digest.
func (k *court) reveal(by *evm.Client, task uint32, digest poc.Hash) market.Slash {
	k.t.Helper()
	ref := poc.TaskRef{Job: k.job, Task: task}
	sig, err := by.Sign(poc.Statement{Kind: poc.Revealed, Job: ref.Job, Task: task, Digest: digest})
	require.NoError(k.t, err)
	return market.Slash{Ref: ref, Account: by.Account(), Digest: digest, Signature: sig}
}

// appeal opens an appeal and has its committee drawn.
func (k *court) appeal(by *evm.Client, id uint64, s market.Slash) (uint64, evm.Case) {
	k.t.Helper()
	opened, err := by.Appeal(k.raw.ctx, id, poc.Hash{6}, "ipfs://proof", s.Signature)
	require.NoError(k.t, err)
	require.NoError(k.t, dev.Skip(k.raw.ctx, 1))
	require.NoError(k.t, dev.Skip(k.raw.ctx, 1))
	require.NoError(k.t, k.as[1].DrawCommittee(k.raw.ctx, opened))
	c, err := k.as[1].Case(k.raw.ctx, opened)
	require.NoError(k.t, err)
	return opened, c
}

// decision is the verdict of a committee, as the contract gets it.
func (k *court) decision(id uint64, c evm.Case, guilty bool) []byte {
	k.t.Helper()
	var all []byte
	said := k.sign(id, guilty, c.Committee)
	for place, a := range c.Committee {
		all = append(append(all, byte(place)), said[a]...)
	}
	return bindings.NewArbiters().PackDecide(id, guilty, all)
}

func (k *court) judge(id uint64, c evm.Case, guilty bool) {
	k.t.Helper()
	require.NoError(k.t, k.as[1].Decide(k.raw.ctx, id, guilty, k.sign(id, guilty, c.Committee)))
}

func (k *court) bond(i int) []market.Amount {
	k.t.Helper()
	w, err := mkt.UnpackWorkers(k.call(k.c.Marketplace, mkt.PackWorkers([]common.Address{addressOf(i)})))
	require.NoError(k.t, err)
	return []market.Amount{market.Amount(w[0].Stake), market.Amount(w[0].Unbonding)}
}

// TestRefusalsOfAppeals has every refusal by its name.
func TestRefusalsOfAppeals(t *testing.T) {
	k := convictedCourt(t, 6, 3)
	arb, r, ctx := bindings.NewArbiters(), k.raw, k.raw.ctx
	is := func(id common.Hash, err error) {
		t.Helper()
		require.Error(t, err)
		require.Equal(t, id.Hex()[:10], revertID(t, err))
	}
	slash := func(who int, s market.Slash) error {
		return r.send(who, k.c.Arbiters, arb.PackSlash(s.Ref.Job, s.Ref.Task, common.HexToAddress(string(s.Account)), s.Digest, s.Signature))
	}
	ask := func(who int, s market.Slash) error {
		data, err := evm.AccuseArgs.Pack([32]byte(s.Ref.Job), s.Ref.Task, common.HexToAddress(string(s.Account)), [32]byte(s.Digest), s.Signature, [32]byte{6}, "")
		require.NoError(t, err)
		return r.send(who, k.c.Token, tok.PackTransferAndCall0(k.c.Arbiters, new(big.Int).SetUint64(uint64(5*market.NLOV)), data))
	}
	end := func(id int64) error { return r.send(6, k.c.Arbiters, arb.PackEnd(big.NewInt(id))) }
	lie := k.reveal(k.as[3], 0, k.lie)

	is(bindings.ArbitersNotSettledErrorID(), slash(2, k.reveal(k.as[3], 3, k.lie)))
	is(bindings.ArbitersNotContradictedErrorID(), slash(2, k.reveal(k.as[3], 1, result(1).Digest())))
	other := result(1).Digest()
	other[24]++ // what the chain keeps of it is the same
	is(bindings.ArbitersNotContradictedErrorID(), slash(2, k.reveal(k.as[3], 1, other)))
	forged := k.reveal(k.as[3], 1, k.lie)
	forged.Account = k.as[1].Account()
	is(bindings.ArbitersBadEvidenceErrorID(), slash(2, forged))
	is(bindings.ArbitersNotEligibleErrorID(), slash(3, k.reveal(k.as[3], 1, k.lie)))
	is(bindings.ArbitersNotEligibleErrorID(), slash(6, k.reveal(k.as[3], 1, k.lie)))
	is(bindings.MarketplaceAlreadySlashedErrorID(), slash(2, lie))
	is(bindings.ArbitersNoConvictionErrorID(), end(0))
	is(bindings.ArbitersNoConvictionErrorID(), end(2))
	is(bindings.ArbitersTooEarlyErrorID(), end(1))

	is(bindings.ArbitersBadEvidenceErrorID(), ask(1, lie)) // another accuses of what it was convicted of
	is(bindings.ArbitersBadEvidenceErrorID(), ask(3, k.reveal(k.as[3], 0, poc.Hash{7})))
	require.NoError(t, ask(3, lie))
	is(bindings.ArbitersAlreadyAppealedErrorID(), ask(3, lie))
	require.NoError(t, dev.Skip(ctx, ms(dev.DeployConfig().Arbiters.Window)))
	is(bindings.ArbitersTooEarlyErrorID(), end(1))
	require.NoError(t, k.as[1].LapseCase(ctx, 1)) // never drawn: final
	is(bindings.ArbitersNoConvictionErrorID(), ask(3, lie))
	require.NoError(t, slash(2, k.reveal(k.as[3], 1, k.lie)))
	require.NoError(t, dev.Skip(ctx, ms(dev.DeployConfig().Arbiters.Window)))
	is(bindings.ArbitersTooLateErrorID(), ask(3, k.reveal(k.as[3], 1, k.lie)))

	// Of two results nobody appeals.
	twice := poc.Twice{TaskRef: poc.TaskRef{Job: k.job, Task: 2}, Account: k.as[3].Account(), Kind: poc.Revealed}
	for i := range twice.Said {
		s := k.reveal(k.as[3], 2, poc.Hash{byte(i + 1)})
		twice.Said[i] = poc.Said{Digest: s.Digest, Signature: s.Signature}
	}
	k.submit(1, market.SlashTwice{Twice: twice})
	is(bindings.ArbitersNoConvictionErrorID(), ask(3, k.reveal(k.as[3], 2, poc.Hash{1})))

	// Nor does a digest that was found right make a case.
	k.job = k.locked(1)
	k.submit(1, market.Register{Peer: poc.PeerID{3}, Stake: 100 * market.NLOV})
	k.submit(1, k.claim(k.job, 0, 1, 1, 2))
	right := k.reveal(k.as[3], 0, k.lie)
	k.submit(2, right)
	id, c := k.appeal(k.as[3], 3, right)
	k.judge(id, c, false)
	is(bindings.ArbitersBadEvidenceErrorID(), ask(1, right))
	is(bindings.ArbitersBadEvidenceErrorID(), ask(3, right))
	is(bindings.ArbitersNotContradictedErrorID(), slash(1, right))
	left, err := k.as[1].Convictions(ctx)
	require.NoError(t, err)
	require.Len(t, left, 1, "the late one")

	// One that was undone as nobody judged it is not made again.
	k.submit(2, market.Register{Peer: poc.PeerID{2}, Stake: 100 * market.NLOV}) // it was convicted as the reporter
	k.job = k.locked(1)
	k.submit(1, k.claim(k.job, 0, 1, 1, 2))
	doubt := k.reveal(k.as[3], 0, k.lie)
	k.submit(1, doubt)
	id, _ = k.appeal(k.as[3], 4, doubt)
	require.NoError(t, dev.Skip(ctx, ms(dev.DeployConfig().Arbiters.Window)))
	require.NoError(t, k.as[1].LapseCase(ctx, id))
	is(bindings.ArbitersWasUndoneErrorID(), slash(1, doubt))
}

// A reporter that leaves at once pays all the same: its stake is still there at the last moment of the last verdict. And what comes back to an account that has
// taken everything out is stake, which has to leave like any other.
func TestReportersCannotLeave(t *testing.T) {
	k := convictedCourt(t, 6, 1)
	window := ms(dev.DeployConfig().Arbiters.Window)
	stake := uint64(100 * market.NLOV)
	require.NoError(t, k.raw.send(2, k.c.Marketplace, mkt.PackUnbond(addressOf(2), stake)))
	require.NoError(t, k.raw.send(3, k.c.Marketplace, mkt.PackUnbond(addressOf(3), stake/2)))
	require.NoError(t, dev.Skip(k.raw.ctx, window*4/5))
	id, c := k.appeal(k.as[3], 1, k.reveal(k.as[3], 0, k.lie))
	require.NoError(t, dev.Skip(k.raw.ctx, window*4/5))
	require.Error(t, k.raw.send(2, k.c.Marketplace, mkt.PackWithdrawStake(addressOf(2))))
	k.judge(id, c, false)
	require.Equal(t, []market.Amount{0, 50 * market.NLOV}, k.bond(2))
	require.Equal(t, []market.Amount{50 * market.NLOV, 50 * market.NLOV}, k.bond(3))
	height, err := k.as[0].Height(k.raw.ctx)
	require.NoError(t, err)
	epoch, err := k.as[0].Epoch(k.raw.ctx, 0, height)
	require.NoError(t, err)
	i := slices.IndexFunc(epoch.Workers, func(s market.Standing) bool { return s.Account == k.as[3].Account() })
	require.Equal(t, 50*market.NLOV, epoch.Workers[i].Stake, "what the events tell is how it stands")
	require.NoError(t, dev.Skip(k.raw.ctx, unbonding()))
	require.NoError(t, k.raw.send(3, k.c.Marketplace, mkt.PackWithdrawStake(addressOf(3))))
	require.NoError(t, k.raw.send(2, k.c.Marketplace, mkt.PackWithdrawStake(addressOf(2))))
	require.Error(t, k.raw.send(3, k.c.Marketplace, mkt.PackWithdrawStake(addressOf(3))), "the rest is stake")

	// One that has left before the truth was found has nothing to pay with, and the account has its stake back all the same.
	k.submit(2, market.Register{Peer: poc.PeerID{2}, Stake: 100 * market.NLOV})
	k.submit(3, market.Register{Peer: poc.PeerID{3}, Stake: 100 * market.NLOV})
	k.job = k.locked(1)
	k.submit(1, k.claim(k.job, 0, 1, 1, 2))
	k.submit(2, k.reveal(k.as[3], 0, k.lie))
	require.NoError(t, k.raw.send(2, k.c.Marketplace, mkt.PackUnbond(addressOf(2), stake)))
	require.NoError(t, dev.Skip(k.raw.ctx, unbonding()))
	require.NoError(t, k.raw.send(2, k.c.Marketplace, mkt.PackWithdrawStake(addressOf(2))))
	juror := k.arbiters[evm.AccountOf(addressOf(10))]
	later := k.reveal(juror, 0, k.lie)
	k.submit(1, later)
	id, c = k.appeal(juror, 3, later)
	k.judge(id, c, false)
	require.NoError(t, k.as[1].EndConviction(k.raw.ctx, 2))
	require.Equal(t, []market.Amount{100 * market.NLOV, 0}, k.bond(3))
	require.Equal(t, []market.Amount{0, 0}, k.bond(2))
}

// A reporter that had itself convicted beforehand, of two results for what its conviction will be named after, is convicted all the same.
func TestReportersCannotFallBefore(t *testing.T) {
	k := convictedCourt(t, 6, 1)
	id, c := k.appeal(k.as[3], 1, k.reveal(k.as[3], 0, k.lie))
	name := crypto.Keccak256Hash(make([]byte, 12), k.c.Arbiters[:], words(96, 1), words(10), common.RightPadBytes([]byte("conviction"), 32))
	twice := poc.Twice{TaskRef: poc.TaskRef{Job: poc.Hash(name)}, Account: k.as[2].Account(), Kind: poc.Revealed}
	for i := range twice.Said {
		twice.Said[i].Digest = poc.Hash{byte(i + 1)}
		sig, err := k.as[2].Sign(twice.Statement(i))
		require.NoError(t, err)
		twice.Said[i].Signature = sig
	}
	k.submit(1, market.SlashTwice{Twice: twice})
	require.Equal(t, 50*market.NLOV, k.bond(2)[0])
	decided, err := k.raw.receipt(1, k.c.Arbiters, k.decision(id, c, false))
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(decided.Logs, func(l *types.Log) bool {
		return l.Address == k.c.Marketplace && len(l.Topics) == 4 && l.Topics[1] == name && l.Topics[3] == common.BytesToHash(addressOf(2).Bytes())
	}), "it has that name")
	require.Equal(t, 25*market.NLOV, k.bond(2)[0])
	require.Equal(t, 100*market.NLOV, k.bond(3)[0])
}

// Neither who appeals nor who reported it judges an appeal.
func TestReportersDoNotJudge(t *testing.T) {
	k := newCourt(t, 7)
	reporter, accused := k.arbiters[evm.AccountOf(addressOf(10))], k.arbiters[evm.AccountOf(addressOf(11))]
	const tasks = 8 // with five others each draw ends with these; that it meets neither of the two before is one in three
	k.job = k.locked(tasks)
	k.submit(1, k.claim(k.job, 0, tasks, 1, 2))
	for task := range uint32(tasks) {
		_, err := accused.Submit(k.raw.ctx, market.Register{Peer: poc.PeerID{11}, Stake: 100 * market.NLOV})
		require.NoError(t, err)
		s := k.reveal(accused, task, k.lie)
		_, err = reporter.Submit(k.raw.ctx, s)
		require.NoError(t, err)
		_, err = accused.Submit(k.raw.ctx, market.Register{Peer: poc.PeerID{11}, Stake: 100 * market.NLOV}) // it could judge again
		require.NoError(t, err)
		_, c := k.appeal(accused, uint64(task)+1, s)
		require.Len(t, c.Committee, 5)
		require.NotContains(t, c.Committee, reporter.Account())
		require.NotContains(t, c.Committee, accused.Account())
	}
}

// Convictions are shown page by page, without those that are final.
func TestManyConvictions(t *testing.T) {
	k := newCourt(t, 0)
	const tasks = 12
	k.job = k.locked(tasks)
	k.submit(1, k.claim(k.job, 0, tasks, 1, 2))
	for task := range uint32(tasks) {
		k.submit(2, k.reveal(k.as[3], task, k.lie))
	}
	want := func(most uint64, ids ...uint64) {
		t.Helper()
		all, err := k.as[0].NewestConvictions(k.raw.ctx, most, 5)
		require.NoError(t, err)
		var got []uint64
		for _, v := range all {
			got = append(got, v.ID)
			require.Equal(t, uint32(v.ID-1), v.Ref.Task)
		}
		require.Equal(t, ids, got)
	}
	want(100, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
	want(3, 10, 11, 12)
	require.Equal(t, 100*market.NLOV>>tasks, k.bond(3)[0], "half of what is left, each time")
	require.NoError(t, dev.Skip(k.raw.ctx, ms(dev.DeployConfig().Arbiters.Window)))
	for _, id := range []uint64{1, 6, 7, 12} {
		require.NoError(t, k.as[0].EndConviction(k.raw.ctx, id))
	}
	want(12, 2, 3, 4, 5, 8, 9, 10, 11)
}

// What arbiters hold is paid by the parameters of the time when it is final. A token that calls back finds everything done, and one that fails leaves it as it was.
func TestEvilTokenInAppeals(t *testing.T) {
	e := newEvil(t)
	arb := bindings.NewArbiters()
	at, arbiters, params := e.withArbiters()
	e.market = at
	v := evm.NewVerifier(big.NewInt(devchain.ChainID), at)
	stake := func(i int, added, wanted uint64) {
		t.Helper()
		require.NoError(t, e.do(i, "mint", addressOf(i), new(big.Int).SetUint64(added)))
		require.NoError(t, e.do(i, "transferAndCall", at, new(big.Int).SetUint64(added), words(uint64(i+1), wanted)))
	}
	jurors := []int{0, 3, 4, 5, 6}
	for i := range 7 {
		stake(i, 8_000, 8_000)
	}
	for _, i := range jurors {
		require.NoError(t, e.raw.send(i, at, mkt.PackSetRole(1)))
		require.NoError(t, e.raw.send(3, at, mkt.PackSetVerified(addressOf(i), true)))
		require.NoError(t, e.raw.send(i, arbiters, arb.PackJoin()))
	}
	id := poc.Hash{8}
	require.NoError(t, e.lock(id, big.NewInt(20_200), 0))
	require.NoError(t, e.raw.send(0, at, mkt.PackAnchor(id, [32]byte{3}, e.seating)))
	require.NoError(t, e.claim(id, 0, 0, 0))
	require.NoError(t, e.claim(id, 1, 0, 0))
	lie := poc.Hash{5}
	signed := func(i int, task uint32) []byte {
		sig, err := evm.SignWith(v, key(i), poc.Statement{Kind: poc.Revealed, Job: id, Task: task, Digest: lie})
		require.NoError(t, err)
		return sig
	}
	slash := func(i int, task uint32) []byte { return arb.PackSlash(id, task, addressOf(i), lie, signed(i, task)) }
	misbehave := func(mode int64, payload []byte) {
		require.NoError(t, e.do(0, "set", big.NewInt(mode), arbiters, payload))
	}
	fails := func(who int, data []byte) {
		t.Helper()
		for name, mode := range map[string]int64{"says no": 1, "reverts": 2, "a megabyte": 5} {
			misbehave(mode, nil)
			require.Error(t, e.raw.send(who, arbiters, data), name)
		}
	}
	answered := func(id common.Hash) {
		t.Helper()
		require.Equal(t, id.Bytes()[:4], e.read("answer").([]byte)[:4])
	}
	bond := func(i int) uint64 {
		w, err := mkt.UnpackWorkers(e.call(at, mkt.PackWorkers([]common.Address{addressOf(i)})))
		require.NoError(t, err)
		return w[0].Stake
	}
	holds := func() uint64 { return e.read("balanceOf", arbiters).(*big.Int).Uint64() }
	money := func() uint64 { return e.read("balanceOf", at).(*big.Int).Uint64() }
	end := func(id int64) []byte { return arb.PackEnd(big.NewInt(id)) }

	fails(1, slash(2, 0))
	require.Equal(t, uint64(8_000), bond(2))
	misbehave(4, slash(2, 0)) // into itself
	require.NoError(t, e.raw.send(1, arbiters, slash(2, 0)))
	answered(bindings.ArbitersNotEligibleErrorID()) // the token is no worker
	require.Equal(t, []uint64{4_000, 4_000}, []uint64{bond(2), holds()})

	// Final: by the parameters of then.
	require.NoError(t, e.raw.send(3, params, prm.PackSet(bindings.ParametersValues{
		Treasury: addressOf(8), FeeBps: 100, SlashBps: 5_000, RewardBps: 1_000, MinStake: 100, Verifier: addressOf(3),
	})))
	require.NoError(t, dev.Skip(e.ctx, ms(evilWindow)))
	fails(0, end(1))
	had := e.has(1)
	misbehave(4, end(1))
	require.NoError(t, e.raw.send(0, arbiters, end(1)))
	answered(bindings.ArbitersNoConvictionErrorID())
	require.Equal(t, []uint64{had + 400, 3_600, 0}, []uint64{e.has(1), e.has(8), holds()})

	// Undone, by a verdict: two of the same result are convicted, each reported by the other.
	misbehave(0, nil)
	require.NoError(t, e.raw.send(1, arbiters, slash(2, 1)))
	require.NoError(t, e.raw.send(2, arbiters, slash(1, 1)))
	require.Equal(t, []uint64{4_000, 2_000, 6_000}, []uint64{bond(1), bond(2), holds()})
	for _, i := range []int{2, 1} {
		data, err := evm.AccuseArgs.Pack([32]byte(id), uint32(1), addressOf(i), [32]byte(lie), signed(i, 1), [32]byte{6}, "")
		require.NoError(t, err)
		require.NoError(t, e.do(i, "mint", addressOf(i), big.NewInt(1)))
		require.NoError(t, e.do(i, "transferAndCall", arbiters, big.NewInt(1), data))
	}
	for range 2 {
		require.NoError(t, dev.Skip(e.ctx, 1))
	}
	require.NoError(t, e.raw.send(0, arbiters, arb.PackDraw(1)))
	drawn, err := arb.UnpackCaseOf(e.call(arbiters, arb.PackCaseOf(1)))
	require.NoError(t, err)
	var said []byte
	for place, a := range drawn.Committee {
		i := slices.IndexFunc(jurors, func(i int) bool { return addressOf(i) == a })
		sig, err := evm.SignVerdictWith(big.NewInt(devchain.ChainID), arbiters, key(jurors[i]), 1, false)
		require.NoError(t, err)
		said = append(append(said, byte(place)), sig...)
	}
	decide := arb.PackDecide(1, false, said)
	fails(0, decide)
	require.Equal(t, uint64(2_000), bond(2))
	before := money()
	misbehave(4, decide)
	require.NoError(t, e.raw.send(0, arbiters, decide))
	answered(bindings.ArbitersNoCaseErrorID())
	// The reporter has lost half of what it had left: a tenth to the account, with the deposit, and the rest to the treasury.
	require.Equal(t, []uint64{2_000, 4_000, 4_000 + 2}, []uint64{bond(1), bond(2), holds()})
	require.Equal(t, before+2_000-2_000, money())

	// And by the truth, which closes the other's case: its deposit comes back once.
	fails(0, end(3))
	had = e.has(1)
	misbehave(4, arb.PackLapse(2))
	require.NoError(t, e.raw.send(0, arbiters, end(3)))
	answered(bindings.ArbitersNoCaseErrorID())
	require.Equal(t, []uint64{2_000 + 4_000, 2_000, 1}, []uint64{bond(1), bond(2), holds()})
	require.Equal(t, had+1+200, e.has(1))
	for i := range jurors {
		owed, err := arb.UnpackOwed(e.call(arbiters, arb.PackOwed(addressOf(jurors[i]))))
		require.NoError(t, err)
		require.Zero(t, owed.Sign(), "of a deposit of one nobody has a fifth")
	}
}
