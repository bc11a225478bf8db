package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"connectrpc.com/connect"
	"github.com/spf13/cobra"

	"gpumesh/gpu"
	"gpumesh/node"
	"gpumesh/node/api"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/jobfile"
	"gpumesh/poc"
	"gpumesh/testnet"
	"gpumesh/testnet/jobs"
)

const (
	demoNodes    = 5
	demoLiar     = 4
	demoTimeout  = 5 * time.Minute
	demoDeadline = 4 * time.Minute
	pollEvery    = 100 * time.Millisecond
)

func (a *app) demoCommand() *cobra.Command {
	var dir, device string
	var keep bool
	cmd := &cobra.Command{
		Use: "demo", Short: "Run the whole path once on this machine", Args: exactly(),
		Long: `Starts five nodes and a chain as processes on this machine, one of them told to lie, has the others draw a picture for one
of them, and shows what was computed, proven, paid and slashed. Then a picture is traced with floats, by devices that are as unlike
as this machine has them, and all of them must have the same bytes. Nothing is left running.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, cancel := context.WithTimeout(cmd.Context(), demoTimeout)
			defer cancel()
			err := a.demo(ctx, dir, device, keep)
			if errors.Is(err, context.DeadlineExceeded) {
				err = fmt.Errorf("the demo did not end within %v: %w", demoTimeout, err)
			}
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&dir, "dir", "", "directory to keep everything in (default: a temporary one)")
	f.StringVar(&device, "device", "", "of all nodes: auto, webgpu, eval, lavapipe or swiftshader (default: unlike ones, the reference evaluator among them)")
	f.BoolVar(&keep, "keep", false, "leave the testnet running until it is interrupted")
	return cmd
}

func (a *app) demo(ctx context.Context, dir, device string, keep bool) (err error) {
	begin := time.Now()
	if dir == "" {
		if dir, err = os.MkdirTemp("", "gpumesh-demo-*"); err != nil {
			return err
		}
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return err
	}
	jobDir, out := filepath.Join(dir, "job"), filepath.Join(dir, "out")
	if err := jobs.Extract(jobDir); err != nil {
		return err
	}
	binary, err := self()
	if err != nil {
		return err
	}
	devices, err := demoDevices(device)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.err, "starting a dev chain and %d nodes in %s; node %d is told to lie\n", demoNodes, dir, demoLiar)
	t, err := testnet.Start(ctx, testnet.Options{
		Dir: dir, Nodes: demoNodes, Binary: binary, Device: device, Devices: devices, Faults: map[int]string{demoLiar: string(node.FaultLie)},
	})
	if err != nil {
		return err
	}
	defer func() {
		if cerr := t.Close(); err == nil {
			err = cerr
		}
	}()
	client, err := t.Node(1).Client()
	if err != nil {
		return err
	}
	defer client.Close()
	ads, err := providers(ctx, t.Node(1), demoNodes-1)
	if err != nil {
		return err
	}
	job, err := a.demoJob(jobDir, ads)
	if err != nil {
		return err
	}
	r := &jobRun{app: a, client: client, job: job}
	if err := r.submit(ctx); err != nil {
		return err
	}
	if err := r.wait(ctx); err != nil {
		return err
	}
	if err := r.awaitSlash(ctx, t.Node(demoLiar).Endpoint.Peer); err != nil {
		return err
	}
	if err := r.finish(ctx, out); err != nil {
		return err
	}
	if err := a.demoFloats(ctx, client, ads, jobDir, out); err != nil {
		return err
	}
	if err := r.checkBooks(ctx, t); err != nil {
		return err
	}
	fmt.Fprintf(a.err, "done in %.0f s\n", time.Since(begin).Seconds())
	if keep {
		fmt.Fprintf(a.err, "the testnet is up; try: gpumesh jobs ls --dir %s; interrupt to stop it\n", dir)
		<-ctx.Done()
		if errors.Is(ctx.Err(), context.Canceled) {
			return nil
		}
	}
	return nil
}

// demoDevices are what the nodes have that do not have device: one computes with the reference evaluator, and one with another
// driver than the rest if it is here.
func demoDevices(device string) (map[int]string, error) {
	if device != "" {
		return nil, testnet.CheckDevice(device)
	}
	devices := map[int]string{demoNodes: "eval"}
	if testnet.CheckDevice("swiftshader") == nil {
		devices[demoNodes-2] = "swiftshader"
	}
	return devices, nil
}

// demoJob loads the render, at a size that fits what computes it.
func (a *app) demoJob(jobDir string, ads []*nodepb.Ad) (*jobfile.Job, error) {
	opts := jobfile.Options{Set: map[string]int64{}}
	if !slices.ContainsFunc(ads, func(ad *nodepb.Ad) bool { return ad.AdapterType != string(gpu.Reference) }) {
		opts.Set["WIDTH"], opts.Set["HEIGHT"] = 320, 192
		fmt.Fprintf(a.err, "there is no Vulkan driver here, so the reference evaluator computes, slowly, a small picture; faster: %s\n", installDriver)
	}
	job, err := jobfile.Load(filepath.Join(jobDir, "render.yaml"), opts)
	if err != nil {
		return nil, err
	}
	job.Deadline = demoDeadline
	return job, nil
}

// demoFloats has a small picture traced by all who have not lied. Each of them must have the same bytes.
func (a *app) demoFloats(ctx context.Context, client *api.Client, ads []*nodepb.Ad, jobDir, out string) error {
	job, err := jobfile.Load(filepath.Join(jobDir, "path-trace.yaml"), jobfile.Options{
		Set: map[string]int64{"WIDTH": 96, "HEIGHT": 64, "SAMPLES": 2, "BANDS": 1},
	})
	if err != nil {
		return err
	}
	const honest = demoNodes - 2 // the owner does not work for itself
	job.Policy = poc.Policy{Replicas: honest, Quorum: honest, MaxReplicas: honest + 1}
	job.Deadline = demoDeadline
	r := &jobRun{app: a, client: client, job: job}
	if err := r.submit(ctx); err != nil {
		return err
	}
	if err := r.wait(ctx); err != nil {
		return err
	}
	if err := r.finish(ctx, filepath.Join(out, "floats")); err != nil {
		return err
	}
	_, receipt, err := client.Receipt(ctx, r.id)
	if err != nil {
		return err
	}
	r.printDevices(receipt, ads)
	return nil
}

// installDriver is what makes a machine without a Vulkan driver fast, on Debian.
const installDriver = "apt-get install mesa-vulkan-drivers"

// providers waits until so many other providers advertise, as a node sees it.
func providers(ctx context.Context, n *testnet.Node, want int) ([]*nodepb.Ad, error) {
	client, err := n.Client()
	if err != nil {
		return nil, err
	}
	defer client.Close()
	tick := time.NewTicker(pollEvery) // only before the job; nothing on its path polls
	defer tick.Stop()
	for {
		answer, err := client.Market(ctx, connect.NewRequest(&nodepb.MarketRequest{}))
		if err != nil {
			return nil, client.Explain(err)
		}
		others := slices.DeleteFunc(answer.Msg.Ads, func(ad *nodepb.Ad) bool { return ad.Peer == n.Endpoint.Peer })
		if len(others) >= want {
			return others, nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil, fmt.Errorf("only %d of %d other nodes advertise: %w", len(others), want, ctx.Err())
		}
	}
}

// awaitSlash waits until the liar is convicted, if its lie was drawn. Others submit the evidence after the job is paid.
func (r *jobRun) awaitSlash(ctx context.Context, liar string) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		_, receipt, err := r.client.Receipt(ctx, r.id)
		if err != nil {
			return err
		}
		for _, s := range receipt.Slashed {
			if s.Peer.String() == liar {
				return nil
			}
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return errors.New("the lying node was not slashed")
		}
	}
}

// checkBooks compares the sums over everything on chain, to the base unit.
func (r *jobRun) checkBooks(ctx context.Context, t *testnet.Testnet) error {
	chain, err := t.Settlement(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = chain.Close() }() // read only
	s, err := chain.Totals(ctx)
	if err != nil {
		return err
	}
	if s.Locked != s.Held+s.Paid+s.Fees+s.Refunded {
		return fmt.Errorf("the books do not balance: %s locked, but %s held, %s paid, %s fees, %s refunded", s.Locked, s.Held, s.Paid, s.Fees, s.Refunded)
	}
	r.printf("books    %s locked = %s held + %s paid + %s fees + %s refunded; %s slashed\n", s.Locked, s.Held, s.Paid, s.Fees, s.Refunded, s.Slashed)
	return nil
}
