package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const tiny = `
about: A network of a moment.
nodes: 25
jobs: {count: 1, tasks: 5, owners: 1}
policy: {replicas: 3, quorum: 2, maxReplicas: 7, standby: 6, panel: 10}
expect: {wrong: 0}
`

// write makes a scenario file and returns its path.
func write(t *testing.T, name, more string) string {
	path := filepath.Join(t.TempDir(), name+".yaml")
	require.NoError(t, os.WriteFile(path, []byte("name: "+name+tiny+more), 0o600))
	return path
}

func rows(t *testing.T, path string) [][]string {
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	return all
}

// TestFlagsAnywhere: flags may follow names, and what each strategy made stands in a file of its own.
func TestFlagsAnywhere(t *testing.T) {
	out := t.TempDir()
	require.NoError(t, simulate([]string{write(t, "one", "strategies: {liar: 20}\n"), "-out", out, "-seed", "3"}))
	require.Equal(t, []string{"one", "3"}, rows(t, filepath.Join(out, "results.csv"))[1][:2])
	made := rows(t, filepath.Join(out, "strategies.csv"))
	require.Equal(t, []string{"income", "rewards", "court", "cost", "slashed", "spent", "net"}, made[0][7:14])
	require.Equal(t, []string{"one", "3", "liar"}, made[2][:3])
	require.Len(t, made, 4, "honest, liar and owner")
}

// TestNamesFirst: nothing runs if one of the names is none.
func TestNamesFirst(t *testing.T) {
	out := t.TempDir()
	err := simulate([]string{"-out", out, write(t, "one", ""), "no-such-scenario"})
	require.ErrorContains(t, err, `there is no scenario "no-such-scenario"`)
	left, err := os.ReadDir(out)
	require.NoError(t, err)
	require.Empty(t, left)
}

// TestMissedExpectation: the command that is printed of a run that does not keep what its scenario expects runs the same networks again, however many were asked for.
func TestMissedExpectation(t *testing.T) {
	printed := regexp.MustCompile(`go run ./cmd/dev sim (.*)$`)
	for _, x := range []struct {
		more   string
		args   []string
		repeat string
	}{
		{"", nil, "-run"},
		{"", []string{"-repeat", "2"}, "-repeat 2 -run"},
		{"repeat: 2\n", nil, "-run"},
		{"repeat: 2\n", []string{"-repeat", "1"}, "-repeat 1 -run"},
		{"repeat: 2\n", []string{"-seed", "7", "-repeat", "3"}, "-repeat 3 -run"},
	} {
		path := write(t, "dear", x.more)
		scenario, err := os.ReadFile(path)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(scenario), "{wrong: 0}", "{redundancy: 0.5, p99: 0}", 1)), 0o600))
		first := simulate(append(x.args, path))
		require.ErrorContains(t, first, "p99 is ")
		args := printed.FindStringSubmatch(first.Error())
		require.NotNil(t, args, first)
		require.Contains(t, args[1], x.repeat)
		require.EqualError(t, simulate(strings.Fields(args[1])), first.Error())
	}
}

// TestBrokenRun: what a run broke is shown with the seed of its network, and ends neither the report nor later scenarios.
func TestBrokenRun(t *testing.T) {
	named := regexp.MustCompile(`sim -seed (\d+) -repeat 1 -run broken `)
	var broken, seed string
	for d := 16; seed == "" || seed == "4"; d-- { // a time by which a network is not done, and the first is
		require.Positive(t, d)
		broken = write(t, "broken", fmt.Sprintf("seed: 4\nrepeat: 6\nduration: %ds\n", d))
		if err := simulate([]string{broken}); err != nil {
			seed = named.FindStringSubmatch(err.Error())[1]
		}
	}
	out := t.TempDir()
	err := simulate([]string{"-out", out, broken, write(t, "fine", "")})
	require.ErrorContains(t, err, "and not over")
	require.ErrorContains(t, err, "sim -seed "+seed+" -repeat 1 -run broken "+broken)
	all := rows(t, filepath.Join(out, "results.csv"))
	require.Len(t, all, 3)
	require.Equal(t, []string{"broken", seed}, all[1][:2])
	require.Contains(t, strings.Join(all[1], " "), "with seed "+seed+": ")
	require.Equal(t, "fine", all[2][0])

	one := simulate([]string{"-seed", seed, "-repeat", "1", "-run", "broken", broken})
	require.ErrorContains(t, one, "and not over", "as the command says")
	require.ErrorContains(t, one, "sim -seed "+seed+" -repeat 1 -run broken ", "the scenario says six")
	require.NoError(t, simulate([]string{"-repeat", "1", broken}))
}
