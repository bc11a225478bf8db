package jobfile

import (
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu"
	"gpumesh/gpu/kernels"
	"gpumesh/gpu/npy"
	"gpumesh/market"
	"gpumesh/poc"
)

const examples = "../../testnet/jobs"

// write makes a file in a fresh directory, or in dir, and returns its path.
func write(t *testing.T, dir, name string, data []byte) string {
	t.Helper()
	if dir == "" {
		dir = t.TempDir()
	}
	path := filepath.Join(dir, name)
	require.NoError(t, os.WriteFile(path, data, 0o600))
	return path
}

func npyFile(kind gpu.Type, shape ...int64) []byte {
	size, err := product(shape)
	if err != nil {
		panic(err)
	}
	b := npy.Prefix(kind, shape)
	for i := range size / 4 {
		b = binary.LittleEndian.AppendUint32(b, uint32(i))
	}
	return b
}

func TestExampleMatmul(t *testing.T) {
	a, b := write(t, "", "a.npy", npyFile(gpu.F32, 33, 20)), write(t, "", "b.npy", npyFile(gpu.F32, 20, 70))
	j, err := Load(filepath.Join(examples, "matmul-f32.yaml"), Options{Inputs: map[string]string{"a": a, "b": b}})
	require.NoError(t, err)
	require.Equal(t, "matmul-f32", j.Name)
	require.Equal(t, poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 3}, j.Policy)
	require.Len(t, j.Programs, 1)
	p, err := gpu.DecodeProgram(j.Programs[0].Block)
	require.NoError(t, err)
	require.Equal(t, [3]uint32{3, 2, 1}, p.Step[0].Grid)
	require.Contains(t, p.Modules[0].WGSL, "const K: u32 = 20u; const M: u32 = 33u; const N: u32 = 70u; //")
	require.Len(t, j.Files, 2)
	require.Equal(t, uint64(33*20*4), j.Files[0].Size)
	f, err := j.Files[0].Open()
	require.NoError(t, err)
	raw, err := io.ReadAll(f)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	require.Equal(t, npyFile(gpu.F32, 33, 20)[len(npy.Prefix(gpu.F32, []int64{33, 20})):], raw)
	require.Equal(t, []Output{{
		Name: "c", File: "c.npy", Type: gpu.F32, Shape: []int64{33, 70}, Size: 33 * 70 * 4, Parts: []market.From{{Task: 0, Output: "c"}},
	}}, j.Outputs)

	files := map[string]poc.Link{"a": poc.HashLink(poc.Hash{1}), "b": poc.HashLink(poc.Hash{2})}
	n := market.LocalNetwork()
	n.Chain = "test"
	spec, err := j.Spec(files, market.NLOV, 5*market.NLOV, time.UnixMilli(1000))
	require.NoError(t, err)
	spec.Version, spec.Network, spec.Account = 1, n.ID(), "0x1"
	require.NoError(t, spec.Validate(n), "what a job file makes is what the network takes")
	_, err = j.Spec(nil, market.NLOV, 5*market.NLOV, time.UnixMilli(1000))
	require.ErrorContains(t, err, `"a" has not been stored`)
}

func TestExamplePiIsAGraph(t *testing.T) {
	j, err := Load(filepath.Join(examples, "pi.yaml"), Options{Set: map[string]int64{"TASKS": 5}})
	require.NoError(t, err)
	spec, err := j.Spec(nil, market.NLOV, 100*market.NLOV, time.UnixMilli(1000))
	require.NoError(t, err)
	require.Len(t, spec.Tasks, 6)
	require.Equal(t, uint64(1), spec.Tasks[0].Seed)
	require.Equal(t, uint64(5), spec.Tasks[4].Seed)
	require.Equal(t, spec.Tasks[0].Program, spec.Tasks[4].Program)
	require.Equal(t, []uint32{0, 1, 2, 3, 4}, spec.Tasks[5].Needs())
	n := market.LocalNetwork()
	n.Chain = "test"
	spec.Version, spec.Network, spec.Account = 1, n.ID(), "0x1"
	require.NoError(t, spec.Validate(n))
}

