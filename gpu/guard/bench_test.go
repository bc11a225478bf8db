package guard

import (
	"testing"
	"time"

	"gpumesh/gpu"
)

// BenchmarkRead reads this machine's own sensors, as a node with limits does every two seconds.
func BenchmarkRead(b *testing.B) {
	for _, i := range []gpu.Info{{Type: gpu.CPU, Name: "llvmpipe"}, {Type: gpu.Discrete, Name: "AMD Radeon"}} {
		b.Run(string(i.Type), func(b *testing.B) {
			s := Open(Options{Adapter: i})
			for b.Loop() {
				s.Read(time.Now())
			}
		})
	}
}
