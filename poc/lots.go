package poc

import (
	"crypto/sha256"
	"encoding/binary"
)

// unseeing is how many of the candidates are no witnesses; these are the last in rank.
func (p Policy) unseeing(candidates int) int { return max(candidates-p.Witnesses(), 1) }

// turned is the rank of the k-th who may be drawn for an audit that begins at the given rank: all who are no witnesses, in a circle, and at last the witnesses, who have seen
// what is to be confirmed.
func (p Policy) turned(first, k, candidates int) int {
	if first == 0 {
		return k
	}
	if n := p.unseeing(candidates); k < n {
		return (first + k) % n
	}
	return k
}

// draw is what the witnesses' shares of a task say, in their rank order: whether results that are believed for records are audited, and the rank at which the draw
// of who confirms them begins.
func draw(shares []Hash, tasks, audits uint32, candidates int) (audited bool, first int) {
	h := sha256.New()
	for _, s := range shares {
		h.Write(s[:])
	}
	lots := h.Sum(nil)
	return binary.BigEndian.Uint64(lots)%uint64(tasks) < uint64(audits), int(binary.BigEndian.Uint64(lots[8:]) % uint64(candidates))
}

// Auditor is for who looks at a job when it is over. It returns the rank of the candidate whom the witnesses' lots chose to confirm what a task's first replicas found, and
// false if they chose none, a share is missing, or the award has so many compute that they need no audit. Tasks and audits are those of Setup; share returns that of a
// witness, if it is known and proven. Whom the lots chose nobody knew who had not all shares, so that it found the same is what an audit shows, whatever else came about.
func (p Policy) Auditor(candidates []Worker, tasks, audits uint32, share func(Worker) (Hash, bool)) (rank int, ok bool) {
	if !p.Priced() || audits == 0 || tasks == 0 || len(candidates) == 0 {
		return 0, false
	}
	first := p.firstDrawn(candidates)
	if n := len(first); n == 0 || n >= Team(p.MaxError) || n >= int(p.MaxReplicas) {
		return 0, false
	}
	var shares []Hash
	for _, w := range candidates[p.unseeing(len(candidates)):] {
		s, known := share(w)
		if !known {
			return 0, false
		}
		shares = append(shares, s)
	}
	audited, from := draw(shares, tasks, audits, p.unseeing(len(candidates)))
	for k := range candidates {
		i := p.turned(from, k, len(candidates))
		if audited && candidates[i].Credit > 0 && !first[i] {
			return i, true
		}
	}
	return 0, false
}

// firstDrawn are the ranks that compute a task if nobody lapses: as many as are wanted at least, and have the credit together.
func (p Policy) firstDrawn(candidates []Worker) map[int]bool {
	ranks, credit := map[int]bool{}, Credit(0)
	for i, w := range candidates {
		enough := len(ranks) >= int(p.Replicas) && (credit >= Need(p.MaxError) || len(ranks) >= int(p.MaxReplicas))
		if w.Credit > 0 && !enough {
			ranks[i] = true
			credit += w.Credit
		}
	}
	return ranks
}
