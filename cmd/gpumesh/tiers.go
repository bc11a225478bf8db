package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"gpumesh/gpu"
	"gpumesh/gpu/wgsl"
	"gpumesh/gpu/worker"
	"gpumesh/node/jobfile"
)

// tiersCommand shows the tier of each program of a job, why it is no better, and what the reproducible form costs here.
func (a *app) tiersCommand() *cobra.Command {
	var def jobFlags
	var device string
	cmd := &cobra.Command{
		Use: "tiers JOB.yaml", Short: "Show by what a job's results can be compared, and what that costs on this machine", Args: exactly("JOB.yaml"),
		Long: `Checks the job file and tells for each program whether its results are equal on all devices as it is written (exact), in the
form that computes floats alike everywhere (reproducible), or only on devices of one class (fast), and whether they are products
of matrices, which can be checked in place of computed again (proof). Programs with floats are
run on this machine's device in both forms, on made-up inputs, and the times are compared.`,
		Example: "  gpumesh tiers testnet/jobs/render.yaml",
		RunE: func(cmd *cobra.Command, args []string) error {
			opts, err := def.options()
			if err != nil {
				return err
			}
			opts.Tier, opts.Whole = jobfile.Fast, true // stages are of one tier, or of a better one
			job, err := jobfile.Load(args[0], opts)
			if err != nil {
				return err
			}
			return a.tiers(cmd.Context(), job, device)
		},
	}
	def.flags(cmd.Flags())
	cmd.Flags().StringVar(&device, "device", "auto", "auto, webgpu, eval, or webgpu:NAME for an adapter")
	_ = cmd.Flags().MarkHidden("tier") // it shows all of them
	return cmd
}

// tiered is what a program's tiers are.
type tiered struct {
	Program      string           `json:"program"`
	Written      wgsl.Tier        `json:"asWritten"`
	Reasons      []gpu.TierReason `json:"reasons,omitempty"`
	Refused      string           `json:"refused,omitempty"` // why there is no reproducible form
	Reproducible bool             `json:"reproducible"`
	Fast         time.Duration    `json:"fastNs,omitempty"`
	Form         time.Duration    `json:"reproducibleNs,omitempty"`
	Cost         float64          `json:"cost,omitempty"` // Form / Fast
	Product      string           `json:"product,omitempty"`
	Check        float64          `json:"check,omitempty"` // of the product's result, as a part of the work
}

func (a *app) tiers(ctx context.Context, job *jobfile.Job, device string) error {
	pool, info, err := openDevice(ctx, device)
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }() // it has answered
	var list []tiered
	for _, p := range job.Programs {
		t, err := a.tier(ctx, pool, p)
		if err != nil {
			return fmt.Errorf("program %s: %w", p.Name, err)
		}
		list = append(list, t)
	}
	if done, err := a.emit(map[string]any{"device": info.Name, "programs": list}); done {
		return err
	}
	for _, t := range list {
		if t.Product != "" {
			a.printf("%s  proof: %s; one computes it, and a check takes each of the others about %.0f %% of the work\n", t.Program, t.Product, 100*t.Check)
		}
		switch {
		case t.Written == wgsl.Exact:
			a.printf("%s  exact: equal on all devices as it is written\n", t.Program)
			continue
		case t.Refused != "":
			a.printf("%s  fast only: %s\n", t.Program, t.Refused)
		default:
			a.printf("%s  reproducible: %.2f times the time of fast on %s (%v and %v)\n", t.Program, t.Cost, info.Name,
				t.Form.Round(10*time.Microsecond), t.Fast.Round(10*time.Microsecond))
		}
		for i, r := range t.Reasons {
			if i == 3 {
				a.printf("    ... and %d more\n", len(t.Reasons)-i)
				break
			}
			a.printf("    module %s, line %d: %s\n", r.Module, r.Line, r.Message)
		}
	}
	return nil
}

func (a *app) tier(ctx context.Context, pool *worker.Pool, p jobfile.Program) (tiered, error) {
	t := tiered{Program: p.Name, Written: p.Report.AsWritten}
	if p.Product != nil {
		t.Product, t.Check = p.Product.String(), p.CheckShare()
	}
	if t.Written == wgsl.Exact {
		t.Reproducible = true
		return t, nil
	}
	for _, r := range p.Report.Reasons {
		if !r.Note {
			t.Reasons = append(t.Reasons, r)
		}
	}
	program, err := gpu.DecodeProgram(p.Block)
	if err != nil {
		return t, err
	}
	form, err := jobfile.NewProgram(p.Name, program, jobfile.Reproducible)
	if err != nil {
		t.Refused = err.Error()
		if bad, ok := errors.AsType[*gpu.Error](err); ok {
			t.Refused = bad.Reason
		}
		return t, nil
	}
	t.Reproducible = true
	t.Fast, t.Form, err = compare(ctx, pool, p.Block, form.Block, p.Report.Inputs)
	t.Cost = float64(t.Form) / float64(max(t.Fast, 1))
	return t, err
}

// compare returns the best of some times of two programs, in turns, on the same made-up inputs. The first run of each, which
// compiles, does not count.
func compare(ctx context.Context, pool *worker.Pool, one, two []byte, inputs []gpu.InputSpec) (a, b time.Duration, err error) {
	dir, err := os.MkdirTemp("", "gpumesh-tiers-*")
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	q := worker.Request{Tenant: "self", Inputs: map[string]string{}, OutDir: filepath.Join(dir, "out")}
	for _, in := range inputs {
		if in.Size > 1<<30 {
			return 0, 0, fmt.Errorf("the input %q of %d bytes is too large to make up", in.Name, in.Size)
		}
		q.Inputs[in.Name] = filepath.Join(dir, in.Name)
		if err := os.WriteFile(q.Inputs[in.Name], madeUp(in), 0o600); err != nil {
			return 0, 0, err
		}
	}
	best := [2]time.Duration{math.MaxInt64, math.MaxInt64}
	for turn := range 4 {
		for i, block := range [][]byte{one, two} {
			if err := errors.Join(os.RemoveAll(q.OutDir), os.Mkdir(q.OutDir, 0o700)); err != nil {
				return 0, 0, err
			}
			q.Program = block
			res, err := pool.Run(ctx, q)
			if err != nil {
				return 0, 0, err
			}
			if turn > 0 {
				best[i] = min(best[i], res.Timings.Run)
			}
		}
	}
	return best[0], best[1], nil
}

// madeUp is content for an input: floats between 0 and 1, integers below 16.
func madeUp(in gpu.InputSpec) []byte {
	b := make([]byte, 0, in.Size)
	for i := uint32(0); uint64(len(b)) < in.Size; i++ {
		v := i * 2654435761 >> 16 // Knuth's multiplicative hash
		if in.Type == gpu.F32 {
			v = math.Float32bits(float32(v) / (1 << 16))
		} else {
			v %= 16
		}
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	return b
}
