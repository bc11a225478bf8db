// Package zoo has models by name, with sizes as parameters: what a training file names, and what the tests and benchmarks of
// package gomlx train.
package zoo

import (
	"maps"
	"slices"
	"strings"

	"gpumesh/gpu"
	"gpumesh/gpu/gomlx"
)

// Spec names a model and its sizes. Sizes that are left out have the defaults that Models lists.
type Spec struct {
	Name    string
	Sizes   map[string]int
	Dropout float64 // share of activations that a training step drops, 0..0.9
}

// Size is a parameter of a model.
type Size struct {
	Name     string
	Help     string
	Default  int
	Min, Max int
}

// Info describes a model.
type Info struct {
	Name  string
	Help  string
	Sizes []Size
	Text  bool // it takes tokens and predicts the next one
}

// sizes are checked sizes.
type sizes map[string]int

type entry struct {
	Info
	check func(sizes) error
	build func(sizes, float64) gomlx.Model
}

// Models lists the models by name.
func Models() []Info {
	var list []Info
	for _, e := range entries {
		list = append(list, e.Info)
	}
	return list
}

// Build returns the model of a spec. The error is an *gpu.Error with InvalidInput that says in one sentence what is wrong.
func Build(s Spec) (gomlx.Model, error) {
	var names []string
	for _, e := range entries {
		names = append(names, e.Name)
		if e.Name != s.Name {
			continue
		}
		given, err := e.sizes(s)
		if err != nil {
			return gomlx.Model{}, err
		}
		return e.build(given, s.Dropout), nil
	}
	return gomlx.Model{}, gpu.Errorf(gpu.InvalidInput, "there is no model %q; there are %s", s.Name, strings.Join(names, ", "))
}

func (e *entry) sizes(s Spec) (sizes, error) {
	out := make(sizes)
	var names []string
	for _, z := range e.Sizes {
		names = append(names, z.Name)
		x, ok := s.Sizes[z.Name]
		if !ok {
			x = z.Default
		}
		if x < z.Min || x > z.Max {
			return nil, gpu.Errorf(gpu.InvalidInput, "%s: %s (%s) is %d; it must be %d to %d", e.Name, z.Name, z.Help, x, z.Min, z.Max)
		}
		out[z.Name] = x
	}
	for _, name := range slices.Sorted(maps.Keys(s.Sizes)) {
		if _, ok := out[name]; !ok {
			return nil, gpu.Errorf(gpu.InvalidInput, "%s has no size %q; it has %s", e.Name, name, strings.Join(names, ", "))
		}
	}
	if !(s.Dropout >= 0 && s.Dropout <= 0.9) {
		return nil, gpu.Errorf(gpu.InvalidInput, "%s: dropout is %v; it must be 0 to 0.9", e.Name, s.Dropout)
	}
	if e.check != nil {
		return out, e.check(out)
	}
	return out, nil
}

var entries = []*entry{
	{
		Info: Info{Name: "mlp", Help: "Dense layers with ReLU, each half as wide as the one before.", Sizes: []Size{
			{"inputs", "numbers of an example", 784, 1, 1 << 20}, {"hidden", "width of the first layer", 256, 1, 1 << 16},
			{"layers", "hidden layers", 2, 1, 16}, {"classes", "classes", 10, 2, 1 << 16},
		}},
		check: func(s sizes) error {
			if s["hidden"]>>(s["layers"]-1) == 0 {
				return gpu.Errorf(gpu.InvalidInput, "mlp: %d hidden units cannot be halved over %d layers", s["hidden"], s["layers"])
			}
			return nil
		},
		build: mlp,
	},
	{
		Info: Info{Name: "cnn", Help: "Two 3 x 3 convolutions with max pooling and two dense layers, channels last.", Sizes: []Size{
			{"side", "rows and columns of an image", 28, 4, 1 << 10}, {"channels", "channels of an image", 1, 1, 64},
			{"filters", "channels after the first convolution; twice as many after the second", 16, 1, 1 << 10},
			{"hidden", "width of the first dense layer", 64, 1, 1 << 14}, {"classes", "classes", 10, 2, 1 << 16},
		}},
		check: func(s sizes) error {
			if s["side"]%4 != 0 {
				return gpu.Errorf(gpu.InvalidInput, "cnn: side is %d; it must be a multiple of 4", s["side"])
			}
			return nil
		},
		build: cnn,
	},
	{
		Info:  Info{Name: "gpt-nano", Help: "A decoder-only transformer: learned positions, LayerNorm, GELU.", Text: true, Sizes: transformerSizes(4)},
		check: checkTransformer, build: gpt,
	},
	{
		Info:  Info{Name: "llama-nano", Help: "A decoder-only transformer: rotary positions, RMSNorm, SwiGLU, grouped queries.", Text: true, Sizes: append(transformerSizes(4), Size{"kvheads", "heads of keys and values", 2, 1, 256})},
		check: checkTransformer, build: llama,
	},
}

func transformerSizes(heads int) []Size {
	return []Size{
		{"vocab", "tokens of the vocabulary", 256, 2, 1 << 17}, {"context", "tokens that the model sees", 64, 2, 1 << 13},
		{"width", "numbers per token", 64, 4, 1 << 13}, {"layers", "blocks", 2, 1, 128}, {"heads", "attention heads", heads, 1, 256},
	}
}

func checkTransformer(s sizes) error {
	if s["width"]%s["heads"] != 0 {
		return gpu.Errorf(gpu.InvalidInput, "width is %d; it must be a multiple of the %d heads", s["width"], s["heads"])
	}
	if kv, ok := s["kvheads"]; ok && (s["heads"]%kv != 0 || s["width"]/s["heads"]%2 != 0) {
		return gpu.Errorf(gpu.InvalidInput, "heads (%d) must be a multiple of kvheads (%d), and a head's width (%d) even", s["heads"], kv, s["width"]/s["heads"])
	}
	return nil
}
