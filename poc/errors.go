package poc

import "errors"

// Errors of Task.Step. Each names one failed precondition; the task's state is then unchanged, so a host may count them and
// go on. Duplicate, late and reordered messages are ordinary, and none of these errors alone convicts a peer.
var (
	ErrTime          = errors.New("the time is not after the epoch")
	ErrUnknownEvent  = errors.New("the event is of no known kind")
	ErrWrongTask     = errors.New("the message is about another task")
	ErrOwnMessage    = errors.New("the message is this node's own")
	ErrUnvalidated   = errors.New("the message was not validated")
	ErrNotCandidate  = errors.New("the peer is not a candidate of the task")
	ErrNotHolder     = errors.New("the peer does not hold the task")
	ErrNotStarted    = errors.New("the task has not started")
	ErrStarted       = errors.New("the task has started already")
	ErrOver          = errors.New("the task is over")
	ErrDuplicate     = errors.New("the same was seen before")
	ErrCommitted     = errors.New("the peer has committed already")
	ErrAbstained     = errors.New("the peer has abstained")
	ErrStale         = errors.New("the message is about a round that is over")
	ErrFarAhead      = errors.New("the message is about a round that cannot come")
	ErrNotSealer     = errors.New("the peer is not the sealer of the view it names")
	ErrForgedSeal    = errors.New("the seal names a commitment that this node did not make")
	ErrSealTooLarge  = errors.New("the seal holds more commitments than the policy allows")
	ErrSealTooSmall  = errors.New("the seal of the first round holds fewer commitments than a quorum")
	ErrWrongAccount  = errors.New("the message is signed for another account than the peer's")
	ErrBadSeats      = errors.New("the attestation does not name its own seat, or names one that is no candidate's")
	ErrBadProof      = errors.New("the certificate does not prove a result of this task")
	ErrBadReason     = errors.New("the reason is not valid")
	ErrBadResult     = errors.New("the result is not valid")
	ErrWrongRecord   = errors.New("the record is of another task or setup")
	ErrBadRecord     = errors.New("the record is damaged")
	ErrUnknownKind   = errors.New("the message is of no known kind")
	ErrLargeMessage  = errors.New("the message is too large")
	ErrUnknownField  = errors.New("the message has a field that its kind does not have")
	ErrRepeatedField = errors.New("the message has a field more often than allowed")
)
