package verify

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"

	"gpumesh/market"
	"gpumesh/poc"
)

// pay checks every claim: who the certificates name is paid its ask for each, and nobody else anything. The chain passes over
// seats whose stake has fallen, for a whole claim at a time; that cannot be seen here, so it is only noted.
func (v *verifier) pay() (string, error) {
	n := len(v.seats)
	paid, tasks, late := make([]market.Amount, n), make([]int, n), make([]int, n)
	claimed := make([]bool, len(v.certified))
	v.passedOver = make([]int, n)
	for _, e := range v.r.Operations {
		if e.Kind == "batch" {
			all := v.batched()
			for i := range paid {
				paid[i] += all[i]
			}
			for i := range claimed {
				claimed[i] = true
			}
			v.note("the job was settled in a batch: each worker withdraws its pay by itself, which the receipt does not show")
		}
		if e.Kind != "claim" {
			if len(e.Receipt.Pays) > 0 {
				return "", fmt.Errorf("transaction %s is a %s, and the receipt says that it pays workers", e.Receipt.Tx, e.Kind)
			}
			continue
		}
		got, err := v.paidIn(e.Receipt)
		if err != nil {
			return "", fmt.Errorf("claim %s: %w", e.Receipt.Tx, err)
		}
		for _, i := range e.Receipt.Tasks {
			if int(i) >= len(claimed) || v.certified[i] == nil {
				return "", fmt.Errorf("claim %s settles task %d, which has no certificate", e.Receipt.Tx, i)
			}
			if claimed[i] {
				return "", fmt.Errorf("task %d is claimed twice", i)
			}
			claimed[i] = true
		}
		want := v.due(e.Receipt.Tasks, got)
		for i := range v.seats {
			if paid[i] += got[i]; got[i] == want[i] {
				continue
			}
			return "", fmt.Errorf("claim %s pays %s %v, and its ask for each certificate that names it comes to %v", e.Receipt.Tx, v.peers[i].Short(), got[i], want[i])
		}
	}
	var all market.Amount
	for i, c := range v.certified {
		if c == nil {
			continue
		}
		if _, left := v.leftOut[uint32(i)]; !claimed[i] && !left && v.r.State == market.Done.String() {
			return "", fmt.Errorf("the job is done, and its certified task %d was never claimed", i)
		}
		payees := c.Payees(v.spec.Policy.Quorum)
		for _, seat := range payees[:min(len(payees), int(v.spec.Policy.MaxReplicas))] {
			tasks[seat]++
			late[seat] += int(c.Late(v.spec.Policy.Quorum) >> seat & 1)
		}
	}
	for i, w := range v.r.Workers {
		if w.Tasks != tasks[i] {
			return "", fmt.Errorf("the receipt counts %d certificates that name %s; there are %d", w.Tasks, w.Peer.Short(), tasks[i])
		}
		if w.Late != late[i] {
			return "", fmt.Errorf("the receipt counts %d certificates that call %s late; there are %d", w.Late, w.Peer.Short(), late[i])
		}
		if w.Paid != paid[i] {
			return "", fmt.Errorf("the receipt says that %s was paid %v, and its transactions come to %v", w.Peer.Short(), w.Paid, paid[i])
		}
		if want := v.transactions(w.Account); !slices.Equal(w.Tx, want) {
			return "", fmt.Errorf("the transactions listed for %s are not those that pay it", w.Peer.Short())
		}
		all += paid[i]
		if v.passedOver[i] > 0 {
			v.note("%s is named by %d certificates and got nothing for them: the chain passes over who no longer has the stake, which a receipt does not show",
				w.Peer.Short(), v.passedOver[i])
		}
	}
	if slices.Max(v.passedOver) > 0 {
		return fmt.Sprintf("the workers were paid their ask for each certificate that names them, once, but for those that the notes tell of: %v in all", all), nil
	}
	return fmt.Sprintf("every worker was paid its ask for each certificate that names it, once: %v in all", all), nil
}

// paidIn returns what each seat got in one claim.
func (v *verifier) paidIn(r market.Receipt) ([]market.Amount, error) {
	got := make([]market.Amount, len(v.seats))
	for _, p := range r.Pays {
		i := slices.IndexFunc(v.seats, func(s market.Seat) bool { return s.Account == p.Account })
		if i < 0 {
			return nil, fmt.Errorf("it pays account %s, which has no seat", p.Account)
		}
		if got[i] != 0 || p.Amount == 0 {
			return nil, fmt.Errorf("it pays account %s twice or nothing", p.Account)
		}
		got[i] = p.Amount
	}
	return got, nil
}

