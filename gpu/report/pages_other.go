//go:build !linux

package report

// askForLargePages does nothing: only Linux can be asked.
func askForLargePages([]byte) {}
