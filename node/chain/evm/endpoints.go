package evm

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"net/url"
	"slices"
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

// Bounds of how endpoints are tried. With one endpoint nothing is cut short: there is nothing to turn to.
const (
	attemptTimeout = 15 * time.Second // of a request while there are others to ask
	restMin        = time.Second      // of an endpoint that failed, twice as long after each further failure
	restMax        = 2 * time.Minute
	heightHolds    = time.Minute // after which what an endpoint said of its height is not held against others
	probeTimeout   = 10 * time.Second
	defaultProbe   = 15 * time.Second
	defaultLag     = 8
)

// ErrWrongChain says that an endpoint is of another chain than the network. It is not asked again.
var ErrWrongChain = errors.New("another chain")

// endpoints are JSON-RPC URLs of one chain, of which one is in use. The next one takes over when it does not answer, is too
// slow, limits the rate, or is behind the others. One of another chain is refused for good. An answer, also one that says
// no, is final. It is safe for concurrent use.
type endpoints struct {
	all []*endpoint
	log *slog.Logger
	lag uint64 // blocks that the one in use may be behind

	mu struct {
		sync.Mutex
		chainID *big.Int // nil: that of the first that answers
		current int
		closed  bool
	}
}

// endpoint is one URL. What changes is guarded by the mutex of endpoints.
type endpoint struct {
	url, name string
	limit     *rate.Limiter // of requests; a batch is one

	conn    *conn // nil: to be dialed
	height  uint64
	seen    time.Time // when it had that height
	fails   int       // since the last answer
	rest    time.Time
	refused error
	last    error
}

// conn is a connection to one endpoint.
type conn struct {
	of  *endpoint
	rpc *rpc.Client
	eth *ethclient.Client
}

// push reports whether the endpoint pushes new heads.
func (c *conn) push() bool { return strings.HasPrefix(c.of.url, "ws") }

// dialEndpoints connects to the first URL that answers.
func dialEndpoints(ctx context.Context, cfg Config) (*endpoints, error) {
	e := &endpoints{log: cfg.Log, lag: cfg.Lag}
	if e.lag == 0 {
		e.lag = defaultLag
	}
	e.mu.chainID = cfg.ChainID
	for _, u := range cfg.urls() {
		limit := rate.NewLimiter(rate.Inf, 0)
		if cfg.PerSecond > 0 {
			limit = rate.NewLimiter(rate.Limit(cfg.PerSecond), max(1, int(cfg.PerSecond)))
		}
		e.all = append(e.all, &endpoint{url: u, name: endpointName(u), limit: limit})
	}
	if len(e.all) == 0 {
		return nil, errors.New("no JSON-RPC URL is given")
	}
	if _, err := e.header(ctx, nil); err != nil {
		e.close()
		return nil, fmt.Errorf("cannot reach the chain at %s: %w", e.names(), err)
	}
	return e, nil
}

// endpointName is a URL without what may be a secret: providers put keys into paths, queries and user names.
func endpointName(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return strings.Map(func(r rune) rune {
			if r == '/' || r == '?' || r == '@' {
				return -1
			}
			return r
		}, raw[:min(len(raw), 16)])
	}
	return u.Scheme + "://" + u.Host
}

func (e *endpoints) names() string {
	var names []string
	for _, p := range e.all {
		names = append(names, p.name)
	}
	return strings.Join(names, ", ")
}

// quiet is an error whose text does not show an endpoint's URL.
type quiet struct {
	error
	text string
}

func (q quiet) Error() string { return q.text }
func (q quiet) Unwrap() error { return q.error }

func (p *endpoint) quiet(err error) error {
	if err == nil || p.url == p.name {
		return err
	}
	text := strings.ReplaceAll(err.Error(), p.url, p.name)
	if failed, ok := errors.AsType[*url.Error](err); ok {
		text = strings.ReplaceAll(text, failed.URL, p.name) // as net/url writes it
	}
	return quiet{err, text}
}

// do asks the endpoint in use, and each other one at most once while none answers. Those that rest are asked last.
func (e *endpoints) do(ctx context.Context, ask func(context.Context, *conn) error) error {
	var last error
	for _, p := range e.order() {
		if err := p.limit.Wait(ctx); err != nil {
			return errors.Join(err, last)
		}
		err := e.attempt(ctx, p, ask)
		if err == nil || isAnswer(err) {
			e.works(p)
			return err
		}
		err = p.quiet(err)
		if ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		last = err
		e.failed(p, err)
	}
	if last == nil {
		return e.nobody()
	}
	return last
}

