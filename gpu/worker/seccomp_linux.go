package worker

import (
	"fmt"
	"os"
	"runtime"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Drivers use too many and too different system calls for a list of what is allowed. So this is a list of what no kernel
// program needs: reaching other processes, machines and the system's configuration. System calls of another architecture
// and of x32 end the process: a list by number is only right for one architecture. (github.com/elastic/go-seccomp-bpf lets
// those pass when the default is to allow.)

// denied calls fail with EPERM.
var denied = append([]uint32{
	// The network, and ways around the filter to it.
	unix.SYS_SOCKET, unix.SYS_CONNECT, unix.SYS_BIND, unix.SYS_LISTEN, unix.SYS_ACCEPT, unix.SYS_ACCEPT4,
	unix.SYS_IO_URING_SETUP, unix.SYS_IO_URING_ENTER, unix.SYS_IO_URING_REGISTER,
	// Other processes.
	unix.SYS_EXECVE, unix.SYS_EXECVEAT, unix.SYS_PTRACE, unix.SYS_PROCESS_VM_READV, unix.SYS_PROCESS_VM_WRITEV, unix.SYS_PROCESS_MADVISE,
	unix.SYS_PROCESS_MRELEASE, unix.SYS_KCMP, unix.SYS_PIDFD_OPEN, unix.SYS_PIDFD_GETFD, unix.SYS_PIDFD_SEND_SIGNAL, unix.SYS_TKILL, unix.SYS_SETPGID, unix.SYS_SETSID,
	unix.SYS_SHMGET, unix.SYS_SHMAT, unix.SYS_SHMCTL, unix.SYS_SEMGET, unix.SYS_SEMOP, unix.SYS_SEMTIMEDOP, unix.SYS_SEMCTL,
	unix.SYS_MSGGET, unix.SYS_MSGSND, unix.SYS_MSGRCV, unix.SYS_MSGCTL, unix.SYS_MQ_OPEN, unix.SYS_MQ_UNLINK,
	unix.SYS_KEYCTL, unix.SYS_ADD_KEY, unix.SYS_REQUEST_KEY,
	// Namespaces and file systems.
	unix.SYS_UNSHARE, unix.SYS_SETNS, unix.SYS_MOUNT, unix.SYS_UMOUNT2, unix.SYS_PIVOT_ROOT, unix.SYS_CHROOT, unix.SYS_OPEN_TREE, unix.SYS_MOVE_MOUNT,
	unix.SYS_FSOPEN, unix.SYS_FSCONFIG, unix.SYS_FSMOUNT, unix.SYS_FSPICK, unix.SYS_MOUNT_SETATTR, unix.SYS_NAME_TO_HANDLE_AT, unix.SYS_OPEN_BY_HANDLE_AT,
	unix.SYS_INOTIFY_INIT1, unix.SYS_INOTIFY_ADD_WATCH, unix.SYS_SWAPON, unix.SYS_SWAPOFF, unix.SYS_QUOTACTL, unix.SYS_QUOTACTL_FD, unix.SYS_FANOTIFY_INIT, unix.SYS_FANOTIFY_MARK, unix.SYS_MKNODAT,
	// Attributes of files, which Landlock leaves alone.
	unix.SYS_FCHMOD, unix.SYS_FCHMODAT, unix.SYS_FCHMODAT2, unix.SYS_FCHOWN, unix.SYS_FCHOWNAT, unix.SYS_UTIMENSAT,
	unix.SYS_SETXATTR, unix.SYS_LSETXATTR, unix.SYS_FSETXATTR, unix.SYS_REMOVEXATTR, unix.SYS_LREMOVEXATTR, unix.SYS_FREMOVEXATTR, unix.SYS_SETXATTRAT, unix.SYS_REMOVEXATTRAT,
	// The kernel and the machine.
	unix.SYS_BPF, unix.SYS_PERF_EVENT_OPEN, unix.SYS_USERFAULTFD, unix.SYS_INIT_MODULE, unix.SYS_FINIT_MODULE, unix.SYS_DELETE_MODULE,
	unix.SYS_KEXEC_LOAD, unix.SYS_REBOOT, unix.SYS_SYSLOG, unix.SYS_ACCT, unix.SYS_VHANGUP, unix.SYS_PERSONALITY,
	unix.SYS_SETTIMEOFDAY, unix.SYS_CLOCK_SETTIME, unix.SYS_CLOCK_ADJTIME, unix.SYS_ADJTIMEX, unix.SYS_SETHOSTNAME, unix.SYS_SETDOMAINNAME,
	// Its own limits and identity.
	unix.SYS_SETRLIMIT, unix.SYS_CAPSET, unix.SYS_SETUID, unix.SYS_SETGID, unix.SYS_SETREUID, unix.SYS_SETREGID, unix.SYS_SETRESUID, unix.SYS_SETRESGID,
	unix.SYS_SETGROUPS, unix.SYS_SETFSUID, unix.SYS_SETFSGID, unix.SYS_SETPRIORITY, unix.SYS_IOPRIO_SET, unix.SYS_MIGRATE_PAGES, unix.SYS_MOVE_PAGES,
}, deniedHere...)

// sealed calls fail too once a device is open that needs no file any more: what names a path, and what lists a directory.
// Landlock lets everybody ask whether a path exists, how large it is and where a link leads.
var sealed = append([]uint32{
	unix.SYS_OPENAT, unix.SYS_OPENAT2, unix.SYS_NEWFSTATAT, unix.SYS_STATX, unix.SYS_FACCESSAT, unix.SYS_FACCESSAT2, unix.SYS_READLINKAT,
	unix.SYS_GETDENTS64, unix.SYS_STATFS, unix.SYS_CHDIR, unix.SYS_FCHDIR, unix.SYS_TRUNCATE, unix.SYS_MKDIRAT, unix.SYS_UNLINKAT, unix.SYS_RENAMEAT2,
	unix.SYS_LINKAT, unix.SYS_SYMLINKAT, unix.SYS_GETXATTR, unix.SYS_LGETXATTR, unix.SYS_LISTXATTR, unix.SYS_LLISTXATTR, unix.SYS_IOCTL,
}, sealedHere...)

// Fields of struct seccomp_data. Arguments are compared by their low half where the kernel takes an int.
const (
	dataNr   = 0
	dataArch = 4
	dataArg0 = 16
)

func argLow(i uint32) uint32  { return dataArg0 + 8*i }
func argHigh(i uint32) uint32 { return dataArg0 + 8*i + 4 }

const (
	deny  = unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM)
	pass  = unix.SECCOMP_RET_ALLOW
	purge = unix.SECCOMP_RET_KILL_PROCESS
)

