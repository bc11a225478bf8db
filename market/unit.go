package market

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"gpumesh/poc"
)

// A unit is the tasks that are assigned, verified, certified and paid together: one task, or Spec.Batch of them in a row. Its
// rounds of messages are the same however many tasks it has. The result of a larger unit is one document with the results
// of its tasks, and the Merkle root over them.

// BatchDoc is the result of a unit of several tasks: a DAG-CBOR document. As a result's output it is one raw block.
type BatchDoc struct {
	Version uint16       `cbor:"version"` // 1
	Results []poc.Result `cbor:"results"` // in the order of the tasks
}

// batchName is the name of the one output of a unit of several tasks.
const batchName = "batch"

// TasksPerUnit is the number of tasks in a unit.
func (s *Spec) TasksPerUnit() int { return s.batch() }

// PackBatch returns the result of a unit of several tasks, and its document.
func PackBatch(results []poc.Result) (poc.Result, Block, error) {
	data, err := poc.Encode(BatchDoc{Version: 1, Results: results})
	if err != nil {
		return poc.Result{}, Block{}, err
	}
	link := poc.RawLink(data)
	return poc.Result{
		Outputs: []poc.Output{{Name: batchName, File: link, Size: uint64(len(data))}}, Trace: poc.UnitTree(results).Root(),
	}, Block{Link: link, Data: data}, nil
}

// UnpackBatch checks a unit's document against its certified result, and returns the results of its tasks.
func UnpackBatch(unit poc.Result, document []byte, tasks int) ([]poc.Result, error) {
	var doc BatchDoc
	if err := poc.Decode(document, &doc); err != nil {
		return nil, err
	}
	if doc.Version != 1 || len(doc.Results) != tasks {
		return nil, fmt.Errorf("the unit's document has version %d and %d results, want 1 and %d", doc.Version, len(doc.Results), tasks)
	}
	for _, r := range doc.Results {
		if err := r.Validate(); err != nil {
			return nil, err
		}
	}
	if packed, _, err := PackBatch(doc.Results); err != nil || packed.Digest() != unit.Digest() {
		return nil, errors.New("the document is not that of the unit's result")
	}
	return doc.Results, nil
}

// secret is this node's secret for a job's draws of audits.
func (m *Machine) secret(job poc.Hash) poc.Hash {
	b := append([]byte("gpumesh/market/secret/1"), m.cfg.Secret[:]...)
	b = append(b, m.network[:]...)
	return sha256.Sum256(append(b, job[:]...))
}

func (j *job) unitName(t *task) string { return j.spec.Tasks[int(t.ref.Task)*j.spec.batch()].Name }

// needs returns the units whose results a unit waits for.
func (j *job) needs(unit int) []uint32 {
	if j.spec.batch() > 1 {
		return nil
	}
	return j.spec.Tasks[unit].Needs()
}

// nextRun is the first task of a unit that this node has no result of.
func (j *job) nextRun(unit poc.TaskRef) poc.TaskRef {
	t, n := j.tasks[unit.Task], uint32(j.spec.batch())
	for i := unit.Task * n; i < (unit.Task+1)*n; i++ {
		if _, ok := t.results[i]; !ok {
			return poc.TaskRef{Job: unit.Job, Task: i}
		}
	}
	return poc.TaskRef{Job: unit.Job, Task: unit.Task * n}
}

// flawed reports whether to run a unit is likely to be work for nothing: its program failed here before, and nothing of the job
// shows that it can be computed at all. So an owner whose programs fail costs each worker one execution.
func (j *job) flawed(unit poc.TaskRef) bool {
	n := j.spec.batch()
	if j.finished > 0 || !slices.Contains(j.failing, j.spec.Tasks[int(unit.Task)*n].Program) {
		return false
	}
	return !slices.ContainsFunc(j.tasks, func(t *task) bool {
		p := t.poc.Phase()
		return p == poc.Certified || p == poc.Done
	})
}

