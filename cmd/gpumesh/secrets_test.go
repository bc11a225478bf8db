package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"gpumesh/node/chain/evm"
	"gpumesh/node/home"
	"gpumesh/node/jobfile"
	"gpumesh/testnet"
)

// writings are the ways in which a secret may stand somewhere.
func writings(secret []byte) [][]byte {
	text := hex.EncodeToString(secret)
	out := [][]byte{secret, []byte(text), []byte(strings.ToUpper(text))}
	for skip := range 3 { // base64 of something longer has it at one of three offsets
		whole := (len(secret) - skip) / 3 * 3
		for _, e := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			out = append(out, []byte(e.EncodeToString(secret[skip:skip+whole])))
		}
	}
	return append(out, []byte(strings.Trim(strings.ReplaceAll(fmt.Sprint(secret), " ", ","), "[]")), []byte(strings.Trim(fmt.Sprint(secret), "[]")))
}

// Nodes that say all they can say, and every command about them, show no key and no passphrase: not on a terminal, not in a
// log, not in an answer of the API, not in a file but the key's own, and not to the process that runs strangers' programs.
func TestSecretsAreNowhere(t *testing.T) {
	t.Parallel()
	const pass = "canary in the coal mine"
	n := startNetWith(t, testnet.Options{
		Nodes: 4, Device: "eval", Env: []string{passphraseVar + "=" + pass},
		Binary: []string{"sh", "-c", `exec "$0" "$@" --log-level debug`},
	})
	secrets := map[string][]byte{"passphrase": []byte(pass)}
	for i := 1; i <= n.Size(); i++ {
		dir := n.Node(i).Dir
		account, locked, err := evm.KeyAccount(filepath.Join(dir, home.AccountFile))
		require.NoError(t, err)
		require.True(t, locked, "the node encrypted its key when it started")
		key, err := evm.OpenKey(filepath.Join(dir, home.AccountFile), evm.KeyOptions{Passphrase: func(evm.Need) (string, error) { return pass, nil }})
		require.NoError(t, err)
		require.Equal(t, account, evm.AccountOf(crypto.PubkeyToAddress(key.PublicKey)))
		secrets[fmt.Sprintf("account %d", i)] = crypto.FromECDSA(key)
		text, err := os.ReadFile(filepath.Join(dir, "key"))
		require.NoError(t, err)
		if seed, err := hex.DecodeString(strings.TrimSpace(string(text))); err == nil {
			text = seed
		}
		secrets[fmt.Sprintf("identity %d", i)] = text
	}
	r := n.submit(t, 1, writeJob(t, ownJob), jobfile.Options{Inputs: map[string]string{"x": writeWords(t, 1000)}})
	out := n.finish(t, r)

	seen := map[string][]byte{}
	file := secretFile(t, "pass", pass)
	dir := n.Node(1).Dir
	made, err := os.ReadFile(filepath.Join(dir, home.AccountFile))
	require.NoError(t, err)
	seen["the key file as the node made it"] = made
	cheapen(t, filepath.Join(dir, home.AccountFile), pass) // every command opens it
	receipt := filepath.Join(out, "receipt.json")
	for _, args := range [][]string{
		{"doctor", "--device", "eval", "--dir", dir}, {"status", "--dir", dir}, {"jobs", "ls", "--dir", dir}, {"jobs", "show", r.id, "--dir", dir},
		{"wallet", "balance", "--dir", dir}, {"wallet", "address", "--dir", dir}, {"wallet", "claim", receipt, "--dir", dir},
		{"wallet", "withdraw", "--dir", dir}, {"wallet", "stake", "1", "--dir", dir}, {"config", "--dir", dir}, {"verify", receipt, "--dir", dir},
	} {
		for _, json := range []string{"--json=false", "--json=true"} {
			got := command(t, append(args, json, "--passphrase-file", file)...)
			seen[strings.Join(args, " ")+" "+json] = []byte(got.out + got.err)
		}
	}
	for _, under := range []string{n.Dir, out} {
		require.NoError(t, filepath.WalkDir(under, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			b, err := os.ReadFile(path)
			seen[path] = b
			return err
		}))
	}
	if runtime.GOOS == "linux" {
		workers := 0
		for i := 1; i <= n.Size(); i++ {
			workers += lookAtChildren(t, n.Node(i).Endpoint.PID, seen)
		}
		require.Positive(t, workers)
	}
	require.Contains(t, string(seen[n.Node(1).LogFile()]), "level=DEBUG", "the logs say all they can")
	looked := 0
	for name, secret := range secrets {
		for i, w := range writings(secret) {
			for where, text := range seen {
				if strings.HasPrefix(name, "identity") && filepath.Base(where) == "key" {
					continue // its own file
				}
				looked++
				require.False(t, bytes.Contains(text, w), "%s stands in %s, written in way %d", name, where, i)
			}
		}
	}
	t.Logf("%d places, %d looks", len(seen), looked)
	require.NotEmpty(t, seen[receipt])
	// The look is able to find something.
	own, err := os.ReadFile(filepath.Join(dir, "key"))
	require.NoError(t, err)
	found := false
	for _, w := range writings(secrets["identity 1"]) {
		found = found || bytes.Contains(own, w)
	}
	require.True(t, found)
}

// lookAtChildren adds the environment and the arguments of a process's children, and returns how many there are.
func lookAtChildren(t *testing.T, pid int, seen map[string][]byte) (n int) {
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	require.NoError(t, err)
	for _, path := range stats {
		b, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		rest := b[bytes.LastIndexByte(b, ')')+1:]
		var state string
		var parent int
		if _, err := fmt.Sscan(string(rest), &state, &parent); err != nil || parent != pid {
			continue
		}
		for _, what := range []string{"environ", "cmdline"} {
			at := filepath.Join(filepath.Dir(path), what)
			b, err := os.ReadFile(at)
			if err != nil {
				continue // what is confined may not be looked at
			}
			seen[at] = b
			n++
		}
	}
	return n
}
