//go:build race

package market

// The race detector makes signatures slow; a fifth of the seeds still covers every kind of fault.
func init() { mixedSeeds /= 5 }
