// Package evm is chain.Settlement on Ethereum and its like. The same code runs against the embedded dev chain (devchain) and
// any JSON-RPC URL.
//
// The contracts are in contracts, their Go bindings in bindings, written by
//
//	go run ./node/chain/evm/gen
//
// which is the only thing here that needs Node.js. The rules, and the trust that they leave, are in node/chain/DESIGN.md.
package evm
