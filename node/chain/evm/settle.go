package evm

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

// KnownJob is what somebody knows of a job that a batch may settle.
type KnownJob = chain.KnownJob

// certificateOf returns the certificate of a task, or nil.
func certificateOf(k KnownJob, task uint32) *poc.Certificate {
	i := slices.IndexFunc(k.Certificates, func(c poc.Certificate) bool { return c.Task == task })
	if i < 0 {
		return nil
	}
	return &k.Certificates[i]
}

// payees are the seats that a certificate pays in a batch: as in a claim, but stake is not looked at.
func (c *Client) payees(b bench, terms market.Terms, cert poc.Certificate) []uint8 {
	counted, candidates := cert, b.candidates(cert.Task)
	counted.Attestations = slices.DeleteFunc(slices.Clone(cert.Attestations), func(a poc.Attestation) bool {
		seat := slices.IndexFunc(b.Seating.Seats, func(s market.Seat) bool { return s.Account == a.Account })
		return seat < 0 || a.Agreed>>seat&1 == 0 || a.Agreed&^candidates != 0 || c.Verify(a.Account, cert.Statement(a), a.Signature) != nil
	})
	if len(counted.Attestations) < int(terms.Quorum) {
		return nil
	}
	named := counted.Payees(terms.Quorum)
	return named[:min(len(named), int(terms.Replicas))]
}

// rewards are what a job's certificates pay.
func (c *Client) rewards(b bench, terms market.Terms) ([]Reward, error) {
	var out []Reward
	for _, cert := range b.Certificates {
		for _, seat := range c.payees(b, terms, cert) {
			s := b.Seating.Seats[seat]
			account, err := ParseAccount(s.Account)
			if err != nil {
				return nil, err
			}
			out = append(out, Reward{Account: account, Job: b.ID, Task: uint16(cert.Task), Seat: seat, Amount: s.Ask})
		}
	}
	return out, nil
}

// PlanBatch makes a batch of jobs, of which nothing may be claimed yet.
func (c *Client) PlanBatch(ctx context.Context, jobs []KnownJob) (*Batch, error) {
	var all []Reward
	var ids []poc.Hash
	for _, k := range jobs {
		e, err := c.Escrow(ctx, k.ID)
		switch {
		case err != nil:
			return nil, err
		case e.Closed || e.Settled > 0 || e.Award.IsZero():
			return nil, fmt.Errorf("%w: job %s has no award, or was claimed or refunded already", chain.ErrRefused, k.ID.Short())
		}
		known, err := c.bench(ctx, k)
		if err != nil {
			return nil, err
		}
		some, err := c.rewards(known, e.Terms)
		if err != nil {
			return nil, err
		}
		all, ids = append(all, some...), append(ids, k.ID)
	}
	return NewBatch(all, ids)
}

// PostBatch posts a batch, with the bond that the contract asks for, and returns its number. where says where its rewards are
// published, as Encode makes them.
func (c *Client) PostBatch(ctx context.Context, b *Batch, where string) (uint64, error) {
	msg, err := b.Post(where)
	if err != nil {
		return 0, err
	}
	terms, err := c.batchTerms(ctx)
	if err != nil {
		return 0, err
	}
	r, err := c.bring(ctx, terms.bond, msg)
	if err != nil {
		return 0, err
	}
	for _, l := range r.Logs {
		if l.Address != c.contracts.Batches {
			continue
		}
		if ev, err := batchesABI.UnpackPostedEvent(l); err == nil {
			return ev.Batch, nil
		}
	}
	return 0, fmt.Errorf("transaction %s posted no batch", r.TxHash)
}

type batchTerms struct {
	bond, deposit market.Amount
	window        time.Duration
}

func (c *Client) batchTerms(ctx context.Context) (t batchTerms, _ error) {
	at := c.contracts.Batches
	var out [3]hexutil.Bytes
	if err := c.calls(ctx, "latest", call{at, batchesABI.PackBond(), &out[0]}, call{at, batchesABI.PackDeposit(), &out[1]},
		call{at, batchesABI.PackWindow(), &out[2]}); err != nil {
		return t, err
	}
	bond, err1 := batchesABI.UnpackBond(out[0])
	deposit, err2 := batchesABI.UnpackDeposit(out[1])
	window, err3 := batchesABI.UnpackWindow(out[2])
	if err := errors.Join(err1, err2, err3); err != nil {
		return t, err
	}
	return batchTerms{market.Amount(bond), market.Amount(deposit), time.Duration(window.Int64()) * time.Millisecond}, nil
}

