// Package challenge is the program by which a device shows that it has the memory and the speed that its provider claims.
//
// [Spec.Program] is an exact program made from a seed that nobody knew before. It fills memory with blocks, each of which takes Rounds
// rounds of mixing to make and nothing but the seed, and then walks over all of it, [Passes] times, by many walkers whose way
// depends on what they read. Who keeps a share f of the memory only makes the missing blocks again each time that it meets them. It takes
//
//	(f + Passes (1-f) + w) / (1 + w)
//
// times as long as who keeps everything, where w is the time of the reads, in times of one fill: 8.5 times with half of the memory if
// reads are free, 3.5 times if they take two fills. Who is slower takes longer, and so do several that share a device, as no two peers have one seed.
//
// [Spec.Walk] says in plain Go, with no memory, where one walker ends: by making each block that it meets. So everybody can check
// some walkers of an answer, drawn after it came ([Check]), whatever his own device; an answer in which a share e of the walkers is wrong
// passes k draws with a probability of (1-e)^k. That the answer came in time is what its receiver saw (package poc).
package challenge
