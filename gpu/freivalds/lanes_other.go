//go:build !amd64

package freivalds

func addFloats(sums *floatSums, x []byte, t floatTable) { addFloatsPlain(sums, x, t) }

func addWords(sums *wordSums, x []byte, t wordTable) { addWordsPlain(sums, x, t) }

func addBlocks(out *quad, g grid, bits []bitBlock) { addBlocksPlain(out, g, bits) }

func addProducts(out *quad, g grid, y [][64]uint32) { addProductsPlain(out, g, y) }
