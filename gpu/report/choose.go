package report

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"gpumesh/gpu"
	"gpumesh/gpu/kernels"
)

const (
	copies    = 3 // of the code of each finalist: one that lies badly in the cache takes up to twice as long until its process ends
	finalists = 2 // variants of a kernel
	hopeless  = 4 // times as long as the fastest takes: no other copy makes up for that

	turnTime  = 20 * time.Millisecond // that a contender's turn takes at least
	batchRuns = 64                    // of a kernel between two waits, at most
	maxRuns   = 1 << 12               // of a kernel in a turn
)

// build is a kernel that is on the device, in a variant.
type build struct {
	*kernels.Runner
	name, variant string
	runs          int           // in a turn
	took          time.Duration // of a run, at first, by this report's clock
}

// run is a contender that runs a kernel, with its buffers made and its code compiled before, as often as its turn takes.
func (b *bench) run(r build) func() error {
	return func() error { return inBatches(r.runs, func(n int) error { return r.Repeat(b.ctx, n) }) }
}

// inBatches runs something so often, with a wait after each batch.
func inBatches(runs int, batch func(n int) error) error {
	for ; runs > 0; runs -= batchRuns {
		if err := batch(min(runs, batchRuns)); err != nil {
			return err
		}
	}
	return nil
}

// build makes one that was never run; its turn has so many runs.
func (b *bench) build(name string, shape map[string]int64, variant string, runs int) (build, error) {
	k, err := kernels.New(name, shape, variant)
	if err != nil {
		return build{}, err
	}
	r, err := kernels.NewRunner(b.ctx, b.d, k)
	return build{r, name, variant, runs, 0}, err
}

// sized makes one whose turn takes long enough for the clock and for what a wait costs, as far as maxRuns allow.
func (b *bench) sized(name string, shape map[string]int64, variant string) (build, error) {
	r, err := b.build(name, shape, variant, 1)
	if err != nil {
		return r, err
	}
	if err = b.run(r)(); err == nil { // drivers put things off until the first use
		r.runs, err = runsFor(func(n int) (time.Duration, error) {
			r.runs = n
			start, used := time.Now(), b.clock()
			err := b.run(r)()
			r.took = (b.clock() - used) / time.Duration(n)
			return time.Since(start), err
		})
	}
	if err != nil {
		r.Close(b.ctx, err)
	}
	return r, err
}

// runsFor is how many runs take turnTime, by measuring.
func runsFor(measure func(runs int) (time.Duration, error)) (int, error) {
	for n := 1; ; {
		took, err := measure(n)
		if err != nil || took >= turnTime || n == maxRuns {
			return n, err
		}
		more := float64(n) * 1.2 * float64(turnTime) / float64(max(took, 1)) // some more, as a single run is the slowest one
		n = int(min(max(more, float64(n)+1), maxRuns))
	}
}

// candidates are the variants of a kernel among which the fastest is sought, on whatever device.
func candidates(name string) []string {
	list := slices.DeleteFunc(kernels.Variants(name), func(v string) bool { return v == "naive" })
	if len(list) == 0 {
		return []string{""}
	}
	return list
}

// entrants are the variants that the device can run and that are not hopeless.
func (b *bench) entrants(name string, shape map[string]int64) (list []build, err error) {
	for _, v := range candidates(name) {
		r, err := b.sized(name, shape, v)
		if code := gpu.CodeOf(err); err != nil && (code == gpu.Unsupported || code == gpu.TooLarge) {
			continue
		}
		if err != nil {
			return list, err
		}
		list = append(list, r)
	}
	if len(list) == 0 {
		return nil, gpu.Errorf(gpu.Unsupported, "the device %q can run no variant of %s", b.Device.Name, name)
	}
	fastest := slices.MinFunc(list, func(x, y build) int { return cmp.Compare(x.took, y.took) }).took
	return b.keep(list, func(_ int, r build) bool { return r.took <= hopeless*fastest }), nil
}

// copy appends so many more of the code of each of some builds to a list.
func (b *bench) copy(list, of []build, shape map[string]int64, n int) ([]build, error) {
	for _, r := range of {
		for range n {
			again, err := b.build(r.name, shape, r.variant, r.runs)
			if err != nil {
				return list, err
			}
			list = append(list, again)
		}
	}
	return list, nil
}

