package worker

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"gpumesh/gpu"
)

// lock keeps a device for the pools of one process: two owners are never on it together, even if they are served by two nodes of a machine. It is a
// file lock, which ends with the process.
type lock struct {
	file *os.File
	path string
}

// lockEvery lies between two looks at a device that another process has.
const lockEvery = 100 * time.Millisecond

// claim takes a child's device for this pool, before anything runs on it, and waits for a while if another process has it. Software devices are
// memory of their process, which nobody shares.
func (p *Pool) claim(ctx context.Context, info gpu.Info) error {
	if p.cfg.Locks == "" || info.Type != gpu.Discrete && info.Type != gpu.Integrated {
		return nil
	}
	path := lockPath(p.cfg.Locks, info.Name)
	if p.lock != nil && p.lock.path == path {
		return nil
	}
	p.unlock()
	if err := os.MkdirAll(p.cfg.Locks, 0o700); err != nil {
		return gpu.Errorf(gpu.Internal, "the device cannot be kept for this process: %v", err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return gpu.Errorf(gpu.Internal, "the device cannot be kept for this process: %v", err)
	}
	over := time.NewTimer(p.cfg.LockTimeout)
	defer over.Stop()
	tick := time.NewTicker(lockEvery)
	defer tick.Stop()
	for {
		got, err := tryLock(f)
		if err != nil {
			_ = f.Close() // it was not used
			return gpu.Errorf(gpu.Internal, "the device cannot be kept for this process: %v", err)
		}
		if got {
			break
		}
		select {
		case <-tick.C:
			continue
		case <-ctx.Done():
		case <-over.C:
		}
		err = gpu.Errorf(gpu.Canceled, "%s is used by another node of this machine%s, and two are never on one device: stop that one, or give one of them another device", info.Name, holder(f))
		_ = f.Close() // it was not used
		return err
	}
	p.lock = &lock{f, path}
	if err := f.Truncate(0); err == nil {
		_, _ = fmt.Fprintln(f, os.Getpid()) // for people only
	}
	return nil
}

// holder says which process has a lock, as far as it has told.
func holder(f *os.File) string {
	var pid int
	if _, err := fmt.Fscan(f, &pid); err != nil {
		return ""
	}
	return fmt.Sprintf(" (process %d)", pid)
}

// lockPath is the file of a device. Devices of one name count as one, since nothing else is known that tells them apart.
func lockPath(dir, device string) string {
	host, _ := os.Hostname() // the directory may be on several machines
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '-'
	}, host+"-"+device)
	return filepath.Join(dir, name[:min(len(name), 128)]+".lock")
}

// unlock lets others have the device, unless a process of this pool may still be on it.
func (p *Pool) unlock() {
	if p.lock == nil || p.child != nil || p.spare != nil || slices.ContainsFunc(p.undead, func(c *process) bool { return c.alive() }) {
		return
	}
	_ = p.lock.file.Close() // which unlocks it
	p.lock = nil
}
