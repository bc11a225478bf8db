package market

import (
	"fmt"

	"gpumesh/poc"
)

// What an owner's programs may cost a provider for nothing: a minute of work at once, and after that a twentieth of the time.
const (
	lossAllowed poc.Millis = 60_000
	lossPart               = 20
	lossLeast   poc.Millis = 1_000 // of one failure: what was fetched and started for it
)

// losses has for each account when the work of this node that its failed programs were is made up for. Bounded like turns, and no more durable.
type losses map[poc.Account]poc.Time

// lose charges an account with work that came to nothing.
func (m *Machine) lose(account poc.Account, spent poc.Millis) {
	if m.losses == nil || len(m.losses) >= maxTurns {
		m.losses = losses{}
	}
	m.losses[account] = max(m.losses[account], m.now).Add(lossPart * max(spent, lossLeast))
}

// lost says why this node looks at no job of an account for now, or nothing.
func (m *Machine) lost(account poc.Account) string {
	open := poc.Millis(m.losses[account] - m.now)
	if open <= 0 {
		delete(m.losses, account)
	}
	if open <= lossPart*lossAllowed {
		return ""
	}
	return fmt.Sprintf("programs of this owner failed here after more than %d s of work lately; its bids are looked at again in %d s", lossAllowed/1000, (open-lossPart*lossAllowed)/1000+1)
}
