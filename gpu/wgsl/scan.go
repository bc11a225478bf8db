package wgsl

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind uint8

const (
	tokIdent tokenKind = iota
	tokNumber
	tokPunct    // operators and separators
	tokTemplate // < or > that delimits a template list
)

// token is one lexical element. Positions are 1-based; columns count bytes, as naga's do.
type token struct {
	kind      tokenKind
	text      string
	line, col int
	off       int // byte offset in the source
}

func (t token) is(text string) bool { return t.text == text && t.kind != tokTemplate }

// mismatch reports whether a token is a number literal that is not a value of the scalar type.
func (t token) mismatch(scalar string) bool {
	if t.kind != tokNumber {
		return false
	}
	hex := strings.HasPrefix(t.text, "0x") || strings.HasPrefix(t.text, "0X")
	signed, unsigned := strings.HasSuffix(t.text, "i"), strings.HasSuffix(t.text, "u")
	float := !hex && strings.ContainsAny(t.text, ".eEf") || hex && strings.ContainsAny(t.text, ".pP")
	switch scalar {
	case "i32":
		return float || unsigned
	case "u32":
		return float || signed
	case "f32":
		return signed || unsigned
	}
	return false
}

// Longer operators first.
var operators3 = []string{"<<=", ">>="}
var operators2 = []string{"->", "&&", "||", "==", "!=", "<=", ">=", "<<", ">>", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "++", "--"}

// scan splits a source into tokens without recursion. It knows template lists (the '<' of array<u32, 4>) by the
// algorithm of the WGSL specification, so that the caps can tell brackets from comparisons.
func scan(src string) ([]token, *Error) {
	toks := make([]token, 0, len(src)/3)
	line, lineStart := 1, 0
	// pending holds tokens that may open a template list, with the bracket depth they stand at.
	type candidate struct{ tok, depth int }
	var pending []candidate
	depth := 0
	dropTo := func(d int) {
		for len(pending) > 0 && pending[len(pending)-1].depth >= d {
			pending = pending[:len(pending)-1]
		}
	}
	for i := 0; i < len(src); {
		c := src[i]
		col := i - lineStart + 1
		switch {
		case c == '\n':
			i++
			line++
			lineStart = i
			continue
		case c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f':
			i++
			continue
		case c == '/' && strings.HasPrefix(src[i:], "//"):
			for i < len(src) && src[i] != '\n' {
				i++
			}
			continue
		case c == '/' && strings.HasPrefix(src[i:], "/*"):
			startLine, startCol := line, col
			nest := 0
			for {
				switch {
				case i >= len(src):
					return nil, errorAt(startLine, startCol, "this block comment is never closed")
				case strings.HasPrefix(src[i:], "/*"):
					nest++
					i += 2
				case strings.HasPrefix(src[i:], "*/"):
					nest--
					i += 2
				case src[i] == '\n':
					i++
					line++
					lineStart = i
				default:
					i++
				}
				if nest == 0 {
					break
				}
			}
			continue
		}
		t := token{line: line, col: col, off: i}
		r, size := utf8.DecodeRuneInString(src[i:])
		switch {
		case r == '_' || unicode.IsLetter(r):
			j := i + size
			for j < len(src) {
				r, n := utf8.DecodeRuneInString(src[j:])
				if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) {
					break
				}
				j += n
			}
			t.kind, t.text = tokIdent, src[i:j]
		case c >= '0' && c <= '9' || c == '.' && i+1 < len(src) && src[i+1] >= '0' && src[i+1] <= '9':
			t.kind, t.text = tokNumber, scanNumber(src[i:])
		default:
			if strings.IndexByte("+-*/%&|^~!<>=(){}[],;:.@", c) < 0 {
				return nil, errorAt(line, col, "the character %q is not part of WGSL", r)
			}
			t.kind, t.text = tokPunct, src[i:i+1]
			if c == '>' && len(pending) > 0 && pending[len(pending)-1].depth == depth {
				toks[pending[len(pending)-1].tok].kind = tokTemplate
				pending = pending[:len(pending)-1]
				t.kind = tokTemplate
			} else if op := operatorAt(src[i:]); op != "" {
				t.text = op
			}
		}
		if t.kind == tokPunct {
			switch t.text {
			case "<":
				if n := len(toks); n > 0 && toks[n-1].kind == tokIdent {
					pending = append(pending, candidate{n, depth})
				}
			case "(", "[":
				depth++
			case ")", "]":
				dropTo(depth)
				depth = max(0, depth-1)
			case "&&", "||":
				dropTo(depth)
			case ";", "{", "}", ":", "=":
				pending, depth = pending[:0], 0
			}
		}
		toks = append(toks, t)
		i += len(t.text)
	}
	return toks, nil
}

func operatorAt(s string) string {
	for _, op := range operators3 {
		if strings.HasPrefix(s, op) {
			return op
		}
	}
	for _, op := range operators2 {
		if strings.HasPrefix(s, op) {
			return op
		}
	}
	return ""
}

func scanNumber(s string) string {
	i := 0
	hex := len(s) > 1 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X')
	if hex {
		i = 2
	}
	for i < len(s) {
		c := s[i]
		switch {
		case c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '.':
		case (c == '+' || c == '-') && (!hex && (s[i-1] == 'e' || s[i-1] == 'E') || hex && (s[i-1] == 'p' || s[i-1] == 'P')):
		default:
			return s[:i]
		}
		i++
	}
	return s
}
