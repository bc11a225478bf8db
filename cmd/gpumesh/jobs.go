package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"connectrpc.com/connect"
	"github.com/spf13/cobra"

	"gpumesh/market"
	"gpumesh/node/api"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/jobfile"
	"gpumesh/poc"
)

func (a *app) jobsCommand() *cobra.Command {
	cmd := group(&cobra.Command{Use: "jobs", Short: "Look at jobs"})
	add := func(c *cobra.Command, run func(ctx context.Context, client *api.Client, id string) error) {
		c.RunE = func(cmd *cobra.Command, args []string) error {
			client, err := a.conn.client()
			if err != nil {
				return err
			}
			defer client.Close()
			id := ""
			if len(args) > 0 {
				if id, err = resolve(cmd.Context(), client, args[0]); err != nil {
					return err
				}
			}
			return run(cmd.Context(), client, id)
		}
		cmd.AddCommand(a.conn.flags(c))
	}
	add(&cobra.Command{Use: "ls", Short: "List the jobs that the node has a part in", Args: exactly()}, a.listJobs)
	add(&cobra.Command{Use: "show JOB", Short: "Show a job", Args: exactly("JOB")}, a.showJob)
	add(&cobra.Command{Use: "explain JOB", Short: "Say why a job is where it is", Args: exactly("JOB")}, a.explainJob)
	add(&cobra.Command{Use: "watch JOB", Short: "Show a job's progress until it is over", Args: exactly("JOB")}, a.watchJob)
	add(&cobra.Command{Use: "cancel JOB", Short: "Give up a job that has not been awarded", Args: exactly("JOB")}, a.cancelJob)
	return cmd
}

// resolve finds a job by its id or the beginning of it.
func resolve(ctx context.Context, client *api.Client, prefix string) (string, error) {
	if len(prefix) == 64 {
		return prefix, nil
	}
	answer, err := client.Jobs(ctx, connect.NewRequest(&nodepb.JobsRequest{}))
	if err != nil {
		return "", client.Explain(err)
	}
	var found []string
	for _, j := range answer.Msg.Jobs {
		if strings.HasPrefix(j.Id, prefix) {
			found = append(found, j.Id)
		}
	}
	switch len(found) {
	case 0:
		return "", fmt.Errorf("the node knows no job that starts with %q; see gpumesh jobs ls", prefix)
	case 1:
		return found[0], nil
	}
	return "", fmt.Errorf("%d jobs start with %q; give more of the id", len(found), prefix)
}

func (a *app) listJobs(ctx context.Context, client *api.Client, _ string) error {
	answer, err := client.Jobs(ctx, connect.NewRequest(&nodepb.JobsRequest{}))
	if err != nil {
		return client.Explain(err)
	}
	if done, err := a.emit(answer.Msg); done {
		return err
	}
	t := a.table("JOB", "NAME", "ROLE", "STATE", "TASKS", "CERTIFIED", "PAID", "AGE")
	for _, j := range answer.Msg.Jobs {
		role := "worker"
		if j.Mine {
			role = "owner"
		}
		t.row(short(j.Id), j.Name, role, j.State, len(j.Tasks), j.Certified, j.Settled, age(j.Created))
	}
	return t.flush()
}

func (a *app) job(ctx context.Context, client *api.Client, id string) (*nodepb.Job, error) {
	answer, err := client.Job(ctx, connect.NewRequest(&nodepb.JobRequest{Job: id}))
	if err != nil {
		return nil, client.Explain(err)
	}
	return answer.Msg.Job, nil
}

