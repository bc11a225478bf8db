package evm

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rpc"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

// Config says which marketplace to use, as whom.
type Config struct {
	URL           string            // JSON-RPC endpoint; with ws:// or wss:// new blocks are pushed, which is faster
	Key           *ecdsa.PrivateKey // of the account; never logged
	Contracts     Contracts         // only Marketplace is needed; the others must match if they are given
	Confirmations uint64            // blocks that make an effect final; 0 and 1: the block itself
	Log           *slog.Logger
}

// Contracts are the addresses of one deployment.
type Contracts struct {
	Token       common.Address `json:"token"`
	Registry    common.Address `json:"registry"`
	Marketplace common.Address `json:"marketplace"`
}

var (
	tokenABI  = bindings.NewToken()
	regABI    = bindings.NewRegistry()
	marketABI = bindings.NewMarketplace()
)

// Client is chain.Settlement on an EVM chain. What it returns is read from the state of the chain each time; only what the
// contracts cannot change is kept.
type Client struct {
	*sender
	Verifier
	contracts Contracts
	feeBps    uint16
	closeConn func()
}

var _ chain.Settlement = (*Client)(nil)

// Dial connects to a marketplace. The client follows the chain until Close, whatever becomes of ctx.
func Dial(ctx context.Context, cfg Config) (*Client, error) {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	s, closeConn, err := dial(ctx, cfg.URL, cfg.Key, cfg.Confirmations, cfg.Log)
	if err != nil {
		return nil, err
	}
	c := &Client{sender: s, Verifier: NewVerifier(s.chainID, cfg.Contracts.Marketplace), contracts: cfg.Contracts, closeConn: closeConn}
	if err := c.loadContracts(ctx); err != nil {
		closeConn()
		return nil, err
	}
	return c, nil
}

// loadContracts reads what is fixed at deployment.
func (c *Client) loadContracts(ctx context.Context) error {
	at := c.contracts.Marketplace
	var out [4]hexutil.Bytes
	if err := c.calls(ctx, "latest",
		call{at, marketABI.PackToken(), &out[0]}, call{at, marketABI.PackRegistry(), &out[1]},
		call{at, marketABI.PackFeeBps(), &out[2]}, call{at, marketABI.PackTick(), &out[3]},
	); err != nil {
		return fmt.Errorf("cannot read the marketplace %s: %w", at, err)
	}
	token, err1 := marketABI.UnpackToken(out[0])
	registry, err2 := marketABI.UnpackRegistry(out[1])
	fee, err3 := marketABI.UnpackFeeBps(out[2])
	tick, err4 := marketABI.UnpackTick(out[3])
	if errors.Join(err1, err2, err3, err4) != nil {
		return fmt.Errorf("there is no gpumesh marketplace at %s on chain %s", at, c.chainID)
	}
	for _, x := range []struct {
		name        string
		given, real common.Address
	}{{"token", c.contracts.Token, token}, {"registry", c.contracts.Registry, registry}} {
		if x.given != (common.Address{}) && x.given != x.real {
			return fmt.Errorf("the marketplace %s uses the %s %s, not %s", at, x.name, x.real, x.given)
		}
	}
	c.contracts.Token, c.contracts.Registry, c.feeBps = token, registry, fee
	c.heads.setTick(time.Duration(tick.Int64()) * time.Millisecond)
	return nil
}

// Contracts returns the addresses in use.
func (c *Client) Contracts() Contracts { return c.contracts }

// Close ends the connection; calls under way fail.
func (c *Client) Close() error { c.closeConn(); return nil }

// Account implements poc.Signer.
func (c *Client) Account() poc.Account { return AccountOf(c.from) }

// Sign implements poc.Signer.
func (c *Client) Sign(s poc.Statement) ([]byte, error) { return c.sign(c.key, s) }

// Chain implements chain.Settlement.
func (c *Client) Chain() string { return ChainName(c.chainID, c.contracts.Marketplace) }

// ChainName is the name of a marketplace in a network manifest: evm:<chain id>:<address in lower case>.
func ChainName(chainID *big.Int, marketplace common.Address) string {
	return fmt.Sprintf("evm:%s:%s", chainID, AccountOf(marketplace))
}

