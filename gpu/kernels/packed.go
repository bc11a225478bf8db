package kernels

import (
	"fmt"

	"gpumesh/gpu"
)

// packedProduct first rewrites a as panels of tm rows in which the elements of a column lie together, so that one vector load
// brings those of four rows, and b, when its rows are no whole vectors, with padded rows. A variant with panels has b in panels
// of the columns of a workgroup too, which a cache holds where rows far apart would drive each other out. What is beyond the edges
// goes into no result.
func (k *Kernel) packedProduct(t gpu.Type, s shape, v variant, a, b, c uint32) {
	if group := uniformGroup(s); v.both && group > 0 {
		k.uniformProduct(t, s, group, a, b, c)
		return
	}
	size := max(shrink(v.tm, s.m), 4)
	if v.group(s) > 0 {
		size = 4
	}
	a = k.packColumns("panels", t, s.batch, s.m, s.k, size, a)
	switch {
	case s.n%4 != 0:
		b = k.pack(packRows, "padded", t, s.batch, s.n, s.k, v.panel(s), b, 1)
	case v.panels && s.k%4 == 0:
		b = k.pack(packRowsOfVectors, "slabs", t, s.batch, s.n, s.k, v.panel(s), b, 4)
	case v.panels:
		b = k.pack(packVectors, "slabs", t, s.batch, s.n, s.k, v.panel(s), b, 1)
	}
	k.panelProduct(t, t, s, v, a, b, c)
}

// panel is how many columns of b lie together: those of a workgroup, or all.
func (v variant) panel(s shape) uint64 {
	if v.panels {
		return v.x * max(shrink(v.tn, s.n), 4)
	}
	return 4 * ceil(s.n, 4)
}

// group is how many panels of a one dispatch reads from uniforms, or 0 where a is read from storage. Each of the tm/4 uniforms
// holds a block of rows of a, and a panel has four rows of each. From uniforms lavapipe 22.3 loads without a loop over the lanes.
func (v variant) group(s shape) uint64 {
	tm, tn := max(shrink(v.tm, s.m), 4), max(shrink(v.tn, s.n), 4)
	slabs := 4 * s.k * v.x * tn * ceil(s.n, v.x*tn) // bytes of b
	if !v.windows || s.m%tm != 0 || s.batch > 1 && slabs%gpu.BindAlign != 0 {
		return 0
	}
	panels := s.m / tm
	for n := min(gpu.MaxUniform/16/s.k, panels); n > 0; n-- {
		if panels%n == 0 && 16*s.k*n%gpu.BindAlign == 0 && 4*tm*n*s.n%gpu.BindAlign == 0 && s.batch*panels/n <= maxGroups {
			return n
		}
	}
	return 0
}

const loadAhead = 3 // loads of four elements from a uniform between one and what needs it

const maxGroups = 512 // dispatches of a product

// byteProduct is a product of matrices of four 8-bit integers per word, s.k words in a row, b transposed.
func (k *Kernel) byteProduct(s shape, v variant, a, b, c uint32) {
	k.Ops += 8 * s.batch * s.m * s.n * s.k
	if v.packed {
		a = k.packColumns("panels", gpu.U32, s.batch, s.m, s.k, max(shrink(v.tm, s.m), 4), a)
		b = k.packColumns("columns", gpu.U32, s.batch, s.n, s.k, v.panel(s), b)
		k.panelProduct(gpu.U32, gpu.I32, s, v, a, b, c)
		return
	}
	grid, index := line(s.batch * s.m * s.n)
	k.dispatch("dot", fill(naiveBytes, values{"INDEX": index, "COUNT": s.batch * s.m * s.n, "MN": s.m * s.n, "N": s.n, "K": s.k}), grid, a, b, c)
}

// packColumns packs columns, in blocks of 4 x 4 where a row is whole vectors.
func (k *Kernel) packColumns(name string, t gpu.Type, batch, side, depth, size uint64, from uint32) uint32 {
	if depth%4 == 0 {
		return k.pack(packBlocks, name, t, batch, side, depth, size, from, 4)
	}
	return k.pack(packColumns, name, t, batch, side, depth, size, from, 1)
}

// pack rewrites a matrix as vectors of four elements of neighbouring rows or columns, in panels of size (a multiple of 4). An
// invocation writes each of them.
func (k *Kernel) pack(template, name string, t gpu.Type, batch, side, depth, size uint64, from uint32, each uint64) uint32 {
	quads, panels := size/4, ceil(side, size)
	count := batch * panels * depth * quads
	grid, index := line(count / each)
	to := k.scratch(name, t, 4*count)
	k.dispatch("pack-"+name, fill(template, values{
		"T": t, "INDEX": index, "COUNT": count / each, "SIDE": side, "K": depth, "QUADS": quads, "SIZE": size, "PANELS": panels, "BLOCKS": depth / 4, "VECTORS": side / 4, "WIDTH": panels * quads,
	}), grid, from, to)
	return to
}

