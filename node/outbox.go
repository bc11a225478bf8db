package node

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/multiformats/go-multihash"

	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// Bounds on mail.
const (
	mailName    = "mail"
	mailBatch   = 64                                   // messages of one request
	mailBytes   = 1 << 20                              // bytes of all messages of one request
	mailRequest = mailBytes + 4*mailBatch              // and of the request
	boxLetters  = 1 << 14                              // reliable messages waiting for one peer
	boxBytes    = 32 << 20                             // bytes of them
	allBytes    = 256 << 20                            // bytes waiting for all peers
	mailLatest  = 256                                  // unreliable messages waiting for one peer
	maxBoxes    = 1 << 12                              // peers with reliable messages
	maxTries    = 256                                  // peers with unreliable ones alone
	_           = uint(mailBytes - market.MaxEnvelope) // one message always fits
)

// mailConfig bounds what peers may send.
var mailConfig = p2p.HandlerConfig{
	MaxRequest: mailRequest, MaxResponse: mailBatch, Timeout: 10 * time.Second, Rate: 100, Burst: 400, Concurrent: 64,
}

// Answers to one message, one byte each.
const (
	mailDone  = 0 // it is dealt with for good, whatever came of it
	mailAgain = 1 // the receiver is not ready for it yet
)

// transport is what the outbox needs of p2p.
type transport interface {
	Connect(context.Context, peer.ID) error
	Request(ctx context.Context, to peer.ID, name string, req []byte) ([]byte, error)
}

// outbox delivers messages to peers. Reliable ones are in the store, written together with the state that they follow from,
// and are resent until they are acknowledged or expire; of the others the newest of each subject is tried once. Every peer
// with waiting messages has one goroutine, which ends when nothing waits. It is safe for concurrent use.
type outbox struct {
	store   *store
	net     transport
	now     func() poc.Time
	log     *slog.Logger
	metrics *metrics

	ctx   context.Context // ends delivery
	tasks sync.WaitGroup

	mu struct {
		sync.Mutex
		boxes  map[poc.PeerID]*mailbox
		tries  []*mailbox // those of boxes that never had a reliable message, oldest first
		bytes  int
		closed bool
	}
}

// letter is one message to one peer. An unreliable one has no key.
type letter struct {
	key     string
	raw     []byte
	expires poc.Time
}

type mailbox struct {
	to      poc.PeerID
	letters []letter          // reliable, in order
	latest  map[string]letter // by subject
	bytes   int               // of letters
	news    chan struct{}     // capacity 1: something came
	met     chan struct{}     // capacity 1: the peer connected
	ctx     context.Context   // ends its delivery
	cancel  context.CancelFunc
}

func newOutbox(ctx context.Context, s *store, net transport, now func() poc.Time, m *metrics, log *slog.Logger) *outbox {
	o := &outbox{store: s, net: net, now: now, log: log, metrics: m, ctx: ctx}
	o.mu.boxes = map[poc.PeerID]*mailbox{}
	return o
}

func outboxKey(to poc.PeerID, sequence uint64) string {
	return fmt.Sprintf("%s%s/%020d", tableOutbox, to, sequence)
}

// stage writes a reliable message into the batch, and returns what add takes once the batch is durable.
func (o *outbox) stage(b batch, to poc.PeerID, sequence uint64, raw []byte, expires poc.Time) letter {
	l := letter{outboxKey(to, sequence), raw, expires}
	b.put(l.key, append(putTime(expires), raw...))
	return l
}

// load takes over what an earlier run left.
func (o *outbox) load() error {
	return o.store.each(tableOutbox, func(name string, value []byte) error {
		to, _, ok := cutLast(name)
		if !ok {
			return errors.New("not the key of a message")
		}
		p, err := poc.ParsePeerID(to)
		if err != nil {
			return err
		}
		expires, raw, err := getTime(value)
		if err != nil {
			return err
		}
		o.add(p, letter{tableOutbox + name, append([]byte{}, raw...), expires})
		return nil
	})
}

