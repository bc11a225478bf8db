package kernels

import (
	"fmt"

	"gpumesh/gpu"
)

// doubleDepth is the depth of the slabs of doubleProduct: two of a and two of b fill the 16 KiB of workgroup memory that every
// device has.
const doubleDepth = 8

// doubleProduct is sharedProduct as fast GPUs want it. There are two slabs of each matrix: while one pair is multiplied, the
// next is on its way from memory to registers, and one barrier is enough for both. Both slabs hold vectors, so that four loads
// of workgroup memory feed 64 multiply-adds; that of a has four rows to a vector. Slabs are filled with zeros beyond the edges.
func doubleProduct(t gpu.Type, s shape, v variant) (string, [3]uint32) {
	blockX, blockY := v.x*v.tn, v.y*v.tm
	threads := v.x * v.y
	quadsA, quadsB := blockY*doubleDepth/4, blockX*doubleDepth/4 // vectors of a slab
	wideA, wideB := s.k%4 == 0, s.n%4 == 0
	elementA, elementB := string(t), string(t)
	if wideA {
		elementA = "vec4<" + elementA + ">"
	}
	if wideB {
		elementB = "vec4<" + elementB + ">"
	}
	var w lines
	w.add("// c = a b: %d times %d x %d by %d x %d. A workgroup computes %d x %d results, with two slabs of each matrix.", s.batch, s.m, s.k, s.k, s.n, blockY, blockX)
	w.add("@group(0) @binding(0) var<storage, read> a: array<%s>;", elementA)
	w.add("@group(0) @binding(1) var<storage, read> b: array<%s>;", elementB)
	w.add("@group(0) @binding(2) var<storage, read_write> c: array<%s>;", elementB)
	w.add("var<workgroup> slabA: array<vec4<%s>, %d>;", t, 2*quadsA)
	w.add("var<workgroup> slabB: array<vec4<%s>, %d>;", t, 2*quadsB)
	w.add("")
	w.add("// Four neighbours in a row of a.")
	w.add("fn loadA(batch: u32, row: u32, column: u32) -> vec4<%s> {", t)
	w.add("  let at = (batch * %du + min(row, %du)) * %du;", s.m, s.m-1, s.k)
	w.load("a", wideA, t, "row", s.m, s.k)
	w.add("fn loadB(batch: u32, row: u32, column: u32) -> vec4<%s> {", t)
	w.add("  let at = (batch * %du + min(row, %du)) * %du;", s.k, s.k-1, s.n)
	w.load("b", wideB, t, "row", s.k, s.n)
	w.add("@compute @workgroup_size(%d, %d)", v.x, v.y)
	w.add("fn main(@builtin(workgroup_id) g: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {")
	w.add("  let i = l.y * %du + l.x;", v.x)
	w.add("  let y = g.y * %du;", blockY)
	w.add("  let x = g.x * %du;", blockX)
	partsA, partsB := ceil(quadsA, threads), ceil(quadsB, threads)
	fetch := func(indent, k string) {
		for e := range partsA {
			w.add("%snextA%d = loadA(g.z, y + (i + %du) / %du, %s + (i + %du) %% %du * 4u);", indent, e, e*threads, doubleDepth/4, k, e*threads, doubleDepth/4)
		}
		for e := range partsB {
			w.add("%snextB%d = loadB(g.z, %s + (i + %du) / %du, x + (i + %du) %% %du * 4u);", indent, e, k, e*threads, blockX/4, e*threads, blockX/4)
		}
	}
	keep := func(indent, half string) {
		for e := range partsA {
			guard(&w, indent, e, threads, quadsA, func(indent string) {
				w.add("%slet row = (i + %du) / %du;", indent, e*threads, doubleDepth/4)
				w.add("%slet to = %s * %du + (i + %du) %% %du * %du + row / 4u;", indent, half, quadsA, e*threads, doubleDepth/4, blockY)
				for j, component := range "xyzw" {
					w.add("%sslabA[to + %du][row %% 4u] = nextA%d.%c;", indent, uint64(j)*blockY/4, e, component)
				}
			})
		}
		for e := range partsB {
			guard(&w, indent, e, threads, quadsB, func(indent string) {
				w.add("%sslabB[%s * %du + i + %du] = nextB%d;", indent, half, quadsB, e*threads, e)
			})
		}
	}
	for e := range partsA {
		w.add("  var nextA%d = vec4<%s>();", e, t)
	}
	for e := range partsB {
		w.add("  var nextB%d = vec4<%s>();", e, t)
	}
	for r := range v.tm {
		for p := range v.tn / 4 {
			w.add("  var c%d_%d = vec4<%s>();", r, p, t)
		}
	}
	fetch("  ", "0u")
	keep("  ", "0u")
	w.add("  workgroupBarrier();")
	w.add("  var half = 0u;")
	w.add("  for (var k = 0u; k < %du; k = k + %du) {", s.k, doubleDepth)
	fetch("    ", fmt.Sprintf("k + %du", doubleDepth))
	w.add("    let fromA = half * %du + l.y * %du;", quadsA, v.tm/4)
	w.add("    let fromB = half * %du + l.x;", quadsB)
	for d := range uint64(doubleDepth) {
		w.add("    {")
		for p := range v.tn / 4 {
			w.add("      let v%d = slabB[fromB + %du];", p, d*blockX/4+p*v.x)
		}
		for q := range v.tm / 4 {
			w.add("      let u%d = slabA[fromA + %du];", q, d*blockY/4+q)
			for r, component := range "xyzw" {
				for p := range v.tn / 4 {
					name := fmt.Sprintf("c%d_%d", 4*q+uint64(r), p)
					w.add("      %s = %s + u%d.%c * v%d;", name, name, q, component, p)
				}
			}
		}
		w.add("    }")
	}
	w.add("    half = 1u - half;")
	keep("    ", "half")
	w.add("    workgroupBarrier();")
	w.add("  }")
	w.storeTile(s, v, wideB)
	w.add("}")
	return w.String(), [3]uint32{uint32(ceil(s.n, blockX)), uint32(ceil(s.m, blockY)), uint32(s.batch)}
}

// guard leaves out the invocations for which there is no vector of the slab.
func guard(w *lines, indent string, e, threads, quads uint64, body func(indent string)) {
	if (e+1)*threads <= quads {
		w.add("%s{", indent)
	} else {
		w.add("%sif (i + %du < %du) {", indent, e*threads, quads)
	}
	body(indent + "  ")
	w.add("%s}", indent)
}

// load is the rest of a function that returns four neighbours of a matrix, or zeros beyond its edges; at is where the row
// starts.
func (w *lines) load(matrix string, wide bool, t gpu.Type, row string, rows, columns uint64) {
	if wide {
		w.add("  return select(vec4<%s>(), %s[(at + min(column, %du)) / 4u], %s < %du && column < %du);", t, matrix, columns-4, row, rows, columns)
	} else {
		w.add("  let inside = vec4<bool>(column < %du, column + 1u < %du, column + 2u < %du, column + 3u < %du);", columns, columns, columns, columns)
		w.add("  let some = vec4<%s>(%[2]s[at + min(column, %[3]du)], %[2]s[at + min(column + 1u, %[3]du)], %[2]s[at + min(column + 2u, %[3]du)], %[2]s[at + min(column + 3u, %[3]du)]);", t, matrix, columns-1)
		w.add("  return select(vec4<%s>(), select(vec4<%s>(), some, inside), %s < %du);", t, t, row, rows)
	}
	w.add("}")
}
