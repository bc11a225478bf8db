package home

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu/guard"
	"gpumesh/market"
	"gpumesh/node"
	"gpumesh/node/chain/evm"
)

func TestFilesSurvive(t *testing.T) {
	dir := t.TempDir()
	_, err := ReadNetwork(dir)
	require.ErrorIs(t, err, fs.ErrNotExist)
	n := market.LocalNetwork()
	n.Chain = "evm:1:0x0"
	require.NoError(t, WriteNetwork(dir, n))
	got, err := ReadNetwork(dir)
	require.NoError(t, err)
	require.Equal(t, n, got)
	require.Equal(t, n.ID(), got.ID())

	c := Chain{URLs: []string{"ws://x"}, Contracts: evm.Contracts{Token: [20]byte{1}}, Confirmations: 2}
	require.NoError(t, WriteChain(dir, c))
	chain, err := ReadChain(dir)
	require.NoError(t, err)
	require.Equal(t, c, chain)
	require.NoError(t, WriteChain(dir, Chain{}))
	_, err = ReadChain(dir)
	require.ErrorContains(t, err, "names no JSON-RPC URL")

	e := Endpoint{PID: 1, API: "http://127.0.0.1:1", Peer: "p", Account: "a", Addresses: []string{"x"}}
	require.NoError(t, WriteEndpoint(dir, e))
	endpoint, err := ReadEndpoint(dir)
	require.NoError(t, err)
	require.Equal(t, e, endpoint)
	require.NoError(t, RemoveEndpoint(dir))
	require.NoError(t, RemoveEndpoint(dir), "twice is no error")
	_, err = ReadEndpoint(dir)
	require.ErrorIs(t, err, fs.ErrNotExist)
}

func TestConfig(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.yaml")
	base := node.Defaults()
	base.Dir = "d"
	read := func(text string) (node.Config, error) {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return ReadConfig(path, base)
	}
	got, err := read("device: eval\nstake: 250.5\nprovider:\n  enabled: true\n  floor: 2 NLOV\nlisten: [/ip4/127.0.0.1/tcp/1]\n")
	require.NoError(t, err)
	want := base
	want.Device, want.Listen = "eval", []string{"/ip4/127.0.0.1/tcp/1"}
	want.Stake = 250*market.NLOV + market.NLOV/2
	want.Provider.Enabled, want.Provider.Floor = true, 2*market.NLOV
	require.Equal(t, want, got, "what is not in the file stays")
	got, err = read("guard:\n  temperature: {pause: 80, resume: 70}\n  share: 50\n  idle: 10m\n  hours: [mon-fri 22:00-07:00, \"sat,sun\"]\ncheckpoints: {every: 1m}\n")
	require.NoError(t, err)
	want = base
	want.Guard.Temperature, want.Guard.Share, want.Guard.Idle = guard.Limit{Pause: 80, Resume: 70}, 50, 10*time.Minute
	for _, s := range []string{"mon-fri 22:00-07:00", "sat,sun"} {
		w, err := guard.ParseWindow(s)
		require.NoError(t, err)
		want.Guard.Hours = append(want.Guard.Hours, w)
	}
	want.Checkpoints.Every = time.Minute
	require.Equal(t, want, got)
	got, err = read("\n")
	require.NoError(t, err)
	require.Equal(t, base, got)
	for text, want := range map[string]string{
		"device: eval\ndevise: x\n":      `:2: unknown key "devise"`,
		"stake: much\n":                  "is not an amount",
		"provider: [\n":                  ":1:",
		"guard: {hours: [noon]}\n":       `"noon" is no window of time`,
		"guard: {idle: soon}\n":          "soon",
		"guard: {fans: 1}\n":             `unknown key "fans"`,
		"network: {name: other}\n":       "they stand in network.json",
		strings.Repeat("# x\n", 1<<18+1): "is over",
	} {
		_, err := read(text)
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), "\n")
	}
}

func TestDamagedFiles(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, NetworkFile), []byte(`{"nmae": "x"}`), 0o600))
	_, err := ReadNetwork(dir)
	require.ErrorContains(t, err, `unknown field "nmae"`)
	_, err = LoadToken(dir)
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.NoError(t, os.WriteFile(filepath.Join(dir, TokenFile), []byte("short\n"), 0o600))
	_, err = LoadToken(dir)
	require.ErrorContains(t, err, "does not hold a token of 64 hex digits")
	require.NoError(t, os.WriteFile(filepath.Join(dir, TokenFile), []byte(strings.Repeat("0a", 32)+"\n"), 0o600))
	token, err := LoadToken(dir)
	require.NoError(t, err)
	require.Equal(t, strings.Repeat("0a", 32), token)
}
