package gpu

import "gpumesh/gpu/wgsl"

// Bounds of the format. They hold for every node, whatever its device can do.
const (
	ProgramVersion = 1

	MaxProgram  = 1 << 20  // bytes of an encoded Program
	MaxSource   = 64 << 10 // bytes of one WGSL module
	MaxModules  = 64
	MaxBuffers  = 1024
	MaxCommands = 8192 // over Init, Step and Final
	MaxBindings = 32   // buffers of one dispatch
	MaxGrid     = 65535
	MaxSteps    = 1 << 28
	MaxSegments = 1 << 16
	MaxBuffer   = 1 << 40 // bytes of one buffer
	MaxName     = 64      // bytes of a module or buffer name
	MaxEntry    = 128     // bytes of an entry point name

	BindAlign   = 256      // bytes; alignment of Binding.Off
	MaxUniform  = 64 << 10 // bytes of a range that a dispatch binds as uniform, and MaxUniforms of them: what WebGPU guarantees
	MaxUniforms = 12
	ParamsSize  = 16 // bytes of a Params buffer
)

// Program is a complete GPU computation, independent of the data it runs on and of the machine it runs on. It is encoded
// as one DAG-CBOR block (see Encode), so its CID names exactly this computation. All buffers hold 4-byte elements.
type Program struct {
	Version uint16    `cbor:"version"` // ProgramVersion
	Modules []Module  `cbor:"modules"` // WGSL sources; at most MaxModules
	Buffers []Buffer  `cbor:"buffers"` // at most MaxBuffers; names are unique
	Init    []Command `cbor:"init"`    // once, before step 0; may be empty
	Step    []Command `cbor:"step"`    // once per step; not empty
	Final   []Command `cbor:"final"`   // once, after the last step; may be empty
	Steps   uint32    `cbor:"steps"`   // at least 1
	Segment uint32    `cbor:"segment"` // steps per segment (checkpoint and trace leaf), 1..Steps
}

// Module is one WGSL source text.
type Module struct {
	Name string `cbor:"name"` // used in messages; unique in the Program
	WGSL string `cbor:"wgsl"` // at most MaxSource bytes

	// Float says how f32 operations are computed: "" as each driver compiles the text, or Reproducible1. Every node makes
	// the form that runs from WGSL itself, so analysis and messages are about what the author wrote.
	Float string `cbor:"float,omitempty"`
}

// Reproducible1 is the Module.Float of modules that give the same bits on every conforming stack; see gpu/wgsl/DESIGN.md.
const Reproducible1 = wgsl.Reproducible1

// Kind says where a buffer's content comes from and where it goes.
type Kind string

const (
	Const  Kind = "const"  // the whole task input of the buffer's name, the same in every step; read-only
	Slice  Kind = "slice"  // a window of the task input per step: bytes [off, off+Len), off = (First + Stride*step) mod Period; Init sees step 0's, Final the last one
	State  Kind = "state"  // carried across steps; starts from the task input of its name, or zeros; hashed at every segment end
	Temp   Kind = "temp"   // zeros at the start of Init, of each step and of Final; not kept
	Output Kind = "output" // like State, but starts as zeros and is emitted as a result of its name
	Params Kind = "params" // uniform, 16 bytes, written by the executor: u32 step, u32 steps, u32 seed low, u32 seed high; step is 0 in Init, Steps in Final
)

// Type is the element type of a buffer, used for comparison and file formats only.
type Type string

const (
	F32 Type = "f32"
	I32 Type = "i32"
	U32 Type = "u32"
)

// Buffer is a named region of device memory.
type Buffer struct {
	Name string `cbor:"name"`
	Kind Kind   `cbor:"kind"`
	Type Type   `cbor:"type"`
	Len  uint64 `cbor:"len"` // bytes; a multiple of 4, at least 4 (Params: exactly 16)

	First  uint64 `cbor:"first,omitempty"`  // Slice: byte offset of the first window
	Stride uint64 `cbor:"stride,omitempty"` // Slice: bytes between the windows of two steps
	Period uint64 `cbor:"period,omitempty"` // Slice: wrap-around in bytes; at least Len

	Every uint32 `cbor:"every,omitempty"` // Output: emitted after every Every-th step, rows concatenated; 0: once, after Final
	Keep  bool   `cbor:"keep,omitempty"`  // State: its final content is also a result of its name
}

// Op is what a Command does.
type Op string

const (
	Dispatch Op = "dispatch" // run Entry of Module over Grid workgroups; Bind[i] is @group(0) @binding(i)
	Copy     Op = "copy"     // copy Bind[0] to Bind[1]; equal lengths
	Fill     Op = "fill"     // fill Bind[0] with the 32-bit Value
	Swap     Op = "swap"     // exchange two State buffers of equal length without copying
)

// Command is one GPU command. Grids are static, so a program's cost is known before it runs.
type Command struct {
	Op     Op        `cbor:"op"`
	Module uint16    `cbor:"module,omitempty"` // index into Program.Modules
	Entry  string    `cbor:"entry,omitempty"`
	Bind   []Binding `cbor:"bind"`
	Grid   [3]uint32 `cbor:"grid"`            // workgroups, each dimension 1..65535 (Dispatch only)
	Value  uint32    `cbor:"value,omitempty"` // Fill
	Cost   uint64    `cbor:"cost,omitempty"`  // the author's estimate in operations; a hint for cutting submissions, never trusted
}

// Binding is a range of a buffer. Off is a multiple of 256; Len 0 means to the end of the buffer.
type Binding struct {
	Buffer uint32 `cbor:"buffer"` // index into Program.Buffers
	Off    uint64 `cbor:"off,omitempty"`
	Len    uint64 `cbor:"len,omitempty"`
}

// Leaves is the number of trace leaves of a run: one per segment, and one more when Final is not empty.
func (p *Program) Leaves() int {
	n := int(p.segments())
	if len(p.Final) > 0 {
		n++
	}
	return n
}

// Results lists what a valid program emits, in buffer order.
func (p *Program) Results() []ResultSpec {
	var list []ResultSpec
	for i := range p.Buffers {
		b := &p.Buffers[i]
		if n := b.resultSize(p.Steps); n > 0 {
			list = append(list, ResultSpec{b.Name, b.Type, n})
		}
	}
	return list
}
