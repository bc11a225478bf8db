package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"connectrpc.com/connect"
	"github.com/ipfs/go-cid"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/sync/errgroup"

	"gpumesh/market"
	"gpumesh/node"
	"gpumesh/node/api"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/jobfile"
	"gpumesh/poc"
)

// fetchParallel is how many outputs are fetched at once.
const fetchParallel = 8

func (a *app) runCommand() *cobra.Command {
	var def jobFlags
	var out, resume, priority, class string
	var minSpeed uint64
	var detach, dry bool
	var maxPrice, budget amountFlag
	cmd := a.conn.flags(&cobra.Command{
		Use: "run JOB.yaml", Short: "Run a job and fetch its results", Args: exactly("JOB.yaml"),
		Long: `Checks the job file and its inputs, stores them on the node, bids for workers, waits until the results are verified and the
workers are paid, and writes the outputs and receipt.json. Tier, policy, stages and price are told before the bid goes out, with --json in a line of
their own; --dry-run ends there. A task that is estimated to take over ten minutes on a device that half of the providers are as fast as is cut into stages, each certified and
paid by itself, so that a worker that leaves costs a stage; stages: 1 in the job file leaves it whole.`,
		Example: "  gpumesh run testnet/jobs/matmul-f32.yaml -i a=a.npy -i b=b.npy -o out",
		RunE: func(cmd *cobra.Command, args []string) error {
			opts, err := def.options()
			if err != nil {
				return err
			}
			first, err := market.ParsePriority(priority)
			if err != nil {
				return usagef("--%v", err)
			}
			job, err := jobfile.Load(args[0], opts)
			if err != nil {
				return err
			}
			if !detach && !dry {
				if err := writable(out); err != nil {
					return err // before anything is paid
				}
			}
			client, err := a.conn.client()
			if err != nil {
				return err
			}
			defer client.Close()
			if job.Library {
				if opts.Variant, err = variants(cmd.Context(), client); err != nil {
					return err
				}
			}
			if resume != "" {
				opts.Submitted, err = taskNames(cmd.Context(), client, resume)
			} else {
				err = pace(cmd.Context(), client, &opts, minSpeed, class)
			}
			if err != nil {
				return err
			}
			if job, err = jobfile.Load(args[0], opts); err != nil {
				return err
			}
			if maxPrice.Amount > 0 {
				job.PerReplica = maxPrice.Amount
			}
			if budget.Amount > 0 {
				job.Budget = budget.Amount
			}
			r := &jobRun{app: a, client: client, job: job, priority: first, minSpeed: minSpeed, class: class, dry: dry}
			if resume != "" {
				err = r.resume(cmd.Context(), resume)
			} else {
				err = r.submit(cmd.Context())
			}
			if err != nil || dry {
				return err
			}
			if detach {
				if done, err := a.emit(map[string]string{"job": r.id}); done {
					return err
				}
				a.printf("watch it with: gpumesh jobs watch %s\n", r.id)
				return nil
			}
			if err := r.wait(cmd.Context()); err != nil {
				return err
			}
			return r.finish(cmd.Context(), out)
		},
	})
	f := cmd.Flags()
	def.flags(f)
	f.StringVarP(&out, "output", "o", ".", "directory for the outputs and receipt.json")
	f.Var(&maxPrice, "max-price", "most to pay for one replica of one task, also where several tasks make a unit (default: from the market)")
	f.Var(&budget, "budget", "most to pay for the whole job (default: what it can cost)")
	f.StringVar(&priority, "priority", "normal", "normal, high or urgent: pays 1, 2 or 4 times the ask for as many times the share where work waits")
	f.Uint64Var(&minSpeed, "min-speed", 0, "least i32 operations per second that a worker's device must have")
	f.StringVar(&class, "class", "", "device class that every worker must have, as gpumesh market ls --json tells it")
	f.BoolVar(&detach, "detach", false, "return once the job is submitted")
	f.BoolVar(&dry, "dry-run", false, "tell what is compared by what, and the price, and send no bid")
	f.StringVar(&resume, "resume", "", "wait for this job, which was submitted before with the same file and values, and fetch its results")
	cmd.MarkFlagsMutuallyExclusive("detach", "resume", "dry-run")
	return cmd
}

