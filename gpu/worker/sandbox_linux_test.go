package worker

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"gpumesh/gpu"
)

// The parent tells the probes what is worth stealing.
const (
	secretEnv = "GPUMESH_WORKER_TEST_SECRET" // path of a private file of the parent
	addrEnv   = "GPUMESH_WORKER_TEST_ADDR"   // of a listener of the parent on the loopback interface
)

// probe is an attempt to escape. It runs inside a confined child, and must fail for lack of permission, or with want.
type probe struct {
	name    string
	needs   string // the feature that stops it: "landlock", "seccomp", "seal"; empty: none
	try     func() error
	want    error
	control bool // it succeeds outside the sandbox, and is harmless there
}

// probes are aimed at a process, which is the parent when they are run in a child.
func probes(parent int) []probe {
	secret, addr := os.Getenv(secretEnv), os.Getenv(addrEnv)
	proc := fmt.Sprintf("/proc/%d/", parent)
	home, _ := os.UserHomeDir()
	exe, _ := os.Executable()
	beside := filepath.Join(filepath.Dir(secret), "made")
	path, err := unix.BytePtrFromString(secret)
	if err != nil {
		panic(err)
	}
	at := uintptr(unsafe.Pointer(path))
	read := func(p string) func() error {
		return func() error { _, err := os.ReadFile(p); return err }
	}
	list := func(p string) func() error {
		return func() error { _, err := os.ReadDir(p); return err }
	}
	write := func(p string) func() error {
		return func() error { return os.WriteFile(p, []byte("x"), 0o600) }
	}
	call := func(nr uintptr, args ...uintptr) func() error {
		return func() error {
			var a [6]uintptr
			copy(a[:], args)
			_, _, errno := syscall.Syscall6(nr, a[0], a[1], a[2], a[3], a[4], a[5])
			runtime.KeepAlive(path)
			if errno != 0 {
				return errno
			}
			return nil
		}
	}
	socket := func(family, kind int) func() error {
		return func() error {
			fd, err := unix.Socket(family, kind, 0)
			if err == nil {
				unix.Close(fd)
			}
			return err
		}
	}
	files := []probe{
		{name: "read a private file", try: read(secret), control: true},
		{name: "read it through /proc/self/root", try: read("/proc/self/root" + secret)},
		{name: "read it through the parent's root", try: read(proc + "root" + secret)},
		{name: "read it through the parent's working directory", try: list(proc + "cwd/")},
		{name: "read the parent's environment", try: read(proc + "environ"), control: true},
		{name: "read the parent's command line", try: read(proc + "cmdline"), control: true},
		{name: "read the parent's memory", try: func() error { f, err := os.Open(proc + "mem"); f.Close(); return err }},
		{name: "list the parent's descriptors", try: list(proc + "fd"), control: true},
		{name: "list processes", try: list("/proc"), control: true},
		{name: "read /etc/passwd", try: read("/etc/passwd"), control: true},
		{name: "read /etc/shadow", try: read("/etc/shadow")},
		{name: "list the root directory", try: list("/"), control: true},
		{name: "list the home directory", try: list(home), control: true},
		{name: "list the working directory", try: list("."), control: true},
		{name: "list the temporary directory", try: list(os.TempDir()), control: true},
		{name: "list the private directory", try: list(filepath.Dir(secret)), control: true},
		{name: "write to the home directory", try: write(filepath.Join(home, ".gpumesh-probe"))},
		{name: "write to the temporary directory", try: write(filepath.Join(os.TempDir(), "gpumesh-probe"))},
		{name: "write to shared memory", try: write("/dev/shm/gpumesh-probe")},
		{name: "write a private file", try: write(secret), control: true},
		{name: "create beside it", try: write(beside), control: true},
		{name: "write to the binary", try: func() error { f, err := os.OpenFile(exe, os.O_WRONLY, 0); f.Close(); return err }, want: cmpErr(syscall.EACCES, syscall.EPERM, syscall.ETXTBSY)},
		{name: "write to a library", try: func() error {
			return os.WriteFile("/usr/lib/gpumesh-probe.so", nil, 0o600)
		}},
		{name: "truncate a private file", try: func() error { return os.Truncate(secret, 0) }},
		{name: "make a directory", try: func() error { return os.Mkdir(beside+".d", 0o700) }, control: true},
		{name: "make a symbolic link", try: func() error { return os.Symlink(secret, beside+".sym") }, control: true},
		{name: "make a hard link", try: func() error { return os.Link(secret, beside+".link") }, want: cmpErr(syscall.EACCES, syscall.EPERM, syscall.EXDEV), control: true},
		{name: "rename a private file", try: func() error { return os.Rename(secret, secret+"2") }},
		{name: "remove a private file", try: func() error { return os.Remove(secret) }},
		{name: "open a raw disk", try: func() error { f, err := os.Open(disk()); f.Close(); return err }},
	}
	for i := range files {
		files[i].needs = "landlock"
	}
	calls := []probe{
		{name: "change the mode of a private file", try: func() error { return os.Chmod(secret, 0o777) }, control: true},
		{name: "change its owner", try: func() error { return os.Chown(secret, os.Getuid(), os.Getgid()) }, control: true},
		{name: "change its times", try: func() error { return unix.UtimesNano(secret, []unix.Timespec{{}, {}}) }, control: true},
		{name: "set an attribute of it", try: func() error { return unix.Setxattr(secret, "user.x", []byte("x"), 0) }},
		{name: "make a fifo", try: func() error { return unix.Mkfifo(beside+".fifo", 0o600) }, control: true},
		{name: "make a device", try: func() error { return unix.Mknod(beside+".dev", unix.S_IFCHR|0o600, 1<<8|1) }},
		{name: "a TCP socket", try: socket(unix.AF_INET, unix.SOCK_STREAM), control: true},
		{name: "a UDP socket", try: socket(unix.AF_INET, unix.SOCK_DGRAM), control: true},
		{name: "an IPv6 socket", try: socket(unix.AF_INET6, unix.SOCK_STREAM)},
		{name: "a Unix socket", try: socket(unix.AF_UNIX, unix.SOCK_STREAM), control: true},
		{name: "a netlink socket", try: socket(unix.AF_NETLINK, unix.SOCK_RAW), control: true},
		{name: "a packet socket", try: socket(unix.AF_PACKET, unix.SOCK_RAW)},
		{name: "a virtual machine socket", try: socket(unix.AF_VSOCK, unix.SOCK_STREAM)},
		{name: "connect to the loopback", try: func() error {
			c, err := net.Dial("tcp", addr)
			if err == nil {
				c.Close()
			}
			return err
		}, control: true},
		{name: "listen", try: func() error {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err == nil {
				l.Close()
			}
			return err
		}, control: true},
		{name: "io_uring", try: call(unix.SYS_IO_URING_SETUP, 1, 0)},
		{name: "execute a program", try: func() error { return exec.Command(exe).Run() }},
		{name: "execute itself anew", try: func() error { return unix.Exec(exe, []string{exe}, nil) }},
		{name: "clone a process", try: call(unix.SYS_CLONE, uintptr(unix.SIGCHLD), 0)},
		{name: "clone into a user namespace", try: call(unix.SYS_CLONE, uintptr(unix.SIGCHLD)|unix.CLONE_NEWUSER, 0)},
		{name: "clone3", try: call(unix.SYS_CLONE3, 0, 0), want: syscall.ENOSYS},
		{name: "trace the parent", try: func() error { return unix.PtraceAttach(parent) }},
		{name: "be traced", try: call(unix.SYS_PTRACE, unix.PTRACE_TRACEME)},
		{name: "read the parent's memory by call", try: func() error {
			var b [1]byte
			_, err := unix.ProcessVMReadv(parent, []unix.Iovec{{Base: &b[0], Len: 1}}, []unix.RemoteIovec{{Base: uintptr(unsafe.Pointer(&b[0])), Len: 1}}, 0)
			return err
		}},
		{name: "signal the parent", try: func() error { return unix.Kill(parent, 0) }, control: true},
		{name: "signal everybody", try: func() error { return unix.Kill(-1, 0) }},
		{name: "signal the parent's thread", try: func() error { return unix.Tgkill(parent, parent, 0) }, control: true},
		{name: "queue a signal", try: call(unix.SYS_RT_SIGQUEUEINFO, uintptr(parent), 0, 0)},
		{name: "a descriptor of the parent", try: func() error { _, err := unix.PidfdOpen(parent, 0); return err }, control: true},
		{name: "leave the process group", try: func() error { return unix.Setpgid(0, unix.Getpgrp()) }},
		{name: "leave the session", try: func() error { _, err := unix.Setsid(); return err }},
		{name: "outlive the parent", try: func() error { return unix.Prctl(unix.PR_SET_PDEATHSIG, 0, 0, 0, 0) }},
		{name: "let others trace it", try: func() error { return unix.Prctl(unix.PR_SET_PTRACER, uintptr(parent), 0, 0, 0) }},
		{name: "raise its file size", try: func() error {
			return unix.Prlimit(0, unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: unix.RLIM_INFINITY, Max: unix.RLIM_INFINITY}, nil)
		}},
		{name: "limit the parent", try: func() error {
			var l unix.Rlimit
			if err := unix.Prlimit(parent, unix.RLIMIT_CORE, nil, &l); err == nil {
				return unix.Prlimit(parent, unix.RLIMIT_CORE, &l, nil)
			}
			return syscall.EPERM
		}},
		{name: "slow the parent down", try: func() error { return unix.Setpriority(unix.PRIO_PROCESS, parent, 19) }},
		{name: "unshare a user namespace", try: func() error { return unix.Unshare(unix.CLONE_NEWUSER) }},
		{name: "unshare a mount namespace", try: func() error { return unix.Unshare(unix.CLONE_NEWNS) }},
		{name: "enter a namespace", try: func() error { return unix.Setns(0, unix.CLONE_NEWNET) }},
		{name: "mount", try: func() error { return unix.Mount("none", "/tmp", "tmpfs", 0, "") }},
		{name: "unmount", try: func() error { return unix.Unmount("/proc", unix.MNT_DETACH) }},
		{name: "open a mount tree", try: func() error { _, err := unix.OpenTree(unix.AT_FDCWD, "/", unix.OPEN_TREE_CLONE); return err }},
		{name: "open a file system", try: func() error { _, err := unix.Fsopen("tmpfs", 0); return err }},
		{name: "change the root", try: func() error { return unix.Chroot("/tmp") }},
		{name: "pivot the root", try: func() error { return unix.PivotRoot("/tmp", "/tmp") }},
		{name: "a file handle", try: func() error { _, _, err := unix.NameToHandleAt(unix.AT_FDCWD, "/", 0); return err }},
		{name: "open by handle", try: func() error {
			_, err := unix.OpenByHandleAt(unix.AT_FDCWD, unix.NewFileHandle(1, make([]byte, 8)), 0)
			return err
		}},
		{name: "watch a file system", try: call(unix.SYS_FANOTIFY_INIT, 0, 0)},
		{name: "swap", try: call(unix.SYS_SWAPON, at, 0)},
		{name: "bpf", try: call(unix.SYS_BPF, 0, 0, 0)},
		{name: "performance events", try: call(unix.SYS_PERF_EVENT_OPEN, 0, 0, 0, 0, 0)},
		{name: "page faults of user space", try: call(unix.SYS_USERFAULTFD, 0)},
		{name: "the session's keys", try: func() error { _, err := unix.KeyctlGetKeyringID(unix.KEY_SPEC_SESSION_KEYRING, true); return err }},
		{name: "add a key", try: func() error {
			_, err := unix.AddKey("user", "x", []byte("x"), unix.KEY_SPEC_PROCESS_KEYRING)
			return err
		}},
		{name: "load a module", try: call(unix.SYS_INIT_MODULE, 0, 0, 0)},
		{name: "load a module file", try: call(unix.SYS_FINIT_MODULE, 0, 0, 0)},
		{name: "load a kernel", try: call(unix.SYS_KEXEC_LOAD, 0, 0, 0, 0)},
		{name: "reboot", try: call(unix.SYS_REBOOT, 0, 0, 0, 0)},
		{name: "read the kernel's log", try: func() error { _, err := unix.Klogctl(unix.SYSLOG_ACTION_SIZE_BUFFER, nil); return err }},
		{name: "rename the host", try: func() error { return unix.Sethostname(nil) }},
		{name: "set the clock", try: call(unix.SYS_SETTIMEOFDAY, 0, 0)},
		{name: "shared memory of other processes", try: call(unix.SYS_SHMGET, 0x6770, 4096, unix.IPC_CREAT|0o600)},
		{name: "become root", try: call(unix.SYS_SETUID, 0)},
		{name: "take capabilities back", try: func() error {
			head := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
			caps := [2]unix.CapUserData{{Permitted: 1}}
			return unix.Capset(&head, &caps[0])
		}},
		{name: "type into the terminal", try: call(unix.SYS_IOCTL, 2, unix.TIOCSTI, at)},
	}
	calls = append(calls, []probe{
		{name: "an SCTP socket", try: socket(unix.AF_INET, unix.SOCK_SEQPACKET)},
		{name: "a raw socket", try: socket(unix.AF_INET, unix.SOCK_RAW)},
		{name: "a Bluetooth socket", try: socket(unix.AF_BLUETOOTH, unix.SOCK_RAW)},
		{name: "a crypto socket", try: socket(unix.AF_ALG, unix.SOCK_SEQPACKET)},
		{name: "an XDP socket", try: socket(unix.AF_XDP, unix.SOCK_RAW)},
		{name: "fork", try: call(unix.SYS_CLONE, uintptr(unix.SIGCHLD)|unix.CLONE_VM|unix.CLONE_VFORK, 0)},
		{name: "execute an anonymous file", try: func() error {
			fd, err := unix.MemfdCreate("x", 0)
			if err != nil {
				return err
			}
			defer unix.Close(fd)
			empty, err := unix.BytePtrFromString("")
			if err != nil {
				return err
			}
			return call(unix.SYS_EXECVEAT, uintptr(fd), uintptr(unsafe.Pointer(empty)), 0, 0, unix.AT_EMPTY_PATH)()
		}},
		{name: "write the parent's memory by call", try: func() error {
			b := [1]byte{}
			_, err := unix.ProcessVMWritev(parent, []unix.Iovec{{Base: &b[0], Len: 1}}, []unix.RemoteIovec{{Base: uintptr(unsafe.Pointer(&b[0])), Len: 1}}, 0)
			return err
		}},
		{name: "move the parent's pages", try: call(unix.SYS_MOVE_PAGES, uintptr(parent), 0, 0, 0, 0, 0), control: true},
		{name: "migrate the parent's pages", try: call(unix.SYS_MIGRATE_PAGES, uintptr(parent), 0, 0, 0)},
		{name: "advise on the parent's memory", try: call(unix.SYS_PROCESS_MADVISE, 3, 0, 0, 0, 0)},
		{name: "schedule the parent", try: func() error {
			attr, err := unix.SchedGetAttr(parent, 0)
			if err != nil {
				return err
			}
			return unix.SchedSetAttr(parent, attr, 0)
		}, control: true},
		{name: "the parent's input and output priority", try: call(unix.SYS_IOPRIO_SET, 1, uintptr(parent), 3<<13)},
		{name: "the parent's futexes", try: func() error {
			var head, size uintptr
			return call(unix.SYS_GET_ROBUST_LIST, uintptr(parent), uintptr(unsafe.Pointer(&head)), uintptr(unsafe.Pointer(&size)))()
		}, control: true},
		{name: "compare itself with the parent", try: call(unix.SYS_KCMP, uintptr(parent), uintptr(parent), 0, 0, 0)},
		{name: "watch the private directory", try: func() error {
			fd, err := unix.InotifyInit1(0)
			if err == nil {
				defer unix.Close(fd)
				_, err = unix.InotifyAddWatch(fd, filepath.Dir(secret), unix.IN_ALL_EVENTS)
			}
			return err
		}, control: true},
		{name: "disk quotas", try: call(unix.SYS_QUOTACTL, 0, 0, 0, 0)},
		{name: "another personality", try: func() error { return call(unix.SYS_PERSONALITY, 0x0040000)() }},
		{name: "adjust the clock", try: call(unix.SYS_CLOCK_SETTIME, unix.CLOCK_REALTIME, 0)},
		{name: "ports", try: call(unix.SYS_IOPL, 3)},
		{name: "semaphores of other processes", try: call(unix.SYS_SEMGET, 0x6770, 1, unix.IPC_CREAT|0o600)},
		{name: "queues of other processes", try: call(unix.SYS_MSGGET, 0x6770, unix.IPC_CREAT|0o600)},
		{name: "POSIX queues", try: call(unix.SYS_MQ_OPEN, at, unix.O_CREAT, 0o600, 0)},
		{name: "a core dump", try: func() error {
			return unix.Prlimit(0, unix.RLIMIT_CORE, &unix.Rlimit{Cur: 1 << 20, Max: 1 << 20}, nil)
		}},
		{name: "more memory", try: func() error {
			return unix.Prlimit(0, unix.RLIMIT_DATA, &unix.Rlimit{Cur: unix.RLIM_INFINITY, Max: unix.RLIM_INFINITY}, nil)
		}},
		{name: "become another user", try: call(unix.SYS_SETRESUID, 1, 1, 1)},
		{name: "other groups", try: call(unix.SYS_SETGROUPS, 0, 0)},
	}...)
	for i := range calls {
		calls[i].needs = "seccomp"
	}
	// Landlock leaves these alone; only a process that opens nothing any more can do without them.
	paths := []probe{
		{name: "whether a private file exists", try: func() error { _, err := os.Stat(secret); return err }, control: true},
		{name: "whether it may be read", try: func() error { return unix.Access(secret, unix.R_OK) }, control: true},
		{name: "its attributes", try: func() error { _, err := unix.Llistxattr(secret, nil); return err }, control: true},
		{name: "where the parent's program lies", try: func() error { _, err := os.Readlink(proc + "exe"); return err }, control: true},
		{name: "how full the disk is", try: func() error { var s unix.Statfs_t; return unix.Statfs(home, &s) }, control: true},
		{name: "go to the private directory", try: func() error { return os.Chdir(filepath.Dir(secret)) }},
		{name: "read a library", try: read("/etc/ld.so.cache")},
		{name: "open a device", try: func() error { f, err := os.OpenFile("/dev/null", os.O_RDWR, 0); f.Close(); return err }, control: true},
		{name: "control a device", try: call(unix.SYS_IOCTL, 1, unix.TIOCGWINSZ, at)},
		{name: "open itself", try: func() error { f, err := os.Open("/proc/self/maps"); f.Close(); return err }, control: true},
	}
	for i := range paths {
		paths[i].needs = "seal"
	}
	return append(slices.Concat(files, calls, paths), probe{name: "the parent's secrets", try: func() error {
		for _, name := range []string{"AWS_SECRET_ACCESS_KEY", "GPUMESH_PASSPHRASE"} {
			if os.Getenv(name) != "" {
				return nil
			}
		}
		return syscall.EACCES
	}}, probe{name: "use an inherited file", try: func() error {
		for fd := range 64 {
			var s unix.Stat_t
			if unix.Fstat(fd, &s) == nil && s.Mode&unix.S_IFMT == unix.S_IFREG {
				return nil
			}
		}
		return syscall.EACCES
	}})
}

