// Package wgslgen makes random valid WGSL compute kernels, to compare compilers and evaluators with each other.
//
// A kernel of [New] uses scalars, vectors, arrays, structs and (with floats) matrices of all kinds; functions with values and
// pointers as parameters; if, switch, for, while, loop, break, continue and early returns; private and workgroup variables;
// uniform, read-only and read-write buffers; barriers; atomics; the built-in values and functions of the compute subset.
//
// Its result is defined by construction. It ends: every loop counts to a constant with a variable that nothing else writes. It
// has no data race: an invocation writes only its own elements, workgroup memory is exchanged between barriers in uniform
// control flow, and every shared atomic word knows one commutative operation whose result is not used. No index is out of
// bounds, no divisor is zero, no shift is too far, no constant expression overflows. So a kernel without floats has the same
// result on every conforming stack, and two results that differ are a fault of one of them. A kernel with floats has the same
// result only where floats are made reproducible.
//
// [Kernel.Shrink] cuts a kernel down while a fault persists.
//
// The package imports nothing of gpumesh.
package wgslgen
