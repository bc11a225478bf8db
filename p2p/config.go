package p2p

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"
	ma "github.com/multiformats/go-multiaddr"
	"github.com/prometheus/client_golang/prometheus"
)

// Config is what a Host is made of. Start from [DefaultConfig]; the zero value is not valid.
type Config struct {
	// Key is the node's identity: its peer id is the public half.
	Key ed25519.PrivateKey
	// Network is the network id: lower-case letters, digits and dashes, at most 48 of them.
	Network string
	// Listen holds the multiaddrs to listen on; port 0 picks a free one.
	Listen []string
	// Bootstrap holds multiaddrs ending in /p2p/<id> of nodes to find the network through. None of them has to be up.
	Bootstrap []string
	// MDNS finds nodes of the same network on the local network segment. It needs AllowPrivate.
	MDNS bool
	// AllowLoopback dials and announces loopback addresses, and turns off what punishes many peers behind one address.
	// It is for testnets on one machine.
	AllowLoopback bool
	// AllowPrivate dials and announces private (RFC 1918, link-local, unique local) addresses. Without it they stay secret,
	// and only the addresses in Bootstrap may be private.
	AllowPrivate bool
	// NAT asks the router for a port, learns how reachable this node is, punches holes, and uses relays of other nodes.
	NAT bool
	// Relay lets nodes behind a NAT be reached through this one, within fixed limits. It has an effect only while this node is
	// publicly reachable. Content never passes a relay.
	Relay bool

	Limits Limits

	group func(ma.Multiaddr) string // replaces addrGroup in tests on loopback

	// Metrics receives the collectors of this package and of the libraries below it; nil keeps none.
	Metrics prometheus.Registerer
}

// Limits bounds what peers can make this node spend.
type Limits struct {
	// Connections is the number of connections kept; above it the least useful are closed. New ones are refused at twice that.
	Connections int
	// Outbound is the number of connections that discovery tries to keep open.
	Outbound int
	// Memory is what the network stack may reserve for connections, streams and messages, in bytes.
	Memory int64
	// Gossip is the largest message of any topic, in bytes.
	Gossip int
	// KnownPeers is the number of peers remembered across restarts.
	KnownPeers int
	// Store is the quota of the content store in bytes of block data.
	Store int64
	// StoreBlocks is the largest number of stored blocks; each costs about 200 bytes of memory.
	StoreBlocks int
	// Keep is how long a block that nothing pins is kept at least.
	Keep time.Duration
	// RequestTimeout ends a request whose context has no earlier deadline.
	RequestTimeout time.Duration
}

// DefaultConfig returns the configuration of a node on the Internet, without Key and Network.
func DefaultConfig() Config {
	return Config{
		Listen: []string{"/ip4/0.0.0.0/udp/0/quic-v1", "/ip4/0.0.0.0/tcp/0", "/ip6/::/udp/0/quic-v1", "/ip6/::/tcp/0"},
		NAT:    true,
		Relay:  true,
		Limits: DefaultLimits(),
	}
}

// LoopbackConfig returns the configuration of one node of a testnet on this machine, without Key and Network.
func LoopbackConfig() Config {
	return Config{
		Listen:        []string{"/ip4/127.0.0.1/udp/0/quic-v1", "/ip4/127.0.0.1/tcp/0"},
		AllowLoopback: true,
		AllowPrivate:  true,
		Limits:        DefaultLimits(),
	}
}

// DefaultLimits returns limits for a small machine.
func DefaultLimits() Limits {
	return Limits{
		Connections:    160,
		Outbound:       32,
		Memory:         256 << 20,
		Gossip:         256 << 10,
		KnownPeers:     256,
		Store:          10 << 30,
		StoreBlocks:    1 << 20,
		Keep:           10 * time.Minute,
		RequestTimeout: 10 * time.Second,
	}
}

// Validate reports every field that is not usable, with its value.
func (c Config) Validate() error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if len(c.Key) != ed25519.PrivateKeySize {
		bad("Key has %d bytes, an Ed25519 private key has %d", len(c.Key), ed25519.PrivateKeySize)
	}
	if !networkName.MatchString(c.Network) {
		bad("Network %q must be 1 to 48 lower-case letters, digits and dashes", c.Network)
	}
	if len(c.Listen) == 0 {
		bad("Listen is empty: name at least one multiaddr such as /ip4/0.0.0.0/udp/4001/quic-v1")
	}
	for _, s := range c.Listen {
		if err := validListen(s); err != nil {
			bad("Listen %q: %w", s, err)
		}
	}
	for _, s := range c.Bootstrap {
		if _, err := peer.AddrInfoFromString(s); err != nil {
			bad("Bootstrap %q is not a multiaddr ending in /p2p/<peer id>: %w", s, err)
		}
	}
	if c.MDNS && !c.AllowPrivate {
		bad("MDNS is on but AllowPrivate is off: peers on the local network have private addresses")
	}
	l := c.Limits
	for _, f := range []struct {
		name       string
		value, min int64
	}{
		{"Connections", int64(l.Connections), 2},
		{"Outbound", int64(l.Outbound), 1},
		{"Memory", l.Memory, 32 << 20},
		{"Gossip", int64(l.Gossip), 1 << 10},
		{"KnownPeers", int64(l.KnownPeers), 1},
		{"Store", l.Store, 1 << 20},
		{"StoreBlocks", int64(l.StoreBlocks), 16},
		{"Keep", int64(l.Keep), 0},
		{"RequestTimeout", int64(l.RequestTimeout), int64(time.Millisecond)},
	} {
		if f.value < f.min {
			bad("Limits.%s is %d, the least is %d", f.name, f.value, f.min)
		}
	}
	if l.Outbound > l.Connections {
		bad("Limits.Outbound is %d, more than Limits.Connections %d", l.Outbound, l.Connections)
	}
	return errors.Join(errs...)
}

func validListen(s string) error {
	addr, err := ma.NewMultiaddr(s)
	if err != nil {
		return err
	}
	if _, err := addr.ValueForProtocol(ma.P_QUIC_V1); err == nil {
		return nil
	}
	// Plain TCP ends in its port; anything behind it (ws, tls) is a transport that this host does not speak.
	if _, last := ma.SplitLast(addr); last != nil && last.Protocol().Code == ma.P_TCP {
		return nil
	}
	return errors.New("only /udp/<port>/quic-v1 and /tcp/<port> are spoken")
}

// bootstrapPeers merges the addresses of each bootstrap peer. Validate has accepted them.
func (c Config) bootstrapPeers() ([]peer.AddrInfo, error) {
	addrs := make([]ma.Multiaddr, 0, len(c.Bootstrap))
	for _, s := range c.Bootstrap {
		a, err := ma.NewMultiaddr(s)
		if err != nil {
			return nil, err
		}
		addrs = append(addrs, a)
	}
	return peer.AddrInfosFromP2pAddrs(addrs...)
}
