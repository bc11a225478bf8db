package evm_test

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"math/big"
	"math/bits"
	"math/rand/v2"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/vm/runtime"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

var drw = bindings.NewDraws()

// drawer is the contract that draws, alone in a machine of its own.
type drawer struct {
	tb  testing.TB
	at  common.Address
	cfg *runtime.Config
}

func newDrawer(tb testing.TB) *drawer {
	d := &drawer{tb: tb, cfg: &runtime.Config{GasLimit: math.MaxUint64}}
	code, _, _, err := runtime.Create(common.FromHex(bindings.DrawsMetaData.Bin), d.cfg)
	require.NoError(tb, err)
	require.NotEmpty(tb, code)
	d.at = common.Address{0xd4}
	d.cfg.State.SetCode(d.at, code, 0)
	return d
}

func (d *drawer) call(data []byte) ([]byte, error) {
	out, _, err := runtime.Call(d.at, data, d.cfg)
	return out, err
}

// same checks that the contract draws for every task of a seating whom the market draws.
func (d *drawer) same(random, job poc.Hash, s market.Seating, tasks uint32) {
	d.tb.Helper()
	packed, err := evm.PackSeating(s)
	require.NoError(d.tb, err)
	out, err := d.call(drw.PackCheck(big.NewInt(int64(tasks)), big.NewInt(1), math.MaxUint64, packed))
	require.NoError(d.tb, err)
	drawn, err := drw.UnpackCheck(out)
	require.NoError(d.tb, err)
	require.Equal(d.tb, s.Drawn(), drawn)
	if !drawn { // nobody asks
		return
	}
	for task := range tasks {
		out, err := d.call(drw.PackDraw(random, job, big.NewInt(int64(task)), packed))
		require.NoError(d.tb, err)
		got, err := drw.UnpackDraw(out)
		require.NoError(d.tb, err)
		want := s.Of(poc.TaskRef{Job: job, Task: task}, random)
		require.Equal(d.tb, want, got.Uint64(), "task %d of %+v, drawn by %x", task, s, random)
		require.Equal(d.tb, int(s.Candidates), bits.OnesCount64(want))
	}
}

// seatingOf makes a seating of random weights of some kind, with draws or without.
func seatingOf(rng *rand.Rand, n, candidates int, tasks uint32, kind uint8) market.Seating {
	s := market.Seating{Candidates: uint32(candidates)}
	for i := range n {
		weight := rng.Uint32()
		switch kind % 5 {
		case 0:
			weight = 1
		case 1:
			weight = math.MaxUint32
		case 2: // of all sizes
			weight >>= rng.UintN(32)
		case 3: // one has nearly all
			weight = uint32(1)
			if i == int(kind)%n {
				weight = math.MaxUint32
			}
		}
		s.Seats = append(s.Seats, market.Seat{Account: evm.AccountOf(common.Address{byte(i + 1)}), Ask: market.Amount(rng.Uint64()), Weight: max(weight, 1)})
	}
	if s.Drawn() && kind&128 != 0 {
		for range tasks {
			d := market.Draw(rng.Uint32N(tasks))
			if rng.IntN(2) == 0 {
				d = market.Pinned | market.Draw(rng.IntN(n))
			}
			s.Draws = append(s.Draws, d)
		}
	}
	return s
}

func randomHash(rng *rand.Rand) (h poc.Hash) {
	for i := range 4 {
		binary.BigEndian.PutUint64(h[8*i:], rng.Uint64())
	}
	return h
}

// The chain draws whom the market draws: every number of seats and of candidates, by all kinds of weights, with likes and pins.
func TestDrawsAreTheMarkets(t *testing.T) {
	d := newDrawer(t)
	rng := rand.New(rand.NewPCG(1, 2))
	for n := 1; n <= 64; n++ {
		for candidates := 1; candidates <= 64; candidates++ {
			const tasks = 3
			d.same(randomHash(rng), randomHash(rng), seatingOf(rng, n, candidates, tasks, uint8(rng.Uint32())), tasks)
		}
	}
}

func FuzzDraw(f *testing.F) {
	for kind := range uint8(5) {
		f.Add(uint64(kind), uint8(64), uint8(5+kind), uint16(4), kind|kind<<7)
	}
	f.Add(uint64(7), uint8(64), uint8(63), uint16(4096), uint8(130))
	d := newDrawer(f)
	f.Fuzz(func(t *testing.T, seed uint64, n, candidates uint8, tasks uint16, kind uint8) {
		d.tb = t
		rng := rand.New(rand.NewPCG(seed, 0))
		s := seatingOf(rng, 1+int(n-1)%64, 1+int(candidates-1)%64, 1+uint32(tasks-1)%4096, kind)
		if len(s.Draws) > 16 { // the draws of some tasks will do
			random, job := randomHash(rng), randomHash(rng)
			packed, err := evm.PackSeating(s)
			require.NoError(t, err)
			for range 16 {
				task := rng.Uint32N(uint32(len(s.Draws)))
				out, err := d.call(drw.PackDraw(random, job, big.NewInt(int64(task)), packed))
				require.NoError(t, err)
				require.Equal(t, s.Of(poc.TaskRef{Job: job, Task: task}, random), new(big.Int).SetBytes(out).Uint64())
			}
			return
		}
		d.same(randomHash(rng), randomHash(rng), s, min(1+uint32(tasks-1)%4096, 16))
	})
}

// A number of the last, incomplete run below 2^64 is passed over, by both. It takes some 2^26 beacons to find one that meets one: here
// it does, with weights for which such numbers are as likely as can be.
func TestDrawPassesOverBiasedNumbers(t *testing.T) {
	s := market.Seating{Candidates: 1}
	var total uint64
	for i := range 64 {
		weight := uint32(math.MaxUint32)
		if i == 63 {
			weight = 4294963264
		}
		total += uint64(weight)
		s.Seats = append(s.Seats, market.Seat{Account: evm.AccountOf(common.Address{byte(i + 1)}), Weight: weight})
	}
	random := poc.Hash{}
	binary.BigEndian.PutUint64(random[24:], 95598851)
	message := append([]byte("gpumesh/poc/rank/1"), random[:]...)
	first := sha256.Sum256(append(message, make([]byte, 32+4+4)...))
	x, rest := binary.BigEndian.Uint64(first[:]), (math.MaxUint64%total+1)%total
	require.Greater(t, x, math.MaxUint64-rest, "the first number is passed over")
	biased := 0 // whom it would have drawn
	for x %= total; x >= uint64(s.Seats[biased].Weight); biased++ {
		x -= uint64(s.Seats[biased].Weight)
	}
	require.NotEqual(t, uint64(1)<<biased, s.Of(poc.TaskRef{}, random))
	newDrawer(t).same(random, poc.Hash{}, s, 1)

	packed, err := evm.PackSeating(s) // and on the chain
	require.NoError(t, err)
	c := bootstrap(t)
	got, err := drw.UnpackDraw(newRaw(t).call(c.Draws, drw.PackDraw(random, poc.Hash{}, new(big.Int), packed)))
	require.NoError(t, err)
	require.Equal(t, s.Of(poc.TaskRef{}, random), got.Uint64())
}
