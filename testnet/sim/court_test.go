package sim

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestFramers: without appeals a ring has the part of a reporter in the stakes of honest workers who were right. With them those have all of their stakes back, and the
// ring pays: who reported always, and who revealed what was wrong if others were shown that.
func TestFramers(t *testing.T) {
	for _, name := range []string{"framer", "shyframer"} {
		for _, mute := range []bool{true, false} {
			w, err := newWorld(equals(name))
			require.NoError(t, err)
			w.mute = mute
			err = w.run()
			victims, losers, reported := 0, 0, 0
			for _, n := range w.nodes {
				switch lost := w.lostStake(n); {
				case n.owner():
				case !n.dishonest():
					if n.convicted > 0 {
						victims++
					}
					require.Equal(t, mute && n.convicted > 0, lost > 0, "node %d", n.index)
				case lost > 0:
					require.Equal(t, n.stake, lost)
					losers++
				}
				if n.act.ring && n.court > 0 {
					reported++
				}
			}
			require.Positive(t, w.tally.framed)
			require.GreaterOrEqual(t, victims, 2)
			if mute {
				require.ErrorContains(t, err, "of its stake for good")
				require.Zero(t, losers)
				require.Positive(t, reported)
				continue
			}
			require.NoError(t, err)
			require.Positive(t, w.tally.acquitted)
			require.LessOrEqual(t, w.tally.acquitted, victims, "what is found in one case frees others")
			require.Zero(t, reported)
			if name == "shyframer" {
				require.Equal(t, 1, losers, "who reported")
			} else {
				require.GreaterOrEqual(t, losers, 2, "and who revealed what was wrong where an acquittal showed it")
			}
		}
	}
}
