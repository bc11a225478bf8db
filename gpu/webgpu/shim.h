// Callbacks in C for the three wgpu-native calls whose Go binding cannot be used safely: it hands wgpu-native a pointer to
// Go memory that nothing keeps alive until the callback comes, and it never installs a handler for uncaptured errors, whose
// default handler ends the process.
#ifndef GPUMESH_WEBGPU_SHIM_H
#define GPUMESH_WEBGPU_SHIM_H

#include <stddef.h>
#include <stdint.h>

// A pending map. done becomes 1 after status is set. It belongs to C memory and is freed by the side that sees it done.
typedef struct gm_map gm_map;

gm_map *gm_map_start(void *buffer, size_t size);
int gm_map_done(gm_map *m, uint32_t *status);
void gm_map_free(gm_map *m);

// Sleeps for so many microseconds, at most 1000. Go's own timers are no finer than a millisecond when a process is idle.
void gm_pause(uint32_t us);

// The first uncaptured error of a device.
typedef struct gm_errors gm_errors;

gm_errors *gm_errors_install(void *device);
uint32_t gm_errors_take(gm_errors *e, char *message, size_t size);

#endif
