package market

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"gpumesh/poc"
)

// Restore rebuilds a machine from the records that its Steps asked to persist, and returns what the host must do again:
// everything but reliable sends and settlement operations, which the host keeps in queues of its own. Bids that were only
// being checked are forgotten; their owners will ask again.
func Restore(cfg Config, records []Record, now poc.Time) (*Machine, Effects, error) {
	m := New(cfg)
	m.now = now
	var fx Effects
	m.fx = &fx
	defer func() { m.fx = nil }()

	docs := map[string][]byte{}
	tasks := map[string]map[uint32][]byte{}
	for _, r := range records {
		if rest, ok := strings.CutPrefix(r.Key, "task/"); ok {
			id, index, ok := strings.Cut(rest, "/")
			n, err := strconv.ParseUint(index, 10, 32)
			if !ok || err != nil {
				return nil, Effects{}, fmt.Errorf("market: record key %q is damaged", r.Key)
			}
			if tasks[id] == nil {
				tasks[id] = map[uint32][]byte{}
			}
			tasks[id][uint32(n)] = r.Value
			continue
		}
		docs[r.Key] = r.Value
	}
	for key, value := range docs {
		id, ok := strings.CutPrefix(key, "job/")
		if !ok {
			continue
		}
		j, err := m.restoreJob(id, value, docs, tasks[id])
		if err != nil {
			return nil, Effects{}, fmt.Errorf("market: job %.8s: %w", id, err)
		}
		m.jobs[j.id] = j
		m.order = append(m.order, j)
	}
	sort.Slice(m.order, func(a, b int) bool {
		x, y := m.order[a], m.order[b]
		if x.Created != y.Created {
			return x.Created < y.Created
		}
		return bytes.Compare(x.id[:], y.id[:]) < 0
	})
	for _, j := range m.order {
		m.look(j)
		j.resume(m)
	}
	m.schedule()
	m.flush()
	return m, fx, nil
}

func (m *Machine) restoreJob(hexID string, value []byte, docs map[string][]byte, tasks map[uint32][]byte) (*job, error) {
	var id poc.Hash
	if err := id.UnmarshalText([]byte(hexID)); err != nil {
		return nil, err
	}
	j := newJob(id, poc.PeerID{}, 0)
	j.stored = true
	if err := poc.Decode(value, &j.record); err != nil {
		return nil, err
	}
	spec := docs[j.key("spec")]
	if poc.BlockHash(spec) != id {
		return nil, fmt.Errorf("spec: %w: it is that of another job", ErrMalformed)
	}
	var err error
	if j.spec, err = m.decodeSpec(id, spec); err != nil {
		return nil, fmt.Errorf("spec: %w", err)
	}
	if j.Subnets == nil { // a record from before they were kept
		j.Subnets = make([]string, len(j.Offers))
	}
	if len(j.Subnets) != len(j.Offers) {
		return nil, fmt.Errorf("%d subnets of %d offers: %w", len(j.Subnets), len(j.Offers), ErrMalformed)
	}
	for i, raw := range j.Offers {
		v, err := Open(m.network, raw, nil) // an offer holds no settlement signature
		if err != nil {
			return nil, fmt.Errorf("offer: %w", err)
		}
		o, ok := v.message.(Offer)
		if !ok {
			return nil, fmt.Errorf("offer: %w", ErrMalformed)
		}
		j.offers[v.from] = offered{o, v.raw, j.Subnets[i]}
	}
	if j.award = docs[j.key("award")]; j.award != nil {
		var err error
		if j.seats, err = openAward(m.network, Award{id, j.award}); err != nil {
			return nil, fmt.Errorf("award: %w", err)
		}
	}
	if j.Beacon != nil && j.State >= Running && tasks != nil {
		if err := j.makeTasks(m, tasks); err != nil {
			return nil, err
		}
		for _, n := range j.Settled {
			if int(n) < len(j.tasks) {
				j.tasks[n].settled = true
			}
		}
	}
	return j, nil
}

func (m *Machine) decodeSpec(id poc.Hash, record []byte) (*Spec, error) {
	if m.cfg.Specs != nil {
		return m.cfg.Specs(id, record)
	}
	s := new(Spec)
	return s, poc.Decode(record, s)
}

// resume asks again for what the job waits for.
func (j *job) resume(m *Machine) {
	switch j.State {
	case Anchoring, Drawing:
		j.watchBeacon(m)
	case Running, Settling:
		for _, t := range j.tasks {
			fx := t.poc.Resume(m.now)
			if fx.Execute {
				m.enqueue(t.ref)
			}
			if t.poc.Phase() <= poc.Certified {
				j.serve(m, t)
			}
			j.compare(m, t, fx.Compare)
			j.check(m, t, fx.Prove)
			j.collect(m, t)
		}
		j.startTasks(m)
		j.maybeSettle(m)
		j.planClaim(m)
		m.fx.CheckSettlement = append(m.fx.CheckSettlement, j.id)
	case Done, Failed:
		if j.Owner == m.cfg.Self && j.Times.Submitted != 0 { // where the escrow went is on chain only
			m.fx.CheckSettlement = append(m.fx.CheckSettlement, j.id)
		}
		if j.spec.batch() > 1 {
			for _, t := range j.tasks {
				j.collect(m, t)
			}
		}
	}
}

// StateHash is a digest over everything durable: two machines with equal hashes continue alike.
func (m *Machine) StateHash() poc.Hash {
	h := sha256.New()
	jobs := slices.Clone(m.order)
	sort.Slice(jobs, func(a, b int) bool { return bytes.Compare(jobs[a].id[:], jobs[b].id[:]) < 0 })
	put := func(b []byte) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(b)))
		h.Write(n[:])
		h.Write(b)
	}
	for _, j := range jobs {
		if !j.stored {
			continue
		}
		put(j.id[:]) // the digest of the spec, too
		put(poc.MustEncode(j.durable()))
		put(j.award)
		for _, t := range j.tasks {
			put(t.poc.Record())
		}
	}
	return poc.Hash(h.Sum(nil))
}
