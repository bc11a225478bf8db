// Package recipe reads training files: a model of the zoo, how it is trained, and what the data is.
//
//	model: gpt-nano
//	sizes: {context: 64, width: 64}
//	data: {format: text, tokenizer: bpe, vocab: 512}
//	batch: 16
//	steps: 500
//	optimizer: {method: adamw, rate: 0.001, warmup: 20, schedule: cosine, decay: 0.1, clip: 1}
package recipe

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/gomlx/compute/dtypes"

	"gpumesh/gpu"
	"gpumesh/gpu/dataset"
	"gpumesh/gpu/gomlx"
	"gpumesh/gpu/gomlx/gofile"
	"gpumesh/gpu/gomlx/zoo"
)

const maxFile = 1 << 20

// Recipe is a training file.
type Recipe struct {
	Dir       string         `yaml:"-"`       // of files that are named in it; empty: the current one
	Model     string         `yaml:"model"`   // of the zoo, an .onnx file that predicts a number for each class, or a .go file, see gofile
	Weights   string         `yaml:"weights"` // file of weights that training wrote, to go on from
	Sizes     map[string]int `yaml:"sizes"`
	Dropout   float64        `yaml:"dropout"`
	Data      Data           `yaml:"data"`
	Batch     int            `yaml:"batch"`
	Steps     int            `yaml:"steps"`
	Segment   int            `yaml:"segment"`
	Seed      uint64         `yaml:"seed"`
	Optimizer Optimizer      `yaml:"optimizer"`
}

// Data says what the files hold. Formats are text, idx, csv and npy; without one the file's name tells.
type Data struct {
	Format    string  `yaml:"format"`
	Label     string  `yaml:"label"`     // csv: column of the label, the last one when left out
	Scale     float64 `yaml:"scale"`     // idx, npy: factor of every number; 0: 1/255 for bytes of an IDX file, else 1
	Tokenizer string  `yaml:"tokenizer"` // text: bytes (the default) or bpe
	Vocab     int     `yaml:"vocab"`     // bpe: tokens
}

// Optimizer is a gomlx.Optimizer as a person writes it.
type Optimizer struct {
	Method   string  `yaml:"method"`
	Rate     float64 `yaml:"rate"`
	Warmup   int     `yaml:"warmup"`
	Schedule string  `yaml:"schedule"`
	Floor    float64 `yaml:"floor"`
	Beta1    float64 `yaml:"beta1"`
	Beta2    float64 `yaml:"beta2"`
	Epsilon  float64 `yaml:"epsilon"`
	Momentum float64 `yaml:"momentum"`
	Nesterov bool    `yaml:"nesterov"`
	Decay    float64 `yaml:"decay"`
	Clip     float64 `yaml:"clip"`
}

func (o Optimizer) compile() gomlx.Optimizer {
	return gomlx.Optimizer{
		Method:   gomlx.Method(cmp.Or(o.Method, string(gomlx.AdamW))),
		Schedule: gomlx.Schedule{Rate: cmp.Or(o.Rate, 1e-3), Warmup: o.Warmup, Shape: gomlx.Shape(o.Schedule), Floor: o.Floor},
		Beta1:    o.Beta1, Beta2: o.Beta2, Epsilon: o.Epsilon, Momentum: o.Momentum, Nesterov: o.Nesterov, Decay: o.Decay, Clip: o.Clip,
	}
}

// Parse reads a training file. Unknown fields are an error.
func Parse(text []byte) (*Recipe, error) {
	if len(text) > maxFile {
		return nil, gpu.Errorf(gpu.InvalidInput, "a training file has at most %d bytes, not %d", maxFile, len(text))
	}
	r := new(Recipe)
	if err := yaml.UnmarshalWithOptions(text, r, yaml.Strict()); err != nil {
		return nil, gpu.Errorf(gpu.InvalidInput, "%s", yaml.FormatError(err, false, false))
	}
	r.Batch, r.Steps = cmp.Or(r.Batch, 16), cmp.Or(r.Steps, 100)
	return r, nil
}

