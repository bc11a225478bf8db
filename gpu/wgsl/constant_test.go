package wgsl

import (
	"strings"
	"testing"
)

// TestInvalidConstants: what Chromium refuses too, with a part of the reason, on the last line of the body.
func TestInvalidConstants(t *testing.T) {
	const before = "@must_use fn used() -> u32 { return 1u; }\nfn nothing() { }\n" + head +
		"@compute @workgroup_size(1) fn main() {\n var x = i32(out[0]); var u = out[1]; var f = f32(out[2]); var v = vec2f(f); var m = mat2x3f(); _ = x; _ = u; _ = f; _ = v; _ = m;\n"
	for body, want := range map[string]string{
		"let a = 2147483647 + 1;":                          "2147483648 is not a value of type i32",
		"let a: i32 = 3000000000;":                         "not a value of type i32",
		"let a = i32(3000000000);":                         "not a value of type i32",
		"let a = u32(-1);":                                 "-1 is not a value of type u32",
		"let a = x + 3000000000;":                          "not a value of type i32",
		"u += 1 - 2;":                                      "-1 is not a value of type u32",
		"let a = vec2<u32>(1, -3);":                        "-3 is not a value of type u32",
		"let a = array<i32, 2>(1, 3000000000);":            "not a value of type i32",
		"switch (x) { case 3000000000: { } default: { } }": "not a value of type i32",
		"const a = 4294967295 * 4294967295;":               "is too large",
		"let a = 1i << 31;":                                "loses bits",
		"let a = 2u << 31;":                                "loses bits",
		"let a = u << (16 + 16);":                          "shift by 32 bits",
		"let a = vec2u(u) << vec2u(3, 40);":                "shift by 40 bits",
		"let a = 5 / (1 - 1);":                             "division by 0",
		"const z = 0i; let a = x / z;":                     "division by 0",
		"let a = vec2i(x) % vec2i(1, 0);":                  "division by 0",
		"let a = 1.0 / (2.0 - 2.0);":                       "division by 0",
		"let a = (-2147483647i - 1i) / -1i;":               "is too large",
		"let a = 3e38f * 10f;":                             "too large for the type f32",
		"let a = f32(3e38 * 10);":                          "not a value of type f32",
		"let a = sqrt(-1.0);":                              "sqrt has no value",
		"let a = acos(vec2(0.5, 2.0));":                    "acos has no value",
		"let a = clamp(x, 5, 2);":                          "low end",
		"let a = smoothstep(1.0, 1.0, f);":                 "both ends",
		"let a = ldexp(f, 200);":                           "exponent 200",
		"let a = extractBits(u, 30u, 8u);":                 "bits 30 to 38",
		"let a = bitcast<f32>(0x7fc00000u);":               "not those of a number",
		"let a = normalize(vec2(0.0, 0.0));":               "without a length",
		"let a = m[2];":                                    "beyond the 2 elements",
		"let a = m[1][3];":                                 "beyond the 3 elements",
		"const i = 1 + 2; let a = transpose(m)[i];":        "beyond the 3 elements",
		"m[2][0] = 1.0;":                                   "beyond the 2 elements",
		"let a = out[-1];":                                 "is negative",
		"const a = u;":                                     "must be a constant expression",
		"const_assert u > 1u;":                             "must be a constant expression",
		"const_assert 1;":                                  "needs a bool",
		"used();":                                          "must_use",
		"if (u > 1u) { used(); }":                          "must_use",
		"_ = nothing();":                                   "nothing",
		"let a = u + 1u << 2u;":                            "brackets",
		"if (u == 1u && x == 1 || f == 1.0) { }":           "brackets",
		"let a = u | 1u & 2u;":                             "brackets",
		"x = 1.5;":                                         "a value of type i32 is needed",
		"let a: vec2<f32> = vec3<f32>();":                  "a value of type vec2<f32> is needed",
		"let a = min(1u, 2i);":                             "cannot be combined",
		"let a = v + vec3f(1.0);":                          "cannot combine",
		"let a = m * m;":                                   "cannot combine",
		"let a = mat2x2f(1, 2, 3);":                        "cannot be made from these 3 values",
		"let a = u32(vec2(1u));":                           "cannot be made from",
		"let a = sqrt(4u);":                                "cannot take u32",
		"let a = bitcast<vec2<u32>>(1u);":                  "bits of u32",
		"let p = &v.x;":                                    "no address",
		"let a = &1;":                                      "needs a variable",
		"let a = *u;":                                      "needs a pointer",
		"let p = &u; let a = p + 1u;":                      "cannot be applied to a pointer",
		"var p = &u;":                                      "cannot hold a pointer",
		"let a = out;":                                     "cannot hold array<u32>",
		"f++;":                                             "needs an integer",
		"let a = u32;":                                     "is a type",
		"let min = 1u; let a = min(1u, 2u);":               "not a function here",
		"loop { continuing { break; } }":                   "in a continuing block",
		"loop { continuing { if (u > 1u) { return; } break if u > 2u; } }":               "in a continuing block",
		"loop { if (u > 1u) { continue; } let q = 1u; continuing { break if q > 5u; } }": "passes over the declaration",
		"let a = 01u;":             "begins with a 0",
		"let a = 0x1.00000001p0f;": "not exactly",
	} {
		_, err := Parse(before + body + "\n}")
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "line 6:") {
			t.Errorf("%s: %v; want %s", body, err, want)
		}
	}
	for decl, want := range map[string]string{
		"const q = i32(3000000000);": "not a value of type i32", "var<private> q: i32 = 2147483647 + 1;": "not a value of type i32",
		"@must_use fn g() { }": "returns nothing", "struct S { }": "no members", "struct S { @align(3) a: u32 }": "power of two",
		"struct S { @align(16) @align(16) a: u32 }": "twice", "@align(16) var<private> q: u32;": "cannot stand here",
		"@compute @workgroup_size(1, 2, 3, 4) fn q() { }": "one to three", "@workgroup_size(1) fn q() { }": "belong together",
		"fn g(a: atomic<u32>) { }": "cannot be atomic", "var<workgroup> w: atomic<f32>;": "holds i32 or u32", "var<private, read> q: u32;": "access mode",
		"var<private> q: u32; fn h() -> u32 { return q; } fn g(p: ptr<private, u32>) { *p = h(); } fn k() { g(&q); }": "uses that variable itself",
	} {
		_, err := Parse(mainOf("out[0] = 1u;") + "\n\n" + decl)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "line 4:") {
			t.Errorf("%s: %v; want %s", decl, err, want)
		}
	}
}

