package gomlx

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gpumesh/gpu"
)

const groupSize = 64 // invocations of a workgroup of kernels over a line of elements

const (
	lineHead  = "@builtin(global_invocation_id) id: vec3<u32>"
	groupHead = "@builtin(workgroup_id) g: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>"
)

// seedSlot stands for the Params buffer.
var seedSlot = &slot{name: "params", t: u32, size: 4}

// kernel is a dispatch before its buffers have a place.
type kernel struct {
	name      string
	body      string // with the bindings in the order of binds
	head      string
	workgroup [3]uint32
	grid      [3]uint32
	binds     []bind
	helpers   []string
	cost      uint64
	copy      bool // not a dispatch: binds[0] is copied to binds[1]
}

// root declares the invocation's number and returns the flat index of its element, or of its four.
func (w *writer) root(size int, vec bool) linear {
	count := size
	if vec {
		count = size / 4
	}
	if _, columns := line(count); columns > 0 {
		w.add(0, "let i = id.y * %du + id.x;", columns*groupSize)
	} else {
		w.add(0, "let i = id.x;")
	}
	w.add(0, "if (i >= %du) { return; }", count)
	i := of(w.fresh("i", count, 0))
	if !vec {
		return i
	}
	lane := w.fresh("", 4, 0)
	lane.lane = true
	return i.times(4).plus(of(lane), 1)
}

// line is the grid for n invocations; columns is 0 unless the line is folded.
func line(n int) (grid [3]uint32, columns int) {
	groups := ceil(n, groupSize)
	rows := ceil(groups, gpu.MaxGrid)
	if rows == 1 {
		return [3]uint32{uint32(groups), 1, 1}, 0
	}
	columns = ceil(groups, rows)
	return [3]uint32{uint32(columns), uint32(rows), 1}, columns
}

// launch adds the dispatch of a kernel that began with root.
func (c *compiler) launch(name string, w *writer, size int, vec bool, statements int) {
	c.dispatch(w.line(name, size, vec, statements))
}

func (w *writer) line(name string, size int, vec bool, statements int) *kernel {
	if vec {
		size /= 4
		statements *= 4
	}
	grid, _ := line(size)
	return w.finish(name, lineHead, [3]uint32{groupSize, 1, 1}, grid, uint64(size)*uint64(max(statements, 1)))
}

// finish puts the bindings into an order that many kernels share: by access, type and width.
func (w *writer) finish(name, head string, workgroup, grid [3]uint32, cost uint64) *kernel {
	// A buffer that is written is bound once: its other view, if any, must not exist.
	order := make([]int, len(w.binds))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(w.binds[a].signature(), w.binds[b].signature()) })
	k := &kernel{name: name, head: head, workgroup: workgroup, grid: grid, cost: cost, helpers: slices.Sorted(maps.Keys(w.helpers))}
	rename := make([]string, 0, 2*len(order))
	for at, i := range order {
		k.binds = append(k.binds, w.binds[i])
		rename = append(rename, bindName(i), fmt.Sprintf("b%d", at))
	}
	k.body = strings.NewReplacer(rename...).Replace(w.blocks[0].String())
	return k
}

// signature is how a binding is declared.
func (b bind) signature() string {
	switch {
	case b.slot == seedSlot:
		return "var<uniform> %s: vec4<u32>;"
	case b.write:
		return "var<storage, read_write> %s: array<" + b.typ() + ">;"
	}
	return "var<storage, read> %s: array<" + b.typ() + ">;"
}

// signature is what kernels of one module have in common: their bindings.
func (k *kernel) signature() string {
	var list []string
	for _, b := range k.binds {
		list = append(list, b.signature())
	}
	return strings.Join(list, "\n")
}

// storage is the number of bindings that count against the limit of a device.
func (k *kernel) storage() int {
	n := 0
	for _, b := range k.binds {
		if b.slot != seedSlot {
			n++
		}
	}
	return n
}

// twice reports whether a buffer is written and bound a second time, which no dispatch may do.
func (k *kernel) twice() bool {
	for i, b := range k.binds {
		for j, o := range k.binds {
			if i != j && b.slot == o.slot && b.write {
				return true
			}
		}
	}
	return false
}

// text is the entry point.
func (k *kernel) text(entry string) string {
	var size string
	switch {
	case k.workgroup[1] == 1:
		size = fmt.Sprint(k.workgroup[0])
	default:
		size = fmt.Sprintf("%d, %d", k.workgroup[0], k.workgroup[1])
	}
	return fmt.Sprintf("@compute @workgroup_size(%s)\nfn %s(%s) {\n%s}\n", size, entry, k.head, k.body)
}

// Bounds of a module, below those of package wgsl.
const (
	moduleBytes      = 60 << 10
	moduleStatements = 3600
	moduleEntries    = 64
)

// module collects kernels with the same bindings.
type module struct {
	signature  string
	text       strings.Builder
	helpers    map[string]bool
	entries    map[string]string // entry point by body
	statements int
}

func (m *module) fits(k *kernel, most int) bool {
	extra := 0
	for _, h := range k.helpers {
		if !m.helpers[h] {
			extra += len(helperText(h))
		}
	}
	return len(m.entries) < moduleEntries && m.text.Len()+extra+len(k.body)+256 < most && m.statements+k.statements() < moduleStatements
}

func (k *kernel) statements() int {
	n := strings.Count(k.body, ";") + strings.Count(k.body, "{")
	for _, h := range k.helpers {
		t := helperText(h)
		n += strings.Count(t, ";") + strings.Count(t, "{")
	}
	return n
}

// modules packs kernels into WGSL texts. A driver translates all of a text for each of its entry points, so texts are as small
// as their number allows.
func modules(kernels []*kernel) (list []gpu.Module, number []uint16, entry []string) {
	for most := moduleBytes / 8; ; most *= 2 {
		if list, number, entry = pack(kernels, most); len(list) <= gpu.MaxModules || most >= moduleBytes {
			return list, number, entry
		}
	}
}

func pack(kernels []*kernel, most int) (list []gpu.Module, number []uint16, entry []string) {
	var open []*module
	number, entry = make([]uint16, len(kernels)), make([]string, len(kernels))
	for i, k := range kernels {
		if k.copy {
			continue
		}
		sign := k.signature()
		body := k.text("")
		found := false
		for j, m := range open {
			if name, ok := m.entries[body]; ok && m.signature == sign {
				number[i], entry[i], found = uint16(j), name, true
				break
			}
		}
		if found {
			continue
		}
		at := slices.IndexFunc(open, func(m *module) bool { return m.signature == sign && (m.fits(k, most) || len(m.entries) == 0) })
		if at < 0 {
			at = len(open)
			m := &module{signature: sign, helpers: make(map[string]bool), entries: make(map[string]string)}
			for b, line := range strings.Split(sign, "\n") {
				fmt.Fprintf(&m.text, "@group(0) @binding(%d) "+line+"\n", b, fmt.Sprintf("b%d", b))
			}
			open = append(open, m)
		}
		m := open[at]
		for _, h := range k.helpers {
			if !m.helpers[h] {
				m.helpers[h] = true
				m.text.WriteString(helperText(h))
			}
		}
		name := fmt.Sprintf("%s%d", k.name, len(m.entries))
		m.entries[body] = name
		m.text.WriteString(k.text(name))
		m.statements += k.statements()
		number[i], entry[i] = uint16(at), name
	}
	for i, m := range open {
		list = append(list, gpu.Module{Name: fmt.Sprintf("m%d", i), WGSL: m.text.String()})
	}
	return list, number, entry
}
