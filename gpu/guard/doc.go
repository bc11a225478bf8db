// Package guard protects the machine that strangers' programs run on: its heat, its power, its memory, and the peace of the
// person who uses it.
//
// [Sensors] reads what the machine tells about itself: NVIDIA devices through NVML, which is loaded at run time if it is
// installed, and everything else from the files of the Linux kernel. What a machine does not tell is absent from a [Reading],
// with the reason. [Policy] is pure: it turns [Limits] and the readings over time into a [Decision] to run, to run slower, or
// to pause. It pauses at once, and goes on only after every limit has been kept with a margin for a while, which grows when
// pauses follow each other, so that noise does not make it flap.
//
// A limit that is set and cannot be measured pauses for good: who sets a limit wants to be protected, and a guard that
// cannot see does not protect.
package guard
