package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"gpumesh/node/api"
	"gpumesh/node/home"
)

// connection says which node a command talks to.
type connection struct{ url, token, dir string }

// flags adds the flags of a command that talks to a node.
func (c *connection) flags(cmd *cobra.Command) *cobra.Command {
	f := cmd.Flags()
	f.StringVar(&c.url, "node", "", "URL of the node's API, such as http://127.0.0.1:7741")
	f.StringVar(&c.token, "token", "", "token of the node's API, when its directory is not on this machine")
	f.StringVar(&c.dir, "dir", "", "directory of the node (default $GPUMESH_DIR, ~/.gpumesh, or the running testnet)")
	return cmd
}

// baseDir is where everything of the user is by default.
func baseDir() (string, error) {
	if d := os.Getenv("GPUMESH_DIR"); d != "" {
		return d, nil
	}
	h, err := os.UserHomeDir()
	if err != nil {
		return "", errors.New("there is no home directory; set GPUMESH_DIR or give --dir")
	}
	return filepath.Join(h, ".gpumesh"), nil
}

func testnetDir() (string, error) {
	d, err := baseDir()
	return filepath.Join(d, "testnet"), err
}

// client finds the node: --node, else the running node of --dir, else that of the user, else node 1 of the user's testnet.
func (c *connection) client() (*api.Client, error) {
	if c.url != "" && c.token != "" {
		return api.Dial(c.url, c.token)
	}
	var dirs []string
	if c.dir != "" {
		dirs = []string{c.dir, filepath.Join(c.dir, "node1")}
	} else {
		base, err := baseDir()
		if err != nil {
			return nil, err
		}
		dirs = []string{base, filepath.Join(base, "node1")}
		running, _ := filepath.Glob(filepath.Join(base, "testnet", "node*", home.EndpointFile)) // the pattern is right
		for _, file := range running {
			dirs = append(dirs, filepath.Dir(file))
		}
	}
	for _, dir := range dirs {
		e, err := home.ReadEndpoint(dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if c.url != "" && strings.TrimSuffix(c.url, "/") != e.API {
			continue
		}
		token := c.token
		if token == "" {
			if token, err = home.LoadToken(dir); err != nil {
				return nil, err
			}
		}
		return api.Dial(e.API, token)
	}
	if c.url != "" {
		return nil, fmt.Errorf("the token of the node at %s is not known here; give --dir with its directory, or --token", c.url)
	}
	return nil, fmt.Errorf("no node is running in %s; start one with gpumesh node or gpumesh testnet up, or give --node or --dir", dirs[0])
}
