// Package jobfile turns a job file, which a person writes, into what the market needs: programs, the files to store and a
// draft of the job's spec. It also reads and writes the formats in which people keep their data: .npy, PNG, CSV and raw bytes.
//
// A job file is YAML. Wherever it wants a number it takes an expression over the names of its let section and the sizes of
// its inputs, so that one file serves inputs of any size. Everything that a node would refuse is refused here first, in one
// sentence that starts with the file and line to look at.
//
// [Load] does all of it; nothing in this package needs a network or a GPU.
package jobfile
