package p2p

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ipfs/go-datastore"
	"github.com/libp2p/go-libp2p/core/event"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/peerstore"
	"github.com/libp2p/go-libp2p/core/record"
	"github.com/libp2p/go-libp2p/p2p/discovery/mdns"
	"github.com/libp2p/go-libp2p/p2p/host/eventbus"
	"github.com/libp2p/go-libp2p/p2p/net/swarm"
	ma "github.com/multiformats/go-multiaddr"
	manet "github.com/multiformats/go-multiaddr/net"
)

const (
	exchangeName = "peers"
	// exchangePeers bounds one exchange: signed records of at most this many peers, of at most maxRecord bytes each.
	exchangePeers = 32
	maxRecord     = 4 << 10
	// exchangeEvery is how often a few random peers are told of a few others, which heals what events missed.
	exchangeEvery = 2 * time.Minute

	// maxCandidates bounds the peers that may be dialled.
	maxCandidates = 1024
	// parallelDials bounds the dials under way.
	parallelDials = 8
	// A candidate is forgotten after so many failures in a row, depending on who named it: others or mDNS, an earlier run of
	// this node (about ten minutes), or the operator.
	namedTries      = 4
	rememberedTries = 24
	bootstrapTries  = 0
	// A failed dial is repeated after retryMin, then after twice as long each time, up to retryMax.
	retryMin = 250 * time.Millisecond
	retryMax = 30 * time.Second

	// protectTag marks, for the connection manager, peers that this node dialled.
	protectTag = "dialled"
)

// discovery finds the other nodes of the network and keeps connections to some of them.
//
// It dials candidates: bootstrap peers, peers remembered from earlier runs, peers on the local network, and peers named by
// others. Whenever a peer has identified itself, it is sent the signed address records of the peers already here. Of any two
// nodes that meet at a third, the later one therefore learns of the earlier one, without anybody asking or waiting.
type discovery struct {
	host *Host
	book *addressBook
	wake chan struct{} // capacity 1: the dial loop looks again

	mu struct {
		sync.Mutex
		peers      map[peer.ID]struct{} // connected, identified, of this network
		protected  map[peer.ID]struct{} // the peers among them that this node dialled, at most Limits.Outbound
		candidates map[peer.ID]*candidate
		changed    chan struct{} // closed and replaced when peers changes
	}
}

// candidate is a peer worth dialling.
type candidate struct {
	addrs []ma.Multiaddr // empty: whatever the peerstore knows
	// tries is after how many failures in a row the peer is forgotten; 0 is never.
	tries    int
	failures int
	next     time.Time // not dialled before
	dialling bool
}

func newDiscovery(h *Host, bootstrap []peer.AddrInfo, ds datastore.Batching) (*discovery, error) {
	d := &discovery{host: h, wake: make(chan struct{}, 1)}
	d.mu.peers = make(map[peer.ID]struct{})
	d.mu.protected = make(map[peer.ID]struct{})
	d.mu.candidates = make(map[peer.ID]*candidate)
	d.mu.changed = make(chan struct{})
	book, err := loadAddressBook(h.ctx, ds, h.cfg.Limits.KnownPeers)
	if err != nil {
		return nil, err
	}
	d.book = book
	for _, info := range book.peers() {
		d.offer(info, rememberedTries)
	}
	for _, info := range bootstrap {
		d.offer(info, bootstrapTries)
	}
	err = h.Handle(exchangeName, HandlerConfig{
		MaxRequest: exchangePeers * (maxRecord + 2), MaxResponse: 1, Timeout: 5 * time.Second,
		Rate: 1, Burst: 16, Concurrent: 16,
	}, d.onExchange)
	if err != nil {
		return nil, err
	}
	sub, err := h.host.EventBus().Subscribe([]any{
		new(event.EvtPeerIdentificationCompleted), new(event.EvtPeerConnectednessChanged),
	}, eventbus.BufSize(256), eventbus.Name("gpumesh"))
	if err != nil {
		return nil, err
	}
	h.spawn(func(ctx context.Context) { d.watch(ctx, sub) })
	return d, nil
}

