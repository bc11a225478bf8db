// Package bindings holds the contracts' ABIs, bytecode and generated Go code. See ../gen.
package bindings
