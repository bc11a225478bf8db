package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"

	"github.com/natefinch/atomic"
	"github.com/spf13/cobra"

	"gpumesh/gpu"
	"gpumesh/gpu/diloco"
	"gpumesh/gpu/gomlx"
	"gpumesh/gpu/gomlx/recipe"
	"gpumesh/node/jobfile"
)

// federation is a training by holders of data that stay where they are, at the beginning of a round. It is kept in a folder, with the
// recipe and the flat states weights, update, momentum and lag as gpu/diloco defines them. All holders have the same folder.
type federation struct {
	Round    int     `json:"round"`
	Rounds   int     `json:"rounds"`
	Holders  int     `json:"holders"`
	Bits     int     `json:"bits"`
	Clip     float64 `json:"clip"`
	Noise    float64 `json:"noise"`
	Rate     float64 `json:"outerRate"`
	Momentum float64 `json:"outerMomentum"`
	Trim     int     `json:"trim"`

	recipe *recipe.Recipe
	text   []byte            // of the recipe
	states map[string][]byte // by name
}

const (
	federationFile, recipeFile = "round.json", "model.yaml"
	maxState                   = 1 << 32 // bytes
)

var federationStates = []string{"weights", "update", "momentum", "lag"}

func (a *app) federatedCommand() *cobra.Command {
	cmd := group(&cobra.Command{Use: "federated", Short: "Train with others on data that nobody gives away", Long: `Holders of data train one model together, and what leaves a holder is how far its training moved the weights: clipped, with noise if that is
asked for, in few bits. A round is a folder that all holders have. Each makes its delta of it (local) and gives it to the others, by whatever
way they like. Then each computes the next round from all deltas (outer): the same bytes on every device, so nobody needs to be trusted with it.`})
	var f federation
	var data []string
	var out, device, state string
	begin := &cobra.Command{
		Use: "start MODEL.yaml", Short: "Make the first round of a model", Args: exactly("MODEL.yaml"),
		Example: "  gpumesh federated start digits.yaml --data images.npy --data labels.npy --rounds 10 --holders 5 --clip 1 --trim 1 -o round0",
		RunE: func(_ *cobra.Command, args []string) error {
			return a.federatedStart(f, args[0], data, out)
		},
	}
	n := begin.Flags()
	n.IntVar(&f.Rounds, "rounds", 10, "rounds of the training")
	n.IntVar(&f.Holders, "holders", 5, "holders that take part, at most")
	n.IntVar(&f.Bits, "bits", 8, "of each number that is sent: 8 or 4")
	n.Float64Var(&f.Clip, "clip", 1, "largest norm of what a holder sends")
	n.Float64Var(&f.Noise, "noise", 0, "deviation of the noise that a holder adds to each number, in units of --clip")
	n.Float64Var(&f.Rate, "outer-rate", 1, "of the optimizer that takes what the holders learnt")
	n.Float64Var(&f.Momentum, "outer-momentum", 0.5, "of the optimizer that takes what the holders learnt")
	n.IntVar(&f.Trim, "trim", 0, "largest and smallest values of each weight that do not count, against poisoned deltas")
	n.StringArrayVar(&data, "data", nil, "examples in the format of all holders' data; nothing of them but their shape is kept")

	local := &cobra.Command{
		Use: "local ROUND", Short: "Train on one's own data, and write the delta for the others", Args: exactly("ROUND"),
		Example: "  gpumesh federated local round0 --data mine.npy --data labels.npy --state mine -o delta",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.federatedLocal(cmd.Context(), args[0], data, state, device, out)
		},
	}
	n = local.Flags()
	n.StringArrayVar(&data, "data", nil, "one's own examples, as with train")
	n.StringVar(&state, "state", "", "folder of what this holder keeps between rounds, the secret of its noise included")
	n.StringVar(&device, "device", "auto", "auto, webgpu, eval, or webgpu:NAME for an adapter")

	outer := &cobra.Command{
		Use: "outer ROUND DELTA ...", Short: "Make the next round of a round and the deltas of its holders", Args: cobra.MinimumNArgs(2),
		Example: "  gpumesh federated outer round0 delta-of-*  -o round1",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.federatedOuter(cmd.Context(), args[0], args[1:], device, out)
		},
	}
	outer.Flags().StringVar(&device, "device", "auto", "auto, webgpu, eval, or webgpu:NAME for an adapter")

	finish := &cobra.Command{
		Use: "finish ROUND", Short: "Write the model of a round", Args: exactly("ROUND"),
		Example: "  gpumesh federated finish round10 --data mine.npy --data labels.npy -o model.safetensors",
		RunE:    func(_ *cobra.Command, args []string) error { return a.federatedFinish(args[0], data, out) },
	}
	finish.Flags().StringArrayVar(&data, "data", nil, "one's own examples, as with train; only their shape is looked at")
	hold := &cobra.Command{
		Use: "hold MODEL.yaml", Short: "Make a folder of one's own data, on which this node may train for others", Args: exactly("MODEL.yaml"),
		Long: `Writes examples as models of the kind of MODEL.yaml take them into a folder, one file for each input. Named in the node's config.yaml it is a data set
on which others' trainings (gpumesh train --federated) run at this node:

  data:
    digits: {dir: /path/of/the/folder, epsilon: 8, total: 40}

The node advertises the name and shows nobody the data. epsilon is the most that one job may learn about them, and total all jobs together, at delta 1e-5;
open: true in their place lets results go without noise, which bounds nothing. With owners: [PEER, ...] only these may use it.`,
		Example: "  gpumesh federated hold digits.yaml --data images.npy --data labels.npy -o mine",
		RunE:    func(_ *cobra.Command, args []string) error { return a.federatedHold(args[0], data, out) },
	}
	hold.Flags().StringArrayVar(&data, "data", nil, "one's own examples, as with train")
	for _, c := range []*cobra.Command{begin, local, outer, finish, hold} {
		c.Flags().StringVarP(&out, "out", "o", "", "what to write")
		_ = c.MarkFlagRequired("out") // the flag is there
		cmd.AddCommand(c)
	}
	_ = local.MarkFlagRequired("state")
	return cmd
}

