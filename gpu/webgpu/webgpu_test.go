package webgpu

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/rajveermalviya/go-webgpu/wgpu"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gputest"
)

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "gpumesh-xdg-")
	if err != nil {
		panic(err)
	}
	os.Setenv("XDG_RUNTIME_DIR", dir)
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// open skips only where there is no driver at all.
func open(t testing.TB) gpu.Device {
	t.Helper()
	d, err := Open(t.Context(), Options{})
	if gpu.CodeOf(err) == gpu.Unsupported {
		t.Skip(err)
	}
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	return d
}

func TestDevice(t *testing.T) {
	gputest.TestDevice(t, func(t *testing.T) gpu.Device { return open(t) })
}

func TestAdapters(t *testing.T) {
	open(t) // skips where there is none
	infos, err := Adapters()
	require.NoError(t, err)
	for _, i := range infos {
		require.NotEqual(t, "opengl", i.Backend)
		require.NotZero(t, i.Limits.MaxBuffer)
	}
	_, err = Open(t.Context(), Options{Adapter: "no such adapter"})
	require.ErrorContains(t, err, "no such adapter")
}

// Adapters are taken in order, but those that are to be passed over; of equal cards one for each time that it is told.
func TestTheNextAdapter(t *testing.T) {
	names := []string{"card (one)", "card (one)", "soft (mesa)"}
	for i, skip := range [][]string{nil, {"card (one)"}, {"card (one)", "soft (else)", "card (one)"}} {
		at, err := choose(names, "", skip)
		require.NoError(t, err)
		require.Equal(t, i, at)
	}
	at, err := choose(names, "SOFT", nil)
	require.NoError(t, err)
	require.Equal(t, 2, at)
	_, err = choose(names, "soft", []string{"soft (mesa)"})
	require.Equal(t, gpu.Unsupported, gpu.CodeOf(err))
	require.ErrorContains(t, err, "no adapter is left")
	_, err = choose(names, "none", nil)
	require.ErrorContains(t, err, `no adapter's name contains "none"`)
}

