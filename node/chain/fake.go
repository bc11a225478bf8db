package chain

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"sync"

	"gpumesh/market"
	"gpumesh/poc"
)

// FakeConfig is what the ledger of a Fake starts from. It is what a real chain fixes at deployment, and its clock.
type FakeConfig struct {
	FeeBps    uint32
	MinStake  market.Amount // below it a worker's signature does not count
	SlashBps  uint32        // part of the stake that a proven lie costs
	RewardBps uint32        // part of a slash that goes to the reporter
	Epoch     poc.Millis    // after it a record counts half; zero: records do not age
	TopUp     poc.Millis    // from the last task's claim, in which workers that it left out can still be paid
	Treasury  poc.Account
	Pool      PoolTerms  // no Most: there is no pool
	Court     CourtTerms // no Window: there are no arbiters, and every conviction is final
	Memory    uint64     // newest blocks that draw candidates; zero: all
	Balances  map[poc.Account]market.Amount
	Now       func() poc.Time
}

// Fake is a ledger in memory with the rules of the contracts in node/chain/evm/contracts. It is deterministic: the same calls
// give the same answers. Every operation is a block of its own, followed by an empty one, so beacons never have to be waited
// for once an award is anchored. It is safe for concurrent use.
type Fake struct {
	cfg    FakeConfig
	secret [32]byte

	mu struct {
		sync.Mutex
		height   uint64
		balances map[poc.Account]market.Amount // with what was earned
		earned   map[poc.Account]market.Amount // and not spent: the rest of a balance is spent first
		workers  map[poc.Account]*market.Standing
		recent   map[poc.Account]recent
		verified map[poc.Account]bool
		changes  []change // of workers, oldest first
		jobs     map[poc.Hash]*fakeJob
		slashed  map[slashKey]bool
		pool     fakePool
		court    fakeCourt
		totals   Totals // Held and Staked are moved with the money, not derived from the others
		changed  chan struct{}

		faults []Fault
		gate   <-chan struct{}
	}
}

type fakeJob struct {
	market.Escrow
	seating market.Seating
	beacon  market.Beacon
	results map[uint32]poc.Hash
	paid    map[uint32]uint64 // by task, a bitmap of seats
	fined   map[uint32]uint64 // of them, those that were paid less for being late
	kept    bool              // what its candidates are drawn by is never forgotten
	batched bool              // in a batch: no claims, no refund
	narrow  bool              // later certificates may pay or fine somebody whom a claim left out: open for them
	since   poc.Time          // when the newest task was settled
	history []market.Entry
}

// change is how a worker stood from some block on.
type change struct {
	height uint64
	worker market.Standing
}

// recent is what a worker's record counted when it was last changed, and when that was.
type recent struct{ count, epoch uint64 }

type slashKey struct {
	ref     poc.TaskRef
	account poc.Account
}

// Fault is what goes wrong in one Submit.
type Fault struct {
	Err   error
	After bool // the operation takes effect, but its answer is lost
}

// NewFake returns a ledger.
func NewFake(cfg FakeConfig) *Fake {
	f := &Fake{cfg: cfg, secret: sha256.Sum256([]byte("gpumesh fake ledger"))}
	f.mu.balances = map[poc.Account]market.Amount{}
	for a, n := range cfg.Balances {
		f.mu.balances[a] = n
	}
	f.mu.earned, f.mu.verified = map[poc.Account]market.Amount{}, map[poc.Account]bool{}
	f.mu.workers = map[poc.Account]*market.Standing{}
	f.mu.recent = map[poc.Account]recent{}
	f.mu.jobs = map[poc.Hash]*fakeJob{}
	f.mu.slashed = map[slashKey]bool{}
	f.mu.pool.accounts = map[poc.Account]*fakeClaimant{}
	f.mu.court = newFakeCourt()
	f.mu.changed = make(chan struct{})
	return f
}

// As returns one account's view of the ledger. It is a Court if the ledger has arbiters.
func (f *Fake) As(a poc.Account) Settlement {
	if f.cfg.Court.Window > 0 {
		return &fakeJuror{fakeAccount{f, a}}
	}
	return &fakeAccount{f, a}
}

// FailNext makes the next Submits, of whatever account, fail: one per given fault.
func (f *Fake) FailNext(faults ...Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.mu.faults = append(f.mu.faults, faults...)
}

// SetVerified marks a worker as verified, or not: what the network's verifier does.
func (f *Fake) SetVerified(a poc.Account, verified bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.mu.verified[a] = verified
}

// SetRandom has the candidates of an awarded job drawn as another chain drew them.
func (f *Fake) SetRandom(job, random poc.Hash) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.mu.jobs[job].beacon.Random = random
}

// Pass adds empty blocks.
func (f *Fake) Pass(blocks uint64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.mu.height += blocks
	close(f.mu.changed)
	f.mu.changed = make(chan struct{})
}

// Gate makes every Submit wait, before it does anything, until it can receive from the channel. Nil opens the gate.
func (f *Fake) Gate(gate <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.mu.gate = gate
}

