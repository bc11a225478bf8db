package api

import (
	"fmt"
	"math"

	"github.com/ipfs/go-cid"

	"gpumesh/market"
	"gpumesh/node"
	"gpumesh/node/api/nodepb"
	"gpumesh/poc"
)

func adPB(a market.AdView) *nodepb.Ad {
	return &nodepb.Ad{
		Peer: a.Peer.String(), Account: string(a.Account), Adapter: a.Adapter, AdapterType: a.AdapterType, Class: a.Class,
		F32Ops: a.F32, I32Ops: a.I32, Bandwidth: a.Bandwidth, Memory: a.Memory, Floor: uint64(a.Floor), Rate: uint64(a.Rate),
		Slots: a.Slots, Queued: a.Queued, Version: a.Version, Seen: int64(a.Seen), Expires: int64(a.Expires),
		Sandbox: a.Sandbox, Ecc: a.ECC, Health: string(a.Health), UptimePpm: a.Uptime.Uptime, KnownSince: int64(a.Uptime.Since), Data: a.Data,
	}
}

func guardPB(g node.Guard) *nodepb.Guard {
	p := &nodepb.Guard{State: g.State, Reasons: g.Reasons, Share: uint32(g.Share), Since: g.Since, Until: g.Until}
	for _, r := range g.Readings {
		q := &nodepb.GuardReading{Quantity: r.Quantity, Text: r.Text, Missing: r.Missing}
		if r.Missing == "" {
			q.Value = &r.Value
		}
		p.Readings = append(p.Readings, q)
	}
	return p
}

func jobPB(v market.View) *nodepb.Job {
	j := &nodepb.Job{
		Id: v.ID.String(), Name: v.Name, Owner: v.Owner.String(), Mine: v.Mine, State: v.State.String(), Until: int64(v.Until),
		Created: int64(v.Created), Deadline: int64(v.Deadline), Budget: uint64(v.Budget), MaxPrice: uint64(v.MaxPrice),
		Policy: policyPB(v.Policy), Offers: uint32(v.Offers), Award: v.Award, Certified: uint32(v.Certified),
		Settled: uint32(v.Settled), History: historyPB(v.History), Times: timesPB(v.Times), Explain: v.Explain, Over: node.Over(v), Batch: v.Batch,
		Priority: uint32(v.Priority),
	}
	for _, r := range v.Reasons {
		j.Reasons = append(j.Reasons, &nodepb.Reason{Code: r.Code, Count: uint32(r.Count), Text: r.Text})
	}
	if v.Failure != nil {
		j.Failure = &nodepb.Failure{Code: string(v.Failure.Code), Reason: v.Failure.Reason}
	}
	for _, d := range v.Declines {
		j.Declines = append(j.Declines, &nodepb.Decline{Peer: d.Peer.String(), Code: string(d.Code), Reason: d.Reason, Ask: uint64(d.Ask)})
	}
	for _, s := range v.Seats {
		j.Seats = append(j.Seats, &nodepb.Seat{
			Peer: s.Peer.String(), Account: string(s.Account), Ask: uint64(s.Ask), Lapsed: s.Lapsed, Finished: s.Finished,
		})
	}
	for _, t := range v.Tasks {
		j.Tasks = append(j.Tasks, taskPB(t))
	}
	if v.Escrow != nil {
		j.Escrow = escrowPB(*v.Escrow)
	}
	return j
}

func policyPB(p poc.Policy) *nodepb.Policy {
	c := p.Compare
	return &nodepb.Policy{
		Replicas: p.Replicas, Quorum: p.Quorum, MaxReplicas: p.MaxReplicas, Standby: p.Standby, MaxError: p.MaxError,
		Tier: c.Tier.String(), Relative: c.Relative, Largest: c.Largest, Step: uint32(c.Step), Differing: c.Differing, Rounded: c.Rounded,
	}
}

