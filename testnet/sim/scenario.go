package sim

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"slices"
	"time"

	"github.com/goccy/go-yaml"

	"gpumesh/market"
	"gpumesh/node/chain"
	"gpumesh/poc"
)

// Scenario is one experiment. Zero fields take the defaults of DefaultScenario.
type Scenario struct {
	Name  string `yaml:"name"`
	About string `yaml:"about"` // what it shows, one sentence
	Seed  uint64 `yaml:"seed"`

	Nodes    int      `yaml:"nodes"`
	Duration Duration `yaml:"duration"` // simulated time after which the run ends, whatever is left

	Jobs    Jobs    `yaml:"jobs"`
	Terms   Terms   `yaml:"terms"`
	Market  Market  `yaml:"market"`
	Policy  Policy  `yaml:"policy"`
	Network Network `yaml:"network"`
	Churn   Churn   `yaml:"churn"`

	SpeedSpread float64       `yaml:"speedSpread"` // fastest over slowest device; speeds are spread evenly in logarithm
	Stake       float64       `yaml:"stake"`       // the least stake, in bounds on the pay for one replica of a unit: in the most that one lie can gain
	StakeShape  float64       `yaml:"stakeShape"`  // Pareto shape of stakes above the least; 0: all have the least
	Slash       float64       `yaml:"slash"`       // share of the stake that a proven lie costs
	Known       uint64        `yaml:"known"`       // replicas that every node was paid for before
	Strangers   bool          `yaml:"strangers"`   // of the nodes only the honest are known: who always cheats was never paid
	Value       float64       `yaml:"value"`       // of a right task to its owner, in prices
	Spam        float64       `yaml:"spam"`        // messages of each kind that a spammer sends in a second
	Price       market.Amount `yaml:"price"`       // what a provider asks for one task of a device of median speed

	// Scheme is who verifies: empty for Proof of Computation as nodes run it, or "boinc" for a server with adaptive replication,
	// for comparison.
	Scheme string `yaml:"scheme"`

	// Strategies gives the percentage of nodes that follow each dishonest strategy; see the file strategy.go.
	Strategies map[string]float64 `yaml:"strategies"`

	// May names the strategies that may earn more than honest work here, and why; see Result.Profiteers.
	May map[string]string `yaml:"may"`

	// Idle names the strategies of which no node may get to act here, and why; see Result.Idle.
	Idle map[string]string `yaml:"idle"`

	// Percents repeats the experiment with the strategies' shares scaled so that those of providers sum up to each, and those of eclipsed providers, and those of owners;
	// Alone with one strategy at a time.
	Percents []float64 `yaml:"percents"`
	Alone    bool      `yaml:"alone"`

	// Repeat runs it in so many networks that share nothing, with one seed after the other, and shows what all of them show together: for what
	// is rare. The first has the seed of the scenario.
	Repeat int `yaml:"repeat"`

	Check Check `yaml:"check"`

	Rewards Rewards `yaml:"rewards"`

	// Challenge is an experiment of its own, without jobs; see RunChallenge.
	Challenge *Challenge `yaml:"challenge"`

	// Expect is what each run must keep; see Result.Judge.
	Expect Expect `yaml:"expect"`

	without string // name of the run that this one is compared with; empty: none

	deploy func(*chain.FakeConfig) // changes the terms of the ledger, and not what is known of them; tests set it
}

// Expand returns the runs of the experiment.
func (s Scenario) Expand() []Scenario {
	if s.Expect.relative() && s.without == "" {
		none := s.honest()
		s.without = none.Name
		return append([]Scenario{none}, s.Expand()...)
	}
	sets := []map[string]float64{s.Strategies}
	if s.Alone {
		sets = nil
		for _, name := range slices.Sorted(maps.Keys(s.Strategies)) {
			sets = append(sets, map[string]float64{name: s.Strategies[name]})
		}
	}
	if len(s.Percents) == 0 && !s.Alone {
		return []Scenario{s}
	}
	percents := s.Percents
	if len(percents) == 0 {
		percents = []float64{0}
	}
	var out []Scenario
	for _, set := range sets {
		total := map[part]float64{}
		for name, share := range set {
			total[strategies[name].part()] += share
		}
		for _, percent := range percents {
			run := s
			run.Percents, run.Alone, run.Strategies, run.May = nil, false, map[string]float64{}, map[string]string{}
			for name, share := range set {
				if why, may := s.May[name]; may {
					run.May[name] = why
				}
				if run.Strategies[name] = share; percent > 0 {
					run.Strategies[name] = percent * share / total[strategies[name].part()]
				}
				if s.Alone {
					run.Name += "-" + name
				}
			}
			if percent > 0 {
				run.Name += fmt.Sprintf("-%g", percent)
			}
			out = append(out, run)
		}
	}
	return out
}

