package node

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/stretchr/testify/require"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// FuzzShown reads the capabilities that a provider shows of itself: no more than are looked at, of nobody else, and each is the only document of what it says.
func FuzzShown(f *testing.F) {
	of := poc.PeerID{1}
	doc := func(p poc.PeerID, epoch uint64) []byte {
		return poc.MustEncode(poc.Capability{
			Version: 1, Epoch: epoch, Peer: p, Capacity: poc.Capacity{Memory: 1, Speed: 2}, Signers: 5, Signatures: [][]byte{make([]byte, ed25519.SignatureSize), make([]byte, ed25519.SignatureSize)},
		})
	}
	f.Add(poc.MustEncode([][]byte{doc(of, 3), doc(of, 4), doc(poc.PeerID{2}, 4), {}}))
	f.Add(poc.MustEncode(make([][]byte, uptimeEpochs+1)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		shown, err := shownBy(of, raw)
		list, ok := decodes[[][]byte](t, raw)
		require.Equal(t, ok, err == nil)
		require.LessOrEqual(t, len(shown), min(len(list), uptimeEpochs))
		for i, k := range shown {
			require.Equal(t, of, k.Peer)
			require.Contains(t, list, poc.MustEncode(shown[i]))
		}
	})
}

// FuzzStored damages what a node reads from its own disk: a record of any table, and its name. The node starts with what it can read, or says in one sentence
// what it cannot; what it reads is stored as it was.
func FuzzStored(f *testing.F) {
	ref := poc.TaskRef{Job: poc.Hash{1}, Task: 2}
	add := func(table, name string, v any) { f.Add(table, name, poc.MustEncode(v)) }
	reveal := testReveal(poc.Hash{3})
	for _, op := range []market.Op{
		market.LockEscrow{Job: ref.Job, Terms: market.Terms{Tasks: 1, Quorum: 2, Replicas: 3, MaxPrice: 4, Budget: 5, Expiry: 6}},
		market.AnchorAward{Job: ref.Job, Award: poc.Hash{4}, Seating: testSeating},
		market.KeepBeacon{Job: ref.Job, Seating: testSeating},
		market.Claim{Job: ref.Job, Seating: testSeating, Certificates: []poc.Certificate{{Version: poc.CertificateVersion, Job: ref.Job, Award: poc.BlockLink([]byte("award")), Result: reveal.Result}}},
		market.Slash{Ref: ref, Account: "a", Signature: []byte{1}}, market.SlashTwice{}, market.Refund{Job: ref.Job},
	} {
		raw, err := encodeOp(op)
		require.NoError(f, err)
		f.Add(tableOp, "claim/"+ref.Job.String()+"/0", raw)
	}
	add(tableVerdict, refName(ref), Dispute{Task: 2, Tasks: 3, Computed: &poc.Hash{5}, Reason: "no", Sides: []Side{{Peer: poc.PeerID{1}, Account: "a", Wrong: true, Reveal: []byte{1}, Fault: []byte{2}}}})
	add(tableLots, ref.Job.String(), []poc.Hash{{1}, {}})
	add(tableBatch, "7", tended{Poster: "a", Where: "there", Over: 8})
	add(tableCase, "judge/7", courtCase{Arbiter: true, ID: 7, State: CaseWaiting, Guilty: true, Signature: []byte{1}})
	add(tableCase, "accuse/"+refName(ref)+"/a", courtCase{Accusation: chain.Accusation{Ref: ref, Account: "a"}, Appeal: &appeal{}, Until: 9})
	add(tableReward, "claim/0000000001", ownClaim{Claim: chain.PoolClaim{Account: "a", Number: 1}, Reason: "no"})
	add(tableReward, "job/"+ref.Job.String(), rewardedJob{Evidence: poc.Hash{1}, Size: 2, Beacon: &market.Beacon{Height: 3}})
	add(tableReward, "kept/a", keptClaim{Account: "a", Number: 3, Have: true})
	f.Add(tableOutbox, poc.PeerID{1}.String()+"/00000000000000000007", append(putTime(9), 1, 2, 3))
	f.Add(tableUnpin, ref.Job.String(), putTime(9))

	s, err := openStore("store", vfs.NewMem(), discard())
	require.NoError(f, err)
	f.Cleanup(func() { require.NoError(f, s.close()) })
	over, stop := context.WithCancel(context.Background()) // nothing of what is read is begun
	stop()
	f.Fuzz(func(t *testing.T, table, name string, value []byte) {
		if !strings.HasSuffix(table, "/") || len(table) > 20 || len(name) > 200 {
			return
		}
		put := func(change func(b batch)) {
			b := s.batch()
			change(b)
			require.NoError(t, b.commit(false))
		}
		put(func(b batch) { b.put(table+name, value) })
		defer put(func(b batch) { b.del(table + name) })
		cfg := Defaults()
		cfg.Network.Challenge = market.DefaultChallenges(1, 2, 3)
		n := &Node{store: s, ctx: over, log: discard(), cfg: cfg, challenges: &challenges{}}
		var err error
		switch table {
		case tableOp:
			o := newOperations(over, s, nil, nil, nil, discard())
			err = o.load()
			o.wait()
			if op, bad := decodeOp(value); bad == nil {
				again, err := encodeOp(op)
				require.NoError(t, err)
				back, err := decodeOp(again)
				require.NoError(t, err)
				require.Equal(t, op, back)
			}
		case tableVerdict:
			if ref, ok := parseRef(name); ok {
				require.Equal(t, name, refName(ref))
			}
			_, _ = decodes[Dispute](t, value)
		case tableLots:
			_, _ = decodes[[]poc.Hash](t, value)
		case tableBatch:
			var b *batches
			if b, err = newBatches(nil, s, nil, nil, nil, nil, discard()); err == nil {
				require.Len(t, b.mu.open, 1)
				_, ok := decodes[tended](t, value)
				require.True(t, ok)
			}
		case tableCase:
			var c *court
			if c, err = newCourt(n, nil); err == nil {
				require.Equal(t, value, poc.MustEncode(c.mu.cases[name]))
				require.NotEmpty(t, (&courtCase{Arbiter: true}).key())
			}
		case tableReward:
			var r *rewards
			if r, err = newRewards(n, nil); err == nil {
				require.Equal(t, 1, len(r.mu.own)+len(r.mu.others)+len(r.mu.jobs)+len(r.mu.claims)+len(r.mu.kept))
			}
		case tableOutbox:
			o := newOutbox(over, s, nil, func() poc.Time { return 1 }, nil, discard())
			if err = o.load(); err == nil {
				require.LessOrEqual(t, len(o.mu.boxes), 1)
			}
		default:
			_, _, err = getTime(value)
		}
		if err != nil {
			require.NotContains(t, strings.TrimSuffix(strings.ReplaceAll(err.Error(), table+name, ""), "\n"), "\n")
		}
	})
}

var testSeating = market.Seating{Seats: []market.Seat{{Account: "a", Ask: 1, Weight: 2}}, Candidates: 1}

// FuzzIdentity reads the file of a node's key: 64 hex digits, and nothing else is one.
func FuzzIdentity(f *testing.F) {
	seed := sha256.Sum256([]byte("seed"))
	f.Add([]byte(hex.EncodeToString(seed[:]) + "\n"))
	f.Add([]byte(hex.EncodeToString(seed[:31])))
	f.Add([]byte(" no key"))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text []byte) {
		path := filepath.Join(dir, "key")
		require.NoError(t, os.WriteFile(path, text, 0o600))
		key, err := loadKey(dir)
		if err != nil {
			require.NotContains(t, err.Error(), string(seed[:]))
			return
		}
		require.Equal(t, strings.ToLower(strings.TrimSpace(string(text))), hex.EncodeToString(key.Seed()))
	})
}
