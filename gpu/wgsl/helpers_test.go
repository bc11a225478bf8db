package wgsl_test

import (
	"encoding/binary"
	"fmt"
	"math"
)

func firstDifference(got, want []byte) string {
	n := 0
	first := ""
	for i := 0; i+4 <= min(len(got), len(want)); i += 4 {
		g, w := binary.LittleEndian.Uint32(got[i:]), binary.LittleEndian.Uint32(want[i:])
		if g != w {
			if n == 0 {
				first = fmt.Sprintf("element %d: %#x (%v), evaluator %#x (%v)", i/4, g, math.Float32frombits(g), w, math.Float32frombits(w))
			}
			n++
		}
	}
	return fmt.Sprintf("%d of %d, first %s", n, len(want)/4, first)
}
