package node

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"math/bits"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/natefinch/atomic"

	"gpumesh/gpu"
	"gpumesh/gpu/diloco"
	"gpumesh/market"
	"gpumesh/poc"
)

// Data is a data set that this node trains on for others, and what it lets them learn about it. Nothing of it leaves the node but results
// that were clipped, with the noise that the job states. Its folder has one file for each input, as gpumesh federated hold writes them.
type Data struct {
	Dir string `json:"dir" yaml:"dir"`
	// Epsilon is the most that all results of one job may tell about the data, and Total those of all jobs, at a delta of DataDelta for each.
	Epsilon float64 `json:"epsilon" yaml:"epsilon"`
	Total   float64 `json:"total" yaml:"total"`
	// Open says that results may go without noise: then nothing bounds what a program tells about the data, and Epsilon and Total are 0.
	Open bool `json:"open" yaml:"open"`
	// Owners are the peers whose jobs may use the data; empty: anybody's.
	Owners []string `json:"owners,omitempty" yaml:"owners,omitempty"`
}

// maxHeld bounds, in bytes, the weights that a holder hides, and each input that it keeps: both are in memory meanwhile.
const maxHeld = 256 << 20

// DataDelta is the delta at which epsilons are told.
const DataDelta = 1e-5

func validateData(sets map[string]Data, bad func(format string, args ...any)) {
	if len(sets) > market.MaxData {
		bad("data has %d data sets, want at most %d", len(sets), market.MaxData)
	}
	for _, name := range slices.Sorted(maps.Keys(sets)) {
		d := sets[name]
		if name == "" || len(name) > market.MaxDataName || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-_.") != "" {
			bad("data has the name %q, want 1 to %d of a-z, 0-9, -, _ and .", name, market.MaxDataName)
		}
		if s, err := os.Stat(d.Dir); err != nil || !s.IsDir() {
			bad("data.%s.dir is %q, which is no directory", name, d.Dir)
		}
		switch {
		case d.Open && (d.Epsilon != 0 || d.Total != 0):
			bad("data.%s.open is true and its epsilon %v and total %v; what may go without noise has no bound", name, d.Epsilon, d.Total)
		case !d.Open && !(d.Epsilon > 0 && d.Total >= d.Epsilon && !math.IsInf(d.Total, 0)):
			bad("data.%s.epsilon is %v and total %v, want over 0, and total at least epsilon; open: true lets results go without a bound", name, d.Epsilon, d.Total)
		}
		for _, o := range d.Owners {
			var p poc.PeerID
			if err := p.UnmarshalText([]byte(o)); err != nil {
				bad("data.%s.owners has %q, which is no peer", name, o)
			}
		}
	}
}

// holdings are the data sets of this node. It is safe for concurrent use.
type holdings struct {
	sets   map[string]Data
	self   poc.PeerID
	secret poc.Hash
	dir    string // what is kept between the tasks of a job: <job>/<task>/<name>
	store  *store

	mu sync.Mutex // one admits, or spends, at a time
}

func newHoldings(n *Node) *holdings {
	return &holdings{sets: n.cfg.Data, self: n.self, secret: n.secret(), dir: filepath.Join(n.cfg.Dir, "held"), store: n.store}
}

func (h *holdings) names() []string { return slices.Sorted(maps.Keys(h.sets)) }

// admit refuses a job that is to run on data of this node's and must not.
func (h *holdings) admit(job poc.Hash, spec market.Spec) error {
	seen := map[string]bool{}
	for i, t := range spec.Tasks {
		if t.Held == nil || t.Held.Holder != h.self {
			continue
		}
		if err := h.sizes(t); err != nil {
			return refuse(market.DeclineData, "task %d (%q): %v", i, t.Name, err)
		}
		if !seen[t.Held.Data] {
			seen[t.Held.Data] = true
			if err := h.may(job, spec, t.Held.Data); err != nil {
				return err
			}
		}
	}
	return nil
}

