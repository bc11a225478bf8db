package market

import (
	"bytes"
	"crypto/ed25519"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/poc"
)

func TestRewardParameters(t *testing.T) {
	n := LocalNetwork()
	n.Chain = "test"
	n.Rewards = &Rewards{}
	require.ErrorContains(t, n.Validate(), "they need challenges")
	n.Challenge = DefaultChallenges(0, 100, 4)
	require.NoError(t, n.Validate())
	id := n.ID()
	for want, r := range map[string]Rewards{
		"uptime is 2 NLOV, want at most": {Uptime: 2 * NLOV, UptimeMost: NLOV},
		"1000000 NLOV each":              {UptimeMost: 1_000_001 * NLOV},
		"completion is 10001 parts":      {Completion: FeeBase + 1},
	} {
		n.Rewards = &r
		require.ErrorContains(t, n.Validate(), want)
		require.NotEqual(t, id, n.ID(), "rewards are part of the network's id")
	}
	n.Rewards = nil
	require.NotContains(t, string(poc.MustEncode(n)), "rewards", "networks without them keep their ids")

	r := Rewards{Uptime: 3 * NLOV, UptimeMost: 1_000_000 * NLOV}
	for speed, want := range map[uint64]Amount{
		0: 0, 1_000_000_000: 3 * NLOV, 500_000_000: 3 * NLOV / 2, 1: 3, 333_333_333_333_334: r.UptimeMost, ^uint64(0): r.UptimeMost,
	} {
		require.Equal(t, want, r.uptime(speed), "speed %d", speed)
	}
	require.Equal(t, Amount(3), part(10, 3, 10))
	require.Equal(t, ^Amount(0), part(^Amount(0), 2, 1))
}

// rewarded is a world in which all were challenged in some epochs and two jobs are over.
type rewarded struct {
	*world
	facts RewardFacts
	caps  map[uint64]map[poc.PeerID]poc.Capability
	jobs  map[poc.Hash][]byte // evidence by its digest
}

const (
	rewardedLiar = 3
	rewardedLast = 2 // epoch
)

func newRewarded(t *testing.T) *rewarded {
	t.Helper()
	w := newWorld(t, 77, 6, func(n *Network) {
		n.Challenge = &Challenges{
			Since: 10, Blocks: 100, Unit: 128 << 20, Floor: poc.Capacity{Memory: 1 << 40, Speed: 1e12},
			Terms: poc.ChallengeParams{Cohort: 3, Quorum: 2, Work: 8_000, Slack: 4_000, Judge: 60_000},
		}
		n.Rewards = &Rewards{Uptime: NLOV, UptimeMost: 5 * NLOV, Participation: NLOV / 10, Completion: 5_000}
	})
	r := &rewarded{world: w, caps: map[uint64]map[poc.PeerID]poc.Capability{}, jobs: map[poc.Hash][]byte{}}
	r.facts = RewardFacts{Epochs: map[uint64]RewardEpoch{}, Jobs: map[poc.Hash]RewardJob{}}
	for number := range uint64(rewardedLast + 1) {
		r.challenge(number)
	}
	w.nodes[rewardedLiar].lie = true
	ids := []poc.Hash{w.nodes[0].job(4, false), w.nodes[1].job(3, true)}
	w.run(func() bool { return w.settledEverywhere(ids[0])() && w.settledEverywhere(ids[1])() }, 60_000)
	for _, id := range ids {
		e, ok := w.nodes[2].m.Evidence(id)
		require.True(t, ok)
		block, err := PackEvidence(e)
		require.NoError(t, err)
		digest := poc.BlockHash(block)
		r.jobs[digest] = block
		r.facts.Jobs[digest] = r.job(block)
	}
	return r
}