func cutLast(s string) (before, after string, ok bool) {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '/' {
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

// add queues a reliable message that is durable.
func (o *outbox) add(to poc.PeerID, l letter) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.mu.closed {
		return // the next run loads it
	}
	if old := o.mu.boxes[to]; (old == nil || slices.Contains(o.mu.tries, old)) && len(o.mu.boxes)-len(o.mu.tries) >= maxBoxes {
		o.metrics.mailDropped.WithLabelValues("full").Inc()
		o.log.Warn("Outbox is full, message dropped", "peer", to, "peers", maxBoxes)
		o.forget([]string{l.key})
		return
	}
	box := o.box(to)
	o.mu.tries = slices.DeleteFunc(o.mu.tries, func(b *mailbox) bool { return b == box })
	box.letters = append(box.letters, l)
	box.bytes += len(l.raw)
	o.mu.bytes += len(l.raw)
	if len(box.letters) > boxLetters || box.bytes > boxBytes {
		o.dropLast(box)
	}
	for o.mu.bytes > allBytes { // peers that are gone for good take no room from the others
		fullest := box
		for _, b := range o.mu.boxes {
			if b.bytes > fullest.bytes {
				fullest = b
			}
		}
		o.dropLast(fullest)
	}
	signal(box.news)
}

// dropLast gives up the newest message of a box. The caller holds mu.
func (o *outbox) dropLast(b *mailbox) {
	last := len(b.letters) - 1
	l := b.letters[last]
	b.letters = b.letters[:last]
	b.bytes -= len(l.raw)
	o.mu.bytes -= len(l.raw)
	o.metrics.mailDropped.WithLabelValues("full").Inc()
	o.log.Warn("Outbox is full, message dropped", "peer", b.to, "waiting", last)
	o.forget([]string{l.key})
}

// addLatest queues an unreliable message; it replaces a waiting one of the same subject.
func (o *outbox) addLatest(to poc.PeerID, subject string, l letter) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.mu.closed {
		return
	}
	if o.mu.boxes[to] == nil {
		o.mu.tries = append(o.mu.tries, o.box(to))
	}
	if len(o.mu.tries) > maxTries { // who can be reached has what waited the longest
		o.metrics.mailDropped.WithLabelValues("full").Inc()
		o.end(o.mu.tries[0])
	}
	box := o.box(to)
	if _, ok := box.latest[subject]; !ok && len(box.latest) >= mailLatest {
		o.metrics.mailDropped.WithLabelValues("full").Inc()
		return
	}
	box.latest[subject] = l
	signal(box.news)
}

// box returns the mailbox of a peer, and starts its delivery. The caller holds mu.
func (o *outbox) box(to poc.PeerID) *mailbox {
	if b := o.mu.boxes[to]; b != nil {
		return b
	}
	b := &mailbox{to: to, latest: map[string]letter{}, news: make(chan struct{}, 1), met: make(chan struct{}, 1)}
	b.ctx, b.cancel = context.WithCancel(o.ctx)
	o.mu.boxes[to] = b
	o.tasks.Go(func() { o.deliver(b) })
	return b
}

// end forgets a box. The caller holds mu.
func (o *outbox) end(b *mailbox) {
	b.cancel()
	o.mu.tries = slices.DeleteFunc(o.mu.tries, func(t *mailbox) bool { return t == b })
	if o.mu.boxes[b.to] == b { // it may have been given up, and be another's by now
		delete(o.mu.boxes, b.to)
	}
}

// met says that a peer has connected: what waits for it goes out at once.
func (o *outbox) met(p poc.PeerID) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if b := o.mu.boxes[p]; b != nil {
		signal(b.met)
	}
}

// waiting returns the number of reliable messages that are not acknowledged.
func (o *outbox) waiting() (n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, b := range o.mu.boxes {
		n += len(b.letters)
	}
	return n
}

