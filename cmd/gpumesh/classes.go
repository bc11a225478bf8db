package main

import (
	"fmt"
	"maps"
	"slices"

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
	if err == nil || tier != wgsl.ClassExact || !apart {
		return err
	}
	if why == "" {
		why = "use tier: reproducible"
	}
	return fmt.Errorf("%w; devices of different classes cannot agree on plain floats: %s", err, why)
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
