package evm

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
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

// DeployConfig is what is fixed when the contracts are deployed. Fee, stake, slash, reward and treasury are governed later,
// within bounds of Parameters.sol; nothing else can be changed by anybody.
type DeployConfig struct {
	// Holders get the whole supply: ecosystem 20 %, team 16 %, public sale 6 %, private sale 2 %, development 15 %,
	// marketing 4 %, treasury 15 %, reserves 22 %. Team and private sale get theirs as it vests.
	Holders           [8]common.Address
	Team, PrivateSale Vesting

	Treasury  common.Address // of protocol fees and slashed stake
	Guardian  common.Address // may pause new escrow; zero: only governance
	Verifier  common.Address // may mark workers as verified; zero: nobody
	FeeBps    uint16         // fee on top of every pay, in parts of market.FeeBase; at most 10 %
	MinStake  market.Amount  // below it a worker's signature does not count
	SlashBps  uint16         // part of the bond that a proven lie costs; at least 10 %
	RewardBps uint16         // part of a slash that goes to the reporter; at most half, or liars would report themselves
	Unbonding poc.Millis     // from asking stake back to getting it
	TopUp     poc.Millis     // from the last task's claim, in which workers that it left out can still be paid
	Epoch     poc.Millis     // after which a record counts half; zero: records do not age
	Tick      poc.Millis     // what one unit of the chain's block time stamps is worth: 1000 on Ethereum

	Batch      BatchConfig
	Arbiters   ArbitersConfig
	Rewards    RewardsConfig
	Governance GovernanceConfig
}

// Vesting is when tokens are released: evenly over Duration from the deployment on, but none before Cliff.
type Vesting struct{ Cliff, Duration poc.Millis }

// BatchConfig holds the terms of batched settlement.
type BatchConfig struct {
	Window  poc.Millis    // for challenges, and for each answer; twice it is at most Unbonding
	Bond    market.Amount // of who posts a batch
	Deposit market.Amount // of who challenges one
}

// ArbitersConfig holds the terms of judging lost disputes.
type ArbitersConfig struct {
	Window  poc.Millis    // from a conviction by a certificate to the last appeal, and from a case to its verdict; less than half of Unbonding
	Deposit market.Amount // of who opens a case, or appeals; pays the committee
}

// RewardsConfig holds the terms of claims on the pool of rewards.
type RewardsConfig struct {
	Delay poc.Millis    // from a claim to its pay; at least two windows of the arbiters, and less than Unbonding
	Most  market.Amount // that one claim can be for
}

// GovernanceConfig holds the terms of proposals.
type GovernanceConfig struct {
	VotingDelay  uint64        // blocks from proposal to vote
	VotingPeriod uint32        // blocks
	Threshold    market.Amount // votes that a proposer needs
	Timelock     poc.Millis    // from a vote to its effect; at least Unbonding, so that whoever disagrees can leave first
}

const (
	day  = poc.Millis(86_400_000)
	year = 365 * day
)

// DefaultDeployConfig returns terms for a public network on a chain with blocks of 12 seconds. Holders and Treasury must
// still be set.
func DefaultDeployConfig() DeployConfig {
	return DeployConfig{
		Team: Vesting{year, 4 * year}, PrivateSale: Vesting{year / 2, 3 * year / 2},
		FeeBps: 100, MinStake: 100 * market.NLOV, SlashBps: market.FeeBase, RewardBps: 2_000, Unbonding: 7 * day, TopUp: 600_000, Epoch: 30 * day, Tick: 1_000,
		Batch:      BatchConfig{Window: day, Bond: 10_000 * market.NLOV, Deposit: 100 * market.NLOV},
		Arbiters:   ArbitersConfig{Window: 3 * day, Deposit: 20 * market.NLOV},
		Rewards:    RewardsConfig{Delay: 6 * day, Most: 1_000 * market.NLOV},
		Governance: GovernanceConfig{VotingDelay: 7_200, VotingPeriod: 36_000, Threshold: 500_000 * market.NLOV, Timelock: 8 * day},
	}
}

