package wgsl

import (
	"strings"
	"testing"
)

func TestShortCircuitCalls(t *testing.T) {
	const frame = `
@group(0) @binding(0) var<storage, read_write> o: array<u32>;
fn f(x: u32) -> bool { o[1] = x; return x > 1u; }
@compute @workgroup_size(1) fn main() {
  %s
}`
	for body, refused := range map[string]bool{
		"if (o[0] > 1u && f(2u)) { o[0] = 1u; }":               true,
		"if (o[0] > 1u || (o[2] > 1u && !f(2u))) { }":          true,
		"let a = select(1u, 2u, o[0] > 1u && f(1u)); o[0]=a;":  true,
		"var a = false; a = o[0] > 1u || f(3u);":               true,
		"if (f(2u) && o[0] > 1u) { o[0] = 1u; }":               false,
		"if (o[0] > 1u && max(o[0], 2u) > 3u) { }":             false,
		"let a = (o[0] > 1u && o[1] > 1u); let b = f(1u);":     false,
		"let a = select(o[0] > 1u && o[1] > 2u, f(1u), true);": false,
	} {
		_, err := Parse(strings.Replace(frame, "%s", body, 1))
		if got := err != nil && strings.Contains(err.Error(), "right of &&"); got != refused || !refused && err != nil {
			t.Errorf("%s: %v", body, err)
		}
	}
}
