package wgsl

import (
	"math"
	"time"

	"github.com/gogpu/naga/ir"
)

// MaxCompile bounds the estimated time that the slowest driver known takes to compile an entry point, on the machine where
// the weights below were measured: lavapipe 22.3 on one core of an AMD EPYC. Every node has the same estimate, so that a
// program is valid everywhere or nowhere.
const MaxCompile = 4 * time.Second

// What drivers for processors are slow at, by measurement (BENCH.md): the time grows with the square of the number of loops in
// what they generate, and an access to a buffer or to workgroup memory is a loop over the lanes of a vector. Memory of an
// invocation is registers to them, and an index that is not constant is a choice among all words of a variable.
const (
	perAccess2  = 3e-6 // seconds, times the square of the accesses
	perWord3    = 4e-8 // seconds, times the cube of the words that are chosen among
	perChoice   = 24   // choices that double that
	perWeight   = 7e-5 // seconds, times the weight of the operations
	barrierIs   = 3    // accesses
	loopIs      = 5
	loopAround  = 0.6 // for each loop in it, whose mask drivers combine with its own: 52 nested loops took 4.6 s
	atomicIs    = 3
	maxUnrolled = 32  // iterations of loops that drivers unroll
	mostInLoops = 208 // accesses of a loop that they unroll: larger ones they leave alone
)

// load is what an entry point, function or block asks of a compiler, with every call written out.
type load struct {
	accesses float64 // to buffers and workgroup memory, and what counts as such
	choices  float64 // accesses to a variable with an index that is not constant
	words    float64 // of the variables that are chosen among, for each time that they are copied again
	weight   float64 // of all operations; see reader.weight
	loops    float64
}

func (l load) plus(m load) load {
	return load{l.accesses + m.accesses, l.choices + m.choices, l.words + m.words, l.weight + m.weight, l.loops + m.loops}
}

// time is the estimate, in seconds.
func (l load) time() float64 {
	return perAccess2*l.accesses*l.accesses + perWord3*math.Pow(l.words, 3)*(1+l.choices/perChoice) + perWeight*l.weight
}

// checkCompile refuses an entry point that would take a compiler too long.
func (o *outline) checkCompile(mod *ir.Module, ep *ir.EntryPoint) *Error {
	c := &compileCost{module: mod, done: map[*ir.Function]load{}, globals: map[uint32]bool{}, copied: map[uint32]float64{}}
	l := c.function(&ep.Function)
	for g := range c.globals {
		l.words += words(mod, mod.GlobalVariables[g].Type) + c.copied[g]
	}
	if l.time() <= MaxCompile.Seconds() {
		return nil
	}
	why := map[string]float64{
		"words":      load{words: l.words, choices: l.choices}.time(),
		"accesses":   load{accesses: l.accesses}.time(),
		"operations": load{weight: l.weight}.time(),
	}
	switch {
	case why["words"] > max(why["accesses"], why["operations"]) && c.widest != "":
		e := o.at(c.widest, "%q would take drivers too long to compile: %.0f words of private and function variables are copied or indexed with what is not constant, %q among them",
			ep.Name, l.words, c.widest)
		for _, t := range o.toks {
			if e.Line == 0 && t.kind == tokIdent && t.text == c.widest {
				e.Line, e.Column = t.line, t.col
			}
		}
		return e
	case why["words"] > max(why["accesses"], why["operations"]):
		return o.at(ep.Name, "%q would take drivers too long to compile: %.0f words of values are copied or indexed with what is not constant", ep.Name, l.words)
	case why["operations"] > why["accesses"]:
		return o.at(ep.Name, "%q would take drivers too long to compile: its operations, with every call written out, weigh %.0f, where a sum weighs 1 and a sine 32", ep.Name, l.weight)
	}
	return o.at(ep.Name, "%q would take drivers too long to compile: it counts as %.0f accesses to buffers and workgroup memory, with loops, barriers, dynamic indexes and every call written out", ep.Name, l.accesses)
}

