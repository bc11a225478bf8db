package jobfile

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"gpumesh/market"
)

const maxFile = 1 << 20 // bytes

// Error is a mistake in a job file, or in a file that it names.
type Error struct {
	File string
	Line int // from 1; 0 when the mistake has no single place
	Msg  string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Msg)
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Msg)
}

// document is the job file as it is written.
type document struct {
	Name     string                `yaml:"name"`
	Inputs   map[string]inputDef   `yaml:"inputs"`
	Let      map[string]expression `yaml:"let"`
	Programs map[string]programDef `yaml:"programs"`
	Tasks    []taskDef             `yaml:"tasks"`
	Outputs  map[string]outputDef  `yaml:"outputs"`
	Policy   policyDef             `yaml:"policy"`
	Batch    *expression           `yaml:"batch"` // tasks in a unit
	Tier     Tier                  `yaml:"tier"`
	Price    priceDef              `yaml:"price"`
	Timeout  duration              `yaml:"timeout"`
	Deadline duration              `yaml:"deadline"`
	Late     *lateDef              `yaml:"late"`
}

type inputDef struct {
	Type  string        `yaml:"type"`
	Shape *[]expression `yaml:"shape"`
	File  string        `yaml:"file"` // default, relative to the job file
}

type programDef struct {
	Builtin string                `yaml:"builtin"` // a kernel of the library, instead of everything else but with
	With    map[string]expression `yaml:"with"`    // its parameters
	WGSL    string                `yaml:"wgsl"`    // the only module, in place
	Modules map[string]string     `yaml:"modules"` // paths by module name
	Consts  map[string]expression `yaml:"consts"`
	Buffers map[string]bufferDef  `yaml:"buffers"`
	Init    []commandDef          `yaml:"init"`
	Step    []commandDef          `yaml:"step"`
	Final   []commandDef          `yaml:"final"`
	Steps   *expression           `yaml:"steps"`
	Segment *expression           `yaml:"segment"`
}

type bufferDef struct {
	Kind   string        `yaml:"kind"`
	Type   string        `yaml:"type"`
	Shape  *[]expression `yaml:"shape"`
	First  *expression   `yaml:"first"`  // slice: elements
	Stride *expression   `yaml:"stride"` // slice: elements
	Period *expression   `yaml:"period"` // slice: elements
	Every  *expression   `yaml:"every"`
	Keep   bool          `yaml:"keep"`
}

// commandDef has exactly one of Dispatch, Copy, Fill and Swap.
type commandDef struct {
	Dispatch string       `yaml:"dispatch"` // "entry" or "module.entry"
	Bind     *bindings    `yaml:"bind"`
	Grid     []expression `yaml:"grid"`    // workgroups
	Threads  []expression `yaml:"threads"` // invocations; the grid is rounded up
	Copy     []string     `yaml:"copy"`
	Fill     string       `yaml:"fill"`
	Value    *expression  `yaml:"value"`
	Swap     []string     `yaml:"swap"`
}

// bindings are buffer names, in the order of the shader's binding numbers or by the names of its variables.
type bindings struct {
	list   []string
	byName map[string]string
}

func (b *bindings) UnmarshalYAML(decode func(any) error) error {
	if err := decode(&b.list); err == nil {
		return nil
	}
	b.list = nil
	return decode(&b.byName)
}

type taskDef struct {
	Name    string               `yaml:"name"`
	Program string               `yaml:"program"`
	Repeat  *expression          `yaml:"repeat"`
	Stages  *expression          `yaml:"stages"` // tasks that follow each other, into which each is cut
	Seed    *expression          `yaml:"seed"`
	Inputs  map[string]taskInput `yaml:"inputs"`
	Timeout duration             `yaml:"timeout"`
}

// taskInput says where a buffer's content comes from: an input of the job, or an output of an earlier task.
type taskInput struct {
	Input  string `yaml:"input"`
	From   string `yaml:"from"`
	Output string `yaml:"output"`
}

type outputDef struct {
	Task   string        `yaml:"task"`
	Output string        `yaml:"output"`
	File   string        `yaml:"file"`
	Shape  *[]expression `yaml:"shape"`
}

