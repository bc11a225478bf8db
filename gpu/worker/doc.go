// Package worker runs strangers' programs in a child process of the same binary, so that a hang, a driver crash, a compile
// bomb or a corrupted driver ends that process and never the node.
//
// [Pool] is the parent's side and [Child] the main function of the child. Control messages are length-prefixed CBOR over the
// child's stdin and stdout; inputs and results are files, which never pass through the pipe. A child serves one tenant: the
// next tenant gets a fresh process, and with it a fresh device. After a timeout, a crash or any error that makes the device
// untrustworthy the child is killed, and the next task starts a new one.
package worker
