package market

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/poc"
)

var rewrite = flag.Bool("rewrite", false, "rewrite the transcripts in testdata")

// TestTranscripts compares whole jobs with files that people can read: go test ./market -run Transcripts -rewrite.
func TestTranscripts(t *testing.T) {
	priced := poc.Policy{Replicas: 1, Quorum: 3, MaxReplicas: 5, Standby: 4, MaxError: 100_000}
	both := poc.Policy{Replicas: 2, Quorum: 2, MaxReplicas: 5, Standby: 4} // nothing is certified without a successor of who stalls
	var late *staller
	same := map[string]string{}
	for _, c := range []struct {
		name   string
		policy poc.Policy
		act    func(w *world)
		ends   State
		shows  func(t *testing.T, w *world, id poc.Hash) // that what the name says happened; may be nil
	}{
		{"batch", poc.Policy{}, nil, Done, nil},
		{"batch-liar", poc.Policy{}, func(w *world) { w.nodes[2].lie = true }, Done, func(t *testing.T, w *world, _ poc.Hash) {
			require.NotZero(t, w.ledger.faults["acc02"], "the liar was convicted")
		}},
		{"batch-priced", priced, nil, Done, nil},
		{"batch-staller", both, func(w *world) { late = w.stalls(w.nodes[5]) }, Done, func(t *testing.T, _ *world, id poc.Hash) { late.replaced(t, id) }},
		{"canceled", poc.Policy{}, func(w *world) { w.cancelAt = Bidding }, Failed, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, 77, 6, func(n *Network) { n.MaxBatch, n.MinReplicas = 8, 1 })
			if c.act != nil {
				c.act(w)
			}
			var out bytes.Buffer
			w.out = &out
			id := w.nodes[0].job(4, false, func(s *Spec) {
				if s.Batch = 2; c.policy.Quorum > 0 {
					s.Policy = c.policy
				}
			})
			w.run(w.settledEverywhere(id), 120_000)
			require.Equal(t, c.ends, w.nodes[0].state(id))
			e := w.ledger.escrows[id]
			fmt.Fprintf(&out, "the chain: %d of %d units settled, %v paid to workers, %v returned\n", e.Settled, e.Terms.Tasks, e.Paid, e.Refunded)
			if c.shows != nil {
				c.shows(t, w, id)
			}
			require.Empty(t, same[out.String()], "what two runs say must differ")
			same[out.String()] = c.name
			path := filepath.Join("testdata", c.name+".txt")
			if *rewrite {
				require.NoError(t, os.WriteFile(path, out.Bytes(), 0o644))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, string(want), out.String())
		})
	}
}

// record writes what a step has done, but for leases and ads, one line each.
func (n *node) record(out io.Writer, fx Effects) {
	say := func(format string, args ...any) {
		fmt.Fprintf(out, "%6d  %d %s\n", n.w.now-1_000_000, n.index, fmt.Sprintf(format, args...))
	}
	kind := func(v any) string {
		return strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(fmt.Sprintf("%T", v), "market."), "poc."))
	}
	for _, s := range fx.Send {
		var to []string
		for _, p := range s.To {
			if o := n.w.byPeer[p]; o != nil {
				to = append(to, fmt.Sprint(o.index))
			}
		}
		switch m := s.Message.(type) {
		case Lease:
		case Proof:
			say("-> %s: %s of unit %d", strings.Join(to, " "), kind(m.Message), m.Message.Ref().Task)
		default:
			say("-> %s: %s", strings.Join(to, " "), kind(m))
		}
	}
	for _, s := range fx.Submit {
		switch op := s.Op.(type) {
		case Claim:
			for _, c := range op.Certificates {
				say("to the chain: claim of unit %d with %d signatures", c.Task, len(c.Attestations))
			}
		case Slash:
			say("to the chain: %s lied about unit %d", op.Account, op.Ref.Task)
		case SlashTwice:
			say("to the chain: %s signed two results of unit %d", op.Twice.Account, op.Twice.Task)
		default:
			say("to the chain: %s", kind(op))
		}
	}
	for _, p := range fx.Publish {
		if b, ok := p.Message.(Bid); ok {
			say("gossips a bid of %v for a replica, round %d", b.MaxPrice, b.Round)
		}
	}
	for _, r := range fx.Run {
		say("runs task %d", r.Ref.Task)
	}
	for _, r := range fx.CancelRun {
		say("stops task %d", r.Task)
	}
	for _, c := range fx.Collect {
		say("collects task %d", c.Ref.Task)
	}
	for _, id := range fx.Notify {
		if s := n.state(id); s != n.told[id] {
			n.told[id] = s
			say("is %v", s)
		}
	}
}