// The adapter is named before it is opened, and by that name it is passed over; the one that is opened is another.
func TestAdaptersArePassedOver(t *testing.T) {
	open(t) // skips where there is none
	all, err := Adapters()
	require.NoError(t, err)
	var skip []string
	for i := range len(all) + 1 {
		named := ""
		d, err := Open(t.Context(), Options{Skip: skip, Chosen: func(adapter string) { named = adapter }})
		if i == len(all) {
			require.Equal(t, gpu.Unsupported, gpu.CodeOf(err), "%v", err)
			require.Empty(t, named)
			break
		}
		require.NoError(t, err)
		require.Equal(t, all[i].Name, d.Info().Name)
		require.Contains(t, named, all[i].Name)
		require.NoError(t, d.Close())
		skip = append(skip, named)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = Open(ended, Options{})
	require.ErrorContains(t, err, all[0].Name, "what goes wrong with an adapter is told with its name")
}

// What a driver says of workgroups is what it compiles, in each dimension.
func TestWorkgroupsAreAsLargeAsTheDriverSays(t *testing.T) {
	d := open(t)
	l := d.Info().Limits
	for i, most := range l.MaxWorkgroupSize {
		require.NotZero(t, most)
		size := [3]uint32{1, 1, 1}
		for _, size[i] = range []uint32{min(most, l.MaxWorkgroup), most + 1} {
			source := fmt.Sprintf("@compute @workgroup_size(%d, %d, %d) fn main() {}", size[0], size[1], size[2])
			k, err := d.Kernel(t.Context(), source, "main", nil)
			if size[i] > most {
				require.Equal(t, gpu.InvalidProgram, gpu.CodeOf(err), "%v: %v", size, err)
			} else {
				require.NoError(t, err, "%v", size)
				k.Release()
			}
		}
	}
}

func TestUnknownDriversAreRefused(t *testing.T) {
	good := wgpu.AdapterProperties{
		Name: "card", VendorName: "NVIDIA", DriverDescription: "535.1", AdapterType: wgpu.AdapterType_DiscreteGPU, BackendType: wgpu.BackendType_Vulkan,
	}
	info, why := describe(good)
	require.Empty(t, why)
	require.Equal(t, "NVIDIA 535.1", info.Driver)
	for _, driver := range []string{"radv", "AMD open-source driver", "AMD proprietary driver", "Intel open-source Mesa driver", "Intel Corporation", "llvmpipe", "SwiftShader driver", "MoltenVK"} {
		p := good
		p.VendorName = driver
		_, why := describe(p)
		require.Empty(t, why, driver)
	}
	for _, backend := range []wgpu.BackendType{wgpu.BackendType_Metal, wgpu.BackendType_D3D12} {
		p := good
		p.VendorName, p.DriverDescription, p.BackendType = "", "", backend
		_, why := describe(p)
		require.Empty(t, why)
	}
	for name, change := range map[string]func(p *wgpu.AdapterProperties){
		"OpenGL":    func(p *wgpu.AdapterProperties) { p.BackendType = wgpu.BackendType_OpenGL },
		"OpenGL ES": func(p *wgpu.AdapterProperties) { p.BackendType = wgpu.BackendType_OpenGLES },
		"D3D11":     func(p *wgpu.AdapterProperties) { p.BackendType = wgpu.BackendType_D3D11 },
		"no kind":   func(p *wgpu.AdapterProperties) { p.AdapterType = wgpu.AdapterType_Unknown },
		"no driver": func(p *wgpu.AdapterProperties) { p.VendorName, p.DriverDescription = "", "" },
		"unknown":   func(p *wgpu.AdapterProperties) { p.VendorName = "Mesa NVK" },
		"likeness":  func(p *wgpu.AdapterProperties) { p.VendorName = "not NVIDIA" },
		"details":   func(p *wgpu.AdapterProperties) { p.VendorName, p.DriverDescription = "other", "NVIDIA" },
		"no name":   func(p *wgpu.AdapterProperties) { p.Name = " " },
	} {
		p := good
		change(&p)
		_, why := describe(p)
		require.Contains(t, why, "takes no strangers' programs", name)
	}
	p := good
	p.VendorName = "Mesa NVK"
	_, why = describe(p)
	require.Equal(t, `card takes no strangers' programs, as its Vulkan driver "Mesa NVK 535.1" is none of NVIDIA's, AMD's, Intel's, Mesa's radv, anv and llvmpipe, SwiftShader and MoltenVK`, why)
}

// longSource takes seconds in a grid of 64 x 32 on software.
const longSource = `
@group(0) @binding(0) var<storage, read_write> io: array<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  var x = io[0];
  for (var i = 0u; i < 60000u; i = i + 1u) { x = x * 1664525u + 1013904223u; x = x ^ (x >> 15u); }
  if (id.x == 0u && id.y == 0u) { io[1] = x; }
}`

// A dispatch of seconds: the wait must not end before it, and giving up must be typed.
func TestWaitsForLongWork(t *testing.T) {
	d := open(t)
	k, err := d.Kernel(t.Context(), longSource, "main", []gpu.Access{gpu.ReadWrite})
	require.NoError(t, err)
	m, err := d.Alloc(8)
	require.NoError(t, err)
	require.NoError(t, d.Write(m, 0, []byte{9, 0, 0, 0, 0, 0, 0, 0}))
	work := gpu.Work{Op: gpu.Dispatch, Kernel: k, Bind: []gpu.Range{{Memory: m, Len: 8}}, Grid: [3]uint32{64, 32, 1}}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	require.NoError(t, d.Submit(t.Context(), []gpu.Work{work}))
	require.Equal(t, gpu.Timeout, gpu.CodeOf(d.Wait(ctx)), "a wait that was given up is no success")

	var p [8]byte
	require.NoError(t, d.Read(t.Context(), m, 0, p[:]))
	require.Equal(t, canaryValue(9, 60000), binary.LittleEndian.Uint32(p[4:]))
}

// A write may take as long as it needs while it goes on, which the long form waits for; a device that takes nothing more ends it.
func TestWritesTakeTheirTime(t *testing.T) {
	d := open(t).(*device)
	const pieces = 6
	m, err := d.Alloc(pieces * portion)
	require.NoError(t, err)
	long := os.Getenv("GPUMESH_LONG") != ""
	if long {
		d.patience = 5 * time.Second
	}
	start, filled := time.Now(), 0
	require.NoError(t, d.WriteFrom(m, 0, pieces*portion, func(p []byte) error {
		if long {
			<-time.After(d.patience / 4)
		}
		for i := range p {
			p[i] = byte(filled)
		}
		filled++
		return nil
	}))
	require.Equal(t, pieces, filled)
	if long {
		require.Greater(t, time.Since(start), d.patience, "all together")
	}
	got := make([]byte, pieces*portion)
	require.NoError(t, d.Read(t.Context(), m, 0, got))
	for i := range pieces {
		require.Equal(t, bytes.Repeat([]byte{byte(i)}, portion), got[i*portion:(i+1)*portion])
	}

	k, err := d.Kernel(t.Context(), longSource, "main", []gpu.Access{gpu.ReadWrite})
	require.NoError(t, err)
	work := gpu.Work{Op: gpu.Dispatch, Kernel: k, Bind: []gpu.Range{{Memory: m, Len: 8}}, Grid: [3]uint32{64, 32, 1}}
	require.NoError(t, d.Submit(t.Context(), []gpu.Work{work}))
	d.patience = time.Millisecond
	err = d.WriteFrom(m, 0, portion, func([]byte) error { return nil })
	require.Equal(t, gpu.Timeout, gpu.CodeOf(err), "%v", err)
	require.NoError(t, d.Wait(t.Context()))
}

// Callbacks of wgpu-native must not touch memory that Go has collected.
func TestSurvivesGarbageCollection(t *testing.T) {
	d := open(t)
	stop := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			default:
				runtime.GC()
			}
		}
	}()
	for range 50 {
		res, err := gpu.Run(t.Context(), d, gputest.Program(), gpu.Task{Inputs: gputest.Inputs(), Seed: 1<<40 + 5})
		require.NoError(t, err)
		require.Equal(t, gputest.TraceRoot, hex.EncodeToString(res.TraceRoot[:]))
	}
	close(stop)
	<-done
}

