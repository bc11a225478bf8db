package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"gpumesh/market"
	"gpumesh/node"
)

// streams are where the program reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// app is what the commands share.
type app struct {
	streams
	json bool
	conn connection

	passphraseFile string // of the account's key
	passphrase     string // once it is known
}

// errUsage marks mistakes on the command line, which exit with status 2.
var errUsage = errors.New("usage")

func usagef(format string, args ...any) error {
	return fmt.Errorf("%w%s", silent{errUsage}, fmt.Sprintf(format, args...))
}

// silent hides the text of a wrapped error.
type silent struct{ error }

func (silent) Error() string   { return "" }
func (s silent) Unwrap() error { return s.error }

// execute runs one command and returns the exit status: 0, 1 for failures, 2 for mistakes on the command line.
func execute(ctx context.Context, args []string, s streams) int {
	a := &app{streams: s}
	root := a.root()
	root.SetArgs(args)
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errUsage):
		fmt.Fprintf(s.err, "gpumesh: %v\n", err)
		return 2
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		return 130
	}
	fmt.Fprintf(s.err, "gpumesh: %v\n", err)
	return 1
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "gpumesh",
		Short: "A peer-to-peer market for GPU compute",
		Long: `gpumesh runs GPU programs on other people's machines, and other people's programs on yours. Every job is computed by
several workers, their results are compared, and only a quorum of equal ones is paid.

  gpumesh demo            the whole path once, on this machine
  gpumesh testnet up      a local network to play with
  gpumesh run job.yaml    a job of your own`,
		SilenceErrors: true, SilenceUsage: true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.PersistentFlags().BoolVar(&a.json, "json", false, "print JSON")
	root.PersistentFlags().StringVar(&a.passphraseFile, "passphrase-file", "", "file with the passphrase of the account's key (default $"+passphraseVar+", or asked on a terminal)")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usagef("%v; see %s --help", err, c.CommandPath())
	})
	root.AddCommand(
		a.demoCommand(), a.nodeCommand(), a.runCommand(), a.jobsCommand(), a.marketCommand(), a.addCommand(), a.getCommand(), a.catCommand(),
		a.benchCommand(), a.doctorCommand(), a.testnetCommand(), a.networkCommand(), a.statusCommand(), a.versionCommand(), a.kernelsCommand(), a.devchainCommand(),
		a.verifyCommand(), a.configCommand(), a.trainCommand(), a.inferCommand(), a.federatedCommand(), a.walletCommand(), a.tiersCommand(), a.reputationCommand(),
	)
	group(root)
	return root
}

// group lets a command that only has subcommands answer anything else with a usage error.
func group(c *cobra.Command) *cobra.Command {
	c.Args = cobra.ArbitraryArgs
	c.SuggestionsMinimumDistance = 2
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return c.Help()
		}
		hint := ""
		if s := c.SuggestionsFor(args[0]); len(s) > 0 {
			hint = fmt.Sprintf("; did you mean %s", strings.Join(s, " or "))
		}
		return usagef("%s has no command %q%s; see %s --help", c.CommandPath(), args[0], hint, c.CommandPath())
	}
	return c
}

// exactly makes a wrong number of arguments a usage error that says what is missing.
func exactly(names ...string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) < len(names):
			return usagef("%s is missing: %s", names[len(args)], c.UseLine())
		case len(args) > len(names):
			return usagef("%q is one argument too many: %s", args[len(names)], c.UseLine())
		}
		return nil
	}
}

// printf writes for people; with --json nothing.
func (a *app) printf(format string, args ...any) {
	if !a.json {
		fmt.Fprintf(a.out, format, args...)
	}
}

// emit prints v as JSON when --json was given, and says whether it did.
func (a *app) emit(v any) (bool, error) {
	if !a.json {
		return false, nil
	}
	if m, ok := v.(proto.Message); ok {
		b, err := protojson.MarshalOptions{EmitUnpopulated: true}.Marshal(m)
		if err != nil {
			return true, err
		}
		v = json.RawMessage(b) // whose spacing changes from build to build; Encode makes it regular
	}
	e := json.NewEncoder(a.out)
	e.SetIndent("", "  ")
	return true, e.Encode(v)
}

// terminal reports whether w is one.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: exactly(),
		RunE: func(*cobra.Command, []string) error {
			if done, err := a.emit(map[string]string{"version": node.Version()}); done {
				return err
			}
			a.printf("gpumesh %s\n", node.Version())
			return nil
		},
	}
}

// tokens formats base units.
func tokens(n uint64) string { return market.Amount(n).String() }

// amountFlag is a flag that takes an amount of tokens.
type amountFlag struct{ market.Amount }

func (f *amountFlag) Type() string { return "NLOV" }

func (f *amountFlag) Set(s string) (err error) {
	f.Amount, err = market.ParseAmount(s)
	return err
}
