package sim

import (
	"encoding/csv"
	"fmt"
	"html"
	"io"
	"math"
	"slices"
	"strings"
)

// WriteCSV writes the results of several runs, one line each, and below each name of a column the same value everywhere.
func WriteCSV(out io.Writer, rs []Result) error {
	var rows [][]string
	for i, r := range rs {
		var names, values []string
		for _, c := range r.row() {
			names, values = append(names, c[0]), append(values, c[1])
		}
		if i == 0 {
			rows = append(rows, names)
		}
		rows = append(rows, values)
	}
	return csv.NewWriter(out).WriteAll(rows)
}

// WriteStrategiesCSV writes what the nodes of each strategy made in several runs: one row for each run and strategy. Amounts are those of one node, in prices of a task.
func WriteStrategiesCSV(out io.Writer, rs []Result) error {
	rows := [][]string{{"scenario", "seed", "strategy", "nodes", "devices", "acted", "executed", "income", "rewards", "court", "cost", "slashed", "spent", "net", "standard error"}}
	for _, r := range rs {
		for _, p := range slices.Concat(r.Profits, r.Owners) {
			row := []string{r.Scenario.Name, fmt.Sprint(r.Scenario.Seed), p.Strategy, fmt.Sprint(p.Nodes), fmt.Sprint(p.devices()), fmt.Sprint(p.Acted), fmt.Sprint(p.Executed)}
			for _, x := range []float64{p.Income, p.Rewards, p.Court, p.Cost, p.Slashed, p.Spent, p.Net(), p.Error} {
				row = append(row, fmt.Sprintf("%.3f", x))
			}
			rows = append(rows, row)
		}
	}
	return csv.NewWriter(out).WriteAll(rows)
}

// WriteTable writes the results of several runs as one table of a document.
func WriteTable(out io.Writer, rs []Result) error {
	var b strings.Builder
	b.WriteString("| run | tasks settled | wrong accepted (of at most) | executions per task | messages, kB per task | gossip, kB per task | certified p50, p99 | fairness | net of an honest node | net of others | expected |\n|---|---|---|---|---|---|---|---|---|---|---|\n")
	for _, r := range rs {
		wrong := fmt.Sprint(r.Wrong)
		if r.Wrong > 0 {
			wrong += fmt.Sprintf(" (%.2g %%)", 100*float64(r.Wrong)/float64(r.Certified))
		}
		if r.bound() != "" {
			wrong += fmt.Sprintf(" of %.3g", r.Scenario.Policy.MaxError*float64(r.Certified))
		}
		if r.WrongCertified > 0 {
			wrong += fmt.Sprintf(", %d certified and not settled", r.WrongCertified)
		}
		if beyond := r.Scenario.Beyond(); beyond != "" {
			wrong += "; " + beyond
		}
		var honest string
		var others []string
		for _, p := range slices.Concat(r.Profits, r.Owners) {
			net := fmt.Sprintf("%.1f +- %.1f", p.Net(), p.Error)
			if p.Nodes == 1 {
				net = fmt.Sprintf("%.1f (one)", p.Net())
			}
			if p.Strategy == "honest" {
				honest = net
			} else {
				others = append(others, p.Strategy+" "+net)
			}
		}
		expected := strings.Join(r.Expected, ", ")
		if r.Failed != nil {
			expected += " **failed: " + r.failure() + "**"
		}
		fmt.Fprintf(&b, "| `%s` | %d of %d | %s | %.3f | %.0f, %.0f | %.0f, %.0f | %.1f s, %.1f s | %.3f | %s | %s | %s |\n", r.Scenario.Name, r.Certified, r.Tasks, wrong, r.Redundancy,
			r.MessagesPerTask, r.BytesPerTask/1000, r.GossipPerTask, r.GossipBytesPerTask/1000, float64(r.P50)/1000, float64(r.P99)/1000, r.Fairness, honest, strings.Join(others, ", "), expected)
	}
	writeChecked(&b, rs)
	writeLoads(&b, rs)
	_, err := io.WriteString(out, b.String())
	return err
}

// writeChecked says below a table what was looked at in its runs, and how often.
func writeChecked(b *strings.Builder, rs []Result) {
	var order []string
	runs := map[string][]string{}
	for _, r := range rs {
		c := r.Scenario.checked()
		if c == "" {
			continue
		}
		if runs[c] == nil {
			order = append(order, c)
		}
		runs[c] = append(runs[c], "`"+r.Scenario.Name+"`")
	}
	for _, c := range order {
		fmt.Fprintf(b, "\nChecked (%s): %s.\n", strings.Join(runs[c], ", "), c)
	}
}