// largeProgram has one buffer of size bytes, of which two dispatches bind the first and the last part, and spare bytes in
// temp buffers.
func largeProgram(size, part, spare uint64) *gpu.Program {
	const source = `
@group(0) @binding(0) var<storage, read_write> half: array<u32>;
@group(0) @binding(1) var<storage, read_write> out: array<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x == 0u) {
    let last = arrayLength(&half) - 1u;
    out[0] = last; out[1] = half[0]; out[2] = half[last / 2u]; out[3] = half[last];
    half[last] = 77u;
  }
}`
	p := &gpu.Program{
		Version: gpu.ProgramVersion, Steps: 1, Segment: 1,
		Modules: []gpu.Module{{Name: "m", WGSL: source}},
		Buffers: []gpu.Buffer{
			{Name: "big", Kind: gpu.Temp, Type: gpu.U32, Len: size},
			{Name: "first", Kind: gpu.Output, Type: gpu.U32, Len: 256},
			{Name: "second", Kind: gpu.Output, Type: gpu.U32, Len: 256},
			{Name: "after", Kind: gpu.Output, Type: gpu.U32, Len: 256},
		},
		Step: []gpu.Command{{Op: gpu.Fill, Bind: []gpu.Binding{{}}, Value: 0x01020304}},
	}
	for i, b := range []gpu.Binding{{Len: part}, {Off: size - part, Len: part}} {
		p.Step = append(p.Step, gpu.Command{Op: gpu.Dispatch, Entry: "main", Bind: []gpu.Binding{b, {Buffer: uint32(1 + i)}}, Grid: [3]uint32{1, 1, 1}})
	}
	p.Step = append(p.Step, gpu.Command{Op: gpu.Copy, Bind: []gpu.Binding{{Off: size - 256, Len: 256}, {Buffer: 3}}})
	for i := 0; spare > 0; i++ {
		n := min(spare, 1<<30)
		spare -= n
		p.Buffers = append(p.Buffers, gpu.Buffer{Name: fmt.Sprint("spare", i), Kind: gpu.Temp, Type: gpu.U32, Len: n})
		p.Step = append(p.Step, gpu.Command{Op: gpu.Fill, Bind: []gpu.Binding{{Buffer: uint32(len(p.Buffers) - 1)}}, Value: 9})
	}
	return p
}

