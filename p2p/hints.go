package p2p

import (
	"context"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/ipfs/go-datastore"
	"github.com/ipfs/go-datastore/query"
)

// maxHints bounds the provider records that strangers may place here; the least recently used go first. About 300 bytes each.
const maxHints = 1 << 14

// hintStore is the memory of the DHT's provider records. Losing one costs a slower look-up, so it is bounded, and gone after
// a restart; the providers announce again.
type hintStore struct {
	records *lru.Cache[datastore.Key, []byte]
}

var _ datastore.Batching = hintStore{}

func newHintStore(size int) hintStore { return hintStore{newLRU[datastore.Key, []byte](size)} }

func (s hintStore) Get(_ context.Context, k datastore.Key) ([]byte, error) {
	v, ok := s.records.Get(k)
	if !ok {
		return nil, datastore.ErrNotFound
	}
	return v, nil
}

func (s hintStore) Has(_ context.Context, k datastore.Key) (bool, error) {
	return s.records.Contains(k), nil
}

func (s hintStore) GetSize(_ context.Context, k datastore.Key) (int, error) {
	v, ok := s.records.Peek(k)
	if !ok {
		return -1, datastore.ErrNotFound
	}
	return len(v), nil
}

func (s hintStore) Query(_ context.Context, q query.Query) (query.Results, error) {
	keys := s.records.Keys()
	entries := make([]query.Entry, 0, 16)
	for _, k := range keys {
		// A racing eviction only makes the hint disappear a moment earlier.
		if v, ok := s.records.Peek(k); ok && (q.Prefix == "" || k.IsDescendantOf(datastore.NewKey(q.Prefix))) {
			e := query.Entry{Key: k.String(), Size: len(v)}
			if !q.KeysOnly {
				e.Value = v
			}
			entries = append(entries, e)
		}
	}
	return query.NaiveQueryApply(q, query.ResultsWithEntries(q, entries)), nil
}

func (s hintStore) Put(_ context.Context, k datastore.Key, v []byte) error {
	s.records.Add(k, v)
	return nil
}

func (s hintStore) Delete(_ context.Context, k datastore.Key) error {
	s.records.Remove(k)
	return nil
}

func (s hintStore) Sync(context.Context, datastore.Key) error { return nil }

func (s hintStore) Close() error { return nil }

func (s hintStore) Batch(context.Context) (datastore.Batch, error) {
	return datastore.NewBasicBatch(s), nil
}
