package kernels

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"gpumesh/gpu"
)

// Kernel is a template made for one shape and variant: buffers, and the commands that turn its inputs into its outputs.
// It is a fragment of a gpu.Program whose bindings are indexes of Buffers.
type Kernel struct {
	Name    string // of the template
	Variant string

	// Buffers are the inputs (Const, or Params for the seed), the outputs (Output) and scratch memory (Temp), in this order.
	// A kernel of several steps has State too.
	Buffers  []gpu.Buffer
	Modules  []gpu.Module
	Commands []gpu.Command

	// Steps is how often Commands run, after Init and before Final. Most kernels have one step and nothing around it.
	Steps       uint32
	Init, Final []gpu.Command

	// Ops is the arithmetic that the result needs, a multiply-add counted as two; what a variant does beyond that is not
	// counted, so that rates of variants can be compared.
	Ops uint64
}

const segmentSteps = 16 // of kernels with more steps: a checkpoint costs reading the state back

// Program is a program that runs k once: its inputs are those of the task, its outputs the results.
func (k *Kernel) Program() *gpu.Program {
	return &gpu.Program{
		Version: gpu.ProgramVersion,
		Modules: slices.Clone(k.Modules),
		Buffers: slices.Clone(k.Buffers),
		Init:    slices.Clone(k.Init),
		Step:    slices.Clone(k.Commands),
		Final:   slices.Clone(k.Final),
		Steps:   k.Steps,
		Segment: min(k.Steps, segmentSteps),
	}
}

// Append adds k's modules and scratch buffers to p and returns the commands that run k there; the caller puts them into one
// of p's lists. bind says which of p's buffers each input and output is. Scratch is Temp: the commands belong into one list.
// The error names the buffer that is missing in bind or has another length. A kernel of several steps cannot be appended.
func (k *Kernel) Append(p *gpu.Program, bind map[string]uint32) ([]gpu.Command, error) {
	if k.Steps != 1 || len(k.Init)+len(k.Final) > 0 {
		return nil, gpu.Errorf(gpu.InvalidProgram, "%s is a program of its own, with steps that carry state, and no part of another", k.Name)
	}
	for _, b := range k.Buffers {
		i, ok := bind[b.Name]
		switch {
		case b.Kind == gpu.Temp && ok:
			return nil, gpu.Errorf(gpu.InvalidProgram, "%s: %q is its own scratch memory and cannot be bound", k.Name, b.Name)
		case b.Kind == gpu.Temp:
		case !ok:
			return nil, gpu.Errorf(gpu.InvalidProgram, "%s: the buffer %q is not bound", k.Name, b.Name)
		case int64(i) >= int64(len(p.Buffers)):
			return nil, gpu.Errorf(gpu.InvalidProgram, "%s: %q is bound to buffer %d, but the program has %d buffers", k.Name, b.Name, i, len(p.Buffers))
		case p.Buffers[i].Len != b.Len:
			return nil, gpu.Errorf(gpu.InvalidProgram, "%s: %q has %d bytes, but the program's %q has %d", k.Name, b.Name, b.Len, p.Buffers[i].Name, p.Buffers[i].Len)
		}
	}
	for name := range bind {
		if !slices.ContainsFunc(k.Buffers, func(b gpu.Buffer) bool { return b.Name == name }) {
			return nil, gpu.Errorf(gpu.InvalidProgram, "%s has no buffer %q", k.Name, name)
		}
	}
	buffers := make([]uint32, len(k.Buffers))
	for i, b := range k.Buffers {
		if b.Kind != gpu.Temp {
			buffers[i] = bind[b.Name]
			continue
		}
		buffers[i] = uint32(len(p.Buffers))
		b.Name = unused(k.Name+"-"+b.Name, p.Buffers, func(o gpu.Buffer) string { return o.Name })
		p.Buffers = append(p.Buffers, b)
	}
	modules := make([]uint16, len(k.Modules))
	for i, m := range k.Modules {
		at := slices.IndexFunc(p.Modules, func(o gpu.Module) bool { return o.WGSL == m.WGSL })
		if at < 0 {
			at = len(p.Modules)
			m.Name = unused(m.Name, p.Modules, func(o gpu.Module) string { return o.Name })
			p.Modules = append(p.Modules, m)
		}
		modules[i] = uint16(at)
	}
	commands := make([]gpu.Command, len(k.Commands))
	for i, c := range k.Commands {
		if c.Op == gpu.Dispatch {
			c.Module = modules[c.Module]
		}
		c.Bind = slices.Clone(c.Bind)
		for j := range c.Bind {
			c.Bind[j].Buffer = buffers[c.Bind[j].Buffer]
		}
		commands[i] = c
	}
	return commands, nil
}

