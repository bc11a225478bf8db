package main

import (
	"fmt"
	"time"

	"connectrpc.com/connect"
	"github.com/spf13/cobra"

	"gpumesh/node/api/nodepb"
)

func (a *app) reputationCommand() *cobra.Command {
	return a.conn.flags(&cobra.Command{
		Use: "reputation [PEER]", Short: "Show what signed receipts prove of providers", Args: cobra.MaximumNArgs(1),
		Long: `Counts, from the receipts of the jobs that the node had a part in, what each provider was drawn for, delivered, missed and was
convicted of. AUDITED are completed units which somebody confirmed whom lots had chosen, as the members' secrets show after a job. Where a network challenges its providers, VOUCHED is in how many of the newest epochs witnesses found it up, of those in
which the chain knew it: receipts of that are in offers, and each provider shows its own. Everybody with the same receipts counts the
same. PEER is a peer id, or the beginning or end of one. HEARD is what this node heard of a provider's heartbeats; nobody can prove that to others.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			client, err := a.conn.client()
			if err != nil {
				return err
			}
			defer client.Close()
			q := &nodepb.ReputationRequest{}
			if len(args) > 0 {
				q.Peer = args[0]
			}
			answer, err := client.Reputation(cmd.Context(), connect.NewRequest(q))
			if err != nil {
				return client.Explain(err)
			}
			if done, err := a.emit(answer.Msg); done {
				return err
			}
			return a.printReputation(answer.Msg, q.Peer != "")
		},
	})
}

func (a *app) printReputation(r *nodepb.ReputationResponse, sources bool) error {
	t := a.table("PEER", "JOBS", "CALLED", "COMPLETED", "CORROBORATED", "AUDITED", "MISSED", "FAULTS", "VOUCHED", "HEARD", "HEALTH")
	for _, p := range r.Records {
		vouched, heard := "-", "?"
		if p.Epochs > 0 {
			vouched = fmt.Sprintf("%d of %d", p.Vouched, p.Epochs)
		}
		if p.KnownSince != 0 {
			heard = fmt.Sprintf("%.1f %% of %v", float64(p.UptimePpm)/10_000, age(p.KnownSince).Round(time.Second))
		}
		t.row(last(p.Peer), p.Jobs, p.Called, p.Completed, p.Corroborated, p.Audited, p.Missed, p.Faults, vouched, heard, p.Health)
	}
	if err := t.flush(); err != nil {
		return err
	}
	a.printf("from the receipts of %d jobs", r.Receipts)
	if r.Refused > 0 {
		a.printf("; those of %d jobs prove nothing", r.Refused)
	}
	a.printf("\n")
	if sources {
		for _, p := range r.Records {
			for _, job := range p.Sources {
				a.printf("%s  job %s\n", last(p.Peer), job)
			}
		}
	}
	return nil
}
