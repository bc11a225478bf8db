package poc

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var nearPolicy = Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 3, Compare: Comparator{Tier: Tolerance}}

// nearSim is a simulation in which every node computes other bits: honest ones are near each other, liars near nobody.
func nearSim(t *testing.T, seed uint64, policy Policy, acts map[int]behaviour) *sim {
	cfg := defaultSim()
	cfg.policy, cfg.near = policy, looksAlike
	s := newSim(t, seed, cfg, acts)
	for _, n := range s.nodes {
		n.content = fmt.Sprintf("near %d", n.rank)
		if n.act.lies {
			n.content = fmt.Sprintf("away %d", n.rank)
		}
	}
	return s
}

// looksAlike is what an honest host finds.
func looksAlike(n *simNode, c Compare) Difference {
	require.Equal(n.t, testResult(n.content).Digest(), c.Own.Digest())
	require.Greater(n.t, c.By, n.now)
	other := n.node(c.Peer)
	if other.act.name == "withholds chunks" && (!c.Whole || !slices.ContainsFunc(c.From, func(p PeerID) bool { return p != c.Peer })) {
		return "its result could not be had"
	}
	if n.content[:4] != other.content[:4] {
		return "it is another one"
	}
	return ""
}

// checkNear asserts what must hold where fewer than a quorum of the candidates are liars: everybody ends, and who certified has one
// honest worker's result, which pays no liar.
func (s *sim) checkNear() {
	s.t.Helper()
	var certified Hash
	for _, n := range s.nodes {
		if n.gone || !n.act.honest() {
			continue
		}
		require.True(s.t, n.task.Phase().over(), "%s has not ended: %s", n.name(), n.task.Explain())
		for _, f := range n.faults {
			require.Nil(s.t, f.Reveal, "nothing convicts anybody")
			require.NotEqual(s.t, Contradicted, f.Kind)
			if f.Kind == Differed || f.Kind == Mismatched || f.Kind == Equivocated {
				require.False(s.t, s.node(f.Peer).act.honest(), "%s calls the honest %s %s", n.name(), s.name(f.Peer), f.Kind)
			}
		}
		if n.task.Phase() != Done {
			continue
		}
		r, _ := n.task.Result()
		if certified.IsZero() {
			certified = r.Digest()
		}
		require.Equal(s.t, certified, r.Digest(), "two results are certified")
		require.True(s.t, slices.ContainsFunc(s.nodes, func(x *simNode) bool {
			return x.content[:4] == "near" && testResult(x.content).Digest() == r.Digest()
		}))
		c := n.task.Certificate()
		require.NoError(s.t, c.Verify(n.task.Candidates(), s.cfg.policy, testKeys{}))
		for _, w := range s.nodes[:s.cfg.workers] {
			if w.act.lies {
				require.NotContains(s.t, c.Payees(s.cfg.policy.Quorum), testSeat(w.rank))
			}
		}
	}
}

func TestNearResultsAgree(t *testing.T) {
	for seed := range uint64(50) {
		s := nearSim(t, seed, nearPolicy, nil).run()
		s.checkNear()
		s.requirePhase(Done)
		r, _ := s.nodes[0].task.Result()
		require.Equal(t, testResult("near 0").Digest(), r.Digest(), "the first in rank stands for all")
		require.Equal(t, []string{"A", "B", "C"}, s.payees(0))
		require.Empty(t, s.faultsOf(1), "to differ within the bounds is no fault")
		for _, n := range s.nodes {
			require.Empty(t, n.task.Reveals())
		}
	}
}

func TestNearWithAdversaries(t *testing.T) {
	allNear := func(n *simNode, _ PeerID, m Message) Message {
		if v, ok := m.(Near); ok { // it says that everything is near
			v.Near, v.Far = testSeats(0, 1, 2, n.rank), 0
			return v
		}
		return m
	}
	toSome := func(n *simNode, to PeerID, m Message) Message {
		if _, ok := m.(Near); ok && n.node(to).rank%2 == 0 {
			return nil
		}
		return m
	}
	acts := map[string]behaviour{
		"liar":             {name: "liar", lies: true},
		"vouching liar":    {name: "vouching liar", lies: true, evil: true, send: allNear},
		"withholds chunks": {name: "withholds chunks", evil: true},
		"says nothing": {name: "says nothing", evil: true, send: func(_ *simNode, _ PeerID, m Message) Message {
			if _, ok := m.(Near); ok {
				return nil
			}
			return m
		}},
		"tells some":  {name: "tells some", evil: true, send: toSome},
		"claims near": {name: "claims near", evil: true, send: allNear},
		"withholds": {name: "withholds", withholds: true, evil: true, send: func(_ *simNode, _ PeerID, m Message) Message {
			switch m.(type) {
			case Show, Near, Attest:
				return nil
			}
			return m
		}},
		"vanishes": {name: "vanishes", vanishAt: 1_700},
	}
	for name, act := range acts {
		for rank := range 3 {
			t.Run(fmt.Sprintf("%s at rank %d", strings.ReplaceAll(name, " ", "-"), rank), func(t *testing.T) {
				done := 0
				for seed := range uint64(30) {
					s := nearSim(t, seed, nearPolicy, map[int]behaviour{rank: act})
					s.cfg.crash, s.cfg.loss, s.cfg.double = 0.05, 0.1, 0.2
					s.run().checkNear()
					if s.nodes[(rank+1)%3].task.Phase() == Done {
						done++
					}
				}
				require.Equal(t, 30, done, "one of three cannot keep the others from their result")
			})
		}
	}
}

