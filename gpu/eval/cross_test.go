package eval_test

import (
	"context"
	"strings"
	"testing"

	"gpumesh/gpu"
	"gpumesh/gpu/gputest"
	"gpumesh/gpu/webgpu"
	"gpumesh/gpu/wgsl"
)

// driver opens the machine's adapter for comparison. Without one the test is skipped.
func driver(t *testing.T) gpu.Device {
	t.Helper()
	d, err := webgpu.Open(context.Background(), webgpu.Options{})
	if err != nil {
		t.Skipf("no adapter to compare with: %v", err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// TestConstantsOnDriver: a const inside of a function, a const_assert and abstract numbers are what the driver does not know.
func TestConstantsOnDriver(t *testing.T) {
	d := driver(t)
	tried := 0
	for _, c := range gputest.Subset() {
		if !strings.Contains(c.Name, "const") || c.Refused != "" {
			continue
		}
		m, err := wgsl.Parse(c.Source())
		if err != nil {
			t.Fatal(c.Name, err)
		}
		out, err := job{src: m.Portable, bufs: [][]uint32{upTo(16)}}.on(t, d)
		if err != nil {
			t.Errorf("%s: %v\n%s", c.Name, err, m.Portable)
			continue
		}
		diff(t, c.Name, out[0], append(append([]uint32(nil), c.Want...), upTo(16)[len(c.Want):]...))
		tried++
	}
	if tried < 10 {
		t.Errorf("%d constructs with constants", tried)
	}
}
