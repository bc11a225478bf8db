package node

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/peer"

	"gpumesh/gpu"
	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// Codes of reasons that a node adds to those of the market; they are stable.
const (
	ReasonOperation = "operation" // on chain, that waits or was refused when it was tried last
	ReasonDispute   = "dispute"   // about a task, open or settled
	ReasonCase      = "case"      // before the arbiters, in which this node has a part
)

// Peer returns this node's identity.
func (n *Node) Peer() poc.PeerID { return n.self }

// Config returns the configuration that the node was made with.
func (n *Node) Config() Config { return n.cfg }

// Token is what clients of the API must show; it is also in the file api.token.
func (n *Node) Token() string { return n.token }

// Addrs returns the addresses at which others reach this node, each fit to be a bootstrap address.
func (n *Node) Addrs() []string { return n.host.Addrs() }

// Content returns the content store.
func (n *Node) Content() *p2p.Content { return n.host.Content() }

// Sources returns the peers that are likely to have the outputs of a job's task, the likeliest first.
func (n *Node) Sources(v market.View, task uint32) []peer.ID {
	if int(task) >= len(v.Tasks) {
		return nil
	}
	return resultSources(v, n.self)(v.Tasks[task])
}

// Submit starts a job of this node's own and returns its id once it is durable. Of the draft, Version, Network, Owner, Account
// and Nonce are filled in; a Budget of 0 becomes the most that the job can cost. The programs and inputs must be in the content
// store. Errors are one sentence, and nothing is spent then.
func (n *Node) Submit(ctx context.Context, draft market.Spec) (poc.Hash, error) {
	s := draft
	s.Version, s.Network, s.Owner, s.Account, s.Nonce = 1, n.network, n.self, n.settlement.Account(), salt()
	cost, ok := market.MaxCost(s.Terms(n.cfg.Network), n.feeBps)
	if !ok {
		return poc.Hash{}, fmt.Errorf("the job can cost more than there are tokens: %s", n.product(s))
	}
	if s.Budget == 0 {
		s.Budget = cost
	}
	if cost > s.Budget {
		return poc.Hash{}, fmt.Errorf("the budget is %v and the job can cost %v: %s, and the network's fee of %d.%02d %%",
			s.Budget, cost, n.product(s), n.feeBps/100, n.feeBps%100)
	}
	if err := s.Validate(n.cfg.Network); err != nil {
		return poc.Hash{}, err
	}
	if err := n.stored(s); err != nil {
		return poc.Hash{}, err
	}
	unknown := func() (gpu.Info, bool) { return gpu.Info{}, false } // others' devices will run it
	if _, err := n.programs.judge(ctx, s, unknown); err != nil {
		return poc.Hash{}, err
	}
	have, _, err := n.settlement.Balance(ctx, s.Account)
	if err != nil {
		return poc.Hash{}, fmt.Errorf("the balance of %s cannot be seen: %w", s.Account, err)
	}
	if have < s.Budget {
		return poc.Hash{}, fmt.Errorf("account %s has %v and the job needs %v", s.Account, have, s.Budget)
	}
	doc, err := poc.Encode(s)
	if err != nil {
		return poc.Hash{}, fmt.Errorf("the job spec is too large: %w", err)
	}
	id := poc.BlockHash(doc)
	if err := n.keepSpec(ctx, id, doc); err != nil {
		return poc.Hash{}, err
	}
	if err := n.loop.step(ctx, market.Submit{Spec: s}); err != nil {
		return poc.Hash{}, err
	}
	n.log.Info("Job submitted", "job", id, "name", s.Name, "tasks", len(s.Tasks), "budget", s.Budget)
	return id, nil
}

// product is what a job can cost before the fee, as its factors.
func (n *Node) product(s market.Spec) string {
	units, t := "tasks", s.Terms(n.cfg.Network)
	if batch := s.TasksPerUnit(); batch > 1 {
		units = fmt.Sprintf("units of %d tasks", batch)
	}
	return fmt.Sprintf("%d %s x %d replicas x %v", t.Tasks, units, t.Replicas, t.MaxPrice)
}

// stored checks that everything that the job starts from is here.
func (n *Node) stored(s market.Spec) error {
	c := n.host.Content()
	for _, t := range s.Tasks {
		if !c.Has(t.Program.Cid) {
			return fmt.Errorf("program %s of task %q is not in this node's content store", t.Program, t.Name)
		}
		for _, in := range t.Inputs {
			for _, p := range in.Parts {
				if f := p.Stored(); f != nil && !c.Has(f.Cid) {
					return fmt.Errorf("file %s, input %q of task %q, is not in this node's content store", f, in.Name, t.Name)
				}
			}
		}
	}
	return nil
}

func (n *Node) keepSpec(ctx context.Context, id poc.Hash, doc []byte) error {
	c := n.host.Content()
	root, err := c.PutBlock(ctx, doc, cid.DagCBOR, p2p.Shared)
	if err == nil {
		err = c.Pin(ctx, specPin(id), root) // and with it the programs and inputs
	}
	if err == nil {
		err = c.Provide(ctx, root)
	}
	return err
}

// Cancel gives up a job of this node's own; it is possible until the award is made.
func (n *Node) Cancel(ctx context.Context, job poc.Hash) error {
	err := n.loop.step(ctx, market.Cancel{Job: job})
	if errors.Is(err, market.ErrUnknownJob) {
		return fmt.Errorf("%w: %s", ErrUnknownJob, job)
	}
	return err
}

