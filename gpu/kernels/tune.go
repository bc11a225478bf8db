package kernels

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"math/bits"
	"slices"
	"strings"
	"time"

	"gpumesh/gpu"
)

// Choices are the variants that Tune found fastest, by Key. It is plain data for the caller to keep, as JSON or otherwise. It
// is not safe for concurrent use.
type Choices map[string]string

// Variant is the variant to use on a device: the one that was found for shapes like this, else that for its type of adapter.
func (c Choices) Variant(d gpu.Info, name string, params map[string]int64) string {
	if key, err := Key(d, name, params); err == nil {
		if v := c[key]; slices.Contains(Variants(name), v) {
			return v
		}
	}
	return Variant(name, d.Type)
}

// New makes a kernel in the variant that Variant names.
func (c Choices) New(d gpu.Info, name string, params map[string]int64) (*Kernel, error) {
	return New(name, params, c.Variant(d, name, params))
}

// Tuning is what was measured on a device, as a file keeps it. The zero value is of no device.
type Tuning struct {
	Device  gpu.Info `json:"device"`
	Choices Choices  `json:"choices"`
}

// Shared is the variant for a program that any of some devices may run; of these, name and type are looked at. Who writes a program
// fixes its text before it is known which device will run it, so there is one for all: what was measured here if all of them have
// the name of this device, else that for their type of adapter. Where CPUs and GPUs mix, or nothing is known, it is the variant
// that is fair on both.
func (t Tuning) Shared(devices []gpu.Info, name string, params map[string]int64) string {
	same := len(devices) > 0
	for _, d := range devices {
		same = same && d.Name == t.Device.Name
	}
	if same {
		return t.Choices.Variant(t.Device, name, params)
	}
	return Variant(name, target(devices))
}

// target is a type of adapter that stands for all of them, or none.
func target(devices []gpu.Info) (common gpu.AdapterType) {
	for i, d := range devices {
		t := d.Type
		switch t {
		case gpu.Reference:
			t = gpu.CPU
		case gpu.Integrated:
			t = gpu.Discrete
		}
		if i > 0 && t != common {
			return ""
		}
		common = t
	}
	return common
}

// Key is what a measurement holds for: a device, its driver, a template and a class of shapes. Sizes count by their
// magnitude and by whether four divides them, and from some size on no more. Errors are those of Builtin.
func Key(d gpu.Info, name string, params map[string]int64) (string, error) {
	t, p, err := resolve(name, params)
	if err != nil {
		return "", err
	}
	var shape []string
	class := t.class(p)
	for _, param := range t.Params {
		shape = append(shape, fmt.Sprintf("%s=%d", param.Name, class[param.Name]))
	}
	return strings.Join([]string{d.Name, d.Driver, name, strings.Join(shape, ",")}, "|"), nil
}

// class is the shape that stands for all of its class, and is measured for it.
func (t *template) class(p params) params {
	class := make(params, len(p))
	for _, param := range t.Params {
		x := p[param.Name]
		if x > 16 && param.Max > 64 { // smaller ones are options and sizes that are their own class
			size := min(int64(1)<<bits.Len64(uint64(x-1)), cmp.Or(t.tuneMax, param.Max))
			if x%4 != 0 {
				size--
			}
			x = min(size, param.Max)
		}
		class[param.Name] = x
	}
	if t.check != nil && t.check(class) != nil {
		maps.Copy(class, p)
	}
	for len(t.variants) > 0 {
		if k, err := t.make(class, t.variants[0]); err == nil && k.Ops <= tuneOps || !t.halve(class) {
			break
		}
	}
	return class
}

// halve halves the largest parameter that can be, and reports whether there was one.
func (t *template) halve(p params) bool {
	order := slices.Clone(t.Params)
	slices.SortStableFunc(order, func(a, b Param) int { return cmp.Compare(p[b.Name], p[a.Name]) })
	for _, param := range order {
		x := p[param.Name]
		if p[param.Name] = x / 2; x > 1 && x/2 >= param.Min && (t.check == nil || t.check(p) == nil) {
			return true
		}
		p[param.Name] = x
	}
	return false
}

// Tuned is the result of Tune.
type Tuned struct {
	Key     string
	Variant string                   // the fastest
	Times   map[string]time.Duration // of one run with its part of the first, by variant; variants that the device cannot run are missing
}

