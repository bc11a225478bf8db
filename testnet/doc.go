// Package testnet runs a network of real nodes on one machine: each is an operating system process of the gpumesh binary, and
// so is the dev chain that they settle on. Everything is kept below one directory. Nothing outlives the process that started
// it, however that one ends.
//
// Nodes can be killed, stopped, restarted and told to misbehave, and can have unlike devices; tests and the demo live on that.
package testnet
