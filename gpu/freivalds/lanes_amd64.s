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

// Bit i of a word, in lane i, for both halves of 16 vectors.
DATA lowBit<>+0(SB)/4, $0x0001
DATA lowBit<>+4(SB)/4, $0x0002
DATA lowBit<>+8(SB)/4, $0x0004
DATA lowBit<>+12(SB)/4, $0x0008
DATA lowBit<>+16(SB)/4, $0x0010
DATA lowBit<>+20(SB)/4, $0x0020
DATA lowBit<>+24(SB)/4, $0x0040
DATA lowBit<>+28(SB)/4, $0x0080
GLOBL lowBit<>(SB), RODATA|NOPTR, $32
DATA highBit<>+0(SB)/4, $0x0100
DATA highBit<>+4(SB)/4, $0x0200
DATA highBit<>+8(SB)/4, $0x0400
DATA highBit<>+12(SB)/4, $0x0800
DATA highBit<>+16(SB)/4, $0x1000
DATA highBit<>+20(SB)/4, $0x2000
DATA highBit<>+24(SB)/4, $0x4000
DATA highBit<>+28(SB)/4, $0x8000
GLOBL highBit<>(SB), RODATA|NOPTR, $32

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

// func bits256(out *quad, words *byte, n, step, across int, bits *uint64)
TEXT ·bits256(SB), NOSPLIT, $0-48
	MOVQ    out+0(FP), DI
	MOVQ    step+24(FP), R9
	MOVQ    across+32(FP), R8
	MOVQ    bits+40(FP), R11
	LEAQ    (R8)(R8*2), R10
	VMOVDQU lowBit<>(SB), Y14
	VMOVDQU highBit<>(SB), Y15
	MOVQ    $4, R12

bitsVectors:
	MOVQ words+8(FP), SI
	MOVQ n+16(FP), CX
	MOVQ R11, DX
	LOAD

bitsWords:
	VPBROADCASTW (DX), Y10
	VPAND        Y14, Y10, Y8
	VPAND        Y15, Y10, Y9
	VPCMPEQD     Y14, Y8, Y8
	VPCMPEQD     Y15, Y9, Y9
	MEET(VPAND)
	ADDQ         R9, SI
	ADDQ         $8, DX
	DECQ         CX
	JNZ          bitsWords

	STORE
	ADDQ $64, DI
	ADDQ $2, R11
	DECQ R12
	JNZ  bitsVectors
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
