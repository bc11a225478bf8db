package node

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"gpumesh/market"
	"gpumesh/poc"
)

// ReceiptVersion is the version of the receipts that this program writes.
const ReceiptVersion = 1

// Receipt is what remains of a job: everything needed to check, without any node, that its results are what the panel agreed
// on. The documents are DAG-CBOR blocks; the CIDs beside them are theirs.
type Receipt struct {
	Version    int               `json:"version"`
	Network    market.Network    `json:"network"`
	Job        poc.Hash          `json:"job"`
	Name       string            `json:"name"`
	State      string            `json:"state"`
	Owner      poc.PeerID        `json:"owner"`
	Account    poc.Account       `json:"account"`
	Spec       Document          `json:"spec"`
	Award      Document          `json:"award"`
	Beacon     *market.Beacon    `json:"beacon,omitempty"`
	Secrets    []poc.Hash        `json:"secrets,omitempty"` // of the seats for this job, after it: what drew its audits
	Tasks      []TaskReceipt     `json:"tasks"`
	Units      []UnitReceipt     `json:"units,omitempty"` // where a unit has several tasks: the certificates of all its tasks
	Workers    []WorkerPay       `json:"workers"`
	Slashed    []Slashed         `json:"slashed,omitempty"`
	Escrow     *EscrowReceipt    `json:"escrow,omitempty"`
	Disputes   []Dispute         `json:"disputes,omitempty"`
	Operations []market.Entry    `json:"operations"` // on chain, oldest first
	Failure    *market.Failure   `json:"failure,omitempty"`
	Times      market.Milestones `json:"times"`
}

// Document is a DAG-CBOR block and its CID.
type Document struct {
	CID   string `json:"cid"`
	Block []byte `json:"block"` // base64 in JSON
}

// TaskReceipt is one task of a job.
type TaskReceipt struct {
	Index       uint32       `json:"index"`
	Name        string       `json:"name"`
	Phase       string       `json:"phase"`
	Result      []FileResult `json:"result,omitempty"`
	Trace       *poc.Hash    `json:"trace,omitempty"`
	Digest      *poc.Hash    `json:"digest,omitempty"` // what the signatures are over
	Certificate *Document    `json:"certificate,omitempty"`
	Signers     []poc.PeerID `json:"signers,omitempty"`
	Failure     *poc.Failure `json:"failure,omitempty"`
	Unverified  bool         `json:"unverified,omitempty"` // it ran on data that one provider holds: the certificate witnesses that provider's word, and no more
}

// UnitReceipt is one unit of several tasks. What its certificate is about is the document, which lists the tasks' results.
type UnitReceipt struct {
	Index       uint32       `json:"index"`
	Document    *Document    `json:"document,omitempty"`
	Certificate *Document    `json:"certificate,omitempty"`
	Signers     []poc.PeerID `json:"signers,omitempty"`
}

// Proof is a certificate of a receipt, for one task or one unit of several.
type Proof struct {
	Name        string // of what it is for
	Certificate Document
	Signers     []poc.PeerID
}

// Proofs returns the certificates of the receipt, in order.
func (r *Receipt) Proofs() (ps []Proof) {
	for _, u := range r.Units {
		if u.Certificate != nil {
			ps = append(ps, Proof{fmt.Sprintf("unit %d", u.Index), *u.Certificate, u.Signers})
		}
	}
	for _, t := range r.Tasks {
		if t.Certificate != nil {
			ps = append(ps, Proof{fmt.Sprintf("task %d (%s)", t.Index, t.Name), *t.Certificate, t.Signers})
		}
	}
	return ps
}

// FileResult is one output of a task.
type FileResult struct {
	Name string `json:"name"`
	CID  string `json:"cid"`
	Size uint64 `json:"size"` // bytes
}

// WorkerPay is what a member of the panel was paid for the job.
type WorkerPay struct {
	Peer    poc.PeerID    `json:"peer"`
	Account poc.Account   `json:"account"`
	Ask     market.Amount `json:"ask"`            // per replica
	Tasks   int           `json:"tasks"`          // certificates that name it
	Late    int           `json:"late,omitempty"` // of them, those that say it was late
	Paid    market.Amount `json:"paid"`
	Tx      []string      `json:"tx,omitempty"`
}

