package poc

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// collusion draws a task's candidates and witnesses from a population of which a share is one cartel that answers alike, lies
// wherever it gains by it and knows its own shares of every draw. Who may be drawn, and the worst order, are this model's: every member of the
// cartel first shows what helps it most. What counts, for how much, and whether it is enough is asked of a Task, as the owner follows it.
type collusion struct {
	task         *Task
	right, wrong opening
}

func newCollusion(t *testing.T, p Policy, credit Credit) *collusion {
	setup := testSetup(p.Candidates(), p.Candidates(), p)
	for i := range setup.Ranking {
		setup.Ranking[i].Credit = credit
	}
	c := &collusion{newTask(t, setup), opening{Digest: testHash("right"), Check: opens}, opening{Digest: testHash("wrong"), Check: opens}}
	c.task.s.Phase, c.task.s.Rounds = Revealing, 1
	return c
}

// draw reports whether a wrong result is accepted.
func (c *collusion) draw(rng *rand.Rand, dishonest float64) bool {
	t := c.task
	p, n := t.setup.Policy, len(t.candidates)
	bad := make([]bool, n)
	var liars []uint64 // what each attests: all of them
	seats := uint64(0)
	for i := range bad {
		if bad[i] = rng.Float64() < dishonest; bad[i] {
			seats |= t.candidates[i].bit()
		}
	}
	for _, b := range bad {
		if b {
			liars = append(liars, seats)
		}
	}
	if proves(liars, p, t.candidates) { // it signs whatever it likes
		return true
	}
	clear(t.s.Workers)
	for i := range int(p.MaxReplicas) {
		w := &t.s.Workers[i]
		if w.Sealed, w.Reveal = 1, &c.right; bad[i] {
			w.Reveal = &c.wrong
		}
		t.contested = t.contest()
		if agree, differ := t.backing(c.wrong.Digest); agree-differ >= t.need() {
			for w := range bad { // believed for its record, it lies where it knows that no audit comes
				if t.onRecord() && t.witness(w) && !bad[w] {
					return false
				}
			}
			return true
		}
		if agree, differ := t.backing(c.right.Digest); agree-differ >= t.need() {
			return false
		}
	}
	return false
}

// TestCollusion lets a third, or a fifth, of the workers collude: newcomers, and such with a record. What the owner said to
// accept is not exceeded.
func TestCollusion(t *testing.T) {
	for _, c := range []struct {
		maxError  uint32
		dishonest int
		credit    Credit
	}{
		{1_000, 200, NewcomerCredit}, {1_000, 200, 5 * Bit}, {1_000, 200, 12 * Bit},
		{10_000, 333, NewcomerCredit}, {10_000, 333, 12 * Bit}, {1_000, 50, 12 * Bit},
	} {
		p, err := ForRisk(c.maxError, c.dishonest)
		require.NoError(t, err)
		rng := rand.New(rand.NewPCG(7, 7))
		const tasks = 50_000
		wrong := 0
		model := newCollusion(t, p, c.credit)
		for range tasks {
			if model.draw(rng, float64(c.dishonest)/1000) {
				wrong++
			}
		}
		bound := tasks * int(c.maxError) / MaxErrorUnit
		t.Logf("%d of a thousand dishonest, credit %d: %d wrong of %d tasks, the bound is %d", c.dishonest, c.credit, wrong, tasks, bound)
		require.LessOrEqual(t, wrong, bound)
	}
}
