package gomlx

import (
	"fmt"
	"slices"
	"strings"
)

// Indexes are linear forms over variables with known ranges, so that the coordinates of a tensor that went through reshapes,
// transpositions and slices mostly collapse to what a person would have written. Values of coordinates that a select discards
// may be negative; they wrap around in u32 arithmetic.

// variable is an index variable: a number of the invocation, a loop counter, or a quotient or remainder of a linear form.
// Equal quotients and remainders of one kernel are one variable.
type variable struct {
	id    int
	max   int // values are 0..max-1
	depth int // of the block in which it is known
	text  string

	// of a quotient or remainder:
	of       *linear
	by       int
	mod      bool
	declared bool

	lane   bool // the component of a vector, 0..3
	laned  bool // depends on the lane: text is a vec4<u32>, unless it is a quotient or remainder
	single [4]*variable
}

type term struct {
	v    *variable
	coef int
}

// linear is the sum of its terms and a constant. Terms are in order of their variables, with coefficients other than 0.
type linear struct {
	terms []term
	c     int
}

func number(c int) linear { return linear{c: c} }

func of(v *variable) linear {
	if v.max == 1 {
		return linear{}
	}
	return linear{terms: []term{{v, 1}}}
}

func (l linear) plus(o linear, factor int) linear {
	out := linear{c: l.c + factor*o.c}
	i, j := 0, 0
	for i < len(l.terms) || j < len(o.terms) {
		switch {
		case j == len(o.terms) || i < len(l.terms) && l.terms[i].v.id < o.terms[j].v.id:
			out.terms = append(out.terms, l.terms[i])
			i++
		case i == len(l.terms) || o.terms[j].v.id < l.terms[i].v.id:
			out.terms = append(out.terms, term{o.terms[j].v, factor * o.terms[j].coef})
			j++
		default:
			if c := l.terms[i].coef + factor*o.terms[j].coef; c != 0 {
				out.terms = append(out.terms, term{l.terms[i].v, c})
			}
			i, j = i+1, j+1
		}
	}
	return out
}

func (l linear) add(c int) linear   { return linear{l.terms, l.c + c} }
func (l linear) times(f int) linear { return linear{}.plus(l, f) }

func (l linear) equal(o linear) bool { return l.c == o.c && slices.Equal(l.terms, o.terms) }

// bounds are the smallest and largest value that the ranges allow.
func (l linear) bounds() (low, high int) {
	low, high = l.c, l.c
	for _, t := range l.terms {
		if t.coef > 0 {
			high += t.coef * (t.v.max - 1)
		} else {
			low += t.coef * (t.v.max - 1)
		}
	}
	return low, high
}

func (l linear) constant() (int, bool) { return l.c, len(l.terms) == 0 }

func (l linear) depth() int {
	d := 0
	for _, t := range l.terms {
		d = max(d, t.v.depth)
	}
	return d
}

// laned reports whether l depends on the lane.
func (l linear) laned() bool {
	return slices.ContainsFunc(l.terms, func(t term) bool { return t.v.lane || t.v.laned })
}

func (l linear) key() string {
	var b strings.Builder
	for _, t := range l.terms {
		fmt.Fprintf(&b, "%d*%d+", t.coef, t.v.id)
	}
	fmt.Fprint(&b, l.c)
	return b.String()
}

