package evm_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/eth/tracers"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rpc"
)

// With -lines every simulated and every read call is traced, and the lines of the contracts that no test reached are
// printed, with the sides of conditions that no test took; it fails if there are any. Clients simulate each transaction before they
// send it, so reverts are seen too.
var (
	linesFlag   = flag.Bool("lines", false, "print which lines of the contracts the tests reach, and fail if some are not")
	jumpsFlag   = flag.Bool("jumps", false, "with -lines: print also the sides of conditional jumps that only the compiler's checks could take")
	profileFlag = flag.Bool("profile", false, "with -lines: print where the gas goes")
)

// reached is what the tracer has seen: for each code, how much gas each of its instructions used.
var reached struct {
	sync.Mutex
	gas  map[int]map[uint64]uint64 // by size of the code, which tells the contracts apart
	ways map[int]map[uint64]byte   // of each conditional jump: 1 went on, 2 jumped
	code map[int][]byte
}

const coverageTracer = "lines"

func init() {
	reached.gas, reached.ways, reached.code = map[int]map[uint64]uint64{}, map[int]map[uint64]byte{}, map[int][]byte{}
	tracers.DefaultDirectory.Register(coverageTracer, func(*tracers.Context, json.RawMessage, *params.ChainConfig) (*tracers.Tracer, error) {
		sizes := map[common.Address]int{}
		codes := map[int][]byte{}
		seen := map[int]map[uint64]uint64{}
		type place struct {
			size int
			at   uint64
		}
		jumps := map[int]place{} // conditional ones whose next instruction is awaited, by depth of calls
		ways := map[place]byte{}
		return &tracers.Tracer{
			Hooks: &tracing.Hooks{OnOpcode: func(pc uint64, op byte, gas, cost uint64, scope tracing.OpContext, _ []byte, depth int, _ error) {
				h, ok := sizes[scope.Address()]
				if !ok {
					h = len(scope.ContractCode())
					sizes[scope.Address()], codes[h] = h, scope.ContractCode()
				}
				if seen[h] == nil {
					seen[h] = map[uint64]uint64{}
				}
				if op >= 0xf0 { // what calls cost is counted in what they call
					cost = 0
				}
				seen[h][pc] += cost
				if j, ok := jumps[depth]; ok && j.size == h {
					if pc == j.at+1 {
						ways[j] |= 1
					} else {
						ways[j] |= 2
					}
				}
				delete(jumps, depth)
				if vm.OpCode(op) == vm.JUMPI {
					jumps[depth] = place{h, pc}
				}
			}},
			GetResult: func() (json.RawMessage, error) {
				reached.Lock()
				defer reached.Unlock()
				for h, pcs := range seen {
					if reached.gas[h] == nil {
						reached.gas[h] = map[uint64]uint64{}
					}
					for pc, gas := range pcs {
						reached.gas[h][pc] += gas
					}
				}
				maps.Copy(reached.code, codes)
				for j, way := range ways {
					if reached.ways[j.size] == nil {
						reached.ways[j.size] = map[uint64]byte{}
					}
					reached.ways[j.size][j.at] |= way
				}
				return json.RawMessage("{}"), nil
			},
			Stop: func(error) {},
		}, nil
	}, false)
}

// coverage traces what passes through a proxy in front of a chain.
type coverage struct {
	*proxy
	client *rpc.Client
}

func newCoverage(url string) (*coverage, error) {
	client, err := rpc.Dial(url)
	if err != nil {
		return nil, err
	}
	cov := &coverage{newProxy(url), client}
	cov.hook(func(reqs []request) bool {
		for _, r := range reqs {
			if (r.Method == "eth_estimateGas" || r.Method == "eth_call") && len(r.Params) > 0 {
				var out json.RawMessage
				block, cfg := any("latest"), map[string]any{"tracer": coverageTracer}
				if len(r.Params) > 1 {
					block = r.Params[1]
				}
				for i, name := range []string{2: "stateOverrides", 3: "blockOverrides"} {
					if name != "" && len(r.Params) > i {
						cfg[name] = r.Params[i]
					}
				}
				err := client.CallContext(context.Background(), &out, "debug_traceCall", r.Params[0], block, cfg)
				if err != nil {
					log.Printf("tracing: %v", err)
				}
			}
		}
		return true
	}, nil)
	return cov, nil
}

// report prints the lines of each contract that were not reached, and the conditional jumps that did not go a way that tests can
// make them go. It says whether there were none.
func (c *coverage) report() bool {
	c.close()
	defer c.client.Close()
	text, err := os.ReadFile("testdata/lines.json")
	if err != nil {
		log.Fatal(err)
	}
	var contracts map[string]struct {
		Size  int
		Lines map[string]map[int][]uint64 // file, line, offsets
	}
	if err := json.Unmarshal(text, &contracts); err != nil {
		log.Fatal(err)
	}
	all := map[string]map[int]uint64{} // file, line, gas; absent: not reached
	known := map[string]map[int]bool{}
	complete := true
	branches := map[string]*sides{}         // by file
	single := map[string]map[int][]string{} // by file and line
	for _, c := range contracts {
		pcs, code := reached.gas[c.Size], reached.code[c.Size]
		jumps := jumpsOf(code)
		for file, byLine := range c.Lines {
			if single[file] == nil {
				single[file], branches[file] = map[int][]string{}, new(sides)
			}
			for line, offsets := range byLine {
				for _, pc := range offsets {
					j, ok := jumps[pc]
					if !ok {
						continue
					}
					w := branches[file].add(code, pc, j, reached.ways[c.Size][pc])
					missed := w == goesOn || w == neverSeen
					complete = complete && !missed
					if missed || w != "" && *jumpsFlag {
						single[file][line] = append(single[file][line], string(w))
					}
				}
			}
		}
		for file, byLine := range c.Lines {
			if all[file] == nil {
				all[file], known[file] = map[int]uint64{}, map[int]bool{}
			}
			for line, offsets := range byLine {
				known[file][line] = true
				for _, pc := range offsets {
					if gas, ok := pcs[pc]; ok {
						all[file][line] += gas
					}
				}
			}
		}
	}
	for _, file := range slices.Sorted(maps.Keys(known)) {
		source, err := os.ReadFile("contracts/" + file + ".sol")
		if err != nil {
			log.Fatal(err)
		}
		rows := bytes.Split(source, []byte("\n"))
		n := 0
		for _, line := range slices.Sorted(maps.Keys(known[file])) {
			gas, ok := all[file][line]
			if ok {
				n++
			} else {
				complete = false
				fmt.Printf("not reached: %s.sol:%d: %s\n", file, line, strings.TrimSpace(string(rows[line-1])))
			}
			if *profileFlag && gas > 0 {
				fmt.Printf("%9d %s.sol:%d: %s\n", gas, file, line, strings.TrimSpace(string(rows[line-1])))
			}
		}
		for _, line := range slices.Sorted(maps.Keys(single[file])) {
			fmt.Printf("left out: %s.sol:%d: %s: %s\n", file, line, strings.Join(single[file][line], ", "), strings.TrimSpace(string(rows[line-1])))
		}
		fmt.Printf("%s.sol: %s of %s lines reached; %s\n", file, strconv.Itoa(n), strconv.Itoa(len(known[file])), branches[file])
	}
	return complete
}
