package eval

import (
	"context"
	"fmt"
)

// Race runs a dispatch and reports the first word of memory that two invocations used, one of them to change it, without a barrier
// between them: "" when there is none. It sees what these inputs lead to, and no more; that two write the same value is no
// race. It is a check of the rule that looks at texts (gpu/wgsl, Module.Order).
func Race(ctx context.Context, cfg Config, w Work) (string, error) {
	s := &shadow{buffers: map[cell]*uses{}, shared: map[cell]*uses{}}
	_, err := w.run(ctx, cfg, nil, s)
	return s.race, err
}

// shadow knows who used which word of memory. Barriers are for workgroup memory only.
type shadow struct {
	buffers, shared map[cell]*uses
	group           uint64
	race            string
}

type cell struct{ buffer, word int }

// uses of a word are, by kind, the first invocation and whether there was another.
type uses struct {
	by    [kinds]struct{ first, more int }
	value uint32 // written
	mixed bool   // not always the same
}

const (
	reads = iota
	writes
	changes // by atomic operations, a kind for each that commutes with itself
	kinds   = changes + 6
)

func (s *shadow) use(p *place, word int, lane uint8, kind int, value uint32) {
	all, where := s.buffers, cell{p.base, word}
	if p.space == inShared {
		all, where = s.shared, cell{-1, word}
	}
	who := int(s.group)*maxLanes + int(lane) + 1
	u := all[where]
	if u == nil {
		u = &uses{value: value}
		all[where] = u
	}
	if kind == writes && u.by[writes].first != 0 && u.value != value {
		u.mixed = true
	}
	if kind == writes {
		u.value = value
	}
	mine := &u.by[kind]
	switch {
	case mine.first == 0:
		mine.first = who
	case mine.first != who:
		mine.more = who
	}
	for k, other := range u.by {
		if other.first == 0 || k == kind && kind != writes || k == writes && kind == writes && !u.mixed {
			continue
		}
		if (other.first != who || other.more != 0) && s.race == "" {
			s.race = fmt.Sprintf("word %d of buffer %d: kinds %d and %d of use by invocations %d and %d", word, where.buffer, k, kind, max(other.more, other.first), who)
		}
	}
}

// watch emits code that notes a use of memory, of every word of a place.
func (c *compiler) watch(p place, kind int, v *value) {
	if c.shadow == nil || p.space == inRegs {
		return
	}
	s, at := c.shadow, c.address(p)
	for i, leaf := range p.typ.leaves(p.space == inBuffer) {
		from := -1
		if v != nil {
			from = c.at(*v, i)
		}
		c.emit(func(m *machine, act []uint8) {
			buf, base := m.words(&p)
			for _, l := range act {
				w := uint64(base + leaf)
				if at < 0 {
					w += uint64(p.off)
				} else if m.r[at][l] == outside {
					continue
				} else {
					w += uint64(m.r[at][l])
				}
				if w >= uint64(len(buf)) {
					continue
				}
				x := uint32(0)
				if from >= 0 {
					x = m.r[from][l]
				}
				s.use(&p, int(w), l, kind, x)
			}
		})
	}
}
