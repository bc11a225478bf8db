package evm

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"strings"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"
	"golang.org/x/time/rate"
)

// endpoints are JSON-RPC URLs of one chain, of which one is in use: the next one takes over when it does not answer, or turns
// out to be of another chain. An answer, also one that says no, is final. It is safe for concurrent use.
type endpoints struct {
	urls    []string
	limit   *rate.Limiter // of requests; a batch is one
	log     *slog.Logger
	chainID *big.Int

	mu struct {
		sync.Mutex
		current int
		conn    *conn // nil: to be dialed
		closed  bool
	}
}

// conn is a connection to one endpoint.
type conn struct {
	url string
	rpc *rpc.Client
	eth *ethclient.Client
}

// push reports whether the endpoint pushes new heads.
func (c *conn) push() bool { return strings.HasPrefix(c.url, "ws") }

// dialEndpoints connects to the first URL that answers. perSecond bounds the requests; 0 is no bound.
func dialEndpoints(ctx context.Context, urls []string, perSecond float64, log *slog.Logger) (*endpoints, error) {
	if len(urls) == 0 {
		return nil, errors.New("no JSON-RPC URL is given")
	}
	e := &endpoints{urls: urls, limit: rate.NewLimiter(rate.Inf, 0), log: log}
	if perSecond > 0 {
		e.limit = rate.NewLimiter(rate.Limit(perSecond), max(1, int(perSecond)))
	}
	err := e.do(ctx, func(ctx context.Context, c *conn) (err error) {
		e.chainID, err = c.eth.ChainID(ctx)
		return err
	})
	if err != nil {
		e.close()
		return nil, fmt.Errorf("cannot reach the chain at %s: %w", strings.Join(urls, ", "), err)
	}
	return e, nil
}

// do asks the endpoint in use, and each other one at most once while none answers.
func (e *endpoints) do(ctx context.Context, ask func(context.Context, *conn) error) error {
	var last error
	for range e.urls {
		if err := e.limit.Wait(ctx); err != nil {
			return err
		}
		c, err := e.attempt(ctx, ask)
		if err == nil || isAnswer(err) {
			return err
		}
		if ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		last = err
		e.drop(c)
	}
	return last
}

// attempt asks the endpoint in use. Where there is another one it does not wait for ever.
func (e *endpoints) attempt(ctx context.Context, ask func(context.Context, *conn) error) (*conn, error) {
	if len(e.urls) > 1 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, attemptTimeout)
		defer cancel()
	}
	c, err := e.connect(ctx)
	if err != nil {
		return nil, err
	}
	return c, ask(ctx, c)
}

const attemptTimeout = 15 * time.Second

// isAnswer reports whether an error is what the chain says, and not that an endpoint fails.
func isAnswer(err error) bool {
	var answer rpc.Error
	return errors.As(err, &answer) && answer.ErrorCode() != rateLimited || errors.Is(err, ethereum.NotFound)
}

const rateLimited = -32005 // EIP-1474

func (e *endpoints) connect(ctx context.Context) (*conn, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.mu.closed {
		return nil, rpc.ErrClientQuit
	}
	if e.mu.conn != nil {
		return e.mu.conn, nil
	}
	url := e.urls[e.mu.current]
	raw, err := rpc.DialContext(ctx, url)
	if err != nil {
		return nil, err
	}
	c := &conn{url, raw, ethclient.NewClient(raw)}
	if e.chainID != nil {
		if id, err := c.eth.ChainID(ctx); err != nil || id.Cmp(e.chainID) != 0 {
			raw.Close()
			if err == nil {
				err = fmt.Errorf("%s is of chain %s, not of %s", url, id, e.chainID)
			}
			return nil, err
		}
	}
	e.mu.conn = c
	return c, nil
}

// drop gives up a connection that failed, or the attempt to make one, and turns to the next URL. With one URL the
// connection stays: it connects again by itself.
func (e *endpoints) drop(c *conn) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if c != e.mu.conn || len(e.urls) == 1 {
		return // another request dropped it
	}
	if c != nil {
		c.rpc.Close()
	}
	e.mu.conn = nil
	e.mu.current = (e.mu.current + 1) % len(e.urls)
	e.log.Warn("Chain endpoint does not answer, turning to the next", "next", e.mu.current)
}

func (e *endpoints) close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.mu.closed = true
	if e.mu.conn != nil {
		e.mu.conn.rpc.Close()
		e.mu.conn = nil
	}
}

// The calls that are made of endpoints.

func (e *endpoints) batch(ctx context.Context, elems []rpc.BatchElem) error {
	return e.do(ctx, func(ctx context.Context, c *conn) error { return c.rpc.BatchCallContext(ctx, elems) })
}

func (e *endpoints) header(ctx context.Context, number *big.Int) (h *types.Header, err error) {
	err = e.do(ctx, func(ctx context.Context, c *conn) (err error) { h, err = c.eth.HeaderByNumber(ctx, number); return err })
	return h, err
}

func (e *endpoints) receipt(ctx context.Context, tx common.Hash) (r *types.Receipt, err error) {
	err = e.do(ctx, func(ctx context.Context, c *conn) (err error) { r, err = c.eth.TransactionReceipt(ctx, tx); return err })
	return r, err
}

func (e *endpoints) pendingNonce(ctx context.Context, a common.Address) (n uint64, err error) {
	err = e.do(ctx, func(ctx context.Context, c *conn) (err error) { n, err = c.eth.PendingNonceAt(ctx, a); return err })
	return n, err
}

func (e *endpoints) minedNonce(ctx context.Context, a common.Address) (n uint64, err error) {
	err = e.do(ctx, func(ctx context.Context, c *conn) (err error) { n, err = c.eth.NonceAt(ctx, a, nil); return err })
	return n, err
}

func (e *endpoints) sendTransaction(ctx context.Context, tx *types.Transaction) error {
	return e.do(ctx, func(ctx context.Context, c *conn) error { return c.eth.SendTransaction(ctx, tx) })
}

func (e *endpoints) filterLogs(ctx context.Context, q ethereum.FilterQuery) (logs []types.Log, err error) {
	err = e.do(ctx, func(ctx context.Context, c *conn) (err error) { logs, err = c.eth.FilterLogs(ctx, q); return err })
	return logs, err
}
