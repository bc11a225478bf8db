package worker

import "strings"

// Sandbox says how far the operating system really confines a child. The child measures it before it opens its device.
type Sandbox struct {
	NoNewPrivs   bool   `cbor:"noNewPrivs" json:"noNewPrivs"`     // nothing that it executes gains privileges
	Capabilities bool   `cbor:"capabilities" json:"capabilities"` // it holds none, even as root
	Landlock     bool   `cbor:"landlock" json:"landlock"`         // it can open only drivers, and what it was handed
	ABI          int    `cbor:"abi" json:"abi"`                   // of Landlock: 3 adds truncation, 4 TCP, 5 device ioctls, 6 signals
	Seccomp      bool   `cbor:"seccomp" json:"seccomp"`           // no sockets, no new processes, no system administration
	Rlimits      bool   `cbor:"rlimits" json:"rlimits"`           // memory, open files, file sizes, no core dumps
	Sealed       bool   `cbor:"sealed" json:"sealed"`             // it can neither open nor ask about any path; software devices only, once they are open
	Note         string `cbor:"note,omitempty" json:"note,omitempty"`
}

// minABI is the Landlock version from which on a confinement counts as full.
const minABI = 3

// Full reports whether nothing is missing.
func (s Sandbox) Full() bool {
	return s.NoNewPrivs && s.Capabilities && s.Landlock && s.ABI >= minABI && s.Seccomp && s.Rlimits
}

// String is one sentence for a person.
func (s Sandbox) String() string {
	if s.Full() {
		return "full"
	}
	var missing []string
	for _, m := range []struct {
		ok   bool
		what string
	}{
		{s.Landlock && s.ABI >= minABI, "files (Landlock)"}, {s.Seccomp, "system calls (seccomp)"}, {s.Rlimits, "resource limits"},
		{s.NoNewPrivs, "privileges (no_new_privs)"}, {s.Capabilities, "capabilities"},
	} {
		if !m.ok {
			missing = append(missing, m.what)
		}
	}
	text := "degraded; not confined: " + strings.Join(missing, ", ")
	if s.Note != "" {
		text += "; " + s.Note
	}
	return text
}
