package gpu

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

// Validate checks every rule of the format that needs no look into the WGSL. It returns an *Error with InvalidProgram that
// names the first fault.
func (p *Program) Validate() error {
	if p.Version != ProgramVersion {
		return Errorf(InvalidProgram, "program version %d is not known here; this build knows version %d", p.Version, ProgramVersion)
	}
	if len(p.Modules) > MaxModules {
		return Errorf(InvalidProgram, "the program has %d modules; at most %d are allowed", len(p.Modules), MaxModules)
	}
	if n := len(p.Buffers); n == 0 || n > MaxBuffers {
		return Errorf(InvalidProgram, "the program has %d buffers; 1 to %d are allowed", n, MaxBuffers)
	}
	if n := len(p.Init) + len(p.Step) + len(p.Final); n > MaxCommands {
		return Errorf(InvalidProgram, "the program has %d commands; at most %d are allowed", n, MaxCommands)
	}
	if len(p.Step) == 0 {
		return Errorf(InvalidProgram, "the program has no step commands")
	}
	if p.Steps == 0 || p.Steps > MaxSteps {
		return Errorf(InvalidProgram, "steps is %d; 1 to %d are allowed", p.Steps, MaxSteps)
	}
	if p.Segment == 0 || p.Segment > p.Steps {
		return Errorf(InvalidProgram, "segment is %d; 1 to steps (%d) are allowed", p.Segment, p.Steps)
	}
	if n := p.segments(); n > MaxSegments {
		return Errorf(InvalidProgram, "the program has %d segments; at most %d are allowed, so make segment larger", n, MaxSegments)
	}
	if err := p.validateModules(); err != nil {
		return err
	}
	if err := p.validateBuffers(); err != nil {
		return err
	}
	for _, l := range p.lists() {
		for i := range l.commands {
			if err := p.validateCommand(l.name, i, &l.commands[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// list is one of the three command lists with its name for messages.
type list struct {
	name     string
	commands []Command
}

func (p *Program) lists() [3]list {
	return [3]list{{"init", p.Init}, {"step", p.Step}, {"final", p.Final}}
}

// segments is the number of segments, the last of which may be shorter.
func (p *Program) segments() uint32 {
	return uint32((uint64(p.Steps) + uint64(p.Segment) - 1) / uint64(p.Segment))
}

func (p *Program) validateModules() error {
	seen := make(map[string]bool, len(p.Modules))
	for i, m := range p.Modules {
		if !validName(m.Name) {
			return Errorf(InvalidProgram, "module %d: the name %q is not 1 to %d letters, digits, '_' or '-'", i, clip(m.Name), MaxName)
		}
		if seen[strings.ToLower(m.Name)] {
			return Errorf(InvalidProgram, "two modules are named %q", m.Name)
		}
		seen[strings.ToLower(m.Name)] = true
		switch {
		case strings.TrimSpace(m.WGSL) == "":
			return Errorf(InvalidProgram, "module %q has no WGSL source", m.Name)
		case len(m.WGSL) > MaxSource:
			return Errorf(InvalidProgram, "module %q has %d bytes of WGSL; at most %d are allowed", m.Name, len(m.WGSL), MaxSource)
		case !utf8.ValidString(m.WGSL) || strings.IndexByte(m.WGSL, 0) >= 0:
			return Errorf(InvalidProgram, "module %q is not a UTF-8 text", m.Name)
		case m.Float != "" && m.Float != Reproducible1:
			return Errorf(InvalidProgram, "module %q: float is %q; it must be absent or %q", m.Name, clip(m.Float), Reproducible1)
		}
	}
	return nil
}

func (p *Program) validateBuffers() error {
	seen := make(map[string]bool, len(p.Buffers))
	params, results := 0, 0
	for i := range p.Buffers {
		b := &p.Buffers[i]
		if !validName(b.Name) {
			return Errorf(InvalidProgram, "buffer %d: the name %q is not 1 to %d letters, digits, '_' or '-'", i, clip(b.Name), MaxName)
		}
		// Names become file names, and some file systems fold case.
		if seen[strings.ToLower(b.Name)] {
			return Errorf(InvalidProgram, "two buffers are named %q (case does not count)", b.Name)
		}
		seen[strings.ToLower(b.Name)] = true
		switch b.Type {
		case F32, I32, U32:
		default:
			return Errorf(InvalidProgram, "buffer %q: type %q is not known; use f32, i32 or u32", b.Name, clip(string(b.Type)))
		}
		if b.Len == 0 || b.Len%4 != 0 || b.Len > MaxBuffer {
			return Errorf(InvalidProgram, "buffer %q: len is %d; it must be a multiple of 4 from 4 to %d", b.Name, b.Len, uint64(MaxBuffer))
		}
		if b.Kind != Slice && (b.First != 0 || b.Stride != 0 || b.Period != 0) {
			return Errorf(InvalidProgram, "buffer %q: first, stride and period belong to slice buffers only", b.Name)
		}
		if b.Kind != Output && b.Every != 0 {
			return Errorf(InvalidProgram, "buffer %q: every belongs to output buffers only", b.Name)
		}
		if b.Kind != State && b.Keep {
			return Errorf(InvalidProgram, "buffer %q: keep belongs to state buffers only", b.Name)
		}
		switch b.Kind {
		case Const, Temp:
		case State:
			if b.Keep {
				results++
			}
		case Slice:
			if err := b.validateSlice(); err != nil {
				return err
			}
		case Output:
			results++
			if b.Every > p.Steps {
				return Errorf(InvalidProgram, "buffer %q: every is %d, but there are only %d steps", b.Name, b.Every, p.Steps)
			}
			if b.Every > 0 && b.Len*uint64(p.Steps/b.Every) > MaxBuffer {
				return Errorf(InvalidProgram, "buffer %q: %d rows of %d bytes are more than %d bytes", b.Name, p.Steps/b.Every, b.Len, uint64(MaxBuffer))
			}
		case Params:
			if b.Len != ParamsSize || b.Type != U32 {
				return Errorf(InvalidProgram, "buffer %q: a params buffer has type u32 and len %d", b.Name, ParamsSize)
			}
			if params++; params > 1 {
				return Errorf(InvalidProgram, "buffer %q: a program has at most one params buffer", b.Name)
			}
		default:
			return Errorf(InvalidProgram, "buffer %q: kind %q is not known; use const, slice, state, temp, output or params", b.Name, clip(string(b.Kind)))
		}
	}
	if results == 0 {
		return Errorf(InvalidProgram, "the program has no result: it needs an output buffer or a state buffer with keep")
	}
	return nil
}

func (b *Buffer) validateSlice() error {
	if b.First%4 != 0 || b.Stride%4 != 0 || b.Period%4 != 0 {
		return Errorf(InvalidProgram, "buffer %q: first, stride and period must be multiples of 4", b.Name)
	}
	if b.First > MaxBuffer || b.Stride > MaxBuffer || b.Period > MaxBuffer {
		return Errorf(InvalidProgram, "buffer %q: first, stride and period are at most %d", b.Name, uint64(MaxBuffer))
	}
	if b.Period < b.Len {
		return Errorf(InvalidProgram, "buffer %q: period is %d; it must be at least len (%d)", b.Name, b.Period, b.Len)
	}
	return nil
}

// window returns the byte offset of a Slice's window in its input at a step: (First + Stride*step) mod Period, computed
// without overflow.
func (b *Buffer) window(step uint32) uint64 {
	hi, lo := bits.Mul64(b.Stride, uint64(step))
	lo, carry := bits.Add64(lo, b.First, 0)
	return bits.Rem64(hi+carry, lo, b.Period)
}

// windowEnd returns how many input bytes the windows of the first steps steps can reach.
func (b *Buffer) windowEnd(steps uint32) uint64 {
	last := uint64(steps - 1)
	if b.Stride == 0 || last == 0 {
		return b.window(0) + b.Len
	}
	if hi, lo := bits.Mul64(b.Stride, last); hi == 0 && lo < b.Period && b.First%b.Period+lo < b.Period {
		return b.window(steps-1) + b.Len // never wraps
	}
	// The offsets after wrapping are all congruent to First modulo g.
	g := gcd(b.Stride, b.Period)
	return b.Period - g + b.First%g + b.Len
}

func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func (p *Program) validateCommand(list string, i int, c *Command) error {
	fail := func(format string, args ...any) error {
		return Errorf(InvalidProgram, "%s command %d: "+format, append([]any{list, i}, args...)...)
	}
	switch c.Op {
	case Dispatch, Copy, Fill, Swap:
	default:
		return fail("op %q is not known; use dispatch, copy, fill or swap", clip(string(c.Op)))
	}
	if len(c.Bind) > MaxBindings {
		return fail("%d bindings; at most %d are allowed", len(c.Bind), MaxBindings)
	}
	for j, b := range c.Bind {
		if int64(b.Buffer) >= int64(len(p.Buffers)) {
			return fail("binding %d names buffer %d, but there are %d buffers", j, b.Buffer, len(p.Buffers))
		}
		buf := &p.Buffers[b.Buffer]
		if b.Off%BindAlign != 0 {
			return fail("binding %d: offset %d is not a multiple of %d", j, b.Off, BindAlign)
		}
		if b.Len%4 != 0 {
			return fail("binding %d: length %d is not a multiple of 4", j, b.Len)
		}
		if b.Off >= buf.Len || b.Len > buf.Len-b.Off {
			return fail("binding %d: bytes %d to %d are not inside buffer %q of %d bytes", j, b.Off, b.Off+b.Len, buf.Name, buf.Len)
		}
	}
	if c.Op != Dispatch && (c.Module != 0 || c.Entry != "" || c.Grid != [3]uint32{} || c.Cost != 0) {
		return fail("module, entry, grid and cost belong to dispatch only")
	}
	if c.Op != Fill && c.Value != 0 {
		return fail("value belongs to fill only")
	}
	switch c.Op {
	case Dispatch:
		if int(c.Module) >= len(p.Modules) {
			return fail("module %d does not exist; there are %d modules", c.Module, len(p.Modules))
		}
		if c.Entry == "" || len(c.Entry) > MaxEntry {
			return fail("the entry point name must have 1 to %d bytes", MaxEntry)
		}
		for _, n := range c.Grid {
			if n == 0 || n > MaxGrid {
				return fail("grid is %d x %d x %d workgroups; each dimension must be 1 to %d", c.Grid[0], c.Grid[1], c.Grid[2], MaxGrid)
			}
		}
	case Copy:
		if len(c.Bind) != 2 {
			return fail("copy needs 2 bindings (from, to) and has %d", len(c.Bind))
		}
		from, to := p.span(c.Bind[0]), p.span(c.Bind[1])
		if from != to {
			return fail("copy from %d bytes to %d bytes; the lengths must be equal", from, to)
		}
		if c.Bind[0].Buffer == c.Bind[1].Buffer {
			return fail("copy inside one buffer is not allowed")
		}
		if k := p.Buffers[c.Bind[0].Buffer].Kind; k == Params {
			return fail("copy from a params buffer is not allowed")
		}
		if b := &p.Buffers[c.Bind[1].Buffer]; !b.Kind.writable() {
			return fail("copy to %q: a %s buffer is read-only", b.Name, b.Kind)
		}
	case Fill:
		if len(c.Bind) != 1 {
			return fail("fill needs 1 binding and has %d", len(c.Bind))
		}
		if b := &p.Buffers[c.Bind[0].Buffer]; !b.Kind.writable() {
			return fail("fill of %q: a %s buffer is read-only", b.Name, b.Kind)
		}
	case Swap:
		if len(c.Bind) != 2 {
			return fail("swap needs 2 bindings and has %d", len(c.Bind))
		}
		a, b := &p.Buffers[c.Bind[0].Buffer], &p.Buffers[c.Bind[1].Buffer]
		if a == b || a.Kind != State || b.Kind != State || a.Len != b.Len || a.Type != b.Type {
			return fail("swap of %q and %q: it takes two different state buffers of equal type and length", a.Name, b.Name)
		}
		if p.span(c.Bind[0]) != a.Len || p.span(c.Bind[1]) != b.Len {
			return fail("swap exchanges whole buffers; leave offset and length out")
		}
	}
	return nil
}

// span is the length of a binding in bytes, with Len 0 resolved.
func (p *Program) span(b Binding) uint64 {
	if b.Len != 0 {
		return b.Len
	}
	return p.Buffers[b.Buffer].Len - b.Off
}

func (k Kind) writable() bool { return k == State || k == Temp || k == Output }

func validName(s string) bool {
	if s == "" || len(s) > MaxName {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-') {
			return false
		}
	}
	return s[0] != '-'
}

// clip bounds foreign text in messages.
func clip(s string) string {
	if len(s) <= MaxName {
		return s
	}
	return strings.ToValidUTF8(s[:MaxName], "") + "..."
}
