package testnet

import (
	"fmt"
	"math/big"
	"os"
	"syscall"
	"time"

	"gpumesh/node/chain/evm/devchain"
)

var chainID = big.NewInt(devchain.ChainID)

// terminate stops a process that another one started: asks it, waits until it is gone, and ends it when it does not go.
func terminate(pid int, dir string) error {
	p, err := os.FindProcess(pid)
	if err != nil {
		return err
	}
	_ = p.Signal(syscall.SIGTERM) // it may have ended
	deadline := time.Now().Add(stopGrace)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for range tick.C {
		if !alive(pid, dir) {
			return nil
		}
		if time.Now().After(deadline) {
			_ = p.Kill() // see above
			return fmt.Errorf("process %d in %s did not stop within %v and was killed", pid, dir, stopGrace)
		}
	}
	return nil
}
