package kernels

import (
	"strconv"

	"gpumesh/gpu"
)

// renders is a path tracer. A step adds a sample to every pixel of an accumulation buffer, which is State, so a picture can be
// stopped, moved and resumed between samples; Final makes it a picture.
//
// The scene is State too: a task may bring its own, and Init writes the still life of scene.go where none was brought. It has
// 16 numbers in a row, as four vectors:
//
//	row 0, camera: eye x y z, height of the view at distance 1 | target x y z, radius of the lens | distance in focus, exposure, 0, 0 | 0 0 0 0
//	row 1, sky: red green blue overhead, 0 | red green blue at the horizon, 0 | 0 0 0 0 | 0 0 0 0
//	objects: centre x y z, 0 sphere or 1 box | half sizes x y z (sphere: radius 0 0), turns about the vertical axis |
//	         red green blue, glow | 0 matt, 1 metal, 2 glass or 3 varnish, roughness of metal, refractive index, side of a checker or 0
//
// The first LIGHTS objects are spheres that glow; they are sampled directly. Paths end by roulette, or at DEPTH. Colors are
// linear. There is no built-in sine, exponential or power in it, and random numbers are a hash of pixel, sample, bounce and
// seed: pcg4d of Jarzynski and Olano, "Hash functions for GPU rendering" (2020).
func renders() []*template {
	return []*template{{
		Info: Info{
			Name: "path-trace", Seeded: true,
			Help: "A path-traced picture of spheres and boxes, matt, metal, glass or varnished, under soft lights: a still life, or the given scene; the seed's high word counts bands of ROWS rows from the top.",
			Params: []Param{
				dim("W", "columns of the picture", 1<<14), dim("H", "rows of the picture", 1<<14),
				option("ROWS", "rows of the band that a task renders, 0 for all", 0, 1<<14, 0),
				option("SAMPLES", "paths per pixel", 1, 1<<16, 64), option("DEPTH", "bounces of a path at most", 1, 64, 12),
				option("OBJECTS", "objects of the scene", 1, 256, int64(len(stillLife))), option("LIGHTS", "objects that are lights to aim at, from the first one on", 0, 256, stillLights),
			},
			Inputs: []Port{
				{Name: "scene", Type: gpu.F32, Shape: "OBJECTS+2 x 16", Optional: true},
				{Name: "sums", Type: gpu.F32, Shape: "ROWS x W x 4", Optional: true}, // light and number of paths to go on from, with another seed
			},
			Outputs: []Port{{Name: "picture", Type: gpu.U32, Shape: "ROWS x W"}},
		},
		check: func(p params) error {
			switch {
			case p["LIGHTS"] > p["OBJECTS"]:
				return gpu.Errorf(gpu.InvalidProgram, "path-trace: LIGHTS is %d; it must be at most OBJECTS, which is %d", p["LIGHTS"], p["OBJECTS"])
			case p["ROWS"] > p["H"]:
				return gpu.Errorf(gpu.InvalidProgram, "path-trace: ROWS is %d; it must be at most H, which is %d", p["ROWS"], p["H"])
			}
			return nil
		},
		build: (*Kernel).pathTrace,
	}}
}

// Picture rows are traced in blocks of about this many pixels, so that no dispatch takes long on a slow device.
const tracePixels = 1 << 16

