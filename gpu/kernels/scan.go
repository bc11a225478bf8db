package kernels

import (
	"fmt"

	"gpumesh/gpu"
)

// Scans are done in blocks: sums of blocks, a scan of those sums, then the blocks again from there. In the variant serial an
// invocation is a block, without workgroup memory; in shared a workgroup is one.
func scans() []*template {
	var list []*template
	for _, t := range []gpu.Type{gpu.U32, gpu.I32, gpu.F32} {
		list = append(list, &template{
			Info: Info{
				Name: "scan-" + string(t),
				Help: "Running sums: y[i] is the sum of x up to and with x[i], or without it when EXCLUSIVE is 1.",
				Params: []Param{
					dim("N", "elements", maxElements), option("EXCLUSIVE", "leave x[i] out of y[i]", 0, 1, 0),
				},
				Inputs:  []Port{{Name: "x", Type: t, Shape: "N"}},
				Outputs: []Port{{Name: "y", Type: t, Shape: "N"}},
			},
			variants: []variant{{name: "serial", cpu: true, portable: true}, {name: "shared", shared: true, discrete: true}},
			tuneMax:  1 << 20,
			build: func(k *Kernel, p params, v variant) {
				n := p.get("N")
				x := k.input("x", t, n)
				y := k.output("y", t, n)
				k.Ops += n
				k.scan(t, n, p["EXCLUSIVE"] == 1, v.shared, x, y)
			},
		})
	}
	return list
}

const (
	scanChunk = 64   // elements of an invocation of the serial variant
	scanBlock = 1024 // elements of a workgroup of the shared variant
)

// scan adds the commands for the scan of x to y, two buffers of n elements.
func (k *Kernel) scan(t gpu.Type, n uint64, exclusive, shared bool, x, y uint32) {
	k.scanLevel(0, t, n, exclusive, shared, x, y)
}

func (k *Kernel) scanLevel(level int, t gpu.Type, n uint64, exclusive, shared bool, x, y uint32) {
	block := uint64(scanChunk)
	if shared {
		block = scanBlock
	}
	blocks := ceil(n, block)
	grid, index := line(blocks)
	v := values{"T": t, "N": n, "INDEX": index, "BLOCKS": blocks, "CHUNK": scanChunk, "BASE": "", "START": zero(t), "BEFORE": "acc = acc + v;", "AFTER": ""}
	if exclusive {
		v["BEFORE"], v["AFTER"] = "", "acc = acc + v;"
	}
	if blocks == 1 && !shared {
		k.dispatch("scan", fill(chunkScan, v), grid, x, y)
		return
	}
	sums := k.scratch(fmt.Sprintf("sums%d", level), t, blocks)
	if !shared {
		bases := k.scratch(fmt.Sprintf("bases%d", level), t, blocks)
		k.dispatch("scan-sums", fill(chunkSums, v), grid, x, sums)
		k.scanLevel(level+1, t, blocks, true, false, sums, bases)
		v["BASE"], v["START"] = "@group(0) @binding(2) var<storage, read> bases: array<"+string(t)+">;\n", "bases[i]"
		k.dispatch("scan", fill(chunkScan, v), grid, x, y, bases)
		return
	}
	rows := ceil(blocks, gpu.MaxGrid)
	columns := ceil(blocks, rows)
	v["COLUMNS"] = columns
	v["OUT"] = "base + s0, base + s0 + s1, base + s0 + s1 + s2, base + s0 + s1 + s2 + s3"
	if exclusive {
		v["OUT"] = "base, base + s0, base + s0 + s1, base + s0 + s1 + s2"
	}
	var steps lines
	for d := 1; d < 256; d *= 2 {
		steps.add("  other = %s;", zero(t))
		steps.add("  if (l >= %du) { other = total[l - %du]; }", d, d)
		steps.add("  workgroupBarrier();")
		steps.add("  total[l] = total[l] + other;")
		steps.add("  workgroupBarrier();")
	}
	v["STEPS"], v["ZERO"] = steps.String(), zero(t)
	k.dispatch("scan-block", fill(blockScan, v), [3]uint32{uint32(columns), uint32(rows), 1}, x, y, sums)
	if blocks == 1 {
		return
	}
	bases := k.scratch(fmt.Sprintf("bases%d", level), t, blocks)
	k.scanLevel(level+1, t, blocks, true, true, sums, bases)
	grid, index = line(n)
	k.dispatch("scan-add", fill(blockAdd, values{"T": t, "N": n, "INDEX": index, "BLOCK": scanBlock}), grid, y, bases)
}

const chunkSums = `// Sums of chunks of ${CHUNK} elements.
@group(0) @binding(0) var<storage, read> x: array<${T}>;
@group(0) @binding(1) var<storage, read_write> sums: array<${T}>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${BLOCKS}u) { return; }
  var acc = ${T}();
  for (var j = 0u; j < ${CHUNK}u; j = j + 1u) {
    let at = i * ${CHUNK}u + j;
    if (at < ${N}u) { acc = acc + x[at]; }
  }
  sums[i] = acc;
}
`

const chunkScan = `// Scans of chunks of ${CHUNK} elements.
@group(0) @binding(0) var<storage, read> x: array<${T}>;
@group(0) @binding(1) var<storage, read_write> y: array<${T}>;
${BASE}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${BLOCKS}u) { return; }
  var acc = ${START};
  for (var j = 0u; j < ${CHUNK}u; j = j + 1u) {
    let at = i * ${CHUNK}u + j;
    if (at < ${N}u) {
      let v = x[at];
      ${BEFORE}
      y[at] = acc;
      ${AFTER}
    }
  }
}
`

const blockScan = `// Scans of blocks of 1024 elements, four to an invocation, and their sums.
@group(0) @binding(0) var<storage, read> x: array<${T}>;
@group(0) @binding(1) var<storage, read_write> y: array<${T}>;
@group(0) @binding(2) var<storage, read_write> sums: array<${T}>;
var<workgroup> total: array<${T}, 256>;
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) g: vec3<u32>, @builtin(local_invocation_index) l: u32) {
  let block = g.y * ${COLUMNS}u + g.x;
  let at = (block * 256u + l) * 4u;
  var s0 = ${ZERO}; var s1 = ${ZERO}; var s2 = ${ZERO}; var s3 = ${ZERO};
  if (at < ${N}u) { s0 = x[at]; }
  if (at + 1u < ${N}u) { s1 = x[at + 1u]; }
  if (at + 2u < ${N}u) { s2 = x[at + 2u]; }
  if (at + 3u < ${N}u) { s3 = x[at + 3u]; }
  total[l] = s0 + s1 + s2 + s3;
  workgroupBarrier();
  var other = ${ZERO};
${STEPS}
  var base = ${ZERO};
  if (l > 0u) { base = total[l - 1u]; }
  let out = vec4<${T}>(${OUT});
  if (at < ${N}u) { y[at] = out.x; }
  if (at + 1u < ${N}u) { y[at + 1u] = out.y; }
  if (at + 2u < ${N}u) { y[at + 2u] = out.z; }
  if (at + 3u < ${N}u) { y[at + 3u] = out.w; }
  if (l == 255u && block < ${BLOCKS}u) { sums[block] = total[255]; }
}
`

const blockAdd = `// Adds to each block of ${BLOCK} elements what came before it.
@group(0) @binding(0) var<storage, read_write> y: array<${T}>;
@group(0) @binding(1) var<storage, read> bases: array<${T}>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i < ${N}u) { y[i] = y[i] + bases[i / ${BLOCK}u]; }
}
`

func zero(t gpu.Type) string { return string(t) + "()" }
