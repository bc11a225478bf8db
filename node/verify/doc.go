// Package verify checks the receipt of a job that is over, without trusting any node: what the job was, who was drawn for it,
// that a quorum of those signed each result, and where the money went. A sample of the tasks can be computed again on the
// reference evaluator, and what the receipt says of the chain can be compared with the chain.
//
// A receipt proves what its signatures cover. The beacon, the standings at its height and the transfers happened on chain; a
// receipt repeats them. Without a chain to ask, their consistency is checked and the report says so.
package verify
