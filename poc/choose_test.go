package poc

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// choosing is the candidates of one task that may go on without some of four inputs, on a network that delivers in any order.
type choosing struct {
	t     *testing.T
	rng   *rand.Rand
	tasks []*Task
	mail  []letter
	now   Time
}

type letter struct {
	from, to int
	vote     Vote
}

func newChoosing(t *testing.T, seed uint64, workers int, p Policy) *choosing {
	c := &choosing{t: t, rng: rand.New(rand.NewPCG(seed, 3)), now: 1_000}
	for rank := range workers {
		c.tasks = append(c.tasks, newTask(t, choosingSetup(rank, workers, p)))
	}
	return c
}

func choosingSetup(rank, workers int, p Policy) Setup {
	s := testSetup(rank, workers, p)
	s.Choice = Choice{Inputs: 4, Least: 2}
	return s
}

func (c *choosing) step(rank int, ev Event) error {
	fx, err := c.tasks[rank].Step(c.now, ev)
	for _, s := range fx.Send {
		for _, to := range s.To {
			c.mail = append(c.mail, letter{rank, c.tasks[0].index[to], s.Message.(Vote)})
		}
	}
	return err
}

// deliver hands over one letter, or lets time pass if there is none.
func (c *choosing) deliver(lies func(letter) (Vote, bool)) {
	if len(c.mail) == 0 {
		next := Time(0)
		for rank, task := range c.tasks {
			if lies == nil || rank > 0 {
				next = Earliest(next, task.NextDeadline())
			}
		}
		c.now = max(c.now, next)
		for rank := range c.tasks {
			require.NoError(c.t, c.step(rank, Tick{}))
		}
		return
	}
	i := c.rng.IntN(len(c.mail))
	l := c.mail[i]
	c.mail[i] = c.mail[len(c.mail)-1]
	c.mail = c.mail[:len(c.mail)-1]
	if lies != nil && l.from == 0 {
		var sent bool
		if l.vote, sent = lies(l); !sent {
			return
		}
	}
	err := c.step(l.to, Received{c.tasks[l.from].setup.Self, valid(c.t, l.vote)})
	if err != nil && !errors.Is(err, ErrDuplicate) {
		require.NoError(c.t, err)
	}
}

func (c *choosing) decided(rank int) bool { _, ok := c.tasks[rank].Chosen(); return ok }

// TestChoiceAgrees: whatever the candidates have at first, in whatever order votes come, with one candidate that says different
// things to everybody or nothing, and with restarts, all others choose the same, and nothing that one of them would not.
func TestChoiceAgrees(t *testing.T) {
	p := Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 3}
	without := map[uint64]int{}
	for seed := range uint64(1_500) {
		c := newChoosing(t, seed, 6, p)
		lying := seed%3 != 0
		var lies func(letter) (Vote, bool)
		if lying {
			lies = func(l letter) (Vote, bool) {
				if l.vote.Step != Propose || c.rng.IntN(2) == 0 {
					l.vote.Without = uint64(c.rng.IntN(4))
					l.vote.Blank = l.vote.Step != Propose && c.rng.IntN(3) == 0
				}
				if l.vote.Blank {
					l.vote.Without = 0
				}
				return l.vote, c.rng.IntN(4) > 0
			}
		}
		// Input 3 is nowhere; 0 and 1 come late to some, who may have given them up.
		order := c.rng.Perm(6)
		gaveUp := [4]int{}
		for i, rank := range order {
			have := uint64(0b0100)
			for bit := range 2 {
				if c.rng.IntN(3) > 0 {
					have |= 1 << bit
				} else if rank > 0 || !lying {
					gaveUp[bit]++
				}
			}
			if have == 0b0100 {
				have |= 1
			}
			if err := c.step(rank, Inputs{Have: have, Gone: ^have}); err != nil { // the others have chosen by now
				require.ErrorIs(t, err, ErrStarted)
			}
			for range min(c.rng.IntN(8)*i, len(c.mail)) {
				c.deliver(lies)
			}
		}
		for rank := range c.tasks { // the certificates reach everybody in the end
			if err := c.step(rank, Inputs{Have: 0b0111}); err != nil {
				require.True(t, errors.Is(err, ErrDuplicate) || errors.Is(err, ErrStarted), err)
			}
		}
		first := 0
		if lying {
			first = 1
		}
		for steps := 0; ; steps++ {
			require.Less(t, steps, 20_000, "seed %d: no end", seed)
			open := false
			for rank := first; rank < 6; rank++ {
				open = open || !c.decided(rank)
			}
			if !open {
				break
			}
			if c.rng.IntN(40) == 0 {
				rank := c.rng.IntN(6)
				task, err := Restore(choosingSetup(rank, 6, p), c.tasks[rank].Record())
				require.NoError(t, err)
				c.tasks[rank] = task
			}
			c.deliver(lies)
		}
		want, _ := c.tasks[first].Chosen()
		without[want]++
		for rank := first; rank < 6; rank++ {
			got, _ := c.tasks[rank].Chosen()
			require.Equal(t, want, got, "seed %d, rank %d", seed, rank)
			require.NoError(t, c.step(rank, Start{}))
		}
		require.EqualValues(t, 0b1000, want&0b1100, "seed %d: what is nowhere is left out, and what all have is not", seed)
		for bit := range 2 {
			require.False(t, want>>bit&1 == 1 && gaveUp[bit] == 0, "seed %d: input %d is left out, and all had it", seed, bit)
		}
	}
	require.Greater(t, len(without), 2, "the choice depends on what candidates have")
}

