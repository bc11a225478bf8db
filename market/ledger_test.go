package market

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"sort"
	"testing"

	"gpumesh/poc"
)

// testSigner makes settlement signatures that only its account's key could make, were the key not its name.
type testSigner struct{ account poc.Account }

func (s testSigner) Account() poc.Account { return s.account }
func (s testSigner) Sign(st poc.Statement) ([]byte, error) {
	return testSignature(s.account, st), nil
}

func testSignature(a poc.Account, st poc.Statement) []byte {
	h := sha256.New()
	fmt.Fprintf(h, "%s|%d|%x|%d|%x|%x|%x", a, st.Kind, st.Job, st.Task, st.Digest, st.Agreed, st.Late)
	return h.Sum(nil)
}

type testVerifier struct{}

func (testVerifier) Verify(a poc.Account, st poc.Statement, sig []byte) error {
	if !slices.Equal(sig, testSignature(a, st)) {
		return errors.New("wrong signature")
	}
	return nil
}

// ledger is the settlement layer in memory.
type ledger struct {
	t         *testing.T
	balance   map[poc.Account]Amount
	stake     map[poc.Account]Amount
	peers     map[poc.Account]poc.PeerID
	escrows   map[poc.Hash]*Escrow
	seating   map[poc.Hash]Seating
	settled   map[poc.Hash]map[uint32]poc.Hash
	slashed   map[string]bool
	completed map[poc.Account]uint64
	faults    map[poc.Account]uint64
	history   map[poc.Hash][]Entry
	least     Amount // stake below which a signature does not count
	height    uint64
	total     Amount
	burnt     Amount
	keeps     func(poc.Account) bool // whether it takes a transaction to keep a beacon
}

func newLedger(t *testing.T) *ledger {
	return &ledger{
		t: t, balance: map[poc.Account]Amount{}, stake: map[poc.Account]Amount{}, peers: map[poc.Account]poc.PeerID{},
		escrows: map[poc.Hash]*Escrow{}, seating: map[poc.Hash]Seating{}, settled: map[poc.Hash]map[uint32]poc.Hash{},
		slashed: map[string]bool{}, completed: map[poc.Account]uint64{}, faults: map[poc.Account]uint64{}, history: map[poc.Hash][]Entry{},
	}
}

func (l *ledger) standing(a poc.Account) Standing {
	return Standing{Account: a, Peer: l.peers[a], Registered: true, Stake: l.stake[a], Completed: l.completed[a], Faults: l.faults[a]}
}

func (e *Escrow) held() Amount { return e.Terms.Budget - e.Paid - e.Fees - e.Refunded }

// check asserts that no base unit was made or lost.
func (l *ledger) check() {
	l.t.Helper()
	sum := l.burnt
	for _, b := range l.balance {
		sum += b
	}
	for _, s := range l.stake {
		sum += s
	}
	for _, e := range l.escrows {
		if e.Paid+e.Refunded > e.Terms.Budget {
			l.t.Fatalf("escrow %s pays more than it holds", e.Job.Short())
		}
		sum += e.held()
	}
	if sum != l.total {
		l.t.Fatalf("funds are not conserved: %v of %v", sum, l.total)
	}
}

