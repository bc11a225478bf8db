package webgpu

import (
	"fmt"
	"strings"

	"github.com/rajveermalviya/go-webgpu/wgpu"

	"gpumesh/gpu"
)

// knownDrivers are the Vulkan drivers that strangers' kernels may run on, by what they say in VkPhysicalDeviceDriverProperties.driverName,
// in small letters. Metal and Direct3D 12 have one driver per card, whose name WebGPU does not tell.
var knownDrivers = map[string]bool{
	"nvidia":                        true, // the manufacturer's, on all systems
	"amd proprietary driver":        true,
	"amd open-source driver":        true, // AMDVLK
	"radv":                          true,
	"intel corporation":             true, // the manufacturer's, on Windows
	"intel open-source mesa driver": true, // ANV
	"llvmpipe":                      true, // lavapipe
	"swiftshader driver":            true,
	"moltenvk":                      true,
}

// describe is what is known of an adapter and, in one sentence, why strangers' kernels may not run on it, "" where they may: not on OpenGL, on
// a Vulkan driver that is not known, or on a kind of adapter that does not say what it is, as nobody has measured how those misbehave.
func describe(p wgpu.AdapterProperties) (gpu.Info, string) {
	info := gpu.Info{
		Name: strings.TrimSpace(p.Name), Type: adapterType(p.AdapterType), Backend: backendName(p.BackendType),
		Driver: strings.Join(strings.Fields(p.VendorName+" "+p.DriverDescription), " "), FrontEnd: frontEnd,
	}
	why := ""
	switch {
	case info.Name == "":
		return info, "an adapter without a name takes no strangers' programs"
	case info.Backend == "":
		why = "it is neither on Vulkan nor on Metal nor on Direct3D 12"
	case info.Type == "":
		why = "it says neither that it is a GPU nor that it is a processor"
	case info.Backend == "vulkan" && !knownDrivers[strings.ToLower(strings.TrimSpace(p.VendorName))]:
		why = fmt.Sprintf("its Vulkan driver %q is none of NVIDIA's, AMD's, Intel's, Mesa's radv, anv and llvmpipe, SwiftShader and MoltenVK", info.Driver)
	default:
		return info, ""
	}
	return info, fmt.Sprintf("%s takes no strangers' programs, as %s", info.Name, why)
}
