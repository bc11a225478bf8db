package p2p

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/ipfs/go-datastore"
	"github.com/ipfs/go-datastore/namespace"
	"github.com/libp2p/go-libp2p"
	dht "github.com/libp2p/go-libp2p-kad-dht"
	pubsub "github.com/libp2p/go-libp2p-pubsub"
	"github.com/libp2p/go-libp2p/core/crypto"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/peerstore"
	"github.com/libp2p/go-libp2p/p2p/host/autorelay"
	"github.com/libp2p/go-libp2p/p2p/host/peerstore/pstoremem"
	rcmgr "github.com/libp2p/go-libp2p/p2p/host/resource-manager"
	"github.com/libp2p/go-libp2p/p2p/net/connmgr"
	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/relay"
	"github.com/libp2p/go-libp2p/p2p/security/noise"
	libp2ptls "github.com/libp2p/go-libp2p/p2p/security/tls"
	quic "github.com/libp2p/go-libp2p/p2p/transport/quic"
	"github.com/libp2p/go-libp2p/p2p/transport/tcp"
	ma "github.com/multiformats/go-multiaddr"
)

const (
	// dialTimeout bounds one attempt to connect, over all addresses of the peer.
	dialTimeout = 10 * time.Second
	// findTimeout bounds one look-up of a peer's addresses in the DHT.
	findTimeout = 10 * time.Second
)

var (
	// ErrClosed is returned by a Host after Close.
	ErrClosed = errors.New("p2p host is closed")
	// ErrUnreachable means that no address of a peer is known or none answered.
	ErrUnreachable = errors.New("peer is unreachable")
)

// Host is this node's presence in one network. Make one with New.
type Host struct {
	cfg     Config
	names   names
	log     *slog.Logger
	metrics *metrics

	gate    *gate
	host    host.Host
	dht     *dht.IpfsDHT
	pubsub  *pubsub.PubSub
	gossip  *gossipTracer
	floods  *penalties
	content *Content
	disco   *discovery

	// ctx ends when Close is called; every goroutine of the host hangs on it and is counted in background.
	ctx        context.Context
	cancel     context.CancelFunc
	background sync.WaitGroup
	closeOnce  sync.Once
	closeErr   error

	mu struct {
		sync.Mutex
		closers  []func() error // in the order of construction, run in reverse
		handlers map[string]*endpoint
		topics   map[string]func() error // closes the topic
	}
}

// New starts to listen and to serve. It finds nobody by itself: that is Run. ds holds blocks, pins and remembered peers; it
// stays open after Close, for whoever opened it. When New fails, nothing that it started is left running.
func New(cfg Config, ds datastore.Batching, log *slog.Logger) (_ *Host, err error) {
	if err := cfg.Validate(); err != nil {
		return nil, fmt.Errorf("p2p config: %w", err)
	}
	// The caller may wipe its copy.
	cfg.Key = ed25519.PrivateKey(slices.Clone(cfg.Key))
	h := &Host{cfg: cfg, names: names{cfg.Network}, log: log, floods: newPenalties(floodHalfLife)}
	h.mu.handlers = make(map[string]*endpoint)
	h.mu.topics = make(map[string]func() error)
	h.ctx, h.cancel = context.WithCancel(context.Background())
	defer func() {
		if err != nil {
			err = errors.Join(err, h.Close())
		}
	}()

	if h.metrics, err = newMetrics(cfg.Metrics); err != nil {
		return nil, fmt.Errorf("register metrics: %w", err)
	}
	bootstrap, err := cfg.bootstrapPeers()
	if err != nil {
		return nil, fmt.Errorf("bootstrap addresses: %w", err)
	}
	h.gate = newGate(cfg, bootstrap)
	if err = h.listen(); err != nil {
		return nil, fmt.Errorf("start libp2p host: %w", err)
	}
	if err = h.startDHT(); err != nil {
		return nil, fmt.Errorf("start DHT: %w", err)
	}
	if err = h.startGossip(); err != nil {
		return nil, fmt.Errorf("start gossip: %w", err)
	}
	if h.content, err = newContent(h, namespace.Wrap(ds, datastore.NewKey("/content"))); err != nil {
		return nil, fmt.Errorf("start content store: %w", err)
	}
	h.onClose(h.content.close)
	if h.disco, err = newDiscovery(h, bootstrap, namespace.Wrap(ds, datastore.NewKey("/peers"))); err != nil {
		return nil, fmt.Errorf("start discovery: %w", err)
	}
	h.onClose(h.disco.close)
	return h, nil
}