// BatchState is where a batch stands.
type BatchState uint8

// States of a batch.
const (
	BatchUnknown BatchState = iota
	BatchOpen               // it can be doubted until Until; final after that and when every doubt is answered
	BatchFinal
	BatchVoid // a doubt was not answered: its jobs are claimed one by one
)

func (s BatchState) String() string {
	return [...]string{"unknown", "open", "final", "void"}[min(s, BatchVoid)]
}

// PostedBatch is a batch as the chain knows it.
type PostedBatch struct {
	State  BatchState
	Poster poc.Account
	Until  poc.Time // for doubts
	Pay    market.Amount
	Doubts int  // under way
	Due    bool // its time for doubts is over and none is under way: it can be made final

	raw bindings.BatchesBatch
}

// Batch reads a batch.
func (c *Client) Batch(ctx context.Context, id uint64) (PostedBatch, error) {
	var out hexutil.Bytes
	if err := c.calls(ctx, "latest", call{c.contracts.Batches, batchesABI.PackBatchOf(id), &out}); err != nil {
		return PostedBatch{}, err
	}
	b, err := batchesABI.UnpackBatchOf(out)
	if err != nil {
		return PostedBatch{}, err
	}
	now, err := c.blockTime(ctx)
	if err != nil {
		return PostedBatch{}, err
	}
	p := PostedBatch{
		State: BatchState(b.State), Poster: AccountOf(b.Poster), Until: poc.Time(b.Until.Int64()), Pay: market.Amount(b.Pay), Doubts: int(b.Doubts), raw: b,
	}
	p.Due = p.State == BatchOpen && p.Doubts == 0 && now >= p.Until
	return p, nil
}

// blockTime is the time of the newest block. Nothing is decided on this machine's clock.
func (c *Client) blockTime(ctx context.Context) (poc.Time, error) {
	head, err := c.ends.header(ctx, nil)
	if err != nil {
		return 0, err
	}
	return poc.Time(c.heads.time(head).UnixMilli()), nil
}

// Doubt is something that is wrong with a batch.
type Doubt struct {
	Why string
	msg []byte

	index   uint32 // of the reward
	job     poc.Hash
	task    uint16
	seat    uint8
	omitted bool // job, task and seat are missing
}

// ErrOtherRewards says that rewards are not those of the batch.
var ErrOtherRewards = errors.New("these are not the rewards of the batch")

