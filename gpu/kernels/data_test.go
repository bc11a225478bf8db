package kernels_test

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSort(t *testing.T) {
	shapes := []shapeOf{{"N": 1}, {"N": 128}, {"N": 1000}, {"N": 5003}}
	for _, typ := range []string{"u32", "i32"} {
		compare := func(a, b uint32) int { return cmp.Compare(a, b) }
		if typ == "i32" {
			compare = func(a, b uint32) int { return cmp.Compare(int32(a), int32(b)) }
		}
		t.Run(typ, func(t *testing.T) {
			check(t, "sort-"+typ, shapes, anything, func(in data) map[string]any {
				y := slices.Clone(in.u["x"])
				slices.SortFunc(y, compare)
				return map[string]any{"y": y}
			})
		})
		t.Run("pairs "+typ, func(t *testing.T) {
			few := func(input string, _ shapeOf) uint32 { // equal keys, to see that they keep their order
				if input == "keys" {
					return 50
				}
				return 0
			}
			check(t, "sort-pairs-"+typ, shapes, few, func(in data) map[string]any {
				order := make([]int, len(in.u["keys"]))
				for i := range order {
					order[i] = i
				}
				slices.SortStableFunc(order, func(a, b int) int { return compare(in.u["keys"][a], in.u["keys"][b]) })
				var sorted, moved []uint32
				for _, i := range order {
					sorted, moved = append(sorted, in.u["keys"][i]), append(moved, in.u["values"][i])
				}
				return map[string]any{"sorted": sorted, "moved": moved}
			})
		})
	}
}

func TestHistogram(t *testing.T) {
	shapes := []shapeOf{{"N": 1, "BINS": 1}, {"N": 3001, "BINS": 17}, {"N": 20000, "BINS": 300}, {"N": 999, "BINS": 5000}}
	check(t, "histogram", shapes, func(_ string, p shapeOf) uint32 { return uint32(p["BINS"]*5/4 + 1) }, func(in data) map[string]any {
		counts := make([]uint32, in.p["BINS"])
		for _, v := range in.u["x"] {
			if int64(v) < in.p["BINS"] {
				counts[v]++
			}
		}
		return map[string]any{"counts": counts}
	})
}

// philox is Philox4x32-10 as its authors define it.
func philox(x [4]uint32, k [2]uint32) [4]uint32 {
	for range 10 {
		h0, l0 := bits.Mul32(0xD2511F53, x[0])
		h1, l1 := bits.Mul32(0xCD9E8D57, x[2])
		x = [4]uint32{h1 ^ x[1] ^ k[0], l1, h0 ^ x[3] ^ k[1], l0}
		k[0] += 0x9E3779B9
		k[1] += 0xBB67AE85
	}
	return x
}

