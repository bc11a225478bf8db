package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var fence = regexp.MustCompile("(?ms)^```sh\n(.*?)^```")

// TestReadmeCommands runs the ```sh blocks of README.md as one shell script, in a copy of the working directory's jobs with a
// home of its own, and with gpumesh being this test binary. A block that starts with the line "# not run" is left out: it
// needs another machine, another user's rights, or minutes.
func TestReadmeCommands(t *testing.T) {
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if os.IsNotExist(err) {
		t.Skip("there is no README.md")
	}
	require.NoError(t, err)
	binary, err := os.Executable()
	require.NoError(t, err)
	home := t.TempDir()
	bin := filepath.Join(home, "bin")
	require.NoError(t, os.MkdirAll(bin, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(bin, "gpumesh"), []byte("#!/bin/sh\nexec '"+binary+"' \"$@\"\n"), 0o755))
	work := filepath.Join(home, "work")
	require.NoError(t, os.CopyFS(filepath.Join(work, "testnet", "jobs"), os.DirFS(filepath.Join(root, "testnet", "jobs"))))

	var script strings.Builder
	script.WriteString("set -eu\ntrap 'gpumesh testnet down >/dev/null 2>&1 || true' EXIT\n")
	count := 0
	for _, block := range fence.FindAllStringSubmatch(string(text), -1) {
		if strings.HasPrefix(block[1], "# not run") {
			continue
		}
		for line := range strings.Lines(block[1]) {
			line = strings.TrimSpace(line)
			switch {
			case line == "" || strings.HasPrefix(line, "#"), strings.HasPrefix(line, "go build"), strings.HasPrefix(line, "go test"):
				continue // building and testing is what is under way
			}
			line = strings.Replace(line, "go run ./cmd/gpumesh", "gpumesh", 1)
			line = strings.Replace(line, "./gpumesh ", "gpumesh ", 1)
			script.WriteString("echo '$' " + shellQuote(line) + " >&2\n" + line + "\n")
			count++
		}
	}
	if count == 0 {
		t.Skip("README.md names no commands")
	}
	cmd := exec.CommandContext(t.Context(), "sh", "-c", script.String())
	cmd.Dir = work
	cmd.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "GPUMESH_DIR="+filepath.Join(home, "gpumesh"), "HOME="+home)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

func shellQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
