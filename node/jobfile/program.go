package jobfile

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gpumesh/gpu"
	"gpumesh/gpu/kernels"
	"gpumesh/gpu/proof"
	"gpumesh/gpu/wgsl"
)

// implicitParams is the params buffer that every program has under this name when it uses it.
const implicitParams = "params"

// Program is a program that the job's tasks use.
type Program struct {
	Name   string
	Block  []byte // the encoded gpu.Program
	Report *gpu.Report

	Product *proof.Product // that it computes, nil if it is none
}

// builder makes a gpu.Program from its definition.
type builder struct {
	*scope
	name    string
	def     programDef
	dir     string
	modules []module
	p       *gpu.Program
	index   map[string]uint32 // of buffers, by name
	used    map[string]bool   // names that a command uses
}

type module struct {
	file   string // for messages
	line   int    // lines of file before the source
	column int    // bytes before the source on its first line
	parsed *wgsl.Module
}

func (b *builder) path(more ...any) []any { return append([]any{"programs", b.name}, more...) }

func (b *builder) fail(path []any, format string, args ...any) error {
	return b.src.fail(path, "program %q: "+format, append([]any{b.name}, args...)...)
}

func (s *scope) program(name string, def programDef, dir string) (*Program, error) {
	b := &builder{
		scope: s, name: name, def: def, dir: dir, used: map[string]bool{}, index: map[string]uint32{},
		p: &gpu.Program{Version: gpu.ProgramVersion, Steps: 1, Segment: 1},
	}
	parts := []func() error{b.loadModules, b.collectBuffers, b.addBuffers, b.addCommands, b.addSteps}
	if def.Builtin != "" || def.With != nil {
		parts = []func() error{b.loadBuiltin}
	}
	for _, part := range parts {
		if err := part(); err != nil {
			return nil, err
		}
	}
	report, err := b.src.Tier.Apply(b.p)
	if err != nil {
		return nil, b.fail(b.path(), "%s", reason(err))
	}
	block, err := b.p.Encode()
	if err != nil {
		return nil, b.fail(b.path(), "%s", reason(err))
	}
	product, ok := proof.Find(b.p)
	if !ok {
		return &Program{Name: name, Block: block, Report: report}, nil
	}
	return &Program{name, block, report, &product}, nil
}

func reason(err error) string {
	if e, ok := errors.AsType[*gpu.Error](err); ok {
		return e.Reason
	}
	return err.Error()
}

// loadBuiltin takes a program from the kernel library.
func (b *builder) loadBuiltin() error {
	d := b.def
	if d.Builtin == "" || d.WGSL != "" || d.Modules != nil || d.Consts != nil || d.Buffers != nil || d.Init != nil || d.Step != nil ||
		d.Final != nil || d.Steps != nil || d.Segment != nil {
		return b.fail(b.path(), "a kernel of the library is named by builtin, has its parameters in with, and nothing else")
	}
	params := map[string]int64{}
	for _, name := range slices.Sorted(maps.Keys(d.With)) {
		v, err := b.eval(d.With[name])
		if err != nil {
			return b.fail(b.path("with", name), "%v", err)
		}
		params[name] = v
	}
	variant := ""
	if b.variant != nil {
		variant = b.variant(d.Builtin, params)
	}
	k, err := kernels.New(d.Builtin, params, variant)
	if err != nil {
		return b.fail(b.path("builtin"), "%s", reason(err))
	}
	b.p = k.Program()
	return nil
}

