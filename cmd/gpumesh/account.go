package main

import (
	"fmt"
	"math/big"
	"os"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/spf13/cobra"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
	"gpumesh/node/home"
	"gpumesh/poc"
)

// accountCommand shows the account that a directory's node settles with, so that somebody can send it money before it runs.
func (a *app) accountCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use: "account", Short: "Print the account of a node, made if it has none", Args: exactly(),
		RunE: func(*cobra.Command, []string) error {
			var err error
			if dir == "" {
				if dir, err = baseDir(); err != nil {
					return err
				}
			}
			if err := os.MkdirAll(dir, 0o700); err != nil {
				return err
			}
			key, err := a.accountKey(dir, a.stderrLog())
			if err != nil {
				return err
			}
			account := evm.AccountOf(crypto.PubkeyToAddress(key.PublicKey))
			if done, err := a.emit(map[string]poc.Account{"account": account}); done {
				return err
			}
			a.printf("%s\n", account)
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "directory of the node (default $GPUMESH_DIR or ~/.gpumesh)")
	return cmd
}

// fundCommand sends tokens, and money for gas, from a node's account to others.
func (a *app) fundCommand() *cobra.Command {
	var dir, ether string
	tokens := amountFlag{1000 * market.NLOV}
	cmd := &cobra.Command{
		Use: "fund ACCOUNT...", Short: "Send tokens and money for gas to accounts",
		Long: `Sends tokens, and some of the chain's own currency for gas, from the account of --dir to each of the given accounts.`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("ACCOUNT is missing: %s", c.UseLine())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if dir == "" {
				if dir, err = baseDir(); err != nil {
					return err
				}
			}
			wei, ok := parseEther(ether)
			if !ok {
				return usagef("--ether is %q; it must be a number such as 0.1, with at most 18 decimals", ether)
			}
			var accounts []poc.Account
			for _, arg := range args {
				if _, err := evm.ParseAccount(poc.Account(arg)); err != nil {
					return usagef("%v", err)
				}
				accounts = append(accounts, poc.Account(arg))
			}
			chain, err := home.ReadChain(dir)
			if err != nil {
				return err
			}
			key, err := a.accountKey(dir, a.stderrLog())
			if err != nil {
				return err
			}
			if err := evm.Fund(cmd.Context(), chain.URLs[0], key, chain.Contracts, accounts, tokens.Amount, wei); err != nil {
				return fmt.Errorf("sending failed: %w", err)
			}
			if done, err := a.emit(map[string]any{"accounts": accounts, "tokens": tokens.Amount, "wei": wei.String()}); done {
				return err
			}
			a.printf("sent %s and %s ether to each of %d accounts\n", tokens.Amount, ether, len(accounts))
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&dir, "dir", "", "directory of the node that pays (default $GPUMESH_DIR or ~/.gpumesh)")
	f.Var(&tokens, "tokens", "tokens for each account")
	f.StringVar(&ether, "ether", "0.1", "the chain's own currency for each account, in whole units")
	return cmd
}

// parseEther reads a decimal number of the chain's own currency and returns it in its smallest unit.
func parseEther(s string) (*big.Int, bool) {
	r, ok := new(big.Rat).SetString(s)
	if !ok || r.Sign() < 0 || len(s) > 40 {
		return nil, false
	}
	r.Mul(r, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(18), nil)))
	if !r.IsInt() {
		return nil, false
	}
	return r.Num(), true
}
