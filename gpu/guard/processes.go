package guard

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// processes tells this node's own processes from others': this one and its descendants.
type processes struct {
	tree
	self int
}

// initNamespace is the inode of the namespace of process ids that the kernel starts with.
const initNamespace = "pid:[4026531836]"

// visible says whether the process ids that a driver tells are those that this process knows.
func (p *processes) visible() error {
	ns, err := fs.ReadLink(p.fs, "proc/self/ns/pid")
	if err != nil {
		return errors.New("the kernel does not tell whether its process ids are those of this process")
	}
	if ns != initNamespace {
		return errors.New("this node runs in a container, where process ids are others than the driver's")
	}
	return nil
}

// family returns the process times of this process and its descendants, in clock ticks by id.
func (p *processes) family() (map[int]float64, error) {
	type process struct {
		parent int
		ticks  float64
	}
	all := map[int]process{}
	for _, dir := range p.list("proc", "[1-9]*") {
		id, err := strconv.Atoi(path.Base(dir))
		if err != nil {
			continue
		}
		stat, err := p.read(dir+"/stat", maxAttribute)
		if err != nil {
			continue // it has ended
		}
		// The name, in parentheses, may hold anything.
		f := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:])
		if len(f) < 15 {
			continue
		}
		parent, err := strconv.Atoi(f[1])
		if err != nil {
			continue
		}
		var ticks float64
		for _, s := range f[11:15] { // utime, stime, and those of children that have ended
			v, err := strconv.ParseUint(s, 10, 64)
			if err != nil {
				return nil, fmt.Errorf("/%s/stat is not understood", dir)
			}
			ticks += float64(v)
		}
		all[id] = process{parent, ticks}
	}
	if _, ok := all[p.self]; !ok {
		return nil, errors.New("/proc does not show this process")
	}
	out := map[int]float64{p.self: all[p.self].ticks}
	for grown := true; grown; {
		grown = false
		for id, x := range all {
			if _, in := out[id]; in {
				continue
			}
			if _, in := out[x.parent]; in {
				out[id], grown = x.ticks, true
			}
		}
	}
	return out, nil
}

// clients calls use with what the kernel's drivers count of each graphics client of this node's processes (drm-usage-stats), by key.
func (p *processes) clients(use func(counts map[string]string)) error {
	family, err := p.family()
	if err != nil {
		return err
	}
	seen := map[string]bool{} // several descriptors may be of one
	for _, id := range slices.Sorted(maps.Keys(family)) {
		for _, f := range p.list(fmt.Sprintf("proc/%d/fdinfo", id), "*") {
			text, err := p.read(f, maxAttribute)
			if err != nil || !strings.Contains(text, "drm-driver:") {
				continue
			}
			counts := map[string]string{}
			for line := range strings.Lines(text) {
				key, value, _ := strings.Cut(line, ":")
				counts[key] = strings.TrimSpace(value)
			}
			if client := counts["drm-client-id"] + " " + counts["drm-pdev"]; !seen[client] {
				seen[client] = true
				use(counts)
			}
		}
	}
	return nil
}

// engines is the time that this node's processes have kept a graphics device busy, in nanoseconds.
func (p *processes) engines() (ns float64, err error) {
	err = p.clients(func(counts map[string]string) {
		var busy float64
		for key, value := range counts {
			if n, ok := strings.CutSuffix(value, " ns"); ok && strings.HasPrefix(key, "drm-engine-") {
				if v, err := strconv.ParseUint(n, 10, 64); err == nil {
					busy = max(busy, float64(v)) // engines work side by side
				}
			}
		}
		ns += busy
	})
	return ns, err
}

// deviceMemory is what this node's processes use of a graphics device's own memory, in bytes.
func (p *processes) deviceMemory() (bytes float64, err error) {
	told := true
	err = p.clients(func(counts map[string]string) {
		regions := map[string]float64{}
		for key, value := range counts {
			kind, region, ok := strings.Cut(strings.TrimPrefix(key, "drm-"), "-")
			if !ok || kind != "resident" && kind != "memory" || !strings.HasPrefix(region, "vram") && !strings.HasPrefix(region, "local") {
				continue
			}
			if v, err := size(value); err == nil {
				regions[kind] += v // older drivers say memory for what newer ones call resident
			}
		}
		bytes, told = bytes+max(regions["memory"], regions["resident"]), told && len(regions) > 0
	})
	if err == nil && !told {
		err = errors.New("its driver does not count it")
	}
	return bytes, err
}

// hostMemory is what the processes that this node has started have of the host's memory for themselves, in bytes: files do not count, since the
// kernel calls their memory available.
func (p *processes) hostMemory() (bytes float64, err error) {
	family, err := p.family()
	if err != nil {
		return 0, err
	}
	for id := range family {
		if id == p.self {
			continue
		}
		text, err := p.read(fmt.Sprintf("proc/%d/status", id), maxAttribute)
		if err != nil {
			continue // it has ended
		}
		for line := range strings.Lines(text) {
			if key, value, _ := strings.Cut(line, ":"); key == "RssAnon" || key == "RssShmem" {
				v, err := size(value)
				if err != nil {
					return 0, fmt.Errorf("/proc/%d/status is not understood", id)
				}
				bytes += v
			}
		}
	}
	return bytes, nil
}

// size reads a number of bytes with the unit that the kernel gives it.
func size(text string) (bytes float64, err error) {
	number, unit, _ := strings.Cut(strings.TrimSpace(text), " ")
	v, err := strconv.ParseUint(number, 10, 64)
	if err != nil {
		return 0, err
	}
	scale, ok := map[string]float64{"": 1, "kB": 1 << 10, "KiB": 1 << 10, "MiB": 1 << 20}[unit]
	if !ok {
		return 0, fmt.Errorf("%q is no unit of memory", unit)
	}
	return float64(v) * scale, nil
}
