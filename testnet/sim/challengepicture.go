package sim

import (
	"encoding/csv"
	"fmt"
	"html"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"gpumesh/poc"
)

// codes are the reasons for which anybody was refused.
func (r ChallengeResult) codes() []poc.ChallengeCode {
	all := map[poc.ChallengeCode]bool{}
	for _, row := range r.Rows {
		for code := range row.Refused {
			all[code] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// WriteCSV writes one line for each kind of nodes.
func (r ChallengeResult) WriteCSV(out io.Writer) error {
	w, codes := csv.NewWriter(out), r.codes()
	names := []string{"scenario", "seed", "nodes", "challenges", "vouched for", "share refused"}
	for _, code := range codes {
		names = append(names, "refused as "+string(code))
	}
	names = append(names, "devices", "uptime for 10^12 operations/s, mNLOV", "participation of an identity, mNLOV", "all of a device, mNLOV")
	lines := [][]string{names}
	for _, row := range r.Rows {
		line := []string{r.Scenario.Name, fmt.Sprint(r.Scenario.Seed), row.Kind, fmt.Sprint(row.Tried), fmt.Sprint(row.Vouched), fmt.Sprintf("%.6f", row.Caught())}
		for _, code := range codes {
			line = append(line, fmt.Sprint(row.Refused[code]))
		}
		e := row.Rewards
		line = append(line, fmt.Sprint(e.Devices), e.perSpeed(), fmt.Sprintf("%.4f", e.Participation), fmt.Sprintf("%.4f", e.Device))
		lines = append(lines, line)
	}
	return w.WriteAll(lines)
}

// WriteSVG draws for each kind of nodes what share of its challenges ended how.
func (r ChallengeResult) WriteSVG(out io.Writer) error {
	const x, y, w, step = 130, 110, 560, 34
	const vouched = "#2ca02c"
	colors := []string{"#1f77b4", "#ff9d1c", "#d62728", "#9467bd", "#8c564b", "#7f7f7f"}
	codes, h := r.codes(), step*len(r.Rows)
	var b strings.Builder
	open(&b, 960, y+h+95, r.Scenario.Name, r.Scenario.About)
	at := x
	entry := func(color, text string) {
		fmt.Fprintf(&b, `<rect x="%d" y="%d" width="10" height="10" fill="%s"/><text x="%d" y="%d">%s</text>`+"\n", at, y-36, color, at+14, y-27, html.EscapeString(text))
		at += 40 + 7*len(text)
	}
	entry(vouched, "vouched for")
	for i, code := range codes {
		entry(colors[i%len(colors)], "refused: "+string(code))
	}
	for p := 0; p <= 100; p += 25 {
		tick(&b, x+float64(w*p)/100, float64(p), y, h)
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">percent of the challenges of nodes that were there</text>`+"\n", x+w/2, y+h+38)
	for n, row := range r.Rows {
		top, from := y+step*n+6, float64(x)
		// Of a shared device the first identity that is vouched for is not counted, so that there may be a refusal more than challenges.
		all := row.Vouched
		for _, code := range codes {
			all += row.Refused[code]
		}
		part := func(count int, color string) {
			width := float64(w) * float64(count) / float64(max(all, 1))
			fmt.Fprintf(&b, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>`, from, top, width, step-12, color)
			from += width
		}
		part(row.Vouched, vouched)
		for i, code := range codes {
			part(row.Refused[code], colors[i%len(colors)])
		}
		fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end">%s</text><text x="%d" y="%d">%d of %d refused (%.2f %%)</text>`+"\n",
			x-8, top+15, html.EscapeString(row.Kind), x+w+10, top+15, row.Tried-row.Vouched, row.Tried, 100*row.Caught())
	}
	c := r.Scenario.Challenge
	fmt.Fprintf(&b, `<text x="20" y="%d">%s</text></svg>`+"\n", y+h+75, html.EscapeString(fmt.Sprintf("%d nodes, %d epochs; %d of %d witnesses vouch; work %v, slack %v; %d messages, %d checks",
		r.Scenario.Nodes, c.Epochs, c.Quorum, c.Cohort, time.Duration(c.Work), time.Duration(c.Slack), r.Messages, r.Checks)))
	_, err := io.WriteString(out, b.String())
	return err
}
