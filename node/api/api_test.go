package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"connectrpc.com/connect"
	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/market"
	"gpumesh/node"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/chain"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// fakeNode answers with what a test has put in.
type fakeNode struct {
	views     map[poc.Hash]market.View
	submitted market.Spec
	refuse    error
	panics    bool
}

func (f *fakeNode) Status(context.Context) (node.Status, error) {
	if f.panics {
		panic("on purpose")
	}
	return node.Status{Version: "test", Balance: 5, Peers: []node.PeerStatus{{ID: "p", LatencyMS: 1.5}}}, f.refuse
}
func (f *fakeNode) Market(context.Context) ([]market.AdView, error) {
	return []market.AdView{{Peer: poc.PeerID{1}, Ad: market.Ad{Rate: 10, Floor: 3, I32: 100, Memory: 1000}}}, nil
}
func (f *fakeNode) Backed(_ context.Context, ads []market.AdView) (map[poc.PeerID]poc.Credit, error) {
	return backed(ads), nil
}
func (f *fakeNode) Jobs(context.Context) (out []market.View, err error) {
	for _, v := range f.views {
		out = append(out, v)
	}
	return out, nil
}
func (f *fakeNode) Job(_ context.Context, id poc.Hash) (market.View, error) {
	v, ok := f.views[id]
	if !ok {
		return v, node.ErrUnknownJob
	}
	return v, nil
}
func (f *fakeNode) Watch(ctx context.Context, id poc.Hash) (<-chan market.View, error) {
	v, err := f.Job(ctx, id)
	c := make(chan market.View, 2)
	c <- v
	v.State = market.Done
	c <- v
	close(c)
	return c, err
}
func (f *fakeNode) Submit(_ context.Context, s market.Spec) (poc.Hash, error) {
	f.submitted = s
	return poc.Hash{7}, f.refuse
}
func (f *fakeNode) Cancel(context.Context, poc.Hash) error { return f.refuse }
func (f *fakeNode) Receipt(_ context.Context, id poc.Hash) (node.Receipt, error) {
	v, err := f.Job(context.Background(), id)
	return node.Receipt{Version: 1, Job: id, Name: v.Name}, err
}
func (f *fakeNode) Bench(context.Context) (gpu.Info, node.Measurement, bool, error) {
	return gpu.Info{Name: "fake", Class: "fake-1"}, node.Measurement{Benchmark: gpu.Benchmark{I32Ops: 9}, Note: "it was busy"}, true, nil
}
func (f *fakeNode) Reputation(context.Context) (node.Reputation, error) {
	return node.Reputation{
		Records:  []market.Conduct{{Peer: poc.PeerID{1}, Completed: 4, Epochs: 8, Vouched: 7, Audited: 2, Sources: []poc.Hash{{5}}}, {Peer: poc.PeerID{2}}},
		Presence: map[poc.PeerID]market.Presence{{1}: {Since: 10, Uptime: 500_000, Health: market.Gone}}, Receipts: 3, Refused: 1,
	}, f.refuse
}
func (f *fakeNode) Rewards() (node.RewardsView, bool) {
	return node.RewardsView{
		Due: market.Due{Uptime: 3}, Reason: "less is due", Pool: chain.PoolState{Free: 9}, Kept: 2,
		Claims:  []node.RewardView{{Number: 1, Through: 7, Amount: 5, Due: market.Due{Completion: 5}, State: node.RewardOver, Until: 8, Paid: 5, Reason: "it was paid"}},
		Checked: []node.CheckedClaim{{Account: "a", Number: 2, Amount: 4, Final: true, Result: "it is right"}},
	}, true
}
func (f *fakeNode) Peer() poc.PeerID { return poc.PeerID{9} }

// fakeContent keeps files in memory.
type fakeContent struct {
	files map[string][]byte
	pins  []string
}

type file struct{ *bytes.Reader }

func (file) Close() error { return nil }

