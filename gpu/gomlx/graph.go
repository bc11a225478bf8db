package gomlx

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/shapes"
)

// scalar is an element type of WGSL. Wider and narrower types of GoMLX are computed in one of these; see narrow.
type scalar uint8

const (
	f32 scalar = iota
	i32
	u32
	boolean // a u32 of 0 or 1 in memory
)

func (s scalar) wgsl() string { return [...]string{"f32", "i32", "u32", "bool"}[s] }

// stored is the type in memory.
func (s scalar) stored() scalar {
	if s == boolean {
		return u32
	}
	return s
}

// narrow is the type that a GoMLX type is computed in: WGSL has 32 bits only.
func narrow(t dtypes.DType) (scalar, bool) {
	switch t {
	case dtypes.Float32, dtypes.Float64:
		return f32, true
	case dtypes.Int32, dtypes.Int64, dtypes.Int16, dtypes.Int8:
		return i32, true
	case dtypes.Uint32, dtypes.Uint64, dtypes.Uint16, dtypes.Uint8:
		return u32, true
	case dtypes.Bool:
		return boolean, true
	}
	return 0, false
}

// node is a recorded operation. Nodes are immutable once the function has returned; rewrites make new ones.
type node struct {
	id    int
	op    compute.OpType
	t     scalar
	dims  []int
	dtype dtypes.DType // as GoMLX sees it
	in    []*node
	attr  any // by operation, see below
}

func (n *node) size() int { return product(n.dims) }

func (n *node) shape() shapes.Shape { return shapes.Make(n.dtype, n.dims...) }

func (n *node) String() string { return fmt.Sprintf("%s#%d%v", n.op, n.id, n.dims) }

func product(dims []int) int {
	p := 1
	for _, d := range dims {
		p *= d
	}
	return p
}

// Attributes.
type (
	paramAttr struct {
		name  string
		index int
	}
	constAttr struct{ words []uint32 } // one element stands for all
	axesAttr  struct{ axes []int }     // Transpose: permutation; BroadcastInDim: output axes; Reduce*: reduced axes; Reverse
	axisAttr  struct{ axis int }       // Iota, Concatenate
	sliceAttr struct{ starts, strides []int }
	padAttr   struct{ axes []compute.PadAxis } // one per axis
	dotAttr   struct{ lhsContract, lhsBatch, rhsContract, rhsBatch []int }
	convAttr  struct {
		axes             compute.ConvolveAxesConfig
		strides          []int
		pads             [][2]int
		inDil, kernelDil []int
		channelGroups    int
		batchGroups      int
	}
	windowAttr struct {
		reduce                         compute.ReduceOpType
		window, strides, inDil, winDil []int
		pads                           [][2]int
	}
	gatherAttr struct {
		indexAxis                       int
		offsetAxes, collapsed, startMap []int
		sizes                           []int
	}
	scatterAttr struct {
		indexAxis                         int
		windowAxes, inserted, operandAxes []int
	}
	argAttr struct {
		axis  int
		isMin bool
	}
	cumAttr struct {
		axis               int
		exclusive, reverse bool
	}
	rngAttr struct{ stream uint32 }
)

// class says how an operation is lowered.
type class uint8

const (
	leaf  class = iota // parameters and constants
	point              // element by element, with broadcasting of scalars and axes of size 1
	view               // moves elements without computing
	heavy              // has a kernel of its own
)

func (n *node) class() class {
	switch n.op {
	case compute.OpTypeParameter, compute.OpTypeConstant:
		return leaf
	case compute.OpTypeReshape, compute.OpTypeTranspose, compute.OpTypeBroadcastInDim, compute.OpTypeSlice, compute.OpTypePad,
		compute.OpTypeReverse, compute.OpTypeConcatenate, compute.OpTypeGather, compute.OpTypeDynamicSlice, compute.OpTypeDynamicUpdateSlice:
		return view
	case compute.OpTypeDotGeneral, compute.OpTypeConvGeneral, compute.OpTypeReduceWindow, compute.OpTypeSelectAndScatterMax,
		compute.OpTypeSelectAndScatterMin, compute.OpTypeScatterSum, compute.OpTypeScatterMax, compute.OpTypeScatterMin,
		compute.OpTypeArgMinMax, compute.OpTypeCumSum, compute.OpTypeRNGBitGenerator:
		return heavy
	}
	if _, ok := reducers[n.op]; ok {
		return heavy
	}
	return point
}

// reducer folds values of one type.
type reducer struct {
	combine string // WGSL of the fold of %[1]s and %[2]s
	start   func(scalar) uint32
}

func bits(f float32) uint32 { return math.Float32bits(f) }

func lowest(t scalar) uint32 {
	switch t {
	case f32:
		return bits(-math.MaxFloat32)
	case i32:
		return 1 << 31
	}
	return 0
}