// execution is one of a unit that is under way here.
type execution struct {
	Progress
	began poc.Time
}

// runNext starts the execution of a unit's next task.
func (j *job) runNext(m *Machine, unit poc.TaskRef) bool {
	ref := j.nextRun(unit)
	if j.spec.batch() == 1 {
		ref = unit
	}
	r, ok := j.run(ref.Task)
	if !ok {
		return false
	}
	p := &execution{Progress: Progress{Task: unit.Task}, began: m.now}
	if earlier := m.running[unit]; earlier != nil {
		p.began = earlier.began
	}
	if n := uint32(j.spec.batch()); n > 1 {
		p.Done, p.Total = ref.Task%n, n
	}
	m.running[unit] = p
	m.fx.Run = append(m.fx.Run, r)
	return true
}

// taskEnded takes the end of one of a unit's executions. It returns the end of the unit's once it is there.
func (j *job) taskEnded(m *Machine, ref poc.TaskRef, ev poc.Event) (poc.TaskRef, poc.Event, bool) {
	unit := poc.TaskRef{Job: ref.Job, Task: ref.Task / uint32(j.spec.batch())}
	if int(unit.Task) >= len(j.tasks) || m.running[unit] == nil || ref != j.nextRun(unit) {
		return unit, ev, m.running[unit] == nil // a late completion, refused as every such one
	}
	f, ok := ev.(poc.Finished)
	if !ok {
		return unit, ev, true
	}
	if err := f.Result.Validate(); err != nil {
		return unit, poc.GaveUp{Reason: clip(err.Error())}, true
	}
	t := j.tasks[unit.Task]
	if t.results == nil {
		t.results = map[uint32]poc.Result{}
	}
	t.results[ref.Task] = f.Result
	if len(t.results) < j.spec.batch() {
		if j.notify = true; j.runNext(m, unit) {
			return unit, nil, false
		}
		return unit, poc.GaveUp{Reason: "the unit's next task cannot be run"}, true
	}
	results := make([]poc.Result, 0, len(t.results))
	for i := range uint32(j.spec.batch()) {
		results = append(results, t.results[unit.Task*uint32(j.spec.batch())+i])
	}
	res, block, err := PackBatch(results)
	if err != nil {
		return unit, poc.GaveUp{Reason: clip(err.Error())}, true
	}
	block.Unit = unit
	m.fx.Store = append(m.fx.Store, block)
	f.Result = res
	return unit, f, true
}

// announce lets the outputs of a certified unit be served to others.
func (j *job) announce(m *Machine, r poc.Result) {
	for _, o := range r.Outputs {
		if j.spec.batch() > 1 {
			o.File = o.File.AsBlock()
		}
		m.fx.Announce = append(m.fx.Announce, o.File)
	}
}

// unpacked brings the outputs of a unit's tasks to their owner.
func (m *Machine) unpacked(ev Unpacked) error {
	j := m.job(ev.Unit.Job)
	if j == nil {
		return ErrUnknownJob
	}
	if j.Owner != m.cfg.Self || j.spec.batch() == 1 || int(ev.Unit.Task) >= len(j.tasks) {
		return ErrWrongState
	}
	t := j.tasks[ev.Unit.Task]
	r, ok := t.poc.Result()
	if !ok {
		return ErrWrongState
	}
	results, err := UnpackBatch(r, ev.Document, j.spec.batch())
	if err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	t.results = make(map[uint32]poc.Result, len(results))
	var from []poc.PeerID
	for _, w := range t.poc.Candidates() {
		from = append(from, w.Peer)
	}
	for i, r := range results {
		index := t.ref.Task*uint32(j.spec.batch()) + uint32(i)
		t.results[index] = r
		m.fx.Collect = append(m.fx.Collect, Collect{Ref: poc.TaskRef{Job: j.id, Task: index}, From: from, Result: r})
	}
	j.notify = true
	j.maybeDone(m)
	return nil
}

