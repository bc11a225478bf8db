package evm_test

import (
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/node/chain/evm/devchain"
	"gpumesh/poc"
)

var rew = bindings.NewRewards()

const poolFunds = 90 * market.NLOV

func delay() time.Duration { return ms(dev.DeployConfig().Rewards.Delay) }

// claimant is a market with a pool. Accounts 1 to 3 are its workers.
type claimant struct {
	*settlement
	raw
	c evm.Contracts
}

func newClaimant(t *testing.T) *claimant {
	c := bootstrap(t)
	k := &claimant{newSettlement(t, c), newRaw(t), c}
	k.register()
	_, err := k.as[0].FundPool(k.raw.ctx, poolFunds)
	require.NoError(t, err)
	return k
}

func (k *claimant) height() uint64 {
	k.raw.t.Helper()
	h, err := k.as[0].Height(k.raw.ctx)
	require.NoError(k.raw.t, err)
	return h
}

// claim is account i's, signed.
func (k *claimant) claim(i int, number uint32, amount market.Amount) chain.PoolClaim {
	k.raw.t.Helper()
	c := chain.PoolClaim{Account: k.as[i].Account(), Number: number, Through: k.height(), Amount: amount, Document: poc.Hash{byte(i), byte(number)}}
	var err error
	c.Signature, err = k.as[i].Sign(c.Statement())
	require.NoError(k.raw.t, err)
	return c
}

// claimed makes a claim of account i.
func (k *claimant) claimed(i int, number uint32, amount market.Amount) market.Receipt {
	k.raw.t.Helper()
	r, err := k.as[i].ClaimPool(k.raw.ctx, k.claim(i, number, amount))
	require.NoError(k.raw.t, err)
	require.NotEmpty(k.raw.t, r.Tx)
	return r
}

func (k *claimant) state() chain.PoolState {
	k.raw.t.Helper()
	s, err := k.as[0].PoolState(k.raw.ctx)
	require.NoError(k.raw.t, err)
	return s
}

// TestRefusalsOfRewards has each refusal of the pool by its name.
func TestRefusalsOfRewards(t *testing.T) {
	k := newClaimant(t)
	is := func(id common.Hash, err error) {
		t.Helper()
		require.Error(t, err)
		require.Equal(t, id.Hex()[:10], revertID(t, err))
	}
	most := dev.DeployConfig().Rewards.Most
	send := func(i int, c chain.PoolClaim) error {
		return k.raw.send(i, k.c.Rewards, rew.PackClaim(c.Number, c.Through, uint64(c.Amount), c.Document, c.Signature, c.Where))
	}
	with := func(change func(c *chain.PoolClaim)) chain.PoolClaim {
		c := k.claim(1, 1, 10)
		change(&c)
		return c
	}
	first := k.claim(1, 0, 10)
	require.NoError(t, send(1, first))
	is(bindings.RewardsOtherNumberErrorID(), send(1, first))
	is(bindings.RewardsOtherNumberErrorID(), send(1, with(func(c *chain.PoolClaim) { c.Number = 2 })))
	is(bindings.RewardsBadThroughErrorID(), send(1, with(func(c *chain.PoolClaim) { c.Through = first.Through })))
	is(bindings.RewardsBadThroughErrorID(), send(1, with(func(c *chain.PoolClaim) { c.Through += 1_000 })))
	is(bindings.RewardsBadAmountErrorID(), send(1, with(func(c *chain.PoolClaim) { c.Amount = 0 })))
	is(bindings.RewardsBadAmountErrorID(), send(1, with(func(c *chain.PoolClaim) { c.Amount = most + 1 })))
	is(bindings.RewardsTooLongErrorID(), send(1, with(func(c *chain.PoolClaim) { c.Where = strings.Repeat("x", 257) })))
	is(bindings.RewardsNotSignedErrorID(), send(1, with(func(c *chain.PoolClaim) { c.Document[9] = 1 })))
	is(bindings.RewardsNotSignedErrorID(), send(2, k.claim(1, 0, 10))) // another's
	is(bindings.RewardsNotSignedErrorID(), send(1, with(func(c *chain.PoolClaim) { c.Signature = first.Signature })))
	k.claimed(2, 0, 50*market.NLOV)
	is(bindings.RewardsNotBackedErrorID(), send(2, k.claim(2, 1, 1)))
	k.claimed(3, 0, 40*market.NLOV-10)
	is(bindings.RewardsPoolTooSmallErrorID(), send(1, k.claim(1, 1, 1)))
	require.Equal(t, chain.PoolState{Holds: poolFunds, Claimed: poolFunds}, k.state())

	// Tokens that merely come here are the pool's, too.
	require.NoError(t, k.raw.send(0, k.c.Token, tok.PackTransfer(k.c.Rewards, big.NewInt(20))))
	require.Equal(t, market.Amount(20), k.state().Free)
	is(bindings.RewardsOnlyTokenErrorID(), k.raw.send(1, k.c.Rewards, rew.PackOnTransferReceived(addressOf(1), addressOf(1), big.NewInt(9), nil)))
	for n := uint32(1); n < chain.MaxOpenClaims; n++ {
		require.NoError(t, send(1, k.claim(1, n, 1)))
	}
	is(bindings.RewardsTooManyOpenErrorID(), send(1, k.claim(1, chain.MaxOpenClaims, 1)))

	// Stake that is leaving stands behind nothing new.
	require.NoError(t, k.raw.send(3, k.c.Marketplace, mkt.PackUnbond(addressOf(3), 1)))
	is(bindings.RewardsTooLittleStakeErrorID(), send(3, k.claim(3, 1, 1)))

	end := func(i int, number uint32) error {
		return k.raw.send(0, k.c.Rewards, rew.PackEnd(addressOf(i), number))
	}
	is(bindings.RewardsNotYetErrorID(), end(1, 0))
	is(bindings.RewardsNoClaimErrorID(), end(1, 99))
	require.NoError(t, dev.Skip(k.raw.ctx, delay()))
	require.NoError(t, end(1, 0))
	is(bindings.RewardsNoClaimErrorID(), end(1, 0))

	// The list has what there is, and no more than was asked for.
	listed := func(first, atMost int64) bindings.ListOutput {
		out, err := rew.UnpackList(k.call(k.c.Rewards, rew.PackList(big.NewInt(first), big.NewInt(atMost))))
		require.NoError(t, err)
		return out
	}
	all := listed(0, 1_000)
	count := int(all.Count.Int64())
	require.Len(t, all.Out, count)
	require.Equal(t, []any{addressOf(1), uint32(0), uint64(0)}, []any{all.Out[0].Account, all.Out[0].Number, all.Out[0].Claim.Amount})
	require.Equal(t, all.Out[2:5], listed(2, 3).Out)
	require.Equal(t, all.Out[count-1:], listed(int64(count-1), 3).Out)
	require.Empty(t, listed(int64(count), 3).Out)
	require.Empty(t, listed(int64(count)+7, 3).Out)

	// Contracts that nobody can deploy.
	made := func(delay int64, most uint64) error {
		_, err := k.raw.eth.CallContract(k.raw.ctx, ethereum.CallMsg{
			Data: append(common.FromHex(bindings.RewardsMetaData.Bin), rew.PackConstructor(k.c.Marketplace, big.NewInt(delay), most)...),
		}, nil)
		return err
	}
	cfg := dev.DeployConfig()
	shortest, longest := int64(2*cfg.Arbiters.Window), int64(cfg.Unbonding-1)
	require.NoError(t, made(shortest, 1))
	require.NoError(t, made(longest, 1))
	for _, bad := range []error{made(shortest-1, 1), made(longest+1, 1), made(shortest, 0)} {
		is(bindings.RewardsBadConfigErrorID(), bad)
	}
}