func (a *app) showJob(ctx context.Context, client *api.Client, id string) error {
	j, err := a.job(ctx, client, id)
	if err != nil {
		return err
	}
	if done, err := a.emit(j); done {
		return err
	}
	a.printf("job       %s\nname      %s\nstate     %s\nowner     %s\nbudget    %s, at most %s\n", j.Id, j.Name, describe(j), j.Owner, tokens(j.Budget), perReplica(market.Amount(j.MaxPrice), j.Batch))
	policy, err := api.Policy(j.Policy)
	if err != nil {
		return err
	}
	a.printf("policy    %s; %s\n", policyText(policy), jobfile.Risk(policy, jobfile.DefaultDishonest))
	a.printf("deadline  %s\n", time.UnixMilli(j.Deadline).UTC().Format(time.DateTime+" UTC"))
	if p := market.Priority(min(j.Priority, uint32(market.Urgent))); p != market.Normal {
		a.printf("priority  %s\n", p)
	}
	if e := j.Escrow; e != nil {
		a.printf("escrow    %s locked, %s paid, %s fee, %s refunded\n", tokens(e.Locked), tokens(e.Paid), tokens(e.Fees), tokens(e.Refunded))
	}
	if j.Award != "" {
		a.printf("award     %s\n", j.Award)
	}
	if len(j.Seats) > 0 {
		t := a.table("SEAT", "ACCOUNT", "ASK", "COMPUTED", "")
		for _, s := range j.Seats {
			note := ""
			if s.Lapsed {
				note = "lapsed"
			}
			t.row(last(s.Peer), s.Account, tokens(s.Ask), s.Finished, note)
		}
		if err := t.flush(); err != nil {
			return err
		}
	}
	if len(j.Tasks) > 0 {
		t := a.table("TASK", "NAME", "PHASE", "CERTIFICATE")
		for _, k := range j.Tasks {
			t.row(k.Index, k.Name, k.Phase, k.Certificate)
		}
		if err := t.flush(); err != nil {
			return err
		}
	}
	if len(j.History) > 0 {
		t := a.table("ON CHAIN", "BLOCK", "TRANSACTION")
		for _, e := range j.History {
			t.row(e.Kind, e.Height, e.Tx)
		}
		return t.flush()
	}
	return nil
}

// policyText says how many compute.
func policyText(p poc.Policy) string {
	switch {
	case p.Compare.Tier == poc.Proof:
		return fmt.Sprintf("%d of %d candidates computes each, and the others check", p.Replicas, p.Panel())
	case p.Priced():
		return fmt.Sprintf("at most %s wrong results; how many compute follows from workers' records, up to %d", jobfile.Percent(p.MaxError), p.MaxReplicas)
	}
	return fmt.Sprintf("%d replicas of each, up to %d when they do not agree", p.Replicas, p.MaxReplicas)
}

func (a *app) explainJob(ctx context.Context, client *api.Client, id string) error {
	j, err := a.job(ctx, client, id)
	if err != nil {
		return err
	}
	reasons := append(j.Reasons, stageReasons(j)...)
	lines := make([]string, len(reasons))
	for i, r := range reasons {
		lines[i] = r.Text
	}
	if done, err := a.emit(map[string]any{"job": j.Id, "state": j.State, "explain": lines, "reasons": reasons}); done {
		return err
	}
	a.printf("%s\n", describe(j))
	for _, line := range lines {
		a.printf("  %s\n", line)
	}
	return nil
}

func (a *app) watchJob(ctx context.Context, client *api.Client, id string) error {
	j, err := a.watch(ctx, client, id)
	if err != nil {
		return err
	}
	if done, err := a.emit(j); done {
		return err
	}
	return failure(j)
}

func (a *app) cancelJob(ctx context.Context, client *api.Client, id string) error {
	if _, err := client.Cancel(ctx, connect.NewRequest(&nodepb.CancelRequest{Job: id})); err != nil {
		return client.Explain(err)
	}
	if done, err := a.emit(map[string]string{"canceled": id}); done {
		return err
	}
	a.printf("canceled; the escrow is on its way back\n")
	return nil
}

func (a *app) marketCommand() *cobra.Command {
	cmd := group(&cobra.Command{Use: "market", Short: "Look at what is on offer"})
	cmd.AddCommand(a.conn.flags(&cobra.Command{
		Use: "ls", Short: "List the providers that advertise now", Args: exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			client, err := a.conn.client()
			if err != nil {
				return err
			}
			defer client.Close()
			answer, err := client.Market(cmd.Context(), connect.NewRequest(&nodepb.MarketRequest{}))
			if err != nil {
				return client.Explain(err)
			}
			if done, err := a.emit(answer.Msg); done {
				return err
			}
			t := a.table("PEER", "ADAPTER", "TYPE", "F32", "I32", "MEMORY", "FLOOR", "PER SECOND", "QUEUED", "HEALTH", "SANDBOX", "ECC")
			for _, d := range answer.Msg.Ads {
				t.row(last(d.Peer), d.Adapter, d.AdapterType, rate(d.F32Ops), rate(d.I32Ops), bytesOf(d.Memory), tokens(d.Floor), tokens(d.Rate), d.Queued, cmp.Or(d.Health, "?"), d.Sandbox, cmp.Or(d.Ecc, "?"))
			}
			if err := t.flush(); err != nil {
				return err
			}
			holders := map[string][]string{}
			for _, d := range answer.Msg.Ads {
				for _, name := range d.Data {
					holders[name] = append(holders[name], last(d.Peer))
				}
			}
			for _, name := range slices.Sorted(maps.Keys(holders)) {
				a.printf("data %s is held by %s\n", name, strings.Join(holders[name], ", "))
			}
			return nil
		},
	}))
	return cmd
}

