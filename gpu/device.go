package gpu

import "context"

// AdapterType orders adapters by preference: discrete, integrated, CPU (software Vulkan), reference.
type AdapterType string

const (
	Discrete   AdapterType = "discrete"
	Integrated AdapterType = "integrated"
	CPU        AdapterType = "cpu"       // software Vulkan, such as lavapipe
	Reference  AdapterType = "reference" // the evaluator in gpu/eval
	FakeType   AdapterType = "fake"
)

// Info describes an opened device.
type Info struct {
	Name    string      `json:"name"`
	Type    AdapterType `json:"type"`
	Backend string      `json:"backend"` // "vulkan", "metal", "dx12", "eval", "fake"
	Driver  string      `json:"driver"`  // name and version, as far as the API tells
	Limits  Limits      `json:"limits"`

	FrontEnd string   `json:"frontEnd,omitempty"` // what compiles WGSL for the driver, with its version
	Class    string   `json:"class,omitempty"`    // devices of one class compute alike; of Examine
	Note     string   `json:"note,omitempty"`     // why it is not a better device
	Faults   []string `json:"faults,omitempty"`   // of Examine: why no stranger should trust its results; empty: nothing is known
}

// Limits are what programs may use on a device.
type Limits struct {
	MaxBuffer         uint64    `json:"maxBuffer"`                 // bytes of one buffer
	MaxBinding        uint64    `json:"maxBinding"`                // bytes that one dispatch can bind of a buffer; 0: all of it
	MaxUniform        uint64    `json:"maxUniform,omitempty"`      // bytes of a range bound as uniform, where it is less than MaxUniform; 0: that
	MaxTotal          uint64    `json:"maxTotal"`                  // bytes over all buffers of one program
	MaxBindings       uint32    `json:"maxBindings"`               // storage buffers per dispatch
	MaxWorkgroup      uint32    `json:"maxWorkgroup"`              // invocations per workgroup
	MaxWorkgroupSize  [3]uint32 `json:"maxWorkgroupSize,omitzero"` // invocations in x, y and z; 0: MaxWorkgroup
	MaxShared         uint32    `json:"maxShared"`                 // bytes of workgroup memory
	MaxDispatch       uint64    `json:"maxDispatch,omitempty"`     // estimated operations of what cannot be cut of a dispatch; 0: not known. Who has measured the device sets it; see MaxDispatch
	MaxLoopIterations uint64    `json:"maxLoopIterations"`         // per invocation, summed over loops; 0: no limit found (Mesa 22.3: 65535)
}

// Device is an opened adapter. It is used by one goroutine at a time. After any error that IsFatal reports, only Close
// may be called, and only a fresh process is trustworthy. After Canceled from Submit, Read or Wait it may still be busy.
// Release of a Kernel or Memory may be called twice. Out-of-bounds accesses of a kernel never reach another buffer.
type Device interface {
	Info() Info

	// Kernel compiles one entry point. bindings[i] is the access of @group(0) @binding(i). Compiling may hang or crash on
	// hostile input with a real driver, which is why it is done in a worker process, after wgsl.Parse has accepted it.
	Kernel(ctx context.Context, wgsl, entry string, bindings []Access) (Kernel, error)

	// Alloc returns a buffer of size bytes (a multiple of 4), filled with zeros.
	Alloc(size uint64) (Memory, error)

	// Write copies p to the buffer in queue order: later submissions see it, earlier ones do not, and p may be changed at
	// once. off and len(p) are multiples of 4.
	Write(m Memory, off uint64, p []byte) error

	// Submit enqueues work in order. It may return before the work is done.
	Submit(ctx context.Context, work []Work) error

	// Read waits for everything submitted before and fills p from the buffer. off and len(p) are multiples of 4.
	Read(ctx context.Context, m Memory, off uint64, p []byte) error

	// Wait returns once everything submitted has really finished on the device.
	Wait(ctx context.Context) error

	Close() error
}

// SubmitReader is a Device that saves a wait: SubmitRead is Submit, and Read from the start of m behind it. len(p) is at most 16 MiB. Unlike Read, it
// does not look whether the driver told too early that p is there: it is for who knows what must be in it, and that it was not there before.
type SubmitReader interface {
	SubmitRead(ctx context.Context, work []Work, m Memory, p []byte) error
}

// Streamer is a Device that hands out the memory that it copies from and to, which saves copies on the host. A piece is valid until the
// func that gets it returns; pieces come in order, and all but the last are multiples of ChunkSize. An error of the func ends the call with it.
type Streamer interface {
	// WriteFrom is Write of n bytes, which fill puts. It must not read what p holds before.
	WriteFrom(m Memory, off, n uint64, fill func(p []byte) error) error

	// ReadTo is Read of n bytes, which use takes. The device copies the next piece meanwhile. use must not change them.
	ReadTo(ctx context.Context, m Memory, off, n uint64, use func(p []byte) error) error
}

// Access is how a kernel uses a binding.
type Access string

const (
	Read      Access = "read"
	ReadWrite Access = "read_write"
	Uniform   Access = "uniform"
)

// Kernel is a compiled entry point; Memory is device memory. Both belong to the Device that made them.
type (
	Kernel interface{ Release() }
	Memory interface {
		Size() uint64
		Release()
	}
)

// Work is one device command. Exactly one of the groups is used, by Op (Dispatch, Copy or Fill).
type Work struct {
	Op     Op
	Kernel Kernel    // Dispatch
	Bind   []Range   // Dispatch: binding i; Copy: from, to; Fill: target
	Grid   [3]uint32 // Dispatch
	Value  uint32    // Fill
}

// Range is a byte range of device memory.
type Range struct {
	Memory   Memory // Off of a bound or filled range is a multiple of BindAlign, of a copied one of 4; Len is a multiple of 4
	Off, Len uint64
}
