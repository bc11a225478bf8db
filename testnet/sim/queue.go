package sim

import "gpumesh/poc"

// queue is a binary heap of what will happen, ordered by time and then by when it was planned.
type queue struct {
	events []event
	seq    uint64
}

type event struct {
	at  poc.Time
	seq uint64
	do  func()
}

func (e event) before(o event) bool { return e.at < o.at || e.at == o.at && e.seq < o.seq }

func (q *queue) push(at poc.Time, do func()) {
	q.seq++
	q.events = append(q.events, event{at, q.seq, do})
	es := q.events
	for i := len(es) - 1; i > 0; {
		up := (i - 1) / 2
		if !es[i].before(es[up]) {
			break
		}
		es[i], es[up] = es[up], es[i]
		i = up
	}
}

func (q *queue) pop() event {
	es := q.events
	first, last := es[0], len(es)-1
	es[0], es[last] = es[last], event{}
	es = es[:last]
	q.events = es
	for i := 0; ; {
		least := i
		for _, c := range [2]int{2*i + 1, 2*i + 2} {
			if c < len(es) && es[c].before(es[least]) {
				least = c
			}
		}
		if least == i {
			return first
		}
		es[i], es[least] = es[least], es[i]
		i = least
	}
}
