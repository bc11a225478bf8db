package kernels

import (
	"fmt"
	"math"

	"gpumesh/gpu"
)

// filters work on images of one RGBA8 word per pixel, red in the lowest byte, in integers only. Beyond the edges an image
// goes on with its edge pixels.
func filters() []*template {
	size := []Param{dim("W", "columns", 1<<16), dim("H", "rows", 1<<16)}
	filter := func(name, help string, extra []Param, build func(k *Kernel, w, h uint64, p params, x, y uint32)) *template {
		return &template{
			Info: Info{
				Name: name, Help: help, Params: append(size[:2:2], extra...),
				Inputs: []Port{{Name: "image", Type: gpu.U32, Shape: "H x W"}}, Outputs: []Port{{Name: "filtered", Type: gpu.U32, Shape: "H x W"}},
			},
			build: func(k *Kernel, p params, _ variant) {
				w, h := p.get("W"), p.get("H")
				x := k.input("image", gpu.U32, w*h)
				y := k.output("filtered", gpu.U32, w*h)
				build(k, w, h, p, x, y)
			},
		}
	}
	radius := func(most int64) []Param { return []Param{dim("RADIUS", "pixels on each side", most)} }
	return []*template{
		filter("blur-box", "The mean of the square of 2 RADIUS + 1 pixels around each, rounded after the rows and after the columns.", radius(64),
			func(k *Kernel, w, h uint64, p params, x, y uint32) {
				k.boxBlur(w, h, p.get("RADIUS"), x, y)
			}),
		filter("blur-gaussian", "A Gaussian blur of standard deviation RADIUS/2, cut off at RADIUS, with weights of 1/65536.", radius(32),
			func(k *Kernel, w, h uint64, p params, x, y uint32) {
				weights := gaussian(int(p["RADIUS"]))
				taps := func(pixel string) string {
					var l lines
					l.add("  var d = 0;")
					for i, weight := range weights {
						l.add("  d = %d; sum = sum + %s * %du;", i-int(p["RADIUS"]), pixel, weight)
					}
					return l.String()
				}
				k.blur(w, h, taps, "(sum + vec4<u32>(32768u)) >> vec4<u32>(16u)", uint64(len(weights)), x, y)
			}),
		filter("sobel", "The strength of edges, |horizontal| + |vertical| gradient of the brightness, as an opaque grey image.", nil,
			func(k *Kernel, w, h uint64, p params, x, y uint32) {
				k.Ops += 30 * w * h
				grid, index := line(w * h)
				k.dispatch("sobel", fill(sobel, values{"W": w, "H": h, "COUNT": w * h, "INDEX": index, "RIGHT": w - 1, "BOTTOM": h - 1}), grid, x, y)
			}),
	}
}

// boxRun is the number of neighbours that one invocation of a box blur computes, each from the sum of the last one.
const boxRun = 32

// boxBlur runs along the rows and then along the columns.
func (k *Kernel) boxBlur(w, h, radius uint64, x, y uint32) {
	k.Ops += 16 * w * h
	between := k.scratch("between", gpu.U32, w*h)
	pass := func(name string, length, lines, step, stride uint64, from, to uint32) {
		runs := ceil(length, boxRun)
		grid, index := line(lines * runs)
		k.dispatch(name, fill(boxPass, values{
			"COUNT": lines * runs, "INDEX": index, "LINES": lines, "LENGTH": length, "RUN": boxRun, "STEP": step, "STRIDE": stride,
			"R": radius, "LAST": length - 1, "HALF": radius, "SIDE": 2*radius + 1,
		}), grid, from, to)
	}
	pass("blur-rows", w, h, 1, w, x, between)
	pass("blur-columns", h, w, w, 1, between, y)
}

// blur runs along the rows and then along the columns. taps writes the sum over the pixels at distance d, each read by the
// given expression; result makes a pixel of the sum.
func (k *Kernel) blur(w, h uint64, taps func(pixel string) string, result string, each uint64, x, y uint32) {
	k.Ops += 16 * w * h * each
	between := k.scratch("between", gpu.U32, w*h)
	grid, index := line(w * h)
	v := values{"W": w, "COUNT": w * h, "INDEX": index, "RESULT": result}
	v["TAPS"] = taps(fmt.Sprintf("pixel(row * %du + near(column, d, %d))", w, w-1))
	k.dispatch("blur-rows", fill(blurPass, v), grid, x, between)
	v["TAPS"] = taps(fmt.Sprintf("pixel(near(row, d, %d) * %du + column)", h-1, w))
	k.dispatch("blur-columns", fill(blurPass, v), grid, between, y)
}

