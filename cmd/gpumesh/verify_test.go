package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/node"
	"gpumesh/node/jobfile"
	"gpumesh/node/verify"
)

// A real receipt holds, with a node, without one, and against the chain; and a receipt that was changed does not.
func TestVerify(t *testing.T) {
	t.Parallel()
	n := startNet(t, 5, "eval", map[int]string{4: "lie"}) // its conviction, if it is drawn, has to hold too
	x := writeWords(t, 300_000)                           // more than one leaf of a file
	r := n.submit(t, 1, writeJob(t, ownJob), jobfile.Options{Inputs: map[string]string{"x": x}})
	out := n.finish(t, r)
	path := filepath.Join(out, "receipt.json")
	kept := filepath.Join(t.TempDir(), "kept")

	whole := command(t, "verify", path, "--dir", n.Node(2).Dir, "--rerun", "2", "--keep", kept, "--rpc", n.Chain.URLs[0], "--json")
	require.Zero(t, whole.code, "%s%s", whole.out, whole.err)
	var report verify.Report
	require.NoError(t, json.Unmarshal([]byte(whole.out), &report))
	require.True(t, report.OK)
	var names []string
	for _, c := range report.Checks {
		require.Equal(t, verify.Passed, c.Status, "%s: %s", c.Name, c.Text)
		names = append(names, c.Name)
	}
	require.Equal(t, []string{"job", "network", "award", "draw", "certificates", "results", "pay", "escrow", "slashes", "chain", "work", "work"}, names)

	// Nothing of the network is needed from here on.
	nowhere := t.TempDir()
	require.NoError(t, n.Close())
	offline := command(t, "verify", path, "--dir", nowhere)
	require.Zero(t, offline.code, offline.err)
	t.Log("\n" + offline.out)
	require.Contains(t, offline.out, "skip  work          the content of the job is not at hand: no node is running in ")
	require.Contains(t, offline.out, "--rpc URL does that")

	// What was kept is enough for any task of the same program and inputs.
	again := command(t, "verify", path, "--rerun", "4", "--content", kept, "--dir", nowhere)
	require.Zero(t, again.code, "%s%s", again.out, again.err)
	require.Contains(t, again.out, "computed again on the reference evaluator: the same 1200000 bytes of output, and the same trace")

	missing := command(t, "verify", path, "--rerun", "1", "--content", t.TempDir(), "--dir", nowhere)
	require.Equal(t, 1, missing.code)
	require.Contains(t, missing.out, "FAIL  work ")
	require.Contains(t, missing.out, " is not in ")

	b, err := os.ReadFile(path)
	require.NoError(t, err)
	var receipt node.Receipt
	require.NoError(t, json.Unmarshal(b, &receipt))
	for _, c := range []struct {
		check string
		alter func(*node.Receipt)
	}{
		{"job", func(r *node.Receipt) { r.Spec.Block[20] ^= 1 }},
		{"network", func(r *node.Receipt) { r.Network.MinStake++ }},
		{"award", func(r *node.Receipt) { r.Award.Block[200] ^= 1 }},
		{"draw", func(r *node.Receipt) { r.Beacon.Award[0] ^= 1 }},
		{"certificates", func(r *node.Receipt) { d := r.Tasks[1].Certificate; d.Block[len(d.Block)-1] ^= 1 }},
		{"results", func(r *node.Receipt) { r.Tasks[2].Digest[0] ^= 1 }},
		{"pay", func(r *node.Receipt) { r.Workers[0].Paid++ }},
		{"escrow", func(r *node.Receipt) { r.Escrow.Fees++ }},
		{"slashes", func(r *node.Receipt) { r.Slashed = append(r.Slashed, node.Slashed{Peer: r.Owner}) }},
	} {
		var altered node.Receipt
		require.NoError(t, json.Unmarshal(b, &altered))
		c.alter(&altered)
		text, err := json.Marshal(altered)
		require.NoError(t, err)
		file := filepath.Join(t.TempDir(), "receipt.json")
		require.NoError(t, os.WriteFile(file, text, 0o600))
		got := command(t, "verify", file, "--dir", nowhere)
		require.Equal(t, 1, got.code, "%s: %s", c.check, got.out)
		require.Contains(t, "\n"+got.out, "\nFAIL  "+c.check+" ")
		require.Contains(t, got.err, file+" does not hold: ")
	}
}

func TestVerifyRefusals(t *testing.T) {
	t.Setenv("GPUMESH_DIR", t.TempDir())
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	none, empty := filepath.Join(dir, "none.json"), write("empty.json", "{}")
	text, twice, other := write("text.json", "hello"), write("twice.json", "{}{}"), write("other.json", `{"kind":"deed"}`)
	for _, c := range []struct {
		code int
		args []string
		want string
	}{
		{2, []string{empty, "--rerun", "-1"}, "--rerun is -1; it must be 0 or more"},
		{2, []string{empty, "--keep", "a", "--content", "b"}, "--keep saves what comes from a node; it cannot go with --content"},
		{1, []string{none}, none + " cannot be read: no such file or directory"},
		{1, []string{text}, text + ": this is not a receipt: invalid character 'h' looking for beginning of value"},
		{1, []string{twice}, twice + ": something follows the receipt"},
		{1, []string{other}, other + `: this is not a receipt: json: unknown field "kind"`},
		{1, []string{empty, "--content", none}, "--content " + none + " is not a folder"},
		{1, []string{empty, "--rpc", "http://127.0.0.1:1"}, `the receipt's network is on "", which is not evm:<chain id>:<marketplace>`},
		{1, []string{empty}, empty + " does not hold: 1 of 11 checks failed"},
	} {
		r := command(t, append([]string{"verify"}, c.args...)...)
		require.Equal(t, c.code, r.code, "%v", c.args)
		require.Equal(t, "gpumesh: "+c.want+"\n", r.err)
	}
}
