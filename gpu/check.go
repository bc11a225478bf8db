package gpu

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/bits"
	"strings"

	"gpumesh/gpu/wgsl"
)

// Report is what static analysis finds out about a valid program. Every number holds for the whole run.
type Report struct {
	Tier      wgsl.Tier    // of the program as it runs, with the reproducible modules in that form
	AsWritten wgsl.Tier    // of the texts
	Reasons   []TierReason // what lowers the tier of the texts, and notes

	Bytes       uint64 // device memory of all buffers, without the executor's staging (at most 32 MiB more)
	StateBytes  uint64 // State and Output buffers: read back and hashed at every segment end
	ResultBytes uint64 // all results together

	Operations     uint64 // estimate, saturating; a loop of unknown count is counted once, and so is each word that is filled, copied, sent, or read back to be hashed
	Traffic        uint64 // bytes that the device's memory moves: estimate, saturating. A dispatch moves no more than it binds, as caches keep the rest
	LoopIterations uint64 // bound per invocation over all dispatches; wgsl.UnknownLoops when there is none

	// Unbounded names the first loop of those whose bound is not known: where, and of which kernel; empty when there is none.
	Unbounded string

	MaxBuffer        uint64    // bytes of the largest buffer
	MaxBinding       uint64    // bytes of the largest range that a dispatch binds
	MaxUniform       uint64    // bytes of the largest range that a dispatch binds as uniform
	MaxBindings      uint32    // storage buffers of one dispatch
	MaxWorkgroup     uint32    // invocations
	MaxWorkgroupSize [3]uint32 // invocations in x, y and z
	MaxShared        uint32    // bytes

	Inputs  []InputSpec  // in buffer order
	Results []ResultSpec // in buffer order

	loops   string // names the entry point with the most loop iterations
	modules []*wgsl.Module
	races   []*wgsl.Error // per module: what makes a dispatch depend on the order of invocations
	asked   []*question   // dispatches to be proven, in order
	asks    map[string]*question
	forms   []*wgsl.Rewritten // per module; nil where it runs as written
	access  [3][][]Access     // per list, command and binding
	ops     [3][]uint64       // per list and command
	guess   [3][]uint64       // like ops, of the form that runs, and the maximum where a loop has no known bound
	uncut   [3][]uint64       // of ops, those of what cannot be cut: a workgroup
}

// TierReason says which line of which module lowers the tier.
type TierReason struct {
	Module string
	wgsl.Reason
}

// InputSpec is an input that a task may or must supply.
type InputSpec struct {
	Name     string
	Kind     Kind
	Type     Type
	Size     uint64 // bytes: exactly for Const and State, at least for Slice
	Optional bool   // State starts as zeros without it
}

// ResultSpec is a result that the program emits.
type ResultSpec struct {
	Name string
	Type Type
	Size uint64 // bytes
}

// Check validates p, parses its WGSL and compares every dispatch with the shader. The error is an *Error with
// InvalidProgram or, for what the format allows but no WebGPU device can do, Unsupported.
func Check(p *Program) (*Report, error) { return CheckContext(context.Background(), p) }

