package main

import (
	"context"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"gpumesh/gpu"
)

//go:embed page.js
var page []byte

// chromium is the gpu.Device of a headless Chromium: Dawn and Tint, on the SwiftShader that comes with it.
type chromium struct {
	b      *browser
	info   gpu.Info
	closed bool
}

type (
	pageKernel struct {
		d  *chromium
		id int
	}
	pageMemory struct {
		d    *chromium
		id   int
		size uint64
	}
)

func openChromium(ctx context.Context) (runner, error) {
	d, err := newChromium(ctx)
	if err != nil {
		return nil, err
	}
	return local{d}, nil
}

func newChromium(ctx context.Context) (*chromium, error) {
	b, err := startBrowser(ctx, page)
	if err != nil {
		return nil, err
	}
	d := &chromium{b: b}
	var l struct {
		Vendor, Architecture, Description, Agent                           string
		MaxStorageBuffersPerShaderStage, MaxComputeInvocationsPerWorkgroup uint32
		MaxComputeWorkgroupSizeX, MaxComputeWorkgroupSizeY                 uint32
		MaxComputeWorkgroupSizeZ, MaxComputeWorkgroupStorageSize           uint32
		MaxBufferSize, MaxStorageBufferBindingSize                         uint64
	}
	if err := d.call(ctx, "open", nil, &l); err != nil {
		d.Close()
		return nil, absent(err.Error())
	}
	_, version, _ := strings.Cut(l.Agent, "Chrome/")
	version, _, _ = strings.Cut(version, " ")
	d.info = gpu.Info{
		Name: strings.TrimSpace("Chromium " + version), Type: gpu.CPU, Backend: "dawn", Driver: strings.TrimSpace(l.Vendor + " " + l.Architecture + " " + l.Description),
		Limits: gpu.Limits{
			MaxBuffer: min(l.MaxBufferSize, l.MaxStorageBufferBindingSize), MaxTotal: 2 << 30, MaxBindings: l.MaxStorageBuffersPerShaderStage,
			MaxWorkgroup: l.MaxComputeInvocationsPerWorkgroup, MaxWorkgroupSize: [3]uint32{l.MaxComputeWorkgroupSizeX, l.MaxComputeWorkgroupSizeY, l.MaxComputeWorkgroupSizeZ}, MaxShared: l.MaxComputeWorkgroupStorageSize,
		},
	}
	return d, nil
}

func (d *chromium) Info() gpu.Info { return d.info }

// call calls a function of the page.
func (d *chromium) call(ctx context.Context, name string, args, value any) error {
	if err := ctx.Err(); err != nil {
		return gpu.Errorf(gpu.Canceled, "canceled before the browser was asked")
	}
	if d.closed {
		return gpu.Errorf(gpu.Internal, "the device is closed")
	}
	raw, err := json.Marshal(args)
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, d.b.stop) // a page that hangs ends with its browser
	defer stop()
	timer := time.AfterFunc(jobTime, d.b.stop)
	defer timer.Stop()
	var text string
	if err := d.b.evaluate(fmt.Sprintf("call(%q, %s)", name, raw), &text); err != nil {
		d.closed = true
		return gpu.Errorf(gpu.DeviceLost, "%v", err)
	}
	var answer struct {
		Ok    json.RawMessage
		Error string
	}
	if err := json.Unmarshal([]byte(text), &answer); err != nil {
		return err
	}
	if answer.Error != "" {
		return gpu.Errorf(gpu.InvalidProgram, "%s", answer.Error)
	}
	if value == nil {
		return nil
	}
	return json.Unmarshal(answer.Ok, value)
}

func (d *chromium) Kernel(ctx context.Context, wgsl, entry string, bindings []gpu.Access) (gpu.Kernel, error) {
	k := &pageKernel{d: d}
	err := d.call(ctx, "kernel", map[string]any{"code": wgsl, "entry": entry, "bindings": append([]gpu.Access{}, bindings...)}, &k.id)
	if err != nil {
		return nil, err
	}
	return k, nil
}

