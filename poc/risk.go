package poc

import (
	"crypto/sha256"
	"encoding/binary"
	"math/big"
	"math/bits"
)

// The price of risk. A policy with MaxError asks for as much redundancy as makes a wrong result less likely than that, given
// what is known of the workers that were drawn. All of it is integer arithmetic on data that everybody has: the policy, and
// the credits of the candidates, which come from the chain's standings at the beacon's height. See DESIGN.md for the formulas.

// Credit is the logarithm of the odds that a worker is right, in thousandths of a bit. Credits of workers that agree add up,
// those of workers that differ count against them.
type Credit uint32

const (
	Bit Credit = 1000

	// NewcomerCredit is that of a worker of which nothing is known: a third of them may be dishonest, so the odds are 2 to 1.
	NewcomerCredit = Bit

	// MaxCredit bounds what a record can be worth: no worker is trusted beyond an error in a million.
	MaxCredit = 20 * Bit

	// MaxErrorUnit is the denominator of Policy.MaxError.
	MaxErrorUnit = 1_000_000

	// MaxPaid is how many replicas of one task a chain pays at most.
	MaxPaid = 32

	// AuditRate is the least part, in parts of AuditUnit, of the results believed for records that a further replica confirms.
	AuditRate = 1
	AuditUnit = 10

	// auditYield is how many paid replicas stand for one passed audit by an honest auditor: one in ten is audited, and of the
	// auditors two in three are honest.
	auditYield = 15
)

// CreditOf is the credit of a worker that was paid for so many replicas and convicted so many times: after k passed audits an
// error rate of at most 1/(3 e k), by Sarmenta. One conviction costs fifteen sixteenths of a record, and below a newcomer's
// credit if there is none.
func CreditOf(completed, faults uint64) Credit {
	floor := NewcomerCredit / Credit(1+min(faults, 1000))
	completed = min(completed, 1<<40) >> min(4*faults, 63)
	// odds = 3 e k - 1 with k = completed/auditYield; 3e = 8.1548
	odds := completed * 81_548 / auditYield
	if odds <= 2*10_000 {
		return floor
	}
	return max(floor, min(log2(odds-10_000, 10_000), MaxCredit))
}

// Need is the credit that makes the odds of an error at most maxError to MaxErrorUnit-maxError.
func Need(maxError uint32) Credit {
	if maxError == 0 || maxError >= MaxErrorUnit {
		return 0
	}
	return log2(uint64(MaxErrorUnit-maxError), uint64(maxError)) + 1 // rounded up
}

// log2 returns the logarithm of a/b in thousandths, rounded down, for a >= b.
func log2(a, b uint64) Credit {
	whole := 0
	for a/b >= 2 { // a/b is at most 2^64
		if b >= 1<<63 {
			a >>= 1
		} else {
			b <<= 1
		}
		whole++
	}
	hi, lo := bits.Mul64(a, 1<<31)
	x, _ := bits.Div64(hi, lo, b) // the mantissa, 1 to 2, with 31 bits behind the point
	frac := uint64(0)
	for range 20 { // squaring doubles the logarithm: its next bit is whether the square is over 2
		x = x * x >> 31
		frac <<= 1
		if x >= 1<<32 {
			x >>= 1
			frac |= 1
		}
	}
	return Credit(whole*1000) + Credit(frac*1000>>20)
}

// Deters reports whether losing a bond makes a lie on one's record a loss, where the lie gains so much: it is audited, and then
// found, in AuditRate of AuditUnit tasks only, so the bond must exceed the gain by the odds of not being audited.
func Deters(bond, gain uint64) bool {
	hi, risked := bits.Mul64(bond, AuditRate)
	over, gained := bits.Mul64(gain, AuditUnit-AuditRate)
	return hi > over || hi == over && risked >= gained
}

// Priced reports whether redundancy follows from credits.
func (p Policy) Priced() bool { return p.MaxError != 0 && p.Compare.Tier == Exact }

// Candidates is how many in rank may ever sign.
func (p Policy) Candidates() int { return int(p.Replicas + p.Standby) }

// Team is how many workers agree by collusion in at most maxError of the tasks, if a third of all collude: what so many agree on needs
// no audit, whatever their records are worth.
func Team(maxError uint32) int {
	const third = 1_584 // log2(3), rounded down
	return max((int(Need(maxError))+third-1)/third, 1)
}

// Witnesses is how many candidates draw together whether a result is audited: so many that at most MaxError of the draws are known to a
// colluding third, the worker included, before it commits.
func (p Policy) Witnesses() int { return min(max(Team(p.MaxError)-1, 1), p.Candidates()-1) }