// due returns what a claim of these tasks owes each seat, by the chain's rule: at most MaxReplicas of those who are named by a
// quorum, in the order of their seats, passing over those without stake. Who got nothing was passed over, or not owed.
func (v *verifier) due(tasks []uint32, got []market.Amount) []market.Amount {
	owed := make([]market.Amount, len(v.seats))
	for _, t := range tasks {
		left := int(v.spec.Policy.MaxReplicas)
		var sum market.Amount
		c := v.certified[t]
		for _, seat := range c.Payees(v.spec.Policy.Quorum) {
			if left == 0 {
				break
			}
			if got[seat] == 0 {
				v.passedOver[seat]++
				continue
			}
			left--
			ask := v.seats[seat].Ask.Graded(c.Late(v.spec.Policy.Quorum)>>seat&1 != 0, c.Share, v.spec.LateBps)
			owed[seat] += ask
			sum += ask
		}
		v.taskPay = append(v.taskPay, sum)
	}
	return owed
}

// batched is what a batch pays each seat: its ask for each certificate that names it, as the chain has its sum.
func (v *verifier) batched() []market.Amount {
	paid := make([]market.Amount, len(v.seats))
	var sum market.Amount
	for _, c := range v.certified {
		if c == nil {
			continue
		}
		payees := c.Payees(v.spec.Policy.Quorum)
		for _, seat := range payees[:min(len(payees), int(v.spec.Policy.MaxReplicas))] {
			paid[seat] += v.seats[seat].Ask
			sum += v.seats[seat].Ask
		}
	}
	v.taskPay = []market.Amount{sum} // its fee is of the whole
	return paid
}

func (v *verifier) transactions(a poc.Account) (txs []string) {
	for _, e := range v.r.Operations {
		paid := slices.ContainsFunc(e.Receipt.Pays, func(p market.Pay) bool { return p.Account == a })
		if e.Kind == "batch" {
			seat := slices.IndexFunc(v.seats, func(s market.Seat) bool { return s.Account == a })
			paid = seat >= 0 && v.batched()[seat] > 0
		}
		if paid && !slices.Contains(txs, e.Receipt.Tx) {
			txs = append(txs, e.Receipt.Tx)
		}
	}
	return txs
}

// escrow checks that the sums agree: nothing is made and nothing is lost.
func (v *verifier) escrow() (string, error) {
	e := v.r.Escrow
	if e == nil {
		if v.r.State == market.Failed.String() && len(v.r.Operations) == 0 {
			return "", skipf("nothing was locked")
		}
		return "", skipf("the node that wrote the receipt had not seen the escrow")
	}
	var locked, paid, refunded market.Amount
	for _, o := range v.r.Operations {
		for _, p := range o.Receipt.Pays {
			paid += p.Amount
		}
		switch o.Kind {
		case "lock":
			locked += o.Receipt.Amount
		case "batch":
			for _, n := range v.batched() {
				paid += n
			}
			refunded += o.Receipt.Amount
		case "claim", "refund":
			refunded += o.Receipt.Amount // of a claim: the rest, when it settled the last task
		}
	}
	var workers market.Amount
	for _, w := range v.r.Workers {
		workers += w.Paid
	}
	switch {
	case e.Locked != v.spec.Budget || locked != e.Locked:
		return "", fmt.Errorf("the budget is %v, the receipt says that %v were locked, and its transactions %v", v.spec.Budget, e.Locked, locked)
	case e.Paid != paid || e.Paid != workers:
		return "", fmt.Errorf("the receipt says that %v were paid; its workers got %v, in transactions of %v", e.Paid, workers, paid)
	case e.Refunded != refunded:
		return "", fmt.Errorf("the receipt says that %v were refunded, and its transactions %v", e.Refunded, refunded)
	case e.Paid > e.Locked || e.Fees > e.Locked-e.Paid || e.Refunded > e.Locked-e.Paid-e.Fees:
		return "", fmt.Errorf("%v paid, %v fees and %v refunded are more than the %v locked", e.Paid, e.Fees, e.Refunded, e.Locked)
	case e.Closed && e.Locked != e.Paid+e.Fees+e.Refunded:
		return "", fmt.Errorf("the escrow is closed, and %v paid, %v fees and %v refunded are not the %v locked", e.Paid, e.Fees, e.Refunded, e.Locked)
	}
	rate := "no fee"
	if e.Paid > 0 || e.Fees > 0 {
		if !v.passed["pay"] {
			return "", skipf("the sums agree, but without the pay of each task the fee cannot be checked")
		}
		bps, err := feeBps(v.taskPay, e.Fees)
		if err != nil {
			return "", err
		}
		rate = fmt.Sprintf("%v fee (%d.%02d%%)", e.Fees, bps/100, bps%100)
	}
	if !e.Closed && v.r.State == market.Done.String() {
		return fmt.Sprintf("%v paid and %s of the %v locked; what was locked for tasks that were left out comes back when the escrow expires", e.Paid, rate, e.Locked), nil
	}
	if !e.Closed {
		return fmt.Sprintf("%v paid and %s of the %v locked; the escrow was still open", e.Paid, rate, e.Locked), nil
	}
	return fmt.Sprintf("%v locked = %v paid + %s + %v refunded", e.Locked, e.Paid, rate, e.Refunded), nil
}