// WriteSVG draws when tasks were certified, and what each strategy made.
func WriteSVG(out io.Writer, r Result) error {
	const left, top, plot = 80, 105, 240
	var b strings.Builder
	height := 460
	if len(r.Loads) > 0 {
		height += 310 + 16*len(r.Loads)
	}
	open(&b, 960, height, r.Scenario.Name, r.Scenario.About)
	curve(&b, r, left, top, 360, plot)
	var rows []bar
	for _, p := range r.Profits {
		rows = append(rows, bar{p.Strategy, p.Nodes, p.Net(), p.Error, p.Strategy == "honest"})
	}
	bars(&b, rows, 630, top, 260, plot)
	wrong := fmt.Sprintf("%d wrong results accepted (share %.6f", r.Wrong, float64(r.Wrong)/math.Max(1, float64(r.Certified)))
	if bound := r.bound(); bound != "" {
		wrong += ", owners accept " + bound
	}
	if beyond := r.Scenario.Beyond(); beyond != "" {
		wrong += ", " + beyond
	}
	for i, line := range []string{
		fmt.Sprintf("%d nodes, %d tasks settled, %d not; %s); %.3f executions per task; %d convictions", r.Scenario.Nodes, r.Certified, r.Tasks-r.Certified, wrong, r.Redundancy, r.Slashes),
		fmt.Sprintf("certified after %.1f s (median) and %.1f s (99 %%); %.1f messages and %.0f bytes per task; fairness of honest pay %.3f (1 is equal)",
			float64(r.P50)/1000, float64(r.P99)/1000, r.MessagesPerTask, r.BytesPerTask, r.Fairness),
	} {
		fmt.Fprintf(&b, `<text x="20" y="%d">%s</text>`+"\n", 420+18*i, html.EscapeString(line))
	}
	drawMarket(&b, r, left, 490, 800, 200)
	b.WriteString("</svg>\n")
	_, err := io.WriteString(out, b.String())
	return err
}

// WriteOverviewSVG draws the profits of all runs of one experiment below each other.
func WriteOverviewSVG(out io.Writer, s Scenario, rs []Result) error {
	var rows []bar
	for _, r := range rs {
		for _, p := range r.Profits {
			rows = append(rows, bar{strings.TrimPrefix(r.Scenario.Name, s.Name+"-") + ": " + p.Strategy, p.Nodes, p.Net(), p.Error, p.Strategy == "honest"})
		}
	}
	height := 24 * max(len(rows), 4)
	var b strings.Builder
	open(&b, 960, height+165, s.Name, s.About)
	bars(&b, rows, 300, 105, 560, height)
	b.WriteString("</svg>\n")
	_, err := io.WriteString(out, b.String())
	return err
}

func open(b *strings.Builder, width, height int, title, about string) {
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">`+"\n", width, height)
	fmt.Fprintf(b, `<rect width="100%%" height="100%%" fill="white"/><text x="20" y="26" font-size="17" font-weight="bold">%s</text><text x="20" y="46" fill="#444">%s</text>`+"\n",
		html.EscapeString(title), html.EscapeString(about))
}

// curve is the share of tasks certified within a time, on a logarithmic axis.
func curve(b *strings.Builder, r Result, x, y, w, h int) {
	fmt.Fprintf(b, `<text x="%d" y="%d" font-weight="bold">How long a task takes</text>`+"\n", x, y-12)
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="middle">seconds from submission to certificate (logarithmic)</text>`+"\n", x+w/2, y+h+38)
	fmt.Fprintf(b, `<text transform="translate(%d,%d) rotate(-90)" text-anchor="middle">share of certified tasks</text>`+"\n", x-45, y+h/2)
	if len(r.times) == 0 {
		fmt.Fprintf(b, `<text x="%d" y="%d">no task was certified</text>`+"\n", x+20, y+h/2)
		return
	}
	low, high := math.Log10(math.Max(0.1, float64(r.times[0])/1000)), math.Log10(math.Max(0.2, float64(r.times[len(r.times)-1])/1000))
	low, high = math.Floor(low), math.Max(math.Ceil(high), math.Floor(low)+1)
	at := func(seconds float64) float64 {
		return float64(x) + float64(w)*(math.Log10(math.Max(seconds, 0.1))-low)/(high-low)
	}
	for e := low; e <= high; e++ {
		for _, digit := range []float64{1, 2, 5} {
			v := digit * math.Pow(10, e)
			if math.Log10(v) > high {
				break
			}
			fmt.Fprintf(b, `<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#e4e4e4"/><text x="%.1f" y="%d" text-anchor="middle">%g</text>`+"\n",
				at(v), y, at(v), y+h, at(v), y+h+18, v)
		}
	}
	for _, s := range []float64{0, 0.25, 0.5, 0.75, 1} {
		level := float64(y+h) - s*float64(h)
		fmt.Fprintf(b, `<line x1="%d" y1="%.1f" x2="%d" y2="%.1f" stroke="#e4e4e4"/><text x="%d" y="%.1f" text-anchor="end">%.0f %%</text>`+"\n",
			x, level, x+w, level, x-6, level+4, 100*s)
	}
	fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="none" stroke="#666"/>`+"\n", x, y, w, h)
	b.WriteString(`<polyline fill="none" stroke="#1f77b4" stroke-width="2" points="`)
	const points = 200
	for i := 0; i <= points; i++ {
		p := float64(i) / points
		fmt.Fprintf(b, "%.1f,%.1f ", at(float64(percentile(r.times, p))/1000), float64(y+h)-p*float64(h))
	}
	b.WriteString(`"/>` + "\n")
}

