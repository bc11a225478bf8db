// Package p2p moves bytes between the nodes of one gpumesh network.
//
// It is a thin shell around libp2p, gossipsub, the Kademlia DHT and boxo, and it knows nothing of ads, jobs or results: the
// node registers decoders, validators and handlers, and p2p calls them with who sent the bytes.
//
//   - [Host] listens (QUIC and TCP, Noise or TLS, Ed25519 identities only), finds the other nodes of the network, and keeps
//     connections to them. [Host.Run] is the discovery loop.
//   - [Join] joins a gossip topic. Gossip is lossy: it carries only facts that may be lost.
//   - [Host.Handle] and [Host.Request] carry one request and one response over a stream. The response is written only after
//     the handler has returned, so it is the acknowledgement that what the handler did is durable.
//   - [Content] stores blocks and UnixFS files under their hash and fetches what others store.
//
// # Networks never mix
//
// Every protocol, topic, DHT and mDNS name is derived from [Config.Network] in ids.go. A peer that announces another network
// is disconnected as soon as it has identified itself.
//
// # Trust
//
// A peer id is proven by the handshake, the author of a gossip message by its signature, an address list by the signature of
// the peer it names, a block by its hash. Nothing else that a peer says is believed. What a peer may use is bounded:
// connections, streams and memory by the resource manager, messages by size and by rate, stored bytes by a quota.
//
// # Concurrency
//
// All methods are safe for concurrent use. Handlers of requests run concurrently; the handler of one topic runs on one
// goroutine, in the order of arrival. Every goroutine ends with [Host.Close] or with the context that started it.
package p2p
