package jobfile

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	exprast "github.com/expr-lang/expr/ast"
	exprfile "github.com/expr-lang/expr/file"
	exprparser "github.com/expr-lang/expr/parser"
	"github.com/goccy/go-yaml/ast"
)

const maxExpression = 1024 // bytes

// expression is an integer expression over the names of a scope: a YAML number or text.
type expression struct {
	text string
	line int
}

func (e *expression) UnmarshalYAML(n ast.Node) error {
	s, ok := scalar(n)
	if !ok {
		return at(n, "a number or an expression was expected here")
	}
	if len(s) > maxExpression {
		return at(n, "the expression is over %d bytes", maxExpression)
	}
	*e = expression{s, n.GetToken().Position.Line}
	return nil
}

// identifier returns the name that e consists of, if it is nothing else.
func (e expression) identifier() (string, bool) {
	if e.text == "" {
		return "", false
	}
	for i, c := range e.text {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '_' && (i == 0 || c < '0' || c > '9') {
			return "", false
		}
	}
	return e.text, true
}

// scope resolves names: sizes bound by the shapes of inputs, the let section, and inputs (a.len, a.shape[0]).
type scope struct {
	src    *source
	set    map[string]int64 // from the command line; goes before let
	sizes  map[string]int64
	inputs map[string]*boundInput
	active []string // let names being evaluated

	variant func(name string, params map[string]int64) string // Options.Variant
}

// eval returns the value of e. The arithmetic is that of whole numbers and never wraps around; a division must be exact.
func (s *scope) eval(e expression) (int64, error) {
	fail := func(err error) (int64, error) {
		if _, ok := errors.AsType[*Error](err); ok {
			return 0, err
		}
		return 0, &Error{s.src.name, e.line, fmt.Sprintf("%q: %v", e.text, err)}
	}
	if v, err := strconv.ParseInt(e.text, 0, 64); err == nil {
		return v, nil
	}
	tree, err := exprparser.Parse(e.text)
	if err != nil {
		if p, ok := errors.AsType[*exprfile.Error](err); ok {
			err = errors.New(p.Message)
		}
		return fail(err)
	}
	v, err := s.node(tree.Node)
	if err != nil {
		return fail(err)
	}
	return v, nil
}

func (s *scope) node(n exprast.Node) (int64, error) {
	switch n := n.(type) {
	case *exprast.IntegerNode:
		return int64(n.Value), nil
	case *exprast.IdentifierNode:
		return s.name(n.Value)
	case *exprast.UnaryNode:
		v, err := s.node(n.Node)
		if err != nil {
			return 0, err
		}
		switch n.Operator {
		case "-":
			if v == math.MinInt64 {
				return 0, errOverflow
			}
			return -v, nil
		case "+":
			return v, nil
		}
		return 0, fmt.Errorf("the operator %s is not known here", n.Operator)
	case *exprast.BinaryNode:
		a, err := s.node(n.Left)
		if err != nil {
			return 0, err
		}
		b, err := s.node(n.Right)
		if err != nil {
			return 0, err
		}
		return arithmetic(n.Operator, a, b)
	case *exprast.CallNode:
		name, ok := n.Callee.(*exprast.IdentifierNode)
		if !ok {
			return 0, errForm
		}
		return s.call(name.Value, n.Arguments)
	case *exprast.BuiltinNode:
		return s.call(n.Name, n.Arguments)
	case *exprast.MemberNode:
		return s.member(n)
	}
	return 0, errForm
}

var (
	errOverflow = errors.New("the value does not fit 64 bits")
	errForm     = errors.New("only whole numbers, names, + - * / % ** and min, max, ceildiv, log2 are known here")
)

func (s *scope) name(name string) (int64, error) {
	if v, ok := s.set[name]; ok {
		return v, nil
	}
	if v, ok := s.sizes[name]; ok {
		return v, nil
	}
	if e, ok := s.src.Let[name]; ok {
		if slices.Contains(s.active, name) {
			return 0, s.src.fail([]any{"let", name}, "%q is defined by itself: %s", name, strings.Join(append(s.active, name), " -> "))
		}
		s.active = append(s.active, name)
		defer func() { s.active = s.active[:len(s.active)-1] }()
		return s.eval(e)
	}
	if _, ok := s.inputs[name]; ok {
		return 0, fmt.Errorf("%s is an input; its size is %s.len, and its dimensions are %s.shape[0] and so on", name, name, name)
	}
	return 0, fmt.Errorf("the name %q is not known; known are: %s", name, s.known())
}

