package node

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/ipfs/go-cid"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/diloco"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/gputest"
	"gpumesh/market"
	"gpumesh/node/training"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// evaluate runs a program in this process.
func evaluate(ctx context.Context, p *gpu.Program, x Execution) (_ *gpu.Result, err error) {
	in := map[string]gpu.Input{}
	for name, path := range x.Inputs {
		b, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		in[name] = bytes.NewReader(b)
	}
	var files []io.Closer
	defer func() {
		for _, f := range files {
			err = errors.Join(err, f.Close())
		}
	}()
	return gpu.Run(ctx, eval.Open(), p, gpu.Task{Inputs: in, Seed: x.Seed, Outputs: func(name string, _ int64) (io.Writer, error) {
		f, err := os.Create(filepath.Join(x.OutDir, name))
		files = append(files, f)
		return f, err
	}})
}

const (
	heldSteps, heldRows, heldCols = 12, 8, 4
	heldPieces                    = 2
)

// holding writes a data set: examples of y = 1 + sum(i*x[i]).
func holding(t *testing.T, seed uint64) string {
	rng := rand.New(rand.NewPCG(seed, 1))
	var x, y []byte
	put := func(b []byte, v float64) []byte {
		return binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(v)))
	}
	for range heldPieces * heldSteps * heldRows {
		sum := 1.0
		for i := range heldCols {
			v := rng.NormFloat64()
			x, sum = put(x, v), sum+float64(i)*v
		}
		y = put(y, sum)
	}
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "x"), x, 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "y"), y, 0o600))
	return dir
}

// federated drafts a training by holders, whose programs and files are at the owner's.
func (tn *testNode) federated(rounds int, trim int, private diloco.Private, data string, holders ...*testNode) (*training.Training, market.Spec) {
	t := tn.t()
	plan := &training.Plan{
		Name: "regression", Model: &diloco.Model{Program: gputest.Regression(heldSteps, heldRows, heldCols, 1, 0.05), Weights: []string{"w", "c"}},
		Options: diloco.Options{Bits: 8}, Outer: diloco.Outer{Rate: 1, Momentum: 0, Trim: trim}, Rounds: rounds, Seed: 1,
		Feeds: map[string]training.Feed{}, Final: map[string]training.Feed{"far": training.Same("far", make([]byte, 4*heldCols))},
		Policy: poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 4, Standby: 2}, Timeout: time.Minute,
	}
	weights, _, err := plan.Model.Layouts()
	require.NoError(t, err)
	plan.Weights = make([]byte, weights.Size())
	var list []training.Holder
	for _, h := range holders {
		list = append(list, training.Holder{Peer: h.self, Data: data})
	}
	planned, err := plan.Federated(list, private, "x", "y")
	require.NoError(t, err)
	links := map[string]poc.Link{}
	for _, f := range planned.Job.Files {
		r, err := f.Open()
		require.NoError(t, err)
		id, _, err := tn.Content().Add(t.Context(), r, 1<<20, p2p.Shared)
		require.NoError(t, err)
		links[f.Input] = poc.Link{Cid: id}
	}
	for _, p := range planned.Job.Programs {
		_, err := tn.Content().PutBlock(t.Context(), p.Block, cid.DagCBOR, p2p.Shared)
		require.NoError(t, err)
	}
	spec, err := planned.Job.Spec(links, market.NLOV, 0, time.Now())
	require.NoError(t, err)
	return planned, spec
}

// result is a certified result of a task, from the owner's content.
func (tn *testNode) result(v market.View, task uint32, name string) []byte {
	t := tn.t()
	for _, o := range v.Tasks[task].Result.Outputs {
		if o.Name == name {
			var b bytes.Buffer
			_, err := tn.Content().Export(t.Context(), o.File.Cid, &b, 1<<20, tn.Sources(v, task)...)
			require.NoError(t, err)
			return b.Bytes()
		}
	}
	t.Fatalf("task %d has no result %q", task, name)
	return nil
}

