package evm

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/node/chain/evm/bindings"
	"gpumesh/poc"
)

const (
	maxBatch = 1 << 20        // rewards, Batches.MAX_DEPTH
	none     = math.MaxUint32 // Batches.NONE
)

// Reward is the pay of one replica of one task.
type Reward struct {
	Account common.Address
	Job     poc.Hash
	Task    uint16
	Seat    uint8
	Amount  market.Amount
}

// batchEntry is Batches.Entry: a job, what all its rewards add up to, and the index of the last of them.
type batchEntry struct {
	Job  [32]byte
	Pay  uint64
	Last uint32
}

// Batch is the tree that Batches.sol settles: the rewards of whole jobs, sorted, with their running sums. Whoever has the
// rewards can rebuild it, so that is all a poster has to publish. It does not change once made.
type Batch struct {
	rewards []bindings.BatchesReward
	levels  [][]common.Hash // from the leaves to the root
	jobs    []batchEntry
}

// NewBatch makes the batch of jobs whose rewards are all given. Jobs without a reward are given as well, to be refunded.
func NewBatch(rewards []Reward, jobs []poc.Hash) (*Batch, error) {
	if len(rewards) == 0 || len(rewards) > maxBatch {
		return nil, fmt.Errorf("a batch has 1 to %d rewards, not %d", maxBatch, len(rewards))
	}
	sorted := slices.Clone(rewards)
	slices.SortFunc(sorted, func(a, b Reward) int {
		return cmp.Or(a.Account.Cmp(b.Account), bytes.Compare(a.Job[:], b.Job[:]), cmp.Compare(a.Task, b.Task), cmp.Compare(a.Seat, b.Seat))
	})
	b := &Batch{rewards: make([]bindings.BatchesReward, len(sorted))}
	ofJob := map[poc.Hash][]int{}
	for i, r := range sorted {
		out := bindings.BatchesReward{
			Account: r.Account, Job: r.Job, Task: r.Task, Seat: r.Seat, Amount: uint64(r.Amount), Total: uint64(r.Amount),
			Prev: none, Next: none, Last: i == len(sorted)-1 || sorted[i+1].Account != r.Account,
		}
		if i > 0 {
			before := sorted[i-1]
			if before == r || before.Account == r.Account && before.Job == r.Job && before.Task == r.Task && before.Seat == r.Seat {
				return nil, fmt.Errorf("seat %d of task %d of job %s is in the batch twice", r.Seat, r.Task, r.Job.Short())
			}
			out.Number = b.rewards[i-1].Number
			if before.Account == r.Account {
				var over uint64
				if out.Total, over = bits.Add64(out.Total, b.rewards[i-1].Total, 0); over != 0 {
					return nil, fmt.Errorf("what account %v gets in the batch is more than an amount can be", r.Account)
				}
			} else {
				out.Number++
			}
		}
		b.rewards[i] = out
		ofJob[r.Job] = append(ofJob[r.Job], i)
	}
	for _, job := range jobs {
		e := batchEntry{Job: job, Last: none}
		list := ofJob[job]
		delete(ofJob, job)
		slices.SortFunc(list, func(x, y int) int {
			return cmp.Or(cmp.Compare(sorted[x].Task, sorted[y].Task), cmp.Compare(sorted[x].Seat, sorted[y].Seat))
		})
		for k, i := range list {
			var over uint64
			if e.Pay, over = bits.Add64(e.Pay, b.rewards[i].Amount, 0); over != 0 {
				return nil, fmt.Errorf("what job %s pays in the batch is more than an amount can be", job.Short())
			}
			b.rewards[i].Sum = e.Pay
			if k > 0 {
				b.rewards[i].Prev, b.rewards[list[k-1]].Next = uint32(list[k-1]), uint32(i)
			}
		}
		if e.Pay > 0 {
			e.Last = uint32(list[len(list)-1])
		}
		b.jobs = append(b.jobs, e)
	}
	if len(ofJob) > 0 {
		return nil, fmt.Errorf("the batch has rewards of %d jobs that are not in it", len(ofJob))
	}
	var err error
	b.levels, err = merkle(b.rewards)
	return b, err
}

// merkle returns the levels of the tree over the rewards, whose leaves are filled up with zeros to a power of two.
func merkle(rewards []bindings.BatchesReward) ([][]common.Hash, error) {
	level := make([]common.Hash, 1<<bits.Len(uint(len(rewards)-1)))
	for i, r := range rewards {
		leaf, err := rewardArgs.Pack(r)
		if err != nil {
			return nil, err
		}
		level[i] = crypto.Keccak256Hash(leaf)
	}
	levels := [][]common.Hash{level}
	for len(level) > 1 {
		next := make([]common.Hash, len(level)/2)
		for i := range next {
			next[i] = crypto.Keccak256Hash(level[2*i][:], level[2*i+1][:])
		}
		levels, level = append(levels, next), next
	}
	return levels, nil
}

