// A ray-traced scene in fixed point: glossy spheres around a large one on a checker floor, with a sun, soft sky, shadows
// and reflections, four rays per pixel. There is no float in it, so every machine draws the same bytes.
//
// Injected in front: const WIDTH: u32, HEIGHT: u32, the size of the picture. A task draws the band of rows that its buffer has
// room for; the seed's high word counts the bands from the top, so that the tasks of a job can share a picture, and its low
// word chooses the scene. One invocation per pixel; output is one RGBA8 word per pixel, row by row.
// Numbers are Q16: 65536 is 1.0.

@group(0) @binding(0) var<uniform> params: vec4<u32>; // step, steps, seed low, seed high
@group(0) @binding(1) var<storage, read_write> image: array<u32>;

const ONE: i32 = 65536;
const BALLS: u32 = 8u;
const FAR: i32 = 131072000; // 2000.0
const EPS: i32 = 131;       // 0.002

// Towards the sun, of unit length.
const SUN: vec3<i32> = vec3<i32>(-35389, 42598, -35389);

var<private> balls: array<vec4<i32>, 8>;  // centre and radius
var<private> tints: array<vec3<i32>, 8>;

// Product of two Q16 numbers, rounded down, from 16-bit halves.
fn mul(a: i32, b: i32) -> i32 {
  let al = bitcast<u32>(a) & 0xffffu;
  let bl = bitcast<u32>(b) & 0xffffu;
  return (a >> 16u) * b + i32(al) * (b >> 16u) + i32((al * bl) >> 16u);
}

fn scale(v: vec3<i32>, s: i32) -> vec3<i32> {
  return vec3<i32>(mul(v.x, s), mul(v.y, s), mul(v.z, s));
}

fn inner(a: vec3<i32>, b: vec3<i32>) -> i32 {
  return mul(a.x, b.x) + mul(a.y, b.y) + mul(a.z, b.z);
}

// 1/sqrt(x) for x > 0: normalize to [0.5, 2), a straight line as first guess, then three of Newton's steps.
fn rsqrt(x: i32) -> i32 {
  let e = (countLeadingZeros(u32(x)) - 1u) & 30u;
  let v = (u32(x) << e) >> 16u; // Q14
  var y = 52429u - ((v * 15401u) >> 13u) / 2u; // Q15
  for (var i = 0; i < 3; i++) {
    let vyy = (((y * y) >> 15u) * v) >> 14u;
    y = ((98304u - vyy) * y) >> 16u;
  }
  if (e >= 12u) {
    return i32(y << ((e - 12u) / 2u));
  }
  return i32(y >> ((12u - e) / 2u));
}

fn root(x: i32) -> i32 {
  if (x <= 0) { return 0; }
  return mul(x, rsqrt(x));
}

fn unit(v: vec3<i32>) -> vec3<i32> {
  return scale(v, rsqrt(max(inner(v, v), 1)));
}

// 1/x for x > 0.
fn reciprocal(x: i32) -> i32 {
  let r = rsqrt(x);
  let q = mul(r, r);
  return mul(q, 2 * ONE - mul(x, q));
}

// Sine of a turn of 65536 units: two parabolas, then a correction that leaves an error below 0.001.
fn sine(turn: i32) -> i32 {
  let x = ((turn & 65535) << 1u) - ONE; // -1..1, half a turn ahead
  let p = 4 * mul(x, ONE - abs(x));
  return -(p + mul(14746, mul(p, abs(p)) - p));
}

fn hash(x: u32) -> u32 {
  var h = x * 747796405u + 2891336453u;
  h = ((h >> ((h >> 28u) + 4u)) ^ h) * 277803737u;
  return (h >> 22u) ^ h;
}

fn setup() {
  let turn = i32((params.x * 65536u) / max(params.y, 1u));
  let seed = hash(params.z);
  let hue = i32(seed & 0xffffu);
  balls[0] = vec4<i32>(0, 72090, 0, 72090); // radius 1.1, on the floor
  tints[0] = vec3<i32>(60293, 58982, 56360);
  for (var i = 1u; i < BALLS; i++) {
    let k = i32(i);
    let angle = k * 9362 + turn + i32(hash(seed + i) & 4095u);
    let r = 19661 + i32(hash(seed * 3u + i) % 13107u);       // 0.3 to 0.5
    let ring = 121241 + i32((hash(seed * 7u + i) % 32768u)); // 1.85 to 2.35
    balls[i] = vec4<i32>(mul(ring, sine(angle + 16384)), r, mul(ring, sine(angle)), r);
    let h = hue + k * 9362;
    tints[i] = vec3<i32>(36045 + mul(27525, sine(h)), 36045 + mul(27525, sine(h + 21845)), 36045 + mul(27525, sine(h + 43690)));
  }
}

fn sky(d: vec3<i32>) -> vec3<i32> {
  let up = clamp(d.y, 0, ONE);
  let t = mul(up, mul(up, up - 3 * ONE) + 3 * ONE); // 1 - (1 - up)^3
  var c = vec3<i32>(56361, 47186, 42598) - scale(vec3<i32>(47841, 29491, 7209), t);
  let s = max(inner(d, SUN), 0);
  let s2 = mul(s, s);
  let s8 = mul(mul(s2, s2), mul(s2, s2));
  let s32 = mul(mul(s8, s8), mul(s8, s8));
  let s256 = mul(mul(mul(s32, s32), mul(s32, s32)), mul(mul(s32, s32), mul(s32, s32)));
  c += scale(vec3<i32>(26214, 14418, 5243), s8) + scale(vec3<i32>(131072, 104858, 65536), s256);
  return c;
}

