// Package diloco trains one model on many devices that seldom talk to each other, as Programs that anybody can run again.
//
// It follows DiLoCo (Douillard et al., 2023, arXiv:2311.08105): in each round every shard trains on its own data for many
// local steps, starting from the same weights; the differences are averaged, and an outer optimizer, SGD with Nesterov
// momentum, takes the average for a gradient. Differences and outer steps are sent in 8 or 4 bits per weight, with error
// feedback (Seide et al., 2014): what rounding loses in one round is added to the next.
//
// A [Model] is a train step: a gpu.Program and the names of the State buffers that are its weights. From it come four
// programs, each of which is one task in the graph of a training job:
//
//	Start     the model's Init               -> weights, inner
//	Local     weights, inner, update, data   -> weights, inner, residual, delta and what the step emits
//	Outer     deltas of all shards, momentum -> update, momentum, lag
//	Evaluate  weights, update, data          -> what the model's Final emits
//
// Weights travel only as updates: a shard keeps the weights with which its last round began and adds the new update, so its
// first result, "weights", has the same CID at every shard and need not be fetched by any that took part in the round before.
//
// [Private] is for holders of data that nobody else may see: they do their local runs themselves and hide what they send.
//
// The arithmetic of packing is exact on every device: scales are powers of two.
package diloco
