package evm_test

import (
	"context"
	"slices"

	"gpumesh/market"
	"gpumesh/node/chain/chaintest"
	"gpumesh/poc"
)

// random does something at random, and compares.
func (m *modelTest) random() {
	rng := m.rng
	k, who := rng.IntN(len(m.jobs)), rng.IntN(chaintest.Accounts)
	j, owner := &m.jobs[k], who/4 // two owners
	var name string
	switch p := rng.IntN(110); {
	case p < 12:
		name = m.register(who, byte(rng.IntN(3)), m.cfg.MinStake*market.Amount(rng.IntN(14))/4)
	case p < 22:
		if _, err := m.fake[0].Escrow(m.ctx, j.id); err != nil {
			m.fresh(k)
			m.seat(k)
		}
		name = m.lock(k, owner)
	case p < 37:
		name = m.anchor(k, owner, byte(rng.IntN(10)/9), m.randomSeating(*j))
	case p < 40:
		name = m.keep(k, who, j.seating)
	case p < 70:
		var certs []modelCert
		for range 1 + rng.IntN(3) {
			certs = append(certs, m.randomCert(*j))
		}
		name = m.claim(k, who, rng.IntN(2) == 0, certs...)
	case p < 80:
		task, res, liar := rng.Uint32N(3), result(byte(rng.IntN(3))), rng.IntN(chaintest.Accounts)
		if rng.IntN(4) > 0 {
			name = m.slash(k, who, liar, task, res)
			break
		}
		two := poc.Twice{TaskRef: poc.TaskRef{Task: task}, Kind: poc.StatementKind(1 + rng.IntN(2)), Said: [2]poc.Said{{Digest: res.Digest()}, {Digest: result(byte(rng.IntN(3))).Digest()}}}
		if two.Kind == poc.Attested {
			two.Said[0].Agreed, two.Said[1].Agreed, two.Said[1].Late = 1+rng.Uint64N(8), 3, rng.Uint64N(4)
		}
		name = m.slashTwice(k, who, liar, two)
	case p < 83:
		name = m.refund(k, who)
	case p < 88:
		name = m.pool.step()
	case p < 98:
		name = m.batches.step(m.names, m.jobs[:])
	case p < 108:
		name = m.court.step()
	default:
		name = m.skip()
	}
	m.check(name)
	if e, err := m.fake[0].Escrow(m.ctx, j.id); err == nil && e.Closed && rng.IntN(2) == 0 {
		m.next(k)
	}
}

// randomSeating is a job's, or now and then one that is none.
func (m *modelTest) randomSeating(j modelJob) market.Seating {
	rng, s := m.rng, j.seating
	if rng.IntN(8) > 0 {
		return s
	}
	s.Seats, s.Draws = slices.Clone(s.Seats), slices.Clone(s.Draws)
	switch d := s.Draws; rng.IntN(5) {
	case 0:
		s.Seats[rng.IntN(5)].Weight = 0
	case 1:
		s.Candidates = []uint32{0, 65}[rng.IntN(2)]
	case 2:
		s.Draws = append(d, 0)
	case 3:
		s.Draws = append(d, market.Pinned|5)[:max(len(d), 1)]
	default:
		s.Draws = make([]market.Draw, j.terms.Tasks)
		s.Draws[0] = market.Draw(j.terms.Tasks)
	}
	return s
}

// randomCert is a certificate whose signers most often are candidates and saw the same.
func (m *modelTest) randomCert(j modelJob) modelCert {
	rng := m.rng
	c := modelCert{
		task: rng.Uint32N(j.terms.Tasks + rng.Uint32N(9)/8), res: result(byte(rng.IntN(8) / 7)), signers: rng.Perm(chaintest.Accounts)[:1+rng.IntN(6)], lies: rng.IntN(9),
	}
	timed, late := rng.IntN(3) > 0 && j.terms.LateBps > 0 || rng.IntN(5) == 0, rng.Uint64N(32)
	if rng.IntN(4) == 0 {
		c.share = uint16(rng.UintN(poc.Shares))
	}
	common := rng.Uint64N(32)
	now, cancel := context.WithCancel(m.ctx) // for what does not wait
	cancel()
	if b, err := m.fake[0].Beacon(now, j.id, poc.Hash{1}, j.seating); err == nil && c.task < j.terms.Tasks && rng.IntN(4) > 0 {
		common = j.seating.Of(poc.TaskRef{Job: j.id, Task: c.task}, b.Random)
		c.signers = slices.DeleteFunc(c.signers, func(i int) bool { return i > 0 && common>>(i-1)&1 == 0 && rng.IntN(8) > 0 })
	}
	for _, i := range c.signers {
		agreed, seen := common|1<<max(i-1, 0), uint64(0) // account i has seat i-1
		switch rng.IntN(8) {
		case 0:
			agreed = rng.Uint64N(64) // perhaps not its own, or one that is none
		case 1:
			agreed |= 1 << rng.IntN(5)
		}
		switch {
		case timed && rng.IntN(4) > 0: // most often signers saw the same
			seen = late
		case timed:
			seen = rng.Uint64N(64)
		}
		c.agreed, c.late = append(c.agreed, agreed), append(c.late, seen)
	}
	return c
}
