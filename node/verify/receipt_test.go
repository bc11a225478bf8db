package verify

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"io"
	"math/big"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/math"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"
	"github.com/ipfs/go-cid"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/eval"
	"gpumesh/market"
	"gpumesh/node"
	"gpumesh/node/chain/evm"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// The program of these tests: y = 3x + 1 on n words.
const triple = `@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read_write> y: array<u32>;
@compute @workgroup_size(4)
fn main(@builtin(global_invocation_id) id: vec3<u32>) { y[id.x] = 3u * x[id.x] + 1u; }
`

// inexact is triple in floats, where devices may differ.
const inexact = `@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read_write> y: array<u32>;
@compute @workgroup_size(4)
fn main(@builtin(global_invocation_id) id: vec3<u32>) { y[id.x] = u32(3.0 * f32(x[id.x]) + 1.0); }
`

const words = 8

var marketplace = common.HexToAddress("0x5fbdb2315678afecb367f032d93f642f64180aa3")

// memory is content by CID.
type memory map[string][]byte

func (m memory) Block(_ context.Context, id cid.Cid) ([]byte, error) {
	if b, ok := m[id.String()]; ok {
		return b, nil
	}
	return nil, fmt.Errorf("%s is not here", id)
}

func (m memory) File(ctx context.Context, id cid.Cid) (io.ReadCloser, error) {
	b, err := m.Block(ctx, id)
	return io.NopCloser(bytes.NewReader(b)), err
}

func (m memory) addFile(t testing.TB, b []byte) poc.Link {
	t.Helper()
	id, err := p2p.FileCID(bytes.NewReader(b))
	require.NoError(t, err)
	m[id.String()] = b
	return poc.Link{Cid: id}
}

// worker is a member of the panel.
type worker struct {
	peer    ed25519.PrivateKey
	key     *ecdsa.PrivateKey
	account poc.Account
}

func (w worker) id() poc.PeerID { return poc.PeerID(w.peer.Public().(ed25519.PublicKey)) }

// attest signs as the chain's own standard says, by another implementation than the one under test.
func (w worker) attest(t testing.TB, ref poc.TaskRef, digest poc.Hash, agreed, late uint64) []byte {
	t.Helper()
	kind := "Attested"
	field := func(name, kind string) apitypes.Type { return apitypes.Type{Name: name, Type: kind} }
	typed := apitypes.TypedData{
		Types: apitypes.Types{
			"EIP712Domain": {field("name", "string"), field("version", "string"), field("chainId", "uint256"), field("verifyingContract", "address")},
			"Attested":     {field("job", "bytes32"), field("task", "uint32"), field("digest", "bytes32"), field("agreed", "uint64")},
		},
		Domain: apitypes.TypedDataDomain{Name: "gpumesh", Version: "1", ChainId: math.NewHexOrDecimal256(1337), VerifyingContract: marketplace.Hex()},
		Message: apitypes.TypedDataMessage{
			"job": ref.Job[:], "task": fmt.Sprint(ref.Task), "digest": digest[:], "agreed": new(big.Int).SetUint64(agreed).String(),
		},
	}
	if late != 0 {
		kind = "Graded"
		typed.Types[kind] = append(typed.Types["Attested"], field("grade", "uint96"))
		typed.Message["grade"] = new(big.Int).SetUint64(late).String()
	}
	typed.PrimaryType = kind
	hash, _, err := apitypes.TypedDataAndHash(typed)
	require.NoError(t, err)
	sig, err := crypto.Sign(hash, w.key)
	require.NoError(t, err)
	sig[32] |= sig[64] << 7
	return sig[:64]
}

// story is a job that is over, with everything that its receipt is made from. Tests change it and make the receipt again.
type story struct {
	t       testing.TB
	network market.Network
	workers []worker // by seat
	spec    market.Spec
	content memory
	results []poc.Result
	agreed  uint64 // seats that every certificate names
	late    uint64 // those of them that every attestation calls late
	feeBps  uint64
}

const ask = 1_000_003

func newStory(t testing.TB) *story {
	t.Helper()
	return storyOf(t, triple)
}