func (d *discovery) close() error { return d.book.close() }

// Run finds peers and keeps connections to them until ctx or the host ends. It returns nil then, and an error only when it
// could not begin. It must run at most once at a time.
func (h *Host) Run(ctx context.Context) error {
	if h.ctx.Err() != nil {
		return ErrClosed
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(h.ctx, cancel)()
	d := h.disco
	if h.cfg.MDNS {
		service := mdns.NewMdnsService(h.host, h.names.mdns(), (*mdnsNotifee)(d))
		if err := service.Start(); err != nil {
			return fmt.Errorf("start mDNS: %w", err)
		}
		defer func() {
			if err := service.Close(); err != nil {
				h.log.Warn("mDNS did not stop cleanly", "err", err)
			}
		}()
	}
	var tasks sync.WaitGroup
	defer tasks.Wait()
	tasks.Go(func() { d.dialLoop(ctx) })
	tasks.Go(func() { d.exchangeLoop(ctx) })
	tasks.Go(func() { h.content.run(ctx) })
	<-ctx.Done()
	return nil
}

// watch follows connections. It is the only writer of mu.peers.
func (d *discovery) watch(ctx context.Context, sub event.Subscription) {
	defer func() { _ = sub.Close() }() // its error only repeats that it was closed
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-sub.Out():
			switch e := e.(type) {
			case event.EvtPeerIdentificationCompleted:
				d.onIdentified(e)
			case event.EvtPeerConnectednessChanged:
				if e.Connectedness == network.NotConnected {
					d.onGone(e.Peer)
				}
			}
		}
	}
}

func (d *discovery) onIdentified(e event.EvtPeerIdentificationCompleted) {
	h := d.host
	if want := h.names.announced(); e.ProtocolVersion != want {
		h.metrics.foreignRefused.Inc()
		h.gate.refuse(e.Peer)
		d.forget(e.Peer)
		h.log.Info("Peer belongs to another network", "peer", e.Peer, "announces", clip(e.ProtocolVersion, 64), "want", want)
		if err := h.host.Network().ClosePeer(e.Peer); err != nil {
			h.log.Debug("Connection did not close cleanly", "peer", e.Peer, "err", err)
		}
		return
	}
	if !h.connected(e.Peer) {
		return // gone already; the event of that may lie before this one
	}
	d.mu.Lock()
	_, known := d.mu.peers[e.Peer]
	others := d.sample(e.Peer, exchangePeers)
	d.mu.peers[e.Peer] = struct{}{}
	d.announceChange()
	if c := d.mu.candidates[e.Peer]; c != nil {
		c.failures = 0
	}
	dialled := e.Conn.Stat().Direction == network.DirOutbound
	if dialled && len(d.mu.protected) < h.cfg.Limits.Outbound {
		// Strangers can open as many connections as they like. They must not displace those that this node chose.
		h.host.ConnManager().Protect(e.Peer, protectTag)
		d.mu.protected[e.Peer] = struct{}{}
	}
	d.mu.Unlock()
	if known {
		return
	}
	h.metrics.peersIdentified.Inc()
	h.log.Debug("Peer connected", "peer", e.Peer, "addr", e.Conn.RemoteMultiaddr())
	d.book.remember(peer.AddrInfo{ID: e.Peer, Addrs: slices.DeleteFunc(slices.Clone(e.ListenAddrs), func(a ma.Multiaddr) bool {
		return !h.gate.admits(a)
	})}, dialled)
	h.spawn(func(ctx context.Context) { d.tell(ctx, e.Peer, others) })
}

func (d *discovery) onGone(p peer.ID) {
	d.mu.Lock()
	delete(d.mu.peers, p)
	if _, ok := d.mu.protected[p]; ok {
		delete(d.mu.protected, p)
		d.host.host.ConnManager().Unprotect(p, protectTag)
	}
	d.announceChange()
	if c := d.mu.candidates[p]; c != nil {
		c.next = time.Now().Add(jitter(retryMin))
	}
	d.mu.Unlock()
	d.signal()
}

