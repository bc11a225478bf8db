// Package worker runs strangers' programs in a child process of the same binary, so that a hang, a driver crash, a compile
// bomb or a corrupted driver ends that process and never the node.
//
// [Pool] is the parent's side and [Child] the main function of the child. Control messages are length-prefixed CBOR over the
// child's stdin and stdout; inputs, results and checkpoints are files, which never pass through the pipe. A child serves one
// tenant: the next tenant gets a fresh process, and with it a fresh device. After a timeout, a crash or any error that makes
// the device untrustworthy the child is killed, and the next task gets a new one. With [Config.Spare] that one is started
// beside the task that runs, so that it is there when it is needed.
//
// On Linux the child is confined before its first instruction and before any driver code runs. The parent restricts the
// thread that starts it: no new privileges, no capabilities, and Landlock, under which nothing can be opened but what
// drivers need. So the parent opens a task's files and hands over the descriptors. The child then filters its system calls:
// no sockets, no new processes, no signals to others, no system administration. Once a software device is open the child gives
// up all paths as well; drivers of GPUs need files and device nodes while they run. [Sandbox] tells what is really in force.
//
// The first child examines its device, see gpu.Examine: what fails a canary runs nothing. An adapter that hangs, crashes or fails then is passed
// over for the next one, in a fresh process, and at last for the evaluator; later [Pool.Next] does that. A child that does not die keeps its
// GPU, so that two owners never share it; a software device is memory and threads of its own process, so the next task need not
// wait until a killed one is gone. Kernels that end the child three times in a row, by a crash, a submission without end or too long a compilation, are refused for a
// while; with [Config.Quarantine] also by the next pool.
package worker
