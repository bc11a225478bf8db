package node

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"

	"gpumesh/gpu"
	"gpumesh/gpu/challenge"
	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/p2p"
	"gpumesh/poc"
)

const (
	challengeName  = "challenge"
	challengePin   = "challenge/answer"
	capabilityKey  = tableCache + "capability"
	challengeRetry = 30 * time.Second
)

// challengeConfig bounds what peers may send: each sends a witness one answer, and a provider one verdict, in an epoch.
var challengeConfig = p2p.HandlerConfig{MaxRequest: 512, MaxResponse: 1, Timeout: 10 * time.Second, Rate: 10, Burst: 20, Concurrent: 64}

var (
	errNoEpoch   = errors.New("no challenge of that epoch is under way here")
	errUnvouched = errors.New("the offer promises more than its capability shows")
)

// challenges has this node's device challenged in every epoch, judges the answers of others, and knows what capabilities are worth. One
// goroutine owns the machine of the epoch in progress.
type challenges struct {
	node    *Node
	chain   chain.Epochs
	terms   market.Challenges
	scratch string
	log     *slog.Logger

	capacity atomic.Pointer[poc.Capacity] // that this node claims; nil: not measured yet, or it sells nothing
	inbox    chan challengeNote

	mu struct {
		sync.Mutex
		epochs [2]*epoch // the newest, and the one before
		open   bool      // the newest has a machine
		view   ChallengeView
		past   map[uint64]market.RewardEpoch
	}
}

// epoch is what a node must know to judge the capabilities of an epoch.
type epoch struct {
	number uint64
	beacon poc.Hash
	roster *poc.Roster
	closes poc.Time // until then capabilities of the epoch before count as well
}

// challengeNote is an input of the machine; done is told of its outcome and may be nil.
type challengeNote struct {
	epoch uint64
	event poc.ChallengeEvent
	done  chan error // capacity 1
}

// ChallengeView is what came of the newest challenge of a node.
type ChallengeView struct {
	Epoch    uint64        `json:"epoch"`
	Phase    string        `json:"phase"`              // answering, awaiting or closed; empty: none has begun since the node started
	Capacity *poc.Capacity `json:"capacity,omitempty"` // that is vouched for
	Code     string        `json:"code,omitempty"`     // why nothing is
	Reason   string        `json:"reason,omitempty"`   // one sentence
}

func newChallenges(n *Node, c chain.Epochs) *challenges {
	t := &challenges{
		node: n, chain: c, terms: *n.cfg.Network.Challenge, scratch: filepath.Join(n.cfg.Dir, "scratch"), log: n.log,
		inbox: make(chan challengeNote),
	}
	t.mu.past = map[uint64]market.RewardEpoch{}
	return t
}

// Challenge returns what came of this node's newest challenge, and false in a network that has none.
func (n *Node) Challenge() (ChallengeView, bool) {
	if n.challenges == nil {
		return ChallengeView{}, false
	}
	n.challenges.mu.Lock()
	defer n.challenges.mu.Unlock()
	return n.challenges.mu.view, true
}

