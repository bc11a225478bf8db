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
	digest    poc.Hash              // it is settled with; zero: not yet
	paid      uint64                // bitmap of seats
	sealed    map[*node]poc.Time    // when an honest node first sealed them
	said      map[*node]attestation // the latest attestation of each honest node
	knew      map[[2]*node]bool     // that one honest node heard of another's seal before it attested anything
	heard     map[[2]*node]bool     // that one honest node heard of another's commitment, and whether it had heard an attestation before
	first     map[*node]bool        // sealed in the first round
	public    map[*node]bool        // the honest nodes that heard an attestation
	closed    poc.Time              // when an honest node first showed a certificate
	by        []*node               // the honest who signed the one that settled it
	fined     uint64                // bitmap of the paid seats that a quorum called late
	committed map[*node]poc.Time    // when a node first sent its commitment, in a job with terms
	lies      map[*node]lie         // what dishonest nodes have revealed to honest ones
	framed    map[*node]bool        // the honest whose right reveals framers have heard
}

// lie is a reveal of a dishonest node, and the first honest one that it was shown to.
type lie struct {
	reveal poc.Reveal
	to     *node
}

type attestation struct {
	digest poc.Hash
	agreed uint64
	since  poc.Time // of the node's first attestation
}

func (j *jobRun) unit(i uint32) *unitRun {
	u := j.units[i]
	if u == nil {
		u = &unitRun{sealed: map[*node]poc.Time{}, said: map[*node]attestation{}, knew: map[[2]*node]bool{}, heard: map[[2]*node]bool{}, first: map[*node]bool{}, public: map[*node]bool{}, lies: map[*node]lie{}, committed: map[*node]poc.Time{}, framed: map[*node]bool{}}
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
			w.noteHeard(n, n, market.Proof{Message: m})
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

// noteHeard notes what a node hears: of whose seals before it has attested, and of whose commitments before anybody has. What it returns
// takes the former back, if the node refuses the seal: it sees a quorum of equal results already.
func (w *world) noteHeard(n, from *node, m market.Message) (forget func()) {
	var heard [][2]*node
	forget = func() {}
	p, ok := m.(market.Proof)
	if !ok || n.dishonest() {
		return forget
	}
	j := w.jobs[p.Message.Ref().Job]
	if j == nil {
		return forget
	}
	u := j.unit(p.Message.Ref().Task)
	committed := func(x *node) {
		if key := [2]*node{n, x}; x != nil {
			if _, again := u.heard[key]; !again {
				u.heard[key] = u.public[n]
			}
		}
	}
	seal, ok := p.Message.(poc.Seal)
	switch m := p.Message.(type) {
	case poc.Reveal:
		if _, again := u.lies[from]; from.dishonest() && from.account == m.Account && !again {
			u.lies[from] = lie{m, n}
		}
	case poc.Attest:
		u.public[n] = true
	case poc.Commit:
		committed(from)
	}
	if !ok {
		return forget
	}
	_, late := u.said[n]
	for _, e := range seal.Entries {
		x := w.byPeer[e.Peer]
		if x != nil && u.sealed[x] == 0 { // by who is dishonest: what others send is noted when they do
			u.sealed[x] = w.now
		}
		committed(x)
		u.first[x] = u.first[x] || seal.Round == 0
		if key := [2]*node{n, x}; x != nil && !late && !u.knew[key] {
			u.knew[key] = true
			heard = append(heard, key)
		}
	}
	return func() {
		for _, key := range heard {
			delete(u.knew, key)
		}
	}
}

// due is what one claim should do.
type due struct {
	pays  map[poc.Account]market.Amount
	paid  map[uint32]uint64             // by unit, bitmaps of the seats that are newly paid
	late  map[uint32]uint64             // likewise, of those that are paid less, or from now on
	fines map[poc.Account]market.Amount // what those give back that were paid in full before
	fees  market.Amount                 // rounded down for each certificate
	units []uint32                      // newly settled
}

// dueOf reads a claim as the rules say, whoever makes it: signatures count that are valid, of drawn candidates, and of those who still have
// their stake; a quorum of them settles a unit once, and whom a quorum names is paid once.
func (w *world) dueOf(c market.Claim) due {
	d := due{pays: map[poc.Account]market.Amount{}, paid: map[uint32]uint64{}, late: map[uint32]uint64{}, fines: map[poc.Account]market.Amount{}}
	j := w.jobs[c.Job]
	if j == nil || j.drawn == nil || !c.Seating.Equal(j.seating) {
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
		payees, late := w.payeesOf(j, cert)
		if len(payees) == 0 {
			continue
		}
		if u.digest.IsZero() && !slices.Contains(d.units, cert.Task) {
			d.units = append(d.units, cert.Task)
		}
		fined, back := w.finesOf(j, cert, terms, late&^d.late[cert.Task])
		d.late[cert.Task] |= fined
		for a, n := range back {
			d.fines[a] += n
		}
		var pay market.Amount
		for _, seat := range payees {
			have := u.paid | d.paid[cert.Task]
			if have>>seat&1 != 0 || !w.stands(j.seating.Seats[seat].Account) || bits.OnesCount64(have) >= int(terms.Replicas) {
				continue
			}
			d.paid[cert.Task] |= 1 << seat
			if terms.LateBps > 0 {
				d.late[cert.Task] |= late & (1 << seat)
			}
			n := j.seating.Seats[seat].Ask.Graded(late>>seat&1 != 0, cert.Share, terms.LateBps)
			d.pays[j.seating.Seats[seat].Account] += n
			pay += n
		}
		d.fees += share(pay, w.s.Rewards.feeBps())
	}
	return d
}

// payeesOf are the seats that a quorum of the signatures that count name, and of all seats those that so many call late; none if the certificate
// proves nothing.
func (w *world) payeesOf(j *jobRun, cert poc.Certificate) (payees []uint8, late uint64) {
	valid, ledger := cert, w.view(j.owner)
	valid.Attestations = nil
	for _, a := range cert.Attestations {
		s := cert.Statement(a)
		if slices.ContainsFunc(j.drawn[cert.Task], func(x poc.Worker) bool { return x.Peer == a.Peer && x.Account == a.Account }) &&
			ledger.Verify(a.Account, s, a.Signature) == nil {
			valid.Attestations = append(valid.Attestations, a)
		}
	}
	if valid.Verify(j.drawn[cert.Task], onChain(j.spec.Policy), ledger) != nil {
		return nil, 0
	}
	valid.Attestations = slices.DeleteFunc(valid.Attestations, func(a poc.Attestation) bool { return !w.stands(a.Account) })
	if len(valid.Attestations) < int(j.spec.Policy.Quorum) {
		return nil, 0
	}
	return valid.Payees(j.spec.Policy.Quorum), valid.Late(j.spec.Policy.Quorum)
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
	r, err := w.view(n).Submit(context.Background(), c)
	if err != nil || r.Tx == "" {
		if e, at := w.view(n).Escrow(context.Background(), c.Job); (len(d.units) > 0 || len(d.pays) > 0 || len(d.fines) > 0) && at == nil && !e.Closed && w.now < e.Terms.Expiry {
			w.violate("a right claim for job %s took no effect: %v", c.Job.Short(), err)
		}
		return r, err
	}
	j := w.jobs[c.Job]
	if got, fined := sumOf(r.Pays), sumOf(r.Fines); !maps.Equal(got, d.pays) || !maps.Equal(fined, d.fines) {
		w.violate("a claim for job %s paid %v and took back %v, and due was %v and %v", c.Job.Short(), got, fined, d.pays, d.fines)
	}
	w.bookClaim(c, d, r)
	slices.Sort(d.units)
	if tasks := slices.Sorted(slices.Values(r.Tasks)); !slices.Equal(tasks, d.units) {
		w.violate("a claim for job %s settled the units %v, and proven were %v", c.Job.Short(), tasks, d.units)
	}
	for i, seats := range d.paid {
		j.unit(i).paid |= seats
	}
	for i, seats := range d.late {
		j.unit(i).fined |= seats
	}
	return r, nil
}

// topUp claims what a node is due by a certificate that it holds and was not paid, as whoever claimed knew or showed fewer signatures. A
// host does this when it looks at the chain (node/claims.go).
func (n *node) topUp(seen market.SettlementSeen) {
	payer, ok := n.w.view(n).(chain.Payer)
	if !ok || seen.Escrow.Closed || seen.Escrow.Settled == 0 {
		return
	}
	j := n.w.jobs[seen.Job]
	self := slices.IndexFunc(j.seating.Seats, func(s market.Seat) bool { return s.Account == n.account })
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
	c := market.Claim{Job: seen.Job, Seating: j.seating}
	terms := seen.Escrow.Terms
	e, _ := n.m.Evidence(seen.Job)
	for _, cert := range e.Certificates {
		if i := cert.Task; seen.Settled[i].IsZero() || !chain.SameDigest(seen.Settled[i], cert.Result.Digest()) || paid[i]>>self&1 != 0 ||
			bits.OnesCount64(paid[i]) >= int(terms.Replicas) || !slices.Contains(cert.Payees(terms.Quorum), uint8(self)) || len(c.Certificates) == 32 {
			continue
		}
		counts := *cert
		counts.Attestations = slices.DeleteFunc(slices.Clone(cert.Attestations), func(a poc.Attestation) bool { return !n.w.stands(a.Account) })
		if slices.Contains(counts.Payees(terms.Quorum), uint8(self)) {
			c.Certificates = append(c.Certificates, counts)
		}
	}
	if len(c.Certificates) > 0 && n.w.stands(n.account) {
		n.w.tally.topUps++
		n.submitOp(market.Submission{Key: market.OpKey(fmt.Sprintf("topup/%s/%d", seen.Job, c.Certificates[0].Task)), Op: c})
	}
}

// checkOwed asserts, when everything is over, that every honest replica is paid that any honest node said it accepted, in whatever
// attestation. One need not be where fewer than a quorum of those who attest could know of it in time; witnesses says who could. Nor need
// one of whom all were cut off whose certificate settled the unit: what another quorum certified comes too late if the job is closed
// by then (node/chain/DESIGN.md).
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
		for seat := range uint8(len(j.seating.Seats)) {
			x := w.byAcc[j.seating.Seats[seat].Account]
			if named>>seat&1 == 0 || u.paid>>seat&1 != 0 || x.dishonest() || u.sealed[x] == 0 || !w.stands(x.account) {
				continue
			}
			cut := len(u.by) > 0 && !slices.ContainsFunc(u.by, func(n *node) bool { return !w.missed(n, x, u) })
			if !cut && w.witnesses(x, seat, j, i) >= int(terms.Quorum) {
				w.violate("node %d was accepted for task %s/%d and is not paid", x.index, j.id.Short(), i)
			}
			w.tally.excused++
		}
	}
}

