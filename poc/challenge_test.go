package poc

import (
	"crypto/ed25519"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

const epochBegins Time = 1_000_000

var (
	testChallenge = ChallengeParams{Cohort: 7, Quorum: 4, Work: 8_000, Slack: 4_000, Judge: 60_000}
	testCapacity  = Capacity{Memory: 8 << 30, Speed: 1e12}
	testBeacon    = testHash("epoch beacon")
)

// testKey makes each key once: tests ask for them all the time.
var testChallengeKeys sync.Map

func testKey(i int) ed25519.PrivateKey {
	if k, ok := testChallengeKeys.Load(i); ok {
		return k.(ed25519.PrivateKey)
	}
	seed := testHash("key %d", i)
	k := ed25519.NewKeyFromSeed(seed[:])
	testChallengeKeys.Store(i, k)
	return k
}

func keyPeer(k ed25519.PrivateKey) PeerID { return PeerID(k.Public().(ed25519.PublicKey)) }

func testRoster(t testing.TB, n int) *Roster {
	t.Helper()
	var cs []Candidate
	for i := range n {
		cs = append(cs, Candidate{Worker{Peer: keyPeer(testKey(i)), Account: Account(fmt.Sprintf("account-%d", i))}, 100})
	}
	r, err := NewRoster(cs)
	require.NoError(t, err)
	return r
}

func challengeSetup(t testing.TB, i, n int) ChallengeSetup {
	return ChallengeSetup{
		Network: testHash("network"), Epoch: 7, Beacon: testBeacon, Roster: testRoster(t, n), Params: testChallenge,
		Self: keyPeer(testKey(i)), Key: testKey(i), Capacity: testCapacity,
	}
}

func newChallenge(t testing.TB, s ChallengeSetup) *Challenge {
	t.Helper()
	c, _, err := NewChallenge(s, epochBegins)
	require.NoError(t, err)
	return c
}

// vouchOf is what the node of a key says of another's capacity.
func vouchOf(s ChallengeSetup, key ed25519.PrivateKey, p PeerID, c Capacity, v Verdict) Vouch {
	m := Vouch{Capacity: c, Verdict: v}
	if v == Vouches {
		m.Signature = ed25519.Sign(key, vouchBytes(vouchDomain, s.Network, s.Beacon, s.Epoch, p, c))
	}
	return m
}

// keysOf are those of peers among the first n.
func keysOf(peers []PeerID, n int) []ed25519.PrivateKey {
	var keys []ed25519.PrivateKey
	for _, p := range peers {
		for i := range n {
			if keyPeer(testKey(i)) == p {
				keys = append(keys, testKey(i))
			}
		}
	}
	return keys
}

func testAnswer(content string) Answer { return Answer{testCapacity, testFile(content)} }

func TestRoster(t *testing.T) {
	r := testRoster(t, 30)
	all := slices.Clone(r.list)
	slices.Reverse(all)
	again, err := NewRoster(all)
	require.NoError(t, err)
	p := keyPeer(testKey(3))
	got := r.Witnesses(testBeacon, 7, p, 7)
	require.Len(t, got, 7)
	require.Equal(t, got, again.Witnesses(testBeacon, 7, p, 7), "whatever the order in which they are listed")
	require.Equal(t, got[:4], r.Witnesses(testBeacon, 7, p, 4))
	require.NotContains(t, got, p)
	require.NotEqual(t, got, r.Witnesses(testBeacon, 8, p, 7))
	require.NotEqual(t, got, r.Witnesses(testHash("other"), 7, p, 7))
	require.Len(t, r.Witnesses(testBeacon, 7, p, 40), 29, "all others")
	require.Len(t, r.Witnesses(testBeacon, 7, PeerID{1}, 40), 30, "of a stranger: all")

	_, err = NewRoster(append(all, all[0]))
	require.Error(t, err)
	twice := all[0]
	twice.Peer = PeerID{9}
	_, err = NewRoster(append(all, twice))
	require.Error(t, err, "one account, one vote")
	empty, err := NewRoster(nil)
	require.NoError(t, err)
	require.Empty(t, empty.Witnesses(testBeacon, 7, p, 7))
	require.False(t, empty.Has(p))
}

// TestWitnessesByWeight: each is drawn as often as its stake says, however many peers an owner of stake makes of it.
func TestWitnessesByWeight(t *testing.T) {
	var cs []Candidate
	for i := range 60 {
		c := Candidate{Worker{Peer: PeerID(testHash("p%d", i)), Account: Account(fmt.Sprint(i))}, 20}
		if i >= 40 { // half of the stake on a third of the peers
			c.Weight = 40
		}
		cs = append(cs, c)
	}
	r, err := NewRoster(cs)
	require.NoError(t, err)
	heavy := map[PeerID]bool{}
	for _, c := range cs[40:] {
		heavy[c.Peer] = true
	}
	const draws = 4000
	n := 0
	for i := range draws {
		got := r.Witnesses(testHash("beacon %d", i), 1, PeerID{1}, 3)
		require.Len(t, got, 3)
		require.True(t, got[0] != got[1] && got[1] != got[2] && got[0] != got[2])
		for _, p := range got {
			if heavy[p] {
				n++
			}
		}
	}
	require.InDelta(t, 0.5, float64(n)/(3*draws), 0.03)
}

func TestChallengeTransitions(t *testing.T) {
	for from := Answering; from <= Closed; from++ {
		require.NotEmpty(t, from.String())
		for to := Answering; to <= Closed; to++ {
			want := from == Answering && to == Awaiting || from == Awaiting && to == Closed
			require.Equal(t, want, slices.Contains(challengeTransitions[from], to), "%v to %v", from, to)
		}
	}
}

// TestChallengeAnswered: answers, gets a quorum, and has a capability that proves itself.
func TestChallengeAnswered(t *testing.T) {
	const n = 20
	s := challengeSetup(t, 0, n)
	c, fx, err := NewChallenge(s, epochBegins)
	require.NoError(t, err)
	require.Equal(t, &ChallengeRun{ChallengeSeed(s.Network, s.Beacon, 7, s.Self, testCapacity), testCapacity}, fx.Run)
	require.Equal(t, Answering, c.Phase())
	witnesses := s.Roster.Witnesses(s.Beacon, 7, s.Self, 7)
	keys := keysOf(witnesses, n)

	_, err = c.Step(epochBegins+1, ChallengeReceived{witnesses[0], vouchOf(s, keys[0], s.Self, testCapacity, Vouches)})
	require.ErrorIs(t, err, ErrOtherAnswer, "nothing was answered yet")
	fx, err = c.Step(epochBegins+7_900, Answered{testFile("a")})
	require.NoError(t, err)
	require.Equal(t, []ChallengeSend{{witnesses, testAnswer("a")}}, fx.Send)
	require.Equal(t, Awaiting, c.Phase())
	_, err = c.Step(epochBegins+7_900, Answered{testFile("b")})
	require.ErrorIs(t, err, ErrNotAnswering)

	for i := range 4 {
		require.Nil(t, c.Capability())
		fx, err = c.Step(epochBegins+9_000, ChallengeReceived{witnesses[6-i], vouchOf(s, keys[6-i], s.Self, testCapacity, Vouches)})
		require.NoError(t, err)
	}
	made := c.Capability()
	require.Equal(t, made, fx.Capability)
	require.NoError(t, made.Verify(s.Network, s.Beacon, s.Roster, s.Params))
	require.Equal(t, uint64(0b1111000), made.Signers)

	b, err := made.Encode()
	require.NoError(t, err)
	require.Less(t, len(b), 1<<10)
	back, err := DecodeCapability(b)
	require.NoError(t, err)
	require.Equal(t, made, back)

	fx, err = c.Step(c.NextDeadline(), ChallengeTick{})
	require.NoError(t, err)
	require.Equal(t, ChallengeEffects{}, fx)
	require.Equal(t, Closed, c.Phase())
	require.Zero(t, c.NextDeadline())
	require.Nil(t, c.Failure())
	_, err = c.Step(epochBegins+90_000, Answered{testFile("b")})
	require.ErrorIs(t, err, ErrOver)
}

func TestCapabilityRefused(t *testing.T) {
	const n = 20
	s := challengeSetup(t, 0, n)
	witnesses := s.Roster.Witnesses(s.Beacon, 7, s.Self, 7)
	keys := keysOf(witnesses, n)
	changed := func(change func(*Capability)) *Capability {
		c := &Capability{Version: 1, Epoch: 7, Peer: s.Self, Capacity: testCapacity, Signers: 0b1011010}
		for _, i := range []int{1, 3, 4, 6} {
			c.Signatures = append(c.Signatures, vouchOf(s, keys[i], s.Self, testCapacity, Vouches).Signature)
		}
		change(c)
		return c
	}
	verify := func(c *Capability) error { return c.Verify(s.Network, s.Beacon, s.Roster, s.Params) }
	require.NoError(t, verify(changed(func(*Capability) {})))
	stranger := keyPeer(testKey(n))
	for name, change := range map[string]func(*Capability){
		"more memory":         func(c *Capability) { c.Capacity.Memory *= 2 },
		"more speed":          func(c *Capability) { c.Capacity.Speed++ },
		"another epoch":       func(c *Capability) { c.Epoch++ },
		"another peer":        func(c *Capability) { c.Peer = witnesses[0] },
		"no provider":         func(c *Capability) { c.Peer = stranger },
		"too few":             func(c *Capability) { c.Signers, c.Signatures = 0b1010, c.Signatures[:2] },
		"other witnesses":     func(c *Capability) { c.Signers = 0b1111 },
		"no such witness":     func(c *Capability) { c.Signers = 1<<1 | 1<<3 | 1<<4 | 1<<7 },
		"signed twice by one": func(c *Capability) { c.Signatures[1] = c.Signatures[0] },
		"another version":     func(c *Capability) { c.Version = 2 },
		"nothing":             func(c *Capability) { c.Capacity = Capacity{} },
		"a signature more":    func(c *Capability) { c.Signatures = append(c.Signatures, c.Signatures[0]) },
		"half a signature":    func(c *Capability) { c.Signatures[0] = c.Signatures[0][:32] },
	} {
		require.Error(t, verify(changed(change)), name)
	}
	other := changed(func(*Capability) {})
	require.Error(t, other.Verify(testHash("another network"), s.Beacon, s.Roster, s.Params))
	require.Error(t, other.Verify(s.Network, testHash("another beacon"), s.Roster, s.Params))
	require.Error(t, other.Verify(s.Network, s.Beacon, testRoster(t, 21), s.Params), "other witnesses are drawn")
	_, err := DecodeCapability([]byte{0xa0})
	require.Error(t, err)
}

// TestWitness: what a witness answers, by when an answer came and what it found.
func TestWitness(t *testing.T) {
	const n = 8 // all others are witnesses
	from := keyPeer(testKey(1))
	window := testChallenge.Window()
	for _, c := range []struct {
		name   string
		at     Millis
		judged Verdict
		want   Verdict
	}{
		{"right, at the last moment", window, Vouches, Vouches},
		{"late by a millisecond", window + 1, 0, TooLate},
		{"wrong", 5_000, Wrong, Wrong},
		{"unserved", 5_000, Unserved, Unserved},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := challengeSetup(t, 0, n)
			s.Capacity = Capacity{}
			w := newChallenge(t, s)
			require.Equal(t, Awaiting, w.Phase(), "it has nothing to show")
			fx, err := w.Step(epochBegins.Add(c.at), ChallengeReceived{from, testAnswer("a")})
			require.NoError(t, err)
			if c.judged != 0 {
				require.Equal(t, &ChallengeCheck{from, ChallengeSeed(s.Network, s.Beacon, 7, from, testCapacity), testCapacity, testFile("a")}, fx.Check)
				require.Empty(t, fx.Send)
				fx, err = w.Step(epochBegins.Add(c.at+100), Judged{from, c.judged})
				require.NoError(t, err)
			}
			require.Nil(t, fx.Check)
			require.Equal(t, []ChallengeSend{{[]PeerID{from}, vouchOf(s, s.Key, from, testCapacity, c.want)}}, fx.Send)
			_, err = w.Step(epochBegins.Add(c.at+200), ChallengeReceived{from, testAnswer("b")})
			require.ErrorIs(t, err, ErrDuplicate, "the first counts")
			_, err = w.Step(epochBegins.Add(c.at+200), Judged{from, Vouches})
			require.ErrorIs(t, err, ErrNotChecking)
		})
	}
}

