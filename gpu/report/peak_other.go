//go:build !amd64

package report

import "github.com/klauspost/cpuid/v2"

func processor() string { return cpuid.CPU.BrandName }

// peak is measured where there is assembly for it.
func peak(int) (run func() error, ops float64, width string) { return nil, 0, "" }