func TestExampleRenderIsOnePicture(t *testing.T) {
	j, err := Load(filepath.Join(examples, "render.yaml"), Options{Set: map[string]int64{"WIDTH": 40, "HEIGHT": 24, "BANDS": 3}})
	require.NoError(t, err)
	require.Equal(t, 3, j.Tasks())
	require.Equal(t, []int64{24, 40}, j.Outputs[0].Shape)
	require.Len(t, j.Outputs[0].Parts, 3)
	spec, err := j.Spec(nil, 1, 1, time.UnixMilli(1))
	require.NoError(t, err)
	require.Equal(t, uint64(2<<32+7), spec.Tasks[2].Seed)
	pixels := make([]byte, 24*40*4)
	for i := range pixels {
		pixels[i] = byte(i * 7)
	}
	path, err := j.Outputs[0].Write(t.TempDir(), bytes.NewReader(pixels))
	require.NoError(t, err)
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	shape, again, err := readPNG(f)
	require.NoError(t, err)
	require.Equal(t, []int64{24, 40}, shape)
	require.Equal(t, pixels, again, "a PNG keeps every byte")
}

// own is a job with a kernel in place, as a newcomer would write one.
const own = `name: own
inputs:
  x: {type: u32, shape: [N]}
let: {TWICE: N * 2}
programs:
  double:
    wgsl: |
      @group(0) @binding(0) var<storage, read> x: array<u32>;
      @group(0) @binding(1) var<storage, read_write> y: array<u32>;
      @compute @workgroup_size(64)
      fn main(@builtin(global_invocation_id) id: vec3<u32>) {
        if (id.x < N) { y[id.x] = x[id.x] * FACTOR; }
      }
    consts: {N: N, FACTOR: 2}
    buffers:
      y: {kind: output, type: u32, shape: [N]}
    step:
      - dispatch: main
        bind: [x, y]
        threads: [N]
tasks:
  - name: double
    program: double
outputs:
  y: {task: double, file: y.csv}
policy: {replicas: 3, quorum: 3}
price: {perReplica: 0.25, budget: "2 NLOV"}
timeout: 5s
deadline: 1m30s
late: {after: 45s, less: 12.5%}
`

func TestOwnKernel(t *testing.T) {
	dir := t.TempDir()
	path := write(t, dir, "own.yaml", []byte(own))
	x := write(t, dir, "x.bin", make([]byte, 100*4))
	j, err := Load(path, Options{Inputs: map[string]string{"x": x}})
	require.NoError(t, err)
	require.Equal(t, []int64{100}, j.Outputs[0].Shape, "N follows from the length of the raw file")
	require.Equal(t, market.NLOV/4, j.PerReplica)
	require.Equal(t, 2*market.NLOV, j.Budget)
	require.Equal(t, 90*time.Second, j.Deadline)
	require.Equal(t, uint32(3), j.Policy.Quorum)
	spec, err := j.Spec(map[string]poc.Link{"x": poc.HashLink(poc.Hash{1})}, 1, 5, time.UnixMilli(1))
	require.NoError(t, err)
	require.Equal(t, uint32(5), spec.Tasks[0].Timeout)
	require.Equal(t, []any{poc.Time(90_001), poc.Time(45_001), uint32(1_250)}, []any{spec.Deadline, spec.Due, spec.LateBps})
	for _, bad := range []string{"{after: 90s, less: 10%}", "{after: 45s}", "{less: 10%}", "{after: 45s, less: 10}", "{after: 45s, less: 100.01%}", "{after: 45s, less: 0.001%}"} {
		_, err := Load(write(t, dir, "late.yaml", []byte(strings.Replace(own, "{after: 45s, less: 12.5%}", bad, 1))), Options{Inputs: map[string]string{"x": x}})
		require.Error(t, err, bad)
	}

	got, err := j.Outputs[0].Write(dir, bytes.NewReader(make([]byte, 400)))
	require.NoError(t, err)
	text, err := os.ReadFile(got)
	require.NoError(t, err)
	require.Equal(t, strings.Repeat("0\n", 100), string(text))
	_, err = j.Outputs[0].Write(dir, bytes.NewReader(make([]byte, 396)))
	require.ErrorIs(t, err, io.EOF)
	left, err := filepath.Glob(filepath.Join(dir, ".*"))
	require.NoError(t, err)
	require.Empty(t, left, "a failed write leaves nothing")
}

