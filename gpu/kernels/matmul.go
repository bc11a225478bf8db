package kernels

import (
	"fmt"
	"strings"

	"gpumesh/gpu"
)

// products are the matrix products. Their variants are tiles: an invocation keeps tm x tn results in registers. CPU drivers
// want few large tiles, because workgroup memory is slow there and every load costs a check; with a workgroup of one row
// (y = 1) all its invocations read the same elements of a, which those drivers load once. GPUs want many smaller tiles whose
// operands workgroups share.
func products() []*template {
	list := []*template{}
	tiles := []variant{
		{name: "naive", x: 8, y: 8, tm: 1, tn: 1},
		{name: "tile-4x4", x: 8, y: 8, tm: 4, tn: 4},
		{name: "tile-8x8", x: 8, y: 8, tm: 8, tn: 8},
		{name: "packed-8x8", x: 16, y: 4, tm: 8, tn: 8, packed: true},
		{name: "packed-8x8b", x: 32, y: 1, tm: 8, tn: 8, packed: true},
		{name: "packed-8x16", x: 32, y: 1, tm: 8, tn: 16, packed: true},
		{name: "packed-16x16", x: 16, y: 1, tm: 16, tn: 16, packed: true},
		{name: "packed-32x16", x: 16, y: 1, tm: 32, tn: 16, packed: true},
		{name: "packed-64x8", x: 16, y: 1, tm: 64, tn: 8, packed: true},
		{name: "shared-4x4", x: 16, y: 16, tm: 4, tn: 4, shared: true},
		{name: "shared-8x8", x: 16, y: 16, tm: 8, tn: 8, shared: true},
	}
	for _, t := range []gpu.Type{gpu.F32, gpu.I32} {
		help := "The matrix product c = a b, or BATCH independent ones."
		if t == gpu.I32 {
			help = "The matrix product c = a b modulo 2^32, or BATCH independent ones."
		}
		list = append(list, &template{
			Info: Info{
				Name: "matmul-" + string(t), Help: help, Params: productParams(1),
				Inputs:  []Port{{"a", t, "BATCH x M x K"}, {"b", t, "BATCH x K x N"}},
				Outputs: []Port{{"c", t, "BATCH x M x N"}},
			},
			variants: tiles, tuneMax: 512,
			build: func(k *Kernel, p params, v variant) {
				s := shape{p.get("BATCH"), p.get("M"), p.get("N"), p.get("K")}
				a := k.input("a", t, s.batch*s.m*s.k)
				b := k.input("b", t, s.batch*s.k*s.n)
				c := k.output("c", t, s.batch*s.m*s.n)
				k.product(t, s, v, a, b, c)
			},
		})
	}
	return list
}

func productParams(step int64) []Param {
	return []Param{
		dim("M", "rows of a and c", 1<<20), dim("N", "columns of b and c", 1<<20), dim("K", "columns of a, rows of b", 60000*step),
		option("BATCH", "products", 1, 65535, 1),
	}
}

// shape is the shape of a product: batch times (m x k) * (k x n).
type shape struct{ batch, m, n, k uint64 }

// product adds the commands for c = a b.
func (k *Kernel) product(t gpu.Type, s shape, v variant, a, b, c uint32) {
	k.Ops += 2 * s.batch * s.m * s.n * s.k
	if v.shared {
		wgsl, grid := sharedProduct(t, s, v)
		k.dispatch("product", wgsl, grid, a, b, c)
		return
	}
	if v.packed {
		k.packedProduct(t, s, v, a, b, c)
		return
	}
	wgsl, grid := registerProduct(t, s, v)
	k.dispatch("product", wgsl, grid, a, b, c)
}

// lines writes WGSL.
type lines struct{ strings.Builder }

func (l *lines) add(format string, args ...any) { fmt.Fprintf(l, format+"\n", args...) }

// shrink halves a tile's side while the matrix does not fill half of it.
func shrink(side, size uint64) uint64 {
	for side > 1 && side%2 == 0 && side/2 >= size {
		side /= 2
	}
	return side
}