// CheckContext is Check, and fails with the context's error when that ends. What it takes is bounded whatever the program.
func CheckContext(ctx context.Context, p *Program) (*Report, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	r := &Report{
		Tier: wgsl.Exact, AsWritten: wgsl.Exact, modules: make([]*wgsl.Module, len(p.Modules)), forms: make([]*wgsl.Rewritten, len(p.Modules)),
		races: make([]*wgsl.Error, len(p.Modules)), asks: map[string]*question{},
	}
	work := wgsl.MaxWork
	for i, m := range p.Modules {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		parsed, err := wgsl.Parse(m.WGSL)
		if err != nil {
			return nil, Errorf(InvalidProgram, "module %q: %v", m.Name, err)
		}
		r.modules[i] = parsed
		tier, reasons := parsed.Tier()
		if tier != wgsl.Exact {
			r.AsWritten = tier
			if m.Float == Reproducible1 {
				if r.forms[i], err = parsed.ReproducibleWithin(&work); err != nil {
					return nil, Errorf(InvalidProgram, "module %q cannot be made reproducible: %v", m.Name, err)
				}
				tier = wgsl.Reproducible
			}
			if r.Tier != wgsl.ClassExact {
				r.Tier = tier
			}
		}
		for _, reason := range reasons {
			r.Reasons = append(r.Reasons, TierReason{m.Name, reason})
		}
	}
	r.sizes(p)
	for li, l := range p.lists() {
		times := uint64(1)
		if li == 1 {
			times = uint64(p.Steps)
		}
		r.access[li] = make([][]Access, len(l.commands))
		r.ops[li] = make([]uint64, len(l.commands))
		r.guess[li] = make([]uint64, len(l.commands))
		r.uncut[li] = make([]uint64, len(l.commands))
		for i := range l.commands {
			if c := &l.commands[i]; c.Op != Dispatch {
				if c.Op != Swap {
					r.Operations = satAdd(r.Operations, satMul(p.span(c.Bind[0])/4, times))
					r.Traffic = satAdd(r.Traffic, satMul(satMul(p.span(c.Bind[0]), uint64(len(c.Bind))), times))
				}
				continue
			}
			if err := r.dispatch(p, li, l.name, i, &l.commands[i]); err != nil {
				return nil, err
			}
			r.Traffic = satAdd(r.Traffic, satMul(r.moved(p, &l.commands[i]), times))
		}
		for _, n := range r.ops[li] {
			r.Operations = satAdd(r.Operations, satMul(n, times))
		}
	}
	outside := satAdd(satMul(r.StateBytes, uint64(p.segments())), r.ResultBytes) // that comes or goes
	for _, in := range r.Inputs {
		outside = satAdd(outside, in.Size)
	}
	r.Operations, r.Traffic = satAdd(r.Operations, outside/4), satAdd(r.Traffic, outside)
	if err := r.prove(ctx, &work); err != nil {
		return nil, err
	}
	for i, race := range r.races {
		if race == nil {
			continue
		}
		if p.Modules[i].Float == Reproducible1 {
			return nil, Errorf(InvalidProgram, "module %q cannot be made reproducible: %v", p.Modules[i].Name, race)
		}
		r.Tier, r.AsWritten = wgsl.ClassExact, wgsl.ClassExact
		r.Reasons = append(r.Reasons, TierReason{p.Modules[i].Name, wgsl.Reason{Line: race.Line, Message: race.Message}})
	}
	return r, nil
}

// question is whether dispatches of an entry point that bind as many bytes depend on the order of invocations.
type question struct {
	module uint16
	all    wgsl.Dispatches
	grids  [][3]uint32
}

// order asks for a proof that a dispatch does not depend on the order of invocations.
func (r *Report) order(p *Program, c *Command) {
	sizes := make([]uint64, len(c.Bind))
	for j := range sizes {
		sizes[j] = p.span(c.Bind[j])
	}
	key := fmt.Sprint(c.Module, c.Entry, sizes)
	q := r.asks[key]
	if q == nil {
		q = &question{c.Module, wgsl.Dispatches{Entry: c.Entry, Least: c.Grid, Most: c.Grid, Sizes: sizes}, nil}
		r.asks[key] = q
		r.asked = append(r.asked, q)
	}
	one := fmt.Sprint(key, c.Grid)
	if _, known := r.asks[one]; known {
		return
	}
	r.asks[one] = q
	q.grids = append(q.grids, c.Grid)
	for i, n := range c.Grid {
		q.all.Least[i], q.all.Most[i] = min(q.all.Least[i], n), max(q.all.Most[i], n)
	}
}

// prove answers what was asked: for all grids at once, or else one by one.
func (r *Report) prove(ctx context.Context, work *int) error {
	for _, q := range r.asked {
		m := r.modules[q.module]
		if len(q.grids) > 1 && r.races[q.module] == nil && m.Order(q.all, work) == nil {
			continue
		}
		for _, g := range q.grids {
			if err := ctx.Err(); err != nil {
				return err
			}
			if r.races[q.module] == nil {
				q.all.Least, q.all.Most = g, g
				r.races[q.module] = m.Order(q.all, work)
			}
		}
	}
	r.asked, r.asks = nil, nil
	return nil
}

