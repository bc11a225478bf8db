package sim

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// latest is what each test that goes on has simulated last.
var latest sync.Map

// again notes what a test simulates now, and has it say, if it fails, which scenario and seed that was, and what runs the test again.
func again(t *testing.T, s Scenario) {
	if _, known := latest.Swap(t, s); known {
		return
	}
	t.Cleanup(func() {
		last, _ := latest.LoadAndDelete(t)
		if s := last.(Scenario); t.Failed() {
			t.Logf("scenario %s, seed %d; see it again: %s", s.Name, s.Seed, command(t.Name()))
		}
	})
}

// command runs one test, or a part of it, as it ran here.
func command(test string) string {
	seeds := ""
	if *profitSeeds != 1 {
		seeds = fmt.Sprintf(" -profitseeds %d", *profitSeeds)
	}
	return fmt.Sprintf("go test ./testnet/sim -run '^%s$'%s", test, seeds)
}

// run simulates a scenario in which no rule may break.
func run(t *testing.T, s Scenario) Result {
	again(t, s)
	r, err := Run(s)
	require.NoError(t, err)
	return r
}
