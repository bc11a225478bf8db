package audit_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu/audit"
	"gpumesh/gpu/audit/audittest"
)

// TestStaleClaim hands in the claim of an earlier round. Where the data are the same again, only the first segment, which the seed
// decides here, is wrong; it is found because its leaves were seen before.
func TestStaleClaim(t *testing.T) {
	const n = 6
	earlier := regression(n, 3, 5, 1)
	later := earlier
	later.Task.Seed++
	stale, fresh := onEvaluator(earlier).Run(t, at(audittest.Honest)), onEvaluator(later).Run(t, at(audittest.Honest))
	for k := range n {
		want := audit.Agrees
		if k == 0 {
			want = audit.Differs
		}
		require.Equal(t, want, stale.Check(t, evaluator(), later, k).Verdict, "segment %d", k)
	}
	r := audit.NewRepeats(1000)
	one, two := [32]byte{1}, [32]byte{2}
	require.Equal(t, -1, r.Add(one, stale.Claim))
	require.Equal(t, -1, r.Add(one, stale.Claim), "a second replica of the same work")
	require.Equal(t, -1, r.Add(two, fresh.Claim))
	require.Equal(t, 0, r.Add(two, stale.Claim))

	part := *fresh.Claim // of which the later half is copied
	part.Leaves = append(append([][32]byte(nil), fresh.Claim.Leaves[:3]...), stale.Claim.Leaves[3:]...)
	require.Equal(t, 3, r.Add(two, &part))
}

// TestRepeatsAreBounded forgets the oldest.
func TestRepeatsAreBounded(t *testing.T) {
	r := audit.NewRepeats(4)
	claim := func(leaves ...byte) *audit.Claim {
		c := new(audit.Claim)
		for _, l := range leaves {
			c.Leaves = append(c.Leaves, [32]byte{l})
		}
		return c
	}
	require.Equal(t, -1, r.Add([32]byte{1}, claim(1, 2, 3, 4)))
	require.Equal(t, 1, r.Add([32]byte{2}, claim(5, 2)), "1 was forgotten for 5")
	require.Equal(t, -1, r.Add([32]byte{2}, claim(1)))
	require.Equal(t, 0, r.Add([32]byte{2}, claim(3)))
	require.Equal(t, -1, r.Add([32]byte{2}, claim(2)))
}
