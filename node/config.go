package node

import (
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	"gpumesh/gpu/guard"
	"gpumesh/market"
	"gpumesh/p2p"
	"gpumesh/poc"
)

// Reach says whom a node can meet.
type Reach string

const (
	ReachLoopback Reach = "loopback" // other nodes on this machine
	ReachLAN      Reach = "lan"      // also nodes with private addresses; mDNS may find them
	ReachInternet Reach = "internet" // public addresses only; private ones are never told to anybody
)

// Sandbox says how far a process must be confined that runs strangers' programs.
type Sandbox string

const (
	SandboxBest Sandbox = "best" // as far as the machine's kernel can
	SandboxFull Sandbox = "full" // fully, and else not at all
	SandboxAny  Sandbox = "any"  // as far as the driver bears it: one that is not found under Landlock runs without
)

// Config is the local configuration of a node. Start from Defaults; the zero value is not valid.
type Config struct {
	// Dir holds everything that the node keeps: key and api.token (mode 0600), network.json, db/, blocks/ and scratch/.
	Dir string `json:"dir" yaml:"dir"`
	// Listen holds the multiaddrs to listen on.
	Listen []string `json:"listen" yaml:"listen"`
	// Bootstrap holds multiaddrs ending in /p2p/<id> of nodes to find the network through.
	Bootstrap []string `json:"bootstrap" yaml:"bootstrap"`
	// Reach says which addresses are dialled and told to others.
	Reach Reach `json:"reach" yaml:"reach"`
	// MDNS finds nodes on the local network segment; it needs reach loopback or lan.
	MDNS bool `json:"mdns" yaml:"mdns"`
	// API is the loopback address of the API, host:port; port 0 picks a free one.
	API string `json:"api" yaml:"api"`
	// Network is the manifest of the network that the node belongs to.
	Network market.Network `json:"network" yaml:"network"`
	// Provider says what this node sells.
	Provider Provider `json:"provider" yaml:"provider"`
	// Stake is what a provider puts at stake when it registers.
	Stake market.Amount `json:"stake" yaml:"stake"`
	// Device is the device that programs run on: auto, webgpu, eval, or webgpu: and a part of an adapter's name.
	Device string `json:"device" yaml:"device"`
	// WorkerCommand is the argv that starts the worker process.
	WorkerCommand []string `json:"workerCommand" yaml:"workerCommand"`
	// Guard protects the machine of a provider: what its owner allows programs to do to it, and when.
	Guard guard.Limits `json:"guard" yaml:"guard"`
	// Checkpoints says what is kept of unfinished executions.
	Checkpoints Saving `json:"checkpoints" yaml:"checkpoints"`
	// Claims says when a claim is worth its gas.
	Claims Claims `json:"claims" yaml:"claims"`
	// Court says what this node does about wrong results that no certificate contradicts.
	Court Court `json:"court" yaml:"court"`
	// Rewards says what this node claims from the network's pool, if it has one.
	Rewards Rewards `json:"rewards" yaml:"rewards"`
	// Sensors is a directory with sys, proc and dev, from which the sensors are read; empty: those of the machine.
	Sensors string `json:"sensors,omitempty" yaml:"sensors,omitempty"`
	// Data are data sets that this node trains on for others, by the names under which it advertises them. They never leave it.
	Data map[string]Data `json:"data,omitempty" yaml:"data,omitempty"`
	// Storage is the quota of the content store in bytes.
	Storage int64 `json:"storage" yaml:"storage"`
	// Fault makes the node misbehave on purpose. It is for tests and demonstrations.
	Fault Fault `json:"fault,omitempty" yaml:"fault,omitempty"`
}

// Saving is what is kept of unfinished executions, so that a pause or a crash does not cost what was computed.
type Saving struct {
	Room  int64         `json:"room" yaml:"room"`   // bytes on disk, for all of them; what needs more is not kept; 0: a quarter of what is free when the node starts
	Every time.Duration `json:"every" yaml:"every"` // at least so long between two checkpoints of an execution
}

// Provider is what a node sells, and for how much.
type Provider struct {
	Enabled   bool          `json:"enabled" yaml:"enabled"`
	Slots     uint32        `json:"slots" yaml:"slots"`         // programs at once; 1, because owners never share a device
	Floor     market.Amount `json:"floor" yaml:"floor"`         // least ask per replica
	Rate      market.Amount `json:"rate" yaml:"rate"`           // per second of estimated run time
	Surge     uint32        `json:"surge" yaml:"surge"`         // percent of floor and rate up to which demand raises them; 100: never
	MaxQueue  uint32        `json:"maxQueue" yaml:"maxQueue"`   // replicas waiting or running before the node declines
	MaxMemory uint64        `json:"maxMemory" yaml:"maxMemory"` // bytes of device memory for one task; 0: what the device has, see DeviceMemory
	MaxInput  uint64        `json:"maxInput" yaml:"maxInput"`   // bytes of all inputs of one job
	Sandbox   Sandbox       `json:"sandbox" yaml:"sandbox"`     // without which it runs nobody's programs
	// SharesDevice lets other nodes of this machine, and so their owners, be on the GPU at the same time. It is for tests.
	SharesDevice bool `json:"sharesDevice,omitempty" yaml:"sharesDevice,omitempty"`
	// Capacity is what it claims of its device where the network has challenges; zero: what it measures.
	Capacity poc.Capacity `json:"capacity,omitzero" yaml:"capacity,omitempty"`
}