// loadModules reads and parses the WGSL. The constants go before the first line, so that line numbers stay what they are.
func (b *builder) loadModules() error {
	consts, err := b.constants()
	if err != nil {
		return err
	}
	add := func(name, file string, before int, text string) error {
		m := module{file, before, len(consts), nil}
		var err error
		if m.parsed, err = wgsl.Parse(consts + text); err != nil {
			return b.shaderError(m, err)
		}
		b.modules = append(b.modules, m)
		b.p.Modules = append(b.p.Modules, gpu.Module{Name: name, WGSL: consts + text})
		return nil
	}
	if (b.def.WGSL == "") == (len(b.def.Modules) == 0) {
		return b.fail(b.path(), "it needs wgsl (a source in place), modules (names and files) or builtin (a kernel of the library)")
	}
	if b.def.WGSL != "" {
		return add("main", b.src.name, b.src.line(b.path("wgsl")), b.def.WGSL)
	}
	for _, name := range slices.Sorted(maps.Keys(b.def.Modules)) {
		path := filepath.Join(b.dir, b.def.Modules[name])
		text, err := readBounded(path, gpu.MaxSource)
		if err != nil {
			if e, ok := errors.AsType[*Error](err); ok {
				return b.fail(b.path("modules", name), "%s: %s", e.File, e.Msg)
			}
			return err
		}
		if err := add(name, path, 0, string(text)); err != nil {
			return err
		}
	}
	return nil
}

// shaderError points at the line of the source.
func (b *builder) shaderError(m module, err error) error {
	w, ok := errors.AsType[*wgsl.Error](err)
	if !ok || w.Line == 0 {
		return &Error{m.file, 0, fmt.Sprintf("program %q: %v", b.name, err)}
	}
	column := w.Column
	if w.Line == 1 {
		column = max(1, column-m.column)
	}
	return &Error{m.file, m.line + w.Line, fmt.Sprintf("WGSL column %d: %s", column, w.Message)}
}

// constants are WGSL declarations: u32 for whole numbers, i32 for negative ones, f32 for decimal fractions.
func (b *builder) constants() (string, error) {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(b.def.Consts)) {
		e := b.def.Consts[name]
		if _, ok := (expression{text: name}).identifier(); !ok {
			return "", b.fail(b.path("consts"), "the constant %q is not a WGSL name", name)
		}
		if f, err := strconv.ParseFloat(e.text, 32); err == nil && strings.ContainsAny(e.text, ".eE") && !strings.HasPrefix(e.text, "0x") {
			if math.IsInf(f, 0) || math.IsNaN(f) {
				return "", b.fail(b.path("consts", name), "%s does not fit f32", e.text)
			}
			fmt.Fprintf(&text, "const %s: f32 = %sf; ", name, strconv.FormatFloat(f, 'e', -1, 32))
			continue
		}
		v, err := b.eval(e)
		switch {
		case err != nil:
			return "", err
		case v < math.MinInt32 || v > math.MaxUint32:
			return "", b.fail(b.path("consts", name), "the constant %s is %d, which does not fit 32 bits", name, v)
		case v == math.MinInt32:
			fmt.Fprintf(&text, "const %s: i32 = -2147483647i - 1i; ", name)
		case v < 0:
			fmt.Fprintf(&text, "const %s: i32 = %di; ", name, v)
		default:
			fmt.Fprintf(&text, "const %s: u32 = %du; ", name, v)
		}
	}
	return text.String(), nil
}

// collectBuffers finds the names that commands use without saying so: shader variables that are named like a buffer.
func (b *builder) collectBuffers() error {
	for _, l := range b.lists() {
		for i := range l.commands {
			c := &l.commands[i]
			if c.Dispatch == "" {
				for _, n := range slices.Concat(c.Copy, c.Swap, []string{c.Fill}) {
					b.used[n] = true
				}
				continue
			}
			_, e, err := b.entry(l.name, i, c.Dispatch)
			if err != nil {
				return err
			}
			names, err := b.bindNames(l.name, i, c, e)
			if err != nil {
				return err
			}
			for _, n := range names {
				b.used[n] = true
			}
		}
	}
	return nil
}

type commandList struct {
	name     string
	commands []commandDef
	out      *[]gpu.Command
}

func (b *builder) lists() []commandList {
	return []commandList{{"init", b.def.Init, &b.p.Init}, {"step", b.def.Step, &b.p.Step}, {"final", b.def.Final, &b.p.Final}}
}

