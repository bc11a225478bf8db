package market

import (
	"bytes"
	"cmp"
	"crypto/ed25519"
	"errors"
	"fmt"
	"math/bits"
	"slices"

	"gpumesh/poc"
)

// Bounds of one claim. Whoever judges it must fetch and check all of it.
const (
	MaxRewardEpochs   = 128 // whoever checks must know the providers of each
	MaxRewardVouches  = 4096
	MaxRewardJobs     = 256
	MaxRewardEvidence = 16 << 20 // bytes of the evidence of all its jobs
)

// RewardClaim is the document by which an account claims rewards for what its peer did in the blocks after From, through Through. It is
// DAG-CBOR, lists are sorted, and whoever has its evidence and reads the chain finds out whether it is true: see Check.
type RewardClaim struct {
	Version   uint16           `cbor:"version" json:"version"` // 1
	Network   poc.Hash         `cbor:"network" json:"network"`
	Account   poc.Account      `cbor:"account" json:"account"`
	Peer      poc.PeerID       `cbor:"peer" json:"peer"`
	Number    uint32           `cbor:"number" json:"number"` // of the account's claims
	From      uint64           `cbor:"from" json:"from"`     // Through of its claim before; 0: it has none
	Through   uint64           `cbor:"through" json:"through"`
	Amount    Amount           `cbor:"amount" json:"amount"`
	Own       []poc.Capability `cbor:"own" json:"own"`             // what was vouched for of the peer, by epoch
	Others    []poc.Capability `cbor:"others" json:"others"`       // what it vouched for with others, by epoch and provider
	Jobs      []poc.Link       `cbor:"jobs" json:"jobs"`           // documents of PackEvidence, by digest
	Signature []byte           `cbor:"signature" json:"signature"` // of the peer: anybody may register another's
}

const rewardDomain = "gpumesh/reward/1"

func (c RewardClaim) signed() []byte {
	c.Signature = []byte{}
	h := poc.BlockHash(poc.MustEncode(c))
	return append([]byte(rewardDomain), h[:]...)
}

// Sign signs the claim as its peer and returns its block. It fails if that is over poc.MaxDocument.
func (c *RewardClaim) Sign(key ed25519.PrivateKey) ([]byte, error) {
	c.Signature = []byte{}
	if _, err := poc.Encode(c); err != nil {
		return nil, err
	}
	c.Signature = ed25519.Sign(key, c.signed())
	return poc.Encode(c)
}

// DecodeRewardClaim decodes a claim and checks all that needs no chain.
func DecodeRewardClaim(b []byte) (*RewardClaim, error) {
	var c RewardClaim
	if err := poc.Decode(b, &c); err != nil {
		return nil, fmt.Errorf("reading the claim: %w", err)
	}
	switch {
	case c.Version != 1:
		return nil, fmt.Errorf("the claim has version %d, not 1", c.Version)
	case len(c.Account) == 0 || len(c.Account) > poc.MaxAccount:
		return nil, errors.New("the claim names no account")
	case c.From >= c.Through:
		return nil, fmt.Errorf("the claim is for no blocks: after %d, through %d", c.From, c.Through)
	case len(c.Own) > MaxRewardEpochs || len(c.Others) > MaxRewardVouches || len(c.Jobs) > MaxRewardJobs:
		return nil, fmt.Errorf("the claim lists %d epochs, %d vouches and %d jobs, want at most %d, %d and %d",
			len(c.Own), len(c.Others), len(c.Jobs), MaxRewardEpochs, MaxRewardVouches, MaxRewardJobs)
	case !increasing(c.Own, byEpoch):
		return nil, errors.New("the claim lists an epoch twice or out of order")
	case !increasing(c.Others, byBoth):
		return nil, errors.New("the claim lists a vouch twice or out of order")
	case !increasing(c.Jobs, compareLinks):
		return nil, errors.New("the claim lists a job twice or out of order")
	}
	for _, l := range c.Jobs {
		if d, ok := l.Digest(); !ok || l.Cid != poc.HashLink(d).Cid {
			return nil, errors.New("the claim names a job by something else than a document")
		}
	}
	if len(c.Signature) != ed25519.SignatureSize || !ed25519.Verify(c.Peer[:], c.signed(), c.Signature) {
		return nil, errors.New("the claim is not signed by its peer")
	}
	return &c, nil
}

