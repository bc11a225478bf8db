package kernels

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"gpumesh/gpu"
)

// Info describes a template.
type Info struct {
	Name    string
	Help    string // one sentence
	Params  []Param
	Inputs  []Port
	Outputs []Port
	Seeded  bool // the task's seed and step go into the result
}

// Param is a number that a template takes.
type Param struct {
	Name     string
	Help     string
	Min, Max int64
	Default  int64 // when it is left out; a value below Min means that it must be given
}

// Required reports whether the parameter has no default.
func (p Param) Required() bool { return p.Default < p.Min }

// Port is an input or output buffer. Shape is written in the template's parameters.
type Port struct {
	Name     string
	Type     gpu.Type
	Shape    string
	Optional bool // an input that a task may leave out
}

// template makes kernels of one name.
type template struct {
	Info
	variants []variant // the first one is the reference; a template without variants has the one named ""
	build    func(k *Kernel, p params, v variant)
	check    func(p params) error // what holds between parameters; may be nil
	tuneMax  int64                // sizes are cut to this when variants are measured; 0: not at all
}

// variant is one way to compute a template. The numbers mean what the template makes of them.
type variant struct {
	name                    string
	portable, cpu, discrete bool // the default of Builtin, of CPU and of GPU adapters; portable also of the two others
	x, y, tm, tn            uint64
	shared, packed, double  bool
	panels                  bool // packed, b as well
	windows                 bool // panels, where a is read from uniforms if they can hold it
	both                    bool // windows, where b is too
}

// params are checked parameters.
type params map[string]int64

func (p params) get(name string) uint64 { return uint64(p[name]) }

var templates = func() map[string]*template {
	all := make(map[string]*template)
	for _, list := range [][]*template{products(), reductions(), scans(), sorts(), tensors(), attentions(), generators(), filters(), renders()} {
		for _, t := range list {
			all[t.Name] = t
		}
	}
	return all
}()

// Names lists the templates by name.
func Names() []Info {
	var list []Info
	for _, name := range slices.Sorted(maps.Keys(templates)) {
		list = append(list, templates[name].Info)
	}
	return list
}

// Variants lists the variants of a template, none when there is nothing to choose.
func Variants(name string) []string {
	t := templates[name]
	if t == nil || len(t.variants) < 2 {
		return nil
	}
	var list []string
	for _, v := range t.variants {
		list = append(list, v.name)
	}
	return list
}

// Variant is the variant to use on an adapter of a type when nothing was measured; of an unknown type, the one that is fair
// everywhere.
func Variant(name string, adapter gpu.AdapterType) string {
	t := templates[name]
	if t == nil || len(t.variants) == 0 {
		return ""
	}
	fair := t.variants[0].name
	for _, v := range t.variants {
		switch {
		case v.cpu && (adapter == gpu.CPU || adapter == gpu.Reference), v.discrete && (adapter == gpu.Discrete || adapter == gpu.Integrated):
			return v.name
		case v.portable:
			fair = v.name
		}
	}
	return fair
}

// Builtin makes a program from a template, in the variant that is fair on every kind of device. The error is an *Error with InvalidProgram that says in one sentence what is wrong with the name or a parameter.
func Builtin(name string, params map[string]int64) (*gpu.Program, error) {
	k, err := New(name, params, "")
	if err != nil {
		return nil, err
	}
	return k.Program(), nil
}

// New makes a kernel from a template; an empty variant means that of Builtin. Errors are those of Builtin.
func New(name string, params map[string]int64, variant string) (*Kernel, error) {
	t, p, err := resolve(name, params)
	if err != nil {
		return nil, err
	}
	v, err := t.variant(cmp.Or(variant, Variant(name, "")))
	if err != nil {
		return nil, err
	}
	return t.make(p, v)
}