// sizes says what a task takes of a data set that is not there.
func (h *holdings) sizes(t market.Task) error {
	set, ok := h.sets[t.Held.Data]
	if !ok {
		return fmt.Errorf("this provider holds no data set %q", t.Held.Data)
	}
	var size, whole uint64 // of what it takes of the first file, and of the file
	for _, in := range t.Inputs {
		for _, p := range in.Parts {
			if p.Data == "" || p.Data == market.HeldKept {
				continue
			}
			_, all, err := pieces(set, p.Data, p.Size)
			if err != nil {
				return err
			}
			if whole == 0 {
				size, whole = p.Size, all
			}
			high, low := bits.Mul64(size, all)
			if h, l := bits.Mul64(p.Size, whole); h != high || l != low { // not as many examples of each
				return fmt.Errorf("the model's examples are of another size than those of the data set %q", t.Held.Data)
			}
		}
	}
	return nil
}

// pieces is how many of a size there are in a file of a data set, which has so many bytes.
func pieces(set Data, name string, size uint64) (n, whole uint64, err error) {
	f, whole, err := openData(set, name)
	if err != nil || size == 0 || whole < size {
		err = fmt.Errorf("its data have no %d bytes of %q", size, name)
	} else {
		n = whole / size
	}
	if f != nil {
		_ = f.Close() // read only
	}
	return n, whole, err
}

// openData opens a file of a data set. Names are a stranger's, and lead nowhere else.
func openData(set Data, name string) (f *os.File, size uint64, err error) {
	root, err := os.OpenRoot(set.Dir)
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = root.Close() }() // the file stays open
	if f, err = root.Open(name); err != nil {
		return nil, 0, err
	}
	s, err := f.Stat()
	if err != nil || !s.Mode().IsRegular() {
		_ = f.Close() // read only
		return nil, 0, cmp.Or(err, fs.ErrInvalid)
	}
	return f, uint64(s.Size()), nil
}

// may refuses a job that would learn too much about a data set.
func (h *holdings) may(job poc.Hash, spec market.Spec, name string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	set := h.sets[name]
	if len(set.Owners) > 0 && !slices.Contains(set.Owners, spec.Owner.String()) {
		return refuse(market.DeclineData, "the data set %q is not for jobs of %s", name, spec.Owner.Short())
	}
	epsilon, err := h.epsilon(spec, name)
	if err != nil || set.Open {
		return err
	}
	if math.IsInf(epsilon, 1) {
		return refuse(market.DeclineData, "the job adds no noise to what it learns about the data set %q, and its holder allows epsilon %.3g (at delta %g): take some noise",
			name, set.Epsilon, DataDelta)
	}
	if epsilon > set.Epsilon {
		return refuse(market.DeclineData, "the job would learn epsilon %.3g about the data set %q (at delta %g), and its holder allows %.3g: take more noise or fewer rounds",
			epsilon, name, DataDelta, set.Epsilon)
	}
	spent, err := h.spent(job, name)
	if err == nil && spent+epsilon > set.Total {
		err = refuse(market.DeclineData, "the job would learn epsilon %.3g about the data set %q (at delta %g), and after earlier jobs its holder allows %.3g",
			epsilon, name, DataDelta, max(0, set.Total-spent))
	}
	return err
}

// epsilon bounds what all tasks of a job tell about a data set.
func (h *holdings) epsilon(spec market.Spec, name string) (float64, error) {
	tasks := spec.HeldBy(h.self, name)
	first := *spec.Tasks[tasks[0]].Held
	for _, i := range tasks {
		if *spec.Tasks[i].Held != first {
			return 0, refuse(market.DeclineData, "tasks on the data set %q differ in clip or noise, so what they tell cannot be added up", name)
		}
	}
	return private(first).Epsilon(len(tasks), DataDelta)
}

func private(h market.Held) diloco.Private {
	return diloco.Private{Clip: float64(h.Clip) / market.HeldUnit, Noise: float64(h.Noise) / market.HeldUnit}
}

