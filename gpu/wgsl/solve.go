package wgsl

import "slices"

// system asks whether whole numbers within bounds meet equations and inequalities.
type system struct {
	vars   []interval
	zero   []form // terms name vars
	least  []form
	steps  int
	work   int     // like steps, with all that is done besides
	groups [][]int // of rows that use a variable: zero first, then least
}

// maxSteps bounds the rows looked at for one question. What is not decided within it counts as possible.
const maxSteps = 60_000

// impossible reports whether no values meet the system while one of the given variables is not 0.
func (s *system) impossible(differ []int) bool {
	s.groups = make([][]int, len(s.vars))
	for i, f := range slices.Concat(s.zero, s.least) {
		for _, t := range f.terms {
			s.groups[t.atom] = append(s.groups[t.atom], i)
		}
	}
	vars := slices.Clone(s.vars)
	if !s.narrow(vars, nil) {
		return true
	}
	if !slices.ContainsFunc(differ, func(v int) bool { return vars[v] != interval{} }) {
		return true
	}
	for i, v := range differ {
		for _, side := range []interval{{1, hugeNumber}, {-hugeNumber, -1}} {
			next := slices.Clone(vars)
			next[v] = next[v].meet(side)
			for _, before := range differ[:i] {
				next[before] = next[before].meet(interval{})
			}
			if !s.none(next, append([]int{v}, differ[:i]...)) {
				return false
			}
		}
	}
	return true
}

// none reports whether there is no solution within vars, of which some were just changed.
func (s *system) none(vars []interval, changed []int) bool {
	for _, v := range changed {
		if vars[v].low > vars[v].high {
			return true
		}
	}
	if !s.narrow(vars, changed) {
		return true
	}
	// Halve the smallest interval of a variable that matters.
	best, size := -1, int64(hugeNumber)
	for v, i := range vars {
		if n := i.high - i.low; n > 0 && n < size && len(s.groups[v]) > 0 && s.open(vars, v) {
			best, size = v, n
		}
	}
	if best < 0 || s.steps > maxSteps {
		return false
	}
	middle := vars[best].low + size/2
	for _, half := range []interval{{vars[best].low, middle}, {middle + 1, vars[best].high}} {
		next := slices.Clone(vars)
		next[best] = half
		if !s.none(next, []int{best}) {
			return false
		}
	}
	return true
}

// open reports whether a row that is not sure to hold uses a variable.
func (s *system) open(vars []interval, v int) bool {
	s.work += len(s.groups[v])/4 + 1
	for _, i := range s.groups[v] {
		if i < len(s.zero) {
			return true
		}
		if total(vars, s.least[i-len(s.zero)]).low < 0 {
			return true
		}
	}
	return false
}

func total(vars []interval, f form) interval {
	sum := interval{f.c, f.c}
	for _, t := range f.terms {
		sum = sum.plus(vars[t.atom].times(t.k))
	}
	return sum
}

// narrow takes off the ends of intervals what no solution has. It returns false when an interval has nothing left.
func (s *system) narrow(vars []interval, changed []int) bool {
	rows := len(s.zero) + len(s.least)
	waiting, queue := make([]bool, rows), make([]int, 0, rows)
	add := func(i int) {
		if !waiting[i] {
			waiting[i] = true
			queue = append(queue, i)
		}
	}
	if changed == nil {
		for i := range rows {
			add(i)
		}
	}
	for _, v := range changed {
		for _, i := range s.groups[v] {
			add(i)
		}
	}
	for budget := 20 * rows; len(queue) > 0 && budget > 0; budget-- {
		i := queue[0]
		queue = queue[1:]
		waiting[i] = false
		s.steps++
		s.work++
		f, equation := form{}, i < len(s.zero)
		if equation {
			f = s.zero[i]
		} else {
			f = s.least[i-len(s.zero)]
		}
		s.work += len(f.terms) / 4
		sum := total(vars, f)
		if sum.high < 0 || equation && sum.low > 0 {
			return false
		}
		if sum.low <= -hugeNumber || sum.high >= hugeNumber {
			continue
		}
		for _, t := range f.terms {
			own := vars[t.atom].times(t.k)
			// k v >= -(the most that the rest can be), and for an equation k v <= -(the least).
			bound := interval{own.high - sum.high, hugeNumber}
			if equation {
				bound.high = own.low - sum.low
			}
			low, high := divideUp(bound.low, t.k), divideDown(bound.high, t.k)
			if t.k < 0 {
				low, high = divideUp(bound.high, t.k), divideDown(bound.low, t.k)
			}
			next := vars[t.atom].meet(interval{low, high})
			if next.low > next.high {
				return false
			}
			if next != vars[t.atom] {
				vars[t.atom] = next
				for _, row := range s.groups[t.atom] {
					add(row)
				}
				sum = total(vars, f)
			}
		}
	}
	return true
}

func divideDown(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

func divideUp(a, b int64) int64 { return -divideDown(-a, b) }