// challenge has every node vouched for by all its witnesses, each at another speed.
func (r *rewarded) challenge(number uint64) {
	t := r.t
	var cs []poc.Candidate
	for _, n := range r.nodes {
		cs = append(cs, poc.Candidate{Worker: poc.Worker{Peer: n.peer, Account: n.account}, Weight: 100})
	}
	roster, err := poc.NewRoster(cs)
	require.NoError(t, err)
	e := RewardEpoch{poc.Hash{9, byte(number)}, roster}
	r.facts.Epochs[number] = e
	r.caps[number] = map[poc.PeerID]poc.Capability{}
	machines := map[poc.PeerID]*poc.Challenge{}
	for i, n := range r.nodes {
		c, _, err := poc.NewChallenge(poc.ChallengeSetup{
			Network: r.net.ID(), Epoch: number, Beacon: e.Beacon, Roster: roster, Params: r.net.Challenge.Terms, Self: n.peer, Key: n.key,
			Capacity: poc.Capacity{Memory: 1 << 30, Speed: uint64(1+i) * 1e9},
		}, 1000)
		require.NoError(t, err)
		machines[n.peer] = c
	}
	var queue []func()
	var carry func(from poc.PeerID, fx poc.ChallengeEffects)
	step := func(to poc.PeerID, ev poc.ChallengeEvent) {
		queue = append(queue, func() {
			fx, err := machines[to].Step(1001, ev)
			require.NoError(t, err)
			carry(to, fx)
		})
	}
	carry = func(from poc.PeerID, fx poc.ChallengeEffects) {
		for _, s := range fx.Send {
			for _, to := range s.To {
				step(to, poc.ChallengeReceived{From: from, Message: s.Message})
			}
		}
		if q := fx.Check; q != nil {
			step(from, poc.Judged{Peer: q.Peer, Verdict: poc.Vouches})
		}
		if q := fx.Show; q != nil {
			require.NoError(t, q.Capability.Verify(r.net.ID(), e.Beacon, roster, r.net.Challenge.Terms))
			for _, to := range q.To {
				require.True(t, q.Capability.Names(e.Beacon, roster, r.net.Challenge.Terms, to))
			}
			r.caps[number][from] = *q.Capability // the last has all vouches
		}
	}
	for _, n := range r.nodes {
		step(n.peer, poc.Answered{File: rawLink("answer")})
	}
	for len(queue) > 0 {
		next := queue[0]
		queue = queue[1:]
		next()
	}
	for _, n := range r.nodes {
		require.Len(t, r.caps[number][n.peer].Signatures, 3)
	}
}

// job is what the ledger says of a job. It takes no fees, so the test says that they were 2 percent.
func (r *rewarded) job(block []byte) RewardJob {
	e, err := UnpackEvidence(block)
	require.NoError(r.t, err)
	id := e.Spec.ID()
	e.Beacon, e.History = *r.nodes[0].m.jobs[id].Beacon, r.ledger.history[id]
	j := RewardJob{Evidence: e, Escrow: *r.ledger.escrows[id], Settled: make([]poc.Hash, len(e.Certificates)), Size: len(block)}
	j.Escrow.Fees = j.Escrow.Paid / 50
	for unit, digest := range r.ledger.settled[id] {
		copy(j.Settled[unit][:24], digest[:])
	}
	return j
}

// draft is what a node claims for all of it.
func (r *rewarded) draft(i int, change ...func(*RewardClaim)) (RewardClaim, Due) {
	n := r.nodes[i]
	c := RewardClaim{Version: 1, Network: r.net.ID(), Account: n.account, Peer: n.peer, Through: 1_000}
	for _, f := range change {
		f(&c)
	}
	var own, others []poc.Capability
	for _, number := range slices.Sorted(maps.Keys(r.caps)) {
		for peer, k := range r.caps[number] {
			e := r.facts.Epochs[number]
			if peer == n.peer {
				own = append(own, k)
			} else if k.Names(e.Beacon, e.Roster, r.net.Challenge.Terms, n.peer) {
				others = append(others, k)
			}
		}
	}
	out, due, _ := DraftRewards(r.net, testVerifier{}, c, own, others, r.facts, 1_000*NLOV)
	return out, due
}

