package evm_test

import (
	"encoding/binary"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

// court is a market with eight arbiters, the accounts 10 to 17. Account 3 is accused, account 1 accuses.
type court struct {
	*settlement
	raw
	c        evm.Contracts
	arbiters map[poc.Account]*evm.Client
	job      poc.Hash
	lie      poc.Hash
}

func newCourt(t *testing.T, arbiters int) *court {
	c := bootstrap(t)
	k := &court{settlement: newSettlement(t, c), raw: newRaw(t), c: c, arbiters: map[poc.Account]*evm.Client{}, lie: poc.Hash{5}}
	k.register()
	var accounts []poc.Account
	for i := 10; i < 10+arbiters; i++ {
		accounts = append(accounts, evm.AccountOf(addressOf(i)))
	}
	require.NoError(t, evm.Fund(k.raw.ctx, endpoint, dev.FaucetKey(), c, accounts, tokens, big.NewInt(1e18)))
	v := verifier(t, c)
	for i := 10; i < 10+arbiters; i++ {
		a := open(t, endpoint, c, i)
		_, err := a.Submit(k.raw.ctx, market.Register{Peer: poc.PeerID{byte(i)}, Stake: 100 * market.NLOV})
		require.NoError(t, err)
		require.ErrorIs(t, a.JoinArbiters(k.raw.ctx), chain.ErrRefused, "not verified")
		require.NoError(t, v.SetVerified(k.raw.ctx, a.Account(), true))
		require.NoError(t, a.JoinArbiters(k.raw.ctx))
		require.NoError(t, a.JoinArbiters(k.raw.ctx))
		require.Equal(t, bindings.ArbitersNotEligibleErrorID().Hex()[:10], revertID(t, k.raw.send(i, c.Arbiters, bindings.NewArbiters().PackJoin())), "once")
		k.arbiters[a.Account()] = a
	}
	k.job = k.locked(1)
	return k
}

func (k *court) accusation(i int) evm.Accusation {
	k.t.Helper()
	ref := poc.TaskRef{Job: k.job}
	sig, err := k.as[i].Sign(poc.Statement{Kind: poc.Revealed, Job: k.job, Digest: k.lie})
	require.NoError(k.t, err)
	return evm.Accusation{Ref: ref, Account: k.as[i].Account(), Digest: k.lie, Signature: sig, Evidence: poc.Hash{6}, Where: "ipfs://proof"}
}

// drawn opens a case and draws its committee.
func (k *court) drawn() (id uint64, c evm.Case) {
	k.t.Helper()
	id, err := k.as[1].Accuse(k.raw.ctx, k.accusation(3))
	require.NoError(k.t, err)
	require.NoError(k.t, dev.Skip(k.raw.ctx, 1)) // the block that draws, and one more
	require.NoError(k.t, dev.Skip(k.raw.ctx, 1))
	require.NoError(k.t, k.as[2].DrawCommittee(k.raw.ctx, id))
	require.NoError(k.t, k.as[2].DrawCommittee(k.raw.ctx, id), "drawn once")
	c, err = k.as[2].Case(k.raw.ctx, id)
	require.NoError(k.t, err)
	require.Len(k.t, c.Committee, 5)
	return id, c
}

func (k *court) sign(id uint64, guilty bool, who []poc.Account) map[poc.Account][]byte {
	k.t.Helper()
	out := map[poc.Account][]byte{}
	for _, a := range who {
		sig, err := k.arbiters[a].SignVerdict(id, guilty)
		require.NoError(k.t, err)
		out[a] = sig
	}
	return out
}

// A quorum of a committee that nobody chose convicts, and whoever signs both verdicts is convicted itself.
func TestArbiters(t *testing.T) {
	k := newCourt(t, 8)
	ctx := k.raw.ctx
	forged := k.accusation(3)
	forged.Account = k.as[2].Account()
	_, err := k.as[1].Accuse(ctx, forged)
	require.ErrorIs(t, err, chain.ErrRefused)
	none := k.accusation(3)
	none.Evidence = poc.Hash{}
	_, err = k.as[1].Accuse(ctx, none)
	require.ErrorIs(t, err, chain.ErrRefused)
	_, err = k.as[1].Case(ctx, 1)
	require.ErrorIs(t, err, evm.ErrNoCase)

	id, c := k.drawn()
	require.Equal(t, []any{k.as[1].Account(), k.as[3].Account(), poc.TaskRef{Job: k.job}, poc.Hash{6}}, []any{c.Accuser, c.Accused, c.Ref, c.Evidence})
	seen := map[poc.Account]bool{}
	for _, a := range c.Committee {
		require.False(t, seen[a], "distinct")
		require.Contains(t, k.arbiters, a)
		seen[a] = true
	}
	guilty := k.sign(id, true, c.Committee[:4])
	three := k.sign(id, true, c.Committee[:3])
	require.ErrorIs(t, k.as[2].Decide(ctx, id, true, three), chain.ErrRefused, "no quorum")
	require.ErrorIs(t, k.as[2].Decide(ctx, id, false, guilty), chain.ErrRefused, "the other verdict")
	swapped := k.sign(id, true, c.Committee[:4])
	swapped[c.Committee[0]] = swapped[c.Committee[1]]
	require.ErrorIs(t, k.as[2].Decide(ctx, id, true, swapped), chain.ErrRefused, "another's signature")
	twice := append(append([]byte{0}, guilty[c.Committee[0]]...), append([]byte{0}, guilty[c.Committee[0]]...)...)
	twice = append(twice, twice...)
	require.Equal(t, bindings.ArbitersBadVerdictErrorID().Hex()[:10], revertID(t, k.raw.send(2, k.c.Arbiters, bindings.NewArbiters().PackDecide(id, true, twice))))

	before, _, err := k.as[1].Balance(ctx, k.as[1].Account())
	require.NoError(t, err)
	require.NoError(t, k.as[2].Decide(ctx, id, true, guilty))
	st, err := k.as[1].Standing(ctx, k.as[3].Account())
	require.NoError(t, err)
	require.Equal(t, []any{50 * market.NLOV, uint64(1)}, []any{st.Stake, st.Faults})
	after, _, err := k.as[1].Balance(ctx, k.as[1].Account())
	require.NoError(t, err)
	require.Equal(t, before+15*market.NLOV, after, "the reporter's part of the slash, and its deposit")
	require.ErrorIs(t, k.as[2].Decide(ctx, id, true, guilty), evm.ErrNoCase)
	_, err = k.as[1].Accuse(ctx, k.accusation(3))
	require.ErrorIs(t, err, chain.ErrRefused, "once for each task")

	// The committee is paid, each once.
	arb := bindings.NewArbiters()
	member := k.arbiters[c.Committee[0]]
	had, _, err := member.Balance(ctx, member.Account())
	require.NoError(t, err)
	a, err := evm.ParseAccount(c.Committee[0])
	require.NoError(t, err)
	require.NoError(t, k.raw.send(2, k.c.Arbiters, arb.PackWithdraw(a)))
	require.Equal(t, bindings.ArbitersNothingToWithdrawErrorID().Hex()[:10], revertID(t, k.raw.send(2, k.c.Arbiters, arb.PackWithdraw(a))))
	has, _, err := member.Balance(ctx, member.Account())
	require.NoError(t, err)
	require.Equal(t, had+5*market.NLOV/4, has)

	// One of them says the contrary too.
	innocent := k.sign(id, false, c.Committee[:1])
	require.ErrorIs(t, k.as[2].SlashArbiter(ctx, id, c.Committee[1], guilty[c.Committee[1]], innocent[c.Committee[0]]), chain.ErrRefused)
	require.ErrorIs(t, k.as[2].SlashArbiter(ctx, id, k.as[3].Account(), guilty[c.Committee[0]], innocent[c.Committee[0]]), chain.ErrRefused)
	require.NoError(t, k.as[2].SlashArbiter(ctx, id, c.Committee[0], guilty[c.Committee[0]], innocent[c.Committee[0]]))
	st, err = k.as[1].Standing(ctx, c.Committee[0])
	require.NoError(t, err)
	require.Equal(t, 50*market.NLOV, st.Stake)
	require.ErrorIs(t, k.as[2].SlashArbiter(ctx, id, c.Committee[0], guilty[c.Committee[0]], innocent[c.Committee[0]]), chain.ErrRefused, "once")
}

// Whoever is found innocent loses nothing, and a case that nobody judges costs nothing. Who cannot judge is not drawn.
func TestArbitersAcquit(t *testing.T) {
	k := newCourt(t, 6)
	ctx := k.raw.ctx
	arb := bindings.NewArbiters()
	id, c := k.drawn()
	require.NoError(t, k.as[2].Decide(ctx, id, false, k.sign(id, false, c.Committee)))
	st, err := k.as[1].Standing(ctx, k.as[3].Account())
	require.NoError(t, err)
	require.Equal(t, []any{100 * market.NLOV, uint64(0)}, []any{st.Stake, st.Faults})

	// Two give up: four are too few for a committee.
	for _, a := range c.Committee[:2] {
		require.NoError(t, k.arbiters[a].SetRole(ctx, evm.Edge))
	}
	before, _, err := k.as[1].Balance(ctx, k.as[1].Account())
	require.NoError(t, err)
	id, err = k.as[1].Accuse(ctx, k.accusation(3))
	require.NoError(t, err)
	require.NoError(t, dev.Skip(ctx, 1))
	require.NoError(t, dev.Skip(ctx, 1))
	require.ErrorContains(t, k.as[2].DrawCommittee(ctx, id), "only 4 arbiters can judge")
	require.ErrorIs(t, k.as[2].LapseCase(ctx, id), chain.ErrTooEarly)
	require.NoError(t, dev.Skip(ctx, ms(dev.DeployConfig().Arbiters.Window)))
	require.ErrorIs(t, k.as[2].DrawCommittee(ctx, id), chain.ErrRefused, "too late")
	require.ErrorIs(t, k.as[2].Decide(ctx, id, false, nil), chain.ErrRefused, "too late")
	require.NoError(t, k.as[2].LapseCase(ctx, id))
	require.ErrorIs(t, k.as[2].LapseCase(ctx, id), chain.ErrRefused)
	after, _, err := k.as[1].Balance(ctx, k.as[1].Account())
	require.NoError(t, err)
	require.Equal(t, before, after)
	for name, bad := range map[string][]byte{
		"deposit": tok.PackTransferAndCall0(k.c.Arbiters, big.NewInt(5), nil),
		"message": tok.PackTransferAndCall0(k.c.Arbiters, new(big.Int).SetUint64(uint64(5*market.NLOV)), []byte("hello")),
	} {
		require.Error(t, k.raw.send(1, k.c.Token, bad), name)
	}
	require.Equal(t, bindings.ArbitersOnlyTokenErrorID().Hex()[:10],
		revertID(t, k.raw.send(1, k.c.Arbiters, arb.PackOnTransferReceived(addressOf(1), addressOf(1), big.NewInt(9), nil))))
	require.Equal(t, bindings.MarketplaceOnlyArbitersErrorID().Hex()[:10],
		revertID(t, k.raw.send(1, k.c.Marketplace, mkt.PackConvict(k.job, 0, addressOf(2), addressOf(1), 0))))
	require.Equal(t, bindings.ArbitersNoCaseErrorID().Hex()[:10], revertID(t, k.raw.send(1, k.c.Arbiters, arb.PackDecide(99, true, nil))))
	require.Equal(t, bindings.ArbitersNoCaseErrorID().Hex()[:10], revertID(t, k.raw.send(1, k.c.Arbiters, arb.PackDraw(99))))
}

// A case whose block nobody remembers is drawn by another one, and never by one that is there already.
func TestLateDraw(t *testing.T) {
	k := newCourt(t, 6)
	ctx := k.raw.ctx
	id, err := k.as[1].Accuse(ctx, k.accusation(3))
	require.NoError(t, err)
	for range 260 {
		require.NoError(t, dev.Skip(ctx, 1))
	}
	require.NoError(t, k.as[2].DrawCommittee(ctx, id))
	c, err := k.as[2].Case(ctx, id)
	require.NoError(t, err)
	require.Empty(t, c.Committee)
	require.NoError(t, dev.Skip(ctx, 1))
	require.NoError(t, dev.Skip(ctx, 1))
	require.NoError(t, k.as[2].DrawCommittee(ctx, id))
	c, err = k.as[2].Case(ctx, id)
	require.NoError(t, err)
	require.Len(t, c.Committee, 5)
	require.NotContains(t, c.Committee, k.as[1].Account())
	// In the case's own block nobody can know its committee.
	arb := bindings.NewArbiters()
	id, err = k.as[1].Accuse(ctx, k.accusation(2))
	require.NoError(t, err)
	opened, err := arb.UnpackCaseOf(k.call(k.c.Arbiters, arb.PackCaseOf(id)))
	require.NoError(t, err)
	_, err = k.eth.CallContract(ctx, ethereum.CallMsg{To: &k.c.Arbiters, Data: arb.PackDraw(id)}, new(big.Int).SetUint64(uint64(opened.C.Opened)))
	require.Equal(t, bindings.ArbitersTooEarlyErrorID().Hex()[:10], revertID(t, err))
}

// A lock needs a commitment of an earlier block, so whoever sees one on its way comes too late.
func TestLockCannotBeOvertaken(t *testing.T) {
	c := bootstrap(t)
	s := newSettlement(t, c)
	r := newRaw(t)
	id, terms := s.job(1)
	lock := func(id poc.Hash) []byte {
		data := append([]byte{}, id[:]...)
		for _, n := range []uint64{uint64(terms.Tasks), uint64(terms.Quorum), uint64(terms.Replicas), uint64(terms.MaxPrice), uint64(terms.Expiry), 0, 0} {
			data = append(append(data, make([]byte, 24)...), binary.BigEndian.AppendUint64(nil, n)...)
		}
		return tok.PackTransferAndCall0(c.Marketplace, new(big.Int).SetUint64(uint64(terms.Budget)), data)
	}
	commitment := func(who int, id poc.Hash) [32]byte {
		return crypto.Keccak256Hash(make([]byte, 12), addressOf(who).Bytes(), id[:])
	}
	notYet := bindings.MarketplaceNotCommittedErrorID().Hex()[:10]
	require.Equal(t, notYet, revertID(t, r.send(2, c.Token, lock(id))), "seen, and not committed to")
	// The owner's own client commits first, and needs no second commitment after a start in between.
	require.NoError(t, r.send(0, c.Marketplace, mkt.PackCommit(commitment(0, id))))
	require.Equal(t, notYet, revertID(t, r.send(2, c.Token, lock(id))), "another's commitment")
	require.NoError(t, r.send(2, c.Marketplace, mkt.PackCommit(commitment(0, id))), "saying it again does not put it off")
	s.submit(0, market.LockEscrow{Job: id, Terms: terms})
	e, err := s.as[1].Escrow(r.ctx, id)
	require.NoError(t, err)
	require.Equal(t, s.as[0].Account(), e.Owner)
	require.NoError(t, r.send(2, c.Marketplace, mkt.PackCommit(commitment(2, id))))
	require.NoError(t, dev.Skip(r.ctx, 1))
	require.Equal(t, bindings.MarketplaceJobExistsErrorID().Hex()[:10], revertID(t, r.send(2, c.Token, lock(id))))
}