// A claim is paid to the payout address. Stake that begins to leave with the claim is there for a verdict in the last moment before it is
// paid. A claim is dropped once the stake is gone.
func TestStakeBehindClaims(t *testing.T) {
	k := newClaimant(t)
	ctx := k.raw.ctx
	judges := arbitersOf(t, k.c, 6)
	require.NoError(t, k.raw.send(1, k.c.Marketplace, mkt.PackSetPayout(addressOf(1), addressOf(9))))
	k.claimed(1, 0, 10)
	k.claimed(2, 0, 30)
	lie := k.claim(3, 0, 20)
	_, err := k.as[3].ClaimPool(ctx, lie)
	require.NoError(t, err)
	for i := 1; i < 4; i++ { // the stake can only go to the payout address
		require.NoError(t, k.raw.send(i, k.c.Marketplace, mkt.PackUnbond(addressOf(i), uint64(100*market.NLOV))))
	}
	cfg := dev.DeployConfig()
	require.NoError(t, dev.Skip(ctx, ms(cfg.Rewards.Delay-cfg.Arbiters.Window))) // the last moment to open a case
	open, err := k.as[2].OpenClaims(ctx)
	require.NoError(t, err)
	require.Len(t, open, 3)
	c := open[2]
	s := c.Statement()
	convict(t, k.as[2], judges, evm.Accusation{
		Ref: poc.TaskRef{Job: s.Job, Task: s.Task}, Account: c.Account, Digest: s.Digest, Signature: c.Signature, Evidence: poc.Hash{6},
	})
	w, err := k.as[3].Wallet(ctx)
	require.NoError(t, err)
	require.Equal(t, 50*market.NLOV, w.Unbonding, "half of it is slashed")
	slashed, err := k.as[2].Convicted(ctx, poc.TaskRef{}, lie.Account)
	require.NoError(t, err)
	require.True(t, slashed)

	require.NoError(t, dev.Skip(ctx, unbonding())) // its stake could leave by now
	before, _, err := k.as[0].Balance(ctx, evm.AccountOf(addressOf(9)))
	require.NoError(t, err)
	paid, err := k.as[2].EndClaim(ctx, k.as[1].Account(), 0)
	require.NoError(t, err)
	require.Equal(t, market.Amount(10), paid)
	after, _, err := k.as[0].Balance(ctx, evm.AccountOf(addressOf(9)))
	require.NoError(t, err)
	require.Equal(t, before+10, after)
	paid, err = k.as[2].EndClaim(ctx, lie.Account, 0)
	require.NoError(t, err)
	require.Zero(t, paid)
	require.Equal(t, chain.PoolState{Holds: poolFunds - 10, Claimed: 30, Free: poolFunds - 40}, k.state())
	require.NoError(t, k.raw.send(2, k.c.Marketplace, mkt.PackWithdrawStake(addressOf(2))))
	paid, err = k.as[2].EndClaim(ctx, k.as[2].Account(), 0)
	require.NoError(t, err)
	require.Zero(t, paid)
}