// listen builds the libp2p host from explicit parts, so that a change of the library's defaults changes nothing here.
func (h *Host) listen() error {
	key, err := crypto.UnmarshalEd25519PrivateKey(h.cfg.Key)
	if err != nil {
		return err
	}
	resources, err := newResourceManager(h.cfg.Limits)
	if err != nil {
		return err
	}
	l := h.cfg.Limits
	conns, err := connmgr.NewConnManager(l.Connections*3/4, l.Connections, connmgr.WithGracePeriod(20*time.Second))
	if err != nil {
		return errors.Join(err, resources.Close())
	}
	peers, err := pstoremem.NewPeerstore()
	if err != nil {
		return errors.Join(err, resources.Close(), conns.Close())
	}
	opts := []libp2p.Option{
		libp2p.Identity(key),
		libp2p.ListenAddrStrings(h.cfg.Listen...),
		libp2p.Transport(quic.NewTransport),
		// Without port sharing a second node on the same port is an error, not a node that gets half of the connections.
		libp2p.Transport(tcp.NewTCPTransport, tcp.DisableReuseport()),
		libp2p.Security(noise.ID, noise.New),
		libp2p.Security(libp2ptls.ID, libp2ptls.New),
		libp2p.DefaultMuxers,
		libp2p.Peerstore(peers),
		libp2p.ResourceManager(resources),
		libp2p.ConnectionManager(conns),
		libp2p.ConnectionGater(h.gate),
		libp2p.AddrsFactory(h.gate.announce),
		libp2p.ProtocolVersion(h.names.announced()),
		libp2p.UserAgent("gpumesh"),
		libp2p.WithDialTimeout(dialTimeout),
	}
	if h.cfg.Metrics != nil {
		opts = append(opts, libp2p.PrometheusRegisterer(h.cfg.Metrics))
	} else {
		opts = append(opts, libp2p.DisableMetrics())
	}
	opts = append(opts, h.natOptions()...)
	if h.host, err = libp2p.New(opts...); err != nil {
		return errors.Join(err, resources.Close(), conns.Close(), peers.Close())
	}
	h.onClose(h.host.Close)
	return h.checkListening()
}

// checkListening reports fixed ports that could not be had; libp2p itself is content with any one address. A family that the machine
// lacks (the default names IPv6) is no error.
func (h *Host) checkListening() error {
	listening := h.host.Network().ListenAddresses()
	for _, s := range h.cfg.Listen {
		want, err := ma.NewMultiaddr(s)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(listening, func(have ma.Multiaddr) bool { return samePlace(want, have) }) {
			continue
		}
		if anyPort(want) {
			h.log.Warn("Address is not available on this machine", "addr", s)
			continue
		}
		return fmt.Errorf("cannot listen on %s: the port is in use or not permitted", s)
	}
	return nil
}

func anyPort(a ma.Multiaddr) bool {
	for _, c := range a {
		if p := c.Protocol().Code; (p == ma.P_TCP || p == ma.P_UDP) && c.Value() == "0" {
			return true
		}
	}
	return false
}

// samePlace tells whether have is what came of listening on want.
func samePlace(want, have ma.Multiaddr) bool {
	if len(want) != len(have) {
		return false
	}
	for i, c := range want {
		p := c.Protocol().Code
		if p != have[i].Protocol().Code || (c.Value() != have[i].Value() && !((p == ma.P_TCP || p == ma.P_UDP) && c.Value() == "0")) {
			return false
		}
	}
	return true
}

