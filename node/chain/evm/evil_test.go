package evm_test

import (
	"encoding/binary"
	"encoding/json"
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/node/chain/evm/devchain"
	"gpumesh/poc"
)

// evil is a marketplace whose token misbehaves: account 0 has a job in it, and account 1 works.
type evil struct {
	raw
	abi           abi.ABI
	token, market common.Address
	draws         common.Address
	id            poc.Hash
	seating       []byte
}

// The delays of these contracts, in milliseconds: minutes, as those of all others are.
const (
	evilWindow    = 200_000 // of arbiters
	evilUnbonding = 600_000
)

// create deploys a contract and returns where it is.
func (r raw) create(code []byte) common.Address {
	r.t.Helper()
	opts := bind.NewKeyedTransactor(key(0), big.NewInt(devchain.ChainID))
	opts.Context = r.ctx
	at, tx, err := bind.DeployContract(opts, code, r.eth, nil)
	require.NoError(r.t, err)
	for {
		if receipt, err := r.eth.TransactionReceipt(r.ctx, tx.Hash()); err == nil {
			r.reach(receipt)
			return at
		}
		select {
		case <-r.heads:
		case <-r.ctx.Done():
			require.NoError(r.t, r.ctx.Err())
		}
	}
}

func newEvil(t *testing.T) *evil {
	bootstrap(t) // money for gas
	text, err := os.ReadFile("testdata/evil.json")
	require.NoError(t, err)
	var compiled struct {
		ABI json.RawMessage
		Bin string
	}
	require.NoError(t, json.Unmarshal(text, &compiled))
	e := &evil{raw: newRaw(t), id: poc.Hash{7}}
	e.abi, err = abi.JSON(strings.NewReader(string(compiled.ABI)))
	require.NoError(t, err)
	e.token = e.create(common.FromHex(compiled.Bin))
	params := e.create(append(common.FromHex(bindings.ParametersMetaData.Bin), prm.PackConstructor(addressOf(9), bindings.ParametersValues{
		Treasury: addressOf(9), FeeBps: 100, SlashBps: 5_000, RewardBps: 2_000, MinStake: 100,
	})...))
	e.draws = e.create(common.FromHex(bindings.DrawsMetaData.Bin))
	tick := big.NewInt(int64(dev.DeployConfig().Tick))
	e.market = e.create(append(common.FromHex(bindings.MarketplaceMetaData.Bin),
		mkt.PackConstructor(e.token, params, addressOf(4), addressOf(5), e.draws, big.NewInt(evilUnbonding), big.NewInt(2_000), tick, new(big.Int))...))
	for i := range 2 {
		require.NoError(t, e.do(0, "mint", addressOf(i), big.NewInt(1_000_000)))
	}
	require.NoError(t, e.do(1, "transferAndCall", e.market, big.NewInt(100), words(1, 100)))
	require.NoError(t, e.lock(e.id, big.NewInt(20_200), 0))
	e.seating = append(binary.BigEndian.AppendUint64(append([]byte{1, 1}, addressOf(1).Bytes()...), 10_000), 0, 0, 0, 1)
	return e
}

// withArbiters makes another market, with arbiters. Account 3 sets its parameters, and verifies.
func (e *evil) withArbiters() (at, arbiters, params common.Address) {
	e.t.Helper()
	nonce, err := e.eth.PendingNonceAt(e.ctx, addressOf(0))
	require.NoError(e.t, err)
	params = e.create(append(common.FromHex(bindings.ParametersMetaData.Bin), prm.PackConstructor(addressOf(3), bindings.ParametersValues{
		Treasury: addressOf(9), FeeBps: 100, SlashBps: 5_000, RewardBps: 2_000, MinStake: 100, Verifier: addressOf(3),
	})...))
	arbiters = crypto.CreateAddress(addressOf(0), nonce+2)
	at = e.create(append(common.FromHex(bindings.MarketplaceMetaData.Bin), mkt.PackConstructor(
		e.token, params, addressOf(4), arbiters, e.draws, big.NewInt(evilUnbonding), big.NewInt(2_000), big.NewInt(int64(dev.DeployConfig().Tick)), new(big.Int))...))
	require.Equal(e.t, arbiters, e.create(append(common.FromHex(bindings.ArbitersMetaData.Bin), bindings.NewArbiters().PackConstructor(e.token, at, big.NewInt(evilWindow), 1)...)))
	return at, arbiters, params
}

