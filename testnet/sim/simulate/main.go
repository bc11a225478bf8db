// Command simulate runs scenarios of package sim: go run ./cmd/dev sim.
package main

import (
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

// simulate runs scenarios one after the other, prints a table of each, and writes a CSV file of all and a picture of each. The error is what a run broke, at which it ends,
// or what runs have not kept of what was promised.
func simulate(args []string) error {
	flags := flag.NewFlagSet("sim", flag.ContinueOnError)
	seed := flags.Uint64("seed", 0, "another seed than the scenarios'")
	only := flags.String("run", "", "the one run of each experiment that has this name, and the run that it is compared with")
	out := flags.String("out", "", "directory for results.csv, the same as a table (results.md), and a picture of each run, or for the table and the picture of challenges; nothing is written without it")
	profile := flags.String("cpuprofile", "", "file for a profile of the processor's time")
	heap := flags.String("memprofile", "", "file for a profile of the heap, rewritten every ten seconds")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return fmt.Errorf("name one or more scenarios: files, or %s", known())
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
	for _, name := range flags.Args() {
		path, err := find(name)
		if err != nil {
			return err
		}
		s, err := sim.Load(path)
		if err != nil {
			return err
		}
		if *seed != 0 {
			s.Seed = *seed
		}
		runs, err := s.Select(*only)
		if err != nil {
			return err
		}
		failed := func(run string, err error) error {
			return fmt.Errorf("%s: %w\nsee it again: go run ./cmd/dev sim -seed %d -run %s %s", run, err, s.Seed, run, path)
		}
		if s.Challenge != nil {
			r, err := sim.RunChallenge(s)
			if err != nil {
				return failed(s.Name, err)
			}
			fmt.Printf("%s\n%s\n", s.About, r.Table())
			if err := writeFiles(*out, map[string]func(io.Writer) error{s.Name + ".csv": r.WriteCSV, s.Name + ".svg": r.WriteSVG}); err != nil {
				return err
			}
			if err := r.Judge(); err != nil {
				errs = append(errs, failed(s.Name, err))
			}
			continue
		}
		first := len(results)
		for _, run := range runs {
			r, err := sim.Run(run)
			if err != nil {
				return errors.Join(append(errs, failed(run.Name, err))...)
			}
			if err := r.Judge(results[first:]); err != nil {
				errs = append(errs, failed(run.Name, err))
			}
			fmt.Printf("%s\n%s\n", run.About, r.Table())
			results = append(results, r)
			if err := report(*out, s, results, results[first:]); err != nil {
				return err
			}
		}
	}
	return errors.Join(errs...) // what was not kept ends no experiment
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