func (h *Host) natOptions() []libp2p.Option {
	if !h.cfg.NAT {
		return []libp2p.Option{libp2p.DisableRelay(), libp2p.DisableIdentifyAddressDiscovery()}
	}
	opts := []libp2p.Option{
		libp2p.NATPortMap(),
		libp2p.EnableNATService(),
		libp2p.EnableAutoNATv2(),
		libp2p.EnableRelay(),
		libp2p.EnableHolePunching(),
		libp2p.EnableAutoRelayWithPeerSource(h.relayCandidates, autorelay.WithMinInterval(30*time.Second)),
	}
	if h.cfg.Relay {
		res := relay.DefaultResources()
		res.Limit = &relay.RelayLimit{Duration: 2 * time.Minute, Data: 256 << 10}
		res.MaxReservations = 64
		res.MaxCircuits = 8
		opts = append(opts, libp2p.EnableRelayService(relay.WithResources(res)))
	}
	return opts
}

// relayCandidates offers connected peers as relays; libp2p tests which of them are willing.
func (h *Host) relayCandidates(ctx context.Context, num int) <-chan peer.AddrInfo {
	out := make(chan peer.AddrInfo)
	go func() {
		defer close(out)
		if h.host == nil { // asked while libp2p is still under construction
			return
		}
		for _, p := range h.host.Network().Peers() {
			if num <= 0 {
				return
			}
			select {
			case out <- h.host.Peerstore().PeerInfo(p):
				num--
			case <-ctx.Done():
				return
			case <-h.ctx.Done():
				return
			}
		}
	}()
	return out
}

func newResourceManager(l Limits) (network.ResourceManager, error) {
	base := rcmgr.DefaultLimits
	libp2p.SetDefaultServiceLimits(&base)
	conns := rcmgr.LimitVal(2 * l.Connections)
	// One owner may have many tasks at one worker: a peer gets up to peerStreams requests at a time and a quarter of the memory.
	const peerStreams = 512
	perPeer := rcmgr.ResourceLimits{
		Streams: 2 * peerStreams, StreamsInbound: peerStreams, StreamsOutbound: peerStreams,
		Memory: rcmgr.LimitVal64(l.Memory / 4),
	}
	all := rcmgr.ResourceLimits{
		Streams: conns * 64, StreamsInbound: conns * 32, StreamsOutbound: conns * 64, Memory: rcmgr.LimitVal64(l.Memory),
	}
	system := all
	system.Conns, system.ConnsInbound, system.ConnsOutbound, system.FD = conns, conns, conns, conns
	// Whoever connects to this node must leave it room to connect to others.
	system.ConnsInbound = max(conns/2, conns-rcmgr.LimitVal(2*l.Outbound))
	limits := rcmgr.PartialLimitConfig{
		System:              system,
		ServiceDefault:      all,
		ProtocolDefault:     all,
		PeerDefault:         perPeer,
		ServicePeerDefault:  perPeer,
		ProtocolPeerDefault: perPeer,
	}
	return rcmgr.NewResourceManager(
		rcmgr.NewFixedLimiter(limits.Build(base.Scale(l.Memory, 2*l.Connections))), rcmgr.WithMetricsDisabled())
}

// startDHT joins the network's own Kademlia DHT. It stores provider records only: they are hints, kept in memory and bounded.
func (h *Host) startDHT() error {
	mode := dht.ModeAutoServer
	if h.cfg.AllowLoopback {
		mode = dht.ModeServer // reachability is never detected on loopback
	}
	opts := []dht.Option{
		dht.ProtocolPrefix(h.names.prefix()),
		dht.Mode(mode),
		dht.DisableValues(),
		dht.ProviderDatastore(newHintStore(maxHints)),
		dht.AddressFilter(h.gate.announce),
		dht.RoutingTableRefreshPeriod(5 * time.Minute),
	}
	if !h.cfg.AllowLoopback && !h.cfg.AllowPrivate {
		opts = append(opts, dht.RoutingTablePeerDiversityFilter(dht.NewRTPeerDiversityFilter(h.host, 2, 3)))
	}
	d, err := dht.New(h.host, opts...)
	if err != nil {
		return err
	}
	h.dht = d
	h.onClose(d.Close)
	return nil
}

// onClose registers what Close must undo. It must only be called while New runs.
func (h *Host) onClose(f func() error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.mu.closers = append(h.mu.closers, f)
}