// registerProduct: columns of an invocation are v.x apart, so that neighbours read neighbouring elements of b. Beyond the
// edges the last row or column is computed again and not stored.
func registerProduct(t gpu.Type, s shape, v variant) (string, [3]uint32) {
	tm, tn := shrink(v.tm, s.m), shrink(v.tn, s.n)
	width, element := uint64(1), string(t) // of a load of b
	if s.n%4 == 0 && tn%4 == 0 {
		width, element = 4, "vec4<"+string(t)+">"
	}
	parts, columns := tn/width, s.n/width
	blockX, blockY := v.x*parts, v.y*tm
	clampX, clampY := columns%blockX != 0, s.m%blockY != 0
	var w lines
	w.add("// c = a b: %d times %d x %d by %d x %d. An invocation computes %d x %d results.", s.batch, s.m, s.k, s.k, s.n, tm, tn)
	w.add("@group(0) @binding(0) var<storage, read> a: array<%s>;", t)
	w.add("@group(0) @binding(1) var<storage, read> b: array<%s>;", element)
	w.add("@group(0) @binding(2) var<storage, read_write> c: array<%s>;", element)
	w.add("@compute @workgroup_size(%d, %d)", v.x, v.y)
	w.add("fn main(@builtin(workgroup_id) g: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {")
	w.add("  let x = g.x * %du + l.x;", blockX)
	if v.y == 1 {
		w.add("  let y = g.y * %du;", tm)
	} else {
		w.add("  let y = (g.y * %du + l.y) * %du;", v.y, tm)
	}
	for r := range tm {
		row := fmt.Sprintf("y + %du", r)
		if clampY {
			row = fmt.Sprintf("min(%s, %du)", row, s.m-1)
		}
		w.add("  let a%d = (g.z * %du + %s) * %du;", r, s.m, row, s.k)
	}
	for p := range parts {
		w.add("  let x%d = x + %du;", p, p*v.x)
		column := fmt.Sprintf("x%d", p)
		if clampX {
			column = fmt.Sprintf("min(%s, %du)", column, columns-1)
		}
		w.add("  let b%d = g.z * %du + %s;", p, s.k*columns, column)
	}
	for r := range tm {
		for p := range parts {
			w.add("  var c%d_%d = %s();", r, p, element)
		}
	}
	w.add("  for (var k = 0u; k < %du; k = k + 1u) {", s.k)
	for p := range parts {
		w.add("    let v%d = b[b%d + k * %du];", p, p, columns)
	}
	for r := range tm {
		w.add("    let u%d = a[a%d + k];", r, r)
		for p := range parts {
			w.add("    c%d_%d = c%d_%d + u%d * v%d;", r, p, r, p, r, p)
		}
	}
	w.add("  }")
	for r := range tm {
		if clampY {
			w.add("  if (y + %du < %du) {", r, s.m)
		}
		w.add("  let o%d = (g.z * %du + y + %du) * %du;", r, s.m, r, columns)
		for p := range parts {
			if clampX {
				w.add("  if (x%d < %du) { c[o%d + x%d] = c%d_%d; }", p, columns, r, p, r, p)
			} else {
				w.add("  c[o%d + x%d] = c%d_%d;", r, p, r, p)
			}
		}
		if clampY {
			w.add("  }")
		}
	}
	w.add("}")
	return w.String(), [3]uint32{uint32(ceil(columns, blockX)), uint32(ceil(s.m, blockY)), uint32(s.batch)}
}

