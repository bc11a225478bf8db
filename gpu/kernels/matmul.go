package kernels

import (
	"fmt"
	"strings"

	"gpumesh/gpu"
)

// tiles are the variants of matrix products: x times y invocations in a workgroup, each of which keeps tm x tn results in
// registers. CPU drivers want few large tiles, because workgroup memory is slow there and every load is checked, and workgroups
// of one row that fill their vectors just once: 8 lanes of 32 bits. GPUs have some 250 registers for an invocation, and want
// small tiles whose operands a workgroup shares.
var tiles = []variant{
	{name: "naive", x: 8, y: 8, tm: 1, tn: 1},
	{name: "tile-4x4", x: 8, y: 8, tm: 4, tn: 4},
	{name: "tile-8x8", x: 8, y: 8, tm: 8, tn: 8},
	{name: "packed-8x8", x: 16, y: 4, tm: 8, tn: 8, packed: true, portable: true},
	{name: "packed-16x16", x: 8, y: 1, tm: 16, tn: 16, packed: true, cpu: true},
	{name: "panels-32x16", x: 8, y: 1, tm: 32, tn: 16, packed: true, panels: true},
	{name: "windows-32x16", x: 8, y: 1, tm: 32, tn: 16, packed: true, panels: true, windows: true},
	{name: "uniforms-24x16", x: 8, y: 1, tm: 32, tn: 16, packed: true, panels: true, windows: true, both: true},
	{name: "shared-4x4", x: 16, y: 16, tm: 4, tn: 4, shared: true},
	{name: "shared-8x8", x: 16, y: 16, tm: 8, tn: 8, shared: true},
	{name: "double-4x8", x: 16, y: 16, tm: 4, tn: 8, shared: true, double: true},
	{name: "double-8x8", x: 16, y: 16, tm: 8, tn: 8, shared: true, double: true, discrete: true},
}

func products() []*template {
	list := []*template{{
		Info: Info{
			Name: "matmul-i8", Params: productParams(),
			Help:    "The product of 8-bit integer matrices c = a b, given b transposed; bytes lie row by row, so K is a multiple of 4.",
			Inputs:  []Port{{Name: "a", Type: gpu.U32, Shape: "BATCH x M x K bytes"}, {Name: "b", Type: gpu.U32, Shape: "BATCH x N x K bytes"}},
			Outputs: []Port{{Name: "c", Type: gpu.I32, Shape: "BATCH x M x N"}},
		},
		variants: []variant{
			{name: "naive"},
			{name: "packed-8x8", x: 16, y: 4, tm: 8, tn: 8, packed: true, portable: true},
			{name: "packed-16x16", x: 8, y: 1, tm: 16, tn: 16, packed: true},
			{name: "panels-16x16", x: 8, y: 1, tm: 16, tn: 16, packed: true, panels: true},
		},
		tuneMax: 512,
		check: func(p params) error {
			if p["K"]%4 != 0 {
				return gpu.Errorf(gpu.InvalidProgram, "matmul-i8: K is %d; it must be a multiple of 4, so pad the rows with zeros", p["K"])
			}
			return nil
		},
		build: func(k *Kernel, p params, v variant) {
			s := shape{p.get("BATCH"), p.get("M"), p.get("N"), p.get("K") / 4}
			a := k.input("a", gpu.U32, s.batch*s.m*s.k)
			b := k.input("b", gpu.U32, s.batch*s.n*s.k)
			c := k.output("c", gpu.I32, s.batch*s.m*s.n)
			k.byteProduct(s, v, a, b, c)
		},
	}}
	for _, t := range []gpu.Type{gpu.F32, gpu.I32} {
		help := "The matrix product c = a b, or BATCH independent ones."
		if t == gpu.I32 {
			help = "The matrix product c = a b modulo 2^32, or BATCH independent ones."
		}
		list = append(list, &template{
			Info: Info{
				Name: "matmul-" + string(t), Help: help, Params: productParams(),
				Inputs:  []Port{{Name: "a", Type: t, Shape: "BATCH x M x K"}, {Name: "b", Type: t, Shape: "BATCH x K x N"}},
				Outputs: []Port{{Name: "c", Type: t, Shape: "BATCH x M x N"}},
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

// maxLoop bounds the iterations of a kernel's loops: the driver that ends loops after 65,535 must be able to run all kernels.
const maxLoop = 60000

func productParams() []Param {
	return []Param{
		dim("M", "rows of a and c", 1<<20), dim("N", "columns of b and c", 1<<20), dim("K", "columns of a, rows of b", maxLoop),
		option("BATCH", "products", 1, 65535, 1),
	}
}

// shape is the shape of a product: batch times (m x k) * (k x n).
type shape struct{ batch, m, n, k uint64 }

// product adds the commands for c = a b.
func (k *Kernel) product(t gpu.Type, s shape, v variant, a, b, c uint32) {
	k.Ops += 2 * s.batch * s.m * s.n * s.k
	if v.double {
		wgsl, grid := doubleProduct(t, s, v)
		k.dispatch("product", wgsl, grid, a, b, c)
		return
	}
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

// shrink halves a tile's side, a power of two, while the matrix does not fill half of it.
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
	w.storeTile(s, v, vector)
	w.add("}")
	return w.String(), [3]uint32{uint32(ceil(s.n, blockX)), uint32(ceil(s.m, blockY)), uint32(s.batch)}
}

// storeTile writes the results of an invocation of a workgroup whose block starts at x, y, as far as they are in the matrix.
func (w *lines) storeTile(s shape, v variant, wide bool) {
	for r := range v.tm {
		w.add("  let y%d = y + l.y * %du + %du;", r, v.tm, r)
		w.add("  if (y%d < %du) {", r, s.m)
		w.add("    let o = (g.z * %du + y%d) * %du;", s.m, r, s.n)
		for p := range v.tn / 4 {
			w.add("    let x%d = x + (l.x + %du) * 4u;", p, p*v.x)
			if wide {
				w.add("    if (x%d < %du) { c[(o + x%d) / 4u] = c%d_%d; }", p, s.n, p, r, p)
				continue
			}
			for i, suffix := range []string{"x", "y", "z", "w"} {
				w.add("    if (x%d + %du < %du) { c[o + x%d + %du] = c%d_%d.%s; }", p, i, s.n, p, i, r, p, suffix)
			}
		}
		w.add("  }")
	}
}
