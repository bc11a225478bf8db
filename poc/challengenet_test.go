package poc

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

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
