package node

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"gpumesh/gpu/freivalds"
	"gpumesh/gpu/proof"
	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// provable says why results of a program cannot be checked as a job wants it; nil when they can. A job that calls products of floats
// integers would cost honest workers their stake, and one whose programs are no products their pay.
func (p *programs) provable(ctx context.Context, program poc.Link, c poc.Comparator) error {
	if c.Tier != poc.Proof {
		return nil
	}
	product, err := p.product(ctx, program) // it is here: it was analysed
	switch {
	case err != nil:
		return err
	case product == nil:
		return errors.New("results are to be checked, and its program is no product of matrices of the kernel library")
	case product.Rounded() && !c.Rounded:
		return errors.New("it is a product of floats, whose right results differ in their last bits, and the job would have them convicted for that")
	}
	return nil
}

// check looks whether another's result is the product of the inputs, and does not wait. The machine bounds how many there are.
func (c *comparisons) check(q market.Prove) {
	if c.ctx.Err() != nil {
		return
	}
	c.tasks.Go(func() {
		d, err := c.prover(c.ctx, q)
		if c.ctx.Err() != nil {
			return // asked again after the restart
		}
		done := poc.Proved{Digest: q.Digest, Difference: d}
		if err != nil {
			done.Difference, done.Missing = poc.Difference(fmt.Sprintf("it could not be checked: %v", err)), true
		}
		c.log.Debug("Result checked", "task", q.Run.Ref, "digest", q.Digest.Short(), "difference", done.Difference)
		_ = c.loop.post(c.ctx, input{event: market.Proved{Ref: q.Run.Ref, Proved: done}}) // fails only when the node stops
	})
}

// prover says how a result is not the product that it should be; an error says nothing of it.
type prover func(ctx context.Context, q market.Prove) (poc.Difference, error)

// prove fetches a result and the inputs and checks the one against the others. An error says nothing of the result.
func (c *comparisons) prove(ctx context.Context, q market.Prove) (d poc.Difference, err error) {
	ctx, cancel := context.WithTimeout(ctx, 2*gatherTimeout)
	defer cancel()
	product, err := c.programs.product(ctx, q.Run.Program)
	if err != nil {
		return "", err
	}
	if product == nil {
		return "", errors.New("the program is no product") // refused before the offer
	}
	if len(q.Result.Outputs) != 1 || len(q.Run.Outputs) != 1 || q.Result.Outputs[0].Name != q.Run.Outputs[0].Name || q.Result.Outputs[0].Size != q.Run.Outputs[0].Size {
		return "its outputs have other names or sizes", nil
	}
	dir, err := os.MkdirTemp(c.runs.scratch, "check-"+q.Run.Ref.Job.Short()+"-")
	if err != nil {
		return "", err
	}
	defer func() { // a directory that stays is removed at the next start
		if rmErr := os.RemoveAll(dir); rmErr != nil {
			c.log.Warn("Scratch directory not removed", "dir", dir, "err", rmErr)
		}
	}()
	files, err := c.bring(ctx, q, dir)
	defer func() {
		for _, f := range files {
			_ = f.Close() // read only
		}
	}()
	if err != nil {
		return "", err
	}
	if err := c.checking.Acquire(ctx, 1); err != nil {
		return "", err
	}
	defer c.checking.Release(1)
	if d, err = checkProduct(ctx, *product, q.Seed, files, q.Result); d != "" || err != nil {
		return d, err
	}
	return "", c.keep(ctx, q.Run.Ref, q.Result)
}

// checkProduct says how a result is not the product of the inputs. An error says nothing of it. All that is in a result must follow from the
// inputs: an honest worker's would be another one otherwise, and convict it.
func checkProduct(ctx context.Context, p proof.Product, seed poc.Hash, files map[string]*os.File, r poc.Result) (poc.Difference, error) {
	err := p.Check(ctx, seed, files[proof.Left], files[proof.Right], files[proof.Output])
	if m, ok := errors.AsType[*freivalds.Mismatch](err); ok {
		return poc.Difference(m.Error()), nil
	}
	if err != nil {
		return "", err
	}
	c := files[proof.Output]
	root, err := p.Trace(c)
	if err != nil {
		return "", err
	}
	link, err := p2p.FileCID(io.NewSectionReader(c, 0, int64(r.Outputs[0].Size)))
	switch {
	case err != nil:
		return "", err
	case poc.Hash(root) != r.Trace:
		return "its trace is not that of its output", nil
	case link != r.Outputs[0].File.Cid:
		return "its link is not the one that these bytes have", nil
	}
	return "", nil
}

// bring makes files of the inputs and of the result, which is here afterwards.
func (c *comparisons) bring(ctx context.Context, q market.Prove, dir string) (files map[string]*os.File, err error) {
	files = map[string]*os.File{}
	open := func(name, path string) error {
		f, err := os.Open(path)
		if err == nil {
			files[name] = f
		}
		return err
	}
	if err := c.result(ctx, q, filepath.Join(dir, proof.Output)); err != nil {
		return files, err
	}
	if err := open(proof.Output, filepath.Join(dir, proof.Output)); err != nil {
		return files, err
	}
	ctx, cancel := context.WithTimeout(ctx, gatherTimeout)
	defer cancel()
	from := c.runs.sources(ctx, q.Run, nil)
	for _, in := range q.Run.Inputs {
		if in.Name != proof.Left && in.Name != proof.Right {
			return files, fmt.Errorf("the task has an input %q", in.Name)
		}
		path := filepath.Join(dir, in.Name)
		if err := c.runs.export(ctx, in, path, from); err != nil {
			return files, fmt.Errorf("input %q: %w", in.Name, err)
		}
		if err := open(in.Name, path); err != nil {
			return files, err
		}
	}
	if files[proof.Left] == nil || files[proof.Right] == nil {
		return files, errors.New("the task lacks an input")
	}
	return files, nil
}

// result fetches the output in chunks that its link proves, before the time is up, and writes it to a file.
func (c *comparisons) result(ctx context.Context, q market.Prove, path string) error {
	ctx, cancel := context.WithTimeout(ctx, millis(poc.Millis(q.By-c.now())))
	defer cancel()
	if len(q.From) > 0 {
		release, err := c.turn(ctx, q.From[0])
		if err != nil {
			return err
		}
		defer release()
	}
	o := q.Result.Outputs[0]
	return c.runs.export(ctx, market.RunInput{Name: o.Name, Files: []poc.Link{o.File}, Size: o.Size}, path, hostIDs(q.From, c.self))
}