// jobFlags are what a command line says about a job file.
type jobFlags struct {
	inputs, set []string
	tier        string
}

func (d *jobFlags) flags(f *pflag.FlagSet) {
	f.StringArrayVarP(&d.inputs, "input", "i", nil, "file of an input, as NAME=FILE")
	f.StringArrayVar(&d.set, "set", nil, "value for a name of the let section, as NAME=NUMBER")
	f.StringVar(&d.tier, "tier", "", jobfile.Tiers+", instead of the file's")
}

func (d *jobFlags) options() (jobfile.Options, error) {
	opts := jobfile.Options{Inputs: map[string]string{}, Set: map[string]int64{}, Tier: jobfile.Tier(d.tier)}
	for _, i := range d.inputs {
		name, path, ok := strings.Cut(i, "=")
		if !ok || name == "" || path == "" {
			return opts, usagef("-i %s: an input is given as NAME=FILE", i)
		}
		opts.Inputs[name] = path
	}
	for _, s := range d.set {
		name, text, _ := strings.Cut(s, "=")
		v, err := strconv.ParseInt(text, 0, 64)
		if err != nil {
			return opts, usagef("--set %s: a value is given as NAME=NUMBER", s)
		}
		opts.Set[name] = v
	}
	return opts, nil
}

// writable makes the output directory and a file in it.
func writable(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("the output directory: %w", err)
	}
	f, err := os.CreateTemp(dir, ".gpumesh-*")
	if err != nil {
		return fmt.Errorf("the output directory: %w", err)
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// jobRun is one job from its file to its outputs.
type jobRun struct {
	*app
	client *api.Client
	job    *jobfile.Job
	id     string

	priority market.Priority
	minSpeed uint64 // of every worker, in i32 operations per second
	class    string // of every worker's device; empty: any
	dry      bool   // only tell what it would cost

	maxPrice market.Amount // bound per replica of a unit, once it is estimated
}

// submit stores what the job is made of, prices it, and submits it.
func (r *jobRun) submit(ctx context.Context) error {
	if err := r.pickClass(ctx); err != nil {
		return err
	}
	estimate, err := r.estimate(ctx)
	if err != nil {
		return err
	}
	if err := r.show(estimate); err != nil || r.dry { // before anything is paid
		return err
	}
	files, err := r.store(ctx)
	if err != nil {
		return err
	}
	spec, err := r.job.Spec(files, r.maxPrice, r.job.Budget, time.Now())
	if err != nil {
		return err
	}
	spec.Priority, spec.MinSpeed, spec.Class = r.priority, r.minSpeed, r.class
	answer, err := r.client.Submit(ctx, connect.NewRequest(&nodepb.SubmitRequest{Spec: api.SpecPB(spec)}))
	if err != nil {
		return r.client.Explain(err)
	}
	r.id = answer.Msg.Job
	r.printf("job %s (%s): %d tasks\n", r.id, r.job.Name, r.job.Tasks())
	return nil
}

// resume takes over a job that was submitted before, if it is the one that the file describes.
func (r *jobRun) resume(ctx context.Context, prefix string) error {
	id, err := resolve(ctx, r.client, prefix)
	if err != nil {
		return err
	}
	j, err := r.app.job(ctx, r.client, id)
	if err != nil {
		return err
	}
	if j.Name != r.job.Name || len(j.Tasks) != r.job.Tasks() {
		return fmt.Errorf("job %s is %q with %d tasks, and the file describes %q with %d; give the file and the --set that it was submitted with",
			short(id), j.Name, len(j.Tasks), r.job.Name, r.job.Tasks())
	}
	r.id = id
	return nil
}

// estimate asks the market, and fills in the prices that the job does not state.
func (r *jobRun) estimate(ctx context.Context) (*nodepb.EstimateResponse, error) {
	status, err := r.client.Status(ctx, connect.NewRequest(&nodepb.StatusRequest{}))
	if err != nil {
		return nil, r.client.Explain(err)
	}
	units := uint32(r.job.Units(status.Msg.Limits.MaxBatch))
	w, p := r.job.Work(), r.job.Policy
	q := &nodepb.EstimateRequest{
		Operations: w.Operations, Traffic: w.Traffic, Memory: w.Memory, Tasks: uint32(r.job.Tasks()), Replicas: p.Replicas, MaxReplicas: p.MaxReplicas,
		Candidates: uint32(p.Panel()), Batch: r.job.Batch,
		Priority: uint32(r.priority), Audits: r.job.Audits(), Class: r.class, MinSpeed: r.minSpeed,
	}
	bound, _ := r.job.Unbounded()
	q.Seconds = uint32(math.Ceil(bound.Seconds()))
	if p.Priced() { // elsewhere the number of replicas does not follow from records
		q.MaxError = p.MaxError
	}
	answer, err := r.client.Estimate(ctx, connect.NewRequest(q))
	if err != nil {
		return nil, r.client.Explain(err)
	}
	e := answer.Msg
	stated, ok := r.job.UnitPrice()
	switch {
	case !ok:
		return nil, fmt.Errorf("%v per replica of a task is more than there are tokens for a unit of %d tasks; lower perReplica", r.job.PerReplica, r.job.Batch)
	case stated == 0 && e.MaxPrice == 0:
		return nil, fmt.Errorf("the job cannot be priced: %s; state perReplica in the job file's price, or try again later", e.Problem)
	}
	r.maxPrice = cmp.Or(stated, market.Amount(e.MaxPrice))
	if r.job.Budget == 0 {
		cost, ok := market.MaxCost(market.Terms{Tasks: units, Replicas: max(p.MaxReplicas, p.Quorum), MaxPrice: r.maxPrice}, status.Msg.FeeBps)
		if !ok {
			return nil, errors.New("the job can cost more than there are tokens; lower perReplica or the number of tasks")
		}
		r.job.Budget = cost
	}
	if e.Problem != "" {
		r.printf("note: %s; the job waits for more\n", e.Problem)
	}
	return e, nil
}

// store puts the programs and inputs on the node and returns the inputs' links by name.
func (r *jobRun) store(ctx context.Context) (map[string]poc.Link, error) {
	for _, p := range r.job.Programs {
		if _, err := r.client.PutBlock(ctx, connect.NewRequest(&nodepb.PutBlockRequest{Data: p.Block})); err != nil {
			return nil, r.client.Explain(err)
		}
	}
	links := map[string]poc.Link{}
	for _, f := range r.job.Files {
		in, err := f.Open()
		if err != nil {
			return nil, err
		}
		text, size, err := r.client.Add(ctx, in, false)
		if cerr := in.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			return nil, fmt.Errorf("storing %s: %w", f.Path, err)
		}
		id, err := cid.Decode(text)
		if err != nil || uint64(size) != f.Size {
			return nil, fmt.Errorf("the node stored %d of the %d bytes of %s", size, f.Size, f.Path)
		}
		links[f.Input] = poc.Link{Cid: id}
	}
	return links, nil
}