// TestChecksWait: while this node's own program runs its device and processor are left alone, but the time of an answer is when it came.
func TestChecksWait(t *testing.T) {
	s := challengeSetup(t, 0, 8)
	w := newChallenge(t, s)
	first, second := keyPeer(testKey(1)), keyPeer(testKey(2))
	for _, p := range []PeerID{first, second} {
		fx, err := w.Step(epochBegins+6_000, ChallengeReceived{p, testAnswer("a")})
		require.NoError(t, err)
		require.Nil(t, fx.Check)
	}
	fx, err := w.Step(epochBegins+13_000, ChallengeTick{})
	require.NoError(t, err)
	require.True(t, fx.Cancel, "its own answer would be late")
	require.Equal(t, first, fx.Check.Peer)
	require.Equal(t, ChallengeNoAnswer, w.Failure().Code)
	_, err = w.Step(epochBegins+13_000, Answered{testFile("a")})
	require.ErrorIs(t, err, ErrNotAnswering)
	_, err = w.Step(epochBegins+13_000, Judged{second, Vouches})
	require.ErrorIs(t, err, ErrNotChecking, "one at a time, in turn")
	_, err = w.Step(epochBegins+13_000, Judged{first, TooLate})
	require.ErrorIs(t, err, ErrUnknownEvent, "who checks does not judge the time")
	fx, err = w.Step(epochBegins+13_000, Judged{first, Vouches})
	require.NoError(t, err)
	require.Equal(t, Vouches, fx.Send[0].Message.(Vouch).Verdict)
	require.Equal(t, second, fx.Check.Peer)
	_, err = w.Step(w.NextDeadline(), Judged{second, Vouches})
	require.ErrorIs(t, err, ErrOver, "nothing is said after the time to judge")
}

