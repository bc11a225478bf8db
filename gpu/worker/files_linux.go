package worker

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"golang.org/x/sys/unix"
)

// Descriptors cross on a socket of their own: a stream that is read through a buffer would lose them.
const (
	channelFD  = 3   // in the child
	perMessage = 200 // descriptors; the kernel allows 253
)

func newChannel() (parent, child *os.File, err error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_SEQPACKET|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, nil, err
	}
	return os.NewFile(uintptr(fds[0]), "files"), os.NewFile(uintptr(fds[1]), "files"), nil
}

// send hands the files over. It never waits: a child that does not take what it asked for gets an error here.
func send(channel *os.File, list files) error {
	conn, err := channel.SyscallConn()
	if err != nil {
		return err
	}
	for part := range slices.Chunk(list, perMessage) {
		fds := make([]int, len(part))
		for i, f := range part {
			fds[i] = int(f.Fd())
		}
		var serr error
		if err := conn.Control(func(fd uintptr) {
			serr = unix.Sendmsg(int(fd), []byte{0}, unix.UnixRights(fds...), nil, unix.MSG_DONTWAIT|unix.MSG_NOSIGNAL)
		}); err != nil {
			return err
		}
		if serr != nil {
			return serr
		}
	}
	return nil
}

// receive takes n files that the parent sends.
func receive(n int, _ []string) (list files, err error) {
	defer func() {
		if err != nil {
			list.close()
			list = nil
		}
	}()
	for len(list) < n {
		rights := make([]byte, unix.CmsgSpace(4*perMessage))
		k, rn, flags, _, err := unix.Recvmsg(channelFD, make([]byte, 1), rights, unix.MSG_CMSG_CLOEXEC)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case err != nil:
			return list, err
		case k != 1 || flags&unix.MSG_CTRUNC != 0:
			return list, errors.New("not all of them arrived")
		}
		messages, err := unix.ParseSocketControlMessage(rights[:rn])
		if err != nil {
			return list, err
		}
		for i := range messages {
			fds, err := unix.ParseUnixRights(&messages[i])
			if err != nil {
				return list, err
			}
			for _, fd := range fds {
				list = append(list, os.NewFile(uintptr(fd), "file"))
			}
		}
	}
	if len(list) != n {
		return list, fmt.Errorf("%d arrived instead of %d", len(list), n)
	}
	return list, nil
}

// paths are not needed where descriptors cross.
func (l files) paths() []string { return nil }