// Run is a training run that is ready: a Program with all its inputs.
type Run struct {
	Compiled *gomlx.Compiled
	Inputs   map[string][]byte // of the Program, by buffer
	Seed     uint64
	Examples int // of one step; a language model's are tokens
	about    About
	onnx     []byte // file that the model is of
}

// Unit is what Examples counts.
func (r *Run) Unit() string {
	if r.about.Tokenizer != nil {
		return "tokens"
	}
	return "samples"
}

// Extension is that of the files that Weights writes.
func (r *Run) Extension() string {
	if r.onnx != nil {
		return ".onnx"
	}
	return ".safetensors"
}

// About is what a file of weights says of itself, so that it can be used without the recipe.
type About struct {
	Spec      zoo.Spec           `json:"spec"`
	Tokenizer *dataset.Tokenizer `json:"tokenizer,omitempty"`
	Classes   []string           `json:"classes,omitempty"`
	Scale     float64            `json:"scale,omitempty"` // of the numbers that it was trained on
}

// Prepare reads the data and compiles the run. files are the data: one text or CSV file, or two of IDX or .npy, examples and
// labels.
func (r *Recipe) Prepare(files []string, target gpu.AdapterType) (*Run, error) {
	e, err := r.read(files, r.Batch*r.Steps, nil)
	if err != nil {
		return nil, err
	}
	if e.count() < r.Batch {
		return nil, gpu.Errorf(gpu.InvalidInput, "there are %d examples, fewer than a batch of %d", e.count(), r.Batch)
	}
	run := &Run{Seed: r.Seed, Examples: r.Batch * e.tokens, Inputs: make(map[string][]byte), about: e.about, onnx: e.onnx}
	run.Compiled, err = gomlx.CompileTrain(r.train(e, e.count()/r.Batch, target))
	if err != nil {
		return nil, err
	}
	maps.Copy(run.Inputs, run.Compiled.Inputs)
	run.Inputs["x"], run.Inputs["y"] = e.x.Data, e.y.Data
	return run, nil
}

func (r *Recipe) train(e *examples, batches int, target gpu.AdapterType) gomlx.Train {
	return gomlx.Train{
		Model: e.model, Optimizer: r.Optimizer.compile(), Batch: r.Batch, Steps: r.Steps, Segment: cmp.Or(r.Segment, max(r.Steps/50, 1)), Seed: r.Seed,
		Batches: batches, Target: target, Values: e.values,
	}
}

// examples are data that were read, and the model that fits them.
type examples struct {
	x, y   dataset.Tensor
	model  gomlx.Model
	about  About
	tokens int // of one example; 1 where there are none
	onnx   []byte
	values map[string][]byte // first weights, by path
}

func (e *examples) count() int { return e.x.Dims[0] }

