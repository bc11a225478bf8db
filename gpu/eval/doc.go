// Package eval is the reference evaluator: a [gpu.Device] in pure Go that lets a machine without any driver take part and
// that settles what the right result of a kernel is.
//
// A kernel is compiled from the IR of gpu/wgsl to Go closures. Each closure does one operation for a whole batch of
// invocations ("lanes", up to 256 of them), so the cost of a call is shared; control flow splits and joins lists of lanes.
// Lanes in a batch run in lockstep, in ascending order within an operation. A kernel that uses workgroup memory or barriers
// gets one workgroup per batch, so a barrier only has to check that all lanes are there.
//
// # Definitions where WGSL leaves a choice
//
//   - i32 and u32 wrap around. Shift counts are taken modulo 32. x/0 is x, x%0 is 0, the most negative i32 divided by -1 is
//     itself and its remainder 0. extractBits and insertBits clamp offset and count to 32.
//   - f32: every +, -, *, / and sqrt is rounded to nearest even by itself; nothing is fused or reordered, also not fma, which
//     is a product, rounded, and a sum. x % y is x - y*trunc(x/y), each step rounded. dot, length, matrix products and the
//     like are sums from the first to the last component. Other built-in functions are computed in float64 and rounded once;
//     float64 functions are Go's, so the last bit of exp, log, sin and so on is not promised to be that of any driver.
//     Subnormals, infinities and NaN are kept. min and max of a number and NaN give the number.
//   - f32 to integer truncates and saturates at the last f32 in range, 2147483520 and 4294967040; NaN gives 0. bool is 0 or 1.
//   - Reading outside an array, vector or buffer gives 0; writing there does nothing. Each index is checked against the
//     length of its own array. Variables and workgroup memory start as zeros.
//   - Invocations of different workgroups run in parallel, unless the kernel observes the order of atomics; then they run
//     in order. A program whose invocations race for plain memory has no defined result here either.
//   - A barrier that not all invocations of the workgroup reach together is an error.
//
// # As a referee
//
// Any part of a run can be judged: a segment with [gpu.Segment], one command with [gpu.Dispute], one dispatch with [Dispatch]
// and one workgroup of it with [Workgroup]. Steps, buffers and memory are bounded by [Config].
//
// # What is not there
//
// The evaluator compiles all that gpu/wgsl accepts; an exception would be a gpu.Unsupported error that names the construct,
// never a wrong result. gpu/wgsl refuses, with the place, these parts of the WGSL compute subset; gputest.Subset has an
// example of each:
//
//   - constant expressions at module scope with built-in functions that implementations compute differently, such as sin. In
//     functions all of them work.
//   - determinant, and transpose and vector * matrix with a matrix that is not square, where the front end's wrong type of
//     the result shows; a swizzle of several components through a pointer. Naming the vector first helps.
//   - extractBits of a literal without a type.
//   - calls on the right of && and ||, which some drivers make even when they should not.
//   - functions named like built-in ones, pipeline-overridable constants, and the features that gpu/wgsl lists.
package eval