// CheckBatch returns what is wrong with a batch whose rewards are given, as far as the jobs that the caller knows tell: a job
// charged with another sum, a reward for no seat or of another amount or of a task that was never certified, more of a task
// than its job pays, and missing rewards. A reward that the caller's certificates do not name is not doubted for that alone: the
// poster may know a wider one.
func (c *Client) CheckBatch(ctx context.Context, id uint64, b *Batch, known []KnownJob) ([]Doubt, error) {
	posted, err := c.Batch(ctx, id)
	if err != nil {
		return nil, err
	}
	if b.Root() != posted.raw.Root || b.Len() != int(posted.raw.Count) {
		return nil, ErrOtherRewards
	}
	var out []Doubt
	add := func(d Doubt, msg []byte, err error, format string, args ...any) error {
		d.Why, d.msg = fmt.Sprintf(format, args...), msg
		out = append(out, d)
		return err
	}
	for _, k := range known {
		i := slices.IndexFunc(b.jobs, func(e batchEntry) bool { return e.Job == k.ID })
		if i < 0 {
			continue
		}
		charge, err := c.charge(ctx, k.ID)
		if err != nil {
			return nil, err
		}
		if charge.Batch != id {
			continue // freed since, or never in it
		}
		if charge.Pay != b.jobs[i].Pay || charge.Last != b.jobs[i].Last {
			msg, err := DoubtJob(k.ID)
			if err := add(Doubt{index: charge.Last}, msg, err, "job %s is charged %v, and its rewards are %v", k.ID.Short(), market.Amount(charge.Pay), market.Amount(b.jobs[i].Pay)); err != nil {
				return nil, err
			}
		}
		e, err := c.Escrow(ctx, k.ID)
		if err != nil {
			return nil, err
		}
		known, err := c.bench(ctx, k)
		if err != nil {
			return nil, err
		}
		perTask := map[uint16]uint32{}
		seats := k.Seating.Seats
		for index, r := range b.rewards {
			if r.Job != k.ID {
				continue
			}
			perTask[r.Task]++
			wrong := ""
			switch {
			case int(r.Seat) >= len(seats) || seats[r.Seat].Account != AccountOf(r.Account):
				wrong = "is for a seat that the account does not have"
			case seats[r.Seat].Ask != market.Amount(r.Amount):
				wrong = "is not what the seat asked"
			case certificateOf(k, uint32(r.Task)) == nil:
				wrong = "is for a task that was not certified"
			case known.candidates(uint32(r.Task))>>r.Seat&1 == 0:
				wrong = "is for a seat that is no candidate of the task"
			case perTask[r.Task] > e.Terms.Replicas:
				wrong = "is one more than the job pays for the task"
			default:
				continue
			}
			msg, err := DoubtReward(id, uint32(index))
			if err := add(Doubt{index: uint32(index)}, msg, err, "reward %d %s", index, wrong); err != nil {
				return nil, err
			}
		}
		want, err := c.rewards(known, e.Terms)
		if err != nil {
			return nil, err
		}
		for task := range uint16(e.Terms.Tasks) {
			if perTask[task] > 0 {
				continue
			}
			msg, err := MissingTask(k.ID, task)
			if err := add(Doubt{job: k.ID, task: task, seat: anySeat, omitted: true}, msg, err, "nobody is paid for task %d of job %s, which may still be certified", task, k.ID.Short()); err != nil {
				return nil, err
			}
		}
		for _, r := range want {
			if n := perTask[r.Task]; n > 0 && n < e.Terms.Replicas && b.find(r) < 0 {
				msg, err := Missing(k.Seating, *certificateOf(k, uint32(r.Task)), r.Seat)
				if err := add(Doubt{job: r.Job, task: r.Task, seat: r.Seat, omitted: true}, msg, err, "the pay of seat %d for task %d of job %s is missing", r.Seat, r.Task, k.ID.Short()); err != nil {
					return nil, err
				}
			}
		}
	}
	return out, nil
}

// anySeat is Batches.ANY.
const anySeat = 255

// find returns the index of the reward of a seat for a task, or -1.
func (b *Batch) find(r Reward) int {
	return slices.IndexFunc(b.rewards, func(x bindings.BatchesReward) bool { return x.Job == r.Job && x.Task == r.Task && x.Seat == r.Seat })
}

// Challenge brings a doubt before the contract, for the deposit that it asks for.
func (c *Client) Challenge(ctx context.Context, d Doubt) error {
	terms, err := c.batchTerms(ctx)
	if err != nil {
		return err
	}
	_, err = c.bring(ctx, terms.deposit, d.msg)
	return err
}

// challenges returns the open challenges of a batch by their numbers.
func (c *Client) challenges(ctx context.Context, batch uint64) (map[uint64]bindings.BatchesChallenge, error) {
	var raw hexutil.Bytes
	if err := c.calls(ctx, "latest", call{c.contracts.Batches, batchesABI.PackChallengeCount(), &raw}); err != nil {
		return nil, err
	}
	count, err := batchesABI.UnpackChallengeCount(raw)
	if err != nil {
		return nil, err
	}
	const most = 10_000 // looked at, newest first
	out := map[uint64]bindings.BatchesChallenge{}
	for last := count; last > 0 && count-last < most; {
		n := min(last, 100)
		raws, queries := make([]hexutil.Bytes, n), make([]call, n)
		for i := range queries {
			queries[i] = call{c.contracts.Batches, batchesABI.PackChallengeOf(last - uint64(i)), &raws[i]}
		}
		if err := c.calls(ctx, "latest", queries...); err != nil {
			return nil, err
		}
		for i, raw := range raws {
			ch, err := batchesABI.UnpackChallengeOf(raw)
			if err != nil {
				return nil, err
			}
			if ch.Challenger != (common.Address{}) && ch.Batch == batch {
				out[last-uint64(i)] = ch
			}
		}
		last -= n
	}
	return out, nil
}

