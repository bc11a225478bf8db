package sgemm

// #cgo LDFLAGS: -ldl
// #include <stdlib.h>
// #include "shim.h"
import "C"

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"unsafe"
)

// pair is a runtime and the library on top of it.
type pair struct {
	kind          C.int
	runtime, blas string
}

// known are the versions that have the calls, the newest first, by the names that the dynamic linker finds them by.
var known = []pair{
	{C.GM_CUDA, "libcudart.so.13", "libcublas.so.13"},
	{C.GM_CUDA, "libcudart.so.12", "libcublas.so.12"},
	{C.GM_CUDA, "libcudart.so.11.0", "libcublas.so.11"},
	{C.GM_ROCM, "libamdhip64.so.7", "librocblas.so.5"},
	{C.GM_ROCM, "libamdhip64.so.6", "librocblas.so.4"},
	{C.GM_ROCM, "libamdhip64.so.5", "librocblas.so.3"},
}

// places are where vendors install what the dynamic linker need not know of.
var places = []string{"/usr/local/cuda/lib64", "/opt/cuda/lib64", "/opt/rocm/lib"}

// Library is a vendor's library on one device.
type Library struct {
	b    *C.gm_blas
	name string
}

// Open opens the library that has a device of this name, which is a WebGPU adapter's. The error wraps ErrNone where there is none. Nothing is loaded from the
// working directory, or from another one that is named relative to it.
func Open(device string) (*Library, error) {
	if path := os.Getenv("LD_LIBRARY_PATH"); path != "" {
		for _, dir := range strings.Split(strings.ReplaceAll(path, ";", ":"), ":") {
			if !filepath.IsAbs(dir) {
				return nil, fmt.Errorf("%w: LD_LIBRARY_PATH is %q, and nothing is loaded from relative directories", ErrNone, path)
			}
		}
	}
	list := known
	for _, dir := range places {
		for _, p := range known {
			runtime, blas := filepath.Join(dir, p.runtime), filepath.Join(dir, p.blas)
			if _, err := os.Stat(blas); err == nil {
				list = append(list[:len(list):len(list)], pair{p.kind, runtime, blas})
			}
		}
	}
	var why error
	for _, p := range list {
		l, err := p.open(device)
		if err == nil {
			return l, nil
		}
		if found := new(unusable); errors.As(err, &found) || why == nil {
			why = err
		}
	}
	return nil, fmt.Errorf("%w: %w", ErrNone, why)
}

// unusable is a library that is there.
type unusable struct{ reason string }

func (u *unusable) Error() string { return u.reason }

func (p pair) open(device string) (*Library, error) {
	runtime, blas := C.CString(p.runtime), C.CString(p.blas)
	defer C.free(unsafe.Pointer(runtime))
	defer C.free(unsafe.Pointer(blas))
	var why [512]C.char
	l := &Library{b: C.gm_open(p.kind, runtime, blas, &why[0], C.size_t(len(why))), name: filepath.Base(p.blas)}
	if l.b == nil {
		return nil, fmt.Errorf("%s: %s", p.blas, C.GoString(&why[0]))
	}
	if err := l.use(device); err != nil {
		C.gm_discard(l.b)
		return nil, &unusable{fmt.Sprintf("%s: %v", p.blas, err)}
	}
	return l, nil
}

// use makes the device of that name the library's.
func (l *Library) use(device string) error {
	var count C.int
	if err := l.status(C.gm_count(l.b, &count)); err != nil {
		return err
	}
	var others []string
	for i := range count {
		var text [256]C.char
		if err := l.status(C.gm_name(l.b, i, &text[0], C.size_t(len(text)))); err != nil {
			return err
		}
		name := C.GoString(&text[0])
		if named(name, device) {
			return l.status(C.gm_create(l.b, i))
		}
		others = append(others, name)
	}
	return fmt.Errorf("it has no device %q, but %q", device, others)
}

// named reports whether the runtime's name of a device and an adapter's are of the same one: drivers for Vulkan add things in brackets.
func named(name, adapter string) bool {
	short := func(s string) string {
		s, _, _ = strings.Cut(s, " (")
		return strings.ToLower(strings.TrimSpace(s))
	}
	return short(name) != "" && short(name) == short(adapter)
}

// status is an error for what a call returned.
func (l *Library) status(code C.int) error {
	if code == 0 {
		return nil
	}
	return fmt.Errorf("%s fails with status %d", C.GoString(C.gm_failed(l.b)), int(code))
}

// Name is the library's file.
func (l *Library) Name() string { return l.name }

// Close gives the device back. Products must have been closed before.
func (l *Library) Close() error {
	err := l.status(C.gm_destroy(l.b))
	C.gm_discard(l.b)
	return err
}

// Product is c = a b on the device, of row-major matrices: a has m rows, b n columns.
type Product struct {
	l       *Library
	m, n, k int
	mem     [3]C.uintptr_t // on the device: a, b, c
	sizes   [3]int         // bytes
}

// NewProduct makes room for a product on the device and brings a and b there, which have m k and k n numbers of 4 bytes in the host's order.
func (l *Library) NewProduct(m, n, k int, a, b []byte) (*Product, error) {
	p := &Product{l: l, m: m, n: n, k: k, sizes: [3]int{4 * m * k, 4 * k * n, 4 * m * n}}
	if m < 1 || n < 1 || k < 1 || max(m, n, k) > math.MaxInt16 || len(a) != p.sizes[0] || len(b) != p.sizes[1] {
		return nil, fmt.Errorf("a product of %d x %d and %d x %d with %d and %d bytes", m, k, k, n, len(a), len(b))
	}
	for i, size := range p.sizes {
		if err := l.status(C.gm_alloc(l.b, C.size_t(size), &p.mem[i])); err != nil {
			return nil, errors.Join(err, p.Close())
		}
	}
	for i, content := range [][]byte{a, b} {
		if err := l.status(C.gm_write(l.b, p.mem[i], unsafe.Pointer(&content[0]), C.size_t(len(content)))); err != nil {
			return nil, errors.Join(err, p.Close())
		}
	}
	return p, nil
}

// Run computes the product so many times, one after the other, and waits for the last one.
func (p *Product) Run(times int) error {
	for range times {
		// The libraries' matrices are column-major, in which a row-major one is its transpose: c' = b' a'.
		if err := p.l.status(C.gm_multiply(p.l.b, C.int(p.n), C.int(p.m), C.int(p.k), p.mem[1], p.mem[0], p.mem[2])); err != nil {
			return err
		}
	}
	return p.l.status(C.gm_wait(p.l.b))
}

// Result is c.
func (p *Product) Result() ([]byte, error) {
	c := make([]byte, p.sizes[2])
	return c, p.l.status(C.gm_read(p.l.b, unsafe.Pointer(&c[0]), p.mem[2], C.size_t(len(c))))
}

// Close frees the product's memory.
func (p *Product) Close() error {
	var errs []error
	for i, m := range p.mem {
		if m != 0 {
			errs = append(errs, p.l.status(C.gm_free(p.l.b, m)))
			p.mem[i] = 0
		}
	}
	return errors.Join(errs...)
}