func load(off uint32) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: off}
}

func jump(op uint16, k uint32, yes, no uint8) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_JMP | op | unix.BPF_K, K: k, Jt: yes, Jf: no}
}

func ret(action uint32) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: action}
}

// without is the start of a program that denies some calls.
func without(calls []uint32) []unix.SockFilter {
	f := []unix.SockFilter{
		load(dataArch),
		jump(unix.BPF_JEQ, auditArch, 1, 0),
		ret(purge),
		load(dataNr),
		jump(unix.BPF_JGE, x32Bit, 0, 1),
		ret(purge),
	}
	for _, nr := range calls {
		f = append(f, jump(unix.BPF_JEQ, nr, 0, 1), ret(deny))
	}
	return f
}

// filter is the program for a process with this id.
func filter(pid uint32) []unix.SockFilter {
	f := without(denied)
	// when adds a body for one call; it starts with the number in the accumulator and returns in any case.
	when := func(nr uint32, body ...unix.SockFilter) {
		f = append(append(f, jump(unix.BPF_JEQ, nr, 0, uint8(len(body)))), body...)
	}
	// Threads, not processes. The flags of clone3 are in memory that a filter cannot read, and C libraries fall back to clone.
	when(unix.SYS_CLONE3, ret(unix.SECCOMP_RET_ERRNO|uint32(unix.ENOSYS)))
	when(unix.SYS_CLONE, load(argLow(0)), jump(unix.BPF_JSET, unix.CLONE_THREAD, 1, 0), ret(deny), ret(pass))
	// Signals to itself only.
	for _, nr := range []uint32{unix.SYS_KILL, unix.SYS_TGKILL, unix.SYS_RT_SIGQUEUEINFO, unix.SYS_RT_TGSIGQUEUEINFO} {
		when(nr, load(argLow(0)), jump(unix.BPF_JEQ, pid, 1, 0), ret(deny), ret(pass))
	}
	// Its own priority, which drivers lower, and nobody else's.
	for _, nr := range []uint32{unix.SYS_SCHED_SETSCHEDULER, unix.SYS_SCHED_SETPARAM, unix.SYS_SCHED_SETATTR, unix.SYS_GET_ROBUST_LIST} {
		when(nr, load(argLow(0)), jump(unix.BPF_JEQ, 0, 1, 0), ret(deny), ret(pass))
	}
	// Limits can be read.
	when(unix.SYS_PRLIMIT64, load(argLow(2)), jump(unix.BPF_JEQ, 0, 1, 0), ret(deny), load(argHigh(2)), jump(unix.BPF_JEQ, 0, 1, 0), ret(deny), ret(pass))
	when(unix.SYS_PRCTL, load(argLow(0)), jump(unix.BPF_JEQ, unix.PR_SET_PDEATHSIG, 2, 0), jump(unix.BPF_JEQ, unix.PR_SET_PTRACER, 1, 0), ret(pass), ret(deny))
	// Typing into a terminal that the node was started from.
	when(unix.SYS_IOCTL, load(argLow(1)), jump(unix.BPF_JEQ, unix.TIOCSTI, 2, 0), jump(unix.BPF_JEQ, unix.TIOCLINUX, 1, 0), ret(pass), ret(deny))
	return append(f, ret(pass))
}

// filterCalls installs the filter on every thread of the process. It cannot be undone.
func filterCalls() error { return install(filter(uint32(os.Getpid()))) }

// sealCalls adds to it what a process with an open software device does not need.
func sealCalls() error { return install(append(without(sealed), ret(pass))) }

func install(f []unix.SockFilter) error {
	if auditArch == 0 {
		return fmt.Errorf("there is no filter for %s", runtime.GOARCH)
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	prog := unix.SockFprog{Len: uint16(len(f)), Filter: &f[0]}
	_, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&prog)))
	if errno != 0 {
		return errno
	}
	return nil
}
