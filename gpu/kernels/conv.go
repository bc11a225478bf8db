package kernels

import "gpumesh/gpu"

// convolution is a 2-D convolution. The variant direct computes four channels of a pixel at once; the others write the
// window of every output pixel as a row of a matrix and leave the rest to a matrix product.
func convolution() *template {
	return &template{
		Info: Info{
			Name: "conv2d-f32", Help: "The convolution of images (without flipping the kernel), channels last, zeros beyond the edges.",
			Params: []Param{
				option("BATCH", "images", 1, 4096, 1), dim("H", "rows of an image", 1<<15), dim("W", "columns of an image", 1<<15),
				dim("C", "channels of an image", 1<<13), dim("OC", "channels of the result", 1<<13),
				dim("KH", "rows of the kernel", 64), dim("KW", "columns of the kernel", 64),
				option("STRIDE", "pixels between the windows of two results", 1, 64, 1), option("PAD", "zeros around the image", 0, 63, 0),
			},
			Inputs:  []Port{{Name: "x", Type: gpu.F32, Shape: "BATCH x H x W x C"}, {Name: "w", Type: gpu.F32, Shape: "KH x KW x C x OC"}},
			Outputs: []Port{{Name: "y", Type: gpu.F32, Shape: "BATCH x ((H+2PAD-KH)/STRIDE+1) x ((W+2PAD-KW)/STRIDE+1) x OC"}},
		},
		variants: append([]variant{{name: "direct", tm: 1}}, productVariants()...), tuneMax: 64,
		check: func(p params) error {
			if p["KH"] > p["H"]+2*p["PAD"] || p["KW"] > p["W"]+2*p["PAD"] {
				return gpu.Errorf(gpu.InvalidProgram, "conv2d-f32: the kernel of %d x %d is larger than the padded image of %d x %d", p["KH"], p["KW"], p["H"]+2*p["PAD"], p["W"]+2*p["PAD"])
			}
			if n := p["KH"] * p["KW"] * (p["C"] + 2); n > maxLoop {
				return gpu.Errorf(gpu.InvalidProgram, "conv2d-f32: KH x KW x (C+2) is %d; it must be at most %d", n, maxLoop)
			}
			return nil
		},
		build: func(k *Kernel, p params, v variant) {
			get := p.get
			oh := (get("H")+2*get("PAD")-get("KH"))/get("STRIDE") + 1
			ow := (get("W")+2*get("PAD")-get("KW"))/get("STRIDE") + 1
			pixels, window := get("BATCH")*oh*ow, get("KH")*get("KW")*get("C")
			x := k.input("x", gpu.F32, get("BATCH")*get("H")*get("W")*get("C"))
			w := k.input("w", gpu.F32, window*get("OC"))
			y := k.output("y", gpu.F32, pixels*get("OC"))
			vals := values{"OH": oh, "OW": ow}
			for name, n := range p {
				vals[name] = n
			}
			if v.name == "direct" {
				k.Ops += 2 * pixels * window * get("OC")
				vals["T"], vals["OC"] = "f32", get("OC")
				if get("OC")%4 == 0 {
					vals["T"], vals["OC"] = "vec4<f32>", get("OC")/4
				}
				count := pixels * vals["OC"].(uint64)
				grid, index := line(count)
				vals["COUNT"], vals["INDEX"] = count, index
				k.dispatch("conv", fill(convDirect, vals), grid, x, w, y)
				return
			}
			grid, index := line(pixels * window)
			vals["COUNT"], vals["INDEX"], vals["WINDOW"] = pixels*window, index, window
			columns := k.scratch("windows", gpu.F32, pixels*window)
			k.dispatch("windows", fill(convWindows, vals), grid, x, columns)
			k.product(gpu.F32, shape{1, pixels, get("OC"), window}, v, columns, w, y)
		},
	}
}

const convDirect = `// A window of ${KH} x ${KW} x ${C} for each of ${OH} x ${OW} x ${OC} results.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> w: array<${T}>;
@group(0) @binding(2) var<storage, read_write> y: array<${T}>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${COUNT}u) { return; }
  let channel = i % ${OC}u;
  let pixel = i / ${OC}u;
  let left = pixel % ${OW}u * ${STRIDE}u;
  let top = pixel / ${OW}u % ${OH}u * ${STRIDE}u;
  let image = pixel / ${OW}u / ${OH}u * ${H}u;
  var sum = ${T}();
  for (var ky = 0u; ky < ${KH}u; ky = ky + 1u) {
    let row = top + ky - ${PAD}u; // wraps to a large number above the image
    if (row < ${H}u) {
      for (var kx = 0u; kx < ${KW}u; kx = kx + 1u) {
        let column = left + kx - ${PAD}u;
        if (column < ${W}u) {
          let at = ((image + row) * ${W}u + column) * ${C}u;
          let weight = (ky * ${KW}u + kx) * ${C}u * ${OC}u + channel;
          for (var c = 0u; c < ${C}u; c = c + 1u) { sum = sum + x[at + c] * w[weight + c * ${OC}u]; }
        }
      }
    }
  }
  y[i] = sum;
}
`

const convWindows = `// The window of ${KH} x ${KW} x ${C} of each of ${OH} x ${OW} results, as a row.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> windows: array<f32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${COUNT}u) { return; }
  let pixel = i / ${WINDOW}u;
  let part = i % ${WINDOW}u;
  let column = pixel % ${OW}u * ${STRIDE}u + part / ${C}u % ${KW}u - ${PAD}u; // wraps to a large number beside the image
  let row = pixel / ${OW}u % ${OH}u * ${STRIDE}u + part / ${C}u / ${KW}u - ${PAD}u;
  let image = pixel / ${OW}u / ${OH}u * ${H}u;
  var v = 0.0;
  if (row < ${H}u && column < ${W}u) { v = x[((image + row) * ${W}u + column) * ${C}u + part % ${C}u]; }
  windows[i] = v;
}
`
