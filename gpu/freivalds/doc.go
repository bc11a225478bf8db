// Package freivalds checks matrix products without computing them: with a vector r that nobody could know when the product
// was made, c r is compared with a (b r), which costs as much as reading the three matrices a few times (R. Freivalds,
// "Probabilistic machines can use less running time", 1977). No number of colluders helps against it.
//
// [New] reads b and [Check.Rows] any block of rows of a and c, so a product can be checked whole or by drawn samples, from
// files larger than memory. The seed must come from a beacon that was not known when c was committed to.
//
// What a nil error means depends on the elements:
//
//   - Int8, and Int32 where no sum can overflow (which is found by measuring the rows): r is uniform modulo the prime 2^61-1. A
//     block with any wrong element passes with a probability of at most 2^-60.9.
//   - Int32 otherwise: products are modulo 2^32, where half of all vectors miss an error in the highest bit. So 64 vectors of
//     bits are taken from the right and 64 from the left, and s c r is compared with (s a)(b r) for each pair. A wrong block
//     passes with a probability of at most 2^-63.
//   - Float32: rounding is allowed for, so only what is larger can be seen. See [Tolerance].
package freivalds