// TestUnboundedLoops: a job tells which loop nobody knows the bound of, and for how long it may run.
func TestUnboundedLoops(t *testing.T) {
	dir := t.TempDir()
	x := write(t, dir, "x.bin", make([]byte, 100*4))
	for kernel, want := range map[string]string{
		"for (var i = 0u; i < FACTOR; i++) { y[id.x] += x[id.x]; }":           "",
		"\n          for (var i = 0u; i < x[0]; i++) { y[id.x] += x[id.x]; }": `the loop in line 6 of module "main", of kernel "main", in program "double"`,
	} {
		text := strings.Replace(own, "y[id.x] = x[id.x] * FACTOR;", kernel, 1)
		require.NotEqual(t, own, text)
		j, err := Load(write(t, dir, "own.yaml", []byte(text)), Options{Inputs: map[string]string{"x": x}})
		require.NoError(t, err)
		most, loop := j.Unbounded()
		require.Equal(t, want, loop)
		require.Equal(t, want != "", most == 5*time.Second)
	}
}

// TestMistakes changes one thing in the job and expects one sentence that says where and what.
func TestMistakes(t *testing.T) {
	dir := t.TempDir()
	x := write(t, dir, "x.npy", npyFile(gpu.U32, 100))
	for _, c := range []struct {
		name, old, new string
		line           string
		want           string
	}{
		{"bad YAML", "tasks:", "tasks: [", ":24", "must be specified"},
		{"unknown key", "    threads: [N]", "    thread: [N]", ":20", `unknown key "thread"`},
		{"unknown section", "timeout: 5s", "timeouts: 5s", ":28", `unknown key "timeouts"`},
		{"wrong type", "tasks:\n  - name: double\n    program: double", "tasks: double", ":21", "a sequence was expected here, not a string"},
		{"wrong entry point", "dispatch: main", "dispatch: mian", ":18", `program "double": there is no entry point "mian"; the WGSL has: main.main`},
		{"missing binding", "bind: [x, y]", "bind: [x]", ":18", `entry point "main" uses binding 1 ("y"), but bind names 1 buffers: [x]`},
		{"unknown buffer", "bind: [x, y]", "bind: [x, z]", ":18", `there is no buffer or input "z"; known are: params, x, y`},
		{"unknown variable", "bind: [x, y]", "bind: {z: x}", ":18", `uses no variable "z"; it uses: x, y`},
		{"read-only", "bind: [x, y]", "bind: [y, x]", ":6", `binding 1 ("y") is read_write, but "x" is a const buffer and read-only`},
		{"buffer too large", "shape: [N]}\n    step", "shape: [N, 1 << 40]}\n    step", ":16", "unexpected token"},
		{"huge buffer", "y: {kind: output, type: u32, shape: [N]}", "y: {kind: output, type: u32, shape: [2**41]}", ":16", `buffer "y": the shape is too large`},
		{"bad WGSL", "y[id.x] = x[id.x]", "y[id.x] = (x[id.x]", ":12", "WGSL column"},
		{"unknown name", "threads: [N]", "threads: [M]", ":20", `the name "M" is not known; known are: N, TWICE, x.len`},
		{"bad expression", "threads: [N]", "threads: ['N +']", ":20", `"N +": `},
		{"division", "threads: [N]", "threads: ['N / 3']", ":20", "100 / 3 is not a whole number; ceildiv rounds up"},
		{"grid", "threads: [N]", "grid: [70000]", ":18", "1 to 65535 are possible"},
		{"unknown program", "program: double", "program: triple", ":22", `task "double": there is no program "triple"; there are: double`},
		{"unknown task", "y: {task: double,", "y: {task: doubel,", ":25", `there is no task "doubel"; there are: double`},
		{"quorum", "quorum: 3", "quorum: 1", ":26", "quorum is 1; it must be more than half of replicas (3)"},
		{"amount", "perReplica: 0.25", "perReplica: much", ":27", `"much" is not an amount`},
		{"duration", "timeout: 5s", "timeout: soon", ":28", `"soon" is not a duration such as 90s`},
		{"input type", "x: {type: u32", "x: {type: f32", ":3", `is f32, but `},
		{"input rank", "shape: [N]}\nlet", "shape: [N, M]}\nlet", ":3", "has 2 dimensions, but"},
		{"input shape", "shape: [N]}\nlet: {TWICE: N * 2}", "shape: [N]}\nlet: {N: 99}", ":3", "has the shape [99], but"},
		{"cycle", "TWICE: N * 2", "TWICE: TWICE + 1, N: TWICE", ":4", "is defined by itself"},
		{"output file", "file: y.csv", "file: ../y.csv", ":25", "is not a plain file name"},
		{"png shape", "file: y.csv", "file: y.png", ":25", "a .png needs the type u32 and a shape [height, width]"},
		{"no consts", "consts: {N: N, FACTOR: 2}", "consts: {N: N}", ":12", "FACTOR"},
		{"two commands", "dispatch: main\n", "dispatch: main\n        copy: [x, y]\n", ":18", "exactly one of dispatch, copy, fill and swap"},
		{"anchor", "wgsl: |", "wgsl: &a |", ":7", "anchors"},
		{"repeat", "program: double\noutputs", "program: double\n    repeat: 0\noutputs", ":24", "repeat is 0; it must be 1 to"},
		{"no name", "name: own", "name: \"\"", ":1", "a job has a name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Contains(t, own, c.old)
			path := write(t, "", "job.yaml", []byte(strings.Replace(own, c.old, c.new, 1)))
			_, err := Load(path, Options{Inputs: map[string]string{"x": x}})
			require.Error(t, err)
			var e *Error
			require.ErrorAs(t, err, &e)
			t.Log(err)
			require.True(t, strings.HasPrefix(err.Error(), path+c.line), err.Error())
			require.Contains(t, err.Error(), c.want)
			require.NotContains(t, err.Error(), "\n")
		})
	}
}

