package guard

import (
	"io/fs"
	"syscall"
	"time"
)

// accessed returns when a file was read last.
func accessed(i fs.FileInfo) (time.Time, bool) {
	s, ok := i.Sys().(*syscall.Stat_t)
	if !ok {
		return time.Time{}, false
	}
	return time.Unix(s.Atim.Unix()), true
}
