// Package report measures this part of the project against its targets, on the machine it runs on: kernels against naive ones
// and the processor's peak, the runtime against bare calls of the GPU library, the worker process against memory speed, and
// checks of products against products.
//
// Targets are ratios. What is compared takes turns in one run, so that other load hits all alike, and the median of the turns' ratios counts.
// On CPU adapters, whose threads belong to this process, processor time is measured instead of the clock's.
package report