// Root is the root of the tree.
func (b *Batch) Root() common.Hash { return b.levels[len(b.levels)-1][0] }

// Len is the number of rewards.
func (b *Batch) Len() int { return len(b.rewards) }

// Opening shows the reward at an index, with its proof.
func (b *Batch) Opening(index uint32) bindings.BatchesOpening {
	o := bindings.BatchesOpening{Index: index, Reward: b.rewards[index], Proof: [][32]byte{}}
	for _, level := range b.levels[:len(b.levels)-1] {
		o.Proof = append(o.Proof, level[index^1])
		index >>= 1
	}
	return o
}

// Around shows what an answer to a doubt about an index needs besides it.
func (b *Batch) Around(index uint32) []bindings.BatchesOpening {
	var out []bindings.BatchesOpening
	if index > 0 {
		out = append(out, b.Opening(index-1))
	}
	if int(index)+1 < len(b.rewards) {
		out = append(out, b.Opening(index+1))
	}
	for _, i := range []uint32{b.rewards[index].Prev, b.rewards[index].Next} {
		if i != none {
			out = append(out, b.Opening(i))
		}
	}
	return out
}

// Last shows an account's last reward, which it withdraws with.
func (b *Batch) Last(a common.Address) (bindings.BatchesOpening, bool) {
	i, _ := slices.BinarySearchFunc(b.rewards, a, func(r bindings.BatchesReward, a common.Address) int {
		if r.Account.Cmp(a) <= 0 {
			return -1 // behind the account's last
		}
		return 1
	})
	if i == 0 || b.rewards[i-1].Account != a {
		return bindings.BatchesOpening{}, false
	}
	return b.Opening(uint32(i - 1)), true
}

// Post is the message that posts the batch: what Token.transferAndCall brings to the batches contract with the bond. where
// says where the rewards are published.
func (b *Batch) Post(where string) ([]byte, error) {
	return message(0, postArgs, b.Root(), uint32(len(b.rewards)), b.jobs, where)
}

// DoubtReward, DoubtJob and Missing are the messages of challenges, which bring the deposit: that the reward at an index is
// wrong; that a job's sum is; that a certificate pays a seat whose reward is missing.
func DoubtReward(batch uint64, index uint32) ([]byte, error) {
	return message(1, abi.Arguments{{Type: abiType("uint64")}, {Type: abiType("uint32")}}, batch, index)
}

// DoubtJob is described at DoubtReward.
func DoubtJob(job poc.Hash) ([]byte, error) {
	return message(2, abi.Arguments{{Type: abiType("bytes32")}}, job)
}

// Missing is described at DoubtReward.
func Missing(s market.Seating, cert poc.Certificate, seat uint8) ([]byte, error) {
	packed, err := packSeating(s)
	if err != nil {
		return nil, err
	}
	return message(3, missArgs, cert.Job, seat, packed.raw, packCertificate(cert, packed.seats))
}

// MissingTask is described at DoubtReward.
func MissingTask(job poc.Hash, task uint16) ([]byte, error) {
	return message(4, abi.Arguments{{Type: abiType("bytes32")}, {Type: abiType("uint16")}}, job, task)
}

// Proof is the part of an answer that shows what a reward is for.
func Proof(s market.Seating, cert poc.Certificate) ([]byte, bindings.MarketplaceCertificate, error) {
	packed, err := packSeating(s)
	if err != nil {
		return nil, bindings.MarketplaceCertificate{}, err
	}
	return packed.raw, packCertificate(cert, packed.seats), nil
}

func message(kind uint8, args abi.Arguments, values ...any) ([]byte, error) {
	body, err := args.Pack(values...)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", chain.ErrRefused, err)
	}
	return abi.Arguments{{Type: abiType("uint8")}, {Type: abiType("bytes")}}.Pack(kind, body)
}

// The ABI types of messages, which the contract decodes from bytes and so are in no binding.
var (
	rewardArgs = abi.Arguments{{Type: *batchesABI.GetABI().Methods["withdraw"].Inputs[1].Type.TupleElems[1]}}
	entryType  = abiType("tuple[]", abi.ArgumentMarshaling{Name: "job", Type: "bytes32"},
		abi.ArgumentMarshaling{Name: "pay", Type: "uint64"}, abi.ArgumentMarshaling{Name: "last", Type: "uint32"})
	postArgs = abi.Arguments{{Type: abiType("bytes32")}, {Type: abiType("uint32")}, {Type: entryType}, {Type: abiType("string")}}
	missArgs = abi.Arguments{{Type: abiType("bytes32")}, {Type: abiType("uint8")}, {Type: abiType("bytes")},
		{Type: marketABI.GetABI().Methods["payees"].Inputs[2].Type}}
)

func abiType(name string, fields ...abi.ArgumentMarshaling) abi.Type {
	t, err := abi.NewType(name, "", fields)
	if err != nil {
		panic(err) // the names above are constants
	}
	return t
}
