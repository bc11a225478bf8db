package sim

import (
	"context"
	"fmt"
	"maps"
	"math/bits"
	"slices"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// What the ledger pays is compared with this file's own reading of the rules: who is due is found from the certificates, the draw, the
// signatures and the stakes, and never asked of the ledger.

// unitRun is what the run knows of a unit's verification and pay.
type unitRun struct {
	digest poc.Hash              // it is settled with; zero: not yet
	paid   uint64                // bitmap of seats
	sealed map[*node]poc.Time    // when an honest node first sealed them
	said   map[*node]attestation // the latest attestation of each honest node
	knew   map[[2]*node]bool     // that one honest node heard of another's seal before it attested anything
	closed poc.Time              // when an honest node first showed a certificate
	by     []*node               // the honest who signed the one that settled it
}

type attestation struct {
	digest poc.Hash
	agreed uint64
	since  poc.Time // of the node's first attestation
}

func (j *jobRun) unit(i uint32) *unitRun {
	u := j.units[i]
	if u == nil {
		u = &unitRun{sealed: map[*node]poc.Time{}, said: map[*node]attestation{}, knew: map[[2]*node]bool{}}
		j.units[i] = u
	}
	return u
}

// noteProof notes what honest nodes say of a unit.
func (w *world) noteProof(n *node, m poc.Message) {
	if n.dishonest() {
		return
	}
	switch m := m.(type) {
	case poc.Seal:
		if j := w.jobs[m.Job]; j != nil {
			u := j.unit(m.Task)
			for _, e := range m.Entries {
				if x := w.byPeer[e.Peer]; x != nil && u.sealed[x] == 0 {
					u.sealed[x] = w.now
				}
			}
			w.noteHeard(n, m)
		}
	case poc.Attest:
		if j := w.jobs[m.Job]; j != nil {
			u, d := j.unit(m.Task), m.Result.Digest()
			a := attestation{d, m.Agreed, w.now}
			if before, again := u.said[n]; again {
				a.since = before.since
			}
			u.said[n] = a
		}
	case poc.Proven:
		if j := w.jobs[m.Certificate.Job]; j != nil {
			if u := j.unit(m.Certificate.Task); u.closed == 0 {
				u.closed = w.now
			}
		}
	}
}

// noteHeard notes whose seals a node knows that has not attested yet.
func (w *world) noteHeard(n *node, m poc.Message) {
	seal, ok := m.(poc.Seal)
	if !ok || n.dishonest() {
		return
	}
	j := w.jobs[seal.Job]
	if j == nil {
		return
	}
	u := j.unit(seal.Task)
	if _, late := u.said[n]; late {
		return
	}
	for _, e := range seal.Entries {
		if x := w.byPeer[e.Peer]; x != nil {
			u.knew[[2]*node{n, x}] = true
		}
	}
}

// due is what one claim should do.
type due struct {
	pays  map[poc.Account]market.Amount
	paid  map[uint32]uint64 // by unit, bitmaps of the seats that are newly paid
	units []uint32          // newly settled
}

// dueOf reads a claim as the rules say, whoever makes it: signatures count that are valid, of drawn candidates, and of those who still have
// their stake; a quorum of them settles a unit once, and whom a quorum names is paid once.
func (w *world) dueOf(c market.Claim) due {
	d := due{pays: map[poc.Account]market.Amount{}, paid: map[uint32]uint64{}}
	j := w.jobs[c.Job]
	if j == nil || j.drawn == nil || !slices.Equal(c.Seats, j.seats) {
		return d
	}
	terms := j.spec.Terms(w.net)
	for _, cert := range c.Certificates {
		if cert.Job != c.Job || int(cert.Task) >= len(j.drawn) {
			continue
		}
		u := j.unit(cert.Task)
		if !u.digest.IsZero() && u.digest != cert.Result.Digest() {
			continue
		}
		payees := w.payeesOf(j, cert)
		if len(payees) == 0 {
			continue
		}
		if u.digest.IsZero() && !slices.Contains(d.units, cert.Task) {
			d.units = append(d.units, cert.Task)
		}
		late := cert.Late(terms.Quorum)
		for _, seat := range payees {
			have := u.paid | d.paid[cert.Task]
			if have>>seat&1 != 0 || !w.stands(j.seats[seat].Account) || bits.OnesCount64(have) >= int(terms.Replicas) {
				continue
			}
			d.paid[cert.Task] |= 1 << seat
			d.pays[j.seats[seat].Account] += j.seats[seat].Ask.Graded(late>>seat&1 != 0, cert.Share, terms.LateBps)
		}
	}
	return d
}

// payeesOf are the seats that a quorum of the signatures that count name, and none if the certificate proves nothing.
func (w *world) payeesOf(j *jobRun, cert poc.Certificate) []uint8 {
	valid, ledger := cert, w.view(j.owner)
	valid.Attestations = nil
	for _, a := range cert.Attestations {
		s := cert.Statement(a)
		if slices.ContainsFunc(j.drawn[cert.Task], func(x poc.Worker) bool { return x.Peer == a.Peer && x.Account == a.Account }) &&
			ledger.Verify(a.Account, s, a.Signature) == nil {
			valid.Attestations = append(valid.Attestations, a)
		}
	}
	if valid.Verify(j.drawn[cert.Task], j.spec.Policy, ledger) != nil {
		return nil
	}
	valid.Attestations = slices.DeleteFunc(valid.Attestations, func(a poc.Attestation) bool { return !w.stands(a.Account) })
	if len(valid.Attestations) < int(j.spec.Policy.Quorum) {
		return nil
	}
	return valid.Payees(j.spec.Policy.Quorum)
}

// stands reports whether an account has the stake to sign and to be paid.
func (w *world) stands(a poc.Account) bool {
	s, err := w.view(w.nodes[0]).Standing(context.Background(), a)
	return err == nil && s.Registered && s.Stake >= w.net.MinStake
}

// claim submits a claim, and asserts that the ledger does and pays what is due by it: everybody who is, to the base unit, and nobody else. A
// claim of an honest node is right, and one by which nothing is due takes no effect.
func (w *world) claim(n *node, c market.Claim) (market.Receipt, error) {
	if !n.dishonest() {
		w.checkClaim(c)
	}
	d := w.dueOf(c)
	before := w.balances(d.pays)
	r, err := w.view(n).Submit(context.Background(), c)
	if err != nil || r.Tx == "" {
		if e, at := w.view(n).Escrow(context.Background(), c.Job); (len(d.units) > 0 || len(d.pays) > 0) && at == nil && !e.Closed && w.now < e.Terms.Expiry {
			w.violate("a right claim for job %s took no effect: %v", c.Job.Short(), err)
		}
		return r, err
	}
	j := w.jobs[c.Job]
	got := map[poc.Account]market.Amount{}
	for _, p := range r.Pays {
		got[p.Account] += p.Amount
	}
	if !maps.Equal(got, d.pays) {
		w.violate("a claim for job %s paid %v, and due was %v", c.Job.Short(), got, d.pays)
	}
	for a, have := range w.balances(d.pays) {
		if have-before[a] != d.pays[a] {
			w.violate("the balance of %s grew by %v, and %v was due", a, have-before[a], d.pays[a])
		}
	}
	slices.Sort(d.units)
	if tasks := slices.Sorted(slices.Values(r.Tasks)); !slices.Equal(tasks, d.units) {
		w.violate("a claim for job %s settled the units %v, and proven were %v", c.Job.Short(), tasks, d.units)
	}
	for i, seats := range d.paid {
		j.unit(i).paid |= seats
	}
	return r, nil
}

func (w *world) balances(of map[poc.Account]market.Amount) map[poc.Account]market.Amount {
	out := map[poc.Account]market.Amount{}
	for a := range of {
		out[a], _, _ = w.view(w.nodes[0]).Balance(context.Background(), a)
	}
	return out
}

// topUp claims what a node is due by a certificate that it holds and was not paid, as whoever claimed knew or showed fewer signatures. A
// host does this when it looks at the chain (node/claims.go).
func (n *node) topUp(seen market.SettlementSeen) {
	payer, ok := n.w.view(n).(chain.Payer)
	if !ok || seen.Escrow.Closed || seen.Escrow.Settled == 0 {
		return
	}
	j := n.w.jobs[seen.Job]
	self := slices.IndexFunc(j.seats, func(s market.Seat) bool { return s.Account == n.account })
	if self < 0 {
		return
	}
	paid, _, err := payer.PaidSeats(context.Background(), seen.Job, uint32(len(seen.Settled)))
	if err != nil {
		n.w.violate("the chain does not tell who is paid: %v", err)
		return
	}
	if !slices.ContainsFunc(paid, func(seats uint64) bool { return seats>>self&1 == 0 }) {
		return
	}
	c := market.Claim{Job: seen.Job, Seats: j.seats}
	terms := seen.Escrow.Terms
	e, _ := n.m.Evidence(seen.Job)
	for _, cert := range e.Certificates {
		if i := cert.Task; seen.Settled[i].IsZero() || !chain.SameDigest(seen.Settled[i], cert.Result.Digest()) || paid[i]>>self&1 != 0 ||
			bits.OnesCount64(paid[i]) >= int(terms.Replicas) || !slices.Contains(cert.Payees(terms.Quorum), uint8(self)) || len(c.Certificates) == 32 {
			continue
		}
		c.Certificates = append(c.Certificates, *cert)
	}
	if len(c.Certificates) > 0 {
		n.w.tally.topUps++
		n.submitOp(market.Submission{Key: market.OpKey(fmt.Sprintf("topup/%s/%d", seen.Job, c.Certificates[0].Task)), Op: c})
	}
}

// checkOwed asserts, when everything is over, that every honest replica is paid that any honest node said it accepted, in whatever
// attestation. There are two causes for which one need not be. It was sealed too late: fewer than a quorum of those who attested the result
// had heard of its seal when they did, and from then on seals add nobody (poc/DESIGN.md). And between its seal and the first certificate it
// was away itself, or so many of those who attest were away or cut off from it that no quorum of them could see what it showed, or all were
// whose certificate settled the unit: what another quorum certified comes too late if the job is closed by then (node/chain/DESIGN.md).
func (w *world) checkOwed(j *jobRun) {
	terms := j.spec.Terms(w.net)
	for _, i := range slices.Sorted(maps.Keys(j.units)) {
		u := j.units[i]
		if u.digest.IsZero() || !w.right(j, i, u.digest) || bits.OnesCount64(u.paid) >= int(terms.Replicas) {
			continue
		}
		var named uint64
		for _, a := range u.said {
			if a.digest == u.digest {
				named |= a.agreed
			}
		}
		for seat := range uint8(len(j.seats)) {
			x := w.byAcc[j.seats[seat].Account]
			if named>>seat&1 == 0 || u.paid>>seat&1 != 0 || x.dishonest() || u.sealed[x] == 0 || !w.stands(x.account) {
				continue
			}
			switch {
			case u.tooLate(x, j.spec.Policy):
				w.tally.late++
			case w.unseen(x, u, j.spec.Policy):
				w.tally.parted++
			default:
				w.violate("node %d was accepted for task %s/%d and is not paid", x.index, j.id.Short(), i)
			}
		}
	}
}

// counts reports whether a node's attestation counts, and was made before the first certificate. Where redundancy is not priced those count
// whose commitments are sealed.
func (u *unitRun) counts(n *node, p poc.Policy) bool {
	a, ok := u.said[n]
	return ok && a.digest == u.digest && a.since <= u.closed && (p.Priced() || u.sealed[n] != 0)
}

// tooLate reports whether fewer than a quorum of those who attested the result had heard of a worker's seal when they did.
func (u *unitRun) tooLate(x *node, p poc.Policy) bool {
	knew := 0
	for n := range u.said {
		if u.counts(n, p) && u.knew[[2]*node{n, x}] {
			knew++
		}
	}
	return knew < int(p.Quorum)
}

// unseen reports whether a worker was away at some time between its seal and the first certificate, or fewer than a quorum of those who
// had attested the result by then could reach it, or none of those by whose certificate the unit was settled.
func (w *world) unseen(x *node, u *unitRun, p poc.Policy) bool {
	times := []poc.Time{u.sealed[x]}
	for _, p := range w.absences {
		for _, t := range []poc.Time{p.from, p.to} {
			if t > u.sealed[x] && t <= u.closed {
				times = append(times, t)
			}
		}
	}
	return slices.ContainsFunc(times, func(t poc.Time) bool {
		if w.absent(x, x, t) {
			return true
		}
		reach := 0
		for n := range u.said {
			if u.counts(n, p) && !w.absent(n, x, t) {
				reach++
			}
		}
		return reach < int(p.Quorum) || len(u.by) > 0 && !slices.ContainsFunc(u.by, func(n *node) bool { return !w.absent(n, x, t) })
	})
}

// absence is a time in which nodes were away, or cut off from all others.
type absence struct {
	from, to poc.Time // to is zero while it lasts
	who      map[*node]bool
	parts    bool
}

// absent reports whether one node could not reach another at a time. Of itself it says whether it was away.
func (w *world) absent(n, from *node, t poc.Time) bool {
	return slices.ContainsFunc(w.absences, func(p absence) bool {
		switch {
		case t < p.from || p.to != 0 && t >= p.to:
			return false
		case p.parts:
			return p.who[n] != p.who[from]
		}
		return p.who[n] || p.who[from]
	})
}

// back ends the absence of a node, or the partition.
func (w *world) back(n *node) {
	for i := len(w.absences) - 1; i >= 0; i-- {
		if p := &w.absences[i]; p.to == 0 && p.parts == (n == nil) && (n == nil || p.who[n]) {
			p.to = w.now
			return
		}
	}
}