// order returns the endpoints that may be asked: the one in use, those after it, and last those that rest.
func (e *endpoints) order() []*endpoint {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := time.Now()
	var ready, resting []*endpoint
	for i := range e.all {
		p := e.all[(e.mu.current+i)%len(e.all)]
		switch {
		case p.refused != nil:
		case p.rest.After(now):
			resting = append(resting, p)
		default:
			ready = append(ready, p)
		}
	}
	slices.SortStableFunc(resting, func(a, b *endpoint) int { return a.rest.Compare(b.rest) })
	return append(ready, resting...)
}

// nobody is the error when every endpoint is refused.
func (e *endpoints) nobody() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	var errs []error
	for _, p := range e.all {
		errs = append(errs, p.refused)
	}
	return errors.Join(errs...)
}

func (e *endpoints) attempt(ctx context.Context, p *endpoint, ask func(context.Context, *conn) error) error {
	if len(e.all) > 1 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, attemptTimeout)
		defer cancel()
	}
	c, err := e.connect(ctx, p)
	if err != nil {
		return err
	}
	return ask(ctx, c)
}

// isAnswer reports whether an error is what the chain says, and not that an endpoint fails.
func isAnswer(err error) bool {
	var answer rpc.Error
	if errors.As(err, &answer) {
		return answer.ErrorCode() != rateLimited && answer.ErrorCode() != internalError
	}
	return errors.Is(err, ethereum.NotFound)
}

const (
	rateLimited   = -32005 // EIP-1474
	internalError = -32603 // JSON-RPC
)

// works notes that an endpoint answered, and puts it in use.
func (e *endpoints) works(p *endpoint) {
	e.mu.Lock()
	defer e.mu.Unlock()
	p.fails, p.rest, p.last = 0, time.Time{}, nil
	if i := slices.Index(e.all, p); i != e.mu.current {
		e.log.Info("Chain endpoint in use", "endpoint", p.name, "before", e.all[e.mu.current].name)
		e.all[e.mu.current].hangUp() // also ends the subscription to its heads
		e.mu.current = i
	}
}

// current tells endpoints apart: that which answered last.
func (e *endpoints) current() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.mu.current
}

// failed lets an endpoint rest. With one URL the connection stays: it connects again by itself.
func (e *endpoints) failed(p *endpoint, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	p.last = err
	if errors.Is(err, ErrWrongChain) {
		p.refused = err
		e.log.Error("Chain endpoint refused", "endpoint", p.name, "err", err)
	}
	p.rest = time.Now().Add(min(restMax, restMin<<min(p.fails, 20)))
	if p.fails++; p.fails == 1 {
		e.log.Warn("Chain endpoint does not answer", "endpoint", p.name, "err", err)
	}
	if len(e.all) > 1 {
		p.hangUp()
	}
}

func (p *endpoint) hangUp() {
	if p.conn != nil {
		p.conn.rpc.Close()
		p.conn = nil
	}
}

// connect returns the connection to an endpoint. A new one is of the right chain, and not behind.
func (e *endpoints) connect(ctx context.Context, p *endpoint) (*conn, error) {
	e.mu.Lock()
	c, closed, refused := p.conn, e.mu.closed, p.refused
	e.mu.Unlock()
	switch {
	case closed:
		return nil, rpc.ErrClientQuit
	case refused != nil:
		return nil, refused
	case c != nil:
		return c, nil
	}
	raw, err := rpc.DialContext(ctx, p.url)
	if err != nil {
		return nil, err
	}
	c = &conn{p, raw, ethclient.NewClient(raw)}
	if err := e.check(ctx, c); err != nil {
		raw.Close()
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.mu.closed || p.conn != nil {
		raw.Close() // another request was faster
		if e.mu.closed {
			return nil, rpc.ErrClientQuit
		}
		return p.conn, nil
	}
	p.conn = c
	return c, nil
}

// check asks an endpoint for its chain and its height.
func (e *endpoints) check(ctx context.Context, c *conn) error {
	id, err := c.eth.ChainID(ctx)
	if err != nil {
		return err
	}
	e.mu.Lock()
	if e.mu.chainID == nil {
		e.mu.chainID = id
	}
	want := e.mu.chainID
	e.mu.Unlock()
	if id.Cmp(want) != 0 {
		return fmt.Errorf("%w: %s is of chain %s, and the network is on chain %s", ErrWrongChain, c.of.name, id, want)
	}
	if len(e.all) == 1 {
		return nil
	}
	height, err := c.eth.BlockNumber(ctx)
	if err != nil {
		return err
	}
	return e.behind(c.of, height)
}

// note keeps an endpoint's height.
func (e *endpoints) note(p *endpoint, height uint64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	p.height, p.seen = height, time.Now()
}

// behind is an error when another endpoint is more than the allowed number of blocks higher.
func (e *endpoints) behind(p *endpoint, height uint64) error {
	e.note(p, height)
	e.mu.Lock()
	defer e.mu.Unlock()
	best := height
	for _, other := range e.all {
		if other.refused == nil && time.Since(other.seen) < heightHolds {
			best = max(best, other.height)
		}
	}
	if height+e.lag < best {
		return fmt.Errorf("%s is %d blocks behind", p.name, best-height)
	}
	return nil
}

func (e *endpoints) chainID() *big.Int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.mu.chainID
}

