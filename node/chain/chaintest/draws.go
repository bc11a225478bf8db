package chaintest

import (
	"math/bits"
	"slices"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// drawn locks and anchors a job with seats for workers 1, 2, ... of the given weights, and returns who the candidates of its tasks are.
func (w *world) drawn(id uint64, terms market.Terms, candidates uint32, draws []market.Draw, weights ...uint32) (j job, of func(task uint32) []int) {
	w.t.Helper()
	j = job{id: hash(id), terms: terms, award: hash(id + 1_000_000), workers: w.as[1 : len(weights)+1]}
	j.seating = market.Seating{Candidates: candidates, Draws: draws}
	for i, weight := range weights {
		j.seating.Seats = append(j.seating.Seats, market.Seat{Account: j.workers[i].Account(), Ask: terms.MaxPrice - market.Amount(i), Weight: weight})
	}
	w.must(w.owner(), market.LockEscrow{Job: j.id, Terms: j.terms})
	w.must(w.owner(), market.AnchorAward{Job: j.id, Award: j.award, Seating: j.seating})
	b, err := w.owner().Beacon(w.ctx, j.id, j.award, j.seating)
	require.NoError(w.t, err)
	return j, func(task uint32) (workers []int) {
		for set := j.seating.Of(poc.TaskRef{Job: j.id, Task: task}, b.Random); set != 0; set &= set - 1 {
			workers = append(workers, bits.TrailingZeros64(set)+1)
		}
		require.Len(w.t, workers, min(int(candidates), len(weights)))
		return workers
	}
}

// others are those of n workers that are not among some.
func others(n int, some []int) (out []int) {
	for i := 1; i <= n; i++ {
		if !slices.Contains(some, i) {
			out = append(out, i)
		}
	}
	return out
}

// paysTo checks whom a claim paid.
func (w *world) paysTo(j job, r market.Receipt, workers ...int) {
	w.t.Helper()
	var want []market.Pay
	for _, i := range workers {
		want = append(want, market.Pay{Account: w.as[i].Account(), Amount: j.seating.Seats[i-1].Ask})
	}
	require.Equal(w.t, sortPays(want), sortPays(r.Pays))
}

// claimDrawn counts the signatures of a task's candidates that name only candidates, whoever else of the award signs what.
func claimDrawn(w *world) {
	w.register(5)
	const tasks = 8
	// Large weights, of which none outdoes another: that all eight tasks draw the same three has a chance of one in 10^7.
	j, of := w.drawn(1, w.terms(tasks, 2, 3, 1000), 3, nil, 3<<30, 3<<30+1, 3<<30+5, 3<<30-1, 3<<30+2)
	sets := map[string]bool{}
	for task := range uint32(tasks) {
		in := of(task)
		out := others(5, in)
		sets[string([]rune{rune(in[0]), rune(in[1]), rune(in[2])})] = true
		bad := func(name string, signers map[int][]int) {
			w.t.Helper()
			w.t.Log(name)
			c := w.result(j, task, result(1))
			for i := 1; i <= 5; i++ {
				if signers[i] != nil {
					c.Attestations = append(c.Attestations, w.attestation(c, i, signers[i]...))
				}
			}
			w.refused(chain.ErrRefused, w.as[1], j.claim(c))
		}
		bad("a quorum of seats that were not drawn", map[int][]int{out[0]: out, out[1]: out})
		bad("all but one", map[int][]int{out[0]: {out[0], in[0]}, out[1]: {out[1], in[0]}, in[0]: {in[0]}})
		bad("a candidate that names another seat", map[int][]int{in[0]: in, in[1]: append(slices.Clone(in), out[0])})
		bad("candidates that name all", map[int][]int{in[0]: {1, 2, 3, 4, 5}, in[1]: {1, 2, 3, 4, 5}, in[2]: {1, 2, 3, 4, 5}})
		c := w.certificate(j, task, result(1), in...)
		c.Attestations = append(c.Attestations, w.attestation(c, out[0], out[0], in[0]), w.attestation(c, out[1], out...))
		w.paysTo(j, w.must(w.stranger(), j.claim(c)), in...)
		if task < tasks-1 { // after the last one nothing is open
			w.refused(chain.ErrRefused, w.stranger(), j.claim(w.certificate(j, task, result(1), out...)))
		}
	}
	require.Greater(w.t, len(sets), 1, "each task has a draw of its own")
	require.True(w.t, w.escrow(j.id).Closed)

	// Other weights, another number of candidates and other draws are another seating.
	j, of = w.drawn(2, w.terms(2, 1, 1, 1000), 2, nil, 1, 2, 3)
	for _, change := range []func(s *market.Seating){
		func(s *market.Seating) { s.Candidates = 3 },
		func(s *market.Seating) { s.Candidates = 1 },
		func(s *market.Seating) { s.Seats[0].Weight = 2 },
		func(s *market.Seating) { s.Draws = []market.Draw{0, 1} },
	} {
		other := j
		other.seating.Seats = slices.Clone(j.seating.Seats)
		change(&other.seating)
		w.refused(chain.ErrRefused, w.as[1], other.claim(w.certificate(j, 0, result(1), of(0)...)))
		w.refused(chain.ErrRefused, w.owner(), market.AnchorAward{Job: j.id, Award: j.award, Seating: other.seating})
		w.refused(chain.ErrRefused, w.owner(), market.KeepBeacon{Job: j.id, Seating: other.seating})
		_, err := w.as[1].Beacon(w.ctx, j.id, j.award, other.seating)
		require.ErrorIs(w.t, err, chain.ErrAwardMismatch)
	}
	w.must(w.as[1], j.claim(w.certificate(j, 0, result(1), of(0)...)))
}

// claimLike: tasks are drawn like others, and seats are pinned beside a draw.
func claimLike(w *world) {
	w.register(5)
	draws := []market.Draw{5, 5, 5, 5, market.Pinned | 2, 5, market.Pinned | 4, market.Pinned}
	weights := []uint32{1, 1 << 30, 1, 1 << 30, 1} // whoever is pinned is hardly ever drawn
	j, of := w.drawn(1, w.terms(uint32(len(draws)), 2, 3, 1000), 2, draws, weights...)
	like := of(5)
	for task, d := range draws {
		in := of(uint32(task))
		if d&market.Pinned == 0 {
			require.Equal(w.t, like, in)
		} else {
			require.Contains(w.t, in, int(d&^market.Pinned)+1)
		}
		out := others(5, in)
		w.refused(chain.ErrRefused, w.as[1], j.claim(w.certificate(j, uint32(task), result(1), out...)))
		w.refused(chain.ErrRefused, w.as[1], j.claim(w.certificate(j, uint32(task), result(1), in[0], out[0])))
		w.paysTo(j, w.must(w.as[1], j.claim(w.certificate(j, uint32(task), result(1), in...))), in...)
	}
	require.True(w.t, w.escrow(j.id).Closed)

	one, of := w.drawn(2, w.terms(2, 1, 1, 1000), 1, []market.Draw{market.Pinned | 1, 0}, 1<<32-1, 1) // nobody beside it
	require.Equal(w.t, []int{2}, of(0))
	w.refused(chain.ErrRefused, w.as[1], one.claim(w.certificate(one, 0, result(1), 1)))
	w.paysTo(one, w.must(w.as[1], one.claim(w.certificate(one, 0, result(1), 2))), 2)

	heavy, of := w.drawn(3, w.terms(1, 2, 2, 1000), 2, []market.Draw{market.Pinned}, 1<<32-1, 1, 1) // it is drawn as well, and counts once
	in := of(0)
	require.Equal(w.t, 1, in[0])
	w.refused(chain.ErrRefused, w.as[1], heavy.claim(w.certificate(heavy, 0, result(1), 1, others(3, in)[0])))
	w.paysTo(heavy, w.must(w.as[1], heavy.claim(w.certificate(heavy, 0, result(1), in...))), in...)
}

// anchorDraws refuses seatings that are none.
func anchorDraws(w *world) {
	seats := func(n int) (out []market.Seat) {
		for i := range n {
			out = append(out, market.Seat{Account: w.as[i+1].Account(), Ask: 5, Weight: 1})
		}
		return out
	}
	terms := w.terms(3, 2, 3, 1000)
	w.must(w.owner(), market.LockEscrow{Job: hash(1), Terms: terms})
	for name, bad := range map[string]market.Seating{
		"no candidates":                  {Seats: seats(3)},
		"fewer candidates than a quorum": {Seats: seats(3), Candidates: 1},
		"more candidates than seats can": {Seats: seats(3), Candidates: 65},
		"far more candidates":            {Seats: seats(3), Candidates: 1<<16 + 2},
		"draws of nobody":                {Seats: seats(3), Candidates: 3, Draws: []market.Draw{0, 1, 2}},
		"too few draws":                  {Seats: seats(4), Candidates: 2, Draws: []market.Draw{0, 1}},
		"too many draws":                 {Seats: seats(4), Candidates: 2, Draws: []market.Draw{0, 1, 2, 0}},
		"like no task":                   {Seats: seats(4), Candidates: 2, Draws: []market.Draw{0, 1, 3}},
		"no such seat":                   {Seats: seats(4), Candidates: 2, Draws: []market.Draw{market.Pinned | 4, 1, 2}},
		"a seat without weight":          {Seats: append(seats(3), market.Seat{Account: w.as[4].Account(), Ask: 5}), Candidates: 2},
	} {
		w.t.Log(name)
		w.refused(chain.ErrRefused, w.owner(), market.AnchorAward{Job: hash(1), Award: hash(2), Seating: bad})
	}
	op := market.AnchorAward{Job: hash(1), Award: hash(2), Seating: market.Seating{Seats: seats(4), Candidates: 2, Draws: []market.Draw{2, market.Pinned | 3, 0}}}
	w.must(w.owner(), op)
	w.again(w.owner(), op)
}

// claimSmallPanel: with no more seats than candidates nothing is drawn, and nothing has to be kept.
func claimSmallPanel(w *world) {
	w.register(3)
	j, of := w.drawn(1, w.terms(2, 2, 3, 1000), 3, nil, 1, 1<<32-1, 7)
	w.again(w.as[1], market.KeepBeacon{Job: j.id, Seating: j.seating})
	w.paysTo(j, w.must(w.as[1], j.claim(w.certificate(j, 0, result(1), 1, 2, 3))), of(0)...)
	w.Forget(w.t)
	w.again(w.as[1], market.KeepBeacon{Job: j.id, Seating: j.seating})
	w.paysTo(j, w.must(w.as[1], j.claim(w.certificate(j, 1, result(1), 2, 3))), 2, 3)
}

// keepBeacon: what candidates are drawn by is kept by whoever asks in time, for good; else nothing can be claimed.
func keepBeacon(w *world) {
	w.register(3)
	terms := w.terms(2, 1, 2, 1000)
	terms.Expiry = w.Now().Add(6 * hour) // where blocks take long, it takes hours until one is forgotten
	keep := market.KeepBeacon{Job: hash(1), Seating: seated(market.Seat{Account: w.as[1].Account()})}
	w.refused(chain.ErrTooEarly, w.as[1], keep)
	w.must(w.owner(), market.LockEscrow{Job: hash(3), Terms: terms})
	w.refused(chain.ErrTooEarly, w.as[1], market.KeepBeacon{Job: hash(3), Seating: keep.Seating})

	kept, of := w.drawn(1, terms, 2, nil, 1, 2, 3)
	lost, ofLost := w.drawn(2, terms, 2, nil, 1, 2, 3)
	w.refused(chain.ErrRefused, w.as[1], keep)
	keep.Seating = kept.seating
	w.must(w.stranger(), keep)
	w.again(w.as[1], keep)
	h, err := w.owner().History(w.ctx, kept.id)
	require.NoError(w.t, err)
	require.Len(w.t, h, 2, "it settles nothing")
	w.must(w.as[1], lost.claim(w.certificate(lost, 0, result(1), ofLost(0)...)))

	w.Forget(w.t)
	w.again(w.as[1], keep)
	w.refused(chain.ErrRefused, w.as[1], market.KeepBeacon{Job: lost.id, Seating: lost.seating})
	w.refused(chain.ErrRefused, w.as[1], lost.claim(w.certificate(lost, 1, result(1), ofLost(1)...)))
	w.again(w.as[1], lost.claim(w.certificate(lost, 0, result(1), ofLost(0)...))) // nothing is to be drawn for that
	for task := range uint32(2) {
		in := of(task)
		w.refused(chain.ErrRefused, w.as[1], kept.claim(w.certificate(kept, task, result(1), others(3, in)...)))
		w.paysTo(kept, w.must(w.as[1], kept.claim(w.certificate(kept, task, result(1), in...))), in...)
	}
	require.True(w.t, w.escrow(kept.id).Closed)
	w.again(w.as[1], keep)

	// Nothing can be claimed of a closed job.
	over, ofOver := w.drawn(4, terms, 2, nil, 1, 2, 3)
	for task := range uint32(2) {
		w.must(w.as[1], over.claim(w.certificate(over, task, result(1), ofOver(task)...)))
	}
	w.again(w.as[1], market.KeepBeacon{Job: over.id, Seating: over.seating})
	w.must(w.owner(), market.Refund{Job: hash(3)})
	w.refused(chain.ErrRefused, w.as[1], market.KeepBeacon{Job: hash(3), Seating: over.seating})
}

// drawnTopUp: what is paid later, and taken back, is so by candidates too.
func drawnTopUp(w *world) {
	w.register(5)
	j, of := w.drawn(1, w.terms(2, 2, 3, 1000), 3, nil, 3, 1, 2, 2, 1)
	in := of(0)
	out := others(5, in)
	narrow := w.certificate(j, 0, result(1), in[0], in[1])
	narrow.Attestations[1] = w.attestation(narrow, in[1], in...) // another candidate may still be paid
	w.paysTo(j, w.must(w.as[1], j.claim(narrow)), in[0], in[1])
	w.must(w.as[1], j.claim(w.certificate(j, 1, result(1), of(1)...)))
	require.False(w.t, w.escrow(j.id).Closed)
	for _, named := range []int{out[0], out[1]} {
		c := w.result(j, 0, result(1))
		for _, i := range []int{in[0], in[1], named} {
			c.Attestations = append(c.Attestations, w.attestation(c, i, i, named))
		}
		w.refused(chain.ErrRefused, w.as[1], j.claim(c))
	}
	w.paysTo(j, w.must(w.as[1], j.claim(w.certificate(j, 0, result(1), in...))), in[2])

	terms := w.terms(1, 2, 3, 1000)
	terms.LateBps = market.FeeBase / 2
	j, of = w.drawn(2, terms, 3, nil, 3, 1, 2, 2, 1)
	in = of(0)
	out = others(5, in)
	w.must(w.as[1], j.claim(w.certificate(j, 0, result(1), in...)))
	late := func(signers ...int) poc.Certificate {
		c := w.result(j, 0, result(1))
		for _, i := range signers {
			a := w.attestation(c, i, append(slices.Clone(in), i)...)
			a.Late = 1 << (in[0] - 1)
			var err error
			a.Signature, err = w.as[i].Sign(c.Statement(a))
			require.NoError(w.t, err)
			c.Attestations = append(c.Attestations, a)
		}
		return c
	}
	w.refused(chain.ErrRefused, w.owner(), j.claim(late(out...)))
	w.refused(chain.ErrRefused, w.owner(), j.claim(late(in[1], out[0])))
	ask := j.seating.Seats[in[0]-1].Ask
	require.Equal(w.t, []market.Pay{{Account: w.as[in[0]].Account(), Amount: ask - ask/2}}, w.must(w.owner(), j.claim(late(in[1], in[2], out[0]))).Fines)
}