func TestMissingFiles(t *testing.T) {
	dir := t.TempDir()
	path := write(t, dir, "job.yaml", []byte(own))
	x := write(t, dir, "x.npy", npyFile(gpu.U32, 4))
	_, err := Load(filepath.Join(dir, "none.yaml"), Options{})
	require.EqualError(t, err, filepath.Join(dir, "none.yaml")+": the file does not exist")
	_, err = Load(path, Options{})
	require.EqualError(t, err, path+`:3: the input "x" has no file; add -i x=FILE`)
	_, err = Load(path, Options{Inputs: map[string]string{"x": x, "z": x}})
	require.EqualError(t, err, path+`: there is no input "z" to give a file to; the job has: x`)
	_, err = Load(path, Options{Inputs: map[string]string{"x": x + "z"}})
	require.EqualError(t, err, x+"z: the file does not exist")
	_, err = Load(path, Options{Inputs: map[string]string{"x": x}, Set: map[string]int64{"N": 1}})
	require.EqualError(t, err, path+`: there is no "N" in let to set; it has: TWICE`)
	_, err = Load(dir, Options{})
	require.ErrorContains(t, err, "not a regular file")

	j, err := Load(path, Options{Inputs: map[string]string{"x": x}})
	require.NoError(t, err)
	write(t, dir, "x.npy", npyFile(gpu.U32, 5))
	_, err = j.Files[0].Open()
	require.ErrorContains(t, err, "has changed")
}