// TestRewards: what is due follows from what is vouched for, from the vouches that were given and from the fees of jobs in which nothing
// was missed, and whatever is claimed beyond it is found.
func TestRewards(t *testing.T) {
	r := newRewarded(t)
	check := func(c RewardClaim, i int) (Due, error) {
		block, err := c.Sign(r.nodes[i].key)
		require.NoError(t, err)
		back, err := DecodeRewardClaim(block)
		if err != nil {
			return Due{}, err
		}
		return back.Check(r.net, testVerifier{}, r.facts)
	}
	for i, n := range r.nodes {
		c, due := r.draft(i)
		got, err := check(c, i)
		require.NoError(t, err)
		require.Equal(t, due, got)
		require.Equal(t, c.Amount, due.Sum())
		require.Equal(t, 3*min(Amount(1+i)*NLOV, 5*NLOV), due.Uptime)
		require.Equal(t, Amount(len(c.Others))*NLOV/10, due.Participation)
		var fees Amount
		for digest, j := range r.facts.Jobs {
			var got Amount
			for _, e := range j.Evidence.History {
				got += sumOf(e.Receipt.Pays, n.account)
			}
			if slices.Contains(c.Jobs, poc.HashLink(digest)) {
				require.Positive(t, got)
				fees += part(got, uint64(j.Escrow.Fees), uint64(j.Escrow.Paid)) / 2
			} else if i != rewardedLiar {
				require.Zero(t, got, "only who was paid nothing has no reward, as nobody but the liar missed a unit")
			}
		}
		require.Equal(t, fees, due.Completion)
	}
	vouches := 0
	for i := range r.nodes {
		c, _ := r.draft(i)
		vouches += len(c.Others)
	}
	require.Equal(t, (rewardedLast+1)*len(r.nodes)*3, vouches, "each vouch counts once")
	_, due := r.draft(rewardedLiar)
	require.Zero(t, due.Completion)

	const me, other = 2, 4
	honest, _ := r.draft(me)
	require.NotEmpty(t, honest.Jobs)
	theirs, _ := r.draft(other)
	lie := func(want string, change func(c *RewardClaim)) {
		t.Helper()
		c := honest
		c.Own, c.Others, c.Jobs = slices.Clone(c.Own), slices.Clone(c.Others), slices.Clone(c.Jobs)
		change(&c)
		_, err := check(c, me)
		require.ErrorContains(t, err, want)
	}
	lie("what it shows is worth", func(c *RewardClaim) { c.Amount++ })
	lie("what it shows is worth", func(c *RewardClaim) { c.Amount-- })
	lie("of another network", func(c *RewardClaim) { c.Network[0]++ })
	lie("an epoch twice", func(c *RewardClaim) { c.Own = append(c.Own, c.Own[2]); c.Amount += 3 * NLOV })
	lie("a vouch twice", func(c *RewardClaim) { c.Others = append(c.Others[:1], c.Others...) })
	lie("a job twice", func(c *RewardClaim) { c.Jobs = append(c.Jobs[:1], c.Jobs...) })
	lie("epoch 0 does not begin in the claim's blocks", func(c *RewardClaim) { c.From = 10 })
	lie("epoch 2 does not begin in the claim's blocks", func(c *RewardClaim) { c.Through = 209 })
	lie("does not begin", func(c *RewardClaim) { c.Own[2].Epoch = 1 << 63 })
	lie("is another's", func(c *RewardClaim) { c.Own[1] = theirs.Own[1] })
	lie("is not signed by it", func(c *RewardClaim) { c.Own[1].Capacity.Speed *= 2; c.Amount += 3 * NLOV })
	lie("is not signed by it", func(c *RewardClaim) {
		c.Own[1].Epoch, c.Own[1], c.Own[2] = 2, c.Own[2], c.Own[1]
		c.Own[1].Epoch, c.Own[2].Epoch = 1, 2
	})
	lie("was not the provider of", func(c *RewardClaim) { c.Account = r.nodes[other].account })
	lie("is not among those who vouch", func(c *RewardClaim) {
		for number := range uint64(rewardedLast + 1) {
			for _, k := range r.caps[number] {
				e := r.facts.Epochs[number]
				if k.Peer != c.Peer && !k.Names(e.Beacon, e.Roster, r.net.Challenge.Terms, c.Peer) {
					c.Others = append(c.Others, k)
					c.sort()
					return
				}
			}
		}
	})
	lie("is not among those who vouch", func(c *RewardClaim) { c.Others = append(c.Others, c.Own[2]); c.sort() })

	// Who missed a unit for which it was called has nothing for the job, whatever it was paid for others.
	before := maps.Clone(r.facts.Jobs)
	c := r.claimAs(honest, rewardedLiar)
	_, err := check(c, rewardedLiar)
	require.ErrorContains(t, err, "missed unit")
	r.facts.Jobs = before

	lie("it was settled in block", func(c *RewardClaim) { c.Own, c.Others, c.From, c.Through = nil, nil, 900, 1_000 })
	lie("no blocks", func(c *RewardClaim) { c.From = c.Through })
	lie("something else than a document", func(c *RewardClaim) { c.Jobs[0] = rawLink("job") })

	// What the chain says, and what the evidence leaves out.
	spoil := func(want string, change func(j *RewardJob)) {
		t.Helper()
		digest, _ := honest.Jobs[0].Digest()
		right := r.facts.Jobs[digest]
		j := right
		j.Settled, j.Evidence.History = slices.Clone(j.Settled), slices.Clone(j.Evidence.History)
		change(&j)
		r.facts.Jobs[digest] = j
		_, err := check(honest, me)
		require.ErrorContains(t, err, want)
		r.facts.Jobs[digest] = right
	}
	spoil("is missing", func(j *RewardJob) { j.Evidence.Certificates = j.Evidence.Certificates[1:] })
	spoil("is missing", func(j *RewardJob) { j.Settled[0][23]++ })
	spoil("another award", func(j *RewardJob) { j.Escrow.Award = poc.Hash{1} })
	spoil("another award", func(j *RewardJob) { j.Escrow = Escrow{} })
	spoil("is not over", func(j *RewardJob) { j.Escrow.Closed = false })
	spoil("nothing for it", func(j *RewardJob) {
		j.Evidence.History = append(j.Evidence.History, Entry{Kind: "claim", Receipt: Receipt{Height: 1, Fines: []Pay{{honest.Account, 1_000 * NLOV}}}})
	})
	spoil("in a batch", func(j *RewardJob) { j.Evidence.History = append(j.Evidence.History, Entry{Kind: "batch"}) })
	spoil("was convicted", func(j *RewardJob) {
		j.Evidence.History = append(j.Evidence.History, Entry{Kind: "slash", Account: honest.Account, Receipt: Receipt{Height: 1_000}})
	})
	spoil("worth", func(j *RewardJob) { j.Escrow.Fees /= 2 })
	spoil("more than 16777216 bytes", func(j *RewardJob) { j.Size = MaxRewardEvidence + 1 })
	digest, _ := honest.Jobs[0].Digest()
	j := r.facts.Jobs[digest]
	later := j
	later.Evidence.History = append(slices.Clone(j.Evidence.History), Entry{Kind: "slash", Account: honest.Account, Receipt: Receipt{Height: 1_001}})
	r.facts.Jobs[digest] = later
	_, err = check(honest, me)
	require.True(t, j.Whole())
	behind := j
	behind.Evidence.History = slices.DeleteFunc(slices.Clone(j.Evidence.History), func(e Entry) bool { return e.Kind == "claim" })
	require.False(t, behind.Whole(), "of an endpoint that is behind")
	require.NoError(t, err, "a conviction after the claim's blocks does not make it false: who signed it could not know")
	undone := j
	undone.Evidence.History = append(slices.Clone(j.Evidence.History), Entry{Kind: "slash", Account: honest.Account, Receipt: Receipt{Height: 999, Tasks: []uint32{1}}},
		Entry{Kind: "restore", Account: honest.Account, Receipt: Receipt{Height: 1_000, Tasks: []uint32{1}}})
	r.facts.Jobs[digest] = undone
	_, err = check(honest, me)
	require.NoError(t, err, "arbiters undid it")
	undone.Evidence.History[len(undone.Evidence.History)-1].Receipt.Height = 1_001
	_, err = check(honest, me)
	require.ErrorContains(t, err, "was convicted", "who signed it could not know that it would be undone")
	undone.Evidence.History[len(undone.Evidence.History)-1] = Entry{Kind: "restore", Account: honest.Account, Receipt: Receipt{Height: 1_000, Tasks: []uint32{2}}}
	_, err = check(honest, me)
	require.ErrorContains(t, err, "was convicted", "it was another one that arbiters undid")
	r.facts.Jobs[digest] = j

	// Signed by another, or not at all.
	block, err := honest.Sign(r.nodes[other].key)
	require.NoError(t, err)
	_, err = DecodeRewardClaim(block)
	require.ErrorContains(t, err, "not signed by its peer")
}

