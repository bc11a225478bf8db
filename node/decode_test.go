package node

import (
	"bytes"
	"log/slog"
	"slices"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/poc"
)

// decodes checks that a document that can be read is the only one that says what it says.
func decodes[T any](t *testing.T, data []byte) (v T, ok bool) {
	if poc.Decode(data, &v) != nil {
		return v, false
	}
	again, err := poc.Encode(v)
	require.NoError(t, err)
	require.Equal(t, data, again)
	return v, true
}

// anyKey takes every signature for right, so that the fuzzer is kept away from nothing behind it.
type anyKey struct{}

func (anyKey) Verify(poc.Account, poc.Statement, []byte) error { return nil }

// testTrace is a trace of so many segments.
func testTrace(n int) (leaves []poc.Hash) {
	for i := range n {
		leaves = append(leaves, poc.Hash{1, byte(i)})
	}
	return leaves
}

func testReveal(trace poc.Hash) poc.Reveal {
	return poc.Reveal{
		TaskRef: poc.TaskRef{Job: poc.Hash{1}, Task: 2},
		Opening: poc.Opening{
			Class: "class", Account: "a", Signature: []byte{1},
			Result: poc.Result{Outputs: []poc.Output{{Name: "y", File: poc.BlockLink([]byte("y")), Size: 4}}, Trace: trace},
		},
	}
}

// FuzzDisputeQuestion asks for a node or a leaf of a trace by any numbers: there is none, or what is shown fits into the tree.
func FuzzDisputeQuestion(f *testing.F) {
	for _, what := range []asked{askReveals, askChildren, askSegment, askMemory, askUnit} {
		f.Add(poc.MustEncode(disputeQuestion{Ref: poc.TaskRef{Job: poc.Hash{1}, Task: 2}, What: what, First: 2, Size: 3}), uint8(5))
	}
	f.Add(poc.MustEncode(disputeQuestion{What: askChildren, First: -1 << 62, Size: 1<<63 - 1}), uint8(5))
	f.Fuzz(func(t *testing.T, data []byte, segments uint8) {
		q, ok := decodes[disputeQuestion](t, data)
		if !ok {
			return
		}
		require.LessOrEqual(t, len(data), disputeRequest, "an honest question would be refused")
		leaves := testTrace(int(segments))
		root := poc.MerkleRoot(leaves)
		if left, right, ok := poc.MerkleChildren(leaves, q.First, q.Size); ok {
			b, err := poc.NewBisection(poc.MerkleRoot(leaves[q.First:q.First+q.Size]), poc.Hash{9}, q.Size)
			require.NoError(t, err)
			require.NoError(t, b.Fits(poc.SideA, left, right))
		} else {
			require.True(t, q.First < 0 || q.Size < 2 || q.First+q.Size > len(leaves) || q.First+q.Size < q.First)
		}
		if q.First >= 0 && q.First < len(leaves) {
			require.True(t, poc.InTree(root, leaves[q.First], q.First, len(leaves), poc.MerklePath(leaves, q.First)))
		}
	})
}

// FuzzDisputeAnswer takes what a peer answers in a dispute: signed results that are taken are messages as they are sent, and nodes are taken
// for a leaf only if they are that leaf and its path.
func FuzzDisputeAnswer(f *testing.F) {
	leaves := testTrace(5)
	root := poc.MerkleRoot(leaves)
	raw, err := poc.MarshalMessage(testReveal(root))
	require.NoError(f, err)
	f.Add(poc.MustEncode(disputeAnswer{Reveals: [][]byte{raw}}))
	for i := range leaves {
		f.Add(poc.MustEncode(disputeAnswer{Nodes: append([]poc.Hash{leaves[i]}, poc.MerklePath(leaves, i)...)}))
	}
	f.Add(poc.MustEncode(disputeAnswer{Replay: []byte{1}, Signature: []byte{2}, Memory: &poc.Output{Name: "memory", File: poc.BlockLink(nil), Size: 8}}))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, ok := decodes[disputeAnswer](t, data)
		if !ok {
			return
		}
		for _, b := range a.Reveals {
			m, err := poc.UnmarshalMessage(b)
			if err == nil {
				_, err = poc.Validate(m, anyKey{})
			}
			if err != nil {
				continue
			}
			again, err := poc.MarshalMessage(m) // fields may come in another order
			require.NoError(t, err)
			back, err := poc.UnmarshalMessage(again)
			require.NoError(t, err)
			require.Equal(t, m, back)
		}
		for i := range leaves {
			if len(a.Nodes) > 0 && poc.InTree(root, a.Nodes[0], i, len(leaves), a.Nodes[1:]) {
				require.Equal(t, append([]poc.Hash{leaves[i]}, poc.MerklePath(leaves, i)...), a.Nodes)
			}
		}
	})
}

