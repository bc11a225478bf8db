package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"connectrpc.com/connect"
	"github.com/spf13/cobra"

	"gpumesh/gpu"
	"gpumesh/gpu/worker"
	"gpumesh/market"
	"gpumesh/node"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/chain/evm"
	"gpumesh/node/home"
)

func discard() *slog.Logger { return slog.New(slog.DiscardHandler) }

// discardWriter is io.Discard, but no terminal.
type discardWriter struct{}

func (discardWriter) Write(p []byte) (int, error) { return len(p), nil }

// finding is one thing that the doctor looked at.
type finding struct {
	Check  string `json:"check"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"`
	Fix    string `json:"fix,omitempty"`
}

func (a *app) doctorCommand() *cobra.Command {
	var device string
	cmd := a.conn.flags(&cobra.Command{
		Use: "doctor", Short: "Find what is wrong and say how to mend it", Args: exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, cancel := context.WithTimeout(cmd.Context(), 2*time.Minute)
			defer cancel()
			findings := a.examine(ctx, device)
			bad := 0
			for _, f := range findings {
				mark := "ok  "
				if !f.OK {
					mark = "FAIL"
					bad++
				}
				a.printf("%s  %-10s %s\n", mark, f.Check, f.Detail)
				if f.Fix != "" {
					a.printf("      fix: %s\n", f.Fix)
				}
			}
			if _, err := a.emit(findings); err != nil {
				return err
			}
			if bad > 0 {
				return fmt.Errorf("%d of %d checks failed", bad, len(findings))
			}
			return nil
		},
	})
	cmd.Flags().StringVar(&device, "device", "", "auto, webgpu, eval, or webgpu:NAME (default: that of the node)")
	return cmd
}

func (a *app) examine(ctx context.Context, device string) []finding {
	dir := a.conn.dir
	level, chosen := node.Defaults().Provider.Sandbox, node.Defaults().Device
	if dir == "" {
		d, err := baseDir()
		if err != nil {
			return []finding{{"directory", false, err.Error(), "set GPUMESH_DIR"}}
		}
		dir = d
	}
	if cfg, err := nodeConfig(dir, ""); err == nil { // what is wrong with it is told below
		level, chosen = cfg.Provider.Sandbox, cfg.Device
	}
	out, info := checkDevice(ctx, cmp.Or(device, chosen), level)
	if info != nil {
		out = append(out, checkSensors(ctx, dir, *info))
	}
	out = append(out, checkDir(dir))
	if f, ok := checkQuarantine(dir, time.Now()); ok {
		out = append(out, f)
	}
	if _, err := os.Stat(filepath.Join(dir, home.NetworkFile)); errors.Is(err, fs.ErrNotExist) {
		out = append(out, finding{"network", true, "no node is set up in " + dir, "gpumesh testnet up starts a local network; a real one needs " + home.NetworkFile + " and " + home.ChainFile + " there"})
	} else {
		out = append(out, checkNetwork(dir))
		out = append(out, a.checkChain(ctx, dir)...)
	}
	return append(out, a.checkNode(ctx))
}

// checkDevice looks at what programs run on, and at how far the process that runs them is confined.
func checkDevice(ctx context.Context, device string, level node.Sandbox) ([]finding, *gpu.Info) {
	pool, info, err := openConfined(ctx, device, level)
	if err != nil {
		fix := installDriver
		if gpu.CodeOf(err) == gpu.BadDriver {
			fix = mendDriver
		}
		return []finding{{"device", false, err.Error(), fix}}, nil
	}
	defer func() { _ = pool.Close() }() // it has answered
	s, err := pool.Sandbox(ctx)
	if err != nil {
		return []finding{describeDevice(info), {Check: "sandbox", Detail: err.Error()}}, &info
	}
	return []finding{describeDevice(info), describeSandbox(s, level)}, &info
}

const mendDriver = "update the driver; until the canaries pass this node takes no strangers' work"

func describeDevice(info gpu.Info) finding {
	f := finding{Check: "device", OK: true, Detail: fmt.Sprintf("%s (%s, %s)", info.Name, info.Type, info.Driver)}
	if info.Type == gpu.Reference {
		f.Detail += "; it is right and slow, because no Vulkan driver serves"
		f.Fix = installDriver
	}
	if info.Note != "" {
		f.Detail += "; nothing better serves: " + info.Note
	}
	if info.Class != "" {
		f.Detail += ", class " + info.Class
	}
	if len(info.Faults) > 0 {
		f.OK, f.Fix = false, mendDriver
		f.Detail += "; it fails the canaries " + strings.Join(info.Faults, ", ")
	}
	if n := info.Limits.MaxLoopIterations; n != 0 {
		f.Detail += fmt.Sprintf("; its driver ends loops after %d iterations, so programs that may exceed that are declined", n)
	}
	return f
}

func describeSandbox(s worker.Sandbox, level node.Sandbox) finding {
	f := finding{Check: "sandbox", OK: true, Detail: fmt.Sprintf("%s; provider.sandbox: %s", s, level)}
	if !s.Full() {
		f.Fix = "a Linux kernel with Landlock and seccomp, on amd64, confines strangers' programs fully"
	}
	return f
}

func checkDir(dir string) finding {
	f := finding{Check: "directory", Detail: dir}
	s, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.OK, f.Detail = true, dir+" does not exist yet"
	case err != nil:
		f.Detail = err.Error()
	case !s.IsDir():
		f.Detail, f.Fix = dir+" is not a directory", "give another one with --dir"
	case s.Mode().Perm()&0o022 != 0:
		f.Detail, f.Fix = dir+" can be written by others", "chmod 700 "+dir
	default:
		f.OK = true
	}
	return f
}

