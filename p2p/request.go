package p2p

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
	"github.com/multiformats/go-multistream"
)

// Status tells how a request ended. The values are on the wire; add, never renumber.
type Status uint8

const (
	// StatusOK comes with the response.
	StatusOK Status = 0
	// StatusBadRequest means that the request is wrong and would be again.
	StatusBadRequest Status = 1
	// StatusRateLimited means that this node asks too often; try again later.
	StatusRateLimited Status = 2
	// StatusTooLarge means that the request or its response is larger than the protocol admits.
	StatusTooLarge Status = 3
	// StatusUnavailable means that the peer cannot answer now, or has not what was asked for.
	StatusUnavailable Status = 4
	// StatusInternal means that the peer failed.
	StatusInternal Status = 5
	// StatusUnsupported means that the peer does not speak the protocol. It never travels.
	StatusUnsupported Status = 255
)

// String returns the name used in errors and metrics.
func (s Status) String() string {
	switch s {
	case StatusOK:
		return "ok"
	case StatusBadRequest:
		return "bad request"
	case StatusRateLimited:
		return "rate limited"
	case StatusTooLarge:
		return "too large"
	case StatusUnavailable:
		return "unavailable"
	case StatusInternal:
		return "internal"
	case StatusUnsupported:
		return "unsupported"
	default:
		return fmt.Sprintf("status %d", uint8(s))
	}
}

// StatusError is a request that the peer answered, but not with a response. A handler returns one to choose the status; the peer
// sees the first maxReason bytes of Reason.
type StatusError struct {
	Status Status
	Reason string
}

func (e *StatusError) Error() string {
	if e.Reason == "" {
		return e.Status.String()
	}
	return e.Status.String() + ": " + e.Reason
}

// BadRequest is what a handler returns for a request that would fail again.
func BadRequest(reason string) error { return &StatusError{StatusBadRequest, reason} }

// Unavailable is what a handler returns for a request that might succeed later or elsewhere.
func Unavailable(reason string) error { return &StatusError{StatusUnavailable, reason} }

// maxReason bounds the reason that travels with a status, in bytes.
const maxReason = 512

// HandlerConfig bounds what requests of one name may cost.
type HandlerConfig struct {
	// MaxRequest and MaxResponse are in bytes. They are limits of both sides: register the name to raise those of the caller.
	MaxRequest, MaxResponse int
	// Timeout covers reading the request, waiting for a place, the handler, and writing the response.
	Timeout time.Duration
	// Rate is how many requests per second one peer may make, Burst how many at once.
	Rate  float64
	Burst int
	// Concurrent is the number of handlers that run at once; one peer gets at most half of them.
	Concurrent int
}

// unregistered bounds requests of a name that this node does not serve itself.
var unregistered = HandlerConfig{MaxRequest: 1 << 20, MaxResponse: 4 << 20}

func (c HandlerConfig) validate() error {
	var errs []error
	if c.MaxRequest < 0 || c.MaxRequest > maxFrame || c.MaxResponse < 0 || c.MaxResponse > maxFrame {
		errs = append(errs, fmt.Errorf("field MaxRequest is %d and MaxResponse is %d, they must be 0 to %d", c.MaxRequest, c.MaxResponse, maxFrame))
	}
	if c.Timeout <= 0 {
		errs = append(errs, fmt.Errorf("field Timeout is %s, it must be positive", c.Timeout))
	}
	if c.Rate <= 0 || c.Burst <= 0 {
		errs = append(errs, fmt.Errorf("field Rate is %g and Burst is %d, both must be positive", c.Rate, c.Burst))
	}
	if c.Concurrent <= 0 {
		errs = append(errs, fmt.Errorf("field Concurrent is %d, it must be positive", c.Concurrent))
	}
	return errors.Join(errs...)
}

// maxFrame is the largest request or response of any protocol: the resource manager grants one stream 16 MiB.
const maxFrame = 6 << 20