// TestChallengeFailures: every way to go without a capability has its code and a sentence.
func TestChallengeFailures(t *testing.T) {
	const n = 20
	say := func(v ...Verdict) func(*testing.T, *Challenge, ChallengeSetup) {
		return func(t *testing.T, c *Challenge, s ChallengeSetup) {
			_, err := c.Step(epochBegins+8_000, Answered{testFile("a")})
			require.NoError(t, err)
			witnesses := s.Roster.Witnesses(s.Beacon, 7, s.Self, 7)
			for i, k := range keysOf(witnesses, n)[:len(v)] {
				_, err := c.Step(epochBegins+9_000, ChallengeReceived{witnesses[i], vouchOf(s, k, s.Self, testCapacity, v[i])})
				require.NoError(t, err)
			}
		}
	}
	for _, f := range []struct {
		code ChallengeCode
		set  func(*ChallengeSetup)
		play func(*testing.T, *Challenge, ChallengeSetup)
	}{
		{ChallengeAlone, func(s *ChallengeSetup) { s.Roster = testRoster(t, 4) }, nil},
		{ChallengeStranger, func(s *ChallengeSetup) { s.Self, s.Key = keyPeer(testKey(n)), testKey(n) }, nil},
		{ChallengeNoAnswer, nil, nil},
		{ChallengeNoAnswer, nil, func(t *testing.T, c *Challenge, _ ChallengeSetup) {
			_, err := c.Step(epochBegins+1, Unanswered{"the device is hot"})
			require.NoError(t, err)
			_, err = c.Step(epochBegins+1, Unanswered{"again"})
			require.ErrorIs(t, err, ErrNotAnswering)
		}},
		{ChallengeSilent, nil, say()},
		{ChallengeSilent, nil, say(Vouches, Vouches, Vouches)},
		{ChallengeLate, nil, say(Vouches, Vouches, TooLate, TooLate, TooLate)},
		{ChallengeWrong, nil, say(Vouches, Vouches, Vouches, Wrong, Wrong, Wrong, TooLate)},
		{ChallengeUnserved, nil, say(Unserved, Unserved, Unserved, Unserved)},
	} {
		s := challengeSetup(t, 0, n)
		if f.set != nil {
			f.set(&s)
		}
		c := newChallenge(t, s)
		if f.play != nil {
			f.play(t, c, s)
		}
		for d := c.NextDeadline(); d != 0; d = c.NextDeadline() {
			_, err := c.Step(d, ChallengeTick{})
			require.NoError(t, err)
		}
		require.Nil(t, c.Capability())
		require.Equal(t, f.code, c.Failure().Code, c.Failure().Reason)
		require.NotEmpty(t, c.Failure().Reason)
	}
}

