package poc

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLate: an attestation says whose commitments came after the due time, as far as its signer heard it from themselves, and the
// certificate which of them a quorum names.
func TestLate(t *testing.T) {
	for name, c := range map[string]struct {
		own, other, sealed Time // when this node and rank 2 commit, and when the seal comes
		due                Time
		late               uint64
	}{
		"nobody":                          {50, 60, 70, 100, 0},
		"no due time":                     {50, 60, 70, 0, 0},
		"the other":                       {50, 100, 110, 100, testSeats(2)},
		"this node":                       {101, 60, 110, 100, testSeats(1)},
		"both":                            {101, 102, 110, 100, testSeats(1, 2)},
		"its message, sealed before":      {50, 105, 99, 100, 0},
		"its message, sealed after as it": {50, 105, 103, 100, testSeats(2)},
	} {
		t.Run(name, func(t *testing.T) {
			setup := testSetup(1, 6, testPolicy)
			setup.Due = c.due
			task := newTask(t, setup)
			type at struct {
				when Time
				ev   Event
			}
			events := []at{
				{c.own, finished(1, "a")}, {c.other, hear(t, 2, commitOf(2, "a"))}, {c.sealed, hear(t, 0, sealOf(0, 0, "a", 0, 1, 2))},
			}
			step(t, task, 1, Start{})
			step(t, task, 40, hear(t, 0, commitOf(0, "a")))
			permute(events, func(order []at) {
				for i := 1; i < len(order); i++ {
					if order[i].when < order[i-1].when {
						return
					}
				}
				for _, e := range order {
					step(t, task, e.when, e.ev)
				}
			})
			step(t, task, 120, hear(t, 0, revealOf(0, "a")))
			fx := step(t, task, 121, hear(t, 2, revealOf(2, "a")))
			require.Len(t, fx.Send, 1)
			attest := fx.Send[0].Message.(Attest)
			require.Equal(t, testSeats(0, 1, 2), attest.Agreed)
			require.Equal(t, c.late, attest.Late)
			valid(t, attest)

			restored, err := Restore(setup, task.Record())
			require.NoError(t, err)
			require.Equal(t, task.StateHash(), restored.StateHash())

			// Rank 0 says the same, rank 2 that nobody was late.
			same := attestOf(0, "a")
			same.Late = c.late
			same.Signature = testSignature(same.Account, Statement{Kind: Attested, Job: testRef.Job, Task: testRef.Task, Digest: same.Result.Digest(), Agreed: same.Agreed, Late: same.Late})
			step(t, task, 130, hear(t, 0, same))
			step(t, task, 140, hear(t, 2, attestOf(2, "a")))
			cert := task.Certificate()
			require.NotNil(t, cert)
			require.NoError(t, cert.Verify(task.Candidates(), testPolicy, testKeys{}))
			require.Equal(t, c.late, cert.Late(2), "two say it")
			require.Zero(t, cert.Late(3), "not three")
			for i := range cert.Attestations { // what was signed cannot be changed
				bad := *cert
				bad.Attestations = append([]Attestation{}, cert.Attestations...)
				bad.Attestations[i].Late ^= testSeats(0)
				require.Error(t, bad.Verify(task.Candidates(), testPolicy, testKeys{}))
			}
		})
	}
	other := attestOf(0, "a")
	other.Late = testSeats(5)
	_, err := Validate(other, testKeys{})
	require.ErrorContains(t, err, "which it does not name")
}

// TestRevealAfterTheTimeoutCounts: who shows an honest result too late is noted for it, and still carries the quorum, is named and is paid.
func TestRevealAfterTheTimeoutCounts(t *testing.T) {
	for _, late := range []int{0, 2} {
		setup := testSetup(1, 6, testPolicy)
		task := newTask(t, setup)
		for _, ev := range []Event{Start{}, finished(1, "a"), hear(t, 0, commitOf(0, "a")), hear(t, 2, commitOf(2, "a")), hear(t, 0, sealOf(0, 0, "a", 0, 1, 2))} {
			step(t, task, 10, ev)
		}
		by := Time(10).Add(setup.Params.RevealTimeout)
		fx := step(t, task, by, Tick{})
		require.Equal(t, []Fault{{Peer: testWorker(0).Peer, Kind: Withheld}, {Peer: testWorker(2).Peer, Kind: Withheld}}, fx.Faults)
		require.Len(t, fx.Send, 1)
		require.IsType(t, Dissent{}, fx.Send[0].Message, "one result is no quorum")

		fx = step(t, task, by.Add(500), hear(t, late, revealOf(late, "a")))
		require.Empty(t, fx.Faults)
		require.Len(t, fx.Send, 1)
		require.Equal(t, testSeats(1, late), fx.Send[0].Message.(Attest).Agreed)
		step(t, task, by.Add(600), hear(t, late, attestNaming(late, "a", 1, late)))
		require.Equal(t, Done, task.Phase(), "the third is waited for no longer")
		cert := task.Certificate()
		require.NoError(t, cert.Verify(task.Candidates(), testPolicy, testKeys{}))
		require.ElementsMatch(t, []uint8{testSeat(1), testSeat(late)}, cert.Payees(testPolicy.Quorum))
	}
}

// TestWhoVouchedStandsDown: a candidate that was drawn in place of one that came after all, and attests what the others found, stops and says so:
// no seal would make it a member here any more.
func TestWhoVouchedStandsDown(t *testing.T) {
	policy := Policy{Replicas: 1, Quorum: 4, MaxReplicas: 6, Standby: 5, MaxError: 250_000} // two newcomers must agree
	setup := testSetup(2, 6, policy)
	for i := range setup.Ranking {
		setup.Ranking[i].Credit = NewcomerCredit
	}
	task := newTask(t, setup)
	require.False(t, step(t, task, 1, Start{}).Execute)
	require.True(t, step(t, task, 2, Lapsed{Peer: testWorker(1).Peer}).Execute)
	step(t, task, 3, hear(t, 0, sealOf(0, 0, "a", 0, 1)))
	step(t, task, 4, hear(t, 0, attestNaming(0, "a", 0, 1)))
	fx := step(t, task, 5, hear(t, 1, attestNaming(1, "a", 0, 1)))
	require.True(t, fx.Cancel)
	require.Len(t, fx.Send, 2)
	require.IsType(t, Attest{}, fx.Send[0].Message)
	require.IsType(t, Abstain{}, fx.Send[1].Message)
	_, err := task.Step(6, finished(2, "a"))
	require.ErrorIs(t, err, ErrAbstained)
	require.False(t, task.Resume(7).Execute)
}
