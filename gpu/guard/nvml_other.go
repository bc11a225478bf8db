//go:build !linux || !cgo

package guard

func openNVML(string, *processes) []source {
	return []source{missing{"NVIDIA's sensors are read on Linux, by a build with cgo"}}
}
