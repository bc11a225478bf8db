package p2p

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	pubsub "github.com/libp2p/go-libp2p-pubsub"
	pb "github.com/libp2p/go-libp2p-pubsub/pb"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
)

// Verdict is what a validator thinks of a message.
type Verdict int

const (
	// Accept hands the message to the handler and to other peers.
	Accept Verdict = iota
	// Ignore drops it: stale, unknown here, not wanted. Nobody is blamed.
	Ignore
	// Reject drops it and lowers the score of the peer that sent it. It is for what is invalid for everyone: an honest peer
	// would not have forwarded it.
	Reject
)

// String returns the label used in metrics.
func (v Verdict) String() string {
	switch v {
	case Accept:
		return "accept"
	case Ignore:
		return "ignore"
	case Reject:
		return "reject"
	default:
		return "unknown"
	}
}

// TopicConfig says what a topic carries. T is the decoded message.
//
// from is always the author, proven by the signature of the message, not the peer that forwarded it.
type TopicConfig[T any] struct {
	// MaxSize is the largest message in bytes, at most Limits.Gossip.
	MaxSize int
	// Rate is how many messages per second one author may send, Burst how many at once. Messages above it are ignored; a peer
	// that floods its neighbours directly loses score until they refuse its gossip.
	Rate  float64
	Burst int
	// Queue is the number of messages that may wait for Handle. When it is full, the oldest is dropped and counted: gossip ages.
	Queue int

	// Decode parses a message; an error means Reject. It runs concurrently and must not keep data.
	Decode func(from peer.ID, data []byte) (T, error)
	// Validate judges a decoded message. It runs concurrently, before the message is forwarded. It may be nil.
	Validate func(ctx context.Context, from peer.ID, msg T) Verdict
	// Handle receives accepted messages of others, one at a time.
	Handle func(ctx context.Context, from peer.ID, msg T)
	// Joined is told, one at a time, of each peer that subscribes to the topic, also of those already there. A newcomer has
	// missed what was said before, so this is the moment to repeat what still holds. It may be nil.
	Joined func(ctx context.Context, p peer.ID)
}

func (c *TopicConfig[T]) validate(l Limits) error {
	var errs []error
	if c.MaxSize <= 0 || c.MaxSize > l.Gossip {
		errs = append(errs, fmt.Errorf("field MaxSize is %d, it must be 1 to %d", c.MaxSize, l.Gossip))
	}
	if c.Rate <= 0 || c.Burst <= 0 {
		errs = append(errs, fmt.Errorf("field Rate is %g and Burst is %d, both must be positive", c.Rate, c.Burst))
	}
	if c.Queue <= 0 {
		errs = append(errs, fmt.Errorf("field Queue is %d, it must be positive", c.Queue))
	}
	if c.Decode == nil || c.Handle == nil {
		errs = append(errs, errors.New("fields Decode and Handle are required"))
	}
	return errors.Join(errs...)
}

// Topic is one joined gossip topic.
type Topic[T any] struct {
	host    *Host
	name    string
	cfg     TopicConfig[T]
	limiter *limiter

	topic  *pubsub.Topic
	sub    *pubsub.Subscription
	queue  chan *pubsub.Message
	events *pubsub.TopicEventHandler
	cancel context.CancelFunc
	loops  sync.WaitGroup
	close  func() error
}

const (
	validateTimeout = 5 * time.Second
	// validateParallel bounds the validations of one topic under way; more messages are dropped.
	validateParallel = 64
	// joinTimeout bounds the wait for a stream to a peer that has subscribed; without one it has gone.
	joinTimeout = 3 * time.Second
	// envelope is what pubsub adds to a message: author, sequence number, topic, signature.
	envelope = 1 << 10
)

