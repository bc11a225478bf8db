// Command simulate runs scenarios of package sim: go run ./cmd/dev sim.
package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"runtime/pprof"
	"strings"
	"time"

	"gpumesh/testnet/sim"
)

func main() {
	// Most of what a run allocates is forgotten at once. The largest ones must fit into 8 GiB.
	debug.SetGCPercent(300)
	debug.SetMemoryLimit(6 << 30)
	switch err := simulate(os.Args[1:]); {
	case err == nil || errors.Is(err, flag.ErrHelp):
	default:
		fmt.Fprintln(os.Stderr, "sim:", err)
		os.Exit(1)
	}
}

// simulate runs scenarios one after the other, prints a table of each, and writes CSV files of all and a picture of each. The error is what runs broke, or have not kept of
// what was promised: neither ends what is left to run.
func simulate(args []string) error {
	flags := flag.NewFlagSet("sim", flag.ContinueOnError)
	seed := flags.Uint64("seed", 0, "another seed than the scenarios'")
	repeat := flags.Int("repeat", 0, "in so many networks, one seed after the other, instead of as many as the scenarios say")
	only := flags.String("run", "", "the one run of each experiment that has this name, and the run that it is compared with")
	out := flags.String("out", "", "directory for results.csv, the same as a table (results.md), what each strategy made (strategies.csv), and a picture of each run, or for the table and the picture of challenges; nothing is written without it")
	profile := flags.String("cpuprofile", "", "file for a profile of the processor's time")
	heap := flags.String("memprofile", "", "file for a profile of the heap, rewritten every ten seconds")
	names, err := parse(flags, args)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return fmt.Errorf("name one or more scenarios: files, or %s", known())
	}
	var experiments []experiment
	for _, name := range names {
		x, err := load(name, *seed, *repeat, *only)
		if err != nil {
			return err
		}
		experiments = append(experiments, x)
	}
	if *profile != "" {
		f, err := os.Create(*profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	if *heap != "" {
		done := make(chan struct{})
		defer close(done)
		go profileHeap(*heap, done)
	}
	var results []sim.Result
	var errs []error
	for _, x := range experiments {
		run := x.run
		if x.Challenge != nil {
			run = x.challenge
		}
		failed, err := run(*out, &results)
		if errs = append(errs, failed...); err != nil {
			return errors.Join(append(errs, err)...)
		}
	}
	return errors.Join(errs...)
}

// parse reads flags wherever they stand among the names, which it returns.
func parse(flags *flag.FlagSet, args []string) (names []string, _ error) {
	for {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		if flags.NArg() == 0 {
			return names, nil
		}
		names, args = append(names, flags.Arg(0)), flags.Args()[1:]
	}
}

// experiment is a scenario with the runs of it that are asked for.
type experiment struct {
	sim.Scenario
	path   string
	repeat int // asked for instead of the scenario's; 0: none
	runs   []sim.Scenario
}

func load(name string, seed uint64, repeat int, only string) (x experiment, err error) {
	if x.path, err = find(name); err != nil {
		return x, err
	}
	if x.Scenario, err = sim.Load(x.path); err != nil {
		return x, err
	}
	x.repeat = repeat
	x.Seed, x.Repeat = cmp.Or(seed, x.Seed), cmp.Or(repeat, x.Repeat)
	if err = x.Validate(); err == nil {
		x.runs, err = x.Select(only)
	}
	return x, err
}

// again is an error with the command that shows it again: in so many networks, or in as many as the scenario says if repeat is 0.
func (x experiment) again(run string, seed uint64, repeat int, err error) error {
	more := ""
	if repeat != 0 {
		more = fmt.Sprintf(" -repeat %d", repeat)
	}
	return fmt.Errorf("%s: %w\nsee it again: go run ./cmd/dev sim -seed %d%s -run %s %s", run, err, seed, more, run, x.path)
}

// challenge runs an experiment without jobs. The errors are what it broke or did not keep; the last one is that it could not be written.
func (x experiment) challenge(out string, _ *[]sim.Result) (failed []error, _ error) {
	r, err := sim.RunChallenge(x.Scenario)
	if err != nil {
		return []error{x.again(x.Name, x.Seed, x.repeat, err)}, nil
	}
	fmt.Printf("%s\n%s\n", x.About, r.Table())
	if err := r.Judge(); err != nil {
		failed = append(failed, x.again(x.Name, x.Seed, x.repeat, err))
	}
	return failed, writeFiles(out, map[string]func(io.Writer) error{x.Name + ".csv": r.WriteCSV, x.Name + ".svg": r.WriteSVG})
}

// run runs an experiment, likewise, and adds what its runs showed to all results. Of networks that are repeated the one that broke a rule is named.
func (x experiment) run(out string, all *[]sim.Result) (failed []error, _ error) {
	first := len(*all)
	for _, run := range x.runs {
		r, err := sim.Run(run)
		switch {
		case err != nil && r.Scenario.Name == "": // it cannot be run
			failed = append(failed, x.again(run.Name, run.Seed, x.repeat, err))
			continue
		case err != nil:
			repeat := x.repeat
			if run.Repeat > 1 {
				repeat = 1
			}
			r.Failed = err
			failed = append(failed, x.again(run.Name, r.Scenario.Seed, repeat, err))
		default:
			if err := r.Judge((*all)[first:]); err != nil {
				failed = append(failed, x.again(run.Name, run.Seed, x.repeat, err))
			}
		}
		fmt.Printf("%s\n%s\n", run.About, r.Table())
		*all = append(*all, r)
		if err := report(out, x.Scenario, *all, (*all)[first:]); err != nil {
			return failed, err
		}
	}
	return failed, nil
}

const scenarios = "testnet/sim/scenarios" // from the root of the project, where dev runs this

// find is the file of a scenario, which is named by its path or its name.
func find(name string) (string, error) {
	path := filepath.Join(scenarios, name+".yaml")
	for _, p := range []string{name, path} {
		if _, err := os.Stat(p); err == nil {
			return p, nil
		}
	}
	return "", fmt.Errorf("there is no scenario %q; there are %s", name, known())
}

// known are the names of the project's scenarios.
func known() string {
	files, _ := filepath.Glob(filepath.Join(scenarios, "*.yaml")) // the pattern is right
	for i, f := range files {
		files[i] = strings.TrimSuffix(filepath.Base(f), ".yaml")
	}
	return strings.Join(files, ", ")
}

// report writes what there is after each run, as a long experiment may be ended: the latest run's picture, one of all runs of its
// experiment, and the tables of all.
func report(dir string, s sim.Scenario, all, own []sim.Result) error {
	latest := all[len(all)-1]
	files := map[string]func(io.Writer) error{
		"results.md":                  func(w io.Writer) error { return sim.WriteTable(w, all) },
		"results.csv":                 func(w io.Writer) error { return sim.WriteCSV(w, all) },
		"strategies.csv":              func(w io.Writer) error { return sim.WriteStrategiesCSV(w, all) },
		latest.Scenario.Name + ".svg": func(w io.Writer) error { return sim.WriteSVG(w, latest) },
	}
	if len(own) > 1 {
		files[s.Name+".svg"] = func(w io.Writer) error { return sim.WriteOverviewSVG(w, s, own) }
	}
	return writeFiles(dir, files)
}

// writeFiles writes files into a directory, or nothing if none is named.
func writeFiles(dir string, files map[string]func(io.Writer) error) error {
	if dir == "" {
		return nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, write := range files {
		if err := writeFile(filepath.Join(dir, name), write); err != nil {
			return err
		}
	}
	return nil
}

// profileHeap writes what is in memory while a run goes on: at its end there is nothing left to see.
func profileHeap(path string, done <-chan struct{}) {
	every := time.NewTicker(10 * time.Second)
	defer every.Stop()
	for {
		select {
		case <-done:
			return
		case <-every.C:
			if err := writeFile(path, pprof.WriteHeapProfile); err != nil {
				fmt.Fprintln(os.Stderr, "sim:", err)
				return
			}
		}
	}
}

func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
