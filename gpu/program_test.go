package gpu_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gputest"
)

// golden is the encoding of small(), byte for byte. It must never change: programs are named by their hash.
const golden = "" +
	"a864696e697480647374657082a4626f706466696c6c6462696e6481a3636c656e04636f666619010066627566666572016467726964830000006576" +
	"616c756507a5626f706864697370617463686462696e6481a1666275666665720164636f73741b0000010000000000646772696483010219ffff6565" +
	"6e747279646d61696e6566696e616c8065737465707303676275666665727382a7636c656e08646b696e6465736c696365646e616d6562696e647479" +
	"7065636633326566697273740466706572696f6418406673747269646508a5636c656e19012c646b696e64666f7574707574646e616d65636f757464" +
	"747970656375333265657665727901676d6f64756c657381a2646e616d65616d647767736c78724067726f7570283029204062696e64696e67283029" +
	"207661723c73746f726167652c20726561645f77726974653e206f3a2061727261793c7533323e3b0a40636f6d707574652040776f726b67726f7570" +
	"5f73697a6528312920666e206d61696e2829207b206f5b305d203d2031753b207d677365676d656e74026776657273696f6e01"

func small() *gpu.Program {
	return &gpu.Program{
		Version: gpu.ProgramVersion,
		Modules: []gpu.Module{{Name: "m", WGSL: "@group(0) @binding(0) var<storage, read_write> o: array<u32>;\n@compute @workgroup_size(1) fn main() { o[0] = 1u; }"}},
		Buffers: []gpu.Buffer{
			{Name: "in", Kind: gpu.Slice, Type: gpu.F32, Len: 8, First: 4, Stride: 8, Period: 64},
			{Name: "out", Kind: gpu.Output, Type: gpu.U32, Len: 300, Every: 1},
		},
		Step: []gpu.Command{
			{Op: gpu.Fill, Bind: []gpu.Binding{{Buffer: 1, Off: 256, Len: 4}}, Value: 7},
			{Op: gpu.Dispatch, Entry: "main", Bind: []gpu.Binding{{Buffer: 1}}, Grid: [3]uint32{1, 2, 65535}, Cost: 1 << 40},
		},
		Steps: 3, Segment: 2,
	}
}

func TestGoldenEncoding(t *testing.T) {
	b, err := small().Encode()
	require.NoError(t, err)
	require.Equal(t, golden, hex.EncodeToString(b))
	p, err := gpu.DecodeProgram(b)
	require.NoError(t, err)
	require.NoError(t, p.Validate())
	require.Equal(t, small().Step, p.Step)
	require.Equal(t, small().Buffers, p.Buffers)
}

func TestDecodeRefusesOtherForms(t *testing.T) {
	b, err := small().Encode()
	require.NoError(t, err)
	replace := func(old, by string) []byte {
		require.Equal(t, 1, bytes.Count(b, []byte(old)), old)
		return bytes.Replace(b, []byte(old), []byte(by), 1)
	}
	for name, c := range map[string][]byte{
		"empty":            {},
		"truncated":        b[:len(b)-1],
		"trailing":         append(bytes.Clone(b), 0),
		"too large":        append(bytes.Clone(b), make([]byte, gpu.MaxProgram)...),
		"long integer":     replace("\x65steps\x03", "\x65steps\x18\x03"),
		"float":            replace("\x65steps\x03", "\x65steps\xf9\x42\x00"),
		"null":             replace("\x64init\x80", "\x64init\xf6"),
		"indefinite array": replace("\x64init\x80", "\x64init\x9f\xff"),
		"unknown field":    replace("\x65steps\x03", "\x65stepz\x03"),
		"tag":              append([]byte{0xc1}, b...),
		"other type":       replace("\x65steps\x03", "\x65steps\x613"),
		"negative":         replace("\x65steps\x03", "\x65steps\x20"),
		"explicit zero":    bytes.Replace(replace("\xa7\x63len\x08", "\xa8\x63len\x08"), []byte("\x65first"), []byte("\x65every\x00\x65first"), 1),
		"case":             replace("\x65steps\x03", "\x65Steps\x03"),
		"duplicate":        append(append([]byte{b[0] + 1}, b[1:]...), "\x65steps\x03"...),
		"bad UTF-8":        replace("@compute", "\xffcompute"),
		"not a map":        {0x80},
		"deep":             bytes.Repeat([]byte{0x81}, 1000),
	} {
		_, err := gpu.DecodeProgram(c)
		require.Equal(t, gpu.InvalidProgram, gpu.CodeOf(err), "%s: %v", name, err)
	}
}