func (k *Kernel) pathTrace(p params, _ variant) {
	w, rows, objects := p.get("W"), p.get("ROWS"), p.get("OBJECTS")
	if rows == 0 {
		rows = p.get("H")
	}
	k.Steps = uint32(p["SAMPLES"])
	k.Ops += w * rows * 4 * (20*objects + 100) // a guess: a path has some four rays
	params := k.buffer(gpu.Params, "params", gpu.U32, gpu.ParamsSize/4)
	scene := k.buffer(gpu.State, "scene", gpu.F32, 16*(objects+2))
	sums := k.buffer(gpu.State, "sums", gpu.F32, 4*w*rows)
	picture := k.output("picture", gpu.U32, w*rows)

	// A dispatch finds the first row of its block in a window of this buffer, because the grid does not tell, and with it what
	// all pixels share.
	height := max(min(rows, tracePixels/w&^7), 8)
	blocks := ceil(rows, height)
	starts := k.scratch("starts", gpu.U32, blocks*gpu.BindAlign/4)

	v := values{"W": w, "H": p.get("H"), "ROWS": rows, "HEIGHT": height, "BLOCKS": blocks, "OBJECTS": objects, "LIGHTS": p.get("LIGHTS"), "DEPTH": p.get("DEPTH")}
	v["TURN"], v["DIRECT"] = turnFunction, ""
	v["RAYS"] = p["DEPTH"]
	if p["LIGHTS"] > 0 {
		v["DIRECT"], v["RAYS"] = fill(traceDirect, v), 2*p["DEPTH"]
	}
	given := k.scratch("given", gpu.U32, 1)
	k.dispatch("given", traceGiven, [3]uint32{1, 1, 1}, scene, given)
	k.dispatch("still-life", stillLifeSource(objects), [3]uint32{1, 1, 1}, given, scene)
	k.Init, k.Commands = k.Commands, nil
	k.dispatch("starts", fill(traceStarts, v), [3]uint32{uint32(ceil(blocks, 64)), 1, 1}, scene, starts)
	for b := range blocks {
		k.dispatch("trace", fill(trace, v), [3]uint32{uint32(ceil(w, 8)), uint32(ceil(min(height, rows-b*height), 8)), 1}, params, scene, starts, sums)
		at := &k.Commands[len(k.Commands)-1].Bind[2]
		at.Off, at.Len = b*gpu.BindAlign, gpu.BindAlign
	}
	step := k.Commands
	k.Commands = nil
	grid, index := line(w * rows)
	v["INDEX"], v["COUNT"] = index, w*rows
	k.dispatch("develop", fill(traceDevelop, v), grid, scene, sums, picture)
	k.Final, k.Commands = k.Commands, step
}

// stillLifeSource writes the still life where a task brought no scene, as many objects of it as there is room for.
func stillLifeSource(objects uint64) string {
	var w lines
	w.add("@group(0) @binding(0) var<storage, read> given: array<u32>;")
	w.add("@group(0) @binding(1) var<storage, read_write> scene: array<vec4<f32>>;")
	w.add("@compute @workgroup_size(1)")
	w.add("fn main() {")
	w.add("  if (given[0] == 1u) { return; }")
	for i, row := range append([][16]float32{stillCamera, stillSky}, stillLife[:min(objects, uint64(len(stillLife)))]...) {
		for q := range 4 {
			v := row[4*q:][:4]
			if v[0] == 0 && v[1] == 0 && v[2] == 0 && v[3] == 0 {
				continue
			}
			w.add("  scene[%d] = vec4<f32>(%s, %s, %s, %s);", 4*i+q, literal(v[0]), literal(v[1]), literal(v[2]), literal(v[3]))
		}
	}
	w.add("}")
	return w.String()
}

// literal writes a number of the still life as a person would.
func literal(x float32) string {
	s := strconv.FormatFloat(float64(x), 'f', -1, 32)
	if float32(int32(x)) == x {
		s += ".0"
	}
	return s
}

// traceGiven is apart from what writes the scene, so that nothing depends on the order of reads and writes.
const traceGiven = `// Whether the task brought a scene: a view has a height.
@group(0) @binding(0) var<storage, read> scene: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> given: array<u32>;
@compute @workgroup_size(1)
fn main() {
  if (scene[0].w != 0.0) { given[0] = 1u; }
}
`

// traceStarts works out once what all pixels of a block share.
const traceStarts = `// For every block of ${HEIGHT} rows: the first row, and the height of a pixel, the camera's axes ahead and to the right.
@group(0) @binding(0) var<storage, read> scene: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> starts: array<u32>;

fn unit(v: vec3<f32>) -> vec3<f32> { return v * (1.0 / sqrt(max(dot(v, v), 1e-20))); }

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= ${BLOCKS}u) { return; }
  let ahead = unit(scene[1].xyz - scene[0].xyz);
  let right = unit(cross(ahead, vec3<f32>(0.0, 1.0, 0.0)));
  let at = id.x * 64u;
  starts[at] = id.x * ${HEIGHT}u;
  starts[at + 1u] = bitcast<u32>(scene[0].w / ${H}.0);
  starts[at + 4u] = bitcast<u32>(ahead.x);
  starts[at + 5u] = bitcast<u32>(ahead.y);
  starts[at + 6u] = bitcast<u32>(ahead.z);
  starts[at + 8u] = bitcast<u32>(right.x);
  starts[at + 9u] = bitcast<u32>(right.y);
  starts[at + 10u] = bitcast<u32>(right.z);
}
`

