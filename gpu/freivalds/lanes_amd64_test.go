package freivalds

import "testing"

// Processors with wider vectors do not use the loops for narrower ones, which are right as well.
func TestNarrowLanes(t *testing.T) {
	if !wide {
		t.Skip("they are what the other tests use")
	}
	wide = false
	defer func() { wide = true }()
	for n := range 70 {
		compareLanes(t, nil, uint64(n), uint8(n))
	}
}
