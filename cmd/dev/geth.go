package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const gethModule = "github.com/ethereum/go-ethereum"

// geth builds geth at the version of go.mod, once, and runs the tests of the chain against geth --dev: all of them, or those
// whose names match the pattern on the command line.
func geth(ctx context.Context, root string, args []string) error {
	if len(args) > 1 {
		return fmt.Errorf("%w: dev geth takes one pattern of test names", errUsage)
	}
	pattern := "."
	if len(args) == 1 {
		pattern = args[0]
	}
	binary, err := buildGeth(ctx, root)
	if err != nil {
		return err
	}
	fmt.Println("using", binary)
	if err := os.Setenv("GPUMESH_GETH", binary); err != nil {
		return err
	}
	// Vetting a package takes longer than building its tests, as all that it imports is vetted with it; lint does that.
	return goTool(ctx, root, "test", "-vet=off", "-count", "1", "-timeout", "2h", "-v", "-run", pattern, "./node/chain/evm")
}

// buildGeth returns the path of the binary, which stays in the user's cache.
func buildGeth(ctx context.Context, root string) (string, error) {
	if err := goTool(ctx, root, "mod", "download", gethModule); err != nil {
		return "", err
	}
	list := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Version}} {{.Dir}}", gethModule)
	list.Dir = root
	out, err := list.Output()
	if err != nil {
		return "", fmt.Errorf("go list: %w", err)
	}
	version, source, ok := strings.Cut(strings.TrimSpace(string(out)), " ")
	if !ok {
		return "", fmt.Errorf("go list says %q of %s", out, gethModule)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	binary := filepath.Join(cache, "gpumesh", "geth-"+version)
	if _, err := os.Stat(binary); err == nil {
		return binary, nil
	}
	temp, err := os.MkdirTemp("", "geth")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(temp) }()
	fmt.Println("building geth", version, "which takes a minute, or some")
	if err := copyGeth(temp, filepath.Join(source, "cmd", "geth")); err != nil {
		return "", err
	}
	if err := gethModFile(ctx, root, temp, version); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(binary), 0o755); err != nil {
		return "", err
	}
	return binary, goTool(ctx, temp, "build", "-mod=mod", "-o", binary, ".")
}

// copyGeth copies the sources of geth's command, without its light client for beacon chains, which dev mode does not use: it needs a module
// that not every proxy has.
func copyGeth(to, from string) error {
	files, err := filepath.Glob(filepath.Join(from, "*.go"))
	if err != nil {
		return err
	}
	for _, file := range files {
		name := filepath.Base(file)
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if name == "config.go" {
			if text, err = withoutLightClient(text); err != nil {
				return err
			}
		}
		if err := os.WriteFile(filepath.Join(to, name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// gethModFile makes a module of geth's command that has the versions of this one of all that both need: most of geth is compiled
// already then, by whoever ran the tests of the chain. The module's path lets it import what is internal to go-ethereum.
func gethModFile(ctx context.Context, root, dir, version string) error {
	list := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{if not .Main}}{{.Path}} {{.Version}}{{end}}", "all")
	list.Dir = root
	out, err := list.Output()
	if err != nil {
		return fmt.Errorf("go list: %w", err)
	}
	// An old version of this module has packages in it that are modules of their own since, at the same versions.
	const cut, part = "google.golang.org/genproto", "google.golang.org/genproto/googleapis/rpc"
	mod := fmt.Sprintf("module %[1]s/cmd/gethdev\n\ngo 1.26\n\nrequire %[1]s %[2]s\n\nreplace (\n", gethModule, version)
	for line := range strings.Lines(string(out)) {
		name, version, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || name == cut {
			continue
		}
		mod += fmt.Sprintf("\t%[1]s => %[1]s %[2]s\n", name, version)
		if name == part {
			mod += fmt.Sprintf("\t%[1]s => %[1]s %[2]s\n", cut, version)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(mod+")\n"), 0o644); err != nil {
		return err
	}
	sums, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "go.sum"), sums, 0o644)
}

// withoutLightClient cuts the light client out of cmd/geth/config.go.
func withoutLightClient(text []byte) ([]byte, error) {
	const begin, end = "\t} else if ctx.IsSet(utils.BeaconApiFlag.Name) {\n", "\t} else {\n"
	before, rest, ok := bytes.Cut(text, []byte(begin))
	_, after, ok2 := bytes.Cut(rest, []byte(end))
	if !ok || !ok2 {
		return nil, errors.New("geth's cmd/geth/config.go is not what this chore knows how to change")
	}
	text = append(append(bytes.Clone(before), end...), after...)
	for _, name := range []string{"beacon/blsync", "rpc"} {
		line := "\t\"" + gethModule + "/" + name + "\"\n"
		if bytes.Count(text, []byte(line)) != 1 {
			return nil, fmt.Errorf("geth's cmd/geth/config.go does not import %s", name)
		}
		text = bytes.Replace(text, []byte(line), nil, 1)
	}
	return text, nil
}
