package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"connectrpc.com/connect"
	"github.com/natefinch/atomic"
	"github.com/spf13/cobra"

	"gpumesh/node/api"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/home"
	"gpumesh/testnet"
)

// stateFile says, in a testnet's directory, who runs it. It is there while the testnet is up.
const stateFile = "testnet.json"

// testnetState is the content of stateFile, and what the supervisor says when it is ready.
type testnetState struct {
	PID   int      `json:"pid"` // of the supervisor
	Chain string   `json:"chain"`
	Nodes []string `json:"nodes"` // API URLs
	Dirs  []string `json:"dirs"`
}

// advertiseTimeout bounds the wait for the first ads of a testnet.
const advertiseTimeout = 30 * time.Second

// downTimeout bounds the end of a testnet.
const downTimeout = 40 * time.Second

func (a *app) testnetCommand() *cobra.Command {
	cmd := group(&cobra.Command{Use: "testnet", Short: "Run a network on this machine"})
	var dir string
	var nodes int
	var devices, faults []string
	flags := func(c *cobra.Command) *cobra.Command {
		c.Flags().StringVar(&dir, "dir", "", "directory of the testnet (default ~/.gpumesh/testnet)")
		return c
	}
	start := func(c *cobra.Command) *cobra.Command {
		c.Flags().IntVar(&nodes, "nodes", 5, "number of nodes")
		c.Flags().StringArrayVar(&faults, "fault", nil, "make a node misbehave, as NUMBER=FAULT: lie, copy, noreveal, vanish, slow, garbage, perturb, distort, lazy or poison")
		c.Flags().StringArrayVar(&devices, "device", nil, "auto, webgpu, eval, lavapipe or swiftshader, and NUMBER=DEVICE for one node (default auto)")
		return flags(c)
	}
	where := func() (err error) {
		if dir == "" {
			dir, err = testnetDir()
		}
		if err == nil {
			dir, err = filepath.Abs(dir)
		}
		return err
	}
	cmd.AddCommand(
		start(&cobra.Command{
			Use: "up", Short: "Start a testnet in the background", Args: exactly(),
			RunE: func(cmd *cobra.Command, _ []string) error {
				if err := where(); err != nil {
					return err
				}
				if _, err := parseFaults(faults, nodes); err != nil {
					return err
				}
				if _, _, err := parseDevices(devices, nodes); err != nil {
					return err
				}
				args := []string{"testnet", "serve", "--dir", dir, "--nodes", strconv.Itoa(nodes)}
				for _, d := range devices {
					args = append(args, "--device", d)
				}
				for _, f := range faults {
					args = append(args, "--fault", f)
				}
				return a.testnetUp(cmd.Context(), dir, args)
			},
		}),
		start(&cobra.Command{
			Use: "serve", Short: "Run a testnet until it is interrupted", Args: exactly(), Hidden: true,
			RunE: func(cmd *cobra.Command, _ []string) error {
				if err := where(); err != nil {
					return err
				}
				f, err := parseFaults(faults, nodes)
				if err != nil {
					return err
				}
				all, some, err := parseDevices(devices, nodes)
				if err != nil {
					return err
				}
				return a.testnetServe(cmd.Context(), testnet.Options{Dir: dir, Nodes: nodes, Device: all, Devices: some, Faults: f})
			},
		}),
		flags(&cobra.Command{
			Use: "status", Short: "Show the running testnet", Args: exactly(),
			RunE: func(cmd *cobra.Command, _ []string) error {
				if err := where(); err != nil {
					return err
				}
				return a.testnetStatus(cmd.Context(), dir)
			},
		}),
		flags(&cobra.Command{
			Use: "down", Short: "Stop the running testnet", Args: exactly(),
			RunE: func(cmd *cobra.Command, _ []string) error {
				if err := where(); err != nil {
					return err
				}
				return a.testnetDown(cmd.Context(), dir)
			},
		}),
	)
	return cmd
}