func highest(t scalar) uint32 {
	switch t {
	case f32:
		return bits(math.MaxFloat32)
	case i32:
		return math.MaxInt32
	}
	return math.MaxUint32
}

func one(t scalar) uint32 {
	if t == f32 {
		return bits(1)
	}
	return 1
}

func zero(scalar) uint32 { return 0 }

var (
	sumReducer     = reducer{"%[1]s + %[2]s", zero}
	productReducer = reducer{"%[1]s * %[2]s", one}
	maxReducer     = reducer{"max(%[1]s, %[2]s)", lowest}
	minReducer     = reducer{"min(%[1]s, %[2]s)", highest}
)

var reducers = map[compute.OpType]reducer{
	compute.OpTypeReduceSum:        sumReducer,
	compute.OpTypeReduceProduct:    productReducer,
	compute.OpTypeReduceMax:        maxReducer,
	compute.OpTypeReduceMin:        minReducer,
	compute.OpTypeReduceBitwiseAnd: {"%[1]s & %[2]s", func(scalar) uint32 { return math.MaxUint32 }},
	compute.OpTypeReduceBitwiseOr:  {"%[1]s | %[2]s", zero},
	compute.OpTypeReduceBitwiseXor: {"%[1]s ^ %[2]s", zero},
	compute.OpTypeReduceLogicalAnd: {"%[1]s & %[2]s", one},
	compute.OpTypeReduceLogicalOr:  {"%[1]s | %[2]s", zero},
	compute.OpTypeReduceLogicalXor: {"%[1]s != %[2]s", zero},
}

var windowReducers = map[compute.ReduceOpType]reducer{
	compute.ReduceOpSum:     sumReducer,
	compute.ReduceOpProduct: productReducer,
	compute.ReduceOpMax:     maxReducer,
	compute.ReduceOpMin:     minReducer,
}

// dag is a set of nodes in topological order that grows while it is recorded and rewritten.
type dag struct {
	nodes   []*node
	params  []*node
	outputs []*node
	streams uint32 // random generators so far
	same    map[string]*node
}

// clone is a graph that can be rewritten while g stays as it is.
func (g *dag) clone() *dag {
	c := *g
	c.nodes, c.outputs, c.same = slices.Clone(g.nodes), slices.Clone(g.outputs), maps.Clone(g.same)
	return &c
}

// add appends a node, or returns one that computes the same.
func (g *dag) add(op compute.OpType, dtype dtypes.DType, dims []int, attr any, in ...*node) *node {
	t, _ := narrow(dtype)
	n := &node{op: op, t: t, dims: slices.Clone(dims), dtype: dtype, in: in, attr: attr}
	if op != compute.OpTypeParameter && op != compute.OpTypeRNGBitGenerator {
		key := fmt.Sprint(op, dtype, dims, attr)
		for _, x := range in {
			key += fmt.Sprint(",", x.id)
		}
		if have := g.same[key]; have != nil {
			return have
		}
		if g.same == nil {
			g.same = make(map[string]*node)
		}
		g.same[key] = n
	}
	n.id = len(g.nodes)
	g.nodes = append(g.nodes, n)
	return n
}

// constant returns a node of which every element has the given bits.
func (g *dag) constant(dtype dtypes.DType, word uint32, dims ...int) *node {
	return g.add(compute.OpTypeConstant, dtype, dims, constAttr{[]uint32{word}})
}

// uniform returns the bits of a node all of whose elements are the same constant.
func (n *node) uniform() (uint32, bool) {
	for {
		switch n.op {
		case compute.OpTypeConstant:
			w := n.attr.(constAttr).words
			return w[0], len(w) == 1
		case compute.OpTypeReshape, compute.OpTypeBroadcastInDim, compute.OpTypeTranspose, compute.OpTypeSlice, compute.OpTypeReverse:
			n = n.in[0]
		default:
			return 0, false
		}
	}
}

// live returns the nodes that the outputs need, in topological order.
func (g *dag) live() []*node {
	need := make([]bool, len(g.nodes))
	var stack []*node
	push := func(n *node) {
		if !need[n.id] {
			need[n.id] = true
			stack = append(stack, n)
		}
	}
	for _, o := range g.outputs {
		push(o)
	}
	for len(stack) > 0 {
		n := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, x := range n.in {
			push(x)
		}
	}
	var list []*node
	for _, n := range g.nodes { // a node's inputs were added before it
		if need[n.id] {
			list = append(list, n)
		}
	}
	return list
}

// strides are the row-major distances between neighbours along each axis.
func strides(dims []int) []int {
	s := make([]int, len(dims))
	p := 1
	for i := len(dims) - 1; i >= 0; i-- {
		s[i] = p
		p *= dims[i]
	}
	return s
}