func TestExpressions(t *testing.T) {
	src, err := parse("x.yaml", []byte("name: x\nlet: {A: 6, B: A * C, C: '-7', D: 'min(A, 4) + max(A, 4)', E: 'x.len + x.shape[1]'}\n"))
	require.NoError(t, err)
	s := &scope{src: src, set: map[string]int64{"C": 5}, sizes: map[string]int64{"N": 100}, inputs: map[string]*boundInput{
		"x": {size: 48, shape: []int64{3, 4}},
	}}
	for text, want := range map[string]int64{
		"7": 7, "0x10": 16, "-3": -3, "B": 30, "D": 10, "E": 16, "ceildiv(N, 32)": 4, "(N + 28) / 32": 4, "N % 32": 4, "2 ** 10": 1024,
		"log2(1024)": 10, "-(N - 1)": -99, "9223372036854775807": 1<<63 - 1, "1 + 2 * 3": 7,
	} {
		got, err := s.eval(expression{text, 1})
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	for text, want := range map[string]string{
		"9223372036854775807 + 1": "64 bits", "2 ** 64": "64 bits", "2 ** 63": "64 bits", "(-2) ** 63 - 1": "64 bits", "N / 7": "ceildiv",
		"N / 0": "not a whole number", "N % 0": "positive", "x": "x.len", "x.size": "no such value", "x.shape[2]": "no dimension 2",
		"other.len": "no such value", "now()": "only whole numbers", "len(\"x\")": "only whole numbers", "true": "only whole numbers",
		"1.5": "only whole numbers", "'x' + 'y'": "only whole numbers", "N ? 1 : 2": "only whole numbers", "": "",
	} {
		_, err := s.eval(expression{text, 3})
		require.ErrorContains(t, err, want, text)
		require.ErrorContains(t, err, "x.yaml:3: ")
		require.NotContains(t, err.Error(), "\n")
	}
}

// FuzzLoad looks for job files that crash, and for ones that are accepted and then not what a network takes.
func FuzzLoad(f *testing.F) {
	f.Add(own)
	for _, name := range []string{"render.yaml", "pi.yaml", "matmul-i32.yaml"} {
		b, err := os.ReadFile(filepath.Join(examples, name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b))
	}
	x := filepath.Join(f.TempDir(), "x.npy")
	if err := os.WriteFile(x, npyFile(gpu.U32, 16), 0o600); err != nil {
		f.Fatal(err)
	}
	n := market.LocalNetwork()
	n.Chain, n.MaxTasks = "test", maxRepeat
	f.Fuzz(func(t *testing.T, text string) {
		src, err := parse("job.yaml", []byte(text))
		if err != nil {
			require.NotContains(t, err.Error(), "\n")
			return
		}
		files := map[string]string{}
		for name := range src.Inputs {
			files[name] = x
		}
		j, err := build(src, examples, Options{Inputs: files})
		if err != nil {
			var e *Error
			require.ErrorAs(t, err, &e)
			return
		}
		links := map[string]poc.Link{}
		for _, file := range j.Files {
			links[file.Input] = poc.HashLink(poc.Hash{1})
		}
		spec, err := j.Spec(links, 1, market.Amount(1)<<60, time.UnixMilli(1))
		require.NoError(t, err)
		spec.Version, spec.Network, spec.Account = 1, n.ID(), "0x1"
		if j.Policy.Replicas >= n.MinReplicas && j.Policy.MaxReplicas <= n.MaxReplicas && j.Policy.Standby <= n.MaxPanel {
			require.NoError(t, spec.Validate(n))
		}
	})
}

// TestBuiltin names a kernel of the library, and makes the mistakes that one can make with it.
func TestBuiltin(t *testing.T) {
	x := filepath.Join(t.TempDir(), "x.npy")
	require.NoError(t, os.WriteFile(x, npyFile(gpu.U32, 100), 0o600))
	load := func(text string) (*Job, error) {
		path := filepath.Join(t.TempDir(), "job.yaml")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return Load(path, Options{Inputs: map[string]string{"x": x}})
	}
	example, err := os.ReadFile(filepath.Join(examples, "sort.yaml"))
	require.NoError(t, err)
	j, err := load(string(example))
	require.NoError(t, err)
	require.Equal(t, 1, j.Tasks())
	require.Equal(t, []int64{100}, j.Outputs[0].Shape)
	for change, want := range map[string]string{
		"builtin: sort-u32>builtin: sort-u33":             `job.yaml:6: program "sort": there is no`,
		"with: {N: N}>with: {M: N}":                       "the parameter N (elements) is missing",
		"with: {N: N}>with: {N: N + Q}":                   `the name "Q" is not known`,
		"builtin: sort-u32, with: {N: N}>with: {N: N}":    "named by builtin",
		"builtin: sort-u32,>builtin: sort-u32, steps: 2,": "nothing else",
	} {
		from, to, _ := strings.Cut(change, ">")
		require.Contains(t, string(example), from)
		_, err := load(strings.Replace(string(example), from, to, 1))
		require.ErrorContains(t, err, want)
	}
}

// The caller may choose the variant of a kernel, which computes the same from another text.
func TestBuiltinVariant(t *testing.T) {
	path := filepath.Join(t.TempDir(), "job.yaml")
	require.NoError(t, os.WriteFile(path, []byte(`name: sum
let: {N: 3000}
programs:
  sum: {builtin: scan-u32, with: {N: N}}
tasks:
  - {name: sum, program: sum}
inputs:
  x: {type: u32, shape: [N]}
`), 0o600))
	x := filepath.Join(t.TempDir(), "x.bin")
	require.NoError(t, os.WriteFile(x, make([]byte, 12000), 0o600))
	blocks := map[string][]byte{}
	for _, variant := range append(kernels.Variants("scan-u32"), "") {
		opts := Options{Inputs: map[string]string{"x": x}}
		if variant != "" {
			opts.Variant = func(name string, params map[string]int64) string {
				require.Equal(t, "scan-u32", name)
				require.Equal(t, map[string]int64{"N": 3000}, params)
				return variant
			}
		}
		j, err := Load(path, opts)
		require.NoError(t, err)
		require.True(t, j.Library)
		k, err := kernels.New("scan-u32", map[string]int64{"N": 3000}, variant)
		require.NoError(t, err)
		want, err := k.Program().Encode()
		require.NoError(t, err)
		require.Equal(t, want, j.Programs[0].Block, variant)
		blocks[variant] = want
	}
	require.NotEqual(t, blocks["serial"], blocks["shared"])
	_, err := Load(path, Options{Inputs: map[string]string{"x": x}, Variant: func(string, map[string]int64) string { return "none" }})
	require.ErrorContains(t, err, "no variant")
}

// TestUnlikeDevices: who computes floats as drivers do asks for the agreement of all, or it would convict honest nodes.
func TestUnlikeDevices(t *testing.T) {
	const text = `name: floats
tier: fast
programs:
  square:
    wgsl: |
      @group(0) @binding(0) var<storage, read_write> y: array<f32>;
      @compute @workgroup_size(64)
      fn main(@builtin(global_invocation_id) id: vec3<u32>) { y[id.x] = sqrt(f32(id.x)); }
    buffers:
      y: {kind: output, type: f32, shape: [64]}
    step:
      - {dispatch: main, grid: [1]}
tasks:
  - {name: square, program: square}
`
	path := filepath.Join(t.TempDir(), "job.yaml")
	load := func(text string, o Options) (*Job, error) {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return Load(path, o)
	}
	j, err := load(text, Options{})
	require.NoError(t, err)
	require.Equal(t, poc.Policy{Replicas: 3, Quorum: 3, MaxReplicas: 3, Standby: 3}, j.Policy)
	j, err = load(text, Options{Tier: Reproducible})
	require.NoError(t, err)
	require.Equal(t, poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 3}, j.Policy)
	_, err = load(text+"policy: {replicas: 3, quorum: 2}\n", Options{})
	require.ErrorContains(t, err, "all replicas must agree: quorum and maxReplicas must be 3 (replicas), or the tier reproducible")
}