// panelProduct multiplies what pack made: a in panels, b in rows of vectors or in panels. Elements of type u32 are four bytes
// each. With panels, workgroups that share one of b are neighbours, and of f32 and i32 each load of a is followed by what needs
// it: a driver that loops over the lanes for each load (lavapipe 22.3) keeps what it has in registers then. Loads from uniforms do
// not loop and run some loads ahead of what needs them.
func (k *Kernel) panelProduct(from, t gpu.Type, s shape, v variant, a, b, c uint32) {
	tm, tn := max(shrink(v.tm, s.m), 4), max(shrink(v.tn, s.n), 4)
	quads, panels, columns := tm/4, ceil(s.m, tm), ceil(s.n, 4)
	parts := tn / 4
	block := v.x * parts
	clampX, clampY := columns%block != 0, s.m%(tm*v.y) != 0
	element := string(t)
	if s.n%4 == 0 {
		element = "vec4<" + element + ">"
	}
	var w lines
	w.add("// c = a b: %d times %d x %d by %d x %d, with a in panels. An invocation computes %d x %d results.", s.batch, s.m, s.k, s.k, s.n, tm, tn)
	group, next := v.group(s), uint64(1)
	if group == 0 {
		w.add("@group(0) @binding(0) var<storage, read> a: array<vec4<%s>>;", from)
	} else {
		for next = 0; next < quads; next++ {
			w.add("@group(0) @binding(%d) var<uniform> a%d: array<vec4<%s>, %d>;", next, next, from, group*s.k)
		}
	}
	w.add("@group(0) @binding(%d) var<storage, read> b: array<vec4<%s>>;", next, from)
	w.add("@group(0) @binding(%d) var<storage, read_write> c: array<%s>;", next+1, element)
	w.add("@compute @workgroup_size(%d, %d)", v.x, v.y)
	w.add("fn main(@builtin(workgroup_id) g: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {")
	column, panel := "g.x", "g.y"
	if v.panels {
		column, panel = panel, column
	}
	w.add("  let x = %s * %du + l.x;", column, block)
	if v.y > 1 {
		panel = fmt.Sprintf("(%s * %du + l.y)", panel, v.y)
	}
	side, stretch := tm, uint64(1)
	if group > 0 {
		side, stretch = 4, group
	}
	w.add("  let y = %s * %du;", panel, side)
	if panels%v.y != 0 {
		panel = fmt.Sprintf("min(%s, %du)", panel, panels-1)
	}
	if group > 0 {
		w.add("  let panel = g.x * %du;", s.k)
	} else {
		w.add("  let panel = (g.z * %du + %s) * %du;", panels, panel, s.k*quads)
	}
	stride := columns // of b, in vectors
	if v.panels {
		stride = block
		w.add("  let slab = (g.z * %du + %s) * %du + l.x;", ceil(columns, block), column, s.k*block)
	}
	for p := range parts {
		w.add("  let x%d = x + %du;", p, p*v.x)
		at := fmt.Sprintf("x%d", p)
		if clampX {
			at = fmt.Sprintf("min(%s, %du)", at, columns-1)
		}
		if v.panels {
			w.add("  let b%d = slab + %du;", p, p*v.x)
		} else {
			w.add("  let b%d = g.z * %du + %s;", p, s.k*columns, at)
		}
	}
	for r := range tm {
		for p := range parts {
			w.add("  var c%d_%d = vec4<%s>();", r, p, t)
		}
	}
	w.add("  for (var k = 0u; k < %du; k = k + 1u) {", s.k)
	for p := range parts {
		w.add("    let v%d = b[b%d + k * %du];", p, p, stride)
	}
	load := func(q uint64) {
		if group > 0 {
			w.add("    let u%d = a%d[panel + k];", q, q)
			return
		}
		w.add("    let u%d = a[panel + k * %du + %du];", q, quads, q)
	}
	step := func(q uint64, suffix string) {
		for i, component := range "xyzw" {
			for p := range parts {
				name := fmt.Sprintf("c%d_%d", 4*q+uint64(i), p)
				w.add("    %s = %s + u%d%s.%c * v%d%s;", name, name, q, suffix, component, p, suffix)
			}
		}
	}
	together, ahead := from == t && v.panels, uint64(0)
	if group > 0 {
		ahead = min(loadAhead, quads)
	}
	for q := range quads {
		load(q)
		if together && q >= ahead {
			step(q-ahead, "")
		}
	}
	switch {
	case together:
		for q := quads - ahead; q < quads; q++ {
			step(q, "")
		}
	case from == t:
		for q := range quads {
			step(q, "")
		}
	default:
		for i, suffix := range []string{"a", "b", "c", "d"} {
			for p := range parts {
				w.add("    let v%d%s = bitcast<vec4<i32>>(v%d << vec4<u32>(%du)) >> vec4<u32>(24u);", p, suffix, p, 24-8*i)
			}
			for q := range quads {
				w.add("    let u%d%s = bitcast<vec4<i32>>(u%d << vec4<u32>(%du)) >> vec4<u32>(24u);", q, suffix, q, 24-8*i)
			}
			for q := range quads {
				step(q, suffix)
			}
		}
	}
	w.add("  }")
	for r := range tm {
		if clampY {
			w.add("  if (y + %du < %du) {", r, s.m)
		}
		w.add("  let o%d = (g.z * %du + y + %du) * %du;", r, s.m, r/4*4*stretch+r%4, s.n)
		for p := range parts {
			name := fmt.Sprintf("c%d_%d", r, p)
			switch {
			case s.n%4 != 0:
				w.add("  if (x%d < %du) { c[o%d + x%d * 4u] = %s.x; }", p, columns, r, p, name)
				for i, suffix := range "yzw" {
					w.add("  if (x%d * 4u + %du < %du) { c[o%d + x%d * 4u + %du] = %s.%c; }", p, i+1, s.n, r, p, i+1, name, suffix)
				}
			case clampX:
				w.add("  if (x%d < %du) { c[o%d / 4u + x%d] = %s; }", p, columns, r, p, name)
			default:
				w.add("  c[o%d / 4u + x%d] = %s;", r, p, name)
			}
		}
		if clampY {
			w.add("  }")
		}
	}
	w.add("}")
	grid := [3]uint32{uint32(ceil(columns, block)), uint32(ceil(panels, v.y)), uint32(s.batch)}
	if v.panels {
		grid[0], grid[1] = grid[1], grid[0]
	}
	if group == 0 {
		k.dispatch("product", w.String(), grid, a, b, c)
		return
	}
	grid[0], grid[2] = uint32(group), 1
	part, slabs := 16*s.k*group, 16*s.k*block*ceil(columns, block) // bytes
	for i := range s.batch * panels / group {
		var bind []gpu.Binding
		for q := range quads {
			bind = append(bind, gpu.Binding{Buffer: a, Off: (i*quads + q) * part, Len: part})
		}
		bind = append(bind, gpu.Binding{Buffer: b, Off: i * group / panels * slabs, Len: slabs})
		rows := 4 * tm * group * s.n // bytes of c
		bind = append(bind, gpu.Binding{Buffer: c, Off: i * rows, Len: rows})
		k.dispatchRanges("product", w.String(), grid, bind)
	}
}

