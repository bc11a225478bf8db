package api

import (
	"context"
	"strings"

	"connectrpc.com/connect"

	"gpumesh/node/api/nodepb"
)

// Reputation answers with the records of the peers whose ids begin or end as asked.
func (s *service) Reputation(ctx context.Context, q *connect.Request[nodepb.ReputationRequest]) (*connect.Response[nodepb.ReputationResponse], error) {
	rep, err := s.cfg.Node.Reputation(ctx)
	if err != nil {
		return nil, fail(err)
	}
	r := &nodepb.ReputationResponse{Receipts: uint32(rep.Receipts), Refused: uint32(rep.Refused)}
	for _, rec := range rep.Records {
		id := rec.Peer.String()
		if !strings.HasPrefix(id, q.Msg.Peer) && !strings.HasSuffix(id, q.Msg.Peer) {
			continue
		}
		p := &nodepb.Reputation{
			Peer: id, Account: string(rec.Account), Jobs: rec.Jobs, Called: rec.Called, Completed: rec.Completed,
			Corroborated: rec.Corroborated, Missed: rec.Missed, Faults: rec.Faults, Epochs: rec.Epochs, Vouched: rec.Vouched, Audited: rec.Audited,
		}
		for _, job := range rec.Sources {
			p.Sources = append(p.Sources, job.String())
		}
		if seen, ok := rep.Presence[rec.Peer]; ok {
			p.UptimePpm, p.KnownSince, p.Health = seen.Uptime, int64(seen.Since), string(seen.Health)
		}
		r.Records = append(r.Records, p)
	}
	return connect.NewResponse(r), nil
}