func byEpoch(a, b poc.Capability) int { return cmp.Compare(a.Epoch, b.Epoch) }
func byBoth(a, b poc.Capability) int {
	return cmp.Or(cmp.Compare(a.Epoch, b.Epoch), bytes.Compare(a.Peer[:], b.Peer[:]))
}

// sort brings the lists into order; an empty one is encoded as one.
func (c *RewardClaim) sort() {
	c.Own, c.Others, c.Jobs = append([]poc.Capability{}, c.Own...), append([]poc.Capability{}, c.Others...), append([]poc.Link{}, c.Jobs...)
	slices.SortFunc(c.Own, byEpoch)
	slices.SortFunc(c.Others, byBoth)
	slices.SortFunc(c.Jobs, compareLinks)
}

func increasing[T any](list []T, compare func(a, b T) int) bool {
	for i := 1; i < len(list); i++ {
		if compare(list[i-1], list[i]) >= 0 {
			return false
		}
	}
	return true
}

func compareLinks(a, b poc.Link) int { return bytes.Compare(a.Bytes(), b.Bytes()) }

// evidenceDoc is Evidence without what the chain says. Its parts are bytes and not links, so that who keeps it keeps no inputs.
type evidenceDoc struct {
	Version      uint16   `cbor:"version"` // 1
	Spec         []byte   `cbor:"spec"`
	Award        []byte   `cbor:"award"`
	Certificates [][]byte `cbor:"certificates"` // of what was claimed
	Batch        []byte   `cbor:"batch,omitempty"`
}

// PackEvidence returns the block of a job's evidence. It fails if that is over poc.MaxDocument.
func PackEvidence(e Evidence) ([]byte, error) {
	spec, err := poc.Encode(e.Spec)
	if err != nil {
		return nil, err
	}
	d := evidenceDoc{1, spec, e.Award, [][]byte{}, e.Batch}
	for _, c := range e.Certificates {
		b, err := c.Encode()
		if err != nil {
			return nil, err
		}
		d.Certificates = append(d.Certificates, b)
	}
	return poc.Encode(d)
}

// UnpackEvidence reads what PackEvidence made. Beacon and History are left to be filled in from the chain.
func UnpackEvidence(b []byte) (e Evidence, err error) {
	var d evidenceDoc
	if err := poc.Decode(b, &d); err != nil {
		return e, fmt.Errorf("reading the evidence of a job: %w", err)
	}
	if d.Version != 1 {
		return e, fmt.Errorf("the evidence of a job has version %d, not 1", d.Version)
	}
	if err := poc.Decode(d.Spec, &e.Spec); err != nil {
		return e, fmt.Errorf("reading the job: %w", err)
	}
	e.Award, e.Batch = d.Award, d.Batch
	for _, b := range d.Certificates {
		c, err := poc.DecodeCertificate(b)
		if err != nil {
			return e, err
		}
		e.Certificates = append(e.Certificates, c)
	}
	return e, nil
}

// RewardFacts is what the chain says of all that a claim names.
type RewardFacts struct {
	Epochs map[uint64]RewardEpoch
	Jobs   map[poc.Hash]RewardJob // by the digest of the evidence
}

// RewardEpoch is what the chain says of an epoch.
type RewardEpoch struct {
	Beacon poc.Hash
	Roster *poc.Roster
}

// RewardJob is a job's evidence, with Beacon and History as the chain has them, and what else the chain says of it. Of a job without
// escrow, or whose award is another, Escrow alone is set.
type RewardJob struct {
	Evidence Evidence
	Escrow   Escrow
	Settled  []poc.Hash // by unit, as Settlement.Settled has it
	Pays     []BatchPay // of the batch that settled it, if Evidence.Batch shows them: they add up to Escrow.Paid
	Size     int        // bytes of the evidence
}

// BatchPay is what a batch pays a seat for a unit.
type BatchPay struct {
	Unit    uint32
	Seat    uint8
	Account poc.Account
	Amount  Amount
}

