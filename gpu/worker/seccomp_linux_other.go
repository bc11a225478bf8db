//go:build linux && !amd64

package worker

// There is no filter for this architecture yet; Sandbox tells so.
const (
	auditArch uint32 = 0
	x32Bit    uint32 = 1<<32 - 1
)

var deniedHere, sealedHere []uint32