// packed reports whether this node's own job has certified units whose tasks' results it does not know yet.
func (j *job) packed(m *Machine) bool {
	if j.Owner != m.cfg.Self || j.spec.batch() == 1 {
		return false
	}
	return slices.ContainsFunc(j.tasks, func(t *task) bool {
		_, ok := t.poc.Result()
		return ok && len(t.results) < j.spec.batch()
	})
}

// block is units in a row whose results, as far as they are believed for records, wait for each other's audits.
type block struct {
	tasks     []*task
	undecided int  // of them may still show that a worker lies
	held      bool // as they were told
}

func (j *job) makeBlocks() {
	size := max(j.spec.Policy.Block(len(j.tasks), j.spec.waits()), 1)
	blocks := make([]block, max(len(j.tasks)/size, 1))
	for i, t := range j.tasks {
		t.block = &blocks[min(i/size, len(blocks)-1)]
		t.block.tasks = append(t.block.tasks, t)
		t.decide()
	}
	for i := range blocks {
		blocks[i].held = blocks[i].undecided > 0
	}
}

// decide counts a task among those that may still show that a worker lies, and returns who failed its audit.
func (t *task) decide() (failed []poc.PeerID) {
	open := t.held == nil && t.poc.Undecided() // of a holder nobody can find out whether it lies
	switch {
	case open && !t.open:
		t.block.undecided++
	case !open && t.open:
		t.block.undecided--
	}
	if t.open = open; !t.judged {
		t.judged, failed = t.poc.Audited()
	}
	return failed
}

// hold has results that are believed for records wait until nothing else of their block is undecided. If a record fails an audit, and
// be it that its result is not shown, all others of the job are audited; if there is not even a result, none is believed.
func (j *job) hold(m *Machine, t *task) {
	for _, p := range t.decide() {
		believed := t.poc.Believed(p)
		j.distrust(m, t, poc.Distrust{Peer: p, Lied: believed && t.poc.Phase() == poc.Failed, Failed: believed})
	}
	if b := t.block; b.undecided > 0 != b.held {
		b.held = !b.held
		for _, t := range b.tasks { // a step may change it again
			if t.poc.Phase() < poc.Certified {
				_ = j.stepTask(m, t, poc.Hold{Until: j.heldUntil(b)})
			}
		}
	}
}

// heldUntil leaves a quarter of the time until the deadline to what comes after a hold, or is zero.
func (j *job) heldUntil(b *block) poc.Time {
	if !b.held {
		return 0
	}
	return j.spec.Deadline.Add(-poc.Millis(j.spec.Deadline-j.Times.Drawn) / 4)
}

// caught takes the host's word that a worker's result in a unit is wrong: it is believed in no other.
func (m *Machine) caught(ev Caught) error {
	j := m.job(ev.Ref.Job)
	if j == nil || int(ev.Ref.Task) >= len(j.tasks) {
		return ErrUnknownJob
	}
	m.distrust(j, j.tasks[ev.Ref.Task], poc.Distrust{Peer: ev.Peer})
	j.notify = true
	return nil
}

// distrust believes a worker that was caught in a task of a job in nothing else that it does, in this job or in others under way.
func (m *Machine) distrust(in *job, t *task, e poc.Distrust) {
	in.distrust(m, t, e)
	for _, j := range m.order {
		if j != in && j.State == Running && j.seat(e.Peer) >= 0 {
			m.look(j)
			j.distrust(m, nil, poc.Distrust{Peer: e.Peer})
		}
	}
}

// distrust reopens what a worker that was caught did alone in the job's other tasks, as far as it is not certified, and what others
// did alone, if it lied and was believed for its record; if it failed an audit, that is audited.
func (j *job) distrust(m *Machine, in *task, e poc.Distrust) {
	for _, t := range j.tasks {
		if t != in && t.poc.Phase() < poc.Certified {
			_ = j.stepTask(m, t, e)
		}
	}
}
