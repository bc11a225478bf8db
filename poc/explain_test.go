package poc

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestExplainCredit: where credits are added up, what is there and what is needed is told in bits, of which what is needed is never told as less.
func TestExplainCredit(t *testing.T) {
	policy := Policy{Replicas: 1, Quorum: 4, MaxReplicas: 6, Standby: 5, MaxError: 250_000} // 1,586 thousandths of a bit
	setup := testSetup(1, 6, policy)
	for i := range setup.Ranking {
		setup.Ranking[i].Credit = NewcomerCredit
	}
	task := newTask(t, setup)
	step(t, task, 1, Start{})
	step(t, task, 2, finished(1, "a"))
	step(t, task, 3, hear(t, 0, sealOf(0, 0, "a", 0, 1)))
	require.Equal(t, Revealing, task.Phase())
	require.Equal(t, "revealing: the workers that agree so far have 1.0 of the 1.6 bits of credit that a result needs (each doubles the odds that it is right), and it waits for "+
		testWorker(0).Peer.Short()+" to reveal.", task.Explain())
	for credit, want := range map[int]string{0: "0.0", 999: "0.9", 1000: "1.0", 2990: "2.9", 20_000: "20.0"} {
		require.Equal(t, want, inBits(credit))
	}
}
