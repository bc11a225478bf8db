package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
	"gpumesh/node/home"
	"gpumesh/poc"
)

// wallet is the account that the wallet commands are about.
type wallet struct {
	*app
	dir string
}

// walletCommand is for the money of a node's account, and its key. A running node stakes and claims by itself.
func (a *app) walletCommand() *cobra.Command {
	cmd := group(&cobra.Command{
		Use: "wallet", Short: "The account of a node: its money and its key",
		Long: `Shows and moves the money of the account in --dir, and keeps its key. The key has go-ethereum's keystore format, encrypted with the
passphrase of --passphrase-file, GPUMESH_PASSPHRASE or the terminal. A key that was made without one is not protected until passwd
gives it one.`,
	})
	w := &wallet{app: a}
	cmd.PersistentFlags().StringVar(&w.dir, "dir", "", "directory of the node (default $GPUMESH_DIR or ~/.gpumesh)")
	sub := func(use, short string, names []string, do func(context.Context, []string) error) *cobra.Command {
		c := &cobra.Command{Use: use, Short: short, Args: exactly(names...), RunE: func(cmd *cobra.Command, args []string) (err error) {
			if w.dir == "" {
				if w.dir, err = baseDir(); err != nil {
					return err
				}
			}
			return do(cmd.Context(), args)
		}}
		cmd.AddCommand(c)
		return c
	}
	// on makes a command that talks to the chain.
	on := func(do func(context.Context, *evm.Client, []string) error) func(context.Context, []string) error {
		return func(ctx context.Context, args []string) error {
			c, err := a.settlement(ctx, w.dir, a.stderrLog())
			if err != nil {
				return err
			}
			defer func() { _ = c.Close() }()
			return do(ctx, c, args)
		}
	}
	amount := func(do func(context.Context, *evm.Client, market.Amount) error) func(context.Context, []string) error {
		return func(ctx context.Context, args []string) error {
			n, err := positive(args[0])
			if err != nil {
				return err
			}
			return on(func(ctx context.Context, c *evm.Client, _ []string) error { return do(ctx, c, n) })(ctx, args)
		}
	}
	sub("balance", "Show what the account has", nil, on(w.balance))
	sub("stake AMOUNT", "Add to the stake of the account", []string{"AMOUNT"}, amount(w.stake))
	sub("unstake AMOUNT", "Start to take stake out", []string{"AMOUNT"}, amount(w.unstake)).Long =
		"Starts to take stake out. It can be withdrawn after the network's unbonding delay; a second call starts the delay anew."
	sub("withdraw", "Send pay, and stake whose delay is over, to the payout address", nil, on(w.withdraw))
	sub("claim RECEIPT", "Claim what a receipt's certificates still pay", []string{"RECEIPT"}, w.claim).Long =
		`Claims on chain what the certificates of a job's receipt still pay, to whomever. It works until the job's escrow is closed. A running
node claims by itself.`
	var where string
	settle := sub("settle REWARDS RECEIPT...", "Settle the jobs of receipts in one batch", nil, on(func(ctx context.Context, c *evm.Client, args []string) error {
		return w.settle(ctx, c, where, args)
	}))
	settle.Args = atLeast("REWARDS", "RECEIPT")
	settle.Flags().StringVar(&where, "where", "", "says on chain where the rewards are published")
	settle.Long = `Posts a batch: one transaction for all that the receipts' jobs pay, of which nothing may be claimed yet. It puts down the network's bond,
and writes the rewards to the new file REWARDS, to be published for everybody to check. Until its time for doubts is over, answer them
with wallet batch.`
	batch := sub("batch NUMBER REWARDS RECEIPT...", "Check a batch, or look after an own one", nil, on(w.batch))
	batch.Args = atLeast("NUMBER", "REWARDS")
	batch.Long = `Does what a batch needs from this account now: answers doubts about an own batch; challenges another's that is not what the receipts of
one's jobs say, for the network's deposit; voids one with a doubt that was not answered in time; and when the time for doubts is over
makes it final, closes its jobs, and withdraws the account's pay. Say it again until the pay is there.`
	sub("cases", "List the open cases before the arbiters that concern the account", nil, on(w.cases)).Long =
		`Lists the open cases in which the account accuses, appeals, is accused, or was drawn to judge, and convictions by a certificate
against which the account, or whom it reported, can still appeal, as the chain shows them. A running node does what they need by itself; status and explain say how that goes.`
	sub("rewards", "Show what is due from the pool of rewards, and the node's claims", nil, w.rewards).Long =
		`Asks the running node of the directory what is due to it for uptime, participation and completion, how its claims stand and why, and what
it found of others' claims. A running node claims by itself, once rewards.least of config.yaml is due.`
	sub("pool", "Show the network's pool of rewards", nil, on(w.pool))
	sub("fund-pool AMOUNT", "Give tokens to the pool of rewards", []string{"AMOUNT"}, amount(w.fundPool)).Long =
		"Gives tokens of the account to the network's pool of rewards. Nobody gets them back but by claims."
	sub("address", "Print the account", nil, w.address).Long = "Prints the account without opening its key."
	sub("export FILE", "Write a copy of the encrypted key", []string{"FILE"}, w.export).Long =
		"Writes a copy of the key, encrypted with its passphrase, to a new file that geth and other wallets can read."
	sub("import FILE", "Take over a key from a keystore file", []string{"FILE"}, w.importKey).Long =
		"Takes over the key of a keystore file, which keeps its passphrase, where there is no account yet."
	var fresh string
	passwd := sub("passwd", "Change the passphrase of the key", nil, func(context.Context, []string) error { return w.passwd(fresh) })
	passwd.Flags().StringVar(&fresh, "new-passphrase-file", "", "file with the new passphrase (default: asked on a terminal)")
	return cmd
}