// claimAs is a claim of another node for jobs for which it was paid something, too.
func (r *rewarded) claimAs(c RewardClaim, i int) RewardClaim {
	n := r.nodes[i]
	for digest, j := range r.facts.Jobs {
		e := append(slices.Clone(j.Evidence.History), Entry{Kind: "claim", Receipt: Receipt{Height: 50, Pays: []Pay{{n.account, NLOV}}}})
		j.Evidence.History = slices.DeleteFunc(e, func(e Entry) bool { return e.Kind == "slash" })
		r.facts.Jobs[digest] = j
	}
	return RewardClaim{Version: 1, Network: c.Network, Account: n.account, Peer: n.peer, From: c.From, Through: c.Through, Jobs: c.Jobs, Amount: 1}
}

// TestRewardsInParts: what is more than one claim may be for is left to the next ones, and all of it is claimed once.
func TestRewardsInParts(t *testing.T) {
	r := newRewarded(t)
	const me = 2
	whole, want := r.draft(me)
	var got Due
	from, claims := uint64(0), 0
	for from < whole.Through {
		c, due := r.draft(me, func(c *RewardClaim) { c.From = from })
		require.Equal(t, due.Sum(), c.Amount)
		part, due, _ := DraftRewards(r.net, testVerifier{}, RewardClaim{
			Version: 1, Network: c.Network, Account: c.Account, Peer: c.Peer, From: from, Through: whole.Through,
		}, whole.Own, whole.Others, r.facts, 4*NLOV)
		require.LessOrEqual(t, due.Sum(), 4*NLOV)
		require.Greater(t, part.Through, from)
		block, err := part.Sign(r.nodes[me].key)
		require.NoError(t, err)
		back, err := DecodeRewardClaim(block)
		require.NoError(t, err)
		checked, err := back.Check(r.net, testVerifier{}, r.facts)
		require.NoError(t, err)
		require.Equal(t, due, checked)
		got = Due{got.Uptime + due.Uptime, got.Participation + due.Participation, got.Completion + due.Completion}
		from, claims = part.Through, claims+1
	}
	require.Equal(t, want, got)
	require.Greater(t, claims, 1)

	// What alone is too much for any claim is left out, and holds nothing up.
	none, due, refused := DraftRewards(r.net, testVerifier{}, RewardClaim{
		Version: 1, Network: whole.Network, Account: whole.Account, Peer: whole.Peer, Through: whole.Through,
	}, whole.Own, whole.Others, RewardFacts{Epochs: r.facts.Epochs}, NLOV)
	require.Equal(t, []any{Due{Participation: want.Participation}, whole.Through, 3}, []any{due, none.Through, len(refused)})
}

