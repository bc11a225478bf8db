// Package gomlx makes gpu.Programs of neural networks: it is a backend of GoMLX (github.com/gomlx/gomlx) that records what a
// model function computes, and lowers a whole training step, forward, backward and optimizer, to WGSL kernels.
//
// [CompileTrain] makes the Program of a training run: weights and moments are State, batches and the numbers of each step are
// Slices, losses are rows of an Output. [CompileInfer] makes the Program that predicts. Both return what the Program takes
// besides data, and which buffer holds which weight. [ImportONNX] makes a Model of an ONNX file; package zoo has models by name.
//
// Only the command line imports this package. Nodes and verifiers see Programs, and know nothing of GoMLX: a Program is
// compiled once, by who wants it run, and its CID names it from then on.
//
// A [Backend] with a Device executes functions too, one Program per function; the conformance suite of GoMLX runs on it.
package gomlx
