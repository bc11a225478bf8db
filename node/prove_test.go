package node

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/ipfs/go-cid"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/kernels"
	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// productRunner runs programs on the evaluator, and tells of it.
type productRunner struct {
	testRunner
	ran chan struct{}
}

func (r productRunner) RunFrom(ctx context.Context, x Execution, _ Checkpoints) (*gpu.Result, error) {
	r.ran <- struct{}{}
	p, err := gpu.DecodeProgram(x.Program)
	if err != nil {
		return nil, err
	}
	inputs := map[string]gpu.Input{}
	for name, path := range x.Inputs {
		b, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		inputs[name] = bytes.NewReader(b)
	}
	out := map[string]*os.File{}
	res, err := gpu.Run(ctx, eval.Open(), p, gpu.Task{Inputs: inputs, Seed: x.Seed, Outputs: func(name string, _ int64) (io.Writer, error) {
		f, err := os.Create(filepath.Join(x.OutDir, name))
		out[name] = f
		return f, err
	}})
	for _, f := range out {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}
	return res, err
}

func words(n int, at func(i int) uint32) []byte {
	b := make([]byte, 0, 4*n)
	for i := range n {
		b = binary.LittleEndian.AppendUint32(b, at(i))
	}
	return b
}

const side = 16

// product makes a job of c = a b and d = c b, of 16 x 16 integers whose content is at the owner's, and returns what comes out.
func (tn *testNode) product(name string) (market.Spec, [][]byte) {
	t, ctx := tn.t(), tn.t().Context()
	program, err := kernels.Builtin(name, map[string]int64{"M": side, "N": side, "K": side})
	require.NoError(t, err)
	block, err := program.Encode()
	require.NoError(t, err)
	link, err := tn.Content().PutBlock(ctx, block, cid.DagCBOR, p2p.Shared)
	require.NoError(t, err)
	file := func(by uint32) market.Part {
		content := words(side*side, func(i int) uint32 { return by * uint32(i) })
		file, _, err := tn.Content().Add(ctx, bytes.NewReader(content), 1<<20, p2p.Shared)
		require.NoError(t, err)
		return market.Part{File: &poc.Link{Cid: file}, Size: uint64(len(content))}
	}
	task := func(name string, a, b market.Part) market.Task {
		return market.Task{
			Name: name, Program: poc.Link{Cid: link}, Timeout: 60, Outputs: []market.OutSpec{{Name: "c", Size: 4 * side * side}},
			Inputs: []market.Input{{Name: "a", Parts: []market.Part{a}}, {Name: "b", Parts: []market.Part{b}}},
		}
	}
	a, b := file(1), file(3)
	s := market.Spec{
		Name: "product", MaxPrice: market.NLOV, Deadline: testDeadline(),
		Policy: poc.Policy{Replicas: 1, Quorum: 3, MaxReplicas: 2, Standby: 3, Compare: poc.Comparator{Tier: poc.Proof}},
		Tasks:  []market.Task{task("first", a, b), task("second", market.Part{From: &market.From{Task: 0, Output: "c"}, Size: 4 * side * side}, b)},
	}
	var want [][]byte
	left := func(i int) uint32 { return uint32(i) }
	for range 2 {
		var sum [side * side]uint32
		for i := range sum {
			for k := range side {
				sum[i] += left(i/side*side+k) * uint32(3*(k*side+i%side))
			}
		}
		left = func(i int) uint32 { return sum[i] }
		want = append(want, words(side*side, left))
	}
	return s, want
}