// unused returns name, with a number behind it when one of list has it already.
func unused[T any](name string, list []T, nameOf func(T) string) string {
	for n, try := 2, name; ; n++ {
		if !slices.ContainsFunc(list, func(x T) bool { return strings.EqualFold(nameOf(x), try) }) {
			return try
		}
		try = name + "-" + strconv.Itoa(n)
	}
}

// The rest of this file is what templates are written with.

func (k *Kernel) buffer(kind gpu.Kind, name string, t gpu.Type, elements uint64) uint32 {
	k.Buffers = append(k.Buffers, gpu.Buffer{Name: name, Kind: kind, Type: t, Len: 4 * elements})
	return uint32(len(k.Buffers) - 1)
}

func (k *Kernel) input(name string, t gpu.Type, elements uint64) uint32 {
	return k.buffer(gpu.Const, name, t, elements)
}

func (k *Kernel) output(name string, t gpu.Type, elements uint64) uint32 {
	return k.buffer(gpu.Output, name, t, elements)
}

func (k *Kernel) scratch(name string, t gpu.Type, elements uint64) uint32 {
	return k.buffer(gpu.Temp, unused(name, k.Buffers, func(b gpu.Buffer) string { return b.Name }), t, elements)
}

// dispatch adds a module, unless there is one of the same text, and a command that runs its entry point main.
func (k *Kernel) dispatch(module, wgsl string, grid [3]uint32, buffers ...uint32) {
	k.dispatchRanges(module, wgsl, grid, bindings(buffers))
}

func (k *Kernel) dispatchRanges(module, wgsl string, grid [3]uint32, bind []gpu.Binding) {
	at := slices.IndexFunc(k.Modules, func(m gpu.Module) bool { return m.WGSL == wgsl })
	if at < 0 {
		at = len(k.Modules)
		name := unused(module, k.Modules, func(m gpu.Module) string { return m.Name })
		k.Modules = append(k.Modules, gpu.Module{Name: name, WGSL: wgsl})
	}
	k.Commands = append(k.Commands, gpu.Command{Op: gpu.Dispatch, Module: uint16(at), Entry: "main", Grid: grid, Bind: bind})
}

func (k *Kernel) zero(buffer uint32) {
	k.Commands = append(k.Commands, gpu.Command{Op: gpu.Fill, Bind: bindings([]uint32{buffer})})
}

func bindings(buffers []uint32) []gpu.Binding {
	list := make([]gpu.Binding, len(buffers))
	for i, b := range buffers {
		list[i].Buffer = b
	}
	return list
}

const lineGroup = 64 // invocations of a workgroup of kernels over a line of elements

// line is the grid for n invocations in workgroups of lineGroup, and the WGSL expression of an invocation's number among
// them. A grid's dimension is bounded, so long lines are folded.
func line(n uint64) (grid [3]uint32, index string) {
	groups := ceil(n, lineGroup)
	rows := ceil(groups, gpu.MaxGrid)
	columns := ceil(groups, rows)
	if rows == 1 {
		return [3]uint32{uint32(columns), 1, 1}, "id.x"
	}
	return [3]uint32{uint32(columns), uint32(rows), 1}, fmt.Sprintf("(id.y * %du + id.x)", columns*lineGroup)
}

func ceil(n, d uint64) uint64 { return (n + d - 1) / d }

// values are what ${NAME} in a template stands for.
type values map[string]any

func fill(template string, v values) string {
	return os.Expand(template, func(name string) string {
		x, ok := v[name]
		if !ok {
			panic("kernels: no value for " + name) // the tests make every template
		}
		return fmt.Sprint(x)
	})
}