func gcd(a, b int) int {
	if a < 0 {
		a = -a
	}
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// divFloor and modFloor round towards negative infinity.
func divFloor(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func modFloor(a, b int) int { return a - b*divFloor(a, b) }

// vars are the variables of a kernel.
type vars struct {
	all    []*variable
	byWhat map[string]*variable
}

func (s *vars) fresh(text string, limit, depth int) *variable {
	v := &variable{id: len(s.all), max: max(limit, 1), depth: depth, text: text}
	s.all = append(s.all, v)
	return v
}

// split writes l as g*big + small with small in 0..g-1 and g a divisor of d, for the largest such small part.
func (l linear) split(d int) (g int, big, small linear, ok bool) {
	order := slices.Clone(l.terms)
	abs := func(x int) int { return max(x, -x) }
	slices.SortStableFunc(order, func(a, b term) int { return abs(b.coef) - abs(a.coef) })
	// Try with fewer and fewer terms in the big part: the fewer, the simpler the quotient.
	for n := 0; n <= len(order); n++ {
		g = d
		for _, t := range order[:n] {
			g = gcd(g, t.coef)
		}
		if g <= 1 {
			return 0, linear{}, linear{}, false
		}
		small = number(modFloor(l.c, g))
		for _, t := range order[n:] {
			if t.coef%g != 0 {
				small = small.plus(linear{terms: []term{t}}, 1)
			}
		}
		if low, high := small.bounds(); low < 0 || high >= g {
			continue
		}
		rest := l.plus(small, -1)
		big = linear{c: rest.c / g}
		for _, t := range rest.terms {
			big.terms = append(big.terms, term{t.v, t.coef / g})
		}
		return g, big, small, true
	}
	return 0, linear{}, linear{}, false
}

// div is l / d, mod is l % d, for l that is not negative wherever the result is used.
func (s *vars) div(l linear, d int) linear {
	if d == 1 {
		return l
	}
	if low, high := l.bounds(); low >= 0 && high < d {
		return linear{}
	}
	if g, big, _, ok := l.split(d); ok {
		if g == d {
			return big
		}
		return s.div(big, d/g)
	}
	if len(l.terms) == 1 && l.c == 0 && l.terms[0].coef == 1 {
		if v := l.terms[0].v; v.of != nil && !v.mod { // (x / a) / b
			return s.div(*v.of, v.by*d)
		}
	}
	_, high := l.bounds()
	return of(s.derived(l, d, false, high/d+1))
}

func (s *vars) mod(l linear, d int) linear {
	if d == 1 {
		return linear{}
	}
	if low, high := l.bounds(); low >= 0 && high < d {
		return l
	}
	if g, big, small, ok := l.split(d); ok {
		if g == d {
			return small
		}
		return small.plus(s.mod(big, d/g), g)
	}
	return of(s.derived(l, d, true, d))
}

func (s *vars) derived(l linear, d int, mod bool, limit int) *variable {
	key := fmt.Sprint(l.key(), "/", d, mod)
	if v := s.byWhat[key]; v != nil {
		return v
	}
	v := s.fresh("", limit, l.depth())
	v.of, v.by, v.mod, v.laned = &l, d, mod, l.laned()
	if s.byWhat == nil {
		s.byWhat = make(map[string]*variable)
	}
	s.byWhat[key] = v
	return v
}

// flat is the linear index of coordinates, with quotients and remainders of the same form put together again.
func (s *vars) flat(coords []linear, dims []int) linear {
	var l linear
	for i, stride := range strides(dims) {
		if dims[i] > 1 {
			l = l.plus(coords[i], stride)
		}
	}
	return s.join(l)
}

// join replaces d*(x/d) + x%d by x.
func (s *vars) join(l linear) linear {
	for again := true; again; {
		again = false
		for _, t := range l.terms {
			if v := t.v; v.of != nil && v.mod {
				q := s.div(*v.of, v.by)
				if len(q.terms) == 0 || !l.holds(q, t.coef*v.by) {
					continue
				}
				rest := l.plus(q, -t.coef*v.by).plus(linear{terms: []term{t}}, -1)
				l, again = rest.plus(*v.of, t.coef), true
				break
			}
		}
	}
	return l
}

// holds reports whether l has every term of q, with factor times its coefficient.
func (l linear) holds(q linear, factor int) bool {
	for _, t := range q.terms {
		if !slices.Contains(l.terms, term{t.v, factor * t.coef}) {
			return false
		}
	}
	return true
}

// coords takes a linear index apart.
func (s *vars) coords(l linear, dims []int) []linear {
	list := make([]linear, len(dims))
	for i := len(dims) - 1; i >= 0; i-- {
		if dims[i] == 1 {
			continue
		}
		if i == 0 || product(dims[:i]) == 1 {
			list[i] = l
			break
		}
		list[i] = s.mod(l, dims[i])
		l = s.div(l, dims[i])
	}
	return list
}

// at is l with a number for the lane.
func (s *vars) at(l linear, lane int) linear {
	out := number(l.c)
	for _, t := range l.terms {
		switch v := t.v; {
		case v.lane:
			out = out.add(t.coef * lane)
		case !v.laned:
			out = out.plus(linear{terms: []term{t}}, 1)
		case v.of != nil && v.mod:
			out = out.plus(s.mod(s.at(*v.of, lane), v.by), t.coef)
		case v.of != nil:
			out = out.plus(s.div(s.at(*v.of, lane), v.by), t.coef)
		default:
			if v.single[lane] == nil {
				v.single[lane] = s.fresh(v.text+"."+"xyzw"[lane:lane+1], v.max, v.depth)
			}
			out = out.plus(of(v.single[lane]), t.coef)
		}
	}
	return s.join(out)
}
