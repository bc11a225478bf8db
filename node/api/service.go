package api

import (
	"context"
	"errors"
	"fmt"
	"io"

	"connectrpc.com/connect"
	"github.com/ipfs/go-cid"
	"github.com/libp2p/go-libp2p/core/peer"

	"gpumesh/gpu"
	"gpumesh/market"
	"gpumesh/node"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/api/nodepb/nodepbconnect"
	"gpumesh/node/chain"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// Node is what the API asks of a node; *node.Node is one.
type Node interface {
	Status(ctx context.Context) (node.Status, error)
	Market(ctx context.Context) ([]market.AdView, error)
	Backed(ctx context.Context, ads []market.AdView) (map[poc.PeerID]poc.Credit, error)
	Jobs(ctx context.Context) ([]market.View, error)
	Job(ctx context.Context, job poc.Hash) (market.View, error)
	Watch(ctx context.Context, job poc.Hash) (<-chan market.View, error)
	Submit(ctx context.Context, draft market.Spec) (poc.Hash, error)
	Cancel(ctx context.Context, job poc.Hash) error
	Receipt(ctx context.Context, job poc.Hash) (node.Receipt, error)
	Bench(ctx context.Context) (info gpu.Info, m node.Measurement, advertised bool, err error)
	Reputation(ctx context.Context) (node.Reputation, error)
	Rewards() (node.RewardsView, bool)
	Peer() poc.PeerID
}

// Content is what the API asks of a content store; *p2p.Content is one.
type Content interface {
	Add(ctx context.Context, r io.Reader, maxSize int64, v p2p.Visibility) (cid.Cid, int64, error)
	Open(ctx context.Context, id cid.Cid, maxSize int64, from ...peer.ID) (io.ReadSeekCloser, error)
	Stat(ctx context.Context, id cid.Cid, from ...peer.ID) (int64, error)
	PutBlock(ctx context.Context, data []byte, codec uint64, v p2p.Visibility) (cid.Cid, error)
	GetBlock(ctx context.Context, id cid.Cid, maxSize int, from ...peer.ID) ([]byte, error)
	Pin(ctx context.Context, name string, root cid.Cid) error
}

var (
	_ Node    = (*node.Node)(nil)
	_ Content = (*p2p.Content)(nil)
)

type service struct{ cfg Config }

var _ nodepbconnect.NodeHandler = (*service)(nil)

// fail gives an error its code. The message stays what it is: one sentence.
func fail(err error) error {
	code := connect.CodeInternal
	switch {
	case errors.Is(err, context.Canceled):
		code = connect.CodeCanceled
	case errors.Is(err, context.DeadlineExceeded):
		code = connect.CodeDeadlineExceeded
	case errors.Is(err, node.ErrUnknownJob), errors.Is(err, market.ErrUnknownJob):
		code = connect.CodeNotFound
	case errors.Is(err, node.ErrStopped):
		code = connect.CodeUnavailable
	case errors.Is(err, market.ErrWrongState), errors.Is(err, market.ErrNotOwner), errors.Is(err, chain.ErrFunds):
		code = connect.CodeFailedPrecondition
	}
	return connect.NewError(code, err)
}

func invalid(err error) error { return connect.NewError(connect.CodeInvalidArgument, err) }

func jobID(s string) (poc.Hash, error) {
	var h poc.Hash
	if err := h.UnmarshalText([]byte(s)); err != nil {
		return h, fmt.Errorf("%q is not a job id of 64 hex digits", s)
	}
	return h, nil
}

func (s *service) Status(ctx context.Context, _ *connect.Request[nodepb.StatusRequest]) (*connect.Response[nodepb.StatusResponse], error) {
	st, err := s.cfg.Node.Status(ctx)
	if err != nil {
		return nil, fail(err)
	}
	n := s.cfg.Network
	r := &nodepb.StatusResponse{
		Version: st.Version, UptimeS: st.Uptime, Peer: st.Peer.String(), Account: string(st.Account), Addresses: st.Addrs,
		Network: st.Network, NetworkId: st.NetworkID.String(), Chain: st.Chain, FeeBps: s.cfg.FeeBps,
		Limits: &nodepb.NetworkLimits{
			MinReplicas: n.MinReplicas, MaxReplicas: n.MaxReplicas, MaxPanel: n.MaxPanel, MaxTasks: n.MaxTasks,
			SettleGraceMs: int64(n.SettleGrace), MaxBatch: max(n.MaxBatch, 1),
		},
		Peers: uint32(len(st.Peers)), Ads: uint32(st.Ads), Balance: uint64(st.Balance), Native: st.Native,
		Registered: st.Standing.Registered, Stake: uint64(st.Standing.Stake), Completed: st.Standing.Completed, Faults: st.Standing.Faults,
		Provides: st.Provider, Jobs: uint32(st.Jobs), Active: uint32(st.Active), Mail: uint32(st.Mail), Operations: uint32(st.Ops),
		Stored: uint64(st.Stored), Problems: st.Problems, Memory: st.Memory,
	}
	if st.Device != nil {
		r.Device = devicePB(*st.Device)
	}
	if st.Bench != nil {
		r.Benchmark = benchPB(*st.Bench)
	}
	if st.Guard != nil {
		r.Guard = guardPB(*st.Guard)
	}
	if v, ok := s.cfg.Node.Rewards(); ok {
		r.Rewards = v.String()
	}
	return connect.NewResponse(r), nil
}

func devicePB(i gpu.Info) *nodepb.Device {
	return &nodepb.Device{Name: i.Name, Type: string(i.Type), Backend: i.Backend, Driver: i.Driver, Class: i.Class}
}

func benchPB(b gpu.Benchmark) *nodepb.Benchmark {
	return &nodepb.Benchmark{
		F32Ops: b.F32Ops, I32Ops: b.I32Ops, MemoryBps: b.MemoryBps, UploadBps: b.UploadBps, ReadBps: b.ReadBps, LaunchNs: b.LaunchNs, TookNs: b.TookNs,
	}
}

func (s *service) Peers(ctx context.Context, _ *connect.Request[nodepb.PeersRequest]) (*connect.Response[nodepb.PeersResponse], error) {
	st, err := s.cfg.Node.Status(ctx)
	if err != nil {
		return nil, fail(err)
	}
	r := &nodepb.PeersResponse{}
	for _, p := range st.Peers {
		r.Peers = append(r.Peers, &nodepb.Peer{Id: p.ID, Address: p.Addr, Direction: p.Direction, Relayed: p.Relayed, LatencyMs: p.LatencyMS})
	}
	return connect.NewResponse(r), nil
}

func (s *service) Market(ctx context.Context, _ *connect.Request[nodepb.MarketRequest]) (*connect.Response[nodepb.MarketResponse], error) {
	ads, err := s.cfg.Node.Market(ctx)
	if err != nil {
		return nil, fail(err)
	}
	r := &nodepb.MarketResponse{}
	for _, a := range ads {
		r.Ads = append(r.Ads, adPB(a))
	}
	return connect.NewResponse(r), nil
}

func (s *service) Estimate(ctx context.Context, q *connect.Request[nodepb.EstimateRequest]) (*connect.Response[nodepb.EstimateResponse], error) {
	ads, err := s.cfg.Node.Market(ctx)
	if err != nil {
		return nil, fail(err)
	}
	backed, err := s.cfg.Node.Backed(ctx, ads)
	if err != nil {
		return nil, fail(err)
	}
	return connect.NewResponse(estimate(q.Msg, ads, backed, s.cfg.Node.Peer(), s.cfg.FeeBps)), nil
}

func (s *service) Jobs(ctx context.Context, _ *connect.Request[nodepb.JobsRequest]) (*connect.Response[nodepb.JobsResponse], error) {
	views, err := s.cfg.Node.Jobs(ctx)
	if err != nil {
		return nil, fail(err)
	}
	r := &nodepb.JobsResponse{}
	for _, v := range views {
		r.Jobs = append(r.Jobs, jobPB(v))
	}
	return connect.NewResponse(r), nil
}

func (s *service) Job(ctx context.Context, q *connect.Request[nodepb.JobRequest]) (*connect.Response[nodepb.JobResponse], error) {
	id, err := jobID(q.Msg.Job)
	if err != nil {
		return nil, invalid(err)
	}
	v, err := s.cfg.Node.Job(ctx, id)
	if err != nil {
		return nil, fail(err)
	}
	return connect.NewResponse(&nodepb.JobResponse{Job: jobPB(v)}), nil
}

func (s *service) Watch(ctx context.Context, q *connect.Request[nodepb.WatchRequest], stream *connect.ServerStream[nodepb.WatchResponse]) error {
	id, err := jobID(q.Msg.Job)
	if err != nil {
		return invalid(err)
	}
	views, err := s.cfg.Node.Watch(ctx, id)
	if err != nil {
		return fail(err)
	}
	over := false
	for v := range views {
		over = node.Over(v)
		if err := stream.Send(&nodepb.WatchResponse{Job: jobPB(v)}); err != nil {
			return err
		}
	}
	if !over && ctx.Err() == nil {
		return connect.NewError(connect.CodeUnavailable, errors.New("the node is stopping; the job goes on"))
	}
	return ctx.Err()
}

func (s *service) Submit(ctx context.Context, q *connect.Request[nodepb.SubmitRequest]) (*connect.Response[nodepb.SubmitResponse], error) {
	draft, err := specFromPB(q.Msg.Spec)
	if err != nil {
		return nil, invalid(err)
	}
	id, err := s.cfg.Node.Submit(ctx, draft)
	if err != nil {
		return nil, fail(err)
	}
	return connect.NewResponse(&nodepb.SubmitResponse{Job: id.String()}), nil
}

func (s *service) Cancel(ctx context.Context, q *connect.Request[nodepb.CancelRequest]) (*connect.Response[nodepb.CancelResponse], error) {
	id, err := jobID(q.Msg.Job)
	if err != nil {
		return nil, invalid(err)
	}
	if err := s.cfg.Node.Cancel(ctx, id); err != nil {
		return nil, fail(err)
	}
	return connect.NewResponse(&nodepb.CancelResponse{}), nil
}

func (s *service) PutBlock(ctx context.Context, q *connect.Request[nodepb.PutBlockRequest]) (*connect.Response[nodepb.PutBlockResponse], error) {
	if len(q.Msg.Data) > p2p.MaxBlock {
		return nil, invalid(fmt.Errorf("the block has %d bytes; at most %d are possible", len(q.Msg.Data), p2p.MaxBlock))
	}
	id, err := s.cfg.Content.PutBlock(ctx, q.Msg.Data, cid.DagCBOR, p2p.Shared)
	if err != nil {
		return nil, fail(err)
	}
	return connect.NewResponse(&nodepb.PutBlockResponse{Cid: id.String()}), nil
}

func (s *service) GetBlock(ctx context.Context, q *connect.Request[nodepb.GetBlockRequest]) (*connect.Response[nodepb.GetBlockResponse], error) {
	l, err := link(q.Msg.Cid)
	if err != nil {
		return nil, invalid(err)
	}
	data, err := s.cfg.Content.GetBlock(ctx, l.Cid, p2p.MaxBlock)
	if err != nil {
		return nil, fail(err)
	}
	return connect.NewResponse(&nodepb.GetBlockResponse{Data: data}), nil
}

func (s *service) Bench(ctx context.Context, _ *connect.Request[nodepb.BenchRequest]) (*connect.Response[nodepb.BenchResponse], error) {
	info, m, advertised, err := s.cfg.Node.Bench(ctx)
	if err != nil {
		return nil, fail(err)
	}
	return connect.NewResponse(&nodepb.BenchResponse{Device: devicePB(info), Benchmark: benchPB(m.Benchmark), Note: m.Note, Advertised: advertised}), nil
}