func (w *wallet) keyFile() string { return filepath.Join(w.dir, home.AccountFile) }

func (w *wallet) address(context.Context, []string) error {
	account, locked, err := evm.KeyAccount(w.keyFile())
	if err != nil {
		return w.noAccount(err)
	}
	if done, err := w.emit(map[string]any{"account": account, "protected": locked}); done {
		return err
	}
	w.printf("%s\n", account)
	return nil
}

func (w *wallet) noAccount(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%s has no account; gpumesh network account makes one", w.dir)
	}
	return passphraseHint(err)
}

func (w *wallet) export(_ context.Context, args []string) error {
	if err := evm.ExportKey(w.keyFile(), args[0]); err != nil {
		if errors.Is(err, os.ErrExist) {
			return fmt.Errorf("%s exists already; give another file", args[0])
		}
		return w.noAccount(err)
	}
	if done, err := w.emit(map[string]string{"file": args[0]}); done {
		return err
	}
	w.printf("wrote the encrypted key to %s\n", args[0])
	return nil
}

func (w *wallet) importKey(_ context.Context, args []string) error {
	account, err := evm.ImportKey(args[0], w.keyFile(), w.keyOptions(w.stderrLog()))
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s has an account already, and a key is never replaced; give another directory with --dir", w.dir)
	}
	if err != nil {
		return passphraseHint(err)
	}
	if done, err := w.emit(map[string]poc.Account{"account": account}); done {
		return err
	}
	w.printf("%s\n", account)
	return nil
}

func (w *wallet) passwd(file string) error {
	// That there is no key is said before anything is asked.
	if _, _, err := evm.KeyAccount(w.keyFile()); err != nil {
		return w.noAccount(err)
	}
	fresh, err := "", error(nil)
	if file != "" {
		fresh, err = readPassphrase(file)
	} else if fresh, err = w.promptTwice("New passphrase: "); err == nil && fresh == "" {
		return usagef("the new passphrase is missing; give it with --new-passphrase-file or on a terminal")
	}
	if err != nil {
		return err
	}
	if err := evm.ChangePassphrase(w.keyFile(), w.keyOptions(w.stderrLog()), fresh); err != nil {
		return passphraseHint(err)
	}
	if done, err := w.emit(map[string]bool{"changed": true}); done {
		return err
	}
	w.printf("the passphrase is changed\n")
	return nil
}

func (w *wallet) balance(ctx context.Context, c *evm.Client, _ []string) error {
	m, err := c.Wallet(ctx)
	if err != nil {
		return err
	}
	if done, err := w.emit(m); done {
		return err
	}
	w.printf("account    %s\ntokens     %s\nearned     %s\nstake      %s\n", m.Account, m.Tokens, m.Earned, m.Stake)
	if m.Release != nil {
		w.printf("unbonding  %s, until %s\n", m.Unbonding, m.Release.Format(time.DateTime))
	}
	if m.Payout != m.Account {
		w.printf("payout     %s\n", m.Payout)
	}
	w.printf("gas money  %s wei\n", m.Native)
	return nil
}

// walletCase is an open case that concerns the account.
type walletCase struct {
	ID      uint64      `json:"id"`
	Job     poc.Hash    `json:"job"`
	Task    uint32      `json:"task"`
	Accuser poc.Account `json:"accuser"`
	Accused poc.Account `json:"accused"`
	Roles   []string    `json:"roles"` // of the account
	Drawn   bool        `json:"drawn"` // it has a committee
	Until   time.Time   `json:"until"` // for the verdict
	// Conviction is the one that is appealed against, or, if the case has no number, one by a certificate that nobody has appealed against: its
	// reporter is the accuser, and it can be until then.
	Conviction uint64 `json:"conviction,omitempty"`
}