// feeBps returns the smallest rate, in parts of market.FeeBase, at which the fees on these pays come to exactly fees.
func feeBps(pays []market.Amount, fees market.Amount) (uint64, error) {
	at := func(bps uint64) (sum market.Amount) {
		for _, p := range pays {
			hi, lo := bits.Mul64(uint64(p), bps)
			fee, _ := bits.Div64(hi, lo, market.FeeBase) // bps is at most FeeBase, so hi is below it
			sum += market.Amount(fee)
		}
		return sum
	}
	low, high := uint64(0), uint64(market.FeeBase)
	for low < high {
		if mid := (low + high) / 2; at(mid) < fees {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if at(low) != fees {
		return 0, fmt.Errorf("no rate of protocol fee on the pay of each task comes to the %v of the receipt", fees)
	}
	return low, nil
}

// slashes checks that every conviction that was not undone is of a candidate, for a task whose result was on chain before.
func (v *verifier) slashes() (string, error) {
	settled := map[uint32]uint64{} // by task: the block of its claim
	on := market.Convictions(v.r.Operations)
	for _, e := range v.r.Operations {
		if e.Kind == "claim" {
			for _, t := range e.Receipt.Tasks {
				settled[t] = e.Receipt.Height
			}
		}
	}
	if len(on) != len(v.r.Slashed) {
		return "", fmt.Errorf("the receipt lists %d slashes, and its transactions are %d", len(v.r.Slashed), len(on))
	}
	seen := map[poc.Account][]uint32{}
	for k, s := range v.r.Slashed {
		e := on[k]
		if s.Account != e.Account || s.Amount != e.Receipt.Amount || s.Tx != e.Receipt.Tx || !slices.Equal(s.Tasks, e.Receipt.Tasks) {
			return "", fmt.Errorf("slash %d of the receipt is not what its transaction %s says", k, e.Receipt.Tx)
		}
		if len(s.Tasks) == 0 { // nothing is taken of who has lost all before
			return "", fmt.Errorf("slash %d is for no task", k)
		}
		for _, t := range s.Tasks {
			if err := v.slash(s.Peer, s.Account, t); err != nil {
				return "", err
			}
			if at, ok := settled[t]; !ok || at > e.Receipt.Height {
				return "", fmt.Errorf("%s was slashed for task %d before the task was claimed", s.Peer.Short(), t)
			}
			if slices.Contains(seen[s.Account], t) {
				return "", fmt.Errorf("%s was slashed for task %d twice", s.Peer.Short(), t)
			}
			seen[s.Account] = append(seen[s.Account], t)
		}
	}
	if len(on) == 0 {
		return "nobody was slashed", nil
	}
	v.note("the lies behind the slashes are signed reveals, which the chain judged; a receipt does not hold them")
	return fmt.Sprintf("%d slashes, each of a candidate of the task that it is for, after the task's claim", len(on)), nil
}

func (v *verifier) slash(peer poc.PeerID, account poc.Account, task uint32) error {
	if int(task) >= len(v.candidates) || v.certified[task] == nil {
		return errors.New("a slash is for a task that has no certificate")
	}
	if !slices.ContainsFunc(v.candidates[task], func(w poc.Worker) bool { return w.Account == account && w.Peer == peer }) {
		return fmt.Errorf("%s (%s) was slashed for task %d and was no candidate of it", peer.Short(), account, task)
	}
	return nil
}