// TestHeldData: four providers train on data that they show to nobody, though one of them sends poison. Only clipped deltas leave them, and
// the data are in no node's content, nor is anything else that was computed from them.
func TestHeldData(t *testing.T) {
	const holders, poisoner, rounds = 4, 3, 2
	folders := make([]string, 1+holders)
	c := newCluster(t, 1+holders, func(i int, tn *testNode) {
		tn.runner.eval = true
		if folders[i] = holding(t, uint64(i)); i > 0 {
			tn.cfg.Data = map[string]Data{"numbers": {Dir: folders[i], Open: true}, "secrets": {Dir: folders[i], Epsilon: 10, Total: 10}}
		}
		if i == poisoner {
			tn.cfg.Fault = FaultPoison
		}
	})
	owner := c.nodes[0]
	ads, err := c.nodes[1].Market(t.Context())
	require.NoError(t, err)
	for _, ad := range ads {
		require.Equal(t, ad.Peer != owner.self, len(ad.Data) == 2, "holders advertise what they hold: %v", ad.Data)
	}

	weights := func(trim int) (w []float64, v market.View, planned *training.Training) {
		planned, spec := owner.federated(rounds, trim, diloco.Private{Clip: 10}, "numbers", c.nodes[1:]...)
		v = owner.wait(c.submit(owner, spec), "its end", over)
		require.Equal(t, market.Done, v.State, "%v", v.Explain)
		states, err := planned.Layout.Unpack(owner.result(v, planned.Final, "weights"))
		require.NoError(t, err)
		for _, b := range [][]byte{states["w"], states["c"]} {
			for i := 0; i < len(b); i += 4 {
				w = append(w, float64(math.Float32frombits(binary.LittleEndian.Uint32(b[i:]))))
			}
		}
		return w, v, planned
	}
	truth := []float64{0, 1, 2, 3, 1}
	w, v, planned := weights(1)
	require.InDeltaSlice(t, truth, w, 0.3, "trimmed")
	require.Contains(t, strings.Join(v.Explain, "\n"), fmt.Sprintf("%d tasks run on data that %d providers hold", holders*rounds, holders))
	plain, _, _ := weights(0)
	require.Greater(t, math.Abs(plain[3]-3), 3.0, "the plain average is lost: %v", plain)

	pays := c.paid(v)
	for i := 1; i <= holders; i++ {
		require.NotZero(t, pays[account(i)], "a holder is paid for its word")
	}
	r, err := owner.Receipt(t.Context(), v.ID)
	require.NoError(t, err)
	for i, task := range r.Tasks {
		_, local := planned.Local[uint32(i)]
		require.Equal(t, local, task.Unverified)
		if local {
			require.Len(t, task.Result, 1)
			require.True(t, task.Trace.IsZero())
		}
	}
	for i := 1; i <= holders; i++ {
		for _, name := range []string{"x", "y"} {
			b, err := os.ReadFile(filepath.Join(folders[i], name))
			require.NoError(t, err)
			half := len(b) / heldPieces
			c.nowhere(b, b[:half], b[half:])
		}
		require.NoError(t, filepath.WalkDir(filepath.Join(c.nodes[i].cfg.Dir, "held"), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			if err == nil && len(bytes.Trim(b, "\x00")) > 0 {
				c.nowhere(b)
			}
			return err
		}))
	}

	// What a job would learn is bounded, and so is what all do.
	private := diloco.Private{Clip: 10, Noise: 2}
	epsilon, err := private.Epsilon(rounds, DataDelta)
	require.NoError(t, err)
	require.True(t, epsilon > 5 && epsilon < 10, "%v fits once, and not twice", epsilon)
	refused := func(spec market.Spec, want string) {
		t.Helper()
		spec.Network, spec.Version, spec.Owner = c.net.ID(), 1, owner.self
		err := c.nodes[1].holdings.admit(poc.Hash{7}, spec)
		require.ErrorContains(t, err, want)
	}
	_, spec := owner.federated(rounds, 0, diloco.Private{Clip: 10}, "secrets", c.nodes[1])
	refused(spec, `adds no noise to what it learns about the data set "secrets"`)
	_, spec = owner.federated(rounds, 0, private, "others", c.nodes[1])
	refused(spec, `this provider holds no data set "others"`)
	_, spec = owner.federated(rounds, 0, private, "secrets", c.nodes[1:4]...)
	spec.Tasks[0].Inputs[1].Parts[0] = market.Part{Data: "../x", Size: 8}
	refused(spec, "its data have no")
	_, spec = owner.federated(rounds, 0, private, "secrets", c.nodes[1:4]...)
	for i, in := range spec.Tasks[0].Inputs {
		if in.Parts[0].Data == "x" {
			spec.Tasks[0].Inputs[i].Parts[0].Size /= 2
		}
	}
	refused(spec, "the model's examples are of another size than those of the data set")
	_, spec = owner.federated(rounds, 0, private, "secrets", c.nodes[1:4]...)
	spec.Tasks[0].Held.Noise *= 3
	refused(spec, "differ in clip or noise")
	_, spec = owner.federated(rounds, 0, private, "secrets", c.nodes[1:4]...)
	v = owner.wait(c.submit(owner, spec), "its end", over)
	require.Equal(t, market.Done, v.State, "%v", v.Explain)
	refused(spec, "and after earlier jobs its holder allows")
	c.nodes[1].stop()
	c.nodes[1].start() // which remembers
	refused(spec, "and after earlier jobs its holder allows")
}

