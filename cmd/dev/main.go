// Command dev runs the project's chores: go run ./cmd/dev help.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
)

// A chore is one subcommand. run gets the module root and the arguments after the chore's name.
type chore struct {
	name  string
	usage string // arguments
	help  string // one line
	run   func(ctx context.Context, root string, args []string) error
}

var chores = []chore{
	{"gen", "[-check] [-skip-contracts] [file.proto ...]", "generate wire formats and contract bindings; -check fails if a file would change", gen},
	{"test", "[package ...]", "run the tests", goChore("test", "-timeout", "20m")},
	{"race", "[package ...]", "run the tests with the race detector", goChore("test", "-race", "-timeout", "40m")},
	{"long", "[flag of go test ...] [package ...]", "run the long forms of tests, some of which take minutes; without packages, of all that have one", long},
	{"lint", "", "vet and staticcheck everything", lint},
	{"geth", "[pattern]", "build geth at the version of go.mod and run the tests of the chain against geth --dev", geth},
	{"fuzz", "[duration]", "fuzz every decoder and state machine in turn, 30s each unless said otherwise", fuzz},
	{"stacks", "[-n kernels] [-on stack,...] [-shrink]", "run the kernel library and generated kernels on every WebGPU stack that is here and print which agree", stacks},
	{"hostile", "[seed]", "attack the worker process: a thousand hostile tasks, a thousand writers and readers, every escape probe, and the largest sources of each kind that the static caps let through", hostile},
	{"sim", "[-seed N] [-repeat N] [-run NAME] [-out DIR] SCENARIO.yaml ...", "simulate networks of thousands of nodes; prints a table, writes CSV and pictures", simulate},
	{"bench", "[gpu|kernels|train|diloco|market|chain]", "run benchmarks; gpu compares with targets, kernels times all of gpu, train a step of each model, diloco compares training in rounds with step by step, market prints the latency of a job by stage", bench},
}

// errUsage marks errors of the caller, which exit with status 2.
var errUsage = errors.New("usage")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	switch err := run(ctx, os.Args[1:]); {
	case err == nil || errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errUsage):
		fmt.Fprintln(os.Stderr, "dev:", err)
		os.Exit(2)
	default:
		fmt.Fprintln(os.Stderr, "dev:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		help(os.Stdout)
		return nil
	}
	for _, c := range chores {
		if c.name == args[0] {
			root, err := moduleRoot()
			if err != nil {
				return err
			}
			if err := c.run(ctx, root, args[1:]); err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			return nil
		}
	}
	return fmt.Errorf("%w: there is no chore %q; see go run ./cmd/dev help", errUsage, args[0])
}

func help(w io.Writer) {
	fmt.Fprintln(w, "Chores of the project: go run ./cmd/dev CHORE")
	fmt.Fprintln(w)
	for _, c := range chores {
		fmt.Fprintf(w, "  %s %s\n      %s\n", c.name, c.usage, c.help)
	}
	fmt.Fprintf(w, "  help\n      print this text\n")
}

// moduleRoot is the nearest directory at or above the working directory that holds go.mod.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("no go.mod at or above the working directory; run it inside the checkout")
		}
		dir = parent
	}
}
