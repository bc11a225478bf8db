package guard

import (
	"io/fs"
	"strings"
	"time"
)

// person tells how long nobody has used the machine, without asking any display server: from the access times of
// terminals, which change with every key typed there, and from the kernel's counts of what keyboards, mice and touch pads
// sent. Counts tell only what happened since they were read first, so the time begins then. Nothing here needs privileges.
type person struct {
	tree
	counts map[string]string
	last   time.Time // of the last change that was seen
}

func newPerson(t tree) *person { return &person{tree: t, counts: map[string]string{}} }

func (*person) close() error { return nil }

func (p *person) read(now time.Time, r *Reading) {
	sources := 0
	if p.last.IsZero() || p.last.After(now) {
		p.last = now
	}
	count := func(name, value string) {
		sources++
		if old, seen := p.counts[name]; !seen && len(p.counts) < maxEntries || seen && old != value {
			p.counts[name], p.last = value, now
		}
	}
	// A USB device with the human interface class counts the messages that it exchanged; an idle keyboard exchanges none.
	for _, dir := range p.list("sys/bus/usb/devices", "*:*") {
		if class, _ := p.word(dir + "/bInterfaceClass"); class != "03" {
			continue
		}
		device := dir[:strings.LastIndexByte(dir, ':')]
		if n, err := p.word(device + "/urbnum"); err == nil {
			count(device, n)
		}
	}
	// What is not on USB has an interrupt of its own.
	if text, err := p.tree.read("proc/interrupts", maxTable); err == nil {
		for line := range strings.Lines(text) {
			if isInput(line) {
				count("interrupt "+strings.Fields(line)[0], line)
			}
		}
	}
	idle := now.Sub(p.last)
	for _, pattern := range [][2]string{{"dev/pts", "[0-9]*"}, {"dev", "tty[1-9]*"}} {
		for _, name := range p.list(pattern[0], pattern[1]) {
			info, err := fs.Stat(p.fs, name)
			if err != nil {
				continue
			}
			if at, ok := accessed(info); ok {
				sources++
				if since := now.Sub(at); sources == 1 || since < idle {
					idle = since
				}
			}
		}
	}
	if sources == 0 {
		r[Idle] = absent("the kernel shows no keyboard, no pointer and no terminal")
		return
	}
	r[Idle] = known(max(idle, 0).Seconds())
}

// isInput reports whether a line of /proc/interrupts is of an input device.
func isInput(line string) bool {
	name := strings.ToLower(line)
	for _, w := range []string{"i8042", "elan", "syna", "i2c_hid", "i2c-hid", "touchpad", "touchscreen"} {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}