type policyDef struct {
	Replicas    *uint32 `yaml:"replicas"`
	Quorum      *uint32 `yaml:"quorum"`
	MaxReplicas *uint32 `yaml:"maxReplicas"`
	Standby     *uint32 `yaml:"standby"`

	MaxError  *share `yaml:"maxError"`  // instead of all above: the share of wrong results that the owner accepts
	Dishonest *share `yaml:"dishonest"` // with maxError: the share of the providers that may be dishonest

	Compare   string      `yaml:"compare"`   // proof or replicas
	Relative  *billionths `yaml:"relative"`  // tolerance and image: of floats, see poc.Comparator
	Largest   *billionths `yaml:"largest"`   // likewise
	Step      *uint8      `yaml:"step"`      // image: how far samples may be apart
	Differing *share      `yaml:"differing"` // image: the share of samples that may differ
}

type priceDef struct {
	PerReplica amount `yaml:"perReplica"`
	Budget     amount `yaml:"budget"`
}

// lateDef is what a result costs less that comes late.
type lateDef struct {
	After duration   `yaml:"after"` // from the submission on
	Less  percentage `yaml:"less"`  // of the ask
}

// amount is a number of tokens, with or without the unit.
type amount struct{ market.Amount }

func (a *amount) UnmarshalYAML(n ast.Node) error {
	s, ok := scalar(n)
	if !ok {
		return at(n, "an amount is written as 0.5 or \"0.5 NLOV\"")
	}
	v, err := market.ParseAmount(s)
	if err != nil {
		return at(n, "%v", err)
	}
	a.Amount = v
	return nil
}

// duration is written as 90s, 10m or 1h30m.
type duration struct{ time.Duration }

func (d *duration) UnmarshalYAML(n ast.Node) error {
	s, _ := scalar(n)
	v, err := time.ParseDuration(s)
	if err != nil || v <= 0 {
		return at(n, "%q is not a duration such as 90s, 10m or 1h30m", s)
	}
	d.Duration = v
	return nil
}

// percentage is a part of something, in parts of market.FeeBase.
type percentage struct{ bps uint32 }

func (p *percentage) UnmarshalYAML(n ast.Node) error {
	s, _ := scalar(n)
	number, ok := strings.CutSuffix(strings.TrimSpace(s), "%")
	v, err := market.ParseAmount(number) // any decimal number
	const one = market.NLOV * 100 / market.FeeBase
	if !ok || err != nil || v < one || v > 100*market.NLOV || v%one != 0 {
		return at(n, "%q is not a percentage such as 25%% or 12.5%%, with two decimals at most", s)
	}
	p.bps = uint32(v / one)
	return nil
}

// scalar returns a scalar as it is written.
func scalar(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case ast.ScalarNode:
		return strings.TrimSpace(n.GetToken().Value), true
	}
	return "", false
}

// at is a mistake at a node of the file that is being decoded; decode adds the file's name.
func at(n ast.Node, format string, args ...any) error {
	return &Error{Line: n.GetToken().Position.Line, Msg: fmt.Sprintf(format, args...)}
}

// source is a job file with the means to say where in it something is wrong.
type source struct {
	name string
	file *ast.File
	document
}

func readSource(path string) (*source, error) {
	text, err := readBounded(path, maxFile)
	if err != nil {
		return nil, err
	}
	return parse(path, text)
}

// readBounded reads a whole file of at most max bytes.
func readBounded(path string, max int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fileError(path, err)
	}
	defer func() { _ = f.Close() }() // read only
	if s, err := f.Stat(); err == nil && !s.Mode().IsRegular() {
		return nil, &Error{File: path, Msg: "it is not a regular file"}
	}
	b, err := io.ReadAll(io.LimitReader(f, max+1))
	if err != nil {
		return nil, fileError(path, err)
	}
	if int64(len(b)) > max {
		return nil, &Error{File: path, Msg: fmt.Sprintf("the file is over %d bytes", max)}
	}
	return b, nil
}

func fileError(path string, err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return &Error{File: path, Msg: "the file does not exist"}
	}
	if p, ok := errors.AsType[*os.PathError](err); ok {
		err = p.Err
	}
	return &Error{File: path, Msg: fmt.Sprintf("the file cannot be read: %v", err)}
}

