package verify

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"gpumesh/market"
	"gpumesh/node"
	"gpumesh/node/jobfile"
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

func (v *verifier) unitName(i int) string {
	if v.spec.TasksPerUnit() > 1 {
		return fmt.Sprintf("unit %d", i)
	}
	return v.name(i)
}

// unit is what the receipt holds of a unit: a task is one where units have no more.
func (v *verifier) unit(i int) node.UnitReceipt {
	if v.spec.TasksPerUnit() > 1 {
		return v.r.Units[i]
	}
	t := v.r.Tasks[i]
	return node.UnitReceipt{Index: t.Index, Certificate: t.Certificate, Signers: t.Signers}
}

// certificates checks that a quorum of each task's own candidates signed its result.
func (v *verifier) certificates() (string, error) {
	units := v.spec.Units()
	v.certified = make([]*poc.Certificate, units)
	var bad failures
	have, fewest := 0, 0
	for i := range units {
		u := v.unit(i)
		if u.Index != uint32(i) {
			bad.add(fmt.Errorf("the receipt has unit %d where unit %d is expected", u.Index, i))
			continue
		}
		if u.Certificate == nil {
			continue
		}
		c, err := v.certificate(i, *u.Certificate)
		if err != nil {
			bad.add(fmt.Errorf("%s: %w", v.unitName(i), err))
			continue
		}
		v.certified[i] = c
		if have++; fewest == 0 || len(c.Attestations) < fewest {
			fewest = len(c.Attestations)
		}
	}
	v.leftOut = v.spec.LeftOut(func(task uint32) (poc.Result, bool) {
		if v.spec.TasksPerUnit() > 1 || v.certified[task] == nil { // only tasks that are units of their own choose
			return poc.Result{}, false
		}
		return v.certified[task].Result, true
	})
	var without []string
	for i, c := range v.certified {
		by, left := v.leftOut[uint32(i)]
		switch t := v.r.Tasks[i*v.spec.TasksPerUnit()]; {
		case left && c == nil:
			without = append(without, fmt.Sprintf("%s, which the certificate of %s leaves out", v.name(i), v.name(int(by))))
		case c == nil && bad.n == 0 && (t.Failure == nil || v.r.Failure == nil):
			bad.add(fmt.Errorf("%s has no certificate, and the receipt does not say why", v.unitName(i)))
		}
	}
	if bad.n > 0 {
		return "", bad.err()
	}
	if have == 0 {
		return fmt.Sprintf("none of the %d tasks was certified: %s", len(v.r.Tasks), v.reason()), nil
	}
	what, priced := "tasks", ""
	if n := v.spec.TasksPerUnit(); n > 1 {
		what = fmt.Sprintf("units of %d tasks", n)
	}
	if p := v.spec.Policy; p.Priced() {
		priced = fmt.Sprintf(", and those who computed have the credit that an error of at most %d in a million needs", p.MaxError)
	}
	priced += "; " + v.risk()
	if c := v.spec.Policy.Compare; c.Tier != poc.Exact {
		priced += fmt.Sprintf("; results were compared as %v: %v", c.Tier, c)
	}
	if n := v.unverified(); n > 0 {
		v.note("%d of the certified tasks ran on data that one provider holds: each is its holder's word, signed and witnessed by others, and nobody verified it", n)
	}
	if len(without) > 0 {
		priced += "; complete without " + strings.Join(without, ", ")
	}
	return fmt.Sprintf("%d of %d %s: each certificate names this award and has %d or more valid signatures of the task's own candidates%s",
		have, units, what, fewest, priced), nil
}

// risk says how often enough candidates collude, of as many as a unit really had; of the most where units had unlike numbers.
func (v *verifier) risk() string {
	p, n := v.spec.Policy, uint32(0)
	for _, c := range v.candidates {
		n = max(n, uint32(len(c)))
	}
	p.Replicas = min(p.Replicas, n)
	p.Standby = n - p.Replicas
	return jobfile.Risk(p, jobfile.DefaultDishonest)
}

