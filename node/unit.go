package node

import (
	"context"
	"errors"

	"github.com/ipfs/go-cid"

	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// What a unit of several tasks computed is one document, which links to the outputs of its tasks: published, pinned and
// fetched by its root it takes them along.

// storeUnit keeps the document of a unit that this node computed where nobody sees it. It is durable when storeUnit returns.
func (a *archive) storeUnit(ctx context.Context, b market.Block) error {
	return a.keepUnit(ctx, b.Unit, b.Data, p2p.Withheld)
}

func (a *archive) keepUnit(ctx context.Context, unit poc.TaskRef, document []byte, v p2p.Visibility) error {
	id, err := a.content.PutBlock(ctx, document, cid.DagCBOR, v)
	if err != nil {
		return err
	}
	return a.content.Pin(ctx, unitPin(unit), id)
}

// unpack gets the owner the documents of certified units, and hands them to the machine, which checks them.
func (a *archive) unpack(ctx context.Context, v market.View) error {
	var errs []error
	for _, u := range v.Units {
		if u.Result == nil || u.Unpacked {
			continue
		}
		unit := poc.TaskRef{Job: v.ID, Task: u.Index}
		errs = append(errs, a.unpackOne(ctx, unit, u))
	}
	return errors.Join(errs...)
}

func (a *archive) unpackOne(ctx context.Context, unit poc.TaskRef, u market.UnitView) error {
	ctx, cancel := context.WithTimeout(ctx, collectTimeout)
	defer cancel()
	document, err := a.content.GetBlock(ctx, u.Result.Outputs[0].File.AsBlock().Cid, poc.MaxDocument, hostIDs(u.Candidates, a.self)...)
	if err != nil {
		return err
	}
	if err := a.keepUnit(ctx, unit, document, p2p.Shared); err != nil {
		return err
	}
	if err := a.content.Provide(ctx, u.Result.Outputs[0].File.AsBlock().Cid); err != nil {
		return err
	}
	return a.loop.step(ctx, market.Unpacked{Unit: unit, Document: document})
}
