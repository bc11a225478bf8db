package evm_test

import (
	"context"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/node/chain/evm/devchain"
	"gpumesh/poc"
)

// raw calls contracts past the client, as a stranger would.
type raw struct {
	t   *testing.T
	ctx context.Context
	eth *ethclient.Client
}

func newRaw(t *testing.T) raw {
	ctx := testContext(t)
	eth, err := ethclient.DialContext(ctx, dev.WSURL())
	require.NoError(t, err)
	t.Cleanup(eth.Close)
	return raw{t, ctx, eth}
}

func (r raw) send(who int, to common.Address, data []byte) error {
	r.t.Helper()
	opts := bind.NewKeyedTransactor(key(who), big.NewInt(devchain.ChainID))
	opts.Context = r.ctx
	tx, err := bind.NewBoundContract(to, bindings.NewMarketplace().GetABI(), r.eth, r.eth, r.eth).RawTransact(opts, data)
	if err != nil {
		return err
	}
	receipt, err := bind.WaitMined(r.ctx, r.eth, tx.Hash())
	require.NoError(r.t, err)
	require.Equal(r.t, types.ReceiptStatusSuccessful, receipt.Status)
	return nil
}

func TestDistribution(t *testing.T) {
	ctx := testContext(t)
	cfg := dev.DeployConfig()
	for i := range cfg.Holders {
		cfg.Holders[i] = common.BytesToAddress(crypto.Keccak256([]byte{byte(i)}))
	}
	c, err := evm.Deploy(ctx, dev.URL(), dev.FaucetKey(), cfg)
	require.NoError(t, err)
	s := open(t, dev.WSURL(), c, 0)
	var sum market.Amount
	for i, percent := range []market.Amount{20, 16, 6, 2, 15, 4, 15, 22} {
		got, _, err := s.Balance(ctx, evm.AccountOf(cfg.Holders[i]))
		require.NoError(t, err)
		require.Equal(t, percent*5_000_000*market.NLOV, got)
		sum += got
	}
	require.Equal(t, 500_000_000*market.NLOV, sum)
}

func TestDeployRefusesBadConfig(t *testing.T) {
	good := dev.DeployConfig()
	for name, change := range map[string]func(*evm.DeployConfig){
		"holder":    func(c *evm.DeployConfig) { c.Holders[3] = common.Address{} },
		"treasury":  func(c *evm.DeployConfig) { c.Treasury = common.Address{} },
		"fee":       func(c *evm.DeployConfig) { c.FeeBps = 10_001 },
		"slash":     func(c *evm.DeployConfig) { c.SlashBps = 10_001 },
		"reward":    func(c *evm.DeployConfig) { c.RewardBps = 10_000 },
		"stake":     func(c *evm.DeployConfig) { c.MinStake = 0 },
		"unbonding": func(c *evm.DeployConfig) { c.Unbonding = -1 },
		"tick":      func(c *evm.DeployConfig) { c.Tick = 0 },
	} {
		cfg := good
		change(&cfg)
		_, err := evm.Deploy(testContext(t), dev.URL(), dev.FaucetKey(), cfg)
		require.ErrorContains(t, err, "deploy: ", name)
	}
}

