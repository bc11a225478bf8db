package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"

	"gpumesh/gpu/wgsl"
	"gpumesh/gpu/wgsl/wgslgen"
)

func main() {
	if os.Getenv(childMark) != "" {
		os.Exit(serve())
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout, os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "stacks:", err)
		os.Exit(1)
	}
}

// errDiffer is the error of a run in which stacks differ where they must not.
var errDiffer = errors.New("stacks differ where equal bytes are promised")

func run(ctx context.Context, w io.Writer, args []string) error {
	flags := flag.NewFlagSet("stacks", flag.ContinueOnError)
	only := flags.String("on", "", "names of the stacks, with commas; all that are here unless given")
	n := flags.Uint64("n", 200, "generated kernels of each dialect")
	first := flags.Uint64("seed", 0, "seed of the first generated kernel")
	wide := flags.Bool("wide", false, "generate also what wgpu-native 0.17 refuses, which leaves the evaluator and Chromium to compare")
	library := flags.Bool("library", true, "also the kernels of the library")
	identities := flags.Bool("identities", true, "also the kernels in which a compiler could see that an operand is zero or not finite")
	shrink := flags.Bool("shrink", false, "cut down and print the first generated kernel on which stacks differ that must not")
	verbose := flags.Bool("v", false, "a line for every kernel, not only for those that differ")
	if err := flags.Parse(args); err != nil {
		return err
	}
	names := map[string]bool{}
	for name := range strings.SplitSeq(*only, ",") {
		if name != "" && !slices.ContainsFunc(stacks(), func(s stack) bool { return s.name == name }) {
			return fmt.Errorf("there is no stack %q", name)
		}
		if name != "" {
			names[name] = true
		}
	}
	have, missing, err := openAll(ctx, names)
	if err != nil {
		return err
	}
	defer closeAll(have)
	for _, s := range have {
		i := s.Info()
		fmt.Fprintf(w, "%s: %s (%s, %s)\n", s.name, i.Name, i.Backend, i.Driver)
	}
	for _, line := range missing {
		fmt.Fprintln(w, line)
	}
	var jobs []job
	if *library {
		if jobs, err = libraryJobs(true); err != nil {
			return err
		}
	}
	jobs = append(jobs, generatedJobs(*first, *n, wgslgen.Options{Wide: *wide})...)
	same, refused := reproducible(jobs)
	jobs = append(jobs, same...)
	written, same := floatJobs(*first, *n, *wide)
	jobs = slices.Concat(jobs, written, same)
	if *identities {
		_, same := identityJobs(1)
		jobs = append(jobs, same...)
	}
	m := newMatrix(have)
	for i := range jobs {
		if err := ctx.Err(); err != nil {
			return err
		}
		o := m.add(&jobs[i], runAll(ctx, have, &jobs[i]))
		if *verbose || o.wrong {
			fmt.Fprintf(w, "%-34s %s\n", jobs[i].Name, o)
			for _, e := range o.expressions(&jobs[i]) {
				fmt.Fprintf(w, "%-34s %s\n", "", e)
			}
		}
		if o.wrong && *shrink && jobs[i].Group == "generated" {
			opt := wgslgen.Options{Wide: *wide, Float: jobs[i].Form != "", Plain: jobs[i].Form != ""}
			_, err := fmt.Sscanf(jobs[i].Name, dialect(opt)+" seed %d", &opt.Seed)
			if err != nil {
				return err
			}
			small := shrunk(ctx, have, wgslgen.New(opt), opt.Float)
			fmt.Fprintf(w, "\n%s\n%s\n", small.Source(), m.add(&jobs[i], runAll(ctx, have, cut(small, opt.Float))).detail())
			return errDiffer
		}
	}
	m.print(w)
	for _, line := range refused {
		fmt.Fprintln(w, line)
	}
	if m.wrong > 0 {
		return errDiffer
	}
	return nil
}

func runAll(ctx context.Context, have []opened, j *job) []result {
	list := make([]result, len(have))
	for i, s := range have {
		list[i] = s.Run(ctx, j)
	}
	return list
}

