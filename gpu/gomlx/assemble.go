package gomlx

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"github.com/gomlx/compute"

	"gpumesh/gpu"
)

// ports say what a program's parameters and outputs are.
type ports struct {
	params  []gpu.Buffer // one per parameter of the function; Len and Type are filled in
	outputs []gpu.Buffer // one per output, an Output buffer unless it renews a parameter
	renews  []int        // per output: the parameter that it is the new content of, or -1
	wide    bool
}

// assembled is a program of one step, and the content of the constant buffers that it takes as inputs.
type assembled struct {
	program *gpu.Program
	consts  map[string][]byte
	peak    int // bytes of temporaries alive at once, the least that any placement needs
	temps   int // bytes of temporaries
}

// assemble lowers a function to a program of one step. Parameters that nothing reads have no buffer.
func assemble(f *function, p ports) (*assembled, error) {
	g := f.clone()
	c := &compiler{wide: p.wide, slots: make(map[*node]*slot)}
	bufferOf := make(map[*slot]int)
	out := &assembled{program: &gpu.Program{Version: gpu.ProgramVersion, Steps: 1, Segment: 1}, consts: make(map[string][]byte)}
	buffer := func(s *slot, b gpu.Buffer) {
		b.Type, b.Len = gpu.Type(s.t.wgsl()), 4*uint64(s.size)
		bufferOf[s] = len(out.program.Buffers)
		out.program.Buffers = append(out.program.Buffers, b)
	}
	if f.streams > 0 {
		bufferOf[seedSlot] = 0
		out.program.Buffers = append(out.program.Buffers, gpu.Buffer{Name: "params", Kind: gpu.Params, Type: gpu.U32, Len: gpu.ParamsSize})
	}
	roots := slices.Clone(g.outputs)
	renews := make(map[*node]*node)
	taken := make(map[*node]bool)
	for i, n := range roots {
		if r := p.renews[i]; r >= 0 && n == g.params[r] {
			roots[i] = nil // it stays as it is
			continue
		}
		if n.size() == 0 {
			roots[i] = nil // nothing to compute
			continue
		}
		if _, uniform := n.uniform(); uniform || n.class() == leaf || taken[n] {
			n = g.add(compute.OpTypeIdentity, n.dtype, n.dims, i, n)
		}
		roots[i] = n
		taken[n] = true
	}
	g.outputs = slices.DeleteFunc(slices.Clone(roots), func(n *node) bool { return n == nil })
	roots = g.split(roots)
	live := g.live()
	for _, n := range live {
		if n.size() == 0 {
			return nil, gpu.Errorf(gpu.Unsupported, "%v has no elements", n)
		}
		switch n.op {
		case compute.OpTypeParameter:
			a := n.attr.(paramAttr)
			s := &slot{name: a.name, t: n.t.stored(), size: n.size()}
			c.slots[n] = s
			buffer(s, p.params[a.index])
		case compute.OpTypeConstant:
			if _, uniform := n.uniform(); uniform {
				continue
			}
			s := &slot{name: fmt.Sprintf("const%d", len(out.consts)), t: n.t.stored(), size: n.size()}
			c.slots[n] = s
			buffer(s, gpu.Buffer{Name: s.name, Kind: gpu.Const})
			out.consts[s.name] = words(n.attr.(constAttr).words)
		}
	}
	for i, n := range roots {
		switch r := p.renews[i]; {
		case n == nil:
		case r >= 0 && c.slots[g.params[r]] == nil: // written but never read
			s := &slot{name: p.params[r].Name, t: n.t.stored(), size: n.size()}
			buffer(s, p.params[r])
			c.slots[n] = s
		case r >= 0:
			c.slots[n] = c.temp("new", n.t.stored(), n.size())
			renews[n] = g.params[r]
		default:
			s := &slot{name: p.outputs[i].Name, t: n.t.stored(), size: n.size()}
			buffer(s, p.outputs[i])
			c.slots[n] = s
		}
	}
	c.plan(live)
	if err := c.lower(live, renews); err != nil {
		return nil, err
	}
	out.temps, out.peak = place(c.kernels, bufferOf, out.program)
	list, module, entry := modules(c.kernels)
	out.program.Modules = list
	for i, k := range c.kernels {
		cmd := gpu.Command{Op: gpu.Dispatch, Module: module[i], Entry: entry[i], Grid: k.grid, Cost: k.cost}
		if k.copy {
			cmd = gpu.Command{Op: gpu.Copy}
		}
		for _, b := range k.binds {
			cmd.Bind = append(cmd.Bind, gpu.Binding{Buffer: uint32(bufferOf[b.slot]), Len: 4 * uint64(b.slot.size)})
			if i := len(cmd.Bind) - 1; out.program.Buffers[cmd.Bind[i].Buffer].Len == cmd.Bind[i].Len {
				cmd.Bind[i].Len = 0
			}
		}
		out.program.Step = append(out.program.Step, cmd)
	}
	return out, nil
}

func words(list []uint32) []byte {
	b := make([]byte, 0, 4*len(list))
	for _, w := range list {
		b = binary.LittleEndian.AppendUint32(b, w)
	}
	return b
}

// place gives temporaries Temp buffers. Each buffer serves values whose lives do not overlap: a dispatch may not read and write
// one buffer, so values of one dispatch never share one, and a buffer is as large as the largest value that it ever holds.
func place(kernels []*kernel, bufferOf map[*slot]int, p *gpu.Program) (total, peak int) {
	last := make(map[*slot]int)
	for i, k := range kernels {
		for _, b := range k.binds {
			last[b.slot] = i
		}
	}
	type room struct {
		size, at int // at: index in p.Buffers
		t        scalar
	}
	var rooms, free []*room
	held := make(map[*slot]*room)
	live := 0
	for i, k := range kernels {
		for _, b := range k.binds {
			s := b.slot
			if _, known := bufferOf[s]; known {
				continue
			}
			// The smallest that is large enough, else the largest, which grows.
			var best *room
			for _, r := range free {
				switch {
				case best == nil,
					best.size < s.size && r.size > best.size,
					r.size >= s.size && r.size < best.size:
					best = r
				}
			}
			if best == nil {
				best = &room{at: len(p.Buffers), t: s.t}
				p.Buffers = append(p.Buffers, gpu.Buffer{Name: fmt.Sprintf("temp%d", len(rooms)), Kind: gpu.Temp, Type: gpu.Type(s.t.wgsl())})
				rooms = append(rooms, best)
			} else {
				free = slices.DeleteFunc(free, func(r *room) bool { return r == best })
			}
			best.size = max(best.size, s.size)
			bufferOf[s], held[s] = best.at, best
			live += s.size
			peak = max(peak, live)
		}
		for _, s := range slices.SortedFunc(maps.Keys(held), func(a, b *slot) int { return bufferOf[a] - bufferOf[b] }) {
			if last[s] == i {
				free = append(free, held[s])
				delete(held, s)
				live -= s.size
			}
		}
	}
	for _, r := range rooms {
		p.Buffers[r.at].Len = 4 * uint64(r.size)
		total += 4 * r.size
	}
	return total, 4 * peak
}