// words is the number of scalars of a type.
func words(mod *ir.Module, h ir.TypeHandle) float64 { return float64(sizeOf(mod, h).flat) / 4 }

// vectors is the number of scalars and vectors of a type, each of which is loaded and stored at once.
func vectors(mod *ir.Module, h ir.TypeHandle) float64 {
	switch t := mod.Types[h].Inner.(type) {
	case ir.MatrixType:
		return float64(t.Columns)
	case ir.ArrayType:
		if t.Size.Constant == nil {
			return vectors(mod, t.Base)
		}
		return float64(*t.Size.Constant) * vectors(mod, t.Base)
	case ir.StructType:
		n := 0.0
		for _, m := range t.Members {
			n += vectors(mod, m.Type)
		}
		return n
	}
	return 1
}

type compileCost struct {
	module  *ir.Module
	done    map[*ir.Function]load
	globals map[uint32]bool    // private, and chosen among
	copied  map[uint32]float64 // words of a private variable that are loaded or stored as arrays and structs
	widest  string             // the largest variable that is chosen among
	most    float64
}

func (c *compileCost) function(fn *ir.Function) load {
	if known, ok := c.done[fn]; ok {
		return known
	}
	f := &functionCost{compileCost: c, reader: reader{c.module, fn}, chosen: map[uint32]bool{}, copies: map[uint32]float64{}}
	l := f.block(fn.Body, nil)
	for v := range f.chosen {
		l.words += words(c.module, fn.LocalVars[v].Type) + f.copies[v]
		c.note(fn.LocalVars[v].Name, fn.LocalVars[v].Type)
	}
	c.done[fn] = l
	return l
}

func (c *compileCost) note(name string, t ir.TypeHandle) {
	if n := words(c.module, t); n > c.most {
		c.widest, c.most = name, n
	}
}

type functionCost struct {
	*compileCost
	reader
	chosen  map[uint32]bool     // local variables that are chosen among
	copies  map[uint32]float64  // words of a local variable that are loaded or stored as arrays and structs
	counter []ir.ExpressionKind // variables of the loops around that drivers unroll, innermost last
}

func (f *functionCost) block(block []ir.Statement, before [][]ir.Statement) (sum load) {
	for i := range block {
		around := append(before[:len(before):len(before)], block[:i])
		switch s := block[i].Kind.(type) {
		case ir.StmtEmit:
			for h := s.Range.Start; h < s.Range.End; h++ {
				sum = sum.plus(f.expression(h))
				sum.weight += float64(f.compileWeight(h))
			}
			continue
		case ir.StmtStore:
			sum = sum.plus(f.moved(s.Pointer)).plus(f.index(s.Pointer))
		case ir.StmtAtomic:
			sum.accesses += atomicIs
			sum = sum.plus(f.index(s.Pointer))
		case ir.StmtBarrier:
			sum.accesses += barrierIs
		case ir.StmtReturn:
			if len(before) > 0 { // out of a branch or a loop
				sum.accesses++
			}
		case ir.StmtWorkGroupUniformLoad:
			sum.accesses += 2 * barrierIs
			sum = sum.plus(f.moved(s.Pointer)).plus(f.index(s.Pointer))
		case ir.StmtCall:
			sum = sum.plus(f.function(&f.mod.Functions[s.Function]))
			for _, a := range s.Arguments {
				if isPointer(f.inner(a)) {
					f.choose(a) // what the function does with it is not looked at
				}
			}
		case ir.StmtBlock:
			sum = sum.plus(f.block(s.Block, around))
		case ir.StmtIf:
			sum = sum.plus(f.block(s.Accept, around)).plus(f.block(s.Reject, around))
		case ir.StmtSwitch:
			for _, k := range s.Cases {
				sum = sum.plus(f.block(k.Body, around))
			}
		case ir.StmtLoop:
			n, known := f.iterations(s, around)
			unrolled := known && n <= maxUnrolled
			depth := len(f.counter)
			if unrolled {
				f.counter = append(f.counter, f.counterOf(s))
			}
			body := f.block(s.Body, around).plus(f.block(s.Continuing, around))
			f.counter = f.counter[:depth]
			if unrolled {
				body.accesses = min(body.accesses*float64(n), max(body.accesses, mostInLoops))
				body.choices *= float64(n)
			}
			sum = sum.plus(body).plus(load{accesses: loopIs + loopAround*body.loops, loops: 1})
		}
		sum.weight++
	}
	return sum
}

