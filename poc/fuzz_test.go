package poc

import (
	"bytes"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// reference is what a task says of results, in the words of the protocol and without its machinery: the first answers of every
// worker, as far as they were taken and not widened, decide what may be certified and what this node may sign.
type reference struct {
	setup    Setup
	commits  map[PeerID]Hash // by the worker itself
	reveals  map[PeerID]Hash // digests
	attests  map[PeerID]attestation
	finished Hash

	distrusted map[PeerID]bool
	alarmed    bool // records prove nothing any more

	have, gone uint64 // inputs
	votes      map[ballotBox]Vote
	chosen     *uint64
}

// attestation is what a worker attests, by its own word or another's.
type attestation struct {
	Attest
	digest  Hash
	relayed bool
}

// ballotBox is where one worker votes once.
type ballotBox struct {
	peer PeerID
	view uint32
	step VoteStep
}

func newReference(s Setup) *reference {
	return &reference{
		setup: s, commits: map[PeerID]Hash{}, reveals: map[PeerID]Hash{}, attests: map[PeerID]attestation{},
		distrusted: map[PeerID]bool{}, votes: map[ballotBox]Vote{},
	}
}

// take notes an event that was not refused, and what this node signed in answer.
func (r *reference) take(t *testing.T, ev Event, phase Phase, fx Effects) {
	switch e := ev.(type) {
	case Finished:
		if r.chosen != nil {
			e.Result.Without = *r.chosen
		}
		r.finished = e.Result.Digest()
	case Distrust:
		r.distrusted[e.Peer], r.alarmed = true, r.alarmed || e.Lied
	case Inputs:
		r.have, r.gone = r.have|e.Have, r.gone|e.Gone
	case Received:
		switch m := e.Message.message.(type) {
		case Commit:
			keepFirst(r.commits, e.From, m.Commitment)
		case Reveal:
			keepFirst(r.reveals, e.From, m.Result.Digest())
		case Attest:
			r.attested(e.From, attestation{Attest: m, digest: m.Result.Digest()}, false)
		case Proven:
			for _, a := range m.Certificate.Attestations {
				said := Attest{TaskRef: m.Ref(), Agreed: a.Agreed, Late: a.Late}
				r.attested(a.Peer, attestation{said, m.Certificate.Result.Digest(), true}, phase < Certified || phase == Failed)
			}
		case Vote:
			keepFirst(r.votes, ballotBox{e.From, m.View, m.Step}, m)
		}
	}
	for _, s := range fx.Send {
		switch m := s.Message.(type) {
		case Attest:
			r.signed(t, attestation{Attest: m, digest: m.Result.Digest()})
		case Vote:
			r.voted(t, m)
		}
	}
}

func keepFirst[K comparable, V any](m map[K]V, k K, v V) {
	if _, ok := m[k]; !ok {
		m[k] = v
	}
}

// widens reports whether an attestation says all that another does.
func (a attestation) widens(other attestation) bool {
	return a.digest == other.digest && a.Agreed|other.Agreed == a.Agreed && a.Late&other.Agreed == other.Late
}

// attested notes an attestation if it is the worker's first, or says more than that. A certificate proves itself: before a result is
// certified it goes before what its signers said.
func (r *reference) attested(p PeerID, a attestation, proves bool) {
	old, known := r.attests[p]
	switch {
	case !known:
	case a.widens(old):
		if a.relayed && !old.relayed { // more seats, and still the commitment that it opened itself
			old.Agreed, old.Late = a.Agreed, a.Late
			a = old
		}
	case old.widens(a):
		if a = (attestation{a.Attest, a.digest, a.relayed && old.relayed}); a.relayed || !old.relayed {
			return
		}
		a.Agreed, a.Late = old.Agreed, old.Late
	case !proves:
		return
	}
	r.attests[p] = a
}

// refused checks that an attestation that says more than before is no duplicate.
func (r *reference) refused(t *testing.T, ev Event, err error) {
	e, _ := ev.(Received)
	if m, ok := e.Message.message.(Attest); ok && err == ErrDuplicate {
		a := attestation{Attest: m, digest: m.Result.Digest()}
		old, known := r.attests[e.From]
		require.True(t, known && (!a.widens(old) || a.Agreed == old.Agreed), "%x is a duplicate of %x", a.Agreed, old.Agreed)
	}
}

// signed checks what this node attests: what it attested before, and perhaps seats of more workers that showed the result.
func (r *reference) signed(t *testing.T, a attestation) {
	if old, again := r.attests[r.setup.Self]; again {
		require.True(t, a.widens(old) && a.Agreed != old.Agreed, "signed %x, and before %x", a.Agreed, old.Agreed)
	}
	for _, w := range r.setup.Ranking {
		if a.Agreed&w.bit() != 0 && w.Peer != r.setup.Self {
			require.True(t, r.reveals[w.Peer] == a.digest || r.attests[w.Peer].digest == a.digest, "named %s, which did not show the result", w.Account)
		}
	}
	r.attests[r.setup.Self] = a
}

// voted checks this node's votes: one in each place, for what it has or gave up, and never against what it locked.
func (r *reference) voted(t *testing.T, v Vote) {
	self := r.setup.Self
	require.NotContains(t, r.votes, ballotBox{self, v.View, v.Step}, "voted twice")
	r.votes[ballotBox{self, v.View, v.Step}] = v
	if value, ok := r.decided(); v.Step != Prefer || v.Blank || ok && value == v.Without {
		return
	}
	took := r.setup.Choice.all() &^ v.Without
	require.True(t, r.have&took == took && r.gone&v.Without == v.Without || v.View == 0 && r.have&took == took, "prefers %b, has %b, gave up %b", v.Without, r.have, r.gone)
	for view := int(v.View) - 1; view >= 0; view-- {
		if value, ok := r.most(uint32(view), Prefer); ok && value == v.Without {
			return
		}
		if lock, ok := r.votes[ballotBox{self, uint32(view), Decide}]; ok && !lock.Blank {
			require.Equal(t, lock.Without, v.Without, "prefers in view %d another value than it locked in view %d", v.View, view)
			return
		}
	}
}

// most is the value that so many voted for that two such sets share more than may lie.
func (r *reference) most(view uint32, step VoteStep) (uint64, bool) {
	counts := map[uint64]int{}
	for box, v := range r.votes {
		if box.view == view && box.step == step && !v.Blank {
			if counts[v.Without]++; 2*counts[v.Without] > r.setup.Policy.Candidates()+int(r.setup.Policy.Quorum)-1 {
				return v.Without, true
			}
		}
	}
	return 0, false
}

// decided is the value that most want decided in one view.
func (r *reference) decided() (uint64, bool) {
	for view := range uint32(maxViews) {
		if value, ok := r.most(view, Decide); ok {
			return value, true
		}
	}
	return 0, false
}

// certifiable lists the digests that a quorum of candidates attests, where a quorum names seats that may carry the result. Strict
// leaves out the attestations that contradict what their signers had committed to.
func (r *reference) certifiable(strict bool) (out []Hash) {
	named, signers := map[Hash]map[uint8]int{}, map[Hash]int{}
	for p, m := range r.attests {
		d := m.digest
		if c, ok := r.commits[p]; strict && !m.relayed && ok && c != Commitment(r.setup.Network, m.TaskRef, p, m.Class, d, m.Salt) {
			continue
		}
		if named[d] == nil {
			named[d] = map[uint8]int{}
		}
		signers[d]++
		for _, w := range r.setup.Ranking {
			if m.Agreed>>w.Seat&1 != 0 {
				named[d][w.Seat]++
			}
		}
	}
	for d, n := range signers {
		credit, seats := 0, 0
		for _, w := range r.setup.Ranking {
			if named[d][w.Seat] >= int(r.setup.Policy.Quorum) {
				seats++
				credit += int(w.Credit)
			}
		}
		enough := seats > 0
		if e := r.setup.Policy.MaxError; e > 0 {
			enough = credit >= int(Need(e))
		}
		if n >= int(r.setup.Policy.Quorum) && enough {
			out = append(out, d)
		}
	}
	return out
}

// shown weighs who showed a result: in workers, or in credit, which who was caught has none of, and nobody more than a newcomer once
// records prove nothing.
func (r *reference) shown(digest Hash) (agree int) {
	for _, w := range r.setup.Ranking {
		d, ok := r.reveals[w.Peer]
		if m, attested := r.attests[w.Peer]; !ok && attested {
			d, ok = m.digest, true
		}
		if w.Peer == r.setup.Self {
			d, ok = r.finished, !r.finished.IsZero()
		}
		weight := 1
		switch {
		case r.setup.Policy.MaxError == 0:
		case r.distrusted[w.Peer]:
			weight = 0
		case r.alarmed:
			weight = int(min(w.Credit, NewcomerCredit))
		default:
			weight = int(w.Credit)
		}
		if ok && d == digest {
			agree += weight
		}
	}
	return agree
}

// check compares the task with the model after an event.
func (r *reference) check(t *testing.T, task *Task, fx Effects) {
	t.Helper()
	if got, ok := task.Result(); ok {
		require.Contains(t, r.certifiable(false), got.Digest(), "certified without what that takes")
	} else {
		if task.Phase() != Failed && task.Phase() != Waiting {
			require.Empty(t, r.certifiable(true), "not certified, and everything for it is there")
		}
		r.checkChoice(t, task)
	}
	for _, s := range fx.Send {
		m, ok := s.Message.(Attest)
		if !ok {
			continue
		}
		agree := r.shown(m.Result.Digest())
		need := int(r.setup.Policy.Quorum)
		if r.setup.Policy.MaxError > 0 {
			need = int(Need(r.setup.Policy.MaxError))
		}
		late := task.Phase() >= Certified // its own result, which others have certified
		require.True(t, agree >= need || late, "signed with %d of %d", agree, need)
		require.True(t, r.finished.IsZero() || r.finished == m.Result.Digest(), "signed another result than its own")
		require.True(t, !r.finished.IsZero() || r.setup.Policy.MaxError > 0, "signed without a result")
	}
}

// checkChoice compares what the task goes on without with the votes: once it is chosen it stays.
func (r *reference) checkChoice(t *testing.T, task *Task) {
	without, ok := task.Chosen()
	if r.chosen != nil {
		require.True(t, ok && without == *r.chosen, "%b was chosen, and now %b", *r.chosen, without)
		return
	}
	value, most := r.decided()
	if ok {
		require.True(t, most && value == without, "%b was chosen, and most decide %b", without, value)
		r.chosen = &without
	} else {
		require.False(t, most && task.Phase() == Waiting, "most decide %b, and nothing is chosen", value)
	}
}

// Kinds of events that a fuzzer chooses.
const (
	fuzzStart = iota
	fuzzFinished
	fuzzCommit
	fuzzSeal
	fuzzSealAgain
	fuzzReveal
	fuzzAttest
	fuzzWider
	fuzzProven
	fuzzDissent
	fuzzAbstain
	fuzzShare
	fuzzLapsed
	fuzzHold
	fuzzDistrust
	fuzzVote
	fuzzInputs
	fuzzTwice
	fuzzTick
	fuzzKinds
)

// fuzzArg makes an argument of an event: the rank of its sender, whether it is about the right result, and another number below 21.
func fuzzArg(rank int, right bool, more int) byte {
	if right {
		return byte(rank + 12*more)
	}
	return byte(rank + 6 + 12*more)
}

// fuzzSetup is the task of the first in rank, or of a candidate that is not drawn at first: where so many must agree, where redundancy is
// priced, or where it may go on without inputs.
func fuzzSetup(mode uint8) Setup {
	first := mode/3%2 == 0
	rank := map[bool]int{false: 5}[first]
	switch mode % 3 {
	case 1:
		rank = map[bool]int{false: 7}[first]
		s := testSetup(rank, 12, pricedPolicy)
		simConfig{job: testHash("job"), credit: known}.price(&s, rank)
		return s
	case 2:
		return choosingSetup(rank, 6, testPolicy)
	}
	return testSetup(rank, 6, testPolicy)
}

// FuzzStep feeds a task with events chosen by the fuzzer, and compares it with a reference model of who can be certified. Besides,
// a refused event changes nothing, a task that is not over has a deadline, it restores to itself, phases follow the table, and the
// certificate verifies.
func FuzzStep(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, uint8(0))
	f.Add([]byte{0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130}, uint8(1))
	const wait = 5 * fuzzKinds // half a second
	ticks := slices.Repeat([]byte{wait + fuzzTick, 0}, 3)
	all := func(kind byte, more int, ranks ...int) (out []byte) {
		for _, rank := range ranks {
			out = append(out, kind, fuzzArg(rank, true, more))
		}
		return out
	}
	honest := slices.Concat([]byte{fuzzStart, 0, fuzzFinished, 0}, all(fuzzCommit, 0, 1, 2), all(fuzzSeal, 0, 2), all(fuzzReveal, 0, 1))
	// Somebody shows its result after this node has attested, which then names it too; and others do.
	f.Add(slices.Concat(honest, []byte{wait, 0, wait + fuzzTick, 0}, all(fuzzAttest, 0, 1), all(fuzzReveal, 0, 2), []byte{wait + fuzzTick, 0},
		all(fuzzWider, 0b00111, 1), all(fuzzWider, 0b00111, 2), []byte{wait + fuzzTick, 0, wait + fuzzTick, 0}), uint8(0))
	f.Add(slices.Concat([]byte{fuzzStart, 0}, all(fuzzWider, 0b010, 1), all(fuzzWider, 0b111, 1), all(fuzzWider, 0b010, 1), all(fuzzWider, 0b101, 2)), uint8(0)) // more, then less
	f.Add(slices.Concat(honest, all(fuzzWider, 2, 1), all(fuzzWider, 6, 1), all(fuzzProven, 1, 2), all(fuzzWider, 7, 1)), uint8(0))
	// Believed for its record: audited or not as the witnesses draw, confirmed by others, and vouched for; until one is caught that lied on its own.
	record := slices.Concat([]byte{fuzzStart, 0, fuzzFinished, 0}, all(fuzzShare, 0, 0, 1, 2, 3, 4, 5))
	f.Add(slices.Concat(record, []byte{wait + fuzzTick, 0, wait + fuzzTick, 0}, all(fuzzAttest, 0, 1, 2, 3)), uint8(1))
	f.Add(slices.Concat(record, []byte{fuzzDistrust, fuzzArg(3, true, 1)}, all(fuzzCommit, 0, 1, 2), []byte{wait + fuzzTick, 0}, all(fuzzReveal, 0, 1, 2), []byte{wait + fuzzTick, 0}), uint8(1))
	f.Add(slices.Concat([]byte{fuzzStart, 0, fuzzFinished, 0, fuzzDistrust, fuzzArg(3, true, 1)}, all(fuzzShare, 0, 0, 1, 2, 3, 4, 5), ticks), uint8(1))
	other := slices.Concat([]byte{fuzzStart, 0}, all(fuzzCommit, 0, 0), all(fuzzSeal, 0, 0), all(fuzzShare, 0, 0, 2, 3, 4, 5), []byte{fuzzHold, 0})
	f.Add(slices.Concat(other, all(fuzzAttest, 0, 0), []byte{wait + fuzzTick, 0, fuzzHold, fuzzArg(0, false, 0), wait + fuzzTick, 0, wait + fuzzTick, 0}), uint8(4))
	f.Add(slices.Concat(other, []byte{fuzzDistrust, fuzzArg(1, true, 2)}, all(fuzzDissent, 2, 0), []byte{fuzzHold, fuzzArg(0, false, 0), wait, 0}), uint8(4))
	f.Add(slices.Concat([]byte{fuzzStart, 0}, all(fuzzProven, 0, 3)), uint8(1))
	// Inputs are left out, in the first view and in a later one.
	f.Add(slices.Concat([]byte{fuzzInputs, 0x87}, all(fuzzVote, 1, 1, 2, 3), all(fuzzVote, 2, 1, 2, 3), honest), uint8(2))
	f.Add(slices.Concat([]byte{fuzzInputs, 0x97}, all(fuzzVote, 1, 1, 2), all(fuzzVote, 1+9, 3, 4), ticks, all(fuzzVote, 2, 1, 2), all(fuzzVote, 2+9, 3), ticks,
		all(fuzzVote, 3, 0), all(fuzzVote, 4, 1, 2, 3), all(fuzzVote, 5, 1, 2, 3), honest), uint8(5))
	blank := []byte{fuzzVote, fuzzArg(1, false, 2), fuzzVote, fuzzArg(2, false, 2), fuzzVote, fuzzArg(3, false, 2)}
	f.Add(slices.Concat([]byte{fuzzInputs, 0x97}, all(fuzzVote, 1, 1, 2, 3), blank, ticks, all(fuzzVote, 3+9, 0), ticks), uint8(5)) // locked on the one, and asked for the other
	f.Fuzz(func(t *testing.T, choices []byte, mode uint8) {
		setup := fuzzSetup(mode)
		task := newTask(t, setup)
		model := newReference(setup)
		now := Time(1_000)
		for i := 0; i+1 < len(choices) && i < 200; i += 2 {
			now = now.Add(Millis(choices[i]/fuzzKinds) * 100)
			before, phase := task.StateHash(), task.Phase()
			ev := fuzzEvent(setup, choices[i]%fuzzKinds, int(choices[i+1]))
			fx, err := task.Step(now, ev)
			if err != nil {
				require.Equal(t, before, task.StateHash(), "%v", err)
				require.Equal(t, Effects{}, fx)
				model.refused(t, ev, err)
			} else {
				model.take(t, ev, phase, fx)
			}
			model.check(t, task, fx)
			require.True(t, phase == task.Phase() || reachable(phase, task.Phase()), "%v to %v", phase, task.Phase())
			next := task.NextDeadline()
			require.Equal(t, task.Phase().over(), next == 0)
			require.True(t, next == 0 || next > now || err != nil, "%d is not after %d: %s", next, now, task.Explain())
			back, err := Restore(setup, task.Record())
			require.NoError(t, err)
			require.Equal(t, task.StateHash(), back.StateHash())
			if c := task.Certificate(); c != nil {
				require.NoError(t, c.Verify(task.Candidates(), setup.Policy, testKeys{}))
			}
		}
		_, err := task.Step(setup.Deadline, Tick{})
		require.True(t, err != nil || task.Phase() >= Certified)
		_, _ = task.Step(setup.Deadline.Add(setup.Params.AttestGrace), Tick{})
		require.True(t, task.Phase().over(), "%v at the deadline", task.Phase())
	})
}

