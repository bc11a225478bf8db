package evm

import (
	"context"
	"crypto/ecdsa"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

// Config says which marketplace to use, as whom.
type Config struct {
	URL           string            // JSON-RPC endpoint; with ws:// or wss:// new blocks are pushed, which is faster
	URLs          []string          // further ones, for when it fails
	ChainID       *big.Int          // endpoints of another chain are refused; nil: that of the first that answers
	PerSecond     float64           // requests to each endpoint, at most; 0: no bound
	Lag           uint64            // blocks that the endpoint in use may be behind another; 0: 8
	Probe         time.Duration     // between two looks at all endpoints; 0: 15 s
	Key           *ecdsa.PrivateKey // of the account; never logged
	Contracts     Contracts         // only Marketplace is needed; the others must match if they are given
	Confirmations uint64            // blocks that make an effect final; 0 and 1: the block itself
	Patience      uint64            // blocks that a transaction may wait before its fees are raised; 0: 5
	MaxFee        *big.Int          // wei per gas that a transaction may cost, at most; nil: 500 gwei
	Log           *slog.Logger
}

func (c Config) urls() []string {
	if c.URL == "" {
		return c.URLs
	}
	return append([]string{c.URL}, c.URLs...)
}

func (c Config) maxFee() *big.Int {
	if c.MaxFee == nil {
		return defaultMaxFee
	}
	return c.MaxFee
}

// Contracts are the addresses of one deployment.
type Contracts struct {
	Token       common.Address `json:"token"`
	Parameters  common.Address `json:"parameters"`
	Marketplace common.Address `json:"marketplace"`
	Batches     common.Address `json:"batches"`
	Timelock    common.Address `json:"timelock"`
	Governance  common.Address `json:"governance"`
	Arbiters    common.Address `json:"arbiters"`
	Draws       common.Address `json:"draws"`
	Rewards     common.Address `json:"rewards,omitzero"` // the marketplace does not know it; networks of before have none
}

var (
	tokenABI    = bindings.NewToken()
	paramsABI   = bindings.NewParameters()
	marketABI   = bindings.NewMarketplace()
	batchesABI  = bindings.NewBatches()
	arbitersABI = bindings.NewArbiters()
	drawsABI    = bindings.NewDraws()
	rewardsABI  = bindings.NewRewards()
)

// Client is chain.Settlement on an EVM chain. What it returns is read from the state of the chain each time; only what the
// contracts cannot change is kept, and old events of the registry.
type Client struct {
	*sender
	Verifier
	contracts Contracts
	closeConn func()
	registry  registry
}

var (
	_ chain.Settlement = (*Client)(nil)
	_ chain.Payer      = (*Client)(nil)
	_ chain.Clock      = (*Client)(nil)
)

// Dial connects to a marketplace. The client follows the chain until Close, whatever becomes of ctx.
func Dial(ctx context.Context, cfg Config) (*Client, error) {
	s, closeConn, err := dial(ctx, cfg)
	if err != nil {
		return nil, err
	}
	c := &Client{sender: s, Verifier: NewVerifier(s.chainID, cfg.Contracts.Marketplace), contracts: cfg.Contracts, closeConn: closeConn, registry: registry{busy: make(chan struct{}, 1)}}
	if err := c.loadContracts(ctx); err != nil {
		closeConn()
		return nil, err
	}
	return c, nil
}

// loadContracts reads what is fixed at deployment.
func (c *Client) loadContracts(ctx context.Context) error {
	at := c.contracts.Marketplace
	var out [6]hexutil.Bytes
	if err := c.calls(ctx, "latest",
		call{at, marketABI.PackToken(), &out[0]}, call{at, marketABI.PackParameters(), &out[1]},
		call{at, marketABI.PackBatches(), &out[2]}, call{at, marketABI.PackTick(), &out[3]}, call{at, marketABI.PackArbiters(), &out[4]},
		call{at, marketABI.PackDraws(), &out[5]},
	); err != nil {
		return fmt.Errorf("cannot read the marketplace %s: %w", at, err)
	}
	token, err1 := marketABI.UnpackToken(out[0])
	params, err2 := marketABI.UnpackParameters(out[1])
	batches, err3 := marketABI.UnpackBatches(out[2])
	tick, err4 := marketABI.UnpackTick(out[3])
	arbiters, err5 := marketABI.UnpackArbiters(out[4])
	draws, err6 := marketABI.UnpackDraws(out[5])
	if errors.Join(err1, err2, err3, err4, err5, err6) != nil {
		return fmt.Errorf("there is no gpumesh marketplace at %s on chain %s", at, c.chainID)
	}
	for _, x := range []struct {
		name  string
		given *common.Address
		real  common.Address
	}{{"token", &c.contracts.Token, token}, {"parameters", &c.contracts.Parameters, params}, {"batches", &c.contracts.Batches, batches}, {"arbiters", &c.contracts.Arbiters, arbiters}, {"draws", &c.contracts.Draws, draws}} {
		if *x.given != (common.Address{}) && *x.given != x.real {
			return fmt.Errorf("the marketplace %s uses the %s %s, not %s", at, x.name, x.real, *x.given)
		}
		*x.given = x.real
	}
	c.heads.setTick(time.Duration(tick.Int64()) * time.Millisecond)
	return c.checkPool(ctx)
}

// Contracts returns the addresses in use.
func (c *Client) Contracts() Contracts { return c.contracts }

// Close ends the connection; calls under way fail.
func (c *Client) Close() error { c.closeConn(); return nil }

// Account implements poc.Signer.
func (c *Client) Account() poc.Account { return AccountOf(c.from) }

// Sign implements poc.Signer.
func (c *Client) Sign(s poc.Statement) ([]byte, error) {
	return c.sign(c.key, s)
}

// Chain implements chain.Settlement.
func (c *Client) Chain() string { return ChainName(c.chainID, c.contracts.Marketplace) }

// ChainName is the name of a marketplace in a network manifest: evm:<chain id>:<address in lower case>.
func ChainName(chainID *big.Int, marketplace common.Address) string {
	return fmt.Sprintf("evm:%s:%s", chainID, AccountOf(marketplace))
}

// ParseChainName is the inverse of ChainName.
func ParseChainName(name string) (*big.Int, common.Address, error) {
	if parts := strings.Split(name, ":"); len(parts) == 3 {
		id, ok := new(big.Int).SetString(parts[1], 10)
		at := common.HexToAddress(parts[2])
		if ok && ChainName(id, at) == name {
			return id, at, nil
		}
	}
	return nil, common.Address{}, fmt.Errorf("the chain %q is not of the form evm:<chain id>:<marketplace>", name)
}

// FeeBps implements chain.Settlement. Governance may change it; a job keeps the fee of the time of its lock.
func (c *Client) FeeBps(ctx context.Context) (uint32, error) {
	v, err := c.parameters(ctx)
	return uint32(v.FeeBps), err
}

func (c *Client) parameters(ctx context.Context) (bindings.ParametersValues, error) {
	var out hexutil.Bytes
	if err := c.calls(ctx, "latest", call{c.contracts.Parameters, paramsABI.PackValues(), &out}); err != nil {
		return bindings.ParametersValues{}, err
	}
	return paramsABI.UnpackValues(out)
}

// Escrow implements chain.Settlement.
func (c *Client) Escrow(ctx context.Context, job poc.Hash) (market.Escrow, error) {
	j, err := c.job(ctx, job)
	if err != nil {
		return market.Escrow{}, err
	}
	if !exists(j) {
		return market.Escrow{}, fmt.Errorf("job %s: %w", job.Short(), chain.ErrNoEscrow)
	}
	return market.Escrow{
		Job: job, Owner: AccountOf(j.Head.Owner), Terms: termsOf(j), Award: j.Award, Settled: uint32(j.Money.Settled),
		Paid: market.Amount(j.Money.Paid), Fees: market.Amount(j.Money.Fees), Refunded: refunded(j), Closed: j.Money.Closed,
	}, nil
}

func exists(j bindings.MarketplaceJob) bool { return j.Head.Owner != (common.Address{}) }

// refunded is what a closed escrow returned: all that was not paid.
func refunded(j bindings.MarketplaceJob) market.Amount {
	if !j.Money.Closed {
		return 0
	}
	return market.Amount(j.Money.Budget - j.Money.Paid - j.Money.Fees)
}

func termsOf(j bindings.MarketplaceJob) market.Terms {
	return market.Terms{
		Tasks: uint32(j.Head.Tasks), Quorum: uint32(j.Head.Quorum), Replicas: uint32(j.Head.Replicas),
		MaxPrice: market.Amount(j.Panel.MaxPrice), Budget: market.Amount(j.Money.Budget), Expiry: poc.Time(j.Head.Expiry.Int64()),
		LateBps: uint32(j.Panel.LateBps), Verified: j.Panel.Verified,
	}
}

func (c *Client) job(ctx context.Context, id poc.Hash) (bindings.MarketplaceJob, error) {
	var out hexutil.Bytes
	if err := c.calls(ctx, "latest", call{c.contracts.Marketplace, marketABI.PackJob(id), &out}); err != nil {
		return bindings.MarketplaceJob{}, err
	}
	return marketABI.UnpackJob(out)
}

// Beacon implements chain.Settlement. With the award anchored in block N, the randomness is keccak256(hash of block N+1,
// job), and the standings are those at the end of block N+1, so the owner cannot know them when anchoring. The proposer of block
// N+1 can choose among the blocks it could build; DESIGN.md says what that means. The endpoint must still have the state
// of block N+1: ordinary full nodes keep the newest 128 blocks.
func (c *Client) Beacon(ctx context.Context, job, award poc.Hash, seating market.Seating) (market.Beacon, error) {
	packed, err := packSeating(seating)
	if err != nil {
		return market.Beacon{}, err
	}
	accounts := make([]common.Address, len(packed.seats))
	for i, s := range packed.seats {
		accounts[i] = s.account
	}
	want := packed.hash()
	for {
		_, changed := c.heads.now()
		j, err := c.job(ctx, job)
		if err != nil {
			return market.Beacon{}, err
		}
		switch {
		case j.Award != [32]byte{} && (j.Award != award || j.Seating != want):
			return market.Beacon{}, fmt.Errorf("job %s: %w", job.Short(), chain.ErrAwardMismatch)
		case j.Award == [32]byte{} && j.Money.Closed:
			return market.Beacon{}, fmt.Errorf("%w: the escrow of job %s was refunded before an award", chain.ErrRefused, job.Short())
		case j.Award == [32]byte{}:
			select {
			case <-changed:
				continue
			case <-ctx.Done():
				return market.Beacon{}, fmt.Errorf("no award of job %s is anchored yet: %w", job.Short(), ctx.Err())
			}
		}
		height := uint64(j.Panel.Anchored) + 1
		if err := c.heads.reach(ctx, height+c.confirmations-1); err != nil {
			return market.Beacon{}, fmt.Errorf("the beacon of job %s is not known yet: %w", job.Short(), err)
		}
		head, err := c.ends.header(ctx, new(big.Int).SetUint64(height))
		if err != nil {
			return market.Beacon{}, err
		}
		block := head.Hash()
		at := rpc.BlockNumberOrHashWithHash(block, true)
		var out [2]hexutil.Bytes
		if err := c.calls(ctx, at, call{c.contracts.Marketplace, marketABI.PackWorkers(accounts), &out[0]},
			call{c.contracts.Marketplace, marketABI.PackJob(job), &out[1]}); err != nil {
			return market.Beacon{}, err
		}
		workers, err := marketABI.UnpackWorkers(out[0])
		if err != nil {
			return market.Beacon{}, err
		}
		if then, err := marketABI.UnpackJob(out[1]); err != nil || then.Panel.Anchored != j.Panel.Anchored || then.Award != j.Award {
			// A reorganization moved the award since the first look.
			if err := c.heads.reach(ctx, c.height()+1); err != nil {
				return market.Beacon{}, err
			}
			continue
		}
		b := market.Beacon{Award: award, Height: height, Random: randomOf(head, job)}
		for i, w := range workers {
			b.Standings = append(b.Standings, standingOf(seating.Seats[i].Account, w))
		}
		return b, nil
	}
}

func (c *Client) height() uint64 { return c.heads.height() }

// Endpoints looks at every endpoint.
func (c *Client) Endpoints(ctx context.Context) []Health { return c.ends.health(ctx) }

func standingOf(a poc.Account, w bindings.RegistryWorker) market.Standing {
	s := market.Standing{
		Account: a, Peer: w.Peer, Registered: w.Peer != [32]byte{}, Stake: market.Amount(w.Stake),
		Completed: w.Completed.Uint64(), Faults: w.Faults.Uint64(),
	}
	if w.Payout != (common.Address{}) {
		s.Payout = AccountOf(w.Payout)
	}
	if w.Epoch.Sign() > 0 && s.Completed > 0 {
		recent := uint64(w.Recent)
		s.Recent = &recent
	}
	return s
}

// maxTasks is Marketplace.MAX_TASKS.
const maxTasks = 4096

// Settled implements chain.Settlement.
func (c *Client) Settled(ctx context.Context, job poc.Hash, tasks uint32) ([]poc.Hash, error) {
	if tasks > maxTasks {
		return nil, fmt.Errorf("a job has at most %d tasks, not %d", maxTasks, tasks)
	}
	r, err := c.results(ctx, job, tasks)
	return r.settled, err
}

// Time implements chain.Clock.
func (c *Client) Time(ctx context.Context) (poc.Time, error) { return c.blockTime(ctx) }

// PaidSeats implements chain.Payer.
func (c *Client) PaidSeats(ctx context.Context, job poc.Hash, tasks uint32) (paid, fined []uint64, err error) {
	if tasks > maxTasks {
		return nil, nil, fmt.Errorf("a job has at most %d tasks, not %d", maxTasks, tasks)
	}
	r, err := c.results(ctx, job, tasks)
	return r.paid, r.fined, err
}

// taskResults are, by task, the certified digest and the bitmaps of the seats that are paid, and that were paid less.
type taskResults struct {
	settled     []poc.Hash
	paid, fined []uint64
}

func (c *Client) results(ctx context.Context, job poc.Hash, tasks uint32) (t taskResults, _ error) {
	var out hexutil.Bytes
	if err := c.calls(ctx, "latest", call{c.contracts.Marketplace, marketABI.PackResults(job, 0, tasks), &out}); err != nil {
		return t, err
	}
	r, err := marketABI.UnpackResults(out)
	if err != nil {
		return t, err
	}
	for i, word := range r.Outcomes {
		outcome := poc.Hash(common.BigToHash(word))
		t.paid, t.fined = append(t.paid, binary.BigEndian.Uint64(outcome[24:])), append(t.fined, r.Fined[i].Uint64())
		clear(outcome[24:])
		t.settled = append(t.settled, outcome)
	}
	return t, nil
}

// Standing implements chain.Settlement.
func (c *Client) Standing(ctx context.Context, a poc.Account) (market.Standing, error) {
	address, err := ParseAccount(a)
	if err != nil {
		return market.Standing{}, err
	}
	w, err := c.worker(ctx, address)
	if err != nil {
		return market.Standing{}, err
	}
	return standingOf(a, w), nil
}

func (c *Client) worker(ctx context.Context, a common.Address) (bindings.RegistryWorker, error) {
	var out hexutil.Bytes
	if err := c.calls(ctx, "latest", call{c.contracts.Marketplace, marketABI.PackWorkers([]common.Address{a}), &out}); err != nil {
		return bindings.RegistryWorker{}, err
	}
	ws, err := marketABI.UnpackWorkers(out)
	if err != nil {
		return bindings.RegistryWorker{}, err
	}
	return ws[0], nil
}

// Balance implements chain.Settlement. Free are the tokens in the account's wallet and what it earned and did not withdraw
// yet, of the treasury also the fees that wait to be collected: Submit withdraws when the wallet alone does not suffice.
// native is in wei.
func (c *Client) Balance(ctx context.Context, a poc.Account) (market.Amount, string, error) {
	address, err := ParseAccount(a)
	if err != nil {
		return 0, "", err
	}
	at := c.contracts.Marketplace
	var out [5]hexutil.Bytes
	var wei hexutil.Big
	batch := []rpc.BatchElem{
		call{c.contracts.Token, tokenABI.PackBalanceOf(address), &out[0]}.elem("latest"),
		call{at, marketABI.PackWorkers([]common.Address{address}), &out[1]}.elem("latest"),
		call{c.contracts.Parameters, paramsABI.PackValues(), &out[2]}.elem("latest"),
		call{at, marketABI.PackTotals(), &out[3]}.elem("latest"),
		call{at, marketABI.PackBooks(), &out[4]}.elem("latest"),
		{Method: "eth_getBalance", Args: []any{address, "latest"}, Result: &wei},
	}
	if err := c.batch(ctx, batch); err != nil {
		return 0, "", err
	}
	tokens, err1 := tokenABI.UnpackBalanceOf(out[0])
	workers, err2 := marketABI.UnpackWorkers(out[1])
	values, err3 := paramsABI.UnpackValues(out[2])
	totals, err4 := marketABI.UnpackTotals(out[3])
	books, err5 := marketABI.UnpackBooks(out[4])
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		return 0, "", err
	}
	free := tokens.Uint64() + workers[0].Earned
	if values.Treasury == address {
		free += totals.Fees - books.Collected
	}
	return market.Amount(free), wei.ToInt().String(), nil
}

