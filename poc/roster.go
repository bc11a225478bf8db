package poc

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sort"
)

// MaxRoster bounds the providers of one epoch; with MaxWeight their total fits 64 bits.
const MaxRoster = 1 << 20

// Roster is the providers that the chain knew at the block of an epoch's beacon: who is challenged, and who may be drawn as a witness. It
// does not change and is safe for concurrent use.
type Roster struct {
	list []Candidate // sorted by peer
	ends []uint64    // sum of the weights up to and with each
}

// NewRoster refuses peers and accounts that occur twice: each is one vote. Weights are those of Rank.
func NewRoster(cs []Candidate) (*Roster, error) {
	if len(cs) > MaxRoster {
		return nil, fmt.Errorf("an epoch has at most %d providers, not %d", MaxRoster, len(cs))
	}
	r := &Roster{list: slices.Clone(cs), ends: make([]uint64, len(cs))}
	slices.SortFunc(r.list, func(a, b Candidate) int { return bytes.Compare(a.Peer[:], b.Peer[:]) })
	accounts := make(map[Account]bool, len(cs))
	total := uint64(0)
	for i, c := range r.list {
		if i > 0 && c.Peer == r.list[i-1].Peer || accounts[c.Account] {
			return nil, errors.New("the peers and accounts of an epoch's providers must be distinct")
		}
		accounts[c.Account] = true
		total += min(max(c.Weight, 1), MaxWeight)
		r.ends[i] = total
	}
	return r, nil
}

// Has reports whether p is one of the providers.
func (r *Roster) Has(p PeerID) bool { return r.index(p) >= 0 }

func (r *Roster) index(p PeerID) int {
	i, ok := slices.BinarySearchFunc(r.list, p, func(c Candidate, p PeerID) int { return bytes.Compare(c.Peer[:], p[:]) })
	if !ok {
		return -1
	}
	return i
}

const witnessDomain = "gpumesh/poc/witness/1"

// Witnesses draws those who watch the challenge of p: n others, or all if there are no more, without replacement and by weight, in the
// order in which they are drawn. Everybody draws the same, and nobody knows them before the beacon.
func (r *Roster) Witnesses(beacon Hash, epoch uint64, p PeerID, n int) []PeerID {
	b := binary.BigEndian.AppendUint64([]byte(witnessDomain), epoch)
	b = append(b, beacon[:]...)
	d := newDraws(sha256.Sum256(append(b, p[:]...)), TaskRef{})
	var out []PeerID
	var gone []int // sorted: drawn, or p itself
	left := uint64(0)
	if len(r.ends) > 0 {
		left = r.ends[len(r.ends)-1]
	}
	take := func(i int) {
		at, _ := slices.BinarySearch(gone, i)
		gone = slices.Insert(gone, at, i)
		left -= r.weight(i)
	}
	if self := r.index(p); self >= 0 {
		take(self)
	}
	for len(out) < n && left > 0 {
		x := d.below(left)
		for _, i := range gone { // step over the ranges that are gone
			if x >= r.ends[i]-r.weight(i) {
				x += r.weight(i)
			}
		}
		i := sort.Search(len(r.ends), func(i int) bool { return r.ends[i] > x })
		out = append(out, r.list[i].Peer)
		take(i)
	}
	return out
}

func (r *Roster) weight(i int) uint64 {
	if i == 0 {
		return r.ends[0]
	}
	return r.ends[i] - r.ends[i-1]
}

// Account returns the account that a provider had when the epoch began; empty: it was none.
func (r *Roster) Account(p PeerID) Account {
	if i := r.index(p); i >= 0 {
		return r.list[i].Account
	}
	return ""
}