// counterOf is the variable of a loop whose iterations are known.
func (f *functionCost) counterOf(loop ir.StmtLoop) ir.ExpressionKind {
	for i := range loop.Continuing {
		if s, ok := loop.Continuing[i].Kind.(ir.StmtStore); ok {
			return f.root(s.Pointer)
		}
	}
	return nil
}

// expression is what evaluating one expression asks, without its operands.
func (f *functionCost) expression(h ir.ExpressionHandle) load {
	switch e := f.fn.Expressions[h].Kind.(type) {
	case ir.ExprLoad:
		return f.moved(e.Pointer).plus(f.index(e.Pointer))
	case ir.ExprAccess:
		if !isPointer(f.inner(e.Base)) && !f.fixed(e.Index) { // drivers give the value a variable
			if n := f.size(e.Base); n > 4 {
				return load{choices: 1, words: n}
			}
		}
	}
	return load{}
}

// compileWeight is the weight of an expression for a compiler: functions are written out, and processors have no division of
// vectors of integers.
func (f *functionCost) compileWeight(h ir.ExpressionHandle) uint64 {
	n := f.weight(h)
	switch e := f.fn.Expressions[h].Kind.(type) {
	case ir.ExprBinary:
		if (e.Op == ir.BinaryDivide || e.Op == ir.BinaryModulo) && !isFloat(f.value(h)) {
			return 4 * n
		}
	case ir.ExprMath:
		switch e.Fun {
		case ir.MathPow, ir.MathExp, ir.MathAtan2, ir.MathTanh, ir.MathSinh, ir.MathCosh, ir.MathAcosh, ir.MathAsinh, ir.MathAtanh, ir.MathAsin, ir.MathAcos,
			ir.MathAtan, ir.MathSin, ir.MathCos, ir.MathTan:
			return 4 * n
		case ir.MathInsertBits, ir.MathExtractBits, ir.MathReverseBits, ir.MathCountOneBits, ir.MathFirstLeadingBit, ir.MathFirstTrailingBit, ir.MathCountLeadingZeros,
			ir.MathCountTrailingZeros:
			return 8 * n
		case ir.MathPack4x8snorm, ir.MathPack4x8unorm, ir.MathPack2x16snorm, ir.MathPack2x16unorm, ir.MathPack2x16float,
			ir.MathUnpack4x8snorm, ir.MathUnpack4x8unorm, ir.MathUnpack2x16snorm, ir.MathUnpack2x16unorm, ir.MathUnpack2x16float:
			return 4 * n
		}
	}
	return n
}

// size is the number of words of a value.
func (f *functionCost) size(h ir.ExpressionHandle) float64 {
	if int(h) < len(f.fn.ExpressionTypes) {
		if t := f.fn.ExpressionTypes[h]; t.Handle != nil {
			return words(f.mod, *t.Handle)
		}
	}
	switch t := f.value(h).(type) {
	case ir.VectorType:
		return float64(t.Size)
	case ir.MatrixType:
		return float64(t.Columns) * float64(t.Rows)
	}
	return 1
}

func (f *functionCost) composite(t ir.TypeHandle) bool {
	switch f.mod.Types[t].Inner.(type) {
	case ir.ArrayType, ir.StructType:
		return true
	}
	return false
}