// AnswerChallenges answers every doubt about a batch that it can, and returns how many it has answered. What it cannot answer is
// right, or about a job that the caller does not know.
func (c *Client) AnswerChallenges(ctx context.Context, id uint64, b *Batch, known []KnownJob) (answered int, _ error) {
	open, err := c.challenges(ctx, id)
	if err != nil {
		return 0, err
	}
	var failed []error
	for n, ch := range open {
		data, err := answer(n, ch, b, known)
		if err == nil {
			_, err = c.actAt(ctx, c.contracts.Batches, data)
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("challenge %d: %w", n, err))
			continue
		}
		answered++
	}
	return answered, errors.Join(failed...)
}

func answer(n uint64, ch bindings.BatchesChallenge, b *Batch, known []KnownJob) ([]byte, error) {
	if ch.Omitted {
		i := b.find(Reward{Job: ch.Job, Task: ch.Task, Seat: ch.Seat})
		if ch.Seat == anySeat {
			i = slices.IndexFunc(b.rewards, func(x bindings.BatchesReward) bool { return x.Job == ch.Job && x.Task == ch.Task })
		}
		if i < 0 {
			return nil, errors.New("the reward is missing indeed")
		}
		return batchesABI.PackAnswerMissing(n, b.Opening(uint32(i))), nil
	}
	self := b.Opening(ch.Index)
	k := slices.IndexFunc(known, func(k KnownJob) bool { return k.ID == self.Reward.Job })
	if k < 0 {
		return nil, errors.New("it is about an unknown job")
	}
	cert := certificateOf(known[k], uint32(self.Reward.Task))
	if cert == nil {
		return nil, errors.New("the task was not certified")
	}
	seating, packed, err := Proof(known[k].Seating, *cert)
	if err != nil {
		return nil, err
	}
	return batchesABI.PackAnswer(n, self, b.Around(ch.Index), seating, packed), nil
}

// AdvanceBatch does whatever a batch needs now that anybody may do, and says what it did: it voids one with a doubt that was not
// answered in time and gives its jobs back to claims; it makes one final that is due, closes its jobs' escrows, and withdraws
// what this account has in it. With nothing to do it says nothing.
func (c *Client) AdvanceBatch(ctx context.Context, id uint64, b *Batch) (did []string, _ error) {
	p, err := c.Batch(ctx, id)
	if err != nil {
		return nil, err
	}
	do := func(what string, data []byte) error {
		if _, err := c.actAt(ctx, c.contracts.Batches, data); err != nil {
			return fmt.Errorf("batch %d: %s: %w", id, what, err)
		}
		did = append(did, what)
		return nil
	}
	if p.State == BatchOpen && p.Doubts > 0 {
		open, err := c.challenges(ctx, id)
		if err != nil {
			return did, err
		}
		now, err := c.blockTime(ctx)
		if err != nil {
			return did, err
		}
		for n, ch := range open {
			if now >= poc.Time(ch.Until.Int64()) {
				if err := do("voided", batchesABI.PackVoidBatch(n)); err != nil {
					return did, err
				}
				p.State = BatchVoid
				break
			}
		}
	}
	if p.Due {
		if err := do("finalized", batchesABI.PackFinalize(id)); err != nil {
			return did, err
		}
		p.State = BatchFinal
	}
	open, err := c.openJobs(ctx, id, b)
	if err != nil {
		return did, err
	}
	switch p.State {
	case BatchVoid:
		for _, job := range open {
			if err := do("freed", batchesABI.PackFree(job)); err != nil {
				return did, err
			}
		}
		if err := c.takeBack(ctx, id, do); err != nil {
			return did, err
		}
	case BatchFinal:
		for len(open) > 0 {
			n := min(len(open), 64)
			if err := do("closed", batchesABI.PackFinish(open[:n])); err != nil {
				return did, err
			}
			open = open[n:]
		}
		o, ok := b.Last(c.from)
		if !ok {
			return did, nil
		}
		// Whether it is withdrawn already, a simulation shows.
		if err := do("withdrawn", batchesABI.PackWithdraw(id, o)); err != nil && !errors.Is(err, errWithdrawn) {
			return did, err
		}
	}
	return did, nil
}

