package guard

import (
	"io/fs"
	"slices"
	"strings"
	"time"
)

// person tells how long nobody has used the machine, without asking any display server: from the access times of
// terminals, which change with every key typed there, and from the kernel's counts of what keyboards, pointers and their
// radio sent. Counts tell only what happened since they were read first, so the time begins then. Nothing here needs
// privileges. Who uses the machine through a remote desktop is not seen.
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
	names, radio := p.inputs()
	heard := false
	// A USB device counts the messages that it exchanges; an idle keyboard exchanges none.
	for _, dir := range p.list("sys/bus/usb/devices", "*:*") {
		class, _ := p.word(dir + "/bInterfaceClass")
		if class != humanInterface && (class != wireless || !radio) {
			continue
		}
		device := dir[:strings.LastIndexByte(dir, ':')]
		if n, err := p.word(device + "/urbnum"); err == nil {
			count(device, n)
			heard = heard || class == wireless
		}
	}
	if radio && !heard {
		r[Idle] = absent("a keyboard or pointer is connected by Bluetooth, in a way that the kernel does not count")
		return
	}
	// What is not on USB has an interrupt of its own.
	if text, err := p.tree.read("proc/interrupts", maxTable); err == nil {
		for line := range strings.Lines(text) {
			if slices.ContainsFunc(names, func(n string) bool { return strings.Contains(line, n) }) {
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

// Interface classes of USB.
const (
	humanInterface = "03"
	wireless       = "e0" // Bluetooth among others
)

// inputs returns the names of interrupts that input devices raise, and whether any is connected by Bluetooth.
func (p *person) inputs() (interrupts []string, radio bool) {
	const bluetooth, i2c = "0005", "0018"
	interrupts = []string{"i8042"} // keyboards and touch pads of most laptops
	for _, dir := range p.list("sys/class/input", "input*") {
		switch bus, _ := p.word(dir + "/id/bustype"); bus {
		case bluetooth:
			radio = true
		case i2c: // it is called as its interrupt, such as "ELAN1200:00 04F3:30BA Touchpad"
			name, _ := p.word(dir + "/name")
			if word, _, _ := strings.Cut(name, " "); len(word) > 3 {
				interrupts = append(interrupts, word)
			}
		}
	}
	return interrupts, radio
}