// Corroboration is how many audits, on average, bear out the results of a job that are believed for records. If L of its U units
// hold lies, each is audited with a probability of k/U, and two auditors in three are honest, then none of them is met with a probability of
// (1 - 2k/3U)^L, so that on average at most L/U of that, below 3/(2 e k), of the results are lies and accepted, with e = 2.718. Units
// that wait for others cannot all wait for each other's audits: a liar then goes on until it is met, after 3U/(2k) lies on average.
func Corroboration(maxError uint32, waits bool) int {
	millionths := 552_000 // 3/(2e)
	if waits {
		millionths = 1_500_000
	}
	return (millionths + int(maxError) - 1) / int(maxError)
}

// Audits is of how many of a job's units, on average, a further replica confirms what is believed for a record: one in ten at least, and
// so many that they bear out all. It is zero if the job has too few units for that.
func (p Policy) Audits(units int, waits bool) uint32 {
	if !p.Priced() {
		return 0
	}
	k := Corroboration(p.MaxError, waits)
	if k > units {
		return 0
	}
	return uint32(max(k, (units*AuditRate+AuditUnit-1)/AuditUnit))
}

// Block is how many of a job's units in a row wait for each other's audits: as few as have as many audits among them, on average, as bear
// out all that is believed for records.
func (p Policy) Block(units int, waits bool) int {
	audits := int(p.Audits(units, waits))
	if audits == 0 || waits {
		return units
	}
	return (units*Corroboration(p.MaxError, waits) + audits - 1) / audits
}

// Worth is what a worker's credit counts for in a job with so many audits: where there are none, so much of what a result needs that a
// whole Team must agree.
func (p Policy) Worth(c Credit, audits uint32) Credit {
	if audits > 0 || !p.Priced() {
		return c
	}
	team := Credit(Team(p.MaxError))
	return min(c, max(NewcomerCredit, (Need(p.MaxError)+team-1)/team))
}

// ForRisk returns the policy with the fewest candidates of whom a given share, in thousandths, may be dishonest: they make a
// quorum with a probability of at most half of maxError, and in all but one in twenty tasks the others are a quorum without
// them and carry a result against them, even if nobody is known. No more than MaxPaid of them compute, so that of more candidates, of
// whom nobody is known, more tasks may end without a quorum; none is wrong for it. It returns an error if no award has room for so many.
func ForRisk(maxError uint32, dishonest int) (Policy, error) {
	if err := checkRisk(maxError, dishonest); err != nil {
		return Policy{}, err
	}
	most := big.NewRat(int64(maxError), 2*MaxErrorUnit)
	replicas := (int(Need(maxError)) + int(NewcomerCredit) - 1) / int(NewcomerCredit)
	for n := replicas; n <= MaxSeats; n++ {
		if tail(n, (n-replicas)/2+1, dishonest).Cmp(stuck) > 0 {
			continue // every liar takes one honest newcomer to answer it
		}
		for q := n/2 + 1; q <= min(n, MaxPaid); q++ {
			if tail(n, q, dishonest).Cmp(most) > 0 {
				continue
			}
			if tail(n, n-q+1, dishonest).Cmp(stuck) > 0 {
				break // a larger quorum is reached even less often
			}
			p := Policy{Replicas: 1, Quorum: uint32(q), MaxReplicas: uint32(min(n, MaxPaid)), Standby: uint32(n - 1), MaxError: maxError}
			if p.Validate() == nil {
				return p, nil
			}
		}
	}
	return Policy{}, errBound(MaxSeats, maxError, dishonest)
}

const shareDomain = "gpumesh/poc/share/1"

// ShareOf is a witness's part in the draw of a task's audit. Nobody can know it without the secret, and the root over the
// shares of all tasks, the lot, was part of the award: a witness cannot choose it after it saw a commitment.
func ShareOf(secret Hash, ref TaskRef) Hash {
	b := append([]byte(shareDomain), secret[:]...)
	b = append(b, ref.Job[:]...)
	return sha256.Sum256(binary.BigEndian.AppendUint32(b, ref.Task))
}

// Lots is the tree over a witness's shares in the tasks of a job; its root is the lot.
func Lots(secret, job Hash, tasks int) Tree {
	leaves := make([]Hash, tasks)
	for i := range leaves {
		s := ShareOf(secret, TaskRef{Job: job, Task: uint32(i)})
		leaves[i] = Leaf(s[:])
	}
	return NewTree(leaves)
}