// A product is computed by one, checked by the others, and certified by a quorum of them, who have it. Who is drawn first and lies is
// found out, is not paid, and is slashed for what it signed.
func TestProducts(t *testing.T) {
	t.Parallel()
	const liar = 1
	ran, lied := make(chan struct{}, 256), make(chan struct{}, 256)
	c := newCluster(t, 5, func(i int, tn *testNode) {
		tn.instead = productRunner{ran: ran}
		if i == liar {
			tn.instead, tn.cfg.Fault = productRunner{ran: lied}, FaultLie
		}
	})
	owner := c.nodes[0]
	s, want := owner.product("matmul-i32")
	for i := range uint32(4) {
		again := slices.Clone(s.Tasks[:2])
		again[1].Inputs = slices.Clone(again[1].Inputs)
		again[1].Inputs[0].Parts = []market.Part{{From: &market.From{Task: 2*i + 2, Output: "c"}, Size: 4 * side * side}}
		s.Tasks = append(s.Tasks, again...)
	}
	for range 20 { // until the liar is drawn first
		s.Name += "."
		v := owner.wait(c.submit(owner, s), "its end", over)
		require.Equal(t, market.Done, v.State, "%v", v.Explain)
		require.True(t, v.Escrow.Closed, "who checks is named by itself only and not paid, so the rest comes back later, and the owner waits for it")
		for i, task := range v.Tasks {
			require.Equal(t, want[i%2], readOutput(t, owner, v, i))
			require.GreaterOrEqual(t, len(task.Certificate.Attestations), 3)
			require.NotEmpty(t, task.Certificate.Payees(3)) // one, unless the machine is so slow that its result comes too late
			for _, a := range task.Certificate.Attestations {
				for _, tn := range c.nodes[1:] {
					require.True(t, tn.account != a.Account || tn.Content().Has(task.Result.Outputs[0].File.Cid))
				}
			}
		}
		require.Zero(t, c.paid(v)[account(liar)])
		require.NotEmpty(t, ran)
		if len(lied) > 0 {
			break
		}
	}
	require.NotEmpty(t, lied, "the liar was never drawn")
	c.until(func() bool {
		st, err := c.fake.As(treasury).Standing(t.Context(), account(liar))
		require.NoError(t, err)
		return int(st.Faults) == len(lied)
	}, "the slash of each lie")
}

