package evm_test

import (
	"bytes"
	"math/big"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

// What no client of ours sends is refused for the reason that it is wrong.
func TestMalformed(t *testing.T) {
	b := newBatcher(t)
	c, r := b.c, b.raw
	check := func(what string, id common.Hash, err error) {
		t.Helper()
		require.Error(t, err, what)
		require.Equal(t, id.Hex()[:10], revertID(t, err), what)
	}
	ids, rewards := b.certified(2, 2)
	id := ids[0]
	seating, good, err := evm.Proof(b.seating, b.claims[id][0])
	require.NoError(t, err)

	open, terms := b.job(1)
	b.submit(0, market.LockEscrow{Job: open, Terms: terms})
	check("another award", bindings.MarketplaceAwardExistsErrorID(), r.send(0, c.Marketplace, mkt.PackAnchor(id, [32]byte{9}, seating)))
	for what, bad := range map[string][]byte{"nothing": nil, "half a header": seating[:1], "one seat": slices.Concat([]byte{5, 1}, seating[2:34]), "65 seats": slices.Concat([]byte{64, 65}, make([]byte, 65*32))} {
		check(what, bindings.DrawsBadSeatCountErrorID(), r.send(0, c.Marketplace, mkt.PackAnchor(open, [32]byte{9}, bad)))
	}

	claim := func(change func(*bindings.MarketplaceCertificate)) error {
		cert := good
		cert.Signatures = slices.Clone(good.Signatures)
		change(&cert)
		return r.send(5, c.Marketplace, mkt.PackClaim(id, seating, []bindings.MarketplaceCertificate{cert}))
	}
	check("no certificate", bindings.MarketplaceAlreadySettledErrorID(), r.send(5, c.Marketplace, mkt.PackClaim(id, seating, nil)))
	for what, bad := range map[string]struct {
		id     common.Hash
		change func(*bindings.MarketplaceCertificate)
	}{
		"no such task":     {bindings.MarketplaceNoSuchTaskErrorID(), func(x *bindings.MarketplaceCertificate) { x.Task = 2 }},
		"no digest":        {bindings.MarketplaceNoSuchTaskErrorID(), func(x *bindings.MarketplaceCertificate) { x.Digest = [32]byte{31: 1} }},
		"half a signature": {bindings.MarketplaceBadSignaturesErrorID(), func(x *bindings.MarketplaceCertificate) { x.Signatures = x.Signatures[1:] }},
		"65 signatures":    {bindings.MarketplaceBadSignaturesErrorID(), func(x *bindings.MarketplaceCertificate) { x.Signatures = make([]byte, 65*73) }},
		"no such seat":     {bindings.MarketplaceBadSignaturesErrorID(), func(x *bindings.MarketplaceCertificate) { x.Signatures[0] = 3 }},
		"the same one twice": {bindings.MarketplaceBadSignaturesErrorID(), func(x *bindings.MarketplaceCertificate) {
			copy(x.Signatures[73:], x.Signatures[:73])
		}},
		"the other s": {bindings.MarketplaceNoQuorumErrorID(), func(x *bindings.MarketplaceCertificate) {
			vs := x.Signatures[41:73]
			s := new(big.Int).SetBytes(append([]byte{vs[0] & 0x7f}, vs[1:]...))
			v := vs[0] & 0x80
			crypto.S256().Params().N.FillBytes(vs)
			new(big.Int).Sub(crypto.S256().Params().N, s).FillBytes(vs)
			vs[0] = vs[0]&0x7f | v ^ 0x80
		}},
		"a signature of zeros": {bindings.MarketplaceNoQuorumErrorID(), func(x *bindings.MarketplaceCertificate) { clear(x.Signatures[9:73]) }},
		"a grade of nobody":    {bindings.MarketplaceNoQuorumErrorID(), func(x *bindings.MarketplaceCertificate) { x.Share = 1 }},
	} {
		check(what, bad.id, claim(bad.change))
	}
	// No quorum, not even of an owner's own accounts, can have more than all of the work paid: others' money would pay it.
	all := good
	all.Share = 0xbeef
	calldata := mkt.PackClaim(id, seating, []bindings.MarketplaceCertificate{all})
	at := bytes.Index(calldata, []byte{30: 0xbe, 31: 0xef})
	copy(calldata[at+29:], []byte{1, 0, 0}) // poc.Shares
	err = r.send(5, c.Marketplace, calldata)
	require.ErrorContains(t, err, "execution reverted")
	require.NotContains(t, err.Error(), "custom error", "it is no argument at all, whatever is signed")
	check("a short reveal", bindings.ArbitersNotSettledErrorID(), r.send(5, c.Arbiters, bindings.NewArbiters().PackSlash(id, 0, addressOf(1), [32]byte{1}, make([]byte, 63))))
	check("nothing to unbond", bindings.MarketplaceStakeTooSmallErrorID(), r.send(1, c.Marketplace, mkt.PackUnbond(addressOf(1), 0)))
	check("no peer", bindings.MarketplaceBadPeerErrorID(), r.send(5, c.Marketplace, mkt.PackRegister([32]byte{})))
	check("another stake", bindings.MarketplaceStakeMismatchErrorID(), r.send(5, c.Token, tok.PackTransferAndCall0(c.Marketplace, big.NewInt(8), words(1, 9))))
	check("no peer's stake", bindings.MarketplaceBadPeerErrorID(), r.send(5, c.Token, tok.PackTransferAndCall0(c.Marketplace, big.NewInt(9), words(0, 9))))

	// Nobody has the zero account, whose signature is any that is none.
	zero, terms := b.job(1)
	b.submit(0, market.LockEscrow{Job: zero, Terms: terms})
	nobody := slices.Concat([]byte{5, 4}, make([]byte, 31), []byte{1}, seating[2:])
	require.NoError(t, r.send(0, c.Marketplace, mkt.PackAnchor(zero, [32]byte{9}, nobody)))
	forged := bindings.MarketplaceCertificate{Digest: good.Digest, Signatures: append([]byte{0, 7: 0, 8: 1}, make([]byte, 64)...)}
	check("the zero account", bindings.MarketplaceBadSignaturesErrorID(), r.send(5, c.Marketplace, mkt.PackClaim(zero, nobody, []bindings.MarketplaceCertificate{forged})))

	// Batches of jobs that cannot be in one, and messages that say nothing.
	post := func(rewards []evm.Reward, jobs ...poc.Hash) error {
		msg, err := b.build(rewards, jobs).Post("")
		return b.bring(4, bond, msg, err)
	}
	of := func(job poc.Hash, amount market.Amount) []evm.Reward {
		return []evm.Reward{{Account: addressOf(1), Job: job, Amount: amount}}
	}
	check("no award", bindings.MarketplaceNoAwardErrorID(), post(of(open, 1), open))
	check("no job", bindings.MarketplaceNoJobErrorID(), post(of(poc.Hash{0xff}, 1), poc.Hash{0xff}))
	check("more than it has", bindings.MarketplaceBudgetTooSmallErrorID(), post(of(zero, terms.Budget+1), zero))
	selective, wanted := b.job(1)
	wanted.Verified = true
	b.submit(0, market.LockEscrow{Job: selective, Terms: wanted})
	b.submit(0, market.AnchorAward{Job: selective, Award: poc.Hash{9}, Seating: b.seating})
	check("verified workers only", bindings.MarketplaceNotForBatchesErrorID(), post(of(selective, 1), selective))
	timed, wanted := b.job(1)
	wanted.LateBps = 1
	b.submit(0, market.LockEscrow{Job: timed, Terms: wanted})
	b.submit(0, market.AnchorAward{Job: timed, Award: poc.Hash{9}, Seating: b.seating})
	check("workers can be late", bindings.MarketplaceNotForBatchesErrorID(), post(of(timed, 1), timed))
	b.submit(1, market.Claim{Job: ids[1], Seating: b.seating, Certificates: b.claims[ids[1]][:1]})
	check("claimed", bindings.MarketplaceAlreadySettledErrorID(), post(of(ids[1], 1), ids[1]))
	msg, err := b.build(rewards[:6], ids[:1]).Post("")
	require.NoError(t, err)
	for what, change := range map[string]func(m []byte){
		"no root":      func(m []byte) { clear(m[96:128]) },
		"no rewards":   func(m []byte) { clear(m[128:160]) },
		"too many":     func(m []byte) { m[128+29], m[128+31] = 0x10, 1 },
		"no jobs":      func(m []byte) { clear(m[224:256]) },
		"no pay":       func(m []byte) { clear(m[288:320]) },
		"past the end": func(m []byte) { m[320+31] = 6 },
	} {
		bad := slices.Clone(msg)
		change(bad)
		check(what, bindings.BatchesBadBatchErrorID(), b.bring(4, bond, bad, nil))
	}
	require.NoError(t, b.bring(4, bond, msg, nil))
	others := b.seating
	others.Seats = others.Seats[1:]
	check("others' seats", bindings.MarketplaceOtherSeatsErrorID(), b.bring(5, deposit, must(evm.Missing(others, b.claims[id][0], 0)), nil))
	far := b.claims[id][0]
	far.Task = 2
	check("no task of its", bindings.MarketplaceNoSuchTaskErrorID(), b.bring(5, deposit, must(evm.Missing(b.seating, far, 0)), nil))
	b.skip(window())
	require.NoError(t, r.send(1, c.Batches, bat.PackFinalize(1)))
	last, ok := b.build(rewards[:6], ids[:1]).Last(addressOf(1))
	require.True(t, ok)
	short, past := last, last
	short.Proof = short.Proof[1:]
	past.Index = 6
	for what, bad := range map[string]bindings.BatchesOpening{"a short proof": short, "past the end": past} {
		check(what, bindings.BatchesBadProofErrorID(), r.send(1, c.Batches, bat.PackWithdraw(1, bad)))
	}
}
