#include "textflag.h"

// func floats256(sums *floatSums, x *byte, t *float64, steps int)
TEXT ·floats256(SB), NOSPLIT, $0-32
	MOVQ    sums+0(FP), DI
	MOVQ    x+8(FP), SI
	MOVQ    t+16(FP), DX
	MOVQ    steps+24(FP), CX
	VMOVUPD (DI), Y0
	VMOVUPD 32(DI), Y1
	VMOVUPD 64(DI), Y2
	VMOVUPD 96(DI), Y3
	VMOVUPD 128(DI), Y4
	VMOVUPD 160(DI), Y5
	VMOVUPD 192(DI), Y6
	VMOVUPD 224(DI), Y7

floats:
	VCVTPS2PD (SI), Y8
	VCVTPS2PD 16(SI), Y9
	VMULPD    (DX), Y8, Y10
	VMULPD    32(DX), Y9, Y11
	VADDPD    Y10, Y0, Y0
	VADDPD    Y11, Y1, Y1
	VMULPD    64(DX), Y8, Y12
	VMULPD    96(DX), Y9, Y13
	VADDPD    Y12, Y2, Y2
	VADDPD    Y13, Y3, Y3
	VMULPD    128(DX), Y8, Y10
	VMULPD    160(DX), Y9, Y11
	VADDPD    Y10, Y4, Y4
	VADDPD    Y11, Y5, Y5
	VMULPD    Y8, Y8, Y8
	VMULPD    Y9, Y9, Y9
	VMULPD    192(DX), Y8, Y8
	VMULPD    224(DX), Y9, Y9
	VADDPD    Y8, Y6, Y6
	VADDPD    Y9, Y7, Y7
	ADDQ      $32, SI
	ADDQ      $256, DX
	DECQ      CX
	JNZ       floats

	VMOVUPD Y0, (DI)
	VMOVUPD Y1, 32(DI)
	VMOVUPD Y2, 64(DI)
	VMOVUPD Y3, 96(DI)
	VMOVUPD Y4, 128(DI)
	VMOVUPD Y5, 160(DI)
	VMOVUPD Y6, 192(DI)
	VMOVUPD Y7, 224(DI)
	VZEROUPPER
	RET

// func words256(sums *wordSums, x *byte, t *uint64, steps int)
TEXT ·words256(SB), NOSPLIT, $0-32
	MOVQ    sums+0(FP), DI
	MOVQ    x+8(FP), SI
	MOVQ    t+16(FP), DX
	MOVQ    steps+24(FP), CX
	VMOVDQU (DI), Y0
	VMOVDQU 32(DI), Y1
	VMOVDQU 64(DI), Y2
	VMOVDQU 96(DI), Y3
	VMOVDQU 128(DI), Y4

words:
	VPMOVSXDQ (SI), Y5
	VPMULDQ   (DX), Y5, Y6
	VPMULDQ   32(DX), Y5, Y7
	VPMULDQ   64(DX), Y5, Y8
	VPADDQ    Y6, Y0, Y0
	VPADDQ    Y7, Y1, Y1
	VPADDQ    Y8, Y2, Y2
	VPABSD    (SI), X9
	VPMOVZXDQ X9, Y9
	VPADDQ    Y9, Y3, Y3
	VPOR      Y9, Y4, Y4
	ADDQ      $16, SI
	ADDQ      $96, DX
	DECQ      CX
	JNZ       words

	VMOVDQU Y0, (DI)
	VMOVDQU Y1, 32(DI)
	VMOVDQU Y2, 64(DI)
	VMOVDQU Y3, 96(DI)
	VMOVDQU Y4, 128(DI)
	VZEROUPPER
	RET

// Sums of four columns for 16 of the 64 vectors are in Y0 to Y7; R8 is across, R10 is three times that.
#define LOAD \
	VMOVDQU (DI), Y0    \
	VMOVDQU 32(DI), Y1  \
	VMOVDQU 256(DI), Y2 \
	VMOVDQU 288(DI), Y3 \
	VMOVDQU 512(DI), Y4 \
	VMOVDQU 544(DI), Y5 \
	VMOVDQU 768(DI), Y6 \
	VMOVDQU 800(DI), Y7

