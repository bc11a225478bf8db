package gomlx

import (
	"fmt"
	"slices"

	"github.com/gomlx/compute"

	"gpumesh/gpu"
)

// compiler lowers a graph into kernels. Slots of parameters and outputs are given; it decides what else is stored.
type compiler struct {
	wide    bool // for GPUs: many small workgroups
	slots   map[*node]*slot
	kernels []*kernel
	temps   int
	packs   map[string]*slot // packed operands, by what they hold
}

func (c *compiler) place(n *node) *slot { return c.slots[n] }

func (c *compiler) temp(name string, t scalar, size int) *slot {
	c.temps++
	return &slot{name: fmt.Sprintf("%s%d", name, c.temps), t: t, size: size}
}

func (c *compiler) dispatch(k *kernel) { c.kernels = append(c.kernels, k) }

// Costs of computing a value in place of storing it, in operations.
const (
	workLoad  = 2
	workStore = 2
	workMost  = 160 // of one kernel's element: larger trees are cut
	leafMost  = 6   // buffers that one element may come from
)

func work(op compute.OpType) float64 {
	switch op {
	case compute.OpTypeExp, compute.OpTypeLog, compute.OpTypePow, compute.OpTypeTanh, compute.OpTypeLogistic, compute.OpTypeSin,
		compute.OpTypeCos, compute.OpTypeAtan2, compute.OpTypeExpm1, compute.OpTypeLog1p:
		return 10
	case compute.OpTypeErf:
		return 30
	case compute.OpTypeDiv, compute.OpTypeSqrt, compute.OpTypeRsqrt, compute.OpTypeRem:
		return 4
	case compute.OpTypeReshape, compute.OpTypeBroadcastInDim, compute.OpTypeTranspose:
		return 0
	}
	return 1
}

// reads is how many times a heavy operation evaluates an operand.
func reads(n *node, operand int) float64 {
	x := n.in[operand]
	switch n.op {
	case compute.OpTypeReduceWindow:
		return float64(n.size() * product(n.attr.(windowAttr).window))
	case compute.OpTypeSelectAndScatterMax, compute.OpTypeSelectAndScatterMin:
		a := n.attr.(windowAttr)
		hits := 1
		for i := range a.window {
			hits *= ceil(a.window[i], a.strides[i])
		}
		if operand == 0 {
			return float64(n.size() * hits * product(a.window))
		}
		return float64(n.size() * hits)
	case compute.OpTypeConvGeneral:
		if operand == 0 {
			return float64(n.size()/n.dims[n.attr.(convAttr).axes.OutputChannels]) * float64(n.in[1].size()/n.in[1].dims[n.attr.(convAttr).axes.KernelOutputChannels])
		}
	case compute.OpTypeCumSum:
		return float64(n.size() * x.dims[n.attr.(cumAttr).axis])
	case compute.OpTypeScatterSum, compute.OpTypeScatterMax, compute.OpTypeScatterMin:
		if operand == 1 {
			return float64(n.size()) * float64(x.size())
		}
	}
	return float64(x.size())
}

// plan decides which nodes are stored. live is in topological order.
func (c *compiler) plan(live []*node) {
	store := func(n *node) {
		if c.slots[n] == nil {
			c.slots[n] = c.temp("t", n.t.stored(), n.size())
		}
	}
	for _, n := range live {
		if n.class() == heavy {
			store(n)
		}
	}
	c.planFactors(live, store)

	// What a value costs where it is computed from what is stored for sure.
	tree := make(map[*node]float64, len(live))
	for _, n := range live {
		_, uniform := n.uniform()
		switch {
		case uniform:
		case c.slots[n] != nil:
			tree[n] = workLoad
		default:
			t := work(n.op)
			for _, x := range n.in {
				t += tree[x]
			}
			if n.class() == view && n.op != compute.OpTypeReshape {
				t++
			}
			if t > workMost {
				store(n)
				t = workLoad
			}
			tree[n] = t
		}
	}
	evals := make(map[*node]float64, len(live))
	for _, n := range slices.Backward(live) {
		if _, uniform := n.uniform(); uniform || n.class() == leaf {
			continue
		}
		if n.class() != heavy && c.slots[n] == nil {
			e, size, t := evals[n], float64(n.size()), tree[n]
			if n.op != compute.OpTypeIota && n.class() == point && e > size && e*t > size*(t+workStore)+e*workLoad {
				store(n)
			}
		}
		times := evals[n]
		if c.slots[n] != nil {
			times = float64(n.size())
		}
		for i, x := range n.in {
			if n.class() == heavy {
				times = reads(n, i)
			}
			evals[x] += times
		}
	}
	c.planLeaves(live, store)
}

