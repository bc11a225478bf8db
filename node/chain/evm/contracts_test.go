package evm_test

import (
	"context"
	"encoding/json"
	"math/big"
	"os"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/params"
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

	heads chan *types.Header
}

func newRaw(t *testing.T) raw {
	ctx := testContext(t)
	eth, err := ethclient.DialContext(ctx, endpoint)
	require.NoError(t, err)
	t.Cleanup(eth.Close)
	heads := make(chan *types.Header, 4096)
	sub, err := eth.SubscribeNewHead(ctx, heads)
	require.NoError(t, err)
	t.Cleanup(sub.Unsubscribe)
	return raw{t, ctx, eth, heads}
}

func (r raw) send(who int, to common.Address, data []byte) error {
	r.t.Helper()
	_, err := r.receipt(who, to, data)
	return err
}

// used is the gas of a call that succeeds.
func (r raw) used(who int, to common.Address, data []byte) uint64 {
	r.t.Helper()
	receipt, err := r.receipt(who, to, data)
	require.NoError(r.t, err)
	return receipt.GasUsed
}

func (r raw) receipt(who int, to common.Address, data []byte) (*types.Receipt, error) {
	r.t.Helper()
	opts := bind.NewKeyedTransactor(key(who), big.NewInt(devchain.ChainID))
	opts.Context = r.ctx
	tx, err := bind.NewBoundContract(to, bindings.NewMarketplace().GetABI(), r.eth, r.eth, r.eth).RawTransact(opts, data)
	if err != nil {
		return nil, err
	}
	for {
		receipt, err := r.eth.TransactionReceipt(r.ctx, tx.Hash())
		if err == nil {
			require.Equal(r.t, types.ReceiptStatusSuccessful, receipt.Status)
			r.reach(receipt)
			return receipt, nil
		}
		require.ErrorIs(r.t, err, ethereum.NotFound)
		select {
		case <-r.heads:
		case <-r.ctx.Done():
			require.NoError(r.t, r.ctx.Err())
		}
	}
}

// reach waits until what a receipt says is what calls see: a node has the receipt a moment before its newest block is the one.
func (r raw) reach(receipt *types.Receipt) {
	r.t.Helper()
	for {
		n, err := r.eth.BlockNumber(r.ctx)
		require.NoError(r.t, err)
		if n >= receipt.BlockNumber.Uint64() {
			return
		}
	}
}

// call reads from a contract.
func (r raw) call(to common.Address, data []byte) []byte {
	r.t.Helper()
	out, err := r.eth.CallContract(r.ctx, ethereum.CallMsg{To: &to, Data: data}, nil)
	require.NoError(r.t, err)
	return out
}

func TestDistribution(t *testing.T) {
	ctx := testContext(t)
	cfg := dev.DeployConfig()
	for i := range cfg.Holders {
		cfg.Holders[i] = common.BytesToAddress(crypto.Keccak256([]byte{byte(i)}))
	}
	c, err := evm.Deploy(ctx, dev.URL(), dev.FaucetKey(), cfg)
	require.NoError(t, err)
	s := open(t, endpoint, c, 0)
	r := newRaw(t)
	holders := cfg.Holders
	for i, pack := range map[int][]byte{1: tok.PackTeam(), 3: tok.PackPrivateSale()} {
		got, _, err := s.Balance(ctx, evm.AccountOf(holders[i]))
		require.NoError(t, err)
		require.Zero(t, got, "what vests is not with the holder")
		holders[i] = common.BytesToAddress(r.call(c.Token, pack))
	}
	var sum market.Amount
	for i, percent := range []market.Amount{20, 16, 6, 2, 15, 4, 15, 22} {
		got, _, err := s.Balance(ctx, evm.AccountOf(holders[i]))
		require.NoError(t, err)
		require.Equal(t, percent*5_000_000*market.NLOV, got)
		sum += got
	}
	require.Equal(t, 500_000_000*market.NLOV, sum)
	decimals, err := tok.UnpackDecimals(r.call(c.Token, tok.PackDecimals()))
	require.NoError(t, err)
	require.Equal(t, uint8(9), decimals)
}