// wait shows the job's progress until it is over.
func (r *jobRun) wait(ctx context.Context) error {
	job, err := r.watch(ctx, r.client, r.id)
	if err != nil {
		fmt.Fprintf(r.err, "for its results repeat this command with --resume %s\n", short(r.id))
		return err
	}
	return r.failure(job)
}

// failure is why the job has no result, nil when it has.
func failure(job *nodepb.Job) error {
	if job.State == "done" && job.Failure == nil {
		return nil
	}
	reason := "it is " + job.State
	if job.Failure != nil {
		reason = job.Failure.Reason
	}
	for _, t := range job.Tasks {
		if t.Failure != nil {
			reason += fmt.Sprintf("; task %d (%s): %s", t.Index, t.Name, t.Failure.Reason)
			break
		}
	}
	var declines []string
	for _, d := range job.Declines {
		if text := fmt.Sprintf("%s (%s)", d.Reason, d.Code); !slices.Contains(declines, text) && len(declines) < 3 {
			declines = append(declines, text)
		}
	}
	if len(declines) > 0 {
		reason += "; providers declined: " + strings.Join(declines, ", ")
	}
	return fmt.Errorf("job %s failed: %s; see gpumesh jobs explain %s", short(job.Id), reason, job.Id)
}

func short(id string) string { return id[:min(8, len(id))] }

