package jobfile

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gpumesh/gpu"
	"gpumesh/gpu/wgsl"
)

// addCommands translates the three command lists.
func (b *builder) addCommands() error {
	if len(b.def.Step) == 0 {
		return b.fail(b.path(), "it has no step commands, so it would do nothing")
	}
	for _, l := range b.lists() {
		for i := range l.commands {
			c, err := b.command(l.name, i, &l.commands[i])
			if err != nil {
				return err
			}
			*l.out = append(*l.out, c)
		}
	}
	return nil
}

func (b *builder) command(list string, i int, c *commandDef) (gpu.Command, error) {
	at := b.path(list, i)
	out := gpu.Command{}
	kinds := 0
	for _, set := range []bool{c.Dispatch != "", c.Copy != nil, c.Fill != "", c.Swap != nil} {
		if set {
			kinds++
		}
	}
	if kinds != 1 {
		return out, b.fail(at, "a command has exactly one of dispatch, copy, fill and swap")
	}
	if c.Dispatch == "" && (c.Bind != nil || c.Grid != nil || c.Threads != nil) {
		return out, b.fail(at, "bind, grid and threads belong to dispatch only")
	}
	if c.Fill == "" && c.Value != nil {
		return out, b.fail(at, "value belongs to fill only")
	}
	var names []string
	switch {
	case c.Dispatch != "":
		return b.dispatch(list, i, c)
	case c.Copy != nil:
		out.Op, names = gpu.Copy, c.Copy
	case c.Swap != nil:
		out.Op, names = gpu.Swap, c.Swap
	default:
		out.Op, names = gpu.Fill, []string{c.Fill}
		if c.Value != nil {
			v, err := b.eval(*c.Value)
			if err != nil {
				return out, err
			}
			if v < math.MinInt32 || v > math.MaxUint32 {
				return out, b.fail(at, "the value %d does not fit 32 bits", v)
			}
			out.Value = uint32(v)
		}
	}
	if out.Op != gpu.Fill && len(names) != 2 {
		return out, b.fail(at, "%s takes two buffers", out.Op)
	}
	var err error
	out.Bind, err = b.bind(at, names)
	return out, err
}

func (b *builder) dispatch(list string, i int, c *commandDef) (gpu.Command, error) {
	at := b.path(list, i)
	m, e, err := b.entry(list, i, c.Dispatch)
	if err != nil {
		return gpu.Command{}, err
	}
	out := gpu.Command{Op: gpu.Dispatch, Module: uint16(m), Entry: e.Name}
	names, err := b.bindNames(list, i, c, e)
	if err != nil {
		return out, err
	}
	if out.Bind, err = b.bind(at, names); err != nil {
		return out, err
	}
	if out.Grid, err = b.grid(at, c, e); err != nil {
		return out, err
	}
	for _, w := range e.Bindings {
		buf := &b.p.Buffers[out.Bind[w.Index].Buffer]
		if buf.Len < w.MinSize {
			return out, b.fail(at, "%q of entry point %q needs at least %d bytes, and buffer %q has %d", w.Name, e.Name, w.MinSize, buf.Name, buf.Len)
		}
	}
	return out, nil
}

// entry finds an entry point by "name" or "module.name".
func (b *builder) entry(list string, i int, ref string) (int, *wgsl.Entry, error) {
	at := b.path(list, i, "dispatch")
	var all []string
	found := -1
	var entry *wgsl.Entry
	for m := range b.modules {
		for k := range b.modules[m].parsed.Entries {
			e := &b.modules[m].parsed.Entries[k]
			full := b.p.Modules[m].Name + "." + e.Name
			all = append(all, full)
			if ref != full && ref != e.Name {
				continue
			}
			if found >= 0 {
				return 0, nil, b.fail(at, "entry point %q is in more than one module; write module.entry: %s", ref, strings.Join(all, ", "))
			}
			found, entry = m, e
		}
	}
	if found < 0 {
		return 0, nil, b.fail(at, "there is no entry point %q; the WGSL has: %s", ref, strings.Join(all, ", "))
	}
	return found, entry, nil
}