// Two that collude are a quorum of three; of five they are not.
func TestNearAmongFive(t *testing.T) {
	policy := Policy{Replicas: 5, Quorum: 3, MaxReplicas: 6, Standby: 1, Compare: Comparator{Tier: Image}}
	vouch := behaviour{name: "cartel", lies: true, evil: true, send: func(n *simNode, _ PeerID, m Message) Message {
		if v, ok := m.(Near); ok {
			v.Near, v.Far = testSeats(0, 1, n.rank), testSeats(2, 3, 4)
			return v
		}
		return m
	}}
	for seed := range uint64(40) {
		s := nearSim(t, seed, policy, map[int]behaviour{0: vouch, 1: vouch}).run()
		s.checkNear()
		s.requirePhase(Done)
		require.Equal(t, []FaultKind{Differed}, s.faultsOf(0))
	}
}

func TestNobodyIsNear(t *testing.T) {
	acts := map[int]behaviour{}
	s := nearSim(t, 1, nearPolicy, acts)
	for i, n := range s.nodes {
		n.content = fmt.Sprintf("%04d %d", i, i)
	}
	s.run()
	for _, n := range s.nodes {
		require.Equal(t, Failed, n.task.Phase())
		require.Equal(t, FailNoQuorum, n.task.Failure().Code)
	}
	require.NotEmpty(t, s.nodes[0].task.Apart())
}

func TestClassExactConvictsNobody(t *testing.T) {
	policy := testPolicy
	policy.Compare.Tier = ClassExact
	cfg := defaultSim()
	cfg.policy = policy
	for seed := range uint64(20) {
		s := newSim(t, seed, cfg, map[int]behaviour{1: {name: "liar", lies: true}})
		s.run().check()
		s.requirePhase(Done)
		require.Equal(t, []FaultKind{Differed}, s.faultsOf(1))
	}
}

// What a task of a named class, or one that compares by looking, refuses.
func TestWrongTierIsRefused(t *testing.T) {
	setup := testSetup(0, 6, testPolicy)
	setup.Policy.Compare.Tier, setup.Class = ClassExact, "class"
	task := newTask(t, setup)
	step := func(task *Task, from int, m Message) error {
		_, err := task.Step(1_000, Received{From: testWorker(from).Peer, Message: valid(t, m)})
		return err
	}
	_, err := task.Step(1_000, Start{})
	require.NoError(t, err)
	other := commitOf(1, "right")
	other.Class = "another"
	require.ErrorIs(t, step(task, 1, other), ErrWrongClass)
	require.NoError(t, step(task, 1, commitOf(1, "right")))
	require.ErrorIs(t, step(task, 1, revealOf(1, "right")), ErrWrongTier, "a signature that could convict")
	require.ErrorIs(t, step(task, 1, Near{TaskRef: testRef, Near: testSeats(1)}), ErrWrongTier)
	_, err = task.Step(1_000, Compared{Peer: testWorker(1).Peer})
	require.ErrorIs(t, err, ErrWrongTier)
	_, err = task.Step(1_000, Finished{Result: testResult("right"), Class: "another", Salt: testHash("salt")})
	require.ErrorIs(t, err, ErrBadResult)

	exact := newTask(t, testSetup(0, 6, testPolicy))
	show := Show{TaskRef: testRef, Salt: testHash("salt 1"), Class: "class", Result: testResult("right")}
	require.ErrorIs(t, step(exact, 1, show), ErrWrongTier)

	near := newTask(t, testSetup(0, 6, nearPolicy))
	require.NoError(t, step(near, 1, show))
	require.ErrorIs(t, step(near, 1, Near{TaskRef: testRef, Near: testSeats(2)}), ErrBadSeats, "without its own seat")
	require.ErrorIs(t, step(near, 1, Near{TaskRef: testRef, Near: testSeats(1) | 1}), ErrBadSeats, "no candidate's")
	require.ErrorIs(t, step(near, 1, Near{TaskRef: testRef, Near: testSeats(1), Far: 1}), ErrBadSeats)
	require.NoError(t, step(near, 1, Near{TaskRef: testRef, Near: testSeats(1, 2), Far: testSeats(3)}))
	require.ErrorIs(t, step(near, 1, Near{TaskRef: testRef, Near: testSeats(1), Far: testSeats(2)}), ErrDuplicate, "near stays near")
	require.ErrorIs(t, step(near, 1, show), ErrDuplicate)
	_, err = near.Step(1_000, Compared{Peer: testWorker(1).Peer})
	require.ErrorIs(t, err, ErrDuplicate, "nobody asked")
	for _, m := range []Message{Near{TaskRef: testRef}, Near{TaskRef: testRef, Near: 3, Far: 1}, Show{TaskRef: testRef, Class: "class"}} {
		_, err := Validate(m, testKeys{})
		require.Error(t, err)
	}

	bad := nearPolicy
	bad.Compare.Step = 1
	require.Error(t, bad.Validate())
}

