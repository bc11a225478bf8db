package market

import (
	"math/big"
	"regexp"
	"strings"
	"testing"
)

// FuzzParseAmount: an amount is what exact arithmetic says, and is written as a text that is read as the same.
func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"0.25", "3 NLOV", " 1.5NLOV ", ".5", "5.", ".", "", "NLOV", "-1", "+1", "1.+5", "1e9", "1_0", "0x10", "18446744073.709551615", "18446744073.709551616",
		"0.0000000001", "1.5 NLOV NLOV"} {
		f.Add(s)
	}
	form := regexp.MustCompile(`^([0-9]*)(\.([0-9]{0,9}))?$`)
	f.Fuzz(func(t *testing.T, s string) {
		got, err := ParseAmount(s)
		number := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s), "NLOV"))
		parts := form.FindStringSubmatch(number)
		if parts == nil || parts[1] == "" && parts[3] == "" {
			if err == nil {
				t.Fatalf("%q is read as %v", s, got)
			}
			return
		}
		want, _ := new(big.Rat).SetString("0" + parts[1] + "." + parts[3] + "0")
		want.Mul(want, new(big.Rat).SetUint64(uint64(NLOV)))
		fits := want.Num().IsUint64()
		if (err == nil) != fits || err == nil && want.Num().Uint64() != uint64(got) {
			t.Fatalf("%q is read as %d (%v), want %v", s, got, err, want)
		}
		if again, err2 := ParseAmount(got.String()); err == nil && (err2 != nil || again != got) {
			t.Fatalf("%v is read as %v: %v", got, again, err2)
		}
	})
}