// Of a network from before there were pools the client says so, and a contract that is no pool of this market is refused.
func TestNoPool(t *testing.T) {
	c := bootstrap(t)
	ctx := testContext(t)
	with := func(at common.Address) (*evm.Client, error) {
		other := c
		other.Rewards = at
		return evm.Dial(ctx, evm.Config{URL: endpoint, Key: key(1), Contracts: other})
	}
	s, err := with(common.Address{})
	require.NoError(t, err)
	defer s.Close()
	_, _, claimedErr := s.Claimed(ctx, s.Account())
	_, termsErr := s.PoolTerms(ctx)
	_, stateErr := s.PoolState(ctx)
	_, openErr := s.OpenClaims(ctx)
	_, fundErr := s.FundPool(ctx, 1)
	_, claimErr := s.ClaimPool(ctx, chain.PoolClaim{Account: s.Account()})
	_, endErr := s.EndClaim(ctx, s.Account(), 0)
	for _, err := range []error{claimedErr, termsErr, stateErr, openErr, fundErr, claimErr, endErr} {
		require.ErrorIs(t, err, chain.ErrNoPool)
		require.ErrorContains(t, err, "chain.json")
	}
	for _, bad := range []common.Address{bootstrap(t).Rewards, c.Token, addressOf(4)} {
		_, err := with(bad)
		require.ErrorContains(t, err, "pool of rewards")
	}
	bad := s.Account() + "x"
	_, _, err = s.Claimed(ctx, bad)
	require.ErrorIs(t, err, chain.ErrRefused)
	_, err = s.EndClaim(ctx, bad, 0)
	require.ErrorIs(t, err, chain.ErrRefused)
}

// A token that calls back into the payment that it is part of finds the claim ended, and one that fails leaves it as it was.
func TestEvilTokenInThePool(t *testing.T) {
	e := newEvil(t)
	at, _, _ := e.withArbiters()
	pool := e.create(append(common.FromHex(bindings.RewardsMetaData.Bin), rew.PackConstructor(at, big.NewInt(2*evilWindow), 1_000)...))
	require.NoError(t, e.do(1, "transferAndCall", at, big.NewInt(4_000), words(1, 4_000)))
	require.NoError(t, e.do(0, "transferAndCall", pool, big.NewInt(3_000), []byte{}))
	v := evm.NewVerifier(big.NewInt(devchain.ChainID), at)
	for n := range uint32(2) {
		c := chain.PoolClaim{Number: n, Document: poc.Hash{9}}
		var err error
		c.Signature, err = evm.SignWith(v, key(1), c.Statement())
		require.NoError(t, err)
		require.NoError(t, e.raw.send(1, pool, rew.PackClaim(n, uint64(n)+1, 1_000, c.Document, c.Signature, "")))
	}
	require.NoError(t, dev.Skip(e.ctx, ms(2*evilWindow)))
	has := func() []any {
		s, err := rew.UnpackState(e.call(pool, rew.PackState()))
		require.NoError(t, err)
		return []any{s.Holds.Uint64(), s.Open}
	}
	misbehave := func(mode int64, payload []byte) { require.NoError(t, e.do(0, "set", big.NewInt(mode), pool, payload)) }
	for name, mode := range map[string]int64{"says no": 1, "reverts": 2, "a megabyte": 5} {
		misbehave(mode, nil)
		require.Error(t, e.raw.send(0, pool, rew.PackEnd(addressOf(1), 0)), name)
		require.Equal(t, []any{uint64(3_000), uint64(2_000)}, has(), name)
	}
	require.NoError(t, e.raw.send(1, at, mkt.PackSetPayout(addressOf(1), e.token)))
	misbehave(4, rew.PackEnd(addressOf(1), 0))
	require.NoError(t, e.raw.send(0, pool, rew.PackEnd(addressOf(1), 0)))
	require.Equal(t, bindings.RewardsNoClaimErrorID().Bytes()[:4], e.read("answer"))
	require.Equal(t, []any{uint64(2_000), uint64(1_000)}, has(), "once")
	// Another claim of the account's is another matter: it is paid by that call, once too.
	misbehave(4, rew.PackEnd(addressOf(1), 1))
	require.NoError(t, e.do(0, "transfer", addressOf(7), big.NewInt(1)))
	require.Equal(t, []any{uint64(1_000), uint64(0)}, has())
	require.Equal(t, uint64(2_000), e.read("balanceOf", e.token).(*big.Int).Uint64())
}
