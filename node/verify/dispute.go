package verify

import (
	"errors"
	"fmt"
	"slices"

	"gpumesh/node"
	"gpumesh/poc"
)

// disputes checks what the receipt says of workers who differ, if it says anything: that each signed what it is held to, and that
// the compact proofs are about the traces signed. Who is right is what the reference evaluator of the receipt's author computed.
func (v *verifier) disputes() {
	if len(v.r.Disputes) == 0 {
		return
	}
	v.step("disputes", needs("draw"), func() (string, error) {
		var bad failures
		wrong, proven := 0, 0
		for _, d := range v.r.Disputes {
			if int(d.Task) >= len(v.candidates) || max(d.Tasks, 1) != v.spec.TasksPerUnit() {
				return "", fmt.Errorf("there is a dispute about task %d, which there cannot be", d.Task)
			}
			for _, s := range d.Sides {
				p, err := v.side(d, s)
				if err != nil {
					bad.add(fmt.Errorf("%s, the answer of %s: %w", v.unitName(int(d.Task)), s.Peer.Short(), err))
					continue
				}
				if s.Wrong {
					wrong++
				}
				if p {
					proven++
				}
			}
		}
		if bad.n > 0 {
			return "", bad.err()
		}
		v.note("who is wrong in a dispute is what the receipt's author computed on the reference evaluator")
		return fmt.Sprintf("%d disputes: every answer is signed by a candidate; %d are wrong, of which %d are proven to differ in one segment of the trace signed",
			len(v.r.Disputes), wrong, proven), nil
	})
}

// side reports whether there is a compact proof of what is wrong.
func (v *verifier) side(d node.Dispute, s node.Side) (bool, error) {
	m, err := poc.UnmarshalMessage(s.Reveal)
	if err != nil {
		return false, err
	}
	if _, err := poc.Validate(m, v.signatures); err != nil {
		return false, err
	}
	r, ok := m.(poc.Reveal)
	candidate := func(w poc.Worker) bool { return w.Peer == s.Peer && w.Account == s.Account }
	switch {
	case !ok || r.Ref() != poc.TaskRef{Job: v.r.Job, Task: d.Task} || r.Account != s.Account || r.Result.Digest() != s.Digest:
		return false, errors.New("it is not what was signed")
	case !slices.ContainsFunc(v.candidates[d.Task], candidate):
		return false, errors.New("it is no candidate's")
	case s.Wrong && (d.Computed == nil && s.Fault == nil || d.Computed != nil && *d.Computed == s.Digest):
		return false, errors.New("nothing says why it is wrong")
	case s.Fault == nil:
		return false, nil
	}
	var p poc.FaultProof
	if err := poc.Decode(s.Fault, &p); err != nil {
		return false, err
	}
	if !s.Wrong || p.Reveal.Ref() != r.Ref() || p.Reveal.Account != r.Account || p.Reveal.Result.Digest() != s.Digest {
		return false, errors.New("its proof is of something else")
	}
	if n := v.spec.TasksPerUnit(); (n > 1) != (p.Member != nil) || n > 1 && p.Member.Tasks != n {
		return false, errors.New("its proof does not say which of the unit's tasks it is about")
	}
	return true, p.Check(poc.Hash{}, v.signatures)
}
