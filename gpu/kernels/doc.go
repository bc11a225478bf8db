// Package kernels is a library of GPU kernels: templates that write complete, checked programs for a shape.
//
// [Names] lists the templates. [Builtin] makes one into a gpu.Program, so that a job can say "matmul-f32 with M, N and K"
// instead of bringing WGSL. [New] makes it into a [Kernel], a fragment that [Kernel.Append] puts into a larger program.
//
// Shapes are written into the WGSL as literals: every loop has a constant bound, so a program's cost is known before it runs,
// and drivers that end long loops silently are never trusted with one. Any shape works, also one that no tile divides.
//
// Some templates have several variants, which compute the same from the same inputs at different speeds. [Builtin] takes one
// that is fair on every device, [Variant] one by the type of adapter; [Tune] measures them on a device, and [Choices] keeps
// what it found. Integer results are equal to the last bit in every variant and on every device. f32 results are those of one
// device class, within rounding of the exact ones.
//
// Most templates are a single step; path-trace is a program of many, with state between them.
//
// Matrices and tensors are row-major and dense, the last dimension fastest.
package kernels