// TestChoiceNeedsMost: with too few candidates nothing is chosen, and none of them starts by itself.
func TestChoiceNeedsMost(t *testing.T) {
	c := newChoosing(t, 1, 6, testPolicy)
	require.ErrorIs(t, c.step(0, Start{}), ErrUndecided)
	for rank := range 3 {
		require.NoError(t, c.step(rank, Inputs{Have: 0b0111, Gone: 0b1000}))
	}
	for rank := range 3 {
		require.ErrorIs(t, c.step(rank, Inputs{Have: 0b0111, Gone: 0b1000}), ErrDuplicate)
	}
	for len(c.mail) > 0 {
		c.deliver(nil)
	}
	require.False(t, c.decided(0))
	require.Contains(t, c.tasks[0].Explain(), "view 0 has 3 votes and needs 4 that are equal")
	require.Equal(t, Time(60_000), c.tasks[0].NextDeadline(), "nothing wakes it before its deadline")

	// The fourth makes it, though it still waits for the last input itself.
	require.NoError(t, c.step(3, Inputs{Have: 0b0111}))
	require.NoError(t, c.step(3, Inputs{Gone: 0b1000}))
	for len(c.mail) > 0 {
		c.deliver(nil)
	}
	for rank := range 4 {
		got, ok := c.tasks[rank].Chosen()
		require.True(t, ok)
		require.EqualValues(t, 0b1000, got)
	}

	// Its results say so, and who says otherwise answers something else.
	require.NoError(t, c.step(0, Start{}))
	fx, err := c.tasks[0].Step(c.now, Finished{Result: testResult("right"), Class: "class", Salt: testHash("salt")})
	require.NoError(t, err)
	want := testResult("right")
	want.Without = 0b1000
	require.Equal(t, want.Digest(), c.tasks[0].Own())
	require.NotEmpty(t, fx.Send)
}

