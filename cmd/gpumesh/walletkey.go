package main

import (
	"crypto/ecdsa"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"gpumesh/node/chain/evm"
	"gpumesh/node/home"
)

// passphraseVar names the environment variable that may hold the passphrase of the account's key.
const passphraseVar = "GPUMESH_PASSPHRASE"

// accountKey opens the key of the account in dir, or makes one.
func (a *app) accountKey(dir string, log *slog.Logger) (*ecdsa.PrivateKey, error) {
	key, err := evm.OpenKey(filepath.Join(dir, home.AccountFile), a.keyOptions(log))
	return key, passphraseHint(err)
}

func passphraseHint(err error) error {
	if errors.Is(err, evm.ErrPassphrase) {
		return fmt.Errorf("%w; give it with --passphrase-file, in %s, or on a terminal", err, passphraseVar)
	}
	return err
}

// keyOptions take the passphrase from the file, the environment or the terminal, in this order. It is asked for once.
func (a *app) keyOptions(log *slog.Logger) evm.KeyOptions {
	return evm.KeyOptions{Log: log, Passphrase: func(n evm.Need) (string, error) {
		if a.passphrase == "" {
			var err error
			if a.passphrase, err = a.findPassphrase(n); err != nil {
				return "", err
			}
		}
		return a.passphrase, nil
	}}
}

func (a *app) findPassphrase(n evm.Need) (string, error) {
	if a.passphraseFile != "" {
		return readPassphrase(a.passphraseFile)
	}
	if pass := os.Getenv(passphraseVar); pass != "" {
		return pass, os.Unsetenv(passphraseVar) // no process that is started later inherits it
	}
	if n == evm.Unlock {
		return a.prompt("Passphrase of the account's key: ")
	}
	return "", nil // a new key is no reason to ask: testnets and scripts make many, and gpumesh wallet passwd protects one later
}

// readPassphrase reads the first line of a file that only the user can read.
func readPassphrase(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("the passphrase: %w", err)
	}
	defer func() { _ = f.Close() }() // read only
	info, err := f.Stat()
	if err != nil {
		return "", fmt.Errorf("the passphrase: %w", err)
	}
	if mode := info.Mode(); mode.IsRegular() && mode.Perm()&0o077 != 0 && os.PathSeparator == '/' {
		return "", fmt.Errorf("others can read the passphrase file %s (mode %04o): run chmod 600 on it", path, mode.Perm())
	}
	const most = 1024
	text, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return "", fmt.Errorf("the passphrase: %w", err)
	}
	line, _, _ := strings.Cut(string(text), "\n")
	line = strings.TrimSuffix(line, "\r")
	if line == "" || len(line) > most {
		return "", fmt.Errorf("the first line of %s is to be the passphrase; it has %d bytes", path, len(line))
	}
	return line, nil
}

// prompt asks on the terminal, without showing what is typed. Where there is none it returns nothing.
func (a *app) prompt(question string) (string, error) {
	f, ok := a.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return "", nil
	}
	fmt.Fprint(a.err, question)
	text, err := term.ReadPassword(int(f.Fd()))
	fmt.Fprintln(a.err)
	return string(text), err
}

func (a *app) promptTwice(question string) (string, error) {
	first, err := a.prompt(question)
	if err != nil || first == "" {
		return "", err
	}
	again, err := a.prompt("Once more: ")
	if err == nil && again != first {
		err = errors.New("the two passphrases differ; nothing was changed")
	}
	return first, err
}

// stderrLog is for the few lines of commands that are no node.
func (a *app) stderrLog() *slog.Logger {
	return slog.New(slog.NewTextHandler(a.err, nil))
}