// Slashed is a conviction.
type Slashed struct {
	Peer    poc.PeerID    `json:"peer"`
	Account poc.Account   `json:"account"`
	Amount  market.Amount `json:"amount"`
	Tasks   []uint32      `json:"tasks"`
	Tx      string        `json:"tx"`
}

// EscrowReceipt is where the money went. Locked = Paid + Fees + Refunded once Closed.
type EscrowReceipt struct {
	Locked   market.Amount `json:"locked"`
	Paid     market.Amount `json:"paid"`
	Fees     market.Amount `json:"fees"`
	Refunded market.Amount `json:"refunded"`
	Closed   bool          `json:"closed"`
}

// Receipt returns the receipt of a job as it stands. It is complete once the job is over.
func (n *Node) Receipt(ctx context.Context, job poc.Hash) (r Receipt, err error) {
	var v market.View
	var spec market.Spec
	known := false
	err = n.loop.ask(ctx, func(m *market.Machine) {
		if v, known = m.View(job); known {
			spec, _ = m.Spec(job)
		}
	})
	if err != nil {
		return r, err
	}
	if !known {
		return n.keptReceipt(job)
	}
	r = Receipt{
		Version: ReceiptVersion, Network: n.cfg.Network, Job: job, Name: v.Name, State: v.State.String(), Owner: v.Owner,
		Account: spec.Account, Spec: document(poc.MustEncode(spec)), Operations: v.History, Failure: v.Failure, Times: v.Times,
	}
	if v.Award != "" {
		doc, err := n.store.get(tableMachine + "award/" + job.String())
		if err != nil {
			return r, err
		}
		r.Award = document(doc)
	}
	if len(v.Tasks) > 0 && v.Times.Drawn != 0 {
		if r.Beacon, err = n.beaconOf(ctx, v); err != nil {
			return r, err
		}
	}
	for _, t := range v.Tasks {
		if v.Batch > 1 {
			t.Certificate = nil // that of its unit
		}
		tr, err := taskReceipt(t)
		if err != nil {
			return r, err
		}
		r.Tasks = append(r.Tasks, tr)
	}
	for _, u := range v.Units {
		ur, err := n.unitReceipt(ctx, u)
		if err != nil {
			return r, err
		}
		r.Units = append(r.Units, ur)
	}
	r.Disputes, r.Secrets = n.disputes.of(v), n.lots.of(job)
	r.pays(v)
	if e := v.Escrow; e != nil {
		r.Escrow = &EscrowReceipt{v.Budget, e.Paid, e.Fees, e.Refunded, e.Closed}
	}
	return r, nil
}

// keepReceipt stores the receipt of a job that is over, once. A machine forgets the oldest of its jobs, and without notice.
func (n *Node) keepReceipt(ctx context.Context, job poc.Hash) error {
	if kept, err := n.store.get(tableReceipt + job.String()); err != nil || kept != nil {
		return err
	}
	r, err := n.Receipt(ctx, job)
	if err != nil {
		return err
	}
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	b := n.store.batch()
	b.put(tableReceipt+job.String(), text)
	return b.commit(true)
}

func (n *Node) keptReceipt(job poc.Hash) (r Receipt, err error) {
	text, err := n.store.get(tableReceipt + job.String())
	if err != nil {
		return r, err
	}
	if text == nil {
		return r, fmt.Errorf("%w: %s", ErrUnknownJob, job)
	}
	return r, json.Unmarshal(text, &r)
}

func document(block []byte) Document { return Document{poc.BlockLink(block).String(), block} }