func TestValidate(t *testing.T) {
	require.NoError(t, gputest.Program().Validate())
	for _, c := range []struct {
		name   string
		change func(p *gpu.Program)
		reason string
	}{
		{"version", func(p *gpu.Program) { p.Version = 2 }, "version 2"},
		{"no step", func(p *gpu.Program) { p.Step = nil }, "no step commands"},
		{"no steps", func(p *gpu.Program) { p.Steps = 0 }, "steps is 0"},
		{"no segment", func(p *gpu.Program) { p.Segment = 0 }, "segment is 0"},
		{"long segment", func(p *gpu.Program) { p.Segment = 8 }, "segment is 8"},
		{"segments", func(p *gpu.Program) { p.Steps, p.Segment = 1<<17, 1 }, "131072 segments"},
		{"no buffers", func(p *gpu.Program) { p.Buffers = nil }, "0 buffers"},
		{"modules", func(p *gpu.Program) { p.Modules = make([]gpu.Module, 65) }, "65 modules"},
		{"commands", func(p *gpu.Program) { p.Init = make([]gpu.Command, 8192) }, "commands; at most"},
		{"module name", func(p *gpu.Program) { p.Modules[0].Name = "../x" }, "module 0: the name"},
		{"same module", func(p *gpu.Program) { p.Modules[1].Name = "ARITH" }, "two modules"},
		{"no source", func(p *gpu.Program) { p.Modules[0].WGSL = " \n" }, "no WGSL"},
		{"long source", func(p *gpu.Program) { p.Modules[0].WGSL = string(make([]byte, 70000)) + "x" }, "70001 bytes of WGSL"},
		{"NUL", func(p *gpu.Program) { p.Modules[0].WGSL = "x\x00" }, "not a UTF-8 text"},
		{"buffer name", func(p *gpu.Program) { p.Buffers[1].Name = "a/b" }, `name "a/b"`},
		{"dot name", func(p *gpu.Program) { p.Buffers[1].Name = ".." }, `name ".."`},
		{"same buffer", func(p *gpu.Program) { p.Buffers[3].Name = "Bias" }, `two buffers are named "Bias"`},
		{"type", func(p *gpu.Program) { p.Buffers[1].Type = "f64" }, `type "f64"`},
		{"kind", func(p *gpu.Program) { p.Buffers[1].Kind = "texture" }, `kind "texture"`},
		{"zero len", func(p *gpu.Program) { p.Buffers[1].Len = 0 }, "len is 0"},
		{"odd len", func(p *gpu.Program) { p.Buffers[1].Len = 6 }, "len is 6"},
		{"huge len", func(p *gpu.Program) { p.Buffers[1].Len = 1 << 50 }, "len is"},
		{"params len", func(p *gpu.Program) { p.Buffers[0].Len = 32 }, "params buffer has type u32 and len 16"},
		{"two params", func(p *gpu.Program) { p.Buffers[5] = p.Buffers[0]; p.Buffers[5].Name = "again" }, "at most one params"},
		{"keep", func(p *gpu.Program) { p.Buffers[5].Keep = true }, "keep belongs to state"},
		{"every", func(p *gpu.Program) { p.Buffers[3].Every = 1 }, "every belongs to output"},
		{"large every", func(p *gpu.Program) { p.Buffers[6].Every = 8 }, "every is 8, but there are only 7 steps"},
		{"stride", func(p *gpu.Program) { p.Buffers[1].Stride = 4 }, "belong to slice"},
		{"period", func(p *gpu.Program) { p.Buffers[2].Period = 508 }, "period is 508"},
		{"odd first", func(p *gpu.Program) { p.Buffers[2].First = 2 }, "multiples of 4"},
		{"no result", func(p *gpu.Program) {
			p.Buffers[3].Keep = false
			p.Buffers[6].Kind, p.Buffers[7].Kind = gpu.Temp, gpu.Temp
			p.Buffers[6].Every = 0
		}, "no result"},
		{"op", func(p *gpu.Program) { p.Step[0].Op = "draw" }, `op "draw"`},
		{"module index", func(p *gpu.Program) { p.Step[0].Module = 2 }, "module 2 does not exist"},
		{"entry", func(p *gpu.Program) { p.Step[0].Entry = "" }, "entry point name"},
		{"grid", func(p *gpu.Program) { p.Step[0].Grid[1] = 65536 }, "grid is 2 x 65536 x 1"},
		{"zero grid", func(p *gpu.Program) { p.Step[0].Grid[2] = 0 }, "grid is 2 x 1 x 0"},
		{"buffer index", func(p *gpu.Program) { p.Step[0].Bind[0].Buffer = 8 }, "names buffer 8"},
		{"huge buffer index", func(p *gpu.Program) { p.Step[0].Bind[0].Buffer = 1<<32 - 1 }, "names buffer 4294967295"},
		{"alignment", func(p *gpu.Program) { p.Step[0].Bind[0].Off = 4 }, "offset 4"},
		{"offset", func(p *gpu.Program) { p.Step[0].Bind[0].Off = 512 }, "not inside buffer"},
		{"length", func(p *gpu.Program) { p.Step[0].Bind[0].Len = 516 }, "not inside buffer"},
		{"odd length", func(p *gpu.Program) { p.Step[0].Bind[0].Len = 6 }, "length 6"},
		{"overflow", func(p *gpu.Program) { p.Step[0].Bind[0].Off = 1<<64 - 256; p.Step[0].Bind[0].Len = 512 }, "not inside buffer"},
		{"bindings", func(p *gpu.Program) { p.Step[0].Bind = make([]gpu.Binding, 33) }, "33 bindings"},
		{"fill value", func(p *gpu.Program) { p.Step[0].Value = 1 }, "value belongs to fill"},
		{"swap fields", func(p *gpu.Program) { p.Step[3].Entry = "add" }, "belong to dispatch only"},
		{"swap kinds", func(p *gpu.Program) { p.Step[3].Bind[0].Buffer = 5 }, "two different state buffers"},
		{"swap self", func(p *gpu.Program) { p.Step[3].Bind[0].Buffer = 4 }, "two different state buffers"},
		{"swap part", func(p *gpu.Program) { p.Step[3].Bind[0].Len = 256 }, "whole buffers"},
		{"swap one", func(p *gpu.Program) { p.Step[3].Bind = p.Step[3].Bind[:1] }, "swap needs 2"},
		{"copy one", func(p *gpu.Program) { p.Step[4].Bind = p.Step[4].Bind[:1] }, "copy needs 2"},
		{"copy lengths", func(p *gpu.Program) { p.Step[4].Bind[0].Len = 256 }, "lengths must be equal"},
		{"copy inside", func(p *gpu.Program) { p.Step[4].Bind[0].Buffer = 6 }, "inside one buffer"},
		{"copy to const", func(p *gpu.Program) { p.Step[4].Bind[1].Buffer = 1 }, "const buffer is read-only"},
		{"fill slice", func(p *gpu.Program) { p.Init[0].Bind[0].Buffer = 2 }, "slice buffer is read-only"},
		{"fill two", func(p *gpu.Program) { p.Init[0].Bind = make([]gpu.Binding, 2) }, "fill needs 1"},
	} {
		p := gputest.Program()
		c.change(p)
		err := p.Validate()
		require.ErrorContains(t, err, c.reason, c.name)
		require.Equal(t, gpu.InvalidProgram, gpu.CodeOf(err), c.name)
	}
}

