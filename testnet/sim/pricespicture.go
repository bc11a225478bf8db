package sim

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// loadColors are those of loads, in their order.
var loadColors = []string{"#1f77b4", "#2ca02c", "#9467bd", "#d62728", "#7f7f7f", "#ff9d1c"}

// drawMarket draws what providers asked over time, and whose work they did.
func drawMarket(b *strings.Builder, r Result, x, y, w, h int) {
	if len(r.Minutes) == 0 {
		return
	}
	const gap = 130
	half := (w - gap) / 2
	end := float64(r.Minutes[len(r.Minutes)-1].At) / 1000
	most, served := 1.0, 1
	for _, m := range r.Minutes {
		most = math.Max(most, m.Most)
		sum := 0
		for _, n := range m.Served {
			sum += n
		}
		served = max(served, sum)
	}
	at := func(i, left int) float64 {
		return float64(left) + float64(half)*float64(r.Minutes[i].At)/1000/end
	}
	frame := func(left int, title, unit string, top float64) {
		fmt.Fprintf(b, `<text x="%d" y="%d" font-weight="bold">%s</text>`+"\n", left, y-12, html.EscapeString(title))
		fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="middle">seconds simulated</text>`+"\n", left+half/2, y+h+36)
		fmt.Fprintf(b, `<text transform="translate(%d,%d) rotate(-90)" text-anchor="middle">%s</text>`+"\n", left-40, y+h/2, html.EscapeString(unit))
		for i := range 5 {
			part := float64(i) / 4
			level := float64(y+h) - part*float64(h)
			fmt.Fprintf(b, `<line x1="%d" y1="%.1f" x2="%d" y2="%.1f" stroke="#e4e4e4"/><text x="%d" y="%.1f" text-anchor="end">%.3g</text>`+"\n", left, level, left+half, level, left-6, level+4, part*top)
			fmt.Fprintf(b, `<text x="%.1f" y="%d" text-anchor="middle">%.0f</text>`+"\n", float64(left)+part*float64(half), y+h+18, part*end)
		}
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="none" stroke="#666"/>`+"\n", left, y, half, h)
	}
	frame(x, "What providers ask: median, least and most", "times the price when idle", most)
	for _, line := range []struct {
		of    func(Minute) float64
		style string
	}{
		{func(m Minute) float64 { return m.Least }, `stroke="#aec7e8"`}, {func(m Minute) float64 { return m.Most }, `stroke="#aec7e8"`},
		{func(m Minute) float64 { return m.Median }, `stroke="#1f77b4" stroke-width="2"`},
	} {
		fmt.Fprintf(b, `<polyline fill="none" %s points="`, line.style)
		for i, m := range r.Minutes {
			if m.Most > 0 {
				fmt.Fprintf(b, "%.1f,%.1f ", at(i, x), float64(y+h)-line.of(m)/most*float64(h))
			}
		}
		b.WriteString(`"/>` + "\n")
	}
	right := x + half + gap
	frame(right, "Whose work they do", "executions in 30 s", float64(served))
	thick := 0.8 * float64(half) * float64(priceInterval) / 1000 / end
	for i, m := range r.Minutes {
		level := float64(y + h)
		for k, n := range m.Served {
			tall := float64(n) / float64(served) * float64(h)
			level -= tall
			if n > 0 {
				fmt.Fprintf(b, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s"/>`+"\n", at(i, right)-thick, level, thick, tall, loadColors[k%len(loadColors)])
			}
		}
	}
	for k, l := range r.Loads {
		left, line := right+half+12, y+16*k
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="10" height="10" fill="%s"/><text x="%d" y="%d">%s</text>`+"\n", left, line, loadColors[k%len(loadColors)], left+14, line+9, html.EscapeString(l.Name))
		fmt.Fprintf(b, `<text x="20" y="%d">%s: %d of %d jobs done, each within %.1f s (median) and %.1f s (worst), for %.2f prices a replica</text>`+"\n",
			y+h+58+16*k, html.EscapeString(l.Name), l.Done, l.Jobs, float64(l.Median)/1000, float64(l.Worst)/1000, l.Paid)
	}
}