func (f *fakeContent) Add(_ context.Context, r io.Reader, max int64, _ p2p.Visibility) (cid.Cid, int64, error) {
	b, err := io.ReadAll(io.LimitReader(r, max))
	if err != nil {
		return cid.Undef, 0, err
	}
	id, err := p2p.CID(b, cid.Raw)
	f.files[id.String()] = b
	return id, int64(len(b)), err
}
func (f *fakeContent) Open(_ context.Context, id cid.Cid, _ int64, _ ...peer.ID) (io.ReadSeekCloser, error) {
	b, ok := f.files[id.String()]
	if !ok {
		return nil, errors.New("not here")
	}
	return file{bytes.NewReader(b)}, nil
}
func (f *fakeContent) Stat(ctx context.Context, id cid.Cid, _ ...peer.ID) (int64, error) {
	b, ok := f.files[id.String()]
	if !ok {
		<-ctx.Done() // nobody has it
		return 0, ctx.Err()
	}
	return int64(len(b)), nil
}
func (f *fakeContent) PutBlock(_ context.Context, b []byte, codec uint64, _ p2p.Visibility) (cid.Cid, error) {
	id, err := p2p.CID(b, codec)
	f.files[id.String()] = b
	return id, err
}
func (f *fakeContent) GetBlock(_ context.Context, id cid.Cid, _ int, _ ...peer.ID) ([]byte, error) {
	return f.files[id.String()], nil
}
func (f *fakeContent) Pin(_ context.Context, name string, _ cid.Cid) error {
	f.pins = append(f.pins, name)
	return nil
}

func serve(t *testing.T) (*fakeNode, *fakeContent, *Client) {
	t.Helper()
	n := &fakeNode{views: map[poc.Hash]market.View{{1}: {ID: poc.Hash{1}, Name: "a job", State: market.Running}}}
	c := &fakeContent{files: map[string][]byte{}}
	s, err := Listen("127.0.0.1:0", Config{
		Node: n, Content: c, Find: time.Millisecond, Network: market.LocalNetwork(), FeeBps: 100, Token: "secret", Gatherer: prometheus.NewRegistry(),
		Log: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	client, err := Dial(s.URL(), "secret")
	require.NoError(t, err)
	t.Cleanup(func() {
		client.Close()
		stop()
		require.NoError(t, <-done)
	})
	return n, c, client
}

func TestWhoMayAsk(t *testing.T) {
	_, _, client := serve(t)
	host := strings.TrimPrefix(client.URL(), "http://")
	_, port, _ := strings.Cut(host, ":")
	for _, c := range []struct {
		name          string
		path          string
		host          string
		origin, token string
		want          int
	}{
		{"with the token", "/metrics", "", "", "Bearer secret", 200},
		{"without", "/metrics", "", "", "", 401},
		{"another token", "/metrics", "", "", "Bearer secre", 401},
		{"another scheme", "/metrics", "", "", "Basic secret", 401},
		{"health needs none", "/healthz", "", "", "", 200},
		{"localhost", "/metrics", "localhost:" + port, "", "Bearer secret", 200},
		{"a rebound name", "/metrics", "evil.example:" + port, "", "Bearer secret", 403},
		{"a rebound name, health", "/healthz", "evil.example", "", "", 403},
		{"another port", "/metrics", "127.0.0.1:1", "", "Bearer secret", 403},
		{"its own page", "/metrics", "", "http://" + host, "Bearer secret", 200},
		{"another page", "/metrics", "", "https://evil.example", "Bearer secret", 403},
		{"a page without origin", "/metrics", "", "null", "Bearer secret", 403},
		{"another page of this machine", "/metrics", "", "http://127.0.0.1:1", "Bearer secret", 403},
		{"rpc without token", "/gpumesh.node.v1.Node/Status", "", "", "", 401},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, client.URL()+c.path, nil)
			require.NoError(t, err)
			r.Host = c.host
			if c.origin != "" {
				r.Header.Set("Origin", c.origin)
			}
			if c.token != "" {
				r.Header.Set("Authorization", c.token)
			}
			resp, err := http.DefaultClient.Do(r)
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
			require.Equal(t, c.want, resp.StatusCode)
		})
	}
	_, err := Listen("0.0.0.0:0", Config{Token: "x"})
	require.ErrorContains(t, err, "loopback only")
	_, err = Listen("127.0.0.1:0", Config{})
	require.ErrorContains(t, err, "needs a token")
}

