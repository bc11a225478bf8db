package wgsl

import (
	"fmt"

	"github.com/gogpu/naga/ir"
)

// The static caps. They keep every compiler bomb that was measured against real drivers out.
const (
	MaxSource     = 64 << 10 // bytes of source text
	MaxNesting    = 64       // parentheses, brackets, braces, template lists, unary chains and else-if chains
	MaxOperators  = 256      // operators in one expression, with those of all arguments in it; of reproducible forms, too
	MaxStatements = 2000     // statements of an entry point, with every call expanded
	MaxCases      = 256      // cases of one switch
	MaxDecls      = 512      // declarations at module scope
	MaxPrivate    = 8 << 10  // bytes of private and function variables of an entry point, summed over its functions
	MaxShared     = 16 << 10 // bytes of workgroup variables of an entry point
	MaxType       = 1 << 30  // bytes of one fixed-size type
	MaxWorkgroup  = 1024     // invocations of a workgroup
	MaxBindings   = 32       // buffers of one module
)

// Module is a parsed and checked source text. It is immutable and may be used by several goroutines.
type Module struct {
	Source string

	// Portable is Source with an initializer for every function variable that has none, a name for the condition of every
	// break if, and values in the place of constants inside of functions. Compile it, not Source, on a driver: wgpu-native 0.17 does
	// not set such a variable to zero again in every iteration of a loop, as WGSL asks, does not evaluate such a condition, and does
	// not know such constants. Lines are the same.
	Portable string

	Entries []Entry    // in source order; at least one
	IR      *ir.Module // naga's representation; do not change it

	tier    Tier
	reasons []Reason
}

// Entry is a compute entry point.
type Entry struct {
	Name        string
	Workgroup   [3]uint32
	Bindings    []Binding // buffers that the entry point statically uses, directly or in functions it calls, by index
	SharedBytes uint32    // workgroup memory

	// Operations estimates arithmetic and memory operations per invocation; a loop whose count is not known statically is
	// counted once. It is for pricing, never for safety.
	Operations uint64

	// Traffic estimates the bytes of buffers that an invocation loads and stores, likewise.
	Traffic uint64

	// LoopIterations bounds the loop iterations of one invocation, summed over all loops as drivers count them: 0 when there
	// is no loop, [UnknownLoops] when a loop's bound is not known statically.
	LoopIterations uint64

	// Unbounded is the line of the first loop whose bound is not known statically; 0: there is none, or its place is not known.
	Unbounded int
}

// UnknownLoops is the LoopIterations of an entry point with a loop whose bound is not known statically.
const UnknownLoops = ^uint64(0)

// Binding is a buffer at module scope that an entry point statically uses: the same set from which WebGPU derives an
// automatic pipeline layout. A buffer that is declared but not used by an entry point is not listed for it.
type Binding struct {
	Group   uint32 // always 0
	Index   uint32
	Name    string
	Access  string // "read", "read_write" or "uniform"
	MinSize uint64 // bytes; with a runtime-sized array: the size with one element
}

// Entry returns the entry point of that name.
func (m *Module) Entry(name string) (*Entry, bool) {
	for i := range m.Entries {
		if m.Entries[i].Name == name {
			return &m.Entries[i], true
		}
	}
	return nil, false
}

// Error is what Parse returns for every source that it refuses. Message is one sentence for a person; Line and Column start
// at 1, and are 0 when the fault has no single place.
type Error struct {
	Line, Column int
	Message      string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Message
	}
	return fmt.Sprintf("line %d:%d: %s", e.Line, e.Column, e.Message)
}

func errorAt(line, column int, format string, args ...any) *Error {
	return &Error{Line: line, Column: column, Message: fmt.Sprintf(format, args...)}
}
