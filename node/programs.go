package node

import (
	"context"
	"fmt"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/peer"
	"golang.org/x/sync/singleflight"

	"gpumesh/gpu"
	"gpumesh/gpu/proof"
	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// cachedPrograms bounds the analyses remembered. The tasks of a job mostly share a program.
const cachedPrograms = 256

// programs fetches and analyses programs, each once. It is safe for concurrent use.
type programs struct {
	content *p2p.Content
	cache   *lru.Cache[cid.Cid, analysis]
	flight  singleflight.Group
}

// analysis is what static analysis says of a program; err is its refusal.
type analysis struct {
	report  *gpu.Report
	product *proof.Product // that it computes, if it is one
	err     error
}

func newPrograms(c *p2p.Content) (*programs, error) {
	cache, err := lru.New[cid.Cid, analysis](cachedPrograms)
	return &programs{content: c, cache: cache}, err
}

// analyse returns the report of a program. The error is a *gpu.Error for a bad program, else the program could not be had.
func (p *programs) analyse(ctx context.Context, link poc.Link, from ...peer.ID) (*gpu.Report, error) {
	a, err := p.look(ctx, link, from)
	if err != nil {
		return nil, err
	}
	return a.report, a.err
}

// product returns the product that a program computes, or nil if it is none. Errors are those of analyse.
func (p *programs) product(ctx context.Context, link poc.Link, from ...peer.ID) (*proof.Product, error) {
	a, err := p.look(ctx, link, from)
	if err != nil {
		return nil, err
	}
	return a.product, a.err
}

func (p *programs) look(ctx context.Context, link poc.Link, from []peer.ID) (analysis, error) {
	if a, ok := p.cache.Get(link.Cid); ok {
		return a, nil
	}
	block, err := p.content.GetBlock(ctx, link.Cid, gpu.MaxProgram, from...)
	if err != nil {
		return analysis{}, err
	}
	for {
		v, err, _ := p.flight.Do(link.KeyString(), func() (any, error) { return p.study(ctx, link, block) })
		if err == nil {
			return v.(analysis), nil
		}
		if ctx.Err() != nil { // else it was the context of another caller that ended
			return analysis{}, err
		}
	}
}

// study analyses the block of a program. The error is the context's.
func (p *programs) study(ctx context.Context, link poc.Link, block []byte) (analysis, error) {
	var a analysis
	prog, err := gpu.DecodeProgram(block)
	if err == nil {
		a.report, err = gpu.CheckContext(ctx, prog)
	}
	if ctx.Err() != nil {
		return a, ctx.Err()
	}
	if a.err = err; err == nil {
		if product, ok := proof.Find(prog); ok {
			a.product = &product
		}
	}
	p.cache.Add(link.Cid, a)
	return a, nil
}

// fits says in one sentence what a task and its program do not agree on; nil when they agree.
func fits(t market.Task, r *gpu.Report) error {
	sizes := make(map[string]uint64, len(t.Inputs))
	for _, in := range t.Inputs {
		for _, part := range in.Parts {
			sizes[in.Name] += part.Size // bounded by Spec.Validate
		}
	}
	for _, want := range r.Inputs {
		have, ok := sizes[want.Name]
		delete(sizes, want.Name)
		switch {
		case !ok && want.Optional:
		case !ok:
			return fmt.Errorf("input %q is missing: the program needs %d bytes of %s", want.Name, want.Size, want.Type)
		case have < want.Size:
			return fmt.Errorf("input %q has %d bytes; the program needs %d", want.Name, have, want.Size)
		case have > want.Size && want.Kind != gpu.Slice:
			return fmt.Errorf("input %q has %d bytes; the program takes exactly %d", want.Name, have, want.Size)
		}
	}
	for _, in := range t.Inputs {
		if _, unknown := sizes[in.Name]; unknown {
			return fmt.Errorf("input %q is not an input of the program", in.Name)
		}
	}
	if t.Held != nil {
		return fitsHeld(t, r)
	}
	if len(t.Outputs) != len(r.Results) {
		return fmt.Errorf("the task promises %d outputs and the program emits %d", len(t.Outputs), len(r.Results))
	}
	for i, o := range t.Outputs {
		if e := r.Results[i]; o.Name != e.Name || o.Size != e.Size {
			return fmt.Errorf("output %d is %q of %d bytes, and the program emits %q of %d", i, o.Name, o.Size, e.Name, e.Size)
		}
	}
	return nil
}