// Join subscribes to a topic of the network. It can be joined once at a time.
func Join[T any](h *Host, name string, cfg TopicConfig[T]) (_ *Topic[T], err error) {
	if !requestName.MatchString(name) {
		return nil, fmt.Errorf("topic name %q must be lower-case letters, digits, dots, dashes and slashes", name)
	}
	if err := cfg.validate(h.cfg.Limits); err != nil {
		return nil, fmt.Errorf("topic %q: %w", name, err)
	}
	t := &Topic[T]{host: h, name: name, cfg: cfg, limiter: newLimiter(cfg.Rate, cfg.Burst),
		queue: make(chan *pubsub.Message, cfg.Queue)}
	t.close = sync.OnceValue(t.leave)
	if err := h.reserveTopic(name, t.close); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(h.ctx)
	t.cancel = cancel
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("join topic %q: %w", name, err), t.Close())
		}
	}()
	full := h.names.topic(name)
	if err = h.pubsub.RegisterTopicValidator(full, t.validate,
		pubsub.WithValidatorTimeout(validateTimeout), pubsub.WithValidatorConcurrency(validateParallel)); err != nil {
		return nil, err
	}
	if t.topic, err = h.pubsub.Join(full); err != nil {
		return nil, err
	}
	if err = t.topic.SetScoreParams(topicScore()); err != nil {
		return nil, err
	}
	if cfg.Joined != nil {
		if t.events, err = t.topic.EventHandler(); err != nil {
			return nil, err
		}
		t.loops.Go(func() { t.eventLoop(ctx) })
	}
	if t.sub, err = t.topic.Subscribe(pubsub.WithBufferSize(64),
		pubsub.WithMessageFilter(func(m *pubsub.Message) bool { return m.ReceivedFrom != h.ID() })); err != nil {
		return nil, err
	}
	t.loops.Go(func() { t.queueLoop(ctx) })
	t.loops.Go(func() { t.handleLoop(ctx) })
	return t, nil
}

// reserveTopic claims the name for as long as the topic is joined.
func (h *Host) reserveTopic(name string, leave func() error) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ctx.Err() != nil {
		return ErrClosed
	}
	if _, taken := h.mu.topics[name]; taken {
		return fmt.Errorf("topic %q is joined already", name)
	}
	h.mu.topics[name] = leave
	return nil
}

// Close leaves the topic and waits for its handler to return. It must not be called from the handler.
func (t *Topic[T]) Close() error { return t.close() }

func (t *Topic[T]) leave() error {
	t.cancel()
	if t.sub != nil {
		t.sub.Cancel()
	}
	if t.events != nil {
		t.events.Cancel()
	}
	t.loops.Wait()
	h := t.host
	h.mu.Lock()
	delete(h.mu.topics, t.name)
	h.mu.Unlock()
	if h.ctx.Err() != nil {
		return nil // pubsub ends as a whole
	}
	var errs []error
	if t.topic != nil {
		errs = append(errs, t.topic.Close())
		errs = append(errs, h.pubsub.UnregisterTopicValidator(h.names.topic(t.name)))
	}
	return errors.Join(errs...)
}

// Publish sends a message to the network. It passes the topic's own Decode and Validate first, so that this node never sends what
// others would reject; own messages do not reach the own Handle. nil means sent to the peers connected now, no more.
func (t *Topic[T]) Publish(ctx context.Context, data []byte) error {
	if len(data) > t.cfg.MaxSize {
		return fmt.Errorf("message of %d bytes is larger than the %d of topic %q", len(data), t.cfg.MaxSize, t.name)
	}
	msg, err := t.cfg.Decode(t.host.ID(), data)
	if err != nil {
		return fmt.Errorf("own message for topic %q: %w", t.name, err)
	}
	if t.cfg.Validate != nil {
		if v := t.cfg.Validate(ctx, t.host.ID(), msg); v != Accept {
			return fmt.Errorf("own message for topic %q: verdict %s", t.name, v)
		}
	}
	return t.topic.Publish(ctx, data)
}

// Peers returns the connected peers that take part in the topic.
func (t *Topic[T]) Peers() []peer.ID { return t.topic.ListPeers() }

// validate is the one place where errors become verdicts.
func (t *Topic[T]) validate(ctx context.Context, sender peer.ID, m *pubsub.Message) pubsub.ValidationResult {
	if sender == t.host.ID() {
		return pubsub.ValidationAccept // Publish has judged it
	}
	v := t.judge(ctx, sender, m)
	t.host.metrics.gossipIn.WithLabelValues(t.name, v.String()).Inc()
	switch v {
	case Accept:
		return pubsub.ValidationAccept
	case Reject:
		return pubsub.ValidationReject
	default:
		return pubsub.ValidationIgnore
	}
}

func (t *Topic[T]) judge(ctx context.Context, sender peer.ID, m *pubsub.Message) (v Verdict) {
	// A panic on a stranger's bytes is our bug, and must stay a message lost.
	defer func() {
		if r := recover(); r != nil {
			t.host.log.Error("Gossip validator panicked", "topic", t.name, "peer", m.GetFrom(), "panic", r)
			v = Ignore
		}
	}()
	if len(m.Data) > t.cfg.MaxSize {
		return Reject
	}
	author := m.GetFrom()
	if !t.limiter.allow(author) {
		if sender == author {
			t.host.floods.add(author, floodPenalty)
		}
		return Ignore
	}
	msg, err := t.cfg.Decode(author, m.Data)
	if err != nil {
		t.host.log.Debug("Gossip message rejected", "topic", t.name, "peer", author, "err", err)
		return Reject
	}
	if t.cfg.Validate != nil {
		if v := t.cfg.Validate(ctx, author, msg); v != Accept {
			return v
		}
	}
	m.ValidatorData = msg
	return Accept
}

