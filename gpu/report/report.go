package report

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"text/tabwriter"
	"time"

	"gpumesh/gpu"
	"gpumesh/gpu/webgpu"
)

// Options say how to measure.
type Options struct {
	Worker []string     // argv that starts a worker process; see worker.Config
	Turns  int          // of each comparison; 5
	Note   func(string) // tells what is being measured; may be nil
}

// Line is one measurement. Value, and Limit if there is one, are in Unit.
type Line struct {
	Name    string  `json:"name"`
	Value   float64 `json:"value"`
	Unit    string  `json:"unit"`              // "x", "%", "us" or a rate
	Target  string  `json:"target,omitempty"`  // "at least" or "at most"; empty: for information
	Limit   float64 `json:"limit,omitempty"`   // of the target
	Detail  string  `json:"detail,omitempty"`  // absolute figures, how it was measured
	Missing string  `json:"missing,omitempty"` // why there is no value
}

// Met reports whether the line is within its target; one without target is, and one that was not measured is not.
func (l Line) Met() bool {
	switch {
	case l.Target == "":
		return true
	case l.Missing != "":
		return false
	case l.Target == atLeast:
		return l.Value >= l.Limit
	}
	return l.Value <= l.Limit
}

const (
	atLeast = "at least"
	atMost  = "at most"

	wallTime = "wall clock"
	cpuTime  = "processor time"
)

// Report is what was measured, on what.
type Report struct {
	Device    gpu.Info `json:"device"`
	Processor string   `json:"processor"`
	Cores     int      `json:"cores"`
	Clock     string   `json:"clock"` // "processor time" or "wall clock", of the kernels' lines
	Lines     []Line   `json:"lines"`
}

// bench is a report in the making.
type bench struct {
	Report
	ctx   context.Context
	o     Options
	d     gpu.Device
	clock func() time.Duration // of the kernels' lines

	fastest map[string]string // variants of products
}

// Run measures everything; it takes a minute or two. Errors are those of the device and of the worker: a target that is missed
// is no error. Without a driver it is an Unsupported error.
func Run(ctx context.Context, o Options) (*Report, error) {
	if o.Turns == 0 {
		o.Turns = 5
	}
	d, err := webgpu.Open(ctx, webgpu.Options{})
	if err != nil {
		return nil, err
	}
	defer d.Close()
	b := &bench{ctx: ctx, o: o, d: d, clock: wallClock}
	b.Device, b.Processor, b.Cores, b.Clock = d.Info(), processor(), runtime.GOMAXPROCS(0), wallTime
	if d.Info().Type == gpu.CPU && hasProcessorTime {
		b.clock, b.Clock = processorTime, cpuTime
	}
	for _, part := range []struct {
		name string
		run  func(*bench) error
	}{
		{"matrix products", (*bench).products}, {"checks of products", (*bench).checks}, {"the runtime", (*bench).runtime},
		{"the worker process", (*bench).worker}, {"other kernels", (*bench).kernels}, {"the evaluator", (*bench).evaluator},
	} {
		if o.Note != nil {
			o.Note(part.name)
		}
		if err := part.run(b); err != nil {
			return nil, fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return &b.Report, nil
}

// parallel is how many seconds the clock of the kernels' lines counts in a second when the device is busy.
func (b *bench) parallel() float64 {
	if b.Clock == cpuTime {
		return float64(b.Cores)
	}
	return 1
}

func (b *bench) add(l Line) { b.Lines = append(b.Lines, l) }

var started = time.Now()

func wallClock() time.Duration { return time.Since(started) }

// best runs contenders in turns and returns the shortest time of each.
func (b *bench) best(clock func() time.Duration, turns int, contenders ...func() error) ([]time.Duration, error) {
	times := make([]time.Duration, len(contenders))
	for turn := range turns + 1 {
		for i, f := range contenders {
			if err := b.ctx.Err(); err != nil {
				return nil, err
			}
			start := clock()
			if err := f(); err != nil {
				return nil, err
			}
			took := max(clock()-start, 1)
			if turn == 1 || turn > 1 && took < times[i] { // the first turn warms up
				times[i] = took
			}
		}
	}
	return times, nil
}

// WriteTo prints the report as a table.
func (r *Report) WriteTo(w io.Writer) (int64, error) {
	var text strings.Builder
	fmt.Fprintf(&text, "%s (%s, %s), %s, %d cores; kernels in %s\n\n", r.Device.Name, r.Device.Type, r.Device.Driver, r.Processor, r.Cores, r.Clock)
	tab := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tab, "MEASURED\tVALUE\tTARGET\t\tHOW")
	for _, l := range r.Lines {
		value, target, verdict := l.value(), "", ""
		if l.Target != "" {
			target = fmt.Sprintf("%s %s", l.Target, Line{Value: l.Limit, Unit: l.Unit}.value())
			verdict = "pass"
			if !l.Met() {
				verdict = "FAIL"
			}
		}
		if l.Missing != "" {
			value, verdict = "-", "not measured"
			l.Detail = l.Missing
		}
		fmt.Fprintf(tab, "%s\t%s\t%s\t%s\t%s\n", l.Name, value, target, verdict, l.Detail)
	}
	if err := tab.Flush(); err != nil {
		return 0, err
	}
	n, err := io.WriteString(w, text.String())
	return int64(n), err
}

func (l Line) value() string {
	switch {
	case l.Unit == "%":
		return fmt.Sprintf("%.3g %%", l.Value)
	case l.Unit == "x":
		return fmt.Sprintf("%.3g x", l.Value)
	}
	return fmt.Sprintf("%.3g %s", l.Value, l.Unit)
}
