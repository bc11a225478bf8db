package node

import (
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"syscall"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"

	"gpumesh/market"
	"gpumesh/poc"
)

// Tables of the database. Every key is a table's prefix and a name.
const (
	tableMachine = "machine/" // the machine's records
	tableOutbox  = "outbox/"  // <peer>/<sequence>: 8 bytes of expiry and an envelope
	tableOp      = "op/"      // <operation key>: a settlement operation
	tableUnpin   = "unpin/"   // <job>: when its content may go, 8 bytes
	tableVerdict = "verdict/" // <job>/<task>: what came of a dispute
	tableData    = "data/"    // <data set>/<job>: the epsilon that the job's results tell about it
	tableBatch   = "batch/"   // <number>: a batch that this node looks after
	tableCase    = "case/"    // judge/<number> or accuse/<job>/<task>/<account>: a case before the arbiters
	tableReward  = "reward/"  // see rewards.go: what is due to this node, its claims, and what it keeps for others
	tableLots    = "lots/"    // <job>: see lots.go
	tableVouched = "vouched/" // <epoch>: a capability of this node, for others to count
	tableReceipt = "receipt/" // <job>: the receipt of one of this node's own jobs that is over, for when the machine has forgotten it
	tableCache   = "cache/"   // what can be found out again
)

// store is the node's durable state. It is safe for concurrent use.
type store struct{ db *pebble.DB }

func openStore(path string, fs vfs.FS, log *slog.Logger) (*store, error) {
	db, err := pebble.Open(path, &pebble.Options{FS: fs, Logger: dbLog{log}})
	if errors.Is(err, syscall.EAGAIN) {
		return nil, fmt.Errorf("another node is running in %s; every node needs a directory of its own", filepath.Dir(path))
	}
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	return &store{db}, nil
}

func (s *store) close() error { return s.db.Close() }

// batch is a set of changes that becomes durable as a whole.
type batch struct{ b *pebble.Batch }

func (s *store) batch() batch { return batch{s.db.NewBatch()} }

// put and del fail only on a batch that is too large for memory or used after its commit, which commit reports too.
func (b batch) put(key string, value []byte) { _ = b.b.Set([]byte(key), value, nil) }
func (b batch) del(key string)               { _ = b.b.Delete([]byte(key), nil) }

// commit applies the batch. With sync it is durable when commit returns; without, it is once a later one is.
func (b batch) commit(sync bool) error {
	defer func() { _ = b.b.Close() }() // frees memory only
	if b.b.Empty() {
		return nil
	}
	o := pebble.NoSync
	if sync {
		o = pebble.Sync
	}
	return b.b.Commit(o)
}

// records adds what a step of the machine asks to persist.
func (b batch) records(rs []market.Record) {
	for _, r := range rs {
		if r.Value == nil {
			b.del(tableMachine + r.Key)
		} else {
			b.put(tableMachine+r.Key, r.Value)
		}
	}
}

// get returns a copy of a value, or nil.
func (s *store) get(key string) ([]byte, error) {
	v, c, err := s.db.Get([]byte(key))
	if errors.Is(err, pebble.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %q: %w", key, err)
	}
	out := append([]byte{}, v...)
	return out, c.Close()
}

// each visits a table in key order. The name is without the table; the value must not be kept.
func (s *store) each(table string, visit func(name string, value []byte) error) (err error) {
	end := []byte(table)
	end[len(end)-1]++
	it, err := s.db.NewIter(&pebble.IterOptions{LowerBound: []byte(table), UpperBound: end})
	if err != nil {
		return fmt.Errorf("read %s: %w", table, err)
	}
	defer func() { err = errors.Join(err, it.Close()) }()
	for it.First(); it.Valid(); it.Next() {
		if err := visit(string(it.Key()[len(table):]), it.Value()); err != nil {
			return fmt.Errorf("read %s: %w", it.Key(), err)
		}
	}
	return it.Error()
}

// machineRecords returns everything that the machine asked to persist.
func (s *store) machineRecords() ([]market.Record, error) {
	var rs []market.Record
	err := s.each(tableMachine, func(name string, value []byte) error {
		rs = append(rs, market.Record{Key: name, Value: append([]byte{}, value...)})
		return nil
	})
	return rs, err
}

func putTime(t poc.Time) []byte { return binary.BigEndian.AppendUint64(nil, uint64(t)) }

func getTime(b []byte) (poc.Time, []byte, error) {
	if len(b) < 8 {
		return 0, nil, errors.New("the record is too short")
	}
	return poc.Time(binary.BigEndian.Uint64(b)), b[8:], nil
}

// dbLog hands pebble's messages to slog. Fatalf must not return: the database cannot go on.
type dbLog struct{ log *slog.Logger }

func (l dbLog) Infof(f string, args ...any) {
	l.log.Debug("Database", "message", fmt.Sprintf(f, args...))
}
func (l dbLog) Errorf(f string, args ...any) {
	l.log.Error("Database", "message", fmt.Sprintf(f, args...))
}
func (l dbLog) Fatalf(f string, args ...any) { panic("database: " + fmt.Sprintf(f, args...)) }