// FuzzReplay takes what a peer tells of a segment. What is taken begins and ends where both traces say, and has every mark that may be
// asked for.
func FuzzReplay(f *testing.F) {
	prog, _ := testProgram(f)
	prog.Buffers = append(prog.Buffers, gpu.Buffer{Name: "z", Kind: gpu.State, Type: gpu.U32, Len: 256}, gpu.Buffer{Name: "t", Kind: gpu.Temp, Type: gpu.U32, Len: 256})
	prog.Step = append(prog.Step, gpu.Command{Op: gpu.Dispatch, Entry: "main", Bind: []gpu.Binding{{Buffer: 0}, {Buffer: 2}}, Grid: [3]uint32{1, 1, 1}})
	prog.Steps, prog.Segment = 4, 2
	task := func() gpu.Task {
		return gpu.Task{Inputs: map[string]gpu.Input{"x": bytes.NewReader(make([]byte, 256))}}
	}
	ran, err := gpu.Run(f.Context(), eval.New(eval.Config{}), prog, task())
	require.NoError(f, err)
	leaves := ran.Leaves
	var told []*gpu.Replay
	for segment := range prog.Leaves() {
		r, err := gpu.ReplaySegment(f.Context(), eval.New(eval.Config{}), prog, task(), segment, 0, nil)
		require.NoError(f, err)
		told = append(told, r)
		f.Add(poc.MustEncode(*r), uint8(segment))
	}
	f.Add(poc.MustEncode(gpu.Replay{Roots: make([][32]byte, 3)}), uint8(0))
	f.Fuzz(func(t *testing.T, data []byte, segment uint8) {
		r, ok := decodes[gpu.Replay](t, data)
		if !ok {
			return
		}
		k := int(segment) % prog.Leaves()
		var before [32]byte
		if k > 0 {
			before = leaves[k-1]
		}
		if prog.CheckReplay(k, &r, before, leaves[k]) != nil {
			return
		}
		marks, err := prog.Marks(k)
		require.NoError(t, err)
		first, last := told[k].Mark(prog, 0), told[k].Mark(prog, len(marks)-1)
		for i, m := range marks {
			require.Len(t, r.Mark(prog, i), len(first))
			if m.Command >= 0 {
				size, err := prog.MemorySize(m)
				require.NoError(t, err)
				require.LessOrEqual(t, size, uint64(3*256))
			}
		}
		n := len(first) - 1 // all buffers but the last, which is zeroed before it is used
		require.True(t, k == 0 || slices.Equal(r.Mark(prog, 0)[:n], first[:n]), "it begins elsewhere")
		require.Equal(t, last[:n], r.Mark(prog, len(marks)-1)[:n], "it ends elsewhere")
	})
}

// FuzzEvidence takes what an accuser publishes. What an arbiter would go on with is of the accused's own words: the reveal is one message, and the proof of one command is about leaves of the trace in it.
func FuzzEvidence(f *testing.F) {
	leaves := testTrace(5)
	r := testReveal(poc.MerkleRoot(leaves))
	raw, err := poc.MarshalMessage(r)
	require.NoError(f, err)
	proof, err := poc.ProveFault(r, leaves, 3, poc.Hash{})
	require.NoError(f, err)
	e := evidence{Version: 1, Spec: poc.HashLink(r.Job), Reveal: raw, Basis: []basis{{1, r.Result}}}
	f.Add(poc.MustEncode(e))
	e.Step = &stepProof{Fault: poc.MustEncode(proof), Replay: poc.MustEncode(gpu.Replay{}), Signature: []byte{1}, Mark: 1}
	f.Add(poc.MustEncode(e))
	member := poc.ProveMember([]poc.Result{r.Result, r.Result, r.Result}, 2)
	proof.Member = &member
	e.Step.Fault = poc.MustEncode(proof)
	f.Add(poc.MustEncode(e))
	proof.Segments = -1
	e.Step.Fault, e.Step.Mark, e.Step.Memory = poc.MustEncode(proof), -1, &r.Result.Outputs[0]
	f.Add(poc.MustEncode(e))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, ok := decodes[evidence](t, data)
		if !ok {
			return
		}
		if m, err := poc.UnmarshalMessage(e.Reveal); err == nil {
			again, err := poc.MarshalMessage(m)
			require.NoError(t, err)
			back, err := poc.UnmarshalMessage(again)
			require.NoError(t, err)
			require.Equal(t, m, back)
		}
		for _, b := range e.Basis {
			if b.Result.Validate() == nil {
				require.LessOrEqual(t, len(b.Result.Outputs), poc.MaxOutputs)
			}
		}
		if e.Step == nil {
			return
		}
		p, ok := decodes[poc.FaultProof](t, e.Step.Fault)
		if !ok || p.Check(poc.Hash{}, anyKey{}) != nil {
			return
		}
		require.True(t, 0 <= p.Segment && p.Segment < p.Segments)
		trace := p.Reveal.Result.Trace
		if p.Member != nil {
			require.True(t, 0 <= p.Member.Task && p.Member.Task < p.Member.Tasks)
			trace = p.Member.Result.Trace
		}
		if trace == r.Result.Trace && p.Segments == len(leaves) {
			require.Equal(t, leaves[p.Segment], p.After)
			require.True(t, p.Segment == 0 || p.Before == leaves[p.Segment-1])
		}
	})
}

