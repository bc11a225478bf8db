package wgslgen

import (
	"fmt"
	"strings"
)

// expr is an expression: a format with a %s for each argument. constant means that a compiler may evaluate it.
type expr struct {
	typ      *typ
	format   string
	args     []*expr
	constant bool
}

func (e *expr) String() string {
	if len(e.args) == 0 {
		return e.format
	}
	list := make([]any, len(e.args))
	for i, a := range e.args {
		list[i] = a
	}
	return fmt.Sprintf(e.format, list...)
}

// stmt is a statement. Without blocks it is head with the arguments, otherwise head, a block, and what stands before each
// further block. A fixed statement is needed for the kernel to end or to be free of races.
type stmt struct {
	head   string
	args   []*expr
	blocks []*block
	fixed  bool
	wrap   bool // the blocks are the cases of a switch
}

type block struct {
	intro string // "else", "case 1u", "continuing"
	body  []*stmt
	fixed bool
}

// function is a function of the kernel.
type function struct {
	name    string
	intro   string // everything before the body
	body    []*stmt
	params  []*typ // of values or, where pointer is set, of what is pointed to
	pointer []bool
	result  *typ // nil: none
	entry   bool
	cost    int // statements that a call executes, at most
}

func (s *stmt) write(b *strings.Builder, indent string) {
	args := make([]any, len(s.args))
	for i, a := range s.args {
		args[i] = a
	}
	head := s.head
	if len(args) > 0 {
		head = fmt.Sprintf(s.head, args...)
	}
	b.WriteString(indent + head)
	if head != "" && len(s.blocks) > 0 && !s.wrap {
		b.WriteString(" ")
	}
	switch {
	case len(s.blocks) == 0:
		b.WriteString("\n")
		return
	case s.wrap:
		b.WriteString(" {\n")
		for _, k := range s.blocks {
			b.WriteString(indent + "  " + k.intro + ": {\n")
			writeAll(b, k.body, indent+"    ")
			b.WriteString(indent + "  }\n")
		}
		b.WriteString(indent + "}\n")
		return
	}
	for i, k := range s.blocks {
		if i > 0 {
			b.WriteString(" " + k.intro + " ")
		}
		b.WriteString("{\n")
		writeAll(b, k.body, indent+"  ")
		b.WriteString(indent + "}")
	}
	b.WriteString("\n")
}

func writeAll(b *strings.Builder, list []*stmt, indent string) {
	for _, s := range list {
		s.write(b, indent)
	}
}

// clone copies a statement and everything in it.
func (s *stmt) clone() *stmt {
	c := *s
	c.args = cloneExprs(s.args)
	c.blocks = make([]*block, len(s.blocks))
	for i, b := range s.blocks {
		k := *b
		k.body = cloneAll(b.body)
		c.blocks[i] = &k
	}
	return &c
}

func cloneAll(list []*stmt) []*stmt {
	out := make([]*stmt, len(list))
	for i, s := range list {
		out[i] = s.clone()
	}
	return out
}

func cloneExprs(list []*expr) []*expr {
	out := make([]*expr, len(list))
	for i, e := range list {
		c := *e
		c.args = cloneExprs(e.args)
		out[i] = &c
	}
	return out
}
