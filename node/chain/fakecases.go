package chain

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"slices"

	"gpumesh/market"
	"gpumesh/poc"
)

// fakeJuror is the view that an account has of a ledger with arbiters.
type fakeJuror struct{ fakeAccount }

var _ Court = (*fakeJuror)(nil)

// Judge ends a case as a verdict of its committee does, which none needs to be drawn for. The deposit stays with FakeCourt, for those who were drawn.
func (f *Fake) Judge(id uint64, guilty bool) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	k, err := f.openCase(id)
	if err != nil {
		return err
	}
	if f.cfg.Now() >= k.Until {
		return fmt.Errorf("%w: the time for a verdict is over", ErrRefused)
	}
	return f.verdict(k, guilty, k.Committee)
}

// verdict ends a case, and pays those who judged.
func (f *Fake) verdict(k Case, guilty bool, judges []poc.Account) error {
	f.forgetCase(k.ID)
	for _, a := range judges {
		f.mu.court.owed[a] += f.cfg.Court.Deposit / market.Amount(len(judges))
	}
	if k.Conviction != 0 {
		v, err := f.conviction(k.Conviction)
		if err == nil {
			f.endAppeal(v, guilty)
		}
		return err
	}
	if key := (slashKey{k.Ref, k.Accused}); guilty && !f.mu.slashed[key] {
		f.convicted(key, k.Accuser, f.cfg.Court.Deposit)
		return nil
	}
	f.block()
	return nil
}

func (f *Fake) openCase(id uint64) (Case, error) {
	all := f.mu.court.cases
	i := slices.IndexFunc(all, func(k Case) bool { return k.ID == id })
	if i < 0 {
		return Case{}, fmt.Errorf("%w: %w", ErrRefused, ErrNoCase)
	}
	return all[i], nil
}

func (f *Fake) forgetCase(id uint64) {
	c := &f.mu.court
	c.cases = slices.DeleteFunc(c.cases, func(k Case) bool { return k.ID == id })
}

// closeCase ends a case without a verdict: the deposit goes back.
func (f *Fake) closeCase(id uint64, accuser poc.Account) {
	f.forgetCase(id)
	f.mu.balances[FakeCourt] -= f.cfg.Court.Deposit
	f.mu.balances[accuser] += f.cfg.Court.Deposit
}

// open opens a case about a digest that the accused revealed.
func (f *Fake) open(from poc.Account, k Case, digest poc.Hash, signature []byte) (uint64, error) {
	s := poc.Statement{Kind: poc.Revealed, Job: k.Ref.Job, Task: k.Ref.Task, Digest: digest}
	if k.Evidence.IsZero() || f.verify(k.Accused, s, signature) != nil {
		return 0, fmt.Errorf("%w: there is no evidence, or the accused did not sign this reveal", ErrRefused)
	}
	if err := f.take(from, f.cfg.Court.Deposit); err != nil {
		return 0, err
	}
	c := &f.mu.court
	f.mu.balances[FakeCourt] += f.cfg.Court.Deposit
	c.opened++
	k.ID, k.Accuser, k.Until = c.opened, from, f.cfg.Now().Add(f.cfg.Court.Window)
	c.cases = append(c.cases, k)
	f.block()
	return k.ID, nil
}

// CourtTerms implements Court.
func (v *fakeJuror) CourtTerms(ctx context.Context) (CourtTerms, error) {
	return v.f.cfg.Court, ctx.Err()
}

// Cases implements Court.
func (v *fakeJuror) Cases(ctx context.Context) (out []Case, _ error) {
	v.f.mu.Lock()
	defer v.f.mu.Unlock()
	for _, k := range v.f.mu.court.cases {
		k.Committee = slices.Clone(k.Committee)
		out = append(out, k)
	}
	return out, ctx.Err()
}

// Accuse implements Court.
func (v *fakeJuror) Accuse(_ context.Context, a Accusation) (uint64, error) {
	f := v.f
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.mu.slashed[slashKey{a.Ref, a.Account}]:
		return 0, fmt.Errorf("%w: the accused was slashed for the task already", ErrRefused)
	case f.mu.workers[a.Account] == nil:
		return 0, fmt.Errorf("%w: the accused is not registered", ErrRefused)
	case f.found(a.Ref, a.Digest):
		return 0, fmt.Errorf("%w: arbiters found that this is what the task gives", ErrRefused)
	}
	return f.open(v.a, Case{Accused: a.Account, Ref: a.Ref, Evidence: a.Evidence}, a.Digest, a.Signature)
}

// Convicted implements Court.
func (v *fakeJuror) Convicted(ctx context.Context, ref poc.TaskRef, a poc.Account) (bool, error) {
	v.f.mu.Lock()
	defer v.f.mu.Unlock()
	return v.f.mu.slashed[slashKey{ref, a}], ctx.Err()
}