// Totals implements chain.Settlement, all at one height. Held is what the marketplace really has, less stakes, earnings and
// fees: whoever sends it tokens past its rules makes it larger than the books.
func (c *Client) Totals(ctx context.Context) (chain.Totals, error) {
	head, err := c.ends.header(ctx, nil)
	if err != nil {
		return chain.Totals{}, err
	}
	at := c.contracts.Marketplace
	var out [3]hexutil.Bytes
	if err := c.calls(ctx, (*hexutil.Big)(head.Number),
		call{at, marketABI.PackTotals(), &out[0]}, call{at, marketABI.PackBooks(), &out[1]},
		call{c.contracts.Token, tokenABI.PackBalanceOf(at), &out[2]},
	); err != nil {
		return chain.Totals{}, err
	}
	t, err1 := marketABI.UnpackTotals(out[0])
	b, err2 := marketABI.UnpackBooks(out[1])
	has, err3 := tokenABI.UnpackBalanceOf(out[2])
	if err := errors.Join(err1, err2, err3); err != nil {
		return chain.Totals{}, err
	}
	owed := b.Staked + t.Paid - b.Withdrawn + t.Fees - b.Collected
	return chain.Totals{
		Locked: market.Amount(t.Locked), Held: market.Amount(has.Uint64() - owed), Paid: market.Amount(t.Paid),
		Fees: market.Amount(t.Fees), Refunded: market.Amount(t.Refunded),
		Staked: market.Amount(b.Staked), Slashed: market.Amount(b.Slashed),
	}, nil
}

// call is one eth_call of a batch.
type call struct {
	to   common.Address
	data []byte
	out  *hexutil.Bytes
}

func (q call) elem(block any) rpc.BatchElem {
	args := map[string]any{"to": q.to, "input": hexutil.Bytes(q.data)}
	return rpc.BatchElem{Method: "eth_call", Args: []any{args, block}, Result: q.out}
}

// calls makes eth_calls at one block in one round trip.
func (c *Client) calls(ctx context.Context, block any, qs ...call) error {
	elems := make([]rpc.BatchElem, len(qs))
	for i, q := range qs {
		elems[i] = q.elem(block)
	}
	return c.batch(ctx, elems)
}

func (c *Client) batch(ctx context.Context, elems []rpc.BatchElem) error {
	if err := c.ends.batch(ctx, elems); err != nil {
		return err
	}
	for _, e := range elems {
		if e.Error != nil {
			return explain(e.Error)
		}
	}
	return nil
}
