package training

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gpumesh/gpu/diloco"
	"gpumesh/market"
	"gpumesh/node/jobfile"
	"gpumesh/poc"
)

// Holder is a provider that trains on data of its own.
type Holder struct {
	Peer poc.PeerID
	Data string // name of its data set
}

// Federated plans the training by holders of data that stay with them, one for each shard. Of a local run only the delta leaves its
// holder, as private says; so that nothing else must, weights are public, and everything else is the holder's own and begins with zeros.
// held are the buffers whose content the holders have. After each round the model is evaluated, which makes the weights for the round after
// the next.
func (p *Plan) Federated(holders []Holder, private diloco.Private, held ...string) (*Training, error) {
	weights, _, err := p.Model.Layouts()
	if err != nil {
		return nil, err
	}
	if err := private.Validate(); err != nil {
		return nil, err
	}
	p.Outer.Shards, p.Outer.Longest = len(holders), private.Longest(weights)
	b, out, inner, err := p.begin()
	if err != nil {
		return nil, err
	}
	if p.Weights == nil {
		return nil, errors.New("a training by holders begins with given weights")
	}
	local := b.programs["local"]
	packed := weights.PackedSize(p.Options.Bits)
	size := func(buffer string) uint64 {
		for _, in := range local.Report.Inputs {
			if in.Name == buffer {
				return in.Size
			}
		}
		return 0
	}
	first := func() jobfile.Source { return b.file(memory("first-weights", p.Weights), "weights") }
	none := func() jobfile.Source { return b.file(memory("no-update", make([]byte, packed)), "update") }
	if uint64(len(p.Weights)) != weights.Size() {
		return nil, fmt.Errorf("the first weights have %d bytes; the model needs %d", len(p.Weights), weights.Size())
	}
	none() // also in place of who is left out
	out.Tests = make(map[uint32]int)
	var outers, tests []int
	for round := range p.Rounds {
		var deltas []market.From
		for k, h := range holders {
			t := jobfile.Task{
				Name: fmt.Sprintf("round %d/%d", round, k), Program: local, Timeout: p.Timeout, Seed: p.Seed + 1 + uint64(round)*uint64(len(holders)) + uint64(k),
				Held: &market.Held{Holder: h.Peer, Data: h.Data, Clip: parts(private.Clip), Noise: parts(private.Noise)},
			}
			t.Inputs = []jobfile.Source{first(), none()}
			if round > 0 {
				t.Inputs[1] = from("update", packed, outers[round-1], "update")
			}
			if round > 1 {
				t.Inputs[0] = from("weights", weights.Size(), tests[round-2], "weights")
			}
			if inner.Len > 0 {
				t.Inputs = append(t.Inputs, jobfile.Source{Buffer: "inner", Data: market.HeldKept, Size: inner.Size()})
			}
			for _, buffer := range held {
				t.Inputs = append(t.Inputs, jobfile.Source{Buffer: buffer, Data: buffer, Size: size(buffer)})
			}
			if err := b.feed(&t, p.Feeds, k, round); err != nil {
				return nil, err
			}
			index := b.add(t)
			out.Local[uint32(index)] = Run{k, round}
			deltas = append(deltas, market.From{Task: uint32(index), Output: market.HeldOutput})
		}
		t := jobfile.Task{Name: fmt.Sprintf("outer %d", round), Program: b.programs["outer"]}
		t.Inputs = []jobfile.Source{{Buffer: "deltas", From: deltas, Size: packed}}
		if p.some() {
			t.Inputs[0].Spare, t.Least, t.Patience = "no-update", uint32(p.Least), p.Patience
		}
		if round > 0 {
			last := outers[round-1]
			t.Inputs = append(t.Inputs, from("momentum", weights.Size(), last, "momentum"), from("lag", weights.Size(), last, "lag"))
		}
		t.Like = p.likeFirst(outers)
		outers = append(outers, b.add(t))

		t = jobfile.Task{Name: fmt.Sprintf("test %d", round), Program: b.programs["evaluate"]}
		t.Inputs = []jobfile.Source{first(), from("update", packed, outers[round], "update")}
		if round > 0 {
			t.Inputs[0] = from("weights", weights.Size(), tests[round-1], "weights")
		}
		if err := b.feed(&t, p.Final, 0, 0); err != nil {
			return nil, err
		}
		t.Like = p.likeFirst(outers)
		tests = append(tests, b.add(t))
		out.Tests[uint32(tests[round])] = round
	}
	out.Final = uint32(tests[len(tests)-1])
	if slices.ContainsFunc(held, func(buffer string) bool { return size(buffer) == 0 }) {
		return nil, fmt.Errorf("the model's step does not take all of %q", held)
	}
	return out, b.end(out)
}

func parts(v float64) uint64 { return uint64(math.Round(v * market.HeldUnit)) }

// likeFirst is the first of the tasks before, unless workers are drawn anew.
func (p *Plan) likeFirst(before []int) *uint32 {
	if p.Redraw || len(before) == 0 {
		return nil
	}
	task := uint32(before[0])
	return &task
}
