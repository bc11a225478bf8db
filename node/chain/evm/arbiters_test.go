package evm_test

import (
	"bytes"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
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
	k := &court{settlement: newSettlement(t, c), raw: newRaw(t), c: c, lie: poc.Hash{5}}
	k.register()
	k.arbiters = arbitersOf(t, c, arbiters)
	for i := 10; i < 10+arbiters; i++ {
		require.Equal(t, bindings.ArbitersNotEligibleErrorID().Hex()[:10], revertID(t, k.raw.send(i, c.Arbiters, bindings.NewArbiters().PackJoin())), "once")
	}
	k.job = k.locked(1)
	return k
}

// arbitersOf makes the accounts from 10 on arbiters.
func arbitersOf(t *testing.T, c evm.Contracts, n int) map[poc.Account]*evm.Client {
	t.Helper()
	ctx, out := testContext(t), map[poc.Account]*evm.Client{}
	var accounts []poc.Account
	for i := 10; i < 10+n; i++ {
		accounts = append(accounts, evm.AccountOf(addressOf(i)))
	}
	require.NoError(t, evm.Fund(ctx, endpoint, dev.FaucetKey(), c, accounts, tokens, big.NewInt(1e18)))
	v := verifier(t, c)
	for i := 10; i < 10+n; i++ {
		a := open(t, endpoint, c, i)
		_, err := a.Submit(ctx, market.Register{Peer: poc.PeerID{byte(i)}, Stake: 100 * market.NLOV})
		require.NoError(t, err)
		require.ErrorIs(t, a.JoinArbiters(ctx), chain.ErrRefused, "not verified")
		require.NoError(t, v.SetVerified(ctx, a.Account(), true))
		require.NoError(t, a.JoinArbiters(ctx))
		require.NoError(t, a.JoinArbiters(ctx))
		out[a.Account()] = a
	}
	return out
}

// convict opens a case and has it decided: guilty.
func convict(t *testing.T, accuser *evm.Client, arbiters map[poc.Account]*evm.Client, a evm.Accusation) {
	t.Helper()
	ctx := testContext(t)
	id, err := accuser.Accuse(ctx, a)
	require.NoError(t, err)
	require.NoError(t, dev.Skip(ctx, 1)) // the block that draws, and one more
	require.NoError(t, dev.Skip(ctx, 1))
	require.NoError(t, accuser.DrawCommittee(ctx, id))
	c, err := accuser.Case(ctx, id)
	require.NoError(t, err)
	require.NoError(t, accuser.Decide(ctx, id, true, signVerdicts(t, arbiters, id, true, c.Committee)))
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
	return signVerdicts(k.raw.t, k.arbiters, id, guilty, who)
}