// beaconOf reads the beacon of a drawn job from the chain, where it stays.
func (n *Node) beaconOf(ctx context.Context, v market.View) (*market.Beacon, error) {
	doc, err := n.store.get(tableMachine + "award/" + v.ID.String())
	if err != nil {
		return nil, err
	}
	b, err := n.settlement.Beacon(ctx, v.ID, poc.BlockHash(doc), v.Seating)
	if err != nil {
		return nil, fmt.Errorf("the beacon of job %s: %w", v.ID.Short(), err)
	}
	return &b, nil
}

func taskReceipt(t market.TaskView) (TaskReceipt, error) {
	r := TaskReceipt{Index: t.Index, Name: t.Name, Phase: t.Phase, Failure: t.Failure, Unverified: t.Held != nil}
	if t.Result != nil {
		digest, trace := t.Result.Digest(), t.Result.Trace
		r.Digest, r.Trace = &digest, &trace
		for _, o := range t.Result.Outputs {
			r.Result = append(r.Result, FileResult{o.Name, o.File.String(), o.Size})
		}
	}
	var err error
	r.Certificate, r.Signers, err = certificateReceipt(t.Certificate)
	return r, err
}

func certificateReceipt(c *poc.Certificate) (*Document, []poc.PeerID, error) {
	if c == nil {
		return nil, nil, nil
	}
	block, err := c.Encode()
	if err != nil {
		return nil, nil, err
	}
	doc := document(block)
	var signers []poc.PeerID
	for _, a := range c.Attestations {
		signers = append(signers, a.Peer)
	}
	return &doc, signers, nil
}

// unitReceipt adds the unit's document if it is here.
func (n *Node) unitReceipt(ctx context.Context, u market.UnitView) (r UnitReceipt, err error) {
	r.Index = u.Index
	if r.Certificate, r.Signers, err = certificateReceipt(u.Certificate); err != nil || u.Result == nil {
		return r, err
	}
	link := u.Result.Outputs[0].File.AsBlock().Cid
	if content := n.host.Content(); content.Has(link) {
		block, err := content.GetBlock(ctx, link, poc.MaxDocument)
		if err != nil {
			return r, err
		}
		doc := document(block)
		r.Document = &doc
	}
	return r, nil
}

// pays adds up what the chain says that each worker got and lost.
func (r *Receipt) pays(v market.View) {
	index := map[poc.Account]int{}
	for i, s := range v.Seats {
		index[s.Account] = i
		r.Workers = append(r.Workers, WorkerPay{Peer: s.Peer, Account: s.Account, Ask: s.Ask})
	}
	for _, c := range certificates(v) {
		payees := c.Payees(v.Policy.Quorum)
		for _, seat := range payees[:min(len(payees), int(v.Policy.MaxReplicas))] {
			r.Workers[seat].Tasks++ // a certificate is only kept if it names nobody but seats
			r.Workers[seat].Late += int(c.Late(v.Policy.Quorum) >> seat & 1)
		}
	}
	for _, e := range v.History {
		if e.Kind == "batch" { // pays what the certificates say, and no lateness
			for _, c := range certificates(v) {
				payees := c.Payees(v.Policy.Quorum)
				for _, seat := range payees[:min(len(payees), int(v.Policy.MaxReplicas))] {
					w := &r.Workers[seat]
					w.Paid, w.Tx = w.Paid+w.Ask, []string{e.Receipt.Tx}
				}
			}
		}
		for _, f := range e.Receipt.Fines {
			if i, ok := index[f.Account]; ok {
				r.Workers[i].Paid -= f.Amount
			}
		}
		for _, p := range e.Receipt.Pays {
			if i, ok := index[p.Account]; ok {
				w := &r.Workers[i]
				w.Paid += p.Amount
				if !slices.Contains(w.Tx, e.Receipt.Tx) {
					w.Tx = append(w.Tx, e.Receipt.Tx)
				}
			}
		}
	}
	for _, e := range market.Convictions(r.Operations) {
		s := Slashed{Account: e.Account, Amount: e.Receipt.Amount, Tasks: e.Receipt.Tasks, Tx: e.Receipt.Tx}
		if i, ok := index[e.Account]; ok {
			s.Peer = v.Seats[i].Peer
		}
		r.Slashed = append(r.Slashed, s)
	}
}
