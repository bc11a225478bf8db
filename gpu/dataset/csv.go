package dataset

import (
	"encoding/binary"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"gpumesh/gpu"
)

// Table is a CSV file as examples and labels.
type Table struct {
	X       Tensor   // rows x columns, f32
	Y       Tensor   // rows, i32: the class of each row
	Columns []string // names of X's columns, when the file has a header
	Classes []string // names of the classes, in order
}

// ReadCSV reads rows of numbers with a label. label is the name of its column, or its number from 0, or from the end when
// negative ("-1" is the last); without one all columns are numbers of X. Labels are classes: whole numbers from 0 as they are, anything else by alphabet. The first row is
// a header when one of its cells, the label's aside, is no number.
func ReadCSV(r io.Reader, label string) (Table, error) {
	reader := csv.NewReader(r)
	reader.ReuseRecord, reader.TrimLeadingSpace, reader.Comment = true, true, '#'
	var t Table
	var labels []string
	at, rows := -1, 0
	for line := 1; ; line++ {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Table{}, fmt.Errorf("it is not a CSV file: %w", err)
		}
		if line == 1 {
			header := slices.ContainsFunc(record, func(s string) bool { _, err := number(s); return err != nil })
			if at, err = column(record, label, header); err != nil {
				return Table{}, err
			}
			if header && headed(record, at) {
				if t.Columns = slices.Clone(record); at >= 0 {
					t.Columns = slices.Delete(t.Columns, at, at+1)
				}
				continue
			}
		}
		if (rows+1)*len(record) > MaxElements {
			return Table{}, fmt.Errorf("it has more than %d numbers", MaxElements)
		}
		for i, cell := range record {
			if i == at {
				labels = append(labels, strings.TrimSpace(cell))
				continue
			}
			x, err := number(cell)
			if err != nil {
				return Table{}, fmt.Errorf("line %d, column %d: %q is not a number", line, i+1, clip(cell))
			}
			t.X.Data = binary.LittleEndian.AppendUint32(t.X.Data, math.Float32bits(float32(x)))
		}
		rows++
		t.X.Dims = []int{rows, len(record) - min(at+1, 1)}
	}
	if rows == 0 || t.X.Dims[1] == 0 {
		return Table{}, errors.New("it has no rows of numbers" + map[bool]string{true: " with a label"}[label != ""])
	}
	t.X.Type = gpu.F32
	if label != "" {
		t.classes(labels)
	}
	return t, nil
}

// headed reports whether a cell that is not the label's is no number.
func headed(record []string, label int) bool {
	for i, cell := range record {
		if _, err := number(cell); err != nil && i != label {
			return true
		}
	}
	return false
}

func number(s string) (float64, error) { return strconv.ParseFloat(strings.TrimSpace(s), 64) }

// column finds the label's; without one it is -1.
func column(record []string, label string, header bool) (int, error) {
	if label == "" {
		return -1, nil
	}
	if header {
		if i := slices.IndexFunc(record, func(s string) bool { return strings.TrimSpace(s) == label }); i >= 0 {
			return i, nil
		}
	}
	i, err := strconv.Atoi(label)
	if err == nil && i < 0 {
		i += len(record)
	}
	if err != nil || i < 0 || i >= len(record) {
		return 0, fmt.Errorf("there is no column %q; the first row is %s", clip(label), clip(strings.Join(record, ",")))
	}
	return i, nil
}

// classes numbers the labels.
func (t *Table) classes(labels []string) {
	most := -1
	for _, s := range labels {
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 || n >= 1<<16 {
			most = -1
			break
		}
		most = max(most, n)
	}
	t.Y = Tensor{Type: gpu.I32, Dims: []int{len(labels)}}
	if most < 0 {
		t.Classes = slices.Compact(slices.Sorted(slices.Values(labels)))
	}
	for i := range most + 1 {
		t.Classes = append(t.Classes, strconv.Itoa(i))
	}
	for _, s := range labels {
		n, _ := strconv.Atoi(s)
		if most < 0 {
			n, _ = slices.BinarySearch(t.Classes, s)
		}
		t.Y.Data = binary.LittleEndian.AppendUint32(t.Y.Data, uint32(n))
	}
}

// clip bounds foreign text in messages.
func clip(s string) string {
	if len(s) <= 64 {
		return s
	}
	return strings.ToValidUTF8(s[:64], "") + "..."
}