// What is checked and what is found: a right product, one wrong bit, a wrong trace, other outputs, content that is not served or of another size,
// and inputs that are not there.
func TestChecksOfProducts(t *testing.T) {
	c := newCluster(t, 2, nil)
	theirs, own := c.nodes[0], c.nodes[1]
	ctx := t.Context()
	s, products := theirs.product("matmul-i32")
	task, want := s.Tasks[0], products[0]
	run := market.Run{Ref: poc.TaskRef{Job: poc.Hash{1}}, Owner: theirs.Peer(), Program: task.Program, Outputs: task.Outputs}
	for _, in := range task.Inputs {
		run.Inputs = append(run.Inputs, market.RunInput{Name: in.Name, Files: []poc.Link{*in.Parts[0].File}, Size: in.Parts[0].Size})
	}
	for _, link := range []poc.Link{task.Program} {
		_, err := own.programs.product(ctx, link, hostIDs([]poc.PeerID{theirs.Peer()}, own.self)...)
		require.NoError(t, err)
	}
	product, err := own.programs.product(ctx, task.Program)
	require.NoError(t, err)
	trace, err := product.Trace(bytes.NewReader(want))
	require.NoError(t, err)
	result := func(b []byte, v p2p.Visibility) poc.Result {
		file, n, err := theirs.Content().Add(ctx, bytes.NewReader(b), int64(len(b)), v)
		require.NoError(t, err)
		root := poc.Hash(trace)
		if len(b) == len(want) {
			root, err = product.Trace(bytes.NewReader(b))
			require.NoError(t, err)
		}
		return poc.Result{Outputs: []poc.Output{{Name: "c", File: poc.Link{Cid: file}, Size: uint64(n)}}, Trace: root}
	}
	ask := func(run market.Run, r poc.Result) (poc.Difference, error) {
		by := own.now().Add(poc.Millis(testTimeout.Milliseconds()))
		if r.Trace == (poc.Hash{7}) { // it does not come
			by, r.Trace = own.now().Add(300), trace
		}
		return own.compare.prove(ctx, market.Prove{Run: run, Prove: poc.Prove{Digest: r.Digest(), Result: r, Seed: poc.Hash{2}, From: []poc.PeerID{theirs.Peer()}, By: by}})
	}
	right := result(want, p2p.Withheld)
	late := right
	late.Trace = poc.Hash{7}
	_, err = ask(run, late)
	require.Error(t, err, "it is not served")
	require.NoError(t, theirs.Content().Publish(ctx, right.Outputs[0].File.Cid))
	d, err := ask(run, right)
	require.NoError(t, err)
	require.Empty(t, d)
	require.Contains(t, own.Content().Pins(), heldPin(run.Ref, right.Digest()))

	wrong := bytes.Clone(want)
	wrong[len(wrong)/2+3] ^= 0x80
	d, err = ask(run, result(wrong, p2p.Shared))
	require.NoError(t, err)
	require.Contains(t, string(d), "not that of the product")
	other := right
	other.Trace = poc.Hash{9}
	d, err = ask(run, other)
	require.NoError(t, err)
	require.Contains(t, string(d), "its trace is not that of its output")
	files := map[string]*os.File{}
	for name, link := range map[string]poc.Link{"a": run.Inputs[0].Files[0], "b": run.Inputs[1].Files[0], "c": right.Outputs[0].File} {
		path := filepath.Join(t.TempDir(), name)
		_, err := own.Content().ExportFile(ctx, link.Cid, path, 4*side*side)
		require.NoError(t, err)
		files[name], err = os.Open(path)
		require.NoError(t, err)
	}
	d, err = checkProduct(ctx, *product, poc.Hash{1}, files, right)
	require.NoError(t, err)
	require.Empty(t, d)
	other = right
	other.Outputs = []poc.Output{{Name: "c", File: run.Inputs[0].Files[0], Size: right.Outputs[0].Size}}
	d, err = checkProduct(ctx, *product, poc.Hash{1}, files, other)
	require.NoError(t, err)
	require.Contains(t, string(d), "its link is not the one", "the same bytes in another layout")
	for _, f := range files {
		require.NoError(t, f.Close())
	}
	short := result(want[4:], p2p.Shared)
	d, err = ask(run, short)
	require.NoError(t, err)
	require.Contains(t, string(d), "other names or sizes")
	short.Outputs[0].Size = right.Outputs[0].Size
	_, err = ask(run, short)
	require.ErrorContains(t, err, "bytes and not")

	for says, change := range map[string]func(r *market.Run){
		"lacks an input":   func(r *market.Run) { r.Inputs = r.Inputs[:1] },
		`has an input "x"`: func(r *market.Run) { r.Inputs = []market.RunInput{{Name: "x"}} },
		"bytes and not": func(r *market.Run) {
			r.Inputs = []market.RunInput{r.Inputs[0], {Name: "b", Files: r.Inputs[1].Files, Size: 8}}
		},
		"is no product":       func(r *market.Run) { _, block := testProgram(t); r.Program = putBlock(t, own, block) },
		"not a valid program": func(r *market.Run) { r.Program = putBlock(t, own, []byte{0xa0}) },
	} {
		bad := run
		change(&bad)
		_, err := ask(bad, right)
		require.Error(t, err, says)
	}
}

func putBlock(t *testing.T, tn *testNode, block []byte) poc.Link {
	id, err := tn.Content().PutBlock(t.Context(), block, cid.DagCBOR, p2p.Shared)
	require.NoError(t, err)
	return poc.Link{Cid: id}
}

// A provider takes no job whose results it could not check, or that would convict it for its rounding.
func TestProvable(t *testing.T) {
	c := newCluster(t, 1, nil)
	tn := c.nodes[0]
	judge := func(name string, program poc.Link, compare poc.Comparator) error {
		s, _ := tn.product(name)
		s.Policy.Compare = compare
		if program.Defined() {
			s.Tasks = s.Tasks[:1]
			s.Tasks[0].Program = program
			s.Tasks[0].Inputs = s.Tasks[0].Inputs[:1]
			s.Tasks[0].Inputs[0].Name, s.Tasks[0].Inputs[0].Parts[0].Size = "x", 256
			s.Tasks[0].Outputs = []market.OutSpec{{Name: "y", Size: 256}}
		}
		_, err := tn.programs.judge(t.Context(), s, func() (gpu.Info, bool) { return gpu.Info{}, false })
		return err
	}
	proof, rounded := poc.Comparator{Tier: poc.Proof}, poc.Comparator{Tier: poc.Proof, Rounded: true}
	require.NoError(t, judge("matmul-i32", poc.Link{}, proof))
	require.NoError(t, judge("matmul-i32", poc.Link{}, rounded))
	require.NoError(t, judge("matmul-f32", poc.Link{}, rounded))
	require.ErrorContains(t, judge("matmul-f32", poc.Link{}, proof), "convicted for that")
	_, block := testProgram(t)
	link := putBlock(t, tn, block)
	require.NoError(t, judge("matmul-i32", link, poc.Comparator{}))
	require.ErrorContains(t, judge("matmul-i32", link, proof), "no product of matrices")
}

