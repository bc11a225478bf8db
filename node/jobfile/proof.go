package jobfile

import (
	"maps"
	"slices"

	"gpumesh/poc"
)

// How a job's results are made sure of, by policy.compare. Empty is ByReplicas, also for products: who checks sees what it is to sign, and is not
// paid for the check, so one that signs without it looks like the others, and helps a lie along. What several computed apart has no such signers.
const (
	ByProof    = "proof"    // one worker computes, and others check: for products of matrices
	ByReplicas = "replicas" // several compute, and their results are compared
)

const (
	// A check costs as much as so many operations of the product for each element of its matrices: 5.1 % of a product of 1024 x 1024
	// integers (gpu/BENCH.md). Sums that overflow cost some seven times that.
	checkOperations = 34

	// Attesters, unless the file says otherwise: one worker that lies and one that signs without checking are no quorum, and of twice as many less
	// one candidates the others are.
	provenQuorum = 3
)

// proven makes the policy of a job whose results are checked. A panel of 2 Quorum - 1 has a quorum without fewer than half of it.
func (j *Job) proven(src *source) error {
	p, policy := src.Policy, &j.Policy
	set := func(to *uint32, v *uint32, otherwise uint32) {
		*to = otherwise
		if v != nil {
			*to = *v
		}
	}
	if p.MaxError != nil {
		return j.provenAt(src)
	}
	if p.Dishonest != nil {
		return src.fail([]any{"policy", "dishonest"}, "dishonest goes with maxError")
	}
	j.Dishonest = DefaultDishonest
	set(&policy.Replicas, p.Replicas, 1)
	set(&policy.Quorum, p.Quorum, provenQuorum)
	panel := max(2*policy.Quorum, 1) - 1
	set(&policy.Standby, p.Standby, max(panel, policy.Replicas)-policy.Replicas)
	set(&policy.MaxReplicas, p.MaxReplicas, max(policy.Replicas, policy.Quorum))
	if err := policy.Validate(); err != nil {
		return src.fail([]any{"policy"}, "%v", err)
	}
	return nil
}

// provenAt makes the policy of a job whose results are checked by so many that the colluding among them make a quorum in no more than the
// accepted share of the tasks.
func (j *Job) provenAt(src *source) error {
	p, at := src.Policy, []any{"policy", "maxError"}
	if p.Replicas != nil || p.Quorum != nil || p.MaxReplicas != nil || p.Standby != nil {
		return src.fail(at, "how many check and attest follows from maxError; replicas, quorum, maxReplicas and standby cannot be stated with it")
	}
	j.Dishonest = p.dishonest()
	policy, err := poc.ForProof(uint32(*p.MaxError), j.Dishonest)
	if err != nil {
		return src.fail(at, "%v; accept more, or assume fewer (dishonest)", err)
	}
	policy.Compare = j.Policy.Compare
	j.Policy = policy
	return nil
}

// byProof says whether the file asks for results to be checked, and if so whether they can be.
func (j *Job) byProof(src *source, programs map[string]*Program) (bool, error) {
	at := []any{"policy", "compare"}
	switch src.Policy.Compare {
	case "", ByReplicas:
		return false, nil
	case ByProof:
	default:
		return false, src.fail(at, "compare is %q; it must be %s (one computes, others check) or %s (several compute)", src.Policy.Compare, ByProof, ByReplicas)
	}
	if t := src.Tier; t == ClassExact || t == Tolerance || t == Image {
		return false, src.fail(at, "the tier %s compares results of several workers, and compare: proof checks one; leave one of them out", t)
	}
	if src.Batch != nil {
		return false, src.fail([]any{"batch"}, "results that are checked are units of their own; leave batch out, or take compare: replicas")
	}
	c := poc.Comparator{Tier: poc.Proof}
	for _, name := range slices.Sorted(maps.Keys(programs)) {
		product := programs[name].Product
		if product == nil {
			return false, src.fail(at, "program %q is no product of matrices of the kernel library (matmul-f32, matmul-i32 or matmul-i8), so its results cannot be checked; use compare: replicas", name)
		}
		c.Rounded = c.Rounded || product.Rounded()
	}
	if p := src.Policy; p.Relative != nil || p.Largest != nil || p.Step != nil || p.Differing != nil {
		return false, src.fail(at, "products are checked within the bounds of rounding; relative, largest, step and differing belong to other tiers")
	}
	j.Policy.Compare = c
	return true, nil
}

// CheckShare is what a check of the program's product costs, as a part of the work; zero if it is none.
func (p *Program) CheckShare() float64 {
	if p.Product == nil {
		return 0
	}
	return checkOperations * float64(p.Product.Elements()) / float64(p.Product.Operations())
}

// CheckShare is what one check costs each of those who attest, as a part of the work, for the program with the dearest.
func (j *Job) CheckShare() (share float64) {
	for _, p := range j.Programs {
		share = max(share, p.CheckShare())
	}
	return share
}