// reachable reports whether transitions of the table lead from one phase to another.
func reachable(from, to Phase) bool {
	for _, p := range phaseTransitions[from] {
		if p == to || (p > from || from == Failed) && reachable(p, to) {
			return true
		}
	}
	return false
}

// fuzzEvent makes an event; see fuzzArg.
func fuzzEvent(s Setup, kind byte, arg int) Event {
	ref := s.Ref
	rank, right, more := arg%6, arg/6%2 == 0, arg/12
	content := "wrong"
	if right {
		content = "right"
	}
	from := testWorker(rank).Peer
	receive := func(m Message) Event {
		v, err := Validate(m, testKeys{})
		if err != nil {
			return Tick{}
		}
		return Received{from, v}
	}
	result := testResult(content)
	if right && s.Choice.on() {
		result.Without = 0b1000
	}
	open := func(i int, st Statement) Opening {
		st.Job, st.Task, st.Digest = ref.Job, ref.Task, result.Digest()
		a := testWorker(i).Account
		return Opening{Salt: testHash("salt %d", i), Class: "class", Result: result, Account: a, Signature: testSignature(a, st)}
	}
	attest := func(i int, agreed, late uint64) Attest {
		return Attest{TaskRef: ref, Opening: open(i, Statement{Kind: Attested, Agreed: agreed, Late: late}), Agreed: agreed, Late: late}
	}
	commitment := func(i int) Hash {
		return Commitment(s.Network, ref, testWorker(i).Peer, "class", result.Digest(), testHash("salt %d", i))
	}
	switch kind {
	case fuzzStart:
		return Start{}
	case fuzzFinished:
		return Finished{testResult(content), "class", testHash("salt")}
	case fuzzCommit:
		return receive(committed(ref, rank, commitment(rank)))
	case fuzzSeal, fuzzSealAgain:
		m := Seal{TaskRef: ref, View: uint32(more % 6), Round: uint32(kind - fuzzSeal)}
		from = testWorker(more % 6).Peer
		for i := range 1 + rank {
			m.Entries = append(m.Entries, sealedBy(ref, i, commitment(i)))
		}
		sortEntries(m.Entries)
		return receive(m)
	case fuzzTwice:
		return receive(twiceOf(Attested, testOpening(rank, "right", Attested, 1), testOpening(rank, "wrong", Attested, 1), 1))
	case fuzzReveal:
		return receive(Reveal{ref, open(rank, Statement{Kind: Revealed})})
	case fuzzAttest:
		return receive(attest(rank, testSeats(0, 1, rank), 0))
	case fuzzWider:
		agreed := testSeats(rank)
		for i := range 5 {
			if more>>i&1 != 0 {
				agreed |= testSeats(i)
			}
		}
		return receive(attest(rank, agreed, testSeats(4)&agreed))
	case fuzzProven: // of as many signers as a quorum from a rank on, who name the first few and themselves
		c := Certificate{Version: CertificateVersion, Job: ref.Job, Task: ref.Task, Award: s.Award, Result: result}
		for i := rank; len(c.Attestations) < int(s.Policy.Quorum); i++ {
			w := testWorker(i % len(s.Ranking))
			if w.Peer != s.Self {
				a := attest(i%len(s.Ranking), testSeats(0, 1, 1+more%3, i%len(s.Ranking)), 0)
				c.Attestations = append(c.Attestations, Attestation{Peer: w.Peer, Account: w.Account, Agreed: a.Agreed, Signature: a.Signature})
			}
		}
		slices.SortFunc(c.Attestations, func(a, b Attestation) int { return bytes.Compare(a.Peer[:], b.Peer[:]) })
		return receive(Proven{c})
	case fuzzDissent:
		return receive(Dissent{TaskRef: ref, Round: uint32(more % 2), Want: uint32(more / 2 % 3), Final: !right && more/2%3 == 0})
	case fuzzAbstain:
		return receive(Abstain{ref, "no"})
	case fuzzShare:
		lots := Lots(testHash("secret %d", 6+rank), ref.Job, int(s.Tasks))
		from = testWorker(6 + rank).Peer
		return receive(Share{ref, ShareOf(testHash("secret %d", 6+rank), ref), lots.Path(int(ref.Task))})
	case fuzzLapsed:
		return Lapsed{from}
	case fuzzHold:
		return Hold{map[bool]Time{true: 5_000}[right]}
	case fuzzDistrust:
		if more&4 != 0 {
			return Fallen{Seats: testSeats(rank), Turn: uint32(more >> 3)}
		}
		return Distrust{from, more&1 != 0, more&2 != 0}
	case fuzzVote:
		v := Vote{TaskRef: ref, Step: VoteStep(more % 3), View: uint32(more / 3 % 3), Without: 0b1000 | uint64(more/9&1)}
		if !right {
			v.Without, v.Blank = 0, v.Step != Propose && more/9 == 0
		}
		return receive(v)
	case fuzzInputs:
		return Inputs{Have: uint64(arg & 15), Gone: uint64(arg >> 4)}
	}
	return Tick{}
}

