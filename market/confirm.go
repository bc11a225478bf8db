package market

import (
	"math/bits"

	"gpumesh/poc"
)

// Between a certificate and its claim signers may lose the stake for which the chain counts them: by their own doing too, or by that of an
// accomplice. So a node that sees closed certificates unsettled asks how their signers stand, and its tasks gather further signatures where the
// chain would take them no more (poc.Fallen). Until then it claims the others only.

// Signers lists the accounts whose standings the host tells in SettlementSeen, whenever it looks at the chain for a job: those of the candidates
// of units that are certified and should have been settled. It is empty nearly always.
func (m *Machine) Signers(id poc.Hash) (accounts []poc.Account) {
	j := m.jobs[id]
	if j == nil || j.State != Running && j.State != Settling || !j.refused && !j.lacks() && bits.OnesCount32(j.unsettled) != 1 {
		return nil
	}
	for _, w := range j.awaiting() {
		accounts = append(accounts, w.Account)
	}
	return accounts
}

// awaiting lists the candidates of units that are certified and not settled.
func (j *job) awaiting() (ws []poc.Worker) {
	seats := uint64(0)
	for _, t := range j.tasks {
		if t.confirms() {
			for _, w := range t.poc.Candidates() {
				if seats>>w.Seat&1 == 0 {
					seats |= 1 << w.Seat
					ws = append(ws, w)
				}
			}
		}
	}
	return ws
}

// confirms reports whether a unit's certificate is closed and waits to be settled. Data that one provider holds nobody else can compute.
func (t *task) confirms() bool { return t.poc.Phase() == poc.Done && !t.settled && t.held == nil }

// lacks reports whether certificates lack signatures that count.
func (j *job) lacks() bool { return j.lacking() > 0 }

func (j *job) lacking() (units int) {
	for _, t := range j.tasks {
		if !t.settled && t.poc.Lacking() > 0 {
			units++
		}
	}
	return units
}

// confirm takes over how signers stand, after a look at the chain, and has the tasks gather signatures that are lacking.
func (j *job) confirm(m *Machine, standings []Standing) {
	fallen, open := uint64(0), false
	for _, w := range j.awaiting() {
		for _, s := range standings {
			if s.Account == w.Account && (!s.Registered || s.Stake < m.cfg.Network.MinStake) {
				fallen |= 1 << w.Seat
			}
		}
	}
	for _, t := range j.tasks {
		t.tried = false
		if !t.confirms() {
			continue
		}
		open = true
		if len(standings) > 0 {
			turn := t.turns
			if m.now >= t.turnBy {
				turn++
			}
			if _ = j.stepTask(m, t, poc.Fallen{Seats: fallen, Turn: turn}); t.poc.Lacking() > 0 && turn > t.turns {
				t.turns, t.turnBy = turn, m.now.Add(m.cfg.Network.ClaimTurn+j.RunTime)
				j.notify = true
			}
		}
	}
	if j.refused = false; open {
		j.unsettled++
	} else {
		j.unsettled = 0
	}
}