// Distance to ball i along a ray of unit direction; FAR when it misses.
fn hit(i: u32, o: vec3<i32>, d: vec3<i32>) -> i32 {
  let ball = balls[i];
  let oc = o - ball.xyz;
  let b = inner(oc, d);
  if (b > 0) { return FAR; }
  let disc = mul(b, b) - inner(oc, oc) + mul(ball.w, ball.w);
  if (disc <= 0) { return FAR; }
  let t = -b - root(disc);
  if (t <= EPS) { return FAR; }
  return t;
}

// Light of the sun at a point: 0 in shadow.
fn sunlight(p: vec3<i32>) -> i32 {
  for (var i = 0u; i < BALLS; i++) {
    if (hit(i, p, SUN) != FAR) { return 0; }
  }
  return ONE;
}

fn trace(o0: vec3<i32>, d0: vec3<i32>) -> vec3<i32> {
  var o = o0;
  var d = d0;
  var color = vec3<i32>(0);
  var weight = ONE;
  for (var bounce = 0; bounce < 3; bounce++) {
    var t = FAR;
    var which = BALLS;
    for (var i = 0u; i < BALLS; i++) {
      let ti = hit(i, o, d);
      if (ti < t) { t = ti; which = i; }
    }
    if (d.y < -400) {
      let tf = mul(o.y, reciprocal(-d.y));
      if (tf > EPS && tf < t) { t = tf; which = BALLS + 1u; }
    }
    if (which == BALLS) {
      color += scale(sky(d), weight);
      break;
    }
    let p = o + scale(d, t);
    var n = vec3<i32>(0, ONE, 0);
    var base = vec3<i32>(0);
    var mirror = 0;
    var fog = 0;
    var ambient = 15729;
    if (which < BALLS) {
      n = unit(p - balls[which].xyz);
      base = tints[which];
      let facing = ONE - clamp(-inner(d, n), 0, ONE);
      let f2 = mul(facing, facing);
      mirror = 5898 + mul(49152, mul(f2, mul(f2, facing)));
      if (which == 0u) { mirror += 22938; }
      ambient = 9830 + mul(9830, n.y + ONE) / 2;
    } else {
      let odd = ((p.x >> 16u) + (p.z >> 16u)) & 1;
      base = select(vec3<i32>(14418, 15729, 19661), vec3<i32>(55705, 53740, 49807), odd == 1);
      mirror = 5243;
      fog = clamp((t - 5 * ONE) / 32, 0, ONE);
      // Contact shadows: spheres darken the floor around the point they stand on.
      for (var i = 0u; i < BALLS; i++) {
        let q = vec3<i32>(p.x - balls[i].x, 0, p.z - balls[i].z);
        let reach = mul(balls[i].w, balls[i].w) * 2;
        let q2 = inner(q, q);
        if (q2 < reach) { ambient = mul(ambient, mul(q2, reciprocal(reach)) / 2 + ONE / 2); }
      }
    }
    let start = p + scale(n, EPS * 4);
    let facing = max(inner(n, SUN), 0);
    var light = 0;
    if (facing > 0) { light = mul(facing, sunlight(start)); }
    var c = scale(base, ambient) + scale(vec3<i32>(mul(base.x, 78643), mul(base.y, 72090), mul(base.z, 58982)), light);
    let r = d - scale(n, 2 * inner(d, n));
    if (light > 0 && which < BALLS) {
      var s = max(inner(r, SUN), 0);
      for (var k = 0; k < 6; k++) { s = mul(s, s); }
      c += scale(vec3<i32>(ONE, 60293, 49152), s);
    }
    if (fog > 0) {
      let level = vec3<i32>(d.x, 0, d.z);
      c = scale(c, ONE - fog) + scale(sky(level), fog);
      mirror = mul(mirror, ONE - fog);
    }
    color += scale(c, mul(weight, ONE - mirror));
    weight = mul(weight, mirror);
    if (weight < 1300) { break; }
    o = start;
    d = unit(r);
  }
  return color;
}

// 0..255 with gamma 2.
fn level(x: i32) -> u32 {
  return u32(clamp((root(x) * 255 + 32768) >> 16u, 0, 255));
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let rows = arrayLength(&image) / WIDTH;
  let row = params.w * rows + id.y;
  if (id.x >= WIDTH || id.y >= rows || row >= HEIGHT) { return; }
  setup();
  let eye = vec3<i32>(0, 124518, -334234);
  var sum = vec3<i32>(0);
  for (var s = 0u; s < 4u; s++) {
    // Sub-pixel positions of a rotated grid, in eighths of a pixel.
    let sx = i32((0x3175u >> (s * 4u)) & 7u);
    let sy = i32((0x7315u >> (s * 4u)) & 7u);
    let x = (i32(id.x) * 8 + sx - i32(WIDTH) * 4) * 8192 / i32(HEIGHT);
    let y = (i32(HEIGHT) * 4 - i32(row) * 8 - sy) * 8192 / i32(HEIGHT);
    let d = unit(vec3<i32>(x, y - 14418, 75366));
    let c = trace(eye, d);
    sum += vec3<i32>(clamp(c.x, 0, ONE), clamp(c.y, 0, ONE), clamp(c.z, 0, ONE));
  }
  sum = vec3<i32>(sum.x >> 2u, sum.y >> 2u, sum.z >> 2u);
  image[id.y * WIDTH + id.x] = level(sum.x) | (level(sum.y) << 8u) | (level(sum.z) << 16u) | 0xff000000u;
}