func parse(name string, text []byte) (*source, error) {
	s := &source{name: name}
	var err error
	if s.file, err = parser.ParseBytes(text, 0); err != nil {
		return nil, s.decodeError(err)
	}
	if n := len(s.file.Docs); n != 1 || s.file.Docs[0].Body == nil {
		return nil, &Error{File: name, Msg: "a job file holds one YAML document with name, programs and tasks"}
	}
	// References could make a small file huge, and a job file needs none.
	refs := &references{}
	ast.Walk(refs, s.file.Docs[0].Body)
	if refs.line > 0 {
		return nil, &Error{name, refs.line, "YAML anchors, aliases and tags are not used in job files; use let for what occurs twice"}
	}
	if err := yaml.NodeToValue(s.file.Docs[0].Body, &s.document, yaml.Strict()); err != nil {
		return nil, s.decodeError(err)
	}
	return s, nil
}

type references struct{ line int }

func (r *references) Visit(n ast.Node) ast.Visitor {
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode, *ast.TagNode:
		if r.line == 0 {
			r.line = n.GetToken().Position.Line
		}
	}
	return r
}

// decodeError turns an error of the YAML library into one sentence with its line.
func (s *source) decodeError(err error) error {
	if own, ok := errors.AsType[*Error](err); ok {
		own.File = s.name
		return own
	}
	e := &Error{File: s.name}
	if y, ok := errors.AsType[yaml.Error](err); ok {
		e.Msg = y.GetMessage()
		if t := y.GetToken(); t != nil && t.Position != nil {
			e.Line = t.Position.Line
		}
	} else {
		e.Msg, _, _ = strings.Cut(err.Error(), "\n")
	}
	if t, ok := errors.AsType[*yaml.TypeError](err); ok {
		e.Msg = fmt.Sprintf("a %s was expected here", kindName(t.DstType.Kind().String()))
	}
	if t, ok := errors.AsType[*yaml.UnexpectedNodeTypeError](err); ok {
		e.Msg = fmt.Sprintf("a %s was expected here, not a %s", strings.ToLower(t.Expected.YAMLName()), strings.ToLower(t.Actual.YAMLName()))
	}
	e.Msg = strings.Replace(e.Msg, "unknown field", "unknown key", 1)
	return e
}

func kindName(k string) string {
	switch k {
	case "map", "struct":
		return "mapping"
	case "slice":
		return "sequence"
	case "string":
		return "text"
	case "bool":
		return "true or false"
	}
	return "whole number"
}

// fail is a mistake at a path of the file, such as "tasks", 0, "program". Where the path does not exist, the nearest part of
// it that does is shown.
func (s *source) fail(path []any, format string, args ...any) error {
	return &Error{s.name, s.line(path), fmt.Sprintf(format, args...)}
}

func (s *source) line(path []any) int {
	if len(s.file.Docs) == 0 {
		return 0
	}
	line, n := 0, ast.Node(s.file.Docs[0].Body)
	for _, p := range path {
		switch p := p.(type) {
		case string:
			m, ok := n.(ast.MapNode)
			if !ok {
				return line
			}
			n = nil
			for it := m.MapRange(); it.Next(); {
				if it.Key().GetToken().Value == p {
					line, n = it.Key().GetToken().Position.Line, it.Value()
				}
			}
		case int:
			l, ok := n.(*ast.SequenceNode)
			if !ok || p >= len(l.Values) {
				return line
			}
			n = l.Values[p]
			line = firstLine(n)
		}
		if n == nil {
			break
		}
	}
	return line
}

// firstLine is the line on which a node starts. The token of a block mapping is the colon after its first key.
func firstLine(n ast.Node) int {
	switch m := n.(type) {
	case *ast.MappingNode:
		if !m.IsFlowStyle && len(m.Values) > 0 {
			return m.Values[0].Key.GetToken().Position.Line
		}
	case *ast.MappingValueNode:
		return m.Key.GetToken().Position.Line
	}
	return n.GetToken().Position.Line
}
