package node

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"gpumesh/gpu"
	"gpumesh/gpu/wgsl"
	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// What a node computes outside of the market: no machine asked for it, nobody is paid for it, and nothing of it is kept. Disputes and accusations
// are judged by the reference evaluator alone. Who was convicted, and who judges an appeal, may use the device that it sells, if the evaluator is too slow.

// errNoDevice is returned by a node that runs nobody's programs on its device.
var errNoDevice = limited("this node has no device for it")

// recheck computes a unit that this node has computed before: on its own device, or on the reference evaluator if it has none by now.
func (d *disputes) recheck(ctx context.Context, runs []market.Run, of poc.Result) (poc.Result, error) {
	res, err := d.node.runs.outside(ctx, runs, of, nil)
	if isLimit(err) {
		return d.evaluateUnit(ctx, runs, of, nil)
	}
	return res, err
}

// findUnit returns what an honest worker would sign for a unit: the reference evaluator says so within its bounds, and beyond them this node's own
// device, of whose kind the result does not depend. Left out is what the one did of whom it is asked.
func (d *disputes) findUnit(ctx context.Context, runs []market.Run, of poc.Result, from []poc.PeerID) (res poc.Result, byDevice bool, err error) {
	res, err = d.evaluateUnit(ctx, runs, of, from)
	if !isLimit(err) && !errors.Is(err, errNoReferee) && gpu.CodeOf(err) != gpu.Timeout {
		return res, false, err
	}
	res, deviceErr := d.node.runs.outside(ctx, runs, of, from)
	if isLimit(deviceErr) { // the first says more
		return res, true, err
	}
	return res, true, deviceErr
}

// outside computes all tasks of a unit on this node's own device, as it would for their owner: each in a directory of its own, confined, within the
// limits that its owner pays for and those of the machine, and when the device is free. One unit at a time.
func (e *executions) outside(ctx context.Context, runs []market.Run, of poc.Result, from []poc.PeerID) (poc.Result, error) {
	if !e.node.cfg.Provider.Enabled { // its owner sells the device to nobody
		return poc.Result{}, errNoDevice
	}
	limit, lends := disputeTime, e.node.lends()
	for _, r := range runs {
		report, err := e.node.programs.analyse(ctx, r.Program, hostIDs(append(from, r.Owner), e.node.self)...)
		switch {
		case err != nil:
			return poc.Result{}, err
		case r.Held != nil:
			return poc.Result{}, limited("it runs on data that one provider has and shows to nobody")
		case report.Tier == wgsl.ClassExact:
			return poc.Result{}, errAnyFloats
		case lends > 0 && report.Bytes > lends:
			return poc.Result{}, limited("the task takes %d bytes of the device's memory, and this node lends %d", report.Bytes, lends)
		}
		limit += time.Duration(r.Timeout) * time.Second
	}
	if err := e.apart.Acquire(ctx, 1); err != nil {
		return poc.Result{}, err
	}
	defer e.apart.Release(1)
	ctx, cancel := context.WithTimeout(ctx, limit) // with what waits before it
	defer cancel()
	return unitResult(runs, of, func(r market.Run) (poc.Result, error) {
		return e.recompute(ctx, r, from, func(x Execution) (*gpu.Result, error) {
			x.Timeout = time.Duration(r.Timeout) * time.Second
			x.MaxBusy = e.deviceTime(ctx, r)
			aside := poc.TaskRef{Job: sha256.Sum256(append([]byte("gpumesh/outside/1"), r.Ref.Job[:]...)), Task: r.Ref.Task} // the market's run of it has checkpoints of its own
			defer e.checkpoints.drop(aside)
			return e.compute(ctx, aside, x)
		})
	})
}

// have brings here what tasks run on. What nobody gives is errMissing.
func (e *executions) have(ctx context.Context, runs []market.Run, more []poc.PeerID) error {
	for _, r := range runs {
		from := e.sources(ctx, r, more)
		_, err := e.content.GetBlock(ctx, r.Program.Cid, gpu.MaxProgram, from...)
		for _, in := range r.Inputs {
			for _, f := range in.Files {
				if err == nil {
					_, err = e.content.Fetch(ctx, f.Cid, int64(in.Size), from...)
				}
			}
		}
		if full, ok := errors.AsType[*p2p.QuotaError](err); ok {
			return full // not for want of what is shown
		}
		if err != nil {
			return fmt.Errorf("%w: %w", errMissing, err)
		}
	}
	return nil
}

// unitResult is what is signed for a unit whose tasks are computed one after the other.
func unitResult(runs []market.Run, of poc.Result, compute func(market.Run) (poc.Result, error)) (poc.Result, error) {
	results := make([]poc.Result, len(runs))
	for i, r := range runs {
		var err error
		if results[i], err = compute(r); err != nil {
			return poc.Result{}, err
		}
	}
	if len(runs) == 1 {
		results[0].Without = of.Without
		return results[0], nil
	}
	unit, _, err := market.PackBatch(results)
	return unit, err
}

// recompute runs a task in a directory of its own, keeps nothing and returns what comes out.
func (e *executions) recompute(ctx context.Context, r market.Run, from []poc.PeerID, run func(Execution) (*gpu.Result, error)) (res poc.Result, err error) {
	dir, x, err := e.prepare(ctx, r, from)
	if err != nil {
		return res, err
	}
	defer e.clean(dir)
	ran, err := run(x)
	if err != nil {
		return res, err
	}
	for _, want := range r.Outputs {
		if !filepath.IsLocal(want.Name) {
			return res, fmt.Errorf("the output %q is no name of a file", want.Name)
		}
		f, err := os.Open(filepath.Join(x.OutDir, want.Name))
		if err != nil {
			return res, err
		}
		id, err := p2p.FileCID(f)
		_ = f.Close() // read only
		if err != nil {
			return res, err
		}
		res.Outputs = append(res.Outputs, poc.Output{Name: want.Name, File: poc.Link{Cid: id}, Size: want.Size})
	}
	res.Trace = ran.TraceRoot
	return res, nil
}

// prepare makes the directory of a run that keeps nothing, with its inputs.
func (e *executions) prepare(ctx context.Context, r market.Run, from []poc.PeerID) (dir string, x Execution, err error) {
	if dir, err = os.MkdirTemp(e.scratch, "dispute-"+strconv.Itoa(int(r.Ref.Task))+"-"); err != nil {
		return "", x, err
	}
	x = Execution{
		Tenant: r.Owner.String(), Inputs: map[string]string{}, OutDir: filepath.Join(dir, "out"), Seed: r.Seed,
		Timeout: refereeTime, MaxBusy: refereeTime, Progress: func(uint32, uint32) {},
	}
	if err = os.Mkdir(x.OutDir, 0o700); err == nil {
		err = e.gather(ctx, r, dir, &x, from...)
	}
	if err != nil {
		e.clean(dir)
	}
	return dir, x, err
}

// within runs what has no checkpoints and is no execution of a task, on the device or beside it, while the machine's limits allow it. need is in
// bytes of the device's memory.
func (e *executions) within(ctx context.Context, need uint64, patience time.Duration, run func(context.Context) error) error {
	if !e.node.cfg.Provider.Enabled { // nothing measures the machine, as nobody's programs run on its device
		return run(ctx)
	}
	return e.node.warden.within(ctx, need, patience, run)
}

func (e *executions) clean(dir string) {
	if err := os.RemoveAll(dir); err != nil { // a directory that stays is removed at the next start
		e.log.Warn("Scratch directory not removed", "dir", dir, "err", err)
	}
}