func TestPhilox(t *testing.T) { // known answers of the authors' library Random123
	require.Equal(t, [4]uint32{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, philox([4]uint32{}, [2]uint32{}))
	require.Equal(t, [4]uint32{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
		philox([4]uint32{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, [2]uint32{0xa4093822, 0x299f31d0}))
}

func TestRandom(t *testing.T) {
	shapes := []shapeOf{{"N": 1}, {"N": 4, "STREAM": 1}, {"N": 1003, "STREAM": 1<<32 - 1}, {"N": 20000}}
	numbers := func(in data) []uint32 {
		var x []uint32
		for block := uint32(0); len(x) < int(in.p["N"]); block++ {
			four := philox([4]uint32{block, 0, uint32(in.p["STREAM"]), 0}, [2]uint32{uint32(in.seed), uint32(in.seed >> 32)})
			x = append(x, four[:]...)
		}
		return x[:in.p["N"]]
	}
	t.Run("u32", func(t *testing.T) {
		check(t, "random-u32", shapes, anything, func(in data) map[string]any { return map[string]any{"x": numbers(in)} })
	})
	t.Run("f32", func(t *testing.T) {
		check(t, "random-f32", shapes, anything, func(in data) map[string]any {
			x := numbers(in)
			for i, v := range x {
				x[i] = math.Float32bits(float32(v>>8) / (1 << 24))
			}
			return map[string]any{"x": x}
		})
	})
}

func TestRandomNormal(t *testing.T) {
	shapes := []shapeOf{{"N": 1}, {"N": 7, "STREAM": 3}, {"N": 20000}}
	check(t, "random-normal-f32", shapes, anything, func(in data) map[string]any {
		var x []float64
		for block := uint32(0); len(x) < int(in.p["N"]); block++ {
			v := philox([4]uint32{block, 0, uint32(in.p["STREAM"]), 0}, [2]uint32{uint32(in.seed), uint32(in.seed >> 32)})
			for i := 0; i < 4; i += 2 {
				size := math.Sqrt(-2 * math.Log(float64(v[i]>>8+1)/(1<<24)))
				s, c := math.Sincos(float64(v[i+1]) / (1 << 31) * math.Pi)
				x = append(x, size*c, size*s)
			}
		}
		if len(x) >= 20000 { // the reference must be normal too
			var moments [5]float64
			for _, v := range x {
				for i := range moments {
					moments[i] += math.Pow(v, float64(i)) / float64(len(x))
				}
			}
			for i, want := range []float64{1, 0, 1, 0, 3} {
				require.InDelta(t, want, moments[i], []float64{1e-9, 0.03, 0.04, 0.1, 0.3}[i], "moment %d", i) // some four deviations
			}
		}
		return map[string]any{"x": x[:in.p["N"]]}
	})
}

var pictures = []shapeOf{{"W": 1, "H": 1}, {"W": 64, "H": 8}, {"W": 37, "H": 53}, {"W": 3, "H": 100}}

// channels of the pixel at a place, or of the nearest one in the image.
func pixel(in data, x, y int64) [4]int64 {
	p := in.u["image"][min(max(y, 0), in.p["H"]-1)*in.p["W"]+min(max(x, 0), in.p["W"]-1)]
	return [4]int64{int64(p & 255), int64(p >> 8 & 255), int64(p >> 16 & 255), int64(p >> 24)}
}

func blurred(in data, result func(sum int64) int64, weight func(d int64) int64) map[string]any {
	w, h, r := in.p["W"], in.p["H"], in.p["RADIUS"]
	image := in
	for _, step := range [][2]int64{{1, 0}, {0, 1}} {
		var out []uint32
		for i := range w * h {
			word := uint32(0)
			for c := range 4 {
				sum := int64(0)
				for d := -r; d <= r; d++ {
					sum += weight(d) * pixel(image, i%w+d*step[0], i/w+d*step[1])[c]
				}
				word |= uint32(result(sum)) << (8 * c)
			}
			out = append(out, word)
		}
		image.u = map[string][]uint32{"image": out}
	}
	return map[string]any{"filtered": image.u["image"]}
}

func withRadius(radii ...int64) []shapeOf {
	var shapes []shapeOf
	for i, r := range radii {
		p := pictures[i%len(pictures)]
		shapes = append(shapes, shapeOf{"W": p["W"], "H": p["H"], "RADIUS": r})
	}
	return shapes
}

func TestBlurBox(t *testing.T) {
	check(t, "blur-box", withRadius(1, 2, 5, 64), anything, func(in data) map[string]any {
		side := 2*in.p["RADIUS"] + 1
		return blurred(in, func(sum int64) int64 { return (sum + side/2) / side }, func(int64) int64 { return 1 })
	})
}

func TestBlurGaussian(t *testing.T) {
	check(t, "blur-gaussian", withRadius(1, 3, 4, 32), anything, func(in data) map[string]any {
		r := in.p["RADIUS"]
		at := func(d int64) float64 { return math.Exp(-2 * float64(d*d) / float64(r*r)) }
		total := 0.0
		for d := -r; d <= r; d++ {
			total += at(d)
		}
		weights := make(map[int64]int64)
		rest := int64(65536)
		for d := int64(1); d <= r; d++ {
			weights[d] = int64(math.Round(65536 * at(d) / total))
			weights[-d] = weights[d]
			rest -= 2 * weights[d]
		}
		weights[0] = rest
		return blurred(in, func(sum int64) int64 { return (sum + 32768) >> 16 }, func(d int64) int64 { return weights[d] })
	})
}

func TestSobel(t *testing.T) {
	check(t, "sobel", pictures, anything, func(in data) map[string]any {
		w, h := in.p["W"], in.p["H"]
		light := func(x, y int64) int64 {
			p := pixel(in, x, y)
			return (77*p[0] + 150*p[1] + 29*p[2]) >> 8
		}
		var out []uint32
		for i := range w * h {
			across, down := int64(0), int64(0)
			for a, weight := range []int64{1, 2, 1} {
				d := int64(a) - 1
				across += weight * (light(i%w+1, i/w+d) - light(i%w-1, i/w+d))
				down += weight * (light(i%w+d, i/w+1) - light(i%w+d, i/w-1))
			}
			g := uint32(min(max(across, -across)+max(down, -down), 255))
			out = append(out, g|g<<8|g<<16|0xff000000)
		}
		return map[string]any{"filtered": out}
	})
}
