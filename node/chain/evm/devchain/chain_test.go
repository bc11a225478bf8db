package devchain_test

import (
	"context"
	"math/big"
	"net/url"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/stretchr/testify/require"

	"gpumesh/node/chain/evm/devchain"
)

func testContext(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func TestStartRefuses(t *testing.T) {
	ctx := testContext(t)
	for _, listen := range []string{"nowhere", "127.0.0.1:many", "0.0.0.0:0", "192.0.2.1:0", ":0"} {
		_, err := devchain.Start(ctx, devchain.Config{Listen: listen})
		require.ErrorContains(t, err, "dev chain: ", listen)
	}
	c, err := devchain.Start(ctx, devchain.Config{Dir: t.TempDir()})
	require.NoError(t, err)
	used, err := url.Parse(c.URL())
	require.NoError(t, err)
	_, err = devchain.Start(ctx, devchain.Config{Listen: used.Host})
	require.ErrorContains(t, err, "address already in use")
	require.NoError(t, c.Close())
	require.Error(t, c.Skip(ctx, time.Hour))
}

// Many transactions arrive while blocks are made: each is a new event of the pool, and all get into blocks.
func TestManyAtOnce(t *testing.T) {
	ctx := testContext(t)
	c, err := devchain.Start(ctx, devchain.Config{})
	require.NoError(t, err)
	defer func() { require.NoError(t, c.Close()) }()
	eth, err := ethclient.DialContext(ctx, c.URL())
	require.NoError(t, err)
	defer eth.Close()
	heads, err := ethclient.DialContext(ctx, c.WSURL())
	require.NoError(t, err)
	defer heads.Close()
	ch := make(chan *types.Header, 4096)
	sub, err := heads.SubscribeNewHead(ctx, ch)
	require.NoError(t, err)
	defer sub.Unsubscribe()
	from := crypto.PubkeyToAddress(c.FaucetKey().PublicKey)
	const n = 1000
	for nonce := range uint64(n) {
		require.NoError(t, eth.SendTransaction(ctx, transfer(t, c, nonce, from)))
	}
	for {
		mined, err := eth.NonceAt(ctx, from, nil)
		require.NoError(t, err)
		if mined == n {
			return
		}
		select {
		case <-ch:
		case <-ctx.Done():
			t.Fatalf("%d of %d transactions are in blocks", mined, n)
		}
	}
}

func transfer(t *testing.T, c *devchain.Chain, nonce uint64, to common.Address) *types.Transaction {
	tx, err := types.SignNewTx(c.FaucetKey(), types.LatestSignerForChainID(big.NewInt(devchain.ChainID)), &types.DynamicFeeTx{
		ChainID: big.NewInt(devchain.ChainID), Nonce: nonce, To: &to, Value: big.NewInt(1), Gas: 21_000,
		GasTipCap: big.NewInt(1), GasFeeCap: big.NewInt(1e12),
	})
	require.NoError(t, err)
	return tx
}

// Each transaction gets a block at once, and that block an empty one; time stamps stay with the clock through hundreds of them.
func TestBlocks(t *testing.T) {
	ctx := testContext(t)
	c, err := devchain.Start(ctx, devchain.Config{})
	require.NoError(t, err)
	defer func() { require.NoError(t, c.Close()) }()
	eth, err := ethclient.DialContext(ctx, c.WSURL())
	require.NoError(t, err)
	defer eth.Close()
	heads := make(chan *types.Header, 16)
	sub, err := eth.SubscribeNewHead(ctx, heads)
	require.NoError(t, err)
	defer sub.Unsubscribe()
	from := crypto.PubkeyToAddress(c.FaucetKey().PublicKey)
	started := time.Now()
	const n = 200
	for nonce := range uint64(n) {
		require.NoError(t, eth.SendTransaction(ctx, transfer(t, c, nonce, from)))
		holding := false // the last head held the transaction
		for {
			head := <-heads
			full := head.TxHash != types.EmptyTxsHash
			if holding {
				require.False(t, full, "an empty block follows")
				break
			}
			holding = full
		}
	}
	require.GreaterOrEqual(t, c.Height(), uint64(2*n))
	require.WithinRange(t, c.Now(), started.Add(-time.Millisecond), time.Now().Add(time.Second))

	before := c.Now()
	require.NoError(t, c.Skip(ctx, time.Hour))
	require.GreaterOrEqual(t, c.Now().Sub(before), time.Hour)
}
