package node

import (
	"context"

	"gpumesh/market"
	"gpumesh/poc"
)

// reputationJobs bounds the jobs that one question about reputation looks at: the newest.
const reputationJobs = 256

// Reputation is what a node can say of its peers, and from what.
type Reputation struct {
	Records  []market.Conduct               `json:"records"`
	Presence map[poc.PeerID]market.Presence `json:"presence"` // as this node heard it
	Receipts int                            `json:"receipts"` // jobs whose evidence counted
	Refused  int                            `json:"refused"`  // jobs whose evidence proves nothing
}

// Reputation computes every peer's record from the receipts that this node holds, and those that providers show of their uptime. Others with the same
// receipts get the same; the presence is this node's own view.
func (n *Node) Reputation(ctx context.Context) (Reputation, error) {
	r := Reputation{Presence: map[poc.PeerID]market.Presence{}}
	var evidence []market.Evidence
	peers := []poc.PeerID{n.self}
	err := n.loop.ask(ctx, func(m *market.Machine) {
		ids := m.Jobs()
		for i := len(ids) - 1; i >= 0 && len(evidence) < reputationJobs; i-- {
			if e, ok := m.Evidence(ids[i]); ok {
				e.Secrets = n.lots.of(ids[i])
				evidence = append(evidence, e)
				v, _ := m.View(ids[i])
				for _, s := range v.Seats {
					peers = append(peers, s.Peer)
				}
			}
		}
		for _, ad := range m.Ads() {
			peers = append(peers, ad.Peer)
		}
	})
	if err != nil {
		return r, err
	}
	records, refused := market.Reputation(n.cfg.Network, n.settlement, evidence, n.challenges.vouching(ctx, distinct(peers)))
	r.Records, r.Refused, r.Receipts = records, len(refused), len(evidence)-len(refused)
	for i, err := range refused {
		n.log.Warn("Receipt proves nothing", "job", evidence[i].Spec.ID().Short(), "err", err)
	}
	return r, n.loop.ask(ctx, func(m *market.Machine) {
		for _, rec := range records {
			if p, ok := m.Presence(rec.Peer); ok {
				r.Presence[rec.Peer] = p
			}
		}
	})
}

// distinct returns each peer once, in the order in which they come first.
func distinct(peers []poc.PeerID) (out []poc.PeerID) {
	seen := map[poc.PeerID]bool{}
	for _, p := range peers {
		if !seen[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	return out
}
