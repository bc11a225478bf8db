package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"gpumesh/market"
	"gpumesh/node"
	"gpumesh/node/chain/evm"
	"gpumesh/poc"
)

// atLeast is exactly, with more of the last one.
func atLeast(names ...string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		return exactly(names...)(c, args[:min(len(args), len(names))])
	}
}

// knownJob is what a receipt says of its job's pay.
func (w *wallet) knownJob(c *evm.Client, file string) (evm.KnownJob, error) {
	r, err := readReceipt(file)
	if err != nil {
		return evm.KnownJob{}, err
	}
	if r.Network.Chain != c.Chain() {
		return evm.KnownJob{}, fmt.Errorf("%s is of a network on %s, and the account is on %s", file, r.Network.Chain, c.Chain())
	}
	return jobOf(file, r)
}

func jobOf(file string, r *node.Receipt) (evm.KnownJob, error) {
	panel, err := market.OpenAward(r.Network.ID(), r.Job, r.Award.Block)
	if err != nil {
		return evm.KnownJob{}, fmt.Errorf("%s: %w", file, err)
	}
	var spec market.Spec
	if err := poc.Decode(r.Spec.Block, &spec); err != nil {
		return evm.KnownJob{}, fmt.Errorf("%s: %w", file, err)
	}
	k := evm.KnownJob{ID: r.Job, Seating: panel.Seating(r.Network, spec)}
	for _, p := range r.Proofs() {
		cert, err := poc.DecodeCertificate(p.Certificate.Block)
		if err != nil {
			return evm.KnownJob{}, fmt.Errorf("%s: %s: %w", file, p.Name, err)
		}
		k.Certificates = append(k.Certificates, *cert)
	}
	return k, nil
}

func (w *wallet) knownJobs(c *evm.Client, files []string) ([]evm.KnownJob, error) {
	var out []evm.KnownJob
	for _, file := range files {
		k, err := w.knownJob(c, file)
		if err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	return out, nil
}

// settle posts a batch of the jobs of receipts.
func (w *wallet) settle(ctx context.Context, c *evm.Client, where string, args []string) error {
	jobs, err := w.knownJobs(c, args[1:])
	if err != nil {
		return err
	}
	b, err := c.PlanBatch(ctx, jobs)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(args[0], os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(b.Encode())
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	id, err := c.PostBatch(ctx, b, where)
	if err != nil {
		return err
	}
	p, err := c.Batch(ctx, id)
	if err != nil {
		return err
	}
	if done, err := w.emit(map[string]any{"batch": id, "rewards": b.Len(), "pay": p.Pay, "until": p.Until}); done {
		return err
	}
	w.printf("batch %d: %d rewards, %s\nlook after it: gpumesh wallet batch %d %s RECEIPT...\n", id, b.Len(), p.Pay, id, args[0])
	return nil
}

// batch does what a batch needs from this account.
func (w *wallet) batch(ctx context.Context, c *evm.Client, args []string) error {
	id, err := strconv.ParseUint(args[0], 10, 64)
	if err != nil {
		return usagef("%q is not the number of a batch", args[0])
	}
	raw, err := os.ReadFile(args[1])
	if err != nil {
		return err
	}
	if _, err := evm.ParseBatch(raw); err != nil {
		return fmt.Errorf("%s: %w", args[1], err)
	}
	jobs, err := w.knownJobs(c, args[2:])
	if err != nil {
		return err
	}
	p, err := c.Batch(ctx, id)
	if err != nil {
		return err
	}
	if p.State == evm.BatchUnknown {
		return fmt.Errorf("there is no batch %d", id)
	}
	did, _, err := c.TendBatch(ctx, id, raw, jobs)
	if err != nil {
		return err
	}
	if p, err = c.Batch(ctx, id); err != nil {
		return err
	}
	if done, err := w.emit(map[string]any{"batch": id, "state": p.State.String(), "did": append([]string{}, did...), "until": p.Until, "doubts": p.Doubts}); done {
		return err
	}
	w.printf("batch %d is %s", id, p.State)
	if len(did) > 0 {
		w.printf("; %s", strings.Join(did, ", "))
	}
	w.printf("\n")
	return nil
}
