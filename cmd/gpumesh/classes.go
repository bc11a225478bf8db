package main

import (
	"fmt"
	"slices"

	"gpumesh/gpu/wgsl"
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
