//go:build !linux

package sgemm

import "fmt"

// Library is a vendor's library on one device.
type Library struct{}

// Open opens nothing yet outside Linux.
func Open(string) (*Library, error) { return nil, fmt.Errorf("%w: only Linux's are known", ErrNone) }

func (l *Library) Name() string { return "" }

func (l *Library) Close() error { return ErrNone }

// Product is c = a b on the device.
type Product struct{}

func (l *Library) NewProduct(m, n, k int, a, b []byte) (*Product, error) { return nil, ErrNone }

func (p *Product) Run(times int) error { return ErrNone }

func (p *Product) Result() ([]byte, error) { return nil, ErrNone }

func (p *Product) Close() error { return ErrNone }
