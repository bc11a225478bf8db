package node

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"slices"
	"sync"
	"time"

	"gpumesh/gpu/diloco"
	"gpumesh/market"
	"gpumesh/poc"
)

// Fault is a way to misbehave on purpose. Everything about it is in this file; an honest node has the empty Fault.
type Fault string

const (
	NoFault       Fault = ""
	FaultLie      Fault = "lie"      // computes, changes the outputs, and stands by them
	FaultCopy     Fault = "copy"     // computes nothing, and repeats what another replica says
	FaultNoReveal Fault = "noreveal" // commits, and never shows what to
	FaultVanish   Fault = "vanish"   // ends its process in the middle of its first task
	FaultSlow     Fault = "slow"     // neither renews its lease nor finishes in time
	FaultGarbage  Fault = "garbage"  // answers with random outputs and sends random bytes
	FaultPerturb  Fault = "perturb"  // changes the last bit of some floats, as an honest device of another kind may
	FaultDistort  Fault = "distort"  // makes every float a thousandth larger, and stands by it
	FaultLazy     Fault = "lazy"     // attests the first product that it is shown, without checking it
	FaultPoison   Fault = "poison"   // sends many times what training on its data would, backwards and not clipped
)

func faultNames() []string {
	var out []string
	for _, f := range []Fault{FaultLie, FaultCopy, FaultNoReveal, FaultVanish, FaultSlow, FaultGarbage, FaultPerturb, FaultDistort, FaultLazy, FaultPoison} {
		out = append(out, string(f))
	}
	return out
}

// withholds reports whether a message is kept back.
func (f Fault) withholds(m market.Message) bool {
	switch m := m.(type) {
	case market.Lease:
		return f == FaultSlow
	case market.Proof:
		switch m.Message.(type) {
		case poc.Reveal, poc.Show, poc.Attest:
			return f == FaultNoReveal
		case poc.Abstain:
			return f == FaultCopy
		}
	}
	return false
}

// faults carries out a Fault. Its methods do nothing for the empty one.
type faults struct {
	node *Node
	kind Fault
	exit func() // ends the process

	mu struct {
		sync.Mutex
		copied map[string]bool // messages of a task that were repeated, by kind
	}
}

func newFaults(n *Node, kind Fault) *faults {
	f := &faults{node: n, kind: kind, exit: func() { os.Exit(3) }}
	f.mu.copied = map[string]bool{}
	return f
}

// runner is the honest execution of a task; change may alter the output files before they are stored.
type runner func(ctx context.Context, r market.Run, change func(outputs []string) error) market.Event

// run executes a task in this fault's way.
func (f *faults) run(ctx context.Context, r market.Run, honest runner) market.Event {
	switch f.kind {
	case FaultLie:
		return honest(ctx, r, flip)
	case FaultPerturb:
		return honest(ctx, r, f.perturb)
	case FaultDistort:
		return honest(ctx, r, distort)
	case FaultPoison:
		if r.Held != nil {
			return honest(ctx, r, func(outputs []string) error { return poison(r, outputs) })
		}
	case FaultCopy:
		<-ctx.Done() // saw does the rest
		return nil
	case FaultVanish:
		f.node.log.Warn("Vanishing on purpose", "task", r.Ref)
		f.exit()
		<-ctx.Done()
		return nil
	case FaultSlow:
		wait := time.NewTimer(2 * millis(f.node.cfg.Network.LeaseTTL))
		defer wait.Stop()
		select {
		case <-wait.C:
		case <-ctx.Done():
			return nil
		}
	case FaultGarbage:
		f.litter(ctx)
		return honest(ctx, r, scramble)
	}
	return honest(ctx, r, nil)
}

// standsBy reports whether it says also before arbiters that what it signed is right, without having computed it once more.
func (f *faults) standsBy() bool { return f.kind == FaultLie }

// proves is how it finds out whether another's result is the product that was asked for.
func (f *faults) proves(honest prover) prover {
	if f.kind != FaultLazy {
		return honest
	}
	return func(context.Context, market.Prove) (poc.Difference, error) { return "", nil }
}