// Whoever computes a product lies, so nobody attests anything. One wrong result is enough to be found wrong by everybody, and by an arbiter.
func TestWrongProductsAreJudged(t *testing.T) {
	t.Parallel()
	c := newCluster(t, 4, func(i int, tn *testNode) {
		tn.instead, tn.referee = productRunner{ran: make(chan struct{}, 256)}, evalRunner{}
		tn.cfg.Fault = FaultLie
	})
	owner := c.nodes[0]
	s, _ := owner.product("matmul-i32")
	s.Tasks = s.Tasks[:1]
	s.Policy = poc.Policy{Replicas: 1, Quorum: 2, MaxReplicas: 1, Standby: 2, Compare: poc.Comparator{Tier: poc.Proof}}
	id := c.submit(owner, s)
	var found Dispute
	for _, tn := range c.nodes {
		if found.Sides != nil && found.Sides[0].Peer == tn.self { // it thinks that it is right, and waits
			continue
		}
		c.until(func() bool {
			v, err := tn.Job(t.Context(), id)
			if err != nil || len(tn.disputes.of(v)) == 0 {
				return false
			}
			found = tn.disputes.of(v)[0]
			return true
		}, "a verdict at "+string(tn.account))
		require.Empty(t, found.Reason)
		require.Len(t, found.Sides, 1)
		require.True(t, found.Sides[0].Wrong)
		require.NotNil(t, found.Computed)
	}
	m, err := poc.UnmarshalMessage(found.Sides[0].Reveal)
	require.NoError(t, err)
	judge := &court{node: owner.Node, log: owner.log}
	a, err := judge.prepareEvidence(t.Context(), m.(poc.Reveal), nil)
	require.NoError(t, err)
	guilty, why, err := judge.judge(t.Context(), chain.Case{Accuser: owner.account, Accused: m.(poc.Reveal).Account, Ref: poc.TaskRef{Job: id}, Evidence: a.Evidence})
	require.NoError(t, err)
	require.True(t, guilty, why)
}

// One of five candidates lies and one attests whatever it is shown. With the quorum of a job file that asks for checks and says no more, all that is
// certified is right, and the liar is slashed.
func TestALiarAndALazyOne(t *testing.T) {
	t.Parallel()
	ran, lied := make(chan struct{}, 256), make(chan struct{}, 256)
	c := newCluster(t, 6, func(i int, tn *testNode) {
		tn.instead = productRunner{ran: ran}
		switch i {
		case 1:
			tn.instead, tn.cfg.Fault = productRunner{ran: lied}, FaultLie
		case 2:
			tn.cfg.Fault = FaultLazy
		}
	})
	owner := c.nodes[0]
	s, want := owner.product("matmul-i32")
	s.Policy = poc.Policy{Replicas: 1, Quorum: 3, MaxReplicas: 3, Standby: 4, Compare: poc.Comparator{Tier: poc.Proof}}
	for i := range s.Tasks {
		s.Tasks[i].Timeout = 10 // the lease of the lazy one, drawn after the liar, is waited for
	}
	for range 40 { // until the liar is drawn first
		s.Name += "."
		v := owner.wait(c.submit(owner, s), "its end", over)
		require.Equal(t, market.Done, v.State, "%v", v.Explain)
		for i := range v.Tasks {
			require.Equal(t, want[i], readOutput(t, owner, v, i))
		}
		require.Zero(t, c.paid(v)[account(1)])
		if len(lied) > 0 {
			break
		}
	}
	require.NotEmpty(t, lied, "the liar was never drawn")
	c.until(func() bool {
		st, err := c.fake.As(treasury).Standing(t.Context(), account(1))
		require.NoError(t, err)
		return int(st.Faults) == len(lied)
	}, "the slash of each lie")
}
