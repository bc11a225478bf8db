package node

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/wgsl"
	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// floatDraft makes a job of one task in the reproducible tier.
func (tn *testNode) floatDraft(p poc.Policy) market.Spec {
	t := tn.t()
	prog, _ := testProgram(t)
	prog.Modules[0].WGSL = strings.NewReplacer("u32>;", "f32>;", "2u *", "1.5 + 2.5 *").Replace(prog.Modules[0].WGSL)
	prog.Modules[0].Float = gpu.Reproducible1
	prog.Buffers[0].Type, prog.Buffers[1].Type = gpu.F32, gpu.F32
	report, err := gpu.Check(prog)
	require.NoError(t, err)
	require.Equal(t, wgsl.Reproducible, report.Tier)
	block, err := prog.Encode()
	require.NoError(t, err)
	link, err := tn.Content().PutBlock(t.Context(), block, cid.DagCBOR, p2p.Shared)
	require.NoError(t, err)
	file, _, err := tn.Content().Add(t.Context(), bytes.NewReader(make([]byte, 256)), 1<<20, p2p.Shared)
	require.NoError(t, err)
	return market.Spec{
		Name: "floats", Policy: p, MaxPrice: market.NLOV, Deadline: poc.Time(time.Now().Add(2 * time.Minute).UnixMilli()),
		Tasks: []market.Task{{
			Name: "floats", Program: poc.Link{Cid: link}, Timeout: 60,
			Inputs:  []market.Input{{Name: "x", Parts: []market.Part{{File: &poc.Link{Cid: file}, Size: 256}}}},
			Outputs: []market.OutSpec{{Name: "y", Size: 256}},
		}},
	}
}

// differing makes a node whose device is off, in a network that waits for slow reveals, as nobody is to be missed here.
func differing(tn *testNode, off bool) {
	tn.runner.off, tn.referee = off, testRunner{}
	tn.cfg.Network.Poc.RevealTimeout = 20_000
}

// Two workers differ and both must agree, so nothing is certified. Everybody, the owner too, finds out who is wrong and from
// where on, and can prove it.
func TestDisputeNamesWhoIsWrong(t *testing.T) {
	const wrong = 2
	c := newCluster(t, 3, func(i int, tn *testNode) {
		differing(tn, i == wrong)
	})
	owner := c.nodes[0]
	id := c.submit(owner, owner.floatDraft(poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 2}))
	for _, tn := range c.nodes {
		c.until(func() bool {
			v, err := tn.Job(t.Context(), id)
			return err == nil && len(tn.disputes.of(v)) == 1
		}, "a verdict at "+string(tn.account))
		v, err := tn.Job(t.Context(), id)
		require.NoError(t, err)
		last := v.Explain[len(v.Explain)-1]
		require.Equal(t, fmt.Sprintf("the dispute about task 0 is settled: the reference evaluator computes what 1 of the 2 replicas say; wrong are %s from segment 1 of 2 on",
			c.nodes[wrong].Peer().Short()), last)
	}
	r, err := owner.Receipt(t.Context(), id)
	require.NoError(t, err)
	b, err := json.Marshal(r)
	require.NoError(t, err)
	r = Receipt{}
	require.NoError(t, json.Unmarshal(b, &r))
	require.Len(t, r.Disputes, 1)
	for _, s := range r.Disputes[0].Sides {
		require.Equal(t, s.Account == account(wrong), s.Wrong)
		if !s.Wrong {
			require.Nil(t, s.Fault)
			continue
		}
		var p poc.FaultProof
		require.NoError(t, poc.Decode(s.Fault, &p))
		require.NoError(t, p.Check(poc.Hash{}, c.fake.As(treasury)))
		require.Equal(t, account(wrong), p.Reveal.Account)
		require.Equal(t, 1, p.Segment)
		p.After[0] ^= 1
		require.Error(t, p.Check(poc.Hash{}, c.fake.As(treasury)))
	}
	// It is still known after a restart.
	c.crash(owner)
	owner.start()
	v, err := owner.Job(t.Context(), id)
	require.NoError(t, err)
	require.Len(t, owner.disputes.of(v), 1)
}

// A majority whose devices compute floats wrongly certifies what it found, and still does not convict the one that is right.
func TestHonestMinorityIsNotConvicted(t *testing.T) {
	for name, off := range map[string]func(i int) bool{
		"the minority is right": func(i int) bool { return i != 4 },
		"the minority is wrong": func(i int) bool { return i == 4 },
	} {
		t.Run(name, func(t *testing.T) {
			c := newCluster(t, 5, func(i int, tn *testNode) {
				differing(tn, off(i))
			})
			owner := c.nodes[0]
			id := c.submit(owner, owner.floatDraft(poc.Policy{Replicas: 4, Quorum: 3, MaxReplicas: 4}))
			for _, tn := range c.nodes { // it is over when every conviction is in, or refused
				tn.wait(id, "its end", over)
			}
			st, err := c.fake.As(treasury).Standing(t.Context(), account(4))
			require.NoError(t, err)
			if off(4) {
				require.EqualValues(t, 1, st.Faults)
			} else {
				require.Zero(t, st.Faults)
			}
		})
	}
}

// heldRunner runs nothing before it is opened.
type heldRunner struct {
	Runner
	open chan struct{}
}

func (r *heldRunner) RunFrom(ctx context.Context, x Execution, c Checkpoints) (*gpu.Result, error) {
	select {
	case <-r.open:
		return r.Runner.RunFrom(ctx, x, c)
	case <-ctx.Done():
		return nil, gpu.Errorf(gpu.Canceled, "the run was canceled")
	}
}