// words are numbers as contracts get them.
func words(ns ...uint64) (out []byte) {
	for _, n := range ns {
		out = append(out, common.LeftPadBytes(binary.BigEndian.AppendUint64(nil, n), 32)...)
	}
	return out
}

// lock locks a job of two tasks, each for one worker that gets 10,000.
func (e *evil) lock(id poc.Hash, budget *big.Int, lateBps uint64) error {
	e.t.Helper()
	require.NoError(e.t, e.raw.send(0, e.market, mkt.PackCommit(crypto.Keccak256Hash(make([]byte, 12), addressOf(0).Bytes(), id[:]))))
	require.NoError(e.t, dev.Skip(e.ctx, 1))
	expiry := uint64(dev.Now().UnixMilli()) + 600_000
	return e.do(0, "transferAndCall", e.market, budget, slices.Concat(id[:], words(2, 1, 1, 10_000, expiry, lateBps, 0)))
}

// claim claims a task of a job for account 1, which says of itself whether it was late, and what share of the work it did.
func (e *evil) claim(id poc.Hash, task uint32, late uint64, share uint16) error {
	e.t.Helper()
	return e.raw.send(2, e.market, e.packClaim(id, task, late, share))
}

func (e *evil) packClaim(id poc.Hash, task uint32, late uint64, share uint16) []byte {
	e.t.Helper()
	v := evm.NewVerifier(big.NewInt(devchain.ChainID), e.market)
	sig, err := evm.SignWith(v, key(1), poc.Statement{Kind: poc.Attested, Job: id, Task: task, Digest: poc.Hash{4}, Agreed: 1, Late: late, Share: share})
	require.NoError(e.t, err)
	cert := bindings.MarketplaceCertificate{Task: task, Share: share, Digest: poc.Hash{4}, Timed: late != 0, Signatures: slices.Concat(make([]byte, 8), []byte{1}, sig)}
	if cert.Timed {
		cert.Signatures = binary.BigEndian.AppendUint64(cert.Signatures, late)
	}
	return mkt.PackClaim(id, e.seating, []bindings.MarketplaceCertificate{cert})
}

// do calls the token.
func (e *evil) do(who int, method string, args ...any) error {
	e.t.Helper()
	data, err := e.abi.Pack(method, args...)
	require.NoError(e.t, err)
	return e.raw.send(who, e.token, data)
}

func (e *evil) read(method string, args ...any) any {
	e.t.Helper()
	data, err := e.abi.Pack(method, args...)
	require.NoError(e.t, err)
	out, err := e.abi.Unpack(method, e.call(e.token, data))
	require.NoError(e.t, err)
	return out[0]
}

func (e *evil) has(i int) uint64 { return e.read("balanceOf", addressOf(i)).(*big.Int).Uint64() }

func (e *evil) misbehave(mode int64, payload []byte) {
	e.t.Helper()
	require.NoError(e.t, e.do(0, "set", big.NewInt(mode), e.market, payload))
}

func (e *evil) closed() bool {
	j, err := mkt.UnpackJob(e.call(e.market, mkt.PackJob(e.id)))
	require.NoError(e.t, err)
	return j.Money.Closed
}

