package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gpumesh/gpu"
	"gpumesh/gpu/report"
	"gpumesh/gpu/worker"
	"gpumesh/node"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/jobfile"
	"gpumesh/testnet"
)

func (a *app) benchCommand() *cobra.Command {
	var device string
	cmd := a.benchDeviceCommand()
	var count, nodes int
	var dir string
	marketBench := &cobra.Command{
		Use: "market", Short: "Measure the time from submitting a trivial job to its certificate, on a fresh testnet", Args: exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if count < 1 || count > 1000 {
				return usagef("--jobs is %d; it must be 1 to 1000", count)
			}
			if nodes < 4 || nodes > testnet.MaxNodes {
				return usagef("--nodes is %d; it must be 4 (an owner and three workers) to %d", nodes, testnet.MaxNodes)
			}
			return a.benchMarket(cmd.Context(), dir, nodes, count, device)
		},
	}
	f := marketBench.Flags()
	f.IntVar(&count, "jobs", 11, "number of jobs, one after the other")
	f.IntVar(&nodes, "nodes", 5, "number of nodes")
	f.StringVar(&dir, "dir", "", "directory of the testnet (default: a temporary one, deleted afterwards)")
	f.StringVar(&device, "device", "auto", "auto, webgpu, eval, or webgpu:NAME for an adapter")
	cmd.AddCommand(marketBench, a.benchTargetsCommand(), a.benchKernelsCommand())
	return cmd
}

// benchTargetsCommand measures kernels, runtime and worker against what they are built on.
func (a *app) benchTargetsCommand() *cobra.Command {
	return &cobra.Command{
		Use: "gpu", Short: "Measure kernels, runtime and worker process against their targets, in some minutes", Args: exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			binary, err := self()
			if err != nil {
				return err
			}
			r, err := report.Run(cmd.Context(), report.Options{
				Worker: append(binary, workerCommand),
				Note:   func(part string) { fmt.Fprintln(a.err, "measuring", part) },
			})
			if err != nil {
				return err
			}
			if done, err := a.emit(r); done {
				return err
			}
			_, err = r.WriteTo(a.out)
			return err
		},
	}
}

// openDevice starts a worker with a device, for programs of this machine's owner.
func openDevice(ctx context.Context, device string) (*worker.Pool, gpu.Info, error) {
	return openConfined(ctx, device, node.SandboxAny)
}

// openConfined starts a worker with a device and a sandbox.
func openConfined(ctx context.Context, device string, level node.Sandbox) (*worker.Pool, gpu.Info, error) {
	binary, err := self()
	if err != nil {
		return nil, gpu.Info{}, err
	}
	switch {
	case device == "auto", device == "webgpu", device == "eval", strings.HasPrefix(device, worker.AdapterPrefix):
	default:
		return nil, gpu.Info{}, usagef("--device is %q; it must be auto, webgpu, eval, or webgpu:NAME", device)
	}
	pool, err := worker.New(confine(worker.Config{Command: append(binary, workerCommand), Device: device, DeviceMemory: anyMemory, Log: discard()}, level))
	if err != nil {
		return nil, gpu.Info{}, err
	}
	info, err := pool.Info(ctx)
	if err != nil {
		_ = pool.Close() // the first error counts
		return nil, info, fmt.Errorf("the device cannot be opened: %w", err)
	}
	return pool, info, nil
}

// trivialJob is as small as a job can be.
const trivialJob = `name: bench
programs:
  one:
    wgsl: |
      @group(0) @binding(0) var<storage, read_write> out: array<u32, 64>;
      @compute @workgroup_size(64)
      fn main(@builtin(local_invocation_index) i: u32) { out[i] = i; }
    buffers:
      out: {kind: output, type: u32, shape: [64]}
    step:
      - {dispatch: main, grid: [1]}
tasks:
  - {name: one, program: one}
deadline: 2m
`

// stage is the time that jobs spend between two milestones.
type stage struct {
	Name     string  `json:"name"`
	MedianMs float64 `json:"medianMs"`
	MaxMs    float64 `json:"maxMs"`
}

func (a *app) benchMarket(ctx context.Context, dir string, nodes, count int, device string) (err error) {
	if dir == "" {
		if dir, err = os.MkdirTemp("", "gpumesh-bench-*"); err != nil {
			return err
		}
		defer func() {
			if err == nil {
				err = os.RemoveAll(dir)
			}
		}()
	}
	path := filepath.Join(dir, "job.yaml")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(path, []byte(trivialJob), 0o600); err != nil {
		return err
	}
	binary, err := self()
	if err != nil {
		return err
	}
	t, err := testnet.Start(ctx, testnet.Options{Dir: dir, Nodes: nodes, Binary: binary, Device: device})
	if err != nil {
		return err
	}
	defer func() {
		if cerr := t.Close(); err == nil {
			err = cerr
		}
	}()
	if _, err := providers(ctx, t.Node(1), nodes-1); err != nil {
		return err
	}
	quiet := &app{streams: streams{a.in, discardWriter{}, discardWriter{}}}
	var all []*nodepb.Milestones
	for range count {
		job, err := jobfile.Load(path, jobfile.Options{})
		if err != nil {
			return err
		}
		client, err := t.Node(1).Client()
		if err != nil {
			return err
		}
		r := &jobRun{app: quiet, client: client, job: job}
		if err := r.submit(ctx); err != nil {
			return err
		}
		final, err := quiet.watch(ctx, client, r.id)
		client.Close()
		if err != nil {
			return err
		}
		if err := failure(final); err != nil {
			return err
		}
		all = append(all, final.Times)
	}
	stages := breakdown(all)
	if done, err := a.emit(map[string]any{"jobs": count, "nodes": nodes, "stages": stages}); done {
		return err
	}
	a.printf("%d trivial jobs on %d nodes, 3 replicas each, one after the other\n", count, nodes)
	tab := a.table("STAGE", "MEDIAN", "MAX")
	for _, s := range stages {
		tab.row(s.Name, fmt.Sprintf("%.0f ms", s.MedianMs), fmt.Sprintf("%.0f ms", s.MaxMs))
	}
	return tab.flush()
}

func breakdown(all []*nodepb.Milestones) []stage {
	spans := []struct {
		name     string
		from, to func(*nodepb.Milestones) int64
	}{
		{"escrow locked", (*nodepb.Milestones).GetSubmitted, (*nodepb.Milestones).GetLocked},
		{"offers collected", (*nodepb.Milestones).GetLocked, (*nodepb.Milestones).GetOffers},
		{"award anchored", (*nodepb.Milestones).GetOffers, (*nodepb.Milestones).GetAnchored},
		{"beacon known, workers drawn", (*nodepb.Milestones).GetAnchored, (*nodepb.Milestones).GetDrawn},
		{"computed and certified", (*nodepb.Milestones).GetDrawn, (*nodepb.Milestones).GetCertified},
		{"submit to certificate", (*nodepb.Milestones).GetSubmitted, (*nodepb.Milestones).GetCertified},
		{"workers paid", (*nodepb.Milestones).GetCertified, (*nodepb.Milestones).GetSettled},
	}
	var out []stage
	for _, s := range spans {
		var ms []float64
		for _, t := range all {
			ms = append(ms, float64(s.to(t)-s.from(t)))
		}
		slices.Sort(ms)
		out = append(out, stage{s.name, ms[len(ms)/2], ms[len(ms)-1]})
	}
	return out
}
