package devchain

import (
	"context"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
	"gpumesh/poc"
)

// Treasury gets the fees and slashes of contracts deployed by Bootstrap. Nobody has its key.
var Treasury = common.BytesToAddress(crypto.Keccak256([]byte("gpumesh dev chain treasury")))

// DeployConfig returns what Bootstrap deploys with: a fee of 1 %, a least stake of 100 NLOV, the whole bond for a lie, a
// fifth of that for the reporter, and a minute of unbonding. The faucet holds all tokens, but for those of team and private sale, which vest to it. It is the verifier too.
func (c *Chain) DeployConfig() evm.DeployConfig {
	return ConfigFor(crypto.PubkeyToAddress(c.faucet.PublicKey))
}

// ConfigFor is DeployConfig for a faucet with the given address.
func ConfigFor(faucet common.Address) evm.DeployConfig {
	cfg := evm.DefaultDeployConfig()
	cfg.Treasury, cfg.Unbonding, cfg.TopUp, cfg.Tick = Treasury, 60_000, 2_000, TickMillis
	cfg.Batch = evm.BatchConfig{Window: 15_000, Bond: 100 * market.NLOV, Deposit: 10 * market.NLOV}
	cfg.Arbiters = evm.ArbitersConfig{Window: 25_000, Deposit: 5 * market.NLOV}
	cfg.Rewards = evm.RewardsConfig{Delay: 50_000, Most: 100 * market.NLOV}
	cfg.Governance = evm.GovernanceConfig{VotingDelay: 6, VotingPeriod: 20, Threshold: 1_000 * market.NLOV, Timelock: 60_000}
	for i := range cfg.Holders {
		cfg.Holders[i] = faucet
	}
	cfg.Verifier = faucet
	return cfg
}

// Bootstrap deploys the contracts and gives each account tokens, and ether (whole ones) for gas.
func Bootstrap(ctx context.Context, c *Chain, accounts []poc.Account, tokens market.Amount, ether int64) (evm.Contracts, error) {
	contracts, err := evm.Deploy(ctx, c.WSURL(), c.faucet, c.DeployConfig())
	if err != nil {
		return evm.Contracts{}, err
	}
	wei := new(big.Int).Mul(big.NewInt(ether), big.NewInt(1e18))
	if err := evm.Fund(ctx, c.WSURL(), c.faucet, contracts, accounts, tokens, wei); err != nil {
		return evm.Contracts{}, fmt.Errorf("funding the accounts: %w", err)
	}
	return contracts, nil
}
