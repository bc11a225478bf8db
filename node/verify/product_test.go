package verify

import (
	"bytes"
	"encoding/binary"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/gpu/kernels"
	"gpumesh/market"
	"gpumesh/poc"
)

// products is a story of a product and of one of its result, both checked by the others.
func products(t *testing.T, name string, compare poc.Comparator) *story {
	const side = 12
	s := newStory(t)
	program, err := kernels.Builtin(name, map[string]int64{"M": side, "N": side, "K": side})
	require.NoError(t, err)
	block, err := program.Encode()
	require.NoError(t, err)
	s.content[poc.BlockLink(block).String()] = block
	file := func(by uint32) ([]byte, market.Part) {
		var b []byte
		for i := range uint32(side * side) {
			b = binary.LittleEndian.AppendUint32(b, by*i%(1<<23)) // of floats, tiny ones
		}
		link := s.content.addFile(t, b)
		return b, market.Part{File: &link, Size: uint64(len(b))}
	}
	a, partA := file(77)
	b, partB := file(78)
	task := market.Task{Name: "product", Program: poc.BlockLink(block), Outputs: []market.OutSpec{{Name: "c", Size: 4 * side * side}}, Timeout: 10}
	s.spec.Tasks, s.results = nil, nil
	s.spec.Policy = poc.Policy{Replicas: 1, Quorum: 3, MaxReplicas: 4, Standby: 3, Compare: compare}
	for k := range 2 {
		task.Inputs = []market.Input{{Name: "a", Parts: []market.Part{partA}}, {Name: "b", Parts: []market.Part{partB}}}
		var out bytes.Buffer
		ran, err := gpu.Run(t.Context(), eval.Open(), program, gpu.Task{
			Inputs:  map[string]gpu.Input{"a": bytes.NewReader(a), "b": bytes.NewReader(b)},
			Outputs: func(string, int64) (io.Writer, error) { return &out, nil },
		})
		require.NoError(t, err)
		a, partA = out.Bytes(), market.Part{From: &market.From{Task: uint32(k), Output: "c"}, Size: uint64(out.Len())}
		s.results = append(s.results, poc.Result{Outputs: []poc.Output{{Name: "c", File: s.content.addFile(t, a), Size: uint64(len(a))}}, Trace: ran.TraceRoot})
		s.spec.Tasks = append(s.spec.Tasks, task)
	}
	return s
}

// A quorum that lies together about a product is found out by anybody who checks it, at the price of a check.
func TestProductsAreChecked(t *testing.T) {
	for name, compare := range map[string]poc.Comparator{"matmul-i32": {Tier: poc.Proof}, "matmul-f32": {Tier: poc.Proof, Rounded: true}} {
		s := products(t, name, compare)
		all := Options{Rerun: 2, Required: true, Content: s.content}
		rep := check(t, s.receipt(), all)
		require.Equal(t, Passed, rep["work"].Status, rep["work"].Text)
		require.Contains(t, rep["work"].Text, "a product of 12 x 12 by 12 x 12 of ")
		require.Contains(t, rep["work"].Text, "checked with secret random vectors")
		require.Contains(t, rep["certificates"].Text, "results were compared as proof")
		truth := s.results[1]
		for want, lie := range map[string]func(*poc.Result){
			"was certified and is wrong: ": func(r *poc.Result) {
				wrong := bytes.Clone(s.content[r.Outputs[0].File.String()])
				wrong[43] ^= 0x40
				r.Outputs = []poc.Output{{Name: "c", File: s.content.addFile(t, wrong), Size: uint64(len(wrong))}}
			},
			"the trace root is not that of its output": func(r *poc.Result) { r.Trace[0]++ },
		} {
			s.results[1] = truth
			lie(&s.results[1])
			got := check(t, s.receipt(), all)
			require.Equal(t, Failed, got["work"].Status)
			require.Contains(t, got["work"].Text, want)
		}
	}
}

func TestNoProduct(t *testing.T) {
	s := newStory(t)
	s.spec.Policy = poc.Policy{Replicas: 1, Quorum: 3, MaxReplicas: 4, Standby: 3, Compare: poc.Comparator{Tier: poc.Proof}}
	got := check(t, s.receipt(), Options{Rerun: 1, Content: s.content})
	require.Equal(t, Failed, got["work"].Status)
	require.Contains(t, got["work"].Text, "its program is none of the kernel library")
}