func signVerdicts(t *testing.T, arbiters map[poc.Account]*evm.Client, id uint64, guilty bool, who []poc.Account) map[poc.Account][]byte {
	t.Helper()
	out := map[poc.Account][]byte{}
	for _, a := range who {
		sig, err := arbiters[a].SignVerdict(id, guilty)
		require.NoError(t, err)
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
	arb := bindings.NewArbiters()
	said := func(places ...byte) (all []byte) {
		for _, p := range places {
			all = append(append(all, p), guilty[c.Committee[p%4]]...)
		}
		return all
	}
	for name, bad := range map[string][]byte{
		"three": said(0, 1, 2), "one twice": said(0, 0, 0, 0), "not in order": said(0, 2, 1, 3), "six": said(0, 1, 2, 3, 4, 5), "half of one": said(0, 1, 2, 3)[:259],
		"no such place": said(0, 1, 2, 5), "another's": said(0, 1, 2, 4),
	} {
		require.Equal(t, bindings.ArbitersBadVerdictErrorID().Hex()[:10], revertID(t, k.raw.send(2, k.c.Arbiters, arb.PackDecide(id, true, bad))), name)
	}
	require.Equal(t, bindings.ArbitersNoCaseErrorID().Hex()[:10], revertID(t, k.raw.send(2, k.c.Arbiters, arb.PackDraw(id))), "drawn once")

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
	for _, x := range [][2][]byte{{guilty[c.Committee[0]], guilty[c.Committee[0]]}, {innocent[c.Committee[0]], innocent[c.Committee[0]]}} {
		require.Equal(t, bindings.ArbitersBadVerdictErrorID().Hex()[:10], revertID(t, k.raw.send(2, k.c.Arbiters, arb.PackSlashTwice(id, new(big.Int), x[0], x[1]))))
	}
	require.Equal(t, "0x4e487b71", revertID(t, k.raw.send(2, k.c.Arbiters, arb.PackSlashTwice(id, big.NewInt(5), nil, nil))), "no such place")
	require.ErrorIs(t, k.as[2].SlashArbiter(ctx, id, c.Committee[1], guilty[c.Committee[1]], innocent[c.Committee[0]]), chain.ErrRefused)
	require.ErrorIs(t, k.as[2].SlashArbiter(ctx, id, k.as[3].Account(), guilty[c.Committee[0]], innocent[c.Committee[0]]), chain.ErrRefused)
	require.NoError(t, k.as[2].SlashArbiter(ctx, id, c.Committee[0], guilty[c.Committee[0]], innocent[c.Committee[0]]))
	st, err = k.as[1].Standing(ctx, c.Committee[0])
	require.NoError(t, err)
	require.Equal(t, 50*market.NLOV, st.Stake)
	require.ErrorIs(t, k.as[2].SlashArbiter(ctx, id, c.Committee[0], guilty[c.Committee[0]], innocent[c.Committee[0]]), chain.ErrRefused, "once")
}

// Neither side of a case judges it, and it is about what the accused, a worker, revealed.
func TestArbitersAreNoParty(t *testing.T) {
	k := newCourt(t, 7)
	ctx, arb := k.raw.ctx, bindings.NewArbiters()
	accuser, accused := k.arbiters[evm.AccountOf(addressOf(10))], k.arbiters[evm.AccountOf(addressOf(11))]
	sig, err := accused.Sign(poc.Statement{Kind: poc.Revealed, Job: k.job, Digest: k.lie})
	require.NoError(t, err)
	for range 8 { // with five others each draw ends with these; that it meets neither of the two before is one in three
		id, err := accuser.Accuse(ctx, evm.Accusation{Ref: poc.TaskRef{Job: k.job}, Account: accused.Account(), Digest: k.lie, Signature: sig, Evidence: poc.Hash{6}})
		require.NoError(t, err)
		require.NoError(t, dev.Skip(ctx, 1))
		require.NoError(t, dev.Skip(ctx, 1))
		require.NoError(t, k.as[2].DrawCommittee(ctx, id))
		c, err := k.as[2].Case(ctx, id)
		require.NoError(t, err)
		require.Len(t, c.Committee, 5)
		require.NotContains(t, c.Committee, accuser.Account())
		require.NotContains(t, c.Committee, accused.Account())
	}
	member, err := arb.UnpackMembers(k.call(k.c.Arbiters, arb.PackMembers(big.NewInt(6))))
	require.NoError(t, err)
	require.Equal(t, addressOf(16), member)
	require.Error(t, k.raw.send(1, k.c.Arbiters, arb.PackMembers(big.NewInt(7))), "there is no eighth")

	six, err := evm.Dial(ctx, evm.Config{URL: endpoint, Key: key(6), Contracts: k.c})
	require.NoError(t, err)
	defer six.Close()
	stranger, err := six.Sign(poc.Statement{Kind: poc.Revealed, Job: k.job, Digest: k.lie})
	require.NoError(t, err)
	upper := bytes.Clone(sig) // s is above half of the order; of those that 64 bytes can hold there are few
	copy(upper[32:], bytes.Repeat([]byte{0xff}, 32))
	upper[32] = 0x7f
	k.submit(1, k.claim(k.job, 0, 1, 1, 2))
	slashed, err := k.as[3].Sign(poc.Statement{Kind: poc.Revealed, Job: k.job, Digest: k.lie})
	require.NoError(t, err)
	k.submit(1, market.Slash{Ref: poc.TaskRef{Job: k.job}, Account: k.as[3].Account(), Digest: k.lie, Signature: slashed})
	for name, bad := range map[string]struct {
		deposit  market.Amount
		accused  common.Address
		sig      []byte
		evidence byte
		id       common.Hash
	}{
		"another deposit":  {5*market.NLOV + 1, addressOf(11), sig, 6, bindings.ArbitersBadDepositErrorID()},
		"no evidence":      {5 * market.NLOV, addressOf(11), sig, 0, bindings.ArbitersBadEvidenceErrorID()},
		"slashed already":  {5 * market.NLOV, addressOf(3), slashed, 6, bindings.ArbitersBadEvidenceErrorID()},
		"another's":        {5 * market.NLOV, addressOf(12), sig, 6, bindings.ArbitersBadEvidenceErrorID()},
		"a short one":      {5 * market.NLOV, addressOf(11), sig[:63], 6, bindings.ArbitersBadEvidenceErrorID()},
		"an upper s":       {5 * market.NLOV, addressOf(11), upper, 6, bindings.ArbitersBadEvidenceErrorID()},
		"the zero account": {5 * market.NLOV, common.Address{}, make([]byte, 64), 6, bindings.ArbitersBadEvidenceErrorID()},
		"no worker":        {5 * market.NLOV, addressOf(6), stranger, 6, bindings.ArbitersNotEligibleErrorID()},
	} {
		data, err := evm.AccuseArgs.Pack([32]byte(k.job), uint32(0), bad.accused, [32]byte(k.lie), bad.sig, [32]byte{bad.evidence}, "")
		require.NoError(t, err)
		err = k.raw.send(1, k.c.Token, tok.PackTransferAndCall0(k.c.Arbiters, new(big.Int).SetUint64(uint64(bad.deposit)), data))
		require.Error(t, err, name)
		require.Equal(t, bad.id.Hex()[:10], revertID(t, err), name)
	}
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
	for _, late := range [][]byte{arb.PackDraw(id), arb.PackDecide(id, false, nil)} {
		require.Equal(t, bindings.ArbitersTooLateErrorID().Hex()[:10], revertID(t, k.raw.send(2, k.c.Arbiters, late)))
	}
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
		revertID(t, k.raw.send(1, k.c.Marketplace, mkt.PackConvict(k.job, new(big.Int), addressOf(2), addressOf(1), 0))))
	require.Equal(t, bindings.MarketplaceOnlyArbitersErrorID().Hex()[:10],
		revertID(t, k.raw.send(1, k.c.Marketplace, mkt.PackRestore(k.job, 0, addressOf(2), 1))))
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

// lockOf is the call that locks a job.
func lockOf(c evm.Contracts, id poc.Hash, t market.Terms) []byte {
	fields := words(uint64(t.Tasks), uint64(t.Quorum), uint64(t.Replicas), uint64(t.MaxPrice), uint64(t.Expiry), uint64(t.LateBps), 0)
	return tok.PackTransferAndCall0(c.Marketplace, new(big.Int).SetUint64(uint64(t.Budget)), append(id[:], fields...))
}

// A lock needs a commitment of an earlier block, so whoever sees one on its way comes too late.
func TestLockCannotBeOvertaken(t *testing.T) {
	c := bootstrap(t)
	s := newSettlement(t, c)
	r := newRaw(t)
	id, terms := s.job(1)
	lock := func(id poc.Hash) []byte { return lockOf(c, id, terms) }
	commitment := func(who int, id poc.Hash) [32]byte {
		return crypto.Keccak256Hash(make([]byte, 12), addressOf(who).Bytes(), id[:])
	}
	notYet := bindings.MarketplaceNotCommittedErrorID().Hex()[:10]
	require.Equal(t, notYet, revertID(t, r.send(2, c.Token, lock(id))), "seen, and not committed to")
	// The owner's own client commits first, and needs no second commitment after a start in between.
	committed, err := r.receipt(0, c.Marketplace, mkt.PackCommit(commitment(0, id)))
	require.NoError(t, err)
	_, err = r.eth.CallContract(r.ctx, ethereum.CallMsg{From: addressOf(0), To: &c.Token, Data: lock(id)}, committed.BlockNumber)
	require.Equal(t, notYet, revertID(t, err), "in the block of the commitment")
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