#define STORE \
	VMOVDQU Y0, (DI)    \
	VMOVDQU Y1, 32(DI)  \
	VMOVDQU Y2, 256(DI) \
	VMOVDQU Y3, 288(DI) \
	VMOVDQU Y4, 512(DI) \
	VMOVDQU Y5, 544(DI) \
	VMOVDQU Y6, 768(DI) \
	VMOVDQU Y7, 800(DI)

// A word of each column meets what Y8 and Y9 hold for the vectors.
#define MEET(OP) \
	VPBROADCASTD (SI), Y10        \
	VPBROADCASTD (SI)(R8*1), Y11  \
	OP           Y8, Y10, Y12     \
	OP           Y9, Y10, Y13     \
	VPADDD       Y12, Y0, Y0      \
	VPADDD       Y13, Y1, Y1      \
	OP           Y8, Y11, Y12     \
	OP           Y9, Y11, Y13     \
	VPADDD       Y12, Y2, Y2      \
	VPADDD       Y13, Y3, Y3      \
	VPBROADCASTD (SI)(R8*2), Y10  \
	VPBROADCASTD (SI)(R10*1), Y11 \
	OP           Y8, Y10, Y12     \
	OP           Y9, Y10, Y13     \
	VPADDD       Y12, Y4, Y4      \
	VPADDD       Y13, Y5, Y5      \
	OP           Y8, Y11, Y12     \
	OP           Y9, Y11, Y13     \
	VPADDD       Y12, Y6, Y6      \
	VPADDD       Y13, Y7, Y7

// Which words are in the sum at each of 8 places.
DATA among<>+0(SB)/8, $0xffffffff00000000
DATA among<>+8(SB)/8, $0xffffffff00000000
DATA among<>+16(SB)/8, $0xffffffff00000000
DATA among<>+24(SB)/8, $0xffffffff00000000
DATA among<>+32(SB)/8, $0
DATA among<>+40(SB)/8, $0xffffffffffffffff
DATA among<>+48(SB)/8, $0
DATA among<>+56(SB)/8, $0xffffffffffffffff
DATA among<>+64(SB)/8, $0
DATA among<>+72(SB)/8, $0
DATA among<>+80(SB)/8, $0xffffffffffffffff
DATA among<>+88(SB)/8, $0xffffffffffffffff
GLOBL among<>(SB), RODATA|NOPTR, $96

// Y12 is the 8 sums of some words of a column, which 32 vectors look up.
#define LOOKUP(A, B, C, D) \
	VPERMD Y12, Y8, Y13  \
	VPERMD Y12, Y9, Y14  \
	VPADDD Y13, A, A     \
	VPADDD Y14, B, B     \
	VPERMD Y12, Y10, Y13 \
	VPERMD Y12, Y11, Y14 \
	VPADDD Y13, C, C     \
	VPADDD Y14, D, D

// Y12 becomes the sums of two words, or of three.
#define TWO(P) \
	VPBROADCASTD (P), Y12                 \
	VPBROADCASTD (P)(R9*1), Y13           \
	VPAND        among<>+0(SB), Y12, Y12  \
	VPAND        among<>+32(SB), Y13, Y13 \
	VPADDD       Y13, Y12, Y12

#define THREE(P) \
	TWO(P)                                \
	VPBROADCASTD (P)(R9*2), Y14           \
	VPAND        among<>+64(SB), Y14, Y14 \
	VPADDD       Y14, Y12, Y12

// func bits256(out *quad, words *byte, blocks, step, across int, bits *bitBlock)
TEXT ·bits256(SB), NOSPLIT, $0-48
	MOVQ out+0(FP), DI
	MOVQ words+8(FP), R10
	MOVQ step+24(FP), R9
	MOVQ across+32(FP), R8
	LEAQ (R9)(R9*2), R13
	MOVQ $2, R12           // pairs of columns