func TestCheck(t *testing.T) {
	r, err := gpu.Check(gputest.Program())
	require.NoError(t, err)
	require.Equal(t, uint64(16+7*512), r.Bytes)
	require.Equal(t, uint64(4*512), r.StateBytes)
	require.Equal(t, uint64(5*512), r.ResultBytes)
	require.Equal(t, uint32(3), r.MaxBindings)
	require.Equal(t, uint32(64), r.MaxWorkgroup)
	require.Equal(t, []gpu.InputSpec{
		{Name: "bias", Kind: gpu.Const, Type: gpu.U32, Size: 512},
		{Name: "table", Kind: gpu.Slice, Type: gpu.U32, Size: 256 + 3*512 + 512},
		{Name: "x", Kind: gpu.State, Type: gpu.U32, Size: 512, Optional: true},
		{Name: "y", Kind: gpu.State, Type: gpu.U32, Size: 512, Optional: true},
	}, r.Inputs)
	require.Equal(t, "exact", string(r.Tier), "%v", r.Reasons)
	require.GreaterOrEqual(t, r.LoopIterations, uint64(100))
	require.Greater(t, r.Operations, uint64(7*128*100))

	for _, c := range []struct {
		name   string
		change func(p *gpu.Program)
		reason string
	}{
		{"WGSL", func(p *gpu.Program) { p.Modules[1].WGSL += "}" }, `module "churn": line`},
		{"entry", func(p *gpu.Program) { p.Step[1].Entry = "chrun" }, `module "churn": entry point "chrun" does not exist; it has: churn`},
		{"bindings", func(p *gpu.Program) { p.Step[0].Bind = p.Step[0].Bind[:2] }, `uses binding 2 ("c"), but the command has 2 bindings`},
		{"read-only", func(p *gpu.Program) { p.Step[0].Bind[2].Buffer = 1 }, "read_write, but \"bias\" is a const buffer"},
		{"params as storage", func(p *gpu.Program) { p.Step[0].Bind[0].Buffer = 0 }, "must be var<uniform>"},
		{"uniform and written", func(p *gpu.Program) { p.Step[1].Bind[0].Buffer = 5 }, "bound read_write and uniform"},
		{"large uniform", func(p *gpu.Program) { p.Buffers[1].Len, p.Step[1].Bind[0].Buffer = 1<<17, 1 }, "is uniform and has 131072 bytes; at most 65536"},
		{"many uniforms", func(p *gpu.Program) {
			p.Modules = append(p.Modules, gpu.Module{Name: "wide", WGSL: uniforms(13)})
			p.Step = append(p.Step, gpu.Command{Op: gpu.Dispatch, Module: 2, Entry: "main", Grid: [3]uint32{1, 1, 1}, Bind: make([]gpu.Binding, 13)})
		}, "binds 13 uniforms; at most 12"},
		{"twice", func(p *gpu.Program) { p.Step[0].Bind[0].Buffer = 5 }, "bound read_write and read"},
	} {
		p := gputest.Program()
		c.change(p)
		_, err := gpu.Check(p)
		require.ErrorContains(t, err, c.reason, c.name)
		require.Equal(t, gpu.InvalidProgram, gpu.CodeOf(err), c.name)
	}

	p := gputest.Program()
	p.Step[1].Bind[0].Buffer = 3 // state
	p.Final[1].Bind[0] = gpu.Binding{Buffer: 7, Off: 256, Len: 16}
	p.Modules = append(p.Modules, gpu.Module{Name: "wide", WGSL: uniforms(12)})
	p.Step = append(p.Step, gpu.Command{Op: gpu.Dispatch, Module: 2, Entry: "main", Grid: [3]uint32{1, 1, 1}, Bind: make([]gpu.Binding, 12)})
	r, err = gpu.Check(p)
	require.NoError(t, err)
	require.Equal(t, uint64(512), r.MaxUniform)

	p = gputest.Program()
	p.Buffers[0] = gpu.Buffer{Name: "params", Kind: gpu.Const, Type: gpu.U32, Len: 8}
	_, err = gpu.Check(p)
	require.ErrorContains(t, err, "needs at least 16 bytes")
}

