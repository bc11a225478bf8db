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
		leaf, _, _ := d.Bisection().Found()
		told := Told{Side: side, Marks: p.steps(leaf, lies)}
		if leaf > 0 {
			told.Before, told.Path = leaves[leaf-1], MerklePath(leaves, leaf-1)
		}
		return told
	case Refereeing:
		return Ruled{p.state(d.Question().Segment*p.commands+d.Question().Mark, false)}
	}
	from, size := d.Bisection().Question()
	left, right, _ := MerkleChildren(leaves, from, size)
	return Children{side, left, right}
}

// disputed has both sides answer until the end, and returns how often they were asked.
func (p program) disputed(t *testing.T, liar Side) (d *Dispute, rounds int) {
	roots := [2]Hash{MerkleRoot(p.trace(liar == SideA)), MerkleRoot(p.trace(liar == SideB))}
	d, err := NewDispute(1, testRef, roots[0], roots[1], p.segments, 1000)
	require.NoError(t, err)
	for now := Time(2); d.Phase() != Refereeing; now++ {
		rounds++
		answers := [2]DisputeEvent{p.answer(d, SideA, liar == SideA), p.answer(d, SideB, liar == SideB)}
		for _, ev := range answers {
			_, err := d.Step(now, ev)
			require.NoError(t, err)
		}
		require.Less(t, now, Time(100))
	}
	_, err = d.Step(100, p.answer(d, liar, true))
	require.NoError(t, err)
	require.Equal(t, Decided, d.Phase())
	return d, rounds
}

func (p program) check(t *testing.T, liar Side) {
	d, rounds := p.disputed(t, liar)
	q := d.Question()
	require.Equal(t, p.wrong, q.Segment*p.commands+q.Mark)
	if q.Mark > 0 {
		require.Equal(t, [2]Hash{p.state(p.wrong-1, false), p.state(p.wrong-1, false)}, q.Before)
	}
	require.True(t, d.Loses[liar])
	require.False(t, d.Loses[1-liar])
	leaves := p.trace(true)
	path := MerklePath(leaves, q.Segment)
	require.Equal(t, len(path)+1, rounds)
	require.LessOrEqual(t, rounds, bits.Len(uint(p.segments-1))+1) // ceil(log2 segments) + 1
	if len(path) > 0 {
		require.Equal(t, path, d.Bisection().Path(liar))
	}
}

func TestDisputeFindsTheCommand(t *testing.T) {
	for _, p := range []program{{1, 1, 0}, {1, 7, 3}, {2, 1, 1}, {5, 3, 0}, {5, 3, 14}, {8, 8, 37}, {100, 16, 1234}, {1000, 1, 999}} {
		for _, liar := range []Side{SideA, SideB} {
			t.Run(fmt.Sprint(p, liar), func(t *testing.T) { p.check(t, liar) })
		}
	}
}

// However many segments there are, both sides are asked at most ceil(log2 segments) + 1 times before one command is left.
func TestDisputeRounds(t *testing.T) {
	const commands = 2
	for segments := 1; segments <= 300; segments++ {
		step := 1 + segments/4
		for k := 0; k < segments; k += step {
			program{segments, commands, k*commands + k%commands}.check(t, Side(k&1))
		}
		program{segments, commands, segments*commands - 1}.check(t, SideB)
	}
}

func TestDisputeSilenceAndLies(t *testing.T) {
	p := program{8, 4, 9}
	roots := [2]Hash{MerkleRoot(p.trace(false)), MerkleRoot(p.trace(true))}
	for _, told := range []Told{
		{Before: p.state(3, false)}, {Before: p.state(3, false), Path: MerklePath(p.trace(true), 0)}, {Before: p.state(3, true), Path: MerklePath(p.trace(true), 1)},
	} { // which is not the leaf before the segment in the side's tree
		d, err := NewDispute(1, testRef, roots[0], roots[1], p.segments, 1000)
		require.NoError(t, err)
		for d.Phase() == Segments {
			for _, side := range []Side{SideA, SideB} {
				_, err := d.Step(2, p.answer(d, side, side == SideB))
				require.NoError(t, err)
			}
		}
		told.Side, told.Marks = SideB, p.steps(2, true)
		_, err = d.Step(2, told)
		require.ErrorIs(t, err, ErrNotThere)
	}
	for steps := range 20 { // side B falls silent after so many answers
		d, err := NewDispute(1, testRef, roots[0], roots[1], p.segments, 1000)
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
	_, err := NewDispute(1, testRef, roots[0], roots[0], 8, 1000)
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
	results := []Result{testResult("one"), r, testResult("three")} // in a unit of several tasks
	whole := testResult("unit")
	whole.Trace = UnitTree(results).Root()
	member := ProveMember(results, 1)
	inUnit := proof
	inUnit.Member = &member
	inUnit.Reveal.Result, inUnit.Reveal.Signature = whole, testSignature(w.Account, Statement{Kind: Revealed, Job: testRef.Job, Task: testRef.Task, Digest: whole.Digest()})
	require.NoError(t, inUnit.Check(Hash{}, testKeys{}))
	for _, change := range []func(p *FaultProof){
		func(p *FaultProof) { p.Member = nil }, func(p *FaultProof) { p.Member.Task = 0 }, func(p *FaultProof) { p.Member.Tasks = 2 }, func(p *FaultProof) { p.Member.Task = -1 },
		func(p *FaultProof) { p.Member.Result = results[0] }, func(p *FaultProof) { p.Member.Path = p.Member.Path[:1] }, func(p *FaultProof) { p.After[0]++ },
		func(p *FaultProof) { p.Reveal.Result, p.Reveal.Signature = r, proof.Reveal.Signature }, // the accused's word is about a task alone
		func(p *FaultProof) { *p.Member = ProveMember([]Result{results[0], results[2], r}, 2) },
	} {
		bad, m := inUnit, member
		bad.Member = &m
		change(&bad)
		require.Error(t, bad.Check(Hash{}, testKeys{}))
	}
	first := FaultProof{Reveal: proof.Reveal, Segments: 9, After: trace[0], AfterPath: MerklePath(trace, 0), Before: p.state(-1, false)}
	require.NoError(t, first.Check(p.state(-1, false), testKeys{}))
	require.Error(t, first.Check(Hash{1}, testKeys{}))
}
