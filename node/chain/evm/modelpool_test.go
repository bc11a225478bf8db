package evm_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// modelPool gives to the pool, claims from it, ends claims and has their authors convicted, on the contracts and on the in-memory ledger.
type modelPool struct {
	t          *testing.T
	rng        *rand.Rand
	raw        raw
	model      *chain.Fake
	at         common.Address // of the marketplace
	real, fake []chain.Settlement
}

// convict has account i convicted of a number, by what convicts without arbiters: two attestations of one task, of job zero.
func (m *modelPool) convict(i int, number uint32) string {
	var digests [2][32]byte
	var said [2][]byte
	for k := range digests {
		digests[k] = [32]byte{byte(k + 1)}
		sig, err := m.real[i].Sign(poc.Statement{Kind: poc.Attested, Task: number, Digest: digests[k], Agreed: 1})
		require.NoError(m.t, err)
		said[k] = slices.Concat(words(1)[24:], make([]byte, 12), sig)
	}
	const reporter = 0
	err := m.raw.send(reporter, m.at, mkt.PackSlashTwice(poc.Hash{}, number, addressOf(i), digests, said))
	require.Equal(m.t, m.model.Convict(poc.TaskRef{Task: number}, m.real[i].Account(), m.real[reporter].Account()), err == nil)
	if err != nil {
		return "convicted refused"
	}
	return "convicted"
}

// sameAnswer checks that both refuse what was done for the same reason, or neither does, and says which.
func sameAnswer(t *testing.T, what string, wantErr, gotErr error) string {
	t.Helper()
	for _, sentinel := range []error{chain.ErrRefused, chain.ErrTooEarly, chain.ErrFunds} {
		require.Equal(t, errors.Is(wantErr, sentinel), errors.Is(gotErr, sentinel), "%s: model says %v, contracts say %v", what, wantErr, gotErr)
	}
	require.Equal(t, wantErr == nil, gotErr == nil, "%s: %v, %v", what, wantErr, gotErr)
	if gotErr != nil {
		return what + " refused"
	}
	return what
}

// step does one thing at random and says what.
func (m *modelPool) step() string {
	ctx := testContext(m.t)
	who := m.rng.IntN(len(m.real))
	author := m.real[who].Account()
	next, through, err := m.fake[who].(chain.Pool).Claimed(ctx, author)
	require.NoError(m.t, err)
	open, err := m.fake[who].(chain.Pool).OpenClaims(ctx)
	require.NoError(m.t, err)
	switch p := m.rng.IntN(10); {
	case p == 0:
		return m.fund(who, market.Amount(m.rng.IntN(500)))
	case p == 1:
		if len(open) > 0 && m.rng.IntN(3) > 0 {
			c := open[m.rng.IntN(len(open))]
			return m.convict(slices.IndexFunc(m.real, func(s chain.Settlement) bool { return s.Account() == c.Account }), c.Number)
		}
		return m.convict(who, next)
	case p < 6:
		c := chain.PoolClaim{
			Account: author, Number: next, Through: min(m.height(), through+m.rng.Uint64N(5)), Amount: market.Amount(m.rng.IntN(120)), Document: poc.Hash{byte(m.rng.IntN(256))},
		}
		switch m.rng.IntN(8) {
		case 0:
			c.Through += 1 << 40
		case 1:
			c.Number += m.rng.Uint32N(3) - 1 // also one below zero
		}
		return m.claim(who, c)
	}
	of := m.rng.IntN(len(m.real))
	account, number := m.real[of].Account(), uint32(0)
	if len(open) > 0 && m.rng.IntN(6) > 0 {
		account, number = open[0].Account, open[0].Number
	}
	return m.end(who, account, number)
}

// height is the ledger's: that of the other chain is higher.
func (m *modelPool) height() uint64 {
	height, err := m.fake[0].(chain.Epochs).Height(testContext(m.t))
	require.NoError(m.t, err)
	return height
}

func (m *modelPool) fund(who int, amount market.Amount) string {
	ctx := testContext(m.t)
	_, wantErr := m.fake[who].(chain.Pool).FundPool(ctx, amount)
	_, gotErr := m.real[who].(chain.Pool).FundPool(ctx, amount)
	return sameAnswer(m.t, "pool funded", wantErr, gotErr)
}

// claim makes a claim that the account signs.
func (m *modelPool) claim(who int, c chain.PoolClaim) string {
	ctx := testContext(m.t)
	signed := func(s chain.Settlement) chain.PoolClaim {
		c := c
		var err error
		c.Signature, err = s.Sign(c.Statement())
		require.NoError(m.t, err)
		return c
	}
	want, wantErr := m.fake[who].(chain.Pool).ClaimPool(ctx, signed(m.fake[who]))
	got, gotErr := m.real[who].(chain.Pool).ClaimPool(ctx, signed(m.real[who]))
	name := sameAnswer(m.t, "claimed", wantErr, gotErr)
	require.Equal(m.t, []any{want.Tx == "", want.Amount}, []any{got.Tx == "", got.Amount})
	return name
}

// end ends a claim.
func (m *modelPool) end(who int, account poc.Account, number uint32) string {
	ctx := testContext(m.t)
	open, err := m.fake[who].(chain.Pool).OpenClaims(ctx)
	require.NoError(m.t, err)
	want, wantErr := m.fake[who].(chain.Pool).EndClaim(ctx, account, number)
	got, gotErr := m.real[who].(chain.Pool).EndClaim(ctx, account, number)
	require.Equal(m.t, want, got)
	switch name := sameAnswer(m.t, "claim ended", wantErr, gotErr); {
	case gotErr != nil:
		return name
	case !slices.ContainsFunc(open, func(c chain.PoolClaim) bool { return c.Account == account && c.Number == number }):
		return "claim ended again"
	case got == 0:
		return "claim dropped"
	}
	return "claim paid"
}

// check compares the pool of both, and what is claimed from it. It returns what it holds.
func (m *modelPool) check() market.Amount {
	ctx := testContext(m.t)
	want, err := m.fake[0].(chain.Pool).PoolState(ctx)
	require.NoError(m.t, err)
	got, err := m.real[0].(chain.Pool).PoolState(ctx)
	require.NoError(m.t, err)
	require.Equal(m.t, want, got)
	wants, err := m.fake[0].(chain.Pool).OpenClaims(ctx)
	require.NoError(m.t, err)
	gots, err := m.real[0].(chain.Pool).OpenClaims(ctx)
	require.NoError(m.t, err)
	require.Len(m.t, gots, len(wants))
	for i, c := range gots {
		require.NoError(m.t, m.real[0].Verify(c.Account, c.Statement(), c.Signature))
		w := wants[i]
		c.Signature, w.Signature, c.Until, w.Until = nil, nil, 0, 0
		require.Equal(m.t, w, c)
	}
	return got.Holds
}