// TestComparators: what results are compared by follows from the tier and from the programs.
func TestComparators(t *testing.T) {
	text := func(body, more string) string {
		return `name: floats
programs:
  p:
    wgsl: |
      @group(0) @binding(0) var<storage, read_write> y: array<f32>;
      @compute @workgroup_size(64)
      fn main(@builtin(global_invocation_id) id: vec3<u32>) { ` + body + ` }
    buffers:
      y: {kind: output, type: f32, shape: [64]}
    step:
      - {dispatch: main, grid: [1]}
tasks:
  - {name: t, program: p, repeat: 2}
` + more
	}
	load := func(body, more string) (*Job, error) {
		path := filepath.Join(t.TempDir(), "job.yaml")
		require.NoError(t, os.WriteFile(path, []byte(text(body, more)), 0o600))
		return Load(path, Options{})
	}
	const floats, equal = "y[id.x] = exp(f32(id.x));", "y[id.x] = bitcast<f32>(id.x);"
	const near = "tier: tolerance\n"
	for more, want := range map[string]poc.Comparator{
		"tier: class-exact\n": {Tier: poc.ClassExact},
		near:                  {Tier: poc.Tolerance},
		near + "policy: {relative: 1e-5, largest: 0.00002}\n":             {Tier: poc.Tolerance, Relative: 10_000, Largest: 20_000},
		"tier: image\npolicy: {step: 2, differing: 2%, relative: 1e-6}\n": {Tier: poc.Image, Step: 2, Differing: 20_000, Relative: 1000},
		"tier: reproducible\n": {},
	} {
		j, err := load(floats, more)
		require.NoError(t, err, more)
		require.Equal(t, poc.Policy{Replicas: 3, Quorum: 2, MaxReplicas: 5, Standby: 3, Compare: want}, j.Policy, more)
		require.Equal(t, 2, j.Units(256))
	}
	for more, want := range map[string]poc.Policy{
		"tier: class-exact\npolicy: {maxError: 5%}\n":           {Replicas: 4, Quorum: 4, MaxReplicas: 7, Standby: 3, MaxError: 50_000, Compare: poc.Comparator{Tier: poc.ClassExact}},
		near + "policy: {maxError: 1%, relative: 1e-5}\n":       {Replicas: 6, Quorum: 6, MaxReplicas: 10, Standby: 4, MaxError: 10_000, Compare: poc.Comparator{Tier: poc.Tolerance, Relative: 10_000}},
		"tier: image\npolicy: {maxError: 1%, dishonest: 10%}\n": {Replicas: 3, Quorum: 3, MaxReplicas: 5, Standby: 2, MaxError: 10_000, Compare: poc.Comparator{Tier: poc.Image}},
	} {
		j, err := load(floats, more)
		require.NoError(t, err, more)
		require.Equal(t, want, j.Policy, more)
		spec := market.Spec{Policy: j.Policy}
		require.Equal(t, int(want.MaxReplicas), spec.Seats(), "fewer candidates would be stuck more often")
		require.NotZero(t, j.Dishonest)
	}
	j, err := load(equal, near)
	require.NoError(t, err)
	require.Equal(t, poc.Comparator{}, j.Policy.Compare, "equal bytes are stricter, and cheaper")
	for more, want := range map[string]string{
		near + "policy: {relative: 0.2}\n":                "want at most",
		near + "policy: {relative: 2e-10}\n":              `"2e-10" is not a bound`,
		near + "policy: {largest: 0}\n":                   "whole number of billionths",
		near + "policy: {step: 2}\n":                      "has no such thresholds",
		"tier: fast\npolicy: {relative: 1e-5}\n":          "has no such thresholds",
		near + "policy: {maxError: 0}\n":                  "maxError is 0",
		near + "policy: {maxError: 1%, dishonest: 33%}\n": "no 32 candidates with a quorum of at most 32 bound the error to 10000 in a million if 330 in a thousand are dishonest; accept more",
		near + "policy: {maxError: 1%, quorum: 3}\n":      "follows from maxError",
		"tier: fast\npolicy: {maxError: 1%}\n":            "which maxError would take for lies",
		near + "batch: 2\n":                               "are units of their own",
		"tier: near\n":                                    "it must be exact, reproducible, class-exact, tolerance, image or fast",
	} {
		_, err := load(floats, more)
		require.ErrorContains(t, err, want, more)
	}
	for _, f := range []string{"sin(x)", "cos(x)", "tan(x)", "asin(x)", "acos(x)", "atan(x)", "atan2(x, 2.0)"} {
		_, err := load("let x = f32(id.x); y[id.x] = "+f+";", near)
		require.ErrorContains(t, err, "line 3 uses "+strings.Split(f, "(")[0]+", in which honest devices differ")
	}
}