// read reads data: of a text most windows, and with the tokens of tokenizer if there is one.
func (r *Recipe) read(files []string, most int, tokenizer *dataset.Tokenizer) (*examples, error) {
	spec := zoo.Spec{Name: r.Model, Sizes: maps.Clone(r.Sizes), Dropout: r.Dropout}
	if spec.Sizes == nil {
		spec.Sizes = make(map[string]int)
	}
	if len(files) == 0 {
		return nil, gpu.Errorf(gpu.InvalidInput, "there is no data to train on")
	}
	e := &examples{tokens: 1}
	var err error
	if r.Weights != "" {
		if err := r.goOn(e, &tokenizer); err != nil {
			return nil, err
		}
	}
	if text := isGo(r.Model) && r.Data.Format == "text" || slices.ContainsFunc(zoo.Models(), func(i zoo.Info) bool { return i.Name == r.Model && i.Text }); text {
		e.about.Tokenizer = tokenizer
		err = r.text(files, &spec, e, most)
	} else {
		err = r.numbers(files, e)
		if err == nil {
			r.fit(e.x, spec.Sizes)
			e.x, e.y, err = dataset.Shuffle(e.x, e.y, r.Seed)
		}
	}
	if err != nil {
		return nil, gpu.Errorf(gpu.InvalidInput, "%v", err)
	}
	switch {
	case strings.HasSuffix(r.Model, ".onnx"):
		err = r.imported(e)
	case isGo(r.Model) && r.Dropout != 0:
		err = gpu.Errorf(gpu.InvalidInput, "%s has its dropout in itself; leave it out", r.Model)
	case isGo(r.Model):
		e.model, err = gofile.Load(r.path(r.Model), spec.Sizes)
	default:
		e.model, err = zoo.Build(spec)
	}
	if err != nil {
		return nil, err
	}
	e.about.Spec = spec
	each := 4
	for _, d := range e.model.Inputs[0].Dims {
		each *= d
	}
	if n := e.count(); len(e.x.Data) != n*each || len(e.y.Data)/n*n != len(e.y.Data) {
		return nil, gpu.Errorf(gpu.InvalidInput, "an example has %d numbers, and the model %s takes %d%s", len(e.x.Data)/n/4, r.Model, each/4, sizesOf(r.Model))
	}
	for i := range e.y.Len() {
		if label := e.y.Float(i); e.model.Classes > 0 && !(label >= 0 && label < float64(e.model.Classes)) {
			return nil, gpu.Errorf(gpu.InvalidInput, "a label is %v, and the model %s has %d classes, from 0%s", label, r.Model, e.model.Classes, sizesOf(r.Model))
		}
	}
	return e, nil
}

// fit sets those sizes that the recipe leaves out and that an example has. They are the recipe's from then on, so that examples to test with must
// have them, too.
func (r *Recipe) fit(x dataset.Tensor, sizes map[string]int) {
	set := func(name string, value int) {
		if _, given := sizes[name]; !given {
			sizes[name] = value
		}
	}
	switch dims := x.Dims; {
	case r.Model == "mlp" && dims[0] > 0:
		set("inputs", x.Len()/dims[0])
	case r.Model == "cnn" && (len(dims) == 3 || len(dims) == 4) && dims[1] == dims[2]:
		set("side", dims[1])
		if len(dims) == 4 {
			set("channels", dims[3])
		}
	default:
		return
	}
	r.Sizes = maps.Clone(sizes)
}

// sizesOf tells what sizes a model of the zoo has, for who must set them.
func sizesOf(model string) string {
	for _, m := range zoo.Models() {
		if m.Name == model {
			var names []string
			for _, s := range m.Sizes {
				names = append(names, s.Name)
			}
			return "; set its sizes, which are " + strings.Join(names, ", ")
		}
	}
	return ""
}

// goOn reads the weights to begin with.
func (r *Recipe) goOn(e *examples, tokenizer **dataset.Tokenizer) error {
	if strings.HasSuffix(r.Model, ".onnx") {
		return gpu.Errorf(gpu.InvalidInput, "%s has weights of its own; the recipe names others besides", r.Model)
	}
	file, err := readFile(r.path(r.Weights))
	if err != nil {
		return gpu.Errorf(gpu.InvalidInput, "%v", err)
	}
	source := ""
	if isGo(r.Model) {
		source = r.path(r.Model)
	}
	about, _, values, err := Load(file, source)
	if err != nil {
		return fmt.Errorf("%s: %w", r.Weights, err)
	}
	if about.Spec.Name != r.Model {
		return gpu.Errorf(gpu.InvalidInput, "%s holds weights of the model %s, not of %s", r.Weights, about.Spec.Name, r.Model)
	}
	e.values = values
	if *tokenizer == nil {
		*tokenizer = about.Tokenizer
	}
	return nil
}

// path is that of a file that the recipe names.
func (r *Recipe) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(r.Dir, name)
}