// TestChoiceRefuses lists votes that do not count.
func TestChoiceRefuses(t *testing.T) {
	task := newTask(t, choosingSetup(0, 6, testPolicy))
	from := func(rank int, v Vote) error {
		v.TaskRef = testRef
		m, err := Validate(v, testKeys{})
		if err == nil {
			_, err = task.Step(1_000, Received{testWorker(rank).Peer, m})
		}
		return err
	}
	require.ErrorContains(t, from(1, Vote{View: maxViews, Step: Prefer}), "below 16")
	require.ErrorContains(t, from(1, Vote{Step: Propose, Blank: true}), "leaves out nothing")
	require.ErrorContains(t, from(1, Vote{Step: Prefer, Blank: true, Without: 1}), "leaves out nothing")
	require.ErrorIs(t, from(1, Vote{Step: Prefer, Without: 1 << 4}), ErrUnvalidated)
	require.ErrorIs(t, from(1, Vote{View: 1, Step: Propose}), ErrNotSealer, "the first in rank proposes in view 1")
	require.NoError(t, from(1, Vote{View: 2, Step: Propose}))
	require.ErrorIs(t, from(1, Vote{View: 2, Step: Propose}), ErrDuplicate)
	m := valid(t, Vote{TaskRef: testRef, View: 2, Step: Propose, Without: 1})
	fx, err := task.Step(1_000, Received{testWorker(1).Peer, m})
	require.NoError(t, err)
	require.Len(t, fx.Faults, 1)
	require.Equal(t, Equivocated, fx.Faults[0].Kind)

	plain := newTask(t, testSetup(0, 6, testPolicy))
	_, err = plain.Step(1_000, Received{testWorker(1).Peer, m})
	require.ErrorIs(t, err, ErrNotCandidate, "a task that needs all its inputs has nothing to choose")
	s := choosingSetup(0, 6, testPolicy)
	s.Choice.Least = 5
	_, err = New(s)
	require.ErrorContains(t, err, "needs at least 5 of 4 inputs")
}

// TestChoiceHoldsItsLock: who has seen most candidates prefer a value prefers no other until most have done so since: the first may
// have been decided somewhere.
func TestChoiceHoldsItsLock(t *testing.T) {
	const first, second = 0b1000, 0b1001
	task := newTask(t, choosingSetup(3, 6, testPolicy))
	now := Time(1_000)
	var last []Vote
	step := func(ev Event) {
		t.Helper()
		fx, err := task.Step(now, ev)
		require.NoError(t, err)
		last = last[:0]
		for _, s := range fx.Send {
			v := s.Message.(Vote)
			v.TaskRef = TaskRef{}
			last = append(last, v)
		}
	}
	hear := func(v Vote, ranks ...int) {
		t.Helper()
		for _, rank := range ranks {
			v.TaskRef = testRef
			step(Received{testWorker(rank).Peer, valid(t, v)})
		}
	}
	wait := func() {
		t.Helper()
		now = task.NextDeadline()
		step(Tick{})
	}
	step(Inputs{Have: 0b0111, Gone: 0b1000})
	require.Equal(t, []Vote{{Step: Prefer, Without: first}}, last)
	step(Inputs{Gone: 0b1001}) // it would do without the first, too
	hear(Vote{Step: Prefer, Without: first}, 0, 1, 2)
	require.Equal(t, []Vote{{Step: Decide, Without: first}}, last, "locked in view 0")
	hear(Vote{Step: Decide, Blank: true}, 4, 5, 0)
	wait()
	require.Empty(t, last, "in view 1 it waits for the proposal")
	hear(Vote{View: 1, Step: Propose, Without: second}, 0)
	require.Empty(t, last, "which is another")
	wait()
	require.Equal(t, []Vote{{View: 1, Step: Prefer, Blank: true}}, last)
	// Liars enough could make it so: most prefer the other in view 1, where this node hears too late to vote for it.
	hear(Vote{View: 1, Step: Prefer, Without: second}, 0, 1, 2)
	wait()
	require.Equal(t, []Vote{{View: 1, Step: Decide, Blank: true}}, last)
	hear(Vote{View: 1, Step: Decide, Blank: true}, 0, 1, 2)
	wait()
	hear(Vote{View: 1, Step: Prefer, Without: second}, 4)
	hear(Vote{View: 2, Step: Propose, Without: second}, 1)
	require.Equal(t, []Vote{{View: 2, Step: Prefer, Without: second}}, last, "most have preferred it since")
	hear(Vote{View: 2, Step: Decide, Without: second}, 0, 1, 2, 4)
	got, ok := task.Chosen()
	require.True(t, ok)
	require.EqualValues(t, second, got)
	hear(Vote{View: 4, Step: Prefer, Blank: true}, 5)
	require.Equal(t, []Vote{{View: 4, Step: Prefer, Without: second}, {View: 4, Step: Decide, Without: second}}, last, "others get its votes as long as they ask")
}