func storyOf(t testing.TB, wgsl string) *story {
	t.Helper()
	s := &story{t: t, network: market.LocalNetwork(), content: memory{}, agreed: 0b1111, feeBps: 100}
	s.network.Chain = evm.ChainName(big.NewInt(1337), marketplace)
	for i := range 4 {
		seed := sha256.Sum256([]byte{byte(i)})
		key, err := crypto.ToECDSA(seed[:])
		require.NoError(t, err)
		s.workers = append(s.workers, worker{ed25519.NewKeyFromSeed(seed[:]), key, evm.AccountOf(crypto.PubkeyToAddress(key.PublicKey))})
	}
	slices.SortFunc(s.workers, func(a, b worker) int { p, q := a.id(), b.id(); return bytes.Compare(p[:], q[:]) })

	program := &gpu.Program{
		Version: gpu.ProgramVersion, Modules: []gpu.Module{{Name: "triple", WGSL: wgsl}}, Steps: 1, Segment: 1,
		Buffers: []gpu.Buffer{{Name: "x", Kind: gpu.Const, Type: gpu.U32, Len: 4 * words}, {Name: "y", Kind: gpu.Output, Type: gpu.U32, Len: 4 * words}},
		Step:    []gpu.Command{{Op: gpu.Dispatch, Entry: "main", Bind: []gpu.Binding{{Buffer: 0}, {Buffer: 1}}, Grid: [3]uint32{words / 4, 1, 1}}},
	}
	block, err := program.Encode()
	require.NoError(t, err)
	s.content[poc.BlockLink(block).String()] = block
	x := s.content.addFile(t, wordsFrom(func(i uint32) uint32 { return i }))
	task := market.Task{Name: "triple", Program: poc.BlockLink(block), Outputs: []market.OutSpec{{Name: "y", Size: 4 * words}}, Timeout: 10}
	first, second := task, task
	first.Inputs = []market.Input{{Name: "x", Parts: []market.Part{{File: &x, Size: 4 * words}}}}
	second.Inputs = []market.Input{{Name: "x", Parts: []market.Part{{From: &market.From{Task: 0, Output: "y"}, Size: 4 * words}}}}
	s.spec = market.Spec{
		Version: 1, Network: s.network.ID(), Name: "story", Owner: poc.PeerID{9}, Account: "0x00000000000000000000000000000000000000aa",
		Tasks: []market.Task{first, second}, Policy: poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 4, Standby: 1},
		MaxPrice: 2 * ask, Budget: 20 * ask, Deadline: 1_000_000,
	}
	for k := range s.spec.Tasks {
		out := wordsFrom(func(i uint32) uint32 { return map[int]uint32{0: 3*i + 1, 1: 9*i + 4}[k] })
		in := wordsFrom(func(i uint32) uint32 { return map[int]uint32{0: i, 1: 3*i + 1}[k] })
		ran, err := gpu.Run(t.Context(), eval.Open(), program, gpu.Task{Inputs: map[string]gpu.Input{"x": bytes.NewReader(in)}})
		require.NoError(t, err)
		s.results = append(s.results, poc.Result{
			Outputs: []poc.Output{{Name: "y", File: s.content.addFile(t, out), Size: 4 * words}}, Trace: ran.TraceRoot,
		})
	}
	return s
}

func wordsFrom(f func(uint32) uint32) []byte {
	var b []byte
	for i := range uint32(words) {
		w := f(i)
		b = append(b, byte(w), byte(w>>8), byte(w>>16), byte(w>>24))
	}
	return b
}

func block(v any) node.Document {
	b := poc.MustEncode(v)
	return node.Document{CID: poc.BlockLink(b).String(), Block: b}
}

