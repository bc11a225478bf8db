package kernels

import (
	"strconv"

	"gpumesh/gpu"
)

func sorts() []*template {
	variants := []variant{{name: "serial", cpu: true, portable: true}, {name: "shared", shared: true, discrete: true}}
	count := dim("N", "elements", 1<<28)
	var list []*template
	for _, t := range []gpu.Type{gpu.U32, gpu.I32} {
		list = append(list, &template{
			Info: Info{
				Name: "sort-" + string(t), Help: "The elements in ascending order.", Params: []Param{count},
				Inputs: []Port{{Name: "x", Type: t, Shape: "N"}}, Outputs: []Port{{Name: "y", Type: t, Shape: "N"}},
			},
			variants: variants, tuneMax: 1 << 17,
			build: func(k *Kernel, p params, v variant) {
				n := p.get("N")
				x := k.input("x", t, n)
				y := k.output("y", t, n)
				k.sort(t, n, v.shared, []uint32{x}, []uint32{y})
			},
		}, &template{
			Info: Info{
				Name: "sort-pairs-" + string(t), Help: "Keys in ascending order, each with its value; equal keys stay in their order.", Params: []Param{count},
				Inputs:  []Port{{Name: "keys", Type: t, Shape: "N"}, {Name: "values", Type: gpu.U32, Shape: "N"}},
				Outputs: []Port{{Name: "sorted", Type: t, Shape: "N"}, {Name: "moved", Type: gpu.U32, Shape: "N"}},
			},
			variants: variants, tuneMax: 1 << 17,
			build: func(k *Kernel, p params, v variant) {
				n := p.get("N")
				keys := k.input("keys", t, n)
				vals := k.input("values", gpu.U32, n)
				sorted := k.output("sorted", t, n)
				moved := k.output("moved", gpu.U32, n)
				k.sort(t, n, v.shared, []uint32{keys, vals}, []uint32{sorted, moved})
			},
		})
	}
	return append(list, histogram())
}

// sortChunk is the number of elements that an invocation counts and moves.
const sortChunk = 128

// sort is a radix sort, four bits at a time. Each invocation counts the digits of its chunk; a scan of the counts, digit by
// digit, tells where its elements of each digit go. So every place is written once; that no counts could make two invocations
// write the same one cannot be proven from the text, so they put their bits into zeros by atomic operations, whose order does
// not matter. from and to hold the keys and, if there are any, the values.
func (k *Kernel) sort(t gpu.Type, n uint64, shared bool, from, to []uint32) {
	const digits, bits = 16, 4
	chunks := ceil(n, sortChunk)
	k.Ops += n * (32 / bits)
	counts := k.scratch("counts", gpu.U32, digits*chunks)
	starts := k.scratch("starts", gpu.U32, digits*chunks)
	var spare []uint32
	for i := range from {
		spare = append(spare, k.scratch("spare"+strconv.Itoa(i), gpu.U32, n))
	}
	flip := "0u"
	if t == gpu.I32 {
		flip = "0x80000000u"
	}
	v := values{"N": n, "CHUNKS": chunks, "CHUNK": sortChunk, "FLIP": flip, "LOAD": "", "VALUES": ""}
	if len(from) > 1 {
		v["LOAD"] = "atomicOr(&moved[place], vals[at]);"
		v["VALUES"] = "@group(0) @binding(3) var<storage, read> vals: array<u32>;\n@group(0) @binding(4) var<storage, read_write> moved: array<atomic<u32>>;"
	}
	grid, index := line(chunks)
	v["INDEX"] = index
	var scan []gpu.Command // of the counts: always the same
	for pass := 0; pass < 32/bits; pass++ {
		v["SHIFT"] = pass * bits
		dest := spare
		if pass%2 == 1 {
			dest = to
		}
		k.dispatch("sort-count", fill(sortCount, v), grid, from[0], counts)
		if scan == nil {
			at := len(k.Commands)
			k.scan(gpu.U32, digits*chunks, true, shared, counts, starts)
			scan = k.Commands[at:len(k.Commands):len(k.Commands)]
		} else {
			k.Commands = append(k.Commands, scan...)
		}
		buffers := []uint32{from[0], starts, dest[0]}
		if len(from) > 1 {
			buffers = append(buffers, from[1], dest[1])
		}
		for _, b := range dest {
			k.zero(b)
		}
		k.dispatch("sort-move", fill(sortMove, v), grid, buffers...)
		from = dest
	}
}