// prepare reads data for one holder.
func (f *federation) prepare(data []string, target gpu.AdapterType) (*recipe.Rounds, *diloco.Model, error) {
	if f.recipe.Data.Tokenizer == "bpe" {
		return nil, nil, errors.New("a tokenizer that is made of the text would tell about it, and each holder's would be another; use bytes")
	}
	p, err := f.recipe.PrepareRounds(data, nil, max(f.Rounds, 1), 1, target)
	if err != nil {
		return nil, nil, err
	}
	return p, &diloco.Model{Program: p.Compiled.Program, Weights: p.Weights()}, nil
}

func (f *federation) private() diloco.Private { return diloco.Private{Clip: f.Clip, Noise: f.Noise} }

func (a *app) federatedStart(f federation, model string, data []string, out string) (err error) {
	if f.text, err = os.ReadFile(model); err != nil {
		return err
	}
	if f.recipe, err = recipe.Parse(f.text); err != nil {
		return err
	}
	p, m, err := f.prepare(data, gpu.CPU)
	if err != nil {
		return err
	}
	if _, err := f.outer(m); err != nil { // before anybody trains for it
		return err
	}
	if _, err := f.private().Epsilon(f.Rounds, federatedDelta); err != nil {
		return err
	}
	layout, _, err := m.Layouts()
	if err != nil {
		return err
	}
	f.states = map[string][]byte{"update": make([]byte, layout.PackedSize(f.Bits)), "momentum": make([]byte, layout.Size()), "lag": make([]byte, layout.Size())}
	if f.states["weights"], err = layout.Pack(p.First); err != nil {
		return err
	}
	return a.wrote(&f, out)
}

// outer is the outer step in the form that gives equal bytes on all devices.
func (f *federation) outer(m *diloco.Model) (*gpu.Program, error) {
	if err := f.private().Validate(); err != nil {
		return nil, err
	}
	layout, _, err := m.Layouts()
	if err != nil {
		return nil, err
	}
	p, err := diloco.Outer{
		Shards: f.Holders, Rate: f.Rate, Momentum: f.Momentum, Trim: f.Trim, Longest: f.private().Longest(layout),
	}.Program(m, diloco.Options{Bits: f.Bits})
	if err != nil {
		return nil, err
	}
	_, err = jobfile.Reproducible.Apply(p)
	return p, err
}

// federatedDelta is the delta at which an epsilon is told.
const federatedDelta = 1e-5

// kept is what a holder keeps between rounds.
type kept struct {
	secret  [32]byte
	inner   []byte
	carried []float32
	round   int // of which this is the end; -1: none
}

