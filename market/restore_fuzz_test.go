package market

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/poc"
)

// storedWorld is a market in the middle of a job, and what three of its nodes have stored: the owner, and two of the panel.
var storedWorld = sync.OnceValue(func() (out struct {
	net     Network
	now     poc.Time
	configs []Config
	records [][]Record
}) {
	w := newWorld(new(testing.T), 71, 6, func(n *Network) { n.MinReplicas = 1 })
	id := w.nodes[0].job(3, true)
	w.run(func() bool { v, _ := w.nodes[0].m.View(id); return v.Certified == 1 }, 60_000)
	out.net, out.now = w.net, w.now
	for _, n := range w.nodes[:3] {
		out.configs = append(out.configs, n.cfg)
		var list []Record
		for _, key := range slices.Sorted(maps.Keys(n.records)) {
			list = append(list, Record{key, n.records[key]})
		}
		out.records = append(out.records, list)
	}
	return out
})

// FuzzRestoreMarket damages what a node has stored: bytes of a record, a whole record, or under whose name it is. Restore refuses it in
// one sentence, or makes a machine that is as good as another: what it
// stores restores to it, it can be looked at, and it goes on.
func FuzzRestoreMarket(f *testing.F) {
	f.Add(uint8(0), uint8(0), uint8(0), uint16(0), []byte{})
	for i := range uint8(3) {
		f.Add(i, i, uint8(1), uint16(40), []byte{1})
		f.Add(i, uint8(1), uint8(2), uint16(0), []byte{})
		f.Add(i, uint8(0), uint8(3), uint16(2), []byte{})
		f.Add(i, uint8(2), uint8(4), uint16(0), []byte{0xa0})
	}
	f.Fuzz(func(t *testing.T, who, which, how uint8, at uint16, value []byte) {
		w := storedWorld()
		who %= uint8(len(w.configs))
		records := slices.Clone(w.records[who])
		r := &records[int(which)%len(records)]
		switch how % 5 {
		case 1:
			r.Value = slices.Clone(r.Value)
			for i, x := range value[:min(len(value), 8)] {
				r.Value[(int(at)+i)%len(r.Value)] ^= x
			}
		case 2:
			records = slices.Delete(records, int(which)%len(records), int(which)%len(records)+1)
		case 3:
			r.Value = records[int(at)%len(records)].Value
		case 4:
			r.Value = value
		}
		cfg := w.configs[who]
		m, fx, err := Restore(cfg, records, w.now)
		if err != nil {
			require.True(t, strings.HasPrefix(err.Error(), "market: ") && !strings.Contains(err.Error(), "\n"), "%q", err)
			return
		}
		stored := map[string][]byte{}
		keep := func(list []Record) {
			for _, r := range list {
				if stored[r.Key] = r.Value; r.Value == nil {
					delete(stored, r.Key)
				}
			}
		}
		keep(records)
		keep(fx.Persist)
		now := w.now
		for range 40 {
			for _, id := range m.Jobs() {
				v, ok := m.View(id)
				require.True(t, ok && v.Explain != nil)
			}
			if !slices.ContainsFunc(m.order, func(j *job) bool { return !j.State.Terminal() }) {
				break
			}
			next := m.NextDeadline()
			require.NotZero(t, next)
			now = max(now, next)
			fx, err := m.Step(now, Tick{})
			require.NoError(t, err)
			keep(fx.Persist)
		}
		var list []Record
		for _, key := range slices.Sorted(maps.Keys(stored)) {
			list = append(list, Record{key, stored[key]})
		}
		back, _, err := Restore(cfg, list, now)
		require.NoError(t, err)
		require.Equal(t, m.StateHash(), back.StateHash())
	})
}
