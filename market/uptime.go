package market

import "gpumesh/poc"

// Vouching is what shows that providers were up: what the chain says of some epochs, and what witnesses vouched for in them. An epoch is a sample, as nobody
// knows before it when it will be asked, and a capability a receipt: it is signed by a quorum of drawn witnesses.
type Vouching struct {
	Epochs map[uint64]RewardEpoch
	Shown  []poc.Capability
}

// count adds to the records in how many of the epochs the chain knew each peer, and in how many of these it was vouched for. What is shown
// of another epoch, or does not prove itself, counts for nothing.
func (w Vouching) count(n Network, records map[poc.PeerID]*Conduct) {
	if n.Challenge == nil {
		return
	}
	type sample struct {
		peer  poc.PeerID
		epoch uint64
	}
	vouched := map[sample]bool{}
	for i := range w.Shown {
		k := &w.Shown[i]
		e, known := w.Epochs[k.Epoch]
		if at := (sample{k.Peer, k.Epoch}); known && !vouched[at] && k.Verify(n.ID(), e.Beacon, e.Roster, n.Challenge.Terms) == nil {
			vouched[at] = true
			if records[k.Peer] == nil {
				records[k.Peer] = &Conduct{Peer: k.Peer}
			}
			records[k.Peer].Vouched++
		}
	}
	for _, e := range w.Epochs {
		for peer, r := range records {
			if a := e.Roster.Account(peer); a != "" {
				r.Epochs, r.Account = r.Epochs+1, max(r.Account, a)
			}
		}
	}
}
