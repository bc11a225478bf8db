package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"connectrpc.com/connect"
	"golang.org/x/term"

	"gpumesh/node/api"
	"gpumesh/node/api/nodepb"
	"gpumesh/poc"
)

const barWidth = 20

// watch shows how a job proceeds, on the error stream, until it is over: a bar on a terminal, else a line per change.
func (a *app) watch(ctx context.Context, client *api.Client, id string) (*nodepb.Job, error) {
	stream, err := client.Watch(ctx, connect.NewRequest(&nodepb.WatchRequest{Job: id}))
	if err != nil {
		return nil, client.Explain(err)
	}
	defer func() { _ = stream.Close() }() // read to its end, or ctx is over
	p := &progress{w: a.err, bar: terminal(a.err), start: time.Now()}
	var job *nodepb.Job
	for stream.Receive() {
		job = stream.Msg().Job
		p.show(job, "")
	}
	p.end()
	if job != nil && job.Over {
		return job, nil
	}
	if ctx.Err() != nil || errors.Is(stream.Err(), context.Canceled) {
		fmt.Fprintf(a.err, "the job goes on without you; watch it with: gpumesh jobs watch %s\n", id)
		return nil, context.Canceled
	}
	return nil, fmt.Errorf("the node at %s has stopped; the job goes on, and once the node is back: gpumesh jobs watch %s", client.URL(), id)
}

// progress shows how a job proceeds: on a terminal in the same place, else in a line whenever the state of the job changes.
type progress struct {
	w     io.Writer
	bar   bool
	start time.Time
	last  string
	lines int // shown on the terminal
}

// show prints the state of the job, and below it what only the caller knows.
func (p *progress) show(j *nodepb.Job, more string) {
	line := describe(j)
	seconds := time.Since(p.start).Seconds()
	if !p.bar {
		if line == p.last {
			return
		}
		if p.last = line; more != "" {
			line += "  " + more
		}
		fmt.Fprintf(p.w, "%6.1fs  %s\n", seconds, line)
		return
	}
	if all := line + more; all == p.last {
		return
	} else {
		p.last = all
	}
	lines := []string{fmt.Sprintf("%s %5.1fs  %s", bar(j), seconds, line)}
	if more != "" {
		lines = append(lines, more)
	}
	if p.lines > 1 {
		fmt.Fprintf(p.w, "\x1b[%dA", p.lines-1)
	}
	width := columns(p.w)
	for i, line := range lines {
		if i > 0 {
			fmt.Fprint(p.w, "\n")
		}
		if r := []rune(line); len(r) >= width { // a line that wraps could not be written over
			line = string(r[:width-1])
		}
		fmt.Fprintf(p.w, "\r%s\x1b[K", line)
	}
	p.lines = len(lines)
}

func (p *progress) end() {
	if p.lines > 0 {
		fmt.Fprintln(p.w)
	}
}

// columns is how wide a terminal is.
func columns(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 1 {
			return width
		}
	}
	return 80
}

// describe is the state of a job in a few words.
func describe(j *nodepb.Job) string {
	n := len(j.Tasks)
	switch j.State {
	case "locking":
		return "locking " + tokens(j.Budget) + " in escrow"
	case "bidding":
		line := fmt.Sprintf("bidding: %d offers, %d needed", j.Offers, seats(j.Policy))
		if n := len(j.Declines); n > 0 {
			line += fmt.Sprintf("; %d declined (%s)", n, j.Declines[n-1].Code)
		}
		return line
	case "anchoring":
		return fmt.Sprintf("anchoring the award of %d seats", len(j.Seats))
	case "drawing":
		return "waiting for the beacon that draws the workers"
	case "running":
		working := 0
		for _, t := range j.Tasks {
			if len(t.Holders) > 0 && t.Certificate == "" {
				working++
			}
		}
		return fmt.Sprintf("running: %d of %d tasks certified, %d under way%s", j.Certified, n, working, failed(j))
	case "settling":
		line := fmt.Sprintf("settling: %d of %d tasks paid on chain%s", j.Settled, n, failed(j))
		if j.Until > 0 && failed(j) != "" {
			line += "; what is left of the escrow comes back after " + time.UnixMilli(j.Until).Format("15:04:05")
		}
		return line
	case "done":
		return fmt.Sprintf("done: %d tasks certified and paid", j.Certified)
	case "failed":
		return "failed: " + j.Failure.GetReason()
	}
	return j.State
}

// failed says how many tasks of a job failed, and why the first did.
func failed(j *nodepb.Job) string {
	n, code := 0, ""
	for _, t := range j.Tasks {
		if t.Failure != nil {
			if n++; n == 1 {
				code = t.Failure.Code
			}
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", %d failed (%s)", n, code)
}

// seats is how many offers an award needs.
func seats(p *nodepb.Policy) uint32 {
	if p.GetMaxError() != 0 || p.GetTier() == poc.Proof.String() {
		return p.GetReplicas() + p.GetStandby()
	}
	return p.GetReplicas()
}

// bar shows stages before the tasks as a third, the tasks as the rest.
func bar(j *nodepb.Job) string {
	stages := map[string]float64{"locking": 0.02, "bidding": 0.05, "anchoring": 0.08, "drawing": 0.1, "settling": 0.95, "done": 1, "failed": 1}
	share, ok := stages[j.State]
	if !ok && len(j.Tasks) > 0 {
		var tasks float64
		for _, t := range j.Tasks {
			switch {
			case t.Certificate != "":
				tasks++
			case t.Total > 0:
				tasks += 0.9 * float64(t.Done) / float64(t.Total)
			}
		}
		share = 0.1 + 0.85*tasks/float64(len(j.Tasks))
	}
	full := int(share * barWidth)
	return "[" + strings.Repeat("#", full) + strings.Repeat(".", barWidth-full) + "]"
}