func find(name string) (*template, error) {
	if t := templates[name]; t != nil {
		return t, nil
	}
	return nil, gpu.Errorf(gpu.InvalidProgram, "there is no kernel %q; %s", clip(name), suggest(name))
}

// maxElements bounds every buffer, so that indexes never overflow and sizes stay within what devices can bind.
const maxElements = 1 << 30

func (t *template) make(p params, v variant) (*Kernel, error) {
	k := &Kernel{Name: t.Name, Variant: v.name, Steps: 1}
	t.build(k, p, v)
	for i := range k.Buffers {
		b := &k.Buffers[i]
		if b.Len/4 > maxElements {
			return nil, gpu.Errorf(gpu.InvalidProgram, "%s: %q would have %d elements; at most %d are allowed", t.Name, b.Name, b.Len/4, maxElements)
		}
	}
	for _, c := range k.Commands {
		if slices.Max(c.Grid[:]) > gpu.MaxGrid {
			return nil, gpu.Errorf(gpu.InvalidProgram, "%s: the shape needs a grid of %d x %d x %d workgroups; each dimension is at most %d", t.Name, c.Grid[0], c.Grid[1], c.Grid[2], gpu.MaxGrid)
		}
	}
	return k, nil
}

func (t *template) resolve(given map[string]int64) (params, error) {
	p := make(params, len(t.Params))
	for _, d := range t.Params {
		x, ok := given[d.Name]
		switch {
		case !ok && d.Required():
			return nil, gpu.Errorf(gpu.InvalidProgram, "%s: the parameter %s (%s) is missing", t.Name, d.Name, d.Help)
		case !ok:
			x = d.Default
		case x < d.Min || x > d.Max:
			return nil, gpu.Errorf(gpu.InvalidProgram, "%s: the parameter %s is %d; it must be %d to %d", t.Name, d.Name, x, d.Min, d.Max)
		}
		p[d.Name] = x
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if _, ok := p[name]; !ok {
			return nil, gpu.Errorf(gpu.InvalidProgram, "%s has no parameter %q; it takes %s", t.Name, clip(name), t.paramNames())
		}
	}
	if t.check != nil {
		if err := t.check(p); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (t *template) paramNames() string {
	var list []string
	for _, d := range t.Params {
		list = append(list, d.Name)
	}
	return strings.Join(list, ", ")
}

func (t *template) variant(name string) (variant, error) {
	if len(t.variants) == 0 && name == "" {
		return variant{}, nil
	}
	var list []string
	for _, v := range t.variants {
		if v.name == name {
			return v, nil
		}
		list = append(list, v.name)
	}
	if len(list) == 0 {
		return variant{}, gpu.Errorf(gpu.InvalidProgram, "%s has no variants, so not %q", t.Name, clip(name))
	}
	return variant{}, gpu.Errorf(gpu.InvalidProgram, "%s has no variant %q; it has %s", t.Name, clip(name), strings.Join(list, ", "))
}

// suggest names the kernels that a wrong name may have meant.
func suggest(name string) string {
	word, _, _ := strings.Cut(strings.ToLower(name), "-")
	var near []string
	for _, n := range slices.Sorted(maps.Keys(templates)) {
		if word != "" && strings.Contains(n, word) {
			near = append(near, n)
		}
	}
	if len(near) == 0 {
		near = slices.Sorted(maps.Keys(templates))
	}
	return "there are " + strings.Join(near, ", ")
}

// clip bounds foreign text in messages.
func clip(s string) string {
	if len(s) <= gpu.MaxName {
		return s
	}
	return strings.ToValidUTF8(s[:gpu.MaxName], "") + "..."
}

// dim is a parameter that counts something and must be given.
func dim(name, help string, most int64) Param {
	return Param{Name: name, Help: help, Min: 1, Max: most}
}

// option is a parameter with a default.
func option(name, help string, least, most, otherwise int64) Param {
	return Param{Name: name, Help: help, Min: least, Max: most, Default: otherwise}
}
