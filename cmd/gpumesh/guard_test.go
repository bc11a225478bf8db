package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"connectrpc.com/connect"
	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/guard"
	"gpumesh/market"
	"gpumesh/node"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/home"
	"gpumesh/node/jobfile"
	"gpumesh/testnet"
)

// longJob walks 64 generators through many steps, a few per segment. Both workers must finish it: nobody can stand in.
const longJob = `name: long
let: {STEPS: 260, ROUNDS: 40000}
programs:
  walk:
    wgsl: |
      @group(0) @binding(0) var<storage, read_write> x: array<u32>;
      @compute @workgroup_size(64)
      fn main(@builtin(global_invocation_id) id: vec3<u32>) {
        var v = x[id.x];
        for (var i = 0u; i < ROUNDS; i = i + 1u) { v = v * 1664525u + 1013904223u + id.x; }
        x[id.x] = v;
      }
    consts: {ROUNDS: ROUNDS}
    buffers:
      x: {kind: output, type: u32, shape: [64]}
    steps: STEPS
    segment: 4
    step:
      - {dispatch: main, grid: [1]}
tasks:
  - {name: walk, program: walk}
outputs:
  x: {task: walk, file: x.bin}
policy: {replicas: 2, quorum: 2, maxReplicas: 2, standby: 0}
timeout: 5m
`

const longSteps, longRounds = 260, 40_000

func checkLong(t *testing.T, dir string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "x.bin"))
	require.NoError(t, err)
	require.Len(t, b, 4*64)
	for i := range uint32(64) {
		// v -> a v + c, so many times, by squaring.
		v, a, c := uint32(0), uint32(1664525), 1013904223+i
		for n := longSteps * longRounds; n > 0; n /= 2 {
			if n%2 == 1 {
				v = a*v + c
			}
			a, c = a*a, a*c+c
		}
		require.Equal(t, v, binary.LittleEndian.Uint32(b[4*i:]))
	}
}

// until polls for what nothing tells of.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	ctx := testContext(t)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			require.FailNow(t, "waited in vain", "for %s", what)
		}
	}
}

// checkpointed returns the step of the checkpoint that node 2 keeps; 0: it keeps none.
func (n *net) checkpointed(t *testing.T) uint32 {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(n.Node(2).Dir, "checkpoints", "*", "checkpoint"))
	require.NoError(t, err)
	if len(files) == 0 {
		return 0
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		return 0 // it is being replaced
	}
	c, err := gpu.ReadCheckpoint(strings.NewReader(string(b)))
	require.NoError(t, err)
	return c.Step
}

// logged returns what a pattern's group matches in the log of node 2, in order.
func (n *net) logged(t *testing.T, pattern string) (out []string) {
	t.Helper()
	b, err := os.ReadFile(n.Node(2).LogFile())
	require.NoError(t, err)
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(b), -1) {
		out = append(out, m[len(m)-1])
	}
	return out
}

// resumed waits until node 2 has gone on from a checkpoint for the given time, and returns the step.
func (n *net) resumed(t *testing.T, times int) uint32 {
	t.Helper()
	var steps []string
	until(t, "the task to go on", func() bool {
		steps = n.logged(t, `Task goes on from a checkpoint.* step=(\d+)`)
		return len(steps) >= times
	})
	require.Len(t, steps, times)
	step, err := strconv.ParseUint(steps[times-1], 10, 32)
	require.NoError(t, err)
	return uint32(step)
}

func (n *net) metric(t *testing.T, name string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(testContext(t), http.MethodGet, n.Node(2).Endpoint.API+"/metrics", nil)
	require.NoError(t, err)
	token, err := home.LoadToken(n.Node(2).Dir)
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, resp.StatusCode, "%s", b)
	m := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(name) + ` (\S+)$`).FindSubmatch(b)
	require.NotNil(t, m, "no %s in %s", name, b)
	return string(m[1])
}

// heat is what a machine's sensors say from now on, in °C.
func heat(t *testing.T, sensors string, degrees int) {
	t.Helper()
	file := filepath.Join(sensors, "sys/class/hwmon/hwmon0/temp1_input")
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(file), "name"), []byte("k10temp\n"), 0o644))
	require.NoError(t, os.WriteFile(file+".new", fmt.Appendln(nil, 1000*degrees), 0o644))
	require.NoError(t, os.Rename(file+".new", file))
}

