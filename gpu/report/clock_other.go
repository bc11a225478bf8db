//go:build !unix

package report

import "time"

const hasProcessorTime = false

func processorTime() time.Duration { return wallClock() }
