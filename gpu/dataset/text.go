package dataset

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"

	"gpumesh/gpu"
)

// Tokenizer turns text into tokens and back. The first 256 tokens are the bytes; each further one stands for two earlier
// ones, so that every text has tokens, and tokens that are put together in order of training always give back the text (Sennrich
// et al., 2016, on bytes). The zero value is the byte tokenizer.
type Tokenizer struct {
	Merges [][2]uint32 // token 256+i stands for these two
}

// Vocab is the number of tokens.
func (t *Tokenizer) Vocab() int { return 256 + len(t.Merges) }

// maxVocab bounds a tokenizer.
const maxVocab = 1 << 17

// TrainTokenizer merges the most frequent pair of neighbouring tokens again and again until there are vocab tokens or no pair
// occurs twice. A pair never reaches over the start of a word: a space or line break begins a new one. Of pairs that are
// equally frequent the smaller is merged, so a text has one tokenizer.
func TrainTokenizer(text []byte, vocab int) (*Tokenizer, error) {
	if vocab < 256 || vocab > maxVocab {
		return nil, fmt.Errorf("a vocabulary of %d tokens; 256 to %d are possible", vocab, maxVocab)
	}
	counts := make(map[string]int)
	for _, w := range pieces(text) {
		counts[string(w)]++
	}
	type word struct {
		tokens []uint32
		count  int
	}
	words := make([]word, 0, len(counts))
	for s, n := range counts {
		words = append(words, word{bytesOf([]byte(s)), n})
	}
	slices.SortFunc(words, func(a, b word) int { return slices.Compare(a.tokens, b.tokens) })
	pairs := make(map[[2]uint32]int)
	where := make(map[[2]uint32]map[int]bool)
	note := func(i, sign int) {
		w := words[i]
		for k := 1; k < len(w.tokens); k++ {
			p := [2]uint32{w.tokens[k-1], w.tokens[k]}
			pairs[p] += sign * w.count
			if where[p] == nil {
				where[p] = make(map[int]bool)
			}
			where[p][i] = true
		}
	}
	for i := range words {
		note(i, 1)
	}
	t := new(Tokenizer)
	for t.Vocab() < vocab {
		var best [2]uint32
		most := 1
		for p, n := range pairs {
			if n > most || n == most && n > 1 && slices.Compare(p[:], best[:]) < 0 {
				best, most = p, n
			}
		}
		if most < 2 {
			break
		}
		token := uint32(t.Vocab())
		t.Merges = append(t.Merges, best)
		for i := range where[best] {
			note(i, -1)
			words[i].tokens = merge(words[i].tokens, best, token)
			note(i, 1)
		}
		delete(pairs, best)
		delete(where, best)
	}
	return t, nil
}

// pieces cuts text before every space and line break.
func pieces(text []byte) [][]byte {
	var list [][]byte
	start := 0
	for i, c := range text {
		if i > start && (c == ' ' || c == '\n') {
			list = append(list, text[start:i])
			start = i
		}
	}
	if start < len(text) {
		list = append(list, text[start:])
	}
	return list
}

func bytesOf(s []byte) []uint32 {
	list := make([]uint32, len(s))
	for i, c := range s {
		list[i] = uint32(c)
	}
	return list
}

// merge replaces a pair wherever it stands, from left to right.
func merge(tokens []uint32, pair [2]uint32, by uint32) []uint32 {
	out := tokens[:0]
	for i := 0; i < len(tokens); i++ {
		if i+1 < len(tokens) && tokens[i] == pair[0] && tokens[i+1] == pair[1] {
			out = append(out, by)
			i++
			continue
		}
		out = append(out, tokens[i])
	}
	return out
}

// Encode returns the tokens of a text.
func (t *Tokenizer) Encode(text []byte) []uint32 {
	rank := make(map[[2]uint32]uint32, len(t.Merges))
	for i, p := range t.Merges {
		rank[p] = uint32(256 + i)
	}
	known := make(map[string][]uint32)
	var out []uint32
	for _, w := range pieces(text) {
		tokens, ok := known[string(w)]
		if !ok {
			tokens = bytesOf(w)
			for {
				next := uint32(maxVocab + 256)
				for k := 1; k < len(tokens); k++ {
					if r, ok := rank[[2]uint32{tokens[k-1], tokens[k]}]; ok {
						next = min(next, r)
					}
				}
				if next == maxVocab+256 {
					break
				}
				tokens = merge(tokens, t.Merges[next-256], next)
			}
			known[string(w)] = tokens
		}
		out = append(out, tokens...)
	}
	return out
}

