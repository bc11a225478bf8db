package p2p

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	pubsub "github.com/libp2p/go-libp2p-pubsub"
	pb "github.com/libp2p/go-libp2p-pubsub/pb"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/stretchr/testify/require"
)

// heard is one message as a handler got it.
type heard struct {
	from peer.ID
	text string
}

// echoTopic decodes text, judges it by its first letter, and hands it on. "x" does not decode, "i" is ignored, "r" rejected, "p" panics.
func echoTopic(out chan<- heard) TopicConfig[string] {
	return TopicConfig[string]{
		MaxSize: 1 << 10, Rate: 1000, Burst: 1000, Queue: 64,
		Decode: func(_ peer.ID, data []byte) (string, error) {
			if len(data) > 0 && data[0] == 'x' {
				return "", errors.New("does not decode")
			}
			return string(data), nil
		},
		Validate: func(_ context.Context, _ peer.ID, s string) Verdict {
			switch s[0] {
			case 'i':
				return Ignore
			case 'r':
				return Reject
			case 'p':
				panic("validator bug")
			default:
				return Accept
			}
		},
		Handle: func(ctx context.Context, from peer.ID, s string) {
			select {
			case out <- heard{from, s}:
			case <-ctx.Done():
			}
		},
	}
}

// honest accepts everything, so that it can send what others reject.
func honest() TopicConfig[string] {
	cfg := echoTopic(nil)
	cfg.MaxSize = 16 << 10
	cfg.Decode = func(_ peer.ID, data []byte) (string, error) { return string(data), nil }
	cfg.Validate = nil
	return cfg
}

// awaitTopic waits until topic has n peers. It asks again and again: a peer that leaves and comes back between two reads leaves no event.
func awaitTopic[T any](t testing.TB, topic *Topic[T], n int) {
	t.Helper()
	require.Eventually(t, func() bool { return len(topic.Peers()) >= n }, deadline, tick, "topic has fewer than %d peers", n)
}

func receive[T any](t testing.TB, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-testContext(t).Done():
		require.FailNow(t, "nothing arrived")
		panic("unreachable")
	}
}

func TestGossipVerdicts(t *testing.T) {
	a, b := pair(t)
	got := make(chan heard, 16)
	sender, err := Join(a, "ads", honest())
	require.NoError(t, err)
	receiver, err := Join(b, "ads", echoTopic(got))
	require.NoError(t, err)
	awaitTopic(t, sender, 1)
	awaitTopic(t, receiver, 1)
	ctx := testContext(t)
	for _, text := range []string{"first", "xno", "ignored", "panics", "rejected", string(make([]byte, 2<<10)), "last"} {
		require.NoError(t, sender.Publish(ctx, []byte(text)))
	}
	texts := map[string]bool{}
	for range 2 {
		m := receive(t, got)
		require.Equal(t, a.ID(), m.from)
		texts[m.text] = true
	}
	require.Equal(t, map[string]bool{"first": true, "last": true}, texts)
	counts := func(v Verdict) float64 {
		return testutil.ToFloat64(b.metrics.gossipIn.WithLabelValues("ads", v.String()))
	}
	require.Eventually(t, func() bool { return counts(Accept) == 2 && counts(Ignore) == 2 && counts(Reject) == 3 }, deadline, tick,
		"oversize, undecodable and rejected; ignored and panicked")
	require.Empty(t, got)
}

// TestGossipAuthorIsProvenThroughForwarders: c hears a through b, and is told that a said it.
func TestGossipAuthorIsProvenThroughForwarders(t *testing.T) {
	a, b := pair(t)
	c := start(t, testConfig(t, "c"), memory())
	a.gate.refuse(c.ID()) // so that a and c never connect
	connect(t, b, c)
	got := make(chan heard, 16)
	sender, err := Join(a, "ads", honest())
	require.NoError(t, err)
	middle, err := Join(b, "ads", echoTopic(make(chan heard, 16)))
	require.NoError(t, err)
	_, err = Join(c, "ads", echoTopic(got))
	require.NoError(t, err)
	awaitTopic(t, middle, 2)
	awaitTopic(t, sender, 1)
	// b forwards to its mesh, which forms within a heartbeat, so the first messages may end at b.
	ctx, again := testContext(t), time.NewTicker(50*time.Millisecond)
	defer again.Stop()
	for m := (heard{}); m.text == ""; {
		require.NoError(t, sender.Publish(ctx, []byte("hello")))
		select {
		case m = <-got:
			require.Equal(t, heard{a.ID(), "hello"}, m)
		case <-again.C:
		}
		require.NoError(t, ctx.Err())
	}
	require.NotContains(t, a.disco.identified(), c.ID())
}

