package poc

import (
	"fmt"
	"math/bits"
	"testing"

	"github.com/stretchr/testify/require"
)

// program is a chain of states: commands of segments, of which a liar gets one wrong, and so all that follow.
type program struct{ segments, commands, wrong int }

func (p program) state(i int, lies bool) Hash {
	if i < 0 {
		return testHash("initial")
	}
	return testHash("state %d %v", i, lies && i >= p.wrong)
}

func (p program) trace(lies bool) []Hash {
	leaves := make([]Hash, p.segments)
	for i := range leaves {
		leaves[i] = p.state((i+1)*p.commands-1, lies)
	}
	return leaves
}

func (p program) steps(segment int, lies bool) []Hash {
	leaves := make([]Hash, p.commands)
	for i := range leaves {
		leaves[i] = p.state(segment*p.commands+i, lies)
	}
	return leaves
}

// answer is what an able worker answers for its side, or nil when it is not asked.
func (p program) answer(d *Dispute, side Side, lies bool) DisputeEvent {
	leaves := p.trace(lies)
	switch d.Phase() {
	case Telling:
		return Told{side, p.steps(d.segment, lies)}
	case Refereeing:
		return Ruled{p.state(d.Question().Segment*p.commands+d.Question().Mark, false)}
	}
	if leaf, _, found := d.Bisection().Found(); found {
		return Before{side, leaves[leaf-1], MerklePath(leaves, leaf-1)}
	}
	from, size := d.Bisection().Question()
	left, right, _ := MerkleChildren(leaves, from, size)
	return Children{side, left, right}
}

func TestDisputeFindsTheCommand(t *testing.T) {
	for _, p := range []program{{1, 1, 0}, {1, 7, 3}, {2, 1, 1}, {5, 3, 0}, {5, 3, 14}, {8, 8, 37}, {100, 16, 1234}, {1000, 1, 999}} {
		for _, liar := range []Side{SideA, SideB} {
			t.Run(fmt.Sprint(p, liar), func(t *testing.T) {
				roots := [2]Hash{MerkleRoot(p.trace(liar == SideA)), MerkleRoot(p.trace(liar == SideB))}
				d, err := NewDispute(1, testRef, roots[0], roots[1], p.state(-1, false), p.segments, 1000)
				require.NoError(t, err)
				rounds := 0
				for now := Time(2); d.Phase() != Decided; now++ {
					phase, asked := d.Phase(), d.Bisection().Rounds
					for _, side := range []Side{SideA, SideB} {
						if d.Phase() != phase || d.Bisection().Rounds != asked {
							break
						}
						if ev := p.answer(d, side, side == liar); ev != nil {
							_, err := d.Step(now, ev)
							require.NoError(t, err)
						}
					}
					if phase != Refereeing {
						rounds++ // of questions to both sides: children, the state before the segment, the segment told
					}
					require.Less(t, now, Time(100))
				}
				require.Equal(t, p.wrong, d.segment*p.commands+d.command)
				_, before, _ := d.Segment()
				require.Equal(t, p.state(d.segment*p.commands-1, false), before)
				if q := d.Question(); q.Mark > 0 {
					require.Equal(t, [2]Hash{p.state(p.wrong-1, false), p.state(p.wrong-1, false)}, q.Before)
				}
				require.True(t, d.Loses[liar])
				require.False(t, d.Loses[1-liar])
				depth := len(MerklePath(p.trace(false), d.segment))
				require.LessOrEqual(t, depth, bits.Len(uint(p.segments-1)))
				want := depth + 1
				if d.segment > 0 {
					want++
				}
				require.Equal(t, want, rounds)
			})
		}
	}
}

func TestDisputeSilenceAndLies(t *testing.T) {
	p := program{8, 4, 9}
	roots := [2]Hash{MerkleRoot(p.trace(false)), MerkleRoot(p.trace(true))}
	for steps := range 20 { // side B falls silent after so many answers
		d, err := NewDispute(1, testRef, roots[0], roots[1], p.state(-1, false), p.segments, 1000)
		require.NoError(t, err)
		_, err = d.Step(2, Children{SideA, Hash{1}, Hash{2}})
		require.ErrorIs(t, err, ErrNotThere)
		_, err = d.Step(2, Ruled{Hash{}})
		require.ErrorIs(t, err, ErrNotAsked)
		_, err = d.Step(2, Told{Side: SideA, Marks: []Hash{{1}}})
		require.ErrorIs(t, err, ErrNotAsked)
		given := 0
		for now := Time(3); d.Phase() != Decided; now++ {
			require.NotZero(t, d.Until())
			for d.Phase() != Refereeing {
				if _, err = d.Step(now, p.answer(d, SideA, false)); err != nil {
					require.ErrorIs(t, err, ErrNotAsked)
					break
				}
			}
			if d.Phase() != Decided && given < steps {
				if _, err := d.Step(now, p.answer(d, SideB, true)); err == nil {
					given++
				}
				continue
			}
			if d.Phase() == Refereeing {
				_, err = d.Step(now, p.answer(d, SideA, false))
				require.NoError(t, err)
				continue
			}
			now = d.Until()
			_, err = d.Step(now, Elapsed{})
			require.NoError(t, err)
		}
		require.Equal(t, [2]bool{false, true}, d.Loses, "%d answers: %s", steps, d.Why)
	}
	_, err := NewDispute(1, testRef, roots[0], roots[0], Hash{}, 8, 1000)
	require.Error(t, err)
}

func TestFaultProof(t *testing.T) {
	p := program{9, 3, 13}
	trace := p.trace(true)
	r := testResult("wrong")
	r.Trace = MerkleRoot(trace)
	w := testWorker(1)
	proof := FaultProof{
		Reveal: Reveal{TaskRef: testRef, Opening: Opening{
			Class: "class", Result: r, Account: w.Account, Signature: testSignature(w.Account, Statement{Kind: Revealed, Job: testRef.Job, Task: testRef.Task, Digest: r.Digest()}),
		}},
		Segments: 9, Segment: 4, Before: trace[3], After: trace[4], BeforePath: MerklePath(trace, 3), AfterPath: MerklePath(trace, 4),
	}
	require.NoError(t, proof.Check(p.state(-1, false), testKeys{}))
	for _, change := range []func(p *FaultProof){
		func(p *FaultProof) { p.Segment = 3 }, func(p *FaultProof) { p.Before[0]++ }, func(p *FaultProof) { p.After[0]++ },
		func(p *FaultProof) { p.Reveal.Signature = []byte{1} }, func(p *FaultProof) { p.Segments = 8 }, func(p *FaultProof) { p.Segment = -1 },
	} {
		bad := proof
		change(&bad)
		require.Error(t, bad.Check(p.state(-1, false), testKeys{}))
	}
	first := FaultProof{Reveal: proof.Reveal, Segments: 9, After: trace[0], AfterPath: MerklePath(trace, 0), Before: p.state(-1, false)}
	require.NoError(t, first.Check(p.state(-1, false), testKeys{}))
	require.Error(t, first.Check(Hash{1}, testKeys{}))
}