// Decode returns the text of tokens. Tokens that do not exist are an error.
func (t *Tokenizer) Decode(tokens []uint32) ([]byte, error) {
	var b bytes.Buffer
	var stack []uint32
	for _, x := range tokens {
		for stack = append(stack, x); len(stack) > 0; {
			x := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			switch {
			case x < 256:
				b.WriteByte(byte(x))
			case int(x) < t.Vocab():
				p := t.Merges[x-256]
				stack = append(stack, p[1], p[0])
			default:
				return nil, fmt.Errorf("token %d is not one of %d", x, t.Vocab())
			}
		}
	}
	return b.Bytes(), nil
}

// Write writes the tokenizer as JSON.
func (t *Tokenizer) Write(w io.Writer) error {
	return json.NewEncoder(w).Encode(map[string]any{"merges": t.Merges})
}

// ReadTokenizer reads what Write wrote.
func ReadTokenizer(r io.Reader) (*Tokenizer, error) {
	var f struct {
		Merges [][2]uint32 `json:"merges"`
	}
	if err := json.NewDecoder(io.LimitReader(r, 64<<20)).Decode(&f); err != nil {
		return nil, fmt.Errorf("it is not a tokenizer: %w", err)
	}
	if len(f.Merges) > maxVocab-256 {
		return nil, fmt.Errorf("it has %d merges; at most %d are possible", len(f.Merges), maxVocab-256)
	}
	for i, p := range f.Merges {
		if max(p[0], p[1]) >= uint32(256+i) {
			return nil, fmt.Errorf("merge %d uses a token that does not exist yet", i)
		}
	}
	return &Tokenizer{f.Merges}, nil
}

// Windows draws n windows of context tokens from a text, and the same ones a token later: what a language model reads, and
// what it should predict. The seed alone decides which.
func Windows(tokens []uint32, context, n int, seed uint64) (x, y Tensor, err error) {
	if len(tokens) <= context {
		return x, y, fmt.Errorf("the text has %d tokens; a window takes %d", len(tokens), context+1)
	}
	if _, ok := size([]int{n, context}); !ok {
		return x, y, errors.New("there would be no windows, or too many")
	}
	rng := rand.New(rand.NewPCG(seed, 0x77696e646f7773))
	x = Tensor{Type: gpu.I32, Dims: []int{n, context}, Data: make([]byte, 0, 4*n*context)}
	y = Tensor{Type: gpu.I32, Dims: []int{n, context}, Data: make([]byte, 0, 4*n*context)}
	for range n {
		at := rng.IntN(len(tokens) - context)
		for k := range context {
			x.Data = binary.LittleEndian.AppendUint32(x.Data, tokens[at+k])
			y.Data = binary.LittleEndian.AppendUint32(y.Data, tokens[at+k+1])
		}
	}
	return x, y, nil
}

// Shuffle puts the examples of x and y, which are as many, into an order that the seed decides.
func Shuffle(x, y Tensor, seed uint64) (Tensor, Tensor, error) {
	if len(x.Dims) == 0 || len(y.Dims) == 0 || x.Dims[0] != y.Dims[0] {
		return x, y, fmt.Errorf("there are %v examples and %v labels", first(x), first(y))
	}
	order := rand.New(rand.NewPCG(seed, 0x73687566666c65)).Perm(x.Dims[0])
	turn := func(t Tensor) Tensor {
		out := Tensor{Type: t.Type, Dims: t.Dims, Data: make([]byte, 0, len(t.Data))}
		each := len(t.Data) / t.Dims[0]
		for _, i := range order {
			out.Data = append(out.Data, t.Data[i*each:(i+1)*each]...)
		}
		return out
	}
	return turn(x), turn(y), nil
}

func first(t Tensor) int { return append(slices.Clone(t.Dims), 0)[0] }