// parseDevices returns the device of all nodes and those of some.
func parseDevices(list []string, nodes int) (all string, some map[int]string, err error) {
	some = map[int]string{}
	for _, text := range list {
		number, device, one := strings.Cut(text, "=")
		if !one {
			all, device = text, text
		} else if n, err := strconv.Atoi(number); err == nil && n >= 1 && n <= nodes && device != "" {
			some[n] = device
		} else {
			return "", nil, usagef("--device %s: it is given as DEVICE or, for one node, as NUMBER=DEVICE, with a number from 1 to %d", text, nodes)
		}
		if err := testnet.CheckDevice(device); errors.Is(err, testnet.ErrNoDriver) {
			return "", nil, err
		} else if err != nil {
			return "", nil, usagef("--device %s: %v", text, err)
		}
	}
	return all, some, nil
}

func parseFaults(list []string, nodes int) (map[int]string, error) {
	faults := map[int]string{}
	for _, f := range list {
		number, fault, _ := strings.Cut(f, "=")
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || n > nodes || fault == "" {
			return nil, usagef("--fault %s: it is given as NUMBER=FAULT, with a number from 1 to %d", f, nodes)
		}
		faults[n] = fault
	}
	if nodes < 1 || nodes > testnet.MaxNodes {
		return nil, usagef("--nodes is %d; it must be 1 to %d", nodes, testnet.MaxNodes)
	}
	return faults, nil
}

// self is the argv that starts this program again.
func self() ([]string, error) {
	path, err := os.Executable()
	return []string{path}, err
}

// testnetUp starts a supervisor in a session of its own and waits until it is ready.
func (a *app) testnetUp(ctx context.Context, dir string, args []string) error {
	if s, err := readState(dir); err == nil && s.alive() {
		return fmt.Errorf("a testnet is running in %s already; stop it with gpumesh testnet down --dir %s", dir, dir)
	}
	argv, err := self()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	log, err := os.OpenFile(filepath.Join(dir, "testnet.log"), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }() // the child has its own
	cmd := exec.Command(argv[0], args...)
	cmd.Stderr = log
	detach(cmd)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	line := make(chan []byte, 1)
	go func() {
		b, _ := bufio.NewReaderSize(out, 1<<20).ReadSlice('\n') // an incomplete line is not JSON
		line <- b
	}()
	var state testnetState
	select {
	case b := <-line:
		if err := json.Unmarshal(b, &state); err != nil {
			_ = cmd.Wait() // its log says more
			text, _ := os.ReadFile(log.Name())
			lines := strings.Split(strings.TrimSpace(string(text)), "\n")
			return fmt.Errorf("the testnet did not start: %s", strings.TrimPrefix(lines[len(lines)-1], "gpumesh: "))
		}
	case <-ctx.Done():
		_ = cmd.Process.Signal(syscall.SIGTERM) // it stops what it started
		_ = cmd.Wait()                          // see above
		return ctx.Err()
	}
	if err := cmd.Process.Release(); err != nil {
		return err
	}
	if done, err := a.emit(state); done {
		return err
	}
	a.printf("%d nodes are up in %s\n", len(state.Nodes), dir)
	for i, url := range state.Nodes {
		a.printf("  node %d  %s  %s\n", i+1, url, state.Dirs[i])
	}
	a.printf("stop them with: gpumesh testnet down\n")
	return nil
}

// testnetServe runs a testnet until ctx ends. It is the supervisor: nothing of the testnet outlives it.
func (a *app) testnetServe(ctx context.Context, opts testnet.Options) (err error) {
	if s, err := readState(opts.Dir); err == nil && s.alive() {
		return fmt.Errorf("a testnet is running in %s already", opts.Dir)
	}
	if opts.Binary, err = self(); err != nil {
		return err
	}
	if opts.Log, err = logger(a.err, "info"); err != nil {
		return err
	}
	// A chain in memory forgets, so what nodes remember of an earlier one means nothing.
	if err := removeNodes(opts.Dir); err != nil {
		return err
	}
	t, err := testnet.Start(ctx, opts)
	if err != nil {
		return err
	}
	// Who submits a job at once expects offers. A node that cannot sell is not an error; the log and doctor say why.
	wait, cancel := context.WithTimeout(ctx, advertiseTimeout)
	if _, err := providers(wait, t.Node(1), t.Size()-1); err != nil {
		opts.Log.Warn("not every node sells", "err", err)
	}
	cancel()
	state := testnetState{PID: os.Getpid(), Chain: t.Chain.URLs[0]}
	for i := range t.Size() {
		state.Nodes = append(state.Nodes, t.Node(i+1).Endpoint.API)
		state.Dirs = append(state.Dirs, t.Node(i+1).Dir)
	}
	path := filepath.Join(t.Dir, stateFile)
	text, err := json.Marshal(state)
	if err == nil {
		err = atomic.WriteFile(path, strings.NewReader(string(text)+"\n"))
	}
	if err == nil {
		_, err = fmt.Fprintf(a.out, "%s\n", text)
	}
	if err == nil {
		<-ctx.Done()
	}
	return errors.Join(err, t.Close(), os.Remove(path))
}

