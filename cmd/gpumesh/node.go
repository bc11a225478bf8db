package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"gpumesh/gpu"
	"gpumesh/gpu/guard"
	"gpumesh/gpu/worker"
	"gpumesh/node"
	"gpumesh/node/api"
	"gpumesh/node/chain/evm"
	"gpumesh/node/home"
)

// anyMemory is more than any device has: what it has is known once it is open, and a node lends no more.
const anyMemory = 1 << 46

// lockDir is where nodes of this user say which GPU they have; empty: they share it, or the user has no directory of that kind.
func lockDir(shared bool) string {
	dir, err := os.UserCacheDir()
	if shared || err != nil {
		return ""
	}
	return filepath.Join(dir, "gpumesh", "locks")
}

// dialTimeout bounds the first contact with the chain.
const dialTimeout = 30 * time.Second

func (a *app) nodeCommand() *cobra.Command {
	var dir, config, level, fault string
	var listen, bootstrap []string
	var apiAddress, device, reach string
	var provide bool
	var limits guardFlags
	cmd := &cobra.Command{
		Use: "node", Short: "Run a node", Args: exactly(),
		Long: `Runs a node until it is interrupted. Its directory must hold network.json and chain.json, which say what network it belongs to:
copy them from another node of that network. A file config.yaml there, or --config, holds local settings; flags go before it.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			if dir == "" {
				if dir, err = baseDir(); err != nil {
					return err
				}
			}
			log, err := logger(a.err, level)
			if err != nil {
				return err
			}
			cfg, err := nodeConfig(dir, config)
			if err != nil {
				return err
			}
			changed := cmd.Flags().Changed
			if changed("listen") {
				cfg.Listen = listen
			}
			if changed("bootstrap") {
				cfg.Bootstrap = bootstrap
			}
			if changed("api") {
				cfg.API = apiAddress
			}
			if changed("provide") {
				cfg.Provider.Enabled = provide
			}
			if changed("device") {
				cfg.Device = device
			}
			if changed("reach") {
				cfg.Reach = node.Reach(reach)
			}
			if changed("fault") {
				cfg.Fault = node.Fault(fault)
			}
			if err := limits.apply(cmd, &cfg); err != nil {
				return err
			}
			return a.runNode(cmd.Context(), cfg, log)
		},
	}
	f := cmd.Flags()
	f.StringVar(&dir, "dir", "", "directory of the node (default $GPUMESH_DIR or ~/.gpumesh)")
	f.StringVar(&config, "config", "", "settings (default config.yaml in the directory)")
	f.StringSliceVar(&listen, "listen", nil, "multiaddrs to listen on")
	f.StringSliceVar(&bootstrap, "bootstrap", nil, "multiaddrs of nodes to find the network through")
	f.StringVar(&apiAddress, "api", "", "loopback address of the API")
	f.BoolVar(&provide, "provide", false, "sell GPU time")
	f.StringVar(&device, "device", "", "auto, webgpu, eval, or webgpu:NAME with a part of an adapter's name")
	f.StringVar(&reach, "reach", "", "loopback, lan or internet: whom the node can meet")
	f.StringVar(&level, "log-level", "info", "debug, info, warn or error")
	f.StringVar(&fault, "fault", "", "misbehave on purpose, for tests")
	_ = f.MarkHidden("fault") // fails only when the flag does not exist
	limits.add(cmd)
	return cmd
}

func logger(w interface{ Write([]byte) (int, error) }, level string) (*slog.Logger, error) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		return nil, usagef("--log-level is %q; it must be debug, info, warn or error", level)
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: l})), nil
}

// nodeConfig reads the settings of the node in dir.
func nodeConfig(dir, config string) (node.Config, error) {
	cfg := node.Defaults()
	cfg.Dir = dir
	network, err := home.ReadNetwork(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return cfg, fmt.Errorf("%s holds no %s, so the node belongs to no network; copy %s and %s from a node of the network to join, or start a local one with gpumesh testnet up",
			dir, home.NetworkFile, home.NetworkFile, home.ChainFile)
	}
	if err != nil {
		return cfg, err
	}
	cfg.Network = network
	path := config
	if path == "" {
		path = filepath.Join(dir, home.ConfigFile)
	}
	cfg, err = home.ReadConfig(path, cfg)
	if config == "" && errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		return cfg, err
	}
	if len(cfg.WorkerCommand) == 0 {
		self, err := os.Executable()
		if err != nil {
			return cfg, err
		}
		cfg.WorkerCommand = []string{self, workerCommand}
	}
	return cfg, nil
}

// settlement connects the account in dir to its chain.
func (a *app) settlement(ctx context.Context, dir string, log *slog.Logger) (*evm.Client, error) {
	c, err := home.ReadChain(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s holds no %s, which says where the chain is; copy it from a node of the same network", dir, home.ChainFile)
	}
	if err != nil {
		return nil, err
	}
	key, err := a.accountKey(dir, log)
	if err != nil {
		return nil, fmt.Errorf("the account's key: %w", err)
	}
	network, err := home.ReadNetwork(dir)
	if err != nil {
		return nil, err
	}
	cfg, err := c.Client(key, network.Chain, log)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	return evm.Dial(ctx, cfg)
}

// runner lets a node use a worker pool.
type runner struct{ *worker.Pool }

func (r runner) RunFrom(ctx context.Context, e node.Execution, c node.Checkpoints) (*gpu.Result, error) {
	return r.Pool.RunFrom(ctx, worker.Request(e), worker.Checkpoints(c))
}

func (r runner) Replay(ctx context.Context, e node.Execution, leaf, at int, memory string) (*gpu.Replay, error) {
	return r.Pool.Replay(ctx, worker.Request(e), leaf, at, memory)
}

func (r runner) Decide(ctx context.Context, e node.Execution, leaf, at int, before [][32]byte, memory string) ([][32]byte, error) {
	return r.Pool.Decide(ctx, worker.Request(e), leaf, at, before, memory)
}

func (r runner) Confined(ctx context.Context) (bool, error) {
	s, err := r.Sandbox(ctx)
	return s.Full(), err
}

// confine asks for the sandbox that an owner wants.
func confine(c worker.Config, level node.Sandbox) worker.Config {
	c.RequireSandbox, c.KeepLandlock = level == node.SandboxFull, level != node.SandboxAny
	return c
}

// runNode opens what a node stands on, from the ground up, and runs it until ctx ends.
func (a *app) runNode(ctx context.Context, cfg node.Config, log *slog.Logger) (err error) {
	if err := cfg.Validate(); err != nil {
		return fmt.Errorf("the settings of the node: %w", oneLine(err))
	}
	later := func(what string, f func() error) {
		if cerr := f(); cerr != nil && err == nil {
			err = fmt.Errorf("%s: %w", what, cerr)
		}
	}
	chain, err := a.settlement(ctx, cfg.Dir, log)
	if err != nil {
		return err
	}
	defer later("close the chain", chain.Close)
	fee, err := chain.FeeBps(ctx)
	if err != nil {
		return err
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	deps := node.Deps{Settlement: chain, Log: log, Metrics: registry}
	referee, err := worker.New(confine(worker.Config{Command: cfg.WorkerCommand, Device: "eval", Private: []string{cfg.Dir}, Log: log}, cfg.Provider.Sandbox)) // starts when it is needed
	if err != nil {
		return err
	}
	defer later("stop the referee", referee.Close)
	deps.Referee = runner{referee}
	if cfg.Provider.Enabled {
		memory := uint64(anyMemory)
		if m := cfg.Provider.MaxMemory; m > 0 {
			memory = m + node.RunningMemory
		}
		pool, err := worker.New(confine(worker.Config{
			Command: cfg.WorkerCommand, Device: cfg.Device, DeviceMemory: memory, Private: []string{cfg.Dir},
			Locks: lockDir(cfg.Provider.SharesDevice), Spare: true, Quarantine: filepath.Join(cfg.Dir, quarantineFile), Log: log,
		}, cfg.Provider.Sandbox))
		if err != nil {
			return err
		}
		defer later("stop the worker", pool.Close)
		deps.Runner = runner{pool}
		deps.Sensors = func(i gpu.Info) node.Sensors { return guard.Open(guard.Options{Adapter: i, Root: cfg.Sensors}) }
	}
	n, err := node.New(ctx, cfg, deps)
	if err != nil {
		return err
	}
	defer later("close the node", n.Close)
	server, err := api.Listen(cfg.API, api.Config{
		Node: n, Content: n.Content(), Network: cfg.Network, FeeBps: fee, Token: n.Token(), Gatherer: registry, Log: log,
	})
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return n.Run(ctx) })
	g.Go(func() error { return server.Run(ctx) })
	g.Go(func() error {
		e := home.Endpoint{PID: os.Getpid(), API: server.URL(), Peer: n.Peer().String(), Account: string(chain.Account()), Addresses: n.Addrs()}
		if err := home.WriteEndpoint(cfg.Dir, e); err != nil {
			return err
		}
		if err := a.announce(e); err != nil {
			return err
		}
		<-ctx.Done()
		return home.RemoveEndpoint(cfg.Dir)
	})
	return g.Wait()
}

// announce says that the node is ready: one line of JSON, or lines for people.
func (a *app) announce(e home.Endpoint) error {
	if a.json {
		return json.NewEncoder(a.out).Encode(e)
	}
	a.printf("peer     %s\naccount  %s\napi      %s\n", e.Peer, e.Account, e.API)
	for _, addr := range e.Addresses {
		a.printf("address  %s\n", addr)
	}
	return nil
}

// oneLine joins the lines of an error.
func oneLine(err error) error {
	var text []byte
	for _, c := range []byte(err.Error()) {
		if c == '\n' {
			text = append(text, "; "...)
			continue
		}
		text = append(text, c)
	}
	return errors.New(string(text))
}
