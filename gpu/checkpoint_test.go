package gpu_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gputest"
)

// saved returns the checkpoint at step 3 of gputest's program.
func saved(t *testing.T) []byte {
	t.Helper()
	return gputest.SaveAll(t, fake(), gputest.Program(), gputest.Inputs(), 9, nil).Checkpoints[3]
}

var checked gpu.Learned // the programs of these tests

// resume runs gputest's program from a checkpoint that change may have spoilt.
func resume(t *testing.T, p *gpu.Program, b []byte, change func(c *gpu.Checkpoint)) error {
	t.Helper()
	c, err := gpu.ReadCheckpoint(bytes.NewReader(b))
	if err != nil {
		return err
	}
	if change != nil {
		change(c)
	}
	f := fake()
	_, err = gpu.Run(t.Context(), f, p, gpu.Task{Inputs: gputest.Inputs(), Seed: 9, Resume: c, Learned: &checked})
	require.Zero(t, f.Live())
	return err
}

func TestTornCheckpointsAreRefused(t *testing.T) {
	b := saved(t)
	require.NoError(t, resume(t, gputest.Program(), b, nil))
	for n := range b {
		require.Equal(t, gpu.InvalidInput, gpu.CodeOf(resume(t, gputest.Program(), b[:n], nil)), "cut at %d", n)
	}
	require.ErrorContains(t, resume(t, gputest.Program(), append(bytes.Clone(b), 0), nil), "torn")
	for n := range b {
		flipped := bytes.Clone(b)
		flipped[n] ^= 1
		require.Equal(t, gpu.InvalidInput, gpu.CodeOf(resume(t, gputest.Program(), flipped, nil)), "bit flipped at %d", n)
	}
}

func TestCheckpointsThatDoNotFit(t *testing.T) {
	b := saved(t)
	other := gputest.Program()
	other.Step[1].Cost++
	require.ErrorContains(t, resume(t, other, b, nil), "of another program")
	for reason, change := range map[string]func(c *gpu.Checkpoint){
		"seed 8, not 9":                   func(c *gpu.Checkpoint) { c.Seed = 8 },
		"at step 0":                       func(c *gpu.Checkpoint) { c.Step = 0 },
		`"rows" up to step 4`:             func(c *gpu.Checkpoint) { c.Step = 4 },
		"give the leaf":                   func(c *gpu.Checkpoint) { c.Leaves[0][1] ^= 1 },
		"at step 9":                       func(c *gpu.Checkpoint) { c.Step = 9 },
		"at step 6 and has 1 leaves":      func(c *gpu.Checkpoint) { c.Step = 6 },
		"at step 3 and has 2 leaves":      func(c *gpu.Checkpoint) { c.Leaves = append(c.Leaves, c.Leaves[0]) },
		"2044 bytes of state":             func(c *gpu.Checkpoint) { c.StateSize -= 4 },
		`the rows of "rows"`:              func(c *gpu.Checkpoint) { c.Rows[0].Size -= 512 },
		`rows of "rows" up`:               func(c *gpu.Checkpoint) { c.Rows = nil },
		"that the program does not have":  func(c *gpu.Checkpoint) { c.Rows = append(c.Rows, c.Rows[0]) },
		"does not give the leaf":          func(c *gpu.Checkpoint) { c.Leaves[0][0] ^= 1 },
		"without its state":               func(c *gpu.Checkpoint) { c.State = nil },
		"state cannot be read: 512 bytes": func(c *gpu.Checkpoint) { c.State = io.LimitReader(c.State, 3*512) },
		"without its rows":                func(c *gpu.Checkpoint) { c.Rows[0].Content = nil },
		"do not have their hash":          func(c *gpu.Checkpoint) { c.Rows[0].Root[0] ^= 1 },
		"give the leaf of its last":       func(c *gpu.Checkpoint) { c.Rows[0].Segment[0] ^= 1 },
	} {
		err := resume(t, gputest.Program(), b, change)
		require.ErrorContains(t, err, reason)
		require.Equal(t, gpu.InvalidInput, gpu.CodeOf(err))
	}

	inside := gputest.SaveSteps(t, fake(), gputest.Program(), gputest.Inputs(), 9, nil).Checkpoints[5]
	require.NoError(t, resume(t, gputest.Program(), inside, nil))
	for reason, change := range map[string]func(c *gpu.Checkpoint){
		"state at step 5 does not have its hash": func(c *gpu.Checkpoint) { c.Within[0] ^= 1 },
		`rows of "rows" do not have their hash`:  func(c *gpu.Checkpoint) { c.Rows[0].Segment[0] ^= 1 },
		"step 5 and has 2 leaves":                func(c *gpu.Checkpoint) { c.Leaves = append(c.Leaves, c.Leaves[0]) },
		"step 5 and has 0 leaves":                func(c *gpu.Checkpoint) { c.Leaves = nil },
		"do not have their hash":                 func(c *gpu.Checkpoint) { c.Step, c.Leaves, c.Rows[0].Size = 3, c.Leaves[:1], 512 },
	} {
		err := resume(t, gputest.Program(), inside, change)
		require.ErrorContains(t, err, reason)
		require.Equal(t, gpu.InvalidInput, gpu.CodeOf(err))
	}

	p := gputest.Program()
	p.Final = nil
	s := gputest.SaveAll(t, fake(), p, gputest.Inputs(), 9, nil)
	require.Len(t, s.Checkpoints, 2, "nothing follows the last segment")
	require.ErrorContains(t, resume(t, p, s.Checkpoints[3], func(c *gpu.Checkpoint) { c.Step = 7 }), "nothing is left to do")
}