// unverified counts the certified tasks that nobody but the holder of their data can compute.
func (v *verifier) unverified() (n int) {
	for i, c := range v.certified {
		if c != nil && v.spec.TasksPerUnit() == 1 && v.spec.Tasks[i].Held != nil {
			n++
		}
	}
	return n
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
	return c, c.Verify(v.candidates[i], v.spec.UnitPolicy(i, len(v.candidates[i])), v.signatures)
}

// results checks that what the receipt shows of each result is what was certified, and what the spec promises.
func (v *verifier) results() (string, error) {
	var bad failures
	files := 0
	v.computed = make([]*poc.Result, len(v.r.Tasks))
	for i, c := range v.certified {
		if err := v.unpack(i, c); err != nil {
			bad.add(fmt.Errorf("%s: %w", v.unitName(i), err))
		}
	}
	if bad.n > 0 {
		return "", bad.err()
	}
	for i, c := range v.computed {
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

// unpack notes what a unit's certificate says of its tasks, and checks that the signers shown are its own.
func (v *verifier) unpack(i int, c *poc.Certificate) error {
	u, n := v.unit(i), v.spec.TasksPerUnit()
	if c == nil {
		if u.Document != nil || u.Signers != nil {
			return errors.New("the receipt shows a result that nobody certified")
		}
		return nil
	}
	signers := make([]poc.PeerID, len(c.Attestations))
	for k, a := range c.Attestations {
		signers[k] = a.Peer
	}
	if !slices.Equal(signers, u.Signers) {
		return errors.New("the signers of the receipt are not those of the certificate")
	}
	if n == 1 {
		v.computed[i] = &c.Result
		return nil
	}
	if u.Document == nil {
		return errors.New("the document that lists the results of its tasks is missing")
	}
	if err := document("unit's document", *u.Document); err != nil {
		return err
	}
	results, err := market.UnpackBatch(c.Result, u.Document.Block, n)
	if err != nil {
		return err
	}
	for k := range results {
		v.computed[i*n+k] = &results[k]
	}
	return nil
}

func (v *verifier) result(i int, c *poc.Result) error {
	t, promised := v.r.Tasks[i], v.spec.Tasks[i].Outputs
	if held := v.spec.Tasks[i].Held; t.Unverified != (held != nil) {
		return errors.New("the receipt does not say right whether its result was computed by others, too")
	}
	if v.spec.TasksPerUnit() > 1 && (t.Certificate != nil || t.Signers != nil) {
		return errors.New("the receipt shows a certificate of its own, and its unit has one")
	}
	if c == nil {
		if t.Phase == poc.Done.String() || t.Result != nil || t.Trace != nil || t.Digest != nil || t.Signers != nil {
			return errors.New("the receipt shows a result that nobody certified")
		}
		return nil
	}
	if t.Phase != poc.Done.String() {
		return fmt.Errorf("it is certified, and the receipt calls it %q", t.Phase)
	}
	if t.Digest == nil || *t.Digest != c.Digest() {
		return fmt.Errorf("the digest of the receipt is not %s, the certified one", c.Digest())
	}
	if t.Trace == nil || *t.Trace != c.Trace {
		return fmt.Errorf("the trace root of the receipt is not %s, the certified one", c.Trace)
	}
	if len(t.Result) != len(c.Outputs) || len(promised) != len(c.Outputs) {
		return fmt.Errorf("%d outputs are certified, %d in the receipt, and %d in the spec", len(c.Outputs), len(t.Result), len(promised))
	}
	for k, o := range c.Outputs {
		if have := (node.FileResult{Name: o.Name, CID: o.File.String(), Size: o.Size}); t.Result[k] != have {
			return fmt.Errorf("output %q of the receipt is not the certified one, %q: %s of %d bytes", t.Result[k].Name, o.Name, o.File, o.Size)
		}
		if promised[k] != (market.OutSpec{Name: o.Name, Size: o.Size}) {
			return fmt.Errorf("output %q of %d bytes is certified, and the spec promises %q of %d", o.Name, o.Size, promised[k].Name, promised[k].Size)
		}
	}
	return nil
}
