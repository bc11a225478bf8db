package verify

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"gpumesh/gpu"
	"gpumesh/gpu/freivalds"
	"gpumesh/gpu/proof"
)

// checkProduct checks a certified product anew, by random numbers that nobody else had. Whoever colluded to certify a wrong one is found
// out here.
func (x *execution) checkProduct(ctx context.Context, dir string, inputs map[string]gpu.Input) (string, error) {
	name, want := x.v.name(x.index), *x.v.computed[x.index]
	product, ok := proof.Find(x.program)
	a, isA := inputs[proof.Left].(*file)
	b, isB := inputs[proof.Right].(*file)
	if !ok || !isA || !isB || len(want.Outputs) != 1 {
		return "", fmt.Errorf("%s was certified as a product that was checked, and its program is none of the kernel library", name)
	}
	path := filepath.Join(dir, "certified")
	if err := x.certified(ctx, path, want.Outputs[0]); err != nil {
		return "", x.v.omit(fmt.Errorf("%s was not checked: %w", name, err))
	}
	c, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = c.Close() }() // read only
	var seed [32]byte
	_, _ = rand.Read(seed[:]) // never fails
	err = product.Check(ctx, seed, a, b, c)
	if m, ok := errors.AsType[*freivalds.Mismatch](err); ok {
		return "", fmt.Errorf("%s was certified and is wrong: %w", name, m)
	}
	if err != nil {
		return "", x.v.omit(fmt.Errorf("%s was not checked: %w", name, err))
	}
	trace, err := product.Trace(c)
	if err == nil && trace != want.Trace {
		err = fmt.Errorf("%s: the trace root is not that of its output", name)
	}
	return fmt.Sprintf("%s, %v, checked with secret random vectors: %v", name, product, x.v.spec.Policy.Compare), err
}
