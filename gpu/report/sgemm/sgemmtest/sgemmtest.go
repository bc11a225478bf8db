// Package sgemmtest makes libraries that look like a vendor's and compute on the processor.
package sgemmtest

import (
	_ "embed"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

//go:embed fake.c.txt
var source string

// Fails is the environment variable that names the call of such a library that fails: count, create, malloc, memcpy, sgemm or synchronize. With
// wrong, products are wrong by a thousandth.
const Fails = "GPUMESH_FAKE_FAILS"

// CUDA is a directory with CUDA's runtime and cuBLAS for "Fake GPU 0" and "Fake GPU 1". Without a C compiler the test is skipped.
func CUDA(t testing.TB) string { return build(t, "libcudart.so.12", "libcublas.so.12") }

// ROCm is one with HIP's runtime and rocBLAS for "Fake GPU 0".
func ROCm(t testing.TB) string { return build(t, "libamdhip64.so.6", "librocblas.so.4", "-DROCM") }

func build(t testing.TB, runtime, blas string, flags ...string) string {
	cc, err := exec.LookPath("cc")
	if err != nil {
		t.Skip("there is no C compiler to make a library with: ", err)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "fake.c")
	require.NoError(t, os.WriteFile(file, []byte(source), 0o600))
	out, err := exec.Command(cc, append(flags, "-Wall", "-Werror", "-O2", "-shared", "-fPIC", "-o", filepath.Join(dir, runtime), file)...).CombinedOutput()
	require.NoError(t, err, string(out))
	// One file under two names is opened once, so that both have the same state.
	require.NoError(t, os.Link(filepath.Join(dir, runtime), filepath.Join(dir, blas)))
	return dir
}
