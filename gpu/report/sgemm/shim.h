// The part of CUDA's and HIP's runtimes and of cuBLAS and rocBLAS that a product takes. Both pairs have the same calls with other names.
#ifndef GPUMESH_SGEMM_SHIM_H
#define GPUMESH_SGEMM_SHIM_H

#include <stddef.h>
#include <stdint.h>

enum { GM_CUDA, GM_ROCM };

typedef struct gm_blas gm_blas;

// Opens both libraries and finds the calls. NULL: why says what is missing. They stay open until the process ends, because drivers
// do not stand being closed.
gm_blas *gm_open(int kind, char const *runtime, char const *blas, char *why, size_t size);
void gm_discard(gm_blas *b); // after gm_destroy, or instead of gm_create

// What follows returns 0, or the status of the call that failed, whose name gm_failed then tells.
char const *gm_failed(gm_blas *b);
int gm_count(gm_blas *b, int *devices);
int gm_name(gm_blas *b, int device, char *name, size_t size);
int gm_create(gm_blas *b, int device); // everything that follows is on this device
int gm_destroy(gm_blas *b);
int gm_alloc(gm_blas *b, size_t bytes, uintptr_t *memory);
int gm_free(gm_blas *b, uintptr_t memory);
int gm_write(gm_blas *b, uintptr_t memory, void const *from, size_t bytes);
int gm_read(gm_blas *b, void *to, uintptr_t memory, size_t bytes);
int gm_wait(gm_blas *b);

// c = x y, of column-major matrices without gaps: c has m rows and n columns, x k columns. It does not wait.
int gm_multiply(gm_blas *b, int m, int n, int k, uintptr_t x, uintptr_t y, uintptr_t c);

#endif
