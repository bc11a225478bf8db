package gputest

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
)

// Side is the width and height of the images of Digits, in pixels.
const Side = 16

// font has the digits in 5 x 7 pixels, a row per number, the leftmost pixel in the highest of 5 bits.
var font = [10][7]byte{
	{0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110},
	{0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110},
	{0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111},
	{0b11110, 0b00001, 0b00001, 0b01110, 0b00001, 0b00001, 0b11110},
	{0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010},
	{0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110},
	{0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110},
	{0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000},
	{0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110},
	{0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100},
}

// Digits draws n digits at double size, shifted, dimmed and noisy, in random order: images of Side x Side f32, and labels of
// u32, little-endian. Equal seeds draw equal digits.
func Digits(n int, seed uint64) (images, labels []byte) {
	rng := rand.New(rand.NewPCG(seed, seed))
	for range n {
		digit := rng.IntN(len(font))
		labels = binary.LittleEndian.AppendUint32(labels, uint32(digit))
		left, top := rng.IntN(7), rng.IntN(3)
		ink := 0.6 + 0.4*rng.Float64()
		for y := range Side {
			for x := range Side {
				v := 0.5 * (rng.Float64() - 0.5)
				if i, j := (x-left)/2, (y-top)/2; x >= left && y >= top && i < 5 && j < 7 && font[digit][j]>>(4-i)&1 == 1 {
					v += ink
				}
				if rng.IntN(40) == 0 {
					v = 1 - v
				}
				images = binary.LittleEndian.AppendUint32(images, math.Float32bits(float32(v)))
			}
		}
	}
	return images, labels
}