// bar is what one node of a strategy made, in prices of a task.
type bar struct {
	name   string
	nodes  int
	net    float64
	err    float64
	honest bool
}

// bars are profits, one below the other.
func bars(b *strings.Builder, rows []bar, x, y, w, h int) {
	const honest, gain, loss = "#2ca02c", "#ff9d1c", "#d62728"
	fmt.Fprintf(b, `<text x="%d" y="%d" font-weight="bold">Net profit of one node</text>`+"\n", x, y-30)
	for i, entry := range []struct{ color, text string }{{honest, "honest"}, {gain, "others, gain"}, {loss, "loses"}} {
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="10" height="10" fill="%s"/><text x="%d" y="%d">%s</text>`+"\n", x+i*125, y-20, entry.color, x+14+i*125, y-11, entry.text)
	}
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="middle">prices of a task (square-root scale), with standard errors</text>`+"\n", x+w/2, y+h+38)
	low, high := 0.0, 1.0
	for _, r := range rows {
		low, high = math.Min(low, r.net-r.err), math.Max(high, r.net+r.err)
	}
	// The scale is the square root, so that the loss of a stake does not hide what honest work earns.
	root := func(v float64) float64 { return math.Copysign(math.Sqrt(math.Abs(v)), v) }
	at := func(v float64) float64 { return float64(x) + float64(w)*(root(v)-root(low))/(root(high)-root(low)) }
	tick(b, at(0), 0, y, h)
	for _, sign := range []float64{-1, 1} { // outwards from zero, as far apart as labels need
		last := at(0)
		for e := 0.0; e <= 6; e++ {
			for _, digit := range []float64{1, 2, 5} {
				if v := sign * digit * math.Pow(10, e); v >= low && v <= high && math.Abs(at(v)-last) > 32 {
					tick(b, at(v), v, y, h)
					last = at(v)
				}
			}
		}
	}
	fmt.Fprintf(b, `<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#666"/>`+"\n", at(0), y, at(0), y+h)
	step := math.Min(48, float64(h)/float64(max(1, len(rows))))
	thick := math.Min(0.7*step, 20)
	for i, r := range rows {
		color := honest
		switch {
		case r.net < 0:
			color = loss
		case !r.honest:
			color = gain
		}
		from, to, mid := math.Min(at(0), at(r.net)), math.Max(at(0), at(r.net)), float64(y)+(float64(i)+0.5)*step
		fmt.Fprintf(b, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s"/>`, from, mid-thick/2, math.Max(to-from, 1), thick, color)
		fmt.Fprintf(b, `<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="#222"/>`, at(r.net-r.err), mid, at(r.net+r.err), mid)
		fmt.Fprintf(b, `<text x="%d" y="%.1f" text-anchor="end">%s (%d)</text>`, x-8, mid+4, html.EscapeString(r.name), r.nodes)
		fmt.Fprintf(b, `<text x="%d" y="%.1f">%.1f</text>`+"\n", x+w+8, mid+4, r.net)
	}
}

func tick(b *strings.Builder, at, value float64, y, h int) {
	fmt.Fprintf(b, `<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#e4e4e4"/><text x="%.1f" y="%d" text-anchor="middle">%g</text>`+"\n", at, y, at, y+h, at, y+h+18, value)
}
