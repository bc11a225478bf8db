package kernels

import (
	"fmt"

	"gpumesh/gpu"
)

// The largest tile of uniformProduct and the one for what is left, in vectors of four rows, and its columns in vectors.
const (
	tileQuads = 6
	restQuads = 4
	tileParts = 4
)

// uniformGroup is how many rows of vectors, and columns of them, each uniform of uniformProduct holds, or 0 where a product of this
// shape cannot be cut so. One uniform has 4 * group rows of a or columns of b, in full depth.
func uniformGroup(s shape) uint64 {
	if s.k%4 != 0 {
		return 0
	}
	for n := gpu.MaxUniform / 16 / s.k &^ 3; n > 0; n -= 4 {
		uniforms := s.m / 4 / n // of a
		if s.m%(8*n) != 0 || restQuads*restTiles(uniforms) > uniforms || s.n%(4*tileParts*n) != 0 {
			continue
		}
		if s.batch*ceil(uniforms, restQuads)*(s.n/n/4/tileParts) <= maxGroups {
			return n
		}
	}
	return 0
}

// restTiles is how many of the smaller tiles a column of so many vectors, an even number, needs, so that the rest of it, a multiple of
// 6, is of larger ones.
func restTiles(quads uint64) uint64 { return quads % 3 }

// uniformProduct reads both matrices from uniforms: lavapipe 22.3 loads from them without a loop over the lanes, so that a tile may be
// small, and two steps in depth fit into an iteration whose code still fits into the first cache. Sums are loaded, blended with the
// mask of active lanes and stored once in an iteration. Each load is ahead of what needs it by another one of four elements. A
// dispatch computes group x group tiles and is small: it is for processors of few cores.
func (k *Kernel) uniformProduct(t gpu.Type, s shape, group uint64, a, b, c uint32) {
	a = k.packColumns("panels", t, s.batch, s.m, s.k, 8, a)
	b = k.pack(packRowsOfVectors, "slabs", t, s.batch, s.n, s.k, 16, b, 4)
	part := 16 * s.k * group // bytes of a uniform
	for z := range s.batch {
		for row := uint64(0); row < s.m/4/group; { // of uniforms
			quads := uint64(tileQuads)
			if restTiles(s.m/4/group-row) > 0 {
				quads = restQuads
			}
			text := uniformText(t, s, quads, group)
			for column := uint64(0); column < s.n/4/group; column += tileParts {
				var bind []gpu.Binding
				for q := range quads {
					bind = append(bind, gpu.Binding{Buffer: a, Off: (z*s.m/4/group + row + q) * part, Len: part})
				}
				for p := range uint64(tileParts) {
					bind = append(bind, gpu.Binding{Buffer: b, Off: (z*s.n/4/group + column + p) * part, Len: part})
				}
				bind = append(bind, gpu.Binding{
					Buffer: c, Off: 16 * group * ((z*s.m/4/group+row)*s.n + column), Len: 4 * ((4*group*quads-1)*s.n + 4*group*tileParts),
				})
				k.dispatchRanges("product", text, [3]uint32{uint32(group / 2), uint32(group / 4), 1}, bind)
			}
			row += quads
		}
	}
}

func uniformText(t gpu.Type, s shape, quads, group uint64) string {
	var w lines
	w.add("// c = a b: %d times %d x %d by %d x %d, with both in panels. An invocation computes %d x %d results.", s.batch, s.m, s.k, s.k, s.n, 4*quads, 4*tileParts)
	for q := range quads {
		w.add("@group(0) @binding(%d) var<uniform> a%d: array<vec4<%s>, %d>;", q, q, t, group*s.k)
	}
	for p := range uint64(tileParts) {
		w.add("@group(0) @binding(%d) var<uniform> b%d: array<vec4<%s>, %d>;", quads+p, p, t, group*s.k)
	}
	w.add("@group(0) @binding(%d) var<storage, read_write> c: array<vec4<%s>>;", quads+tileParts, t)
	w.add("@compute @workgroup_size(8)")
	w.add("fn main(@builtin(workgroup_id) g: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {")
	w.add("  let x = l.x %% 4u;")
	w.add("  let y = l.x / 4u;")
	w.add("  let rows = g.x * %du + y;", 2*s.k)
	w.add("  let columns = g.y * %du + x;", 4*s.k)
	for r := range 4 * quads {
		for p := range tileParts {
			w.add("  var c%d_%d = vec4<%s>();", r, p, t)
		}
	}
	w.add("  for (var k = 0u; k < %du; k = k + 2u) {", s.k)
	loadA := func(q uint64) {
		w.add("    let u%d = a%d[rows + k * 2u];", q, q)
		w.add("    let w%d = a%d[rows + k * 2u + 2u];", q, q)
	}
	loadB := func(p uint64) {
		w.add("    let v%d = b%d[columns + k * 4u];", p, p)
		w.add("    let x%d = b%d[columns + k * 4u + 4u];", p, p)
	}
	add := func(q, p uint64) {
		for i, component := range "xyzw" {
			name := fmt.Sprintf("c%d_%d", 4*q+uint64(i), p)
			w.add("    %s = %s + u%d.%c * v%d + w%d.%c * x%d;", name, name, q, component, p, q, component, p)
		}
	}
	loadB(0)
	loadA(0)
	for q := uint64(1); q < quads; q++ {
		loadA(q)
		add(q-1, 0)
	}
	loadB(1)
	add(quads-1, 0)
	for p := uint64(1); p < tileParts; p++ {
		if p+1 < tileParts {
			loadB(p + 1)
		}
		for q := range quads {
			add(q, p)
		}
	}
	w.add("  }")
	w.add("  let first = (g.x * 2u + y) * %du + g.y * 4u + x;", s.n)
	for r := range 4 * quads {
		for p := range uint64(tileParts) {
			w.add("  c[first + %du] = c%d_%d;", (r/4*4*group+r%4)*s.n/4+p*group, r, p)
		}
	}
	w.add("}")
	return w.String()
}