// packedProduct first rewrites a as panels of tm rows in which the elements of a column lie together, so that one vector load
// brings those of four rows, and b, when its rows are no whole vectors, with padded rows. Both hold zeros beyond the edges.
func (k *Kernel) packedProduct(t gpu.Type, s shape, v variant, a, b, c uint32) {
	tm, tn := max(shrink(v.tm, s.m), 4), max(shrink(v.tn, s.n), 4)
	quads, panels := tm/4, ceil(s.m, tm)
	count := s.batch * panels * s.k * quads
	grid, index := line(count)
	packed := k.scratch("panels", t, 4*count)
	k.dispatch("pack-a", fill(packA, values{
		"T": t, "INDEX": index, "COUNT": count, "M": s.m, "K": s.k, "QUADS": quads, "TM": tm, "PANELS": panels,
	}), grid, a, packed)
	columns := ceil(s.n, 4)
	if s.n%4 != 0 {
		count := s.batch * s.k * columns
		grid, index := line(count)
		padded := k.scratch("padded", t, 4*count)
		k.dispatch("pack-b", fill(packB, values{"T": t, "INDEX": index, "COUNT": count, "N": s.n, "COLUMNS": columns}), grid, b, padded)
		b = padded
	}

	parts := tn / 4
	block := v.x * parts
	clampX, clampY := columns%block != 0, s.m%(tm*v.y) != 0
	element := string(t)
	if s.n%4 == 0 {
		element = "vec4<" + element + ">"
	}
	var w lines
	w.add("// c = a b: %d times %d x %d by %d x %d, with a in panels. An invocation computes %d x %d results.", s.batch, s.m, s.k, s.k, s.n, tm, tn)
	w.add("@group(0) @binding(0) var<storage, read> a: array<vec4<%s>>;", t)
	w.add("@group(0) @binding(1) var<storage, read> b: array<vec4<%s>>;", t)
	w.add("@group(0) @binding(2) var<storage, read_write> c: array<%s>;", element)
	w.add("@compute @workgroup_size(%d, %d)", v.x, v.y)
	w.add("fn main(@builtin(workgroup_id) g: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {")
	w.add("  let x = g.x * %du + l.x;", block)
	panel := "g.y"
	if v.y > 1 {
		panel = fmt.Sprintf("(g.y * %du + l.y)", v.y)
	}
	w.add("  let y = %s * %du;", panel, tm)
	if panels%v.y != 0 {
		panel = fmt.Sprintf("min(%s, %du)", panel, panels-1)
	}
	w.add("  let panel = (g.z * %du + %s) * %du;", panels, panel, s.k*quads)
	for p := range parts {
		w.add("  let x%d = x + %du;", p, p*v.x)
		column := fmt.Sprintf("x%d", p)
		if clampX {
			column = fmt.Sprintf("min(%s, %du)", column, columns-1)
		}
		w.add("  let b%d = g.z * %du + %s;", p, s.k*columns, column)
	}
	for r := range tm {
		for p := range parts {
			w.add("  var c%d_%d = vec4<%s>();", r, p, t)
		}
	}
	w.add("  for (var k = 0u; k < %du; k = k + 1u) {", s.k)
	for p := range parts {
		w.add("    let v%d = b[b%d + k * %du];", p, p, columns)
	}
	for q := range quads {
		w.add("    let u%d = a[panel + k * %du + %du];", q, quads, q)
		for i, suffix := range "xyzw" {
			for p := range parts {
				name := fmt.Sprintf("c%d_%d", 4*q+uint64(i), p)
				w.add("    %s = %s + u%d.%c * v%d;", name, name, q, suffix, p)
			}
		}
	}
	w.add("  }")
	for r := range tm {
		if clampY {
			w.add("  if (y + %du < %du) {", r, s.m)
		}
		w.add("  let o%d = (g.z * %du + y + %du) * %du;", r, s.m, r, s.n)
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
	k.dispatch("product", w.String(), [3]uint32{uint32(ceil(columns, block)), uint32(ceil(panels, v.y)), uint32(s.batch)}, packed, b, c)
}

const packA = `// Panels of ${TM} rows of a, column after column.
@group(0) @binding(0) var<storage, read> a: array<${T}>;
@group(0) @binding(1) var<storage, read_write> panels: array<vec4<${T}>>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${COUNT}u) { return; }
  let column = i / ${QUADS}u % ${K}u;
  let panel = i / ${QUADS}u / ${K}u;
  let row = panel % ${PANELS}u * ${TM}u + i % ${QUADS}u * 4u;
  let start = panel / ${PANELS}u * ${M}u;
  var v = vec4<${T}>();
  if (row < ${M}u) { v.x = a[(start + row) * ${K}u + column]; }
  if (row + 1u < ${M}u) { v.y = a[(start + row + 1u) * ${K}u + column]; }
  if (row + 2u < ${M}u) { v.z = a[(start + row + 2u) * ${K}u + column]; }
  if (row + 3u < ${M}u) { v.w = a[(start + row + 3u) * ${K}u + column]; }
  panels[i] = v;
}
`

const packB = `// b with rows padded to ${COLUMNS} vectors.
@group(0) @binding(0) var<storage, read> b: array<${T}>;
@group(0) @binding(1) var<storage, read_write> padded: array<vec4<${T}>>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${COUNT}u) { return; }
  let column = i % ${COLUMNS}u * 4u;
  let start = i / ${COLUMNS}u * ${N}u;
  var v = vec4<${T}>();
  v.x = b[start + column];
  if (column + 1u < ${N}u) { v.y = b[start + column + 1u]; }
  if (column + 2u < ${N}u) { v.z = b[start + column + 2u]; }
  if (column + 3u < ${N}u) { v.w = b[start + column + 3u]; }
  padded[i] = v;
}
`

// sharedProduct: a workgroup of 256 invocations keeps a slab of a, transposed, and one of b in workgroup memory. Slabs are
// filled with zeros beyond the edges.
func sharedProduct(t gpu.Type, s shape, v variant) (string, [3]uint32) {
	depth := 64 / v.tn // of a slab, so that every invocation loads a vector of b
	blockX, blockY := v.x*v.tn, v.y*v.tm
	threads := v.x * v.y
	vector := s.n%4 == 0
	var w lines
	w.add("// c = a b: %d times %d x %d by %d x %d. A workgroup computes %d x %d results.", s.batch, s.m, s.k, s.k, s.n, blockY, blockX)
	w.add("@group(0) @binding(0) var<storage, read> a: array<%s>;", t)
	element := string(t)
	if vector {
		element = "vec4<" + element + ">"
	}
	w.add("@group(0) @binding(1) var<storage, read> b: array<%s>;", element)
	w.add("@group(0) @binding(2) var<storage, read_write> c: array<%s>;", element)
	w.add("var<workgroup> slabA: array<%s, %d>;", t, depth*blockY)
	w.add("var<workgroup> slabB: array<vec4<%s>, %d>;", t, depth*blockX/4)
	w.add("@compute @workgroup_size(%d, %d)", v.x, v.y)
	w.add("fn main(@builtin(workgroup_id) g: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {")
	w.add("  let i = l.y * %du + l.x;", v.x)
	w.add("  let y = g.y * %du;", blockY)
	w.add("  let x = g.x * %du;", blockX)
	w.add("  let startA = g.z * %du;", s.m*s.k)
	w.add("  let startB = g.z * %du;", s.k*s.n)
	for r := range v.tm {
		for p := range v.tn / 4 {
			w.add("  var c%d_%d = vec4<%s>();", r, p, t)
		}
	}
	w.add("  for (var k = 0u; k < %du; k = k + %du) {", s.k, depth)
	for e := range depth * blockY / threads {
		w.add("    {")
		w.add("      let e = i + %du;", e*threads)
		w.add("      let row = y + e / %du;", depth)
		w.add("      let column = k + e %% %du;", depth)
		w.add("      let at = startA + min(row, %du) * %du + min(column, %du);", s.m-1, s.k, s.k-1)
		w.add("      slabA[(e %% %du) * %du + e / %du] = select(%s(0), a[at], row < %du && column < %du);", depth, blockY, depth, t, s.m, s.k)
		w.add("    }")
	}
	for e := range depth * blockX / 4 / threads {
		w.add("    {")
		w.add("      let e = i + %du;", e*threads)
		w.add("      let row = k + e / %du;", blockX/4)
		w.add("      let column = x + e %% %du * 4u;", blockX/4)
		w.add("      let at = startB + min(row, %du) * %du;", s.k-1, s.n)
		if vector {
			w.add("      slabB[e] = select(vec4<%s>(), b[(at + min(column, %du)) / 4u], row < %du && column < %du);", t, s.n-4, s.k, s.n)
		} else {
			w.add("      let inside = vec4<bool>(column < %du, column + 1u < %du, column + 2u < %du, column + 3u < %du);", s.n, s.n, s.n, s.n)
			w.add("      let some = vec4<%s>(b[at + min(column, %du)], b[at + min(column + 1u, %du)], b[at + min(column + 2u, %du)], b[at + min(column + 3u, %du)]);", t, s.n-1, s.n-1, s.n-1, s.n-1)
			w.add("      slabB[e] = select(vec4<%s>(), select(vec4<%s>(), some, inside), row < %du);", t, t, s.k)
		}
		w.add("    }")
	}
	w.add("    workgroupBarrier();")
	for d := range depth {
		w.add("    {")
		for p := range v.tn / 4 {
			w.add("      let v%d = slabB[%du + l.x];", p, (d*blockX/4)+p*v.x)
		}
		for r := range v.tm {
			w.add("      let u%d = slabA[l.y * %du + %du];", r, v.tm, d*blockY+r)
			for p := range v.tn / 4 {
				w.add("      c%d_%d = c%d_%d + u%d * v%d;", r, p, r, p, r, p)
			}
		}
		w.add("    }")
	}
	w.add("    workgroupBarrier();")
	w.add("  }")
	for r := range v.tm {
		w.add("  let y%d = y + l.y * %du + %du;", r, v.tm, r)
		w.add("  if (y%d < %du) {", r, s.m)
		w.add("    let o = (g.z * %du + y%d) * %du;", s.m, r, s.n)
		for p := range v.tn / 4 {
			w.add("    let x%d = x + (l.x + %du) * 4u;", p, p*v.x)
			if vector {
				w.add("    if (x%d < %du) { c[(o + x%d) / 4u] = c%d_%d; }", p, s.n, p, r, p)
				continue
			}
			for i, suffix := range []string{"x", "y", "z", "w"} {
				w.add("    if (x%d + %du < %du) { c[o + x%d + %du] = c%d_%d.%s; }", p, i, s.n, p, i, r, p, suffix)
			}
		}
		w.add("  }")
	}
	w.add("}")
	return w.String(), [3]uint32{uint32(ceil(s.n, blockX)), uint32(ceil(s.m, blockY)), uint32(s.batch)}
}