func dataKey(name string, job poc.Hash) string { return tableData + name + "/" + job.String() }

// spent is what earlier jobs learnt about a data set: epsilons add up, as their deltas do.
func (h *holdings) spent(job poc.Hash, name string) (sum float64, err error) {
	err = h.store.each(tableData+name+"/", func(other string, value []byte) error {
		if len(value) == 8 && other != job.String() {
			sum += math.Float64frombits(binary.BigEndian.Uint64(value))
		}
		return nil
	})
	return sum, err
}

// spend notes durably what a job learns, before the first of it leaves this node, unless other jobs have used it up meanwhile.
func (h *holdings) spend(r market.Run, spec market.Spec) error {
	name := r.Held.Data
	if err := h.may(r.Ref.Job, spec, name); err != nil {
		return err
	}
	epsilon, err := h.epsilon(spec, name)
	if err != nil {
		return err
	}
	b := h.store.batch()
	b.put(dataKey(name, r.Ref.Job), binary.BigEndian.AppendUint64(nil, math.Float64bits(epsilon)))
	return b.commit(true)
}

// input writes what a task takes of this node's data: of each file a piece for each task, from the beginning again after the last; or what
// the job's last task on them kept.
func (h *holdings) input(r market.Run, in market.RunInput, path string) error {
	if r.Held == nil || r.Held.Holder != h.self {
		return errors.New("its data are another node's")
	}
	if in.Data == market.HeldKept {
		b, err := h.kept(r, in.Name)
		if err == nil && uint64(len(b)) != in.Size {
			b = make([]byte, in.Size) // the first task
		}
		if err != nil {
			return err
		}
		return os.WriteFile(path, b, 0o600)
	}
	set, ok := h.sets[r.Held.Data]
	if !ok {
		return fmt.Errorf("this provider holds no data set %q", r.Held.Data)
	}
	n, _, err := pieces(set, in.Data, in.Size)
	if err != nil {
		return err
	}
	f, _, err := openData(set, in.Data)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // read only
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, io.NewSectionReader(f, int64(uint64(len(r.Before))%n*in.Size), int64(in.Size)))
	return errors.Join(err, out.Close())
}

func (h *holdings) path(job poc.Hash, task uint32, name string) string {
	return filepath.Join(h.dir, job.String(), strconv.Itoa(int(task)), name)
}

// Names of what is kept of a task.
const (
	keptCarried = "carried"
	keptInner   = "inner-" // and the input's place
)

// kept is what the newest of the earlier tasks on the data left under a name, or nil.
func (h *holdings) kept(r market.Run, input string) ([]byte, error) {
	name := keptCarried
	if input != "" {
		name = keptInner + strconv.Itoa(slices.IndexFunc(r.Inputs, func(in market.RunInput) bool { return in.Name == input }))
	}
	for _, task := range slices.Backward(r.Before) {
		b, err := os.ReadFile(h.path(r.Ref.Job, task, name))
		if !errors.Is(err, fs.ErrNotExist) {
			return b, err
		}
	}
	return nil, nil
}

