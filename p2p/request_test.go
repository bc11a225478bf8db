package p2p

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/stretchr/testify/require"
)

func smallRequests() HandlerConfig {
	return HandlerConfig{MaxRequest: 1 << 10, MaxResponse: 2 << 10, Timeout: deadline, Rate: 1000, Burst: 1000, Concurrent: 8}
}

func statusOf(t *testing.T, err error) Status {
	t.Helper()
	var se *StatusError
	require.ErrorAs(t, err, &se)
	return se.Status
}

func TestRequestRoundTrip(t *testing.T) {
	a, b := pair(t)
	durable := false
	require.NoError(t, b.Handle("save", smallRequests(), func(_ context.Context, from peer.ID, req []byte) ([]byte, error) {
		require.Equal(t, a.ID(), from)
		durable = true
		return append([]byte("saved "), req...), nil
	}))
	got, err := a.Request(testContext(t), b.ID(), "save", []byte("this"))
	require.NoError(t, err)
	require.Equal(t, "saved this", string(got))
	require.True(t, durable, "the response is the acknowledgement")
	for _, req := range [][]byte{nil, bytes.Repeat([]byte{7}, 1<<10)} {
		got, err := a.Request(testContext(t), b.ID(), "save", req)
		require.NoError(t, err)
		require.Equal(t, append([]byte("saved "), req...), got)
	}
}

func TestRequestToSelf(t *testing.T) {
	a := start(t, testConfig(t, "a"), memory())
	_, err := a.Request(testContext(t), a.ID(), "echo", nil)
	require.Equal(t, StatusUnsupported, statusOf(t, err))
	require.NoError(t, a.Handle("echo", smallRequests(), func(_ context.Context, from peer.ID, r []byte) ([]byte, error) {
		require.Equal(t, a.ID(), from)
		return r, nil
	}))
	got, err := a.Request(testContext(t), a.ID(), "echo", []byte("me"))
	require.NoError(t, err)
	require.Equal(t, "me", string(got))
}

func TestRequestFailures(t *testing.T) {
	a, b := pair(t)
	serve := func(name string, h Handler) { require.NoError(t, b.Handle(name, smallRequests(), h)) }
	serve("panic", func(context.Context, peer.ID, []byte) ([]byte, error) { panic("handler bug") })
	serve("error", func(context.Context, peer.ID, []byte) ([]byte, error) { return nil, errors.New("disk secret") })
	serve("bad", func(context.Context, peer.ID, []byte) ([]byte, error) { return nil, BadRequest("no\x1b[31m such job") })
	serve("later", func(context.Context, peer.ID, []byte) ([]byte, error) {
		return nil, Unavailable(strings.Repeat("long ", 1000))
	})
	serve("big", func(context.Context, peer.ID, []byte) ([]byte, error) { return make([]byte, 3<<10), nil })
	for name, want := range map[string]Status{
		"panic": StatusInternal, "error": StatusInternal, "bad": StatusBadRequest, "later": StatusUnavailable, "big": StatusTooLarge,
		"nobody-serves-this": StatusUnsupported,
	} {
		_, err := a.Request(testContext(t), b.ID(), name, []byte("x"))
		require.Equal(t, want, statusOf(t, err), name)
		require.NotContains(t, err.Error(), "secret")
		require.NotContains(t, err.Error(), "\x1b", "a peer's text is made printable")
		require.Less(t, len(err.Error()), 1000)
	}
	// The peer refuses what is too large before it is read, though the caller's own limit is higher.
	_, err := a.Request(testContext(t), b.ID(), "bad", make([]byte, 1<<20))
	require.Equal(t, StatusTooLarge, statusOf(t, err))
	require.Len(t, a.Peers(), 1, "none of this costs the connection")
}

func TestRequestTimeouts(t *testing.T) {
	a, b := pair(t)
	cfg := smallRequests()
	cfg.Timeout = 50 * time.Millisecond
	require.NoError(t, b.Handle("slow", cfg, func(ctx context.Context, _ peer.ID, _ []byte) ([]byte, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}))
	_, err := a.Request(testContext(t), b.ID(), "slow", nil)
	require.Error(t, err, "the handler's deadline")

	cfg.Timeout = deadline
	entered := make(chan struct{})
	require.NoError(t, b.Handle("stuck", cfg, func(ctx context.Context, _ peer.ID, _ []byte) ([]byte, error) {
		close(entered)
		<-ctx.Done()
		return nil, ctx.Err()
	}))
	ctx, cancel := context.WithCancel(testContext(t))
	go func() {
		<-entered
		cancel()
	}()
	_, err = a.Request(ctx, b.ID(), "stuck", nil)
	require.ErrorIs(t, err, context.Canceled, "the caller's context")
}

func TestPeerGoneDuringRequest(t *testing.T) {
	a, b := pair(t)
	entered := make(chan struct{})
	require.NoError(t, b.Handle("stuck", smallRequests(), func(ctx context.Context, _ peer.ID, _ []byte) ([]byte, error) {
		close(entered)
		<-ctx.Done()
		return nil, ctx.Err()
	}))
	failed := make(chan error, 1)
	go func() {
		_, err := a.Request(testContext(t), b.ID(), "stuck", nil)
		failed <- err
	}()
	receive(t, entered)
	require.NoError(t, b.Close())
	require.Error(t, receive(t, failed))
}

