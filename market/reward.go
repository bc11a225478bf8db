package market

import (
	"errors"
	"fmt"
)

// Rewards are what a network pays, from a pool that anybody may fill, to those who serve it beyond what owners pay for results. They are
// parameters of the network, and need its Challenges: what is not vouched for cannot be told from words.
type Rewards struct {
	// Uptime is for an epoch in which a provider was vouched for, per 10^9 operations per second that it showed, and UptimeMost the
	// most for one epoch. It follows what a device does, so who splits one into many identities gets no more, if the most is no less than the
	// largest devices earn. More than that is for those whom a quorum of colluding witnesses vouches for.
	Uptime     Amount `cbor:"uptime" json:"uptime"`
	UptimeMost Amount `cbor:"uptimeMost" json:"uptimeMost"`
	// Participation is for each vouch that a witness gave and that a capability shows.
	Participation Amount `cbor:"participation" json:"participation"`
	// Completion is, in parts of FeeBase, how much of the fee on its pay a worker gets that missed no unit of a job for which it was called. So nobody gains
	// by paying itself; but if it is all of the fee, records cost nothing either.
	Completion uint32 `cbor:"completion" json:"completion"`
}

func (r *Rewards) validate(challenged bool) error {
	var errs []error
	switch {
	case r == nil:
		return nil
	case !challenged:
		errs = append(errs, errors.New("they need challenges, which the network does not have"))
	case r.Uptime > r.UptimeMost:
		errs = append(errs, fmt.Errorf("uptime is %v, want at most uptimeMost, %v", r.Uptime, r.UptimeMost))
	}
	if r.UptimeMost > 1_000_000*NLOV || r.Participation > 1_000_000*NLOV {
		errs = append(errs, errors.New("uptimeMost and participation are at most 1000000 NLOV each"))
	}
	if r.Completion > FeeBase {
		errs = append(errs, fmt.Errorf("completion is %d parts of %d", r.Completion, FeeBase))
	}
	if len(errs) > 0 {
		return fmt.Errorf("network: rewards: %w", errors.Join(errs...))
	}
	return nil
}