// Batched reports whether a batch has settled the job.
func (j RewardJob) Batched() bool {
	return slices.ContainsFunc(j.Evidence.History, func(e Entry) bool { return e.Kind == "batch" })
}

// Last is the block in which the job was settled, or its escrow closed, for the last time: an escrow that closes late must not be in blocks that are claimed for.
func (j RewardJob) Last() (block uint64) {
	for _, e := range j.Evidence.History {
		if e.Kind == "claim" || e.Kind == "refund" || e.Kind == "batch" {
			block = max(block, e.Receipt.Height)
		}
	}
	return block
}

// Whole reports whether the history tells of all that was paid for the job. Who looks at one that does not must not judge by it.
func (j RewardJob) Whole() bool {
	left := j.Escrow.Paid
	for _, e := range j.Evidence.History {
		for _, p := range e.Receipt.Pays {
			left -= p.Amount
		}
		for _, f := range e.Receipt.Fines {
			left += f.Amount
		}
	}
	return left == 0 || j.Batched() // sums that pass through less than nothing come back; what a batch paid is in no history
}

// Due is what is due to an account, by what it is for.
type Due struct {
	Uptime        Amount `json:"uptime"`
	Participation Amount `json:"participation"`
	Completion    Amount `json:"completion"`
}

// Sum adds up; every part is bounded so that it fits.
func (d Due) Sum() Amount { return d.Uptime + d.Participation + d.Completion }

// Epochs returns the epochs whose facts Check needs, sorted. It fails if there are too many, or one does not begin in the claim's blocks.
func (c *RewardClaim) Epochs(n Network) (out []uint64, err error) {
	last, ok := n.Challenge.EpochAt(c.Through)
	for _, list := range [][]poc.Capability{c.Own, c.Others} {
		for _, k := range list {
			if !ok || k.Epoch > last || n.Challenge.Begins(k.Epoch) <= c.From {
				return nil, fmt.Errorf("epoch %d does not begin in the claim's blocks, after %d and through %d", k.Epoch, c.From, c.Through)
			}
			out = append(out, k.Epoch)
		}
	}
	slices.Sort(out)
	if out = slices.Compact(out); len(out) > MaxRewardEpochs {
		return nil, fmt.Errorf("the claim is about %d epochs, and may be about %d", len(out), MaxRewardEpochs)
	}
	return out, nil
}

// Check returns what is due for what the claim lists, or one sentence that says why it is false. The claim is from DecodeRewardClaim, the network has
// Rewards, and facts are there for all that the claim names.
func (c *RewardClaim) Check(n Network, v poc.Verifier, f RewardFacts) (Due, error) {
	d, err := c.due(n, f, func(j RewardJob) (Amount, error) { return c.completion(n, v, j) })
	if err == nil && d.Sum() != c.Amount {
		err = fmt.Errorf("it claims %v, and what it shows is worth %v", c.Amount, d.Sum())
	}
	return d, err
}

// CheckBound is for who cannot read all of what the chain says of jobs: ordinary endpoints have beacons for a while only. It finds false what is so whatever
// that is: a claim must not become safe from judgement because it lists one old job.
func (c *RewardClaim) CheckBound(n Network, f RewardFacts) error {
	d, err := c.due(n, f, func(j RewardJob) (Amount, error) { return c.fee(n, j) })
	if err == nil && c.Amount > d.Sum() {
		err = fmt.Errorf("it claims %v, and what it names is worth %v at most", c.Amount, d.Sum())
	}
	return err
}

// due is what all that the claim lists is worth.
func (c *RewardClaim) due(n Network, f RewardFacts, worth func(RewardJob) (Amount, error)) (d Due, err error) {
	if d, err = c.epochsDue(n, f); err != nil {
		return d, err
	}
	seen, size := map[poc.Hash]bool{}, 0
	for _, l := range c.Jobs {
		digest, _ := l.Digest()
		j := f.Jobs[digest]
		id := j.Evidence.Spec.ID()
		if size += j.Size; size > MaxRewardEvidence {
			return d, fmt.Errorf("the evidence of its jobs has more than %d bytes", MaxRewardEvidence)
		}
		if seen[id] {
			return d, fmt.Errorf("job %s is counted twice", id.Short())
		}
		seen[id] = true
		a, err := worth(j)
		if err != nil {
			return d, fmt.Errorf("job %s: %w", id.Short(), err)
		}
		if d.Completion+a > 1<<62 { // more than there is
			return d, errors.New("the jobs' fees are more than there can be")
		}
		d.Completion += a
	}
	return d, nil
}

