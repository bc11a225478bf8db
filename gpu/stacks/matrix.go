package main

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// matrix counts which stacks agree, by groups of jobs.
type matrix struct {
	names []string
	rows  map[string]*counts
	order []string
	wrong int // exact jobs on which stacks differ or fail
}

type counts struct {
	jobs, alike int
	equal       [][]int // by two stacks
	both        [][]int // jobs that both of them ran
	failed      []int
}

func newMatrix(have []opened) *matrix {
	m := &matrix{rows: map[string]*counts{}}
	for _, s := range have {
		m.names = append(m.names, s.name)
	}
	return m
}

func (m *matrix) add(j *job, results []result) outcome {
	o := compare(results)
	o.names = m.names
	key := j.Group + ", plain floats"
	switch {
	case j.Form != "":
		key = j.Group + ", " + j.Form
	case j.Exact:
		key = j.Group + ", exact"
	}
	c := m.rows[key]
	if c == nil {
		n := len(m.names)
		c = &counts{equal: make([][]int, n), both: make([][]int, n), failed: make([]int, n)}
		for i := range n {
			c.equal[i], c.both[i] = make([]int, n), make([]int, n)
		}
		m.rows[key] = c
		m.order = append(m.order, key)
	}
	c.jobs++
	if !o.wrong {
		c.alike++
	}
	for i := range m.names {
		if o.class[i] < 0 {
			c.failed[i]++
			continue
		}
		for k := range m.names {
			if o.class[k] >= 0 {
				c.both[i][k]++
				if o.class[i] == o.class[k] {
					c.equal[i][k]++
				}
			}
		}
	}
	if o.wrong = o.wrong && j.Exact; o.wrong {
		m.wrong++
	}
	return o
}

func (m *matrix) print(w io.Writer) {
	for _, key := range m.order {
		c := m.rows[key]
		fmt.Fprintf(w, "\n%s: %d kernels, equal on all stacks: %d\n", key, c.jobs, c.alike)
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprint(t, "\t")
		for _, name := range m.names {
			fmt.Fprintf(t, "%s\t", name)
		}
		fmt.Fprint(t, "failed\t\n")
		for i, name := range m.names {
			fmt.Fprintf(t, "%s\t", name)
			for k := range m.names {
				fmt.Fprintf(t, "%d/%d\t", c.equal[i][k], c.both[i][k])
			}
			fmt.Fprintf(t, "%d\t\n", c.failed[i])
		}
		t.Flush()
	}
}
