// Command gen compiles the Solidity contracts and writes their Go bindings, from the repository root:
//
//	go run ./node/chain/evm/gen [-check]
//
// It needs Node.js and npm, which fetch the compiler and OpenZeppelin at the exact versions of package-lock.json. Nothing
// else of gpumesh needs them. With -check it writes nothing and fails if a committed binding is not what it would write.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/abi/abigen"
)

const (
	contractsDir = "node/chain/evm/contracts"
	bindingsDir  = "node/chain/evm/bindings"
	evilFile     = "node/chain/evm/testdata/evil.json"  // a token that misbehaves, for tests
	linesFile    = "node/chain/evm/testdata/lines.json" // which code belongs to which source line, for the coverage test
)

// codeLines says which bytes of a contract's running code belong to which line of which source file.
type codeLines struct {
	Size  int             `json:"size"`
	Lines json.RawMessage `json:"lines"`
}

var contractNames = []string{"Token", "Parameters", "Marketplace", "Draws", "Batches", "Arbiters", "Rewards", "Timelock", "Governance"}

var foreignStruct = regexp.MustCompile(`(?s)// Marketplace\w+ is an auto generated.*?\n}\n\n`)

func main() {
	check := flag.Bool("check", false, "write nothing; fail if the committed bindings are out of date")
	flag.Parse()
	if err := run(*check); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(check bool) error {
	if _, err := os.Stat(filepath.Join(contractsDir, "package.json")); err != nil {
		return errors.New("run it from the repository root")
	}
	if _, err := command("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"); err != nil {
		return err
	}
	out, err := command("node", "compile.mjs")
	if err != nil {
		return err
	}
	var contracts map[string]struct {
		ABI json.RawMessage `json:"abi"`
		Bin string          `json:"bin"`

		codeLines
	}
	if err := json.Unmarshal(out, &contracts); err != nil {
		return fmt.Errorf("the compiler's output: %w", err)
	}
	var stale []string
	put := func(path string, data []byte) error {
		if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, data) {
			return nil
		}
		if check {
			stale = append(stale, path)
			return nil
		}
		return os.WriteFile(path, data, 0o644)
	}
	evil, err := json.Marshal(map[string]any{"abi": contracts["Evil"].ABI, "bin": contracts["Evil"].Bin})
	if err != nil {
		return err
	}
	if err := put(evilFile, append(evil, '\n')); err != nil {
		return err
	}
	lines := map[string]codeLines{}
	for _, name := range contractNames {
		c, ok := contracts[name]
		if !ok {
			return fmt.Errorf("the compiler did not return %s", name)
		}
		// Several contracts have these methods of OpenZeppelin's, and their Go result types have no prefix.
		aliases := map[string]string{"eip712Domain": strings.ToLower(name) + "Domain"}
		code, err := abigen.BindV2([]string{name}, []string{string(c.ABI)}, []string{c.Bin}, "bindings", nil, aliases)
		if err != nil {
			return fmt.Errorf("binding %s: %w", name, err)
		}
		if name != "Marketplace" { // a struct of the marketplace's is declared with it
			code = foreignStruct.ReplaceAllString(code, "")
		}
		code = "//lint:file-ignore ST1005 the sentences are abigen's\n" + code
		if err := put(filepath.Join(bindingsDir, strings.ToLower(name)+".go"), []byte(code)); err != nil {
			return err
		}
		lines[name] = c.codeLines
	}
	text, err := json.Marshal(lines)
	if err != nil {
		return err
	}
	if err := put(linesFile, append(text, '\n')); err != nil {
		return err
	}
	if stale != nil {
		return fmt.Errorf("out of date, run without -check: %s", strings.Join(stale, ", "))
	}
	return nil
}

// command runs a program in the contracts' folder and returns its standard output; what it complains about is in the error.
func command(name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = contractsDir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, stderr.Bytes())
	}
	return out, nil
}
