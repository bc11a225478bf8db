package evm

import (
	"encoding/hex"
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/math"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"gpumesh/poc"
)

var (
	testMarketplace = common.HexToAddress("0x00112233445566778899aAbBcCdDeEfF00112233")
	testStatement   = poc.Statement{Kind: poc.Attested, Job: poc.Hash{1, 2, 3}, Task: 7, Digest: poc.Hash{31: 9}, Agreed: 1<<63 | 5}
	testVerifier    = NewVerifier(big.NewInt(1337), testMarketplace)
)

// The digest is what any EIP-712 wallet computes, and stays what it is.
func TestDigestIsEIP712(t *testing.T) {
	for _, x := range []struct {
		kind  poc.StatementKind
		name  string
		late  uint64
		share uint16
	}{{poc.Attested, "Attested", 0, 0}, {poc.Attested, "Graded", 3, 5}, {poc.Revealed, "Revealed", 0, 0}} {
		s, kind, name := testStatement, x.kind, x.name
		s.Kind, s.Late, s.Share = kind, x.late, x.share
		fields := []apitypes.Type{{Name: "job", Type: "bytes32"}, {Name: "task", Type: "uint32"}, {Name: "digest", Type: "bytes32"}}
		message := apitypes.TypedDataMessage{"job": s.Job[:], "task": "7", "digest": s.Digest[:]}
		if kind == poc.Attested {
			fields = append(fields, apitypes.Type{Name: "agreed", Type: "uint64"})
			message["agreed"] = "9223372036854775813"
			if name == "Graded" {
				fields = append(fields, apitypes.Type{Name: "grade", Type: "uint96"})
				message["grade"] = "92233720368547758083" // 5 * 2^64 + 3
			}
		} else {
			s.Agreed = 0
		}
		typed := apitypes.TypedData{
			Types: apitypes.Types{
				"EIP712Domain": {{Name: "name", Type: "string"}, {Name: "version", Type: "string"}, {Name: "chainId", Type: "uint256"}, {Name: "verifyingContract", Type: "address"}},
				name:           fields,
			},
			PrimaryType: name,
			Domain:      apitypes.TypedDataDomain{Name: "gpumesh", Version: "1", ChainId: math.NewHexOrDecimal256(1337), VerifyingContract: testMarketplace.Hex()},
			Message:     message,
		}
		want, _, err := apitypes.TypedDataAndHash(typed)
		require.NoError(t, err)
		got, err := testVerifier.digest(s)
		require.NoError(t, err)
		require.Equal(t, want, got, name)
	}
	got, err := testVerifier.digest(testStatement)
	require.NoError(t, err)
	require.Equal(t, "6acfcde175a8e9d8c12b62d9c3438cab577d335d5e481ff3a59afaa71b87db83", hex.EncodeToString(got))
}

func TestSignature(t *testing.T) {
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte("a key")))
	require.NoError(t, err)
	account := AccountOf(crypto.PubkeyToAddress(key.PublicKey))
	// Both values of v.
	seen := map[byte]bool{}
	for task := uint32(0); len(seen) < 2; task++ {
		s := testStatement
		s.Task = task
		sig, err := testVerifier.sign(key, s)
		require.NoError(t, err)
		require.NoError(t, testVerifier.Verify(account, s, sig))
		seen[sig[32]>>7] = true

		// The same signature with the upper s is another 64 bytes for the same statement; it must be worth nothing.
		upper := new(big.Int).SetBytes(sig[32:])
		upper.SetBit(upper, 255, 0)
		upper.Sub(crypto.S256().Params().N, upper)
		for _, v := range []uint{0, 1} {
			twin := append([]byte{}, sig[:32]...)
			twin = append(twin, common.BigToHash(new(big.Int).SetBit(upper, 255, v)).Bytes()...)
			require.Error(t, testVerifier.Verify(account, s, twin))
		}
		require.Error(t, NewVerifier(big.NewInt(1), testMarketplace).Verify(account, s, sig), "another chain")
		require.Error(t, NewVerifier(big.NewInt(1337), common.Address{1}).Verify(account, s, sig), "another contract")
		require.Error(t, Verifier{}.Verify(account, s, sig))
		require.Error(t, testVerifier.Verify(account, s, make([]byte, 64)))
	}
}

func TestParseAccount(t *testing.T) {
	const good = "0x00112233445566778899aabbccddeeff00112233"
	a, err := ParseAccount(good)
	require.NoError(t, err)
	require.Equal(t, testMarketplace, a)
	require.EqualValues(t, good, AccountOf(a))
	for _, bad := range []poc.Account{"", "0x", poc.Account(good[2:]), "0X00112233445566778899aabbccddeeff00112233",
		"0x00112233445566778899aAbBcCdDeEfF00112233", good + "0", "0x00112233445566778899aabbccddeeff0011223g", " " + good} {
		_, err := ParseAccount(bad)
		require.Error(t, err, "%q", bad)
	}
}

func TestKeyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys", "account")
	key, err := LoadOrCreateKey(path)
	require.NoError(t, err)
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	again, err := LoadOrCreateKey(path)
	require.NoError(t, err)
	require.True(t, key.Equal(again))

	require.NoError(t, os.Chmod(path, 0o644))
	_, err = LoadOrCreateKey(path)
	require.ErrorContains(t, err, "chmod 600")
	secret := "zz" + hex.EncodeToString(crypto.FromECDSA(key))[2:]
	require.NoError(t, os.WriteFile(path, []byte(secret), 0o600))
	require.NoError(t, os.Chmod(path, 0o600))
	_, err = LoadOrCreateKey(path)
	require.Error(t, err)
	require.NotContains(t, err.Error(), secret[2:])
	require.NoError(t, os.WriteFile(path, make([]byte, 5000), 0o600))
	_, err = LoadOrCreateKey(path)
	require.ErrorContains(t, err, "not a key file")
}

// TestKeyIsMadeOnce lets many make the same key file at once: all must get one key.
func TestKeyIsMadeOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "account")
	accounts := make([]poc.Account, 16)
	var g errgroup.Group
	for i := range accounts {
		g.Go(func() error {
			key, err := LoadOrCreateKey(path)
			if err == nil {
				accounts[i] = AccountOf(crypto.PubkeyToAddress(key.PublicKey))
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	for _, a := range accounts {
		if a != accounts[0] {
			t.Fatalf("two keys were made: %s and %s", a, accounts[0])
		}
	}
}
