package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
)

// stack is a way to run kernels.
type stack struct {
	name string
	open func(ctx context.Context) (runner, error)
}

// runner is an opened stack. It is used by one goroutine at a time.
type runner interface {
	Info() gpu.Info
	Run(ctx context.Context, j *job) result
	Close() error
}

// absent is the error of a stack that the machine does not have. It says how to get it.
type absent string

func (a absent) Error() string { return string(a) }

const jobTime = 10 * time.Minute // Chromium takes more than three for the path tracer on a busy machine

// stacks are all that the command knows, the evaluator first.
func stacks() []stack {
	return []stack{
		{"eval", func(context.Context) (runner, error) { return local{eval.Open()}, nil }},
		{"lavapipe", vulkan("apt-get install mesa-vulkan-drivers", nil, "/usr/share/vulkan/icd.d/lvp_icd*.json")},
		{"lavapipe-new", vulkan(
			"unpack a newer mesa-vulkan-drivers and libdrm2 (of Debian's backports, say) into a folder with dpkg-deb -x and set GPUMESH_LAVAPIPE to it",
			[]string{"LD_LIBRARY_PATH=" + filepath.Join(os.Getenv("GPUMESH_LAVAPIPE"), "usr/lib/x86_64-linux-gnu")},
			unpacked("usr/share/vulkan/icd.d/lvp_icd*.json"))},
		{"swiftshader", vulkan("apt-get install chromium; its SwiftShader is found in /usr/lib/chromium", nil, "/usr/lib/chromium/vk_swiftshader_icd.json")},
		{"chromium", openChromium},
		{"gpu", vulkan("a GPU with a Vulkan, Metal or Direct3D 12 driver", nil)},
	}
}

// unpacked is a pattern inside the folder GPUMESH_LAVAPIPE; without one it matches nothing.
func unpacked(pattern string) string {
	root := os.Getenv("GPUMESH_LAVAPIPE")
	if root == "" {
		return filepath.Join(os.DevNull, "x")
	}
	return filepath.Join(root, pattern)
}

// vulkan opens a child process that sees one driver: the one whose manifest a pattern finds. Without patterns the child sees
// what the machine has, and only a GPU counts.
func vulkan(how string, env []string, patterns ...string) func(context.Context) (runner, error) {
	return func(ctx context.Context) (runner, error) {
		if len(patterns) == 0 {
			c, err := startChild(ctx, nil)
			if err != nil {
				return nil, absent(how)
			}
			if t := c.info.Type; t != gpu.Discrete && t != gpu.Integrated {
				c.Close()
				return nil, absent(how)
			}
			return c, nil
		}
		for _, p := range patterns {
			found, err := filepath.Glob(p)
			if err != nil {
				return nil, err
			}
			if len(found) > 0 {
				return startChild(ctx, append([]string{"VK_DRIVER_FILES=" + found[0], "VK_ICD_FILENAMES=" + found[0]}, env...))
			}
		}
		return nil, absent(how)
	}
}

// local runs jobs on a device of this process.
type local struct{ gpu.Device }

func (l local) Run(ctx context.Context, j *job) result {
	ctx, cancel := context.WithTimeout(ctx, jobTime)
	defer cancel()
	return j.do(ctx, l.Device)
}

// opened is a stack that could be opened.
type opened struct {
	name string
	runner
}

// openAll opens what the machine has, of the stacks named or of all. missing says what it has not.
func openAll(ctx context.Context, names map[string]bool) (have []opened, missing []string, err error) {
	for _, s := range stacks() {
		if len(names) > 0 && !names[s.name] {
			continue
		}
		r, err := s.open(ctx)
		var a absent
		switch {
		case errors.As(err, &a):
			missing = append(missing, fmt.Sprintf("%s: not here; to have it: %s", s.name, a))
		case err != nil:
			closeAll(have)
			return nil, nil, fmt.Errorf("%s: %w", s.name, err)
		default:
			have = append(have, opened{s.name, r})
		}
	}
	return have, missing, nil
}

func closeAll(have []opened) {
	for _, s := range have {
		s.Close()
	}
}
