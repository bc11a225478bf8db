package main

import (
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/devchain"
	"gpumesh/node/home"
	"gpumesh/poc"
)

// secretFile writes a file that only the user can read.
func secretFile(t *testing.T, name, text string) string {
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// cheapen encrypts a key file again, at a cost that tests can pay often.
func cheapen(t *testing.T, path, pass string) {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	key, err := keystore.DecryptKey(text, pass)
	require.NoError(t, err)
	text, err = keystore.EncryptKey(key, pass, keystore.LightScryptN, keystore.LightScryptP)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, text, 0o600))
}

// doubtTime is how long a batch can be doubted on slowChain, and unbondTime what comes before stake is taken out.
const doubtTime, unbondTime = time.Hour, 5 * time.Hour

// slowChain deploys contracts whose windows end when a test skips the time, and not while it is at work. Each account gets 1000 NLOV.
func slowChain(t *testing.T, dev *devchain.Chain, accounts ...poc.Account) evm.Contracts {
	t.Helper()
	cfg := dev.DeployConfig()
	cfg.Unbonding, cfg.Batch.Window, cfg.Arbiters.Window = poc.Millis(unbondTime.Milliseconds()), poc.Millis(doubtTime.Milliseconds()), poc.Millis(doubtTime.Milliseconds())
	cfg.Rewards.Delay, cfg.Governance.Timelock = 2*cfg.Arbiters.Window+1, cfg.Unbonding
	contracts, err := evm.Deploy(testContext(t), dev.WSURL(), dev.FaucetKey(), cfg)
	require.NoError(t, err)
	require.NoError(t, evm.Fund(testContext(t), dev.WSURL(), dev.FaucetKey(), contracts, accounts, 1000*market.NLOV, big.NewInt(1e18)))
	return contracts
}

