package report

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
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

	small := churnProgram(load{1, churnElements}, 1)
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
	took, err := b.turns(wallClock, 4*b.o.Turns, func() error {
		_, err := gpu.Run(b.ctx, b.d, small, gpu.Task{})
		return err
	}, func() error {
		_, err := there()
		return err
	})
	if err != nil {
		return err
	}
	b.add(Line{
		Name: "small program in a warm worker, beyond here", Value: took.median(func(t []time.Duration) float64 { return (t[1] - t[0]).Seconds() * 1e6 }), Unit: "us",
		Detail: fmt.Sprintf("%.1f and %.1f ms", ms(took.time(1)), ms(took.time(0))),
	})

	// A large input, which becomes the result.
	big := &gpu.Program{
		Version: gpu.ProgramVersion, Steps: 1, Segment: 1,
		Buffers: []gpu.Buffer{{Name: "x", Kind: gpu.Const, Type: gpu.U32, Len: crossing}, {Name: "y", Kind: gpu.Output, Type: gpu.U32, Len: crossing}},
		Step:    []gpu.Command{{Op: gpu.Copy, Bind: []gpu.Binding{{Buffer: 0}, {Buffer: 1}}}},
	}
	there, err = in(big, map[string]string{"x": input})
	if err != nil {
		return err
	}
	memory, err := b.d.Alloc(crossing)
	if err != nil {
		return err
	}
	defer memory.Release()
	var inWorker [][2]time.Duration // upload and read-back, by turn
	result := make([]byte, crossing)
	var fresh []byte
	var made scratch
	defer made.release()
	if err := b.d.Write(memory, 0, data); err != nil {
		return err
	}
	took, err = b.turns(wallClock, 4*b.o.Turns, func() error { // a buffer is new memory, too, and the worker asks for large pages
		large, err := made.memory(true)
		copy(large, data)
		return err
	}, func() error {
		small, err := made.memory(false)
		copy(small, data)
		return err
	}, func() (err error) { // a result is a new file, so what it is compared with is new memory
		if fresh, err = made.memory(false); err != nil {
			return err
		}
		return b.d.Read(b.ctx, memory, 0, fresh)
	}, func() error {
		return b.d.Read(b.ctx, memory, 0, result)
	}, func() error {
		if fresh != nil && !bytes.Equal(fresh, data) || !bytes.Equal(result, data) {
			return errors.New("the device changed bytes")
		}
		fresh = nil
		return made.release()
	}, func() error {
		return os.WriteFile(input, data, 0o600)
	}, func() error {
		res, err := there()
		if err == nil {
			inWorker = append(inWorker, [2]time.Duration{res.Timings.Upload, res.Timings.Readback})
		}
		return err
	})
	if err != nil {
		return err
	}
	const toLarge, toSmall, toNew, toOld, written = 0, 1, 2, 3, 5
	upload := len(took[0])
	for i := range took {
		took[i] = append(took[i], inWorker[i+1][:]...) // the first turn warmed up
	}
	rate := func(i int) float64 { return crossing / took.time(i).Seconds() / 1e9 }
	b.add(Line{
		Name: "input, file to a device's new buffer in the worker / memcpy to new memory", Value: took.ratio(toLarge, upload), Unit: "x", Target: atLeast, Limit: 0.7,
		Detail: fmt.Sprintf("%.1f and %.1f GB/s, both with large pages; memcpy to small ones %.1f; the node writes the file before with %.1f GB/s", rate(upload), rate(toLarge), rate(toSmall), rate(written)),
	})
	b.add(Line{
		Name: "result from a device, worker to new file / here to new memory", Value: took.ratio(toNew, upload+1), Unit: "x", Target: atLeast, Limit: 0.7,
		Detail: fmt.Sprintf("%.1f and %.1f GB/s, here to memory that was used before %.1f; only the worker hashes, too", rate(upload+1), rate(toNew), rate(toOld)),
	})
	return b.outputs(dir, data)
}

// scratch releases what contenders made, in a turn that is not measured.
type scratch []func() error

func (s *scratch) release() error {
	var err error
	for _, release := range *s {
		err = errors.Join(err, release())
	}
	*s = nil
	return err
}

// memory is as much new memory as crosses, of large pages where the kernel gives them to who asks.
func (s *scratch) memory(large bool) ([]byte, error) {
	p, release, err := freshMemory(crossing, large)
	if err == nil {
		*s = append(*s, release)
	}
	return p, err
}

// outputs compares the system call by which a worker hands a result over, writing to a file of the parent, with copying to memory of the same kind: pages that exist, and pages that the kernel has yet to make. Apart from that, the
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
	var made scratch
	defer made.release()
	took, err := b.turns(wallClock, 2*b.o.Turns, func() error {
		copy(there, data)
		return nil
	}, func() error {
		return write(f)
	}, func() error {
		fresh, err := made.memory(false)
		if err != nil {
			return err
		}
		copy(fresh, data)
		return nil
	}, func() error {
		fresh, err := os.CreateTemp(dir, "fresh-*")
		if err != nil {
			return err
		}
		made = append(made, func() error { return errors.Join(fresh.Close(), os.Remove(fresh.Name())) })
		return write(fresh)
	}, made.release, func() error {
		sha256.Sum256(data)
		return nil
	})
	if err != nil {
		return err
	}
	rate := func(i int) float64 { return crossing / took.time(i).Seconds() / 1e9 }
	for i, kind := range []string{"pages that exist", "new pages"} {
		l := Line{
			Name: "writing to " + kind + " of a file / memcpy to such", Value: took.ratio(2*i, 2*i+1), Unit: "x",
			Detail: fmt.Sprintf("%.1f and %.1f GB/s in this process, %d MB at a time", rate(2*i+1), rate(2*i), portion>>20),
		}
		if i == 1 { // every result is a new file
			l.Target, l.Limit = atLeast, 0.7
		}
		b.add(l)
	}
	b.add(Line{Name: "SHA-256 of results, one core", Value: rate(5), Unit: "GB/s", Detail: "each byte of a result once, in the tree of the trace, on all cores"})
	return nil
}