// planFactors stores what a product can read as it lies, when the views in between allow that.
func (c *compiler) planFactors(live []*node, store func(*node)) {
	for _, n := range live {
		if n.op != compute.OpTypeDotGeneral && n.op != compute.OpTypeConvGeneral {
			continue
		}
		mm := newMatmul(n)
		if mm == nil {
			for _, x := range n.in {
				if x.class() == point {
					store(x)
				}
			}
			continue
		}
		mm.cut(c.wide)
		for i, o := range []operand{mm.a, mm.b} {
			base := o.node
			for base.class() == view && c.slots[base] == nil && base.op != compute.OpTypeGather {
				base = base.in[0]
			}
			if base.class() != point || c.slots[base] != nil {
				continue
			}
			trial := &compiler{slots: map[*node]*slot{base: {name: "?", size: base.size()}}}
			if _, ok := mm.direct(newWriter(trial.place), o, []int{mm.m, mm.cols}[i], i == 1); ok {
				store(base)
			}
		}
	}
}

// planLeaves bounds the buffers that an element is computed from: a kernel can bind only so many.
func (c *compiler) planLeaves(live []*node, store func(*node)) {
	leaves := make(map[*node]map[*slot]bool, len(live))
	for _, n := range live {
		set := make(map[*slot]bool)
		gather := func() {
			clear(set)
			for _, x := range n.in {
				if s := c.slots[x]; s != nil {
					set[s.real()] = true
					continue
				}
				for s := range leaves[x] {
					set[s] = true
				}
			}
		}
		for gather(); len(set) > leafMost; gather() {
			var widest *node
			for _, x := range n.in {
				if c.slots[x] == nil && len(leaves[x]) > 1 && (widest == nil || len(leaves[x]) > len(leaves[widest])) {
					widest = x
				}
			}
			if widest == nil {
				break // more operands than bindings; see split in rewrite.go
			}
			store(widest)
		}
		leaves[n] = set
	}
}

// group is a kernel in the making: nodes of one size, computed by one invocation per element, or per four.
type group struct {
	members []*node // in topological order
	size    int
	kernel  *kernel
}

// mappable reports whether a stored node is computed by element, and not by a product.
func mappable(n *node) bool {
	switch n.op {
	case compute.OpTypeDotGeneral:
		return false
	case compute.OpTypeConvGeneral:
		return newMatmul(n) == nil
	}
	return true
}

// build writes the kernel of a group; nil when it breaks a bound.
func (c *compiler) build(g *group) *kernel {
	w := newWriter(c.place)
	vec := g.size%4 == 0
	for _, n := range g.members {
		vec = vec && !rowwise(n)
	}
	root := w.root(g.size, vec)
	done := make(map[*node]value)
	member := make(map[*node]bool)
	for _, n := range g.members {
		member[n] = true
	}
	bad := false
	w.local = func(n *node, at []linear) (value, bool) {
		if !member[n] {
			return value{}, false
		}
		if !w.flat(at, n.dims).equal(root) {
			bad = true // another invocation's element
			return value{literal(n.t, 0), n.t, false, 0}, true
		}
		if v, ok := done[n]; ok {
			return v, true
		}
		var v value
		w.outside(func() {
			own := w.coords(root, n.dims)
			switch n.class() {
			case heavy:
				v = w.fold(n, own)
			case view:
				v = w.view(n, own)
			default:
				v = w.pointwise(n, own)
			}
		})
		done[n] = v
		return v, true
	}
	for _, n := range g.members {
		w.local(n, w.coords(root, n.dims))
	}
	for _, n := range g.members { // after all loads: a member may be written over what another one reads
		w.store(c.slots[n], root, done[n])
		for _, l := range w.read[c.slots[n].real()] {
			bad = bad || !l.equal(root)
		}
	}
	k := w.line("map", g.size, vec, w.count)
	if bad || k.storage() > maxStorage || k.twice() || k.statements() > 1500 || len(k.body) > 40<<10 {
		return nil
	}
	return k
}

const maxStorage = 8 // storage buffers of one dispatch that every WebGPU device allows

// lower makes the kernels of all stored nodes, in an order in which they can run. renews says which parameters are written
// over by which nodes; where that cannot be done in place, the new content is copied at the end.
func (c *compiler) lower(live []*node, renews map[*node]*node) error {
	var stored []*node
	for _, n := range live {
		if c.slots[n] != nil && n.class() != leaf {
			stored = append(stored, n)
		}
	}
	before := c.dependencies(stored)
	copies := c.renew(stored, before, renews)
	groups, of := c.fuse(stored, before)
	order, err := schedule(groups, of, before)
	if err != nil {
		return err
	}
	for _, g := range order {
		n := g.members[0]
		if !mappable(n) {
			c.matmul(newMatmul(n))
			continue
		}
		if g.kernel == nil {
			return gpu.Errorf(gpu.Unsupported, "%v needs more buffers or a longer kernel than a device allows", n)
		}
		c.dispatch(g.kernel)
	}
	for _, k := range copies {
		c.dispatch(k)
	}
	return nil
}