// Handler answers one request of a peer. The response is sent after it has returned, so what it promises must be durable by then.
// A *StatusError reaches the caller as it is; of any other error it learns only that there was one.
type Handler func(ctx context.Context, from peer.ID, req []byte) ([]byte, error)

// endpoint serves one request protocol.
type endpoint struct {
	host    *Host
	name    string
	cfg     HandlerConfig
	handler Handler
	limiter *limiter
	all     chan struct{} // one place per running handler
	peers   peerSlots
}

// Handle serves requests of the given name until the host closes. A name can be served once.
func (h *Host) Handle(name string, cfg HandlerConfig, handler Handler) error {
	if !requestName.MatchString(name) {
		return fmt.Errorf("request name %q must be lower-case letters, digits, dots, dashes and slashes", name)
	}
	if err := cfg.validate(); err != nil {
		return fmt.Errorf("request %q: %w", name, err)
	}
	e := &endpoint{host: h, name: name, cfg: cfg, handler: handler, limiter: newLimiter(cfg.Rate, cfg.Burst),
		all: make(chan struct{}, cfg.Concurrent), peers: newPeerSlots(max(1, cfg.Concurrent/2))}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ctx.Err() != nil {
		return ErrClosed
	}
	if _, taken := h.mu.handlers[name]; taken {
		return fmt.Errorf("request %q has a handler already", name)
	}
	h.mu.handlers[name] = e
	h.host.SetStreamHandler(h.names.request(name), e.serve)
	return nil
}

// serve answers one stream. Whatever goes wrong ends the stream and nothing else.
func (e *endpoint) serve(s network.Stream) {
	leave, ok := e.host.enter() // what a handler stands on is closed after the host
	if !ok {
		_ = s.Reset()
		return
	}
	defer leave()
	status := StatusInternal
	defer func() { e.host.metrics.requestsServed.WithLabelValues(e.name, status.String()).Inc() }()
	fail := func(what string, err error) {
		_ = s.Reset() // the stream is dead either way
		e.host.log.Debug("Request not answered", "name", e.name, "peer", s.Conn().RemotePeer(), "step", what, "err", err)
	}
	if err := s.Scope().SetService("gpumesh.request"); err != nil {
		fail("scope", err)
		return
	}
	ctx, cancel := context.WithTimeout(e.host.ctx, e.cfg.Timeout)
	defer cancel()
	deadline, _ := ctx.Deadline()
	if err := s.SetDeadline(deadline); err != nil {
		fail("deadline", err)
		return
	}
	// A host that closes must not wait for slow peers.
	defer context.AfterFunc(e.host.ctx, func() { _ = s.Reset() })()

	resp, err := e.answer(ctx, s)
	if err == nil {
		status = StatusOK
		e.reply(s, status, resp, fail)
		return
	}
	var se *StatusError
	switch {
	case errors.As(err, &se):
	case ctx.Err() != nil:
		se = &StatusError{StatusUnavailable, "timed out"}
	default:
		e.host.log.Warn("Request handler failed", "name", e.name, "peer", s.Conn().RemotePeer(), "err", err)
		se = &StatusError{Status: StatusInternal}
	}
	status = se.Status
	e.reply(s, status, []byte(clip(se.Reason, maxReason)), fail)
}

// answer reads the request and runs the handler.
func (e *endpoint) answer(ctx context.Context, s network.Stream) ([]byte, error) {
	from := s.Conn().RemotePeer()
	if !e.limiter.allow(from) {
		return nil, &StatusError{Status: StatusRateLimited}
	}
	req, err := readFrame(s, e.cfg.MaxRequest, reserve(s, network.ReservationPriorityMedium))
	if err != nil {
		return nil, err
	}
	resp, err := e.call(ctx, from, req)
	if err != nil {
		return nil, err
	}
	return resp, reserve(s, network.ReservationPriorityHigh)(len(resp))
}

