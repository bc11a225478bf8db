//go:build !amd64

package report

import "github.com/klauspost/cpuid/v2"

func processor() string { return cpuid.CPU.BrandName }

// peaks are measured where there is assembly for them.
func peaks(int) []loop { return nil }