// The money of an account: it is seen, staked, unstaked, and taken out after the delay.
func TestWalletMoney(t *testing.T) {
	t.Parallel()
	ctx, dir := testContext(t), t.TempDir()
	pass := secretFile(t, "pass", "open sesame\n")
	made := command(t, "network", "account", "--dir", dir, "--passphrase-file", pass)
	require.Zero(t, made.code, made.err)
	address := command(t, "wallet", "address", "--dir", dir)
	require.Equal(t, made.out, address.out)
	account := poc.Account(made.out[:len(made.out)-1])
	cheapen(t, filepath.Join(dir, home.AccountFile), "open sesame")

	dev, err := devchain.Start(ctx, devchain.Config{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, dev.Close()) })
	contracts := slowChain(t, dev, account)
	n := market.LocalNetwork()
	n.Chain = evm.ChainName(big.NewInt(devchain.ChainID), contracts.Marketplace)
	require.NoError(t, home.WriteNetwork(dir, n))
	require.NoError(t, home.WriteChain(dir, home.Chain{URLs: []string{"http://127.0.0.1:1", dev.WSURL()}, Contracts: contracts}))

	wallet := func(args ...string) result {
		return command(t, append(append([]string{"wallet"}, args...), "--dir", dir, "--passphrase-file", pass)...)
	}
	balance := func() evm.Wallet {
		r := wallet("balance", "--json")
		require.Zero(t, r.code, r.err)
		var w evm.Wallet
		require.NoError(t, json.Unmarshal([]byte(r.out), &w))
		return w
	}
	require.Equal(t, 1000*market.NLOV, balance().Tokens)
	r := wallet("stake", "5")
	require.Equal(t, 1, r.code)
	require.Contains(t, r.err, "not registered")

	k, err := evm.OpenKey(filepath.Join(dir, home.AccountFile), evm.KeyOptions{Passphrase: func(evm.Need) (string, error) { return "open sesame", nil }})
	require.NoError(t, err)
	c, err := evm.Dial(ctx, evm.Config{URL: dev.WSURL(), Key: k, Contracts: contracts})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, c.Close()) })
	_, err = c.Submit(ctx, market.Register{Peer: poc.PeerID{7}, Stake: 100 * market.NLOV})
	require.NoError(t, err)

	r = wallet("stake", "50", "--json")
	require.Zero(t, r.code, r.err)
	var moved struct {
		Amount market.Amount
		Tx     string
	}
	require.NoError(t, json.Unmarshal([]byte(r.out), &moved))
	require.Equal(t, 50*market.NLOV, moved.Amount)
	require.Contains(t, moved.Tx, "0x")
	r = wallet("unstake", "150")
	require.Zero(t, r.code, r.err)
	require.Contains(t, r.out, "150 NLOV unbonding")
	w := balance()
	require.Equal(t, 850*market.NLOV, w.Tokens)
	require.Zero(t, w.Stake)
	require.Equal(t, 150*market.NLOV, w.Unbonding)
	require.True(t, w.Release.After(dev.Now()))
	require.Contains(t, wallet("balance").out, "unbonding  150 NLOV, until ")

	r = wallet("withdraw")
	require.Equal(t, 1, r.code, r.out)
	require.Zero(t, r.out)
	require.NoError(t, dev.Skip(ctx, unbondTime))
	r = wallet("withdraw")
	require.Zero(t, r.code, r.err)
	require.Contains(t, r.out, "150 NLOV withdrawn")
	require.Equal(t, 1000*market.NLOV, balance().Tokens)

	// The pool of rewards of a new network begins with what its maker gives, and takes more. Of a network without one the wallet says so.
	other := t.TempDir()
	made = command(t, "network", "account", "--dir", other)
	require.Zero(t, made.code, made.err)
	require.NoError(t, evm.Fund(ctx, dev.WSURL(), dev.FaucetKey(), contracts, []poc.Account{poc.Account(made.out[:len(made.out)-1])}, 0, big.NewInt(1e18)))
	r = command(t, "network", "create", "--rpc", dev.WSURL(), "--tick", "1", "--unbonding", "700", "--pool", "7", "--dir", other)
	require.Zero(t, r.code, r.err)
	r = command(t, "wallet", "fund-pool", "30", "--dir", other)
	require.Zero(t, r.code, r.err)
	require.Contains(t, r.out, "30 NLOV given to the pool of rewards")
	require.Equal(t, "holds     37 NLOV\nclaimed   0 NLOV\nfree      37 NLOV\na claim   1000 NLOV at most, paid after 10m0s\n", command(t, "wallet", "pool", "--dir", other).out)
	of, err := home.ReadChain(other)
	require.NoError(t, err)
	of.Contracts.Rewards = [20]byte{}
	require.NoError(t, home.WriteChain(other, of))
	require.Contains(t, command(t, "wallet", "pool", "--dir", other).err, "the network has no pool of rewards")

	// The doctor names the endpoint that does not serve.
	r = command(t, "doctor", "--device", "eval", "--dir", dir, "--passphrase-file", pass)
	require.Contains(t, r.out, "http://127.0.0.1:1 does not serve")
	require.NoError(t, home.WriteChain(dir, home.Chain{URLs: []string{dev.WSURL()}, Contracts: contracts}))
	n.Chain = evm.ChainName(big.NewInt(5), contracts.Marketplace)
	require.NoError(t, home.WriteNetwork(dir, n))
	r = command(t, "doctor", "--device", "eval", "--dir", dir, "--passphrase-file", pass)
	require.Contains(t, r.out, "is of chain 1337, and the network is on chain 5")
}

