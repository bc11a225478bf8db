package testnet

import (
	"errors"
	"fmt"
	"path/filepath"
)

// driver is a Vulkan driver that computes on the CPU. Several can be installed side by side, so that a testnet has devices of
// different classes on a machine without any GPU.
type driver struct {
	manifest string // pattern of its path
	install  string
}

var drivers = map[string]driver{
	"lavapipe":    {"/usr/share/vulkan/icd.d/lvp_icd*.json", "apt-get install mesa-vulkan-drivers"},
	"swiftshader": {"/usr/lib/chromium/vk_swiftshader_icd.json", "apt-get install chromium"},
}

// ErrNoDriver is the cause of an error about a driver that is not installed.
var ErrNoDriver = errors.New("the driver is not installed")

// CheckDevice says whether nodes of a testnet can have a device here: auto, webgpu and eval, see node.Config, or the drivers
// lavapipe and swiftshader.
func CheckDevice(name string) error {
	_, _, err := device(name)
	return err
}

// device returns a node's setting, and the environment in which its worker finds the driver. The node itself uses no driver.
func device(name string) (setting string, env []string, err error) {
	switch name {
	case "auto", "webgpu", "eval":
		return name, nil, nil
	case "":
		return "auto", nil, nil
	}
	d, ok := drivers[name]
	if !ok {
		return "", nil, fmt.Errorf("there is no device %q; it is auto, webgpu, eval, lavapipe or swiftshader", name)
	}
	found, err := filepath.Glob(d.manifest)
	if err != nil {
		return "", nil, err
	}
	if len(found) == 0 {
		return "", nil, fmt.Errorf("%s: %w; to have it: %s", name, ErrNoDriver, d.install)
	}
	return "webgpu", []string{"VK_DRIVER_FILES=" + found[0], "VK_ICD_FILENAMES=" + found[0]}, nil // the second for old loaders
}