// uniforms is a module with n of them.
func uniforms(n int) string {
	var s strings.Builder
	for i := range n {
		fmt.Fprintf(&s, "@group(0) @binding(%d) var<uniform> u%d: vec4<u32>;\n", i, i)
	}
	s.WriteString("@compute @workgroup_size(1) fn main() { var x = 0u;\n")
	for i := range n {
		fmt.Fprintf(&s, "x = x + u%d.x;\n", i)
	}
	return s.String() + "}\n"
}

func TestFits(t *testing.T) {
	r, err := gpu.Check(gputest.Program())
	require.NoError(t, err)
	good := (&gpu.Fake{}).Info()
	require.NoError(t, r.Fits(good))
	for name, c := range map[string]struct {
		change func(l *gpu.Limits)
		code   gpu.Code
	}{
		"uniform":   {func(l *gpu.Limits) { l.MaxUniform = 12 }, gpu.TooLarge},
		"buffer":    {func(l *gpu.Limits) { l.MaxBuffer = 256 }, gpu.TooLarge},
		"binding":   {func(l *gpu.Limits) { l.MaxBinding = 256 }, gpu.TooLarge},
		"total":     {func(l *gpu.Limits) { l.MaxTotal = 1024 }, gpu.TooLarge},
		"bindings":  {func(l *gpu.Limits) { l.MaxBindings = 2 }, gpu.Unsupported},
		"workgroup": {func(l *gpu.Limits) { l.MaxWorkgroup = 32 }, gpu.Unsupported},
		"x":         {func(l *gpu.Limits) { l.MaxWorkgroupSize = [3]uint32{63, 64, 64} }, gpu.Unsupported},
		"loops":     {func(l *gpu.Limits) { l.MaxLoopIterations = 50 }, gpu.Unsupported},
	} {
		info := good
		c.change(&info.Limits)
		err := r.Fits(info)
		require.Equal(t, c.code, gpu.CodeOf(err), "%s: %v", name, err)
		_, err = gpu.Run(t.Context(), &gpu.Fake{Kernels: gputest.FakeKernels(), Limits: info.Limits}, gputest.Program(), gpu.Task{Inputs: gputest.Inputs()})
		require.Equal(t, c.code, gpu.CodeOf(err), "%s: %v", name, err)
	}
}