// Buffers are as large as the adapter allows, not as WebGPU's defaults do; what a dispatch binds of them has its own limit.
func TestLargeBuffers(t *testing.T) {
	d := open(t)
	l := d.Info().Limits
	run := func(p *gpu.Program) (map[string]*bytes.Buffer, error) {
		out, sink := gputest.Collect()
		_, err := gpu.Run(t.Context(), d, p, gpu.Task{Outputs: sink})
		return out, err
	}
	size, spare := min(l.MaxBuffer, 5<<26)&^255, uint64(0)
	if testing.Short() {
		size = min(size, 8<<20)
	} else if runtime.GOOS == "linux" {
		spare = 7 << 28 // more than 2 GiB together
	}
	part := min(size/2, l.MaxBinding) &^ 255
	t.Logf("one buffer of %d MiB, %d MiB in all; at most %d MiB in a buffer and %d MiB in a binding", size>>20, (size+spare)>>20, l.MaxBuffer>>20, l.MaxBinding>>20)
	out, err := run(largeProgram(size, part, spare))
	require.NoError(t, err)
	words := func(name string, i int) uint32 { return binary.LittleEndian.Uint32(out[name].Bytes()[4*i:]) }
	for _, name := range []string{"first", "second"} {
		require.Equal(t, []uint32{uint32(part/4 - 1), 0x01020304, 0x01020304, 0x01020304}, []uint32{words(name, 0), words(name, 1), words(name, 2), words(name, 3)}, name)
	}
	require.Equal(t, []uint32{0x01020304, 77}, []uint32{words("after", 0), words("after", 63)})

	if over := l.MaxBinding&^255 + 256; over <= l.MaxBuffer {
		_, err = run(largeProgram(l.MaxBuffer&^255, over, 0))
		require.Equal(t, gpu.TooLarge, gpu.CodeOf(err), "%v", err)
		require.ErrorContains(t, err, "to bind bytes")
	}
	_, err = run(largeProgram(l.MaxBuffer&^255+256, 256, 0))
	require.Equal(t, gpu.TooLarge, gpu.CodeOf(err), "%v", err)
}

