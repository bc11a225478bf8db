package guard

import (
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

const (
	maxAttribute = 4 << 10 // bytes of a file with one value or a few
	maxTable     = 1 << 20 // bytes of a file with many
	maxEntries   = 1 << 12 // of a directory
)

// tree reads the files of sys, proc and dev. Nothing is read without a bound.
type tree struct{ fs fs.FS }

func (t tree) read(name string, limit int64) (string, error) {
	f, err := t.fs.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }() // read only
	b, err := io.ReadAll(io.LimitReader(f, limit))
	return string(b), err
}

// word reads a file with one value.
func (t tree) word(name string) (string, error) {
	s, err := t.read(name, maxAttribute)
	return strings.TrimSpace(s), err
}

// number reads a file with one number and scales it.
func (t tree) number(name string, scale float64) Measure {
	s, err := t.word(name)
	if err != nil {
		return why(name, err)
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return absent("/%s holds no number", name)
	}
	return known(v * scale)
}

// first returns the first file that holds a number, or why the first of them does not.
func (t tree) first(scale float64, names ...string) Measure {
	var out Measure
	for i, name := range names {
		m := t.number(name, scale)
		if m.Known {
			return m
		}
		if i == 0 {
			out = m
		}
	}
	return out
}

// list returns the entries of a directory that match a pattern, as paths, in order and in bounded number.
func (t tree) list(dir, pattern string) []string {
	f, err := t.fs.Open(dir)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }() // read only
	d, ok := f.(fs.ReadDirFile)
	if !ok {
		return nil
	}
	entries, _ := d.ReadDir(maxEntries) // what was read before an error counts
	var out []string
	for _, e := range entries {
		if ok, _ := path.Match(pattern, e.Name()); ok {
			out = append(out, path.Join(dir, e.Name()))
		}
	}
	// By length first, so that card10 comes after card9.
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b)) })
	return out
}

// hwmon is a directory of the kernel's hardware monitor.
func (t tree) hwmon(dir string, r *Reading) {
	keep := func(q Quantity, m Measure) {
		if !r[q].Known {
			r[q] = m
		}
	}
	keep(Temperature, t.temperature(dir))
	keep(Power, t.first(1e-6, dir+"/power1_average", dir+"/power1_input"))
	keep(PowerLimit, t.first(1e-6, dir+"/power1_cap", dir+"/power1_max"))
	keep(Fan, t.number(dir+"/pwm1", 1.0/255))
}

// temperature is that of the sensor whose meaning is the same for all vendors, the package or edge; else of the first.
func (t tree) temperature(dir string) Measure {
	const milli = 1e-3
	for _, label := range t.list(dir, "temp*_label") {
		switch s, _ := t.word(label); strings.ToLower(s) {
		case "edge", "pkg", "package id 0", "tctl", "tdie":
			return t.number(strings.TrimSuffix(label, "_label")+"_input", milli)
		}
	}
	inputs := t.list(dir, "temp*_input")
	if len(inputs) == 0 {
		return absent("/%s has no temperature", dir)
	}
	return t.number(inputs[0], milli)
}

// fields returns the numbers of a line after its first word.
func fields(line string) (out []float64, err error) {
	for i, f := range strings.Fields(line) {
		if i == 0 {
			continue
		}
		v, err := strconv.ParseFloat(f, 64)
		if err != nil {
			return nil, fmt.Errorf("%q is no number", f)
		}
		out = append(out, v)
	}
	return out, nil
}
