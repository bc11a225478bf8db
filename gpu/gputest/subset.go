package gputest

import "strings"

// Construct is a small kernel for one part of the compute subset of WGSL: main, one invocation, writes its results to out, an
// array<u32, 16> at binding 0 that holds 0 to 15 before. Want is its content after it, up to the last word that is not
// what it was; it is what WGSL says and what Chromium computes.
type Construct struct {
	Name string
	WGSL string // without out
	Want []uint32

	// Refused says why gpu/wgsl refuses the construct, though WGSL has it: a part of the error.
	Refused string
}

// ConstructOut declares the buffer of every Construct.
const ConstructOut = "@group(0) @binding(0) var<storage, read_write> out: array<u32, 16>;\n"

func inMain(body string) string {
	return "\n@compute @workgroup_size(1) fn main() {\n" + body + "\n}\n"
}

// Source is the whole kernel. Diagnostic directives stand first.
func (c Construct) Source() string {
	if strings.HasPrefix(c.WGSL, "diagnostic") {
		first, rest, _ := strings.Cut(c.WGSL, ";")
		return first + ";" + ConstructOut + rest
	}
	return ConstructOut + c.WGSL
}

// Subset are constructs from all chapters of the WGSL specification that the compute subset has.
func Subset() []Construct { return subset }

