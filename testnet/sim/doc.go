// Package sim runs whole networks of nodes in simulated time. Every node is the market.Machine that a real node runs, with
// real signed envelopes; the chain is the reference ledger of node/chain; links, clocks, devices and people are simulated.
// There is one heap of events ordered by time and sequence, one random generator, and no goroutine: the same scenario and
// seed give the same run, event for event.
//
// A [Scenario] is one experiment, read from a file; [Run] gives a [Result]: a table, a CSV file and a picture. Dishonest
// nodes are strategies: they run the same machine and change what it hears, says and computes. What must never happen is
// checked while the run goes on, and a violation ends it with the seed that shows it again.
//
// Two things are not simulated event by event, because they would be nearly all events and change nothing. Ads are kept in
// one directory of shared, immutable messages, and a node hears them when it submits a job. And a bid that asks only a share
// of the providers (market.Bid.Asks) is not delivered to those that it does not ask: their machines would refuse it.
package sim
