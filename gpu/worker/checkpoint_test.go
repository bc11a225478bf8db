package worker

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/gputest"
)

// interrupted runs gputest's program on the fake until it has saved the checkpoint at a step, and returns its directory.
func interrupted(t *testing.T, at uint32) string {
	t.Helper()
	p := newPool(t, "child", nil)
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	q := task(t, 1<<40+5)
	_, err := p.RunFrom(ctx, q, Checkpoints{Dir: dir, Every: -1, Saved: func(step uint32) {
		if step == at {
			cancel()
		}
	}})
	require.Equal(t, gpu.Canceled, gpu.CodeOf(err), "%v", err)
	left, err := os.ReadDir(q.OutDir)
	require.NoError(t, err)
	require.Empty(t, left)
	return dir
}

func names(t *testing.T, dir string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// A task that was broken off goes on elsewhere, on another kind of device, to the same trace and results.
func TestResumeOnAnotherDevice(t *testing.T) {
	for _, step := range []uint32{3, 6, 7} {
		dir := interrupted(t, step)
		require.Equal(t, []string{CheckpointFile}, names(t, dir))
		for _, device := range []string{"fake", "eval"} {
			p := newPool(t, "child", func(c *Config) { c.Device = device })
			q := task(t, 1<<40+5)
			first := true
			q.Progress = func(done, total uint32) {
				if first {
					require.Equal(t, step, done)
				}
				first = false
			}
			var steps []uint32
			again := t.TempDir()
			res, err := p.RunFrom(t.Context(), q, Checkpoints{
				Dir: again, Every: -1, Resume: filepath.Join(dir, CheckpointFile), Saved: func(s uint32) { steps = append(steps, s) },
			})
			require.NoError(t, err)
			require.Equal(t, gputest.TraceRoot, fmt.Sprintf("%x", res.TraceRoot))
			for name, content := range gputest.Want(q.Seed) {
				got, err := os.ReadFile(filepath.Join(q.OutDir, name))
				require.NoError(t, err)
				require.Equal(t, content, got, name)
			}
			require.Equal(t, map[uint32][]uint32{3: {6, 7}, 6: {7}, 7: nil}[step], steps)
			require.Equal(t, map[uint32][]string{3: {CheckpointFile}, 6: {CheckpointFile}}[step], names(t, again))
		}
	}
}

// A paused run ends with its state saved, its worker stays, and it goes on on another device.
func TestPause(t *testing.T) {
	p := newPool(t, "child", nil)
	for _, step := range []uint32{3, 6, 7} {
		dir, pause := t.TempDir(), make(chan struct{})
		q := task(t, 1<<40+5)
		_, err := p.RunFrom(t.Context(), q, Checkpoints{Dir: dir, Every: -1, Pause: pause, Saved: func(s uint32) {
			if s == step {
				close(pause)
			}
		}})
		require.Equal(t, gpu.Paused, gpu.CodeOf(err), "%v", err)
		require.ErrorContains(t, err, fmt.Sprintf("after step %d", step))
		require.Equal(t, []string{CheckpointFile}, names(t, dir))
		require.Empty(t, names(t, q.OutDir))
		child := p.child
		require.True(t, child.alive())

		other := newPool(t, "child", func(c *Config) { c.Device = "eval" })
		res, err := other.RunFrom(t.Context(), q, Checkpoints{Resume: filepath.Join(dir, CheckpointFile)})
		require.NoError(t, err)
		require.Equal(t, gputest.TraceRoot, fmt.Sprintf("%x", res.TraceRoot))
		runs(t, p, "a")
		require.Equal(t, child, p.child, "a pause is no reason for a new worker")
	}

	pause := make(chan struct{})
	close(pause)
	_, err := p.RunFrom(t.Context(), task(t, 1), Checkpoints{Dir: t.TempDir(), Pause: pause})
	require.Equal(t, gpu.Paused, gpu.CodeOf(err), "a run that was paused before it began does not begin: %v", err)
	_, err = p.RunFrom(t.Context(), task(t, 1), Checkpoints{Pause: pause})
	require.ErrorContains(t, err, "needs a checkpoint directory")
}

// A program of one segment is paused after each of its steps, goes on on the other kind of device every time, and gives what it gives unbroken.
func TestPauseInsideASegment(t *testing.T) {
	long := gputest.Program()
	long.Segment = long.Steps
	whole, err := gpu.Run(t.Context(), &gpu.Fake{Kernels: gputest.FakeKernels()}, long, gpu.Task{Inputs: gputest.Inputs(), Seed: 1<<40 + 5})
	require.NoError(t, err)
	pools := []*Pool{newPool(t, "child", nil), newPool(t, "child", func(c *Config) { c.Device = "eval" })}
	q := task(t, 1<<40+5)
	q.Program, err = long.Encode()
	require.NoError(t, err)
	c := Checkpoints{Dir: t.TempDir(), Every: 1}
	for step := uint32(1); step <= long.Steps; step++ {
		pause := make(chan struct{})
		c.Pause, c.Saved = pause, func(uint32) { close(pause) } // the first one that there is
		_, err := pools[step%2].RunFrom(t.Context(), q, c)
		require.Equal(t, gpu.Paused, gpu.CodeOf(err), "%v", err)
		require.ErrorContains(t, err, fmt.Sprintf("after step %d", step))
		require.Empty(t, names(t, q.OutDir))
		c.Resume = filepath.Join(c.Dir, CheckpointFile)
	}
	res, err := pools[0].RunFrom(t.Context(), q, Checkpoints{Resume: c.Resume})
	require.NoError(t, err)
	require.Equal(t, whole.Leaves, res.Leaves)
	require.Equal(t, whole.Outputs, res.Outputs)
	for name, content := range gputest.Want(q.Seed) {
		got, err := os.ReadFile(filepath.Join(q.OutDir, name))
		require.NoError(t, err)
		require.Equal(t, content, got, name)
	}
}

// A pause that comes while a run is under way is heard after the next step, although nothing was to be saved there.
func TestPauseUnderWay(t *testing.T) {
	p := newPool(t, "child", nil)
	long := gputest.Program() // of one segment
	long.Steps, long.Segment, long.Buffers[6].Every = 1<<20, 1<<20, 1<<15
	q, pause, dir := task(t, 1), make(chan struct{}), t.TempDir()
	var err error
	q.Program, err = long.Encode()
	require.NoError(t, err)
	paused := false
	q.Progress = func(done, _ uint32) {
		if !paused {
			paused = true
			close(pause)
		}
	}
	_, err = p.RunFrom(t.Context(), q, Checkpoints{Dir: dir, Pause: pause})
	require.Equal(t, gpu.Paused, gpu.CodeOf(err), "%v", err)
	require.Equal(t, []string{CheckpointFile}, names(t, dir))
	// The next run is another one.
	_, err = p.RunFrom(t.Context(), task(t, 1), Checkpoints{Dir: dir, Pause: make(chan struct{})})
	require.NoError(t, err)
}

func TestCheckpointsAreSpacedOut(t *testing.T) {
	p := newPool(t, "child", nil)
	dir := t.TempDir()
	_, err := p.RunFrom(t.Context(), task(t, 1), Checkpoints{Dir: dir})
	require.NoError(t, err)
	require.Empty(t, names(t, dir), "a run of milliseconds saves nothing")
}

func TestBadCheckpoints(t *testing.T) {
	p := newPool(t, "child", nil)
	good, err := os.ReadFile(filepath.Join(interrupted(t, 6), CheckpointFile))
	require.NoError(t, err)
	from := func(b []byte, seed uint64) error {
		path := filepath.Join(t.TempDir(), "c")
		require.NoError(t, os.WriteFile(path, b, 0o600))
		q := task(t, seed)
		_, err := p.RunFrom(t.Context(), q, Checkpoints{Resume: path})
		if err != nil {
			require.Equal(t, gpu.InvalidInput, gpu.CodeOf(err), "%v", err)
			require.Empty(t, names(t, q.OutDir))
		}
		return err
	}
	require.NoError(t, from(good, 1<<40+5))
	require.ErrorContains(t, from(good[:len(good)-1], 1<<40+5), "torn")
	require.ErrorContains(t, from(nil, 1<<40+5), "torn")
	require.ErrorContains(t, from(good, 7), "with seed")
	good[len(good)-3000] ^= 1
	require.ErrorContains(t, from(good, 1<<40+5), "does not give the leaf")

	_, err = p.RunFrom(t.Context(), task(t, 1), Checkpoints{Resume: filepath.Join(t.TempDir(), "absent")})
	require.Equal(t, gpu.InvalidInput, gpu.CodeOf(err), "%v", err)
	_, err = p.RunFrom(t.Context(), task(t, 1), Checkpoints{Resume: t.TempDir()})
	require.ErrorContains(t, err, "not a regular file")
	_, err = p.RunFrom(t.Context(), task(t, 1), Checkpoints{Dir: filepath.Join(t.TempDir(), "absent")})
	require.ErrorContains(t, err, "does not exist")
	runs(t, p, "a")
}

// A directory that goes away ends the saving, not the run.
func TestRunsOnWhenItCannotSave(t *testing.T) {
	p := newPool(t, "child", nil)
	dir := filepath.Join(t.TempDir(), "d")
	require.NoError(t, os.Mkdir(dir, 0o700))
	var steps []uint32
	res, err := p.RunFrom(t.Context(), task(t, 1<<40+5), Checkpoints{Dir: dir, Every: -1, Saved: func(s uint32) {
		steps = append(steps, s)
		require.NoError(t, os.RemoveAll(dir))
	}})
	require.NoError(t, err)
	require.Equal(t, gputest.TraceRoot, fmt.Sprintf("%x", res.TraceRoot))
	require.Equal(t, []uint32{3}, steps)
	runs(t, p, "a")
}

// What a child claims to have saved is looked at before it replaces the last checkpoint.
func TestKeeperRefuses(t *testing.T) {
	good, err := os.ReadFile(filepath.Join(interrupted(t, 6), CheckpointFile))
	require.NoError(t, err)
	for name, c := range map[string]struct {
		content []byte
		bound   uint64
		step    uint32
	}{
		"nothing":    {nil, 1 << 20, 6},
		"torn":       {good[:len(good)-1], 1 << 20, 6},
		"other step": {good, 1 << 20, 3},
		"too large":  {good, uint64(len(good)) - 1, 6},
		"a stranger": {make([]byte, 5000), 1 << 20, 6},
	} {
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, CheckpointFile), []byte("the last one"), 0o600))
		f, err := create(filepath.Join(dir, partFile))
		require.NoError(t, err)
		_, err = f.Write(c.content)
		require.NoError(t, err)
		k := &keeper{c: &Checkpoints{Dir: dir}, bound: c.bound, part: f, log: slog.Default()}
		require.Equal(t, gpu.WorkerDied, gpu.CodeOf(k.saved(c.step)), name)
		k.stop()
		require.Equal(t, []string{CheckpointFile}, names(t, dir), name)
		last, err := os.ReadFile(filepath.Join(dir, CheckpointFile))
		require.NoError(t, err)
		require.Equal(t, "the last one", string(last))
	}
	k := &keeper{c: &Checkpoints{}, log: slog.Default()}
	require.Equal(t, gpu.WorkerDied, gpu.CodeOf(k.saved(6)), "nobody asked for it")
}