// queueLoop moves messages from pubsub, which would drop the newest without a count, to the queue.
func (t *Topic[T]) queueLoop(ctx context.Context) {
	for {
		m, err := t.sub.Next(ctx)
		if err != nil {
			return // left
		}
		for {
			select {
			case t.queue <- m:
			default:
				select {
				case <-t.queue: // the oldest makes room
					t.host.metrics.gossipDropped.WithLabelValues(t.name).Inc()
				default: // the handler was faster
				}
				continue
			}
			break
		}
	}
}

func (t *Topic[T]) handleLoop(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case m := <-t.queue:
			if msg, ok := m.ValidatorData.(T); ok { // always: judge has put it there
				t.handle(ctx, m.GetFrom(), msg)
			}
		}
	}
}

func (t *Topic[T]) handle(ctx context.Context, from peer.ID, msg T) {
	defer func() {
		if r := recover(); r != nil {
			t.host.log.Error("Gossip handler panicked", "topic", t.name, "peer", from, "panic", r)
		}
	}()
	t.cfg.Handle(ctx, from, msg)
}

func (t *Topic[T]) joined(ctx context.Context, p peer.ID) {
	defer func() {
		if r := recover(); r != nil {
			t.host.log.Error("Gossip join hook panicked", "topic", t.name, "peer", p, "panic", r)
		}
	}()
	t.cfg.Joined(ctx, p)
}

func (t *Topic[T]) eventLoop(ctx context.Context) {
	for {
		e, err := t.events.NextPeerEvent(ctx)
		if err != nil {
			return
		}
		if e.Type != pubsub.PeerJoin {
			continue
		}
		ready, cancel := context.WithTimeout(ctx, joinTimeout)
		err = t.host.gossip.await(ready, e.Peer)
		cancel()
		if err == nil {
			t.joined(ctx, e.Peer)
		}
	}
}

const (
	// floodPenalty is the score lost per message above the rate, floodHalfLife how fast it is forgiven.
	floodPenalty  = 4
	floodHalfLife = 30 * time.Second
)

// startGossip configures gossipsub: signed messages only, own messages sent to every subscriber at once (flood publish), and
// peer scores that only ever punish what an honest node cannot do.
func (h *Host) startGossip() error {
	versions := []protocol.ID{
		h.names.gossip(string(pubsub.GossipSubID_v12)), h.names.gossip(string(pubsub.GossipSubID_v11)),
	}
	features := func(f pubsub.GossipSubFeature, p protocol.ID) bool {
		switch f {
		case pubsub.GossipSubFeatureMesh:
			return p == versions[0] || p == versions[1]
		case pubsub.GossipSubFeatureIdontwant:
			return p == versions[0]
		default:
			return false // peers are exchanged by discovery, with signed records
		}
	}
	score := &pubsub.PeerScoreParams{
		Topics:                      make(map[string]*pubsub.TopicScoreParams),
		TopicScoreCap:               50, // good gossip cannot buy the right to misbehave
		AppSpecificScore:            func(p peer.ID) float64 { return -h.floods.get(p) },
		AppSpecificWeight:           1,
		IPColocationFactorWeight:    -5,
		IPColocationFactorThreshold: 8,
		BehaviourPenaltyWeight:      -10,
		BehaviourPenaltyThreshold:   6,
		BehaviourPenaltyDecay:       pubsub.ScoreParameterDecay(10 * time.Minute),
		DecayInterval:               pubsub.DefaultDecayInterval,
		DecayToZero:                 pubsub.DefaultDecayToZero,
		RetainScore:                 30 * time.Minute,
	}
	if h.cfg.AllowLoopback {
		score.IPColocationFactorWeight = 0
	}
	thresholds := &pubsub.PeerScoreThresholds{
		GossipThreshold: -50, PublishThreshold: -100, GraylistThreshold: -200, OpportunisticGraftThreshold: 3,
	}
	h.gossip = newGossipTracer(h.metrics.gossipUnsent.Inc)
	opts := []pubsub.Option{
		pubsub.WithGossipSubProtocols(versions, features),
		pubsub.WithMessageSignaturePolicy(pubsub.StrictSign),
		pubsub.WithFloodPublish(true),
		pubsub.WithPeerExchange(false),
		pubsub.WithMaxMessageSize(h.cfg.Limits.Gossip + envelope),
		pubsub.WithPeerOutboundQueueSize(256),
		pubsub.WithValidateQueueSize(256),
		pubsub.WithValidateThrottle(1024),
		pubsub.WithSeenMessagesTTL(2 * time.Minute),
		pubsub.WithPeerScore(score, thresholds),
		pubsub.WithRawTracer(h.gossip),
		pubsub.WithSubscriptionFilter(newTopicFilter(h.names)),
		pubsub.WithAppSpecificRpcInspector(withoutOwn(h.ID())),
	}
	var err error
	h.pubsub, err = pubsub.NewGossipSub(h.ctx, h.host, opts...)
	return err
}