func (w *wallet) cases(ctx context.Context, c *evm.Client, _ []string) error {
	open, err := c.Cases(ctx)
	if err != nil {
		return err
	}
	mine := []walletCase{}
	for _, k := range open {
		v := walletCase{k.ID, k.Ref.Job, k.Ref.Task, k.Accuser, k.Accused, nil, k.Committee != nil, time.UnixMilli(int64(k.Until)).UTC(), k.Conviction}
		for role, is := range map[string]bool{"accuser": k.Accuser == c.Account(), "accused": k.Accused == c.Account(), "arbiter": slices.Contains(k.Committee, c.Account())} {
			if is {
				v.Roles = append(v.Roles, role)
			}
		}
		if slices.Sort(v.Roles); v.Roles != nil {
			mine = append(mine, v)
		}
	}
	held, err := c.Convictions(ctx)
	if err != nil {
		return err
	}
	for _, k := range held {
		if v := (walletCase{0, k.Ref.Job, k.Ref.Task, k.Reporter, k.Account, nil, false, time.UnixMilli(int64(k.Until)).UTC(), k.ID}); k.Appeal == 0 {
			switch c.Account() {
			case k.Account:
				v.Roles = []string{"accused"}
			case k.Reporter:
				v.Roles = []string{"accuser"}
			default:
				continue
			}
			mine = append(mine, v)
		}
	}
	if done, err := w.emit(mine); done {
		return err
	}
	if len(mine) == 0 {
		w.printf("no open case concerns the account\n")
	}
	for _, v := range mine {
		stands := "its committee is not drawn yet"
		if v.Drawn {
			stands = "its committee is drawn"
		}
		what := fmt.Sprintf("task %d of job %s", v.Task, v.Job.Short())
		if v.Job.IsZero() {
			what = fmt.Sprintf("claim %d for rewards", v.Task)
		}
		switch {
		case v.ID == 0:
			w.printf("conviction %d  %s: %s is convicted by a certificate, as %s reported; it can appeal until %s\n", v.Conviction, what, v.Accused, v.Accuser, v.Until.Format(time.DateTime))
			continue
		case v.Conviction != 0:
			w.printf("case %d  %s: %s appeals against conviction %d; this account is %s; %s; verdict until %s\n", v.ID, what, v.Accused, v.Conviction,
				strings.Join(v.Roles, " and "), stands, v.Until.Format(time.DateTime))
			continue
		}
		w.printf("case %d  %s: %s accuses %s; this account is %s; %s; verdict until %s\n", v.ID, what, v.Accuser, v.Accused,
			strings.Join(v.Roles, " and "), stands, v.Until.Format(time.DateTime))
	}
	return nil
}

func (w *wallet) stake(ctx context.Context, c *evm.Client, amount market.Amount) error {
	st, err := c.Standing(ctx, c.Account())
	if err != nil {
		return err
	}
	if !st.Registered {
		return errors.New("the account is not registered; a node registers when it first runs as a provider")
	}
	r, err := c.Submit(ctx, market.Register{Peer: st.Peer, Stake: st.Stake + amount})
	return w.moved(r, err, amount, "staked")
}

func (w *wallet) unstake(ctx context.Context, c *evm.Client, amount market.Amount) error {
	r, err := c.Unstake(ctx, amount)
	return w.moved(r, err, amount, "unbonding")
}

func (w *wallet) withdraw(ctx context.Context, c *evm.Client, _ []string) error {
	r, err := c.Withdraw(ctx)
	if err == nil && r.Tx == "" {
		err = errors.New("there is nothing to withdraw now")
	}
	return w.moved(r, err, r.Amount, "withdrawn")
}

func (w *wallet) claim(ctx context.Context, args []string) error {
	r, err := readReceipt(args[0])
	if err != nil {
		return err
	}
	c, err := w.settlement(ctx, w.dir, w.stderrLog())
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	if r.Network.Chain != c.Chain() {
		return fmt.Errorf("%s is of a network on %s, and the account is on %s", args[0], r.Network.Chain, c.Chain())
	}
	job, err := jobOf(args[0], r)
	if err != nil {
		return err
	}
	const most = 16 // certificates in one transaction
	certs := job.Certificates
	var sum market.Receipt
	for ; len(certs) > 0; certs = certs[min(most, len(certs)):] {
		one, err := c.Submit(ctx, market.Claim{Job: job.ID, Seating: job.Seating, Certificates: certs[:min(most, len(certs))]})
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
	return w.moved(sum, nil, sum.Amount, "paid to the workers")
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
func (w *wallet) moved(r market.Receipt, err error, amount market.Amount, what string) error {
	if err != nil {
		return err
	}
	if done, err := w.emit(map[string]any{"amount": amount, "tx": r.Tx, "height": r.Height}); done {
		return err
	}
	w.printf("%s %s\ntx %s\n", amount, what, r.Tx)
	return nil
}
