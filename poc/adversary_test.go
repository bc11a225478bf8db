package poc

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
)

func liar(name string) behaviour { return behaviour{name: name, lies: true} }

// withholder commits and never opens.
func withholder() behaviour {
	return behaviour{name: "withholder", evil: true, withholds: true, send: func(_ *simNode, _ PeerID, m Message) Message {
		switch m.(type) {
		case Reveal, Attest:
			return nil
		}
		return m
	}}
}

// shy does the work but never reveals: it shows its result only by attesting to it.
func shy() behaviour {
	return behaviour{name: "shy", evil: true, send: func(_ *simNode, _ PeerID, m Message) Message {
		if _, ok := m.(Reveal); ok {
			return nil
		}
		return m
	}}
}

// freeRider commits to noise and withholds it. Once it hears an attestation it signs the same result, names itself beside
// those that the others name, and sends that, and a certificate made of both, to everybody.
func freeRider() behaviour {
	w := withholder()
	w.name, w.lies = "free rider", true
	heard := map[PeerID]Attest{}
	w.heard = func(n *simNode, from PeerID, m Message) {
		a, ok := m.(Attest)
		if !ok || n.rank >= n.cfg.workers || heard[from].Agreed != 0 {
			return
		}
		heard[from] = a
		agreed := a.Agreed | testSeats(n.rank)
		o := a.Opening
		o.Account, o.Salt = testWorker(n.rank).Account, n.salt
		o.Signature = testSignature(o.Account, Statement{Kind: Attested, Job: testRef.Job, Task: testRef.Task, Digest: o.Result.Digest(), Agreed: agreed})
		c := Certificate{Version: CertificateVersion, Job: testRef.Job, Task: testRef.Task, Award: n.setup.Award, Result: o.Result}
		c.Attestations = append(c.Attestations, Attestation{Peer: n.peer, Account: o.Account, Agreed: agreed, Signature: o.Signature})
		for p, x := range heard {
			if p != n.peer && x.Result.Digest() == o.Result.Digest() {
				c.Attestations = append(c.Attestations, Attestation{Peer: p, Account: x.Account, Agreed: x.Agreed, Late: x.Late, Signature: x.Signature})
			}
		}
		slices.SortFunc(c.Attestations, func(a, b Attestation) int { return slices.Compare(a.Peer[:], b.Peer[:]) })
		for _, x := range n.nodes {
			n.raw(x.peer, Attest{TaskRef: testRef, Opening: o, Agreed: agreed})
			n.raw(x.peer, Proven{c})
		}
	}
	return w
}

// miser does the work and shows it, but names nobody else, as far as a certificate allows it.
func miser() behaviour {
	return behaviour{name: "miser", evil: true, send: func(n *simNode, _ PeerID, m Message) Message {
		a, ok := m.(Attest)
		if !ok {
			return m
		}
		for a.Agreed = testSeats(n.rank); bits.OnesCount64(a.Agreed) < n.rng.IntN(int(n.cfg.policy.Quorum)+1); {
			a.Agreed |= testSeats(n.rng.IntN(n.cfg.workers))
		}
		a.Signature = testSignature(a.Account, Statement{Kind: Attested, Job: testRef.Job, Task: testRef.Task, Digest: a.Result.Digest(), Agreed: a.Agreed})
		return a
	}}
}

func silentSealer() behaviour {
	return behaviour{name: "silent sealer", evil: true, send: func(_ *simNode, _ PeerID, m Message) Message {
		if _, ok := m.(Seal); ok {
			return nil
		}
		return m
	}}
}

// pickySealer tells of its seal only some of the nodes.
func pickySealer() behaviour {
	return behaviour{name: "picky sealer", evil: true, abets: true, send: func(n *simNode, _ PeerID, m Message) Message {
		if _, ok := m.(Seal); ok && n.rng.IntN(2) == 0 {
			return nil
		}
		return m
	}}
}

// copier does not compute: what its own machine thinks is noise. It commits to noise or to the commitment of another, and once it has seen a result it commits to
// that, reveals it and attests it.
func copier(replay bool) behaviour {
	copied := false
	return behaviour{
		name: "copier", lies: true, evil: true,
		finish: func(n *simNode) (Hash, bool) {
			if replay {
				for _, x := range n.nodes {
					if c, ok := n.commits[x.peer]; ok {
						return c.Commitment, true
					}
				}
			}
			return testHash("noise %d", n.rank), true
		},
		send: func(n *simNode, _ PeerID, m Message) Message {
			switch m := m.(type) {
			case Commit:
				commitment, _ := n.act.finish(n)
				return committed(m.TaskRef, n.rank, commitment)
			case Reveal, Attest, Dissent:
				return nil
			}
			return m
		},
		heard: func(n *simNode, _ PeerID, m Message) {
			var o Opening
			switch m := m.(type) {
			case Reveal:
				o = m.Opening
			case Attest:
				o = m.Opening
			}
			if len(o.Result.Outputs) == 0 || copied || n.rank >= n.cfg.workers {
				return
			}
			copied = true
			o.Salt, o.Account = n.salt, testWorker(n.rank).Account
			digest := o.Result.Digest()
			sign := func(k StatementKind, agreed uint64) Opening {
				o.Signature = testSignature(o.Account, Statement{Kind: k, Job: testRef.Job, Task: testRef.Task, Digest: digest, Agreed: agreed})
				return o
			}
			all := testSeats(n.rank, 0, 1, 2)
			commitment := Commitment(n.setup.Network, testRef, n.peer, o.Class, digest, o.Salt)
			for _, x := range n.nodes {
				n.raw(x.peer, committed(testRef, n.rank, commitment))
				n.raw(x.peer, Reveal{TaskRef: testRef, Opening: sign(Revealed, 0)})
				n.raw(x.peer, Attest{TaskRef: testRef, Opening: sign(Attested, all), Agreed: all})
			}
		},
	}
}

