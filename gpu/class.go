package gpu

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sys/cpu"
)

//go:embed canary.wgsl
var canarySource string

const (
	canaryData  = 512                // words of input
	canaryOut   = 4 * canaryLanes    // words of output
	canaryFill  = uint32(0x5ca1ab1e) // before each kernel writes, so that one that did not run shows
	canaryLanes = 64
)

// canary is a kernel of canary.wgsl. right computes the results that every device must give, and may be nil.
type canary struct {
	entry string
	zero  bool // out starts as zeros
	right func(data, out []uint32)
}

var canaries = []canary{
	{entry: "mad"}, {entry: "fused"}, {entry: "kahan"}, {entry: "matrix"}, {entry: "dot4"}, {entry: "expo"}, {entry: "sine"}, {entry: "arc"},
	{entry: "arcsine"}, {entry: "convert"}, {entry: "divide"}, {entry: "remainder"}, {entry: "smooth_"}, {entry: "special_add"},
	{entry: "special_min"}, {entry: "special_compare"}, {entry: "integer_divide"}, {entry: "extract"}, {entry: "loop_70000"}, {entry: outsideEntry},
	{entry: "integers", right: rightIntegers}, {entry: "rounding", right: rightRounding},
	{entry: "shared_", right: rightShared}, {entry: "atomics", zero: true, right: rightAtomics},
}

const outsideEntry = "outside"

// Examine runs the canaries on a device and returns its Info with Class and Faults. Two devices have the same class only if
// they compute the same bits in every canary and name the same adapter, driver and front end, and for a software adapter the
// same CPU features, because such drivers compile for the CPU that they find. Errors are the device's.
func Examine(ctx context.Context, d Device) (Info, error) {
	info := d.Info()
	data := canaryInput()
	outputs, refused, err := runCanaries(ctx, d, data)
	if err != nil {
		return info, err
	}
	h := sha256.New()
	fmt.Fprintf(h, "gpumesh/class/1\n%q %q %q %q %q", info.Type, info.Backend, info.Name, info.Driver, info.FrontEnd)
	if info.Type == CPU {
		fmt.Fprintf(h, " %q", cpuFeatures())
	}
	var faults []string
	for i, c := range canaries {
		fmt.Fprintf(h, "\n%s %v ", c.entry, refused[i])
		h.Write(outputs[0][i])
		if fault := c.judge(data, outputs[0][i], outputs[1][i], refused[i]); fault != "" {
			faults = append(faults, c.entry+": "+fault)
		}
	}
	info.Class = string(info.Type) + "-" + hex.EncodeToString(h.Sum(nil)[:8])
	info.Faults = faults
	return info, nil
}

// judge says what is wrong with a canary's output; nothing, mostly.
func (c *canary) judge(data []uint32, output, again []byte, refused bool) string {
	switch {
	case refused && c.right != nil:
		return "the driver refuses it"
	case refused:
		return ""
	case string(output) != string(again):
		return "two runs gave different results"
	case c.entry == outsideEntry:
		for i := range canaryLanes {
			for k := range 3 {
				if w := binary.LittleEndian.Uint32(output[16*i+4*k:]); w != 0 && !slices.Contains(data, w) {
					return "a read outside of a buffer reached other memory"
				}
			}
		}
	case c.right != nil && string(output) != string(c.expected(data)):
		return "a wrong result"
	}
	return ""
}

func (c *canary) start() []uint32 {
	out := make([]uint32, canaryOut)
	if !c.zero {
		for i := range out {
			out[i] = canaryFill
		}
	}
	return out
}

func (c *canary) expected(data []uint32) []byte {
	out := c.start()
	c.right(data, out)
	return words(out)
}

