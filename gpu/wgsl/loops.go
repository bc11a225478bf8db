package wgsl

import (
	"github.com/gogpu/naga/ir"
)

// loopHead is what is known of the variables that a loop changes, whenever a turn begins.
type loopHead struct {
	ranges  map[variable][]interval
	levels  map[variable]level
	control level
}

// loop finds what holds in every turn of a loop and then follows one turn that stands for all; where there are barriers
// a second one, for what one does while others are in the turn before.
func (f *frame) loop(s ir.StmtLoop) {
	start, control := f.st, f.control
	record, first, outer := f.record, f.first, f.turns
	barriers := f.barriers(s.Body) || f.barriers(s.Continuing)
	f.record, f.turns = false, freeTurns

	// The variables that change, and whether every turn passes a barrier.
	stored := f.stored
	f.stored = map[variable]bool{}
	f.st = f.clone(start)
	f.st.crossed = false
	every := f.every
	f.every = true
	end, _ := f.turn(s)
	f.every = every
	changed := f.stored
	f.stored = stored
	for v := range changed {
		f.stored[v] = true
		if _, ok := start.vars[v]; !ok {
			delete(changed, v) // it is declared in the loop
		}
	}
	if barriers && outer != freeTurns && (end.dead || end.crossed) {
		f.turns = inStep
	}

	h := loopHead{ranges: map[variable][]interval{}, levels: map[variable]level{}, control: control}
	for v := range changed {
		h.ranges[v], h.levels[v] = rangesOf(f.atoms, start.vars[v]), start.vars[v].level
	}
	steps := map[variable][]int64{}
	for round := 0; ; round++ {
		f.st = f.begin(start, changed, h, nil)
		f.control = h.control
		heads := map[variable]symbol{}
		for v := range changed {
			heads[v] = f.st.vars[v]
		}
		var after level
		end, after = f.turn(s)
		next := loopHead{ranges: map[variable][]interval{}, levels: map[variable]level{}, control: max(h.control, after)}
		for v := range changed {
			next.ranges[v], next.levels[v], steps[v] = rangesOf(f.atoms, start.vars[v]), max(h.levels[v], start.vars[v].level), nil
			if end.dead {
				continue
			}
			x := end.vars[v]
			next.levels[v] = max(next.levels[v], x.level)
			for i, r := range rangesOf(f.atoms, x) {
				next.ranges[v][i] = next.ranges[v][i].hull(r)
				step, ok := x.parts[i].form.plus(heads[v].parts[i].form, -1)
				if !ok || len(step.terms) > 0 {
					step.c = 0
				}
				steps[v] = append(steps[v], step.c)
			}
		}
		stable := next.control == h.control
		for v := range changed {
			stable = stable && next.levels[v] == h.levels[v]
			for i, r := range next.ranges[v] {
				stable = stable && r.within(h.ranges[v][i].low, h.ranges[v][i].high)
			}
		}
		if stable || f.refused != nil {
			h.ranges = next.ranges // no wider than before
			break
		}
		for v := range changed {
			kind := full(f.kindOf(v))
			for i, r := range next.ranges[v] {
				r = r.hull(h.ranges[v][i])
				if round > 1 && r.low < h.ranges[v][i].low {
					r.low = kind.low
				}
				if round > 1 && r.high > h.ranges[v][i].high {
					r.high = kind.high
				}
				next.ranges[v][i] = r
			}
		}
		h = next
	}

	f.record = record
	f.control = h.control
	f.st = f.begin(start, changed, h, steps)
	f.st.crossed = false
	j := &jumps{loop: true}
	f.out = append(f.out, j)
	f.pass(s, j)
	if barriers && !f.st.dead {
		open := f.st.open
		if f.first = false; f.turns == freeTurns {
			f.st = f.begin(start, changed, h, steps)
			f.st.open = f.join(f.st.open, open)
		}
		f.st.facts = start.facts[:len(start.facts):len(start.facts)]
		f.pass(s, j)
	}
	end = f.st
	f.out = f.out[:len(f.out)-1]
	f.record, f.first, f.turns = record, first, outer

	out := &state{dead: true}
	for _, b := range j.breaks {
		b.facts = start.facts[:len(start.facts):len(start.facts)]
		out = f.merge(out, b, h.control)
	}
	for v := range out.vars {
		if _, ok := start.vars[v]; !ok {
			delete(out.vars, v)
		}
	}
	for _, v := range ordered(changed) {
		if out.dead {
			break
		}
		x := out.vars[v]
		x.level = max(x.level, h.levels[v], h.control)
		fresh := symbol{level: x.level}
		for _, r := range rangesOf(f.atoms, x) {
			fresh.parts = append(fresh.parts, f.atom(r, x.level, outer))
		}
		out.vars[v] = fresh
	}
	if !out.dead {
		out.crossed = start.crossed
		if !end.dead { // and out at the start of the next turn
			out.open = f.join(out.open, end.open)
		}
	}
	f.st = out
	f.control = max(control, f.left)
}