// TestValidConstants: what looks like a fault of TestInvalidConstants, and is none.
func TestValidConstants(t *testing.T) {
	for _, body := range []string{
		"let a = 2147483647i + 1i; let b = 0u - 1u; let c = 4000000000u * 2u; let d = -(-2147483647i - 1i); let e = u32(-1i); let g = i32(1e10);",
		"let h = 0x1.8 + 0x1p4f; const a = 3000000000 * 2; let b = u32(a / 4); const c = 1 << 40; let d = u32(c >> 20); let e = 1u << 31; let g = -1i << 31;",
		"let a = false && (1 / 0 == 0); let b = true || (1i << 40u == 0); let c = f / 0; let d = 1.0 / f; let e = x / 1;",
		"let t = transpose(m); let a = t[2][1]; let b = m[1][2]; let p = &m; let c = (*p)[1].z; let d = p[1]; let q = &m[1]; let e = (*q).y;",
		"let a = x == 1 && (u == 2u || f > 1.0) && u + 1u < 3u * 4u; let b = (u << 1u) + 2u; let c = u & 1u & 2u; let d = -f * 2 + 1;",
		"loop { let q = 1u; if (u > 1u) { continue; } if (f > 1.0) { break; } continuing { u += q; loop { let z = u; if (z > 3u) { break; } continuing { u++; } } break if u > 5u; } }",
		"for (var i = 0; i < 3; i++) { if (i == 1) { continue; } let q = i; switch (q) { case 1: { continue; } default: { break; } } }",
		"let a = vec3f(vec3u(1u, 2u, u)); let b = vec4f(v, v).wzyx.xy * m[0].xy; let c = mix(v, v, 0.5); let d = select(v, v, v < v); let e = dot(v, v) + length(f);",
		"let a = min(u, 3); let b = clamp(f, 0, 1); let c = array(1, 2.5); let d = c[1]; let e = 3 * v; let g = vec2(1) + 2.5; let h = x % 3 - 1;",
	} {
		src := head + "@compute @workgroup_size(1) fn main() {\n var x = i32(out[0]); var u = out[1]; var f = f32(out[2]); var v = vec2f(f); var m = mat2x3f();\n" + body + "\n}"
		if _, err := Parse(src); err != nil {
			t.Errorf("%s: %v", body, err)
		}
	}
}