// cmpErr is an error that several errors satisfy.
func cmpErr(errs ...error) error { return anyOf(errs) }

type anyOf []error

func (a anyOf) Error() string { return errors.Join(a...).Error() }

func (p *probe) stopped(err error) bool {
	if list, ok := p.want.(anyOf); ok {
		return slices.ContainsFunc(list, func(w error) bool { return errors.Is(err, w) })
	}
	return errors.Is(err, cmp.Or[error](p.want, fs.ErrPermission))
}

// disk is a block device, or a file that looks like one.
func disk() string {
	for _, p := range []string{"/dev/vda", "/dev/sda", "/dev/nvme0n1"} {
		if _, err := os.Stat(p); err == nil {
			return p
		}
	}
	return "/dev/mem"
}

// addProbes adds devices that try to escape instead of opening, and report in their name what became of it.
func addProbes(devices map[string]Opener) {
	devices["probe"] = func(context.Context, Opening) (gpu.Device, string, error) {
		return tryProbes(probes(os.Getppid()), measureSandbox(), false)
	}
	devices["sealed probe"] = func(context.Context, Opening) (gpu.Device, string, error) {
		list, s := probes(os.Getppid()), measureSandbox() // both open files
		if err := sealSelf(); err != nil {
			return nil, "", err
		}
		return tryProbes(list, s, true)
	}
	devices["far"] = openFar
	devices["shy"] = openShy
	devices["late"] = func(context.Context, Opening) (gpu.Device, string, error) { return late{new(gpu.Fake)}, "", nil }
	devices["x32"] = func(context.Context, Opening) (gpu.Device, string, error) {
		syscall.RawSyscall(unix.SYS_GETPID|uintptr(x32Bit), 0, 0, 0)
		return &gpu.Fake{}, "", nil
	}
}

