package main

import (
	"fmt"
	"slices"
	"strings"

	"gpumesh/market"
	"gpumesh/node"
	"gpumesh/poc"
)

// What run and watch say of a finished job: the proofs, and who was paid.

// printReceipt prints the proof and the money.
func (r *jobRun) printReceipt(c *node.Receipt) {
	proofs := c.Proofs()
	for i, p := range proofs {
		if i == 3 && len(proofs) > 5 {
			r.printf("         ... and %d more, in the receipt\n", len(proofs)-i)
			break
		}
		r.printf("proof    %s: certificate %s, signed by %d workers\n", p.Name, p.Certificate.CID, len(p.Signers))
	}
	for _, w := range c.Workers {
		if w.Paid > 0 {
			late := ""
			if w.Late > 0 {
				late = fmt.Sprintf(", %d of them late", w.Late)
			}
			r.printf("reward   %s  %s for %d replicas%s, to %s\n%s", last(w.Peer.String()), w.Paid, w.Tasks, late, w.Account, transactions(w.Tx))
		}
	}
	for _, s := range convictions(c.Slashed) {
		r.printf("slash    %s  %s for %d proven lies, from %s\n%s", last(s.peer), s.amount, len(s.txs), s.account, transactions(s.txs))
	}
	if e := c.Escrow; e != nil {
		r.printf("escrow   %s = %s to workers + %s fee + %s refunded\n", e.Locked, e.Paid, e.Fees, e.Refunded)
	}
}

// last is the end of a peer id, in which peer ids differ.
func last(peer string) string { return peer[max(0, len(peer)-6):] }

// transactions is a line for each of the first few.
func transactions(txs []string) string {
	const few = 3
	var b strings.Builder
	for i, tx := range txs {
		if i == few {
			fmt.Fprintf(&b, "         ... and %d more, in the receipt\n", len(txs)-i)
			break
		}
		fmt.Fprintf(&b, "         tx %s\n", tx)
	}
	return b.String()
}

// conviction is what one worker lost.
type conviction struct {
	peer    string
	account poc.Account
	amount  market.Amount
	txs     []string
}

func convictions(list []node.Slashed) []conviction {
	var out []conviction
	for _, s := range list {
		i := slices.IndexFunc(out, func(c conviction) bool { return c.account == s.Account })
		if i < 0 {
			i = len(out)
			out = append(out, conviction{peer: s.Peer.String(), account: s.Account})
		}
		out[i].amount += s.Amount
		out[i].txs = append(out[i].txs, s.Tx)
	}
	return out
}
