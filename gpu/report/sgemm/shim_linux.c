#include "shim.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PROPERTIES = 16 << 10 }; // bytes; the structs of all versions are smaller, and begin with the name in 256 bytes

struct gm_blas {
	char const *const *names;
	char const *failed;
	int device, none; // none: the operation that leaves a matrix as it is
	void *handle;

	int (*set_device)(int);
	int (*count)(int *);
	int (*properties)(void *, int);
	int (*alloc)(void **, size_t);
	int (*release)(void *);
	int (*copy)(void *, void const *, size_t, int);
	int (*wait)(void);
	int (*create)(void **);
	int (*destroy)(void *);
	int (*multiply)(void *, int, int, int, int, int, float const *, void const *, int, void const *, int, float const *, void *, int);
};

enum { SET_DEVICE, COUNT, PROPS, OLD_PROPS, ALLOC, RELEASE, COPY, WAIT, CREATE, DESTROY, MULTIPLY, CALLS };

static char const *const names[][CALLS] = {
	{"cudaSetDevice", "cudaGetDeviceCount", "cudaGetDeviceProperties_v2", "cudaGetDeviceProperties", "cudaMalloc", "cudaFree", "cudaMemcpy",
	 "cudaDeviceSynchronize", "cublasCreate_v2", "cublasDestroy_v2", "cublasSgemm_v2"},
	{"hipSetDevice", "hipGetDeviceCount", "hipGetDevicePropertiesR0600", "hipGetDeviceProperties", "hipMalloc", "hipFree", "hipMemcpy",
	 "hipDeviceSynchronize", "rocblas_create_handle", "rocblas_destroy_handle", "rocblas_sgemm"},
};
static int const none[] = {0, 111}; // CUBLAS_OP_N, rocblas_operation_none

static void *find(void *lib, char const *name, char *why, size_t size) {
	void *p = dlsym(lib, name);
	if (p == NULL && why[0] == 0) {
		snprintf(why, size, "it has no %s", name);
	}
	return p;
}

gm_blas *gm_open(int kind, char const *runtime, char const *blas, char *why, size_t size) {
	char const *const *name = names[kind];
	why[0] = 0;
	void *r = dlopen(runtime, RTLD_NOW | RTLD_LOCAL);
	void *l = r == NULL ? NULL : dlopen(blas, RTLD_NOW | RTLD_LOCAL);
	if (l == NULL) {
		char const *e = dlerror();
		snprintf(why, size, "%s", e == NULL ? "it cannot be opened" : e);
		return NULL;
	}
	gm_blas *b = calloc(1, sizeof *b);
	if (b == NULL) {
		snprintf(why, size, "out of memory");
		return NULL;
	}
	b->names = name;
	b->none = none[kind];
	b->set_device = find(r, name[SET_DEVICE], why, size);
	b->count = find(r, name[COUNT], why, size);
	b->properties = dlsym(r, name[PROPS]);
	if (b->properties == NULL) {
		b->properties = find(r, name[OLD_PROPS], why, size);
	}
	b->alloc = find(r, name[ALLOC], why, size);
	b->release = find(r, name[RELEASE], why, size);
	b->copy = find(r, name[COPY], why, size);
	b->wait = find(r, name[WAIT], why, size);
	b->create = find(l, name[CREATE], why, size);
	b->destroy = find(l, name[DESTROY], why, size);
	b->multiply = find(l, name[MULTIPLY], why, size);
	if (why[0] != 0) {
		free(b);
		return NULL;
	}
	return b;
}

void gm_discard(gm_blas *b) { free(b); }

char const *gm_failed(gm_blas *b) { return b->failed; }

static int done(gm_blas *b, int call, int status) {
	if (status != 0) {
		b->failed = b->names[call];
	}
	return status;
}

// on makes the device that of this thread, which may be another one each time.
static int on(gm_blas *b) { return done(b, SET_DEVICE, b->set_device(b->device)); }

int gm_count(gm_blas *b, int *devices) { return done(b, COUNT, b->count(devices)); }

int gm_name(gm_blas *b, int device, char *name, size_t size) {
	char *p = calloc(1, PROPERTIES);
	if (p == NULL) {
		return done(b, PROPS, -1);
	}
	int status = done(b, PROPS, b->properties(p, device));
	p[255] = 0;
	snprintf(name, size, "%s", p);
	free(p);
	return status;
}

int gm_create(gm_blas *b, int device) {
	b->device = device;
	int status = on(b);
	return status != 0 ? status : done(b, CREATE, b->create(&b->handle));
}

int gm_destroy(gm_blas *b) {
	int status = on(b);
	return status != 0 ? status : done(b, DESTROY, b->destroy(b->handle));
}

int gm_alloc(gm_blas *b, size_t bytes, uintptr_t *memory) {
	void *p = NULL;
	int status = on(b);
	if (status == 0) {
		status = done(b, ALLOC, b->alloc(&p, bytes));
	}
	*memory = (uintptr_t)p;
	return status;
}

int gm_free(gm_blas *b, uintptr_t memory) {
	int status = on(b);
	return status != 0 ? status : done(b, RELEASE, b->release((void *)memory));
}

int gm_write(gm_blas *b, uintptr_t memory, void const *from, size_t bytes) {
	int status = on(b);
	return status != 0 ? status : done(b, COPY, b->copy((void *)memory, from, bytes, 1)); // host to device
}

int gm_read(gm_blas *b, void *to, uintptr_t memory, size_t bytes) {
	int status = on(b);
	return status != 0 ? status : done(b, COPY, b->copy(to, (void *)memory, bytes, 2)); // device to host
}

int gm_wait(gm_blas *b) {
	int status = on(b);
	return status != 0 ? status : done(b, WAIT, b->wait());
}

int gm_multiply(gm_blas *b, int m, int n, int k, uintptr_t x, uintptr_t y, uintptr_t c) {
	int status = on(b);
	if (status != 0) {
		return status;
	}
	float one = 1, zero = 0; // on the host, which is the default of both libraries
	return done(b, MULTIPLY, b->multiply(b->handle, b->none, b->none, m, n, k, &one, (void *)x, m, (void *)y, k, &zero, (void *)c, m));
}