// call runs the handler when there is a place for it.
func (e *endpoint) call(ctx context.Context, from peer.ID, req []byte) (resp []byte, err error) {
	if err := e.peers.acquire(ctx, from); err != nil {
		return nil, Unavailable("busy")
	}
	defer e.peers.release(from)
	select {
	case e.all <- struct{}{}:
		defer func() { <-e.all }()
	case <-ctx.Done():
		return nil, Unavailable("busy")
	}
	defer func() {
		if r := recover(); r != nil {
			e.host.log.Error("Request handler panicked", "name", e.name, "peer", from, "panic", r, "stack", string(debug.Stack()))
			err = &StatusError{Status: StatusInternal}
		}
	}()
	resp, err = e.handler(ctx, from, req)
	if err != nil {
		return nil, err
	}
	if len(resp) > e.cfg.MaxResponse {
		e.host.log.Error("Response is larger than its limit", "name", e.name, "bytes", len(resp), "limit", e.cfg.MaxResponse)
		return nil, &StatusError{StatusTooLarge, "response"}
	}
	return resp, nil
}

func (e *endpoint) reply(s network.Stream, status Status, body []byte, fail func(string, error)) {
	w := bufio.NewWriterSize(s, min(len(body)+5, 64<<10))
	err := w.WriteByte(byte(status))
	if err == nil {
		err = writeFrame(w, body)
	}
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		fail("write", err)
		return
	}
	// Closing both directions at once tells a caller that is still sending to stop; it reads the status all the same.
	_ = s.CloseRead()
	if err := s.Close(); err != nil {
		fail("close", err)
	}
}

// Request sends one request and waits for its response, at most until ctx ends or Limits.RequestTimeout has passed. It connects first
// when it must. Errors are a *StatusError for an answer other than a response, wrap ErrUnreachable when there is no connection, and
// are the cause otherwise; then it is unknown whether the peer has acted.
func (h *Host) Request(ctx context.Context, to peer.ID, name string, req []byte) (_ []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, h.cfg.Limits.RequestTimeout)
	defer cancel()
	defer context.AfterFunc(h.ctx, cancel)()
	h.mu.Lock()
	own := h.mu.handlers[name]
	h.mu.Unlock()
	limits := unregistered
	if own != nil {
		limits = own.cfg
	}
	defer func() {
		status := StatusOK
		if err != nil {
			status = StatusUnavailable
			if se, ok := errors.AsType[*StatusError](err); ok {
				status = se.Status
			}
		}
		h.metrics.requestsSent.WithLabelValues(name, status.String()).Inc()
	}()
	if len(req) > limits.MaxRequest {
		return nil, &StatusError{StatusTooLarge, fmt.Sprintf("request %q of %d bytes, the limit is %d", name, len(req), limits.MaxRequest)}
	}
	if to == h.ID() {
		return h.requestSelf(ctx, own, name, req)
	}
	resp, err := h.exchange(ctx, to, h.names.request(name), limits.MaxResponse, req)
	if err != nil {
		if h.ctx.Err() != nil {
			err = ErrClosed
		} else if ctx.Err() != nil {
			err = ctx.Err() // the stream only says that it was reset
		}
		return nil, fmt.Errorf("request %q to %s: %w", name, to, err)
	}
	return resp, nil
}

// requestSelf spares the node's own requests the network, under the same limits of size and time.
func (h *Host) requestSelf(ctx context.Context, own *endpoint, name string, req []byte) ([]byte, error) {
	if own == nil {
		return nil, &StatusError{StatusUnsupported, name}
	}
	ctx, cancel := context.WithTimeout(ctx, own.cfg.Timeout)
	defer cancel()
	return own.call(ctx, h.ID(), req)
}