// receipt makes the receipt of the story, with one claim for all tasks.
func (s *story) receipt() *node.Receipt {
	s.t.Helper()
	id := s.spec.ID()
	r := &node.Receipt{
		Version: node.ReceiptVersion, Network: s.network, Job: id, Name: s.spec.Name, State: "done", Owner: s.spec.Owner,
		Account: s.spec.Account, Spec: block(s.spec),
	}
	award := market.AwardDoc{Version: 1, Job: id}
	r.Beacon = &market.Beacon{Height: 7, Random: poc.Hash{1, 2, 3}}
	claim := market.Entry{Kind: "claim", Receipt: market.Receipt{Tx: "0xc1", Height: 9}}
	var all market.Amount // for each task
	for i, w := range s.workers {
		raw, err := market.Wrap(s.spec.Network, w.peer, market.Header{Sequence: 1, Sent: 1, Expires: 2}, market.Offer{Job: id, Account: w.account, Ask: ask, Speed: 1000})
		require.NoError(s.t, err)
		award.Offers = append(award.Offers, raw)
		r.Beacon.Standings = append(r.Beacon.Standings, market.Standing{Account: w.account, Peer: w.id(), Registered: true, Stake: s.network.MinStake})
		pay := node.WorkerPay{Peer: w.id(), Account: w.account, Ask: ask}
		if s.agreed>>i&1 == 1 {
			each := market.Amount(ask)
			if s.late>>i&1 == 1 {
				pay.Late, each = len(s.results), ask-(ask*market.Amount(s.spec.LateBps)+market.FeeBase-1)/market.FeeBase
			}
			all += each
			pay.Tasks, pay.Paid, pay.Tx = len(s.results), each*market.Amount(len(s.results)), []string{claim.Receipt.Tx}
			claim.Receipt.Pays = append(claim.Receipt.Pays, market.Pay{Account: w.account, Amount: pay.Paid})
		}
		r.Workers = append(r.Workers, pay)
	}
	r.Award = block(award)
	r.Beacon.Award = poc.BlockHash(r.Award.Block)
	e := &node.EscrowReceipt{Locked: s.spec.Budget, Closed: true}
	for i, result := range s.results {
		digest, trace := result.Digest(), result.Trace
		t := node.TaskReceipt{Index: uint32(i), Name: s.spec.Tasks[i].Name, Phase: "done", Trace: &trace, Digest: &digest}
		for _, o := range result.Outputs {
			t.Result = append(t.Result, node.FileResult{Name: o.Name, CID: o.File.String(), Size: o.Size})
		}
		r.Tasks = append(r.Tasks, t)
		s.certify(r, i, s.agreed, s.workers...)
		claim.Receipt.Tasks = append(claim.Receipt.Tasks, uint32(i))
	}
	e.Paid = all * market.Amount(len(s.results))
	e.Fees = market.Amount(len(s.results)) * (all * market.Amount(s.feeBps) / market.FeeBase)
	e.Refunded = e.Locked - e.Paid - e.Fees
	claim.Receipt.Amount = e.Refunded
	r.Escrow = e
	r.Operations = []market.Entry{
		{Kind: "lock", Receipt: market.Receipt{Tx: "0xa1", Height: 5, Amount: s.spec.Budget}},
		{Kind: "anchor", Receipt: market.Receipt{Tx: "0xb1", Height: 6}},
		claim,
	}
	return r
}

// certify gives task i of r a certificate in which those of the workers that are named sign that all named agree.
func (s *story) certify(r *node.Receipt, i int, agreed uint64, by ...worker) {
	s.t.Helper()
	c := poc.Certificate{Version: poc.CertificateVersion, Job: r.Job, Task: uint32(i), Award: poc.BlockLink(r.Award.Block), Result: s.results[i]}
	r.Tasks[i].Signers = nil
	for _, w := range by {
		seat := slices.IndexFunc(s.workers, func(x worker) bool { return x.account == w.account })
		if seat >= 0 && agreed>>seat&1 == 0 {
			continue
		}
		c.Attestations = append(c.Attestations, poc.Attestation{
			Peer: w.id(), Account: w.account, Agreed: agreed, Late: s.late & agreed, Signature: w.attest(s.t, c.Ref(), c.Result.Digest(), agreed, s.late&agreed),
		})
		r.Tasks[i].Signers = append(r.Tasks[i].Signers, w.id())
	}
	d := block(c)
	r.Tasks[i].Certificate = &d
}
