package gputest

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
)

// Saved is what SaveAll took from a run.
type Saved struct {
	Result      *gpu.Result
	Outputs     map[string][]byte
	Checkpoints map[uint32][]byte // by step
}

// SaveAll runs a program from a checkpoint, or from the beginning when resume is nil, and saves every checkpoint of it between segments.
func SaveAll(t *testing.T, d gpu.Device, p *gpu.Program, in map[string]gpu.Input, seed uint64, resume []byte) Saved {
	t.Helper()
	return saveAll(t, d, p, in, seed, resume, nil)
}

// SaveSteps is SaveAll, and saves inside segments, too: after every step.
func SaveSteps(t *testing.T, d gpu.Device, p *gpu.Program, in map[string]gpu.Input, seed uint64, resume []byte) Saved {
	t.Helper()
	return saveAll(t, d, p, in, seed, resume, func() bool { return true })
}

func saveAll(t *testing.T, d gpu.Device, p *gpu.Program, in map[string]gpu.Input, seed uint64, resume []byte, inside func() bool) Saved {
	t.Helper()
	s := Saved{Outputs: make(map[string][]byte), Checkpoints: make(map[uint32][]byte)}
	out, sink := Collect()
	task := gpu.Task{Inputs: in, Outputs: sink, Seed: seed, Save: inside, Checkpoint: func(c *gpu.Checkpoint) error {
		for i := range c.Rows {
			c.Rows[i].Content = bytes.NewReader(out[c.Rows[i].Name].Bytes())
		}
		var b bytes.Buffer
		n, err := c.WriteTo(&b)
		require.Equal(t, int64(b.Len()), n)
		s.Checkpoints[c.Step] = b.Bytes()
		return err
	}}
	if resume != nil {
		c, err := gpu.ReadCheckpoint(bytes.NewReader(resume))
		require.NoError(t, err)
		task.Resume = c
	}
	var err error
	s.Result, err = gpu.Run(t.Context(), d, p, task)
	require.NoError(t, err)
	for name, b := range out {
		s.Outputs[name] = b.Bytes()
	}
	return s
}

// testCheckpoints moves a run after every step from the device to a fake and back: both go on with the same trace. Unbroken it is the same, too,
// whether anything was saved or not.
func testCheckpoints(t *testing.T, s *suite) {
	const seed = 1<<40 + 5
	for _, segment := range []uint32{3, 7, 1} {
		p := Program()
		p.Segment = segment
		unbroken := SaveAll(t, s.d, p, Inputs(), seed, nil)
		require.Len(t, unbroken.Checkpoints, len(unbroken.Result.Leaves)-1)
		whole := SaveSteps(t, s.d, p, Inputs(), seed, nil)
		require.Len(t, whole.Checkpoints, int(p.Steps))
		require.Equal(t, unbroken.Result.Leaves, whole.Result.Leaves)
		require.Equal(t, unbroken.Outputs, whole.Outputs)
		for step, saved := range unbroken.Checkpoints {
			require.Equal(t, saved, whole.Checkpoints[step])
		}
		fake := SaveSteps(t, &gpu.Fake{Kernels: FakeKernels()}, p, Inputs(), seed, nil)
		require.Equal(t, whole.Checkpoints, fake.Checkpoints, "exact programs have the same checkpoints everywhere")
		for step, saved := range whole.Checkpoints {
			for _, d := range []gpu.Device{s.d, &gpu.Fake{Kernels: FakeKernels()}} {
				got := SaveSteps(t, d, p, Inputs(), seed, saved)
				require.Equal(t, whole.Result.Leaves, got.Result.Leaves, "resumed at step %d", step)
				require.Equal(t, whole.Result.TraceRoot, got.Result.TraceRoot)
				require.Equal(t, whole.Result.Outputs, got.Result.Outputs)
				require.Equal(t, whole.Outputs, got.Outputs)
				for later, want := range whole.Checkpoints {
					if later > step {
						require.Equal(t, want, got.Checkpoints[later])
					} else {
						require.NotContains(t, got.Checkpoints, later)
					}
				}
			}
		}
	}
}
