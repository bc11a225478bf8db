package evm_test

import (
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/node/chain/evm/devchain"
	"gpumesh/poc"
)

// A vote changes the parameters, after the timelock and within the bounds, and a job keeps those of its lock.
func TestGovernance(t *testing.T) {
	ctx := testContext(t)
	c := bootstrap(t)
	s := newSettlement(t, c)
	s.register()
	r := newRaw(t)
	gov := bindings.NewGovernance()
	require.NoError(t, evm.Fund(ctx, endpoint, dev.FaucetKey(), c, []poc.Account{s.as[1].Account()}, 100_000_000*market.NLOV, new(big.Int)))
	require.NoError(t, r.send(1, c.Token, tok.PackDelegate(addressOf(1))))
	old := s.locked(2)

	values := bindings.ParametersValues{
		Treasury: addressOf(6), FeeBps: 200, SlashBps: 1_000, RewardBps: 0, MinStake: uint64(101 * market.NLOV), Guardian: addressOf(4), Verifier: addressOf(5),
	}
	// blocks makes the chain go on by so many blocks.
	blocks := func(n int) {
		for range n {
			require.NoError(t, dev.Skip(ctx, time.Millisecond))
		}
	}
	vote := func(v bindings.ParametersValues, what string) (execute func() error) {
		targets, amounts, calls := []common.Address{c.Parameters}, []*big.Int{new(big.Int)}, [][]byte{prm.PackSet(v)}
		hash := crypto.Keccak256Hash([]byte(what))
		require.NoError(t, r.send(1, c.Governance, gov.PackPropose(targets, amounts, calls, what)))
		id, err := gov.UnpackHashProposal(r.call(c.Governance, gov.PackHashProposal(targets, amounts, calls, hash)))
		require.NoError(t, err)
		blocks(8)
		require.NoError(t, r.send(1, c.Governance, gov.PackCastVote(id, 1)))
		require.Error(t, r.send(1, c.Governance, gov.PackQueue(targets, amounts, calls, hash)), "the vote is not over")
		require.Error(t, r.send(2, c.Governance, gov.PackCancel(targets, amounts, calls, hash)), "nobody else cancels it")
		blocks(21)
		require.NoError(t, r.send(1, c.Governance, gov.PackQueue(targets, amounts, calls, hash)))
		require.Error(t, r.send(1, c.Governance, gov.PackExecute(targets, amounts, calls, hash)), "the timelock")
		require.NoError(t, dev.Skip(ctx, unbonding()))
		return func() error { return r.send(2, c.Governance, gov.PackExecute(targets, amounts, calls, hash)) }
	}
	// Its proposer can take it back before the vote.
	targets, amounts, calls := []common.Address{c.Parameters}, []*big.Int{new(big.Int)}, [][]byte{nil}
	require.NoError(t, r.send(1, c.Governance, gov.PackPropose(targets, amounts, calls, "a mistake")))
	require.NoError(t, r.send(1, c.Governance, gov.PackCancel(targets, amounts, calls, crypto.Keccak256Hash([]byte("a mistake")))))
	require.Error(t, r.send(2, c.Governance, gov.PackPropose([]common.Address{c.Parameters}, []*big.Int{new(big.Int)}, [][]byte{nil}, "too few votes")))
	require.NoError(t, vote(values, "a higher fee")())
	fee, err := s.as[0].FeeBps(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 200, fee)

	// The old job pays its workers, whose stake is below the new bound, and its old fee.
	one := s.submit(1, s.claim(old, 0, 1, 1, 2, 3))
	require.Len(t, one.Pays, 3)
	e, err := s.as[0].Escrow(ctx, old)
	require.NoError(t, err)
	require.Equal(t, e.Paid/100, e.Fees)
	id, terms := s.job(1)
	_, err = s.as[0].Submit(ctx, market.LockEscrow{Job: id, Terms: terms})
	require.ErrorIs(t, err, chain.ErrRefused, "the budget does not cover the new fee")

	for name, change := range map[string]func(*bindings.ParametersValues){
		"fee":      func(v *bindings.ParametersValues) { v.FeeBps = 1_001 },
		"treasury": func(v *bindings.ParametersValues) { v.Treasury = common.Address{} },
		"slash":    func(v *bindings.ParametersValues) { v.SlashBps = 999 },
		"reward":   func(v *bindings.ParametersValues) { v.RewardBps = 5_001 },
		"stake":    func(v *bindings.ParametersValues) { v.MinStake = 0 },
		"stakes":   func(v *bindings.ParametersValues) { v.MinStake = uint64(1_000_001 * market.NLOV) },
	} {
		bad := values
		change(&bad)
		require.Error(t, vote(bad, name)(), name)
	}

	// The verifier marks workers; fees go where the vote said.
	require.NoError(t, r.send(5, c.Marketplace, mkt.PackSetVerified(addressOf(1), true)))
	require.Equal(t, bindings.MarketplaceNotRegisteredErrorID().Hex()[:10], revertID(t, r.send(5, c.Marketplace, mkt.PackSetVerified(addressOf(6), true))))
	before, _, err := s.as[0].Balance(ctx, evm.AccountOf(addressOf(6)))
	require.NoError(t, err)
	require.NoError(t, r.send(2, c.Marketplace, mkt.PackCollect()))
	require.Equal(t, bindings.MarketplaceNothingToWithdrawErrorID().Hex()[:10], revertID(t, r.send(2, c.Marketplace, mkt.PackCollect())))
	after, _, err := s.as[0].Balance(ctx, evm.AccountOf(addressOf(6)))
	require.NoError(t, err)
	require.Equal(t, before, after, "the balance of the treasury is what is collected and what is not")
	require.Positive(t, after-tokens)
}

