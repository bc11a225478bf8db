package poc

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestConfirm: signers of a closed certificate lose their stakes before it is claimed. As many others as are lacking compute its result, in rank
// order, and sign it if they find the same; everybody takes their signatures over, and the honest replica that a quorum had named is
// paid by what is left.
func TestConfirm(t *testing.T) {
	signed := certificateOf("a", map[int]Attest{0: attestNaming(0, "a", 0, 2), 2: attestNaming(2, "a", 0, 2)})
	done := []Event{Start{}, Received{From: PeerID{9}, Message: valid(t, Proven{*signed})}, Tick{}}
	at := func(rank int) *Task {
		task := newTask(t, testSetup(rank, 6, testPolicy))
		for i, ev := range done {
			step(t, task, Time(1_000*(i+1)), ev)
		}
		require.Equal(t, Done, task.Phase())
		require.Zero(t, task.Lacking())
		return task
	}
	fell := func(turn uint32) Fallen { return Fallen{Seats: testSeats(2), Turn: turn} }

	// Rank 1 is the first that has not signed. It is asked for, once, what the rest would not do alone.
	first := at(1)
	require.Equal(t, Effects{}, step(t, first, 9_000, Fallen{Seats: testSeats(1, 3, 4, 5), Turn: 1}), "both signers stand")
	require.Equal(t, Effects{Execute: true}, step(t, first, 9_000, fell(1)))
	require.Equal(t, 1, first.Lacking())
	fx := step(t, first, 9_500, finished(1, "a"))
	require.Len(t, fx.Send, 1)
	require.True(t, fx.Changed)
	added := fx.Send[0].Message.(Attest)
	require.Equal(t, testSeats(0, 1, 2), added.Agreed, "its own, and those that a quorum had named")
	valid(t, added)
	require.Zero(t, first.Lacking())
	_, err := first.Step(9_600, finished(1, "a"))
	require.ErrorIs(t, err, ErrOver)
	restored, err := Restore(testSetup(1, 6, testPolicy), first.Record())
	require.NoError(t, err)
	require.Equal(t, first.Certificate(), restored.Certificate())

	// Another waits for its turn, and takes that signature over, by itself or in a certificate.
	for _, ev := range []Event{hear(t, 1, added), Received{From: PeerID{9}, Message: valid(t, Proven{*first.Certificate()})}} {
		other := at(3)
		require.Equal(t, Effects{}, step(t, other, 9_000, fell(1)))
		require.Equal(t, Effects{Execute: true}, step(t, other, 9_100, fell(2)))
		require.True(t, step(t, other, 9_200, ev).Changed)
		require.Zero(t, other.Lacking())
		cert := other.Certificate()
		require.Len(t, cert.Attestations, 3)
		require.NoError(t, cert.Verify(other.Candidates(), testPolicy, testKeys{}))
		left := *cert
		left.Attestations = nil
		for _, a := range cert.Attestations {
			if a.Account != testWorker(2).Account {
				left.Attestations = append(left.Attestations, a)
			}
		}
		require.Equal(t, []uint8{testSeat(2), testSeat(0)}, left.Payees(testPolicy.Quorum), "and not who confirms")
		_, err := other.Step(9_300, ev)
		require.ErrorIs(t, err, ErrOver)
	}

	// Who finds something else does not sign, nor is it asked again; and who has lost its own stake, or only watches, does nothing.
	differs := at(1)
	step(t, differs, 9_000, fell(1))
	require.Empty(t, step(t, differs, 9_500, finished(1, "b")).Send)
	require.Equal(t, Effects{}, step(t, differs, 9_600, fell(2)))
	require.Equal(t, Effects{}, step(t, at(1), 9_000, Fallen{Seats: testSeats(1, 2), Turn: 9}))
	require.Equal(t, Effects{}, step(t, at(6), 9_000, fell(9)))

	// Who could not run it may be asked again, and who has computed it signs at once.
	failing := at(1)
	step(t, failing, 9_000, fell(1))
	step(t, failing, 9_100, GaveUp{Reason: "the device failed"})
	_, err = failing.Step(9_200, finished(1, "a"))
	require.ErrorIs(t, err, ErrOver)
	require.True(t, step(t, failing, 9_300, fell(2)).Execute)
	late := at(1)
	late.s.Own = &own{Digest: late.s.Certified, Class: "class"} // its signer did not answer before the certificate closed
	require.Len(t, step(t, late, 9_000, fell(1)).Send, 1)
}

// TestConfirmNamesMore: signatures enough stand, and name nobody in common whom the chain could pay: those who named few name whom the
// certificate names.
func TestConfirmNamesMore(t *testing.T) {
	narrow := attestNaming(3, "a", 3)
	c := *certificateOf("a", map[int]Attest{0: attestNaming(0, "a", 0, 2), 2: attestNaming(2, "a", 0, 2), 3: narrow})
	task := newTask(t, testSetup(3, 6, testPolicy))
	step(t, task, 1, Start{})
	step(t, task, 2, Received{From: PeerID{9}, Message: valid(t, Proven{c})})
	step(t, task, 5_000, Tick{})
	fx := step(t, task, 9_000, Fallen{Seats: testSeats(2), Turn: 1})
	require.Len(t, fx.Send, 1)
	wider := fx.Send[0].Message.(Attest)
	require.Equal(t, testSeats(0, 2, 3), wider.Agreed)
	require.Zero(t, task.Lacking())
	require.Equal(t, Effects{}, step(t, task, 9_100, Fallen{Seats: testSeats(2), Turn: 2}))

	watcher := newTask(t, testSetup(6, 6, testPolicy))
	step(t, watcher, 2, Received{From: PeerID{9}, Message: valid(t, Proven{c})})
	step(t, watcher, 5_000, Tick{})
	step(t, watcher, 9_000, Fallen{Seats: testSeats(2), Turn: 1})
	require.Equal(t, 1, watcher.Lacking())
	step(t, watcher, 9_100, hear(t, 3, wider))
	require.Zero(t, watcher.Lacking())
	_, err := watcher.Step(9_200, hear(t, 3, narrow))
	require.ErrorIs(t, err, ErrOver, "nobody takes back what it said")
}
