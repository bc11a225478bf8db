package gpu

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"time"
)

// The guard detects submissions that a driver dropped or cut while reporting success, which drivers do after a hang or a
// reset. Outputs cannot be pre-filled with a pattern for that, because a program may rely on their zeros (what can be is in tail.go). So every
// submission starts and ends with a tiny kernel of ours on a buffer of ours that holds a nonce; only when both have
// transformed it, in their order, is anything that the submission wrote read back. It proves that the submission ran from
// its first command to its last, not that the program's kernels computed the right thing. What one submission leaves is the
// nonce of the next: a batch that writes none waits less.
const (
	guardEntry = "gpumesh_guard"
	guardWords = 64

	guardSource = `
@group(0) @binding(0) var<storage, read_write> nonce: array<u32, 64>;

@compute @workgroup_size(64)
fn gpumesh_guard(@builtin(local_invocation_index) i: u32) {
  nonce[i] = (nonce[i] ^ (i * 2654435769u)) * 747796405u + 2891336453u;
}
`
)

func guardKernel(words []byte) {
	for i := range uint32(guardWords) {
		w := words[4*i:]
		binary.LittleEndian.PutUint32(w, (binary.LittleEndian.Uint32(w)^(i*2654435769))*747796405+2891336453)
	}
}

// NonceSize is the size in bytes of what is read back to know that a submission ran.
const NonceSize = 4 * guardWords

type guard struct {
	d      Device
	kernel Kernel
	mem    Memory
	known  bool // want is what mem holds
	want   [NonceSize]byte
	got    [NonceSize]byte
}

func newGuard(ctx context.Context, d Device) (*guard, error) {
	k, err := d.Kernel(ctx, guardSource, guardEntry, []Access{ReadWrite})
	if err != nil {
		return nil, err
	}
	m, err := d.Alloc(NonceSize)
	if err != nil {
		k.Release()
		return nil, err
	}
	return &guard{d: d, kernel: k, mem: m}, nil
}

func (g *guard) release() {
	g.kernel.Release()
	g.mem.Release()
}

// work has the device change a nonce.
func (g *guard) work(nonce Range) Work {
	return Work{Op: Dispatch, Kernel: g.kernel, Bind: []Range{nonce}, Grid: [3]uint32{1, 1, 1}}
}

// run submits the work, framed, waits for it and checks the nonce. It returns how long that took.
func (g *guard) run(ctx context.Context, work []Work, now func() time.Time) (time.Duration, error) {
	if !g.known {
		rand.Read(g.want[:])
		if err := g.d.Write(g.mem, 0, g.want[:]); err != nil {
			return 0, err
		}
	}
	g.known = false // until this submission is known to have run
	guardKernel(g.want[:])
	guardKernel(g.want[:])
	own := g.work(Range{Memory: g.mem, Len: NonceSize})
	framed := make([]Work, 0, len(work)+2)
	framed = append(append(append(framed, own), work...), own)
	start := now()
	if err := g.submit(ctx, framed); err != nil {
		return 0, err
	}
	took := now().Sub(start)
	if !bytes.Equal(g.got[:], g.want[:]) {
		return 0, Errorf(BadDriver, "the driver reported a submission as finished that it had not run")
	}
	g.known = true
	return took, nil
}

func (g *guard) submit(ctx context.Context, work []Work) error {
	if d, ok := g.d.(SubmitReader); ok {
		return d.SubmitRead(ctx, work, g.mem, g.got[:])
	}
	if err := g.d.Submit(ctx, work); err != nil {
		return err
	}
	return g.d.Read(ctx, g.mem, 0, g.got[:])
}
