package node

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics are the counters of this package.
type metrics struct {
	steps       *prometheus.CounterVec // by event and outcome
	batch       prometheus.Histogram   // events of one durable write
	mailSent    prometheus.Counter     // messages that a peer answered
	mailDropped *prometheus.CounterVec // by reason
	operations  *prometheus.CounterVec // settlement operations by kind and outcome
	runs        *prometheus.CounterVec // executions by outcome
	interrupted *prometheus.CounterVec // executions that went on later, by cause
	gossip      *prometheus.CounterVec // publications by topic and outcome
}

func newMetrics(r prometheus.Registerer) (*metrics, error) {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "gpumesh", Subsystem: "node", Name: name, Help: help}, labels)
	}
	m := &metrics{
		steps: counter("steps_total", "Events of the market machine.", "event", "outcome"),
		batch: prometheus.NewHistogram(prometheus.HistogramOpts{
			Namespace: "gpumesh", Subsystem: "node", Name: "batch_events", Help: "Events that became durable together.",
			Buckets: prometheus.ExponentialBuckets(1, 2, 9),
		}),
		mailSent: prometheus.NewCounter(prometheus.CounterOpts{
			Namespace: "gpumesh", Subsystem: "node", Name: "mail_sent_total", Help: "Messages that a peer has answered.",
		}),
		mailDropped: counter("mail_dropped_total", "Messages given up.", "reason"),
		operations:  counter("operations_total", "Settlement operations.", "kind", "outcome"),
		runs:        counter("runs_total", "Executions of tasks.", "outcome"),
		interrupted: counter("interruptions_total", "Interruptions after which an execution went on.", "cause"),
		gossip:      counter("gossip_published_total", "Publications.", "topic", "outcome"),
	}
	if r == nil {
		return m, nil
	}
	var errs []error
	for _, c := range []prometheus.Collector{m.steps, m.batch, m.mailSent, m.mailDropped, m.operations, m.runs, m.interrupted, m.gossip} {
		errs = append(errs, r.Register(c))
	}
	return m, errors.Join(errs...)
}
