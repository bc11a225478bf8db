package poc

// Policy is how much redundancy one task gets. It is part of the job, within the network's floors.
type Policy struct {
	Replicas    uint32 `cbor:"replicas" json:"replicas"`       // workers drawn at first
	Quorum      uint32 `cbor:"quorum" json:"quorum"`           // equal results that make a certificate; more than Replicas/2
	MaxReplicas uint32 `cbor:"maxReplicas" json:"maxReplicas"` // commitments that count, top-ups included
	Standby     uint32 `cbor:"standby" json:"standby"`         // further ranks that may take over lapsed holds

	// MaxError prices redundancy by risk: it is the share of wrong results that the owner accepts, in parts of MaxErrorUnit.
	// Then as many replicas are drawn as the workers' credits make necessary, Replicas at least, and a Quorum of all candidates,
	// who need not compute, attests the result. Where honest devices may differ records count for nothing: it only says that the
	// numbers above were chosen for it, see ForQuorum. Zero: Quorum replicas must agree, whoever they are.
	MaxError uint32 `cbor:"maxError,omitempty" json:"maxError,omitempty"`

	// Compare says what equal means. Where that is not equal bytes on every device, differing convicts nobody.
	Compare Comparator `cbor:"compare,omitzero" json:"compare,omitzero"`
}

// Params are the network's deadlines for one task.
type Params struct {
	SealTimeout   Millis `cbor:"sealTimeout" json:"sealTimeout"`     // each sealer's turn before the next in rank may seal
	RevealTimeout Millis `cbor:"revealTimeout" json:"revealTimeout"` // after a seal; then a missing reveal counts as withheld
	AttestGrace   Millis `cbor:"attestGrace" json:"attestGrace"`     // after a quorum attested; then the certificate closes
}

// Setup is everything a Task is made from. Every node of the panel makes it from the same award and beacon. A node that is
// neither a candidate nor the owner observes: it learns the certified result, for the tasks that depend on it.
type Setup struct {
	Network Hash // network id, bound into commitments
	Ref     TaskRef
	Award   Link // the award document, named in the certificate
	Self    PeerID
	Signer  Signer   // this node's settlement signatures; its account is Self's in Ranking; needed if Self is a candidate
	Owner   PeerID   // gets seals, abstentions and attestations; never in Ranking
	Ranking []Worker // Rank's result; only the first Replicas+Standby are candidates, who may ever sign

	// Candidates is how many of the ranking are candidates, if fewer than that: where some of those who were drawn do not count. Zero: no fewer.
	Candidates int

	Policy   Policy
	Params   Params
	Deadline Time   // the task fails if it is not certified by then
	Due      Time   // commitments that come later are late, and attested as such; zero: none is
	Tasks    uint32 // of the job; leaves of every Lot, where redundancy is priced
	Audits   uint32 // of how many of them, on average, what is believed for records is audited; see Policy.Audits
	Class    string // that devices must have where results are compared within one; else empty
	Secret   Hash   // behind this node's own Lot; never part of the state
	Lots     Tree   // of this node's shares; needed where results are audited
	Choice   Choice // of the inputs that the task may go on without
}

// Phase is where a task stands, as seen from one node.
type Phase uint8

const (
	Waiting   Phase = iota // made, but its inputs are not certified yet; ends with Start or at the deadline
	Computing              // replicas are computing or committing; ends with a seal or at the deadline
	Revealing              // a seal is accepted; ends with a quorum, a dissent, or the reveal timeout
	Attesting              // a quorum of results agrees; ends with the certificate
	Certified              // a quorum attested; the result is final; ends when the certificate closes after the grace
	Done                   // the certificate is closed. Terminal.
	Failed                 // typed reason in Failure. Terminal.
)

var phaseNames = [...]string{"waiting", "computing", "revealing", "attesting", "certified", "done", "failed"}

func (p Phase) String() string { return phaseNames[p] }

// FailureCode says why a task failed.
type FailureCode string

const (
	FailDeadline  FailureCode = "deadline"   // not certified in time
	FailNoQuorum  FailureCode = "no-quorum"  // no Quorum of the replicas agreed, and no further one may be drawn
	FailNoWorkers FailureCode = "no-workers" // so many candidates lapsed or abstained that no Quorum is left
	FailCanceled  FailureCode = "canceled"   // Stop, with the caller's reason
)

