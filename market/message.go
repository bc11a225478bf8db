package market

import (
	"gpumesh/poc"
)

// MaxSkew is how far the clocks of honest peers may differ.
const MaxSkew poc.Millis = 60_000

// Bounds on messages, in bytes unless said otherwise.
const (
	MaxGossip   = 4 << 10   // an enveloped Ad or Bid
	MaxEnvelope = 256 << 10 // any enveloped message
	MaxOffer    = 1 << 10   // an enveloped Offer without its capability, as frozen into an award
	maxText     = 64

	maxCapability = 1536 // in an Offer; with 13 signatures it has about a thousand
	maxRunning    = 16   // programs shown in one Lease
)

// Message is an Ad, Bid, Offer, Decline, Award, Lease, Settled or Proof.
type Message interface{ isMessage() }

type (
	// Ad is a provider's capability, measured, and its availability.
	Ad struct {
		Account     poc.Account `json:"account"`
		Class       string      `json:"class"`       // device class
		Adapter     string      `json:"adapter"`     // for people
		AdapterType string      `json:"adapterType"` // discrete, integrated, cpu, reference
		F32         uint64      `json:"f32"`         // operations per second, measured by a matrix product
		I32         uint64      `json:"i32"`         // likewise
		Bandwidth   uint64      `json:"bandwidth"`   // bytes per second, measured
		Memory      uint64      `json:"memory"`      // bytes that programs may use
		Floor       Amount      `json:"floor"`       // least ask per replica
		Rate        Amount      `json:"rate"`        // per second of estimated run time
		Slots       uint32      `json:"slots"`       // programs at once
		Queued      uint32      `json:"queued"`      // replicas waiting or running
		Version     string      `json:"version"`     // of the software
		Sandbox     string      `json:"sandbox"`     // how far programs are confined: full, degraded
		ECC         string      `json:"ecc"`         // whether the device's memory corrects errors: on, off; empty when its driver does not tell
		Health      Health      `json:"health"`      // how it fares; empty: not told
		Data        []string    `json:"data"`        // names of data sets that it trains on for others and shows to nobody
	}
	// Bid asks for work on a job. The author is the owner.
	Bid struct {
		Job      poc.Hash
		Account  poc.Account
		MaxPrice Amount
		Tasks    uint32
		Replicas uint32
		Round    uint32   // offer round, from 0
		Closes   poc.Time // end of this round's offer window
		Reach    uint32   // parts in ReachAll of the providers that are asked in this round; 0: all of them
	}
	// Offer accepts a bid.
	Offer struct {
		Job     poc.Hash
		Account poc.Account
		Ask     Amount // for one replica of a unit
		Speed   uint64 // i32 operations per second, as in the ad
		Class   string
		Lot     poc.Hash // of poc.Lots, for jobs whose redundancy is priced; else zero
		Backing Backing

		// Capability is a document of poc.Capability in networks with challenges: without one a provider is believed the floor only. The
		// owner's node looks at it (it needs the chain), and seats nobody who offers more.
		Capability []byte
	}
	// Decline refuses a bid and says why.
	Decline struct {
		Job    poc.Hash
		Code   DeclineCode
		Reason string // one sentence
		Ask    Amount // for one replica of a unit, where the price is why; 0: not told
	}
	// Award carries an award document. Anyone may relay it: the chain holds its digest.
	Award struct {
		Job      poc.Hash
		Document []byte
	}
	// Lease renews all holds of its author in a job, and shows progress.
	Lease struct {
		Job      poc.Hash
		Finished uint32 // replicas computed so far
		Running  []Progress
		Others   uint64 // changes as work for other jobs goes on, while this job's waits for it; else 0
	}
	// Progress is that of one execution, in segments.
	Progress struct{ Task, Done, Total uint32 }
	// Settled hints that the chain's state of the job changed.
	Settled struct{ Job poc.Hash }
	// Proof is a message of Proof of Computation.
	Proof struct{ Message poc.Message }
)

func (Ad) isMessage()      {}
func (Bid) isMessage()     {}
func (Offer) isMessage()   {}
func (Decline) isMessage() {}
func (Award) isMessage()   {}
func (Lease) isMessage()   {}
func (Settled) isMessage() {}
func (Proof) isMessage()   {}

