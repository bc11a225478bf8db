package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"

	"gpumesh/gpu"
	"gpumesh/gpu/guard"
	"gpumesh/node"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/home"
)

// guardFlags are limits of the machine on the command line. The rest of them is in config.yaml.
type guardFlags struct {
	temperature, power, others, free float64
	share                            int
	idle                             time.Duration
	hours                            []string
	mains                            bool
	sensors                          string
}

func (g *guardFlags) add(cmd *cobra.Command) {
	f := cmd.Flags()
	f.Float64Var(&g.temperature, "max-temperature", 0, "°C of the device at which work for others pauses")
	f.Float64Var(&g.power, "max-power", 0, "watts of the device at which work for others pauses")
	f.Float64Var(&g.others, "max-others", 0, "percent of the device's time that other programs use at which work for others pauses")
	f.Float64Var(&g.free, "min-free", 0, "GiB of device memory to leave free")
	f.IntVar(&g.share, "share", 0, "percent of the time in which programs of others may keep the device busy")
	f.DurationVar(&g.idle, "idle", 0, "work for others only after nobody has used the machine for so long, such as 10m")
	f.StringArrayVar(&g.hours, "hours", nil, `work for others only then, such as "22:00-07:00" or "sat,sun"; may be repeated`)
	f.BoolVar(&g.mains, "mains", false, "work for others only while the machine does not run on its battery")
	f.StringVar(&g.sensors, "sensors", "", "directory with sys, proc and dev to read the sensors from, for tests")
	_ = f.MarkHidden("sensors") // fails only when the flag does not exist
}

// apply puts what was given over the settings.
func (g *guardFlags) apply(cmd *cobra.Command, cfg *node.Config) error {
	changed := cmd.Flags().Changed
	for _, f := range []struct {
		name  string
		value float64
		limit *guard.Limit
	}{
		{"max-temperature", g.temperature, &cfg.Guard.Temperature},
		{"max-power", g.power, &cfg.Guard.Power},
		{"max-others", g.others, &cfg.Guard.Others},
		{"min-free", g.free * (1 << 30), &cfg.Guard.Free},
	} {
		if changed(f.name) {
			*f.limit = guard.Limit{Pause: f.value} // the margin of another limit does not fit
		}
	}
	if changed("share") {
		cfg.Guard.Share = g.share
	}
	if changed("idle") {
		cfg.Guard.Idle = g.idle
	}
	if changed("mains") {
		cfg.Guard.Battery = g.mains
	}
	if changed("hours") {
		cfg.Guard.Hours = nil
		for _, s := range g.hours {
			w, err := guard.ParseWindow(s)
			if err != nil {
				return usagef("--hours: %v", err)
			}
			cfg.Guard.Hours = append(cfg.Guard.Hours, w)
		}
	}
	if changed("sensors") {
		cfg.Sensors = g.sensors
	}
	return nil
}

// configCommand shows the settings of a node as it would start with them.
func (a *app) configCommand() *cobra.Command {
	var dir, config string
	cmd := &cobra.Command{
		Use: "config", Short: "Show and check the settings of a node", Args: exactly(),
		Long: `Prints the settings that a node of the directory starts with, those of config.yaml and the defaults for the rest, in the format
of that file, and lists everything that is wrong with them.`,
		RunE: func(*cobra.Command, []string) error {
			var err error
			if dir == "" {
				if dir, err = baseDir(); err != nil {
					return err
				}
			}
			cfg, err := nodeConfig(dir, config)
			if err != nil {
				return err
			}
			if done, err := a.emit(cfg); !done {
				text, err := settingsText(cfg)
				if err != nil {
					return err
				}
				a.printf("%s\n", text)
			} else if err != nil {
				return err
			}
			if err := cfg.Validate(); err != nil {
				return fmt.Errorf("the settings of the node: %w", oneLine(err))
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "directory of the node (default $GPUMESH_DIR or ~/.gpumesh)")
	cmd.Flags().StringVar(&config, "config", "", "settings (default config.yaml in the directory)")
	return cmd
}

// settingsText writes settings as config.yaml has them: without the directory and the network, which are not in it.
func settingsText(cfg node.Config) ([]byte, error) {
	raw, err := yaml.Marshal(cfg)
	if err != nil {
		return nil, err
	}
	var settings yaml.MapSlice
	if err := yaml.UnmarshalWithOptions(raw, &settings, yaml.UseOrderedMap()); err != nil {
		return nil, err
	}
	var out yaml.MapSlice
	for _, item := range settings {
		if item.Key != "dir" && item.Key != "network" {
			out = append(out, item)
		}
	}
	return yaml.Marshal(out)
}

// sensorInterval lies between the doctor's two looks: what is measured as a difference needs two.
const sensorInterval = 500 * time.Millisecond

// checkSensors says what can be measured here, and whether the limits of the node in dir can be kept.
func checkSensors(ctx context.Context, dir string, device gpu.Info) finding {
	f := finding{Check: "sensors", OK: true}
	limits := guard.Defaults()
	root, setting := "", uint64(0)
	if cfg, err := nodeConfig(dir, ""); err == nil { // checkNetwork says what is wrong with it otherwise
		limits, root, setting = cfg.Guard, cfg.Sensors, cfg.Provider.MaxMemory
	}
	sensors := guard.Open(guard.Options{Adapter: device, Root: root})
	defer func() { _ = sensors.Close() }() // it has answered
	sensors.Read(time.Now())
	timer := time.NewTimer(sensorInterval)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
	now := time.Now()
	r := sensors.Read(now)
	var has, lacks []string
	for _, q := range guard.Quantities() {
		if r[q].Known {
			has = append(has, fmt.Sprintf("%v %s", q, q.Format(r[q].Value)))
		} else {
			lacks = append(lacks, fmt.Sprintf("%v cannot be measured here: %s", q, r[q].Why))
		}
	}
	f.Detail = strings.Join(append(has, lacks...), "\n      ")
	says := "as provider.maxMemory is not set"
	if setting > 0 {
		says = "as provider.maxMemory is " + bytesOf(setting)
	}
	f.Detail += fmt.Sprintf("\n      a task of others may take %s of the device's memory, %s", bytesOf(node.DeviceMemory(device, &r, setting)), says)
	if limits.Validate("guard.") != nil {
		return f
	}
	d := guard.NewPolicy(limits).Step(now, &r)
	for _, reason := range d.Reasons {
		if reason.Blind {
			f.OK = false
			f.Fix = "the node takes no work, because " + reason.Text + "; take that limit out of " + filepath.Join(dir, home.ConfigFile) + ", or make it measurable"
			return f
		}
	}
	if d.Paused {
		f.Detail += "\n      a node here would pause now: " + d.Why()
	}
	return f
}

// printGuard shows how a node's limits stand.
func (a *app) printGuard(g *nodepb.Guard) {
	if g == nil {
		return
	}
	a.printf("guard     %s for %v", g.State, age(g.Since))
	if g.State != "paused" && g.Share < 100 {
		a.printf(" at %d %% of the time", g.Share)
	}
	if len(g.Reasons) > 0 {
		a.printf(": %s", strings.Join(g.Reasons, "; "))
	}
	if g.Until > 0 {
		a.printf("; not before %s", time.UnixMilli(g.Until).Format("Mon 15:04:05"))
	}
	a.printf("\n")
	var seen []string
	for _, r := range g.Readings {
		if r.Missing == "" {
			seen = append(seen, r.Quantity+" "+r.Text)
		}
	}
	if len(seen) > 0 {
		a.printf("sensors   %s\n", strings.Join(seen, ", "))
	}
}