// A callback may ignore a checkpoint, stop the run with one, and not read the state once the run has gone on.
func TestCheckpointCallback(t *testing.T) {
	run := func(f *gpu.Fake, do func(c *gpu.Checkpoint) error) error {
		_, err := gpu.Run(t.Context(), f, gputest.Program(), gpu.Task{Inputs: gputest.Inputs(), Checkpoint: do})
		return err
	}
	var kept []*gpu.Checkpoint
	require.NoError(t, run(fake(), func(c *gpu.Checkpoint) error { kept = append(kept, c); return nil }))
	require.Len(t, kept, 3)
	_, err := io.ReadAll(kept[0].State)
	require.ErrorContains(t, err, "the run has gone on")

	err = run(fake(), func(*gpu.Checkpoint) error { return errors.New("the disk is full") })
	require.ErrorContains(t, err, "the checkpoint at step 3 cannot be saved: the disk is full")
	err = run(fake(), func(*gpu.Checkpoint) error { return gpu.Errorf(gpu.Canceled, "paused") })
	require.Equal(t, gpu.Canceled, gpu.CodeOf(err))
	err = run(fake(), func(c *gpu.Checkpoint) error { _, err := c.WriteTo(broken{}); return err })
	require.ErrorContains(t, err, "the disk is full")
	err = run(fake(), func(c *gpu.Checkpoint) error { _, err := c.WriteTo(io.Discard); return err })
	require.ErrorContains(t, err, "the rows of rows is missing")
}

// A device that is lost while a checkpoint is saved ends the run as such, whatever the callback makes of it.
func TestDeviceLostWhileSaving(t *testing.T) {
	d := &losing{Fake: fake()}
	_, err := gpu.Run(t.Context(), d, gputest.Program(), gpu.Task{Inputs: gputest.Inputs(), Checkpoint: func(c *gpu.Checkpoint) error {
		d.lost = true
		_, err := io.Copy(io.Discard, c.State)
		require.Error(t, err)
		return nil
	}})
	require.Equal(t, gpu.DeviceLost, gpu.CodeOf(err), "%v", err)
}

type losing struct {
	*gpu.Fake
	lost bool
}

func (l *losing) Read(ctx context.Context, m gpu.Memory, off uint64, p []byte) error {
	if l.lost {
		return gpu.Errorf(gpu.DeviceLost, "the device was lost")
	}
	return l.Fake.Read(ctx, m, off, p)
}

// State larger than one transfer, and rows that are read at once.
func TestLargeCheckpoint(t *testing.T) {
	const size = 17<<20 + 4
	p := gputest.Program()
	p.Init, p.Final = nil, nil
	p.Buffers = append(p.Buffers, gpu.Buffer{Name: "big", Kind: gpu.State, Type: gpu.U32, Len: size, Keep: true},
		gpu.Buffer{Name: "wide", Kind: gpu.Output, Type: gpu.U32, Len: 5 << 20, Every: 3})
	p.Step = append(p.Step, gpu.Command{Op: gpu.Copy, Bind: []gpu.Binding{{Buffer: 3, Len: 256}, {Buffer: 9, Off: 1 << 20, Len: 256}}})
	in := gputest.Inputs()
	big := make([]byte, size)
	for i := range big {
		big[i] = byte(i * i >> 7)
	}
	in["big"] = bytes.NewReader(big)
	whole := gputest.SaveAll(t, fake(), p, in, 9, nil)
	for _, b := range whole.Checkpoints {
		got := gputest.SaveAll(t, fake(), p, in, 9, b)
		require.Equal(t, whole.Result.TraceRoot, got.Result.TraceRoot)
		require.Equal(t, whole.Result.Outputs, got.Result.Outputs)
		require.True(t, bytes.Equal(whole.Outputs["wide"], got.Outputs["wide"]))
	}
}

func FuzzReadCheckpoint(f *testing.F) {
	var b bytes.Buffer
	if _, err := (&gpu.Checkpoint{Step: 1, Leaves: make([][32]byte, 1)}).WriteTo(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := gpu.ReadCheckpoint(bytes.NewReader(b))
		if err != nil {
			if gpu.CodeOf(err) != gpu.InvalidInput {
				t.Fatal(err)
			}
			return
		}
		var again bytes.Buffer
		if _, err := c.WriteTo(&again); err != nil {
			t.Fatal(err)
		}
	})
}