// renew lets nodes write over parameters, after all others that read them, or returns the copies that do so at the end.
func (c *compiler) renew(stored []*node, before map[*node][]*node, renews map[*node]*node) (copies []*kernel) {
	needs := func(n, x *node) bool { // n is computed from x
		seen := make(map[*node]bool)
		var visit func(n *node) bool
		visit = func(n *node) bool {
			if n == x {
				return true
			}
			if seen[n] {
				return false
			}
			seen[n] = true
			return slices.ContainsFunc(before[n], visit)
		}
		return visit(n)
	}
	for _, n := range stored {
		p := renews[n]
		if p == nil {
			continue
		}
		var readers []*node
		inPlace := mappable(n)
		for _, r := range stored {
			if r != n && c.readsLeaf(r, p) {
				readers = append(readers, r)
				inPlace = inPlace && !needs(r, n)
			}
		}
		own := c.slots[n]
		c.slots[n] = c.slots[p]
		if inPlace && c.build(&group{members: []*node{n}, size: n.size()}) != nil {
			before[n] = append(before[n], readers...)
			continue
		}
		c.slots[n] = own
		copies = append(copies, &kernel{copy: true, binds: []bind{{slot: own}, {slot: c.slots[p], write: true}}})
	}
	return copies
}

// readsLeaf reports whether a stored node is computed from a leaf without another stored node between.
func (c *compiler) readsLeaf(n, leaf *node) bool {
	seen := make(map[*node]bool)
	var visit func(x *node) bool
	visit = func(x *node) bool {
		if x == leaf {
			return true
		}
		if seen[x] || c.slots[x] != nil {
			return false
		}
		seen[x] = true
		return slices.ContainsFunc(x.in, visit)
	}
	return slices.ContainsFunc(n.in, visit)
}

// dependencies are the stored nodes that each stored node is computed from.
func (c *compiler) dependencies(stored []*node) map[*node][]*node {
	before := make(map[*node][]*node, len(stored))
	for _, n := range stored {
		seen := make(map[*node]bool)
		var visit func(x *node)
		visit = func(x *node) {
			if seen[x] {
				return
			}
			seen[x] = true
			if c.slots[x] != nil {
				if x.class() != leaf {
					before[n] = append(before[n], x)
				}
				return
			}
			for _, y := range x.in {
				visit(y)
			}
		}
		for _, x := range n.in {
			visit(x)
		}
	}
	return before
}

// fuse joins nodes of one size into kernels: a node with those it is computed from, where every invocation needs nothing but
// its own elements and no other kernel stands between.
func (c *compiler) fuse(stored []*node, before map[*node][]*node) ([]*group, map[*node]*group) {
	of := make(map[*node]*group, len(stored))
	dead := make(map[*group]bool)
	var groups []*group
	for _, n := range stored {
		g := &group{members: []*node{n}, size: n.size()}
		groups = append(groups, g)
		of[n] = g
		if !mappable(n) {
			continue
		}
		g.kernel = c.build(g)
		for _, d := range before[n] {
			o := of[d]
			if o == of[n] || o.size != g.size || !mappable(d) || o.kernel == nil {
				continue
			}
			g = of[n]
			if reaches(o, g, of, before) || reaches(g, o, of, before) {
				continue
			}
			joined := &group{members: slices.Concat(o.members, g.members), size: g.size}
			slices.SortFunc(joined.members, func(a, b *node) int { return a.id - b.id })
			if joined.kernel = c.build(joined); joined.kernel == nil {
				continue
			}
			dead[o], dead[g] = true, true
			for _, m := range joined.members {
				of[m] = joined
			}
			groups = append(groups, joined)
		}
	}
	return slices.DeleteFunc(groups, func(g *group) bool { return dead[g] }), of
}

// reaches reports whether g needs o through a third group.
func reaches(o, g *group, of map[*node]*group, before map[*node][]*node) bool {
	seen := map[*group]bool{g: true}
	var visit func(x *group) bool
	visit = func(x *group) bool {
		if x == o {
			return true
		}
		if seen[x] {
			return false
		}
		seen[x] = true
		for _, m := range x.members {
			for _, d := range before[m] {
				if visit(of[d]) {
					return true
				}
			}
		}
		return false
	}
	for _, m := range g.members {
		for _, d := range before[m] {
			if x := of[d]; x != o && x != g && visit(x) {
				return true
			}
		}
	}
	return false
}

// schedule orders groups after those that they need, and otherwise by their first node.
func schedule(groups []*group, of map[*node]*group, before map[*node][]*node) ([]*group, error) {
	var order []*group
	state := make(map[*group]int)
	var visit func(g *group) error
	visit = func(g *group) error {
		switch state[g] {
		case 1:
			return gpu.Errorf(gpu.Internal, "the kernels of %v need each other", g.members)
		case 2:
			return nil
		}
		state[g] = 1
		for _, m := range g.members {
			for _, d := range before[m] {
				if of[d] != g {
					if err := visit(of[d]); err != nil {
						return err
					}
				}
			}
		}
		state[g] = 2
		order = append(order, g)
		return nil
	}
	slices.SortStableFunc(groups, func(a, b *group) int { return a.members[len(a.members)-1].id - b.members[len(b.members)-1].id })
	for _, g := range groups {
		if err := visit(g); err != nil {
			return nil, err
		}
	}
	return order, nil
}