// DeclineCode says why a provider does not offer. Codes are stable.
type DeclineCode string

const (
	DeclinePrice    DeclineCode = "price-too-low" // its ask is over the bid's price bound
	DeclineBusy     DeclineCode = "busy"          // its queue is full
	DeclineShare    DeclineCode = "owner-share"   // the owner has its share of this provider already, and little room is left for others
	DeclineLosses   DeclineCode = "owner-losses"  // programs of the owner failed here after too much work for nothing
	DeclineCrowded  DeclineCode = "crowded"       // too many bids were being looked at, and its escrow was not seen in time
	DeclineEscrow   DeclineCode = "no-escrow"     // the chain does not show the escrow that the spec promises
	DeclineFetch    DeclineCode = "unavailable"   // the spec, a program or an input cannot be fetched
	DeclineProgram  DeclineCode = "bad-program"   // static analysis refuses a program
	DeclineCapacity DeclineCode = "too-large"     // needs more bytes than this provider's owner allows
	DeclineTerms    DeclineCode = "below-terms"   // its device is slower than the job asks for, or of another class
	DeclineData     DeclineCode = "data"          // it does not hold the data that the job is to run on, or they would not be private enough
	DeclineSpec     DeclineCode = "bad-spec"      // the spec breaks a rule
	DeclineDeadline DeclineCode = "no-time"       // it cannot be done before the deadline
	// DeclineReservation takes back the slot of an offer that was not awarded in time.
	DeclineReservation DeclineCode = "reservation-lapsed"
	DeclineUnable      DeclineCode = "missing-capability" // its device or driver cannot run the program: bindings, workgroups, loops, memory
	DeclineUnvouched   DeclineCode = "not-vouched"        // it needs more memory or speed than witnesses vouch for, in a network with challenges
	DeclineShown       DeclineCode = "shown-slow"         // not its word but the owner's: it was far slower than it says in earlier jobs of the owner, and others are enough
	DeclinePaused      DeclineCode = "paused"             // its machine is kept within its owner's limits: heat, power, hours and the like
	DeclineOther       DeclineCode = "other"              // what a provider says that is none of these
)

// answer is a provider's code if it is one that providers give, else DeclineOther.
func (c DeclineCode) answer() DeclineCode {
	switch c {
	case DeclinePrice, DeclineBusy, DeclineShare, DeclineLosses, DeclineCrowded, DeclineEscrow, DeclineFetch, DeclineProgram, DeclineCapacity, DeclineTerms, DeclineData, DeclineSpec,
		DeclineDeadline, DeclineReservation, DeclineUnable, DeclineUnvouched, DeclinePaused:
		return c
	}
	return DeclineOther
}

// AwardDoc is the award of a job: the frozen offers, as signed by their authors. It is a DAG-CBOR document; its digest is
// anchored on chain. Everything that follows from it is derived by every node alike.
type AwardDoc struct {
	Version uint16   `cbor:"version"` // 1
	Job     poc.Hash `cbor:"job"`
	Offers  [][]byte `cbor:"offers"` // envelopes of Offers, sorted by peer; peers and accounts are distinct
}

// Validated is a message whose signature, schema and bounds were checked by Open. Only Open makes one.
type Validated struct {
	from     poc.PeerID
	sequence uint64
	sent     poc.Time
	expires  poc.Time
	message  Message
	proof    poc.Validated // for Proof
	seats    []frozen      // for Award: its offers
	raw      []byte        // the envelope
}

// frozen is an offer inside an award.
type frozen struct {
	peer  poc.PeerID
	offer Offer
}

// From returns the author.
func (v Validated) From() poc.PeerID { return v.from }

// Message returns the message.
func (v Validated) Message() Message { return v.message }

// Sequence returns the author's sequence number.
func (v Validated) Sequence() uint64 { return v.sequence }

// Expires returns when the message stops to mean anything.
func (v Validated) Expires() poc.Time { return v.expires }

// Sent returns when the author says it was sent.
func (v Validated) Sent() poc.Time { return v.sent }