// Job returns how a job stands.
func (n *Node) Job(ctx context.Context, job poc.Hash) (v market.View, err error) {
	known := false
	if err := n.loop.ask(ctx, func(m *market.Machine) { v, known = m.View(job) }); err != nil {
		return v, err
	}
	if !known {
		return v, fmt.Errorf("%w: %s", ErrUnknownJob, job)
	}
	say := func(code, text string) {
		v.Reasons, v.Explain = append(v.Reasons, market.Reason{Code: code, Count: 1, Text: text}), append(v.Explain, text)
	}
	if !Over(v) {
		for _, snag := range n.ops.snagsOf(job) {
			say(ReasonOperation, snag)
		}
	}
	for _, d := range n.disputes.of(v) {
		say(ReasonDispute, d.String())
	}
	for _, k := range n.court.views(&job) {
		say(ReasonCase, k.String())
	}
	return v, nil
}

// Jobs returns how every job stands that this node has a part in, oldest first.
func (n *Node) Jobs(ctx context.Context) (vs []market.View, err error) {
	err = n.loop.ask(ctx, func(m *market.Machine) {
		for _, id := range m.Jobs() {
			if v, ok := m.View(id); ok {
				vs = append(vs, v)
			}
		}
	})
	return vs, err
}

// Market returns the advertisements that are valid now.
func (n *Node) Market(ctx context.Context) (ads []market.AdView, err error) {
	err = n.loop.ask(ctx, func(m *market.Machine) { ads = m.Ads() })
	return ads, err
}

// Status is a node's own state. What could not be found out has its reason in Problems.
type Status struct {
	Peer      poc.PeerID      `json:"peer"`
	Account   poc.Account     `json:"account"`
	Version   string          `json:"version"`
	Uptime    int64           `json:"uptime"` // seconds
	Network   string          `json:"network"`
	NetworkID poc.Hash        `json:"networkID"`
	Chain     string          `json:"chain"`
	Addrs     []string        `json:"addrs"`
	Peers     []PeerStatus    `json:"peers"`
	Balance   market.Amount   `json:"balance"`
	Native    string          `json:"native"` // fee currency, in its smallest unit
	Standing  market.Standing `json:"standing"`
	Provider  bool            `json:"provider"` // sells, and advertises unless there is a problem
	Device    *gpu.Info       `json:"device,omitempty"`
	Bench     *gpu.Benchmark  `json:"bench,omitempty"`
	Guard     *Guard          `json:"guard,omitempty"`
	Memory    uint64          `json:"memory,omitempty"` // bytes of device memory that a task may take; 0: it sells nothing, or does not know its device yet
	Ads       int             `json:"ads"`
	Jobs      int             `json:"jobs"`
	Active    int             `json:"active"`          // jobs that are not terminal
	Mail      int             `json:"mail"`            // messages that are not acknowledged
	Ops       int             `json:"operations"`      // settlement operations that are not done
	Stored    int64           `json:"stored"`          // bytes of content
	Cases     []CaseView      `json:"cases,omitempty"` // before the arbiters, of this node
	Problems  []string        `json:"problems,omitempty"`
}

// PeerStatus is one connected peer.
type PeerStatus struct {
	ID        string  `json:"id"`
	Addr      string  `json:"addr"`
	Direction string  `json:"direction"`
	Relayed   bool    `json:"relayed,omitempty"`
	LatencyMS float64 `json:"latencyMs"` // 0: not measured
}

// Status returns the node's state.
func (n *Node) Status(ctx context.Context) (Status, error) {
	s := Status{
		Peer: n.self, Account: n.settlement.Account(), Version: Version(), Uptime: int64(time.Since(n.started) / time.Second),
		Network: n.cfg.Network.Name, NetworkID: n.network, Chain: n.cfg.Network.Chain, Addrs: n.host.Addrs(),
		Provider: n.cfg.Provider.Enabled, Device: n.device.Load(), Mail: n.outbox.waiting(), Ops: n.ops.waiting(), Stored: n.host.Content().Used(), Cases: n.court.views(nil),
	}
	err := n.loop.ask(ctx, func(m *market.Machine) {
		s.Ads = len(m.Ads())
		for _, id := range m.Jobs() {
			s.Jobs++
			if state, _ := m.StateOf(id); !state.Terminal() {
				s.Active++
			}
		}
	})
	if err != nil {
		return s, err
	}
	for _, p := range n.host.Peers() {
		s.Peers = append(s.Peers, PeerStatus{p.ID.String(), p.Addr, p.Direction, p.Relayed, float64(p.Latency.Microseconds()) / 1000})
	}
	n.provider.mu.Lock()
	s.Bench, s.Memory = n.provider.mu.bench, n.provider.mu.lends
	if n.provider.mu.problem != "" {
		s.Problems = append(s.Problems, n.provider.mu.problem)
	}
	n.provider.mu.Unlock()
	if problem := n.challenges.problem(); problem != "" {
		s.Problems = append(s.Problems, problem)
	}
	if problem := n.court.trouble(); problem != "" {
		s.Problems = append(s.Problems, problem)
	}
	if g, problem := n.warden.status(); s.Provider {
		s.Guard = g
		if problem != "" {
			s.Problems = append(s.Problems, problem)
		}
		s.Problems = append(s.Problems, n.runs.checkpoints.problems()...)
	}
	if s.Balance, s.Native, err = n.settlement.Balance(ctx, s.Account); err == nil {
		s.Standing, err = n.settlement.Standing(ctx, s.Account)
	}
	if err != nil {
		s.Problems = append(s.Problems, "the chain does not answer: "+err.Error())
	}
	return s, nil
}
