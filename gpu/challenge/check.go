package challenge

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/bits"

	"gpumesh/gpu"
)

// Samples is how many walkers of an answer one witness checks. A cheat that spares itself half of them passes one witness in four, and needs a
// quorum of witnesses, who draw each for itself.
const Samples = 2

// vec is a vec4<u32>.
type vec [4]uint32

// block makes one block as the program does.
func (s Spec) block(region, index uint32) [4]vec {
	lo, hi := uint32(s.Seed), uint32(s.Seed>>32)
	first := [16]uint32{
		0x61707865, 0x3320646e, 0x79622d32, 0x6b206574,
		lo, hi, hi, lo,
		hi ^ region, lo ^ index, region, index,
		index, region, index, region,
	}
	x := first
	for range s.Rounds {
		quarter(&x, 0, 4, 8, 12)
		quarter(&x, 1, 5, 9, 13)
		quarter(&x, 2, 6, 10, 14)
		quarter(&x, 3, 7, 11, 15)
		quarter(&x, 0, 5, 10, 15)
		quarter(&x, 1, 6, 11, 12)
		quarter(&x, 2, 7, 8, 13)
		quarter(&x, 3, 4, 9, 14)
	}
	var out [4]vec
	for i := range x {
		out[i/4][i%4] = x[i] + first[i]
	}
	return out
}

func quarter(x *[16]uint32, a, b, c, d int) {
	va, vb, vc, vd := x[a], x[b], x[c], x[d]
	va = mixed(va, vb)
	vd = bits.RotateLeft32(vd^va, 16)
	vc = mixed(vc, vd)
	vb = bits.RotateLeft32(vb^vc, 12)
	va = mixed(va, vb)
	vd = bits.RotateLeft32(vd^va, 8)
	vc = mixed(vc, vd)
	vb = bits.RotateLeft32(vb^vc, 7)
	x[a], x[b], x[c], x[d] = va, vb, vc, vd
}

func mixed(x, y uint32) uint32 { return x + y + x*y<<1 }

func stir(s, v vec) vec {
	var x, out vec
	for i := range x {
		x[i] = (s[i] ^ v[i]) * 0x9e3779b1
	}
	for i := range x {
		out[i] = x[(i+1)%4] + x[i]>>15
	}
	return out
}

// Walk is the word of one walker in the answer. It makes every block that the walker meets, and so takes Passes/Walkers of all
// operations of the challenge. It ends early with the error of ctx.
func (s Spec) Walk(ctx context.Context, walker uint32) (uint32, error) {
	return s.walk(ctx, walker, func(uint32, uint32) {})
}

// walk tells met of each block.
func (s Spec) walk(ctx context.Context, walker uint32, met func(region, index uint32)) (uint32, error) {
	w := vec{walker * 0x9e3779b1, uint32(s.Seed) ^ walker, uint32(s.Seed >> 32), walker}
	shift := 32 - bits.TrailingZeros32(s.Blocks)
	for range Passes {
		for first := uint32(0); first < s.Regions; first += group {
			if err := ctx.Err(); err != nil {
				return 0, err
			}
			for range s.reads() {
				for region := first; region < min(first+group, s.Regions); region++ {
					index := w[0] >> shift
					met(region, index)
					for _, v := range s.block(region, index) {
						w = stir(w, v)
					}
				}
			}
		}
	}
	return w[0] ^ w[1] ^ w[2] ^ w[3], nil
}

// Check compares words of an answer with what their walkers come to; draw says which, and must not be known to whoever made the answer.
// The error is of gpu.InvalidInput where the answer is wrong, else that of ctx.
func (s Spec) Check(ctx context.Context, answer []byte, draw []uint32) error {
	if err := s.Validate(); err != nil {
		return err
	}
	if len(answer) != 4*int(s.Walkers) {
		return gpu.Errorf(gpu.InvalidInput, "the answer has %d bytes, not %d", len(answer), 4*s.Walkers)
	}
	for _, walker := range draw {
		if walker >= s.Walkers {
			return fmt.Errorf("walker %d is drawn of %d", walker, s.Walkers)
		}
		want, err := s.Walk(ctx, walker)
		if err != nil {
			return err
		}
		if binary.LittleEndian.Uint32(answer[4*walker:]) != want {
			return gpu.Errorf(gpu.InvalidInput, "walker %d does not end where the answer says", walker)
		}
	}
	return nil
}