// finish writes the outputs and the receipt and prints who was paid.
func (r *jobRun) finish(ctx context.Context, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("the output directory: %w", err)
	}
	text, receipt, err := r.client.Receipt(ctx, r.id)
	if err != nil {
		return err
	}
	paths, err := r.fetch(ctx, dir, receipt)
	if err != nil {
		return err
	}
	receiptPath := filepath.Join(dir, "receipt.json")
	if _, err := save(receiptPath, strings.NewReader(string(text))); err != nil {
		return err
	}
	if done, err := r.emit(map[string]any{"job": r.id, "outputs": paths, "receiptFile": receiptPath, "receipt": receipt}); done {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(paths)) {
		r.printf("result   %s\n", paths[name])
	}
	r.printf("receipt  %s\n", receiptPath)
	r.printReceipt(receipt)
	return nil
}

// fetch writes the outputs. What a task emitted is checked against its certified size; its hash is checked by whoever serves it.
func (r *jobRun) fetch(ctx context.Context, dir string, receipt *node.Receipt) (map[string]string, error) {
	paths := map[string]string{}
	for _, o := range r.job.Outputs {
		parts := make([]string, len(o.Parts))
		for i, p := range o.Parts {
			if int(p.Task) >= len(receipt.Tasks) {
				return nil, fmt.Errorf("the receipt holds no task %d", p.Task)
			}
			for _, f := range receipt.Tasks[p.Task].Result {
				if f.Name == p.Output {
					parts[i] = f.CID
				}
			}
			if parts[i] == "" {
				return nil, fmt.Errorf("task %d has no certified output %q", p.Task, p.Output)
			}
		}
		data := r.concat(ctx, parts)
		path, err := o.Write(dir, data)
		_ = data.Close() // the writer has ended, or its error is err
		if err != nil {
			return nil, err
		}
		paths[o.Name] = path
	}
	return paths, nil
}

// concat reads files one after the other while the next ones are being fetched.
func (r *jobRun) concat(ctx context.Context, cids []string) io.ReadCloser {
	ctx, cancel := context.WithCancel(ctx)
	pr, pw := io.Pipe()
	next := make([]chan io.ReadCloser, len(cids))
	var g errgroup.Group
	g.SetLimit(fetchParallel)
	fail := func(err error) error { cancel(); pw.CloseWithError(err); return err }
	for i := range next {
		next[i] = make(chan io.ReadCloser, 1)
	}
	go func() {
		for i, id := range cids {
			g.Go(func() error {
				defer close(next[i])
				body, _, err := r.client.Cat(ctx, id)
				if err != nil {
					return fail(fmt.Errorf("fetching %s: %w", id, err))
				}
				next[i] <- body
				return nil
			})
		}
	}()
	go func() {
		defer cancel()
		for i := range next {
			body, ok := <-next[i]
			if !ok {
				return // fail has closed the pipe
			}
			_, err := io.Copy(pw, body)
			_ = body.Close() // read to its end, or err says why not
			if err != nil {
				_ = fail(err)
				return
			}
		}
		pw.Close()
	}()
	return pr
}