// Reproducible says whether the program could run with equal results on every conforming stack: nil when every module either
// needs nothing for it or has a reproducible form, and otherwise the line of the first that has not, and why. It does the
// work of rewriting, some milliseconds per module.
func (r *Report) Reproducible(p *Program) error {
	for i, m := range r.modules {
		if r.races[i] != nil {
			return Errorf(Unsupported, "module %q cannot be made reproducible: %v", p.Modules[i].Name, r.races[i])
		}
		if tier, _ := m.Tier(); tier == wgsl.Exact || r.forms[i] != nil {
			continue
		}
		if _, err := m.Reproducible(); err != nil {
			return Errorf(Unsupported, "module %q cannot be made reproducible: %v", p.Modules[i].Name, err)
		}
	}
	return nil
}

// Exact reports whether the texts of a module give the same bits everywhere as they are written, in all dispatches of the program.
func (r *Report) Exact(module uint16) bool {
	tier, _ := r.modules[module].Tier()
	return tier == wgsl.Exact && r.races[module] == nil
}

// source is the text of a module that drivers compile.
func (r *Report) source(module uint16) string {
	if f := r.forms[module]; f != nil {
		return f.Module.Portable
	}
	return r.modules[module].Portable
}

func (r *Report) sizes(p *Program) {
	for i := range p.Buffers {
		b := &p.Buffers[i]
		r.Bytes = satAdd(r.Bytes, b.Len)
		r.MaxBuffer = max(r.MaxBuffer, b.Len)
		switch b.Kind {
		case Const:
			r.Inputs = append(r.Inputs, InputSpec{Name: b.Name, Kind: b.Kind, Type: b.Type, Size: b.Len})
		case Slice:
			r.Inputs = append(r.Inputs, InputSpec{Name: b.Name, Kind: b.Kind, Type: b.Type, Size: b.windowEnd(p.Steps)})
		case State:
			r.Inputs = append(r.Inputs, InputSpec{Name: b.Name, Kind: b.Kind, Type: b.Type, Size: b.Len, Optional: true})
			r.StateBytes = satAdd(r.StateBytes, b.Len)
		case Output:
			r.StateBytes = satAdd(r.StateBytes, b.Len)
		}
	}
	r.Results = p.Results()
	for _, s := range r.Results {
		r.ResultBytes = satAdd(r.ResultBytes, s.Size)
	}
}

// resultSize is the size of what the buffer emits, 0 when it is no result.
func (b *Buffer) resultSize(steps uint32) uint64 {
	switch {
	case b.Kind == State && b.Keep, b.Kind == Output && b.Every == 0:
		return b.Len
	case b.Kind == Output:
		return b.Len * uint64(steps/b.Every)
	}
	return 0
}