// A pause stops new escrow, and nothing that leaves.
func TestPause(t *testing.T) {
	ctx := testContext(t)
	cfg := dev.DeployConfig()
	cfg.Guardian = addressOf(4)
	c, err := evm.Deploy(ctx, endpoint, dev.FaucetKey(), cfg)
	require.NoError(t, err)
	require.NoError(t, evm.Fund(ctx, endpoint, dev.FaucetKey(), c, accounts(), tokens, big.NewInt(1e18)))
	s := newSettlement(t, c)
	s.register()
	r := newRaw(t)
	id, other := s.locked(2), s.locked(1)
	require.NoError(t, r.send(4, c.Parameters, prm.PackPause(true)))
	next, terms := s.job(1)
	_, err = s.as[0].Submit(ctx, market.LockEscrow{Job: next, Terms: terms})
	require.ErrorIs(t, err, chain.ErrTooEarly)
	require.ErrorContains(t, err, "paused")
	require.Equal(t, bindings.MarketplaceEscrowPausedErrorID().Hex()[:10], revertID(t, r.send(0, c.Token, lockOf(c, next, terms))))

	s.submit(1, s.claim(id, 0, 1, 1, 2, 3))
	got, err := s.as[1].Withdraw(ctx)
	require.NoError(t, err)
	require.Equal(t, market.NLOV/10, got.Amount)
	_, err = s.as[1].Unstake(ctx, 100*market.NLOV)
	require.NoError(t, err)
	w, err := s.as[1].Wallet(ctx)
	require.NoError(t, err)
	require.Equal(t, []market.Amount{100 * market.NLOV, 0, 0}, []market.Amount{w.Unbonding, w.Stake, w.Earned})
	again, err := s.as[1].Withdraw(ctx)
	require.NoError(t, err)
	require.Empty(t, again.Tx, "nothing to withdraw yet")
	require.NoError(t, dev.Skip(ctx, unbonding()))
	got, err = s.as[1].Withdraw(ctx)
	require.NoError(t, err)
	require.Equal(t, 100*market.NLOV, got.Amount)
	require.NoError(t, dev.Skip(ctx, time.Hour))
	s.submit(0, market.Refund{Job: id})
	s.submit(0, market.Refund{Job: other})
	require.NoError(t, r.send(4, c.Parameters, prm.PackPause(false)))
	s.expiry = s.expiry.Add(7_200_000)
	_, terms = s.job(1)
	s.submit(0, market.LockEscrow{Job: next, Terms: terms})
}

// Whoever steals the signing key of a node that named a payout address gets neither its stake nor its pay.
func TestPayout(t *testing.T) {
	c := bootstrap(t)
	s := newSettlement(t, c)
	s.register()
	r := newRaw(t)
	s.submit(1, s.claim(s.locked(1), 0, 1, 1, 2, 3))
	me, cold := addressOf(1), addressOf(5)
	require.NoError(t, r.send(1, c.Marketplace, mkt.PackSetPayout(me, cold)))
	require.Equal(t, bindings.MarketplaceOnlyPayoutErrorID().Hex()[:10], revertID(t, r.send(1, c.Marketplace, mkt.PackSetPayout(me, me))))
	require.Equal(t, bindings.MarketplaceOnlyPayoutErrorID().Hex()[:10], revertID(t, r.send(6, c.Marketplace, mkt.PackUnbond(me, 1))))
	before, _, err := s.as[0].Balance(r.ctx, evm.AccountOf(cold))
	require.NoError(t, err)
	require.NoError(t, r.send(1, c.Marketplace, mkt.PackWithdrawEarned(me)))
	require.Equal(t, bindings.MarketplaceNothingToWithdrawErrorID().Hex()[:10], revertID(t, r.send(5, c.Marketplace, mkt.PackWithdrawEarned(me))))
	require.NoError(t, r.send(5, c.Marketplace, mkt.PackUnbond(me, 7)))
	w, err := s.as[1].Wallet(r.ctx)
	require.NoError(t, err)
	require.Equal(t, evm.AccountOf(cold), w.Payout)
	st, err := s.as[0].Standing(r.ctx, s.as[1].Account())
	require.NoError(t, err)
	require.Equal(t, w.Payout, st.Payout)
	require.NoError(t, dev.Skip(r.ctx, unbonding()))
	require.NoError(t, r.send(5, c.Marketplace, mkt.PackWithdrawStake(me)))
	after, _, err := s.as[0].Balance(r.ctx, evm.AccountOf(cold))
	require.NoError(t, err)
	require.Equal(t, before+market.NLOV/10+7, after)

	require.NoError(t, r.send(1, c.Marketplace, mkt.PackSetRole(2)))
	require.Equal(t, bindings.MarketplaceBadRoleErrorID().Hex()[:10], revertID(t, r.send(1, c.Marketplace, mkt.PackSetRole(3))))
	require.Equal(t, bindings.MarketplaceNotRegisteredErrorID().Hex()[:10], revertID(t, r.send(6, c.Marketplace, mkt.PackSetRole(1))))
}

