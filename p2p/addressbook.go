package p2p

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/ipfs/go-datastore"
	"github.com/ipfs/go-datastore/query"
	"github.com/libp2p/go-libp2p/core/peer"
)

// addressBook remembers where peers were, so that a restarted node returns to its network even if no bootstrap peer is up.
type addressBook struct {
	ds    datastore.Batching
	limit int

	mu struct {
		sync.Mutex
		known map[peer.ID]bookEntry
		err   error // of the first failed write, reported by close
	}
}

// bookEntry is the JSON stored under the peer's id.
type bookEntry struct {
	Info peer.AddrInfo `json:"info"`
	Seen time.Time     `json:"seen"`
	// Dialled tells that this node has connected to the peer, and not only the peer to this node.
	Dialled bool `json:"dialled,omitempty"`
}

// loadAddressBook reads the book. Entries that cannot be read are dropped: the book is a convenience.
func loadAddressBook(ctx context.Context, ds datastore.Batching, limit int) (*addressBook, error) {
	b := &addressBook{ds: ds, limit: limit}
	b.mu.known = make(map[peer.ID]bookEntry)
	results, err := ds.Query(ctx, query.Query{})
	if err != nil {
		return nil, fmt.Errorf("read remembered peers: %w", err)
	}
	entries, err := results.Rest()
	if err != nil {
		return nil, fmt.Errorf("read remembered peers: %w", err)
	}
	for _, e := range entries {
		var entry bookEntry
		if err := json.Unmarshal(e.Value, &entry); err != nil || entry.Info.ID.Validate() != nil {
			if err := ds.Delete(ctx, datastore.RawKey(e.Key)); err != nil {
				return nil, fmt.Errorf("drop unreadable peer: %w", err)
			}
			continue
		}
		b.mu.known[entry.Info.ID] = entry
	}
	return b, nil
}

// peers returns the remembered peers, last seen first.
func (b *addressBook) peers() []peer.AddrInfo {
	b.mu.Lock()
	defer b.mu.Unlock()
	entries := make([]bookEntry, 0, len(b.mu.known))
	for _, e := range b.mu.known {
		entries = append(entries, e)
	}
	slices.SortFunc(entries, func(x, y bookEntry) int { return cmp.Or(y.Seen.Compare(x.Seen), cmp.Compare(x.Info.ID, y.Info.ID)) })
	out := make([]peer.AddrInfo, len(entries))
	for i, e := range entries {
		out[i] = e.Info
	}
	return out
}

// remember stores where a peer listens, and whether this node dialled it. When the book is full, room is made by the peer seen longest ago
// of those that were never dialled, since anybody can connect with any number of names, or else of all.
func (b *addressBook) remember(info peer.AddrInfo, dialled bool) {
	if len(info.Addrs) == 0 {
		return
	}
	b.mu.Lock()
	old, known := b.mu.known[info.ID]
	entry := bookEntry{Info: info, Seen: time.Now().UTC(), Dialled: dialled || old.Dialled}
	var oldest peer.ID
	if !known && len(b.mu.known) >= b.limit {
		for id, e := range b.mu.known {
			if o := b.mu.known[oldest]; oldest == "" || e.Dialled != o.Dialled && !e.Dialled || e.Dialled == o.Dialled && e.Seen.Before(o.Seen) {
				oldest = id
			}
		}
		if b.mu.known[oldest].Dialled && !dialled {
			b.mu.Unlock()
			return
		}
		delete(b.mu.known, oldest)
	}
	b.mu.known[info.ID] = entry
	b.mu.Unlock()
	raw, err := json.Marshal(entry)
	if err != nil {
		b.failed(err)
		return
	}
	if oldest != "" {
		b.failed(b.ds.Delete(context.Background(), bookKey(oldest)))
	}
	b.failed(b.ds.Put(context.Background(), bookKey(info.ID), raw))
}

func (b *addressBook) forget(p peer.ID) {
	b.mu.Lock()
	_, known := b.mu.known[p]
	delete(b.mu.known, p)
	b.mu.Unlock()
	if known {
		b.failed(b.ds.Delete(context.Background(), bookKey(p)))
	}
}

func (b *addressBook) failed(err error) {
	if err == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mu.err = cmp.Or(b.mu.err, err)
}

func (b *addressBook) close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.mu.err != nil {
		return fmt.Errorf("remember peers: %w", b.mu.err)
	}
	return nil
}

func bookKey(p peer.ID) datastore.Key { return datastore.NewKey(p.String()) }