// fakeAccount is the Settlement of one account.
type fakeAccount struct {
	f *Fake
	a poc.Account
}

var (
	_ Settlement = (*fakeAccount)(nil)
	_ Payer      = (*fakeAccount)(nil)
	_ Clock      = (*fakeAccount)(nil)
	_ Epochs     = (*fakeAccount)(nil)
	_ Pool       = (*fakeAccount)(nil)
)

func (v *fakeAccount) Account() poc.Account { return v.a }
func (v *fakeAccount) Chain() string        { return "fake" }
func (v *fakeAccount) Close() error         { return nil }

func (v *fakeAccount) FeeBps(context.Context) (uint32, error) { return v.f.cfg.FeeBps, nil }

// Sign is a keyed hash: nobody outside this package can make one.
func (v *fakeAccount) Sign(s poc.Statement) ([]byte, error) {
	if s.Kind != poc.Attested && s.Kind != poc.Revealed && s.Kind != poc.Committed {
		return nil, fmt.Errorf("a settlement signature is over committed, attested or revealed, not over %v", s.Kind)
	}
	if s.Kind != poc.Attested && (s.Agreed != 0 || s.Late != 0 || s.Share != 0) {
		return nil, errors.New("a commitment or reveal names no seats and no grade")
	}
	return v.f.sign(v.a, s), nil
}

func (f *Fake) sign(a poc.Account, s poc.Statement) []byte {
	h := hmac.New(sha256.New, f.secret[:])
	h.Write(s.Job[:])
	h.Write(s.Digest[:])
	binary.Write(h, binary.BigEndian, struct {
		Kind   poc.StatementKind
		Task   uint32
		Agreed uint64
		Late   uint64
		Share  uint16
	}{s.Kind, s.Task, s.Agreed, s.Late, s.Share})
	h.Write([]byte(a))
	return h.Sum(nil)
}

// Verify accepts what Sign returns, and nothing else.
func (v *fakeAccount) Verify(a poc.Account, s poc.Statement, sig []byte) error {
	return v.f.verify(a, s, sig)
}

func (f *Fake) verify(a poc.Account, s poc.Statement, sig []byte) error {
	if !hmac.Equal(f.sign(a, s), sig) {
		return fmt.Errorf("the signature is not by %s over this statement", a)
	}
	return nil
}

