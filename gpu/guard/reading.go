package guard

import (
	"fmt"
	"math"
	"time"
)

// Quantity is something that sensors measure.
type Quantity uint8

const (
	Temperature Quantity = iota // °C, of the device
	Power                       // W, drawn by the device
	PowerLimit                  // W, that the device allows itself
	Busy                        // 0 to 1: part of the device's time in use by anybody
	Others                      // 0 to 1: part of it in use by others than this node
	MemoryUsed                  // bytes of device memory in use by anybody; of a software device, of the host's
	MemoryTotal                 // bytes
	MemoryOwn                   // bytes of the memory in use that this node's programs use
	Fan                         // 0 to 1: of its full speed
	ECC                         // 1: the device's memory corrects errors; 0: it does not
	Idle                        // seconds since a person last used a keyboard, a pointer or a terminal
	Battery                     // 1: the machine runs on its battery; 0: it does not

	quantities
)

var names = [quantities]string{
	"temperature", "power", "powerLimit", "busy", "others", "memoryUsed", "memoryTotal", "memoryOwn", "fan", "ecc", "idle", "battery",
}

func (q Quantity) String() string {
	if q >= quantities {
		return fmt.Sprintf("Quantity(%d)", uint8(q))
	}
	return names[q]
}

// Quantities lists all of them, in order.
func Quantities() []Quantity {
	out := make([]Quantity, quantities)
	for i := range out {
		out[i] = Quantity(i)
	}
	return out
}

// Format writes a value of the quantity for people.
func (q Quantity) Format(v float64) string {
	switch q {
	case Temperature:
		return fmt.Sprintf("%.0f °C", v)
	case Power, PowerLimit:
		return fmt.Sprintf("%.0f W", v)
	case Busy, Others, Fan:
		return fmt.Sprintf("%.0f %%", 100*v)
	case MemoryUsed, MemoryTotal, MemoryOwn:
		return fmt.Sprintf("%.1f GiB", v/(1<<30))
	case ECC:
		return onOff(v)
	case Idle:
		return time.Duration(min(v, math.MaxInt32) * float64(time.Second)).Round(time.Second).String()
	case Battery:
		if v != 0 {
			return "on battery"
		}
		return "on mains"
	}
	return fmt.Sprint(v)
}

func onOff(v float64) string {
	if v != 0 {
		return "on"
	}
	return "off"
}

// Measure is a value, or why there is none. The zero Measure is absent.
type Measure struct {
	Value float64 // finite
	Known bool
	Why   string // a clause that says why it cannot be measured; empty when it is known
}

func known(v float64) Measure {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return absent("the sensor tells no number")
	}
	return Measure{Value: v, Known: true}
}

func absent(format string, args ...any) Measure { return Measure{Why: fmt.Sprintf(format, args...)} }

// Reading is what was measured at one moment, by Quantity.
type Reading [quantities]Measure

// With returns the reading as it were if this node's programs used so many bytes of device memory, where sensors tell what they use.
func (r *Reading) With(bytes uint64) Reading {
	out := *r
	if used, own := r[MemoryUsed], r[MemoryOwn]; used.Known && own.Known {
		out[MemoryUsed] = known(max(used.Value-own.Value, 0) + float64(bytes))
	}
	return out
}

// Free is the device memory that nobody uses, in bytes.
func (r *Reading) Free() Measure {
	total, used := r[MemoryTotal], r[MemoryUsed]
	switch {
	case !used.Known:
		return used
	case !total.Known:
		return total
	}
	return known(max(total.Value-used.Value, 0))
}

// worse keeps of two measures of one quantity the one that calls for more care; any beats none.
func (q Quantity) worse(a, b Measure) Measure {
	switch {
	case !b.Known && (a.Known || a.Why != ""):
		return a
	case !a.Known:
		return b
	}
	switch q {
	case PowerLimit, ECC, Idle:
		return known(min(a.Value, b.Value))
	}
	return known(max(a.Value, b.Value))
}

// worst takes a device's reading into one of all devices. Memory goes together: the device with the least that is free counts.
func (r *Reading) worst(d *Reading) {
	if have, more := r.Free(), d.Free(); more.Known && (!have.Known || more.Value < have.Value) {
		r[MemoryUsed], r[MemoryTotal], r[MemoryOwn] = d[MemoryUsed], d[MemoryTotal], d[MemoryOwn]
	}
	for q := range quantities {
		if q == MemoryUsed || q == MemoryTotal || q == MemoryOwn {
			if !r[q].Known && !r.Free().Known {
				r[q] = q.worse(r[q], d[q])
			}
			continue
		}
		r[q] = q.worse(r[q], d[q])
	}
}
