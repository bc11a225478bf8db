package node

import (
	"bytes"
	"context"
	"encoding/binary"
	"math"
	"testing"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// Workers that differ by one step of a sample agree on one of their results, which all of them hold afterwards; garbage is neither paid
// nor slashed, and the owner has the output.
func TestNearResultsAreCertified(t *testing.T) {
	t.Parallel()
	c := newCluster(t, 5, func(i int, tn *testNode) {
		tn.runner.off = i%2 == 1
		if i == 4 {
			tn.cfg.Fault = FaultGarbage
		}
	})
	owner := c.nodes[0]
	s, want := owner.draft(3)
	s = everybody(s)
	s.Policy.Compare.Tier = poc.Image
	v := owner.wait(c.submit(owner, s), "its end", over)
	require.Equal(t, market.Done, v.State, "%v", v.Explain)
	for i := range want {
		got := readOutput(t, owner, v, i)
		got[0] = want[i][0]
		require.Equal(t, want[i], got)
	}
	pays := c.paid(v)
	require.Zero(t, pays[account(4)])
	for _, honest := range []int{1, 2, 3} {
		require.NotZero(t, pays[account(honest)], "worker %d", honest)
	}
	st, err := c.fake.As(treasury).Standing(t.Context(), account(4))
	require.NoError(t, err)
	require.Zero(t, st.Faults, "to differ convicts nobody")
	for _, e := range v.History {
		require.NotEqual(t, "slash", e.Kind)
	}
	for _, tn := range c.nodes[1:4] { // who signed it has it
		for _, task := range v.Tasks {
			require.True(t, tn.Content().Has(task.Result.Outputs[0].File.Cid))
		}
	}
}

// What is near, what is not, and what cannot be had.
func TestComparisons(t *testing.T) {
	c := newCluster(t, 2, nil)
	theirs, own := c.nodes[0], c.nodes[1]
	ctx := t.Context()
	prog, _ := testProgram(t)
	const chunks = poc.Samples + 4
	prog.Buffers[1] = gpu.Buffer{Name: "y", Kind: gpu.Output, Type: gpu.F32, Len: chunks * p2p.ChunkSize}
	block, err := prog.Encode()
	require.NoError(t, err)
	link, err := own.Content().PutBlock(ctx, block, cid.DagCBOR, p2p.Shared)
	require.NoError(t, err)

	floats := func(change func(i int, x float32) float32) []byte {
		b := make([]byte, 0, chunks*p2p.ChunkSize)
		for i := range chunks * p2p.ChunkSize / 4 {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(change(i, 1+float32(4*i/p2p.ChunkSize)/64)))
		}
		return b
	}
	result := func(tn *testNode, b []byte, v p2p.Visibility) poc.Result {
		file, n, err := tn.Content().Add(ctx, bytes.NewReader(b), int64(len(b)), v)
		require.NoError(t, err)
		return poc.Result{Outputs: []poc.Output{{Name: "y", File: poc.Link{Cid: file}, Size: uint64(n)}}}
	}
	mine := result(own, floats(func(_ int, x float32) float32 { return x }), p2p.Withheld)
	ask := func(r poc.Result, whole bool, wait time.Duration) (poc.Difference, error) {
		ctx, cancel := context.WithTimeout(ctx, wait)
		defer cancel()
		return own.compare.compare(ctx, market.Compare{
			Ref: poc.TaskRef{Job: poc.Hash{1}}, Program: poc.Link{Cid: link}, Comparator: poc.Comparator{Tier: poc.Tolerance},
			Compare: poc.Compare{Peer: theirs.Peer(), Theirs: r, Own: mine, Whole: whole, Seed: poc.Hash{2}, From: []poc.PeerID{theirs.Peer()}},
		})
	}
	near := result(theirs, floats(func(i int, x float32) float32 { return math.Nextafter32(x, float32(i%3)) }), p2p.Withheld)

	_, err = ask(near, false, 500*time.Millisecond)
	require.ErrorIs(t, err, context.DeadlineExceeded, "it is not served")
	require.NoError(t, theirs.Content().Publish(ctx, near.Outputs[0].File.Cid))
	d, err := ask(near, false, testTimeout)
	require.NoError(t, err)
	require.Empty(t, d)
	require.False(t, wholly(t, own, near), "a sample is not all of it")
	d, err = ask(near, true, testTimeout)
	require.NoError(t, err)
	require.Empty(t, d)
	require.True(t, wholly(t, own, near))
	require.Contains(t, own.Content().Pins(), heldPin(poc.TaskRef{Job: poc.Hash{1}}, near.Digest()))

	picks := poc.Sample(outputSeed(poc.Hash{2}, "y"), poc.TaskRef{Job: poc.Hash{1}}, chunks, poc.Samples)
	unseen := 0
	for unseen < len(picks) && picks[unseen] == unseen {
		unseen++
	}
	at := func(chunk int, v float32) func(i int, x float32) float32 {
		return func(i int, x float32) float32 {
			if i == chunk*p2p.ChunkSize/4 {
				return v
			}
			return x
		}
	}
	for name, r := range map[string]poc.Result{
		"a lie where it is looked":  result(theirs, floats(at(picks[3], 1.01)), p2p.Shared),
		"not a number":              result(theirs, floats(at(picks[3], float32(math.NaN()))), p2p.Shared),
		"infinite, where all looks": result(theirs, floats(at(unseen, float32(math.Inf(1)))), p2p.Shared),
	} {
		d, err := ask(r, name == "infinite, where all looks", testTimeout)
		require.NoError(t, err, name)
		require.Contains(t, string(d), `output "y": `, name)
	}
	d, err = ask(result(theirs, floats(at(unseen, 2)), p2p.Shared), false, testTimeout)
	require.NoError(t, err)
	require.Empty(t, d, "what nobody looks at is not found")

	for name, r := range map[string]poc.Result{
		"shorter than it says": {Outputs: []poc.Output{{Name: "y", File: result(theirs, []byte("short"), p2p.Shared).Outputs[0].File, Size: mine.Outputs[0].Size}}},
		"longer than it says":  {Outputs: []poc.Output{{Name: "y", File: near.Outputs[0].File, Size: 8}}},
	} {
		for _, whole := range []bool{false, true} {
			d, err := ask(r, whole, testTimeout)
			require.True(t, d != "" || err != nil, "%s, whole %v", name, whole)
		}
	}
}

// wholly reports whether all of a result's only output is at a node.
func wholly(t *testing.T, tn *testNode, r poc.Result) bool {
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // nothing is fetched
	_, err := tn.Content().Fetch(ctx, r.Outputs[0].File.Cid, int64(r.Outputs[0].Size))
	return err == nil
}
