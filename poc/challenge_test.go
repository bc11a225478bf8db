package poc

import (
	"crypto/ed25519"
	"encoding/binary"
	"encoding/hex"
	"fmt"
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
		{ChallengeWrong, nil, func(t *testing.T, c *Challenge, s ChallengeSetup) {
			say(Wrong, Wrong, Wrong)(t, c, s)
			require.Nil(t, c.Failure(), "the others may still vouch")
			witnesses := s.Roster.Witnesses(s.Beacon, 7, s.Self, 7)
			_, err := c.Step(epochBegins+9_000, ChallengeReceived{witnesses[6], vouchOf(s, keysOf(witnesses, n)[6], s.Self, testCapacity, Wrong)})
			require.NoError(t, err)
			require.Equal(t, Awaiting, c.Phase())
			require.Equal(t, ChallengeWrong, c.Failure().Code, "no quorum can come any more")
		}},
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
	require.Equal(t, Millis(60_000/14), testChallenge.Check(), "twice as many fit as come on average")
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