// problem is why this node offers less than it measured, as one sentence; empty where there is no such thing.
func (c *challenges) problem() string {
	if c == nil {
		return ""
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if v := c.mu.view; v.Code != "" {
		return fmt.Sprintf("nothing is vouched for since epoch %d (%s): %s", v.Epoch, v.Code, v.Reason)
	}
	return ""
}

// run follows the epochs until ctx ends. The one under way when the node starts is too late to be answered; its capabilities count.
func (c *challenges) run(ctx context.Context) error {
	next := uint64(0)
	for retry := (backoff{min: 100 * time.Millisecond, max: challengeRetry}); ctx.Err() == nil; {
		height, err := c.chain.Height(ctx)
		if err == nil {
			if now, ok := c.terms.EpochAt(height); ok && now >= next {
				if next > 0 {
					c.log.Warn("An epoch began before the one before was judged; epochs must be longer than that takes", "epoch", now)
				}
				if err = c.look(ctx, now); err == nil {
					next = now + 1
				}
			}
		}
		if err == nil {
			err = c.play(ctx, next)
		}
		if err != nil && ctx.Err() == nil {
			c.log.Warn("Epoch not seen", "epoch", next, "err", err)
			retry.wait(ctx, nil)
			continue
		}
		retry.reset()
		next++
	}
	return nil
}

// look learns of an epoch that has begun before.
func (c *challenges) look(ctx context.Context, number uint64) error {
	e, err := c.learn(ctx, number, false)
	if err != nil {
		return err
	}
	raw, err := c.node.store.get(capabilityKey)
	if err != nil || raw == nil {
		return err
	}
	if own, err := poc.DecodeCapability(raw); err == nil && own.Epoch == number && own.Verify(c.node.network, e.beacon, e.roster, c.terms.Terms) == nil {
		c.vouched(ctx, own)
	}
	return nil
}

// learn waits for an epoch and remembers it. If it is to be open, messages wait for its machine.
func (c *challenges) learn(ctx context.Context, number uint64, open bool) (*epoch, error) {
	seen, err := c.chain.Epoch(ctx, c.terms.Since, c.terms.Begins(number))
	if err != nil {
		return nil, err
	}
	e := &epoch{number: number, beacon: seen.Beacon, closes: c.node.now().Add(c.terms.Terms.Window() + c.terms.Terms.Judge)}
	if e.roster, err = seen.Roster(c.node.cfg.Network.MinStake); err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.mu.open = open; c.mu.epochs[0] == nil || c.mu.epochs[0].number != number {
		c.mu.epochs[1] = c.mu.epochs[0]
	}
	c.mu.epochs[0] = e
	return e, nil
}

// vouched tells the market what is vouched for.
func (c *challenges) vouched(ctx context.Context, own *poc.Capability) {
	_ = c.node.loop.step(ctx, market.Vouched{Capability: own}) // fails when the node stops, or sells nothing
}

// play waits for an epoch, and takes part in it to its end.
func (c *challenges) play(ctx context.Context, number uint64) error {
	e, err := c.learn(ctx, number, true)
	if err != nil {
		return err
	}
	setup := poc.ChallengeSetup{
		Network: c.node.network, Epoch: number, Beacon: e.beacon, Roster: e.roster, Params: c.terms.Terms, Self: c.node.self, Key: c.node.key,
	}
	if claim := c.capacity.Load(); claim != nil {
		setup.Capacity = *claim
	}
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.mu.open = false
	}()
	machine, fx, err := poc.NewChallenge(setup, c.node.now())
	if err != nil {
		return err
	}
	r := &round{c: c, epoch: e, machine: machine}
	var stop context.CancelFunc
	r.ctx, stop = context.WithCancel(ctx)
	defer r.tasks.Wait()
	defer stop()
	r.carry(fx)
	r.show()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for machine.Phase() != poc.Closed {
		note := challengeNote{epoch: number, event: poc.ChallengeTick{}}
		timer.Reset(time.Duration(max(0, machine.NextDeadline()-c.node.now())) * time.Millisecond)
		select {
		case <-ctx.Done():
			return nil
		case note = <-c.inbox:
		case <-timer.C:
		}
		err := errNoEpoch
		if note.epoch == number {
			fx, err = machine.Step(c.node.now(), note.event)
			r.carry(fx)
			r.show()
		}
		if note.done != nil {
			note.done <- err
		}
	}
	return nil
}

// round carries out what the machine of one epoch wants. Its tasks end with it.
type round struct {
	c       *challenges
	epoch   *epoch
	machine *poc.Challenge
	ctx     context.Context
	cancel  context.CancelFunc // of this node's own program
	failed  bool               // and the market was told
	tasks   sync.WaitGroup
}

// show tells people how the challenge stands, and the market once that nothing is vouched for.
func (r *round) show() {
	v := ChallengeView{Epoch: r.epoch.number, Phase: r.machine.Phase().String()}
	if c := r.machine.Capability(); c != nil {
		v.Capacity = &c.Capacity
	} else if f := r.machine.Failure(); f != nil {
		v.Code, v.Reason = string(f.Code), f.Reason
		if !r.failed {
			r.failed = true
			r.c.vouched(r.ctx, nil)
			r.c.log.Warn("Nothing is vouched for", "epoch", v.Epoch, "code", v.Code, "reason", v.Reason)
		}
	}
	r.c.mu.Lock()
	defer r.c.mu.Unlock()
	r.c.mu.view = v
}

