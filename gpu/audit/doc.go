// Package audit re-runs sampled segments of a run that somebody else claims to have made, each from the state that the claim
// itself says it began with. So nothing but what happened within the segment counts: rounding does not add up over the run, and
// one segment costs what one segment costs.
//
// A worker publishes a [Claim]. Afterwards a beacon that nobody knew before chooses segments ([Select]), and whoever audits
// fetches the states at their boundaries and asks an [Auditor] about each. The package knows programs and devices only: who
// audits, who pays for it, and what follows from a [Finding] is the caller's.
//
// What is compared, and what no audit sees, is in DESIGN.md.
package audit
