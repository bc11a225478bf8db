package gpu

import (
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
)

// Stage is one of the programs that compute, one after the other, what a longer one does. Each is a program like any other.
type Stage struct {
	Program *Program
	Takes   []string // inputs that are results, of the same names, of the stage before
	Gives   []string // results of the whole: of an Output with Every each stage gives its rows, all else the last one
}

// The steps of a stage count from 0, and those of the whole go on. So the whole's params become State: the first stage makes them, each
// step counts on, and they are handed on with the rest. Stages of equal length whose steps see the same windows are then one program.
const (
	beginEntry  = "gpumesh_begin"
	beginSource = `@group(0) @binding(0) var<uniform> own: vec4<u32>;
@group(0) @binding(1) var<storage, read_write> whole: vec4<u32>; // filled with the number of steps
@compute @workgroup_size(1)
fn gpumesh_begin() { whole = vec4<u32>(0u, whole.y, own.z, own.w); }
`
	countEntry  = "gpumesh_count"
	countSource = `@group(0) @binding(0) var<storage, read_write> whole: vec4<u32>;
@compute @workgroup_size(1)
fn gpumesh_count() { whole.x = whole.x + 1u; }
`
)

// stageKernels are the entry points above for a Fake.
var stageKernels = map[string]FakeKernel{
	beginEntry: func(_ [3]uint32, bind [][]byte) error {
		own, whole := bind[0], bind[1]
		clear(whole[:4])
		copy(whole[8:ParamsSize], own[8:])
		return nil
	},
	countEntry: func(_ [3]uint32, bind [][]byte) error {
		binary.LittleEndian.PutUint32(bind[0], binary.LittleEndian.Uint32(bind[0])+1)
		return nil
	},
}

// Stages cuts a program into n that follow each other, as even as they can be: the inputs of each are those of the whole, by their names,
// and results of the one before, and what they give is the whole's results, bit for bit on devices that agree on the program. Only their
// traces are their own. A cut is after a step in which every Output with Every has emitted a row. The error is an *Error with
// InvalidProgram, in words for the author.
func (p *Program) Stages(n int) ([]Stage, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	unit := p.rowsUnit()
	if most := p.MostStages(); n < 1 || uint64(n) > most {
		why := ""
		if unit > 1 {
			why = ", and a cut must be where every output has emitted its rows, which is every " + strconv.FormatUint(unit, 10) + " steps"
		}
		return nil, Errorf(InvalidProgram, "stages is %d; it must be 1 to %d, as steps is %d%s", n, most, p.Steps, why)
	}
	if n == 1 {
		one := Stage{Program: p}
		for _, r := range p.Results() {
			one.Gives = append(one.Gives, r.Name)
		}
		return []Stage{one}, nil
	}
	c := newCutter(p)
	if !c.handsOn() {
		return nil, Errorf(InvalidProgram, "the program cannot be cut into stages: no state or output is carried from step to step")
	}
	stages := make([]Stage, n)
	cut := func(k int) uint32 { // step at which stage k begins
		units := (uint64(p.Steps) + unit - 1) / unit
		return uint32(min(units*uint64(k)/uint64(n)*unit, uint64(p.Steps)))
	}
	for k := range stages {
		stages[k] = c.stage(cut(k), cut(k+1))
	}
	return stages, nil
}

// MostStages is into how many stages the program can be cut by its steps and outputs.
func (p *Program) MostStages() uint64 {
	unit := p.rowsUnit()
	return (uint64(p.Steps) + unit - 1) / unit
}

// rowsUnit is after how many steps every Output with Every has just emitted a row; at most a bit more than Steps.
func (p *Program) rowsUnit() uint64 {
	unit := uint64(1)
	for _, b := range p.Buffers {
		if b.Every > 0 && unit <= uint64(p.Steps) {
			unit *= uint64(b.Every) / gcd(unit, uint64(b.Every))
		}
	}
	return unit
}

// cutter makes stages of a program.
type cutter struct {
	p       *Program // the whole, whose params are State, and with one State more for each carried Output with Every
	carried []bool   // per buffer: it is State that one stage hands to the next
	content []int    // per Output with Every that is carried: the State that holds its content between stages; -1 for all others
	steps   uint32
}

func newCutter(whole *Program) *cutter {
	p := *whole
	p.Modules, p.Buffers = slices.Clone(p.Modules), slices.Clone(p.Buffers)
	c := &cutter{p: &p, steps: p.Steps}
	c.count()
	n := len(p.Buffers)
	init, step, final := used(p.Init, n), used(p.Step, n), used(p.Final, n)
	c.carried, c.content = make([]bool, n), make([]int, n)
	for i := range n {
		c.content[i] = -1
		b := &p.Buffers[i]
		if !b.Kind.kept() {
			continue
		}
		// What only Init uses is the first stage's own, what neither Init nor a step does the last one's.
		c.carried[i] = step[i] || init[i] && (final[i] || b.Keep || b.Kind == Output)
		if b.Every == 0 || !c.carried[i] {
			continue
		}
		c.carried[i], c.content[i] = false, len(p.Buffers)
		p.Buffers = append(p.Buffers, Buffer{Name: c.free(b.Name + "-last"), Kind: State, Type: b.Type, Len: b.Len})
		c.carried, c.content = append(c.carried, true), append(c.content, -1)
	}
	return c
}

// handsOn reports whether there is anything of the author's that a stage gives.
func (c *cutter) handsOn() bool {
	for i, b := range c.p.Buffers {
		if c.carried[i] && !c.counter(i) || b.Every > 0 {
			return true
		}
	}
	return false
}

