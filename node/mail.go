package node

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"

	"gpumesh/gpu"
	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// offerLook bounds one look at the standing of an offer's author; the author sends it again.
const offerLook = 2 * time.Second

var errStanding = errors.New("the provider's account is not registered for it with enough stake, or with less than it says")

// stage wraps a message for each of its receivers; reliable ones become part of the batch.
func (n *Node) stage(b batch, s market.Send) []outgoing {
	if n.cfg.Fault.withholds(s.Message) {
		return nil
	}
	raw, sequence, ok := n.wrap(s.Message, s.Expires)
	if !ok {
		return nil
	}
	subject := ""
	reliable := s.Reliable && !n.costless(s.Message)
	if !reliable {
		subject = subjectOf(s.Message)
	}
	out := make([]outgoing, 0, len(s.To))
	for _, to := range s.To {
		l := letter{raw: raw, expires: s.Expires}
		if reliable {
			l = n.outbox.stage(b, to, sequence, raw, s.Expires)
		}
		out = append(out, outgoing{to, l, subject})
	}
	return out
}

// costless reports whether a message declines a bid for which no escrow was seen. Anybody can have any number of those, under any name, so
// they are tried once and not stored; who bids again is declined again.
func (n *Node) costless(m market.Message) bool {
	d, ok := m.(market.Decline)
	return ok && (d.Code == market.DeclineEscrow || !n.loop.machine.Knows(d.Job))
}

// wrap signs a message. It reports false for one that means nothing any more.
func (n *Node) wrap(m market.Message, expires poc.Time) (raw []byte, sequence uint64, ok bool) {
	now := n.now()
	if expires <= now {
		return nil, 0, false
	}
	sequence = n.nextSequence()
	raw, err := market.Wrap(n.network, n.key, market.Header{Sequence: sequence, Sent: now, Expires: expires}, m)
	if err == nil && len(raw) > market.MaxEnvelope {
		err = market.ErrTooLarge
	}
	if err != nil { // the machine makes no such message
		n.log.Error("Message cannot be sent", "err", err)
		return nil, 0, false
	}
	return raw, sequence, true
}

// subjectOf says which unreliable messages replace each other.
func subjectOf(m market.Message) string {
	switch m := m.(type) {
	case market.Lease:
		return "lease/" + m.Job.String()
	case market.Settled:
		return "settled/" + m.Job.String()
	case market.Decline:
		return "decline/" + m.Job.String()
	}
	return "other"
}

// receiveMail answers a request of the mail protocol. Its answer is sent only once everything in it is durable, so it is the
// sender's leave to forget.
func (n *Node) receiveMail(ctx context.Context, from peer.ID, req []byte) ([]byte, error) {
	parts, err := splitMail(req)
	if err != nil {
		return nil, p2p.BadRequest(err.Error())
	}
	sender, err := peerID(from)
	if err != nil {
		return nil, p2p.BadRequest(err.Error())
	}
	type outcome struct {
		i   int
		err error
	}
	outcomes := make(chan outcome, len(parts)) // never blocks the loop
	answers := make([]byte, len(parts))
	posted := 0
	for i, raw := range parts {
		v, err := market.Open(n.network, raw, n.settlement)
		if err == nil {
			err = mayMail(v, sender)
		}
		if err == nil {
			err = n.mayAnswer(ctx, v)
		}
		if errors.Is(err, errStanding) { // its answer is not waited for
			_ = n.loop.post(ctx, input{event: market.Unbacked{Job: answered(v), Peer: v.From()}}) // fails only when the node stops
		}
		if isNotReady(err) {
			answers[i] = mailAgain
			continue
		}
		if err != nil { // it would be wrong again, so it is dealt with
			n.metrics.steps.WithLabelValues("mail", "invalid").Inc()
			n.log.Debug("Message refused", "peer", sender, "err", err)
			continue
		}
		n.faults.saw(v)
		in := input{event: market.Received{Message: v, Subnet: n.subnet(from)}, done: func(err error) { outcomes <- outcome{i, err} }}
		if err := n.loop.post(ctx, in); err != nil {
			return nil, p2p.Unavailable("stopping")
		}
		posted++
	}
	for range posted {
		select {
		case o := <-outcomes:
			if isNotReady(o.err) {
				answers[o.i] = mailAgain
			}
		case <-ctx.Done():
			return nil, p2p.Unavailable("busy")
		case <-n.loop.ended:
			return nil, p2p.Unavailable("stopping")
		}
	}
	return answers, nil
}

// mayMail judges an envelope that came by mail: from its author, and nothing that belongs into gossip.
func mayMail(v market.Validated, sender poc.PeerID) error {
	switch v.Message().(type) {
	case market.Ad, market.Bid:
		return errGossipOnly
	}
	if v.From() != sender {
		return errForeign
	}
	return nil
}

// answered is the job of the bid that a message answers; zero: it is no answer.
func answered(v market.Validated) poc.Hash {
	switch m := v.Message().(type) {
	case market.Offer:
		return m.Job
	case market.Decline:
		return m.Job
	}
	return poc.Hash{}
}

// mayAnswer judges a provider's answer to a bid of this node by what the chain knows of its author. An offer of one that cannot be drawn,
// or that names another's account, would take the place of one that can, and an award of too few that can binds the escrow until it
// expires. And those who cannot be drawn could fill the table of declines with what they like.
func (n *Node) mayAnswer(ctx context.Context, v market.Validated) error {
	o, offers := v.Message().(market.Offer)
	job := answered(v)
	if job.IsZero() {
		return nil
	}
	var bidding, declined, unbacked bool
	asks := true
	var spec market.Spec
	err := n.loop.ask(ctx, func(m *market.Machine) { // what any stranger may have asked, so all of it is cheap
		bidding, declined, unbacked = m.Bids(job, v.From())
		spec, _ = m.Spec(job)
		if !offers { // the machine refuses those whose ad it does not know, and who was let in once need not be looked up again
			var ad market.Ad
			ad, asks = m.Advertised(v.From())
			o.Account = ad.Account
			asks = asks && !declined
		}
	})
	switch {
	case err != nil:
		return fmt.Errorf("%w: %w", market.ErrNotReady, err)
	case !bidding:
		return market.ErrWrongState
	case !offers && unbacked: // nobody waits for it
		return market.ErrStale
	case !asks:
		return nil
	}
	var s market.Standing
	once := func(error) bool { return true }
	err = n.watch.query(offerLook, once, func(ctx context.Context) (err error) {
		s, err = n.settlement.Standing(ctx, o.Account)
		return err
	})
	switch {
	case errors.Is(err, chain.ErrRefused):
		return err
	case err != nil:
		return fmt.Errorf("%w: %w", market.ErrNotReady, err)
	case !s.Registered || s.Peer != v.From() || s.Stake < n.cfg.Network.MinStake || offers && !s.Backs(o.Backing):
		return errStanding
	case !offers || n.challenges == nil:
		return nil
	}
	unknown := func() (gpu.Info, bool) { return gpu.Info{}, false } // as when the job was submitted
	work, err := n.programs.judge(ctx, spec, unknown)
	if err != nil {
		return fmt.Errorf("%w: %w", market.ErrNotReady, err)
	}
	return n.challenges.may(v.From(), o, work.Memory)
}
