package wgsl

import "github.com/gogpu/naga/ir"

// use is how often and where an expression is read.
type use struct {
	count   int
	copies  int // of them, those that only copy bits to a buffer or an integer
	stores  int // of them, stores to a buffer
	at      int // place of the last read
	emitted int // place where the IR evaluates it; 0: nowhere
	inline  bool
}

// measure counts the reads of every expression and decides which become part of their reader. Places are numbered; a new
// one begins wherever memory may change or a block begins or ends.
func (f *body) measure() {
	f.uses = make([]use, len(f.fn.Expressions))
	place := 1
	read := func(h ir.ExpressionHandle, at int) {
		f.uses[h].count++
		f.uses[h].at = at
	}
	var visit func(block []ir.Statement)
	visit = func(block []ir.Statement) {
		place++
		for i := range block {
			k := block[i].Kind
			if e, ok := k.(ir.StmtEmit); ok {
				for h := e.Range.Start; h < e.Range.End; h++ {
					if f.uses[h].emitted == 0 {
						f.uses[h].emitted = place
					}
				}
				continue
			}
			at := place
			if l, ok := k.(ir.StmtLoop); ok {
				visit(l.Body)
				visit(l.Continuing)
				if l.BreakIf != nil {
					read(*l.BreakIf, place)
				}
				place++
				continue
			}
			reads(k, func(h ir.ExpressionHandle) { read(h, at) })
			if s, ok := k.(ir.StmtStore); ok && f.isBuffer(s.Pointer) {
				f.uses[s.Value].copies++
				f.uses[s.Value].stores++
			}
			switch s := k.(type) {
			case ir.StmtBlock:
				visit(s.Block)
			case ir.StmtIf:
				visit(s.Accept)
				visit(s.Reject)
			case ir.StmtSwitch:
				for _, c := range s.Cases {
					visit(c.Body)
				}
			}
			place++
		}
		place++
	}
	visit(f.fn.Body)
	for _, l := range f.fn.LocalVars {
		if l.Init != nil {
			read(*l.Init, 0)
		}
	}
	for i := len(f.fn.Expressions) - 1; i >= 0; i-- {
		h := ir.ExpressionHandle(i)
		u := &f.uses[h]
		_, named := f.fn.NamedExpressions[h]
		pointer := f.isPlace(h)
		u.inline = u.count == 1 && u.at == u.emitted && (!named || pointer)
		at := u.emitted
		if pointer && u.count == 1 || u.inline {
			at = u.at
		} else if pointer {
			at = -1 // its indexes are read wherever it is
		}
		if u.count == 0 && !named {
			continue
		}
		kind := f.fn.Expressions[h].Kind
		operands(kind, func(x ir.ExpressionHandle) { read(x, at) })
		if as, ok := kind.(ir.ExprAs); ok && as.Convert == nil && as.Kind != ir.ScalarFloat {
			f.uses[as.Expr].copies++
		}
	}
}
