// Package sgemm runs the f32 matrix product of the library that a GPU's vendor ships: NVIDIA's cuBLAS or AMD's rocBLAS. The library is opened
// while the program runs, so that nothing is linked and nothing is needed where it is missing. Only measurements use it.
//
// A [Library] is for one goroutine at a time.
package sgemm

import "errors"

// ErrNone is that there is no library to compare with.
var ErrNone = errors.New("no vendor library found")
