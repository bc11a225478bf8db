package market

import (
	"fmt"
	"strings"
	"testing"

	"gpumesh/poc"
)

// TestLargestJob: a job of as many tasks as the default network allows fits into what carries it, whatever its panel.
func TestLargestJob(t *testing.T) {
	net := DefaultNetwork()
	net.Chain = "test"
	w := newWorld(t, 76, 2)
	s := Spec{
		Version: 1, Network: net.ID(), Name: "largest", Owner: w.nodes[0].peer, Account: w.nodes[0].account, MaxPrice: NLOV, Deadline: w.now.Add(60_000),
		Policy: poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 4},
	}
	program := poc.BlockLink([]byte("program"))
	for i := range net.MaxTasks {
		file := rawLink(fmt.Sprint("input ", i))
		s.Tasks = append(s.Tasks, Task{
			Name: fmt.Sprintf("task %d", i), Program: program, Seed: ^uint64(0) - uint64(i), Timeout: 3600,
			Inputs:  []Input{{Name: "weights", Parts: []Part{{File: &file, Size: 1 << 30}}}},
			Outputs: []OutSpec{{"output", 1 << 30}},
		})
	}
	s.Budget, _ = MaxCost(s.Terms(net), 0)
	if err := s.Validate(net); err != nil {
		t.Fatal(err)
	}
	spec, err := poc.Encode(s)
	if err != nil {
		t.Fatal(err)
	}

	doc, offers := AwardDoc{Version: 1, Job: s.ID()}, map[poc.PeerID][]byte{}
	for i := range net.MaxPanel {
		p := w.stranger(fmt.Sprint("provider ", i))
		o := Offer{Job: doc.Job, Account: poc.Account(strings.Repeat("a", poc.MaxAccount-2) + fmt.Sprintf("%02d", i)), Ask: ^Amount(0), Speed: ^uint64(0), Class: strings.Repeat("c", poc.MaxClass), Lot: poc.Hash{1}, Capability: make([]byte, maxCapability)}
		offers[p.peer] = p.wrap(o, 1<<60)
	}
	for _, p := range sortedPeers(offers) {
		doc.Offers = append(doc.Offers, offers[p])
	}
	award := w.nodes[0].wrap(Award{doc.Job, poc.MustEncode(doc)}, w.now.Add(1))

	j := newJob(doc.Job, s.Owner, 1)
	for i := range net.MaxTasks {
		j.Settled, j.Claiming = append(j.Settled, i), append(j.Claiming, i)
	}
	record := poc.MustEncode(j.record)
	t.Logf("a spec of %d bytes, an award of %d, a record of %d", len(spec), len(award), len(record))
	if len(award) > MaxEnvelope || len(record) > 64<<10 {
		t.Error("the award is no message, or every step of the job writes much")
	}
	if _, err := Open(w.net.ID(), award, testVerifier{}); err != nil {
		t.Errorf("the award: %v", err)
	}
	if net.MaxTasks++; net.Validate() == nil {
		t.Error("contracts allow more tasks than the default network")
	}
}