// bindNames returns the buffer of each binding. What is not stated is found by the name of the shader's variable.
func (b *builder) bindNames(list string, i int, c *commandDef, e *wgsl.Entry) ([]string, error) {
	at := b.path(list, i)
	count := 0
	for _, w := range e.Bindings {
		count = max(count, int(w.Index)+1)
	}
	if c.Bind != nil && c.Bind.byName == nil {
		for _, w := range e.Bindings {
			if int(w.Index) >= len(c.Bind.list) {
				return nil, b.fail(at, "entry point %q uses binding %d (%q), but bind names %d buffers: [%s]", e.Name, w.Index, w.Name, len(c.Bind.list), strings.Join(c.Bind.list, ", "))
			}
		}
		return c.Bind.list, nil
	}
	names := make([]string, count)
	var known []string
	for _, w := range e.Bindings {
		known = append(known, w.Name)
		names[w.Index] = w.Name
		if c.Bind != nil && c.Bind.byName[w.Name] != "" {
			names[w.Index] = c.Bind.byName[w.Name]
		}
		if !b.isBuffer(names[w.Index]) {
			return nil, b.fail(at, "entry point %q uses binding %d (%q), and no buffer or input has that name; name one in bind or buffers (known: %s)",
				e.Name, w.Index, w.Name, b.bufferNames())
		}
	}
	if c.Bind != nil {
		for n := range c.Bind.byName {
			if !slices.Contains(known, n) {
				return nil, b.fail(at, "entry point %q uses no variable %q; it uses: %s", e.Name, n, strings.Join(known, ", "))
			}
		}
	}
	for k := range names {
		if names[k] == "" { // a binding number that the shader leaves out
			names[k] = implicitParams
		}
	}
	return names, nil
}

func (b *builder) isBuffer(name string) bool {
	_, declared := b.def.Buffers[name]
	_, input := b.inputs[name]
	return declared || input || name == implicitParams
}

func (b *builder) bufferNames() string {
	var names []string
	for n := range b.def.Buffers {
		names = append(names, n)
	}
	for n := range b.inputs {
		names = append(names, n)
	}
	names = append(names, implicitParams)
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}

func (b *builder) bind(at []any, names []string) ([]gpu.Binding, error) {
	out := make([]gpu.Binding, len(names))
	for i, n := range names {
		if !b.isBuffer(n) {
			return nil, b.fail(at, "there is no buffer or input %q; known are: %s", n, b.bufferNames())
		}
		out[i].Buffer = b.index[n]
	}
	return out, nil
}

// grid is given in workgroups, or follows from a number of invocations.
func (b *builder) grid(at []any, c *commandDef, e *wgsl.Entry) ([3]uint32, error) {
	grid := [3]uint32{1, 1, 1}
	dims, what := c.Grid, "grid"
	if c.Threads != nil {
		dims, what = c.Threads, "threads"
	}
	if (c.Grid == nil) == (c.Threads == nil) || len(dims) == 0 || len(dims) > 3 {
		return grid, b.fail(at, "a dispatch has either grid (workgroups) or threads (invocations), with 1 to 3 numbers")
	}
	for i, d := range dims {
		v, err := b.eval(d)
		if err != nil {
			return grid, err
		}
		n := v
		if c.Threads != nil {
			n = (v + int64(e.Workgroup[i]) - 1) / int64(e.Workgroup[i])
		}
		if v < 1 || n > gpu.MaxGrid {
			return grid, b.fail(at, "%s is %d in dimension %d, which makes %d workgroups; 1 to %d are possible", what, v, i, n, gpu.MaxGrid)
		}
		grid[i] = uint32(n)
	}
	for i := len(dims); i < 3; i++ {
		if c.Threads != nil && e.Workgroup[i] != 1 {
			return grid, b.fail(at, "the workgroup of entry point %q is %s, so threads needs %d numbers", e.Name, times(e.Workgroup), i+1)
		}
	}
	return grid, nil
}

func times(w [3]uint32) string { return fmt.Sprintf("%dx%dx%d", w[0], w[1], w[2]) }
