package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/node"
)

// A job that states what error it accepts and how many tasks make a unit: what it gets and costs is shown before the bid goes
// out, every task's result arrives, and the receipt of its units holds, also against the chain, unless it is changed.
func TestPricedUnits(t *testing.T) {
	t.Parallel()
	n := startNet(t, 5, "eval", nil)
	x := writeWords(t, 100)
	job := writeJob(t, ownJob+"batch: 16\npolicy: {maxError: 10%, dishonest: 0}\n")
	out := t.TempDir()
	r := command(t, "run", job, "-i", "x="+x, "--set", "TASKS=64", "-o", out, "--dir", n.Node(1).Dir)
	require.Zero(t, r.code, "%s%s", r.out, r.err)
	checkOwn(t, out, 100, 64)
	t.Log("\n" + r.out)
	shown := strings.Split(r.out, "\n")
	for i, want := range []string{
		"tier: exact", "results are compared by", "units: 16 tasks are computed, verified and paid as one; 4 units",
		"redundancy: at most 10 % wrong results, if no more than 0 % of all providers are dishonest; 4 replicas of each are needed, 4.0 expected",
		"risk: 3 of 4 candidates certify a result; the policy assumes that no providers collude", "deadline: 10m0s after", "price: about ", "job ",
	} {
		require.True(t, strings.HasPrefix(shown[i], want), "%q: %s", want, shown[i])
	}
	path := filepath.Join(out, "receipt.json")
	whole := command(t, "verify", path, "--dir", n.Node(1).Dir, "--rerun", "2", "--rpc", n.Chain.URLs[0])
	require.Zero(t, whole.code, "%s%s", whole.out, whole.err)
	require.Contains(t, whole.out, "4 of 4 units of 16 tasks: each certificate names this award and has ")
	require.Contains(t, whole.out, "an error of at most 100000 in a million")

	b, err := os.ReadFile(path)
	require.NoError(t, err)
	for _, c := range []struct {
		want  string
		alter func(*node.Receipt)
	}{
		{"units of several tasks", func(r *node.Receipt) { r.Units = r.Units[:3] }},
		{"where unit 1 is expected", func(r *node.Receipt) { r.Units[1].Index = 2 }},
		{"the certificate is for task", func(r *node.Receipt) { r.Units[1].Certificate = r.Units[2].Certificate }},
		{"is missing", func(r *node.Receipt) { r.Units[3].Document = nil }},
		{"is not that of the unit's result", func(r *node.Receipt) { r.Units[3].Document = r.Units[2].Document }},
		{"the block of the unit's document has the CID", func(r *node.Receipt) { r.Units[0].Document.Block[100] ^= 1 }},
		{"the signers of the receipt", func(r *node.Receipt) { r.Units[0].Signers = r.Units[0].Signers[1:] }},
		{"task 17 (triple/17): the digest", func(r *node.Receipt) { r.Tasks[17].Digest = r.Tasks[16].Digest }},
		{"is not the certified one", func(r *node.Receipt) { r.Tasks[17].Result = r.Tasks[18].Result }},
		{"a certificate of its own", func(r *node.Receipt) { r.Tasks[5].Signers = r.Units[0].Signers }},
	} {
		var altered node.Receipt
		require.NoError(t, json.Unmarshal(b, &altered))
		c.alter(&altered)
		text, err := json.Marshal(altered)
		require.NoError(t, err)
		file := filepath.Join(t.TempDir(), "receipt.json")
		require.NoError(t, os.WriteFile(file, text, 0o600))
		got := command(t, "verify", file)
		require.Equal(t, 1, got.code, "%s: %s", c.want, got.out)
		require.Contains(t, got.out, c.want)
	}
}
