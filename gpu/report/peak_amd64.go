package report

import (
	"sync"

	"github.com/klauspost/cpuid/v2"
)

// fma256 and fma512 do n rounds of twelve fused multiply-adds of 8 or 16 floats.
func fma256(n uint64)
func fma512(n uint64)

func processor() string { return cpuid.CPU.BrandName }

// peak is a loop of fused multiply-adds on all cores at once, of the widest vectors that there are, and the operations it does.
func peak(cores int) (run func() error, ops float64, width string) {
	const rounds = 4 << 20
	loop, lanes, width := fma256, 8, "256-bit"
	switch {
	case cpuid.CPU.Supports(cpuid.AVX512F):
		loop, lanes, width = fma512, 16, "512-bit"
	case !cpuid.CPU.Supports(cpuid.FMA3, cpuid.AVX):
		return nil, 0, ""
	}
	return func() error {
		var wg sync.WaitGroup
		for range cores {
			wg.Go(func() { loop(rounds) })
		}
		wg.Wait()
		return nil
	}, float64(cores * rounds * 12 * lanes * 2), width
}
