package market

import (
	"math/bits"

	"gpumesh/poc"
)

// Event is an input of Machine.Step.
type Event interface{ isEvent() }

type (
	// Received is a message that Open has validated. Subnet is the place where it came from, as the host saw it: the first 24 bits of an
	// IPv4 address or 48 of an IPv6 one, in any form, with one word for all who show no address; empty on private networks, where
	// everybody is a place of its own. The host hands over offers and declines only of those who can be drawn.
	Received struct {
		Message Validated
		Subnet  string
	}

	// Submit starts a job of this node's own. The host has stored the spec, programs and inputs already.
	Submit struct{ Spec Spec }

	// Cancel gives up a job of this node's own; possible until its award is made.
	Cancel struct{ Job poc.Hash }

	// Fetched completes Effects.Fetch. Code is empty on success; then the programs have passed static analysis.
	Fetched struct {
		Job    poc.Hash
		Spec   Spec
		Work   Work
		Code   DeclineCode
		Reason string
	}

	// EscrowSeen completes Effects.CheckEscrow. Escrow is nil when the chain has none; Reason says why it is not known.
	EscrowSeen struct {
		Job    poc.Hash
		Escrow *Escrow
		Own    Standing // of this node's account, with an escrow
		Reason string
	}

	// OpDone completes Effects.Submit. Refused is empty on success, else the chain's final refusal as one sentence, or, if it is Held, why
	// the host has not asked the chain.
	OpDone struct {
		Key     OpKey
		Receipt Receipt
		Refused string
		Held    bool
	}

	// BeaconSeen completes Effects.WatchBeacon. Refused is set when the chain holds another award; then Beacon names nothing
	// but the award that was watched for.
	BeaconSeen struct {
		Job     poc.Hash
		Beacon  Beacon
		Refused string
	}

	// SettlementSeen completes Effects.CheckSettlement.
	SettlementSeen struct {
		Job     poc.Hash
		Escrow  Escrow
		Settled []poc.Hash // by task index; zero: not claimed
		History []Entry
		Signers []Standing // as they are now, of the accounts that Machine.Signers lists
	}

	// RunDone completes Effects.Run. Salt is fresh secret randomness from the host.
	RunDone struct {
		Ref    poc.TaskRef
		Result poc.Result
		Class  string
		Salt   poc.Hash
	}

	// RunFailed completes Effects.Run: the execution failed or was refused, or this node's owner took the device back (Released), which does not speak
	// against the program. Reason is one sentence.
	RunFailed struct {
		Ref      poc.TaskRef
		Reason   string
		Released bool
	}

	// RunProgress reports segments done of a running program.
	RunProgress struct {
		Ref         poc.TaskRef
		Done, Total uint32
	}

	// Unpacked completes Effects.Unpack: the document that the unit's result names.
	Unpacked struct {
		Unit     poc.TaskRef
		Document []byte
	}

	// Brought completes Effects.Bring: the outputs are stored here.
	Brought struct {
		Ref  poc.TaskRef
		Need uint32
	}

	// Caught says that the host found a worker's signed result in a task of one's own job or panel to be wrong.
	Caught struct {
		Ref  poc.TaskRef
		Peer poc.PeerID
	}

	// Unbacked says that a provider answered the bid for a job of this node, and that the chain shows no stake for it with which it could be drawn.
	Unbacked struct {
		Job  poc.Hash
		Peer poc.PeerID
	}

	// Measured sets what this provider advertises. Floor, Rate, Account, Slots and Queued are filled in by the machine.
	Measured struct{ Ad Ad }

	// Vouched says what witnesses vouch for of this provider, in networks with challenges; nil: nothing.
	Vouched struct{ Capability *poc.Capability }

	// PeerJoined says that a peer came to the network: it should hear this provider's ad soon.
	PeerJoined struct{}

	// Tick says that time has passed; needed no earlier than NextDeadline.
	Tick struct{}
)

func (Received) isEvent()       {}
func (Unbacked) isEvent()       {}
func (Submit) isEvent()         {}
func (Cancel) isEvent()         {}
func (Fetched) isEvent()        {}
func (EscrowSeen) isEvent()     {}
func (OpDone) isEvent()         {}
func (BeaconSeen) isEvent()     {}
func (SettlementSeen) isEvent() {}
func (RunDone) isEvent()        {}
func (RunFailed) isEvent()      {}
func (RunProgress) isEvent()    {}
func (Unpacked) isEvent()       {}
func (Brought) isEvent()        {}
func (Caught) isEvent()         {}
func (Measured) isEvent()       {}
func (Vouched) isEvent()        {}
func (PeerJoined) isEvent()     {}
func (Tick) isEvent()           {}