// hide makes of a run's results the one that leaves this node: its delta, clipped and with noise. What else the run emitted, and its trace,
// would tell about the data.
func (h *holdings) hide(r market.Run, ran *gpu.Result, dir string, spec market.Spec) (*gpu.Result, error) {
	own := map[string][]byte{}
	for _, o := range ran.Outputs {
		if !filepath.IsLocal(o.Name) {
			return nil, fmt.Errorf("the output %q is no name of a file", o.Name)
		}
		path := filepath.Join(dir, o.Name)
		kept := slices.ContainsFunc(r.Inputs, func(in market.RunInput) bool { return in.Name == o.Name && in.Data == market.HeldKept })
		if o.Size <= maxHeld && (kept || o.Name == market.HeldOutput || o.Name == market.HeldRest) {
			b, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			own[o.Name] = b
		}
		if err := os.Remove(path); err != nil {
			return nil, err
		}
	}
	layout, bits, ok := diloco.Flat(uint64(len(own[market.HeldRest])), uint64(len(own[market.HeldOutput])))
	if !ok {
		return nil, errors.New("the program does not emit a packed delta and what packing it lost")
	}
	before, err := h.kept(r, "")
	if err != nil {
		return nil, err
	}
	var carried []float32
	if len(before) == 4*int(layout.Len) {
		for i := range layout.Len {
			carried = append(carried, math.Float32frombits(binary.LittleEndian.Uint32(before[4*i:])))
		}
	}
	// A job's noise is its own: the difference of two jobs' results on the same data must not be without any.
	key := hmac.New(sha256.New, h.secret[:])
	key.Write([]byte("gpumesh/node/held/1"))
	key.Write(r.Ref.Job[:])
	delta, carry, err := private(*r.Held).HideFlat(layout, diloco.Options{Bits: bits}, [32]byte(key.Sum(nil)), int(r.Ref.Task), own, carried)
	if err != nil {
		return nil, err
	}
	if err := h.spend(r, spec); err != nil {
		return nil, err
	}
	keep := map[string][]byte{keptCarried: nil}
	for _, c := range carry {
		keep[keptCarried] = binary.LittleEndian.AppendUint32(keep[keptCarried], math.Float32bits(c))
	}
	for i, in := range r.Inputs {
		if in.Data == market.HeldKept {
			keep[keptInner+strconv.Itoa(i)] = own[in.Name]
		}
	}
	if err := os.MkdirAll(h.path(r.Ref.Job, r.Ref.Task, ""), 0o700); err != nil {
		return nil, err
	}
	for name, b := range keep {
		if err := atomic.WriteFile(h.path(r.Ref.Job, r.Ref.Task, name), bytes.NewReader(b)); err != nil {
			return nil, err
		}
	}
	for _, task := range r.Before[:max(0, len(r.Before)-1)] { // the last one is needed if this task runs again
		if err := os.RemoveAll(h.path(r.Ref.Job, task, "")); err != nil {
			return nil, err
		}
	}
	if err := os.WriteFile(filepath.Join(dir, market.HeldOutput), delta, 0o600); err != nil {
		return nil, err
	}
	return &gpu.Result{Outputs: []gpu.OutputInfo{{Name: market.HeldOutput, Type: gpu.U32, Size: uint64(len(delta))}}, Timings: ran.Timings}, nil
}

// forget removes what was kept for a job.
func (h *holdings) forget(job poc.Hash) error {
	return os.RemoveAll(filepath.Join(h.dir, job.String()))
}

// fitsHeld says what a task on held data and its program do not agree on, besides the inputs.
func fitsHeld(t market.Task, r *gpu.Report) error {
	sizes := map[string]uint64{}
	for _, o := range r.Results {
		sizes[o.Name] = o.Size
	}
	if o := t.Outputs[0]; sizes[o.Name] != o.Size {
		return fmt.Errorf("the task promises %q of %d bytes, and the program emits %d", o.Name, o.Size, sizes[o.Name])
	}
	if _, _, ok := diloco.Flat(sizes[market.HeldRest], sizes[market.HeldOutput]); !ok {
		return fmt.Errorf("the program does not emit a packed %q and the %q that packing it lost, of which a holder makes what it sends", market.HeldOutput, market.HeldRest)
	}
	if sizes[market.HeldRest] > maxHeld {
		return fmt.Errorf("the program has weights of %d bytes; a holder hides at most %d", sizes[market.HeldRest], maxHeld)
	}
	for _, in := range t.Inputs {
		if p := in.Parts[0]; p.Data == market.HeldKept && (sizes[in.Name] != p.Size || p.Size > maxHeld) {
			return fmt.Errorf("the input %q is what the holder kept, of %d bytes, and the program emits %d of that name, where at most %d are possible", in.Name, p.Size, sizes[in.Name], maxHeld)
		}
	}
	return nil
}
