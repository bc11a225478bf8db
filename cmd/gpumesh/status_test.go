package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/node/api/nodepb"
)

// Where the network has rewards, status says in one line how they stand.
func TestStatusOfRewards(t *testing.T) {
	show := func(rewards string) string {
		var out bytes.Buffer
		(&app{streams: streams{out: &out}}).printStatus(&nodepb.StatusResponse{Jobs: 3, Active: 1, Rewards: rewards})
		return out.String()
	}
	require.Contains(t, show("1 NLOV due"), "jobs      3, 1 under way\nrewards   1 NLOV due\n")
	require.NotContains(t, show(""), "rewards")
}