const sortCount = `// Counts the digits at bit ${SHIFT} in each chunk of ${CHUNK} keys.
@group(0) @binding(0) var<storage, read> keys: array<u32>;
@group(0) @binding(1) var<storage, read_write> counts: array<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${CHUNKS}u) { return; }
  var mine: array<u32, 16>;
  for (var j = 0u; j < ${CHUNK}u; j = j + 1u) {
    let at = i * ${CHUNK}u + j;
    if (at < ${N}u) {
      let digit = ((keys[at] ^ ${FLIP}) >> ${SHIFT}u) & 15u;
      mine[digit] = mine[digit] + 1u;
    }
  }
  for (var d = 0u; d < 16u; d = d + 1u) { counts[d * ${CHUNKS}u + i] = mine[d]; }
}
`

const sortMove = `// Moves each chunk of ${CHUNK} keys to the places of their digits at bit ${SHIFT}.
@group(0) @binding(0) var<storage, read> keys: array<u32>;
@group(0) @binding(1) var<storage, read> starts: array<u32>;
@group(0) @binding(2) var<storage, read_write> sorted: array<atomic<u32>>;
${VALUES}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${CHUNKS}u) { return; }
  var next: array<u32, 16>;
  for (var d = 0u; d < 16u; d = d + 1u) { next[d] = starts[d * ${CHUNKS}u + i]; }
  for (var j = 0u; j < ${CHUNK}u; j = j + 1u) {
    let at = i * ${CHUNK}u + j;
    if (at < ${N}u) {
      let key = keys[at];
      let digit = ((key ^ ${FLIP}) >> ${SHIFT}u) & 15u;
      let place = next[digit];
      next[digit] = place + 1u;
      atomicOr(&sorted[place], key);
      ${LOAD}
    }
  }
}
`

// histogramMax is the largest histogram that is first counted in workgroup memory.
const histogramMax = 4096

func histogram() *template {
	return &template{
		Info: Info{
			Name: "histogram", Help: "How many elements have each value below BINS; larger ones are not counted.",
			Params:  []Param{dim("N", "elements", maxElements), dim("BINS", "values", 1<<24)},
			Inputs:  []Port{{Name: "x", Type: gpu.U32, Shape: "N"}},
			Outputs: []Port{{Name: "counts", Type: gpu.U32, Shape: "BINS"}},
		},
		variants: []variant{{name: "global", cpu: true, portable: true}, {name: "shared", shared: true, discrete: true}},
		tuneMax:  1 << 20,
		build: func(k *Kernel, p params, v variant) {
			n, bins := p.get("N"), p.get("BINS")
			k.Ops += n
			x := k.input("x", gpu.U32, n)
			counts := k.output("counts", gpu.U32, bins)
			k.zero(counts)
			const each = 64 // elements of an invocation
			threads := ceil(ceil(n, each), 256) * 256
			grid, index := line(threads)
			text := histogramGlobal
			if v.shared && bins <= histogramMax {
				text = histogramShared
				rows := ceil(threads/256, gpu.MaxGrid)
				columns := ceil(threads/256, rows)
				grid, index = [3]uint32{uint32(columns), uint32(rows), 1}, "((g.y * "+strconv.FormatUint(columns, 10)+"u + g.x) * 256u + l)"
			}
			k.dispatch("histogram", fill(text, values{
				"N": n, "BINS": bins, "INDEX": index, "THREADS": threads, "EACH": each, "SHARE": ceil(bins, 256),
			}), grid, x, counts)
		},
	}
}

const histogramGlobal = `// Counts ${N} values.
@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read_write> counts: array<atomic<u32>>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${THREADS}u) { return; }
  for (var j = 0u; j < ${EACH}u; j = j + 1u) {
    let at = j * ${THREADS}u + i;
    if (at < ${N}u) {
      let v = x[at];
      if (v < ${BINS}u) { atomicAdd(&counts[v], 1u); }
    }
  }
}
`

const histogramShared = `// Counts ${N} values, each workgroup's in its own memory first.
@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read_write> counts: array<atomic<u32>>;
var<workgroup> mine: array<atomic<u32>, ${BINS}>;
@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) g: vec3<u32>, @builtin(local_invocation_index) l: u32) {
  let i = ${INDEX};
  for (var j = 0u; j < ${EACH}u; j = j + 1u) {
    let at = j * ${THREADS}u + i;
    if (at < ${N}u && i < ${THREADS}u) {
      let v = x[at];
      if (v < ${BINS}u) { atomicAdd(&mine[v], 1u); }
    }
  }
  workgroupBarrier();
  for (var j = 0u; j < ${SHARE}u; j = j + 1u) {
    let bin = j * 256u + l;
    if (bin < ${BINS}u) {
      let count = atomicLoad(&mine[bin]);
      if (count > 0u) { atomicAdd(&counts[bin], count); }
    }
  }
}
`