// What an account has in a batch comes with wallet batch, once the time for doubts is over.
func TestWalletBatch(t *testing.T) {
	ctx, dir := testContext(t), t.TempDir()
	made := command(t, "network", "account", "--dir", dir)
	require.Zero(t, made.code, made.err)
	account := poc.Account(made.out[:len(made.out)-1])
	dev, err := devchain.Start(ctx, devchain.Config{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, dev.Close()) })
	owner, err := crypto.GenerateKey()
	require.NoError(t, err)
	contracts := slowChain(t, dev, account, evm.AccountOf(crypto.PubkeyToAddress(owner.PublicKey)))
	n := market.LocalNetwork()
	n.Chain = evm.ChainName(big.NewInt(devchain.ChainID), contracts.Marketplace)
	require.NoError(t, home.WriteNetwork(dir, n))
	require.NoError(t, home.WriteChain(dir, home.Chain{URLs: []string{dev.WSURL()}, Contracts: contracts}))
	key, err := evm.OpenKey(filepath.Join(dir, home.AccountFile), evm.KeyOptions{Passphrase: func(evm.Need) (string, error) { return "", nil }})
	require.NoError(t, err)
	worker, err := evm.Dial(ctx, evm.Config{URL: dev.WSURL(), Key: key, Contracts: contracts})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, worker.Close()) })
	boss, err := evm.Dial(ctx, evm.Config{URL: dev.WSURL(), Key: owner, Contracts: contracts})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, boss.Close()) })

	k := evm.KnownJob{ID: poc.Hash{1, 31: 1}, Seating: market.Seating{Candidates: 1, Seats: []market.Seat{{Account: account, Ask: market.NLOV, Weight: 1}}}}
	terms := market.Terms{Tasks: 1, Quorum: 1, Replicas: 1, MaxPrice: market.NLOV, Budget: 2 * market.NLOV, Expiry: poc.Time(dev.Now().UnixMilli()).Add(poc.Millis(2 * unbondTime.Milliseconds()))}
	_, err = worker.Submit(ctx, market.Register{Peer: poc.PeerID{7}, Stake: 100 * market.NLOV})
	require.NoError(t, err)
	_, err = boss.Submit(ctx, market.LockEscrow{Job: k.ID, Terms: terms})
	require.NoError(t, err)
	_, err = boss.Submit(ctx, market.AnchorAward{Job: k.ID, Award: poc.Hash{2}, Seating: k.Seating})
	require.NoError(t, err)
	cert := poc.Certificate{Version: 1, Job: k.ID, Result: poc.Result{Outputs: []poc.Output{}}}
	sig, err := worker.Sign(poc.Statement{Kind: poc.Attested, Job: k.ID, Digest: cert.Result.Digest(), Agreed: 1})
	require.NoError(t, err)
	cert.Attestations = []poc.Attestation{{Account: account, Agreed: 1, Signature: sig}}
	k.Certificates = []poc.Certificate{cert}
	b, err := boss.PlanBatch(ctx, []evm.KnownJob{k})
	require.NoError(t, err)
	id, err := boss.PostBatch(ctx, b, "")
	require.NoError(t, err)
	require.Equal(t, uint64(1), id)
	file := filepath.Join(t.TempDir(), "rewards")
	require.NoError(t, os.WriteFile(file, b.Encode(), 0o600))

	batch := func(code int, want string, args ...string) {
		t.Helper()
		r := command(t, append([]string{"wallet", "batch", "--dir", dir}, args...)...)
		require.Equal(t, code, r.code, r.out+r.err)
		require.Contains(t, r.out+r.err, want)
	}
	batch(0, "batch 1 is open\n", "1", file)
	batch(1, "there is no batch 2", "2", file)
	batch(2, `"one" is not the number of a batch`, "one", file)
	batch(1, "are not the rewards of a batch", "1", filepath.Join(dir, home.AccountFile))
	require.NoError(t, dev.Skip(ctx, doubtTime))
	batch(0, "batch 1 is final; finalized, closed, withdrawn\n", "1", file)
	batch(0, "batch 1 is final\n", "1", file)
	free, _, err := boss.Balance(ctx, account)
	require.NoError(t, err)
	require.Equal(t, 901*market.NLOV, free)

	// A case is listed for the account that it is about.
	cases := func(args ...string) result {
		r := command(t, append([]string{"wallet", "cases", "--dir", dir}, args...)...)
		require.Zero(t, r.code, r.err)
		return r
	}
	require.Equal(t, "no open case concerns the account\n", cases().out)
	lie := poc.Statement{Kind: poc.Revealed, Job: k.ID, Digest: poc.Hash{3}}
	sig, err = worker.Sign(lie)
	require.NoError(t, err)
	_, err = boss.Accuse(ctx, evm.Accusation{Ref: poc.TaskRef{Job: k.ID}, Account: account, Digest: lie.Digest, Signature: sig, Evidence: poc.Hash{4}})
	require.NoError(t, err)
	require.Contains(t, cases().out, fmt.Sprintf("case 1  task 0 of job 01000000: %s accuses %s; this account is accused; its committee is not drawn yet; verdict until ", boss.Account(), account))
	var open []walletCase
	require.NoError(t, json.Unmarshal([]byte(cases("--json").out), &open))
	require.Len(t, open, 1)
	require.Equal(t, []any{uint64(1), []string{"accused"}, true}, []any{open[0].ID, open[0].Roles, open[0].Until.After(dev.Now())})
}