var subset = []Construct{
	{"abstract numbers", inMain(`
  let a = 1 + 2; let b = 1 + 2.5; let v = vec3(1, 2, 3); let w = vec2(1, 2.5); out[0] = u32(a); out[1] = u32(b * 2.0);
  out[2] = u32(v.z); out[3] = u32(w.y * 2);`),
		[]uint32{3, 7, 3, 5}, ""},
	{"abstract constants", inMain(`
  const a = 7; const f = 0.5; let v = vec3<f32>(a) * f; let u: u32 = a; out[0] = u32(v.x * 2.0); out[1] = u + a;
  out[2] = u32(a * f * 4);`),
		[]uint32{7, 14, 14}, ""},
	{"constants of every kind", `
  const A = 5u; const B: i32 = -3; const V = vec3<u32>(1u, 2u, 3u); const T = array<u32, 3>(4u, 5u, 6u);
  const E = (A * 3u + 1u) / 2u; const F = A > 4u;` + inMain(`out[0] = A; out[1] = u32(-B); out[2] = V.y; out[3] = T[2]; out[4] = E; out[5] = select(1u, 2u, F);`),
		[]uint32{5, 3, 2, 6, 8, 2}, ""},
	{"constant built-in functions", `
  const M = max(3u, 5u); const C = countOneBits(255u); const S = abs(-4); const P = min(vec2<u32>(1u, 9u), vec2<u32>(5u, 5u));` + inMain(`out[0] = M; out[1] = C; out[2] = u32(S); out[3] = P.y;`),
		[]uint32{5, 8, 4, 5}, ""},
	{"local constants", inMain(`const a = 3u; const b = a * 2u; var t: array<u32, b>; t[5] = 9u; out[0] = t[a + 2u]; out[1] = b;`),
		[]uint32{9, 6}, ""},
	{"constants in scopes", `fn g(n: u32) -> u32 { const k = 3u; return n * k; }` + inMain(`
  const a = 1u; { const a = 2u; out[0] = a; { let a = 5u; out[1] = a; } } out[2] = a; const k = 2u; out[3] = g(k) + g(g(k) + k);
  for (var i = 0u; i < 2u; i++) { const k = 4u; out[i + 4u] = k + i; const l = k * 2u; out[i + 6u] = l; }
  switch (out[9]) { case 9u: { const k = 3u; out[9] = k; } default: { const k = 4u; out[9] = k; } }`),
		[]uint32{2, 5, 1, 30, 4, 5, 8, 8, 8, 3}, ""},
	{"constants in loops and cases", `const K = 1u;` + inMain(`
  const L = K + 1u; switch (out[2]) { case K: { out[0] = 7u; } case L: { out[0] = 8u; } default: { } } var u = 1u;
  loop { const lim = 3u; if (u >= lim) { break; } u++; out[u] = lim; continuing { const st = 10u; out[5] += st; } }`),
		[]uint32{8, 1, 3, 3, 4, 25}, ""},
	{"constants that are no scalars", `struct S { a: u32, b: f32 }` + inMain(`
  const v = vec3<u32>(1u, 2u, 3u); out[0] = v.y + v[2]; const w = v * 2u; out[1] = w.z; const t = array<u32, 3>(4u, 5u, 6u); let i = out[2] - 1u;
  out[2] = t[2]; out[3] = t[i]; var s = t; s[1] = 2u; out[4] = s[i]; const m = mat2x2<f32>(1.0, 2.0, 3.0, 4.0); out[5] = u32(m[1].x);
  const r = S(3u, 2.5); out[6] = r.a; out[7] = u32(r.b * 2.0); const a = vec2(1, 2); out[8] = u32((vec2<f32>(0.5) * vec2<f32>(a)).y * 4.0);
  const n = v.z; var q: array<u32, n>; q[n - 1u] = 9u; out[9] = q[2];`),
		[]uint32{5, 6, 6, 5, 2, 3, 3, 5, 4, 9}, ""},
	{"constants without a type", inMain(`
  const f = 7; out[0] = out[1] + f; out[1] = u32(f * 0.5 * 4); const big = 1 << 40; out[2] = u32(big >> 20u); const h = 2.5; const i = 1 + h;
  out[3] = u32(i * 2.0); let b = 1 + 2.5; out[4] = u32(b * 2.0); const n = -5; out[5] = bitcast<u32>(n + i32(out[6])); out[6] = u32(min(4294967295, 0));
  out[7] = u32(i32(max(0.0, 16777217.0))); out[8] = u32(1 + 7.5 % 2);`),
		[]uint32{8, 14, 1048576, 7, 7, 1, 0, 16777217, 2}, ""},
	{"const_assert", `const_assert 3 < 4; const K = 2u; const_assert K == 2u;` + inMain(`const_assert K > 1u; out[0] = K;`),
		[]uint32{2}, ""},
	{"number literals", inMain(`
  out[0] = 0x1Fu; out[1] = u32(0xfp1); out[2] = u32(1e2); out[3] = u32(2.5e1f); out[4] = 4294967295u;
  out[5] = bitcast<u32>(-2147483648); out[6] = u32(0x10i); out[7] = u32(.5 * 8.);`),
		[]uint32{31, 30, 100, 25, 4294967295, 2147483648, 16, 4}, ""},
	{"short type names", inMain(`
  let v = vec3f(1.0, 2.0, 3.0); let u = vec2u(7u, 8u); let i = vec4i(-1); let m = mat2x2f(1.0, 2.0, 3.0, 4.0); out[0] = u32(v.y);
  out[1] = u.y; out[2] = bitcast<u32>(i.w); out[3] = u32(m[1].x);`),
		[]uint32{2, 8, 4294967295}, ""},
	{"inferred constructors", inMain(`
  let v = vec2(3u, 4u); let a = array(5u, 6u, 7u); let m = mat2x2(vec2(1.0, 2.0), vec2(3.0, 4.0)); out[0] = v.y; out[1] = a[2];
  out[2] = u32(m[0].y);`),
		[]uint32{4, 7}, ""},
	{"zero values", `struct S { a: u32, b: vec2<f32>, c: array<i32, 2> }` + inMain(`
  let s = S(); let v = vec4<u32>(); let a = array<u32, 3>(); let m = mat3x3<f32>();
  out[1] = s.a + v.w + a[2] + u32(m[2].y) + u32(s.c[1]); out[2] = u32(bool()) + u32(f32());`),
		[]uint32{0, 0, 0}, ""},
	{"aliases and shadowing", `alias N = u32; alias V = vec3<N>; var<private> x: N = 4u;` + inMain(`
  let v = V(1u, 2u, 3u); out[0] = x; let x = v.y; out[1] = x; { let x = 9u; out[2] = x; } out[3] = x;
  for (var x = 0u; x < 2u; x++) { out[4] += x; }`),
		[]uint32{4, 2, 9, 2, 5}, ""},
	{"nested arrays and structs", `struct In { v: vec3<u32>, k: u32 } struct Out { list: array<In, 2>, grid: array<array<u32, 3>, 2>, last: In }` + inMain(`
  var o: Out; o.list[1].v.z = 5u; o.grid[1][2] = 6u; o.last = In(vec3<u32>(7u), 8u); o.last.v.x = 9u; var copied = o;
  o.grid[1][2] = 1u; let i = out[1]; out[0] = copied.list[i].v[i + 1u]; out[1] = copied.grid[i][2];
  out[2] = copied.last.v.x + copied.last.v.y; out[3] = copied.last.k; out[4] = o.grid[1][2];`),
		[]uint32{5, 6, 16, 8, 1}, ""},
	{"arrays as values", `
  fn make(n: u32) -> array<u32, 3> { return array<u32, 3>(n, n + 1u, n + 2u); }
  fn sum(a: array<u32, 3>) -> u32 { return a[0] + a[1] + a[2]; }` + inMain(`let a = make(5u); var b = a; b[1] = 0u; out[0] = sum(a); out[1] = sum(b); out[2] = make(9u)[2];`),
		[]uint32{18, 12, 11}, ""},
	{"a dynamic index on a value", inMain(`let v = vec4<u32>(3u, 4u, 5u, 6u); let i = out[2]; out[0] = v[i]; out[1] = vec3<u32>(7u, 8u, 9u)[i];`),
		[]uint32{5, 9}, ""},
	{"a dynamic index on an array value", inMain(`let a = array<u32, 4>(3u, 4u, 5u, 6u); out[0] = a[out[2]];`),
		[]uint32{5}, ""},
	{"matrix access", inMain(`
  var m = mat3x2<f32>(1.0, 2.0, 3.0, 4.0, 5.0, 6.0); let i = out[1]; m[i] = vec2<f32>(7.0, 8.0); m[2][i] = 9.0; out[0] = u32(m[1].y);
  out[1] = u32(m[i + 1u][1]); out[2] = u32(m[0][i]); let c = m[2]; out[3] = u32(c.x);`),
		[]uint32{8, 9, 2, 5}, ""},
	{"matrix operators", inMain(`
  let m = mat2x3<f32>(1.0, 2.0, 3.0, 4.0, 5.0, 6.0); let v = m * vec2<f32>(1.0, 2.0);
  let n = mat3x2<f32>(1.0, 0.0, 0.0, 1.0, 1.0, 1.0); let p = m * n; let q = (m + m) * 0.5 - m; out[0] = u32(v.x); out[1] = u32(v.z);
  out[2] = u32(p[2].y); out[3] = u32(q[1].y); out[4] = u32((2.0 * m)[1].z);`),
		[]uint32{9, 15, 7, 0, 12}, ""},
	{"transpose, square", inMain(`
  let m = mat3x3<f32>(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0); let t = transpose(m); out[0] = u32(t[0].y); out[1] = u32(t[2].x);
  let v = vec3<f32>(1.0, 0.0, 2.0) * m; out[2] = u32(v.z);`),
		[]uint32{4, 3, 25}, ""},
	{"transpose, not square", inMain(`let m = mat2x3<f32>(1.0, 2.0, 3.0, 4.0, 5.0, 6.0); let t = transpose(m); let c: vec2<f32> = t[2]; out[0] = u32(c.y);`),
		[]uint32{6}, `function "main": vec3<f32> cannot be stored in vec2<f32>`},
	{"vector times a matrix that is not square", inMain(`
  let m = mat2x3<f32>(1.0, 2.0, 3.0, 4.0, 5.0, 6.0); let v: vec2<f32> = vec3<f32>(1.0, 0.0, 2.0) * m; out[0] = u32(v.x);
  out[1] = u32(v.y);`),
		[]uint32{7, 16}, ""},
	{"determinant", inMain(`
  let m = mat3x3<f32>(2.0, 0.0, 1.0, 0.0, 3.0, 0.0, 1.0, 0.0, 4.0); let d: f32 = determinant(m); out[0] = u32(d);
  out[1] = u32(determinant(mat2x2<f32>(5.0, 1.0, 2.0, 3.0)) + 1.0);`),
		[]uint32{21, 14}, `function "main": mat3x3<f32> cannot be stored in f32`},
	{"refract", inMain(`
  let r = refract(vec3<f32>(0.6, -0.8, 0.0), vec3<f32>(0.0, 1.0, 0.0), 0.5); out[0] = u32(r.x * 1000.0 + 0.5);
  out[1] = u32(-r.y * 1000.0); let t = refract(vec2<f32>(0.8, -0.6), vec2<f32>(0.0, 1.0), 2.0); out[2] = bitcast<u32>(t.x);`),
		[]uint32{300, 953, 0}, ""},
	{"swizzles", inMain(`
  let v = vec4<u32>(1u, 2u, 3u, 4u); let w = v.wzyx.yx; out[0] = w.x * 10u + w.y; out[1] = v.rgb.g; out[2] = v.bb.x;
  out[3] = v.xxxx.w;`),
		[]uint32{34, 2, 3, 1}, ""},
	{"a swizzle through a pointer", `fn f(p: ptr<function, vec3<u32>>) -> u32 { return (*p).zy.x; }` + inMain(`var v = vec3<u32>(1u, 2u, 3u); out[0] = f(&v);`),
		[]uint32{3}, `member access base type: swizzle base must be vector, got ir.PointerType`},
	{"vectors with scalars", inMain(`
  let v = vec3<i32>(7, -7, 8); let a = v + 1; let b = 2 - v; let c = v * 3; let d = v / 2; let e = v % 3; out[0] = u32(a.z);
  out[1] = u32(b.y); out[2] = bitcast<u32>(c.y); out[3] = bitcast<u32>(d.y); out[4] = bitcast<u32>(e.y);`),
		[]uint32{9, 9, 4294967275, 4294967293, 4294967295}, ""},
	{"division and remainder at the edges", inMain(`
  let z = out[0]; let one = out[1]; let low = i32(z) - 2147483647 - 1; let minus = -i32(one); out[2] = 5u / z; out[3] = 5u % z;
  out[4] = bitcast<u32>(low / minus); out[5] = bitcast<u32>(low % minus); out[6] = bitcast<u32>(-7 / i32(out[2] - 3u));
  out[7] = bitcast<u32>(i32(one) * -7 % 4);`),
		[]uint32{0, 1, 5, 0, 2147483648, 0, 4294967293, 4294967293}, ""},
	{"shifts", inMain(`
  let s = out[5]; out[0] = 1u << s; out[1] = bitcast<u32>(-256 >> s); out[2] = 0x80000000u >> s;
  let v = vec2<i32>(-8, 8) >> vec2<u32>(1u, s - 3u); out[3] = bitcast<u32>(v.x); out[4] = u32(v.y); out[5] = bitcast<u32>(-1 << s);`),
		[]uint32{32, 4294967288, 67108864, 4294967292, 2, 4294967264}, ""},
	{"logic", inMain(`
  let t = out[1] == 1u; let f = !t; var n = 0u; if (f && out[20u % 16u] == 4u) { n += 1u; } if (t || f) { n += 2u; }
  if (t & !f) { n += 4u; } if (f | t) { n += 8u; } if (t != f) { n += 16u; } out[0] = n; let v = vec2<bool>(t, f);
  out[1] = u32(any(v)) + 2u * u32(all(v)) + 4u * u32(all(t)) + 8u * u32(any(f)) + 16u * u32((!v).y) + 32u * u32((v | vec2<bool>(true)).y);`),
		[]uint32{30, 53}, ""},
	{"select", inMain(`
  let v = select(vec3<u32>(1u, 2u, 3u), vec3<u32>(4u, 5u, 6u), vec3<bool>(true, false, true)); out[0] = v.x * 100u + v.y * 10u + v.z;
  out[1] = select(vec2<u32>(7u), vec2<u32>(8u), out[1] == 1u).y; out[2] = select(1u, 2u, false);`),
		[]uint32{426, 8, 1}, ""},
	{"conversions of integers and bool", inMain(`
  let i = -3; out[0] = u32(i); out[1] = bitcast<u32>(i32(4294967290u + out[0])); out[2] = u32(true) + u32(bool(out[2])) ;
  out[3] = bitcast<u32>(i32(true)); let v = vec3<u32>(vec3<i32>(-1, 2, 3)); out[4] = v.x; let b = vec2<bool>(vec2<u32>(0u, 9u));
  out[5] = u32(b.y); out[6] = u32(bool(0.5)); out[7] = u32(f32(true) * 3.0);`),
		[]uint32{4294967293, 4294967287, 2, 1, 4294967295, 1, 1, 3}, ""},
	{"conversions of floats", inMain(`
  let f = f32(out[3]) + 0.9; out[0] = u32(f); out[1] = bitcast<u32>(i32(-f)); out[2] = bitcast<u32>(f32(7u));
  out[3] = bitcast<u32>(f32(-7)); out[4] = bitcast<u32>(vec2<f32>(vec2<i32>(1, -2)).y);`),
		[]uint32{3, 4294967293, 1088421888, 3235905536, 3221225472}, ""},
	{"conversions of floats out of range", inMain(`
  let f = f32(out[1]) * 3e9; out[0] = u32(-f); out[1] = u32(f * 10.0); out[2] = bitcast<u32>(i32(f)); out[3] = bitcast<u32>(i32(-f));`),
		[]uint32{0, 4294967040, 2147483520, 2147483648}, ""},
	{"bitcast of vectors", inMain(`
  let v = bitcast<vec2<f32>>(vec2<u32>(0x3f800000u, 0x40000000u)); out[0] = u32(v.x + v.y);
  let w = bitcast<vec3<i32>>(vec3<u32>(4294967295u, 1u, 2u)); out[1] = u32(-w.x);
  out[2] = bitcast<u32>(bitcast<f32>(0x7f800001u - out[0] + 4u));`),
		[]uint32{3, 1, 2139095042}, ""},
	{"if, else if, else", inMain(`
  for (var i = 0u; i < 4u; i++) { if (i == 0u) { out[0] = 10u; } else if (i == 1u) { out[1] = 11u; } else if i == 2u { out[2] = 12u;
  } else { out[3] = 13u; } }`),
		[]uint32{10, 11, 12, 13}, ""},
	{"switch", inMain(`
  for (var i = 0; i < 6; i++) { switch i { case 0: { out[0] = 20u; } case 1, 2, { out[u32(i)] = 21u; }
  case default, 4 { out[u32(i)] = 22u; } case 5 { out[5] += 100u; } } }`),
		[]uint32{20, 21, 21, 22, 22, 105}, ""},
	{"switch on constants", `const K = 2u;` + inMain(`switch (out[2]) { case K: { out[0] = 1u; } case K + 1u: { out[0] = 2u; } default: { out[0] = 3u; } }`),
		[]uint32{1}, ""},
	{"break in a switch outside of a loop", inMain(`switch (out[2]) { case 2u: { if (out[1] == 1u) { break; } out[0] = 7u; } default: { out[0] = 8u; } } out[1] = 9u;`),
		[]uint32{0, 9}, ""},
	{"break in a switch of a function", `fn f(n: u32) -> u32 { switch (n) { case 2u: { if (n == 2u) { break; } return 7u; } default: { return 8u; } } return 9u; }` + inMain(`out[0] = f(out[2]);`),
		[]uint32{9}, ""},
	{"continue in a switch", inMain(`
  for (var i = 0u; i < 4u; i++) { switch (i) { case 1u: { continue; } case 2u: { break; } default: { out[0] += 10u; } }
  out[1] += 100u; }`),
		[]uint32{20, 301}, ""},
	{"loops", inMain(`
  var n = 0u; loop { n++; if (n == 2u) { continue; } out[0] += n; if (n > 9u) { break; } continuing { n++; out[1] += 1u;
  break if n > 5u; } } while (n < 20u) { n += 7u; } out[2] = n; for (; n > 3u;) { n /= 2u; } out[3] = n;
  for (var i = 0u; ; i += 3u) { if (i > 10u) { out[4] = i; break; } }`),
		[]uint32{9, 4, 20, 2, 12}, ""},
	{"a variable is new in every iteration", inMain(`for (var i = 0u; i < 3u; i++) { var x: u32; x += i + 1u; out[i] = x; }`),
		[]uint32{1, 2, 3}, ""},
	{"assignments", inMain(`
  var v = vec3<i32>(1, 2, 3); v.x += 5; v[1] -= 7; v.z *= -2; var u = 12u; u /= 5u; u %= 3u; u |= 8u; u ^= 1u; u &= 11u; u <<= 2u;
  u >>= 1u; u++; u--; _ = u; out[0] = u; out[1] = bitcast<u32>(v.y); out[2] = bitcast<u32>(v.z); out[3] = u32(v.x); out[4] += 10u;
  var m = mat2x2<f32>(1.0, 2.0, 3.0, 4.0); m *= m; out[5] = u32(m[1][0]); m *= 2.0; out[6] = u32(m[0][0]);`),
		[]uint32{22, 4294967291, 4294967290, 6, 14, 15, 14}, ""},
	{"evaluation order of compound assignments", `var<private> k: u32; fn next() -> u32 { k++; return k; }` + inMain(`
  var a = array<u32, 4>(); a[next()] += next(); out[0] = a[1]; out[1] = a[2]; out[2] = k; let s = next() * 10u + next(); out[3] = s;`),
		[]uint32{2, 0, 2, 34}, ""},
	{"short circuits", `var<private> k: u32; fn t() -> bool { k++; return true; }` + inMain(`if (t() || k > 5u) { out[0] = k; } let f = t() && k > 9u; out[1] = u32(f); out[2] = k;`),
		[]uint32{1, 0}, ""},
	{"a call on the right of &&", `var<private> k: u32; fn t() -> bool { k++; return true; }` + inMain(`if (out[1] == 7u && t()) { out[0] = 9u; } out[1] = k;`),
		[]uint32{0, 0}, `"t" is called on the right of && or ||, where some drivers call it even when they should not; call it in an if`},
	{"functions", `
  fn early(n: u32) -> u32 { for (var i = 0u; i < 10u; i++) { if (i == n) { return i * 10u; } } return 99u; }
  fn nothing() { out[1] = 7u; return; } @must_use fn pair(a: vec2<u32>) -> vec2<u32> { return a.yx; }` + inMain(`out[0] = early(4u) + early(20u); nothing(); out[2] = pair(vec2<u32>(1u, 2u)).x;`),
		[]uint32{139, 7}, ""},
	{"functions declared after use", `fn a() -> u32 { return b() + 1u; } fn b() -> u32 { return c; } const c = 5u;` + inMain(`out[0] = a();`),
		[]uint32{6}, ""},
	{"pointers", inMain(`
  var a = array<u32, 4>(1u, 2u, 3u, 4u); let p = &a; (*p)[2] = 9u; let q = &a[out[1]]; *q += 5u; let r = &(*p)[3];
  out[0] = a[2] + *r; out[1] = *q; p[0] = 7u; out[2] = a[0];`),
		[]uint32{13, 7, 7}, ""},
	{"pointer parameters", `
  struct S { x: u32, v: vec2<u32> } fn bump(p: ptr<function, u32>, by: u32) -> u32 { *p += by; return *p; }
  fn fill(p: ptr<function, S>) { (*p).x = 5u; (*p).v.y = 6u; } fn twice(p: ptr<function, u32>) { let q = p; _ = bump(q, 1u);
  _ = bump(p, 2u); } var<private> g: u32 = 4u; fn half(p: ptr<private, u32>) { *p *= 2u; }` + inMain(`
  var x = 1u; out[0] = bump(&x, 4u); twice(&x); out[1] = x; var s: S; fill(&s); out[2] = s.x + s.v.y; half(&g); out[3] = g;`),
		[]uint32{5, 8, 11, 8}, ""},
	{"pointers to parts as parameters", `fn bump(p: ptr<function, u32>) { *p += 3u; }` + inMain(`var a = array<u32, 2>(1u, 2u); bump(&a[1]); out[0] = a[1];`),
		[]uint32{5}, ""},
	{"pointers to buffers and workgroup memory as parameters", `
  var<workgroup> w: array<u32, 2>;
  fn f(p: ptr<workgroup, array<u32, 2>>, q: ptr<storage, array<u32, 16>, read_write>) { (*p)[1] = 5u; (*q)[0] = 6u; }` + inMain(`f(&w, &out); out[1] = w[1];`),
		[]uint32{6, 5}, ""},
	{"private variables with initializers", `
  const K = 5u; var<private> a: i32 = -43; var<private> b: u32 = K; var<private> c: vec2<u32> = vec2<u32>(K, 9u);
  var<private> d: bool = !false; var<private> e: f32 = -0.5; var<private> f: u32 = ~0u; var<private> g = 7u;
  var<private> h: array<u32, 2> = array<u32, 2>(K, K + 1u);` + inMain(`
  out[0] = bitcast<u32>(a); out[1] = b; out[2] = c.x + c.y; out[3] = u32(d); out[4] = bitcast<u32>(e); out[5] = f; out[6] = g;
  out[7] = h[1];`),
		[]uint32{4294967253, 5, 14, 1, 3204448256, 4294967295, 7, 6}, ""},
	{"atomics", `var<workgroup> w: atomic<i32>; var<workgroup> u: array<atomic<u32>, 2>;` + inMain(`
  atomicStore(&w, -5); let a = atomicAdd(&w, 3); let b = atomicMin(&w, -9); let c = atomicExchange(&w, 4); out[0] = bitcast<u32>(a);
  out[1] = bitcast<u32>(b); out[2] = bitcast<u32>(c); out[3] = u32(atomicLoad(&w));
  out[4] = atomicOr(&u[1], 12u) + atomicXor(&u[1], 5u) + atomicAnd(&u[1], 8u); out[5] = atomicLoad(&u[1]);
  out[6] = atomicSub(&u[0], 1u); out[7] = atomicMax(&u[0], 3u);`),
		[]uint32{4294967291, 4294967294, 4294967287, 4, 21, 8, 0, 4294967295}, ""},
	{"atomicCompareExchangeWeak", `var<workgroup> w: atomic<u32>;` + inMain(`
  var tries = 0u; loop { let r = atomicCompareExchangeWeak(&w, 0u, 7u); tries++;
  if (r.exchanged || tries > 50u) { out[0] = r.old_value; break; } } let r = atomicCompareExchangeWeak(&w, 3u, 9u);
  out[1] = r.old_value; out[2] = u32(r.exchanged); out[3] = atomicLoad(&w);`),
		[]uint32{0, 7, 0, 7}, ""},
	{"workgroupUniformLoad", `var<workgroup> w: u32; var<workgroup> s: vec2<f32>;` + inMain(`
  w = 6u; s = vec2<f32>(1.0, 2.0); let x = workgroupUniformLoad(&w); let y = workgroupUniformLoad(&s); out[0] = x; out[1] = u32(y.y);
  storageBarrier(); workgroupBarrier();`),
		[]uint32{6, 2}, ""},
	{"arrayLength", `
  struct R { n: u32, list: array<vec2<u32>> } @group(0) @binding(1) var<storage, read> r: R;
  @group(0) @binding(2) var<storage, read> s: array<u32>;` + inMain(`out[0] = arrayLength(&r.list); out[1] = arrayLength(&s); out[2] = r.list[1].y;`),
		[]uint32{15, 32, 5}, ""},
	{"integer functions", inMain(`
  let a = 0x00f0u | out[0]; out[0] = countOneBits(a); out[1] = countLeadingZeros(a); out[2] = countTrailingZeros(a);
  out[3] = firstLeadingBit(a); out[4] = firstTrailingBit(a); out[5] = reverseBits(a); out[6] = extractBits(a, 4u, 6u);
  out[7] = insertBits(a, 5u, 8u, 4u); out[8] = bitcast<u32>(extractBits(-2i, 0u, 4u)); out[9] = u32(abs(-5));
  out[10] = clamp(9u, 2u, 5u); out[11] = bitcast<u32>(firstLeadingBit(-1)); out[12] = bitcast<u32>(min(-3, 2));
  out[13] = u32(max(vec2<i32>(-3), vec2<i32>(2)).y); out[14] = dot(vec2<u32>(2u, 3u), vec2<u32>(4u, 5u));
  out[15] = countTrailingZeros(a - a);`),
		[]uint32{4, 24, 4, 7, 4, 251658240, 15, 1520, 4294967294, 5, 5, 4294967295, 4294967293, 2, 23, 32}, ""},
	{"sign of integers", inMain(`
  let i = -i32(out[5]); out[0] = bitcast<u32>(sign(i)); out[1] = bitcast<u32>(sign(vec2<i32>(0, 9)).y);
  out[2] = u32(abs(vec2<i32>(i)).x);`),
		[]uint32{4294967295, 1, 5}, ""},
	{"bits beyond a word", inMain(`
  let n = out[8] * 4u; out[0] = extractBits(0xffffffffu, n, 8u); out[1] = extractBits(0xffffffffu, 28u, n);
  out[2] = insertBits(0u, 0xffu, 28u, n); out[3] = insertBits(5u, 0xffu, n, 3u);`),
		[]uint32{0, 15, 4026531840, 5}, ""},
	{"packing of floats", inMain(`
  let v = vec4<f32>(0.0, 0.5, -1.0, 2.0); out[0] = pack4x8unorm(v); out[1] = pack4x8snorm(v); out[2] = pack2x16unorm(v.yw);
  out[3] = pack2x16snorm(v.zy); out[4] = pack2x16float(v.yz); out[5] = bitcast<u32>(unpack4x8unorm(0xff00ff80u).w);
  out[6] = bitcast<u32>(unpack4x8snorm(0x80u).x); out[7] = bitcast<u32>(unpack2x16float(0xbc003800u).y);
  out[8] = bitcast<u32>(unpack2x16snorm(0x8000u).x); out[9] = bitcast<u32>(unpack2x16unorm(0xffff0000u).y);`),
		[]uint32{4278222848, 2139176960, 4294934528, 1073774593, 3154130944, 1065353216, 3212836864, 3212836864, 3212836864, 1065353216}, ""},
	{"packing of bytes", inMain(`
  let v = vec4<i32>(-1, 2, 300, -300); out[0] = pack4xI8(v); out[1] = pack4xI8Clamp(v);
  out[2] = pack4xU8(vec4<u32>(1u, 2u, 300u, 4u)); out[3] = pack4xU8Clamp(vec4<u32>(1u, 2u, 300u, 4u));
  out[4] = bitcast<u32>(unpack4xI8(0x8001ff7fu).w); out[5] = unpack4xU8(0x8001ff7fu).w;
  out[6] = bitcast<u32>(dot4I8Packed(0x01ff02feu, 0x7f0380ffu)); out[7] = dot4U8Packed(0x01ff02feu, 0x7f0380ffu);`),
		[]uint32{3559654143, 2155807487, 69992961, 83821057, 4294967168, 128, 4294967166, 65918}, ""},
	{"quantizeToF16", inMain(`out[0] = bitcast<u32>(quantizeToF16(1.0 + f32(out[1]) * 0.3)); out[1] = bitcast<u32>(quantizeToF16(vec2<f32>(-0.1)).y);`),
		[]uint32{1067868160, 3184312320}, ""},
	{"frexp, modf and ldexp", inMain(`
  let f = frexp(f32(out[12])); out[0] = bitcast<u32>(f.fract); out[1] = u32(f.exp); let m = modf(-f32(out[7]) / 2.0);
  out[2] = bitcast<u32>(m.fract); out[3] = bitcast<u32>(m.whole); out[4] = bitcast<u32>(ldexp(1.5, i32(out[5])));
  let v = frexp(vec2<f32>(8.0, 0.25)); out[5] = bitcast<u32>(v.exp.y); let w = modf(vec3<f32>(1.5, -2.25, 3.0));
  out[6] = bitcast<u32>(w.whole.y);`),
		[]uint32{1061158912, 4, 3204448256, 3225419776, 1111490560, 4294967295, 3221225472}, ""},
	{"rounding", inMain(`
  let h = f32(out[5]) / 2.0; out[0] = u32(round(h)); out[1] = u32(round(h + 1.0)); out[2] = bitcast<u32>(floor(-h));
  out[3] = bitcast<u32>(ceil(-h)); out[4] = bitcast<u32>(trunc(-h)); out[5] = bitcast<u32>(fract(-h));
  out[6] = bitcast<u32>(saturate(h)); out[7] = bitcast<u32>(sign(-h)); out[8] = bitcast<u32>(step(h, 2.0));
  out[9] = bitcast<u32>(abs(-h)); out[10] = bitcast<u32>(clamp(h, 0.0, 2.0)); out[11] = bitcast<u32>(-h % 2.0);`),
		[]uint32{2, 4, 3225419776, 3221225472, 3221225472, 1056964608, 1065353216, 3212836864, 0, 1075838976, 1073741824, 3204448256}, ""},
	{"names of built-in functions as variables", inMain(`let max = 3u; let dot = 4u; out[0] = max + dot;`),
		[]uint32{7}, ""},
	{"a function named like a built-in one", `fn max(a: u32) -> u32 { return a + 100u; }` + inMain(`out[0] = max(1u);`),
		[]uint32{101}, `a function cannot be named "max" like a built-in one`},
	{"comments", inMain(`out[0] = 1u; // one
/* two /* nested */ */ out[1] /* three */ = 5u;`),
		[]uint32{1, 5}, ""},
	{"diagnostics", `diagnostic(off, derivative_uniformity);` + inMain(`out[0] = 1u;`),
		[]uint32{1}, ""},
	{"built-in values in a struct", `
  struct In { @builtin(local_invocation_index) i: u32, @builtin(num_workgroups) n: vec3<u32> }
  @compute @workgroup_size(1) fn main(in: In, @builtin(workgroup_id) w: vec3<u32>) { out[0] = in.i + in.n.x + 10u * in.n.y + w.x; }`,
		[]uint32{11}, ""},
	{"a workgroup size of constants", `
  const X = 2; const Y: u32 = 0x1u;
  @compute @workgroup_size(X, Y, 1u) fn main(@builtin(local_invocation_index) i: u32) { out[i] = 50u + i; }`,
		[]uint32{50, 51}, ""},
	{"override", `override n: u32 = 5u; @compute @workgroup_size(1) fn main() { out[0] = n; }`,
		[]uint32{5}, `pipeline-overridable constants are not supported ("override")`},
	{"a component through a pointer", inMain(`let v = vec2<u32>(3u, 4u); var w = v; let p = &w; (*p).y = 9u; out[0] = w.y; out[1] = v.y;`),
		[]uint32{9, 4}, ""},
	{"size and alignment attributes", `struct A { @size(16) a: u32, @align(16) b: u32, c: vec3<u32> } @group(0) @binding(1) var<storage, read> s: array<A, 2>;` + inMain(`out[0] = s[1].a; out[1] = s[1].b; out[2] = s[1].c.y;`),
		[]uint32{12, 16, 21}, ""},
	{"bool in private and workgroup memory", `var<private> b: array<bool, 3>; var<workgroup> w: vec2<bool>; struct S { f: bool, n: u32 }` + inMain(`
  b[out[1]] = true; w = vec2<bool>(b[1], b[2]); var s = S(w.x, 4u); s.f = !s.f; out[0] = u32(b[1]) + u32(w.y) + u32(s.f) + s.n;`),
		[]uint32{5}, ""},
}