func (l *ledger) do(now poc.Time, from poc.Account, op Op) (Receipt, error) {
	defer l.check()
	l.height++
	rec := Receipt{Tx: fmt.Sprintf("tx%d", l.height), Height: l.height}
	switch op := op.(type) {
	case LockEscrow:
		if l.escrows[op.Job] != nil {
			return Receipt{}, nil
		}
		if l.balance[from] < op.Terms.Budget {
			return Receipt{}, errors.New("insufficient balance")
		}
		l.balance[from] -= op.Terms.Budget
		l.escrows[op.Job] = &Escrow{Job: op.Job, Owner: from, Terms: op.Terms}
		l.settled[op.Job] = map[uint32]poc.Hash{}
		l.history[op.Job] = append(l.history[op.Job], Entry{Kind: "lock", Receipt: rec})
	case AnchorAward:
		e := l.escrows[op.Job]
		if e == nil || e.Owner != from || e.Closed || !e.Award.IsZero() && e.Award != op.Award {
			return Receipt{}, errors.New("not to be anchored")
		}
		e.Award, l.seating[op.Job] = op.Award, op.Seating
	case KeepBeacon:
		if l.keeps == nil || !l.keeps(from) {
			return Receipt{Height: l.height}, nil
		}
	case Claim:
		e := l.escrows[op.Job]
		if e == nil || now >= e.Terms.Expiry || !op.Seating.Equal(l.seating[op.Job]) {
			return Receipt{}, errors.New("nothing to claim")
		}
		pays, lacking := map[poc.Account]Amount{}, false
		for _, c := range op.Certificates {
			if _, done := l.settled[op.Job][c.Task]; done {
				continue
			}
			for _, a := range c.Attestations {
				i := slices.IndexFunc(op.Seating.Seats, func(s Seat) bool { return s.Account == a.Account })
				if i < 0 || a.Agreed>>i&1 == 0 || a.Agreed&^op.Seating.Of(c.Ref(), sha256.Sum256(e.Award[:])) != 0 || (testVerifier{}).Verify(a.Account, c.Statement(a), a.Signature) != nil {
					return Receipt{}, errors.New("signer is not entitled")
				}
			}
			c.Attestations = slices.DeleteFunc(slices.Clone(c.Attestations), func(a poc.Attestation) bool { return l.stake[a.Account] < l.least })
			payees := c.Payees(e.Terms.Quorum)
			if uint32(len(c.Attestations)) < e.Terms.Quorum || len(payees) == 0 {
				lacking = true
				continue
			}
			payees = slices.DeleteFunc(payees, func(i uint8) bool { return l.stake[op.Seating.Seats[i].Account] < l.least })
			for _, i := range payees[:min(len(payees), int(e.Terms.Replicas))] {
				a := op.Seating.Seats[i].Account
				pay := op.Seating.Seats[i].Ask.Graded(c.Late(e.Terms.Quorum)>>i&1 != 0, c.Share, e.Terms.LateBps)
				pays[a] += pay
				e.Paid += pay
				l.balance[a] += pay
				l.completed[a]++
			}
			l.settled[op.Job][c.Task] = c.Result.Digest()
			e.Settled++
			rec.Tasks = append(rec.Tasks, c.Task)
		}
		switch {
		case len(rec.Tasks) == 0 && lacking:
			return Receipt{}, errors.New("no quorum")
		case len(rec.Tasks) == 0:
			return Receipt{}, nil
		}
		for a, p := range pays {
			rec.Pays = append(rec.Pays, Pay{a, p})
		}
		sort.Slice(rec.Pays, func(a, b int) bool { return rec.Pays[a].Account < rec.Pays[b].Account })
		if e.Settled == e.Terms.Tasks {
			l.close(e)
		}
		l.history[op.Job] = append(l.history[op.Job], Entry{Kind: "claim", Receipt: rec})
	case Slash:
		key := fmt.Sprint(op.Ref, op.Account)
		if l.slashed[key] {
			return Receipt{}, nil
		}
		d, ok := l.settled[op.Ref.Job][op.Ref.Task]
		st := poc.Statement{Kind: poc.Revealed, Job: op.Ref.Job, Task: op.Ref.Task, Digest: op.Digest}
		if !ok || d == op.Digest || (testVerifier{}).Verify(op.Account, st, op.Signature) != nil {
			return Receipt{}, errors.New("no contradiction")
		}
		l.slashed[key] = true
		l.convict(op.Ref, op.Account, &rec)
	case SlashTwice:
		two := op.Twice
		key := fmt.Sprint(two.TaskRef, two.Account)
		if l.slashed[key] {
			return Receipt{}, nil
		}
		if _, err := poc.Validate(two, testVerifier{}); err != nil {
			return Receipt{}, err
		}
		l.slashed[key] = true
		l.convict(two.TaskRef, two.Account, &rec)
	case Refund:
		e := l.escrows[op.Job]
		if e == nil || e.Closed {
			return Receipt{}, nil
		}
		if !(e.Award.IsZero() && from == e.Owner) && now < e.Terms.Expiry {
			return Receipt{}, errors.New("too early")
		}
		l.close(e)
		l.history[op.Job] = append(l.history[op.Job], Entry{Kind: "refund", Receipt: rec})
	}
	return rec, nil
}

func (l *ledger) convict(ref poc.TaskRef, a poc.Account, rec *Receipt) {
	cut := l.stake[a] / 10
	l.stake[a] -= cut
	l.burnt += cut
	l.faults[a]++
	rec.Amount, rec.Tasks = cut, []uint32{ref.Task}
	l.history[ref.Job] = append(l.history[ref.Job], Entry{Kind: "slash", Account: a, Receipt: *rec})
}

func (l *ledger) close(e *Escrow) {
	rest := e.held()
	e.Refunded += rest
	l.balance[e.Owner] += rest
	e.Closed = true
}
