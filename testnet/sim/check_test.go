package sim

import (
	"context"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// crooked is a ledger that does something else with claims.
type crooked struct {
	chain.Settlement
	claim func(market.Claim) (market.Receipt, error)
}

func (c crooked) Submit(ctx context.Context, op market.Op) (market.Receipt, error) {
	if claim, ok := op.(market.Claim); ok {
		return c.claim(claim)
	}
	return c.Settlement.Submit(ctx, op)
}

// forgiving is a ledger that tells workers that all stand as ever.
type forgiving struct {
	chain.Settlement
	least market.Amount
}

func (f forgiving) Standing(ctx context.Context, a poc.Account) (market.Standing, error) {
	s, err := f.Settlement.Standing(ctx, a)
	s.Registered, s.Stake = true, max(s.Stake, f.least)
	return s, err
}

// claims makes the ledger do something after each claim.
func (w *world) claims(after func(market.Claim, *market.Receipt)) {
	w.lens = func(_ *node, s chain.Settlement) chain.Settlement {
		return crooked{s, func(c market.Claim) (market.Receipt, error) {
			r, err := s.Submit(context.Background(), c)
			if err == nil && r.Tx != "" {
				after(c, &r)
			}
			return r, err
		}}
	}
}

// thief is a ledger that does something more after what takes effect.
type thief struct {
	chain.Settlement
	after func(market.Op, market.Receipt)
}

func (f thief) Submit(ctx context.Context, op market.Op) (market.Receipt, error) {
	r, err := f.Settlement.Submit(ctx, op)
	if err == nil && r.Tx != "" {
		f.after(op, r)
	}
	return r, err
}

// steals makes the ledger move money where an operation is of a kind, and is no theft before that.
func (w *world) steals(when func(market.Op, market.Receipt) bool, from, to poc.Account, n market.Amount) {
	w.lens = func(_ *node, s chain.Settlement) chain.Settlement {
		return thief{s, func(op market.Op, r market.Receipt) {
			if when(op, r) {
				if err := w.ledger.Transfer(from, to, n); err != nil {
					w.violate("%v", err)
				}
			}
		}}
	}
}

func isSlash(op market.Op, _ market.Receipt) bool { _, ok := op.(market.Slash); return ok }

func isTwice(op market.Op, _ market.Receipt) bool { _, ok := op.(market.SlashTwice); return ok }

// closes reports whether an operation closes an escrow.
func closes(op market.Op, r market.Receipt) bool {
	switch op.(type) {
	case market.Claim, market.Refund:
		return r.Amount > 0
	}
	return false
}

// slow makes all machines anew, with other terms than the network's.
func (w *world) slow(terms func(*market.Network)) {
	for _, n := range w.nodes {
		terms(&n.cfg.Network)
		n.m = market.New(n.cfg)
		w.id = n.cfg.Network.ID()
	}
}

func priced(s *Scenario) { s.Policy = Policy{MaxError: 0.05, Dishonest: 0.2, Panel: 20} }

func liars(s *Scenario) { s.Strategies = map[string]float64{"liar": 20} }

func equivocators(s *Scenario) { s.Strategies = map[string]float64{"equivocator": 20} }

// trusting is a ledger that takes all seats of an award for candidates of each task.
type trusting struct{ chain.Settlement }

func trust(s market.Seating) market.Seating {
	s.Candidates, s.Draws = 64, nil
	return s
}

func (c trusting) Submit(ctx context.Context, op market.Op) (market.Receipt, error) {
	switch o := op.(type) {
	case market.AnchorAward:
		o.Seating = trust(o.Seating)
		op = o
	case market.Claim:
		o.Seating = trust(o.Seating)
		op = o
	}
	return c.Settlement.Submit(ctx, op)
}

func (c trusting) Beacon(ctx context.Context, job, award poc.Hash, s market.Seating) (market.Beacon, error) {
	return c.Settlement.Beacon(ctx, job, award, trust(s))
}

// strangersClaim has a quorum of seats that are no candidates of a job's first unit sign a wrong result, and claim it before anybody else.
func strangersClaim(w *world) (tried *int) {
	tried = new(int)
	forger := w.nodes[slices.IndexFunc(w.nodes, (*node).dishonest)]
	forger.act.drawn = nil
	w.at(epoch.Add(9_000), func() {
		for _, j := range w.order {
			if len(j.drawn) == 0 {
				continue
			}
			var strangers []poc.Worker
			for seat, s := range j.seating.Seats {
				if x := w.byAcc[s.Account]; !slices.ContainsFunc(j.drawn[0], func(d poc.Worker) bool { return d.Peer == x.peer }) {
					strangers = append(strangers, poc.Worker{Peer: x.peer, Account: s.Account, Seat: uint8(seat)})
				}
			}
			*tried++
			forger.claimNow(w.claimOf(j, 0, w.forged(j, 0), strangers, func(x poc.Worker) *node { return w.byPeer[x.Peer] }))
		}
	})
	return tried
}

func withStrangers(s *Scenario) {
	s.Policy.Standby, s.Strategies = 2, map[string]float64{"forger": 5}
}

// TestStrangersSettleNothing: whoever has a quorum of an award's seats, and not of a unit's candidates, settles nothing on chain.
func TestStrangersSettleNothing(t *testing.T) {
	s := small()
	withStrangers(&s)
	again(t, s)
	w, err := newWorld(s)
	require.NoError(t, err)
	tried := strangersClaim(w)
	require.NoError(t, w.run())
	require.NotZero(t, *tried)
	for _, j := range w.order {
		for i, u := range j.units {
			require.True(t, w.right(j, i, u.digest))
		}
	}
}

// TestViolationsAreSeen breaks each rule on purpose.
func TestViolationsAreSeen(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		setup func(*Scenario)
		world func(*world)
		says  string
	}{
		"funds appear": {world: func(w *world) { w.tally.funds++ }, says: "funds are not conserved"},
		"only the first is paid": {says: "and due was", world: func(w *world) {
			w.claims(func(_ market.Claim, r *market.Receipt) { r.Pays = r.Pays[:1] })
		}},
		"a receipt says what the ledger did not do": {says: "and should have", world: func(w *world) {
			w.claims(func(_ market.Claim, r *market.Receipt) {
				if err := w.ledger.Transfer(r.Pays[0].Account, treasury, 1); err != nil {
					w.violate("%v", err)
				}
			})
		}},
		"a closing takes a hundredth of NLOV from the owner": {says: "treasury has 0.01 NLOV, and should have 0 NLOV", world: func(w *world) {
			w.steals(closes, w.nodes[0].account, treasury, market.NLOV/100)
		}},
		"a closing takes a hundredth of NLOV from the owner, among many": {
			says:  "account-000000 has",
			setup: func(s *Scenario) { s.Nodes, s.Jobs.Owners = fewNodes+1, 1 },
			world: func(w *world) { w.steals(closes, w.nodes[0].account, treasury, market.NLOV/100) },
		},
		"a conviction takes from somebody else": {says: "treasury has 0.000000001 NLOV, and should have 0 NLOV", setup: liars, world: func(w *world) {
			w.steals(isSlash, w.nodes[3].account, treasury, 1)
		}},
		"a conviction of two results takes from somebody else": {says: "treasury has 0.000000001 NLOV, and should have 0 NLOV", setup: equivocators, world: func(w *world) {
			w.steals(isTwice, w.nodes[3].account, treasury, 1)
		}},
		"a slash is too small": {says: "and due was", setup: func(s *Scenario) {
			liars(s)
			s.deploy = func(c *chain.FakeConfig) { c.SlashBps = 1_000 }
		}},
		"a slash of two results is too small, and the reporter's part too large": {says: "and due was", setup: func(s *Scenario) {
			equivocators(s)
			s.deploy = func(c *chain.FakeConfig) { c.SlashBps, c.RewardBps = 1_000, 9_000 }
		}},
		"the reporter's part is too large": {says: "and should have", setup: func(s *Scenario) {
			liars(s)
			s.deploy = func(c *chain.FakeConfig) { c.RewardBps = 9_000 }
		}},
		"the reporter's part for two results is too large": {says: "and should have", setup: func(s *Scenario) {
			equivocators(s)
			s.deploy = func(c *chain.FakeConfig) { c.RewardBps = 9_000 }
		}},
		"a fee is too high": {says: "of fees", setup: func(s *Scenario) {
			s.Rewards.Fee = 0.01
			s.deploy = func(c *chain.FakeConfig) { c.FeeBps = 99 }
		}},
		"a right claim is refused": {says: "took no effect", world: func(w *world) {
			w.lens = func(_ *node, s chain.Settlement) chain.Settlement {
				return crooked{s, func(market.Claim) (market.Receipt, error) { return market.Receipt{}, chain.ErrRefused }}
			}
		}},
		"a unit is settled twice": {says: "settled the units", world: func(w *world) {
			w.claims(func(c market.Claim, r *market.Receipt) { r.Tasks = append(r.Tasks, c.Certificates[0].Task) })
		}},
		"seats that are not assigned sign": {says: "and due was map[]", setup: withStrangers, world: func(w *world) {
			w.lens = func(_ *node, s chain.Settlement) chain.Settlement { return trusting{s} }
			strangersClaim(w)
		}},
		"an honest node claims what is not proven": {says: "does not prove it", world: func(w *world) {
			w.at(epoch.Add(9_000), func() {
				for _, j := range w.order {
					if len(j.drawn) > 0 {
						w.nodes[5].claimNow(w.claimOf(j, 0, w.forged(j, 0), j.drawn[0], func(poc.Worker) *node { return w.nodes[5] }))
					}
				}
			})
		}},
		"an honest node is slashed": {says: "was slashed", world: func(w *world) {
			w.claims(func(c market.Claim, _ *market.Receipt) {
				n := w.byAcc[c.Certificates[0].Attestations[0].Account]
				w.after(1_000, func() {
					s := poc.Statement{Kind: poc.Revealed, Job: c.Job, Task: c.Certificates[0].Task, Digest: poc.Hash{1}}
					sig, err := w.view(n).Sign(s)
					if err == nil {
						_, err = w.settle(w.nodes[slices.IndexFunc(w.nodes, func(o *node) bool { return o != n && w.stands(o.account) })], market.Slash{Ref: c.Certificates[0].Ref(), Account: n.account, Digest: s.Digest, Signature: sig})
					}
					if err != nil {
						w.violate("%v", err)
					}
				})
			})
		}},
		"nobody appeals": {
			says:  "of its stake for good",
			setup: func(s *Scenario) { *s = equals("framer") },
			world: func(w *world) { w.mute = true },
		},
		"a wrong result without enough liars": {says: "of its candidates are dishonest", world: func(w *world) {
			w.claims(func(c market.Claim, _ *market.Receipt) {
				ref := c.Certificates[0].Ref()
				w.truth[ref] = resultOf(market.Run{Ref: ref}, "another truth")
			})
		}},
		"a machine forgets": {
			says:  "is not what it wrote",
			setup: func(s *Scenario) { s.Check.Restore = 1 },
			world: func(w *world) {
				w.at(epoch.Add(9_000), func() {
					for _, n := range w.nodes {
						maps.DeleteFunc(n.records, func(key string, _ []byte) bool { return key[:4] == "task" })
					}
				})
			},
		},
		"machines are not compared": {
			says:  "could not be compared",
			setup: func(s *Scenario) { s.Check.Restore = 0.2 },
			world: func(w *world) { w.at(epoch.Add(1), func() { w.tally.skipped = 1_000 }) },
		},
		"a machine forgets, and dies": {
			says:  "is not what it wrote",
			setup: func(s *Scenario) { s.Check.Restore, s.Check.Crash = 0, 0.05 },
			world: func(w *world) {
				w.at(epoch.Add(9_000), func() {
					for _, n := range w.nodes {
						maps.DeleteFunc(n.records, func(key string, _ []byte) bool { return key[:4] == "task" })
					}
				})
			},
		},
		"signers lose their stakes, and nobody makes up for them": {
			says:  "never settled",
			setup: func(s *Scenario) { *s = sinking() },
			world: func(w *world) {
				w.lens = func(n *node, s chain.Settlement) chain.Settlement {
					if n == w.nodes[0] { // through whom the run looks
						return s
					}
					return forgiving{s, w.net.MinStake}
				}
			},
		},
		"a job has no deadline": {says: "without a deadline", world: func(w *world) {
			w.deadline = func(*market.Machine, poc.Hash) poc.Time { return 0 }
		}},
		"a job has its own deadline only": {says: "waits for", world: func(w *world) {
			w.deadline = func(_ *market.Machine, job poc.Hash) poc.Time { return w.jobs[job].spec.Deadline }
		}},
		"nobody takes over from a silent sealer": {says: "waits for a seal of its rank", world: func(w *world) {
			w.slow(func(n *market.Network) { n.Poc.SealTimeout = 36_000_000 })
		}},
		"nobody ends the wait for reveals": {says: "waits for reveals", world: func(w *world) {
			w.slow(func(n *market.Network) { n.Poc.RevealTimeout = 36_000_000 })
		}},
		"nobody ends the wait for reveals where risk is priced": {says: "waits for reveals", setup: priced, world: func(w *world) {
			w.slow(func(n *market.Network) { n.Poc.RevealTimeout = 36_000_000 })
		}},
		"nobody attests while others may show more": {says: "waits for what others show", world: func(w *world) {
			w.slow(func(n *market.Network) { n.Poc.AttestGrace = 36_000_000 })
		}},
		"nobody ends the hold of who is silent": {says: "waits for a commitment", world: func(w *world) {
			w.slow(func(n *market.Network) { n.LeaseTTL = 1_200_000 })
		}},
		"a job does not end": {says: "and not over", setup: func(s *Scenario) { s.Duration = Duration(9e9) }},
		"another network takes messages": {
			says:  "another network takes",
			setup: func(s *Scenario) { s.Check.Replay = true },
			world: func(w *world) { w.other = w.id },
		},
	} {
		t.Run(name, func(t *testing.T) {
			const seeds = 8 // whether somebody is harmed depends on the draw
			var err error
			for seed := range uint64(seeds) {
				s := small()
				if x.setup != nil {
					x.setup(&s)
				}
				s.Seed += seed
				again(t, s)
				w, bad := newWorld(s)
				require.NoError(t, bad)
				if x.world != nil {
					x.world(w)
				}
				if err = w.run(); err != nil {
					break
				}
			}
			require.ErrorContains(t, err, x.says)
		})
	}
}