// outcome is what became of a probe.
type outcome struct {
	Stopped bool
	Why     string
}

func tryProbes(list []probe, s Sandbox, sealed bool) (gpu.Device, string, error) {
	results := make(map[string]outcome)
	for _, p := range list {
		if p.needs == "landlock" && !s.Landlock || p.needs == "seccomp" && !s.Seccomp || p.needs == "seal" && !sealed {
			continue // it might do harm
		}
		switch err := p.try(); {
		case err == nil:
			results[p.name] = outcome{Why: "it succeeded"}
		default:
			results[p.name] = outcome{p.stopped(err), err.Error()}
		}
	}
	b, err := json.Marshal(results)
	return titled{&gpu.Fake{}, string(b)}, "", err
}

// late is a device that loads a file when it compiles.
type late struct{ *gpu.Fake }

func (l late) Kernel(ctx context.Context, wgsl, entry string, bindings []gpu.Access) (gpu.Kernel, error) {
	if _, err := os.ReadFile("/proc/cpuinfo"); err != nil {
		return nil, gpu.Errorf(gpu.DeviceLost, "no compiler: %v", err)
	}
	return l.Fake.Kernel(ctx, wgsl, entry, bindings)
}

type titled struct {
	*gpu.Fake
	name string
}

func (t titled) Info() gpu.Info {
	i := t.Fake.Info()
	i.Name = t.name
	return i
}