func TestEvidenceDocument(t *testing.T) {
	r := newRewarded(t)
	for digest, block := range r.jobs {
		e, err := UnpackEvidence(block)
		require.NoError(t, err)
		again, err := PackEvidence(e)
		require.NoError(t, err)
		require.Equal(t, digest, poc.BlockHash(again))
		rng := rand.New(rand.NewPCG(1, 2))
		for range 200 {
			bad := bytes.Clone(block)
			bad[rng.IntN(len(bad))] ^= 1 << rng.IntN(8)
			if e, err := UnpackEvidence(bad); err == nil {
				_, err = PackEvidence(e)
				require.NoError(t, err)
			}
		}
	}
}

// FuzzRewardClaim: what is decoded encodes to the same bytes, and checking it without facts says no and does not panic.
func FuzzRewardClaim(f *testing.F) {
	n := LocalNetwork()
	n.Chain, n.Challenge, n.Rewards = "test", DefaultChallenges(1<<62, 1<<32, 4), &Rewards{Uptime: 1, UptimeMost: NLOV}
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	for _, c := range []RewardClaim{
		{Version: 1, Network: n.ID(), Account: "a", From: 1, Through: 2},
		{Version: 1, Network: n.ID(), Account: "a", From: 1, Through: ^uint64(0), Own: []poc.Capability{{Version: 1, Epoch: 3, Signers: 1, Signatures: [][]byte{make([]byte, 64)}}}},
		{Version: 1, Network: n.ID(), Account: "a", Through: 1, Jobs: []poc.Link{poc.HashLink(poc.Hash{1})}},
	} {
		c.Peer = poc.PeerID(key.Public().(ed25519.PublicKey))
		block, err := c.Sign(key)
		require.NoError(f, err)
		f.Add(block)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := DecodeRewardClaim(b)
		if err != nil {
			return
		}
		if !bytes.Equal(b, poc.MustEncode(c)) {
			t.Fatal("it encodes to other bytes")
		}
		if d, err := c.Check(n, testVerifier{}, RewardFacts{}); err == nil && d.Sum() != 0 {
			t.Fatalf("%v is due for nothing", d)
		}
	})
}

