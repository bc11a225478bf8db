package main

import (
	"context"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/spf13/cobra"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
	"gpumesh/node/home"
	"gpumesh/poc"
)

// networkCommand makes networks: whoever starts one deploys its contracts, and has no rights over them afterwards.
func (a *app) networkCommand() *cobra.Command {
	cmd := group(&cobra.Command{Use: "network", Short: "Make a network"})
	var dir, rpc, treasury, name string
	var feeBps uint16
	var confirmations, blocks uint64
	var cohort uint32
	var tick, unbonding int64
	stake, pool := amountFlag{100 * market.NLOV}, amountFlag{}
	var uptime, participation amountFlag
	var completion, tasks uint32
	create := &cobra.Command{
		Use: "create", Short: "Deploy the contracts to a chain and write network.json and chain.json", Args: exactly(),
		Long: `Deploys token, marketplace and governance with the account of --dir, which pays for it and gets all tokens, and writes
network.json and chain.json there. Copy the two files into the directory of every node of the network.`,
		Example: "  gpumesh network create --rpc ws://127.0.0.1:8546 --name ours --dir ~/.gpumesh",
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			if rpc == "" {
				return usagef("--rpc is missing; it is the JSON-RPC URL of the chain, such as ws://127.0.0.1:8546")
			}
			n := market.DefaultNetwork()
			if tasks < 1 || tasks > n.MaxTasks {
				return usagef("--max-tasks %d: a job of a network has 1 to %d tasks at most", tasks, n.MaxTasks)
			}
			rewards, err := rewardsOf(uptime.Amount, participation.Amount, completion, blocks > 0)
			if err != nil {
				return err
			}
			if dir == "" {
				if dir, err = baseDir(); err != nil {
					return err
				}
			}
			if _, err := os.Stat(filepath.Join(dir, home.NetworkFile)); err == nil {
				return fmt.Errorf("%s belongs to a network already; give another directory with --dir", dir)
			}
			if err := os.MkdirAll(dir, 0o700); err != nil {
				return err
			}
			key, err := a.accountKey(dir, a.stderrLog())
			if err != nil {
				return err
			}
			self := crypto.PubkeyToAddress(key.PublicKey)
			cfg := evm.DefaultDeployConfig()
			cfg.Treasury, cfg.FeeBps, cfg.MinStake = self, feeBps, stake.Amount
			cfg.Unbonding, cfg.Tick = poc.Millis(unbonding)*1000, poc.Millis(tick)
			cfg.Batch.Window = min(cfg.Batch.Window, cfg.Unbonding/2)
			cfg.Arbiters.Window = min(cfg.Arbiters.Window, cfg.Unbonding*3/7)
			cfg.Rewards.Delay = 2 * cfg.Arbiters.Window
			cfg.Governance.Timelock = max(cfg.Governance.Timelock, cfg.Unbonding)
			if treasury != "" {
				if !common.IsHexAddress(treasury) {
					return usagef("--treasury %q is not an address", treasury)
				}
				cfg.Treasury = common.HexToAddress(treasury)
			}
			for i := range cfg.Holders {
				cfg.Holders[i] = self
			}
			id, err := askChain(ctx, rpc, self)
			if err != nil {
				return err
			}
			contracts, err := evm.Deploy(ctx, rpc, key, cfg)
			if err != nil {
				return err
			}
			n.Name, n.Chain, n.MinStake = name, evm.ChainName(id, contracts.Marketplace), stake.Amount
			n.MaxTasks, n.MaxBatch = tasks, min(n.MaxBatch, tasks)
			if blocks > 0 {
				head, err := headOf(ctx, rpc)
				if err != nil {
					return err
				}
				n.Challenge, n.Rewards = market.DefaultChallenges(head, blocks, cohort), rewards
			}
			if err := n.Validate(); err != nil {
				return oneLine(err)
			}
			if pool.Amount > 0 {
				if err := fillPool(ctx, evm.Config{URL: rpc, Key: key, Contracts: contracts}, pool.Amount); err != nil {
					return err
				}
			}
			chain := home.Chain{URLs: []string{rpc}, Contracts: contracts, Confirmations: confirmations}
			if err := home.WriteChain(dir, chain); err != nil {
				return err
			}
			if err := home.WriteNetwork(dir, n); err != nil {
				return err
			}
			if done, err := a.emit(map[string]any{"network": n, "id": n.ID(), "chain": chain}); done {
				return err
			}
			a.printf("network %s (%s) on %s\nwrote %s and %s in %s\n", n.Name, n.ID().Short(), n.Chain, home.NetworkFile, home.ChainFile, dir)
			return nil
		},
	}
	f := create.Flags()
	f.StringVar(&dir, "dir", "", "directory of the node (default $GPUMESH_DIR or ~/.gpumesh)")
	f.StringVar(&rpc, "rpc", "", "JSON-RPC URL of the chain")
	f.StringVar(&name, "name", "gpumesh", "name of the network: a-z, 0-9 and -")
	f.StringVar(&treasury, "treasury", "", "address that gets fees and slashes (default: the account)")
	f.Uint16Var(&feeBps, "fee", 100, "protocol fee on top of every pay, in 1/10,000")
	f.Uint64Var(&confirmations, "confirmations", 1, "blocks that make an effect final")
	f.Int64Var(&tick, "tick", 1000, "milliseconds that one unit of the chain's block time stamps is worth")
	f.Int64Var(&unbonding, "unbonding", 7*86_400, "seconds from asking stake back to getting it")
	f.Var(&stake, "min-stake", "stake that a worker needs")
	f.Uint32Var(&tasks, "max-tasks", market.DefaultNetwork().MaxTasks, "tasks that a job has at most")
	f.Var(&pool, "pool", "tokens of the account that the pool of rewards begins with")
	f.Uint64Var(&blocks, "challenges", 0, "blocks between two challenges, in which all providers show the speed and memory that they offer; 0: none")
	f.Uint32Var(&cohort, "cohort", 24, "with --challenges: providers that watch each; more than half must vouch for it")
	f.Var(&uptime, "uptime", "with --challenges: reward of a provider for each epoch and 10^9 operations per second that it showed, for 10^12 at most")
	f.Var(&participation, "participation", "with --challenges: reward for each vouch for another provider")
	f.Uint32Var(&completion, "completion", 0, "with --challenges: part of the fee that comes back to who missed nothing of a job, in 1/10,000")
	cmd.AddCommand(create, a.accountCommand(), a.fundCommand())
	return cmd
}

