package wgsl

import (
	_ "embed"
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

//go:embed reproducible.wgsl
var libraryText string

// library has the declarations, functions and structs, by name; a name ends in $ when it stands for all sizes of vectors.
var library = sync.OnceValue(func() map[string]string {
	texts := map[string]string{}
	for text := range strings.SplitSeq(strings.TrimSpace(libraryText), "\n\n") {
		if m := declared.FindStringSubmatch(text); m != nil {
			texts[m[1]] = decimals.ReplaceAllStringFunc(text, exactDecimal) + "\n"
		}
	}
	return texts
})

var (
	declared = regexp.MustCompile(`(?m)^(?:fn|struct) (r_\w+\$?)`)
	decimals = regexp.MustCompile(`\b[0-9]+\.[0-9]+(e-?[0-9]+)?\b`)
	splats   = regexp.MustCompile(`\b[fiu]32\((-?[0-9][0-9a-zx.]*|r_[zy0])\)`)
	uses     = regexp.MustCompile(`\br_[A-Za-z][A-Za-z0-9_]*`)
)

// exactDecimal rounds a literal to f32 once, here, so that no compiler rounds it from another precision.
func exactDecimal(s string) string {
	v, _ := strconv.ParseFloat(s, 32)
	return floatLiteral(float32(v))
}

// floatLiteral writes a finite f32 so that reading it with or without a rounding to float64 in between gives it back. The shortest
// text of the largest f32 is a number above it, which Tint refuses.
func floatLiteral(v float32) string {
	s := strconv.FormatFloat(float64(v), 'g', -1, 32)
	if d, err := strconv.ParseFloat(s, 64); err != nil || float32(d) != v || math.Abs(d) > math.MaxFloat32 {
		s = strconv.FormatFloat(float64(v), 'g', -1, 64)
	}
	if !strings.ContainsAny(s, ".e") {
		s += ".0"
	}
	return s + "f"
}

// declarations are the parts of the library that a kernel needs. naga's port finds the type of a call only when the function
// called stands before it, so they do.
type declarations struct {
	has   map[string]bool
	texts []string
}

func newDeclarations() *declarations { return &declarations{has: map[string]bool{}} }

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
	if d.has[name] {
		return
	}
	d.has[name] = true
	text := declaration(name)
	for _, used := range uses.FindAllString(text, -1) {
		d.add(used)
	}
	if text != "" { // not the runtime's own variables
		d.texts = append(d.texts, text)
	}
}

func declaration(name string) string {
	lib := library()
	if text, ok := lib[name]; ok {
		return text
	}
	base, size := name, 1
	if n := len(name); name[n-1] >= '2' && name[n-1] <= '4' {
		base, size = name[:n-1], int(name[n-1]-'0')
	}
	if text, ok := lib[base+"$"]; ok {
		return instantiate(text, size)
	}
	if text, ok := lib[name+"$"]; ok { // a name that ends in a number
		return instantiate(text, 1)
	}
	if text, ok := lib[base]; ok {
		return componentwise(text, base, size)
	}
	return ""
}

func instantiate(text string, size int) string {
	suffix, types := "", []string{"f32", "i32", "u32", "bool"}
	if size > 1 {
		suffix = strconv.Itoa(size)
		for i, t := range types {
			types[i] = "vec" + suffix + "<" + t + ">"
		}
	}
	text = strings.NewReplacer("$F", types[0], "$I", types[1], "$U", types[2], "$B", types[3], "$", suffix).Replace(text)
	if size == 1 {
		text = splats.ReplaceAllString(text, "$1")
	}
	return text
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
