package evm_test

import (
	"context"
	"errors"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/chaintest"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/devchain"
	"gpumesh/poc"
)

// towards is which of the model's steps may bring about an outcome that is rare.
func towards(outcome string) int {
	switch {
	case strings.HasPrefix(outcome, "batch"), outcome == "verified":
		return 88
	case outcome == "drawn":
		return 22
	case strings.HasPrefix(outcome, "fined"):
		return 40
	case strings.HasPrefix(outcome, "appealed"), strings.HasPrefix(outcome, "case"), strings.HasPrefix(outcome, "conviction"), outcome == "judged":
		return 98
	}
	return 83 // of the pool
}

// TestAgainstModel does the same random operations on the contracts and on the in-memory ledger, and compares every answer
// and every balance.
func TestAgainstModel(t *testing.T) {
	ctx := testContext(t)
	cfg := dev.DeployConfig()
	cfg.Rewards.Most, cfg.TopUp = 100, 250_000 // far from what passes between two steps, on either side, as the other delays
	contracts, err := evm.Deploy(ctx, endpoint, dev.FaucetKey(), cfg)
	require.NoError(t, err)
	const wealth = 100 * tokens // no wallet is ever short: for an operation that is refused then, a client has withdrawn what it earned, and the ledger has not
	require.NoError(t, evm.Fund(ctx, endpoint, dev.FaucetKey(), contracts, accounts(), wealth, big.NewInt(1e18)))
	balances := map[poc.Account]market.Amount{}
	names := accounts()
	for _, a := range names {
		balances[a] = wealth
	}
	jurors := arbitersOf(t, contracts, 6)
	for a := range jurors {
		balances[a] = tokens
	}
	model := chain.NewFake(chain.FakeConfig{
		Court:  chain.CourtTerms{Window: cfg.Arbiters.Window, Deposit: cfg.Arbiters.Deposit, Quorum: 4},
		FeeBps: uint32(cfg.FeeBps), MinStake: cfg.MinStake, TopUp: cfg.TopUp, Epoch: cfg.Epoch, SlashBps: uint32(cfg.SlashBps), RewardBps: uint32(cfg.RewardBps), Pool: chain.PoolTerms{Delay: cfg.Rewards.Delay, Most: 100},
		Treasury: evm.AccountOf(devchain.Treasury), Balances: balances, Now: func() poc.Time { return poc.Time(dev.Now().UnixMilli()) },
	})
	var real, fake []chain.Settlement
	for i, a := range names {
		real, fake = append(real, open(t, endpoint, contracts, i)), append(fake, model.As(a))
	}

	const seed = 20260101
	rng := rand.New(rand.NewPCG(seed, 0))
	const jobs = 4
	terms := make([]market.Terms, jobs) // of the newest attempts to lock
	fresh := func(k int) {
		tm := market.Terms{
			Tasks: 1 + rng.Uint32N(3), Quorum: 1 + rng.Uint32N(2), Replicas: 1 + rng.Uint32N(4), MaxPrice: market.Amount(rng.IntN(1000)),
			Expiry: poc.Time(dev.Now().UnixMilli()).Add(3_600_000),
		}
		tm.Verified = rng.IntN(5) == 0
		if rng.IntN(3) == 0 { // such jobs are in no batch
			tm.LateBps = 1 + rng.Uint32N(market.FeeBase)
		}
		tm.Budget, _ = market.MaxCost(tm, uint32(cfg.FeeBps))
		tm.Budget += market.Amount(rng.IntN(6)) - 1 // also one too little
		terms[k] = tm
	}
	job := func(round, k int) poc.Hash { return poc.Hash{byte(k + 1), 5: byte(round), 31: 7} }
	round := make([]int, jobs)
	unkept := map[poc.Hash]uint64{}          // the blocks that draw
	seatings := make([]market.Seating, jobs) // of the jobs of the newest terms
	seat := func(k int) {
		s := market.Seating{Candidates: 5}
		for i := 1; i < 6; i++ {
			s.Seats = append(s.Seats, market.Seat{Account: names[i], Ask: terms[k].MaxPrice / market.Amount(i), Weight: 1 + rng.Uint32N(5)})
		}
		if rng.IntN(2) == 0 { // candidates are drawn
			s.Candidates = 2 + rng.Uint32N(3)
			for range rng.IntN(2) * int(terms[k].Tasks) {
				d := market.Draw(rng.Uint32N(terms[k].Tasks))
				if rng.IntN(3) == 0 {
					d = market.Pinned | market.Draw(rng.IntN(5))
				}
				s.Draws = append(s.Draws, d)
			}
		}
		seatings[k] = s
	}
	for k := range jobs {
		fresh(k)
		seat(k)
	}
	signed := func(s []chain.Settlement, i int, st poc.Statement) []byte {
		sig, err := s[i].Sign(st)
		require.NoError(t, err)
		return sig
	}

	batches := &modelBatches{t: t, rng: rng, model: model, contracts: contracts, batch: cfg.Batch, real: real[0].(*evm.Client), verifier: verifier(t, contracts)}

	pool := &modelPool{t: t, rng: rng, raw: newRaw(t), model: model, at: contracts.Marketplace, real: real, fake: fake}

	court := &modelCourt{t: t, rng: rng, model: model, jurors: jurors, real: real, fake: fake, raw: pool.raw, market: contracts.Marketplace, at: evm.AccountOf(contracts.Arbiters)}
	court.join()

	// What was paid stays paid: by job, the seats of each task, and the sum.
	paidSeats, paidSum := map[poc.Hash][]uint64{}, map[poc.Hash]market.Amount{}
	outcomes := map[string]int{}
	now, cancel := context.WithCancel(ctx) // for what does not wait
	cancel()
	wanted := []string{"batch posted", "batch refused", "batch final", "batch void", "verified", "fined", "fined of its stake", "pool funded", "claimed", "claimed refused", "claim paid", "claim dropped", "claim ended refused", "convicted", "drawn", "appealed", "appealed refused", "case drawn", "judged", "case lapsed", "conviction ended", "conviction ended refused"}
	lacks := func(name string) bool { return outcomes[name] == 0 }
	for n := 0; n < 1_000 || n < 5_000 && slices.ContainsFunc(wanted, lacks); n++ { // what happens depends on the clock, too
		k, who := rng.IntN(jobs), rng.IntN(chaintest.Accounts)
		id := job(round[k], k)
		if at := unkept[id]; at != 0 && dev.Height() > at+128 { // the chain forgets what draws its candidates, and the ledger does not
			delete(unkept, id)
			for _, s := range []chain.Settlement{fake[who], real[who]} {
				_, err := s.Submit(ctx, market.KeepBeacon{Job: id, Seating: seatings[k]})
				require.NoError(t, err, "seed %d, step %d", seed, n)
			}
		}
		// op makes the operation, signed by the accounts of one of the two ledgers.
		var op func(s []chain.Settlement) market.Op
		var name string
		var anchored func()
		p := rng.IntN(110)
		if i := slices.IndexFunc(wanted, lacks); n >= 1_000 && i >= 0 && n%2 == 0 {
			p = towards(wanted[i])
		}
		switch {
		case p < 12:
			name = "register"
			o := market.Register{Peer: poc.PeerID{byte(rng.IntN(3))}, Stake: cfg.MinStake * market.Amount(rng.IntN(14)) / 4}
			op = func([]chain.Settlement) market.Op { return o }
		case p < 22:
			name = "lock"
			if _, err := fake[0].Escrow(ctx, id); err != nil {
				fresh(k)
				seat(k)
			}
			o := market.LockEscrow{Job: id, Terms: terms[k]}
			who /= 4 // two owners
			op = func([]chain.Settlement) market.Op { return o }
		case p < 37:
			name = "anchor"
			o := market.AnchorAward{Job: id, Award: poc.Hash{1, byte(rng.IntN(10) / 9)}, Seating: seatings[k]}
			if rng.IntN(8) == 0 { // one that is none
				o.Seating.Seats, o.Seating.Draws = slices.Clone(o.Seating.Seats), slices.Clone(o.Seating.Draws)
				switch d := o.Seating.Draws; rng.IntN(5) {
				case 0:
					o.Seating.Seats[rng.IntN(5)].Weight = 0
				case 1:
					o.Seating.Candidates = []uint32{0, 65}[rng.IntN(2)]
				case 2:
					o.Seating.Draws = append(d, 0)
				case 3:
					o.Seating.Draws = append(d, market.Pinned|5)[:max(len(d), 1)]
				default:
					o.Seating.Draws = make([]market.Draw, terms[k].Tasks)
					o.Seating.Draws[0] = market.Draw(terms[k].Tasks)
				}
			}
			who /= 4 // two owners
			op = func([]chain.Settlement) market.Op { return o }
			anchored = func() {
				b, err := real[0].Beacon(ctx, id, o.Award, o.Seating)
				require.NoError(t, err)
				model.SetRandom(id, b.Random)
				if seatings[k] = o.Seating; o.Seating.Drawn() {
					outcomes["drawn"]++
					unkept[id] = b.Height
				}
			}
		case p < 40:
			name = "keep"
			o := market.KeepBeacon{Job: id, Seating: seatings[k]}
			op = func([]chain.Settlement) market.Op { return o }
		case p < 70:
			name = "claim"
			type one struct {
				task    uint32
				res     poc.Result
				signers []int
				agreed  []uint64 // by signer
				late    []uint64 // by signer
				lies    int
				share   uint16
			}
			var certs []one
			for range 1 + rng.IntN(3) {
				c := one{task: rng.Uint32N(terms[k].Tasks + rng.Uint32N(9)/8), res: result(byte(rng.IntN(8) / 7)), signers: rng.Perm(chaintest.Accounts)[:1+rng.IntN(6)], lies: rng.IntN(9)}
				timed, late := rng.IntN(3) > 0 && terms[k].LateBps > 0 || rng.IntN(5) == 0, rng.Uint64N(32)
				if rng.IntN(4) == 0 {
					c.share = uint16(rng.UintN(poc.Shares))
				}
				common := rng.Uint64N(32)
				if b, err := fake[0].Beacon(now, id, poc.Hash{1}, seatings[k]); err == nil && c.task < terms[k].Tasks && rng.IntN(4) > 0 {
					common = seatings[k].Of(poc.TaskRef{Job: id, Task: c.task}, b.Random)
					c.signers = slices.DeleteFunc(c.signers, func(i int) bool { return i > 0 && common>>(i-1)&1 == 0 && rng.IntN(8) > 0 })
				}
				for _, i := range c.signers {
					agreed := common | 1<<max(i-1, 0) // account i has seat i-1
					switch rng.IntN(8) {
					case 0:
						agreed = rng.Uint64N(64) // perhaps not its own, or one that is none
					case 1:
						agreed |= 1 << rng.IntN(5)
					}
					c.agreed, c.late = append(c.agreed, agreed), append(c.late, 0)
					switch {
					case timed && rng.IntN(4) > 0: // most often signers saw the same
						c.late[len(c.late)-1] = late
					case timed:
						c.late[len(c.late)-1] = rng.Uint64N(64)
					}
				}
				certs = append(certs, c)
			}
			seating := seatings[k]
			op = func(s []chain.Settlement) market.Op {
				o := market.Claim{Job: id, Seating: seating}
				for _, c := range certs {
					cert := poc.Certificate{Version: 1, Job: id, Task: c.task, Result: c.res, Share: c.share}
					for x, i := range c.signers {
						a := poc.Attestation{Account: names[i], Agreed: c.agreed[x], Late: c.late[x]}
						st := cert.Statement(a)
						if x == c.lies {
							st.Digest = result(99).Digest()
						}
						a.Signature = signed(s, i, st)
						cert.Attestations = append(cert.Attestations, a)
					}
					o.Certificates = append(o.Certificates, cert)
				}
				return o
			}
		case p < 80:
			name = "slash"
			task, res, liar := rng.Uint32N(3), result(byte(rng.IntN(3))), rng.IntN(chaintest.Accounts)
			if rng.IntN(4) == 0 {
				two := poc.Twice{TaskRef: poc.TaskRef{Job: id, Task: task}, Account: names[liar], Kind: poc.StatementKind(1 + rng.IntN(2))}
				two.Said = [2]poc.Said{{Digest: res.Digest()}, {Digest: result(byte(rng.IntN(3))).Digest()}}
				if two.Kind == poc.Attested {
					two.Said[0].Agreed, two.Said[1].Agreed, two.Said[1].Late = 1+rng.Uint64N(8), 3, rng.Uint64N(4)
				}
				name = "slash twice"
				op = func(s []chain.Settlement) market.Op {
					for i := range two.Said {
						two.Said[i].Signature = signed(s, liar, two.Statement(i))
					}
					return market.SlashTwice{Twice: two}
				}
				break
			}
			op = func(s []chain.Settlement) market.Op {
				return market.Slash{Ref: poc.TaskRef{Job: id, Task: task}, Account: names[liar], Digest: res.Digest(), Signature: signed(s, liar, poc.Statement{Kind: poc.Revealed, Job: id, Task: task, Digest: res.Digest()})}
			}
		case p < 83:
			name = "refund"
			op = func([]chain.Settlement) market.Op { return market.Refund{Job: id} }
		case p < 88:
			name = pool.step()
		case p < 98:
			name = batches.step(names, func() (ids []poc.Hash, seats [][]market.Seat) {
				for k := range jobs {
					ids, seats = append(ids, job(round[k], k)), append(seats, seatings[k].Seats)
				}
				return ids, seats
			})
		case p < 108:
			name = court.step()
		default:
			name = "skip"
			require.NoError(t, dev.Skip(ctx, 10*time.Minute))
		}
		var fines market.Amount // of this step
		before, err := fake[0].Totals(ctx)
		require.NoError(t, err)
		if op != nil {
			want, wantErr := fake[who].Submit(ctx, op(fake))
			got, gotErr := real[who].Submit(ctx, op(real))
			for _, sentinel := range []error{chain.ErrRefused, chain.ErrTooEarly, chain.ErrFunds} {
				require.Equal(t, errors.Is(wantErr, sentinel), errors.Is(gotErr, sentinel),
					"seed %d, step %d, %s: model says %v, contracts say %v", seed, n, name, wantErr, gotErr)
			}
			require.Equal(t, wantErr == nil, gotErr == nil, "seed %d, step %d, %s: %v, %v", seed, n, name, wantErr, gotErr)
			require.Equal(t, want.Tx == "", got.Tx == "", "seed %d, step %d, %s", seed, n, name)
			require.Equal(t, []any{want.Pays, want.Fines, want.Amount, want.Tasks}, []any{got.Pays, got.Fines, got.Amount, got.Tasks}, "seed %d, step %d, %s", seed, n, name)
			for _, f := range got.Fines {
				fines += f.Amount
			}
			if anchored != nil && got.Tx != "" {
				anchored()
			}
			if len(got.Fines) > 0 {
				outcomes["fined"]++
			}
			if rng.IntN(2) == 0 { // what was paid is withdrawn: fines find none of it
				for _, p := range got.Pays {
					had, _, err := fake[0].Balance(ctx, p.Account)
					require.NoError(t, err)
					require.NoError(t, model.Transfer(p.Account, p.Account, had))
					if p.Amount > 0 {
						pool.raw.withdraw(slices.Index(names, p.Account), contracts.Marketplace)
					}
				}
			}
			switch {
			case gotErr != nil:
				name += " refused"
			case got.Tx == "":
				name += " again"
			}
		}
		outcomes[name]++

		want, err := fake[0].Totals(ctx)
		require.NoError(t, err)
		got, err := real[0].Totals(ctx)
		require.NoError(t, err)
		require.Equal(t, want, got, "seed %d, step %d, %s", seed, n, name)
		require.Equal(t, got.Locked, got.Held+got.Paid+got.Fees+got.Refunded)
		if strings.HasPrefix(name, "claim") && got.Slashed > before.Slashed {
			outcomes["fined of its stake"]++
		}
		sum := got.Held + got.Staked + pool.check() + court.check()
		for _, a := range append(names, evm.AccountOf(devchain.Treasury)) {
			want, _, err := fake[0].Balance(ctx, a)
			require.NoError(t, err)
			got, _, err := real[0].Balance(ctx, a)
			require.NoError(t, err)
			require.Equal(t, want, got, "seed %d, step %d, %s: balance of %s", seed, n, name, a)
			sum += got
		}
		inBatch, _, err := fake[0].Balance(ctx, inBatches)
		require.NoError(t, err)
		require.Equal(t, wealth*market.Amount(len(names))+court.stakes, sum+inBatch, "seed %d, step %d, %s: tokens are conserved", seed, n, name)
		if e, err := fake[0].Escrow(ctx, id); err == nil {
			got, err := real[0].Escrow(ctx, id)
			require.NoError(t, err)
			require.Equal(t, e, got)
			require.GreaterOrEqual(t, got.Paid+fines, paidSum[id], "seed %d, step %d, %s", seed, n, name)
			paid, fined, err := real[0].(chain.Payer).PaidSeats(ctx, id, e.Terms.Tasks)
			require.NoError(t, err)
			wantPaid, wantFined, err := fake[0].(chain.Payer).PaidSeats(ctx, id, e.Terms.Tasks)
			require.NoError(t, err)
			require.Equal(t, [][]uint64{wantPaid, wantFined}, [][]uint64{paid, fined}, "seed %d, step %d, %s", seed, n, name)
			for i, before := range paidSeats[id] {
				require.Zero(t, before&^paid[i], "seed %d, step %d, %s: a seat is not paid any more", seed, n, name)
			}
			paidSeats[id], paidSum[id] = paid, got.Paid
			if e.Closed && rng.IntN(2) == 0 {
				round[k]++
				fresh(k)
			}
		}
	}
	t.Log(outcomes)
	for _, name := range wanted {
		require.Positive(t, outcomes[name], name)
	}
	for i, a := range names {
		want, err := fake[i].Standing(ctx, a)
		require.NoError(t, err)
		got, err := real[i].Standing(ctx, a)
		require.NoError(t, err)
		require.Equal(t, []uint64{want.Completed, want.Record(), want.Faults}, []uint64{got.Completed, got.Record(), got.Faults}, "account %d", i)
	}
	for _, name := range []string{"register", "lock", "anchor", "claim", "slash", "slash twice", "refund", "keep"} {
		require.Positive(t, outcomes[name], name)
		require.Positive(t, outcomes[name+" refused"]+outcomes[name+" again"], name)
	}
}