// FuzzEvidenceDocument: what is read of evidence is what was written.
func FuzzEvidenceDocument(f *testing.F) {
	spec, _ := validSpec()
	cert := &poc.Certificate{Version: 1, Award: poc.HashLink(poc.Hash{1})}
	for _, d := range []evidenceDoc{
		{1, poc.MustEncode(spec), []byte{1}, [][]byte{}, nil},
		{1, poc.MustEncode(spec), []byte{}, [][]byte{poc.MustEncode(cert)}, nil},
		{1, poc.MustEncode(spec), []byte{1}, [][]byte{}, []byte{2}},
	} {
		f.Add(poc.MustEncode(d))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := UnpackEvidence(b)
		if err != nil {
			return
		}
		again, err := PackEvidence(e)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := UnpackEvidence(again); err != nil || !reflect.DeepEqual(e, back) {
			t.Fatalf("it reads as %+v: %v", back, err)
		}
	})
}

// TestClaimsOfUnreadJobs: who cannot read a beacon finds what is false without it, and says nothing of the rest.
func TestClaimsOfUnreadJobs(t *testing.T) {
	r := newRewarded(t)
	c, due := r.draft(2)
	require.NotZero(t, due.Completion)
	most := due.Uptime + due.Participation
	for digest, j := range r.facts.Jobs {
		j.Evidence.Beacon = Beacon{}
		r.facts.Jobs[digest] = j
	}
	for _, l := range c.Jobs {
		digest, _ := l.Digest()
		most += part(r.facts.Jobs[digest].Escrow.Fees, uint64(r.net.Rewards.Completion), FeeBase)
	}
	require.NoError(t, c.CheckBound(r.net, r.facts))
	c.Amount = most + 1
	require.ErrorContains(t, c.CheckBound(r.net, r.facts), "is worth")
	c.Amount = 1
	c.Own[0].Capacity.Speed++
	require.ErrorContains(t, c.CheckBound(r.net, r.facts), "not signed")
}