func (v *fakeAccount) Submit(ctx context.Context, op market.Op) (market.Receipt, error) {
	f := v.f
	f.mu.Lock()
	gate := f.mu.gate
	f.mu.Unlock()
	if gate != nil {
		select {
		case <-gate:
		case <-ctx.Done():
			return market.Receipt{}, ctx.Err()
		}
	}
	if err := ctx.Err(); err != nil {
		return market.Receipt{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	var fault Fault
	if len(f.mu.faults) > 0 {
		fault = f.mu.faults[0]
		f.mu.faults = f.mu.faults[1:]
	}
	if fault.Err != nil && !fault.After {
		return market.Receipt{}, fault.Err
	}
	r, err := f.apply(v.a, op)
	if err == nil && fault.Err != nil {
		return market.Receipt{}, fault.Err
	}
	return r, err
}

func (v *fakeAccount) Escrow(ctx context.Context, job poc.Hash) (market.Escrow, error) {
	v.f.mu.Lock()
	defer v.f.mu.Unlock()
	j, ok := v.f.mu.jobs[job]
	if !ok {
		return market.Escrow{}, fmt.Errorf("job %s: %w", job.Short(), ErrNoEscrow)
	}
	return j.Escrow, ctx.Err()
}

func (v *fakeAccount) Beacon(ctx context.Context, job, award poc.Hash, seating market.Seating) (market.Beacon, error) {
	for {
		v.f.mu.Lock()
		j, changed := v.f.mu.jobs[job], v.f.mu.changed
		if j != nil && !j.Award.IsZero() {
			defer v.f.mu.Unlock()
			if j.Award != award || !j.seating.Equal(seating) {
				return market.Beacon{}, fmt.Errorf("job %s: %w", job.Short(), ErrAwardMismatch)
			}
			b := j.beacon
			b.Standings = slices.Clone(b.Standings)
			return b, nil
		}
		closed := j != nil && j.Closed
		v.f.mu.Unlock()
		if closed {
			return market.Beacon{}, fmt.Errorf("%w: the escrow of job %s was refunded before an award", ErrRefused, job.Short())
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return market.Beacon{}, fmt.Errorf("no award of job %s is anchored yet: %w", job.Short(), ctx.Err())
		}
	}
}

func (v *fakeAccount) Settled(ctx context.Context, job poc.Hash, tasks uint32) ([]poc.Hash, error) {
	if tasks > maxTasks {
		return nil, fmt.Errorf("a job has at most %d tasks, not %d", maxTasks, tasks)
	}
	v.f.mu.Lock()
	defer v.f.mu.Unlock()
	out := make([]poc.Hash, tasks)
	if j := v.f.mu.jobs[job]; j != nil {
		for i := range out {
			out[i] = j.results[uint32(i)]
		}
	}
	return out, ctx.Err()
}

// Time implements Clock.
func (v *fakeAccount) Time(ctx context.Context) (poc.Time, error) { return v.f.cfg.Now(), ctx.Err() }

// PaidSeats implements Payer.
func (v *fakeAccount) PaidSeats(ctx context.Context, job poc.Hash, tasks uint32) (paid, fined []uint64, _ error) {
	if tasks > maxTasks {
		return nil, nil, fmt.Errorf("a job has at most %d tasks, not %d", maxTasks, tasks)
	}
	v.f.mu.Lock()
	defer v.f.mu.Unlock()
	paid, fined = make([]uint64, tasks), make([]uint64, tasks)
	if j := v.f.mu.jobs[job]; j != nil {
		for i := range paid {
			paid[i], fined[i] = j.paid[uint32(i)], j.fined[uint32(i)]
		}
	}
	return paid, fined, ctx.Err()
}

func (v *fakeAccount) History(ctx context.Context, job poc.Hash) ([]market.Entry, error) {
	v.f.mu.Lock()
	defer v.f.mu.Unlock()
	if j := v.f.mu.jobs[job]; j != nil {
		return slices.Clone(j.history), ctx.Err()
	}
	return nil, ctx.Err()
}

func (v *fakeAccount) Standing(ctx context.Context, a poc.Account) (market.Standing, error) {
	v.f.mu.Lock()
	defer v.f.mu.Unlock()
	return v.f.standing(a), ctx.Err()
}

func (f *Fake) standing(a poc.Account) market.Standing {
	if w := f.mu.workers[a]; w != nil {
		s := *w
		if r, ok := f.mu.recent[a]; ok {
			n := r.at(f.epoch())
			s.Recent = &n
		}
		return s
	}
	return market.Standing{Account: a}
}

func (v *fakeAccount) Balance(ctx context.Context, a poc.Account) (market.Amount, string, error) {
	v.f.mu.Lock()
	defer v.f.mu.Unlock()
	return v.f.mu.balances[a], "0", ctx.Err()
}

func (v *fakeAccount) Totals(ctx context.Context) (Totals, error) {
	v.f.mu.Lock()
	defer v.f.mu.Unlock()
	return v.f.mu.totals, ctx.Err()
}

// Height implements Epochs.
func (v *fakeAccount) Height(ctx context.Context) (uint64, error) {
	v.f.mu.Lock()
	defer v.f.mu.Unlock()
	return v.f.mu.height, ctx.Err()
}

// Epoch implements Epochs.
func (v *fakeAccount) Epoch(ctx context.Context, _, at uint64) (Epoch, error) {
	for {
		v.f.mu.Lock()
		if v.f.mu.height >= at {
			defer v.f.mu.Unlock()
			return v.f.epochAt(at), nil
		}
		changed := v.f.mu.changed
		v.f.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
			return Epoch{}, fmt.Errorf("block %d, with which an epoch begins, is not there yet: %w", at, ctx.Err())
		}
	}
}

func (f *Fake) epochAt(height uint64) Epoch {
	e := Epoch{Beacon: f.random(height, poc.Hash{})}
	last := map[poc.Account]market.Standing{}
	for _, c := range f.mu.changes {
		if c.height <= height {
			last[c.worker.Account] = market.Standing{Account: c.worker.Account, Peer: c.worker.Peer, Registered: true, Stake: c.worker.Stake}
		}
	}
	for _, a := range slices.Sorted(maps.Keys(last)) {
		e.Workers = append(e.Workers, last[a])
	}
	return e
}

// block ends an operation: its block, and an empty one.
func (f *Fake) block() market.Receipt {
	f.mu.height += 2
	close(f.mu.changed)
	f.mu.changed = make(chan struct{})
	return market.Receipt{Tx: fmt.Sprintf("fake-%d", f.mu.height-1), Height: f.mu.height - 1}
}

func (f *Fake) random(height uint64, job poc.Hash) poc.Hash {
	return sha256.Sum256(slices.Concat(f.secret[:], binary.BigEndian.AppendUint64(nil, height), job[:]))
}

func (f *Fake) epoch() uint64 { return uint64(f.cfg.Now()) / uint64(f.cfg.Epoch) }

// at is the count in a later epoch.
func (r recent) at(epoch uint64) uint64 { return r.count >> min(epoch-r.epoch, 63) }

// paid adds replicas to a worker's record.
func (f *Fake) paid(a poc.Account, n uint64) {
	f.mu.workers[a].Completed += n
	if f.cfg.Epoch > 0 {
		e := f.epoch()
		f.mu.recent[a] = recent{f.mu.recent[a].at(e) + n, e}
	}
}

// part returns n*bps/FeeBase, rounded down.
func part(n market.Amount, bps uint32) market.Amount {
	hi, lo := bits.Mul64(uint64(n), uint64(bps))
	q, _ := bits.Div64(hi, lo, market.FeeBase)
	return market.Amount(q)
}