// cut is the job of a kernel that was cut down, nil when it lost its reproducible form.
func cut(k *wgslgen.Kernel, float bool) *job {
	j := generatedJob(k, "", !float)
	if !float {
		return &j
	}
	list, _ := reproducible([]job{j})
	if len(list) == 0 {
		return nil
	}
	return &list[0]
}

// shrunk cuts a kernel down while two stacks differ on it.
func shrunk(ctx context.Context, have []opened, k *wgslgen.Kernel, float bool) *wgslgen.Kernel {
	return k.Shrink(2000, func(k *wgslgen.Kernel) bool {
		if _, err := wgsl.Parse(k.Source()); err != nil || ctx.Err() != nil {
			return false
		}
		j := cut(k, float)
		if j == nil {
			return false
		}
		o := compare(runAll(ctx, have, j))
		return o.wrong && !slices.ContainsFunc(o.results, func(r result) bool { return r.Err != "" })
	})
}

// outcome is what the stacks made of one job.
type outcome struct {
	names   []string
	results []result
	class   []int // by stack: which result it had, -1: none
	wrong   bool
}

// compare sorts results into classes of equal ones.
func compare(results []result) outcome {
	o := outcome{results: results, class: make([]int, len(results))}
	next := 0
	for i, r := range results {
		o.class[i] = -1
		if r.Err != "" {
			o.wrong = true
			continue
		}
		for k := range i {
			if o.class[k] >= 0 && equal(results[k], r) {
				o.class[i] = o.class[k]
				break
			}
		}
		if o.class[i] < 0 {
			o.class[i] = next
			next++
		}
	}
	o.wrong = o.wrong || next > 1
	return o
}

func equal(a, b result) bool {
	if len(a.Outputs) != len(b.Outputs) {
		return false
	}
	for name, p := range a.Outputs {
		if q, ok := b.Outputs[name]; !ok || !bytes.Equal(p, q) {
			return false
		}
	}
	return true
}

// String lists the stacks, those with equal results joined by "=".
func (o outcome) String() string {
	var groups []string
	for c := 0; ; c++ {
		var same []string
		for i, k := range o.class {
			if k == c {
				same = append(same, o.names[i])
			}
		}
		if same == nil {
			break
		}
		groups = append(groups, strings.Join(same, " = "))
	}
	for i, r := range o.results {
		if r.Err != "" {
			groups = append(groups, o.names[i]+" failed: "+clip(r.Err))
		}
	}
	return strings.Join(groups, " | ")
}

// detail shows the first bytes that differ.
func (o outcome) detail() string {
	var b strings.Builder
	fmt.Fprintln(&b, o)
	for i, r := range o.results {
		for k := range i {
			if o.class[i] < 0 || o.class[k] < 0 || o.class[i] == o.class[k] {
				continue
			}
			for name, p := range r.Outputs {
				q := o.results[k].Outputs[name]
				for at := 0; at+4 <= len(p) && at+4 <= len(q); at += 4 {
					if !bytes.Equal(p[at:at+4], q[at:at+4]) {
						fmt.Fprintf(&b, "%s[%d]: %s %x, %s %x\n", name, at/4, o.names[i], p[at:at+4], o.names[k], q[at:at+4])
						break
					}
				}
			}
			break
		}
	}
	return b.String()
}

// expressions are those of the job's that are not the same everywhere.
func (o outcome) expressions(j *job) []string {
	var list []string
	for k, e := range j.Expressions {
		for i := range o.results {
			p, q := o.results[0].Outputs["out"], o.results[i].Outputs["out"]
			n := min(len(p), len(q)) / 4
			for at := k; at < n; at += len(j.Expressions) {
				if !bytes.Equal(p[4*at:4*at+4], q[4*at:4*at+4]) {
					list = append(list, fmt.Sprintf("%s: operands %d, %s %x, %s %x", e, at/len(j.Expressions), o.names[0], p[4*at:4*at+4], o.names[i], q[4*at:4*at+4]))
					break
				}
			}
		}
	}
	return list
}

func clip(s string) string {
	if s = strings.Join(strings.Fields(s), " "); len(s) > 160 {
		s = strings.ToValidUTF8(s[:160], "") + "..."
	}
	return s
}
