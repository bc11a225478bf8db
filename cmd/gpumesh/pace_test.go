package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/api/nodepb"
)

func TestMiddling(t *testing.T) {
	ads := []*nodepb.Ad{
		{I32Ops: 1000, Bandwidth: 10, Memory: 100}, {I32Ops: 4000, Bandwidth: 1000, Memory: 100}, {I32Ops: 2000, Memory: 100}, {I32Ops: 1, Bandwidth: 1, Memory: 9},
	}
	for _, c := range []struct {
		ads      []*nodepb.Ad
		w        market.Work
		minSpeed uint64
		want     time.Duration
	}{
		{ads, market.Work{Operations: 8000, Memory: 50}, 0, 4 * time.Second},
		{ads, market.Work{Operations: 8000, Traffic: 100, Memory: 50}, 0, 4 * time.Second},
		{ads[:2], market.Work{Operations: 8000, Traffic: 100, Memory: 50}, 0, 10 * time.Second},
		{ads, market.Work{Operations: 8000}, 0, 8 * time.Second},
		{ads, market.Work{Operations: 8000, Memory: 101}, 0, 0},
		{nil, market.Work{Operations: 8000}, 4000, 2 * time.Second},
		{nil, market.Work{Operations: 8000}, 0, 0},
		{ads[3:], market.Work{Operations: ^uint64(0)}, 0, 1_125_899 * time.Second},
	} {
		require.Equal(t, c.want, middling(c.ads, c.w, c.minSpeed))
	}
}

func TestStageLines(t *testing.T) {
	task := func(name, certificate string) *nodepb.Task { return &nodepb.Task{Name: name, Certificate: certificate} }
	j := &nodepb.Job{Tasks: []*nodepb.Task{
		task("a/0, stage 1 of 2", "x"), task("a/0, stage 2 of 2", "y"), task("a/1, stage 1 of 2", "z"), task("a/1, stage 2 of 2", ""), task("b", ""),
	}}
	require.Equal(t, []string{"a/1: 1 of 2 stages are certified, and who takes over from a worker that leaves starts with stage 2"}, stageLines(j))
}