// part is of which nodes a strategy's share is counted: owners, providers, or of those the ones that others deceive.
type part struct{ owner, victim bool }

func (s strategy) part() part { return part{s.owner, s.victim && !s.owner} }

// Jobs is the load.
type Jobs struct {
	Count    int      `yaml:"count"`
	Tasks    int      `yaml:"tasks"`  // of one job
	Batch    int      `yaml:"batch"`  // tasks that are verified and paid as one unit
	Owners   int      `yaml:"owners"` // nodes that submit, in turn
	Every    Duration `yaml:"every"`  // mean time between two jobs
	Deadline Duration `yaml:"deadline"`
	Seconds  float64  `yaml:"seconds"` // that one task takes on a device of median speed
	Loads    []Demand `yaml:"loads"`   // instead of one owner after the other
}

// Policy is the redundancy that every job asks for.
type Policy struct {
	Replicas    uint32 `yaml:"replicas"`
	Quorum      uint32 `yaml:"quorum"`
	MaxReplicas uint32 `yaml:"maxReplicas"`
	Standby     uint32 `yaml:"standby"`
	Panel       uint32 `yaml:"panel"` // seats of an award

	// Compare is the tier in which results are compared: exact by default, class-exact, tolerance or proof.
	Compare string `yaml:"compare"`

	// MaxError is the share of wrong results that is accepted; then Replicas to Standby follow from it, for the given share of Dishonest nodes.
	MaxError  float64 `yaml:"maxError"`
	Dishonest float64 `yaml:"dishonest"`
}

// Network is how messages travel.
type Network struct {
	Latency    Duration    `yaml:"latency"` // median, one way
	Spread     float64     `yaml:"spread"`  // standard deviation of the logarithm of the latency
	Loss       float64     `yaml:"loss"`    // probability that a message is lost; reliable ones are sent again
	Block      Duration    `yaml:"block"`   // of the chain
	Skew       Duration    `yaml:"skew"`    // clocks are off by at most this much, either way
	Partitions []Partition `yaml:"partitions"`
	Eclipsed   int         `yaml:"eclipsed"` // owners that hear dishonest nodes only, but for one message in so many as Hears says
	Hears      int         `yaml:"hears"`    // one message in so many gets through between who is eclipsed and who is not dishonest
	Lease      Duration    `yaml:"lease"`    // that a silent hold lives
}

// Partition cuts a share of the nodes off from the rest for a while.
type Partition struct {
	At    Duration `yaml:"at"`
	For   Duration `yaml:"for"`
	Share float64  `yaml:"share"`
}

// Churn is how nodes come and go: sessions from a Pareto distribution. A node that comes back restores its machine.
type Churn struct {
	Session Duration `yaml:"session"` // mean; 0: nobody leaves
	Shape   float64  `yaml:"shape"`
	Away    Duration `yaml:"away"` // mean, exponential
}

// Check says how thoroughly machines are compared with their restored copies.
type Check struct {
	Restore float64 `yaml:"restore"` // probability of the comparison after a step that persists something
	Replay  bool    `yaml:"replay"`  // every message is shown to a second network, which must refuse it
	Crash   float64 `yaml:"crash"`   // probability that a node dies after it has written a step, and comes back from what it wrote
}

// Duration is a time.Duration in the form of time.ParseDuration.
type Duration time.Duration

// UnmarshalText parses a duration such as 1h30m.
func (d *Duration) UnmarshalText(b []byte) error {
	v, err := time.ParseDuration(string(b))
	*d = Duration(v)
	return err
}

func (d Duration) millis() poc.Millis { return poc.Millis(time.Duration(d).Milliseconds()) }

// DefaultScenario is a small honest network with a plain quorum of two out of three.
func DefaultScenario() Scenario {
	return Scenario{
		Seed: 1, Repeat: 1, Nodes: 100, Duration: Duration(4 * time.Hour),
		Jobs: Jobs{
			Count: 20, Tasks: 50, Batch: 1, Owners: 5, Every: Duration(5 * time.Second), Deadline: Duration(30 * time.Minute), Seconds: 1,
		},
		Policy:      Policy{Replicas: 3, Quorum: 2, MaxReplicas: 7, Standby: 6, Panel: 16},
		Network:     Network{Latency: Duration(60 * time.Millisecond), Spread: 0.5, Block: Duration(2 * time.Second), Hears: 5, Lease: Duration(time.Minute)},
		Churn:       Churn{Shape: 1.5, Away: Duration(2 * time.Minute)},
		SpeedSpread: 10, Price: market.NLOV / 1000, Stake: 10, Slash: 1, Value: 20, Spam: 10,
		Check: Check{Restore: 0.0005},
	}
}

