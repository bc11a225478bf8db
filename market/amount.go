package market

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// Amount is a number of base units of the network's token. NLOV has 9 decimals, so the whole supply fits.
type Amount uint64

// NLOV is one token.
const NLOV Amount = 1_000_000_000

// String formats a without trailing zeros, such as "1.5 NLOV".
func (a Amount) String() string {
	s := strconv.FormatUint(uint64(a/NLOV), 10)
	if frac := a % NLOV; frac != 0 {
		s += "." + strings.TrimRight(fmt.Sprintf("%09d", uint64(frac)), "0")
	}
	return s + " NLOV"
}

// ParseAmount parses a decimal number of tokens with at most 9 decimals, with or without the unit: "0.25", "3 NLOV".
func ParseAmount(s string) (Amount, error) {
	num := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s), "NLOV"))
	whole, frac, _ := strings.Cut(num, ".")
	bad := func() (Amount, error) {
		return 0, fmt.Errorf("%q is not an amount such as 1.5 or \"1.5 NLOV\" (at most 9 decimals)", s)
	}
	if whole == "" && frac == "" || len(frac) > 9 {
		return bad()
	}
	n, err := strconv.ParseUint("0"+whole, 10, 64)
	if err != nil || strings.HasPrefix(whole, "+") {
		return bad()
	}
	f, err := strconv.ParseUint(frac+strings.Repeat("0", 9-len(frac)), 10, 64)
	if err != nil || strings.HasPrefix(frac, "+") {
		return bad()
	}
	a, ok := Amount(n).Mul(uint64(NLOV))
	if !ok || a > a+Amount(f) {
		return bad()
	}
	return a + Amount(f), nil
}

// Mul returns a*n, and false on overflow.
func (a Amount) Mul(n uint64) (Amount, bool) {
	hi, lo := bits.Mul64(uint64(a), n)
	return Amount(lo), hi == 0
}

// Graded is the pay for an ask, as the settlement layer rounds it: for this share of the work (see poc.Statement; zero: all), and
// lateBps parts of FeeBase less if it was late.
func (a Amount) Graded(late bool, share uint16, lateBps uint32) Amount {
	if share != 0 {
		hi, lo := bits.Mul64(uint64(a), uint64(share))
		a = Amount(hi<<48 | lo>>16) // of poc.Shares
	}
	if late {
		hi, lo := bits.Mul64(uint64(a), uint64(FeeBase-lateBps))
		q, _ := bits.Div64(hi, lo, FeeBase)
		a = Amount(q)
	}
	return a
}

// MarshalText and UnmarshalText use the form of String and ParseAmount.
func (a Amount) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText parses what ParseAmount parses.
func (a *Amount) UnmarshalText(b []byte) (err error) { *a, err = ParseAmount(string(b)); return err }