func (s *scope) known() string {
	var names []string
	for n := range s.sizes {
		names = append(names, n)
	}
	for n := range s.src.Let {
		names = append(names, n)
	}
	for n := range s.inputs {
		names = append(names, n+".len")
	}
	if len(names) == 0 {
		return "none"
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}

// member evaluates a.len and a.shape[i] of an input a.
func (s *scope) member(n *exprast.MemberNode) (int64, error) {
	if base, ok := n.Node.(*exprast.IdentifierNode); ok {
		in, ok := s.inputs[base.Value]
		field, isText := n.Property.(*exprast.StringNode)
		if !ok || !isText || field.Value != "len" {
			return 0, fmt.Errorf("%s has no such value; an input has .len and .shape[i]", base.Value)
		}
		return int64(in.size / 4), nil
	}
	inner, ok := n.Node.(*exprast.MemberNode)
	if !ok {
		return 0, errForm
	}
	base, ok1 := inner.Node.(*exprast.IdentifierNode)
	field, ok2 := inner.Property.(*exprast.StringNode)
	index, ok3 := n.Property.(*exprast.IntegerNode)
	if !ok1 || !ok2 || !ok3 || field.Value != "shape" {
		return 0, errForm
	}
	in, ok := s.inputs[base.Value]
	if !ok || index.Value < 0 || index.Value >= len(in.shape) {
		return 0, fmt.Errorf("the input %q has no dimension %d", base.Value, index.Value)
	}
	return in.shape[index.Value], nil
}

func (s *scope) call(name string, args []exprast.Node) (int64, error) {
	want := map[string]int{"ceildiv": 2, "log2": 1, "min": 2, "max": 2}[name]
	if want == 0 {
		return 0, errForm
	}
	if len(args) != want {
		return 0, fmt.Errorf("%s takes %d values", name, want)
	}
	v := make([]int64, 2)
	for i, a := range args {
		var err error
		if v[i], err = s.node(a); err != nil {
			return 0, err
		}
	}
	switch name {
	case "min":
		return min(v[0], v[1]), nil
	case "max":
		return max(v[0], v[1]), nil
	case "log2":
		if v[0] <= 0 {
			return 0, errors.New("log2 takes a positive number")
		}
		return int64(bits.Len64(uint64(v[0])) - 1), nil
	}
	if v[0] < 0 || v[1] <= 0 {
		return 0, errors.New("ceildiv takes a number from 0 and a positive one")
	}
	q := v[0] / v[1]
	if v[0]%v[1] != 0 {
		q++
	}
	return q, nil
}

func arithmetic(op string, a, b int64) (int64, error) {
	switch op {
	case "+":
		if c := a + b; (c > a) == (b > 0) {
			return c, nil
		}
		return 0, errOverflow
	case "-":
		if c := a - b; (c < a) == (b > 0) {
			return c, nil
		}
		return 0, errOverflow
	case "*":
		return multiply(a, b)
	case "/":
		if b == 0 || a%b != 0 {
			return 0, fmt.Errorf("%d / %d is not a whole number; ceildiv rounds up", a, b)
		}
		if a == math.MinInt64 && b == -1 {
			return 0, errOverflow
		}
		return a / b, nil
	case "%":
		if b <= 0 || a < 0 {
			return 0, errors.New("the remainder takes a number from 0 and a positive one")
		}
		return a % b, nil
	case "**", "^":
		if b < 0 || b > 64 {
			return 0, errors.New("an exponent is 0 to 64")
		}
		r := int64(1)
		for range b {
			var err error
			if r, err = multiply(r, a); err != nil {
				return 0, err
			}
		}
		return r, nil
	}
	return 0, fmt.Errorf("the operator %s is not known here", op)
}

func multiply(a, b int64) (int64, error) {
	if a == 0 || b == 0 {
		return 0, nil
	}
	c := a * b
	if c/b != a || a == -1 && b == math.MinInt64 || b == -1 && a == math.MinInt64 {
		return 0, errOverflow
	}
	return c, nil
}

// product multiplies dimensions to a number of 4-byte elements and returns its size in bytes.
func product(shape []int64) (uint64, error) {
	n := int64(1)
	for _, d := range shape {
		if d < 1 {
			return 0, fmt.Errorf("the dimension %d is not at least 1", d)
		}
		var err error
		if n, err = multiply(n, d); err != nil || n > 1<<40 {
			return 0, errors.New("the shape is too large")
		}
	}
	return uint64(n) * 4, nil
}