// Doors that only the contracts themselves may use are shut for everybody else.
func TestStrangersAreShutOut(t *testing.T) {
	c := bootstrap(t)
	r := newRaw(t)
	reg, mkt := bindings.NewRegistry(), bindings.NewMarketplace()
	me := crypto.PubkeyToAddress(key(1).PublicKey)
	for name, call := range map[string]struct {
		to   common.Address
		data []byte
		id   common.Hash
	}{
		"slash":    {c.Registry, reg.PackSlash(me, 10_000, me, 9_999, me), bindings.RegistryOnlyMarketplaceErrorID()},
		"complete": {c.Registry, reg.PackComplete([]common.Address{me}, []uint32{9}), bindings.RegistryOnlyMarketplaceErrorID()},
		"stake":    {c.Registry, reg.PackOnTransferReceived(me, me, big.NewInt(9), make([]byte, 64)), bindings.RegistryOnlyTokenErrorID()},
		"lock":     {c.Marketplace, mkt.PackOnTransferReceived(me, me, big.NewInt(9), make([]byte, 192)), bindings.MarketplaceOnlyTokenErrorID()},
	} {
		err := r.send(1, call.to, call.data)
		require.Error(t, err, name)
		require.Equal(t, call.id.Hex()[:10], revertID(t, err), name)
	}
	// Tokens sent with a message that is none are returned by the revert.
	tok := bindings.NewToken()
	require.Error(t, r.send(1, c.Token, tok.PackTransferAndCall0(c.Marketplace, big.NewInt(5), []byte("hello"))))
	require.Error(t, r.send(1, c.Token, tok.PackTransferAndCall(c.Registry, big.NewInt(5))))
	got, _, err := open(t, dev.WSURL(), c, 1).Balance(r.ctx, evm.AccountOf(me))
	require.NoError(t, err)
	require.Equal(t, tokens, got)
}

func revertID(t *testing.T, err error) string {
	t.Helper()
	var de interface{ ErrorData() any }
	require.ErrorAs(t, err, &de)
	return de.ErrorData().(string)[:10]
}

// Stake leaves only after the delay, and can be slashed until then.
func TestUnbonding(t *testing.T) {
	c := bootstrap(t)
	r := newRaw(t)
	s := newSettlement(t, c)
	s.register()
	reg := bindings.NewRegistry()
	require.Equal(t, bindings.RegistryNothingToWithdrawErrorID().Hex()[:10], revertID(t, r.send(3, c.Registry, reg.PackWithdraw())))
	require.Equal(t, bindings.RegistryStakeTooSmallErrorID().Hex()[:10],
		revertID(t, r.send(3, c.Registry, reg.PackUnbond(uint64(100*market.NLOV+1)))))

	id := s.locked(1)
	require.NoError(t, r.send(3, c.Registry, reg.PackUnbond(uint64(100*market.NLOV))))
	st, err := s.as[0].Standing(r.ctx, s.as[3].Account())
	require.NoError(t, err)
	require.Zero(t, st.Stake)
	require.Equal(t, bindings.RegistryStillUnbondingErrorID().Hex()[:10], revertID(t, r.send(3, c.Registry, reg.PackWithdraw())))

	// Running from a lie does not help.
	s.submit(1, s.claim(id, 0, 1, 1, 2))
	lie, err := s.as[3].Sign(poc.Statement{Kind: poc.Revealed, Job: id, Digest: poc.Hash{5}})
	require.NoError(t, err)
	slashed := s.submit(1, market.Slash{Ref: poc.TaskRef{Job: id}, Account: s.as[3].Account(), Digest: poc.Hash{5}, Signature: lie})
	require.Equal(t, 50*market.NLOV, slashed.Amount)

	require.NoError(t, dev.Skip(r.ctx, time.Minute))
	require.NoError(t, r.send(3, c.Registry, reg.PackWithdraw()))
	got, _, err := s.as[0].Balance(r.ctx, s.as[3].Account())
	require.NoError(t, err)
	require.Equal(t, tokens-50*market.NLOV, got)
	totals, err := s.as[0].Totals(r.ctx)
	require.NoError(t, err)
	require.Equal(t, []market.Amount{200 * market.NLOV, 50 * market.NLOV}, []market.Amount{totals.Staked, totals.Slashed})
}

// A certificate of one deployment is worth nothing in another on the same chain, though jobs and seats are the same.
func TestReplayAcrossContracts(t *testing.T) {
	one, two := newSettlement(t, bootstrap(t)), newSettlement(t, bootstrap(t))
	one.register()
	two.register()
	id := one.locked(1)
	require.Equal(t, id, two.locked(1))
	cert := one.claim(id, 0, 1, 1, 2)
	_, err := two.as[1].Submit(two.ctx, cert)
	require.ErrorIs(t, err, chain.ErrRefused)
	one.submit(1, cert)
}