func TestNearTranscripts(t *testing.T) {
	for name, acts := range map[string]map[int]behaviour{
		"near":                 nil,
		"near-liar":            {0: {name: "liar", lies: true}},
		"near-withheld-chunks": {0: {name: "withholds chunks", evil: true}},
	} {
		t.Run(name, func(t *testing.T) {
			s := nearSim(t, 7, nearPolicy, acts)
			var out bytes.Buffer
			s.out = &out
			s.run()
			for _, n := range s.nodes {
				s.log("%s: %s", n.name(), n.task.Explain())
			}
			compareTranscript(t, name, out.Bytes())
		})
	}
}

// FuzzNear feeds a task whose results are compared by looking at them with events chosen by the fuzzer. Besides what FuzzStep asks
// for, it signs only what it computed itself, or held whole and found near, and what a quorum stands by that showed its results.
func FuzzNear(f *testing.F) {
	f.Add([]byte{0, 0, 1, 0, 2, 1, 2, 2, 4, 2, 6, 1, 6, 2, 12, 1, 13, 1, 8, 1, 8, 2})
	f.Add([]byte{0, 0, 1, 0, 2, 1, 4, 1, 6, 1, 13, 1, 14, 1, 8, 7, 9, 1, 15, 0, 255, 0})
	f.Fuzz(func(t *testing.T, choices []byte) { drivenNear(t, choices) })
}

// TestNearRandom drives tasks that have begun well with events at random.
func TestNearRandom(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	attested := 0
	for range 100 {
		choices := []byte{0, 0, 1, 0, 2, 1, 2, 2, 16, 0, 6, 1, 6, 2}
		for range 60 {
			choices = append(choices, byte(rng.IntN(16)+16*(rng.IntN(20)/19)*rng.IntN(4)), byte(rng.IntN(6)*rng.IntN(2)+rng.IntN(3)+6*rng.IntN(40)))
		}
		if drivenNear(t, choices) {
			attested++
		}
	}
	require.Greater(t, attested, 5, "most runs come to nothing")
}

// drivenNear reports whether the task signed anything.
func drivenNear(t *testing.T, choices []byte) (attested bool) {
	setup := testSetup(0, 6, nearPolicy)
	task := newTask(t, setup)
	held, now := map[Hash]bool{testResult("near 0").Digest(): true}, Time(1_000)
	for i := 0; i+1 < len(choices) && i < 200; i += 2 {
		kind, arg := choices[i]%16, int(choices[i+1])
		rank := arg % 6
		content := fmt.Sprintf("near %d", rank)
		if arg/6%4 == 3 {
			content = "near 0" // equal bits
		}
		now = now.Add(Millis(choices[i]/16) * 100)
		before, phase := task.StateHash(), task.Phase()
		ev := nearEvent(setup, kind, rank, arg, content)
		fx, err := task.Step(now, ev)
		if err != nil {
			require.Equal(t, before, task.StateHash(), "%v", err)
			require.Equal(t, Effects{}, fx)
		} else if c, ok := ev.(Compared); ok && c.Whole && c.Difference == "" {
			held[testResult(fmt.Sprintf("near %d", rank)).Digest()] = true
		}
		for _, s := range fx.Send {
			if a, ok := s.Message.(Attest); ok {
				attested = true
				require.True(t, held[a.Result.Digest()], "signed what it does not hold")
				by := 0
				for k := range task.s.Workers {
					if w := &task.s.Workers[k]; task.shows(k) && (w.Reveal.Digest == a.Result.Digest() || k == 0 || w.Near&testSeats(task.showing(a.Result.Digest())) != 0) {
						by++
					}
				}
				require.True(t, by >= int(setup.Policy.Quorum) || task.Phase() >= Certified, "signed what %d stand by", by)
			}
			_, signed := s.Message.(Reveal)
			require.False(t, signed, "nothing that convicts is signed")
		}
		for _, c := range fx.Compare {
			require.Greater(t, c.By, now)
			require.Equal(t, testResult("near 0").Digest(), c.Own.Digest())
		}
		requireSound(t, task, setup, phase, now, err)
	}
	requireOver(t, task, setup)
	return attested
}