func (a *app) statusCommand() *cobra.Command {
	var wait time.Duration
	var providers uint32
	cmd := a.conn.flags(&cobra.Command{
		Use: "status", Short: "Show how the node fares", Args: exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := a.status(cmd.Context(), wait, providers)
			if err != nil {
				return err
			}
			if done, err := a.emit(s); done {
				return err
			}
			a.printStatus(s)
			return nil
		},
	})
	cmd.Flags().DurationVar(&wait, "wait", 0, "wait so long for the node to be up, such as 30s")
	cmd.Flags().Uint32Var(&providers, "providers", 0, "with --wait: and until so many providers advertise")
	return cmd
}

func (a *app) printStatus(s *nodepb.StatusResponse) {
	a.printf("peer      %s\naccount   %s\nnetwork   %s on %s\nbalance   %s, %s at stake\npeers     %d\nproviders %d\njobs      %d, %d under way\n",
		s.Peer, s.Account, s.Network, s.Chain, tokens(s.Balance), tokens(s.Stake), s.Peers, s.Ads, s.Jobs, s.Active)
	if s.Rewards != "" {
		a.printf("rewards   %s\n", s.Rewards)
	}
	if s.Device != nil {
		a.printf("device    %s (%s, %s)\n", s.Device.Name, s.Device.Type, s.Device.Driver)
	}
	if s.Memory > 0 {
		a.printf("memory    a task may take %s of the device's\n", bytesOf(s.Memory))
	}
	for _, p := range s.Problems {
		a.printf("problem   %s\n", p)
	}
	a.printGuard(s.Guard)
}

// status asks the node, and while wait lasts asks again until it is up and knows enough providers.
func (a *app) status(ctx context.Context, wait time.Duration, providers uint32) (*nodepb.StatusResponse, error) {
	ask := func() (*nodepb.StatusResponse, error) {
		client, err := a.conn.client()
		if err != nil {
			return nil, err
		}
		defer client.Close()
		answer, err := client.Status(ctx, connect.NewRequest(&nodepb.StatusRequest{}))
		if err != nil {
			return nil, client.Explain(err)
		}
		if answer.Msg.Ads < providers {
			return answer.Msg, fmt.Errorf("%d providers advertise, not %d", answer.Msg.Ads, providers)
		}
		return answer.Msg, nil
	}
	ctx, cancel := context.WithTimeout(ctx, max(wait, time.Minute))
	defer cancel()
	over := time.NewTimer(wait)
	defer over.Stop()
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		s, err := ask()
		if err == nil || wait == 0 {
			return s, err
		}
		select {
		case <-tick.C:
		case <-over.C:
			return nil, fmt.Errorf("after %v: %w", wait, err)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// table aligns columns.
type table struct{ w *tabwriter.Writer }

func (a *app) table(head ...any) table {
	t := table{tabwriter.NewWriter(a.out, 0, 4, 2, ' ', 0)}
	t.row(head...)
	return t
}

func (t table) row(cells ...any) {
	for i, c := range cells {
		if i > 0 {
			fmt.Fprint(t.w, "\t")
		}
		fmt.Fprint(t.w, c)
	}
	fmt.Fprintln(t.w)
}

func (t table) flush() error { return t.w.Flush() }

func age(ms int64) time.Duration { return time.Since(time.UnixMilli(ms)).Round(time.Second) }

// rate is a number of operations per second.
func rate(n uint64) string { return scaled(float64(n), 1000, "op/s") }

func bytesOf(n uint64) string { return scaled(float64(n), 1024, "B") }

func scaled(v, base float64, unit string) string {
	prefixes := []string{"", "k", "M", "G", "T", "P"}
	i := 0
	for v >= base && i < len(prefixes)-1 {
		v /= base
		i++
	}
	binary := ""
	if base == 1024 && i > 0 {
		binary = "i"
	}
	return fmt.Sprintf("%.3g %s%s%s", v, strings.ToUpper(prefixes[i]), binary, unit)
}