// Failure is why a task failed.
type Failure struct {
	Code   FailureCode `cbor:"code" json:"code"`
	Reason string      `cbor:"reason" json:"reason"` // one sentence
}

// Event is an input of Task.Step.
type Event interface{ isEvent() }

type (
	// Start says that the inputs of the task are available: the first Replicas in rank begin.
	Start struct{}
	// Finished is the completion of this node's execution. Salt is fresh secret randomness.
	Finished struct {
		Result Result
		Class  string
		Salt   Hash
	}
	// GaveUp says that this node's execution failed or is refused. Reason is one sentence.
	GaveUp struct{ Reason string }
	// Lapsed says that a holder's lease ran out: if it has not committed, its hold passes to the next in rank. If it
	// commits after all before its round is sealed, it still counts.
	Lapsed struct{ Peer PeerID }
	// Received is a message from a peer, already validated and authenticated as From's.
	Received struct {
		From    PeerID
		Message Validated
	}
	// Distrust says that a worker was caught in another task: its credit counts for nothing here. If it has Lied, and was believed
	// for its record until then, records prove little in this job: nobody counts for more than a newcomer. If it Failed an audit of its record,
	// and nobody can say why, everything that is believed for records is audited.
	Distrust struct {
		Peer   PeerID
		Lied   bool
		Failed bool
	}
	// Hold says that other tasks of the job may still show that a worker lies: until the given time nobody attests here a result
	// that is believed for a record. Zero: they are decided.
	Hold struct{ Until Time }
	// Tick says that time has passed; needed no earlier than NextDeadline.
	Tick struct{}
	// Stop fails the task unless a quorum attested it already.
	Stop struct{ Reason string }
)

func (Start) isEvent()    {}
func (Finished) isEvent() {}
func (GaveUp) isEvent()   {}
func (Lapsed) isEvent()   {}
func (Received) isEvent() {}
func (Distrust) isEvent() {}
func (Hold) isEvent()     {}
func (Tick) isEvent()     {}
func (Stop) isEvent()     {}

// Effects is what the host must do after a Step, in the order of the fields.
type Effects struct {
	Changed bool         // Record() must be durable before anything below leaves the node
	Send    []Send       // reliably, until the task's deadline
	Compare []Compare    // completes with Compared
	Prove   []Prove      // completes with Proved
	Execute bool         // start (or go on) computing this task
	Cancel  bool         // the computation is no longer needed
	Faults  []Fault      // misbehaviour this step found, for reputation and settlement
	Phase   *PhaseChange // set when the phase changed
}

// Send asks for a message to be delivered to each of To; never to the sender itself.
type Send struct {
	To      []PeerID
	Message Message
}

// PhaseChange reports that the phase changed, possibly by several transitions at once.
type PhaseChange struct{ From, To Phase }

// FaultKind classifies misbehaviour.
type FaultKind string

const (
	Contradicted FaultKind = "contradicted" // revealed a result other than the certified one; slashable with Reveal
	Withheld     FaultKind = "withheld"     // committed and sealed, but did not reveal in time
	Mismatched   FaultKind = "mismatched"   // its reveal does not open its commitment
	Equivocated  FaultKind = "equivocated"  // sent two different messages where one is allowed; slashable with Twice
	Late         FaultKind = "late"         // its hold lapsed
	Differed     FaultKind = "differed"     // its result is not the certified one, or not near it, where that convicts nobody
)

// Fault is one finding. Reveal is the evidence: set for Contradicted, and for Mismatched unless an Attest or a Show did not match. Twice
// is that of an Equivocated who signed two results, which is reported even if it was reported without evidence before.
type Fault struct {
	Peer   PeerID    `cbor:"peer"`
	Kind   FaultKind `cbor:"kind"`
	Reveal *Reveal   `cbor:"reveal"`
	Passed bool      `cbor:"passed,omitempty"` // the evidence came from another than the accused
	Twice  *Twice    `cbor:"twice,omitempty"`
}