// imported reads the ONNX file that is the model.
func (r *Recipe) imported(e *examples) error {
	if len(r.Sizes) > 0 || r.Dropout != 0 {
		return gpu.Errorf(gpu.InvalidInput, "%s has its sizes and its dropout in itself; leave them out", r.Model)
	}
	file, err := readFile(r.path(r.Model))
	if err != nil {
		return gpu.Errorf(gpu.InvalidInput, "%v", err)
	}
	m, err := LoadONNX(file)
	if err != nil {
		return fmt.Errorf("%s: %w", r.Model, err)
	}
	e.onnx, e.model = file, zoo.Classifier(m, gomlx.EndsInSoftmax(file))
	return nil
}

// Complete reports weights that a program has and values lack. It would begin with numbers drawn by chance in their place.
func Complete(c *gomlx.Compiled, values map[string][]byte) error {
	for _, w := range c.Weights {
		if _, ok := values[w.Path]; !ok && w.DType == dtypes.Float32 {
			return gpu.Errorf(gpu.InvalidInput, "the file of weights has no tensor %q, which the model needs", strings.ReplaceAll(strings.Trim(w.Path, "/"), "/", "."))
		}
	}
	return nil
}

// LoadONNX reads an ONNX file whose one input is a batch of examples in f32. What is asked is the input "x".
func LoadONNX(file []byte) (gomlx.Model, error) {
	m, err := gomlx.ImportONNX(file)
	if err != nil {
		return m, err
	}
	if len(m.Inputs) != 1 || m.Inputs[0].DType != dtypes.Float32 {
		return m, gpu.Errorf(gpu.InvalidInput, "the model takes %d inputs, the first of type %s; one of type float32 is possible here", len(m.Inputs), m.Inputs[0].DType)
	}
	m.Inputs[0].Name = "x"
	return m, nil
}

// text reads a text, and draws windows from it, at most so many and not more than a bound.
func (r *Recipe) text(files []string, spec *zoo.Spec, e *examples, most int) error {
	if len(files) != 1 {
		return fmt.Errorf("a text is one file, not %d", len(files))
	}
	text, err := readFile(files[0])
	if err != nil {
		return err
	}
	switch {
	case e.about.Tokenizer != nil:
	case r.Data.Tokenizer == "" || r.Data.Tokenizer == "bytes":
		e.about.Tokenizer = new(dataset.Tokenizer)
	case r.Data.Tokenizer == "bpe":
		if e.about.Tokenizer, err = dataset.TrainTokenizer(text, cmp.Or(r.Data.Vocab, 512)); err != nil {
			return err
		}
	default:
		return fmt.Errorf("the tokenizer %q is not known; use bytes or bpe", r.Data.Tokenizer)
	}
	spec.Sizes["vocab"] = e.about.Tokenizer.Vocab()
	e.tokens = cmp.Or(spec.Sizes["context"], 64)
	spec.Sizes["context"] = e.tokens
	const bound = 64 << 20 // tokens
	e.x, e.y, err = dataset.Windows(e.about.Tokenizer.Encode(text), e.tokens, max(min(most, bound/e.tokens/r.Batch*r.Batch), r.Batch), r.Seed)
	return err
}

