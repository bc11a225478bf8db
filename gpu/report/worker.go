package report

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"gpumesh/gpu"
	"gpumesh/gpu/worker"
)

const (
	crossing = 64 << 20 // bytes of input
	portion  = 16 << 20 // bytes moved at once, as gpu.Run does
)

// worker compares programs in the worker process with programs in this one, and what crosses to it with copying memory.
func (b *bench) worker() (err error) {
	pool, err := worker.New(worker.Config{Command: b.o.Worker, Device: "webgpu", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer func() {
		if cerr := pool.Close(); err == nil {
			err = cerr
		}
	}()
	dir, err := os.MkdirTemp("", "gpumesh-report-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	input := filepath.Join(dir, "x")
	data := make([]byte, crossing)
	for i := range data {
		data[i] = byte(i * 7)
	}
	if err := os.WriteFile(input, data, 0o600); err != nil {
		return err
	}
	out := filepath.Join(dir, "out")
	if err := os.Mkdir(out, 0o700); err != nil {
		return err
	}

	small := churnProgram(1, 1)
	in := func(p *gpu.Program, inputs map[string]string) (func() (*gpu.Result, error), error) {
		block, err := p.Encode()
		if err != nil {
			return nil, err
		}
		return func() (*gpu.Result, error) {
			return pool.Run(b.ctx, worker.Request{Tenant: "report", Program: block, Inputs: inputs, OutDir: out, Timeout: time.Minute})
		}, nil
	}
	there, err := in(small, nil)
	if err != nil {
		return err
	}
	took, err := b.best(wallClock, 4*b.o.Turns, func() error {
		_, err := gpu.Run(b.ctx, b.d, small, gpu.Task{})
		return err
	}, func() error {
		_, err := there()
		return err
	})
	if err != nil {
		return err
	}
	b.add(Line{Name: "small program in a warm worker, beyond here", Value: float64((took[1] - took[0]).Nanoseconds()) / 1e3, Unit: "us", Detail: fmt.Sprintf("%.1f and %.1f ms", ms(took[1]), ms(took[0]))})

	// A large input, of which next to nothing is used.
	big := &gpu.Program{
		Version: gpu.ProgramVersion, Steps: 1, Segment: 1,
		Buffers: []gpu.Buffer{{Name: "x", Kind: gpu.Const, Type: gpu.U32, Len: crossing}, {Name: "y", Kind: gpu.Output, Type: gpu.U32, Len: crossing}},
		Step:    []gpu.Command{{Op: gpu.Copy, Bind: []gpu.Binding{{Buffer: 0}, {Buffer: 1}}}},
	}
	there, err = in(big, map[string]string{"x": input})
	if err != nil {
		return err
	}
	f, err := os.Open(input)
	if err != nil {
		return err
	}
	defer f.Close() // read only
	buf := make([]byte, portion)
	var upload, readback [2]time.Duration
	shortest := func(i int, t gpu.Timings) {
		if upload[i] == 0 || t.Upload < upload[i] {
			upload[i] = t.Upload
		}
		if readback[i] == 0 || t.Readback < readback[i] {
			readback[i] = t.Readback
		}
	}
	took, err = b.best(wallClock, 2*b.o.Turns, func() error {
		for at := 0; at < crossing; at += portion {
			copy(buf, data[at:])
		}
		return nil
	}, func() error {
		for at := 0; at < crossing; at += portion {
			if _, err := f.ReadAt(buf, int64(at)); err != nil {
				return err
			}
		}
		return nil
	}, func() error {
		res, err := gpu.Run(b.ctx, b.d, big, gpu.Task{
			Inputs:  map[string]gpu.Input{"x": io.NewSectionReader(f, 0, crossing)},
			Outputs: func(string, int64) (io.Writer, error) { return os.Create(filepath.Join(out, "here")) },
		})
		if err == nil {
			shortest(0, res.Timings)
		}
		return err
	}, func() error {
		res, err := there()
		if err == nil {
			shortest(1, res.Timings)
		}
		return err
	})
	if err != nil {
		return err
	}
	rate := func(t time.Duration) float64 { return crossing / t.Seconds() / 1e9 }
	b.add(Line{
		Name: "input crossing to the worker / memcpy", Value: took[0].Seconds() / took[1].Seconds(), Unit: "x", Target: atLeast, Limit: 0.7,
		Detail: fmt.Sprintf("%.1f and %.1f GB/s; the worker reads a descriptor, %d MB at a time", rate(took[1]), rate(took[0]), portion>>20),
	})
	if err := b.outputs(dir, data); err != nil {
		return err
	}
	b.add(Line{Name: "upload in the worker / here", Value: upload[0].Seconds() / upload[1].Seconds(), Unit: "x", Detail: fmt.Sprintf("%.1f and %.1f GB/s from file to device", rate(upload[1]), rate(upload[0]))})
	b.add(Line{Name: "read-back in the worker / here", Value: readback[0].Seconds() / readback[1].Seconds(), Unit: "x", Detail: fmt.Sprintf("%.1f and %.1f GB/s from device to file, with hashes", rate(readback[1]), rate(readback[0]))})
	return nil
}

// outputs compares what a worker does with the bytes of a result, writing to a file of the parent in whose pages that finds them,
// with copying to memory of the same kind: pages that exist, and pages that the kernel has yet to make. Apart from that, the
// bytes are hashed wherever they are computed.
func (b *bench) outputs(dir string, data []byte) error {
	f, err := os.Create(filepath.Join(dir, "crossing"))
	if err != nil {
		return err
	}
	defer f.Close() // scratch
	write := func(f *os.File) error {
		for at := 0; at < crossing; at += portion {
			if _, err := f.WriteAt(data[at:at+portion], int64(at)); err != nil {
				return err
			}
		}
		return nil
	}
	if err := write(f); err != nil {
		return err
	}
	there := make([]byte, crossing)
	var made []func() error // releases what the contenders made; not measured
	defer func() {
		for _, release := range made {
			_ = release()
		}
	}()
	took, err := b.best(wallClock, 2*b.o.Turns, func() error {
		copy(there, data)
		return nil
	}, func() error {
		return write(f)
	}, func() error {
		fresh, release, err := freshMemory(crossing)
		if err != nil {
			return err
		}
		made = append(made, release)
		copy(fresh, data)
		return nil
	}, func() error {
		fresh, err := os.CreateTemp(dir, "fresh-*")
		if err != nil {
			return err
		}
		made = append(made, func() error { return errors.Join(fresh.Close(), os.Remove(fresh.Name())) })
		return write(fresh)
	}, func() error {
		for _, release := range made {
			if err := release(); err != nil {
				return err
			}
		}
		made = nil
		return nil
	}, func() error {
		sha256.Sum256(data)
		return nil
	})
	if err != nil {
		return err
	}
	rate := func(t time.Duration) float64 { return crossing / t.Seconds() / 1e9 }
	for i, kind := range []string{"pages that exist", "new pages"} {
		l := Line{
			Name: "output crossing to " + kind + " / memcpy to such", Value: took[2*i].Seconds() / took[2*i+1].Seconds(), Unit: "x",
			Detail: fmt.Sprintf("%.1f and %.1f GB/s; the worker writes a descriptor, %d MB at a time", rate(took[2*i+1]), rate(took[2*i]), portion>>20),
		}
		if i == 1 { // every result is a new file
			l.Target, l.Limit = atLeast, 0.7
		}
		b.add(l)
	}
	b.add(Line{Name: "SHA-256 of results, one core", Value: rate(took[5]), Unit: "GB/s", Detail: "each byte of a result twice: as a whole, and in the tree of the trace, on all cores"})
	return nil
}
