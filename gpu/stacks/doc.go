// Command stacks runs the same kernels on every WebGPU stack that the machine has and prints which results are equal to the
// last bit. It is the proof of what gpu promises of exact and of reproducible programs, and it finds faults of drivers and
// of the reference evaluator.
//
// A stack is a compiler front end, a driver and an API: wgpu-native on lavapipe, on a newer lavapipe, on SwiftShader and on a
// GPU if there is one, headless Chromium with its own WebGPU, and gpu/eval. What the machine does not have is left out, with
// a line that says how to get it. Vulkan stacks run in child processes, which the environment points to one driver each.
//
// The kernels are all templates of gpu/kernels in all variants, and generated ones (gpu/wgsl/wgslgen); those with floats as they are
// written, which promises nothing, and in the reproducible form. With -shrink the first
// generated kernel on which two stacks differ is cut down and printed.
package main
