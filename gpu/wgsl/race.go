package wgsl

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gogpu/naga/ir"
)

// MaxWork is what looking for races may take in a whole program, and maxLook in one look, in steps of about a microsecond: for
// statements, with every call and several turns of every loop, for questions about pairs of uses, and for the rows of their systems.
// maxUniform is what looking for barriers in a text may take.
const (
	MaxWork    = 1 << 20
	maxLook    = 1 << 19
	maxUniform = 1 << 15
)

const rowsPerStep = 16 // of a system

var anyGrid = [3]interval{{1, 65535}, {1, 65535}, {1, 65535}}

// Dispatches are those of an entry point with all grids, in workgroups, from one to another, and so many bytes in each binding.
type Dispatches struct {
	Entry       string
	Least, Most [3]uint32
	Sizes       []uint64
}

// Order reports what makes the results of a dispatch depend on the order in which invocations run: it returns nil only if
// there is proof that in none of the dispatches two invocations use the same element of memory, one of them to write it, without a
// barrier between them. The error names the line and the reason. What it takes is taken off work; without any left there is no proof.
func (m *Module) Order(d Dispatches, work *int) *Error {
	for i := range m.IR.EntryPoints {
		if ep := &m.IR.EntryPoints[i]; ep.Name == d.Entry {
			o, err := checkText(m.Source)
			if err != nil {
				return err
			}
			*work -= len(o.toks)
			var axes [3]interval
			for axis := range axes {
				axes[axis] = interval{int64(d.Least[axis]), int64(d.Most[axis])}
			}
			return o.order(m.IR, ep, axes, slices.Clone(d.Sizes), work)
		}
	}
	return errorAt(0, 0, "there is no entry point %q", d.Entry)
}

// order refuses what depends on the order of invocations: without sizes only what does so in every dispatch, which is results of
// atomic operations, and barriers that not all invocations reach.
func (o *outline) order(mod *ir.Module, ep *ir.EntryPoint, grid [3]interval, sizes []uint64, work *int) *Error {
	f := follower{module: mod, ep: ep, o: o, grid: grid, sizes: sizes}
	f.shallow = true
	if o.look(f, work) == nil {
		return nil
	}
	f.shallow = false
	return o.look(f, work)
}

// barriers refuses what WGSL calls a barrier in control flow that is not uniform: drivers and the evaluator do different things
// there.
func (o *outline) barriers(mod *ir.Module) *Error {
	work := maxUniform
	for i := range mod.EntryPoints {
		f := follower{module: mod, ep: &mod.EntryPoints[i], o: o, grid: anyGrid, uniform: true, shallow: true}
		if e := (&frame{reader: reader{mod, &f.ep.Function}}); !e.barriers(f.ep.Function.Body) || o.look(f, &work) == nil {
			continue
		}
		f.shallow = false
		if err := o.look(f, &work); err != nil {
			return err
		}
	}
	return nil
}

// look is order, first with a shallow look that does not follow what calls compute.
func (o *outline) look(f follower, work *int) (err *Error) {
	limit := max(min(maxLook, *work), 0)
	left := limit
	f.left, f.effects = &left, map[*ir.Function]effects{}
	defer func() {
		*work -= limit - left
		switch r := recover().(type) {
		case nil:
		case *Error:
			err = r
		default:
			err = o.at(f.ep.Name, "the look for races in %q failed on it (%.200s)", f.ep.Name, strings.ReplaceAll(fmt.Sprint(r), "\n", " "))
		}
	}()
	f.follow()
	f.buffers()
	return f.refused
}

// spend takes off what is left of a look, and ends it when that is nothing.
func (f *follower) spend(n int) {
	if *f.left -= n; *f.left >= 0 {
		return
	}
	if f.refused != nil {
		panic(f.refused)
	}
	panic(f.o.at(f.ep.Name, "it takes too long to find out whether invocations of %q depend on each other's order", f.ep.Name))
}