func (h *Host) exchange(ctx context.Context, to peer.ID, proto protocol.ID, maxResponse int, req []byte) ([]byte, error) {
	if err := h.Connect(ctx, to); err != nil {
		return nil, err
	}
	// Requests are small; they may use the limited connection through a relay.
	s, err := h.host.NewStream(network.WithAllowLimitedConn(ctx, "gpumesh request"), to, proto)
	if err != nil {
		return nil, unsupported(err)
	}
	defer context.AfterFunc(ctx, func() { _ = s.Reset() })()
	if deadline, ok := ctx.Deadline(); ok {
		if err := s.SetDeadline(deadline); err != nil {
			_ = s.Reset()
			return nil, err
		}
	}
	sent := sendRequest(s, req)
	defer func() {
		_ = s.Reset() // ends a write under way
		<-sent
	}()
	// A peer that refuses a request stops reading it, so the status may come before everything is sent.
	var status [1]byte
	if _, err := io.ReadFull(s, status[:]); err != nil {
		return nil, unsupported(err)
	}
	if st := Status(status[0]); st != StatusOK {
		reason, err := readFrame(s, maxReason+3, nil)
		if err != nil {
			reason = nil
		}
		return nil, &StatusError{st, printable(reason)}
	}
	return readFrame(s, maxResponse, reserve(s, network.ReservationPriorityAlways))
}

// sendRequest writes a request and ends the sending half. The channel is closed when the write is over. A failed write shows when the
// response is read, with what the peer had to say about it.
func sendRequest(s network.Stream, req []byte) (over <-chan struct{}) {
	done := make(chan struct{})
	send := func() {
		defer close(done)
		w := bufio.NewWriterSize(s, min(len(req)+4, 64<<10))
		if writeFrame(w, req) == nil && w.Flush() == nil {
			_ = s.CloseWrite()
		}
	}
	// What fits into any transport's window does not wait for the peer.
	if len(req) <= 64<<10 {
		send()
	} else {
		go send()
	}
	return done
}

// printable makes a peer's text fit for a log line or a terminal.
func printable(text []byte) string {
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, string(text))
}

// unsupported recognises a peer that does not speak the protocol. Negotiation is lazy, so this may show at the first read.
func unsupported(err error) error {
	var ns multistream.ErrNotSupported[protocol.ID]
	if errors.As(err, &ns) {
		return &StatusError{Status: StatusUnsupported}
	}
	return err
}

// writeFrame writes the length in four bytes, big endian, and the body.
func writeFrame(w io.Writer, body []byte) error {
	var size [4]byte
	binary.BigEndian.PutUint32(size[:], uint32(len(body)))
	if _, err := w.Write(size[:]); err != nil {
		return err
	}
	_, err := w.Write(body)
	return err
}

// reserve accounts bytes to the stream at the resource manager, which releases them when the stream ends.
func reserve(s network.Stream, priority uint8) func(int) error {
	return func(n int) error {
		if err := s.Scope().ReserveMemory(n, priority); err != nil {
			return Unavailable("out of memory for requests")
		}
		return nil
	}
}

// readFrame reads what writeFrame wrote, after claiming its size by admit, which may be nil. It allocates as bytes arrive, not as they are
// announced.
func readFrame(r io.Reader, limit int, admit func(int) error) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, fmt.Errorf("read frame: %w", noEOF(err))
	}
	size := int64(binary.BigEndian.Uint32(head[:]))
	if size > int64(limit) {
		return nil, &StatusError{StatusTooLarge, fmt.Sprintf("frame of %d bytes, the limit is %d", size, limit)}
	}
	if admit != nil {
		if err := admit(int(size)); err != nil {
			return nil, err
		}
	}
	const trusted = 64 << 10
	buf := make([]byte, 0, min(size, trusted))
	for int64(len(buf)) < size {
		if len(buf) == cap(buf) {
			grown := make([]byte, len(buf), min(size, int64(2*cap(buf))))
			copy(grown, buf)
			buf = grown
		}
		n, err := io.ReadFull(r, buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if err != nil {
			return nil, fmt.Errorf("read frame: %w", noEOF(err))
		}
	}
	return buf, nil
}

// noEOF keeps a stream that ended too early from looking like one that ended well.
func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
