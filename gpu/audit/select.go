package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"
)

// Rate is a share of segments in millionths.
type Rate uint32

// Percent is one segment in a hundred.
const Percent Rate = 10_000

// DefaultRate is the share of segments that are audited where nothing else was agreed on.
const DefaultRate = 10 * Percent

// Of is how many of n segments are audited: the share rounded up, so at least one of any.
func (r Rate) Of(n int) int {
	if n <= 0 {
		return 0
	}
	return int(max(1, min(uint64(n), (uint64(n)*uint64(r)+1e6-1)/1e6)))
}

const selectDomain = "gpumesh/audit/select/1\n"

// Select draws the segments to audit, in ascending order: rate.Of(segments) of them, each set with the same probability.
// Nobody may know the beacon before the claim is bound, and each run needs its own: a common beacon hashed with what names
// the run. Everybody draws the same: Floyd's sampling, with numbers from the first 8 bytes of SHA-256(domain, beacon, u64 counter),
// big-endian, where a number that would make the remainder uneven is skipped.
func Select(beacon [32]byte, segments int, rate Rate) []int {
	var counter uint64
	below := func(n uint64) uint64 {
		for {
			b := append([]byte(selectDomain), beacon[:]...)
			sum := sha256.Sum256(binary.BigEndian.AppendUint64(b, counter))
			counter++
			if x := binary.BigEndian.Uint64(sum[:]); x < math.MaxUint64-math.MaxUint64%n {
				return x % n
			}
		}
	}
	m := rate.Of(segments)
	chosen := make(map[int]bool, m)
	list := make([]int, 0, m)
	for j := segments - m; j < segments; j++ {
		k := int(below(uint64(j) + 1))
		if chosen[k] {
			k = j
		}
		chosen[k] = true
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

// Detection is the probability that at least one of the audited segments is among the wrong ones, of segments in all:
// 1 - C(n-c,m)/C(n,m), for segments drawn without replacement.
func Detection(segments, wrong, audited int) float64 {
	missed := 1.0
	for i := range min(audited, segments) {
		missed *= max(0, float64(segments-wrong-i)) / float64(segments-i)
	}
	return 1 - missed
}

// Stake is what a worker must stand to lose so that cheating does not pay: gain (1-p)/p, where gain is what an undetected
// cheat brings and p its detection. It is infinite where p is 0.
func Stake(gain, p float64) float64 { return gain * (1 - p) / p }