// epochsDue is the part of due that needs no jobs.
func (c *RewardClaim) epochsDue(n Network, f RewardFacts) (d Due, err error) {
	if c.Network != n.ID() {
		return d, errors.New("the claim is of another network")
	}
	if _, err := c.Epochs(n); err != nil {
		return d, err
	}
	for i := range c.Own {
		a, err := c.uptime(n, &c.Own[i], f)
		if err != nil {
			return d, err
		}
		d.Uptime += a // at most 128 times 10^6 NLOV
	}
	for i := range c.Others {
		if err := c.vouched(n, &c.Others[i], f); err != nil {
			return d, err
		}
		d.Participation += n.Rewards.Participation // at most 4096 times 10^6 NLOV
	}
	return d, nil
}

// known checks that the peer was the account's provider in an epoch, and the capability.
func (c *RewardClaim) known(n Network, k *poc.Capability, f RewardFacts) (RewardEpoch, error) {
	e, ok := f.Epochs[k.Epoch]
	if !ok {
		return e, fmt.Errorf("epoch %d is not known", k.Epoch)
	}
	if a := e.Roster.Account(c.Peer); a != c.Account {
		return e, fmt.Errorf("in epoch %d %s was not the provider of %s", k.Epoch, c.Peer.Short(), c.Account)
	}
	if err := k.Verify(c.Network, e.Beacon, e.Roster, n.Challenge.Terms); err != nil {
		return e, fmt.Errorf("epoch %d: %w", k.Epoch, err)
	}
	return e, nil
}

func (c *RewardClaim) uptime(n Network, k *poc.Capability, f RewardFacts) (Amount, error) {
	if k.Peer != c.Peer {
		return 0, fmt.Errorf("what was vouched for in epoch %d is another's", k.Epoch)
	}
	_, err := c.known(n, k, f)
	return n.Rewards.uptime(k.Capacity.Speed), err
}

// uptime is the reward of one epoch with a speed.
func (r *Rewards) uptime(speed uint64) Amount {
	hi, lo := bits.Mul64(uint64(r.Uptime), speed)
	if hi >= 1_000_000_000 {
		return r.UptimeMost
	}
	q, _ := bits.Div64(hi, lo, 1_000_000_000)
	return min(Amount(q), r.UptimeMost)
}

func (c *RewardClaim) vouched(n Network, k *poc.Capability, f RewardFacts) error {
	e, err := c.known(n, k, f)
	if err == nil && !k.Names(e.Beacon, e.Roster, n.Challenge.Terms, c.Peer) {
		err = fmt.Errorf("%s is not among those who vouch for %s in epoch %d", c.Peer.Short(), k.Peer.Short(), k.Epoch)
	}
	return err
}