// TestRewardsOfBatches: a job that a batch settled is worth what it is worth when the same is claimed, as long as it is shown what the batch paid.
func TestRewardsOfBatches(t *testing.T) {
	r := newRewarded(t)
	claimed := map[int]Due{}
	for i := range r.nodes {
		_, claimed[i] = r.draft(i)
	}
	for digest, j := range r.facts.Jobs {
		panel, err := OpenAward(r.net.ID(), j.Evidence.Spec.ID(), j.Evidence.Award)
		require.NoError(t, err)
		seats, paid := panel.Seating(r.net, j.Evidence.Spec).Seats, Amount(0)
		for _, cert := range j.Evidence.Certificates {
			for _, seat := range cert.Payees(j.Evidence.Spec.Policy.Quorum) {
				j.Pays = append(j.Pays, BatchPay{cert.Task, seat, seats[seat].Account, seats[seat].Ask})
				paid += seats[seat].Ask
			}
		}
		require.Equal(t, j.Escrow.Paid, paid)
		last := j.Last()
		j.Settled, j.Evidence.Certificates = make([]poc.Hash, len(j.Settled)), nil
		j.Evidence.History = append(slices.DeleteFunc(slices.Clone(j.Evidence.History), func(e Entry) bool { return e.Kind == "claim" || e.Kind == "refund" }),
			Entry{Kind: "batch", Receipt: Receipt{Height: last}})
		require.Equal(t, last, j.Last())
		require.True(t, j.Whole())
		r.facts.Jobs[digest] = j
	}
	for i := range r.nodes {
		_, due := r.draft(i)
		require.Equal(t, claimed[i], due, "node %d", i)
	}

	const me = 2
	n := r.nodes[me]
	c, due := r.draft(me)
	require.NotZero(t, due.Completion)
	spoil := func(want string, change func(j *RewardJob)) {
		t.Helper()
		digest, _ := c.Jobs[0].Digest()
		right := r.facts.Jobs[digest]
		j := right
		j.Pays = slices.Clone(j.Pays)
		change(&j)
		r.facts.Jobs[digest] = j
		_, err := c.Check(r.net, testVerifier{}, r.facts)
		require.ErrorContains(t, err, want)
		r.facts.Jobs[digest] = right
	}
	mine := func(j *RewardJob) int {
		return slices.IndexFunc(j.Pays, func(p BatchPay) bool { return p.Account == n.account })
	}
	spoil("does not show what that paid", func(j *RewardJob) { j.Pays = nil })
	spoil("nothing for it", func(j *RewardJob) {
		j.Pays = slices.DeleteFunc(j.Pays, func(p BatchPay) bool { return p.Account == n.account })
	})
	spoil("missed unit", func(j *RewardJob) { j.Pays[mine(j)].Unit = 1 << 31 })
	spoil("missed unit", func(j *RewardJob) { j.Pays[mine(j)].Seat ^= 1 })
	spoil("missed unit", func(j *RewardJob) { i := mine(j); j.Pays = slices.Delete(j.Pays, i, i+1) })
	spoil("is worth", func(j *RewardJob) { j.Pays[mine(j)].Amount /= 2 })
	spoil("it was settled in block", func(j *RewardJob) {
		j.Evidence.History = append(slices.Clone(j.Evidence.History), Entry{Kind: "batch", Receipt: Receipt{Height: 1_001}})
	})
	require.NoError(t, c.CheckBound(r.net, r.facts))
	c.Jobs = append(c.Jobs, c.Jobs...)
	require.ErrorContains(t, c.CheckBound(r.net, r.facts), "counted twice")
}

// TestLateEscrow: a job belongs to the block in which its escrow closed, or a claim for blocks before would leave it behind for ever.
func TestLateEscrow(t *testing.T) {
	j := RewardJob{Evidence: Evidence{History: []Entry{
		{Kind: "lock", Receipt: Receipt{Height: 3}}, {Kind: "claim", Receipt: Receipt{Height: 5}}, {Kind: "refund", Receipt: Receipt{Height: 9}}, {Kind: "slash", Receipt: Receipt{Height: 12}},
	}}}
	require.Equal(t, uint64(9), j.Last())
}
