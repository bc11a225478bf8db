package worker

import (
	"encoding/binary"
	"fmt"
	"io"
	"time"

	"github.com/fxamacker/cbor/v2"

	"gpumesh/gpu"
)

const maxFrame = 8 << 20 // bytes of one message; 65,537 trace leaves take 2.3 MB

// request is a message to the child.
type request struct {
	Op string `cbor:"op"`

	Device string   `cbor:"device,omitempty"` // opHello, and the next
	Memory uint64   `cbor:"memory,omitempty"` // bytes of all buffers of a program; 0: the device's own limit
	Seal   bool     `cbor:"seal,omitempty"`   // where the device allows
	Skip   []string `cbor:"skip,omitempty"`   // adapters that are passed over

	Program   []byte        `cbor:"program,omitempty"` // opRun, and the rest
	Seed      uint64        `cbor:"seed,omitempty"`
	Inputs    []string      `cbor:"inputs,omitempty"` // names; the open files follow on the channel for descriptors, in this order
	Outputs   []string      `cbor:"outputs,omitempty"`
	Resume    bool          `cbor:"resume,omitempty"`
	Save      bool          `cbor:"save,omitempty"`
	SaveEvery time.Duration `cbor:"saveEvery,omitempty"`
	Run       uint64        `cbor:"run,omitempty"` // opRun: its number; opPause: of the run that is meant
	MaxBusy   time.Duration `cbor:"maxBusy,omitempty"`
	Share     int           `cbor:"share,omitempty"` // opShare: percent
	Trial     *trial        `cbor:"trial,omitempty"` // opReplay, opDecide
	Paths     []string      `cbor:"paths,omitempty"` // of the files, where descriptors cannot be passed
}

// files is how many files come with a request.
func (q *request) files() int {
	n := len(q.Inputs) + len(q.Outputs)
	if q.Resume {
		n++
	}
	if q.Trial != nil && q.Trial.Memory {
		n++
	}
	if q.Save {
		n++
	}
	return n
}

const (
	opHello   = "hello" // the first message: opens the device, answered with Info
	opRun     = "run"
	opNext    = "next" // after a reply with Saved: the file for the next checkpoint, or, without Save, that there is none
	opBench   = "bench"
	opReplay  = "replay"  // a segment, command by command
	opDecide  = "decide"  // one of its commands
	opExamine = "examine" // answered with Info that has Class and Faults

	// Asides come at any time and are not answered.
	opPause = "pause" // ends a run after the step that it is in
	opShare = "share" // sets the share of the time in which the device may be busy
)

// reply is a message from the child. A request is answered by any number of replies with Progress, Saved or Trying, and then
// one without.
type reply struct {
	Progress *gpu.Progress  `cbor:"progress,omitempty"`
	Saved    uint32         `cbor:"saved,omitempty"`  // the step of a checkpoint that is written
	Trying   string         `cbor:"trying,omitempty"` // the adapter that is opened next
	Info     *gpu.Info      `cbor:"info,omitempty"`
	Sandbox  Sandbox        `cbor:"sandbox"`        // with Info
	Note     string         `cbor:"note,omitempty"` // with Info: why this device and not a better one
	Result   *gpu.Result    `cbor:"result,omitempty"`
	Bench    *gpu.Benchmark `cbor:"bench,omitempty"`
	Replay   *gpu.Replay    `cbor:"replay,omitempty"`
	Roots    [][32]byte     `cbor:"roots,omitempty"` // of opDecide
	Code     gpu.Code       `cbor:"code,omitempty"`
	Overrun  bool           `cbor:"overrun,omitempty"` // with Code: see gpu.Error
	Reason   string         `cbor:"reason,omitempty"`
}

// decoder bounds what the peer can make this side allocate: a child may be under a stranger's control.
var decoder = func() cbor.DecMode {
	m, err := cbor.DecOptions{
		DupMapKey:        cbor.DupMapKeyEnforcedAPF,
		IndefLength:      cbor.IndefLengthForbidden,
		TagsMd:           cbor.TagsForbidden,
		MaxNestedLevels:  8,
		MaxArrayElements: gpu.MaxSegments + 16,
		MaxMapPairs:      4096,
	}.DecMode()
	if err != nil {
		panic(err)
	}
	return m
}()

func writeFrame(w io.Writer, v any) error {
	b, err := cbor.Marshal(v)
	if err != nil {
		return err
	}
	if len(b) > maxFrame {
		return fmt.Errorf("message of %d bytes; at most %d are allowed", len(b), maxFrame)
	}
	_, err = w.Write(append(binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(b)), uint32(len(b))), b...))
	return err
}

func readFrame(r io.Reader, v any) error {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return err
	}
	n := binary.BigEndian.Uint32(head[:])
	if n > maxFrame {
		return fmt.Errorf("message of %d bytes; at most %d are allowed", n, maxFrame)
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(r, b); err != nil {
		return err
	}
	return decoder.Unmarshal(b, v)
}