// A program may have as many buffers as the format allows, and each of them a file that goes in and one that comes out.
func TestManyFiles(t *testing.T) {
	p := &gpu.Program{Version: gpu.ProgramVersion, Steps: 2, Segment: 1, Step: []gpu.Command{{Op: gpu.Fill, Bind: []gpu.Binding{{}}, Value: 3}}}
	q := Request{Tenant: "a", Inputs: map[string]string{}, OutDir: t.TempDir(), Timeout: time.Minute}
	in := filepath.Join(t.TempDir(), "in")
	require.NoError(t, os.WriteFile(in, []byte{1, 2, 3, 4}, 0o600))
	for i := range gpu.MaxBuffers {
		name := fmt.Sprint("b", i)
		p.Buffers = append(p.Buffers, gpu.Buffer{Name: name, Kind: gpu.State, Type: gpu.U32, Len: 4, Keep: true})
		q.Inputs[name] = in
	}
	var err error
	q.Program, err = p.Encode()
	require.NoError(t, err)
	pool := newPool(t, "child", nil)
	_, err = pool.RunFrom(t.Context(), q, Checkpoints{Dir: t.TempDir(), Every: -1})
	require.NoError(t, err)
	got, err := os.ReadFile(filepath.Join(q.OutDir, "b1023"))
	require.NoError(t, err)
	require.Equal(t, []byte{1, 2, 3, 4}, got)
}
