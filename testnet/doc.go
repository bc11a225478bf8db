// Package testnet runs a whole network on one machine: a dev chain and any number of nodes, each an operating system
// process of the same binary, with faults where they are asked for. Everything it makes is below one directory.
//
// It starts the binary in two ways:
//
//	gpumesh devchain --dir DIR --fund ACCOUNT,... --tokens AMOUNT --ready-fd 3
//	gpumesh node --dir DIR --ready-fd 3
//
// A process that is ready writes one JSON document (ChainReady, NodeReady) to the file descriptor that --ready-fd names and
// closes it; one that fails closes it without. The node reads DIR/config.json (node.Config) and DIR/chain.json (ChainFile)
// and keeps its account's key in DIR/account. SIGTERM stops either in order.
package testnet