// FeeBps implements chain.Settlement. The fee is fixed at deployment.
func (c *Client) FeeBps(context.Context) (uint32, error) { return uint32(c.feeBps), nil }

// Escrow implements chain.Settlement.
func (c *Client) Escrow(ctx context.Context, job poc.Hash) (market.Escrow, error) {
	j, err := c.job(ctx, job)
	if err != nil {
		return market.Escrow{}, err
	}
	if j.Owner == (common.Address{}) {
		return market.Escrow{}, fmt.Errorf("job %s: %w", job.Short(), chain.ErrNoEscrow)
	}
	return market.Escrow{
		Job: job, Owner: AccountOf(j.Owner), Terms: termsOf(j), Award: j.Award, Settled: j.Settled,
		Paid: market.Amount(j.Paid), Fees: market.Amount(j.Fees), Refunded: market.Amount(j.Refunded), Closed: j.Closed,
	}, nil
}

func termsOf(j bindings.MarketplaceJob) market.Terms {
	return market.Terms{
		Tasks: j.Tasks, Quorum: uint32(j.Quorum), Replicas: uint32(j.Replicas), MaxPrice: market.Amount(j.MaxPrice),
		Budget: market.Amount(j.Budget), Expiry: poc.Time(j.Expiry),
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
func (c *Client) Beacon(ctx context.Context, job, award poc.Hash, seats []market.Seat) (market.Beacon, error) {
	packed, err := packSeats(seats)
	if err != nil {
		return market.Beacon{}, err
	}
	accounts := make([]common.Address, len(packed))
	for i, s := range packed {
		accounts[i] = s.Account
	}
	want := seatsHash(packed)
	for {
		_, changed := c.heads.now()
		j, err := c.job(ctx, job)
		if err != nil {
			return market.Beacon{}, err
		}
		switch {
		case j.Award != [32]byte{} && (j.Award != award || j.Seats != want):
			return market.Beacon{}, fmt.Errorf("job %s: %w", job.Short(), chain.ErrAwardMismatch)
		case j.Award == [32]byte{} && j.Closed:
			return market.Beacon{}, fmt.Errorf("%w: the escrow of job %s was refunded before an award", chain.ErrRefused, job.Short())
		case j.Award == [32]byte{}:
			select {
			case <-changed:
				continue
			case <-ctx.Done():
				return market.Beacon{}, fmt.Errorf("no award of job %s is anchored yet: %w", job.Short(), ctx.Err())
			}
		}
		height := j.Anchored.Uint64() + 1
		if err := c.heads.reach(ctx, height+c.confirmations-1); err != nil {
			return market.Beacon{}, fmt.Errorf("the beacon of job %s is not known yet: %w", job.Short(), err)
		}
		head, err := c.eth.HeaderByNumber(ctx, new(big.Int).SetUint64(height))
		if err != nil {
			return market.Beacon{}, err
		}
		block := head.Hash()
		at := rpc.BlockNumberOrHashWithHash(block, true)
		var out [2]hexutil.Bytes
		if err := c.calls(ctx, at, call{c.contracts.Registry, regABI.PackWorkers(accounts), &out[0]},
			call{c.contracts.Marketplace, marketABI.PackJob(job), &out[1]}); err != nil {
			return market.Beacon{}, err
		}
		workers, err := regABI.UnpackWorkers(out[0])
		if err != nil {
			return market.Beacon{}, err
		}
		if then, err := marketABI.UnpackJob(out[1]); err != nil || then.Anchored.Cmp(j.Anchored) != 0 || then.Award != j.Award {
			// A reorganization moved the award since the first look.
			if err := c.heads.reach(ctx, c.height()+1); err != nil {
				return market.Beacon{}, err
			}
			continue
		}
		b := market.Beacon{Award: award, Height: height, Random: poc.Hash(crypto.Keccak256(block[:], job[:]))}
		for i, w := range workers {
			b.Standings = append(b.Standings, standingOf(seats[i].Account, w))
		}
		return b, nil
	}
}

func (c *Client) height() uint64 {
	head, _ := c.heads.now()
	return head.Number.Uint64()
}

func standingOf(a poc.Account, w bindings.RegistryWorker) market.Standing {
	return market.Standing{
		Account: a, Peer: w.Peer, Registered: w.Peer != [32]byte{}, Stake: market.Amount(w.Stake),
		Completed: w.Completed.Uint64(), Faults: uint64(w.Faults),
	}
}

// maxTasks is Marketplace.MAX_TASKS.
const maxTasks = 4096

// Settled implements chain.Settlement.
func (c *Client) Settled(ctx context.Context, job poc.Hash, tasks uint32) ([]poc.Hash, error) {
	if tasks > maxTasks {
		return nil, fmt.Errorf("a job has at most %d tasks, not %d", maxTasks, tasks)
	}
	var out hexutil.Bytes
	if err := c.calls(ctx, "latest", call{c.contracts.Marketplace, marketABI.PackResults(job, 0, tasks), &out}); err != nil {
		return nil, err
	}
	digests, err := marketABI.UnpackResults(out)
	if err != nil {
		return nil, err
	}
	settled := make([]poc.Hash, len(digests))
	for i, d := range digests {
		settled[i] = d
	}
	return settled, nil
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
	if err := c.calls(ctx, "latest", call{c.contracts.Registry, regABI.PackWorkers([]common.Address{a}), &out}); err != nil {
		return bindings.RegistryWorker{}, err
	}
	ws, err := regABI.UnpackWorkers(out)
	if err != nil {
		return bindings.RegistryWorker{}, err
	}
	return ws[0], nil
}

// Balance implements chain.Settlement. native is in wei.
func (c *Client) Balance(ctx context.Context, a poc.Account) (market.Amount, string, error) {
	address, err := ParseAccount(a)
	if err != nil {
		return 0, "", err
	}
	var out hexutil.Bytes
	var wei hexutil.Big
	batch := []rpc.BatchElem{
		call{c.contracts.Token, tokenABI.PackBalanceOf(address), &out}.elem("latest"),
		{Method: "eth_getBalance", Args: []any{address, "latest"}, Result: &wei},
	}
	if err := c.batch(ctx, batch); err != nil {
		return 0, "", err
	}
	tokens, err := tokenABI.UnpackBalanceOf(out)
	if err != nil {
		return 0, "", err
	}
	return market.Amount(tokens.Uint64()), wei.ToInt().String(), nil
}

// Totals implements chain.Settlement, all at one height. Held and Staked are the balances of the contracts: whoever sends them tokens
// past their rules makes them larger than the books.
func (c *Client) Totals(ctx context.Context) (chain.Totals, error) {
	height, err := c.eth.BlockNumber(ctx)
	if err != nil {
		return chain.Totals{}, err
	}
	var out [4]hexutil.Bytes
	if err := c.calls(ctx, hexutil.Uint64(height),
		call{c.contracts.Marketplace, marketABI.PackTotals(), &out[0]},
		call{c.contracts.Token, tokenABI.PackBalanceOf(c.contracts.Marketplace), &out[1]},
		call{c.contracts.Token, tokenABI.PackBalanceOf(c.contracts.Registry), &out[2]},
		call{c.contracts.Registry, regABI.PackTotalSlashed(), &out[3]},
	); err != nil {
		return chain.Totals{}, err
	}
	t, err1 := marketABI.UnpackTotals(out[0])
	held, err2 := tokenABI.UnpackBalanceOf(out[1])
	staked, err3 := tokenABI.UnpackBalanceOf(out[2])
	slashed, err4 := regABI.UnpackTotalSlashed(out[3])
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return chain.Totals{}, err
	}
	return chain.Totals{
		Locked: market.Amount(t.Locked), Held: market.Amount(held.Uint64()), Paid: market.Amount(t.Paid),
		Fees: market.Amount(t.Fees), Refunded: market.Amount(t.Refunded),
		Staked: market.Amount(staked.Uint64()), Slashed: market.Amount(slashed),
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
	if err := c.rpc.BatchCallContext(ctx, elems); err != nil {
		return err
	}
	for _, e := range elems {
		if e.Error != nil {
			return explain(e.Error)
		}
	}
	return nil
}