// Attestations of one account to two results of one task convict it, or to two shares of one, or two revealed results, whatever else is
// certified. One alone does not, nor one that names more seats, nor one beside a reveal of another result.
func TestEquivocation(t *testing.T) {
	c := bootstrap(t)
	s := newSettlement(t, c)
	s.register()
	r := newRaw(t)
	id := s.locked(1)
	attest := func(n byte, agreed uint64) []byte {
		sig, err := s.as[3].Sign(poc.Statement{Kind: poc.Attested, Job: id, Digest: result(n).Digest(), Agreed: agreed})
		require.NoError(t, err)
		return append(common.BigToHash(new(big.Int).SetUint64(agreed)).Bytes()[24:], append(make([]byte, 12), sig...)...)
	}
	convict := func(a, b byte, x, y []byte) error {
		return r.send(6, c.Marketplace, mkt.PackSlashTwice(id, 0, addressOf(3), [2][32]byte{result(a).Digest(), result(b).Digest()}, [2][]byte{x, y}))
	}
	graded := func(share uint16) []byte {
		sig, err := s.as[3].Sign(poc.Statement{Kind: poc.Attested, Job: id, Digest: result(1).Digest(), Agreed: 4, Share: share})
		require.NoError(t, err)
		head := append(common.BigToHash(big.NewInt(4)).Bytes()[24:], 0, 0, byte(share>>8), byte(share))
		return append(append(head, make([]byte, 8)...), sig...)
	}
	reveal := func(n byte) []byte {
		sig, err := s.as[3].Sign(poc.Statement{Kind: poc.Revealed, Job: id, Digest: result(n).Digest()})
		require.NoError(t, err)
		return sig
	}
	one, wider, other := attest(1, 4), attest(1, 6), attest(2, 4)
	for name, bad := range map[string]struct {
		err error
		id  common.Hash
	}{
		"the same twice":  {convict(1, 1, one, one), bindings.MarketplaceNotContradictedErrorID()},
		"one reveal":      {convict(1, 1, reveal(1), reveal(1)), bindings.MarketplaceNotContradictedErrorID()},
		"another reveal":  {convict(1, 2, reveal(1), reveal(3)), bindings.MarketplaceBadEvidenceErrorID()},
		"a reveal first":  {convict(1, 2, reveal(1), other), bindings.MarketplaceBadEvidenceErrorID()},
		"a reveal second": {convict(1, 2, one, reveal(2)), bindings.MarketplaceBadEvidenceErrorID()},
		"more seats":      {convict(1, 1, one, wider), bindings.MarketplaceNotContradictedErrorID()},
		"a short one":     {convict(1, 2, one, other[1:]), bindings.MarketplaceBadEvidenceErrorID()},
		"one grade twice": {convict(1, 1, graded(7), graded(7)), bindings.MarketplaceNotContradictedErrorID()},
		"no such grade":   {convict(1, 1, one, append(append(graded(7)[:11:11], 8), graded(7)[12:]...)), bindings.MarketplaceBadEvidenceErrorID()},
		"another's":       {convict(1, 3, one, other), bindings.MarketplaceBadEvidenceErrorID()},
		"not its own two": {convict(2, 1, other, append(one[:21:21], other[21:]...)), bindings.MarketplaceBadEvidenceErrorID()},
		"seats unsigned":  {convict(1, 2, append(slices.Clone(wider[:20]), one[20:]...), other), bindings.MarketplaceBadEvidenceErrorID()},
	} {
		require.Error(t, bad.err, name)
		require.Equal(t, bad.id.Hex()[:10], revertID(t, bad.err), name)
	}
	require.NoError(t, convict(1, 1, graded(7), graded(8)))
	require.Equal(t, bindings.MarketplaceAlreadySlashedErrorID().Hex()[:10], revertID(t, convict(1, 2, one, other)))
	st, err := s.as[0].Standing(r.ctx, s.as[3].Account())
	require.NoError(t, err)
	require.Equal(t, uint64(1), st.Faults)
	got, _, err := s.as[0].Balance(r.ctx, evm.AccountOf(devchain.Treasury))
	require.NoError(t, err)
	require.Equal(t, 40*market.NLOV, got)
}