func (r *Report) dispatch(p *Program, li int, list string, i int, c *Command) error {
	m, parsed := &p.Modules[c.Module], r.modules[c.Module]
	fail := func(format string, args ...any) error {
		return Errorf(InvalidProgram, "%s command %d, entry point %q of module %q: "+format, append([]any{list, i, clip(c.Entry), m.Name}, args...)...)
	}
	e, ok := parsed.Entry(c.Entry)
	if !ok {
		var names []string
		for _, e := range parsed.Entries {
			names = append(names, e.Name)
		}
		return Errorf(InvalidProgram, "module %q: entry point %q does not exist; it has: %s", m.Name, clip(c.Entry), strings.Join(names, ", "))
	}
	access := make([]Access, len(c.Bind))
	for _, b := range e.Bindings {
		if b.Group != 0 {
			return fail("%q is in group %d; only group 0 can be used", b.Name, b.Group)
		}
		if int64(b.Index) >= int64(len(c.Bind)) {
			return fail("it uses binding %d (%q), but the command has %d bindings", b.Index, b.Name, len(c.Bind))
		}
		access[b.Index] = Access(b.Access)
		buf := &p.Buffers[c.Bind[b.Index].Buffer]
		n := p.span(c.Bind[b.Index])
		if n < b.MinSize {
			return fail("binding %d (%q) needs at least %d bytes, and %q gives %d", b.Index, b.Name, b.MinSize, buf.Name, n)
		}
		switch Access(b.Access) {
		case Read:
			if buf.Kind == Params {
				return fail("binding %d (%q) must be var<uniform>, because %q is a params buffer", b.Index, b.Name, buf.Name)
			}
		case ReadWrite:
			if !buf.Kind.writable() {
				return fail("binding %d (%q) is read_write, but %q is a %s buffer and read-only", b.Index, b.Name, buf.Name, buf.Kind)
			}
		case Uniform:
			if n > MaxUniform {
				return fail("binding %d (%q) is uniform and has %d bytes; at most %d are portable", b.Index, b.Name, n, MaxUniform)
			}
			r.MaxUniform = max(r.MaxUniform, n)
		default:
			return fail("binding %d (%q) has access %q", b.Index, b.Name, b.Access)
		}
	}
	if err := r.aliasing(p, c, access, fail); err != nil {
		return err
	}
	r.access[li][i] = access
	r.order(p, c)
	loops := e.LoopIterations
	if f := r.forms[c.Module]; f != nil {
		if len(c.Bind) > int(f.Zeros) {
			return fail("the command has %d bindings; a reproducible module takes no more than its own %d", len(c.Bind), f.Zeros)
		}
		if form, ok := f.Module.Entry(c.Entry); ok {
			loops = form.LoopIterations
		}
	}

	storage, uniforms := uint32(0), 0
	for j, a := range access {
		r.MaxBinding = max(r.MaxBinding, p.span(c.Bind[j]))
		if a == Uniform {
			uniforms++
		} else {
			storage++
		}
	}
	if f := r.forms[c.Module]; f != nil {
		uniforms += int(f.Zeros) + 1 - len(c.Bind) // which the executor binds
	}
	if uniforms > MaxUniforms {
		return fail("it binds %d uniforms; at most %d are portable", uniforms, MaxUniforms)
	}
	invocations := uint64(e.Workgroup[0]) * uint64(e.Workgroup[1]) * uint64(e.Workgroup[2])
	r.MaxBindings = max(r.MaxBindings, storage)
	r.MaxWorkgroup = max(r.MaxWorkgroup, uint32(min(invocations, math.MaxUint32)))
	for d, n := range e.Workgroup {
		r.MaxWorkgroupSize[d] = max(r.MaxWorkgroupSize[d], n)
	}
	r.MaxShared = max(r.MaxShared, e.SharedBytes)
	for _, g := range c.Grid {
		invocations = satMul(invocations, uint64(g))
	}
	r.ops[li][i] = satMul(invocations, max(e.Operations, 1))
	r.guess[li][i], r.uncut[li][i] = r.ops[li][i], r.ops[li][i]
	if r.forms[c.Module] != nil {
		r.guess[li][i] = satMul(r.ops[li][i], formCost)
	}
	if _, free := r.slot(li, i, c); free {
		r.uncut[li][i] /= groups(c.Grid)
	}
	if e.LoopIterations == wgsl.UnknownLoops {
		r.guess[li][i] = math.MaxUint64
	}
	if loops == wgsl.UnknownLoops && r.Unbounded == "" {
		if r.Unbounded = fmt.Sprintf("a loop of kernel %q of module %q", c.Entry, m.Name); e.Unbounded > 0 {
			r.Unbounded = fmt.Sprintf("the loop in line %d of module %q, of kernel %q,", e.Unbounded, m.Name, c.Entry)
		}
	}
	if loops > r.LoopIterations || r.loops == "" {
		r.LoopIterations, r.loops = loops, c.Entry+" of module "+m.Name
	}
	return nil
}

// moved estimates the bytes that a dispatch moves: what its invocations load and store, and at most what it binds. Where a loop has no known
// bound it is what it binds.
func (r *Report) moved(p *Program, c *Command) uint64 {
	bound := uint64(0)
	for _, b := range c.Bind {
		bound = satAdd(bound, p.span(b))
	}
	e, ok := r.modules[c.Module].Entry(c.Entry)
	if !ok || e.LoopIterations == wgsl.UnknownLoops {
		return bound
	}
	moved := e.Traffic
	for i, g := range c.Grid {
		moved = satMul(moved, satMul(uint64(g), uint64(e.Workgroup[i])))
	}
	return min(moved, bound)
}

