#include "shim.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef _WIN32
#include <windows.h>
#define give_way SwitchToThread
#else
#include <sched.h>
#define give_way sched_yield
#endif

// The symbols come from the static library that the binding links. They are weak so that the object of this package alone
// can be linked too, which cgo does to find out what it imports.
#define WEAK __attribute__((weak))
extern WEAK void wgpuBufferMapAsync(void *buffer, uint32_t mode, size_t offset, size_t size,
                                    void (*callback)(uint32_t status, void *userdata), void *userdata);
extern WEAK void wgpuQueueOnSubmittedWorkDone(void *queue, void (*callback)(uint32_t status, void *userdata), void *userdata);
extern WEAK bool wgpuDevicePoll(void *device, bool wait, void const *submission);
extern WEAK void wgpuDeviceSetUncapturedErrorCallback(void *device,
                                                      void (*callback)(uint32_t type, char const *message, void *userdata),
                                                      void *userdata);

struct gm_wait {
	uint32_t status;
	int done;
};

static gm_wait *new_wait(void) {
	gm_wait *w = calloc(1, sizeof *w);
	if (w != NULL) {
		w->status = UINT32_MAX; // 0 would mean success
	}
	return w;
}

static void on_done(uint32_t status, void *userdata) {
	gm_wait *w = userdata;
	w->status = status;
	__atomic_store_n(&w->done, 1, __ATOMIC_RELEASE);
}

gm_wait *gm_map(void *buffer, uint32_t mode, size_t size) {
	gm_wait *w = wgpuBufferMapAsync == NULL ? NULL : new_wait();
	if (w != NULL) {
		wgpuBufferMapAsync(buffer, mode, 0, size, on_done, w);
	}
	return w;
}

gm_wait *gm_work_done(void *queue) {
	gm_wait *w = wgpuQueueOnSubmittedWorkDone == NULL ? NULL : new_wait();
	if (w != NULL) {
		wgpuQueueOnSubmittedWorkDone(queue, on_done, w);
	}
	return w;
}

int gm_wait_done(gm_wait *w, void *device, uint32_t waited, uint32_t *status) {
	for (uint32_t end = waited + 10000; waited < end;) {
		wgpuDevicePoll(device, false, NULL);
		if (__atomic_load_n(&w->done, __ATOMIC_ACQUIRE)) {
			*status = w->status;
			return 1;
		}
		if (waited < 200) {
			give_way();
			waited += 2; // which is about what it takes with the poll
			continue;
		}
		uint32_t pause = waited / 16 < 20 ? 20 : waited / 16 > 1000 ? 1000 : waited / 16;
		usleep(pause);
		waited += pause + 60; // which is what a sleep takes beyond what was asked for
	}
	return 0;
}

void gm_wait_free(gm_wait *w) { free(w); }

struct gm_errors {
	int lock;
	uint32_t type;
	char message[512];
};

static void lock(gm_errors *e) {
	while (__atomic_exchange_n(&e->lock, 1, __ATOMIC_ACQUIRE)) {
	}
}

static void unlock(gm_errors *e) { __atomic_store_n(&e->lock, 0, __ATOMIC_RELEASE); }

static void on_error(uint32_t type, char const *message, void *userdata) {
	gm_errors *e = userdata;
	lock(e);
	if (e->type == 0 && type != 0) {
		e->type = type;
		strncpy(e->message, message, sizeof e->message - 1);
	}
	unlock(e);
}

gm_errors *gm_errors_install(void *device) {
	gm_errors *e = calloc(1, sizeof *e);
	if (e == NULL || wgpuDeviceSetUncapturedErrorCallback == NULL) {
		free(e);
		return NULL;
	}
	wgpuDeviceSetUncapturedErrorCallback(device, on_error, e);
	return e;
}

uint32_t gm_errors_take(gm_errors *e, char *message, size_t size) {
	lock(e);
	uint32_t type = e->type;
	if (type != 0 && size > 0) {
		strncpy(message, e->message, size - 1);
		message[size - 1] = 0;
	}
	e->type = 0;
	memset(e->message, 0, sizeof e->message);
	unlock(e);
	return type;
}
