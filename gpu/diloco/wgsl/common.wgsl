// The packed form. It is used after the constants BITS (8 or 4), PER_WORD (numbers in a word), LARGEST (number), BLOCK (numbers
// that share an exponent), BLOCKS, HEADER and NUMBERS (word offsets): front ends of today want their values as literals.

// exp2i is 2^e for -126 <= e <= 127.
fn exp2i(e: i32) -> f32 { return bitcast<f32>(u32(clamp(e, -126, 127) + 127) << 23u); }

// number is the k-th signed number of a word.
fn number(word: u32, k: u32) -> i32 { return bitcast<i32>(word << (32u - BITS - k * BITS)) >> (32u - BITS); }
