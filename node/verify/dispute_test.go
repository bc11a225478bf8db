package verify

import (
	"fmt"
	"testing"

	"github.com/ethereum/go-ethereum/common/math"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node"
	"gpumesh/poc"
)

// reveal signs a result as attest does.
func (w worker) reveal(t *testing.T, ref poc.TaskRef, r poc.Result) poc.Reveal {
	t.Helper()
	field := func(name, kind string) apitypes.Type { return apitypes.Type{Name: name, Type: kind} }
	digest := r.Digest()
	hash, _, err := apitypes.TypedDataAndHash(apitypes.TypedData{
		Types: apitypes.Types{
			"EIP712Domain": {field("name", "string"), field("version", "string"), field("chainId", "uint256"), field("verifyingContract", "address")},
			"Revealed":     {field("job", "bytes32"), field("task", "uint32"), field("digest", "bytes32")},
		},
		PrimaryType: "Revealed",
		Domain:      apitypes.TypedDataDomain{Name: "gpumesh", Version: "1", ChainId: math.NewHexOrDecimal256(1337), VerifyingContract: marketplace.Hex()},
		Message:     apitypes.TypedDataMessage{"job": ref.Job[:], "task": fmt.Sprint(ref.Task), "digest": digest[:]},
	})
	require.NoError(t, err)
	sig, err := crypto.Sign(hash, w.key)
	require.NoError(t, err)
	sig[32] |= sig[64] << 7
	return poc.Reveal{TaskRef: ref, Opening: poc.Opening{Salt: poc.Hash{1}, Class: "c", Result: r, Account: w.account, Signature: sig[:64]}}
}

// What a receipt says of a dispute is checked down to the signatures and the paths in the trace that is wrong.
func TestDisputesAreChecked(t *testing.T) {
	s := newStory(t)
	trace := []poc.Hash{{1}, {2}, {3}}
	ref := poc.TaskRef{Job: s.spec.ID()}
	lie := s.results[0]
	lie.Trace = poc.MerkleRoot(trace)
	side := func(w worker, r poc.Result, wrong bool) node.Side {
		reveal := w.reveal(t, ref, r)
		raw, err := poc.MarshalMessage(reveal)
		require.NoError(t, err)
		out := node.Side{Peer: w.id(), Account: w.account, Digest: r.Digest(), Wrong: wrong, Reveal: raw}
		if wrong {
			p, err := poc.ProveFault(reveal, trace, 1, poc.Hash{})
			require.NoError(t, err)
			out.Fault, err = poc.Encode(p)
			require.NoError(t, err)
		}
		return out
	}
	r := s.receipt()
	b := Receipt(t.Context(), r, Options{})
	require.True(t, b.OK)
	for _, c := range b.Checks {
		require.NotEqual(t, "disputes", c.Name, "there is none")
	}
	right := s.results[0].Digest()
	dispute := func() *node.Receipt {
		r := s.receipt()
		_, drawn := s.drawn(r)
		r.Disputes = []node.Dispute{{Computed: &right, Sides: []node.Side{side(drawn[0], lie, true), side(drawn[1], s.results[0], false)}}}
		return r
	}
	got := check(t, dispute(), Options{})["disputes"]
	require.Equal(t, Passed, got.Status, got.Text)
	require.Contains(t, got.Text, "1 are wrong, of which 1 are proven")
	for want, alter := range map[string]func(d *node.Dispute){
		"task 7, which there cannot be":  func(d *node.Dispute) { d.Task = 7 },
		"task 0, which there cannot be":  func(d *node.Dispute) { d.Tasks = 2 },
		"it is not what was signed":      func(d *node.Dispute) { d.Sides[0].Digest[0]++ },
		"it is no candidate's":           func(d *node.Dispute) { d.Sides[1].Peer = d.Sides[0].Peer },
		"nothing says why it is wrong":   func(d *node.Dispute) { d.Sides[1].Wrong = true },
		"its proof is of something else": func(d *node.Dispute) { d.Sides[1].Fault = d.Sides[0].Fault },
		"the state after the segment": func(d *node.Dispute) {
			var p poc.FaultProof
			require.NoError(t, poc.Decode(d.Sides[0].Fault, &p))
			p.After[0]++
			d.Sides[0].Fault = poc.MustEncode(p)
		},
		"signature": func(d *node.Dispute) { d.Sides[0].Reveal[len(d.Sides[0].Reveal)-1] ^= 1 },
	} {
		r := dispute()
		alter(&r.Disputes[0])
		got := check(t, r, Options{})["disputes"]
		require.Equal(t, Failed, got.Status, want)
		require.Contains(t, got.Text, want)
	}
}

// The proof against the result of a unit of several tasks leads to the trace of one of them, and there are as many as the job says.
func TestDisputeOfAUnitIsChecked(t *testing.T) {
	s := newStory(t)
	trace := []poc.Hash{{1}, {2}, {3}}
	ref := poc.TaskRef{Job: s.spec.ID()}
	lie := s.results[0]
	lie.Trace = poc.MerkleRoot(trace)
	v, drawn := s.drawn(s.receipt())
	v.spec.Batch = 2
	w := drawn[0]
	side := func(tasks, task int) node.Side {
		results := make([]poc.Result, tasks)
		for i := range results {
			results[i] = s.results[0]
		}
		results[task] = lie
		unit, _, err := market.PackBatch(results)
		require.NoError(t, err)
		reveal := w.reveal(t, ref, unit)
		raw, err := poc.MarshalMessage(reveal)
		require.NoError(t, err)
		member := poc.ProveMember(results, task)
		p := poc.FaultProof{
			Reveal: reveal, Member: &member, Segments: 3, Segment: 1, Before: trace[0], BeforePath: poc.MerklePath(trace, 0), After: trace[1], AfterPath: poc.MerklePath(trace, 1),
		}
		return node.Side{Peer: w.id(), Account: w.account, Digest: unit.Digest(), Wrong: true, Reveal: raw, Fault: poc.MustEncode(p)}
	}
	ok, err := v.side(node.Dispute{Tasks: 2}, side(2, 1))
	require.NoError(t, err)
	require.True(t, ok)
	_, err = v.side(node.Dispute{Tasks: 2}, side(3, 1))
	require.ErrorContains(t, err, "does not say which")
	v.spec.Batch = 0
	_, err = v.side(node.Dispute{Tasks: 2}, side(2, 1))
	require.ErrorContains(t, err, "does not say which")
}

// drawn is a verifier of a receipt that has checked everything through the draw, and the candidates of the first task, which may be fewer than
// the workers.
func (s *story) drawn(r *node.Receipt) (v *verifier, drawn []worker) {
	v = &verifier{r: r, passed: map[string]bool{}}
	for _, step := range []func() (string, error){v.job, v.network, v.award, v.draw} {
		_, err := step()
		require.NoError(s.t, err)
	}
	for _, w := range s.workers {
		for _, k := range v.candidates[0] {
			if k.Peer == w.id() {
				drawn = append(drawn, w)
			}
		}
	}
	return v, drawn
}