// A token that says no, reverts or answers with a megabyte moves nothing and changes nothing: what was to be paid still is. One
// that keeps a part, or answers nothing, costs only whom it pays. One that calls back finds everything done already.
func TestEvilToken(t *testing.T) {
	e := newEvil(t)
	for name, mode := range map[string]int64{"says no": 1, "reverts": 2, "a megabyte": 5} {
		e.misbehave(mode, nil)
		require.Error(t, e.raw.send(0, e.market, mkt.PackRefund(e.id)), name)
		require.False(t, e.closed(), name)
	}
	require.Equal(t, uint64(1_000_000-20_200), e.has(0))

	// The worker is paid by a claim, which moves no tokens, whatever the token does.
	e.misbehave(2, nil)
	require.NoError(t, e.raw.send(0, e.market, mkt.PackAnchor(e.id, [32]byte{3}, e.seating)))
	require.NoError(t, e.claim(e.id, 0, 0, 0))
	require.Error(t, e.raw.send(1, e.market, mkt.PackWithdrawEarned(addressOf(1))))

	// It calls back into the withdrawal that it is part of, as the payout address, which may ask for it.
	require.NoError(t, e.raw.send(1, e.market, mkt.PackSetPayout(addressOf(1), e.token)))
	e.misbehave(4, mkt.PackWithdrawEarned(addressOf(1)))
	require.NoError(t, e.raw.send(1, e.market, mkt.PackWithdrawEarned(addressOf(1))))
	require.Equal(t, bindings.MarketplaceNothingToWithdrawErrorID().Bytes()[:4], e.read("answer"))
	require.Equal(t, int64(10_000), e.read("balanceOf", e.token).(*big.Int).Int64(), "once")

	// And into the refund, which then pays once.
	require.NoError(t, dev.Skip(e.ctx, ms(600_000)))
	e.misbehave(4, mkt.PackRefund(e.id))
	require.NoError(t, e.raw.send(0, e.market, mkt.PackRefund(e.id)))
	require.Equal(t, bindings.MarketplaceJobClosedErrorID().Bytes()[:4], e.read("answer"))
	require.True(t, e.closed())
	require.Equal(t, uint64(1_000_000-10_100), e.has(0))

	// Stake: it keeps a tenth, and then answers nothing, which counts as done.
	require.NoError(t, e.raw.send(1, e.market, mkt.PackUnbond(addressOf(1), 60)))
	require.NoError(t, dev.Skip(e.ctx, ms(evilUnbonding)))
	e.misbehave(3, nil)
	require.NoError(t, e.raw.send(1, e.market, mkt.PackWithdrawStake(addressOf(1))))
	require.Equal(t, int64(10_054), e.read("balanceOf", e.token).(*big.Int).Int64())
	e.misbehave(6, nil)
	require.NoError(t, e.raw.send(2, e.market, mkt.PackCollect()))
	require.Equal(t, uint64(100), e.has(9))
	require.Equal(t, int64(40), e.read("balanceOf", e.market).(*big.Int).Int64(), "what is still staked")
}