func (r *round) carry(fx poc.ChallengeEffects) {
	c := r.c
	if own := fx.Capability; own != nil {
		b := c.node.store.batch()
		b.put(capabilityKey, poc.MustEncode(own))
		if err := errors.Join(c.keepVouched(b, own), b.commit(true)); err != nil {
			c.log.Error("Capability cannot be stored", "err", err)
		}
		c.node.rewards.shown(own)
		c.vouched(r.ctx, own)
		c.log.Info("Vouched for", "epoch", own.Epoch, "memory", own.Capacity.Memory, "speed", own.Capacity.Speed, "witnesses", len(own.Signatures))
	}
	if q := fx.Show; q != nil && c.node.rewards != nil {
		raw := poc.MustEncode(rewardMail{Capability: poc.MustEncode(q.Capability)})
		for _, to := range hostIDs(q.To, c.node.self) {
			r.tasks.Go(func() { r.send(to, rewardName, raw) })
		}
	}
	if fx.Cancel && r.cancel != nil {
		r.cancel()
	}
	if q := fx.Run; q != nil {
		var ctx context.Context
		ctx, r.cancel = context.WithCancel(r.ctx)
		r.tasks.Go(func() { r.post(c.answer(ctx, *q)) })
	}
	for _, s := range fx.Send {
		raw, err := poc.MarshalChallenge(r.epoch.number, s.Message)
		if err != nil { // the machine makes no such message
			c.log.Error("Message of a challenge cannot be sent", "err", err)
			continue
		}
		for _, to := range hostIDs(s.To, c.node.self) {
			r.tasks.Go(func() { r.send(to, challengeName, raw) })
		}
	}
	if q := fx.Check; q != nil {
		r.tasks.Go(func() { r.post(poc.Judged{Peer: q.Peer, Verdict: c.judge(r.ctx, *q)}) })
	}
}

// post hands a completion to the machine, unless the epoch is over.
func (r *round) post(ev poc.ChallengeEvent) {
	select {
	case r.c.inbox <- challengeNote{epoch: r.epoch.number, event: ev}:
	case <-r.ctx.Done():
	}
}

// send delivers a message, as often as it takes while the epoch lasts.
func (r *round) send(to peer.ID, name string, raw []byte) {
	retry := backoff{min: 50 * time.Millisecond, max: 2 * time.Second}
	for {
		answer, err := r.c.node.host.Request(r.ctx, to, name, raw)
		if err == nil && !(len(answer) == 1 && answer[0] == mailAgain) || !retry.wait(r.ctx, nil) {
			return
		}
	}
}

// receive answers a request with a message of a challenge.
func (c *challenges) receive(ctx context.Context, from peer.ID, req []byte) ([]byte, error) {
	number, m, err := poc.UnmarshalChallenge(req)
	if err != nil {
		return nil, p2p.BadRequest(err.Error())
	}
	sender, err := peerID(from)
	if err != nil {
		return nil, p2p.BadRequest(err.Error())
	}
	c.mu.Lock()
	newest, open := c.mu.epochs[0], c.mu.open
	c.mu.Unlock()
	switch {
	case newest == nil || number > newest.number:
		return []byte{mailAgain}, nil // this node has not seen the beacon yet
	case number < newest.number || !open:
		return []byte{mailDone}, nil
	}
	note := challengeNote{number, poc.ChallengeReceived{From: sender, Message: m}, make(chan error, 1)}
	select {
	case c.inbox <- note:
	case <-ctx.Done():
		return nil, p2p.Unavailable("busy")
	}
	select {
	case err := <-note.done:
		if err != nil {
			c.log.Debug("Message of a challenge refused", "peer", sender, "err", err)
		}
	case <-ctx.Done():
		return nil, p2p.Unavailable("busy")
	}
	return []byte{mailDone}, nil
}