// A key goes from one directory to another, and never without a passphrase.
func TestWalletKey(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	file := filepath.Join(t.TempDir(), "key.json")
	one, two := secretFile(t, "one", "one"), secretFile(t, "two", "two")
	wallet := func(code int, want string, args ...string) result {
		t.Helper()
		r := command(t, append([]string{"wallet"}, args...)...)
		require.Equal(t, code, r.code, "%v: %s%s", args, r.out, r.err)
		require.Contains(t, r.out+r.err, want)
		return r
	}
	wallet(1, a+" has no account", "address", "--dir", a)
	made := command(t, "network", "account", "--dir", a)
	require.Zero(t, made.code, made.err)
	wallet(0, `"protected": false`, "address", "--dir", a, "--json")
	wallet(1, "has no passphrase", "export", file, "--dir", a)
	wallet(2, "the new passphrase is missing", "passwd", "--dir", a)
	wallet(0, "the passphrase is changed", "passwd", "--dir", a, "--new-passphrase-file", one)
	wallet(0, `"protected": true`, "address", "--dir", a, "--json")
	wallet(1, "give it with --passphrase-file", "passwd", "--dir", a, "--new-passphrase-file", two)
	wallet(0, `"changed": true`, "passwd", "--dir", a, "--passphrase-file", one, "--new-passphrase-file", two, "--json")
	wallet(0, "wrote the encrypted key to "+file, "export", file, "--dir", a)
	wallet(1, "exists already", "export", file, "--dir", a)
	wallet(1, "does not open with this passphrase", "import", file, "--dir", b, "--passphrase-file", one)
	require.Equal(t, made.out, wallet(0, "0x", "import", file, "--dir", b, "--passphrase-file", two).out)
	wallet(1, "has an account already", "import", file, "--dir", b, "--passphrase-file", two)
	require.Equal(t, made.out, wallet(0, "0x", "address", "--dir", b).out)

	t.Setenv(passphraseVar, "two")
	again := command(t, "network", "account", "--dir", b)
	require.Equal(t, made.out, again.out, again.err)
	require.Empty(t, os.Getenv(passphraseVar), "nothing that is started later inherits it")
	require.NoError(t, os.Chmod(two, 0o644))
	wallet(1, "others can read the passphrase file", "balance", "--dir", writeChainFiles(t, b), "--passphrase-file", two)
}

// writeChainFiles makes dir that of a node whose chain does not answer.
func writeChainFiles(t *testing.T, dir string) string {
	contracts := evm.Contracts{}
	contracts.Marketplace[0] = 1
	n := market.LocalNetwork()
	n.Chain = evm.ChainName(big.NewInt(5), contracts.Marketplace)
	require.NoError(t, home.WriteNetwork(dir, n))
	require.NoError(t, home.WriteChain(dir, home.Chain{URLs: []string{"http://127.0.0.1:1"}, Contracts: contracts}))
	return dir
}

func TestWalletUsage(t *testing.T) {
	t.Setenv("GPUMESH_DIR", t.TempDir())
	for _, c := range []struct {
		want string
		args []string
	}{
		{`gpumesh wallet has no command "blance"; did you mean balance; see gpumesh wallet --help`, []string{"blance"}},
		{`"x" is one argument too many: gpumesh wallet balance [flags]`, []string{"balance", "x"}},
		{"AMOUNT is missing: gpumesh wallet stake AMOUNT [flags]", []string{"stake"}},
		{`"much" is not an amount such as 1.5 or "1.5 NLOV" (at most 9 decimals)`, []string{"stake", "much"}},
		{"the amount is nothing", []string{"unstake", "0"}},
		{`"1" is one argument too many: gpumesh wallet withdraw [flags]`, []string{"withdraw", "1"}},
		{"RECEIPT is missing: gpumesh wallet claim RECEIPT [flags]", []string{"claim"}},
		{"RECEIPT is missing: gpumesh wallet settle REWARDS RECEIPT... [flags]", []string{"settle", "x"}},
		{"REWARDS is missing: gpumesh wallet batch NUMBER REWARDS RECEIPT... [flags]", []string{"batch", "1"}},
		{`"x" is one argument too many: gpumesh wallet address [flags]`, []string{"address", "x"}},
		{"FILE is missing: gpumesh wallet export FILE [flags]", []string{"export"}},
		{"FILE is missing: gpumesh wallet import FILE [flags]", []string{"import"}},
		{`"x" is one argument too many: gpumesh wallet passwd [flags]`, []string{"passwd", "x"}},
	} {
		r := command(t, append([]string{"wallet"}, c.args...)...)
		require.Equal(t, 2, r.code, "%v: %s", c.args, r.err)
		require.Equal(t, "gpumesh: "+c.want+"\n", r.err)
		require.Empty(t, r.out)
	}
}
