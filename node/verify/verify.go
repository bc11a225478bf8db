package verify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"gpumesh/market"
	"gpumesh/node"
	"gpumesh/node/chain/evm"
	"gpumesh/poc"
)

// maxReceipt bounds a receipt file in bytes: 4096 tasks with the largest certificates stay below it.
const maxReceipt = 256 << 20

// Read reads a receipt and nothing else.
func Read(r io.Reader) (*node.Receipt, error) {
	limited := &io.LimitedReader{R: r, N: maxReceipt + 1}
	d := json.NewDecoder(limited)
	d.DisallowUnknownFields()
	receipt := new(node.Receipt)
	if err := d.Decode(receipt); err != nil {
		if limited.N <= 0 {
			return nil, fmt.Errorf("a receipt has at most %d bytes", maxReceipt)
		}
		return nil, fmt.Errorf("this is not a receipt: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("something follows the receipt")
	}
	return receipt, nil
}

// Status is the outcome of a check.
type Status string

const (
	Passed  Status = "ok"
	Failed  Status = "FAIL"
	Skipped Status = "skip" // not checked; the text says why
)

// Check is one thing that was looked at. Text is one sentence.
type Check struct {
	Name   string `json:"name"`
	Status Status `json:"status"`
	Text   string `json:"text"`
}

// Report is what came out. OK says that nothing failed; Notes say what a receipt cannot show.
type Report struct {
	Job    poc.Hash `json:"job"`
	OK     bool     `json:"ok"`
	Checks []Check  `json:"checks"`
	Notes  []string `json:"notes"`
}

// Options say what is checked beyond the receipt itself.
type Options struct {
	Rerun    int      // tasks to compute again
	Content  Content  // where their programs and inputs are; nil: NoContent says why there is none
	Seed     [32]byte // with the beacon it chooses the tasks; random, nobody can have known which are looked at
	Required bool     // a task that cannot be computed again fails

	NoContent error
	Chain     Chain // nil: the receipt's word is taken for what happened on chain
}

// Receipt checks a receipt. It ends early, with failures, when ctx ends.
func Receipt(ctx context.Context, r *node.Receipt, o Options) Report {
	v := &verifier{r: r, opts: o, report: Report{Job: r.Job, OK: true}, passed: map[string]bool{}}
	v.step("job", nil, v.job)
	v.step("network", needs("job"), v.network)
	v.step("award", needs("job"), v.award)
	v.step("draw", needs("network", "award"), v.draw)
	v.step("certificates", needs("draw"), v.certificates)
	v.step("results", needs("certificates"), v.results)
	v.step("pay", needs("certificates"), v.pay)
	v.step("escrow", needs("job"), v.escrow)
	v.disputes()
	v.step("slashes", needs("certificates"), v.slashes)
	v.step("chain", needs("award", "certificates"), func() (string, error) { return v.onChain(ctx) })
	v.rerun(ctx)
	v.note("the times, and the reasons of failures, are the word of the node that wrote the receipt")
	return v.report
}

// verifier holds what earlier checks established for later ones.
type verifier struct {
	r      *node.Receipt
	opts   Options
	report Report
	passed map[string]bool

	spec       market.Spec
	signatures poc.Verifier
	panel      market.Panel
	peers      []poc.PeerID       // by seat
	seats      []market.Seat      // by seat
	candidates [][]poc.Worker     // by unit, in rank order
	certified  []*poc.Certificate // by unit; nil: none
	leftOut    map[uint32]uint32  // by task: the one that went on without it, as its certificate says
	computed   []*poc.Result      // by task: what was certified of it
	taskPay    []market.Amount    // pay of each claimed unit, on which the fee is taken
	passedOver []int              // by seat: certificates that name it, for which it got nothing
}

func needs(names ...string) []string { return names }

// skip is an error that says why something was not checked.
type skip struct{ reason string }

func (s skip) Error() string { return s.reason }

func skipf(format string, args ...any) error { return skip{fmt.Sprintf(format, args...)} }

// step makes one check, if what it builds on was found right.
func (v *verifier) step(name string, needs []string, check func() (string, error)) {
	for _, n := range needs {
		if !v.passed[n] {
			v.add(name, Skipped, fmt.Sprintf("not checked: it builds on %q", n))
			return
		}
	}
	v.outcome(name, check)
}

func (v *verifier) outcome(name string, check func() (string, error)) {
	text, err := check()
	if s, ok := errors.AsType[skip](err); ok {
		v.add(name, Skipped, s.reason)
		return
	}
	if err != nil {
		v.add(name, Failed, oneLine(err))
		return
	}
	v.passed[name] = true
	v.add(name, Passed, text)
}

func oneLine(err error) string { return strings.Join(strings.Split(err.Error(), "\n"), "; ") }

func (v *verifier) add(name string, s Status, text string) {
	v.report.Checks = append(v.report.Checks, Check{name, s, text})
	v.report.OK = v.report.OK && s != Failed
}

func (v *verifier) note(format string, args ...any) {
	v.report.Notes = append(v.report.Notes, fmt.Sprintf(format, args...))
}

// document checks that a block is what its CID says.
func document(what string, d node.Document) error {
	if len(d.Block) == 0 {
		return fmt.Errorf("the block of the %s is missing", what)
	}
	if have := poc.BlockLink(d.Block).String(); have != d.CID {
		return fmt.Errorf("the block of the %s has the CID %s, and the receipt says %s", what, have, d.CID)
	}
	return nil
}

// job checks that the receipt is of the job that its spec describes, and that the job is over.
func (v *verifier) job() (string, error) {
	r := v.r
	if r.Version != node.ReceiptVersion {
		return "", fmt.Errorf("the receipt has version %d; this program knows %d", r.Version, node.ReceiptVersion)
	}
	if r.State != market.Done.String() && r.State != market.Failed.String() {
		return "", fmt.Errorf("the job is not over: it was %q when the receipt was written", r.State)
	}
	if err := document("spec", r.Spec); err != nil {
		return "", err
	}
	if h := poc.BlockHash(r.Spec.Block); h != r.Job {
		return "", fmt.Errorf("the spec is that of job %s, not of %s", h, r.Job)
	}
	if err := poc.Decode(r.Spec.Block, &v.spec); err != nil {
		return "", fmt.Errorf("the spec cannot be read: %w", err)
	}
	switch s := v.spec; {
	case r.Name != s.Name:
		return "", fmt.Errorf("the receipt calls the job %q, and its spec %q", r.Name, s.Name)
	case r.Owner != s.Owner || r.Account != s.Account:
		return "", fmt.Errorf("the receipt gives the job to %s (%s), and its spec to %s (%s)", r.Owner, r.Account, s.Owner, s.Account)
	case len(r.Tasks) != len(s.Tasks):
		return "", fmt.Errorf("the receipt has %d tasks, and the spec %d", len(r.Tasks), len(s.Tasks))
	case s.TasksPerUnit() == 1 && r.Units != nil, s.TasksPerUnit() > 1 && len(r.Units) != s.Units():
		return "", fmt.Errorf("the receipt has %d units of several tasks, and the spec's %d tasks are in units of %d", len(r.Units), len(s.Tasks), s.TasksPerUnit())
	}
	for i, t := range r.Tasks {
		if t.Index != uint32(i) || t.Name != v.spec.Tasks[i].Name {
			return "", fmt.Errorf("the receipt has task %d (%q) where the spec has task %d (%q)", t.Index, t.Name, i, v.spec.Tasks[i].Name)
		}
	}
	return fmt.Sprintf("the spec hashes to the job's id and describes %q of %d tasks; the job is %s", r.Name, len(r.Tasks), r.State), nil
}

// network checks the manifest: its digest is in the spec, so it is the one that the owner meant.
func (v *verifier) network() (string, error) {
	n := v.r.Network
	if err := n.Validate(); err != nil {
		return "", err
	}
	if n.ID() != v.spec.Network {
		return "", fmt.Errorf("the manifest hashes to network %s, and the job is for %s", n.ID(), v.spec.Network)
	}
	if err := v.spec.Validate(n); err != nil {
		return "", fmt.Errorf("the spec breaks a rule of its network: %w", err)
	}
	var err error
	if v.signatures, err = settlement(n.Chain); err != nil {
		return "", err
	}
	return fmt.Sprintf("the manifest is valid and hashes to %s, the network of the spec: %q on %s", n.ID().Short(), n.Name, n.Chain), nil
}

// settlement returns the verifier of signatures for the chain of a manifest.
func settlement(name string) (poc.Verifier, error) {
	parts := strings.Split(name, ":")
	if len(parts) == 3 && parts[0] == "evm" {
		id, ok := new(big.Int).SetString(parts[1], 10)
		at := common.HexToAddress(parts[2])
		if ok && evm.ChainName(id, at) == name {
			return evm.NewVerifier(id, at), nil
		}
	}
	return nil, fmt.Errorf("the chain %q is not of the form evm:<chain id>:<marketplace>, so signatures for it cannot be checked", name)
}

// award checks that the frozen offers are their authors', and that the beacon is of this award.
func (v *verifier) award() (string, error) {
	r := v.r
	if len(r.Award.Block) == 0 && r.Award.CID == "" && r.Beacon == nil && r.State == market.Failed.String() {
		return "", skipf("the job failed before its award: %s", v.reason())
	}
	if err := document("award", r.Award); err != nil {
		return "", err
	}
	var err error
	if v.panel, err = market.OpenAward(v.spec.Network, r.Job, r.Award.Block); err != nil {
		return "", fmt.Errorf("the award: %w", err)
	}
	v.peers, v.seats = v.panel.Peers(), v.panel.Seating(r.Network, v.spec).Seats
	if len(r.Workers) != len(v.seats) {
		return "", fmt.Errorf("the receipt names %d workers, and the award has %d seats", len(r.Workers), len(v.seats))
	}
	for i, s := range v.seats {
		switch w := r.Workers[i]; {
		case w.Peer != v.peers[i] || w.Account != s.Account || w.Ask != s.Ask:
			return "", fmt.Errorf("worker %d of the receipt is not the one that signed offer %d of the award", i, i)
		case s.Ask == 0 || s.Ask > v.spec.MaxPrice:
			return "", fmt.Errorf("%s asks for %v, and the job's bound is %v", v.peers[i].Short(), s.Ask, v.spec.MaxPrice)
		case s.Account == v.spec.Account || v.peers[i] == v.spec.Owner:
			return "", errors.New("the job's owner sits in its own award")
		}
	}
	return fmt.Sprintf("its %d offers are signed by their authors, for this network and job, within the price bound", len(v.seats)), nil
}

// draw derives the candidates from the award and the beacon.
func (v *verifier) draw() (string, error) {
	b := v.r.Beacon
	if b == nil {
		if v.r.State == market.Failed.String() {
			return "", skipf("the job failed before its draw: %s", v.reason())
		}
		return "", errors.New("the beacon is missing")
	}
	if h := poc.BlockHash(v.r.Award.Block); b.Award != h {
		return "", fmt.Errorf("the beacon is of award %s, and the award hashes to %s", b.Award.Short(), h.Short())
	}
	var n int
	var err error
	if v.candidates, n, err = v.panel.Draw(v.r.Network, v.spec, *b); err != nil {
		return "", err
	}
	return fmt.Sprintf("award and beacon (block %d) draw the candidates of every task from %d of the %d seats", b.Height, n, len(v.seats)), nil
}

func (v *verifier) reason() string {
	if v.r.Failure == nil {
		return "no reason is given"
	}
	return v.r.Failure.Reason
}
