package chain

import "gpumesh/poc"

// Credit gives a registered worker a record of n more replicas paid, as if it had worked before the ledger began.
func (f *Fake) Credit(a poc.Account, n uint64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.mu.workers[a] != nil {
		f.paid(a, n)
	}
}
