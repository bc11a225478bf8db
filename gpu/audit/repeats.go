package audit

// Repeats remembers the leaves of claims, to find those that were claimed before for another work. A run that is copied, or
// handed in again for a later round, may be right in every segment but its first, if the data are the same again: then a few
// drawn segments would hardly find what is missing, which is all of the work. So the first repeated segment is audited besides
// those drawn. Equal leaves prove nothing by themselves: two works may lead to the same state.
//
// Repeats is not safe for concurrent use.
type Repeats struct {
	room  int
	works map[[32]byte][32]byte // by leaf
	order [][32]byte            // leaves, the oldest at next once the ring is full
	next  int
}

// NewRepeats remembers as many leaves, the newest; each takes about 200 bytes.
func NewRepeats(leaves int) *Repeats {
	return &Repeats{room: max(leaves, 1), works: make(map[[32]byte][32]byte)}
}

// Add takes the claim about a work, whatever names it, and returns its first segment whose leaf is known from another work; -1:
// none is. What is known keeps the work that it was first claimed for.
func (r *Repeats) Add(work [32]byte, c *Claim) int {
	first := -1
	for k, leaf := range c.Leaves {
		if before, known := r.works[leaf]; known {
			if before != work && first < 0 {
				first = k
			}
			continue
		}
		r.works[leaf] = work
		if len(r.order) < r.room {
			r.order = append(r.order, leaf)
			continue
		}
		delete(r.works, r.order[r.next])
		r.order[r.next] = leaf
		r.next = (r.next + 1) % r.room
	}
	return first
}