// Close disconnects from all peers and ends every goroutine of the host. It may be called more than once.
func (h *Host) Close() error {
	h.closeOnce.Do(func() {
		h.cancel()
		h.mu.Lock()
		closers, topics := h.mu.closers, h.mu.topics
		h.mu.closers, h.mu.topics = nil, nil
		h.mu.Unlock()
		var errs []error
		for _, leave := range topics {
			errs = append(errs, leave())
		}
		for _, f := range slices.Backward(closers) {
			errs = append(errs, f())
		}
		h.background.Wait()
		h.closeErr = errors.Join(errs...)
	})
	return h.closeErr
}

// spawn runs f until the host closes. It does nothing once the host is closing.
func (h *Host) spawn(f func(ctx context.Context)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ctx.Err() != nil {
		return
	}
	h.background.Go(func() { f(h.ctx) })
}

// enter counts a goroutine that somebody else began as the host's, which waits for it when it closes; leave ends that. Once the host is closing nobody enters.
func (h *Host) enter() (leave func(), ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ctx.Err() != nil {
		return nil, false
	}
	h.background.Add(1)
	return h.background.Done, true
}

// ID returns this node's peer id.
func (h *Host) ID() peer.ID { return h.host.ID() }

// Content returns the content store.
func (h *Host) Content() *Content { return h.content }

// Addrs returns the addresses at which others reach this node, each ending in /p2p/<id>. Any of them can serve as another
// node's bootstrap address.
func (h *Host) Addrs() []string {
	addrs, err := peer.AddrInfoToP2pAddrs(host.InfoFromHost(h.host))
	if err != nil { // only for an invalid own peer id
		return nil
	}
	out := make([]string, len(addrs))
	for i, a := range addrs {
		out[i] = a.String()
	}
	return out
}

// PeerInfo describes a connected peer.
type PeerInfo struct {
	ID   peer.ID
	Addr string
	// Latency is a moving average of round trips; 0 while none was measured.
	Latency time.Duration
	// Direction is "inbound" or "outbound": who dialled.
	Direction string
	// Relayed tells that the connection goes through another node, is limited in bytes and time, and carries no content.
	Relayed bool
}

// Peers returns the connected peers of this network, ordered by id.
func (h *Host) Peers() []PeerInfo {
	var out []PeerInfo
	for _, id := range h.disco.identified() {
		conns := h.host.Network().ConnsToPeer(id)
		if len(conns) == 0 {
			continue
		}
		c := conns[0]
		out = append(out, PeerInfo{
			ID:        id,
			Addr:      c.RemoteMultiaddr().String(),
			Latency:   h.host.Peerstore().LatencyEWMA(id),
			Direction: map[network.Direction]string{network.DirInbound: "inbound", network.DirOutbound: "outbound"}[c.Stat().Direction],
			Relayed:   c.Stat().Limited,
		})
	}
	return out
}

// Changed returns a channel that is closed at the next change of Peers.
func (h *Host) Changed() <-chan struct{} {
	h.disco.mu.Lock()
	defer h.disco.mu.Unlock()
	return h.disco.mu.changed
}

// Connect makes sure that there is a connection to p: it dials the known addresses, and looks the peer up in the DHT when they
// are missing or dead. Errors wrap ErrUnreachable.
func (h *Host) Connect(ctx context.Context, p peer.ID) error {
	if p == h.ID() || h.connected(p) {
		return nil
	}
	if h.ctx.Err() != nil {
		return ErrClosed
	}
	var first error
	if addrs := h.host.Peerstore().Addrs(p); len(addrs) > 0 {
		if first = h.dial(ctx, peer.AddrInfo{ID: p}); first == nil {
			return nil
		}
	}
	find, cancel := context.WithTimeout(ctx, findTimeout)
	defer cancel()
	info, err := h.dht.FindPeer(find, p)
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrUnreachable, p, errors.Join(first, err))
	}
	if err := h.dial(ctx, info); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrUnreachable, p, err)
	}
	return nil
}

func (h *Host) dial(ctx context.Context, info peer.AddrInfo) error {
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	h.host.Peerstore().AddAddrs(info.ID, info.Addrs, peerstore.TempAddrTTL)
	return h.host.Connect(ctx, peer.AddrInfo{ID: info.ID})
}

func (h *Host) connected(p peer.ID) bool {
	switch h.host.Network().Connectedness(p) {
	case network.Connected, network.Limited:
		return true
	default:
		return false
	}
}