// Policy reads a job's policy; none is one of zeros.
func Policy(q *nodepb.Policy) (p poc.Policy, err error) {
	if q == nil {
		return p, nil
	}
	p = poc.Policy{Replicas: q.Replicas, Quorum: q.Quorum, MaxReplicas: q.MaxReplicas, Standby: q.Standby, MaxError: q.MaxError}
	c := &p.Compare
	if q.Tier != "" {
		if c.Tier, err = poc.ParseTier(q.Tier); err != nil {
			return p, err
		}
	}
	if q.Step > math.MaxUint8 {
		return p, fmt.Errorf("samples may not be %d apart", q.Step)
	}
	c.Relative, c.Largest, c.Step, c.Differing, c.Rounded = q.Relative, q.Largest, uint8(q.Step), q.Differing, q.Rounded
	return p, nil
}

func timesPB(t market.Milestones) *nodepb.Milestones {
	return &nodepb.Milestones{
		Submitted: int64(t.Submitted), Locked: int64(t.Locked), Offers: int64(t.Offers), Anchored: int64(t.Anchored),
		Drawn: int64(t.Drawn), Computed: int64(t.Computed), Certified: int64(t.Certified), Settled: int64(t.Settled),
	}
}

func taskPB(t market.TaskView) *nodepb.Task {
	p := &nodepb.Task{
		Index: t.Index, Name: t.Name, Phase: t.Phase, Explain: t.Explain, Done: t.Done, Total: t.Total, Settled: t.Settled,
	}
	for _, h := range t.Holders {
		p.Holders = append(p.Holders, h.String())
	}
	if t.Failure != nil {
		p.Failure = &nodepb.Failure{Code: string(t.Failure.Code), Reason: t.Failure.Reason}
	}
	if t.Result != nil {
		p.Outputs = outputsPB(t.Result.Outputs)
	}
	if t.Certificate != nil {
		// A certificate that was made here always encodes.
		if b, err := t.Certificate.Encode(); err == nil {
			p.Certificate = poc.BlockLink(b).String()
		}
	}
	return p
}

func outputsPB(outputs []poc.Output) []*nodepb.Output {
	var list []*nodepb.Output
	for _, o := range outputs {
		list = append(list, &nodepb.Output{Name: o.Name, Cid: o.File.String(), Size: o.Size})
	}
	return list
}

func escrowPB(e market.Escrow) *nodepb.Escrow {
	return &nodepb.Escrow{
		Owner: string(e.Owner), Locked: uint64(e.Terms.Budget), Paid: uint64(e.Paid), Fees: uint64(e.Fees),
		Refunded: uint64(e.Refunded), Settled: e.Settled, Closed: e.Closed, Expiry: int64(e.Terms.Expiry),
	}
}

func historyPB(entries []market.Entry) []*nodepb.Entry {
	var list []*nodepb.Entry
	for _, e := range entries {
		p := &nodepb.Entry{
			Kind: e.Kind, Account: string(e.Account), Tx: e.Receipt.Tx, Height: e.Receipt.Height,
			Amount: uint64(e.Receipt.Amount), Tasks: e.Receipt.Tasks,
		}
		for _, pay := range e.Receipt.Pays {
			p.Pays = append(p.Pays, &nodepb.Pay{Account: string(pay.Account), Amount: uint64(pay.Amount)})
		}
		list = append(list, p)
	}
	return list
}

func link(s string) (poc.Link, error) {
	id, err := cid.Decode(s)
	if err != nil {
		return poc.Link{}, fmt.Errorf("%q is not a CID", s)
	}
	return poc.Link{Cid: id}, nil
}