// Load reads a scenario file.
func Load(path string) (Scenario, error) {
	f, err := os.Open(path)
	if err != nil {
		return Scenario{}, err
	}
	defer f.Close()
	const most = 1 << 16
	b, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return Scenario{}, err
	}
	if len(b) > most {
		return Scenario{}, fmt.Errorf("%s: a scenario file has at most %d bytes", path, most)
	}
	s := DefaultScenario()
	if err := yaml.NewDecoder(bytes.NewReader(b), yaml.Strict()).Decode(&s); err != nil {
		return Scenario{}, fmt.Errorf("%s: %w", path, err)
	}
	if err := s.Validate(); err != nil {
		return Scenario{}, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}

// Validate lists every field that is out of range.
func (s Scenario) Validate() error {
	var errs []error
	need := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	share := func(x float64) bool { return x >= 0 && x <= 1 }
	need(s.Name != "", "name is missing")
	need(s.Nodes >= 3 && s.Nodes <= 100_000, "nodes is %d, want 3 to 100000", s.Nodes)
	need(s.Duration > 0, "duration is not positive")
	need(s.Repeat >= 1 && s.Repeat <= 10_000, "repeat is %d, want 1 to 10000", s.Repeat)
	need(s.Repeat == 1 || s.Challenge == nil && s.Rewards == (Rewards{}) && len(s.Jobs.Loads) == 0, "repeat: challenges, rewards and loads are shown of one network")
	j := s.Jobs
	need(j.Count > 0 && j.Tasks > 0 && j.Tasks <= 4096, "jobs.count and jobs.tasks are %d and %d, want at least 1, and at most 4096 tasks", j.Count, j.Tasks)
	need(s.Policy.Compare == "" || j.Batch == 1, "jobs.batch is %d, and results that are compared as %s are units of their own", j.Batch, s.Policy.Compare)
	need(j.Batch > 0 && j.Tasks%max(j.Batch, 1) == 0, "jobs.batch is %d, want a divisor of the %d tasks", j.Batch, j.Tasks)
	if _, err := s.policy(); err != nil {
		errs = append(errs, fmt.Errorf("policy: %w", err))
	}
	need(j.Owners > 0 && j.Owners <= s.Nodes, "jobs.owners is %d, want 1 to %d", j.Owners, s.Nodes)
	need(j.Every > 0 && j.Deadline > 0 && j.Seconds > 0, "jobs.every, jobs.deadline and jobs.seconds must be positive")
	errs = append(errs, s.Terms.validate(), s.Market.validate(s.Jobs))
	need(s.SpeedSpread >= 1, "speedSpread is %g, want at least 1", s.SpeedSpread)
	need(s.Stake > 0, "stake is %g, want more than 0", s.Stake)
	need(s.Slash >= 0.1 && s.Slash <= 1, "slash is %g, want 0.1 to 1", s.Slash)
	need(s.StakeShape == 0 || s.StakeShape > 1, "stakeShape is %g, want more than 1, or 0", s.StakeShape)
	need(s.Price > 0, "price is 0")
	need(s.Spam >= 0.01 && s.Spam <= 1000, "spam is %g, want 0.01 to 1000", s.Spam)
	need(s.Value >= 0, "value is %g, want 0 or more", s.Value)
	n := s.Network
	need(n.Lease > 0, "network.lease is not positive")
	need(n.Latency > 0 && n.Block > 0 && n.Skew >= 0 && n.Spread >= 0, "network: latency and block must be positive, skew and spread not negative")
	need(n.Loss >= 0 && n.Loss < 1, "network.loss is %g, want 0 to below 1", n.Loss)
	need(n.Eclipsed >= 0 && n.Eclipsed <= j.Owners, "network.eclipsed is %d, want at most the %d owners", n.Eclipsed, j.Owners)
	need(n.Hears >= 1, "network.hears is %d, want 1 or more", n.Hears)
	for _, p := range n.Partitions {
		need(p.At >= 0 && p.For > 0 && share(p.Share), "network.partitions: at is not negative, for is positive, share is 0 to 1")
	}
	need(s.Churn.Session == 0 || s.Churn.Shape > 1 && s.Churn.Away > 0, "churn: shape is over 1 and away positive")
	need(share(s.Check.Restore), "check.restore is %g, want 0 to 1", s.Check.Restore)
	need(share(s.Check.Crash), "check.crash is %g, want 0 to 1", s.Check.Crash)
	need(s.Scheme == "" || j.Batch == 1, "jobs.batch is %d, and only the market has batches", j.Batch)
	parts := map[part]bool{} // of providers: those that deceive and those that are deceived
	for name := range s.Strategies {
		if part := strategies[name].part(); !part.owner {
			parts[part] = true
		}
	}
	most := 100.0
	if len(parts) == 2 && !s.Alone {
		most = 50
	}
	for _, x := range s.Percents {
		need(x > 0 && x <= most, "percents holds %g, want over 0 to %g", x, most)
	}
	need(s.Scheme == "" || s.Scheme == "boinc", "scheme is %q, want boinc or nothing", s.Scheme)
	errs = append(errs, s.Rewards.validate(s.Challenge != nil), s.Expect.validate(s))
	need(s.Scheme == "" || s.Rewards == (Rewards{}), "rewards: a server pays none")
	if s.Challenge != nil {
		errs = append(errs, s.Challenge.validate(s.Nodes))
	}
	total := map[bool]float64{} // of owners, and of providers
	for _, name := range slices.Sorted(maps.Keys(s.Strategies)) {
		act, known := strategies[name]
		need(s.Scheme == "" || act.lie != nil || act.bystander, "strategies: on a server there is no %s, as it can only lie or not", name)
		need(known, "strategies: %q is unknown; there are %v", name, slices.Sorted(maps.Keys(strategies)))
		need(s.Strategies[name] >= 0, "strategies: %s is negative", name)
		if total[act.owner] += s.Strategies[name]; s.Alone {
			total[act.owner] = s.Strategies[name]
		}
		need(total[act.owner] <= 100, "strategies: %g %% of the nodes is more than all", total[act.owner])
	}
	for _, field := range []struct {
		name string
		of   map[string]string
	}{{"may", s.May}, {"idle", s.Idle}} {
		for _, name := range slices.Sorted(maps.Keys(field.of)) {
			_, known := s.Strategies[name]
			need(known, "%s: %s is none of the strategies", field.name, name)
			need(field.of[name] != "", "%s: it does not say why %s may", field.name, name)
		}
	}
	return errors.Join(errs...)
}