func TestChallengeRefuses(t *testing.T) {
	const n = 40
	s := challengeSetup(t, 0, n)
	c := newChallenge(t, s)
	_, err := c.Step(epochBegins+8_000, Answered{testFile("a")})
	require.NoError(t, err)
	witnesses := s.Roster.Witnesses(s.Beacon, 7, s.Self, 7)
	keys := keysOf(witnesses, n)
	var served, unserved PeerID // by this node as a witness
	outsider := -1
	for i := 1; i < n; i++ {
		p := keyPeer(testKey(i))
		if slices.Contains(s.Roster.Witnesses(s.Beacon, 7, p, 7), s.Self) {
			served = p
		} else {
			unserved = p
		}
		if !slices.Contains(witnesses, p) {
			outsider = i
		}
	}
	require.NotZero(t, served)
	other := testCapacity
	other.Speed++
	forged := vouchOf(s, keys[1], s.Self, testCapacity, Vouches)
	for _, r := range []struct {
		from PeerID
		m    ChallengeMessage
		want error
	}{
		{s.Self, testAnswer("a"), ErrOwnMessage},
		{PeerID{1}, testAnswer("a"), ErrNoProvider},
		{unserved, testAnswer("a"), ErrNotDrawn},
		{keyPeer(testKey(outsider)), vouchOf(s, testKey(outsider), s.Self, testCapacity, Vouches), ErrNotDrawn},
		{witnesses[0], vouchOf(s, keys[0], s.Self, other, Vouches), ErrOtherAnswer},
		{witnesses[0], vouchOf(s, keys[0], served, testCapacity, Vouches), ErrBadVouch},
		{witnesses[0], forged, ErrBadVouch},
		{witnesses[0], nil, ErrUnknownKind},
	} {
		_, err := c.Step(epochBegins+8_500, ChallengeReceived{r.from, r.m})
		require.ErrorIs(t, err, r.want)
	}
	_, err = c.Step(epochBegins+8_500, ChallengeReceived{witnesses[0], vouchOf(s, keys[0], s.Self, testCapacity, TooLate)})
	require.NoError(t, err)
	_, err = c.Step(epochBegins+8_500, ChallengeReceived{witnesses[0], vouchOf(s, keys[0], s.Self, testCapacity, Vouches)})
	require.ErrorIs(t, err, ErrDuplicate, "who said late cannot take it back")
	_, err = c.Step(epochBegins+8_500, nil)
	require.ErrorIs(t, err, ErrUnknownEvent)
	_, err = c.Step(1, ChallengeReceived{served, testAnswer("a")})
	require.NoError(t, err, "a clock set back stands still")
	require.Equal(t, epochBegins+8_500, c.now)

	_, _, err = NewChallenge(s, 0)
	require.ErrorIs(t, err, ErrTime)
	s.Params.Slack = s.Params.Work
	_, _, err = NewChallenge(s, 1)
	require.ErrorContains(t, err, "slack")
	require.Error(t, ChallengeParams{}.Validate())
	s = challengeSetup(t, 0, n)
	s.Roster = nil
	_, _, err = NewChallenge(s, 1)
	require.Error(t, err)
}

