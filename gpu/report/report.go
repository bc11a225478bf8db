package report

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"gpumesh/gpu"
	"gpumesh/gpu/webgpu"
)

// Options say how to measure.
type Options struct {
	Worker []string     // argv that starts a worker process; see worker.Config
	Turns  int          // that what follows is a multiple of; 5
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

	fastest map[string]build // of products, by kernel
}

// Run measures everything; it takes some minutes. Errors are those of the device and of the worker: a target that is missed
// is no error. Without a driver it is an Unsupported error.
func Run(ctx context.Context, o Options) (_ *Report, err error) {
	if o.Turns == 0 {
		o.Turns = 5
	}
	d, err := webgpu.Open(ctx, webgpu.Options{})
	if err != nil {
		return nil, err
	}
	defer d.Close()
	b := &bench{ctx: ctx, o: o, d: d, clock: wallClock}
	defer func() {
		for _, f := range b.fastest {
			f.Close(ctx, err)
		}
	}()
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

// turns are the times of contenders that took turns: a row for each turn, in the order of the contenders.
type turns [][]time.Duration

// turns runs contenders in turns, every second one backwards, behind one that warms up.
func (b *bench) turns(clock func() time.Duration, n int, contenders ...func() error) (turns, error) {
	var all turns
	for turn := range n + 1 {
		took := make([]time.Duration, len(contenders))
		for j := range contenders {
			i := j
			if turn%2 == 1 {
				i = len(contenders) - 1 - j
			}
			if err := b.ctx.Err(); err != nil {
				return nil, err
			}
			start := clock()
			if err := contenders[i](); err != nil {
				return nil, err
			}
			took[i] = max(clock()-start, 1)
		}
		if turn > 0 {
			all = append(all, took)
		}
	}
	return all, nil
}

// per are the times of one run each, where contenders' turns had so many.
func (t turns) per(runs ...int) (each turns) {
	for _, took := range t {
		took = slices.Clone(took)
		for i, n := range runs {
			took[i] = max(took[i]/time.Duration(n), 1)
		}
		each = append(each, took)
	}
	return each
}

// median is the median of what f makes of each turn. What disturbs the machine for longer than a turn hits all contenders of the turn,
// where the best of all turns would depend on who met a quiet moment.
func (t turns) median(f func(took []time.Duration) float64) float64 {
	var list []float64
	for _, took := range t {
		list = append(list, f(took))
	}
	slices.Sort(list)
	n := len(list)
	return (list[n/2] + list[(n-1)/2]) / 2
}

// ratio is the median of one contender's time in another's.
func (t turns) ratio(i, of int) float64 {
	return t.median(func(took []time.Duration) float64 { return took[i].Seconds() / took[of].Seconds() })
}

// time is a contender's median.
func (t turns) time(i int) time.Duration {
	return time.Duration(t.median(func(took []time.Duration) float64 { return float64(took[i]) }))
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