func TestMaxErrorAndUnits(t *testing.T) {
	const text = `name: j
let: {N: 64}
programs:
  p:
    wgsl: |
      @group(0) @binding(0) var<storage, read_write> y: array<u32>;
      @compute @workgroup_size(4)
      fn main(@builtin(global_invocation_id) id: vec3<u32>) { y[id.x] = id.x; }
    buffers: {y: {kind: output, type: u32, shape: [4]}}
    step: [{dispatch: main, threads: [4]}]
tasks: [{name: t, program: p, repeat: N}]
`
	load := func(more string, set map[string]int64) (*Job, error) {
		path := filepath.Join(t.TempDir(), "job.yaml")
		require.NoError(t, os.WriteFile(path, []byte(text+more), 0o600))
		return Load(path, Options{Set: set})
	}
	for _, same := range []string{"0.001", "0.1%", "1000ppm", "'0.1 %'"} {
		j, err := load("policy: {maxError: "+same+"}\n", nil)
		require.NoError(t, err)
		want, err := poc.ForRisk(1000, 200)
		require.NoError(t, err)
		require.Equal(t, want, j.Policy, same)
	}
	j, err := load("policy: {maxError: 10%, dishonest: 0}\n", nil)
	require.NoError(t, err)
	require.Equal(t, 4, j.Policy.Candidates())
	for more, want := range map[string]string{
		"policy: {maxError: 0.001, quorum: 2}\n":          "follows from maxError",
		"policy: {dishonest: 0.1}\n":                      "dishonest goes with maxError",
		"policy: {maxError: 0}\n":                         "maxError is 0",
		"policy: {maxError: 0.9}\n":                       "at most one half",
		"policy: {maxError: 1ppm, dishonest: 40%}\n":      "accept more, or assume fewer",
		"policy: {maxError: little}\n":                    `"little" is not a share`,
		"policy: {maxError: 1e-3}\n":                      `"1e-3" is not a share`,
		"policy: {maxError: 0.0000001}\n":                 "whole number of millionths",
		"policy: {maxError: 200%}\n":                      "whole number of millionths from 0 to 1",
		"tier: fast\npolicy: {maxError: 0.1}\nbatch: 3\n": "do not make whole units of 3",
		"batch: 0\n": "batch is 0",
	} {
		_, err := load(more, nil)
		require.ErrorContains(t, err, want, more)
	}

	for _, c := range []struct {
		tasks         int64
		more          string
		most          uint32
		batch, units_ int
	}{
		{63, "", 256, 0, 63}, {64, "", 256, 16, 4}, {256, "", 256, 64, 4}, {1024, "", 256, 64, 16}, {1024, "", 8, 8, 128}, {67, "", 256, 0, 67},
		{1024, "", 1, 0, 1024}, {64, "batch: 1\n", 256, 1, 64}, {64, "batch: N / 2\n", 256, 32, 2},
	} {
		j, err := load(c.more, map[string]int64{"N": c.tasks})
		require.NoError(t, err)
		require.Equal(t, c.units_, j.Units(c.most), "%+v", c)
		require.Equal(t, uint32(c.batch), j.Batch, "%+v", c)
	}
}
