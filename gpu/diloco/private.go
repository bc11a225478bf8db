package diloco

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
)

// Private is how a holder of data that nobody else may see keeps them out of what it sends. It is no Program: nobody without the
// data can run a local run again, so the holder does on its own machine, in float64, what others need not repeat.
type Private struct {
	Clip  float64 // largest L2 norm of the way that the weights go in a round
	Noise float64 // standard deviation of the Gaussian noise on each weight, in units of Clip; 0: none
}

// Validate reports the first setting that makes no sense.
func (p Private) Validate() error {
	switch {
	case !(p.Clip > 0) || math.IsInf(p.Clip, 0):
		return fmt.Errorf("the clipping norm is %v; it must be a positive number", p.Clip)
	case !(p.Noise >= 0) || math.IsInf(p.Noise, 0):
		return fmt.Errorf("the noise is %v; it must be a number that is not negative", p.Noise)
	}
	return nil
}

// slack is how much longer than it should be a delta may be: packing loses something of each, and sends what it lost before.
const slack = 1.25

// Longest is the largest L2 norm that what an honest holder sends of so many weights should have, padding included: for [Outer.Longest]. Noise of n
// numbers is about sqrt(n) times its deviation long, and seldom more by a percent, if n is a thousand or more.
func (p Private) Longest(l *Layout) float64 {
	return slack * p.Clip * math.Sqrt(1+p.Noise*p.Noise*float64(l.Len))
}

// Hide makes what a holder sends of a local run. own are the results "delta" and "residual" of a run of [Model.Local] that was given
// no residual: together they are how far the weights went. carried is what Hide could not send in the round before, nil at first. It
// returns the packed delta to send, and what to carry.
//
// The noise is drawn from ChaCha8 with a key that is made of the holder's secret, the round and what is hidden. So a holder that does a
// round again sends the same, and one that does it with other data has other noise: the difference of two sends would tell both otherwise.
// What is sent is a function of noisy values only, carried ones included, so packing costs no privacy.
func (p Private) Hide(m *Model, o Options, secret [32]byte, round int, own map[string][]byte, carried []float32) (delta []byte, carry []float32, err error) {
	layout, _, err := m.Layouts()
	if err != nil {
		return nil, nil, err
	}
	return p.HideFlat(layout, o, secret, round, own, carried)
}

// HideFlat is Hide for who knows no more of a model than its layout; with that of [Flat] the padding gets noise, too.
func (p Private) HideFlat(layout *Layout, o Options, secret [32]byte, round int, own map[string][]byte, carried []float32) (delta []byte, carry []float32, err error) {
	if err := o.validate(); err != nil {
		return nil, nil, err
	}
	if err := p.Validate(); err != nil {
		return nil, nil, err
	}
	sent, err := layout.Expand(own["delta"], o.Bits)
	if err != nil {
		return nil, nil, err
	}
	if uint64(len(own["residual"])) != layout.Size() {
		return nil, nil, fmt.Errorf("the residual has %d bytes; the model needs %d", len(own["residual"]), layout.Size())
	}
	if carried == nil {
		carried = make([]float32, layout.Len)
	}
	if uint64(len(carried)) != layout.Len {
		return nil, nil, fmt.Errorf("%d weights were carried; the model has %d", len(carried), layout.Len)
	}
	way, square := make([]float64, layout.Len), 0.0
	for i := range way {
		way[i] = float64(sent[i]) + float64(math.Float32frombits(binary.LittleEndian.Uint32(own["residual"][4*i:])))
		square += way[i] * way[i]
	}
	norm := math.Sqrt(square)
	if math.IsNaN(norm) || math.IsInf(norm, 0) {
		return nil, nil, fmt.Errorf("the weights are no numbers any more; a lower rate may help")
	}
	scale := 1.0
	if norm > p.Clip {
		scale = p.Clip / norm
	}
	key := hmac.New(sha256.New, secret[:])
	key.Write([]byte("gpumesh/diloco/noise/1"))
	key.Write(binary.LittleEndian.AppendUint64(nil, uint64(round)))
	key.Write(own["delta"])
	key.Write(own["residual"])
	normal := rand.New(rand.NewChaCha8([32]byte(key.Sum(nil)))).NormFloat64
	out := make([]float32, layout.Len)
	for _, t := range layout.Tensors { // not the padding, which nobody reads
		for i := t.Offset; i < t.Offset+t.Len; i++ {
			v := way[i] * scale
			if p.Noise > 0 {
				v += p.Noise * p.Clip * normal()
			}
			out[i] = float32(v + float64(carried[i]))
		}
	}
	delta, carry = layout.Compress(out, o.Bits)
	return delta, carry, nil
}

