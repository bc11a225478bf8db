package poc

import (
	"errors"
	"fmt"
	"math/big"
)

// How large a quorum must be among how many candidates, if a share of all providers is dishonest and colludes. Probabilities are exact
// fractions. The number to compare a quorum with is that of the candidates, of whom any may be drawn or sealed, and not that of the
// replicas that are computed when all agree.

// stuck is how often the honest may be too few for a quorum.
var stuck = big.NewRat(1, 20)

// ForQuorum returns the policy for a tier in which replicas are compared and records count for nothing, as honest devices may differ:
// that with the fewest candidates of whom a given share, in thousandths, may be dishonest. They make a quorum, and so certify a wrong
// result, with a probability of at most maxError, and in all but one in twenty tasks the others are a quorum without them. A quorum
// computes at first, and everybody may if results differ, so there are no more candidates than a chain pays.
func ForQuorum(tier Tier, maxError uint32, dishonest int) (Policy, error) {
	if err := checkRisk(maxError, dishonest); err != nil {
		return Policy{}, err
	}
	for n := 3; n <= MaxPaid; n++ {
		if q := quorumOf(n, 2, maxError, dishonest); q > 0 {
			p := Policy{Replicas: uint32(q), Quorum: uint32(q), MaxReplicas: uint32(n), Standby: uint32(n - q), MaxError: maxError, Compare: Comparator{Tier: tier}}
			return p, p.Validate()
		}
	}
	return Policy{}, errBound(MaxPaid, maxError, dishonest)
}

// quorumOf is the smallest quorum of n candidates, from low on, that the dishonest make with a probability of at most maxError, and the
// others without them in all but one in twenty tasks; zero if there is none.
func quorumOf(n, low int, maxError uint32, dishonest int) int {
	most := big.NewRat(int64(maxError), MaxErrorUnit)
	for q := low; q <= min(n, MaxPaid) && tail(n, n-q+1, dishonest).Cmp(stuck) <= 0; q++ {
		if tail(n, q, dishonest).Cmp(most) <= 0 {
			return q
		}
	}
	return 0
}

// Collusion is the probability, in parts of MaxErrorUnit and rounded up, that a quorum of a task's candidates colludes, if a given share
// of all providers, in thousandths, does.
func (p Policy) Collusion(dishonest int) uint32 {
	t := tail(p.Candidates(), int(p.Quorum), dishonest)
	n := new(big.Int).Mul(t.Num(), big.NewInt(MaxErrorUnit))
	n.Add(n, new(big.Int).Sub(t.Denom(), big.NewInt(1)))
	return uint32(n.Div(n, t.Denom()).Uint64())
}

// validateBound checks a policy that compares replicas and accepts an error. What share of the providers the owner takes for dishonest
// is not part of it, so nobody else can check the bound; see Collusion.
func (p Policy) validateBound() error {
	switch {
	case p.MaxError > MaxErrorUnit/2:
		return fmt.Errorf("maxError is %d, want at most %d parts in a million", p.MaxError, MaxErrorUnit/2)
	case p.Quorum < 2:
		return fmt.Errorf("quorum is %d, want at least 2 where an error bound follows from it", p.Quorum)
	case int(p.MaxReplicas) != p.Candidates():
		return fmt.Errorf("maxReplicas is %d, want all %d candidates where an error bound follows from their number", p.MaxReplicas, p.Candidates())
	}
	return nil
}

func checkRisk(maxError uint32, dishonest int) error {
	if maxError == 0 || maxError > MaxErrorUnit/2 || dishonest < 0 || dishonest >= 500 {
		return errors.New("the accepted error is over 0 and at most one half, and the dishonest are fewer than half")
	}
	return nil
}

func errBound(seats int, maxError uint32, dishonest int) error {
	return fmt.Errorf("no %d candidates with a quorum of at most %d bound the error to %d in a million if %d in a thousand are dishonest", seats, MaxPaid, maxError, dishonest)
}

// tail is the probability that at least q of n are dishonest.
func tail(n, q, dishonest int) *big.Rat {
	sum := new(big.Int)
	bad, good := big.NewInt(int64(dishonest)), big.NewInt(int64(1000-dishonest))
	for k := q; k <= n; k++ {
		term := new(big.Int).Binomial(int64(n), int64(k))
		term.Mul(term, new(big.Int).Exp(bad, big.NewInt(int64(k)), nil))
		sum.Add(sum, term.Mul(term, new(big.Int).Exp(good, big.NewInt(int64(n-k)), nil)))
	}
	return new(big.Rat).SetFrac(sum, new(big.Int).Exp(big.NewInt(1000), big.NewInt(int64(n)), nil))
}