// addBuffers adds the declared buffers, the job's inputs that are used, and params, in the order of their names.
func (b *builder) addBuffers() error {
	names := slices.Collect(maps.Keys(b.def.Buffers))
	for n := range b.used {
		_, declared := b.def.Buffers[n]
		_, input := b.inputs[n]
		if !declared && (input || n == implicitParams) {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	for i, n := range names {
		b.index[n] = uint32(i)
		buf := gpu.Buffer{Name: n, Kind: gpu.Params, Type: gpu.U32, Len: gpu.ParamsSize}
		if def, ok := b.def.Buffers[n]; ok {
			var err error
			if buf, err = b.buffer(n, def); err != nil {
				return err
			}
		} else if in, ok := b.inputs[n]; ok {
			buf = gpu.Buffer{Name: n, Kind: gpu.Const, Type: in.kind, Len: in.size}
		}
		b.p.Buffers = append(b.p.Buffers, buf)
	}
	return nil
}

func (b *builder) buffer(name string, def bufferDef) (gpu.Buffer, error) {
	at := b.path("buffers", name)
	buf := gpu.Buffer{Name: name, Kind: gpu.Kind(def.Kind), Type: gpu.Type(def.Type), Keep: def.Keep}
	if in, ok := b.inputs[name]; ok && buf.Type == "" {
		buf.Type = in.kind
	}
	if buf.Kind == gpu.Params {
		buf.Type, buf.Len = gpu.U32, gpu.ParamsSize
		return buf, nil
	}
	switch in, ok := b.inputs[name]; {
	case def.Shape != nil:
		shape, err := b.shape(*def.Shape)
		if err != nil {
			return buf, err
		}
		if buf.Len, err = product(shape); err != nil {
			return buf, b.fail(at, "buffer %q: %v", name, err)
		}
	case ok && buf.Kind != gpu.Slice:
		buf.Len = in.size
	default:
		return buf, b.fail(at, "buffer %q needs a shape, such as [N]", name)
	}
	for _, f := range []struct {
		e  *expression
		to *uint64
	}{{def.First, &buf.First}, {def.Stride, &buf.Stride}, {def.Period, &buf.Period}} {
		if f.e == nil {
			continue
		}
		v, err := b.eval(*f.e)
		if err != nil {
			return buf, err
		}
		if v < 0 || v > gpu.MaxBuffer/4 {
			return buf, b.fail(at, "buffer %q: %d elements are out of range", name, v)
		}
		*f.to = uint64(v) * 4
	}
	if in, ok := b.inputs[name]; ok && buf.Kind == gpu.Slice && buf.Period == 0 {
		buf.Period = in.size
	}
	if def.Every != nil {
		var err error
		if buf.Every, err = b.count(at, "every", *def.Every); err != nil {
			return buf, err
		}
	}
	return buf, nil
}

func (s *scope) shape(dims []expression) ([]int64, error) {
	out := make([]int64, len(dims))
	for i, e := range dims {
		var err error
		if out[i], err = s.eval(e); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// count evaluates a number from 1 to 2^32-1.
func (b *builder) count(at []any, what string, e expression) (uint32, error) {
	v, err := b.eval(e)
	if err != nil {
		return 0, err
	}
	if v < 1 || v > math.MaxUint32 {
		return 0, b.fail(at, "%s is %d; it must be at least 1", what, v)
	}
	return uint32(v), nil
}

func (b *builder) addSteps() error {
	var err error
	if b.def.Steps != nil {
		if b.p.Steps, err = b.count(b.path("steps"), "steps", *b.def.Steps); err != nil {
			return err
		}
	}
	b.p.Segment = b.p.Steps
	if b.def.Segment != nil {
		b.p.Segment, err = b.count(b.path("segment"), "segment", *b.def.Segment)
	}
	return err
}