func TestCalls(t *testing.T) {
	n, content, client := serve(t)
	ctx := t.Context()
	status, err := client.Status(ctx, connect.NewRequest(&nodepb.StatusRequest{}))
	require.NoError(t, err)
	require.Equal(t, uint64(5), status.Msg.Balance)
	require.Equal(t, uint32(1), status.Msg.Peers)
	require.Equal(t, uint32(100), status.Msg.FeeBps)
	require.Equal(t, "0.000000003 NLOV due, not claimed: less is due; 0.000000005 NLOV paid", status.Msg.Rewards)
	peers, err := client.Peers(ctx, connect.NewRequest(&nodepb.PeersRequest{}))
	require.NoError(t, err)
	require.Equal(t, 1.5, peers.Msg.Peers[0].LatencyMs)
	jobs, err := client.Jobs(ctx, connect.NewRequest(&nodepb.JobsRequest{}))
	require.NoError(t, err)
	require.Equal(t, "running", jobs.Msg.Jobs[0].State)
	bench, err := client.Bench(ctx, connect.NewRequest(&nodepb.BenchRequest{}))
	require.NoError(t, err)
	require.Equal(t, uint64(9), bench.Msg.Benchmark.I32Ops)
	require.True(t, bench.Msg.Advertised)
	require.Equal(t, "it was busy", bench.Msg.Note)
	require.Equal(t, "fake-1", bench.Msg.Device.Class)

	stream, err := client.Watch(ctx, connect.NewRequest(&nodepb.WatchRequest{Job: poc.Hash{1}.String()}))
	require.NoError(t, err)
	var states []string
	for stream.Receive() {
		states = append(states, stream.Msg().Job.State)
	}
	require.NoError(t, stream.Err())
	require.NoError(t, stream.Close())
	require.Equal(t, []string{"running", "done"}, states)

	text, receipt, err := client.Receipt(ctx, poc.Hash{1}.String())
	require.NoError(t, err)
	require.Equal(t, "a job", receipt.Name)
	require.Contains(t, string(text), `"version": 1`)

	id, size, err := client.Add(ctx, strings.NewReader("hello"), true)
	require.NoError(t, err)
	require.Equal(t, int64(5), size)
	require.Equal(t, []string{"add/" + id}, content.pins)
	body, size, err := client.Cat(ctx, id)
	require.NoError(t, err)
	require.Equal(t, int64(5), size)
	b, err := io.ReadAll(body)
	require.NoError(t, err)
	require.NoError(t, body.Close())
	require.Equal(t, "hello", string(b))

	rewards, err := client.Rewards(ctx, connect.NewRequest(&nodepb.RewardsRequest{}))
	require.NoError(t, err)
	raw, err := json.Marshal(rewards.Msg)
	require.NoError(t, err)
	require.Equal(t, `{"enabled":true,"due":{"uptime":3},"reason":"less is due","pool":9,"claims":[{"number":1,"through":7,"amount":5,"due":{"completion":5},`+
		`"state":"over","until":8,"paid":5,"reason":"it was paid"}],"checked":[{"account":"a","number":2,"amount":4,"final":true,"result":"it is right"}],"kept":2}`,
		string(raw))

	rep, err := client.Reputation(ctx, connect.NewRequest(&nodepb.ReputationRequest{}))
	require.NoError(t, err)
	require.Len(t, rep.Msg.Records, 2)
	require.Equal(t, []uint32{3, 1}, []uint32{rep.Msg.Receipts, rep.Msg.Refused})
	first := rep.Msg.Records[0]
	rep, err = client.Reputation(ctx, connect.NewRequest(&nodepb.ReputationRequest{Peer: first.Peer}))
	require.NoError(t, err)
	require.Len(t, rep.Msg.Records, 1)
	require.Equal(t, []uint64{4, 8, 7, 2}, []uint64{first.Completed, first.Epochs, first.Vouched, first.Audited})
	require.Equal(t, []string{poc.Hash{5}.String()}, first.Sources)
	require.Equal(t, "gone", first.Health)
	require.Equal(t, uint32(500_000), first.UptimePpm)

	// The failures, each one sentence.
	explain := func(err error) string {
		require.Error(t, err)
		return client.Explain(err).Error()
	}
	_, err = client.Job(ctx, connect.NewRequest(&nodepb.JobRequest{Job: "x"}))
	require.Equal(t, `"x" is not a job id of 64 hex digits`, explain(err))
	_, err = client.Job(ctx, connect.NewRequest(&nodepb.JobRequest{Job: poc.Hash{2}.String()}))
	require.Equal(t, connect.CodeNotFound, connect.CodeOf(err))
	_, _, err = client.Receipt(ctx, poc.Hash{2}.String())
	require.Equal(t, node.ErrUnknownJob.Error(), explain(err))
	lost, err := p2p.CID([]byte("lost"), cid.Raw)
	require.NoError(t, err)
	_, _, err = client.Cat(ctx, lost.String())
	require.ErrorContains(t, err, "nobody who could be asked within 1ms has "+lost.String())
	_, _, err = client.Cat(ctx, "x")
	require.Equal(t, `"x" is not a CID`, explain(err))
	n.refuse = errors.New("no")
	_, err = client.Cancel(ctx, connect.NewRequest(&nodepb.CancelRequest{Job: poc.Hash{1}.String()}))
	require.Equal(t, "no", explain(err))
	n.panics = true
	_, err = client.Status(ctx, connect.NewRequest(&nodepb.StatusRequest{}))
	require.Equal(t, "the node failed to answer; its log says why", explain(err))

	stranger, err := Dial(client.URL(), "wrong")
	require.NoError(t, err)
	defer stranger.Close()
	_, err = stranger.Market(ctx, connect.NewRequest(&nodepb.MarketRequest{}))
	require.Equal(t, "the node at "+client.URL()+" refuses the token; give --token, or --dir with the node's directory", stranger.Explain(err).Error())
}

