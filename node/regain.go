package node

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"

	"gpumesh/gpu"
	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// What a task goes on from was certified, and those who have it may all have left since, or keep it to themselves. Its CID is known, so
// whoever computes it again has the same.

// mostRegained bounds the tasks that are computed again for one execution, which nobody pays for.
const mostRegained = 16

// regain brings what a task needs of earlier ones here, and computes again what does not come in time. That it fails ends nothing: gather
// waits for what is missing still. most is how many tasks may be computed again for it.
func (e *executions) regain(ctx context.Context, r market.Run, progress func(done, total uint32), most *int) {
	var spec market.Spec
	var v market.View
	err := e.node.loop.ask(ctx, func(m *market.Machine) {
		spec, _ = m.Spec(r.Ref.Job)
		v, _ = m.View(r.Ref.Job)
	})
	if err != nil || int(r.Ref.Task) >= len(spec.Tasks) || r.Held != nil {
		return
	}
	from := e.sources(ctx, r, nil)
	for _, task := range spec.Tasks[r.Ref.Task].Needs() {
		if int(task) >= len(v.Tasks) || v.Tasks[task].Result == nil {
			continue // what takes its place is fetched as any file
		}
		result := *v.Tasks[task].Result
		if e.comes(ctx, spec.Tasks[r.Ref.Task], task, result, from) || ctx.Err() != nil || *most == 0 {
			continue
		}
		*most--
		ref := poc.TaskRef{Job: r.Ref.Job, Task: task}
		e.log.Info("Nobody gives what a task needs, so it is computed again", "task", r.Ref, "needs", task)
		if err := e.again(ctx, spec, v, ref, result, progress, most); err != nil && ctx.Err() == nil {
			e.log.Info("What a task needs was not computed again", "task", r.Ref, "needs", task, "err", err)
		}
	}
}

// comes reports whether what one task needs of another is here, or comes: nothing at all was stored here for a lease's time means that it does not.
func (e *executions) comes(ctx context.Context, t market.Task, earlier uint32, result poc.Result, from []peer.ID) bool {
	ctx, cancel := context.WithTimeout(ctx, gatherTimeout)
	defer cancel()
	go func() {
		look := time.NewTicker(millis(e.node.cfg.Network.LeaseTTL))
		defer look.Stop()
		for before := int64(-1); before != e.content.Used(); {
			before = e.content.Used()
			select {
			case <-look.C:
			case <-ctx.Done():
				return
			}
		}
		cancel()
	}()
	for _, in := range t.Inputs {
		for _, p := range in.Parts {
			if p.From == nil || p.From.Task != earlier {
				continue
			}
			i := slices.IndexFunc(result.Outputs, func(o poc.Output) bool { return o.Name == p.From.Output })
			if i < 0 {
				continue
			}
			o := result.Outputs[i]
			if _, err := e.content.Fetch(ctx, o.File.Cid, int64(o.Size), from...); err != nil {
				return false
			}
		}
	}
	return true
}

// again computes a certified task as if it were not, and stores its outputs, for others too.
func (e *executions) again(ctx context.Context, spec market.Spec, v market.View, ref poc.TaskRef, result poc.Result, progress func(done, total uint32), most *int) error {
	t := spec.Tasks[ref.Task]
	if t.Held != nil || len(t.Optional()) > 0 || spec.Policy.Compare.Near() {
		return errors.New("it may have another result here")
	}
	r, ok := spec.Run(ref, 0, func(task uint32) (poc.Result, bool) {
		if int(task) >= len(v.Tasks) || v.Tasks[task].Result == nil {
			return poc.Result{}, false
		}
		return *v.Tasks[task].Result, true
	})
	if !ok {
		return errors.New("what it needs itself is not known")
	}
	dir, err := os.MkdirTemp(e.scratch, "again-"+strconv.Itoa(int(ref.Task))+"-")
	if err != nil {
		return err
	}
	defer e.clean(dir)
	x := Execution{
		Tenant: r.Owner.String(), Inputs: map[string]string{}, OutDir: filepath.Join(dir, "out"), Seed: r.Seed,
		Timeout: time.Duration(r.Timeout) * time.Second, MaxBusy: e.deviceTime(ctx, r), Progress: progress,
	}
	if err := os.Mkdir(x.OutDir, 0o700); err != nil {
		return err
	}
	e.regain(ctx, r, progress, most)
	if err := e.gather(ctx, r, dir, &x); err != nil {
		return err
	}
	defer e.checkpoints.drop(ref)
	ran, err := e.compute(ctx, ref, x)
	if err != nil {
		return err
	}
	return e.give(ctx, ran, result, x.OutDir)
}

// give stores the outputs of a run that are to be those of a result, and serves them.
func (e *executions) give(ctx context.Context, ran *gpu.Result, result poc.Result, dir string) error {
	if ran.TraceRoot != result.Trace {
		return errors.New("its trace is another one here")
	}
	for _, o := range result.Outputs {
		if !filepath.IsLocal(o.Name) {
			return fmt.Errorf("its output %q is no file name", o.Name)
		}
		file, _, err := e.content.AddFile(ctx, filepath.Join(dir, o.Name), int64(o.Size), p2p.Withheld)
		if err != nil {
			return err
		}
		if file != o.File.Cid {
			return fmt.Errorf("its output %q is another one here", o.Name)
		}
		if err := e.content.Publish(ctx, file); err != nil {
			return err
		}
	}
	return nil
}