// Flat is the layout of weights of which nothing is known but the flat form's size in bytes, and bits how their deltas are packed, which
// follows from a delta's. It is false if no model has such sizes.
func Flat(weights, delta uint64) (l *Layout, bits int, ok bool) {
	n := weights / 4
	l = &Layout{Tensors: []Tensor{{Name: "all", Len: n}}, Len: n}
	for _, bits := range []int{8, 4} {
		if weights > 0 && weights%(4*Block) == 0 && l.PackedSize(bits) == delta {
			return l, bits, true
		}
	}
	return nil, 0, false
}

// Compress packs values as the programs do, and returns what packing lost.
func (l *Layout) Compress(values []float32, bits int) (packedForm []byte, lost []float32) {
	p := packed{uint64(bits), l.Len / Block}
	out, lost := make([]byte, 4*p.words()), make([]float32, l.Len)
	out[0] = 1
	limit := float64(int(1)<<(bits-1) - 1)
	for b := range p.blocks {
		part := values[b*Block : (b+1)*Block]
		top := float32(0)
		finite := true
		for _, v := range part {
			if v != v || math.IsInf(float64(v), 0) {
				finite = false
			}
			top = max(top, float32(math.Abs(float64(v))))
		}
		if !finite {
			continue // the block sends zeros and loses everything
		}
		e := int(math.Float32bits(top)>>23) - 127
		switch {
		case e > 120:
			continue
		case e < -100:
			copy(lost[b*Block:], part)
			continue
		}
		e -= bits - 2
		binary.LittleEndian.PutUint32(out[4*(headerWords+b):], uint32(int32(e)))
		for i, v := range part {
			scaled := float32(math.Ldexp(float64(v), -e)) // exact
			q := max(-limit, min(limit, math.Floor(float64(scaled+0.5))))
			lost[b*Block+uint64(i)] = float32(float64(v) - math.Ldexp(q, e))
			at := 32*p.numbers() + (b*Block+uint64(i))*uint64(bits)
			out[at/8] |= byte((int(q) & (1<<bits - 1)) << (at % 8))
		}
	}
	return out, lost
}

// Expand reads a packed vector.
func (l *Layout) Expand(b []byte, bits int) ([]float32, error) {
	p := packed{uint64(bits), l.Len / Block}
	if uint64(len(b)) != 4*p.words() {
		return nil, fmt.Errorf("a packed delta of this model has %d bytes in %d bits, and %d were given", 4*p.words(), bits, len(b))
	}
	out := make([]float32, l.Len)
	for i := range l.Len {
		at := 32*p.numbers() + i*uint64(bits)
		q := int8(b[at/8]>>(at%8)<<(8-bits)) >> (8 - bits)
		e := int32(binary.LittleEndian.Uint32(b[4*(headerWords+i/Block):]))
		out[i] = float32(math.Ldexp(float64(q), int(max(-126, min(e, 127)))))
	}
	return out, nil
}

// Epsilon bounds what a holder's sends of some rounds tell about its data: for whoever sees all of them, they are (epsilon, delta)-
// differentially private with respect to all data of the holder at once, as if they were replaced by any others. Two clipped ways are
// at most 2 Clip apart, so a round is a Gaussian mechanism with noise of Noise/2 times its sensitivity. Without noise it is infinite.
//
// The accountant is Rényi's: alpha/(2 sigma^2) per round at order alpha (Mironov, 2017, arXiv:1702.07476, proposition 7), added up
// over the rounds, and converted by epsilon = R + log((alpha-1)/alpha) - (log delta + log alpha)/(alpha-1) (Canonne, Kamath and
// Steinke, 2020, arXiv:2004.00010, proposition 12), at the best alpha. Rounds that the holder sits out do not count;
// nothing is gained from drawing holders or examples by chance.
func (p Private) Epsilon(rounds int, delta float64) (float64, error) {
	if err := p.Validate(); err != nil {
		return 0, err
	}
	if !(delta > 0 && delta < 1) {
		return 0, fmt.Errorf("delta is %v; it must be between 0 and 1", delta)
	}
	if rounds < 0 {
		return 0, fmt.Errorf("%d rounds; there cannot be fewer than none", rounds)
	}
	if rounds == 0 {
		return 0, nil
	}
	sigma := p.Noise / 2
	at := func(alpha float64) float64 {
		return float64(rounds)*alpha/(2*sigma*sigma) + math.Log1p(-1/alpha) - (math.Log(delta)+math.Log(alpha))/(alpha-1)
	}
	best := math.Inf(1)
	for x := -20.0; x < 40; x += 0.01 { // orders 1 + 2^x; every order is a bound, so a grid only loses a little
		best = min(best, at(1+math.Exp2(x)))
	}
	return max(best, 0), nil
}
