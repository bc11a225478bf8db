package wgsl

import (
	_ "embed"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed reproducible.wgsl
var libraryText string

// block is one declaration of the library: a function, for one or all sizes of vectors, or a struct.
type block struct {
	name  string // with $ when it is written for all sizes
	text  string
	order int
}

var library = sync.OnceValue(func() map[string]block {
	blocks := map[string]block{}
	for i, text := range strings.Split(strings.TrimSpace(libraryText), "\n\n") {
		if m := declared.FindStringSubmatch(text); m != nil {
			blocks[m[1]] = block{m[1], decimals.ReplaceAllStringFunc(text, exactDecimal) + "\n", i}
		}
	}
	return blocks
})

var (
	declared = regexp.MustCompile(`(?m)^(?:fn|struct) (r_\w+\$?)`)
	decimals = regexp.MustCompile(`\b[0-9]+\.[0-9]+(e-?[0-9]+)?\b`)
	uses     = regexp.MustCompile(`\br_[A-Za-z][A-Za-z0-9_]*`)
)

// exactDecimal rounds a literal to f32 once, here, so that no compiler rounds it from another precision.
func exactDecimal(s string) string {
	v, _ := strconv.ParseFloat(s, 32)
	return floatLiteral(float32(v))
}

// floatLiteral writes a finite f32 so that reading it with or without a rounding to float64 in between gives it back.
func floatLiteral(v float32) string {
	s := strconv.FormatFloat(float64(v), 'g', -1, 32)
	if d, err := strconv.ParseFloat(s, 64); err != nil || float32(d) != v {
		s = strconv.FormatFloat(float64(v), 'g', -1, 64)
	}
	if !strings.ContainsAny(s, ".e") {
		s += ".0"
	}
	return s + "f"
}

// declarations are the parts of the library that a kernel needs.
type declarations struct {
	texts  map[string]string
	orders map[string]int
}

func newDeclarations() *declarations {
	return &declarations{map[string]string{}, map[string]int{}}
}

// need adds a function, with all that it calls, and returns its name. A function of scalars gets a form for vectors that
// calls it for every component.
func (d *declarations) need(name string, size int) string {
	if size > 1 {
		name += strconv.Itoa(size)
	}
	d.add(name)
	return name
}

func (d *declarations) add(name string) {
	if _, ok := d.texts[name]; ok {
		return
	}
	text, order := declaration(name)
	if text == "" {
		return // the runtime's own variables
	}
	d.texts[name], d.orders[name] = text, order
	for _, used := range uses.FindAllString(text, -1) {
		d.add(used)
	}
}

func declaration(name string) (string, int) {
	lib := library()
	if b, ok := lib[name]; ok {
		return b.text, b.order
	}
	base, size := name, 1
	if n := len(name); name[n-1] >= '2' && name[n-1] <= '4' {
		base, size = name[:n-1], int(name[n-1]-'0')
	}
	if b, ok := lib[base+"$"]; ok {
		return instantiate(b.text, size), b.order
	}
	if b, ok := lib[name+"$"]; ok { // "r_exp2" is no vector form
		return instantiate(b.text, 1), b.order
	}
	if b, ok := lib[base]; ok {
		return componentwise(b.text, base, size), b.order
	}
	return "", 0
}

func instantiate(text string, size int) string {
	suffix, types := "", []string{"f32", "i32", "u32", "bool"}
	if size > 1 {
		suffix = strconv.Itoa(size)
		for i, t := range types {
			types[i] = "vec" + suffix + "<" + t + ">"
		}
	}
	return strings.NewReplacer("$F", types[0], "$I", types[1], "$U", types[2], "$B", types[3], "$", suffix).Replace(text)
}

var signature = regexp.MustCompile(`fn r_\w+\((.*)\) -> (\w+) \{`)

// componentwise writes the vector form of a function of scalars.
func componentwise(text, name string, size int) string {
	m := signature.FindStringSubmatch(text)
	n := strconv.Itoa(size)
	var params, components []string
	for p := range strings.SplitSeq(m[1], ", ") {
		params = append(params, strings.Replace(p, ": ", ": vec"+n+"<", 1)+">")
	}
	for _, c := range []string{"x", "y", "z", "w"}[:size] {
		var args []string
		for p := range strings.SplitSeq(m[1], ", ") {
			arg, _, _ := strings.Cut(p, ":")
			args = append(args, arg+"."+c)
		}
		components = append(components, name+"("+strings.Join(args, ", ")+")")
	}
	result := "vec" + n + "<" + m[2] + ">"
	return "fn " + name + n + "(" + strings.Join(params, ", ") + ") -> " + result + " {\n  return " + result + "(" + strings.Join(components, ", ") + ");\n}\n"
}

// write appends the declarations in the order of the library.
func (d *declarations) write(b *strings.Builder) {
	names := make([]string, 0, len(d.texts))
	for name := range d.texts {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if d.orders[a] != d.orders[b] {
			return d.orders[a] - d.orders[b]
		}
		return strings.Compare(a, b)
	})
	for _, name := range names {
		b.WriteString("\n" + d.texts[name])
	}
}