// witnesses counts the honest whose attestation to the result counts, who made it before the first certificate, had taken a seal that
// names the worker when they did (from then on, and from when they see a quorum, seals add nobody: poc/DESIGN.md), and were there and
// linked to the worker from its seal to the certificate. Who is sealed in a further round counts for those only who heard of its commitment
// before any result was public: it may be a copy otherwise. Where redundancy is not priced attestations count of those who are sealed. A seal of whom
// a node did not draw itself, as it saw no need of a further replica, makes nobody a member there.
// Between an eclipsed node and another most messages are lost, so of them only who named the worker counts.
func (w *world) witnesses(x *node, seat uint8, j *jobRun, unit uint32) (count int) {
	u, p := j.units[unit], j.spec.Policy
	for n, a := range u.said {
		if (n.eclipsed || x.eclipsed) && a.agreed>>seat&1 == 0 {
			continue
		}
		if a.digest == u.digest && a.since <= u.closed && (p.Priced() || u.sealed[n] != 0) && (n == x || u.knew[[2]*node{n, x}] && n.m.Members(j.id, unit)>>seat&1 != 0) && !w.missed(n, x, u) {
			if !u.heard[[2]*node{n, x}] || u.first[x] {
				count++
			}
		}
	}
	return count
}

// missed reports whether one node was away or cut off from a worker, or that was away, at some time between its seal and the certificate.
func (w *world) missed(n, x *node, u *unitRun) bool {
	return slices.ContainsFunc(w.absences, func(p absence) bool {
		if p.from > u.closed || p.to != 0 && p.to <= u.sealed[x] {
			return false
		}
		if p.parts {
			return p.who[n] != p.who[x]
		}
		return p.who[n] || p.who[x]
	})
}

// absence is a time in which nodes were away, or cut off from all others.
type absence struct {
	from, to poc.Time // to is zero while it lasts
	who      map[*node]bool
	parts    bool
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
