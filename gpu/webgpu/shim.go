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

// mapping is a buffer map that wgpu-native has not answered yet.
type mapping struct{ c *C.gm_map }

// startMap asks for the first size bytes of b to be mapped for reading.
func startMap(b *wgpu.Buffer, size uint64) (mapping, error) {
	m := C.gm_map_start(refOf(b), C.size_t(size))
	if m == nil {
		return mapping{}, gpu.Errorf(gpu.Internal, "wgpu-native is not linked")
	}
	return mapping{m}, nil
}

// done reports whether the callback has really run, and whether it reported success. After true, m must not be used again.
func (m mapping) done() (done, ok bool) {
	var status C.uint32_t
	if C.gm_map_done(m.c, &status) == 0 {
		return false, false
	}
	C.gm_map_free(m.c)
	return true, wgpu.BufferMapAsyncStatus(status) == wgpu.BufferMapAsyncStatus_Success
}

// pause sleeps with a resolution of microseconds, for at most a millisecond.
func pause(d time.Duration) { C.gm_pause(C.uint32_t(min(d, time.Millisecond).Microseconds())) }

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
