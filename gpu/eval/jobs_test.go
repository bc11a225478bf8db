package eval_test

import (
	"fmt"
	"image"
	"image/png"
	"math/bits"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"gpumesh/gpu/wgsl"
)

// kernelSource reads an example job's kernel and injects its constants as the job system does.
func kernelSource(t testing.TB, name, consts string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "testnet", "jobs", name))
	if err != nil {
		t.Fatal(err)
	}
	return consts + string(b)
}

func renderJob(t testing.TB, w, h int) job {
	return job{
		src:  kernelSource(t, "render.wgsl", fmt.Sprintf("const WIDTH: u32 = %du; const HEIGHT: u32 = %du; const ROWS: u32 = %du; const SCENE: u32 = 7u; ", w, h, h)),
		bufs: [][]uint32{{0, 1, 0, 0}, make([]uint32, w*h)},
		grid: [3]uint32{uint32(w+7) / 8, uint32(h+7) / 8, 1},
	}
}

func TestRender(t *testing.T) {
	const w, h = 158, 117 // not multiples of the workgroup
	j := renderJob(t, w, h)
	mod, err := wgsl.Parse(j.src)
	if err != nil {
		t.Fatal(err)
	}
	if tier, reasons := mod.Tier(); tier != wgsl.Exact {
		t.Fatalf("the render is %s: %v", tier, reasons)
	}
	if n := mod.Entries[0].LoopIterations; n > 60000 {
		t.Fatalf("%d loop iterations", n)
	}
	pix := run(t, j)[1]
	colors := map[uint32]bool{}
	for i, p := range pix {
		if p>>24 != 0xff {
			t.Fatalf("pixel %d is %#x, not opaque", i, p)
		}
		colors[p] = true
	}
	if len(colors) < 2000 {
		t.Fatalf("only %d colors", len(colors))
	}
	top, bottom := pix[w/2], pix[(h-1)*w]
	if blue, red := top>>16&0xff, top&0xff; blue <= red {
		t.Fatalf("the sky is not blue: %#x", top)
	}
	if top == bottom {
		t.Fatal("sky and floor look the same")
	}
	if dir := os.Getenv("GPUMESH_RENDER"); dir != "" {
		f, err := os.Create(filepath.Join(dir, "render.png"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := png.Encode(f, &image.RGBA{Pix: pack(pix), Stride: 4 * w, Rect: image.Rect(0, 0, w, h)}); err != nil {
			t.Fatal(err)
		}
	}
}

func matmulJob(t testing.TB, name string, rng *rand.Rand, m, n, k int, word func() uint32) job {
	a, b := make([]uint32, m*k), make([]uint32, k*n)
	for i := range a {
		a[i] = word()
	}
	for i := range b {
		b[i] = word()
	}
	return job{
		src:  kernelSource(t, name, fmt.Sprintf("const M: u32 = %du; const N: u32 = %du; const K: u32 = %du; ", m, n, k)),
		bufs: [][]uint32{a, b, make([]uint32, m*n)},
		grid: [3]uint32{uint32(n+31) / 32, uint32(m+31) / 32, 1},
	}
}

var matmulShapes = [][3]int{{1, 1, 1}, {4, 4, 4}, {32, 32, 32}, {33, 31, 7}, {5, 70, 13}, {66, 3, 20}, {2, 129, 1}}

func TestMatmul(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, s := range matmulShapes {
		m, n, k := s[0], s[1], s[2]
		j := matmulJob(t, "matmul_i32.wgsl", rng, m, n, k, rng.Uint32)
		f := matmulJob(t, "matmul_f32.wgsl", rng, m, n, k, func() uint32 { return float(rng.Float32()*2 - 1) })
		wantI, wantF := make([]uint32, m*n), make([]uint32, m*n)
		for i := range m {
			for c := range n {
				var sum uint32
				var fsum float32
				for x := range k {
					sum += j.bufs[0][i*k+x] * j.bufs[1][x*n+c]
					p := float32(unfloat(f.bufs[0][i*k+x]) * unfloat(f.bufs[1][x*n+c]))
					fsum = float32(fsum + p)
				}
				wantI[i*n+c], wantF[i*n+c] = sum, float(fsum)
			}
		}
		diff(t, fmt.Sprint("i32 ", s), run(t, j)[2], wantI)
		diff(t, fmt.Sprint("f32 ", s), run(t, f)[2], wantF)
	}
}

func TestMatmulTiers(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for name, want := range map[string]wgsl.Tier{"matmul_i32.wgsl": wgsl.Exact, "matmul_f32.wgsl": wgsl.ClassExact} {
		mod, err := wgsl.Parse(matmulJob(t, name, rng, 8, 8, 100, rng.Uint32).src)
		if err != nil {
			t.Fatal(err)
		}
		if tier, reasons := mod.Tier(); tier != want {
			t.Errorf("%s is %s: %v", name, tier, reasons)
		}
		if n := mod.Entries[0].LoopIterations; n != 100 {
			t.Errorf("%s: %d loop iterations, want K", name, n)
		}
	}
}

// philox is Philox 4x32-10 of Salmon et al. (2011).
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

func TestPhilox(t *testing.T) { // known answers of the authors' Random123 library
	if got := philox([4]uint32{}, [2]uint32{}); got != [4]uint32{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8} {
		t.Errorf("%x", got)
	}
	if got := philox([4]uint32{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, [2]uint32{0xa4093822, 0x299f31d0}); got != [4]uint32{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1} {
		t.Errorf("%x", got)
	}
}

func piJob(t testing.TB, samples, groups int, seed uint64, step uint32) job {
	return job{
		src:  kernelSource(t, "pi.wgsl", fmt.Sprintf("const SAMPLES: u32 = %du; ", samples)),
		bufs: [][]uint32{{step, 16, uint32(seed), uint32(seed >> 32)}, {0, 0}},
		grid: [3]uint32{uint32(groups), 1, 1},
	}
}

func TestPi(t *testing.T) {
	const samples, groups, seed, step = 64, 20, 0x1234567_89abcdef, 3
	j := piJob(t, samples, groups, seed, step)
	mod, err := wgsl.Parse(j.src)
	if err != nil {
		t.Fatal(err)
	}
	if tier, reasons := mod.Tier(); tier != wgsl.Exact {
		t.Fatalf("pi is %s: %v", tier, reasons)
	}
	hits := uint32(0)
	for id := range uint32(groups * 64) {
		for s := range uint32(samples / 4) {
			lo := uint64(seed)
			for _, r := range philox([4]uint32{s, id, step, 0}, [2]uint32{uint32(lo), uint32(lo >> 32)}) {
				x, y := uint64(2*(r&0xffff)+1), uint64(2*(r>>16)+1)
				if x*x+y*y <= 1<<34 {
					hits++
				}
			}
		}
	}
	out := run(t, j)[1]
	diff(t, "pi", out, []uint32{hits, samples * groups * 64})
	if est := 4 * float64(out[0]) / float64(out[1]); est < 3.12 || est > 3.16 {
		t.Errorf("estimate %v", est)
	}
}

func TestPiSum(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	pairs := make([]uint32, 2*1000)
	var hits, total uint64
	for i := 0; i < len(pairs); i += 2 {
		pairs[i], pairs[i+1] = rng.Uint32(), rng.Uint32()
		hits, total = hits+uint64(pairs[i]), total+uint64(pairs[i+1])
	}
	out := run(t, job{src: kernelSource(t, "pi_sum.wgsl", "const COUNT: u32 = 1000u; "), bufs: [][]uint32{pairs, make([]uint32, 4)}})
	diff(t, "sum", out[1], []uint32{uint32(hits), uint32(hits >> 32), uint32(total), uint32(total >> 32)})
}

// TestJobsOnDriver compares the exact kernels with a real driver, byte by byte.
func TestJobsOnDriver(t *testing.T) {
	d := driver(t)
	rng := rand.New(rand.NewPCG(7, 8))
	jobs := map[string]job{
		"render": renderJob(t, 160, 120),
		"matmul": matmulJob(t, "matmul_i32.wgsl", rng, 45, 67, 89, rng.Uint32),
		"pi":     piJob(t, 256, 8, 99, 0),
		"pi_sum": {src: kernelSource(t, "pi_sum.wgsl", "const COUNT: u32 = 2u; "), bufs: [][]uint32{{1 << 31, 5, 1 << 31, 6}, make([]uint32, 4)}},
	}
	for name, j := range jobs {
		want, err := j.on(t, d)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for i, got := range run(t, j) {
			diff(t, fmt.Sprintf("%s binding %d", name, i), got, want[i])
		}
	}
}