// inUse returns the connection that is in use, made if there is none.
func (e *endpoints) inUse(ctx context.Context) (*conn, error) {
	last := e.nobody()
	for _, p := range e.order() {
		c, err := e.connect(ctx, p)
		if err == nil {
			return c, nil
		}
		last = p.quiet(err)
	}
	return nil, last
}

// watch looks at all endpoints every so often until ctx ends, and gives up the one in use when it is behind another.
func (e *endpoints) watch(ctx context.Context, every time.Duration) {
	if len(e.all) == 1 {
		return
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for i, h := range e.health(ctx) {
			if h.InUse && h.Err != nil && ctx.Err() == nil {
				e.failed(e.all[i], h.Err)
			}
		}
	}
}

// Health is what one look at an endpoint showed.
type Health struct {
	Name   string // the URL without what may be secret in it
	InUse  bool
	Height uint64 // newest block
	Err    error  // ErrWrongChain: it is refused for good
}

func (e *endpoints) probe(ctx context.Context, p *endpoint) Health {
	e.mu.Lock()
	h := Health{Name: p.name, InUse: e.all[e.mu.current] == p, Err: p.refused}
	e.mu.Unlock()
	if h.Err != nil {
		return h
	}
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	if h.Err = p.limit.Wait(ctx); h.Err != nil {
		return h
	}
	c, err := e.connect(ctx, p)
	if err == nil {
		h.Height, err = c.eth.BlockNumber(ctx)
	}
	if h.Err = p.quiet(err); err == nil {
		e.note(p, h.Height)
	} else if errors.Is(err, ErrWrongChain) {
		e.failed(p, err)
	}
	return h
}

// health looks at every endpoint.
func (e *endpoints) health(ctx context.Context) []Health {
	out := make([]Health, len(e.all))
	var g sync.WaitGroup
	for i, p := range e.all {
		g.Go(func() { out[i] = e.probe(ctx, p) })
	}
	g.Wait()
	for i := range out {
		if h := &out[i]; h.Err == nil {
			h.Err = e.behind(e.all[i], h.Height)
		}
	}
	return out
}

func (e *endpoints) close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.mu.closed = true
	for _, p := range e.all {
		p.hangUp()
	}
}

// The requests that are made of endpoints.

// batch makes several requests in one round trip. That one was not answered is the endpoint's failure.
func (e *endpoints) batch(ctx context.Context, elems []rpc.BatchElem) error {
	return e.do(ctx, func(ctx context.Context, c *conn) error {
		for i := range elems {
			elems[i].Error = nil
		}
		if err := c.rpc.BatchCallContext(ctx, elems); err != nil {
			return err
		}
		for _, b := range elems {
			if b.Error != nil && !isAnswer(b.Error) {
				return b.Error
			}
		}
		return nil
	})
}

func (e *endpoints) header(ctx context.Context, number *big.Int) (h *types.Header, err error) {
	err = e.do(ctx, func(ctx context.Context, c *conn) (err error) {
		if h, err = c.eth.HeaderByNumber(ctx, number); err == nil && number == nil {
			e.note(c.of, h.Number.Uint64())
		}
		return err
	})
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
