package report

import (
	"sync"

	"github.com/klauspost/cpuid/v2"
)

// fma256 and fma512 do n rounds of twelve fused multiply-adds of 8 or 16 floats.
func fma256(n uint64)
func fma512(n uint64)

func processor() string { return cpuid.CPU.BrandName }

// peaks are the loops that this processor can do, that of the widest vectors first.
func peaks(cores int) (list []loop) {
	if cpuid.CPU.Supports(cpuid.AVX512F) {
		list = append(list, newLoop(cores, 512, fma512))
	}
	if cpuid.CPU.Supports(cpuid.FMA3, cpuid.AVX) {
		list = append(list, newLoop(cores, 256, fma256))
	}
	return list
}

func newLoop(cores, bits int, fma func(uint64)) loop {
	const rounds = 24 << 20 // takes about as long as a product, so that noise hits both alike
	return loop{bits, float64(cores * rounds * 12 * 2 * bits / 32), func() error {
		var wg sync.WaitGroup
		for range cores {
			wg.Go(func() { fma(rounds) })
		}
		wg.Wait()
		return nil
	}}
}