// pausesWhenHot are settings of a node that has these sensors: it is slow from 79 °C on, pauses over 80, and goes on at 70.
func pausesWhenHot(sensors string) string {
	return fmt.Sprintf("sensors: %s\nguard: {temperature: {pause: 80, resume: 70}, settle: 1s}\n", sensors)
}

// paused waits until a node pauses, and returns why it does.
func (n *net) paused(t *testing.T, number int) []string {
	t.Helper()
	client := n.client(t, number)
	var g *nodepb.Guard
	until(t, "a pause", func() bool {
		answer, err := client.Status(testContext(t), connect.NewRequest(&nodepb.StatusRequest{}))
		require.NoError(t, err)
		g = answer.Msg.Guard
		return g.GetState() == "paused"
	})
	return g.Reasons
}

// A machine gets too hot in the middle of a task, its worker process is killed, and then all of it: the task goes on from
// where it was each time, and its result is right and paid.
func TestInterruptedWork(t *testing.T) {
	sensors := t.TempDir()
	heat(t, sensors, 79) // close to the limit: it runs for a fifth of the time, and does not end before this test has looked
	n := startNetWith(t, testnet.Options{
		Nodes: 3, Device: "eval",
		Settings: map[int]string{2: pausesWhenHot(sensors) + "checkpoints: {every: 100ms}\n"},
		// Nobody takes over here: the test is about going on.
		Network: func(m *market.Network) { m.LeaseTTL, m.StallTimeout = 80_000, 80_000 },
	})
	r := n.submit(t, 1, writeJob(t, longJob), jobfile.Options{})

	until(t, "a checkpoint", func() bool { return n.checkpointed(t) > 0 })
	require.Equal(t, "0.2", n.metric(t, "gpumesh_guard_share"))
	require.Contains(t, command(t, "status", "--dir", n.Node(2).Dir).out, " at 20 % of the time: the device's temperature is at 79 °C, close to the limit of 80 °C\n")
	heat(t, sensors, 91)
	reasons := n.paused(t, 2)
	require.Equal(t, []string{"the device's temperature is at 91 °C, the limit is 80 °C, and work goes on at 70 °C"}, reasons)
	until(t, "the program's end", func() bool { return len(n.logged(t, `Task is paused.* saved=true`)) == 1 })
	paused := n.checkpointed(t)
	require.Equal(t, "1", n.metric(t, "gpumesh_guard_paused"))
	require.Equal(t, "91", n.metric(t, `gpumesh_guard_reading{quantity="temperature"}`))
	require.Equal(t, "1", n.metric(t, `gpumesh_guard_pauses_total{limit="temperature"}`))
	out := command(t, "status", "--dir", n.Node(2).Dir).out
	require.Contains(t, out, "guard     paused for ")
	require.Contains(t, out, reasons[0])
	require.Contains(t, out, "sensors   temperature 91 °C\n")

	other := n.submit(t, 1, writeJob(t, ownJob), jobfile.Options{Inputs: map[string]string{"x": writeWords(t, 64)}})
	j := n.await(t, other.client, other.id, "node 2 to decline", func(j *nodepb.Job) bool {
		for _, d := range j.Declines {
			if d.Code == string(market.DeclinePaused) {
				return true
			}
		}
		return false
	})
	require.Contains(t, strings.Join(j.Explain, "\n"), "declined: this provider is paused: its device is too hot (paused)")
	_, err := other.client.Cancel(testContext(t), connect.NewRequest(&nodepb.CancelRequest{Job: other.id}))
	require.NoError(t, err)

	heat(t, sensors, 60)
	require.Equal(t, paused, n.resumed(t, 1), "nothing runs twice after a pause")

	// What the worker process had computed since its last checkpoint runs again, and nothing before it.
	until(t, "the next checkpoint", func() bool { return n.checkpointed(t) > paused })
	saved := n.checkpointed(t)
	pids := n.logged(t, `gpu worker takes tasks.* pid=(\d+)`)
	require.NotEmpty(t, pids)
	pid, err := strconv.Atoi(pids[len(pids)-1])
	require.NoError(t, err)
	require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
	crashed := n.resumed(t, 2)
	require.GreaterOrEqual(t, crashed, saved)
	require.Equal(t, "1", n.metric(t, `gpumesh_node_interruptions_total{cause="crashed"}`))

	until(t, "the next checkpoint", func() bool { return n.checkpointed(t) > crashed })
	saved = n.checkpointed(t)
	n.Kill(2)
	left := n.checkpointed(t)
	require.GreaterOrEqual(t, left, saved)
	require.NoError(t, n.Restart(testContext(t), 2, ""))
	require.Equal(t, left, n.resumed(t, 3), "a node that was killed goes on from what is on its disk")

	checkLong(t, n.finish(t, r))
	_, receipt, err := r.client.Receipt(testContext(t), r.id)
	require.NoError(t, err)
	require.Len(t, receipt.Workers, 2)
	for _, w := range receipt.Workers {
		require.Equal(t, w.Ask, w.Paid, "both workers are paid")
	}
	until(t, "the checkpoints to be deleted", func() bool {
		files, err := filepath.Glob(filepath.Join(n.Node(2).Dir, "checkpoints", "*"))
		require.NoError(t, err)
		return len(files) == 0
	})
	t.Logf("paused at step %d, crashed back to step %d, restarted at step %d of %d", paused, crashed, left, longSteps)
}

