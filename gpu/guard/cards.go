package guard

import (
	"path"
	"strconv"
	"strings"
	"time"
)

// card is a device that the kernel's graphics drivers show: amdgpu, i915, xe, nouveau and others.
type card struct {
	tree
	dir    string // sys/class/drm/cardN
	vendor vendor
	procs  *processes

	energy rate
	asleep map[string]*rate // by file: time in which an engine rested
	ours   rate
}

// openCards returns the cards of a vendor, or all if the vendor is not known.
func openCards(t tree, v vendor, procs *processes) []source {
	var out []source
	for _, dir := range t.list("sys/class/drm", "card*") {
		if strings.Contains(path.Base(dir), "-") { // a connector
			continue
		}
		id, err := t.word(dir + "/device/vendor")
		if err != nil {
			continue
		}
		n, err := strconv.ParseUint(strings.TrimPrefix(id, "0x"), 16, 16)
		if err != nil || v != unknownVendor && vendor(n) != v {
			continue
		}
		out = append(out, &card{tree: t, dir: dir, vendor: vendor(n), procs: procs, asleep: map[string]*rate{}})
	}
	if len(out) > 0 {
		return out
	}
	if v == unknownVendor {
		return []source{missing{"the kernel shows no graphics device in /sys/class/drm"}}
	}
	return []source{missing{"the kernel shows no device of " + v.String() + " in /sys/class/drm"}}
}

func (c *card) close() error { return nil }

func (c *card) read(now time.Time, r *Reading) {
	monitors := c.list(c.dir+"/device/hwmon", "hwmon*")
	for _, m := range monitors {
		c.hwmon(m, r)
		if e := c.number(m+"/energy1_input", 1e-6); e.Known && !r[Power].Known { // Intel counts joules
			r[Power] = c.energy.next(now, e.Value, 1)
		}
	}
	if len(monitors) == 0 {
		for _, q := range []Quantity{Temperature, Power, PowerLimit, Fan} {
			r[q] = absent("the driver of this device has no hardware monitor")
		}
	}
	r[MemoryTotal] = c.first(1, c.dir+"/device/mem_info_vram_total", c.dir+"/lmem_total_bytes")
	r[MemoryUsed] = c.number(c.dir+"/device/mem_info_vram_used", 1)
	if free := c.number(c.dir+"/lmem_avail_bytes", 1); !r[MemoryUsed].Known && free.Known && r[MemoryTotal].Known {
		r[MemoryUsed] = known(max(r[MemoryTotal].Value-free.Value, 0))
	}
	if !r[MemoryTotal].Known && c.vendor == intel { // an integrated device has none of its own
		hostMemory(c.tree, r)
		r[MemoryOwn] = absent("what this node's programs use of the host's memory for this device is not told")
	} else if own, err := c.procs.deviceMemory(); err == nil {
		r[MemoryOwn] = known(own)
	} else {
		r[MemoryOwn] = absent("what this node's programs use of the device's memory is not told: %v", err)
	}
	r[Busy] = c.busy(now)
	r[Others] = c.others(now, r[Busy])
	r[ECC] = absent("the kernel does not tell it for devices of %v", c.vendor)
}

// busy is the part of the time in which the device works: as it says, or what its resting time leaves.
func (c *card) busy(now time.Time) Measure {
	percent := c.number(c.dir+"/device/gpu_busy_percent", 0.01)
	if percent.Known {
		return percent
	}
	files := c.list(c.dir+"/gt", "gt*") // i915
	for i, gt := range files {
		files[i] = gt + "/rc6_residency_ms"
	}
	for _, tile := range c.list(c.dir+"/device", "tile*") { // xe
		for _, gt := range c.list(tile, "gt*") {
			files = append(files, gt+"/gtidle/idle_residency_ms")
		}
	}
	out := percent
	for _, name := range files {
		m := c.number(name, 1e-3)
		if m.Known {
			if c.asleep[name] == nil {
				c.asleep[name] = &rate{}
			}
			if m = c.asleep[name].next(now, m.Value, 1); m.Known {
				m = known(min(max(1-m.Value, 0), 1))
			}
		}
		out = Busy.worse(out, m)
	}
	return out
}

// others is what the device does besides this node's own work, which the kernel counts per process.
func (c *card) others(now time.Time, busy Measure) Measure {
	ns, err := c.procs.engines()
	if err != nil {
		return absent("this node's own use of the device is not told: %v", err)
	}
	own := c.ours.next(now, ns, 1e-9)
	switch {
	case !busy.Known:
		return busy
	case !own.Known:
		return own
	}
	return known(min(max(busy.Value-own.Value, 0), 1))
}