func TestPublishRefusesOwnBadMessages(t *testing.T) {
	a := start(t, testConfig(t, "a"), memory())
	topic, err := Join(a, "ads", echoTopic(nil))
	require.NoError(t, err)
	ctx := testContext(t)
	require.ErrorContains(t, topic.Publish(ctx, []byte("x")), "does not decode")
	require.ErrorContains(t, topic.Publish(ctx, []byte("r")), "verdict reject")
	require.ErrorContains(t, topic.Publish(ctx, make([]byte, 2<<10)), "larger")
	require.NoError(t, topic.Publish(ctx, []byte("fine, though nobody listens")))
	_, err = Join(a, "ads", echoTopic(nil))
	require.ErrorContains(t, err, "joined already")
	require.NoError(t, topic.Close())
	_, err = Join(a, "ads", echoTopic(nil))
	require.NoError(t, err, "a topic can be joined again")
	_, err = Join(a, "Bad Name", echoTopic(nil))
	require.Error(t, err)
	bad := echoTopic(nil)
	bad.MaxSize, bad.Queue, bad.Rate, bad.Decode = a.cfg.Limits.Gossip+1, 0, 0, nil
	_, err = Join(a, "other", bad)
	for _, field := range []string{"MaxSize", "Queue", "Rate", "Decode"} {
		require.ErrorContains(t, err, field)
	}
}

// TestFloodFromOnePeerIsLimited: the flooder's messages above the rate do not reach the handler, it loses its score, and an honest peer
// is heard all the same.
func TestFloodFromOnePeerIsLimited(t *testing.T) {
	flooder, victim := pair(t)
	friend := start(t, testConfig(t, "friend"), memory())
	connect(t, friend, victim)
	got := make(chan heard, 1024)
	cfg := echoTopic(got)
	cfg.Rate, cfg.Burst = 0.001, 5
	loud, err := Join(flooder, "ads", honest())
	require.NoError(t, err)
	calm, err := Join(friend, "ads", honest())
	require.NoError(t, err)
	ears, err := Join(victim, "ads", cfg)
	require.NoError(t, err)
	awaitTopic(t, ears, 2)
	awaitTopic(t, loud, 1)
	awaitTopic(t, calm, 1)
	ctx := testContext(t)
	for i := range 100 {
		require.NoError(t, loud.Publish(ctx, fmt.Appendf(nil, "flood %d", i)))
	}
	for range 5 {
		require.Equal(t, flooder.ID(), receive(t, got).from)
	}
	// Enough of the flood has been judged when the score has fallen below where gossip of that peer is refused.
	require.Eventually(t, func() bool { return victim.floods.get(flooder.ID()) > 200 }, deadline, tick)
	require.NoError(t, calm.Publish(ctx, []byte("an honest word")))
	require.Equal(t, heard{friend.ID(), "an honest word"}, receive(t, got))
	require.Zero(t, victim.floods.get(friend.ID()))
	require.Empty(t, got)
}

