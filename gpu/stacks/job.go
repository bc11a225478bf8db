package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"gpumesh/gpu"
	"gpumesh/gpu/kernels"
	"gpumesh/gpu/wgsl"
	"gpumesh/gpu/wgsl/wgslgen"
)

// job is one program on given inputs. It crosses to child processes with encoding/gob.
type job struct {
	Name    string
	Group   string // "library" or "generated"
	Exact   bool   // equal bytes are promised
	Form    string // gpu.Module.Float of all modules
	Program *gpu.Program
	Inputs  map[string][]byte
	Seed    uint64

	Expressions []string // what the words of the output "out" are, in turns; for messages
}

// result is what a stack made of a job.
type result struct {
	Outputs map[string][]byte
	Err     string // why there are none
}

// do runs the job on a device.
func (j *job) do(ctx context.Context, d gpu.Device) result {
	out := make(map[string]*bytes.Buffer)
	t := gpu.Task{Inputs: make(map[string]gpu.Input), Seed: j.Seed}
	t.Outputs = func(name string, _ int64) (io.Writer, error) {
		out[name] = new(bytes.Buffer)
		return out[name], nil
	}
	for name, content := range j.Inputs {
		t.Inputs[name] = bytes.NewReader(content)
	}
	if _, err := gpu.Run(ctx, short{d}, j.Program, t); err != nil {
		return result{Err: err.Error()}
	}
	r := result{Outputs: make(map[string][]byte)}
	for name, b := range out {
		r.Outputs[name] = b.Bytes()
	}
	return r
}

// short lifts the limit that old Mesa has on loop iterations: the loops of generated kernels are short, but not all of them
// have the form whose count the analysis finds.
type short struct{ gpu.Device }

func (s short) Info() gpu.Info {
	i := s.Device.Info()
	i.Limits.MaxLoopIterations = 0
	return i
}

// shapes are the parameters that templates run with, by name; the others are the templates' defaults.
var shapes = map[string]map[string]int64{
	"matmul":    {"M": 70, "N": 68, "K": 36},
	"attention": {"S": 33, "T": 40, "D": 16},
	"conv2d":    {"H": 13, "W": 11, "C": 3, "OC": 5, "KH": 3, "KW": 3, "PAD": 1},
	"histogram": {"N": 3001, "BINS": 300},
	"blur":      {"W": 37, "H": 53, "RADIUS": 3},
	"sobel":     {"W": 37, "H": 53},
	"transpose": {"M": 37, "N": 21},
	"layernorm": {"N": 300, "ROWS": 7},
	"softmax":   {"N": 300, "ROWS": 7},
	"reduce":    {"N": 1000, "ROWS": 3},
	"random":    {"N": 1003},
	"scan":      {"N": 2050},
	"sort":      {"N": 1500},
	"gelu":      {"N": 1000},
	"path":      {"W": 20, "H": 12, "SAMPLES": 2},
}

// libraryJobs are all templates of gpu/kernels, in all variants or in the one that Builtin takes.
func libraryJobs(all bool) ([]job, error) {
	var jobs []job
	for _, info := range kernels.Names() {
		variants := kernels.Variants(info.Name)
		if variants == nil || !all {
			variants = []string{""}
		}
		family, _, _ := strings.Cut(info.Name, "-")
		for _, variant := range variants {
			k, err := kernels.New(info.Name, shapes[family], variant)
			if err != nil {
				return nil, err
			}
			j := job{Name: strings.TrimSuffix(info.Name+" "+variant, " "), Group: "library", Program: k.Program(), Inputs: map[string][]byte{}, Seed: 7}
			report, err := gpu.Check(j.Program)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", j.Name, err)
			}
			j.Exact = report.Tier == wgsl.Exact
			rng := rand.New(rand.NewPCG(1, 7))
			for _, in := range report.Inputs {
				if in.Optional {
					continue
				}
				p := make([]byte, in.Size)
				for i := 0; i < len(p); i += 4 {
					v := rng.Uint32()
					if in.Type == gpu.F32 {
						v = math.Float32bits(float32(rng.NormFloat64()))
					}
					binary.LittleEndian.PutUint32(p[i:], v)
				}
				j.Inputs[in.Name] = p
			}
			jobs = append(jobs, j)
		}
	}
	return jobs, nil
}

// generatedJob is the job of a generated kernel.
func generatedJob(k *wgslgen.Kernel, name string, exact bool) job {
	p, inputs := k.Program("")
	return job{Name: name, Group: "generated", Exact: exact, Program: p, Inputs: inputs}
}

// reproducible are those of the jobs that promise nothing, in the form that does. Jobs that have none are named in refused.
func reproducible(jobs []job) (list []job, refused []string) {
	for _, j := range jobs {
		if j.Exact {
			continue
		}
		p := *j.Program
		p.Modules = slices.Clone(p.Modules)
		for i := range p.Modules {
			p.Modules[i].Float = gpu.Reproducible1
		}
		j.Program, j.Form, j.Exact = &p, gpu.Reproducible1, true
		if _, err := gpu.Check(&p); err != nil {
			refused = append(refused, fmt.Sprintf("%s: %v", j.Name, err))
			continue
		}
		list = append(list, j)
	}
	return list, refused
}

func dialect(opt wgslgen.Options) string {
	if opt.Float {
		return "float"
	}
	return "integer"
}

// generatedJobs are kernels of the seeds from first on.
func generatedJobs(first, n uint64, opt wgslgen.Options) []job {
	var jobs []job
	for seed := first; seed < first+n; seed++ {
		opt.Seed = seed
		jobs = append(jobs, generatedJob(wgslgen.New(opt), fmt.Sprintf("%s seed %d", dialect(opt), seed), !opt.Float))
	}
	return jobs
}

// floatJobs are n generated float kernels from the first seed on that has one with a reproducible form, as they are written and in
// that form. The form of one in five is too large for compilers.
func floatJobs(first, n uint64, wide bool) (written, same []job) {
	for seed := first; uint64(len(same)) < n && seed < first+4*n; seed++ {
		jobs := generatedJobs(seed, 1, wgslgen.Options{Wide: wide, Float: true, Plain: true})
		if list, refused := reproducible(jobs); len(refused) == 0 {
			written, same = append(written, jobs...), append(same, list...)
		}
	}
	return written, same
}

// identityJobs are the kernels in which a compiler could see through something, as they are written and in the form in which
// none can. Only every step-th is taken.
func identityJobs(step int) (written, same []job) {
	for i, k := range wgslgen.Identities() {
		if i%step != 0 {
			continue
		}
		j := generatedJob(k.Kernel, k.Name, false)
		j.Group, j.Expressions = "identities", k.Expressions
		written = append(written, j)
	}
	same, _ = reproducible(written)
	return written, same
}
