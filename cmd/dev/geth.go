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
	return goTool(ctx, root, "test", "-count", "1", "-timeout", "2h", "-v", "-run", pattern, "./node/chain/evm")
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
	fmt.Println("building geth", version, "which takes minutes")
	if err := os.CopyFS(filepath.Join(temp, "src"), os.DirFS(source)); err != nil {
		return "", err
	}
	// geth's light client for beacon chains, which dev mode does not use, needs a module that not every proxy has.
	config := filepath.Join(temp, "src", "cmd", "geth", "config.go")
	text, err := os.ReadFile(config)
	if err != nil {
		return "", err
	}
	if text, err = withoutLightClient(text); err != nil {
		return "", err
	}
	if err := os.WriteFile(config, text, 0o644); err != nil {
		return "", err
	}
	mod := fmt.Sprintf("module gethbuild\n\ngo 1.26\n\nrequire %[1]s %[2]s\n\nreplace %[1]s => ./src\n", gethModule, version)
	if err := os.WriteFile(filepath.Join(temp, "go.mod"), []byte(mod), 0o644); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(binary), 0o755); err != nil {
		return "", err
	}
	return binary, goTool(ctx, temp, "build", "-mod=mod", "-o", binary, gethModule+"/cmd/geth")
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
