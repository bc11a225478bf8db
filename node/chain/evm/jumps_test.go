package evm_test

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"github.com/ethereum/go-ethereum/core/vm"
)

// panicID is the selector of Panic(uint256), which only the compiler's own checks revert with.
const panicID = 0x4e487b71

// way says what a side of a conditional jump leads to.
type way string

const (
	goesOn    way = "goes on"                            // or refuses by a name: a test has to go there
	panics    way = "panics"                             // a check of the compiler's: an overflow, an index, a division
	plain     way = "reverts without a word"             // a check of the compiler's: arguments, and answers of other contracts
	passesOn  way = "passes on another contract's error" // which is provoked in that one
	answers   way = "asks whether a call was answered"   // after the question whether it failed, or with less than the callee returns
	neverSeen way = "never reached"
)

// next returns the offset after an instruction, and what it pushes, if that fits.
func next(code []byte, pc uint64) (after, pushed uint64) {
	op := vm.OpCode(code[pc])
	if !op.IsPush() {
		return pc + 1, 0
	}
	after = pc + 1 + uint64(op-vm.PUSH0)
	arg := make([]byte, 8)
	if data := code[pc+1 : min(after, uint64(len(code)))]; len(data) <= 8 {
		copy(arg[8-len(data):], data)
	}
	return after, binary.BigEndian.Uint64(arg)
}

// leadsTo follows the code from an offset until it reverts or branches.
func leadsTo(code []byte, pc uint64) way {
	out, last := plain, uint64(0)
	for steps := 0; steps < 64 && pc < uint64(len(code)); steps++ {
		op := vm.OpCode(code[pc])
		after, pushed := next(code, pc)
		switch {
		case op == vm.REVERT:
			return out
		case op == vm.INVALID:
			return panics
		case op == vm.RETURNDATACOPY:
			out = passesOn
		case op == vm.JUMP && vm.OpCode(code[last]).IsPush():
			_, after = next(code, last)
		case op == vm.JUMP, op == vm.JUMPI, op == vm.RETURN, op == vm.STOP:
			return goesOn
		case op == vm.PUSH4 && pushed == panicID:
			out = panics
		case op == vm.MSTORE && out == plain: // of an error with a name
			return goesOn
		}
		if op != vm.JUMPDEST {
			last = pc
		}
		pc = after
	}
	return goesOn
}

// jump is a conditional jump.
type jump struct {
	target uint64
	called bool // it asks what became of a call
}

// jumpsOf returns the conditional jumps of a code by their offsets.
func jumpsOf(code []byte) map[uint64]jump {
	const near, most = 20, 2 // instructions, and jumps, after a call or the length of its answer
	out := map[uint64]jump{}
	last, since, asked := uint64(0), near, 0
	for pc := uint64(0); pc < uint64(len(code)); {
		switch op := vm.OpCode(code[pc]); op {
		case vm.CALL, vm.STATICCALL, vm.RETURNDATASIZE:
			since, asked = 0, 0
		case vm.JUMPDEST:
			since = near
		case vm.JUMPI:
			_, target := next(code, last)
			asked++
			out[pc] = jump{target, since < near && asked <= most}
		}
		last, since = pc, since+1
		pc, _ = next(code, pc)
	}
	return out
}

// sides counts what became of the conditional jumps of a file.
type sides struct {
	all, both int
	missing   map[way]int // of those that did not go both ways, by what the other side leads to
}

// add counts a jump that went some ways, 1 on and 2 to its target, and returns what it leaves out.
func (s *sides) add(code []byte, at uint64, j jump, went byte) (missing way) {
	if s.missing == nil {
		s.missing = map[way]int{}
	}
	s.all++
	switch went {
	case 3:
		s.both++
		return ""
	case 2:
		missing = leadsTo(code, at+1)
	case 1:
		missing = leadsTo(code, j.target)
	default:
		missing = neverSeen
	}
	if missing == goesOn && j.called {
		missing = answers
	}
	s.missing[missing]++
	return missing
}

func (s *sides) String() string {
	out := fmt.Sprintf("%d of %d conditional jumps went both ways", s.both, s.all)
	for _, w := range slices.Sorted(maps.Keys(s.missing)) {
		out += fmt.Sprintf("; %d leave out what %s", s.missing[w], w)
	}
	return out
}
