package wgsl

import (
	"math/bits"
	"slices"
	"strconv"
)

// form is a sum of atoms times whole numbers, and a constant. It is the value itself, not one modulo 2^32.
type form struct {
	c     int64
	terms []term // by atom
}

type term struct {
	atom int
	k    int64
}

// atom is an unknown whole number: a part of an invocation's id, the turn of a loop, a value that is not followed.
type atom struct {
	interval
	level level
	turns turns
	zero  []form // that are 0
	least []form // that are at least 0
}

// level says for which invocations a value is the same, as long as they are at the same turns of their loops.
type level uint8

const (
	ofDispatch level = iota
	ofGroup
	ofInvocation
)

// turns says in which loops a value belongs to a turn.
type turns uint8

const (
	noTurns   turns = iota
	inStep          // loops all of whose turns pass a barrier: all invocations of a workgroup are in the same turn
	freeTurns       // others
)

const hugeNumber = 1 << 60 // forms stay below it

func number(c int64) form { return form{c: c} }

// scaled multiplies; ok is false where that gets too large.
func scaled(a, b int64) (int64, bool) {
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	if high != 0 || low >= hugeNumber {
		return 0, false
	}
	return a * b, true
}

func magnitude(a int64) uint64 { return uint64(max(a, -a)) }

// plus is f + k g.
func (f form) plus(g form, k int64) (form, bool) {
	c, ok := scaled(g.c, k)
	out := form{c: f.c + c, terms: make([]term, 0, len(f.terms)+len(g.terms))}
	ok = ok && magnitude(out.c) < hugeNumber
	i := 0
	for _, t := range g.terms {
		for ; i < len(f.terms) && f.terms[i].atom < t.atom; i++ {
			out.terms = append(out.terms, f.terms[i])
		}
		n, fits := scaled(t.k, k)
		if i < len(f.terms) && f.terms[i].atom == t.atom {
			n += f.terms[i].k
			i++
		}
		ok = ok && fits && magnitude(n) < hugeNumber
		if n != 0 {
			out.terms = append(out.terms, term{t.atom, n})
		}
	}
	out.terms = append(out.terms, f.terms[i:]...)
	return out, ok && len(out.terms) <= 32
}

func (f form) equal(g form) bool { return f.c == g.c && slices.Equal(f.terms, g.terms) }

func (f form) key() string {
	b := strconv.AppendInt(nil, f.c, 36)
	for _, t := range f.terms {
		b = strconv.AppendInt(append(b, '+'), t.k, 36)
		b = strconv.AppendInt(append(b, '*'), int64(t.atom), 36)
	}
	return string(b)
}

// multiple returns k for f = k g + c.
func (f form) multiple(g form) (int64, bool) {
	if len(f.terms) != len(g.terms) || len(f.terms) == 0 || f.terms[0].k%g.terms[0].k != 0 {
		return 0, false
	}
	k := f.terms[0].k / g.terms[0].k
	for i, t := range f.terms {
		if n, ok := scaled(g.terms[i].k, k); !ok || t.atom != g.terms[i].atom || t.k != n {
			return 0, false
		}
	}
	return k, true
}

var everything = interval{-hugeNumber, hugeNumber}

// times multiplies the ends of an interval, saturating.
func (a interval) times(k int64) interval {
	low, ok := scaled(a.low, k)
	high, ok2 := scaled(a.high, k)
	if !ok || !ok2 {
		return everything
	}
	return interval{min(low, high), max(low, high)}
}

func (a interval) plus(b interval) interval {
	return interval{max(a.low+b.low, -hugeNumber), min(a.high+b.high, hugeNumber)}
}

func (a interval) hull(b interval) interval {
	return interval{min(a.low, b.low), max(a.high, b.high)}
}

// known bounds a form by its atoms and by facts.
func known(atoms []atom, facts []form, f form) interval {
	out := interval{f.c, f.c}
	for _, t := range f.terms {
		out = out.plus(atoms[t.atom].times(t.k))
	}
	if len(f.terms) < 2 && len(facts) == 0 {
		return out
	}
	for _, g := range facts {
		k, ok := f.multiple(g)
		if !ok {
			continue
		}
		least, fits := scaled(g.c, k) // k g >= 0 for k > 0, <= 0 for k < 0
		switch {
		case !fits:
		case k > 0:
			out.low = max(out.low, f.c-least)
		default:
			out.high = min(out.high, f.c-least)
		}
	}
	return out
}