// gaussian returns 2 radius + 1 weights whose sum is 65536.
func gaussian(radius int) []uint32 {
	sigma, total := float64(radius)/2, 0.0
	at := func(d int) float64 { return math.Exp(-float64(d*d) / (2 * sigma * sigma)) }
	for d := -radius; d <= radius; d++ {
		total += at(d)
	}
	weights, rest := make([]uint32, 2*radius+1), uint32(65536)
	for i := range weights {
		if i != radius {
			weights[i] = uint32(math.Round(65536 * at(i-radius) / total))
			rest -= weights[i]
		}
	}
	weights[radius] = rest // so that a flat image stays as it is
	return weights
}

// Sums of up to 129 bytes fit into 16 bits, so a word holds those of two channels.
const boxPass = `// Means of ${SIDE} neighbours along ${LINES} lines of ${LENGTH} pixels, ${RUN} to an invocation.
@group(0) @binding(0) var<storage, read> image: array<u32>;
@group(0) @binding(1) var<storage, read_write> blurred: array<u32>;

fn pixel(start: u32, at: i32) -> vec2<u32> {
  let p = image[start + u32(clamp(at, 0, ${LAST})) * ${STEP}u];
  return vec2<u32>(p & 0xff00ffu, (p >> 8u) & 0xff00ffu);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${COUNT}u) { return; }
  let start = i % ${LINES}u * ${STRIDE}u;
  let first = i32(i / ${LINES}u * ${RUN}u);
  var sum = vec2<u32>();
  for (var d = -${R}; d <= ${R}; d = d + 1) { sum = sum + pixel(start, first + d); }
  for (var j = 0; j < ${RUN}; j = j + 1) {
    let at = first + j;
    if (at > ${LAST}) { break; }
    let mean = vec4<u32>((sum & vec2<u32>(0xffffu)) + vec2<u32>(${HALF}u), (sum >> vec2<u32>(16u)) + vec2<u32>(${HALF}u)) / vec4<u32>(${SIDE}u);
    blurred[start + u32(at) * ${STEP}u] = mean.x | (mean.y << 8u) | (mean.z << 16u) | (mean.w << 24u);
    sum = sum + pixel(start, at + ${R} + 1) - pixel(start, at - ${R});
  }
}
`

const blurPass = `
@group(0) @binding(0) var<storage, read> image: array<u32>;
@group(0) @binding(1) var<storage, read_write> blurred: array<u32>;

fn pixel(at: u32) -> vec4<u32> {
  let p = image[at];
  return vec4<u32>(p & 255u, (p >> 8u) & 255u, (p >> 16u) & 255u, p >> 24u);
}

fn near(at: u32, distance: i32, last: i32) -> u32 {
  return u32(clamp(i32(at) + distance, 0, last));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${COUNT}u) { return; }
  let row = i / ${W}u;
  let column = i % ${W}u;
  var sum = vec4<u32>();
${TAPS}
  let p = ${RESULT};
  blurred[i] = p.x | (p.y << 8u) | (p.z << 16u) | (p.w << 24u);
}
`

const sobel = `
@group(0) @binding(0) var<storage, read> image: array<u32>;
@group(0) @binding(1) var<storage, read_write> edges: array<u32>;

// Brightness from 0 to 255, weighted as in ITU-R BT.601.
fn light(column: i32, row: i32) -> i32 {
  let p = image[u32(clamp(row, 0, ${BOTTOM})) * ${W}u + u32(clamp(column, 0, ${RIGHT}))];
  return i32(((p & 255u) * 77u + ((p >> 8u) & 255u) * 150u + ((p >> 16u) & 255u) * 29u) >> 8u);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${COUNT}u) { return; }
  let x = i32(i % ${W}u);
  let y = i32(i / ${W}u);
  let nw = light(x - 1, y - 1); let n = light(x, y - 1); let ne = light(x + 1, y - 1);
  let w = light(x - 1, y); let e = light(x + 1, y);
  let sw = light(x - 1, y + 1); let s = light(x, y + 1); let se = light(x + 1, y + 1);
  let across = ne + 2 * e + se - nw - 2 * w - sw;
  let down = sw + 2 * s + se - nw - 2 * n - ne;
  let g = u32(min(abs(across) + abs(down), 255));
  edges[i] = g | (g << 8u) | (g << 16u) | 0xff000000u;
}
`