// moved is a load or a store of what a pointer points to.
func (f *functionCost) moved(p ir.ExpressionHandle) load {
	base, whole := ir.TypeHandle(0), false
	if t, ok := f.inner(p).(ir.PointerType); ok {
		base, whole = t.Base, true
	}
	if f.shared(p) {
		if !whole {
			return load{accesses: 1}
		}
		return load{accesses: vectors(f.mod, base)}
	}
	if whole && f.composite(base) { // costs nothing unless the variable is chosen among
		switch v := f.root(p).(type) {
		case ir.ExprLocalVariable:
			f.copies[v.Variable] += words(f.mod, base)
		case ir.ExprGlobalVariable:
			f.copied[uint32(v.Variable)] += words(f.mod, base)
		}
	}
	return load{}
}

// shared reports whether a pointer leads to a buffer or to workgroup memory.
func (f *functionCost) shared(p ir.ExpressionHandle) bool {
	g, ok := f.root(p).(ir.ExprGlobalVariable)
	if !ok {
		return false
	}
	s := f.mod.GlobalVariables[g.Variable].Space
	return s == ir.SpaceStorage || s == ir.SpaceUniform || s == ir.SpaceWorkGroup
}

// index is what the indexes on the way of a pointer ask.
func (f *functionCost) index(p ir.ExpressionHandle) (sum load) {
	for range len(f.fn.Expressions) {
		switch e := f.fn.Expressions[p].Kind.(type) {
		case ir.ExprAccess:
			if !f.shared(p) && !f.fixed(e.Index) {
				if n := f.choose(p); n > 1 {
					sum.choices++
					sum.accesses += 2 + min(n, 8)/2 + n/32
				}
			}
			p = e.Base
		case ir.ExprAccessIndex:
			p = e.Base
		case ir.ExprAlias:
			p = e.Source
		default:
			return sum
		}
	}
	return sum
}

// choose marks the variable that a pointer starts from as chosen among, and returns its words.
func (f *functionCost) choose(p ir.ExpressionHandle) float64 {
	switch e := f.root(p).(type) {
	case ir.ExprLocalVariable:
		f.chosen[e.Variable] = true
		return words(f.mod, f.fn.LocalVars[e.Variable].Type)
	case ir.ExprGlobalVariable:
		v := f.mod.GlobalVariables[e.Variable]
		if v.Space != ir.SpacePrivate {
			return 0
		}
		f.globals[uint32(e.Variable)] = true
		f.note(v.Name, v.Type)
		return words(f.mod, v.Type)
	case ir.ExprFunctionArgument:
		if t, ok := f.mod.Types[f.fn.Arguments[e.Index].Type].Inner.(ir.PointerType); ok {
			return words(f.mod, t.Base)
		}
	}
	return 0
}

// fixed reports whether an index is a constant once drivers have unrolled the loops around.
func (f *functionCost) fixed(h ir.ExpressionHandle) bool {
	budget := 4 * MaxOperators
	var visit func(h ir.ExpressionHandle) bool
	visit = func(h ir.ExpressionHandle) bool {
		if budget--; budget < 0 {
			return false
		}
		switch e := f.fn.Expressions[h].Kind.(type) {
		case ir.Literal, ir.ExprConstant, ir.ExprZeroValue:
			return true
		case ir.ExprBinary:
			return visit(e.Left) && visit(e.Right)
		case ir.ExprUnary:
			return visit(e.Expr)
		case ir.ExprAs:
			return visit(e.Expr)
		case ir.ExprAlias:
			return visit(e.Source)
		case ir.ExprLoad:
			v, ok := f.fn.Expressions[e.Pointer].Kind.(ir.ExprLocalVariable)
			if !ok {
				return false
			}
			for _, c := range f.counter {
				if c == ir.ExpressionKind(v) {
					return true
				}
			}
		}
		return false
	}
	return visit(h)
}