// FuzzVerdict asks an arbiter that knows of one case, and reads what arbiters answer.
func FuzzVerdict(f *testing.F) {
	f.Add(poc.MustEncode(uint64(7)))
	f.Add(poc.MustEncode(uint64(1) << 63))
	f.Add(poc.MustEncode(verdict{true, []byte{1, 2}}))
	f.Add([]byte{0x18, 7}) // 7, and not in its shortest form
	c := &court{}
	c.mu.cases = map[string]courtCase{"judge/7": {Arbiter: true, ID: 7, Guilty: true, Signature: []byte{1}}, "judge/8": {Arbiter: true, ID: 8}}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = decodes[verdict](t, data)
		b, err := c.answer(t.Context(), "", data)
		if err == nil {
			require.Equal(t, poc.MustEncode(uint64(7)), data, "this node has judged but one case")
			v, ok := decodes[verdict](t, b)
			require.True(t, ok && v.Guilty)
			require.LessOrEqual(t, len(b), verdictConfig.MaxResponse)
		}
	})
}

// FuzzRewardMail lets a provider of the roster and a stranger send mail about rewards. Only the provider has claims kept, of its own account
// and no more of them than may be open, and nobody has a capability taken that no witness signed.
func FuzzRewardMail(f *testing.F) {
	provider, stranger := poc.PeerID{1}, poc.PeerID{2}
	roster, err := poc.NewRoster([]poc.Candidate{{Worker: poc.Worker{Peer: provider, Account: "one"}, Weight: 1}})
	require.NoError(f, err)
	store, err := openStore("store", vfs.NewMem(), slog.New(slog.DiscardHandler))
	require.NoError(f, err)
	f.Cleanup(func() { require.NoError(f, store.close()) })
	f.Add(poc.MustEncode(rewardMail{Account: "one", Number: 3}), true)
	f.Add(poc.MustEncode(rewardMail{Account: "another's"}), true)
	f.Add(poc.MustEncode(rewardMail{Account: "one"}), false)
	f.Add(poc.MustEncode(rewardMail{Capability: poc.MustEncode(poc.Capability{Peer: provider})}), true)
	f.Fuzz(func(t *testing.T, data []byte, known bool) {
		n := &Node{store: store, challenges: &challenges{}}
		n.challenges.mu.epochs[0] = &epoch{roster: roster}
		r := &rewards{node: n, cfg: Rewards{Claim: true}}
		r.mu.kept, r.mu.others = map[string]keptClaim{}, map[string]poc.Capability{}
		from := stranger
		if known {
			from = provider
		}
		id, err := hostID(from)
		require.NoError(t, err)
		m, ok := decodes[rewardMail](t, data)
		for range 2 {
			answer, err := r.receive(t.Context(), id, data)
			if err == nil {
				require.True(t, ok && len(answer) == 1)
			}
		}
		require.Empty(t, r.mu.others)
		require.LessOrEqual(t, len(r.mu.kept), 1)
		for _, k := range r.mu.kept {
			require.True(t, known && k.Account == "one" && k.Number == m.Number && k.Peer == provider && k.Until > 0)
		}
	})
}