// sinking is a run in which two of two must agree, and a third of the workers have themselves convicted before what they signed can be claimed.
func sinking() Scenario {
	s := small()
	s.Seed, s.Jobs.Count, s.Jobs.Tasks, s.Jobs.Owners = 6, 1, 20, 1
	s.Policy = Policy{Replicas: 2, Quorum: 2, MaxReplicas: 6, Standby: 6, Panel: 20}
	s.Strategies = map[string]float64{"sinker": 33}
	return s
}

// TestSinkers: what they have signed is settled all the same, and who worked with them is paid.
func TestSinkers(t *testing.T) {
	for seed := range uint64(4) {
		s := sinking()
		s.Seed += seed
		s.Check.Restore = 0.01
		r := run(t, s)
		require.NotZero(t, r.Slashes)
		require.Equal(t, r.Tasks, r.Certified)
	}
}

// TestLeftOutIsSeen: at the end, somebody who was accepted and not paid, and a certified task that is not settled, are found.
func TestLeftOutIsSeen(t *testing.T) {
	w, err := newWorld(small())
	require.NoError(t, err)
	require.NoError(t, w.run())
	j := w.order[0]
	paid := j.unit(0).paid
	j.unit(0).paid &= paid - 1
	require.ErrorContains(t, w.finalChecks(), "is not paid")
	j.unit(0).paid, w.tally.broken = paid, nil
	require.NoError(t, w.finalChecks())
	delete(j.settled, 0)
	require.ErrorContains(t, w.finalChecks(), "never settled")
}
