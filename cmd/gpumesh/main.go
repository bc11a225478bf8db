// Command gpumesh is a node of the network, a client of nodes, and a testnet on one machine: gpumesh help.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"gpumesh/gpu/worker"
)

// workerCommand is the subcommand that a node starts its worker processes with. It is not for people.
const workerCommand = "worker"

func main() { os.Exit(start(os.Args[1:])) }

// start is main without the exit, so that a test binary can be gpumesh too.
func start(args []string) int {
	if len(args) > 0 && args[0] == workerCommand {
		return worker.Child() // before anything else: what runs there is confined
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return execute(ctx, args, streams{os.Stdin, os.Stdout, os.Stderr})
}
