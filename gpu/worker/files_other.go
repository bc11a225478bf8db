//go:build !linux

package worker

import (
	"errors"
	"os"
)

// Outside Linux the child opens the files again, by their paths, which come with the request.

func newChannel() (parent, child *os.File, err error) { return nil, nil, nil }

func send(*os.File, files) error { return nil }

func receive(_ int, paths []string) (list files, err error) {
	for _, p := range paths {
		f, err := os.OpenFile(p, os.O_RDWR, 0)
		if errors.Is(err, os.ErrPermission) {
			f, err = os.Open(p)
		}
		if err != nil {
			list.close()
			return nil, err
		}
		list = append(list, f)
	}
	return list, nil
}

func (l files) paths() []string {
	var paths []string
	for _, f := range l {
		paths = append(paths, f.Name())
	}
	return paths
}