// answer runs this node's own challenge and makes what it came to public.
func (c *challenges) answer(ctx context.Context, q poc.ChallengeRun) poc.ChallengeEvent {
	file, err := c.compute(ctx, q)
	if err != nil {
		reason := err.Error()
		if bad, ok := errors.AsType[*gpu.Error](err); ok {
			reason = bad.Reason
		}
		return poc.Unanswered{Reason: clipText(reason, poc.MaxReason)}
	}
	return poc.Answered{File: file}
}

func (c *challenges) compute(ctx context.Context, q poc.ChallengeRun) (poc.Link, error) {
	spec, err := c.spec(q.Seed, q.Capacity)
	if err != nil {
		return poc.Link{}, err
	}
	dir, err := os.MkdirTemp(c.scratch, "challenge-")
	if err != nil {
		return poc.Link{}, err
	}
	defer func() {
		if err := os.RemoveAll(dir); err != nil {
			c.log.Warn("Scratch directory not removed", "dir", dir, "err", err)
		}
	}()
	window := millis(c.terms.Terms.Window())
	if _, err := c.execute(ctx, spec, dir, window, window); err != nil {
		return poc.Link{}, err
	}
	content := c.node.host.Content()
	id, _, err := content.AddFile(ctx, filepath.Join(dir, challenge.Output), int64(4*spec.Walkers), p2p.Shared)
	if err == nil {
		err = content.Pin(ctx, challengePin, id)
	}
	return poc.Link{Cid: id}, err
}

// execute runs a challenge in the worker process, within the limits of the machine, for which it waits for so long; 0: without an end.
func (c *challenges) execute(ctx context.Context, spec challenge.Spec, dir string, limit, patience time.Duration) (took time.Duration, err error) {
	p, err := spec.Program()
	if err != nil {
		return 0, err
	}
	raw, err := p.Encode()
	if err != nil {
		return 0, err
	}
	report, err := gpu.Check(p)
	if err != nil {
		return 0, err
	}
	err = c.node.runs.within(ctx, report.Bytes, patience, func(ctx context.Context) error {
		start := time.Now()
		_, err := c.node.config.runner.RunFrom(ctx, Execution{
			Tenant: c.node.self.String(), Program: raw, Inputs: map[string]string{}, OutDir: dir, Seed: spec.Seed,
			Timeout: limit, MaxBusy: c.node.boundBusy(limit, report), Progress: func(done, total uint32) {},
		}, Checkpoints{})
		took = time.Since(start)
		return err
	})
	return took, err
}

func (c *challenges) spec(seed uint64, claim poc.Capacity) (challenge.Spec, error) {
	return challenge.For(seed, claim.Memory, claim.Speed, uint32(c.terms.Terms.Work), c.terms.Unit)
}

// judge fetches an answer and checks walkers that nobody else knows.
func (c *challenges) judge(ctx context.Context, q poc.ChallengeCheck) poc.Verdict {
	spec, err := c.spec(q.Seed, q.Capacity)
	if err != nil { // nobody can have run it
		return poc.Wrong
	}
	from, err := hostID(q.Peer)
	if err != nil {
		return poc.Unserved
	}
	ctx, cancel := context.WithTimeout(ctx, millis(c.terms.Terms.Check()))
	defer cancel()
	var answer bytes.Buffer
	if _, err := c.node.host.Content().Export(ctx, q.File.Cid, &answer, int64(4*spec.Walkers), from); err != nil {
		c.log.Info("Answer to a challenge not fetched", "peer", q.Peer, "err", err)
		return poc.Unserved
	}
	var secret [4 * challenge.Samples]byte
	_, _ = rand.Read(secret[:]) // never fails
	draw := make([]uint32, challenge.Samples)
	for i := range draw {
		draw[i] = binary.LittleEndian.Uint32(secret[4*i:]) % spec.Walkers
	}
	err = spec.Check(ctx, answer.Bytes(), draw)
	switch {
	case err == nil:
		return poc.Vouches
	case gpu.CodeOf(err) == gpu.InvalidInput:
		c.log.Info("Answer to a challenge is wrong", "peer", q.Peer, "err", err)
		return poc.Wrong
	}
	c.log.Info("Answer to a challenge not checked", "peer", q.Peer, "err", err)
	return poc.Unserved
}

