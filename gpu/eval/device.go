package eval

import (
	"context"
	"encoding/binary"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"gpumesh/gpu"
	"gpumesh/gpu/wgsl"
)

// Config bounds an evaluator; zero fields take the value in brackets.
type Config struct {
	MaxSteps  uint64 // operations of one dispatch on one worker [1 << 44]
	MaxBuffer uint64 // bytes of one buffer [1 GiB]
	MaxTotal  uint64 // bytes of all buffers [4 GiB]
	Workers   int    // goroutines of one dispatch [GOMAXPROCS]
}

// Open returns an evaluator with the default limits.
func Open() gpu.Device { return New(Config{}) }

// New returns an evaluator. As every gpu.Device it is used by one goroutine at a time.
func New(cfg Config) gpu.Device {
	or := func(v, otherwise uint64) uint64 {
		if v == 0 {
			return otherwise
		}
		return v
	}
	cfg.MaxSteps, cfg.MaxBuffer, cfg.MaxTotal = or(cfg.MaxSteps, 1<<44), or(cfg.MaxBuffer, 1<<30), or(cfg.MaxTotal, 4<<30)
	if cfg.Workers <= 0 {
		cfg.Workers = runtime.GOMAXPROCS(0)
	}
	return &device{cfg: cfg}
}

type device struct {
	shadow *shadow // for kernels compiled from now on
	cfg    Config
	total  uint64
	closed bool
}

type memory struct {
	dev   *device
	words []uint32
}

func (m *memory) Size() uint64 { return uint64(len(m.words)) * 4 }

func (m *memory) Release() {
	if m.words != nil {
		m.dev.total -= m.Size()
		m.words = nil
	}
}

type kernel struct {
	prog     *program
	entry    wgsl.Entry
	bindings []gpu.Access

	mu   sync.Mutex
	idle []*machine
}

func (k *kernel) Release() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.idle = nil
}

func (d *device) Info() gpu.Info {
	return gpu.Info{
		Name: "gpumesh reference evaluator", Type: gpu.Reference, Backend: "eval", Driver: "gpumesh eval 1 " + runtime.GOARCH,
		Limits: gpu.Limits{
			MaxBuffer: d.cfg.MaxBuffer, MaxTotal: d.cfg.MaxTotal, MaxBindings: wgsl.MaxBindings, MaxWorkgroup: maxLanes, MaxShared: wgsl.MaxShared,
		},
	}
}

func (d *device) Close() error {
	d.closed = true
	return nil
}

// recovered turns a panic of the compiler or of a machine into its error.
func recovered(err *error) {
	switch r := recover().(type) {
	case nil:
	case *gpu.Error:
		*err = r
	default:
		*err = gpu.Errorf(gpu.Internal, "the evaluator failed: %v\n%s", r, debug.Stack())
	}
}

func (d *device) Kernel(ctx context.Context, source, entry string, bindings []gpu.Access) (k gpu.Kernel, err error) {
	if err := ctx.Err(); err != nil {
		return nil, contextError(err)
	}
	mod, err := wgsl.Parse(source)
	if err != nil {
		return nil, gpu.Errorf(gpu.InvalidProgram, "%v", err)
	}
	e, ok := mod.Entry(entry)
	if !ok {
		return nil, gpu.Errorf(gpu.InvalidProgram, "the source has no entry point %q", entry)
	}
	for _, b := range e.Bindings {
		if int(b.Index) >= len(bindings) {
			return nil, gpu.Errorf(gpu.InvalidProgram, "entry point %q uses @binding(%d) (%s), but only %d are bound", entry, b.Index, b.Name, len(bindings))
		}
		if got := bindings[b.Index]; string(got) != b.Access {
			return nil, gpu.Errorf(gpu.InvalidProgram, "entry point %q declares @binding(%d) (%s) as %s, but it is bound as %s", entry, b.Index, b.Name, b.Access, got)
		}
	}
	if n := e.Workgroup[0] * e.Workgroup[1] * e.Workgroup[2]; n > maxLanes {
		return nil, gpu.Errorf(gpu.TooLarge, "entry point %q has %d invocations per workgroup, the evaluator's limit is %d", entry, n, maxLanes)
	}
	defer recovered(&err)
	for i := range mod.IR.EntryPoints {
		if mod.IR.EntryPoints[i].Name == entry {
			return &kernel{prog: compile(mod.IR, &mod.IR.EntryPoints[i], d.shadow), entry: *e, bindings: append([]gpu.Access(nil), bindings...)}, nil
		}
	}
	return nil, gpu.Errorf(gpu.Internal, "entry point %q is not in the IR", entry)
}