// validate names the first field that is out of range.
func (c DeployConfig) validate() error {
	g := c.Governance
	switch {
	case slices.Contains(c.Holders[:], common.Address{}):
		return errors.New("deploy: every one of the 8 token holders needs an address")
	case c.Treasury == common.Address{}:
		return errors.New("deploy: the treasury needs an address")
	case c.FeeBps > 1_000 || c.SlashBps < 1_000 || c.SlashBps > market.FeeBase || c.RewardBps > 5_000:
		return fmt.Errorf("deploy: fee %d is over 1000, slash %d not within 1000 to 10000, or reward %d over 5000", c.FeeBps, c.SlashBps, c.RewardBps)
	case c.MinStake == 0 || c.MinStake > 1_000_000*market.NLOV:
		return fmt.Errorf("deploy: a least stake of %v is not between nothing and 1000000 NLOV", c.MinStake)
	case c.Unbonding < 0 || c.Unbonding > 366*day:
		return fmt.Errorf("deploy: an unbonding delay of %d ms is not between 0 and 366 days", c.Unbonding)
	case c.TopUp < 0 || c.TopUp > 366*day:
		return fmt.Errorf("deploy: a time for top-ups of %d ms is not between 0 and 366 days", c.TopUp)
	case c.Epoch != 0 && (c.Epoch < 3_600_000 || c.Epoch > 10*year):
		return fmt.Errorf("deploy: an epoch of %d ms, after which a record counts half, is not between an hour and ten years", c.Epoch)
	case c.Tick < 1 || c.Tick > 1000:
		return fmt.Errorf("deploy: a tick of %d ms is not between 1 and 1000", c.Tick)
	case c.Batch.Window < 1 || 2*c.Batch.Window > c.Unbonding:
		return fmt.Errorf("deploy: a challenge window of %d ms is not between 1 and half of the unbonding delay", c.Batch.Window)
	case c.Batch.Deposit == 0 || c.Batch.Bond < 2*c.Batch.Deposit:
		return fmt.Errorf("deploy: a bond of %v is less than two deposits of %v, or those are nothing", c.Batch.Bond, c.Batch.Deposit)
	case c.Arbiters.Window < 1 || 2*c.Arbiters.Window >= c.Unbonding || c.Arbiters.Deposit == 0:
		return fmt.Errorf("deploy: a verdict's window of %d ms is not between 1 and half of the unbonding delay, or its deposit is nothing", c.Arbiters.Window)
	case c.Rewards.Delay < 2*c.Arbiters.Window || c.Rewards.Delay >= c.Unbonding || c.Rewards.Most == 0:
		return fmt.Errorf("deploy: a reward's delay of %d ms is not between two windows of a verdict and the unbonding delay, or the most of a claim is nothing", c.Rewards.Delay)
	case g.Timelock < c.Unbonding:
		return fmt.Errorf("deploy: a timelock of %d ms is shorter than the unbonding delay of %d ms: nobody could leave before a vote takes effect", g.Timelock, c.Unbonding)
	case g.VotingPeriod == 0 || g.VotingDelay > 1<<40:
		return errors.New("deploy: votes need a period, and a delay that ends")
	case c.Team.Cliff < 0 || c.Team.Duration < c.Team.Cliff || c.PrivateSale.Cliff < 0 || c.PrivateSale.Duration < c.PrivateSale.Cliff:
		return errors.New("deploy: a vesting has its cliff between its beginning and its end")
	}
	return nil
}