func words(w []uint32) []byte {
	b := make([]byte, 0, 4*len(w))
	for _, v := range w {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	return b
}

// runCanaries runs each canary in two submissions and returns what it wrote in both, and which ones the driver refuses to
// compile.
func runCanaries(ctx context.Context, d Device, data []uint32) (outputs [2][][]byte, refused []bool, err error) {
	fail := func(err error) ([2][][]byte, []bool, error) { return outputs, nil, err }
	in, err := d.Alloc(4 * canaryData)
	if err != nil {
		return fail(err)
	}
	defer in.Release()
	out, err := d.Alloc(uint64(len(canaries)) * 4 * canaryOut)
	if err != nil {
		return fail(err)
	}
	defer out.Release()
	if err := d.Write(in, 0, words(data)); err != nil {
		return fail(err)
	}
	refused = make([]bool, len(canaries))
	var work []Work
	var start []byte
	for i, c := range canaries {
		start = append(start, words(c.start())...)
		k, err := d.Kernel(ctx, canarySource, c.entry, []Access{Read, ReadWrite})
		if err != nil {
			if IsFatal(err) || CodeOf(err) == Canceled {
				return fail(err)
			}
			refused[i] = true
			continue
		}
		defer k.Release()
		at := Range{Memory: out, Off: uint64(i) * 4 * canaryOut, Len: 4 * canaryOut}
		work = append(work, Work{Op: Dispatch, Kernel: k, Bind: []Range{{Memory: in, Len: 4 * canaryData}, at}, Grid: [3]uint32{1, 1, 1}})
	}
	for run := range outputs {
		if err := d.Write(out, 0, start); err != nil {
			return fail(err)
		}
		if err := d.Submit(ctx, work); err != nil {
			return fail(err)
		}
		all := make([]byte, out.Size())
		if err := d.Read(ctx, out, 0, all); err != nil {
			return fail(err)
		}
		outputs[run] = slices.Collect(slices.Chunk(all, 4*canaryOut))
	}
	return outputs, refused, nil
}

// canaryInput is the data of canary.wgsl.
func canaryInput() []uint32 {
	data := make([]uint32, canaryData)
	x := uint32(12345)
	next := func() uint32 {
		x = x*1664525 + 1013904223
		return x ^ x>>16
	}
	for i := range 192 {
		data[i] = math.Float32bits(float32(int32(next()>>8)-1<<23) / (1 << 21)) // exact
	}
	for i := range 64 {
		data[192+i] = math.Float32bits(float32(next()>>8+1) / (1 << 24) * 100)
		data[256+i] = next()
	}
	special := []uint32{
		0x7fc00000, 0xffc00001, 0x7f800001, 0x7f800000, 0xff800000, 0, 0x80000000, 1, 0x80000001, 0x007fffff, 0x00800000, 0x7f7fffff,
		math.Float32bits(1), math.Float32bits(-1), math.Float32bits(0.5), math.Float32bits(16777216),
	}
	for i := range 64 {
		data[320+i] = special[i%len(special)]
		data[384+i] = special[(i+i/len(special)*3+1)%len(special)]
	}
	return data
}

func rightIntegers(data, out []uint32) {
	for i := range uint32(canaryLanes) {
		v := data[256+i]
		x := v
		for k := range uint32(100) {
			x = (x^x>>13)*1664525 + 1013904223 + x<<(k%32)
		}
		out[4*i] = x
		out[4*i+1] = v/(i+1) + v%(i+3)
		out[4*i+2] = uint32(int32(v) >> (i % 32))
	}
}

func rightRounding(data, out []uint32) {
	f := func(i int) float32 { return math.Float32frombits(data[i]) }
	for i := range canaryLanes {
		product := float32(f(i) * f(64+i)) // the conversion keeps Go from fusing
		for k, v := range []float32{product, product + f(128+i), f(i) + f(192+i), f(i) - f(192+i)} {
			out[4*i+k] = math.Float32bits(v)
		}
	}
}

func rightShared(data, out []uint32) {
	for i := range canaryLanes {
		out[4*i], out[4*i+1] = data[256+63-i], 0
	}
}

func rightAtomics(data, out []uint32) {
	for i := range uint32(canaryLanes) {
		v := data[256+i]
		out[0] += v
		out[1] = max(out[1], v)
		out[2] ^= v
		out[4*i+3] = i
	}
}

// cpuFeatures are those that a software driver's compiler may use.
func cpuFeatures() string {
	list := []string{runtime.GOARCH}
	for _, f := range []struct {
		name string
		has  bool
	}{
		{"sse41", cpu.X86.HasSSE41}, {"sse42", cpu.X86.HasSSE42}, {"avx", cpu.X86.HasAVX}, {"avx2", cpu.X86.HasAVX2}, {"fma", cpu.X86.HasFMA},
		{"avx512f", cpu.X86.HasAVX512F}, {"avx512dq", cpu.X86.HasAVX512DQ}, {"avx512bw", cpu.X86.HasAVX512BW}, {"avx512vl", cpu.X86.HasAVX512VL},
		{"sve", cpu.ARM64.HasSVE}, {"sve2", cpu.ARM64.HasSVE2},
	} {
		if f.has {
			list = append(list, f.name)
		}
	}
	return strings.Join(list, " ")
}

// fakeCanary is a canary on a Fake: those with a known result give it, the others leave out as it is.
func fakeCanary(entry string) FakeKernel {
	i := slices.IndexFunc(canaries, func(c canary) bool { return c.entry == entry })
	if i < 0 {
		return nil
	}
	return func(_ [3]uint32, bind [][]byte) error {
		if c := &canaries[i]; c.right != nil {
			copy(bind[1], c.expected(canaryInput()))
		} else if entry == outsideEntry {
			clear(bind[1])
		}
		return nil
	}
}
