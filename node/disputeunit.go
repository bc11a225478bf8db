package node

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// What workers signed for a unit of several tasks is the root over the results of these, and a document that lists them. So a dispute
// about a unit begins with the documents, which both sides have signed by their hash: they show the first task that differs.

// documentTime is how long a side is asked for the document of its unit, as its task may end a little later than here.
const documentTime = 30 * time.Second

// sameAnswer is what some of the workers of a unit say alike.
type sameAnswer struct {
	reveal  poc.Reveal
	peers   []poc.PeerID
	results []poc.Result // of the unit's tasks; nil: nobody shows them
}

// member binds one of the results to what was signed; nil: it is what was signed.
func (a sameAnswer) member(task int) *poc.Member {
	if len(a.results) == 1 {
		return nil
	}
	m := poc.ProveMember(a.results, task)
	return &m
}

// firstDiffering is the first task of a unit about which two answers differ.
func firstDiffering(pair [2]sameAnswer) (task int, err error) {
	a, b := pair[0].results, pair[1].results
	if a == nil || b == nil {
		return 0, errors.New("a side does not show the results of the unit's tasks")
	}
	for i := range a {
		if a[i].Digest() != b[i].Digest() {
			return i, nil
		}
	}
	return 0, errors.New("the results of the unit's tasks do not differ")
}

// open brings together what the signed results of a unit say of its tasks.
func (d *disputes) open(ctx context.Context, unit poc.TaskRef, tasks int, answers []sameAnswer) {
	ctx, cancel := context.WithTimeout(ctx, documentTime)
	defer cancel()
	var g sync.WaitGroup
	for i := range answers {
		a := &answers[i]
		if tasks == 1 {
			a.results = []poc.Result{a.reveal.Result}
			continue
		}
		g.Go(func() {
			_, err := d.askAny(ctx, a.peers, disputeQuestion{Ref: unit, What: askUnit}, func(said disputeAnswer) (err error) {
				a.results, err = market.UnpackBatch(a.reveal.Result, said.Unit, tasks)
				return err
			})
			if err != nil {
				d.log.Info("The results of a unit's tasks are not shown", "unit", unit, "err", err)
			}
		})
	}
	g.Wait()
}

// document is what this node's own results of a unit are in.
func (d *disputes) document(ctx context.Context, unit poc.TaskRef) ([]byte, error) {
	content := d.node.host.Content()
	id, ok := content.Pins()[unitPin(unit)]
	if !ok {
		return nil, p2p.Unavailable("this node has no results of the unit")
	}
	return content.GetBlock(ctx, id, poc.MaxDocument)
}

// admits returns the unit that a question is about, if its job's members may ask it: the dispute is open, and the peer is one.
func (d *disputes) admits(ctx context.Context, from poc.PeerID, unit poc.TaskRef) error {
	member := from == d.node.self
	err := d.node.loop.ask(ctx, func(m *market.Machine) {
		s, _ := m.Spec(unit.Job)
		member = member || s.Owner == from
		for _, w := range m.Candidates(unit) {
			member = member || w.Peer == from
		}
		member = member && slices.Contains(m.Disputed(unit.Job), unit)
	})
	if err != nil || !member {
		return p2p.Unavailable("there is no dispute about the task, or it is not yours")
	}
	return nil
}

// evaluateUnit computes all tasks of a unit on the reference evaluator, whose bounds are for all of them together, and returns what an honest worker would sign; left out
// is what the one did of whom it is asked.
func (d *disputes) evaluateUnit(ctx context.Context, runs []market.Run, of poc.Result, from []poc.PeerID) (poc.Result, error) {
	var all uint64
	for _, r := range runs {
		n, err := d.judgeable(ctx, r, from)
		if err != nil {
			return poc.Result{}, err
		}
		if all += n; all > d.limit { // each is at most that
			return poc.Result{}, limited("the unit takes over %d operations, and the reference evaluator is asked for no more", d.limit)
		}
	}
	return unitResult(runs, of, func(r market.Run) (poc.Result, error) { return d.evaluate(ctx, r, from) })
}