// announceChange wakes whoever waits on Changed. The caller holds mu.
func (d *discovery) announceChange() {
	close(d.mu.changed)
	d.mu.changed = make(chan struct{})
}

// identified returns the connected peers of this network in order.
func (d *discovery) identified() []peer.ID {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := make([]peer.ID, 0, len(d.mu.peers))
	for p := range d.mu.peers {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}

// sample picks n connected peers at random, without p. The caller holds mu.
func (d *discovery) sample(p peer.ID, n int) []peer.ID {
	out := make([]peer.ID, 0, len(d.mu.peers))
	for q := range d.mu.peers {
		if q != p {
			out = append(out, q)
		}
	}
	slices.Sort(out) // map order is not uniform
	rand.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out[:min(n, len(out))]
}

// tell sends p the signed address records of others. A failure costs p a slower discovery and is not repeated.
func (d *discovery) tell(ctx context.Context, p peer.ID, others []peer.ID) {
	certified, ok := peerstore.GetCertifiedAddrBook(d.host.host.Peerstore())
	if !ok {
		return
	}
	var msg []byte
	for _, q := range others {
		env := certified.GetPeerRecord(q)
		if env == nil {
			continue
		}
		raw, err := env.Marshal()
		if err != nil || len(raw) > maxRecord {
			continue
		}
		msg = binary.BigEndian.AppendUint16(msg, uint16(len(raw)))
		msg = append(msg, raw...)
	}
	if len(msg) == 0 {
		return
	}
	if _, err := d.host.Request(ctx, p, exchangeName, msg); err != nil {
		d.host.log.Debug("Peer exchange failed", "peer", p, "err", err)
	}
}

// onExchange takes the records that a peer sent. Each is signed by the peer it describes, so a liar can only repeat or leave out.
func (d *discovery) onExchange(_ context.Context, _ peer.ID, msg []byte) ([]byte, error) {
	certified, ok := peerstore.GetCertifiedAddrBook(d.host.host.Peerstore())
	if !ok {
		return nil, errors.New("peerstore keeps no signed records")
	}
	for n := 0; len(msg) > 0; n++ {
		if len(msg) < 2 || n == exchangePeers {
			return nil, BadRequest("malformed peer exchange")
		}
		size := int(binary.BigEndian.Uint16(msg))
		msg = msg[2:]
		if size > len(msg) || size > maxRecord {
			return nil, BadRequest("malformed peer exchange")
		}
		var rec peer.PeerRecord
		env, err := record.ConsumeTypedEnvelope(msg[:size], &rec)
		if err != nil || !rec.PeerID.MatchesPublicKey(env.PublicKey) {
			return nil, BadRequest("peer record is not signed by its peer")
		}
		msg = msg[size:]
		if rec.PeerID == d.host.ID() || !isEd25519(rec.PeerID) || d.host.connected(rec.PeerID) {
			continue
		}
		// The address book keeps a bounded number of records and addresses; a refused one is only a peer not found this way.
		if _, err := certified.ConsumePeerRecord(env, peerstore.TempAddrTTL); err != nil {
			continue
		}
		d.offer(peer.AddrInfo{ID: rec.PeerID, Addrs: rec.Addrs}, namedTries)
	}
	return nil, nil
}

// exchangeLoop tells a few random peers of others now and then.
func (d *discovery) exchangeLoop(ctx context.Context) {
	t := time.NewTicker(exchangeEvery)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		d.mu.Lock()
		targets := d.sample(d.host.ID(), 3)
		lists := make([][]peer.ID, len(targets))
		for i, p := range targets {
			lists[i] = d.sample(p, exchangePeers/2)
		}
		d.mu.Unlock()
		for i, p := range targets {
			d.tell(ctx, p, lists[i])
		}
	}
}

