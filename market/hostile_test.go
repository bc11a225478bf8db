package market

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"gpumesh/poc"
)

// anything makes a message that a seat of the job can sign, of any kind and with anything in it.
func (n *node) anything(id poc.Hash) Message {
	w := n.w
	ref := poc.TaskRef{Job: id, Task: uint32(w.rng.IntN(6))}
	hash := func() poc.Hash { return poc.Hash{byte(w.rng.IntN(3))} }
	opening := func(kind poc.StatementKind, agreed uint64) poc.Opening {
		r := poc.Result{Trace: hash(), Outputs: []poc.Output{{Name: "out", File: rawLink(fmt.Sprint(w.rng.IntN(2))), Size: 8}}}
		st := poc.Statement{Kind: kind, Job: id, Task: ref.Task, Digest: r.Digest(), Agreed: agreed}
		return poc.Opening{Salt: hash(), Class: "test", Result: r, Account: n.account, Signature: testSignature(n.account, st)}
	}
	committed := func(by *node) poc.Sealed { // by an accomplice, too
		h := hash()
		st := poc.Statement{Kind: poc.Committed, Job: id, Task: ref.Task, Digest: h}
		return poc.Sealed{Peer: by.peer, Commitment: h, Account: by.account, Signature: testSignature(by.account, st)}
	}
	switch w.rng.IntN(13) {
	case 0:
		e := committed(n)
		return Proof{poc.Commit{TaskRef: ref, Commitment: e.Commitment, Class: "test", Account: e.Account, Signature: e.Signature}}
	case 1:
		entries := []poc.Sealed{committed(n)}
		for _, other := range w.nodes[1:] {
			if other != n && w.rng.IntN(2) == 0 {
				entries = append(entries, committed(other))
			}
		}
		slices.SortFunc(entries, func(a, b poc.Sealed) int { return bytes.Compare(a.Peer[:], b.Peer[:]) })
		return Proof{poc.Seal{TaskRef: ref, Round: uint32(w.rng.IntN(3)), View: uint32(w.rng.IntN(5)), Entries: entries}}
	case 2:
		return Proof{poc.Reveal{TaskRef: ref, Opening: opening(poc.Revealed, 0)}}
	case 3:
		agreed := 1 + uint64(w.rng.IntN(31))
		return Proof{poc.Attest{TaskRef: ref, Opening: opening(poc.Attested, agreed), Agreed: agreed}}
	case 4:
		return Proof{poc.Dissent{TaskRef: ref, Round: uint32(w.rng.IntN(3)), Want: 1 + uint32(w.rng.IntN(5))}}
	case 5:
		return Proof{poc.Abstain{TaskRef: ref, Reason: "no"}}
	case 6:
		return Lease{Job: id, Finished: uint32(w.rng.IntN(9)), Running: []Progress{{ref.Task, 2, 1}}, Others: w.rng.Uint64N(3)}
	case 7:
		return Decline{Job: id, Code: DeclineBusy, Reason: "no"}
	case 8:
		return Offer{Job: id, Account: n.account, Ask: 1 + Amount(w.rng.IntN(int(NLOV))), Speed: ^uint64(0), Class: "test"}
	case 9:
		return awardOf(id, n.offer(id))
	case 10:
		return Bid{Job: id, Account: n.account, MaxPrice: NLOV, Round: uint32(w.rng.IntN(9)), Closes: w.now.Add(1000)}
	case 11:
		if j := w.nodes[0].m.jobs[id]; j != nil && j.award != nil {
			return Award{id, j.award}
		}
	}
	return Settled{id}
}

// TestHostileSeat has a seat send everything to everybody at any time. Its job is done nevertheless, nobody honest is
// punished, and every machine is at every moment the one that its records make.
func TestHostileSeat(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := newWorld(t, 5000+seed, 6)
			w.check = seed == 0
			id := w.nodes[0].job(4, true)
			hostile := w.nodes[1+w.rng.IntN(5)]
			var spam func()
			spam = func() {
				if to := w.nodes[w.rng.IntN(len(w.nodes))]; to != hostile {
					_ = hostile.tell(to, hostile.anything(id))
				}
				w.after(poc.Millis(1+w.rng.IntN(4)), spam)
			}
			spam()
			w.run(w.settledEverywhere(id), 200_000)
			w.expectPaid(id)
			for _, n := range w.nodes {
				if n != hostile && w.ledger.faults[n.account] != 0 {
					t.Errorf("honest node %d was slashed", n.index)
				}
			}
		})
	}
}