bitsPair:
	MOVQ bits+40(FP), R11
	MOVQ $2, AX

bitsHalf: // of the vectors
	MOVQ    R10, SI
	LEAQ    (R10)(R8*1), R14
	MOVQ    R11, DX
	MOVQ    blocks+16(FP), CX
	VMOVDQU (DI), Y0
	VMOVDQU 32(DI), Y1
	VMOVDQU 64(DI), Y2
	VMOVDQU 96(DI), Y3
	VMOVDQU 256(DI), Y4
	VMOVDQU 288(DI), Y5
	VMOVDQU 320(DI), Y6
	VMOVDQU 352(DI), Y7

bitsBlock:
	VMOVDQU (DX), Y8
	VMOVDQU 32(DX), Y9
	VMOVDQU 64(DX), Y10
	VMOVDQU 96(DX), Y11
	MOVQ    $10, BX

bitsThree:
	THREE(SI)
	LOOKUP(Y0, Y1, Y2, Y3)
	THREE(R14)
	LOOKUP(Y4, Y5, Y6, Y7)
	VPSRLD $3, Y8, Y8
	VPSRLD $3, Y9, Y9
	VPSRLD $3, Y10, Y10
	VPSRLD $3, Y11, Y11
	ADDQ   R13, SI
	ADDQ   R13, R14
	DECQ   BX
	JNZ    bitsThree

	TWO(SI)
	LOOKUP(Y0, Y1, Y2, Y3)
	TWO(R14)
	LOOKUP(Y4, Y5, Y6, Y7)
	LEAQ (SI)(R9*2), SI
	LEAQ (R14)(R9*2), R14
	ADDQ $256, DX
	DECQ CX
	JNZ  bitsBlock

	VMOVDQU Y0, (DI)
	VMOVDQU Y1, 32(DI)
	VMOVDQU Y2, 64(DI)
	VMOVDQU Y3, 96(DI)
	VMOVDQU Y4, 256(DI)
	VMOVDQU Y5, 288(DI)
	VMOVDQU Y6, 320(DI)
	VMOVDQU Y7, 352(DI)
	ADDQ    $128, DI
	ADDQ    $128, R11
	DECQ    AX
	JNZ     bitsHalf

	ADDQ $256, DI
	LEAQ (R10)(R8*2), R10
	DECQ R12
	JNZ  bitsPair
	VZEROUPPER
	RET

// func products256(out *quad, words *byte, n, step, across int, y *[64]uint32)
TEXT ·products256(SB), NOSPLIT, $0-48
	MOVQ out+0(FP), DI
	MOVQ step+24(FP), R9
	MOVQ across+32(FP), R8
	MOVQ y+40(FP), R11
	LEAQ (R8)(R8*2), R10
	MOVQ $4, R12

productsVectors:
	MOVQ words+8(FP), SI
	MOVQ n+16(FP), CX
	MOVQ R11, DX
	LOAD

productsWords:
	VMOVDQU (DX), Y8
	VMOVDQU 32(DX), Y9
	MEET(VPMULLD)
	ADDQ    R9, SI
	ADDQ    $256, DX
	DECQ    CX
	JNZ     productsWords

	STORE
	ADDQ $64, DI
	ADDQ $64, R11
	DECQ R12
	JNZ  productsVectors
	VZEROUPPER
	RET

// T becomes the 16 sums of four words of a column, which 64 vectors look up.
#define FOUR(P, T, A, B, C, D) \
	VPBROADCASTD.Z (P), K1, T             \
	VPADDD.BCST    (P)(R9*1), T, K2, T    \
	VPADDD.BCST    (P)(R9*2), T, K3, T    \
	VPADDD.BCST    (P)(R13*1), T, K4, T   \
	VPERMD         T, Z16, Z24            \
	VPERMD         T, Z17, Z25            \
	VPERMD         T, Z18, Z26            \
	VPERMD         T, Z19, Z27            \
	VPADDD         Z24, A, A              \
	VPADDD         Z25, B, B              \
	VPADDD         Z26, C, C              \
	VPADDD         Z27, D, D

