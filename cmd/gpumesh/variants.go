package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"connectrpc.com/connect"
	"github.com/natefinch/atomic"
	"github.com/spf13/cobra"

	"gpumesh/gpu"
	"gpumesh/gpu/kernels"
	"gpumesh/gpu/webgpu"
	"gpumesh/gpu/worker"
	"gpumesh/node/api"
	"gpumesh/node/api/nodepb"
)

// tuningFile is where this machine's measurements of kernels are kept.
func tuningFile() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "gpumesh", "kernels.json"), nil
}

// tunings is what was measured on the devices of this machine, by the device's and the driver's names.
type tunings map[string]kernels.Tuning

func tuningKey(d gpu.Info) string { return d.Name + "|" + d.Driver }

// maxTunings bounds the devices and drivers that are remembered.
const maxTunings = 64

// of returns what was measured on a device of a name; the zero value, of no device, where nothing was.
func (t tunings) of(name string) kernels.Tuning {
	for _, key := range slices.Backward(slices.Sorted(maps.Keys(t))) { // of drivers that differ in their version, mostly the newest
		if t[key].Device.Name == name {
			return t[key]
		}
	}
	return kernels.Tuning{}
}

// loadTuning returns what was measured on this machine; without a file, or with one that cannot be read, nothing was.
func loadTuning() tunings {
	path, err := tuningFile()
	if err != nil {
		return tunings{}
	}
	var t tunings
	b, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(b, &t) != nil || t == nil {
		return tunings{}
	}
	maps.DeleteFunc(t, func(key string, one kernels.Tuning) bool { return key != tuningKey(one.Device) })
	return t
}

