package node

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

const (
	// queryParallel bounds the questions to the chain that are under way; waiting for a beacon is none.
	queryParallel = 16
	// settleLook bounds one look at a job's settlement, retries included; the machine looks again by itself.
	settleLook = 30 * time.Second
)

// chainWatch asks the chain what the machine wants to know. Each question about a job is asked once at a time, is repeated
// while the chain does not answer, and ends with an event.
type chainWatch struct {
	settlement chain.Settlement
	network    market.Network
	loop       *loop
	log        *slog.Logger

	ctx   context.Context
	tasks sync.WaitGroup
	slots *semaphore.Weighted

	mu struct {
		sync.Mutex
		asking map[question]bool // true: ask once more afterwards
		closed bool
	}
}

// question is what is asked about a job.
type question struct {
	kind string
	job  poc.Hash
}

func newChainWatch(ctx context.Context, c chain.Settlement, l *loop, n market.Network, log *slog.Logger) *chainWatch {
	w := &chainWatch{settlement: c, loop: l, network: n, log: log, ctx: ctx, slots: semaphore.NewWeighted(queryParallel)}
	w.mu.asking = map[question]bool{}
	return w
}

// start runs ask unless the same question is being asked; then, if again, it is asked once more afterwards.
func (w *chainWatch) start(q question, again bool, ask func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.mu.closed {
		return
	}
	if _, ok := w.mu.asking[q]; ok {
		w.mu.asking[q] = again
		return
	}
	w.mu.asking[q] = false
	w.tasks.Go(func() {
		for {
			ask()
			w.mu.Lock()
			more := w.mu.asking[q] && w.ctx.Err() == nil
			w.mu.asking[q] = false
			if !more {
				delete(w.mu.asking, q)
			}
			w.mu.Unlock()
			if !more {
				return
			}
		}
	})
}

// wait returns when no question is open any more; the context must have ended.
func (w *chainWatch) wait() {
	w.mu.Lock()
	w.mu.closed = true
	w.mu.Unlock()
	w.tasks.Wait()
}

// tell hands an answer to the machine. It fails only when the node stops.
func (w *chainWatch) tell(ev market.Event) { _ = w.loop.post(w.ctx, input{event: ev}) }

func millis(m poc.Millis) time.Duration { return time.Duration(m) * time.Millisecond }

// query runs f with a slot, again and again while it fails with an error that final does not accept, until limit has passed.
func (w *chainWatch) query(limit time.Duration, final func(error) bool, f func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(w.ctx, limit)
	defer cancel()
	retry := backoff{min: 50 * time.Millisecond, max: 2 * time.Second}
	for {
		err := w.slots.Acquire(ctx, 1)
		if err == nil {
			err = f(ctx)
			w.slots.Release(1)
		}
		if err == nil || final(err) || !retry.wait(ctx, nil) {
			return err
		}
	}
}

func never(error) bool { return false }

// escrow answers CheckEscrow. A chain that does not show the escrow yet may be a block behind the owner's.
func (w *chainWatch) escrow(job poc.Hash) {
	w.start(question{"escrow", job}, true, func() {
		var e market.Escrow
		var own market.Standing
		err := w.query(millis(w.network.OfferWindow)/2, never, func(ctx context.Context) (err error) {
			if e, err = w.settlement.Escrow(ctx, job); err == nil {
				own, err = w.settlement.Standing(ctx, w.settlement.Account())
			}
			return err
		})
		switch {
		case err == nil:
			w.tell(market.EscrowSeen{Job: job, Escrow: &e, Own: own})
		case w.ctx.Err() != nil:
		case errors.Is(err, chain.ErrNoEscrow):
			w.tell(market.EscrowSeen{Job: job, Reason: "the chain shows no escrow for the job"})
		default:
			w.tell(market.EscrowSeen{Job: job, Reason: "this provider cannot see the chain now"})
			w.log.Warn("Escrow not seen", "job", job.Short(), "err", err)
		}
	})
}

// beacon answers WatchBeacon. Waiting for a block is what it is about, so it takes no slot.
func (w *chainWatch) beacon(b market.WatchBeacon) {
	w.start(question{"beacon", b.Award}, false, func() {
		ctx, cancel := context.WithTimeout(w.ctx, 2*millis(w.network.AwardTimeout))
		defer cancel()
		retry := backoff{min: 50 * time.Millisecond, max: 2 * time.Second}
		for {
			beacon, err := w.settlement.Beacon(ctx, b.Job, b.Award, b.Seating)
			switch {
			case err == nil:
				w.tell(market.BeaconSeen{Job: b.Job, Beacon: beacon})
				return
			case errors.Is(err, chain.ErrAwardMismatch) || errors.Is(err, chain.ErrRefused):
				w.tell(market.BeaconSeen{Job: b.Job, Beacon: market.Beacon{Award: b.Award}, Refused: err.Error()})
				return
			}
			if !retry.wait(ctx, nil) {
				if w.ctx.Err() == nil { // the machine's own deadline has passed too
					w.log.Warn("Beacon not seen", "job", b.Job.Short(), "err", err)
				}
				return
			}
		}
	})
}