func TestConfigCommand(t *testing.T) {
	dir := t.TempDir()
	network := market.LocalNetwork()
	network.Chain = "evm:1:0x0"
	require.NoError(t, home.WriteNetwork(dir, network))
	file := filepath.Join(dir, home.ConfigFile)
	require.NoError(t, os.WriteFile(file, []byte("device: eval\nguard: {temperature: {pause: 80}, hours: [fri-sun 20:00-08:00], idle: 90s}\n"), 0o600))
	want, err := nodeConfig(dir, "")
	require.NoError(t, err)
	r := command(t, "config", "--dir", dir)
	require.Zero(t, r.code, r.err)
	require.Contains(t, r.out, "- fri-sun 20:00-08:00\n")
	require.NoError(t, os.WriteFile(file, []byte(r.out), 0o600))
	got, err := nodeConfig(dir, "")
	require.NoError(t, err)
	require.Equal(t, want.Guard, got.Guard, "what it prints is a config.yaml")
	require.Equal(t, r.out, command(t, "config", "--dir", dir).out)
	require.Contains(t, command(t, "config", "--dir", dir, "--json").out, `"device": "eval"`)

	require.NoError(t, os.WriteFile(file, []byte("device: abacus\nguard: {share: 0}\n"), 0o600))
	r = command(t, "config", "--dir", dir)
	require.Equal(t, 1, r.code)
	require.Equal(t, "gpumesh: the settings of the node: device is \"abacus\", want auto, webgpu, eval, or webgpu: and a part of an adapter's name; guard.share is 0, want 1 to 100 percent\n", r.err)
}

func TestGuardFlags(t *testing.T) {
	var g guardFlags
	cmd := &cobra.Command{}
	g.add(cmd)
	require.NoError(t, cmd.ParseFlags([]string{
		"--max-temperature", "75", "--max-others=20", "--min-free", "1.5", "--share", "40", "--idle", "5m", "--hours", "22:00-07:00", "--hours", "sat,sun", "--mains",
	}))
	cfg := node.Defaults()
	cfg.Guard.Temperature = guard.Limit{Pause: 90, Resume: 85}
	cfg.Guard.Power = guard.Limit{Pause: 100}
	require.NoError(t, g.apply(cmd, &cfg))
	want := guard.Defaults()
	want.Temperature, want.Power, want.Others, want.Free = guard.Limit{Pause: 75}, guard.Limit{Pause: 100}, guard.Limit{Pause: 20}, guard.Limit{Pause: 1.5 * (1 << 30)}
	want.Share, want.Idle, want.Battery = 40, 5*time.Minute, true
	for _, s := range []string{"22:00-07:00", "sat,sun"} {
		w, err := guard.ParseWindow(s)
		require.NoError(t, err)
		want.Hours = append(want.Hours, w)
	}
	require.Equal(t, want, cfg.Guard, "what is not given stays, and the margin of another limit does not")
	require.NoError(t, cmd.ParseFlags([]string{"--hours", "noon"}))
	require.ErrorIs(t, g.apply(cmd, &cfg), errUsage)
}