func (d *chromium) Alloc(size uint64) (gpu.Memory, error) {
	if size == 0 || size%4 != 0 || size > d.info.Limits.MaxBuffer {
		return nil, gpu.Errorf(gpu.TooLarge, "a buffer of %d bytes: the size must be a positive multiple of 4, and at most %d", size, d.info.Limits.MaxBuffer)
	}
	m := &pageMemory{d: d, size: size}
	if err := d.call(context.Background(), "alloc", map[string]any{"size": size}, &m.id); err != nil {
		return nil, err
	}
	return m, nil
}

// span is a range of a buffer as the page takes it.
type span struct {
	ID  int    `json:"id"`
	Off uint64 `json:"off"`
	Len uint64 `json:"len"`
}

func (d *chromium) span(r gpu.Range) (span, error) {
	m, ok := r.Memory.(*pageMemory)
	if !ok || m.d != d || m.id == 0 || r.Off%4 != 0 || r.Len%4 != 0 || r.Off > m.size || r.Len > m.size-r.Off {
		return span{}, gpu.Errorf(gpu.Internal, "the memory does not belong to this device, was released or has no such range")
	}
	return span{m.id, r.Off, r.Len}, nil
}

func (d *chromium) Write(m gpu.Memory, off uint64, p []byte) error {
	s, err := d.span(gpu.Range{Memory: m, Off: off, Len: uint64(len(p))})
	if err != nil {
		return err
	}
	return d.call(context.Background(), "write", map[string]any{"id": s.ID, "off": s.Off, "data": base64.StdEncoding.EncodeToString(p)}, nil)
}

func (d *chromium) Submit(ctx context.Context, work []gpu.Work) error {
	type item struct {
		Op     gpu.Op    `json:"op"`
		Kernel int       `json:"kernel,omitempty"`
		Bind   []span    `json:"bind"`
		Grid   [3]uint32 `json:"grid"`
		Value  uint32    `json:"value"`
	}
	items := make([]item, len(work))
	for i, w := range work {
		items[i] = item{Op: w.Op, Grid: w.Grid, Value: w.Value}
		if w.Op == gpu.Dispatch {
			k, ok := w.Kernel.(*pageKernel)
			if !ok || k.d != d || k.id == 0 {
				return gpu.Errorf(gpu.Internal, "the kernel does not belong to this device or was released")
			}
			items[i].Kernel = k.id
		}
		for _, r := range w.Bind {
			s, err := d.span(r)
			if err != nil {
				return err
			}
			items[i].Bind = append(items[i].Bind, s)
		}
		b := items[i].Bind
		if w.Op != gpu.Dispatch && !(w.Op == gpu.Copy && len(b) == 2 && b[0].Len == b[1].Len) && !(w.Op == gpu.Fill && len(b) == 1) {
			return gpu.Errorf(gpu.Internal, "op %q with %d ranges is not a device command", w.Op, len(b))
		}
	}
	return d.call(ctx, "submit", map[string]any{"work": items}, nil)
}

func (d *chromium) Read(ctx context.Context, m gpu.Memory, off uint64, p []byte) error {
	s, err := d.span(gpu.Range{Memory: m, Off: off, Len: uint64(len(p))})
	if err != nil {
		return err
	}
	var text string
	if err := d.call(ctx, "read", s, &text); err != nil {
		return err
	}
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(raw) != len(p) {
		return gpu.Errorf(gpu.Internal, "the browser returned %d bytes instead of %d", len(raw), len(p))
	}
	copy(p, raw)
	return nil
}

func (d *chromium) Wait(ctx context.Context) error { return d.call(ctx, "wait", nil, nil) }

func (d *chromium) Close() error {
	d.closed = true
	d.b.close()
	return nil
}

func (d *chromium) release(id *int) {
	if *id != 0 && !d.closed {
		_ = d.call(context.Background(), "release", map[string]any{"id": *id}, nil) // a browser that has ended has released it
	}
	*id = 0
}

func (k *pageKernel) Release()     { k.d.release(&k.id) }
func (m *pageMemory) Release()     { m.d.release(&m.id) }
func (m *pageMemory) Size() uint64 { return m.size }