// TestSubjectsAreBounded: a network where all are witnesses of all does not fill a node.
func TestSubjectsAreBounded(t *testing.T) {
	s := challengeSetup(t, 0, maxSubjects+2)
	s.Params.Cohort, s.Params.Quorum = MaxCohort, MaxCohort
	c := newChallenge(t, s)
	taken := 0
	for i := 1; i < maxSubjects+2; i++ {
		if _, err := c.Step(epochBegins+1, ChallengeReceived{keyPeer(testKey(i)), testAnswer("a")}); err == nil {
			taken++
		}
	}
	require.Positive(t, taken)
	for i := range maxSubjects {
		c.subjects[PeerID{0, byte(i), byte(i >> 8)}] = &subject{}
	}
	for i := 1; i < maxSubjects+2; i++ {
		_, err := c.Step(epochBegins+1, ChallengeReceived{keyPeer(testKey(i)), testAnswer("a")})
		require.Error(t, err)
	}
}

func TestChallengeMessages(t *testing.T) {
	s := challengeSetup(t, 0, 8)
	for _, m := range []ChallengeMessage{testAnswer("a"), vouchOf(s, testKey(1), s.Self, testCapacity, Vouches), vouchOf(s, testKey(1), s.Self, testCapacity, TooLate)} {
		b, err := MarshalChallenge(7, m)
		require.NoError(t, err)
		epoch, back, err := UnmarshalChallenge(b)
		require.NoError(t, err)
		require.Equal(t, uint64(7), epoch)
		require.Equal(t, m, back)
		for i := range b { // cut off anywhere it is another message or none
			_, short, err := UnmarshalChallenge(b[:i])
			require.True(t, err != nil || short != nil)
		}
	}
	for _, m := range []ChallengeMessage{
		nil, Answer{Capacity: testCapacity}, Answer{Capacity{1, 0}, testFile("a")}, Answer{testCapacity, BlockLink([]byte("a"))},
		Vouch{testCapacity, Vouches, nil}, Vouch{testCapacity, Wrong, make([]byte, 64)}, Vouch{testCapacity, 0, nil}, Vouch{testCapacity, 5, nil}, Vouch{Capacity{}, Wrong, nil},
	} {
		_, err := MarshalChallenge(7, m)
		require.Error(t, err, "%+v", m)
	}
	_, _, err := UnmarshalChallenge(make([]byte, maxChallenge+1))
	require.ErrorIs(t, err, ErrLargeMessage)
	_, _, err = UnmarshalChallenge(nil)
	require.ErrorIs(t, err, ErrUnknownKind)
}

