package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"connectrpc.com/connect"

	"gpumesh/market"
	"gpumesh/node/api"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/jobfile"
)

// pace tells a job file how long work takes on a device that half of the providers are as fast as, which advertise now and may work on the
// job, and how many tasks the network allows. Without any it is the least speed that the job asks for.
func pace(ctx context.Context, client *api.Client, opts *jobfile.Options, minSpeed uint64, class string) error {
	status, err := client.Status(ctx, connect.NewRequest(&nodepb.StatusRequest{}))
	if err != nil {
		return client.Explain(err)
	}
	answer, err := client.Market(ctx, connect.NewRequest(&nodepb.MarketRequest{}))
	if err != nil {
		return client.Explain(err)
	}
	var able []*nodepb.Ad
	for _, d := range answer.Msg.Ads {
		if d.Peer != status.Msg.Peer && d.I32Ops >= max(minSpeed, 1) && (class == "" || d.Class == class) {
			able = append(able, d)
		}
	}
	opts.Room = int(status.Msg.Limits.MaxTasks)
	opts.Pace = func(w market.Work) time.Duration { return middling(able, w, minSpeed) }
	return nil
}

// middling is how long work takes on a device that half of those with enough memory for it are as fast as; zero: there are none.
func middling(ads []*nodepb.Ad, w market.Work, minSpeed uint64) time.Duration {
	var times []float64
	for _, d := range ads {
		if d.Memory >= w.Memory {
			s := float64(w.Operations) / float64(d.I32Ops)
			if d.Bandwidth > 0 {
				s = max(s, float64(w.Traffic)/float64(d.Bandwidth))
			}
			times = append(times, s)
		}
	}
	if len(times) == 0 {
		if minSpeed == 0 {
			return 0
		}
		times = []float64{float64(w.Operations) / float64(minSpeed)}
	}
	slices.Sort(times)
	const most = math.MaxInt64 / int64(time.Second) / 8192 // tasks follow each other
	return time.Duration(min(times[len(times)/2], float64(most)) * float64(time.Second))
}

// taskNames are those of a job that was submitted.
func taskNames(ctx context.Context, client *api.Client, prefix string) ([]string, error) {
	id, err := resolve(ctx, client, prefix)
	if err != nil {
		return nil, err
	}
	answer, err := client.Job(ctx, connect.NewRequest(&nodepb.JobRequest{Job: id}))
	if err != nil {
		return nil, client.Explain(err)
	}
	names := []string{}
	for _, t := range answer.Msg.Job.Tasks {
		names = append(names, t.Name)
	}
	return names, nil
}

// reasonStages is the code of reasons that say how far a task is that is cut into stages; it is stable.
const reasonStages = "stages"

// stageReasons say how far the first few tasks are that are cut into stages and not done yet.
func stageReasons(j *nodepb.Job) (reasons []*nodepb.Reason) {
	const few = 8
	done := map[string]int{}
	for _, t := range j.Tasks {
		task, k, n := jobfile.StageOf(t.Name)
		if k > 0 && t.Certificate != "" {
			done[task]++
		}
		if k > 0 && k == n && done[task] < n && len(reasons) < few {
			reasons = append(reasons, &nodepb.Reason{Code: reasonStages, Count: uint32(done[task]), Text: fmt.Sprintf(
				"%s: %d of %d stages are certified, and who takes over from a worker that leaves starts with stage %d", task, done[task], n, done[task]+1)})
		}
	}
	return reasons
}
