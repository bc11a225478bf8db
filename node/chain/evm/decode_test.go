package evm

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm/bindings"
)

// FuzzParseSeats reads packed seatings, which come from transactions that anybody made. There are no more seats than it says and than fit, and each has the
// bytes that it was read from.
func FuzzParseSeats(f *testing.F) {
	packed, err := packSeating(market.Seating{
		Seats:      []market.Seat{{Account: AccountOf(common.Address{1}), Ask: 5, Weight: 7}, {Account: AccountOf(common.Address{2}), Ask: market.NLOV, Weight: 1}},
		Candidates: 1, Draws: []market.Draw{0, 1},
	})
	require.NoError(f, err)
	require.Equal(f, packed.seats, parseSeats(packed.raw))
	f.Add(packed.raw)
	f.Add(packed.raw[:len(packed.raw)-5])
	f.Add([]byte{1, 255})
	f.Fuzz(func(t *testing.T, raw []byte) {
		seats := parseSeats(raw)
		if len(raw) < seatingHeader {
			require.Empty(t, seats)
			return
		}
		require.Len(t, seats, min(int(raw[1]), (len(raw)-seatingHeader)/seatSize))
		for i, s := range seats {
			again := binary.BigEndian.AppendUint64(s.account[:], s.ask)
			require.Equal(t, raw[seatingHeader+i*seatSize:][:len(again)], again)
		}
	})
}

// FuzzRevert reads what a contract reverts with, as an endpoint tells it. There is a sentence for it, under an error that says what to do, and a binding's
// error is what its first four bytes say.
func FuzzRevert(f *testing.F) {
	word := func(n int64) []byte { return common.BigToHash(big.NewInt(n)).Bytes() }
	for id, words := range map[common.Hash]int{
		bindings.MarketplaceNoJobErrorID(): 0, bindings.MarketplaceRefundTooEarlyErrorID(): 1, bindings.MarketplaceBudgetTooSmallErrorID(): 2, bindings.MarketplaceNoQuorumErrorID(): 4,
		bindings.ArbitersNoCommitteeErrorID(): 1, bindings.RewardsBadAmountErrorID(): 1, bindings.BatchesOverdrawnErrorID(): 2, bindings.DrawsAskTooHighErrorID(): 3,
		bindings.TokenERC20InsufficientBalanceErrorID(): 3,
	} {
		data := id[:4]
		for range words {
			data = append(data, word(7)...)
		}
		f.Add(data)
		f.Add(data[:len(data)-1])
	}
	f.Add(append(crypto.Keccak256([]byte("Error(string)"))[:4], append(append(word(32), word(2)...), common.RightPadBytes([]byte("no"), 32)...)...))
	f.Add(append(crypto.Keccak256([]byte("Panic(uint256)"))[:4], word(0x11)...))
	f.Fuzz(func(t *testing.T, data []byte) {
		e := decodeRevert(data)
		require.True(t, e == nil || len(data) >= 4)
		err := explainRevert(data)
		require.True(t, errors.Is(err, chain.ErrRefused) || errors.Is(err, chain.ErrTooEarly) || errors.Is(err, chain.ErrFunds), "%v", err)
		require.NotEmpty(t, err.Error())
		require.LessOrEqual(t, len(err.Error()), 400+2*len(data))
	})
}

// FuzzKeyFile reads a file as a user may have brought it. It opens, or is refused in a sentence that has nothing of the file; the key of what opens is
// stored and opens again.
func FuzzKeyFile(f *testing.F) {
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte("key")))
	require.NoError(f, err)
	text, err := encodeKey(key, "")
	require.NoError(f, err)
	for _, s := range [][2]string{
		{"", ""}, {`"n":2`, `"n":4`}, {`"p":1`, `"p":0`}, {`"r":8`, `"r":0`}, {`"dklen":32`, `"dklen":8`}, {`"dklen":32`, `"dklen":-1`}, {`"dklen":32`, `"dklen":1e18`},
		{`"dklen":32,`, ""}, {`"salt":"`, `"salt":7,"x":"`}, {`"scrypt"`, `"pbkdf2"`}, {`"iv":"`, `"iv":"0`}, {`"version":3`, `"version":"1"`}, {`"version":3`, `"version":1`},
	} {
		changed := strings.Replace(string(text), s[0], s[1], 1)
		require.True(f, s[0] == s[1] || changed != string(text), "%s is not in %s", s[0], text)
		f.Add([]byte(changed))
	}
	f.Add([]byte(digits(key)))
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > maxKeyFile {
			return
		}
		file, ok := parseKeyFile(text)
		if !ok {
			k, err := parsePlainKey("file", text)
			if err == nil {
				require.Equal(t, digits(k), strings.ToLower(strings.TrimPrefix(strings.TrimSpace(string(text)), "0x")))
			}
			return
		}
		if p := file.Crypto.KDFParams; p.N > 1<<10 || p.P > 4 || p.C > 1<<10 { // what takes long on purpose
			return
		}
		k, err := file.decrypt("")
		if err != nil {
			require.True(t, errors.Is(err, ErrPassphrase) || strings.HasPrefix(err.Error(), "the key file"), "%v", err)
			return
		}
		require.True(t, json.Valid(text))
		again, err := encodeKey(k, "")
		require.NoError(t, err)
		back, ok := parseKeyFile(again)
		require.True(t, ok && back.open())
		same, err := back.decrypt("")
		require.NoError(t, err)
		require.True(t, k.Equal(same))
	})
}