// specFromPB makes the draft of a spec. Its bounds are checked by whoever takes it.
func specFromPB(p *nodepb.Spec) (s market.Spec, err error) {
	s = market.Spec{
		Name: p.GetName(), MaxPrice: market.Amount(p.GetMaxPrice()), Budget: market.Amount(p.GetBudget()), Deadline: poc.Time(p.GetDeadline()),
		Batch: p.GetBatch(),
	}
	if p.GetPriority() > uint32(market.Urgent) {
		return s, fmt.Errorf("priority is %d; it must be 0 (normal) to %d (urgent)", p.GetPriority(), market.Urgent)
	}
	s.Due, s.LateBps = poc.Time(p.GetDue()), p.GetLateBps()
	s.Priority, s.MinSpeed, s.Class = market.Priority(p.GetPriority()), p.GetMinSpeed(), p.GetClass()
	if s.Policy, err = Policy(p.GetPolicy()); err != nil {
		return s, err
	}
	for _, t := range p.GetTasks() {
		program, err := link(t.Program)
		if err != nil {
			return s, fmt.Errorf("task %q: its program: %w", t.Name, err)
		}
		task := market.Task{Name: t.Name, Program: program, Seed: t.Seed, Timeout: t.TimeoutS, Least: t.Least, Patience: t.PatienceS, Like: t.Like}
		if h := t.Held; h != nil {
			task.Held = &market.Held{Data: h.Data, Clip: h.Clip, Noise: h.Noise}
			if err := task.Held.Holder.UnmarshalText([]byte(h.Holder)); err != nil {
				return s, fmt.Errorf("task %q: who holds its data: %w", t.Name, err)
			}
		}
		for _, i := range t.Inputs {
			in := market.Input{Name: i.Name}
			for _, part := range i.Parts {
				m := market.Part{Size: part.Size, Chosen: part.Chosen}
				if part.Spare != "" {
					spare, err := link(part.Spare)
					if err != nil {
						return s, fmt.Errorf("task %q: input %q: its spare: %w", t.Name, i.Name, err)
					}
					m.Spare = &spare
				}
				switch src := part.Source.(type) {
				case *nodepb.SpecPart_File:
					file, err := link(src.File)
					if err != nil {
						return s, fmt.Errorf("task %q: input %q: %w", t.Name, i.Name, err)
					}
					m.File = &file
				case *nodepb.SpecPart_Data:
					m.Data = src.Data
				case *nodepb.SpecPart_From:
					m.From = &market.From{Task: src.From.GetTask(), Output: src.From.GetOutput()}
				}
				in.Parts = append(in.Parts, m)
			}
			task.Inputs = append(task.Inputs, in)
		}
		for _, o := range t.Outputs {
			task.Outputs = append(task.Outputs, market.OutSpec{Name: o.Name, Size: o.Size})
		}
		s.Tasks = append(s.Tasks, task)
	}
	return s, nil
}

// SpecPB is the draft of a spec as Submit takes it.
func SpecPB(s market.Spec) *nodepb.Spec {
	p := &nodepb.Spec{
		Name: s.Name, Policy: policyPB(s.Policy), MaxPrice: uint64(s.MaxPrice), Budget: uint64(s.Budget), Deadline: int64(s.Deadline),
		Batch: s.Batch, Priority: uint32(s.Priority), MinSpeed: s.MinSpeed, Class: s.Class, Due: int64(s.Due), LateBps: s.LateBps,
	}
	for _, t := range s.Tasks {
		task := &nodepb.SpecTask{
			Name: t.Name, Program: t.Program.String(), Seed: t.Seed, TimeoutS: t.Timeout, Least: t.Least, PatienceS: t.Patience, Like: t.Like,
		}
		if h := t.Held; h != nil {
			task.Held = &nodepb.SpecHeld{Holder: h.Holder.String(), Data: h.Data, Clip: h.Clip, Noise: h.Noise}
		}
		for _, i := range t.Inputs {
			in := &nodepb.SpecInput{Name: i.Name}
			for _, part := range i.Parts {
				q := &nodepb.SpecPart{Size: part.Size, Chosen: part.Chosen}
				if part.Spare != nil {
					q.Spare = part.Spare.String()
				}
				if part.Data != "" {
					q.Source = &nodepb.SpecPart_Data{Data: part.Data}
				} else if part.File != nil {
					q.Source = &nodepb.SpecPart_File{File: part.File.String()}
				} else if part.From != nil {
					q.Source = &nodepb.SpecPart_From{From: &nodepb.SpecFrom{Task: part.From.Task, Output: part.From.Output}}
				}
				in.Parts = append(in.Parts, q)
			}
			task.Inputs = append(task.Inputs, in)
		}
		for _, o := range t.Outputs {
			task.Outputs = append(task.Outputs, &nodepb.SpecOutput{Name: o.Name, Size: o.Size})
		}
		p.Tasks = append(p.Tasks, task)
	}
	return p
}
