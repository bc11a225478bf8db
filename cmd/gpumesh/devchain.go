package main

import (
	"encoding/json"
	"math/big"

	"github.com/spf13/cobra"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/devchain"
	"gpumesh/poc"
)

// gasMoney is what an account of a testnet gets of the chain's own currency, in whole units.
const gasMoney = 100

// devchainCommand is the testnet's chain. It is not for people: its money is worth nothing and its faucet is public.
func (a *app) devchainCommand() *cobra.Command {
	var dir, listen, level string
	var fund []string
	amount := amountFlag{10_000 * market.NLOV}
	cmd := &cobra.Command{
		Use: "devchain", Short: "Run a development chain with fresh contracts", Args: exactly(), Hidden: true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			log, err := logger(a.err, level)
			if err != nil {
				return err
			}
			c, err := devchain.Start(ctx, devchain.Config{Dir: dir, Listen: listen, Log: log})
			if err != nil {
				return err
			}
			defer func() { _ = c.Close() }() // it is thrown away
			var accounts []poc.Account
			for _, f := range fund {
				accounts = append(accounts, poc.Account(f))
			}
			contracts, err := devchain.Bootstrap(ctx, c, accounts, amount.Amount, gasMoney)
			if err != nil {
				return err
			}
			ready := struct {
				URL       string        `json:"url"`
				Chain     string        `json:"chain"`
				Contracts evm.Contracts `json:"contracts"`
			}{c.WSURL(), evm.ChainName(big.NewInt(devchain.ChainID), contracts.Marketplace), contracts}
			if err := json.NewEncoder(a.out).Encode(ready); err != nil {
				return err
			}
			<-ctx.Done()
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&dir, "dir", "", "directory of the chain (default: in memory)")
	f.StringVar(&listen, "listen", "127.0.0.1:0", "loopback address of JSON-RPC")
	f.StringSliceVar(&fund, "fund", nil, "accounts to give tokens and gas money")
	f.Var(&amount, "tokens", "tokens for each")
	f.StringVar(&level, "log-level", "warn", "debug, info, warn or error")
	return cmd
}