// aliasing forbids a buffer that is written through one binding of a dispatch and used through another. Bindings that the
// shader does not use get the access that their buffer allows.
func (r *Report) aliasing(p *Program, c *Command, access []Access, fail func(string, ...any) error) error {
	writer := make(map[uint32]int, len(c.Bind))
	for i, b := range c.Bind {
		switch {
		case access[i] == ReadWrite:
			if _, twice := writer[b.Buffer]; twice {
				return fail("buffer %q is bound read_write twice", p.Buffers[b.Buffer].Name)
			}
			writer[b.Buffer] = i
		case access[i] == "" && p.Buffers[b.Buffer].Kind == Params:
			access[i] = Uniform
		case access[i] == "":
			access[i] = Read
		}
	}
	for i, b := range c.Bind {
		if w, ok := writer[b.Buffer]; ok && w != i {
			return fail("buffer %q is bound read_write and %s in one dispatch; copy it to a temp buffer first", p.Buffers[b.Buffer].Name, access[i])
		}
	}
	return nil
}

// Fits says why a device with these properties cannot run the program; nil when it can.
func (r *Report) Fits(d Info) error {
	l := d.Limits
	over := func(c Code, what string, need, have uint64) error {
		return Errorf(c, "the program needs %s %d; the device %q allows %d", what, need, d.Name, have)
	}
	switch {
	case r.MaxBuffer > l.MaxBuffer:
		return over(TooLarge, "a buffer of bytes:", r.MaxBuffer, l.MaxBuffer)
	case r.MaxBinding > cmp.Or(l.MaxBinding, l.MaxBuffer):
		return over(TooLarge, "to bind bytes:", r.MaxBinding, cmp.Or(l.MaxBinding, l.MaxBuffer))
	case r.MaxUniform > cmp.Or(l.MaxUniform, MaxUniform):
		return over(TooLarge, "to bind as uniform bytes:", r.MaxUniform, l.MaxUniform)
	case satAdd(r.Bytes, overhead) > l.MaxTotal:
		return over(TooLarge, "device memory of bytes:", satAdd(r.Bytes, overhead), l.MaxTotal)
	case r.MaxBindings > l.MaxBindings:
		return over(Unsupported, "storage buffers in one dispatch:", uint64(r.MaxBindings), uint64(l.MaxBindings))
	case r.MaxWorkgroup > l.MaxWorkgroup:
		return over(Unsupported, "invocations in a workgroup:", uint64(r.MaxWorkgroup), uint64(l.MaxWorkgroup))
	case r.MaxShared > l.MaxShared:
		return over(Unsupported, "bytes of workgroup memory:", uint64(r.MaxShared), uint64(l.MaxShared))
	}
	for d, most := range l.MaxWorkgroupSize {
		if most != 0 && r.MaxWorkgroupSize[d] > most {
			return over(Unsupported, "invocations of a workgroup in "+"xyz"[d:d+1]+":", uint64(r.MaxWorkgroupSize[d]), uint64(most))
		}
	}
	if l.MaxLoopIterations != 0 && r.LoopIterations > l.MaxLoopIterations {
		if r.LoopIterations == wgsl.UnknownLoops {
			return Errorf(Unsupported, "%s has a loop whose bound is not a constant, and the driver of %q (%s) silently ends loops after %d iterations",
				r.loops, d.Name, d.Driver, l.MaxLoopIterations)
		}
		return Errorf(Unsupported, "%s may loop %d times, and the driver of %q (%s) silently ends loops after %d iterations",
			r.loops, r.LoopIterations, d.Name, d.Driver, l.MaxLoopIterations)
	}
	return nil
}

func satAdd(a, b uint64) uint64 {
	s, carry := bits.Add64(a, b, 0)
	if carry != 0 {
		return math.MaxUint64
	}
	return s
}

func satMul(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	if hi != 0 {
		return math.MaxUint64
	}
	return lo
}
