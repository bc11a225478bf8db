package worker

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

// The child is confined before its first instruction: the parent restricts the thread that starts it, and a new process
// inherits what its thread has. That needs neither the cooperation of every thread of a running child nor a second exec.
// Libraries for Landlock restrict the calling process instead, which here would be the node.

const (
	readFile = unix.LANDLOCK_ACCESS_FS_READ_FILE
	readTree = readFile | unix.LANDLOCK_ACCESS_FS_READ_DIR
	loadTree = readTree | unix.LANDLOCK_ACCESS_FS_EXECUTE
	useNode  = readTree | unix.LANDLOCK_ACCESS_FS_WRITE_FILE | unix.LANDLOCK_ACCESS_FS_IOCTL_DEV
	ofFiles  = readFile | unix.LANDLOCK_ACCESS_FS_EXECUTE | unix.LANDLOCK_ACCESS_FS_WRITE_FILE | unix.LANDLOCK_ACCESS_FS_TRUNCATE | unix.LANDLOCK_ACCESS_FS_IOCTL_DEV
)

// allowed is what drivers need to be found and loaded, and nothing that belongs to a person. Inputs and results are not
// here: they are handed over as open descriptors. Shader caches are not either: what one tenant's process writes must not
// be loaded by the next one's. What the environment names is left out where it would open the person's home directory, or anything of the
// private directories.
func allowed(binary string, env, private []string) map[string]uint64 {
	paths := map[string]uint64{binary: readFile | unix.LANDLOCK_ACCESS_FS_EXECUTE}
	add := func(access uint64, list ...string) {
		for _, p := range list {
			paths[p] |= access
		}
	}
	add(loadTree, "/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib",
		"/nix/store", "/gnu/store", "/run/opengl-driver", "/opt/amdgpu", "/opt/rocm")
	add(readTree, "/usr", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/vulkan", "/etc/glvnd", "/etc/nvidia", "/etc/drirc", "/etc/localtime",
		"/sys/devices", "/sys/dev", "/sys/class", "/sys/bus", "/sys/module", "/sys/kernel/mm/transparent_hugepage",
		"/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/version", "/proc/devices", "/proc/modules", "/proc/filesystems", "/proc/driver", "/proc/sys/vm",
		"/dev/random", "/dev/urandom")
	add(useNode, "/dev/null", "/dev/zero", "/dev/dri", "/dev/kfd", "/dev/dxg", "/dev/nvidia-caps")
	nodes, _ := filepath.Glob("/dev/nvidia*") // the pattern is right
	add(useNode, nodes...)
	for _, e := range env {
		name, list, _ := strings.Cut(e, "=")
		access := uint64(readTree)
		switch name {
		case "LD_LIBRARY_PATH":
			access = loadTree
		case "VK_ICD_FILENAMES", "VK_DRIVER_FILES", "VK_ADD_DRIVER_FILES", "VK_LAYER_PATH", "VK_ADD_LAYER_PATH":
		default:
			continue
		}
		for _, p := range filepath.SplitList(list) {
			// A relative or empty entry means the working directory, which holds other things than drivers.
			if filepath.IsAbs(p) && !exposes(p, private) {
				add(access, p)
			}
		}
	}
	return paths
}

// exposes reports whether a path leads to all of the person's home directory, or of /, or to anything of the private directories.
func exposes(path string, private []string) bool {
	homes := []string{"/"}
	if home, err := os.UserHomeDir(); err == nil {
		homes = append(homes, home)
	}
	if u, err := user.Current(); err == nil {
		homes = append(homes, u.HomeDir)
	}
	for _, home := range homes {
		if within(home, path) {
			return true
		}
	}
	for _, dir := range private {
		if within(dir, path) || within(path, dir) {
			return true
		}
	}
	return false
}

// within reports whether a path is a directory or lies in it, wherever symbolic links lead.
func within(path, dir string) bool {
	real := func(p string) string {
		if r, err := filepath.EvalSymlinks(p); err == nil {
			p = r
		}
		p, _ = filepath.Abs(p) // what cannot be had is as good as its name
		return p
	}
	rel, err := filepath.Rel(real(dir), real(path))
	return err == nil && rel != ".." && !strings.HasPrefix(rel, "../")
}

// landlockABI is the version that the kernel offers, 0 for none.
func landlockABI() int {
	v, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	if errno != 0 {
		return 0
	}
	return int(v)
}

