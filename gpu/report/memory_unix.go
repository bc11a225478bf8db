//go:build unix

package report

import "golang.org/x/sys/unix"

// freshMemory is memory whose pages the kernel has yet to make, large ones if it has them, and what gives it back.
func freshMemory(n int, large bool) ([]byte, func() error, error) {
	p, err := unix.Mmap(-1, 0, n, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANON)
	if err != nil {
		return nil, nil, err
	}
	if large {
		askForLargePages(p)
	}
	return p, func() error { return unix.Munmap(p) }, nil
}
