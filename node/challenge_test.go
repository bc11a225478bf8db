package node

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/challenge"
	"gpumesh/market"
	"gpumesh/poc"
)

// challenged runs challenges on the reference evaluator, and everything else as testRunner does.
type challenged struct {
	testRunner
	fakes bool // makes up what challenges come to
}

func (r challenged) RunFrom(ctx context.Context, x Execution, c Checkpoints) (*gpu.Result, error) {
	p, err := gpu.DecodeProgram(x.Program)
	if err != nil {
		return nil, err
	}
	results := p.Results()
	if len(results) != 1 || results[0].Name != challenge.Output {
		return r.testRunner.RunFrom(ctx, x, c)
	}
	if r.fakes {
		return &gpu.Result{}, os.WriteFile(filepath.Join(x.OutDir, challenge.Output), make([]byte, results[0].Size), 0o600)
	}
	return evaluate(ctx, p, x)
}

// TestChallenges: in a network with challenges who has what it claims is vouched for and offers it, and who made its answer up is found
// out by others and believed the floor. The window is so long that no machine is too slow for it.
func TestChallenges(t *testing.T) {
	t.Parallel()
	const liar = 4
	claim := poc.Capacity{Memory: 4 * challenge.LeastUnit, Speed: 120_000}
	terms := &market.Challenges{
		Blocks: 12, Unit: challenge.LeastUnit, Floor: poc.Capacity{Memory: 1 << 30, Speed: 1_000},
		Terms: poc.ChallengeParams{Cohort: 4, Quorum: 3, Work: 300_000, Slack: 299_999, Judge: 600_000},
	}
	c := newCluster(t, 5, func(i int, tn *testNode) {
		tn.cfg.Network.Challenge = terms
		tn.cfg.Provider.Capacity = claim
		tn.instead = challenged{fakes: i == liar}
	})
	c.until(func() bool {
		for _, tn := range c.nodes {
			tn.challenges.mu.Lock()
			first := tn.challenges.mu.epochs[0]
			tn.challenges.mu.Unlock()
			if tn.challenges.capacity.Load() == nil || first == nil { // a node that has seen an epoch waits for the next
				return false
			}
		}
		return true
	}, "claims at every node")
	for i := 0; ; i++ { // the five registrations are the first ten blocks
		h, err := c.nodes[0].challenges.chain.Height(t.Context())
		require.NoError(t, err)
		if h >= terms.Begins(1) {
			break
		}
		_, err = c.fake.As(treasury).Submit(t.Context(), market.Register{Peer: poc.PeerID{1, byte(i)}})
		require.NoError(t, err)
	}
	view := func(i int) ChallengeView {
		v, ok := c.nodes[i].Challenge()
		require.True(t, ok)
		return v
	}
	c.until(func() bool {
		for i := range c.nodes {
			if v := view(i); v.Epoch != 1 || v.Capacity == nil && v.Code == "" {
				return false
			}
		}
		return true
	}, "the outcome of every node's challenge")
	for i := range c.nodes {
		if v := view(i); i == liar {
			require.Equal(t, string(poc.ChallengeWrong), v.Code, v.Reason)
		} else {
			require.Equal(t, &claim, v.Capacity, v.Reason)
		}
	}

	// A job that needs what is vouched for goes to those for whom it is, and the owner learns of the other why.
	owner := c.nodes[0]
	s, want := owner.draft(1)
	s = everybody(s)
	s.MinSpeed = claim.Speed
	s.Policy = poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 3}
	id := c.submit(owner, s)
	v := owner.wait(id, "its end", over)
	c.check(owner, v, want)
	require.Len(t, v.Seats, 3)
	require.False(t, seated(v, account(liar)))
	for _, d := range v.Declines {
		require.Equal(t, market.DeclineUnvouched, d.Code, d.Reason)
	}
	require.NotEmpty(t, v.Declines)

	// Everybody finds the same uptime from what the providers show, once the epoch is over.
	for i, tn := range c.nodes {
		closes := func(at poc.Time) (was poc.Time) {
			tn.challenges.mu.Lock()
			defer tn.challenges.mu.Unlock()
			was, tn.challenges.mu.epochs[0].closes = tn.challenges.mu.epochs[0].closes, at
			return was
		}
		was := closes(0)
		rep, err := tn.Reputation(t.Context())
		require.NoError(t, err)
		closes(was)
		require.GreaterOrEqual(t, len(rep.Records), 4)
		for _, r := range rep.Records {
			want := map[bool]uint64{true: 0, false: 1}[r.Peer == c.nodes[liar].self]
			require.Equal(t, want, r.Vouched, "node %d of %s", i, r.Account)
			require.Positive(t, r.Epochs)
			require.LessOrEqual(t, r.Epochs, uint64(2))
		}
	}

	// What the owner's node thinks of offers.
	honest, err := c.nodes[1].store.get(capabilityKey)
	require.NoError(t, err)
	own, err := poc.DecodeCapability(honest)
	require.NoError(t, err)
	may := func(i int, speed uint64, capability []byte) error {
		return owner.challenges.may(c.nodes[i].self, market.Offer{Speed: speed, Capability: capability}, 1<<30)
	}
	require.NoError(t, may(1, claim.Speed, honest))
	require.NoError(t, may(liar, 1_000, nil), "the floor")
	require.ErrorIs(t, may(1, claim.Speed+1, honest), errUnvouched)
	require.ErrorIs(t, may(liar, 1_001, nil), errUnvouched)
	require.ErrorIs(t, may(liar, claim.Speed, honest), errUnvouched, "another's")
	require.Error(t, may(liar, claim.Speed, []byte{1}))
	forged := *own
	forged.Peer = c.nodes[liar].self
	require.ErrorIs(t, may(liar, claim.Speed, poc.MustEncode(&forged)), errUnvouched)
	require.ErrorIs(t, owner.challenges.may(c.nodes[1].self, market.Offer{Speed: 1}, 1<<30+1), errUnvouched, "memory")
	st, err := c.nodes[liar].Status(t.Context())
	require.NoError(t, err)
	require.Contains(t, strings.Join(st.Problems, "\n"), "nothing is vouched for since epoch 1 (wrong)")
	later := *own
	later.Epoch = 2
	require.ErrorIs(t, may(1, claim.Speed, poc.MustEncode(&later)), market.ErrNotReady)
	for number, err := range map[uint64]error{0: nil, 1: nil} {
		_, got := owner.challenges.epochOf(number)
		require.Equal(t, err, got, "epoch %d while the next is judged", number)
	}

	// Who claims so much that nobody can check it in time, or serves nothing, is not called a liar, and does not keep others waiting.
	require.Less(t, int(terms.Terms.Check()), int(terms.Terms.Judge)/int(terms.Terms.Cohort))
	late, cancel := context.WithCancel(t.Context())
	cancel()
	pins := c.nodes[1].host.Content().Pins()
	q := poc.ChallengeCheck{Peer: c.nodes[1].self, Seed: poc.ChallengeSeed(owner.network, poc.Hash{}, 9, c.nodes[1].self, claim), Capacity: claim, File: poc.Link{Cid: pins[challengePin]}}
	require.Equal(t, poc.Unserved, owner.challenges.judge(late, q))
	require.Equal(t, poc.Wrong, owner.challenges.judge(t.Context(), q), "the answer to another challenge")
	q.Capacity.Speed = 1
	require.Equal(t, poc.Wrong, owner.challenges.judge(t.Context(), q), "what nobody can have run")

	// A device that is faster than anything claims no more than its memory can show, and one that cannot be tried claims nothing.
	fast := c.nodes[liar].challenges
	fast.node.cfg.Provider.Capacity = poc.Capacity{}
	info, err := challenged{}.Info(t.Context())
	require.NoError(t, err)
	measured, err := fast.measure(t.Context(), info, 1e9)
	require.NoError(t, err)
	_, err = fast.spec(0, measured)
	require.NoError(t, err)
	info.Limits.MaxTotal = challenge.LeastUnit
	_, err = fast.measure(t.Context(), info, 1e9)
	require.ErrorContains(t, err, "cannot be challenged")

	// A node that comes back in the epoch has what was vouched for, and shows it to whoever counts.
	back := c.nodes[2]
	back.stop()
	back.start()
	shown, err := back.challenges.ask(t.Context(), back.self)
	require.NoError(t, err)
	require.Len(t, shown, 1)
	old := shown[0]
	for _, epoch := range []uint64{uptimeEpochs, uptimeEpochs + 1, uptimeEpochs + 3} { // and forgets what nobody looks at any more
		b := back.store.batch()
		old.Epoch = epoch
		require.NoError(t, back.challenges.keepVouched(b, &old))
		require.NoError(t, b.commit(true))
	}
	shown, err = back.challenges.ask(t.Context(), back.self)
	require.NoError(t, err)
	require.Equal(t, []uint64{uptimeEpochs, uptimeEpochs + 1, uptimeEpochs + 3}, []uint64{shown[0].Epoch, shown[1].Epoch, shown[2].Epoch})
	require.Len(t, shown, 3)
	c.until(func() bool {
		var offers poc.Capacity
		require.NoError(t, back.loop.ask(t.Context(), func(m *market.Machine) { offers = m.Believed() }))
		return offers.Speed == claim.Speed
	}, "the capability of a node that came back")
}