func TestNoProbeEscapes(t *testing.T) {
	for device, sealed := range map[string]bool{"probe": false, "sealed probe": true} {
		t.Run(device, func(t *testing.T) { noProbeEscapes(t, device, sealed) })
	}
}

func noProbeEscapes(t *testing.T, device string, sealed bool) {
	dir := t.TempDir()
	secret := filepath.Join(dir, "key")
	require.NoError(t, os.WriteFile(secret, []byte("private"), 0o600))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("GPUMESH_PASSPHRASE", "secret")
	p := newPool(t, "child", func(c *Config) {
		c.Device = device
		c.Env = append(c.Env, secretEnv+"="+secret, addrEnv+"="+l.Addr().String(),
			"LD_LIBRARY_PATH="+strings.Join([]string{os.Getenv("HOME"), filepath.Dir(secret)}, ":"))
		c.Private = []string{filepath.Dir(secret)}
	})
	info, err := p.Info(t.Context())
	require.NoError(t, err)
	s, err := p.Sandbox(t.Context())
	require.NoError(t, err)
	t.Logf("sandbox: %v, Landlock ABI %d", s, s.ABI)

	var results map[string]outcome
	require.NoError(t, json.Unmarshal([]byte(info.Name), &results))
	t.Setenv(secretEnv, secret)
	t.Setenv(addrEnv, l.Addr().String())
	list := probes(os.Getpid())
	require.GreaterOrEqual(t, len(list), 40)
	for _, pr := range list {
		t.Run(pr.name, func(t *testing.T) {
			switch {
			case pr.needs == "landlock" && !s.Landlock:
				t.Skip("this kernel has no Landlock: " + s.String())
			case pr.needs == "seccomp" && !s.Seccomp:
				t.Skip("system calls are not filtered here: " + s.String())
			case pr.needs == "seal" && !sealed:
				t.Skip("drivers of GPUs need it")
			}
			got, tried := results[pr.name]
			require.True(t, tried)
			require.True(t, got.Stopped, got.Why)
			t.Log(got.Why)
		})
	}
	content, err := os.ReadFile(secret)
	require.NoError(t, err)
	require.Equal(t, "private", string(content))
	// The same attempts succeed here, so it is the sandbox that stopped them. A container may forbid some of them to everybody.
	controls, forbidden := 0, 0
	for _, pr := range list {
		if !pr.control {
			continue
		}
		controls++
		if err := pr.try(); errors.Is(err, fs.ErrPermission) {
			forbidden++
			t.Logf("outside the sandbox, too: %s: %v", pr.name, err)
		} else {
			require.NoError(t, err, pr.name)
		}
	}
	require.Less(t, forbidden, controls/2)
}

