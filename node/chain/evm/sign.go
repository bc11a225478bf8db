package evm

import (
	"bytes"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"gpumesh/poc"
)

// The types of EIP-712 that Marketplace.sol hashes too.
var (
	domainType   = crypto.Keccak256([]byte("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"))
	domainName   = crypto.Keccak256([]byte("gpumesh"))
	domainVer    = crypto.Keccak256([]byte("1"))
	attestedType = crypto.Keccak256([]byte("Attested(bytes32 job,uint32 task,bytes32 digest,uint64 agreed)"))
	gradedType   = crypto.Keccak256([]byte("Graded(bytes32 job,uint32 task,bytes32 digest,uint64 agreed,uint96 grade)"))
	commitType   = crypto.Keccak256([]byte("Committed(bytes32 job,uint32 task,bytes32 digest)")) // no contract takes it
	revealedType = crypto.Keccak256([]byte("Revealed(bytes32 job,uint32 task,bytes32 digest)"))
)

// Verifier checks settlement signatures for one marketplace on one chain. It needs no connection. The zero value rejects
// everything that was not signed for the zero chain.
type Verifier struct{ domain common.Hash }

// NewVerifier returns the verifier of a chain and marketplace.
func NewVerifier(chainID *big.Int, marketplace common.Address) Verifier {
	return Verifier{crypto.Keccak256Hash(domainType, domainName, domainVer, common.BigToHash(chainID).Bytes(), common.LeftPadBytes(marketplace[:], 32))}
}

// digest is the EIP-712 digest of a statement.
func (v Verifier) digest(s poc.Statement) ([]byte, error) {
	var body []byte
	grade := gradeOf(s)
	switch {
	case s.Kind == poc.Attested && grade.Sign() != 0:
		body = crypto.Keccak256(gradedType, s.Job[:], word(uint64(s.Task)), s.Digest[:], word(s.Agreed), common.BigToHash(grade).Bytes())
	case s.Kind == poc.Attested:
		body = crypto.Keccak256(attestedType, s.Job[:], word(uint64(s.Task)), s.Digest[:], word(s.Agreed))
	case s.Kind == poc.Committed && s.Agreed == 0 && grade.Sign() == 0:
		body = crypto.Keccak256(commitType, s.Job[:], word(uint64(s.Task)), s.Digest[:])
	case s.Kind == poc.Revealed && s.Agreed == 0 && grade.Sign() == 0:
		body = crypto.Keccak256(revealedType, s.Job[:], word(uint64(s.Task)), s.Digest[:])
	case s.Kind == poc.Revealed || s.Kind == poc.Committed:
		return nil, errors.New("a commitment or reveal names no seats and no grade")
	default:
		return nil, fmt.Errorf("a settlement signature is over committed, attested or revealed, not over %v", s.Kind)
	}
	return crypto.Keccak256([]byte{0x19, 0x01}, v.domain[:], body), nil
}

// gradeOf is a grade as Marketplace.sol has it.
func gradeOf(s poc.Statement) *big.Int {
	grade := new(big.Int).Lsh(big.NewInt(int64(s.Share)), 64)
	return grade.Or(grade, new(big.Int).SetUint64(s.Late))
}

var halfOrder = new(big.Int).Rsh(crypto.S256().Params().N, 1)

// Verify implements poc.Verifier. A statement has one valid signature per account and nonce: 64 bytes, r and vs of
// EIP-2098, with the lower s.
func (v Verifier) Verify(a poc.Account, s poc.Statement, sig []byte) error {
	address, err := ParseAccount(a)
	if err != nil {
		return err
	}
	digest, err := v.digest(s)
	if err != nil {
		return err
	}
	return verifyHash(address, digest, sig)
}

// verifyHash reports whether a signature over a hash is an account's, in the one form that counts.
func verifyHash(address common.Address, digest, sig []byte) error {
	if len(sig) != 64 {
		return fmt.Errorf("a settlement signature has 64 bytes, not %d", len(sig))
	}
	full := make([]byte, 65)
	copy(full, sig)
	full[64] = sig[32] >> 7
	full[32] &= 0x7f
	if new(big.Int).SetBytes(full[32:64]).Cmp(halfOrder) > 0 {
		return errors.New("the signature is malleable: its s is in the upper half")
	}
	key, err := crypto.SigToPub(digest, full)
	if err != nil {
		return errors.New("the signature is not a secp256k1 signature")
	}
	if crypto.PubkeyToAddress(*key) != address {
		return fmt.Errorf("the signature is not by %s over this statement", AccountOf(address))
	}
	return nil
}

// sign returns the signature that Verify accepts. It is deterministic (RFC 6979).
func (v Verifier) sign(key *ecdsa.PrivateKey, s poc.Statement) ([]byte, error) {
	digest, err := v.digest(s)
	if err != nil {
		return nil, err
	}
	return signHash(key, digest)
}

// signHash returns the signature that verifyHash accepts.
func signHash(key *ecdsa.PrivateKey, digest []byte) ([]byte, error) {
	sig, err := crypto.Sign(digest, key)
	if err != nil {
		return nil, err
	}
	sig[32] |= sig[64] << 7
	return sig[:64], nil
}

// AccountOf is the canonical text form of an address: lower-case 0x hex.
func AccountOf(a common.Address) poc.Account { return poc.Account(strings.ToLower(a.Hex())) }

// ParseAccount parses the canonical text form, and only that.
func ParseAccount(a poc.Account) (common.Address, error) {
	if !common.IsHexAddress(string(a)) || AccountOf(common.HexToAddress(string(a))) != a {
		return common.Address{}, fmt.Errorf("%q is not an account: 0x and 40 lower-case hex digits", string(a))
	}
	return common.HexToAddress(string(a)), nil
}

// word is n as the ABI encodes it.
func word(n uint64) []byte { return common.BigToHash(new(big.Int).SetUint64(n)).Bytes() }

func words(ns ...uint64) []byte {
	var b bytes.Buffer
	for _, n := range ns {
		b.Write(word(n))
	}
	return b.Bytes()
}
