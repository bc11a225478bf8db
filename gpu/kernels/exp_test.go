package kernels

import (
	"encoding/binary"
	"fmt"
	"gpumesh/gpu"
	"gpumesh/gpu/webgpu"
	"math"
	"os"
	"strings"
	"testing"
)

func sample(b gpu.Buffer, seed uint32) []byte {
	p := make([]byte, b.Len)
	for i := 0; i < len(p); i += 4 {
		seed = seed*1664525 + 1013904223
		v := seed >> 24 & 15
		if b.Type == gpu.F32 {
			v = math.Float32bits(float32(v)/8 - 1)
		}
		binary.LittleEndian.PutUint32(p[i:], v)
	}
	return p
}
func reductions() []*template { return nil }
func scans() []*template      { return nil }
func sorts() []*template      { return nil }
func tensors() []*template    { return nil }
func attentions() []*template { return nil }
func generators() []*template { return nil }
func filters() []*template    { return nil }

func TestExp(t *testing.T) {
	d, err := webgpu.Open(t.Context(), webgpu.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	n := int64(512)
	for _, name := range []string{"matmul-i8","matmul-f32", "matmul-i32"} {
		for _, v := range Variants(name) {
			if f := os.Getenv("V"); f != "" && !strings.Contains(v, f) {
				continue
			}
			k, err := New(name, map[string]int64{"M": n, "N": n, "K": n}, v)
			if err != nil {
				t.Fatal(err)
			}
			s, err := open(t.Context(), d, k)
			if err != nil {
				t.Error(v, err)
				continue
			}
			s.time(t.Context(), 1)
			x, _ := s.time(t.Context(), 1)
			y, _ := s.time(t.Context(), 1)
			fmt.Printf("%s %s %.2f GFLOPS\n", name, v, float64(k.Ops)/float64(min(x, y)))
			s.close()
		}
	}
}