func TestDeployRefusesBadConfig(t *testing.T) {
	good := dev.DeployConfig()
	for name, change := range map[string]func(*evm.DeployConfig){
		"holder":    func(c *evm.DeployConfig) { c.Holders[3] = common.Address{} },
		"treasury":  func(c *evm.DeployConfig) { c.Treasury = common.Address{} },
		"fee":       func(c *evm.DeployConfig) { c.FeeBps = 1_001 },
		"slash":     func(c *evm.DeployConfig) { c.SlashBps = 10_001 },
		"no slash":  func(c *evm.DeployConfig) { c.SlashBps = 999 },
		"reward":    func(c *evm.DeployConfig) { c.RewardBps = 5_001 },
		"window":    func(c *evm.DeployConfig) { c.Batch.Window = c.Unbonding/2 + 1 },
		"bond":      func(c *evm.DeployConfig) { c.Batch.Bond = c.Batch.Deposit },
		"timelock":  func(c *evm.DeployConfig) { c.Governance.Timelock = c.Unbonding - 1 },
		"period":    func(c *evm.DeployConfig) { c.Governance.VotingPeriod = 0 },
		"vesting":   func(c *evm.DeployConfig) { c.Team.Duration = c.Team.Cliff - 1 },
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

// Every contract fits what chains accept (EIP-170), which the marketplace comes close to.
func TestContractsFit(t *testing.T) {
	text, err := os.ReadFile("testdata/lines.json")
	require.NoError(t, err)
	var sizes map[string]struct{ Size int }
	require.NoError(t, json.Unmarshal(text, &sizes))
	require.Contains(t, sizes, "Marketplace")
	for name, c := range sizes {
		t.Log(name, c.Size)
		require.LessOrEqual(t, c.Size, params.MaxCodeSize, name)
	}
}

// Doors that only the contracts themselves may use are shut for everybody else.
func TestStrangersAreShutOut(t *testing.T) {
	c := bootstrap(t)
	r := newRaw(t)
	mkt, params, bat := bindings.NewMarketplace(), bindings.NewParameters(), bindings.NewBatches()
	me := crypto.PubkeyToAddress(key(1).PublicKey)
	for name, call := range map[string]struct {
		to   common.Address
		data []byte
		id   common.Hash
	}{
		"stake":         {c.Marketplace, mkt.PackOnTransferReceived(me, me, big.NewInt(9), make([]byte, 64)), bindings.MarketplaceOnlyTokenErrorID()},
		"lock":          {c.Marketplace, mkt.PackOnTransferReceived(me, me, big.NewInt(9), make([]byte, 192)), bindings.MarketplaceOnlyTokenErrorID()},
		"post":          {c.Batches, bat.PackOnTransferReceived(me, me, big.NewInt(9), make([]byte, 192)), bindings.BatchesOnlyTokenErrorID()},
		"reserve":       {c.Marketplace, mkt.PackReserve([32]byte{1}, 1, big.NewInt(1)), bindings.MarketplaceOnlyBatchesErrorID()},
		"unreserve":     {c.Marketplace, mkt.PackUnreserve([32]byte{1}), bindings.MarketplaceOnlyBatchesErrorID()},
		"bank":          {c.Marketplace, mkt.PackBank(1, 1), bindings.MarketplaceOnlyBatchesErrorID()},
		"finish":        {c.Marketplace, mkt.PackFinish([32]byte{1}, 1), bindings.MarketplaceOnlyBatchesErrorID()},
		"verify":        {c.Marketplace, mkt.PackSetVerified(me, true), bindings.MarketplaceOnlyVerifierErrorID()},
		"set":           {c.Parameters, params.PackSet(bindings.ParametersValues{}), bindings.ParametersOwnableUnauthorizedAccountErrorID()},
		"pause":         {c.Parameters, params.PackPause(true), bindings.ParametersNotGuardianErrorID()},
		"another's pay": {c.Marketplace, mkt.PackSetPayout(crypto.PubkeyToAddress(key(2).PublicKey), me), bindings.MarketplaceOnlyPayoutErrorID()},
	} {
		err := r.send(1, call.to, call.data)
		require.Error(t, err, name)
		require.Equal(t, call.id.Hex()[:10], revertID(t, err), name)
	}
	// Tokens sent with a message that is none are returned by the revert.
	tok := bindings.NewToken()
	require.Error(t, r.send(1, c.Token, tok.PackTransferAndCall0(c.Marketplace, big.NewInt(5), []byte("hello"))))
	require.Error(t, r.send(1, c.Token, tok.PackTransferAndCall(c.Batches, big.NewInt(5))))
	got, _, err := open(t, endpoint, c, 1).Balance(r.ctx, evm.AccountOf(me))
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
	mkt := bindings.NewMarketplace()
	me := crypto.PubkeyToAddress(key(3).PublicKey)
	require.Equal(t, bindings.MarketplaceNothingToWithdrawErrorID().Hex()[:10], revertID(t, r.send(3, c.Marketplace, mkt.PackWithdrawStake(me))))
	require.Equal(t, bindings.MarketplaceStakeTooSmallErrorID().Hex()[:10],
		revertID(t, r.send(3, c.Marketplace, mkt.PackUnbond(me, uint64(100*market.NLOV+1)))))

	id := s.locked(1)
	require.NoError(t, r.send(3, c.Marketplace, mkt.PackUnbond(me, uint64(100*market.NLOV))))
	st, err := s.as[0].Standing(r.ctx, s.as[3].Account())
	require.NoError(t, err)
	require.Zero(t, st.Stake)
	height, err := s.as[0].Height(r.ctx)
	require.NoError(t, err)
	epoch, err := s.as[0].Epoch(r.ctx, 0, height)
	require.NoError(t, err)
	st.Completed, st.Faults = 0, 0
	require.Contains(t, epoch.Workers, st, "what the events tell is how it stands")
	require.Equal(t, bindings.MarketplaceStillUnbondingErrorID().Hex()[:10], revertID(t, r.send(3, c.Marketplace, mkt.PackWithdrawStake(me))))

	// Running from a lie does not help.
	s.submit(1, s.claim(id, 0, 1, 1, 2))
	lie, err := s.as[3].Sign(poc.Statement{Kind: poc.Revealed, Job: id, Digest: poc.Hash{5}})
	require.NoError(t, err)
	slashed := s.submit(1, market.Slash{Ref: poc.TaskRef{Job: id}, Account: s.as[3].Account(), Digest: poc.Hash{5}, Signature: lie})
	require.Equal(t, 50*market.NLOV, slashed.Amount)

	require.NoError(t, dev.Skip(r.ctx, unbonding()))
	require.NoError(t, r.send(3, c.Marketplace, mkt.PackWithdrawStake(me)))
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