// TestCloseWaitsForHandlers: what a handler uses may be closed once its host is.
func TestCloseWaitsForHandlers(t *testing.T) {
	a, b := pair(t)
	entered, left := make(chan struct{}), atomic.Bool{}
	require.NoError(t, b.Handle("slow", smallRequests(), func(ctx context.Context, _ peer.ID, _ []byte) ([]byte, error) {
		close(entered)
		<-ctx.Done()
		for len(b.host.Network().Conns()) > 0 { // all else is closed by then
			runtime.Gosched()
		}
		for range 1000 {
			runtime.Gosched()
		}
		left.Store(true)
		return nil, ctx.Err()
	}))
	failed := make(chan error, 1)
	go func() {
		_, err := a.Request(testContext(t), b.ID(), "slow", nil)
		failed <- err
	}()
	receive(t, entered)
	require.NoError(t, b.Close())
	require.True(t, left.Load())
	require.Error(t, receive(t, failed))
}

func TestRequestRateIsPerPeer(t *testing.T) {
	a, b := pair(t)
	c := start(t, testConfig(t, "c"), memory())
	connect(t, c, b)
	cfg := smallRequests()
	cfg.Rate, cfg.Burst = 0.001, 3
	require.NoError(t, b.Handle("echo", cfg, func(_ context.Context, _ peer.ID, r []byte) ([]byte, error) { return r, nil }))
	for range 3 {
		_, err := a.Request(testContext(t), b.ID(), "echo", nil)
		require.NoError(t, err)
	}
	_, err := a.Request(testContext(t), b.ID(), "echo", nil)
	require.Equal(t, StatusRateLimited, statusOf(t, err))
	_, err = c.Request(testContext(t), b.ID(), "echo", nil)
	require.NoError(t, err, "another peer is not affected")
}

// TestOnePeerCannotTakeAllPlaces: with two places, one peer holds at most one, so another peer is served meanwhile.
func TestOnePeerCannotTakeAllPlaces(t *testing.T) {
	greedy, b := pair(t)
	other := start(t, testConfig(t, "c"), memory())
	connect(t, other, b)
	cfg := smallRequests()
	cfg.Concurrent = 2
	entered, release := make(chan peer.ID, 8), make(chan struct{})
	require.NoError(t, b.Handle("work", cfg, func(ctx context.Context, from peer.ID, _ []byte) ([]byte, error) {
		entered <- from
		select {
		case <-release:
		case <-ctx.Done():
		}
		return nil, nil
	}))
	results := make(chan error, 5)
	ask := func(h *Host) {
		_, err := h.Request(testContext(t), b.ID(), "work", nil)
		results <- err
	}
	for range 4 {
		go ask(greedy)
	}
	require.Equal(t, greedy.ID(), receive(t, entered))
	go ask(other)
	require.Equal(t, other.ID(), receive(t, entered))
	close(release)
	for range 5 {
		require.NoError(t, receive(t, results))
	}
}

func TestHandleRefusesBadConfigurations(t *testing.T) {
	a := start(t, testConfig(t, "a"), memory())
	err := a.Handle("x", HandlerConfig{MaxRequest: -1}, nil)
	for _, field := range []string{"MaxRequest", "Timeout", "Rate", "Concurrent"} {
		require.ErrorContains(t, err, field)
	}
	require.Error(t, a.Handle("Not A Name", smallRequests(), nil))
	ok := func(context.Context, peer.ID, []byte) ([]byte, error) { return nil, nil }
	require.NoError(t, a.Handle("x", smallRequests(), ok))
	require.ErrorContains(t, a.Handle("x", smallRequests(), ok), "already")
}

// TestConnectFindsPeersInTheDHT: a knows b only by id, but both know the same third node.
func TestConnectFindsPeersInTheDHT(t *testing.T) {
	boot := start(t, testConfig(t, "boot"), memory())
	a := start(t, testConfig(t, "a"), memory())
	b := start(t, testConfig(t, "b"), memory())
	connect(t, a, boot)
	// What the exchange told b or a of each other is forgotten, so that only the DHT is left.
	connect(t, b, boot)
	require.NoError(t, b.Handle("echo", smallRequests(), func(_ context.Context, _ peer.ID, r []byte) ([]byte, error) { return r, nil }))
	a.host.Peerstore().ClearAddrs(b.ID())
	require.Eventually(t, func() bool {
		return boot.dht.RoutingTable().Find(b.ID()) != "" && a.dht.RoutingTable().Find(boot.ID()) != ""
	}, deadline, tick)
	got, err := a.Request(testContext(t), b.ID(), "echo", []byte("found"))
	require.NoError(t, err)
	require.Equal(t, "found", string(got))
}

func FuzzReadFrame(f *testing.F) {
	f.Add([]byte{0, 0, 0, 1, 'x'})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff})
	f.Add([]byte{0, 0, 0})
	f.Fuzz(func(t *testing.T, in []byte) {
		const limit = 1 << 10
		body, err := readFrame(bytes.NewReader(in), limit, nil)
		if err != nil {
			require.NotErrorIs(t, err, io.EOF, "a cut stream must not look like a complete one")
			return
		}
		require.LessOrEqual(t, len(body), limit)
		require.Equal(t, int(binary.BigEndian.Uint32(in)), len(body))
		var out bytes.Buffer
		require.NoError(t, writeFrame(&out, body))
		require.Equal(t, in[:out.Len()], out.Bytes())
	})
}