func TestSpecSurvives(t *testing.T) {
	n, _, client := serve(t)
	file := poc.HashLink(poc.Hash{3})
	want := market.Spec{
		Name: "job", Policy: poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 1, MaxError: 9}, MaxPrice: 4, Budget: 5, Deadline: 6, Batch: 2,
		Priority: market.Urgent, MinSpeed: 7, Class: "c",
		Tasks: []market.Task{
			{Name: "one", Program: poc.HashLink(poc.Hash{1}), Seed: math.MaxUint64, Timeout: 7, Outputs: []market.OutSpec{{Name: "o", Size: 8}},
				Inputs: []market.Input{{Name: "i", Parts: []market.Part{{File: &file, Size: 9}}}}},
			{Name: "two", Program: poc.HashLink(poc.Hash{2}), Timeout: 1, Outputs: []market.OutSpec{{Name: "p", Size: 4}},
				Inputs: []market.Input{{Name: "j", Parts: []market.Part{{From: &market.From{Task: 0, Output: "o"}, Size: 8}}}}},
		},
	}
	answer, err := client.Submit(t.Context(), connect.NewRequest(&nodepb.SubmitRequest{Spec: SpecPB(want)}))
	require.NoError(t, err)
	require.Equal(t, poc.Hash{7}.String(), answer.Msg.Job)
	require.Equal(t, want, n.submitted)
	bad := SpecPB(want)
	bad.Tasks[0].Program = "nonsense"
	_, err = client.Submit(t.Context(), connect.NewRequest(&nodepb.SubmitRequest{Spec: bad}))
	require.Equal(t, connect.CodeInvalidArgument, connect.CodeOf(err))
	require.EqualError(t, client.Explain(err), `task "one": its program: "nonsense" is not a CID`)
	_, err = client.Submit(t.Context(), connect.NewRequest(&nodepb.SubmitRequest{}))
	require.NoError(t, err, "an empty draft is for the node to judge")
}

// backed has newcomers with stake behind all ads.
func backed(ads []market.AdView) map[poc.PeerID]poc.Credit {
	out := map[poc.PeerID]poc.Credit{}
	for _, a := range ads {
		out[a.Peer] = poc.NewcomerCredit
	}
	return out
}

