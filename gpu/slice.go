package gpu

import (
	"context"
	"encoding/binary"
	"math"
	"slices"
	"time"

	"gpumesh/gpu/wgsl"
)

// A dispatch may be cut along its workgroups: they have no order and cannot wait for each other. One that may take long is submitted as
// several, whose kernels are told the place and the grid of the whole (wgsl.Module.Sliced), so that their results are the same.
const (
	longest  = time.Second // that a dispatch may take as one
	mostGrow = 8           // times as many workgroups as the slice before
	steepest = 120         // times as long as the slice before the next one may take and be in time: a fractal's inside costs a hundred times its edge
	fullFrom = 3           // times the shortest slice that others may take in any case: a few workgroups leave most of a GPU idle, and take as long as many

	// Estimated operations that take less than that: on processors a fifth of a second of the slowest kernel that was measured (the naive product in
	// BENCH.md), and GPUs are no slower. The evaluator does 34 million floating point operations per second on two cores.
	sureOps, sureOpsEval = 512 << 20, 8 << 20

	// The reproducible form of a text takes so many times as long, at most: 5.8 was measured (BENCH.md). Estimates are of the text.
	formCost = 6
)

// brief is the time that a slice shall take, and that a dispatch may have taken to run as one again: short enough that workgroups of another place,
// or of other data, which take many times as long, still end in time.
func (s *scheduler) brief() time.Duration {
	if s.most == 0 {
		return s.target
	}
	return min(s.target, s.most/steepest)
}

// whole is the time that a dispatch which is sure to end soon may take as one: GPUs have a screen to draw.
func (s *scheduler) whole() time.Duration {
	if s.most > longest {
		return longest
	}
	return s.target
}

// slicing is how one command is cut.
type slicing struct {
	kernel   Kernel
	slot     int           // binding of the slice
	slowest  [2]eachOf     // slices of the dispatch before, and of this one
	cheapest eachOf        // slice of all dispatches
	least    time.Duration // of a slice, in all dispatches; 0: not known
	floor    time.Duration // that slices took of late, as fewer workgroups did not take less; 0: not known
	last     struct {
		ran  uint64
		took time.Duration
	}
	ran bool // drivers compile when a kernel runs for the first time
}

// most is how many workgroups a slice may have so that it ends in time even where they are the steepest times as slow as the cheapest. It grows with
// them as long as they do not fill the device: many then take as long as one, and each of them less.
func (s *slicing) most(brief time.Duration) uint64 {
	return max(s.cheapest.most(max(brief, fullFrom*s.least)), 1)
}

// pace is the time that the next slice of a GPU shall take, after one: the target, but no less than half as long again as slices take here that do not fill it.
func (s *slicing) pace(target time.Duration, ran uint64, took time.Duration) time.Duration {
	each, before := took.Seconds()/float64(ran), s.last.took.Seconds()/float64(max(s.last.ran, 1))
	switch {
	case took < s.floor:
		s.floor = took
	case took > target && ran < s.last.ran && took <= s.last.took && 2*each > 3*before:
		s.floor = took
	}
	s.last.ran, s.last.took = ran, took
	return max(target, s.floor+s.floor/2)
}

// eachOf is the time of a workgroup in some slice, in seconds; 0: not known. Workgroups of another place may take longer.
type eachOf float64

// most is how many workgroups may take so long.
func (e eachOf) most(t time.Duration) uint64 {
	if e == 0 {
		return math.MaxUint64
	}
	return uint64(min(t.Seconds()/float64(e), math.MaxInt64))
}

