package api

import (
	"context"

	"connectrpc.com/connect"

	"gpumesh/market"
	"gpumesh/node/api/nodepb"
)

// Rewards answers with what is due to the node, and what became of its claims.
func (s *service) Rewards(context.Context, *connect.Request[nodepb.RewardsRequest]) (*connect.Response[nodepb.RewardsResponse], error) {
	v, ok := s.cfg.Node.Rewards()
	r := &nodepb.RewardsResponse{Enabled: ok, Due: rewardsDue(v.Due), Reason: v.Reason, Pool: uint64(v.Pool.Free), Kept: uint32(v.Kept)}
	for _, c := range v.Claims {
		r.Claims = append(r.Claims, &nodepb.RewardsClaim{
			Number: c.Number, Through: c.Through, Amount: uint64(c.Amount), Due: rewardsDue(c.Due), State: string(c.State), Until: int64(c.Until),
			Paid: uint64(c.Paid), Reason: c.Reason,
		})
	}
	for _, c := range v.Checked {
		r.Checked = append(r.Checked, &nodepb.RewardsChecked{Account: string(c.Account), Number: c.Number, Amount: uint64(c.Amount), Final: c.Final, Result: c.Result})
	}
	return connect.NewResponse(r), nil
}

func rewardsDue(d market.Due) *nodepb.RewardsDue {
	return &nodepb.RewardsDue{Uptime: uint64(d.Uptime), Participation: uint64(d.Participation), Completion: uint64(d.Completion)}
}