// offer makes a peer a candidate to be dialled, to be forgotten after tries failures.
func (d *discovery) offer(info peer.AddrInfo, tries int) {
	if info.ID == d.host.ID() || d.host.gate.refused(info.ID) {
		return
	}
	const maxAddrs = 16
	info.Addrs = info.Addrs[:min(len(info.Addrs), maxAddrs)]
	d.mu.Lock()
	defer d.mu.Unlock()
	if c := d.mu.candidates[info.ID]; c != nil {
		for _, a := range info.Addrs {
			if len(c.addrs) < maxAddrs && !slices.ContainsFunc(c.addrs, a.Equal) {
				c.addrs = append(c.addrs, a)
			}
		}
		if c.tries > 0 {
			c.tries = max(c.tries, tries)
		}
		if tries == bootstrapTries {
			c.tries = bootstrapTries
		}
	} else {
		if len(d.mu.candidates) >= maxCandidates && tries == namedTries {
			return
		}
		d.mu.candidates[info.ID] = &candidate{addrs: info.Addrs, tries: tries}
	}
	d.signal()
}

func (d *discovery) forget(p peer.ID) {
	d.book.forget(p)
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.mu.candidates, p)
}

func (d *discovery) signal() {
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

// dialLoop dials candidates while there are fewer connections than wanted. It sleeps until something changes or a retry is due.
func (d *discovery) dialLoop(ctx context.Context) {
	var dials sync.WaitGroup
	defer dials.Wait()
	slots := make(chan struct{}, parallelDials)
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-d.wake:
		case <-timer.C:
		}
		for {
			info, wait, ok := d.next(time.Now())
			if !ok {
				timer.Reset(wait)
				break
			}
			select {
			case slots <- struct{}{}:
			case <-ctx.Done():
				return
			}
			dials.Go(func() {
				d.attempt(ctx, info)
				<-slots
			})
		}
	}
}

// next picks a candidate that is due, at random so that nobody decides the order. Without one it returns how long to sleep.
func (d *discovery) next(now time.Time) (_ peer.AddrInfo, wait time.Duration, ok bool) {
	wait = retryMax
	d.mu.Lock()
	defer d.mu.Unlock()
	open := 0
	groups := make(map[string]int)
	for p := range d.mu.peers {
		for _, c := range d.host.host.Network().ConnsToPeer(p) {
			if c.Stat().Direction == network.DirOutbound {
				open++
				groups[d.host.gate.group(c.RemoteMultiaddr())]++
				break
			}
		}
	}
	for _, c := range d.mu.candidates {
		if c.dialling {
			open++
		}
	}
	if open >= d.host.cfg.Limits.Outbound {
		return peer.AddrInfo{}, wait, false
	}
	perGroup := max(2, d.host.cfg.Limits.Outbound/8)
	var due []peer.ID
	for p, c := range d.mu.candidates {
		if c.dialling || d.host.connected(p) {
			continue
		}
		if left := c.next.Sub(now); left > 0 {
			wait = min(wait, left)
			continue
		}
		if c.tries != bootstrapTries && crowded(c.addrs, d.host.gate.group, groups, perGroup) {
			continue
		}
		due = append(due, p)
	}
	if len(due) == 0 {
		return peer.AddrInfo{}, wait, false
	}
	slices.Sort(due)
	p := due[rand.IntN(len(due))]
	c := d.mu.candidates[p]
	c.dialling = true
	return peer.AddrInfo{ID: p, Addrs: c.addrs}, 0, true
}