const packColumns = `// Panels of ${SIZE} rows, column after column.
@group(0) @binding(0) var<storage, read> a: array<${T}>;
@group(0) @binding(1) var<storage, read_write> panels: array<vec4<${T}>>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${COUNT}u) { return; }
  let column = i / ${QUADS}u % ${K}u;
  let panel = i / ${QUADS}u / ${K}u;
  let row = panel % ${PANELS}u * ${SIZE}u + i % ${QUADS}u * 4u;
  let at = (panel / ${PANELS}u * ${SIDE}u + row) * ${K}u + column;
  var v = vec4<${T}>();
  if (row < ${SIDE}u) { v.x = a[at]; }
  if (row + 1u < ${SIDE}u) { v.y = a[at + ${K}u]; }
  if (row + 2u < ${SIDE}u) { v.z = a[at + 2u * ${K}u]; }
  if (row + 3u < ${SIDE}u) { v.w = a[at + 3u * ${K}u]; }
  panels[i] = v;
}
`

const packBlocks = `// Panels of ${SIZE} rows, column after column; an invocation turns 4 x 4 elements.
@group(0) @binding(0) var<storage, read> a: array<vec4<${T}>>;
@group(0) @binding(1) var<storage, read_write> panels: array<vec4<${T}>>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${COUNT}u) { return; }
  let block = i % ${BLOCKS}u;
  let quad = i / ${BLOCKS}u % ${QUADS}u;
  let panel = i / ${BLOCKS}u / ${QUADS}u;
  let row = panel % ${PANELS}u * ${SIZE}u + quad * 4u;
  let at = (panel / ${PANELS}u * ${SIDE}u + row) * ${BLOCKS}u + block;
  var x = vec4<${T}>();
  var y = vec4<${T}>();
  var z = vec4<${T}>();
  var w = vec4<${T}>();
  if (row < ${SIDE}u) { x = a[at]; }
  if (row + 1u < ${SIDE}u) { y = a[at + ${BLOCKS}u]; }
  if (row + 2u < ${SIDE}u) { z = a[at + 2u * ${BLOCKS}u]; }
  if (row + 3u < ${SIDE}u) { w = a[at + 3u * ${BLOCKS}u]; }
  let to = (panel * ${BLOCKS}u + block) * 4u;
  panels[to * ${QUADS}u + quad] = vec4<${T}>(x.x, y.x, z.x, w.x);
  panels[(to + 1u) * ${QUADS}u + quad] = vec4<${T}>(x.y, y.y, z.y, w.y);
  panels[(to + 2u) * ${QUADS}u + quad] = vec4<${T}>(x.z, y.z, z.z, w.z);
  panels[(to + 3u) * ${QUADS}u + quad] = vec4<${T}>(x.w, y.w, z.w, w.w);
}
`