func TestEstimate(t *testing.T) {
	ad := func(peer byte, rate, floor market.Amount, memory uint64) market.AdView {
		return market.AdView{Peer: poc.PeerID{peer}, Ad: market.Ad{Rate: rate, Floor: floor, I32: 1000, Class: "c", Memory: memory}}
	}
	ads := []market.AdView{ad(1, 1000, 1, 100), ad(2, 2000, 1, 100), ad(3, 1, 5000, 100), ad(4, 1, 1, 10), ad(5, 1, 1, 100)}
	q := &nodepb.EstimateRequest{Operations: 2000, Memory: 50, Tasks: 10, Replicas: 2, MaxReplicas: 3, Class: "c", MinSpeed: 1000}
	price := func(ads []market.AdView) *nodepb.EstimateResponse {
		return estimate(q, ads, backed(ads), poc.PeerID{5}, 100)
	}
	r := price(ads)
	require.Empty(t, r.Problem)
	require.Equal(t, uint32(3), r.Providers, "not the owner itself, and not the one with little memory")
	require.Equal(t, uint64(4000), r.Ask, "the second cheapest of 2000, 4000 and 5000")
	require.Equal(t, uint64((3666*20*101+99)/100), r.Expected, "what they ask on average")
	require.Equal(t, uint64(6251), r.MaxPrice, "a quarter above the dearest")
	require.Equal(t, uint64((6251*30*101+99)/100), r.Budget)
	require.Equal(t, uint64((2000+4000)*10*101/100), r.Least, "the two cheapest are drawn")
	require.Equal(t, uint64((4000+5000)*10*101/100), r.Most, "the two dearest are")

	// One dear provider moves neither the bound nor the budget, though it has stake; those without stake move nothing at all.
	dear := price(append(ads, ad(6, 1<<60, 1, 100)))
	require.Equal(t, []uint64{r.Expected, r.MaxPrice, r.Budget, r.Least, r.Most}, []uint64{dear.Expected, dear.MaxPrice, dear.Budget, dear.Least, dear.Most})
	require.Empty(t, dear.Problem)
	free := append([]market.AdView{ad(6, 1, 1, 100), ad(7, 1, 1, 100), ad(8, 1, 1, 100)}, ads...)
	require.Equal(t, r.String(), estimate(q, free, backed(ads), poc.PeerID{5}, 100).String())
	require.Contains(t, estimate(q, ads, nil, poc.PeerID{5}, 100).Problem, "none of the 3 advertising providers that could do this work has the stake")

	q.Priority = 2
	urgent := price(ads)
	require.Equal(t, []uint64{4 * r.Ask, 4 * r.Least, (14666*20*101 + 99) / 100, 4 * r.Most}, []uint64{urgent.Ask, urgent.Least, urgent.Expected, urgent.Most})
	q.Priority, q.Seconds = 0, 100
	require.Equal(t, uint64(100_000), price(ads).Ask, "a loop that nothing bounds is paid for all of its time: 100 s at 1000, the second cheapest")
	q.Replicas, q.Seconds = 4, 0
	require.Contains(t, price(ads).Problem, "3 providers can do this work now, and the policy needs 4")
	few := price(ads)
	require.Equal(t, uint64((2000+4000+5000+5000)*10*101/100), few.Least, "the one that is missing asks as much as the dearest")
	require.Equal(t, []uint64{few.Least, few.Least}, []uint64{few.Most, few.Expected}, "so there is one price")
	q.Memory = 1000
	require.Contains(t, price(ads).Problem, "none of the 4 advertising providers allows tasks of 1000 bytes")
	q.Memory, q.MinSpeed = 1, 1001
	require.Contains(t, price(ads).Problem, "none of the 4 advertising providers has a device of class c with 1001 i32 operations per second")
	q.Class, q.MinSpeed = "other", 0
	require.Contains(t, price(ads).Problem, "none of the 4 advertising providers has a device of class other")
	require.Contains(t, price(nil).Problem, "no provider is advertising")
	q.Class, q.Operations = "", math.MaxUint64
	require.Contains(t, price(ads).Problem, "more than there are tokens")
}

func TestDial(t *testing.T) {
	for _, bad := range []string{"", "localhost:1", "https://127.0.0.1:1", "http://", "http://x/path", "::"} {
		_, err := Dial(bad, "t")
		require.ErrorContains(t, err, "is not the URL of a node", bad)
	}
	c, err := Dial("http://127.0.0.1:1/", "t")
	require.NoError(t, err)
	_, err = c.Status(t.Context(), connect.NewRequest(&nodepb.StatusRequest{}))
	require.EqualError(t, c.Explain(err), "no node answers at http://127.0.0.1:1; start one with gpumesh node or gpumesh testnet up")
	_, _, err = c.Cat(t.Context(), "x")
	require.EqualError(t, err, "no node answers at http://127.0.0.1:1; start one with gpumesh node or gpumesh testnet up")
}
