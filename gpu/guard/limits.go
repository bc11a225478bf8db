package guard

import (
	"errors"
	"fmt"
	"time"
)

// Limit is where to pause, and where to go on. It is not set while Pause is zero.
type Limit struct {
	Pause  float64 `json:"pause" yaml:"pause"`
	Resume float64 `json:"resume" yaml:"resume"` // 0: a margin that suits the quantity
}

func (l Limit) set() bool { return l.Pause != 0 }

// Limits are what the owner of a machine allows. The zero value allows everything, at any time; use it with Defaults.
type Limits struct {
	Temperature Limit `json:"temperature" yaml:"temperature"` // °C, of the device; runs slow down from resume on
	Power       Limit `json:"power" yaml:"power"`             // W, of the device; runs slow down from resume on
	Memory      Limit `json:"memory" yaml:"memory"`           // bytes of device memory in use by everybody
	Free        Limit `json:"free" yaml:"free"`               // bytes of device memory to leave free
	Others      Limit `json:"others" yaml:"others"`           // percent of the device's time that other programs use

	Share   int           `json:"share" yaml:"share"`     // percent of time in which programs may keep the device busy
	Idle    time.Duration `json:"idle" yaml:"idle"`       // run only after nobody has used the machine for so long
	Battery bool          `json:"battery" yaml:"battery"` // pause while the machine runs on its battery
	Hours   []Window      `json:"hours" yaml:"hours"`     // run only then; none: always

	Settle time.Duration `json:"settle" yaml:"settle"` // how long every limit must be kept before a run goes on
	Grace  time.Duration `json:"grace" yaml:"grace"`   // how long a pause waits for the end of a step before it ends the run
}

const maxWindows = 64

// Defaults allows everything.
func Defaults() Limits {
	return Limits{Share: 100, Settle: 30 * time.Second, Grace: 10 * time.Second}
}

// Validate lists every field that is not usable, with its value. Names start with prefix.
func (l Limits) Validate(prefix string) error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(prefix+format, args...)) }
	for _, f := range []struct {
		name     string
		l        Limit
		min, max float64
		unit     string
	}{
		{"temperature", l.Temperature, 30, 120, "°C"},
		{"power", l.Power, 5, 5000, "W"},
		{"memory", l.Memory, 1 << 20, 1 << 50, "bytes"},
		{"free", l.Free, 1 << 20, 1 << 50, "bytes"},
		{"others", l.Others, 1, 100, "percent"},
	} {
		if !f.l.set() {
			if f.l.Resume != 0 {
				bad("%s.resume is %v and %s.pause is not set", f.name, f.l.Resume, f.name)
			}
			continue
		}
		if !(f.l.Pause >= f.min && f.l.Pause <= f.max) {
			bad("%s.pause is %v, want %.0f to %.0f %s", f.name, f.l.Pause, f.min, f.max, f.unit)
			continue
		}
		if f.name == "free" {
			if f.l.Resume != 0 && !(f.l.Resume > f.l.Pause && f.l.Resume <= f.max) {
				bad("%s.resume is %v, want more than %s.pause, which is %v: less than that is what the guard pauses at", f.name, f.l.Resume, f.name, f.l.Pause)
			}
		} else if f.l.Resume != 0 && !(f.l.Resume >= 0 && f.l.Resume < f.l.Pause) {
			bad("%s.resume is %v, want less than %s.pause, which is %v", f.name, f.l.Resume, f.name, f.l.Pause)
		}
	}
	if l.Share < 1 || l.Share > 100 {
		bad("share is %d, want 1 to 100 percent", l.Share)
	}
	if l.Idle != 0 && (l.Idle < time.Second || l.Idle > 24*time.Hour) {
		bad("idle is %v, want 1s to 24h, or 0 for a machine that works while it is used", l.Idle)
	}
	if len(l.Hours) > maxWindows {
		bad("hours has %d windows, want at most %d", len(l.Hours), maxWindows)
	}
	if l.Settle < time.Second || l.Settle > time.Hour {
		bad("settle is %v, want 1s to 1h", l.Settle)
	}
	if l.Grace < time.Second || l.Grace > 10*time.Minute {
		bad("grace is %v, want 1s to 10m", l.Grace)
	}
	return errors.Join(errs...)
}

// Any reports whether anything may ever pause.
func (l Limits) Any() bool {
	return l.Temperature.set() || l.Power.set() || l.Memory.set() || l.Free.set() || l.Others.set() || l.Idle > 0 || l.Battery || len(l.Hours) > 0
}

// withResume fills in what the owner left to us.
func (l Limits) withResume() Limits {
	fill := func(f *Limit, v float64) {
		if f.set() && f.Resume == 0 {
			f.Resume = v
		}
	}
	fill(&l.Temperature, l.Temperature.Pause-8)
	fill(&l.Power, l.Power.Pause*0.9)
	fill(&l.Memory, l.Memory.Pause*0.95)
	fill(&l.Others, l.Others.Pause/2)
	return l
}

// freeAgain is how much memory must be free for a run to go on. What the owner left to us is a tenth more than the limit, but no
// more than a tenth of what the device has beyond it: a limit close to all of its memory could else never be kept again.
func (l Limits) freeAgain(total Measure) float64 {
	if l.Free.Resume != 0 {
		return l.Free.Resume
	}
	margin := l.Free.Pause / 10
	if total.Known {
		margin = min(margin, max(total.Value-l.Free.Pause, 0)/10)
	}
	return l.Free.Pause + margin
}

// Room is how many bytes of device memory a program may take under the limits, as far as they are set and measured; what another one of this
// node takes now will be free by then, where the sensors tell it. With again, what goes on after a pause leaves the margin, too.
func (l Limits) Room(r *Reading, again bool) (bytes uint64, bounded bool) {
	memory, least := l.Memory.Pause, l.Free.Pause
	if again {
		memory, least = l.withResume().Memory.Resume, l.freeAgain(r[MemoryTotal])
	}
	room, others := 0.0, r.With(0)
	if used := others[MemoryUsed]; l.Memory.set() && used.Known {
		room, bounded = max(memory-used.Value, 0), true
	}
	if free := others.Free(); l.Free.set() && free.Known {
		if left := max(free.Value-least, 0); !bounded || left < room {
			room, bounded = left, true
		}
	}
	return uint64(room), bounded
}
