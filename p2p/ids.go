package p2p

import (
	"fmt"
	"regexp"

	"github.com/libp2p/go-libp2p/core/protocol"
)

// wireVersion is part of every name below; it changes when bytes on the wire change their meaning.
const wireVersion = 1

// networkName admits what is safe inside protocol ids, topic names and DNS labels.
var networkName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,47}$`)

// requestName admits what may name a request protocol or a topic.
var requestName = regexp.MustCompile(`^[a-z0-9][a-z0-9./-]{0,63}$`)

// names derives every identifier that appears on the wire. All of them carry the network, so that nodes of different networks
// share none.
type names struct{ network string }

func (n names) prefix() protocol.ID { return protocol.ID("/gpumesh/" + n.network) }

// announced is the protocol version exchanged by identify; peers compare it before anything else.
func (n names) announced() string { return fmt.Sprintf("gpumesh/%s/%d", n.network, wireVersion) }

func (n names) request(name string) protocol.ID {
	return protocol.ID(fmt.Sprintf("%s/req/%s/%d", n.prefix(), name, wireVersion))
}

func (n names) topic(name string) string {
	return fmt.Sprintf("%s/topic/%s/%d", n.prefix(), name, wireVersion)
}

func (n names) gossip(version string) protocol.ID { return n.prefix() + protocol.ID(version) }

// mdns is a DNS-SD service name.
func (n names) mdns() string { return "_gpumesh-" + n.network + "._udp" }