// flip changes one byte of every output.
func flip(outputs []string) error {
	for _, path := range outputs {
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		b[len(b)/2] ^= 1
		if err := os.WriteFile(path, b, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// perturb flips the last bit of one word in four, others than another node does.
func (f *faults) perturb(outputs []string) error {
	return eachWord(outputs, func(i int, w uint32) uint32 {
		if w<<1 != 0 && f.node.self[i%len(f.node.self)]%4 == 0 {
			return w ^ 1
		}
		return w
	})
}

// distort is more than any two honest devices are apart.
func distort(outputs []string) error {
	return eachWord(outputs, func(_ int, w uint32) uint32 { return math.Float32bits(math.Float32frombits(w) * 1.001) })
}

func eachWord(outputs []string, change func(i int, w uint32) uint32) error {
	for _, path := range outputs {
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for i := 0; i+4 <= len(b); i += 4 {
			binary.LittleEndian.PutUint32(b[i:], change(i/4, binary.LittleEndian.Uint32(b[i:])))
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// poison turns what a holder sends around and makes it larger than it may be.
func poison(r market.Run, outputs []string) error {
	i := slices.IndexFunc(r.Inputs, func(in market.RunInput) bool { return in.Name == "weights" })
	if i < 0 {
		return nil
	}
	for _, path := range outputs {
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		l, bits, ok := diloco.Flat(r.Inputs[i].Size, uint64(len(b)))
		if !ok {
			return nil
		}
		values, err := l.Expand(b, bits)
		if err != nil {
			return err
		}
		for k := range values {
			values[k] *= -20
		}
		b, _ = l.Compress(values, bits)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// scramble replaces every output by random bytes.
func scramble(outputs []string) error {
	for _, path := range outputs {
		s, err := os.Stat(path)
		if err != nil {
			return err
		}
		b := make([]byte, s.Size())
		_, _ = rand.Read(b) // never fails
		if err := os.WriteFile(path, b, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// litter sends random bytes to every peer, in the frame of mail and without it.
func (f *faults) litter(ctx context.Context) {
	for _, p := range f.node.host.Peers() {
		noise := make([]byte, 512)
		_, _ = rand.Read(noise) // never fails
		framed := append([]byte{0, 0, 2, 0}, noise...)
		for _, req := range [][]byte{noise, framed} {
			_, err := f.node.host.Request(ctx, p.ID, mailName, req)
			f.node.log.Debug("Sent garbage on purpose", "peer", p.ID, "err", err)
		}
	}
}

// saw shows a copier what others say: it commits to the first commitment that it sees, and opens it with the opening that its
// author shows.
func (f *faults) saw(v market.Validated) {
	proof, ok := v.Message().(market.Proof)
	if !ok || f.kind != FaultCopy || v.From() == f.node.self {
		return
	}
	ref := proof.Message.Ref()
	what := fmt.Sprintf("%v/%T", ref, proof.Message)
	f.mu.Lock()
	again := f.mu.copied[what]
	f.mu.copied[what] = true
	f.mu.Unlock()
	if again {
		return
	}
	switch m := proof.Message.(type) {
	case poc.Commit:
		f.say(what, ref, v.Expires(), func(int) poc.Message { return m })
	case poc.Show:
		f.say(what, ref, v.Expires(), func(int) poc.Message { return m })
	case poc.Reveal:
		f.say(what, ref, v.Expires(), func(int) poc.Message {
			m.Opening = f.own(ref, poc.Revealed, 0, m.Opening)
			return m
		})
	case poc.Attest: // it also says that it was among those who agreed
		f.say(what, ref, v.Expires(), func(seat int) poc.Message {
			m.Agreed |= 1 << seat
			m.Opening = f.own(ref, poc.Attested, m.Agreed, m.Opening)
			return m
		})
	}
}

// own signs another's opening as this node's.
func (f *faults) own(ref poc.TaskRef, kind poc.StatementKind, agreed uint64, o poc.Opening) poc.Opening {
	st := poc.Statement{Kind: kind, Job: ref.Job, Task: ref.Task, Digest: o.Result.Digest(), Agreed: agreed}
	sig, err := f.node.settlement.Sign(st)
	if err != nil {
		f.node.log.Warn("Copy not signed", "err", err)
	}
	o.Account, o.Signature = f.node.settlement.Account(), sig
	return o
}

// say sends the message that build makes for this node's seat to everybody who takes part in the job.
func (f *faults) say(what string, ref poc.TaskRef, expires poc.Time, build func(seat int) poc.Message) {
	n := f.node
	look := func(machine *market.Machine) {
		v, _ := machine.View(ref.Job)
		seat := slices.IndexFunc(v.Seats, func(s market.SeatView) bool { return s.Peer == n.self })
		if seat < 0 {
			return
		}
		raw, _, ok := n.wrap(market.Proof{Message: build(seat)}, expires)
		if !ok {
			return
		}
		for _, s := range v.Seats {
			if s.Peer != n.self {
				n.outbox.addLatest(s.Peer, what, letter{raw: raw, expires: expires})
			}
		}
		n.log.Warn("Copying on purpose", "message", what)
	}
	_ = n.loop.post(n.ctx, input{look: look}) // fails only when the node stops
}
