package eval

import (
	"context"
	"errors"
	"math/bits"

	"gpumesh/gpu"
)

const maxLanes = 256

type (
	reg  = [maxLanes]uint32 // one 32-bit value of every lane
	list = [maxLanes]uint8
	set  [maxLanes / 64]uint64

	// op computes something for the lanes in act, which are ascending.
	op func(m *machine, act []uint8)

	// node executes a statement for the lanes in act and returns those that go on to the next statement, ascending. The
	// result may alias act or a list that belongs to this node; it is valid until the node is executed again.
	node func(m *machine, act []uint8) []uint8
)

// machine is the state of one batch of lanes. It belongs to one goroutine.
type machine struct {
	r      []reg
	lists  []list
	sets   []set
	shared []uint32
	bufs   [][]uint32 // by binding index

	lanes int // of the current batch
	grid  [3]uint32
	size  [3]uint32 // of a workgroup
	work  *dispatch

	steps, nextCheck uint64
}

// dispatch is what the machines of one dispatch share.
type dispatch struct {
	ctx      context.Context
	maxSteps uint64 // of one machine
	failed   func() bool
}

const checkEvery = 1 << 22 // steps between looks at the context: some 10 ms

// count adds executed operations and now and then looks whether to go on.
func (m *machine) count(n int) {
	m.steps += uint64(n)
	if m.steps >= m.nextCheck {
		m.check()
	}
}

func (m *machine) check() {
	m.nextCheck = m.steps + checkEvery
	if m.steps > m.work.maxSteps {
		panic(gpu.Errorf(gpu.TooLarge, "the dispatch takes more than %d operations, the evaluator's limit", m.work.maxSteps))
	}
	if err := m.work.ctx.Err(); err != nil {
		panic(contextError(err))
	}
	if m.work.failed() {
		panic(gpu.Errorf(gpu.Canceled, "another workgroup failed"))
	}
}

func contextError(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return gpu.Errorf(gpu.Timeout, "the deadline passed while the kernel ran")
	}
	return gpu.Errorf(gpu.Canceled, "the run was canceled")
}

func (s *set) add(act []uint8) {
	for _, l := range act {
		s[l/64] |= 1 << (l % 64)
	}
}

// appendTo appends the members in ascending order.
func (s *set) appendTo(out []uint8) []uint8 {
	for i, w := range s {
		for ; w != 0; w &= w - 1 {
			out = append(out, uint8(i*64+bits.TrailingZeros64(w)))
		}
	}
	return out
}

// merge joins two ascending lists without common members.
func merge(out, a, b []uint8) []uint8 {
	for len(a) > 0 && len(b) > 0 {
		if a[0] < b[0] {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// split divides act by a register that holds 0 or 1.
func split(c *reg, act []uint8, t, f *list) (yes, no []uint8) {
	yes, no = t[:0], f[:0]
	for _, l := range act {
		if c[l] != 0 {
			yes = append(yes, l)
		} else {
			no = append(no, l)
		}
	}
	return yes, no
}
