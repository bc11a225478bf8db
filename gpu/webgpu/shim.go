package webgpu

// #include <stdlib.h>
// #include "shim.h"
// #cgo darwin LDFLAGS: -Wl,-undefined,dynamic_lookup
import "C"

import (
	"reflect"
	"time"
	"unsafe"

	"github.com/rajveermalviya/go-webgpu/wgpu"

	"gpumesh/gpu"
)

// pending is a callback of wgpu-native that has not come yet.
type pending struct{ c *C.gm_wait }

// startMap asks for the first size bytes of b to be mapped.
func startMap(b *wgpu.Buffer, mode wgpu.MapMode, size uint64) (pending, error) {
	return checkPending(C.gm_map(refOf(b), C.uint32_t(mode), C.size_t(size)))
}

// startIdle asks to be told when everything submitted so far has finished.
func startIdle(q *wgpu.Queue) (pending, error) { return checkPending(C.gm_work_done(refOf(q))) }

func checkPending(w *C.gm_wait) (pending, error) {
	if w == nil {
		return pending{}, gpu.Errorf(gpu.Internal, "wgpu-native is not linked")
	}
	return pending{w}, nil
}

// done polls the device for up to 10 ms, where waited says how long that has been done before. It reports whether the callback has
// really run, and whether it reported success. After true, p must not be used again.
func (p pending) done(d *wgpu.Device, waited time.Duration) (done, ok bool) {
	var status C.uint32_t
	if C.gm_wait_done(p.c, refOf(d), C.uint32_t(min(waited, time.Second).Microseconds()), &status) == 0 {
		return false, false
	}
	C.gm_wait_free(p.c)
	return true, status == 0 // success, both for maps and for queues
}

// errorSink holds the first error that wgpu-native could not attribute to a call.
type errorSink struct{ c *C.gm_errors }

func installErrorSink(d *wgpu.Device) (errorSink, error) {
	e := C.gm_errors_install(refOf(d))
	if e == nil {
		return errorSink{}, gpu.Errorf(gpu.Internal, "wgpu-native is not linked")
	}
	return errorSink{e}, nil
}

// take returns the error and clears it.
func (s errorSink) take() (wgpu.ErrorType, string) {
	var buf [512]byte
	t := C.gm_errors_take(s.c, (*C.char)(unsafe.Pointer(&buf[0])), C.size_t(len(buf)))
	if t == 0 {
		return wgpu.ErrorType_NoError, ""
	}
	return wgpu.ErrorType(t), C.GoString((*C.char)(unsafe.Pointer(&buf[0])))
}

// refOf returns the C handle inside a binding object. The binding keeps it in an unexported field named ref; that it is
// still there is checked by name.
func refOf[T any](p *T) unsafe.Pointer {
	f, ok := reflect.TypeFor[T]().FieldByName("ref")
	if !ok || f.Type.Size() != unsafe.Sizeof(uintptr(0)) {
		panic("webgpu: " + reflect.TypeFor[T]().String() + " has no handle named ref")
	}
	return *(*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(p), f.Offset))
}
