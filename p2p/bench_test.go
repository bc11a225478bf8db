package p2p

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"testing"

	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/stretchr/testify/require"
)

// The benchmarks run on two hosts on loopback with an in-memory datastore.

func BenchmarkRequest(b *testing.B) {
	for name, listen := range map[string]string{"quic": "/ip4/127.0.0.1/udp/0/quic-v1", "tcp": "/ip4/127.0.0.1/tcp/0"} {
		b.Run(name, func(b *testing.B) {
			x, y := pair(b, func(c *Config) { c.Listen = []string{listen} })
			cfg := smallRequests()
			cfg.Rate, cfg.Burst = 1e9, 1e9
			require.NoError(b, y.Handle("echo", cfg, func(_ context.Context, _ peer.ID, r []byte) ([]byte, error) { return r, nil }))
			req := make([]byte, 256)
			for b.Loop() {
				_, err := x.Request(context.Background(), y.ID(), "echo", req)
				require.NoError(b, err)
			}
		})
	}
}

func BenchmarkGetSmallBlock(b *testing.B) {
	for name, hinted := range map[string]bool{"hinted": true, "bitswap": false} {
		b.Run(name, func(b *testing.B) {
			x, y := pair(b)
			var from []peer.ID
			if hinted {
				from = append(from, y.ID())
			}
			var n uint64
			for b.Loop() {
				b.StopTimer()
				n++
				id := mustPut(b, y, binary.BigEndian.AppendUint64(make([]byte, 500), n), cid.Raw)
				// Stay below the rate limit of one peer: it is not what is measured.
				y.mu.handlers[blockName].limiter = newLimiter(1e9, 1e9)
				b.StartTimer()
				_, err := x.Content().GetBlock(context.Background(), id, 1<<10, from...)
				require.NoError(b, err)
			}
		})
	}
}

func BenchmarkFetchFile(b *testing.B) {
	const size = 16 << 20
	for name, hinted := range map[string]bool{"hinted": true, "bitswap": false} {
		b.Run(name, func(b *testing.B) {
			x, y := pair(b, func(c *Config) { c.Limits.Keep = 0 })
			var from []peer.ID
			if hinted {
				from = append(from, y.ID())
			}
			data := sample(size)
			id, _, err := y.Content().Add(context.Background(), bytes.NewReader(data), size, Shared)
			require.NoError(b, err)
			b.SetBytes(size)
			for b.Loop() {
				_, err := x.Content().Export(context.Background(), id, io.Discard, size, from...)
				require.NoError(b, err)
				b.StopTimer()
				_, err = x.Content().GC(context.Background())
				require.NoError(b, err)
				b.StartTimer()
			}
		})
	}
}

func BenchmarkGossip(b *testing.B) {
	x, y := pair(b)
	got := make(chan heard, 1)
	cfg := honest()
	cfg.Rate, cfg.Burst = 1e9, 1e9
	sender, err := Join(x, "ads", cfg)
	require.NoError(b, err)
	cfg = echoTopic(got)
	cfg.Rate, cfg.Burst = 1e9, 1e9
	receiver, err := Join(y, "ads", cfg)
	require.NoError(b, err)
	awaitTopic(b, sender, 1)
	awaitTopic(b, receiver, 1)
	msg := bytes.Repeat([]byte("m"), 500)
	for b.Loop() {
		require.NoError(b, sender.Publish(context.Background(), msg))
		<-got
	}
}