func (a *app) federatedLocal(ctx context.Context, dir string, data []string, state, device, out string) error {
	f, err := openFederation(dir)
	if err != nil {
		return err
	}
	if f.Round >= f.Rounds {
		return fmt.Errorf("%s is the end of the training: all %d rounds are done", dir, f.Rounds)
	}
	k, err := openKept(state)
	if err != nil {
		return err
	}
	if k.round >= f.Round {
		return fmt.Errorf("this holder has done round %d already; give the others the delta that it wrote then", f.Round)
	}
	pool, info, err := openDevice(ctx, device)
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }() // it has answered
	p, m, err := f.prepare(data, info.Type)
	if err != nil {
		return err
	}
	o := diloco.Options{Bits: f.Bits}
	program, err := m.Local(o)
	if err != nil {
		return err
	}
	_, inner, err := m.Layouts()
	if err != nil {
		return err
	}
	in := map[string][]byte{"weights": f.states["weights"], "update": f.states["update"], gomlx.RatesInput: p.Rates(f.Round)}
	for name, b := range p.Same {
		in[name] = b
	}
	if inner.Len > 0 {
		if in["inner"] = k.inner; uint64(len(k.inner)) != inner.Size() {
			in["inner"] = make([]byte, inner.Size()) // the first round
		}
	}
	count := p.X.Dims[0]
	each := f.recipe.Batch * f.recipe.Steps
	if count < each {
		return fmt.Errorf("there are %d examples; a round takes %d: use a smaller batch or fewer steps", count, each)
	}
	piece := f.Round % (count / each) * each
	for name, b := range map[string][]byte{"x": p.X.Data, "y": p.Y.Data} {
		size := len(b) / count
		in[name] = b[piece*size : (piece+each)*size]
	}
	results, _, err := compute(ctx, pool, &gomlx.Compiled{Program: program, Output: p.Compiled.Output}, in, f.recipe.Seed+uint64(f.Round), "", nil)
	if err != nil {
		return err
	}
	delta, carried, err := f.private().Hide(m, o, k.secret, f.Round, results, k.carried)
	if err != nil {
		return err
	}
	if err := os.WriteFile(out, delta, 0o644); err != nil {
		return err
	}
	k.inner, k.carried, k.round = results["inner"], carried, f.Round
	if err := k.save(state); err != nil {
		return err
	}
	losses := floatsOf(results[p.Compiled.Output])
	epsilon, err := f.private().Epsilon(f.Round+1, federatedDelta)
	if err != nil {
		return err
	}
	v := map[string]any{"round": f.Round, "firstLoss": losses[0], "lastLoss": losses[len(losses)-1], "delta": out, "bytes": len(delta)}
	secrecy := "no noise, so no bound on what it tells about the data"
	if !math.IsInf(epsilon, 1) {
		v["epsilon"] = epsilon
		secrecy = fmt.Sprintf("with all sent until now, epsilon %.3g at delta %g", epsilon, federatedDelta)
	}
	if done, err := a.emit(v); done {
		return err
	}
	a.printf("round %d of %d  loss %.4f to %.4f\ndelta  %s, %d bytes; %s\n", f.Round+1, f.Rounds, losses[0], losses[len(losses)-1], out, len(delta), secrecy)
	return nil
}

func (a *app) federatedOuter(ctx context.Context, dir string, deltas []string, device, out string) error {
	f, err := openFederation(dir)
	if err != nil {
		return err
	}
	if len(deltas) > f.Holders {
		return fmt.Errorf("there are %d deltas, and %d holders", len(deltas), f.Holders)
	}
	l := f.layout()
	size := l.PackedSize(f.Bits)
	in := map[string][]byte{"momentum": f.states["momentum"], "lag": f.states["lag"]}
	for _, path := range deltas {
		b, err := readWhole(path)
		if err != nil {
			return err
		}
		if _, err := l.Expand(b, f.Bits); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		in["deltas"] = append(in["deltas"], b...)
	}
	in["deltas"] = append(in["deltas"], make([]byte, size*uint64(f.Holders-len(deltas)))...) // who did not take part
	pool, _, err := openDevice(ctx, device)
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }() // it has answered
	// The step needs no more of a model than how many weights there are.
	flat := &diloco.Model{Weights: []string{"all"}, Program: &gpu.Program{
		Version: gpu.ProgramVersion, Steps: 1, Segment: 1,
		Buffers: []gpu.Buffer{{Name: "all", Kind: gpu.State, Type: gpu.F32, Len: l.Size(), Keep: true}},
		Step:    []gpu.Command{{Op: gpu.Fill, Bind: []gpu.Binding{{Buffer: 0}}}},
	}}
	program, err := f.outer(flat)
	if err != nil {
		return err
	}
	results, _, err := compute(ctx, pool, &gomlx.Compiled{Program: program}, in, 0, "", nil)
	if err != nil {
		return err
	}
	if f.states["weights"], err = f.now(); err != nil {
		return err
	}
	f.states["update"], f.states["momentum"], f.states["lag"] = results["update"], results["momentum"], results["lag"]
	f.Round++
	return a.wrote(f, out)
}

// layout is that of the weights as one tensor.
func (f *federation) layout() *diloco.Layout {
	n := uint64(len(f.states["weights"])) / 4
	return &diloco.Layout{Tensors: []diloco.Tensor{{Name: "all", Len: n}}, Len: n}
}

