package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"connectrpc.com/connect"
	"github.com/spf13/cobra"

	"gpumesh/gpu"
	"gpumesh/gpu/guard"
	"gpumesh/node"
	"gpumesh/node/api/nodepb"
	"gpumesh/node/home"
)

// benchDeviceCommand measures the device, and sees to it that what comes out is what is advertised.
func (a *app) benchDeviceCommand() *cobra.Command {
	var device string
	cmd := a.conn.flags(&cobra.Command{
		Use: "bench", Short: "Measure this machine's device, which is what its node advertises", Args: exactly(),
		Long: `Measures the device. A running node of the directory that sells does it, within the limits of its machine, and advertises the result at once; else this
command does, and keeps the result for the nodes that start there on the same device.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			m, err := a.benchDevice(cmd.Context(), device)
			if err != nil {
				return err
			}
			if done, err := a.emit(m); done {
				return err
			}
			b := m.Benchmark
			a.printf("device    %s (%s, %s)\nclass     %s\nf32       %s\ni32       %s\nmemory    %s/s\nupload    %s/s\nread      %s/s\nlaunch    %v\nad        %s\n",
				m.Device.Name, m.Device.Type, m.Device.Driver, m.Device.Class, rate(b.F32Ops), rate(b.I32Ops), bytesOf(b.MemoryBps), bytesOf(b.UploadBps), bytesOf(b.ReadBps),
				time.Duration(b.LaunchNs), m.Ad)
			if m.Note != "" {
				a.printf("note      %s\n", m.Note)
			}
			return nil
		},
	})
	cmd.Flags().StringVar(&device, "device", "", "measure this one here: auto, webgpu, eval, or webgpu:NAME for an adapter (default: that of the node)")
	return cmd
}

// measured is what bench shows.
type measured struct {
	Device    gpu.Info      `json:"device"`
	Benchmark gpu.Benchmark `json:"benchmark"`
	ByNode    bool          `json:"byNode"` // a running node measured, and not this command
	Ad        string        `json:"ad"`     // what becomes of it, in one sentence
	Note      string        `json:"note,omitempty"`
}

func (a *app) benchDevice(ctx context.Context, device string) (measured, error) {
	if device == "" {
		if m, asked, err := a.askBench(ctx); asked {
			return m, err
		}
	}
	dir := a.conn.dir
	if dir == "" {
		var err error
		if dir, err = baseDir(); err != nil {
			return measured{}, err
		}
	}
	root := ""
	if cfg, err := nodeConfig(dir, ""); err == nil {
		device, root = cmp.Or(device, cfg.Device), cfg.Sensors
	}
	pool, info, err := openDevice(ctx, cmp.Or(device, "auto"))
	if err != nil {
		return measured{}, err
	}
	defer func() { _ = pool.Close() }() // it has answered
	sensors := guard.Open(guard.Options{Adapter: info, Root: root})
	defer func() { _ = sensors.Close() }() // read only
	sensors.Read(time.Now())
	b, err := pool.Bench(ctx)
	if err != nil {
		return measured{}, err
	}
	m := measured{Device: info, Benchmark: b}
	if _, err := os.Stat(filepath.Join(dir, home.NetworkFile)); errors.Is(err, fs.ErrNotExist) {
		m.Ad = fmt.Sprintf("this command measured; no node is set up in %s that would advertise it", dir)
		return m, nil
	}
	kept, err := node.KeepMeasurement(dir, info, b, sensors.Read(time.Now())[guard.Others], time.Now())
	m.Note, m.Ad = kept.Note, fmt.Sprintf("this command measured; a node that starts in %s on this device advertises it", dir)
	return m, err
}

// askBench has the running node measure its device. asked is false when none runs that sells.
func (a *app) askBench(ctx context.Context) (m measured, asked bool, err error) {
	client, err := a.conn.client()
	if err != nil {
		return m, false, nil
	}
	defer client.Close()
	s, err := client.Status(ctx, connect.NewRequest(&nodepb.StatusRequest{}))
	if err != nil || !s.Msg.Provides {
		return m, false, nil
	}
	answer, err := client.Bench(ctx, connect.NewRequest(&nodepb.BenchRequest{}))
	if err != nil {
		return m, true, client.Explain(err)
	}
	d, b := answer.Msg.Device, answer.Msg.Benchmark
	m = measured{
		Device: gpu.Info{Name: d.Name, Type: gpu.AdapterType(d.Type), Backend: d.Backend, Driver: d.Driver, Class: d.Class},
		Benchmark: gpu.Benchmark{
			F32Ops: b.F32Ops, I32Ops: b.I32Ops, MemoryBps: b.MemoryBps, UploadBps: b.UploadBps, ReadBps: b.ReadBps, LaunchNs: b.LaunchNs, TookNs: b.TookNs,
		},
		ByNode: true, Note: answer.Msg.Note, Ad: fmt.Sprintf("the node at %s measured, and its next ads say it", client.URL()),
	}
	if !answer.Msg.Advertised {
		m.Ad = fmt.Sprintf("the node at %s measured, and will say it as soon as it advertises", client.URL())
	}
	return m, true, nil
}
