package worker

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"gpumesh/gpu"
)

// Kernels that end the worker process again and again are not run again for a while: each time costs the node a process, its
// tenant's warm device, and perhaps a driver's reset. One death may be chance, an operator or the host's memory.
const (
	maxStrikes      = 3                // deaths in a row
	firstQuarantine = 10 * time.Minute // doubled by every further death
	maxQuarantine   = 24 * time.Hour
	maxSuspects     = 1024               // kernels that are remembered
	forgetAfter     = 7 * 24 * time.Hour // without another death
	maxListFile     = 1 << 20            // bytes
)

// Suspect is what is known of kernels that ended a worker and have not run well since.
type Suspect struct {
	Kernels string    `json:"kernels"` // hash of the program's texts, in hexadecimal digits
	Strikes int       `json:"strikes"` // deaths in a row
	Cause   gpu.Code  `json:"cause"`   // of the last one
	Until   time.Time `json:"until"`   // they are not run before; it counts from the third death on
}

// Refused reports whether the kernels are not run at that time.
func (s *Suspect) Refused(now time.Time) bool { return s.Strikes >= maxStrikes && now.Before(s.Until) }

func (s *Suspect) fresh(now time.Time) bool { return now.Before(s.Until.Add(forgetAfter)) }

// quarantine remembers suspects by the hash of their kernels. The Pool's turn guards it.
type quarantine map[[32]byte]*Suspect

// kernelsOf is the hash of a program's kernels, whatever its buffers, counts and names are.
func kernelsOf(p *gpu.Program) [32]byte {
	h := sha256.New()
	for _, m := range p.Modules {
		sum := sha256.Sum256([]byte(m.WGSL))
		h.Write(sum[:])
	}
	return [32]byte(h.Sum(nil))
}

func (q quarantine) refuse(kernels [32]byte, now time.Time) error {
	s := q[kernels]
	if s == nil || !s.Refused(now) {
		return nil
	}
	return gpu.Errorf(gpu.Unsupported, "these kernels ended the worker process %d times in a row (%s at last) and are not run here for another %v",
		s.Strikes, s.Cause, s.Until.Sub(now).Round(time.Second))
}

// judge counts the end of a run of the kernels, and reports whether that changed anything. What the caller caused says
// nothing about them, and so neither its deadline nor its bound on the device's time does; what one submission, or compiling, may take does.
func (q quarantine) judge(kernels [32]byte, err error, now time.Time) bool {
	code := gpu.CodeOf(err)
	switch {
	case err == nil || code == gpu.Paused:
		known := q[kernels] != nil
		delete(q, kernels)
		return known
	case code == gpu.WorkerDied || code == gpu.DeviceLost || code == gpu.OutOfMemory || gpu.Overran(err):
	default:
		return false
	}
	s := q[kernels]
	if s == nil {
		q.makeRoom(now)
		s = &Suspect{Kernels: hex.EncodeToString(kernels[:])}
		q[kernels] = s
	}
	s.Strikes++
	s.Cause = code
	s.Until = now.Add(min(firstQuarantine<<min(max(s.Strikes-maxStrikes, 0), 10), maxQuarantine))
	return true
}

// makeRoom forgets what is stale and, if that is not enough, the suspect whose time ends first.
func (q quarantine) makeRoom(now time.Time) {
	var first [32]byte
	for k, s := range q {
		if !s.fresh(now) {
			delete(q, k)
			continue
		}
		if f := q[first]; f == nil || s.Until.Before(f.Until) {
			first = k
		}
	}
	if len(q) >= maxSuspects {
		delete(q, first)
	}
}

// list is what is fresh, the most recent first.
func (q quarantine) list(now time.Time) []Suspect {
	out := make([]Suspect, 0, len(q))
	for _, s := range q {
		if s.fresh(now) {
			out = append(out, *s)
		}
	}
	slices.SortFunc(out, func(a, b Suspect) int { return b.Until.Compare(a.Until) })
	return out
}

// ReadQuarantine returns what a Pool with that Config.Quarantine remembers, the most recent first. No file is no suspect.
func ReadQuarantine(path string, now time.Time) ([]Suspect, error) {
	q, err := readQuarantine(path)
	return q.list(now), err
}

func readQuarantine(path string) (quarantine, error) {
	q := make(quarantine)
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return q, nil
	} else if err != nil {
		return q, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxListFile+1))
	if err != nil {
		return q, err
	}
	if len(b) > maxListFile {
		return q, fmt.Errorf("%s has more than %d bytes", path, maxListFile)
	}
	var list []Suspect
	if err := json.Unmarshal(b, &list); err != nil {
		return q, fmt.Errorf("%s is damaged: %w", path, err)
	}
	for i := range list[:min(len(list), maxSuspects)] {
		k, err := hex.DecodeString(list[i].Kernels)
		if err != nil || len(k) != 32 || list[i].Strikes < 1 {
			return make(quarantine), fmt.Errorf("%s is damaged: entry %d", path, i)
		}
		q[[32]byte(k)] = &list[i]
	}
	return q, nil
}

func (q quarantine) write(path string, now time.Time) error {
	b, err := json.MarshalIndent(q.list(now), "", " ")
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// judge counts the end of a run and saves what it changes.
func (p *Pool) judge(kernels [32]byte, err error) {
	now := time.Now()
	if !p.suspects.judge(kernels, err, now) || p.cfg.Quarantine == "" {
		return
	}
	if err := p.suspects.write(p.cfg.Quarantine, now); err != nil {
		p.cfg.Log.Warn("kernels that end the worker are remembered until the node ends only", "error", err)
	}
}

// loadQuarantine has the pool remember what an earlier one saw. A damaged list is as good as none.
func loadQuarantine(path string, log *slog.Logger) quarantine {
	if path == "" {
		return make(quarantine)
	}
	q, err := readQuarantine(path)
	if err != nil {
		log.Warn("what earlier runs of the node knew about kernels that end the worker cannot be read", "error", err)
	}
	return q
}
