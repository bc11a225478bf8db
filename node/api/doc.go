// Package api is the interface of a node to the people and programs on its own machine: a ConnectRPC service (gRPC, gRPC-Web
// and plain JSON over HTTP, see nodepb/node.proto), and for bulk data and operations plain HTTP:
//
//	POST /v0/add            stores the body as a file: {"cid":"...","size":123}
//	GET  /v0/cat/{cid}      returns a file, from here or from peers
//	GET  /v0/receipt/{job}  what proves the outcome of a job, as JSON (node.Receipt)
//	GET  /metrics           Prometheus
//	GET  /healthz           200 while the node runs; the only path without a token
//
// It listens on loopback only. That alone protects nobody: any web page can make a browser talk to loopback. So every request
// must carry the token from <dir>/api.token, which only the node's user can read; the Host header must name loopback (a
// defence against DNS rebinding); and a request with a foreign Origin is refused. Everything that is read has a bound.
package api