// buffers compares all uses of buffers with each other. Those that differ in constants only are alike, and two pairs of alike uses
// whose elements are as far apart are one question: with the weakest of their guards, and only if that fails with each one's.
func (f *follower) buffers() {
	families := map[string]int{}
	family := make([]int, len(f.touches))
	for i, t := range f.touches {
		f.spend((len(t.path)+len(t.facts))/8 + 1)
		key := fmt.Sprint(t.global, t.usage, t.same)
		for _, s := range t.path {
			key += "[" + form{terms: s.at.terms}.key()
		}
		for _, x := range t.facts {
			key += "&" + form{terms: x.terms}.key()
		}
		if _, ok := families[key]; !ok {
			families[key] = len(families)
		}
		family[i] = families[key]
	}
	type question struct {
		a, b int
		same bool // the touch with itself
		gap  [4]int64
	}
	type pair struct{ a, b *touch }
	pairs := map[question][]pair{}
	var order []question
	for i, a := range f.touches {
		for j, b := range f.touches[i:] {
			if a.global != b.global || f.commute(a, b) {
				continue
			}
			f.spend(1)
			q := question{a: family[i], b: family[i+j], same: a == b}
			for level := range min(len(a.path), len(b.path), len(q.gap)) {
				q.gap[level] = b.path[level].at.form.c - a.path[level].at.form.c
			}
			if pairs[q] == nil {
				order = append(order, q)
			}
			pairs[q] = append(pairs[q], pair{a, b})
		}
	}
	for _, q := range order {
		list := pairs[q]
		if len(list) > 2 && len(list[0].a.path) <= len(q.gap) {
			a, b := *list[0].a, *list[0].b
			a.facts, b.facts = slices.Clone(a.facts), slices.Clone(b.facts)
			a.probe, b.probe = nil, nil
			for _, p := range list[1:] {
				for i := range a.facts {
					a.facts[i].c = max(a.facts[i].c, p.a.facts[i].c)
				}
				for i := range b.facts {
					b.facts[i].c = max(b.facts[i].c, p.b.facts[i].c)
				}
			}
			if f.separate(&a, &b, false) {
				continue
			}
		}
		for _, p := range list {
			f.pair(p.a, p.b, false)
		}
	}
}

// commute reports whether it does not matter which of two touches comes first.
func (f *follower) commute(a, b *touch) bool {
	return a.usage == reading && b.usage == reading || a.usage >= adding && a.usage == b.usage || a == b && a.same
}

// probe is what a touch tells of its atoms, ready for questions.
type probe struct {
	atoms  []int
	facts  []form
	bounds []bound
}

// bound is the interval of a sum of atoms.
type bound struct {
	form
	interval
}

const maxProbe = 96 // atoms and facts of a touch that are looked at

// probeOf finds the atoms that the path of a touch depends on, and what is known of them.
func (f *follower) probeOf(t *touch) *probe {
	if t.probe != nil {
		return t.probe
	}
	p := &probe{}
	have := map[int]bool{}
	var add func(x form)
	add = func(x form) {
		for _, term := range x.terms {
			if have[term.atom] || len(p.atoms) >= maxProbe {
				continue
			}
			have[term.atom] = true
			p.atoms = append(p.atoms, term.atom)
			for _, d := range f.atoms[term.atom].zero {
				add(d)
			}
			for _, d := range f.atoms[term.atom].least {
				add(d)
				p.facts = append(p.facts, d)
			}
		}
	}
	for _, x := range f.ids {
		add(form{terms: []term{{x, 1}}})
	}
	for _, s := range t.path {
		add(s.at.form)
	}
	taken := make([]bool, len(t.facts))
	for more := true; more; {
		more = false
		for i, x := range t.facts {
			touches := slices.ContainsFunc(x.terms, func(term term) bool { return have[term.atom] })
			if !taken[i] && touches && len(p.facts) < maxProbe {
				taken[i], more = true, true
				p.facts = append(p.facts, x)
				add(x)
			}
		}
	}
	for _, x := range p.facts {
		l := form{terms: x.terms}
		if len(l.terms) > 1 && !slices.ContainsFunc(p.bounds, func(b bound) bool { _, same := l.multiple(b.form); return same }) {
			p.bounds = append(p.bounds, bound{l, known(f.atoms, p.facts, l)})
		}
	}
	t.probe = p
	return p
}

// pair refuses two touches through which two invocations may use the same element.
func (f *follower) pair(a, b *touch, workgroup bool) {
	if f.refused != nil || f.commute(a, b) {
		return
	}
	if f.separate(a, b, workgroup) {
		return
	}
	name := f.module.GlobalVariables[a.global].Name
	what, line := "buffer", a.line
	within := "in one dispatch"
	if workgroup {
		what, within = "workgroup variable", "without a barrier in between"
	}
	if b.usage != reading && a.usage == reading {
		line = b.line
	}
	switch {
	case a.usage == reading:
		f.refuse(line, "%s %q may be read by one invocation and then written at the same element by another %s: what is read would depend on the order of invocations", what, name, within)
	case b.usage == reading:
		f.refuse(line, "%s %q may be written by one invocation and read at the same element by another %s: what is read would depend on the order of invocations", what, name, within)
	case a.usage >= adding && b.usage >= adding:
		f.refuse(line, "two invocations may change the same element of %q by different atomic operations %s (line %d), and the last one would decide", name, within, b.line)
	case a.line != b.line:
		f.refuse(line, "two invocations may write the same element of %q here and in line %d %s, and the last one would decide; there is no proof that they do not", name, b.line, within)
	default:
		f.refuse(line, "two invocations may write the same element of %q %s, and the last one would decide; there is no proof that they do not", name, within)
	}
}

