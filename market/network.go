package market

import (
	"errors"
	"fmt"
	"math/bits"

	"gpumesh/poc"
)

// Network is the manifest of network parameters. Its digest is the network id, which is part of every topic, protocol and
// signature: nodes that disagree on any field never mix.
type Network struct {
	Version uint16 `cbor:"version" json:"version"` // 1
	Name    string `cbor:"name" json:"name"`       // 1..32 of a-z 0-9 -
	Chain   string `cbor:"chain" json:"chain"`     // settlement: chain kind, chain id and contract, as the adapter writes it

	Poc poc.Params `cbor:"poc" json:"poc"`

	MinReplicas uint32 `cbor:"minReplicas" json:"minReplicas"`               // floor of poc.Policy.Replicas
	MaxReplicas uint32 `cbor:"maxReplicas" json:"maxReplicas"`               // ceiling of poc.Policy.MaxReplicas
	MaxPanel    uint32 `cbor:"maxPanel" json:"maxPanel"`                     // seats in one award
	MaxTasks    uint32 `cbor:"maxTasks" json:"maxTasks"`                     // tasks in one job
	MaxBatch    uint32 `cbor:"maxBatch,omitempty" json:"maxBatch,omitempty"` // tasks in one unit; zero: one
	MinStake    Amount `cbor:"minStake" json:"minStake"`                     // stake a worker needs to be drawn
	Slash       uint32 `cbor:"slash,omitempty" json:"slash,omitempty"`       // of a liar's stake, in parts of FeeBase, at least; zero: a tenth
	SpeedCap    uint32 `cbor:"speedCap,omitempty" json:"speedCap,omitempty"` // times the seats' median that a speed counts for in a draw, at most; zero: no bound

	Challenge *Challenges `cbor:"challenge,omitempty" json:"challenge,omitempty"` // of providers' claims; nil: there are none
	Rewards   *Rewards    `cbor:"rewards,omitempty" json:"rewards,omitempty"`     // from a pool; nil: there are none

	AdInterval   poc.Millis `cbor:"adInterval" json:"adInterval"`     // between two ads of a provider
	AdTTL        poc.Millis `cbor:"adTTL" json:"adTTL"`               // after it an ad is forgotten
	LockTimeout  poc.Millis `cbor:"lockTimeout" json:"lockTimeout"`   // for the escrow to be confirmed
	OfferWindow  poc.Millis `cbor:"offerWindow" json:"offerWindow"`   // the owner collects offers this long, at most, per round
	BidTimeout   poc.Millis `cbor:"bidTimeout" json:"bidTimeout"`     // for enough offers to come, over all rounds
	AwardTimeout poc.Millis `cbor:"awardTimeout" json:"awardTimeout"` // for the award to be anchored and its beacon known
	LeaseTTL     poc.Millis `cbor:"leaseTTL" json:"leaseTTL"`         // a hold lapses when not renewed for this long
	StallTimeout poc.Millis `cbor:"stallTimeout" json:"stallTimeout"` // a hold lapses when its worker shows no progress for this long
	ClaimDelay   poc.Millis `cbor:"claimDelay" json:"claimDelay"`     // certificates are collected this long into one claim, at most
	ClaimTurn    poc.Millis `cbor:"claimTurn" json:"claimTurn"`       // each claimer's turn before the next in rank claims too
	SettleGrace  poc.Millis `cbor:"settleGrace" json:"settleGrace"`   // from the job's deadline to the escrow's expiry
}

// DefaultNetwork returns parameters for a public network with block times of some seconds. Chain must still be set.
func DefaultNetwork() Network {
	return Network{
		Version: 1, Name: "gpumesh",
		Poc:         poc.Params{SealTimeout: 5_000, RevealTimeout: 10_000, AttestGrace: 5_000},
		MinReplicas: 2, MaxReplicas: 32, MaxPanel: 64, MaxTasks: 4096, MaxBatch: 256, MinStake: 100 * NLOV, SpeedCap: 4,
		AdInterval: 30_000, AdTTL: 90_000, LockTimeout: 120_000, OfferWindow: 3_000, BidTimeout: 120_000,
		AwardTimeout: 120_000, LeaseTTL: 15_000, StallTimeout: 60_000, ClaimDelay: 10_000, ClaimTurn: 60_000,
		SettleGrace: 600_000,
	}
}

// LocalNetwork returns parameters for a testnet on one machine with an instant chain.
func LocalNetwork() Network {
	n := DefaultNetwork()
	n.Name = "local"
	n.Poc = poc.Params{SealTimeout: 1_500, RevealTimeout: 3_000, AttestGrace: 4_000}
	n.AdInterval, n.AdTTL = 5_000, 15_000
	n.LockTimeout, n.OfferWindow, n.BidTimeout, n.AwardTimeout = 15_000, 1_500, 20_000, 15_000
	n.LeaseTTL, n.StallTimeout = 4_000, 30_000
	n.ClaimDelay, n.ClaimTurn, n.SettleGrace = 500, 5_000, 30_000
	return n
}