// restrictThread confines the calling thread, and with it what it starts, for good: the goroutine must be locked to it and
// end without unlocking. It returns the Landlock version in force; 0 with nil means that the kernel has none.
func restrictThread(paths map[string]uint64) (abi int, err error) {
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return 0, fmt.Errorf("no_new_privs: %w", err)
	}
	if paths != nil {
		if abi, err = landlockThread(paths); err != nil {
			return 0, err
		}
	}
	head := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	if err := unix.Capset(&head, &new([2]unix.CapUserData)[0]); err != nil {
		return abi, fmt.Errorf("capabilities: %w", err)
	}
	return abi, nil
}

func landlockThread(paths map[string]uint64) (int, error) {
	abi := landlockABI()
	if abi == 0 {
		return 0, nil
	}
	attr := unix.LandlockRulesetAttr{Access_fs: 1<<13 - 1} // version 1
	size := unsafe.Sizeof(attr.Access_fs)
	if abi >= 2 {
		attr.Access_fs |= unix.LANDLOCK_ACCESS_FS_REFER
	}
	if abi >= 3 {
		attr.Access_fs |= unix.LANDLOCK_ACCESS_FS_TRUNCATE
	}
	if abi >= 4 {
		attr.Access_net = unix.LANDLOCK_ACCESS_NET_BIND_TCP | unix.LANDLOCK_ACCESS_NET_CONNECT_TCP
		size += unsafe.Sizeof(attr.Access_net)
	}
	if abi >= 5 {
		attr.Access_fs |= unix.LANDLOCK_ACCESS_FS_IOCTL_DEV
	}
	if abi >= 6 {
		attr.Scoped = unix.LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | unix.LANDLOCK_SCOPE_SIGNAL
		size += unsafe.Sizeof(attr.Scoped)
	}
	fd, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, uintptr(unsafe.Pointer(&attr)), size, 0)
	if errno != 0 {
		return 0, fmt.Errorf("landlock ruleset: %w", errno)
	}
	rules := os.NewFile(fd, "landlock")
	defer rules.Close()
	for path, access := range paths {
		if err := allow(int(fd), path, access&attr.Access_fs); err != nil && !errors.Is(err, unix.ENOENT) {
			return 0, fmt.Errorf("landlock rule for %s: %w", path, err)
		}
	}
	if _, _, errno := unix.Syscall(unix.SYS_LANDLOCK_RESTRICT_SELF, fd, 0, 0); errno != 0 {
		return 0, fmt.Errorf("landlock: %w", errno)
	}
	return abi, nil
}

func allow(rules int, path string, access uint64) error {
	fd, err := unix.Open(path, unix.O_PATH|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	var s unix.Stat_t
	if err := unix.Fstat(fd, &s); err != nil {
		return err
	}
	if s.Mode&unix.S_IFMT != unix.S_IFDIR {
		access &= ofFiles
	}
	attr := unix.LandlockPathBeneathAttr{Allowed_access: access, Parent_fd: int32(fd)}
	_, _, errno := unix.Syscall6(unix.SYS_LANDLOCK_ADD_RULE, uintptr(rules), unix.LANDLOCK_RULE_PATH_BENEATH, uintptr(unsafe.Pointer(&attr)), 0, 0, 0)
	if errno != 0 {
		return errno
	}
	return nil
}

// measureSandbox finds out, inside the child, what is in force.
func measureSandbox() Sandbox {
	var s Sandbox
	get := func(option int) int {
		v, err := unix.PrctlRetInt(option, 0, 0, 0, 0)
		if err != nil {
			return 0
		}
		return v
	}
	s.NoNewPrivs = get(unix.PR_GET_NO_NEW_PRIVS) == 1
	s.Seccomp = get(unix.PR_GET_SECCOMP) == 2
	head := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var caps [2]unix.CapUserData
	s.Capabilities = unix.Capget(&head, &caps[0]) == nil && caps[0].Permitted|caps[1].Permitted == 0
	// Everybody may list the root directory, but who is confined.
	fd, err := unix.Open("/", unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err == nil {
		unix.Close(fd)
	}
	if s.Landlock = errors.Is(err, unix.EACCES); s.Landlock {
		s.ABI = landlockABI()
	}
	var core unix.Rlimit
	s.Rlimits = unix.Getrlimit(unix.RLIMIT_CORE, &core) == nil && core.Max == 0
	return s
}