// withoutOwn takes out of what peers send the messages of this node itself, and offers of them. Only a node that was restarted
// is sent any: peers bring a newcomer up to date, and it has forgotten what it said. pubsub would take them for forgeries,
// punish the honest peers that sent them, and in the end neither hear nor tell them anything.
func withoutOwn(self peer.ID) func(peer.ID, *pubsub.RPC) error {
	own := func(id string) bool { return strings.HasPrefix(id, string(self)) } // ids are author and sequence number
	return func(_ peer.ID, rpc *pubsub.RPC) error {
		rpc.Publish = slices.DeleteFunc(rpc.Publish, func(m *pb.Message) bool { return peer.ID(m.GetFrom()) == self })
		for _, offer := range rpc.GetControl().GetIhave() {
			offer.MessageIDs = slices.DeleteFunc(offer.MessageIDs, own)
		}
		return nil
	}
}

// topicScore weighs a topic whose honest traffic is low and irregular: delivering little is no fault, delivering garbage is.
func topicScore() *pubsub.TopicScoreParams {
	return &pubsub.TopicScoreParams{
		TopicWeight:                    1,
		TimeInMeshWeight:               0.01,
		TimeInMeshQuantum:              time.Second,
		TimeInMeshCap:                  300,
		FirstMessageDeliveriesWeight:   0.5,
		FirstMessageDeliveriesDecay:    pubsub.ScoreParameterDecay(10 * time.Minute),
		FirstMessageDeliveriesCap:      50,
		InvalidMessageDeliveriesWeight: -20,
		InvalidMessageDeliveriesDecay:  pubsub.ScoreParameterDecay(10 * time.Minute),
	}
}

// topicFilter bounds what peers may make pubsub remember: topics of this network, and maxTopics of them per peer.
type topicFilter struct {
	prefix string
	mu     struct {
		sync.Mutex
		of *lru.Cache[peer.ID, map[string]struct{}]
	}
}

const maxTopics = 64

var errTooManyTopics = errors.New("peer subscribes to too many topics")

func newTopicFilter(n names) *topicFilter {
	f := &topicFilter{prefix: strings.TrimSuffix(n.topic(""), fmt.Sprintf("/%d", wireVersion))}
	f.mu.of = newLRU[peer.ID, map[string]struct{}](trackedPeers)
	return f
}

// CanSubscribe implements pubsub.SubscriptionFilter.
func (f *topicFilter) CanSubscribe(topic string) bool {
	return strings.HasPrefix(topic, f.prefix) && len(topic) < 256
}

// FilterIncomingSubscriptions implements pubsub.SubscriptionFilter; an error makes pubsub ignore the whole announcement.
func (f *topicFilter) FilterIncomingSubscriptions(p peer.ID, subs []*pb.RPC_SubOpts) ([]*pb.RPC_SubOpts, error) {
	if len(subs) > maxTopics {
		return nil, errTooManyTopics
	}
	subs = pubsub.FilterSubscriptions(subs, f.CanSubscribe)
	f.mu.Lock()
	defer f.mu.Unlock()
	topics, ok := f.mu.of.Get(p)
	if !ok {
		topics = make(map[string]struct{})
		f.mu.of.Add(p, topics)
	}
	for _, s := range subs {
		if !s.GetSubscribe() {
			delete(topics, s.GetTopicid())
			continue
		}
		topics[s.GetTopicid()] = struct{}{}
		if len(topics) > maxTopics {
			delete(topics, s.GetTopicid())
			return nil, errTooManyTopics
		}
	}
	return subs, nil
}
