package evm_test

import (
	"bytes"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

// TestRefusalsOfContracts has the refusals that no client lets happen, straight from the contracts.
func TestRefusalsOfContracts(t *testing.T) {
	k := newCourt(t, 0)
	c, r, arb := k.c, k.raw, bindings.NewArbiters()
	is := func(id common.Hash, err error) {
		t.Helper()
		require.Error(t, err)
		require.Equal(t, id.Hex()[:10], revertID(t, err))
	}
	made := func(bin string, args []byte) error {
		_, err := r.eth.CallContract(r.ctx, ethereum.CallMsg{Data: append(common.FromHex(bin), args...)}, nil)
		return err
	}
	seating, err := evm.PackSeating(k.seating)
	require.NoError(t, err)
	id, terms := k.settlement.job(1)
	k.submit(0, market.LockEscrow{Job: id, Terms: terms})
	is(bindings.MarketplaceOnlyOwnerErrorID(), r.send(1, c.Marketplace, mkt.PackAnchor(id, [32]byte{9}, seating)))
	is(bindings.MarketplaceBadAwardErrorID(), r.send(0, c.Marketplace, mkt.PackAnchor(id, [32]byte{}, seating)))
	dear := bytes.Clone(seating)
	dear[2+20] = 1
	is(bindings.DrawsAskTooHighErrorID(), r.send(0, c.Marketplace, mkt.PackAnchor(id, [32]byte{9}, dear)))
	is(bindings.MarketplaceRefundTooEarlyErrorID(), r.send(1, c.Marketplace, mkt.PackRefund(id)))

	// Terms that are out of range, each by one field: tasks, quorum, replicas, expiry, and what lateness costs.
	words := func(job byte, fields ...uint64) []byte {
		out := append(make([]byte, 31), job)
		for _, f := range fields {
			out = append(out, common.BigToHash(new(big.Int).SetUint64(f)).Bytes()...)
		}
		return out
	}
	soon, far := uint64(k.expiry), uint64(k.expiry.Add(poc.Millis(367*24*time.Hour.Milliseconds())))
	for _, bad := range [][]byte{
		words(0, 1, 1, 1, 0, soon, 0, 0), words(1, 0, 1, 1, 0, soon, 0, 0), words(1, 4097, 1, 1, 0, soon, 0, 0), words(1, 1, 0, 1, 0, soon, 0, 0),
		words(1, 1, 2, 1, 0, soon, 0, 0), words(1, 1, 1, 33, 0, soon, 0, 0), words(1, 1, 1, 1, 0, 1, 0, 0), words(1, 1, 1, 1, 0, far, 0, 0),
		words(1, 1, 1, 1, 0, soon, 10_001, 0),
	} {
		is(bindings.MarketplaceBadTermsErrorID(), r.send(0, c.Token, tok.PackTransferAndCall0(c.Marketplace, big.NewInt(1), bad)))
	}

	// Arbiters: who may join, and a case that nobody can judge.
	is(bindings.ArbitersNotEligibleErrorID(), r.send(6, c.Arbiters, arb.PackJoin()))
	n, err := k.as[1].Accuse(r.ctx, k.accusation(3))
	require.NoError(t, err)
	require.NoError(t, dev.Skip(r.ctx, 1))
	require.NoError(t, dev.Skip(r.ctx, 1))
	is(bindings.ArbitersNoCommitteeErrorID(), r.send(2, c.Arbiters, arb.PackDraw(n)))

	// After the expiry nothing is claimed or anchored. The other job's last claim left a worker out, whom a top-up could have paid.
	wide, err := k.as[1].Sign(poc.Statement{Kind: poc.Attested, Job: k.job, Digest: result(1).Digest(), Agreed: 7})
	require.NoError(t, err)
	narrow := k.claim(k.job, 0, 1, 1, 2)
	narrow.Certificates[0].Attestations[0].Agreed, narrow.Certificates[0].Attestations[0].Signature = 7, wide
	k.submit(2, narrow)
	is(bindings.MarketplaceTopUpOpenErrorID(), r.send(0, c.Marketplace, mkt.PackRefund(k.job)))
	late := k.locked(1)
	require.NoError(t, dev.Skip(r.ctx, time.UnixMilli(int64(k.expiry)).Sub(dev.Now())+time.Second))
	is(bindings.MarketplaceJobExpiredErrorID(), r.send(1, c.Marketplace, mkt.PackClaim(late, seating, nil)))
	is(bindings.MarketplaceJobExpiredErrorID(), r.send(0, c.Marketplace, mkt.PackAnchor(id, [32]byte{9}, seating)))

	// Who has no stake has none to lose.
	k.expiry = poc.Time(dev.Now().Add(time.Hour).UnixMilli())
	six, err := evm.Dial(r.ctx, evm.Config{URL: endpoint, Key: key(6), Contracts: c})
	require.NoError(t, err)
	defer six.Close()
	stranger := market.Seating{Seats: slices.Clone(k.seating.Seats), Candidates: 5}
	stranger.Seats[2].Account = six.Account()
	id, terms = k.settlement.job(1)
	k.submit(0, market.LockEscrow{Job: id, Terms: terms})
	k.submit(0, market.AnchorAward{Job: id, Award: poc.BlockHash(id[:]), Seating: stranger})
	paid := k.claim(id, 0, 1, 1, 2)
	paid.Seating = stranger
	k.submit(1, paid)
	lie, err := six.Sign(poc.Statement{Kind: poc.Revealed, Job: id, Digest: poc.Hash{5}})
	require.NoError(t, err)
	is(bindings.MarketplaceNotRegisteredErrorID(), r.send(1, c.Arbiters, arb.PackSlash(id, 0, addressOf(6), poc.Hash{5}, lie)))

	// Contracts that nobody can deploy.
	cfg := dev.DeployConfig()
	good := bindings.ParametersValues{
		Treasury: cfg.Treasury, FeeBps: cfg.FeeBps, SlashBps: cfg.SlashBps, RewardBps: cfg.RewardBps, MinStake: uint64(cfg.MinStake), Guardian: cfg.Guardian, Verifier: cfg.Verifier,
	}
	require.NoError(t, made(bindings.ParametersMetaData.Bin, prm.PackConstructor(c.Timelock, good)))
	for _, change := range []func(v *bindings.ParametersValues){
		func(v *bindings.ParametersValues) { v.Treasury = common.Address{} }, func(v *bindings.ParametersValues) { v.FeeBps = 1_001 },
		func(v *bindings.ParametersValues) { v.SlashBps = 999 }, func(v *bindings.ParametersValues) { v.SlashBps = 10_001 },
		func(v *bindings.ParametersValues) { v.RewardBps = 5_001 }, func(v *bindings.ParametersValues) { v.MinStake = 0 },
		func(v *bindings.ParametersValues) { v.MinStake = 1 << 62 },
	} {
		bad := good
		change(&bad)
		is(bindings.ParametersOutOfBoundsErrorID(), made(bindings.ParametersMetaData.Bin, prm.PackConstructor(c.Timelock, bad)))
	}
	one, some := big.NewInt(1), big.NewInt(1_000)
	here := crypto.CreateAddress(common.Address{}, 0) // where made makes them
	marketplace := func(topUp, tick, epoch int64) []byte {
		return mkt.PackConstructor(c.Token, c.Parameters, here, here, c.Draws, some, big.NewInt(topUp), big.NewInt(tick), big.NewInt(epoch))
	}
	require.NoError(t, made(bindings.MarketplaceMetaData.Bin, marketplace(999, 1_000, 3_600_000)))
	for _, bad := range [][]byte{marketplace(999, 0, 0), marketplace(999, 1_001, 0), marketplace(1_000, 1_000, 0), marketplace(999, 1_000, 3_599_999)} {
		is(bindings.MarketplaceBadConfigErrorID(), made(bindings.MarketplaceMetaData.Bin, bad))
	}
	at := r.create(append(common.FromHex(bindings.MarketplaceMetaData.Bin), marketplace(999, 1_000, 0)...))
	batches := func(window int64, bond, deposit uint64) error {
		return made(bindings.BatchesMetaData.Bin, bat.PackConstructor(c.Token, at, big.NewInt(window), bond, deposit))
	}
	require.NoError(t, batches(500, 2, 1))
	for _, bad := range []error{batches(0, 2, 1), batches(501, 2, 1), batches(500, 2, 0), batches(500, 1, 1)} {
		is(bindings.BatchesBadConfigErrorID(), bad)
	}
	arbiters := func(window int64, deposit uint64) error {
		return made(bindings.ArbitersMetaData.Bin, arb.PackConstructor(c.Token, at, big.NewInt(window), deposit))
	}
	require.NoError(t, arbiters(499, 1))
	for _, bad := range []error{arbiters(0, 1), arbiters(500, 1), arbiters(499, 0)} {
		is(bindings.ArbitersBadConfigErrorID(), bad)
	}
	// Those of another market.
	is(bindings.BatchesBadConfigErrorID(), made(bindings.BatchesMetaData.Bin, bat.PackConstructor(c.Token, c.Marketplace, one, 2, 1)))
	is(bindings.ArbitersBadConfigErrorID(), made(bindings.ArbitersMetaData.Bin, arb.PackConstructor(c.Token, c.Marketplace, one, 1)))
}