// now are the weights with the last update.
func (f *federation) now() ([]byte, error) {
	update, err := f.layout().Expand(f.states["update"], f.Bits)
	if err != nil {
		return nil, err
	}
	out := bytes.Clone(f.states["weights"])
	for i, u := range update { // in f32, as the programs add
		w := math.Float32frombits(binary.LittleEndian.Uint32(out[4*i:])) + u
		binary.LittleEndian.PutUint32(out[4*i:], math.Float32bits(w))
	}
	return out, nil
}

func (a *app) federatedFinish(dir string, data []string, out string) error {
	f, err := openFederation(dir)
	if err != nil {
		return err
	}
	p, m, err := f.prepare(data, gpu.CPU)
	if err != nil {
		return err
	}
	layout, _, err := m.Layouts()
	if err != nil {
		return err
	}
	flat, err := f.now()
	if err != nil {
		return err
	}
	states, err := layout.Unpack(flat)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := p.Run.Weights(&b, states); err != nil {
		return err
	}
	if _, err := save(out, &b); err != nil {
		return err
	}
	if done, err := a.emit(map[string]any{"weights": out, "round": f.Round}); done {
		return err
	}
	a.printf("weights  %s, after %d of %d rounds\n", out, f.Round, f.Rounds)
	return nil
}

// wrote writes a round and says so.
func (a *app) wrote(f *federation, dir string) error {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	text, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	files := map[string][]byte{federationFile: append(text, '\n'), recipeFile: f.text}
	for name, b := range f.states {
		files[name] = b
	}
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			return err
		}
	}
	if done, err := a.emit(map[string]any{"round": f.Round, "folder": dir}); done {
		return err
	}
	a.printf("round %d of %d begins with %s\n", f.Round+1, f.Rounds, dir)
	if f.Round == f.Rounds {
		a.printf("it is the end of the training; see gpumesh federated finish\n")
	}
	return nil
}

func openFederation(dir string) (*federation, error) {
	text, err := readWhole(filepath.Join(dir, federationFile))
	if err != nil {
		return nil, err
	}
	f := &federation{states: make(map[string][]byte)}
	if err := json.Unmarshal(text, f); err != nil {
		return nil, fmt.Errorf("%s is no round of a training: %w", dir, err)
	}
	if f.text, err = readWhole(filepath.Join(dir, recipeFile)); err != nil {
		return nil, err
	}
	if f.recipe, err = recipe.Parse(f.text); err != nil {
		return nil, err
	}
	for _, name := range federationStates {
		if f.states[name], err = readWhole(filepath.Join(dir, name)); err != nil {
			return nil, err
		}
	}
	n := len(f.states["weights"])
	if n == 0 || n%(4*diloco.Block) != 0 || len(f.states["momentum"]) != n || len(f.states["lag"]) != n {
		return nil, fmt.Errorf("%s is no round of a training: its states have %d, %d and %d bytes", dir, n, len(f.states["momentum"]), len(f.states["lag"]))
	}
	if f.Bits != 8 && f.Bits != 4 {
		return nil, fmt.Errorf("%s: bits is %d; it must be 8 or 4", dir, f.Bits)
	}
	return f, nil
}

func readWhole(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	b, err := io.ReadAll(io.LimitReader(f, maxState+1))
	if err == nil && len(b) > maxState {
		err = fmt.Errorf("%s has more than %d bytes", path, maxState)
	}
	return b, err
}

const keptFile = "holder.json"

// openKept reads what a holder kept, or begins it with a secret.
func openKept(dir string) (*kept, error) {
	k := &kept{round: -1}
	text, err := readWhole(filepath.Join(dir, keptFile))
	if errors.Is(err, fs.ErrNotExist) {
		_, err := rand.Read(k.secret[:])
		return k, err
	}
	if err != nil {
		return nil, err
	}
	var v keptJSON
	if err := json.Unmarshal(text, &v); err != nil || len(v.Secret) != len(k.secret) || len(v.Carried)%4 != 0 {
		return nil, errors.Join(fmt.Errorf("%s is not what a holder keeps", filepath.Join(dir, keptFile)), err)
	}
	copy(k.secret[:], v.Secret)
	k.inner, k.round = v.Inner, v.Round
	for i := 0; i < len(v.Carried); i += 4 {
		k.carried = append(k.carried, math.Float32frombits(binary.LittleEndian.Uint32(v.Carried[i:])))
	}
	return k, nil
}

type keptJSON struct {
	Secret  []byte `json:"secret"`
	Inner   []byte `json:"inner"`
	Carried []byte `json:"carried"`
	Round   int    `json:"round"`
}

func (k *kept) save(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	v := keptJSON{Secret: k.secret[:], Inner: k.inner, Round: k.round}
	for _, c := range k.carried {
		v.Carried = binary.LittleEndian.AppendUint32(v.Carried, math.Float32bits(c))
	}
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return atomic.WriteFile(filepath.Join(dir, keptFile), bytes.NewReader(text))
}
