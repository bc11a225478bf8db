package wgsl

import (
	"strings"
	"testing"
)

// TestEndless has loops that nothing in them can end, and such that look like them and may end. The loop begins on line 10.
func TestEndless(t *testing.T) {
	const never, first = "nothing leaves this loop, so it never ends", "ends in its first turn or never"
	for body, want := range map[string]string{
		"loop { }":                                          never,
		"while (true) { }":                                  never,
		"while (!false) { }":                                never,
		"while (2 > 1) { }":                                 never,
		"for (;;) { x += 1u; out[0] = x; }":                 never,
		"loop { atomicAdd(&w, 1u); }":                       never,
		"loop { if (x > 3u) { continue; } x += 1u; }":       never,
		"loop { loop { x += 1u; if (x > 5u) { break; } } }": never,
		"loop { switch (x) { case 1u: { break; } default: { x += 1u; } } }": never,

		"loop { if (out[1] == 77u) { break; } }":                                                   first,
		"while (out[7] == 0u) { }":                                                                 first,
		"while (shared_[3] == 0u) { }":                                                             first,
		"while (out[7] == 0u && out[8] == 0u) { }":                                                 first,
		"while (out[7] == 0u || x == 0u) { o2[x] += 1u; }":                                         first,
		"for (; x < 5u;) { }":                                                                      first,
		"for (var i = 0u; x < 5u; i++) { out[i] = i; }":                                            first,
		"let n = x; loop { x += 1u; out[x] = n; if (n > 5u) { return; } }":                         first,
		"loop { let n = out[2] * 3u + x; if (n > 5u) { return; } }":                                first,
		"loop { var n = out[2]; n = n * 3u; if (n > 5u) { break; } }":                              first,
		"loop { var n = x; if (out[3] > 1u) { n = 3u; } else { n = 4u; } if (n > 5u) { break; } }": first,
		"loop { if (out[0] == 1u) { if (out[1] == 1u) { break; } } }":                              first,
		"loop { if (out[0] == 1u) { if (out[1] == 1u) { continue; } break; } }":                    first,
		"loop { switch (out[1]) { case 7u: { return; } default: { } } }":                           first,
		"loop { switch (x) { case 7u, 8u: { return; } default: { o2[0] = 1u; } } }":                first,
		"loop { if (ready()) { break; } }":                                                         first,
		"loop { if (more(x, 3u) > 5u) { break; } o2[1] = 2u; }":                                    first,
		"loop { o2[1] = 2u; continuing { break if out[1] > 3u; } }":                                first,
		"loop { if (arrayLength(&out) > 100u) { break; } out[3] = 1u; }":                           first,
		"loop { for (var i = 0u; i < 4u; i++) { o2[i] = i; } if (p > 3u) { break; } }":             first,
		"while (at(&x) > 3u) { }":                                                                  first,
		"loop { if (u.a.x > 3u) { break; } out[0] += 1u; }":                                        first,

		"loop { break; }": "",
		"loop { if (out[1] == 77u) { x = 1u; } else { return; } break; }":                        "",
		"while (false) { x = 3u; }":                                                              "",
		"while (N > 5) { x = 3u; }":                                                              "",
		"loop { switch (x) { case 1u, 2u: { return; } default: { return; } } }":                  "",
		"loop { switch (x) { case 1u: { break; } default: { } } return; }":                       "",
		"for (var i = 0u; i < 5u; i++) { }":                                                      "",
		"loop { if (out[1] == 77u) { break; } out[0] += 1u; }":                                   "",
		"loop { if (p > 3u) { break; } bump(); }":                                                "",
		"loop { if (x > 3u) { break; } raise(&x); }":                                             "",
		"loop { if (at(&x) > 3u) { break; } x += 1u; }":                                          "",
		"loop { if (next() > 3u) { break; } }":                                                   "",
		"loop { if (atomicLoad(&w) == 1u) { break; } }":                                          "",
		"loop { workgroupBarrier(); if (u.a.x > 3u) { break; } }":                                "",
		"var b = false; loop { if (b) { break; } b = true; }":                                    "",
		"var b = false; loop { let c = b; b = true; if (c) { break; } }":                         "",
		"loop { if (x > 9u) { return; } if (out[1] == 77u) { break; } x += 1u; }":                "",
		"loop { var n = 1u; if (x > 3u) { n = 2u; } x += 1u; if (n == 2u) { break; } }":          "",
		"loop { x += 1u; if (x > 3u) { if (out[1] == 77u) { break; } return; } }":                "",
		"loop { x += 1u; if (x < 3u) { continue; } if (out[1] == 77u) { break; } return; }":      "",
		"loop { x += 1u; switch (out[1]) { default: { if (x < 3u) { break; } return; } } }":      "",
		"loop { for (var i = 0u; i < 3u; i++) { if (out[1] == 7u) { return; } } x += 1u; }":      "",
		"loop { x += 1u; continuing { break if x > 3u; } }":                                      "",
		"loop { var a = array<u32, 2>(1u, 2u); a[x] = 7u; x ^= 1u; if (a[0] == 7u) { break; } }": "",
	} {
		src := `@group(0) @binding(0) var<storage, read_write> out: array<u32>;
@group(0) @binding(1) var<storage, read_write> o2: array<u32>; struct U { a: vec4<u32> } @group(0) @binding(2) var<uniform> u: U;
var<private> p: u32; var<workgroup> w: atomic<u32>; var<workgroup> shared_: array<u32, 8>; const N = 5;
fn ready() -> bool { return out[1] == 77u; } fn more(a: u32, b: u32) -> u32 { var c = a; c *= b; return c + out[2]; }
fn bump() { p += 1u; } fn raise(q: ptr<function, u32>) { *q += 1u; } fn at(q: ptr<function, u32>) -> u32 { return *q; }
fn next() -> u32 { bump(); return p; }
@compute @workgroup_size(1) fn main() {
  for (var i = 0u; i < u.a.x; i++) { if (i == 3u) { continue; } o2[i] = i; }
  var x = u.a.y; shared_[0] = atomicAdd(&w, p);
` + body + "\n}\n"
		_, err := Parse(src)
		switch {
		case want == "" && err != nil:
			t.Errorf("%s: %v", body, err)
		case want != "" && (err == nil || !strings.HasPrefix(err.Error(), "line 10:") || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v, want %q", body, err, want)
		}
	}
}