// DrawCommittee implements Court: one more arbiter than the quorum. The block that draws is always there.
func (v *fakeJuror) DrawCommittee(_ context.Context, id uint64) error {
	f := v.f
	f.mu.Lock()
	defer f.mu.Unlock()
	k, err := f.openCase(id)
	switch {
	case err != nil:
		return err
	case k.Committee != nil:
		return nil
	case f.cfg.Now() >= k.Until:
		return fmt.Errorf("%w: the time for a verdict is over", ErrRefused)
	}
	reporter := poc.Account("")
	if c, err := f.conviction(k.Conviction); err == nil {
		reporter = c.Reporter
	}
	found := slices.DeleteFunc(slices.Clone(f.mu.court.arbiters), func(a poc.Account) bool {
		return a == k.Accuser || a == k.Accused || a == reporter || !f.mayJudge(a)
	})
	if len(found) <= f.cfg.Court.Quorum {
		return fmt.Errorf("%w: only %d arbiters can judge this case", ErrRefused, len(found))
	}
	lot := func(a poc.Account) poc.Hash { return sha256.Sum256(fmt.Appendf(nil, "%x %d %s", f.secret, id, a)) }
	slices.SortFunc(found, func(a, b poc.Account) int {
		x, y := lot(a), lot(b)
		return slices.Compare(x[:], y[:])
	})
	i := slices.IndexFunc(f.mu.court.cases, func(k Case) bool { return k.ID == id })
	f.mu.court.cases[i].Committee = found[:f.cfg.Court.Quorum+1]
	f.block()
	return nil
}

func (f *Fake) mayJudge(a poc.Account) bool {
	return f.mu.verified[a] && f.mu.workers[a] != nil && f.mu.workers[a].Stake >= f.cfg.MinStake
}

func (f *Fake) signVerdict(a poc.Account, id uint64, guilty bool) []byte {
	h := hmac.New(sha256.New, f.secret[:])
	fmt.Fprintf(h, "verdict %d %v %s", id, guilty, a)
	return h.Sum(nil)
}

// SignVerdict implements Court.
func (v *fakeJuror) SignVerdict(id uint64, guilty bool) ([]byte, error) {
	return v.f.signVerdict(v.a, id, guilty), nil
}

// VerifyVerdict implements Court.
func (v *fakeJuror) VerifyVerdict(a poc.Account, id uint64, guilty bool, signature []byte) error {
	if !hmac.Equal(v.f.signVerdict(a, id, guilty), signature) {
		return fmt.Errorf("the signature is not by %s over this verdict", a)
	}
	return nil
}

// Decide implements Court.
func (v *fakeJuror) Decide(_ context.Context, id uint64, guilty bool, signatures map[poc.Account][]byte) error {
	f := v.f
	f.mu.Lock()
	defer f.mu.Unlock()
	k, err := f.openCase(id)
	if err != nil {
		return err
	}
	judges := slices.DeleteFunc(slices.Clone(k.Committee), func(a poc.Account) bool { return signatures[a] == nil })
	for _, a := range judges {
		if v.VerifyVerdict(a, id, guilty, signatures[a]) != nil {
			judges = nil
		}
	}
	if len(judges) < f.cfg.Court.Quorum || f.cfg.Now() >= k.Until {
		return fmt.Errorf("%w: these are not the signatures of a quorum of the committee, or the time for a verdict is over", ErrRefused)
	}
	return f.verdict(k, guilty, judges)
}

// LapseCase implements Court.
func (v *fakeJuror) LapseCase(_ context.Context, id uint64) error {
	f := v.f
	f.mu.Lock()
	defer f.mu.Unlock()
	k, err := f.openCase(id)
	switch {
	case err != nil:
		return err
	case f.cfg.Now() < k.Until:
		return fmt.Errorf("%w: the case goes on until %d", ErrTooEarly, k.Until)
	}
	f.closeCase(id, k.Accuser)
	f.block()
	if c, err := f.conviction(k.Conviction); err == nil {
		f.lapseAppeal(c, k.Committee != nil)
	}
	return nil
}

// JoinArbiters implements Court.
func (v *fakeJuror) JoinArbiters(context.Context) error {
	f := v.f
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case slices.Contains(f.mu.court.arbiters, v.a):
		return nil
	case !f.mayJudge(v.a):
		return fmt.Errorf("%w: %s is no verified worker with enough stake", ErrRefused, v.a)
	}
	f.mu.court.arbiters = append(f.mu.court.arbiters, v.a)
	f.block()
	return nil
}

// CollectFees implements Court.
func (v *fakeJuror) CollectFees(context.Context) (market.Amount, error) {
	f := v.f
	f.mu.Lock()
	defer f.mu.Unlock()
	owed := f.mu.court.owed[v.a]
	delete(f.mu.court.owed, v.a)
	f.mu.balances[FakeCourt] -= owed
	f.mu.balances[v.a] += owed
	return owed, nil
}
