package node

import (
	"testing"
	"time"

	"github.com/ipfs/go-cid"
	"github.com/multiformats/go-multihash"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/semaphore"

	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// fetching says how many jobs a node looks at.
func (tn *testNode) fetching() int {
	tn.fetcher.mu.Lock()
	defer tn.fetcher.mu.Unlock()
	return len(tn.fetcher.mu.jobs)
}

// TestOneAccountTakesItsShareOfFetches: an owner whose specs or inputs nobody has holds up nobody else. It has more jobs than there are slots, so that
// it would have all of them if it had no share.
func TestOneAccountTakesItsShareOfFetches(t *testing.T) {
	for what, x := range map[string]struct {
		bids  int
		lacks func(*testNode, int) poc.Hash // the griefer's job of that number
		slots func(*fetcher) *slots
	}{
		"specs": {readParallel + 1, func(_ *testNode, i int) poc.Hash { return poc.Hash{byte(i + 1), 77} }, func(f *fetcher) *slots { return f.reading }},
		"inputs": {fetchParallel + 1, func(n *testNode, _ int) poc.Hash {
			id, _ := n.put(n.lost(), "griefer")
			return id
		}, func(f *fetcher) *slots { return f.fetching }},
	} {
		t.Run(what, func(t *testing.T) {
			c := newCluster(t, 1, func(_ int, tn *testNode) { tn.cfg.Network.OfferWindow = 100 })
			n := c.nodes[0]
			closes := n.now().Add(testNetwork().BidTimeout)
			for i := range x.bids {
				n.fetcher.start(market.Fetch{Job: x.lacks(n, i), From: poc.PeerID{1}, Account: "griefer", Closes: closes})
			}
			slots := x.slots(n.fetcher)
			c.until(func() bool { // all hold a slot or wait for one, of which no more is to be had
				slots.mu.Lock()
				defer slots.mu.Unlock()
				own := slots.mu.accounts["griefer"]
				return own != nil && own.users == x.bids && (taken(own.slots) || taken(slots.all))
			}, "the griefer's share being taken")
			s, _ := n.draft(1)
			id, s := n.put(s, "honest")
			honest, err := n.fetcher.get(&fetch{job: market.Fetch{Job: id, From: n.self, Account: "honest", Closes: closes}, end: time.Now().Add(time.Minute)})
			require.NoError(t, err)
			require.Empty(t, honest.Code)
			require.Equal(t, s.Nonce, honest.Spec.Nonce)
			require.Equal(t, x.bids, n.fetching(), "the others' are under way")
		})
	}
}

// taken reports whether nobody gets a slot.
func taken(slots *semaphore.Weighted) bool {
	if !slots.TryAcquire(1) {
		return true
	}
	slots.Release(1)
	return false
}

// TestFetchEndsWithItsBid: inputs that nobody brings are given up once the bid is closed, and no later than the next round's if there is one.
func TestFetchEndsWithItsBid(t *testing.T) {
	c := newCluster(t, 1, func(_ int, tn *testNode) { tn.cfg.Network.OfferWindow, tn.cfg.Network.BidTimeout = 1_000, 600_000 })
	n := c.nodes[0]
	id, _ := n.put(n.lost(), "owner")
	job := market.Fetch{Job: id, From: poc.PeerID{1}, Account: "owner"}
	for _, rounds := range []int{1, 2} {
		var last poc.Time
		for range rounds {
			last = n.now().Add(500)
			job.Closes = last
			n.fetcher.start(job)
		}
		c.until(func() bool { return n.fetching() == 0 }, "the end of the fetch")
		require.Greater(t, n.now(), last)
		require.Less(t, n.now(), last.Add(testNetwork().BidTimeout))
	}
}

// TestLoopsWithoutABoundArePaidByTheSecond: a program that may loop for as long as its timeout allows is not had for the price of one turn.
func TestLoopsWithoutABoundArePaidByTheSecond(t *testing.T) {
	c := newCluster(t, 1, nil)
	n := c.nodes[0]
	prog, _ := testProgram(t)
	prog.Modules[0].WGSL = `
@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read_write> y: array<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  var s = 1u;
  for (var i = 0u; i < x[0]; i++) { s = s * 1664525u + i; }
  y[id.x] = s;
}`
	block, err := prog.Encode()
	require.NoError(t, err)
	link, err := n.Content().PutBlock(t.Context(), block, cid.DagCBOR, p2p.Shared)
	require.NoError(t, err)
	for _, unbounded := range []bool{false, true} {
		s, _ := n.draft(2)
		s.Tasks[0].Timeout = 3600 // of the one that is bounded
		if unbounded {
			s.Tasks[1].Program, s.Tasks[1].Timeout = poc.Link{Cid: link}, 7
		}
		id, _ := n.put(s, "owner")
		done, err := n.fetcher.get(&fetch{job: market.Fetch{Job: id, From: n.self, Account: "owner"}, end: time.Now().Add(time.Minute)})
		require.NoError(t, err)
		bench, err := n.runner.Bench(t.Context())
		require.NoError(t, err)
		d := Defaults().Provider
		ask := market.Ad{Floor: d.Floor, Rate: d.Rate, I32: bench.I32Ops}.Ask(done.Work)
		if unbounded {
			require.Equal(t, 7*d.Rate, ask)
		} else {
			require.Equal(t, d.Floor, ask)
		}
	}
}

// put stores the spec of a job at its node and returns it as it is stored.
func (tn *testNode) put(s market.Spec, account poc.Account) (poc.Hash, market.Spec) {
	t := tn.t()
	s.Version, s.Network, s.Owner, s.Account, s.Nonce, s.Budget = 1, tn.network, tn.self, account, salt(), 100*market.NLOV
	doc, err := poc.Encode(s)
	require.NoError(t, err)
	_, err = tn.Content().PutBlock(t.Context(), doc, cid.DagCBOR, p2p.Shared)
	require.NoError(t, err)
	return s.ID(), s
}

// lost makes a job of one task whose input nobody has.
func (tn *testNode) lost() market.Spec {
	s, _ := tn.draft(1)
	link, err := cid.V1Builder{Codec: cid.Raw, MhType: multihash.SHA2_256}.Sum([]byte("nobody has it"))
	require.NoError(tn.t(), err)
	s.Tasks[0].Inputs[0].Parts[0].File = &poc.Link{Cid: link}
	return s
}