// Beyond says that more providers are dishonest than the policy assumes, so that nothing is promised, or is empty.
func (s Scenario) Beyond() string {
	dishonest := 0.0
	for name, percent := range s.Strategies {
		if act := strategies[name]; !act.owner && !act.bystander && !act.victim {
			dishonest += percent
		}
	}
	if s.Policy.MaxError == 0 || s.Scheme != "" || dishonest <= 100*s.Policy.Dishonest+1e-6 { // sums of shares are rounded
		return ""
	}
	return fmt.Sprintf("more dishonest than assumed: %.3g %% instead of %.3g %%", dishonest, 100*s.Policy.Dishonest)
}

// policy is what every job asks for.
func (s Scenario) policy() (poc.Policy, error) {
	p := s.Policy
	out := poc.Policy{
		Replicas: p.Replicas, Quorum: p.Quorum, MaxReplicas: p.MaxReplicas, Standby: p.Standby, MaxError: uint32(math.Round(p.MaxError * poc.MaxErrorUnit)),
	}
	if p.Compare != "" {
		tier, err := poc.ParseTier(p.Compare)
		if err != nil {
			return out, err
		}
		out.Compare.Tier = tier
	}
	dishonest := int(math.Round(1000 * p.Dishonest))
	switch {
	case out.MaxError == 0:
		return out, out.Validate()
	case out.Compare.Tier == poc.Proof:
		return poc.ForProof(out.MaxError, dishonest)
	case out.Compare.Tier != poc.Exact:
		return poc.ForQuorum(out.Compare.Tier, out.MaxError, dishonest)
	}
	return poc.ForRisk(out.MaxError, dishonest)
}

// manifest is the network that the scenario's nodes form.
func (s Scenario) manifest() market.Network {
	n := market.DefaultNetwork()
	n.Name, n.Chain = "sim", "fake"
	n.MaxPanel = s.Policy.Panel
	n.AdInterval, n.AdTTL = 30*60_000, 90*60_000
	n.LeaseTTL = s.Network.Lease.millis()
	n.MinStake, n.Slash = market.Amount(s.Stake*float64(s.maxPrice())), uint32(math.Round(s.Slash*market.FeeBase))
	n.MinReplicas, n.MaxReplicas = 1, poc.MaxPaid
	n.MaxTasks, n.MaxBatch = 4096, 4096
	if s.Rewards != (Rewards{}) {
		r := s.Rewards.params()
		n.Rewards, n.Challenge = &r, market.DefaultChallenges(0, 100, 24)
		n.Challenge.Floor = poc.Capacity{Memory: 1 << 62, Speed: 1 << 62} // nobody needs to be vouched for
	}
	return n
}

// maxPrice is what owners pay for one replica of a unit at most.
func (s Scenario) maxPrice() market.Amount {
	return market.Amount(cmp.Or(s.Market.MaxPrice, 2) * float64(s.Price) * float64(s.Jobs.Batch))
}
