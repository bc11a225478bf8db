package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"connectrpc.com/connect"

	"gpumesh/gpu/wgsl"
	"gpumesh/node"
	"gpumesh/node/api/nodepb"
	"gpumesh/poc"
)

// failure is why the job has no result, nil when it has. Honest devices of different classes cannot agree on plain floats; to the
// network that looks like lies or, from outside the panel, like silence. The owner has the program and can tell.
func (r *jobRun) failure(job *nodepb.Job) error {
	err := failure(job)
	tier, why := r.job.Tier()
	apart := slices.ContainsFunc(job.Tasks, func(t *nodepb.Task) bool {
		code := poc.FailureCode(t.Failure.GetCode())
		return code == poc.FailNoQuorum || code == poc.FailDeadline
	})
	if err == nil || tier != wgsl.ClassExact || r.job.Policy.Compare.Tier != poc.Exact || !apart {
		return err
	}
	if why == "" {
		why = "use tier: reproducible, class-exact or tolerance"
	}
	return fmt.Errorf("%w; devices of different classes cannot agree on plain floats: %s", err, why)
}

// pickClass names the device class that the job's results are compared in, unless the owner did: that of most providers.
func (r *jobRun) pickClass(ctx context.Context) error {
	if r.job.Policy.Compare.Tier != poc.ClassExact || r.class != "" {
		return nil
	}
	answer, err := r.client.Market(ctx, connect.NewRequest(&nodepb.MarketRequest{}))
	if err != nil {
		return r.client.Explain(err)
	}
	status, err := r.client.Status(ctx, connect.NewRequest(&nodepb.StatusRequest{}))
	if err != nil {
		return r.client.Explain(err)
	}
	need, members := r.job.Policy.Panel(), map[string]int{}
	for _, ad := range answer.Msg.Ads {
		if ad.Account != status.Msg.Account && ad.Class != "" {
			members[ad.Class]++
		}
	}
	best := ""
	for _, class := range slices.Sorted(maps.Keys(members)) {
		if members[class] > members[best] {
			best = class
		}
	}
	if members[best] < need {
		return fmt.Errorf("the job's results are compared within one device class, which takes %d providers of one, and the largest class here has %d%s; use tier: reproducible or tolerance, or fewer replicas",
			need, members[best], strings.TrimSuffix(" ("+best+")", " ()"))
	}
	r.class = best
	return nil
}

// comparedBy says what makes results equal.
func (r *jobRun) comparedBy() string {
	const digest = "results are compared by the digest over the bytes of all outputs and the trace of all states"
	switch c := r.job.Policy.Compare; {
	case c.Tier == poc.Proof && c.Rounded:
		return fmt.Sprintf("results are checked: %v; to differ convicts nobody, and what is wrong by less is not found", c)
	case c.Tier == poc.Proof:
		return fmt.Sprintf("results are checked: %v; who signs one that is not certified loses stake", c)
	case c.Near():
		return fmt.Sprintf("results are compared by fetching them: %v; to differ by more convicts nobody, and what is wrong by less is not found", c)
	case c.Tier == poc.ClassExact:
		return fmt.Sprintf("%s, among devices of class %s; to differ convicts nobody", digest, r.class)
	default:
		return digest
	}
}

// tierText says who can agree on a job's results.
func tierText(tier wgsl.Tier, compared poc.Tier, why string) string {
	switch tier {
	case wgsl.Exact:
		return "exact: all devices compute equal bytes"
	case wgsl.Reproducible:
		return "reproducible: floats are computed in the form that gives equal bytes on all devices"
	}
	if why == "" {
		why = "the job asks for it"
	}
	if compared == poc.Exact {
		return "fast: only devices of one class can agree, and all replicas must; " + why
	}
	return fmt.Sprintf("%v: floats are computed as each driver does; %s", compared, why)
}

// printDevices says which devices certified the tasks by equal hashes, as their workers advertise them.
func (r *jobRun) printDevices(c *node.Receipt, ads []*nodepb.Ad) {
	signed := map[string]int{}
	proofs := c.Proofs()
	for _, p := range proofs {
		for _, peer := range p.Signers {
			if i := slices.IndexFunc(ads, func(ad *nodepb.Ad) bool { return ad.Peer == peer.String() }); i >= 0 {
				signed[fmt.Sprintf("%s, class %s", ads[i].Adapter, ads[i].Class)]++
			}
		}
	}
	for _, device := range slices.Sorted(maps.Keys(signed)) {
		r.printf("agreed   %s: signed %d of %d tasks\n", device, signed[device], len(proofs))
	}
}
