package market

import (
	"errors"
	"fmt"
	"slices"

	"gpumesh/poc"
)

// Bounds on what is said of data that providers hold.
const (
	MaxData      = 16 // data sets in one ad
	MaxDataName  = 64 // bytes
	HeldUnit     = 1_000_000
	maxHeldParts = 1 << 40 // clip and noise, in parts of HeldUnit
)

// HeldKept is the Data of an input that is what the holder kept of its last task of the job on these data: what the program emitted
// under the input's name. It is zeros at first, and never leaves the holder.
const HeldKept = "kept"

// HeldOutput is the one result of a held task, and HeldRest what packing it lost: what a program on held data must emit, and of which the
// holder sends the first only, clipped and with noise (gpu/diloco, Private).
const (
	HeldOutput = "delta"
	HeldRest   = "residual"
)

// Held says that a task runs on data that one provider has and shows to nobody. So nobody else can compute it: its candidates only
// witness what the holder says that it computed, and nothing about it is verified. The holder's own node decides whether it does so.
type Held struct {
	Holder poc.PeerID `cbor:"holder" json:"holder"`
	Data   string     `cbor:"data" json:"data"`   // name of the holder's data set, as in its ad
	Clip   uint64     `cbor:"clip" json:"clip"`   // largest norm of the result, in parts of HeldUnit
	Noise  uint64     `cbor:"noise" json:"noise"` // deviation of the noise on each number, in parts of HeldUnit of Clip
}

func (t Task) validateHeld(s Spec) error {
	h := t.Held
	if h == nil {
		for _, in := range t.Inputs {
			for _, p := range in.Parts {
				if p.Data != "" {
					return fmt.Errorf("input %q is data that a provider holds, and the task does not say which one", in.Name)
				}
			}
		}
		return nil
	}
	switch {
	case !validDataName(h.Data):
		return fmt.Errorf("data sets have names of 1 to %d bytes without control characters", MaxDataName)
	case h.Holder == s.Owner || h.Holder == poc.PeerID{}:
		return errors.New("who holds its data is no other provider")
	case h.Clip == 0 || h.Clip > maxHeldParts || h.Noise > maxHeldParts:
		return fmt.Errorf("clip is %d and noise %d; clip must be 1 to %d, and noise at most that", h.Clip, h.Noise, uint64(maxHeldParts))
	case len(t.Outputs) != 1 || t.Outputs[0].Name != HeldOutput:
		return fmt.Errorf("a task on data that a provider holds has one output, %q", HeldOutput)
	case t.Like != nil || t.Least > 0 || s.Batch > 1:
		return errors.New("a task on data that a provider holds is drawn like no other, needs all its inputs, and is a unit of its own")
	case s.Policy.Compare.Tier != poc.Exact:
		return fmt.Errorf("results are compared as %v, and some tasks run on data that only one provider has", s.Policy.Compare.Tier)
	}
	for _, in := range t.Inputs {
		if len(in.Parts) > 1 && slices.ContainsFunc(in.Parts, func(p Part) bool { return p.Data != "" }) {
			return fmt.Errorf("input %q is data that a provider holds, and has %d parts; it must be one", in.Name, len(in.Parts))
		}
	}
	return nil
}

func validDataName(s string) bool { return len(s) > 0 && len(s) <= MaxDataName && printable(s) }

// source says what is wrong with where a part comes from.
func (p Part) source() error {
	n := 0
	for _, is := range []bool{p.File != nil, p.From != nil, p.Data != ""} {
		if is {
			n++
		}
	}
	switch {
	case n != 1:
		return errors.New("every part is either a file, an output of a task, or data that a provider holds")
	case p.Data != "" && !validDataName(p.Data):
		return fmt.Errorf("the data that a provider holds have names of 1 to %d bytes without control characters", MaxDataName)
	}
	return nil
}

// HeldBy lists the tasks that run on a data set of a holder, in order.
func (s *Spec) HeldBy(holder poc.PeerID, data string) (tasks []uint32) {
	for i, t := range s.Tasks {
		if t.Held != nil && t.Held.Holder == holder && t.Held.Data == data {
			tasks = append(tasks, uint32(i))
		}
	}
	return tasks
}

