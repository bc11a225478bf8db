//go:build !race

package poc

const raceEnabled = false
