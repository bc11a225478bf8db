// Package node is one node of the network: it drives the pure market machine with what happens, and carries out what the
// machine wants done.
//
// One goroutine, the loop, owns the machine. Messages, completions of slow work and the machine's one timer become events in
// a bounded queue. The loop steps the machine through a batch of them, makes everything durable in one synced write, and only
// then lets anything leave: answers to peers, messages, settlement operations, gossip, executions. So a node that is killed
// at any moment has promised nothing that it does not know after its restart.
//
//   - outbox.go: reliable messages, resent until they are acknowledged or expire.
//   - settle.go: settlement operations until the chain confirms or refuses them, and what the chain says.
//   - fetch.go, execute.go: a job's documents and inputs, static analysis, and the execution of its tasks.
//   - archive.go: results and certificates are published, kept and let go.
//   - court.go, judge.go: cases before the arbiters.
//   - rewards.go, rewardfacts.go, rewardcheck.go: claims on the network's pool, this node's and others'.
//   - gossip.go, provide.go: advertisements and bids.
//   - view.go, receipt.go: what people see.
//
// A Node's methods are safe for concurrent use. What the API, the command line and the tests need is here; how it is shown is
// not.
package node