// separate proves that two invocations cannot use the same element, one in touch a and the other in b.
func (f *follower) separate(a, b *touch, workgroup bool) bool {
	pa, pb := f.probeOf(a), f.probeOf(b)
	f.spend(5 + (len(pa.atoms)+len(pa.facts)+len(pb.atoms)+len(pb.facts))/2)
	s := &system{}
	first, second := map[int][]term{}, map[int][]term{}
	newVar := func(i interval) int {
		s.vars = append(s.vars, i)
		return len(s.vars) - 1
	}
	shared := func(x int) bool {
		at := f.atoms[x]
		if workgroup {
			return at.level <= ofGroup && at.turns <= inStep
		}
		return at.level == ofDispatch && at.turns == noTurns
	}
	gap := map[int]int{} // how far an atom of the second invocation is from the first's
	both := func(x int) {
		i := f.atoms[x].interval
		v := newVar(i)
		first[x] = []term{{v, 1}}
		if shared(x) {
			second[x] = first[x]
			gap[x] = -1
			return
		}
		size := i.high - i.low
		d := newVar(interval{-size, size})
		gap[x] = d
		second[x] = []term{{v, 1}, {d, 1}}
		s.least = append(s.least, form{c: -i.low, terms: second[x]}, form{c: i.high, terms: []term{{v, -1}, {d, -1}}})
	}
	var differ []int
	for _, x := range f.ids {
		if f.atoms[x].interval != (interval{}) {
			if both(x); gap[x] >= 0 {
				differ = append(differ, gap[x])
			}
		}
	}
	for _, x := range pa.atoms {
		if first[x] != nil {
			continue
		}
		if slices.Contains(pb.atoms, x) {
			both(x)
			continue
		}
		first[x] = []term{{newVar(f.atoms[x].interval), 1}}
	}
	for _, x := range pb.atoms {
		if second[x] == nil {
			if shared(x) && first[x] != nil {
				second[x] = first[x]
				continue
			}
			second[x] = []term{{newVar(f.atoms[x].interval), 1}}
		}
	}
	ok := true
	in := func(x form, vars map[int][]term, k int64, to form) form {
		c, fits := scaled(x.c, k)
		to.c += c
		ok = ok && fits
		for _, t := range x.terms {
			if vars[t.atom] == nil {
				ok = false // it was left out: too many atoms
				return to
			}
			for _, v := range vars[t.atom] {
				n, fits := scaled(t.k, k*v.k)
				ok = ok && fits
				var fine bool
				to, fine = to.plus(form{terms: []term{{v.atom, n}}}, 1)
				ok = ok && fine
			}
		}
		return to
	}
	for i := range min(len(a.path), len(b.path)) {
		x := in(b.path[i].at.form, second, 1, in(a.path[i].at.form, first, -1, form{}))
		if len(x.terms) == 0 && x.c != 0 {
			return ok
		}
		if !ok {
			return false
		}
		s.zero = append(s.zero, x)
	}
	// What is left out below makes the proof harder, not wrong.
	row := func(to *[]form, x form) {
		if ok {
			*to = append(*to, x)
		}
		ok = true
	}
	difference := func(x form) (form, bool) {
		out := form{}
		for _, t := range x.terms {
			d, known := gap[t.atom]
			if !known {
				return out, false
			}
			if d >= 0 {
				out, _ = out.plus(form{terms: []term{{d, t.k}}}, 1)
			}
		}
		return out, true
	}
	for _, side := range []struct {
		*probe
		vars map[int][]term
	}{{pa, first}, {pb, second}} {
		for _, x := range side.atoms {
			for _, z := range f.atoms[x].zero {
				row(&s.zero, in(z, side.vars, 1, form{}))
			}
		}
		for _, x := range side.facts {
			row(&s.least, in(x, side.vars, 1, form{}))
		}
	}
	for _, x := range pa.atoms {
		for _, z := range f.atoms[x].zero {
			if d, possible := difference(z); possible && slices.Contains(pb.atoms, x) {
				s.zero = append(s.zero, d)
			}
		}
	}
	for _, x := range pa.bounds {
		d, possible := difference(x.form)
		if !possible {
			continue
		}
		i := x.interval
		j := known(f.atoms, pb.facts, x.form)
		low, high := d, form{}
		low.c = i.high - j.low
		high, _ = form{c: j.high - i.low}.plus(d, -1)
		s.least = append(s.least, low, high)
	}
	impossible := s.impossible(differ)
	f.spend(s.work / rowsPerStep)
	return impossible
}
