package sim

import (
	"encoding/binary"
	"fmt"
	"math"

	"gpumesh/market"
	"gpumesh/poc"
)

// submit starts a job of this node's, of one of the scenario's loads.
func (n *node) submit(serial uint64, load int, l Demand) {
	w := n.w
	if n.gone {
		w.after(1_000, func() { n.submit(serial, load, l) })
		return
	}
	n.hearAds()
	if n.gone { // it died of what it heard
		n.submit(serial, load, l)
		return
	}
	policy, err := w.s.policy()
	if err != nil {
		w.violate("the policy is not valid: %v", err)
		return
	}
	if asks := n.act.asks; asks != nil {
		compare := policy.Compare
		policy = *asks
		policy.Compare = compare
	}
	priority, err := l.priority()
	if err != nil {
		w.violate("%v", err)
		return
	}
	s := market.Spec{
		Version: 1, Network: w.id, Name: fmt.Sprint("job ", serial), Owner: n.peer, Account: n.account,
		Policy: policy, MaxPrice: w.s.maxPrice(), Deadline: n.clock().Add(w.s.Jobs.Deadline.millis()), Priority: priority,
	}
	if w.tier.Tier == poc.ClassExact {
		s.Class = class
	}
	if w.s.Jobs.Batch > 1 {
		s.Batch = uint32(w.s.Jobs.Batch)
	}
	binary.BigEndian.PutUint64(s.Nonce[:], serial+1)
	w.s.Terms.apply(&s, n.clock())
	for i := range l.Tasks {
		s.Tasks = append(s.Tasks, w.task(i))
	}
	terms := s.Terms(w.net)
	budget, ok := market.MaxCost(terms, w.s.Rewards.feeBps())
	if !ok {
		w.violate("the budget of a job overflows")
		return
	}
	s.Budget = budget
	j := &jobRun{
		id: s.ID(), spec: s, owner: n, submitted: w.now, certified: map[uint32]bool{}, settled: map[uint32]bool{}, wrong: map[uint32]bool{},
		load: load, endless: serial >= endless, unpaid: map[*node]int{}, units: map[uint32]*unitRun{}, guests: map[*node]bool{},
	}
	w.jobs[j.id] = j
	w.order = append(w.order, j)
	if err := n.step(market.Submit{Spec: s}); err != nil {
		w.violate("node %d cannot submit its job: %v", n.index, err)
	}
	n.goOn(serial, load, l)
}

// noticed looks whether a job of this node's is over.
func (n *node) noticed(id poc.Hash) {
	j := n.w.jobs[id]
	if j == nil || j.owner != n || j.over {
		return
	}
	if state, failure := n.m.StateOf(id); state.Terminal() {
		j.over = true
		if !j.endless {
			n.w.open--
		}
		if failure != nil {
			j.failed = string(failure.Code)
		}
	}
}

func (w *world) task(i int) market.Task {
	return market.Task{
		Name: "t", Program: poc.BlockLink([]byte("program")), Outputs: []market.OutSpec{{Name: "out", Size: 8}}, Seed: uint64(i),
		Timeout: uint32(min(3600, 10+30*w.s.Jobs.Seconds*math.Sqrt(w.s.SpeedSpread))),
	}
}
