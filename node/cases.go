package node

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"gpumesh/node/chain"
	"gpumesh/poc"
)

// CaseState is where a case stands for this node.
type CaseState string

// States of a case. All but those that are over have an end.
const (
	CaseKept    CaseState = "kept"    // what an appeal would need, if this node were convicted
	CaseWaiting CaseState = "waiting" // an accusation or an appeal that is not on chain yet
	CaseOpen    CaseState = "open"    // until its verdict
	CaseOver    CaseState = "over"
)

// CaseView is what this node has to do with a case.
type CaseView struct {
	ID      uint64      `json:"id,omitempty"` // zero: not on chain yet
	Job     poc.Hash    `json:"job"`
	Task    uint32      `json:"task"`
	Accused poc.Account `json:"accused"`
	Arbiter bool        `json:"arbiter"` // else this node accuses, or appeals
	Appeal  bool        `json:"appeal,omitempty"`
	State   CaseState   `json:"state"`
	Until   poc.Time    `json:"until"` // of the state, or since when it is over
	Reason  string      `json:"reason"`
}

// String says in one sentence how it stands.
func (v CaseView) String() string {
	if v.Appeal {
		return v.ofAppeal()
	}
	number, role := "a case", "brought by this node"
	if v.ID != 0 {
		number = fmt.Sprintf("case %d", v.ID)
	}
	if v.Arbiter {
		role = "judged by this node"
	}
	what := fmt.Sprintf("what %s signed for task %d", v.Accused, v.Task)
	if v.Job.IsZero() {
		what = fmt.Sprintf("claim %d of %s for rewards", v.Task, v.Accused)
	}
	s := fmt.Sprintf("%s about %s, %s, is %s", number, what, role, v.State)
	if v.Reason != "" {
		s += ": " + v.Reason
	}
	return s
}

// courtCase is a case of this node as it is stored.
type courtCase struct {
	Arbiter    bool             `cbor:"arbiter"`
	ID         uint64           `cbor:"id"` // zero: not opened
	Accusation chain.Accusation `cbor:"accusation"`
	Due        poc.Time         `cbor:"due"`   // of an accusation, to be opened
	Other      uint64           `cbor:"other"` // somebody else's case about the same
	State      CaseState        `cbor:"state"`
	Until      poc.Time         `cbor:"until"`
	Reason     string           `cbor:"reason"`
	Guilty     bool             `cbor:"guilty"`    // the verdict of this node,
	Signature  []byte           `cbor:"signature"` // signed once it is found
	Appeal     *appeal          `cbor:"appeal,omitempty"`
}

func (c *courtCase) end(now poc.Time, format string, args ...any) {
	c.State, c.Until, c.Reason = CaseOver, now, fmt.Sprintf(format, args...)
}

// key names it in the store: cases that this node judges by their number, others by what they are about.
func (c *courtCase) key() string {
	switch {
	case c.Arbiter:
		return "judge/" + strconv.FormatUint(c.ID, 10)
	case c.Appeal != nil:
		return appealKey(c.Accusation.Ref)
	}
	return "accuse/" + refName(c.Accusation.Ref) + "/" + string(c.Accusation.Account)
}

// put makes durable how a case stands.
func (c *court) put(k courtCase) error {
	value, err := poc.Encode(k)
	if err != nil {
		return err
	}
	b := c.node.store.batch()
	b.put(tableCase+k.key(), value)
	if err := b.commit(true); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.mu.cases[k.key()] = k.clone()
	return nil
}

// clone shares nothing that is changed in place.
func (k courtCase) clone() courtCase {
	if k.Appeal != nil {
		a := *k.Appeal
		k.Appeal = &a
	}
	return k
}

func (c *court) get(key string) (courtCase, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.mu.cases[key]
	return k.clone(), ok
}

// live counts the cases of a kind that are waiting or open.
func (c *court) live(kind func(courtCase) bool) (n int) {
	for _, k := range c.all() {
		if kind(k) && (k.State == CaseWaiting || k.State == CaseOpen) {
			n++
		}
	}
	return n
}

func isJudged(k courtCase) bool     { return k.Arbiter }
func isAccusation(k courtCase) bool { return !k.Arbiter && k.Appeal == nil }
func isAppeal(k courtCase) bool     { return k.Appeal != nil }

// all returns copies of all cases in a fixed order.
func (c *court) all() (out []courtCase) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(c.mu.cases)) {
		out = append(out, c.mu.cases[name].clone())
	}
	return out
}

// views returns the cases about a job, or all but those that nobody has made any.
func (c *court) views(job *poc.Hash) (out []CaseView) {
	if c == nil {
		return nil
	}
	for _, k := range c.all() {
		if a := k.Accusation; job == nil && k.State != CaseKept || job != nil && a.Ref.Job == *job {
			out = append(out, CaseView{k.ID, a.Ref.Job, a.Ref.Task, a.Account, k.Arbiter, k.Appeal != nil, k.State, k.Until, k.Reason})
		}
	}
	return out
}

// forget drops a case that has been over for long, with its evidence.
func (c *court) forget(ctx context.Context, k courtCase) error {
	b := c.node.store.batch()
	b.del(tableCase + k.key())
	if err := b.commit(false); err != nil {
		return err
	}
	c.mu.Lock()
	delete(c.mu.cases, k.key())
	c.mu.Unlock()
	return c.node.host.Content().Unpin(ctx, evidencePin(k.Accusation.Evidence))
}
