package main

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
	"gpumesh/node/home"
	"gpumesh/poc"
)

// Where the passphrase of the account's key comes from.
const (
	passphraseVar     = "GPUMESH_PASSPHRASE"
	passphraseFileVar = "GPUMESH_PASSPHRASE_FILE"
)

// accountKey opens the key of the account in dir, or makes one. With a passphrase the file is encrypted; without, it is not.
func accountKey(dir string) (*ecdsa.PrivateKey, error) {
	key, err := evm.OpenKey(filepath.Join(dir, home.AccountFile), passphrase)
	if errors.Is(err, evm.ErrPassphrase) {
		return nil, fmt.Errorf("%w; set %s to a file that holds it, or %s to it", err, passphraseFileVar, passphraseVar)
	}
	return key, err
}

func passphrase(bool) (string, error) {
	if path := os.Getenv(passphraseFileVar); path != "" {
		text, err := os.ReadFile(path)
		if err != nil {
			return "", fmt.Errorf("the passphrase: %w", err)
		}
		if pass := strings.TrimRight(string(text), "\r\n"); pass != "" {
			return pass, nil
		}
		return "", fmt.Errorf("the passphrase file %s is empty", path)
	}
	pass := os.Getenv(passphraseVar)
	// The processes that run strangers' kernels inherit the environment.
	return pass, os.Unsetenv(passphraseVar)
}

// walletCommand is for the money of a node's account. A running node does all but withdrawing by itself.
func (a *app) walletCommand() *cobra.Command {
	cmd := group(&cobra.Command{
		Use: "wallet", Short: "The money of a node's account: balance, stake, pay",
		Long: `Shows and moves the money of the account in --dir. Set GPUMESH_PASSPHRASE_FILE to a file with a passphrase, or GPUMESH_PASSPHRASE
to one, and the account's key is kept encrypted.`,
	})
	var dir string
	cmd.PersistentFlags().StringVar(&dir, "dir", "", "directory of the node (default $GPUMESH_DIR or ~/.gpumesh)")
	// on makes a command that talks to the chain.
	on := func(c *cobra.Command, do func(ctx context.Context, w *evm.Client, args []string) error) *cobra.Command {
		c.RunE = func(cmd *cobra.Command, args []string) (err error) {
			if dir == "" {
				if dir, err = baseDir(); err != nil {
					return err
				}
			}
			w, err := settlement(cmd.Context(), dir, slog.New(slog.DiscardHandler))
			if err != nil {
				return err
			}
			defer func() { _ = w.Close() }()
			return do(cmd.Context(), w, args)
		}
		return c
	}
	cmd.AddCommand(
		on(&cobra.Command{Use: "balance", Short: "Show what the account has", Args: exactly()}, a.walletBalance),
		on(&cobra.Command{Use: "stake AMOUNT", Short: "Add to the stake of the account", Args: exactly("AMOUNT")}, a.walletStake),
		on(&cobra.Command{
			Use: "unstake AMOUNT", Short: "Start to take stake out", Args: exactly("AMOUNT"),
			Long: "Starts to take stake out. It can be withdrawn after the network's unbonding delay; a second call starts the delay anew.",
		}, a.walletUnstake),
		on(&cobra.Command{Use: "withdraw", Short: "Send pay, and stake whose delay is over, to the payout address", Args: exactly()}, a.walletWithdraw),
		on(&cobra.Command{
			Use: "claim RECEIPT", Short: "Claim what a receipt's certificates still pay", Args: exactly("RECEIPT"),
			Long: `Claims on chain what the certificates of a job's receipt still pay, to whomever: tasks that nobody claimed, and workers whom an
earlier claim left out. It works until the job's escrow is closed.`,
		}, a.walletClaim),
	)
	return cmd
}

func (a *app) walletBalance(ctx context.Context, w *evm.Client, _ []string) error {
	m, err := w.Wallet(ctx)
	if err != nil {
		return err
	}
	if done, err := a.emit(m); done {
		return err
	}
	a.printf("account    %s\ntokens     %s\nearned     %s\nstake      %s\n", m.Account, m.Tokens, m.Earned, m.Stake)
	if m.Release != nil {
		a.printf("unbonding  %s, until %s\n", m.Unbonding, m.Release.Format(time.DateTime))
	}
	if m.Payout != m.Account {
		a.printf("payout     %s\n", m.Payout)
	}
	a.printf("gas money  %s wei\n", m.Native)
	return nil
}

func (a *app) walletStake(ctx context.Context, w *evm.Client, args []string) error {
	amount, err := positive(args[0])
	if err != nil {
		return err
	}
	st, err := w.Standing(ctx, w.Account())
	if err != nil {
		return err
	}
	if !st.Registered {
		return errors.New("the account is not registered; a node registers when it first runs as a provider")
	}
	return a.moved(w.Submit(ctx, market.Register{Peer: st.Peer, Stake: st.Stake + amount}))(amount, "staked")
}

func (a *app) walletUnstake(ctx context.Context, w *evm.Client, args []string) error {
	amount, err := positive(args[0])
	if err != nil {
		return err
	}
	return a.moved(w.Unstake(ctx, amount))(amount, "unbonding")
}

func (a *app) walletWithdraw(ctx context.Context, w *evm.Client, _ []string) error {
	r, err := w.Withdraw(ctx)
	if err == nil && r.Tx == "" {
		err = errors.New("there is nothing to withdraw")
	}
	return a.moved(r, err)(r.Amount, "withdrawn")
}

func (a *app) walletClaim(ctx context.Context, w *evm.Client, args []string) error {
	r, err := readReceipt(args[0])
	if err != nil {
		return err
	}
	if r.Network.Chain != w.Chain() {
		return fmt.Errorf("%s is of a network on %s, and the account is on %s", args[0], r.Network.Chain, w.Chain())
	}
	panel, err := market.OpenAward(r.Network.ID(), r.Job, r.Award.Block)
	if err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	const most = 16 // certificates in one transaction
	var certs []poc.Certificate
	for _, t := range r.Tasks {
		if t.Certificate == nil {
			continue
		}
		c, err := poc.DecodeCertificate(t.Certificate.Block)
		if err != nil {
			return fmt.Errorf("%s: task %d: %w", args[0], t.Index, err)
		}
		certs = append(certs, *c)
	}
	var sum market.Receipt
	for ; len(certs) > 0; certs = certs[min(most, len(certs)):] {
		one, err := w.Submit(ctx, market.Claim{Job: r.Job, Seats: panel.Seats(), Certificates: certs[:min(most, len(certs))]})
		if err != nil {
			return err
		}
		if one.Tx != "" {
			sum.Tx, sum.Height = one.Tx, one.Height
		}
		for _, p := range one.Pays {
			sum.Amount += p.Amount
		}
	}
	if sum.Tx == "" {
		return errors.New("everything that the receipt's certificates pay is paid")
	}
	return a.moved(sum, nil)(sum.Amount, "paid to the workers")
}

func positive(s string) (market.Amount, error) {
	amount, err := market.ParseAmount(s)
	if err == nil && amount == 0 {
		err = errors.New("the amount is nothing")
	}
	if err != nil {
		return 0, usagef("%v", err)
	}
	return amount, nil
}

// moved prints what became of a transaction.
func (a *app) moved(r market.Receipt, err error) func(amount market.Amount, what string) error {
	return func(amount market.Amount, what string) error {
		if err != nil {
			return err
		}
		if done, err := a.emit(map[string]any{"amount": amount, "tx": r.Tx, "height": r.Height}); done {
			return err
		}
		a.printf("%s %s\ntx %s\n", amount, what, r.Tx)
		return nil
	}
}