// nowhere asserts that no node has given content, as files or blocks.
func (c *cluster) nowhere(contents ...[]byte) {
	c.t.Helper()
	for _, b := range contents {
		id, err := p2p.FileCID(bytes.NewReader(b))
		require.NoError(c.t, err)
		for i, tn := range c.nodes {
			require.False(c.t, tn.Content().Has(id), "node %d", i)
			require.False(c.t, tn.Content().Has(poc.RawLink(b).Cid), "node %d", i)
		}
	}
}

// What a task keeps for the next is found when it runs again, and goes with its job.
func TestHeldState(t *testing.T) {
	dir := holding(t, 1)
	h := &holdings{
		sets: map[string]Data{"d": {Dir: dir, Epsilon: 10, Total: 11}}, self: poc.PeerID{1}, secret: poc.Hash{2}, dir: filepath.Join(t.TempDir(), "held"),
		store: testStore(t, vfs.NewMem()),
	}
	held := &market.Held{Holder: h.self, Data: "d", Clip: market.HeldUnit, Noise: 3 * market.HeldUnit}
	job := poc.Hash{3}
	spec := market.Spec{Tasks: []market.Task{{Held: held}, {Held: held}, {Held: held}}}
	layout := &diloco.Layout{Tensors: []diloco.Tensor{{Name: "a", Len: 256}}, Len: 256}
	run := func(task uint32, before ...uint32) []byte {
		out := t.TempDir()
		way := make([]float32, layout.Len)
		for i := range way {
			way[i] = float32(task+1) / 100
		}
		delta, lost := layout.Compress(way, 8)
		var rest []byte
		for _, v := range lost {
			rest = binary.LittleEndian.AppendUint32(rest, math.Float32bits(v))
		}
		res := &gpu.Result{Leaves: [][32]byte{{1}}, TraceRoot: [32]byte{1}}
		for name, b := range map[string][]byte{market.HeldOutput: delta, market.HeldRest: rest, "inner": []byte("moments"), "loss": {1, 2, 3, 4}} {
			require.NoError(t, os.WriteFile(filepath.Join(out, name), b, 0o600))
			res.Outputs = append(res.Outputs, gpu.OutputInfo{Name: name, Size: uint64(len(b))})
		}
		r := market.Run{
			Ref: poc.TaskRef{Job: job, Task: task}, Held: held, Before: before,
			Inputs: []market.RunInput{{Name: "inner", Data: market.HeldKept, Size: 7}},
		}
		in := filepath.Join(t.TempDir(), "in")
		require.NoError(t, h.input(r, r.Inputs[0], in))
		kept, err := os.ReadFile(in)
		require.NoError(t, err)
		want := map[bool]string{true: "\x00\x00\x00\x00\x00\x00\x00", false: "moments"}[len(before) == 0]
		require.Equal(t, want, string(kept))
		got, err := h.hide(r, res, out, spec)
		require.NoError(t, err)
		require.Len(t, got.Outputs, 1)
		require.Zero(t, got.TraceRoot)
		require.Empty(t, got.Leaves)
		files, err := os.ReadDir(out)
		require.NoError(t, err)
		require.Len(t, files, 1, "only what leaves the holder is left")
		b, err := os.ReadFile(filepath.Join(out, market.HeldOutput))
		require.NoError(t, err)
		require.NotEqual(t, delta, b)
		return b
	}
	first, second := run(0), run(1, 0)
	require.Equal(t, second, run(1, 0), "a task that runs again sends the same")
	require.NotEqual(t, first, second)
	third := run(2, 0, 1)
	require.NoDirExists(t, h.path(job, 0, ""))
	require.Equal(t, third, run(2, 0, 1))
	job = poc.Hash{4}
	require.ErrorContains(t, h.may(job, spec, "d"), "after earlier jobs", "this job's three tasks and another's")
	bare := *held
	bare.Noise = 0
	require.EqualError(t, h.may(job, market.Spec{Tasks: []market.Task{{Held: &bare}}}, "d"),
		`the job adds no noise to what it learns about the data set "d", and its holder allows epsilon 10 (at delta 1e-05): take some noise`)
	h.sets["d"] = Data{Dir: dir, Open: true}
	require.NotEqual(t, first, run(0), "another job has other noise")
	require.NoError(t, h.forget(job))
	require.NoDirExists(t, filepath.Join(h.dir, job.String()))

	h.sets["d"] = Data{Dir: dir, Open: true, Owners: []string{poc.PeerID{9}.String()}}
	require.ErrorContains(t, h.may(job, spec, "d"), "is not for jobs of")
	require.NoError(t, os.Symlink("/etc/hostname", filepath.Join(dir, "out")))
	for _, name := range []string{"../" + filepath.Base(dir) + "/x", "/etc/hostname", "out", ".", "none"} {
		_, _, err := pieces(h.sets["d"], name, 1)
		require.ErrorContains(t, err, "its data have no", name)
	}
}