// Work is what static analysis says of a job's programs.
type Work struct {
	Operations uint64 // estimate for the most expensive task
	Traffic    uint64 // bytes that its device's memory moves, estimate
	Memory     uint64 // bytes of device memory for the largest task
}

// Times is the work of a unit of so many tasks.
func (w Work) Times(n uint64) Work {
	w.Operations, w.Traffic = multiple(w.Operations, n), multiple(w.Traffic, n)
	return w
}

func multiple(a, n uint64) uint64 {
	if hi, lo := bits.Mul64(a, n); hi == 0 {
		return lo
	}
	return ^uint64(0)
}

// Effects is what the host must do after a Step, in the order of the fields. Persist, Send and Submit are made durable in
// one atomic write; nothing else happens before it.
type Effects struct {
	Persist         []Record      // durable state
	Send            []Send        // messages to peers
	Submit          []Submission  // settlement operations, kept until OpDone
	Publish         []Publication // gossip
	Fetch           []Fetch       // once the escrow was seen: get and analyse a job's spec, programs and inputs; completes with Fetched
	CheckEscrow     []poc.Hash    // completes with EscrowSeen
	WatchBeacon     []WatchBeacon // completes with BeaconSeen
	CheckSettlement []poc.Hash    // completes with SettlementSeen
	Run             []Run         // completes with RunDone or RunFailed
	CancelRun       []poc.TaskRef // no completion is needed any more
	Compare         []Compare     // completes with Compared
	Prove           []Prove       // completes with Proved
	Serve           []poc.Link    // results that may be served to who knows their links, and to nobody else
	Store           []Block       // documents that this node made and others may ask for once announced; durable before anything leaves
	Bring           []Bring       // certified outputs that a task may be computed from; completes with Brought, or never
	Unpack          []Unpack      // results of whole units of this node's own jobs; completes with Unpacked
	Announce        []poc.Link    // results that may be served to others from now on, with all that they link to
	Collect         []Collect     // results of this node's own jobs, to be fetched and kept
	Forget          []poc.Hash    // jobs whose content need not be kept
	Notify          []poc.Hash    // jobs whose View changed
}

// Record is one durable key and value; a nil Value deletes the key.
type Record struct {
	Key   string
	Value []byte
}

// Send is a message to peers. A reliable one is resent until it is acknowledged or expires, across restarts; the other
// kind is tried once.
type Send struct {
	To       []poc.PeerID
	Message  Message
	Expires  poc.Time
	Reliable bool
}

// Publication is a gossip message: an Ad or a Bid.
type Publication struct {
	Message Message
	Expires poc.Time
}

// OpKey names a settlement operation of this node, such as "claim/<job>/0".
type OpKey string

// Submission is a settlement operation to be done, durably and until it is confirmed or refused for good.
type Submission struct {
	Key OpKey
	Op  Op
}

// Fetch asks for a job's documents and inputs; From very likely has them. Account has locked its escrow. After Closes nobody waits for the
// answer, but another round may follow.
type Fetch struct {
	Job     poc.Hash
	From    poc.PeerID
	Account poc.Account
	Closes  poc.Time
}

// WatchBeacon asks for the beacon of an award.
type WatchBeacon struct {
	Job, Award poc.Hash
	Seating    Seating
}

// Block is the document with the results of a unit that this node computed. It is DAG-CBOR with links to the tasks' outputs,
// and results name it as a raw file: Link.AsBlock has the same bytes.
type Block struct {
	Unit poc.TaskRef
	Link poc.Link
	Data []byte
}

// Bring asks for outputs of the task Need, without which Ref may go on: it does so where they cannot be had in time. From computed
// them, or gets them. Asked again after a restart.
type Bring struct {
	Ref   poc.TaskRef
	Need  uint32
	From  []poc.PeerID
	Files []poc.Output
}

// Unpack asks for the document with the results of a unit's tasks; From computed or saw them. Asked again after a restart.
type Unpack struct {
	Unit poc.TaskRef
	From []poc.PeerID
	File poc.Link
}

// Collect asks for the outputs of a certified task of one's own; From computed them. Asked again after a restart.
type Collect struct {
	Ref    poc.TaskRef
	From   []poc.PeerID
	Result poc.Result
}

// Run asks for the execution of a task. Owner is the tenant: programs of two owners never share a process.
type Run struct {
	Ref     poc.TaskRef
	Owner   poc.PeerID
	Program poc.Link
	Inputs  []RunInput
	Outputs []OutSpec
	Seed    uint64
	Timeout uint32 // seconds

	Held   *Held    // the data of this node that it runs on, and how its result is hidden; nil: it runs on what everybody can have
	Before []uint32 // earlier tasks of the job on these data, in order
}

// RunInput is the concatenation of files, or held data.
type RunInput struct {
	Name  string
	Files []poc.Link
	Data  string // see Part; empty: files
	Size  uint64 // bytes of all
}
