package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gputest"
	"gpumesh/node/verify"
	"gpumesh/p2p"
	"gpumesh/testnet"
)

// Five providers train on digits that each of them holds and shows to nobody, and one of them poisons what it sends: trimmed, the model
// learns all the same, and by the plain average a little less, as the outer step scales down what is not clipped. Nobody gets the data, and the receipt says what of it all is verified.
func TestFederatedOnTheNetwork(t *testing.T) {
	if os.Getenv("GPUMESH_LONG") == "" {
		t.Skip("takes minutes, and package node has a small one: go run ./cmd/dev long")
	}
	const holders, poisoner, each = 5, 4, 480
	dir := t.TempDir()
	model := filepath.Join(dir, "digits.yaml")
	require.NoError(t, os.WriteFile(model, []byte("model: mlp\nsizes: {inputs: 256, hidden: 16, layers: 1}\nbatch: 16\nsteps: 30\nsegment: 10\noptimizer: {method: adam, rate: 0.005, warmup: 10}\n"), 0o600))
	n := startNetWith(t, testnet.Options{Nodes: 1 + holders, Settings: holdDigits(t, model, 1+holders, each), Faults: map[int]string{poisoner: "poison"}, Device: "auto"})
	x, y := gputest.Digits(256, 2)
	test := []string{saveArray(t, "x.npy", gpu.F32, x, 256, gputest.Side, gputest.Side, 1), saveArray(t, "y.npy", gpu.I32, y, 256)}
	train := func(out string, args ...string) (got trainedRounds, log string) {
		t.Helper()
		r := command(t, append([]string{"train", model, "--federated", "digits", "--test", test[0], "--test", test[1], "--replicas", "2", "--clip", "2", "--outer-rate", "1",
			"--outer-momentum", "0.5", "--dir", n.Node(1).Dir, "--json", "-o", out}, args...)...)
		require.Zero(t, r.code, r.err)
		lastJSON(t, r.out, &got)
		return got, r.err
	}
	trimmed, log := train(filepath.Join(dir, "trimmed"), "--rounds", "4", "--trim", "1", "--least", "4")
	require.Contains(t, log, `5 providers hold "digits"`)
	require.Contains(t, log, "% right")
	plain, _ := train(filepath.Join(dir, "plain"), "--rounds", "4", "--trim", "0", "--least", "4")
	median, _ := train(filepath.Join(dir, "median"), "--rounds", "4", "--trim", "2", "--least", "4")
	t.Logf("one in five sends poison: %.1f %% right trimmed, %.1f %% by the median, %.1f %% by the plain average", 100*trimmed.Accuracy, 100*median.Accuracy, 100*plain.Accuracy)
	require.Greater(t, median.Accuracy, 0.6)
	require.Greater(t, trimmed.Accuracy, 0.6)
	require.Greater(t, plain.Accuracy, 0.5) // the outer step makes the poison as short as the others' deltas

	receipt, err := readReceipt(trimmed.Receipt)
	require.NoError(t, err)
	report := verify.Receipt(testContext(t), receipt, verify.Options{})
	require.True(t, report.OK, "%v", report.Checks)
	require.Contains(t, strings.Join(report.Notes, "\n"), "each is its holder's word")

	// Nobody serves the data, whole or as they are cut, nor what is kept; the deltas everybody may have.
	client := n.client(t, 1)
	var served sync.WaitGroup
	for i := 2; i < 2+holders; i++ {
		for _, name := range []string{"x", "y"} {
			b, err := os.ReadFile(filepath.Join(dir, fmt.Sprint("mine", i), name))
			require.NoError(t, err)
			for _, part := range [][]byte{b, b[:len(b)/each*16*30]} {
				id, err := p2p.FileCID(bytes.NewReader(part))
				require.NoError(t, err)
				for _, at := range []int{1, i} {
					c := n.client(t, at)
					served.Go(func() {
						ctx, cancel := context.WithTimeout(testContext(t), 2*time.Second)
						defer cancel()
						if body, _, err := c.Cat(ctx, id.String()); err == nil {
							t.Errorf("node %d has data of node %d", at, i)
							_ = body.Close()
						}
					})
				}
			}
		}
	}
	served.Wait()
	for _, task := range receipt.Tasks {
		for _, f := range task.Result {
			if task.Unverified {
				require.Equal(t, "delta", f.Name)
			}
			body, _, err := client.Cat(testContext(t), f.CID)
			require.NoError(t, err)
			require.NoError(t, body.Close())
		}
	}

	// A holder's own node refuses to tell more than its settings allow, and says so in one sentence.
	r := command(t, "train", model, "--federated", "secrets", "--test", test[0], "--test", test[1], "--rounds", "4", "--replicas", "2", "--noise", "1", "--dir", n.Node(1).Dir,
		"-o", filepath.Join(dir, "secret"))
	require.NotZero(t, r.code)
	require.Contains(t, r.err, "its holder allows 1: take more noise or fewer rounds")
}

// federated has the nodes 2 and 3 of a network, which hold data, train through the command.
func (n *net) federated(t *testing.T, model string, test []string) {
	out := t.TempDir()
	r := command(t, "market", "ls", "--dir", n.Node(1).Dir)
	require.Regexp(t, `(?m)^data digits is held by \w+, \w+$`, r.out)
	r = command(t, "train", model, "--federated", "digits", "--test", test[0], "--test", test[1], "--rounds", "1", "--replicas", "2", "--noise", "0.01", "--dir", n.Node(1).Dir, "-o", out)
	require.Zero(t, r.code, r.err)
	require.Contains(t, r.err, `2 providers hold "digits"; each sends 1 clipped deltas, which tells at most epsilon `)
	require.Regexp(t, `test     loss .* % right, computed and certified by the network`, r.out)
	r = command(t, "verify", filepath.Join(out, "receipt.json"), "--dir", n.Node(1).Dir)
	require.Zero(t, r.code, r.err)
	require.Contains(t, r.out, "note  2 of the certified tasks ran on data that one provider holds")
}

// holdDigits makes data sets of the nodes 2 to last, and their settings.
func holdDigits(t *testing.T, model string, last, each int) map[int]string {
	settings := map[int]string{}
	for i := 2; i <= last; i++ {
		data, folder := saveDigits(t, each, uint64(10+i)), filepath.Join(filepath.Dir(model), fmt.Sprint("mine", i))
		got := command(t, "federated", "hold", model, "--data", data[0], "--data", data[1], "-o", folder)
		require.Zero(t, got.code, got.err)
		settings[i] = fmt.Sprintf("data: {digits: {dir: %q, open: true}, secrets: {dir: %q, epsilon: 1, total: 2}}\n", folder, folder)
	}
	return settings
}