func saveTuning(t tunings) error {
	path, err := tuningFile()
	if err != nil {
		return err
	}
	b, err := json.MarshalIndent(t, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return atomic.WriteFile(path, bytes.NewReader(append(b, '\n')))
}

// variants chooses the variants of library kernels for the providers that advertise now.
func variants(ctx context.Context, client *api.Client) (func(string, map[string]int64) string, error) {
	status, err := client.Status(ctx, connect.NewRequest(&nodepb.StatusRequest{}))
	if err != nil {
		return nil, client.Explain(err)
	}
	answer, err := client.Market(ctx, connect.NewRequest(&nodepb.MarketRequest{}))
	if err != nil {
		return nil, client.Explain(err)
	}
	return variantsFor(answer.Msg.Ads, status.Msg.Peer, loadTuning()), nil
}

// variantsFor leaves out the owner's own node, which gets none of its work.
func variantsFor(ads []*nodepb.Ad, owner string, all tunings) func(string, map[string]int64) string {
	var devices []gpu.Info
	for _, ad := range ads {
		if ad.Peer != owner {
			devices = append(devices, gpu.Info{Name: ad.Adapter, Type: gpu.AdapterType(ad.AdapterType)})
		}
	}
	var t kernels.Tuning
	if len(devices) > 0 {
		t = all.of(devices[0].Name)
	}
	return func(name string, params map[string]int64) string { return t.Shared(devices, name, params) }
}

// tunedShapes are what kernels with variants are measured for when no shape is given.
var tunedShapes = map[string][]map[string]int64{
	"matmul-f32":     cubes(32, 128, 512),
	"matmul-i32":     cubes(32, 128, 512),
	"matmul-i8":      cubes(32, 128, 512),
	"scan-u32":       {{"N": 1 << 20}},
	"scan-i32":       {{"N": 1 << 20}},
	"scan-f32":       {{"N": 1 << 20}},
	"sort-u32":       {{"N": 1 << 20}},
	"sort-i32":       {{"N": 1 << 20}},
	"sort-pairs-u32": {{"N": 1 << 20}},
	"sort-pairs-i32": {{"N": 1 << 20}},
	"histogram":      {{"N": 1 << 20, "BINS": 256}},
	"conv2d-f32":     {{"H": 56, "W": 56, "C": 64, "OC": 64, "KH": 3, "KW": 3, "PAD": 1}},
	"softmax-f32":    {{"N": 512, "ROWS": 512}},
	"layernorm-f32":  {{"N": 512, "ROWS": 512}},
	"attention-f32":  {{"S": 256, "T": 256, "D": 64}},
}

func cubes(sides ...int64) (list []map[string]int64) {
	for _, n := range sides {
		list = append(list, map[string]int64{"M": n, "N": n, "K": n})
	}
	return list
}

// tuned is what was measured of a kernel for a shape.
type tuned struct {
	Kernel  string             `json:"kernel"`
	With    map[string]int64   `json:"with"`
	Variant string             `json:"variant"`
	Ms      map[string]float64 `json:"ms"` // by variant
}

func (a *app) benchKernelsCommand() *cobra.Command {
	var adapter string
	cmd := &cobra.Command{
		Use: "kernels [NAME PARAMETER=NUMBER...]", Short: "Measure the variants of library kernels on this machine's device, and keep which is the fastest",
		Long: `Measures a kernel for a shape, or all that have variants for usual shapes. What is found is kept in the user's cache directory. A job's
programs are fixed before it is known which device will run them, so gpumesh run goes by the kinds of devices that advertise; when all of
them are of this machine's kind, it goes by what was measured here.`,
		Example: "  gpumesh bench kernels matmul-f32 M=1024 N=64 K=256",
		RunE: func(cmd *cobra.Command, args []string) error {
			shapes := tunedShapes
			if len(args) > 0 {
				params := map[string]int64{}
				for _, p := range args[1:] {
					name, text, _ := strings.Cut(p, "=")
					v, err := strconv.ParseInt(text, 0, 64)
					if err != nil {
						return usagef("%s: a parameter is given as NAME=NUMBER", p)
					}
					params[name] = v
				}
				shapes = map[string][]map[string]int64{args[0]: {params}}
			}
			return a.benchKernels(cmd.Context(), adapter, shapes)
		},
	}
	cmd.Flags().StringVar(&adapter, "adapter", "", "a part of the adapter's name (default: the best adapter)")
	return cmd
}

// openTuned opens the adapter that a node would use: a worker process finds out which ones are to be passed over, as one that hangs or ends its process would
// do that to this one.
func (a *app) openTuned(ctx context.Context, adapter string) (d gpu.Device, err error) {
	device := "webgpu"
	if adapter != "" {
		device = worker.AdapterPrefix + adapter
	}
	pool, info, err := openDevice(ctx, device)
	if err != nil {
		return nil, err
	}
	skip, err := pool.Passed(ctx)
	if err = errors.Join(err, pool.Close()); err != nil {
		return nil, err
	}
	if info.Note != "" {
		fmt.Fprintln(a.err, "passed over:", info.Note)
	}
	if d, err = webgpu.Open(ctx, webgpu.Options{Adapter: adapter, Skip: skip}); err != nil {
		return nil, fmt.Errorf("the device cannot be opened: %w", err)
	}
	return d, nil
}

func (a *app) benchKernels(ctx context.Context, adapter string, shapes map[string][]map[string]int64) (err error) {
	d, err := a.openTuned(ctx, adapter)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	all := loadTuning()
	t := all[tuningKey(d.Info())]
	if t.Choices == nil {
		t.Choices = kernels.Choices{}
	}
	t.Device = d.Info()
	if len(all) >= maxTunings {
		clear(all)
	}
	var list []tuned
	for _, name := range slices.Sorted(maps.Keys(shapes)) {
		for _, with := range shapes[name] {
			got, err := kernels.Tune(ctx, d, name, with)
			if err != nil {
				return err
			}
			if got.Variant == "" {
				return usagef("%s has no variants to choose from", name)
			}
			t.Choices[got.Key] = got.Variant
			one := tuned{name, with, got.Variant, map[string]float64{}}
			for v, took := range got.Times {
				one.Ms[v] = float64(took.Nanoseconds()) / 1e6
			}
			list = append(list, one)
		}
		all[tuningKey(t.Device)] = t
		if err := saveTuning(all); err != nil { // after each, as measuring all takes minutes
			return fmt.Errorf("the choices cannot be kept: %w", err)
		}
	}
	if done, err := a.emit(map[string]any{"device": t.Device, "kernels": list}); done {
		return err
	}
	a.printf("%s (%s, %s)\n", t.Device.Name, t.Device.Type, t.Device.Driver)
	tab := a.table("KERNEL", "WITH", "FASTEST", "MS")
	for _, k := range list {
		var with []string
		for _, p := range slices.Sorted(maps.Keys(k.With)) {
			with = append(with, fmt.Sprintf("%s=%d", p, k.With[p]))
		}
		tab.row(k.Kernel, strings.Join(with, " "), k.Variant, fmt.Sprintf("%.2f", k.Ms[k.Variant]))
	}
	return tab.flush()
}
