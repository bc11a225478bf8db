package diloco

import (
	"embed"
	"fmt"
	"math"
	"slices"

	"gpumesh/gpu"
)

//go:embed wgsl
var sources embed.FS

// Model is one train step and what of its state is the model.
//
// Program starts from its State inputs, or from Init; what is shared are the State buffers named in Weights, and all its other
// State (an optimizer's moments, say) is the shard's own. Steps and Segment are those of a local run. Outputs with Every are
// emitted while it trains; Final and what only Final uses belong to [Evaluate].
type Model struct {
	Program *gpu.Program
	Weights []string // names of State buffers of type f32
}

// Options are the same for all programs of one training.
type Options struct {
	Bits int // of a number in a delta or an update: 8 or 4
}

func (o Options) validate() error {
	if o.Bits != 8 && o.Bits != 4 {
		return fmt.Errorf("bits is %d; it must be 8 or 4", o.Bits)
	}
	return nil
}

// names that the programs of this package use; a model may not have buffers of these names.
var reserved = []string{"weights", "inner", "update", "residual", "delta", "now", "deltas", "momentum", "lag", "squares", "limits"}

// Weights is the flat form of the model, Inner that of all other state.
func (m *Model) Layouts() (weights, inner *Layout, err error) {
	if err := m.Program.Validate(); err != nil {
		return nil, nil, err
	}
	weights, inner = &Layout{}, &Layout{}
	for _, name := range m.Weights {
		i := slices.IndexFunc(m.Program.Buffers, func(b gpu.Buffer) bool { return b.Name == name && b.Kind == gpu.State && b.Type == gpu.F32 })
		if i < 0 {
			return nil, nil, fmt.Errorf("the program has no f32 state buffer %q to be a weight", name)
		}
		if slices.ContainsFunc(weights.Tensors, func(t Tensor) bool { return t.Name == name }) {
			return nil, nil, fmt.Errorf("the weight %q is named twice", name)
		}
		weights.add(&m.Program.Buffers[i])
	}
	if len(weights.Tensors) == 0 {
		return nil, nil, fmt.Errorf("no state buffer is named as a weight")
	}
	for i := range m.Program.Buffers {
		b := &m.Program.Buffers[i]
		if slices.Contains(reserved, b.Name) {
			return nil, nil, fmt.Errorf("the buffer name %q is used by the training itself", b.Name)
		}
		if b.Kind == gpu.State && !slices.Contains(m.Weights, b.Name) {
			inner.add(b)
		}
	}
	if max(weights.Len, inner.Len) > math.MaxUint32/2 {
		return nil, nil, fmt.Errorf("the model has more than %d weights", math.MaxUint32/2)
	}
	return weights, inner, nil
}

// builder makes one of the programs.
type builder struct {
	p    *gpu.Program
	bits int
}

func (b *builder) buffer(name string, kind gpu.Kind, size uint64, keep bool) uint32 {
	t := gpu.F32
	if name == "update" || name == "delta" || name == "deltas" {
		t = gpu.U32
	}
	b.p.Buffers = append(b.p.Buffers, gpu.Buffer{Name: name, Kind: kind, Type: t, Len: size, Keep: keep})
	return uint32(len(b.p.Buffers) - 1)
}

// dispatch returns a command that runs a kernel of this package once for each of n invocations.
func (b *builder) dispatch(kernel, constants string, n uint64, buffers ...uint32) gpu.Command {
	const group = 64
	groups := (n + group - 1) / group
	width := min(groups, gpu.MaxGrid)
	common, _ := sources.ReadFile("wgsl/common.wgsl") // embedded: the names are right or no test passes
	source, _ := sources.ReadFile("wgsl/" + kernel + ".wgsl")
	constants += fmt.Sprintf("const WIDTH = %du;\n", width*group)
	b.p.Modules = append(b.p.Modules, gpu.Module{Name: "diloco-" + kernel, WGSL: constants + string(common) + string(source)})
	c := gpu.Command{
		Op: gpu.Dispatch, Module: uint16(len(b.p.Modules) - 1), Entry: kernel,
		Grid: [3]uint32{uint32(width), uint32((groups + width - 1) / width), 1},
	}
	for _, i := range buffers {
		c.Bind = append(c.Bind, gpu.Binding{Buffer: i})
	}
	return c
}

func (b *builder) packedConstants(l *Layout) string {
	p := packed{uint64(b.bits), l.Len / Block}
	return fmt.Sprintf("const BITS = %du;\nconst PER_WORD = %du;\nconst LARGEST = %du;\nconst BLOCK = %du;\nconst BLOCKS = %du;\nconst HEADER = %du;\nconst NUMBERS = %du;\n",
		p.bits, 32/p.bits, uint64(1)<<(p.bits-1)-1, Block, p.blocks, headerWords, p.numbers())
}

func (b *builder) apply(l *Layout, update, weights uint32) gpu.Command {
	return b.dispatch("apply", b.packedConstants(l), l.Len/Block, update, weights)
}

func (b *builder) compress(l *Layout, sums, out uint32) gpu.Command {
	return b.dispatch("compress", b.packedConstants(l), l.Len/Block, sums, out)
}

// unflatten returns the copies from a flat buffer to the State buffers of its layout; flatten the opposite.
func (b *builder) unflatten(l *Layout, flat uint32) []gpu.Command { return b.copies(l, flat, false) }
func (b *builder) flatten(l *Layout, flat uint32) []gpu.Command   { return b.copies(l, flat, true) }

func (b *builder) copies(l *Layout, flat uint32, toFlat bool) []gpu.Command {
	list := make([]gpu.Command, len(l.Tensors))
	for i, t := range l.Tensors {
		state := slices.IndexFunc(b.p.Buffers, func(o gpu.Buffer) bool { return o.Name == t.Name })
		pair := []gpu.Binding{{Buffer: flat, Off: 4 * t.Offset, Len: 4 * t.Len}, {Buffer: uint32(state)}}
		if toFlat {
			slices.Reverse(pair)
		}
		list[i] = gpu.Command{Op: gpu.Copy, Bind: pair}
	}
	return list
}

// from returns a builder whose program has those buffers and modules of m that the commands use, and every state buffer,
// which then is no input and no result of its own any more. The commands are changed to name the new indexes.
func (m *Model) from(o Options, lists ...*[]gpu.Command) *builder {
	b := &builder{&gpu.Program{Version: gpu.ProgramVersion, Steps: m.Program.Steps, Segment: m.Program.Segment}, o.Bits}
	buffers, modules := make(map[uint32]uint32), make(map[uint16]uint16)
	use := func(i uint32) uint32 {
		if n, ok := buffers[i]; ok {
			return n
		}
		o := m.Program.Buffers[i]
		o.Keep = false
		b.p.Buffers = append(b.p.Buffers, o)
		buffers[i] = uint32(len(b.p.Buffers) - 1)
		return buffers[i]
	}
	for i := range m.Program.Buffers {
		if m.Program.Buffers[i].Kind == gpu.State {
			use(uint32(i))
		}
	}
	for _, list := range lists {
		*list = slices.Clone(*list)
		for i := range *list {
			c := &(*list)[i]
			c.Bind = slices.Clone(c.Bind)
			for j := range c.Bind {
				c.Bind[j].Buffer = use(c.Bind[j].Buffer)
			}
			if c.Op != gpu.Dispatch {
				continue
			}
			n, ok := modules[c.Module]
			if !ok {
				b.p.Modules = append(b.p.Modules, m.Program.Modules[c.Module])
				n = uint16(len(b.p.Modules) - 1)
				modules[c.Module] = n
			}
			c.Module = n
		}
	}
	return b
}