// A driver may allow less in z than in x; a workgroup that is too deep for it is not the author's fault.
func TestWorkgroupsFitInEachDimension(t *testing.T) {
	for d := range 3 {
		size := [3]int{1, 1, 1}
		size[d] = 128
		p := gputest.Program()
		source := fmt.Sprintf("@compute @workgroup_size(%d, %d, %d) fn deep(@builtin(local_invocation_index) i: u32) { deep_[i] = i; }\n@group(0) @binding(0) var<storage, read_write> deep_: array<u32>;\n", size[0], size[1], size[2])
		p.Step = append(p.Step, gpu.Command{Op: gpu.Dispatch, Module: uint16(len(p.Modules)), Entry: "deep", Bind: []gpu.Binding{{Buffer: uint32(len(p.Buffers))}}, Grid: [3]uint32{1, 1, 1}})
		p.Modules = append(p.Modules, gpu.Module{Name: "deep", WGSL: source})
		p.Buffers = append(p.Buffers, gpu.Buffer{Name: "deep", Kind: gpu.Temp, Type: gpu.U32, Len: 512})
		r, err := gpu.Check(p)
		require.NoError(t, err)
		require.Equal(t, uint32(128), r.MaxWorkgroupSize[d])
		info := (&gpu.Fake{}).Info()
		require.NoError(t, r.Fits(info), "what is not told is no limit")
		info.Limits.MaxWorkgroupSize = [3]uint32{256, 256, 256}
		require.NoError(t, r.Fits(info))
		info.Limits.MaxWorkgroupSize[d] = 64
		err = r.Fits(info)
		require.Equal(t, gpu.Unsupported, gpu.CodeOf(err), "%v", err)
		require.ErrorContains(t, err, "invocations of a workgroup in "+"xyz"[d:d+1]+": 128")
	}
}

// TestMemoryIsWork: a program that only moves memory is not free.
func TestMemoryIsWork(t *testing.T) {
	p := &gpu.Program{Version: gpu.ProgramVersion, Steps: 1 << 20, Segment: 1 << 20,
		Buffers: []gpu.Buffer{
			{Name: "in", Kind: gpu.Const, Type: gpu.U32, Len: 4 << 10},
			{Name: "t", Kind: gpu.Temp, Type: gpu.U32, Len: 1 << 30},
			{Name: "out", Kind: gpu.Output, Type: gpu.U32, Len: 4 << 10},
		},
		Step:  []gpu.Command{{Op: gpu.Fill, Bind: []gpu.Binding{{Buffer: 1}}}},
		Final: []gpu.Command{{Op: gpu.Copy, Bind: []gpu.Binding{{Buffer: 0}, {Buffer: 2}}}},
	}
	r, err := gpu.Check(p)
	require.NoError(t, err)
	const in, filled, copied, hashed, emitted = 1 << 10, 1 << 48, 1 << 10, 1 << 10, 1 << 10
	require.Equal(t, uint64(in+filled+copied+hashed+emitted), r.Operations)
	require.Equal(t, uint64(4*(in+filled+2*copied+hashed+emitted)), r.Traffic)
}