// wait returns when no delivery is under way any more; the outbox's context must have ended.
func (o *outbox) wait() {
	o.mu.Lock()
	o.mu.closed = true
	o.mu.Unlock()
	o.tasks.Wait()
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

func drain(c chan struct{}) {
	select {
	case <-c:
	default:
	}
}

// deliver sends what is in the box until nothing is.
func (o *outbox) deliver(b *mailbox) {
	retry := backoff{min: 25 * time.Millisecond, max: 2 * time.Second}
	defer b.cancel()
	for b.ctx.Err() == nil {
		letters := o.take(b)
		if letters == nil {
			return
		}
		answers, err := o.exchange(b, letters)
		if err != nil {
			o.log.Debug("Mail not delivered", "peer", b.to, "messages", len(letters), "err", err)
			// Nothing new to say makes an unreachable peer reachable; its coming back does.
			if !retry.wait(b.ctx, b.met) {
				return
			}
			continue
		}
		if o.settle(b, letters, answers) {
			retry.reset()
		} else if !retry.wait(b.ctx, b.news) {
			return
		}
	}
}

// take returns the next letters for a request and forgets what has expired. It ends the box, and returns nil, when it is empty.
func (o *outbox) take(b *mailbox) []letter {
	o.mu.Lock()
	defer o.mu.Unlock()
	drain(b.news)
	drain(b.met)
	now := o.now()
	var out []letter
	var expired []string
	for subject, l := range b.latest {
		delete(b.latest, subject)
		if l.expires > now && len(out) < mailBatch/2 {
			out = append(out, l)
		}
	}
	size := 0
	for _, l := range out {
		size += len(l.raw)
	}
	b.letters = slices.DeleteFunc(b.letters, func(l letter) bool {
		if l.expires > now {
			return false
		}
		expired = append(expired, l.key)
		b.bytes -= len(l.raw)
		o.mu.bytes -= len(l.raw)
		return true
	})
	for _, l := range b.letters {
		if len(out) == mailBatch || size+len(l.raw) > mailBytes {
			break
		}
		out = append(out, l)
		size += len(l.raw)
	}
	if len(expired) > 0 {
		o.metrics.mailDropped.WithLabelValues("expired").Add(float64(len(expired)))
		o.forget(expired)
	}
	if len(out) == 0 {
		o.end(b)
		return nil
	}
	return out
}

// exchange sends one request. Only connecting is given up when the peer connects by itself meanwhile.
func (o *outbox) exchange(b *mailbox, letters []letter) ([]byte, error) {
	to, err := hostID(b.to)
	if err != nil {
		return nil, err
	}
	dial, cancel := context.WithCancel(b.ctx)
	connected := make(chan error, 1)
	go func() { connected <- o.net.Connect(dial, to) }()
	select {
	case err = <-connected:
	case <-b.met:
		cancel()
		<-connected
	}
	cancel()
	if err != nil {
		return nil, err
	}
	req := make([]byte, 0, mailRequest)
	for _, l := range letters {
		req = binary.BigEndian.AppendUint32(req, uint32(len(l.raw)))
		req = append(req, l.raw...)
	}
	answers, err := o.net.Request(b.ctx, to, mailName, req)
	if err == nil && len(answers) != len(letters) {
		err = fmt.Errorf("%d answers to %d messages", len(answers), len(letters))
	}
	return answers, err
}

// settle removes what is dealt with, moves what the peer was not ready for to the end so that it holds nothing up, and
// reports whether there was nothing of the latter.
func (o *outbox) settle(b *mailbox, sent []letter, answers []byte) bool {
	answer := make(map[string]byte, len(sent))
	var done []string
	for i, l := range sent {
		if l.key == "" {
			continue
		}
		answer[l.key] = answers[i]
		if answers[i] != mailAgain {
			done = append(done, l.key)
		}
	}
	o.metrics.mailSent.Add(float64(len(sent)))
	o.mu.Lock()
	defer o.mu.Unlock()
	var again []letter
	b.letters = slices.DeleteFunc(b.letters, func(l letter) bool {
		a, ok := answer[l.key]
		switch {
		case !ok:
			return false
		case a == mailAgain:
			again = append(again, l)
		default:
			b.bytes -= len(l.raw)
			o.mu.bytes -= len(l.raw)
		}
		return true
	})
	b.letters = append(b.letters, again...)
	o.forget(done)
	return len(again) == 0
}

// forget deletes messages. It need not be durable: a message sent twice is harmless.
func (o *outbox) forget(keys []string) {
	b := o.store.batch()
	for _, k := range keys {
		b.del(k)
	}
	if err := b.commit(false); err != nil {
		o.log.Error("Messages not deleted", "err", err)
	}
}

// splitMail parses the request of a mail exchange. The parts share its memory.
func splitMail(req []byte) ([][]byte, error) {
	var parts [][]byte
	for len(req) > 0 {
		if len(req) < 4 {
			return nil, errors.New("a message's length is cut off")
		}
		n := binary.BigEndian.Uint32(req)
		req = req[4:]
		if n > market.MaxEnvelope || int(n) > len(req) {
			return nil, errors.New("a message is longer than allowed or than its request")
		}
		if len(parts) == mailBatch {
			return nil, fmt.Errorf("more than %d messages", mailBatch)
		}
		parts = append(parts, req[:n:n])
		req = req[n:]
	}
	return parts, nil
}

// A libp2p id is the identity multihash of the key's protobuf encoding, which has this prefix for Ed25519.
var keyPrefix = []byte{0x08, 0x01, 0x12, 0x20}

func hostID(p poc.PeerID) (peer.ID, error) {
	mh, err := multihash.Encode(append(append([]byte{}, keyPrefix...), p[:]...), multihash.IDENTITY)
	return peer.ID(mh), err
}

// peerID is the reverse of hostID; it fails for ids of other keys, which p2p does not admit.
func peerID(id peer.ID) (p poc.PeerID, err error) {
	d, err := multihash.Decode([]byte(id))
	if err != nil {
		return p, err
	}
	if d.Code != multihash.IDENTITY || len(d.Digest) != 36 || string(d.Digest[:4]) != string(keyPrefix) {
		return p, fmt.Errorf("%s is not an Ed25519 peer id", id)
	}
	return poc.PeerID(d.Digest[4:]), nil
}
