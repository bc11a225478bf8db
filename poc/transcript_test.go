package poc

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var rewrite = flag.Bool("rewrite", false, "rewrite testdata/*.txt")

// TestTranscripts compares whole runs with files that people can read: go test ./poc -run Transcripts -rewrite.
func TestTranscripts(t *testing.T) {
	for _, c := range []struct {
		name string
		cfg  simConfig
		acts map[int]behaviour
	}{
		{"typical", defaultSim(), nil},
		{"liar", defaultSim(), map[int]behaviour{1: liar("alone")}},
		{"silent-sealer-and-vanished-worker", defaultSim(), map[int]behaviour{0: silentSealer(), 2: {name: "vanishing", vanishAt: 1_060}}},
		{"disagreement", defaultSim(), map[int]behaviour{0: liar("one"), 1: liar("two")}},
		{"priced-known", pricedConfig(known, "spared"), nil},
		{"priced-some-known", pricedConfig(func(rank int) Credit { return Credit(5-rank%2) * Bit }, "some"), nil},
		{"priced-audit-meets-a-liar", pricedConfig(known, "audited 11"), map[int]behaviour{0: liar("believed")}},
		{"priced-withheld-share", pricedConfig(known, "spared"), map[int]behaviour{11: {name: "silent witness", evil: true, send: withoutShares}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSim(t, 7, c.cfg, c.acts)
			var out bytes.Buffer
			s.out = &out
			s.run()
			for _, n := range s.nodes {
				if !n.gone {
					s.log("%s: %s", n.name(), n.task.Explain())
				}
			}
			compareTranscript(t, c.name, out.Bytes())
		})
	}
}

func compareTranscript(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if *rewrite {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), string(got))
}

func pricedConfig(credit func(rank int) Credit, job string) simConfig {
	cfg := defaultSim()
	cfg.workers, cfg.policy, cfg.credit, cfg.job = 12, pricedPolicy, credit, testHash("%s", job)
	return cfg
}

func withoutShares(_ *simNode, _ PeerID, m Message) Message {
	if _, ok := m.(Share); ok {
		return nil
	}
	return m
}

// TestDisputeTranscript is a dispute about one wrong command among 24, and one in which the liar falls silent.
func TestDisputeTranscript(t *testing.T) {
	var out bytes.Buffer
	names := map[DisputePhase]string{Segments: "segments", Telling: "telling", Refereeing: "refereeing", Decided: "decided"}
	for _, silent := range []bool{false, true} {
		p := program{segments: 6, commands: 4, wrong: 14}
		d, err := NewDispute(1_000, testRef, MerkleRoot(p.trace(false)), MerkleRoot(p.trace(true)), p.segments, 500)
		require.NoError(t, err)
		fmt.Fprintf(&out, "A is right, B has command %d of %d segments of %d commands wrong, and all after it\n", p.wrong, p.segments, p.commands)
		answered := 0
		for now := Time(1_000); d.Phase() != Decided; now += 100 {
			side := Side(answered % 2)
			ev := p.answer(d, side, side == SideB)
			if silent && side == SideB && answered > 3 {
				now, ev = d.Until(), Elapsed{}
			}
			phase := d.Phase()
			_, err := d.Step(now, ev)
			require.NoError(t, err)
			answered++
			said := fmt.Sprintf("%T", ev)
			fmt.Fprintf(&out, "%5d  %s: %c answers %s; now %s, until %d\n", now, names[phase], 'A'+rune(side), strings.TrimPrefix(said, "poc."), names[d.Phase()], d.Until())
		}
		segment, _, _ := d.Bisection().Found()
		fmt.Fprintf(&out, "segment %d, command %d; A loses: %v, B loses: %v: %s\n\n", segment, d.command, d.Loses[SideA], d.Loses[SideB], d.Why)
	}
	compareTranscript(t, "dispute", out.Bytes())
}
