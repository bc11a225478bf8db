package wgsl

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzReproducible: what Parse accepts has a reproducible form that Parse accepts, always the same, or is refused with a
// reason; the rewriting never fails on its own.
func FuzzReproducible(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(s)
	}
	golden, err := filepath.Glob(filepath.Join("testdata", "reproducible", "*.wgsl"))
	if err != nil || len(golden) == 0 {
		f.Fatal("no golden files", err)
	}
	for _, path := range golden {
		b, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		source, rewritten, _ := strings.Cut(string(b), "// Rewritten:\n")
		f.Add(source)
		f.Add(strings.ReplaceAll(rewritten, "r_", "q_"))
	}
	f.Fuzz(func(t *testing.T, src string) {
		m, err := Parse(src)
		if err != nil {
			return
		}
		form, err := m.Reproducible()
		if err != nil {
			e, ok := err.(*Error)
			if !ok || e.Message == "" || e.Line < 0 || strings.Contains(e.Message, "failed on it") {
				t.Fatalf("%#v", err)
			}
			return
		}
		again, err := m.Reproducible()
		if err != nil || again.Source != form.Source {
			t.Fatalf("another text the second time: %v", err)
		}
	})
}

// Loops in loops must not take the look for races forever.
func TestDeepLoops(t *testing.T) {
	src := mainOf(rep("for (var i = 0u; i < out[0]; i = i + 1u) {", 40) + "out[1] = 5u;" + rep("}", 40))
	m, err := Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Reproducible(); err == nil || !strings.Contains(err.Error(), "takes too long") {
		t.Fatal(err)
	}
}

func BenchmarkReproducible(b *testing.B) {
	m, err := Parse(seeds(b)[3])
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := m.Reproducible(); err != nil {
			b.Fatal(err)
		}
	}
}