// equivocator commits to one thing here and another there, and seals different sets for different nodes.
func equivocator() behaviour {
	return behaviour{name: "equivocator", evil: true, abets: true, send: func(n *simNode, to PeerID, m Message) Message {
		switch m := m.(type) {
		case Commit:
			if n.rng.IntN(2) == 0 {
				n.raw(to, committed(m.TaskRef, n.rank, testHash("other")))
			}
			if n.rng.IntN(3) == 0 {
				return nil
			}
		case Seal:
			if n.rng.IntN(2) == 0 {
				other := m
				other.Entries = slices.Clone(m.Entries)
				if i := n.rng.IntN(len(other.Entries)); other.Entries[i].Peer == n.peer {
					other.Entries[i] = sealedBy(m.TaskRef, n.rank, testHash("other"))
				} else {
					other.Entries = slices.Delete(other.Entries, i, i+1)
				}
				if len(other.Entries) > 0 {
					n.raw(to, other)
				}
			}
		}
		return m
	}}
}

// hasty seals as soon as it hears a quorum, whatever its rank, dissents for no reason, and abstains and lapses at will.
func hasty() behaviour {
	return behaviour{name: "hasty", evil: true, abets: true, heard: func(n *simNode, _ PeerID, m Message) {
		if _, ok := m.(Commit); !ok || n.rank >= n.cfg.workers {
			return
		}
		seal := Seal{TaskRef: testRef, View: uint32(n.rank), Round: uint32(n.rng.IntN(3))}
		for _, x := range n.nodes {
			if c, ok := n.commits[x.peer]; ok {
				seal.Entries = append(seal.Entries, Sealed{x.peer, c.Commitment, c.Account, c.Signature})
			}
		}
		slices.SortFunc(seal.Entries, func(a, b Sealed) int { return slices.Compare(a.Peer[:], b.Peer[:]) })
		for _, x := range n.nodes {
			n.raw(x.peer, seal)
			n.raw(x.peer, Dissent{TaskRef: testRef, Round: uint32(n.rng.IntN(4)), Want: 1 + uint32(n.rng.IntN(4))})
			if n.rng.IntN(3) == 0 {
				n.raw(x.peer, Abstain{TaskRef: testRef, Reason: "changed my mind"})
			}
		}
	}}
}

// noisy sends messages of every kind with random content, some of them invalid.
func noisy() behaviour {
	random := func(n *simNode, r *rand.Rand) Message {
		peer := func() PeerID { return n.nodes[r.IntN(len(n.nodes))].peer }
		contents := []string{"right", "wrong noise", fmt.Sprint(r.IntN(5))}
		agreed := r.Uint64()
		if r.IntN(2) == 0 {
			agreed = testSeats(n.rank, r.IntN(3), r.IntN(3), r.IntN(n.cfg.workers))
		}
		o := testOpening(min(n.rank, n.cfg.workers-1), contents[r.IntN(len(contents))], StatementKind(1+r.IntN(2)), agreed*uint64(r.IntN(2)))
		if r.IntN(4) == 0 {
			o.Salt = testHash("%d", r.IntN(3))
		}
		switch r.IntN(7) {
		case 0:
			return committed(testRef, min(n.rank, n.cfg.workers-1), testHash("%d", r.IntN(3)))
		case 1:
			s := Seal{TaskRef: testRef, Round: uint32(r.IntN(6)), View: uint32(n.rank)}
			for range 1 + r.IntN(5) {
				e := Sealed{Peer: peer(), Commitment: testHash("%d", r.IntN(3)), Account: "nobody", Signature: []byte("forged")}
				if c, ok := n.commits[e.Peer]; ok {
					e = Sealed{e.Peer, c.Commitment, c.Account, c.Signature}
				} else if e.Peer == n.peer && n.rank < n.cfg.workers {
					e = sealedBy(testRef, n.rank, e.Commitment)
				}
				s.Entries = append(s.Entries, e)
			}
			slices.SortFunc(s.Entries, func(a, b Sealed) int { return slices.Compare(a.Peer[:], b.Peer[:]) })
			return s
		case 2:
			return Reveal{TaskRef: testRef, Opening: o}
		case 3:
			return Attest{TaskRef: testRef, Opening: o, Agreed: agreed}
		case 4:
			return Dissent{TaskRef: testRef, Round: uint32(r.IntN(7)), Want: uint32(r.IntN(7))}
		case 5:
			c := someCertificateOf(contents[r.IntN(len(contents))], r.Perm(n.cfg.workers)[:1+r.IntN(3)]...)
			for i, a := range c.Attestations {
				if a.Peer != n.peer {
					c.Attestations[i].Signature[0] ^= 1 // it has no key but its own
				}
			}
			return Proven{*c}
		}
		return Abstain{TaskRef: testRef, Reason: "noise"}
	}
	budget := 200
	return behaviour{name: "noisy", evil: true, abets: true, heard: func(n *simNode, _ PeerID, m Message) {
		for range min(2, budget) {
			budget--
			n.raw(n.nodes[n.rng.IntN(len(n.nodes))].peer, random(n, n.rng))
		}
	}, send: func(n *simNode, _ PeerID, m Message) Message {
		if n.rng.IntN(2) == 0 {
			return random(n, n.rng)
		}
		return m
	}}
}
