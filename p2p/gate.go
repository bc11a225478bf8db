package p2p

import (
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/libp2p/go-libp2p/core/connmgr"
	"github.com/libp2p/go-libp2p/core/control"
	"github.com/libp2p/go-libp2p/core/crypto/pb"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	ma "github.com/multiformats/go-multiaddr"
	manet "github.com/multiformats/go-multiaddr/net"
)

// foreignFor is how long a peer of another network is refused; a shared bootstrap list must not cause a dial storm.
const foreignFor = 10 * time.Minute

// gate decides which addresses are dialled and announced, and which peers may connect at all.
type gate struct {
	loopback, private bool
	// group names the neighbourhood of an address, empty for one that has none.
	group func(ma.Multiaddr) string
	// named holds the addresses that the operator wrote down; they are dialled whatever their range.
	named map[string]bool
	// foreign remembers until when peers that announced another network are refused.
	foreign *lru.Cache[peer.ID, time.Time]
}

var _ connmgr.ConnectionGater = (*gate)(nil)

func newGate(cfg Config, bootstrap []peer.AddrInfo) *gate {
	g := &gate{
		loopback: cfg.AllowLoopback,
		private:  cfg.AllowPrivate,
		group:    cfg.group,
		named:    make(map[string]bool),
		foreign:  newLRU[peer.ID, time.Time](trackedPeers),
	}
	if g.group == nil {
		g.group = addrGroup
	}
	for _, info := range bootstrap {
		for _, a := range info.Addrs {
			g.named[a.String()] = true
		}
	}
	return g
}

// refuse turns a peer away for a while.
func (g *gate) refuse(p peer.ID) { g.foreign.Add(p, time.Now().Add(foreignFor)) }

func (g *gate) refused(p peer.ID) bool {
	until, ok := g.foreign.Peek(p)
	return ok && time.Now().Before(until)
}

// admits tells whether addr lies in a range that this node uses.
func (g *gate) admits(addr ma.Multiaddr) bool {
	switch {
	case manet.IsIPLoopback(addr):
		return g.loopback
	case manet.IsIPUnspecified(addr):
		return false
	case manet.IsPrivateAddr(addr):
		return g.private
	default:
		return true
	}
}

// announce is the host's address factory: it keeps secret what peers must not learn.
func (g *gate) announce(addrs []ma.Multiaddr) []ma.Multiaddr { return ma.FilterAddrs(addrs, g.admits) }

func (g *gate) InterceptPeerDial(p peer.ID) bool { return isEd25519(p) && !g.refused(p) }

func (g *gate) InterceptAddrDial(_ peer.ID, addr ma.Multiaddr) bool {
	return g.admits(addr) || g.named[addr.String()]
}

func (g *gate) InterceptAccept(network.ConnMultiaddrs) bool { return true }

func (g *gate) InterceptSecured(_ network.Direction, p peer.ID, _ network.ConnMultiaddrs) bool {
	return isEd25519(p) && !g.refused(p)
}

func (g *gate) InterceptUpgraded(network.Conn) (bool, control.DisconnectReason) { return true, 0 }

// isEd25519 tells whether the peer id holds an Ed25519 key. RSA ids are only hashes of a key whose checking costs the receiver
// far more than the sender.
func isEd25519(p peer.ID) bool {
	key, err := p.ExtractPublicKey()
	return err == nil && key.Type() == pb.KeyType_Ed25519
}