// may judges an offer for tasks of so many bytes by what is vouched for: an owner that seats who promises more has it drawn for what
// it has not.
func (c *challenges) may(from poc.PeerID, o market.Offer, memory uint64) error {
	believed := c.terms.Believed(nil)
	if len(o.Capability) > 0 {
		own, err := poc.DecodeCapability(o.Capability)
		if err != nil {
			return err
		}
		e, err := c.epochOf(own.Epoch)
		if err != nil {
			return err
		}
		if own.Peer != from {
			return fmt.Errorf("%w: it is another's", errUnvouched)
		}
		if err := own.Verify(c.node.network, e.beacon, e.roster, c.terms.Terms); err != nil {
			return fmt.Errorf("%w: %w", errUnvouched, err)
		}
		believed = c.terms.Believed(own)
	}
	switch {
	case o.Speed > believed.Speed:
		return fmt.Errorf("%w: %d i32 operations per second are offered, and %d are vouched for", errUnvouched, o.Speed, believed.Speed)
	case memory > believed.Memory:
		return fmt.Errorf("%w: a task needs %d bytes of device memory, and %d are vouched for", errUnvouched, memory, believed.Memory)
	}
	return nil
}

// epochOf returns an epoch whose capabilities count: the newest, and the one before while the newest is being judged.
func (c *challenges) epochOf(number uint64) (*epoch, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	newest, before := c.mu.epochs[0], c.mu.epochs[1]
	switch {
	case newest == nil || number > newest.number:
		return nil, fmt.Errorf("%w: epoch %d is not known here yet", market.ErrNotReady, number)
	case number == newest.number:
		return newest, nil
	case before != nil && number == before.number && number+1 == newest.number && c.node.now() < newest.closes:
		return before, nil
	}
	return nil, fmt.Errorf("%w: it is of epoch %d, and this is epoch %d", errUnvouched, number, newest.number)
}

// account is that of a provider in the newest epoch; empty: it is none.
func (c *challenges) account(p poc.PeerID) poc.Account {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.mu.epochs[0] == nil {
		return ""
	}
	return c.mu.epochs[0].roster.Account(p)
}

// recent returns one of the two newest epochs, or nil; again says that it may come.
func (c *challenges) recent(number uint64) (e *epoch, again bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, e := range c.mu.epochs {
		if e != nil && e.number == number {
			return e, false
		}
	}
	return nil, c.mu.epochs[0] == nil || number > c.mu.epochs[0].number
}

// measure finds what this node may claim, by running challenges of its own. A device is as fast as it runs them, not as it multiplies
// matrices; what it claims leaves a tenth for bad days.
func (c *challenges) measure(ctx context.Context, info gpu.Info, speed uint64) (poc.Capacity, error) {
	claim := c.node.cfg.Provider.Capacity
	if claim != (poc.Capacity{}) {
		return claim, nil
	}
	const walkers = 16 * challenge.Walkers // bytes beside the regions
	claim.Memory = min(c.node.lends(), info.Limits.MaxTotal-min(info.Limits.MaxTotal, walkers))
	work := uint32(c.terms.Terms.Work)
	claim.Speed = max(speed, challenge.Least(work, c.terms.Unit))
	fit := func() error {
		if claim.Memory, claim.Speed = challenge.Fit(claim.Memory, claim.Speed, work, c.terms.Unit); claim.Memory == 0 {
			return gpu.Errorf(gpu.Unsupported, "this device does not fill %d bytes of memory in %d ms, and cannot be challenged", c.terms.Unit, work)
		}
		return nil
	}
	for range 2 {
		if err := fit(); err != nil {
			return poc.Capacity{}, err
		}
		spec, err := c.spec(0, claim)
		if err != nil {
			return poc.Capacity{}, err
		}
		dir, err := os.MkdirTemp(c.scratch, "measure-")
		if err != nil {
			return poc.Capacity{}, err
		}
		took, err := c.execute(ctx, spec, dir, 10*time.Minute, 0)
		if err = errors.Join(err, os.RemoveAll(dir)); err != nil {
			return poc.Capacity{}, err
		}
		claim.Speed = uint64(float64(spec.Operations()) / took.Seconds() * 0.9)
	}
	return claim, fit()
}