// A conviction and a fine take what there is, and never more: of stake first, of what is leaving then. Costs come out of the
// treasury's part, as far as that goes. Account 5 stands for the arbiters.
func TestBondsThatAreSmall(t *testing.T) {
	e := newEvil(t)
	convict := func(task uint32, who int, costs uint64) error {
		return e.raw.send(5, e.market, mkt.PackConvict(poc.Hash{1}, big.NewInt(int64(task)), addressOf(who), addressOf(6), costs))
	}
	bond := func(stake, unbonding uint64) {
		t.Helper()
		w, err := mkt.UnpackWorkers(e.call(e.market, mkt.PackWorkers([]common.Address{addressOf(1)})))
		require.NoError(t, err)
		require.Equal(t, []uint64{stake, unbonding}, []uint64{w[0].Stake, w[0].Unbonding})
	}
	is := func(id common.Hash, err error) {
		t.Helper()
		require.Error(t, err)
		require.Equal(t, id.Hex()[:10], revertID(t, err))
	}
	is(bindings.MarketplaceNotRegisteredErrorID(), convict(0, 2, 0))
	require.NoError(t, convict(0, 1, 0)) // half of 100, of which a fifth is the reporter's
	require.Equal(t, []uint64{10, 40}, []uint64{e.has(6), e.has(9)})
	is(bindings.MarketplaceAlreadySlashedErrorID(), convict(0, 1, 0))
	require.NoError(t, convict(1, 1, 7)) // of 50
	require.Equal(t, []uint64{10 + 5 + 7, 40 + 13}, []uint64{e.has(6), e.has(9)})
	require.NoError(t, convict(2, 1, 10)) // of 25: 2 and 10, of 13
	require.Equal(t, []uint64{22 + 12, 53 + 1}, []uint64{e.has(6), e.has(9)})
	require.NoError(t, convict(3, 1, 10)) // of 12: all 6
	require.Equal(t, []uint64{34 + 6, 54}, []uint64{e.has(6), e.has(9)})
	bond(6, 0)
	require.NoError(t, e.raw.send(1, e.market, mkt.PackUnbond(addressOf(1), 5)))
	require.NoError(t, convict(4, 1, 0)) // 3 of 1 and 5
	bond(0, 3)
	is(bindings.MarketplaceOnlyPayoutErrorID(), func() error {
		require.NoError(t, dev.Skip(e.ctx, ms(evilUnbonding)))
		return e.raw.send(2, e.market, mkt.PackWithdrawStake(addressOf(1)))
	}())
	require.NoError(t, e.raw.send(1, e.market, mkt.PackWithdrawStake(addressOf(1))))
	before := []uint64{e.has(6), e.has(9)}
	require.NoError(t, convict(5, 1, 10))
	require.Equal(t, before, []uint64{e.has(6), e.has(9)}, "nothing is left")
	v := evm.NewVerifier(big.NewInt(devchain.ChainID), e.market)
	said := func(digest byte) []byte {
		sig, err := evm.SignWith(v, key(1), poc.Statement{Kind: poc.Attested, Job: e.id, Task: 1, Digest: poc.Hash{digest}, Agreed: 1})
		require.NoError(t, err)
		return slices.Concat(words(1)[24:], make([]byte, 12), sig)
	}
	require.NoError(t, e.raw.send(2, e.market, mkt.PackSlashTwice(e.id, 1, addressOf(1), [2][32]byte{{1}, {2}}, [2][]byte{said(1), said(2)})))
	require.Equal(t, before, []uint64{e.has(6), e.has(9)})

	// A late worker that was paid first, withdrew that and takes its stake out pays with what is left of it, to the treasury. What it did
	// a part of costs it that part of the fine.
	require.NoError(t, e.do(1, "transferAndCall", e.market, big.NewInt(100), words(1, 100)))
	require.NoError(t, e.do(1, "transferAndCall", e.market, new(big.Int), words(2, 100)), "another peer, and no more stake")
	for range 2 {
		require.NoError(t, e.raw.send(1, e.market, mkt.PackRegister([32]byte{1})))
	}
	id := poc.Hash{8}
	require.NoError(t, e.lock(id, big.NewInt(20_200), 10_000))
	require.NoError(t, e.raw.send(0, e.market, mkt.PackAnchor(id, [32]byte{3}, e.seating)))
	paid := func(want uint64) {
		t.Helper()
		j, err := mkt.UnpackJob(e.call(e.market, mkt.PackJob(id)))
		require.NoError(t, err)
		require.Equal(t, want, j.Money.Paid)
	}
	require.NoError(t, e.claim(id, 0, 0, 0))
	require.NoError(t, e.claim(id, 1, 0, 1<<14))
	paid(12_500)
	is(bindings.MarketplaceAlreadySettledErrorID(), e.claim(id, 1, 0, 1<<14))
	is(bindings.MarketplaceOnlyPayoutErrorID(), e.raw.send(2, e.market, mkt.PackWithdrawEarned(addressOf(1))))
	require.NoError(t, e.raw.send(1, e.market, mkt.PackWithdrawEarned(addressOf(1))))
	require.NoError(t, e.do(1, "transferAndCall", e.market, big.NewInt(2_900), words(1, 3_000)))
	require.NoError(t, e.raw.send(1, e.market, mkt.PackUnbond(addressOf(1), 2_000)))
	e.misbehave(1, nil)
	require.Error(t, e.claim(id, 1, 1, 1<<14))
	bond(1_000, 2_000)
	treasury := e.has(9)
	e.misbehave(4, e.packClaim(id, 1, 1, 1<<14)) // into the claim that it is part of
	require.NoError(t, e.claim(id, 1, 1, 1<<14)) // of 2,500
	require.Equal(t, bindings.MarketplaceNoQuorumErrorID().Bytes()[:4], e.read("answer").([]byte)[:4], "the stake is gone already")
	bond(0, 500)
	paid(12_500)
	require.Equal(t, treasury+2_500, e.has(9))
	require.NoError(t, e.do(1, "transferAndCall", e.market, big.NewInt(160), words(1, 160)))
	is(bindings.MarketplaceAlreadySettledErrorID(), e.claim(id, 1, 1, 1<<14))
	require.NoError(t, e.claim(id, 0, 1, 0)) // of 10,000
	bond(0, 0)
	paid(12_500)
	require.Equal(t, treasury+2_500+660, e.has(9))
	is(bindings.MarketplaceNoQuorumErrorID(), e.claim(id, 0, 1, 0))

	// More than any amount can be. There is no such token but this one.
	huge := new(big.Int).Lsh(big.NewInt(1), 64)
	require.NoError(t, e.do(0, "mint", addressOf(0), huge))
	is(bindings.MarketplaceBadTermsErrorID(), e.lock(poc.Hash{9}, huge, 0))
	is(bindings.MarketplaceStakeMismatchErrorID(), e.do(0, "transferAndCall", e.market, huge, words(1, 0)))
}