func TestOtherSystemCallTablesEndTheProcess(t *testing.T) {
	if x32Bit != 0x40000000 {
		t.Skip("this architecture has one table")
	}
	p := newPool(t, "child", func(c *Config) { c.Device = "x32" })
	_, err := p.Info(t.Context())
	require.Equal(t, gpu.WorkerDied, gpu.CodeOf(err), "%v", err)
	require.ErrorContains(t, err, "bad system call")
}

func TestSandboxIsReported(t *testing.T) {
	p := newPool(t, "child", nil)
	s, err := p.Sandbox(t.Context())
	require.NoError(t, err)
	require.True(t, s.NoNewPrivs)
	require.True(t, s.Capabilities)
	require.True(t, s.Rlimits)
	require.Equal(t, landlockABI() > 0, s.Landlock)
	if !s.Full() {
		require.Contains(t, s.String(), "degraded; not confined: ")
	}
	require.Contains(t, Sandbox{Landlock: true, ABI: 7, Note: "why"}.String(), "not confined: system calls (seccomp), resource limits, privileges (no_new_privs), capabilities; why")
	require.NotContains(t, Sandbox{Landlock: true, ABI: 7}.String(), "files")

	strict := newPool(t, "child", func(c *Config) { c.RequireSandbox = true })
	if _, err := strict.Info(t.Context()); s.Full() {
		require.NoError(t, err)
		runs(t, strict, "a")
	} else {
		require.Equal(t, gpu.Unsupported, gpu.CodeOf(err), "%v", err)
	}
}