// Defaults returns the configuration of a node that buys on the public network and sells nothing. Dir and Network.Chain
// must still be set.
func Defaults() Config {
	return Config{
		Listen:  p2p.DefaultConfig().Listen,
		Reach:   ReachInternet,
		API:     "127.0.0.1:7741",
		Network: market.DefaultNetwork(),
		Provider: Provider{
			Slots: 1, Floor: market.NLOV / 100, Rate: market.NLOV / 10, Surge: 400, MaxQueue: 256, MaxInput: 4 << 30, Sandbox: SandboxBest,
		},
		Stake:       100 * market.NLOV,
		Device:      "auto",
		Guard:       guard.Defaults(),
		Court:       Court{Accuse: true},
		Rewards:     Rewards{Claim: true, Least: market.NLOV},
		Checkpoints: Saving{Every: 30 * time.Second},
		Storage:     p2p.DefaultLimits().Store,
	}
}

// Validate lists every field that is not usable, with its value.
func (c Config) Validate() error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if c.Dir == "" {
		bad("dir is empty; name the directory in which the node keeps its data")
	}
	switch c.Reach {
	case ReachLoopback, ReachLAN, ReachInternet:
	default:
		bad("reach is %q, want loopback, lan or internet", c.Reach)
	}
	if c.MDNS && c.Reach == ReachInternet {
		bad("mdns is on and reach is internet; peers on the local network have private addresses, so it needs reach lan")
	}
	if host, _, err := net.SplitHostPort(c.API); err != nil {
		bad("api is %q, want host:port such as 127.0.0.1:7741", c.API)
	} else if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		bad("api is %q, want a loopback address such as 127.0.0.1:7741; the API is never open to a network", c.API)
	}
	if adapter, ok := strings.CutPrefix(c.Device, "webgpu:"); ok && adapter == "" || !ok && !slices.Contains([]string{"auto", "webgpu", "eval"}, c.Device) {
		bad("device is %q, want auto, webgpu, eval, or webgpu: and a part of an adapter's name", c.Device)
	}
	switch c.Fault {
	case NoFault, FaultLie, FaultCopy, FaultNoReveal, FaultVanish, FaultSlow, FaultGarbage, FaultPerturb, FaultDistort, FaultLazy, FaultPoison:
	default:
		bad("fault is %q, want nothing or one of %s", c.Fault, strings.Join(faultNames(), ", "))
	}
	if c.Storage < 64<<20 {
		bad("storage is %d bytes, want at least %d", c.Storage, 64<<20)
	}
	if err := c.Guard.Validate("guard."); err != nil {
		errs = append(errs, err)
	}
	if s := c.Checkpoints; s.Room < 0 || s.Room > 1<<50 {
		bad("checkpoints.room is %d bytes, want 0 to %d", s.Room, int64(1)<<50)
	}
	if s := c.Checkpoints; s.Every < 100*time.Millisecond || s.Every > 24*time.Hour {
		bad("checkpoints.every is %v, want 100ms to 24h", s.Every)
	}
	c.Claims.validate(bad)
	validateData(c.Data, bad)
	if c.Sensors != "" {
		if s, err := os.Stat(c.Sensors); err != nil || !s.IsDir() {
			bad("sensors is %q, which is no directory", c.Sensors)
		}
	}
	if p := c.Provider; p.Enabled {
		if p.Slots != 1 {
			bad("provider.slots is %d, want 1: a device runs one program at a time, so that two owners never share it", p.Slots)
		}
		if p.MaxQueue < 1 || p.MaxQueue > 1<<16 {
			bad("provider.maxQueue is %d, want 1 to %d", p.MaxQueue, 1<<16)
		}
		if p.Surge < 100 || p.Surge > market.MaxSurge {
			bad("provider.surge is %d percent, want 100 (prices that demand does not move) to %d", p.Surge, market.MaxSurge)
		}
		if p.Sandbox != SandboxBest && p.Sandbox != SandboxFull && p.Sandbox != SandboxAny {
			bad("provider.sandbox is %q, want best, full or any", p.Sandbox)
		}
		if p.MaxMemory != 0 && p.MaxMemory < 1<<20 {
			bad("provider.maxMemory is %d bytes, want at least %d, or 0 for what the device has", p.MaxMemory, 1<<20)
		}
		if p.MaxInput == 0 || p.MaxInput > market.MaxTotal {
			bad("provider.maxInput is %d bytes, want 1 to %d", p.MaxInput, uint64(market.MaxTotal))
		}
		if p.Rate == 0 && p.Floor == 0 {
			bad("provider.floor and provider.rate are both 0; nobody works for nothing")
		}
		if c.Stake < c.Network.MinStake {
			bad("stake is %v, want at least the network's %v; a provider with less is never drawn", c.Stake, c.Network.MinStake)
		}
	}
	if err := c.Network.Validate(); err != nil {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// hostConfig is what p2p must know.
func (c Config) hostConfig() p2p.Config {
	h := p2p.DefaultConfig()
	if c.Reach == ReachLoopback {
		h = p2p.LoopbackConfig()
	}
	h.AllowPrivate = c.Reach != ReachInternet
	h.Network = c.Network.Name + "-" + c.Network.ID().Short()
	h.Listen, h.Bootstrap, h.MDNS = c.Listen, c.Bootstrap, c.MDNS
	h.Limits.Store = c.Storage
	return h
}
