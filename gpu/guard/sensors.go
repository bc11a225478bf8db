package guard

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"gpumesh/gpu"
)

// source measures some quantities. What it should tell and cannot, it makes absent with the reason.
type source interface {
	read(now time.Time, r *Reading)
	close() error
}

// Sensors reads what a machine tells about a device, and about who else uses the machine. One goroutine uses it at a time.
type Sensors struct {
	device []source // each one device; the worst of them counts
	host   []source
}

// Options say what to read.
type Options struct {
	// Adapter is the device that programs run on. Sensors do not know WebGPU's adapters: with several devices of one vendor,
	// all that could be meant are read, and the worst of them counts.
	Adapter gpu.Info
	// Root holds sys, proc and dev, as a directory of the operating system. With another one than the machine's own, nothing
	// but its files is read: no vendor's library is loaded.
	Root string
}

// Open finds the sensors. What is missing shows in readings.
func Open(o Options) *Sensors {
	own := o.Root == "" || o.Root == "/"
	if own {
		o.Root = "/"
	}
	t := tree{os.DirFS(o.Root)}
	procs := &processes{tree: t, self: os.Getpid()}
	s := &Sensors{host: []source{newPerson(t), battery{t}}}
	switch vendor := vendorOf(o.Adapter); {
	case o.Adapter.Type == gpu.CPU || o.Adapter.Type == gpu.Reference || o.Adapter.Type == gpu.FakeType:
		s.device = []source{&processor{tree: t, procs: procs}}
	case vendor == nvidia && own:
		s.device = openNVML(o.Adapter.Name, procs)
	default:
		s.device = openCards(t, vendor, procs)
	}
	return s
}

// Read measures everything. Quantities that are differences over time are absent the first time.
func (s *Sensors) Read(now time.Time) Reading {
	var all Reading
	for _, d := range s.device {
		var r Reading
		d.read(now, &r)
		all.worst(&r)
	}
	for _, h := range s.host {
		h.read(now, &all)
	}
	for q := range all {
		if !all[q].Known && all[q].Why == "" {
			all[q].Why = "no sensor of this device tells it"
		}
	}
	return all
}

// Close lets go of the sensors.
func (s *Sensors) Close() error {
	var errs []error
	for _, x := range append(s.device[:len(s.device):len(s.device)], s.host...) {
		errs = append(errs, x.close())
	}
	return errors.Join(errs...)
}

// missing stands for a device whose sensors are not there.
type missing struct{ why string }

func (m missing) read(_ time.Time, r *Reading) {
	for _, q := range []Quantity{Temperature, Power, PowerLimit, Busy, Others, MemoryUsed, MemoryTotal, MemoryOwn, Fan, ECC} {
		r[q] = Measure{Why: m.why}
	}
}

func (missing) close() error { return nil }

// vendor is a PCI vendor's id.
type vendor uint16

const (
	unknownVendor vendor = 0
	nvidia        vendor = 0x10de
	amd           vendor = 0x1002
	intel         vendor = 0x8086
)

func (v vendor) String() string {
	switch v {
	case nvidia:
		return "NVIDIA"
	case amd:
		return "AMD"
	case intel:
		return "Intel"
	}
	return fmt.Sprintf("vendor %04x", uint16(v))
}

// vendorOf tells an adapter's vendor by its names.
func vendorOf(i gpu.Info) vendor {
	text := strings.ToLower(i.Name + " " + i.Driver)
	for _, v := range []struct {
		vendor vendor
		words  []string
	}{
		{nvidia, []string{"nvidia", "geforce", "quadro", "tesla"}},
		{amd, []string{"amd", "radeon", "radv"}},
		{intel, []string{"intel"}},
	} {
		for _, w := range v.words {
			if strings.Contains(text, w) {
				return v.vendor
			}
		}
	}
	return unknownVendor
}

// rate turns a counter into its change per second. The zero rate has seen nothing.
type rate struct {
	at    time.Time
	value float64
	last  Measure
}

// next takes the counter's value; scale turns its unit into the one that is wanted.
func (c *rate) next(now time.Time, value, scale float64) Measure {
	seconds := now.Sub(c.at).Seconds()
	switch {
	case c.at.IsZero() || value < c.value || seconds < 0: // the first time, or it began anew
		c.last = absent("it is measured over time, and this is the first moment")
	case seconds < 0.05:
		return c.last
	default:
		c.last = known((value - c.value) / seconds * scale)
	}
	c.at, c.value = now, value
	return c.last
}

// why puts an error of the file system in words for people.
func why(path string, err error) Measure {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return absent("there is no /%s", path)
	case errors.Is(err, fs.ErrPermission):
		return absent("/%s may not be read by this user", path)
	}
	return absent("/%s cannot be read: %v", path, err)
}