// attempt dials one candidate and records how that went.
func (d *discovery) attempt(ctx context.Context, info peer.AddrInfo) {
	// This loop keeps its own back-off; the swarm's would hide that a peer has come back.
	if s, ok := d.host.host.Network().(*swarm.Swarm); ok {
		s.Backoff().Clear(info.ID)
	}
	err := d.host.dial(ctx, info)
	d.mu.Lock()
	defer d.mu.Unlock()
	defer d.signal()
	c := d.mu.candidates[info.ID]
	if c == nil {
		return
	}
	c.dialling = false
	// Until identification has told whether the peer is one of ours it must not be dialled again.
	c.next = time.Now().Add(backoff(c.failures))
	if err == nil {
		return
	}
	c.failures++
	if c.tries > 0 && c.failures >= c.tries {
		delete(d.mu.candidates, info.ID)
		d.book.forget(info.ID)
	}
	d.host.log.Debug("Dial failed", "peer", info.ID, "failures", c.failures, "err", err)
}

// backoff is the time to wait after a number of failures, jittered so that nodes do not retry in step.
func backoff(failures int) time.Duration {
	return jitter(min(retryMax, retryMin<<min(failures, 20)))
}

// jitter returns between 3/4 and 5/4 of t.
func jitter(t time.Duration) time.Duration { return t*3/4 + rand.N(t/2) }

// addrGroup names the neighbourhood that one operator can fill cheaply: /16 of IPv4, /32 of IPv6. Addresses that are not public
// have none, since there the operator of the machine or the local network is trusted.
func addrGroup(addr ma.Multiaddr) string { return publicPrefix(addr, 16, 32) }

// publicPrefix is the network of an address with so many bits, and empty for an address that is not public.
func publicPrefix(addr ma.Multiaddr, bits4, bits6 int) string {
	ip, err := manet.ToIP(addr)
	if err != nil || !manet.IsPublicAddr(addr) {
		return ""
	}
	a, ok := netip.AddrFromSlice(ip)
	if !ok {
		return ""
	}
	bits := bits6
	if a = a.Unmap(); a.Is4() {
		bits = bits4
	}
	prefix, err := a.Prefix(bits)
	if err != nil {
		return ""
	}
	return prefix.String()
}

// Subnet is where a connected peer comes from: the /24 of its IPv4 address, the /48 of its IPv6 address. Behind a relay it is the subnet of
// the relay, marked as such: whoever hides a hundred identities behind one relay shows one place. Who shows no public address at all is one
// place together with all others who show none, if this node has a public address itself: then a network address translator or a proxy may
// stand before anybody. Else the network is a private one, whose operator is trusted, and the answer is empty.
func (h *Host) Subnet(id peer.ID) string {
	var remote []ma.Multiaddr
	for _, c := range h.host.Network().ConnsToPeer(id) {
		remote = append(remote, c.RemoteMultiaddr())
	}
	return subnet(remote, h.host.Addrs())
}

// noPlace is the subnet of all who show no public address.
const noPlace = "no public address"

func subnet(remote, own []ma.Multiaddr) string {
	relayed := ""
	for _, a := range remote {
		s := publicPrefix(a, 24, 48)
		switch {
		case s == "":
		case isRelayed(a):
			relayed = "behind " + s
		default:
			return s
		}
	}
	switch {
	case relayed != "":
		return relayed
	case slices.ContainsFunc(own, func(a ma.Multiaddr) bool { return manet.IsPublicAddr(a) && !isRelayed(a) }):
		return noPlace
	}
	return ""
}

func isRelayed(a ma.Multiaddr) bool {
	_, err := a.ValueForProtocol(ma.P_CIRCUIT)
	return err == nil
}

// crowded tells whether every address lies in a group that already has its share of outbound connections.
func crowded(addrs []ma.Multiaddr, group func(ma.Multiaddr) string, groups map[string]int, limit int) bool {
	for _, a := range addrs {
		if g := group(a); g == "" || groups[g] < limit {
			return false
		}
	}
	return len(addrs) > 0
}

// mdnsNotifee receives what mDNS finds.
type mdnsNotifee discovery

func (n *mdnsNotifee) HandlePeerFound(info peer.AddrInfo) { (*discovery)(n).offer(info, namedTries) }

// clip shortens a string from a peer for a log line.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "..."
}
