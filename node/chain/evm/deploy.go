package evm

import (
	"context"
	"crypto/ecdsa"
	"fmt"
	"log/slog"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"golang.org/x/sync/errgroup"

	"gpumesh/market"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

// DeployConfig is what is fixed for good when the contracts are deployed. Nobody can change it later.
type DeployConfig struct {
	// Holders get the whole supply: ecosystem 20 %, team 16 %, public sale 6 %, private sale 2 %, development 15 %,
	// marketing 4 %, treasury 15 %, reserves 22 %.
	Holders   [8]common.Address
	Treasury  common.Address // of protocol fees and slashed stake
	FeeBps    uint16         // fee on top of every pay, in parts of market.FeeBase
	MinStake  market.Amount  // below it a worker's signature does not count
	SlashBps  uint16         // part of the bond that a proven lie costs
	RewardBps uint16         // part of a slash that goes to the reporter; less than all, or liars would report themselves
	Unbonding poc.Millis     // from asking stake back to getting it
	Tick      poc.Millis     // what one unit of the chain's block time stamps is worth: 1000 on Ethereum
}

// Validate lists every field that is out of range.
func (c DeployConfig) validate() error {
	switch {
	case slices.Contains(c.Holders[:], common.Address{}):
		return fmt.Errorf("deploy: every one of the 8 token holders needs an address")
	case c.Treasury == common.Address{}:
		return fmt.Errorf("deploy: the treasury needs an address")
	case c.FeeBps > market.FeeBase || c.SlashBps > market.FeeBase || c.RewardBps >= market.FeeBase:
		return fmt.Errorf("deploy: fee %d, slash %d and reward %d must be parts of %d, the reward less than all", c.FeeBps, c.SlashBps, c.RewardBps, market.FeeBase)
	case c.MinStake == 0:
		return fmt.Errorf("deploy: the least stake must be more than nothing")
	case c.Unbonding < 0 || c.Unbonding > 366*86_400_000:
		return fmt.Errorf("deploy: an unbonding delay of %d ms is not between 0 and 366 days", c.Unbonding)
	case c.Tick < 1 || c.Tick > 1000:
		return fmt.Errorf("deploy: a tick of %d ms is not between 1 and 1000", c.Tick)
	}
	return nil
}

// Deploy puts the three contracts on a chain. The deployer has no rights over them afterwards.
func Deploy(ctx context.Context, url string, deployer *ecdsa.PrivateKey, cfg DeployConfig) (Contracts, error) {
	if err := cfg.validate(); err != nil {
		return Contracts{}, err
	}
	s, closeConn, err := dial(ctx, url, deployer, 1, slog.New(slog.DiscardHandler))
	if err != nil {
		return Contracts{}, err
	}
	defer closeConn()
	create := func(name, code string, args []byte) (common.Address, error) {
		r, err := s.send(ctx, nil, nil, append(common.FromHex(code), args...))
		if err != nil {
			return common.Address{}, fmt.Errorf("deploying the %s: %w", name, explain(err))
		}
		if r.Status != types.ReceiptStatusSuccessful {
			return common.Address{}, fmt.Errorf("deploying the %s failed in transaction %s", name, r.TxHash)
		}
		return r.ContractAddress, nil
	}
	var out Contracts
	if out.Token, err = create("token", bindings.TokenMetaData.Bin, tokenABI.PackConstructor(cfg.Holders)); err != nil {
		return Contracts{}, err
	}
	// The registry and the marketplace name each other for good, so the second one's address is computed beforehand. The
	// marketplace's constructor refuses any other registry.
	nonce, err := s.eth.PendingNonceAt(ctx, s.from)
	if err != nil {
		return Contracts{}, err
	}
	next := crypto.CreateAddress(s.from, nonce+1)
	tick := big.NewInt(int64(cfg.Tick))
	if out.Registry, err = create("registry", bindings.RegistryMetaData.Bin,
		regABI.PackConstructor(out.Token, next, big.NewInt(int64(cfg.Unbonding)), tick)); err != nil {
		return Contracts{}, err
	}
	out.Marketplace, err = create("marketplace", bindings.MarketplaceMetaData.Bin, marketABI.PackConstructor(out.Token, out.Registry, bindings.MarketplaceConfig{
		Treasury: cfg.Treasury, FeeBps: cfg.FeeBps, MinStake: uint64(cfg.MinStake), SlashBps: cfg.SlashBps, RewardBps: cfg.RewardBps, Tick: tick,
	}))
	return out, err
}

// Fund sends tokens and native currency (wei) from a holder's account to each of the given ones.
func Fund(ctx context.Context, url string, holder *ecdsa.PrivateKey, c Contracts, accounts []poc.Account, tokens market.Amount, wei *big.Int) error {
	s, closeConn, err := dial(ctx, url, holder, 1, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer closeConn()
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(16)
	send := func(to common.Address, value *big.Int, data []byte) {
		g.Go(func() error {
			r, err := s.send(ctx, &to, value, data)
			if err != nil {
				return explain(err)
			}
			if r.Status != types.ReceiptStatusSuccessful {
				return fmt.Errorf("transaction %s failed", r.TxHash)
			}
			return nil
		})
	}
	for _, a := range accounts {
		address, err := ParseAccount(a)
		if err != nil {
			return err
		}
		send(address, wei, nil)
		if tokens > 0 {
			send(c.Token, nil, tokenABI.PackTransfer(address, new(big.Int).SetUint64(uint64(tokens))))
		}
	}
	return g.Wait()
}