// removeNodes deletes the nodes of an earlier testnet, and nothing else.
func removeNodes(dir string) error {
	nodes, err := filepath.Glob(filepath.Join(dir, "node*"))
	if err != nil {
		return err
	}
	for _, n := range nodes {
		if _, err := strconv.Atoi(strings.TrimPrefix(filepath.Base(n), "node")); err != nil {
			continue
		}
		if _, err := os.Stat(filepath.Join(n, home.NetworkFile)); err != nil {
			continue // not made by a testnet
		}
		if err := os.RemoveAll(n); err != nil {
			return err
		}
	}
	return nil
}

func readState(dir string) (testnetState, error) {
	var s testnetState
	b, err := os.ReadFile(filepath.Join(dir, stateFile))
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal(b, &s)
}

// alive reports whether the supervisor still runs.
func (s testnetState) alive() bool {
	p, err := os.FindProcess(s.PID)
	return err == nil && s.PID > 0 && p.Signal(syscall.Signal(0)) == nil
}

func running(dir string) (testnetState, error) {
	s, err := readState(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !s.alive() {
		return s, fmt.Errorf("no testnet is running in %s; start one with gpumesh testnet up", dir)
	}
	return s, err
}

func (a *app) testnetStatus(ctx context.Context, dir string) error {
	s, err := running(dir)
	if err != nil {
		return err
	}
	type row struct {
		Node   int                    `json:"node"`
		API    string                 `json:"api"`
		Dir    string                 `json:"dir"`
		Status *nodepb.StatusResponse `json:"status,omitempty"`
		Error  string                 `json:"error,omitempty"`
	}
	var rows []row
	for i, url := range s.Nodes {
		r := row{Node: i + 1, API: url, Dir: s.Dirs[i]}
		token, err := home.LoadToken(r.Dir)
		if err == nil {
			r.Status, err = nodeStatus(ctx, url, token)
		}
		if err != nil {
			r.Error = err.Error()
		}
		rows = append(rows, r)
	}
	if done, err := a.emit(map[string]any{"chain": s.Chain, "nodes": rows}); done {
		return err
	}
	t := a.table("NODE", "API", "PEERS", "PROVIDERS", "BALANCE", "STAKE", "JOBS", "")
	for _, r := range rows {
		if r.Status == nil {
			t.row(r.Node, r.API, "", "", "", "", "", r.Error)
			continue
		}
		t.row(r.Node, r.API, r.Status.Peers, r.Status.Ads, tokens(r.Status.Balance), tokens(r.Status.Stake), r.Status.Jobs, strings.Join(r.Status.Problems, "; "))
	}
	return t.flush()
}

func nodeStatus(ctx context.Context, url, token string) (*nodepb.StatusResponse, error) {
	client, err := api.Dial(url, token)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	answer, err := client.Status(ctx, connect.NewRequest(&nodepb.StatusRequest{}))
	if err != nil {
		return nil, client.Explain(err)
	}
	return answer.Msg, nil
}

func (a *app) testnetDown(ctx context.Context, dir string) error {
	s, err := running(dir)
	if err != nil {
		return err
	}
	p, err := os.FindProcess(s.PID)
	if err != nil {
		return err
	}
	if err := p.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("the testnet's process %d cannot be stopped: %w", s.PID, err)
	}
	ctx, cancel := context.WithTimeout(ctx, downTimeout)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond) // it is not our child, so there is nothing to wait on
	defer tick.Stop()
	for s.alive() {
		if _, err := readState(dir); errors.Is(err, fs.ErrNotExist) {
			break // the last thing that it does
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("the testnet's process %d does not stop; see %s", s.PID, filepath.Join(dir, "testnet.log"))
		}
	}
	if done, err := a.emit(map[string]string{"stopped": dir}); done {
		return err
	}
	a.printf("the testnet in %s is down\n", dir)
	return nil
}
