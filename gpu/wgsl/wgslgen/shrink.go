package wgslgen

import "slices"

// Shrink returns a smaller kernel for which fails still holds, by leaving out statements and functions, taking blocks apart
// and replacing expressions by their parts. It asks fails at most tries times; fails must be false for a source that is not
// valid. k stays as it is.
func (k *Kernel) Shrink(tries int, fails func(*Kernel) bool) *Kernel {
	s := &shrinker{k: k.clone(), left: tries, fails: fails}
	for before := ""; before != s.k.Source() && s.left > 0; {
		before = s.k.Source()
		s.functions()
		for _, f := range s.k.funcs {
			s.list(&f.body)
		}
		for _, f := range s.k.funcs {
			s.statements(f.body)
		}
	}
	return s.k
}

type shrinker struct {
	k     *Kernel
	left  int
	fails func(*Kernel) bool
}

// keep reports whether the fault is still there after a change.
func (s *shrinker) keep() bool {
	if s.left--; s.left < 0 {
		return false
	}
	return s.fails(s.k)
}

func (s *shrinker) functions() {
	for i := 0; i < len(s.k.funcs); i++ {
		old := s.k.funcs
		if old[i].entry {
			continue
		}
		s.k.funcs = slices.Delete(slices.Clone(old), i, i+1)
		if s.keep() {
			i--
		} else {
			s.k.funcs = old
		}
	}
}

// list leaves statements out, first many at once.
func (s *shrinker) list(body *[]*stmt) {
	for n := len(*body); n > 0; n /= 2 {
		for at := 0; at < len(*body); {
			old := *body
			end := min(at+n, len(old))
			var next []*stmt
			for i, x := range old {
				if i < at || i >= end || x.fixed {
					next = append(next, x)
				}
			}
			if len(next) < len(old) {
				*body = next
				if s.keep() {
					continue
				}
				*body = old
			}
			at = end
		}
	}
	for i := 0; i < len(*body); i++ {
		x := (*body)[i]
		for _, b := range x.blocks {
			s.list(&b.body)
		}
		for j := 1; j < len(x.blocks); j++ { // else, or a case
			old := x.blocks
			if old[j].fixed {
				continue
			}
			x.blocks = slices.Delete(slices.Clone(old), j, j+1)
			if s.keep() {
				j--
			} else {
				x.blocks = old
			}
		}
		for _, b := range x.blocks { // the block instead of the statement
			if x.fixed {
				break
			}
			old := *body
			*body = slices.Concat(old[:i], free(x, b.body), old[i+1:])
			if s.keep() {
				break
			}
			*body = old
		}
	}
}

// free makes what counted the rounds of a loop ordinary statements.
func free(x *stmt, body []*stmt) []*stmt {
	if x.head == "" {
		return body // barriers
	}
	list := cloneAll(body)
	for _, y := range list {
		y.fixed = y.fixed && y.head == "workgroupBarrier();"
	}
	return list
}

func (s *shrinker) statements(body []*stmt) {
	for _, x := range body {
		for i := range x.args {
			s.expr(&x.args[i])
		}
		for _, b := range x.blocks {
			s.statements(b.body)
		}
	}
}

// expr replaces an expression by a constant or by a part of it.
func (s *shrinker) expr(e **expr) {
	old := *e
	try := func(n *expr) bool {
		*e = n
		if s.keep() {
			return true
		}
		*e = old
		return false
	}
	if text := map[*typ]string{boolT: "true", i32T: "1i", u32T: "1u", f32T: "1.0"}[old.typ]; text != "" && old.format != text {
		if try(&expr{typ: old.typ, format: text}) {
			return
		}
	}
	for _, a := range old.args {
		if same(a.typ, old.typ) && try(a) {
			s.expr(e)
			return
		}
	}
	for i := range old.args {
		s.expr(&old.args[i])
	}
}