// mayTakeLong reports whether a dispatch may take too long as one: what was measured in this run says so, or neither what is estimated nor,
// with a margin, what an earlier run measured says otherwise.
func (e *executor) mayTakeLong(at place, c *Command) bool {
	kind := e.d.Info().Type
	if e.sched.most == 0 && (kind != Reference || e.sched.percent() == 100) {
		return false // the device ends at once when it is told to, and leaves nothing to others meanwhile
	}
	enough := uint64(sureOps)
	if kind == Reference {
		enough = sureOpsEval
	}
	sure := e.rep.guess[at.list][at.index] <= enough
	if cost, known := e.sched.cost[at]; known {
		if sure {
			return cost > e.sched.whole()
		}
		return cost > e.sched.brief()
	}
	return !sure && (e.each(c) == 0 || groups(c.Grid) > e.each(c).most(e.sched.brief()))
}

// slot is the binding at which a dispatch takes its slice; false where WebGPU's guarantee leaves no uniform for it.
func (r *Report) slot(list, index int, c *Command) (int, bool) {
	slot := max(int(r.modules[c.Module].Buffers()), len(c.Bind))
	if f := r.forms[c.Module]; f != nil {
		slot = int(f.Zeros) + 1
	}
	uniforms := slot + 1 - len(c.Bind) // which the executor binds
	for _, a := range r.access[list][index] {
		if a == Uniform {
			uniforms++
		}
	}
	return slot, uniforms <= MaxUniforms
}

// sliced is the text of a module with the slice at a binding.
func (r *Report) sliced(module uint16, slot int) string {
	if f := r.forms[module]; f != nil {
		return f.Module.Sliced(uint32(slot))
	}
	return r.modules[module].Sliced(uint32(slot))
}

// slicing makes, once, what a command is cut with; nil when it cannot be.
func (e *executor) slicing(ctx context.Context, at place, c *Command) (*slicing, error) {
	if s, known := e.slicings[at]; known {
		return s, nil
	}
	slot, free := e.rep.slot(at.list, at.index, c)
	if groups(c.Grid) == 1 || !free {
		e.slicings[at] = nil
		return nil, nil
	}
	if err := e.zero(); err != nil {
		return nil, err
	}
	if e.slice == nil {
		m, err := e.d.Alloc(wgsl.SliceSize)
		if err != nil {
			return nil, err
		}
		e.slice = m
	}
	access := slices.Clone(e.rep.access[at.list][at.index])
	for len(access) <= slot {
		access = append(access, Uniform)
	}
	k, err := e.kernel(ctx, c, e.rep.sliced(c.Module, slot), "sliced", access)
	if err != nil {
		return nil, err
	}
	e.slicings[at] = &slicing{kernel: k, slot: slot, slowest: [2]eachOf{1: e.each(c)}}
	return e.slicings[at], nil
}

// dispatch schedules a dispatch, cut where it may take long.
func (e *executor) dispatch(ctx context.Context, at place, c *Command, w Work) (err error) {
	var s *slicing
	if e.mayTakeLong(at, c) {
		if s, err = e.slicing(ctx, at, c); err != nil {
			return err
		}
	}
	if s == nil {
		k := &e.commands[at.list][at.index]
		if *k == nil {
			if *k, err = e.whole(ctx, at.list, at.index, c); err != nil {
				return err
			}
		}
		w.Kernel = *k
		return e.sched.add(ctx, at, e.rep.guess[at.list][at.index], w)
	}
	for len(w.Bind) < s.slot {
		w.Bind = append(w.Bind, Range{e.zeros, 0, zerosSize})
	}
	w.Kernel, w.Bind = s.kernel, append(w.Bind, Range{e.slice, 0, wgsl.SliceSize})
	return e.slices(ctx, at, c, s, w)
}