// settlementOf answers CheckSettlement. A question that comes while one is open may be about something newer.
func (w *chainWatch) settlementOf(job poc.Hash, tasks uint32) {
	w.start(question{"settlement", job}, true, func() {
		seen := market.SettlementSeen{Job: job}
		noEscrow := func(err error) bool { return errors.Is(err, chain.ErrNoEscrow) }
		err := w.query(settleLook, noEscrow, func(ctx context.Context) (err error) {
			if seen.Escrow, err = w.settlement.Escrow(ctx, job); err != nil {
				return err
			}
			if seen.Settled, err = w.settlement.Settled(ctx, job, tasks); err != nil {
				return err
			}
			seen.History, err = w.settlement.History(ctx, job)
			return err
		})
		if err == nil {
			seen.Signers, err = w.signers(job)
		}
		if err == nil {
			if !slices.ContainsFunc(seen.Settled, func(h poc.Hash) bool { return !h.IsZero() }) { // nothing was claimed
				w.loop.node.ops.batches.find(w.ctx, job) // one that another posted is checked while it can be doubted
			}
			w.topUp(job, seen) // before the machine is told: it may forget the job then
			w.tell(seen)
		} else if w.ctx.Err() == nil {
			w.log.Warn("Settlement not seen", "job", job.Short(), "err", err)
		}
	})
}

// signers are the standings that the machine wants to know beside a job's settlement.
func (w *chainWatch) signers(job poc.Hash) (standings []market.Standing, err error) {
	var accounts []poc.Account
	if err := w.loop.ask(w.ctx, func(m *market.Machine) { accounts = m.Signers(job) }); err != nil {
		return nil, err
	}
	return w.standings(accounts)
}

func (w *chainWatch) standings(accounts []poc.Account) (standings []market.Standing, err error) {
	for _, a := range accounts {
		var s market.Standing
		if err := w.query(settleLook, never, func(ctx context.Context) (err error) {
			s, err = w.settlement.Standing(ctx, a)
			return err
		}); err != nil {
			return nil, err
		}
		standings = append(standings, s)
	}
	return standings, nil
}

// topUp claims what this node's account is due for settled tasks: as a worker what it was not paid, as the owner what late workers
// were paid too much, because whoever claimed knew or showed fewer signatures than this node knows. The chain takes it while the
// escrow is open; it is worth its gas if what the account gets is.
func (w *chainWatch) topUp(job poc.Hash, seen market.SettlementSeen) {
	payer, ok := w.settlement.(chain.Payer)
	if !ok || seen.Escrow.Closed || seen.Escrow.Settled == 0 {
		return
	}
	var seating market.Seating
	var certs []poc.Certificate
	mine := false
	err := w.loop.ask(w.ctx, func(m *market.Machine) {
		v, _ := m.View(job)
		mine, seating = v.Mine, v.Seating
		for _, t := range v.Tasks {
			if t.Certificate != nil {
				certs = append(certs, *t.Certificate)
			}
		}
	})
	account := w.settlement.Account()
	terms := seen.Escrow.Terms
	seated := slices.ContainsFunc(seating.Seats, func(s market.Seat) bool { return s.Account == account })
	if err != nil || !seated && (!mine || terms.LateBps == 0) {
		return
	}
	var paid, fined []uint64
	if err := w.query(settleLook, never, func(ctx context.Context) (err error) {
		paid, fined, err = payer.PaidSeats(ctx, job, uint32(len(seen.Settled)))
		return err
	}); err != nil {
		return // the machine asks again
	}
	ops := w.loop.node.ops
	due := func() (claim market.Claim, own market.Amount) {
		claim, own = topUpOf(account, seating, certs, terms, seen.Settled, paid)
		if mine && len(claim.Certificates) == 0 {
			claim, own = finesOf(seating, certs, terms, seen.Settled, paid, fined)
		}
		return claim, own
	}
	claim, _ := due()
	if len(claim.Certificates) == 0 {
		return
	}
	standings, err := w.standings(append(signersOf(claim.Certificates), account))
	if err != nil {
		return
	}
	certs = counting(claim.Certificates, standings, w.network.MinStake)
	claim, own := due()
	if len(claim.Certificates) == 0 || !ops.thrift.worth(w.ctx, claim, own) {
		return
	}
	if self := standings[len(standings)-1]; seated && (!self.Registered || self.Stake < w.network.MinStake) {
		return // nobody is paid who has not the stake
	}
	if err := ops.own(market.Submission{Key: topUpKey(claim), Op: claim}); err != nil {
		w.log.Error("Top-up cannot be stored", "job", job.Short(), "err", err)
	}
}

// topUpKey names a top-up by its first task: while it is under way, no other of that job begins with it.
func topUpKey(c market.Claim) market.OpKey {
	return market.OpKey(fmt.Sprintf("%s/%s/%d", topUpKind, c.Job, c.Certificates[0].Task))
}