// race is what a run of each build takes, the median of n turns, by this report's clock: other load would lead kernels.Tune astray.
func (b *bench) race(n int, list []build) ([]time.Duration, standings, error) {
	var contenders []func() error
	var runs []int
	for _, r := range list {
		contenders, runs = append(contenders, b.run(r)), append(runs, r.runs)
	}
	took, err := b.turns(b.clock, n, contenders...)
	if err != nil {
		return nil, nil, err
	}
	took = took.per(runs...)
	var times []time.Duration
	all := make(standings)
	for i, r := range list {
		times = append(times, took.time(i))
		if all[r.name] == nil {
			all[r.name] = make(map[string][]time.Duration)
		}
		all[r.name][r.variant] = append(all[r.name][r.variant], times[i])
	}
	return times, all, nil
}

// standings are the times of the copies of each variant of each kernel.
type standings map[string]map[string][]time.Duration

// order lists the variants of a kernel by their best copies, the fastest first.
func (s standings) order(name string) []string {
	return slices.SortedFunc(maps.Keys(s[name]), func(x, y string) int {
		return cmp.Or(cmp.Compare(slices.Min(s[name][x]), slices.Min(s[name][y])), cmp.Compare(x, y))
	})
}

// finalists are the fastest variants of a kernel, among them the fastest of each of the others that it is compared with: the same loop over
// other numbers, so that a ratio compares the numbers and not the luck of a choice.
func (s standings) finalists(name string) []string {
	order := s.order(name)
	list := order[:1:1]
	for _, other := range slices.Sorted(maps.Keys(s)) {
		if v := s.order(other)[0]; len(list) < finalists && s[name][v] != nil && !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	for _, v := range order {
		if len(list) < finalists && !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

// keep closes the builds that are not wanted.
func (b *bench) keep(list []build, wanted func(i int, r build) bool) (kept []build) {
	for i, r := range list {
		if wanted(i, r) {
			kept = append(kept, r)
			continue
		}
		r.Close(b.ctx, nil)
	}
	return kept
}

// choose finds the fastest build of each of some kernels, which are compared with each other afterwards and so take all turns together. Two copies
// of each variant race first, so that none is dropped for one bad copy, and then more copies of the finalists of each.
func (b *bench) choose(shape map[string]int64, names ...string) (err error) {
	var list []build
	defer func() {
		if err != nil {
			for _, r := range list {
				r.Close(b.ctx, err)
			}
		}
	}()
	for _, name := range names {
		some, err := b.entrants(name, shape)
		list = append(list, some...)
		if err != nil {
			return err
		}
	}
	variants := slices.Clone(list)
	if list, err = b.copy(list, variants, shape, 1); err != nil {
		return err
	}
	_, all, err := b.race(b.o.Turns, list)
	if err != nil {
		return err
	}
	last := func(_ int, r build) bool { return slices.Contains(all.finalists(r.name), r.variant) }
	list = b.keep(list, last)
	variants = slices.DeleteFunc(variants, func(r build) bool { return !last(0, r) })
	if list, err = b.copy(list, variants, shape, copies-2); err != nil {
		return err
	}
	times, _, err := b.race(2*b.o.Turns, list)
	if err != nil {
		return err
	}
	best := make(map[string]int)
	for i, r := range list {
		if at, some := best[r.name]; !some || times[i] < times[at] {
			best[r.name] = i
		}
	}
	for _, r := range b.keep(list, func(i int, r build) bool { return best[r.name] == i }) {
		b.fastest[r.name] = r
	}
	return nil
}

// fast is the fastest of the variants of a kernel for information only, after one turn of each. It is measured anew as it is: what made it the fastest
// then may have been a quiet moment.
func (b *bench) fast(name string, shape map[string]int64) (_ build, err error) {
	list, err := b.entrants(name, shape)
	var times []time.Duration
	if err == nil {
		times, _, err = b.race(1, list)
	}
	if err != nil {
		for _, r := range list {
			r.Close(b.ctx, err)
		}
		return build{}, err
	}
	best := slices.Index(times, slices.Min(times))
	return b.keep(list, func(i int, _ build) bool { return i == best })[0], nil
}