const packVectors = `// Panels of ${QUADS} columns of vectors, row after row, from rows that are read one after the other.
@group(0) @binding(0) var<storage, read> b: array<vec4<${T}>>;
@group(0) @binding(1) var<storage, read_write> slabs: array<vec4<${T}>>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${COUNT}u) { return; }
  let column = i % ${WIDTH}u;
  let row = i / ${WIDTH}u;
  var v = vec4<${T}>();
  if (column < ${VECTORS}u) { v = b[row * ${VECTORS}u + column]; }
  slabs[((row / ${K}u * ${PANELS}u + column / ${QUADS}u) * ${K}u + row % ${K}u) * ${QUADS}u + column % ${QUADS}u] = v;
}
`

const packRowsOfVectors = `// Panels of ${QUADS} columns of vectors, row after row; an invocation copies four rows. Beyond the edge is the last column again.
@group(0) @binding(0) var<storage, read> b: array<vec4<${T}>>;
@group(0) @binding(1) var<storage, read_write> slabs: array<vec4<${T}>>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${COUNT}u) { return; }
  let column = i % ${WIDTH}u;
  let row = i / ${WIDTH}u * 4u;
  let at = row * ${VECTORS}u + min(column, ${VECTORS}u - 1u);
  let to = ((row / ${K}u * ${PANELS}u + column / ${QUADS}u) * ${K}u + row % ${K}u) * ${QUADS}u + column % ${QUADS}u;
  slabs[to] = b[at];
  slabs[to + ${QUADS}u] = b[at + ${VECTORS}u];
  slabs[to + 2u * ${QUADS}u] = b[at + 2u * ${VECTORS}u];
  slabs[to + 3u * ${QUADS}u] = b[at + 3u * ${VECTORS}u];
}
`

const packRows = `// Panels of ${SIZE} columns, row after row.
@group(0) @binding(0) var<storage, read> b: array<${T}>;
@group(0) @binding(1) var<storage, read_write> padded: array<vec4<${T}>>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${COUNT}u) { return; }
  let panel = i / ${QUADS}u / ${K}u;
  let column = panel % ${PANELS}u * ${SIZE}u + i % ${QUADS}u * 4u;
  let at = (panel / ${PANELS}u * ${K}u + i / ${QUADS}u % ${K}u) * ${SIDE}u + column;
  var v = vec4<${T}>();
  if (column < ${SIDE}u) { v.x = b[at]; }
  if (column + 1u < ${SIDE}u) { v.y = b[at + 1u]; }
  if (column + 2u < ${SIDE}u) { v.z = b[at + 2u]; }
  if (column + 3u < ${SIDE}u) { v.w = b[at + 3u]; }
  padded[i] = v;
}
`

const naiveBytes = `// c = a b for rows of ${K} words of four 8-bit integers, b transposed.
@group(0) @binding(0) var<storage, read> a: array<u32>;
@group(0) @binding(1) var<storage, read> b: array<u32>;
@group(0) @binding(2) var<storage, read_write> c: array<i32>;

fn bytes(w: u32) -> vec4<i32> {
  return bitcast<vec4<i32>>(vec4<u32>(w << 24u, w << 16u, w << 8u, w)) >> vec4<u32>(24u);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${COUNT}u) { return; }
  let row = i / ${N}u * ${K}u;
  let column = (i / ${MN}u * ${N}u + i % ${N}u) * ${K}u;
  var sum = vec4<i32>();
  for (var k = 0u; k < ${K}u; k = k + 1u) { sum = sum + bytes(a[row + k]) * bytes(b[column + k]); }
  c[i] = sum.x + sum.y + sum.z + sum.w;
}
`
