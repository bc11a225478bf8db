package sim

import (
	"encoding/csv"
	"fmt"
	"html"
	"io"
	"math"
	"strings"
)

// WriteCSV writes the results of several runs, one line each, and below each name of a column the same value everywhere.
func WriteCSV(out io.Writer, rs []Result) error {
	w := csv.NewWriter(out)
	for i, r := range rs {
		var names, values []string
		for _, c := range r.row() {
			names, values = append(names, c[0]), append(values, c[1])
		}
		net := map[string]string{}
		for _, p := range r.Profits {
			net[p.Strategy] = fmt.Sprintf("%.3f", p.Net())
		}
		for _, s := range append([]string{"honest"}, strategyNames()...) {
			names, values = append(names, "net of "+s), append(values, net[s])
		}
		if i == 0 {
			if err := w.Write(names); err != nil {
				return err
			}
		}
		if err := w.Write(values); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// WriteSVG draws when tasks were certified, and what each strategy made.
func WriteSVG(out io.Writer, r Result) error {
	const width, height, left, top, plot = 900, 330, 60, 60, 220
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">`+"\n", width, height)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" fill="white"/><text x="%d" y="20" font-size="15">%s</text><text x="%d" y="38" fill="#555">%s</text>`+"\n",
		left, html.EscapeString(fmt.Sprintf("%s: %d nodes, %d tasks, redundancy %.3f, %d wrong", r.Scenario.Name, r.Scenario.Nodes, r.Certified, r.Redundancy, r.Wrong)),
		left, html.EscapeString(r.Scenario.About))
	curve(&b, r, left, top, 380, plot)
	bars(&b, r, 520, top, 340, plot)
	b.WriteString("</svg>\n")
	_, err := io.WriteString(out, b.String())
	return err
}

// curve is the share of tasks certified within a time, on a logarithmic axis.
func curve(b *strings.Builder, r Result, x, y, w, h int) {
	fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="none" stroke="#999"/>`+"\n", x, y, w, h)
	fmt.Fprintf(b, `<text x="%d" y="%d">share of tasks certified within seconds after submission</text>`+"\n", x, y+h+32)
	if len(r.times) == 0 {
		return
	}
	low, high := math.Log10(math.Max(0.1, float64(r.times[0])/1000)), math.Log10(math.Max(0.2, float64(r.times[len(r.times)-1])/1000))
	low, high = math.Floor(low), math.Max(math.Ceil(high), math.Floor(low)+1)
	at := func(seconds float64) float64 {
		return float64(x) + float64(w)*(math.Log10(math.Max(seconds, 0.1))-low)/(high-low)
	}
	for e := low; e <= high; e++ {
		fmt.Fprintf(b, `<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle">%g</text>`+"\n",
			at(math.Pow(10, e)), y, at(math.Pow(10, e)), y+h, at(math.Pow(10, e)), y+h+15, math.Pow(10, e))
	}
	for _, s := range []float64{0, 0.5, 1} {
		fmt.Fprintf(b, `<text x="%d" y="%.1f" text-anchor="end">%g</text>`+"\n", x-5, float64(y+h)-s*float64(h)+4, s)
	}
	b.WriteString(`<polyline fill="none" stroke="#1f77b4" stroke-width="2" points="`)
	const points = 200
	for i := 0; i <= points; i++ {
		p := float64(i) / points
		fmt.Fprintf(b, "%.1f,%.1f ", at(float64(percentile(r.times, p))/1000), float64(y+h)-p*float64(h))
	}
	b.WriteString(`"/>` + "\n")
}

// bars are the profits of a node of each strategy, in prices of a task.
func bars(b *strings.Builder, r Result, x, y, w, h int) {
	fmt.Fprintf(b, `<text x="%d" y="%d">profit of one node, in prices of a task</text>`+"\n", x, y+h+32)
	most := 1e-9
	for _, p := range r.Profits {
		most = math.Max(most, math.Abs(p.Net()))
	}
	zero, step := float64(x+w/2), float64(h)/float64(max(1, len(r.Profits)))
	fmt.Fprintf(b, `<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#999"/>`+"\n", zero, y, zero, y+h)
	for i, p := range r.Profits {
		// The scale is the square root, so that the loss of a stake does not hide what honest work earns.
		length := math.Sqrt(math.Abs(p.Net())/most) * float64(w) / 3
		from, color, anchor, label := zero, "#2ca02c", "start", zero+length+4
		if p.Net() < 0 {
			from, color, anchor, label = zero-length, "#d62728", "end", zero-length-4
		}
		mid := float64(y) + (float64(i)+0.5)*step
		fmt.Fprintf(b, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s"/>`, from, mid-step*0.35, length, step*0.7, color)
		fmt.Fprintf(b, `<text x="%.1f" y="%.1f" text-anchor="%s">%s %.1f</text>`+"\n", label, mid+4, anchor, html.EscapeString(p.Strategy), p.Net())
	}
}
