// Package gofile lets a model be a Go program of its owner's, which runs on the owner's machine only: it compiles the model into
// Programs, and nobody else ever sees the source.
//
//	func main() {
//		gofile.Main(func(sizes map[string]int) (gomlx.Model, error) { ... })
//	}
//
// A training file names the program as its model, such as "model: net.go".
package gofile

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"gpumesh/gpu"
	"gpumesh/gpu/gomlx"
)

const (
	maxAnswer = 1 << 30          // bytes
	patience  = 10 * time.Minute // with the go command or the program
)

// question is what the program is asked on its standard input; its answer is on its standard output.
type question struct {
	Sizes map[string]int
	Train *gomlx.Train
	Infer *gomlx.Infer
}

// answer holds what the model is, and what was asked to be compiled, with the Program in its own encoding.
type answer struct {
	Error    string
	Model    gomlx.Model // its functions stay behind
	Compiled gomlx.Compiled
	Program  []byte
}

// Main answers gpumesh; a program that is a model calls it and does nothing else. build makes the model of the sizes in the
// training file.
func Main(build func(sizes map[string]int) (gomlx.Model, error)) {
	var q question
	if err := gob.NewDecoder(io.LimitReader(os.Stdin, maxAnswer)).Decode(&q); err != nil {
		fmt.Fprintln(os.Stderr, "This program is a model: name it in a training file, and give that to gpumesh train.")
		os.Exit(2)
	}
	a, err := q.answer(build)
	if bad, ok := errors.AsType[*gpu.Error](err); ok {
		a = answer{Error: bad.Reason}
	} else if err != nil {
		a = answer{Error: err.Error()}
	}
	if err := gob.NewEncoder(os.Stdout).Encode(a); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func (q question) answer(build func(map[string]int) (gomlx.Model, error)) (a answer, err error) {
	if a.Model, err = build(q.Sizes); err != nil {
		return a, err
	}
	var c *gomlx.Compiled
	switch {
	case q.Train != nil:
		q.Train.Model = a.Model
		c, err = gomlx.CompileTrain(*q.Train)
	case q.Infer != nil:
		q.Infer.Model = a.Model
		c, err = gomlx.CompileInfer(*q.Infer)
	case a.Model.Predict == nil || a.Model.Loss == nil || len(a.Model.Inputs) == 0:
		err = errors.New("a model has inputs, and the functions Predict and Loss")
	}
	if err != nil || c == nil {
		return a, err
	}
	if a.Program, err = c.Program.Encode(); err != nil {
		return a, err
	}
	a.Compiled = *c
	a.Compiled.Program = nil
	return a, nil
}

// program is a model in a Go program.
type program struct {
	path  string // of its source
	sizes map[string]int
}

// Load asks the program at path, a Go file with its package's main, for its model, whose functions stay in it. It runs the program,
// which may do what its owner may: its source must be one's own.
func Load(path string, sizes map[string]int) (gomlx.Model, error) {
	p := &program{path: path, sizes: sizes}
	a, err := p.ask(question{})
	m := a.Model
	m.Elsewhere = p
	return m, err
}

// Train asks the program for a training run's Program.
func (p *program) Train(t gomlx.Train) (*gomlx.Compiled, error) {
	return p.compile(question{Train: &t})
}

// Infer asks the program for the Program of a question to the model.
func (p *program) Infer(f gomlx.Infer) (*gomlx.Compiled, error) {
	return p.compile(question{Infer: &f})
}

func (p *program) compile(q question) (*gomlx.Compiled, error) {
	a, err := p.ask(q)
	if err != nil {
		return nil, err
	}
	if a.Compiled.Program, err = gpu.DecodeProgram(a.Program); err == nil {
		_, err = gpu.Check(a.Compiled.Program)
	}
	if a.Compiled.Inputs == nil {
		a.Compiled.Inputs = make(map[string][]byte)
	}
	return &a.Compiled, err
}

func (p *program) ask(q question) (a answer, err error) {
	q.Sizes = p.sizes
	var in bytes.Buffer
	if err := gob.NewEncoder(&in).Encode(q); err != nil {
		return a, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	run := exec.CommandContext(ctx, "go", "run", filepath.Base(p.path))
	var said tail
	run.Dir, run.Stdin, run.Stderr, run.WaitDelay = filepath.Dir(p.path), &in, &said, time.Second
	out, err := run.StdoutPipe()
	if err == nil {
		err = run.Start()
	}
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return a, gpu.Errorf(gpu.InvalidInput, "%s is a Go program, and there is no go command here to run it", p.path)
	case err != nil:
		return a, err
	}
	if err = gob.NewDecoder(io.LimitReader(out, maxAnswer)).Decode(&a); err != nil {
		_, _ = io.Copy(io.Discard, io.LimitReader(out, maxAnswer)) // what it says on its way to its end
	}
	if ended := run.Wait(); err != nil || ended != nil {
		if bytes.Contains(said, []byte("no required module provides package")) || bytes.Contains(said, []byte("is not in std")) {
			return a, gpu.Errorf(gpu.InvalidInput, "%s imports packages that the go command does not find from its folder: put it in a folder of gpumesh's source", p.path)
		}
		return a, gpu.Errorf(gpu.InvalidInput, "%s gives no answer; its main calls gofile.Main and prints nothing: %v\n%s", p.path, errors.Join(err, ended), said)
	}
	if a.Error != "" {
		return a, gpu.Errorf(gpu.InvalidInput, "%s: %s", p.path, a.Error)
	}
	return a, nil
}

// tail keeps the end of what is written to it.
type tail []byte

func (t *tail) Write(b []byte) (int, error) {
	*t = append(*t, b...)
	*t = (*t)[max(0, len(*t)-4096):]
	return len(b), nil
}