// counter reports whether a buffer was made of the whole's params.
func (c *cutter) counter(i int) bool {
	return slices.ContainsFunc(c.p.Init, func(d Command) bool { return d.Entry == beginEntry && d.Bind[1].Buffer == uint32(i) })
}

// count makes the whole's params State.
func (c *cutter) count() {
	p := c.p
	i := slices.IndexFunc(p.Buffers, func(b Buffer) bool { return b.Kind == Params })
	if i < 0 {
		return
	}
	n := len(p.Buffers)
	init, later := used(p.Init, n)[i], used(p.Step, n)[i] || used(p.Final, n)[i]
	if !init && !later {
		return
	}
	p.Buffers[i] = Buffer{Name: p.Buffers[i].Name, Kind: State, Type: U32, Len: ParamsSize}
	p.Buffers = append(p.Buffers, Buffer{Name: c.free("own-params"), Kind: Params, Type: U32, Len: ParamsSize})
	whole := Binding{Buffer: uint32(i)}
	p.Init = append([]Command{
		{Op: Fill, Bind: []Binding{whole}, Value: p.Steps},
		c.dispatch(beginEntry, beginSource, Binding{Buffer: uint32(n)}, whole),
	}, p.Init...)
	if later {
		p.Step = append(slices.Clone(p.Step), c.dispatch(countEntry, countSource, whole))
	}
}

// dispatch adds a module with one entry point and returns the command that runs it once.
func (c *cutter) dispatch(entry, source string, bind ...Binding) Command {
	p, name := c.p, strings.ReplaceAll(entry, "_", "-")
	for slices.ContainsFunc(p.Modules, func(m Module) bool { return strings.EqualFold(m.Name, name) }) {
		name += "-"
	}
	p.Modules = append(p.Modules, Module{Name: name, WGSL: source})
	return Command{Op: Dispatch, Module: uint16(len(p.Modules) - 1), Entry: entry, Bind: bind, Grid: [3]uint32{1, 1, 1}}
}

// free returns a buffer name like the given one that no buffer has.
func (c *cutter) free(name string) string {
	name = name[max(0, len(name)-MaxName/2):]
	for slices.ContainsFunc(c.p.Buffers, func(b Buffer) bool { return strings.EqualFold(b.Name, name) }) {
		name += "-"
	}
	return name
}

// stage makes the program of the steps from one to another.
func (c *cutter) stage(from, to uint32) Stage {
	first, last := from == 0, to == c.steps
	p := *c.p
	p.Buffers = slices.Clone(p.Buffers)
	p.Steps, p.Segment = to-from, min(p.Segment, to-from)
	if !first {
		p.Init = nil
	}
	if !last {
		p.Final = nil
	}
	stays := make([]bool, len(p.Buffers)) // though no command uses it
	var s Stage
	for i := range p.Buffers {
		b := &p.Buffers[i]
		switch {
		case c.carried[i]:
			b.Keep = b.Keep || b.Kind == Output || !last
			b.Kind, stays[i] = State, true
			if !first {
				s.Takes = append(s.Takes, b.Name)
			}
		case b.Kind == Slice:
			b.First = b.window(from)
		case b.Every > p.Steps: // the last stage ends before its next row
			b.Kind, b.Every = State, 0
		case b.Every > 0:
			s.Gives, stays[i] = append(s.Gives, b.Name), true
		case last:
			stays[i] = b.Kind == State && b.Keep || b.Kind == Output
		}
		if last && stays[i] && b.Keep || stays[i] && b.Kind == Output && b.Every == 0 {
			s.Gives = append(s.Gives, b.Name)
		}
	}
	for i, at := range c.content {
		if at < 0 {
			continue
		}
		output, content := Binding{Buffer: uint32(i)}, Binding{Buffer: uint32(at)}
		if !first {
			p.Init = append(slices.Clone(p.Init), Command{Op: Copy, Bind: []Binding{content, output}})
		}
		if !last {
			p.Final = append(slices.Clone(p.Final), Command{Op: Copy, Bind: []Binding{output, content}})
		}
	}
	p.prune(stays)
	s.Program = &p
	return s
}

// used tells which of n buffers commands use.
func used(commands []Command, n int) []bool {
	list := make([]bool, n)
	for _, c := range commands {
		for _, b := range c.Bind {
			list[b.Buffer] = true
		}
	}
	return list
}

// prune leaves out the modules that no command uses, and the buffers, but for those that stay.
func (p *Program) prune(stays []bool) {
	commands := slices.Concat(p.Init, p.Step, p.Final)
	needed := used(commands, len(p.Buffers))
	buffers := make([]uint32, len(p.Buffers))
	kept := p.Buffers[:0]
	for i, b := range p.Buffers {
		if needed[i] || stays[i] {
			buffers[i] = uint32(len(kept))
			kept = append(kept, b)
		}
	}
	p.Buffers = kept
	runs := make([]bool, len(p.Modules))
	for _, c := range commands {
		if c.Op == Dispatch {
			runs[c.Module] = true
		}
	}
	modules := make([]uint16, len(p.Modules))
	var texts []Module
	for i, m := range p.Modules {
		if runs[i] {
			modules[i] = uint16(len(texts))
			texts = append(texts, m)
		}
	}
	p.Modules = texts
	for _, l := range []*[]Command{&p.Init, &p.Step, &p.Final} {
		list := slices.Clone(*l)
		for i := range list {
			c := &list[i]
			if c.Op == Dispatch {
				c.Module = modules[c.Module]
			}
			c.Bind = slices.Clone(c.Bind)
			for j := range c.Bind {
				c.Bind[j].Buffer = buffers[c.Bind[j].Buffer]
			}
		}
		*l = list
	}
}