func (d *device) Alloc(size uint64) (gpu.Memory, error) {
	switch {
	case size == 0 || size%4 != 0:
		return nil, gpu.Errorf(gpu.InvalidProgram, "a buffer of %d bytes: the size must be a positive multiple of 4", size)
	case size > d.cfg.MaxBuffer:
		return nil, gpu.Errorf(gpu.TooLarge, "a buffer of %d bytes exceeds the evaluator's limit of %d", size, d.cfg.MaxBuffer)
	case d.total+size > d.cfg.MaxTotal:
		return nil, gpu.Errorf(gpu.OutOfMemory, "buffers of %d bytes together exceed the evaluator's limit of %d", d.total+size, d.cfg.MaxTotal)
	}
	d.total += size
	return &memory{d, make([]uint32, size/4)}, nil
}

// span returns the words of a range.
func (d *device) span(m gpu.Memory, off, n uint64) ([]uint32, error) {
	mem, ok := m.(*memory)
	if !ok || mem.dev != d || mem.words == nil {
		return nil, gpu.Errorf(gpu.Internal, "the memory does not belong to this device or was released")
	}
	if off%4 != 0 || n%4 != 0 || off > mem.Size() || n > mem.Size()-off {
		return nil, gpu.Errorf(gpu.InvalidProgram, "bytes %d to %d are not an aligned range of a buffer of %d bytes", off, off+n, mem.Size())
	}
	return mem.words[off/4 : (off+n)/4 : (off+n)/4], nil
}

func (d *device) Write(m gpu.Memory, off uint64, p []byte) error {
	words, err := d.span(m, off, uint64(len(p)))
	if err != nil {
		return err
	}
	for i := range words {
		words[i] = binary.LittleEndian.Uint32(p[4*i:])
	}
	return nil
}

func (d *device) Read(ctx context.Context, m gpu.Memory, off uint64, p []byte) error {
	if err := ctx.Err(); err != nil {
		return contextError(err)
	}
	words, err := d.span(m, off, uint64(len(p)))
	if err != nil {
		return err
	}
	for i, w := range words {
		binary.LittleEndian.PutUint32(p[4*i:], w)
	}
	return nil
}

// Wait returns at once: Submit has done the work.
func (d *device) Wait(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return contextError(err)
	}
	return nil
}

// Submit does the work before it returns.
func (d *device) Submit(ctx context.Context, work []gpu.Work) error {
	for i := range work {
		if err := ctx.Err(); err != nil {
			return contextError(err)
		}
		if err := d.do(ctx, &work[i]); err != nil {
			return err
		}
	}
	return nil
}

func (d *device) do(ctx context.Context, w *gpu.Work) error {
	if d.closed {
		return gpu.Errorf(gpu.Internal, "the device is closed")
	}
	want := map[gpu.Op]int{gpu.Copy: 2, gpu.Fill: 1, gpu.Dispatch: len(w.Bind)}
	if n, ok := want[w.Op]; !ok || n != len(w.Bind) {
		return gpu.Errorf(gpu.InvalidProgram, "a %q command with %d ranges", w.Op, len(w.Bind))
	}
	spans := make([][]uint32, len(w.Bind))
	for i, r := range w.Bind {
		s, err := d.span(r.Memory, r.Off, r.Len)
		if err != nil {
			return err
		}
		spans[i] = s
	}
	switch w.Op {
	case gpu.Copy:
		if len(spans[0]) != len(spans[1]) {
			return gpu.Errorf(gpu.InvalidProgram, "a copy between ranges of %d and %d bytes", w.Bind[0].Len, w.Bind[1].Len)
		}
		copy(spans[1], spans[0])
		return nil
	case gpu.Fill:
		for i := range spans[0] {
			spans[0][i] = w.Value
		}
		return nil
	}
	k, ok := w.Kernel.(*kernel)
	if !ok {
		return gpu.Errorf(gpu.Internal, "the kernel does not belong to this device")
	}
	if err := k.checkBindings(w); err != nil {
		return err
	}
	return k.dispatch(ctx, d.cfg, spans, w.Grid, 0, uint64(w.Grid[0])*uint64(w.Grid[1])*uint64(w.Grid[2]))
}