const trace = `// One path for every pixel of a block of a picture of ${W} x ${H}, whose light is added to what the pixel has.
@group(0) @binding(0) var<uniform> params: vec4<u32>; // sample, samples, seed, band
@group(0) @binding(1) var<storage, read> scene: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> starts: array<u32>;
@group(0) @binding(3) var<storage, read_write> sums: array<vec4<f32>>;

const FAR = 1e30;
const GAP = 1e-3; // between a surface and the rays that leave it
const NONE = ${OBJECTS}u;

fn hash(pixel: u32, sample: u32, bounce: u32, seed: u32) -> vec4<u32> {
  var v = vec4<u32>(pixel, sample, bounce, seed) * 1664525u + vec4<u32>(1013904223u);
  v.x = v.x + v.y * v.w; v.y = v.y + v.z * v.x; v.z = v.z + v.x * v.y; v.w = v.w + v.y * v.z;
  v = v ^ (v >> vec4<u32>(16u));
  v.x = v.x + v.y * v.w; v.y = v.y + v.z * v.x; v.z = v.z + v.x * v.y; v.w = v.w + v.y * v.z;
  return v;
}

// From 0 up to and without 1.
fn uniforms(v: vec4<u32>) -> vec4<f32> { return vec4<f32>(v >> vec4<u32>(8u)) * 5.9604645e-8; }

${TURN}
// Products with a reciprocal, here and below, are much shorter than quotients in the reproducible form.
fn unit(v: vec3<f32>) -> vec3<f32> { return v * (1.0 / sqrt(max(dot(v, v), 1e-20))); }

// A vector around n, given by its cosine with n and its direction about it.
fn around(n: vec3<f32>, cosine: f32, direction: vec2<f32>) -> vec3<f32> {
  let side = select(-1.0, 1.0, n.z >= 0.0); // Duff et al., "Building an orthonormal basis, revisited" (2017)
  let a = -1.0 / (side + n.z);
  let b = n.x * n.y * a;
  let s = vec3<f32>(1.0 + side * n.x * n.x * a, side * b, -side * n.x);
  let t = vec3<f32>(b, side + n.y * n.y * a, -n.y);
  let sine = sqrt(max(1.0 - cosine * cosine, 0.0));
  return n * cosine + (s * direction.x + t * direction.y) * sine;
}

fn axis(at: u32) -> vec3<f32> { return vec3<f32>(bitcast<f32>(starts[at]), bitcast<f32>(starts[at + 1u]), bitcast<f32>(starts[at + 2u])); }

fn box_turn(half: vec4<f32>) -> vec2<f32> { return turn(bitcast<u32>(i32(half.w * 1048576.0)) << 12u); }

// Turns a vector into the axes of a box.
fn into(v: vec3<f32>, t: vec2<f32>) -> vec3<f32> { return vec3<f32>(t.x * v.x - t.y * v.z, v.y, t.y * v.x + t.x * v.z); }

struct Hit { at: f32, object: u32, turned: vec2<f32> }

// The nearest object on a ray.
fn nearest(o: vec3<f32>, d: vec3<f32>) -> Hit {
  var hit = Hit(FAR, NONE, vec2<f32>(1.0, 0.0));
  for (var i = 0u; i < NONE; i = i + 1u) {
    let centre = scene[i * 4u + 8u];
    let half = scene[i * 4u + 9u];
    var off = o - centre.xyz;
    var near = FAR;
    var far = FAR;
    var t = vec2<f32>(1.0, 0.0);
    if (centre.w == 0.0) {
      let b = dot(off, d);
      let l = off - b * d;
      let rest = half.x * half.x - dot(l, l);
      if (rest > 0.0) {
        let root = sqrt(rest);
        near = -b - root;
        far = -b + root;
      }
    } else {
      t = box_turn(half);
      off = into(off, t);
      let ray = into(d, t);
      let safe = select(ray, vec3<f32>(1e-9), abs(ray) < vec3<f32>(1e-9));
      let others = safe.yzx * safe.zxy;
      let inverse = others * (1.0 / (others.x * safe.x)); // three quotients for the price of one
      let middle = -off * inverse;
      let reach = half.xyz * abs(inverse);
      let first = middle - reach;
      let last = middle + reach;
      let enter = max(max(first.x, first.y), first.z);
      let leave = min(min(last.x, last.y), last.z);
      if (enter < leave) {
        near = enter;
        far = leave;
      }
    }
    let at = select(far, near, near > 0.0);
    if (at > 0.0 && at < hit.at) { hit = Hit(at, i, t); }
  }
  return hit;
}

// The outward normal of an object.
fn normal(i: u32, t: vec2<f32>, p: vec3<f32>) -> vec3<f32> {
  let centre = scene[i * 4u + 8u];
  let half = scene[i * 4u + 9u];
  if (centre.w == 0.0) { return (p - centre.xyz) * (1.0 / half.x); }
  let at = into(p - centre.xyz, t);
  let far = abs(at) * half.yzx * half.zxy; // in proportion to at / half
  var n = vec3<f32>(0.0, 0.0, sign(at.z));
  if (far.x >= far.y && far.x >= far.z) {
    n = vec3<f32>(sign(at.x), 0.0, 0.0);
  } else if (far.y >= far.z) {
    n = vec3<f32>(0.0, sign(at.y), 0.0);
  }
  return into(n, vec2<f32>(t.x, -t.y));
}

fn sky(d: vec3<f32>) -> vec3<f32> {
  let low = 1.0 - clamp(d.y, 0.0, 1.0);
  return mix(scene[4].xyz, scene[5].xyz, low * low * low);
}

// The part of light that is reflected by the surface of glass or varnish, by Schlick's approximation; r^2 straight from above.
fn fresnel(cosine: f32, r: f32) -> f32 {
  let m = clamp(1.0 - cosine, 0.0, 1.0);
  return r * r + (1.0 - r * r) * m * m * m * m * m;
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let row = starts[0] + id.y;
  let y = params.w * ${ROWS}u + row;
  if (id.x >= ${W}u || id.y >= ${HEIGHT}u || row >= ${ROWS}u || y >= ${H}u) { return; }
  let pixel = y * ${W}u + id.x;

  // A ray from a point of the lens through a point of the pixel.
  let lens = hash(pixel, params.x, 0u, params.z);
  let random = uniforms(lens);
  let eye = scene[0].xyz;
  let ahead = axis(4u);
  let right = axis(8u);
  let up = cross(right, ahead);
  let span = bitcast<f32>(starts[1]);
  let across = (f32(id.x) + random.x - ${W}.0 * 0.5) * span;
  let down = (f32(y) + random.y - ${H}.0 * 0.5) * span;
  let spot = turn(lens.z) * (sqrt(random.w) * scene[1].w);
  let start = right * spot.x + up * spot.y;
  var o = eye + start;
  var d = (ahead + right * across - up * down) * scene[2].x - start;

  var light = vec3<f32>(0.0);
  var weight = vec3<f32>(1.0);
  var direct = true; // the ray was not aimed, so lights that it meets count
  var bounce = 1u;
  var lamp = NONE; // that a ray is aimed at, between two of the path
  var aimed = vec3<f32>(0.0);
  var gain = vec3<f32>(0.0);
  var last = false;
  for (var ray = 0u; ray < ${RAYS}u; ray = ray + 1u) {
    d = unit(d);
    let hit = nearest(o, select(d, aimed, lamp != NONE));
    if (lamp != NONE) {
      if (hit.object == lamp) { light = light + gain; }
      lamp = NONE;
      if (last) { break; }
      continue;
    }
    if (hit.object == NONE) {
      light = light + weight * sky(d);
      break;
    }
    let p = o + d * hit.at;
    let color = scene[hit.object * 4u + 10u];
    let what = scene[hit.object * 4u + 11u];
    if (direct || hit.object >= ${LIGHTS}u) { light = light + weight * color.xyz * color.w; }
    if (color.w > 0.0) { break; }
    let outward = normal(hit.object, hit.turned, p);
    let inside = dot(d, outward) > 0.0;
    let n = select(outward, -outward, inside);
    let cosine = min(-dot(d, n), 1.0);
    let bits = hash(pixel, params.x, 2u * bounce, params.z);
    let u = uniforms(bits);
    let mirrored = d + n * (2.0 * cosine);
    let index = max(what.z, 0.1);
    let part = 1.0 / (index * (1.0 + index)); // 1/index and 1/(1 + index) for the price of one
    let ratio = select(part * (1.0 + index), index, inside);
    let rest = 1.0 - ratio * ratio * (1.0 - cosine * cosine);
    let through = sqrt(max(rest, 0.0)); // the cosine behind the surface
    let gloss = fresnel(select(cosine, through, inside), (1.0 - index) * part * index);
    let scattered = around(n, select(sqrt(1.0 - u.z), 2.0 * u.y - 1.0, what.x == 1.0), turn(bits.x));
    direct = true;
    if (what.x == 1.0) {
      d = mirrored + scattered * what.y;
      d = d + n * (2.0 * max(-dot(d, n), 0.0));
      weight = weight * color.xyz;
      o = p + n * GAP;
    } else if (what.x == 2.0) {
      if (rest <= 0.0 || u.y < gloss) {
        d = mirrored;
        o = p + n * GAP;
      } else {
        d = d * ratio + n * (ratio * cosine - through);
        weight = weight * color.xyz;
        o = p - n * GAP;
      }
    } else if (what.x == 3.0 && u.y < gloss) {
      d = mirrored;
      o = p + n * GAP;
    } else {
      var own = color.xyz;
      if (what.w > 0.0) {
        let cell = floor(p * (1.0 / what.w) + vec3<f32>(1e-3));
        let sum = cell.x + cell.y + cell.z;
        if (sum - 2.0 * floor(sum * 0.5) > 0.5) { own = own * 0.45; }
      }
      weight = weight * own;
      o = p + n * GAP;
${DIRECT}
      d = scattered;
    }
    if (bounce > 3u) {
      let stay = clamp(max(max(weight.x, weight.y), weight.z), 0.05, 1.0);
      if (u.w >= stay) { last = true; }
      weight = weight * (1.0 / stay);
    }
    bounce = bounce + 1u;
    last = last || bounce > ${DEPTH}u;
    if (last && lamp == NONE) { break; }
  }
  // No path may outshine a whole picture, and none may spoil a pixel.
  let brightest = max(max(light.x, light.y), light.z);
  light = light * (min(brightest, 12.0) / max(brightest, 1e-6));
  let sum = sums[row * ${W}u + id.x];
  sums[row * ${W}u + id.x] = sum + vec4<f32>(light, 1.0);
}
`