// func bits512(out *quad, words *byte, blocks, step, across int, bits *bitBlock)
TEXT ·bits512(SB), NOSPLIT, $0-48
	MOVQ      out+0(FP), DI
	MOVQ      words+8(FP), SI
	MOVQ      blocks+16(FP), CX
	MOVQ      step+24(FP), R9
	MOVQ      across+32(FP), R8
	MOVQ      bits+40(FP), DX
	LEAQ      (R9)(R9*2), R13
	LEAQ      (SI)(R8*1), R10
	LEAQ      (SI)(R8*2), R11
	LEAQ      (R10)(R8*2), R12
	MOVL      $0xaaaa, AX
	KMOVW     AX, K1
	MOVL      $0xcccc, AX
	KMOVW     AX, K2
	MOVL      $0xf0f0, AX
	KMOVW     AX, K3
	MOVL      $0xff00, AX
	KMOVW     AX, K4
	VMOVDQU32 (DI), Z0
	VMOVDQU32 64(DI), Z1
	VMOVDQU32 128(DI), Z2
	VMOVDQU32 192(DI), Z3
	VMOVDQU32 256(DI), Z4
	VMOVDQU32 320(DI), Z5
	VMOVDQU32 384(DI), Z6
	VMOVDQU32 448(DI), Z7
	VMOVDQU32 512(DI), Z8
	VMOVDQU32 576(DI), Z9
	VMOVDQU32 640(DI), Z10
	VMOVDQU32 704(DI), Z11
	VMOVDQU32 768(DI), Z12
	VMOVDQU32 832(DI), Z13
	VMOVDQU32 896(DI), Z14
	VMOVDQU32 960(DI), Z15

wideBlock:
	VMOVDQU32 (DX), Z16
	VMOVDQU32 64(DX), Z17
	VMOVDQU32 128(DX), Z18
	VMOVDQU32 192(DX), Z19
	MOVQ      $8, BX

wideFour:
	FOUR(SI, Z20, Z0, Z1, Z2, Z3)
	FOUR(R10, Z21, Z4, Z5, Z6, Z7)
	FOUR(R11, Z22, Z8, Z9, Z10, Z11)
	FOUR(R12, Z23, Z12, Z13, Z14, Z15)
	VPSRLD $4, Z16, Z16
	VPSRLD $4, Z17, Z17
	VPSRLD $4, Z18, Z18
	VPSRLD $4, Z19, Z19
	LEAQ   (SI)(R9*4), SI
	LEAQ   (R10)(R9*4), R10
	LEAQ   (R11)(R9*4), R11
	LEAQ   (R12)(R9*4), R12
	DECQ   BX
	JNZ    wideFour

	ADDQ $256, DX
	DECQ CX
	JNZ  wideBlock

	VMOVDQU32 Z0, (DI)
	VMOVDQU32 Z1, 64(DI)
	VMOVDQU32 Z2, 128(DI)
	VMOVDQU32 Z3, 192(DI)
	VMOVDQU32 Z4, 256(DI)
	VMOVDQU32 Z5, 320(DI)
	VMOVDQU32 Z6, 384(DI)
	VMOVDQU32 Z7, 448(DI)
	VMOVDQU32 Z8, 512(DI)
	VMOVDQU32 Z9, 576(DI)
	VMOVDQU32 Z10, 640(DI)
	VMOVDQU32 Z11, 704(DI)
	VMOVDQU32 Z12, 768(DI)
	VMOVDQU32 Z13, 832(DI)
	VMOVDQU32 Z14, 896(DI)
	VMOVDQU32 Z15, 960(DI)
	VZEROUPPER
	RET
