// Package proof finds programs that are products of matrices, and checks their results without computing them.
//
// A program is a product if it is one that the kernel library makes, in any of its variants: [Find] makes all of them for the shapes
// that its buffers allow, and compares. So there is nothing to declare and nothing to believe, and a kernel of one's own is none.
//
// [Product.Check] is Freivalds' check of every element, by [gpumesh/gpu/freivalds], and [Product.Trace] what an honest run commits to
// besides the output: a product has one segment and no state, so it follows from the output.
package proof