const (
	tuneOps    = 1 << 29               // of one run, on which slow variants may take half a second
	tuneTime   = 20 * time.Millisecond // of one measurement of one variant
	tuneRounds = 5
	tuneGiveUp = 3 // a variant this many times slower than the fastest is not measured again

	// tuneReuse is how many runs share the time of the first, which is mostly the driver's compiler: each shape is another text. Mesa
	// 25.0 takes many seconds for what is a few percent faster than a text that it compiles in two.
	tuneReuse = 4000
)

// Tune measures the variants of a template on a device for shapes like the given one; keep the result in a Choices. They take
// turns, so that other load on the machine hits all alike, and their medians count: the best time depends on who meets a quiet moment. Their
// results are compared, and a variant that computes something else than the first one is a BadDriver error. A template without variants is not measured. Other errors are those of Builtin
// and of the device. It takes up to some seconds.
func Tune(ctx context.Context, d gpu.Device, name string, params map[string]int64) (_ Tuned, err error) {
	t, p, err := resolve(name, params)
	if err != nil {
		return Tuned{}, err
	}
	tuned := Tuned{Times: make(map[string]time.Duration)}
	if tuned.Key, err = Key(d.Info(), name, params); err != nil || len(t.variants) == 0 {
		return tuned, err
	}
	var running []*Runner
	defer func() {
		for _, s := range running {
			s.Close(ctx, err)
		}
	}()
	var first [][]byte
	for _, v := range t.variants {
		k, err := t.make(t.class(p), v)
		if err != nil {
			return Tuned{}, err
		}
		begin := time.Now()
		s, err := NewRunner(ctx, d, k)
		if code := gpu.CodeOf(err); err != nil && (code == gpu.Unsupported || code == gpu.TooLarge) {
			continue
		}
		if err != nil {
			return Tuned{}, err
		}
		running = append(running, s)
		results, err := s.warm(ctx)
		if err != nil {
			return Tuned{}, err
		}
		s.first = time.Since(begin)
		if first == nil {
			first = results
		}
		if !k.agree(first, results) {
			return Tuned{}, gpu.Errorf(gpu.BadDriver, "%q computed %s wrongly in the variant %s", d.Info().Name, name, v.name)
		}
	}
	if len(running) == 0 {
		return Tuned{}, gpu.Errorf(gpu.Unsupported, "the device %q can run no variant of %s", d.Info().Name, name)
	}
	for round := range tuneRounds {
		fastest := slices.MinFunc(running, func(a, b *Runner) int { return cmp.Compare(a.cost(), b.cost()) }).cost()
		for _, s := range running {
			if round > 0 && s.cost()/tuneGiveUp > fastest {
				continue
			}
			if err := s.measure(ctx); err != nil {
				return Tuned{}, err
			}
		}
	}
	for _, s := range running {
		tuned.Times[s.k.Variant] = s.cost()
		if tuned.Variant == "" || s.cost() < tuned.Times[tuned.Variant] {
			tuned.Variant = s.k.Variant
		}
	}
	return tuned, nil
}

// Time returns how long the best of some runs of k takes on the device, with buffers of its own; k.Ops divided by it is a rate.
func Time(ctx context.Context, d gpu.Device, k *Kernel) (_ time.Duration, err error) {
	s, err := NewRunner(ctx, d, k)
	if err != nil {
		return 0, err
	}
	defer func() { s.Close(ctx, err) }()
	if _, err := s.warm(ctx); err != nil {
		return 0, err
	}
	for begin := time.Now(); ; {
		if err := s.measure(ctx); err != nil {
			return 0, err
		}
		if time.Since(begin) > tuneRounds*tuneTime {
			return slices.Min(s.times), nil
		}
	}
}

func resolve(name string, given map[string]int64) (*template, params, error) {
	t, err := find(name)
	if err != nil {
		return nil, nil, err
	}
	p, err := t.resolve(given)
	return t, p, err
}

// agree compares the outputs of two variants: integers by their bits, f32 by the norm of the difference.
func (k *Kernel) agree(a, b [][]byte) bool {
	n := 0
	for _, out := range k.Buffers {
		if out.Kind != gpu.Output {
			continue
		}
		x, y := a[n], b[n]
		n++
		if out.Type != gpu.F32 {
			if !bytes.Equal(x, y) {
				return false
			}
			continue
		}
		var size, difference float64
		for i := 0; i < len(x); i += 4 {
			p, q := number(x[i:]), number(y[i:])
			size += p * p
			difference += (p - q) * (p - q)
		}
		if !(difference <= 1e-6*size) { // also when one is no number
			return false
		}
	}
	return true
}

func number(p []byte) float64 {
	return float64(math.Float32frombits(binary.LittleEndian.Uint32(p)))
}
