package main

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// curve is a quantity over steps, such as the loss of a training, as it becomes known, in any order.
type curve struct {
	sums   []float64 // by step
	counts []int     // values in each sum
}

// add records values of consecutive steps. Values for the same step are averaged; what is no finite number is left out.
func (c *curve) add(first int, values []float64) {
	for i, v := range values {
		step := first + i
		for len(c.sums) <= step {
			c.sums, c.counts = append(c.sums, 0), append(c.counts, 0)
		}
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			c.sums[step] += v
			c.counts[step]++
		}
	}
}

// mean is the average over steps [from, to), NaN when none of them is known.
func (c *curve) mean(from, to int) float64 {
	sum, n := 0.0, 0
	for i := max(0, from); i < min(to, len(c.sums)); i++ {
		if c.counts[i] > 0 {
			sum += c.sums[i] / float64(c.counts[i])
			n++
		}
	}
	return sum / float64(n) // 0/0 is NaN
}

// line draws the curve in a line of at most width characters, on a logarithmic scale when all of it is positive.
func (c *curve) line(width int) string {
	width = min(width, len(c.sums))
	values := make([]float64, width)
	for i := range values {
		values[i] = c.mean(i*len(c.sums)/width, (i+1)*len(c.sums)/width)
	}
	known := slices.DeleteFunc(slices.Clone(values), math.IsNaN)
	if len(known) == 0 {
		return ""
	}
	scale := func(v float64) float64 { return v }
	if slices.Min(known) > 0 {
		scale = math.Log
	}
	low, high := scale(slices.Min(known)), scale(slices.Max(known))
	var b strings.Builder
	for _, v := range values {
		switch {
		case math.IsNaN(v):
			b.WriteRune(' ')
		case high == low:
			b.WriteRune('▁')
		default:
			b.WriteRune([]rune("▁▂▃▄▅▆▇█")[int(7.999*(scale(v)-low)/(high-low))])
		}
	}
	return b.String()
}

// draw draws the curve as a PNG. The file appears only when it is complete.
func (c *curve) draw(path, title, quantity string) error {
	var points plotter.XYs
	positive := true
	for i, n := range c.counts {
		if n > 0 {
			points = append(points, plotter.XY{X: float64(i + 1), Y: c.sums[i] / float64(n)})
			positive = positive && c.sums[i] > 0
		}
	}
	if len(points) == 0 {
		return fmt.Errorf("there is no %s to draw yet", quantity)
	}
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = title, "local step", quantity
	if _, _, low, high := plotter.XYRange(points); positive && high > low { // plot makes room around one value, down to less than 0
		p.Y.Scale = plot.LogScale{}
		if high > 20*low { // else powers of ten would leave the axis bare
			p.Y.Tick.Marker = plot.LogTicks{Prec: -1}
		}
	}
	line, err := plotter.NewLine(points)
	if err != nil {
		return fmt.Errorf("draw %s: %w", path, err)
	}
	line.Width = vg.Points(1.5)
	p.Add(plotter.NewGrid(), line)
	w, err := p.WriterTo(18*vg.Centimeter, 11*vg.Centimeter, "png")
	if err != nil {
		return fmt.Errorf("draw %s: %w", path, err)
	}
	var b bytes.Buffer
	if _, err := w.WriteTo(&b); err != nil {
		return fmt.Errorf("draw %s: %w", path, err)
	}
	_, err = save(path, &b)
	return err
}