func (k *kernel) checkBindings(w *gpu.Work) error {
	if len(w.Bind) != len(k.bindings) {
		return gpu.Errorf(gpu.InvalidProgram, "entry point %q takes %d bindings, not %d", k.entry.Name, len(k.bindings), len(w.Bind))
	}
	for _, g := range w.Grid {
		if g == 0 || g > 65535 {
			return gpu.Errorf(gpu.InvalidProgram, "a grid of %d x %d x %d workgroups; each must be 1 to 65535", w.Grid[0], w.Grid[1], w.Grid[2])
		}
	}
	for _, b := range k.entry.Bindings {
		if n := w.Bind[b.Index].Len; n < b.MinSize {
			return gpu.Errorf(gpu.InvalidProgram, "@binding(%d) (%s) needs at least %d bytes, not %d", b.Index, b.Name, b.MinSize, n)
		}
	}
	for i, a := range w.Bind {
		for j, b := range w.Bind {
			if i != j && k.bindings[i] == gpu.ReadWrite && a.Memory == b.Memory && a.Off < b.Off+b.Len && b.Off < a.Off+a.Len {
				return gpu.Errorf(gpu.InvalidProgram, "bindings %d and %d overlap, and one of them is written", i, j)
			}
		}
	}
	return nil
}

// dispatch runs workgroups of a grid, n from the first on. Batches are handed to workers in ascending order.
func (k *kernel) dispatch(ctx context.Context, cfg Config, bufs [][]uint32, grid [3]uint32, first, groups uint64) error {
	per := uint64(1) // workgroups in a batch
	size := k.prog.workgroup
	if !k.prog.collective {
		per = uint64(max(1, maxLanes/(size[0]*size[1]*size[2])))
	}
	batches := (groups + per - 1) / per
	workers := int(min(uint64(cfg.Workers), batches))
	if k.prog.ordered {
		workers = 1
	}
	var next atomic.Uint64
	var failed atomic.Pointer[gpu.Error]
	work := &dispatch{ctx: ctx, maxSteps: cfg.MaxSteps, failed: func() bool { return failed.Load() != nil }}
	run := func() (err error) {
		m := k.machine()
		m.work, m.bufs, m.grid, m.steps, m.nextCheck = work, bufs, grid, 0, 0
		defer recovered(&err)
		for b := next.Add(1) - 1; b < batches; b = next.Add(1) - 1 {
			m.batch(k.prog, first+b*per, min(per, groups-b*per))
		}
		k.mu.Lock()
		defer k.mu.Unlock()
		k.idle = append(k.idle, m)
		return nil
	}
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			if err := run(); err != nil {
				e, ok := err.(*gpu.Error)
				if !ok {
					e = &gpu.Error{Code: gpu.Internal, Reason: err.Error()}
				}
				failed.CompareAndSwap(nil, e)
			}
		})
	}
	wg.Wait()
	if e := failed.Load(); e != nil {
		return e
	}
	return nil
}

// machine returns one with the constants of the program in its registers.
func (k *kernel) machine() *machine {
	k.mu.Lock()
	defer k.mu.Unlock()
	if n := len(k.idle); n > 0 {
		m := k.idle[n-1]
		k.idle = k.idle[:n-1]
		return m
	}
	p := k.prog
	m := &machine{r: make([]reg, p.regs), lists: make([]list, p.lists), sets: make([]set, p.sets), shared: make([]uint32, p.shared), size: p.workgroup}
	for w, r := range p.consts {
		for l := range m.r[r] {
			m.r[r][l] = w
		}
	}
	return m
}

// batch runs n workgroups from the first on.
func (m *machine) batch(p *program, first, n uint64) {
	size := p.workgroup
	lane := 0
	for g := first; g < first+n; g++ {
		group := [3]uint32{uint32(g % uint64(m.grid[0])), uint32(g / uint64(m.grid[0]) % uint64(m.grid[1])), uint32(g / uint64(m.grid[0]) / uint64(m.grid[1]))}
		index := uint32(0)
		for z := range size[2] {
			for y := range size[1] {
				for x := range size[0] {
					for _, f := range p.fill {
						f(m, lane, group, [3]uint32{x, y, z}, index)
					}
					lane++
					index++
				}
			}
		}
	}
	m.lanes = lane
	clear(m.shared)
	if s := p.shadow; s != nil {
		clear(s.shared)
		s.group = first
	}
	var all list
	for i := range lane {
		all[i] = uint8(i)
	}
	act := all[:lane]
	for _, o := range p.setup {
		o(m, act)
	}
	p.run(m, act)
	m.count(lane)
}
