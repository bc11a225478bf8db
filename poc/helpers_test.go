package poc

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/ipfs/go-cid"
	"github.com/multiformats/go-multihash"
	"github.com/stretchr/testify/require"
)

// testKeys signs and verifies for every account with a hash: what tests need is that signatures of different accounts or
// statements differ, and that the fakes of adversaries do not verify by accident.
type testKeys struct{ account Account }

func (k testKeys) Account() Account { return k.account }

func (k testKeys) Sign(s Statement) ([]byte, error) { return testSignature(k.account, s), nil }

func testSignature(a Account, s Statement) []byte {
	b := append([]byte(a), byte(s.Kind))
	b = append(b, s.Job[:]...)
	b = binary.BigEndian.AppendUint32(b, s.Task)
	b = binary.BigEndian.AppendUint64(b, s.Agreed)
	if s.Late != 0 {
		b = binary.BigEndian.AppendUint64(b, s.Late)
	}
	sum := sha256.Sum256(append(b, s.Digest[:]...))
	return sum[:]
}

func (testKeys) Verify(a Account, s Statement, sig []byte) error {
	if !bytes.Equal(sig, testSignature(a, s)) {
		return errors.New("wrong signature")
	}
	return nil
}

func testHash(format string, args ...any) Hash {
	return sha256.Sum256(fmt.Appendf(nil, format, args...))
}

func testWorker(i int) Worker {
	return Worker{Peer: PeerID(testHash("peer %d", i)), Account: Account(fmt.Sprintf("account-%d", i)), Seat: testSeat(i)}
}

// testSeat differs from the rank, so that mistaking one for the other does not go unnoticed.
func testSeat(i int) uint8 { return uint8(MaxSeats - 1 - i) }

func testSeats(ranks ...int) (seats uint64) {
	for _, r := range ranks {
		seats |= 1 << testSeat(r)
	}
	return seats
}

func testWorkers(n int) []Worker {
	ws := make([]Worker, n)
	for i := range ws {
		ws[i] = testWorker(i)
	}
	return ws
}

func testFile(content string) Link {
	mh, err := multihash.Sum([]byte(content), multihash.SHA2_256, -1)
	if err != nil {
		panic(err)
	}
	return Link{cid.NewCidV1(cid.Raw, mh)}
}

func testResult(content string) Result {
	return Result{Outputs: []Output{{Name: "out", File: testFile(content), Size: uint64(len(content))}}, Trace: testHash("trace %s", content)}
}

var (
	testOwner = PeerID(testHash("owner"))
	testRef   = TaskRef{Job: testHash("job"), Task: 3}
)

// testSetup is the setup of the node with the given rank; a rank beyond the workers is the owner's.
func testSetup(rank, workers int, policy Policy) Setup {
	s := Setup{
		Network: testHash("network"), Ref: testRef, Award: BlockLink([]byte("award")), Self: testOwner, Owner: testOwner,
		Ranking: testWorkers(workers), Policy: policy,
		Params:   Params{SealTimeout: 1_000, RevealTimeout: 2_000, AttestGrace: 1_000},
		Deadline: 60_000,
	}
	if rank < workers {
		s.Self, s.Signer = testWorker(rank).Peer, testKeys{testWorker(rank).Account}
	}
	return s
}

var testPolicy = Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 3}

func newTask(t testing.TB, s Setup) *Task {
	t.Helper()
	task, err := New(s)
	require.NoError(t, err)
	return task
}

func valid(t testing.TB, m Message) Validated {
	t.Helper()
	v, err := Validate(m, testKeys{})
	require.NoError(t, err)
	return v
}

func testOpening(rank int, content string, kind StatementKind, agreed uint64) Opening {
	r := testResult(content)
	return Opening{
		Salt: testHash("salt %d", rank), Class: "class", Result: r, Account: testWorker(rank).Account,
		Signature: testSignature(testWorker(rank).Account, Statement{Kind: kind, Job: testRef.Job, Task: testRef.Task, Digest: r.Digest(), Agreed: agreed}),
	}
}

func testCommitment(rank int, content string) Hash {
	return Commitment(testHash("network"), testRef, testWorker(rank).Peer, "class", testResult(content).Digest(), testHash("salt %d", rank))
}

func commitOf(rank int, content string) Commit {
	return committed(testRef, rank, testCommitment(rank, content))
}

// committed is a commitment that a worker signs.
func committed(ref TaskRef, rank int, commitment Hash) Commit {
	e := sealedBy(ref, rank, commitment)
	return Commit{TaskRef: ref, Commitment: commitment, Class: "class", Account: e.Account, Signature: e.Signature}
}

// sealedBy is the entry of a commitment that a worker signed.
func sealedBy(ref TaskRef, rank int, commitment Hash) Sealed {
	w := testWorker(rank)
	return Sealed{w.Peer, commitment, w.Account, testSignature(w.Account, Statement{Kind: Committed, Job: ref.Job, Task: ref.Task, Digest: commitment})}
}

func revealOf(rank int, content string) Reveal {
	return Reveal{TaskRef: testRef, Opening: testOpening(rank, content, Revealed, 0)}
}

// attestOf names the first three in rank, and the sender.
func attestOf(rank int, content string) Attest { return attestNaming(rank, content, rank, 0, 1, 2) }

func attestNaming(rank int, content string, ranks ...int) Attest {
	agreed := testSeats(ranks...)
	return Attest{TaskRef: testRef, Opening: testOpening(rank, content, Attested, agreed), Agreed: agreed}
}

// twiceOf is the proof that somebody signed two openings, each naming these seats.
func twiceOf(kind StatementKind, a, b Opening, agreed uint64) Twice {
	said := func(o Opening) Said { return Said{Digest: o.Result.Digest(), Agreed: agreed, Signature: o.Signature} }
	return Twice{TaskRef: testRef, Account: a.Account, Kind: kind, Said: [2]Said{said(a), said(b)}}
}

func sortEntries(es []Sealed) {
	slices.SortFunc(es, func(a, b Sealed) int { return bytes.Compare(a.Peer[:], b.Peer[:]) })
}
