package main

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// goTool runs the go command at the module root with this process's output.
func goTool(ctx context.Context, root string, args ...string) error {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = root, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
	}
	return nil
}

// goChore is a go command over the packages on the command line, or all of them.
func goChore(fixed ...string) func(context.Context, string, []string) error {
	return func(ctx context.Context, root string, args []string) error {
		if len(args) == 0 {
			args = []string{"./..."}
		}
		return goTool(ctx, root, append(slices.Clone(fixed), args...)...)
	}
}

// longTests is the environment variable that asks tests for their long form. Tests name it in full.
const longTests = "GPUMESH_LONG"

// long runs the tests of packages in their long form, an hour each at most.
func long(ctx context.Context, root string, args []string) error {
	if len(args) == 0 {
		err := testFiles(root, func(dir string, f *ast.File) {
			reads := false
			ast.Inspect(f, func(n ast.Node) bool {
				lit, ok := n.(*ast.BasicLit)
				reads = reads || ok && lit.Value == strconv.Quote(longTests)
				return !reads
			})
			if reads && !slices.Contains(args, dir) {
				args = append(args, dir)
			}
		})
		if err != nil {
			return err
		}
		if len(args) == 0 {
			return errors.New("no test reads " + longTests)
		}
	}
	if err := os.Setenv(longTests, "1"); err != nil {
		return err
	}
	return goTool(ctx, root, append([]string{"test", "-timeout", "60m"}, args...)...)
}

func lint(ctx context.Context, root string, _ []string) error {
	if err := goTool(ctx, root, "vet", "./..."); err != nil {
		return err
	}
	return goTool(ctx, root, "tool", "staticcheck", "./...")
}

// bench runs one group of benchmarks.
func bench(ctx context.Context, root string, args []string) error {
	group := "gpu"
	if len(args) > 0 {
		group = args[0]
	}
	switch group {
	case "gpu":
		return goTool(ctx, root, "run", "./cmd/gpumesh", "bench", "gpu")
	case "kernels":
		return goTool(ctx, root, "test", "-run", "^$", "-bench", ".", "./gpu/...")
	case "train":
		return goTool(ctx, root, "test", "-run", "^$", "-bench", "Train", "-benchtime", "1x", "-timeout", "1h", "./gpu/gomlx")
	case "diloco":
		return goTool(ctx, root, "test", "-v", "-run", "^TestDiLoCo$", "-timeout", "3h", "./gpu/gomlx", "-long")
	case "market":
		return goTool(ctx, root, "run", "./cmd/gpumesh", "bench", "market")
	case "chain":
		return goTool(ctx, root, "test", "-run", "^TestGasTable$", "-v", "-bench", ".", "./node/chain/evm", "-batch")
	}
	return fmt.Errorf("%w: there is no group %q of benchmarks; there are gpu, kernels, train, diloco, market and chain", errUsage, group)
}

// hostile runs the long forms of the tests against hostile programs, and prints what they counted.
func hostile(ctx context.Context, root string, args []string) error {
	seed := "1"
	if len(args) > 0 {
		if _, err := strconv.ParseUint(args[0], 10, 64); err != nil {
			return fmt.Errorf("%w: %q is not a seed", errUsage, args[0])
		}
		seed = args[0]
	}
	return goTool(ctx, root, "test", "-v", "-timeout", "90m", "-run", "^(TestAttacks|TestLeftovers|TestNoProbeEscapes|TestBombs)$", "./gpu/worker", "-attacks", "1000", "-attackseed", seed, "-pairs", "1000", "-bombs", ".")
}

// stacks runs the command of that name, which see.
func stacks(ctx context.Context, root string, args []string) error {
	return goTool(ctx, root, append([]string{"run", "./gpu/stacks"}, args...)...)
}

// simulate runs scenarios of testnet/sim, in a process of its own: it needs the wire formats that gen makes.
func simulate(ctx context.Context, root string, args []string) error {
	return goTool(ctx, root, append([]string{"run", "./testnet/sim/simulate"}, args...)...)
}

// fuzz runs every fuzz target for a while.
func fuzz(ctx context.Context, root string, args []string) error {
	each := "30s"
	if len(args) > 0 {
		if _, err := time.ParseDuration(args[0]); err != nil {
			return fmt.Errorf("%w: %q is not a duration such as 30s", errUsage, args[0])
		}
		each = args[0]
	}
	targets, err := fuzzTargets(root)
	if err != nil {
		return err
	}
	for _, t := range targets {
		fmt.Println("fuzzing", t.name, "in", t.dir)
		// Minimizing can take far longer than finding; one step is enough to see what was found.
		if err := goTool(ctx, root, "test", "-run", "^$", "-fuzz", "^"+t.name+"$", "-fuzztime", each, "-fuzzminimizetime", "1x", t.dir); err != nil {
			return err
		}
	}
	return nil
}

type fuzzTarget struct{ name, dir string }

// fuzzTargets finds every func FuzzX of the module.
func fuzzTargets(root string) ([]fuzzTarget, error) {
	var out []fuzzTarget
	err := testFiles(root, func(dir string, f *ast.File) {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && strings.HasPrefix(fn.Name.Name, "Fuzz") {
				out = append(out, fuzzTarget{fn.Name.Name, dir})
			}
		}
	})
	return out, err
}

// testFiles calls visit for every file of tests in the module, with the path of its package as the go command takes it.
func testFiles(root string, visit func(dir string, f *ast.File)) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != root || d.Name() == "node_modules") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		visit("./"+filepath.ToSlash(rel), f)
		return nil
	})
}
