package poc

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// attestedBoth is the proof that rank 2 attested two results, naming the first three.
func attestedBoth(first, second string) *Twice {
	m := twiceOf(Attested, attestOf(2, first).Opening, attestOf(2, second).Opening, testSeats(0, 1, 2))
	return &m
}

func TestTwiceRefuses(t *testing.T) {
	good := *attestedBoth("a", "b")
	valid(t, good)
	valid(t, twiceOf(Revealed, revealOf(2, "a").Opening, revealOf(2, "b").Opening, 0))
	for name, change := range map[string]func(*Twice){
		"one result":           func(m *Twice) { m.Said[1] = m.Said[0] },
		"one with more seats":  func(m *Twice) { *m = *attestedBoth("a", "a"); m.Said[1].Agreed |= testSeats(3) },
		"no kind":              func(m *Twice) { m.Kind = 0 },
		"another kind":         func(m *Twice) { m.Kind = Revealed },
		"no account":           func(m *Twice) { m.Account = "" },
		"another account":      func(m *Twice) { m.Account = testWorker(3).Account },
		"another task":         func(m *Twice) { m.Task++ },
		"another's second":     func(m *Twice) { m.Said[1].Signature = attestOf(3, "b").Signature },
		"no seats":             func(m *Twice) { m.Said[0].Agreed = 0 },
		"late, and not named":  func(m *Twice) { m.Said[0].Late = testSeats(5) },
		"no signature":         func(m *Twice) { m.Said[1].Signature = nil },
		"too long a signature": func(m *Twice) { m.Said[1].Signature = make([]byte, MaxSignature+1) },
		"a reveal of seats": func(m *Twice) {
			*m = twiceOf(Revealed, revealOf(2, "a").Opening, revealOf(2, "b").Opening, 0)
			m.Said[0].Late = 1
		},
	} {
		bad := good
		change(&bad)
		_, err := Validate(bad, testKeys{})
		require.Error(t, err, name)
	}
}

// Whoever brings the proof, it is reported once, in every phase, also of one that was reported without it before.
func TestTwice(t *testing.T) {
	by := func(m Message) Received { return Received{From: PeerID{9}, Message: valid(t, m)} }
	proof := attestedBoth("a", "b")
	found := Fault{Peer: testWorker(2).Peer, Kind: Equivocated, Twice: proof}
	told := found
	told.Passed = true
	certified := []Event{Start{}, proven(t, nil, 0, 2)}
	done := append(certified, Tick{})
	for _, c := range []struct {
		name   string
		before []Event
		ev     Event
		fault  Fault
	}{
		{"told before the start", nil, by(*proof), told},
		{"told when it is certified", certified, by(*proof), told},
		{"told after the end", done, by(*proof), told},
		{"told after a failure", []Event{Stop{"no input"}}, by(*proof), told},
		{"it had sent two commitments", []Event{Start{}, hear(t, 2, commitOf(2, "a")), hear(t, 2, commitOf(2, "b")), hear(t, 2, attestOf(2, "a"))}, hear(t, 2, attestOf(2, "b")), found},
		{"its other answer comes after the end", done, hear(t, 2, attestOf(2, "b")), found},
		{"another certificate after the end", done, proven(t, func(c *Certificate) { *c = *someCertificateOf("b", 2, 3) }), found},
	} {
		t.Run(c.name, func(t *testing.T) {
			setup := testSetup(6, 6, testPolicy)
			task := newTask(t, setup)
			for i, ev := range c.before {
				step(t, task, Time(1_000*(i+1)), ev)
			}
			phase := task.Phase()
			fx := step(t, task, 9_000, c.ev)
			require.Equal(t, []Fault{c.fault}, fx.Faults)
			require.True(t, fx.Changed)
			require.Contains(t, []Phase{phase, Done}, task.Phase())
			restored, err := Restore(setup, task.Record())
			require.NoError(t, err)
			for _, task := range []*Task{task, restored} {
				_, err = task.Step(9_000, by(*proof))
				require.ErrorIs(t, err, ErrDuplicate)
				fx, _ = task.Step(9_000, hear(t, 2, attestOf(2, "b")))
				require.Empty(t, fx.Faults)
			}
		})
	}

	// Of this node itself it believes nobody, and of strangers to the task it knows nothing.
	self := newTask(t, testSetup(2, 6, testPolicy))
	_, err := self.Step(1, by(*proof))
	require.ErrorIs(t, err, ErrDuplicate)
	stranger := twiceOf(Revealed, revealOf(7, "a").Opening, revealOf(7, "b").Opening, 0)
	_, err = self.Step(1, by(stranger))
	require.ErrorIs(t, err, ErrWrongAccount)
}