// TestTraffic: a dispatch moves what its invocations load and store, and no more than what it binds.
func TestTraffic(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want uint64 // of the dispatch; each binding has 4096 bytes
	}{
		"each its word":     {"b[i] = a[i];", 8 * 64 * 4},
		"all the same rows": {"var s = 0u; for (var k = 0u; k < 1000u; k++) { s += a[k]; } b[i] = s;", 8192},
		"nobody knows":      {"var s = a[i]; while (s > 1u) { s = s >> 1u; } b[i] = s;", 8192},
	} {
		p := &gpu.Program{Version: gpu.ProgramVersion, Steps: 1, Segment: 1,
			Modules: []gpu.Module{{Name: "m", WGSL: "@group(0) @binding(0) var<storage> a: array<u32>; @group(0) @binding(1) var<storage, read_write> b: array<u32>;\n" +
				"@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) { let i = id.x; " + c.body + " }"}},
			Buffers: []gpu.Buffer{{Name: "a", Kind: gpu.Const, Type: gpu.U32, Len: 4 << 10}, {Name: "b", Kind: gpu.Output, Type: gpu.U32, Len: 4 << 10}},
			Step:    []gpu.Command{{Op: gpu.Dispatch, Entry: "main", Grid: [3]uint32{4, 1, 1}, Bind: []gpu.Binding{{Buffer: 0}, {Buffer: 1}}}},
		}
		r, err := gpu.Check(p)
		require.NoError(t, err, name)
		require.Equal(t, c.want, r.Traffic-3*(4<<10), "%s: beside what comes, is hashed and goes", name)
	}
}

func TestFitsWorkgroupMemory(t *testing.T) {
	p := gputest.Program()
	p.Modules = append(p.Modules, gpu.Module{Name: "shared", WGSL: "var<workgroup> w: array<u32, 1025>;\n@compute @workgroup_size(1) fn main() { w[0] = 1u; }"})
	p.Step = append(p.Step, gpu.Command{Op: gpu.Dispatch, Module: uint16(len(p.Modules) - 1), Entry: "main", Grid: [3]uint32{1, 1, 1}})
	r, err := gpu.Check(p)
	require.NoError(t, err)
	info := (&gpu.Fake{}).Info()
	info.Limits.MaxShared = 4100
	require.NoError(t, r.Fits(info))
	info.Limits.MaxShared = 4096
	require.ErrorContains(t, r.Fits(info), "workgroup memory: 4100")
}

// FuzzRun runs what Check accepts on a device that does nothing, and cuts it short.
func FuzzRun(f *testing.F) {
	short := gputest.Program()
	short.Steps, short.Segment, short.Buffers[6].Every = 2, 1, 1
	for _, p := range []*gpu.Program{small(), gputest.Program(), short} {
		b, err := p.Encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b, uint64(7))
	}
	f.Fuzz(func(t *testing.T, b []byte, seed uint64) {
		p, err := gpu.DecodeProgram(b)
		if err != nil {
			return
		}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		d := fake()
		d.Limits = gpu.Limits{MaxBuffer: 1 << 20, MaxTotal: 64 << 20, MaxBindings: 8, MaxWorkgroup: 256, MaxShared: 1 << 14}
		submissions := 0
		d.OnSubmit = func([]gpu.Work) {
			if submissions++; submissions > 50 {
				cancel()
			}
		}
		for _, c := range slices.Concat(p.Init, p.Step, p.Final) {
			if d.Kernels[c.Entry] == nil && c.Op == gpu.Dispatch {
				d.Kernels[c.Entry] = func([3]uint32, [][]byte) error { return nil }
			}
		}
		res, err := gpu.Run(ctx, d, p, gpu.Task{Inputs: gputest.Inputs(), Seed: seed})
		if err == nil && (len(res.Leaves) != p.Leaves() || len(res.Outputs) != len(p.Results())) {
			t.Fatal("the result does not fit the program")
		}
		if err != nil && gpu.CodeOf(err) == gpu.Internal {
			t.Fatal(err)
		}
		if n := d.Live(); n != 0 && ctx.Err() == nil {
			t.Fatalf("%d kernels and buffers were not released", n)
		}
	})
}

func FuzzDecodeProgram(f *testing.F) {
	for _, p := range []*gpu.Program{small(), gputest.Program(), {}} {
		b, err := p.Encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := gpu.DecodeProgram(b)
		if err != nil {
			if gpu.CodeOf(err) != gpu.InvalidProgram {
				t.Fatal(err)
			}
			return
		}
		again, err := p.Encode()
		if err != nil || !bytes.Equal(again, b) {
			t.Fatalf("not canonical: %v", err)
		}
		if _, err := gpu.Check(p); err != nil && gpu.CodeOf(err) != gpu.InvalidProgram {
			t.Fatal(err)
		}
	})
}