// FuzzDispute feeds a dispute with arbitrary answers: it never panics, and always ends at a deadline.
func FuzzDispute(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6})
	f.Fuzz(func(t *testing.T, choices []byte) {
		p := program{7, 3, 11}
		d, err := NewDispute(1, testRef, MerkleRoot(p.trace(false)), MerkleRoot(p.trace(true)), 7, 100)
		require.NoError(t, err)
		now := Time(2)
		for _, c := range choices {
			side := Side(c >> 6 & 1)
			var ev DisputeEvent = Elapsed{}
			switch c % 8 {
			case 0, 1, 2, 3:
				if d.Phase() != Decided {
					ev = p.answer(d, side, side == SideB)
				}
			case 4:
				ev = Children{Side: Side(c >> 3), Left: Hash{c}}
			case 5:
				ev = Told{Side: Side(c >> 3), Marks: []Hash{{c}}}
			case 6:
				ev = Told{Side: Side(c >> 3), Before: Hash{c}, Path: []Hash{{c}, {c}, {c}}, Marks: []Hash{{c}}}
			}
			now = now.Add(Millis(c >> 5))
			_, _ = d.Step(now, ev)
			require.Equal(t, d.Phase() == Decided, d.Until() == 0)
			require.False(t, d.Loses[SideA] && !d.Loses[SideB] && d.Phase() == Decided && d.Why == "the referee ran the command in dispute")
		}
		for range 3 {
			if u := d.Until(); u != 0 {
				_, _ = d.Step(u, Elapsed{})
			}
		}
		require.Equal(t, Decided, d.Phase())
	})
}
