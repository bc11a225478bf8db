package node

import (
	"context"
	"fmt"
	"math/big"
	"math/bits"
	"slices"
	"time"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// Claims says when a claim is worth its gas. A claim that is not waits for more certificates of its job, or for cheaper gas,
// but not into the last half of the network's settleGrace before the escrow expires.
type Claims struct {
	Worth  uint32        `json:"worth" yaml:"worth"`   // a claim pays so many times its gas; 0: gas does not matter
	Native market.Amount `json:"native" yaml:"native"` // tokens that one whole unit of the chain's own currency is worth
}

func (c Claims) validate(bad func(string, ...any)) {
	if c.Worth > 1_000_000 {
		bad("claims.worth is %d, want 0 to 1000000", c.Worth)
	}
	if c.Worth > 0 && c.Native == 0 {
		bad("claims.worth is %d and claims.native is 0; gas can be compared with pay only if the chain's own currency has a price", c.Worth)
	}
}

// wholeUnit is how many of its smallest units make one of the chain's own currency.
var wholeUnit = new(big.Int).Exp(big.NewInt(10), big.NewInt(18), nil)

const claimLook = 10 * time.Second // at the chain, for what a claim costs

// topUpOf is the claim that pays an account what claims so far have left out: the certificates of settled tasks, of those this
// node holds, by which the account is due and not paid. It has a certificate per task, and says what the account gets.
func topUpOf(account poc.Account, seating market.Seating, certs []poc.Certificate, terms market.Terms, settled []poc.Hash, paid []uint64) (c market.Claim, own market.Amount) {
	self := slices.IndexFunc(seating.Seats, func(s market.Seat) bool { return s.Account == account })
	if self < 0 {
		return c, 0
	}
	c.Seating = seating
	seen := map[uint32]bool{}
	for _, cert := range certs {
		i := cert.Task
		if seen[i] || int(i) >= len(settled) || int(i) >= len(paid) || settled[i].IsZero() || paid[i]>>self&1 != 0 ||
			bits.OnesCount64(paid[i]) >= int(terms.Replicas) || !chain.SameDigest(settled[i], cert.Result.Digest()) ||
			!slices.Contains(cert.Payees(terms.Quorum), uint8(self)) || len(c.Certificates) == maxTopUp {
			continue
		}
		seen[i] = true
		c.Job = cert.Job
		c.Certificates = append(c.Certificates, cert)
		own += seating.Seats[self].Ask.Graded(cert.Late(terms.Quorum)>>self&1 != 0, cert.Share, terms.LateBps)
	}
	return c, own
}

// signersOf lists the accounts that signed certificates, each once.
func signersOf(certs []poc.Certificate) (accounts []poc.Account) {
	for _, c := range certs {
		for _, a := range c.Attestations {
			accounts = append(accounts, a.Account)
		}
	}
	slices.Sort(accounts)
	return slices.Compact(accounts)
}

// counting returns the certificates with those of their signatures that count on chain: of accounts that stand.
func counting(certs []poc.Certificate, standings []market.Standing, least market.Amount) []poc.Certificate {
	stands := map[poc.Account]bool{}
	for _, s := range standings {
		stands[s.Account] = s.Registered && s.Stake >= least
	}
	out := slices.Clone(certs)
	for i := range out {
		out[i].Attestations = slices.DeleteFunc(slices.Clone(out[i].Attestations), func(a poc.Attestation) bool { return !stands[a.Account] })
	}
	return out
}

// finesOf is the claim that takes back what late workers were paid too much: the certificates of settled tasks, of those this node
// holds, in which a quorum calls somebody late who was paid in full. It says what the owner gets if they have withdrawn nothing of that.
func finesOf(seating market.Seating, certs []poc.Certificate, terms market.Terms, settled []poc.Hash, paid, fined []uint64) (c market.Claim, back market.Amount) {
	if terms.LateBps == 0 {
		return c, 0
	}
	c.Seating = seating
	for _, cert := range certs {
		i := cert.Task
		if int(i) >= len(settled) || settled[i].IsZero() || !chain.SameDigest(settled[i], cert.Result.Digest()) || len(c.Certificates) == maxTopUp {
			continue
		}
		late := cert.Late(terms.Quorum) & paid[i] &^ fined[i]
		if late == 0 {
			continue
		}
		c.Job = cert.Job
		c.Certificates = append(c.Certificates, cert)
		for n, s := range seating.Seats {
			if late>>n&1 != 0 {
				back += s.Ask.Graded(false, cert.Share, terms.LateBps) - s.Ask.Graded(true, cert.Share, terms.LateBps)
			}
		}
	}
	return c, back
}

// maxTopUp bounds the certificates of one top-up; what is left is found when the chain is looked at again.
const maxTopUp = 32

// topUpKind is the first part of the key of a top-up, which no machine knows: a node makes them of what it sees on chain.
const topUpKind = "topup"

// thrift holds claims back until they are worth their gas.
type thrift struct {
	Claims
	settlement chain.Settlement
	grace      poc.Millis // the network's settleGrace
	now        func() poc.Time
}

// time is the chain's, as it is the chain that refuses claims after the expiry, and this machine's if the chain says none.
func (t *thrift) time(ctx context.Context) poc.Time {
	if clock, ok := t.settlement.(chain.Clock); ok {
		if now, err := clock.Time(ctx); err == nil {
			return now
		}
	}
	return t.now()
}

// worth reports whether so much pay is worth a claim. Where gas does not matter, or nobody knows what it costs, it is.
func (t *thrift) worth(ctx context.Context, claim market.Claim, pay market.Amount) bool {
	if t == nil || t.Worth == 0 {
		return true
	}
	pricer, ok := t.settlement.(chain.Pricer)
	if !ok {
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, claimLook)
	defer cancel()
	cost, err := pricer.ClaimCost(ctx, claim)
	return err != nil || t.least(cost).Cmp(new(big.Int).SetUint64(uint64(pay))) <= 0
}

// least is what a claim that costs so much has to pay.
func (t *thrift) least(cost *big.Int) *big.Int {
	least := new(big.Int).Mul(cost, new(big.Int).SetUint64(uint64(t.Native)))
	return least.Div(least.Mul(least, big.NewInt(int64(t.Worth))), wholeUnit)
}

// held says why an operation waits, and nothing if it does not. When the chain does not answer it does not wait: doing it
// will show what is wrong.
func (t *thrift) held(ctx context.Context, op market.Op) string {
	claim, ok := op.(market.Claim)
	if !ok || t == nil || t.Worth == 0 {
		return ""
	}
	pricer, ok := t.settlement.(chain.Pricer)
	if !ok {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, claimLook)
	defer cancel()
	escrow, err := t.settlement.Escrow(ctx, claim.Job)
	if err != nil || escrow.Terms.Expiry <= t.time(ctx).Add(t.grace/2) {
		return ""
	}
	cost, err := pricer.ClaimCost(ctx, claim)
	if err != nil {
		return ""
	}
	if pays := paysOf(claim, escrow.Terms); t.least(cost).Cmp(new(big.Int).SetUint64(uint64(pays))) > 0 {
		return fmt.Sprintf("the claim pays %v and has to pay %d times its gas of %v of the chain's smallest unit", pays, t.Worth, cost)
	}
	return ""
}

// paysOf is what a claim pays to all workers, if none of it is settled yet.
func paysOf(c market.Claim, t market.Terms) (sum market.Amount) {
	for _, cert := range c.Certificates {
		for _, seat := range cert.Payees(t.Quorum) {
			if int(seat) < len(c.Seating.Seats) {
				sum += c.Seating.Seats[seat].Ask.Graded(cert.Late(t.Quorum)>>seat&1 != 0, cert.Share, t.LateBps)
			}
		}
	}
	return sum
}