// traceDirect aims at a point of one of the lights: their cone of directions is sampled evenly.
const traceDirect = `      direct = false;
      let aim = hash(pixel, params.x, 2u * bounce + 1u, params.z);
      let chance = uniforms(aim);
      let chosen = min(u32(chance.x * ${LIGHTS}.0), ${LIGHTS}u - 1u);
      let towards = scene[chosen * 4u + 8u].xyz - o;
      let radius = scene[chosen * 4u + 9u].x;
      let distance = dot(towards, towards);
      if (distance > radius * radius) {
        let narrow = radius * radius / distance;
        let cap = narrow / (1.0 + sqrt(1.0 - narrow)); // 1 - cosine of the cone's half angle
        aimed = around(unit(towards), 1.0 - chance.y * cap, turn(aim.z));
        let facing = dot(aimed, n);
        if (facing > 0.0) {
          let glow = scene[chosen * 4u + 10u];
          lamp = chosen;
          gain = weight * glow.xyz * (glow.w * facing * 2.0 * cap * ${LIGHTS}.0);
        }
      }
`

const traceDevelop = `// Mean light to sRGB by a film curve.
@group(0) @binding(0) var<storage, read> scene: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> sums: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> picture: array<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = ${INDEX};
  if (i >= ${COUNT}u) { return; }
  let sum = sums[i];
  let x = max(sum.xyz, vec3<f32>(0.0)) / max(sum.w, 1.0) * scene[2].y;
  // Narkowicz's fit of the ACES curve, then roots for the power of sRGB.
  let film = clamp((x * (2.51 * x + vec3<f32>(0.03))) / (x * (2.43 * x + vec3<f32>(0.59)) + vec3<f32>(0.14)), vec3<f32>(0.0), vec3<f32>(1.0));
  let a = sqrt(film);
  let b = sqrt(a);
  let c = clamp(0.662002687 * a + 0.68412206 * b - 0.323583601 * sqrt(b) - 0.022541147 * film, vec3<f32>(0.0), vec3<f32>(1.0));
  let byte = vec3<u32>(select(c, film * 12.92, film < vec3<f32>(0.0031308)) * 255.0 + vec3<f32>(0.5));
  picture[i] = byte.x | (byte.y << 8u) | (byte.z << 16u) | 0xff000000u;
}
`