// The largest buffer that the adapter gives and this machine has memory for: all of it is uploaded, a kernel works at both of its ends, and they are
// read back.
func TestTheLargestBuffer(t *testing.T) {
	d := open(t)
	if testing.Short() {
		t.Skip("it takes gigabytes")
	}
	l := d.Info().Limits
	size := min(l.MaxBuffer, l.MaxTotal-64<<20, gpu.MaxBuffer) &^ 255 // what running takes besides fits, too
	if d.Info().Type == gpu.CPU {
		size = min(size, freeMemory(t)/2) &^ 255
	}
	if size < 512<<20 {
		t.Skipf("only %d MiB can be had: the adapter gives a buffer %d MiB", size>>20, l.MaxBuffer>>20)
	}
	t.Logf("one buffer of %d MiB", size>>20)
	const end = 4096 // bytes
	p := &gpu.Program{
		Version: gpu.ProgramVersion, Steps: 1, Segment: 1,
		Modules: []gpu.Module{{Name: "m", WGSL: `
@group(0) @binding(0) var<storage, read> part: array<u32, 1024>;
@group(0) @binding(1) var<storage, read_write> out: array<u32, 1024>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) { out[id.x] = part[id.x] * 3u + id.x; }`}},
		Buffers: []gpu.Buffer{
			{Name: "big", Kind: gpu.Const, Type: gpu.U32, Len: size}, {Name: "first", Kind: gpu.Output, Type: gpu.U32, Len: end},
			{Name: "last", Kind: gpu.Output, Type: gpu.U32, Len: end}, {Name: "read", Kind: gpu.Output, Type: gpu.U32, Len: end},
		},
		Step: []gpu.Command{
			{Op: gpu.Dispatch, Entry: "main", Bind: []gpu.Binding{{Len: end}, {Buffer: 1}}, Grid: [3]uint32{end / 256, 1, 1}},
			{Op: gpu.Dispatch, Entry: "main", Bind: []gpu.Binding{{Off: size - end, Len: end}, {Buffer: 2}}, Grid: [3]uint32{end / 256, 1, 1}},
			{Op: gpu.Copy, Bind: []gpu.Binding{{Off: size - end, Len: end}, {Buffer: 3}}},
		},
	}
	out, sink := gputest.Collect()
	_, err := gpu.Run(t.Context(), d, p, gpu.Task{Outputs: sink, Inputs: map[string]gpu.Input{"big": counted(size)}})
	require.NoError(t, err)
	for name, off := range map[string]uint64{"first": 0, "last": size - end, "read": size - end} {
		want := make([]byte, end)
		_, err := counted(size).ReadAt(want, int64(off))
		require.NoError(t, err)
		for i := uint32(0); i < end/4 && name != "read"; i++ {
			binary.LittleEndian.PutUint32(want[4*i:], binary.LittleEndian.Uint32(want[4*i:])*3+i)
		}
		require.Equal(t, want, out[name].Bytes(), name)
	}
}

// counted is an input whose words count from 0, hashed so that high addresses differ from low ones.
type counted uint64

func (c counted) Size() int64 { return int64(c) }

func (c counted) ReadAt(p []byte, off int64) (int, error) {
	for i := 0; i < len(p); i += 4 { // reads are of whole words
		binary.LittleEndian.PutUint32(p[i:], uint32((off+int64(i))/4)*2654435761)
	}
	return len(p), nil
}

// freeMemory is how many bytes of memory nobody uses; it skips where that cannot be told.
func freeMemory(t *testing.T) uint64 {
	b, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		t.Skip("it cannot be told how much memory is free: ", err)
	}
	_, after, _ := strings.Cut(string(b), "MemAvailable:")
	var kib uint64
	if _, err := fmt.Sscan(after, &kib); err != nil {
		t.Skip("it cannot be told how much memory is free: ", err)
	}
	return kib << 10
}