// openJobs returns those jobs of a batch that are still charged to it and whose escrow is open.
func (c *Client) openJobs(ctx context.Context, id uint64, b *Batch) (open [][32]byte, _ error) {
	for some := range slices.Chunk(b.jobs, 64) {
		raws, queries := make([]hexutil.Bytes, 2*len(some)), []call{}
		for i, e := range some {
			queries = append(queries, call{c.contracts.Batches, batchesABI.PackCharges(e.Job), &raws[2*i]},
				call{c.contracts.Marketplace, marketABI.PackJob(e.Job), &raws[2*i+1]})
		}
		if err := c.calls(ctx, "latest", queries...); err != nil {
			return nil, err
		}
		for i, e := range some {
			charge, err1 := batchesABI.UnpackCharges(raws[2*i])
			j, err2 := marketABI.UnpackJob(raws[2*i+1])
			if err := errors.Join(err1, err2); err != nil {
				return nil, err
			}
			if charge.Batch == id && !j.Money.Closed {
				open = append(open, e.Job)
			}
		}
	}
	return open, nil
}

// bring sends the batches contract tokens with a message.
func (c *Client) bring(ctx context.Context, amount market.Amount, msg []byte) (*types.Receipt, error) {
	p := c.transfer(c.contracts.Batches, amount, msg)
	if err := c.fillWallet(ctx, p.spend); err != nil {
		return nil, err
	}
	return c.actAt(ctx, p.to, p.data)
}

// Form of published rewards: a version, then jobs and rewards with their counts.
const (
	rewardsVersion = 1
	rewardBytes    = 20 + 4 + 2 + 1 + 8
	maxBatchJobs   = 1 << 16
)

// Encode returns the batch's jobs and rewards as they are published; ParseBatch makes the same batch of it.
func (b *Batch) Encode() []byte {
	out := []byte{rewardsVersion}
	out = binary.BigEndian.AppendUint32(out, uint32(len(b.jobs)))
	at := map[[32]byte]uint32{}
	for i, e := range b.jobs {
		at[e.Job] = uint32(i)
		out = append(out, e.Job[:]...)
	}
	out = binary.BigEndian.AppendUint32(out, uint32(len(b.rewards)))
	for _, r := range b.rewards {
		out = append(out, r.Account[:]...)
		out = binary.BigEndian.AppendUint32(out, at[r.Job])
		out = append(binary.BigEndian.AppendUint16(out, r.Task), r.Seat)
		out = binary.BigEndian.AppendUint64(out, r.Amount)
	}
	return out
}

// ParseBatch makes the batch of published rewards.
func ParseBatch(raw []byte) (*Batch, error) {
	bad := errors.New("these are not the rewards of a batch")
	r := bytes.NewReader(raw)
	var version byte
	var jobs, rewards uint32
	if binary.Read(r, binary.BigEndian, &version) != nil || version != rewardsVersion ||
		binary.Read(r, binary.BigEndian, &jobs) != nil || jobs > maxBatchJobs || int(jobs)*32 > r.Len() {
		return nil, bad
	}
	ids := make([]poc.Hash, jobs)
	if binary.Read(r, binary.BigEndian, ids) != nil || binary.Read(r, binary.BigEndian, &rewards) != nil ||
		rewards > maxBatch || int(rewards)*rewardBytes != r.Len() {
		return nil, bad
	}
	all := make([]Reward, rewards)
	for i := range all {
		var x struct {
			Account common.Address
			Job     uint32
			Task    uint16
			Seat    uint8
			Amount  uint64
		}
		if binary.Read(r, binary.BigEndian, &x) != nil || x.Job >= jobs {
			return nil, bad
		}
		all[i] = Reward{x.Account, ids[x.Job], x.Task, x.Seat, market.Amount(x.Amount)}
	}
	sorted := slices.SortedFunc(slices.Values(ids), func(a, b poc.Hash) int { return bytes.Compare(a[:], b[:]) })
	if len(slices.Compact(sorted)) != len(ids) {
		return nil, fmt.Errorf("%w: a job is in them twice", bad)
	}
	return NewBatch(all, ids)
}

// errWithdrawn is the refusal of a second withdrawal.
var errWithdrawn = fmt.Errorf("%w: the pay of this account in the batch is withdrawn already", chain.ErrRefused)
