package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

func (a *app) addCommand() *cobra.Command {
	return a.conn.flags(&cobra.Command{
		Use: "add FILE", Short: "Store a file on the node and print its CID", Args: exactly("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			client, err := a.conn.client()
			if err != nil {
				return err
			}
			f, err := os.Open(args[0])
			if err != nil {
				return fmt.Errorf("%s cannot be read: %w", args[0], cause(err))
			}
			defer func() { _ = f.Close() }() // read only
			id, size, err := client.Add(cmd.Context(), f, true)
			if err != nil {
				return err
			}
			if done, err := a.emit(map[string]any{"cid": id, "size": size}); done {
				return err
			}
			a.printf("%s\n", id)
			return nil
		},
	})
}

func (a *app) catCommand() *cobra.Command {
	return a.conn.flags(&cobra.Command{
		Use: "cat CID", Short: "Write a file to the standard output, from the node or from its peers", Args: exactly("CID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			client, err := a.conn.client()
			if err != nil {
				return err
			}
			r, _, err := client.Cat(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { _ = r.Close() }() // read to its end
			_, err = io.Copy(a.out, r)
			return err
		},
	})
}

func (a *app) getCommand() *cobra.Command {
	var out string
	cmd := a.conn.flags(&cobra.Command{
		Use: "get CID", Short: "Fetch a file and save it", Args: exactly("CID"),
		RunE: func(cmd *cobra.Command, args []string) error {
			client, err := a.conn.client()
			if err != nil {
				return err
			}
			if out == "" {
				out = args[0]
			}
			r, _, err := client.Cat(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer func() { _ = r.Close() }() // read to its end
			n, err := save(out, r)
			if err != nil {
				return err
			}
			if done, err := a.emit(map[string]any{"cid": args[0], "file": out, "size": n}); done {
				return err
			}
			a.printf("%s: %d bytes\n", out, n)
			return nil
		},
	})
	cmd.Flags().StringVarP(&out, "output", "o", "", "file to write (default: the CID)")
	return cmd
}

// save writes a file that appears only when it is complete.
func save(path string, r io.Reader) (n int64, err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return 0, fmt.Errorf("%s cannot be written: %w", path, cause(err))
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // the first error counts
		}
	}()
	n, err = io.Copy(f, r)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	return n, err
}

// cause is what the operating system says, without the path.
func cause(err error) error {
	if p, ok := errors.AsType[*os.PathError](err); ok {
		return p.Err
	}
	return err
}