// quarantineFile, in the directory of a node, remembers the kernels that ended its worker process.
const quarantineFile = "quarantine.json"

// checkQuarantine names the kernels that are not run here, when there are some.
func checkQuarantine(dir string, now time.Time) (finding, bool) {
	path := filepath.Join(dir, quarantineFile)
	list, err := worker.ReadQuarantine(path, now)
	if err != nil {
		return finding{"quarantine", false, err.Error(), "remove " + path + "; the node then starts with an empty list"}, true
	}
	var refused []string
	for _, s := range list {
		if s.Refused(now) {
			refused = append(refused, fmt.Sprintf("%.12s (ended the worker %d times, %s at last; until %s)", s.Kernels, s.Strikes, s.Cause, s.Until.Local().Format(time.DateTime)))
		}
	}
	if len(refused) == 0 {
		return finding{}, false
	}
	const most = 5
	detail := strings.Join(refused[:min(len(refused), most)], ", ")
	if more := len(refused) - most; more > 0 {
		detail += fmt.Sprintf(" and %d more", more)
	}
	return finding{Check: "quarantine", OK: true, Detail: "kernels that are not run here: " + detail}, true
}

func checkNetwork(dir string) finding {
	f := finding{Check: "network"}
	cfg, err := nodeConfig(dir, "")
	if err == nil {
		err = cfg.Validate()
	}
	if err != nil {
		f.Detail, f.Fix = oneLine(err).Error(), "mend "+home.NetworkFile+" or "+home.ConfigFile+" in "+dir
		return f
	}
	f.OK, f.Detail = true, fmt.Sprintf("%s (%s) on %s", cfg.Network.Name, cfg.Network.ID().Short(), cfg.Network.Chain)
	return f
}

// checkChain looks at what the node settles on, and at the computer's clock, which the newest block tells something of.
func (a *app) checkChain(ctx context.Context, dir string) []finding {
	c, err := a.settlement(ctx, dir, discard())
	if err != nil {
		return []finding{{"chain", false, err.Error(), "check the urls in " + filepath.Join(dir, home.ChainFile)}}
	}
	defer func() { _ = c.Close() }() // read only
	out := []finding{checkAccount(ctx, c, dir)}
	if block, err := c.Time(ctx); err == nil { // else that is told already
		out = append(out, checkClock(time.Now(), time.UnixMilli(int64(block))))
	}
	return out
}

// checkClock compares the computer's clock with the time of the newest block. A block is no older than its time says, but a chain may make none for a
// while: only a clock that is behind is known to be wrong.
func checkClock(now, block time.Time) finding {
	const most = time.Duration(market.MaxSkew) * time.Millisecond
	const fix = "set the clock, best by NTP"
	switch off := now.Sub(block).Round(time.Second); {
	case off < -most:
		return finding{"clock", false, fmt.Sprintf("this computer's clock is %v behind the chain's newest block, and nodes tolerate %v: what others send looks as if it came from the future, and is refused", -off, most), fix}
	case off > most:
		return finding{"clock", true, fmt.Sprintf("the chain's newest block is %v old by this computer's clock: either the chain makes no blocks, or the clock is ahead, of which nodes tolerate %v", off, most), fix + ", if it is wrong"}
	}
	return finding{"clock", true, fmt.Sprintf("within %v of the chain's newest block", most), ""}
}

func checkAccount(ctx context.Context, c *evm.Client, dir string) finding {
	f := finding{Check: "chain", Fix: "check the urls in " + filepath.Join(dir, home.ChainFile)}
	free, native, err := c.Balance(ctx, c.Account())
	if err != nil {
		f.Detail = err.Error()
		return f
	}
	for _, e := range c.Endpoints(ctx) {
		switch {
		case errors.Is(e.Err, evm.ErrWrongChain):
			f.Detail, f.Fix = oneLine(e.Err).Error(), "take its URL out of "+filepath.Join(dir, home.ChainFile)+"; it is never asked again"
			return f
		case e.Err != nil:
			f.Detail, f.Fix = fmt.Sprintf("%s does not serve: %v", e.Name, oneLine(e.Err)), "the others do; mend or remove it in "+filepath.Join(dir, home.ChainFile)
			return f
		}
	}
	f.OK, f.Detail, f.Fix = true, fmt.Sprintf("account %s has %s, and %s of the chain's own currency in its smallest unit", c.Account(), free, native), ""
	if _, locked, err := evm.KeyAccount(filepath.Join(dir, home.AccountFile)); err == nil && !locked {
		f.Detail += "; its key has no passphrase"
		f.Fix = "gpumesh wallet passwd protects the key; for a testnet it need not be"
	}
	if native == "0" {
		f.OK, f.Fix = false, fmt.Sprintf("send some of the chain's own currency to %s, to pay for transactions", c.Account())
	}
	return f
}

func (a *app) checkNode(ctx context.Context) finding {
	f := finding{Check: "node"}
	client, err := a.conn.client()
	if err != nil {
		f.OK, f.Detail = true, err.Error()
		return f
	}
	defer client.Close()
	answer, err := client.Status(ctx, connect.NewRequest(&nodepb.StatusRequest{}))
	if err != nil {
		f.Detail = client.Explain(err).Error()
		return f
	}
	s := answer.Msg
	f.OK, f.Detail = true, fmt.Sprintf("%s has %d peers and knows %d providers", client.URL(), s.Peers, s.Ads)
	if len(s.Problems) > 0 {
		f.OK, f.Detail = false, s.Problems[0]
	} else if s.Peers == 0 {
		f.OK, f.Detail, f.Fix = false, client.URL()+" has no peers", "give it the address of another node with --bootstrap, and see that its port can be reached"
	}
	return f
}
