package guard

import (
	"path"
	"strconv"
	"strings"
	"time"
)

// processor is the host's processor and memory, for software devices.
type processor struct {
	tree
	procs *processes

	work, idle, own rate
	energy          rate
}

func (p *processor) close() error { return nil }

func (p *processor) read(now time.Time, r *Reading) {
	for _, dir := range p.list("sys/class/hwmon", "hwmon*") {
		switch name, _ := p.word(dir + "/name"); name {
		case "coretemp", "k10temp", "zenpower", "cpu_thermal":
			r[Temperature] = Temperature.worse(r[Temperature], p.temperature(dir))
		}
	}
	if !r[Temperature].Known {
		r[Temperature] = absent("the kernel shows no temperature of the processor")
		for _, zone := range p.list("sys/class/thermal", "thermal_zone*") {
			switch kind, _ := p.word(zone + "/type"); kind {
			case "x86_pkg_temp", "cpu-thermal", "cpu_thermal", "soc-thermal":
				r[Temperature] = Temperature.worse(r[Temperature], p.number(zone+"/temp", 1e-3))
			}
		}
	}
	const rapl = "sys/class/powercap/intel-rapl:0/energy_uj"
	if r[Power] = p.number(rapl, 1e-6); r[Power].Known {
		r[Power] = p.energy.next(now, r[Power].Value, 1)
	}
	hostMemory(p.tree, r)
	if own, err := p.procs.hostMemory(); err == nil {
		r[MemoryOwn] = known(own)
	} else {
		r[MemoryOwn] = absent("what this node's programs use of the memory is not told: %v", err)
	}
	p.load(now, r)
	r[ECC] = absent("what the host's memory corrects is not told here")
}

// load measures the processor's time: all of it, and that of others.
func (p *processor) load(now time.Time, r *Reading) {
	text, err := p.tree.read("proc/stat", maxAttribute)
	if err != nil {
		r[Busy], r[Others] = why("proc/stat", err), why("proc/stat", err)
		return
	}
	line, _, _ := strings.Cut(text, "\n")
	f, err := fields(line)
	if err != nil || len(f) < 8 || !strings.HasPrefix(line, "cpu ") {
		r[Busy] = absent("/proc/stat is not understood")
		r[Others] = r[Busy]
		return
	}
	// user nice system idle iowait irq softirq steal; what guests use is in user and nice already.
	work, idle := f[0]+f[1]+f[2]+f[5]+f[6]+f[7], f[3]+f[4]
	w, i := p.work.next(now, work, 1), p.idle.next(now, idle, 1)
	own, err := p.used(now)
	if err != nil {
		own = absent("this node's own use of the processor is not told: %v", err)
	}
	all := w.Value + i.Value
	switch {
	case !w.Known:
		r[Busy], r[Others] = w, w
		return
	case !i.Known || all <= 0:
		r[Busy] = absent("the processor's clock stands still")
		r[Others] = r[Busy]
		return
	}
	r[Busy], r[Others] = known(w.Value/all), own
	if own.Known {
		r[Others] = known(min(max((w.Value-own.Value)/all, 0), 1))
	}
}

// used is this node's own use, in ticks per second.
func (p *processor) used(now time.Time) (Measure, error) {
	family, err := p.procs.family()
	if err != nil {
		return Measure{}, err
	}
	var ticks float64
	for _, t := range family {
		ticks += t
	}
	return p.own.next(now, ticks, 1), nil
}

// hostMemory takes the host's memory for that of a device that has none of its own.
func hostMemory(t tree, r *Reading) {
	text, err := t.read("proc/meminfo", maxTable)
	if err != nil {
		r[MemoryUsed], r[MemoryTotal] = why("proc/meminfo", err), why("proc/meminfo", err)
		return
	}
	value := func(key string) Measure {
		for line := range strings.Lines(text) {
			if rest, ok := strings.CutPrefix(line, key+":"); ok {
				if v, err := strconv.ParseUint(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64); err == nil {
					return known(float64(v) * 1024)
				}
			}
		}
		return absent("/proc/meminfo does not tell %s", key)
	}
	r[MemoryTotal] = value("MemTotal")
	available := value("MemAvailable")
	if r[MemoryUsed] = available; r[MemoryTotal].Known && available.Known {
		r[MemoryUsed] = known(max(r[MemoryTotal].Value-available.Value, 0))
	}
}

// battery tells whether the machine runs on one. A machine without any does not.
type battery struct{ tree }

func (battery) close() error { return nil }

func (b battery) read(_ time.Time, r *Reading) {
	const dir = "sys/class/power_supply"
	if f, err := b.fs.Open(dir); err != nil {
		r[Battery] = why(dir, err)
		return
	} else {
		_ = f.Close() // read only
	}
	draining, mains := false, false
	for _, supply := range b.list(dir, "*") {
		kind, _ := b.word(path.Join(supply, "type"))
		scope, _ := b.word(path.Join(supply, "scope"))
		if scope == "Device" { // of a mouse or a keyboard
			continue
		}
		online, _ := b.word(path.Join(supply, "online"))
		status, _ := b.word(path.Join(supply, "status"))
		mains = mains || kind != "Battery" && online == "1"
		draining = draining || kind == "Battery" && status == "Discharging"
	}
	r[Battery] = known(0)
	if draining && !mains {
		r[Battery] = known(1)
	}
}