// TestChallengeGolden pins what all nodes must compute alike.
func TestChallengeGolden(t *testing.T) {
	s := challengeSetup(t, 0, 20)
	h := BlockHash(vouchBytes(vouchDomain, s.Network, s.Beacon, s.Epoch, s.Self, testCapacity))
	d := BlockHash(fmt.Appendf(nil, "%v", s.Roster.Witnesses(s.Beacon, s.Epoch, s.Self, 7)))
	b, err := MarshalChallenge(7, testAnswer("a"))
	require.NoError(t, err)
	m := BlockHash(b)
	seed := binary.BigEndian.AppendUint64(nil, ChallengeSeed(s.Network, s.Beacon, s.Epoch, s.Self, testCapacity))
	require.Equal(t, goldenChallenge, fmt.Sprintf("%s %s %s %s", hex.EncodeToString(h[:8]), hex.EncodeToString(d[:8]), hex.EncodeToString(m[:8]), hex.EncodeToString(seed)))
}

// challengeNet is a network of machines whose messages come in random order and any number of times.
type challengeNet struct {
	t     *testing.T
	rng   *rand.Rand
	nodes map[PeerID]*challengeNode
	all   []*challengeNode
	mail  []func()
}

type challengeNode struct {
	c      *Challenge
	setup  ChallengeSetup
	takes  Millis // that its program takes
	lies   bool   // its answers are wrong
	says   Verdict
	honest bool
}

func (n *challengeNet) carry(node *challengeNode, now Time, fx ChallengeEffects) {
	for _, s := range fx.Send {
		for _, to := range s.To {
			m := s.Message
			if v, ok := m.(Vouch); ok && node.says != 0 { // a witness that says what it likes
				m = vouchOf(node.setup, node.setup.Key, to, v.Capacity, node.says)
			}
			dest := n.nodes[to]
			for range 1 + n.rng.IntN(2) {
				n.mail = append(n.mail, func() {
					fx, _ := dest.c.Step(dest.c.now, ChallengeReceived{node.setup.Self, m})
					n.carry(dest, dest.c.now, fx)
				})
			}
		}
	}
	if q := fx.Check; q != nil {
		v := Vouches
		if n.nodes[q.Peer].lies {
			v = Wrong
		}
		n.mail = append(n.mail, func() {
			fx, err := node.c.Step(node.c.now, Judged{q.Peer, v})
			require.NoError(n.t, err)
			n.carry(node, node.c.now, fx)
		})
	}
}

