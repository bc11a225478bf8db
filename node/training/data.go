package training

import (
	"fmt"
	"io"

	"gpumesh/node/jobfile"
)

// Cut makes the feed of a slice buffer from a file of samples of a fixed number of bytes. Each shard has an equal part of the
// samples, so no two shards see the same one, and takes perRun of them for a local run, from the beginning again when it has
// had all. The files of a feed are disjoint pieces of the data, so what is used again is stored once.
func Cut(buffer string, data io.ReaderAt, size, sample int64, perRun, shards int) (Feed, error) {
	if sample < 1 || size%sample != 0 {
		return Feed{}, fmt.Errorf("%s: %d bytes are no whole number of samples of %d bytes", buffer, size, sample)
	}
	if perRun < 1 || shards < 1 {
		return Feed{}, fmt.Errorf("%s: %d samples for each of %d shards; both must be at least 1", buffer, perRun, shards)
	}
	pieces := size / sample / int64(shards) / int64(perRun) // of each shard
	if pieces == 0 {
		return Feed{}, fmt.Errorf("%s: %d samples are too few for %d shards that take %d each", buffer, size/sample, shards, perRun)
	}
	length := int64(perRun) * sample
	name := func(shard int, piece int64) string { return fmt.Sprintf("%s.%d.%d", buffer, shard, piece) }
	var f Feed
	for shard := range shards {
		for piece := range pieces {
			from := (int64(shard)*pieces + piece) * length
			f.Files = append(f.Files, jobfile.File{
				Input: name(shard, piece), Path: name(shard, piece), Size: uint64(length),
				Open: func() (io.ReadCloser, error) { return io.NopCloser(io.NewSectionReader(data, from, length)), nil },
			})
		}
	}
	f.At = func(shard, round int) string { return name(shard, int64(round)%pieces) }
	return f, nil
}

// Table makes the feed of a buffer whose content depends on the round alone, such as learning rates.
func Table(buffer string, rounds int, content func(round int) []byte) Feed {
	name := func(round int) string { return fmt.Sprintf("%s.%d", buffer, round) }
	var f Feed
	for round := range rounds {
		f.Files = append(f.Files, memory(name(round), content(round)))
	}
	f.At = func(_, round int) string { return name(round) }
	return f
}

// Same makes the feed of a buffer that never changes.
func Same(buffer string, content []byte) Feed {
	return Feed{Files: []jobfile.File{memory(buffer, content)}, At: func(int, int) string { return buffer }}
}
