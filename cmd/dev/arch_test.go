package main

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The architecture is a test: who may import whom, and what the pure cores may not do.

// layers lists, for each top-level package, the other ones that it may import (tests included).
var layers = map[string][]string{
	"poc":     {},
	"market":  {"poc"},
	"gpu":     {},
	"p2p":     {},
	"node":    {"poc", "market", "gpu", "p2p"},
	"testnet": {"poc", "market", "gpu", "p2p", "node"},
	"cmd":     {"poc", "market", "gpu", "p2p", "node", "testnet"},
}

// topLevel is the fixed layout of the repository.
var topLevel = []string{
	"node", "p2p", "market", "poc", "gpu", "cmd", "testnet", "go.mod", "go.sum", "README.md", "LICENSE", ".ci", ".git", ".gitignore", ".gitattributes",
}

// coreStd is the standard library that a pure core may use: no I/O, no clock, no concurrency, no randomness.
var coreStd = []string{
	"bytes", "cmp", "container/heap", "crypto/ed25519", "crypto/sha256", "encoding", "encoding/base64", "encoding/binary", "encoding/hex",
	"errors", "fmt", "iter", "maps", "math", "math/big", "math/bits", "reflect", "slices", "sort", "strconv", "strings", "unicode", "unicode/utf8",
	"sync", "unsafe", // generated code of the wire formats only, see below
}

// coreExternal are the codec and hash libraries of the cores.
var coreExternal = []string{
	"github.com/fxamacker/cbor/v2", "github.com/ipfs/go-cid", "github.com/multiformats/go-multihash", "github.com/mr-tron/base58", "google.golang.org/protobuf/",
}

type source struct {
	path      string // relative to the module root, with slashes
	top       string
	generated bool
	test      bool
	file      *ast.File
	fset      *token.FileSet
	text      string
}

func sources(t *testing.T) []source {
	t.Helper()
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	var out []source
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if name := d.Name(); rel != "." && (strings.HasPrefix(name, ".") || name == "node_modules" || name == "testdata") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(rel, ".go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, rel, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		top, _, _ := strings.Cut(rel, "/")
		out = append(out, source{rel, top, ast.IsGenerated(f), strings.HasSuffix(rel, "_test.go"), f, fset, string(text)})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 50 {
		t.Fatalf("only %d source files found", len(out))
	}
	return out
}

func (s source) core() bool { return s.top == "poc" || s.top == "market" }

func (s source) imports() []string {
	var out []string
	for _, im := range s.file.Imports {
		p, err := strconv.Unquote(im.Path.Value)
		if err == nil {
			out = append(out, p)
		}
	}
	return out
}

func TestLayout(t *testing.T) {
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(topLevel, e.Name()) && !ignored(root, e.Name()) {
			t.Errorf("top level: %q is not in the fixed layout", e.Name())
		}
	}
}

// ignored reports whether .gitignore names a top-level entry.
func ignored(root, name string) bool {
	b, err := os.ReadFile(filepath.Join(root, ".gitignore"))
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(b)) {
		if ok, _ := filepath.Match(strings.Trim(strings.TrimSpace(line), "/"), name); ok {
			return true
		}
	}
	return false
}

func TestImports(t *testing.T) {
	for _, s := range sources(t) {
		allowed, known := layers[s.top]
		if !known {
			t.Errorf("%s: no rule for package %q", s.path, s.top)
			continue
		}
		for _, p := range s.imports() {
			if rest, ours := strings.CutPrefix(p, "gpumesh/"); ours {
				if top, _, _ := strings.Cut(rest, "/"); top != s.top && !slices.Contains(allowed, top) {
					t.Errorf("%s: %s may not import %s", s.path, s.top, p)
				}
				if strings.HasPrefix(rest, "gpu/gomlx") && s.top != "cmd" && !strings.HasPrefix(s.path, "gpu/gomlx/") {
					t.Errorf("%s: only cmd may import %s", s.path, p)
				}
			}
		}
	}
}

func TestCoresArePure(t *testing.T) {
	for _, s := range sources(t) {
		if !s.core() || s.test {
			continue
		}
		for _, p := range s.imports() {
			external := strings.Contains(strings.Split(p, "/")[0], ".")
			switch {
			case strings.HasPrefix(p, "gpumesh/"):
			case external && !slices.ContainsFunc(coreExternal, func(e string) bool { return p == e || strings.HasSuffix(e, "/") && strings.HasPrefix(p, e) }):
				t.Errorf("%s: a core may not import %s", s.path, p)
			case !external && (!slices.Contains(coreStd, p) || (p == "sync" || p == "unsafe") && !s.generated):
				t.Errorf("%s: a core may not import %s", s.path, p)
			}
		}
		if s.generated {
			continue
		}
		lines := strings.Split(s.text, "\n")
		ast.Inspect(s.file, func(n ast.Node) bool {
			at := func() string { return s.fset.Position(n.Pos()).String() }
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s: a core starts no goroutine", at())
			case *ast.SelectStmt, *ast.ChanType, *ast.SendStmt:
				t.Errorf("%s: a core uses no channel", at())
			case *ast.BasicLit:
				if n.Kind == token.FLOAT {
					t.Errorf("%s: a core uses no floating point", at())
				}
			case *ast.Ident:
				if n.Name == "float64" || n.Name == "float32" {
					t.Errorf("%s: a core uses no floating point", at())
				}
			case *ast.CallExpr:
				// A panic states an invariant that no input can break; the reason stands beside it.
				if id, ok := n.Fun.(*ast.Ident); ok && id.Name == "panic" && !strings.Contains(lines[s.fset.Position(n.Pos()).Line-1], "// ") {
					t.Errorf("%s: a panic in a core needs its reason on the same line", at())
				}
			}
			return true
		})
	}
}

func TestHouseStyle(t *testing.T) {
	for _, s := range sources(t) {
		if s.generated {
			continue
		}
		if n := strings.Count(s.text, "\n"); n > 600 {
			t.Errorf("%s has %d lines; would two files be clearer?", s.path, n)
		}
		switch s.file.Name.Name {
		case "util", "utils", "common", "types", "helpers", "misc":
			t.Errorf("%s: a package is named for what it does, not %q", s.path, s.file.Name.Name)
		}
		for _, word := range []string{"TO" + "DO", "FIX" + "ME", "not " + "implemented"} {
			if strings.Contains(s.text, word) {
				t.Errorf("%s contains %q", s.path, word)
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && sel.Sel.Name == "Sleep" && s.test {
				t.Errorf("%s: a test waits for an event, it does not sleep", s.fset.Position(n.Pos()))
			}
			return true
		})
	}
}

// Every source is as gofmt writes it, as far as people write it.
func TestFormat(t *testing.T) {
	for _, s := range sources(t) {
		formatted, err := format.Source([]byte(s.text))
		if err != nil {
			t.Fatal(s.path, err)
		}
		if string(formatted) != s.text {
			t.Errorf("%s is not as gofmt writes it", s.path)
		}
	}
}