// begin is the state at the start of a turn.
func (f *frame) begin(start *state, changed map[variable]bool, h loopHead, steps map[variable][]int64) *state {
	st := f.clone(start)
	st.crossed = false
	turn := -1
	for _, v := range ordered(changed) {
		x := symbol{level: h.levels[v]}
		for i, r := range h.ranges[v] {
			s := scalar{}
			from := start.vars[v].parts[i]
			if steps[v] == nil || steps[v][i] == 0 {
				s = f.atom(r, x.level, f.turns)
			} else {
				// It starts somewhere and moves on by the same amount with every turn, without overflow.
				if turn < 0 {
					f.atom(interval{0, 1 << 32}, h.control, f.turns)
					turn = len(f.atoms) - 1
				}
				y, ok := from.form.plus(form{terms: []term{{turn, steps[v][i]}}}, 1)
				if !ok {
					s = f.atom(r, x.level, f.turns)
				} else {
					s = scalar{form: y, interval: r, level: x.level}
					low, _ := y.plus(number(r.low), -1)
					high, _ := number(r.high).plus(y, -1)
					st.facts = append(st.facts, low, high)
				}
			}
			x.parts = append(x.parts, s)
		}
		st.vars[v] = x
	}
	return st
}

// turn follows a turn and returns what is known at its end, and how far control is from being the same for all.
func (f *frame) turn(s ir.StmtLoop) (*state, level) {
	j := &jumps{loop: true}
	f.out = append(f.out, j)
	f.pass(s, j)
	f.out = f.out[:len(f.out)-1]
	return f.st, f.control
}

func (f *frame) pass(s ir.StmtLoop, j *jumps) {
	f.block(s.Body)
	for _, c := range j.continue_ {
		f.st = f.merge(f.st, c, f.control)
	}
	j.continue_ = nil
	if f.st.dead {
		return
	}
	f.block(s.Continuing)
	if s.BreakIf == nil || f.st.dead {
		return
	}
	c := f.expression(*s.BreakIf)
	out := f.clone(f.st)
	out.facts = append(out.facts, c.parts[0].yes...)
	j.breaks = append(j.breaks, out)
	f.assume(c.parts[0].no)
	f.control = max(f.control, c.level)
}

func rangesOf(atoms []atom, s symbol) []interval {
	list := make([]interval, len(s.parts))
	for i, p := range s.parts {
		list[i] = p.interval
	}
	return list
}

// barriers reports whether there is a barrier in a block or in what it calls.
func (f *frame) barriers(block []ir.Statement) bool {
	found := false
	look := func(k ir.StatementKind) {
		switch k.(type) {
		case ir.StmtBarrier, ir.StmtWorkGroupUniformLoad:
			found = true
		}
	}
	walk(block, func(k ir.StatementKind) {
		look(k)
		if c, ok := k.(ir.StmtCall); ok {
			reach(f.mod, &f.mod.Functions[c.Function], func(fn *ir.Function) { walk(fn.Body, look) })
		}
	})
	return found
}
