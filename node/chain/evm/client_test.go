package evm_test

import (
	"context"
	"crypto/ecdsa"
	"flag"
	"fmt"
	"log"
	"os"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/chaintest"
	"gpumesh/node/chain/evm"
	"gpumesh/poc"
)

// dev is one chain for all tests of the package; each test deploys its own contracts.
var dev backend

// endpoint is its WebSocket URL, or that of a proxy which sees what the tests reach.
var endpoint string

func TestMain(m *testing.M) {
	flag.Parse()
	var err error
	if dev, err = start(context.Background(), "", ""); err != nil {
		log.Fatal(err)
	}
	endpoint = dev.WSURL()
	var cov *coverage
	if *linesFlag {
		if cov, err = newCoverage(dev.WSURL()); err != nil {
			log.Fatal(err)
		}
		endpoint = cov.url()
	}
	code := m.Run()
	if cov != nil && !cov.report() && code == 0 {
		code = 1
	}
	if err := dev.Close(); err != nil {
		log.Fatal(err)
	}
	os.Exit(code)
}

func testContext(t *testing.T) context.Context {
	limit := 15 * time.Minute // a safeguard, also with the race detector
	if os.Getenv(gethVar) != "" {
		limit = 30 * time.Minute // thousands of blocks, on a machine that is busy
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	t.Cleanup(cancel)
	return ctx
}

func key(i int) *ecdsa.PrivateKey {
	k, err := crypto.ToECDSA(crypto.Keccak256(fmt.Appendf(nil, "account %d of the tests", i)))
	if err != nil {
		panic(err)
	}
	return k
}

func accounts() (out []poc.Account) {
	for i := range chaintest.Accounts {
		out = append(out, evm.AccountOf(crypto.PubkeyToAddress(key(i).PublicKey)))
	}
	return out
}

// forget makes so many blocks that contracts know the hash of none that is there now. It skips the rest of a test where that takes too many.
func forget(t *testing.T) {
	if dev.Memory() == 0 {
		t.Skip("the chain forgets nothing in the time of a test")
	}
	for until := dev.Height() + dev.Memory() + 1; dev.Height() < until; {
		require.NoError(t, dev.Skip(testContext(t), time.Millisecond))
	}
}

const tokens = 1000 * market.NLOV

func bootstrap(t *testing.T) evm.Contracts {
	c, err := deploy(testContext(t), dev)
	require.NoError(t, err)
	return c
}

func open(t *testing.T, url string, c evm.Contracts, i int) *evm.Client {
	s, err := evm.Dial(testContext(t), evm.Config{URL: url, Key: key(i), Contracts: c})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// verifier is the account that may mark workers as verified.
func verifier(t *testing.T, c evm.Contracts) *evm.Client {
	s, err := evm.Dial(testContext(t), evm.Config{URL: endpoint, Key: dev.FaucetKey(), Contracts: c})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func env(url func() string) func(t *testing.T) chaintest.Env { return envWith(url, dev.DeployConfig) }

func envWith(url func() string, config func() evm.DeployConfig) func(t *testing.T) chaintest.Env {
	return func(t *testing.T) chaintest.Env {
		cfg := config()
		contracts, err := deployWith(testContext(t), dev, cfg)
		require.NoError(t, err)
		return chaintest.Env{
			Open:   func(t *testing.T, i int) chain.Settlement { return open(t, url(), contracts, i) },
			Tokens: tokens,
			Now:    func() poc.Time { return poc.Time(dev.Now().UnixMilli()) },
			Skip: func(t *testing.T, ms poc.Millis) {
				require.NoError(t, dev.Skip(testContext(t), time.Duration(ms)*time.Millisecond))
			},
			Forget: forget, MinStake: cfg.MinStake, Term: dev.Term(), TopUp: cfg.TopUp, Epoch: cfg.Epoch, SlashBps: uint32(cfg.SlashBps), RewardBps: uint32(cfg.RewardBps), Treasury: evm.AccountOf(cfg.Treasury),
			Verify: func(t *testing.T, a poc.Account, verified bool) {
				require.NoError(t, verifier(t, contracts).SetVerified(testContext(t), a, verified))
			},
			Court: evm.AccountOf(contracts.Arbiters),
			Jurors: func(t *testing.T) (out []chain.Court) {
				for _, c := range arbitersOf(t, contracts, 6) {
					out = append(out, c)
				}
				return out
			},
		}
	}
}

func TestSettlement(t *testing.T) { chaintest.Run(t, env(func() string { return endpoint })) }

// TestWholeStakes: contracts are deployed to take all of a liar's stake; then, too, convictions, appeals and acquittals move what they must.
func TestWholeStakes(t *testing.T) {
	chaintest.Convictions(t, envWith(func() string { return endpoint }, func() evm.DeployConfig {
		cfg := dev.DeployConfig()
		cfg.SlashBps = evm.DefaultDeployConfig().SlashBps
		require.EqualValues(t, market.FeeBase, cfg.SlashBps)
		return cfg
	}))
}