// numbers reads examples with labels.
func (r *Recipe) numbers(files []string, e *examples) error {
	format := r.Data.Format
	if format == "" {
		switch name := strings.TrimSuffix(strings.ToLower(files[0]), ".gz"); {
		case strings.HasSuffix(name, ".csv"):
			format = "csv"
		case strings.HasSuffix(name, ".npy"):
			format = "npy"
		default:
			format = "idx"
		}
	}
	want := 2
	if format == "csv" {
		want = 1
	}
	if len(files) != want {
		return fmt.Errorf("data of format %s is %d files, not %d", format, want, len(files))
	}
	var list [2]dataset.Tensor
	for i, path := range files {
		if err := open(path, func(f io.Reader) (err error) {
			switch format {
			case "csv":
				t, err := dataset.ReadCSV(f, cmp.Or(r.Data.Label, "-1"))
				list, e.about.Classes = [2]dataset.Tensor{t.X, t.Y}, t.Classes
				return err
			case "npy":
				list[i], err = dataset.ReadNPY(f)
			case "idx":
				list[i], err = dataset.ReadIDX(f)
			default:
				err = fmt.Errorf("the format %q is not known; use text, idx, csv or npy", format)
			}
			return err
		}); err != nil {
			return err
		}
	}
	scale := r.Data.Scale
	if scale == 0 {
		scale = 1
		if format == "idx" && list[0].Type == gpu.U32 {
			scale = 1.0 / 255
		}
	}
	e.x, e.y, e.about.Scale = list[0].Floats(scale), list[1], scale
	if e.y.Type == gpu.F32 {
		return fmt.Errorf("%s: the labels are of a float type; classes are whole numbers from 0", filepath.Base(files[len(files)-1]))
	}
	return nil
}

func open(path string, read func(io.Reader) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	if err := read(f); err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return nil
}

const maxText = 1 << 30

func readFile(path string) (b []byte, err error) {
	return b, open(path, func(f io.Reader) error {
		b, err = io.ReadAll(io.LimitReader(f, maxText+1))
		if err == nil && len(b) > maxText {
			err = fmt.Errorf("a text has at most %d bytes", maxText)
		}
		return err
	})
}

const aboutKey = "gpumesh"

// Weights writes the results of a run as a safetensors file that says what it is of, or as the ONNX file that the model came from.
func (r *Run) Weights(w io.Writer, results map[string][]byte) error {
	if r.onnx != nil {
		values := make(map[string][]byte)
		for _, v := range r.Compiled.Weights {
			if b := results[v.Buffer]; b != nil && !v.Moment {
				values[v.Path] = b
			}
		}
		file, err := gomlx.ExportONNX(r.onnx, values)
		if err == nil {
			_, err = w.Write(file)
		}
		return err
	}
	tensors := make(map[string]dataset.Tensor)
	for _, v := range r.Compiled.Weights {
		if b := results[v.Buffer]; b != nil && !v.Moment {
			tensors[strings.ReplaceAll(strings.Trim(v.Path, "/"), "/", ".")] = dataset.Tensor{Type: gpu.F32, Dims: v.Dims, Data: b}
		}
	}
	about, err := json.Marshal(r.about)
	if err != nil {
		return err
	}
	return dataset.WriteSafetensors(w, tensors, map[string]string{aboutKey: string(about)})
}

func isGo(model string) bool { return strings.HasSuffix(model, ".go") }

// Load reads what Weights wrote: the model, and its weights by path. source is the Go program of a model that has one: no file of weights
// chooses what runs here.
func Load(file []byte, source string) (About, gomlx.Model, map[string][]byte, error) {
	var about About
	tensors, meta, err := dataset.ReadSafetensors(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return about, gomlx.Model{}, nil, gpu.Errorf(gpu.InvalidInput, "%v", err)
	}
	if err := json.Unmarshal([]byte(meta[aboutKey]), &about); err != nil {
		return about, gomlx.Model{}, nil, gpu.Errorf(gpu.InvalidInput, "the file does not say which model it is of; gpumesh train writes that")
	}
	var m gomlx.Model
	switch {
	case !isGo(about.Spec.Name):
		m, err = zoo.Build(about.Spec)
	case source == "":
		err = gpu.Errorf(gpu.InvalidInput, "the weights are of a model in the Go program %s; name it with --model", about.Spec.Name)
	default:
		m, err = gofile.Load(source, about.Spec.Sizes)
	}
	values := make(map[string][]byte, len(tensors))
	for name, t := range tensors {
		values["/"+strings.ReplaceAll(name, ".", "/")] = t.Data
	}
	return about, m, values, err
}