// A kernel that is not made is the program's fault, unless the device does nothing else either or has no memory.
func TestWhoseFaultAKernelIs(t *testing.T) {
	d := open(t).(*device)
	const source = "// Parent device is lost\n@compute @workgroup_size(1) fn main() { let x: u32 = 1.5; }\n// Parent device is lost"
	_, err := d.Kernel(t.Context(), source, "main", nil)
	require.Equal(t, gpu.InvalidProgram, gpu.CodeOf(err), "%v", err)

	report := func(cause string) string {
		return "Validation Error\n\nCaused by:\n    In wgpuDeviceCreateComputePipeline\n    " + cause + "\n"
	}
	invalid := gpu.Errorf(gpu.InvalidProgram, "no kernel")
	works := func() error { return d.Wait(t.Context()) }
	for _, c := range []struct {
		cause string
		wait  func() error
		code  gpu.Code
	}{
		{saysLost, works, gpu.InvalidProgram},
		{saysLost, func() error { return gpu.Errorf(gpu.Internal, "the queue does not take it") }, gpu.DeviceLost},
		{saysLost, func() error { return gpu.Errorf(gpu.Canceled, "by the caller") }, gpu.Canceled},
		{saysMemory, works, gpu.OutOfMemory},
		{"Unable to find entry point 'main'", func() error { panic("not asked") }, gpu.InvalidProgram},
		{"3 | // " + saysLost, func() error { panic("not asked") }, gpu.InvalidProgram},
	} {
		require.Equal(t, c.code, gpu.CodeOf(blame(invalid, report(c.cause), c.wait)), c.cause)
	}
}

// What comes back from the device carries this read-back's nonce, or is not believed.
func TestStaleReadBacksAreFound(t *testing.T) {
	d := open(t).(*device)
	m, err := d.Alloc(trailer)
	require.NoError(t, err)
	enc, err := d.dev.CreateCommandEncoder(nil)
	require.NoError(t, err)
	require.NoError(t, enc.CopyBufferToBuffer(m.(*memory).buf, 0, d.nonce, 0, trailer)) // as if the nonce were never written
	var p [trailer]byte
	require.Equal(t, gpu.BadDriver, gpu.CodeOf(d.readBehind(t.Context(), enc, m.(*memory).buf, 0, p[:], checked)))
	enc.Release()
	require.NoError(t, d.Read(t.Context(), m, 0, p[:]))
}

// A read-back whose data were not copied, while everything around them was, is found: what was there before is the nonce.
func TestReadBacksWithoutTheirDataAreFound(t *testing.T) {
	d := open(t).(*device)
	for _, n := range []uint64{trailer, 2*trailer - 4, 2 * trailer, 4096, piece} {
		enc, err := d.dev.CreateCommandEncoder(nil)
		require.NoError(t, err)
		r, err := d.submitRead(enc, nil, 0, n, 0, checked)
		enc.Release()
		require.NoError(t, err)
		require.NoError(t, d.awaitRead(t.Context(), r))
		err = d.take(r, func([]byte) error { return nil })
		require.Equal(t, gpu.BadDriver, gpu.CodeOf(err), "%d bytes: %v", n, err)
	}
	require.NoError(t, d.Wait(t.Context()), "the device is well")
}

// A device that serves for long fills with any values, as many as there are, and each submission with its own.
func TestFillsHaveNoEnd(t *testing.T) {
	d := open(t)
	const each = maxFills
	m, err := d.Alloc(each * gpu.BindAlign)
	require.NoError(t, err)
	p := make([]byte, each*gpu.BindAlign)
	for round := range uint32(2) {
		var work []gpu.Work
		for i := range uint32(each) {
			work = append(work, gpu.Work{Op: gpu.Fill, Bind: []gpu.Range{{Memory: m, Off: uint64(i) * gpu.BindAlign, Len: 4}}, Value: 1 + i*7 + round})
		}
		require.NoError(t, d.Submit(t.Context(), work))
		require.NoError(t, d.Read(t.Context(), m, 0, p))
		for i := range uint32(each) {
			require.Equal(t, 1+i*7+round, binary.LittleEndian.Uint32(p[i*gpu.BindAlign:]))
		}
	}
}

func TestErrorsAreOneSentence(t *testing.T) {
	d := open(t)
	_, err := d.Kernel(t.Context(), "@compute @workgroup_size(1) fn main() { let x: u32 = 1.5; }", "main", nil)
	require.Equal(t, gpu.InvalidProgram, gpu.CodeOf(err))
	require.NotContains(t, err.Error(), "\n")
	require.NotContains(t, err.Error(), "wgpu.(")
	t.Log(err)
}