// completion is the reward for one job. It counts as a whole in the claim that Last lies in, once its escrow is closed: then nothing
// of what the chain says changes any more, but for convictions, of which those count that came by then.
func (c *RewardClaim) completion(n Network, v poc.Verifier, j RewardJob) (Amount, error) {
	fee, err := c.fee(n, j)
	if err != nil {
		return 0, err
	}
	e, batched := j.Evidence, j.Batched()
	e.Certificates = slices.DeleteFunc(slices.Clone(e.Certificates), func(cert *poc.Certificate) bool {
		return batched || int(cert.Task) >= len(j.Settled) || !sameSettled(j.Settled[cert.Task], cert.Result.Digest())
	})
	p, err := prove(n, v, e)
	if err != nil {
		return 0, err
	}
	seat := slices.IndexFunc(p.seats, func(f frozen) bool { return f.offer.Account == c.Account && f.peer == c.Peer })
	if seat < 0 {
		return 0, fmt.Errorf("%s has no seat in it", c.Peer.Short())
	}
	settled := func(unit int) bool { return unit < len(j.Settled) && !j.Settled[unit].IsZero() }
	if batched { // it pays every unit, and whom it pays is what certificates said of it
		settled = func(unit int) bool { return unit < len(p.candidates) }
		for unit := range p.candidates {
			p.named[uint32(unit)] = 0
		}
		for _, pay := range j.Pays {
			if int(pay.Seat) == seat && pay.Account == c.Account {
				p.named[pay.Unit] |= 1 << seat
			}
		}
	}
	for unit := range max(len(p.candidates), len(j.Settled)) {
		if !settled(unit) {
			continue
		}
		named, known := p.named[uint32(unit)]
		switch {
		case !known:
			return 0, fmt.Errorf("the certificate of unit %d, which was settled, is missing", unit)
		case named>>seat&1 == 0 && p.called(unit, seat):
			return 0, fmt.Errorf("%s missed unit %d, for which it was called", c.Peer.Short(), unit)
		}
	}
	return fee, nil
}

// fee is the reward for one job if the account missed nothing of it. It needs no beacon, and where the history is missing it is the most that the reward can be.
func (c *RewardClaim) fee(n Network, j RewardJob) (Amount, error) {
	last, history := j.Last(), j.Evidence.History
	switch {
	case j.Escrow.Award.IsZero() || j.Escrow.Award != poc.BlockHash(j.Evidence.Award):
		return 0, errors.New("the chain has another award for it, or none")
	case !j.Escrow.Closed:
		return 0, errors.New("it is not over")
	case len(history) == 0:
		return part(j.Escrow.Fees, uint64(n.Rewards.Completion), FeeBase), nil
	case last <= c.From || last > c.Through:
		return 0, fmt.Errorf("it was settled in block %d, and the claim is for those after %d and through %d", last, c.From, c.Through)
	case j.Batched() && len(j.Pays) == 0:
		return 0, errors.New("it was settled in a batch, and its evidence does not show what that paid")
	}
	through := slices.DeleteFunc(slices.Clone(history), func(e Entry) bool { return e.Receipt.Height > c.Through })
	if slices.ContainsFunc(Convictions(through), func(e Entry) bool { return e.Account == c.Account }) {
		return 0, errors.New("the account was convicted in it")
	}
	var got, back Amount
	for _, entry := range history {
		got += sumOf(entry.Receipt.Pays, c.Account)
		back += sumOf(entry.Receipt.Fines, c.Account)
	}
	for _, pay := range j.Pays {
		if pay.Account == c.Account {
			got += pay.Amount
		}
	}
	if got <= back {
		return 0, errors.New("the chain paid the account nothing for it")
	}
	fee := min(part(got-back, uint64(j.Escrow.Fees), uint64(max(j.Escrow.Paid, 1))), j.Escrow.Fees)
	return part(fee, uint64(n.Rewards.Completion), FeeBase), nil
}

// called reports whether a seat was among the first drawn for a unit whose results are worth more than a word.
func (p *proven) called(unit, seat int) bool {
	if p.spec.held(unit) != nil {
		return false
	}
	first := p.candidates[unit][:min(len(p.candidates[unit]), int(max(p.spec.Policy.Replicas, 1)))]
	return slices.ContainsFunc(first, func(w poc.Worker) bool { return int(w.Seat) == seat })
}

func sumOf(pays []Pay, a poc.Account) (sum Amount) {
	for _, p := range pays {
		if p.Account == a {
			sum += p.Amount
		}
	}
	return sum
}

// sameSettled compares what the chain kept of a digest, its first 24 bytes at least, with the digest.
func sameSettled(settled, digest poc.Hash) bool { return [24]byte(settled[:]) == [24]byte(digest[:]) }

// part returns a*of/whole, rounded down, or the most that fits.
func part(a Amount, of, whole uint64) Amount {
	hi, lo := bits.Mul64(uint64(a), of)
	if hi >= whole {
		return ^Amount(0)
	}
	q, _ := bits.Div64(hi, lo, whole)
	return Amount(q)
}
