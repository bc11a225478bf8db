// Callbacks in C for the wgpu-native calls whose Go binding cannot be used safely: it hands wgpu-native a pointer to
// Go memory that nothing keeps alive until the callback comes, and it never installs a handler for uncaptured errors, whose
// default handler ends the process.
#ifndef GPUMESH_WEBGPU_SHIM_H
#define GPUMESH_WEBGPU_SHIM_H

#include <stddef.h>
#include <stdint.h>

// A callback that has not come yet. It lives in C memory until gm_wait_done has returned 1 and gm_wait_free was called; when
// nobody waits any longer it is left alone, because the callback may come at any time.
typedef struct gm_wait gm_wait;

gm_wait *gm_map(void *buffer, uint32_t mode, size_t size); // maps a buffer; a mode of WebGPU's: 1 reads, 2 writes
gm_wait *gm_work_done(void *queue);                        // everything submitted so far

// Polls the device until the callback has come, then gives its status, or until some 10 ms have passed, then returns 0. For the first 200 us
// it only lets others run between two polls: small submissions take less, and a pause of 20 us takes 80. Later pauses are
// a sixteenth of the time that was waited, from 20 us to 1 ms, so that polling costs little and adds at most a few percent. They are
// here because every pause would be a call that makes Go's scheduler start threads, which cost more than the polling itself, and
// because Go's own timers are no finer than a millisecond when a process is idle.
int gm_wait_done(gm_wait *w, void *device, uint32_t waited_us, uint32_t *status);
void gm_wait_free(gm_wait *w);

// The first uncaptured error of a device.
typedef struct gm_errors gm_errors;

gm_errors *gm_errors_install(void *device);
uint32_t gm_errors_take(gm_errors *e, char *message, size_t size);

#endif
