package gpu

import (
	"errors"
	"fmt"
)

// Code classifies why a program did not produce a result. Codes are stable: they are stored and sent to other nodes.
type Code string

const (
	InvalidProgram Code = "invalid-program" // the Program breaks a rule of its format, or its WGSL is wrong
	InvalidInput   Code = "invalid-input"   // an input is missing or has the wrong size
	Unsupported    Code = "unsupported"     // valid, but this device or evaluator cannot run it
	TooLarge       Code = "too-large"       // needs more than a limit of the device or of the host's policy
	Timeout        Code = "timeout"         // the deadline passed; the worker process was ended
	OutOfMemory    Code = "out-of-memory"
	DeviceLost     Code = "device-lost"
	WorkerDied     Code = "worker-died" // the worker process crashed or was killed
	BadDriver      Code = "bad-driver"  // a canary or the output pattern showed a wrong result
	Canceled       Code = "canceled"
	Paused         Code = "paused" // ended between two steps on request, to be resumed from its newest checkpoint
	Internal       Code = "internal"
)

// Error is every error that this package and its sub-packages return for a program. Reason is one sentence for a person.
type Error struct {
	Code    Code
	Reason  string
	Overrun bool // of a Timeout: not the caller's deadline passed, but a bound on one submission, or on compiling, which the kernels are to blame for
}

func (e *Error) Error() string { return string(e.Code) + ": " + e.Reason }

// Errorf returns an *Error.
func Errorf(c Code, format string, args ...any) error {
	return &Error{Code: c, Reason: fmt.Sprintf(format, args...)}
}

// CodeOf returns the code of the first *Error in err's chain, and Internal when there is none.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return Internal
}

// ReasonOf is the Reason of the first *Error in err's chain, and all that err says when there is none.
func ReasonOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Reason
	}
	return err.Error()
}

// Overran reports whether the kernels of a program took longer than one submission, or compiling, may.
func Overran(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Overrun
}

// IsFatal reports whether the device that returned err must not be used again.
func IsFatal(err error) bool {
	switch CodeOf(err) {
	case Timeout, DeviceLost, WorkerDied, BadDriver:
		return true
	}
	return false
}
