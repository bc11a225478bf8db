package wgsl

// Tier says between which machines equal inputs are sure to give equal bytes.
type Tier string

const (
	Exact      Tier = "exact"       // on every conforming stack
	ClassExact Tier = "class-exact" // only within one device class: same driver, front end and hardware generation
)

// Reason is one thing that lowers the tier of a module, or, with Note, one that does not but that an author should know.
type Reason struct {
	Line    int // 1-based; 0 when not known
	Message string
	Note    bool
}

// Tier returns the determinism tier of all entry points together and the reasons. It is conservative: exact means that
// only integers, bools, bit-preserving copies of f32 and order-free atomics without use of their results were found. It
// does not prove the absence of data races between invocations.
func (m *Module) Tier() (Tier, []Reason) { return m.tier, m.reasons }