// Deploy puts the contracts on a chain. The deployer has no rights over them afterwards.
func Deploy(ctx context.Context, url string, deployer *ecdsa.PrivateKey, cfg DeployConfig) (Contracts, error) {
	if err := cfg.validate(); err != nil {
		return Contracts{}, err
	}
	s, closeConn, err := dial(ctx, Config{URL: url, Key: deployer})
	if err != nil {
		return Contracts{}, err
	}
	defer closeConn()
	nonce, err := s.ends.pendingNonce(ctx, s.from)
	if err != nil {
		return Contracts{}, err
	}
	// Some contracts name each other for good, so their addresses are computed beforehand.
	at := func(i uint64) common.Address { return crypto.CreateAddress(s.from, nonce+i) }
	out := Contracts{Token: at(0), Parameters: at(1), Marketplace: at(2), Batches: at(3), Timelock: at(4), Governance: at(5), Arbiters: at(6), Draws: at(7), Rewards: at(8)}
	units := func(ms poc.Millis) *big.Int { return big.NewInt(int64(ms / cfg.Tick)) } // of the chain's time stamps
	ms := func(ms poc.Millis) *big.Int { return big.NewInt(int64(ms)) }
	vesting := func(v Vesting) bindings.TokenSchedule {
		return bindings.TokenSchedule{Cliff: units(v.Cliff).Uint64(), Duration: units(v.Duration).Uint64()}
	}
	g := cfg.Governance
	timelock, governance := bindings.NewTimelock(), bindings.NewGovernance()
	for _, c := range []struct {
		name, code string
		at         common.Address
		args       []byte
	}{
		{"token", bindings.TokenMetaData.Bin, out.Token, tokenABI.PackConstructor(cfg.Holders, vesting(cfg.Team), vesting(cfg.PrivateSale))},
		{"parameters", bindings.ParametersMetaData.Bin, out.Parameters, paramsABI.PackConstructor(out.Timelock, bindings.ParametersValues{
			Treasury: cfg.Treasury, FeeBps: cfg.FeeBps, SlashBps: cfg.SlashBps, RewardBps: cfg.RewardBps, MinStake: uint64(cfg.MinStake),
			Guardian: cfg.Guardian, Verifier: cfg.Verifier,
		})},
		{"marketplace", bindings.MarketplaceMetaData.Bin, out.Marketplace,
			marketABI.PackConstructor(out.Token, out.Parameters, out.Batches, out.Arbiters, out.Draws, ms(cfg.Unbonding), ms(cfg.TopUp), ms(cfg.Tick), ms(cfg.Epoch))},
		{"batches", bindings.BatchesMetaData.Bin, out.Batches,
			batchesABI.PackConstructor(out.Token, out.Marketplace, ms(cfg.Batch.Window), uint64(cfg.Batch.Bond), uint64(cfg.Batch.Deposit))},
		{"timelock", bindings.TimelockMetaData.Bin, out.Timelock,
			timelock.PackConstructor(units(g.Timelock), []common.Address{out.Governance}, []common.Address{{}})}, // anybody executes
		{"governance", bindings.GovernanceMetaData.Bin, out.Governance, governance.PackConstructor(
			out.Token, out.Timelock, new(big.Int).SetUint64(g.VotingDelay), g.VotingPeriod, new(big.Int).SetUint64(uint64(g.Threshold)))},
		{"arbiters", bindings.ArbitersMetaData.Bin, out.Arbiters,
			arbitersABI.PackConstructor(out.Token, out.Marketplace, ms(cfg.Arbiters.Window), uint64(cfg.Arbiters.Deposit))},
		{"draws", bindings.DrawsMetaData.Bin, out.Draws, nil},
		{"pool of rewards", bindings.RewardsMetaData.Bin, out.Rewards, rewardsABI.PackConstructor(out.Marketplace, ms(cfg.Rewards.Delay), uint64(cfg.Rewards.Most))},
	} {
		r, err := s.send(ctx, nil, nil, append(common.FromHex(c.code), c.args...))
		switch {
		case err != nil:
			return Contracts{}, fmt.Errorf("deploying the %s: %w", c.name, explain(err))
		case r.Status != types.ReceiptStatusSuccessful:
			return Contracts{}, fmt.Errorf("deploying the %s failed in transaction %s", c.name, r.TxHash)
		case r.ContractAddress != c.at:
			return Contracts{}, fmt.Errorf("the %s came to %s instead of %s: the account sent other transactions in between; deploy again", c.name, r.ContractAddress, c.at)
		}
	}
	return out, nil
}

// Fund sends tokens and native currency (wei) from a holder's account to each of the given ones.
func Fund(ctx context.Context, url string, holder *ecdsa.PrivateKey, c Contracts, accounts []poc.Account, tokens market.Amount, wei *big.Int) error {
	s, closeConn, err := dial(ctx, Config{URL: url, Key: holder})
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