// TestChallengeRandomOrder: whatever the order of messages and checks, the honest are vouched for and nobody else is, with fewer than a
// quorum of dishonest witnesses, who vouch for cheats and against the honest, or say nothing.
func TestChallengeRandomOrder(t *testing.T) {
	for seed := range uint64(40) {
		const size = 16
		n := &challengeNet{t: t, rng: rand.New(rand.NewPCG(seed, 1)), nodes: map[PeerID]*challengeNode{}}
		for i := range size {
			node := &challengeNode{setup: challengeSetup(t, i, size), takes: 7_000 + Millis(n.rng.IntN(1_000)), honest: i >= 4}
			switch i {
			case 0:
				node.takes, node.says = 16_000, Vouches // half as fast as it says, and vouches for all
			case 1:
				node.lies, node.says = true, Wrong
			case 2:
				node.lies, node.says = true, Vouches
			case 3:
				node.takes, node.says = 13_000, TooLate
			}
			node.c = newChallenge(t, node.setup)
			n.nodes[node.setup.Self] = node
			n.all = append(n.all, node)
		}
		byTime := slices.Clone(n.all)
		slices.SortFunc(byTime, func(a, b *challengeNode) int { return int(a.takes - b.takes) })
		for _, node := range byTime {
			// Its host answers for it, however late; a machine of its own would give up.
			send := ChallengeSend{node.setup.Roster.Witnesses(testBeacon, 7, node.setup.Self, 7), testAnswer(node.setup.Self.String())}
			at := epochBegins.Add(node.takes)
			if node.honest || node.takes <= testChallenge.Window() {
				fx, err := node.c.Step(at, Answered{testFile(node.setup.Self.String())})
				require.NoError(t, err)
				send, fx.Send = fx.Send[0], nil // sent below
				n.carry(node, at, fx)
			} else {
				node.c.answer = &Answer{testCapacity, testFile(node.setup.Self.String())}
			}
			for _, to := range send.To {
				dest := n.nodes[to]
				fx, _ := dest.c.Step(at.Add(Millis(n.rng.IntN(500))), ChallengeReceived{node.setup.Self, send.Message})
				n.carry(dest, dest.c.now, fx)
			}
		}
		for _, node := range n.all { // those who wait see the time pass
			fx, err := node.c.Step(epochBegins+17_000, ChallengeTick{})
			require.NoError(t, err)
			n.carry(node, epochBegins+17_000, fx)
		}
		for len(n.mail) > 0 {
			i := n.rng.IntN(len(n.mail))
			do := n.mail[i]
			n.mail = slices.Delete(n.mail, i, i+1)
			do()
		}
		for i, node := range n.all {
			liars := 0
			for _, w := range node.c.witnesses {
				if n.nodes[w].says != 0 {
					liars++
				}
			}
			_, err := node.c.Step(epochBegins+80_000, ChallengeTick{})
			require.NoError(t, err)
			made := node.c.Capability()
			switch {
			case node.honest:
				require.NotNil(t, made, "seed %d, node %d with %d dishonest witnesses: %v", seed, i, liars, node.c.Failure())
				require.NoError(t, made.Verify(node.setup.Network, testBeacon, node.setup.Roster, testChallenge))
			default:
				require.Nil(t, made, "seed %d, cheat %d with %d dishonest witnesses", seed, i, liars)
			}
		}
	}
}

// FuzzChallenge: the decoders of messages and capabilities take what they encode and nothing else, and no message breaks a machine.
func FuzzChallenge(f *testing.F) {
	s := challengeSetup(f, 0, 8)
	for _, m := range []ChallengeMessage{testAnswer("a"), vouchOf(s, testKey(1), s.Self, testCapacity, Vouches), vouchOf(s, testKey(1), s.Self, testCapacity, Wrong)} {
		b, err := MarshalChallenge(7, m)
		require.NoError(f, err)
		f.Add(b, byte(1), int64(5_000))
	}
	made := &Capability{Version: 1, Epoch: 7, Peer: s.Self, Capacity: testCapacity, Signers: 1, Signatures: [][]byte{make([]byte, 64)}}
	b, err := made.Encode()
	require.NoError(f, err)
	f.Add(b, byte(0), int64(0))
	f.Fuzz(func(t *testing.T, b []byte, from byte, at int64) {
		if c, err := DecodeCapability(b); err == nil {
			again, err := c.Encode()
			require.NoError(t, err)
			require.Equal(t, b, again)
			require.Error(t, c.Verify(s.Network, s.Beacon, s.Roster, s.Params))
		}
		epoch, m, err := UnmarshalChallenge(b)
		if err != nil {
			return
		}
		again, err := MarshalChallenge(epoch, m)
		require.NoError(t, err)
		_, back, err := UnmarshalChallenge(again)
		require.NoError(t, err)
		require.Equal(t, m, back)
		c := newChallenge(t, s)
		for _, ev := range []ChallengeEvent{ChallengeReceived{keyPeer(testKey(int(from % 9))), m}, Answered{testFile("a")}, ChallengeReceived{keyPeer(testKey(int(from % 9))), m}, ChallengeTick{}} {
			_, _ = c.Step(epochBegins.Add(Millis(at%100_000)), ev)
			require.Equal(t, c.Phase() == Closed, c.NextDeadline() == 0)
		}
		for range 2 {
			_, _ = c.Step(c.NextDeadline(), ChallengeTick{})
		}
		require.Equal(t, Closed, c.Phase())
		require.Nil(t, c.Capability())
	})
}