func nearEvent(s Setup, kind byte, rank, arg int, content string) Event {
	commitment := func(i int, c string) Hash {
		return Commitment(s.Network, s.Ref, testWorker(i).Peer, "class", testResult(c).Digest(), testHash("salt %d", i))
	}
	receive := func(m Message) Event {
		v, err := Validate(m, testKeys{})
		if err != nil {
			return Tick{}
		}
		return Received{testWorker(rank).Peer, v}
	}
	switch kind {
	case 0:
		return Start{}
	case 1:
		return Finished{testResult("near 0"), "class", testHash("salt 0")}
	case 2, 3:
		return receive(committed(s.Ref, rank, commitment(rank, content)))
	case 4, 5:
		m := Seal{TaskRef: s.Ref, View: uint32(rank), Round: uint32(kind - 4)}
		for i := range 1 + rank {
			m.Entries = append(m.Entries, sealedBy(s.Ref, i, commitment(i, fmt.Sprintf("near %d", i))))
		}
		sortEntries(m.Entries)
		return receive(m)
	case 6, 7:
		return receive(Show{s.Ref, testHash("salt %d", rank), "class", testResult(content)})
	case 8:
		return receive(Near{s.Ref, testSeats(rank, arg/6%6), testSeats(arg/36%6) &^ testSeats(rank, arg/6%6)})
	case 9, 10:
		agreed := testSeats(rank, arg/6%6)
		r := testResult(fmt.Sprintf("near %d", arg/36%6))
		o := Opening{Class: "class", Result: r, Account: testWorker(rank).Account}
		o.Signature = testSignature(o.Account, Statement{Kind: Attested, Job: s.Ref.Job, Task: s.Ref.Task, Digest: r.Digest(), Agreed: agreed})
		return receive(Attest{TaskRef: s.Ref, Opening: o, Agreed: agreed})
	case 11:
		return receive(Dissent{TaskRef: s.Ref, Round: 0, Want: 1})
	case 12:
		return Compared{Peer: testWorker(rank).Peer}
	case 13:
		return Compared{Peer: testWorker(rank).Peer, Whole: true}
	case 14:
		return Compared{Peer: testWorker(rank).Peer, Whole: arg/6%2 == 0, Difference: "it is another one"}
	}
	return Tick{}
}

// requireSound checks what holds after every step, that began in the given phase and ended with err.
func requireSound(t *testing.T, task *Task, setup Setup, phase Phase, now Time, err error) {
	t.Helper()
	require.True(t, phase == task.Phase() || reachable(phase, task.Phase()), "%v to %v", phase, task.Phase())
	next := task.NextDeadline()
	require.Equal(t, task.Phase().over(), next == 0)
	require.True(t, next == 0 || next > now || err != nil, "%d is not after %d: %s", next, now, task.Explain())
	back, err := Restore(setup, task.Record())
	require.NoError(t, err)
	require.Equal(t, task.StateHash(), back.StateHash())
	require.Equal(t, task.Explain(), back.Explain())
	require.Equal(t, len(task.Resume(now).Prove), len(back.Resume(now).Prove))
	if c := task.Certificate(); c != nil {
		require.NoError(t, c.Verify(task.Candidates(), setup.Policy, testKeys{}))
	}
}

// requireOver checks that no task outlives its deadline.
func requireOver(t *testing.T, task *Task, setup Setup) {
	t.Helper()
	_, _ = task.Step(setup.Deadline, Tick{})
	_, _ = task.Step(setup.Deadline.Add(setup.Params.AttestGrace), Tick{})
	require.True(t, task.Phase().over(), "%v at the deadline", task.Phase())
}