// slices submits a dispatch in slices, each alone. The first is as large as the target allows by the dispatch before, a part of that by an earlier
// run, whose data were others, or as small as the estimate asks for. The others are as large as the target allows by the time of the one before, and
// none has more workgroups than would be in time if all were as slow as some place may be. Software, which a few workgroups fill, has them, down to a
// part, as small as the slowest one of this dispatch and the one before it asks for.
func (e *executor) slices(ctx context.Context, at place, c *Command, s *slicing, w Work) error {
	if err := e.sched.flush(ctx); err != nil {
		return err
	}
	entry, _ := e.rep.modules[c.Module].Entry(c.Entry)
	total, brief := groups(c.Grid), e.sched.brief()
	n := uint64(1)
	if cost, known := e.sched.cost[at]; known {
		n = uint64(float64(total) * min(float64(e.sched.target)/float64(cost), 1))
	} else if each := e.each(c); each > 0 {
		n = each.most(brief / mostGrow)
	} else {
		ops := uint64(maxGuessOps)
		if e.d.Info().Type == CPU { // which has no watchdog, and would run so many as one
			ops = sureOps
		}
		n = ops / max(e.rep.guess[at.list][at.index]/total, 1)
	}
	s.slowest = [2]eachOf{s.slowest[1]}
	spent, counted := time.Duration(0), uint64(0)
	for done := uint64(0); done < total; {
		if n = min(n, s.most(brief)); e.d.Info().Type == CPU {
			n = max(min(n, max(s.slowest[0], s.slowest[1]).most(e.sched.target)), n/mostGrow)
		}
		from, grid := cut(c.Grid, done, max(n, 1))
		p := make([]byte, 0, wgsl.SliceSize)
		for _, v := range [][3]uint32{from, {from[0] * entry.Workgroup[0], from[1] * entry.Workgroup[1], from[2] * entry.Workgroup[2]}, c.Grid} {
			for _, x := range v {
				p = binary.LittleEndian.AppendUint32(p, x)
			}
			p = append(p, 0, 0, 0, 0)
		}
		if err := e.d.Write(e.slice, 0, p); err != nil {
			return err
		}
		w.Grid = grid
		took, err := e.sched.alone(ctx, w)
		if err != nil {
			return err
		}
		ran := groups(grid)
		done += ran
		took = max(took, time.Microsecond)
		each := eachOf(took.Seconds() / float64(ran))
		if s.least == 0 || took < s.least {
			s.least = took
		}
		first, pace := !s.ran, e.sched.target
		if s.ran = true; !first { // with what the driver's compiler took nothing is known of the workgroups
			if e.d.Info().Type != CPU {
				pace = s.pace(pace, ran, took)
			}
			pace = min(max(pace, fullFrom*s.least), e.sched.most/2)
		}
		n = uint64(float64(ran) * min(float64(pace)/float64(took), mostGrow))
		if s.cheapest == 0 || each < s.cheapest {
			s.cheapest = each
		}
		if first && done < total {
			continue
		}
		spent, counted = spent+took, counted+ran
		if took >= brief/mostGrow { // what took less was submitting it, too
			s.slowest[1] = max(s.slowest[1], each)
		}
	}
	e.sched.cost[at] = max(time.Duration(float64(spent)*float64(total)/float64(counted)), time.Microsecond)
	return nil
}

// groups is the number of workgroups of a grid.
func groups(grid [3]uint32) uint64 {
	return uint64(grid[0]) * uint64(grid[1]) * uint64(grid[2])
}

// cut is the largest box of at most n workgroups that begins after the first done ones of a grid, in the order in which x counts fastest:
// planes, rows of one plane, or a part of a row. done is where such a box has ended.
func cut(grid [3]uint32, done, n uint64) (from, size [3]uint32) {
	x, y, z := uint64(grid[0]), uint64(grid[1]), uint64(grid[2])
	col, row, plane := done%x, done/x%y, done/(x*y)
	from = [3]uint32{uint32(col), uint32(row), uint32(plane)}
	switch {
	case col > 0 || n < x:
		return from, [3]uint32{uint32(min(n, x-col)), 1, 1}
	case row > 0 || n < x*y:
		return from, [3]uint32{uint32(x), uint32(min(n/x, y-row)), 1}
	}
	return from, [3]uint32{uint32(x), uint32(y), uint32(min(n/(x*y), z-plane))}
}
