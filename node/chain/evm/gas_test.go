package evm_test

import (
	"bufio"
	"context"
	"flag"
	"math"
	"math/big"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

// settlement is a market in small on fresh contracts: account 0 owns jobs, accounts 1 to 3 work.
type settlement struct {
	tb      testing.TB
	ctx     context.Context
	as      []*evm.Client
	seating market.Seating
	expiry  poc.Time
	jobs    uint16
}

func newSettlement(tb testing.TB, contracts evm.Contracts) *settlement {
	ctx := context.Background()
	s := &settlement{tb: tb, ctx: ctx, seating: market.Seating{Candidates: 5}, expiry: poc.Time(dev.Now().UnixMilli()).Add(3_600_000)}
	for i := range 4 {
		c, err := evm.Dial(ctx, evm.Config{URL: endpoint, Key: key(i), Contracts: contracts})
		require.NoError(tb, err)
		tb.Cleanup(func() { c.Close() })
		s.as = append(s.as, c)
		if i > 0 {
			s.seating.Seats = append(s.seating.Seats, market.Seat{Account: c.Account(), Ask: market.NLOV / 10, Weight: 1})
		}
	}
	return s
}

func (s *settlement) submit(who int, op market.Op) market.Receipt {
	s.tb.Helper()
	r, err := s.as[who].Submit(s.ctx, op)
	require.NoError(s.tb, err)
	require.NotEmpty(s.tb, r.Tx)
	return r
}

// job returns the next job's id and terms.
func (s *settlement) job(tasks uint32) (poc.Hash, market.Terms) {
	s.jobs++
	t := market.Terms{Tasks: tasks, Quorum: 2, Replicas: 3, MaxPrice: market.NLOV / 10, Expiry: s.expiry}
	t.Budget, _ = market.MaxCost(t, 100)
	return poc.Hash{1: 0xaa, 9: 0xbb, 30: byte(s.jobs >> 8), 31: byte(s.jobs)}, t
}

func (s *settlement) locked(tasks uint32) poc.Hash {
	id, t := s.job(tasks)
	s.submit(0, market.LockEscrow{Job: id, Terms: t})
	s.submit(0, s.award(id))
	return id
}

func (s *settlement) award(id poc.Hash) market.AnchorAward {
	return market.AnchorAward{Job: id, Award: poc.BlockHash(id[:]), Seating: s.seating}
}

func result(n byte) poc.Result { return poc.Result{Outputs: []poc.Output{}, Trace: poc.Hash{n}} }

func (s *settlement) claim(id poc.Hash, first, count uint32, signers ...int) market.Claim {
	op := market.Claim{Job: id, Seating: s.seating}
	var agreed uint64
	for _, i := range signers {
		agreed |= 1 << slices.IndexFunc(s.seating.Seats, func(x market.Seat) bool { return x.Account == s.as[i].Account() })
	}
	for task := first; task < first+count; task++ {
		c := poc.Certificate{Version: 1, Job: id, Task: task, Result: result(1)}
		for _, i := range signers {
			sig, err := s.as[i].Sign(poc.Statement{Kind: poc.Attested, Job: id, Task: task, Digest: c.Result.Digest(), Agreed: agreed})
			require.NoError(s.tb, err)
			c.Attestations = append(c.Attestations, poc.Attestation{Account: s.as[i].Account(), Agreed: agreed, Signature: sig})
		}
		op.Certificates = append(op.Certificates, c)
	}
	return op
}

// wide is a panel of 64, among them the workers, who weigh so much that they are candidates always.
func (s *settlement) wide(candidates uint32) market.Seating {
	out := market.Seating{Candidates: candidates}
	for i := range 64 {
		out.Seats = append(out.Seats, market.Seat{Account: evm.AccountOf(addressOf(1_000 + i)), Ask: market.NLOV / 10, Weight: 1})
	}
	for i, place := range []int{9, 31, 53} {
		out.Seats[place].Account, out.Seats[place].Weight = s.as[i+1].Account(), math.MaxUint32
	}
	return out
}

func (s *settlement) register() {
	for i := 1; i < 4; i++ {
		s.submit(i, market.Register{Peer: poc.PeerID{byte(i)}, Stake: 100 * market.NLOV})
	}
}

var batchFlag = flag.Bool("batch", false, "measure the gas of a batch of 65,536 rewards too, which takes most of a minute")

const (
	perReward     = "each of 65,536 rewards in a batch"
	perWithdrawal = "withdraw from that batch"
)

// The gas table of node/chain/DESIGN.md is what these operations use here, to 2 percent.
func TestGasTable(t *testing.T) {
	if os.Getenv(gethVar) != "" {
		t.Skip("geth --dev has the gas prices of forks to come")
	}
	s := newSettlement(t, bootstrap(t))
	eth, err := ethclient.DialContext(s.ctx, dev.URL())
	require.NoError(t, err)
	defer eth.Close()
	gas := func(r market.Receipt) float64 {
		t.Helper()
		tx, err := eth.TransactionReceipt(s.ctx, common.HexToHash(r.Tx))
		require.NoError(t, err)
		return float64(tx.GasUsed)
	}
	measured := map[string]float64{}

	s.submit(1, market.Register{Peer: poc.PeerID{1}, Stake: 100 * market.NLOV}) // the registry's first tokens cost more
	measured["register with stake"] = gas(s.submit(2, market.Register{Peer: poc.PeerID{2}, Stake: 100 * market.NLOV}))
	s.submit(3, market.Register{Peer: poc.PeerID{3}, Stake: 100 * market.NLOV})

	id, terms := s.job(1)
	s.submit(0, market.LockEscrow{Job: id, Terms: terms})
	s.submit(0, s.award(id))
	s.submit(1, s.claim(id, 0, 1, 1, 2, 3)) // likewise for the treasury's and the totals' first

	id, terms = s.job(65)
	measured["lock"] = gas(s.submit(0, market.LockEscrow{Job: id, Terms: terms}))
	measured["anchor, 3 seats"] = gas(s.submit(0, s.award(id)))
	one := gas(s.submit(1, s.claim(id, 0, 1, 1, 2)))
	measured["claim of 1 task, 2 signers"] = one
	measured["claim of another task, 3 signers"] = gas(s.submit(1, s.claim(id, 1, 1, 1, 2, 3)))
	many := gas(s.submit(1, s.claim(id, 2, 60, 1, 2)))
	measured["claim, each further task, 2 signers"] = (many - one) / 59
	measured["claim of 1 task, 3 signers"] = gas(s.submit(1, s.claim(s.locked(2), 0, 1, 1, 2, 3)))
	measured["top-up of 1 worker, 3 signers"] = gas(s.submit(1, s.claim(id, 0, 1, 1, 2, 3)))
	mkt := bindings.NewMarketplace()
	measured["commit to a job"] = float64(newRaw(t).used(2, s.as[2].Contracts().Marketplace, mkt.PackCommit(poc.BlockHash(nil))))
	measured["withdraw pay"] = float64(newRaw(t).used(2, s.as[2].Contracts().Marketplace, mkt.PackWithdrawEarned(common.HexToAddress(string(s.as[2].Account())))))
	for _, task := range []uint32{3, 0} { // likewise for what the arbiters hold
		lie, err := s.as[3].Sign(poc.Statement{Kind: poc.Revealed, Job: id, Task: task, Digest: result(2).Digest()})
		require.NoError(t, err)
		slash := market.Slash{Ref: poc.TaskRef{Job: id, Task: task}, Account: s.as[3].Account(), Digest: result(2).Digest(), Signature: lie}
		measured["slash"] = gas(s.submit(1, slash))
	}

	arb := bindings.NewArbiters()
	require.NoError(t, dev.Skip(s.ctx, ms(dev.DeployConfig().Arbiters.Window)))
	measured["end of a conviction"] = float64(newRaw(t).used(0, s.as[2].Contracts().Arbiters, arb.PackEnd(big.NewInt(1))))

	twice := poc.Twice{TaskRef: poc.TaskRef{Job: id, Task: 1}, Account: s.as[3].Account(), Kind: poc.Attested}
	for i := range twice.Said {
		twice.Said[i] = poc.Said{Digest: result(byte(i + 1)).Digest(), Agreed: 4}
		sig, err := s.as[3].Sign(twice.Statement(i))
		require.NoError(t, err)
		twice.Said[i].Signature = sig
	}
	measured["slash for two answers"] = gas(s.submit(1, market.SlashTwice{Twice: twice}))

	last := s.locked(1)
	measured["claim of the last task, 2 signers"] = gas(s.submit(1, s.claim(last, 0, 1, 1, 2)))
	id, terms = s.job(1)
	s.submit(0, market.LockEscrow{Job: id, Terms: terms})
	measured["refund"] = gas(s.submit(0, market.Refund{Job: id}))

	// The first claim is for an account's first slot, too.
	_, err = s.as[0].FundPool(s.ctx, market.NLOV)
	require.NoError(t, err)
	for n := range uint32(2) {
		h, err := s.as[2].Height(s.ctx)
		require.NoError(t, err)
		c := chain.PoolClaim{Account: s.as[2].Account(), Number: n, Through: h, Amount: 1, Document: poc.Hash{1}, Where: strings.Repeat("x", 59)}
		c.Signature, err = s.as[2].Sign(c.Statement())
		require.NoError(t, err)
		r, err := s.as[2].ClaimPool(s.ctx, c)
		require.NoError(t, err)
		measured["claim from the pool"] = gas(r)
	}
	require.NoError(t, dev.Skip(s.ctx, ms(dev.DeployConfig().Rewards.Delay)))
	end := bindings.NewRewards().PackEnd(common.HexToAddress(string(s.as[2].Account())), 1)
	measured["end of a claim"] = float64(newRaw(t).used(0, s.as[2].Contracts().Rewards, end))

	// A panel of 64, of which all or some are candidates.
	for _, candidates := range []uint32{64, 5, 14} {
		of := ", " + strconv.Itoa(int(candidates)) + " of 64 drawn"
		if candidates == 64 {
			of = " of 64"
		}
		s.seating = s.wide(candidates)
		id := s.locked(64)
		require.NoError(t, dev.Skip(s.ctx, 1))
		one := gas(s.submit(1, s.claim(id, 0, 1, 1, 2, 3)))
		measured["claim of 1 task, 3 signers"+of] = one
		measured["claim, each further task, 3 signers"+of] = (gas(s.submit(1, s.claim(id, 1, 41, 1, 2, 3))) - one) / 40
		if candidates == 5 {
			measured["keep what draws candidates"] = gas(s.submit(1, market.KeepBeacon{Job: id, Seating: s.seating}))
		}
	}
	id, terms = s.job(64)
	s.submit(0, market.LockEscrow{Job: id, Terms: terms})
	measured["anchor, 64 seats"] = gas(s.submit(0, s.award(id)))

	documented := gasTable(t)
	if *batchFlag {
		measured[perReward], measured[perWithdrawal] = batchGas(t)
	} else {
		delete(documented, perReward)
		delete(documented, perWithdrawal)
	}

	for name, got := range measured {
		t.Logf("| %s | %.0f |", name, got)
		want, ok := documented[name]
		if !ok || math.Abs(got-want) > 0.02*want {
			t.Errorf("%s uses %.0f gas; the table says %.0f", name, got, want)
		}
	}
	require.Len(t, documented, len(measured))
}

// gasTable reads the rows "| name | gas |" under the heading "## Gas".
func gasTable(t *testing.T) map[string]float64 {
	f, err := os.Open("../DESIGN.md")
	require.NoError(t, err)
	defer f.Close()
	rows := map[string]float64{}
	in := false
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if strings.HasPrefix(line, "## ") {
			in = line == "## Gas"
		}
		cells := strings.Split(line, "|")
		if !in || len(cells) != 4 {
			continue
		}
		if n, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(cells[2]), ",", ""), 64); err == nil {
			rows[strings.TrimSpace(cells[1])] = n
		}
	}
	return rows
}

// BenchmarkSettle is the latency of each operation of a job on the dev chain, from submission to confirmation.
func BenchmarkSettle(b *testing.B) {
	contracts, err := deploy(context.Background(), dev)
	require.NoError(b, err)
	s := newSettlement(b, contracts)
	s.register()
	var spent [4]time.Duration
	for b.Loop() {
		id, terms := s.job(1)
		for i, step := range []func(){
			func() { s.submit(0, market.LockEscrow{Job: id, Terms: terms}) },
			func() { s.submit(0, s.award(id)) },
			func() {
				_, err := s.as[1].Beacon(s.ctx, id, s.award(id).Award, s.seating)
				require.NoError(b, err)
			},
			func() { s.submit(1, s.claim(id, 0, 1, 1, 2, 3)) },
		} {
			start := time.Now()
			step()
			spent[i] += time.Since(start)
		}
	}
	for i, name := range []string{"lock", "anchor", "beacon", "claim"} {
		b.ReportMetric(float64(spent[i].Microseconds())/1000/float64(b.N), name+"-ms")
	}
}
