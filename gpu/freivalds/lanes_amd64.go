package freivalds

import "github.com/klauspost/cpuid/v2"

// fast processors have vectors of 256 bits, wide ones also of 512.
var fast, wide = cpuid.CPU.Supports(cpuid.AVX2), cpuid.CPU.Supports(cpuid.AVX2, cpuid.AVX512F)

//go:noescape
func floats256(sums *floatSums, x *byte, t *float64, steps int)

//go:noescape
func words256(sums *wordSums, x *byte, t *uint64, steps int)

//go:noescape
func bits256(out *quad, words *byte, blocks, step, across int, bits *bitBlock)

//go:noescape
func bits512(out *quad, words *byte, blocks, step, across int, bits *bitBlock)

//go:noescape
func products256(out *quad, words *byte, n, step, across int, y *[64]uint32)

func addFloats(sums *floatSums, x []byte, t floatTable) {
	steps := len(x) / (4 * floatLanes)
	if !fast || steps == 0 {
		addFloatsPlain(sums, x, t)
		return
	}
	_ = t[steps*floatLanes*(vectors+1)-1]
	floats256(sums, &x[0], &t[0], steps)
}

func addWords(sums *wordSums, x []byte, t wordTable) {
	steps := len(x) / (4 * wordLanes)
	if !fast || steps == 0 {
		addWordsPlain(sums, x, t)
		return
	}
	_ = t[steps*wordLanes*3-1]
	words256(sums, &x[0], &t[0], steps)
}

func addBlocks(out *quad, g grid, bits []bitBlock) {
	if !fast {
		addBlocksPlain(out, g, bits)
		return
	}
	g.check()
	blocks := g.n / bitsOnce
	_ = bits[blocks-1]
	if wide {
		bits512(out, &g.words[0], blocks, g.step, g.across, &bits[0])
		return
	}
	bits256(out, &g.words[0], blocks, g.step, g.across, &bits[0])
}

func addProducts(out *quad, g grid, y [][64]uint32) {
	if !fast || g.n == 0 {
		addProductsPlain(out, g, y)
		return
	}
	g.check()
	_ = y[g.n-1]
	products256(out, &g.words[0], g.n, g.step, g.across, &y[0])
}