// A software device is sealed, one that needs files while it runs is not, and its Sandbox tells.
func TestSeal(t *testing.T) {
	if !confinable() || auditArch == 0 {
		t.Skip("this kernel cannot")
	}
	for device, want := range map[string]bool{"eval": true, "fake": true, "late": false} {
		p := newPool(t, "child", func(c *Config) { c.Device = device })
		for range 2 {
			s, err := p.Sandbox(t.Context())
			require.NoError(t, err, device)
			require.Equal(t, want, s.Sealed, device)
			require.True(t, s.Full(), "%v", s)
			p.drop()
		}
	}
	s, err := driverPool(t).Sandbox(t.Context())
	require.NoError(t, err)
	require.Equal(t, driverPool(t).info.Type == gpu.CPU, s.Sealed)
}

// A file that a child writes is bounded.
func TestFileSizeIsBounded(t *testing.T) {
	p := newPool(t, "child", func(c *Config) { c.Memory = 1 << 30 })
	runs(t, p, "a")
	require.NoError(t, p.take(t.Context()))
	defer p.give()
	var l unix.Rlimit
	require.NoError(t, unix.Prlimit(p.child.cmd.Process.Pid, unix.RLIMIT_FSIZE, nil, &l))
	require.Equal(t, uint64(1<<30), l.Cur)
	for what, most := range map[int]uint64{unix.RLIMIT_NOFILE: 2 * maxFiles, unix.RLIMIT_MSGQUEUE: 0, unix.RLIMIT_CORE: 0, unix.RLIMIT_DATA: 1 << 30} {
		require.NoError(t, unix.Prlimit(p.child.cmd.Process.Pid, what, nil, &l))
		require.LessOrEqual(t, l.Max, most, "limit %d", what)
		require.Equal(t, l.Max, l.Cur)
	}
	first, err := os.ReadFile(fmt.Sprintf("/proc/%d/oom_score_adj", p.child.cmd.Process.Pid))
	require.NoError(t, err)
	require.Equal(t, "1000\n", string(first), "the child is the first to go")
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.child.cmd.Process.Pid))
	require.NoError(t, err)
	for _, want := range []string{"NoNewPrivs:\t1", "CapPrm:\t0000000000000000", "CapEff:\t0000000000000000"} {
		require.True(t, strings.Contains(string(status), want), want)
	}
}
