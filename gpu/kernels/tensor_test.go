package kernels_test

import (
	"math"
	"testing"
)

func softmax(x []float64) []float64 {
	largest, sum := math.Inf(-1), 0.0
	for _, v := range x {
		largest = max(largest, v)
	}
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = math.Exp(v - largest)
		sum += y[i]
	}
	for i := range y {
		y[i] /= sum
	}
	return y
}

func TestSoftmax(t *testing.T) {
	check(t, "softmax-f32", rowShapes, anything, func(in data) map[string]any {
		var y []float64
		for x := in.f["x"]; len(x) > 0; x = x[in.p["N"]:] {
			y = append(y, softmax(x[:in.p["N"]])...)
		}
		return map[string]any{"y": y}
	})
}

func TestLayernorm(t *testing.T) {
	check(t, "layernorm-f32", rowShapes, anything, func(in data) map[string]any {
		var y []float64
		n := in.p["N"]
		for x := in.f["x"]; len(x) > 0; x = x[n:] {
			mean, squares := 0.0, 0.0
			for _, v := range x[:n] {
				mean += v / float64(n)
			}
			for _, v := range x[:n] {
				squares += (v - mean) * (v - mean) / float64(n)
			}
			for i, v := range x[:n] {
				y = append(y, (v-mean)/math.Sqrt(squares+1e-5)*in.f["gamma"][i]+in.f["beta"][i])
			}
		}
		return map[string]any{"y": y}
	})
}

func TestGelu(t *testing.T) {
	check(t, "gelu-f32", []shapeOf{{"N": 1}, {"N": 64}, {"N": 3001}}, anything, func(in data) map[string]any {
		var y []float64
		for _, x := range in.f["x"] {
			y = append(y, x/2*(1+math.Tanh(math.Sqrt(2/math.Pi)*(x+0.044715*x*x*x))))
		}
		return map[string]any{"y": y}
	})
}

func TestTranspose(t *testing.T) {
	check(t, "transpose-f32", []shapeOf{{"M": 1, "N": 1}, {"M": 7, "N": 65}, {"M": 64, "N": 32, "BATCH": 3}, {"M": 1, "N": 9, "BATCH": 2}}, anything,
		func(in data) map[string]any {
			var y []uint32
			m, n := in.p["M"], in.p["N"]
			for b := range max(in.p["BATCH"], 1) {
				for i := range n {
					for j := range m {
						y = append(y, in.u["x"][(b*m+j)*n+i])
					}
				}
			}
			return map[string]any{"y": y}
		})
}

func TestAttention(t *testing.T) {
	shapes := []shapeOf{{"S": 1, "T": 1, "D": 1}, {"S": 33, "T": 17, "D": 12}, {"S": 16, "T": 16, "D": 64, "BATCH": 2}, {"S": 9, "T": 21, "D": 5, "CAUSAL": 1, "BATCH": 2}}
	check(t, "attention-f32", shapes, anything, func(in data) map[string]any {
		var y []float64
		s, n, d := in.p["S"], in.p["T"], in.p["D"]
		for b := range max(in.p["BATCH"], 1) {
			for i := range s {
				q := in.f["q"][(b*s+i)*d:][:d]
				seen := n
				if in.p["CAUSAL"] == 1 {
					seen = n - s + i + 1
				}
				scores := make([]float64, seen)
				for j := range seen {
					for x, k := range in.f["k"][(b*n+j)*d:][:d] {
						scores[j] += q[x] * k / math.Sqrt(float64(d))
					}
				}
				out := make([]float64, d)
				for j, w := range softmax(scores) {
					for x, v := range in.f["v"][(b*n+int64(j))*d:][:d] {
						out[x] += w * v
					}
				}
				y = append(y, out...)
			}
		}
		return map[string]any{"y": y}
	})
}

func TestConv2d(t *testing.T) {
	shapes := []shapeOf{
		{"H": 1, "W": 1, "C": 1, "OC": 1, "KH": 1, "KW": 1},
		{"H": 9, "W": 7, "C": 3, "OC": 8, "KH": 3, "KW": 3, "PAD": 1},
		{"H": 11, "W": 16, "C": 2, "OC": 5, "KH": 4, "KW": 2, "PAD": 2, "STRIDE": 3, "BATCH": 2},
		{"H": 2, "W": 3, "C": 4, "OC": 4, "KH": 5, "KW": 5, "PAD": 2},
	}
	check(t, "conv2d-f32", shapes, anything, func(in data) map[string]any {
		get := func(name string) int64 { return max(in.p[name], 1) }
		h, w, c, oc, kh, kw, pad, stride := get("H"), get("W"), get("C"), get("OC"), get("KH"), get("KW"), in.p["PAD"], get("STRIDE")
		var y []float64
		for b := range get("BATCH") {
			for top := -pad; top+kh <= h+pad; top += stride {
				for left := -pad; left+kw <= w+pad; left += stride {
					for o := range oc {
						sum := 0.0
						for ky := range kh {
							for kx := range kw {
								if row, column := top+ky, left+kx; row >= 0 && row < h && column >= 0 && column < w {
									for ch := range c {
										sum += in.f["x"][((b*h+row)*w+column)*c+ch] * in.f["w"][((ky*kw+kx)*c+ch)*oc+o]
									}
								}
							}
						}
						y = append(y, sum)
					}
				}
			}
		}
		return map[string]any{"y": y}
	})
}
