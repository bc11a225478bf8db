package sgemm

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"gpumesh/gpu/report/sgemm/sgemmtest"
)

// numbers are so many f32, small integers, so that sums in any order are equal.
func numbers(n, seed int) []byte {
	p := make([]byte, 0, 4*n)
	for i := range n {
		p = binary.LittleEndian.AppendUint32(p, math.Float32bits(float32((i*seed+i/7)%23-11)))
	}
	return p
}

func product(m, n, k int, a, b []byte) []byte {
	at := func(p []byte, i int) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(p[4*i:])) }
	var c []byte
	for i := range m {
		for j := range n {
			var sum float32
			for l := range k {
				sum += at(a, i*k+l) * at(b, l*n+j)
			}
			c = binary.LittleEndian.AppendUint32(c, math.Float32bits(sum))
		}
	}
	return c
}

func TestProducts(t *testing.T) {
	for _, lib := range []struct {
		name   string
		places []string
		device string
	}{{"libcublas.so.12", []string{sgemmtest.CUDA(t)}, "Fake GPU 1 (a driver of Vulkan)"}, {"librocblas.so.4", []string{sgemmtest.ROCm(t)}, "Fake GPU 0"}} {
		t.Run(lib.name, func(t *testing.T) {
			places = lib.places
			_, err := Open("another")
			require.ErrorIs(t, err, ErrNone)
			require.ErrorContains(t, err, `it has no device "another", but ["Fake GPU 0"`)
			l, err := Open(lib.device)
			require.NoError(t, err)
			require.Equal(t, lib.name, l.Name())
			for _, s := range [][3]int{{1, 1, 1}, {2, 3, 4}, {31, 17, 5}, {64, 64, 64}} {
				m, n, k := s[0], s[1], s[2]
				a, b := numbers(m*k, 5), numbers(k*n, 3)
				p, err := l.NewProduct(m, n, k, a, b)
				require.NoError(t, err)
				require.NoError(t, p.Run(3))
				c, err := p.Result()
				require.NoError(t, err)
				require.True(t, bytes.Equal(product(m, n, k, a, b), c), s)
				require.NoError(t, p.Close())
			}
			_, err = l.NewProduct(2, 2, 2, make([]byte, 16), make([]byte, 12))
			require.ErrorContains(t, err, "16 and 12 bytes")
			require.NoError(t, l.Close(), "and no memory is left")
		})
	}
}

// Every call may fail, which is told by its name, and leaves nothing behind.
func TestFailures(t *testing.T) {
	places = []string{sgemmtest.CUDA(t)}
	for call, want := range map[string]string{
		"count": "cudaGetDeviceCount fails with status 11", "create": "cublasCreate_v2 fails with status 11", "malloc": "cudaMalloc fails with status 2",
		"memcpy": "cudaMemcpy fails with status 11", "sgemm": "cublasSgemm_v2 fails with status 11", "synchronize": "cudaDeviceSynchronize fails with status 11",
	} {
		t.Run(call, func(t *testing.T) {
			t.Setenv(sgemmtest.Fails, call)
			require.ErrorContains(t, run(), want)
			t.Setenv(sgemmtest.Fails, "")
			require.NoError(t, run())
		})
	}
}

func run() error {
	l, err := Open("Fake GPU 1")
	if err != nil {
		return err
	}
	p, err := l.NewProduct(2, 2, 2, numbers(4, 1), numbers(4, 2))
	if err == nil {
		err = p.Run(2)
		if err == nil {
			_, err = p.Result()
		}
		os.Setenv(sgemmtest.Fails, "")
		if cerr := p.Close(); cerr != nil {
			return cerr
		}
	}
	os.Setenv(sgemmtest.Fails, "")
	if cerr := l.Close(); cerr != nil {
		return cerr
	}
	return err
}

// TestNotFromHere starts this test in a directory that has libraries of the right names, with a path that leads there.
func TestNotFromHere(t *testing.T) {
	const mode = "GPUMESH_SGEMM_TEST"
	if os.Getenv(mode) != "" {
		_, err := Open("Fake GPU 1")
		fmt.Println("opened:", err)
		return
	}
	here := sgemmtest.CUDA(t)
	for path, want := range map[string]string{
		"": ErrNone.Error(), ":/nowhere": "relative directories", "/nowhere:.": "relative directories", "/nowhere;../" + filepath.Base(here): "relative directories", here: "opened: <nil>",
	} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestNotFromHere$")
		cmd.Dir, cmd.Env = here, append(os.Environ(), mode+"=1", "LD_LIBRARY_PATH="+path)
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, string(out))
		require.Contains(t, string(out), want, "LD_LIBRARY_PATH=%q", path)
	}
}
