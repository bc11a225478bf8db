// Package jobs holds the example jobs, so that the binary can run them anywhere.
package jobs

import (
	"embed"
	"os"
	"path/filepath"
)

//go:embed *.yaml *.wgsl
var files embed.FS

// Extract writes the example jobs into a directory, which is made if it does not exist.
func Extract(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	entries, err := files.ReadDir(".")
	if err != nil {
		return err
	}
	for _, e := range entries {
		b, err := files.ReadFile(e.Name())
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, e.Name()), b, 0o644); err != nil {
			return err
		}
	}
	return nil
}
