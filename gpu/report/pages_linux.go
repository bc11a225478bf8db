package report

import "golang.org/x/sys/unix"

func askForLargePages(p []byte) { _ = unix.Madvise(p, unix.MADV_HUGEPAGE) } // a kernel without them gives small ones
