package wgsl_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
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

// bigSin and bigCos reduce any f32 exactly.
func bigSin(x float64) float64 { return bigTurn(x, math.Sin) }
func bigCos(x float64) float64 { return bigTurn(x, math.Cos) }

func bigTurn(x float64, f func(float64) float64) float64 {
	const precision = 400
	twoPi, _, err := big.ParseFloat("6.283185307179586476925286766559005768394338798750211641949889184615632812572417997256069650684234135964296173026564613294187689219101164463450718816256962234900568205403877042211119289245897909860763928", 10, precision, big.ToNearestEven)
	if err != nil {
		panic(err)
	}
	turns := new(big.Float).SetPrec(precision).Quo(new(big.Float).SetPrec(precision).SetFloat64(x), twoPi)
	whole, _ := turns.Int(nil)
	turns.Sub(turns, new(big.Float).SetPrec(precision).SetInt(whole))
	r, _ := turns.Mul(turns, twoPi).Float64()
	return f(r)
}
