package poc

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"

	"github.com/fxamacker/cbor/v2"
	"github.com/ipfs/go-cid"
)

// MaxDocument bounds the size of one encoded document in bytes. It is well below bitswap's block limit of 2 MiB.
const MaxDocument = 1 << 20

var (
	encMode cbor.EncMode
	decMode cbor.DecMode
)

func init() {
	var err error
	// DAG-CBOR: shortest forms, definite lengths, string keys sorted by length, then bytes; no tag but 42.
	encMode, err = cbor.EncOptions{Sort: cbor.SortLengthFirst, IndefLength: cbor.IndefLengthForbidden}.EncMode()
	if err == nil {
		decMode, err = cbor.DecOptions{
			DupMapKey: cbor.DupMapKeyEnforcedAPF, IndefLength: cbor.IndefLengthForbidden,
			MaxNestedLevels: 16, MaxArrayElements: 1 << 16, MaxMapPairs: 1 << 10,
			ExtraReturnErrors: cbor.ExtraDecErrorUnknownField,
		}.DecMode()
	}
	if err != nil {
		panic(err) // constant options
	}
}

// Encode returns the DAG-CBOR encoding of a document. Equal values give equal bytes.
func Encode(v any) ([]byte, error) {
	b, err := encMode.Marshal(v)
	if err == nil && len(b) > MaxDocument {
		return nil, fmt.Errorf("document of %d bytes is over the limit of %d", len(b), MaxDocument)
	}
	return b, err
}

// MustEncode is Encode for values of this program's own types that cannot fail to encode.
func MustEncode(v any) []byte {
	b, err := Encode(v)
	if err != nil {
		panic(err) // the caller vouches for the type and its bounds
	}
	return b
}

var errNotCanonical = errors.New("document is not canonical DAG-CBOR")

// Decode decodes a document into v, a pointer to a struct. It refuses unknown fields, duplicate keys, oversized input and
// every encoding other than the one that Encode makes, so that a document has one CID.
func Decode(b []byte, v any) error {
	if len(b) > MaxDocument {
		return fmt.Errorf("document of %d bytes is over the limit of %d", len(b), MaxDocument)
	}
	if err := decMode.Unmarshal(b, v); err != nil {
		return err
	}
	again, err := encMode.Marshal(reflect.ValueOf(v).Elem().Interface())
	if err != nil {
		return err
	}
	if !bytes.Equal(b, again) {
		return errNotCanonical
	}
	return nil
}

const linkTag = 42

// MarshalCBOR encodes the link as tag 42 over a zero byte and the binary CID.
func (l Link) MarshalCBOR() ([]byte, error) {
	if !l.Defined() {
		return nil, errors.New("undefined link")
	}
	return encMode.Marshal(cbor.Tag{Number: linkTag, Content: append([]byte{0}, l.Bytes()...)})
}

// UnmarshalCBOR decodes tag 42.
func (l *Link) UnmarshalCBOR(b []byte) error {
	var t cbor.RawTag
	if err := decMode.Unmarshal(b, &t); err != nil {
		return err
	}
	var raw []byte
	if err := decMode.Unmarshal(t.Content, &raw); err != nil {
		return err
	}
	if t.Number != linkTag || len(raw) < 2 || raw[0] != 0 {
		return errors.New("a link is CBOR tag 42 over a zero byte and a CID")
	}
	c, err := cid.Cast(raw[1:])
	if err != nil {
		return err
	}
	l.Cid = c
	return nil
}
