package sim

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/poc"
)

// TestChallenge is a small run of the scenario: who claims more than there is gets nothing, and honest nodes are vouched for.
func TestChallenge(t *testing.T) {
	s, err := Load("scenarios/challenge.yaml")
	require.NoError(t, err)
	s.Nodes, s.Challenge.Epochs = 90, 3
	s.Challenge.Frauds = map[string]int{"memory": 3, "guess": 3, "phantom": 2, "speed": 2, "shared2": 2, "shared4": 4}
	r, err := RunChallenge(s)
	require.NoError(t, err)
	t.Log(r.Table())
	require.Len(t, r.Rows, 7)
	for _, row := range r.Rows[1:] {
		require.Positive(t, row.Tried)
		require.Zero(t, row.Vouched, row.Kind)
	}
	honest := r.Rows[0]
	require.Greater(t, honest.Tried, 150)
	require.Less(t, honest.Caught(), 0.02)
	again, err := RunChallenge(s)
	require.NoError(t, err)
	require.Equal(t, r.Table(), again.Table(), "the same seed, the same run")

	var table, picture bytes.Buffer
	require.NoError(t, r.WriteCSV(&table))
	lines, err := csv.NewReader(&table).ReadAll()
	require.NoError(t, err)
	require.Len(t, lines, 8)
	require.Equal(t, []string{"honest", fmt.Sprint(honest.Tried), fmt.Sprint(honest.Vouched)}, lines[1][2:5])
	require.NoError(t, r.WriteSVG(&picture))
	for d := xml.NewDecoder(&picture); ; {
		if _, err := d.Token(); err == io.EOF {
			break
		} else {
			require.NoError(t, err)
		}
	}

	// With nothing to keep frauds apart from others, they pass: the run can tell.
	s.Challenge.Frauds = map[string]int{"speed": 10}
	s.Challenge.Work, s.Challenge.Slack = Duration(100e6), Duration(99e6)
	s.Challenge.Sight = Duration(5e9)
	r, err = RunChallenge(s)
	require.NoError(t, err)
	require.Positive(t, r.Rows[1].Vouched)
	require.Positive(t, r.Rows[0].Refused[poc.ChallengeLate])
}

func TestChallengeValidate(t *testing.T) {
	s, err := Load("scenarios/challenge.yaml")
	require.NoError(t, err)
	bad := *s.Challenge
	bad.Epochs, bad.Margin, bad.Noise, bad.Busy, bad.Quorum = 0, 2, -1, 3, 40
	bad.Frauds = map[string]int{"miner": 1, "shared4": 3, "memory": 1000}
	s.Challenge = &bad
	err = s.Validate()
	for _, field := range []string{"epochs", "margin", "noise", "busy", "quorum", "miner", "shared4", "1004 of 720"} {
		require.ErrorContains(t, err, field)
	}
}
