package market

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"maps"
	"slices"

	"gpumesh/poc"
)

// Who of those that offer is seated: nobody gains by being early, or by offering unasked.

// offersPerSeat is how many offers an owner keeps for each seat while it bids: some are taken back, or passed over.
const offersPerSeat = 2

// asking is what the bid of one round said.
type asking struct {
	Round uint32 `cbor:"round"`
	Reach uint32 `cbor:"reach,omitempty"`
}

// asks reports whether the bid of this round or an earlier one asks a provider. A record from before that was kept asks everybody.
func (j *job) asks(p poc.PeerID) bool {
	return len(j.Asked) == 0 || slices.ContainsFunc(j.Asked, func(a asking) bool { return Bid{Job: j.id, Round: a.Round, Reach: a.Reach}.Asks(p) })
}

// lot is a provider's in the lottery for the seats of a job: the least win. It follows from a secret of the owner, so nobody else can foresee
// it, and it is the same after a restart.
func (m *Machine) lot(job poc.Hash, p poc.PeerID) poc.Hash {
	in := append([]byte("gpumesh/market/lottery/1"), m.cfg.Secret[:]...)
	in = append(in, job[:]...)
	return sha256.Sum256(append(in, p[:]...))
}

// drawn lists those who offered as they come in the lottery, after those who hold data of the job, whose place nobody can take.
func (j *job) drawn(m *Machine) []poc.PeerID {
	holders, lots := j.spec.holders(), map[poc.PeerID]poc.Hash{}
	for p := range j.offers {
		if !slices.Contains(holders, p) {
			lots[p] = m.lot(j.id, p)
		}
	}
	return slices.SortedFunc(maps.Keys(j.offers), func(a, b poc.PeerID) int {
		x, y := lots[a], lots[b] // a holder's is zero
		return cmp.Or(bytes.Compare(x[:], y[:]), bytes.Compare(a[:], b[:]))
	})
}

// makeRoom drops the offer that comes last in the lottery, if there are too many.
func (j *job) makeRoom(m *Machine) (last poc.PeerID, full bool) {
	if len(j.offers) <= offersPerSeat*int(m.cfg.Network.MaxPanel) {
		return last, false
	}
	order := j.drawn(m)
	last = order[len(order)-1]
	delete(j.offers, last)
	return last, true
}

// seatDrawn keeps the offers of those who come first, as many as there are seats.
func (j *job) seatDrawn(m *Machine) {
	order := j.drawn(m)
	for _, p := range order[min(len(order), int(m.cfg.Network.MaxPanel)):] {
		delete(j.offers, p)
	}
}
