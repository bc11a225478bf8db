package main

import (
	"fmt"
	"slices"

	"gpumesh/gpu/wgsl"
	"gpumesh/node/api/nodepb"
	"gpumesh/poc"
)

// failure is why the job has no result, nil when it has. That honest devices of different classes cannot agree on plain floats
// looks like a lie to the network; the owner, who has the program, can tell.
func (r *jobRun) failure(job *nodepb.Job) error {
	err := failure(job)
	tier, why := r.job.Tier()
	noQuorum := slices.ContainsFunc(job.Tasks, func(t *nodepb.Task) bool { return t.Failure != nil && t.Failure.Code == string(poc.FailNoQuorum) })
	if err == nil || tier != wgsl.ClassExact || !noQuorum {
		return err
	}
	if why == "" {
		why = "use tier: reproducible"
	}
	return fmt.Errorf("%w; devices of different classes compute plain floats differently: %s", err, why)
}