// The widest certificate there can be fits a block many times over, and signers who do not count cannot keep it out.
func TestWidestClaim(t *testing.T) {
	c := bootstrap(t)
	s := newSettlement(t, c)
	s.register()
	id, terms := s.job(1)
	op := s.award(id)
	op.Seating = market.Seating{Seats: slices.Clone(s.seating.Seats), Candidates: 64}
	for i := 100; len(op.Seating.Seats) < 64; i++ {
		op.Seating.Seats = append(op.Seating.Seats, market.Seat{Account: evm.AccountOf(addressOf(i)), Ask: 1, Weight: 1})
	}
	s.submit(0, market.LockEscrow{Job: id, Terms: terms})
	s.submit(0, op)
	claim := s.claim(id, 0, 1, 1, 2, 3)
	claim.Seating = op.Seating
	cert := &claim.Certificates[0]
	v := evm.NewVerifier(big.NewInt(devchain.ChainID), c.Marketplace)
	for i := 3; i < 64; i++ {
		st := poc.Statement{Kind: poc.Attested, Job: id, Digest: cert.Result.Digest(), Agreed: 7 | 1<<i}
		sig, err := evm.SignWith(v, key(97+i), st)
		require.NoError(t, err)
		cert.Attestations = append(cert.Attestations, poc.Attestation{Account: op.Seating.Seats[i].Account, Agreed: st.Agreed, Signature: sig})
	}
	r := s.submit(1, claim)
	require.Len(t, r.Pays, 3)
	tx, err := newRaw(t).eth.TransactionReceipt(s.ctx, common.HexToHash(r.Tx))
	require.NoError(t, err)
	t.Logf("64 signatures, each over other seats: %d gas", tx.GasUsed)
	require.Less(t, tx.GasUsed, uint64(1_000_000))
}
