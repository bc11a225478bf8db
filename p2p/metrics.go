package p2p

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics counts what this package itself decides; libp2p and pubsub register their own.
type metrics struct {
	requestsServed  *prometheus.CounterVec // name, status
	requestsSent    *prometheus.CounterVec // name, status
	gossipIn        *prometheus.CounterVec // topic, verdict
	gossipDropped   *prometheus.CounterVec // topic
	gossipUnsent    prometheus.Counter
	peersIdentified prometheus.Counter
	foreignRefused  prometheus.Counter
	blocksFetched   *prometheus.CounterVec // path: direct or bitswap
	bytesFetched    *prometheus.CounterVec // path: direct or bitswap
	storeBytes      prometheus.Gauge
	provideDropped  prometheus.Counter
}

// newMetrics registers with reg unless it is nil; the counters count in any case.
func newMetrics(reg prometheus.Registerer) (*metrics, error) {
	opts := func(name, help string) prometheus.CounterOpts {
		return prometheus.CounterOpts{Namespace: "gpumesh", Subsystem: "p2p", Name: name, Help: help}
	}
	m := &metrics{
		requestsServed: prometheus.NewCounterVec(opts("requests_served_total", "Requests of peers, by outcome."), []string{"name", "status"}),
		requestsSent:   prometheus.NewCounterVec(opts("requests_sent_total", "Requests to peers, by outcome."), []string{"name", "status"}),
		gossipIn: prometheus.NewCounterVec(
			opts("gossip_messages_total", "Gossip messages of peers, by verdict."), []string{"topic", "verdict"}),
		gossipDropped: prometheus.NewCounterVec(
			opts("gossip_dropped_total", "Valid gossip messages dropped because the handler was busy."), []string{"topic"}),
		gossipUnsent: prometheus.NewCounter(
			opts("gossip_unsent_total", "Gossip packets not sent because the peer's queue was full or it had gone.")),
		peersIdentified: prometheus.NewCounter(opts("peers_identified_total", "Connections to peers of this network.")),
		foreignRefused:  prometheus.NewCounter(opts("foreign_peers_total", "Peers disconnected because they announced another network.")),
		blocksFetched:   prometheus.NewCounterVec(opts("blocks_fetched_total", "Blocks fetched from peers, by path."), []string{"path"}),
		bytesFetched:    prometheus.NewCounterVec(opts("block_bytes_fetched_total", "Bytes of blocks fetched from peers, by path."), []string{"path"}),
		storeBytes: prometheus.NewGauge(prometheus.GaugeOpts{
			Namespace: "gpumesh", Subsystem: "p2p", Name: "store_bytes", Help: "Bytes of block data stored."}),
		provideDropped: prometheus.NewCounter(opts("provide_dropped_total", "Announcements dropped because the queue was full.")),
	}
	if reg == nil {
		return m, nil
	}
	var errs []error
	for _, c := range []prometheus.Collector{m.requestsServed, m.requestsSent, m.gossipIn, m.gossipDropped,
		m.gossipUnsent, m.peersIdentified, m.foreignRefused, m.blocksFetched, m.bytesFetched, m.storeBytes, m.provideDropped} {
		errs = append(errs, reg.Register(c))
	}
	return m, errors.Join(errs...)
}
