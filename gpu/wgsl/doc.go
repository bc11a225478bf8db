// Package wgsl reads WebGPU shading language compute modules written by strangers and says what they need, what they
// cost and how far their results can be compared between machines.
//
// [Parse] first measures the text with a tokenizer of its own, so that no compiler ever sees a source that could exhaust
// its stack, its memory or its time; then it parses with github.com/gogpu/naga and checks on the resulting IR what naga
// does not: entry points, bindings, recursion, memory, features outside the compute subset. A source that Parse accepts is
// within the static caps below; it may still loop forever or be refused by a device.
//
// The compute subset is: compute entry points; bool, i32, u32, f32, their vectors, matrices, arrays and structs; atomics;
// storage and uniform buffers in group 0, bound from 0 without gaps; private, workgroup and function variables. Textures,
// samplers, f16, 64-bit types, override constants, subgroups, ray queries and enable directives are refused.
//
// [Module.Reproducible] writes a module anew so that its f32 results are the same bits on every conforming stack, and refuses
// what depends on the order of invocations; DESIGN.md defines the form.
//
// The package imports nothing of gpumesh.
package wgsl