// held is what says that a unit runs on data that one provider has, or nil.
func (s *Spec) held(unit int) *Held {
	if s.batch() > 1 {
		return nil
	}
	return s.Tasks[unit].Held
}

// holders are the distinct providers that hold data of the job.
func (s *Spec) holders() (list []poc.PeerID) {
	for _, t := range s.Tasks {
		if t.Held != nil && !slices.Contains(list, t.Held.Holder) {
			list = append(list, t.Held.Holder)
		}
	}
	return list
}

// lineup draws the ranking of a unit, and says how it is verified.
//
// Of a held unit the holder is the first in rank and the only one whose result counts for anything. The others attest what it says that
// it computed: so many that any two sets of them share an honest one, if fewer than a quorum collude, so that nobody can be shown
// another result than others are. In the words of poc it is a unit whose redundancy is priced, where any one newcomer is believed, and
// where the others have no credit at all.
func (s *Spec) lineup(unit int, job, random poc.Hash, b bench) (ranked []poc.Worker, candidates int, p poc.Policy) {
	ref := poc.TaskRef{Job: job, Task: uint32(unit)}
	h := s.held(unit)
	if h == nil {
		if s.batch() == 1 && s.Tasks[unit].Like != nil {
			ref.Task = *s.Tasks[unit].Like
		}
		ranked, candidates = b.rank(random, ref, -1)
		return ranked, candidates, s.Policy
	}
	ranked, candidates = b.rank(random, ref, slices.IndexFunc(b.all, func(c poc.Candidate) bool { return c.Peer == h.Holder }))
	for i := range ranked {
		if ranked[i].Credit = 0; ranked[i].Peer == h.Holder {
			ranked[i].Credit = poc.NewcomerCredit
		}
	}
	return ranked, candidates, s.UnitPolicy(unit, candidates)
}

// UnitPolicy is how a unit is verified that has so many candidates.
func (s *Spec) UnitPolicy(unit, candidates int) poc.Policy {
	if s.held(unit) == nil {
		return s.Policy
	}
	n := uint32(max(1, candidates))
	return poc.Policy{Replicas: 1, MaxReplicas: 1, Standby: n - 1, MaxError: poc.MaxErrorUnit / 2, Quorum: min((n+s.Policy.Quorum-1)/2+1, n)}
}

// seated reports whether who holds a unit's data has a seat in the draw.
func (j *job) seated(unit int) bool {
	h := j.spec.held(unit)
	return h == nil || j.tasks[unit].poc.IsCandidate(h.Holder)
}

// promised refuses what a holder says of its result that is not what the task promises. Of other tasks a quorum computed the result.
func (j *job) promised(msg poc.Message) error {
	unit := int(msg.Ref().Task)
	if j.spec.held(unit) == nil {
		return nil
	}
	var r poc.Result
	switch m := msg.(type) {
	case poc.Reveal:
		r = m.Result
	case poc.Attest:
		r = m.Result
	case poc.Proven:
		r = m.Certificate.Result
	default:
		return nil
	}
	want := j.spec.Tasks[unit].Outputs
	ok := len(r.Outputs) == len(want) && r.Without == 0 && r.Trace.IsZero() // a trace would tell about the data
	for i := range want {
		ok = ok && r.Outputs[i].Name == want[i].Name && r.Outputs[i].Size == want[i].Size
	}
	if !ok {
		return fmt.Errorf("%w: the result is not what the task promises", ErrMalformed)
	}
	return nil
}

// explainHeld says what of the job is one provider's word.
func (j *job) explainHeld(say sayer) {
	n := 0
	for _, t := range j.spec.Tasks {
		if t.Held != nil {
			n++
		}
	}
	if n > 0 {
		say(ReasonHeld, n, "%d tasks run on data that %d providers hold and show to nobody: that they computed what they send is their word, and not verified", n, len(j.spec.holders()))
	}
}