// rewardsOf are the rewards that the flags of network create ask for, or nil.
func rewardsOf(uptime, participation market.Amount, completion uint32, challenged bool) (*market.Rewards, error) {
	most := market.Amount(1_000_000 * market.NLOV)
	switch {
	case uptime == 0 && participation == 0 && completion == 0:
		return nil, nil
	case !challenged:
		return nil, usagef("--uptime, --participation and --completion need --challenges: what is not vouched for cannot be told from words")
	case uptime > most || participation > most:
		return nil, usagef("--uptime and --participation are at most %s each", most)
	case completion > market.FeeBase:
		return nil, usagef("--completion %d is more than all of the fee, %d", completion, market.FeeBase)
	}
	return &market.Rewards{Uptime: uptime, UptimeMost: min(1000*uptime, most), Participation: participation, Completion: completion}, nil
}

// fillPool gives the pool of rewards of a new network its first tokens.
func fillPool(ctx context.Context, cfg evm.Config, amount market.Amount) error {
	c, err := evm.Dial(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	_, err = c.FundPool(ctx, amount)
	return err
}

// chainWait is how long a chain may take to answer and to show the account's money: one that was started a moment ago gets
// its chance.
const chainWait = 10 * time.Second

// askChain returns the chain's id once it answers and the account can pay for a deployment.
func askChain(ctx context.Context, rpc string, account common.Address) (*big.Int, error) {
	ctx, cancel := context.WithTimeout(ctx, chainWait)
	defer cancel()
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		id, err := tryChain(ctx, rpc, account)
		if err == nil {
			return id, nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil, err
		}
	}
}

// headOf returns the newest block: nobody registers with the contracts before it.
func headOf(ctx context.Context, rpc string) (uint64, error) {
	c, err := ethclient.DialContext(ctx, rpc)
	if err != nil {
		return 0, fmt.Errorf("the chain at %s does not answer: %w", rpc, err)
	}
	defer c.Close()
	return c.BlockNumber(ctx)
}

func tryChain(ctx context.Context, rpc string, account common.Address) (*big.Int, error) {
	c, err := ethclient.DialContext(ctx, rpc)
	if err != nil {
		return nil, fmt.Errorf("the chain at %s does not answer: %w", rpc, err)
	}
	defer c.Close()
	id, err := c.ChainID(ctx)
	if err != nil {
		return nil, fmt.Errorf("the chain at %s does not answer: %w", rpc, err)
	}
	balance, err := c.BalanceAt(ctx, account, nil)
	if err != nil {
		return nil, fmt.Errorf("the chain at %s does not answer: %w", rpc, err)
	}
	if balance.Sign() == 0 {
		return nil, fmt.Errorf("the account %s holds none of the chain's own currency, which a deployment costs", evm.AccountOf(account))
	}
	return id, nil
}