func TestSlowHandlerDropsTheOldest(t *testing.T) {
	a, b := pair(t)
	entered, release := make(chan struct{}, 64), make(chan struct{})
	var texts []string
	done := make(chan struct{})
	cfg := echoTopic(nil)
	cfg.Queue = 4
	cfg.Handle = func(ctx context.Context, _ peer.ID, s string) {
		entered <- struct{}{}
		select {
		case <-release:
		case <-ctx.Done():
			return
		}
		if texts = append(texts, s); s == "19" {
			close(done)
		}
	}
	sender, err := Join(a, "ads", honest())
	require.NoError(t, err)
	receiver, err := Join(b, "ads", cfg)
	require.NoError(t, err)
	awaitTopic(t, sender, 1)
	awaitTopic(t, receiver, 1)
	ctx := testContext(t)
	accepted := func() float64 { return testutil.ToFloat64(b.metrics.gossipIn.WithLabelValues("ads", "accept")) }
	for i := range 20 {
		require.NoError(t, sender.Publish(ctx, fmt.Appendf(nil, "%d", i)))
		// One at a time, since validators run concurrently and would change the order.
		require.Eventually(t, func() bool { return accepted() == float64(i+1) }, deadline, tick)
		if i == 0 {
			receive(t, entered)
		}
	}
	dropped := func() float64 { return testutil.ToFloat64(b.metrics.gossipDropped.WithLabelValues("ads")) }
	require.Eventually(t, func() bool { return dropped() == 15 }, deadline, tick)
	close(release)
	receive(t, done)
	require.Equal(t, []string{"0", "16", "17", "18", "19"}, texts)
}

// TestNewcomerHearsOfTheTopic: Joined is the place to repeat what still holds, and it reaches the newcomer.
func TestNewcomerHearsOfTheTopic(t *testing.T) {
	a, b := pair(t)
	topics := make(chan *Topic[string], 1)
	cfg := honest()
	cfg.Joined = func(ctx context.Context, _ peer.ID) {
		topic := <-topics
		topics <- topic
		if err := topic.Publish(ctx, []byte("still here")); err != nil {
			t.Error(err)
		}
	}
	topic, err := Join(a, "ads", cfg)
	require.NoError(t, err)
	topics <- topic
	got := make(chan heard, 4)
	_, err = Join(b, "ads", echoTopic(got))
	require.NoError(t, err)
	require.Equal(t, heard{a.ID(), "still here"}, receive(t, got))
}

func TestTopicFilterIsBounded(t *testing.T) {
	f := newTopicFilter(names{"test"})
	h := start(t, testConfig(t, "a"), memory())
	require.True(t, f.CanSubscribe(names{"test"}.topic("ads")))
	require.False(t, f.CanSubscribe(names{"test2"}.topic("ads")))
	require.False(t, f.CanSubscribe("/other"))
	yes := true
	sub := func(i int) *pb.RPC_SubOpts {
		topic := names{"test"}.topic(fmt.Sprint("t", i))
		return &pb.RPC_SubOpts{Subscribe: &yes, Topicid: &topic}
	}
	for i := range maxTopics {
		_, err := f.FilterIncomingSubscriptions(h.ID(), []*pb.RPC_SubOpts{sub(i)})
		require.NoError(t, err)
	}
	_, err := f.FilterIncomingSubscriptions(h.ID(), []*pb.RPC_SubOpts{sub(maxTopics)})
	require.ErrorIs(t, err, errTooManyTopics)
	_, err = f.FilterIncomingSubscriptions(h.ID(), make([]*pb.RPC_SubOpts, maxTopics+1))
	require.ErrorIs(t, err, errTooManyTopics)
	var _ pubsub.SubscriptionFilter = f
}

// What a node said before it was restarted comes back to it from honest peers. It is no news, and they are not to blame.
func TestOwnMessagesThatComeBackAreTakenOut(t *testing.T) {
	self, other := peer.ID("self"), peer.ID("other")
	rpc := &pubsub.RPC{RPC: pb.RPC{
		Publish: []*pb.Message{{From: []byte(self), Data: []byte("old")}, {From: []byte(other), Data: []byte("news")}},
		Control: &pb.ControlMessage{Ihave: []*pb.ControlIHave{{MessageIDs: []string{string(self) + "1", string(other) + "1", string(self) + "2"}}}},
	}}
	// An id that no longer starts with the author would be missed, and peers punished again.
	require.Equal(t, "self1", pubsub.DefaultMsgIdFn(&pb.Message{From: []byte(self), Seqno: []byte("1")}))
	require.NoError(t, withoutOwn(self)(other, rpc))
	require.Len(t, rpc.Publish, 1)
	require.Equal(t, "news", string(rpc.Publish[0].Data))
	require.Equal(t, []string{string(other) + "1"}, rpc.Control.Ihave[0].MessageIDs)
	require.NoError(t, withoutOwn(self)(other, &pubsub.RPC{}), "most have neither")
}
