package market

import (
	"math/big"
	"math/rand/v2"
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

// TestMaxCost compares with big integers, up to what does not fit: a sum that wrapped around would make a budget of nothing enough.
func TestMaxCost(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for i := range 20_000 {
		terms := Terms{Tasks: 1 + uint32(r.IntN(4096)), Replicas: 1 + uint32(r.IntN(32)), MaxPrice: Amount(r.Uint64() >> r.IntN(64))}
		fee := uint32(r.IntN(1001))
		if i%4 == 0 {
			terms.Tasks, terms.Replicas, terms.MaxPrice = 1, 1, Amount(^uint64(0)/(FeeBase+uint64(fee))+uint64(r.IntN(3)))
		}
		want := new(big.Int).SetUint64(uint64(terms.Tasks) * uint64(terms.Replicas))
		want.Mul(want, new(big.Int).SetUint64(uint64(terms.MaxPrice)))
		want.Mul(want, big.NewInt(int64(FeeBase+fee)))
		want.Add(want, big.NewInt(FeeBase-1)).Div(want, big.NewInt(FeeBase))
		got, ok := MaxCost(terms, fee)
		if ok != want.IsUint64() || ok && uint64(got) != want.Uint64() {
			t.Fatalf("%+v with a fee of %d costs %d (%v), and must cost %v", terms, fee, uint64(got), ok, want)
		}
	}
	s, n := validSpec()
	s.MaxPrice = 1 << 62
	if err := s.Validate(n); err == nil || !strings.Contains(err.Error(), "more than any account can hold") {
		t.Errorf("a price beyond all that there can be: %v", err)
	}
}
