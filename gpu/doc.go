// Package gpu runs strangers' WebGPU (WGSL) compute programs and knows nothing of the market that pays for them.
//
// A [Program] is a content-addressed GPU command stream: WGSL modules, named buffers and command lists that are run once
// at the start (Init), once per step (Step) and once at the end (Final). [Run] executes a Program on a [Device] and
// returns its outputs and a trace: one hash per segment, so that two runs can be compared and a difference located. Between
// segments a run can be saved as a [Checkpoint] and resumed elsewhere, with the same trace. A difference inside a segment is
// narrowed down with a [Record] to one command, which a [Dispute] decides.
//
// Devices live in sub-packages: gpu/webgpu (wgpu-native, Vulkan), gpu/eval (the reference evaluator in pure Go) and the
// Fake in this package. Programs from strangers are run only through gpu/worker, which executes them in a separate
// process under a watchdog: a hang, a driver crash or a compile bomb ends that process and never the node.
//
// The package imports nothing else of gpumesh.
package gpu
