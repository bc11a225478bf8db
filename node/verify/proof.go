package verify

import (
	"errors"
	"fmt"
	"slices"

	"gpumesh/market"
	"gpumesh/node"
	"gpumesh/poc"
)

// failures gathers what is wrong with single tasks into one sentence: the first, and how many more there are.
type failures struct {
	first error
	n     int
}

func (f *failures) add(err error) {
	if f.first == nil {
		f.first = err
	}
	f.n++
}

func (f *failures) err() error {
	if f.n > 1 {
		return fmt.Errorf("%w; and so on for %d tasks", f.first, f.n)
	}
	return f.first
}

func (v *verifier) name(i int) string { return fmt.Sprintf("task %d (%s)", i, v.spec.Tasks[i].Name) }

// certificates checks that a quorum of each task's own candidates signed its result.
func (v *verifier) certificates() (string, error) {
	v.certified = make([]*poc.Certificate, len(v.r.Tasks))
	var bad failures
	have, fewest := 0, 0
	for i, t := range v.r.Tasks {
		if t.Certificate == nil {
			if t.Failure == nil || v.r.Failure == nil {
				bad.add(fmt.Errorf("%s has no certificate, and the receipt does not say why", v.name(i)))
			}
			continue
		}
		c, err := v.certificate(i, *t.Certificate)
		if err != nil {
			bad.add(fmt.Errorf("%s: %w", v.name(i), err))
			continue
		}
		v.certified[i] = c
		if have++; fewest == 0 || len(c.Attestations) < fewest {
			fewest = len(c.Attestations)
		}
	}
	if bad.n > 0 {
		return "", bad.err()
	}
	if have == 0 {
		return fmt.Sprintf("none of the %d tasks was certified: %s", len(v.r.Tasks), v.reason()), nil
	}
	return fmt.Sprintf("%d of %d tasks: each certificate names this award and has %d or more valid signatures of the task's own candidates; the quorum is %d",
		have, len(v.r.Tasks), fewest, v.spec.Policy.Quorum), nil
}

func (v *verifier) certificate(i int, d node.Document) (*poc.Certificate, error) {
	if err := document("certificate", d); err != nil {
		return nil, err
	}
	c, err := poc.DecodeCertificate(d.Block)
	if err != nil {
		return nil, err
	}
	if want := (poc.TaskRef{Job: v.r.Job, Task: uint32(i)}); c.Ref() != want {
		return nil, fmt.Errorf("the certificate is for task %v, not for %v", c.Ref(), want)
	}
	if want := poc.BlockLink(v.r.Award.Block); c.Award != want {
		return nil, fmt.Errorf("the certificate is under award %s, not under %s", c.Award, want)
	}
	return c, c.Verify(v.candidates[i], v.spec.Policy, v.signatures)
}

// results checks that what the receipt shows of each result is what was certified, and what the spec promises.
func (v *verifier) results() (string, error) {
	var bad failures
	files := 0
	for i, c := range v.certified {
		if err := v.result(i, c); err != nil {
			bad.add(fmt.Errorf("%s: %w", v.name(i), err))
		}
		files += len(v.r.Tasks[i].Result)
	}
	if bad.n > 0 {
		return "", bad.err()
	}
	return fmt.Sprintf("the %d outputs, their traces and their signers are those that were certified, and the outputs those of the spec", files), nil
}

func (v *verifier) result(i int, c *poc.Certificate) error {
	t, promised := v.r.Tasks[i], v.spec.Tasks[i].Outputs
	if c == nil {
		if t.Phase == poc.Done.String() || t.Result != nil || t.Trace != nil || t.Digest != nil || t.Signers != nil {
			return errors.New("the receipt shows a result that nobody certified")
		}
		return nil
	}
	if t.Phase != poc.Done.String() {
		return fmt.Errorf("it is certified, and the receipt calls it %q", t.Phase)
	}
	if t.Digest == nil || *t.Digest != c.Result.Digest() {
		return fmt.Errorf("the digest of the receipt is not %s, the certified one", c.Result.Digest())
	}
	if t.Trace == nil || *t.Trace != c.Result.Trace {
		return fmt.Errorf("the trace root of the receipt is not %s, the certified one", c.Result.Trace)
	}
	if len(t.Result) != len(c.Result.Outputs) || len(promised) != len(c.Result.Outputs) {
		return fmt.Errorf("%d outputs are certified, %d in the receipt, and %d in the spec", len(c.Result.Outputs), len(t.Result), len(promised))
	}
	for k, o := range c.Result.Outputs {
		if have := (node.FileResult{Name: o.Name, CID: o.File.String(), Size: o.Size}); t.Result[k] != have {
			return fmt.Errorf("output %q of the receipt is not the certified one, %q: %s of %d bytes", t.Result[k].Name, o.Name, o.File, o.Size)
		}
		if promised[k] != (market.OutSpec{Name: o.Name, Size: o.Size}) {
			return fmt.Errorf("output %q of %d bytes is certified, and the spec promises %q of %d", o.Name, o.Size, promised[k].Name, promised[k].Size)
		}
	}
	signers := make([]poc.PeerID, len(c.Attestations))
	for k, a := range c.Attestations {
		signers[k] = a.Peer
	}
	if !slices.Equal(signers, t.Signers) {
		return errors.New("the signers of the receipt are not those of the certificate")
	}
	return nil
}
