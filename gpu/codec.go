package gpu

import (
	"bytes"

	"github.com/fxamacker/cbor/v2"
)

// The encoding is the DAG-CBOR subset that a Program needs: maps with text keys in length-first order, definite lengths,
// shortest integers, no tags, no floats.
var (
	programEncoder = must(cbor.EncOptions{
		Sort:          cbor.SortLengthFirst,
		ShortestFloat: cbor.ShortestFloatNone,
		IndefLength:   cbor.IndefLengthForbidden,
		NilContainers: cbor.NilContainerAsEmpty,
		TagsMd:        cbor.TagsForbidden,
	}.EncMode())

	programDecoder = must(cbor.DecOptions{
		DupMapKey:         cbor.DupMapKeyEnforcedAPF,
		IndefLength:       cbor.IndefLengthForbidden,
		TagsMd:            cbor.TagsForbidden,
		UTF8:              cbor.UTF8RejectInvalid,
		FieldNameMatching: cbor.FieldNameMatchingCaseSensitive,
		ExtraReturnErrors: cbor.ExtraDecErrorUnknownField,
		MaxNestedLevels:   8,
		MaxArrayElements:  MaxCommands,
		MaxMapPairs:       16,
	}.DecMode())
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // constant options: fails in every test or never
	}
	return v
}

// Encode returns the one canonical DAG-CBOR block of p, at most MaxProgram bytes. It does not validate p otherwise.
func (p *Program) Encode() ([]byte, error) {
	b, err := programEncoder.Marshal(p)
	if err != nil {
		return nil, Errorf(InvalidProgram, "the program cannot be encoded: %v", err)
	}
	if len(b) > MaxProgram {
		return nil, Errorf(InvalidProgram, "the encoded program has %d bytes; at most %d are allowed", len(b), MaxProgram)
	}
	return b, nil
}

// DecodeProgram reads what Encode wrote and nothing else: a block that would not encode to the same bytes is refused, so
// that a program has one content address only. It does not validate the program; see Validate and Check.
func DecodeProgram(b []byte) (*Program, error) {
	if len(b) > MaxProgram {
		return nil, Errorf(InvalidProgram, "the encoded program has %d bytes; at most %d are allowed", len(b), MaxProgram)
	}
	p := new(Program)
	if err := programDecoder.Unmarshal(b, p); err != nil {
		return nil, Errorf(InvalidProgram, "not an encoded program: %v", err)
	}
	again, err := p.Encode()
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again, b) {
		return nil, Errorf(InvalidProgram, "the program is not in canonical DAG-CBOR form")
	}
	return p, nil
}
