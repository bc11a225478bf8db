// Package poc is Proof of Computation: how several nodes that do not trust each other agree on the result of one task
// without a coordinator.
//
// A [Task] is a pure state machine, one per task and node. Every node of the task's panel runs one, and so does the job's
// owner while it is there; nobody is special. The steps are
//
//	commit  each replica binds itself to a salted hash of its result, before it can know anybody else's
//	seal    the first in rank fixes the set of commitments; after a timeout the next in rank may
//	reveal  only then, and only to the members of the seal, replicas open their commitments
//	attest  a replica that sees a quorum of equal results signs that result for settlement, and who agreed on it
//
// and a quorum of attestations is the [Certificate]. Who a quorum of them names is paid, whether or not it signed itself. A copied answer is worthless because a commitment is bound to its
// peer; a late one because it is not in the seal. When no quorum agrees, or replicas fall silent, further workers are drawn
// in rank order up to a bound, and then the task fails with its reason and evidence.
//
// What holds with fewer than a quorum of adversaries among the candidates: no wrong result is certified, no honest node is
// called a liar with evidence, every honest node ends by the deadline, and a worker that cheats alone is paid by no
// certificate, whoever makes it. What does not: messages between two nodes prove nothing to a third, so two adversaries, one of
// whom seals, can seal a copied answer, and the first in rank can leave a slow replica out of the round. A signer that names
// few, and claims with its own and as few other attestations as it can, leaves those unpaid whom only the rest name.
//
// The machine has one entry point, Step(now, Event), which returns Effects: plain data for the host to carry out. It
// starts no goroutine and uses no clock, lock, I/O or global randomness, so the same code runs in a node and in a
// simulator. A Task is not safe for concurrent use. Validation of messages (Validate) is pure and safe for concurrent use.
package poc
