package poc

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/ipfs/go-cid"
)

// FuzzText: what a text form is read as is written as the same text, and what is refused changes nothing.
func FuzzText(f *testing.F) {
	f.Add(PeerID{1, 2, 3}.String())
	f.Add(Hash{1, 2, 3}.String())
	f.Add(strings.Repeat("g", 64))
	f.Add(strings.Repeat("1", 52))
	f.Add(strings.Repeat("z", 1<<10))
	f.Fuzz(func(t *testing.T, s string) {
		p, before := PeerID{9}, PeerID{9}
		switch err := p.UnmarshalText([]byte(s)); {
		case err == nil && p.String() != s:
			t.Fatalf("%q is read as %v", s, p)
		case err != nil && p != before:
			t.Fatalf("%q is refused, and leaves %v", s, p)
		}
		h, was := Hash{9}, Hash{9}
		switch err := h.UnmarshalText([]byte(s)); {
		case err == nil && h.String() != strings.ToLower(s):
			t.Fatalf("%q is read as %v", s, h)
		case err != nil && h != was:
			t.Fatalf("%q is refused, and leaves %v", s, h)
		}
		if b, err := hex.DecodeString(s); (err == nil && len(b) == 32) != (h != was || s == was.String()) {
			t.Fatalf("%q is read as %v", s, h)
		}
		if tier, err := ParseTier(s); err == nil && tier.String() != s {
			t.Fatalf("%q is read as %v", s, tier)
		}
	})
}

// FuzzLink: what a link is read from is written as the same bytes, and what is refused changes nothing.
func FuzzLink(f *testing.F) {
	for _, l := range []Link{RawLink([]byte("raw")), BlockLink([]byte("block"))} {
		b, err := l.MarshalCBOR()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		f.Add(b[:len(b)-1])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var l Link
		if err := l.UnmarshalCBOR(b); err != nil {
			if l.Cid != cid.Undef {
				t.Fatalf("%x is refused, and leaves %v", b, l)
			}
			return
		}
		again, err := l.MarshalCBOR()
		if err != nil {
			t.Fatalf("%x is read as %v: %v", b, l, err)
		}
		var same Link
		if err := same.UnmarshalCBOR(again); err != nil || same != l || len(again) > len(b) || len(again) == len(b) && !bytes.Equal(again, b) {
			t.Fatalf("%x is read as %v and written as %x: %v", b, l, again, err)
		}
	})
}
