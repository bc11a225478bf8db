// Package market is the market protocol: ads, bids, offers, awards, scoring, pricing, leases, and the life of jobs and
// tasks, as one pure state machine per node.
//
// [Machine.Step] takes the time and one [Event] and returns [Effects]: plain data that the host carries out in a fixed
// order, first of all making records durable. The machine starts no goroutine and uses no clock, lock, I/O or global
// randomness; slow work is an effect with a completion event. It holds one poc.Task per task and drives it.
//
// The same machine plays every role: job owner, provider, and member of a job's panel. After an award is anchored the
// owner has no further part in the protocol: the award and a public beacon give every node the same assignment.
//
// A Machine is not safe for concurrent use. Decoding and validating messages (Open) is pure and safe for concurrent use.
package market