// Validate lists every field that is out of range.
func (n Network) Validate() error {
	var errs []error
	bad := func(field string, value any, want string) {
		errs = append(errs, fmt.Errorf("network: %s is %v, want %s", field, value, want))
	}
	if n.Version != 1 {
		bad("version", n.Version, "1")
	}
	if len(n.Name) == 0 || len(n.Name) > 32 {
		bad("name", fmt.Sprintf("%q", n.Name), "1 to 32 of a-z, 0-9 and -")
	}
	for _, c := range n.Name {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			bad("name", fmt.Sprintf("%q", n.Name), "1 to 32 of a-z, 0-9 and -")
			break
		}
	}
	if len(n.Chain) == 0 || len(n.Chain) > 256 {
		bad("chain", fmt.Sprintf("%q", n.Chain), "a settlement chain id of 1 to 256 bytes")
	}
	if n.MinReplicas < 1 || n.MinReplicas > n.MaxReplicas {
		bad("minReplicas", n.MinReplicas, "1 to maxReplicas")
	}
	if n.MaxReplicas < 1 || n.MaxReplicas > 32 {
		bad("maxReplicas", n.MaxReplicas, "1 to 32")
	}
	if n.MaxPanel < n.MinReplicas || n.MaxPanel > 64 {
		bad("maxPanel", n.MaxPanel, "minReplicas to 64")
	}
	if n.MaxTasks < 1 || n.MaxTasks > 4096 {
		bad("maxTasks", n.MaxTasks, "1 to 4096")
	}
	if n.SpeedCap > 1000 {
		bad("speedCap", n.SpeedCap, "at most 1000")
	}
	if n.MaxBatch > n.MaxTasks {
		bad("maxBatch", n.MaxBatch, "at most maxTasks")
	}
	if n.Slash != 0 && n.Slash < leastSlash || n.Slash > FeeBase {
		bad("slash", n.Slash, "0, or 1000 to 10000 parts in 10000")
	}
	for _, f := range []struct {
		name string
		v    poc.Millis
	}{
		{"poc.sealTimeout", n.Poc.SealTimeout}, {"poc.revealTimeout", n.Poc.RevealTimeout}, {"poc.attestGrace", n.Poc.AttestGrace},
		{"adInterval", n.AdInterval}, {"adTTL", n.AdTTL}, {"lockTimeout", n.LockTimeout}, {"offerWindow", n.OfferWindow},
		{"bidTimeout", n.BidTimeout}, {"awardTimeout", n.AwardTimeout}, {"leaseTTL", n.LeaseTTL},
		{"stallTimeout", n.StallTimeout}, {"claimDelay", n.ClaimDelay}, {"claimTurn", n.ClaimTurn}, {"settleGrace", n.SettleGrace},
	} {
		if f.v < 10 || f.v > 24*3_600_000 {
			bad(f.name, f.v, "10 ms to 24 h")
		}
	}
	if err := n.Challenge.validate(); err != nil {
		errs = append(errs, err)
	}
	if err := n.Rewards.validate(n.Challenge != nil); err != nil {
		errs = append(errs, err)
	}
	if n.AdTTL <= n.AdInterval {
		bad("adTTL", n.AdTTL, "more than adInterval")
	}
	return errors.Join(errs...)
}

// Challenges is how a network has providers show what they claim.
type Challenges struct {
	Since  uint64              `cbor:"since" json:"since"`   // first block of epoch 0; nobody registered before it
	Blocks uint64              `cbor:"blocks" json:"blocks"` // of an epoch
	Unit   uint64              `cbor:"unit" json:"unit"`     // bytes in which memory is claimed
	Floor  poc.Capacity        `cbor:"floor" json:"floor"`   // that a provider is believed without a capability
	Terms  poc.ChallengeParams `cbor:"terms" json:"terms"`
}

// DefaultChallenges returns terms for epochs of so many blocks from a block on, and cohorts of so many witnesses, of whom more than half
// must vouch. Work and slack are those of the simulation.
func DefaultChallenges(since, blocks uint64, cohort uint32) *Challenges {
	return &Challenges{
		Since: since, Blocks: blocks, Unit: 128 << 20, Floor: poc.Capacity{Memory: 1 << 30, Speed: 1_000_000_000},
		Terms: poc.ChallengeParams{Cohort: cohort, Quorum: cohort/2 + 1, Work: 8_000, Slack: 4_000, Judge: 600_000},
	}
}

func (c *Challenges) validate() error {
	if c == nil {
		return nil
	}
	err := c.Terms.Validate()
	if c.Blocks < 1 || c.Unit < 1 || c.Unit&(c.Unit-1) != 0 || c.Since > 1<<62 || c.Blocks > 1<<32 {
		err = errors.Join(err, fmt.Errorf("an epoch of %d blocks from block %d on with units of %d bytes, want at least one block and a power of two of bytes", c.Blocks, c.Since, c.Unit))
	}
	if err != nil {
		return fmt.Errorf("network: challenge: %w", err)
	}
	return nil
}

// EpochAt returns the epoch of a block, and false before the first one.
func (c *Challenges) EpochAt(block uint64) (uint64, bool) {
	return (max(block, c.Since) - c.Since) / c.Blocks, block >= c.Since
}

// Begins returns the block with which an epoch begins.
func (c *Challenges) Begins(epoch uint64) uint64 { return c.Since + epoch*c.Blocks }

// leastSlash is below what no chain may go.
const leastSlash = FeeBase / 10

// bond is what a liar loses at least.
func (n Network) bond() Amount { return n.Taken(n.MinStake) }

// Taken is what a conviction takes of a stake, at least.
func (n Network) Taken(stake Amount) Amount {
	hi, lo := bits.Mul64(uint64(stake), uint64(max(n.Slash, leastSlash)))
	q, _ := bits.Div64(hi, lo, FeeBase)
	return Amount(q)
}

// ID is the network id: the digest of the encoded manifest.
func (n Network) ID() poc.Hash { return poc.BlockHash(poc.MustEncode(n)) }
