//go:build !unix

package gomlx_test

import "time"

var started = time.Now()

// processorTime is that of the clock where there is no other.
func processorTime() time.Duration { return time.Since(started) }
